"""Find the text above, between and below the tables of the form, which is not read."""

from __future__ import annotations

from collections.abc import Iterator

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.header_labels import unit_in_lines
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.submission import is_blank
from zhijiao20.core.wording import fold
from zhijiao20.formats.docx.cell_text import EMBEDDED
from zhijiao20.formats.docx.header_lines import paragraphs_above
from zhijiao20.formats.docx.locate import Located
from zhijiao20.formats.docx.ooxml import BODY, TBL, Element, P, text_of
from zhijiao20.formats.docx.wordings import Wordings

_LINE_LIMIT = 80  # characters; a line of a heading is shorter
# In folded text: 填报单位:X, 联系人:X, 填表时间:…
_LABELLED = lazy_regex(
    "[^:.;,]{0,12}(?:单位|部门|名称|期|人|电话|时间|日期|手机|邮箱|传真|盖章|公章|签字|签章|密级|编号|文号|所在地|地区)"
    "(?:[(][^)]{0,40}[)])?:"
)
_DATE = lazy_regex(r"[(\[]?(?:截至|截止)?[0-9〇零一二三四五六七八九十]{4}年?[^,;]{0,24}[)\]]?")
_ATTACHMENT = lazy_regex(r"附(?:件|表|录)?[0-9一二三四五六七八九十]{0,3}(?:[-.][0-9]{1,2})?[:.、]?")
_OTHER_HEADS = lazy_regex(
    r"[(\[]?(?:续表?|续上表|盖章|公章|单位:.{0,10})[)\]]?[:.]?|(?:绝密|机密|秘密|内部)[★☆*]?.{0,8}"
)
_SENTENCE = lazy_regex("[.;,]")
_TABLE_NAMES = ("表", "表格", "表(样)")


def text_above(document: Element, found: Located, catalog: Catalog) -> str | None:
    """Return the first text above the table that is no heading of the form, or None."""
    title = fold(catalog.title)
    texts = (text_of(paragraph) for paragraph in paragraphs_above(document, found.tables[0]))
    return next((text for text in texts if not is_blank(text) and not _is_heading(text, title)), None)


def texts_after(found: Located, catalog: Catalog) -> Iterator[str]:
    """Yield the texts between or below the tables of the form, other tables included."""
    wordings, title = Wordings(catalog), fold(catalog.title)
    texts = (text_of(paragraph) for element in _others_after(found) for paragraph in element.iter(P))
    others = (text for text in texts if not is_blank(text) and not _is_between(text, wordings, title))
    return (text for text in others if unit_in_lines([text]) is None)


def has_embedded(document: Element, found: Located) -> bool:
    """Check whether a document is embedded outside the tables of the form."""
    tables = set(found.tables)
    return any(tables.isdisjoint(chunk.iterancestors(TBL)) for chunk in document.iter(EMBEDDED))


def _others_after(found: Located) -> Iterator[Element]:
    outermost = found.tables[0]
    while (outer := outermost.getparent()) is not None and outer.tag != BODY:
        outermost = outer
    tables = set(found.tables)
    return (element for element in outermost.itersiblings() if element not in tables)


def _is_heading(text: str, title: str) -> bool:
    """Check whether a line is a usual heading: the title, 附表2, a line with a label such as 填报单位, or a date."""
    text = "".join(text.split())
    if len(text) > _LINE_LIMIT:
        return False
    folded = fold(text)
    bare = folded.removeprefix(match[0]) if (match := _ATTACHMENT.match(folded)) else folded
    is_name = title in bare or "职教20条" in bare or bare.endswith(_TABLE_NAMES)
    if not bare or (is_name and not _SENTENCE.search(bare)):
        return True
    return any(pattern.fullmatch(bare) for pattern in (_DATE, _OTHER_HEADS)) or _LABELLED.match(bare) is not None


def _is_between(text: str, wordings: Wordings, title: str) -> bool:
    """Check whether a line is a title of a chapter or article, repeats the head of the table, or is a date."""
    if len(text) > _LINE_LIMIT:
        return False
    folded = fold(text)
    others = any(pattern.fullmatch(folded) for pattern in (_OTHER_HEADS, _DATE))
    return others or wordings.is_title(folded) or title in folded

"""Filled forms as units send them: with revisions, comments, controls, several tables, other sheets and columns."""

from __future__ import annotations

import copy
from collections.abc import Callable

from forms import MAIN, W, cell, changed, element, filled, parts, repack, row_of
from lxml import etree

from zhijiao20.system.discovery import load_catalog, official_form

TEXTS = {"1.1": "印发方案。\n完成1260人次，占98.2%。", "2.1": "待补充", "5.2": "“双师型”教师占52.9%。"}
"""What the unit wrote: 2.1 is a placeholder, all other tasks are empty."""

UNIT = "澄州市财政局"
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_W16 = "http://schemas.microsoft.com/office/word/2016/wordml/cid"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_2011 = "http://schemas.microsoft.com/office/2011/relationships"
_2016 = "http://schemas.microsoft.com/office/2016/09/relationships"
_MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def plain() -> bytes:
    """The built-in form."""
    return filled(TEXTS, unit=UNIT)


def tracked() -> bytes:
    """Words put in and taken out, in a cell and as a whole row, without being accepted."""

    def change(root: etree._Element) -> None:
        target = cell(row_of(root, load_catalog(), "1.1"), 3).find(f"{W}p")
        who = "w:author='张' w:date='2020-06-01T08:00:00Z'"
        target.append(element(f"<w:ins w:id='0' {who}><w:r><w:t>又补10人。</w:t></w:r></w:ins>"))
        target.append(element(f"<w:del w:id='1' {who}><w:r><w:delText>旧的一句。</w:delText></w:r></w:del>"))
        row_of(root, load_catalog(), "1.2").insert(0, element(f"<w:trPr><w:ins w:id='2' {who}/></w:trPr>"))

    return changed(change, plain())


def commented() -> bytes:
    """A comment of the unit's own, with the lists that Word keeps beside comments."""

    def change(root: etree._Element) -> None:
        target = cell(row_of(root, load_catalog(), "1.1"), 3).find(f"{W}p")
        target.insert(1, element("<w:commentRangeStart w:id='3'/>"))
        target.append(element("<w:commentRangeEnd w:id='3'/>"))
        target.append(element("<w:r><w:commentReference w:id='3'/></w:r>"))
        target.append(element("<w:bookmarkStart w:id='4' w:name='处'/>"))
        target.append(element("<w:bookmarkEnd w:id='4'/>"))

    contents = parts(changed(change, plain()))
    w14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    own = '<w:p w14:paraId="10000001"><w:r><w:t>我们自己的批注</w:t></w:r></w:p>'
    _add(
        contents,
        "comments",
        f"{_OFFICE}/comments",
        f"{_MIME}.comments+xml",
        f'<w:comments xmlns:w="{W[1:-1]}" xmlns:w14="{w14}"><w:comment w:id="3" w:author="李">{own}</w:comment></w:comments>',
    )
    extended = (
        f'<w15:commentsEx xmlns:w15="{_W15}"><w15:commentEx w15:paraId="10000001" w15:done="0"/></w15:commentsEx>'
    )
    _add(contents, "commentsExtended", f"{_2011}/commentsExtended", f"{_MIME}.commentsExtended+xml", extended)
    ids = f'<c:commentsIds xmlns:c="{_W16}"><c:commentId c:paraId="10000001" c:durableId="10000002"/></c:commentsIds>'
    _add(contents, "commentsIds", f"{_2016}/commentsIds", f"{_MIME}.commentsIds+xml", ids)
    people = f'<w15:people xmlns:w15="{_W15}"><w15:person w15:author="李"/></w15:people>'
    _add(contents, "people", f"{_2011}/people", f"{_MIME}.people+xml", people)
    return repack(contents)


def _add(contents: dict[str, bytes], name: str, relation: str, kind: str, text: str) -> None:
    """Add a part with its content type and its relationship."""
    contents[f"word/{name}.xml"] = text.encode()
    types, links = "[Content_Types].xml", "word/_rels/document.xml.rels"
    override = f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/></Types>'
    contents[types] = contents[types].replace(b"</Types>", override.encode())
    link = f'<Relationship Id="{name}" Type="{relation}" Target="{name}.xml"/></Relationships>'
    contents[links] = contents[links].replace(b"</Relationships>", link.encode())


def controls() -> bytes:
    """Cells in content controls: one around the paragraphs, one inside a paragraph, one that shows its prompt."""

    def change(root: etree._Element) -> None:
        for task, shown in (("1.1", ""), ("1.2", "<w:showingPlcHdr/>")):
            target = cell(row_of(root, load_catalog(), task), 3)
            control = element(f"<w:sdt><w:sdtPr><w:alias w:val='填'/>{shown}</w:sdtPr><w:sdtContent/></w:sdt>")
            paragraphs = target.findall(f"{W}p")
            if shown:
                paragraphs[0].append(element("<w:r><w:t>单击此处输入文字。</w:t></w:r>"))
            target.append(control)
            control[1].extend(paragraphs)
        inner = cell(row_of(root, load_catalog(), "5.2"), 3).find(f"{W}p")
        control = element("<w:sdt><w:sdtPr><w:alias w:val='填'/></w:sdtPr><w:sdtContent/></w:sdt>")
        control[1].extend(inner.findall(f"{W}r"))
        inner.append(control)

    return changed(change, plain())


def seven_tables() -> bytes:
    """A table for each chapter, each with the header row."""

    def change(root: etree._Element) -> None:
        catalog = load_catalog()
        table = root.find(f".//{W}tbl")
        head, *body = table.findall(f"{W}tr")
        tasks = dict(zip(catalog.tasks, body, strict=True))
        last = table
        for number, chapter in enumerate(catalog.chapters):
            rows = [tasks[task.id] for article in chapter.articles for task in article.tasks]
            if number:
                own = copy.deepcopy(table)
                for row in own.findall(f"{W}tr"):
                    own.remove(row)
                own.extend([copy.deepcopy(head), *rows])
                last.addnext(own)
                last.addnext(element("<w:p/>"))
                last = own

    return changed(change, plain())


def landscape() -> bytes:
    """The form on a turned sheet."""
    return filled(TEXTS, official_form(landscape=True), unit=UNIT)


def extra_columns() -> bytes:
    """A column 序号 in front and a column 备注 behind, some of it filled in."""

    def change(root: etree._Element) -> None:
        grid = root.find(f".//{W}tblGrid")
        for place in (0, 5):
            grid.insert(place, element("<w:gridCol w:w='700'/>"))
        for index, row in enumerate(root.findall(f".//{W}tr")):
            for place, text in ((0, str(index) if index else "序号"), (5, "" if index else "备注")):
                run = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
                new = element(f"<w:tc><w:tcPr><w:tcW w:w='700' w:type='dxa'/></w:tcPr>{run}</w:tc>")
                row.insert(place + (row.find(f"{W}trPr") is not None), new)

    return changed(change, plain())


def other_prefix() -> bytes:
    """WordprocessingML without a prefix, and empty paragraphs as one tag: other programs write so."""
    contents = parts(plain())
    root = etree.fromstring(contents[MAIN])
    text = etree.tostring(root, encoding="unicode")
    for old, new in (("<w:", "<"), ("</w:", "</"), ("xmlns:w=", f'xmlns="{W[1:-1]}" xmlns:x=')):
        text = text.replace(old, new)
    contents[MAIN] = text.replace(" w:", " x:").encode()
    return repack(contents)


def wide_characters() -> bytes:
    """The main part in UTF-16."""
    contents = parts(plain())
    text = contents[MAIN].decode().replace("UTF-8", "UTF-16")
    contents[MAIN] = text.encode("utf-16")
    return repack(contents)


SENT: dict[str, Callable[[], bytes]] = {
    function.__name__: function
    for function in (
        *(plain, tracked, commented, controls, seven_tables, landscape, extra_columns),
        *(other_prefix, wide_characters),
    )
}
"""Every kind of form, by name."""

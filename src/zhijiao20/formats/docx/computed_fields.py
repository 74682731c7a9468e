"""Find the fields whose text is not in the file because Word computes it, and text that belongs to a field's code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.formats.docx.ooxml import Element, R, T, W, children, plain_text

FIELD, SIMPLE_FIELD = f"{W}fldChar", f"{W}fldSimple"
_CODE = f"{W}instrText"
_NESTED_LIMIT = 20  # fields inside fields that are looked at
_NAME = lazy_regex(r"\s*([A-Za-z=]+)")
_DRAWN_NAMES = {"EQ", "FORMCHECKBOX", "FORMDROPDOWN", "SYMBOL"}  # drawn without a stored text
# Fields that show nothing.
_SILENT_NAMES = frozenset(
    (
        *("XE", "TC", "TA", "RD", "SET", "ASK", "PRIVATE", "PRINT", "ADVANCE", "DATA", "ADDIN", "HYPERLINK"),
        *("NEXT", "NEXTIF", "SKIPIF", "FORMTEXT", "BIDIOUTLINE"),
    )
)
# Fields whose computed text can be empty.
_MAYBE_EMPTY_NAMES = frozenset(
    (
        *("IF", "MERGEFIELD", "DOCPROPERTY", "DOCVARIABLE", "FILLIN", "COMPARE", "TITLE", "SUBJECT", "AUTHOR"),
        *("KEYWORDS", "COMMENTS", "INFO", "USERNAME", "USERINITIALS", "USERADDRESS", "LASTSAVEDBY", "TEMPLATE"),
        *("QUOTE", "AUTOTEXT", "AUTOTEXTLIST", "REF"),
    )
)


@dataclass(slots=True)
class _Field:
    code: str = ""
    has_result: bool = False  # whether the part of the result has begun
    has_text: bool = False


def computed_fields(cell: Element, paragraphs: Iterable[Element]) -> tuple[list[str], set[Element]]:
    """Find fields without a stored text.

    Args:
        cell: the cell.
        paragraphs: its paragraphs.

    Returns:
        The kinds of fields whose text is not in the file (``drawn`` and ``computed``), and the text elements that are
        part of a field's code, which Word does not show.
    """
    kinds: list[str] = []
    in_code: set[Element] = set()
    open_fields: list[tuple[_Field, list[Element]]] = []
    for run in (run for paragraph in paragraphs for run in children(paragraph, R)):
        for item in run:
            if item.tag == T:
                _add_text(item, open_fields)
            elif item.tag == _CODE and open_fields:
                open_fields[-1][0].code += item.text or ""
            elif item.tag == FIELD:
                kind = item.get(f"{W}fldCharType")
                if kind == "begin":
                    open_fields.append((_Field(), []))
                elif kind == "separate" and open_fields:
                    open_fields[-1][0].has_result = True
                elif kind == "end" and open_fields:
                    kinds.append(_close_field(open_fields, in_code))
    for simple in cell.iter(SIMPLE_FIELD):
        has_text = any(plain_text(item) for item in simple.iter(T))
        kinds.append(_missing_kind(_Field(simple.get(f"{W}instr", ""), has_text=has_text)))
    return [kind for kind in dict.fromkeys(kinds) if kind], in_code


def _close_field(open_fields: list[tuple[_Field, list[Element]]], in_code: set[Element]) -> str:
    """Close the innermost field; return the kind of its missing text."""
    field, code_texts = open_fields.pop()
    if field.has_result:
        in_code.update(code_texts)
    else:  # without a separator nothing tells code from result; the text is read
        field.has_text = bool(code_texts)
    is_code = any(not outer.has_result for outer, _ in open_fields[-_NESTED_LIMIT:])
    return "" if is_code else _missing_kind(field)


def _add_text(item: Element, open_fields: list[tuple[_Field, list[Element]]]) -> None:
    """Note a text in the innermost field whose code is still open, or in all open fields as their result."""
    text = plain_text(item)
    for field, code_texts in open_fields[-_NESTED_LIMIT:]:
        if not field.has_result:
            code_texts.append(item)
            return
        field.has_text = field.has_text or bool(text)


def _missing_kind(field: _Field) -> str:
    """Return ``drawn`` or ``computed`` for a field whose text is not in the file, else an empty text."""
    match = _NAME.match(field.code)
    name = match[1].upper() if match else ""
    if name == "MACROBUTTON":
        return "computed"
    if field.has_text or not name or name in _SILENT_NAMES:
        return ""
    if name in _DRAWN_NAMES:
        return "drawn"
    return "" if field.has_result and name in _MAYBE_EMPTY_NAMES else "computed"

"""Define the Word format of status files: the official form, found by its wording, filled in place and read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from zhijiao20.core import fields
from zhijiao20.formats.format import Format, TextEdits, only_one

if TYPE_CHECKING:
    from zhijiao20.core.catalog import Catalog
    from zhijiao20.core.findings import Collector, Place
    from zhijiao20.core.limits import Limits
    from zhijiao20.core.submission import Submission
    from zhijiao20.formats.raw import RawUnit


def _read(data: bytes, out: Collector, catalog: Catalog, limits: Limits, _stem: str) -> list[RawUnit]:
    from zhijiao20.formats.docx.read import read_form
    from zhijiao20.formats.format_error import FormatError, FormError, StrictFormError

    try:
        try:
            units = [read_form(data, catalog, out, limits)]
        except StrictFormError:
            from zhijiao20.formats.strict import READ_AS_STRICT, SAVE_ORDINARY, to_ordinary

            units = [read_form(to_ordinary(data, limits), catalog, out, limits)]
            out.add("ZJ023", READ_AS_STRICT, SAVE_ORDINARY)
    except FormError as error:
        raise FormatError("ZJ002", error.message, error.hint, unit=error.unit) from error
    return units


def _write(submissions: Sequence[Submission], catalog: Catalog) -> bytes:
    from zhijiao20.formats.docx.write import write

    return write(only_one(submissions, "Word 表"), catalog)


def _edit(
    data: bytes, catalog: Catalog, wanted: Mapping[Place, TextEdits], limits: Limits
) -> tuple[bytes, frozenset[Place]]:
    from zhijiao20.formats.docx.edit import edit_statuses

    return edit_statuses(data, catalog, wanted, limits)


FORMAT = Format(
    name="docx",
    label="Word 文档",
    suffixes=(".docx",),
    fields=frozenset({fields.UNIT, fields.PERIOD, fields.STATUS}),
    read=_read,
    write=_write,
    read_suffixes=(".docm", ".dotx", ".dotm"),
    zip_folder=b"word/",
    main_type=rb"(?:wordprocessingml|ms-word)\.[A-Za-z.]{1,40}main\+xml[\"']",
    program="Word",
    edit=_edit,
)

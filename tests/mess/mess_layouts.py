"""The complete submission as a file of each format, to be changed by hand."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import cache

from mess_office_files import Docx, Xlsx
from mess_text_files import Csv, Yaml

Layout = Yaml | Csv | Xlsx | Docx
_MADE: dict[str, Callable[[], Layout]] = {"yaml": Yaml, "csv": Csv, "xlsx": Xlsx, "docx": Docx}


@cache
def _complete(kind: str) -> Layout:
    return _MADE[kind]()


def complete(kind: str) -> Layout:
    """The complete submission, to be changed."""
    made = copy.copy(_complete(kind))
    if isinstance(made, Yaml):
        made.head, made.blocks = list(made.head), list(made.blocks)
    else:
        made.rows = list(made.rows)  # type: ignore[assignment,arg-type]
    return made

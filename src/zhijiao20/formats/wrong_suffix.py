"""Report that the suffix of a file's name does not fit its content, or is not the usual one of its format."""

from __future__ import annotations

from zhijiao20.core.display import spaced
from zhijiao20.core.findings import Collector
from zhijiao20.formats.format import Format
from zhijiao20.formats.sniff import main_part_types


def report_suffix(suffix: str, kind: Format, data: bytes, out: Collector) -> None:
    """Report on a file that was read, but whose suffix is not the usual one of its format.

    Args:
        suffix: the suffix of its name in lower case, empty if there is none.
        kind: the format in which it was read.
        data: the whole file.
        out: receives the finding.
    """
    if suffix in kind.read_suffixes:
        out.add("ZJ023", f"{suffix} 文件，已照{spaced(kind.label)}读取", f"报送时最好另存为 {kind.suffixes[0]}")
        return
    right = _right_suffix(kind, data)
    out.add("ZJ024", contradiction(suffix, kind.label), f"报送时请把文件名改成以 {right} 结尾")


def contradiction(suffix: str, label: str) -> str:
    """Return the message on a file that is read as what it is.

    Args:
        suffix: the suffix of its name, empty if there is none.
        label: what messages call its format; what stands in brackets is left out the second time.
    """
    begin = f"文件名以 {suffix} 结尾，内容却是" if suffix else "文件名没有后缀，内容是"
    return f"{begin}{spaced(label)}，已照{spaced(label.partition('（')[0])}读取"


def _right_suffix(kind: Format, data: bytes) -> str:
    """Return the suffix under which Office opens a file: one with macros does not open as .docx or .xlsx."""
    types = main_part_types(data).lower()
    macros, template = b"macroenabled" in types, b"template" in types
    if macros or template:
        return kind.read_suffixes[2 if macros and template else 1 if template else 0]
    return kind.suffixes[0]

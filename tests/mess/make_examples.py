"""Writes ``files/``: for each mess of the exchange files one to open and look at.  Run it after a change to the messes."""

from __future__ import annotations

from pathlib import Path

import mess_texts  # noqa: F401 - puts its messes on the list
import mess_whole_office  # noqa: F401
from mess_base import UNIT, written
from mess_bytes import BREAKS
from mess_layouts import complete
from mess_office_files import pack, unpack
from mess_rows import MESSES
from mess_whole import WHOLES

FILES = Path(__file__).parent / "files"

ROWS = {
    "丢失的字": ("lost-character", "csv", "3.2"),
    "编号写成第几条第几项": ("id-spelled-out", "yaml", "2.3"),
    "编号是小数": ("id-as-number", "xlsx", "2.3"),
    "编号变成日期": ("id-date-cell", "xlsx", "1.1"),
    "编号变成1月1日": ("id-date-chinese", "csv", "1.1"),
    "编号1.10": ("id-with-a-zero", "csv", "1.1"),
    "删了一行": ("row-deleted", "docx", "6.1"),
    "一行写了两遍": ("row-doubled", "csv", "7.2"),
    "插了一行": ("foreign-row-inserted", "docx", "5.1"),
    "官方表述被改": ("wording-edited", "docx", "15.5"),
    "官方表述被改表": ("wording-edited", "xlsx", "15.5"),
    "是否当文字": ("scalar-of-another-kind", "yaml", "1.1"),
    "字段写了两遍": ("field-doubled", "yaml", "4.4"),
    "看不见的字符": ("unseen-characters", "docx", "9.1"),
    "控制字符": ("control-character", "xlsx", "9.1"),
    "换行": ("x000d", "xlsx", "9.1"),
    "像公式的文字": ("formula-like", "csv", "8.1"),
    "没有算出的公式": ("formula-never-calculated", "xlsx", "10.1"),
    "文字栏里的日期": ("date-as-text", "xlsx", "10.1"),
    "合并单元格": ("merged-cell", "xlsx", "11.1"),
    "合并单元格的表": ("merged-cell", "docx", "11.1"),
    "隐藏的行": ("hidden-row", "xlsx", "12.1"),
    "标记": ("markup", "yaml", "13.1"),
}
"""Name → mess, format and task."""

BROKEN = {
    "半个字": ("cut-inside-a-character", "csv", "10.1"),
    "两种编码": ("mixed-encodings", "csv", "10.1"),
    "全角冒号": ("full-width-colon", "yaml", "1.2"),
    "制表符缩进": ("tab-as-indent", "yaml", "1.2"),
    "冒号后没有空格": ("no-space-behind-the-colon", "yaml", "1.2"),
}
"""Name → break, format and task."""

WHOLE = {
    "GBK": "csv-gbk",
    "Unicode文本": "csv-unicode-text",
    "分号": "csv-semicolons",
    "列的次序": "csv-columns-reversed",
    "多出的列": "csv-extra-columns",
    "没有编号列": "csv-without-编号",
    "全角逗号": "csv-full-width-commas",
    "表头上方的标题": "xlsx-title-above",
    "筛选过的": "xlsx-filtered",
    "多出一列备注": "docx-column-备注",
}
"""Name → file."""


def build() -> dict[str, bytes]:
    """Every example: its name, with its format, and its content."""
    made = {}
    messes = {(mess.name, kind): mess for mess in MESSES for kind in mess.kinds}
    for name, (mess, kind, task) in ROWS.items():
        layout = complete(kind)
        messes[mess, kind].build(layout, task)
        made[f"{name}.{kind}"] = layout.data()
    breaks = {build.__name__.replace("_", "-"): build for build in BREAKS}
    for name, (mess, kind, task) in BROKEN.items():
        made[f"{name}.{kind}"] = breaks[mess](kind, task)[0]
    for name, whole in WHOLE.items():
        kind, make = WHOLES[whole]
        made[f"{name}.{kind}"] = make()[0]
    made["其实是Word.csv"] = written("docx")
    made[f"几个版本/{UNIT}.xlsx"] = made[f"几个版本/{UNIT}(1).xlsx"] = written("xlsx")
    made["几个版本/~$州市教育局.xlsx"] = b"lock"
    return {name: squeezed(data) for name, data in made.items()}


def squeezed(data: bytes) -> bytes:
    """An archive takes a fifth of its room."""
    return pack(unpack(data), method=8) if data.startswith(b"PK") else data


def main() -> None:
    """Write them."""
    for name, data in build().items():
        path = FILES / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    print(f"{len(build())} 个文件写在 {FILES}")  # noqa: T201


if __name__ == "__main__":
    main()

"""A desk with status files and old outputs, and every command that writes."""

from __future__ import annotations

from pathlib import Path

OLD = b"old"
COMMANDS = {
    "init": ("init 新", ["新.yaml"]),
    "init-force": ("init 丙 -f xlsx --force", ["丙.xlsx"]),
    "update": ("init --update 乙.yaml", ["乙.yaml", "乙.yaml.bak"]),
    "render": ("render 甲.yaml 乙.yaml -o 表.docx --allow-incomplete", ["表.docx"]),
    "render-pdf": ("render 甲.yaml -o 表.docx --pdf --allow-incomplete", ["表.docx", "表.pdf"]),
    "render-only-pdf": ("render 甲.yaml -o 表.pdf --allow-incomplete", ["表.pdf"]),
    "blank": ("render --blank -o 表.docx", ["表.docx"]),
    "convert": ("convert 甲.yaml 乙.yaml -o 全部.csv --force", ["全部.csv"]),
    "convert-folder": ("convert 甲.yaml 乙.yaml -f docx -o 夹 --force", ["夹/甲.docx", "夹/乙.docx"]),
    "schema": ("schema -o 全.json", ["全.json"]),
    "annotate": ("validate 甲.yaml 乙.yaml --annotate 表.docx -q", ["表.docx"]),
}
"""Every command that writes, and what it writes."""


def make_desk(tmp_path: Path) -> Path:
    """A folder with two status files and old outputs."""
    folder = tmp_path / "桌"
    folder.mkdir()
    for unit in "甲乙":
        text = f"# 自己的注释\n单位: {unit}\n任务:\n  '1.1': 制定办法{unit}\n"
        (folder / f"{unit}.yaml").write_text(text, encoding="utf-8")
    for name in ("丙.xlsx", "表.docx", "表.pdf", "全部.csv", "全.json"):
        (folder / name).write_bytes(OLD)
    return folder

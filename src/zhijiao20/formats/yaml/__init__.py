"""YAML status files: one unit a file, for those who write in an editor."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from zhijiao20.core import fields
from zhijiao20.formats.format import Format, only_one

if TYPE_CHECKING:
    from zhijiao20.core.catalog import Catalog
    from zhijiao20.core.findings import Collector, Place
    from zhijiao20.core.limits import Limits
    from zhijiao20.core.submission import Submission
    from zhijiao20.formats.char_positions import LazyPositions
    from zhijiao20.formats.raw import Items, RawUnit, Scalar


def _read(data: bytes, out: Collector, _catalog: Catalog, limits: Limits, _stem: str) -> list[RawUnit | Scalar | Items]:
    from zhijiao20.formats.yaml.read import read

    return [read(data, out, limits)]


def _write(submissions: Sequence[Submission], catalog: Catalog) -> bytes:
    from zhijiao20.formats.yaml.write import write

    return write(only_one(submissions, "YAML"), catalog)


def _locate(text: str, places: Collection[Place]) -> Mapping[Place, LazyPositions]:
    from zhijiao20.formats.yaml.char_positions import char_positions_in_yaml

    return char_positions_in_yaml(text, places)


FORMAT = Format(
    name="yaml",
    label="YAML",
    suffixes=(".yaml", ".yml"),
    fields=frozenset(
        {
            fields.UNIT,
            fields.PERIOD,
            fields.REPORTER,
            fields.PHONE,
            fields.PROGRESS,
            fields.STATUS,
            fields.EVIDENCE,
            fields.REMARK,
            fields.WAIVERS,
        }
    ),
    read=_read,
    write=_write,
    text_start=r"(?:单位|报告期|任务)[ \t]*[:：]|# yaml-language-server|---[ \t]*\n",
    usual_starts=(b"# yaml-language-server", "单位:".encode(), "单位：".encode()),
    unit_from_name=False,
    locate=_locate,
)

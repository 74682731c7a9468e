"""Pydantic models of the status file: the only definition of its fields and types, and the source of the JSON Schema.

Every scalar of a status file is text (``是``, ``010`` and ``2020-01-01`` too), so all models are strict.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.fields import PROGRESS
from zhijiao20.core.rule_table import RULES
from zhijiao20.core.submission import PROGRESS_SYNONYMS, UNIT_LIMIT


class EntryModel(BaseModel):
    """An entry under 任务."""

    model_config = ConfigDict(extra="forbid", strict=True)

    进展: Annotated[
        Literal["已完成", "推进中", "未启动", "不涉及", ""],
        Field(description="四种之一：已完成、推进中、未启动、不涉及；可以不填"),
    ] = ""
    落实情况: Annotated[str, Field(description="填入附表第四列的文字；换行就是分段")] = ""
    佐证: Annotated[list[str], Field(default_factory=list, description="文号、链接等，一条一项；默认不印进附表")]
    说明: Annotated[str, Field(description="内部备注，不印进附表")] = ""
    豁免: Annotated[dict[str, str], Field(default_factory=dict, description="规则编号: 理由；使一条规则不再提示这一项")]


class StatusFile(BaseModel):
    """A status file: one unit, one reporting period."""

    model_config = ConfigDict(extra="forbid", strict=True)

    单位: Annotated[str, Field(min_length=1, max_length=UNIT_LIMIT, description="填报单位全称，1 至 100 个字")]
    报告期: Annotated[str, Field(description="如 2020年上半年")] = ""
    填报人: Annotated[str, Field(description="选填，不印进附表")] = ""
    联系电话: Annotated[str, Field(description="选填，不印进附表")] = ""
    任务: Annotated[dict[str, EntryModel], Field(description="任务编号: 落实情况")]


def json_schema(catalog: Catalog) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a YAML status file.

    The description of each task is its official wording.
    """
    schema = StatusFile.model_json_schema()
    entry = {
        "anyOf": [
            {"$ref": "#/$defs/EntryModel"},
            {"type": ["string", "null"], "description": "只有落实情况时可以直接写文字"},
        ]
    }
    schema["properties"]["任务"] = {
        "type": "object",
        "title": "任务",
        "description": "任务编号: 落实情况",
        "additionalProperties": False,
        "properties": {
            task.id: entry | {"title": task.id, "description": f"{task.article}\n{task.text}"}
            for task in catalog.tasks.values()
        },
    }
    fields = schema["$defs"]["EntryModel"]["properties"]
    _allow_unfilled(fields)
    _allow_synonyms(fields[PROGRESS])
    _allow_unfilled({name: rule for name, rule in schema["properties"].items() if name not in {"单位", "任务"}})
    schema["$defs"]["EntryModel"]["properties"]["豁免"]["propertyNames"] = {
        "pattern": "^ZJ[0-9]{3}$",
        "examples": [*RULES][-1:],
    }
    title = f"{catalog.label}{catalog.title}：填报文件"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": title}


def _allow_synonyms(rule: dict[str, Any]) -> None:
    """Allow the synonyms of 进展 as deprecated values: the program accepts them with an info."""
    rule["anyOf"] = [{"enum": rule.pop("enum")}, {"enum": [*PROGRESS_SYNONYMS], "deprecated": True}]


def _allow_unfilled(properties: dict[str, Any]) -> None:
    """Allow a field without a value (``进展:``), which is null in an editor and "" here."""
    for rule in properties.values():
        rule.pop("default", None)
        if "enum" in rule:
            rule["enum"] = [*rule["enum"], None]
            rule.pop("type", None)
        else:
            rule["type"] = [rule["type"], *(["number"] if rule["type"] == "string" else []), "null"]

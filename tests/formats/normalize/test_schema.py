"""The JSON Schema of a YAML status file: what an editor shows and refuses."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.rule_table import RULES
from zhijiao20.core.submission import PROGRESS_SYNONYMS, Progress
from zhijiao20.formats.normalize.schema import EntryModel, StatusFile, json_schema


@pytest.fixture(scope="module")
def schema(catalog: Catalog) -> dict[str, Any]:
    """The schema of the official list."""
    return json_schema(catalog)


def valid(schema: dict[str, Any], entry: object = None, **top: object) -> bool:
    """Whether a file with one entry for 1.1 fits the schema."""
    data = {"单位": "澄州市教育局", "任务": {"1.1": entry}} | top
    return Draft202012Validator(schema).is_valid({name: value for name, value in data.items() if value is not ...})


def test_is_a_schema(schema: dict[str, Any]) -> None:
    """Editors take it: it fits the 2020-12 meta-schema and says so."""
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"] == "附表2：“职教20条”相关任务落实情况一览表：填报文件"


def test_every_task_with_its_wording(schema: dict[str, Any], catalog: Catalog) -> None:
    """Pointing at an id in an editor shows the article and the official wording."""
    tasks = schema["properties"]["任务"]["properties"]
    assert list(tasks) == list(catalog.tasks)
    assert tasks["15.5"]["title"] == "15.5"
    assert tasks["15.5"]["description"] == f"15.提高技术技能人才待遇水平\n{catalog.tasks['15.5'].text}"


def test_fields_are_the_contracts() -> None:
    """The same field names in every format."""
    assert list(StatusFile.model_fields) == ["单位", "报告期", "填报人", "联系电话", "任务"]
    assert list(EntryModel.model_fields) == ["进展", "落实情况", "佐证", "说明", "豁免"]


@pytest.mark.parametrize(
    ("entry", "top"),
    [
        pytest.param("只有文字", {}, id="text-only"),
        pytest.param(None, {}, id="nothing-yet"),
        pytest.param({}, {}, id="empty-entry"),
        pytest.param(dict.fromkeys(["进展", "落实情况", "佐证", "说明", "豁免"]), {}, id="unfilled-fields"),
        pytest.param(
            {"进展": "已完成", "落实情况": "印发", "佐证": ["甲"], "说明": "乙", "豁免": {"ZJ301": "理由"}},
            {"报告期": "2020年上半年", "填报人": "张三", "联系电话": "0000"},
            id="all-fields",
        ),
        pytest.param(None, {"报告期": None, "填报人": None, "联系电话": None}, id="unfilled-top"),
        *[pytest.param({"进展": word.value}, {}, id=f"进展-{word.value}") for word in Progress],
        *[pytest.param({"进展": word}, {}, id=f"进展-{word}") for word in PROGRESS_SYNONYMS],
    ],
)
def test_accepts(schema: dict[str, Any], entry: object, top: dict[str, object]) -> None:
    """What the program reads without a finding of type is not underlined in red by an editor."""
    assert valid(schema, entry, **top)


@pytest.mark.parametrize(
    ("entry", "top"),
    [
        pytest.param(None, {"单位": ...}, id="no-unit"),
        pytest.param(None, {"单位": ""}, id="empty-unit"),
        pytest.param(None, {"单位": None}, id="unfilled-unit"),
        pytest.param(None, {"单位": "局" * 101}, id="long-unit"),
        pytest.param(None, {"任务": ...}, id="no-tasks"),
        pytest.param(None, {"任务": {"1.6": "x"}}, id="unknown-task"),
        pytest.param(None, {"任务": {"1．1": "x"}}, id="id-spelled-otherwise"),
        pytest.param(None, {"备注": "x"}, id="unknown-top-field"),
        pytest.param({"落实": "x"}, {}, id="unknown-field"),
        pytest.param({"进展": "差不多"}, {}, id="unknown-progress"),
        pytest.param({"佐证": "文号"}, {}, id="evidence-is-no-list"),
        pytest.param({"佐证": [1]}, {}, id="evidence-is-a-number"),
        pytest.param({"豁免": {"zj3": "x"}}, {}, id="waiver-of-no-code"),
        pytest.param(["x"], {}, id="entry-is-a-list"),
    ],
)
def test_refuses(schema: dict[str, Any], entry: object, top: dict[str, object]) -> None:
    """An editor warns while the clerk types, before the program has to."""
    assert not valid(schema, entry, **top)


def test_offers_no_default(schema: dict[str, Any]) -> None:
    """A default of "" would have an editor fill in every optional field by itself."""
    fields = {**schema["properties"], **schema["$defs"]["EntryModel"]["properties"]}
    assert [name for name, rule in fields.items() if "default" in rule] == []


def test_every_rule_code_can_be_waived(schema: dict[str, Any]) -> None:
    """The pattern for 豁免 knows every code."""
    assert valid(schema, {"豁免": dict.fromkeys(RULES, "理由")})

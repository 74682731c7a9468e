"""Translate pydantic's validation errors into Chinese messages for the people who fill in the file."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TypeAlias

from pydantic_core import ErrorDetails

from zhijiao20.core.display import quote
from zhijiao20.core.fields import TASKS, UNIT
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.submission import Progress
from zhijiao20.formats.normalize.odd_spaces import ODD_SPACE, odd_space_around, space_name
from zhijiao20.formats.normalize.schema import EntryModel, StatusFile
from zhijiao20.formats.raw import Scalar

PlainValue: TypeAlias = "str | list[PlainValue] | dict[str, PlainValue]"
Path: TypeAlias = tuple[str | int, ...]

PROGRESS_LIST = "、".join(Progress)
_EXPECTED_TYPES = {"string": "文字", "list": "列表", "dict": "“字段: 值”", "model": "“字段: 值”"}
_GIVEN_TYPES: dict[type, str] = {str: "文字", list: "列表", dict: "“字段: 值”"}
# Names that offices use for a field, too different for a search by similar letters.
_ALIASES = {
    "备注": "说明",
    "依据": "佐证",
    "文号": "佐证",
    "附件": "佐证",
    "状态": "进展",
    "进度": "进展",
    "情况": "落实情况",
    "内容": "落实情况",
    "年度": "报告期",
    "时间": "报告期",
    "学校": "单位",
    "部门": "单位",
    "填报部门": "单位",
    "报送部门": "单位",
    "学校名称": "单位",
    "电话": "联系电话",
    "姓名": "填报人",
    "unit": "单位",
    "period": "报告期",
    "tasks": "任务",
    "status": "落实情况",
    "progress": "进展",
    "evidence": "佐证",
}
_ID = lazy_regex("[0-9]{1,2}[.][0-9]{1,2}")
_MISSED_FIELD = lazy_regex(f"({'|'.join(EntryModel.model_fields)})[\"']?[ \\u3000]*([:：])")
_REMEDIES = {
    "列表": "每条另起一行，以“- ”开头，横线后面是半角空格",
    "文字": "直接写文字；文字里有半角冒号加空格、以半角冒号结尾、或以 - [ { 等符号开头时，"
    "用引号括起来，或用“|-”另起一行写",
    "“字段: 值”": "写成“字段: 值”，每个字段一行，冒号用半角，后面空一格",
}


def missed_field(key: Scalar, below: Scalar) -> tuple[str, str, str] | None:
    """Return code, message and hint if a text below a task id is a field with a wrong colon.

    An example is ``落实情况：甲``.  YAML parses the lines of an entry as one text if no line has a valid colon.
    """
    found = _MISSED_FIELD.match(below.text) if (key.place.line or 0) < (below.place.line or 0) else None
    if found is None:
        return None
    wrong = "后面用了全角冒号“：”" if found[2] == "：" else "的冒号后面没有空格"
    if odd := ODD_SPACE.match(below.text, found.end()):
        wrong = wrong if found[2] == "：" else f"的冒号后面是{space_name(odd[0])}，不是半角空格"
    hint = f"改成半角冒号，后面空一格，如 {found[1]}: ……"
    return "ZJ104", f"“{found[1]}”{wrong}，没有认成字段：{quote(below.text)}", hint


def explain(fault: ErrorDetails) -> tuple[str, str, str]:
    """Return the rule code, message and hint for one validation error.

    Args:
        fault: an item of ``ValidationError.errors()`` of a ``StatusFile``.
    """
    path, name, given = fault["loc"], str(fault["loc"][-1]), fault["input"]
    match fault["type"]:
        case "missing" if name == UNIT:
            return "ZJ106", "没有“单位”", "在文件开头写一行“单位: 某某单位”"
        case "missing":
            return "ZJ104", f"没有“{name}”", f"写上“{name}:”，下面逐项列出各任务编号"
        case "extra_forbidden":
            return _unknown_field(name, list((EntryModel if len(path) > 1 else StatusFile).model_fields))
        case "literal_error" if isinstance(given, str):
            return "ZJ105", f"进展不能是{quote(given)}，只能是：{PROGRESS_LIST}", "改成这四种之一；也可以不填"
        case kind:
            expected = next((word for start, word in _EXPECTED_TYPES.items() if kind.startswith(start)), "文字")
            quoted = quote(given) if isinstance(given, str) else ""
            message = f"“{_path_label(path)}”应是{expected}，这里是{_GIVEN_TYPES[type(given)]}{quoted}"
            return "ZJ106" if path == (UNIT,) else "ZJ104", message, _REMEDIES[expected]


def _unknown_field(name: str, known: list[str]) -> tuple[str, str, str]:
    if (odd := odd_space_around(name)) and _is_field_or_id(odd[0]):
        named = space_name(odd[1])
        message = f"“{odd[0]}”的前面或后面有{named}，没有认成字段"
        return "ZJ103", message, f"把这一行里的{named}删去；缩进用半角空格，与同一层的其他字段从同一列开始"
    alias = _ALIASES.get(name.strip().lower())
    closest = [alias] if alias in known else get_close_matches(name, known, n=1, cutoff=0.01)
    message = f"没有{quote(name)}这个字段" + (f"，最接近的是“{closest[0]}”" if closest else "")
    return "ZJ103", message, (f"是不是“{closest[0]}”？" if closest else "") + f"可用的字段：{'、'.join(known)}"


def _is_field_or_id(name: str) -> bool:
    """Check whether a name is a field of any level, or looks like a task id."""
    bare = name.strip("\"'")
    return bare in EntryModel.model_fields or bare in StatusFile.model_fields or _ID.fullmatch(bare) is not None


def _path_label(path: Path) -> str:
    """Return a readable label for the value at a path: ``1.1 佐证 第 2 项``."""
    names = [f"第 {part + 1} 项" if isinstance(part, int) else part for part in path]
    return " ".join(name for name in names if name != TASKS) or TASKS

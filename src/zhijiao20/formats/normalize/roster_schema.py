"""Pydantic model of a row of a roster: the only definition of what its cells may hold, besides the duties."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from zhijiao20.core.deadline import read_date
from zhijiao20.core.display import escape_controls, quote
from zhijiao20.core.fields import UNIT
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.roster import FORMAT
from zhijiao20.core.submission import UNIT_LIMIT, is_blank, unit_problem
from zhijiao20.core.unit_names import plain_unit, without_brackets
from zhijiao20.core.wording import fold
from zhijiao20.formats.normalize.no_unit import is_nothing, no_unit

_ITEM_SEPARATORS = lazy_regex("[、，,；;\n\r\x0b\x0c\x85\u2028\u2029]")
_FORMATS = {"word": "docx", "doc": "docx", "excel": "xlsx", "yml": "yaml"}
_FORMAT_NAMES = ("yaml", "csv", "xlsx", "docx")
_ALIASES_LIMIT = 50
_WORD_LIMIT = 200  # characters of 类别, 联系人 and 电话


def _fault(code: str, message: str, hint: str, instead: object = "") -> PydanticCustomError:
    """Return an error that carries the code of its rule and the remedy; the message may hold braces.

    Args:
        code: the code of the rule.
        message: what is wrong.
        hint: what to do.
        instead: what the cell counts as where units are compared with each other.
    """
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint, "instead": instead})


def _name(column: str, text: str) -> str:
    """Check that a text can be the name of a unit, and reads back from a form as it is."""
    if problem := unit_problem(text):
        hint = f"写单位全称，一行，1 至 {UNIT_LIMIT} 个字" if column == UNIT else f"写在一行里，1 至 {UNIT_LIMIT} 个字"
        raise _fault("ZJ705", problem.replace(UNIT, column, 1), hint, "".join(text.split()))
    if remedy := no_unit(text):
        if column != UNIT:
            remedy = "写单位的名称，或空着"
        raise _fault("ZJ705", f"{quote(text)}不像单位名称", remedy)
    if (name := plain_unit(text)) != text:
        message = f"{quote(text)}里有盖章、日期、括号、引号之类，不是{column}名称"
        hint = f"只写名称：{escape_controls(name)}"
        raise _fault("ZJ705", message, f"{hint}；是表下面的落款，删去这一行" if column == UNIT else hint, name)
    return text


def _unit(text: str) -> str:
    if is_blank(text):
        raise _fault("ZJ705", "这一行没有写单位", "写上单位全称；不要的行请整行删去")
    return _name(UNIT, text.strip())


def _aliases(text: str) -> tuple[str, ...]:
    """Return the names in a cell without the brackets around them; all that is wrong with them is one error."""
    items = [without_brackets(item) for item in _ITEM_SEPARATORS.split(without_brackets(text))]
    items = [item for item in items if not is_nothing(item)]
    if len(items) > _ALIASES_LIMIT:
        hint = "只留报来的文件里会用到的"
        raise _fault("ZJ707", f"简称有 {len(items)} 个，最多 {_ALIASES_LIMIT} 个", hint, tuple(items[:_ALIASES_LIMIT]))
    names: list[str] = []
    faults: list[dict[str, str]] = []
    for item in items:
        try:
            names.append(_name("简称", item))
        except PydanticCustomError as error:
            faults.append(error.context or {})
            names.append(faults[-1]["instead"])
    found = tuple(dict.fromkeys(filter(None, names)))
    if faults:
        message, hint = ("；".join(dict.fromkeys(fault[part] for fault in faults)) for part in ("message", "hint"))
        raise _fault("ZJ705", message, hint, found)
    return found


def _superior(text: str) -> str:
    return "" if is_nothing(text) else _name("上级", text.strip())


def _format(text: str) -> str:
    name = fold(text).lstrip(".")
    name = _FORMATS.get(name, name)
    if name and name not in _FORMAT_NAMES:
        raise _fault(
            "ZJ707", f"{FORMAT}不能是{quote(text)}", f"只能是：{'、'.join(_FORMAT_NAMES)}；空着就用 init 的 -f"
        )
    return name


def _deadline(text: str) -> date | None:
    if is_blank(text):
        return None
    if day := read_date(text):
        return day
    raise _fault("ZJ707", f"截止不是完整的日期：{quote(text)}", "写全年月日，如 2020-07-10", None)


def _words(text: str) -> str:
    line = " ".join(text.split())
    if len(line) > _WORD_LIMIT:
        raise _fault("ZJ707", f"这一格有 {len(line)} 个字，最多 {_WORD_LIMIT} 个", "请缩短")
    return line


class RosterRow(BaseModel):
    """A row of a roster, without its duties."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    单位: Annotated[str, BeforeValidator(_unit)]
    简称: Annotated[tuple[str, ...], BeforeValidator(_aliases)] = ()
    上级: Annotated[str, BeforeValidator(_superior)] = ""
    类别: Annotated[str, BeforeValidator(_words)] = ""
    格式: Annotated[str, BeforeValidator(_format)] = ""
    截止: Annotated[date | None, BeforeValidator(_deadline)] = None
    联系人: Annotated[str, BeforeValidator(_words)] = ""
    电话: Annotated[str, BeforeValidator(_words)] = ""

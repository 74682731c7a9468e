"""The name of a file for a unit, whatever the unit is called."""

from __future__ import annotations

import pytest

from zhijiao20.core.errors import UsageError
from zhijiao20.system.atomic_write import default_name


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        pytest.param("澄州市教育局", "澄州市教育局.yaml", id="plain"),
        pytest.param("a/b", "a_b.yaml", id="slash"),
        pytest.param("../../etc/passwd", "_.._etc_passwd.yaml", id="way-up"),
        pytest.param("C:\\甲", "C__甲.yaml", id="drive"),
        pytest.param("a: b", "a_ b.yaml", id="colon"),
        pytest.param('"*?<>|', "______.yaml", id="windows"),
        pytest.param(" .~$甲. ", "$甲.yaml", id="hidden-or-lock"),
        pytest.param("-甲", "-甲.yaml", id="dash"),
        pytest.param("console", "console.yaml", id="not-reserved"),
        pytest.param("甲" * 80, "甲" * 80 + ".yaml", id="long"),
    ],
)
def test_default_name_is_a_plain_file_name(unit: str, name: str) -> None:
    """Never a path, never hidden, never a device of Windows."""
    assert default_name(unit, "yaml") == name


@pytest.mark.parametrize("unit", ["..", ".", "~", "...", "con", "CON", "Aux.甲", "com1", "LPT¹", "nul.", "甲" * 81])
def test_a_unit_that_cannot_be_a_file_name_is_refused(unit: str) -> None:
    """The way out is named: -o."""
    with pytest.raises(UsageError) as caught:
        default_name(unit, "csv")
    assert str(caught.value) == f"单位“{unit[:40]}”不能直接用作文件名。请用 -o 指定文件名，如 -o 填报.csv"

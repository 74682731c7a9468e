"""init --roster --previous: the texts of the last round in the forms of the new one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from program import run
from status_files import names_in, put, read_file

from zhijiao20.system.discovery import load_catalog

pytestmark = pytest.mark.usefixtures("work_folder")


@pytest.fixture(autouse=True)
def _roster(work_folder: Path) -> None:
    put("名册.csv", "单位\n甲局\n乙局\n")


class TestLastRound:
    """--previous: what a unit wrote last time stands in its new form."""

    def test_texts_progress_and_evidence_are_taken_over(self) -> None:
        """On the tasks that it answers for now; whatever is not taken over is told."""
        put("名册.csv", "单位,简称,任务,格式\n甲局,甲,1.1、1.2,yaml\n乙局,,1.1,docx\n丙局,,1.1,csv\n")
        put(
            "上期/甲.csv",
            "单位,编号,进展,落实情况,佐证,说明\n甲,1.1,已完成,印发12个文件。,甲〔2019〕1号,内部\n甲,2.1,,旧的。,,\n乙局,1.1,推进中,开展3项工作。,,\n",
        )
        result = run("init", "--roster", "名册.csv", "--previous", "上期", "--period", "2020年下半年")
        assert result.exit_code == 0
        assert result.stdout.splitlines()[0] == "已生成 3 份，在 下发，一个单位一份，2 个单位有上一次的文字"
        assert result.stderr.splitlines() == [
            "甲局：上一次写了现在不归它的任务，没有填进去：2.1",
            "乙局：这种格式放不下进展，没有填进去",
        ]
        (first,), _ = read_file(Path("下发/甲局.yaml"), load_catalog())
        entry = first.entries["1.1"]
        assert (first.period, [*first.entries]) == ("2020年下半年", ["1.1", "1.2"])
        assert (entry.status, entry.progress, entry.evidence, entry.remark) == (
            "印发12个文件。",
            "已完成",
            ("甲〔2019〕1号",),
            "",
        )
        (second,), _ = read_file(Path("下发/乙局.docx"), load_catalog())
        assert second.entries["1.1"].status == "开展3项工作。"
        (third,), _ = read_file(Path("下发/丙局.csv"), load_catalog())
        assert third.blank

    def test_the_project_names_the_last_round(self) -> None:
        """No option is needed."""
        put("名册.csv", "单位\n甲局\n")
        put("zhijiao20.toml", "roster = '名册.csv'\nprevious = '上期'")
        put("上期/甲.csv", "单位,编号,落实情况\n甲局,1.1,印发12个文件。\n")
        assert "1 个单位有上一次的文字" in run("init").stdout

    def test_files_with_errors_are_not_used(self) -> None:
        """They are told, exit code 1; the others are taken over, and two versions of one unit neither."""
        put("名册.csv", "单位\n甲局\n乙局\n丁局\n")
        put("上期/甲.csv", "单位,编号,落实情况\n甲局,1.1,印发12个文件。\n")
        put("上期/乙.csv", "单位,编号,落实情况\n乙局,1.99,印发12个文件。\n")
        put("上期/丙.csv", "单位,编号,落实情况\n丙局,1.1,印发12个文件。\n")
        for name in "12":
            put(f"上期/丁{name}.csv", f"单位,编号,落实情况\n丁局,1.1,印发{name}个文件。\n")
        result = run("init", "--roster", "名册.csv", "--previous", "上期")
        assert result.exit_code == 1
        assert "已生成 3 份，在 下发，一个单位一份，1 个单位有上一次的文字" in result.stdout
        assert {"ZJ101", "ZJ711", "ZJ107"} <= set(re.findall("ZJ[0-9]{3}", result.stderr))
        assert "上一次的文件里，有错误的没有用，其余的照样填进去。" in result.stderr

    def test_a_text_that_the_format_cannot_hold(self) -> None:
        """The form is written empty, and why is told."""
        put("名册.csv", "单位,格式\n甲局,csv\n")
        put("上期/甲.yaml", f"单位: 甲局\n任务:\n  '1.1': {'字' * 40_000}\n")
        result = run("init", "--roster", "名册.csv", "--previous", "上期")
        assert result.exit_code == 0
        assert "甲局：上一次的文字没有填进去：" in result.stderr
        assert read_file(Path("下发/甲局.csv"), load_catalog())[0][0].blank

    def test_one_unit_without_a_roster(self) -> None:
        """Its texts, whatever else lies there; what the format cannot hold is told."""
        put(
            "上期/全部.csv",
            "单位,编号,进展,落实情况,佐证\n甲局,1.1,已完成,印发12个文件。,甲〔2019〕1号\n乙局,1.1,,别的。,\n",
        )
        put("上期/坏.csv", "单位,编号,落实情况\n丙局,1.99,印发12个文件。\n")
        result = run("init", "甲局", "--previous", "上期", "--period", "2020年下半年")
        assert (result.exit_code, result.stdout) == (0, "已生成 甲局.yaml，填好了上一次的文字\n")
        (first,), _ = read_file(Path("甲局.yaml"), load_catalog())
        entry = first.entries["1.1"]
        assert (first.period, len(first.entries)) == ("2020年下半年", len(load_catalog().tasks))
        assert (entry.status, entry.progress, entry.evidence) == ("印发12个文件。", "已完成", ("甲〔2019〕1号",))
        result = run("init", "甲局", "-f", "docx", "--previous", "上期/全部.csv")
        assert result.stderr == "这种格式放不下进展、佐证，没有填进去\n"
        (second,), _ = read_file(Path("甲局.docx"), load_catalog())
        assert second.entries["1.1"].status == "印发12个文件。"

    def test_one_unit_of_the_project_s_roster(self) -> None:
        """The roster says whose the file is."""
        put("名册.csv", "单位,简称\n澄州市甲局,甲局\n")
        put("zhijiao20.toml", "roster = '名册.csv'")
        put("上期/甲.csv", "单位,编号,落实情况\n甲局,1.1,印发12个文件。\n")
        assert "填好了上一次的文字" in run("init", "澄州市甲局", "--previous", "上期").stdout
        put("名册.csv", "单位\n甲局\n甲局\n")
        result = run("init", "乙局", "--previous", "上期")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "名册有错误，没有生成文件。" in result.stderr

    @pytest.mark.parametrize("unit", ["丁局", "丙局"])
    def test_a_unit_that_is_not_in_the_last_round(self, unit: str) -> None:
        """No empty form in its place, as if it had said nothing."""
        put("上期/甲.csv", "单位,编号,落实情况\n甲局,1.1,印发12个文件。\n")
        put("上期/坏.csv", "单位,编号,落实情况\n丙局,1.99,印发12个文件。\n")
        result = run("init", unit, "--previous", "上期")
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"上期里没有读到“{unit}”的填报，没有生成文件：上期" in result.stderr
        assert not Path(f"{unit}.yaml").exists()

    @pytest.mark.parametrize("args", [["甲局", "--previous", "上期"], ["--roster", "名册.csv", "--previous", "没有"]])
    def test_wrong_use(self, args: list[str]) -> None:
        """A path that does not exist."""
        result = run("init", *args)
        assert (result.exit_code, names_in()) == (2, ["名册.csv"])

"""The overview page as it is written: what is in it, and which pages there are."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from program import run
from rounds import put_round
from status_files import names_in, put, sound

from zhijiao20.commands import overview as module
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.round import OtherFile
from zhijiao20.output import overview_data
from zhijiao20.review import unit_findings

pytestmark = pytest.mark.usefixtures("work_folder")
PERIODS = ("--previous", "上期")


def text_of(file: str | Path = "总览.html") -> str:
    return Path(file).read_text(encoding="utf-8")


def head(file: str | Path = "总览.html") -> dict[str, Any]:
    """What the first look needs."""
    (found,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', text_of(file))
    data: dict[str, Any] = json.loads(found)
    return data


def details(file: str | Path = "总览.html") -> dict[str, dict[str, Any]]:
    """What is packed: the label of each unit and its texts, findings and changes."""
    packs = [
        json.loads(zlib.decompress(base64.b64decode(json.loads(pack))))
        for pack in re.findall(r'<script type="application/json" class="pack">(.*?)</script>', text_of(file))
    ]
    return {unit["label"]: packs[unit["pack"][0]][unit["pack"][1]] for unit in head(file)["units"]}


@pytest.mark.parametrize("pack", [400_000, 1000])
def test_it_holds_what_json_says(catalog: Catalog, monkeypatch: pytest.MonkeyPatch, pack: int) -> None:
    """The same data, and of each unit every finding that it counts, whatever fits into a pack."""
    monkeypatch.setattr(overview_data, "_PACK", pack)
    put_round(catalog)
    said = run("collect", "--today", "2020-07-11", "--output-format", "json", "-o", "总览.html")
    assert said.exit_code == 1
    assert said.stderr.endswith("已生成 总览.html\n")
    data, shown = json.loads(said.stdout), head()
    assert {key: shown[key] for key in data if key != "units"} == {key: data[key] for key in data if key != "units"}
    packed = details()
    for one, unit in zip(shown["units"], data["units"], strict=True):
        assert unit.items() <= (one | {"files": unit["files"]}).items()
        found = [finding[1] for finding in packed[one["label"]]["findings"]]
        assert [found.count(weight) for weight in ("error", "warning", "info")] == [
            unit["errors"],
            unit["warnings"],
            unit["infos"],
        ]
        assert len(one["states"]) == len(one["marks"]) == 87
    assert packed["青溪县中等专业学校"]["versions"][0][1]["1.1"] == ["", "已完成"]
    assert shown["units"][10]["marks"][0] == "e"


def test_the_policy_names_what_the_page_holds(catalog: Catalog) -> None:
    """It stands before any script and style, allows these two by their digests, and nothing else."""
    put("甲局.yaml", sound("甲局", catalog))
    run("collect", "甲局.yaml", "-o", "总览.html")
    page = text_of()
    policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    assert policy
    assert page.index("<style>") > policy.end() < page.index("<script")
    allowed = dict(part.split(" ", 1) for part in policy[1].split("; "))
    assert allowed["default-src"] == allowed["base-uri"] == allowed["form-action"] == "'none'"
    for tag, name in (("script", "script-src"), ("style", "style-src")):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert allowed[name] == f"'sha256-{digest}'"
    page = re.sub('class="pack">"[^"]*"', "", page)
    assert not re.search(r"https?:|//[a-z]|\bsrc=|url\(|@import|innerHTML|\beval\b|style=| on[a-z]+=", page)


BAD = "</script><script>x</script><img src=x onerror=y>'\"&"
HIDDEN = "\u2028\u202e"


def test_hostile_texts_are_escaped(catalog: Catalog) -> None:
    """In the list, in the data and in what is packed; as many elements as without them."""
    counts = []
    for name, text in (("甲局", "乙"), (f"甲局{BAD}", f"{BAD}{HIDDEN}")):
        quoted = '"' + name.replace('"', '""') + '"'
        put("名册.csv", f"单位,上级,类别\n{quoted},{quoted.replace('甲', '乙')},{quoted}\n")
        put("收件/甲.yaml", sound(name, catalog, {"1.1": text}))
        made = run("collect", "收件", "--roster", "名册.csv", "-o", "总览.html")
        assert made.stderr == "已生成 总览.html\n"
        page = html.fromstring(text_of())
        counts.append([len(page.findall(f".//{tag}")) for tag in ("script", "img", "td", "p", "tr")])
    assert counts[0] == counts[1]
    assert "\u202e" not in text_of()
    (packed,) = details().values()
    assert packed["versions"][0][1]["1.1"][1] == f"{BAD}\\u2028\\u202e"


def test_what_cannot_be_encoded_is_shown(catalog: Catalog) -> None:
    """A name on disk that is no text, as old programs leave it."""
    state = module.Round([], [OtherFile("\udcff", "\udcff", "")])
    with Path("x.html").open("wb") as stream:
        module.write_page(state, module.page_data(state, [], catalog), stream)
    assert "\\udcff" in text_of("x.html")
    assert head("x.html")["others"][0]["path"] == "\\udcff"


def test_changes_since_the_last_round(catalog: Catalog) -> None:
    """Of those that can be compared; who came and who is gone."""
    for unit, text in (("甲局", "建立标准9项。"), ("乙局", "建立标准9项。"), ("丁局", "建立标准9项。")):
        put(f"上期/{unit}.yaml", sound(unit, catalog, {"1.1": text, "1.2": ""}))
    put("上期/戊局.yaml", sound("戊局", catalog))
    put("上期/戊局(1).yaml", sound("戊局", catalog, {"1.1": "建立标准9项。"}))
    put("本期/甲局.yaml", sound("甲局", catalog, {"1.1": "建立标准12项。"}))
    put("本期/乙局.yaml", sound("乙局", catalog))
    put("本期/乙局(1).yaml", sound("乙局", catalog, {"1.1": "建立标准10项。"}))
    put("本期/丙局.yaml", sound("丙局", catalog))
    put("本期/戊局.yaml", sound("戊局", catalog))
    run("collect", "本期", *PERIODS, "-o", "总览.html")
    units = {unit["label"]: unit for unit in head()["units"]}
    assert (head()["compared"], head()["gone"]) == (True, ["丁局"])
    assert units["甲局"]["change"] == "改动 1 项、新填 1 项，其余 85 项没有变化"
    assert units["甲局"]["changed"] == "cn" + "." * 85
    assert units["丙局"]["change"] == "本期新有（新填 87 项）"
    assert units["乙局"]["change"] == units["戊局"]["change"] == ""
    assert details()["甲局"]["changes"][0] == [
        "1.1", "changed", "", [["same", "建立标准"], ["out", "9项"], ["in", "12项"], ["same", "。"]],
    ]  # fmt: skip
    assert len(details()["乙局"]["versions"]) == 2
    run("collect", "本期", "-o", "总览.html")
    assert (head()["compared"], head()["gone"], {unit["change"] for unit in head()["units"]}) == (False, [], {""})


@pytest.mark.parametrize("roster", [(), ("--roster", "名册.csv")])
def test_units_of_one_name_are_compared_with_themselves(roster: tuple[str, ...]) -> None:
    """Their superiors tell them apart, in the texts, in the findings and in the last round."""
    put("名册.csv", "单位,上级\n教育局,甲市\n教育局,乙市\n")
    head_line = "单位,上级,编号,落实情况\n"
    put("上期/全省.csv", f"{head_line}教育局,甲市,1.1,建立标准9项。\n教育局,乙市,1.1,建立标准12项。\n")
    put("本期/全省.csv", f"{head_line}教育局,甲市,1.1,建立标准9项。\n教育局,乙市,1.1,建立标准15项。\n")
    run("collect", "本期", *roster, *PERIODS, "-o", "总览.html")
    assert {unit["label"]: (unit["changed"][:1], unit["superior"]) for unit in head()["units"]} == {
        "甲市：教育局": ("", "甲市"),
        "乙市：教育局": ("c", "乙市"),
    }
    assert head()["gone"] == []
    assert [list(one["versions"][0][1].values()) for one in details().values()] == [
        [["", "建立标准9项。"]],
        [["", "建立标准15项。"]],
    ]


def test_the_last_round_is_read_for_the_page_alone(catalog: Catalog) -> None:
    """Also where no rule wants it."""
    put("zhijiao20.toml", 'ignore = ["ZJ6"]\n')
    put("上期/甲局.yaml", sound("甲局", catalog, {"1.1": "建立标准9项。"}))
    put("本期/甲局.yaml", sound("甲局", catalog))
    run("collect", "本期", *PERIODS, "-o", "总览.html")
    assert head()["units"][0]["changed"][0] == "c"


def test_equal_copies_are_shown_once(catalog: Catalog) -> None:
    """Two files that say the same."""
    put("收件/甲局.yaml", sound("甲局", catalog))
    put("收件/甲局(1).yaml", sound("甲局", catalog))
    run("collect", "收件", "-o", "总览.html")
    assert len(details()["甲局"]["versions"]) == 1
    assert len(head()["units"][0]["files"]) == 2


def test_a_finding_of_a_whole_file_belongs_to_each_unit_of_it(catalog: Catalog) -> None:
    """As it counts for each of them."""
    put("收件/几个.csv", "单位,编号,落实情况,多余\n甲局,1.1,建立标准9项。,x\n乙局,1.1,建立标准12项。,y\n")
    run("collect", "收件", "-o", "总览.html")
    for unit in head()["units"]:
        found = [finding[1] for finding in details()[unit["label"]]["findings"]]
        assert (found.count("error"), found.count("warning"), found.count("info")) == (
            unit["errors"],
            unit["warnings"],
            unit["infos"],
        )


def test_only_so_many_findings_of_a_unit_are_kept(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are counted, and the page says so."""
    monkeypatch.setattr(unit_findings, "LISTED", 3)
    put("收件/甲局.yaml", sound("甲局", catalog, {"1.1": "", "1.2": ""}))
    put("收件/甲局(1).yaml", sound("甲局", catalog, {"1.1": "", "1.2": "", "1.3": ""}))
    put("收件/甲局(2).yaml", sound("甲局", catalog, {"1.1": ""}))
    run("collect", "收件", "-o", "总览.html")
    assert len(details()["甲局"]["findings"]) == 3 < head()["units"][0]["errors"]


def test_a_folder_has_a_page_for_each_superior(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named so that any system can hold them; of too many units of one superior several; a second run tidies up."""
    monkeypatch.setattr(module, "MOST_UNITS", 2)
    put("名册.csv", "单位,上级\n甲校,甲/乙:局\n乙校,index\n丙校,甲/乙:局\n丁校,甲/乙:局\n戊局,\n")
    put("上期/己局.yaml", sound("己局", catalog))
    put("收件/甲校.yaml", sound("甲校", catalog))
    put("收件/别人.pdf", b"%PDF")
    made = run("collect", "收件", "--roster", "名册.csv", *PERIODS, "-o", "总览.html")
    assert made.stderr.endswith("已生成文件夹 总览：先打开 index.html，另有 4 页，一个上级一页\n")
    parts = ("（第 1 至 2 个）", "（第 3 至 3 个）")
    assert names_in("总览") == sorted(
        [
            ".zhijiao20-总览.jsonl",
            "index.html",
            "index_2.html",
            "没有写上级.html",
            *(f"甲_乙_局{part}.html" for part in parts),
        ]
    )
    assert [unit["label"] for unit in head(f"总览/甲_乙_局{parts[0]}.html")["units"]] == ["甲校", "丙校"]
    assert details(f"总览/甲_乙_局{parts[0]}.html")["甲校"]["versions"]
    page = html.fromstring(text_of("总览/index.html"))
    assert len(page.xpath("//table[1]//a/@href")) == 4
    assert "别人.pdf" in page.text_content()
    assert head("总览/index.html")["units"][0] == ["甲校", 0, "clean"]
    put("总览/我的.html", "x")
    put("名册.csv", "单位,上级\n甲校,甲局\n甲局,\n")
    run("collect", "收件", "--roster", "名册.csv", "-o", "总览")
    assert names_in("总览") == [".zhijiao20-总览.jsonl", "index.html", "我的.html", "甲局.html"]


def test_units_without_a_superior_are_on_pages_of_their_own(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the roster has no 上级 at all."""
    monkeypatch.setattr(module, "MOST_UNITS", 2)
    put("名册.csv", "单位\n甲校\n乙校\n丙校\n")
    put("收件/甲校.yaml", sound("甲校", catalog))
    run("collect", "收件", "--roster", "名册.csv", "-o", "总览.html")
    assert "单位（第 1 至 2 个）.html" in names_in("总览")


def test_neither_page_nor_folder_is_input(catalog: Catalog) -> None:
    """Written beside the files they are not read again, nor named as something of nobody."""
    put("zhijiao20.toml", "")
    put("甲局.yaml", sound("甲局", catalog))
    for output in ("总览.html", "总览", "总览.html", "总览"):
        made = run("collect", ".", "-o", output, "--no-cache")
        assert made.exit_code == 0
        assert "不知道是哪个单位的文件" not in made.stdout
    put("总览/乙局.yaml", sound("乙局", catalog))
    assert run("collect", ".").stdout.startswith("2 个单位\n")


def test_what_somebody_else_wrote_is_kept(catalog: Catalog) -> None:
    """And named."""
    put("收件/甲局.yaml", sound("甲局", catalog))
    put("总览/index.html", "x")
    made = run("collect", "收件", "-o", "总览")
    first, second = made.stderr.splitlines()[-2:]
    assert first.startswith(f"没有覆盖 {Path('总览', 'index.html')}：它不是这个程序写的")
    assert second == f"已生成 {Path('总览', '单位.html')}"
    put("总览/单位.html", "y")
    assert "已生成" not in run("collect", "收件", "-o", "总览").stderr
    assert text_of("总览/index.html") + text_of("总览/单位.html") == "xy"


@pytest.mark.parametrize("output", ["收件", ".", "收件.html"])
def test_no_page_is_written_among_what_was_sent(catalog: Catalog, monkeypatch: pytest.MonkeyPatch, output: str) -> None:
    """Nor into a folder that holds it; where one page would do, it has a name of its own."""
    monkeypatch.setattr(module, "MOST_UNITS", 1)
    put("收件/甲局.yaml", sound("甲局", catalog))
    put("收件/乙局.yaml", sound("乙局", catalog))
    made = run("collect", "收件", "-o", output)
    assert made.exit_code == 2
    assert "-o 不能是收到的文件所在的文件夹：收件 在 " in made.stderr
    assert names_in("收件") == ["乙局.yaml", "甲局.yaml"]


@pytest.mark.parametrize("output", ["总览.docx", "总览.htm", "没有的/总览.html"])
def test_where_it_cannot_be_written(catalog: Catalog, output: str) -> None:
    """A usage error that says so."""
    put("甲局.yaml", sound("甲局", catalog))
    made = run("collect", "甲局.yaml", "-o", output)
    assert made.exit_code == 2
    assert "文件夹不存在" in made.stderr or "文件名应以 .xlsx、.html 结尾" in made.stderr


def test_the_same_bytes_every_time(catalog: Catalog) -> None:
    """Nothing of the clock is in it."""
    put("甲局.yaml", sound("甲局", catalog))
    found = []
    for name in ("一.html", "二.html"):
        run("collect", "甲局.yaml", "-o", name, "--today", "2020-07-11")
        found.append(Path(name).read_bytes())
    assert found[0] == found[1]

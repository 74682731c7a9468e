"""validate --fix and --diff as a clerk uses them: what is changed, what is told, what is left alone."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from conftest import ROOT
from forms import with_status
from typer.testing import CliRunner, Result

from zhijiao20.cli import app
from zhijiao20.cli.error_handler import FINDINGS, OK, USAGE
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.errors import UnreadableError, UsageError
from zhijiao20.core.limits import Limits
from zhijiao20.system import atomic_write

DRAFT, DONE = ROOT / "examples/待修改/澄州市教育局.yaml", ROOT / "examples/澄州市/1澄州市教育局.yaml"
WRONG, RIGHT = "截止2020年06月30日,完成。", "截至2020年6月30日，完成。"


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(app, ["validate", *args])


def put(name: str, status: str = WRONG, more: str = "") -> bytes:
    """A status file with one text; what it gives is its content."""
    data = f"单位: 甲\n任务:\n  '1.1':\n    落实情况: {status}\n{more}".encode()
    Path(name).write_bytes(data)
    return data


def names() -> list[str]:
    return sorted(path.name for path in Path().iterdir())


def state(name: str) -> tuple[bytes, int, int]:
    """What a file is, without when it was last read."""
    status = Path(name).stat()
    return Path(name).read_bytes(), status.st_ino, status.st_mtime_ns


def test_the_draft_becomes_the_finished_file() -> None:
    """The example with slips, put right, is the example without them: byte for byte, with the draft beside it."""
    shutil.copy(DRAFT, "草稿.yaml")
    done = run("草稿.yaml", "--fix")
    assert done.exit_code == OK
    assert done.stdout == (
        "已改 草稿.yaml：12 处，原文件存为 草稿.yaml.bak\n"
        "    ZJ401 发文字号的写法不对：2 处\n"
        "    ZJ402 “截止”应为“截至”：1 处\n"
        "    ZJ403 日期的写法不对：2 处\n"
        "    ZJ404 中文里用了半角标点：4 处\n"
        "    ZJ405 层次序数的标点不对：3 处\n"
        "共改了 1 个文件、12 处。\n"
        "检查了 1 个文件、1 个单位：没有发现问题。\n"
    )
    assert Path("草稿.yaml").read_bytes() == DONE.read_bytes()
    assert Path("草稿.yaml.bak").read_bytes() == DRAFT.read_bytes()
    again = run("草稿.yaml", "--fix")
    assert (again.exit_code, again.stdout) == (OK, "没有改动任何文件。\n检查了 1 个文件、1 个单位：没有发现问题。\n")
    assert names() == ["草稿.yaml", "草稿.yaml.bak"]


def test_diff_shows_and_writes_nothing() -> None:
    """The lines that differ on standard output and nothing else there; invisible characters can be seen."""
    put("甲.yaml", "|-\n      甲\n      截止2020年\u200b6月\u00a0乙\n      丙\n      丁")
    before = state("甲.yaml")
    for options in (["--diff"], ["--diff", "--fix"]):
        shown = run("甲.yaml", *options)
        assert shown.exit_code == FINDINGS, "as the file stands: 86 tasks are missing"
        assert shown.stdout == (
            "--- 甲.yaml\n+++ 甲.yaml（改后）\n@@ -5,3 +5,3 @@\n       甲\n"
            "-      截止2020年\\u200b6月\\xa0乙\n+      截至2020年6月 乙\n       丙\n"
        )
        assert shown.stderr == "可改 1 个文件、3 处；这是预览，没有写入，要改请用 --fix\n"
    assert (names(), state("甲.yaml")) == (["甲.yaml"], before)


def test_diff_ends_as_the_review_would() -> None:
    """A check before a commit fails where the same review without it would."""
    shutil.copy(DRAFT, "草稿.yaml")
    assert [run("草稿.yaml", "--diff", *more).exit_code for more in ([], ["--fail-on", "warning"])] == [OK, FINDINGS]


def test_diff_of_nothing() -> None:
    """Nothing to show is said."""
    put("甲.yaml", RIGHT)
    shown = run("甲.yaml", "--diff")
    assert (shown.stdout, shown.stderr) == ("", "没有可以改的。\n")


@pytest.mark.parametrize("options", [["--annotate", "批注.docx"], ["--output-format", "json"], ["--statistics"]])
def test_diff_stands_alone(options: list[str]) -> None:
    """It writes nothing and shows a diff: what asks for something else is refused."""
    put("甲.yaml")
    refused = run("甲.yaml", "--diff", *options)
    assert (refused.exit_code, refused.stdout, names()) == (USAGE, "", ["甲.yaml"])
    assert "--diff 只显示会改什么" in refused.stderr


def test_choice_of_rules_waivers_and_quiet() -> None:
    """Only what is looked for is put right, and what an entry waives stays."""
    data = put("甲.yaml", WRONG, "    豁免:\n      ZJ402: 照原件\n")
    assert "没有改动任何文件" in run("甲.yaml", "--fix", "--select", "ZJ405").stdout
    assert "没有改动任何文件" in run("甲.yaml", "--fix", "--ignore", "ZJ4").stdout
    assert Path("甲.yaml").read_bytes() == data
    done = run("甲.yaml", "--fix", "-q", "--ignore", "ZJ404")
    assert done.stdout.splitlines()[0] == "共改了 1 个文件、1 处。"
    assert "已改" not in done.stdout
    assert Path("甲.yaml").read_bytes() == data.replace("06月".encode(), "6月".encode())


def test_a_report_for_programs_keeps_standard_output() -> None:
    """Whoever reads JSON from standard output gets JSON; the report is of what is left."""
    put("甲.yaml")
    done = run("甲.yaml", "--fix", "--output-format", "json", "--ignore", "ZJ202")
    assert json.loads(done.stdout)["findings"] == []
    assert done.stderr.startswith("已改 甲.yaml：3 处")


def test_annotated_form_shows_what_is_left(catalog: Catalog) -> None:
    """The comments are those of the files after fixing."""
    shutil.copy(DRAFT, "草稿.yaml")
    done = run("草稿.yaml", "--fix", "--annotate", "批注.docx")
    assert (done.exit_code, names()) == (OK, ["批注.docx", "草稿.yaml", "草稿.yaml.bak"])
    assert "没有发现问题" in done.stdout


def test_a_backup_in_the_way_keeps_only_its_file() -> None:
    """What was kept once is not lost; the other files are put right."""
    data = put("甲.yaml")
    put("乙.yaml")
    Path("甲.yaml.bak").write_bytes(b"old")
    done = run("甲.yaml", "乙.yaml", "--fix")
    assert done.exit_code == USAGE
    assert "没有改 甲.yaml：3 处。旁边已有 甲.yaml.bak，不覆盖：请核对以后移走它，再运行一次\n" in done.stderr
    assert (Path("甲.yaml").read_bytes(), Path("甲.yaml.bak").read_bytes()) == (data, b"old")
    assert Path("乙.yaml.bak").read_bytes() == data
    assert "共改了 1 个文件、3 处。" in done.stdout


def test_a_file_that_cannot_be_written_leaves_no_backup(monkeypatch: pytest.MonkeyPatch) -> None:
    """Open in another program, say: all is as before."""
    data = put("甲.yaml")
    write = atomic_write.write_whole

    def refuse(path: Path, data: bytes, *, replace: bool = True) -> None:
        if replace:
            raise UsageError("文件写不了：甲.yaml")
        write(path, data, replace=False)

    monkeypatch.setattr("zhijiao20.review.fix.write_whole", refuse)
    done = run("甲.yaml", "--fix")
    assert (done.exit_code, names(), Path("甲.yaml").read_bytes()) == (USAGE, ["甲.yaml"], data)
    assert "没有改 甲.yaml：3 处。文件写不了" in done.stderr


def test_excel_is_passed_over() -> None:
    """How many places are left there, and what to do."""
    put("甲.yaml")
    assert CliRunner().invoke(app, ["convert", "甲.yaml", "-o", "甲.xlsx"]).exit_code == OK
    before = {name: Path(name).read_bytes() for name in names()}
    done = run("甲.xlsx", "--fix")
    assert {name: Path(name).read_bytes() for name in names()} == before
    assert (
        "没有改 甲.xlsx：3 处。Excel 文件不直接改：请在 Excel 里改，或先用 zhijiao20 convert 转成 Word、YAML 或 CSV\n"
        in done.stderr
    )


def test_word_is_put_right_in_place() -> None:
    """The old file stays beside it; a preview shows the tasks as text and writes nothing."""
    put("甲.yaml")
    assert CliRunner().invoke(app, ["convert", "甲.yaml", "-o", "甲.docx"]).exit_code == OK
    before = Path("甲.docx").read_bytes()
    shown = run("甲.docx", "--diff")
    assert Path("甲.docx").read_bytes() == before
    assert any(line.startswith("-") for line in shown.stdout.splitlines()[2:])
    assert "任务 1.1（第2行）" in shown.stdout
    done = run("甲.docx", "--fix")
    assert "已改 甲.docx：3 处，原文件存为 甲.docx.bak" in done.stdout
    assert Path("甲.docx.bak").read_bytes() == before
    again = run("甲.docx", "--fix")
    assert "没有改动任何文件" in again.stdout


def test_revision_in_word_is_left() -> None:
    """Told by its task; everything else in the file stays as it is."""
    ins = "<w:ins w:id='1' w:author='a'><w:r><w:t>截止2020年6月，完成教师培训1200人次。</w:t></w:r></w:ins>"
    Path("甲.docx").write_bytes(with_status(f"<w:p>{ins}</w:p>"))
    before = Path("甲.docx").read_bytes()
    done = run("甲.docx", "--fix")
    assert Path("甲.docx").read_bytes() == before
    assert "没有改 甲.docx：1 处。任务 1.1的文字" in done.stderr
    assert "修订" in done.stderr


def test_a_text_that_cannot_be_found_in_the_file_is_left() -> None:
    """Told by its task; what is certain is put right all the same."""
    entries = "".join(f"  '1.{number}': >-\n    {WRONG}\n" for number in range(2, 6))
    put("甲.yaml", WRONG, entries + f"  '2.1': &a {WRONG}\n  '2.2': *a\n")
    done = run("甲.yaml", "--fix")
    assert "已改 甲.yaml：3 处" in done.stdout
    assert "没有改 甲.yaml：18 处。任务 1.2、1.3、1.4、1.5、2.1等 6 项的文字折了行、带转义或被引用" in done.stderr


def test_a_file_that_would_be_read_otherwise_is_left() -> None:
    """No fix is worth another word in the file."""
    data = put("甲.yaml", "甲\u00a0# 乙")
    done = run("甲.yaml", "--fix")
    assert Path("甲.yaml").read_bytes() == data
    assert "别处的内容也跟着变了，所以没有改；请在文件里自己改" in done.stderr


def test_what_only_people_can_decide_is_left_to_the_report() -> None:
    """A number that would read as a decimal afterwards: found, and the file stays as it is."""
    data = put("甲.yaml", "|-\n      1、甲\n      2、3所学校")
    done = run("甲.yaml", "--fix", "--ignore", "ZJ2")
    assert (done.exit_code, Path("甲.yaml").read_bytes()) == (OK, data)
    assert done.stdout.startswith("没有改动任何文件。")
    assert "ZJ405" in done.stdout


def test_a_broken_file_is_not_touched() -> None:
    """Nothing is put right in what could not be read; the other files are."""
    data = put("坏.yaml", WRONG, "\t坏：\n - x")
    put("甲.yaml")
    done = run("坏.yaml", "甲.yaml", "--fix")
    assert done.exit_code == FINDINGS
    assert (Path("坏.yaml").read_bytes(), names()) == (data, ["坏.yaml", "甲.yaml", "甲.yaml.bak"])


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_stays_a_link() -> None:
    """The file behind it is put right, the old one stays beside the name that was given."""
    Path("别处").mkdir()
    data = put("别处/甲.yaml")
    Path("甲.yaml").symlink_to(Path("别处/甲.yaml"))
    run("甲.yaml", "--fix")
    assert Path("甲.yaml").is_symlink()
    assert Path("甲.yaml.bak").read_bytes() == data
    assert [path.name for path in Path("别处").iterdir()] == ["甲.yaml"]


def test_a_file_that_went_away_is_no_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the review and the fixing somebody else may act."""
    put("甲.yaml")

    def gone(path: Path, limits: Limits) -> bytes:
        raise UnreadableError("没有了", "")

    monkeypatch.setattr("zhijiao20.review.fix.read_bytes", gone)
    assert "没有改动任何文件" in run("甲.yaml", "--fix").stdout

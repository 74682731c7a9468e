"""Archives and old formats from a stranger: nothing is written elsewhere, run or opened; the file beside it goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from attack import MIB, POSIX, Case, answered, answered_in_bounds, pack
from office import need
from old_files import odf, ole, rar, zipped

from zhijiao20.formats.old import conversion

GOOD = "单位: 丙\n任务: {}\n"
ZEROS = bytes(60 * MIB)
CASES = [
    Case("zeros-within", "压缩包里的压缩包里 60 MiB 的零", lambda: pack({"内.zip": pack({"a.csv": ZEROS})}), "ZJ003", "空字节", big=True),
    Case("one-too-large", "压缩包里一个 65 MiB 的文件", lambda: pack({"a.csv": bytes(65 * MIB)}), "ZJ002", "超过 64 MiB 的上限", big=True),
    Case("too-large", "压缩包里 35 个 60 MiB 的文件", lambda: pack([(f"{number}.csv", ZEROS) for number in range(35)]), "ZJ002", "解开后超过 2 GiB", big=True),
    Case("ten-thousand", "压缩包里一万个别的文件，一份填报文件", lambda: pack([*((f"图{number}.png", b"") for number in range(10_000)), ("丙.yaml", GOOD.encode())]), "", "", big=True),
    Case("too-many", "压缩包里两万一千个文件", lambda: pack([(f"{number}.png", b"") for number in range(21_000)]), "ZJ002", "里面超过 2 万个文件", big=True),
    Case("deeper", "三层的压缩包", lambda: zipped({"1.zip": zipped({"2.zip": zipped({"a.yaml": GOOD})})}), "ZJ002", "套着两层压缩包"),
    Case("names", "名字是 `../../逃.yaml`、`/tmp/逃.yaml`、`C:\\逃.yaml` 的文件", lambda: zipped({"../../逃.yaml": GOOD}), "", ""),
    Case("crowded", "压缩包里五百零一份 .doc", lambda: zipped({f"{number}.doc": ole({"WordDocument": b"\xec\xa5"}) for number in range(501)}), "ZJ002", "超过 500 个"),
    Case("nothing", "空的压缩包", lambda: zipped({}), "ZJ002", "里面有：什么都没有"),
    Case("half", "只有一半的压缩包", lambda: zipped({"a.yaml": GOOD})[:60], "ZJ002", "压缩包不完整"),
    Case("same-name", "两个同名的文件", lambda: pack([("丙.yaml", GOOD.encode()), ("丙.yaml", GOOD.encode())]), "ZJ107", "有两份文件"),
]  # fmt: skip
OLD = [
    Case("macro", "带宏的 .odt，打开时运行", lambda: odf("text", "<text:p>字</text:p>", {"Basic/Standard/M.xml": "<m/>"}, '<office:scripts><office:event-listeners/></office:scripts>'), "ZJ002", ""),
    Case("garbage-doc", "开头像 .doc 的乱字节", lambda: ole({"WordDocument": os.urandom(20_000)}), "ZJ002", ""),
    Case("garbage-xls", "开头像 .xls 的乱字节", lambda: ole({"Workbook": b"\x09\x08\x10\x00" + os.urandom(20_000)}), "ZJ002", ""),
    Case("entity-odt", "OpenDocument 里的实体", lambda: odf("text", "", {"styles.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "ZJ002", "带有 DTD"),
    Case("parts-odt", "OpenDocument 里两千个部件", lambda: odf("text", "", {f"{number}.xml": "" for number in range(2000)}), "ZJ002", "2000 个部件"),
]  # fmt: skip


def keys(case: Case) -> str:
    return case.key


@POSIX
@pytest.mark.minutes
@pytest.mark.parametrize("case", [one for one in CASES if one.big], ids=keys)
def test_a_big_archive_is_answered_in_bounds(case: Case, tmp_path: Path) -> None:
    answered_in_bounds(case, "zip", tmp_path)


@pytest.mark.parametrize("case", [one for one in CASES if not one.big], ids=keys)
def test_a_hostile_archive_is_answered(case: Case, tmp_path: Path) -> None:
    """Nothing is unpacked to anywhere."""
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    answered(case, "zip", folder)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]
    assert not Path("/tmp/逃.yaml").exists()


@pytest.mark.minutes
@pytest.mark.parametrize("case", OLD, ids=keys)
def test_a_hostile_old_file_is_answered(case: Case, tmp_path: Path) -> None:
    need("soffice")
    answered(case, "old", tmp_path)


def test_links_in_a_rar_are_not_followed(tmp_path: Path) -> None:
    need("bsdtar")
    case = Case("links", "", lambda: rar({"丙.yaml": GOOD.encode()}, {"逃.docx": "/etc/passwd"}), "ZJ002", "链接")
    answered(case, "rar", tmp_path)


def test_without_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told, and the file beside it is read; no other test converts this text, so nothing is known of it."""
    monkeypatch.setattr(conversion, "office_path", lambda: None)
    document = odf("text", "<text:p>没有装 LibreOffice</text:p>")
    answered(Case("missing", "", lambda: document, "ZJ002", "要有 LibreOffice 才能读"), "odt", tmp_path)


@pytest.mark.minutes
@POSIX
def test_two_runs_at_once_and_an_open_libreoffice(tmp_path: Path) -> None:
    """Each has a profile of its own; the one that the user has open is not asked."""
    document = tmp_path / "甲.odt"
    document.write_bytes(odf("text", "<text:p>字</text:p>"))
    open_one = subprocess.Popen(
        [need("soffice"), f"-env:UserInstallation={(tmp_path / 'own').as_uri()}", "--headless", "--norestore"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        command = [
            sys.executable,
            "-m",
            "zhijiao20",
            "validate",
            str(document),
            "--output-format",
            "json",
            "--no-cache",
        ]
        runs = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") for _ in range(2)]
        outputs = [run.communicate(timeout=120)[0] for run in runs]
    finally:
        os.killpg(open_one.pid, 9)
        open_one.wait()
    assert outputs[0] == outputs[1]
    assert "Word 文档里没有官方的附表" in outputs[0]

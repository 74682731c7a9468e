"""Archives from a stranger: what a .docx or .xlsx may be before anybody looks at what is written in it."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from attack import MIB, POSIX, Case, answered, answered_in_bounds, lying, pack, parts

MAIN = {"docx": "word/document.xml", "xlsx": "xl/worksheets/sheet1.xml"}
ROOT = {"docx": "word/", "xlsx": "xl/"}
DAMAGED, TOO_LARGE, DOUBLED = "文件已损坏、被加密或不是", "解压后超过 100 MiB 或 2000 个部件", "压缩包里有重名的部件"


def with_main(kind: str, content: bytes) -> bytes:
    return pack({**parts(kind), MAIN[kind]: content})


def with_parts(kind: str, *more: tuple[str, bytes]) -> bytes:
    return pack([*parts(kind).items(), *more])


def encrypted(kind: str) -> bytes:
    """The first part claims to be encrypted."""
    data = bytearray(pack(parts(kind)))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flags] |= 1
    return bytes(data)


def lying_bomb(kind: str) -> bytes:
    """A part of 1.2 GB that claims to have a thousand bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts(kind).items():
            with archive.open(name, "w") as part:
                part.write(content)
                for _ in range(1200 if name == MAIN[kind] else 0):
                    part.write(b" " * MIB)
    return lying(stream.getvalue(), MAIN[kind], 1000)


def overlapping(kind: str) -> bytes:
    """A thousand names in the directory for one part: 40 MiB, a thousand times."""
    data = pack([*parts(kind).items(), (f"{ROOT[kind]}aaaa", b" " * (40 * MIB))])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        begin = archive.start_dir
        old = archive.infolist()
    entry = data[data.index(b"PK\x01\x02", begin) : data.rindex(b"PK\x05\x06")]
    last = entry[entry.rindex(b"PK\x01\x02") :]
    name = f"{ROOT[kind]}aaaa".encode()
    copies = b"".join(last.replace(name, f"{ROOT[kind]}{number:04}".encode()) for number in range(1000))
    count = len(old) + 1000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(entry + copies), begin, 0)
    return data[:begin] + entry + copies + end


def comment_bomb(kind: str) -> bytes:
    """Ten million beginnings of a directory's end behind a sound archive."""
    return pack(parts(kind)) + b"PK\x05\x06" * (10 * MIB)


def both(key: str, what: str, build: object, code: str, answer: str, *, big: bool = False) -> list[tuple[str, Case]]:
    return [(kind, Case(key, what, lambda kind=kind: build(kind), code, answer, big)) for kind in MAIN]  # type: ignore[operator,misc]


ALL = [
    *both("ratio", "一个部件解压后 101 MiB", lambda kind: with_main(kind, b" " * (101 * MIB)), "ZJ002", TOO_LARGE, big=True),
    *both("total", "许多部件合起来超过 100 MiB", lambda kind: with_parts(kind, *((f"media/{n}", b" " * (20 * MIB)) for n in range(6))), "ZJ002", TOO_LARGE, big=True),
    *both("count", "三千个部件", lambda kind: with_parts(kind, *((f"media/{n}", b"") for n in range(3000))), "ZJ002", TOO_LARGE),
    *both("lying-small", "谎报大小：1.2 GB 的部件自称一千字节", lying_bomb, "ZJ002", DAMAGED, big=True),
    *both("lying-large", "谎报大小：自称 99 MiB 的小部件", lambda kind: lying(pack(parts(kind)), MAIN[kind], 90 * MIB), "ZJ002", DAMAGED, big=True),
    *both("lying-huge", "谎报大小：自称 4 GiB 的小部件", lambda kind: lying(pack(parts(kind)), MAIN[kind], 2**32 - 2), "ZJ002", TOO_LARGE),
    *both("overlap", "目录里一千个名字指向同一个 40 MiB 的部件", overlapping, "ZJ002", TOO_LARGE, big=True),
    *both("directory", "一千万个假的目录项", lambda kind: b"PK\x03\x04" + ROOT[kind].encode() + b"PK\x01\x02" * (10 * MIB), "ZJ002", TOO_LARGE, big=True),
    *both("ends", "压缩包后面跟着一千万个假的结尾", comment_bomb, "ZJ002", "", big=True),
    *both("nested", "压缩包里套着压缩包，没有正文", lambda kind: pack({f"{ROOT[kind]}a.zip": pack({"b": b"0" * MIB})}), "ZJ002", "里面没有"),
    *both("doubled", "两个同名的部件", lambda kind: with_parts(kind, (MAIN[kind], b"<a/>")), "ZJ002", DOUBLED),
    *both("doubled-case", "只差大小写的两个部件", lambda kind: with_parts(kind, (MAIN[kind].upper(), b"<a/>")), "ZJ002", DOUBLED),
    *both("doubled-slash", "只差斜线方向的两个部件", lambda kind: with_parts(kind, (MAIN[kind].replace("/", "\\"), b"<a/>")), "ZJ002", DOUBLED),
    *both("doubled-nul", "名字里有空字节、截断后同名的部件", lambda kind: pack([*parts(kind).items(), (MAIN[kind] + "Z", b"<a/>")]).replace(MAIN[kind].encode() + b"Z", MAIN[kind].encode() + b"\0"), "ZJ002", DOUBLED),
    *both("encrypted", "加密的部件", encrypted, "ZJ002", DAMAGED),
    *both("cut-start", "开头五千字节", lambda kind: pack(parts(kind))[:5000], "ZJ002", ""),
    *both("cut-end", "少了最后十个字节", lambda kind: pack(parts(kind))[:-10], "ZJ002", DAMAGED),
    *both("flipped", "正中间坏了的文件", lambda kind: (data := pack({**parts(kind), "a": b""}))[: len(data) // 2] + bytes(64) + data[len(data) // 2 + 64 :], "ZJ002", ""),
    *both("lzma", "LZMA 压缩的部件", lambda kind: pack(parts(kind), zipfile.ZIP_LZMA), "ZJ002", DAMAGED),
    *both("bzip2", "BZIP2 压缩的部件", lambda kind: pack(parts(kind), zipfile.ZIP_BZIP2), "ZJ002", DAMAGED),
    *both("names", "部件名 `../../x`、`/etc/x`、`C:\\x`、`..\\x`", lambda kind: with_parts(kind, ("../../逃.txt", b"x"), ("/tmp/逃.txt", b"x"), ("C:\\逃.txt", b"x"), ("..\\逃.txt", b"x")), "", ""),
]  # fmt: skip
CASES = [case for kind, case in ALL if kind == "docx"]


def keys(one: object) -> str:
    return one.key if isinstance(one, Case) else str(one)


@POSIX
@pytest.mark.minutes
@pytest.mark.parametrize(("kind", "case"), [one for one in ALL if one[1].big], ids=keys)
def test_a_big_file_is_answered_in_bounds(kind: str, case: Case, tmp_path: Path) -> None:
    """Less than 500 MB and ten seconds, and the file beside it is read all the same."""
    answered_in_bounds(case, kind, tmp_path)


@pytest.mark.parametrize(("kind", "case"), [one for one in ALL if not one[1].big], ids=keys)
def test_a_hostile_file_is_answered(kind: str, case: Case, tmp_path: Path) -> None:
    """By a rule and a remedy; nothing is unpacked to anywhere."""
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    answered(case, kind, folder)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]
    assert not Path("/tmp/逃.txt").exists()

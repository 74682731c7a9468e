"""No reader raises anything but its own error, whatever the bytes: the corpus, and files with something changed."""

from __future__ import annotations

import random

import pytest
from archives import mutated
from arrivals import made_ready, unpacked
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import CORPUS, FORMATS, KINDS, read
from seeds import SEEDS

THOROUGH = settings(
    deadline=None,
    derandomize=True,
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
_PIECES = [
    b"",
    b"\0",
    b"\n",
    b"\r",
    b'"',
    b":",
    b"- ",
    b"&a ",
    b"*a",
    b"<",
    b"/>",
    b"&#0;",
    "\u2028".encode(),
    b"\xff",
    b"1" * 50,
]


@pytest.mark.parametrize("path", sorted(CORPUS.rglob("*.*")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_corpus(path) -> None:
    """What once broke something, and what fuzzing starts from."""
    read(path.parent.name, path.read_bytes())


@pytest.mark.parametrize("kind", FORMATS)
def test_seeds_are_in_the_corpus_and_read_as_meant(kind: str) -> None:
    """A seed that no longer gets past the first check would fuzz nothing."""
    for name, data in SEEDS[kind]().items():
        assert (CORPUS / kind / name).read_bytes() == data
        assert name.startswith("odd") or any(submission.entries for submission in read(kind, data))


def test_seeds_of_archives_and_old_formats() -> None:
    """They get past the first check."""
    for kind in ("zip", "old"):
        for name, data in SEEDS[kind]().items():
            assert (CORPUS / kind / name).read_bytes() == data
    (archive,) = SEEDS["zip"]().values()
    assert [name for name, _ in unpacked(archive)] == ["报送/甲.yaml", "丙.csv", "内.zip"]
    assert len(read("zip", archive)) == 3
    kinds = [made_ready(data) for data in SEEDS["old"]().values()]
    assert [kind and kind.name for kind in kinds] == ["doc", "xls", "odt"]


def _changed(data: bytes, rng: random.Random) -> bytes:
    """A few slices left out, doubled or replaced."""
    for _ in range(rng.randint(1, 4)):
        begin = rng.randrange(len(data) + 1)
        end = min(len(data), begin + rng.choice([0, 1, 1, 3, 20, 200]))
        piece = rng.choice([*_PIECES, data[begin:end] * 2, data[begin : begin + 5], rng.randbytes(3)])
        data = data[:begin] + piece + data[end:]
    return data


@pytest.mark.parametrize("kind", KINDS)
@THOROUGH
@given(st.data())
def test_changed_files(kind: str, data: st.DataObject) -> None:
    """A sound file with a few changes: inside its parts where it is an archive."""
    seed = data.draw(st.sampled_from(sorted(SEEDS[kind]().values())))
    rng = random.Random(data.draw(st.integers(0, 2**32)))
    if kind in {"xlsx", "docx", "zip"}:
        changed = mutated(seed, 100_000, rng.randrange(2**16), lambda part, _: _changed(part, rng))
    else:
        changed = _changed(seed, rng)
    read(kind, changed)


@pytest.mark.parametrize("kind", KINDS)
@THOROUGH
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes(kind: str, data: bytes) -> None:
    """No file is too odd to be told what it is."""
    read(kind, data)

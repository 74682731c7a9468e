"""The files in ``files/`` are those that the tests are about."""

from __future__ import annotations

from make_examples import FILES, build
from mess_base import review


def same(name: str, one: bytes, other: bytes) -> bool:
    """A text to the byte; an archive by what is read of it, as its bytes depend on the versions of its writers."""
    kind = name.rpartition(".")[2]
    return one == other or (one.startswith(b"PK") and review(one, kind) == review(other, kind))


def test_examples_are_up_to_date() -> None:
    """Rebuilt by make_examples.py; what is expected of each stands with its mess."""
    found = {path.relative_to(FILES).as_posix(): path.read_bytes() for path in FILES.rglob("*") if path.is_file()}
    made = build()
    assert sorted(found) == sorted(made)
    assert [name for name in made if not same(name, found[name], made[name])] == []

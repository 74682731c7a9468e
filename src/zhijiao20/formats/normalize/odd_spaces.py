"""Name the spaces and invisible characters that people take for a plain space, and programs for text."""

from __future__ import annotations

from zhijiao20.core.lazy_regex import lazy_regex

ODD_SPACE = lazy_regex("[\u00a0\u1680\u180e\u2000-\u200f\u202f\u205f\u2060\u3000\ufeff]")
"""One of these characters."""

_NAMES = {
    "\u00a0": "不间断空格（U+00A0）",
    "\u3000": "全角空格",
    "\u2002": "半身空格（U+2002）",
    "\u2003": "全身空格（U+2003）",
    "\u200b": "零宽空格（U+200B）",
    "\ufeff": "零宽空格（U+FEFF）",
}


def space_name(char: str) -> str:
    """Return what messages call such a character."""
    return _NAMES.get(char, f"特殊的空格（U+{ord(char):04X}）")


def odd_space_around(name: str) -> tuple[str, str] | None:
    """Return the name without odd spaces around it, and the first of them; None where it has none."""
    bare = name.strip().strip("\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff").strip()
    found = ODD_SPACE.search(name)
    return (bare, found[0]) if found and bare != name else None

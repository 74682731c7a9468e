"""Translate letters of symbol fonts: in Wingdings 2 the letter R is shown as a ticked box, in Symbol the b as β."""

from __future__ import annotations

_GREEK = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ",
        strict=True,
    )
)
_SAME_IN_SYMBOL = "!#%&()+,./0123456789:;<=>?[]_{|}"


def _codes(first: int, characters: str) -> dict[int, str]:
    """Return codes from ``first`` on with their characters; a blank has no code."""
    return {code: char for code, char in enumerate(characters, start=first) if char != " "}


_CIRCLED, _NEGATIVE = "⓪①②③④⑤⑥⑦⑧⑨⑩", "⓿❶❷❸❹❺❻❼❽❾❿"
_SYMBOL = (
    {ord(char): char for char in _SAME_IN_SYMBOL}
    | {ord(letter): char for letter, char in _GREEK.items()}
    | {0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5C: "∴", 0x5E: "⊥", 0x7E: "∼"}
    | _codes(0xA1, "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…  ↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑")
    | {0xF1: "〉", 0xF2: "∫"}
)
_WINGDINGS = (
    {0x28: "☎", 0x2A: "✉", 0x22: "✂", 0x3F: "✍", 0x4A: "☺", 0x4C: "☹", 0x9E: "·", 0x9F: "•"}
    | _codes(0x45, "☜☞☝☟")
    | _codes(0x6C, "●❍■□ ❑❒◆⧫◆❖◆")
    | _codes(0x80, _CIRCLED + _NEGATIVE)
    | {0xA1: "○", 0xA4: "◉", 0xA7: "■", 0xA8: "□", 0xAA: "✦", 0xAB: "★", 0xAC: "✶", 0xB5: "✪"}
    | _codes(0xD8, "➢   ➲  ←→↑↓↖↗↙↘ ➔")
    | _codes(0xEF, "⇦⇨⇧⇩⬄⇳")
    | _codes(0xFB, "✗✓☒☑")
)
_WINGDINGS_2 = _codes(0x4F, "✗✓☒☑☒☒") | _codes(0x69, _CIRCLED + _NEGATIVE) | {0x97: "●", 0xA3: "□"}
_WINGDINGS_3 = _codes(0x70, "▲▼△▽◀▶◁▷")
_WEBDINGS = _codes(0x33, "◀▶▲▼") | {0x61: "✔", 0x67: "■", 0x6E: "●", 0x72: "✕"}

_TABLES: dict[str, dict[int, str]] = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
    "marlett": {},
    "mt extra": {},
    "zapfdingbats": {},
    "zapf dingbats": {},
    "monotype sorts": {},
    "bookshelf symbol 7": {},
    "ms outlook": {},
}
SYMBOL_FONTS = frozenset(_TABLES)
"""The names, in lower case, of fonts that are known to show other characters than their letters."""

_PRIVATE = 0xF000  # Word stores most letters of a symbol font at U+F020 … U+F0FF


def shown(font: str, code: int) -> str | None:
    """Return the character that a symbol font shows for a code, None where it is not known.

    Args:
        font: the name of the font in lower case.
        code: the code of the letter, with or without the offset U+F000.
    """
    code -= _PRIVATE if _PRIVATE <= code <= _PRIVATE + 0xFF else 0
    if code in (0x20, 0x09, 0xA0):
        return " "
    return _TABLES.get(font, {}).get(code)


def shown_symbol(font: str, code: int) -> str | None:
    """Return the character of a symbol (``w:sym``), None where it is not known.

    A font that is no symbol font shows the character of the code itself.
    """
    if font in _TABLES or _PRIVATE <= code <= _PRIVATE + 0xFF:
        return shown(font, code)
    is_character = 0x20 <= code < 0xD800 or 0xF900 <= code < 0xFFFE
    return chr(code) if is_character else None

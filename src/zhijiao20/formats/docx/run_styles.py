"""Find out which runs are struck, raised, hidden or in a symbol font, by their own formatting or by a style."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from zhijiao20.formats.docx.ooxml import PPR, RPR, Element, W, is_on, styles_after_their_base, value_of
from zhijiao20.formats.docx.symbols import SYMBOL_FONTS

_TAGS = tuple(f"{W}{name}" for name in ("strike", "dstrike", "vanish", "specVanish", "vertAlign", "rFonts"))
_FONTS = f"{W}rFonts"
_FONT_KINDS = ("ascii", "hAnsi", "eastAsia")
_BASELINE = "baseline"


@dataclass(frozen=True, slots=True)
class RunFormat:
    """What the formatting of a run says of its text; None where it says nothing.

    Attributes:
        strike: struck through with one line.
        dstrike: struck through with two lines.
        vanish: hidden.
        spec_vanish: hidden for good.
        vert_align: ``superscript``, ``subscript`` or ``baseline``.
        fonts: the fonts for ASCII letters, other letters and Chinese characters, in lower case.
        hint: which of these fonts characters that belong to none take.
    """

    strike: bool | None = None
    dstrike: bool | None = None
    vanish: bool | None = None
    spec_vanish: bool | None = None
    vert_align: str | None = None
    fonts: tuple[str | None, str | None, str | None] = (None, None, None)
    hint: str | None = None

    @property
    def is_marked(self) -> bool:
        """Check whether its text is struck, raised or lowered."""
        return bool(self.strike or self.dstrike or (self.vert_align or _BASELINE) != _BASELINE)

    @property
    def is_hidden(self) -> bool:
        """Check whether its text is hidden."""
        return bool(self.vanish or self.spec_vanish)

    def over(self, base: RunFormat) -> RunFormat:
        """Return this format with what it does not say taken from another."""
        return RunFormat(
            base.strike if self.strike is None else self.strike,
            base.dstrike if self.dstrike is None else self.dstrike,
            base.vanish if self.vanish is None else self.vanish,
            base.spec_vanish if self.spec_vanish is None else self.spec_vanish,
            self.vert_align or base.vert_align,
            _merge_fonts(self.fonts, base.fonts),
            self.hint or base.hint,
        )

    def font_of(self, char: str) -> str:
        """Return the font in which Word shows a character, in lower case."""
        code = ord(char)
        if code < 0x80:
            return self.fonts[0] or ""
        is_chinese = 0x2E80 <= code < 0xE000 or code >= 0xF900
        is_either = code in _EITHER or 0x2000 <= code < 0x2E80 or 0xE000 <= code < 0xF900
        return self.fonts[2 if is_chinese or (is_either and self.hint == "eastAsia") else 1] or ""


_EITHER = frozenset(b"\xa1\xa4\xa7\xa8\xaa\xad\xaf\xb0\xb1\xb2\xb3\xb4\xb6\xb7\xb8\xb9\xba\xbc\xbd\xbe\xbf\xd7\xf7")
_PLAIN = RunFormat()
_Fonts = tuple[str | None, str | None, str | None]


def _merge_fonts(own: _Fonts, base: _Fonts) -> _Fonts:
    return (own[0] or base[0], own[1] or base[1], own[2] or base[2])


def own_format(properties: Element | None) -> RunFormat:
    """Return what run properties (``w:rPr``) say themselves."""
    if properties is None:
        return _PLAIN
    found = [properties.find(f"{W}{name}") for name in ("strike", "dstrike", "vanish", "specVanish")]
    strike, dstrike, vanish, spec_vanish = (None if item is None else is_on(item) for item in found)
    align, fonts = properties.find(f"{W}vertAlign"), properties.find(_FONTS)
    vert_align = None if align is None else align.get(f"{W}val")
    if fonts is None:
        return RunFormat(strike, dstrike, vanish, spec_vanish, vert_align)
    named = [_font(fonts, kind) for kind in _FONT_KINDS]
    return RunFormat(
        strike, dstrike, vanish, spec_vanish, vert_align, (named[0], named[1], named[2]), fonts.get(f"{W}hint")
    )


def _font(fonts: Element, kind: str) -> str | None:
    """Return a font of ``w:rFonts``; a font of the theme counts more than a named one and is no symbol font."""
    if fonts.get(f"{W}{kind}Theme") is not None:
        return "theme"
    name = fonts.get(f"{W}{kind}")
    return None if name is None else name.lower()


class RunStyles:
    """The formats that the styles of a document give to runs.

    Args:
        styles: the root of the style part, or None.
        symbol_fonts: names, in lower case, of further symbol fonts of this document.
    """

    def __init__(self, styles: Element | None, symbol_fonts: frozenset[str] = frozenset()) -> None:
        self.symbol_fonts = SYMBOL_FONTS | symbol_fonts
        self._formats: Mapping[str, RunFormat] = {}
        self._defaults = _PLAIN
        self._default_names: dict[str, str] = {}
        self.matter = styles is not None and any(map(self._is_special, styles.iter(*_TAGS)))
        """Whether any style strikes, raises or hides text or has a symbol font."""
        if styles is not None and self.matter:
            self._defaults = own_format(styles.find(f"{W}docDefaults/{W}rPrDefault/{RPR}"))
            self._formats = _style_formats(styles)
            for style in styles.findall(f"{W}style[@{W}default='1']"):
                self._default_names[style.get(f"{W}type", "")] = style.get(f"{W}styleId", "")

    def _is_special(self, item: Element) -> bool:
        if item.tag == _FONTS:
            return any(name.lower() in self.symbol_fonts for name in item.attrib.values())
        return is_on(item) and item.get(f"{W}val") != _BASELINE

    def has_special(self, element: Element) -> bool:
        """Check whether anything in an element strikes, raises or hides text or has a symbol font."""
        return any(map(self._is_special, element.iter(*_TAGS)))

    def format_of(self, run: Element, paragraph: Element, table_style: str) -> RunFormat:
        """Return the format of a run: its own, and what its styles and the defaults of the document add."""
        properties = run.find(RPR)
        own = own_format(properties)
        if not self.matter:
            return own
        named = None if properties is None else properties.find(f"{W}rStyle")
        of_paragraph = paragraph.find(f"{PPR}/{W}pStyle")
        layers = [
            self._formats.get(name or self._default_names.get(kind, ""), _PLAIN)
            for name, kind in (
                (value_of(named), "character"),
                (value_of(of_paragraph), "paragraph"),
                (table_style, "table"),
            )
        ]
        merged = layers[0].over(layers[1]).over(layers[2]).over(self._defaults)
        strike = _toggled([layer.strike for layer in layers], default=self._defaults.strike)
        vanish = _toggled([layer.vanish for layer in layers], default=self._defaults.vanish)
        return own.over(replace(merged, strike=strike, vanish=vanish))


def _toggled(states: list[bool | None], *, default: bool | None) -> bool:
    """Return a property that styles of two kinds switch off together."""
    return bool(default) or sum(map(bool, states)) % 2 == 1


def _style_formats(root: Element) -> dict[str, RunFormat]:
    """Return the format of each style with all it is based on."""
    found: dict[str, RunFormat] = {}
    for name, base, style in styles_after_their_base(root):
        found[name] = own_format(style.find(RPR)).over(found.get(base, _PLAIN))
    return found

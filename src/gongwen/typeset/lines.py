"""Lines in Pango's hands: what WeasyPrint does for each anew, done once for all lines of a style.

WeasyPrint shapes a line three times: with the break that ends it, without, and when it is drawn; each time it makes a context, a
description of the face and a list of features, and lets the list leak. Our lines are broken before WeasyPrint sees them, so one shape
of each serves all three.
"""

from __future__ import annotations

import functools
import struct
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final
from weakref import WeakKeyDictionary

from gongwen.typeset.engine import replace_in, weasyprint

_line_break: Final = weasyprint.text.line_break
_ffi: Final = weasyprint.text.ffi.ffi
_pango: Final = weasyprint.text.ffi.pango
_gobject: Final = weasyprint.text.ffi.gobject

_FEATURES: Final = (
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
)
"""The properties that become features of the face, in the order in which WeasyPrint takes them."""
_UNUSUAL: Final = {
    "font_language_override": "normal",
    "font_variation_settings": "normal",
    "overflow_wrap": "normal",
    "text_decoration_line": "none",
    "word_spacing": 0,
}
"""Properties whose other values are left to WeasyPrint."""
_OF_FACE: Final = ("font_family", "font_style", "font_stretch", "font_weight", "font_size", "font_variant_caps")
_SPACING: Final = frozenset(("letter_spacing",))
_ALL: Final = frozenset((*_FEATURES, *_UNUSUAL, *_OF_FACE, *_SPACING, "direction", "lang"))
_BREAKS: Final = frozenset("\n\r\u2028\u2029")
"""Characters at which Pango ends a paragraph or a line."""


@dataclass(frozen=True, slots=True)
class _Shaping:
    """What lines of one style are shaped with."""

    context: Any
    language: Any
    description: Any
    features: bytes
    attributes: Any

    @classmethod
    def of(cls, style: Any) -> _Shaping | None:
        """Of a computed style, which keeps it; None where a line needs more than this.

        All properties that count are inherited, so a style that has none of its own is shaped as what it stands in.
        """
        if "_shaping" not in vars(style):
            style._shaping = cls._of(style)  # noqa: SLF001 - it lasts as long as the style
        found: _Shaping | None = style._shaping  # noqa: SLF001
        return found

    @classmethod
    def _of(cls, style: Any) -> _Shaping | None:
        parent = style.parent_style
        around = None if parent is None else cls.of(parent)
        if around is not None:
            # WeasyPrint writes into copies of styles, so what a style names is not all that is its own.
            own = {name for name in style.keys() & _ALL if style[name] != parent[name]}
            if type(style) is not weasyprint.css.AnonymousStyle:
                own |= style.cascaded.keys() & _ALL
            if not own:
                return around
            if own <= _SPACING:
                return replace(around, attributes=_attributes(around.features, style))
        if not style["lang"] or any(style[name] != value for name, value in _UNUSUAL.items()):
            return None
        features = weasyprint.text.fonts.font_features(*(style[name] for name in _FEATURES))
        text = ",".join(f"{key} {value}" for key, value in features.items()).encode()
        context = _context(style.font_config, style["direction"], style["lang"])
        return cls(*context, _description(style), text, _attributes(text, style))


def _attributes(features: bytes, style: Any) -> Any:
    """Features of the face and tracking as Pango has them; other than WeasyPrint's, they go when the style does."""
    attributes = _ffi.gc(_pango.pango_attr_list_new(), _pango.pango_attr_list_unref)
    if features:
        _pango.pango_attr_list_insert(attributes, _pango.pango_attr_font_features_new(features))
    if style["letter_spacing"] not in ("normal", 0):
        spacing = int(style["letter_spacing"] * weasyprint.text.ffi.TO_UNITS)
        _pango.pango_attr_list_change(attributes, _pango.pango_attr_letter_spacing_new(spacing))
    return attributes


_contexts: Final[WeakKeyDictionary[Any, dict[tuple[str, str], tuple[Any, Any]]]] = WeakKeyDictionary()


def _context(config: Any, direction: str, lang: str) -> tuple[Any, Any]:
    """The context and the language of all text of a document."""
    known = _contexts.setdefault(config, {})
    if (direction, lang) not in known:
        context = _ffi.gc(_pango.pango_font_map_create_context(config.font_map), _gobject.g_object_unref)
        _pango.pango_context_set_round_glyph_positions(context, False)  # noqa: FBT003 - C
        _pango.pango_context_set_base_dir(context, weasyprint.text.constants.PANGO_DIRECTION[direction])
        pointer, _text = weasyprint.text.ffi.unicode_to_char_p(lang)
        language = _pango.pango_language_from_string(pointer)
        _pango.pango_context_set_language(context, language)
        known[direction, lang] = context, language
    return known[direction, lang]


_descriptions: Final[OrderedDict[tuple[Any, ...], Any]] = OrderedDict()
_KEPT_DESCRIPTIONS: Final = 64


def _description(style: Any) -> Any:
    """A face and its size as Pango has them."""
    key = tuple(style[name] for name in _OF_FACE)
    if key not in _descriptions:
        _descriptions[key] = weasyprint.text.fonts.get_font_description(style)
    if len(_descriptions) > _KEPT_DESCRIPTIONS:
        _descriptions.popitem(last=False)
    return _descriptions[key]


class Layout(weasyprint.text.line_break.Layout):  # type: ignore[misc]  # WeasyPrint has no types
    """A line, shaped once: it stays as it was set until it has been drawn."""

    _is_drawn = False

    def setup(self, style: Any) -> None:
        """Make ready for a text of a style."""
        self._shaping = None if self.justification_spacing else _Shaping.of(style)
        if self._shaping is None:
            super().setup(style)
            return
        self.style = style
        self.first_line_direction = 0
        self.language = self._shaping.language
        self.ascent = self.underline_position = self.strikethrough_position = None
        self.layout = _ffi.gc(_pango.pango_layout_new(self._shaping.context), _gobject.g_object_unref)
        _pango.pango_layout_set_auto_dir(self.layout, False)  # noqa: FBT003 - C
        _pango.pango_layout_set_font_description(self.layout, self._shaping.description)
        _pango.pango_layout_set_attributes(self.layout, self._shaping.attributes)

    def set_text(self, text: str, justify: bool = False) -> None:  # noqa: FBT001, FBT002 - WeasyPrint's own
        """Set the text, of which the first line counts."""
        if self._shaping is None or "\t" in text:
            super().set_text(text, justify)
            return
        end = text.find("\n")
        self.text = text if end < 0 else text[: end + 2]
        pointer, _text = weasyprint.text.ffi.unicode_to_char_p(self.text)
        # It is drawn as a single paragraph; what has been shaped so already need not be shaped again.
        _pango.pango_layout_set_single_paragraph_mode(self.layout, not _BREAKS.intersection(self.text))
        _pango.pango_layout_set_text(self.layout, pointer, -1)

    def deactivate(self) -> None:
        """Let go of what Pango has made, once it is drawn."""
        if self._shaping is None or self._is_drawn:
            super().deactivate()

    def reactivate(self, style: Any) -> None:
        """Make ready for drawing."""
        self._is_drawn = True
        if self._shaping is None or "layout" not in vars(self):
            super().reactivate(style)


@functools.wraps(_line_break.split_first_line)
def _split_first_line(text: str, style: Any, *rest: Any, **named: Any) -> Any:
    """A line that ends where the text has a break, and nowhere else, is shaped without what comes after it."""
    line, newline, _rest = text.partition("\n")
    if not (newline and line and style["white_space"] == "pre"):
        return _line_break.split_first_line(text, style, *rest, **named)
    layout, length, _, *metrics = _line_break.split_first_line(line, style, *rest, **named)
    return layout, length, length + 1, *metrics


_strut_of: Final = _line_break.strut


def _strut(style: Any) -> tuple[float, float]:
    """Height of a line and place of its baseline, found once for each style: the key of WeasyPrint's own cache costs as much."""
    if "_strut" not in vars(style):
        style._strut = _strut_of(style)  # noqa: SLF001 - it lasts as long as the style
    found: tuple[float, float] = style._strut  # noqa: SLF001
    return found


# --- Drawing ------------------------------------------------------------------------------------------------------------------

_drawn_text: Final = weasyprint.draw.text.draw_text


def _draw_text(stream: Any, textbox: Any, offset: float, overflow: Any, ellipsis: Any) -> None:
    """Draw a text that nothing is drawn under, through or over."""
    style = textbox.style
    if style["visibility"] != "visible" or style["text_decoration_line"] != "none":
        _drawn_text(stream, textbox, offset, overflow, ellipsis)
        return
    layout = textbox.pango_layout
    x, y = textbox.position_x, textbox.position_y + textbox.baseline
    stream.set_color(style["color"])
    layout.reactivate(style)
    stream.begin_text()
    matrix = weasyprint.matrix.Matrix(d=-1, e=x, f=y)
    emojis = _draw_first_line(stream, textbox, overflow, ellipsis, matrix)
    stream.end_text()
    weasyprint.draw.text.draw_emojis(stream, style, x, y, emojis)
    layout.deactivate()


_drawn: Final = weasyprint.draw.text.draw_first_line
_GLYPH: Final = struct.Struct("=IiiiI")
"""A glyph as Pango gives it: its number, advance, offsets to the right and upwards, in units; flags."""
_NO_GLYPH: Final = 0x0FFFFFFF
"""From here on a number is no glyph's: nothing is drawn, or the face lacks the character."""
_THOUSANDTHS: Final = 1000 * weasyprint.text.ffi.FROM_UNITS


def _draw_first_line(stream: Any, textbox: Any, overflow: Any, ellipsis: Any, matrix: Any) -> list[Any]:
    """Draw a line of glyphs: the same as WeasyPrint does, glyph for glyph, for faces that have nothing but outlines.

    WeasyPrint asks C for each field of each glyph; here they come in one piece.
    """
    layout = textbox.pango_layout
    is_plain = (
        layout.text.strip() and overflow == "clip" and ellipsis == "none" and _pango.pango_version() >= _SIZES_KEPT
    )
    runs = list(_runs(layout)) if is_plain else []
    if not runs:
        return list(_drawn(stream, textbox, overflow, ellipsis, matrix))
    fonts = [stream.add_font(item.item.analysis.font) for item, _ in runs]
    if any(font.bitmap or font.png or font.svg or font.colr for font, _ in fonts):
        return list(_drawn(stream, textbox, overflow, ellipsis, matrix))
    stream.set_text_matrix(*matrix.values)
    text = layout.text.encode()
    shown = ""
    previous = None
    for (item, glyphs), (font, size) in zip(runs, fonts, strict=True):
        if item.item.analysis.font != previous:
            previous = item.item.analysis.font
            if shown:
                stream.show_text(shown)
            shown = ""
            stream.set_font_size(font.hash, size)
        _note(stream, font, size, item, glyphs, text)
        widths = font.widths
        parts = ["<"]
        for glyph, advance, offset, _, _ in glyphs:
            shift = offset / size
            if shift:
                parts.append(f">{-shift}<")
            parts.append(f"{glyph:04x}")
            kerning = widths[glyph] + shift - advance * _THOUSANDTHS / size
            if kerning:
                parts.append(f">{int(kerning)}<")
        shown += "".join(parts)
        shown = shown[:-1] if shown[-1] == "<" else f"{shown}>"
    stream.show_text(shown)
    return []


_SIZES_KEPT: Final = 14802
"""Since this version Pango tells the size of a face."""


def _runs(layout: Any) -> Iterator[tuple[Any, list[tuple[int, ...]]]]:
    """The runs of a line and their glyphs; nothing at all where a glyph is not to be had, raised, or set from right to left."""
    _pango.pango_layout_set_single_paragraph_mode(layout.layout, True)  # noqa: FBT003 - C
    found = []
    run = layout.get_first_line()[0].runs[0]
    while run != _ffi.NULL:
        item = run.data
        string = item.glyphs
        glyphs = list(_GLYPH.iter_unpack(_ffi.buffer(string.glyphs, string.num_glyphs * _GLYPH.size)))
        if item.item.analysis.level % 2 or any(one[0] >= _NO_GLYPH or one[3] for one in glyphs):
            return
        found.append((item, glyphs))
        run = run.next
    yield from found


def _note(stream: Any, font: Any, size: float, item: Any, glyphs: list[tuple[int, ...]], text: bytes) -> None:
    """Note the characters that glyphs stand for, and how wide they are, where they come for the first time."""
    if all(one[0] in font.to_unicode and one[0] in font.widths for one in glyphs):
        return
    # Shared by what is copied from one font of a size.
    measured = vars(font).setdefault("measured", {})
    start = item.item.offset
    places = [*_ffi.unpack(item.glyphs.log_clusters, len(glyphs)), item.item.length]
    for number, (glyph, *_) in enumerate(glyphs):
        if glyph not in font.to_unicode:
            font.to_unicode[glyph] = text[start + places[number] : start + places[number + 1]].decode()
        if glyph not in font.widths:
            if glyph not in measured:
                _pango.pango_font_get_glyph_extents(item.item.analysis.font, glyph, _ffi.NULL, stream.logical_rect)
                measured[glyph] = round(stream.logical_rect.width * _THOUSANDTHS / size)
            font.widths[glyph] = measured[glyph]


def install() -> None:
    """Put these in the place of WeasyPrint's own."""
    replace_in(_line_break, "Layout", Layout)
    replace_in(weasyprint.layout.inline, "split_first_line", _split_first_line)
    replace_in(weasyprint.layout.inline, "strut", _strut)
    replace_in(weasyprint.draw.text, "draw_first_line", _draw_first_line)
    replace_in(weasyprint.draw, "draw_text", _draw_text)

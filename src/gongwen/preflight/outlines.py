"""Outlines of characters: what ink they have, and how pdfium is kept from looking at each of them.

pdfium interprets the outline of every character twice when it reads a page, only to know its box: half the time of a measurement. So it
gets the file with a line across that box in place of each outline, from which it reads the very same places, widths and boxes. For the
ink it is asked on the outline itself: on a page that sets a character of each font as the file holds it. What ink an outline has is kept
from file to file.

Only fonts whose outlines depend on nothing else are treated so: OpenType with CFF outlines of a thousand units, without subroutines and
hints, as this program embeds them. All others stay as they are.
"""

from __future__ import annotations

import ctypes
import functools
import io
import math
import re
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any, Final, Generic, NamedTuple, TypeVar

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import uharfbuzz as hb

from gongwen.preflight import charstrings


class Box(NamedTuple):
    """A rectangle: y grows downwards on a sheet, upwards in a glyph."""

    left: float
    top: float
    right: float
    bottom: float


class Outline(NamedTuple):
    """An outline in em: the exact bounds of its ink, and the left and right end of its points, those that bend curves among them."""

    ink: Box
    left: float
    right: float

    def fits(self, reach: Box) -> bool:
        """Whether it is as wide as a box: that of the character that it is taken for."""
        return abs(self.left - reach.left) < SAME and abs(self.right - reach.right) < SAME


SAME: Final = 0.01
"""Em by which two accounts of the same character may differ."""


def outline_of(font: Any, char: str) -> Outline | None:
    """What pdfium knows of the outline of a character; None where it has none."""
    path = pdfium_c.FPDFFont_GetGlyphPath(font, ord(char), 1000.0)
    segments = _segments(path) if path else []
    if not segments:
        return None
    xs = [point[0] for _, point in segments]
    return Outline(_bounds(segments), min(xs), max(xs))


_CURVE: Final = 1
"""A segment of a cubic curve; pdfium gives its two control points and its end one after the other."""
_CURVE_POINTS: Final = 3
_NEARLY_LINEAR: Final = 1e-9
Point = tuple[float, float]


def _segments(path: Any) -> list[tuple[int, Point]]:
    """The points of an outline in em, each with the kind of segment that it ends or bends."""
    get, point_of, kind_of = (
        pdfium_c.FPDFGlyphPath_GetGlyphPathSegment,
        pdfium_c.FPDFPathSegment_GetPoint,
        pdfium_c.FPDFPathSegment_GetType,
    )
    x, y = ctypes.c_float(), ctypes.c_float()
    to_x, to_y = ctypes.byref(x), ctypes.byref(y)
    segments = []
    for index in range(pdfium_c.FPDFGlyphPath_CountGlyphSegments(path)):
        segment = get(path, index)
        point_of(segment, to_x, to_y)
        segments.append((kind_of(segment), (x.value, y.value)))
    return segments


def _bounds(segments: list[tuple[int, Point]]) -> Box:
    """The exact bounds of an outline: a curve stays inside its control points."""
    points: list[Point] = []
    curve: list[Point] = []
    for kind, point in segments:
        if kind != _CURVE:
            points.append(point)
            continue
        curve.append(point)
        if len(curve) == _CURVE_POINTS:
            points += _extremes(points[-1] if points else curve[0], *curve)
            curve.clear()
    xs = [x for x, _ in points]
    ys = [y for _, y in points]
    return Box(min(xs), max(ys), max(xs), min(ys))


def _extremes(p0: Point, p1: Point, p2: Point, p3: Point) -> list[Point]:
    """The end of a cubic curve, and where it turns back in x or in y."""
    found = [p3]
    for axis in (0, 1):
        low, high = sorted((p0[axis], p3[axis]))
        if low <= p1[axis] <= high and low <= p2[axis] <= high:
            continue
        # The derivative over 3 is a t² + b t + c.
        a = p3[axis] - 3 * p2[axis] + 3 * p1[axis] - p0[axis]
        b = 2 * (p2[axis] - 2 * p1[axis] + p0[axis])
        c = p1[axis] - p0[axis]
        found += [_at(t, p0, p1, p2, p3) for t in _roots(a, b, c) if 0 < t < 1]
    return found


def _roots(a: float, b: float, c: float) -> tuple[float, ...]:
    if abs(a) < _NEARLY_LINEAR:
        return (-c / b,) if b else ()
    under = b * b - 4 * a * c
    if under < 0:
        return ()
    root = math.sqrt(under)
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def _at(t: float, *points: Point) -> Point:
    u = 1 - t
    weights = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
    return (
        sum(weight * point[0] for weight, point in zip(weights, points, strict=True)),
        sum(weight * point[1] for weight, point in zip(weights, points, strict=True)),
    )


# --- Boxes in place of outlines -----------------------------------------------------------------------------------------------

_KEPT: Final = 16384
"""Outlines of which something is kept: three faces with all their hanzi, some megabytes."""
K = TypeVar("K")
V = TypeVar("V")


class Kept(dict[K, V], Generic[K, V]):
    """Charstrings, or charstrings with more → what is known of them; the first entered goes where there is no more room."""

    def keep(self, key: K, value: V) -> None:
        """Enter what is known."""
        if len(self) >= _KEPT:
            del self[next(iter(self))]
        self[key] = value


_lines: Final[Kept[bytes, bytes]] = Kept()
"""The charstring of the line across the box, as long as the one in whose place it stands."""
_outlines: Final[Kept[bytes, Outline | None]] = Kept()


class Outlines:
    """The outlines of a file's fonts, as long as the file is open.

    ``data`` is the file for pdfium to read, which has lines in place of the outlines of some fonts: ``name in outlines`` says of which.
    """

    def __init__(self, data: bytes, fonts: Iterable[tuple[str, Any]]) -> None:
        """``fonts`` are the names of fonts and their dictionaries; names that come twice say nothing."""
        self.data = data
        self._fonts: dict[str, tuple[Any, LightFont]] = {}
        self._specimens: dict[str, _Specimen] = {}
        light = bytearray(data)
        every = list(fonts)
        names = Counter(name for name, _ in every)
        for name, font in every:
            if names[name] == 1 and (found := _lighten(light, data, font)) is not None:
                self._fonts[name] = font, found
        if self._fonts:
            self.data = bytes(light)

    def __contains__(self, name: str) -> bool:
        return name in self._fonts

    def font(self, name: str) -> LightFont:
        """A font with lines in place of outlines. Raises KeyError for any other."""
        return self._fonts[name][1]

    def of(self, name: str, char: str) -> Outline | None:
        """The outline of a character, as the file has it. Raises KeyError for a font that is not among these."""
        font, found = self._fonts[name]
        charstring = found.chars.get(char)
        if charstring is not None and charstring in _outlines:
            return _outlines[charstring]
        if name not in self._specimens:
            self._specimens[name] = _Specimen(font)
        outline = outline_of(self._specimens[name].font, char)
        if charstring is not None:
            _outlines.keep(charstring, outline)
        return outline

    def close(self) -> None:
        """Give back what pdfium holds."""
        for specimen in self._specimens.values():
            specimen.close()


@dataclass(frozen=True, eq=False)
class LightFont:
    """A font with lines in place of outlines: its stream, and code → character and charstring that the font had."""

    packed: bytes
    glyphs: dict[int, tuple[str, bytes]]

    @cached_property
    def chars(self) -> dict[str, bytes]:
        """Character → charstring; of several codes of one character pdfium takes the first."""
        return {char: charstring for _, (char, charstring) in sorted(self.glyphs.items(), reverse=True)}

    @cached_property
    def unmistakable(self) -> dict[str, bytes]:
        """Character → charstring, of the characters that have one code."""
        counts = Counter(char for char, _ in self.glyphs.values())
        return {char: charstring for char, charstring in self.glyphs.values() if counts[char] == 1}

    @cached_property
    def digests(self) -> dict[int, bytes]:
        """Code → what tells its character and its outline from others, in `DIGEST` bytes."""
        return {
            code: blake2b(char.encode() + b"\0" + charstring, digest_size=DIGEST).digest()
            for code, (char, charstring) in self.glyphs.items()
        }


DIGEST: Final = 16
_KEPT_FONTS: Final = 16
"""An edit leaves most fonts of a file as they were."""


@functools.lru_cache(maxsize=_KEPT_FONTS)
def inflated(raw: bytes) -> bytes:
    """What a compressed stream holds. Raises zlib.error."""
    return zlib.decompress(raw)


class _Specimen:
    """A page that sets a character of one font, so that pdfium knows the font as the file has it."""

    def __init__(self, font: Any) -> None:
        with pikepdf.new() as pdf:
            page = pdf.add_blank_page()
            page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=pdf.copy_foreign(font)))
            page.obj.Contents = pdf.make_stream(b"BT /F 1 Tf <0000> Tj ET")
            data = io.BytesIO()
            pdf.save(data, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
        self._pdf = pdfium.PdfDocument(data.getvalue())
        self._page = self._pdf[0]
        self.font = pdfium_c.FPDFTextObj_GetFont(pdfium_c.FPDFPage_GetObject(self._page.raw, 0))

    def close(self) -> None:
        self._page.close()
        self._pdf.close()


_PAIR: Final = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>")
"""A code and its characters, in a map that has no ranges."""


_RANGES: Final = b"beginbfrange"


def _lighten(light: bytearray, data: bytes, font: Any) -> LightFont | None:
    """Put lines in place of a font's outlines. None for a font that stays as it is."""
    try:
        stream = font.DescendantFonts[0].FontDescriptor.FontFile3
        if not font.is_indirect or font.Encoding != "/Identity-H" or not is_deflated(stream):
            return None
        raw = stream.read_raw_bytes()
        found = _light(raw, font.ToUnicode.read_bytes())
    except (pikepdf.PdfError, AttributeError, LookupError, TypeError, ValueError, RuntimeError):
        return None
    start = data.find(raw[:_TELLING])
    if found is None or start < 0 or not data.startswith(raw, start):
        return None
    light[start : start + len(found.packed)] = found.packed
    return found


def is_deflated(stream: Any) -> bool:
    """Whether a stream of a PDF is compressed in the plain way, `inflated` gives what it holds."""
    return bool(stream.get("/Filter") == "/FlateDecode" and "/DecodeParms" not in stream)


@functools.lru_cache(maxsize=_KEPT_FONTS)
def _light(raw: bytes, codes: bytes) -> LightFont | None:
    """The stream of a font program, and the codes and characters of the font; None where outlines do not stand alone."""
    if _RANGES in codes:
        return None
    try:
        program = inflated(raw)
        found = charstrings.Charstrings(program)
        chars = {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in _PAIR.findall(codes)}
        spans = {code: found.span(code) for code in chars}
    except (zlib.error, charstrings.NotPlainError, LookupError, ValueError):
        return None
    light = bytearray(program)
    glyphs = {}
    shaped: hb.Font | None = None
    for code, span in spans.items():
        charstring = program[span]
        glyphs[code] = chars[code], charstring
        line = _lines.get(charstring)
        if line is None:
            shaped = shaped or hb.Font(hb.Face(program))
            line = _line(shaped.get_glyph_extents(code), charstring)
            _lines.keep(charstring, line)
        light[span] = line
    # Runs of one byte are most of it; what little else there is may need to be made smaller with more pains.
    for level, strategy in ((1, zlib.Z_RLE), (9, zlib.Z_DEFAULT_STRATEGY)):
        packer = zlib.compressobj(level, strategy=strategy)
        packed = packer.compress(bytes(light)) + packer.flush()
        if len(packed) <= len(raw):
            return LightFont(packed, glyphs)
    return None


def _line(extents: hb.GlyphExtents | None, charstring: bytes) -> bytes:
    """What stands in a charstring's place, as long as it: a line across the box of its points; the charstring itself if it is shorter."""
    if extents is None or not extents.width:
        return charstring
    left, bottom = extents.x_bearing, extents.y_bearing + extents.height
    line = charstrings.line(left, bottom, extents.width, -extents.height)
    return line.ljust(len(charstring), b"\0") if len(line) <= len(charstring) else charstring


_TELLING: Final = 256
"""Bytes of a stream by which it is looked for: to look for all of them takes a millisecond."""

"""Reading a PDF: the characters, rules and pictures of each page, and what the file says of itself.

Lengths are millimetres from the top left corner of the trimmed sheet. pypdfium2 gives the places and pikepdf the structure. The ink of
a character comes from its outline. The box that pdfium gives for a character is its reach, not its ink: it bounds the control points
of its curves, and its top is raised by 1/64, so that it is up to 1.3 mm too large in a mark of 42 pt. It serves to tell which
outlines can matter.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import math
import re
import struct
import zlib
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple, Self

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from gongwen.preflight.fingerprints import Fingerprints
from gongwen.preflight.outlines import SAME, Box, Kept, Outline, Outlines, inflated, is_deflated, outline_of
from gongwen.standard import MM_PER_INCH, MM_PER_PT

Colour = tuple[int, int, int]
"""Red, green, blue from 0 to 255, as a screen shows the ink."""


class UnreadableError(Exception):
    """The bytes cannot be read as a PDF; the message is for the user."""


class Glyph(NamedTuple):
    """Advance and reach of a character in em, y upwards from the baseline; ``reach`` is None for a blank."""

    advance: float
    reach: Box | None


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """What the characters of one text object share.

    ``font`` is the name in the PDF, ``size`` is in points, ``matrix`` (a, b, c, d) turns and stretches the glyph on the page;
    ``is_upright`` says that it does not turn it.
    """

    font: str
    size: float
    colour: Colour
    is_stroked: bool
    matrix: tuple[float, float, float, float]
    is_upright: bool
    em: float
    """The size in mm."""
    glyphs: _Glyphs

    @property
    def angle(self) -> float:
        """How far its characters are turned to the left, in degrees from -180 to 180."""
        a, b, _, _ = self.matrix
        return math.degrees(math.atan2(b, a))


_TURN: Final = 0.01


def _is_upright(a: float, b: float, c: float, d: float) -> bool:
    return a > 0 and d > 0 and abs(b) < _TURN * a and abs(c) < _TURN * d


# There are thousands of them, and one that is frozen takes four times as long to make.
@dataclass(slots=True, eq=False)
class Char:
    """One character: its page (from 1), the start and the end of its cell and its baseline (mm)."""

    text: str
    page: int
    x: float
    baseline: float
    style: Style
    glyph: Glyph
    advance: float
    """Width of its cell in mm."""
    end: float

    @property
    def em(self) -> float:
        """The type size in mm."""
        return self.style.em

    def at(self, x: float, baseline: float, style: Style) -> Char:
        """The same character at another place."""
        return replace(self, x=x, baseline=baseline, style=style, end=x + self.advance)

    def reach(self, side: int) -> float | None:
        """Where a box on the sheet that its ink does not leave ends on one side, counted as in a `Box` (mm)."""
        box, style = self.glyph.reach, self.style
        if box is None:
            return None
        if style.is_upright:
            a, _, _, d = style.matrix
            return self.baseline - d * box[side] * style.em if side % 2 else self.x + a * box[side] * style.em
        return self._on_sheet(box)[side]

    @property
    def ink(self) -> Box | None:
        """Where its ink lies on the sheet (mm)."""
        box = self.style.glyphs.ink(self)
        return None if box is None else self._on_sheet(box)

    def _on_sheet(self, box: Box) -> Box:
        style, (left, top, right, bottom) = self.style, box
        em = style.em
        a, b, c, d = style.matrix
        if style.is_upright:
            x, y = self.x, self.baseline
            return Box(x + a * left * em, y - d * top * em, x + a * right * em, y - d * bottom * em)
        corners = [(x, y) for x in (left, right) for y in (top, bottom)]
        xs = [self.x + (a * x + c * y) * em for x, y in corners]
        ys = [self.baseline - (b * x + d * y) * em for x, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))


@dataclass(frozen=True, slots=True)
class Shape:
    """A rule, a filled area or a picture on a page, with its bounds (mm); a picture has no colour."""

    page: int
    box: Box
    colour: Colour | None

    @property
    def weight(self) -> float:
        """Height in mm: of a horizontal rule, its weight."""
        return self.box.bottom - self.box.top


@dataclass(frozen=True, slots=True)
class Image:
    """An image on a page: its bounds (mm), its pixels, and the name of its colour space in the PDF, empty where it has none."""

    page: int
    box: Box
    pixels: tuple[int, int]
    space: str

    @property
    def density(self) -> float:
        """Dots per inch, of the direction that has fewer."""
        sides = (self.box.right - self.box.left, self.box.bottom - self.box.top)
        return min(
            count / side * MM_PER_INCH if side > 0 else math.inf for count, side in zip(self.pixels, sides, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its trimmed size (mm), characters in the order of the file, shapes, and those of them that are images."""

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    shapes: tuple[Shape, ...]
    images: tuple[Image, ...] = ()


@dataclass(frozen=True, slots=True)
class Font:
    """A font of the file. ``names`` are those of the embedded program, or the PDF's own name where the program has none.

    ``has_unicode`` says that the file tells which characters its codes are, ``called`` are the names that `Style.font` may give it.
    """

    name: str
    names: tuple[str, ...]
    is_embedded: bool
    is_subset: bool
    has_unicode: bool
    is_type3: bool
    called: frozenset[str]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the file says of itself. ``inks`` are the CMYK colours that are set; ``rgb`` counts colours and pictures in RGB."""

    fonts: tuple[Font, ...]
    inks: frozenset[tuple[float, ...]]
    rgb: int
    pages_without_trim_box: int
    title: str
    language: str
    viewer: dict[str, str]
    metadata: str
    intents: tuple[tuple[str, int], ...]
    """Subtype of each output intent, and the number of components of its profile."""
    sources: int
    """Embedded files that the file calls its source."""

    def xmp(self, name: str) -> str:
        """A simple property of the metadata, written as an attribute or as an element; empty where there is none."""
        match = re.search(rf'{re.escape(name)}(?:="([^"]*)"|>([^<]*)<)', self.metadata)
        return (match[1] or match[2] or "").strip() if match else ""


# --- Characters and shapes ----------------------------------------------------------------------------------------------------


class Pdf:
    """An open PDF. Characters look up their ink while it is open, so measure inside ``with``."""

    def __init__(self, data: bytes, most_pages: int | None = None) -> None:
        """Raises UnreadableError, also for more than ``most_pages``."""
        with contextlib.ExitStack() as opened:
            file, self.facts, fonts = _look_at(data, most_pages)
            opened.callback(file.close)
            outlines = Outlines(data, fonts)
            opened.callback(outlines.close)
            try:
                pdf = pdfium.PdfDocument(outlines.data)
            except pdfium.PdfiumError as error:
                raise UnreadableError("PDF 的结构已损坏") from error
            opened.callback(pdf.close)
            self.sheets: list[Sheet] = []
            self.unreadable: list[int] = []
            glyphs: dict[int | str, _Glyphs] = {}
            opened.callback(_let_go, glyphs)
            fingerprints = Fingerprints(file, outlines)
            for index in range(len(pdf)):
                fingerprint = fingerprints.of(index)
                if fingerprint is not None and fingerprint in _read:
                    _read.move_to_end(fingerprint)
                    self.sheets.append(_in_this_file(_read[fingerprint], glyphs, outlines))
                    continue
                try:
                    page = pdf[index]
                    text = page.get_textpage()
                except pdfium.PdfiumError:
                    self.unreadable.append(index + 1)
                    continue
                # Fonts die with the last page that uses them, so pages stay open until the end.
                opened.callback(page.close)
                opened.callback(text.close)
                self.sheets.append(_PageReader(index + 1, page, text, glyphs, outlines).sheet())
                if fingerprint is not None:
                    _read[fingerprint] = self.sheets[-1]
                    if len(_read) > _MOST_READ:
                        _read.popitem(last=False)
            self._opened = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give back what the libraries hold."""
        self._opened.close()


_MOST_READ: Final = 128
_read: Final[OrderedDict[bytes, Sheet]] = OrderedDict()
"""Fingerprint → page that was read: an edit changes one page and leaves the others as they were."""


def _in_this_file(sheet: Sheet, glyphs: dict[int | str, _Glyphs], outlines: Outlines) -> Sheet:
    """A page that was read in another file; its fonts are all among ``outlines``."""
    styles = {}
    for style in {char.style for char in sheet.chars}:
        if style.font not in glyphs:
            glyphs[style.font] = _Glyphs(style.font, outlines)
        styles[style] = replace(style, glyphs=glyphs[style.font])
    chars = (
        Char(one.text, one.page, one.x, one.baseline, styles[one.style], one.glyph, one.advance, one.end)
        for one in sheet.chars
    )
    return replace(sheet, chars=tuple(chars))


def _let_go(glyphs: dict[int | str, _Glyphs]) -> None:
    """Part glyphs from a file that is closed: pages that are kept still have them."""
    for one in glyphs.values():
        one.outlines = one.font = None


_SURROGATES: Final = range(0xD800, 0xE000)
_LOW_SURROGATES: Final = range(0xDC00, 0xE000)
_REPLACED: Final = "\ufffd"
_SHOWN: Final = {0xFFFE: "-", 0x0002: "-", 0x0000: _REPLACED}
"""What stands for what pdfium gives in place of a hyphen at the end of a line, and of what it does not know."""
_STROKING: Final = (1, 2, 5, 6)
"""Text rendering modes that stroke outlines: how programs make a face bold."""
_NAME_LENGTH: Final = 256
_DEEPEST_FORM: Final = 8


def _fast(function: Any, result: Any, *arguments: Any) -> Any:
    """A function of pdfium that takes and gives addresses as numbers: it is called for every character."""
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_Address: Final = ctypes.c_void_p
_Number: Final = ctypes.c_int
_code_of: Final = _fast(pdfium_c.FPDFText_GetUnicode, ctypes.c_uint, _Address, _Number)
_object_of: Final = _fast(pdfium_c.FPDFText_GetTextObject, _Address, _Address, _Number)
_origin_of: Final = _fast(pdfium_c.FPDFText_GetCharOrigin, _Number, _Address, _Number, _Address, _Address)
_box_of: Final = _fast(pdfium_c.FPDFText_GetCharBox, _Number, _Address, _Number, *[_Address] * 4)
_cell_of: Final = _fast(pdfium_c.FPDFText_GetLooseCharBox, _Number, _Address, _Number, _Address)
_turn_of: Final = _fast(pdfium_c.FPDFText_GetMatrix, _Number, _Address, _Number, _Address)
_size_of: Final = _fast(pdfium_c.FPDFText_GetFontSize, ctypes.c_double, _Address, _Number)
_colour_of: Final = _fast(pdfium_c.FPDFText_GetFillColor, _Number, _Address, _Number, *[_Address] * 4)
_font_of: Final = _fast(pdfium_c.FPDFTextObj_GetFont, _Address, _Address)
_mode_of: Final = _fast(pdfium_c.FPDFTextObj_GetTextRenderMode, _Number, _Address)
_width_of: Final = _fast(
    pdfium_c.FPDFFont_GetGlyphWidth, _Number, pdfium_c.FPDF_FONT, ctypes.c_uint, ctypes.c_float, _Address
)


def _places(array: ctypes.Array[Any]) -> list[int]:
    """The address of each value of an array."""
    size = ctypes.sizeof(array) // len(array)
    return [ctypes.addressof(array) + index * size for index in range(len(array))]


class _PageReader:
    """What is read off a page follows from the page alone, so that it holds for the same page of another file."""

    def __init__(self, number: int, page: Any, text: Any, glyphs: dict[int | str, _Glyphs], outlines: Outlines) -> None:
        self._outlines = outlines
        self._number = number
        self._page = page
        self._text = text
        self._glyphs = glyphs
        self._met: dict[tuple[_Glyphs, bool], dict[str, Glyph]] = {}
        self._boxes = _Boxes()
        self._turn = pdfium_c.FS_MATRIX()
        self._colour = (ctypes.c_uint * 4)()
        # Media and crop boxes may be those of the node above, which pdfium looks for in this one alone.
        left, bottom, right, top = page.get_trimbox(fallback_ok=False) or page.get_bbox()
        self._left, self._top = min(left, right), max(bottom, top)
        self._width, self._height = abs(right - left), abs(top - bottom)
        self._images: list[Image] = []

    def sheet(self) -> Sheet:
        return Sheet(
            self._number,
            self._width * MM_PER_PT,
            self._height * MM_PER_PT,
            tuple(self._chars()),
            tuple(
                self._shapes(self._page.raw, pdfium_c.FPDFPage_CountObjects, pdfium_c.FPDFPage_GetObject, _UPRIGHT, 0)
            ),
            tuple(self._images),
        )

    def _chars(self) -> Iterator[Char]:
        """All characters but blanks, which are also all that pdfium itself adds."""
        x, y = ctypes.c_double(), ctypes.c_double()
        to_x, to_y = ctypes.addressof(x), ctypes.addressof(y)
        text = ctypes.cast(self._text.raw, _Address).value or 0
        number, left, top = self._number, self._left, self._top
        styles: dict[int, tuple[Style, dict[str, Glyph]] | None] = {}
        for index, char in enumerate(self._characters(text)):
            if not char or char.isspace():
                continue
            address = _object_of(text, index)
            if not address:
                continue
            if address not in styles:
                styles[address] = self._style(address, text, index)
            if (found := styles[address]) is None:
                continue
            style, met = found
            _origin_of(text, index, to_x, to_y)
            glyph = met.get(char)
            if glyph is None:
                glyph = style.glyphs.known(char) if style.is_upright else style.glyphs.turned(char)
                if glyph is None:
                    glyph = style.glyphs.meet(char, *self._boxes.of(text, index, x.value, y.value, style.size))
                met[char] = glyph
            start, advance = (x.value - left) * MM_PER_PT, glyph.advance * style.em
            yield Char(char, number, start, (top - y.value) * MM_PER_PT, style, glyph, advance, start + advance)

    def _characters(self, text: int) -> Sequence[str]:
        """What stands under each number of pdfium's text: nothing, or one character."""
        count = max(0, pdfium_c.FPDFText_CountChars(self._text.raw))
        units = (ctypes.c_ushort * (count + 1))()
        if pdfium_c.FPDFText_GetText(self._text.raw, 0, count, units) == count + 1:
            # pdfium leaves out what is no character, and gives others in two units: where neither is so, this is all of it.
            every = bytes(units)[:-2].decode("utf-16-le", "replace")
            if len(every) == count and _REPLACED not in every:
                return every.translate(_SHOWN)
        return [*self._one_by_one(text, count)]

    def _one_by_one(self, text: int, count: int) -> Iterator[str]:
        high = 0
        for index in range(count):
            code = _code_of(text, index)
            if code in _SURROGATES and code not in _LOW_SURROGATES:
                high = code
                yield ""
                continue
            if code in _SURROGATES:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else ord(_REPLACED)
            high = 0
            yield chr(code).translate(_SHOWN)

    def _place(self, x: float, y: float) -> tuple[float, float]:
        return (x - self._left) * MM_PER_PT, (self._top - y) * MM_PER_PT

    def _style(self, item: int, text: int, index: int) -> tuple[Style, dict[str, Glyph]] | None:
        """The style of a text object, and the characters of it that were met; None where it has no size to speak of."""
        turn, colour = self._turn, self._colour
        _turn_of(text, index, ctypes.addressof(turn))
        stretch = math.hypot(turn.a, turn.b)
        size = _size_of(text, index) * stretch
        font = _font_of(item)
        if not font or not 0 < size < math.inf:
            return None
        glyphs = self._glyphs.get(font) or self._glyphs_of(font)
        _colour_of(text, index, *_places(colour))
        style = Style(
            glyphs.name,
            size,
            (colour[0], colour[1], colour[2]),
            _mode_of(item) in _STROKING,
            (turn.a / stretch, turn.b / stretch, turn.c / stretch, turn.d / stretch),
            _is_upright(turn.a, turn.b, turn.c, turn.d),
            size * MM_PER_PT,
            glyphs,
        )
        # What is known of a character that is turned is less.
        return style, self._met.setdefault((glyphs, style.is_upright), {})

    def _glyphs_of(self, address: int) -> _Glyphs:
        """The glyphs of a font that this file has not shown before: of one with light outlines other pages may have had them."""
        font = ctypes.cast(address, pdfium_c.FPDF_FONT)
        buffer = ctypes.create_string_buffer(_NAME_LENGTH)
        pdfium_c.FPDFFont_GetBaseFontName(font, buffer, _NAME_LENGTH)
        name = _decoded(buffer.value)
        glyphs = self._glyphs.get(name) or _Glyphs(name, self._outlines)
        glyphs.font = font
        self._glyphs[address] = glyphs
        if name in self._outlines:
            self._glyphs[name] = glyphs
        return glyphs

    def _shapes(self, holder: Any, count: Any, get: Any, outer: _Matrix, depth: int) -> Iterator[Shape]:
        for index in range(max(0, count(holder))):
            item = get(holder, index)
            kind = pdfium_c.FPDFPageObj_GetType(item)
            if kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
                inner = _matrix_of(item)
                yield from self._shapes(
                    item,
                    pdfium_c.FPDFFormObj_CountObjects,
                    pdfium_c.FPDFFormObj_GetObject,
                    inner.then(outer),
                    depth + 1,
                )
            elif kind in (pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_SHADING):
                colour = _paint(item) if kind == pdfium_c.FPDF_PAGEOBJ_PATH else None
                if kind == pdfium_c.FPDF_PAGEOBJ_PATH and (colour is None or min(colour) == _WHITE):
                    continue
                if kind == pdfium_c.FPDF_PAGEOBJ_PATH and _is_stroked(item):
                    for stroke in _strokes(item, outer):
                        yield Shape(self._number, self._bounds(stroke), colour)
                    continue
                bounds = [ctypes.c_float() for _ in range(4)]
                if pdfium_c.FPDFPageObj_GetBounds(item, *bounds):
                    left, bottom, right, top = (value.value for value in bounds)
                    box = self._bounds(outer.box(left, bottom, right, top))
                    if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
                        self._images.append(self._image(item, box))
                    yield Shape(self._number, box, colour)

    def _image(self, item: Any, box: Box) -> Image:
        data = pdfium_c.FPDF_IMAGEOBJ_METADATA()
        pdfium_c.FPDFImageObj_GetImageMetadata(item, self._page.raw, data)
        return Image(self._number, box, (data.width, data.height), _SPACES.get(data.colorspace, ""))

    def _bounds(self, box: tuple[float, float, float, float]) -> Box:
        left, bottom, right, top = box
        return Box(*self._place(left, top), *self._place(right, bottom))


_WHITE: Final = 255
_SPACES: Final = {
    pdfium_c.FPDF_COLORSPACE_DEVICEGRAY: "DeviceGray",
    pdfium_c.FPDF_COLORSPACE_DEVICERGB: "DeviceRGB",
    pdfium_c.FPDF_COLORSPACE_DEVICECMYK: "DeviceCMYK",
    pdfium_c.FPDF_COLORSPACE_CALGRAY: "CalGray",
    pdfium_c.FPDF_COLORSPACE_CALRGB: "CalRGB",
    pdfium_c.FPDF_COLORSPACE_LAB: "Lab",
    pdfium_c.FPDF_COLORSPACE_ICCBASED: "ICCBased",
    pdfium_c.FPDF_COLORSPACE_SEPARATION: "Separation",
    pdfium_c.FPDF_COLORSPACE_DEVICEN: "DeviceN",
    pdfium_c.FPDF_COLORSPACE_INDEXED: "Indexed",
    pdfium_c.FPDF_COLORSPACE_PATTERN: "Pattern",
}
"""pdfium's number of a colour space → its name in a PDF."""


class _Matrix(NamedTuple):
    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def then(self, outer: _Matrix) -> _Matrix:
        return _Matrix(
            self.a * outer.a + self.b * outer.c,
            self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c,
            self.c * outer.b + self.d * outer.d,
            self.e * outer.a + self.f * outer.c + outer.e,
            self.e * outer.b + self.f * outer.d + outer.f,
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        xs, ys = zip(*(self.point(x, y) for x in (left, right) for y in (bottom, top)), strict=True)
        return min(xs), min(ys), max(xs), max(ys)


_UPRIGHT: Final = _Matrix(1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _matrix_of(item: Any) -> _Matrix:
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFPageObj_GetMatrix(item, matrix)
    return _Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _is_stroked(item: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(item, fill, stroke)
    return bool(stroke.value)


def _strokes(item: Any, outer: _Matrix) -> Iterator[tuple[float, float, float, float]]:
    """Where the ink of a stroked path lies: left, bottom, right, top in points.

    The box that pdfium gives reaches beyond the ink by half the width of the stroke. A path of nothing but straight lines that lie or
    stand, as rules are drawn, is one box for each of them.
    """
    matrix = _matrix_of(item).then(outer)
    width = ctypes.c_float()
    pdfium_c.FPDFPageObj_GetStrokeWidth(item, width)
    across = width.value / 2 * math.hypot(matrix.a, matrix.c), width.value / 2 * math.hypot(matrix.b, matrix.d)
    is_butt = pdfium_c.FPDFPageObj_GetLineCap(item) == pdfium_c.FPDF_LINECAP_BUTT
    parts = list(_parts(item, matrix))
    rules = [_rule(part, across, is_butt=is_butt) for part in parts]
    if any(rule is None for rule in rules):
        xs, ys = zip(*(point for part in parts for point in part), strict=True)
        yield min(xs) - across[0], min(ys) - across[1], max(xs) + across[0], max(ys) + across[1]
    else:
        yield from (rule for rule in rules if rule is not None)


def _rule(
    points: Sequence[tuple[float, float]], across: tuple[float, float], *, is_butt: bool
) -> tuple[float, float, float, float] | None:
    """The ink along points that lie in one line or stand in one; None where they do neither."""
    xs, ys = zip(*points, strict=True)
    left, bottom, right, top = min(xs), min(ys), max(xs), max(ys)
    lies, stands = top - bottom < _STRAIGHT, right - left < _STRAIGHT
    if not lies and not stands:
        return None
    dx, dy = across[0] * (not (lies and is_butt)), across[1] * (not (stands and not lies and is_butt))
    return left - dx, bottom - dy, right + dx, top + dy


_STRAIGHT: Final = 0.05
"""Points that the ends of a rule may differ in height."""


def _parts(item: Any, matrix: _Matrix) -> Iterator[list[tuple[float, float]]]:
    """The points of a path, from each place that the pen is set down at."""
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(max(0, pdfium_c.FPDFPath_CountSegments(item))):
        segment = pdfium_c.FPDFPath_GetPathSegment(item, index)
        is_start = pdfium_c.FPDFPathSegment_GetType(segment) == pdfium_c.FPDF_SEGMENT_MOVETO
        if is_start and len(points) > 1:
            yield points
        if is_start:
            points = []
        if pdfium_c.FPDFPathSegment_GetPoint(segment, x, y):
            points.append(matrix.point(x.value, y.value))
    if len(points) > 1:
        yield points


def _paint(item: Any) -> Colour | None:
    """The colour that a path is filled with, else stroked with; None where it only clips."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(item, fill, stroke)
    if not fill.value and not stroke.value:
        return None
    colour = [ctypes.c_uint() for _ in range(4)]
    get = pdfium_c.FPDFPageObj_GetFillColor if fill.value else pdfium_c.FPDFPageObj_GetStrokeColor
    get(item, *colour)
    return colour[0].value, colour[1].value, colour[2].value


# --- Ink ----------------------------------------------------------------------------------------------------------------------


_glyphs: Final[Kept[tuple[bytes, float], Glyph]] = Kept()
"""Charstring and width → metrics."""
_DIGITS: Final = 3
"""A thousandth of an em is a unit of a light font: what is beyond comes of the place on the page."""


class _Glyphs:
    """The characters of one font of an open file. ``font`` is pdfium's; it is not needed where ``outlines`` have the font."""

    def __init__(self, name: str, outlines: Outlines) -> None:
        self.name = name
        self.outlines: Outlines | None = outlines
        self.font: Any = None
        self._light = outlines.font(name) if name in outlines else None
        self._width = ctypes.c_float()
        self._known: dict[str, Glyph | None] = {}
        self._ink: dict[tuple[str, bool], Box | None] = {}

    def known(self, char: str) -> Glyph | None:
        """The metrics of an upright character, if its outline has been met in this file or another."""
        if self._light is None or (charstring := self._light.unmistakable.get(char)) is None:
            return None
        if (glyph := self._known.get(char)) is None:
            glyph = self._known[char] = _glyphs.get((charstring, self._width_of(char)))
        return glyph

    def meet(self, char: str, box: Box | None, extent: float) -> Glyph:
        """The metrics of an upright character, given what pdfium says of it."""
        width = self._width_of(char)
        if self._light is None:
            return Glyph(_advance(width, box, extent), box)
        box = box and Box(*(round(edge, _DIGITS) for edge in box))
        glyph = Glyph(_advance(width, box, round(extent, _DIGITS)), box)
        if (charstring := self._light.unmistakable.get(char)) is not None:
            _glyphs.keep((charstring, width), glyph)
        return glyph

    def turned(self, char: str) -> Glyph:
        """The metrics of a character that is turned, of which less is known."""
        outline = self._outline(char)
        box = None if outline is None else outline.ink
        return Glyph(_advance(self._width_of(char), box, math.inf), box)

    def _width_of(self, char: str) -> float:
        """The font's own width in em."""
        _width_of(self.font, ord(char), 1000.0, ctypes.addressof(self._width))
        return self._width.value / 1000

    def ink(self, char: Char) -> Box | None:
        """The bounds of the outline; where pdfium has none for this very character, its reach."""
        key = (char.text, char.style.is_upright)
        if key not in self._ink:
            reach = char.glyph.reach
            outline = self._outline(char.text) if char.style.is_upright and reach is not None else None
            self._ink[key] = outline.ink if outline is not None and reach is not None and outline.fits(reach) else reach
        return self._ink[key]

    def _outline(self, char: str) -> Outline | None:
        if self.outlines is not None and self.name in self.outlines:
            return self.outlines.of(self.name, char)
        return outline_of(self.font, char)


def _advance(width: float, box: Box | None, extent: float) -> float:
    """The font's own width, unless the extent, which covers cell and reach, contradicts it.

    pdfium gives another character's width where it cannot find this one.
    """
    is_own = abs(width - extent) < SAME or (width < extent and (box is None or abs(box.right - extent) < SAME))
    return width if is_own else extent


class _Boxes:
    """What pdfium says of upright characters."""

    def __init__(self) -> None:
        self._box = (ctypes.c_double * 4)()
        self._cell = (ctypes.c_float * 4)()
        self._to_box = _places(self._box)
        self._to_cell = ctypes.addressof(self._cell)

    def of(self, text: int, index: int, x: float, y: float, size: float) -> tuple[Box | None, float]:
        """In em: the reach of a character that stands at a place (points), and the extent of cell and reach together."""
        _box_of(text, index, *self._to_box)
        _cell_of(text, index, self._to_cell)
        left, right, bottom, top = self._box
        box = Box((left - x) / size, (top - y) / size, (right - x) / size, (bottom - y) / size)
        return (box if box.right > box.left and box.top > box.bottom else None), (self._cell[2] - x) / size


# --- The file -----------------------------------------------------------------------------------------------------------------

_SUBSET: Final = re.compile(r"[A-Z]{6}\+")
_COLOUR_OPERATORS: Final = "cs CS sc scn SC SCN rg RG k K"


Named = tuple[str, Any]
"""The name of a font, and its dictionary."""


def _look_at(data: bytes, most_pages: int | None) -> tuple[pikepdf.Pdf, Facts, list[Named]]:
    """The open file, what it says of itself, and its fonts. Raises UnreadableError."""
    try:
        with contextlib.ExitStack() as opened:
            pdf = opened.enter_context(pikepdf.open(io.BytesIO(data)))
            if not pdf.pages:
                raise UnreadableError("PDF 没有一页")
            if most_pages is not None and len(pdf.pages) > most_pages:
                raise UnreadableError(f"PDF 有 {len(pdf.pages)} 页，最多量测 {most_pages} 页")
            resources = _Resources()
            for page in pdf.pages:
                resources.visit(page.obj, page.obj)
            facts = _facts_of(pdf, resources)
            opened.pop_all()
            return pdf, facts, resources.named
    except pikepdf.PasswordError as error:
        raise UnreadableError("PDF 已加密，没有密码不能打开") from error
    except (pikepdf.PdfError, OSError, ValueError, TypeError, LookupError, AttributeError, RuntimeError) as error:
        raise UnreadableError("不是 PDF 文件，或者已损坏") from error


def _facts_of(pdf: pikepdf.Pdf, resources: _Resources) -> Facts:
    root = pdf.Root
    metadata = root.get("/Metadata")
    intents = [item for item in _array(root.get("/OutputIntents")) if isinstance(item, pikepdf.Dictionary)]
    viewer = root.get("/ViewerPreferences")
    title = pdf.docinfo.get("/Title")
    return Facts(
        tuple(resources.fonts.values()),
        frozenset(resources.inks),
        resources.rgb,
        sum("/TrimBox" not in page.obj for page in pdf.pages),
        "" if title is None else str(title),
        _text(root.get("/Lang", "")),
        {key: _text(value) for key, value in viewer.items()} if isinstance(viewer, pikepdf.Dictionary) else {},
        metadata.read_bytes().decode("utf-8", "replace") if isinstance(metadata, pikepdf.Stream) else "",
        tuple((_text(item.get("/S", "")), _components(item.get("/DestOutputProfile"))) for item in intents),
        sum(
            isinstance(item, pikepdf.Dictionary)
            and item.get("/AFRelationship") == pikepdf.Name.Source
            and "/EF" in item
            for item in _array(root.get("/AF"))
        ),
    )


def _array(value: Any) -> list[Any]:
    return list(value) if isinstance(value, pikepdf.Array) else []


def _components(profile: Any) -> int:
    return int(profile.get("/N", 0)) if isinstance(profile, pikepdf.Stream) else 0


class _Resources:
    """Fonts and colours of all pages and of the forms on them."""

    def __init__(self) -> None:
        self.fonts: dict[Any, Font] = {}
        self.named: list[Named] = []
        self.inks: set[tuple[float, ...]] = set()
        self.rgb = 0
        self._seen: set[Any] = set()

    def visit(self, content: Any, holder: Any) -> None:
        """Look at a page or a form, whose resources ``holder`` has, and at the forms in it."""
        resources = holder.get("/Resources") or holder.get("/Parent", {}).get("/Resources")
        if not isinstance(resources, pikepdf.Dictionary):
            return
        for font in _values(resources.get("/Font")):
            if font.objgen not in self.fonts or font.objgen == (0, 0):
                found = _font(font)
                self.fonts[font.objgen if font.objgen != (0, 0) else id(font)] = found
                self.named.append((found.name, font))
        self._colours(content, _values_by_name(resources.get("/ColorSpace")))
        for kind in ("/XObject", "/Pattern", "/Shading"):
            for item in _values(resources.get(kind)):
                if item.objgen not in self._seen:
                    self._seen.add(item.objgen)
                    self._visit_item(item, holder)

    def _visit_item(self, item: Any, holder: Any) -> None:
        """Look at a picture, a form, a pattern or a shading; a form or a tile without resources uses its holder's."""
        self.rgb += _is_rgb(item.get("/ColorSpace"))
        if item.get("/Subtype") == pikepdf.Name.Form or item.get("/PatternType") == 1:
            self.visit(item, item if "/Resources" in item else holder)
        elif isinstance(shading := item.get("/Shading"), pikepdf.Dictionary):
            self.rgb += _is_rgb(shading.get("/ColorSpace"))

    def _colours(self, content: Any, spaces: dict[str, Any]) -> None:
        space: dict[bool, Any] = {True: None, False: None}
        for instruction in pikepdf.parse_content_stream(content, _COLOUR_OPERATORS):
            operator = str(instruction.operator)
            values = list(instruction.operands)
            is_fill = operator.islower()
            match operator.lower():
                case "cs" if values:
                    space[is_fill] = spaces.get(_text(values[0]), values[0])
                case "rg":
                    self.rgb += 1
                case "k":
                    self._add_ink(values)
                case _ if _is_rgb(space[is_fill]):
                    self.rgb += 1
                case _ if len(values) == _CMYK:
                    self._add_ink(values)

    def _add_ink(self, values: list[Any]) -> None:
        self.inks.add(tuple(round(float(value), 3) for value in values))


_CMYK: Final = 4


def _values(dictionary: Any) -> list[Any]:
    kinds = (pikepdf.Dictionary, pikepdf.Stream)
    return [value for value in _values_by_name(dictionary).values() if isinstance(value, kinds)]


def _values_by_name(dictionary: Any) -> dict[str, Any]:
    return dict(dictionary.items()) if isinstance(dictionary, pikepdf.Dictionary) else {}


def _is_rgb(space: Any) -> bool:
    """Whether a colour space has red, green and blue, by itself or beneath a palette."""
    if isinstance(space, pikepdf.Array) and len(space) > 1:
        if space[0] == pikepdf.Name.ICCBased:
            return _components(space[1]) == 3  # noqa: PLR2004 - red, green, blue
        return _is_rgb(space[1]) if space[0] == pikepdf.Name.Indexed else space[0] == pikepdf.Name.CalRGB
    return bool(space == pikepdf.Name.DeviceRGB)


def _text(value: Any) -> str:
    """A name or a string of a PDF; names of faces are often in GBK, which no one says."""
    if isinstance(value, pikepdf.Name):
        return _decoded(_ESCAPED.sub(lambda match: bytes.fromhex(match[1].decode()), value.unparse()))
    return str(value)


_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")


def _decoded(name: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            return name.decode(encoding)
    return name.decode("latin-1")


def _descriptor(font: Any) -> Any:
    descendants = _array(font.get("/DescendantFonts"))
    return (descendants[0] if descendants else font).get("/FontDescriptor", {})


_PROGRAMS: Final = ("/FontFile", "/FontFile2", "/FontFile3")


def _program(font: Any) -> bytes | None:
    """The font program that is embedded."""
    descriptor = _descriptor(font)
    program = next((descriptor[key] for key in _PROGRAMS if key in descriptor), None)
    if not isinstance(program, pikepdf.Stream):
        return None
    with contextlib.suppress(zlib.error):
        if is_deflated(program):
            return inflated(program.read_raw_bytes())
    return program.read_bytes()


def _font(font: Any) -> Font:
    name = _text(font.get("/BaseFont", "")).removeprefix("/")
    descendants = _array(font.get("/DescendantFonts"))
    plain = _SUBSET.sub("", name)
    inner = _text(descendants[0].get("/BaseFont", "")).removeprefix("/") if descendants else name
    program = _program(font)
    names = () if program is None else _program_names(program)
    descriptor = _descriptor(font)
    return Font(
        name,
        names or (plain,),
        is_embedded=any(key in descriptor for key in _PROGRAMS),
        is_subset=plain != name,
        has_unicode="/ToUnicode" in font or _is_standard(font.get("/Encoding")),
        is_type3=font.get("/Subtype") == pikepdf.Name.Type3,
        # pdfium names a font after the one within it, and leaves out the mark of a subset of some.
        called=frozenset((name, plain, inner, _SUBSET.sub("", inner))),
    )


_STANDARD: Final = re.compile(
    r"/(?:WinAnsi|MacRoman|MacExpert)Encoding|/Uni(?:GB|CNS|JIS|KS)[\w-]+|/(?:GBK|GBKp|GBK2K|GBpc|GB)-[\w-]+"
)
"""Encodings that say themselves what their codes mean: word processors write them without a ToUnicode."""


def _is_standard(encoding: Any) -> bool:
    return isinstance(encoding, pikepdf.Name) and _STANDARD.fullmatch(str(encoding)) is not None


_NAME_IDS: Final = (1, 4, 6, 16)
"""Family, full name, PostScript name, typographic family."""
_WINDOWS: Final = 3


def _program_names(program: bytes) -> tuple[str, ...]:
    """The names in an embedded font program: of an sfnt's ``name`` table, or of a bare CFF."""
    try:
        if program[:4] in (b"OTTO", b"true", b"\0\1\0\0"):
            return _sfnt_names(program)
        if program[:1] == b"\1":
            size, offsets = program[2], program[program[2] + 2]
            first, last = (
                int.from_bytes(program[size + 3 + k * offsets : size + 3 + (k + 1) * offsets], "big") for k in (0, 1)
            )
            start = size + 2 + offsets * 2
            return (program[start + first : start + last].decode("ascii"),)
    except (struct.error, IndexError, UnicodeDecodeError):
        pass
    return ()


def _sfnt_names(program: bytes) -> tuple[str, ...]:
    (tables,) = struct.unpack_from(">H", program, 4)
    for index in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sIII", program, 12 + 16 * index)
        if tag == b"name":
            break
    else:
        return ()
    _, count, strings = struct.unpack_from(">HHH", program, offset)
    names = []
    for index in range(count):
        platform, _, _, kind, length, start = struct.unpack_from(">6H", program, offset + 6 + 12 * index)
        if kind in _NAME_IDS:
            raw = program[offset + strings + start : offset + strings + start + length]
            names.append(raw.decode("utf-16-be" if platform in (0, _WINDOWS) else "latin-1"))
    return tuple(dict.fromkeys(names))

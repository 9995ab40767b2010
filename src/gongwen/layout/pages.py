"""The layout: pages of boxes at their places in millimetres, ready to be drawn and to be checked without a PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from gongwen.compose import Line
from gongwen.fonts import ASCENT, Letters, together
from gongwen.grid import GRID, Grid
from gongwen.pictures import Pictures
from gongwen.standard import MM_PER_PT

Colour = Literal["black", "red"]


@dataclass(frozen=True, slots=True)
class TextBox:
    """Lines of one element on one page.

    ``left`` is where lines start and ``top`` the upper edge of the first line's em box (mm); ``pitch`` is the distance from line to
    line (mm); ``indent`` (cells, may be negative) shifts the first line; ``size`` is in points.
    """

    role: str
    left: float
    top: float
    size: float
    pitch: float
    lines: tuple[Line, ...]
    indent: float = 0.0
    colour: Colour = "black"

    @property
    def em(self) -> float:
        """The type size in mm."""
        return self.size * MM_PER_PT

    @property
    def bottom(self) -> float:
        """The lower edge of the last line's em box (mm)."""
        return self.top + (len(self.lines) - 1) * self.pitch + self.em

    @property
    def ink_top(self) -> float:
        """The upper edge of the first line's ink (mm)."""
        return self.top + (ASCENT - self.lines[0].top) * self.em

    @property
    def ink_bottom(self) -> float:
        """The lower edge of the last line's ink (mm)."""
        return self.top + (len(self.lines) - 1) * self.pitch + (ASCENT - self.lines[-1].bottom) * self.em

    @property
    def text(self) -> str:
        """All characters of the box."""
        return "".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class RuleBox:
    """A rule: its upper left corner, weight and length (mm); ``width`` is the length, downwards where it is vertical."""

    role: str
    left: float
    top: float
    width: float
    weight: float
    colour: Colour = "black"
    vertical: bool = False


@dataclass(frozen=True, slots=True)
class ImageBox:
    """An image of the draft: its upper left corner and its size (mm); ``picture`` is its key among the layout's pictures.

    ``alt`` says in words what it shows, for those who cannot see it.
    """

    role: str
    left: float
    top: float
    width: float
    height: float
    picture: str
    alt: str


@dataclass(frozen=True, slots=True)
class FrameBox:
    """A thin frame: its upper left corner, its outer size, the weight of its lines (mm)."""

    role: str
    left: float
    top: float
    width: float
    height: float
    weight: float
    colour: Colour = "black"


@dataclass(frozen=True, slots=True)
class TurnedBox:
    """Boxes in a frame that is turned a quarter to the left (clause 8).

    ``left``, ``top``, ``width`` and ``height`` (mm) are those of the frame on the sheet. The places of ``boxes`` are counted from the
    upper left corner of the frame before it is turned, ``height`` wide and ``width`` high: that corner is the lower left one on the sheet.
    """

    role: str
    left: float
    top: float
    width: float
    height: float
    boxes: tuple[Box, ...]


Box = TextBox | RuleBox | ImageBox | FrameBox | TurnedBox


def joined(boxes: Iterable[Box]) -> tuple[Box, ...]:
    """The boxes with vertical rules that continue one another made one."""
    result: list[Box] = []
    ends: dict[tuple[str, float, float, Colour], int] = {}
    for box in boxes:
        if isinstance(box, RuleBox) and box.vertical:
            line = (box.role, round(box.left, 3), box.weight, box.colour)
            above = result[ends[line]] if line in ends else None
            if isinstance(above, RuleBox) and abs(above.top + above.width - box.top) < _TOUCHING:
                result[ends[line]] = replace(above, width=box.top + box.width - above.top)
                continue
            ends[line] = len(result)
        result.append(box)
    return tuple(result)


_TOUCHING: Final = 1e-3
"""Rules so near to each other (mm) are one."""


def moved(box: Box, down: float) -> Box:
    """The box further down by some millimetres."""
    return replace(box, top=box.top + down)


@dataclass(frozen=True, slots=True)
class Page:
    """One side of paper: its number counted from 1, whether the number is printed, and its boxes in reading order."""

    number: int
    boxes: tuple[Box, ...]
    numbered: bool = True

    @property
    def texts(self) -> tuple[TextBox, ...]:
        """The text boxes in reading order; those in a turned frame with their places there."""
        return tuple(_texts(self.boxes))


def _texts(boxes: Iterable[Box]) -> Iterator[TextBox]:
    for box in boxes:
        if isinstance(box, TextBox):
            yield box
        elif isinstance(box, TurnedBox):
            yield from _texts(box.boxes)


def _is_printed(box: Box) -> bool:
    """Whether paper with a printed head carries a box: red text and red rules."""
    return isinstance(box, TextBox | RuleBox) and box.colour == "red"


@dataclass(frozen=True, slots=True)
class Layout:
    """All pages of a document with the images on them; ``is_sample`` asks for the 样稿 watermark."""

    pages: tuple[Page, ...]
    is_sample: bool = False
    pictures: Pictures = field(default_factory=dict)
    grid: Grid = GRID

    @property
    def letters(self) -> Letters:
        """The characters on its pages by the faces that show them."""
        pieces = (piece for page in self.pages for box in page.texts for line in box.lines for piece in line.pieces)
        return together({piece.face: frozenset(piece.text)} for piece in pieces)

    def overprinted(self) -> Layout:
        """The layout for paper with a printed head: red marks and rules are left out, and all else keeps its place.

        A red image is a seal, which no paper carries beforehand.
        """
        return replace(
            self,
            pages=tuple(
                replace(page, boxes=tuple(box for box in page.boxes if not _is_printed(box))) for page in self.pages
            ),
        )


def ink_placed(role: str, line: Line, *, left: float, ink_top: float, size: float, colour: Colour = "black") -> TextBox:
    """A line whose own ink starts at ``ink_top`` (mm)."""
    em = size * MM_PER_PT
    return TextBox(role, left, ink_top - (ASCENT - line.top) * em, size, em, (line,), colour=colour)


def centred(line: Line, *, size: float, axis: float) -> float:
    """The left edge (mm) at which the ink of a line is centred on an axis."""
    return axis - (line.left + line.right) / 2 * size * MM_PER_PT


def centred_lines(lines: Sequence[Line], *, size: float, axis: float) -> tuple[float, tuple[Line, ...]]:
    """The common left edge (mm) of lines each centred by its ink, and the lines shifted from it."""
    lefts = [centred(line, size=size, axis=axis) for line in lines]
    left = min(lefts)
    em = size * MM_PER_PT
    return left, tuple(line.shifted((own - left) / em) for line, own in zip(lines, lefts, strict=True))

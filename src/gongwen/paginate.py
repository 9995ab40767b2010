"""Pagination: blocks of lines → pages on the grid of 22 lines.

A page is filled from its top with lines at the pitch of the grid. A gap (空一行) is a length between edges, not an empty line, so a
page with gaps or a head leaves the grid; its pitch is then stretched or tightened a little where that makes the last line stand on the
bottom edge of the type area. Lines that belong together (a heading and the two lines after it, a signature and the text before it)
are never parted by a page's end. All lengths are millimetres.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from gongwen.compose import Line
from gongwen.grid import GRID, Grid
from gongwen.standard import BOTTOM, EM, HEIGHT, TOP

_EPSILON: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Solid:
    """What stands in the flow and is no line of text: a row of a table, a figure. ``height`` is in mm.

    ``content`` is what the layout draws there; pagination does not look at it.
    """

    height: float
    content: Any


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one element in the flow, or solids one below the other without a gap.

    ``left`` is where its lines start (mm), ``indent`` shifts the first one (cells); ``gap`` is the distance from the lower edge of
    what stands above to its upper edge (mm), None for the next line of the grid (the leading of its page). ``keep_next`` and ``keep_previous`` count the
    lines after and before the block that stay on its page; ``together`` keeps its own lines on one page, ``keep_first`` that many
    of its first lines. ``head`` stands again above those of its rows that begin a further page.
    """

    role: str
    lines: tuple[Line | Solid, ...]
    left: float
    indent: float = 0.0
    gap: float | None = None
    keep_next: int = 0
    keep_previous: int = 0
    together: bool = False
    keep_first: int = 0
    head: Solid | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """Consecutive lines ``start`` to ``end`` of a block on a page, the first one's em box starting at ``top``.

    Where the block has a head that stands again, it ends there.
    """

    block: Block
    start: int
    end: int
    top: float


@dataclass(frozen=True, slots=True)
class FilledPage:
    """What stands on one page, with its pitch and the lower edge of its last em box."""

    placed: tuple[Placed, ...]
    pitch: float
    bottom: float


@dataclass(frozen=True, slots=True)
class _FlowLine:
    block: Block
    index: int
    gap: float | None
    glued: bool
    em: float

    @property
    def height(self) -> float:
        """The height of its em box, or of the solid (mm)."""
        line = self.block.lines[self.index]
        return line.height if isinstance(line, Solid) else self.em

    @property
    def head(self) -> float:
        """What stands again above it where it begins a further page (mm)."""
        return self.block.head.height if self.block.head is not None and self.index else 0.0


def paginate(
    blocks: Sequence[Block], first_top: float = TOP, first_bottom: float = BOTTOM, grid: Grid = GRID
) -> list[FilledPage]:
    """Fill pages with blocks; at least one page comes out.

    On the first page em boxes start at ``first_top`` and end at ``first_bottom`` at the latest, on all others in the type area.
    """
    flow = _flow(blocks, grid)
    pages: list[FilledPage] = []
    start, top, bottom = 0, first_top, first_bottom
    while start < len(flow):
        count, pitch = _fill(flow, start, top, bottom, grid)
        pages.append(_place(flow[start : start + count], top, pitch))
        start, top, bottom = start + count, TOP, BOTTOM
    return pages or [FilledPage((), grid.pitch, first_top)]


def loosened(block: Block) -> Block:
    """The block without anything that keeps it with other blocks; a signature of several lines stays whole."""
    return replace(block, keep_next=0, keep_previous=0, keep_first=0)


def tightened(page: FilledPage, limit: float, grid: Grid = GRID) -> FilledPage | None:
    """The page with its pitch tightened until it ends at or above ``limit``; None where the least pitch is not enough."""
    if not page.placed:
        return None
    rows = [
        _FlowLine(placed.block, index, _gap(placed.block, index), glued=False, em=grid.em)
        for placed in page.placed
        for index in range(placed.start, placed.end)
    ]
    top = page.placed[0].top - rows[0].head
    pitch = _pitch_to_end_at(rows, top, limit)
    return _place(rows, top, pitch) if pitch is not None and grid.tight - _EPSILON <= pitch <= page.pitch else None


def _flow(blocks: Sequence[Block], grid: Grid) -> list[_FlowLine]:
    rows = [(block, index) for block in blocks for index in range(len(block.lines))]
    glued = [False] * len(rows)
    position = 0
    for block in blocks:
        end = position + len(block.lines)
        if block.together or block.keep_next:
            glued[position : end - 1] = [True] * (end - 1 - position)
        for k in range(position, min(position + block.keep_first, end) - 1):
            glued[k] = True
        for k in range(end - 1, min(end - 1 + block.keep_next, len(rows) - 1)):
            glued[k] = True
        for k in range(max(position - block.keep_previous, 0), position):
            glued[k] = True
        position = end
    if len(rows) > 1:
        # A page that holds nothing but the last line of a text looks like a mistake.
        glued[-2] = True
    alone = [_is_alone(block.lines[index]) for block, index in rows]
    glued = [
        keeps and not (here or below) for keeps, here, below in zip(glued, alone, [*alone, False][1:], strict=True)
    ]
    return [_FlowLine(block, index, _gap(block, index), glued[k], grid.em) for k, (block, index) in enumerate(rows)]


def _is_alone(line: Line | Solid) -> bool:
    """Whether a solid leaves no room on its page for a line of text, so that nothing can be kept with it."""
    return isinstance(line, Solid) and line.height > HEIGHT - EM


def _gap(block: Block, index: int) -> float | None:
    """The gap above a line: the block's above its first one, none between solids, else that of the grid."""
    if index == 0:
        return block.gap
    return 0.0 if isinstance(block.lines[index], Solid) else None


def _fill(flow: Sequence[_FlowLine], start: int, top: float, bottom: float, grid: Grid) -> tuple[int, float]:
    """How many lines go on the page, and at which pitch."""
    rows = flow[start:]
    fits = _fitting(rows, top, bottom, grid)
    if fits == len(rows):
        return fits, grid.pitch
    # Tightening brings a line or two onto the page: a longer rest is not summed up again for each page.
    whole = _pitch_to_end_at(rows, top, bottom) if len(rows) <= 2 * fits + 10 else None
    if whole is not None and grid.tight <= whole <= grid.pitch:
        return len(rows), whole
    loose = top > TOP + _EPSILON or any(row.gap is not None for row in rows[1 : fits + 1])
    if loose:
        choices = []
        for count in (fits, fits + 1):
            if 1 < count < len(rows) and not rows[count - 1].glued:
                pitch = _pitch_to_end_at(rows[:count], top, bottom)
                if pitch is not None and grid.tight <= pitch <= grid.loose:
                    choices.append((abs(pitch - grid.pitch), count, pitch))
        if choices:
            _, count, pitch = min(choices)
            return count, pitch
    count = fits
    while count > 0 and rows[count - 1].glued:
        count -= 1
    if count == 0 and top <= TOP + _EPSILON:
        # What is kept together is longer than a page: break it where the page ends.
        count = max(fits, 1)
    return count, grid.pitch


def _fitting(rows: Sequence[_FlowLine], top: float, bottom: float, grid: Grid) -> int:
    y = top + rows[0].head
    for count, row in enumerate(rows):
        if count:
            y += rows[count - 1].height + (grid.pitch - grid.em if row.gap is None else row.gap)
        if y + row.height > bottom + _EPSILON:
            return count
    return len(rows)


def _pitch_to_end_at(rows: Sequence[_FlowLine], top: float, limit: float) -> float | None:
    """The pitch at which the last em box ends at ``limit``; None where no line of the rows follows at a pitch."""
    fixed = rows[0].head + sum(row.height for row in rows) + sum(row.gap for row in rows[1:] if row.gap is not None)
    leadings = sum(row.gap is None for row in rows[1:])
    return rows[0].em + (limit - top - fixed) / leadings if leadings else None


def _place(rows: Sequence[_FlowLine], top: float, pitch: float) -> FilledPage:
    placed: list[Placed] = []
    y = top + (rows[0].head if rows else 0.0)
    for number, row in enumerate(rows):
        if number:
            y += rows[number - 1].height + (pitch - row.em if row.gap is None else row.gap)
        if placed and placed[-1].block is row.block and row.index:
            last = placed[-1]
            placed[-1] = Placed(last.block, last.start, row.index + 1, last.top)
        else:
            placed.append(Placed(row.block, row.index, row.index + 1, y))
    return FilledPage(tuple(placed), pitch, y + rows[-1].height if rows else top)

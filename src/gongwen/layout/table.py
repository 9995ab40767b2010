"""表格: columns, rows and rules of a table on the grid, upright or turned a quarter to the left (clause 8, practice).

A table is planned once: the size of its text, the width of every column, and each row as a solid with its text and its rules. Upright it
goes into the flow, its head standing again on every page. Turned it is cut into frames that each fill a type area.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, Literal

from gongwen.compose import Composer, Line, Run
from gongwen.document import NOTE_LABEL, Align, GridCell, Table, grid
from gongwen.layout.pages import Box, RuleBox, TextBox, TurnedBox, centred_lines, joined, moved
from gongwen.layout.setting import Setting
from gongwen.paginate import Block, Solid
from gongwen.standard import (
    EM,
    HEIGHT,
    LEFT,
    MM_PER_PT,
    PITCH,
    SIZE_3,
    TABLE_GAP,
    TABLE_LEADING,
    TABLE_PADDING,
    TABLE_ROW,
    TABLE_RULE,
    TABLE_SIZES,
    TABLE_TOTAL_RULE,
    WIDTH,
)

_PADDINGS: Final = 2 * TABLE_PADDING
_PASSABLE: Final = 4.0
"""Cells that a column of sentences should have room for, even in the smallest type."""
_STEP: Final = 1.0
"""Cells by which a column grows at a time."""
_JUMP: Final = 4.0
"""Cells by which a column grows at once where all its text then stands on one line."""
_NAME: Final = 8.0
"""Cells of a text that reads as a name, and better stays on one line."""
_OF_A_NAME: Final = 0.5
_OF_A_SENTENCE: Final = 0.1
"""What a line saved in a cell counts, where its row does not become lower."""
_SAMPLES: Final = 64
"""Rows that automatic widths are chosen by, spread over the table."""
_FLUSH: Final = 0.06
"""A line of a cell is made flush where that spreads it by no more than this part of its width; else it stays ragged."""
_NARROWEST: Final = 1.0
"""Cells of text that a column has room for at least."""
_TITLE_INDENT: Final = 4.0
"""Cells by which a title of several lines is narrower than the frame."""
_EPSILON: Final = 1e-6
_HEAD: Final = "heiti"
_BODY: Final = "fangsong"


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps a table from being set well.

    ``wide``: its columns do not fit (mm wanted); ``split``: a word is wider than a column (``column``, ``text``); ``high``: the rows
    ``row`` to ``last`` that stand together do not fit on a page.
    """

    kind: Literal["wide", "split", "high"]
    column: int = 0
    row: int = 0
    last: int = 0
    text: str = ""
    wanted: float = 0.0


@dataclass(frozen=True, slots=True)
class Plan:
    """A table ready to be placed: places in its solids are counted from the left edge of the frame it stands in (mm)."""

    size: float
    edges: tuple[float, ...]
    head: Solid
    rows: tuple[Solid, ...]
    faults: tuple[Fault, ...]


@functools.lru_cache(maxsize=16)
def plan(table: Table, composer: Composer) -> Plan:
    """Choose size and widths, and set every cell."""
    return _Planner(table, composer).plan()


# --- Widths -------------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Measured:
    """What the cells of a column want, in cells: the widest text, the widest stretch that should not be parted, with its text."""

    natural: float = 1.0
    unbroken: float = 1.0
    widest: str = ""

    @property
    def roomy(self) -> float:
        """Room for every name on one line, and for some words of a sentence."""
        return max(self.unbroken, min(self.natural, _NAME))

    @property
    def passable(self) -> float:
        """Room for a word or two."""
        return max(self.unbroken, min(self.natural, _PASSABLE))


class _Planner:
    """Measures the cells of a table, then chooses size and widths, then sets every row."""

    def __init__(self, table: Table, composer: Composer) -> None:
        self._table = table
        self._composer = composer
        self._width, self._height = (HEIGHT, WIDTH) if table.landscape else (WIDTH, HEIGHT)
        self._columns = table.leaves
        self._head = table.head
        self._rows = grid(table.rows, len(self._columns))[0]
        self._total = grid(table.total, len(self._columns))[0]
        self._lines: dict[tuple[str, str], Line] = {}
        self._measured = [_Measured() for _ in self._columns]
        for cells, role in ((self._head, _HEAD), (self._rows, _BODY), (self._total, _HEAD)):
            for cell in cells:
                if cell.across == 1 and cell.text:
                    self._measure(cell, role)
        for cell in self._head:
            if cell.across > 1:
                self._widen(cell)

    def plan(self) -> Plan:
        size, widths, faults = self._widths()
        em = size * MM_PER_PT
        start = (0.0 if self._table.landscape else LEFT) + (self._width - sum(w + _PADDINGS for w in widths) * em) / 2
        edges = tuple(accumulate(((width + _PADDINGS) * em for width in widths), initial=start))
        aligns: list[Align] = [
            column.align or ("centre" if found.natural <= width + _EPSILON else "left")
            for column, found, width in zip(self._columns, self._measured, widths, strict=True)
        ]
        setter = _Setter(self._composer, size, edges, aligns, self._lines)
        (head,) = setter.solids(self._head, self._table.head_rows, _HEAD, "table-head")
        top = RuleBox("table-rule", edges[0], 0.0, edges[-1] - edges[0], TABLE_RULE)
        again = Solid(head.solid.height, (top, *head.solid.content))
        rows = setter.solids(
            self._rows, len(self._table.rows), _BODY, "table-cell", TABLE_TOTAL_RULE if self._total else TABLE_RULE
        )
        totals = setter.solids(self._total, len(self._table.total), _HEAD, "table-cell")
        room = self._height - again.height
        faults += setter.faults
        faults += [
            Fault("high", row=one.first, last=one.last, wanted=one.solid.height)
            for one in rows
            if one.solid.height > room + _EPSILON
        ]
        solids = [one.solid for one in rows]
        for one in totals:
            # Totals stand below the last row on its page.
            if solids and solids[-1].height + one.solid.height <= room:
                solids[-1] = _one_below_the_other(solids[-1], one.solid)
            else:
                solids.append(one.solid)
        return Plan(size, edges, again, tuple(solids), tuple(faults))

    def _measure(self, cell: GridCell, role: str) -> None:
        found = self._measured[cell.column]
        natural = self._natural(cell.text, role)
        if natural > found.unbroken:
            unbroken = self._composer.longest_unbroken([Run(cell.text, role)])
            if unbroken > found.unbroken:
                found.unbroken, found.widest = unbroken, cell.text
        found.natural = max(found.natural, natural)

    def _widen(self, cell: GridCell) -> None:
        """Let the columns under a common head want as much as its text does."""
        below = self._measured[cell.column : cell.column + cell.across]
        wanted = self._natural(cell.text, _HEAD) - sum(one.natural for one in below) - _PADDINGS * (cell.across - 1)
        for one in below:
            one.natural += max(0.0, wanted) / cell.across

    def _natural(self, text: str, role: str) -> float:
        """The width of a text in cells where only its own line breaks part it."""
        widest = 0.0
        for part in text.split("\n"):
            line = self._lines.get((part, role))
            if line is None:
                line = self._lines[part, role] = self._composer.line([Run(part, role)])
            widest = max(widest, line.width)
        return widest

    def _widths(self) -> tuple[float, list[float], list[Fault]]:
        """The size (pt), the room for text in every column (cells), and what does not fit."""
        for size in TABLE_SIZES:
            # The first smaller size is taken for the sake of names, the last one only for columns too narrow to be read.
            wanted = [one.roomy if size == TABLE_SIZES[0] else one.passable for one in self._measured]
            given = [column.cells_wide(size) for column in self._columns]
            widths = [_NARROWEST if width is None else max(width, _NARROWEST) for width in given]
            automatic = [k for k, width in enumerate(given) if width is None]
            room = self._width / (size * MM_PER_PT) - sum(width + _PADDINGS for width in widths)
            room += _NARROWEST * len(automatic)
            narrow = [k for k, w in enumerate(given) if w is not None and w < self._measured[k].unbroken - _EPSILON]
            if not narrow and room - sum(wanted[k] for k in automatic) >= -_EPSILON:
                break
        faults: list[Fault] = []
        if room - _NARROWEST * len(automatic) < -_EPSILON:
            mm = self._width + (_NARROWEST * len(automatic) - room) * size * MM_PER_PT
            faults.append(Fault("wide", wanted=mm))
        elif automatic:
            for k, width in zip(automatic, self._allot(room, automatic), strict=True):
                widths[k] = width
        faults += [
            Fault("split", column=k, text=found.widest)
            for k, found in enumerate(self._measured)
            if found.unbroken > (widths[k] if (asked := given[k]) is None else asked) + _EPSILON and not faults
        ]
        return size, widths, faults

    def _allot(self, room: float, automatic: Sequence[int]) -> list[float]:
        """Divide ``room`` cells among automatic columns so that the rows of the table become as low as they can.

        Every column begins with what it cannot do without; then the one grows, cell by cell, that saves the most lines.
        """
        found = [self._measured[k] for k in automatic]
        for least in (
            [one.passable for one in found],
            [one.unbroken for one in found],
            [_NARROWEST] * len(found),
        ):
            if sum(least) <= room + _EPSILON:
                break
        natural = [max(one.natural, width) for one, width in zip(found, least, strict=True)]
        widths = list(least)
        if sum(natural) > room:
            wants = self._wants(automatic)
            while (left := room - sum(widths)) > _EPSILON:
                steps = [
                    (k, min(step, left))
                    for k, width in enumerate(widths)
                    for step in {min(_STEP, natural[k] - width), natural[k] - width}
                    if 0 < step <= max(_STEP, min(left, _JUMP))
                ]
                best, step = max(steps, key=lambda one: (_saved(wants, widths, *one), natural[one[0]] / widths[one[0]]))
                widths[best] += step
            return widths
        spare = (room - sum(natural)) / sum(width + _PADDINGS for width in natural)
        return [width + (width + _PADDINGS) * spare for width in natural]

    def _wants(self, automatic: Sequence[int]) -> list[list[float]]:
        """The natural widths of the cells of some columns, row by row, for rows spread over the table."""
        place = {column: k for k, column in enumerate(automatic)}
        step = max(1, len(self._table.rows) // _SAMPLES)
        rows: dict[int, list[float]] = {}
        for cell in self._rows:
            if cell.row % step == 0 and cell.across == 1 and cell.column in place:
                row = rows.setdefault(cell.row, [0.0] * len(place))
                row[place[cell.column]] = self._natural(cell.text, _BODY)
        for cell in self._head:
            if cell.across == 1 and cell.column in place:
                row = rows.setdefault(-1, [0.0] * len(place))
                row[place[cell.column]] = self._natural(cell.text, _HEAD)
        return list(rows.values())


def _saved(wants: Sequence[Sequence[float]], widths: Sequence[float], column: int, step: float) -> float:
    """Lines that a column saves for each cell that it grows: by which rows become lower, and in part by which cells do.

    A name that falls into two lines disturbs more than a sentence that takes a line more.
    """
    saved = 0.0
    for want in wants:
        before = math.ceil(want[column] / widths[column] - _EPSILON)
        after = math.ceil(want[column] / (widths[column] + step) - _EPSILON)
        if after < before:
            others = max((math.ceil(w / widths[k] - _EPSILON) for k, w in enumerate(want) if k != column), default=1)
            saved += max(before, others) - max(after, others)
            saved += (before - after) * (_OF_A_NAME if want[column] <= _NAME else _OF_A_SENTENCE)
    return saved / step


# --- Rows ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Group:
    """Rows ``first`` to ``last`` that cells spanning them hold together."""

    first: int
    last: int
    solid: Solid


class _Setter:
    """Sets rows of cells as solids, at one size and between given edges (mm)."""

    def __init__(
        self,
        composer: Composer,
        size: float,
        edges: Sequence[float],
        aligns: Sequence[Align],
        lines: dict[tuple[str, str], Line],
    ) -> None:
        self._composer = composer
        self._size = size
        self._em = size * MM_PER_PT
        self._leading = TABLE_LEADING * self._em
        self._edges = edges
        self._aligns = aligns
        self._known = lines
        self.faults: list[Fault] = []

    def solids(
        self, cells: Sequence[GridCell], count: int, role: str, box: str, last_rule: float = TABLE_RULE
    ) -> list[_Group]:
        """The rows that cells fill, each with the rule below it; those that a cell spans are one solid."""
        rows: list[list[tuple[GridCell, tuple[Line, ...]]]] = [[] for _ in range(count)]
        for cell in cells:
            rows[cell.row].append((cell, self._cell_lines(cell, role)))
        heights = self._heights(rows)
        groups: list[_Group] = []
        first = 0
        while first < count:
            last = first
            row = first
            while row <= last:
                last = max([last, *(row + cell.down - 1 for cell, _ in rows[row])])
                row += 1
            weights = [TABLE_RULE if row < count - 1 else last_rule for row in range(first, last + 1)]
            content = self._content(first, rows[first : last + 1], heights[first : last + 1], weights, box)
            groups.append(_Group(first, last, Solid(sum(heights[first : last + 1]), content)))
            first = last + 1
        return groups

    def _measure(self, cell: GridCell) -> float:
        """The room for the text of a cell, in cells."""
        return (self._edges[cell.column + cell.across] - self._edges[cell.column]) / self._em - _PADDINGS

    def _cell_lines(self, cell: GridCell, role: str) -> tuple[Line, ...]:
        if not cell.text:
            return ()
        measure = self._measure(cell)
        known = self._known.get((cell.text, role))
        if known is not None and known.width <= measure + _EPSILON:
            return (known,)
        runs = [Run(cell.text, role)]
        if cell.across > 1 and self._composer.longest_unbroken(runs) > measure + _EPSILON:
            self.faults.append(Fault("split", column=cell.column, text=cell.text))
        return tuple(self._ragged(line, role, measure) for line in self._composer.paragraph(runs, measure=measure))

    def _ragged(self, line: Line, role: str, measure: float) -> Line:
        """The line as it is where it is nearly full; else not spread."""
        plain = self._composer.line([Run(line.text, role)])
        return plain if plain.width < measure * (1 - _FLUSH) else line

    def _heights(self, rows: Sequence[Sequence[tuple[GridCell, tuple[Line, ...]]]]) -> list[float]:
        heights = [TABLE_ROW] * len(rows)
        spanning: list[tuple[int, int, float]] = []
        for number, row in enumerate(rows):
            for cell, lines in row:
                needed = TABLE_ROW + max(0, len(lines) - 1) * self._leading
                if cell.down == 1:
                    heights[number] = max(heights[number], needed)
                else:
                    spanning.append((number + cell.down - 1, number, needed))
        for last, first, needed in sorted(spanning):
            heights[last] += max(0.0, needed - sum(heights[first : last + 1]))
        return heights

    def _content(
        self,
        first: int,
        rows: Sequence[Sequence[tuple[GridCell, tuple[Line, ...]]]],
        heights: Sequence[float],
        weights: Sequence[float],
        role: str,
    ) -> tuple[Box, ...]:
        tops = tuple(accumulate(heights, initial=0.0))
        owners: list[list[GridCell | None]] = [[None] * len(self._aligns) for _ in rows]
        boxes: list[Box] = []
        for number, row in enumerate(rows):
            for cell, lines in row:
                for below in range(number, number + cell.down):
                    owners[below][cell.column : cell.column + cell.across] = [cell] * cell.across
                if lines:
                    boxes.append(self._text(cell, lines, tops[number], tops[number + cell.down], role))
        for number, owner in enumerate(owners):
            boxes += self._below(owner, first + number, tops[number + 1], weights[number])
            boxes += self._between(owner, tops[number], heights[number])
        return tuple(boxes)

    def _text(self, cell: GridCell, lines: tuple[Line, ...], top: float, bottom: float, role: str) -> TextBox:
        """The lines of a cell in the middle of its height, each aligned by its own width."""
        align = cell.align or self._aligns[cell.column]
        measure = self._measure(cell)
        part = {"left": 0.0, "centre": 0.5, "right": 1.0}[align]
        shifts = [max(0.0, measure - line.width) * part for line in lines]
        left = min(shifts)
        high = (len(lines) - 1) * self._leading + self._em
        return TextBox(
            role,
            self._edges[cell.column] + (TABLE_PADDING + left) * self._em,
            top + (bottom - top - high) / 2,
            self._size,
            self._leading,
            tuple(
                line if shift == left else line.shifted(shift - left) for line, shift in zip(lines, shifts, strict=True)
            ),
        )

    def _below(self, owner: Sequence[GridCell | None], row: int, bottom: float, weight: float) -> Iterator[RuleBox]:
        """The rule below a row, left out where a cell goes on downwards."""
        start: int | None = None
        for column in range(len(owner) + 1):
            cell = owner[column] if column < len(owner) else None
            ends = column < len(owner) and (cell is None or cell.row + cell.down - 1 == row)
            if ends and start is None:
                start = column
            elif not ends and start is not None:
                length = self._edges[column] - self._edges[start]
                yield RuleBox("table-rule", self._edges[start], bottom - weight, length, weight)
                start = None

    def _between(self, owner: Sequence[GridCell | None], top: float, height: float) -> Iterator[RuleBox]:
        """The rules beside the cells of a row, left out inside a cell that covers columns."""
        last = len(self._edges) - 1
        for k, edge in enumerate(self._edges):
            if 0 < k < last and owner[k - 1] is not None and owner[k - 1] is owner[k]:
                continue
            left = edge - (0.0 if k == 0 else TABLE_RULE if k == last else TABLE_RULE / 2)
            yield RuleBox("table-rule", left, top, height, TABLE_RULE, vertical=True)


def _one_below_the_other(upper: Solid, lower: Solid) -> Solid:
    return Solid(upper.height + lower.height, (*upper.content, *(moved(box, upper.height) for box in lower.content)))


# --- Tables in the flow, and turned -------------------------------------------------------------------------------------------


def table(item: Table, setting: Setting) -> Iterator[Block]:
    """The blocks of a table: title, rows and notes; or its frames, each as high as a page."""
    if item.landscape:
        yield turned_table(item, setting)
        return
    planned = plan(item, setting.composer)
    title, left = _title(item, setting.composer)
    if title:
        # Its lines, the head and the first row stand together.
        yield Block("table-title", title, left, keep_next=2)
    rows = (planned.head, *planned.rows)
    yield Block("table", rows, LEFT, gap=TABLE_GAP if title else None, head=planned.head, keep_first=2)
    if notes := tuple(_notes(item, planned, setting.composer)):
        yield Block("table-note", notes, LEFT, gap=TABLE_GAP, keep_previous=1)


def turned_table(item: Table, setting: Setting, above: Sequence[Box] = (), top: float = 0.0) -> Block:
    """The frames of a turned table, with boxes above it in the first one, where it begins ``top`` mm below the frame's upper edge."""
    return Block("table", tuple(_frames(item, setting.composer, above, top)), LEFT)


def _title(item: Table, composer: Composer) -> tuple[tuple[Line, ...], float]:
    """The lines of the title, each centred above the table, and their left edge (mm)."""
    if item.title is None:
        return (), LEFT
    width, start = (HEIGHT, 0.0) if item.landscape else (WIDTH, LEFT)
    measure = width / EM - _TITLE_INDENT
    whole = composer.line([Run(item.title, _HEAD)])
    lines = (whole,) if whole.width <= measure else composer.paragraph([Run(item.title, _HEAD)], measure=measure)
    left, lines = centred_lines(lines, size=SIZE_3, axis=start + width / 2)
    return lines, left


def _notes(item: Table, planned: Plan, composer: Composer) -> Iterator[Solid]:
    """The lines of the notes below the table: 注： before the first, all text starting right of it."""
    em = planned.size * MM_PER_PT
    label = composer.line([Run(NOTE_LABEL, _BODY)])
    left = planned.edges[0] + label.width * em
    measure = (planned.edges[-1] - planned.edges[0]) / em - label.width
    high = TABLE_LEADING * em
    for number, text in enumerate(item.note_texts):
        for k, line in enumerate(composer.paragraph([Run(text, _BODY)], measure=measure)):
            opens = number == k == 0
            start, shown = (planned.edges[0], label.followed_by(line)) if opens else (left, line)
            yield Solid(high, (TextBox("table-note", start, (high - em) / 2, planned.size, high, (shown,)),))


def _frames(item: Table, composer: Composer, above: Sequence[Box], top: float) -> Iterator[Solid]:
    """The frames, each a type area of its own: rows with the head above them, the notes below the last."""
    planned = plan(item, composer)
    title, left = _title(item, composer)
    boxes, y = [*above], top
    if title:
        box = TextBox("table-title", left, top, SIZE_3, PITCH, title)
        boxes.append(box)
        y = box.bottom + TABLE_GAP
    flow = [(row, True) for row in planned.rows]
    flow += [(line, False) for line in _notes(item, planned, composer)]
    headed = False
    for solid, is_row in flow:
        head = planned.head if is_row and not headed else None
        if boxes and y + (head.height if head else 0.0) + solid.height > WIDTH + _EPSILON:
            yield _frame(boxes)
            boxes, y = [], 0.0
            head = planned.head if is_row else None
        for part in (head, solid):
            if part is not None:
                boxes += (moved(box, y) for box in part.content)
                y += part.height
        headed = is_row
    yield _frame(boxes)


def _frame(boxes: Sequence[Box]) -> Solid:
    return Solid(HEIGHT, (TurnedBox("table-frame", LEFT, 0.0, WIDTH, HEIGHT, joined(boxes)),))

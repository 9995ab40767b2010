"""Pages as text: 22 rows of 28 cells, for the terminal and for golden tests."""

from __future__ import annotations

from dataclasses import dataclass

from gongwen.grid import GRID, Grid
from gongwen.layout import Box, FrameBox, ImageBox, Layout, Page, RuleBox, TextBox, TurnedBox
from gongwen.standard import LEFT, TOP, WIDTH
from gongwen.terminal import padded, width


def text_pages(layout: Layout) -> str:
    """All pages one below the other."""
    return "\n".join(text_page(page, layout.grid) for page in layout.pages)


@dataclass(frozen=True, slots=True)
class _View:
    """What of a page is shown: boxes between ``left`` and ``width`` (mm) from ``top`` down, a line of ``unit`` mm a cell.

    Tables of smaller type make the cells of their page narrower, so that their columns stay apart; a turned frame is shown upright.
    """

    boxes: tuple[Box, ...]
    left: float
    top: float
    columns: int
    lines: int
    unit: float
    grid: Grid

    @classmethod
    def of(cls, page: Page, grid: Grid) -> _View:
        frame = next((box for box in page.boxes if isinstance(box, TurnedBox)), None)
        unit = min([grid.em, *(box.em for box in page.texts if box.role == "table-cell")])
        if frame is None:
            return cls(page.boxes, LEFT, TOP, round(2 * WIDTH / unit), grid.lines, unit, grid)
        return cls(frame.boxes, 0.0, 0.0, round(2 * frame.height / unit), round(frame.width / grid.pitch), unit, grid)


def text_page(page: Page, grid: Grid = GRID) -> str:
    """One page: each line at the row of the grid that it stands nearest to, each cell two columns wide; row numbers at the right."""
    view = _View.of(page, grid)
    rows: dict[int, str] = {}
    for row, column, text in _on_rows(view):
        rows[row] = _overlay(rows.get(row, ""), column, text)
    last = max([view.lines - 1, *(row for row in rows)])
    edge = "─" * view.columns
    turned = "" if view.boxes is page.boxes else "（横排）"
    out = [f"┌{edge}┐ 第{page.number}页{turned}"]
    out += [f"│{padded(rows.get(row, ''), view.columns)}│{row + 1:3}" for row in range(last + 1)]
    out.append(f"└{edge}┘")
    if folio := next((box for box in page.texts if box.role == "folio"), None):
        out.append(f" {_overlay('', max(0, round(2 * (folio.left - LEFT) / grid.em)), folio.text).rstrip()}")
    return "\n".join(out) + "\n"


def _on_rows(view: _View) -> list[tuple[int, int, str]]:
    """Row, column (half cells) and text of every line above the page number, each height on a row of its own."""
    found: list[tuple[float, int, str]] = []
    rule = float("-inf")
    for box in view.boxes:
        if isinstance(box, ImageBox | FrameBox):
            name = box.picture if isinstance(box, ImageBox) else "留空"
            found.append((box.top, _column(view, box.left), f"［{name}］"))
        elif isinstance(box, RuleBox):
            if box.role == "table-rule":
                if not box.vertical:
                    found.append((box.top, _column(view, box.left), "─" * round(2 * box.width / view.unit)))
                continue
            if box.top - rule > view.grid.pitch / 4:  # a double rule is one line of text
                found.append((box.top, 0, ("━" if box.colour == "red" else "─") * view.columns))
            rule = box.top
        elif isinstance(box, TextBox) and box.role != "folio":
            found += [
                (box.top + number * box.pitch, _start(view, box, number), line.text)
                for number, line in enumerate(box.lines)
            ]
    placed: list[tuple[int, int, str]] = []
    previous_row, previous_y = -1, float("-inf")
    for y, column, text in sorted(found, key=lambda item: (round(item[0] / (view.grid.pitch / 8)), item[1])):
        row = (
            previous_row
            if y - previous_y < view.grid.pitch / 8
            else max(round((y - view.top) / view.grid.pitch), previous_row + 1)
        )
        placed.append((row, column, text))
        previous_row, previous_y = row, y
    return placed


def _start(view: _View, box: TextBox, number: int) -> int:
    """Half cells from the left edge; larger type stands centred on the same middle, since a terminal has one size."""
    line = box.lines[number]
    if box.size > view.grid.size:
        middle = box.left + (line.shift + line.width) / 2 * box.em
        return max(0, round(2 * (middle - view.left) / view.unit - width(line.text) / 2))
    cells = (box.indent if number == 0 else 0.0) + line.shift
    return _column(view, box.left + cells * box.em)


def _column(view: _View, x: float) -> int:
    return max(0, round(2 * (x - view.left) / view.unit))


def _overlay(row: str, column: int, text: str) -> str:
    if width(row) > column:
        return f"{row} {text}"
    return padded(row, column) + text

"""Pages as text: a row for each line of the grid, for the terminal and for golden tests."""

from __future__ import annotations

from gongwen.grid import GRID, Grid
from gongwen.layout import FrameBox, ImageBox, Layout, Page, RuleBox, TextBox
from gongwen.standard import LEFT, TOP
from gongwen.terminal import padded, width


def text_pages(layout: Layout) -> str:
    """All pages one below the other."""
    return "\n".join(text_page(page, layout.grid) for page in layout.pages)


def text_page(page: Page, grid: Grid = GRID) -> str:
    """One page: each line at the row of the grid that it stands nearest to, each cell two columns wide; row numbers at the right."""
    rows: dict[int, str] = {}
    for row, column, text in _on_rows(page, grid):
        rows[row] = _overlay(rows.get(row, ""), column, text)
    last = max([grid.lines - 1, *(row for row in rows)])
    edge = "─" * (2 * grid.cells)
    out = [f"┌{edge}┐ 第{page.number}页"]
    out += [f"│{padded(rows.get(row, ''), 2 * grid.cells)}│{row + 1:3}" for row in range(last + 1)]
    folio = next((box.text for box in page.texts if box.role == "folio"), "")
    below = _overlay("", _column(page, "folio", grid), folio) if folio else ""
    out.append(f"└{edge}┘")
    if below:
        out.append(f" {below.rstrip()}")
    return "\n".join(out) + "\n"


def _on_rows(page: Page, grid: Grid) -> list[tuple[int, int, str]]:
    """Row, column (half cells) and text of every line above the page number, each height on a row of its own."""
    found: list[tuple[float, int, str]] = []
    rule = float("-inf")
    for box in page.boxes:
        if isinstance(box, ImageBox | FrameBox):
            name = box.picture if isinstance(box, ImageBox) else "留空"
            found.append((box.top, max(0, round(2 * (box.left - LEFT) / grid.em)), f"［{name}］"))
        elif isinstance(box, RuleBox):
            if box.top - rule > grid.pitch / 4:  # a double rule is one line of text
                found.append((box.top, 0, ("━" if box.colour == "red" else "─") * (2 * grid.cells)))
            rule = box.top
        elif box.role != "folio":
            found += [
                (box.top + number * box.pitch, _start(box, number, grid), line.text)
                for number, line in enumerate(box.lines)
            ]
    placed: list[tuple[int, int, str]] = []
    previous_row, previous_y = -1, float("-inf")
    for y, column, text in sorted(found, key=lambda item: (round(item[0] / (grid.pitch / 8)), item[1])):
        row = previous_row if y - previous_y < grid.pitch / 8 else max(round((y - TOP) / grid.pitch), previous_row + 1)
        placed.append((row, column, text))
        previous_row, previous_y = row, y
    return placed


def _start(box: TextBox, number: int, grid: Grid) -> int:
    """Half cells from the left edge; larger type stands centred on the same middle, since a terminal has one size."""
    line = box.lines[number]
    if box.size > grid.size:
        middle = box.left + (line.shift + line.width) / 2 * box.em
        return max(0, round(2 * (middle - LEFT) / grid.em - width(line.text) / 2))
    cells = (box.indent if number == 0 else 0.0) + line.shift
    return max(0, round(2 * ((box.left - LEFT) + cells * box.em) / grid.em))


def _column(page: Page, role: str, grid: Grid) -> int:
    box = next(box for box in page.texts if box.role == role)
    return max(0, round(2 * (box.left - LEFT) / grid.em))


def _overlay(row: str, column: int, text: str) -> str:
    if width(row) > column:
        return f"{row} {text}"
    return padded(row, column) + text

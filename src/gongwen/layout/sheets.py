"""Sheets: pages in the making, shared by the formats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongwen.document import Document
from gongwen.grid import GRID, Grid
from gongwen.layout.attachment import Section, attachment, issued
from gongwen.layout.folio import folio
from gongwen.layout.imprint import imprint
from gongwen.layout.pages import Box, Layout, Page, TextBox, joined, moved
from gongwen.layout.setting import Setting
from gongwen.paginate import Block, FilledPage, Placed, Solid, loosened, paginate, tightened
from gongwen.standard import BOTTOM, IMPRINT_CLEARANCE

TEXT = ("paragraph", "run-in", "heading", "table")
"""What the roles of the body's text start with."""
_EPSILON = 1e-6
"""A page that is tightened ends at its limit but for rounding (mm)."""


class Sheet:
    """A page in the making: boxes above the flow, the flow, boxes below it."""

    def __init__(self, above: list[Box], flow: FilledPage | None) -> None:
        self.above = above
        self.flow = flow
        self.below: list[Box] = []


def sheets_of(sections: Iterable[Section]) -> list[Sheet]:
    """The sheets of sections that each start on a page of their own, with boxes at its top."""
    return [Sheet(boxes if i == 0 else [], page) for boxes, pages in sections for i, page in enumerate(pages)]


def attachments(document: Document, setting: Setting) -> Iterator[Section]:
    """The sections after the document proper: the document that it issues, then the attachments that are bound with it (7.3.7)."""
    if document.issued is not None:
        yield issued(document.issued, setting)
    for index, item in enumerate(document.attachments):
        if item.bound:
            yield attachment(document, index, setting)


def text_on_first_page(
    blocks: list[Block], first_top: float, first_bottom: float = BOTTOM, grid: Grid = GRID
) -> list[FilledPage]:
    """The pages, with text of the body on the first one if it has any room (7.3.3).

    That must be, so what is kept together yields, and no more of it than is needed.
    """
    kept = pages = paginate(blocks, first_top, first_bottom, grid)
    for loose in range(1, min(len(blocks), grid.lines) + 1):
        if has_text(pages[0]):
            return pages
        pages = paginate([*map(loosened, blocks[:loose]), *blocks[loose:]], first_top, first_bottom, grid)
    return pages if has_text(pages[0]) else kept


def has_text(page: FilledPage) -> bool:
    """Whether a page shows text of the body."""
    return any(placed.block.role.startswith(TEXT) for placed in page.placed)


def with_imprint(sections: Iterable[Section], document: Document, setting: Setting) -> Layout:
    """The finished pages of sections, numbered, with the imprint where the document has one."""
    sheets = sheets_of(sections)
    blank = _add_imprint(sheets, imprint(document.imprint, setting.composer)) if document.imprint is not None else ()
    return Layout(
        tuple(page_of(number, sheet, setting, numbered=number not in blank) for number, sheet in enumerate(sheets, 1))
    )


def _add_imprint(sheets: list[Sheet], boxes: list[Box]) -> tuple[int, ...]:
    """Put the imprint on the bottom of the last page, which is even (33476.2 7.3.1); returns the numbers of unnumbered pages.

    Text that ends on an odd page gets the imprint on the back. Text that ends on an even page without room for it gets a blank
    page and the imprint on the page after, both unnumbered (clause 7.5).
    """
    count = len(sheets)
    if count % 2 == 0:
        last = sheets[-1]
        limit = min(box.top for box in boxes) - IMPRINT_CLEARANCE
        if last.flow is not None and last.flow.bottom > limit and (tight := tightened(last.flow, limit)) is not None:
            last.flow = tight
        if last.flow is None or last.flow.bottom <= limit + _EPSILON:
            last.below = boxes
            return ()
        sheets.append(Sheet([], None))
    sheets.append(Sheet([], None))
    sheets[-1].below = boxes
    return (count + 1, count + 2) if count % 2 == 0 else ()


def page_of(number: int, sheet: Sheet, setting: Setting, *, numbered: bool) -> Page:
    """The finished page, with its number where it has one."""
    boxes = [*sheet.above]
    if sheet.flow is not None:
        for placed in sheet.flow.placed:
            boxes += _boxes(placed, sheet.flow.pitch, setting.grid.size)
    boxes += sheet.below
    if numbered:
        boxes.append(folio(number, setting))
    return Page(number, joined(boxes), numbered=numbered)


def _boxes(placed: Placed, pitch: float, size: float) -> Iterator[Box]:
    """The lines of a block as one box, or what its solids hold, moved to their place."""
    block = placed.block
    top = placed.top
    if block.head is not None and placed.start:
        yield from (moved(box, top - block.head.height) for box in block.head.content)
    lines = []
    for line in block.lines[placed.start : placed.end]:
        if isinstance(line, Solid):
            yield from (moved(box, top) for box in line.content)
            top += line.height
        else:
            lines.append(line)
    if lines:
        indent = block.indent if placed.start == 0 else 0.0
        yield TextBox(block.role, block.left, placed.top, size, pitch, tuple(lines), indent)

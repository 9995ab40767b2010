"""Sheets: pages in the making, shared by the formats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongwen.document import Document
from gongwen.layout.attachment import attachment
from gongwen.layout.folio import folio
from gongwen.layout.pages import Box, Page, TextBox, joined, moved
from gongwen.layout.setting import Setting
from gongwen.paginate import Block, FilledPage, Placed, Solid, loosened, paginate
from gongwen.standard import BOTTOM, LINES, SIZE_3

TEXT = ("paragraph", "run-in", "heading", "table")
"""What the roles of the body's text start with."""


class Sheet:
    """A page in the making: boxes above the flow, the flow, boxes below it."""

    def __init__(self, above: list[Box], flow: FilledPage | None) -> None:
        self.above = above
        self.flow = flow
        self.below: list[Box] = []


def sheets_of(sections: Iterable[tuple[list[Box], list[FilledPage]]]) -> list[Sheet]:
    """The sheets of sections that each start on a page of their own, with boxes at its top."""
    return [Sheet(boxes if i == 0 else [], page) for boxes, pages in sections for i, page in enumerate(pages)]


def attachments(document: Document, setting: Setting) -> Iterator[tuple[list[Box], list[FilledPage]]]:
    """The sections of the attachments; a single one has no number (clause 7.3.7)."""
    numbered = len(document.attachments) > 1
    for number, item in enumerate(document.attachments, 1):
        yield attachment(item, number if numbered else None, setting)


def text_on_first_page(blocks: list[Block], first_top: float, first_bottom: float = BOTTOM) -> list[FilledPage]:
    """The pages, with text of the body on the first one if it has any room (7.3.3).

    That must be, so what is kept together yields, and no more of it than is needed.
    """
    kept = pages = paginate(blocks, first_top, first_bottom)
    for loose in range(1, min(len(blocks), LINES) + 1):
        if _has_text(pages[0]):
            return pages
        pages = paginate([*map(loosened, blocks[:loose]), *blocks[loose:]], first_top, first_bottom)
    return pages if _has_text(pages[0]) else kept


def _has_text(page: FilledPage) -> bool:
    return any(placed.block.role.startswith(TEXT) for placed in page.placed)


def page_of(number: int, sheet: Sheet, setting: Setting, *, numbered: bool) -> Page:
    """The finished page, with its number where it has one."""
    boxes = [*sheet.above]
    if sheet.flow is not None:
        for placed in sheet.flow.placed:
            boxes += _boxes(placed, sheet.flow.pitch)
    boxes += sheet.below
    if numbered:
        boxes.append(folio(number, setting))
    return Page(number, joined(boxes), numbered=numbered)


def _boxes(placed: Placed, pitch: float) -> Iterator[Box]:
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
        yield TextBox(block.role, block.left, placed.top, SIZE_3, pitch, tuple(lines), indent)

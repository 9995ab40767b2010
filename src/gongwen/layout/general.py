"""The general format of documents 文件格式 (clauses 7.1 to 7.5)."""

from __future__ import annotations

from collections.abc import Iterable

from gongwen.compose import Composer
from gongwen.document import Document
from gongwen.layout.attachment import attachment
from gongwen.layout.body import addressees, body
from gongwen.layout.ending import ending
from gongwen.layout.folio import folio
from gongwen.layout.head import head
from gongwen.layout.imprint import imprint
from gongwen.layout.pages import Box, Layout, Page, TextBox
from gongwen.paginate import Block, FilledPage, Placed, loosened, paginate, tightened
from gongwen.standard import IMPRINT_CLEARANCE, LINES, SIZE_3


def lay_out(document: Document, composer: Composer) -> Layout:
    """Set a document of the general format."""
    boxes, first_top = head(document, composer)
    blocks = [] if document.addressees is None else [addressees(document.addressees, composer)]
    blocks += body(document.body, composer)
    blocks += ending(document, composer)
    sections = [(boxes, _text_on_first_page(blocks, first_top))]
    numbered = len(document.attachments) > 1
    for number, item in enumerate(document.attachments, 1):
        sections.append(attachment(item, number if numbered else None, composer))
    sheets = _join(sections)
    blank = _add_imprint(sheets, imprint(document.imprint, composer)) if document.imprint is not None else ()
    return Layout(
        tuple(_page(number, sheet, composer, numbered=number not in blank) for number, sheet in enumerate(sheets, 1))
    )


_TEXT = ("paragraph", "run-in", "heading")


def _text_on_first_page(blocks: list[Block], first_top: float) -> list[FilledPage]:
    """The pages, with text of the body on the first one if it has any room (7.3.3).

    That must be, so what is kept together yields, and no more of it than is needed.
    """
    kept = pages = paginate(blocks, first_top)
    for loose in range(1, min(len(blocks), LINES) + 1):
        if any(placed.block.role.startswith(_TEXT) for placed in pages[0].placed):
            return pages
        pages = paginate([*map(loosened, blocks[:loose]), *blocks[loose:]], first_top)
    return pages if any(placed.block.role.startswith(_TEXT) for placed in pages[0].placed) else kept


class _Sheet:
    """A page in the making: boxes above the flow, the flow, boxes below it."""

    def __init__(self, above: list[Box], flow: FilledPage | None) -> None:
        self.above = above
        self.flow = flow
        self.below: list[Box] = []


def _join(sections: Iterable[tuple[list[Box], list[FilledPage]]]) -> list[_Sheet]:
    return [_Sheet(boxes if i == 0 else [], page) for boxes, pages in sections for i, page in enumerate(pages)]


def _add_imprint(sheets: list[_Sheet], boxes: list[Box]) -> tuple[int, ...]:
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
        if last.flow is None or last.flow.bottom <= limit:
            last.below = boxes
            return ()
        sheets.append(_Sheet([], None))
    sheets.append(_Sheet([], None))
    sheets[-1].below = boxes
    return (count + 1, count + 2) if count % 2 == 0 else ()


def _page(number: int, sheet: _Sheet, composer: Composer, *, numbered: bool) -> Page:
    boxes = [*sheet.above]
    if sheet.flow is not None:
        boxes += [_text_box(placed, sheet.flow.pitch) for placed in sheet.flow.placed]
    boxes += sheet.below
    if numbered:
        boxes.append(folio(number, composer))
    return Page(number, tuple(boxes), numbered=numbered)


def _text_box(placed: Placed, pitch: float) -> TextBox:
    block = placed.block
    return TextBox(
        block.role,
        block.left,
        placed.top,
        SIZE_3,
        pitch,
        block.lines[placed.start : placed.end],
        indent=block.indent if placed.start == 0 else 0.0,
    )

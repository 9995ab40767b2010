"""The general format of documents 文件格式 (clauses 7.1 to 7.5)."""

from __future__ import annotations

from gongwen.document import Document
from gongwen.layout.body import addressees, body
from gongwen.layout.ending import ending
from gongwen.layout.head import head
from gongwen.layout.imprint import imprint
from gongwen.layout.pages import Box, Layout
from gongwen.layout.setting import Setting
from gongwen.layout.sheets import Sheet, attachments, page_of, sheets_of, text_on_first_page
from gongwen.paginate import tightened
from gongwen.standard import IMPRINT_CLEARANCE


def lay_out(document: Document, setting: Setting) -> Layout:
    """Set a document of the general format."""
    boxes, first_top = head(document, setting.composer)
    blocks = [] if document.addressees is None else [addressees(document.addressees, setting)]
    blocks += body(document.body, setting)
    blocks += ending(document, setting)
    sheets = sheets_of([(boxes, text_on_first_page(blocks, first_top)), *attachments(document, setting)])
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
        if last.flow is None or last.flow.bottom <= limit:
            last.below = boxes
            return ()
        sheets.append(Sheet([], None))
    sheets.append(Sheet([], None))
    sheets[-1].below = boxes
    return (count + 1, count + 2) if count % 2 == 0 else ()

"""The general format of documents 文件格式 (clauses 7.1 to 7.5)."""

from __future__ import annotations

from gongwen.document import Document
from gongwen.layout.body import addressees, body
from gongwen.layout.ending import ending
from gongwen.layout.head import head
from gongwen.layout.imprint import imprint
from gongwen.layout.pages import Layout
from gongwen.layout.setting import Setting
from gongwen.layout.sheets import attachments, has_text, text_on_first_page, with_imprint
from gongwen.paginate import FilledPage
from gongwen.standard import TOP


def lay_out(document: Document, setting: Setting) -> Layout:
    """Set a document of the general format."""
    boxes, first_top = head(document, setting.composer)
    pages = _text(document, first_top, setting)
    if document.addressees is not None and not has_text(pages[0]):
        # Addressees that leave page one no text go to the imprint (7.3.2), if that helps.
        moved = document.with_addressees_in_imprint()
        elsewhere = _text(moved, first_top, setting)
        if has_text(elsewhere[0]) and _has_room(moved, setting):
            document, pages = moved, elsewhere
    return with_imprint([(boxes, pages), *attachments(document, setting)], document, setting)


def _has_room(document: Document, setting: Setting) -> bool:
    """Whether the imprint is no higher than a page."""
    boxes = [] if document.imprint is None else imprint(document.imprint, setting.composer)
    return all(box.top >= TOP for box in boxes)


def _text(document: Document, first_top: float, setting: Setting) -> list[FilledPage]:
    """The pages from the addressees to the note."""
    blocks = [] if document.addressees is None else [addressees(document.addressees, setting)]
    blocks += body(document.body, setting)
    blocks += ending(document, setting)
    return text_on_first_page(blocks, first_top)

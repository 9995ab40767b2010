"""The general format of documents 文件格式 (clauses 7.1 to 7.5)."""

from __future__ import annotations

from gongwen.document import Document
from gongwen.layout.body import addressees, body
from gongwen.layout.ending import ending
from gongwen.layout.head import head
from gongwen.layout.pages import Layout
from gongwen.layout.setting import Setting
from gongwen.layout.sheets import attachments, text_on_first_page, with_imprint


def lay_out(document: Document, setting: Setting) -> Layout:
    """Set a document of the general format."""
    boxes, first_top = head(document, setting.composer)
    blocks = [] if document.addressees is None else [addressees(document.addressees, setting)]
    blocks += body(document.body, setting)
    blocks += ending(document, setting)
    return with_imprint(
        [(boxes, text_on_first_page(blocks, first_top)), *attachments(document, setting)], document, setting
    )

"""An attachment that is not bound with its document: pages of its own, numbered from 1, without an imprint (clause 7.3.7)."""

from __future__ import annotations

from gongwen.document import SeparateAttachment
from gongwen.layout.attachment import attachment
from gongwen.layout.pages import Layout
from gongwen.layout.setting import Setting
from gongwen.layout.sheets import page_of, sheets_of


def lay_out(draft: SeparateAttachment, setting: Setting) -> Layout:
    """Set an attachment that is a file of its own."""
    sheets = sheets_of([attachment(draft.document, draft.index, setting)])
    return Layout(tuple(page_of(number, sheet, setting, numbered=True) for number, sheet in enumerate(sheets, 1)))

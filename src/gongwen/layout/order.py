"""The order format 命令（令）格式 (clause 10.2): mark, number and text, without a title and a rule."""

from __future__ import annotations

from gongwen.document import Document
from gongwen.layout.body import body
from gongwen.layout.ending import ending
from gongwen.layout.head import corner_and_mark, number_box
from gongwen.layout.pages import Layout
from gongwen.layout.setting import Setting
from gongwen.layout.sheets import attachments, text_on_first_page, with_imprint
from gongwen.standard import ORDER_MARK_TOP, TWO_BLANK_LINES


def lay_out(document: Document, setting: Setting) -> Layout:
    """Set a document of the order format: the number 空二行 below the mark, the text 空二行 below the number.

    The place of a number that is not given is kept.
    """
    boxes, ink_bottom = corner_and_mark(document, setting.composer, ORDER_MARK_TOP)
    number = number_box(document.number_text or "第号", setting.composer, ink_bottom + TWO_BLANK_LINES)
    if document.number_text is not None:
        boxes.append(number)
    pages = text_on_first_page(
        [*body(document.body, setting), *ending(document, setting)], number.ink_bottom + TWO_BLANK_LINES
    )
    return with_imprint([(boxes, pages), *attachments(document, setting)], document, setting)

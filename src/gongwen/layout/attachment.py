"""附件: label, title and text on pages of their own (clause 7.3.7)."""

from __future__ import annotations

from gongwen.compose import Run
from gongwen.document import Attachment
from gongwen.layout.body import body
from gongwen.layout.pages import Box, TextBox, centred_lines
from gongwen.layout.setting import Setting
from gongwen.layout.title import title_lines
from gongwen.paginate import FilledPage, paginate
from gongwen.standard import (
    ATTACHMENT_TITLE_ROW,
    AXIS,
    BLANK_LINE,
    EM,
    EM_2,
    LEFT,
    PITCH,
    PITCH_TITLE,
    SIZE_2,
    SIZE_3,
    TOP,
)


def attachment(item: Attachment, number: int | None, setting: Setting) -> tuple[list[Box], list[FilledPage]]:
    """The boxes at the top of the first page, and the pages of text; a single attachment has no number."""
    label = setting.composer.line([Run(f"附件{number or ''}", "heiti")])
    boxes: list[Box] = [TextBox("attachment-label", LEFT, TOP, SIZE_3, EM, (label,))]
    row_middle = TOP + ATTACHMENT_TITLE_ROW * PITCH + EM / 2
    left, lines = centred_lines(title_lines(setting.composer, item.title, ()), size=SIZE_2, axis=AXIS)
    title = TextBox("attachment-title", left, row_middle - EM_2 / 2, SIZE_2, PITCH_TITLE, lines)
    boxes.append(title)
    return boxes, paginate(list(body(item.body, setting)), title.ink_bottom + BLANK_LINE)

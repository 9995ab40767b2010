"""附件: label, title and text on pages of their own (clause 7.3.7)."""

from __future__ import annotations

from gongwen.compose import Run
from gongwen.document import Attachment, Table
from gongwen.layout.body import body
from gongwen.layout.pages import Box, TextBox, centred_lines
from gongwen.layout.setting import Setting
from gongwen.layout.table import turned_table
from gongwen.layout.title import title_lines
from gongwen.paginate import FilledPage, paginate
from gongwen.standard import (
    ATTACHMENT_TITLE_ROW,
    AXIS,
    BLANK_LINE,
    EM,
    EM_2,
    HEIGHT,
    LEFT,
    PITCH,
    PITCH_TITLE,
    SIZE_2,
    SIZE_3,
    TOP,
)


def attachment(item: Attachment, number: int | None, setting: Setting) -> tuple[list[Box], list[FilledPage]]:
    """The boxes at the top of the first page, and the pages of text; a single attachment has no number.

    Label and title of one that begins with a turned table are turned with it.
    """
    first, *rest = item.body
    if isinstance(first, Table) and first.landscape:
        boxes, bottom = _head(item, number, setting, 0.0, 0.0, HEIGHT / 2)
        return [], paginate([turned_table(first, setting, boxes, bottom), *body(rest, setting)])
    boxes, bottom = _head(item, number, setting, LEFT, TOP, AXIS)
    return boxes, paginate(list(body(item.body, setting)), bottom)


def _head(
    item: Attachment, number: int | None, setting: Setting, left: float, top: float, axis: float
) -> tuple[list[Box], float]:
    """Label and title below a corner and about an axis (mm), and where what follows begins."""
    label = setting.composer.line([Run(f"附件{number or ''}", "heiti")])
    row_middle = top + ATTACHMENT_TITLE_ROW * PITCH + EM / 2
    start, lines = centred_lines(title_lines(setting.composer, item.title, ()), size=SIZE_2, axis=axis)
    title = TextBox("attachment-title", start, row_middle - EM_2 / 2, SIZE_2, PITCH_TITLE, lines)
    return [TextBox("attachment-label", left, top, SIZE_3, EM, (label,)), title], title.ink_bottom + BLANK_LINE

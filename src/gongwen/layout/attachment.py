"""附件 (clause 7.3.7) and 印发件: title and text on pages of their own, those of an attachment under its label."""

from __future__ import annotations

from gongwen.compose import Run
from gongwen.document import Document, Enclosure, Issued, Table
from gongwen.layout.body import body
from gongwen.layout.pages import Box, TextBox, centred_lines
from gongwen.layout.setting import Setting
from gongwen.layout.subtitle import titled
from gongwen.layout.table import turned_table
from gongwen.layout.title import title_lines
from gongwen.paginate import FilledPage, paginate
from gongwen.standard import AXIS, EM, EM_2, ENCLOSURE_TITLE_ROW, HEIGHT, LEFT, PITCH, PITCH_TITLE, SIZE_2, SIZE_3, TOP

Section = tuple[list[Box], list[FilledPage]]
"""The boxes at the top of the first page, and the pages of text."""


def issued(item: Issued, setting: Setting) -> Section:
    """The document that a notice issues: no label, and otherwise as an attachment."""
    return _enclosure("issued-title", item, None, setting)


def attachment(document: Document, index: int, setting: Setting) -> Section:
    """An attachment under its label, which stands flush left on the first line."""
    return _enclosure("attachment-title", document.attachments[index], document.label_of(index), setting)


def _enclosure(role: str, item: Enclosure, label: str | None, setting: Setting) -> Section:
    """Label, title and 题注, and the text below them; all of them are turned with a turned table that the text begins with."""
    first, *rest = item.body
    if isinstance(first, Table) and first.landscape:
        boxes, top = _head(role, item, label, setting, (0.0, 0.0, HEIGHT / 2))
        return [], paginate([turned_table(first, setting, boxes, top), *body(rest, setting)])
    boxes, top = _head(role, item, label, setting, (LEFT, TOP, AXIS))
    return boxes, paginate(list(body(item.body, setting)), top)


def _head(
    role: str, item: Enclosure, label: str | None, setting: Setting, place: tuple[float, float, float]
) -> tuple[list[Box], float]:
    """The label on the first line, the title on the third, its 题注, and the upper edge (mm) of the text 空一行 below.

    ``place`` is the upper left corner and the axis (mm) of the area that they stand in.
    """
    left, top, axis = place
    boxes: list[Box] = []
    if label is not None:
        boxes.append(
            TextBox("attachment-label", left, top, SIZE_3, EM, (setting.composer.line([Run(label, "heiti")]),))
        )
    row_middle = top + ENCLOSURE_TITLE_ROW * PITCH + EM / 2
    start, lines = centred_lines(title_lines(setting.composer, item.title, ()), size=SIZE_2, axis=axis)
    title = TextBox(role, start, row_middle - EM_2 / 2, SIZE_2, PITCH_TITLE, lines)
    found, below = titled(title, item.subtitle, setting.composer, axis)
    return [*boxes, *found], below

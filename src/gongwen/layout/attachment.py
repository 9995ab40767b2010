"""附件 (clause 7.3.7) and 印发件: title and text on pages of their own, those of an attachment under its label."""

from __future__ import annotations

from gongwen.compose import Run
from gongwen.document import Document, Enclosure, Issued
from gongwen.layout.body import body
from gongwen.layout.pages import Box, TextBox, centred_lines
from gongwen.layout.setting import Setting
from gongwen.layout.subtitle import titled
from gongwen.layout.title import title_lines
from gongwen.paginate import FilledPage, paginate
from gongwen.standard import AXIS, EM, EM_2, ENCLOSURE_TITLE_ROW, LEFT, PITCH, PITCH_TITLE, SIZE_2, SIZE_3, TOP

Section = tuple[list[Box], list[FilledPage]]
"""The boxes at the top of the first page, and the pages of text."""


def issued(item: Issued, setting: Setting) -> Section:
    """The document that a notice issues: no label, and otherwise as an attachment."""
    return _enclosure("issued-title", item, setting)


def attachment(document: Document, index: int, setting: Setting) -> Section:
    """An attachment under its label, which stands flush left on the first line."""
    label = setting.composer.line([Run(document.label_of(index), "heiti")])
    boxes, pages = _enclosure("attachment-title", document.attachments[index], setting)
    return [TextBox("attachment-label", LEFT, TOP, SIZE_3, EM, (label,)), *boxes], pages


def _enclosure(role: str, item: Enclosure, setting: Setting) -> Section:
    """The title on the third line, its 题注, and the text 空一行 below."""
    row_middle = TOP + ENCLOSURE_TITLE_ROW * PITCH + EM / 2
    left, lines = centred_lines(title_lines(setting.composer, item.title, ()), size=SIZE_2, axis=AXIS)
    title = TextBox(role, left, row_middle - EM_2 / 2, SIZE_2, PITCH_TITLE, lines)
    boxes, top = titled(title, item.subtitle, setting.composer)
    return [*boxes], paginate(list(body(item.body, setting)), top)

"""讲话稿: title, place, speaker and date, salutation, text; neither head nor imprint (practice)."""

from __future__ import annotations

from gongwen.compose import Run
from gongwen.document import Speech, show_date
from gongwen.layout.body import body
from gongwen.layout.head import title_box
from gongwen.layout.pages import Box, Layout, TextBox, centred_lines
from gongwen.layout.setting import Setting
from gongwen.layout.sheets import page_of, sheets_of, text_on_first_page
from gongwen.layout.title import title_lines
from gongwen.paginate import Block
from gongwen.standard import AXIS, LEFT, SPEECH_TITLE_TOP


def lay_out(speech: Speech, setting: Setting) -> Layout:
    """Set a speech on the setting's grid."""
    boxes, first_top = _head(speech, setting)
    blocks = [] if speech.salutation is None else [_salutation(speech.salutation, setting)]
    blocks += body(speech.body, setting)
    sheets = sheets_of([(boxes, text_on_first_page(blocks, first_top, grid=setting.grid))])
    pages = tuple(page_of(number, sheet, setting, numbered=True) for number, sheet in enumerate(sheets, 1))
    return Layout(pages, grid=setting.grid)


def _head(speech: Speech, setting: Setting) -> tuple[list[Box], float]:
    """Title, subtitle, place, speaker and date; and the upper edge (mm) of the first em box below them, 空一行 further down.

    The subtitle stands on the next line of the title, 空一行 parts both from the lines below.
    """
    grid = setting.grid
    title = title_box(speech.title, (), setting.composer, SPEECH_TITLE_TOP, grid)
    boxes: list[Box] = [title]
    bottom = title.ink_bottom
    if speech.subtitle_text is not None:
        subtitle = _centred("occasion", speech.subtitle_text, bottom + grid.pitch - grid.em, setting)
        boxes.append(subtitle)
        bottom = subtitle.bottom
    rows = [
        ("speaker", speech.speaker),
        ("speech-date", None if speech.date is None else f"（{show_date(speech.date)}）"),
    ]
    top = bottom + grid.blank_line
    for role, text in [("speech-place", speech.place), *(rows[::-1] if speech.date_first else rows)]:
        if text is not None:
            box = _centred(role, text, top, setting)
            boxes.append(box)
            bottom, top = box.bottom, box.bottom + grid.pitch - grid.em
    return boxes, bottom + grid.blank_line


def _centred(role: str, text: str, top: float, setting: Setting) -> TextBox:
    """Lines of the text's size in 楷体, each centred, the first em box starting at ``top`` (mm)."""
    grid = setting.grid
    lines = title_lines(setting.composer, text, (), "kaiti", grid.cells)
    left, lines = centred_lines(lines, size=grid.size, axis=AXIS)
    return TextBox(role, left, top, grid.size, grid.pitch, lines)


def _salutation(text: str, setting: Setting) -> Block:
    """称呼: flush left, with a full-width colon at the end."""
    lines = setting.composer.paragraph([Run(f"{text}：", "fangsong")], measure=setting.grid.cells)
    return Block("salutation", lines, LEFT)

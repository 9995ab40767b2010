"""The letter format 信函格式 (clause 10.1): a page one of its own, and an ending without rules."""

from __future__ import annotations

from gongwen.compose import Run
from gongwen.document import Document
from gongwen.fonts import ASCENT
from gongwen.layout.body import addressees, body
from gongwen.layout.ending import ending
from gongwen.layout.head import corner_lines, mark_box, names_of, title_box
from gongwen.layout.imprint import bare_copies
from gongwen.layout.pages import Box, Layout, RuleBox, TextBox
from gongwen.layout.setting import Setting
from gongwen.layout.sheets import Sheet, attachments, page_of, sheets_of, text_on_first_page
from gongwen.layout.subtitle import titled
from gongwen.paginate import tightened
from gongwen.standard import (
    BOTTOM,
    EM,
    IMPRINT_CLEARANCE,
    LEFT,
    LETTER_FIRST_BOTTOM,
    LETTER_GAP,
    LETTER_MARK_TOP,
    LETTER_RULE,
    LETTER_RULE_BELOW_MARK,
    LETTER_RULE_BOTTOM,
    LETTER_RULE_GAP,
    LETTER_RULE_LEFT,
    LETTER_RULE_THICK,
    LETTER_RULE_THIN,
    LETTER_RULE_WIDTH,
    PITCH,
    RIGHT,
    SIZE_3,
    SIZE_LETTER_MARK,
    TWO_BLANK_LINES,
)


def lay_out(document: Document, setting: Setting) -> Layout:
    """Set a document of the letter format. Page one has no number; nothing is padded to an even page."""
    boxes, first_top = _head(document, setting)
    blocks = [] if document.addressees is None else [addressees(document.addressees, setting)]
    blocks += body(document.body, setting)
    blocks += ending(document, setting)
    pages = text_on_first_page(blocks, first_top, LETTER_FIRST_BOTTOM)
    sheets = sheets_of([(boxes, pages), *attachments(document, setting)])
    _add_copies(sheets, document, setting)
    sheets[0].below += _double_rule(LETTER_RULE_BOTTOM - LETTER_RULE, thick_first=False)
    return Layout(tuple(page_of(number, sheet, setting, numbered=number > 1) for number, sheet in enumerate(sheets, 1)))


def _head(document: Document, setting: Setting) -> tuple[list[Box], float]:
    """The boxes of page one down to the title, and the upper edge (mm) of the first em box of the text below them.

    The corner's elements stand at the left under the first rule and the number at the right, on one line with the first of them;
    the title hangs 空二行 below the lowest.
    """
    mark = mark_box(document, setting.composer, LETTER_MARK_TOP, SIZE_LETTER_MARK)
    rule_top = mark.ink_bottom + LETTER_RULE_BELOW_MARK
    boxes: list[Box] = [mark, *_double_rule(rule_top, thick_first=True)]
    rows = corner_lines(document, setting.composer)
    number = None if document.number_text is None else setting.composer.line([Run(document.number_text, "fangsong")])
    first_row = [line for line in (rows[0][1] if rows else None, number) if line is not None]
    ink_top = rule_top + LETTER_RULE + LETTER_GAP
    # What stands on the first line shares its baseline; the highest ink of it keeps the distance from the rule.
    top = ink_top - (ASCENT - max((line.top for line in first_row), default=ASCENT)) * EM
    for row, (role, line) in enumerate(rows):
        boxes.append(TextBox(role, LEFT, top + row * PITCH, SIZE_3, EM, (line,)))
    if number is not None:
        boxes.append(TextBox("number", RIGHT - number.width * EM, top, SIZE_3, EM, (number,)))
    hanging = [box.ink_bottom for box in boxes if isinstance(box, TextBox) and box.role != "mark"]
    bottom = max(hanging, default=rule_top + LETTER_RULE)
    title = title_box(document.title or "", names_of(document), setting.composer, bottom + TWO_BLANK_LINES)
    below, text_top = titled(title, document.subtitle, setting.composer)
    return [*boxes, *below], text_top


def _double_rule(top: float, *, thick_first: bool) -> list[RuleBox]:
    """A red double rule whose upper edge lies at ``top`` (mm): thick above thin, or thin above thick."""
    upper, lower = (LETTER_RULE_THICK, LETTER_RULE_THIN) if thick_first else (LETTER_RULE_THIN, LETTER_RULE_THICK)
    return [
        RuleBox("letter-rule", LETTER_RULE_LEFT, top, LETTER_RULE_WIDTH, upper, "red"),
        RuleBox("letter-rule", LETTER_RULE_LEFT, top + upper + LETTER_RULE_GAP, LETTER_RULE_WIDTH, lower, "red"),
    ]


def _add_copies(sheets: list[Sheet], document: Document, setting: Setting) -> None:
    """抄送 on the bottom of the last page, or of one more page where the last has no room."""
    if document.imprint is None:
        return
    last = sheets[-1]
    copies = bare_copies(document.imprint, setting.composer, LETTER_FIRST_BOTTOM if len(sheets) == 1 else BOTTOM)
    if copies is None:
        return
    limit = copies.top - IMPRINT_CLEARANCE
    if last.flow is not None and last.flow.bottom > limit:
        tight = tightened(last.flow, limit)
        if tight is None:
            sheets.append(Sheet([], None))
            copies = bare_copies(document.imprint, setting.composer, BOTTOM)
        else:
            last.flow = tight
    if copies is not None:
        sheets[-1].below.append(copies)

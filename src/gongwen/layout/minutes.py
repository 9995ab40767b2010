"""The minutes format 纪要格式 (clause 10.3).

The clause fixes the mark and the lists of people. What else stands in the head is set as is the practice: the number 空二行 below the
mark, then organ and date over a red rule, as far as the draft gives them.
"""

from __future__ import annotations

from gongwen.compose import Run
from gongwen.document import Document, show_date
from gongwen.fonts import ASCENT
from gongwen.layout.body import addressees, body
from gongwen.layout.ending import ending
from gongwen.layout.head import corner_and_mark, names_of, number_box, title_box
from gongwen.layout.pages import Box, Layout, RuleBox, TextBox
from gongwen.layout.setting import Setting
from gongwen.layout.sheets import attachments, text_on_first_page, with_imprint
from gongwen.layout.subtitle import titled
from gongwen.standard import (
    BLANK_LINE,
    EM,
    ISSUE_INDENT,
    LEFT,
    MINUTES_MARK_TOP,
    RED_RULE_WEIGHT,
    RIGHT,
    RULE_BELOW_NUMBER,
    SIZE_3,
    TWO_BLANK_LINES,
    WIDTH,
)


def lay_out(document: Document, setting: Setting) -> Layout:
    """Set a document of the minutes format."""
    boxes, first_top = _head(document, setting)
    blocks = [] if document.addressees is None else [addressees(document.addressees, setting)]
    blocks += body(document.body, setting)
    blocks += ending(document.closing, setting)
    return with_imprint(
        [(boxes, text_on_first_page(blocks, first_top)), *attachments(document, setting)], document, setting
    )


def _head(document: Document, setting: Setting) -> tuple[list[Box], float]:
    """The boxes of page one down to the title, and the upper edge (mm) of the first em box of the text below them."""
    boxes, bottom = corner_and_mark(document, setting.composer, MINUTES_MARK_TOP)
    gap = TWO_BLANK_LINES
    if document.number_text is not None:
        number = number_box(document.number_text, setting.composer, bottom + gap)
        boxes.append(number)
        bottom, gap = number.ink_bottom, BLANK_LINE
    if issue := _issue(document, setting, bottom + gap):
        boxes += issue
        rule_top = max(box.ink_bottom for box in issue) + RULE_BELOW_NUMBER
        boxes.append(RuleBox("red-rule", LEFT, rule_top, WIDTH, RED_RULE_WEIGHT, "red"))
        bottom = rule_top + RED_RULE_WEIGHT
    if document.title is None:
        return boxes, bottom + TWO_BLANK_LINES
    title = title_box(document.title, names_of(document), setting.composer, bottom + TWO_BLANK_LINES)
    titles, top = titled(title, document.subtitle, setting.composer)
    return [*boxes, *titles], top


def _issue(document: Document, setting: Setting, ink_top: float) -> list[TextBox]:
    """Who issues the minutes at the left and when at the right, on one baseline, the highest ink starting at ``ink_top`` (mm)."""
    if not document.signs_in_head:
        return []
    lines = {}
    if document.signatures:
        lines["minutes-organ"] = setting.composer.line([Run("\u3000".join(document.signatures), "fangsong")])
    if document.date is not None:
        lines["minutes-date"] = setting.composer.line([Run(show_date(document.date), "fangsong")])
    top = ink_top - (ASCENT - max((line.top for line in lines.values()), default=ASCENT)) * EM
    edge = RIGHT - ISSUE_INDENT * EM
    lefts = {"minutes-organ": LEFT + ISSUE_INDENT * EM}
    return [
        TextBox(role, lefts.get(role, edge - line.width * EM), top, SIZE_3, EM, (line,)) for role, line in lines.items()
    ]

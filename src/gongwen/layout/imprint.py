"""版记: copies, issuing office and date between rules, on the bottom of a page (clause 7.4)."""

from __future__ import annotations

from gongwen.compose import Composer, Run
from gongwen.document import Imprint, show_date, show_organs
from gongwen.layout.pages import Box, RuleBox, TextBox
from gongwen.standard import (
    BOTTOM,
    EM_4,
    IMPRINT_INDENT,
    IMPRINT_LINE,
    IMPRINT_ROW,
    IMPRINT_RULE_THICK,
    IMPRINT_RULE_THIN,
    LEFT,
    RIGHT,
    SIZE_4,
    WIDTH,
)

_LABEL = "抄送："
_CELLS = WIDTH / EM_4
_START = LEFT + IMPRINT_INDENT * EM_4
_END = RIGHT - IMPRINT_INDENT * EM_4


def imprint(item: Imprint, composer: Composer) -> list[Box]:
    """The boxes of the imprint in reading order; the lower edge of the last rule lies on the bottom of the type area."""
    copies = _copies(item, composer)
    has_office = item.issuing_office is not None or item.issued_on is not None
    office_top = BOTTOM - IMPRINT_ROW if has_office else BOTTOM
    top = office_top - (IMPRINT_ROW + (len(copies.lines) - 1) * IMPRINT_LINE if copies else 0.0)
    boxes: list[Box] = [_rule(top, IMPRINT_RULE_THICK)]
    if copies:
        boxes.append(_moved(copies, _middle(top)))
        if has_office:
            boxes.append(_rule(office_top - IMPRINT_RULE_THIN / 2, IMPRINT_RULE_THIN))
    if item.issuing_office is not None:
        line = composer.line([Run(item.issuing_office, "fangsong")])
        boxes.append(TextBox("imprint-office", _START, _middle(office_top), SIZE_4, EM_4, (line,)))
    if item.issued_on is not None:
        line = composer.line([Run(f"{show_date(item.issued_on)}印发", "fangsong")])
        left = _END - line.width * EM_4
        boxes.append(TextBox("imprint-date", left, _middle(office_top), SIZE_4, EM_4, (line,)))
    boxes.append(_rule(BOTTOM - IMPRINT_RULE_THICK, IMPRINT_RULE_THICK))
    return boxes


def bare_copies(item: Imprint, composer: Composer, bottom: float) -> TextBox | None:
    """抄送 of a letter: without rules, its last line ending at ``bottom`` (clause 10.1)."""
    copies = _copies(item, composer)
    return None if copies is None else _moved(copies, bottom - copies.bottom)


def _copies(item: Imprint, composer: Composer) -> TextBox | None:
    """抄送：names。, one cell in on both sides; further lines start under the first name (7.4.2)."""
    if item.copies_to is None:
        return None
    return labelled("imprint-copies", _LABEL, f"{show_organs(item.copies_to)}。", composer)


def labelled(role: str, label: str, text: str, composer: Composer) -> TextBox:
    """A label and a text of 4号, one cell in on both sides; further lines start under the text's first character."""
    start = composer.line([Run(label, "fangsong")])
    measure = _CELLS - 2 * IMPRINT_INDENT - start.width
    first, *rest = composer.paragraph([Run(text, "fangsong")], measure=measure)
    lines = (start.followed_by(first), *rest)
    left = _START + start.width * EM_4
    return TextBox(role, left, 0.0, SIZE_4, IMPRINT_LINE, lines, indent=-start.width)


def _moved(box: TextBox, top: float) -> TextBox:
    return TextBox(box.role, box.left, top, box.size, box.pitch, box.lines, box.indent, box.colour)


def _middle(row_top: float) -> float:
    """The upper edge of the em box of a line in the middle of its row (mm)."""
    return row_top + (IMPRINT_ROW - EM_4) / 2


def _rule(top: float, weight: float) -> RuleBox:
    return RuleBox("imprint-rule", LEFT, top, WIDTH, weight)

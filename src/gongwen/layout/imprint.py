"""版记: addressees, copies, issuing office and date between rules, on the bottom of a page (clause 7.4)."""

from __future__ import annotations

from dataclasses import replace

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

_CELLS = WIDTH / EM_4
_START = LEFT + IMPRINT_INDENT * EM_4
_END = RIGHT - IMPRINT_INDENT * EM_4


def imprint(item: Imprint, composer: Composer) -> list[Box]:
    """The boxes of the imprint in reading order; the lower edge of the last rule lies on the bottom of the type area."""
    lists = [box for box in (_addressees(item, composer), _copies(item, composer)) if box is not None]
    has_office = item.issuing_office is not None or item.issued_on is not None
    office_top = BOTTOM - IMPRINT_ROW if has_office else BOTTOM
    count = sum(len(box.lines) for box in lists)
    top = office_top - (IMPRINT_ROW + (count - 1) * IMPRINT_LINE if count else 0.0)
    boxes: list[Box] = [_rule(top, IMPRINT_RULE_THICK)]
    line_top = _middle(top)
    for box in lists:
        boxes.append(replace(box, top=line_top))
        line_top += len(box.lines) * IMPRINT_LINE
    if lists and has_office:
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
    return None if copies is None else replace(copies, top=bottom - copies.bottom)


def _copies(item: Imprint, composer: Composer) -> TextBox | None:
    return None if item.copies_to is None else _organs("imprint-copies", "抄送：", item.copies_to, composer)


def _addressees(item: Imprint, composer: Composer) -> TextBox | None:
    """主送 that has been moved from page one, in the form of 抄送, above it and without a rule between (7.4.2)."""
    return None if item.addressees is None else _organs("imprint-addressees", "主送：", item.addressees, composer)


def _organs(role: str, label: str, organs: tuple[tuple[str, ...], ...], composer: Composer) -> TextBox:
    return labelled(role, label, f"{show_organs(organs)}。", composer)


def labelled(role: str, label: str, text: str, composer: Composer) -> TextBox:
    """A label and a text of 4号, one cell in on both sides; further lines start under the text's first character (7.4.2)."""
    start = composer.line([Run(label, "fangsong")])
    measure = _CELLS - 2 * IMPRINT_INDENT - start.width
    first, *rest = composer.paragraph([Run(text, "fangsong")], measure=measure)
    lines = (start.followed_by(first), *rest)
    left = _START + start.width * EM_4
    return TextBox(role, left, 0.0, SIZE_4, IMPRINT_LINE, lines, indent=-start.width)


def _middle(row_top: float) -> float:
    """The upper edge of the em box of a line in the middle of its row (mm)."""
    return row_top + (IMPRINT_ROW - EM_4) / 2


def _rule(top: float, weight: float) -> RuleBox:
    return RuleBox("imprint-rule", LEFT, top, WIDTH, weight)

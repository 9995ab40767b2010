"""Rules of the letter format 信函格式 (clause 10.1): its mark, double rules, number and copies.

What the letter format leaves as it is, the other rules measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from gongwen.fonts import is_hanzi
from gongwen.preflight.case import (
    AbsentError,
    Case,
    NotFoundError,
    Reading,
    counted,
    end_of,
    measures,
    texts,
    worst,
)
from gongwen.preflight.page_rules import TELLING_LINE, is_red, runs_on
from gongwen.preflight.reading import Shape
from gongwen.standard import BOTTOM, LETTER_FIRST_BOTTOM, RIGHT

_CORNER: Final = ("copy-number", "secrecy", "urgency")
_DOUBLE: Final = 2


@measures("L-01", "L-01.axis", "L-01.red", "L-01.face", "L-02", only="letter")
def mark(case: Case) -> Iterator[Reading]:
    """发文机关标志: the organ's name without 文件, centred, 30 mm below the edge of the sheet; red 小标宋 is recommended."""
    element = case.one("mark")
    yield Reading("L-01", element.page, int(element.expected.text.endswith("文件")), element.expected.text)
    yield Reading("L-01.axis", element.page, (element.left + element.right) / 2)
    yield counted("L-01.red", element.page, [char.text for char in element.chars if not is_red(char.style.colour)])
    yield counted("L-01.face", element.page, texts(case.outside_face(element.chars, "小标宋")))
    yield Reading("L-02", element.page, element.top)


# --- Double rules -------------------------------------------------------------------------------------------------------------


def _drawn(case: Case) -> tuple[list[Shape], list[Shape]]:
    """The double rules. Raises AbsentError if they are on the paper already, NotFoundError if their places are not known."""
    if case.document is None or case.overprinted:
        raise AbsentError
    case.one("title")
    return case.double_rules


def _head_rule(case: Case) -> Sequence[Shape]:
    rules, _ = _drawn(case)
    if len(rules) < _DOUBLE:
        raise NotFoundError("没有找到标题以上的双线")
    return rules[:_DOUBLE]


def _foot_rule(case: Case) -> Sequence[Shape]:
    _, rules = _drawn(case)
    if len(rules) < _DOUBLE:
        raise NotFoundError("没有找到首页下部的双线")
    return rules


def _not_red(rules: Sequence[Shape]) -> int:
    return sum(rule.colour is None or not is_red(rule.colour) for rule in rules)


@measures("L-03.rules", "L-04.rules", only="letter")
def double_rules(case: Case) -> Iterator[Reading]:
    """Each is of two rules."""
    for number, rules in zip(("L-03.rules", "L-04.rules"), _drawn(case), strict=True):
        yield Reading(number, 1, len(rules))


@measures("L-03.order", "L-03.red", only="letter")
def first_double_rule(case: Case) -> Iterator[Reading]:
    """Red, thick above thin."""
    upper, lower = _head_rule(case)
    yield Reading("L-03.order", 1, int(upper.weight <= lower.weight))
    yield Reading("L-03.red", 1, _not_red((upper, lower)))


@measures("L-03", only="letter")
def rule_below_mark(case: Case) -> Iterator[Reading]:
    """The first double rule 4 mm below the mark."""
    yield Reading("L-03", 1, _head_rule(case)[0].box.top - case.one("mark").bottom)


@measures("L-04", "L-04.order", "L-04.red", only="letter")
def second_double_rule(case: Case) -> Iterator[Reading]:
    """Red, thin above thick, 20 mm above the lower edge of the sheet."""
    upper, lower = _foot_rule(case)
    yield Reading("L-04", 1, lower.box.bottom)
    yield Reading("L-04.order", 1, int(upper.weight >= lower.weight))
    yield Reading("L-04.red", 1, _not_red((upper, lower)))


@measures("L-05", "L-05.axis", only="letter")
def length_of_double_rules(case: Case) -> Iterator[Reading]:
    """Both are 170 mm long and centred, on the axis of the type area or of the sheet."""
    boxes = [rule.box for rule in (*_head_rule(case), *_foot_rule(case))]
    yield from worst("L-05", ((1, box.right - box.left) for box in boxes))
    yield from worst("L-05.axis", ((1, (box.left + box.right) / 2) for box in boxes))


@measures("L-06", only="letter")
def second_double_rule_on_page_one(case: Case) -> Iterator[Reading]:
    """No other page has it."""
    for page in case.pages:
        if page.number > 1:
            below = [rule for rule in case.wide_rules if rule.page == page.number and _is_below(rule)]
            yield Reading("L-06", page.number, len(below))


def _is_below(rule: Shape) -> bool:
    return rule.box.top > BOTTOM + 1.0


# --- Head ---------------------------------------------------------------------------------------------------------------------


@measures("L-07", only="letter")
def corner_below_rule(case: Case) -> Iterator[Reading]:
    """份号, 密级 and 紧急程度 begin 7/8 of a 3号 character below the first double rule."""
    yield Reading("L-07", 1, case.one(*_CORNER).top - _head_rule(case)[-1].box.bottom)


@measures("L-08", only="letter")
def number_below_rule(case: Case) -> Iterator[Reading]:
    """发文字号 stands as far below the first double rule."""
    yield Reading("L-08", 1, case.one("number").top - _head_rule(case)[-1].box.bottom)


@measures("L-08.right", only="letter")
def number_flush_right(case: Case) -> Iterator[Reading]:
    """发文字号 ends at the right edge of the type area."""
    element = case.one("number")
    yield Reading("L-08.right", element.page, end_of(element.lines[0], RIGHT))


@measures("L-09", only="letter")
def title_below_head(case: Case) -> Iterator[Reading]:
    """Title 空二行 below the lowest of the elements above it, or below the double rule where there are none."""
    above = [element.bottom for element in case.maybe(*_CORNER, "number")]
    yield Reading("L-09", 1, case.one("title").top - max(above or [_head_rule(case)[-1].box.bottom]))


# --- Foot of page one ---------------------------------------------------------------------------------------------------------

_LINES_THAT_FILL: Final = 16
"""From so many lines on the pitch can take up a whole line, so that the last one stands where it should."""


@measures("L-10", only="letter")
def last_line_above_rule(case: Case) -> Iterator[Reading]:
    """The last line of a full page one stands 7/8 of a 3号 character above the second double rule."""
    rule = _foot_rule(case)[0]
    if runs_on(case, 1) and len(case.flow[1]) >= _LINES_THAT_FILL:
        last = case.rows(1)[-1]
        if sum(is_hanzi(char.text) for char in last.chars) >= TELLING_LINE:
            yield Reading("L-10", 1, rule.box.top - last.bottom)


@measures("L-11", "L-13", only="letter")
def end_of_page_one(case: Case) -> Iterator[Reading]:
    """Page one has no number, and its text stays clear of the second double rule, drawn or on the paper."""
    for page in case.pages:
        if page.number == 1:
            yield counted("L-11", 1, [page.folio.text] if page.folio else [])
            if page.rows:
                yield Reading("L-13", 1, page.rows[-1].bottom)


# --- Copies -------------------------------------------------------------------------------------------------------------------

_ISSUED: Final = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日印发$")


@measures("L-12", "L-12.rules", only="letter")
def bare_imprint(case: Case) -> Iterator[Reading]:
    """版记 has neither 印发机关 and 印发日期 nor rules."""
    known = {char for element in case.elements for char in element.chars}
    rows = [row for page in case.pages for row in page.rows if row.chars[-1] not in known]
    yield counted("L-12", None, [row.text for row in rows if _ISSUED.search(row.text)])
    double = [rule for rules in case.double_rules for rule in rules]
    rules = [rule for rule in case.wide_rules if rule not in double and (rule.page == 1 or not _is_below(rule))]
    yield Reading("L-12.rules", None, len(rules))


@measures("L-12.page", "L-12.bottom", only="letter")
def place_of_copies(case: Case) -> Iterator[Reading]:
    """抄送 at the bottom of the last page, its last line the last there."""
    element = case.one("imprint-copies")
    lowest = LETTER_FIRST_BOTTOM if element.last_page == 1 else BOTTOM
    yield Reading("L-12.page", element.last_page, case.pages[-1].number - element.last_page)
    yield Reading("L-12.bottom", element.last_page, lowest - element.bottom)

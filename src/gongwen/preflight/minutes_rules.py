"""Rules of the minutes format 纪要格式 (clause 10.3): its mark, its lists of people; and of its head, as is the practice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from gongwen.preflight.case import (
    AbsentError,
    Case,
    NotFoundError,
    Reading,
    counted,
    end_of,
    measures,
    start_of,
    texts,
    worst,
)
from gongwen.preflight.elements import FLOW, TABLE, TEXT, Element
from gongwen.preflight.page_rules import is_red
from gongwen.preflight.reading import Shape
from gongwen.standard import EM, RIGHT

# --- Mark and people (10.3) -----------------------------------------------------------------------------------------------------


@measures("M-01", "M-01.top", "M-01.axis", "M-01.red", "M-01.face", only="minutes")
def mark(case: Case) -> Iterator[Reading]:
    """The mark: ×××纪要, 35 mm below the upper edge of the type area, centred; red 小标宋 is recommended."""
    element = case.one("mark")
    yield Reading("M-01", element.page, int(not element.expected.text.endswith("纪要")), element.expected.text)
    yield Reading("M-01.top", element.page, element.top)
    yield Reading("M-01.axis", element.page, (element.left + element.right) / 2)
    yield counted("M-01.red", element.page, [char.text for char in element.chars if not is_red(char.style.colour)])
    yield counted("M-01.face", element.page, texts(case.outside_face(element.chars, "小标宋")))


@measures("M-02", "M-02.left", "M-02.label", "M-02.names", "M-02.hang", only="minutes")
def people(case: Case) -> Iterator[Reading]:
    """出席、请假、列席: 空一行 below the text, two cells in, the label in 黑体 and the rest in 仿宋, wrapped under the first name."""
    lists = case.every("attendance")
    first = lists[0]
    for one in lists:
        lead = one.expected.lead
        name = one.chars[lead].x
        yield Reading("M-02.left", one.page, one.chars[0].x)
        yield counted("M-02.label", one.page, texts(case.outside_face(one.chars[:lead], "黑体")))
        yield counted("M-02.names", one.page, texts(case.outside_face(one.chars[lead:], "仿宋")))
        yield from worst("M-02.hang", ((line.page, start_of(line, name) - name) for line in one.lines[1:]))
    above = next((one for one in case.elements if one.number == first.number - 1), None)
    if above is None:
        raise NotFoundError("没有找到它的上文")
    if above.role in FLOW and above.last_page == first.page:
        yield Reading("M-02", first.page, first.top - above.bottom)


@measures("M-03", only="minutes")
def next_people(case: Case) -> Iterator[Reading]:
    """Each list begins on the line after the one before it."""
    for above, below in pairwise(case.every("attendance")):
        if above.last_page == below.page:
            yield Reading("M-03", below.page, below.lines[0].baseline - above.lines[-1].baseline)


# --- Head (practice) ------------------------------------------------------------------------------------------------------------


@measures("M-06.axis", only="minutes")
def number(case: Case) -> Iterator[Reading]:
    """The number is centred."""
    element = case.one("number")
    yield Reading("M-06.axis", element.page, element.lines[0].axis)


@measures("M-06.number", only="minutes")
def number_below_mark(case: Case) -> Iterator[Reading]:
    """The number 空二行 below the mark. A preprinted mark is not in the PDF."""
    element = case.one("number")
    yield Reading("M-06.number", element.page, element.top - case.one("mark").bottom)


def _issue(case: Case) -> list[Element]:
    return case.every("minutes-organ", "minutes-date")


@measures("M-06.issue", only="minutes")
def issue_below_number(case: Case) -> Iterator[Reading]:
    """Organ and date 空一行 below the number."""
    yield Reading("M-06.issue", 1, min(one.top for one in _issue(case)) - case.one("number").bottom)


@measures("M-06.left", only="minutes")
def organ(case: Case) -> Iterator[Reading]:
    """The organ one cell in at the left."""
    element = case.one("minutes-organ")
    yield Reading("M-06.left", element.page, element.chars[0].x)


@measures("M-06.right", only="minutes")
def date(case: Case) -> Iterator[Reading]:
    """The date one cell in at the right."""
    element = case.one("minutes-date")
    yield Reading("M-06.right", element.page, end_of(element.lines[0], RIGHT - EM))


@measures("M-06.line", only="minutes")
def issue_line(case: Case) -> Iterator[Reading]:
    """Organ and date on one line."""
    left, right = case.one("minutes-organ"), case.one("minutes-date")
    yield Reading("M-06.line", right.page, right.lines[0].baseline - left.lines[0].baseline)


def _rule(case: Case) -> Shape:
    """The rule of the head: the first below organ and date. Raises AbsentError if there is none to be, or if it is on the paper already."""
    if case.document is None or case.overprinted:
        raise AbsentError
    lowest = max(one.bottom for one in _issue(case))
    rules = [rule for rule in case.wide_rules if rule.page == 1 and rule.box.top > lowest]
    if not rules:
        raise NotFoundError("没有找到红色分隔线")
    return rules[0]


@measures("M-06.rule", "M-06.red", only="minutes")
def rule_below_issue(case: Case) -> Iterator[Reading]:
    """A red rule 4 mm below organ and date."""
    rule = _rule(case)
    yield Reading("M-06.rule", 1, rule.box.top - max(one.bottom for one in _issue(case)))
    yield Reading("M-06.red", 1, int(rule.colour is None or not is_red(rule.colour)))


@measures("M-06.text", only="minutes")
def text_below_head(case: Case) -> Iterator[Reading]:
    """Title or text 空二行 below the lowest element of the head. A preprinted mark and rule are not in the PDF."""
    text = case.one("title", "addressees", *TEXT, "division", part=0)
    above = [one for one in case.elements if one.number < text.number]
    if any(one.role in TABLE for one in above) or (above and case.is_parted(above[-1], text)):
        return  # the body begins with a table or a figure
    try:
        bottom = _rule(case).box.bottom
    except AbsentError:
        if case.maybe("minutes-organ", "minutes-date"):
            return
        bottom = case.every("mark", "number")[-1].bottom
    if text.page == 1:
        yield Reading("M-06.text", 1, text.top - bottom)

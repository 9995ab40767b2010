"""Rules of a bulletin 简报: its head, articles and foot, on practice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from gongwen.preflight.case import AbsentError, Case, NotFoundError, Reading, counted, end_of, measures, texts, worst
from gongwen.preflight.element_rules import gap_below
from gongwen.preflight.page_rules import is_red
from gongwen.preflight.reading import Shape
from gongwen.standard import BULLETIN_INDENT, EM, EM_4, RIGHT, TOP


@measures("J-01", "J-01.face", "J-01.axis", "J-10", only="bulletin")
def mark(case: Case) -> Iterator[Reading]:
    """The name: red, 小标宋, centred, its ink 20 to 35 mm below the upper edge of the type area."""
    element = case.one("mark")
    yield counted("J-01", element.page, [char.text for char in element.chars if not is_red(char.style.colour)])
    yield counted("J-01.face", element.page, texts(case.outside_face(element.chars, "小标宋")))
    yield Reading("J-01.axis", element.page, (element.left + element.right) / 2)
    yield Reading("J-10", element.page, element.top - TOP)


_ISSUE: Final = re.compile(r"(增刊)?第([1-9]\d*|待定)期(（总第([1-9]\d*|待定)期）)?")


@measures("J-02", "J-02.axis", "J-02.gap", only="bulletin")
def issue(case: Case) -> Iterator[Reading]:
    """期号 centred below the name."""
    element = case.one("issue")
    text = "".join(texts(element.chars))
    yield Reading("J-02", element.page, int(_ISSUE.fullmatch(text) is None), text)
    yield Reading("J-02.axis", element.page, element.lines[0].axis)
    yield Reading("J-02.gap", element.page, element.top - case.one("mark").bottom)


@measures("J-03.left", only="bulletin")
def office(case: Case) -> Iterator[Reading]:
    """编印单位 one cell in from the left."""
    element = case.one("office")
    yield Reading("J-03.left", element.page, element.chars[0].x)


@measures("J-03.right", only="bulletin")
def date(case: Case) -> Iterator[Reading]:
    """The date one cell in from the right."""
    element = case.one("issue-date")
    yield Reading("J-03.right", element.page, end_of(element.lines[0], RIGHT - BULLETIN_INDENT * EM))


@measures("J-03", only="bulletin")
def office_and_date(case: Case) -> Iterator[Reading]:
    """Both on one line."""
    left, right = case.one("office"), case.one("issue-date")
    yield Reading("J-03", left.page, right.lines[0].baseline - left.lines[0].baseline)


def _head_rules(case: Case) -> list[Shape]:
    """The wide rules of page one between the name and what follows the head."""
    below = case.one("contents-title", "editor-note", "item-title")
    return [rule for rule in case.wide_rules if rule.page == 1 and rule.box.top < below.top]


@measures("J-04", only="bulletin")
def head_rules(case: Case) -> Iterator[Reading]:
    """One rule between head and text; on paper with a printed head it is there already."""
    if case.overprinted:
        raise AbsentError
    yield Reading("J-04", 1, len(_head_rules(case)))


@measures("J-04.red", "J-04.left", "J-04.right", "J-04.weight", only="bulletin")
def red_rule(case: Case) -> Iterator[Reading]:
    """It is red, as wide as the type area, and thick."""
    if case.overprinted:
        raise AbsentError
    rules = _head_rules(case)
    if not rules:
        raise NotFoundError("没有找到报头的红线")
    rule = rules[-1]
    yield Reading("J-04.red", 1, int(rule.colour is None or not is_red(rule.colour)))
    yield Reading("J-04.left", 1, rule.box.left)
    yield Reading("J-04.right", 1, rule.box.right)
    yield Reading("J-04.weight", 1, rule.weight)


@measures("J-05", "J-05.left", only="bulletin")
def corner(case: Case) -> Iterator[Reading]:
    """密级 and the notice at the top left."""
    elements = case.every("secrecy", "notice")
    yield Reading("J-05", elements[0].page, elements[0].top)
    yield from worst("J-05.left", ((element.page, element.chars[0].x) for element in elements))


@measures("J-05.right", only="bulletin")
def serial(case: Case) -> Iterator[Reading]:
    """The number of the copy at the top right."""
    element = case.one("serial")
    yield Reading("J-05", element.page, element.top)
    yield Reading("J-05.right", element.page, end_of(element.lines[0], RIGHT))


@measures("J-06", "J-06.left", only="bulletin")
def editor_notes(case: Case) -> Iterator[Reading]:
    """按语 in 楷体, two cells in."""
    for element in case.every("editor-note"):
        yield counted("J-06", element.page, texts(case.outside_face(element.chars, "楷体")))
        yield Reading("J-06.left", element.page, element.chars[0].x)


_HEAD: Final = ("mark", "issue", "office", "issue-date")
"""What stands above the red rule."""


@measures("J-07", "J-07.face", "J-07.axis", "J-07.gap", only="bulletin")
def item_titles(case: Case) -> Iterator[Reading]:
    """Titles in 2号小标宋, centred, 空二行 below what stands above them."""
    titles = case.every("item-title")
    for element in titles:
        yield from worst("J-07", ((element.page, char.style.size) for char in element.chars))
        yield counted("J-07.face", element.page, texts(case.outside_face(element.chars, "小标宋")))
        yield from worst("J-07.axis", ((element.page, line.axis) for line in element.lines))
    for above, below in pairwise(case.elements):
        if below in titles and above.last_page == below.page:
            if above.role not in _HEAD:
                yield from gap_below("J-07.gap", case, below)
            elif rules := _head_rules(case):
                yield Reading("J-07.gap", below.page, below.top - rules[-1].box.bottom)


@measures("J-07.byline", only="bulletin")
def bylines(case: Case) -> Iterator[Reading]:
    """Authors in 楷体, centred."""
    for element in case.every("byline"):
        yield counted("J-07.byline", element.page, texts(case.outside_face(element.chars, "楷体")))
        yield Reading("J-07.axis", element.page, element.lines[0].axis)


@measures("J-07.contents", only="bulletin")
def contents(case: Case) -> Iterator[Reading]:
    """Every line of 本期要目 two cells in."""
    lines = [line for element in case.every("contents") for line in element.lines]
    yield from worst("J-07.contents", ((line.page, line.chars[0].x) for line in lines))


# --- Foot ---------------------------------------------------------------------------------------------------------------------


@measures("J-08", "J-08.page", "J-08.size", "J-08.face", only="bulletin")
def foot(case: Case) -> Iterator[Reading]:
    """报尾 between two rules on the last page, in 4号仿宋."""
    elements = case.every("distribution", "print-run")
    page = elements[0].page
    chars = [char for element in elements for char in element.chars]
    yield Reading("J-08", page, len(_foot_rules(case)))
    yield Reading("J-08.page", page, case.pages[-1].number - page)
    yield from worst("J-08.size", ((page, char.style.size) for char in chars))
    yield counted("J-08.face", page, texts(case.outside_face(chars, "仿宋")))


def _foot_rules(case: Case) -> list[Shape]:
    page = case.one("distribution", "print-run").page
    rules = [rule for rule in case.wide_rules if rule.page == page]
    return [rule for rule in rules if page != 1 or rule not in _head_rules(case)]


@measures("J-08.bottom", only="bulletin")
def bottom_of_foot(case: Case) -> Iterator[Reading]:
    """The last rule lies on the bottom of the type area."""
    rules = _foot_rules(case)
    if not rules:
        raise NotFoundError("没有找到报尾的线")
    yield Reading("J-08.bottom", rules[-1].page, rules[-1].box.bottom)


@measures("J-08.left", only="bulletin")
def distribution(case: Case) -> Iterator[Reading]:
    """报, 送 and 发 one cell in."""
    elements = case.every("distribution")
    yield from worst("J-08.left", ((element.page, element.chars[0].x) for element in elements))


@measures("J-08.right", only="bulletin")
def print_run(case: Case) -> Iterator[Reading]:
    """The number of copies printed ends one cell inside the right edge."""
    element = case.one("print-run")
    yield Reading("J-08.right", element.page, end_of(element.lines[0], RIGHT - EM_4))

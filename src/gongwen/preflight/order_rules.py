"""Rules of the order format 命令（令）格式 (clause 10.2): its mark, its number, and the text below them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gongwen.preflight.case import Case, Reading, counted, measures, texts
from gongwen.preflight.elements import TEXT, Element
from gongwen.preflight.page_rules import is_red

_NUMBER: Final = re.compile(r"第[1-9][0-9]*号")


def first_text(case: Case) -> Element:
    """The first element of the body."""
    return case.one(*TEXT, "division", part=0)


@measures("C-01", "C-01.top", "C-01.axis", "C-01.red", "C-01.face", only="order")
def mark(case: Case) -> Iterator[Reading]:
    """发文机关标志: the organ's name with 命令 or 令, 20 mm below the upper edge of the type area, centred; red 小标宋 is recommended."""
    element = case.one("mark")
    yield Reading("C-01", element.page, int(not element.expected.text.endswith("令")), element.expected.text)
    yield Reading("C-01.top", element.page, element.top)
    yield Reading("C-01.axis", element.page, (element.left + element.right) / 2)
    yield counted("C-01.red", element.page, [char.text for char in element.chars if not is_red(char.style.colour)])
    yield counted("C-01.face", element.page, texts(case.outside_face(element.chars, "小标宋")))


@measures("C-02", "C-02.axis", only="order")
def number(case: Case) -> Iterator[Reading]:
    """令号: 第, the number, 号; centred. One that is not settled yet has no form."""
    element = case.one("number")
    yield Reading("C-02.axis", element.page, element.lines[0].axis)
    if ("number",) not in (case.draft.pending() if case.draft is not None else ()):
        yield Reading("C-02", element.page, int(not _NUMBER.fullmatch(element.expected.text)), element.expected.text)


@measures("C-02.gap", only="order")
def number_below_mark(case: Case) -> Iterator[Reading]:
    """令号 空二行 below the mark. A preprinted mark is not in the PDF."""
    element = case.one("number")
    yield Reading("C-02.gap", element.page, element.top - case.one("mark").bottom)


@measures("C-03", only="order")
def text_below_number(case: Case) -> Iterator[Reading]:
    """The text 空二行 below the number; where the body begins with a figure or a table it is not measured."""
    element, text = case.one("number"), first_text(case)
    if text.number == element.number + 1 and text.page == element.page and not case.is_parted(element, text):
        yield Reading("C-03", text.page, text.top - element.bottom)


@measures("C-03.rules", only="order")
def no_rule(case: Case) -> Iterator[Reading]:
    """There is no rule above the text."""
    text = first_text(case)
    yield Reading("C-03.rules", 1, sum(rule.page == 1 and rule.box.top < text.top for rule in case.wide_rules))

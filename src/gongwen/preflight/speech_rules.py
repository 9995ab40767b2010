"""Rules of a speech 讲话稿: what stands between its title and its text, on practice. The title is measured as any title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gongwen.preflight.case import Case, NotFoundError, Reading, counted, measures, start_of, texts, worst
from gongwen.preflight.elements import Element
from gongwen.standard import LEFT


@measures("Q-01", "Q-01.face", only="speech")
def subtitle(case: Case) -> Iterator[Reading]:
    """The subtitle in 楷体, every line centred."""
    element = case.one("occasion")
    yield from worst("Q-01", ((element.page, line.axis) for line in element.lines))
    yield counted("Q-01.face", element.page, texts(case.outside_face(element.chars, "楷体")))


@measures("Q-02", "Q-02.face", "Q-02.gap", only="speech")
def speaker_and_date(case: Case) -> Iterator[Reading]:
    """Place, speaker and date below the title, centred, in 楷体."""
    elements = case.every("speech-place", "speaker", "speech-date")
    for element in elements:
        yield from worst("Q-02", ((element.page, line.axis) for line in element.lines))
        yield counted("Q-02.face", element.page, texts(case.outside_face(element.chars, "楷体")))
    yield from _below("Q-02.gap", case, elements[0])


_DATE: Final = re.compile(r"（(\d{4}年[1-9]\d?月[1-9]\d?日|待定)）")


@measures("Q-02.date", only="speech")
def date(case: Case) -> Iterator[Reading]:
    """The date in brackets."""
    element = case.one("speech-date")
    text = "".join(texts(element.chars))
    yield Reading("Q-02.date", element.page, int(_DATE.fullmatch(text) is None), text)


@measures("Q-04", "Q-04.colon", "Q-04.gap", only="speech")
def salutation(case: Case) -> Iterator[Reading]:
    """称呼 flush left, with a colon, 空一行 below what stands above it."""
    element = case.one("salutation")
    yield from worst("Q-04", ((line.page, start_of(line, LEFT)) for line in element.lines))
    yield Reading("Q-04.colon", element.page, int(element.chars[-1].text != "："))
    yield from _below("Q-04.gap", case, element)


def _below(rule: str, case: Case, element: Element) -> Iterator[Reading]:
    above = [one for one in case.elements if one.number == element.number - 1]
    if not above:
        raise NotFoundError("没有找到它的上文")
    if above[0].last_page == element.page:
        yield Reading(rule, element.page, element.top - above[0].bottom)


@measures("Q-06", only="speech")
def no_rules(case: Case) -> Iterator[Reading]:
    """A speech has neither a head nor an imprint, so it has no rule."""
    yield Reading("Q-06", None, len(case.wide_rules))

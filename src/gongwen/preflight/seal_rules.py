"""Rules of seals and stamps: where their images lie, measured against names, date and the text above (7.3.5.1, 7.3.5.3)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Literal

from gongwen.document import Document, Signatory
from gongwen.preflight.case import AbsentError, Case, Reading, counted, end_of, measures, start_of, worst
from gongwen.preflight.element_rules import before, lower_edge
from gongwen.preflight.elements import SAME_LINE, Element
from gongwen.preflight.outlines import Box
from gongwen.standard import EM, RIGHT, SEAL_DIAMETER, SEALED_INDENT, STAMP_INDENT


@dataclass(frozen=True, slots=True)
class _Seal:
    """The name or title of a signatory, and the image that lies over it or beside it."""

    name: Element
    box: Box

    @property
    def axis(self) -> float:
        return (self.box.left + self.box.right) / 2

    @property
    def middle(self) -> float:
        return (self.box.top + self.box.bottom) / 2

    @property
    def diameter(self) -> float:
        return self.box.bottom - self.box.top

    @property
    def page(self) -> int:
        return self.name.page

    def drop(self, element: Element) -> float:
        """How far the middle of an element lies below the centre, in diameters."""
        return ((element.top + element.bottom) / 2 - self.middle) / self.diameter


def _signed(case: Case, way: Literal["sealed", "stamped"]) -> Document:
    """The document if it is signed in a way. Raises AbsentError if not."""
    if case.document is None or case.document.signing != way:
        raise AbsentError
    return case.document


def _named(case: Case, document: Document) -> list[tuple[Signatory, Element]]:
    """The signatories whose names, or titles, are found."""
    items = case.found.items if case.found else ()
    elements = [element for expected, element in items if expected.role == "signature"]
    pairs = zip(document.signatories, elements, strict=True)
    return [(one, element) for one, element in pairs if element is not None]


def _images(case: Case, page: int) -> list[Box]:
    return [image.box for one in case.pages if one.number == page for image in one.sheet.images]


def _seals(case: Case, document: Document) -> list[_Seal]:
    """The seals whose images are found: of those over a name the one whose axis is the nearest."""
    seals = []
    for one, name in _named(case, document):
        if one.picture("seal") is None:
            continue
        middle, axis = (name.top + name.bottom) / 2, (name.left + name.right) / 2
        over = [box for box in _images(case, name.page) if box.top < middle < box.bottom]
        near = [box for box in over if box.left < axis < box.right]
        if near:
            seals.append(_Seal(name, min(near, key=lambda box: abs((box.left + box.right) / 2 - axis))))
    return seals


def _stamps(case: Case, document: Document) -> list[_Seal]:
    """The stamps whose images are found: right of the title, on its line."""
    stamps = []
    for one, title in _named(case, document):
        if one.picture("stamp") is None:
            continue
        middle = (title.top + title.bottom) / 2
        beside = [
            box for box in _images(case, title.page) if box.top < middle < box.bottom and box.left > title.chars[-1].x
        ]
        if beside:
            stamps.append(_Seal(title, min(beside, key=lambda box: box.left)))
    return stamps


# --- Seals (7.3.5.1) ----------------------------------------------------------------------------------------------------------


@measures("B-34")
def date_under_seal(case: Case) -> Iterator[Reading]:
    """The date four cells inside the right edge; not where several seals side by side, or a long name, move it."""
    document = _signed(case, "sealed")
    name, date = case.every("signature")[-1], case.one("date")
    indent = SEALED_INDENT * EM
    if len(document.signatories) == 1 and name.right - name.left <= date.right - date.left + 2 * indent:
        yield Reading("B-34", date.page, end_of(date.lines[0], RIGHT - indent))


@measures("B-35")
def name_over_date(case: Case) -> Iterator[Reading]:
    """The name, of several the last one, centred over the date."""
    _signed(case, "sealed")
    name, date = case.every("signature")[-1], case.one("date")
    yield Reading("B-35", date.page, (name.left + name.right - date.left - date.right) / 2)


@measures("B-36", "B-36.axis", "B-36.round", "B-36.name", "B-36.date")
def seals(case: Case) -> Iterator[Reading]:
    """A seal over each name that has one, upright and centred on it, name and date somewhat below its centre."""
    document = _signed(case, "sealed")
    named = _named(case, document)
    found = _seals(case, document)
    sealed = [seal.name for seal in found]
    bare = [one.organ for one, name in named if one.picture("seal") and name not in sealed]
    if not found and not bare:
        raise AbsentError
    yield counted("B-36", named[-1][1].page, bare)
    yield from worst("B-36.axis", ((seal.page, seal.axis - (seal.name.left + seal.name.right) / 2) for seal in found))
    yield from worst("B-36.round", ((seal.page, seal.box.right - seal.box.left - seal.diameter) for seal in found))
    yield from worst("B-36.name", ((seal.page, seal.drop(seal.name)) for seal in found))
    if found and found[-1].name is named[-1][1]:
        dates = [date for date in case.maybe("date") if date.page == found[-1].page]
        yield from worst("B-36.date", ((date.page, found[-1].drop(date)) for date in dates))


@measures("B-37", "B-37.room")
def seal_below_text(case: Case) -> Iterator[Reading]:
    """The top of the first row of seals within one 行 of the text; where seals are set by hand, the room that is kept for that."""
    document = _signed(case, "sealed")
    name = case.one("signature")
    above = before(case, name)
    if above.last_page != name.page or case.is_parted(above, name):
        return
    bottom = lower_edge(case, above, name)
    diameters = {one.diameter or SEAL_DIAMETER for one in document.signatories}
    if len(diameters) == 1:
        # The name at 0.27 diameters below the centre (FIG 5), less half the height of its ink.
        least = 0.77 * diameters.pop() - (name.bottom - name.top) / 2
        yield Reading("B-37.room", name.page, name.top - bottom - least)
    first = [seal for seal in _seals(case, document) if abs(seal.name.top - name.top) < EM]
    yield from worst("B-37", ((seal.page, seal.box.top - bottom) for seal in first))


@measures("B-39", "B-39.gap", "B-39.line", "B-39.left", "B-39.right")
def seals_in_rows(case: Case) -> Iterator[Reading]:
    """Several seals: names in the order of the draft, seals in line, apart from each other and inside the type area."""
    document = _signed(case, "sealed")
    if len(document.signatories) == 1:
        raise AbsentError
    names = [element for _, element in _named(case, document)]
    wrong = [after.expected.text for one, after in pairwise(names) if not _follows(one, after)]
    yield counted("B-39", names[0].page, wrong)
    found = _seals(case, document)
    pairs = [(one, other) for one, other in combinations(found, 2) if one.page == other.page]
    apart = (
        (one.page, math.hypot(other.axis - one.axis, other.middle - one.middle) - (one.diameter + other.diameter) / 2)
        for one, other in pairs
    )
    yield from worst("B-39.gap", apart)
    beside = [(one, other) for one, other in pairs if abs(one.name.top - other.name.top) < EM]
    yield from worst("B-39.line", ((one.page, other.middle - one.middle) for one, other in beside))
    yield from worst("B-39.left", ((seal.page, seal.box.left) for seal in found))
    yield from worst("B-39.right", ((seal.page, seal.box.right) for seal in found))


def _follows(one: Element, other: Element) -> bool:
    """Whether a reader comes to the second element after the first: further right on its line, or on a line below."""
    if other.page != one.page:
        return other.page > one.page
    down = other.lines[0].baseline - one.lines[0].baseline
    return down > SAME_LINE or (abs(down) <= SAME_LINE and other.chars[0].x > one.chars[-1].x)


# --- Stamps (7.3.5.3) ---------------------------------------------------------------------------------------------------------


@measures("B-45", "B-45.right")
def stamp_below_text(case: Case) -> Iterator[Reading]:
    """The first stamp, or the title where the stamp is set by hand, 空二行 below the text; stamps four cells inside the right edge."""
    document = _signed(case, "stamped")
    title = case.one("signature")
    stamps = _stamps(case, document)
    above = before(case, title)
    if above.last_page == title.page and not case.is_parted(above, title):
        top = min([stamp.box.top for stamp in stamps if stamp.name is title], default=title.top)
        yield Reading("B-45", title.page, top - above.bottom)
    yield from worst("B-45.right", ((stamp.page, stamp.box.right) for stamp in stamps))


@measures("B-46", "B-46.missing", "B-46.middle")
def title_beside_stamp(case: Case) -> Iterator[Reading]:
    """A stamp beside each title, two cells right of the longest, and at mid-height."""
    document = _signed(case, "stamped")
    named = _named(case, document)
    stamps = _stamps(case, document)
    beside = [stamp.name for stamp in stamps]
    bare = [one.title for one, title in named if one.picture("stamp") and title not in beside]
    if not stamps and not bare:
        raise AbsentError
    yield counted("B-46.missing", named[-1][1].page, bare)
    if len(stamps) == len(named):
        right = max(stamp.name.chars[-1].end for stamp in stamps)
        yield Reading("B-46", stamps[0].page, min(stamp.box.left for stamp in stamps) - right)
    middles = ((stamp.page, stamp.middle - (stamp.name.top + stamp.name.bottom) / 2) for stamp in stamps)
    yield from worst("B-46.middle", middles)


@measures("B-47", "B-47.right")
def date_below_stamp(case: Case) -> Iterator[Reading]:
    """The date 空一行 below the last stamp, or below the title where the stamp is set by hand; four cells inside the right edge."""
    document = _signed(case, "stamped")
    title, date = case.every("signature")[-1], case.one("date")
    if title.page == date.page:
        bottom = max(
            [stamp.box.bottom for stamp in _stamps(case, document) if stamp.name is title], default=title.bottom
        )
        yield Reading("B-47", date.page, date.top - bottom)
    yield Reading("B-47.right", date.page, end_of(date.lines[0], RIGHT - STAMP_INDENT * EM))


@measures("B-48", "B-48.left", "B-48.right")
def stamps_in_rows(case: Case) -> Iterator[Reading]:
    """Several stamps one below the other in the order of the draft, titles and stamps aligned."""
    document = _signed(case, "stamped")
    if len(document.signatories) == 1:
        raise AbsentError
    titles = case.every("signature")
    level = [below for above, below in pairwise(titles) if below.page == above.page and below.top <= above.bottom]
    yield counted("B-48", titles[0].page, [title.expected.text for title in level])
    left = titles[0].chars[0].x
    yield from worst("B-48.left", ((title.page, start_of(title.lines[0], left) - left) for title in titles[1:]))
    stamps = _stamps(case, document)
    yield from worst("B-48.right", ((other.page, other.box.right - one.box.right) for one, other in pairwise(stamps)))

"""Rules of tables 表格 (clause 8, practice): turned ones, the type area, heads that stand again, rows on one page, the size of text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gongwen.document import Table
from gongwen.house import House
from gongwen.preflight.case import AbsentError, Case, Reading, counted, measures, texts, worst
from gongwen.preflight.elements import Page, Side, edge
from gongwen.preflight.outlines import Box
from gongwen.preflight.reading import Char
from gongwen.standard import BOTTOM, LEFT, LETTER_FIRST_BOTTOM, MEASURES, RIGHT, TOP

_TEXT: Final = ("table-head", "table-cell")
_ANY: Final = ("table-title", *_TEXT, "table-note")
_OUTSIDE: Final = 0.3
"""Ink may lie so far outside the type area (mm), as for text."""


def _chars(case: Case, *roles: str) -> dict[int, list[Char]]:
    """Page → the characters of parts of tables, the heads that stand again among them."""
    found: dict[int, list[Char]] = {}
    for element in case.every(*roles):
        for char in element.chars:
            found.setdefault(char.page, []).append(char)
    if "table-head" in roles and case.found is not None:
        for page, (_, head) in case.found.continued.items():
            found.setdefault(page, []).extend(head)
    return found


def _turned(case: Case, *roles: str) -> dict[int, list[Char]]:
    """The same, of the tables that the draft turns. Raises AbsentError where it turns none."""
    turned = {number for number, table in enumerate(case.blocks(Table), 1) if table.landscape}
    if not turned:
        raise AbsentError
    own = {char for one in case.every(*_ANY) if one.expected.table in turned for char in one.chars}
    pages = {char.page for char in own}
    if case.found is not None:
        pages |= {page for page, (table, _) in case.found.continued.items() if table in turned}
    return {page: chars for page, chars in _chars(case, *roles).items() if page in pages}


@measures("T-01")
def page_numbers(case: Case) -> Iterator[Reading]:
    """On the pages of a turned table the page number stands where it stands on all others."""
    pages = _turned(case, *_ANY)
    for page in case.pages:
        if page.number in pages and not (case.is_letter and page.number == 1):
            yield Reading("T-01", page.number, int(not _is_in_place(page, case.house)))


def _is_in_place(page: Page, house: House) -> bool:
    if page.folio is None or not all(char.style.is_upright for char in page.folio.chars):
        return False
    if house.page_number == "middle":
        return MEASURES["N-09"].met_by((page.folio.chars[0].x + page.folio.chars[-1].end) / 2)
    rule, x = ("N-04.odd", page.folio.chars[-1].end) if page.number % 2 else ("N-04.even", page.folio.chars[0].x)
    return MEASURES[rule].met_by(x)


@measures("T-02")
def head_at_left(case: Case) -> Iterator[Reading]:
    """The head lies left of the rows: at the binding on odd pages, at the cut on even ones."""
    heads, cells = _turned(case, "table-head"), _turned(case, "table-cell")
    for page in sorted(heads.keys() & cells.keys()):
        first = edge(cells[page], Side.LEFT)
        yield counted("T-02", page, texts([char for char in heads[page] if edge([char], Side.RIGHT) > first]))


@measures("T-03")
def turned_to_the_left(case: Case) -> Iterator[Reading]:
    """All text of a turned table is turned a quarter to the left."""
    for page, chars in sorted(_turned(case, *_ANY).items()):
        yield from worst("T-03", ((page, char.style.angle) for char in chars))


@measures("T-04")
def inside_type_area(case: Case) -> Iterator[Reading]:
    """Text and rules of tables lie in the type area."""
    chars = _chars(case, *_ANY)
    for page in case.pages:
        if page.number in chars:
            # Text of page one of a letter runs further down (clause 10.1).
            bottom = LETTER_FIRST_BOTTOM if case.is_letter and page.number == 1 else BOTTOM
            inked = [(char, ink) for char in chars[page.number] if (ink := char.ink) is not None]
            faults = texts([char for char, ink in inked if _is_outside(ink, bottom)])
            faults += ["线" for rule in case.table_rules(page.number) if _is_outside(rule.box, bottom)]
            yield counted("T-04", page.number, faults)


def _is_outside(box: Box, bottom: float) -> bool:
    beside = box.left < LEFT - _OUTSIDE or box.right > RIGHT + _OUTSIDE
    return beside or box.top < TOP - _OUTSIDE or box.bottom > bottom + _OUTSIDE


@measures("T-05.head", "T-05.row")
def overleaf(case: Case) -> Iterator[Reading]:
    """The head stands again on every page that a table goes on to, and every row is on one page."""
    cells = case.every(*_TEXT)
    if case.found is not None:
        for page, (_, head) in case.found.continued.items():
            yield Reading("T-05.head", page, int(not head))
    rows: dict[tuple[int, int], set[int]] = {}
    for cell in cells:
        rows.setdefault((cell.expected.table, cell.expected.row), set()).update((cell.page, cell.last_page))
    yield counted("T-05.row", None, [f"第{row}行" for (_, row), pages in rows.items() if len(pages) > 1])


@measures("T-06")
def size(case: Case) -> Iterator[Reading]:
    """The text of tables is of 4号 to 5号."""
    for page, chars in sorted(_chars(case, *_TEXT).items()):
        yield from worst("T-06", ((page, char.style.size) for char in chars))

"""Rules of leaves: an imprint or a few lines that take a leaf of their own, and how many lines have to go to save it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from gongwen.authority import ADVICE, PRACTICE
from gongwen.diagnostics import Check, Finding
from gongwen.document import Document, Draft
from gongwen.grid import GRID
from gongwen.layout import Box, Layout, Page, RuleBox, TextBox, TurnedBox
from gongwen.rules.registry import on_layout
from gongwen.standard import IMPRINT_CLEARANCE, TOP

IMPRINT_ALONE = Check(
    "GW609",
    "imprint-alone",
    PRACTICE,
    what="版记不单独占一张纸。",
    why="版记要在双面印刷的最后一面；正文在双页结束而差几行排不下版记时，版记前面空一面，两面都不编页码，多用一张纸。",
    wrong="# 正文排到第2页倒数第2行，版记排到第4页，第3页空白",
    right="# 删去几行，使版记排在第2页下端",
)
SHORT_LAST_PAGE = Check(
    "GW610",
    "short-last-page",
    ADVICE,
    what="最后一页正文不只有一两行。",
    why="正文只有一两行转到单页，版记随着排到背面，多用一张纸；删去几行就可以省下。",
    wrong="# 第3页只有两行正文和署名，版记在第4页",
    right="# 删去几行，使署名和版记都排在第2页",
)

_FEW_LINES: Final = 5
"""Lines that a reader can save without writing the text anew."""
_MOST_LINES: Final = 10
"""Lines that one page less is worth: two of the body, the signature, and the place of the imprint."""
_LEAST_BODY: Final = 2
_BODY: Final = ("paragraph", "run-in", "heading")
_NO_FLOW: Final = ("folio", "imprint")
_FIRST_OF_SECTION: Final = ("attachment-label", "attachment-title", "issued-title", "title")
_NEAR: Final = 0.01


@on_layout(IMPRINT_ALONE, SHORT_LAST_PAGE)
def leaves(draft: Draft, layout: Layout) -> Iterator[Finding]:
    """R-05, P-19: the imprint stands on the last, even page; a leaf more for a few lines is told with the lines that are too many."""
    if not isinstance(draft, Document) or draft.imprint is None or draft.is_letter:
        return
    *pages, last = layout.pages
    imprint = [box.top for box in last.boxes if box.role.startswith("imprint")]
    if not imprint or _flow(last):
        return
    limit = min(imprint) - IMPRINT_CLEARANCE
    texts = [page for page in pages if _flow(page)]
    if not texts:
        return
    end = texts[-1]
    if any(isinstance(box, TurnedBox) for box in end.boxes):
        return
    if end.number == last.number - 2:
        lines = _too_many(_least_bottom(end), limit)
        if lines <= min(_FEW_LINES, _body_lines(end)):
            yield Finding(
                IMPRINT_ALONE,
                f"第{end.number}页排不下版记，版记单独排在第{last.number}页",
                ("imprint",),
                hint=f"删去{lines}行以上，版记就排在第{end.number}页，少用一张纸",
                at_key=True,
                page=last.number,
            )
    elif len(texts) > 1 and _is_short(end):
        before = texts[-2]
        lines = _too_many(_least_bottom(before) + GRID.tight - GRID.em + _least_bottom(end) - TOP, limit)
        if lines <= _MOST_LINES:
            yield Finding(
                SHORT_LAST_PAGE,
                f"第{end.number}页只有{_body_lines(end)}行正文，版记排在第{last.number}页",
                ("imprint",),
                hint=f"删去{lines}行以上，正文和版记都排在第{before.number}页，少用一张纸",
                at_key=True,
                page=end.number,
            )


def _flow(page: Page) -> list[Box]:
    """What stands on a page beside its number and the imprint."""
    return [box for box in page.boxes if not box.role.startswith(_NO_FLOW)]


def _body_lines(page: Page) -> int:
    return sum(len(box.lines) for box in page.texts if box.role.startswith(_BODY))


def _is_short(page: Page) -> bool:
    """Whether a page carries on a text with a line or two of it."""
    roles = {box.role for box in page.boxes}
    return 0 < _body_lines(page) <= _LEAST_BODY and roles.isdisjoint(_FIRST_OF_SECTION)


def _least_bottom(page: Page) -> float:
    """The lower edge (mm) of what flows on a page if its lines stand as near to each other as they may."""
    pitch = max((box.pitch for box in page.texts if box.role.startswith(_BODY)), default=GRID.tight)
    return max(_lower_edge(box) for box in _flow(page)) - _leadings(page) * (pitch - GRID.tight)


def _lower_edge(box: Box) -> float:
    match box:
        case TextBox():
            return box.bottom
        case RuleBox():
            return box.top + (box.width if box.vertical else box.weight)
    return box.top + box.height


def _leadings(page: Page) -> int:
    """How many lines of a page follow another one at the pitch of the page."""
    boxes = [box for box in page.texts if box.role.startswith(_BODY)]
    inside = sum(len(box.lines) - 1 for box in boxes)
    tops = {round(box.top, 2) for box in boxes}
    return inside + sum(any(abs(box.bottom - box.em + box.pitch - top) < _NEAR for top in tops) for box in boxes)


def _too_many(least_bottom: float, limit: float) -> int:
    """The fewest lines that have to go until a page whose lines stand as near as they may ends at the limit (mm)."""
    return max(1, math.ceil((least_bottom - limit) / GRID.tight))

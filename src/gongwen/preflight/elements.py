"""The elements of a draft, found again in its PDF by their texts.

What a draft says is known, so the text that each element shows is known too, and where on the page it starts and ends: at the edges of
lines. An element that is not found as a whole is not guessed at. Blanks do not count; page numbers and the 样稿 watermark are put aside
first.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import cached_property
from itertools import accumulate, count, pairwise
from operator import attrgetter, itemgetter
from typing import Final

from gongwen.chinese import heading_mark, ordinal
from gongwen.document import (
    ATTENDANCE,
    NOTE_LABEL,
    Article,
    Block,
    Bulletin,
    BulletinItem,
    Chapter,
    Clause,
    Document,
    Draft,
    Enclosure,
    Figure,
    Heading,
    Items,
    Section,
    SeparateAttachment,
    Speech,
    Table,
    depth,
    grid,
    show_date,
    show_organs,
    show_people,
)
from gongwen.house import STANDARD, House
from gongwen.preflight.reading import Char, Sheet
from gongwen.standard import BOTTOM, LEFT, SIGNERS_PER_ROW, SIZE_4, TOP

SAME_LINE: Final = 1.0
"""Baselines at most so far apart (mm) belong to one line."""
_GAP: Final = 0.8
"""Em between two characters from which the second begins a stretch of its own."""
_WATERMARK_SIZE: Final = 100.0
"""Points: a turned text of that size is the watermark."""


@dataclass(frozen=True, slots=True)
class Line:
    """Characters on one baseline, from left to right."""

    chars: tuple[Char, ...]

    @property
    def page(self) -> int:
        """The page, from 1."""
        return self.chars[0].page

    @property
    def text(self) -> str:
        """The characters without blanks."""
        return "".join(char.text for char in self.chars)

    @property
    def baseline(self) -> float:
        """The baseline (mm)."""
        return self.chars[0].baseline

    @property
    def top(self) -> float:
        """The upper edge of the ink (mm)."""
        return edge(self.chars, Side.TOP)

    @property
    def bottom(self) -> float:
        """The lower edge of the ink (mm)."""
        return edge(self.chars, Side.BOTTOM)

    @property
    def axis(self) -> float:
        """The middle of the ink (mm)."""
        return (edge(self.chars, Side.LEFT) + edge(self.chars, Side.RIGHT)) / 2


class Side(IntEnum):
    """The sides of a box, in its order."""

    LEFT = 0
    TOP = 1
    RIGHT = 2
    BOTTOM = 3


def edge(chars: Iterable[Char], side: Side) -> float:
    """Where the ink of characters ends on one side (mm), NaN if they have none. Only outlines that can lie outermost are looked at."""
    sign = 1 if side in (Side.LEFT, Side.TOP) else -1
    best = math.inf
    reaches = [(sign * reach, char) for char in chars if (reach := char.reach(side)) is not None]
    for reached, char in sorted(reaches, key=itemgetter(0)):
        if reached >= best:
            break
        if (ink := char.ink) is not None:
            best = min(best, sign * ink[side])
    return math.nan if math.isinf(best) else sign * best


def lines_of(chars: Sequence[Char]) -> tuple[Line, ...]:
    """Characters in reading order → lines: a new one where the page or the baseline changes."""
    starts = [0]
    starts += [
        i
        for i, (before, after) in enumerate(pairwise(chars), 1)
        if before.page != after.page or abs(after.baseline - before.baseline) > SAME_LINE
    ]
    return tuple(Line(tuple(chars[a:b])) for a, b in pairwise([*starts, len(chars)]) if b > a)


def rows_of(chars: Iterable[Char]) -> tuple[Line, ...]:
    """Characters of one page in any order → lines from top to bottom."""
    rows: list[list[Char]] = []
    for char in sorted(chars, key=attrgetter("baseline")):
        if rows and char.baseline - rows[-1][0].baseline <= SAME_LINE:
            rows[-1].append(char)
        else:
            rows.append([char])
    return tuple(Line(tuple(sorted(row, key=attrgetter("x")))) for row in rows)


def is_turned(char: Char) -> bool:
    """Whether a character is turned a quarter to the left."""
    return abs(char.style.angle - _QUARTER) <= 1.0


def _turned_back(char: Char) -> Char:
    """A character that is turned, where it is on the page that is held so that it can be read."""
    upright = replace(char.style, matrix=(1.0, 0.0, 0.0, 1.0))
    return char.at(LEFT + BOTTOM - char.baseline, TOP + char.x - LEFT, upright)


def first_row(page: Page) -> str:
    """The first line of a page, which may be turned as a whole."""
    turned = [_turned_back(char) for char in page.chars if is_turned(char)]
    rows = rows_of(turned) or page.rows
    return rows[0].text if rows else ""


# --- What a draft shows -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Expected:
    """An element of a draft as the page shows it, without blanks.

    ``level`` is that of a heading, 1 for a chapter and 2 for a section, 0 for anything else; ``lead`` counts the characters that are
    set in the heading's face, or that stand before the names in a list; ``breaks`` are the offsets after which the draft itself
    breaks the line. ``part`` counts the attachments: 0 is the document proper, `ISSUED` the document that it issues; or
    the articles of a bulletin.
    """

    role: str
    text: str
    level: int = 0
    lead: int = 0
    breaks: frozenset[int] = frozenset()
    part: int = 0
    row: int = 0
    """Of a cell, counted over all tables: the row that it begins in. 0 stands for the row of the head."""
    table: int = 0
    """Of a part of a table: which table of the draft it is, from 1."""


ISSUED: Final = -1
_BLANK: Final = re.compile(r"\s+")
BODY: Final = frozenset({"addressees", "salutation", "paragraph", "heading", "article"})
"""Roles of text that runs over full lines."""
TEXT: Final = BODY - {"addressees", "salutation"}
"""Roles of paragraphs, headings among them."""
FLOW: Final = BODY | {"division", "attachment-list", "attendance", "signature", "date", "note"}
"""Roles of everything between the title and the imprint."""
TABLE: Final = frozenset({"table-title", "table-head", "table-cell", "table-note"})
"""Roles of the parts of a table."""


def bare(text: str) -> str:
    """A text without its blanks and line breaks."""
    return _BLANK.sub("", text)


_PRINTED: Final = frozenset({"mark"})
"""Roles of the text that paper with a printed head carries."""


def as_shown(draft: Draft | None, pages: Sequence[Page]) -> Draft | None:
    """The draft as the PDF shows it: where 主送 stands in the imprint (7.3.2), with its addressees there."""
    if isinstance(draft, Document) and draft.addressees is not None:
        moved = draft.with_addressees_in_imprint()
        text = "".join(char.text for page in pages for char in page.chars)
        if any(item.text in text for item in _imprint(moved) if item.role == "imprint-addressees"):
            return moved
    return draft


def expected(draft: Draft, house: House = STANDARD, *, overprinted: bool = False) -> list[Expected]:
    """Everything that a draft shows, in reading order; on paper with a printed head the mark is not in the PDF."""
    items: list[Expected] = []
    match draft:
        case Document():
            items = _of_document(draft, house)
        case SeparateAttachment():
            items = [*_attachment(draft.document, draft.index, house)]
        case Bulletin():
            items = [*_of_bulletin(draft, house)]
        case Speech():
            items = [*_of_speech(draft, house)]
    shown = (item for item in items if item.text and not (overprinted and item.role in _PRINTED))
    return list(_in_tables(shown))


def _in_tables(items: Iterable[Expected]) -> Iterator[Expected]:
    """The items with the tables counted: each begins with its title, or with its head where it has none."""
    number, before = 0, ""
    for item in items:
        if item.role not in TABLE:
            yield item
        else:
            opens = item.role == "table-title" or (
                item.role == "table-head" and before not in {"table-title", "table-head"}
            )
            number += opens
            yield replace(item, table=number)
        before = item.role


def _of_document(document: Document, house: House) -> list[Expected]:
    items = [*_head(document)]
    if document.title is not None:
        items += _with_breaks("title", document.title)
    items += _subtitle(document.subtitle)
    if document.addressees is not None:
        items.append(Expected("addressees", bare(f"{show_organs(document.addressees)}：")))
    items += _body(document.body, house)
    items += _ending(document.closing)
    if document.issued is not None:
        items += _enclosure("issued-title", document.issued, ISSUED, house)
    for index, attachment in enumerate(document.attachments):
        if attachment.bound:
            items += _attachment(document, index, house)
    return [*items, *_imprint(document)]


def _head(document: Document) -> Iterator[Expected]:
    if document.is_letter:
        yield _mark(document)
    if document.copy_number_text is not None:
        yield Expected("copy-number", document.copy_number_text)
    if document.secrecy is not None:
        yield Expected("secrecy", bare(str(document.secrecy)))
    if document.urgency is not None:
        yield Expected("urgency", document.urgency)
    if not document.is_letter:
        yield _mark(document)
    names = document.signers or ()
    rows = ["".join(names[i : i + SIGNERS_PER_ROW]) for i in range(0, len(names), SIGNERS_PER_ROW)]
    label = "签发人："
    signers = [
        Expected("signers", bare((label if i == 0 else "") + row), lead=0 if i else len(label))
        for i, row in enumerate(rows)
    ]
    yield from signers[:-1]
    if document.number_text is not None:
        # On the line of the last signer, and left of it.
        yield Expected("number", bare(document.number_text))
    yield from signers[-1:]
    if document.signs_in_head:
        yield Expected("minutes-organ", bare("".join(document.signatures)))
        if document.date is not None:
            yield Expected("minutes-date", show_date(document.date))


def _mark(document: Document) -> Expected:
    ends = accumulate(len(bare(name)) for name in document.mark_names)
    return Expected("mark", bare(document.mark_text), breaks=frozenset(ends))


def _with_breaks(role: str, text: str, **more: int) -> list[Expected]:
    parts = [bare(part) for part in text.split("\n")]
    ends = {sum(map(len, parts[:count])) for count in range(1, len(parts))}
    return [Expected(role, "".join(parts), breaks=frozenset(ends), **more)]


def _body(blocks: Sequence[Block], house: House, part: int = 0) -> Iterator[Expected]:
    """The blocks of a text; articles count through the whole of it."""
    yield from _blocks(blocks, 1, house.marks(depth(blocks)), part, count(1))


def _blocks(
    blocks: Sequence[Block], level: int, marks: Sequence[int], part: int, articles: Iterator[int]
) -> Iterator[Expected]:
    headings, chapters, sections = count(1), count(1), count(1)
    for block in blocks:
        match block:
            case Heading():
                heading = heading_mark(marks[level - 1], next(headings)) + block.heading
                lead = len(bare(heading))
                yield from _with_breaks("heading", heading + (block.text or ""), level=level, lead=lead, part=part)
                yield from _blocks(block.body, level + 1, marks, part, articles)
            case Chapter():
                yield _division(ordinal(next(chapters), "章") + block.chapter, 1, part)
                yield from _blocks(block.body, level, marks, part, articles)
            case Section():
                yield _division(ordinal(next(sections), "节") + block.section, 2, part)
                yield from _blocks(block.body, level, marks, part, articles)
            case Article():
                mark = ordinal(next(articles), "条")
                yield from _with_breaks("article", mark + block.article, lead=len(mark), part=part)
                yield from _items(block.items, part)
                yield from _blocks(block.body, level, marks, part, articles)
            case Clause():
                yield from _with_breaks("paragraph", block.clause, part=part)
                yield from _items(block.items, part)
            case Figure():
                yield from _with_breaks("figure-caption", block.caption or "", part=part)
            case Table():
                yield from _table(block, part)
            case str():
                yield from _with_breaks("paragraph", block, part=part)


def _division(text: str, level: int, part: int) -> Expected:
    return Expected("division", bare(text), level=level, lead=len(bare(text)), part=part)


def _items(items: Items, part: int) -> Iterator[Expected]:
    for number, item in enumerate(items, 1):
        text, below = (item, ()) if isinstance(item, str) else (item.item, item.subitems)
        yield from _with_breaks("paragraph", heading_mark(2, number) + text, part=part)
        for place, subitem in enumerate(below, 1):
            yield from _with_breaks("paragraph", heading_mark(3, place) + subitem, part=part)


def _table(table: Table, part: int) -> Iterator[Expected]:
    if table.title is not None:
        yield Expected("table-title", bare(table.title), part=part)
    for cell in table.head:
        yield Expected("table-head", bare(cell.text), part=part)
    columns = len(table.leaves)
    first = 1
    for rows in (table.rows, table.total):
        for cell in grid(rows, columns)[0]:
            yield Expected("table-cell", bare(cell.text), part=part, row=first + cell.row)
        first += len(rows)
    for number, note in enumerate(table.note_texts):
        yield Expected("table-note", bare(f"{'' if number else NOTE_LABEL}{note}"), part=part)


def _ending(document: Document) -> Iterator[Expected]:
    several = len(document.attachments) > 1
    for number, attachment in enumerate(document.attachments, 1):
        lead = ("附件：" if number == 1 else "") + (f"{number}." if several else "")
        yield Expected("attachment-list", lead + bare(attachment.title), lead=len(lead))
    for name, people in document.attendance.items():
        label = f"{ATTENDANCE[name]}："
        yield Expected("attendance", bare(label + show_people(people)), lead=len(label))
    for name in document.signatures:
        yield Expected("signature", bare(name))
    if document.date is not None:
        yield Expected("date", show_date(document.date))
    if document.note is not None:
        yield from _with_breaks("note", f"（{document.note}）")


def _attachment(document: Document, index: int, house: House) -> Iterator[Expected]:
    number = index + 1
    yield Expected("attachment-label", bare(document.label_of(index)), part=number)
    yield from _enclosure("attachment-title", document.attachments[index], number, house)


def _enclosure(role: str, item: Enclosure, part: int, house: House) -> Iterator[Expected]:
    yield from _with_breaks(role, item.title, part=part)
    yield from _subtitle(item.subtitle, part)
    yield from _body(item.body, house, part)


def _subtitle(text: str | None, part: int = 0) -> list[Expected]:
    return [] if text is None else _with_breaks("subtitle", f"（{text}）", part=part)


def _imprint(document: Document) -> Iterator[Expected]:
    imprint = document.imprint
    if imprint is None:
        return
    for role, label, organs in (
        ("imprint-addressees", "主送：", imprint.addressees),
        ("imprint-copies", "抄送：", imprint.copies_to),
    ):
        if organs is not None:
            yield Expected(role, bare(f"{label}{show_organs(organs)}。"), lead=len(label))
    if document.is_letter:
        return  # neither 印发机关 nor 印发日期 (clause 10.1)
    if imprint.issuing_office is not None:
        yield Expected("imprint-office", bare(imprint.issuing_office))
    if imprint.issued_on is not None:
        yield Expected("imprint-date", f"{show_date(imprint.issued_on)}印发")


def _of_speech(speech: Speech, house: House) -> Iterator[Expected]:
    yield from _with_breaks("title", speech.title)
    if speech.subtitle_text is not None:
        yield from _with_breaks("occasion", speech.subtitle_text)
    rows = [
        Expected("speaker", bare(speech.speaker or "")),
        Expected("speech-date", f"（{show_date(speech.date)}）" if speech.date is not None else ""),
    ]
    yield Expected("speech-place", bare(speech.place or ""))
    yield from reversed(rows) if speech.date_first else rows
    if speech.salutation is not None:
        yield Expected("salutation", bare(f"{speech.salutation}："))
    yield from _body(speech.body, house)


def _of_bulletin(bulletin: Bulletin, house: House) -> Iterator[Expected]:
    corner = [
        Expected("secrecy", bare(str(bulletin.secrecy or ""))),
        Expected("notice", bare(bulletin.notice or "")),
    ]
    corner = [item for item in corner if item.text]
    if bulletin.copy_number_text is not None:
        # On the first line, right of what stands there.
        corner.insert(min(1, len(corner)), Expected("serial", bulletin.copy_number_text))
    yield from corner
    yield Expected("mark", bare(bulletin.mark))
    yield Expected("issue", bare(bulletin.number_text or ""))
    yield Expected("office", bare(bulletin.issuer or ""))
    if bulletin.date is not None:
        yield Expected("issue-date", show_date(bulletin.date))
    if bulletin.contents:
        yield Expected("contents-title", "本期要目")
        yield from (Expected("contents", bare(item.title)) for item in bulletin.items)
    yield from _editor_note(bulletin.editor_note)
    for part, item in enumerate(bulletin.items):
        yield from _item(item, part, house)
    yield from _distribution(bulletin)


def _item(item: BulletinItem, part: int, house: House) -> Iterator[Expected]:
    yield from _with_breaks("item-title", item.title, part=part)
    yield Expected("byline", bare(item.byline or ""), part=part)
    yield from _editor_note(item.editor_note, part)
    yield from _body(item.body, house, part)
    if item.source is not None:
        yield Expected("source", bare(f"（{item.source}）"), part=part)


def _editor_note(text: str | None, part: int = 0) -> Iterator[Expected]:
    if text is not None:
        yield from _with_breaks("editor-note", f"编者按：{text}", part=part)


def _distribution(bulletin: Bulletin) -> Iterator[Expected]:
    foot = bulletin.distribution
    if foot is None:
        return
    for label, organs in (("报：", foot.report_to), ("送：", foot.send_to), ("发：", foot.issue_to)):
        if organs is not None:
            yield Expected("distribution", bare(f"{label}{show_organs(organs)}"), lead=len(label))
    if foot.copies is not None:
        yield Expected("print-run", f"（共印{foot.copies}份）")


# --- What a PDF shows ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Element:
    """An element of the draft, counted from 0, at its place in the PDF."""

    number: int
    expected: Expected
    chars: tuple[Char, ...]

    @property
    def role(self) -> str:
        """The role in the draft."""
        return self.expected.role

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Its lines from first to last."""
        return lines_of(self.chars)

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.chars[0].page

    @property
    def last_page(self) -> int:
        """The page on which it ends."""
        return self.chars[-1].page

    @cached_property
    def top(self) -> float:
        """The upper edge of its ink on its first page (mm)."""
        return edge(self._first, Side.TOP)

    @cached_property
    def bottom(self) -> float:
        """The lower edge of its ink on its last page (mm)."""
        return edge([char for char in self.chars if char.page == self.last_page], Side.BOTTOM)

    @cached_property
    def left(self) -> float:
        """The left edge of its ink on its first page (mm)."""
        return edge(self._first, Side.LEFT)

    @cached_property
    def right(self) -> float:
        """The right edge of its ink on its first page (mm)."""
        return edge(self._first, Side.RIGHT)

    @property
    def _first(self) -> list[Char]:
        return [char for char in self.chars if char.page == self.page]

    def as_read(self) -> Element:
        """The element as it stands where a page that is turned a quarter to the left is held so that it can be read.

        The corner of the type area that is then the upper left one takes the place of that of an upright page.
        """
        return replace(self, chars=tuple(map(_turned_back, self.chars))) if is_turned(self.chars[0]) else self

    def parts(self) -> list[Element]:
        """The element cut where the draft breaks it."""
        cuts = (0, *sorted(self.expected.breaks), len(self.chars))
        return [replace(self, chars=self.chars[start:end]) for start, end in pairwise(cuts)]

    def full_lines(self) -> Iterator[tuple[Line, bool]]:
        """Lines that run to the right edge, and whether each is the element's first; the last line does not, nor one broken by hand."""
        end = 0
        for number, line in enumerate(self.lines[:-1]):
            end += len(line.chars)
            if end not in self.expected.breaks:
                yield line, number == 0


@dataclass(frozen=True)
class Page:
    """One page sorted into page number and text; the watermark is gone."""

    sheet: Sheet
    folio: Line | None
    chars: tuple[Char, ...]

    @property
    def number(self) -> int:
        """The page, from 1."""
        return self.sheet.number

    @property
    def is_blank(self) -> bool:
        """Whether it shows no text but perhaps a page number."""
        return not self.chars

    @cached_property
    def rows(self) -> tuple[Line, ...]:
        """Its upright text in lines from top to bottom."""
        return rows_of(char for char in self.chars if char.style.is_upright)


_QUARTER: Final = 90.0
_FOLIO_BELOW: Final = BOTTOM + 1.0
_FOLIO_SIZE: Final = SIZE_4 + 0.5
_FOLIO: Final = re.compile(r"[-—―–－─\d第页共/·.]{1,12}")


def sort_page(sheet: Sheet, *, opens_letter: bool = False) -> Page:
    """Take the watermark and the page number out of a page: the lowest line, if it lies below the type area and is a number.

    On page one of a letter text stands there too, so only characters of the size of page numbers are looked at.
    """
    chars = tuple(char for char in sheet.chars if char.style.is_upright or char.style.size < _WATERMARK_SIZE)
    below = rows_of(
        char
        for char in chars
        if char.baseline > _FOLIO_BELOW
        and char.style.is_upright
        and not (opens_letter and char.style.size > _FOLIO_SIZE)
    )
    if not below or not _FOLIO.fullmatch(below[-1].text) or not any(char.isdigit() for char in below[-1].text):
        return Page(sheet, None, chars)
    folio = set(below[-1].chars)
    return Page(sheet, below[-1], tuple(char for char in chars if char not in folio))


@dataclass(frozen=True)
class Found:
    """The draft's elements: where each is, None where it is not to be found; and all text of the PDF in order.

    ``continued`` has the pages that a table goes on to: the number of the table and its head, which stands there again and is no part
    of the text; without characters where it does not.
    """

    items: tuple[tuple[Expected, Element | None], ...]
    text: str
    chars: tuple[Char, ...]
    continued: dict[int, tuple[int, tuple[Char, ...]]] = field(default_factory=dict)


def find(items: Sequence[Expected], pages: Sequence[Page]) -> Found:
    """Look for elements in the order of the draft; one out of order is found all the same, one cut short is not."""
    chars, continued = _without_repeated_heads(items, pages)
    text = "".join(char.text for char in chars)
    edges = _edges(chars)
    taken: list[range] = []
    cursor = 0
    found: list[tuple[Expected, Element | None]] = []
    for number, item in enumerate(items):
        start = _place(text, item.text, edges, cursor, taken)
        if start is None:
            found.append((item, None))
            continue
        end = start + len(item.text)
        found.append((item, Element(number, item, chars[start:end])))
        taken.append(range(start, end))
        cursor = max(cursor, end)
    return Found(tuple(found), text, chars, continued)


def _without_repeated_heads(
    items: Sequence[Expected], pages: Sequence[Page]
) -> tuple[tuple[Char, ...], dict[int, tuple[int, tuple[Char, ...]]]]:
    """All characters but those of heads that stand again where a table goes on overleaf; and those, page by page."""
    wanted = "".join(item.text for item in items)
    bounds: dict[int, tuple[str, int, int]] = {}
    end = 0
    for item in items:
        end += len(item.text)
        if item.role == "table-head":
            bounds[item.table] = (bounds.get(item.table, ("",))[0] + item.text, end, end)
        elif item.role == "table-cell":
            head, first, _ = bounds[item.table]
            bounds[item.table] = (head, first, end)
    chars: list[Char] = []
    continued: dict[int, tuple[int, tuple[Char, ...]]] = {}
    for page in pages:
        here, done = page.chars, len(chars)
        for table, (head, first, last) in bounds.items():
            if first <= done <= last and here:
                shown = "".join(char.text for char in here[: len(head)])
                stands = shown == head and not wanted.startswith(head, done)
                if stands or done < last:
                    continued[page.number] = (table, here[: len(head)] if stands else ())
                here = here[len(head) :] if stands else here
                break
        chars += here
    return tuple(chars), continued


def _edges(chars: Sequence[Char]) -> frozenset[int]:
    """Offsets at which a line, or a stretch of a line, begins or ends."""
    edges = {0, len(chars)}
    for i, (before, after) in enumerate(pairwise(chars), 1):
        gap = _GAP * after.style.em
        if (
            not -gap < after.x - before.end < gap
            or abs(after.baseline - before.baseline) > SAME_LINE
            or before.page != after.page
        ):
            edges.add(i)
    return frozenset(edges)


def _place(text: str, wanted: str, edges: frozenset[int], cursor: int, taken: Sequence[range]) -> int | None:
    """Where an element stands: after the one before it, else at the first place that no other holds."""
    for origin in (cursor, 0):
        start = text.find(wanted, origin)
        while start >= 0:
            free = start >= cursor or not any(start < one.stop and one.start < start + len(wanted) for one in taken)
            if free and start in edges and start + len(wanted) in edges:
                return start
            start = text.find(wanted, start + 1)
    return None

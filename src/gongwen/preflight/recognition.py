"""What an arbitrary PDF shows: its running text, its head, its title and its imprint, told by what they look like.

Nothing is known of the draft, so only what leaves no doubt is recognised, and never by the very number that is to be measured: running
text by being most of the text, full lines by what follows them, the mark by its colour, 发文字号 and 印发日期 by their form. What is
not recognised is None or missing, and what hangs on it cannot be told.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final, Literal

from gongwen.fonts import is_hanzi
from gongwen.preflight.case import Case, is_of_table
from gongwen.preflight.elements import Line, Page, rows_of, sort_page
from gongwen.preflight.page_rules import is_red
from gongwen.preflight.reading import Char, Pdf, Shape
from gongwen.standard import BOTTOM, PAGE_HEIGHT, PAGE_WIDTH

SAME_SIZE: Final = 0.3
"""Points by which sizes may differ that are meant to be one."""
_LEAST_HANZI: Final = 60
"""Fewer hanzi of one size are no running text."""
_LEAST_SHARE: Final = 0.4
"""Of all hanzi of long lines, what those of the running text make up at least."""
_LONG_LINE: Final = 12
"""Hanzi of a line that is no entry of a list."""
_LEAST_LINES: Final = 3
"""So many lines have to agree on where the text begins or ends."""
_LINES_FOR_ONE_OUT: Final = 100
_NARROWEST: Final = 100.0
"""Millimetres that the running text is wide at least."""
_SAME_EDGE: Final = 0.7
"""Millimetres between the ends of lines that end at one edge."""
_NEARLY_FULL: Final = 1.5
"""Em that a full line may end before the edge: a mark or a word that found no room."""
_AT_EDGE: Final = 0.35
"""Em between a line's start and the edge that it stands at."""
_INDENT: Final = (0.6, 3.5)
"""Em that the first line of a paragraph stands in."""
_MOST_SHAPES: Final = 400
"""A page with more of them is a drawing; its tables are not looked for."""
_ALL: Final = 0.9
"""Of a sheet, what the image of a scanned page covers at least."""
_WIDE_OF_LETTER: Final = 150.0
_SIZE_OF_MARK: Final = 20.0
_UPPER_HALF: Final = PAGE_HEIGHT / 2
_TITLE_STEP: Final = 2.0
"""Em from line to line of a title, at most."""
_SMALLEST_TITLE: Final = 17.0
"""Points; what is smaller may be a heading."""
_LARGER: Final = 2.0
"""Points by which a title is larger than the text, at least."""

Kind = Literal["first", "further", "other"]


@dataclass(frozen=True)
class TextLine:
    """A line of running text: the first of a paragraph, a further one, or one that could be either or neither."""

    line: Line
    kind: Kind
    is_full: bool
    """Whether the text goes on from its end, so that it has to reach the right edge."""


@dataclass(frozen=True)
class Text:
    """The running text: its size (pt), and the lines of each page."""

    size: float
    lines: dict[int, list[TextLine]]

    def every(self, *kinds: Kind) -> list[TextLine]:
        """The lines of some kinds on all pages."""
        return [one for lines in self.lines.values() for one in lines if one.kind in kinds]


@dataclass(frozen=True)
class Head:
    """What stands above the title on page one: the mark, 发文字号 with the characters of 签发人 beside it, the red rules.

    ``pale`` are the characters of a mark of clause 7 that is not red, ``other_rules`` those that are not.
    """

    mark: tuple[Char, ...] = ()
    pale: tuple[Char, ...] = ()
    number: tuple[Char, ...] = ()
    signers: tuple[Char, ...] = ()
    number_row: Line | None = None
    rules: tuple[Shape, ...] = ()
    other_rules: tuple[Shape, ...] = ()

    @property
    def mark_text(self) -> str:
        """The characters of the mark, row by row."""
        return "".join(row.text for row in rows_of(self.mark))

    @property
    def is_general(self) -> bool:
        """Whether the mark is one of clause 7: it says 文件, or has a 发文字号 below it and is none of chapter 10."""
        text = self.mark_text
        return text.endswith("文件") or (bool(text and self.number) and not text.endswith(("令", "纪要")))


@dataclass(frozen=True)
class Imprint:
    """版记: its page, its rules from top to bottom, and the row that ends with 印发."""

    page: int
    rules: tuple[Shape, ...]
    row: Line
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Anatomy:
    """All that was recognised."""

    case: Case
    is_letter: bool
    scanned: frozenset[int]
    turned: frozenset[int]
    """Pages of A4 that lie on their side."""
    text: Text | None
    head: Head
    title: tuple[Line, ...] = ()
    addressees: tuple[Line, ...] = ()
    imprint: Imprint | None = None
    foot: tuple[Shape, ...] = ()
    """The red rules below the type area of page one: of a letter."""
    tables: dict[int, list[tuple[float, float]]] = field(default_factory=dict)

    @property
    def has_borrowed_ink(self) -> bool:
        """Whether text is set in a font that is not in the file, so that what is shown is another one's ink."""
        fonts = self.case.facts.fonts
        lacking = {name for font in fonts if not font.is_embedded and not font.is_type3 for name in font.called}
        return any(char.style.font in lacking for page in self.case.pages for char in page.chars)

    @property
    def has_unknown_characters(self) -> bool:
        """Whether hanzi of the text are in a font of which the file does not tell what characters it shows: they are read wrong."""
        mute = {name for font in self.case.facts.fonts if not font.has_unicode for name in font.called}
        lines = self.text.every("first", "further") if mute and self.text else []
        return any(char.style.font in mute and is_hanzi(char.text) for one in lines for char in one.line.chars)


def recognise(pdf: Pdf, profile: Literal["print", "archive"] | None) -> Anatomy:
    """Look at an open PDF."""
    is_letter = bool(pdf.sheets) and any(map(_is_foot_of_letter, pdf.sheets[0].shapes))
    pages = [sort_page(sheet, opens_letter=is_letter and sheet.number == 1) for sheet in pdf.sheets]
    case = Case(pages, pdf.facts, None, None, profile, pdf.unreadable)
    tables = {page.number: _table_areas(page) for page in pages}
    first = pages[0] if pages and pages[0].number == 1 else None
    head = _head(first) if first else Head()
    imprint = _imprint(pages[-1]) if pages else None
    own = {id(line) for line in imprint.lines} if imprint else set()
    size = _text_size(pages, tables, own)
    title = _title(first, head, size) if first and size else ()
    start = title[-1].baseline if title else max((row.baseline for row in _head_rows(head)), default=0.0)
    text = _text(pages, size, tables, start, own) if size else None
    return Anatomy(
        case,
        is_letter,
        frozenset(page.number for page in pages if _is_scanned(page)),
        frozenset(page.number for page in pages if _is_turned(page)),
        text,
        head,
        title,
        _addressees(first, title, text) if first else (),
        imprint,
        tuple(rule for rule in _wide_rules(first) if _is_foot_of_letter(rule)) if first else (),
        tables,
    )


def _is_foot_of_letter(shape: Shape) -> bool:
    """Whether a shape is a rule of the red double rule of a letter below the type area of page one."""
    return (
        shape.colour is not None
        and is_red(shape.colour)
        and shape.box.right - shape.box.left > _WIDE_OF_LETTER
        and shape.box.top > BOTTOM + 1.0
    )


def _is_scanned(page: Page) -> bool:
    sheet = page.sheet
    area = sheet.width * sheet.height
    boxes = [image.box for image in sheet.images]
    return any((box.right - box.left) * (box.bottom - box.top) > _ALL * area for box in boxes)


def _is_turned(page: Page) -> bool:
    return abs(page.sheet.width - PAGE_HEIGHT) < 1.0 and abs(page.sheet.height - PAGE_WIDTH) < 1.0


# --- Running text -------------------------------------------------------------------------------------------------------------


def _text_size(pages: Sequence[Page], tables: dict[int, list[tuple[float, float]]], imprint: set[int]) -> float | None:
    """The size (pt) that most hanzi of long lines outside tables are set in, if it is clear which one that is."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for row in page.rows:
            hanzi = [char for char in row.chars if is_hanzi(char.text)]
            if len(hanzi) >= _LONG_LINE and id(row) not in imprint and not _is_in(row, tables[page.number]):
                sizes.update(round(char.style.size, 1) for char in hanzi)
    if not sizes:
        return None
    size, count = max(sizes.items(), key=lambda pair: (pair[1], -pair[0]))
    return size if count >= _LEAST_HANZI and count >= _LEAST_SHARE * sizes.total() else None


def _is_in(row: Line, areas: Iterable[tuple[float, float]]) -> bool:
    return any(top <= row.baseline <= bottom for top, bottom in areas)


def _table_areas(page: Page) -> list[tuple[float, float]]:
    """Where tables stand: from their uppermost to their lowest rule (mm); the whole page where it is full of drawing."""
    shapes = [shape for shape in page.sheet.shapes if shape.colour is not None]
    if len(shapes) > _MOST_SHAPES:
        return [(0.0, page.sheet.height)]
    meeting = [shape.box for shape in shapes if is_of_table(shape, page)]
    return [(min(box.top for box in meeting), max(box.bottom for box in meeting))] if meeting else []


def _text(
    pages: Sequence[Page], size: float, tables: dict[int, list[tuple[float, float]]], start: float, imprint: set[int]
) -> Text | None:
    """The lines of the running text; None where it is not clear where its lines begin."""
    rows = {
        page.number: [row for row in page.rows if id(row) not in imprint and _is_text(row, size, tables[page.number])]
        for page in pages
    }
    if 1 in rows:
        rows[1] = [row for row in rows[1] if row.baseline > start]
    every = [row for lines in rows.values() for row in lines]
    if not every:
        return None
    em = every[0].chars[0].em
    right = _right_edge([row.chars[-1].end for row in every], _NEARLY_FULL * em)
    if right is None:
        return None
    full = {id(row) for row in every if row.chars[-1].end > right - _NEARLY_FULL * em}
    followers = [
        after.chars[0].x for before, after in pairwise(every) if id(before) in full and is_hanzi(after.chars[0].text)
    ]
    left = _shared(sorted(followers))
    if left is None or right - left < _NARROWEST:
        return None
    starts = {id(row): (row.chars[0].x - left) / em for row in every}
    found: dict[int, list[TextLine]] = {}
    for index, row in enumerate(every):
        following = every[index + 1] if index + 1 < len(every) else None
        goes_on = (
            following is not None
            and id(row) in full
            and abs(starts[id(following)]) <= _AT_EDGE
            and following.page - row.page in (0, 1)
        )
        kind: Kind = "other"
        if abs(starts[id(row)]) <= _AT_EDGE and index and id(every[index - 1]) in full:
            kind = "further"
        elif _INDENT[0] <= starts[id(row)] <= _INDENT[1] and goes_on:
            kind = "first"
        found.setdefault(row.page, []).append(TextLine(row, kind, goes_on and kind != "other"))
    text = Text(size, found)
    # Further lines alone may be those of a list, which stand right of its first ones.
    return text if text.every("first") else None


def _is_text(row: Line, size: float, tables: Iterable[tuple[float, float]]) -> bool:
    alike = sum(abs(char.style.size - size) <= SAME_SIZE for char in row.chars)
    return alike > len(row.chars) / 2 and not _is_in(row, tables)


def _right_edge(ends: Sequence[float], room: float) -> float | None:
    """The right edge of the text: the end of the longest lines, if so many end near it; a line in a hundred may run out."""
    ordered = sorted(ends, reverse=True)
    right = ordered[len(ordered) // _LINES_FOR_ONE_OUT]
    return right if sum(right - room < end <= right + _SAME_EDGE for end in ordered) >= _LEAST_LINES else None


def _shared(values: Sequence[float]) -> float | None:
    """The first place, in the order given, that so many values agree on; their median."""
    for value in values:
        near = [other for other in values if abs(other - value) <= _SAME_EDGE]
        if len(near) >= _LEAST_LINES:
            return statistics.median(near)
    return None


# --- Rules --------------------------------------------------------------------------------------------------------------------

_HEAVIEST_RULE: Final = 2.0
_SHORTEST_RULE: Final = 100.0
_ONE_LINE: Final = 0.1
"""Millimetres that the pieces of a rule may lie apart, up or down."""
_TOUCHING: Final = 0.5
"""Millimetres between the pieces of a rule, one for each cell of a row."""


def _wide_rules(page: Page) -> list[Shape]:
    """Horizontal rules from side to side, from top to bottom; pieces that meet are one, and rules of tables are left out."""
    pieces = [shape for shape in page.sheet.shapes if shape.colour is not None and 0 <= shape.weight < _HEAVIEST_RULE]
    if len(pieces) > _MOST_SHAPES:
        return []
    merged: list[Shape] = []
    for piece in sorted(pieces, key=lambda one: (one.box.top, one.box.left)):
        box, last = piece.box, merged[-1] if merged else None
        is_more = (
            last is not None
            and piece.colour == last.colour
            and abs(box.top - last.box.top) <= _ONE_LINE
            and abs(box.bottom - last.box.bottom) <= _ONE_LINE
            and last.box.left <= box.left <= last.box.right + _TOUCHING
        )
        if is_more and last is not None:
            merged[-1] = replace(last, box=last.box._replace(right=max(last.box.right, box.right)))
        else:
            merged.append(piece)
    return [rule for rule in merged if rule.box.right - rule.box.left > _SHORTEST_RULE and not is_of_table(rule, page)]


# --- Head and title -----------------------------------------------------------------------------------------------------------

_NUMBER: Final = re.compile(r"[\u3400-\u9fff]{1,12}[〔\[［（(]\d{4}[〕\]］）)]第?\d{1,5}号")
_SIGNERS: Final = "签发人"


def _head(page: Page) -> Head:
    mark = tuple(
        char
        for char in page.chars
        if char.style.is_upright
        and char.style.size >= _SIZE_OF_MARK
        and char.baseline < _UPPER_HALF
        and is_red(char.style.colour)
    )
    number: tuple[Char, ...] = ()
    signers: tuple[Char, ...] = ()
    number_row = None
    for row in page.rows:
        match = _NUMBER.search(row.text)
        if match is None or row.baseline > _UPPER_HALF + _SIZE_OF_MARK or len(row.text) != len(row.chars):
            continue
        before, after = row.text[: match.start()], row.text[match.end() :]
        if not before and (not after or after.startswith(_SIGNERS) or _has_signers_above(page, row)):
            number_row, number, signers = row, row.chars[: match.end()], row.chars[match.end() :]
            break
    pale = () if mark or number_row is None else _pale_mark(page, number_row)
    wide = [rule for rule in _wide_rules(page) if rule.box.top < _UPPER_HALF]
    rules = tuple(rule for rule in wide if rule.colour is not None and is_red(rule.colour))
    others = tuple(rule for rule in wide if rule not in rules)
    return Head(mark, pale, number, signers, number_row, rules, others)


def _pale_mark(page: Page, number: Line) -> tuple[Char, ...]:
    """A mark in another colour: large type above 发文字号 that says 文件 in the end."""
    large = [
        row
        for row in page.rows
        if row.baseline < number.baseline and all(char.style.size >= _SIZE_OF_MARK for char in row.chars)
    ]
    if not large or not large[-1].text.endswith("文件"):
        return ()
    return tuple(char for row in large for char in row.chars if not is_red(char.style.colour))


def _has_signers_above(page: Page, row: Line) -> bool:
    return any(other.baseline < row.baseline and other.text.startswith(_SIGNERS) for other in page.rows)


def _head_rows(head: Head) -> list[Line]:
    rows = list(rows_of(head.mark))
    return [*rows, head.number_row] if head.number_row is not None else rows


def _title(page: Page, head: Head, size: float) -> tuple[Line, ...]:
    """The rows of larger, black type that come first below the head; nothing where something else comes first."""
    floor = max([row.baseline for row in _head_rows(head)] + [rule.box.bottom for rule in head.rules], default=0.0)
    found: list[Line] = []
    for row in page.rows:
        if row.baseline <= floor:
            continue
        is_title = all(
            char.style.size >= max(size + _LARGER, _SMALLEST_TITLE) and not is_red(char.style.colour)
            for char in row.chars
            if is_hanzi(char.text)
        ) and any(is_hanzi(char.text) for char in row.chars)
        if not is_title or (found and row.baseline - found[-1].baseline > _TITLE_STEP * row.chars[0].em):
            break
        found.append(row)
    return tuple(found)


def _addressees(page: Page, title: Sequence[Line], text: Text | None) -> tuple[Line, ...]:
    """主送机关: what stands between the title and the first paragraph and ends with a colon."""
    if not title or text is None:
        return ()
    found: list[Line] = []
    for row in page.rows:
        if row.baseline <= title[-1].baseline:
            continue
        if abs(row.chars[0].style.size - text.size) > SAME_SIZE or len(found) == _LEAST_LINES:
            return ()
        found.append(row)
        if row.text.endswith(("：", ":")):
            starts = [one.chars[0].x for one in found]
            return tuple(found) if max(starts) - min(starts) <= found[0].chars[0].em / 2 else ()
        if any(one.line is row and one.kind == "first" for one in text.lines.get(page.number, [])):
            return ()
    return ()


# --- Imprint ------------------------------------------------------------------------------------------------------------------

_ISSUED: Final = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日印发$")


def _imprint(page: Page) -> Imprint | None:
    """版记 on the last page: a row that ends with 印发 between two rules."""
    rows = [row for row in page.rows if _ISSUED.search(row.text)]
    rules = _wide_rules(page)
    if len(rows) != 1:
        return None
    row = rows[0]
    own = [rule for rule in rules if rule.colour is None or not is_red(rule.colour)]
    if not any(rule.box.bottom < row.baseline for rule in own) or not any(rule.box.top > row.baseline for rule in own):
        return None
    lines = tuple(one for one in page.rows if own[0].box.top < one.baseline < own[-1].box.bottom)
    return Imprint(page.number, tuple(own), row, lines)

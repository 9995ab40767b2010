"""What the rules work on: a PDF with its draft, and the readings that they take.

A rule is a function that yields readings: the number of the rule, the page, the value. It compares nothing; that is done in one place,
against `gongwen.standard.MEASURES`. An element that the draft does not have leaves its rules out. One that the draft has and the PDF
does not show leaves them unmeasured, and its text is then missed by rule E-08.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Final, Literal, NamedTuple, TypeVar

from gongwen.document import Document, Draft, Figure, Model, walk
from gongwen.fonts import is_hanzi
from gongwen.grid import GRID, READING, Grid
from gongwen.house import STANDARD, House
from gongwen.kinds import FormatName
from gongwen.preflight.elements import FLOW, TABLE, TEXT, Element, Found, Line, Page
from gongwen.preflight.outlines import Box
from gongwen.preflight.reading import Char, Facts, Shape, Style
from gongwen.standard import MEASURES

Profile = Literal["print", "archive"]
B = TypeVar("B", bound=Model)

READING_RULES: Final = {
    "P-06": "Q-07.size",
    "P-07": "Q-07.lines",
    "P-08": "Q-07.cells",
    "P-10": "Q-07.pitch",
    "B-02": "Q-07.title",
    "B-09": "Q-07.step",
    "B-17": "Q-07.indent",
}
"""Rule of the grid → the rule of a reading copy that stands in its place (Q-07)."""

OPENING: Final = frozenset("（《〈“‘〔【")
CLOSING: Final = frozenset("。，、；：？！）》〉”’〕】")
"""Marks that never end, and never begin, a line (GB/T 15834 5.1)."""


class Reading(NamedTuple):
    """One value that a rule measured; None where it could not, with the reason in ``note``.

    ``shown`` and ``wanted`` take the place of the bare number and of the window where words say more.
    """

    rule: str
    page: int | None
    value: float | None
    shown: str = ""
    wanted: str = ""
    note: str = ""


class AbsentError(Exception):
    """The draft does not have the element that a rule is about."""


class NotFoundError(Exception):
    """The draft has the element but the PDF does not show it; the message is for the user."""


@dataclass(frozen=True)
class FlowLine:
    """A line between title and imprint, with the element that it belongs to."""

    element: Element
    line: Line
    is_first: bool

    def is_followed_by(self, other: FlowLine) -> bool:
        """Whether the draft has nothing between the two lines."""
        return other.element.number - self.element.number in ((0, 1) if other.is_first else (0,))


@dataclass(frozen=True)
class Case:
    """A PDF to be measured: its pages, what the file says of itself, and the draft with its elements where they are known."""

    pages: Sequence[Page]
    facts: Facts
    draft: Draft | None
    found: Found | None
    profile: Profile | None
    missing_pages: Sequence[int] = field(default=())
    house: House = STANDARD
    overprinted: bool = False
    """Whether marks and red rules are on the paper already, so that the PDF has none."""
    is_reading_copy: bool = False

    @property
    def grid(self) -> Grid:
        """The grid that the text should stand on."""
        return READING if self.is_reading_copy else GRID

    def rule(self, number: str) -> str:
        """The rule that holds in the place of another: a reading copy has numbers of its own."""
        return READING_RULES.get(number, number) if self.is_reading_copy else number

    @property
    def document(self) -> Document | None:
        """The draft, if it is of a kind of the 条例."""
        return self.draft if isinstance(self.draft, Document) else None

    @property
    def format_name(self) -> FormatName:
        """The format that the draft is set in; without a draft the general one is assumed."""
        return "general" if self.draft is None else self.draft.format_name

    @cached_property
    def elements(self) -> list[Element]:
        """The elements that were found, in the order of the draft."""
        return [element for _, element in self.found.items if element is not None] if self.found else []

    def every(self, *roles: str, part: int | None = None) -> list[Element]:
        """The elements of some roles. Raises AbsentError if the draft has none, NotFoundError if the PDF shows none."""
        items = self.found.items if self.found else ()
        wanted = [pair for pair in items if pair[0].role in roles and part in (None, pair[0].part)]
        if not wanted:
            raise AbsentError
        if found := [element for _, element in wanted if element is not None]:
            return found
        text = wanted[0][0].text
        raise NotFoundError(f"PDF 里没有找到“{text[:_QUOTED]}{'……' if len(text) > _QUOTED else ''}”")

    def one(self, *roles: str, part: int | None = None) -> Element:
        """The first element of some roles; raises as `every`."""
        return self.every(*roles, part=part)[0]

    def maybe(self, *roles: str) -> list[Element]:
        """The elements of some roles, none where there are none."""
        return [element for element in self.elements if element.role in roles]

    @cached_property
    def flow(self) -> dict[int, list[FlowLine]]:
        """Page → its lines between title and imprint."""
        lines: dict[int, list[FlowLine]] = {}
        for element in self.elements:
            if element.role in FLOW:
                for number, line in enumerate(element.lines):
                    lines.setdefault(line.page, []).append(FlowLine(element, line, number == 0))
        return lines

    def rows(self, page: int) -> tuple[Line, ...]:
        """The lines of a page, whatever they are."""
        return next(one.rows for one in self.pages if one.number == page)

    def body_lines(self, page: int) -> list[FlowLine]:
        """The lines of paragraphs and headings on a page."""
        return [one for one in self.flow.get(page, []) if one.element.role in TEXT]

    def table_rows(self, page: int, part: int | None = None) -> int:
        """How many rows of tables begin on a page."""
        cells = self.maybe("table-cell")
        own = {
            (one.expected.table, one.expected.row)
            for one in cells
            if one.page == page and part in (None, one.expected.part)
        }
        return len(own)

    def table_rules(self, page: int) -> list[Shape]:
        """The rules of the tables on a page."""
        one = next(one for one in self.pages if one.number == page)
        return [shape for shape in one.sheet.shapes if shape.colour is not None and is_of_table(shape, one)]

    @cached_property
    def table_from(self) -> dict[int, int]:
        """Page → the number of the first element of a table on it."""
        found: dict[int, int] = {}
        for element in self.maybe(*TABLE):
            for page in range(element.page, element.last_page + 1):
                found[page] = min(found.get(page, element.number), element.number)
        return found

    @cached_property
    def figures(self) -> dict[int, list[Box]]:
        """Page → its images and empty frames from top to bottom. Seals and stamps are none: they stand on a line of text."""
        found: dict[int, list[Box]] = {}
        for page in self.pages:
            boxes = [image.box for image in page.sheet.images]
            boxes += [shape.box for shape in page.sheet.shapes if shape.colour is not None and _is_area(shape.box)]
            if not boxes:
                continue  # the edges of lines are dear to find
            rows = [(row.top, row.bottom) for row in page.rows]
            boxes = [box for box in boxes if not any(top < box.bottom and bottom > box.top for top, bottom in rows)]
            if boxes:
                found[page.number] = sorted(boxes, key=lambda box: box.top)
        return found

    def blocks(self, kind: type[B]) -> list[B]:
        """The blocks of one class that the PDF should show, in the order of its pages."""
        bodies = () if self.draft is None else self.draft.own_bodies()
        return [block for path, blocks in bodies for _, block in walk(blocks, path) if isinstance(block, kind)]

    @cached_property
    def has_figures(self) -> bool:
        """Whether the draft has figures."""
        return bool(self.blocks(Figure))

    def is_blank(self, page: Page) -> bool:
        """Whether a page shows neither text, but perhaps a page number, nor a figure of the draft.

        Without a draft whatever is drawn may be a figure.
        """
        if self.draft is None:
            return page.is_blank and not page.sheet.shapes
        return page.is_blank and not (self.has_figures and page.number in self.figures)

    def opens_with_figure(self, page: int) -> bool:
        """Whether a figure is the first thing on a page."""
        lines = self.flow.get(page, [])
        return any(not lines or box.bottom < lines[0].line.top for box in self.figures.get(page, []))

    def is_parted(self, above: Element, below: Element) -> bool:
        """Whether a figure stands between two elements that follow each other."""
        return above.role == "figure-caption" or any(
            (above.last_page < below.page or box.top > above.bottom) and box.bottom < below.top
            for box in self.figures.get(below.page, [])
        )

    @cached_property
    def wide_rules(self) -> list[Shape]:
        """Horizontal rules from side to side, page by page from top to bottom; those of a table, which meet upright ones, left out."""
        rules = [
            shape
            for page in self.pages
            for shape in page.sheet.shapes
            if shape.colour is not None
            and shape.weight < _HEAVIEST_RULE
            and shape.box.right - shape.box.left > _SHORTEST_RULE
            and not is_of_table(shape, page)
        ]
        return sorted(rules, key=lambda rule: (rule.page, rule.box.top))

    @property
    def is_unsealed(self) -> bool:
        """Whether signatures are names one below the other (7.3.5.2), neither under seals nor beside stamps."""
        return self.document is not None and self.document.signing in ("unsealed", "none")

    @property
    def is_letter(self) -> bool:
        """Whether the draft is set in the letter format."""
        return self.format_name == "letter"

    @cached_property
    def double_rules(self) -> tuple[list[Shape], list[Shape]]:
        """The double rules of a letter: the wide rules of page one above the title, and the last two below it.

        Where they are on the paper already there are none.
        """
        titles = [title for title in self.maybe("title") if title.page == 1]
        if self.document is None or not self.is_letter or self.overprinted or not titles:
            return [], []
        rules = [rule for rule in self.wide_rules if rule.page == 1]
        head = [rule for rule in rules if rule.box.top < titles[0].top]
        return head, rules[len(head) :][-2:]

    @cached_property
    def face_names(self) -> dict[str, str]:
        """Name of a font in the PDF → the names of its face, in one lower-case word."""
        return {name: _word(" ".join(font.names)) for font in self.facts.fonts for name in font.called}

    def outside_face(self, chars: Iterable[Char], face: str) -> list[Char]:
        """The hanzi that are not set in a face, nor in the one that lends it rare hanzi."""
        chars = list(chars)
        outside = {style for style in styles(chars) if not self._is_in_face(style.font, face)}
        return [char for char in chars if char.style in outside and is_hanzi(char.text)]

    def is_in_face(self, char: Char, face: str) -> bool:
        """Whether a character is set in a face, by the names that faces of the trade carry."""
        return self._is_in_face(char.style.font, face)

    def _is_in_face(self, font: str, face: str) -> bool:
        name = self._face_name(font)
        return any(mark in name for mark in (*_FACES[face], *_LENDERS))

    def face_of(self, char: Char) -> str | None:
        """The face that a character is set in, by the name of its font; None for a name that says nothing."""
        name = self._face_name(char.style.font)
        return next((face for face, marks in (*_FACES.items(), _LATIN) if any(mark in name for mark in marks)), None)

    def _face_name(self, font: str) -> str:
        return self.face_names.get(font) or _word(font)


def is_of_table(rule: Shape, page: Page) -> bool:
    """Whether a rule meets one at a right angle to it."""
    box = rule.box
    lies = box.right - box.left > rule.weight
    for shape in page.sheet.shapes:
        other = shape.box
        width, height = other.right - other.left, shape.weight
        if (min(width, height) < _HEAVIEST_RULE < max(width, height)) and (height > width) == lies:
            across = other.left < box.right + _MEETING and box.left - _MEETING < other.right
            along = other.top < box.bottom + _MEETING and box.top - _MEETING < other.bottom
            if across and along:
                return True
    return False


_MEETING: Final = 0.2
"""Rules so near to each other (mm) meet."""
_QUOTED: Final = 12
_HEAVIEST_RULE: Final = 2.0
_SHORTEST_RULE: Final = 100.0
_LEAST_AREA: Final = 9.0
"""Millimetres: what is wider and higher than that is no rule."""


def _is_area(box: Box) -> bool:
    return box.right - box.left > _LEAST_AREA and box.bottom - box.top > _LEAST_AREA


_FACES: Final = {
    "小标宋": ("小标宋", "biaosong", "fzxbs", "notoserifcjkjpsemibold"),
    "仿宋": ("仿宋", "fangsong", "fandolfang", "fzfs"),
    "楷体": ("楷", "kaiti", "fandolkai", "fzkt", "wenkai"),
    "黑体": ("黑体", "simhei", "heiti", "fandolhei", "notosans", "sourcehansans", "fzht"),
    "宋体": ("宋体", "simsun", "songti", "fandolsong", "notoserif", "sourcehanserif", "fzss"),
}
"""Face → words in the names of fonts that hold it, theirs and the bundled ones'.

Word processors may name a font after the font within it: the bundled 小标宋 has the outlines of Noto Serif.
"""
_LENDERS: Final = ("gongwenbuzi",)
_LATIN: Final = ("西文字体", ("timesnewroman", "arial", "calibri", "cambria", "helvetica", "dejavu"))


def _word(name: str) -> str:
    return "".join(char for char in name.lower() if char.isalnum())


WITH_IMPRINT: Final[tuple[FormatName, ...]] = ("general", "order", "minutes")
"""Formats whose corner 版头 and imprint 版记 are those of chapter 7."""

# --- The registry -------------------------------------------------------------------------------------------------------------

Rule = Callable[[Case], Iterator[Reading]]
REGISTRY: Final[list[tuple[tuple[str, ...], Rule]]] = []
"""All rules: their numbers, and the function that measures them."""


def measures(*rules: str, only: FormatName | Collection[FormatName] | None = None) -> Callable[[Rule], Rule]:
    """Enter a function in the registry as the one that measures the rules of some numbers.

    With ``only`` they are rules of that format, or of those formats, alone.
    """
    formats = (only,) if isinstance(only, str) else only

    def enter(function: Rule) -> Rule:
        def of_formats(case: Case) -> Iterator[Reading]:
            return function(case) if formats is None or case.format_name in formats else iter(())

        REGISTRY.append((rules, function if formats is None else of_formats))
        return function

    return enter


def readings(case: Case) -> Iterator[Reading]:
    """What all rules read off a case."""
    for rules, function in REGISTRY:
        taken = set()
        try:
            for reading in function(case):
                taken.add(reading.rule)
                yield reading
        except AbsentError:
            continue
        except NotFoundError as error:
            numbers = (case.rule(rule) for rule in rules)
            yield from (Reading(rule, None, None, note=str(error)) for rule in numbers if rule not in taken)


# --- Helpers of the rules -----------------------------------------------------------------------------------------------------


def worst(rule: str, values: Iterable[tuple[int, float]]) -> Iterator[Reading]:
    """One reading a page: of all (page, value) the one that lies furthest out of the window, or nearest to its end."""
    measure = MEASURES[rule]
    # Most characters of a page have the same value.
    for page, group in groupby(sorted(dict.fromkeys(values)), key=lambda pair: pair[0]):
        yield Reading(
            rule, page, max((value for _, value in group), key=lambda v: max(measure.low - v, v - measure.high))
        )


def counted(rule: str, page: int | None, faults: Sequence[object]) -> Reading:
    """A reading of how many faults there are, naming the first few."""
    shown = "、".join(str(fault) for fault in faults[:_NAMED])
    return Reading(rule, page, len(faults), f"{len(faults)}（{shown}）" if faults else "")


_NAMED: Final = 5


def start_of(line: Line, target: float) -> float:
    """Where a line within a paragraph starts (mm): its first cell. An opening mark may be squeezed to half: the nearer one counts."""
    first = line.chars[0]
    if first.text not in OPENING:
        return first.x
    return min((first.x, first.x + first.advance / 2), key=lambda x: abs(x - target))


def end_of(line: Line, target: float) -> float:
    """Where a line ends (mm): its last cell. A closing mark may be squeezed to half: the nearer one counts."""
    last = line.chars[-1]
    if last.text not in CLOSING:
        return last.end
    return min((last.end, last.end - last.advance / 2), key=lambda x: abs(x - target))


def styles(chars: Iterable[Char]) -> set[Style]:
    """The styles of characters, which are far fewer: what holds for a style holds for all its characters."""
    return {char.style for char in chars}


def texts(chars: Sequence[Char]) -> list[str]:
    """The characters themselves, for naming them."""
    return [char.text for char in chars]


def spread(values: Sequence[float]) -> float:
    """The standard deviation."""
    return statistics.pstdev(values)

"""Measuring an arbitrary PDF, also one of a word processor: no draft is known, so only what was recognised is measured.

The numbers are those of `gongwen.standard.MEASURES`. Where a draft is known every character counts; here most of the characters do: a
stray character in another size is no other size of the text.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from gongwen.fonts import is_hanzi
from gongwen.grid import GRID
from gongwen.preflight import page_rules
from gongwen.preflight.case import (
    CLOSING,
    OPENING,
    AbsentError,
    Case,
    Profile,
    Reading,
    counted,
    end_of,
    start_of,
    texts,
    worst,
)
from gongwen.preflight.elements import Line, Side, edge
from gongwen.preflight.page_rules import TELLING_LINE, cells_of, is_black, is_red, splits_dash, splits_number
from gongwen.preflight.reading import Char, Pdf
from gongwen.preflight.recognition import Anatomy, Imprint, Text, recognise
from gongwen.preflight.results import Result, judge
from gongwen.standard import EM, EM_4, LEFT, LINES, MEASURES, RIGHT

MOST_PAGES: Final = 1000
"""Pages of a file that are measured."""


class UnknownError(Exception):
    """What a rule is about was not recognised; the message says so to the user."""


Rule = Callable[[Anatomy], Iterator[Reading]]


@dataclass(frozen=True, slots=True)
class Group:
    """Rules about one part of a document, in the order of a report."""

    name: str
    title: str
    rules: list[tuple[tuple[str, ...], Rule]]


PAPER = Group("paper", "纸张和版心", [])
TEXT = Group("text", "正文", [])
HEAD = Group("head", "版头", [])
TITLE = Group("title", "标题和主送机关", [])
IMPRINT = Group("imprint", "版记", [])
FOLIOS = Group("folios", "页码", [])
FILE = Group("file", "文件", [])
GROUPS: Final = (PAPER, HEAD, TITLE, TEXT, IMPRINT, FOLIOS, FILE)
"""All rules, in the order in which the standard goes down a page."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was measured on a PDF: how many pages it has, and the results group by group."""

    pages: int
    results: tuple[tuple[Group, tuple[Result, ...]], ...]

    @property
    def every(self) -> list[Result]:
        """The results of all groups."""
        return [result for _, results in self.results for result in results]


def inspect(data: bytes, profile: Profile | None = None) -> Inspection:
    """Measure a PDF. Raises `reading.UnreadableError` for bytes that cannot be read as one, and for more than `MOST_PAGES`.

    Without ``profile`` the file's own claim decides whether it is measured as one for print or for the archive.
    """
    with Pdf(data, MOST_PAGES) as pdf:
        anatomy = recognise(pdf, profile or _claimed(pdf))
        results = []
        for group in GROUPS:
            found = [_relabelled(judge(reading)) for reading in _readings(group, anatomy)]
            results.append((group, tuple(one for one in found if profile or one.rule not in _ONLY_ASKED_FOR)))
        return Inspection(len(pdf.sheets) + len(pdf.unreadable), tuple(results))


_ONLY_ASKED_FOR: Final = frozenset({"E-11.source", "K-07.scaling", "K-07.duplex"})
"""What only files of this program need have."""
_FACES: Final = {
    "P-06.face": ("正文字体", "仿宋"),
    "H-15.face": ("发文机关标志字体", "小标宋"),
    "L-01.face": ("信函标志字体", "小标宋"),
    "B-02.face": ("标题字体", "小标宋"),
    "R-06.face": ("版记字体", "仿宋"),
    "N-01.face": ("页码字体", "宋体"),
}
"""Rules of faces: what is told, which is the name of a font and not how many characters have another; and the face that is wanted."""
_PLAIN: Final = {
    **_FACES,
    "N-02": ("页码样式", "— 1 —"),
    "N-06": ("页码与页序", "相同"),
    "R-05": ("版记所在的面", "双数面"),
    "E-10.title": ("文件属性里的标题", "有"),
    "E-10.lang": ("文件属性里的语言", "zh-CN"),
}
"""Rules that count faults, told by what is there."""


def fails(result: Result) -> bool:
    """Whether a result fails a run: a rule that is missed, unless it is mere practice."""
    return result.verdict == "missed" and (result.must or result.clause not in {"practice", "PDF"})


def tally(results: Iterable[Result]) -> dict[str, int]:
    """How many rules are met, missed and unmeasured: each counts once, by the worst of its pages, and unmeasured if it is so on all."""
    rules: dict[str, set[str]] = {}
    for result in results:
        rules.setdefault(result.rule, set()).add(result.verdict)
    counts = Counter("missed" if "missed" in found else min(found) for found in rules.values())
    return {verdict: counts[verdict] for verdict in ("met", "missed", "unmeasured")}


def _claimed(pdf: Pdf) -> Profile | None:
    if pdf.facts.xmp("GTS_PDFXVersion") == "PDF/X-4":
        return "print"
    is_archive = (pdf.facts.xmp("pdfaid:part"), pdf.facts.xmp("pdfaid:conformance")) == ("3", "A")
    return "archive" if is_archive else None


def _relabelled(result: Result) -> Result:
    what, wanted = _PLAIN.get(result.rule, (result.what, result.wanted))
    return replace(result, what=what, wanted=wanted)


def _readings(group: Group, anatomy: Anatomy) -> Iterator[Reading]:
    for numbers, rule in group.rules:
        taken = set()
        try:
            for reading in rule(anatomy):
                taken.add(reading.rule)
                if reading.rule in _BY_INK and anatomy.has_borrowed_ink:
                    yield _unknown(reading, "字体没有嵌入，量不出墨迹")
                elif reading.rule in _BY_WORDS and anatomy.has_unknown_characters:
                    yield _unknown(reading, "字体没有 ToUnicode，读不出是什么字")
                else:
                    yield reading
        except AbsentError:
            continue
        except UnknownError as error:
            yield from (Reading(number, None, None, note=str(error)) for number in numbers if number not in taken)


_BY_INK: Final = frozenset(
    {
        *(
            "P-02",
            "P-04.left",
            "P-04.top",
            "P-04.right",
            "P-04.bottom",
            "N-03",
            "B-03",
            "B-04",
            "B-10.gap",
            "H-13",
            "H-14",
        ),
        *(
            "H-16",
            "H-20.axis",
            "H-20.gap",
            "H-32",
            "C-01.top",
            "C-01.axis",
            "M-01.top",
            "M-01.axis",
            "L-01.axis",
            "L-02",
            "L-03",
        ),
    }
)
"""Rules that measure ink, which a file without its fonts does not have."""


_BY_WORDS: Final = frozenset({"P-15", "P-16", "P-18"})
"""Rules that ask which characters stand somewhere."""


def _unknown(reading: Reading, note: str) -> Reading:
    return reading._replace(value=None, note=note)


def _tells(group: Group, *numbers: str) -> Callable[[Rule], Rule]:
    def enter(rule: Rule) -> Rule:
        group.rules.append((numbers, rule))
        return rule

    return enter


# --- What several rules need --------------------------------------------------------------------------------------------------


def _text(anatomy: Anatomy) -> Text:
    if anatomy.text is not None:
        return anatomy.text
    if not any(page.chars for page in anatomy.case.pages):
        raise UnknownError("文件里没有文字，可能是扫描件")
    raise UnknownError("没有认出正文（找的是首行空二字、回行顶格的段落）")


def _medians(rule: str, values: Iterable[tuple[int, float]], least: int) -> list[Reading]:
    """The median of each page that has so many values."""
    pages: dict[int, list[float]] = {}
    for page, value in values:
        pages.setdefault(page, []).append(value)
    return [Reading(rule, page, statistics.median(found)) for page, found in pages.items() if len(found) >= least]


def _some(readings: Sequence[Reading], note: str) -> Iterator[Reading]:
    if not readings:
        raise UnknownError(note)
    yield from readings


def _face(rule: str, case: Case, chars: Sequence[Char]) -> Iterator[Reading]:
    """The face that most of some characters are set in."""
    _, wanted = _FACES[rule]
    if not chars:
        raise UnknownError("没有可以辨认字体的字")
    fonts = Counter(char.style.font for char in chars)
    font, count = fonts.most_common(1)[0]
    char = next(one for one in chars if one.style.font == font)
    face = case.face_of(char)
    if face is None and not case.is_in_face(char, wanted):
        raise UnknownError(f"从字体名 {font} 看不出是什么字体")
    is_wanted = case.is_in_face(char, wanted)
    name = font.partition("+")[2] or font
    yield Reading(rule, None, 0 if is_wanted else count, name if is_wanted else f"{name}（{face}）")


def _hanzi(chars: Iterable[Char]) -> list[Char]:
    return [char for char in chars if is_hanzi(char.text)]


def _mode(chars: Iterable[Char]) -> float:
    return statistics.mode(round(char.style.size, 2) for char in chars)


# --- Paper and type area ------------------------------------------------------------------------------------------------------


@_tells(PAPER, "P-01.width", "P-01.height")
def paper(anatomy: Anatomy) -> Iterator[Reading]:
    """Every sheet is A4, upright or on its side."""
    for reading in page_rules.paper(anatomy.case):
        page = reading.page
        if page not in anatomy.turned:
            yield reading
            continue
        sheet = next(one.sheet for one in anatomy.case.pages if one.number == page)
        yield reading._replace(value=sheet.height if reading.rule == "P-01.width" else sheet.width)


@_tells(PAPER, "P-02")
def upper_margin(anatomy: Anatomy) -> Iterator[Reading]:
    """The ink of the first line, on pages that begin with a line of the text that cannot be anything else."""
    text, found = _text(anatomy), []
    for page in anatomy.case.pages:
        lines = text.lines.get(page.number, [])
        if page.number == 1 or not lines or lines[0].line is not page.rows[0] or lines[0].kind == "other":
            continue
        first = lines[0].line
        is_below = any(image.box.top < first.top for image in page.sheet.images)
        hanzi = _hanzi(first.chars)
        if len(hanzi) >= TELLING_LINE and not is_below and not anatomy.tables[page.number]:
            found.append(Reading("P-02", page.number, edge(hanzi, Side.TOP)))
    yield from _some(found, "没有一面从正文的一行开始")


@_tells(PAPER, "P-03")
def left_margin(anatomy: Anatomy) -> Iterator[Reading]:
    """Where the lines begin that are flush left."""
    lines = [one.line for one in _text(anatomy).every("further")]
    starts = ((line.page, line.chars[0].x) for line in lines if is_hanzi(line.chars[0].text))
    yield from _some(_medians("P-03", starts, 2), "左边齐的正文太少")


@_tells(PAPER, "P-14")
def right_edge(anatomy: Anatomy) -> Iterator[Reading]:
    """Where the lines end that the text goes on from."""
    ends = ((one.line.page, end_of(one.line, RIGHT)) for one in _text(anatomy).every("first", "further") if one.is_full)
    yield from _some(_medians("P-14", ends, 2), "排满的正文太少")


@_tells(PAPER, "P-04.left", "P-04.top", "P-04.right", "P-04.bottom")
def type_area(anatomy: Anatomy) -> Iterator[Reading]:
    """Nothing but page numbers lies outside the type area; page one of a letter is another matter, and so is a scanned page."""
    if anatomy.scanned:
        raise UnknownError(f"第{'、'.join(map(str, sorted(anatomy.scanned)))}面整面是一幅图像")
    for reading in page_rules.type_area(anatomy.case):
        is_of_head = reading.page == 1 and reading.rule in {"P-04.top", "P-04.bottom"}
        # Page one of a letter reaches further up and down, and without a mark it is not known to be none.
        if reading.page in anatomy.turned or (reading.page == 1 and anatomy.is_letter):
            continue
        if not (is_of_head and not anatomy.head.mark):
            yield reading


# --- Text ---------------------------------------------------------------------------------------------------------------------


@_tells(TEXT, "P-06")
def size_of_text(anatomy: Anatomy) -> Iterator[Reading]:
    """The size that most hanzi are set in."""
    chars = [char for one in _text(anatomy).every("first", "further") for char in one.line.chars if is_hanzi(char.text)]
    if not chars:
        raise UnknownError("没有认出正文")
    yield Reading("P-06", None, _mode(chars))


@_tells(TEXT, "P-06.face")
def face_of_text(anatomy: Anatomy) -> Iterator[Reading]:
    """仿宋, by the name of the font that most of the text is set in."""
    chars = [char for one in _text(anatomy).every("further") for char in one.line.chars]
    yield from _face("P-06.face", anatomy.case, _hanzi(chars))


@_tells(TEXT, "P-07")
def lines_of_page(anatomy: Anatomy) -> Iterator[Reading]:
    """The lines of the fullest page of text alone that goes on overleaf in the middle of a paragraph.

    Fewer than there should be at the right pitch may be meant: a paragraph that is not parted leaves a line empty.
    """
    text, found = _text(anatomy), []
    for page in anatomy.case.pages:
        lines = text.lines.get(page.number, [])
        following = text.lines.get(page.number + 1, [])
        is_pure = len(lines) == len(page.rows) and not page.sheet.images and not anatomy.tables[page.number]
        if page.number > 1 and lines and following and is_pure and lines[-1].is_full and following[0].kind == "further":
            found.append((len(lines), page.number))
    if not found:
        raise UnknownError("没有一面从头到尾排满正文")
    count, page_number = max(found)
    if count < LINES and all(MEASURES["P-10"].met_by(reading.value or 0.0) for reading in _pitches(anatomy)):
        raise UnknownError(f"行距合格，最满的一面 {count} 行，可能是段落不拆开")
    yield Reading("P-07", page_number, count)


@_tells(TEXT, "P-08")
def cells_of_line(anatomy: Anatomy) -> Iterator[Reading]:
    """The cells that full lines have, most of them."""
    lines = [one.line for one in _text(anatomy).every("further") if one.is_full]
    if len(lines) < _LEAST_LINES:
        raise UnknownError("排满的正文太少")
    yield Reading("P-08", None, statistics.median(cells_of(line, GRID, line.chars[0].x) for line in lines))


_LEAST_LINES: Final = 3
_LEAST_STEPS: Final = 4


def _steps(anatomy: Anatomy) -> Iterator[tuple[int, float]]:
    for page, lines in _text(anatomy).lines.items():
        for before, after in pairwise(lines):
            if after.kind == "further" and before.is_full:
                yield page, after.line.baseline - before.line.baseline


def _pitches(anatomy: Anatomy) -> list[Reading]:
    return _medians("P-10", _steps(anatomy), 1)


@_tells(TEXT, "P-10", "P-10.even")
def pitch(anatomy: Anatomy) -> Iterator[Reading]:
    """From line to line inside paragraphs."""
    yield from _some(_pitches(anatomy), "没有同一段的两行在一面上")
    pages: dict[int, list[float]] = {}
    for page, step in _steps(anatomy):
        pages.setdefault(page, []).append(step)
    for page, steps in pages.items():
        if len(steps) >= _LEAST_STEPS:
            yield Reading("P-10.even", page, statistics.pstdev(steps))


@_tells(TEXT, "B-17")
def indent(anatomy: Anatomy) -> Iterator[Reading]:
    """Where paragraphs begin whose second line is flush left."""
    starts = (
        (one.line.page, one.line.chars[0].x)
        for one in _text(anatomy).every("first")
        if one.line.chars[0].text not in OPENING
    )
    yield from _some(_medians("B-17", starts, 1), "没有认出段落的首行")


@_tells(TEXT, "P-15", "P-16", "P-18")
def edges_of_lines(anatomy: Anatomy) -> Iterator[Reading]:
    """No closing mark begins a line, no opening one ends it, and nothing is parted that belongs together."""
    for page, lines in _text(anatomy).lines.items():
        starts = [one.line.text[0] for one in lines if one.line.text[0] in CLOSING]
        ends = [one.line.text[-1] for one in lines if one.line.text[-1] in OPENING]
        yield counted("P-15", page, [*starts, *ends])
        pairs = [(a.line.text, b.line.text) for a, b in pairwise(lines) if b.kind == "further"]
        yield counted("P-16", page, [f"{a[-2:]}|{b[:2]}" for a, b in pairs if splits_dash(a, b)])
        yield counted("P-18", page, [f"{a[-4:]}|{b[:4]}" for a, b in pairs if splits_number(a, b)])


@_tells(TEXT, "P-13")
def black_text(anatomy: Anatomy) -> Iterator[Reading]:
    """The text is black."""
    for page, lines in _text(anatomy).lines.items():
        faults = [char for one in lines for char in one.line.chars if not is_black(char.style.colour)]
        # A long mark may be as small as the text.
        yield counted("P-13", page, texts([char for char in faults if page > 1 or not is_red(char.style.colour)]))


# --- Head ---------------------------------------------------------------------------------------------------------------------


def _mark(anatomy: Anatomy) -> tuple[Char, ...]:
    if anatomy.head.pale:
        raise UnknownError("发文机关标志不是红色")
    if not anatomy.head.mark:
        raise UnknownError("首页没有认出红色的发文机关标志")
    return anatomy.head.mark


def _middle(chars: Sequence[Char]) -> float:
    return (edge(chars, Side.LEFT) + edge(chars, Side.RIGHT)) / 2


def _general(anatomy: Anatomy) -> tuple[Char, ...]:
    """The mark of a document in the general format."""
    mark = _mark(anatomy)
    if anatomy.is_letter or anatomy.head.mark_text.endswith(("令", "纪要")):
        raise AbsentError
    if not anatomy.head.is_general:
        raise UnknownError("首页的红字没有认出是发文机关标志")
    return mark


_TOPS: Final = {"令": ("C-01.top", "C-01.axis"), "纪要": ("M-01.top", "M-01.axis")}


@_tells(HEAD, "H-13", "H-14", "H-16")
def mark(anatomy: Anatomy) -> Iterator[Reading]:
    """The place of the mark by its ink: 35 mm below the type area's edge, centred, no wider than the type area."""
    chars = _general(anatomy)
    yield Reading("H-13", 1, edge(chars, Side.TOP))
    yield Reading("H-14", 1, _middle(chars))
    yield Reading("H-16", 1, edge(chars, Side.RIGHT) - edge(chars, Side.LEFT))


@_tells(HEAD)
def colour_of_mark(anatomy: Anatomy) -> Iterator[Reading]:
    """Red."""
    if anatomy.head.pale or (anatomy.head.mark and not anatomy.is_letter and anatomy.head.is_general):
        yield counted("H-15", 1, texts(anatomy.head.pale))


@_tells(HEAD, "H-15.face")
def face_of_mark(anatomy: Anatomy) -> Iterator[Reading]:
    """小标宋."""
    yield from _face("H-15.face", anatomy.case, _hanzi(_general(anatomy)))


@_tells(HEAD)
def other_marks(anatomy: Anatomy) -> Iterator[Reading]:
    """The marks of orders and minutes have places of their own."""
    if not anatomy.is_letter:
        for ending, (top, axis) in _TOPS.items():
            if anatomy.head.mark_text.endswith(ending):
                yield Reading(top, 1, edge(anatomy.head.mark, Side.TOP))
                yield Reading(axis, 1, _middle(anatomy.head.mark))


def _number(anatomy: Anatomy) -> Line:
    row = anatomy.head.number_row
    if row is None:
        raise UnknownError("首页没有认出发文字号")
    return row


def _beside_mark(anatomy: Anatomy) -> list[Line]:
    """The rows from below the mark down to 发文字号."""
    lowest = edge(_general(anatomy), Side.BOTTOM)
    number = _number(anatomy)
    rows = anatomy.case.pages[0].rows
    return [row for row in rows if lowest < row.baseline <= number.baseline and not is_red(row.chars[0].style.colour)]


@_tells(HEAD, "H-20.gap")
def number_below_mark(anatomy: Anatomy) -> Iterator[Reading]:
    """发文字号, or the first signer, 空二行 below the mark."""
    rows = _beside_mark(anatomy)
    if not rows or rows[0].baseline < edge(_general(anatomy), Side.BOTTOM):
        raise UnknownError("发文字号不在标志以下")
    yield Reading("H-20.gap", 1, rows[0].top - edge(_general(anatomy), Side.BOTTOM))


@_tells(HEAD, "H-20.axis")
def place_of_number(anatomy: Anatomy) -> Iterator[Reading]:
    """发文字号 is centred, or stands one cell in where signers stand at the right, one cell inside."""
    rows, number = _beside_mark(anatomy), _number(anatomy)
    if not any("签发人" in row.text for row in rows):
        yield Reading("H-20.axis", 1, number.axis)
        return
    yield Reading("H-29", 1, number.chars[0].x)
    yield Reading("H-28", 1, max(end_of(row, RIGHT - EM) for row in rows))


@_tells(HEAD, "H-33", "H-33.left", "H-33.right", "H-32")
def red_rule(anatomy: Anatomy) -> Iterator[Reading]:
    """One red rule as wide as the type area, 4 mm below 发文字号."""
    _general(anatomy)
    rules = anatomy.head.rules
    if not rules:
        yield from _without_red_rule(anatomy)
        return
    yield Reading("H-33", 1, len(rules))
    yield Reading("H-33.left", 1, rules[-1].box.left)
    yield Reading("H-33.right", 1, rules[-1].box.right)
    yield Reading("H-32", 1, rules[-1].box.top - _number(anatomy).bottom)


def _without_red_rule(anatomy: Anatomy) -> Iterator[Reading]:
    """The rule between 发文字号 and title has another colour, or there is nothing at all that could be meant for one."""
    page, top, bottom = anatomy.case.pages[0], _number(anatomy).bottom, _title(anatomy)[0].top
    between = [shape for shape in page.sheet.shapes if shape.box.bottom > top and shape.box.top < bottom]
    other = [rule for rule in anatomy.head.other_rules if top < rule.box.top < bottom]
    if other:
        yield counted("H-33.red", 1, ["线" for _ in other])
    elif not between and not any(top < row.baseline < bottom for row in page.rows):
        yield Reading("H-33", 1, 0)
    else:
        raise UnknownError("首页没有认出红色分隔线")


@_tells(HEAD, "L-02", "L-01.axis", "L-01.face", "L-03", "L-04", "L-05")
def letter(anatomy: Anatomy) -> Iterator[Reading]:
    """A letter: its mark 30 mm below the edge of the sheet, its double rules."""
    if not anatomy.is_letter:
        raise AbsentError
    chars = _mark(anatomy)
    yield Reading("L-02", 1, edge(chars, Side.TOP))
    yield Reading("L-01.axis", 1, _middle(chars))
    below = anatomy.foot
    above = [rule for rule in anatomy.head.rules if rule.box.top > edge(chars, Side.BOTTOM)]
    if below:
        yield Reading("L-04", 1, below[-1].box.bottom)
        yield from worst("L-05", ((1, rule.box.right - rule.box.left) for rule in (*above, *below)))
    if above:
        yield Reading("L-03", 1, above[0].box.top - edge(chars, Side.BOTTOM))
    yield from _face("L-01.face", anatomy.case, _hanzi(chars))
    if not above or not below:
        raise UnknownError("没有认出红色双线")


# --- Title --------------------------------------------------------------------------------------------------------------------


def _title(anatomy: Anatomy) -> tuple[Line, ...]:
    if not anatomy.title:
        raise UnknownError("首页没有认出标题")
    return anatomy.title


@_tells(TITLE, "B-02", "B-04", "B-09")
def title(anatomy: Anatomy) -> Iterator[Reading]:
    """2号, every line centred by its ink."""
    rows = _title(anatomy)
    yield Reading("B-02", 1, _mode(_hanzi(char for row in rows for char in row.chars)))
    yield from worst("B-04", ((1, row.axis) for row in rows))
    yield from worst("B-09", ((1, below.baseline - above.baseline) for above, below in pairwise(rows)))


@_tells(TITLE, "B-02.face")
def face_of_title(anatomy: Anatomy) -> Iterator[Reading]:
    """小标宋."""
    yield from _face("B-02.face", anatomy.case, _hanzi(c for row in _title(anatomy) for c in row.chars))


@_tells(TITLE, "B-03")
def title_below_rule(anatomy: Anatomy) -> Iterator[Reading]:
    """空二行 below the red rule."""
    _general(anatomy)
    rows, rules = _title(anatomy), anatomy.head.rules
    if not rules:
        raise UnknownError("首页没有认出红色分隔线")
    yield Reading("B-03", 1, rows[0].top - rules[-1].box.bottom)


@_tells(TITLE)
def addressees(anatomy: Anatomy) -> Iterator[Reading]:
    """主送机关 空一行 below the title, flush left; some documents have none."""
    rows = anatomy.addressees
    if rows:
        yield Reading("B-10.gap", 1, rows[0].top - anatomy.title[-1].bottom)
        yield from worst("B-10.left", ((1, start_of(row, LEFT)) for row in rows))


# --- Imprint ------------------------------------------------------------------------------------------------------------------


def _imprint(anatomy: Anatomy) -> Imprint:
    if anatomy.imprint is None:
        raise UnknownError("末面没有认出版记（两条线之间“……印发”的一行）")
    return anatomy.imprint


@_tells(IMPRINT, "R-01.left", "R-01.right", "R-02.thick", "R-03", "R-04")
def imprint_rules(anatomy: Anatomy) -> Iterator[Reading]:
    """Black rules as wide as the type area, the first and the last thick, the last one on the lower edge of the type area."""
    found = _imprint(anatomy)
    yield from worst("R-01.left", ((found.page, rule.box.left) for rule in found.rules))
    yield from worst("R-01.right", ((found.page, rule.box.right) for rule in found.rules))
    yield from worst("R-02.thick", ((found.page, rule.weight) for rule in {found.rules[0], found.rules[-1]}))
    yield Reading("R-03", found.page, found.rules[-1].box.bottom)
    yield Reading("R-04", found.page, sum(rule.colour is None or not is_black(rule.colour) for rule in found.rules))


@_tells(IMPRINT, "R-05", "R-10.left", "R-10.right", "R-06.size")
def imprint_text(anatomy: Anatomy) -> Iterator[Reading]:
    """On an even page, in 4号, one cell inside both edges."""
    found = _imprint(anatomy)
    yield Reading("R-05", found.page, found.page % 2, f"第{found.page}面")
    if not found.row.text[0].isdigit():  # 印发机关 before 印发日期
        yield Reading("R-10.left", found.page, found.row.chars[0].x)
    yield Reading("R-10.right", found.page, end_of(found.row, RIGHT - EM_4))
    yield Reading("R-06.size", found.page, _mode(char for line in found.lines for char in line.chars))


@_tells(IMPRINT, "R-06.face")
def face_of_imprint(anatomy: Anatomy) -> Iterator[Reading]:
    """仿宋."""
    chars = [char for line in _imprint(anatomy).lines for char in line.chars]
    yield from _face("R-06.face", anatomy.case, _hanzi(chars))


# --- Page numbers -------------------------------------------------------------------------------------------------------------


@_tells(FOLIOS, "N-02")
def page_numbers(anatomy: Anatomy) -> Iterator[Reading]:
    """— 1 — below the type area at the outer side, in 4号."""
    case, found = anatomy.case, set()
    for reading in page_rules.page_numbers(case):
        if reading.rule != "N-01.face" and reading.page not in anatomy.turned:
            found.add(reading.page)
            yield reading
    missing = [
        page.number
        for page in case.pages
        if page.number not in found | anatomy.turned and not (anatomy.is_letter and page.number == 1)
    ]
    if missing:
        pages = "、".join(map(str, missing[:_NAMED])) + ("等" if len(missing) > _NAMED else "")
        yield Reading("N-02", None, None, note=f"第{pages}面没有认出页码")


_NAMED: Final = 5


@_tells(FOLIOS, "N-01.face")
def face_of_page_numbers(anatomy: Anatomy) -> Iterator[Reading]:
    """宋体."""
    folios = [page.folio for page in anatomy.case.pages if page.folio is not None]
    if not folios:
        raise AbsentError
    chars = [char for folio in folios for char in folio.chars if char.text.isdigit()]
    yield from _face("N-01.face", anatomy.case, chars)


# --- The file -----------------------------------------------------------------------------------------------------------------


@_tells(FILE, "PDF")
def the_file(anatomy: Anatomy) -> Iterator[Reading]:
    """Every page can be read; fonts, properties and inks are as the profile wants them."""
    case = anatomy.case
    yield from page_rules.readable(case)
    if case.facts.fonts:
        yield from page_rules.fonts(case)
    yield from page_rules.properties(case)
    yield from page_rules.profile(case)

"""Rules of every page: paper, type area, grid, line edges, colour and page numbers; and of the file as a whole."""

from __future__ import annotations

import colorsys
import math
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from gongwen.fonts import is_hanzi
from gongwen.grid import Grid
from gongwen.preflight.case import (
    CLOSING,
    OPENING,
    AbsentError,
    Case,
    Reading,
    counted,
    end_of,
    measures,
    spread,
    start_of,
    styles,
    texts,
    worst,
)
from gongwen.preflight.elements import BODY, TEXT, Line, Page, Side, edge
from gongwen.preflight.reading import Char, Colour, Style
from gongwen.standard import LEFT, LINES_WITH_SIGNATURE, RED_CMYK, RIGHT

# --- Paper and type area (5.1, 5.2.1) -----------------------------------------------------------------------------------------


@measures("P-01.width", "P-01.height", "P-01.trim")
def paper(case: Case) -> Iterator[Reading]:
    """Every sheet is A4."""
    for page in case.pages:
        yield Reading("P-01.width", page.number, page.sheet.width)
        yield Reading("P-01.height", page.number, page.sheet.height)
    if case.profile == "print":
        yield Reading("P-01.trim", None, case.facts.pages_without_trim_box)


@measures("P-04.left", "P-04.top", "P-04.right", "P-04.bottom")
def type_area(case: Case) -> Iterator[Reading]:
    """No ink but that of page numbers lies outside the type area: neither of text nor of rules and pictures.

    Page one of a letter has its double rules beside it, its mark above it and its last lines below it.
    """
    double_rules = [rule for rules in case.double_rules for rule in rules]
    for page in case.pages:
        opens_letter = case.is_letter and page.number == 1
        for side, outermost in _SIDES:
            if opens_letter and side in (Side.TOP, Side.BOTTOM):
                continue
            edges = [shape.box[side] for shape in page.sheet.shapes if shape not in double_rules]
            edges.append(edge(_outer_chars(page, side), side))
            if edges := [value for value in edges if not math.isnan(value)]:
                yield Reading(f"P-04.{side.name.lower()}", page.number, outermost(edges))


_SIDES: Final = ((Side.LEFT, min), (Side.TOP, min), (Side.RIGHT, max), (Side.BOTTOM, max))
_TALLEST: Final = 20.0
"""Lines so near to the outermost one (mm) may reach beyond it."""


def _outer_chars(page: Page, side: Side) -> list[Char]:
    """The characters whose ink can be the outermost on one side."""
    chars = [char for char in page.chars if not char.style.is_upright]
    if not page.rows:
        return chars
    if side in (Side.LEFT, Side.RIGHT):
        return chars + [row.chars[0 if side is Side.LEFT else -1] for row in page.rows]
    outer = page.rows[0 if side is Side.TOP else -1].baseline
    return chars + [char for row in page.rows if abs(row.baseline - outer) < _TALLEST for char in row.chars]


TELLING_LINE: Final = 6
"""Characters from which the ink of a line tells where its cells begin: a line of 一 and 。 does not."""


@measures("P-02", "P-03")
def margins(case: Case) -> Iterator[Reading]:
    """Where text begins on pages that it runs over: the ink of the first line, and the cells of lines that are flush left.

    The ink of 目 or 日 begins far inside its cell, and a page may have but one such line.
    """
    for page, lines in case.flow.items():
        if lines[0].element.role not in BODY or _has_head(case, page):
            continue
        first = lines[0].line
        if any(box.bottom < first.top for box in case.figures.get(page, [])):
            continue
        if first.baseline == case.rows(page)[0].baseline and len(first.chars) >= TELLING_LINE:
            yield Reading("P-02", page, first.top)
    for page, lines in case.flow.items():
        flush = [one.line.chars[0] for one in lines if not one.is_first and one.element.role in BODY]
        flush = [char for char in flush if is_hanzi(char.text)]
        if flush:
            yield Reading("P-03", page, min(char.x for char in flush))


_HEAD: Final = (
    "copy-number",
    "secrecy",
    "urgency",
    "mark",
    "number",
    "signers",
    "title",
    "subtitle",
    "occasion",
    "speech-place",
    "speaker",
    "speech-date",
    "contents-title",
    "contents",
    "editor-note",
    "item-title",
    "byline",
    "attachment-label",
    "attachment-title",
    "issued-title",
)
_ENDING: Final = (
    "attachment-list",
    "attendance",
    "signature",
    "date",
    "note",
    "imprint-copies",
    "imprint-office",
    "imprint-date",
    "source",
    "distribution",
    "print-run",
)


def _has_head(case: Case, page: int) -> bool:
    return page == 1 or any(element.page == page for element in case.maybe(*_HEAD))


# --- The grid (5.2.3) ---------------------------------------------------------------------------------------------------------


def _is_full(case: Case, page: int) -> bool:
    """Whether a page of text alone ought to be filled: the text goes on overleaf, and nothing there wanted to be kept together."""
    if _has_head(case, page) or any(page in (one.page, one.last_page) for one in case.maybe(*_ENDING)):
        return False
    if page in case.table_from:
        return False
    return runs_on(case, page)


def runs_on(case: Case, page: int) -> bool:
    """Whether the text of a page goes on overleaf, and nothing there wanted to be kept together, such as a figure."""
    if page in case.figures or case.opens_with_figure(page + 1):
        return False
    following = case.flow.get(page + 1, [])
    if page not in case.flow or not following or following[0].element.role not in BODY:
        return False
    opening = following[0]
    if opening.element.expected.part != case.flow[page][-1].element.expected.part:
        return False
    if case.table_from.get(page + 1, opening.element.number) < opening.element.number:
        return False  # a table that did not fit stands overleaf
    is_kept = opening.is_first and opening.element.role == "heading"
    return not is_kept and len(case.body_lines(page + 1)) > LINES_WITH_SIGNATURE


@measures("P-07", "P-09")
def full_pages(case: Case) -> Iterator[Reading]:
    """The lines of the grid, which fill the type area."""
    for page in case.flow:
        if _is_full(case, page):
            yield Reading(case.rule("P-07"), page, len(case.rows(page)))
            yield Reading("P-09", page, case.rows(page)[-1].bottom)


@measures("P-10", "P-10.even")
def pitch(case: Case) -> Iterator[Reading]:
    """Lines of text follow each other at one pitch, and so do the signatures of a joint document."""
    for page, lines in case.flow.items():
        steps = [
            after.line.baseline - before.line.baseline
            for before, after in pairwise(lines)
            if before.is_followed_by(after)
            and not case.is_parted(before.element, after.element)
            and (before.element is after.element or _share_pitch(before.element.role, after.element.role, case))
        ]
        if steps:
            yield Reading(case.rule("P-10"), page, sum(steps) / len(steps))
            yield Reading("P-10.even", page, spread(steps))


def _share_pitch(before: str, after: str, case: Case) -> bool:
    return {before, after} <= TEXT or (before == after == "signature" and case.is_unsealed)


@measures("P-08", "P-14")
def full_lines(case: Case) -> Iterator[Reading]:
    """A full line has the cells of the grid and ends flush at the right edge of the type area, by its last cell and not by its ink."""
    lines = [line for element in case.maybe(*BODY, "attachment-list", "note") for line, _ in element.full_lines()]
    counts = []
    for element in case.maybe(*BODY):
        following = {id(line): after for line, after in pairwise(element.lines)}
        for line, _ in element.full_lines():
            cells = cells_of(line, case.grid)
            if cells < case.grid.cells - 1 and cells + _unparted(following[id(line)]) > case.grid.cells:
                continue  # what begins the next line may not be parted and has no room here
            counts.append((line.page, cells))
    yield from worst(case.rule("P-08"), counts)
    yield from worst("P-14", ((line.page, end_of(line, RIGHT)) for line in lines))


def cells_of(line: Line, grid: Grid, left: float = LEFT) -> float:
    """Cells that the characters of a line take with its indent from the left edge of the text (mm).

    Each has its own width, and marks that meet share a cell.
    """
    em = line.chars[0].em
    cells = sum(char.advance for char in line.chars) / em + max(0.0, start_of(line, left) - left) / grid.em
    for before, after in pairwise(line.chars):
        blank = (after.x - before.end) / em
        if blank > _LEAST_BLANK:
            cells += round(blank)
        if before.text in _MARKS and after.text in _MARKS and not (before.text in OPENING and after.text in CLOSING):
            cells -= 0.5
    halves = (line.chars[0].text in OPENING) + (line.chars[-1].text in CLOSING)
    return min((cells - half / 2 for half in range(halves + 1)), key=lambda value: abs(value - grid.cells))


_MARKS: Final = OPENING | CLOSING
_LEAST_BLANK: Final = 0.6
"""Em between two characters that are a full-width blank, not spreading."""
_UNPARTED: Final = re.compile(
    rf"[{''.join(OPENING)}]*(?:[!-~]+[^!-~{''.join(OPENING | CLOSING)}]{{0,2}}|——|……|.)[{''.join(CLOSING)}]*"
)
"""The shortest beginning of a line that could have stood at the end of the line before it: a word, a number with its unit."""


def _unparted(line: Line) -> float:
    """The cells that it takes."""
    found = _UNPARTED.match(line.text)
    return sum(char.advance for char in line.chars[: found.end() if found else 0]) / line.chars[0].em


@measures("P-06", "P-06.face", "P-20")
def type_of_body(case: Case) -> Iterator[Reading]:
    """仿宋 of the grid's size, unless stated otherwise; never made bold."""
    headings = [one for one in case.maybe("heading") if one.expected.level <= _LEVELS_WITH_A_FACE]
    with_heads = (*headings, *case.maybe("division", "article", "attendance"))
    in_heading_face = {char for one in with_heads for char in one.chars[: one.expected.lead]}
    for page, lines in case.flow.items():
        chars = [char for one in lines for char in one.line.chars]
        yield from worst(case.rule("P-06"), ((page, style.size) for style in styles(chars)))
        outside = case.outside_face(chars, "仿宋")
        yield counted("P-06.face", page, texts([char for char in outside if char not in in_heading_face]))
    meant = {
        char
        for one in case.maybe("heading")
        if case.house.is_bold(one.expected.level)
        for char in one.chars[: one.expected.lead]
    }
    for sheet in case.pages:
        if sheet.chars:
            bold = {style for style in styles(sheet.chars) if is_bold(style)}
            yield counted("P-20", sheet.number, texts([c for c in sheet.chars if c.style in bold and c not in meant]))


def is_bold(style: Style) -> bool:
    """Whether characters are made heavier: by a stroke along their outlines, or by a face that is called bold."""
    return style.is_stroked or _BOLD.search(style.font) is not None


_BOLD: Final = re.compile(r"[,-]bold", re.IGNORECASE)
_LEVELS_WITH_A_FACE: Final = 2


# --- Line edges (GB/T 15834, 15835) -------------------------------------------------------------------------------------------


@measures("P-15")
def forbidden_edges(case: Case) -> Iterator[Reading]:
    """No line begins with a closing mark or ends with an opening one."""
    for page in case.pages:
        faults = [row.chars[0].text for row in page.rows if row.chars[0].text in CLOSING]
        faults += [row.chars[-1].text for row in page.rows if row.chars[-1].text in OPENING]
        if page.rows:
            yield counted("P-15", page.number, faults)


@measures("P-16", "P-18")
def split_tokens(case: Case) -> Iterator[Reading]:
    """A dash, an ellipsis and a number stay on one line."""
    for page, lines in case.flow.items():
        overleaf = [one for one in case.flow.get(page + 1, [])[:1] if not one.is_first]
        pairs = [
            (before.line.text, after.line.text)
            for before, after in pairwise([*lines, *overleaf])
            if before.element is after.element
        ]
        yield counted("P-16", page, [f"{a[-2:]}|{b[:2]}" for a, b in pairs if splits_dash(a, b)])
        yield counted("P-18", page, [f"{a[-4:]}|{b[:4]}" for a, b in pairs if splits_number(a, b)])


_NUMBER: Final = re.compile(r"\d[.,]?\|\d")


def splits_number(before: str, after: str) -> bool:
    """Whether two lines part a number."""
    return _NUMBER.search(f"{before[-2:]}|{after[:1]}") is not None


def splits_dash(before: str, after: str) -> bool:
    """Whether two lines part a dash or an ellipsis."""
    mark = before[-1]
    if mark not in "—…" or after[0] != mark:
        return False
    return (len(before) - len(before.rstrip(mark))) % 2 == 1


# --- Colour (5.2.4, 6.2) ------------------------------------------------------------------------------------------------------

_DARK: Final = 64


def is_black(colour: Colour) -> bool:
    """Black as a screen shows it: K alone comes out as a dark grey."""
    return max(colour) <= _DARK


def is_red(colour: Colour) -> bool:
    """Hue 350° to 20°, clear and bright."""
    hue, saturation, value = colorsys.rgb_to_hsv(*(part / 255 for part in colour))
    return (hue >= 350 / 360 or hue <= 20 / 360) and saturation >= 0.6 and value >= 0.75  # noqa: PLR2004 - see above


@measures("P-13")
def black_text(case: Case) -> Iterator[Reading]:
    """All text is black but the mark; without a draft, red text of the first page may be the mark."""
    mark = {char for element in case.maybe("mark") for char in element.chars}
    for page in case.pages:
        chars = [*page.chars, *(page.folio.chars if page.folio else ())]
        if case.found is None and page.number == 1:
            chars = [char for char in chars if not is_red(char.style.colour)]
        if chars:
            pale = {style for style in styles(chars) if not is_black(style.colour)}
            faults = [char for char in chars if char.style in pale and char not in mark]
            yield counted("P-13", page.number, texts(faults))


# --- Page numbers (7.5) -------------------------------------------------------------------------------------------------------

_DASHES: Final = "—―–－-─"
_ONE_DASH: Final = "—―"
"""一字线: fonts draw both alike, and TeX names its glyph by the second."""


def _unnumbered(case: Case) -> set[int]:
    """A blank page before the last one, and the last one with the imprint, are not numbered."""
    blank = next((page.number for page in case.pages[-2:-1] if case.is_blank(page)), None)
    return set() if blank is None else {blank, blank + 1}


@measures("N-01", "N-01.face", "N-02", "N-03", "N-04.odd", "N-04.even", "N-05", "N-06", "N-09")
def page_numbers(case: Case) -> Iterator[Reading]:
    """— 1 — below the type area, right on odd pages and left on even ones, or in the middle if the unit wants it there.

    Page one of a letter has none (L-11).
    """
    unnumbered = _unnumbered(case)
    for page in case.pages:
        if case.is_letter and page.number == 1:
            continue
        if page.number in unnumbered:
            yield counted("N-05", page.number, [page.folio.text] if page.folio else [])
        elif page.folio is not None:
            yield from _folio(case, page.number, page.folio)
        elif case.found is not None:
            yield Reading("N-02", page.number, 1, "没有页码", f"— {page.number} —")


def _folio(case: Case, page: int, folio: Line) -> Iterator[Reading]:
    text = folio.text
    is_right = re.fullmatch(rf"[{_ONE_DASH}][0-9]+[{_ONE_DASH}]", text) is not None
    yield Reading("N-02", page, 0 if is_right else 1, text, f"— {page} —")
    if numbers := re.findall(r"\d+", text):
        yield Reading("N-06", page, int(numbers[0]) - page, text, f"— {page} —")
    yield from worst("N-01", ((page, char.style.size) for char in folio.chars))
    yield counted("N-01.face", page, [char.text for char in folio.chars if not case.is_in_face(char, "宋体")])
    dashes = [ink for char in folio.chars if char.text in _DASHES and (ink := char.ink) is not None]
    if dashes:
        yield from worst("N-03", ((page, (ink.top + ink.bottom) / 2) for ink in dashes))
    else:
        yield Reading("N-03", page, None, note="页码没有一字线")
    if case.house.page_number == "middle":
        yield Reading("N-09", page, (folio.chars[0].x + folio.chars[-1].end) / 2)
    elif page % 2:
        yield Reading("N-04.odd", page, folio.chars[-1].end)
    else:
        yield Reading("N-04.even", page, folio.chars[0].x)


@measures("E-12")
def blank_pages(case: Case) -> Iterator[Reading]:
    """A page without text is really blank."""
    for page in case.pages:
        if case.is_blank(page):
            yield Reading("E-12", page.number, len(page.sheet.shapes))


# --- The file -----------------------------------------------------------------------------------------------------------------


@measures("PDF")
def readable(case: Case) -> Iterator[Reading]:
    """Every page can be read."""
    pages = "、".join(map(str, case.missing_pages))
    yield Reading("PDF", None, len(case.missing_pages), f"第{pages}页不能读取" if pages else "")


@measures("E-07.embedded", "E-07.subset", "E-07.unicode", "E-07.type3")
def fonts(case: Case) -> Iterator[Reading]:
    """Fonts are embedded, subset and know their characters."""
    every = case.facts.fonts
    if not every:
        raise AbsentError
    yield counted("E-07.embedded", None, [font.name for font in every if not font.is_embedded and not font.is_type3])
    yield counted("E-07.subset", None, [font.name for font in every if font.is_embedded and not font.is_subset])
    yield counted("E-07.unicode", None, [font.name for font in every if not font.has_unicode])
    yield counted("E-07.type3", None, [font.name for font in every if font.is_type3])


@measures("E-10.title", "E-10.lang", "K-07.scaling", "K-07.duplex")
def properties(case: Case) -> Iterator[Reading]:
    """What the file says of itself, and how it asks to be printed."""
    facts = case.facts
    yield Reading("E-10.title", None, int(not facts.title), facts.title or "没有")
    yield Reading("E-10.lang", None, int(facts.language.lower() != "zh-cn"), facts.language or "没有")
    scaling, duplex = (facts.viewer.get(key, "") for key in ("/PrintScaling", "/Duplex"))
    yield Reading("K-07.scaling", None, int(scaling != "/None"), scaling or "没有")
    yield Reading("K-07.duplex", None, int(duplex != "/DuplexFlipLongEdge"), duplex or "没有")


_PROFILE_COMPONENTS: Final = {"print": ("/GTS_PDFX", 4), "archive": ("/GTS_PDFA1", 3)}


@measures("K-04.rgb", "K-04.inks", "E-11.x4", "E-11.a3a", "E-11.source")
def profile(case: Case) -> Iterator[Reading]:
    """Press inks and PDF/X-4 for print; PDF/A-3a with the draft in it for the archive."""
    facts = case.facts
    if case.profile is None:
        return
    is_intended = _PROFILE_COMPONENTS[case.profile] in facts.intents
    faults = [] if is_intended else ["输出意图"]
    if case.profile == "print":
        yield Reading("K-04.rgb", None, facts.rgb)
        inks = sorted(ink for ink in facts.inks if any(ink[:3]) and ink != RED_CMYK)
        yield counted("K-04.inks", None, [" ".join(f"{part:g}" for part in ink) for ink in inks])
        if facts.xmp("GTS_PDFXVersion") != "PDF/X-4":
            faults.append("GTS_PDFXVersion")
        yield counted("E-11.x4", None, faults)
        return
    marks = {"pdfaid:part": "3", "pdfaid:conformance": "A"}
    faults += [name for name, value in marks.items() if facts.xmp(name) != value]
    yield counted("E-11.a3a", None, faults)
    yield Reading("E-11.source", None, int(facts.sources == 0))


@measures("E-08")
def text(case: Case) -> Iterator[Reading]:
    """What can be read out of the PDF is the draft's text, in order; only blanks, page numbers and the watermark are left out."""
    if case.found is None:
        raise AbsentError
    wanted = "".join(expected.text for expected, _ in case.found.items)
    shown = case.found.text
    if wanted == shown:
        yield Reading("E-08", None, 0)
        return
    start = next(
        (i for i, (a, b) in enumerate(zip(wanted, shown, strict=False)) if a != b), min(len(wanted), len(shown))
    )
    page = case.found.chars[min(start, len(shown) - 1)].page if shown else None
    yield Reading("E-08", page, 1, f"“{_around(shown, start)}”", f"“{_around(wanted, start)}”")


_CONTEXT: Final = 8


def _around(whole: str, position: int) -> str:
    return whole[max(0, position - _CONTEXT) : position + _CONTEXT]

"""Rules of the elements: head, title, body, attachments, ending and imprint, each measured against what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from gongwen.document import PENDING, SeparateAttachment
from gongwen.preflight.case import (
    WITH_IMPRINT,
    AbsentError,
    Case,
    NotFoundError,
    Reading,
    counted,
    end_of,
    measures,
    spread,
    start_of,
    texts,
    worst,
)
from gongwen.preflight.elements import ISSUED, TABLE, TEXT, Element, Line, first_row
from gongwen.preflight.page_rules import is_black, is_bold, is_red
from gongwen.preflight.reading import Char, Shape
from gongwen.standard import DATE_SHIFT, EM, EM_4, HEIGHT, LEFT, RED_RULE_WEIGHT, RIGHT, RULE_BELOW_NUMBER, TOP, WIDTH


def _gap(rule: str, above: Element, below: Element) -> Iterator[Reading]:
    """From the lower edge of one element's ink to the upper edge of the next one's, if both are on one page."""
    if above.last_page == below.page:
        yield Reading(rule, below.page, below.top - above.bottom)


def _step(rule: str, above: Element, below: Element) -> Iterator[Reading]:
    """From the last baseline of one element to the first of the next, if both are on one page."""
    if above.last_page == below.page:
        yield Reading(rule, below.page, below.lines[0].baseline - above.lines[-1].baseline)


# --- Head (7.2) ---------------------------------------------------------------------------------------------------------------


@measures("H-03", only=WITH_IMPRINT)
def copy_number_on_top(case: Case) -> Iterator[Reading]:
    """份号 on the first line of the type area; the placeholder is no number, and its characters are higher than digits."""
    element = case.one("copy-number")
    if element.expected.text == PENDING:
        raise AbsentError
    yield Reading("H-03", element.page, element.top)


@measures("H-03.left")
def copy_number(case: Case) -> Iterator[Reading]:
    """份号 flush left."""
    element = case.one("copy-number")
    yield Reading("H-03.left", element.page, element.chars[0].x)


@measures("H-06", only=WITH_IMPRINT)
def secrecy_on_second_line(case: Case) -> Iterator[Reading]:
    """密级 on the second line of the type area."""
    element = case.one("secrecy")
    yield Reading("H-06", element.page, element.top)


@measures("H-05", "H-06.left")
def secrecy(case: Case) -> Iterator[Reading]:
    """密级 in 黑体, flush left."""
    element = case.one("secrecy")
    yield counted("H-05", element.page, texts(case.outside_face(element.chars, "黑体")))
    yield Reading("H-06.left", element.page, element.chars[0].x)


@measures("H-09", "H-10.left")
def urgency(case: Case) -> Iterator[Reading]:
    """紧急程度 in 黑体, flush left."""
    element = case.one("urgency")
    yield counted("H-09", element.page, texts(case.outside_face(element.chars, "黑体")))
    yield Reading("H-10.left", element.page, element.chars[0].x)


@measures("H-10")
def corner(case: Case) -> Iterator[Reading]:
    """份号, 密级 and 紧急程度 one below the other."""
    rows = case.every("copy-number", "secrecy", "urgency")
    yield from worst("H-10", ((b.page, b.lines[0].baseline - a.lines[0].baseline) for a, b in pairwise(rows)))


@measures("H-13", "H-14", "H-15", "H-15.face", only="general")
def mark(case: Case) -> Iterator[Reading]:
    """发文机关标志: its place by its ink, its colour, its face."""
    element = case.one("mark")
    yield Reading("H-13", element.page, element.top)
    yield Reading("H-14", element.page, (element.left + element.right) / 2)
    yield counted("H-15", element.page, [char.text for char in element.chars if not is_red(char.style.colour)])
    yield counted("H-15.face", element.page, texts(case.outside_face(element.chars, "小标宋")))


@measures("H-16")
def width_of_mark(case: Case) -> Iterator[Reading]:
    """The mark is no wider than the type area."""
    element = case.one("mark")
    yield Reading("H-16", element.page, element.right - element.left)


@measures("H-17", "H-17.left", "H-17.right", "H-17.suffix", "H-19", only=WITH_IMPRINT)
def joint_mark(case: Case) -> Iterator[Reading]:
    """The mark of a joint document: the names one below the other in the draft's order, equally wide; 文件 right of them, at mid-height.

    Edges are those of cells: the ink of 自 begins 0.18 em into its cell, that of 人 hardly any.
    """
    if case.document is None or not case.document.mark_names:
        raise AbsentError
    whole = case.one("mark")
    *names, suffix = whole.parts()
    rows = [Line(name.chars) for name in names]
    steps = [below.baseline - above.baseline for above, below in pairwise(rows)]
    misplaced = [row.text for row, step in zip(rows[1:], steps, strict=True) if step <= 0]
    yield counted("H-17", whole.page, misplaced)
    yield from _aligned("H-17", rows)
    block = replace(whole, chars=whole.chars[: -len(suffix.chars)])
    yield Reading("H-17.suffix", whole.page, _middle(suffix) - _middle(block))
    if (overlap := block.right - suffix.left) > 0:
        yield Reading("H-17.suffix", whole.page, overlap, f"与机关名称重叠 {overlap:.2f} mm")
    if len(steps) > 1:
        yield Reading("H-19", whole.page, spread(steps))


def _aligned(rule: str, rows: Sequence[Line]) -> Iterator[Reading]:
    """How far the cells of names begin and end from where those of the first do."""
    left, right = rows[0].chars[0].x, rows[0].chars[-1].end
    yield from worst(f"{rule}.left", ((row.page, start_of(row, left) - left) for row in rows[1:]))
    yield from worst(f"{rule}.right", ((row.page, end_of(row, right) - right) for row in rows[1:]))


def _middle(element: Element) -> float:
    return (element.top + element.bottom) / 2


@measures("H-20.gap", only="general")
def number_below_mark(case: Case) -> Iterator[Reading]:
    """发文字号 空二行 below the mark, or the first signer where signers stand beside it. A preprinted mark is not in the PDF."""
    yield from _gap("H-20.gap", case.one("mark"), case.one("signers", "number"))


@measures("H-20.axis", only="general")
def number_centred(case: Case) -> Iterator[Reading]:
    """发文字号 is centred where no signer stands beside it."""
    element = case.one("number")
    if not case.maybe("signers"):
        yield Reading("H-20.axis", element.page, element.lines[0].axis)


@measures("H-27", "H-28", "H-30")
def signers(case: Case) -> Iterator[Reading]:
    """签发人: in 仿宋 with the names in 楷体, the widest row one cell inside the right edge, the rows' names aligned."""
    rows = case.every("signers")
    wrong = [char for row in rows for char in case.outside_face(row.chars[: row.expected.lead], "仿宋")]
    wrong += [char for row in rows for char in case.outside_face(row.chars[row.expected.lead :], "楷体")]
    yield counted("H-27", rows[0].page, texts(wrong))
    yield Reading("H-28", rows[0].page, max(end_of(row.lines[0], RIGHT - EM) for row in rows))
    first_names = [row.chars[row.expected.lead].x for row in rows]
    yield from worst("H-30", ((rows[0].page, x - first_names[0]) for x in first_names[1:]))


@measures("H-29", "H-29.line")
def number_beside_signers(case: Case) -> Iterator[Reading]:
    """发文字号 one cell in from the left, on the line of the last signer."""
    last = case.every("signers")[-1]
    number = case.one("number")
    yield Reading("H-29", number.page, number.chars[0].x)
    yield Reading("H-29.line", number.page, number.lines[0].baseline - last.lines[0].baseline)


def _rules_above_title(case: Case) -> list[Shape]:
    if case.document is None or case.overprinted:
        raise AbsentError
    title = case.one("title")
    return [rule for rule in case.wide_rules if rule.page == title.page and rule.box.top < title.top]


def _red_rule(case: Case) -> Shape:
    rules = _rules_above_title(case)
    if not rules:
        raise NotFoundError("没有找到红色分隔线")
    return rules[-1]


@measures("H-33", only="general")
def separating_rule(case: Case) -> Iterator[Reading]:
    """One rule between head and title."""
    yield Reading("H-33", case.one("title").page, len(_rules_above_title(case)))


@measures("H-33.red", "H-33.left", "H-33.right", only="general")
def red_rule(case: Case) -> Iterator[Reading]:
    """The rule is red and as wide as the type area."""
    rule = _red_rule(case)
    yield Reading("H-33.red", rule.page, int(rule.colour is None or not is_red(rule.colour)))
    yield Reading("H-33.left", rule.page, rule.box.left)
    yield Reading("H-33.right", rule.page, rule.box.right)


@measures("H-32", only="general")
def rule_below_number(case: Case) -> Iterator[Reading]:
    """The rule 4 mm below the number, or below the last signer if that reaches lower."""
    rule = _red_rule(case)
    lowest = max(element.bottom for element in case.every("number", "signers"))
    yield Reading("H-32", rule.page, rule.box.top - lowest)


# --- Title and body (7.3.1 to 7.3.3) ------------------------------------------------------------------------------------------


@measures("B-03", only="general")
def title_below_rule(case: Case) -> Iterator[Reading]:
    """Title 空二行 below the red rule; one that is printed on the paper already lies 4 mm below the number."""
    title = case.one("title")
    if case.overprinted:
        rule = max(element.bottom for element in case.every("number", "signers")) + RULE_BELOW_NUMBER + RED_RULE_WEIGHT
    else:
        rule = _red_rule(case).box.bottom
    yield Reading("B-03", title.page, title.top - rule)


@measures("B-02", "B-02.face", "B-04", "B-09")
def title(case: Case) -> Iterator[Reading]:
    """2号小标宋, every line centred by its ink."""
    element = case.one("title")
    page = element.page
    yield from worst(case.rule("B-02"), ((page, char.style.size) for char in element.chars))
    yield counted("B-02.face", page, texts(case.outside_face(element.chars, "小标宋")))
    yield from worst("B-04", ((page, line.axis) for line in element.lines))
    yield from worst(case.rule("B-09"), ((page, b.baseline - a.baseline) for a, b in pairwise(element.lines)))


@measures("B-10.gap", "B-10.left", "B-16")
def addressees(case: Case) -> Iterator[Reading]:
    """主送机关 空一行 below the title, flush left on every line; the body on the next line."""
    element = case.one("addressees")
    yield from _gap("B-10.gap", [*case.every("title"), *_subtitle_of(case, 0)][-1], element)
    yield from worst("B-10.left", ((line.page, start_of(line, LEFT)) for line in element.lines))
    text = case.one(*TEXT, part=0)
    between = {one.role for one in case.elements if element.number < one.number < text.number}
    if not case.is_parted(element, text) and between.isdisjoint({*TABLE, "division"}):
        yield from _step("B-16", element, text)


@measures("B-11", only=("general", "letter", "order", "minutes"))
def body_on_first_page(case: Case) -> Iterator[Reading]:
    """Page one shows text of the body, or rows of a table in it."""
    case.every(*TEXT, "table-cell", part=0)
    lines = sum(one.element.expected.part == 0 for one in case.body_lines(1))
    yield Reading("B-11", 1, lines + case.table_rows(1, part=0))


@measures("B-17", "B-17.left")
def paragraphs(case: Case) -> Iterator[Reading]:
    """Paragraphs begin two cells in and go on flush left."""
    lines = [(line, number) for element in case.every(*TEXT) for number, line in enumerate(element.lines)]
    yield from worst(case.rule("B-17"), ((line.page, line.chars[0].x) for line, number in lines if number == 0))
    yield from worst("B-17.left", ((line.page, start_of(line, LEFT)) for line, number in lines if number))


@measures("B-19.1", "B-19.2")
def headings(case: Case) -> Iterator[Reading]:
    """层次标题: the first level in 黑体, the second in 楷体."""
    for element in case.every("heading"):
        level, lead = element.expected.level, element.chars[: element.expected.lead]
        if level in _HEADING_FACES:
            yield counted(f"B-19.{level}", element.page, texts(case.outside_face(lead, _HEADING_FACES[level])))


@measures("B-20")
def bold_headings(case: Case) -> Iterator[Reading]:
    """The headings that a unit sets in bold are."""
    for element in case.every("heading"):
        if case.house.is_bold(element.expected.level):
            lead = element.chars[: element.expected.lead]
            yield counted("B-20", element.page, [char.text for char in lead if not is_bold(char.style)])


_HEADING_FACES: Final = {1: "黑体", 2: "楷体"}


@measures("B-19.chapter", "B-19.section", "B-19.centre")
def divisions(case: Case) -> Iterator[Reading]:
    """Titles of chapters in 黑体, those of sections in 楷体, centred by their ink."""
    for element in case.every("division"):
        rule, face = ("B-19.chapter", "黑体") if element.expected.level == 1 else ("B-19.section", "楷体")
        yield counted(rule, element.page, texts(case.outside_face(element.chars, face)))
        yield from worst("B-19.centre", ((line.page, line.axis) for line in element.lines))


@measures("B-19.article")
def articles(case: Case) -> Iterator[Reading]:
    """第一条 in 黑体."""
    heads = [(one.page, char) for one in case.every("article") for char in one.chars[: one.expected.lead]]
    for page in sorted({page for page, _ in heads}):
        yield counted("B-19.article", page, texts(case.outside_face((c for on, c in heads if on == page), "黑体")))


def _subtitle_of(case: Case, part: int) -> list[Element]:
    return [one for one in case.maybe("subtitle") if one.expected.part == part]


@measures("B-63", "B-63.face", "B-63.centre")
def subtitles(case: Case) -> Iterator[Reading]:
    """题注 in 楷体, centred on the line after the title."""
    for found in case.every("subtitle"):
        element = found.as_read()
        yield from _gap("B-63", case.one(*_TITLES, part=element.expected.part).as_read(), element)
        yield counted("B-63.face", element.page, texts(case.outside_face(element.chars, "楷体")))
        yield from worst("B-63.centre", _axes(found))


_TITLES: Final = ("title", "attachment-title", "issued-title")


def _axes(found: Element) -> Iterator[tuple[int, float]]:
    """The page and the axis (mm) of each line, as if the page were not turned: the type area of a turned page is wider."""
    item = found.as_read()
    shift = 0.0 if item is found else (HEIGHT - WIDTH) / 2
    yield from ((line.page, line.axis - shift) for line in item.lines)


# --- Ending (7.3.4 to 7.3.6) --------------------------------------------------------------------------------------------------


def before(case: Case, element: Element) -> Element:
    """The element that stands before another one in the draft."""
    above = [one for one in case.elements if one.number == element.number - 1]
    if not above:
        raise NotFoundError("没有找到它的上文")
    return above[0]


def gap_below(rule: str, case: Case, element: Element) -> Iterator[Reading]:
    """The gap above an element: from the ink of the text before it, or from the last rule of a table that it follows.

    Below a figure it is not measured: the slack of the grid is part of it.
    """
    above = before(case, element)
    if case.is_parted(above, element):
        return
    if above.last_page == element.page:
        yield Reading(rule, element.page, element.top - lower_edge(case, above, element))


def lower_edge(case: Case, above: Element, element: Element) -> float:
    """Where the text before an element ends on its page (mm): by its ink, or by the last rule of a table."""
    if above.role != "table-cell":
        return above.bottom
    bottoms = [one.box.bottom for one in case.table_rules(element.page) if one.box.bottom < element.top]
    return max(bottoms, default=above.bottom)


@measures("B-26.gap", "B-26.left", "B-27", "B-29")
def attachment_list(case: Case) -> Iterator[Reading]:
    """附件说明: 空一行 below the body, two cells in; numbers and wrapped names are aligned."""
    items = case.every("attachment-list")
    first = items[0]
    yield from worst("B-27", ((b.page, _number_at(b) - _number_at(a)) for a, b in pairwise(items)))
    yield from worst(
        "B-29",
        (
            (line.page, start_of(line, name) - name)
            for item in items
            for name in [_name_at(item)]
            for line in item.lines[1:]
        ),
    )
    yield Reading("B-26.left", first.page, first.chars[0].x)
    yield from gap_below("B-26.gap", case, first)


def _number_at(item: Element) -> float:
    return item.chars[len("附件：") if item.expected.text.startswith("附件：") else 0].x


def _name_at(item: Element) -> float:
    return item.chars[item.expected.lead].x


@measures("B-51")
def text_with_signature(case: Case) -> Iterator[Reading]:
    """署名, or the date where there is none, takes at least two lines with it overleaf."""
    element = case.one("signature", "date")
    if case.one(*TEXT, "table-cell", part=0).page < element.page:
        yield Reading("B-51", element.page, len(case.body_lines(element.page)) + case.table_rows(element.page))


@measures("B-41.gap")
def below_text(case: Case) -> Iterator[Reading]:
    """署名, or the date where there is none, 空一行 below the text."""
    if not case.is_unsealed:
        raise AbsentError
    element = case.one("signature", "date")
    yield from gap_below("B-41.gap", case, element)


@measures("B-41.right", "B-42", "B-43")
def signature_and_date(case: Case) -> Iterator[Reading]:
    """The longer of 署名 and 成文日期 ends two cells inside the right edge; the date starts two cells right of the first signature."""
    if not case.is_unsealed:
        raise AbsentError
    edge = RIGHT - 2 * EM
    signatures = [element.lines[0] for element in case.every("signature")]
    signature = signatures[0]
    right = max(end_of(line, edge) for line in signatures)
    if not case.maybe("date"):
        yield Reading("B-41.right", signature.page, right)
        return
    date = case.one("date").lines[0]
    shift = date.chars[0].x - signature.chars[0].x
    yield Reading("B-42", date.page, shift)
    if max(_width(line.chars) for line in signatures) >= _width(date.chars) + DATE_SHIFT * EM:
        yield Reading("B-41.right", signature.page, right)
    else:
        yield Reading("B-43", date.page, end_of(date, edge))


@measures("B-44.left", "B-44.right")
def joint_signatures(case: Case) -> Iterator[Reading]:
    """The signatures of a joint document are equally wide."""
    if case.document is None or not case.is_unsealed or len(case.document.signatures) == 1:
        raise AbsentError
    yield from _aligned("B-44", [element.lines[0] for element in case.every("signature")])


def _width(chars: tuple[Char, ...]) -> float:
    return chars[-1].end - chars[0].x


@measures("B-53.left", "B-53.gap")
def note(case: Case) -> Iterator[Reading]:
    """附注 two cells in, on the line after the date."""
    element = case.one("note")
    yield Reading("B-53.left", element.page, element.chars[0].x)
    yield from _step("B-53.gap", case.one("date"), element)


# --- Attachments (7.3.7) ------------------------------------------------------------------------------------------------------


@measures("B-56", "B-57", "B-57.top", "B-57.left")
def attachment_labels(case: Case) -> Iterator[Reading]:
    """附件 in 黑体 at the top left of a new page."""
    for found in case.every("attachment-label"):
        label = found.as_read()
        above = [
            one.expected.text
            for one in case.elements
            if one is not found and one.last_page == label.page and one.as_read().top < label.top
        ]
        yield counted("B-56", label.page, above)
        yield counted("B-57", label.page, texts(case.outside_face(label.chars, "黑体")))
        yield Reading("B-57.top", label.page, label.top)
        yield Reading("B-57.left", label.page, label.chars[0].x)


@measures("B-58", "B-58.axis", "B-59.size", "B-59")
def attachment_titles(case: Case) -> Iterator[Reading]:
    """The attachment's title centred on the third line, in 2号."""
    for found in case.every("attachment-title"):
        item = found.as_read()
        yield Reading("B-58", item.page, item.top)
        yield from worst("B-58.axis", _axes(found))
        yield from worst("B-59.size", ((item.page, char.style.size) for char in item.chars))
        yield from _gap_to_text("B-59", case, found, item.expected.part)


def _gap_to_text(rule: str, case: Case, title: Element, part: int) -> Iterator[Reading]:
    """From the title, or its 题注, to what follows it: text, a part of a regulation, or the upper rule of a table without a title."""
    head = _last_of_head(case, title)
    following = next((one for one in case.elements if one.number == head.number + 1), None)
    if following is None or following.expected.part != part:
        if case.has_figures:
            return  # nothing but a figure
        raise NotFoundError("没有找到附件标题的下文")
    above, below = head.as_read(), following.as_read()
    if case.is_parted(head, following):
        return
    if below.role != "table-head":
        yield from _gap(rule, above, below)
    elif below.page == above.page:
        edges = [one.box.top if above is head else TOP + one.box.left - LEFT for one in case.table_rules(above.page)]
        upper = min((edge for edge in edges if edge > above.bottom), default=below.top)
        yield Reading(rule, above.page, upper - above.bottom)


def _last_of_head(case: Case, title: Element) -> Element:
    return [title, *_subtitle_of(case, title.expected.part)][-1]


@measures("B-61")
def label_of_separate_attachment(case: Case) -> Iterator[Reading]:
    """An attachment that is not bound: 发文字号, 附件 and its number are all of the first line."""
    if not isinstance(case.draft, SeparateAttachment):
        raise AbsentError
    label = case.one("attachment-label")
    first = first_row(case.pages[0])
    yield Reading("B-61", 1, int(first != label.expected.text), first, label.expected.text)


@measures("B-31", "B-31.new", "B-31.centre", "B-31.size", "B-31.gap")
def issued_document(case: Case) -> Iterator[Reading]:
    """印发件 on a new page without a label, its title in 2号 on the third line."""
    found = case.one("issued-title")
    title = found.as_read()
    above = [
        one.expected.text
        for one in case.elements
        if one is not found and one.last_page == title.page and one.as_read().top < title.top
    ]
    yield counted("B-31.new", title.page, above)
    yield Reading("B-31", title.page, title.top)
    yield from worst("B-31.centre", _axes(found))
    yield from worst("B-31.size", ((title.page, char.style.size) for char in title.chars))
    yield from _gap_to_text("B-31.gap", case, found, ISSUED)


# --- Imprint (7.4) ------------------------------------------------------------------------------------------------------------


_LISTS: Final = ("imprint-addressees", "imprint-copies")
_IMPRINT: Final = (*_LISTS, "imprint-office", "imprint-date")


def _imprint_rules(case: Case) -> list[Shape]:
    """The rules of the page that holds the imprint, those above a title left out."""
    page = case.one(*_IMPRINT).page
    titles = [element.bottom for element in case.maybe("title") if element.last_page == page]
    rules = [rule for rule in case.wide_rules if rule.page == page and rule.box.top > max(titles, default=0.0)]
    if not rules:
        raise NotFoundError("没有找到版记分隔线")
    return rules


@measures("R-01", only=WITH_IMPRINT)
def imprint_rules(case: Case) -> Iterator[Reading]:
    """A rule above and below, and one between copies and issuing office."""
    element = case.one(*_IMPRINT)
    inner = bool(case.maybe(*_LISTS) and case.maybe("imprint-office", "imprint-date"))
    try:
        count = len(_imprint_rules(case))
    except NotFoundError:
        count = 0
    yield Reading("R-01", element.page, abs(count - 2 - inner), f"{count} 条", f"{2 + inner} 条")


@measures("R-01.left", "R-01.right", "R-02.thick", "R-02.thin", "R-03", "R-04", only=WITH_IMPRINT)
def imprint_frame(case: Case) -> Iterator[Reading]:
    """The rules are black and as wide as the type area, the outer ones thick; the last lies on the bottom of the type area."""
    rules = _imprint_rules(case)
    page = rules[0].page
    yield from worst("R-01.left", ((page, rule.box.left) for rule in rules))
    yield from worst("R-01.right", ((page, rule.box.right) for rule in rules))
    yield from worst("R-02.thick", ((page, rule.weight) for rule in {rules[0], rules[-1]}))
    yield from worst("R-02.thin", ((page, rule.weight) for rule in rules[1:-1]))
    yield Reading("R-03", page, rules[-1].box.bottom)
    yield Reading("R-04", page, sum(rule.colour is None or not is_black(rule.colour) for rule in rules))


@measures("R-03.page", "R-05", only=WITH_IMPRINT)
def imprint_page(case: Case) -> Iterator[Reading]:
    """版记 on the last page, which is even."""
    page = case.one(*_IMPRINT).page
    yield Reading("R-03.page", page, case.pages[-1].number - page)
    yield Reading("R-05", page, page % 2)


@measures("R-06.size", "R-06.face")
def type_of_imprint(case: Case) -> Iterator[Reading]:
    """版记 in 4号仿宋."""
    elements = case.every(*_IMPRINT)
    page = elements[0].page
    chars = [char for element in elements for char in element.chars]
    yield from worst("R-06.size", ((page, char.style.size) for char in chars))
    yield counted("R-06.face", page, texts(case.outside_face(chars, "仿宋")))


@measures("R-06.left", "R-07")
def copies(case: Case) -> Iterator[Reading]:
    """抄送, and 主送 above it, one cell in; further lines start under the first name."""
    for element in case.every(*_LISTS):
        name = element.chars[element.expected.lead].x
        yield Reading("R-06.left", element.page, element.chars[0].x)
        yield from worst("R-07", ((line.page, start_of(line, name) - name) for line in element.lines[1:]))


@measures("R-09", "R-09.rules")
def addressees_above_copies(case: Case) -> Iterator[Reading]:
    """主送 that has been moved on the line above 抄送, without a rule between them."""
    addressees, copies = case.one("imprint-addressees"), case.one("imprint-copies")
    yield Reading("R-09", copies.page, copies.lines[0].baseline - addressees.lines[-1].baseline)
    between = [rule for rule in _imprint_rules(case) if addressees.bottom < rule.box.top < copies.top]
    yield counted("R-09.rules", copies.page, ["线" for _ in between])


@measures("R-10.left", "R-12")
def issuing_office(case: Case) -> Iterator[Reading]:
    """印发机关 one cell in, with a rule above it."""
    element = case.one("imprint-office")
    yield Reading("R-10.left", element.page, element.chars[0].x)
    above = [rule for rule in _imprint_rules(case) if rule.box.top < element.top]
    if not above:
        raise NotFoundError("印发机关上方没有分隔线")
    yield Reading("R-12", element.page, (above[-1].box.top + above[-1].box.bottom) / 2)


@measures("R-10.right")
def issuing_date(case: Case) -> Iterator[Reading]:
    """印发日期 one cell inside the right edge."""
    element = case.one("imprint-date")
    yield Reading("R-10.right", element.page, end_of(element.lines[0], RIGHT - EM_4))


@measures("R-10.line")
def issuing_line(case: Case) -> Iterator[Reading]:
    """印发机关 and 印发日期 on one line."""
    office, date = case.one("imprint-office"), case.one("imprint-date")
    yield Reading("R-10.line", date.page, date.lines[0].baseline - office.lines[0].baseline)

"""Composition: the rules of a line, held for any text, and what they make of known ones."""

import itertools
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gongwen.compose import NOT_AT_START, Composer, Run, _best_breaks, _Text
from gongwen.fonts import FontBook

# What GB/T 15834 5.1 and GB/T 15835 5.1.7 ask for, written apart from the tables of the composer.
NEVER_FIRST = set("。，、；：？！）》〉”’〕】％·～／)+")
NEVER_LAST = set("（《〈“‘〔【·／(")
CLOSING = set("）》〉”’〕】、，；：。！？")
OPENING = set("（《〈“‘〔【")
WHOLE = re.compile(
    r"—{2,}|…{2,}|〔\d{4}〕\d+号|[A-Za-z]+|\d+(?:\.\d+)?(?:[%％‰℃]|[万亿]?(?:元|人次|平方米|公里|个百分点|[年月日时条个]))?"
)
BLANKS = " \u3000"
HALF_LINE = 14
LONG_WORD = 12

BOOK = FontBook()
COMPOSER = Composer(BOOK)


def compose(text, role="fangsong", **options):
    return COMPOSER.paragraph([Run(text, role)], **options)


def texts(text, **options):
    return [line.text for line in compose(text, **options)]


def trackings(line):
    return [piece.tracking for piece in line.pieces for _ in piece.text]


def glyphs(line):
    return [BOOK.role(piece.role)[char] for piece in line.pieces for char in piece.text]


def visible(line):
    return line.text.rstrip(BLANKS)


# --- any text ---------------------------------------------------------------------------------------------------------

hanzi = st.sampled_from("国务院办公厅关于深入学习贯彻落实会议精神的一二三十〇堃喆赟𬭚")
marks = st.sampled_from("。，、；：？！（）《》〈〉“”‘’〔〕【】·～％／—…")
tokens = st.sampled_from(
    [
        "——", "……", "〔2023〕9号", "焦工文〔2025〕16号", "2025年", "1月", "20日", "15%", "3.14", "1200万元", "3.5‰", "26℃",
        "120平方米", "1.5个百分点", "GB/T", "WPS", "Office", "https://www.gov.cn/zhengce/content/2012-07/16/content_1.htm",
        "a", "(", ")", "+", "-", "，“", "”，", "）。", "：《", "》、《",
    ]
)  # fmt: skip
blanks = st.sampled_from([" ", "\u3000", "  "])
words = st.one_of(*[hanzi] * 12, *[marks] * 3, *[tokens] * 2, blanks)
passages = st.one_of(st.lists(words, max_size=30), st.lists(words, min_size=40, max_size=160)).map("".join)
roles = st.sampled_from(["fangsong", "heiti", "kaiti", "songti", "xiaobiaosong"])
indents = st.sampled_from([0, 2])
measures = st.sampled_from([28, 28, 20.1, 22.5])


def may_break(text, position):
    """Whether the rules let a line end before ``position``: the edges of both lines, and no token parted."""
    before, after = text[:position].rstrip(BLANKS), text[position]
    if after in BLANKS:
        return False
    if after in NEVER_FIRST or after in "—…" or (before and before[-1] in NEVER_LAST):
        return False
    return not any(
        match.start() < position < match.end() and not in_long_word(text, position) for match in WHOLE.finditer(text)
    )


def in_long_word(text, position):
    """Whether a position lies in a run of Latin characters so long that it may break inside."""
    return any(
        match.start() < position < match.end() and match.end() - match.start() > LONG_WORD
        for match in re.finditer("[!-~]+", text)
    )


def unbreakable_width(text, role, position):
    """The width of the stretch around ``position`` that the rules let no line end in."""
    start = next((i for i in range(position, 0, -1) if may_break(text, i)), 0)
    end = next((i for i in range(position, len(text)) if may_break(text, i)), len(text))
    return sum(BOOK.role(role)[char].advance for char in text[start:end])


@given(passages, roles, indents, measures)
@example("2023年" + "，" * 30, "fangsong", 2, 28)
@example("国" * 12 + "120平方米。——／〔2023〕9号国", "heiti", 2, 28)
@example("国" * 26 + "（ 一" * 3, "fangsong", 0, 28)
@example("国" * 26 + "“\u3000一" * 3, "fangsong", 0, 28)
def test_no_line_starts_or_ends_where_it_must_not(text, role, indent, measure):
    """The one exception: a stretch that the rules keep whole is wider than half a line (or than a long Latin word may be)."""
    lines = compose(text, role, indent=indent, measure=measure)
    for position in list(itertools.accumulate(len(line.text) for line in lines))[:-1]:
        if not may_break(text, position):
            assert unbreakable_width(text, role, position) > min(HALF_LINE, LONG_WORD), text[
                position - 3 : position + 3
            ]


@given(passages, st.lists(roles, min_size=1, max_size=4), indents, measures)
def test_every_character_is_set_once_in_order_and_in_its_role(text, faces, indent, measure):
    size = -(-len(text) // len(faces))
    runs = [Run(text[i * size : (i + 1) * size], role) for i, role in enumerate(faces)]
    lines = COMPOSER.paragraph(runs, indent=indent, measure=measure)
    assert "".join(line.text for line in lines) == text
    spelled = [(char, piece.role) for line in lines for piece in line.pieces for char in piece.text]
    assert spelled == [(char, run.role) for run in runs for char in run.text]
    for line in lines:
        for piece in line.pieces:
            assert {BOOK.role(piece.role)[char].face for char in piece.text} == {piece.face}
            assert {BOOK.role(piece.role)[char].feature for char in piece.text} == {piece.feature}


def has_gap(line):
    """Whether there is a place in the line where it may be spread: between any two characters but those of a dash."""
    return any((a, b) != ("—", "—") for a, b in itertools.pairwise(visible(line)))


@given(passages, roles, indents, measures)
@example("2023年" + "。" * 90, "kaiti", 2, 28)
@example("Windows" * 20 + "，国", "fangsong", 2, 28)
def test_lines_are_flush_and_never_too_wide(text, role, indent, measure):
    lines = compose(text, role, indent=indent, measure=measure)
    for number, line in enumerate(lines):
        room = measure - (indent if number == 0 else 0)
        assert line.width <= room + 1e-3
        if line is not lines[-1] and has_gap(line):
            assert line.width == pytest.approx(room, abs=1e-3)


@given(passages, roles, indents, measures)
def test_width_and_bounds_are_those_of_glyphs_and_tracking(text, role, indent, measure):
    for line in compose(text, role, indent=indent, measure=measure):
        edges = list(itertools.accumulate(_steps(line), initial=line.shift))
        inked = [(x, glyph) for x, glyph in zip(edges, glyphs(line), strict=False) if glyph.right > glyph.left]
        shown = len(visible(line))
        beyond = max(0, trackings(line)[shown - 1]) if shown else 0
        assert line.width == pytest.approx(edges[shown] - beyond)
        if inked:
            assert line.left == pytest.approx(inked[0][0] + inked[0][1].left)
            assert line.right == pytest.approx(inked[-1][0] + inked[-1][1].right)
            assert line.top == max(glyph.top for _, glyph in inked)
            assert line.bottom == min(glyph.bottom for _, glyph in inked)
        else:
            assert (line.left, line.right, line.top, line.bottom) == (0, 0, 0, 0)


def _steps(line):
    return [glyph.advance + extra for glyph, extra in zip(glyphs(line), trackings(line), strict=True)]


@given(passages, roles, indents, measures)
@example("国国、" * 9 + "国国国、国国", "fangsong", 0, 28)
@example("‘“（《国》）”’，。" * 12, "kaiti", 2, 28)
@example("国国国国国国国国国国国国国，“国国国国国国国国国国国国国国国国国", "fangsong", 2, 28)
@example("iii“国国国国”" * 9, "fangsong", 0, 28)
def test_a_mark_gives_half_a_cell_at_most_and_no_ink_meets(text, role, indent, measure):
    for number, line in enumerate(compose(text, role, indent=indent, measure=measure)):
        room = measure - (indent if number == 0 else 0)
        shown = visible(line)
        extra, set_glyphs = trackings(line), glyphs(line)
        assert -0.5 <= line.shift <= 0
        assert line.shift == 0 or (number and shown[0] in OPENING and line.left >= 0)
        for i, (before, after) in enumerate(itertools.pairwise(shown)):
            if extra[i] < 0:
                givers = (before in CLOSING) + (after in OPENING)
                assert -extra[i] <= 0.5 * givers + 1e-4
                assert set_glyphs[i].advance + extra[i] >= 0.1 * set_glyphs[i].advance - 1e-4
                blank = set_glyphs[i].advance + extra[i] - set_glyphs[i].right + set_glyphs[i + 1].left
                assert blank > 0
        if shown and extra[len(shown) - 1] < 0:
            assert shown[-1] in CLOSING
            assert extra[len(shown) - 1] >= -0.5
            assert line.right <= room


def badness(text, breaks, measure, indent):
    """The total that the composer minimises, over given breaks.

    A break where none is lawful costs 200, a last line of one cell 60, of one character and its mark 8.
    """
    total = 0.0
    for number, (start, end) in enumerate(itertools.pairwise(breaks)):
        room = measure - (indent if number == 0 else 0)
        last = end == len(text.chars)
        total += text.fit(start, end, room, last=last, opens_paragraph=number == 0).badness
        total += 200 if end in text.clusters.forced else 0
        width = text.width[text.without_blanks(0, end)] - text.width[start] - text.kern[start]
        if last and start and width <= 1.000001:
            total += 60
        elif last and start and end - start == 2 and width <= 2.000001 and text.chars[-1] in NOT_AT_START:
            total += 8
    return total


def greedy(text, measure, indent):
    """Fill every line as far as it goes, squeezing included: what a line-by-line setter does."""
    breaks = [0]
    while breaks[-1] < len(text.chars):
        start = breaks[-1]
        room = measure - (indent if start == 0 else 0)
        size = len(text.chars)
        fitting = None
        for end in text.clusters.breaks:
            if (
                end > start
                and text.width[text.without_blanks(0, end)] <= text.width[start] + text.kern[start] + room + 3
            ):
                fit = text.fit(start, end, room, last=end == size, opens_paragraph=start == 0)
                fitting = end if fit.badness < float("inf") else fitting
        breaks.append(fitting)
    return breaks


@given(passages.filter(bool), roles, indents)
@example(
    "国" * 19
    + "焦工文〔2025〕16号" * 2
    + "国" * 10
    + "1.5个百分点"
    + "国" * 16
    + "。————"
    + "国" * 15
    + "。——……国。。。。。。。——／1200万元",
    "fangsong",
    2,
)
def test_the_whole_paragraph_is_never_worse_than_line_by_line(passage, role, indent):
    text = _Text([Run(passage, role)], BOOK)
    best = badness(text, _best_breaks(text, 28, indent), 28, indent)
    assert best <= badness(text, greedy(text, 28, indent), 28, indent) + 1e-6


def test_the_whole_paragraph_is_better_than_line_by_line_in_real_texts():
    """The second line takes 识 only by spreading; line by line, the first line would squeeze itself out of the even break."""
    text = _Text([Run(REAL, "fangsong")], BOOK)
    breaks = _best_breaks(text, 28, 2)
    assert badness(text, breaks, 28, 2) < 0.5
    assert badness(text, greedy(text, 28, 2), 28, 2) > 15


REAL = (
    "要深刻领悟“两个确立”的决定性意义，增强“四个意识”、坚定“四个自信”、做到“两个维护”，把党的路线方针政策和决策部署全面地、"
    "有效地贯彻落实到工会工作全过程各方面。要持续用党的创新理论凝心铸魂，开展有特色、接地气的理论宣讲，推动习近平新时代中国特色"
    "社会主义思想走进职工心里。要加强思想政治引领，丰富内容载体，创新方式方法，教育引导广大职工坚定不移听党话、矢志不渝跟党走。"
)


# --- known texts ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("会议指出：“要坚持", 8.5),
        ("一，《二》", 4.5),
        ("（一）。二", 4.5),
        ("“一”，二", 4.5),
        ("“一”、“二”", 6),
        ("一。”二", 3.5),
        ("一（“二", 3.5),
        ("一——“二”——三", 9),
        ("一……”二", 5),
        ("一·二", 3),
    ],
)
def test_marks_that_meet_share_half_a_cell(text, cells):
    assert COMPOSER.line([Run(text, "fangsong")]).width == cells


def test_the_half_comes_off_the_blank_between_two_marks():
    line = COMPOSER.line([Run("“一”，《二》", "fangsong")])
    assert [(piece.text, piece.tracking) for piece in line.pieces] == [("“一", 0), ("”，", -0.5), ("《二》", 0)]


def test_a_mark_with_wide_ink_gives_less_than_half():
    """The question mark of 仿宋 stands in the middle of its cell."""
    line = COMPOSER.line([Run("一？”二", "fangsong")])
    assert line.pieces[1].tracking == -0.26 or line.pieces[0].tracking == -0.26
    assert 3.5 < line.width < 4


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["国" * 28], id="a full line"),
        pytest.param(["国" * 27 + "。"], id="a full line with its stop"),
        pytest.param(["国" * 27, "国家"], id="no last line of one cell"),
        pytest.param(["国" * 27, "国家。"], id="no last line of one character and its mark"),
        pytest.param(["国" * 27, "国。"], id="a stop that does not fit takes a character along"),
        pytest.param(["国" * 26 + "，，国"], id="two marks share a cell"),
        pytest.param(["国" * 27, "“国”国"], id="an opening mark does not end a line"),
        pytest.param(["国" * 26, "2025年国"], id="a number keeps its unit"),
        pytest.param(["国" * 27, "99.5%国"], id="a number keeps its sign"),
        pytest.param(["国" * 25, "〔2023〕9号国"], id="a document number"),
        pytest.param(["国" * 26, "国——国国"], id="a dash is whole and does not start a line"),
        pytest.param(["国" * 26 + "——", "国国"], id="a dash may end a line"),
        pytest.param(["国" * 26, "国……国国"], id="an ellipsis likewise"),
        pytest.param(["国" * 27, "甲·乙国"], id="a middle dot does not start a line"),
        pytest.param(["国" * 26, "甲·乙国"], id="nor end one"),
        pytest.param(["国" * 27, "甲／乙国"], id="a solidus does not start a line"),
        pytest.param(["国" * 26, "甲／乙国"], id="nor end one itself"),
        pytest.param(["国" * 27, "Office国"], id="a word is whole"),
        pytest.param(["国" * 25 + "互联", "网+国"], id="a plus belongs to the word before it"),
        pytest.param(["国" * 27, "（ 国国国"], id="a blank is no shelter for a bracket"),
        pytest.param(["国" * 28 + " ", "国国"], id="a blank hangs at the line's end"),
    ],
)
def test_lines(lines):
    assert texts("".join(lines)) == lines


@pytest.mark.parametrize(
    "lines",
    [
        [
            "会议强调，要深入学习贯彻习近平总书记关于工人阶级和工",
            "会工作的重要论述，努力完成中国工会十八大确定的目标任务，",
            "在2025年12月31日前完成1200万元专项资金、3.5%的增长目标，",
            "做到“应建尽建、应入尽入”，详见《工会章程（修正案）》（总",
            "工发〔2023〕23号）。",
        ],
        [
            "要健全企事业单位民主管理制度，强化工会法律援助，引导",
            "职工依法理性有序表达利益诉求、维护自身权益，推动构建和谐",
            "劳动关系。",
        ],
    ],
)
def test_paragraphs(lines):
    assert texts("".join(lines), indent=2) == lines


def test_squeezing_takes_a_heading_in():
    """27 cells on the 26 of an indented line: four quotes give a quarter each, and no line of one character is left."""
    (line,) = compose("一、切实把“两个确立”转化为做到“两个维护”的政治自觉", "heiti", indent=2)
    assert line.width == 26
    assert [round(piece.tracking, 2) for piece in line.pieces if piece.tracking] == [-0.25] * 4


def test_what_squeezing_cannot_take_in_leaves_two_characters():
    assert texts("国" * 26 + "家", indent=2) == ["国" * 25, "国家"]


def test_a_squeezed_opening_mark_moves_its_line_to_the_left():
    text = "国" * 26 + "国，" + "“国" + "国" * 26 + "、国国。" + "国" * 9
    lines = compose(text)
    assert [line.text for line in lines] == ["国" * 27 + "，", "“" + "国" * 27 + "、", "国国。" + "国" * 9]
    assert lines[1].shift == -0.5
    assert lines[1].width == 28
    assert lines[1].left >= 0


def test_a_mark_at_the_end_gives_up_its_half():
    """28 cells and a half of text on a line of 28: the pause at its end is set half a cell wide."""
    first = compose(REAL, indent=2)[0]
    assert first.text == "要深刻领悟“两个确立”的决定性意义，增强“四个意识”、"
    assert first.width == 26
    assert trackings(first)[-1] == -0.5


def squeezed(text, measure):
    (line,) = compose(text, measure=measure)
    assert line.width == pytest.approx(measure, abs=1e-3)
    return [(piece.text[-1], round(piece.tracking, 2)) for piece in line.pieces if piece.tracking]


def test_what_shows_least_is_squeezed_first():
    """One cell too many: brackets and quotes give it before pauses do, pauses before full stops do."""
    text = "国国国家“国家”国国国家（国家）国国，国国国国。国国国"
    assert squeezed(text, 26) == [("家", -0.25), ("”", -0.25), ("家", -0.25), ("）", -0.25)]
    text = "国国、国国，国国；国国：国国。国国！国国国"
    assert squeezed(text, 20) == [("、", -0.25), ("，", -0.25), ("；", -0.25), ("：", -0.25)]


# --- extremes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "\n", "\n\n"])
def test_an_empty_paragraph_has_no_lines(text):
    assert compose(text, indent=2) == ()
    assert COMPOSER.paragraph([], indent=2) == ()


def test_an_empty_line_has_no_width():
    line = COMPOSER.line([Run("", "fangsong")])
    assert (line.text, line.pieces, line.width) == ("", (), 0)


def test_blanks_alone_are_a_line_without_ink():
    (line,) = compose("　 　")
    assert (line.width, line.left, line.right, line.top, line.bottom) == (0, 0, 0, 0, 0)


def test_a_line_break_ends_the_line_and_takes_no_indent():
    lines = COMPOSER.paragraph([Run("一\n二二", "heiti"), Run("三\n\n四", "fangsong")], indent=2)
    assert [line.text for line in lines] == ["一", "二二三", "四"]
    assert [(piece.text, piece.role) for piece in lines[1].pieces] == [("二二", "heiti"), ("三", "fangsong")]
    after = compose("国\n" + "国" * 28, indent=2)
    assert [len(line.text) for line in after] == [1, 28]


def test_ten_thousand_characters():
    text = ("各级工会要认真学习、深刻领会，切实把思想和行动统一到“两个确立”上来。" * 300)[:10000]
    lines = compose(text, indent=2)
    assert "".join(line.text for line in lines) == text
    assert {round(line.width, 3) for line in lines[1:-1]} == {28}


def test_an_address_longer_than_the_line_breaks_after_its_marks():
    assert texts("详见https://www.gov.cn/zhengce/content/2012-07/16/content_1.htm网页。") == [
        "详见https://www.gov.cn/zhengce/content/2012-07/16/",
        "content_1.htm网页。",
    ]


def test_a_number_longer_than_the_line_breaks_anywhere():
    assert texts("1" * 80 + "元") == ["1" * 56, "1" * 24 + "元"]


def test_a_text_of_latin_words_alone_is_spread():
    lines = compose("The Quick Brown Fox Jumps Over The Lazy Dog And Runs Away Quickly Into The Forest")
    assert [line.text for line in lines] == [
        "The Quick Brown Fox Jumps Over The Lazy Dog And Runs ",
        "Away Quickly Into The Forest",
    ]
    assert lines[0].width == pytest.approx(28, abs=1e-3)


def test_marks_without_end_break_where_the_line_ends():
    for mark in "，（—…":
        lines = compose(mark * 100)
        assert "".join(line.text for line in lines) == mark * 100
        assert all(line.width <= 28.001 for line in lines)


def test_where_marks_pile_up_a_lawful_place_is_taken_if_there_is_one():
    assert texts("。“" * 30)[1].startswith("“")


def test_a_shifted_line_takes_its_bounds_along():
    line = COMPOSER.line([Run("一二", "fangsong")])
    moved = line.shifted(3)
    assert (moved.shift, moved.width) == (3, 5)
    assert (moved.left, moved.right) == (line.left + 3, line.right + 3)
    assert (moved.top, moved.bottom, moved.pieces) == (line.top, line.bottom, line.pieces)


def test_rare_hanzi_are_characters_like_any_other():
    text = "国" * 26 + "堃喆赟𬭚国"
    assert texts(text) == ["国" * 26 + "堃喆", "赟𬭚国"]
    assert unicodedata.name("𬭚").startswith("CJK UNIFIED")


# --- spread ----------------------------------------------------------------------------------------------------------


def spread(text, width, role="xiaobiaosong"):
    line = COMPOSER.line([Run(text, role)])
    return line, COMPOSER.spread(line, width)


@pytest.mark.parametrize("text", ["市妇联", "云州市工商业联合会", "工会"])
@pytest.mark.parametrize("width", [9.5, 12, 27.25])
def test_a_spread_line_is_as_wide_as_asked_and_its_gaps_are_alike(text, width):
    line, wide = spread(text, width)
    assert wide.text == text
    assert wide.width == pytest.approx(width)
    *before, last = trackings(wide)
    assert before == [pytest.approx((width - line.width) / (len(text) - 1))] * (len(text) - 1)
    assert last == 0
    advances = sum(glyph.advance for glyph in glyphs(wide)) + sum(trackings(wide))
    assert advances == pytest.approx(width)


def test_the_ink_of_a_spread_line_ends_as_far_before_its_edge_as_before():
    line, wide = spread("市妇联", 9)
    assert wide.left == line.left
    assert wide.width - wide.right == pytest.approx(line.width - line.right)
    assert (wide.top, wide.bottom) == (line.top, line.bottom)


@pytest.mark.parametrize(
    ("text", "width"), [("会", 9), ("", 9), ("市总工会", 4), ("市总工会", 3.5)], ids=["one", "none", "exact", "wider"]
)
def test_what_cannot_be_spread_stays_as_it_is(text, width):
    line, same = spread(text, width)
    assert same == line


def test_a_line_of_several_faces_is_spread_as_one():
    line = COMPOSER.line([Run("市总", "fangsong"), Run("工会", "kaiti")])
    wide = COMPOSER.spread(line, 10)
    assert [(piece.text, piece.face) for piece in wide.pieces] == [
        ("市总", "fangsong"),
        ("工", "kaiti"),
        ("会", "kaiti"),
    ]
    assert trackings(wide) == pytest.approx([2, 2, 2, 0])
    assert wide.width == 10


# --- narrow columns ---------------------------------------------------------------------------------------------------


@given(passages, st.sampled_from([1.0, 1.5, 2.0, 3.3, 4.0, 6.5]), roles)
@example("https://example.com/2025-2026", 2.0, "fangsong")
@example("（《“‘甲’”》）。", 1.0, "fangsong")
@example("⸺……——", 1.0, "fangsong")
def test_a_narrow_column_takes_any_text(text, measure, role):
    lines = compose(text, role, measure=measure)
    assert "".join(line.text for line in lines) == text
    widest = max((glyph.advance for line in lines for glyph in glyphs(line)), default=0)
    assert all(line.width <= max(measure, widest) + 1e-3 for line in lines)


@pytest.mark.parametrize(
    ("text", "cells"),
    [("各级工会", 1.0), ("2026年12月", 3.0), ("甲\n乙丙", 1.0), ("（甲）乙", 3.0), ("", 0.0), ("甲——乙", 3.0)],
)
def test_the_longest_stretch_that_is_not_parted(text, cells):
    assert COMPOSER.longest_unbroken([Run(text, "fangsong")]) == pytest.approx(cells)

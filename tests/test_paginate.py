"""Pagination on lines made for the purpose. Lengths are written from the standard, in millimetres."""

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gongwen.compose import Line, Piece
from gongwen.paginate import Block, paginate, tightened

TOP, BOTTOM = 37.0, 262.0
EM = 15.79 * 25.4 / 72
PITCH = (225 - EM) / 21
TIGHTEST, LOOSEST = 28.5 * 25.4 / 72, PITCH * 1.03
BLANK_LINE = 10.39


def lines(count, name="文"):
    return tuple(Line((Piece(f"{name}{i}", "fangsong", "fangsong", 0.0, ""),), 28.0) for i in range(count))


def block(count, role="paragraph", **keeps):
    return Block(role, lines(count, role), 28.0, **keeps)


def text(count):
    return [block(1, f"p{i}") for i in range(count)]


def counts(pages):
    return [sum(placed.end - placed.start for placed in page.placed) for page in pages]


def on(page):
    """What stands on a page: (role, index of the line, top of its em box)."""
    return [
        (placed.block.role, index, placed.top + (index - placed.start) * page.pitch)
        for placed in page.placed
        for index in range(placed.start, placed.end)
    ]


def tops(page):
    return [top for _, _, top in on(page)]


def ending():
    return [
        block(1, "signature", gap=BLANK_LINE, keep_previous=2),
        block(1, "date", keep_previous=1),
    ]


# --- the grid ---------------------------------------------------------------------------------------------------------


def test_a_full_page_has_22_lines_from_edge_to_edge():
    first, second = paginate([block(44)])
    for page in (first, second):
        assert counts([page]) == [22]
        assert page.pitch == pytest.approx(10.449, abs=0.001)
        assert tops(page)[0] == 37
        assert page.bottom == pytest.approx(262)
        assert [b - a for a, b in itertools.pairwise(tops(page))] == pytest.approx([10.449] * 21, abs=0.001)


def test_no_lines_are_one_empty_page():
    (page,) = paginate([])
    assert (page.placed, page.bottom) == ((), 37)
    (page,) = paginate([block(0)], 150.0)
    assert (page.placed, page.bottom) == ((), 150)


@pytest.mark.parametrize(
    ("count", "pages"), [(1, [1]), (22, [22]), (23, [21, 2]), (24, [22, 2]), (45, [22, 21, 2]), (46, [22, 22, 2])]
)
def test_the_last_line_of_a_text_is_not_alone_on_a_page(count, pages):
    assert counts(paginate([block(count)])) == pages
    assert counts(paginate(text(count))) == pages


def test_a_gap_lies_between_edges():
    (page,) = paginate([block(2), block(1, "note", gap=BLANK_LINE), block(1, "after")])
    assert tops(page) == pytest.approx([37, 37 + PITCH, 37 + PITCH + EM + 10.39, 37 + 2 * PITCH + EM + 10.39])
    assert page.bottom == pytest.approx(37 + 2 * PITCH + 2 * EM + 10.39)


def test_a_gap_is_dropped_at_the_top_of_a_page():
    _, second = paginate([block(22), block(2, "list", gap=BLANK_LINE)])
    assert on(second)[0] == ("list", 0, 37)


def test_a_block_is_placed_in_parts():
    first, second = paginate([block(20), block(5, "long")])
    assert [(placed.block.role, placed.start, placed.end) for placed in first.placed] == [
        ("paragraph", 0, 20),
        ("long", 0, 2),
    ]
    assert [(placed.block.role, placed.start, placed.end) for placed in second.placed] == [("long", 2, 5)]


# --- stretching and tightening ----------------------------------------------------------------------------------------


def test_a_page_with_a_head_is_stretched_to_the_bottom_edge():
    top = 150.0
    first, _ = paginate([block(30)], top)
    assert counts([first]) == [11]
    assert first.pitch == pytest.approx((262 - EM - 150) / 10)
    assert first.bottom == pytest.approx(262)
    assert TIGHTEST <= first.pitch <= LOOSEST


def test_a_page_with_a_head_is_tightened_when_that_is_nearer():
    top = 262 - EM - 11 * 10.2
    first, _ = paginate([block(30)], top)
    assert counts([first]) == [12]
    assert first.pitch == pytest.approx(10.2)


def test_what_neither_stretching_nor_tightening_reaches_keeps_the_pitch():
    top = 262 - EM - 3 * 11.2
    first = paginate([block(30)], top)[0]
    assert counts([first]) == [4]
    assert first.pitch == pytest.approx(PITCH)
    assert first.bottom == pytest.approx(top + 3 * PITCH + EM)


def test_a_page_with_a_gap_is_stretched_too():
    first, _ = paginate([block(10), block(30, "after", gap=BLANK_LINE)])
    assert counts([first]) == [21]
    assert first.pitch == pytest.approx((225 - 2 * EM - 10.39) / 19)
    assert first.bottom == pytest.approx(262)


def test_the_last_page_is_not_stretched():
    (page,) = paginate([block(5)], 200.0)
    assert page.pitch == pytest.approx(PITCH)


def test_the_page_is_tightened_to_take_the_signature():
    (page,) = paginate([block(20), *ending()])
    assert counts([page]) == [22]
    assert page.pitch == pytest.approx((225 - 2 * EM - 10.39) / 20)
    assert page.pitch == pytest.approx(10.173, abs=0.001)
    assert page.bottom == pytest.approx(262)


def test_a_signature_that_does_not_fit_takes_two_lines_along():
    first, second = paginate([block(21), *ending()])
    assert counts([first, second]) == [19, 4]
    assert [role for role, _, _ in on(second)] == ["paragraph", "paragraph", "signature", "date"]
    assert tops(second) == pytest.approx([37, 37 + PITCH, 37 + PITCH + EM + 10.39, 37 + 2 * PITCH + EM + 10.39])


def test_the_two_lines_may_be_of_two_paragraphs():
    _, second = paginate([*text(21), *ending()])
    assert [role for role, _, _ in on(second)] == ["p19", "p20", "signature", "date"]


def test_a_text_shorter_than_what_the_signature_wants_goes_with_it():
    (page,) = paginate([block(1), *ending()])
    assert len(on(page)) == 3


def test_tightened_ends_at_the_limit():
    (page,) = paginate([block(21)])
    tight = tightened(page, 250.0)
    assert tight.bottom == pytest.approx(250)
    assert tight.pitch == pytest.approx((250 - 37 - EM) / 20)
    assert counts([tight]) == [21]
    assert tops(tight)[0] == 37


def test_tightening_counts_gaps_as_they_are():
    (page,) = paginate([block(2, "cont"), block(10), *ending()])
    tight = tightened(page, page.bottom - 3)
    assert tight.bottom == pytest.approx(page.bottom - 3)
    assert tight.pitch == pytest.approx(PITCH - 3 / 12)
    second = paginate([block(22), block(10, gap=BLANK_LINE)])[1]
    assert tightened(second, second.bottom - 1).placed[0].top == 37


@pytest.mark.parametrize("limit", [240.0, 37.0, 0.0])
def test_what_28_and_a_half_points_do_not_reach_is_not_tightened(limit):
    (page,) = paginate([block(21)])
    assert tightened(page, limit) is None


def test_nothing_to_tighten():
    assert tightened(paginate([])[0], 100.0) is None
    assert tightened(paginate([block(1)])[0], 40.0) is None


# --- what stays together ----------------------------------------------------------------------------------------------


def test_a_heading_stays_with_the_next_two_lines():
    for before in range(18, 23):
        pages = paginate([block(before), block(1, "heading", keep_next=2), block(30, "after")])
        page = next(page for page in pages if any(role == "heading" for role, _, _ in on(page)))
        assert [role for role, _, _ in on(page)].count("after") >= 2


def test_a_heading_of_two_lines_is_not_parted():
    first, second = paginate([block(20), block(2, "heading", keep_next=2), block(30, "after")])[:2]
    assert counts([first]) == [20]
    assert on(second)[0][:2] == ("heading", 0)


def test_headings_one_below_the_other_stay_with_the_text():
    pages = paginate([block(19), block(1, "h1", keep_next=2), block(1, "h2", keep_next=2), block(9, "after")])
    assert counts(pages) == [19, 11]


def test_a_run_in_heading_has_two_lines_or_none_at_the_bottom():
    assert counts(paginate([block(21), block(5, "run-in", keep_first=2)])) == [21, 5]
    assert counts(paginate([block(20), block(5, "run-in", keep_first=2)])) == [22, 3]
    assert counts(paginate([block(22), block(1, "run-in", keep_first=2), block(5)])) == [22, 6]


def test_a_block_kept_together_moves_as_a_whole():
    assert counts(paginate([block(20), block(5, "note", together=True), block(9)])) == [20, 14]


def test_what_is_kept_together_and_longer_than_a_page_breaks_where_the_page_ends():
    assert counts(paginate([block(50, together=True)])) == [22, 22, 6]
    assert counts(paginate([block(3), block(50, "long", together=True)])) == [3, 22, 22, 6]


def test_a_heading_at_the_end_of_the_text_keeps_what_there_is():
    assert counts(paginate([block(21), block(1, "heading", keep_next=2)])) == [22]
    assert counts(paginate([block(22), block(1, "heading", keep_next=2)])) == [21, 2]


def test_what_is_kept_together_and_does_not_fit_below_the_head_starts_the_next_page():
    first, second = paginate([block(5, together=True), block(3)], 230.0)
    assert (first.placed, first.bottom) == ((), 230)
    assert counts([second]) == [8]


def test_a_head_that_leaves_no_room_leaves_no_line():
    first, second = paginate([block(4)], 259.0)
    assert first.placed == ()
    assert counts([second]) == [4]


# --- any blocks -------------------------------------------------------------------------------------------------------


def keeps(role):
    return {
        "heading": {"keep_next": 2},
        "run-in": {"keep_first": 2},
        "list": {"gap": BLANK_LINE, "keep_previous": 1, "together": True},
        "signature": {"gap": BLANK_LINE, "keep_previous": 2},
        "date": {"keep_previous": 1},
        "note": {"keep_previous": 1, "together": True},
        "paragraph": {},
    }[role]


blocks = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["paragraph", "paragraph", "run-in"]), st.integers(1, 12)),
        st.tuples(st.sampled_from(["heading", "list", "signature", "date", "note"]), st.integers(1, 3)),
        st.tuples(st.sampled_from(["paragraph", "list"]), st.integers(20, 60)),
    ).map(lambda item: block(item[1], item[0], **keeps(item[0]))),
    max_size=25,
)
first_tops = st.one_of(st.just(37.0), st.floats(60, 255))


def glue(flow):
    """For every line whether it must have the next one on its page: the rules of the blocks, told once more."""
    glued = set()
    ends = list(itertools.accumulate((len(one.lines) for one in flow), initial=0))
    for one, start, end in zip(flow, ends, ends[1:], strict=False):
        inside = one.together or one.keep_next
        glued |= (
            set(range(start, end - 1)) if inside else set(range(start, start + min(one.keep_first, end - start) - 1))
        )
        glued |= set(range(end - 1, end - 1 + one.keep_next))
        glued |= set(range(max(0, start - one.keep_previous), start))
    return {line for line in glued | {ends[-1] - 2} if 0 <= line < ends[-1] - 1}


def height(flow, start, end):
    """The height of lines start to end at the top of a page, at the pitch of the grid."""
    starts = dict(zip(itertools.accumulate((len(one.lines) for one in flow), initial=0), flow, strict=False))
    gaps = [starts[line].gap if line in starts else None for line in range(start + 1, end)]
    return EM + sum(PITCH if gap is None else EM + gap for gap in gaps)


def group(glued, line):
    """The lines that are kept together with a line and the next one."""
    start, end = line, line + 1
    while start - 1 in glued:
        start -= 1
    while end in glued:
        end += 1
    return start, end + 1


@given(blocks, first_tops)
@example([block(30, "heading", keep_next=2), block(5)], 37.0)
@example([block(9, "heading", keep_next=2), block(5)], 200.0)
def test_any_blocks(flow, first_top):
    pages = paginate(flow, first_top)
    placed = [(item.block, index) for page in pages for item in page.placed for index in range(item.start, item.end)]
    expected = [(one, index) for one in flow for index in range(len(one.lines))]
    assert [(id(one), index) for one, index in placed] == [(id(one), index) for one, index in expected]

    for number, page in enumerate(pages):
        top = first_top if number == 0 else 37
        assert TIGHTEST - 1e-9 <= page.pitch <= LOOSEST + 1e-9
        assert page.bottom <= max(262 + 1e-5, top)
        if not page.placed:
            assert number == 0
            continue
        assert tops(page)[0] == top
        assert page.bottom == pytest.approx(tops(page)[-1] + EM)
        for (_, _, above), (role, index, below) in itertools.pairwise(on(page)):
            gap = keeps(role).get("gap") if index == 0 else None
            assert below - above == pytest.approx(page.pitch if gap is None else EM + gap)

    glued = glue(flow)
    position = 0
    for page in pages[:-1]:
        position += sum(item.end - item.start for item in page.placed)
        if position and position - 1 in glued:
            start, end = group(glued, position - 1)
            assert height(flow, start, end) > 225


@given(blocks.filter(bool), first_tops)
def test_a_page_is_not_left_short_without_a_reason(flow, first_top):
    """The next line would not have fitted, or it is kept together with lines that would not."""
    pages = paginate(flow, first_top)
    glued = glue(flow)
    position = 0
    for number, page in enumerate(pages[:-1]):
        position += sum(item.end - item.start for item in page.placed)
        top = first_top if number == 0 else 37
        start = position - len(on(page))
        end = group(glued, position)[1] if position in glued else position + 1
        assert top + height(flow, start, end) > 262 - 1e-6

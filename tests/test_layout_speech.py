"""The layout of a speech in millimetres, as read and as read aloud. Every length is written from practice, none is taken from the program."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layouts import from_keys, ink, near, the

from gongwen.document import Speech
from gongwen.fonts import FontBook
from gongwen.grid import GRID, READING
from gongwen.layout import RuleBox, lay_out
from gongwen.parser import parse
from gongwen.source import Source

LEFT, RIGHT, TOP, BOTTOM, AXIS = 28, 184, 37, 262, 106
# 3号: 28 cells and 22 lines; 2号 for reading aloud: 20 cells and 19 lines.
AS_READ = {"em": 5.57, "pitch": 10.449, "blank": 10.39, "title": 22, "cells": 28, "lines": 22}
READ_ALOUD = {"em": 7.796, "pitch": 12.067, "blank": 14.54, "title": 26, "cells": 20, "lines": 19}
GRIDS = [(GRID, AS_READ), (READING, READ_ALOUD)]
BLANK_LINE = 10.39

LONG = "要认真学习、深刻领会，切实把思想和行动统一到中央和省委的决策部署上来，抓好各项工作的落实。"


@pytest.fixture(scope="module")
def setter(book):
    return lambda grid=GRID, **keys: lay_out(speech(**keys), book, reading_copy=grid is READING)


BASE = {
    "kind": "讲话稿",
    "title": "凝心聚力建新功",
    "subtitle": "在全市工会工作会议上的讲话",
    "speaker": "市总工会主席　李华",
    "date": "2026-07-01",
    "salutation": "各位代表、同志们",
    "body": [LONG],
}


def speech(**keys):
    return from_keys(BASE | keys, Speech)


@pytest.mark.parametrize(("grid", "wanted"), GRIDS, ids=["as read", "read aloud"])
def test_the_grid(grid, wanted):
    assert grid.em == near(wanted["em"], 0.001)
    assert grid.pitch == near(wanted["pitch"], 0.001)
    assert (grid.cells, grid.lines) == (wanted["cells"], wanted["lines"])
    assert grid.cells * grid.em == near(156, 0.1)
    assert (grid.lines - 1) * grid.pitch + grid.em == near(225, 0.001)
    assert grid.blank_line == near(wanted["blank"])
    assert 0.96 < grid.tight / grid.pitch < 0.97
    assert grid.loose / grid.pitch == near(1.03, 0.001)


def test_the_pitch_of_a_reading_copy_is_a_usual_one():
    assert 32 <= READING.tight / 25.4 * 72 < READING.loose / 25.4 * 72 <= 36


@pytest.mark.parametrize(("grid", "wanted"), GRIDS, ids=["as read", "read aloud"])
def test_what_hangs_below_the_title(setter, grid, wanted):
    layout = setter(grid)
    roles = [box.role for box in layout.pages[0].boxes]
    assert roles == ["title", "occasion", "speaker", "speech-date", "salutation", "paragraph", "folio"]
    title, subtitle, speaker, date = (the(layout, role) for role in roles[:4])
    leading = wanted["pitch"] - wanted["em"]
    assert ink(title)[1] == near(TOP + BLANK_LINE)
    assert subtitle.top - ink(title)[3] == near(leading)
    assert speaker.top - subtitle.bottom == near(wanted["blank"])
    assert date.top - speaker.bottom == near(leading)
    assert the(layout, "salutation").top - date.bottom == near(wanted["blank"])
    assert the(layout, "paragraph").top - the(layout, "salutation").top == near(wanted["pitch"])


@pytest.mark.parametrize(("grid", "wanted"), GRIDS, ids=["as read", "read aloud"])
def test_sizes_faces_and_axis(setter, grid, wanted):
    layout = setter(grid)
    size = 15.79 if grid is GRID else 22.1
    for role, points, face in (
        ("title", wanted["title"], "xiaobiaosong"),
        ("occasion", size, "kaiti"),
        ("speaker", size, "kaiti"),
        ("speech-date", size, "kaiti"),
        ("salutation", size, "fangsong"),
        ("paragraph", size, "fangsong"),
        ("folio", 14, "songti"),
    ):
        box = the(layout, role)
        assert (box.size, box.colour) == (points, "black")
        assert {piece.role for line in box.lines for piece in line.pieces} == {face}
    for role in ("title", "occasion", "speaker", "speech-date"):
        left, _, right, _ = ink(the(layout, role))
        assert (left + right) / 2 == near(AXIS), role


def test_texts_are_completed(setter):
    layout = setter()
    assert the(layout, "occasion").text == "——在全市工会工作会议上的讲话"
    assert the(layout, "speech-date").text == "（2026年7月1日）"
    assert the(layout, "salutation").text == "各位代表、同志们："
    assert the(layout, "salutation").left == near(LEFT)


def test_the_date_may_stand_first(setter):
    layout = setter(date_first="true")
    assert the(layout, "speech-date").top < the(layout, "speaker").top
    assert setter(date_first="false") == setter()


@pytest.mark.parametrize("date_first", ["true", "false"])
def test_the_place_stands_above_speaker_and_date(setter, date_first):
    layout = setter(place="云州会堂", date_first=date_first)
    place, first = the(layout, "speech-place"), the(layout, "speech-date" if date_first == "true" else "speaker")
    assert place.text == "云州会堂"
    assert place.lines[0].pieces[0].role == "kaiti"
    assert place.top - the(layout, "occasion").bottom == near(10.39)
    assert first.top - place.bottom == near(4.88)


@pytest.mark.parametrize("without", ["subtitle", "speaker", "date", "salutation"])
def test_what_is_absent_leaves_no_hole(setter, without):
    layout = setter(**{without: None})
    rows = sorted({round(box.top, 3) for box in layout.pages[0].texts if box.role != "folio"})
    assert len(rows) == 5
    assert max(below - above for above, below in itertools.pairwise(rows)) < 20


def test_a_bare_speech_has_its_text_below_the_title(setter):
    layout = setter(subtitle=None, speaker=None, date=None, salutation=None)
    assert the(layout, "paragraph").top - ink(the(layout, "title"))[3] == near(BLANK_LINE)


@pytest.mark.parametrize(("grid", "wanted"), GRIDS, ids=["as read", "read aloud"])
def test_full_pages_and_lines(setter, grid, wanted):
    layout = setter(grid, body=[LONG * 12] * 4)
    page = layout.pages[1]
    lines = [line for box in page.texts if box.role == "paragraph" for line in box.lines]
    assert len(layout.pages) >= 4
    assert len(lines) == wanted["lines"]
    full = [line for box in page.texts if box.role == "paragraph" for line in box.lines[1:-1]]
    assert {round(line.width, 2) for line in full} == {wanted["cells"]}
    boxes = [box for box in page.texts if box.role == "paragraph"]
    assert boxes[0].top == near(TOP)
    assert boxes[-1].bottom == near(BOTTOM)


def test_a_speech_has_no_rules_and_every_page_its_number(setter):
    layout = setter(body=[LONG * 12] * 4)
    assert not [box for page in layout.pages for box in page.boxes if isinstance(box, RuleBox)]
    folios = [next(box.text for box in page.texts if box.role == "folio") for page in layout.pages]
    assert folios == [f"— {number} —" for number in range(1, len(folios) + 1)]


def test_a_long_title_and_a_long_subtitle_are_broken(setter):
    for grid in (GRID, READING):
        layout = setter(grid, title="在全市工会系统学习贯彻省工会第十五次代表大会精神会议上的讲话", subtitle=LONG)
        for role in ("title", "occasion"):
            box = the(layout, role)
            assert len(box.lines) > 1
            assert max(line.width - line.shift for line in box.lines) * box.em <= 156.1


# --- any speech -----------------------------------------------------------------------------------------------------------

_text = st.text(
    st.sampled_from("各级工会要提高认识，加强领导。“”（）《》、：；——……2026年AaⅣ¾ <&\U0001f600"),
    min_size=1,
    max_size=80,
)
_lines = st.lists(_text.filter(str.strip), min_size=1, max_size=3).map("\n".join)
_line = _text.filter(str.strip)
_blocks = st.lists(
    st.one_of(
        _lines,
        st.fixed_dictionaries({"heading": _line}, optional={"text": _lines, "body": st.lists(_lines, max_size=2)}),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=40)
@given(
    st.fixed_dictionaries(
        {"kind": st.just("讲话稿"), "title": _lines, "body": _blocks},
        optional={"subtitle": _lines, "place": _line, "speaker": _line, "date": st.just("待定"), "salutation": _line},
    ),
    st.sampled_from([GRID, READING]),
)
def test_any_speech_keeps_its_text(setter, data, grid):
    layout = setter(grid, **{"subtitle": None, "place": None, "speaker": None, "date": None, "salutation": None} | data)
    shown = "".join(box.text for page in layout.pages for box in page.texts if box.role != "folio")
    for name in ("title", "subtitle", "place", "speaker", "salutation"):
        assert "".join((data.get(name) or "").split()) in "".join(shown.split())
    assert layout.is_sample == ("date" in data)


def test_the_notice_read_aloud_is_longer():
    path = Path(__file__).parents[1] / "notices" / "union-speech-2022.yaml"
    draft = parse(Source.read(path)).document
    pages = [len(lay_out(draft, FontBook(), reading_copy=grid is READING).pages) for grid in (GRID, READING)]
    assert pages == [13, 21]

"""The layout of minutes in millimetres. Every length here is written from the standard's text, none is taken from the program."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layouts import NEAR, boxes, end, from_keys, ink, near, roles, start, the

from gongwen.document import PENDING
from gongwen.layout import lay_out
from gongwen.rules import check_layout

# --- GB/T 9704-2012, 10.3, in millimetres from the top left corner of the sheet ---------------------------------------

LEFT, RIGHT, TOP, BOTTOM = 28, 184, 37, 262  # 5.2.1
AXIS = 106  # centre of the 版心
MARK_TOP = 72  # 35 below the upper edge of the 版心
BLANK_LINE, TWO_BLANK_LINES = 10.39, 20.78  # 3.2
PITCH = 10.449  # 29.6 pt
EM_3 = 5.57
LABEL_LEFT = 39.14  # 左空二字
NAMES_LEFT = 55.85  # two characters of the label and its colon further
RULE = 0.53
BELOW = 4


@pytest.fixture(scope="module")
def setter(book):
    return lambda **keys: lay_out(document(**keys), book)


BASE = {"kind": "纪要", "issuer": "云州市总工会", "body": ["会议研究了有关事项。"]}


def document(**keys):
    return from_keys(BASE | keys)


def lines(box):
    return [line.text for line in box.lines]


# --- the head ---------------------------------------------------------------------------------------------------------


def test_the_fewest_elements(setter):
    layout = setter()
    assert roles(layout) == ["mark", "paragraph", "folio"]
    mark = the(layout, "mark")
    assert mark.text == "云州市总工会纪要"
    assert mark.colour == "red"
    assert mark.size == 42
    left, top, right, bottom = ink(mark)
    assert top == near(MARK_TOP)
    assert (left + right) / 2 == near(AXIS)
    assert the(layout, "paragraph").top - bottom == near(TWO_BLANK_LINES)


def test_a_number_and_a_title(setter):
    layout = setter(mark="云州市总工会办公会议纪要", number="第8期", title="第八次办公会议纪要")
    assert roles(layout) == ["mark", "number", "title", "paragraph", "folio"]
    mark, number, title = (the(layout, role) for role in ("mark", "number", "title"))
    assert ink(number)[1] - ink(mark)[3] == near(TWO_BLANK_LINES)
    assert (ink(number)[0] + ink(number)[2]) / 2 == near(AXIS)
    assert ink(title)[1] - ink(number)[3] == near(TWO_BLANK_LINES)
    assert title.size == 22
    assert the(layout, "paragraph").top - ink(title)[3] == near(BLANK_LINE)


def test_organ_and_date_stand_over_a_red_rule(setter):
    layout = setter(number="第8期", date="2026-05-25", signature="云州市总工会办公室")
    assert roles(layout) == ["mark", "number", "minutes-organ", "minutes-date", "red-rule", "paragraph", "folio"]
    number, organ, date, rule = (the(layout, role) for role in ("number", "minutes-organ", "minutes-date", "red-rule"))
    assert organ.text == "云州市总工会办公室"
    assert date.text == "2026年5月25日"
    assert organ.top == date.top
    assert min(ink(organ)[1], ink(date)[1]) - ink(number)[3] == near(BLANK_LINE)
    assert start(organ) == near(LEFT + EM_3)
    assert end(date) == near(RIGHT - EM_3)
    assert rule.top - max(ink(organ)[3], ink(date)[3]) == near(BELOW)
    assert (rule.left, rule.left + rule.width, rule.weight, rule.colour) == (LEFT, RIGHT, RULE, "red")
    assert the(layout, "paragraph").top - rule.top - RULE == near(TWO_BLANK_LINES)


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ({"date": "2026-05-25"}, ["云州市总工会", "2026年5月25日"]),
        ({"date": "2026-05-25", "signature": "none"}, ["2026年5月25日"]),
        ({"signature": "办公室"}, ["办公室"]),
        ({"issuer": ["甲", "乙"], "date": "2026-05-25"}, ["甲\u3000乙", "2026年5月25日"]),
    ],
)
def test_what_of_organ_and_date_the_draft_gives(setter, keys, shown):
    layout = setter(**keys)
    found = [box for box in layout.pages[0].texts if box.role.startswith("minutes-")]
    assert [box.text for box in found] == shown
    assert min(ink(box)[1] for box in found) - max(box.ink_bottom for box in boxes(layout, "mark")) == near(
        TWO_BLANK_LINES
    )
    assert boxes(layout, "signature") == boxes(layout, "date") == []


def test_a_preprinted_head_draws_neither_mark_nor_rule(setter):
    keys = {"number": "第8期", "date": "2026-05-25"}
    whole, printed = setter(**keys), setter(**keys, mark="preprinted")
    assert roles(printed) == [role for role in roles(whole) if role not in ("mark", "red-rule")]
    assert the(printed, "paragraph") == the(whole, "paragraph")


def test_sealed_minutes_sign_at_the_end(setter):
    layout = setter(signature="sealed", date="2026-05-25")
    assert [role for role in roles(layout) if role.startswith("minutes-")] == []
    assert the(layout, "date").top > the(layout, "paragraph").top


# --- 出席、请假、列席 --------------------------------------------------------------------------------------------------

NAMES = ["周文远", "郑海涛", "林书华", "何\u3000敏", "罗建国", "孟晓晨", "蒋立新", "宋佳宁"]
PEOPLE = {
    "present": NAMES,
    "absent": "秦志刚（出差）",
    "observers": {"市总工会": ["李文清", "范小青"], "市司法局": "曹正平"},
}


def test_the_lists_stand_below_the_text_in_their_order(setter):
    """In the standard's order 出席, 请假, 列席, whatever the order of the draft."""
    layout = setter(**dict(reversed(PEOPLE.items())))
    text = the(layout, "paragraph")
    present, absent, observers = boxes(layout, "attendance")
    assert lines(present) == ["出席：周文远、郑海涛、林书华、何\u3000敏、罗建国、", "孟晓晨、蒋立新、宋佳宁"]
    assert lines(absent) == ["请假：秦志刚（出差）"]
    assert lines(observers) == ["列席：市总工会\u3000李文清、范小青", "市司法局\u3000曹正平"]
    assert present.top - text.bottom == near(BLANK_LINE)
    assert absent.top - present.top == near(2 * PITCH)
    assert observers.top - absent.top == near(PITCH)


def test_labels_are_two_cells_in_and_further_lines_hang_under_the_names(setter):
    for box in boxes(setter(**PEOPLE), "attendance"):
        assert start(box) == near(LABEL_LEFT)
        assert box.left == near(NAMES_LEFT)
        assert box.pitch == near(PITCH)
        label, *_ = box.lines[0].pieces
        assert (label.role, len(label.text)) == ("heiti", 2)
        assert {piece.role for line in box.lines for piece in line.pieces if piece is not label} == {"fangsong"}
        assert box.size == pytest.approx(15.79)


def test_no_name_is_split(setter):
    """Lines hold as many whole names as there is room for; a text that has no room is broken all the same."""
    people = [f"{surname}小{name}" for surname, name in itertools.product("赵钱孙李", "一二三四五")]
    (box,) = boxes(setter(present=people), "attendance")
    rows = [line.text.removeprefix("出席：") for line in box.lines]
    assert "".join(rows) == "、".join(people)
    assert all(name in people for row in rows for name in row.strip("、").split("、"))
    assert [row.count("小") for row in rows] == [5, 5, 5, 5]  # 4 cells each, in 23
    (box,) = boxes(setter(present="参加会议的人员" * 8), "attendance")
    assert "".join(line.text for line in box.lines) == "出席：" + "参加会议的人员" * 8
    assert len(box.lines) == 3


def test_the_lists_stand_below_the_list_of_attachments(setter):
    layout = setter(attachments=[{"title": "任务分工", "body": ["略。"]}], note="此件公开发布", present=["王小明"])
    assert roles(layout) == ["mark", "paragraph", "attachment-list", "attendance", "note", "folio"]
    above, people, note = (the(layout, role) for role in ("attachment-list", "attendance", "note"))
    assert people.top - above.bottom == near(BLANK_LINE)
    assert note.top - people.top == near(PITCH)


def test_a_list_goes_on_overleaf(setter):
    layout = setter(observers={f"第{number}单位": "王小明" for number in range(40)})
    first, *more = boxes(layout, "attendance")
    assert more
    assert len(first.lines) >= 2
    assert more[0].top == near(TOP)
    assert start(more[0]) == near(NAMES_LEFT)
    assert [line.text for line in more[-1].lines][-1] == "第39单位\u3000王小明"


def test_an_unsettled_name_makes_a_sample(book):
    draft = document(present=["王小明", PENDING], observers={"市财政局": PENDING})
    assert draft.pending() == [("present", 1), ("observers", "市财政局", 0)]
    assert lay_out(draft, book).is_sample


_name = st.text("王小明李华、（）《》“”——，。:_a1𬭚\U0001f600", min_size=1, max_size=40)
_people = st.one_of(
    _name,
    st.lists(_name, min_size=1, max_size=12),
    st.dictionaries(_name, st.one_of(_name, st.lists(_name, min_size=1, max_size=3)), min_size=1, max_size=8),
)


@given(present=_people, observers=_people)
@settings(max_examples=40)
def test_any_people_are_shown_whole_and_in_their_place(present, observers, book):
    draft = document(present=present, observers=observers)
    assert hash(draft) == hash(document(present=present, observers=observers))
    layout = lay_out(draft, book)
    shown = "".join(line.text for box in boxes(layout, "attendance") for line in box.lines)
    wanted = [name for people in draft.attendance.values() for one in people for name in (one.unit or "", *one.names)]
    assert [char for name in wanted for char in name if char not in shown] == []
    assert list(check_layout(draft, layout)) == []
    for box in boxes(layout, "attendance"):
        assert all(start(box, row) >= LABEL_LEFT - NEAR for row in range(len(box.lines)))
        assert box.bottom <= BOTTOM + NEAR

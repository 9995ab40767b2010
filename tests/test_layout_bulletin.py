"""The layout of a bulletin in millimetres. Every length is written from practice, none is taken from the program."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layouts import NEAR, boxes, end, from_keys, ink, near, start, the

from gongwen.document import Bulletin
from gongwen.layout import FrameBox, RuleBox, lay_out

LEFT, RIGHT, TOP, BOTTOM, AXIS = 28, 184, 37, 262, 106
EM, EM_4 = 5.57, 4.94
PITCH, BLANK_LINE, TWO_BLANK_LINES = 10.449, 10.39, 20.78
NAME_TOP = 25  # below the upper edge of the type area, of 20 to 35
RULE, RULE_BELOW = 0.7, 4
FOOT_ROW, FOOT_LINE, FOOT_RULE = 9, 8, 0.35

LONG = "要认真学习、深刻领会，切实把思想和行动统一到中央和省委的决策部署上来，抓好各项工作的落实。"
ITEM = {"title": "白水县总工会把职工书屋建到车间", "body": [LONG]}


@pytest.fixture(scope="module")
def setter(book):
    return lambda **keys: lay_out(bulletin(**keys), book)


BASE = {
    "kind": "简报",
    "mark": "云州市工会工作简报",
    "issue": "12",
    "issuer": "云州市总工会办公室",
    "date": "2026-07-01",
    "items": [ITEM],
}


def bulletin(**keys):
    return from_keys(BASE | keys, Bulletin)


# --- 报头 -----------------------------------------------------------------------------------------------------------------


def test_the_head_hangs_by_its_ink(setter):
    layout = setter()
    assert [box.role for box in layout.pages[0].boxes] == [
        "mark",
        "issue",
        "office",
        "issue-date",
        "red-rule",
        "item-title",
        "paragraph",
        "folio",
    ]
    mark, issue, rule = the(layout, "mark"), the(layout, "issue"), the(layout, "red-rule")
    office, date = the(layout, "office"), the(layout, "issue-date")
    assert ink(mark)[1] == near(TOP + NAME_TOP)
    assert ink(issue)[1] - ink(mark)[3] == near(BLANK_LINE)
    assert min(ink(office)[1], ink(date)[1]) - ink(issue)[3] == near(BLANK_LINE)
    assert office.top == date.top
    assert rule.top - max(ink(office)[3], ink(date)[3]) == near(RULE_BELOW)
    assert ink(the(layout, "item-title"))[1] - (rule.top + RULE) == near(TWO_BLANK_LINES)
    assert the(layout, "paragraph").top - ink(the(layout, "item-title"))[3] == near(BLANK_LINE)


def test_places_colours_sizes_and_faces_of_the_head(setter):
    layout = setter(running="356")
    mark, issue, rule = the(layout, "mark"), the(layout, "issue"), the(layout, "red-rule")
    for box in (mark, issue):
        left, _, right, _ = ink(box)
        assert (left + right) / 2 == near(AXIS)
    assert (mark.colour, mark.size) == ("red", 48)
    assert (rule.colour, rule.left, rule.width, rule.weight) == ("red", LEFT, 156, RULE)
    assert start(the(layout, "office")) == near(LEFT + EM)
    assert end(the(layout, "issue-date")) == near(RIGHT - EM)
    assert issue.text == "第12期（总第356期）"
    assert the(layout, "issue-date").text == "2026年7月1日"
    assert {piece.role for piece in mark.lines[0].pieces} == {"xiaobiaosong"}
    assert {piece.role for piece in issue.lines[0].pieces} == {"fangsong"}


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ({"is_special": "true", "issue": "1"}, "增刊第1期"),
        ({"is_special": "true", "issue": None}, "增刊"),
        ({"issue": "待定"}, "第待定期"),
        ({"issue": None, "running": "9"}, "（总第9期）"),
    ],
)
def test_numbers_of_the_issue(setter, keys, text):
    assert the(setter(**keys), "issue").text == text


def test_a_name_too_long_shrinks_to_the_type_area(setter):
    mark = the(setter(mark="云州市工会系统职工服务工作情况简报"), "mark")
    assert mark.size < 48
    assert mark.lines[0].width * mark.em == near(156)


def test_a_head_without_number_office_and_date(setter):
    layout = setter(issue=None, issuer=None, date=None)
    assert the(layout, "red-rule").top - ink(the(layout, "mark"))[3] == near(RULE_BELOW)


def test_the_corners(setter):
    layout = setter(secrecy="秘密", notice="内部资料　注意保存", copy_number="18")
    secrecy, serial, notice = (the(layout, role) for role in ("secrecy", "serial", "notice"))
    assert [box.role for box in layout.pages[0].boxes][:3] == ["secrecy", "serial", "notice"]
    assert (secrecy.left, secrecy.top, secrecy.text) == (LEFT, TOP, "秘　密")
    assert (serial.top, serial.text) == (TOP, "000018")
    assert end(serial) == near(RIGHT)
    assert notice.left == LEFT
    assert notice.top == near(TOP + PITCH)
    assert the(setter(notice="内部资料"), "notice").top == TOP


# --- 报核 -----------------------------------------------------------------------------------------------------------------


def test_contents_are_made_of_the_titles(setter):
    titles = ["甲县总工会\n开展活动", "乙县总工会开展竞赛"]
    layout = setter(contents="true", items=[ITEM | {"title": title} for title in titles])
    heading, rule = the(layout, "contents-title"), the(layout, "red-rule")
    first, second = boxes(layout, "contents")
    assert heading.text == "本期要目"
    assert (first.text, second.text) == ("甲县总工会开展活动", "乙县总工会开展竞赛")
    assert heading.top - (rule.top + RULE) == near(BLANK_LINE)
    left, _, right, _ = ink(heading)
    assert (left + right) / 2 == near(AXIS)
    assert first.left == near(LEFT + 2 * EM)
    assert first.top - heading.top == near(second.top - first.top, 0.001)
    assert ink(boxes(layout, "item-title")[0])[1] - second.bottom == near(TWO_BLANK_LINES)
    assert boxes(setter(contents="false"), "contents") == []


def test_a_note_stands_before_the_text_in_kaiti(setter):
    layout = setter(editor_note="现印发，供参考。")
    note = the(layout, "editor-note")
    assert note.text == "编者按：现印发，供参考。"
    assert {piece.role for piece in note.lines[0].pieces} == {"kaiti"}
    assert start(note) == near(LEFT + 2 * EM)
    assert note.top - (the(layout, "red-rule").top + RULE) == near(BLANK_LINE)
    assert ink(the(layout, "item-title"))[1] - note.bottom == near(TWO_BLANK_LINES)


def test_an_article_from_title_to_source(setter):
    item = ITEM | {"byline": "白水县总工会", "editor_note": "值得借鉴。", "source": "李华"}
    layout = setter(items=[item, ITEM])
    title, byline, note = boxes(layout, "item-title")[0], the(layout, "byline"), the(layout, "editor-note")
    source, text = the(layout, "source"), boxes(layout, "paragraph")[0]
    left, _, right, _ = ink(byline)
    assert (left + right) / 2 == near(AXIS)
    assert {piece.role for piece in byline.lines[0].pieces} == {"kaiti"}
    assert (title.size, title.lines[0].pieces[0].role) == (22, "xiaobiaosong")
    assert byline.top - ink(title)[3] == near(PITCH - EM, 0.5)  # the leading of its page
    assert note.top - byline.bottom == near(BLANK_LINE)
    assert text.top - note.bottom == near(BLANK_LINE)
    assert source.text == "（李华）"
    assert end(source) == near(RIGHT)
    assert ink(boxes(layout, "item-title")[1])[1] - source.bottom == near(TWO_BLANK_LINES)


def test_numbers_of_headings_begin_anew_in_each_article(setter):
    item = ITEM | {"body": [{"heading": "广泛动员", "body": [LONG]}, {"heading": "抓好落实", "body": [LONG]}]}
    layout = setter(items=[item, item])
    assert [box.text[:2] for box in boxes(layout, "heading-1")] == ["一、", "二、"] * 2


@pytest.mark.parametrize("lines", range(1, 20))
def test_a_title_stands_with_its_text(setter, lines):
    layout = setter(items=[ITEM | {"body": ["一行。"] * lines}, ITEM | {"byline": "李华"}])
    for page in layout.pages:
        roles = [box.role for box in page.texts if box.role != "folio"]
        assert roles[-1] not in ("item-title", "byline", "editor-note")
    title = boxes(layout, "item-title")[1]
    page = next(page for page in layout.pages if title in page.boxes)
    following = [box for box in page.texts if box.role == "paragraph" and box.top > title.top]
    assert len(following[0].lines) == 2


def test_a_photograph_that_is_not_there_keeps_its_place(setter):
    figure = {"figure": "reserved", "width": "120", "height": "80", "caption": "会场。李华　摄"}
    layout = setter(items=[ITEM | {"body": [LONG, figure]}])
    frame = the(layout, "figure")
    assert isinstance(frame, FrameBox)
    assert (frame.width, frame.height) == (120, 80)
    assert frame.left + 60 == near(AXIS)
    assert the(layout, "figure-caption").text == "会场。李华　摄"


# --- 报尾 -----------------------------------------------------------------------------------------------------------------

FOOT = {"report_to": ["省总工会"], "send_to": ["市直各单位"], "issue_to": ["各县总工会"], "copies": "120"}


def test_the_foot_ends_on_the_bottom_of_the_last_page(setter):
    layout = setter(distribution=FOOT)
    upper, lower = boxes(layout, "imprint-rule")
    rows = [*boxes(layout, "distribution"), the(layout, "print-run")]
    assert [box.text for box in rows] == ["报：省总工会", "送：市直各单位", "发：各县总工会", "（共印120份）"]
    assert (upper.left, upper.width, upper.weight, upper.colour) == (LEFT, 156, FOOT_RULE, "black")
    assert lower.top + lower.weight == near(BOTTOM)
    assert upper.top == near(BOTTOM - 4 * FOOT_ROW)
    for number, box in enumerate(rows):
        assert box.top == near(upper.top + number * FOOT_ROW + (FOOT_ROW - EM_4) / 2)
        assert box.size == 14
    assert all(start(box) == near(LEFT + EM_4) for box in rows[:3])
    assert end(rows[3]) == near(RIGHT - EM_4)


def test_a_long_list_hangs_under_its_first_name(setter):
    layout = setter(distribution={"send_to": [f"第{number}机关" for number in range(20)]})
    box, rules = the(layout, "distribution"), boxes(layout, "imprint-rule")
    rows = len(box.lines)
    assert rows > 2
    assert rules[0].top == near(BOTTOM - FOOT_ROW - (rows - 1) * FOOT_LINE)
    assert box.left == near(LEFT + 3 * EM_4)
    assert all(end(box, row) <= RIGHT - EM_4 + NEAR for row in range(rows))


@pytest.mark.parametrize("lines", range(1, 16))
def test_text_never_runs_into_the_foot(setter, lines):
    layout = setter(items=[ITEM | {"body": ["一行。"] * lines}], distribution=FOOT)
    last = layout.pages[-1]
    text = [box.bottom for box in last.texts if box.role == "paragraph"]
    upper = min(box.top for box in last.boxes if isinstance(box, RuleBox) and box.role == "imprint-rule")
    assert max(text, default=0) <= upper - BLANK_LINE + NEAR


def test_nothing_is_padded_and_every_page_is_numbered(setter):
    layout = setter(items=[ITEM | {"body": [LONG * 10] * 5}], distribution=FOOT)
    assert len(layout.pages) == 5
    assert [box.text for box in boxes(layout, "folio")] == [f"— {number} —" for number in range(1, 6)]
    assert len(setter(distribution=FOOT).pages) == 1


# --- any bulletin ---------------------------------------------------------------------------------------------------------

_text = st.text(
    st.sampled_from("各级工会要提高认识，加强领导。“”（）《》、：；——……2026年AaⅣ¾ <&\U0001f600"),
    min_size=1,
    max_size=60,
)
_line = _text.filter(str.strip)
_lines = st.lists(_line, min_size=1, max_size=3).map("\n".join)
_items = st.lists(
    st.fixed_dictionaries(
        {"title": _lines, "body": st.lists(_lines, min_size=1, max_size=4)},
        optional={"byline": _line, "editor_note": _lines, "source": _line},
    ),
    min_size=1,
    max_size=4,
)
_organs = st.lists(_line, min_size=1, max_size=30)


@settings(max_examples=40)
@given(
    st.fixed_dictionaries(
        {"mark": _line, "items": _items},
        optional={
            "issuer": _line,
            "notice": _line,
            "copy_number": st.just("7"),
            "contents": st.sampled_from(["true", "false"]),
            "editor_note": _lines,
            "distribution": st.fixed_dictionaries({"report_to": _organs}, optional={"send_to": _organs}),
        },
    )
)
def test_any_bulletin_keeps_its_text(setter, data):
    layout = setter(**data)
    shown = "".join("".join(box.text for page in layout.pages for box in page.texts if box.role != "folio").split())
    for text in (data["mark"], data.get("issuer"), data.get("notice"), data.get("editor_note")):
        assert "".join((text or "").split()) in shown
    for item in data["items"]:
        for text in (
            item["title"],
            item.get("byline"),
            item.get("source"),
            item.get("editor_note"),
            item["body"][0][:20],
        ):
            assert "".join((text or "").split()) in shown
    assert len([box for page in layout.pages for box in page.boxes if box.role == "item-title"]) == len(data["items"])

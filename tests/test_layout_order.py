"""The layout of an order in millimetres. Every length here is written from the standard's text, none is taken from the program."""

import pytest
from layouts import boxes, from_keys, ink, near, roles, the

from gongwen.layout import RuleBox, lay_out

# --- GB/T 9704-2012, 10.2, in millimetres from the top left corner of the sheet ---------------------------------------

LEFT, RIGHT, TOP, BOTTOM = 28, 184, 37, 262  # 5.2.1
AXIS = 106  # centre of the 版心
MARK_TOP = 57  # 20 below the upper edge of the 版心
BLANK_LINE, TWO_BLANK_LINES = 10.39, 20.78  # 3.2
PITCH = 10.449  # 29.6 pt
TEXT = "《云州市户外劳动者服务站点管理办法》已经市人民政府第36次常务会议审议通过，现予公布，自2026年8月1日起施行。"


BASE = {"kind": "令", "issuer": "云州市人民政府", "number": "第12号", "body": [TEXT]}


@pytest.fixture(scope="module")
def setter(book):
    return lambda **keys: lay_out(from_keys(BASE | keys), book)


def test_the_order_and_gaps_of_the_head(setter):
    layout = setter(date="2026-06-08")
    assert roles(layout) == ["mark", "number", "paragraph", "signature", "date", "folio"]
    mark, number = the(layout, "mark"), the(layout, "number")
    assert mark.text == "云州市人民政府令"
    assert ink(mark)[1] == near(MARK_TOP)
    assert number.text == "第12号"
    assert ink(number)[1] - ink(mark)[3] == near(TWO_BLANK_LINES)
    assert the(layout, "paragraph").top - ink(number)[3] == near(TWO_BLANK_LINES)
    for box in (mark, number):
        left, _, right, _ = ink(box)
        assert (left + right) / 2 == near(AXIS)


def test_colours_sizes_and_faces(setter):
    shown = {box.role: box for box in setter().pages[0].boxes}
    assert {role for role, box in shown.items() if box.colour == "red"} == {"mark"}
    assert shown["mark"].size == 42
    assert shown["number"].size == shown["paragraph"].size == pytest.approx(15.79)
    assert {piece.role for piece in shown["mark"].lines[0].pieces} == {"xiaobiaosong"}
    assert {piece.role for piece in shown["number"].lines[0].pieces} == {"fangsong"}


@pytest.mark.parametrize(("kind", "mark"), [("令", "云州市人民政府令"), ("命令", "云州市人民政府命令")])
def test_the_mark_ends_with_the_name_of_the_kind(setter, kind, mark):
    assert the(setter(kind=kind), "mark").text == mark


def test_there_is_neither_a_title_nor_a_rule(setter):
    layout = setter(body=[TEXT] * 30, date="2026-06-08")
    assert len(layout.pages) == 4
    assert [box for page in layout.pages for box in page.boxes if isinstance(box, RuleBox)] == []
    assert boxes(layout, "title") == []
    second = next(box for box in layout.pages[1].boxes if box.role == "paragraph")
    assert second.top == near(TOP)
    assert [box.text for box in boxes(layout, "folio")] == ["— 1 —", "— 2 —", "— 3 —", "— 4 —"]


def test_the_names_of_two_organs_are_stacked_beside_the_word(setter):
    layout = setter(kind="命令", issuer=["云州市人民政府", "云州军分区"])
    names, suffix = boxes(layout, "mark")
    assert [line.text for line in names.lines] == ["云州市人民政府", "云州军分区"]
    assert suffix.text == "命令"
    assert ink(names)[1] == near(MARK_TOP)
    widths = [(line.right - line.left) * names.em for line in names.lines]
    assert widths[0] == pytest.approx(widths[1], abs=0.6)
    middle = (names.ink_top + names.ink_bottom) / 2
    assert (suffix.ink_top + suffix.ink_bottom) / 2 == near(middle)
    assert ink(the(layout, "number"))[1] - names.ink_bottom == near(TWO_BLANK_LINES)


def test_places_of_what_is_not_drawn_are_kept(setter):
    whole, printed, unnumbered = setter(), setter(mark="preprinted"), setter(number=None)
    assert roles(printed) == ["number", "paragraph", "folio"]
    assert the(printed, "number") == the(whole, "number")
    assert roles(unnumbered) == ["mark", "paragraph", "folio"]
    assert the(unnumbered, "paragraph").top == pytest.approx(the(whole, "paragraph").top, abs=0.3)


def test_the_corner_is_that_of_the_general_format(setter):
    layout = setter(copy_number="18", secrecy="机密★1年", urgency="特急")
    corner = [box for box in layout.pages[0].texts if box.role in ("copy-number", "secrecy", "urgency")]
    assert [box.text for box in corner] == ["000018", "机密★1年", "特\u3000急"]
    assert [box.top for box in corner] == [near(TOP), near(TOP + PITCH), near(TOP + 2 * PITCH)]
    assert ink(the(layout, "mark"))[1] == near(MARK_TOP)


def test_what_is_published_begins_a_page_and_the_imprint_ends_an_even_one(setter):
    regulation = {"title": "云州市户外劳动者服务站点管理办法", "body": ["正文。"]}
    imprint = {"copies_to": ["市委办公室"], "issuing_office": "市政府办公室", "issued_on": "2026-06-08"}
    layout = setter(attachments=[regulation], date="2026-06-08", imprint=imprint)
    assert roles(layout, 2)[:3] == ["attachment-label", "attachment-title", "paragraph"]
    assert len(layout.pages) == 2
    rules = [box for box in layout.pages[1].boxes if box.role == "imprint-rule"]
    assert rules[-1].top + rules[-1].weight == near(BOTTOM)
    alone = setter(date="2026-06-08", imprint=imprint)
    assert "imprint-office" in roles(alone, 2)
    assert [box.text for box in boxes(alone, "folio")] == ["— 1 —", "— 2 —"]

"""The layout in millimetres. Every length here is written from the standard's text, none is taken from the program."""

import itertools
import re

import pytest
from layouts import BASELINE, NEAR, boxes, end, from_keys, ink, near, paragraphs, roles, start, the

from gongwen.layout import RuleBox, TextBox, lay_out

# --- GB/T 9704-2012 in millimetres from the top left corner of the sheet ----------------------------------------------

LEFT, RIGHT, TOP, BOTTOM = 28, 184, 37, 262  # 5.2.1: 版心 156 x 225, 天头 37, 订口 28
AXIS = 106  # centre of the 版心
EM_2, EM_3, EM_4 = 7.76, 5.57, 4.94  # 2号 22 pt; 3号 156 mm / 28 characters (5.2.3); 4号 14 pt
PITCH = 10.449  # 5.2.3: 22 characters and 21 gaps in 225 mm
BLANK_LINE, TWO_BLANK_LINES = 10.39, 20.78  # 3.2: 空一行, 空二行, edge to edge
MARK_TOP = 72  # 7.2.4: 35 below the 版心
NUMBER_TO_RULE = 4  # 7.2.7
SECOND_ROW = 47.45  # 7.2.2: 密级 on the second line
TITLE_PITCH = 12.52  # 3.2: a character of 2号 and 7/8 of one of 3号
TWO_CHARACTERS = 11.14  # 2 x 3号
SIGNATURE_RIGHT = 172.86  # 7.3.5.2: 右空二字
SIGNERS_RIGHT = 178.43  # 7.2.6: 右空一字
NUMBER_LEFT = 33.57  # 7.2.5: 上行文 左空一字
THICK, THIN = 0.35, 0.25  # 7.4.1
THIN_RULE = 253  # FIG 5: 216 below the top of the 版心
IMPRINT_LEFT, IMPRINT_RIGHT = 32.94, 179.06  # 7.4.2, 7.4.3: 左右各空一字 of 4号
FOLIO_DASH = 269  # 7.5: 7 below the 版心
NEAR_EDGE = 0.05  # 28 characters of 15.79 pt leave 0.03 mm of the 156


@pytest.fixture(scope="module")
def setter(book):
    return lambda **keys: lay_out(document(**keys), book)


BASE = {
    "kind": "通知",
    "issuer": "焦作市总工会",
    "number": "焦工文〔2025〕6号",
    "title": "焦作市总工会关于工作的通知",
    "body": ["正文。"],
}


def document(**keys):
    return from_keys(BASE | keys)


def lines_on(layout, page, role="paragraph"):
    return sum(len(box.lines) for box in layout.pages[page - 1].texts if box.role == role)


# --- the head ---------------------------------------------------------------------------------------------------------


def test_the_order_and_gaps_of_the_head(setter):
    layout = setter(addressees=["各县（市、区）总工会"])
    assert roles(layout) == ["mark", "number", "red-rule", "title", "addressees", "paragraph", "folio"]
    mark, number, rule = the(layout, "mark"), the(layout, "number"), the(layout, "red-rule")
    title, addressees = the(layout, "title"), the(layout, "addressees")
    assert ink(mark)[1] == near(MARK_TOP)
    assert ink(number)[1] - ink(mark)[3] == near(TWO_BLANK_LINES)
    assert rule.top - ink(number)[3] == near(NUMBER_TO_RULE)
    assert ink(title)[1] - (rule.top + rule.weight) == near(TWO_BLANK_LINES)
    assert addressees.top - ink(title)[3] == near(BLANK_LINE)
    assert the(layout, "paragraph").top - addressees.top == near(PITCH)


def test_the_head_is_centred_and_the_rule_is_as_wide_as_the_type_area(setter):
    layout = setter()
    for role in ("mark", "number", "title"):
        left, _, right, _ = ink(the(layout, role))
        assert (left + right) / 2 == near(AXIS), role
    rule = the(layout, "red-rule")
    assert (rule.left, rule.left + rule.width) == (LEFT, RIGHT)
    assert rule.weight == pytest.approx(0.53, abs=0.05)


def test_colours_sizes_and_faces_of_the_head(setter):
    layout = setter(signers=["王小明"])
    shown = {box.role: box for box in layout.pages[0].boxes}
    assert (shown["mark"].colour, shown["red-rule"].colour) == ("red", "red")
    assert {box.colour for role, box in shown.items() if role not in {"mark", "red-rule"}} == {"black"}
    assert shown["mark"].size == 42
    assert shown["title"].size == 22
    assert shown["number"].size == pytest.approx(15.79)
    assert {piece.role for piece in shown["mark"].lines[0].pieces} == {"xiaobiaosong"}
    assert {piece.role for piece in shown["title"].lines[0].pieces} == {"xiaobiaosong"}
    assert {piece.role for piece in shown["number"].lines[0].pieces} == {"fangsong"}


def test_title_lines_stand_below_each_other_each_centred(setter):
    title = the(setter(title="焦作市总工会关于认真学习宣传贯彻焦作市工会第十一次代表大会精神的通知"), "title")
    assert len(title.lines) == 2
    assert title.pitch == near(TITLE_PITCH)
    for row in range(2):
        left, _, right, _ = ink(title, row)
        assert (left + right) / 2 == near(AXIS)
        assert left >= LEFT
        assert right <= RIGHT


def test_the_mark_is_the_issuer_with_a_suffix_or_the_drafts_own(setter):
    assert the(setter(), "mark").text == "焦作市总工会文件"
    assert the(setter(mark="焦作市总工会"), "mark").text == "焦作市总工会"


def test_a_long_mark_shrinks_to_the_width_of_the_type_area(setter):
    mark = the(setter(issuer="中华人民共和国人力资源和社会保障部"), "mark")
    left, top, right, _ = ink(mark)
    assert mark.size < 42
    assert end(mark) - start(mark) == near(156)
    assert left >= LEFT
    assert right <= RIGHT
    assert (left + right) / 2 == near(AXIS)
    assert top == near(MARK_TOP)


@pytest.mark.parametrize("signers", [None, ["王小明"]])
def test_on_preprinted_paper_everything_else_keeps_its_place(setter, signers):
    drawn, preprinted = setter(signers=signers), setter(signers=signers, mark="preprinted")
    assert [box for box in drawn.pages[0].boxes if box.role not in {"mark", "red-rule"}] == list(
        preprinted.pages[0].boxes
    )
    assert {"mark", "red-rule"} <= set(roles(drawn))


def test_without_a_number_the_rule_keeps_about_its_place(setter):
    layout = setter(number=None)
    assert "number" not in roles(layout)
    usual = the(setter(), "red-rule").top
    assert the(layout, "red-rule").top == pytest.approx(usual, abs=0.3)


CORNERS = [
    # copy number, secrecy, urgency → texts and rows
    ((None, None, None), []),
    (("18", None, None), [("copy-number", "000018", 0)]),
    (("000018", "机密★1年", None), [("copy-number", "000018", 0), ("secrecy", "机密★1年", 1)]),
    (("000018", None, "特急"), [("copy-number", "000018", 0), ("urgency", "特\u3000急", 1)]),
    (
        ("000018", "秘密", "加急"),
        [("copy-number", "000018", 0), ("secrecy", "秘\u3000密", 1), ("urgency", "加\u3000急", 2)],
    ),
    ((None, "绝密★长期", None), [("secrecy", "绝密★长期", 1)]),
    ((None, "机密★6个月", "特急"), [("secrecy", "机密★6个月", 1), ("urgency", "特\u3000急", 2)]),
    ((None, None, "特急"), [("urgency", "特\u3000急", 0)]),
    (("待定", None, None), [("copy-number", "待定", 0)]),
]


@pytest.mark.parametrize(("given", "expected"), CORNERS, ids=lambda value: str(value)[:40])
def test_copy_number_secrecy_and_urgency_stand_in_the_corner_one_below_the_other(setter, given, expected):
    """7.2.1 to 7.2.3: flush left; the secrecy on the second line even where there is no copy number."""
    copy_number, secrecy, urgency = given
    layout = setter(copy_number=copy_number, secrecy=secrecy, urgency=urgency)
    corner = [box for box in layout.pages[0].texts if box.role in {"copy-number", "secrecy", "urgency"}]
    assert [(box.role, box.text) for box in corner] == [(role, text) for role, text, _ in expected]
    for box, (role, _, row) in zip(corner, expected, strict=True):
        assert box.left == LEFT
        assert box.top == near(TOP + row * PITCH)
        assert box.size == pytest.approx(15.79)
        face = "fangsong" if role == "copy-number" else "heiti"
        assert {piece.role for piece in box.lines[0].pieces} == {face}
        if role == "secrecy":
            assert box.top == near(SECOND_ROW)
            assert 9.4 <= ink(box)[1] - TOP <= 11.2


SIGNERS = {
    1: (["王小明"], ["签发人：王小明"]),
    2: (["王小明", "李大刚"], ["签发人：王小明\u3000李大刚"]),
    3: (["王小明", "李大刚", "张三"], ["签发人：王小明\u3000李大刚", "张三"]),
    4: (["王小明", "李大刚", "张三", "欧阳文华"], ["签发人：王小明\u3000李大刚", "张三\u3000\u3000欧阳文华"]),
    5: (
        ["王小明", "李大刚", "张三", "欧阳文华", "赵四"],
        ["签发人：王小明\u3000李大刚", "张三\u3000\u3000欧阳文华", "赵四"],
    ),
}


@pytest.mark.parametrize("count", SIGNERS)
def test_signers(setter, count):
    """7.2.5, 7.2.6: two in a row, one character in from the right; the number beside the last row, one in from the left."""
    signers, texts = SIGNERS[count]
    layout = setter(signers=signers)
    rows, number, rule = boxes(layout, "signers"), the(layout, "number"), the(layout, "red-rule")
    assert [box.text for box in rows] == texts
    assert max(end(box) for box in rows) == near(SIGNERS_RIGHT)
    assert start(number) == near(NUMBER_LEFT)
    assert number.top == near(rows[-1].top)
    assert [b.top - a.top for a, b in itertools.pairwise(rows)] == pytest.approx([PITCH] * (len(rows) - 1), abs=NEAR)
    assert ink(rows[0])[1] - ink(the(layout, "mark"))[3] == near(TWO_BLANK_LINES)
    assert rule.top - max(ink(rows[-1])[3], ink(number)[3]) == near(NUMBER_TO_RULE)
    first_name = start(rows[0]) + 4 * EM_3
    assert [start(box) for box in rows[1:]] == pytest.approx([first_name] * (len(rows) - 1), abs=NEAR)
    assert [(piece.text, piece.role) for piece in rows[0].lines[0].pieces] == [
        ("签发人：", "fangsong"),
        (texts[0][4:], "kaiti"),
    ]
    second = {len(box.text.removeprefix("签发人：").split("\u3000")[0]) for box in rows if "\u3000" in box.text}
    assert second <= {2, 3}


TWELVE = ["王小明", "李华", "张三", "欧阳建国", "赵四", "孙李周", "吴正", "王冯陈", "褚卫", "蒋沈韩", "杨朱", "秦尤许"]
SECOND_NAME = 133.87  # 7.2.6: the names of the widest row, 欧阳建国 beside one of three, end one character in


@pytest.mark.parametrize("count", range(1, 13))
@pytest.mark.parametrize("kind", ["请示", "报告", "意见"])
def test_any_number_of_signers(setter, kind, count):
    """7.2.5 to 7.2.7: rows of two; the number on the line of the last signer; the rule moves down with it."""
    body = ["各级工会要提高认识，加强领导。" * 60]
    layout = setter(kind=kind, signers=TWELVE[:count], body=body)
    rows, number, rule = boxes(layout, "signers"), the(layout, "number"), the(layout, "red-rule")
    assert [len(box.text.removeprefix("签发人：").split()) for box in rows] == [2] * (count // 2) + [1] * (count % 2)
    assert "".join("".join(box.text.removeprefix("签发人：").split()) for box in rows) == "".join(TWELVE[:count])
    assert number.top == near(rows[-1].top)
    assert start(number) == near(NUMBER_LEFT)
    assert rows[-1].top - rows[0].top == near(((count + 1) // 2 - 1) * PITCH)
    assert rule.top - max(ink(rows[-1])[3], ink(number)[3]) == near(NUMBER_TO_RULE)
    assert max(end(box) for box in rows) == near(SIGNERS_RIGHT)
    names = [start(rows[0]) + 4 * EM_3, *(start(box) for box in rows[1:])]
    assert names == pytest.approx([names[0]] * len(rows), abs=NEAR)
    if count >= 4:
        assert names[0] == near(SECOND_NAME)
    assert ink(the(layout, "title"))[1] - (rule.top + rule.weight) == near(TWO_BLANK_LINES)
    assert boxes(layout, "paragraph")[0] in layout.pages[0].boxes


def test_signers_without_a_number(setter):
    layout = setter(signers=["王小明"], number=None)
    assert "number" not in roles(layout)
    signers = the(layout, "signers")
    assert the(layout, "red-rule").top - ink(signers)[3] == near(NUMBER_TO_RULE)
    assert end(signers) == near(SIGNERS_RIGHT)


# --- the body ---------------------------------------------------------------------------------------------------------

LONG = "要认真学习、深刻领会，切实把思想和行动统一到中央和省委的决策部署上来，抓好各项工作的落实。" * 2


def test_paragraphs_are_two_characters_in_and_flush_on_both_sides(setter):
    box = the(setter(body=[LONG]), "paragraph")
    assert start(box) == near(LEFT + TWO_CHARACTERS)
    assert {start(box, row) for row in range(1, len(box.lines))} == {LEFT}
    for row in range(len(box.lines) - 1):
        assert end(box, row) == near(RIGHT, NEAR_EDGE)


def test_addressees_are_flush_left_on_every_line(setter):
    organs = [
        ["各省辖市总工会", "济源示范区总工会"],
        "省各产业工会",
        "省直机关工会联合会",
        "省总直属基层工会",
        "省总机关各部门",
    ]
    box = the(setter(addressees=organs), "addressees")
    assert box.text == (
        "各省辖市总工会、济源示范区总工会，省各产业工会，省直机关工会联合会，省总直属基层工会，省总机关各部门："
    )
    assert len(box.lines) == 2
    assert {start(box, row) for row in range(2)} == {LEFT}


def test_headings_are_numbered_and_take_the_face_of_their_level(setter):
    body = [
        {"heading": "甲", "body": ["文", {"heading": "乙", "body": [{"heading": "丙", "body": [{"heading": "丁"}]}]}]},
        {"heading": "戊", "body": [{"heading": "己。", "text": "接排。"}, {"heading": "庚"}]},
    ]
    layout = setter(body=body)
    shown = [
        (box.role, box.text, box.lines[0].pieces[0].role)
        for box in layout.pages[0].texts
        if box.role.startswith(("heading", "run-in", "paragraph"))
    ]
    assert shown == [
        ("heading-1", "一、甲", "heiti"),
        ("paragraph", "文", "fangsong"),
        ("heading-2", "（一）乙", "kaiti"),
        ("heading-3", "1.丙", "fangsong"),
        ("heading-4", "（1）丁", "fangsong"),
        ("heading-1", "二、戊", "heiti"),
        ("run-in-2", "（一）己。接排。", "kaiti"),
        ("heading-2", "（二）庚", "kaiti"),
    ]
    (run_in,) = (box for box in layout.pages[0].texts if box.role == "run-in-2")
    assert [(piece.text, piece.role) for piece in run_in.lines[0].pieces] == [
        ("（一）己。", "kaiti"),
        ("接排。", "fangsong"),
    ]
    tops = [box.top for box in layout.pages[0].texts if box.role.startswith(("heading", "run-in", "paragraph"))]
    assert [b - a for a, b in itertools.pairwise(tops)] == pytest.approx([PITCH] * 7, abs=NEAR)


def test_a_full_page_has_22_lines_from_37_to_262(setter):
    layout = setter(body=paragraphs(60))
    boxes_of_page = [box for box in layout.pages[1].texts if box.role == "paragraph"]
    assert sum(len(box.lines) for box in boxes_of_page) == 22
    assert boxes_of_page[0].top == TOP
    assert boxes_of_page[-1].bottom == near(BOTTOM)


def test_the_first_page_reaches_the_bottom_edge_where_little_is_wanting(setter):
    """Its pitch may grow by 3 % or shrink to 28.5 points; where that is not enough it stays as it is."""
    reached = 0
    for rows in range(1, 7):
        layout = setter(title="\n".join(["关于工作的通知"] * rows), body=paragraphs(60))
        text = [box for box in layout.pages[0].texts if box.role == "paragraph"]
        pitch = text[1].top - text[0].top
        if text[-1].bottom == near(BOTTOM):
            assert 10.05 <= pitch <= 1.03 * PITCH
            reached += 1
        else:
            assert pitch == near(PITCH)
            assert BOTTOM - PITCH < text[-1].bottom < BOTTOM
            assert (BOTTOM - EM_3 - text[0].top) / (len(text) - 1) > 1.03 * PITCH - 0.01
            assert (BOTTOM - EM_3 - text[0].top) / len(text) < 10.06
    assert reached >= 2


def test_a_document_without_a_body(setter):
    layout = setter(body=[])
    assert [roles(layout, page.number) for page in layout.pages] == [["mark", "number", "red-rule", "title", "folio"]]
    signed = setter(body=[], date="2025-01-20", addressees=["各单位"])
    assert [box.role for box in signed.pages[0].texts][-4:] == ["addressees", "signature", "date", "folio"]
    with_imprint = setter(body=[], imprint={"issuing_office": "办公室"})
    assert [page.numbered for page in with_imprint.pages] == [True, True]


def test_a_thousand_paragraphs(setter):
    layout = setter(body=[f"{number}。{LONG}" for number in range(1000)])
    assert len(layout.pages) == 183
    text = "".join(box.text for page in layout.pages for box in page.texts if box.role == "paragraph")
    assert text == "".join(f"{number}。{LONG}" for number in range(1000))
    assert all(box.bottom <= BOTTOM + NEAR for page in layout.pages for box in page.texts if box.role != "folio")


# --- the ending -------------------------------------------------------------------------------------------------------


def test_a_signature_longer_than_the_date(setter):
    """7.3.5.2: 空一行 below the text, two characters in from the right; the date two characters right of it."""
    issuer = "河南省人民政府国有资产监督管理委员会"
    layout = setter(issuer=issuer, mark="河南省国资委文件", date="2025-01-20")
    body, signature, date = the(layout, "paragraph"), the(layout, "signature"), the(layout, "date")
    assert (signature.text, date.text) == (issuer, "2025年1月20日")
    assert signature.top - body.bottom == near(BLANK_LINE)
    assert end(signature) == near(SIGNATURE_RIGHT)
    assert start(date) - start(signature) == near(TWO_CHARACTERS)
    assert date.top - signature.top == near(PITCH)
    assert end(date) < SIGNATURE_RIGHT


def test_a_date_longer_than_the_signature(setter):
    layout = setter(date="2025-11-28")
    signature, date = the(layout, "signature"), the(layout, "date")
    assert end(date) == near(SIGNATURE_RIGHT)
    assert start(date) - start(signature) == near(TWO_CHARACTERS)
    assert end(signature) < SIGNATURE_RIGHT


@pytest.mark.parametrize("day", ["2025-01-01", "2025-12-31", "待定"])
@pytest.mark.parametrize("length", range(2, 26))
def test_of_signature_and_date_the_longer_one_ends_two_characters_in(setter, length, day):
    layout = setter(signature="会" * length, date=day)
    signature, date = the(layout, "signature"), the(layout, "date")
    assert max(end(signature), end(date)) == near(SIGNATURE_RIGHT)
    assert start(date) - start(signature) == near(TWO_CHARACTERS)


def test_a_signature_or_a_date_alone(setter):
    signature = the(setter(signature="焦作市总工会"), "signature")
    assert end(signature) == near(SIGNATURE_RIGHT)
    layout = setter(signature="none", date="2025-01-20")
    assert "signature" not in roles(layout)
    date = the(layout, "date")
    assert end(date) == near(SIGNATURE_RIGHT)
    assert date.top - the(layout, "paragraph").bottom == near(BLANK_LINE)
    assert "date" not in roles(setter())
    assert "signature" not in roles(setter())


def test_the_note_is_in_brackets_on_the_line_after_the_date(setter):
    layout = setter(date="2025-01-20", note="此件公开发布")
    date, note = the(layout, "date"), the(layout, "note")
    assert note.text == "（此件公开发布）"
    assert start(note) == near(LEFT + TWO_CHARACTERS)
    assert note.top - date.top == near(PITCH)


def test_a_signature_is_never_alone_on_a_page(setter):
    first = lines_on(setter(body=paragraphs(60)), 1)
    for count in range(first + 15, first + 26):
        layout = setter(body=paragraphs(count), date="2025-01-20")
        page = next(page for page in layout.pages if "signature" in roles(layout, page.number))
        assert lines_on(layout, page.number) >= 2
        assert "date" in roles(layout, page.number)
        assert the(layout, "date").bottom <= BOTTOM + NEAR


# --- attachments ------------------------------------------------------------------------------------------------------


def attachments(*titles):
    return [{"title": title, "body": ["附件正文。"]} for title in titles]


def test_one_attachment_has_no_number(setter):
    layout = setter(attachments=attachments("任务分工表"))
    listed = the(layout, "attachment-list")
    assert listed.text == "附件：任务分工表"
    assert start(listed) == near(LEFT + TWO_CHARACTERS)
    assert listed.top - boxes(layout, "paragraph")[0].bottom == near(BLANK_LINE)
    assert the(layout, "attachment-label").text == "附件"


def test_several_attachments_are_numbered_and_their_numbers_aligned(setter):
    titles = [f"第{number}个附件" for number in range(1, 9)]
    layout = setter(attachments=attachments(*titles))
    listed = boxes(layout, "attachment-list")
    assert [box.text for box in listed] == [
        f"{'附件：' if number == 1 else ''}{number}. {title}" for number, title in enumerate(titles, 1)
    ]
    assert [box.text for box in boxes(layout, "attachment-label")] == [f"附件{number}" for number in range(1, 9)]
    numbers = [start(box) + (3 * EM_3 if row == 0 else 0) for row, box in enumerate(listed)]
    assert numbers == pytest.approx([LEFT + 5 * EM_3] * 8, abs=NEAR)
    assert [b.top - a.top for a, b in itertools.pairwise(listed)] == pytest.approx([PITCH] * 7, abs=NEAR)


LONG_NAME = "焦作市总工会关于认真学习宣传贯彻焦作市工会第十一次代表大会精神和省工会十六大精神的任务分工与时间进度安排表"


@pytest.mark.parametrize("count", [1, 2, 10])
def test_a_wrapped_name_starts_under_its_first_character(setter, book, count):
    layout = setter(attachments=attachments(*[LONG_NAME] * count))
    for number, box in enumerate(boxes(layout, "attachment-list"), 1):
        lead = ("附件：" if number == 1 else "") + (f"{number}. " if count > 1 else "")
        assert box.text == lead + LONG_NAME
        assert len(box.lines) >= 3
        first = advances(box.lines[0], book)
        name = start(box) + sum(first[: len(lead)]) * box.em
        assert [start(box, row) for row in range(1, len(box.lines))] == pytest.approx([name] * (len(box.lines) - 1))
        assert start(box) + sum(first) * box.em == near(RIGHT, 0.5)
        for row in range(len(box.lines) - 1):
            assert end(box, row) == near(RIGHT, NEAR_EDGE)
            assert RIGHT - 1.2 < ink(box, row)[2] < RIGHT


def advances(line, book):
    return [book.role(piece.role)[char].advance + piece.tracking for piece in line.pieces for char in piece.text]


def test_an_attachment_starts_a_page_with_label_and_title(setter):
    layout = setter(attachments=attachments("任务分工表", LONG_NAME), body=paragraphs(3))
    assert len(layout.pages) == 3
    for page, label in zip(layout.pages[1:], ["附件1", "附件2"], strict=True):
        first, title, text = page.texts[:3]
        assert (first.role, first.text) == ("attachment-label", label)
        assert (first.left, first.top) == (LEFT, TOP)
        assert {piece.role for piece in first.lines[0].pieces} == {"heiti"}
        assert title.role == "attachment-title"
        assert title.size == 22
        assert 19 <= ink(title)[1] - TOP <= 23  # 第三行
        assert title.top + title.em / 2 == near(TOP + 2 * PITCH + EM_3 / 2)
        for row in range(len(title.lines)):
            left, _, right, _ = ink(title, row)
            assert (left + right) / 2 == near(AXIS)
        assert text.top - ink(title, len(title.lines) - 1)[3] == near(BLANK_LINE)


def test_the_titles_line_breaks_do_not_reach_the_list(setter):
    layout = setter(attachments=attachments("任务\n分工表"))
    assert the(layout, "attachment-list").text == "附件：任务分工表"
    assert [line.text for line in the(layout, "attachment-title").lines] == ["任务", "分工表"]


# --- the imprint ------------------------------------------------------------------------------------------------------

OFFICE = {"issuing_office": "焦作市总工会办公室", "issued_on": "2025-01-20"}
COPIES = [
    "市委办公室",
    ["市人大常委会办公室", "市政府办公室", "市政协办公室"],
    "市纪委监委机关",
    "焦作军分区政治工作处",
]


def imprint_boxes(layout):
    return [box for box in layout.pages[-1].boxes if box.role.startswith("imprint")]


def test_the_imprint_of_an_office_and_a_date(setter):
    layout = setter(imprint=OFFICE)
    first, office, date, last = imprint_boxes(layout)
    assert (office.text, date.text) == ("焦作市总工会办公室", "2025年1月20日印发")
    for rule in (first, last):
        assert (rule.left, rule.left + rule.width) == (LEFT, RIGHT)
        assert rule.weight == THICK
        assert rule.colour == "black"
    assert last.top + last.weight == near(BOTTOM)
    assert first.top == near(THIN_RULE)
    assert (office.size, date.size) == (14, 14)
    assert start(office) == near(IMPRINT_LEFT)
    assert end(date) == near(IMPRINT_RIGHT)
    assert office.top == date.top
    assert office.top + EM_4 / 2 == near((THIN_RULE + BOTTOM) / 2)


def test_the_imprint_with_copies(setter):
    layout = setter(imprint=OFFICE | {"copies_to": COPIES})
    first, copies, thin, office, date, last = imprint_boxes(layout)
    assert copies.text == (
        "抄送：市委办公室，市人大常委会办公室、市政府办公室、市政协办公室，市纪委监委机关，焦作军分区政治工作处。"
    )
    assert (first.weight, thin.weight, last.weight) == (THICK, THIN, THICK)
    assert thin.top + thin.weight / 2 == near(THIN_RULE)
    assert first.top == near(THIN_RULE - 9 - 8)
    assert last.top + last.weight == near(BOTTOM)
    assert len(copies.lines) == 2
    assert copies.pitch == near(8)
    assert start(copies) == near(IMPRINT_LEFT)
    assert start(copies, 1) == near(IMPRINT_LEFT + 3 * EM_4)
    assert end(copies, 0) == near(IMPRINT_RIGHT)
    assert copies.top + EM_4 / 2 == near(first.top + 4.5)
    assert {piece.role for box in (copies, office, date) for line in box.lines for piece in line.pieces} == {"fangsong"}


def test_an_imprint_with_less(setter):
    first, copies, last = imprint_boxes(setter(imprint={"copies_to": "市委办公室"}))
    assert copies.text == "抄送：市委办公室。"
    assert first.top == near(BOTTOM - 9)
    assert last.top + last.weight == near(BOTTOM)
    _, date, _ = imprint_boxes(setter(imprint={"issued_on": "2025-01-20"}))
    assert end(date) == near(IMPRINT_RIGHT)
    _, office, _ = imprint_boxes(setter(imprint={"issuing_office": "办公室"}))
    assert start(office) == near(IMPRINT_LEFT)
    assert imprint_boxes(setter()) == []


@pytest.fixture(scope="module")
def first_page_lines(setter):
    return lines_on(setter(body=paragraphs(60)), 1)


DECISIONS = [
    # text ends on page, room below it → pages, page of the imprint, pages without a number
    (1, True, 2, 2, []),
    (1, False, 2, 2, []),
    (2, True, 2, 2, []),
    (2, False, 4, 4, [3, 4]),
    (3, True, 4, 4, []),
    (3, False, 4, 4, []),
    (4, True, 4, 4, []),
    (4, False, 6, 6, [5, 6]),
    (5, True, 6, 6, []),
    (5, False, 6, 6, []),
    (6, True, 6, 6, []),
    (6, False, 8, 8, [7, 8]),
]


@pytest.mark.parametrize(("ends_on", "room", "pages", "place", "unnumbered"), DECISIONS)
def test_on_which_page_the_imprint_stands(setter, first_page_lines, ends_on, room, pages, place, unnumbered):
    before = first_page_lines + 22 * (ends_on - 2) if ends_on > 1 else 0
    last = 5 if room else (22 if ends_on > 1 else first_page_lines)
    body = paragraphs(before + last)
    assert len(setter(body=body).pages) == ends_on
    layout = setter(body=body, imprint=OFFICE)
    assert len(layout.pages) == pages
    assert [page.number for page in layout.pages] == list(range(1, pages + 1))
    assert [page.number for page in layout.pages if "imprint-rule" in roles(layout, page.number)] == [place]
    assert [page.number for page in layout.pages if not page.numbered] == unnumbered
    assert [page.number for page in layout.pages if "folio" not in roles(layout, page.number)] == unnumbered
    if unnumbered:
        assert layout.pages[-2].boxes == ()


def test_attachments_come_before_the_imprint(setter):
    layout = setter(attachments=attachments("表一"), imprint=OFFICE)
    assert len(layout.pages) == 2
    assert [box.role for box in layout.pages[1].boxes][:3] == ["attachment-label", "attachment-title", "paragraph"]
    assert imprint_boxes(layout) != []


def test_the_last_page_is_tightened_to_make_room_for_the_imprint(setter, first_page_lines):
    """20 lines end at 241.1; with one line of copies the text must end at 233.6: 28.5 points just do it."""
    layout = setter(body=paragraphs(first_page_lines + 20), imprint=OFFICE | {"copies_to": "市委办公室"})
    assert len(layout.pages) == 2
    assert lines_on(layout, 2) == 20
    text = [box for box in layout.pages[1].texts if box.role == "paragraph"]
    first_rule = next(box for box in layout.pages[1].boxes if isinstance(box, RuleBox))
    assert first_rule.top - text[-1].bottom == near(BLANK_LINE)
    assert text[1].top - text[0].top == pytest.approx(10.055, abs=0.001)
    one_more = setter(body=paragraphs(first_page_lines + 21), imprint=OFFICE | {"copies_to": "市委办公室"})
    assert len(one_more.pages) == 4
    assert lines_on(one_more, 2) == 21


def test_the_text_keeps_a_line_away_from_the_imprint(setter, first_page_lines):
    for count in range(1, 23):
        layout = setter(body=paragraphs(first_page_lines + count), imprint=OFFICE)
        page = layout.pages[1]
        if len(layout.pages) == 2 and lines_on(layout, 2):
            lowest = max(box.bottom for box in page.texts if box.role == "paragraph")
            rule = next(box.top for box in page.boxes if box.role == "imprint-rule")
            assert rule - lowest >= BLANK_LINE - NEAR


# --- page numbers -----------------------------------------------------------------------------------------------------


def test_page_numbers(setter):
    layout = setter(body=paragraphs(50))
    assert [the_folio(page).text for page in layout.pages] == ["— 1 —", "— 2 —", "— 3 —"]
    for page in layout.pages:
        folio = the_folio(page)
        assert folio.size == 14
        assert {piece.role for piece in folio.lines[0].pieces} == {"songti"}
        if page.number % 2:
            assert end(folio) == near(IMPRINT_RIGHT)
        else:
            assert start(folio) == near(IMPRINT_LEFT)


def the_folio(page):
    (folio,) = (box for box in page.texts if box.role == "folio")
    return folio


def test_the_dashes_of_the_page_number_stand_seven_millimetres_below(setter, book):
    folio = the_folio(setter().pages[0])
    dash = book.role("songti")["—"]
    centre = folio.top + (BASELINE - (dash.top + dash.bottom) / 2) * EM_4
    assert centre == near(FOLIO_DASH)


# --- nothing is lost --------------------------------------------------------------------------------------------------

SPECIAL = "〔2023〕9号★——……“‘甲’”乙％15%℃㎡堃喆赟𬭚〇Latin https://www.gov.cn/a_b-c?d=1&e=2 ①·～《〈丙〉》（丁）【戊】"


def test_every_text_of_a_draft_is_set_as_it_is(setter, book):
    keys = {
        "issuer": f"甲{SPECIAL[:9]}",
        "mark": "焦作市总工会文件",
        "number": "焦工文〔2025〕6号",
        "copy_number": "000018",
        "secrecy": "机密★1年",
        "urgency": "特急",
        "signers": ["王堃", "李喆"],
        "title": f"关于{SPECIAL}的通知",
        "addressees": [f"各{SPECIAL}单位"],
        "body": [SPECIAL, {"heading": SPECIAL, "text": SPECIAL, "body": [{"heading": SPECIAL, "body": [SPECIAL]}]}],
        "attachments": [{"title": f"表{SPECIAL}", "body": [SPECIAL]}, {"title": "表二", "body": [LONG]}],
        "signature": f"会{SPECIAL[:9]}",
        "date": "2025-01-20",
        "note": SPECIAL,
        "imprint": {"copies_to": [f"送{SPECIAL}"], "issuing_office": "办公室㎡", "issued_on": "2025-01-21"},
    }
    layout = setter(**keys)
    shown = {}
    for page in layout.pages:
        for box in page.texts:
            shown[box.role] = shown.get(box.role, "") + box.text
    assert shown["mark"] == "焦作市总工会文件"
    assert shown["copy-number"] == "000018"
    assert shown["secrecy"] == "机密★1年"
    assert shown["urgency"] == "特\u3000急"
    assert shown["number"] == "焦工文〔2025〕6号"
    assert shown["signers"] == "签发人：王堃\u3000李喆"
    assert shown["title"] == f"关于{SPECIAL}的通知"
    assert shown["addressees"] == f"各{SPECIAL}单位："
    assert shown["run-in-1"] == f"一、{SPECIAL}{SPECIAL}"
    assert shown["heading-2"] == f"（一）{SPECIAL}"
    assert shown["paragraph"] == SPECIAL * 3 + LONG
    assert shown["attachment-list"] == f"附件：1. 表{SPECIAL}2. 表二"
    assert shown["attachment-label"] == "附件1附件2"
    assert shown["attachment-title"] == f"表{SPECIAL}表二"
    assert shown["signature"] == f"会{SPECIAL[:9]}"
    assert shown["date"] == "2025年1月20日"
    assert shown["note"] == f"（{SPECIAL}）"
    assert shown["imprint-copies"] == f"抄送：送{SPECIAL}。"
    assert shown["imprint-office"] == "办公室㎡"
    assert shown["imprint-date"] == "2025年1月21日印发"
    assert book.missing("fangsong", SPECIAL) == []
    pieces = [piece for page in layout.pages for box in page.texts for line in box.lines for piece in line.pieces]
    assert {piece.face for piece in pieces} == {"fangsong", "xiaobiaosong", "heiti", "kaiti", "songti", "buzi"}


def test_nothing_leaves_the_type_area_but_the_page_number(setter):
    layout = setter(
        title=SPECIAL,
        addressees=[SPECIAL],
        body=[LONG, *paragraphs(50), {"heading": SPECIAL, "text": LONG}],
        attachments=attachments(LONG_NAME, SPECIAL),
        date="2025-01-20",
        note=SPECIAL,
        imprint=OFFICE | {"copies_to": COPIES},
    )
    checked = 0
    for page in layout.pages:
        for box in page.boxes:
            if isinstance(box, TextBox) and box.role != "folio":
                for row in range(len(box.lines)):
                    left, top, right, bottom = ink(box, row)
                    assert left >= LEFT - NEAR
                    assert top >= TOP - NEAR
                    assert right <= RIGHT + 0.3
                    assert bottom <= BOTTOM + NEAR
                    checked += 1
    assert checked > 80


def test_a_placeholder_makes_a_sample(setter):
    assert not setter().is_sample
    assert setter(date="待定").is_sample
    assert the(setter(number="焦工文〔2025〕待定号"), "number").text == "焦工文〔2025〕待定号"


def test_roles_are_plain_words(setter):
    layout = setter(date="2025-01-20", signers=["王小明"], imprint=OFFICE, attachments=attachments("甲", "乙"))
    assert all(re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", box.role) for page in layout.pages for box in page.boxes)

"""The layout of a letter in millimetres. Every length here is written from the standard's text, none is taken from the program."""

import itertools

import pytest
from layouts import NEAR, boxes, end, from_keys, ink, near, paragraphs, roles, start, the

from gongwen.layout import RuleBox, TextBox, lay_out

# --- GB/T 9704-2012, 10.1, in millimetres from the top left corner of the sheet ---------------------------------------

LEFT, RIGHT, TOP, BOTTOM = 28, 184, 37, 262  # 5.2.1
AXIS = 106  # centre of the 版心
MARK_TOP = 30  # from the upper edge of the sheet
MARK_TO_RULE = 4
RULE_LEFT, RULE_RIGHT = 21, 191  # 170 long, on the axis of the 版心
THICK, GAP, THIN = 0.75, 0.9, 0.25  # FIG 11
DOUBLE_RULE = 1.9
LOWER_RULE_BOTTOM = 277  # 20 above the lower edge of the sheet
SEVEN_EIGHTHS = 4.84  # of a character of 3号, below the first rule and above the second
FIRST_BOTTOM = 270.26  # 277 - 1.9 - 4.84
BLANK_LINE, TWO_BLANK_LINES = 10.39, 20.78  # 3.2
PITCH, TIGHTEST, LOOSEST = 10.449, 10.054, 10.762  # 29.6 pt, 28.5 pt, 3 % more
EM_3 = 5.57
TWO_CHARACTERS = 11.14
COPIES_LEFT, COPIES_RIGHT = 32.94, 179.06  # 7.4.2: 左右各空一字 of 4号
EM_4 = 4.94


@pytest.fixture(scope="module")
def setter(book):
    return lambda **keys: lay_out(document(**keys), book)


BASE = {
    "kind": "函",
    "issuer": "云州市总工会",
    "number": "云工函〔2026〕5号",
    "title": "云州市总工会关于工作的函",
    "body": ["正文。"],
}


def document(**keys):
    return from_keys(BASE | keys)


def rules(layout, page=1):
    return [box for box in layout.pages[page - 1].boxes if isinstance(box, RuleBox)]


# --- the head ---------------------------------------------------------------------------------------------------------


def test_the_order_and_gaps_of_the_head(setter):
    layout = setter(addressees=["云州大学"])
    assert roles(layout) == [
        "mark",
        "letter-rule",
        "letter-rule",
        "number",
        "title",
        "addressees",
        "paragraph",
        "letter-rule",
        "letter-rule",
    ]
    mark, number, title = the(layout, "mark"), the(layout, "number"), the(layout, "title")
    thick, thin, *_ = rules(layout)
    assert mark.text == "云州市总工会"
    assert ink(mark)[1] == near(MARK_TOP)
    assert thick.top - ink(mark)[3] == near(MARK_TO_RULE)
    assert ink(number)[1] - (thin.top + thin.weight) == near(SEVEN_EIGHTHS)
    assert ink(title)[1] - ink(number)[3] == near(TWO_BLANK_LINES)
    assert the(layout, "addressees").top - ink(title)[3] == near(BLANK_LINE)
    assert the(layout, "paragraph").top - the(layout, "addressees").top == near(PITCH)


def test_mark_and_title_are_centred_on_the_type_area(setter):
    layout = setter()
    for role in ("mark", "title"):
        left, _, right, _ = ink(the(layout, role))
        assert (left + right) / 2 == near(AXIS), role


def test_colours_sizes_and_faces_of_the_head(setter):
    layout = setter(urgency="特急")
    shown = {box.role: box for box in layout.pages[0].boxes}
    assert {role for role, box in shown.items() if box.colour == "red"} == {"mark", "letter-rule"}
    assert shown["mark"].size == 36
    assert shown["title"].size == 22
    assert shown["number"].size == shown["urgency"].size == pytest.approx(15.79)
    faces = {
        role: {piece.role for piece in shown[role].lines[0].pieces} for role in ("mark", "title", "number", "urgency")
    }
    assert faces == {"mark": {"xiaobiaosong"}, "title": {"xiaobiaosong"}, "number": {"fangsong"}, "urgency": {"heiti"}}


def test_the_double_rules(setter):
    """Thick above thin below the mark, thin above thick at the foot; both 170 long; the second on page one alone."""
    layout = setter(body=paragraphs(60))
    assert len(layout.pages) == 3
    first, second, third, fourth = rules(layout)
    assert [box.weight for box in (first, second, third, fourth)] == [THICK, THIN, THIN, THICK]
    for box in (first, second, third, fourth):
        assert (box.left, box.left + box.width, box.colour) == (near(RULE_LEFT), near(RULE_RIGHT), "red")
    for upper, lower in ((first, second), (third, fourth)):
        assert lower.top - (upper.top + upper.weight) == near(GAP)
        assert lower.top + lower.weight - upper.top == near(DOUBLE_RULE)
    assert fourth.top + fourth.weight == near(LOWER_RULE_BOTTOM)
    assert rules(layout, 2) == rules(layout, 3) == []


def test_the_number_ends_at_the_right_edge(setter):
    for text in ("云工函〔2026〕5号", "云工组函〔2026〕1234号", "待定"):
        number = the(setter(number=text), "number")
        assert number.text == text
        assert end(number) == near(RIGHT)


CORNER = {"copy_number": "000018", "secrecy": "机密★1年", "urgency": "特急"}
SHOWN = {"copy-number": "000018", "secrecy": "机密★1年", "urgency": "特\u3000急"}
COMBINATIONS = [keys for count in range(4) for keys in itertools.combinations(CORNER, count)]


@pytest.mark.parametrize("numbered", [True, False])
@pytest.mark.parametrize("keys", COMBINATIONS, ids=lambda keys: "+".join(keys) or "none")
def test_the_elements_at_the_left_fill_the_rows_from_the_first(setter, keys, numbered):
    """份号, 密级 and 紧急程度 in this order without a gap, the first of them on the row of the number."""
    layout = setter(number="云工函〔2026〕5号" if numbered else None, **{key: CORNER[key] for key in keys})
    corner = [box for box in layout.pages[0].texts if box.role in SHOWN]
    assert [box.role for box in corner] == [key.replace("_", "-") for key in keys]
    assert [box.text for box in corner] == [SHOWN[box.role] for box in corner]
    assert {start(box) for box in corner} <= {LEFT}
    _, thin, *_ = rules(layout)
    first_row = thin.top + thin.weight + SEVEN_EIGHTHS
    on_first_row = [*corner[:1], *boxes(layout, "number")]
    assert len({round(box.top, 6) for box in on_first_row}) <= 1  # one baseline
    if on_first_row:
        assert min(ink(box)[1] for box in on_first_row) == near(first_row)
    assert [box.top - corner[0].top for box in corner] == [near(row * PITCH) for row in range(len(keys))]
    above = [ink(box)[3] for box in (*corner, *boxes(layout, "number"))]
    title = ink(the(layout, "title"))[1]
    if above:
        assert title - max(above) == near(TWO_BLANK_LINES)
    else:
        assert title - thin.top - thin.weight == near(TWO_BLANK_LINES)


def test_a_classified_letter_without_a_copy_number_has_its_secrecy_in_the_first_row(setter):
    """Not in the second, as in the general format (7.2.2): the rows count from the rule."""
    layout = setter(secrecy="秘密★6个月")
    assert the(layout, "secrecy").top == near(the(layout, "number").top)


def test_a_long_mark_shrinks_to_the_width_of_the_type_area(setter):
    layout = setter(issuer="云州市高新技术产业开发区总工会职工服务中心筹建办公室")
    mark = the(layout, "mark")
    left, top, right, bottom = ink(mark)
    assert mark.size < 36
    assert end(mark) - start(mark) == near(156)
    assert LEFT <= left < right <= RIGHT
    assert (left + right) / 2 == near(AXIS)
    assert top == near(MARK_TOP)
    assert rules(layout)[0].top - bottom == near(MARK_TO_RULE)


def test_the_mark_is_the_drafts_own_where_it_has_one(setter):
    assert the(setter(mark="云州市工会"), "mark").text == "云州市工会"


@pytest.mark.parametrize("more", [{}, CORNER, {"body": paragraphs(60)}, {"number": None}], ids=str)
def test_on_preprinted_paper_everything_else_keeps_its_place(setter, more):
    drawn, preprinted = setter(**more), setter(mark="preprinted", **more)
    assert len(drawn.pages) == len(preprinted.pages)
    printed = {"mark", "letter-rule"}
    assert printed <= set(roles(drawn))
    for one, other in zip(drawn.pages, preprinted.pages, strict=True):
        assert [box for box in one.boxes if box.role not in printed] == list(other.boxes)


def test_another_kind_may_be_a_letter_and_a_letter_may_take_the_general_format(setter):
    as_letter = setter(kind="通知", format="letter")
    assert as_letter == setter()
    general = setter(format="general")
    assert "red-rule" in roles(general)
    assert "letter-rule" not in roles(general)
    assert the(general, "mark").text == "云州市总工会文件"


# --- the pages --------------------------------------------------------------------------------------------------------


def test_page_one_ends_seven_eighths_above_the_second_rule_where_the_pitch_allows(setter):
    """Its pitch may grow by 3 % or shrink to 28.5 points; where that is not enough it stays as it is."""
    reached = 0
    for rows in range(1, 10):
        layout = setter(title="\n".join(["关于工作的函"] * rows), body=paragraphs(60))
        text = boxes(layout, "paragraph", 1)
        pitch = text[1].top - text[0].top
        room = FIRST_BOTTOM - EM_3 - text[0].top
        if text[-1].bottom == near(FIRST_BOTTOM):
            assert TIGHTEST <= pitch <= LOOSEST
            upper = next(rule for rule in rules(layout) if rule.top > BOTTOM)
            assert upper.top - text[-1].bottom == near(SEVEN_EIGHTHS)
            reached += 1
        else:
            assert pitch == near(PITCH)
            assert FIRST_BOTTOM - PITCH < text[-1].bottom < FIRST_BOTTOM
            assert room / (len(text) - 1) > LOOSEST - 0.01
            assert room / len(text) < TIGHTEST + 0.01
    assert reached >= 4


def test_the_pages_after_the_first_keep_to_the_type_area(setter):
    layout = setter(body=paragraphs(90))
    for number in (2, 3):
        text = boxes(layout, "paragraph", number)
        assert len(text) == 22
        assert text[0].top == near(TOP)
        assert text[-1].bottom == near(BOTTOM)


def test_page_one_has_no_number_and_the_others_have_theirs(setter):
    layout = setter(body=paragraphs(60))
    assert [page.numbered for page in layout.pages] == [False, True, True]
    assert [box.text for box in boxes(layout, "folio")] == ["— 2 —", "— 3 —"]
    assert "folio" not in roles(layout)
    left, right = boxes(layout, "folio")
    assert start(left) == near(COPIES_LEFT)
    assert end(right) == near(COPIES_RIGHT)


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (30, 2), (60, 3), (80, 4)])
@pytest.mark.parametrize("copies", [None, {"copies_to": ["云州市财政局"]}], ids=["bare", "copies"])
def test_nothing_is_padded_to_an_even_page(setter, count, pages, copies):
    layout = setter(body=paragraphs(count), imprint=copies)
    assert [page.number for page in layout.pages] == list(range(1, pages + 1))
    assert all(page.texts for page in layout.pages)


def test_a_thousand_paragraphs(setter):
    body = [f"第{number}段，" + "各级工会要抓好工作落实。" * 8 for number in range(1000)]
    layout = setter(body=body)
    assert "".join(box.text for page in layout.pages for box in page.texts if box.role == "paragraph") == "".join(body)
    assert [page.number for page in layout.pages if not page.numbered] == [1]
    assert len(layout.pages) > 150
    for page in layout.pages:
        text = boxes(layout, "paragraph", page.number)
        assert text[0].top >= TOP - NEAR
        assert text[-1].bottom <= (FIRST_BOTTOM if page.number == 1 else BOTTOM) + NEAR


# --- the ending -------------------------------------------------------------------------------------------------------

COPIES = {"copies_to": [["云州市人民政府办公室", "云州市人大常委会办公室"], "云州市财政局", "云州市住房和城乡建设局"]}


def test_copies_stand_on_the_foot_of_the_last_page_without_rules(setter):
    layout = setter(body=paragraphs(60), imprint=COPIES)
    copies = the(layout, "imprint-copies")
    assert copies in layout.pages[-1].boxes
    assert copies.text == "抄送：云州市人民政府办公室、云州市人大常委会办公室，云州市财政局，云州市住房和城乡建设局。"
    assert copies.bottom == near(BOTTOM)
    assert len(copies.lines) == 2
    assert copies.pitch == near(8)
    assert copies.em == near(EM_4)
    assert start(copies) == near(COPIES_LEFT)
    assert copies.left == near(COPIES_LEFT + 3 * EM_4)
    assert end(copies) == near(COPIES_RIGHT)
    assert rules(layout, len(layout.pages)) == []
    assert boxes(layout, "imprint-rule") == []


def test_copies_of_a_letter_of_one_page_stand_above_the_second_rule(setter):
    layout = setter(imprint=COPIES)
    assert len(layout.pages) == 1
    assert the(layout, "imprint-copies").bottom == near(FIRST_BOTTOM)


def test_text_keeps_a_line_away_from_the_copies(setter):
    """From a short page one to a full page two: never nearer than 空一行, and never another page without need."""
    first = len(boxes(setter(body=paragraphs(60)), "paragraph", 1))
    pages = []
    for count in range(1, first + 23):
        layout = setter(body=paragraphs(count), imprint=COPIES)
        copies = the(layout, "imprint-copies")
        assert copies in layout.pages[-1].boxes
        assert copies.bottom == near(FIRST_BOTTOM if len(layout.pages) == 1 else BOTTOM)
        text = boxes(layout, "paragraph", len(layout.pages))
        if text:
            assert copies.top - text[-1].bottom >= BLANK_LINE - NEAR
        pages.append(len(layout.pages))
    assert pages == sorted(pages)
    assert set(pages) == {1, 2, 3}


def test_copies_that_have_no_room_stand_on_one_more_page(setter):
    first = len(boxes(setter(body=paragraphs(60)), "paragraph", 1))
    layout = setter(body=paragraphs(first), imprint=COPIES)
    assert [roles(layout, page.number) for page in layout.pages[1:]] == [["imprint-copies", "folio"]]
    assert len(boxes(layout, "paragraph", 1)) == first
    assert the(layout, "imprint-copies").bottom == near(BOTTOM)


def test_the_last_page_is_tightened_to_make_room_for_the_copies(setter):
    first = len(boxes(setter(body=paragraphs(60)), "paragraph", 1))
    tightened = 0
    for count in range(15, 23):
        layout = setter(body=paragraphs(first + count), imprint=COPIES)
        text = boxes(layout, "paragraph", 2)
        pitch = text[1].top - text[0].top
        if pitch < PITCH - NEAR:
            assert len(layout.pages) == 2
            assert pitch >= TIGHTEST
            assert the(layout, "imprint-copies").top - text[-1].bottom == near(BLANK_LINE)
            tightened += 1
    assert tightened == 1


def test_an_imprint_without_copies_sets_nothing(setter):
    assert setter(imprint={"issuing_office": "办公室", "issued_on": "2026-01-01"}) == setter()


def test_signature_date_and_note_are_those_of_the_general_format(setter):
    layout = setter(date="2026-07-01", note="联系人：李华")
    body, signature, date, note = (the(layout, role) for role in ("paragraph", "signature", "date", "note"))
    assert signature.top - body.bottom == near(BLANK_LINE)
    assert date.top - signature.top == near(PITCH)
    assert end(date) == near(RIGHT - TWO_CHARACTERS)
    assert start(note) == near(LEFT + TWO_CHARACTERS)
    assert note.text == "（联系人：李华）"


def test_attachments_start_pages_of_their_own_before_the_copies(setter):
    attachments = [{"title": title, "body": ["附件正文。"]} for title in ("用地范围", "投资估算")]
    layout = setter(attachments=attachments, imprint=COPIES)
    assert [box.text for box in boxes(layout, "attachment-list")] == ["附件：1. 用地范围", "2. 投资估算"]
    assert roles(layout, 2) == ["attachment-label", "attachment-title", "paragraph", "folio"]
    assert roles(layout, 3) == ["attachment-label", "attachment-title", "paragraph", "imprint-copies", "folio"]
    assert [box.text for box in boxes(layout, "folio")] == ["— 2 —", "— 3 —"]
    assert boxes(layout, "attachment-label")[0].top == near(TOP)
    assert the(layout, "imprint-copies").bottom == near(BOTTOM)
    assert rules(layout, 2) == rules(layout, 3) == []


def test_nothing_leaves_its_place_but_the_page_number(setter):
    long = "要认真学习、深刻领会，切实把思想和行动统一到中央和省委的决策部署上来，抓好各项工作的落实。" * 3
    layout = setter(
        **CORNER,
        addressees=["云州大学"],
        body=[long] * 20,
        attachments=[{"title": "任务分工", "body": [long]}],
        date="2026-07-01",
        imprint=COPIES,
    )
    assert len(layout.pages) >= 4
    checked = 0
    for page in layout.pages:
        top, bottom = (MARK_TOP, FIRST_BOTTOM) if page.number == 1 else (TOP, BOTTOM)
        for box in page.boxes:
            if isinstance(box, TextBox) and box.role != "folio":
                assert box.left >= LEFT - NEAR
                assert box.top >= top - NEAR or box.role == "mark"
                assert box.ink_top >= top - 0.1  # ink may rise a little above its em box
                assert box.ink_bottom <= bottom + NEAR
                assert all(end(box, row) <= RIGHT + 0.05 for row in range(len(box.lines)))
                checked += 1
    assert checked > 30

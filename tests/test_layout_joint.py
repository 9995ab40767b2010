"""The layout of joint documents in millimetres. Every length here is written from the standard, none is taken from the program."""

import pytest
from layouts import NEAR, boxes, from_keys, ink, near, paragraphs, roles, the

from gongwen.layout import lay_out

# --- GB/T 9704-2012, 7.2.4 and 7.3.5.2, in millimetres from the top left corner of the sheet --------------------------

LEFT, RIGHT, BOTTOM = 28, 184, 262  # 5.2.1
AXIS = 106  # centre of the 版心
WIDTH = 156
MARK_TOP = 72  # 35 below the 版心
MOST_HEIGHT = 75  # so that page one shows text of the body
NAME_PITCH = 1.36  # of the mark's size: 20.2 at 42 pt (FIG 3, 4: 19.7 to 21)
SIZE = 42  # pt
SIZE_2 = 22  # pt, of the title
EM_42 = 14.82
BLANK_LINE, TWO_BLANK_LINES = 10.39, 20.78  # 3.2
PITCH = 10.449  # 5.2.3
SIGNATURE_RIGHT = 172.86  # 7.3.5.2: 右空二字
TWO_CHARACTERS = 11.14
LETTER_MARK_TOP = 30  # 10.1

SHORT = ["云州市总工会", "云州市妇联"]
ORGANS = [
    "云州市总工会",
    "云州市人力资源和社会保障局",
    "云州市工商业联合会",
    "云州市财政局",
    "共青团云州市委员会",
    "云州市妇女联合会",
    "云州市教育局",
    "云州市住房和城乡建设局",
    "云州市司法局",
    "云州市交通运输局",
]


@pytest.fixture(scope="module")
def setter(book):
    return lambda **keys: lay_out(document(**keys), book)


BASE = {
    "kind": "通知",
    "issuer": SHORT,
    "number": "云工发〔2026〕18号",
    "title": "关于工作的通知",
    "body": ["正文。"],
}


def document(**keys):
    return from_keys(BASE | keys)


def ends(box):
    """Where the advances of the lines end (mm)."""
    return [box.left + line.width * box.em for line in box.lines]


def inks(box):
    return [ink(box, row) for row in range(len(box.lines))]


def extent(*boxes):
    """The ink of several boxes together: left, top, right, bottom."""
    left, top, right, bottom = zip(*(one for box in boxes for one in inks(box)), strict=True)
    return min(left), min(top), max(right), max(bottom)


# --- the mark ---------------------------------------------------------------------------------------------------------

LONG = ["云州市总工会", "云州市高新技术产业开发区人力资源和社会保障事务管理服务中心"]
MARKS = [SHORT, ORGANS[:3], ORGANS[:5], ORGANS, LONG]


@pytest.mark.parametrize("issuer", MARKS, ids=lambda names: f"{len(names)}-{max(map(len, names))}")
def test_the_names_stand_one_below_the_other_in_order_from_edge_to_edge(setter, issuer):
    names, suffix = boxes(setter(issuer=issuer), "mark")
    assert [line.text for line in names.lines] == issuer
    assert suffix.text == "文件"
    assert ends(names) == [near(ends(names)[0])] * len(issuer)
    widest = max(len(name) for name in issuer)
    assert names.lines[0].width == pytest.approx(widest, abs=0.01)
    assert all(line.shift == 0 for line in names.lines)  # every line starts at the left edge
    assert names.pitch == near(NAME_PITCH * names.em)
    assert names.colour == suffix.colour == "red"
    assert {piece.role for box in (names, suffix) for line in box.lines for piece in line.pieces} == {"xiaobiaosong"}


@pytest.mark.parametrize("issuer", MARKS, ids=lambda names: f"{len(names)}-{max(map(len, names))}")
def test_a_shorter_name_is_spread_evenly(setter, issuer):
    names, _ = boxes(setter(issuer=issuer), "mark")
    widest = max(len(name) for name in issuer)
    for line in names.lines:
        *before, last = [piece.tracking for piece in line.pieces for _ in piece.text]
        assert last == 0
        assert before == [pytest.approx((widest - len(line.text)) / (len(line.text) - 1))] * (len(line.text) - 1)


@pytest.mark.parametrize("issuer", MARKS, ids=lambda names: f"{len(names)}-{max(map(len, names))}")
def test_the_whole_mark_is_centred_and_keeps_to_its_place(setter, issuer):
    names, suffix = boxes(setter(issuer=issuer), "mark")
    left, top, right, bottom = extent(names, suffix)
    assert (left + right) / 2 == near(AXIS)
    assert top == near(MARK_TOP)
    assert bottom - top <= MOST_HEIGHT
    assert LEFT <= left < right <= RIGHT
    assert ends(suffix)[0] - names.left <= WIDTH + NEAR
    assert names.size == suffix.size <= SIZE


@pytest.mark.parametrize("issuer", MARKS, ids=lambda names: f"{len(names)}-{max(map(len, names))}")
def test_wenjian_stands_right_of_the_names_at_half_their_height(setter, issuer):
    names, suffix = boxes(setter(issuer=issuer), "mark")
    _, top, _, bottom = extent(names)
    _, suffix_top, _, suffix_bottom = extent(suffix)
    assert (suffix_top + suffix_bottom) / 2 == near((top + bottom) / 2)
    assert suffix.left - ends(names)[0] == near(names.em / 2)


def test_two_short_names_have_the_full_size(setter):
    names, suffix = boxes(setter(issuer=["云州市工会", "云州市妇联"]), "mark")
    assert names.size == suffix.size == SIZE
    assert names.pitch == near(20.15)
    assert names.em == near(EM_42)
    assert ends(suffix)[0] - names.left == near(7.5 * EM_42, 0.05)


def test_long_names_shrink_to_the_width_of_the_type_area(setter):
    names, suffix = boxes(setter(issuer=LONG), "mark")
    assert names.size < SIZE
    assert ends(suffix)[0] - names.left == near(WIDTH)


def test_ten_names_shrink_to_the_height_that_is_left(setter):
    names, suffix = boxes(setter(issuer=ORGANS), "mark")
    assert 12 < names.size < 20
    assert names.bottom - names.top == near(MOST_HEIGHT)
    _, top, _, bottom = extent(names, suffix)
    assert 70 < bottom - top < MOST_HEIGHT


@pytest.mark.parametrize("count", range(2, 11))
def test_number_and_rule_hang_below_the_lowest_ink_of_the_mark(setter, count):
    layout = setter(issuer=ORGANS[:count])
    assert roles(layout) == ["mark", "mark", "number", "red-rule", "title", "paragraph", "folio"]
    bottom = extent(*boxes(layout, "mark"))[3]
    number, rule, title = the(layout, "number"), the(layout, "red-rule"), the(layout, "title")
    assert ink(number)[1] - bottom == near(TWO_BLANK_LINES)
    assert rule.top - ink(number)[3] == near(4)
    assert ink(title)[1] - (rule.top + rule.weight) == near(TWO_BLANK_LINES)


def test_page_one_has_text_below_ten_names_and_a_title_of_three_lines(setter):
    title = "云州市总工会等十个部门\n关于印发《云州市职工服务保障工作计划》\n的通知"
    layout = setter(issuer=ORGANS, title=title, addressees=["各县（市、区）总工会"], body=paragraphs(30))
    assert len(the(layout, "title").lines) == 3
    first = [box for box in layout.pages[0].texts if box.role == "paragraph"]
    assert first
    assert first[-1].bottom <= BOTTOM + NEAR


@pytest.mark.parametrize("count", range(2, 7))
def test_the_names_give_up_what_the_rows_of_signers_take(setter, count):
    """7.2.4: page one shows text; the names shrink for it, but not below the title."""
    more = {"issuer": ORGANS[:count], "addressees": ["某某省总工会"], "body": paragraphs(30)}
    title = "云州市总工会等部门\n关于开展职工服务保障工作的请示"
    upward = setter(kind="请示", title=title, signers=["王小明"] * count, **more)
    plain = setter(kind="请示", title=title, signers=["王小明"], **more)
    names, usual = boxes(upward, "mark")[0], boxes(plain, "mark")[0]
    # Names of 13 characters with 文件 are 28.5 pt for their width; five are 24 for the signers', six as small as the title.
    rows = (count + 1) // 2
    height = (MOST_HEIGHT - (rows - 1) * PITCH) / (1 + (count - 1) * NAME_PITCH) / 0.35278
    assert names.size == pytest.approx(min(usual.size, max(SIZE_2, height)), abs=0.01)
    assert (names.size < usual.size) is (count >= 5)
    assert any(box.role == "paragraph" for box in upward.pages[0].texts)


@pytest.mark.parametrize("more", [{}, {"signers": ["王小明", "李大明"]}, {"number": None}, {"issuer": ORGANS}], ids=str)
def test_on_preprinted_paper_everything_else_keeps_its_place(setter, more):
    drawn, preprinted = setter(**more), setter(mark="preprinted", **more)
    printed = {"mark", "red-rule"}
    assert printed <= set(roles(drawn))
    assert len(drawn.pages) == len(preprinted.pages)
    for one, other in zip(drawn.pages, preprinted.pages, strict=True):
        assert [box for box in one.boxes if box.role not in printed] == list(other.boxes)


def test_the_mark_of_the_lead_organ_is_that_of_a_single_issuer(setter):
    joint, alone = setter(issuer=ORGANS, mark="lead"), setter(issuer=ORGANS[0])
    assert joint == alone
    assert the(joint, "mark").text == "云州市总工会文件"
    own = the(setter(issuer=ORGANS, mark="云州市工会、妇联文件"), "mark")
    assert own.text == "云州市工会、妇联文件"


def test_a_list_of_one_organ_is_a_single_issuer(setter):
    assert setter(issuer=["云州市总工会"], date="2026-02-20") == setter(issuer="云州市总工会", date="2026-02-20")


@pytest.mark.parametrize("mark", [None, "lead"])
def test_a_letter_has_the_mark_of_the_lead_organ_and_all_signatures(setter, mark):
    layout = setter(kind="函", issuer=ORGANS[:3], date="2026-02-20", mark=mark)
    shown = the(layout, "mark")
    assert shown.text == "云州市总工会"
    assert ink(shown)[1] == near(LETTER_MARK_TOP)
    assert (ink(shown)[0] + ink(shown)[2]) / 2 == near(AXIS)
    assert [line.text for line in the(layout, "signature").lines] == ORGANS[:3]


# --- the signatures ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", range(2, 11))
def test_the_signatures_stand_one_below_the_other_from_edge_to_edge(setter, count):
    layout = setter(issuer=ORGANS[:count], body=paragraphs(3), date="2026-02-20", mark="lead")
    body, signature, date = boxes(layout, "paragraph")[-1], the(layout, "signature"), the(layout, "date")
    assert [line.text for line in signature.lines] == ORGANS[:count]
    assert signature.top - body.bottom == near(BLANK_LINE)
    assert signature.pitch == near(PITCH)
    assert ends(signature) == [near(SIGNATURE_RIGHT)] * count
    assert all(line.shift == 0 for line in signature.lines)
    assert date.top - signature.top == near(count * PITCH)
    assert date.left - signature.left == near(TWO_CHARACTERS)
    assert date.text == "2026年2月20日"


def test_signatures_shorter_than_the_date_make_room_for_it(setter):
    layout = setter(issuer=["云州市妇联", "市残联"], date="2026-12-20")
    signature, date = the(layout, "signature"), the(layout, "date")
    assert ends(date) == [near(SIGNATURE_RIGHT)]
    assert date.left - signature.left == near(TWO_CHARACTERS)
    assert ends(signature) == [near(ends(signature)[0])] * 2
    assert ends(signature)[0] < SIGNATURE_RIGHT


def test_without_a_date_the_issuers_do_not_sign(setter):
    layout = setter(issuer=ORGANS)
    assert {"signature", "date"}.isdisjoint(role for page in layout.pages for role in roles(layout, page.number))


def test_the_signature_that_a_draft_gives_stands_alone(setter):
    signature = the(setter(issuer=ORGANS[:3], signature="云州市总工会", date="2026-02-20"), "signature")
    assert [line.text for line in signature.lines] == ["云州市总工会"]
    assert "signature" not in roles(setter(issuer=ORGANS[:3], signature="none", date="2026-02-20"))


@pytest.mark.parametrize("mark", [None, "lead"])
@pytest.mark.parametrize("issuers", [2, 6, 10])
@pytest.mark.parametrize("kind", ["通知", "函"])
def test_signatures_and_date_are_never_parted(setter, kind, issuers, mark):
    """Whatever the text before them: all on one page, after text on page one, with two lines of text where there are three."""
    ends_on = set()
    for count in range(1, 46):
        layout = setter(kind=kind, issuer=ORGANS[:issuers], body=paragraphs(count), date="2026-02-20", mark=mark)
        signature = the(layout, "signature")
        page = layout.pages[-1]
        assert signature in page.boxes
        assert the(layout, "date") in page.boxes
        assert len(signature.lines) == issuers
        assert "paragraph" in roles(layout)
        assert sum(box.role == "paragraph" for box in page.boxes) >= (2 if count > 2 else 0)
        ends_on.add(page.number)
    assert len(ends_on) >= 2

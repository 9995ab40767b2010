"""Seals and stamps in millimetres. Every length here is written from the standard's text and figures, none is taken from the program."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layouts import NEAR, boxes, end, from_keys, near, the

from gongwen.layout import ImageBox, TextBox, lay_out
from gongwen.pictures import Picture

LEFT, RIGHT, TOP, BOTTOM = 28, 184, 37, 262  # 5.2.1
EM, PITCH = 5.57, 10.449  # 5.2.3
BLANK_LINE, TWO_BLANK_LINES = 10.39, 20.78  # 3.2: 空一行, 空二行
DATE_RIGHT = 161.72  # 7.3.5.1, 7.3.5.3: 右空四字, 184 - 4 x 5.57
SEAL_BELOW_TEXT = 7.1  # FIG 5; 7.3.5.1: within one 行, 10.39
DATE_IN_SEAL = 0.45  # FIG 5: diameters below the centre
NOTE_LEFT = 39.14  # 7.3.6: 左空二字, of the bracket

SEAL, STAMP = "章.png", "签名.png"
PICTURES = {SEAL: Picture(b"", (600, 600), 45, 45), STAMP: Picture(b"", (750, 250), 63.5, 21.17)}
ORGANS = ["云州市总工会", "云州市教育局", "云州市财政局", "云州市民政局", "云州市科技局"] + [
    f"云州市{name}局" for name in ("公安", "司法", "水利", "商务", "审计")
]
LONG = "云州市人力资源和社会保障局"


@pytest.fixture(scope="module")
def setter(book):
    return lambda pictures=PICTURES, **keys: lay_out(document(**keys), book, pictures)


BASE = {
    "kind": "通知",
    "issuer": "云州市总工会",
    "number": "云工发〔2026〕6号",
    "title": "云州市总工会关于工作的通知",
    "body": ["正文。", "正文。", "正文。"],
    "date": "2026-11-20",
}


def document(**keys):
    return from_keys(BASE | keys)


def axis(box):
    """The middle of an image, or of the ink of a line."""
    if isinstance(box, ImageBox):
        return box.left + box.width / 2
    (line,) = box.lines
    return box.left + (line.left + line.right) / 2 * box.em


def middle(box):
    return box.top + (box.height if isinstance(box, ImageBox) else box.em) / 2


def text_above(layout):
    """The last line of the body on the page of the signature."""
    page = next(page for page in layout.pages if any(box.role == "signature" for box in page.boxes))
    return [box for box in page.texts if box.role == "paragraph"][-1]


# --- one seal ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("given", "diameter"), [(None, 45), ("42", 42), ("50", 50), ("60", 60), ("30", 30)])
def test_a_seal_over_name_and_date(setter, given, diameter):
    signature = {"seal": SEAL} if given is None else {"seal": SEAL, "diameter": given}
    layout = setter(signature=signature)
    name, date, seal = (the(layout, role) for role in ("signature", "date", "seal"))
    assert (name.text, date.text) == ("云州市总工会", "2026年11月20日")
    assert end(date) == near(DATE_RIGHT)
    assert axis(name) == near(axis(date))
    assert axis(seal) == near(axis(date))
    assert (seal.width, seal.height) == (diameter, diameter)
    assert seal.top - text_above(layout).bottom == near(SEAL_BELOW_TEXT)
    assert middle(date) - middle(seal) == near(DATE_IN_SEAL * diameter)
    assert date.top - name.top == near(PITCH)
    assert seal.picture == SEAL


def test_a_seal_lies_over_the_text(setter):
    layout = setter(signature={"seal": SEAL})
    assert [box.role for box in layout.pages[0].boxes][-4:] == ["signature", "date", "seal", "folio"]


@pytest.mark.parametrize("diameter", ["30", "42", "50", "60"])
def test_a_seal_set_by_hand_has_the_same_place(setter, diameter):
    note = {"note": "此件公开发布"}
    drawn = setter(signature={"seal": SEAL, "diameter": diameter}, **note)
    kept = setter(signature={"seal": "reserved", "diameter": diameter}, **note)
    assert boxes(kept, "seal") == []
    assert [page.texts for page in kept.pages] == [page.texts for page in drawn.pages]


def test_sealed_is_a_seal_set_by_hand_for_each_organ(setter):
    one = setter(signature="sealed", issuer=ORGANS[:2])
    assert one.pages == setter(signature=[{"seal": "reserved"}] * 2, issuer=ORGANS[:2]).pages
    assert [box.text for box in boxes(one, "signature")] == ORGANS[:2]


@pytest.mark.parametrize("diameter", ["30", "42", "45", "50", "55"])
def test_the_note_stands_on_the_line_after_the_date(setter, diameter):
    layout = setter(signature={"seal": SEAL, "diameter": diameter}, note="此件公开发布")
    note, date = the(layout, "note"), the(layout, "date")
    assert note.top - date.top == near(PITCH)
    assert note.left + note.indent * note.em == near(NOTE_LEFT)


def test_the_note_keeps_clear_of_a_seal_that_reaches_below_the_date(setter):
    layout = setter(signature={"seal": SEAL, "diameter": "60"}, note="此件公开发布")
    note, date, seal = the(layout, "note"), the(layout, "date"), the(layout, "seal")
    assert seal.top + seal.height > date.bottom
    assert note.top - date.top == near(PITCH)
    mixed = [{"seal": SEAL, "diameter": "60"}, {"seal": SEAL, "diameter": "30"}]
    layout = setter(issuer=ORGANS[:2], signature=mixed, note="此件公开发布")
    lowest = max(seal.top + seal.height for seal in boxes(layout, "seal"))
    assert the(layout, "note").top - lowest == near(1.0)


def test_a_long_name_stays_inside_the_type_area_and_takes_the_date_along(setter):
    name = "云州市退役军人事务和双拥工作领导小组办公室"
    layout = setter(issuer=name, signature={"seal": SEAL})
    signature, date, seal = (the(layout, role) for role in ("signature", "date", "seal"))
    assert end(signature) == near(RIGHT, 0.3)
    assert axis(signature) == near(axis(date))
    assert axis(seal) == near(axis(date))
    assert end(date) < DATE_RIGHT - 1


def test_a_name_without_a_date_ends_four_characters_in(setter):
    layout = setter(signature={"seal": SEAL}, date=None, note="此件公开发布")
    name, seal = the(layout, "signature"), the(layout, "seal")
    assert end(name) == near(DATE_RIGHT)
    assert axis(seal) == near(axis(name))
    assert the(layout, "note").top > seal.top + seal.height


def test_a_seal_that_was_not_read_leaves_its_place_empty(setter):
    layout = setter(pictures={}, signature={"seal": SEAL})
    assert boxes(layout, "seal") == []
    assert layout.pages == setter(signature={"seal": "reserved"}).pages


def test_the_seal_of_a_letter_stands_as_elsewhere(setter):
    layout = setter(kind="函", signature={"seal": SEAL})
    date, seal = the(layout, "date"), the(layout, "seal")
    assert end(date) == near(DATE_RIGHT)
    assert middle(date) - middle(seal) == near(DATE_IN_SEAL * 45)


# --- a seal and the page ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lines", range(1, 30))
@pytest.mark.parametrize("imprint", [None, {"issuing_office": "办公室", "issued_on": "2026-11-21"}])
def test_a_seal_meets_neither_text_nor_imprint_nor_the_edge(setter, lines, imprint):
    """B-51: and the page that it stands on has two lines of text, if the document has."""
    layout = setter(body=["正文。"] * lines, signature={"seal": SEAL}, imprint=imprint, note="此件公开发布")
    (page,) = (page for page in layout.pages if any(box.role == "seal" for box in page.boxes))
    (seal,) = (box for box in page.boxes if box.role == "seal")
    above = [box.bottom for box in page.texts if box.role == "paragraph"]
    assert max(above) < seal.top
    assert len(above) >= min(2, lines)
    assert seal.top + seal.height <= BOTTOM
    rules = [box.top for box in page.boxes if box.role == "imprint-rule"]
    assert all(seal.top + seal.height + BLANK_LINE <= top + NEAR for top in rules)
    assert any(box.role == "signature" for box in page.boxes)


def test_a_page_is_tightened_to_take_the_seal(setter):
    """7.3.5.5: of one line more and one line less, one text at least fits only with less leading."""
    pitches = set()
    for lines in range(5, 10):
        layout = setter(body=["正文。"] * lines, signature={"seal": SEAL, "diameter": "42"})
        if any(box.role == "seal" for box in layout.pages[0].boxes):
            tops = [box.top for box in layout.pages[0].texts if box.role == "paragraph"]
            pitches |= {round(below - above, 3) for above, below in itertools.pairwise(tops)}
    assert len(pitches) > 1
    assert 10.05 <= min(pitches) < 10.44


# --- seals of several organs ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("diameter", ["42", "45", "50"])
@pytest.mark.parametrize("count", range(2, 11))
def test_seals_in_rows(setter, count, diameter):
    """7.3.5.1: in the order of the organs, in line, apart, inside the type area, the first row within one 行 of the text."""
    signature = [{"seal": SEAL, "diameter": diameter}] * count
    layout = setter(issuer=ORGANS[:count], signature=signature)
    seals, names, date = boxes(layout, "seal"), boxes(layout, "signature"), the(layout, "date")
    assert [name.text for name in names] == ORGANS[:count]
    assert [axis(seal) for seal in seals] == [near(axis(name)) for name in names]
    assert axis(seals[-1]) == near(axis(date))
    assert all(seal.left >= LEFT - NEAR and seal.left + seal.width <= RIGHT + NEAR for seal in seals)
    apart = [
        math.hypot(axis(one) - axis(other), middle(one) - middle(other)) - float(diameter)
        for page in layout.pages
        for one, other in itertools.combinations([box for box in page.boxes if box.role == "seal"], 2)
    ]
    assert min(apart) >= 1 - NEAR
    rows = [list(row) for _, row in itertools.groupby(seals, key=lambda seal: round(seal.top, 3))]
    assert [len(row) for row in rows] == {2: [2], 3: [3], 4: [2, 2], 5: [3, 2], 6: [3, 3], 7: [3, 3, 1]}.get(
        count, {8: [3, 3, 2], 9: [3, 3, 3], 10: [3, 3, 3, 1]}.get(count)
    )
    assert seals[0].top - text_above(layout).bottom == near(SEAL_BELOW_TEXT)
    assert all(
        near(middle(name) - middle(seal)) == middle(date) - PITCH - middle(seals[-1])
        for seal, name in zip(seals, names, strict=True)
    )
    # Ten seals of 50 mm in four rows are higher than a page that also shows two lines of text.
    pages = {page.number for page in layout.pages for box in page.boxes if box.role in {"seal", "date"}}
    assert len(pages) == (2 if (count, diameter) == (10, "50") else 1)


def test_three_seals_of_45_mm_leave_the_date_four_characters_in(setter):
    layout = setter(issuer=ORGANS[:3], signature=[{"seal": SEAL}] * 3, date="2026-02-20")
    assert end(the(layout, "date")) == near(DATE_RIGHT)


def test_seals_stand_wider_apart_where_there_is_room(setter):
    layout = setter(issuer=ORGANS[:2], signature=[{"seal": SEAL}] * 2)
    one, other = boxes(layout, "seal")
    assert other.left - (one.left + one.width) == near(3.0)


def test_long_names_stand_in_fewer_columns(setter):
    layout = setter(issuer=[LONG, *ORGANS[:2]], signature=[{"seal": SEAL}] * 3)
    names = boxes(layout, "signature")
    assert names[1].top == names[0].top
    assert names[2].top > names[0].top
    assert names[1].left - end(names[0]) >= EM
    whole = f"{LONG}和云州市财政局"
    layout = setter(issuer=[whole, *ORGANS[:2]], signature=[{"seal": SEAL}] * 3)
    assert len({round(name.top, 2) for name in boxes(layout, "signature")}) == 3
    assert len({round(axis(name), 2) for name in boxes(layout, "signature")}) == 1


def test_seals_of_different_diameters_stand_on_one_line(setter):
    signature = [{"seal": SEAL, "diameter": diameter} for diameter in ("50", "42", "46")]
    layout = setter(issuer=ORGANS[:3], signature=signature)
    seals, names, date = boxes(layout, "seal"), boxes(layout, "signature"), the(layout, "date")
    assert len({round(middle(seal), 3) for seal in seals}) == 1
    assert len({round(name.top, 3) for name in names}) == 1
    assert min(seal.top for seal in seals) - text_above(layout).bottom == near(SEAL_BELOW_TEXT)
    assert middle(date) - middle(seals[0]) == near(DATE_IN_SEAL * 42)


def test_some_seals_may_be_set_by_hand(setter):
    signature = [{"seal": SEAL}, {"organ": "云州市教育局"}, {"seal": "reserved"}]
    layout = setter(issuer=ORGANS[:3], signature=signature)
    all_drawn = setter(issuer=ORGANS[:3], signature=[{"seal": SEAL}] * 3)
    assert len(boxes(layout, "seal")) == 1
    assert [page.texts for page in layout.pages] == [page.texts for page in all_drawn.pages]


def test_rows_that_no_page_holds_are_parted_between_rows(setter):
    organs = [f"{LONG}第{number}直属分局办公室" for number in "一二三四五六七"]
    layout = setter(issuer=organs, signature=[{"seal": SEAL}] * 7, mark="lead")
    assert [box.text for box in boxes(layout, "signature")] == organs
    pages = [page.number for page in layout.pages for box in page.boxes if box.role == "seal"]
    assert len(pages) == 7
    assert len(set(pages)) > 1
    for seal in boxes(layout, "seal"):
        assert seal.top >= TOP - NEAR
        assert seal.top + seal.height <= BOTTOM + NEAR


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(2, 27), st.integers(30, 60)), min_size=1, max_size=10),
    st.integers(0, 40),
    st.sampled_from(["2026-01-01", "2026-12-31", "待定", None]),
)
def test_no_seal_ever_leaves_the_type_area_or_meets_another(setter, organs, lines, date):
    issuer = [chr(0x4E00 + 16 * number) * length for number, (length, _) in enumerate(organs)]
    signature = [{"seal": SEAL, "diameter": str(diameter)} for _, diameter in organs]
    layout = setter(
        issuer=issuer, signature=signature, mark="云州市总工会文件", body=["正文。"] * lines, date=date, note="注"
    )
    assert len(boxes(layout, "seal")) == len(organs)
    for page in layout.pages:
        seals = [box for box in page.boxes if isinstance(box, ImageBox)]
        for seal in seals:
            assert seal.left >= LEFT - NEAR
            assert seal.left + seal.width <= RIGHT + NEAR
            assert seal.top >= TOP - NEAR
            assert seal.top + seal.height <= BOTTOM + NEAR
            over = [box for box in page.texts if box.role in {"paragraph", "note"}]
            assert all(box.bottom < seal.top or box.top > seal.top + seal.height for box in over)
        for one, other in itertools.combinations(seals, 2):
            radii = (one.width + other.width) / 2
            assert math.hypot(axis(one) - axis(other), middle(one) - middle(other)) - radii >= 1 - NEAR
        for name in (box for box in page.texts if box.role == "signature"):
            (line,) = name.lines
            assert name.left + line.left * EM >= LEFT - NEAR
            assert name.left + line.right * EM <= RIGHT + NEAR


# --- stamps -----------------------------------------------------------------------------------------------------------


def test_a_stamp_with_title_and_date(setter):
    """7.3.5.3: 空二行 below the text, 右空四字, the title 左空二字 and at mid-height, the date 空一行 below."""
    layout = setter(signature={"title": "主席", "stamp": STAMP})
    title, stamp, date = (the(layout, role) for role in ("signature", "stamp", "date"))
    assert title.text == "主席"
    assert stamp.top - text_above(layout).bottom == near(TWO_BLANK_LINES)
    assert stamp.left + stamp.width == near(DATE_RIGHT)
    assert (stamp.width, stamp.height) == (near(30.0), 10.0)
    assert stamp.left - end(title) == near(2 * EM)
    assert middle(title) == near(middle(stamp))
    assert date.top - (stamp.top + stamp.height) == near(BLANK_LINE)
    assert end(date) == near(DATE_RIGHT)


def test_a_long_stamp_is_no_wider_than_40_mm(setter):
    wide = {STAMP: Picture(b"", (1200, 200), 120, 20)}
    layout = setter(pictures=wide, signature={"title": "主席", "stamp": STAMP})
    stamp, title = the(layout, "stamp"), the(layout, "signature")
    assert (stamp.width, stamp.height) == (40.0, near(6.667))
    assert middle(title) == near(middle(stamp))


def test_a_stamp_set_by_hand_keeps_four_characters(setter):
    layout = setter(signature={"title": "主席", "stamp": "reserved"})
    title, date = the(layout, "signature"), the(layout, "date")
    assert boxes(layout, "stamp") == []
    assert end(title) == near(DATE_RIGHT - 4 * EM - 2 * EM)
    assert title.top - text_above(layout).bottom == near(TWO_BLANK_LINES + (10 - EM) / 2)
    assert date.top - title.top == near((10 + EM) / 2 + BLANK_LINE)


def test_several_persons_sign_one_below_the_other(setter):
    signature = [
        {"title": "云州市总工会主席", "stamp": STAMP},
        {"title": "云州市教育局局长", "stamp": "reserved"},
        {"title": "云州市科学技术局局长", "stamp": STAMP},
    ]
    layout = setter(issuer=ORGANS[:3], signature=signature)
    titles, stamps, date = boxes(layout, "signature"), boxes(layout, "stamp"), the(layout, "date")
    assert [title.text for title in titles] == [one["title"] for one in signature]
    assert len({title.left for title in titles}) == 1
    assert [stamp.left + stamp.width for stamp in stamps] == [near(DATE_RIGHT)] * 2
    assert stamps[0].left - max(map(end, titles)) == near(2 * EM)
    assert titles[1].top - titles[0].top == near(titles[2].top - titles[1].top)
    assert stamps[1].top - (stamps[0].top + stamps[0].height) == near(10 + 2 * (PITCH - EM))
    assert date.top - (stamps[-1].top + stamps[-1].height) == near(BLANK_LINE)
    assert len({page.number for page in layout.pages for box in page.boxes if box.role in {"signature", "date"}}) == 1


def test_the_note_follows_the_date_below_a_stamp(setter):
    layout = setter(signature={"title": "主席", "stamp": STAMP}, note="此件公开发布")
    assert the(layout, "note").top - the(layout, "date").top == near(PITCH)


@pytest.mark.parametrize("lines", range(1, 30))
def test_a_stamp_is_never_alone_on_a_page(setter, lines):
    layout = setter(body=["正文。"] * lines, signature={"title": "主席", "stamp": STAMP})
    (page,) = (page for page in layout.pages if any(box.role == "stamp" for box in page.boxes))
    assert sum(box.role == "paragraph" for box in page.texts) >= min(2, lines)
    assert any(box.role == "date" for box in page.texts)


def test_an_order_is_signed_by_stamp(setter):
    layout = setter(kind="命令", title=None, number="第3号", signature={"title": "市长", "stamp": STAMP})
    stamp = the(layout, "stamp")
    assert stamp.top - text_above(layout).bottom == near(TWO_BLANK_LINES)
    assert isinstance(the(layout, "signature"), TextBox)


# --- what comes before the signature ----------------------------------------------------------------------------------


def test_a_seal_keeps_its_distance_from_the_list_of_attachments(setter):
    attachments = [{"title": "名单", "body": ["正文。"]}]
    layout = setter(signature={"seal": SEAL}, attachments=attachments)
    assert the(layout, "seal").top - the(layout, "attachment-list").bottom == near(SEAL_BELOW_TEXT)

"""On which page the imprint stands, and addressees that are moved into it, written from the standard's text."""

import pytest
from layouts import boxes, from_keys, near

from gongwen.layout import lay_out

BOTTOM = 262  # 5.2.1
EM_3, EM_4 = 5.57, 4.94
PITCH = 10.449  # 5.2.3
ROW, LINE = 9, 8  # FIG 5: the first line of 抄送, each further one
INSET, LABEL = 32.94, 14.82  # 7.4.2: 左空一字; 主送： and 抄送： are three characters of 4号
OFFICE = {"issuing_office": "云州市总工会办公室", "issued_on": "2026-11-21"}


@pytest.fixture(scope="module")
def setter(book):
    return lambda **keys: lay_out(document(**keys), book)


BASE = {
    "kind": "通知",
    "issuer": "云州市总工会",
    "number": "云工发〔2026〕6号",
    "title": "云州市总工会关于工作的通知",
    "body": ["正文。"] * 3,
    "signature": "none",
}


def document(**keys):
    return from_keys(BASE | keys)


def organs(count):
    return "，".join(f"第{number}县总工会" for number in range(1, count + 1))


# --- the page of the imprint ------------------------------------------------------------------------------------------

FORMATS = {
    "general": {},
    "order": {"kind": "命令", "title": None, "number": "第3号"},
    "minutes": {"kind": "纪要", "title": None, "number": None},
}


@pytest.fixture(scope="module")
def lines_on_first_page(setter):
    """Format → how many one-line paragraphs page one holds."""
    return {name: len(boxes(setter(**keys, body=["正文。"] * 60), "paragraph", 1)) for name, keys in FORMATS.items()}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("room", [True, False], ids=["room", "no room"])
@pytest.mark.parametrize("ends_on", range(1, 7))
def test_the_imprint_stands_on_the_last_even_page(setter, lines_on_first_page, name, ends_on, room):
    """33476.2 7.3.1 and 7.5: text that ends on page k has the imprint there if k is even and has room; else behind it."""
    first = lines_on_first_page[name]
    count = first + 22 * (ends_on - 2) if ends_on > 1 else 0
    count += 4 if room else 22 if ends_on > 1 else first
    layout = setter(**FORMATS[name], body=["正文。"] * count, imprint=OFFICE)
    assert max(page.number for page in layout.pages if any(box.role == "paragraph" for box in page.boxes)) == ends_on
    if ends_on % 2:
        place, unnumbered = ends_on + 1, []
    elif room:
        place, unnumbered = ends_on, []
    else:
        place, unnumbered = ends_on + 2, [ends_on + 1, ends_on + 2]
    assert [page.number for page in layout.pages if any(box.role == "imprint-rule" for box in page.boxes)] == [place]
    assert len(layout.pages) == place
    assert [page.number for page in layout.pages if not page.numbered] == unnumbered
    assert all(any(box.role == "folio" for box in page.boxes) == page.numbered for page in layout.pages)
    last = boxes(layout, "imprint-rule")[-1]
    assert last.top + last.weight == near(BOTTOM)


@pytest.mark.parametrize("ends_on", range(1, 7))
def test_a_letter_is_not_padded(setter, ends_on):
    body = ["正文。"] * (4 + 22 * (ends_on - 1))
    layout = setter(kind="函", body=body, imprint={"copies_to": "市委办公室"})
    assert len(layout.pages) == ends_on
    assert boxes(layout, "imprint-copies", ends_on) != []


# --- addressees in the imprint ----------------------------------------------------------------------------------------


def test_addressees_that_leave_page_one_no_text_go_to_the_imprint(setter):
    """7.3.2 and 7.4.2: above the copies, in their form, without a rule between."""
    layout = setter(addressees=organs(70), imprint=OFFICE | {"copies_to": "市委办公室"})
    assert boxes(layout, "addressees") == []
    assert boxes(layout, "paragraph", 1) != []
    (moved,), (copies,) = boxes(layout, "imprint-addressees"), boxes(layout, "imprint-copies")
    assert moved.text == f"主送：{organs(70)}。"
    assert moved.left + moved.indent * moved.em == near(INSET)
    assert moved.left == near(INSET + LABEL)
    assert copies.left == near(moved.left)
    assert moved.size == copies.size == 14
    assert moved.pitch == copies.pitch == LINE
    assert copies.top - moved.top == near(LINE * len(moved.lines))
    first, *others = boxes(layout, "imprint-rule")
    assert moved.top - first.top == near((ROW - EM_4) / 2)
    assert all(rule.top > copies.bottom for rule in others)
    assert len(others) == 2
    assert [page.number for page in layout.pages if moved in page.boxes] == [2]


def test_addressees_alone_make_an_imprint(setter):
    layout = setter(addressees=organs(70))
    assert len(boxes(layout, "imprint-addressees")) == 1
    first, last = boxes(layout, "imprint-rule")
    assert last.top + last.weight == near(BOTTOM)
    assert first.top < last.top


def test_a_draft_may_put_its_addressees_into_the_imprint(setter):
    layout = setter(imprint=OFFICE | {"addressees": [["甲局", "乙局"], "丙局"]})
    assert [box.text for box in boxes(layout, "imprint-addressees")] == ["主送：甲局、乙局，丙局。"]
    assert [box.role for box in layout.pages[-1].boxes][:4] == [
        "imprint-rule",
        "imprint-addressees",
        "imprint-rule",
        "imprint-office",
    ]


def test_addressees_stay_where_page_one_shows_text(setter):
    layout = setter(addressees=organs(20), imprint=OFFICE)
    assert boxes(layout, "imprint-addressees") == []
    assert len(boxes(layout, "addressees")) == 1


def test_addressees_stay_where_moving_them_does_not_help(setter):
    for keys in ({"title": "关于\n" * 20 + "通知"}, {"body": []}, {"kind": "函"}):
        layout = setter(addressees=organs(70), imprint={"copies_to": "市委办公室"}, **keys)
        assert boxes(layout, "imprint-addressees") == [], keys
        assert boxes(layout, "addressees") != []
    assert boxes(setter(addressees=organs(200), imprint=OFFICE), "imprint-addressees") == []


def test_one_addressee_is_moved_below_the_signers_of_eight_organs(setter):
    issuers = [f"云州市第{number}局" for number in "一二三四五六七八"]
    keys = {"kind": "请示", "issuer": issuers, "signers": ["王小明"] * 8, "addressees": "云州市人民政府"}
    layout = setter(**keys, title="关于工作的请示", imprint=OFFICE)
    assert boxes(layout, "paragraph", 1) != []
    assert [box.text for box in boxes(layout, "imprint-addressees")] == ["主送：云州市人民政府。"]

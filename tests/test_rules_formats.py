"""The limits of the rules of orders and minutes: what just strikes and what just does not."""

import pytest
from layouts import from_keys

from gongwen import rules
from gongwen.layout import lay_out
from gongwen.rules.elements import body, header
from gongwen.rules.kinds import minutes, order
from gongwen.rules.language import characters

ORDER = {"kind": "令", "issuer": "某某市人民政府", "number": "第12号", "body": ["正文。"]}
MINUTES = {"kind": "纪要", "issuer": "某某市总工会", "body": ["正文。"]}
NOTICE = {"kind": "通知", "issuer": "某某市总工会", "title": "关于某事的通知", "body": ["正文。"]}


def document(keys, **extra):
    return from_keys(keys | extra)


def struck(rule, keys, **extra):
    return [(one.check.name, one.path) for one in rule(document(keys, **extra))]


# --- orders -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["第1号", "第12号", "第108号", "待定", "第待定号"])
def test_numbers_of_orders(number):
    assert struck(order.order_number, ORDER, number=number) == []
    assert struck(header.number_form, ORDER, number=number) == []


@pytest.mark.parametrize(
    ("number", "cure"),
    [
        ("12", "第12号"),
        ("12号", "第12号"),
        ("第012号", "第12号"),
        ("第12", "第12号"),
        ("第 12 号", "第12号"),
        ("第十二号", "第12号”的形式"),
        ("第0号", "第12号”的形式"),
        ("某政令〔2025〕12号", "第12号"),
        ({"code": "某政令", "year": "2025", "serial": "12"}, "第12号"),
    ],
)
def test_numbers_that_are_not_those_of_orders(number, cure):
    (found,) = order.order_number(document(ORDER, number=number))
    assert (found.check.name, found.path) == ("order-number", ("number",))
    assert f"写成“{cure}" in found.hint
    assert struck(header.number_form, ORDER, number=number) == []
    assert struck(order.order_number, NOTICE, number=number) == []


@pytest.mark.parametrize(
    ("extra", "path"),
    [
        ({}, None),
        ({"kind": "命令"}, None),
        ({"mark": "某某市人民政府令"}, None),
        ({"mark": "preprinted"}, None),
        ({"issuer": ["甲", "乙"], "mark": "lead"}, None),
        ({"mark": "某某市人民政府"}, ("mark",)),
        ({"kind": "公告", "format": "order"}, None),  # told as a format that the kind does not have
        ({"kind": "公告", "format": "order", "mark": "某某市人民政府令"}, None),
    ],
)
def test_marks_of_orders(extra, path):
    assert struck(order.order_mark, ORDER, **extra) == ([] if path is None else [("order-mark", path)])
    assert struck(order.order_mark, NOTICE, mark="某某市总工会文件") == []


@pytest.mark.parametrize(
    ("key", "value"), [("title", "关于某事的令"), ("addressees", ["某某县"]), ("signers", ["王小明"])]
)
def test_what_an_order_has_no_place_for(key, value):
    assert struck(order.not_in_order, ORDER, **{key: value}) == [("not-in-order", (key,))]
    assert struck(order.not_in_order, NOTICE, **{key: value}) == []


def test_a_corner_of_three_rows_has_no_room_beside_a_long_mark(book):
    corner = {"copy_number": "18", "secrecy": "机密★1年", "urgency": "特急"}
    for issuer, strikes in (("某某市", False), ("某某省某某自治州某某市人民政府", True)):
        draft = document(ORDER, issuer=issuer, **corner)
        found = [one for one in rules.check_layout(draft, lay_out(draft, book)) if one.check.code == "GW605"]
        assert [one.path for one in found] == [("urgency",)] * strikes
    draft = document(ORDER, issuer="某某省某某自治州某某市人民政府", copy_number="18", secrecy="机密★1年")
    assert [one.check.code for one in rules.check_layout(draft, lay_out(draft, book))] == []


# --- minutes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "number", ["第8期", "第8次", "第8号", "2026年第8期", "（8）", "（12）", "某工纪〔2026〕8号", "待定", "第待定期"]
)
def test_numbers_of_minutes(number):
    assert struck(minutes.unusual, MINUTES, number=number) == []
    assert struck(header.number_form, MINUTES, number=number) == []


@pytest.mark.parametrize("number", ["第08期", "8", "第八期", "26年第8期", "(8)", "（0）"])
def test_unusual_numbers_of_minutes(number):
    assert struck(minutes.unusual, MINUTES, number=number) == [("unusual-in-minutes", ("number",))]
    assert struck(header.number_form, MINUTES, number=number) == []


@pytest.mark.parametrize(
    "number", ["某工纪[2026]8号", "某工纪〔2026〕第8号", "某工纪（2026）8号", "某工纪〔2026〕08号"]
)
def test_a_document_number_of_minutes_has_the_form_of_all(number):
    assert struck(header.number_form, MINUTES, number=number) == [("number-form", ("number",))]
    assert struck(minutes.unusual, MINUTES, number=number) == []


def test_marks_of_minutes():
    assert struck(minutes.minutes_mark, MINUTES) == []
    assert struck(minutes.minutes_mark, MINUTES, mark="preprinted") == []
    assert struck(minutes.minutes_mark, MINUTES, mark="某某市总工会办公会议纪要") == []
    assert struck(minutes.minutes_mark, MINUTES, mark="某某市总工会办公会议") == [("minutes-mark", ("mark",))]
    assert struck(minutes.minutes_mark, NOTICE, format="minutes") == []
    assert struck(minutes.minutes_mark, NOTICE, mark="某某市总工会文件") == []


@pytest.mark.parametrize(("signature", "strikes"), [("sealed", True), ("某某办公室", False), ("none", False)])
def test_minutes_do_without_a_seal(signature, strikes):
    found = struck(minutes.unusual, MINUTES, signature=signature, date="2026-05-25")
    assert found == [("unusual-in-minutes", ("signature",))] * strikes
    assert struck(minutes.unusual, NOTICE, signature=signature, date="2026-05-25") == []


def test_minutes_do_without_addressees_and_signers():
    assert struck(minutes.unusual, MINUTES, addressees=["甲"]) == [("unusual-in-minutes", ("addressees",))]
    assert struck(minutes.not_in_minutes, MINUTES, signers=["王小明"]) == [("not-in-minutes", ("signers",))]
    assert struck(minutes.not_in_minutes, NOTICE, signers=["王小明"]) == []


def test_minutes_need_no_signature():
    assert struck(body.required_elements, MINUTES) == []
    assert struck(body.required_elements, NOTICE)[-1] == ("missing-element", ("kind",))


@pytest.mark.parametrize("field", ["present", "absent", "observers"])
@pytest.mark.parametrize("people", ["王小明", ["王小明", "李华"], {"市财政局": "张三"}])
def test_people_are_those_of_minutes(field, people):
    assert struck(minutes.attendance, MINUTES, **{field: people}) == []
    assert struck(minutes.attendance, NOTICE, format="minutes", **{field: people}) == []
    assert struck(minutes.attendance, NOTICE, **{field: people}) == [("attendance-outside-minutes", (field,))]


@pytest.mark.parametrize(
    ("people", "path"),
    [
        ("出席：王小明", ("present", 0)),
        (["李华", "出席人员: 王小明"], ("present", 1)),
        ({"市财政局": ["张三", "出席 ：李四"]}, ("present", "市财政局", 1)),
        (["出席了会议的人员"], None),
        (["列席：王小明"], None),
    ],
)
def test_labels_that_are_made_twice(people, path):
    found = struck(minutes.attendance, MINUTES, present=people)
    assert found == ([] if path is None else [("made-twice", path)])


def test_names_and_units_without_a_glyph_are_told_at_their_place(book):
    draft = document(MINUTES, present=["王小明", "李\U0001f600"], observers={"市\U0001f600局": ["张三", "\U0001f600"]})
    found = [(one.path, one.offset, one.at_key) for one in characters.missing_characters(draft, book)]
    assert found == [
        (("present", 1), 1, False),
        (("observers", "市\U0001f600局"), 1, True),
        (("observers", "市\U0001f600局", 1), 0, False),
    ]

"""The limits of the rules of numbers and ranges: what just strikes and what just does not."""

import pytest
from sentences import cured, in_document, marked


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("选派５０名职工。", "选派50名职工。"),
        ("增长３．５倍。", "增长3.5倍。"),
        ("参加ＡＰＰ培训。", "参加APP培训。"),
    ],
)
def test_digits_and_letters_are_half_width(text, cure):
    assert [code for code, _, _ in marked(text)] == ["GW830"]
    assert cured(text) == cure
    assert marked(text, sort="cell") == marked(text)
    assert marked(text, sort="name") == []


def test_a_decimal_begins_with_a_digit():
    assert marked("增加.5个百分点。") == [("GW831", ".5", "0.5")]
    assert marked("增加0.5个百分点，见图.5和a.5。") == []


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("投入1，200万元。", "投入1,200万元。"),
        ("投入1，234，567元。", "投入1,234,567元。"),
        ("增长3．5%。", "增长3.5%。"),
    ],
)
def test_marks_in_numbers_are_half_width(text, cure):
    assert {code for code, _, _ in marked(text)} == {"GW832"}
    assert cured(text) == cure
    assert marked(cure) == []


def test_a_comma_that_may_part_two_numbers_is_not_mended():
    assert marked("参加人数为300，200人获奖。") == [("GW832", "，", None)]
    assert marked("分别为1，200，300人。") == []


def test_a_full_stop_in_a_number_is_not_guessed():
    assert marked("增长3。5倍。") == [("GW832", "。", None)]


@pytest.mark.parametrize(
    "text", ["编号为1，002、003号。", "共3家，500人参加。", "编号是3。5月起实行。", "第1．5节", "1．5月1日前完成。"]
)
def test_marks_between_numbers(text):
    assert [one for one in marked(text) if text != "第1．5节"] == []


@pytest.mark.parametrize("number", ["3千2百", "5百50", "3千200"])
def test_numbers_are_written_in_one_way(number):
    assert marked(f"慰问职工{number}人。") == [("GW833", number, None)]


@pytest.mark.parametrize("text", ["投入5千万元。", "投入1亿2000万元。", "慰问3200人。", "跑了5百米。", "第2千5号。"])
def test_large_numbers_that_are_right(text):
    assert marked(text) == []


def test_measured_quantities_are_in_digits():
    assert marked("全长二十三点五公里。") == [("GW834", "二十三点五", None)]
    assert marked("百分之二十三点五，行走二万五千里，上午九点十分，三点一线。") == []


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("推荐3-5名职工。", "-", "～"),
        ("用3-5年时间建成。", "-", "～"),
        ("汛期（6-9月）", "-", "—"),
        ("2026年4-12月。", "-", "—"),
        ("2026年9月-2028年8月。", "-", "—"),
        ("增长10%-20%。", "-", "～"),
        ("工期5~8个月。", "~", "～"),
        ("气温-5~10℃。", "~", "～"),
        ("2021-2025年实施。", "-", "—"),
        ("2021年～2025年实施。", "～", "—"),
        ("2025-2026学年开学。", "-", "—"),
        ("5月1日～3日报到。", "～", "—"),
        ("5月1-3日报到。", "-", "—"),
        ("5月10-13日报到。", "-", "—"),
        ("时间为8:30-12:00。", "-", "—"),
    ],
)
def test_ranges_have_their_marks(text, wrong, right):
    assert marked(text) == [("GW835", wrong, right)]
    assert marked(cured(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "推荐3～5名职工。",
        "推荐3—5名职工。",  # GB/T 15835 5.1.3
        "第3-5名获奖。",
        "面向3-5年级学生。",
        "面向6-8月龄婴儿。",
        "型号为6-3月产。",
        "型号KJ-90人机界面。",
        "编号03-15个位数相同。",
        "电话0371-66666666人工服务。",
        "比分9-5人心振奋。",
        "按GB/T 9704-2012条款执行。",
        "日期2026-05-28天气晴。",
    ],
)
def test_lines_between_numbers_that_are_right(text):
    assert [one for one in marked(text) if one[0] != "GW842"] == []


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("增长15～30%。", "增长15%～30%。"),
        ("投资13～17万元。", "投资13万～17万元。"),
        ("产值1.5—2亿元。", "产值1.5亿—2亿元。"),
    ],
)
def test_the_first_number_repeats_the_unit(text, cure):
    assert [code for code, _, _ in marked(text)] == ["GW836"]
    assert cured(text) == cure
    assert marked(cure) == []


@pytest.mark.parametrize("text", ["规模5000～1万人。", "增长15%～30%。", "投资13万～17万元。", "补助1000～5000元。"])
def test_units_that_need_no_repeating(text):
    assert marked(text) == []


# --- one form throughout ---------------------------------------------------------------------------------------------


def test_the_rarer_form_of_thousands_is_told():
    assert in_document("培训12,000人，慰问15600人。", "走访23456户。") == [("GW850", ("body", 0), "12,000")]
    assert in_document("培训12,000人，慰问1560人，编号23456。") == []
    assert in_document("培训12000人，慰问15600人。") == []


def test_one_form_of_a_unit():
    assert in_document("全长12公里。", "隧道3km，桥梁2千米。") == [
        ("GW852", ("body", 1), "km"),
        ("GW852", ("body", 1), "千米"),
    ]
    assert in_document("全长12公里，时速80km/h，重3千克，面积5平方公里。") == []


def test_one_sign_of_per_cent():
    assert in_document("达到95%。", "达到98％。") == [("GW853", ("body", 1), "％")]
    assert in_document("达到95％。", "达到98％。") == []


def test_one_kind_of_digits_in_dates():
    wrong = "二〇二六年五月一日"
    assert in_document("自2025年5月1日起。", f"至{wrong}止。") == [("GW851", ("body", 1), wrong)]
    assert in_document(f"至{wrong}止。") == []
    assert in_document("自2025年5月1日起，到二〇三五年实现。") == []
    assert in_document(f"自2025年5月1日起施行《{wrong}决定》（{wrong}通过）和“{wrong}”。") == []


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("选派10几名职工。", [("GW837", "10几", None)]),
        ("慰问几100人。", [("GW837", "几100", None)]),
        ("于农历8月15日举行。", [("GW837", "8月15日", None)]),
        ("于农历8月初5举行。", [("GW837", "8月初5", None)]),
        ("星期5下午报到。", [("GW837", "5", "五")]),
        ("星期1至5上班，星期6、星期日休息。", []),
        ("每星期3，星期3次。", []),
        ("选派十几名职工，于星期五、农历八月十五报到。", []),
        ("每星期10次，每次1几。", []),
        ("公历8月15日，农历七月初三。", []),
        ("第3.10几何图形。", []),
    ],
)
def test_estimates_lunar_dates_and_weekdays_are_hanzi(text, marks):
    assert marked(text) == marks

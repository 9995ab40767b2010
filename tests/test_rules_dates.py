"""The limits of the rules of dates: what just strikes and what just does not."""

import pytest
from sentences import cured, document, findings, marked


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("活动自26年5月10日起开展。", "26年"),
        ("26年5月10日召开会议。", "26年"),
        ("截至26年度，完成任务。", "26年"),
        ("落实’26年工作计划。", "’26年"),
    ],
)
def test_years_have_four_digits(text, year):
    assert [one for one in marked(text) if one[0] == "GW840"] == [("GW840", year, None)]


@pytest.mark.parametrize(
    "text",
    [
        "26年来，成绩显著。",
        "工作26年，从未缺勤。",
        "改革开放40年。",
        "2026年5月10日召开。",
        "判处有期徒刑16年5月10日。",
        "连续10年度考核优秀。",
    ],
)
def test_numbers_of_years(text):
    assert marked(text) == []


@pytest.mark.parametrize("year", ["二零二五", "二0二五", "二O二五", "二○二五", "二Ｏ二五"])
def test_the_zero_of_a_year(year):
    assert marked(f"到{year}年完成。") == [("GW841", year, "二〇二五")]
    assert marked("到二〇二五年完成，一百零五年之后。") == []


@pytest.mark.parametrize("date", ["2026.5.10", "2026-5-10", "2026/5/10", "2026-05-10", "2026．5．10", "2026.5.10日"])
def test_dates_have_year_month_and_day(date):
    assert ("GW842", date, "2026年5月10日") in marked(f"自{date}起开展。")


@pytest.mark.parametrize(
    "text",
    [
        "升级到V2026.5.10。",
        "软件2026.5.10版上线。",
        "编号：2026-5-10。",
        "比例为2026/13/40。",
        "见2026.2.30。",
        "地址192.168.2026.5.10.1。",
        "见第2026-5-10号。",
    ],
)
def test_what_only_looks_like_a_date(text):
    assert [one for one in marked(text) if one[0] == "GW842"] == []


def test_months_and_days_are_not_padded():
    text = "自2026年05月08日起，至06月10日止，05月份总结。"
    assert marked(text) == [("GW843", "0", "")] * 4
    assert cured(text) == "自2026年5月8日起，至6月10日止，5月份总结。"
    assert marked("自10月10日起，2.05月租。") == []


def test_days_are_written():
    assert marked("6月5号开始。") == [("GW844", "号", "日")]
    assert marked("6月5日至10号举行。") == [("GW844", "号", "日")]
    assert marked("住6月5号楼，第5号文件，3月1号线开通。") == []


@pytest.mark.parametrize("date", ["2026年2月30日", "2025年2月29日", "4月31日", "13月5日", "5月0日"])
def test_days_that_cannot_be(date):
    assert ("GW845", date, None) in marked(f"于{date}召开。")


@pytest.mark.parametrize("text", ["2024年2月29日召开。", "2月29日召开。", "农历二月三十日祭祖。"])
def test_days_that_can_be(text):
    assert marked(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "2026年6月22日（星期二）召开。",
        "2026年6月22日(周日)召开。",
        "2026年6月22日星期天召开。",
        "2026年6月22日周二，召开会议。",
        "2026年6月20日（星期六）报到，6月22日（星期二）开会。",
    ],
)
def test_weekdays_are_those_of_the_calendar(text):
    assert [(one.offset, one.message[:17]) for one in findings(text) if one.check.code == "GW846"] == [
        (max(text.rfind(day) for day in ("二", "日）", "日)", "天")), "2026年6月22日是星期一，不是")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2026年6月22日（星期一）召开。",
        "2026年6月28日（星期天）召开。",
        "2026年6月22日周二才参加。",
        "2026年12月25日开始，次年1月5日（星期一）结束。",
        "2025年12月31日（星期三）至1月2日（星期五）放假。",
        "2024年的会议于6月22日（星期六）召开。",
    ],
)
def test_weekdays_that_are_right_or_not_known(text):
    assert marked(text) == []


def test_a_day_near_that_of_the_document_has_its_year():
    text = "会议定于6月22日（星期二）召开。"
    assert marked(text) == [("GW846", "二", None)]
    assert marked(text, draft=document("正文。")) == []
    assert marked(text, draft=document("正文。", date="2026-12-28")) == []


@pytest.mark.parametrize(
    "span",
    [
        "2026年5月10日至5月3日",
        "5月10日—3日",
        "2026年5月10日（周日）至2025年5月12日",
        "2025—2021年",
        "2026年3月至2026年1月",
    ],
)
def test_ranges_end_after_they_begin(span):
    assert marked(f"时间为{span}。") == [("GW847", span, None)]


@pytest.mark.parametrize(
    "text",
    ["5月3日至10日。", "12月25日至1月5日。", "2026年12月25日至2027年1月5日。", "5月10日至3日内反馈。", "2021—2025年。"],
)
def test_ranges_that_are_right(text):
    assert marked(text) == []


def test_names_with_a_day_have_a_dot():
    assert marked("“3.15”国际消费者权益日、“12.9”运动。") == [("GW848", ".", "·"), ("GW848", ".", "·")]
    assert marked("“3·15”晚会、“2.0”版本、“1.5”模式、3.15万元，软件版本为2026.5.10，生产日期：2026-03-12。") == []


def test_a_lunar_day_is_not_one_of_the_calendar():
    assert [code for code, _, _ in marked("农历2月30日祭祖。")] == ["GW837"]

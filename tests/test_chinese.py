import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen.chinese import format_date, heading_mark, numeral, parse_date, words


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"), (2, "二"), (9, "九"), (10, "十"), (11, "十一"), (19, "十九"), (20, "二十"), (21, "二十一"), (99, "九十九"),
        (100, "一百"), (101, "一百零一"), (105, "一百零五"), (110, "一百一十"), (111, "一百一十一"), (120, "一百二十"),
        (1000, "一千"), (1001, "一千零一"), (1010, "一千零一十"), (1100, "一千一百"), (1101, "一千一百零一"),
        (2025, "二千零二十五"), (9999, "九千九百九十九"),
    ],
)  # fmt: skip
def test_numerals(number, text):
    assert numeral(number) == text


@pytest.mark.parametrize("number", [0, -1, 10000])
def test_a_numeral_out_of_range_is_an_error(number):
    with pytest.raises(ValueError, match=str(number)):
        numeral(number)


VALUES = {"零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
UNITS = {"十": 10, "百": 100, "千": 1000}


@given(st.integers(1, 9999))
def test_a_numeral_can_be_read_back(number):
    total, digit = 0, 0
    text = numeral(number)
    for char in text if text[0] != "十" else "一" + text:
        if char in UNITS:
            total += digit * UNITS[char]
            digit = 0
        else:
            digit = VALUES[char]
    assert total + digit == number


@pytest.mark.parametrize(
    ("level", "number", "mark"),
    [(1, 1, "一、"), (1, 12, "十二、"), (2, 3, "（三）"), (2, 10, "（十）"), (3, 4, "4."), (4, 15, "（15）")],
)
def test_heading_marks(level, number, mark):
    assert heading_mark(level, number) == mark


@pytest.mark.parametrize("level", [0, 5])
def test_there_are_four_levels(level):
    with pytest.raises(ValueError, match=str(level)):
        heading_mark(level, 1)


def test_dates_have_no_padding_zero():
    assert format_date(datetime.date(2025, 1, 5)) == "2025年1月5日"
    assert format_date(datetime.date(2012, 12, 31)) == "2012年12月31日"


@pytest.mark.parametrize("text", ["2025-01-20", "2025-1-20", "2025年1月20日", "2025年01月20日", " 2025-01-20 "])
def test_a_date_is_read_in_both_forms(text):
    assert parse_date(text) == datetime.date(2025, 1, 20)


@pytest.mark.parametrize(
    "text", ["", "2025", "20250120", "2025.1.20", "二〇二五年一月二十日", "25-1-20", "2025-1月20日"]
)
def test_another_form_is_no_date(text):
    assert parse_date(text) is None


@pytest.mark.parametrize("text", ["2025-02-29", "2025年13月1日", "2025年4月31日"])
def test_a_day_that_cannot_be_is_an_error(text):
    with pytest.raises(ValueError, match=r"day|month"):
        parse_date(text)


@given(st.dates())
def test_a_written_date_is_read_back(date):
    assert parse_date(format_date(date)) == (date if date.year >= 1000 else None)


# --- words ------------------------------------------------------------------------------------------------------------


@given(st.text(st.sampled_from("国务院办公厅关于印发第十一次《》、（试行）“”的通知 2025abc"), max_size=40))
def test_words_joined_give_the_text_again(text):
    assert "".join(words(text)) == text
    assert "".join(words(text, ["国务院", "办公厅关于", "不在其中", ""])) == text


@pytest.mark.parametrize(
    ("text", "names", "word"),
    [
        ("焦作市总工会关于开展工作的通知", ["焦作市总工会"], "焦作市总工会"),
        ("国务院办公厅关于转发教育部等部门意见的通知", ["教育部", "国务院办公厅"], "国务院办公厅"),
        ("省总工会办公室关于报送材料的通知", ["省总工会", "省总工会办公室"], "省总工会办公室"),
        ("A+B（集团）工会关于工作的通知", ["A+B（集团）工会"], "A+B（集团）工会"),
        ("焦作市工会第十一次代表大会", [], "第十一次"),
        ("中国共产党第二十届中央委员会", [], "第二十届"),
        ("关于第3批名单的通知", [], "第3批"),
        ("关于15个项目的通知", [], "15个"),
    ],
)
def test_a_name_and_an_ordinal_stay_one_word(text, names, word):
    assert word in words(text, names)


def test_marks_belong_to_their_words():
    pieces = words("国务院关于印发《公务员法、监察法（试行）》的通知")
    assert not any(piece[0] in "》）、" or piece[-1] in "《（" for piece in pieces)

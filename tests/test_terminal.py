import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen.terminal import blank, padded, width, window, wrapped


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("abc", 3), ("公文", 4), ("：“”", 4), ("〔2023〕", 8), ("e\u0301", 1), ("Ａ１", 4), ("𬭚", 2)],
)
def test_width(text, columns):
    assert width(text) == columns


def test_a_blank_is_as_wide_and_as_many_cells():
    assert blank("a公e\u0301“") == " \u3000  "
    assert width(blank("发文机关: 某某市")) == width("发文机关: 某某市")


def test_padded():
    assert padded("公文", 6) == "公文  "
    assert padded("公文件", 4) == "公文件"


def test_a_short_line_is_shown_whole():
    assert window("公文公文", 1, 2, 8) == ("公文公文", 1, 2)


@pytest.mark.parametrize(
    ("start", "part", "place"),
    [
        (0, "一二三四五六七八…", (0, 1)),
        (20, "…八九十一二三四五…", None),
        (39, None, None),
    ],
)
def test_a_long_line_is_cut_around_what_is_meant(start, part, place):
    text = "一二三四五六七八九十" * 4
    shown, first, last = window(text, start, start + 1, 20)
    assert width(shown) <= 20
    assert shown[first:last] == text[start]
    assert shown.startswith("…") == (start > 0)
    assert shown.endswith("…") == (start < 39)
    if place:
        assert (shown, (first, last)) == (part, place)


@given(
    st.text(st.sampled_from("ab公文：“é"), min_size=1, max_size=200),
    st.integers(0, 199),
    st.integers(0, 60),
    st.integers(12, 80),
)
def test_a_window_always_shows_the_first_character_that_is_meant(text, start, length, columns):
    start = min(start, len(text) - 1)
    end = min(start + max(1, length), len(text))
    shown, first, last = window(text, start, end, columns)
    assert width(shown) <= columns
    assert shown[first] == text[start]
    assert shown[first:last] == text[start : start + last - first]
    assert first < last
    assert shown.removeprefix("…").removesuffix("…") in text


def test_wrapped_lines_keep_to_the_columns():
    assert list(wrapped("发文字号用六角括号", 8)) == ["发文字号", "用六角括", "号"]
    assert list(wrapped("", 8)) == [""]


def test_no_mark_begins_a_line_and_no_word_is_parted():
    assert list(wrapped("发文字号”，用括号", 8)) == ["发文字号”，", "用括号"]
    assert list(wrapped("见 gongwen.yaml 一节", 14)) == ["见", "gongwen.yaml", "一节"]
    assert list(wrapped("gongwen.yaml", 4)) == ["gongwen.yaml"]

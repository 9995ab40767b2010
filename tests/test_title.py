"""The lines of a title: clause 7.3.1 and rules B-05 to B-07."""

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gongwen.compose import Composer
from gongwen.fonts import FontBook
from gongwen.layout.title import is_hourglass, title_lines

MOST_CELLS = 156 / (22 * 25.4 / 72)
"""20 characters of 2号 and a little more."""

COMPOSER = Composer(FontBook())


def broken(text, names=()):
    return [line.text for line in title_lines(COMPOSER, text, names)]


def widths(text, names=()):
    return [line.width for line in title_lines(COMPOSER, text, names)]


TITLES = {
    "jiaozuo-2023": (
        ["焦作市总工会"],
        ["焦作市总工会关于认真学习宣传", "贯彻习近平总书记重要讲话精神努力完成", "中国工会十八大确定的目标任务的通知"],
    ),
    "jiaozuo-2025": (
        ["焦作市总工会"],
        ["焦作市总工会关于认真学习宣传贯彻", "焦作市工会第十一次代表大会精神的通知"],
    ),
    "henan-2023": (
        ["河南省总工会"],
        ["河南省总工会关于认真学习宣传贯彻", "河南省工会第十六次代表大会精神的通知"],
    ),
    "issuing a plan": (
        ["国务院办公厅"],
        ["国务院办公厅关于", "印发国务院2024年度立法工作计划的通知"],
    ),
    "issuing rules by two offices": (
        ["中共中央办公厅", "国务院办公厅"],
        ["中共中央办公厅 国务院办公厅关于", "印发《党政机关公文处理工作条例》的通知"],
    ),
    "forwarding a notice": (
        ["焦作市总工会"],
        ["焦作市总工会关于", "转发《河南省总工会关于做好2025年", "元旦春节期间送温暖工作的通知》的通知"],
    ),
    "quoted honours": (
        ["焦作市总工会"],
        ["焦作市总工会关于表彰2024年度全市", "“五一劳动奖状”“五一劳动奖章”和", "“工人先锋号”先进集体和先进个人的决定"],
    ),
    "a request": (
        ["焦作市总工会"],
        ["焦作市总工会关于", "召开焦作市工会第十一次代表大会的请示"],
    ),
    "on one line": (["焦作市总工会"], ["关于召开会议的通知"]),
}
SIX_ORGANS = ["国家发展改革委", "财政部", "自然资源部", "生态环境部", "住房城乡建设部", "农业农村部"]
SIX_BY_BLANKS = f"{' '.join(SIX_ORGANS)}关于印发《“十四五”城乡人居环境建设规划》的通知"
SIX_BY_COMMAS = f"国务院办公厅关于转发{'、'.join(SIX_ORGANS)}关于推进乡村建设行动实施方案的通知"


@pytest.mark.parametrize("case", TITLES)
def test_titles(case):
    names, lines = TITLES[case]
    assert broken("".join(lines), names) == lines


@pytest.mark.parametrize("case", [*TITLES, "six by blanks", "six by commas"])
def test_the_shape_of_a_title(case):
    """A trapezium or a lozenge, 20 characters wide at most; no name split, and no line starts with a word that leans back."""
    if case in TITLES:
        names, lines = TITLES[case]
        title = "".join(lines)
    else:
        names, title = SIX_ORGANS, SIX_BY_BLANKS if "blanks" in case else SIX_BY_COMMAS
    lines, sizes = broken(title, names), widths(title, names)
    assert "".join(lines) == title
    assert max(sizes) <= MOST_CELLS
    assert len(sizes) == 1 or max(sizes) - min(sizes) >= 1
    for i in range(1, len(sizes) - 1):
        assert sizes[i] + 0.5 >= min(max(sizes[:i]), max(sizes[i + 1 :])), "an hourglass"
    for name in names:
        assert sum(name in line for line in lines) >= title.count(name) or name not in title
    assert not any(line[0] in "的和与及、》）" or line.rstrip()[-1] in "《（“" for line in lines)


def test_the_kind_is_not_parted_from_what_leads_to_it():
    assert broken("焦作市总工会关于开展二〇二五年度职工职业技能竞赛活动安排的通知")[-1].endswith("的通知")
    assert len(broken("焦作市总工会关于开展二〇二五年度职工职业技能竞赛活动安排的通知")[-1]) > 5


def test_blanks_between_names_count():
    """Six names with blanks between them: the first line would be 161 mm wide if the blanks were forgotten."""
    assert max(widths(SIX_BY_BLANKS, SIX_ORGANS)) <= MOST_CELLS


def test_a_line_break_of_the_draft_is_kept():
    title = "焦作市总工会关于\n认真学习宣传贯彻工会十八大精神的\n通知"
    assert broken(title) == title.split("\n")
    assert broken("\n焦作市总工会 \n\n 关于工作的通知\n") == ["焦作市总工会", "关于工作的通知"]


def test_a_part_too_long_for_a_line_is_broken_further():
    lines = broken(
        "焦作市总工会\n关于认真学习宣传贯彻焦作市工会第十一次代表大会精神的通知", ["焦作市工会第十一次代表大会"]
    )
    assert lines == ["焦作市总工会", "关于认真学习宣传贯彻", "焦作市工会第十一次代表大会精神的通知"]


def test_a_name_longer_than_a_line_is_composed_like_a_text():
    name = "中华人民共和国人力资源和社会保障部办公厅职业能力建设司"
    lines = broken(f"{name}关于工作的通知", [name])
    assert "".join(lines) == f"{name}关于工作的通知"
    assert max(widths(f"{name}关于工作的通知", [name])) <= MOST_CELLS


def test_a_title_of_more_than_six_lines_is_composed_like_a_text():
    title = "关于做好工作的意见" * 16
    assert "".join(broken(title)) == title
    assert len(broken(title)) == 8
    assert max(widths(title)) <= MOST_CELLS + 1e-3


def test_a_book_title_that_fits_a_line_is_whole():
    lines = broken("国务院办公厅关于认真贯彻落实《中华人民共和国监察法》有关规定的通知")
    assert sum("《中华人民共和国监察法》" in line for line in lines) == 1
    lines = broken(SIX_BY_BLANKS, SIX_ORGANS)
    assert lines[-1] == "《“十四五”城乡人居环境建设规划》的通知"


def test_a_book_title_without_an_end_is_text():
    title = "国务院办公厅关于认真贯彻落实《中华人民共和国监察法有关规定的通知"
    assert "".join(broken(title)) == title


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([10], False), ([10, 18], False), ([18, 10], False), ([10, 14, 18], False), ([18, 14, 10], False),
        ([10, 18, 12], False), ([18, 10, 18], True), ([18, 10, 14], True), ([12, 16, 12, 16], True), ([16, 16, 16], False),
    ],
)  # fmt: skip
def test_what_is_an_hourglass(sizes, expected):
    assert is_hourglass(sizes) is expected


pieces = st.sampled_from(
    ["关于", "印发", "做好", "《", "》", "（试行）", "、", "2025年", "焦作市总工会", "第十一次", "代表大会", "的", "和", "通知",
     "“十四五”", "工作", "规划", "国", "Office", " "]
)  # fmt: skip


@example("关于" * 28 + "（试行）焦作市总工会焦作市总工会关于（试行）“十四五”关于关于")
@given(st.lists(pieces, min_size=1, max_size=40).map("".join).filter(str.strip))
def test_any_title(title):
    lines = title_lines(COMPOSER, title, ["焦作市总工会"])
    assert "".join(line.text for line in lines) == title.strip()
    for line, following in itertools.zip_longest(lines, lines[1:]):
        assert line.width <= MOST_CELLS + 1e-3
        if following:
            assert following.text[0] not in "》）、”"
            assert line.text.rstrip()[-1] not in "《（“"

"""The limits of the rules of titles: what just strikes and what just does not."""

import pytest
from layouts import from_keys

from gongwen.rules.elements import title

BASE = {"kind": "通知", "issuer": "云州市总工会", "body": ["正文。"]}


def found(rule, value, **extra):
    """Name, offset and length of what a rule finds in a title."""
    given = rule(from_keys({**BASE, "title": value, **extra}))
    return [(one.check.name, one.offset, one.length) for one in given]


def marked(rule, value, **extra):
    """The characters that a rule marks in a title."""
    return [value[offset : offset + length] for _, offset, length in found(rule, value, **extra)]


RULES = (title.issuer_in_title, title.about, title.marks, title.length, title.wording, title.breaks)

CORRECT = [
    ("国务院办公厅", "通知", "国务院办公厅关于印发“十四五”城乡社区服务体系建设规划的通知"),
    ("国务院", "通知", "国务院关于印发《“十四五”现代综合交通运输体系发展规划》的通知"),
    ("国务院办公厅", "通知", "国务院办公厅转发国家发展改革委关于恢复和扩大消费措施的通知"),
    ("国务院办公厅", "函", "国务院办公厅关于同意建立养老服务部际联席会议制度的函"),
    (
        ["中共云州市委员会", "云州市人民政府"],
        "意见",
        "中共云州市委 云州市人民政府关于促进民营经济发展壮大的意见",
    ),
    (
        ["中共云州市委办公室", "云州市人民政府办公室"],
        "通知",
        "中共云州市委办公室 云州市人民政府办公室印发《关于加强基层治理的实施方案》的通知",
    ),
    ("中华全国总工会", "决定", "全国总工会关于表彰全国五一劳动奖和全国工人先锋号的决定"),
    ("中共云州市总工会党组", "通知", "中共云州市总工会党组关于印发《云州市总工会党组工作规则（试行）》的通知"),
    ("国务院", "批复", "国务院关于《北京城市副中心控制性详细规划（街区层面）（2016年—2035年）》的批复"),
    ("云州市人民政府", "通告", "云州市人民政府通告"),
    ("云州市统计局", "公报", "云州市2025年国民经济和社会发展统计公报"),
    ("云州市人民政府", "报告", "政府工作报告"),
    ("云州市第六届人民代表大会第一次会议", "决议", "云州市第六届人民代表大会第一次会议关于政府工作报告的决议"),
    ("国务院", "通知", "国务院任免国家工作人员的通知"),
    ("云州市人力资源和社会保障局", "函", "云州市人社局对市政协六届一次会议第12号提案的答复函"),
    ("云州市应急管理局", "报告", "云州市应急管理局关于“7·12”强降雨防汛工作情况的报告"),
    ("云州市总工会", "通知", "云州市总工会关于废止《关于甲工作的通知》《关于乙工作的通知》的通知"),
    ("云州市第五中学", "请示", "市五中关于修缮教学楼的请示"),
]


@pytest.mark.parametrize(("issuer", "kind", "value"), CORRECT, ids=[value for _, _, value in CORRECT])
def test_a_correct_title_is_not_accused(issuer, kind, value):
    assert [one for rule in RULES for one in found(rule, value, issuer=issuer, kind=kind)] == []


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("关于开展活动的通知", ["关于"]),
        ("转发省总工会关于开展活动的通知", ["转发"]),
        ("活动通知", ["活动通知"]),
        ("云州活动通知", []),  # it may be a short form of the issuer's name
        ("市总工会关于开展活动的通知", []),
        ("云州市妇女联合会关于开展活动的通知", ["云州市妇女联合会"]),
        ("云州市妇联关于开展活动的通知", []),  # only what is surely an organ's name is judged
        ("2026年上半年省总工会关于开展活动的通知", []),
        ("云州市总工会 云州市教育局关于开展活动的通知", []),
        ("待定", []),
    ],
)
def test_the_issuer_stands_in_the_title(value, wanted):
    assert marked(title.issuer_in_title, value) == wanted


@pytest.mark.parametrize(
    "extra",
    [
        {"kind": "纪要"},
        {"kind": "决定", "subtitle": "2026年3月1日云州市总工会第五次代表大会通过"},
        {"issuer": "待定"},
    ],
    ids=["minutes", "passed by a meeting", "an issuer that is not settled"],
)
def test_titles_that_need_no_issuer(extra):
    assert found(title.issuer_in_title, "关于开展活动的通知")
    assert found(title.issuer_in_title, "关于开展活动的通知", **extra) == []


@pytest.mark.parametrize(
    ("kind", "value", "strikes"),
    [
        ("通知", "云州市总工会夏送清凉活动通知", True),
        ("通知", "云州市总工会关于夏送清凉活动的通知", False),
        ("通知", "云州市总工会召开代表大会的通知", False),
        ("通知", "云州市总工会通知", False),
        ("公告", "云州市总工会活动公告", False),
    ],
)
def test_the_matter_is_said_with_a_verb(kind, value, strikes):
    assert bool(found(title.about, value, kind=kind)) is strikes


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("云州市总工会关于开展活动的通知。", ["。"]),
        ("云州市总工会关于开展活动的通知。。", ["。。"]),
        ("云州市总工会关于开展活动，做好工作的通知", ["，"]),
        ("云州市总工会关于开展活动——做好工作的通知", ["——"]),
        ("云州市总工会关于开展甲、乙活动（第一批）的通知", []),
        ("云州市总工会关于印发《“双送”活动：方案（第一版，试行）》的通知", []),
        ("云州市总工会关于2026—2027年“安康杯”竞赛的通知", []),
    ],
)
def test_marks_in_a_title(value, wanted):
    assert marked(title.marks, value) == wanted


def test_a_dash_may_part_the_name_of_an_event():
    assert marked(title.marks, "云州市教育局关于举办“书香校园”——2026年读书月活动的通知") == []
    assert marked(title.marks, "云州市教育局关于举办书香校园——2026年读书月活动的通知") != []


def test_only_the_full_stop_at_the_end_is_taken_away():
    (inner, end) = title.marks(from_keys({**BASE, "title": "云州市总工会关于甲：乙的通知。"}))
    assert (inner.replacement, end.replacement) == (None, "")
    (inside,) = title.marks(from_keys({**BASE, "title": "云州市总工会关于甲。乙的通知"}))
    assert inside.replacement is None


def test_fifty_characters_beside_the_issuer_are_the_most():
    matter = "关于" + "工" * 45 + "的通知"
    assert len(matter) == 50
    assert found(title.length, f"云州市总工会{matter}") == []
    assert found(title.length, f"云州市总工会关于工{matter[2:]}") == [("title-too-long", 0, 57)]
    organs = ["云州市总工会", "云州市人力资源和社会保障局"]
    assert found(title.length, f"{organs[0]} {organs[1]}{matter}", issuer=organs) == []


def test_three_lines_are_the_most_but_for_the_names_of_joint_organs():
    lines = ["云州市总工会", "关于甲工作", "和乙工作", "的通知"]
    assert found(title.length, "\n".join([*lines[:2], "".join(lines[2:])])) == []
    assert [name for name, _, _ in found(title.length, "\n".join(lines))] == ["title-too-long"]
    joint = {"issuer": ["云州市教育局", "云州市总工会"]}
    assert found(title.length, "云州市教育局\n云州市总工会\n关于甲工作\n和乙工作的通知", **joint) == []
    assert found(title.length, "\n".join(["云州市教育局", *lines]), **joint) == [("title-too-long", 0, 28)]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("云州市总工会转发省总工会关于活动的通知的通知", ["的通知的通知"]),
        ("云州市总工会转发省总工会关于活动的意见的通知（试行）", ["的意见的通知"]),
        ("云州市总工会转发《省总工会关于活动的通知》的通知", []),
        ("云州市总工会转发省总工会转发全国总工会文件的通知", ["转发省总工会转发"]),
        ("云州市总工会关于甲的乙的丙的通知", []),
        ("云州市总工会关于甲的乙的丙的丁的通知", ["的乙的丙的丁的"]),
        ("云州市总工会关于印发《甲的乙的丙的丁的方案》的通知", []),
    ],
)
def test_titles_are_not_piled_up(value, wanted):
    assert marked(title.wording, value) == wanted


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ("云州市总工会\n关于开展夏送清凉活动的通知", []),
        ("云州市总工会关于开展\n夏送清凉活动的通知", []),
        ("云州市总\n工会关于开展活动的通知", "标题分行把“云州市总工会”拆开"),
        ("云州市总工会关于印发《夏送\n清凉方案》的通知", "标题分行把“《夏送清凉方案》”拆开"),
        ("云州市总工会关于印发《云州市职工夏送清凉冬送温暖\n活动实施方案（试行）》的通知", []),
        ("云州市总工会关于深化高等学\n校改革的通知", "标题分行把“高等学校”拆开"),
        ("云州市总工会关于开展夏送清凉活动的\n通知", "标题分行把“的通知”拆开"),
        ("云州市总工会关于开展夏送清凉活动\n的通知", "标题的一行以“的”开头"),
        ("云州市总工会关于改革\n和完善制度的通知", "标题的一行以“和”开头"),
        ("云州市总工会关于维护\n和谐劳动关系的通知", []),
        ("云州市总工会关于甲\n、乙的通知", "标题的一行以“、”开头"),
        ("云州市总工会关于甲（\n乙）的通知", "标题的一行以“（”结尾"),
    ],
)
def test_where_a_title_may_be_broken(lines, wanted):
    messages = [one.message for one in title.breaks(from_keys({**BASE, "title": lines}))]
    assert messages == ([wanted] if wanted else [])


def test_the_character_behind_the_break_is_marked():
    value = "云州市总工会\n关于深化高等学\n校改革的通知"
    assert marked(title.breaks, value) == ["校"]


def test_titles_of_enclosed_texts_are_read_too():
    broken = "云州市夏送清凉活动\n和冬送温暖活动方案"
    given = from_keys(
        {
            **BASE,
            "title": "云州市总工会关于开展活动的通知",
            "issued": {"title": broken, "body": ["一。"]},
            "attachments": [{"title": "一", "body": ["一。"]}, {"title": broken, "body": ["二。"]}],
        }
    )
    assert [one.path for one in title.breaks(given)] == [("issued", "title"), ("attachments", 1, "title")]

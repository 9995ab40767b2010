"""Regulations: numbers, faces and places of chapters, sections, articles, items. Lengths are written from the standard's text."""

import itertools

import pytest
from layouts import NEAR, from_keys, near
from presses import in_face, missed, moved, on_boxes, unmet

from gongwen import rules
from gongwen.chinese import ordinal
from gongwen.document import walk
from gongwen.layout import lay_out

LEFT, RIGHT, AXIS = 28, 184, 106
TWO_CHARACTERS = 11.14
TIGHT, LOOSE = 10.054, 10.762  # 28.5 pt, and 3 % above the pitch of 22 lines (10.449)
EM_3 = 5.57

CHAPTERS = [
    {
        "chapter": "总则",
        "body": [
            {"article": "为了规范公园的管理，制定本办法。"},
            {"article": "本办法适用于本市的公园。", "body": ["法律另有规定的，从其规定。"]},
        ],
    },
    {
        "chapter": "建设和管理",
        "body": [
            {"section": "建设", "body": [{"article": "公园由政府投资建设。"}]},
            {
                "section": "管理",
                "body": [
                    {
                        "article": "公园应当设置下列设施：",
                        "items": ["便民设施；", {"item": "避险设施：", "subitems": ["供水设施；", "疏散通道。"]}],
                        "body": [{"clause": "下列公园除外：", "items": ["游园；", "口袋公园。"]}],
                    }
                ],
            },
        ],
    },
    {"chapter": "附则", "body": [{"section": "施行", "body": [{"article": "本办法自公布之日起施行。"}]}]},
]
LINES = """\
第一章　总则
第一条　为了规范公园的管理，制定本办法。
第二条　本办法适用于本市的公园。
法律另有规定的，从其规定。
第二章　建设和管理
第一节　建设
第三条　公园由政府投资建设。
第二节　管理
第四条　公园应当设置下列设施：
（一）便民设施；
（二）避险设施：
1.供水设施；
2.疏散通道。
下列公园除外：
（一）游园；
（二）口袋公园。
第三章　附则
第一节　施行
第五条　本办法自公布之日起施行。
""".splitlines()


def document(**keys):
    base = {"kind": "公告", "issuer": "云州市人民政府", "title": "云州市人民政府公告", "body": CHAPTERS}
    return from_keys(base | keys)


@pytest.fixture(scope="module")
def flow(book):
    """The lines below the title, each with its box and its number in it."""
    return lines_of(lay_out(document(), book))


def lines_of(layout):
    boxes = [box for page in layout.pages for box in page.texts if box.role not in ("mark", "title", "folio")]
    return [(line, box, row) for box in boxes for row, line in enumerate(box.lines)]


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "第一条"), (10, "第十条"), (21, "第二十一条"), (103, "第一百零三条"), (110, "第一百一十条")],
)
def test_ordinals(number, text):
    assert ordinal(number, "条") == text


def test_numbers_are_made(flow):
    assert [line.text for line, _, _ in flow] == LINES


def test_articles_number_through_a_text_and_begin_anew_in_the_next(book):
    many = [
        {"chapter": "总则", "body": [{"article": "条文。"}] * 60},
        {"chapter": "附则", "body": [{"article": "条文。"}] * 43},
    ]
    layout = lay_out(document(attachments=[{"title": "甲", "body": many}, {"title": "乙", "body": many[:1]}]), book)
    texts = [line.text for line, box, _ in lines_of(layout) if box.role == "run-in-article"]
    assert texts[5:] == [f"{ordinal(number, '条')}　条文。" for number in [*range(1, 104), *range(1, 61)]]


def test_titles_of_chapters_and_sections_are_centred(flow):
    titles = {line.text: (line, box) for line, box, _ in flow if box.role in ("heading-chapter", "heading-section")}
    assert [box.role for _, box in titles.values()] == [
        "heading-chapter",
        "heading-chapter",
        "heading-section",
        "heading-section",
        "heading-chapter",
        "heading-section",
    ]
    for text, (line, box) in titles.items():
        ink = [box.left + edge * box.em for edge in (line.left, line.right)]
        assert sum(ink) / 2 == near(AXIS)
        assert box.em == near(EM_3)
        assert {piece.role for piece in line.pieces} == {"heiti" if "章" in text else "kaiti"}


def test_articles_and_items_are_paragraphs(flow):
    """Two characters in; the number in 黑体, one em space, the text in 仿宋; all on the grid."""
    for _, box, row in flow:
        if box.role in ("run-in-article", "paragraph"):
            assert box.left + (box.indent if row == 0 else 0) * box.em == near(LEFT + TWO_CHARACTERS)
    article = next(line for line, box, _ in flow if box.role == "run-in-article")
    assert [(piece.text, piece.role) for piece in article.pieces] == [
        ("第一条", "heiti"),
        ("　为了规范公园的管理，制定本办法。", "fangsong"),
    ]
    assert {piece.role for line, box, _ in flow if box.role == "paragraph" for piece in line.pieces} == {"fangsong"}
    tops = [box.top + row * box.pitch for _, box, row in flow]
    steps = [below - above for above, below in itertools.pairwise(tops) if below > above]
    assert len(steps) == len(LINES) - 2  # the text runs over two pages
    assert min(steps) >= TIGHT - NEAR
    assert max(steps) <= LOOSE + NEAR


def test_a_long_title_is_set_in_even_lines(book):
    name = "公园的规划、建设、保护、利用、服务和监督管理以及应急避险设施的设置"
    layout = lay_out(document(body=[{"chapter": name, "body": [{"article": "条文。"}]}]), book)
    (box,) = [box for page in layout.pages for box in page.texts if box.role == "heading-chapter"]
    assert len(box.lines) == 2
    widths = [line.right - line.left for line in box.lines]
    assert abs(widths[0] - widths[1]) < 4
    assert max(widths) < 22


@pytest.mark.parametrize("before", range(30))
def test_a_chapter_is_never_left_at_the_end_of_a_page(book, before):
    body = [f"第{number}段。" for number in range(before)]
    layout = lay_out(document(body=[*body, CHAPTERS[1]]), book)
    assert [one for one in rules.check_layout(document(body=body), layout) if one.check.code == "GW603"] == []
    for page in layout.pages:
        last = [box.role for box in page.texts if box.role != "folio"][-1]
        assert not last.startswith("heading")


def test_headings_and_paragraphs_may_stand_in_a_chapter(book):
    body = [
        {"chapter": name, "body": ["段落。", {"heading": "甲", "body": [{"heading": "乙"}]}]}
        for name in ("一章", "二章")
    ]
    found = document(body=[{"chapter": "总则", "body": [{"heading": "范围", "body": ["一。"]}]}])
    assert list(rules.check(found)) == [one for one in rules.check(found) if one.check.code != "GW340"]
    texts = [line.text for line, _, _ in lines_of(lay_out(document(body=body), book))]
    assert texts == ["第一章　一章", "段落。", "一、甲", "（一）乙", "第二章　二章", "段落。", "一、甲", "（一）乙"]


def test_walking_names_every_block_by_its_path():
    one = document()
    for path, block in walk(one.body, ("body",)):
        value = one
        for step in path:
            value = value[step] if isinstance(step, int) else getattr(value, step)
        assert value is block
    assert len(list(walk(one.body, ("body",)))) == 13


@pytest.mark.parametrize(
    ("text", "struck"),
    [
        ("第一条 为了", True),
        ("第三十二条　为了", True),
        ("第12条 为了", True),
        ("第一条第二款规定的情形", False),
        ("第一条规定的情形", False),
        ("第一次 会议", False),
    ],
)
def test_the_typed_number_of_an_article(text, struck):
    found = [one.check.code for one in rules.check(document(body=[{"article": text}])) if one.check.code == "GW305"]
    assert found == ["GW305"] * struck


# --- the finished PDF -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def measured(press):
    """A function: change of the layout → what preflight measures."""
    one = document(attachments=[{"title": "名录", "subtitle": "2026年3月", "body": CHAPTERS}])
    return lambda change=lambda layout: layout: press.measured(one, change(press.layout(one)))


def test_a_regulation_is_measured(measured):
    results = measured()
    assert unmet(results) == set()
    assert {"B-19.chapter", "B-19.section", "B-19.article", "B-19.centre", "B-63"} <= {one.rule for one in results}
    centres = [one.value for one in results if one.rule == "B-19.centre"]
    assert len(centres) >= 2
    assert centres == [pytest.approx(AXIS, abs=0.1)] * len(centres)


@pytest.mark.parametrize(
    ("role", "face", "rules_missed"),
    [
        ("heading-chapter", "kaiti", {"B-19.chapter"}),
        ("heading-section", "heiti", {"B-19.section"}),
        ("run-in-article", "fangsong", {"B-19.article"}),
        ("run-in-article", "heiti", {"P-06.face"}),
        ("attachment-subtitle", "fangsong", {"B-63.face"}),
    ],
)
def test_a_wrong_face_is_measured(measured, role, face, rules_missed):
    assert missed(measured(on_boxes(in_face(face), role))) == rules_missed


def test_a_title_off_the_axis_is_measured(measured):
    assert missed(measured(on_boxes(moved(dx=2), "heading-chapter"))) == {"B-19.centre"}

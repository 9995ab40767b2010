"""The limits of the rules of lines and leaves: the numbers that they tell are tried on the pages."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from layouts import from_keys, paragraphs

from gongwen import rules
from gongwen.diagnostics import Check
from gongwen.layout import lay_out
from gongwen.rules.elements import attachments, dated, headings, organs, recipients, title
from gongwen.rules.kinds import scope
from gongwen.rules.layout import leaves, lines, pages

BASE = {
    "kind": "通知",
    "issuer": "云州市总工会",
    "number": "云工发〔2026〕6号",
    "title": "云州市总工会关于开展活动的通知",
    "addressees": "各县总工会",
    "body": ["正文。"],
    "date": "2026-07-01",
    "imprint": {"issuing_office": "云州市总工会办公室", "issued_on": "2026-07-01"},
}


@pytest.fixture
def lay(book):
    """A function: keys of a draft → the draft and its layout."""

    def of(**extra):
        draft = from_keys({**BASE, **extra})
        return draft, lay_out(draft, book)

    return of


# --- titles -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("云州市总工会关于开展\n夏送清凉\n金秋助学冬送温暖活动的通知", "标题的3行中间短、两头长"),
        ("云州市总工会关于开展\n夏送清凉系列活动通知", "标题的2行一样长"),
        ("云州市总工会关于开展\n夏送清凉系列活动的通知", None),
        ("云州市总工会\n关于开展夏送清凉活动的通知", None),
        ("云州市总工会\n关于开展夏送清凉冬送温暖活动\n有关事项的通知", None),
        ("云州市总工会关于开展夏送清凉活动的通知", None),
    ],
)
def test_the_shape_of_a_title(lay, value, wanted):
    given = list(lines.titles(*lay(title=value)))
    assert [(one.message, one.path, one.length, one.page) for one in given] == (
        [(wanted, ("title",), len(value), 1)] if wanted else []
    )


def test_names_of_joint_organs_have_no_shape(lay):
    title = "云州市人力资源和社会保障局\n云州市总工会\n关于开展夏送清凉冬送温暖活动的通知"
    assert [one.check.name for one in lines.titles(*lay(title=title))] == ["title-shape"]
    joint = ["云州市人力资源和社会保障局", "云州市总工会"]
    assert list(lines.titles(*lay(title=title, issuer=joint))) == []


def test_titles_of_enclosed_texts_have_a_shape_too(lay):
    square = "云州市夏送清凉活动方案\n云州市冬送温暖活动方案"
    body = {"body": ["一。"]}
    given = lines.titles(*lay(issued={"title": square, **body}, attachments=[{"title": square, **body}]))
    assert [one.path for one in given] == [("issued", "title"), ("attachments", 0, "title")]


def test_a_line_of_twenty_characters_is_the_most(lay):
    first = "云州市总工会关于在全市开展夏送清凉冬送温"
    assert len(first) == 20
    assert [one.check.name for one in lines.titles(*lay(title=f"{first}\n暖活动的通知"))] == []
    longer = f"{first}暖"
    (one,) = lines.titles(*lay(title=f"云州市\n{longer}\n活动的通知"))
    assert (one.check.name, one.offset, one.length) == ("title-line-too-long", 4, 21)
    assert one.hint.startswith("每行不超过20字")


# --- last lines -------------------------------------------------------------------------------------------------------

STRAY = "各级工会要及时登录全市职www.yunzhougonghui.org.cn上。"


def test_a_last_line_of_one_character_is_told_at_its_paragraph(lay):
    (one,) = lines.last_lines(*lay(body=["正文。", {"heading": "要求。", "text": "一。"}, STRAY, "正文。"]))
    assert (one.path, one.page) == (("body", 2), 1)
    assert one.hint == "删去这一段的2个字，或者增加几个字"
    for mended in (STRAY.replace("上。", "。"), STRAY.replace("上。", "上填报。")):
        assert list(lines.last_lines(*lay(body=[mended]))) == []


PLAIN = "各级工会要提高认识加强领导精心组织把关怀送到一线职工身边把实事办好好事办实。"


@pytest.mark.parametrize(
    ("before", "kept", "wanted"),
    [
        (9, 29, "第2页以上一段的最后一行“身边把实。”开头"),
        (9, 28, "第2页以上一段的最后一行“身边实。”开头"),
        (9, 30, None),
        (9, 24, None),
        (8, 29, None),
        (10, 29, None),
    ],
)
def test_a_page_does_not_begin_with_a_few_characters(lay, before, kept, wanted):
    paragraph = f"{PLAIN[:kept]}实。"
    given = list(lines.last_lines(*lay(body=[*paragraphs(before), paragraph, *paragraphs(3)])))
    assert [(one.message, one.path, one.page) for one in given] == ([(wanted, ("body", before), 2)] if wanted else [])


def test_a_short_paragraph_is_no_last_line(lay):
    assert list(lines.last_lines(*lay(body=["会。", "正文。"]))) == []


# --- leaves -----------------------------------------------------------------------------------------------------------

UNSIGNED = {"date": None, "signature": "none"}
COPIED = {"imprint": {**BASE["imprint"], "copies_to": ["云州市人民政府办公室"]}}
SIGNED = {"signature": "sealed"}


@pytest.mark.parametrize("extra", [{}, UNSIGNED, COPIED, SIGNED], ids=["signed", "unsigned", "copies", "seal"])
def test_the_lines_that_are_told_save_a_leaf_and_one_less_does_not(lay, extra):
    told = {}
    for count in range(24, 40):
        draft, layout = lay(body=paragraphs(count), **extra)
        for one in leaves.leaves(draft, layout):
            number = int(re.search(r"删去(\d+)行", one.hint)[1])
            told.setdefault(one.check.name, []).append(number)
            _, shorter = lay(body=paragraphs(count - number), **extra)
            _, longer = lay(body=paragraphs(count - number + 1), **extra)
            assert (len(shorter.pages), len(longer.pages)) == (len(layout.pages) - 2, len(layout.pages))
    assert told["imprint-alone"] == [*range(1, len(told["imprint-alone"]) + 1)]
    assert told.get("short-last-page", []) == sorted(told.get("short-last-page", []))


def test_where_the_findings_stand(lay):
    (alone,) = leaves.leaves(*lay(body=paragraphs(30)))
    assert (alone.check.name, alone.path, alone.at_key, alone.page) == ("imprint-alone", ("imprint",), True, 4)
    (short,) = leaves.leaves(*lay(body=paragraphs(31)))
    assert (short.check.name, short.path, short.at_key, short.page) == ("short-last-page", ("imprint",), True, 3)


@pytest.mark.parametrize(
    "extra",
    [
        {"body": paragraphs(3)},
        {"body": paragraphs(24)},
        {"body": paragraphs(60)},
        {"imprint": None},
        {"format": "letter"},
    ],
    ids=["one page", "two pages", "many lines", "no imprint", "a letter"],
)
def test_other_documents_save_nothing(lay, extra):
    given = {"body": paragraphs(30), **extra}
    if given.get("format") == "letter":
        given["imprint"] = {"copies_to": ["云州市人民政府办公室"]}
    assert list(leaves.leaves(*lay(**given))) == []


def test_an_attachment_on_a_page_of_its_own_is_no_short_page(lay):
    attached = {"attachments": [{"title": "名单", "body": ["一。"]}]}
    draft, layout = lay(body=paragraphs(20), **attached)
    assert len(layout.pages) == 4
    assert list(leaves.leaves(draft, layout)) == []


def test_a_page_that_can_be_tightened_up_to_the_limit_takes_the_imprint(lay):
    """The tightest page that still has room: it ends at the limit but for rounding."""
    _, layout = lay(body=paragraphs(27), **COPIED)
    assert len(layout.pages) == 2
    last = layout.pages[-1]
    pitches = {round(box.pitch, 3) for box in last.texts if box.role == "date"}
    assert pitches == {10.299}


# --- places -----------------------------------------------------------------------------------------------------------


MODULES = (attachments, dated, headings, lines, organs, recipients, scope, title)
CHECKS = {one for module in MODULES for one in vars(module).values() if isinstance(one, Check)}
assert len(CHECKS) > len(MODULES)


def value_at(draft, path):
    """What stands at a path of field names; a line of organs that is the only one is given by the list's path too."""
    value = draft
    for step in path:
        value = value[step] if isinstance(step, int) else getattr(value, step)
    while isinstance(value, tuple) and len(value) == 1:
        (value,) = value
    return value


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_is_marked_lies_in_its_value(data, documents, book):
    draft = data.draw(documents)
    for one in (*rules.check(draft), *rules.check_layout(draft, lay_out(draft, book))):
        if one.offset is not None and one.check in CHECKS:
            value = value_at(draft, one.path)
            assert isinstance(value, str), one
            assert 0 <= one.offset < one.offset + one.length <= len(value), one


# --- what would cure it -----------------------------------------------------------------------------------------------


def test_how_many_lines_of_addressees_are_too_many(lay):
    names = "，".join(f"第{number}县总工会" for number in range(1, 70))
    keys = {"kind": "函", "imprint": None, "title": "云州市总工会关于开展活动的函"}
    draft, layout = lay(addressees=names, **keys)
    (one,) = pages.text_on_first_page(draft, layout)
    number = int(re.search(r"减少(\d+)行以上", one.hint)[1])
    assert number >= 1
    count = sum(len(box.lines) for page in layout.pages for box in page.texts if box.role == "addressees")
    for kept, strikes in ((count - number, False), (count - number + 1, True)):
        draft, layout = lay(addressees="甲" * (28 * kept - 1), **keys)
        assert bool(list(pages.text_on_first_page(draft, layout))) is strikes


def test_how_many_lines_a_signature_wants(lay):
    (one,) = pages.signature_alone(*lay(body=["正文。"]))
    assert one.hint == "正文增加1行以上，使署名所在的页至少有2行正文"
    assert list(pages.signature_alone(*lay(body=["正文。", "正文。"]))) == []
    listed = [{"title": f"名单{number}", "body": ["一。"]} for number in range(9)]
    (one,) = pages.signature_alone(*lay(body=["正文。", "正文。"], attachments=listed))
    assert one.hint.startswith("正文增删几行")

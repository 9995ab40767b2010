"""What the parser says and how it says it; where it says it stands in tests/drafts."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel, Field
from pydantic_core import PydanticCustomError

from gongwen import parser
from gongwen.diagnostics import Check
from gongwen.document import Document
from gongwen.parser import Parsed, language_of, parse, validate
from gongwen.source import Source

DRAFT = "kind: 通知\nissuer: 某某市总工会\ntitle: 关于某事的通知\nbody: [正文。]\n"


def parsed(text):
    return parse(Source.parse(text, "draft.yaml"))


def said(text):
    """Every finding as (code, message, hint)."""
    return [(one.check.code, one.message, one.hint) for one in parsed(text).diagnostics]


def one_more(line):
    (found,) = said(DRAFT + line)
    return found


def test_a_right_draft_is_a_document():
    result = parsed(DRAFT)
    assert isinstance(result, Parsed)
    assert result.document.title == "关于某事的通知"
    assert (result.language, result.diagnostics) == ("en", ())


@pytest.mark.parametrize("text", ["", "- 一\n", "一\n", "{", "\x00", "a: [\n"])
def test_what_is_no_mapping_is_told_once(text):
    result = parsed(text)
    assert result.document is None
    assert len(result.diagnostics) == 1
    assert result.diagnostics[0].check.code < "GW100"


def test_a_fault_of_the_file_leaves_no_document():
    result = parsed(DRAFT + "issuer: 某某省总工会\n")
    assert [one.check.name for one in result.diagnostics] == ["duplicate-key"]
    assert result.document is None


def test_a_warning_of_the_file_leaves_the_document():
    result = parsed(DRAFT + "note: 第一 #二\n")
    assert [one.check.name for one in result.diagnostics] == ["text-cut-by-hash"]
    assert result.document is not None


@pytest.mark.parametrize(
    ("data", "language"),
    [
        ({"文种": "通知"}, "zh"),
        ({"kind": "通知"}, "en"),
        ({"文种": "通知", "title": "一"}, "en"),
        ({"文种": "通知", "标题": "一", "body": []}, "zh"),
        ({"x": "1"}, "en"),
        (["文种"], "en"),
        (None, "en"),
    ],
)
def test_the_language_is_that_of_most_keys(data, language):
    assert language_of(data) == language


def test_findings_stand_in_the_order_of_the_file():
    result = parsed("colour: red\nkind: 通知\ntitle: [x]\nbody: y\nissuer:\n")
    offsets = [one.span.start.offset for one in result.diagnostics]
    assert len(offsets) == 4
    assert offsets == sorted(offsets)


# --- the words -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("sinature: 甲", "是不是“signature”？"),
        ("issued_on: 2025-01-20", "是不是“imprint”里的“issued_on”？"),
        ("issuing_ofice: 甲", "是不是“imprint”里的“issuing_office”？"),
        ("heading: 甲", "是不是“body”里的“heading”？"),
        ("imprint: {copies: 甲, issued_on: 2025-01-20}", "是不是“copies_to”？"),
    ],
)
def test_an_unknown_key_is_told_the_nearest_known_one(line, hint):
    code, message, told = one_more(line)
    assert (code, told) == ("GW101", hint)
    assert "没有“" in message


def test_an_unknown_key_that_is_near_to_none_is_told_all():
    _, _, hint = one_more("qqq: 甲")
    assert hint == "这里可用的键：" + "、".join(Document.model_fields)
    _, _, hint = one_more("imprint: {qqq: 甲, issued_on: 2025-01-20}")
    assert hint == "这里可用的键：addressees、copies_to、issuing_office、issued_on"


@pytest.mark.parametrize(("line", "name"), [("keywords: 工会", "keywords"), ("主题词: 工会", "主题词")])
def test_abolished_elements(line, name):
    assert one_more(line) == ("GW110", f"“{name}”已取消：2012年起公文不标主题词", "删去这一项")


def test_a_key_of_the_other_language_is_told_its_name():
    assert one_more("附注: 甲") == ("GW106", "一份稿件的键名用一种语言：“附注”", "改为“note”")
    assert one_more("signature: 无") == ("GW106", "一份稿件用一种语言：“signature”的值“无”", "改为“none”")
    assert one_more("imprint: {印发日期: 2025-01-20}")[2] == "改为“issued_on”"
    assert one_more("issued: {title: 甲, body: [{article: 乙, 项: [丙]}]}")[2] == "改为“items”"
    assert one_more("issued: {title: 甲, body: [{clause: 乙, items: [{item: 丙, 目: [丁]}]}]}")[2] == "改为“subitems”"


def test_a_missing_key_is_told_with_its_owner():
    assert said(DRAFT.replace("title: 关于某事的通知\n", "")) == [
        ("GW102", "稿件缺少“title”", "加上一行 title: …"),
    ]
    assert one_more("attachments: [{title: 甲}]") == ("GW102", "“attachments”缺少“body”", "加上一行 body: …")
    assert one_more("issued: {body: [甲]}") == ("GW102", "“issued”缺少“title”", "加上一行 title: …")


@pytest.mark.parametrize(
    ("kind", "hint"),
    [("通告知", "是不是“通知”？可用的文种：决议、"), ("zzz", "可用的文种：决议、")],
)
def test_an_unknown_kind(kind, hint):
    ((code, message, told),) = said(DRAFT.replace("通知", kind, 1))
    assert (code, message) == ("GW108", f"没有“{kind}”这一文种")
    assert told.startswith(hint)


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [
        ("copy_number: {甲: 乙}", "GW104", "“copy_number”应当是一段文字"),
        ("copy_number: 第1号", "GW105", "份号“第1号”的写法不对"),
        ("date: [2025]", "GW104", "“date”应当是一段文字"),
        ("date: 20250120", "GW107", "日期“20250120”的写法不对"),
        ("date: 2025-02-30", "GW107", "没有“2025-02-30”这一天"),
        ("number: [某工文, 6]", "GW104", "“number”应当是一行文字"),
        ("secrecy: 内部", "GW105", "“secrecy”的写法不对：“内部”"),
        ("secrecy: {level: [机密]}", "GW104", "“level”应当是一段文字"),
        ("urgency: [特急]", "GW104", "“urgency”应当是一段文字"),
        ("urgency: 急", "GW105", "“urgency”不能是“急”"),
        ("signers: 甲", "GW104", "“signers”应当是列表"),
        ("signers: [[甲]]", "GW104", "“signers”应当是一段文字"),
        ("imprint: 甲", "GW104", "“imprint”应当是下一层的键和值"),
        ("imprint: {}", "GW103", "“imprint”没有内容"),
        ("note:", "GW103", "“note”没有内容"),
        ("note: ''", "GW103", "“note”没有内容"),
        ("number: {code: 某, year: '25', serial: 1}", "GW105", "“year”不能是“25”"),
        ("addressees: {甲: 乙}", "GW104", "“addressees”应当是机关名单"),
        ('mark: "甲\\n乙"', "GW105", "“mark”不能分行"),
    ],
)
def test_wrong_values(line, code, message):
    assert one_more(line)[:2] == (code, message)


@pytest.mark.parametrize(
    ("issuer", "code", "message", "marked"),
    [
        ("[甲, 乙, 甲]", "GW105", "“issuer”里的“甲”重复", (16, 17)),
        ("[甲, ' 甲']", "GW105", "“issuer”里的“甲”重复", (13, 17)),
        (f"[{', '.join('甲乙丙丁戊己庚辛壬癸子')}]", "GW105", "“issuer”最多写10个机关，现有11个", (9, 42)),
        ("[]", "GW103", "“issuer”没有内容", (9, 11)),
        ("''", "GW103", "“issuer”没有内容", (9, 11)),
        ("[甲, '']", "GW103", "“issuer”没有内容", (13, 15)),
        ("[甲, ~]", "GW103", "“issuer”没有内容", (13, 14)),
        ("{名称: 甲}", "GW104", "“issuer”应当是机关名单", (9, 16)),
        ("[甲, [乙]]", "GW104", "“issuer”应当是一段文字", (13, 16)),
        ('[甲, "乙\\n丙"]', "GW105", "“issuer”不能分行", (13, 19)),
    ],
)
def test_wrong_issuers(issuer, code, message, marked):
    (found,) = parsed(DRAFT.replace("某某市总工会", issuer)).diagnostics
    assert (found.check.code, found.message) == (code, message)
    assert (found.span.start.line, found.span.start.column, found.span.end.column) == (2, *marked)
    assert found.hint


def test_two_blank_issuers_are_blanks_not_repetitions():
    found = said(DRAFT.replace("某某市总工会", "['', '', 甲]"))
    assert [code for code, *_ in found] == ["GW103"] * 2


def test_choices_are_told_in_chinese():
    assert one_more("urgency: 急")[2] == "可用的值：特急、加急"


def test_a_blank_is_told_once():
    assert [code for code, *_ in said(DRAFT.replace("关于某事的通知", "") + "imprint:\nsigners: [甲, ]\n")] == [
        "GW103"
    ] * 2
    assert [code for code, *_ in said(DRAFT.replace("正文。", "{heading: , body: [~]}"))] == ["GW103"] * 2


def test_the_fourth_level_of_headings_is_the_last():
    deep = "甲"
    for level in range(4, 0, -1):
        deep = f"{{heading: 第{level}层, body: [{deep}]}}"
    assert said(DRAFT.replace("正文。", deep)) == []
    deeper = f"{{heading: 第零层, body: [{deep}]}}"
    (found,) = said(DRAFT.replace("正文。", deeper))
    assert found == ("GW109", "第5层标题：公文的层次标题最多四层", "合并层次，或改写为自然段")
    (found,) = said(DRAFT + f"attachments: [{{title: 甲, body: [{deeper}]}}]\n")
    assert found[0] == "GW109"


def test_every_message_is_chinese_and_has_no_full_stop():
    text = (
        "kind: 甲\nissuer: []\ntitle: {a: b}\nbody: [[x], {text: y}]\ncopy_number: x\nsecrecy: x\nurgency: x\nnumber: [x]\n"
        "signers: x\naddressees: {a: b}\nattachments: x\nsignature: 无\ndate: x\nnote: ''\nimprint: {}\nkeywords: x\nqqq: x\n"
    )
    found = said(text)
    assert len(found) == 18
    for _, message, hint in found:
        assert re.search("[\u4e00-\u9fff]", message)
        assert not message.endswith(("。", "."))
        assert hint
        assert set(re.findall(r"[a-z_]{2,}", message + hint)) <= {
            *Document.model_fields,
            "heading",
            "none",
            "qqq",
            "keywords",
        }


# --- pydantic --------------------------------------------------------------------------------------------------------


class Strange(BaseModel):
    part: int = Field(alias="部分")


def test_an_error_that_no_model_raises_today_is_still_a_finding():
    value, findings = validate(Strange, {"part": "x"}, "en")
    assert value is None
    assert [(one.check, one.message, one.path) for one in findings] == [
        (parser.WRONG_VALUE, "“part”不合规定（int_parsing）", ("part",))
    ]


def test_every_error_that_the_models_name_has_words():
    from gongwen import document

    sources = [path.read_text("utf-8") for path in Path(document.__file__).parent.glob("*.py")]
    named = set(re.findall(r"PydanticCustomError\(\s*\"(\w+)\"", "".join(sources)))
    assert len(named) > 8
    assert named <= set(parser._EXPLAIN)
    assert isinstance(PydanticCustomError("blank", "blank"), ValueError)


def test_the_checks_of_the_parser_are_errors():
    checks = [value for value in vars(parser).values() if isinstance(value, Check)]
    assert {check.code[:3] for check in checks} == {"GW1"}
    assert all(check.severity == "error" for check in checks)

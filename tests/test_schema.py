"""The JSON Schemas that editors complete and check by.

Editors read a draft as YAML 1.2 (the core schema of the YAML language server): 2025-01-20 is a string there, 000018 the number 18.
``load`` reads a draft that way, so that no legal draft is marked wrong in an editor.
"""

import json
import re

import pytest
import yaml
from jsonschema import Draft202012Validator

from gongwen import resources
from gongwen.document import Document
from gongwen.kinds import kinds
from gongwen.parser import parse
from gongwen.scaffold import new_draft
from gongwen.schema import FILES, schema, schema_text
from gongwen.source import Source

LANGUAGES = ("en", "zh")


class Core(yaml.SafeLoader):
    """YAML 1.2's core schema."""


Core.yaml_implicit_resolvers = {}
for tag, form, first in (
    ("null", "~|null|Null|NULL|", "~nN\0"),
    ("bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    Core.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}",
        re.compile(f"^(?:{form})$"),
        list(first.replace("\0", "")) + ([""] if "\0" in first else []),
    )
Core.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node)))


def load(text):
    return yaml.load(text, Core)  # noqa: S506 - a safe loader


def errors(text, language="en"):
    return [error.json_path for error in Draft202012Validator(schema(language)).iter_errors(load(text))]


def test_drafts_are_read_as_an_editor_reads_them():
    assert load("[000018, 2025-01-20, 1.5, no, true, ~, 12:30, 0x1]") == [
        18,
        "2025-01-20",
        1.5,
        "no",
        True,
        None,
        "12:30",
        "0x1",
    ]
    assert load("a:") == {"a": None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_are_fresh(language):
    assert (resources.schemas() / FILES[language]).read_text("utf-8") == schema_text(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_schemas_are_valid_and_self_contained(language):
    written = json.loads(schema_text(language))
    assert written == schema(language)
    Draft202012Validator.check_schema(written)
    references = set(re.findall(r'"\$ref": "([^"]+)"', schema_text(language)))
    assert references == {f"#/$defs/{name}" for name in written["$defs"]}


def objects(language):
    return schema(language)["$defs"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_property_is_described_in_chinese(language):
    found = {name: one["properties"] for name, one in objects(language).items()}
    assert len(found) == 21
    for properties in found.values():
        assert properties
        assert all(re.search("[\u4e00-\u9fff]", one["description"]) for one in properties.values())
    assert all(re.search("[\u4e00-\u9fff]", one["description"]) for one in objects(language).values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keys_are_of_one_language(language):
    for one in objects(language).values():
        assert one["additionalProperties"] is False
        assert all(name.isascii() == (language == "en") for name in [*one["properties"], *one.get("required", [])])


def test_both_schemas_have_the_same_keys():
    english, chinese = (objects(language) for language in LANGUAGES)
    assert list(chinese["Document"]["properties"]) == [field.alias for field in Document.model_fields.values()]
    assert {name: len(one["properties"]) for name, one in english.items()} == {
        name: len(one["properties"]) for name, one in chinese.items()
    }


def test_no_null_is_offered_and_no_default_written():
    text = schema_text("en") + schema_text("zh")
    assert '"null"' not in text
    assert '"default"' not in text


def test_the_kinds_are_offered_with_their_use():
    offered = {
        one["const"]: one["description"] for one in schema("en")["$defs"]["Document"]["properties"]["kind"]["oneOf"]
    }
    assert offered == {kind.name: kind.use for kind in kinds().values()} | {
        kind.also: kind.use for kind in kinds().values() if kind.also is not None
    }


@pytest.mark.parametrize(
    ("language", "words"), [("en", ["general", "letter", "order", "minutes"]), ("zh", ["文件", "信函", "命令", "纪要"])]
)
def test_the_formats_are_offered_in_the_language_of_the_draft(language, words):
    name = "format" if language == "en" else "格式"
    offered = schema(language)["$defs"]["Document"]["properties"][name]["oneOf"]
    assert [one["const"] for one in offered] == words
    draft = new_draft(kinds()["通知"], language)
    for word in ("general", "letter", "文件", "信函", "bulletin"):
        assert (errors(f"{draft}{name}: {word}\n", language) == []) == (word in words)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", kinds())
def test_new_drafts_are_right(kind, language):
    assert errors(new_draft(kinds()[kind], language), language) == []


def test_the_notices_are_right(notices):
    languages = set()
    for path in notices:
        text = path.read_text("utf-8")
        language = parse(Source.parse(text)).language
        assert errors(text, language) == []
        assert text.startswith(f"# yaml-language-server: $schema=../schemas/{FILES[language]}\n")
        languages.add(language)
    assert languages == {"en", "zh"}


DRAFT = "kind: 通知\nissuer: 某某市总工会\ntitle: 关于某事的通知\nbody: [正文。]\n"


@pytest.mark.parametrize(
    "line",
    [
        "",
        "copy_number: 000018",
        "copy_number: '000018'",
        "copy_number: 待定",
        "secrecy: 机密★1年",
        "secrecy: {level: 机密, period: 长期}",
        "urgency: 加急",
        "number: 某工文〔2025〕6号",
        "number: 待定",
        "number: {code: 某工文, year: 2025, serial: 6}",
        "number: {code: 某工文, year: '2025', serial: 待定}",
        "format: letter",
        "format: general",
        "mark: preprinted",
        "mark: lead",
        "signature: none",
        "signers: [王小明, 李大明]",
        "addressees: [各县总工会, [各产业工会, 市属工会]]",
        "addressees: 各县总工会",
        "date: 2025-01-20",
        "date: 2025-1-2",
        "date: 2025年1月20日",
        "date: 待定",
        "note: 此件公开发布",
        "present: [王小明, 李华]",
        "absent: 王小明（出差）",
        "observers: {市财政局: 张三, 市司法局: [李四, 王五]}",
        "attachments: [{title: 名单, body: [一, {heading: 二, text: 三}]}]",
        "attachments: [{title: 名单, subtitle: 2026年3月, body: [一], bound: false}, {file: _a.yaml, bound: true}]",
        "attachments: [{title: 办法, body: [{chapter: 一, body: [{section: 二, body: [{article: 三}]}]}]}]",
        "issued: {title: 办法, body: [{article: 一, items: [二, {item: 三, subitems: [四]}]}]}",
        "issued: {title: 办法, body: [{article: 一, body: [二, {clause: 三, items: [四]}]}]}",
        "issued: {file: _a.yaml}",
        "subtitle: 2026年3月1日通过",
        "imprint: {copies_to: [甲, [乙, 丙]], issuing_office: 丁, issued_on: 2025-01-20}",
    ],
)
def test_what_the_parser_takes_the_schema_takes(line):
    assert parse(Source.parse(DRAFT + line)).document is not None
    assert errors(DRAFT + line) == []


TEN = "甲, 乙, 丙, 丁, 戊, 己, 庚, 辛, 壬, 癸"


@pytest.mark.parametrize(
    ("issuer", "place"),
    [
        ("甲", None),
        ("[甲]", None),
        ("[甲, 乙]", None),
        (f"[{TEN}]", None),
        (f"[{TEN}, 子]", "$.issuer"),
        ("[]", "$.issuer"),
        ("[甲, 甲]", "$.issuer"),
        ("[甲, '']", "$.issuer"),
        ("[甲, [乙]]", "$.issuer"),
        ("{甲: 乙}", "$.issuer"),
        ("''", "$.issuer"),
    ],
)
def test_issuers_are_one_text_or_a_list(issuer, place):
    english = DRAFT.replace("某某市总工会", issuer)
    chinese = f"文种: 通知\n发文机关: {issuer}\n标题: 关于某事的通知\n正文: [正文。]\n"
    for text, language in ((english, "en"), (chinese, "zh")):
        assert (parse(Source.parse(text)).document is None) == (place is not None)
        found = errors(text, language)
        assert found == ([] if place is None else [place if language == "en" else "$['发文机关']"])


@pytest.mark.parametrize(
    ("language", "key", "words"), [("en", "mark", ["preprinted", "lead"]), ("zh", "发文机关标志", ["预印", "主办"])]
)
def test_the_words_of_the_mark_are_offered_in_the_language_of_the_draft(language, key, words):
    *offered, text = schema(language)["$defs"]["Document"]["properties"][key]["anyOf"]
    assert [one["const"] for one in offered] == words
    assert all(one["description"] for one in offered)
    assert text == {"type": "string", "minLength": 1}


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("colour: red", "$"),
        ("format: 信函", "$.format"),
        ("format: bulletin", "$.format"),
        ("format: [letter]", "$.format"),
        ("文种: 通知", "$"),
        ("copy_number: 1234567", "$.copy_number"),
        ("copy_number: 第1号", "$.copy_number"),
        ("copy_number: -1", "$.copy_number"),
        ("secrecy: 内部", "$.secrecy"),
        ("secrecy: {level: 内部}", "$.secrecy"),
        ("urgency: 急", "$.urgency"),
        ("number: {code: 某工文, year: 25, serial: 6}", "$.number"),
        ("number: {code: 某工文, year: 2025, serial: 0}", "$.number"),
        ("number: {code: 某工文}", "$.number"),
        ("number: [6]", "$.number"),
        ("number: ''", "$.number"),
        ("signers: 王小明", "$.signers"),
        ("signers: []", "$.signers"),
        ("addressees: []", "$.addressees"),
        ("addressees: [[]]", "$.addressees"),
        ("addressees: {甲: 乙}", "$.addressees"),
        ("date: 2025.1.20", "$.date"),
        ("date: 20250120", "$.date"),
        ("note:", "$.note"),
        ("present: []", "$.present"),
        ("present: [[王小明]]", "$.present"),
        ("absent: ''", "$.absent"),
        ("observers: {}", "$.observers"),
        ("observers: {'': 张三}", "$.observers"),
        ("observers: {市财政局: []}", "$.observers"),
        ("observers: {市财政局: {姓名: 张三}}", "$.observers"),
        ("mark: ''", "$.mark"),
        ("signature:", "$.signature"),
        ("attachments: 名单", "$.attachments"),
        ("attachments: [{title: 名单, body: []}]", "$.attachments[0].body"),
        ("attachments: [{title: 名单}]", "$.attachments[0]"),
        ("attachments: [{title: 名单, body: [一], file: _a.yaml}]", "$.attachments[0]"),
        ("attachments: [{file: _a.yaml, subtitle: 一}]", "$.attachments[0]"),
        ("attachments: [{file: _a.yaml, bound: 否}]", "$.attachments[0].bound"),
        ("issued: {}", "$.issued"),
        ("issued: {file: _a.yaml, bound: false}", "$.issued"),
        ("issued: {title: 办法, body: [{chapter: 一}]}", "$.issued.body[0]"),
        ("issued: {title: 办法, body: [{article: 一, items: [{item: 二}]}]}", "$.issued.body[0]"),
        ("imprint: {}", "$.imprint"),
        ("imprint: 甲", "$.imprint"),
    ],
)
def test_what_the_parser_refuses_the_schema_refuses(line, place):
    assert parse(Source.parse(DRAFT + line)).document is None
    assert errors(DRAFT + line) == [place]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("通知\nissuer", "函告\nissuer", "$.kind"),
        ("title: 关于某事的通知\n", "", "$"),
        ("[正文。]", "正文。", "$.body"),
        ("[正文。]", "[[正文。]]", "$.body[0]"),
        ("[正文。]", "[{text: 正文。}]", "$.body[0]"),
        ("[正文。]", "['']", "$.body[0]"),
    ],
)
def test_wrong_drafts_are_refused(old, new, place):
    assert old in DRAFT
    text = DRAFT.replace(old, new)
    assert parse(Source.parse(text)).document is None
    assert errors(text) == [place]


# --- Bulletins and speeches: their kind chooses their schema ----------------------------------------------------------

BULLETIN = "kind: 简报\nmark: 工作简报\nitems: [{title: 标题, body: [正文。]}]\n"
SPEECH = "kind: 讲话稿\ntitle: 在会上的讲话\nbody: [正文。]\n"


@pytest.mark.parametrize(
    ("draft", "line"),
    [
        (BULLETIN, ""),
        (BULLETIN, "issue: 12\nrunning: '356'\nis_special: true"),
        (BULLETIN, "issue: 待定\ndate: 待定"),
        (BULLETIN, "copy_number: 000018\nsecrecy: 秘密★1年"),
        (BULLETIN, "contents: false\neditor_note: 按语。\nnotice: 内部资料"),
        (BULLETIN, "distribution: {report_to: 甲, send_to: [乙, [丙, 丁]], copies: 120}"),
        (SPEECH, ""),
        (
            SPEECH,
            "subtitle: 在会上的讲话\nplace: 云州会堂\nspeaker: 李华\ndate: 2026年7月1日\ndate_first: true\nsalutation: 同志们",
        ),
        (SPEECH.replace("讲话稿", "讲话"), "date_first: false"),
    ],
)
def test_what_the_parser_takes_of_other_classes_the_schema_takes(draft, line):
    assert parse(Source.parse(draft + line)).document is not None
    assert errors(draft + line) == []


@pytest.mark.parametrize(
    ("draft", "line", "place"),
    [
        (BULLETIN, "addressees: 甲", "$"),
        (BULLETIN, "issue: 0", "$.issue"),
        (BULLETIN, "issue: 第1期", "$.issue"),
        (BULLETIN, "contents: both", "$.contents"),
        (BULLETIN, "contents: 是", "$.contents"),
        (BULLETIN, "distribution: {}", "$.distribution"),
        (BULLETIN, "distribution: {copies: 一百}", "$.distribution.copies"),
        (BULLETIN.replace("[正文。]", "[]"), "", "$['items'][0].body"),
        (BULLETIN.replace("[{title: 标题, body: [正文。]}]", "[]"), "", "$['items']"),
        (SPEECH, "number: 某工文〔2025〕6号", "$"),
        (SPEECH, "date_first: 1", "$.date_first"),
        (SPEECH.replace("title: 在会上的讲话\n", ""), "", "$"),
        (SPEECH.replace("[正文。]", "[]"), "", "$.body"),
        (DRAFT, "items: [{title: 标题, body: [正文。]}]", "$"),
    ],
)
def test_what_the_parser_refuses_of_other_classes_the_schema_refuses(draft, line, place):
    assert parse(Source.parse(draft + line)).document is None
    assert [path.replace("$.items", "$['items']") for path in errors(draft + line)] == [place]


def test_yes_and_no_are_offered_in_the_language_of_the_draft():
    for language, key, offered in (("en", "contents", {"type": "boolean"}), ("zh", "要目", {"enum": ["是", "否"]})):
        part = schema(language)["$defs"]["Bulletin"]["properties"][key]
        assert part == {"description": part["description"], **offered}

import re

import pytest
import yaml

from gongwen.document import PENDING, Document
from gongwen.kinds import kinds
from gongwen.scaffold import new_draft
from gongwen.schema import FILES
from gongwen.units import Unit

everything = pytest.mark.parametrize(
    ("kind", "language"), [(kind, language) for kind in kinds().values() for language in ("en", "zh")], ids=str
)


official = pytest.mark.parametrize(
    ("kind", "language"),
    [(kind, language) for kind in kinds().values() if kind.official for language in ("en", "zh")],
    ids=str,
)


@everything
def test_a_new_draft_has_no_error_and_only_wants_an_imprint(kind, language, draft, compiler):
    checked = compiler.check(draft(new_draft(kind, language)))
    assert checked.language == language
    assert checked.document.kind == kind.name
    assert not checked.has_errors
    wanted = {"imprint-missing"} if kind.official and kind.format != "letter" else set()
    found = {one.check.name for one in checked.diagnostics}
    unwritten = {"request-missing", "contact-missing", "reply-without-citation"}
    assert found - {"placeholder", "signature-alone", "missing-element"} - unwritten == wanted


@everything
def test_the_first_line_names_the_schema(kind, language):
    first, second, *_ = new_draft(kind, language).splitlines()
    assert first == f"# yaml-language-server: $schema=../schemas/{FILES[language]}"
    assert second.startswith(("kind: ", "文种: "))


def test_the_schema_may_lie_elsewhere():
    first = new_draft(kinds()["通知"], "zh", "../..").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../../draft.zh.schema.json"


@official
def test_nothing_official_is_filled_in(kind, language):
    data = yaml.safe_load(new_draft(kind, language))
    names = {str(field.alias): name for name, field in Document.model_fields.items()} if language == "zh" else None
    given = {names[key] if names else key: value for key, value in data.items()}
    assert given.pop("kind") == kind.name
    assert given.pop("issuer") == "某某机关"
    assert given.pop("title", None) == (None if kind.name in ("命令", "纪要") else f"某某机关关于某某事项的{kind.name}")
    assert given.pop("body") == ["在这里写正文。"]
    assert given.pop("addressees", ["某某单位"]) == ["某某单位"]
    assert set(given) <= {"number", "signers", "date"}
    assert all(value in (PENDING, [PENDING]) for value in given.values())


def test_the_unit_gives_its_name_and_its_code():
    unit = Unit.model_construct(name="云州市总工会", code="云工发")
    data = yaml.safe_load(new_draft(kinds()["通知"], unit=unit))
    assert (data["issuer"], data["number"]) == ("云州市总工会", "云工发〔待定〕待定号")
    assert data["title"] == "云州市总工会关于某某事项的通知"
    data = yaml.safe_load(new_draft(kinds()["通知"], "zh", unit=Unit.model_construct(name="云州市总工会", code=None)))
    assert (data["发文机关"], data["发文字号"]) == ("云州市总工会", "待定")
    assert yaml.safe_load(new_draft(kinds()["命令"], unit=unit))["number"] == "待定"


def test_the_kind_keeps_the_name_that_was_asked_for():
    assert yaml.safe_load(new_draft(kinds()["命令"], name="令"))["kind"] == "令"


@official
def test_what_the_kind_requires_is_there_and_no_default(kind, language):
    text = new_draft(kind, language)
    keys = re.findall(r"^(\S+):", text, re.MULTILINE)
    wanted = {"kind", "issuer", "title", "body", *kind.requires} - (
        {"title"} if kind.name in ("命令", "纪要") else set()
    )
    assert {
        key if language == "en" else next(n for n, f in Document.model_fields.items() if f.alias == key) for key in keys
    } == wanted
    assert len(keys) == len(wanted)


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (
            "简报",
            {
                "文种": "简报",
                "名称": "某某简报",
                "期号": PENDING,
                "编印单位": PENDING,
                "日期": PENDING,
                "篇目": [{"标题": "某某事项", "正文": ["在这里写正文。"]}],
            },
        ),
        (
            "讲话稿",
            {
                "文种": "讲话稿",
                "标题": "在某某会议上的讲话",
                "讲话人": PENDING,
                "日期": PENDING,
                "称呼": "同志们",
                "正文": ["在这里写正文。"],
            },
        ),
    ],
)
def test_a_new_bulletin_and_a_new_speech(kind, given):
    assert yaml.safe_load(new_draft(kinds()[kind], "zh")) == given
    assert len(yaml.safe_load(new_draft(kinds()[kind], "en"))) == len(given)

"""The limits of the rules: what just strikes and what just does not. One draft for each check stands in tests/drafts."""

import importlib
import inspect
import io
import pkgutil

import pytest
from PIL import Image, ImageDraw

from gongwen import rules
from gongwen.diagnostics import Check, Severity
from gongwen.document import Document
from gongwen.fonts import ROLES, FontBook
from gongwen.layout import lay_out
from gongwen.pictures import Picture
from gongwen.rules import registry, texts
from gongwen.rules.elements import body, header, imprint, seals, signature
from gongwen.rules.kinds import kind, letter
from gongwen.rules.language import characters
from gongwen.rules.layout import pages

SUBJECTS = [value for name, value in vars(registry).items() if name.endswith("_RULES")]
MODULES = [importlib.import_module(one.name) for one in pkgutil.walk_packages(rules.__path__, f"{rules.__name__}.")]
assert MODULES

BASE = {"kind": "通知", "issuer": "某某市总工会", "title": "关于某事的通知", "body": ["正文。"]}


@pytest.fixture(scope="module")
def book():
    return FontBook()


def document(**extra):
    data = {key: value for key, value in {**BASE, **extra}.items() if value is not None}
    return Document.model_validate(data, context={"language": "en"}, by_name=True, by_alias=False)


def struck(rule, *more, **extra):
    return [(one.check.name, one.path) for one in rule(document(**extra), *more)]


def test_every_rule_is_called():
    written = {
        function
        for module in MODULES
        for name, function in inspect.getmembers(module, inspect.isgeneratorfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }
    registered = [rule for subject in SUBJECTS for rule in subject]
    called = {rule.function for rule in registered}
    assert len(called) == len(registered)
    assert written - {texts.texts_of} == called


def test_an_error_rests_on_a_standard_or_a_regulation():
    checks = [one for module in MODULES for one in vars(module).values() if isinstance(one, Check)]
    of_drafts = [check for check in checks if not check.code.startswith("GW5")]
    assert len(of_drafts) > 10
    for check in of_drafts:
        assert check.severity is not Severity.ERROR or check.authority.clause.startswith(
            ("GB/T", "条例", "行政法规制定程序条例")
        )


# --- head ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "number",
    [
        "某工文〔2025〕6号",
        "GF〔1999〕1234号",
        "某工文〔2025〕待定号",
        "待定",
        {"code": "某", "year": "2025", "serial": "6"},
    ],
)
def test_right_numbers(number):
    assert struck(header.number_form, number=number) == []


@pytest.mark.parametrize(
    ("number", "marked", "cure"),
    [
        ("某工文[2025]6号", "[2025]", "改为“〔2025〕”"),
        ("某工文（25）6号", "（25）", "改为“〔25〕”"),
        ("某工文【2025】第06号", "【2025】", "改为“〔2025〕”"),
        ("某工文〔2025〕第6号", "第", "删去“第”"),
        ("某工文〔2025〕0006号", "000", "删去前面的零"),
        ("某工文 〔2025〕6号", " ", "删去空格"),
        ("某工文〔2025〕6", "6", "在末尾加“号”"),
    ],
)
def test_wrong_numbers(number, marked, cure):
    (found,) = header.number_form(document(number=number))
    assert number[found.offset : found.offset + found.length] == marked
    assert found.hint == cure


@pytest.mark.parametrize("number", ["某工文〔1825〕6号", "〔2025〕6号", "某工文2025年6号", "某工文〔2025〕0号"])
def test_numbers_of_another_form(number):
    (found,) = header.number_form(document(number=number))
    assert found.offset is None
    assert f"“{number}”的写法不对" in found.message


def test_the_year_of_the_number():
    assert struck(header.number_year, number="某工文〔2025〕6号", date="2025-01-01") == []
    assert struck(header.number_year, number="某工文〔2024〕6号", date="待定") == []
    assert struck(header.number_year, number="某工文[2024]6号", date="2025-01-01") == []
    assert struck(header.number_year, date="2025-01-01") == []
    wrong = {"code": "某工文", "year": "2024", "serial": "6"}
    assert struck(header.number_year, number=wrong, date="2025-01-01") == [("number-year", ("number",))]


def test_secrecy():
    always = ("classified-content", ("secrecy",))
    assert struck(header.secrecy) == []
    assert struck(header.secrecy, secrecy="机密★1年", copy_number="1") == [always]
    assert struck(header.secrecy, secrecy="机密", copy_number="1") == [("secrecy-period-missing", ("secrecy",)), always]
    assert struck(header.secrecy, secrecy="机密★1年") == [("copy-number-missing", ("secrecy",)), always]


@pytest.mark.parametrize(
    ("kind", "asked"), [("请示", True), ("报告", True), ("议案", False), ("通知", False), ("函", False)]
)
def test_signers(kind, asked):
    assert bool(struck(header.signers, kind=kind)) == asked
    assert struck(header.signers, kind=kind, signers=["待定"]) == []


# --- body ------------------------------------------------------------------------------------------------------------


def test_required_elements_are_those_of_the_kind():
    def missing(**extra):
        return [one.message for one in body.required_elements(document(**extra))]

    assert missing() == ["“通知”没有发文字号", "“通知”没有主送机关", "“通知”没有成文日期", "没有发文机关署名"]
    assert missing(kind="公告") == ["“公告”没有成文日期", "没有发文机关署名"]
    assert missing(kind="公告", date="2025-01-01") == []
    assert missing(kind="公告", date="待定", signature="none") == []
    assert missing(kind="公告", signature="某某市总工会") == ["“公告”没有成文日期"]
    assert missing(kind="纪要", signature="none") == []


@pytest.mark.parametrize(
    ("block", "strikes"),
    [
        ({"heading": "一"}, False),
        ({"heading": "一。"}, True),
        ({"heading": "一？"}, False),
        ({"heading": "一。", "text": "二。"}, False),
        ({"heading": "一？", "text": "二。"}, False),
        ({"heading": "一", "text": "二。"}, True),
        ({"heading": "一；", "text": "二。"}, True),
    ],
)
def test_how_headings_end(block, strikes):
    nested = {"heading": "零", "body": ["甲。", block]}
    assert struck(body.heading_ends, body=[block]) == [("heading-end", ("body", 0, "heading"))] * strikes
    assert struck(body.heading_ends, body=[nested]) == [("heading-end", ("body", 0, "body", 1, "heading"))] * strikes
    attached = struck(body.heading_ends, attachments=[{"title": "名单", "body": [block]}])
    assert attached == [("heading-end", ("attachments", 0, "body", 0, "heading"))] * strikes


@pytest.mark.parametrize(
    ("extra", "path", "marked"),
    [
        ({"addressees": "各县："}, ("addressees", 0), "："),
        ({"addressees": ["各县", "各区，"]}, ("addressees", 1), "，"),
        ({"addressees": [["各县", "各区。"]]}, ("addressees", 0, 1), "。"),
        ({"imprint": {"copies_to": "市委办公室。"}}, ("imprint", "copies_to", 0), "。"),
        ({"note": "（此件公开发布）"}, ("note",), "（此件公开发布）"),
        ({"body": [{"heading": "一、提高认识"}]}, ("body", 0, "heading"), "一、"),
        ({"body": ["甲", {"heading": "乙", "body": [{"heading": "（十二）丙"}]}]}, ("body", 1, "body", 0, "heading"), "（十二）"),
        ({"body": [{"heading": "1.提高认识"}]}, ("body", 0, "heading"), "1."),
        ({"body": [{"heading": "1、提高认识"}]}, ("body", 0, "heading"), "1、"),
        ({"body": [{"heading": "（1）提高认识"}]}, ("body", 0, "heading"), "（1）"),
        ({"body": [{"heading": "一.提高认识"}]}, ("body", 0, "heading"), "一."),
        ({"body": [{"heading": "（一）、提高认识"}]}, ("body", 0, "heading"), "（一）、"),
        ({"attachments": [{"title": "附件1：名单", "body": ["甲"]}]}, ("attachments", 0, "title"), "附件1："),
        ({"attachments": [{"title": "2. 名单", "body": ["甲"]}]}, ("attachments", 0, "title"), "2. "),
        ({"attachments": [{"title": "名单", "body": [{"heading": "一、甲"}]}]}, ("attachments", 0, "body", 0, "heading"), "一、"),
    ],
)  # fmt: skip
def test_what_is_made_is_not_typed_as_well(extra, path, marked):
    (found,) = [*body.made_twice(document(**extra)), *body.marks_made_twice(document(**extra))]
    assert found.path == path
    value = extra
    for step in path:
        value = [value] if step == 0 and isinstance(value, str) else value
        value = value[step]
    assert value[found.offset : found.offset + found.length] == marked


@pytest.mark.parametrize(
    "extra",
    [
        {"addressees": ["各县", "各区（市）"]},
        {"note": "（此件）公开发布"},
        {
            "body": [
                {"heading": "3.5亿元资金的使用"},
                {"heading": "一是提高认识"},
                {"heading": "（试行）办法"},
                "一、甲",
            ]
        },
        {"attachments": [{"title": "2025年名单", "body": ["一、甲"]}, {"title": "1.5万人名单", "body": ["甲"]}]},
        {"imprint": {"copies_to": "市委办公室"}},
    ],
)
def test_what_only_looks_like_it_is_left(extra):
    assert struck(body.made_twice, **extra) == []


def test_placeholders():
    assert struck(body.placeholders, date="待定", body=["待定"]) == [
        ("placeholder", ("body", 0)),
        ("placeholder", ("date",)),
    ]


# --- imprint ---------------------------------------------------------------------------------------------------------


def test_the_imprint():
    assert struck(imprint.missing_imprint) == [("imprint-missing", ("kind",))]
    assert struck(imprint.missing_imprint, imprint={"issued_on": "待定"}) == []


@pytest.mark.parametrize(("printed", "strikes"), [("2025-01-19", 1), ("2025-01-20", 0), ("2025-01-21", 0), ("待定", 0)])
def test_a_document_is_not_printed_before_its_date(printed, strikes):
    found = struck(imprint.printing_date, date="2025-01-20", imprint={"issued_on": printed})
    assert found == [("printed-before-dated", ("imprint", "issued_on"))] * strikes
    assert struck(imprint.printing_date, date="待定", imprint={"issued_on": printed}) == []


def test_a_letter_needs_no_imprint():
    assert struck(imprint.missing_imprint, kind="函") == []
    assert struck(imprint.missing_imprint, format="letter") == []
    assert struck(imprint.missing_imprint, kind="函", format="general") == [("imprint-missing", ("kind",))]


# --- letter ----------------------------------------------------------------------------------------------------------

LETTER = {"kind": "函"}
NO_PLACE = {
    ("signers",): {"signers": ["待定"]},
    ("imprint", "issuing_office"): {"imprint": {"issuing_office": "办公室"}},
    ("imprint", "issued_on"): {"imprint": {"issued_on": "待定", "copies_to": "市体育局"}},
}


@pytest.mark.parametrize("path", NO_PLACE, ids=lambda path: path[-1])
def test_what_a_letter_has_no_place_for(path):
    assert struck(letter.not_in_letter, **LETTER, **NO_PLACE[path]) == [("not-in-letter", path)]
    assert struck(letter.not_in_letter, format="letter", **NO_PLACE[path]) == [("not-in-letter", path)]
    assert struck(letter.not_in_letter, **NO_PLACE[path]) == []
    assert struck(letter.not_in_letter, **LETTER, format="general", **NO_PLACE[path]) == []


def test_what_a_letter_has_a_place_for(book):
    """Whatever else a draft says stands on its pages."""
    full = document(
        kind="函",
        number="某工函〔2025〕6号",
        copy_number="000018",
        secrecy="机密★1年",
        urgency="特急",
        addressees=["某某大学"],
        attachments=[{"title": "表一", "body": ["甲。"]}],
        date="2025-01-20",
        note="联系人：李华",
        imprint={"copies_to": ["市体育局"]},
    )
    assert list(letter.not_in_letter(full)) == []
    shown = "".join(box.text for page in lay_out(full, book).pages for box in page.texts)
    told = (
        "某某市总工会",
        "某工函〔2025〕6号",
        "000018",
        "机密★1年",
        "特\u3000急",
        "关于某事的通知",
        "某某大学：",
        "正文。",
    )
    assert [
        text
        for text in (*told, "表一", "甲。", "2025年1月20日", "（联系人：李华）", "抄送：市体育局。")
        if text not in shown
    ] == []


@pytest.mark.parametrize(
    ("name", "format_name", "code"),
    [
        *((name, "letter", "letter-kind") for name in ("请示", "报告", "议案", "命令", "纪要")),
        *((name, "letter", None) for name in ("批复", "通知", "意见", "函", "公告")),
        *((name, "general", None) for name in ("请示", "通知", "函", "纪要")),
        *((name, "order", "format-kind") for name in ("通知", "纪要", "决定")),
        *((name, "minutes", "format-kind") for name in ("通知", "命令")),
        ("命令", "general", "format-kind"),
        ("令", "order", None),
        ("纪要", "minutes", None),
        ("令", None, None),
        ("请示", None, None),
    ],
)
def test_a_kind_has_its_formats(name, format_name, code):
    assert struck(kind.kind_format, kind=name, format=format_name) == ([(code, ("format",))] if code else [])


ADDRESSED, SIGNED = {"addressees": "某某大学"}, {"signers": ["王小明"]}


@pytest.mark.parametrize(
    ("name", "more", "places"),
    [
        ("公告", ADDRESSED, ["addressees"]),
        ("决议", ADDRESSED | SIGNED, ["addressees"]),
        ("通告", ADDRESSED | SIGNED, ["addressees", "signers"]),
        ("通知", ADDRESSED, []),
        ("通知", SIGNED, ["signers"]),
        ("通知", SIGNED | {"format": "letter"}, []),
        ("公告", ADDRESSED | {"format": "letter"}, ["addressees"]),
        ("意见", ADDRESSED | SIGNED, []),
        ("纪要", ADDRESSED | {"format": "general"}, ["addressees"]),
        ("纪要", ADDRESSED | SIGNED, []),
        ("命令", ADDRESSED | SIGNED, []),
        ("请示", ADDRESSED | SIGNED, []),
    ],
)
def test_elements_that_a_kind_does_not_have(name, more, places):
    assert struck(kind.foreign_elements, kind=name, **more) == [("foreign-element", (place,)) for place in places]


@pytest.mark.parametrize(
    ("name", "title", "code", "quoted"),
    [
        ("通知", "关于开展活动的通知", None, ""),
        ("通知", "关于开展活动的紧急通知", None, ""),
        ("通知", "关于印发《管理办法（试行）》的通知", None, ""),
        ("意见", "关于加强工作的实施意见（试行）", None, ""),
        ("通知", "关于开展活动\n的通知", None, ""),
        ("函", "关于商请支持的复函", None, ""),
        ("决议", "第六次代表大会关于工作报告的决议", None, ""),
        ("报告", "政府工作报告", None, ""),
        ("令", None, None, ""),
        ("纪要", "第三次会议", None, ""),
        ("通知", "关于开展活动的方案", "title-ending", "方案"),
        ("请示", "关于解决经费的申请", "title-ending", "申请"),
        ("请示", "关于解决经费的报告", "title-ending", "报告"),
        ("通知", "关于开展活动", "title-ending", "动"),
        ("命令", "关于嘉奖", None, ""),
        ("报告", "关于解决经费的请示报告", "two-kinds", "请示报告"),
        ("请示", "关于解决经费的报告请示（代拟稿）", "two-kinds", "报告请示"),
        ("函", "关于开展活动的通知函", "two-kinds", "通知函"),
    ],
)
def test_a_title_ends_with_its_kind(name, title, code, quoted):
    found = list(kind.title_ending(document(kind=name, title=title)))
    assert [one.check.name for one in found] == ([code] if code else [])
    for one in found:
        assert one.path == ("title",)
        assert title[one.offset : one.offset + one.length] == quoted


def test_the_mark_of_a_letter():
    (found,) = letter.mark_with_wenjian(document(kind="函", mark="某某市总工会文件"))
    assert (found.path, found.offset, found.length) == (("mark",), 6, 2)
    for mark in ("某某市总工会", "preprinted", "文件管理局", "待定"):
        assert struck(letter.mark_with_wenjian, kind="函", mark=mark) == []
    assert struck(letter.mark_with_wenjian, kind="函") == []
    assert struck(letter.mark_with_wenjian, mark="某某市总工会文件") == []


JOINT = ["某某市总工会", "某某市妇联", "某某市工商联"]


@pytest.mark.parametrize(
    ("issuers", "signers", "strikes"),
    [
        (3, ["甲", "乙", "丙"], False),
        (3, ["甲", "乙"], True),
        (2, ["甲", "乙", "丙"], True),
        (2, ["甲"], True),
        (1, ["甲", "乙"], False),
        (3, None, False),
    ],
)
def test_the_heads_of_all_issuers_sign_for_a_joint_document(issuers, signers, strikes):
    extra = {"signers": signers} if signers else {}
    found = list(header.joint(document(kind="请示", issuer=JOINT[:issuers], **extra)))
    assert [(one.check.name, one.path) for one in found] == [("joint-signers", ("signers",))] * strikes
    if strikes:
        assert found[0].message == f"联合行文的{issuers}个机关应当会签，签发人有{len(signers)}位"


@pytest.mark.parametrize(
    ("issuer", "mark", "strikes"),
    [
        (JOINT, "lead", False),
        (JOINT[:1], "lead", True),
        ("某某市总工会", "lead", True),
        ("某某市总工会", "preprinted", False),
        (JOINT, "preprinted", False),
    ],
)
def test_the_lead_organ_is_chosen_among_several(issuer, mark, strikes):
    assert struck(header.joint, issuer=issuer, mark=mark) == [("lead-of-one", ("mark",))] * strikes


# --- characters ------------------------------------------------------------------------------------------------------

LOST = "\U0001f600"


@pytest.mark.parametrize(
    ("extra", "path", "offset"),
    [
        ({"title": f"关于{LOST}"}, ("title",), 2),
        ({"title": f"关于\n{LOST}"}, ("title",), 3),
        ({"issuer": f"{LOST}市总工会"}, ("issuer", 0), 0),
        ({"mark": f"某{LOST}文件"}, ("mark",), 1),
        ({"mark": f"某{LOST}", "format": "letter"}, ("mark",), 1),
        ({"issuer": f"某{LOST}", "format": "letter"}, ("issuer", 0), 1),
        ({"issuer": ["某市总工会", f"某{LOST}"]}, ("issuer", 1), 1),
        ({"issuer": ["某市总工会", f"某{LOST}"], "mark": "lead"}, ("issuer", 1), 1),
        ({"issuer": ["某市总工会", f"某{LOST}"], "mark": "某市"}, ("issuer", 1), 1),
        ({"issuer": ["某市总工会", f"某{LOST}"], "format": "letter"}, ("issuer", 1), 1),
        ({"number": f"某{LOST}〔2025〕6号"}, ("number",), 1),
        ({"signers": ["甲", f"乙{LOST}"]}, ("signers", 1), 1),
        ({"addressees": [["甲", f"乙{LOST}"]]}, ("addressees", 0, 1), 1),
        ({"addressees": ["甲", f"乙{LOST}"]}, ("addressees", 1), 1),
        ({"body": [{"heading": f"一{LOST}"}]}, ("body", 0, "heading"), 1),
        ({"body": [{"heading": "一", "text": LOST}]}, ("body", 0, "text"), 0),
        ({"body": [{"heading": "一", "body": [LOST]}]}, ("body", 0, "body", 0), 0),
        ({"attachments": [{"title": LOST, "body": ["甲"]}]}, ("attachments", 0, "title"), 0),
        ({"attachments": [{"title": "甲", "body": [LOST]}]}, ("attachments", 0, "body", 0), 0),
        ({"signature": LOST}, ("signature",), 0),
        ({"signature": {"organ": f"某{LOST}", "seal": "reserved"}}, ("signature", "organ"), 1),
        ({"signature": [{"title": LOST, "stamp": "reserved"}]}, ("signature", 0, "title"), 0),
        ({"issuer": f"某{LOST}", "mark": "某市文件", "signature": "sealed"}, ("issuer", 0), 1),
        ({"imprint": {"addressees": ["甲", LOST]}}, ("imprint", "addressees", 1), 0),
        ({"note": LOST}, ("note",), 0),
        ({"imprint": {"copies_to": [LOST]}}, ("imprint", "copies_to", 0), 0),
        ({"imprint": {"issuing_office": LOST}}, ("imprint", "issuing_office"), 0),
    ],
)
def test_a_lost_character_is_told_once_at_its_place(extra, path, offset, book):
    found = list(characters.missing_characters(document(date="2025-01-20", **extra), book))
    assert [(one.path, one.offset) for one in found] == [(path, offset)]
    assert "U+1F600" in found[0].message


def test_no_character_of_a_mark_that_is_not_drawn_is_lost(book):
    for issuer in (f"{LOST}市", ["某市", f"{LOST}市"]):
        assert list(characters.missing_characters(document(issuer=issuer, mark="preprinted"), book)) == []
    assert list(characters.missing_characters(document(issuer=["某市", f"{LOST}市"], mark="lead"), book)) == []


def test_a_character_that_second_issuers_lack_is_told_at_its_place_in_the_draft(draft, compiler):
    path = draft(
        f"kind: 公告\nissuer:\n  - 某某市总工会\n  - 某{LOST}市妇联\ntitle: 关于某事的公告\nbody: [正文。]\ndate: 2025-01-20\n"
    )
    (found,) = (one for one in compiler.check(path).diagnostics if LOST in one.message or "U+1F600" in one.message)
    assert (found.span.start.line, found.span.start.column) == (4, 6)


def test_every_text_of_a_document_is_looked_at():
    def tell(name):
        return f"〈{name}〉"

    full = document(
        number=tell("number"),
        signers=[tell("signer")],
        title=tell("title"),
        issuer=tell("issuer"),
        addressees=[tell("addressee")],
        body=[tell("paragraph"), {"heading": tell("heading"), "text": tell("text"), "body": [tell("below")]}],
        attachments=[
            {
                "title": tell("attachment"),
                "body": [
                    tell("attached"),
                    {
                        "table": tell("table"),
                        "columns": [tell("column"), {"name": tell("common"), "columns": [tell("leaf")]}],
                        "rows": [[tell("cell"), {"text": tell("spanning")}]],
                        "total": [[tell("total"), ""]],
                        "notes": tell("remark"),
                    },
                ],
            }
        ],
        signature=tell("signature"),
        note=tell("note"),
        imprint={"copies_to": [tell("copy")], "issuing_office": tell("office")},
    )
    seen = list(texts.texts_of(full))
    assert {one.face for one in seen} <= set(ROLES)
    told = "".join(one.text for one in seen)
    names = "number signer title issuer addressee paragraph heading text below attachment attached signature note copy office"
    names += " table column common leaf cell spanning total remark"
    assert all(tell(name) in told for name in names.split())


# --- pages -----------------------------------------------------------------------------------------------------------


def page_findings(book, **extra):
    one = document(**extra)
    layout = lay_out(one, book)
    return [
        (found.check.name, found.path, found.page)
        for rule in registry.LAYOUT_RULES
        for found in rule.function(one, layout)
    ]


def test_the_first_page_has_text(book):
    assert page_findings(book, addressees=["甲" * 700]) == [("addressees-moved", ("addressees",), 2)]
    assert page_findings(book, addressees=["甲" * 1500]) == [("no-text-on-first-page", ("addressees",), 1)]
    assert page_findings(book, title="关于\n" * 20 + "通知") == [
        ("title-shape", ("title",), 1),
        ("no-text-on-first-page", ("title",), 1),
        ("no-room", ("title",), 1),
    ]
    assert page_findings(book, body=[]) == []


def test_a_joint_document_without_text_on_page_one_is_told_of_the_mark_of_the_lead_organ(book):
    issuers = [f"某某市第{number}局" for number in "一二三四五六七八九十"]
    signers = ["王小明"] * len(issuers)

    def hints(**extra):
        one = document(kind="请示", issuer=issuers, signers=signers, **extra)
        return [found.hint for found in pages.text_on_first_page(one, lay_out(one, book))]

    shorten = "缩短标题或主送机关名单，使首页显示正文"
    assert hints() == [f"标志写 lead（主办），只标主办机关；或者{shorten}"]
    assert hints(mark="preprinted") == [shorten]
    assert hints(mark="lead") == []


@pytest.mark.parametrize("beside", [{"copy_number": "000018"}, {"secrecy": "机密★10年"}, {"urgency": "特急"}], ids=str)
def test_the_number_of_a_letter_does_not_run_into_the_corner(book, beside):
    long = f"{'某' * 18}工函〔2025〕12号"
    assert page_findings(book, kind="函", number=long) == []
    assert page_findings(book, kind="函", number=long, **beside) == [("runs-into", ("number",), 1)]
    assert page_findings(book, kind="函", number="某工函〔2025〕12号", **beside) == []
    assert page_findings(book, number=long, **beside) == []


def test_the_number_of_a_letter_stands_beside_the_first_element_only(book):
    number = f"{'某' * 14}工函〔2025〕12号"
    corner = {"copy_number": "000018", "secrecy": "机密★100个月"}
    assert page_findings(book, kind="函", number=number, **corner) == []
    del corner["copy_number"]
    assert page_findings(book, kind="函", number=number, **corner) == [("runs-into", ("number",), 1)]


def test_a_signature_wants_two_lines_of_text(book):
    line, two = "正文。", "正文。" * 10
    assert page_findings(book, body=[line], date="2025-01-20") == [("signature-alone", ("date",), 1)]
    assert page_findings(book, body=[line], signature="某某市总工会") == [("signature-alone", ("signature",), 1)]
    assert page_findings(book, body=[two], date="2025-01-20") == []
    assert page_findings(book, body=[line, line], date="2025-01-20") == []
    listed = [{"title": "名单", "body": [line]}]
    assert page_findings(book, body=[line], attachments=listed, date="2025-01-20") == [
        ("signature-alone", ("date",), 1)
    ]
    assert page_findings(book, body=[line, line], attachments=listed, date="2025-01-20") == []


def test_a_heading_does_not_end_a_page(book):
    attached = {"attachments": [{"title": "名单", "body": ["甲。"]}]}
    wrong = page_findings(book, body=["甲。", {"heading": "一"}], **attached)
    assert wrong == [("heading-at-page-end", ("body", 1, "heading"), 1)]
    assert page_findings(book, body=["甲。", {"heading": "一。", "text": "乙。"}], **attached) == []
    assert page_findings(book, body=["甲。", {"heading": "一"}]) == []


def test_the_heading_that_ends_a_page_is_found_in_attachments_and_below_others(book):
    nested = {"heading": "甲", "body": ["乙。", {"heading": "丙丁"}]}
    attached = [{"title": "名单", "body": ["甲。", {"heading": "丁"}, nested]}, {"title": "安排", "body": ["戊。"]}]
    (found,) = page_findings(book, body=["甲。"], attachments=attached)
    assert found == ("heading-at-page-end", ("attachments", 0, "body", 2, "body", 1, "heading"), 2)


def test_a_heading_longer_than_a_page_is_looked_for_in_the_body(book):
    layout = lay_out(
        document(body=["甲。", {"heading": "一"}], attachments=[{"title": "名单", "body": ["甲。"]}]), book
    )
    (found,) = pages.heading_at_page_end(document(body=["甲。"]), layout)
    assert found.path == ("body",)


# --- how a document is signed -----------------------------------------------------------------------------------------

TWO = ["某某市总工会", "某某市妇联"]
KEPT, STAMPED = {"seal": "reserved"}, {"title": "主席", "stamp": "reserved"}


@pytest.mark.parametrize(
    "given",
    [None, "none", "sealed", "某某市总工会", [KEPT, KEPT], [{"organ": "市总"}, KEPT], [STAMPED, STAMPED]],
    ids=str,
)
def test_all_organs_sign_in_one_way(given):
    assert struck(signature.one_way, issuer=TWO, signature=given) == []
    assert struck(signature.one_for_each_organ, issuer=TWO, signature=given) == []


def test_the_place_of_another_way_of_signing():
    for given, path in (
        ([KEPT, STAMPED], ("signature", 1, "stamp")),
        ([STAMPED, KEPT], ("signature", 1, "seal")),
        ([STAMPED, {"organ": "某某市妇联"}], ("signature", 1)),
    ):
        assert struck(signature.one_way, issuer=TWO, signature=given) == [("mixed-signing", path)]


def test_each_organ_signs_once():
    of = signature.one_for_each_organ
    assert struck(of, issuer=TWO, signature=KEPT) == [("too-few-signatories", ("signature",))]
    assert struck(of, issuer=TWO, signature=[KEPT] * 4) == [
        ("too-many-signatories", ("signature", 2)),
        ("too-many-signatories", ("signature", 3)),
    ]
    again = [KEPT, KEPT | {"organ": TWO[0]}]
    assert struck(of, issuer=TWO, signature=again) == [("repeated-signatory", ("signature", 1, "organ"))]
    turned = [KEPT | {"organ": TWO[1]}, KEPT]
    assert struck(of, issuer=TWO, signature=turned) == [("repeated-signatory", ("signature", 1))]
    assert struck(of, signature=KEPT) == []


def test_an_order_is_not_sealed():
    order_of = {"kind": "令", "title": None}
    assert struck(signature.sealed_order, **order_of, signature="sealed") == [("sealed-order", ("signature",))]
    assert struck(signature.sealed_order, **order_of, signature=KEPT) == [("sealed-order", ("signature", "seal"))]
    for given in (None, "none", "某某市人民政府", STAMPED):
        assert struck(signature.sealed_order, **order_of, signature=given) == []
    assert struck(signature.sealed_order, signature="sealed") == []


@pytest.mark.parametrize(("size", "found"), [((1000, 1000), False), ((1000, 981), False), ((1000, 975), True)])
def test_the_image_of_a_seal_is_square(book, size, found):
    one = document(signature={"seal": "章.png"}, date="2025-01-20")
    images = {"章.png": Picture(b"", size, size[0] / 20, size[1] / 20)}
    layout = lay_out(one, book, images)
    told = [("seal-shape", ("signature", "seal"))] if found else []
    assert [(finding.check.name, finding.path) for finding in seals.seal_shape(one, layout)] == told


def test_the_shape_of_a_stamp_is_free(book):
    one = document(signature={"title": "主席", "stamp": "名.png"}, date="2025-01-20")
    layout = lay_out(one, book, {"名.png": Picture(b"", (900, 300), 30, 10)})
    assert list(seals.seal_shape(one, layout)) == []
    assert list(seals.opaque_seal(one, layout)) == []


def png(mode, ground, width):
    """The image of a ring."""
    image = Image.new(mode, (200, 200), ground)
    ink = {"RGBA": (255, 0, 0, 255), "RGB": (255, 0, 0), "LA": (90, 255)}[mode]
    ImageDraw.Draw(image).ellipse((2, 2, 197, 197), outline=ink, width=width)
    data = io.BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (png("RGBA", (0, 0, 0, 0), 6), False),
        (png("LA", (0, 0), 6), False),
        (png("RGBA", (255, 255, 255, 255), 6), True),
        (png("RGBA", (0, 0, 0, 0), 90), True),
        (png("RGB", (255, 255, 255), 6), True),
    ],
    ids=["clear", "clear grey", "white", "filled", "no transparency"],
)
def test_a_seal_lets_the_name_show_through(book, data, found):
    one = document(signature={"seal": "章.png"}, date="2025-01-20")
    layout = lay_out(one, book, {"章.png": Picture(data, (200, 200), 45, 45)})
    told = [("opaque-seal", ("signature", "seal"))] if found else []
    assert [(finding.check.name, finding.path) for finding in seals.opaque_seal(one, layout)] == told


def test_a_drawing_of_a_seal_is_trusted(book):
    one = document(signature={"seal": "章.svg"}, date="2025-01-20")
    layout = lay_out(one, book, {"章.svg": Picture(b"<svg/>", None, 45, 45, "svg")})
    assert list(seals.opaque_seal(one, layout)) == []


def no_text(**extra):
    return [one for one in rules.check(document(**extra)) if one.check is signature.NO_TEXT_ON_PAGE]


def test_words_for_a_page_without_text():
    found = no_text(body=["正文。", "（此页无正文）"])
    assert [(one.path, one.offset, one.length) for one in found] == [(("body", 1), 1, 5)]
    assert [one.path for one in no_text(body=[{"heading": "一", "body": ["此页无正文"]}])] == [("body", 0, "body", 0)]
    assert no_text() == []


def test_addressees_in_the_imprint():
    assert struck(imprint.addressees_in_imprint, imprint={"addressees": "甲局"}) == []
    assert struck(imprint.addressees_in_imprint, addressees="甲局") == []
    twice = {"addressees": "甲局", "imprint": {"addressees": "乙局"}}
    assert struck(imprint.addressees_in_imprint, **twice) == [("addressees-twice", ("imprint", "addressees"))]
    for name in ("函", "纪要", "命令"):
        found = struck(imprint.addressees_in_imprint, kind=name, imprint={"addressees": "乙局"})
        assert found == [("no-addressees-in-imprint", ("imprint", "addressees"))], name


def test_addressees_in_the_imprint_are_not_missed():
    given = {"number": "某工文〔2025〕6号", "date": "2025-01-20"}
    assert struck(body.required_elements, **given) == [("missing-element", ("kind",))]
    assert struck(body.required_elements, **given, imprint={"addressees": "甲局"}) == []


@pytest.mark.parametrize("number", ["第3号", "2026年第3号", "〔五届〕第18号"])
def test_numbers_for_the_public(number):
    assert struck(header.number_form, kind="公告", number=number) == []
    assert struck(header.number_form, kind="通知", number=number) == [("number-form", ("number",))]


def test_minutes_may_be_counted_by_years_without_a_code():
    minutes = {"kind": "纪要", "format": "minutes"}
    assert struck(header.number_form, number="〔2026〕14号", **minutes) == []
    assert struck(header.number_form, number="[2026]14号", **minutes) == [("number-form", ("number",))]


def test_a_resolution_of_a_meeting_needs_no_number():
    passed = {"kind": "决议", "date": "2026-01-30", "signature": "none"}
    assert struck(body.required_elements, subtitle="2026年1月30日会议通过", **passed) == []
    assert struck(body.required_elements, **passed) == [("missing-element", ("kind",))]

import datetime

import pytest
from pydantic import ValidationError

from gongwen.document import (
    Attachment,
    Document,
    Heading,
    Imprint,
    Number,
    Secrecy,
    Signatory,
    file_path,
    language_of,
    organ_names,
    show_date,
    show_organs,
)

MODELS = (Document, Heading, Attachment, Imprint, Number, Secrecy, Signatory)
ENGLISH = {"kind": "通知", "issuer": "某某市总工会", "title": "关于某事的通知", "body": ["正文。"]}
CHINESE = {"文种": "通知", "发文机关": "某某市总工会", "标题": "关于某事的通知", "正文": ["正文。"]}


def read(language="en", **extra):
    data = {**(ENGLISH if language == "en" else CHINESE), **extra}
    return Document.model_validate(
        data, context={"language": language}, by_alias=language == "zh", by_name=language == "en"
    )


def fault(language="en", **extra):
    """The only error of a draft: its type and place."""
    with pytest.raises(ValidationError) as caught:
        read(language, **extra)
    (error,) = caught.value.errors()
    return error["type"], error["loc"]


# --- both languages --------------------------------------------------------------------------------------------------


def test_the_languages_say_the_same():
    english = read(
        mark="preprinted",
        copy_number="18",
        secrecy={"level": "机密", "period": "1年"},
        urgency="特急",
        number={"code": "某工文", "year": "2025", "serial": "6"},
        signers=["王小明"],
        addressees=["甲", ["乙", "丙"]],
        body=["一", {"heading": "二", "text": "三", "body": [{"heading": "四"}]}],
        attachments=[{"title": "五", "body": ["六"]}],
        signature="none",
        date="2025-01-20",
        note="七",
        imprint={"copies_to": "八", "issuing_office": "九", "issued_on": "待定"},
    )
    chinese = read(
        "zh",
        发文机关标志="预印",
        份号="18",
        密级={"等级": "机密", "期限": "1年"},
        紧急程度="特急",
        发文字号={"代字": "某工文", "年份": "2025", "序号": "6"},
        签发人=["王小明"],
        主送机关=["甲", ["乙", "丙"]],
        正文=["一", {"小标题": "二", "接排": "三", "正文": [{"小标题": "四"}]}],
        附件=[{"标题": "五", "正文": ["六"]}],
        署名="无",
        成文日期="2025年1月20日",
        附注="七",
        版记={"抄送机关": "八", "印发机关": "九", "印发日期": "待定"},
    )
    assert english == chinese
    assert english.body == ("一", Heading(小标题="二", 接排="三", 正文=(Heading(小标题="四"),)))


@pytest.mark.parametrize("model", MODELS)
def test_every_key_has_a_chinese_alias_of_its_own_and_a_description(model):
    aliases = [field.alias for field in model.model_fields.values()]
    assert len(set(aliases)) == len(aliases) > 0
    assert all("\u4e00" <= char <= "\u9fff" for alias in aliases for char in alias)
    assert all(name.isascii() for name in model.model_fields)
    assert all(field.description for field in model.model_fields.values())


def test_a_document_is_frozen_and_hashable():
    document = read(addressees=["甲"], date="2025-01-20")
    with pytest.raises(ValidationError):
        document.title = "别的"
    assert hash(document) == hash(read(addressees=["甲"], date="2025-01-20"))


@pytest.mark.parametrize(
    ("extra", "place"),
    [
        ({"colour": "red"}, ("colour",)),
        ({"number": {"code": "某", "year": "2025", "serial": "1", "x": "1"}}, ("number", "x")),
        ({"secrecy": {"level": "机密", "x": "1"}}, ("secrecy", "x")),
        ({"imprint": {"issuing_office": "甲", "x": "1"}}, ("imprint", "x")),
        ({"body": [{"heading": "一", "x": "1"}]}, ("body", 0, "x")),
        ({"attachments": [{"title": "一", "body": ["二"], "x": "1"}]}, ("attachments", 0, "x")),
    ],
)
def test_an_unknown_key_is_refused_everywhere(extra, place):
    assert fault(**extra) == ("extra_forbidden", place)


def test_the_other_language_is_refused():
    assert fault(发文字号="某工文〔2025〕6号") == ("extra_forbidden", ("发文字号",))
    assert fault("zh", number="某工文〔2025〕6号") == ("extra_forbidden", ("number",))
    assert fault(number={"代字": "某", "year": "2025", "serial": "1", "code": "某"})[1] == ("number", "代字")


def test_the_language_defaults_to_english():
    class Info:
        context = None

    assert language_of(Info()) == "en"


# --- validators ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["kind", "issuer", "title", "note", "mark", "number", "signature", "date", "addressees"]
)
@pytest.mark.parametrize("blank", ["", "  ", "\u3000", None])
def test_blank_is_no_content(name, blank):
    if blank is None and name not in {"kind", "issuer", "title"}:
        assert getattr(read(), name) is None
        return
    assert fault(**{name: blank})[0] in {"blank", "string_too_short", "absent"}


@pytest.mark.parametrize("name", ["mark", "number", "signature"])
def test_a_name_stands_on_one_line(name):
    assert fault(**{name: "某某市\n总工会"}) == ("line_break", (name,))
    assert getattr(read(**{name: "某某市总工会\n"}), name) == "某某市总工会"


def test_a_title_may_have_lines():
    assert read(title="某某市总工会\n关于某事的通知\n").title == "某某市总工会\n关于某事的通知"


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("2025-01-20", datetime.date(2025, 1, 20)),
        ("2025-1-2", datetime.date(2025, 1, 2)),
        ("2024年2月29日", datetime.date(2024, 2, 29)),
        (" 2025年1月20日 ", datetime.date(2025, 1, 20)),
        ("待定", "待定"),
    ],
)
def test_dates(typed, date):
    assert read(date=typed).date == date


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("2025.1.20", "date_form"),
        ("二〇二五年一月二十日", "date_form"),
        ("2025-01-20 10:00", "date_form"),
        ("20250120", "date_form"),
        ("\u3000", "blank"),
        ("2025-02-29", "date_impossible"),
        ("2025年13月1日", "date_impossible"),
        ("0000-01-01", "date_impossible"),
        (["2025-01-20"], "date_form"),
        ("", "blank"),
    ],
)
def test_wrong_dates(typed, kind):
    assert fault(date=typed) == (kind, ("date",))


def test_a_date_as_the_page_shows_it():
    assert show_date(datetime.date(2025, 1, 2)) == "2025年1月2日"
    assert show_date("待定") == "待定"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("机密", "机密"),
        ("机密★1年", "机密★1年"),
        ("秘密★6个月", "秘密★6个月"),
        (" 绝密★长期 ", "绝密★长期"),
        ({"level": "机密"}, "机密"),
        ({"level": "机密", "period": "10年"}, "机密★10年"),
    ],
)
def test_secrecy(typed, shown):
    assert str(read(secrecy=typed).secrecy) == shown


@pytest.mark.parametrize("typed", ["机密★", "★1年", "内部", "机密★1", "机密★01年", "机密★ 1年 半", "机密★1年★1年", ""])
def test_wrong_secrecy(typed):
    assert fault(secrecy=typed)[0] == "secrecy_form"


def test_wrong_parts_of_secrecy():
    assert fault(secrecy={"level": "内部"}) == ("secrecy_form", ("secrecy", "level"))
    assert fault(secrecy={"level": "机密", "period": "一年"}) == ("secrecy_form", ("secrecy", "period"))
    assert fault(secrecy={"period": "1年"}) == ("missing", ("secrecy", "level"))
    assert fault(secrecy=["机密"]) == ("model_type", ("secrecy",))


@pytest.mark.parametrize("typed", ["1", "000018", "999999", "待定"])
def test_copy_numbers(typed):
    assert read(copy_number=typed).copy_number == typed


@pytest.mark.parametrize("typed", ["", "1234567", "第1号", "-1", "1.5", ["1"]])
def test_wrong_copy_numbers(typed):
    assert fault(copy_number=typed) == ("copy_number_form", ("copy_number",))


def test_numbers():
    assert read(number="某工文〔2025〕6号").number_text == "某工文〔2025〕6号"
    assert read(number={"code": "某工文", "year": "2025", "serial": "6"}).number_text == "某工文〔2025〕6号"
    assert read(number={"code": "某工文", "year": "2025", "serial": "待定"}).number_text == "某工文〔2025〕待定号"
    assert read().number_text is None


@pytest.mark.parametrize(
    ("part", "typed", "kind"),
    [
        ("year", "25", "string_pattern_mismatch"),
        ("year", "3025", "string_pattern_mismatch"),
        ("serial", "06", "string_pattern_mismatch"),
        ("serial", "0", "string_pattern_mismatch"),
        ("serial", "第6", "string_pattern_mismatch"),
        ("code", "", "blank"),
        ("code", ["某"], "string_type"),
    ],
)
def test_wrong_parts_of_a_number(part, typed, kind):
    assert fault(number={"code": "某工文", "year": "2025", "serial": "6", part: typed}) == (kind, ("number", part))


def test_a_list_is_no_number():
    assert fault(number=["某工文", "2025", "6"]) == ("number_type", ("number",))


def test_organs_stand_in_classes():
    typed = ["甲", ["乙", "丙"], "丁"]
    organs = read(addressees=typed).addressees
    assert organs == (("甲",), ("乙", "丙"), ("丁",))
    assert show_organs(organs) == "甲，乙、丙，丁"
    assert organ_names(organs) == ("甲", "乙", "丙", "丁")
    assert read(addressees="甲、乙，丙").addressees == (("甲、乙，丙",),)
    assert organ_names(None) == ()


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ([], ("blank", ("addressees",))),
        ({"甲": "乙"}, ("organs_form", ("addressees",))),
        ([{"甲": "乙"}], ("organs_form", ("addressees", 0))),
        ([[]], ("too_short", ("addressees", 0))),
        ([None], ("blank", ("addressees", 0))),
        ([["甲", ""]], ("blank", ("addressees", 0, 1))),
        ([["甲", ["乙"]]], ("string_type", ("addressees", 0, 1))),
    ],
)
def test_wrong_organs(typed, wanted):
    assert fault(addressees=typed) == wanted


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("一段", ("tuple_type", ("body",))),
        ([["一段"]], ("block_form", ("body", 0))),
        ([""], ("blank", ("body", 0))),
        ([None], ("blank", ("body", 0))),
        ([{"text": "一段"}], ("missing", ("body", 0, "heading"))),
        ([{"heading": "一", "body": [{"heading": ""}]}], ("blank", ("body", 0, "body", 0, "heading"))),
    ],
)
def test_an_error_in_a_block_speaks_of_one_class_only(typed, wanted):
    assert fault(body=typed) == wanted


TEN = list("甲乙丙丁戊己庚辛壬癸")


@pytest.mark.parametrize(
    ("typed", "issuers"),
    [
        ("甲", ("甲",)),
        (" 甲\n", ("甲",)),
        (["甲"], ("甲",)),
        (["乙", " 甲 "], ("乙", "甲")),
        ("甲、乙", ("甲、乙",)),
        (TEN, tuple(TEN)),
    ],
)
def test_issuers(typed, issuers):
    assert read(issuer=typed).issuer == issuers
    assert read("zh", 发文机关=typed).issuer == issuers
    assert read(issuer=typed).lead == issuers[0]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ([], ("blank", ("issuer",))),
        (None, ("blank", ("issuer",))),
        ("", ("blank", ("issuer", 0))),
        (["甲", "\u3000"], ("blank", ("issuer", 1))),
        (["甲", None], ("blank", ("issuer", 1))),
        (["甲", ["乙"]], ("string_type", ("issuer", 1))),
        (["甲", {"乙": "丙"}], ("string_type", ("issuer", 1))),
        ({"甲": "乙"}, ("organs_form", ("issuer",))),
        (["甲", "乙", " 甲"], ("repeated_issuer", ("issuer",))),
        ([*TEN, "子"], ("too_many_issuers", ("issuer",))),
        ("某某市\n总工会", ("line_break", ("issuer", 0))),
        (["甲", "某某市\n总工会"], ("line_break", ("issuer", 1))),
    ],
)
def test_wrong_issuers(typed, wanted):
    assert fault(issuer=typed) == wanted


def test_the_enumerated_words_follow_the_language():
    assert read(mark="preprinted").is_preprinted
    assert read("zh", 发文机关标志="预印").is_preprinted
    assert fault(mark="预印") == ("other_language", ("mark",))
    assert read("zh", 发文机关标志="主办").mark == read(mark="lead").mark == "lead"
    assert fault(mark="主办") == ("other_language", ("mark",))
    assert fault("zh", 发文机关标志="lead") == ("other_language", ("发文机关标志",))
    assert fault("zh", 署名="none") == ("other_language", ("署名",))
    assert fault(urgency="急") == ("literal_error", ("urgency",))
    assert fault(signers=[]) == ("too_short", ("signers",))


def test_an_imprint_has_something_in_it():
    assert fault(imprint={}) == ("imprint_empty", ("imprint",))
    assert read(imprint={"issued_on": "2025-01-20"}).imprint.issuing_office is None


def test_an_attachment_has_a_title_and_a_body():
    assert fault(attachments=[{"title": "一", "body": []}]) == ("too_short", ("attachments", 0, "body"))
    assert fault(attachments=[{"body": ["二"]}]) == ("text_missing", ("attachments", 0))


# --- what the page shows ---------------------------------------------------------------------------------------------


def test_the_mark():
    assert read().mark_text == "某某市总工会文件"
    assert read(mark="某某市总工会").mark_text == "某某市总工会"
    assert read(mark="preprinted").mark_text == "某某市总工会文件"
    assert not read(mark="某某市总工会").is_preprinted


JOINT = ["某某市总工会", "某某市妇联"]


@pytest.mark.parametrize(
    ("extra", "names", "text"),
    [
        ({}, tuple(JOINT), "某某市总工会某某市妇联文件"),
        ({"mark": "preprinted"}, tuple(JOINT), "某某市总工会某某市妇联文件"),
        ({"mark": "lead"}, (), "某某市总工会文件"),
        ({"mark": "某某市工会、妇联文件"}, (), "某某市工会、妇联文件"),
        ({"format": "letter"}, (), "某某市总工会"),
        ({"format": "letter", "mark": "lead"}, (), "某某市总工会"),
        ({"format": "letter", "mark": "preprinted"}, (), "某某市总工会"),
        ({"issuer": JOINT[:1]}, (), "某某市总工会文件"),
    ],
    ids=str,
)
def test_the_mark_of_a_joint_document(extra, names, text):
    document = read(**{"issuer": JOINT, **extra})
    assert (document.mark_names, document.mark_text) == (names, text)


def test_all_issuers_sign_a_joint_document():
    assert read(issuer=JOINT).signatures == ()
    assert read(issuer=JOINT, date="待定").signatures == tuple(JOINT)
    assert read(issuer=JOINT, date="待定", mark="lead", format="letter").signatures == tuple(JOINT)
    assert read(issuer=JOINT, date="待定", signature="某某市妇联").signatures == ("某某市妇联",)
    assert read(issuer=JOINT, date="待定", signature="none").signatures == ()


def test_nobody_signs_a_document_that_does_not_ask_for_it():
    assert read().signatures == ()
    assert read(date="待定").signatures == ("某某市总工会",)
    assert read(signature="某某市妇联").signatures == ("某某市妇联",)
    assert read(date="2025-01-20", signature="none").signatures == ()


def test_the_date_of_the_file():
    printed = {"issued_on": "2025-01-21"}
    assert read().dated is None
    assert read(date="待定").dated is None
    assert read(date="2025-01-20").dated == datetime.date(2025, 1, 20)
    assert read(date="2025-01-20", imprint=printed).dated == datetime.date(2025, 1, 21)
    assert read(date="2025-01-20", imprint={"issued_on": "待定"}).dated == datetime.date(2025, 1, 20)


def test_pending_names_every_placeholder():
    document = read(
        number="某工文〔2025〕待定号",
        copy_number="待定",
        signers=["待定"],
        addressees=["甲", ["乙", "待定"]],
        body=["待定", {"heading": "一", "body": ["待定", "待定事项"]}],
        date="待定",
        imprint={"issued_on": "待定"},
    )
    assert document.pending() == [
        ("copy_number",),
        ("number",),
        ("signers", 0),
        ("addressees", 1, 1),
        ("body", 0),
        ("body", 1, "body", 0),
        ("date",),
        ("imprint", "issued_on"),
    ]
    assert read(number={"code": "某", "year": "2025", "serial": "待定"}).pending() == [("number", "serial")]
    assert read(title="关于待定事项的通知").pending() == []


@pytest.mark.parametrize(
    ("path", "spelled"),
    [
        (("title",), ("标题",)),
        (("number", "serial"), ("发文字号", "序号")),
        (("secrecy", "period"), ("密级", "期限")),
        (("addressees", 1, 1), ("主送机关", 1, 1)),
        (("body", 1, "body", 0, "text"), ("正文", 1, "正文", 0, "接排")),
        (("attachments", 0, "title"), ("附件", 0, "标题")),
        (("attachments", 0, "body", 2, "heading"), ("附件", 0, "正文", 2, "小标题")),
        (("imprint", "issued_on"), ("版记", "印发日期")),
        (("no such", "title"), ("no such", "标题")),
        ((), ()),
    ],
)
def test_file_path_spells_a_path_as_the_draft_does(path, spelled):
    assert file_path(path, "zh", Document) == spelled
    assert file_path(path, "en", Document) == path


# --- seals and stamps -------------------------------------------------------------------------------------------------


def test_how_a_document_is_signed():
    def ways(**extra):
        one = read(issuer=JOINT, date="待定", **extra)
        return one.signing, [(s.organ, s.seal, s.stamp, s.diameter) for s in one.signatories]

    assert ways(signature="sealed") == ("sealed", [(name, "reserved", None, None) for name in JOINT])
    listed = [{"seal": "a.png", "diameter": "42"}, {"organ": "妇联"}, *({"seal": "reserved"} for _ in JOINT[2:])]
    assert ways(signature=listed) == (
        "sealed",
        [(JOINT[0], "a.png", None, 42.0), ("妇联", None, None, None)]
        + [(name, "reserved", None, None) for name in JOINT[2:]],
    )
    assert ways(signature={"title": "主席", "stamp": "b.png"}) == ("stamped", [(JOINT[0], None, "b.png", None)])
    assert ways()[0] == "unsealed"
    assert ways(signature="none") == ("none", [])


def test_the_languages_name_seals_alike():
    english = read(
        signature=[{"organ": "甲", "seal": "reserved", "diameter": "42"}, {"title": "乙", "stamp": "丙.png"}]
    )
    chinese = read("zh", 署名=[{"机关": "甲", "印章": "留空", "直径": "42"}, {"职务": "乙", "签名章": "丙.png"}])
    assert english.signature == chinese.signature
    assert read(signature="sealed").signatories == read("zh", 署名="盖章").signatories


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"stamp": "a.png"}, "stamp"),
        ({"title": "主席", "stamp": "a.png", "seal": "b.png"}, "stamp"),
        ({"title": "主席"}, "title"),
        ({"title": "主席", "seal": "a.png"}, "title"),
        ({"diameter": "42"}, "diameter"),
    ],
)
def test_keys_of_a_signatory_that_do_not_go_together(given, key):
    with pytest.raises(ValidationError) as caught:
        read(signature=given)
    (error,) = caught.value.errors()
    assert (error["type"], error["loc"], error["ctx"]) == ("signatory_form", ("signature",), {"key": key})


@pytest.mark.parametrize("diameter", ["29", "61", "大", "nan", "-45", "4_5", "４５", "4.5e1"])
def test_diameters_that_no_seal_has(diameter):
    assert fault(signature={"seal": "a.png", "diameter": diameter}) == ("diameter_form", ("signature", "diameter"))
    assert read(signature={"seal": "a.png", "diameter": "30"}).signatories[0].diameter == 30


def test_the_images_that_a_signature_names():
    assert list(read(signature={"seal": "a.png"}).pictures()) == [(("signature", "seal"), "a.png")]
    listed = [{"seal": "reserved"}, {"seal": "a.png"}, {"title": "主席", "stamp": "b.svg"}, {"organ": "甲"}]
    assert list(read(signature=listed).pictures()) == [
        (("signature", 1, "seal"), "a.png"),
        (("signature", 2, "stamp"), "b.svg"),
    ]
    for given in ("none", "sealed", "某某市总工会", {"title": "主席", "stamp": "reserved"}):
        assert list(read(signature=given).pictures()) == []


def test_moving_the_addressees_changes_nothing_else():
    one = read(addressees=["甲", ["乙", "丙"]], imprint={"copies_to": "丁", "issued_on": "2025-01-20"})
    moved = one.with_addressees_in_imprint()
    assert moved.addressees is None
    assert (
        moved.imprint
        == read(imprint={"addressees": ["甲", ["乙", "丙"]], "copies_to": "丁", "issued_on": "2025-01-20"}).imprint
    )
    alone = read(addressees="甲").with_addressees_in_imprint()
    assert (alone.imprint.addressees, alone.imprint.copies_to, alone.imprint.issued_on) == ((("甲",),), None, None)
    assert one.addressees == (("甲",), ("乙", "丙"))

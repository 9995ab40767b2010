"""The limits of the rules of attachments, notes, dates, and of elements typed as paragraphs."""

import pytest
from layouts import from_keys

from gongwen.rules.elements import attachments, dated
from gongwen.rules.kinds import scope

BASE = {"kind": "通知", "issuer": "云州市总工会", "title": "云州市总工会关于开展活动的通知", "body": ["正文。"]}


def titled(*titles):
    return from_keys({**BASE, "attachments": [{"title": one, "body": ["一。"]} for one in titles]})


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("活动方案；", ("attachment-mark", 4, 1, "")),
        ("活动方案。，", ("attachment-mark", 4, 2, "")),
        ("《活动方案》", ("attachment-book-marks", 0, 6, "活动方案")),
        ("《关于〈甲〉的说明》", ("attachment-book-marks", 0, 10, None)),
        ("《甲》和《乙》", None),
        ("关于《甲》的说明", None),
        ("活动方案（试行）", None),
        ("“双送”活动方案", None),
    ],
)
def test_the_name_of_an_attachment(title, wanted):
    given = [(one.check.name, one.offset, one.length, one.replacement) for one in attachments.names(titled(title))]
    assert given == ([] if wanted is None else [wanted])


def test_a_name_of_two_lines_is_not_mended():
    (one,) = attachments.names(titled("《活动\n方案》"))
    assert one.replacement is None


def test_the_second_of_two_names_is_marked():
    given = [(one.check.name, one.path) for one in attachments.names(titled("甲", "乙", "《甲》"))]
    assert given == [
        ("attachment-book-marks", ("attachments", 2, "title")),
        ("attachment-twice", ("attachments", 2, "title")),
    ]


@pytest.mark.parametrize(
    ("note", "wanted"),
    [
        ("附注：此件公开发布", "附注："),
        ("附件：活动方案", "附件："),
        ("抄送：市总工会", "抄送："),
        ("2026年7月1日", "2026年7月1日"),
        ("公章", "公章"),
        ("此件公开发布", None),
        ("2026年7月1日前不公开", None),
        ("联系人：李华，联系电话：12345678", None),
        (None, None),
    ],
)
def test_what_is_no_note(note, wanted):
    given = list(attachments.note(from_keys({**BASE, "note": note})))
    assert [(note or "")[one.offset : one.offset + one.length] for one in given] == ([] if wanted is None else [wanted])


@pytest.mark.parametrize(
    ("paragraph", "name"),
    [
        ("附件：活动方案", "附件说明"),
        ("附件1：活动方案", "附件说明"),
        ("抄送：市总工会", "抄送机关"),
        ("（此件公开发布）", "附注"),
        ("（联系人：李华）", "附注"),
        ("2026年7月1日", "成文日期"),
        ("云州市总工会", "署名"),
        ("附件所列的单位要按时报送。", None),
        ("2026年7月1日起施行。", None),
        ("云州市总工会决定开展活动。", None),
    ],
)
def test_elements_typed_as_paragraphs(paragraph, name):
    given = list(attachments.typed_elements(from_keys({**BASE, "body": ["正文。", paragraph]})))
    wanted = [] if name is None else [(("body", 1), f"{name}写成了自然段", 0, len(paragraph))]
    assert [(one.path, one.message, one.offset, one.length) for one in given] == wanted


def test_a_body_may_begin_with_the_issuer():
    assert list(attachments.typed_elements(from_keys({**BASE, "body": ["云州市总工会", "正文。"]}))) == []


# --- dates --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "strikes"),
    [
        ("本办法已经2026年7月2日市总工会常务会议审议通过，现予公布。", True),
        ("本办法已经2026年7月1日市总工会常务会议审议通过，现予公布。", False),
        ("各单位要在2026年12月30日前召开会议审议通过。", False),
        ("2026年12月30日将召开会议审议通过。", False),
        ("项目应当于2026年12月30日通过验收。", False),
        ("2026年13月30日召开的会议审议通过。", False),
    ],
)
def test_the_date_is_not_before_the_meeting(text, strikes):
    given = from_keys({**BASE, "body": [text], "date": "2026-07-01"})
    assert [(one.path, text[one.offset :][: one.length]) for one in dated.passed(given)] == (
        [(("body", 0), "2026年7月2日")] if strikes else []
    )


def test_the_date_and_the_words_below_the_title():
    def paths(**keys):
        given = {**BASE, "kind": "决定", "subtitle": "2026年7月2日云州市总工会第五次代表大会通过", **keys}
        return [one.path for one in dated.passed(from_keys(given))]

    assert paths(date="2026-07-01") == [("subtitle",)]
    assert paths(date="2026-07-02") == paths(date="待定") == paths(date=None) == []


# --- who may read it ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("note", "strikes"),
    [
        ("此件公开发布", True),
        ("此件主动公开", True),
        ("此件不公开发布", False),
        ("此件不予公开", False),
        ("此件删减后公开发布", False),
        ("联系人：李华", False),
    ],
)
def test_a_classified_document_is_not_public(note, strikes):
    assert bool(list(scope.public_note(from_keys({**BASE, "secrecy": "秘密★1年", "note": note})))) is strikes
    assert list(scope.public_note(from_keys({**BASE, "note": note}))) == []


def test_what_is_public_is_neither_secret_nor_urgent():
    keys = {"secrecy": "秘密★1年", "urgency": "特急"}
    for kind, wanted in {"公告": 2, "通告": 2, "公报": 2, "通知": 0, "令": 0}.items():
        assert len(list(scope.public_kind(from_keys({**BASE, "kind": kind, **keys})))) == wanted
    (one,) = scope.public_kind(from_keys({**BASE, "kind": "公告", "urgency": "特急"}))
    assert (one.path, one.at_key) == (("urgency",), True)

"""The limits of the rules of routing and of closings: what just strikes and what just does not."""

import pytest
from layouts import from_keys

from gongwen.document import Document
from gongwen.rules.kinds import closing, routing
from gongwen.rules.kinds.ranks import is_upward
from gongwen.rules.prose import sentences
from gongwen.rules.texts import Text
from gongwen.terms import bundled
from gongwen.units import NO_UNITS, Unit, Units

BASE = {"issuer": "云州市总工会", "title": "关于某事的请示", "body": ["正文。", "妥否，请批示。"]}
REQUEST, REPORT = BASE | {"kind": "请示"}, BASE | {"kind": "报告"}
NOTICE = BASE | {"kind": "通知", "body": ["正文。"]}


def unit(name, level=None, superior=None, short=None):
    return Unit.model_construct(name=name, short=short, level=level, superior=superior)


KNOWN = Units(
    (
        unit("云州市总工会", "city", ("某某省总工会",), "市总工会"),
        unit("东陵县总工会", "county", ("云州市总工会",)),
        unit("青石县总工会", "county", ("云州市总工会",)),
        unit("云州市人民政府", "city"),
        unit("白水市总工会", "city", ("某某省总工会",)),
        unit("云州市交通公司工会", "grassroots", ("云州市总工会",)),
    )
)


def marked(rule, keys, *more, **extra):
    """What a rule marks: check and the characters at fault, or the path where a value as a whole is meant."""
    document = from_keys(keys | extra)
    found = []
    for one in rule(document, *more):
        value = document
        for step in one.path:
            value = getattr(value, step) if isinstance(step, str) else value[step]
        if isinstance(value, tuple):
            (value,) = value
        found.append(one.path if one.offset is None else value[one.offset : one.offset + one.length])
    return found


def usage(rule, keys, units=NO_UNITS, **extra):
    return marked(rule, keys, units, bundled(), **extra)


# --- what goes up ------------------------------------------------------------------------------------------------------------


def test_what_goes_up():
    assert is_upward(from_keys(REQUEST))
    assert is_upward(from_keys(REPORT))
    assert not is_upward(from_keys(NOTICE))
    assert not is_upward(from_keys(BASE | {"kind": "意见"}))
    assert is_upward(from_keys(BASE | {"kind": "意见", "signers": ["王小明"]}))
    assert not is_upward(Document.model_construct(kind="没有这种", signers=("王小明",)))


def test_sentences_know_their_places():
    found = sentences(Text(("body", 0), "fangsong", "paragraph", "甲。 乙！丙"))
    assert [(one.offset, one.text, one.bare) for one in found] == [
        (0, "甲。", "甲"),
        (3, "乙！", "乙"),
        (5, "丙", "丙"),
    ]
    assert [one.text for one in sentences(Text(("body", 0), "fangsong", "paragraph", "。"))] == ["。"]


# --- addressees --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("addressees", "second"),
    [
        ("某某省总工会", []),
        (["某某省总工会", "某某省财政厅"], ["某某省财政厅"]),
        ([["某某省总工会", "某某省财政厅"]], ["某某省财政厅"]),
        ("某某省总工会、某某省财政厅：", ["某某省财政厅"]),
        ("某某省总工会（女职工部、办公室）", []),
        (["云州市委", "云州市人民政府"], ["云州市人民政府"]),
        ("待定", []),
        (["某某省总工会", "待定"], []),
    ],
)
def test_a_request_goes_to_one_organ(addressees, second):
    assert marked(routing.several_addressees, REQUEST, addressees=addressees) == second
    assert marked(routing.several_addressees, NOTICE, addressees=addressees) == []


def test_a_report_may_go_to_party_and_government_and_a_joint_one_to_two():
    assert marked(routing.several_addressees, REPORT, addressees=["云州市委", "云州市人民政府"]) == []
    assert marked(routing.several_addressees, REPORT, addressees=["云州市委", "云州市财政局"]) == ["云州市财政局"]
    two = ["某某省总工会", "某某省妇女联合会"]
    joint = REQUEST | {"issuer": ["云州市总工会", "云州市妇女联合会"]}
    assert marked(routing.several_addressees, joint, addressees=two) == []
    assert marked(routing.several_addressees, joint, addressees=[*two, "某某省财政厅"]) == ["某某省妇女联合会"]


@pytest.mark.parametrize(
    "name",
    ["王小明市长", "市委书记", "李华同志", "省总工会主席", "李华主任", "各位副省长们", "王小明、李华同志"],
)
def test_a_request_does_not_go_to_a_person(name):
    assert usage(routing.to_a_leader, REQUEST, addressees=name) == [name.rpartition("、")[2]]
    assert usage(routing.to_a_leader, BASE | {"kind": "函"}, addressees=name) == []
    assert usage(routing.to_a_leader, NOTICE, addressees=name) == []


@pytest.mark.parametrize(
    "name",
    [
        "某某省总工会",
        "市人民代表大会主席团",
        "中央书记处",
        "市长办公室",
        "市委书记专题会议办公室",
        "书记处办公室",
        "主席团",
    ],
)
def test_organs_that_sound_like_persons(name):
    assert usage(routing.to_a_leader, REQUEST, addressees=name) == []


def test_a_request_does_not_come_from_a_person():
    assert usage(routing.to_a_leader, REQUEST, issuer="云州市总工会主席") == ["云州市总工会主席"]
    assert usage(routing.to_a_leader, NOTICE, issuer="云州市总工会主席") == []


# --- copies -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("issuer", "copies", "below"),
    [
        ("云州市总工会", "各县（市、区）总工会", True),
        ("云州市总工会", "各县总工会", True),
        ("云州市总工会", "各区总工会", True),
        ("云州市总工会", "各乡镇工会", True),
        ("云州市总工会", "各基层工会", True),
        ("云州市总工会", "所属各单位", True),
        ("云州市总工会", "本会所属事业单位", True),
        ("某某省总工会", "各市总工会", True),
        ("市总工会", "各县总工会", True),
        ("省总工会", "各市人民政府", True),
        ("市场监督管理局", "各县市场监督管理局", False),
        ("某某省总工会", "各设区市总工会", True),
        ("某某省云州市总工会", "各县总工会", True),
        ("某某省云州市东陵县总工会", "各乡镇工会", True),
        ("云州市总工会", "各省辖市总工会", False),
        ("云州市总工会", "各市总工会", False),
        ("云州市总工会", "各市直单位", False),
        ("云州市总工会", "各有关单位", False),
        ("云州市总工会", "各成员单位", False),
        ("东陵县总工会", "各县总工会", False),
        ("东陵县总工会", "各区域协作单位", False),
        ("某某公司", "各县总工会", False),
        ("云州市总工会", "云州市财政局", False),
        ("云州市总工会", "市属各基层工会", False),
    ],
)
def test_what_goes_up_is_not_copied_down(issuer, copies, below):
    imprint = {"copies_to": [copies]}
    wanted = [copies] if below else []
    assert marked(routing.copied_below, REQUEST, NO_UNITS, issuer=issuer, imprint=imprint) == wanted
    assert marked(routing.copied_below, NOTICE, NO_UNITS, issuer=issuer, imprint=imprint) == []


def test_the_project_knows_who_is_below():
    imprint = {"copies_to": [["东陵县总工会", "云州市人民政府"], "白水市总工会"]}
    assert marked(routing.copied_below, REQUEST, KNOWN, imprint=imprint) == ["东陵县总工会"]
    assert marked(routing.copied_below, REQUEST, NO_UNITS, imprint=imprint) == []
    one = REQUEST | {"issuer": "某某工会", "imprint": {"copies_to": ["各县总工会"]}}
    assert marked(routing.copied_below, one, NO_UNITS) == []
    assert marked(routing.copied_below, one, Units((unit("某某工会", "city"),))) == ["各县总工会"]
    assert marked(routing.copied_below, REQUEST, KNOWN) == []


@pytest.mark.parametrize(
    ("addressees", "found"),
    [
        ("东陵县总工会", ["东陵县总工会"]),
        ("白水市总工会", ["白水市总工会"]),
        ("云州市人民政府", []),
        ("某某省总工会", []),
        ("省总工会", []),
        ("云州市财政局", []),
    ],
)
def test_a_request_goes_to_no_organ_known_as_equal_or_below(addressees, found):
    def told(keys, units):
        document = from_keys(keys | {"addressees": addressees})
        return [
            one.message.split("“")[-1].rstrip("”")
            for one in routing.superiors(document, units)
            if one.check is routing.NO_SUPERIOR
        ]

    assert told(REQUEST, KNOWN) == found
    assert told(NOTICE, KNOWN) == told(REQUEST, NO_UNITS) == []


@pytest.mark.parametrize(
    ("addressees", "copies", "check"),
    [
        ("白水市总工会", None, routing.NO_SUPERIOR),
        ("云州市财政局", None, routing.PAST_SUPERIOR),
        ("云州市财政局", "某某省总工会", None),
        ("某某省总工会、云州市财政局", None, None),
        ("待定", None, None),
    ],
)
def test_that_a_superior_is_passed_over_is_told_once(addressees, copies, check):
    imprint = {} if copies is None else {"imprint": {"copies_to": copies}}
    document = from_keys(REQUEST | {"addressees": addressees} | imprint)
    assert [one.check for one in routing.superiors(document, KNOWN)] == ([] if check is None else [check])


# --- issuers ----------------------------------------------------------------------------------------------------------------

PARTY, STATE, ARMY, UNION, YOUTH, BUREAU = (
    "中共云州市委员会",
    "云州市人民政府",
    "云州军分区",
    "云州市总工会",
    "共青团云州市委员会",
    "云州市财政局",
)


@pytest.mark.parametrize(
    ("issuers", "found"),
    [
        ([UNION], []),
        ([PARTY, STATE, ARMY, UNION], []),
        (["中共云州市委办公室", "云州市人民政府办公室"], []),
        ([UNION, STATE, ARMY], []),  # the lead organ stands first
        ([UNION, BUREAU, YOUTH], []),
        ([STATE, PARTY], [PARTY]),
        ([UNION, BUREAU, PARTY], [PARTY]),
        ([PARTY, ARMY, STATE], [STATE]),
        ([STATE, YOUTH, ARMY], [ARMY]),
        ([BUREAU, UNION, "云州市民政局"], []),
    ],
)
def test_the_order_of_joint_issuers(issuers, found):
    assert marked(routing.joint_order, NOTICE, issuer=issuers) == [("issuer", issuers.index(one)) for one in found]


@pytest.mark.parametrize(
    ("name", "signs"),
    [("云州市交通公司工会", True), ("云州市总工会", False), ("某某厂工会", False)],
)
def test_a_union_of_an_enterprise_signs_as_a_committee(name, signs):
    wanted = [("issuer", 0)] if signs else []
    assert marked(routing.grassroots_signature, NOTICE, KNOWN, issuer=name, date="2026-03-01") == wanted
    assert marked(routing.grassroots_signature, NOTICE, KNOWN, issuer=name) == []
    committee = Units((unit("某某厂工会委员会", "grassroots"),))
    assert marked(routing.grassroots_signature, NOTICE, committee, issuer="某某厂工会委员会", date="2026-03-01") == []


# --- closings ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "妥否，请批示。",
        "当否，请批示。",
        "妥否？",
        "以上报告妥否，请批复。",
        "请予批准。",
        "恳请省总工会予以批准。",
        "请省人民政府审批。",
        "望尽快批复为盼。",
        "以上报告如无不妥，请批转各地、各部门执行。",
    ],
)
def test_a_report_that_asks(sentence):
    assert usage(closing.request_in_report, REPORT, body=["正文。", sentence]) == [sentence]
    assert usage(closing.request_in_report, REPORT, body=["正文。", f"上面是情况。{sentence}"]) == [sentence]
    assert usage(closing.request_in_report, REPORT, body=[sentence, "特此报告。"]) == []
    assert usage(closing.request_in_report, REQUEST, body=["正文。", sentence]) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "特此报告。",
        "以上报告，请审阅。",
        "请批评指正。",
        "我会将认真落实省总工会批示。",
        "请各部门按照批示，抓好落实。",
        "已报请市人民政府批准。",
        "项目已经申请批准。",
        "请各级认真落实领导批示。",
        "经研究，提请市委批准。",
        "我们将积极争取上级批准。",
        "已向省总工会请示。",
        "是否可行，有待论证。",
    ],
)
def test_a_report_that_asks_for_nothing(sentence):
    assert usage(closing.request_in_report, REPORT, body=["正文。", sentence]) == []
    assert usage(closing.foreign_closing, NOTICE, body=["正文。", sentence]) == (
        [sentence] if sentence in ("特此报告。", "以上报告，请审阅。") else []
    )


def test_a_heading_of_requests_in_a_report():
    body = [{"heading": "请示事项", "body": ["申请补助经费20万元。"]}, "特此报告。"]
    assert usage(closing.request_in_report, REPORT, body=body) == ["请示事项"]
    assert usage(closing.request_in_report, REQUEST, body=body) == []
    assert usage(closing.request_in_report, REPORT, body=[{"heading": "请示办理情况", "body": ["已办结。"]}]) == []


@pytest.mark.parametrize(
    ("kind", "sentence", "is_foreign"),
    [
        ("通知", "特此通知。", False),
        ("通知", "特此通告。", True),
        ("通知", "妥否，请批示。", True),
        ("通知", "请予批准。", True),
        ("请示", "特此通知。", True),
        ("请示", "妥否，请批示。", False),
        ("报告", "妥否，请批示。", False),  # told as a request in a report
        ("报告", "特此请示。", True),
        ("函", "请予批准。", False),
        ("函", "特此函复。", False),
        ("函", "此复。", False),
        ("批复", "此复。", False),
        ("批复", "特此批复。", False),
        ("意见", "以上意见如无不妥，请批转各地、各部门执行。", False),
        ("令", "此令。", False),
        ("命令", "此令。", False),
        ("公告", "特此公告。", False),
        ("公告", "特此公告，请遵照执行。", False),
        ("方案", "特此公告。", False),
    ],
)
def test_closings_and_kinds(kind, sentence, is_foreign):
    keys = BASE | {"kind": kind, "body": ["正文。", sentence]}
    assert usage(closing.foreign_closing, keys) == ([sentence] if is_foreign else [])


@pytest.mark.parametrize(
    ("last", "found"),
    [
        (["妥否，请批示。"], []),
        (["特此请示。"], []),
        (["专此请示。"], []),
        (["恳请予以支持。"], []),
        (["以上请示，盼复。"], []),
        (["妥否，请批示。", "联系人：李华"], []),
        (["拟于10月举办全市职工运动会。"], ["拟于10月举办全市职工运动会。"]),
        (["我会已申请经费。此事已向市委请示。"], ["此事已向市委请示。"]),
    ],
)
def test_a_request_asks_at_its_end(last, found):
    assert marked(closing.request_missing, REQUEST, body=["情况如下。", *last]) == found
    assert marked(closing.request_missing, REPORT, body=["情况如下。", *last]) == []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ([{"heading": "请求增加编制"}, {"heading": "请求解决用房"}], ["请求解决用房"]),
        ([{"heading": "关于申请增加编制"}, {"heading": "关于申请解决用房"}], ["关于申请解决用房"]),
        ([{"heading": "请求事项"}, {"heading": "请求增加编制"}], []),
        ([{"heading": "申请理由"}, {"heading": "申请增加编制"}], []),
        ([{"heading": "情况"}, {"heading": "请求增加编制"}], []),
        ([{"heading": "甲", "body": [{"heading": "请求一"}]}, {"heading": "乙", "body": [{"heading": "请求二"}]}], []),
        (["一是请求增加编制；二是请求解决用房。"], ["请求解决用房"]),
        (["一是编制不足；二是用房紧张。"], []),
    ],
)
def test_a_request_is_about_one_thing(body, found):
    texts = marked(closing.several_requests, REQUEST, body=body)
    assert [text.removeprefix("二是") for text in texts] == found
    assert marked(closing.several_requests, NOTICE, body=body) == []


@pytest.mark.parametrize(
    ("note", "path"),
    [
        (None, [("kind",)]),
        ("此件公开发布", [("note",)]),
        ("联系人：李华，联系电话：12345678", []),
        ("待定", []),
    ],
)
def test_whom_to_ask(note, path):
    keys = REQUEST if note is None else REQUEST | {"note": note}
    assert marked(closing.contact_missing, keys) == path
    assert marked(closing.contact_missing, keys | {"kind": "报告"}) == []
    assert marked(closing.contact_missing, keys | {"body": ["妥否，请批示。", "联系人：李华"]}) == []


@pytest.mark.parametrize(
    ("body", "note", "found"),
    [
        ("主题词：工会 通知", None, ["主题词：工会 通知"]),
        ("主题词: 工会", None, ["主题词: 工会"]),
        ("校　对：李华", None, ["校　对：李华"]),
        ("本文的主题词：工会", None, []),
        ("取消主题词。", None, []),
        ("正文。", "共印120份", ["共印120份"]),
        ("正文。", "此件公开发布", []),
        ("全年共印资料3万份。", None, []),
        ("打字：", None, ["打字："]),
        ("正文。\n打字：李华　校对：王小明", None, ["打字：李华　校对：王小明"]),
    ],
)
def test_lines_that_documents_no_longer_have(body, note, found):
    keys = NOTICE | {"body": [body]} | ({} if note is None else {"note": note})
    assert usage(closing.old_labels, keys) == found


def test_the_office_that_prints_has_no_count():
    imprint = {"issuing_office": "云州市总工会办公室（共印120份）", "issued_on": "2026-03-01"}
    assert usage(closing.old_labels, NOTICE, imprint=imprint) == ["（共印120份）"]

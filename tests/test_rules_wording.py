"""The limits of the rules of words, citations, attachments and short names: what just strikes and what just does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from layouts import from_keys

from gongwen import rules
from gongwen.diagnostics import Check
from gongwen.document import Speech
from gongwen.rules.kinds import closing, routing
from gongwen.rules.language import abbreviations, citations, references, wording
from gongwen.rules.texts import Text
from gongwen.terms import bundled
from gongwen.units import NO_UNITS, Unit, Units

BASE = {"kind": "通知", "issuer": "云州市总工会", "title": "关于某事的通知", "body": ["正文。"]}
MODULES = (abbreviations, citations, closing, references, routing, wording)
DRAFT = from_keys(BASE)


def text(characters, sort="paragraph", path=("body", 0)):
    return Text(path, "fangsong", sort, characters)


def marked(found, characters):
    return [characters[one.offset : one.offset + one.length] for one in found]


def cured(found, characters):
    """The characters with what the findings put in place."""
    for one in sorted(found, key=lambda one: -one.offset):
        assert one.replacement is not None
        characters = characters[: one.offset] + one.replacement + characters[one.offset + one.length :]
    return characters


def struck(rule, *more, **keys):
    document = from_keys(BASE | keys)
    found = []
    for one in rule(document, *more):
        value = document
        for step in one.path:
            value = getattr(value, step) if isinstance(step, str) else value[step]
        found.append((one.check.code, value if one.offset is None else value[one.offset : one.offset + one.length]))
    return found


# --- words ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sort", ["paragraph", "heading", "title", "phrase", "cell"])
def test_misspelt_words_are_mended_wherever_they_stand(sort):
    one = text("截止目前，各级工会按装饮水机，再接再励。", sort)
    found = list(wording.words(one, DRAFT, bundled()))
    assert [(finding.check.code, finding.message) for finding in found] == [
        ("GW860", "错别字：“截止目前”"),
        ("GW860", "错别字：“按装”"),
        ("GW860", "错别字：“再接再励”"),
    ]
    assert cured(found, one.text) == "截至目前，各级工会安装饮水机，再接再厉。"


def test_names_are_not_read_for_words():
    one = text("按装公司3公分", "name", ("issuer", 0))
    assert list(wording.words(one, DRAFT, bundled())) == list(wording.units(one, DRAFT, bundled())) == []


def test_a_wrong_name_says_why():
    one = text("省人大副主任出席。")
    (found,) = wording.words(one, DRAFT, bundled())
    assert (found.check.code, found.replacement, found.length) == ("GW861", None, 5)
    assert found.hint == "改为“人大常委会副主任”；人民代表大会本身不设主任、副主任"
    for right in ("省人大常委会副主任", "省人大副主任委员", "弘扬“不忘初心、牢记使命”", "要不忘初心，牢记使命"):
        assert list(wording.words(text(right), DRAFT, bundled())) == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("高80公分", "高80厘米"),
        ("面积3.5平方公尺", "面积3.5平方米"),
        ("垃圾300多公吨", "垃圾300多吨"),
        ("装机2万瓩", "装机2万千瓦"),
        ("110KV变电站", "110kV变电站"),
        ("重5KG", "重5kg"),
        ("长12 KM", "长12 km"),
        ("用电120万KWH", "用电120万kWh"),
    ],
)
def test_units_of_the_same_size_are_mended(wrong, right):
    found = list(wording.units(text(wrong), DRAFT, bundled()))
    assert cured(found, wrong) == right


@pytest.mark.parametrize(
    ("characters", "strikes"),
    [
        ("截止2025年底，建会率达98%。", True),
        ("工作有序推进。截止到2025年12月31日，建会率达98%。", True),
        ("报名从5月1日开始，截止2026年5月10日，逾期不再受理。", False),
        ("共承担任务34项，截止2026年5月底，已完成29项。", True),
        ("截止2026年5月10日。", False),
        ("截止日期为2026年5月10日，请抓紧。", False),
    ],
)
def test_figures_go_up_to_a_day(characters, strikes):
    found = list(wording.up_to_a_day(text(characters), DRAFT))
    assert marked(found, characters) == (["截止"] if strikes else [])


@pytest.mark.parametrize(("wrong", "unit"), [("补助大米500斤", "斤"), ("重30市斤", "市斤"), ("路长3华里", "华里")])
def test_units_of_another_size_are_told(wrong, unit):
    (found,) = wording.units(text(wrong), DRAFT, bundled())
    assert marked([found], wrong) == [unit]
    assert found.replacement is None
    assert "等于" in found.hint


@pytest.mark.parametrize(
    "right",
    [
        "5公斤",
        "高80厘米",
        "办公分工",
        "公分母",
        "千斤重担",
        "半斤八两",
        "KM公司",
        "3KMS",
        "10kV",
        "10万千瓦",
        "考取MPA",
        "5公里",
        "18亿亩",
    ],
)
def test_what_is_no_obsolete_unit(right):
    assert list(wording.units(text(right), DRAFT, bundled())) == []


@pytest.mark.parametrize(
    ("characters", "found"),
    [
        ("近日，会议召开。", ["近日"]),
        ("会议拟于近日召开。", ["近日"]),
        ("日前，市总工会印发通知。", ["日前"]),
        ("会议决定下周召开。", ["下周"]),
        ("3月5日前报送。", []),
        ("于15日前报送。", []),
        ("节假日前检查。", []),
        ("最近日均接待30人。", []),
        ("今年，我市召开会议。", []),
        ("每月5日报送，上月情况一并报送。", []),
        ("每月报送。上月，我市遭遇强降雨。", ["上月"]),
        ("定期通报，下周起执行。", []),
        ("上周期已经完成。", []),
    ],
)
def test_dates_that_hang_on_the_day_of_reading(characters, found):
    one = text(characters)
    assert marked(wording.relative_dates(one, DRAFT, bundled()), characters) == found
    assert list(wording.relative_dates(text(characters, "heading"), DRAFT, bundled())) == []
    assert list(wording.relative_dates(text(characters, path=("issued", "body", 0)), DRAFT, bundled())) == []
    speech = Speech.model_construct(kind="讲话稿")
    assert list(wording.relative_dates(one, speech, bundled())) == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("党的20大精神", "党的二十大精神"),
        ("贯彻党的19大和20大，", "贯彻党的十九大和20大，"),
        ("二十届3中全会", "二十届三中全会"),
        ("党的20届三中全会", "党的二十届三中全会"),
        ("20届3中全会精神", "二十届三中全会精神"),
        ("二十届2中、3中全会", "二十届二中、3中全会"),
    ],
)
def test_congresses_are_numbered_in_hanzi(wrong, right):
    assert cured(list(wording.congress_numbers(text(wrong), DRAFT)), wrong) == right


@pytest.mark.parametrize(
    "right",
    [
        "党的二十大精神",
        "党的10大工程",
        "党的二十届三中全会",
        "20届毕业生",
        "党的20大领域",
        "第18届3中学校",
        "中国工会十八大",
    ],
)
def test_what_is_no_congress(right):
    assert list(wording.congress_numbers(text(right), DRAFT)) == []


# --- forms of address -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "body", "found"),
    [
        ("函", "请你局支持。", ["你局"]),
        ("函", "请贵局支持。", []),
        ("函", "你省方案收悉。", []),
        ("函", "请你单位、你会支持。", ["你单位", "你会"]),
        ("函", "你所在单位支持。", []),
        ("函", "你局《关于某事的请示》（某〔2026〕3号）收悉。", []),
        ("通知", "请贵局落实。", ["贵局"]),
        ("通知", "请你局落实。", []),
        ("通知", "昂贵部件、珍贵会议记录、贵州省、贵部分和尊贵会员", []),
        ("公告", "请贵局落实。", []),
        ("请示", "请贵局批准。", []),
    ],
)
def test_forms_of_address(kind, body, found):
    assert struck(wording.address_forms, NO_UNITS, bundled(), kind=kind, body=[body]) == [
        ("GW872", one) for one in found
    ]


def test_a_letter_to_an_organ_below():
    known = Units(
        (
            Unit.model_construct(name="云州市总工会", short="市总工会", superior=None),
            Unit.model_construct(name="东陵县总工会", short=None, superior=("市总工会",)),
        )
    )
    letter = {"kind": "函", "body": ["请你会支持。"]}
    assert struck(wording.address_forms, NO_UNITS, bundled(), addressees="白水市总工会", **letter) == [
        ("GW872", "你会")
    ]
    for issuer in ("云州市人民政府", "云州市人民政府办公室", "中共云州市委", "省总工会", "自然资源部", "国家统计局"):
        assert (
            struck(wording.address_forms, NO_UNITS, bundled(), issuer=issuer, addressees="白水市总工会", **letter) == []
        )
    assert struck(wording.address_forms, known, bundled(), addressees="东陵县总工会", **letter) == []
    assert struck(wording.address_forms, known, bundled(), addressees="体育局", **letter) == [("GW872", "你会")]
    assert struck(wording.address_forms, NO_UNITS, bundled(), addressees="东陵县总工会", **letter) == []
    assert struck(wording.address_forms, NO_UNITS, bundled(), addressees="各县总工会", **letter) == []


# --- citations --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("characters", "found"),
    [
        ("根据云工发〔2026〕5号《关于某事的通知》", ["〔2026〕5号"]),
        ("根据云工发[2026]5号文件《关于某事的通知》", ["[2026]5号"]),
        ("根据《关于某事的通知》（云工发〔2026〕5号）", []),
        ("《甲》（云工发〔2026〕5号）《乙》", []),
        ("云工发〔2026〕5号文件和《关于某事的通知》", []),
    ],
)
def test_the_title_stands_before_the_number(characters, found):
    assert marked(citations.number_before_title(text(characters), DRAFT), characters) == found
    assert list(citations.number_before_title(text(characters, "cell"), DRAFT)) == []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (["按照《关于甲的通知》执行。"], ["《关于甲的通知》"]),
        (["按照《关于甲的通知》（云工发〔2026〕5号）执行，并按《关于甲的通知》评比。"], []),
        (["按照《关于甲的通知》执行。", "《关于甲的通知》（云工发〔2026〕5号）另发。"], []),
        (["按照《关于甲的通知》执行，《关于甲的通知》要落实。"], ["《关于甲的通知》"]),
        (["按照《关于甲的通知》（以下简称《通知》，云工发〔2026〕5号）执行。"], []),
        (["按照《关于甲的通知》（2026年3月1日）执行。"], []),
        (["按照云工发〔2026〕5号《关于甲的通知》执行。"], []),
        (["按照《关于甲的通知》（待定）执行。"], []),
        (["按照《关于甲的意见》执行。"], []),
        (["按照《中华人民共和国工会法》执行。"], []),
        (["按照《中共中央关于甲的通知》执行。"], []),
        (["按照《关于某事的通知》执行。"], []),
        ([{"heading": "落实《关于甲的通知》", "body": ["正文。"]}], []),
    ],
)
def test_cited_documents_have_numbers(body, found):
    assert struck(citations.cited_without_number, body=body) == [("GW866", one) for one in found]


def test_what_a_document_issues_or_encloses_needs_no_number():
    body = ["现将《关于甲的函》印发给你们，《关于乙的函》一并印发。"]
    assert (
        struck(
            citations.cited_without_number,
            body=body,
            title="关于转发《关于乙的函》的通知",
            attachments=[{"title": "关于甲的函", "body": ["正文。"]}],
        )
        == []
    )
    issued = {"title": "关于甲的函", "body": ["正文。"]}
    assert struck(citations.cited_without_number, body=body, issued=issued) == [("GW866", "《关于乙的函》")]


@pytest.mark.parametrize(
    ("first", "found"),
    [
        ("你会《关于某事的请示》（某工〔2026〕3号）收悉。", []),
        ("你会《关于某事的请示》（待定）收悉。", []),
        ("你会《关于某事的请示》收悉。经研究，批复如下。", ["《关于某事的请示》"]),
        ("你会请示收悉。经研究，批复如下。", ["你会请示收悉。"]),
    ],
)
def test_a_reply_names_what_it_answers(first, found):
    body = [first, "同意。"]
    assert struck(citations.reply_without_citation, kind="批复", body=body) == [("GW258", one) for one in found]
    assert struck(citations.reply_without_citation, body=body) == []
    assert struck(citations.cited_without_number, kind="批复", body=body) == []


# --- attachments ------------------------------------------------------------------------------------------------------------


def attached(*titles):
    return [{"title": title, "body": ["正文。"]} for title in titles]


@pytest.mark.parametrize(
    ("body", "count", "found"),
    [
        ("名单见附件。", 0, ["附件"]),
        ("名单（附件）另发。", 0, ["附件"]),
        ("填写附件2。", 0, ["附件2"]),
        ("（见附件3）", 2, ["附件3"]),
        ("（见附件1、3）", 2, ["附件1、3"]),
        ("（见附件1—附件4）", 3, ["附件1—附件4"]),
        ("（见附件三）", 2, ["附件三"]),
        ("（见附件2）", 2, []),
        ("（见附件1—2）", 2, []),
        ("（见附件1）", 1, []),
        ("名单见附件。", 1, []),
        ("按照《办法》附件3执行。", 0, []),
        ("合同附件3另签。", 0, []),
        ("各单位附件1份。", 0, []),
        ("按照《办法》（某政发〔2026〕3号）附件3执行。", 0, []),
        ("该通知的附件2已废止。", 0, []),
        ("不得发送邮件附件。", 0, []),
        ("附件1：活动安排表", 0, []),  # told as an element that is typed
        ("附件齐全的，予以受理。", 0, []),
        ("报送材料及附件20份。", 0, []),
    ],
)
def test_attachments_that_are_spoken_of_are_there(body, count, found):
    titles = ("报名表", "活动安排表", "竞赛规程")[:count]
    assert struck(references.no_such_attachment, body=[body], attachments=attached(*titles)) == [
        ("GW870", one) for one in found
    ]


@pytest.mark.parametrize(
    ("body", "titles", "found"),
    [
        ("正文。", ["报名表"], ["报名表"]),
        ("填写报名表。", ["云州市职工运动会报名表"], []),
        ("名单附后。", ["报名表"], []),
        ("见附件。", ["报名表", "规程"], []),
        ("见附件1。", ["报名表", "规程"], ["规程"]),
        ("见附件1、2。", ["报名表", "规程"], []),
        ("见附件1至附件3。", ["报名表", "规程", "细则"], []),
        ("见附件1和3。", ["报名表", "规程", "细则"], ["规程"]),
        ("见附件一。", ["报名表"], []),
        ("报名表和规程另发。", ["报名表", "规程"], []),
    ],
)
def test_every_attachment_is_spoken_of(body, titles, found):
    assert struck(references.attachment_unmentioned, body=[body], attachments=attached(*titles)) == [
        ("GW871", one) for one in found
    ]


def test_an_attachment_may_be_named_in_the_title():
    keys = {"title": "关于填写职工运动会报名表的通知", "attachments": attached("报名表")}
    assert struck(references.attachment_unmentioned, **keys) == []


# --- short names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (["工会法（以下简称“本法”）。", "本法施行。"], []),
        (["《工会法》（以下简称《法》）。", "《法》施行。"], []),
        (["要约行动（以下简称要约）由工会发起，要约自3月开始。"], []),
        (["要约行动（以下简称要约）由工会发起。"], [("GW868", "以下简称要约")]),
        (["要约由工会发起，简称为要约（以下简称为“要约”）。"], [("GW868", "以下简称为“要约”")]),
        (["甲（以下简称“本会”）、乙（以下统称“本会”），本会负责。"], [("GW867", "以下统称“本会”")]),
        (["以下简称不另说明。"], []),
    ],
)
def test_short_names(body, found):
    assert struck(abbreviations.abbreviations, body=body) == found


def test_what_is_issued_gives_its_own_short_names_and_attachments_use_those_of_the_body():
    given = "职工之家（以下简称“家”）"
    issued = {"title": "办法", "body": [f"{given}。", "家要建好。"]}
    assert struck(abbreviations.abbreviations, body=[f"{given}。", "家要建好。"], issued=issued) == []
    assert struck(abbreviations.abbreviations, body=[f"{given}。"], attachments=attached("把家建好")) == []


# --- any text ---------------------------------------------------------------------------------------------------------------

PIECES = (
    "布署", "按装", "名", "机", "3", "公分", "KM", "近日", "日前", "，", "。", "党的", "20", "大", "届", "3中全会", "《关于甲的通知》",
    "（某〔2026〕3号）", "某〔2026〕3号", "附件", "1", "、", "以下简称", "“家”", "你局", "请", "批准", "妥否",
)  # fmt: skip


@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join),
    st.sampled_from(["通知", "请示", "报告", "函", "批复"]),
)
def test_findings_lie_inside_their_texts_and_cures_cure(characters, kind):
    document = from_keys(BASE | {"kind": kind, "body": [characters]})
    for one in rules.check(document, wants=lambda check: check.code >= "GW860" or "GW250" <= check.code < "GW270"):
        if one.path == ("body", 0):
            assert one.offset is None or 0 <= one.offset < one.offset + one.length <= len(characters)
        if one.replacement is not None:
            mended = characters[: one.offset] + one.replacement + characters[one.offset + one.length :]
            again = rules.check(from_keys(BASE | {"kind": kind, "body": [mended]}), wants=one.check.__eq__)
            assert one.offset not in [other.offset for other in again]


# --- correct documents ------------------------------------------------------------------------------------------------------

CORRECT = """\
经市委宣布，署名文章已由市总工会发布署名者名单。
光伏项目按装机容量核定补助，设备按装配图验收，灯具按装饰要求选用。
既使群众得到实惠，又使企业降低成本，这项工作要持续抓好。
湖水清澈，从岸边可以望见清澈底部的水草。
过渡假期安排由各单位自行确定，引渡假释人员的程序另行规定。
舞台帐幕、救灾帐篷由民政部门调拨，转移群众住进帐篷。
赔偿试点、有偿试用和补偿试行办法已经印发。
党组会议立即然后召开党员大会的做法不可取，应当先后有序。
究竟争取哪些项目，要在全市一盘棋中统筹考虑；竟争相虚报的，严肃处理。
全部份额由市财政承担，外部份额另行核算。
新建校舍一座，落成后交付使用；这座落成于1985年的办公楼已经加固。
友好象征、和平象征和城市象征的设计方案已经公示。
地震憾事不能重演，应急预案要年年演练。
各基金持有人的部份额合计不得超过规定。
全市高标准农田面积达到120万亩，粮食总产量116.8万吨。
每人每天补助5公斤大米，每户不超过50千克。
110 kV变电站、10 kV线路和500 kW光伏电站如期投运。
项目总投资3.5亿元，占地18.6公顷，建筑面积4.2万平方米。
办公分工由办公室主任确定，第一季度办公分为三个阶段。
2023级MPA研究生到基层挂职。
各单位于每月5日前报送上月情况，每周五报送下周工作安排。
各单位应当在3月15日前完成自查，节假日前开展安全检查。
近日益增多的外卖配送员，是工会服务的重点。
最近日均接待职工320人次。
今年是“十四五”规划的收官之年，本月底前完成总结。
按照《云州市公园管理办法》附件2的规定，填报有关材料。
按照《云州市人民政府关于做好防汛工作的通知》（云政发〔2026〕5号）附件1的分工，抓好落实。
合同附件3、招标文件附件2由代理机构保管。
申报材料及附件1份，一式三份报送。
邮件附件不得含有涉密内容。
《中国工会章程》《中华人民共和国工会法》是工会工作的基本遵循。
学习《中共中央关于进一步全面深化改革、推进中国式现代化的决定》。
落实《中共中央办公厅、国务院办公厅关于做好某项工作的通知》要求。
《工人日报》刊发了《一份迟到的通知书》。
有关情况已经书面请示市人民政府，并报请市人大常委会批准。
项目由市发展和改革委员会审批，未经批准不得开工。
各级工会要及时向同级党委和政府请示报告，重要情况报请上级批示。
请各县（市、区）总工会将落实情况于6月30日前报市总工会。
对领导同志的批示，要逐件登记、限时办结。
深入学习贯彻党的二十大和二十届二中、三中全会精神。
学习贯彻习近平新时代中国特色社会主义思想，坚定不移推进全面从严治党。
要不忘初心，牢记使命，把职工群众的事办好。
省人大常委会副主任、省总工会主席出席会议。
市人大财政经济委员会主任委员作说明，市人大主任会议研究了有关事项。
昂贵部件、珍贵部分藏品和宝贵会议资料要妥善保管。
贵州省、贵阳市、富贵社区和贵港市的代表参加会议。
你单位、你委要按照职责分工抓好落实，请你会同有关部门办理。
成立集体协商工作领导小组（以下简称领导小组），领导小组办公室设在市总工会。
《职工代表大会条例》（以下简称《条例》）已经公布，各单位要认真学习《条例》。
市总工会（以下简称“市总”）、市工商业联合会（以下简称“市工商联”）建立联席会议制度，市总和市工商联轮流主持。
本办法所称用人单位，是指企业、事业单位、机关和社会团体，以下简称另有规定的除外。
打字员、校对员和排版员的劳动定额由企业与工会协商确定。
全年共印制宣传资料3万份，发放主题词条手册1200册。
会议传达了省总工会主席、市委书记的讲话精神。
截至目前，全市建成职工服务中心12个；截至2026年6月底，服务职工8.6万人次。
账户、账号、账目、台账和结账、对账、查账的用法一致。
部署、安装、松弛、度假、彻底、辐射、部分、坐落、尝试、好像都是规范的写法。
再接再厉、迫不及待、一如既往、兢兢业业、攻坚克难。
""".splitlines()
assert len(CORRECT) >= 50


@pytest.mark.parametrize("kind", ["通知", "报告", "通报", "公告"])
@pytest.mark.parametrize("sentence", CORRECT)
def test_correct_sentences_give_nothing(sentence, kind):
    document = from_keys(BASE | {"kind": kind, "body": [sentence, "各级工会要抓好落实。"]})
    ours = {check for module in MODULES for check in vars(module).values() if isinstance(check, Check)}
    assert [(one.check.code, one.message) for one in rules.check(document, wants=ours.__contains__)] == []

"""What a draft need not repeat of its unit, and what stays as the draft says."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gongwen import project
from gongwen.document import RESERVED, Document
from gongwen.parser import validate
from gongwen.project import ProjectSettings
from gongwen.rules import registry
from gongwen.rules.kinds import routing
from gongwen.rules.kinds import units as rules
from gongwen.units import LEVELS, NO_UNITS, Unit, Units, fill

CITY = Unit.model_construct(
    name="云州市总工会",
    short="市总工会",
    mark="云州市总工会委员会文件",
    code="云工发",
    office="云州市总工会办公室",
    seal="印章/公章.png",
    diameter=45.0,
    level="city",
    superior=("某某省总工会",),
)
OTHER = Unit.model_construct(name="云州市体育局", short="市体育局", level="city")
ONE, TWO = Units((CITY,)), Units((CITY, OTHER))

BASE = {"kind": "通知", "issuer": "市总工会", "title": "关于某事的通知", "body": ["正文。"]}


def document(**keys):
    given = {key: value for key, value in {**BASE, **keys}.items() if value is not None}
    return Document.model_validate(given, context={"language": "en", "units": True}, by_name=True, by_alias=False)


def filled(units=ONE, **keys):
    found, findings = fill(document(**keys), units)
    assert findings == []
    return found


def faults(units, **keys):
    return [(one.check.code, one.path) for one in fill(document(**keys), units)[1]]


def test_without_units_nothing_changes():
    one = document(issuer="云州市总工会")
    assert fill(one, NO_UNITS) == (one, [])


def test_a_short_name_becomes_the_full_name():
    assert filled().issuer == ("云州市总工会",)
    assert filled(TWO, issuer=["市总工会", "市体育局", "云州市财政局"]).issuer == (
        "云州市总工会",
        "云州市体育局",
        "云州市财政局",
    )


def test_the_only_unit_issues_what_names_no_issuer():
    assert filled(issuer=None).issuer == ("云州市总工会",)
    assert faults(TWO, issuer=None) == [("GW102", ("issuer",))]


def test_one_organ_by_two_names_is_told():
    assert faults(TWO, issuer=["云州市总工会", "市总工会"]) == [("GW105", ("issuer", 1))]


def test_the_code_is_that_of_the_lead_organ():
    number = {"year": "2026", "serial": "6"}
    assert filled(number=number).number_text == "云工发〔2026〕6号"
    assert filled(TWO, issuer=["市总工会", "市体育局"], number=number).number_text == "云工发〔2026〕6号"
    assert filled(number=number | {"code": "云工办"}).number_text == "云工办〔2026〕6号"
    assert filled(number="云工函〔2026〕6号").number_text == "云工函〔2026〕6号"
    for issuer in ("市体育局", "云州市财政局"):
        assert faults(TWO, issuer=issuer, number=number) == [("GW102", ("number", "code"))]


@pytest.mark.parametrize(
    ("keys", "mark"),
    [
        ({}, "云州市总工会委员会文件"),
        ({"mark": "云州市总工会"}, "云州市总工会"),
        ({"mark": "preprinted"}, "云州市总工会文件"),
        ({"format": "letter"}, "云州市总工会"),
        ({"issuer": ["市总工会", "市体育局"]}, "云州市总工会云州市体育局文件"),
        ({"issuer": ["市总工会", "市体育局"], "mark": "lead"}, "云州市总工会委员会文件"),
        ({"issuer": "市体育局"}, "云州市体育局文件"),
    ],
)
def test_the_mark_of_the_general_format(keys, mark):
    assert filled(TWO, **keys).mark_text == mark


@pytest.mark.parametrize(
    ("keys", "office"),
    [
        ({"imprint": {"issued_on": "2026-07-01"}}, "云州市总工会办公室"),
        ({"imprint": {"issued_on": "待定", "copies_to": "市委"}}, "云州市总工会办公室"),
        ({"imprint": {"issued_on": "2026-07-01", "issuing_office": "市委办公室"}}, "市委办公室"),
        ({"imprint": {"copies_to": "市委"}}, None),
        ({"imprint": {"copies_to": "市委", "issued_on": "2026-07-01"}, "format": "letter"}, None),
    ],
)
def test_the_office_of_an_imprint_with_a_date(keys, office):
    assert filled(**keys).imprint.issuing_office == office
    assert filled().imprint is None


def test_the_seal_of_each_unit():
    (one,) = filled(signature="sealed").signatories
    assert (one.organ, one.seal, one.diameter) == ("云州市总工会", "印章/公章.png", 45.0)
    first, second = filled(TWO, issuer=["市总工会", "市体育局"], signature="sealed").signatories
    assert (first.seal, first.organ) == ("印章/公章.png", "云州市总工会")
    assert (second.seal, second.organ, second.diameter) == (RESERVED["en"], "云州市体育局", None)
    for keys in ({}, {"signature": "none"}, {"signature": "云州市总工会", "date": "2026-07-01"}):
        assert all(one.seal is None for one in filled(**keys).signatories)
    (own,) = filled(signature={"seal": "另一枚.png"}).signatories
    assert (own.seal, own.diameter) == ("另一枚.png", None)


def test_the_path_of_a_seal_counts_from_the_draft(tmp_path):
    folder = tmp_path / "2026" / "07"
    (seen,) = ONE.seen_from(folder, tmp_path).all
    assert seen.seal == "../../印章/公章.png"
    assert ONE.seen_from(tmp_path, tmp_path).all[0].seal == "印章/公章.png"
    assert TWO.seen_from(folder, tmp_path).all[1] == OTHER


# 国发〔1999〕25号, and for trade unions what their federation states; the rest is not known.
@pytest.mark.parametrize(
    ("name", "level", "diameter"),
    [
        ("国务院", "central", 60),
        ("某某省人民政府", "province", 50),
        ("云州市人民政府", "city", 45),
        ("某某县人民政府", "county", 45),
        ("某某乡人民政府", "township", 42),
        ("某某公司", "grassroots", None),
        ("中华全国总工会", "central", 50),
        ("某某省总工会", "province", 46),
        ("某某公司工会委员会", "grassroots", 42),
        ("云州市总工会", "city", None),
        ("云州市总工会", None, None),
    ],
)
def test_the_diameter_of_a_seal_by_level(name, level, diameter):
    assert Unit.model_construct(name=name, level=level).seal_diameter == diameter
    assert Unit.model_construct(name=name, level=level, diameter=43.0).seal_diameter == 43


def settings(data, language="en"):
    found, findings = validate(ProjectSettings, data, language)
    return found, [one.path for one in findings]


def test_one_unit_or_several():
    one, _ = settings({"unit": {"name": "云州市总工会", "superior": "某某省总工会", "level": "city"}})
    several, _ = settings({"unit": [{"name": "云州市总工会", "superior": ["某某省总工会"], "level": "city"}]})
    assert one == several
    assert one.unit[0].superior == ("某某省总工会",)
    zh, _ = settings({"单位": {"名称": "云州市总工会", "上级": "某某省总工会", "级别": "市"}}, "zh")
    assert zh == one
    assert {level["zh"] for level in LEVELS.values()} == {"中央", "省", "市", "县", "乡", "基层"}


@pytest.mark.parametrize(
    ("unit", "path"),
    [
        ({}, ("unit", "name")),
        ([{}], ("unit", 0, "name")),
        ([], ("unit",)),
        ("云州市总工会", ("unit",)),
        ({"name": "云州市总工会", "level": "市"}, ("unit", "level")),
        ([{"name": "甲"}, {"name": "乙", "short": "甲"}], ("unit", 1)),
    ],
)
def test_faulty_units(unit, path):
    assert settings({"unit": unit}) == (None, [path])


# --- rules --------------------------------------------------------------------------------------------------------------


def struck(rule, units, **keys):
    return [(one.check.name, one.path) for one in rule(fill(document(**keys), units)[0], units)]


def test_joint_documents_are_of_one_level():
    county = Unit.model_construct(name="某某县总工会", level="county")
    unknown = Unit.model_construct(name="云州市财政局", level=None)
    three = Units((CITY, OTHER, county, unknown))
    assert struck(rules.joint_levels, three, issuer=["市总工会", "市体育局", "云州市财政局", "别的机关"]) == []
    wrong = ["别的机关", "市总工会", "云州市财政局", "某某县总工会"]
    assert struck(rules.joint_levels, three, issuer=wrong) == [("joint-levels", ("issuer", 3))]


@pytest.mark.parametrize(
    ("keys", "strikes"),
    [
        ({}, False),
        ({"mark": "云州市总工会"}, False),
        ({"mark": "云州市工会文件"}, False),
        ({"mark": "市总工会文件"}, False),
        ({"issuer": ["市总工会", "云州市妇女联合会"], "mark": "云州市工会、妇联文件"}, False),
        ({"issuer": "中国共产党云州市委员会", "mark": "中共云州市委文件"}, False),
        ({"mark": "preprinted"}, False),
        ({"mark": "待定"}, False),
        ({"mark": "云州市妇联文件"}, True),
        ({"mark": "云州市总工会党组文件"}, True),
        ({"mark": "云州市总工会党组", "format": "letter"}, True),
    ],
)
def test_a_mark_is_made_of_the_names_of_its_issuers(keys, strikes):
    assert struck(rules.mark_of_others, TWO, **keys) == [("mark-of-others", ("mark",))] * strikes


@pytest.mark.parametrize("name", ["云州市总工会组织部", "云州市总工会财务处", "云州市总工会法规科（信访科）"])
def test_a_section_of_an_organ(name):
    assert struck(rules.internal_section, ONE, issuer=name) == [("internal-section", ("issuer", 0))]
    assert struck(rules.internal_section, Units((OTHER,)), issuer=name) == []


@pytest.mark.parametrize(
    "name", ["云州市总工会", "云州市总工会办公室", "云州市总工会党组", "云州市总工会女职工委员会", "云州市财政局"]
)
def test_what_is_no_section(name):
    assert struck(rules.internal_section, ONE, issuer=name) == []


@pytest.mark.parametrize(
    ("keys", "strikes"),
    [
        ({"addressees": "某某省总工会"}, False),
        ({"addressees": "省总工会"}, False),
        ({"addressees": "中华全国总工会"}, True),
        ({"addressees": "中华全国总工会", "imprint": {"copies_to": ["市委", "某某省总工会"]}}, False),
        ({}, False),
        ({"addressees": "中华全国总工会", "kind": "通知"}, False),
        ({"addressees": "中华全国总工会", "kind": "意见"}, False),
        ({"addressees": "中华全国总工会", "kind": "意见", "signers": ["王小明"]}, True),
        ({"addressees": "中华全国总工会", "issuer": "市体育局"}, False),
    ],
)
def test_past_the_direct_superior(keys, strikes):
    found = struck(routing.superiors, TWO, **{"kind": "请示", **keys})
    assert found == [("past-superior", ("addressees",))] * strikes


# --- the whole way ------------------------------------------------------------------------------------------------------

_UNITS = st.lists(
    st.fixed_dictionaries(
        {"name": st.sampled_from(["云州市总工会", "甲机关", "a"])},
        optional={
            "short": st.sampled_from(["市总", "甲机关", "乙"]),
            "mark": st.text(min_size=1),
            "code": st.just("云工发"),
            "office": st.just("办公室"),
            "seal": st.sampled_from(["a.png", "../a.png", "/a.png", "\x00"]),
            "level": st.sampled_from(["city", "county"]),
        },
    ),
    max_size=3,
)


@given(st.data())
def test_filling_any_document_leaves_it_a_document(documents, data):
    one = data.draw(documents)
    units = Units(
        tuple(Unit.model_construct(**{**dict.fromkeys(Unit.model_fields), **unit}) for unit in data.draw(_UNITS))
    )
    found, findings = fill(one, units)
    assert all(finding.path[0] in ("issuer", "number") for finding in findings)
    if not findings:
        assert len(found.issuer) == len(one.issuer)
        assert (found.title, found.body, found.date) == (one.title, one.body, one.date)
        for rule in registry.UNIT_RULES:
            list(rule.function(found, units))


_ANYTHING = st.recursive(
    st.one_of(st.text(max_size=8), st.sampled_from(["city", "middle", "云州市总工会", "a.png", "42"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["name", "short", "seal", "level", "superior", "page_number", "fonts", "x"]),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["unit", "house", "fonts", "单位", "y"]), _ANYTHING, max_size=3))
def test_any_settings_are_findings_and_no_traceback(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("any")
    (folder / "gongwen.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    found = project.find(folder / "draft.yaml")
    assert all(one.span is not None for one in found.diagnostics)
    assert found.units.all == () or "unit" in data or "单位" in data


SETTINGS = {
    "en": "unit: {name: 云州市总工会, short: 市总工会, code: 云工发, office: 云州市总工会办公室}\n",
    "zh": "单位: {名称: 云州市总工会, 简称: 市总工会, 代字: 云工发, 印发机关: 云州市总工会办公室}\n",
}
DRAFTS = {
    "en": "kind: 通知\nnumber: {year: 2026, serial: 6}\ntitle: 云州市总工会关于开展活动的通知\naddressees: 各县总工会\n"
    "body: [现将有关事项通知如下。, 各级工会要精心组织，确保活动取得实效，并及时总结经验，报送市总工会办公室。]\n"
    "date: 2026-07-01\nimprint: {issued_on: 2026-07-01}\n",
    "zh": "文种: 通知\n发文字号: {年份: 2026, 序号: 6}\n标题: 云州市总工会关于开展活动的通知\n主送机关: 各县总工会\n"
    "正文: [现将有关事项通知如下。, 各级工会要精心组织，确保活动取得实效，并及时总结经验，报送市总工会办公室。]\n"
    "成文日期: 2026-07-01\n版记: {印发日期: 2026-07-01}\n",
}


@pytest.mark.parametrize("settings_language", ["en", "zh"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_draft_need_not_repeat_its_unit(language, settings_language, tmp_path, compiler):
    (tmp_path / "gongwen.yaml").write_text(SETTINGS[settings_language], "utf-8")
    draft = tmp_path / "2026" / "draft.yaml"
    draft.parent.mkdir()
    draft.write_text(DRAFTS[language], "utf-8")
    checked = compiler.check(draft)
    assert checked.diagnostics == ()
    texts = {box.role: box.text for page in checked.layout.pages for box in page.texts}
    assert texts["mark"] == "云州市总工会文件"
    assert texts["number"] == "云工发〔2026〕6号"
    assert texts["signature"] == "云州市总工会"
    assert texts["imprint-office"] == "云州市总工会办公室"


def test_without_settings_the_draft_says_all(draft, compiler):
    checked = compiler.check(draft(DRAFTS["en"]))
    assert [(one.check.code, one.message) for one in checked.diagnostics] == [
        ("GW102", "稿件缺少“issuer”"),
        ("GW102", "“number”缺少“code”"),
    ]


def test_a_fault_of_one_part_hides_none_of_another(tmp_path, compiler):
    (tmp_path / "gongwen.yaml").write_text("colour: red\nunit: {short: 市总}\nfonts: {fangsong: 没有.ttf}\n", "utf-8")
    draft = tmp_path / "draft.yaml"
    draft.write_text(
        "issuer: 云州市总工会\n" + DRAFTS["en"].replace("{year: 2026, serial: 6}", "云工发〔2026〕6号"), "utf-8"
    )
    found = [(one.check.code, one.message) for one in compiler.check(draft).project.diagnostics]
    assert sorted(found) == [
        ("GW101", "没有“colour”这个键"),
        ("GW102", "“unit”缺少“name”"),
        ("GW502", "没有字体文件“没有.ttf”"),
    ]

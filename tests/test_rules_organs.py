"""The limits of the rules of names: number, signers, signature, printing office, addressees and copies."""

import pytest
from layouts import from_keys, from_yaml

from gongwen.rules.elements import header, names, organs, recipients
from gongwen.units import Unit, Units

BASE = {"kind": "通知", "issuer": "云州市总工会", "title": "云州市总工会关于开展活动的通知", "body": ["正文。"]}


def found(rule, *more, **extra):
    return [(one.check.name, one.path, one.offset, one.length) for one in rule(from_keys({**BASE, **extra}), *more)]


def strikes(rule, *more, **extra):
    return [name for name, *_ in found(rule, *more, **extra)]


# --- names --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("short", "name", "wanted"),
    [
        ("市委", "云州市委员会", True),
        ("云州市总", "云州市总工会", True),
        ("省总工会", "河南省总工会", True),
        ("中共云州市委", "中国共产党云州市委员会", True),
        ("市妇联", "云州市总工会", False),
        ("", "云州市总工会", True),
    ],
)
def test_short_forms(short, name, wanted):
    assert names.is_short_for(short, name) is wanted


def test_a_line_of_organs_is_taken_apart():
    line = "各县（市、区）总工会，市直各单位、 高新区工会"
    assert [(one.offset, one.name) for one in names.named(((line,),), ("addressees",))] == [
        (0, "各县（市、区）总工会"),
        (11, "市直各单位"),
        (18, "高新区工会"),
    ]
    classes = (("甲局", "乙局"), ("丙局",))
    assert [one.path for one in names.named(classes, ("addressees",))] == [
        ("addressees", 0, 0),
        ("addressees", 0, 1),
        ("addressees", 1),
    ]
    assert names.named(None, ("addressees",)) == []


# --- number -------------------------------------------------------------------------------------------------------------------

UNION = Unit.model_construct(name="云州市总工会", short="市总工会", code="云工发")
WOMEN = Unit.model_construct(name="云州市妇女联合会", short=None, code="云妇字")
SCHOOLS = Unit.model_construct(name="云州市教育局", short=None, code="云教")
UNITS = Units((UNION, WOMEN, SCHOOLS))
JOINT = {"issuer": ["云州市总工会", "云州市妇女联合会"]}


@pytest.mark.parametrize(
    ("number", "joint", "alone"),
    [
        ("云妇字〔2026〕6号", ["joint-number"], ["number-of-others"]),
        ("云教〔2026〕6号", ["number-of-others"], ["number-of-others"]),
        ("云工发〔2026〕6号", [], []),
        ("云工函〔2026〕6号", [], []),  # an organ has several codes
        ({"code": "云妇字", "year": "2026", "serial": "6"}, ["joint-number"], ["number-of-others"]),
        ("第6号", [], []),
        ("待定", [], []),
        (None, [], []),
    ],
)
def test_whose_number_it_is(number, joint, alone):
    assert strikes(organs.number_of_lead, UNITS, number=number, **JOINT) == joint
    assert strikes(organs.number_of_lead, UNITS, number=number) == alone


def test_the_code_is_marked_where_it_stands():
    assert found(organs.number_of_lead, UNITS, number="云妇字〔2026〕6号") == [("number-of-others", ("number",), 0, 3)]
    parts = {"code": "云教", "year": "2026", "serial": "6"}
    assert found(organs.number_of_lead, UNITS, number=parts) == [("number-of-others", ("number", "code"), 0, 2)]


def test_a_code_that_two_units_share_is_the_lead_organs():
    office = Unit.model_construct(name="云州市总工会办公室", short=None, code="云工发")
    assert strikes(organs.number_of_lead, Units((office, UNION)), number="云工发〔2026〕6号") == []
    assert strikes(organs.number_of_lead, Units((office,)), number="云工发〔2026〕6号") == ["number-of-others"]


@pytest.mark.parametrize(
    ("number", "wanted"),
    [
        ("云工发〔2026〕6号 云妇字〔2026〕8号", ["two-numbers"]),
        ("云工发〔2026〕6号、8号", ["number-form"]),
        ("云工发〔2026〕6号", []),
    ],
)
def test_one_number_is_enough(number, wanted):
    assert strikes(header.number_form, number=number) == wanted


@pytest.mark.parametrize(
    ("extra", "path"),
    [
        ({"number": "云工党组〔2026〕6号"}, ("number",)),
        ({"number": "云工党组〔2026〕6号", "issuer": "中共云州市总工会党组"}, None),
        ({"issuer": "中共云州市总工会党组", "mark": "云州市总工会文件"}, ("mark",)),
        ({"issuer": "中共云州市总工会党组", "mark": "中共云州市总工会党组文件"}, None),
        ({"issuer": "中共云州市总工会党组", "mark": "preprinted"}, None),
        ({"issuer": "中共云州市总工会党组"}, None),
    ],
)
def test_a_party_group_does_not_mix_with_its_organ(extra, path):
    assert [one[1] for one in found(organs.party_group, **extra)] == ([] if path is None else [path])


# --- signers, copies ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("signers", "wanted"),
    [
        (["王小明"], []),
        (["王小明", "李大明"], []),
        (["王小明、李大明"], [("signer-form", ("signers", 0), 3, 1)]),
        (["王小明主席"], [("signer-form", ("signers", 0), 3, 2)]),
        (["副市长王小明"], [("signer-form", ("signers", 0), 0, 3)]),
        (["王小明同志"], [("signer-form", ("signers", 0), 3, 2)]),
        (["云州市总工会"], [("signer-form", ("signers", 0), 0, 6)]),
        (["王小明", "王小明"], [("repeated-signer", ("signers", 1), 0, 3)]),
        (["欧阳文山"], []),
        (["书记"], []),  # nothing is left of the name
        (["王　明"], []),
        (["阿依古丽·买买提"], []),
        (None, []),
    ],
)
def test_a_signer_is_a_name(signers, wanted):
    assert found(header.signer_names, kind="请示", signers=signers) == wanted


def test_copies_are_counted_from_one():
    assert found(header.copy_number, copy_number="000000") == [("copy-number-zero", ("copy_number",), 0, 6)]
    assert strikes(header.copy_number, copy_number="1") == strikes(header.copy_number, copy_number="待定") == []
    assert strikes(header.copy_number) == []
    bulletin = from_yaml("kind: 简报\nmark: 简报\ncopy_number: 0\nitems: [{title: 一, body: [一。]}]\n")
    assert [one.check.name for one in header.copy_number(bulletin)] == ["copy-number-zero"]


# --- signature, printing office -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("signature", "path"),
    [
        ("云州市妇女联合会", ("signature",)),
        ("云州市总", None),
        ("河南省云州市总工会", None),
        ("none", None),
        ("sealed", None),
        ("待定", None),
        ({"organ": "云州市妇女联合会", "seal": "reserved"}, ("signature", "organ")),
        ({"title": "主席", "stamp": "reserved"}, None),
        ([{"organ": "云州市教育局", "seal": "reserved"}], ("signature", 0, "organ")),
        ([{"seal": "reserved"}, {"organ": "云州市教育局", "seal": "reserved"}], None),  # too many, told as that
        (None, None),
    ],
)
def test_who_signs(signature, path):
    given = found(organs.signature_of_others, signature=signature, date="2026-07-01")
    assert [one[1] for one in given] == ([] if path is None else [path])


def test_minutes_are_signed_by_the_office_and_joint_documents_by_all():
    other = {"signature": "云州市妇女联合会"}
    assert strikes(organs.signature_of_others, kind="纪要", **other) == []
    assert strikes(organs.signature_of_others, **JOINT, **other) == []
    assert strikes(organs.signature_of_others, **JOINT, signature="云州市总工会 云州市妇女联合会") == []
    assert strikes(organs.signature_of_others, issuer="待定", **other) == []


@pytest.mark.parametrize(
    ("issuer", "office", "wanted"),
    [
        ("云州市总工会", "云州市总工会办公室", False),
        ("云州市总工会", "市总工会办公室", False),
        ("云州市总工会", "云州市妇女联合会办公室", True),
        ("云州市总工会", "办公室", False),
        ("云州市总工会", "待定", False),
        ("云州市人民政府办公室", "云州市人民政府办公室", False),
        ("国务院办公厅", "国务院办公厅秘书局", False),
        ("中共云州市委员会", "中共云州市委办公室", False),
        ("中共云州市委员会", "云州市人民政府办公室", True),
        ("云州市安全生产委员会", "云州市应急管理局办公室", False),  # it may be housed there
        ("云州市防汛抗旱指挥部", "云州市水利局办公室", False),
        (["云州市总工会", "云州市妇女联合会"], "云州市妇女联合会办公室", False),
    ],
)
def test_whose_office_sends_to_print(issuer, office, wanted):
    given = found(organs.office_of_others, issuer=issuer, imprint={"issuing_office": office})
    assert given == ([("office-of-others", ("imprint", "issuing_office"), 0, len(office))] if wanted else [])


# --- addressees and copies ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "marks"),
    [
        ("各县总工会；市直各单位", ["；"]),
        ("各县总工会,市直各单位", [","]),
        ("各县总工会 市直各单位", [" "]),
        ("市委办公室/市政府办公室", ["/"]),
        ("各县（市；区）总工会，市直各单位", []),
        ("各县总工会、各区总工会，市直各单位", []),
        ("各县总工会；", []),  # what is made twice
        ("ABC 公司", []),
    ],
)
def test_what_separates_organs(line, marks):
    given = recipients.typed_lines(from_keys({**BASE, "addressees": line}))
    assert [line[one.offset : one.offset + one.length] for one in given] == marks


@pytest.mark.parametrize(
    ("line", "strikes"),
    [
        ("甲县总工会、乙县总工会，丙县总工会", True),
        ("甲县总工会、乙县总工会、丙县总工会", False),
        ("甲县总工会，乙县总工会，丙县总工会", False),
        ("各县（市、区）总工会，各产业工会", False),
        ("甲县总工会、乙县总工会，丙区总工会", False),  # they may be of two classes
        ("各县总工会，市直各单位、各产业工会", False),
    ],
)
def test_separators_of_one_class_are_not_mixed(line, strikes):
    given = recipients.typed_lines(from_keys({**BASE, "addressees": line}))
    assert [(one.check.name, one.offset, one.length) for one in given] == (
        [("mixed-separators", 0, len(line))] if strikes else []
    )


@pytest.mark.parametrize(
    ("organs_given", "wanted"),
    [
        ("各县总工会等单位", [(("addressees", 0), 5, 3)]),
        (["各县总工会", "各高等学校等"], [(("addressees", 1), 5, 1)]),
        (["某县总工会等单位", "各高等学校"], []),  # the list goes on
        ("各高等学校", []),
    ],
)
def test_a_list_of_organs_has_an_end(organs_given, wanted):
    given = recipients.typed_lines(from_keys({**BASE, "addressees": organs_given}))
    assert [(one.path, one.offset, one.length) for one in given] == wanted


def test_an_organ_is_named_once():
    assert found(recipients.named_twice, addressees="甲县总工会、乙县总工会，甲县总工会") == [
        ("organ-twice", ("addressees", 0), 12, 5)
    ]
    assert found(recipients.named_twice, addressees=["各县（市、区）总工会", "市人社局", "总工会"]) == []
    assert found(recipients.named_twice, addressees=["待定", "待定"]) == []
    copies = {"imprint": {"copies_to": ["丙局", "甲县总工会", "丁县总工会", "丁县总工会"]}}
    assert found(recipients.named_twice, addressees="甲县总工会", **copies) == [
        ("addressee-copied", ("imprint", "copies_to", 1), 0, 5),
        ("organ-twice", ("imprint", "copies_to", 3), 0, 5),
    ]
    moved = {"imprint": {"addressees": "甲县总工会", "copies_to": "甲县总工会"}}
    assert strikes(recipients.named_twice, **moved) == ["addressee-copied"]


def test_a_document_goes_to_others():
    copies = {"imprint": {"copies_to": ["云州市总工会", "云州市总工会办公室"]}}
    assert found(recipients.sent_to_issuer, addressees=["各县总工会", "云州市总工会"], **copies) == [
        ("sent-to-issuer", ("addressees", 1), 0, 6),
        ("copied-to-issuer", ("imprint", "copies_to", 0), 0, 6),
    ]
    assert found(recipients.sent_to_issuer, issuer="待定", addressees="待定") == []

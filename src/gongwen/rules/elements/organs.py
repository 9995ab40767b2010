"""Rules of the names of organs in different elements: number, signature and printing office are those of the issuer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gongwen.authority import PRACTICE, must, should
from gongwen.diagnostics import Check, DataPath, Finding
from gongwen.document import LEAD, NONE, PENDING, PREPRINTED, SEALED, Document, Number, Signatory
from gongwen.expressions import expression
from gongwen.rules.elements.names import hanzi, is_called
from gongwen.rules.registry import on_document, on_units
from gongwen.units import Unit, Units

JOINT_NUMBER = Check(
    "GW242",
    "joint-number",
    must("条例第九条（五）"),
    what="联合行文使用主办机关的发文字号。",
    why="条例规定联合行文时使用主办机关的发文字号；代字是另一个发文机关的，归档和引用时会找错机关。",
    wrong="""\
# gongwen.yaml
unit:
  - {name: 云州市总工会, code: 云工发}
  - {name: 云州市妇女联合会, code: 云妇字}
# 稿件
issuer: [云州市总工会, 云州市妇女联合会]
title: 云州市总工会 云州市妇女联合会关于开展夏季送清凉活动的通知
number: 云妇字〔2026〕6号""",
    right="""\
# gongwen.yaml
unit:
  - {name: 云州市总工会, code: 云工发}
  - {name: 云州市妇女联合会, code: 云妇字}
# 稿件
issuer: [云州市总工会, 云州市妇女联合会]
title: 云州市总工会 云州市妇女联合会关于开展夏季送清凉活动的通知
number: 云工发〔2026〕6号""",
)
NUMBER_OF_OTHERS = Check(
    "GW243",
    "number-of-others",
    should("条例第九条（五）"),
    what="发文字号用发文机关自己的代字。",
    why="条例规定发文字号由发文机关代字、年份、发文顺序号组成；这个代字在 gongwen.yaml 里是另一个单位的。",
    wrong="""\
# gongwen.yaml
unit:
  - {name: 云州市总工会, code: 云工发}
  - {name: 云州市妇女联合会, code: 云妇字}
# 稿件
issuer: 云州市总工会
number: 云妇字〔2026〕6号""",
    right="""\
# gongwen.yaml
unit:
  - {name: 云州市总工会, code: 云工发}
  - {name: 云州市妇女联合会, code: 云妇字}
# 稿件
issuer: 云州市总工会
number: 云工发〔2026〕6号""",
)
PARTY_GROUP_MIXED = Check(
    "GW244",
    "party-group-mixed",
    PRACTICE,
    what="党组的公文用党组的标志和字号，不与本机关的混用。",
    why="党组和机关各自行文、各自编号；以机关名义发文的不用党组字号，以党组名义发文的不用机关的标志。",
    wrong="issuer: 云州市总工会\nnumber: 云工党组〔2026〕6号",
    right="issuer: 云州市总工会\nnumber: 云工发〔2026〕6号",
)
SIGNATURE_OF_OTHERS = Check(
    "GW245",
    "signature-of-others",
    should("条例第九条（十一）"),
    what="署名是发文机关的全称或者规范化简称。",
    why="条例规定署发文机关全称或者规范化简称，加盖的印章与署名机关相符。",
    wrong="issuer: 云州市总工会\nsignature: 云州市妇女联合会",
    right="issuer: 云州市总工会\nsignature: 云州市总工会",
)
OFFICE_OF_OTHERS = Check(
    "GW408",
    "office-of-others",
    should("条例第九条（十七）"),
    what="印发机关是发文机关的办公厅（室）或者文秘部门。",
    why="条例规定印发机关是公文的送印机关，一般是发文机关的办公厅（室）；联合行文的是主办机关的。",
    wrong="issuer: 云州市总工会\nimprint: {issuing_office: 云州市妇女联合会办公室, issued_on: 2026-06-22}",
    right="issuer: 云州市总工会\nimprint: {issuing_office: 云州市总工会办公室, issued_on: 2026-06-22}",
)

_CODE: Final = expression(r"[^〔\[［【（(]+")
_PARTY_GROUP: Final = "党组"
_PARTY: Final = "党"
_OFFICE: Final = expression(r"(?:办公厅|办公室|秘书处|秘书局|秘书科|文秘科|综合处|综合科|综合部)$")
_HOUSED: Final = expression(r"(?:领导小组|指挥部|联席会议|^(?!中共).*委员会)$")
"""Bodies that often have no office of their own: the organ that houses them sends their documents to print."""
_LEAST_NAME: Final = 4


def _code(document: Document) -> tuple[str, tuple[str, ...]] | None:
    """机关代字 of the number, and where it stands."""
    number = document.number
    if isinstance(number, Number):
        return (number.code or "", ("number", "code"))
    match = _CODE.match(number or "")
    return None if match is None or match.end() == len(number or "") else (match.group(), ("number",))


@on_units(JOINT_NUMBER, NUMBER_OF_OTHERS)
def number_of_lead(document: Document, units: Units) -> Iterator[Finding]:
    """H-24: the number is the lead organ's. An organ has several codes, so only the code of another unit is surely wrong."""
    found = _code(document)
    if found is None or not document.issuer:
        return
    code, path = found
    lead = units.named(document.lead)
    others = [unit for unit in units.all if unit.code == code]
    if not others or (lead is not None and lead.code == code):
        return
    joint = next((unit for unit in others if _issues(unit, document)), None)
    hint = f"用“{lead.code}”" if lead is not None and lead.code is not None else "用主办机关的代字"
    if joint is not None:
        message = f"联合行文用主办机关的发文字号：“{code}”是“{joint.name}”的代字"
        yield Finding(JOINT_NUMBER, message, path, hint=hint, offset=0, length=len(code))
    else:
        message = f"“{code}”是“{others[0].name}”的代字，发文机关是“{document.lead}”"
        yield Finding(NUMBER_OF_OTHERS, message, path, hint=hint, offset=0, length=len(code))


def _issues(unit: Unit, document: Document) -> bool:
    """Whether a unit is an issuer beside the lead organ."""
    return unit.name in document.issuer[1:] or unit.short in document.issuer[1:]


@on_document(PARTY_GROUP_MIXED)
def party_group(document: Document) -> Iterator[Finding]:
    """U-08: a Party group has a mark and a number of its own."""
    found = _code(document)
    if found is not None and _PARTY_GROUP in found[0] and not any(_PARTY in name for name in document.issuer):
        code, path = found
        yield Finding(
            PARTY_GROUP_MIXED,
            f"“{code}”是党组的字号，发文机关是“{document.lead}”",
            path,
            hint="以党组名义发文的，发文机关写党组；否则用本机关的字号",
            offset=0,
            length=len(code),
        )
    mark = document.mark
    is_own = mark is not None and mark not in (PREPRINTED["en"], LEAD["en"], PENDING)
    if mark is not None and is_own and document.lead.endswith(_PARTY_GROUP) and _PARTY not in mark:
        yield Finding(
            PARTY_GROUP_MIXED,
            f"“{document.lead}”发文，标志是“{mark}”",
            ("mark",),
            hint="用党组的标志；以机关名义发文的，发文机关写机关",
            offset=0,
            length=len(mark),
        )


@on_document(SIGNATURE_OF_OTHERS)
def signature_of_others(document: Document) -> Iterator[Finding]:
    """B-32: the organ that signs is an issuer. Minutes are also signed by the office that drew them up."""
    given = document.signature
    if (
        document.format_name == "minutes"
        or given is None
        or given in (NONE["en"], SEALED["en"])
        or PENDING in document.issuer
    ):
        return
    organs = (*document.issuer, "".join(document.issuer))
    if isinstance(given, str):
        names: list[tuple[DataPath, str]] = [(("signature",), given)]
    elif isinstance(given, Signatory):
        names = [(("signature", "organ"), given.organ or "")]
    else:
        names = [(("signature", index, "organ"), one.organ or "") for index, one in enumerate(given)]
    for path, name in names[: len(document.issuer)]:  # those too many are told by `signature.one_for_each_organ`
        if name != PENDING and hanzi(name) and not is_called(name, organs):
            yield Finding(
                SIGNATURE_OF_OTHERS,
                f"署名“{name}”不是发文机关的全称或者规范化简称",
                path,
                hint="核对署名和发文机关",
                offset=0,
                length=len(name),
            )


@on_document(OFFICE_OF_OTHERS)
def office_of_others(document: Document) -> Iterator[Finding]:
    """R-14: the office that sends to print is the issuer's."""
    office = document.imprint.issuing_office if document.imprint is not None else None
    if office is None or PENDING in (office, *document.issuer) or any(_HOUSED.search(name) for name in document.issuer):
        return
    owner = _OFFICE.sub("", office)
    if len(hanzi(owner)) >= _LEAST_NAME and not is_called(owner, document.issuer):
        yield Finding(
            OFFICE_OF_OTHERS,
            f"印发机关“{office}”不是发文机关的办公厅（室）",
            ("imprint", "issuing_office"),
            hint="写发文机关的办公厅（室）；没有的，写发文机关",
            offset=0,
            length=len(office),
        )

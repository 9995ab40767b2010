"""Rules of routing 行文: to whom a document goes and who issues it, as far as names and the project tell (条例 articles 8, 15, 17)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gongwen.authority import PRACTICE, must, should
from gongwen.diagnostics import Check, Finding
from gongwen.document import Document
from gongwen.rules.elements.names import Named, named
from gongwen.rules.kinds.ranks import is_below, is_upward
from gongwen.rules.registry import on_document, on_units, on_usage
from gongwen.rules.texts import signature_path
from gongwen.terms import Terms
from gongwen.units import Unit, Units

SEVERAL_ADDRESSEES = Check(
    "GW254",
    "several-addressees",
    should("条例第十五条（一）"),
    what="上行文主送一个机关，其他的抄送。",
    why="几个上级同时收到请示，谁来答复说不清，答复也可能不一致；条例规定原则上主送一个上级机关。",
    wrong="""\
kind: 请示
addressees: [某某省总工会, 某某省财政厅]
""",
    right="""\
kind: 请示
addressees: [某某省总工会]
""",
)
COPIED_BELOW = Check(
    "GW255",
    "copied-below",
    must("条例第十五条（一）"),
    what="上行文不抄送下级机关。",
    why="请示的事上级还没有答复，报告是写给上级的；条例规定向上级机关行文不抄送下级机关。",
    wrong="""\
kind: 请示
issuer: 某某市总工会
imprint: {copies_to: [各县（市、区）总工会], issuing_office: 某某市总工会办公室, issued_on: 2026-07-01}
""",
    right="""\
kind: 请示
issuer: 某某市总工会
imprint: {copies_to: [某某市财政局], issuing_office: 某某市总工会办公室, issued_on: 2026-07-01}
""",
)
TO_A_LEADER = Check(
    "GW256",
    "to-a-leader",
    must("条例第十五条（五）"),
    what="上行文写给机关，不写给领导个人，也不用领导个人的名义发。",
    why="公文是机关之间的行文。除上级机关负责人直接交办的事项外，条例规定不得向上级机关负责人报送公文。",
    wrong="""\
kind: 请示
addressees: [王小明市长]
""",
    right="""\
kind: 请示
addressees: [某某市人民政府]
""",
)
PAST_SUPERIOR = Check(
    "GW226",
    "past-superior",
    should("条例第十四条、第八条（十四）"),
    what="上行文主送直接上级，越级的抄送被越过的机关。",
    why="条例第十四条：一般不得越级行文；特殊情况需要越级行文的，应当同时抄送被越过的机关。直接上级取自 gongwen.yaml。",
    wrong="""\
# gongwen.yaml
unit: {name: 云州市总工会, superior: 河阳省总工会}
# 稿件
kind: 请示
addressees: 中华全国总工会
""",
    right="""\
# gongwen.yaml
unit: {name: 云州市总工会, superior: 河阳省总工会}
# 稿件
kind: 请示
addressees: 省总工会
""",
)
NO_SUPERIOR = Check(
    "GW257",
    "no-superior",
    should("条例第八条（十）、（十一）、（十四）"),
    what="请示、报告写给上级机关；向不相隶属的机关请求批准用函。",
    why="行文关系根据隶属关系确定。同级和下级机关不能批准请示。",
    wrong="""\
# gongwen.yaml
unit:
  - {name: 云州市总工会, level: city, superior: 某某省总工会}
  - {name: 白水市总工会, level: city, superior: 某某省总工会}
# 稿件
kind: 请示
addressees: 白水市总工会
""",
    right="""\
# gongwen.yaml
unit:
  - {name: 云州市总工会, level: city, superior: 某某省总工会}
  - {name: 白水市总工会, level: city, superior: 某某省总工会}
# 稿件
kind: 请示
addressees: 某某省总工会
""",
)
JOINT_ORDER = Check(
    "GW260",
    "joint-order",
    PRACTICE,
    what="联合行文的机关，主办机关之后按党、政、军、群的次序排列。",
    why="这是长期的习惯；党的机关与其他机关联合行文时排在最前。",
    wrong="""\
issuer: [某某市人民政府, 中共某某市委员会]
title: 某某市人民政府 中共某某市委员会关于做好防汛工作的通知
""",
    right="""\
issuer: [中共某某市委员会, 某某市人民政府]
title: 中共某某市委员会 某某市人民政府关于做好防汛工作的通知
""",
)
GRASSROOTS_SIGNATURE = Check(
    "GW261",
    "grassroots-signature",
    PRACTICE,
    what="基层工会署“××（单位名称）工会委员会”。",
    why="基层工会的全称是工会委员会，印章也是这样刻的。",
    wrong="""\
# gongwen.yaml
unit: {name: 某某公司工会, level: grassroots}
# 稿件
issuer: 某某公司工会
title: 某某公司工会关于开展夏季送清凉活动的通知
""",
    right="""\
# gongwen.yaml
unit: {name: 某某公司工会委员会, level: grassroots}
# 稿件
issuer: 某某公司工会委员会
title: 某某公司工会委员会关于开展夏季送清凉活动的通知
""",
)


_PARTY_AND_GOVERNMENT: Final = (r"委(?:员会)?$", r"政府$")
_PAIR: Final = 2


@on_document(SEVERAL_ADDRESSEES)
def several_addressees(document: Document) -> Iterator[Finding]:
    """W-05: what goes up goes to one organ; of a joint document to one for each issuer at most."""
    organs = named(document.addressees, ("addressees",))
    if not is_upward(document) or len(organs) <= len(document.issuer):
        return
    both = len(organs) == _PAIR and all(
        re.search(form, one.name) for form, one in zip(_PARTY_AND_GOVERNMENT, organs, strict=True)
    )
    if both and document.kind != "请示":
        return  # a report to 市委、市政府 is usual
    yield organs[1].finding(
        SEVERAL_ADDRESSEES,
        f"“{document.kind}”主送了{len(organs)}个机关",
        "主送一个上级机关，其他的写在抄送机关里",
    )


@on_usage(TO_A_LEADER)
def to_a_leader(document: Document, _units: Units, terms: Terms) -> Iterator[Finding]:
    """W-06: what goes up goes from an organ to an organ, not to or from its head in person."""
    if not is_upward(document):
        return
    person = re.compile(rf"(?P<title>{terms.leaders.alternation()})们?$")
    for one in named(document.addressees, ("addressees",)):
        if match := person.search(one.name):
            organ = terms.leaders.terms[match["title"]].instead
            message = f"“{document.kind}”主送了个人：“{one.name}”"
            yield one.finding(TO_A_LEADER, message, f"主送机关写机关名称（{organ}）；上级机关负责人直接交办的事项除外")
    for index, name in enumerate(document.issuer):
        if person.search(name):
            message = f"“{document.kind}”以个人名义发文：“{name}”"
            yield Named(("issuer", index), 0, name).finding(TO_A_LEADER, message, "以本机关的名义发文")


# --- copies ------------------------------------------------------------------------------------------------------------------


@on_units(COPIED_BELOW)
def copied_below(document: Document, units: Units) -> Iterator[Finding]:
    """R-15, W-05: what goes up is not copied to those below."""
    if not is_upward(document) or document.imprint is None:
        return
    for one in named(document.imprint.copies_to, ("imprint", "copies_to")):
        if is_below(one.name, document.lead, units):
            message = f"“{document.kind}”抄送了下级机关“{one.name}”"
            yield one.finding(COPIED_BELOW, message, "删去；上级答复之后，需要下级知道的另行文")


@on_units(PAST_SUPERIOR, NO_SUPERIOR)
def superiors(document: Document, units: Units) -> Iterator[Finding]:
    """W-07, W-15: what goes up goes to the direct superior, or a copy does; not to an equal, nor to an organ below.

    Where an addressee is none above, that is told, and not that the superior is passed over.
    """
    lead = units.named(document.lead)
    if lead is None or not is_upward(document):
        return
    addressees = named(document.addressees, ("addressees",))
    found = [(one, relation) for one in addressees if (relation := _relation(one.name, lead, units)) is not None]
    for one, relation in found:
        hint = "向下级行文用通知等文种" if relation == "下级" else "向不相隶属的机关请求批准、商洽工作用函"
        yield one.finding(NO_SUPERIOR, f"“{document.kind}”主送了{relation}机关“{one.name}”", hint)
    copies = document.imprint.copies_to if document.imprint is not None else None
    names = [one.name for one in (*addressees, *named(copies, ("imprint", "copies_to")))]
    if addressees and lead.superior and not found and not any(_is_superior(name, lead) for name in names):
        yield Finding(
            PAST_SUPERIOR,
            f"“{document.kind}”没有主送或者抄送直接上级“{'、'.join(lead.superior)}”",
            ("addressees",),
            hint="一般不得越级行文，特殊情况需要越级的，同时抄送被越过的机关；向不相隶属的机关请求批准用函",
        )


def _is_superior(name: str, unit: Unit) -> bool:
    """Whether an organ is the direct superior of a unit; 省总工会 is how a draft may call 河南省总工会."""
    return any(one.endswith(name) for one in unit.superior or ())


def _relation(name: str, lead: Unit, units: Units) -> str | None:
    """How an organ that is surely not above a unit stands to it: 下级, 同级; None for any other."""
    unit = units.named(name)
    if unit is None or unit == lead or _is_superior(name, lead):
        return None
    above = set(unit.superior or ())
    if above & {lead.name, lead.short}:
        return "下级"
    # Only organs that share a superior are known to be equals: a committee and its government are of one level, too.
    return "同级" if above & set(lead.superior or ()) else None


# --- issuers -----------------------------------------------------------------------------------------------------------------

_CLASSES: Final = (
    ("党", r"^(?:中共|中国共产党).*(?:委员会|委|党组)(?:办公[厅室])?$"),
    ("政", r"人民政府(?:办公[厅室])?$"),
    ("军", r"(?:军区|军分区|人民武装部|武警[^委]*(?:总队|支队|大队))$"),
    ("群", r"(?:总工会|妇女联合会|妇联|^共青团.*委员会|共青团.*委|残疾人联合会|科学技术协会)$"),
)
"""What an organ is where its name tells for certain, in the customary order."""


def _class(name: str) -> int | None:
    return next((rank for rank, (_, form) in enumerate(_CLASSES) if re.search(form, name)), None)


@on_document(JOINT_ORDER)
def joint_order(document: Document) -> Iterator[Finding]:
    """U-04: 党, 政, 军, 群; the lead organ stands first whatever it is, but before an organ of the Party."""
    classes = [_class(name) for name in document.issuer]
    last: int | None = None
    for index, one in enumerate(classes):
        if one is None:
            continue
        party_later = index > 0 and one == 0 and any(before not in (None, 0) for before in classes[:index])
        if party_later or (last is not None and one < last):
            yield Finding(
                JOINT_ORDER,
                f"“{document.issuer[index]}”的次序：联合行文的机关一般按党、政、军、群排列",
                ("issuer", index),
                hint="调整次序；主办机关在前，其余按党、政、军、群",
            )
            return
        last = one if index > 0 else last


@on_units(GRASSROOTS_SIGNATURE)
def grassroots_signature(document: Document, units: Units) -> Iterator[Finding]:
    """U-07: a union of an enterprise or institution signs as a committee, where the project says that it is one."""
    for index, name in enumerate(document.signatures):
        unit = units.named(name)
        if unit is not None and unit.level == "grassroots" and re.search(r"(?<!总)工会$", name):
            yield Finding(
                GRASSROOTS_SIGNATURE,
                f"基层工会的署名“{name}”不是全称",
                signature_path(document, index),
                hint=f"署“{name}委员会”；在 gongwen.yaml 里把名称写成全称",
            )

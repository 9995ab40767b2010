"""Rules of routing 行文: to whom a document goes and who issues it, as far as names and the project tell (条例 articles 8, 15, 17)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from gongwen.authority import PRACTICE, must, should
from gongwen.diagnostics import Check, DataPath, Finding
from gongwen.document import PENDING, Document
from gongwen.rules.kinds.ranks import is_below
from gongwen.rules.prose import is_upward
from gongwen.rules.registry import on_document, on_units, on_usage
from gongwen.rules.texts import signature_path
from gongwen.terms import Terms
from gongwen.units import Units

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


class _Named(NamedTuple):
    """An organ named in a list: the path of the text, the offset of the name in it, the name."""

    path: DataPath
    offset: int
    name: str


_NAME: Final = r"(?:（[^（）]*）|\([^()]*\)|[^、，,；;：:。\n])+"


def _named(organs: tuple[tuple[str, ...], ...] | None, path: DataPath) -> list[_Named]:
    """The organs of a list, those of a line that is typed as it is one by one; placeholders are none."""
    found = []
    for i, one in enumerate(organs or ()):
        for j, line in enumerate(one):
            place = (*path, i, j) if len(one) > 1 else (*path, i)
            for match in re.finditer(_NAME, line):
                name = match.group().strip()
                if name and name != PENDING:
                    found.append(_Named(place, match.start() + match.group().index(name), name))
    return found


def _finding(check: Check, one: _Named, message: str, hint: str) -> Finding:
    return Finding(check, message, one.path, hint=hint, offset=one.offset, length=len(one.name))


_PARTY_AND_GOVERNMENT: Final = (r"委(?:员会)?$", r"政府$")
_PAIR: Final = 2


@on_document(SEVERAL_ADDRESSEES)
def several_addressees(document: Document) -> Iterator[Finding]:
    """W-05: what goes up goes to one organ; of a joint document to one for each issuer at most."""
    named = _named(document.addressees, ("addressees",))
    if not is_upward(document) or len(named) <= len(document.issuer):
        return
    both = len(named) == _PAIR and all(
        re.search(form, one.name) for form, one in zip(_PARTY_AND_GOVERNMENT, named, strict=True)
    )
    if both and document.kind != "请示":
        return  # a report to 市委、市政府 is usual
    yield _finding(
        SEVERAL_ADDRESSEES,
        named[1],
        f"“{document.kind}”主送了{len(named)}个机关",
        "主送一个上级机关，其他的写在抄送机关里",
    )


@on_usage(TO_A_LEADER)
def to_a_leader(document: Document, _units: Units, terms: Terms) -> Iterator[Finding]:
    """W-06: what goes up goes from an organ to an organ, not to or from its head in person."""
    if not is_upward(document):
        return
    person = re.compile(rf"(?P<title>{terms.leaders.alternation()})们?$")
    for one in _named(document.addressees, ("addressees",)):
        if match := person.search(one.name):
            organ = terms.leaders.terms[match["title"]].instead
            message = f"“{document.kind}”主送了个人：“{one.name}”"
            yield _finding(
                TO_A_LEADER, one, message, f"主送机关写机关名称（{organ}）；上级机关负责人直接交办的事项除外"
            )
    for index, name in enumerate(document.issuer):
        if person.search(name):
            message = f"“{document.kind}”以个人名义发文：“{name}”"
            yield _finding(TO_A_LEADER, _Named(("issuer", index), 0, name), message, "以本机关的名义发文")


# --- copies ------------------------------------------------------------------------------------------------------------------


@on_units(COPIED_BELOW)
def copied_below(document: Document, units: Units) -> Iterator[Finding]:
    """R-15, W-05: what goes up is not copied to those below."""
    if not is_upward(document) or document.imprint is None:
        return
    for one in _named(document.imprint.copies_to, ("imprint", "copies_to")):
        if is_below(one.name, document.lead, units):
            message = f"“{document.kind}”抄送了下级机关“{one.name}”"
            yield _finding(COPIED_BELOW, one, message, "删去；上级答复之后，需要下级知道的另行文")


@on_units(NO_SUPERIOR)
def no_superior(document: Document, units: Units) -> Iterator[Finding]:
    """W-15: 请示 and 报告 do not go to an organ that the project knows as below, or as another of the same level."""
    lead = units.named(document.lead)
    if lead is None or not is_upward(document):
        return
    for one in _named(document.addressees, ("addressees",)):
        unit = units.named(one.name)
        if unit is None or unit == lead or any(name.endswith(one.name) for name in lead.superior or ()):
            continue
        is_below = any(name in (lead.name, lead.short) for name in unit.superior or ())
        # Only organs that share a superior are known to be equals: a committee and its government are of one level, too.
        shared = set(unit.superior or ()) & set(lead.superior or ())
        if is_below or shared:
            relation = "下级" if is_below else "同级"
            hint = "向下级行文用通知等文种" if is_below else "向不相隶属的机关请求批准、商洽工作用函"
            yield _finding(NO_SUPERIOR, one, f"“{document.kind}”主送了{relation}机关“{one.name}”", hint)


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

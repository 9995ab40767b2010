"""Rules of issuers that ask what the project knows of its units: their marks, and who may issue alone or with whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gongwen.authority import must, should
from gongwen.diagnostics import Check, Finding
from gongwen.document import LEAD, MARK_SUFFIX, PENDING, PREPRINTED, Document
from gongwen.expressions import expression
from gongwen.rules.elements.names import is_short_for
from gongwen.rules.registry import on_units
from gongwen.units import LEVELS, Units

# A warning: the program knows a section by its name alone.
INTERNAL_SECTION = Check(
    "GW224",
    "internal-section",
    should("条例第十七条"),
    what="除办公厅（室）外，内设机构不对外正式行文。",
    why="条例第十七条：部门内设机构除办公厅（室）外不得对外正式行文。程序只看名称，是不是内设机构由人判断。",
    wrong="""\
# gongwen.yaml
unit: {name: 云州市总工会}
# 稿件
issuer: 云州市总工会组织部
""",
    right="""\
# gongwen.yaml
unit: {name: 云州市总工会}
# 稿件
issuer: 云州市总工会办公室
""",
)
JOINT_LEVELS = Check(
    "GW225",
    "joint-levels",
    must("条例第十七条"),
    what="联合行文的机关是同级的。",
    why="条例第十七条：同级党政机关、党政机关与其他同级机关必要时可以联合行文。级别取自 gongwen.yaml。",
    wrong="""\
# gongwen.yaml
unit:
  - {name: 云州市总工会, level: city}
  - {name: 东陵县总工会, level: county}
# 稿件
issuer: [云州市总工会, 东陵县总工会]
""",
    right="""\
# gongwen.yaml
unit:
  - {name: 云州市总工会, level: city}
  - {name: 云州市妇女联合会, level: city}
# 稿件
issuer: [云州市总工会, 云州市妇女联合会]
""",
)
MARK_OF_OTHERS = Check(
    "GW227",
    "mark-of-others",
    should("GB/T 9704 7.2.4"),
    what="发文机关标志用发文机关的全称或者规范化简称。",
    why="GB/T 9704 7.2.4：标志由发文机关全称或者规范化简称加“文件”二字组成，也可以不加；有名称里没有的字，多半用错了红头。",
    wrong="mark: 云州市妇女联合会文件",
    right="mark: 云州市总工会文件",
)

_SECTION: Final = expression(r"(?:处|科|股|部|室|组)(?:（[^（）]*）)?$")
_NO_SECTION: Final = expression(r"(?:办公厅|办公室|党组|办事处)(?:（[^（）]*）)?$")
"""What may issue for its organ, and what only sounds like a section of it."""


@on_units(MARK_OF_OTHERS)
def mark_of_others(document: Document, units: Units) -> Iterator[Finding]:
    """H-12: a mark is made of the names of its issuers, whole or short: its characters stand in them in the same order."""
    mark = document.mark
    lead = units.named(document.lead)
    if mark is None or mark in (PREPRINTED["en"], LEAD["en"], PENDING) or (lead is not None and mark == lead.mark):
        return
    if document.format_name not in ("general", "letter"):
        return
    if not is_short_for(mark.removesuffix(MARK_SUFFIX), "".join(document.issuer)):
        yield Finding(
            MARK_OF_OTHERS,
            f"发文机关标志“{mark}”不像是发文机关的全称或者规范化简称",
            ("mark",),
            hint="用发文机关的名称加“文件”，或者只用名称；核对发文机关",
        )


@on_units(INTERNAL_SECTION)
def internal_section(document: Document, units: Units) -> Iterator[Finding]:
    """H-35: a section inside an organ does not issue documents of its own; the organ's office may."""
    for index, name in enumerate(document.issuer):
        owner = next((unit.name for unit in units.all if name.startswith(unit.name) and name != unit.name), None)
        if owner is not None and _SECTION.search(name) and not _NO_SECTION.search(name):
            yield Finding(
                INTERNAL_SECTION,
                f"“{name}”像是“{owner}”的内设机构",
                ("issuer", index),
                hint="内设机构除办公厅（室）外不得对外正式行文；以本机关或者办公厅（室）的名义发文",
            )


@on_units(JOINT_LEVELS)
def joint_levels(document: Document, units: Units) -> Iterator[Finding]:
    """W-14: the organs of a joint document are of one level, as far as the project knows their levels."""
    known = [
        (index, name, unit.level)
        for index, name in enumerate(document.issuer)
        if (unit := units.named(name)) is not None and unit.level is not None
    ]
    for index, name, level in known[1:]:
        _, first, wanted = known[0]
        if level != wanted:
            yield Finding(
                JOINT_LEVELS,
                f"联合行文的机关应当同级：“{first}”是{LEVELS[wanted]['zh']}级，“{name}”是{LEVELS[level]['zh']}级",
                ("issuer", index),
                hint="不同级的不联合行文；核对 gongwen.yaml 里的级别",
            )

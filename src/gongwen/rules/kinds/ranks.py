"""How organs stand to each other, as far as the project or their names tell, and which documents go up."""

from __future__ import annotations

import re
from typing import Final

from gongwen.document import Document
from gongwen.kinds import kind_of
from gongwen.units import LEVELS, Unit, Units

_RANKS: Final = {level: rank for rank, level in enumerate(LEVELS)}
"""Levels of organs: 0 the highest."""
_PLACE: Final = (
    r"(?P<province>[^省市县区旗]{0,8}(?:省|自治区))?"
    r"(?P<city>[^省市县区旗]{0,6}(?:市(?!场|民|容|政(?!府|协))|自治州|地区))?"
    r"(?P<county>[^省市县区旗]{0,6}(?:县|区(?!域)|旗))?"
    r"(?P<township>[^省市县区旗]{1,6}(?:乡(?!村)|镇|街道))?"
)
_ALL_OF: Final = (
    ("city", r"各(?:省辖市|设区市|设区的市|地级市|市(?!直|级|属|场|区|辖|政(?!府))|州|盟)"),
    ("county", r"各(?:县|区(?!域|直|级|属)|旗)"),
    ("township", r"各(?:乡|镇|街道)"),
    ("grassroots", r"各(?:村|社区|基层|科室|股室|班组|车间)"),
)
_OWN: Final = r"各?(?:下属|所属|本(?:局|委|会|厅|院|校|公司)(?:下属|所属|直属))"


def rank(name: str, unit: Unit | None) -> int | None:
    """The rank of an organ, 0 the highest: as the project says, else that of the lowest place that its name begins with."""
    if unit is not None and unit.level is not None:
        return _RANKS[unit.level]
    match = re.match(_PLACE, name)
    found = [level for level, place in match.groupdict().items() if place is not None] if match is not None else []
    return _RANKS[found[-1]] if found else None


def is_below(name: str, lead: str, units: Units) -> bool:
    """Whether an organ, or all of a kind (各县总工会), is certainly below another."""
    unit, above = units.named(name), units.named(lead)
    if unit is not None:
        return bool(set(unit.superior or ()) & ({lead} if above is None else {above.name, above.short}))
    if re.match(_OWN, name):
        return True
    own = rank(lead, above)
    below = next((_RANKS[level] for level, form in _ALL_OF if re.match(form, name)), None)
    return own is not None and below is not None and below > own


def is_upward(document: Document) -> bool:
    """Whether a document goes up: 请示 and 报告, and 意见 that are signed (条例 article 9 (6))."""
    kind = kind_of(document.kind)
    if kind is None:
        return False
    return "signers" in kind.requires or (kind.direction == "any" and bool(document.signers))

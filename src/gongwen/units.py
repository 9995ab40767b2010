"""Units 单位: the organs whose documents a project holds, and what a draft need not repeat of them.

A draft names a unit by its full or its short name; `fill` puts in what the settings say of it and the draft leaves out. What the
draft says itself is never changed, and nothing is put in that neither says.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from gongwen.diagnostics import Finding
from gongwen.document import LEAD, RESERVED, SEALED, Document, Draft, Number, Signatory
from gongwen.document.fields import Line, Model, keyword, model_in_language
from gongwen.document.signature import Diameter
from gongwen.parser import MISSING_KEY, WRONG_VALUE

Level = Literal["central", "province", "city", "county", "township", "grassroots"]
LEVELS: Final[dict[str, dict[str, str]]] = {
    name: {"en": name, "zh": word}
    for name, word in (
        ("central", "中央"),
        ("province", "省"),
        ("city", "市"),
        ("county", "县"),
        ("township", "乡"),
        ("grassroots", "基层"),
    )
}
"""Levels of organs, with their words in either language."""

_DIAMETERS: Final[dict[str, float]] = {"central": 60, "province": 50, "city": 45, "county": 45, "township": 42}
"""Diameters of seals in mm by level (国发〔1999〕25号)."""
_DIAMETERS_OF_UNIONS: Final[dict[str, float]] = {"central": 50, "province": 46, "grassroots": 42}
"""Those of trade unions (rules of the national federation); for the levels between no figure is known."""
_UNION: Final = "工会"


def _superiors(value: object) -> object:
    return [value] if isinstance(value, str) else value


class Unit(Model):
    """One organ, as gongwen.yaml describes it."""

    name: Line = Field(alias="名称", description="全称。")
    short: Line | None = Field(None, alias="简称", description="规范化简称，稿件里可以只写它。")
    mark: Line | None = Field(None, alias="标志", description="文件格式的发文机关标志；不写则为名称加“文件”。")
    code: Line | None = Field(None, alias="代字", description="机关代字。")
    office: Line | None = Field(None, alias="印发机关", description="印发机关，一般为办公厅（室）。")
    seal: Line | None = Field(None, alias="印章", description="印章图片，路径从 gongwen.yaml 所在的文件夹算起。")
    diameter: Diameter | None = Field(None, alias="直径", description="印章直径，毫米；不写则按级别。")
    level: Annotated[Level, keyword(*LEVELS.values(), only=True)] | None = Field(
        None, alias="级别", description="中央、省、市、县、乡或基层。"
    )
    superior: Annotated[tuple[Line, ...], BeforeValidator(_superiors), Field(min_length=1)] | None = Field(
        None, alias="上级", description="直接上级机关；受双重领导的写成列表。"
    )

    @property
    def seal_diameter(self) -> float | None:
        """The diameter of its seal (mm): its own, else that of its level; None where no source gives one."""
        table = _DIAMETERS_OF_UNIONS if _UNION in self.name else _DIAMETERS
        return self.diameter or table.get(self.level or "")


def _units(value: object, info: ValidationInfo) -> object:
    """Units as a list; a bare mapping is the only one. A name that stands for two units stands for none."""
    if isinstance(value, dict):
        return [model_in_language(Unit, value, info)]
    return value


def _distinct(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    taken: set[str] = set()
    for index, unit in enumerate(units):
        names = {name for name in (unit.name, unit.short) if name is not None}
        if again := taken & names:
            raise PydanticCustomError("repeated_unit", "repeated unit", {"name": min(again), "index": index})
        taken |= names
    return units


UnitsField = Annotated[tuple[Unit, ...], BeforeValidator(_units), AfterValidator(_distinct), Field(min_length=1)]
"""One unit, or the units of a project."""


@dataclass(frozen=True, slots=True)
class Units:
    """The units of a project. Paths of seals are relative to the file that is read with them."""

    all: tuple[Unit, ...] = ()

    @property
    def only(self) -> Unit | None:
        """The unit of a project that has one."""
        return self.all[0] if len(self.all) == 1 else None

    def named(self, name: str) -> Unit | None:
        """The unit of a full or a short name."""
        return next((unit for unit in self.all if name in (unit.name, unit.short)), None)

    def seen_from(self, folder: Path, root: Path) -> Units:
        """The units with the paths of their seals, which count from ``root``, as they count from ``folder``."""
        way = os.path.relpath(root.resolve(), folder.resolve())
        return Units(
            tuple(
                unit if unit.seal is None else unit.model_copy(update={"seal": _joined(way, unit.seal)})
                for unit in self.all
            )
        )


def _joined(way: str, name: str) -> str:
    return Path(os.path.normpath(Path(way) / name)).as_posix()


NO_UNITS: Final = Units()


# --- What a draft leaves out --------------------------------------------------------------------------------------------------


def fill(draft: Draft, units: Units) -> tuple[Draft, list[Finding]]:
    """The draft with what its units supply; findings where something is still missing.

    Names become full names. The lead organ's unit supplies the mark of the general format, the code of a number in parts, and the
    issuing office of an imprint with a date; each unit its seal where the draft is signed ``sealed``.
    """
    if not isinstance(draft, Document) or not units.all:
        return draft, []
    findings: list[Finding] = []
    names = _issuers(draft, units, findings)
    if not names:
        return draft, findings
    lead = units.named(names[0])
    changes: dict[str, object] = {"issuer": names}
    if isinstance(draft.number, Number) and draft.number.code is None:
        if lead is None or lead.code is None:
            findings.append(_no_code(names[0]))
        else:
            changes["number"] = draft.number.model_copy(update={"code": lead.code})
    if lead is not None:
        changes |= _of_lead(draft, lead, names)
    if draft.signature == SEALED["en"] and any(unit.seal for name in names if (unit := units.named(name))):
        changes["signature"] = tuple(_sealed(name, units.named(name)) for name in names)
    return draft.model_copy(update=changes), findings


def _issuers(draft: Document, units: Units, findings: list[Finding]) -> tuple[str, ...]:
    """The issuers by their full names; the project's only unit where the draft gives none."""
    if not draft.issuer:
        if units.only is not None:
            return (units.only.name,)
        names = "、".join(unit.name for unit in units.all)
        findings.append(
            Finding(
                MISSING_KEY, "稿件缺少发文机关", ("issuer",), hint=f"gongwen.yaml 有几个单位，写明是哪一个：{names}"
            )
        )
        return ()
    full = tuple(unit.name if (unit := units.named(name)) is not None else name for name in draft.issuer)
    for index, name in enumerate(full):
        if name in full[:index]:
            message = f"发文机关里的“{draft.issuer[index]}”重复：也是“{name}”"
            findings.append(Finding(WRONG_VALUE, message, ("issuer", index), hint="每个机关只写一次"))
            return ()
    return full


def _no_code(name: str) -> Finding:
    return Finding(
        MISSING_KEY,
        "发文字号缺少机关代字",
        ("number", "code"),
        hint=f"加上代字，或者在 gongwen.yaml 里写明“{name}”的代字",
    )


def _of_lead(draft: Document, lead: Unit, names: Sequence[str]) -> dict[str, object]:
    """What the unit of the lead organ supplies beside the number's code."""
    changes: dict[str, object] = {}
    shows_lead = (draft.mark is None and len(names) == 1) or draft.mark == LEAD["en"]
    if lead.mark is not None and draft.format_name == "general" and shows_lead:
        changes["mark"] = lead.mark
    imprint = draft.imprint
    is_dated = imprint is not None and imprint.issued_on is not None and not draft.is_letter
    if imprint is not None and is_dated and imprint.issuing_office is None and lead.office is not None:
        changes["imprint"] = imprint.model_copy(update={"issuing_office": lead.office})
    return changes


def _sealed(name: str, unit: Unit | None) -> Signatory:
    """A signatory under its unit's seal; a place is kept for the seal of an organ that has none here."""
    if unit is None or unit.seal is None:
        return Signatory.of(name, seal=RESERVED["en"])
    return Signatory.model_construct(organ=name, seal=unit.seal, diameter=unit.seal_diameter)

"""The people at a meeting 出席、请假、列席人员, as minutes list them: 单位、姓名 (clause 10.3)."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import BeforeValidator, TypeAdapter, WithJsonSchema
from pydantic_core import PydanticCustomError

from gongwen.diagnostics import DataPath
from gongwen.document.fields import Line, not_blank, one_line


@dataclass(frozen=True, slots=True)
class Delegation:
    """People of one unit, or people named without their unit."""

    unit: str | None
    names: tuple[str, ...]


def _names(value: object) -> object:
    """A bare text is the only name."""
    if isinstance(value, str):
        return [value]
    if value in (None, []):
        raise PydanticCustomError("blank", "blank")
    if not isinstance(value, list):
        raise PydanticCustomError("people_form", "people form")
    return value


Names = Annotated[tuple[Line, ...], BeforeValidator(_names)]


@functools.cache
def _people_of_one() -> TypeAdapter[tuple[str, ...]]:
    """Built where a draft first has a list of people: few have one."""
    return TypeAdapter(Names)


@functools.cache
def _people_of_units() -> TypeAdapter[dict[str, tuple[str, ...]]]:
    return TypeAdapter(dict[str, Names])


def _people(value: object) -> object:
    """Names of one delegation without a unit, or a mapping of units to names."""
    if not isinstance(value, dict):
        return (Delegation(None, _people_of_one().validate_python(value)),)
    if not value:
        raise PydanticCustomError("blank", "blank")
    for unit in value:
        one_line(not_blank(unit))
    return tuple(Delegation(unit, names) for unit, names in _people_of_units().validate_python(value).items())


_NAMES_SCHEMA: Final = {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}}
_PEOPLE_SCHEMA: Final = {
    "anyOf": [
        {"type": "string", "minLength": 1, "description": "照写的一行文字。"},
        {**_NAMES_SCHEMA, "description": "姓名的列表，之间用顿号。"},
        {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"minLength": 1},
            "additionalProperties": {"anyOf": [{"type": "string", "minLength": 1}, _NAMES_SCHEMA]},
            "description": "单位和该单位的一人或多人，每个单位一行，姓名之间用顿号。",
        },
    ]
}
People = Annotated[tuple[Delegation, ...], BeforeValidator(_people), WithJsonSchema(_PEOPLE_SCHEMA)]
"""The people of one list, unit by unit."""


def show_people(people: tuple[Delegation, ...]) -> str:
    """People as the page shows them: 、 between names, a line for each unit, one cell between it and its names."""
    return "\n".join("".join(wholes(one)) for one in people)


def wholes(one: Delegation) -> list[str]:
    """What of a delegation stays on one line: each name with the 、 after it, the first one with the unit before it."""
    parts = [*(f"{name}、" for name in one.names[:-1]), one.names[-1]]
    return parts if one.unit is None else [f"{one.unit}\u3000{parts[0]}", *parts[1:]]


def people_at(field: str, people: tuple[Delegation, ...]) -> Iterator[tuple[DataPath, str]]:
    """Every name with its path in the draft, below the key of its unit where it has one."""
    for one in people:
        place: DataPath = (field,) if one.unit is None else (field, one.unit)
        for index, name in enumerate(one.names):
            yield (*place, index), name

"""Organs named one after the other: addressees 主送机关 and copies 抄送机关 (clauses 7.3.2, 7.4.2)."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from gongwen.document.fields import Line

_TEXT_LIST = {
    "anyOf": [
        {"type": "string", "minLength": 1},
        {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}},
    ]
}


def _organs(value: object) -> object:
    """Organs as a list of classes, each a list of organs; a bare text is the only organ of the only class."""
    if value is None or value in ("", []):
        raise PydanticCustomError("blank", "blank")
    if isinstance(value, str):
        return [[value]]
    if not isinstance(value, list):
        raise PydanticCustomError("organs_form", "organs form")
    return value


def _organ_class(value: object) -> object:
    if isinstance(value, str | list):
        return [value] if isinstance(value, str) else value
    if value is None:
        raise PydanticCustomError("blank", "blank")
    raise PydanticCustomError("organs_form", "organs form")


OrganClass = Annotated[tuple[Line, ...], BeforeValidator(_organ_class), Field(min_length=1)]
_ORGANS_SCHEMA = {
    "anyOf": [
        {"type": "string", "minLength": 1, "description": "照写的一行文字，末尾不带标点。"},
        {
            "type": "array",
            "minItems": 1,
            "items": _TEXT_LIST,
            "description": "机关名单：各项之间用逗号，内层名单（同类机关）用顿号。",
        },
    ]
}
Organs = Annotated[tuple[OrganClass, ...], BeforeValidator(_organs), WithJsonSchema(_ORGANS_SCHEMA)]
"""Organs named one after the other, in classes."""


def show_organs(organs: tuple[tuple[str, ...], ...]) -> str:
    """Organs as one line: 、 within a class, ， between classes (条例 9(8), clause 7.3.2)."""
    return "，".join("、".join(one) for one in organs)


def organ_names(organs: tuple[tuple[str, ...], ...] | None) -> tuple[str, ...]:
    """The names that a draft gives one by one, for a title that must not split them."""
    return tuple(name for one in organs or () for name in one)

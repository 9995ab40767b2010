"""What articles of regulations 规章 are made of: clauses 款, items 项 and sub-items 目. Their numbers are made."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from gongwen.document.fields import Model, Text, model_in_language, not_blank


class Item(Model):
    """项 with 目 below it."""

    item: Text = Field(alias="项", description="项的文字，不写序号（（一）（二）自动编排）。")
    subitems: tuple[Text, ...] = Field(alias="目", min_length=1, description="项下各目，不写序号（1.2.自动编排）。")


def _item(value: object, info: ValidationInfo) -> object:
    """Choose between text and mapping before validation, so that errors speak of one of them alone."""
    if isinstance(value, dict):
        return model_in_language(Item, value, info)
    if isinstance(value, list):
        raise PydanticCustomError("item_form", "item form")
    return value if isinstance(value, Item) else not_blank(value)


_ItemText = Annotated[str, WithJsonSchema({"type": "string", "minLength": 1, "description": "一项。"})]
Items = tuple[Annotated[_ItemText | Item, BeforeValidator(_item)], ...]
"""项: texts, or texts with sub-items."""


class Clause(Model):
    """款 with items, after the first of an article; one without items is a plain paragraph."""

    clause: Text = Field(alias="款", description="款的文字。")
    items: Items = Field(alias="项", min_length=1, description="这一款之下的各项；序号自动编排。")

"""Regulations 规章: chapters, sections and articles, with the clauses, items and sub-items of an article. All numbers are made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Field, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from gongwen.document.fields import Line, Model, Text, model_in_language, not_blank

if TYPE_CHECKING:
    from gongwen.document.blocks import Block


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


class Chapter(Model):
    """章: its number runs through the regulation."""

    chapter: Line = Field(alias="章", description="章名，不写序号（第一章自动编排）。", examples=["总则"])
    body: tuple[Block, ...] = Field(alias="正文", min_length=1, description="这一章的节和条。")


class Section(Model):
    """节: its number begins anew in each chapter."""

    section: Line = Field(alias="节", description="节名，不写序号（第一节自动编排）。")
    body: tuple[Block, ...] = Field(alias="正文", min_length=1, description="这一节的条。")


class Article(Model):
    """条: its number runs through the whole regulation, whatever the chapters. The text is its first 款."""

    article: Text = Field(alias="条", description="条文的第一款，不写序号（第一条自动编排）。")
    items: Items = Field((), alias="项", min_length=1, description="第一款之下的各项；序号自动编排。")
    body: tuple[Block, ...] = Field((), alias="正文", description="第二款起的各款；款下有项的写款和项。")


class Clause(Model):
    """款 with items, after the first of an article; one without items is a plain paragraph."""

    clause: Text = Field(alias="款", description="款的文字。")
    items: Items = Field(alias="项", min_length=1, description="这一款之下的各项；序号自动编排。")

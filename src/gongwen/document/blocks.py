"""Blocks of a text: paragraphs, and headings with what they head (clause 7.3.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Final

from pydantic import BeforeValidator, Field, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from gongwen.diagnostics import DataPath
from gongwen.document.fields import Line, Model, Text, language_of, model_in_language, not_blank
from gongwen.document.tables import Table


class Heading(Model):
    """A numbered heading 层次标题 and what it heads; the number is made (clause 7.3.3)."""

    heading: Line = Field(
        alias="小标题",
        description="层次标题，不写序号（一、（一）1.（1）自动编排）。另有“接排”时标题后接正文，标题末尾带句号。",
        examples=["提高思想认识"],
    )
    text: Text | None = Field(
        None, alias="接排", description="与标题同段接排的正文；标题部分用标题字体，这一部分用仿宋。"
    )
    body: tuple[Block, ...] = Field((), alias="正文", description="标题之下的段落和下一层标题。")


BLOCKS: Final[dict[str, type[Model]]] = {"heading": Heading, "table": Table}
"""The key that tells what a block is → its class."""


def _block(value: object, info: ValidationInfo) -> object:
    """Choose the class of a block before validation, so that errors speak of that class alone."""
    if isinstance(value, tuple(BLOCKS.values())):
        return value
    if isinstance(value, dict):
        return model_in_language(block_class(value, info), value, info)
    if isinstance(value, list):
        raise PydanticCustomError("block_form", "block form")
    return not_blank(value)


def block_class(value: dict[object, object], info: ValidationInfo) -> type[Model]:
    """The class of a block by the key that it has; a heading where it has none of them."""
    zh = language_of(info) == "zh"
    keys = {str(model.model_fields[name].alias) if zh else name: model for name, model in BLOCKS.items()}
    return next((model for key, model in keys.items() if key in value), Heading)


Paragraph = Annotated[str, WithJsonSchema({"type": "string", "minLength": 1, "description": "一个自然段。"})]
Block = Annotated[Paragraph | Heading | Table, BeforeValidator(_block)]
"""A block of the body: a paragraph, a heading with what it heads, or a table."""


def tables_in(blocks: Sequence[Block], path: DataPath) -> Iterator[tuple[DataPath, Table]]:
    """Every table among blocks and below their headings, with its path."""
    for index, block in enumerate(blocks):
        if isinstance(block, Table):
            yield (*path, index), block
        elif isinstance(block, Heading):
            yield from tables_in(block.body, (*path, index, "body"))

"""Blocks of a text: paragraphs, headings with what they head (clause 7.3.3), the parts of regulations, figures, tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Final

from pydantic import BeforeValidator, Field, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from gongwen.diagnostics import DataPath
from gongwen.document.fields import Line, Model, Text, language_of, model_in_language, not_blank
from gongwen.document.figures import Figure
from gongwen.document.regulations import Clause, Items
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


BLOCKS: Final[dict[str, type[Model]]] = {
    "heading": Heading,
    "chapter": Chapter,
    "section": Section,
    "article": Article,
    "clause": Clause,
    "figure": Figure,
    "table": Table,
}
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
Block = Annotated[Paragraph | Heading | Chapter | Section | Article | Clause | Figure | Table, BeforeValidator(_block)]
"""A block of the body: a paragraph, a heading with what it heads, a part of a regulation, a figure, or a table."""


def depth(blocks: Sequence[Block]) -> int:
    """How many levels of headings a text has; the parts of a regulation are no level."""
    inner = (
        depth(block.body) + isinstance(block, Heading)
        for block in blocks
        if isinstance(block, Heading | Chapter | Section | Article)
    )
    return max(inner, default=0)


def levels(blocks: Sequence[Block], path: DataPath) -> Iterator[tuple[DataPath, Sequence[Block]]]:
    """Every list of blocks with its path: those of the top, then those below each block, in reading order."""
    yield path, blocks
    for index, block in enumerate(blocks):
        if isinstance(block, Heading | Chapter | Section | Article):
            yield from levels(block.body, (*path, index, "body"))


def is_list_item(blocks: Sequence[Block], index: int) -> bool:
    """Whether a heading is a numbered sentence rather than a heading: nothing belongs to it, and it has others beside it."""
    block = blocks[index]
    if not isinstance(block, Heading) or block.text is not None or block.body:
        return False
    rest = blocks[index + 1 :]
    is_last = not any(isinstance(one, Heading) for one in rest)
    is_alone = is_last and not any(isinstance(one, Heading) for one in blocks[:index])
    return not is_alone and (not rest or isinstance(rest[0], Heading) or (is_last and isinstance(rest[0], str)))


def walk(blocks: Sequence[Block], path: DataPath) -> Iterator[tuple[DataPath, Block]]:
    """Every block with its path, in reading order: those below another one follow it."""
    for index, block in enumerate(blocks):
        here = (*path, index)
        yield here, block
        if isinstance(block, Heading | Chapter | Section | Article):
            yield from walk(block.body, (*here, "body"))

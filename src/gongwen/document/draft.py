"""What every draft gives to the stages after it, whatever its kind."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field

from gongwen.diagnostics import DataPath
from gongwen.document.blocks import Block, walk
from gongwen.document.fields import PENDING, Model, models_in, not_blank
from gongwen.document.figures import Figure
from gongwen.document.tables import Table
from gongwen.kinds import FormatName


class Draft(Model):
    """A valid draft. Each class of drafts names its elements; what a later stage asks of any of them is here."""

    kind: Annotated[str, BeforeValidator(not_blank)] = Field(alias="文种", description="文种，如“通知”“请示”。")

    @property
    def format_name(self) -> FormatName:
        """The format that the draft is set in."""
        raise NotImplementedError

    @property
    def heading_text(self) -> str:
        """What the file is called by: the title in one line, or what stands in its place."""
        raise NotImplementedError

    @property
    def authors(self) -> tuple[str, ...]:
        """The organs or persons that the file names as its authors."""
        raise NotImplementedError

    @property
    def number_text(self) -> str | None:
        """The number as the page shows it."""
        return None

    @property
    def copy_numbers(self) -> range | None:
        """The numbers 份号 of its copies in order, where it asks for numbered ones."""
        return None

    @property
    def dated(self) -> datetime.date | None:
        """The date that the file's metadata carry."""
        return None

    @property
    def is_letter(self) -> bool:
        """Whether the draft is set in the letter format (clause 10.1)."""
        return self.format_name == "letter"

    @property
    def is_preprinted(self) -> bool:
        """Whether the red head is on the paper already (套打)."""
        return False

    def bodies(self) -> Iterator[tuple[DataPath, tuple[Block, ...]]]:
        """Every list of blocks at the top of a text, with its path: the body, and those of attachments or items."""
        yield from ()

    def own_bodies(self) -> Iterator[tuple[DataPath, tuple[Block, ...]]]:
        """Those of `bodies` that stand on its own pages."""
        return self.bodies()

    def tables(self) -> Iterator[tuple[DataPath, Table]]:
        """Every table, with its path, in the order of the pages."""
        for path, blocks in self.bodies():
            yield from ((here, block) for here, block in walk(blocks, path) if isinstance(block, Table))

    def pictures(self) -> Iterator[tuple[DataPath, str]]:
        """Every image that the draft names, with the path of the name."""
        for path, figure in self.figures():
            if not figure.is_reserved:
                yield (*path, "figure"), figure.figure

    def figures(self) -> Iterator[tuple[DataPath, Figure]]:
        """Every figure of its texts, with its path."""
        for path, blocks in self.bodies():
            yield from ((here, block) for here, block in walk(blocks, path) if isinstance(block, Figure))

    def pending(self) -> list[DataPath]:
        """Paths (field names) of all placeholders."""
        return list(_pending(self, ()))


def _pending(value: Any, path: DataPath) -> Iterator[DataPath]:
    if isinstance(value, BaseModel):
        for name, item in vars(value).items():
            yield from _pending(item, (*path, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _pending(item, (*path, index))
    elif value == PENDING or (path == ("number",) and isinstance(value, str) and PENDING in value):
        yield path


def file_path(path: DataPath, language: str, model: type[BaseModel]) -> DataPath:
    """A path of field names, from a model on, as the file spells it: in a Chinese draft the keys are the aliases."""
    if language == "en":
        return path
    models: list[type[BaseModel]] = [model]
    spelled: list[str | int] = []
    for step in path:
        field = None if isinstance(step, int) else next((f for m in models if (f := m.model_fields.get(step))), None)
        spelled.append(step if field is None else (field.alias or step))
        if field is not None:
            models = models_in(field.annotation) or models
    return tuple(spelled)

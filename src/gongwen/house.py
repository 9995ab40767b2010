"""House style 版式: where a unit departs from the standard by habit. The default departs nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final, Literal

from pydantic import Field

from gongwen.document.fields import Flag, Model, keyword
from gongwen.standard import HEADING_LEVELS

_OUTSIDE: Final = {"en": "outside", "zh": "外侧"}
_MIDDLE: Final = {"en": "middle", "zh": "居中"}
_STANDARD: Final = {"en": "standard", "zh": "标准"}
_SKIP: Final = {"en": "skip", "zh": "跳层"}

_SKIPPING: Final = 2
"""Levels of a text up to which the second may be numbered 1. in place of （一） (practice)."""


_BOLD_LEVEL: Final = 3


class House(Model):
    """Where page numbers stand, which headings are bold, and how their levels are numbered."""

    page_number: Annotated[Literal["outside", "middle"], keyword(_OUTSIDE, _MIDDLE, only=True)] = Field(
        "outside", alias="页码", description="页码的位置：outside（外侧，标准）或 middle（居中）。"
    )
    bold_level_3: Flag = Field(
        default=False, alias="三级标题加粗", description="第三层标题的仿宋加粗：true（是）或 false（否，标准）。"
    )
    heading_scheme: Annotated[Literal["standard", "skip"], keyword(_STANDARD, _SKIP, only=True)] = Field(
        "standard", alias="标题层次", description="层次序数：standard（标准）或 skip（跳层，只有两层时用一、1.）。"
    )

    def is_bold(self, level: int) -> bool:
        """Whether headings of a level are set in a heavier cut of their face."""
        return level == _BOLD_LEVEL and self.bold_level_3

    def marks(self, depth: int) -> tuple[int, ...]:
        """For each level of headings the level whose mark it takes, in a text that has so many levels.

        Of a text with two levels, ``skip`` marks the second as the standard marks the third: 一、 then 1.
        """
        levels = tuple(range(1, HEADING_LEVELS + 1))
        return (levels[0], *levels[2:]) if self.heading_scheme == "skip" and depth <= _SKIPPING else levels

    def deviations(self) -> Iterator[str]:
        """What departs from the standard, with the clause, for the user."""
        if self.page_number == "middle":
            yield "页码居中（7.5 为单页居右、双页居左）"
        if self.is_bold(_BOLD_LEVEL):
            yield "第三层标题加粗（7.3.3 用仿宋，不加粗）"
        if self.heading_scheme == "skip":
            yield "只有两层标题时第二层用“1.”（7.3.3 为“（一）”）"


STANDARD: Final = House()

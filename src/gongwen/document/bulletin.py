"""简报: a bulletin (practice; 9704 says nothing of it). It has no addressees, number, signature or seal."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from gongwen.diagnostics import DataPath
from gongwen.document.blocks import Block
from gongwen.document.draft import Draft
from gongwen.document.fields import PENDING, Date, Flag, Line, Model, Text
from gongwen.document.header import Copies, CopyNumber, SecrecyField, copy_number_text, copy_numbers
from gongwen.document.organs import Organs
from gongwen.kinds import FormatName


def _count(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(rf"[1-9][0-9]{{0,5}}|{PENDING}", value.strip()):
        raise PydanticCustomError("count_form", "count form")
    return value.strip()


Count = Annotated[
    str,
    BeforeValidator(_count),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": rf"^([1-9][0-9]{{0,5}}|{PENDING})$"},
                {"type": "integer", "minimum": 1, "maximum": 999999},
            ]
        }
    ),
]
"""A number from 1 without padding, or the placeholder."""


class Distribution(Model):
    """报尾: who gets the bulletin, and how many are printed."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    report_to: Organs | None = Field(None, alias="报", description="报：上级机关，写法同主送机关。")
    send_to: Organs | None = Field(None, alias="送", description="送：平级和不相隶属机关，写法同主送机关。")
    issue_to: Organs | None = Field(None, alias="发", description="发：下级机关，写法同主送机关。")
    copies: Count | None = Field(None, alias="印数", description="印数，只写数字，如 120。", examples=[120])

    @model_validator(mode="after")
    def _has_element(self) -> Distribution:
        if not self.model_fields_set:
            raise PydanticCustomError("blank", "blank")
        return self


class BulletinItem(Model):
    """篇目: one article of a bulletin."""

    title: Text = Field(alias="标题", description="这一篇的标题；写成多行的按所写分行。")
    byline: Line | None = Field(None, alias="作者", description="作者或者来源，排在标题之下。")
    editor_note: Text | None = Field(None, alias="编者按", description="这一篇的按语，“编者按：”自动加。")
    body: tuple[Block, ...] = Field(alias="正文", min_length=1, description="这一篇的正文，写法同公文正文。")
    source: Line | None = Field(None, alias="供稿", description="供稿的人或单位，排在文后，圆括号自动加。")


class Bulletin(Draft):
    """A number of a bulletin: its head 报头, its articles 报核, its foot 报尾."""

    mark: Line = Field(alias="名称", description="简报的名称，红色大字。", examples=["工会工作简报"])
    issue: Count | None = Field(
        None, alias="期号", description="期号，只写数字，“第”“期”自动加；未定时写“待定”。", examples=[12]
    )
    running: Count | None = Field(
        None, alias="总期号", description="总期号，只写数字，“总第”“期”自动加。", examples=[356]
    )
    is_special: Flag = Field(default=False, alias="增刊", description="增刊写 true（是）；增刊单独编期号。")
    issuer: Line | None = Field(None, alias="编印单位", description="编印简报的单位。", examples=["某市总工会办公室"])
    date: Date | None = Field(None, alias="日期", description="印发日期。")
    secrecy: SecrecyField | None = Field(None, alias="密级", description="密级和保密期限，如“秘密★1年”。")
    notice: Line | None = Field(
        None, alias="提示", description="首页左上角的提示，如“内部资料　注意保存”。", examples=["内部资料　注意保存"]
    )
    copy_number: CopyNumber | None = Field(
        None, alias="编号", description="这一份的编号，一至六位数字，不足六位的在前面补零。", examples=["000018"]
    )
    copies: Copies | None = Field(
        None,
        alias="份数",
        description="付印的份数，每份编一个编号：从 000001 起，写了编号的从那一号起。",
        examples=[120],
    )
    contents: Flag | None = Field(
        None, alias="要目", description="要本期要目的写 true（是），由各篇标题自动排成；不要的写 false（否）。"
    )
    editor_note: Text | None = Field(None, alias="编者按", description="全期的按语，“编者按：”自动加。")
    items: tuple[BulletinItem, ...] = Field(alias="篇目", min_length=1, description="各篇，按先后排。")
    distribution: Distribution | None = Field(None, alias="报尾", description="报尾：报、送、发的机关和印数。")

    @property
    def format_name(self) -> FormatName:
        """Always that of a bulletin."""
        return "bulletin"

    @property
    def heading_text(self) -> str:
        """The name with the number of the issue."""
        return f"{self.mark}{self.number_text or ''}"

    @property
    def authors(self) -> tuple[str, ...]:
        """The office that issues it."""
        return () if self.issuer is None else (self.issuer,)

    @property
    def number_text(self) -> str | None:
        """期号 as the page shows it: 第12期（总第356期）, 增刊第1期."""
        special = "增刊" if self.is_special else ""
        issue = f"{special}第{self.issue}期" if self.issue is not None else special
        running = f"（总第{self.running}期）" if self.running is not None else ""
        return f"{issue}{running}" or None

    @property
    def copy_numbers(self) -> range | None:
        """The numbers of its copies in order, where it asks for numbered ones."""
        return copy_numbers(self.copy_number, self.copies)

    @property
    def copy_number_text(self) -> str | None:
        """份号 as the page shows it; of numbered copies, the first one's."""
        return copy_number_text(self.copy_number, self.copies)

    @property
    def dated(self) -> datetime.date | None:
        """The day of the issue."""
        return self.date if isinstance(self.date, datetime.date) else None

    def bodies(self) -> Iterator[tuple[DataPath, tuple[Block, ...]]]:
        """The text of each article."""
        for index, item in enumerate(self.items):
            yield ("items", index, "body"), item.body

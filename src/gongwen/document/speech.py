"""讲话稿: a speech (practice; 9704 says nothing of it). It has no mark, number, addressees, signature, seal or imprint."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from pydantic import Field

from gongwen.diagnostics import DataPath
from gongwen.document.blocks import Block
from gongwen.document.draft import Draft
from gongwen.document.fields import Date, Flag, Line, Text
from gongwen.kinds import FormatName


class Speech(Draft):
    """A speech as it is read: title, where, who speaks and when, to whom, and the text."""

    title: Text = Field(
        alias="标题",
        description="讲话的标题；写成多行的按所写分行。",
        examples=["在全市工会工作会议上的讲话"],
    )
    subtitle: Text | None = Field(
        None,
        alias="副题",
        description="标题写主题时，在什么会议上的讲话；前面的破折号自动加。",
        examples=["在全市工会工作会议上的讲话"],
    )
    place: Line | None = Field(
        None, alias="地点", description="讲话的地点或场合，另起一行，排在讲话人和日期之前。", examples=["云州会堂"]
    )
    speaker: Line | None = Field(
        None, alias="讲话人", description="讲话人的职务和姓名。", examples=["市总工会主席　李华"]
    )
    date: Date | None = Field(None, alias="日期", description="讲话日期，圆括号自动加。")
    date_first: Flag = Field(
        default=False, alias="日期在前", description="日期排在讲话人之前写 true（是）；不写的排在讲话人之后。"
    )
    salutation: Line | None = Field(
        None, alias="称呼", description="称呼，末尾的冒号自动加。", examples=["各位代表、同志们"]
    )
    body: tuple[Block, ...] = Field(alias="正文", min_length=1, description="正文，写法同公文正文。")

    @property
    def format_name(self) -> FormatName:
        """Always that of a speech."""
        return "speech"

    @property
    def heading_text(self) -> str:
        """The title in one line."""
        return self.title.replace("\n", "")

    @property
    def authors(self) -> tuple[str, ...]:
        """The speaker."""
        return () if self.speaker is None else (self.speaker,)

    @property
    def dated(self) -> datetime.date | None:
        """The day of the speech."""
        return self.date if isinstance(self.date, datetime.date) else None

    @property
    def subtitle_text(self) -> str | None:
        """The subtitle as the page shows it, its lines apart by line breaks."""
        return None if self.subtitle is None else f"——{self.subtitle}"

    def bodies(self) -> Iterator[tuple[DataPath, tuple[Block, ...]]]:
        """The body."""
        yield ("body",), self.body

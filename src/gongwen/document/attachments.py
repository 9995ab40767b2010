"""附件 (clauses 7.3.4, 7.3.7), and the document that a notice issues: texts beside the body, in the draft or in a file of their own."""

from __future__ import annotations

from typing import Final, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from gongwen.document.blocks import Block
from gongwen.document.fields import Flag, Line, Model, Text

_TITLE: Final = "名称，不加书名号，末尾不带标点。"
_SUBTITLE: Final = "题注：通过或者发布的日期和机关，排在标题之下；圆括号自动加。"
_BODY: Final = "正文，写法同公文正文，也可以分章、节、条。"


class EnclosedText(Model):
    """What a file holds that a draft names: a title and a text."""

    title: Text = Field(alias="标题", description=_TITLE)
    subtitle: Text | None = Field(None, alias="题注", description=_SUBTITLE)
    body: tuple[Block, ...] = Field(alias="正文", min_length=1, description=_BODY)


class Enclosure(Model):
    """A text with a title of its own, in the draft or in a file that it names."""

    title: Text = Field("", alias="标题", description=_TITLE)
    subtitle: Text | None = Field(None, alias="题注", description=_SUBTITLE)
    body: tuple[Block, ...] = Field((), alias="正文", min_length=1, description=_BODY)
    file: Line | None = Field(
        None,
        alias="文件",
        description="写有标题、题注和正文的另一个 YAML 文件，在项目文件夹之内，路径从稿件所在的文件夹算起。",
        examples=["_办法.yaml"],
    )

    @model_validator(mode="after")
    def _here_or_in_a_file(self) -> Self:
        given = self.model_fields_set
        if self.file is None:
            for name in ("title", "body"):
                if name not in given:
                    raise PydanticCustomError("text_missing", "text missing", {"name": name})
        elif not given.isdisjoint(EnclosedText.model_fields):
            raise PydanticCustomError("text_and_file", "text and file")
        return self

    def holding(self, text: EnclosedText) -> Self:
        """The enclosure with what its file says."""
        return self.model_copy(update={name: getattr(text, name) for name in EnclosedText.model_fields})


class Attachment(Enclosure):
    """附件: listed at the end of the body, and set on pages of its own (clauses 7.3.4, 7.3.7)."""

    bound: Flag = Field(
        default=True,
        alias="装订",
        description="与正文是否一起装订；写 false（否）的另成一个文件，首行标发文字号、附件和顺序号。",
    )


class Issued(Enclosure):
    """印发件: the document that a notice issues, part of its text: neither listed nor labelled as an attachment."""

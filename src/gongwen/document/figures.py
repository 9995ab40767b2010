"""图: an image in the text, or the place kept for one that is not there yet; with its caption below it."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from gongwen.document.fields import Line, Model, Text, keyword, number_in
from gongwen.document.signature import RESERVED
from gongwen.standard import HEIGHT, WIDTH

SMALLEST: Final = 10.0
"""Millimetres: a figure that is narrower or lower is a slip of the pen."""


def _side(greatest: float) -> BeforeValidator:
    def read(value: object) -> object:
        length = number_in(value)
        if length is None or not SMALLEST <= length <= greatest:
            raise PydanticCustomError("side_form", "side form", {"least": SMALLEST, "greatest": greatest})
        return length

    return BeforeValidator(read)


def _side_schema(greatest: float) -> WithJsonSchema:
    return WithJsonSchema({"type": "number", "minimum": SMALLEST, "maximum": greatest})


FigureWidth = Annotated[float, _side(WIDTH), _side_schema(WIDTH)]
FigureHeight = Annotated[float, _side(HEIGHT), _side_schema(HEIGHT)]
"""Millimetres, inside the type area (5.2.1)."""


class Figure(Model):
    """An image with its caption 图题; it is centred, and as wide as the draft says, else of its natural size."""

    figure: Annotated[Line, keyword(RESERVED)] = Field(
        alias="图",
        description="图片文件（PNG、JPEG、SVG，或者 PDF 的一页如 图.pdf#2），路径从稿件所在的文件夹算起，在项目文件夹之内；"
        "图片还没有的写 reserved（留空），按宽和高留出位置。",
        examples=["照片/开幕式.jpg"],
    )
    caption: Text | None = Field(None, alias="图题", description="图题，排在图下居中。", examples=["图1 会议现场"])
    width: FigureWidth | None = Field(
        None, alias="宽", description="图的宽度，毫米；不写则按图片自己的大小，不超过版心。", examples=[120]
    )
    height: FigureHeight | None = Field(
        None, alias="高", description="留出位置的高度，毫米；有图片的不写，高度随宽度。", examples=[80]
    )

    @property
    def is_reserved(self) -> bool:
        """Whether the image is not there yet."""
        return self.figure == RESERVED["en"]

    @model_validator(mode="after")
    def _one_way(self) -> Figure:
        wanted = (self.width is not None and self.height is not None) if self.is_reserved else self.height is None
        if not wanted:
            raise PydanticCustomError("figure_form", "figure form")
        return self

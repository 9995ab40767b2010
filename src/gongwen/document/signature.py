"""署名: without a seal, under a seal, or by the stamp of the person who signs (clauses 7.3.5.1 to 7.3.5.3)."""

from __future__ import annotations

import functools
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field, TypeAdapter, ValidationInfo, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from gongwen.document.fields import (
    Line,
    Model,
    keyword,
    language_of,
    model_in_language,
    not_blank,
    number_in,
    one_line,
    read_keyword,
)

NONE: Final = {"en": "none", "zh": "无"}
SEALED: Final = {"en": "sealed", "zh": "盖章"}
RESERVED: Final = {"en": "reserved", "zh": "留空"}
"""The seal or the stamp is set by hand later: its place is kept and nothing is drawn."""

LEAST_DIAMETER: Final = 30.0
GREATEST_DIAMETER: Final = 60.0


def _diameter(value: object) -> object:
    diameter = number_in(value)
    if diameter is None or not LEAST_DIAMETER <= diameter <= GREATEST_DIAMETER:
        raise PydanticCustomError("diameter_form", "diameter form")
    return diameter


Diameter = Annotated[
    float,
    BeforeValidator(_diameter),
    WithJsonSchema({"type": "number", "minimum": LEAST_DIAMETER, "maximum": GREATEST_DIAMETER}),
]
"""The diameter of a seal in mm (国发〔1999〕25号: 42 to 60)."""


PictureOf = Literal["seal", "stamp"]


class Signatory(Model):
    """One organ that signs, or the person who signs for it."""

    organ: Line | None = Field(None, alias="机关", description="署名的机关；不写则为发文机关。")
    seal: Annotated[Line, keyword(RESERVED)] | None = Field(
        None, alias="印章", description="印章图片（PNG 或 SVG，项目文件夹之内）；留待手工盖章的写 reserved（留空）。"
    )
    diameter: Diameter | None = Field(None, alias="直径", description="印章直径，毫米。", examples=[42])
    title: Line | None = Field(
        None, alias="职务", description="签发人职务，用于加盖签发人签名章的公文。", examples=["市长"]
    )
    stamp: Annotated[Line, keyword(RESERVED)] | None = Field(
        None, alias="签名章", description="签名章图片（项目文件夹之内）；留待手工加盖的写 reserved（留空）。"
    )

    @classmethod
    def of(cls, organ: str, seal: str | None = None) -> Signatory:
        """The signatory that a name, or a seal over it, stands for."""
        return cls.model_construct(organ=organ, seal=seal)

    @model_validator(mode="after")
    def _one_way(self) -> Signatory:
        if not self.model_fields_set:
            raise PydanticCustomError("blank", "blank")
        faults = {
            "stamp": self.stamp is not None and (self.seal is not None or self.title is None),
            "title": self.title is not None and self.stamp is None,
            "diameter": self.diameter is not None and self.seal is None,
        }
        for key, is_wrong in faults.items():
            if is_wrong:
                raise PydanticCustomError("signatory_form", "signatory form", {"key": key})
        return self

    def picture(self, of: PictureOf) -> str | None:
        """The image of its seal or stamp; None where it has none, or its place is kept for one set by hand."""
        name = self.seal if of == "seal" else self.stamp
        return None if name == RESERVED["en"] else name


@functools.cache
def _signatories() -> TypeAdapter[tuple[Signatory, ...]]:
    """Built where a draft first has a list: few have one."""
    return TypeAdapter(tuple[Signatory, ...])


def _signature(value: object, info: ValidationInfo) -> object:
    """A bare text is a name or a keyword; a mapping is the only signatory, a list has one for each organ.

    The class is chosen here, so that errors speak of it alone.
    """
    if isinstance(value, dict):
        return model_in_language(Signatory, value, info)
    if value == []:
        raise PydanticCustomError("blank", "blank")
    if isinstance(value, list):
        zh = language_of(info) == "zh"
        return _signatories().validate_python(value, context=info.context, by_alias=zh, by_name=not zh)
    return value if isinstance(value, tuple | Signatory) else read_keyword(one_line(not_blank(value)), info, _WORDS)


_WORDS: Final = (NONE, SEALED)
SignatureField = Annotated[
    Annotated[str, Field(min_length=1)] | Signatory | tuple[Signatory, ...], BeforeValidator(_signature)
]
"""``none``, ``sealed``, the name of the organ as it signs, one signatory, or one for each organ."""

Way = Literal["none", "unsealed", "sealed", "stamped"]
"""How a document is signed."""

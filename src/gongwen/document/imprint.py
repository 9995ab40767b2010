"""版记 (clause 7.4)."""

from __future__ import annotations

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from gongwen.document.fields import Date, Line, Model
from gongwen.document.organs import Organs


class Imprint(Model):
    """版记 (clause 7.4)."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    addressees: Organs | None = Field(
        None,
        alias="主送机关",
        description="移到版记的主送机关，写在抄送之上；“主送：”和末尾的句号自动加。只在首页排不下正文时用，程序也会自动移。",
    )
    copies_to: Organs | None = Field(
        None, alias="抄送机关", description="抄送机关名单或一行文字；“抄送：”和末尾的句号自动加。"
    )
    issuing_office: Line | None = Field(None, alias="印发机关", description="印发机关，一般为发文机关的办公厅（室）。")
    issued_on: Date | None = Field(None, alias="印发日期", description="印发日期，“印发”二字自动加。")

    @model_validator(mode="after")
    def _has_element(self) -> Imprint:
        if (
            self.addressees is None
            and self.copies_to is None
            and self.issuing_office is None
            and self.issued_on is None
        ):
            raise PydanticCustomError("imprint_empty", "imprint empty")
        return self

"""Elements of the head 版头: number, secrecy, copy number, issuers (clause 7.2)."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import BeforeValidator, Field, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from gongwen.document.fields import (
    PENDING,
    Line,
    Model,
    OrText,
    absent,
    has_units,
    language_of,
    model_in_language,
    not_blank,
    one_line,
)
from gongwen.standard import COPY_NUMBER_DIGITS


def _code(value: object, info: ValidationInfo) -> object:
    if value is None and not has_units(info):
        raise absent("code", "代字")
    return value


class Number(Model):
    """发文字号 in its parts: code 机关代字, year, serial."""

    code: Annotated[Line | None, BeforeValidator(_code)] = Field(
        None,
        validate_default=True,
        alias="代字",
        description="机关代字，如“焦工文”；gongwen.yaml 写明了单位代字的可以不写。",
        examples=["焦工文"],
    )
    year: Annotated[str, Field(pattern=r"^(19|20)[0-9]{2}$")] = Field(
        alias="年份", description="四位年份，不带括号。", examples=["2025"]
    )
    serial: Annotated[str, Field(pattern=r"^([1-9][0-9]*|待定)$")] = Field(
        alias="序号", description="发文顺序号，不编虚位，不加“第”；未定时写“待定”。", examples=["6"]
    )

    def __str__(self) -> str:
        """The number as the page shows it: 焦工文〔2025〕6号."""
        return f"{self.code or ''}〔{self.year}〕{self.serial}号"


def _number(value: object, info: ValidationInfo) -> object:
    """Choose between text and parts before validation, so that errors speak of one of them alone."""
    if isinstance(value, dict):
        return model_in_language(Number, value, info)
    if isinstance(value, list):
        raise PydanticCustomError("number_type", "number type")
    return one_line(not_blank(value))


def _secrecy(value: object, info: ValidationInfo) -> object:
    """Split 机密★1年 into level and period."""
    if isinstance(value, str):
        level, star, period = value.strip().partition("★")
        if star and not period:
            raise PydanticCustomError("secrecy_form", "secrecy form")
        keys = ("等级", "期限") if language_of(info) == "zh" else ("level", "period")
        return dict(zip(keys, (_level(level), _period(period)) if star else (_level(level),), strict=False))
    return value


SECRECY_LEVELS: Final = ("绝密", "机密", "秘密")
_PERIOD = re.compile(r"[1-9][0-9]*年|[1-9][0-9]*个月|长期")


def _level(value: object) -> object:
    if value not in SECRECY_LEVELS:
        raise PydanticCustomError("secrecy_form", "secrecy form")
    return value


def _period(value: object) -> object:
    if not isinstance(value, str) or not _PERIOD.fullmatch(value.strip()):
        raise PydanticCustomError("secrecy_form", "secrecy form")
    return value.strip()


class Secrecy(Model):
    """密级 and 保密期限 (clause 7.2.2)."""

    level: Annotated[str, BeforeValidator(_level), WithJsonSchema({"enum": list(SECRECY_LEVELS)})] = Field(
        alias="等级", description="密级：绝密、机密或秘密。"
    )
    period: (
        Annotated[
            str, BeforeValidator(_period), WithJsonSchema({"type": "string", "pattern": f"^({_PERIOD.pattern})$"})
        ]
        | None
    ) = Field(None, alias="期限", description="保密期限，如“1年”“6个月”“长期”。", examples=["1年"])

    def __str__(self) -> str:
        """As the page shows it: 机密★1年."""
        return self.level if self.period is None else f"{self.level}★{self.period}"


_SECRECY_TEXT: Final = {
    "type": "string",
    "pattern": rf"^({'|'.join(SECRECY_LEVELS)})(★({_PERIOD.pattern}))?$",
    "examples": ["机密★1年", "秘密"],
}


def _copy_number(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,6}|待定", value.strip()):
        raise PydanticCustomError("copy_number_form", "copy number form")
    return value.strip()


LAST_COPY_NUMBER: Final = 10**COPY_NUMBER_DIGITS - 1


def _copies(value: object, info: ValidationInfo) -> object:
    """How many, and not more than there are numbers from the first one on."""
    if not isinstance(value, str) or not re.fullmatch(rf"[1-9][0-9]{{0,{COPY_NUMBER_DIGITS - 1}}}", value.strip()):
        raise PydanticCustomError("copies_form", "copies form")
    numbers = copy_numbers(info.data.get("copy_number"), int(value))
    if numbers is not None and numbers[-1] > LAST_COPY_NUMBER:
        most = LAST_COPY_NUMBER + 1 - numbers.start
        raise PydanticCustomError("too_many_copies", "too many copies", {"first": f"{numbers.start:06}", "most": most})
    return int(value)


def copy_numbers(first: str | None, copies: int | None) -> range | None:
    """The numbers of numbered copies, from 1 where no other is the first; None without copies, or while the first one is pending."""
    if copies is None or first == PENDING:
        return None
    start = 1 if first is None else int(first)
    return range(start, start + copies)


def copy_number_text(first: str | None, copies: int | None) -> str | None:
    """The number that the page shows, with all its digits: of numbered copies the first one's; a placeholder as it is (7.2.1)."""
    numbers = copy_numbers(first, copies)
    number = first if numbers is None else str(numbers.start)
    return number if number is None or number == PENDING else number.zfill(COPY_NUMBER_DIGITS)


MOST_ISSUERS: Final = 10


def _issuers(value: object, info: ValidationInfo) -> object:
    """Issuers as a list; a bare text is the only one. None at all is for the project's units to fill."""
    if value == ():
        if has_units(info):
            return value
        raise absent("issuer", "发文机关")
    if value is None or value == []:
        raise PydanticCustomError("blank", "blank")
    if isinstance(value, str):
        return [value]
    if not isinstance(value, list):
        raise PydanticCustomError("organs_form", "organs form")
    if len(value) > MOST_ISSUERS:
        raise PydanticCustomError("too_many_issuers", "too many issuers")
    names = [one.strip() if isinstance(one, str) else "" for one in value]
    for index, name in enumerate(names):
        if name and name in names[:index]:
            raise PydanticCustomError("repeated_issuer", "repeated issuer", {"name": name, "index": index})
    return value


_ISSUERS_SCHEMA = {
    "anyOf": [
        {"type": "string", "minLength": 1},
        {
            "type": "array",
            "minItems": 1,
            "maxItems": MOST_ISSUERS,
            "uniqueItems": True,
            "items": {"type": "string", "minLength": 1},
            "description": "联合行文的各机关，主办机关在前。",
        },
    ]
}
Issuers = Annotated[tuple[Line, ...], BeforeValidator(_issuers), WithJsonSchema(_ISSUERS_SCHEMA)]
"""One issuer, or the issuers of a joint document, the lead organ first (条例 article 17)."""

NumberField = Annotated[Annotated[str, Field(min_length=1)] | Number, BeforeValidator(_number)]
"""发文字号, as one text or in its parts."""
SecrecyField = Annotated[Secrecy, BeforeValidator(_secrecy), OrText(_SECRECY_TEXT)]
"""密级 with 保密期限, as one text or in its parts."""
CopyNumber = Annotated[
    str,
    BeforeValidator(_copy_number),
    WithJsonSchema({"type": ["string", "integer"], "pattern": r"^([0-9]{1,6}|待定)$"}),
]
"""份号: one to six digits, or the placeholder."""
Copies = Annotated[
    int,
    BeforeValidator(_copies),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": rf"^[1-9][0-9]{{0,{COPY_NUMBER_DIGITS - 1}}}$"},
                {"type": "integer", "minimum": 1, "maximum": LAST_COPY_NUMBER},
            ]
        }
    ),
]
"""份数: how many copies are printed, each with a number of its own."""

"""The types that parts of a draft are made of, and the base of them all.

Field names are the English keys of a draft and aliases the Chinese ones; a draft is validated wholly by name or wholly by alias, so it
uses one language. Whatever a draft does not give stays None: an absent key is an absent element.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import Annotated, Final, Literal, TypeVar, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from gongwen.chinese import format_date, parse_date

PENDING: Final = "待定"
"""The placeholder for a fact that is not settled yet: shown in a build, refused in a release."""


def language_of(info: ValidationInfo) -> str:
    """The language of the draft under validation, ``en`` or ``zh``."""
    return str((info.context or {}).get("language", "en"))


def has_units(info: ValidationInfo) -> bool:
    """Whether the project names units, which supply what a draft leaves out."""
    return bool((info.context or {}).get("units"))


class Model(BaseModel):
    """What all parts of a draft share: frozen, and an unknown key is an error."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=False, str_strip_whitespace=True, defer_build=True
    )


M = TypeVar("M", bound=Model)


def not_blank(value: object) -> object:
    """Refuse what holds nothing but blanks."""
    if value is None or (isinstance(value, str) and not value.strip()):
        raise PydanticCustomError("blank", "blank")
    return value


def absent(english: str, chinese: str) -> PydanticCustomError:
    """The error for a key that may be absent in some drafts, and is in one that needs it."""
    return PydanticCustomError("absent", "absent", {"en": english, "zh": chinese})


def number_in(value: object) -> float | None:
    """The number that a text is, in plain digits; None for anything else."""
    is_number = isinstance(value, str) and re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,4})?", value.strip())
    return float(str(value)) if is_number else None


def one_line(value: object) -> object:
    """Refuse a text with a line break in it."""
    if isinstance(value, str) and "\n" in value.strip():
        raise PydanticCustomError("line_break", "line break")
    return value


class OrText:
    """In the JSON Schema, a part that may also be typed as one line of text of the given schema."""

    def __init__(self, text: JsonSchemaValue) -> None:
        self.text = text

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Offer the text first: it is what most drafts write."""
        return {"anyOf": [self.text, handler(core)]}


def model_in_language(model: type[M], value: object, info: ValidationInfo) -> M:
    """Validate a mapping as one chosen class, so that errors speak of that class alone."""
    zh = language_of(info) == "zh"
    return model.model_validate(value, context=info.context, by_alias=zh, by_name=not zh)


Text = Annotated[str, BeforeValidator(not_blank), Field(min_length=1)]
"""Prose: at least one character that is not a blank."""
Line = Annotated[str, BeforeValidator(one_line), BeforeValidator(not_blank), Field(min_length=1)]
"""Text that stands on one line of the draft: a name, a number."""


def _date(value: object) -> object:
    if not isinstance(value := not_blank(value), str):
        raise PydanticCustomError("date_form", "date form")
    text = value.strip()
    if text == PENDING:
        return text
    try:
        date = parse_date(text)
    except ValueError:
        raise PydanticCustomError("date_impossible", "date impossible") from None
    if date is None:
        raise PydanticCustomError("date_form", "date form")
    return date


_DATE_SCHEMA = {
    "type": "string",
    "pattern": r"^([0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日|待定)$",
    "examples": ["2025-01-20", "2025年1月20日"],
}
Date = Annotated[datetime.date | Literal["待定"], BeforeValidator(_date), WithJsonSchema(_DATE_SCHEMA)]
"""A day of the calendar, typed 2025-01-20 or 2025年1月20日, or the placeholder."""


def show_date(date: datetime.date | str) -> str:
    """A date as the page shows it."""
    return format_date(date) if isinstance(date, datetime.date) else date


def keyword(*words: dict[str, str], only: bool = False) -> BeforeValidator:
    """Read the draft's language's word for an enumerated value; the other language's word is an error with a hint.

    With ``only`` no other value is allowed.
    """

    def read(value: object, info: ValidationInfo) -> object:
        return read_keyword(value, info, words, only=only)

    return BeforeValidator(read)


def read_keyword(value: object, info: ValidationInfo, words: Sequence[dict[str, str]], *, only: bool = False) -> object:
    """The English word of a keyword in the draft's language; any other value as it is. Raises as `keyword` says."""
    language = language_of(info)
    other = "zh" if language == "en" else "en"
    for word in words:
        if value == word[language]:
            return word["en"]
        if value == word[other]:
            raise PydanticCustomError("other_language", "{given}", {"given": word[other], "wanted": word[language]})
    if only:
        raise PydanticCustomError("keyword", "keyword", {"choices": "、".join(word[language] for word in words)})
    return value


def models_in(annotation: object) -> list[type[BaseModel]]:
    """The models that a field's annotation names, in its order."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in models_in(part)]


YES: Final = {"en": "true", "zh": "是"}
NO: Final = {"en": "false", "zh": "否"}


def _flag(value: object, info: ValidationInfo) -> object:
    if isinstance(value, bool):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError(
            "keyword", "keyword", {"choices": "、".join(word[language_of(info)] for word in (YES, NO))}
        )
    return read_keyword(value.strip(), info, (YES, NO), only=True) == YES["en"]


FLAG_SCHEMA: Final = {"enum": [YES["zh"], NO["zh"]]}
Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema(FLAG_SCHEMA)]
"""Yes or no, in the word of the draft's language."""

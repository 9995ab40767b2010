"""The document: pydantic models of a draft, frozen and closed.

One English term per element, the field's own word beside it: mark 发文机关标志, number 发文字号, copy number 份号, secrecy 密级,
urgency 紧急程度, signers 签发人, addressees 主送机关, signature 署名, note 附注, imprint 版记. Field names are the English keys of a
draft and aliases the Chinese ones; a draft is validated wholly by name or wholly by alias, so it uses one language.

Whatever a draft does not give stays None: an absent key is an absent element.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from gongwen.chinese import format_date, parse_date
from gongwen.kinds import kinds

PENDING: Final = "待定"
"""The placeholder for a fact that is not settled yet: shown in a build, refused in a release."""

NONE: Final = {"en": "none", "zh": "无"}
LETTER: Final = {"en": "letter", "zh": "信函"}
GENERAL: Final = {"en": "general", "zh": "文件"}
LEAD: Final = {"en": "lead", "zh": "主办"}
PREPRINTED: Final = {"en": "preprinted", "zh": "预印"}


def language_of(info: ValidationInfo) -> str:
    """The language of the draft under validation, ``en`` or ``zh``."""
    return str((info.context or {}).get("language", "en"))


class Model(BaseModel):
    """What all parts of a draft share: frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False, str_strip_whitespace=True)


M = TypeVar("M", bound=Model)


def _not_blank(value: object) -> object:
    if value is None or (isinstance(value, str) and not value.strip()):
        raise PydanticCustomError("blank", "blank")
    return value


def _one_line(value: object) -> object:
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


def _model_in_language(model: type[M], value: object, info: ValidationInfo) -> M:
    """Validate a mapping as one chosen class, so that errors speak of that class alone."""
    zh = language_of(info) == "zh"
    return model.model_validate(value, context=info.context, by_alias=zh, by_name=not zh)


Text = Annotated[str, BeforeValidator(_not_blank), Field(min_length=1)]
"""Prose: at least one character that is not a blank."""
Line = Annotated[str, BeforeValidator(_one_line), BeforeValidator(_not_blank), Field(min_length=1)]
"""Text that stands on one line of the draft: a name, a number."""


def _date(value: object) -> object:
    if not isinstance(value := _not_blank(value), str):
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


class Number(Model):
    """发文字号 in its parts: code 机关代字, year, serial."""

    code: Line = Field(alias="代字", description="机关代字，如“焦工文”。", examples=["焦工文"])
    year: Annotated[str, Field(pattern=r"^(19|20)[0-9]{2}$")] = Field(
        alias="年份", description="四位年份，不带括号。", examples=["2025"]
    )
    serial: Annotated[str, Field(pattern=r"^([1-9][0-9]*|待定)$")] = Field(
        alias="序号", description="发文顺序号，不编虚位，不加“第”；未定时写“待定”。", examples=["6"]
    )

    def __str__(self) -> str:
        """The number as the page shows it: 焦工文〔2025〕6号."""
        return f"{self.code}〔{self.year}〕{self.serial}号"


def _number(value: object, info: ValidationInfo) -> object:
    """Choose between text and parts before validation, so that errors speak of one of them alone."""
    if isinstance(value, dict):
        return _model_in_language(Number, value, info)
    if isinstance(value, list):
        raise PydanticCustomError("number_type", "number type")
    return _one_line(_not_blank(value))


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


_SECRECY_TEXT = {
    "type": "string",
    "pattern": rf"^({'|'.join(SECRECY_LEVELS)})(★({_PERIOD.pattern}))?$",
    "examples": ["机密★1年", "秘密"],
}


def _copy_number(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,6}|待定", value.strip()):
        raise PydanticCustomError("copy_number_form", "copy number form")
    return value.strip()


def _keyword(*words: dict[str, str], only: bool = False) -> BeforeValidator:
    """Read the draft's language's word for an enumerated value; the other language's word is an error with a hint.

    With ``only`` no other value is allowed.
    """

    def read(value: object, info: ValidationInfo) -> object:
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

    return BeforeValidator(read)


class Heading(Model):
    """A numbered heading 层次标题 and what it heads; the number is made (clause 7.3.3)."""

    heading: Line = Field(
        alias="小标题",
        description="层次标题，不写序号（一、（一）1.（1）自动编排）。另有“接排”时标题后接正文，标题末尾带句号。",
        examples=["提高思想认识"],
    )
    text: Text | None = Field(
        None, alias="接排", description="与标题同段接排的正文；标题部分用标题字体，这一部分用仿宋。"
    )
    body: tuple[Block, ...] = Field((), alias="正文", description="标题之下的段落和下一层标题。")


def _block(value: object, info: ValidationInfo) -> object:
    """Choose the class of a block before validation, so that errors speak of that class alone."""
    if isinstance(value, Heading):
        return value
    if isinstance(value, dict):
        return _model_in_language(Heading, value, info)
    if isinstance(value, list):
        raise PydanticCustomError("block_form", "block form")
    return _not_blank(value)


Paragraph = Annotated[str, WithJsonSchema({"type": "string", "minLength": 1, "description": "一个自然段。"})]
Block = Annotated[Paragraph | Heading, BeforeValidator(_block)]
"""A block of the body: a paragraph, or a heading with what it heads."""

_TEXT_LIST = {
    "anyOf": [
        {"type": "string", "minLength": 1},
        {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}},
    ]
}


def _organs(value: object) -> object:
    """Organs as a list of classes, each a list of organs; a bare text is the only organ of the only class."""
    if value is None or value in ("", []):
        raise PydanticCustomError("blank", "blank")
    if isinstance(value, str):
        return [[value]]
    if not isinstance(value, list):
        raise PydanticCustomError("organs_form", "organs form")
    return value


def _organ_class(value: object) -> object:
    if isinstance(value, str | list):
        return [value] if isinstance(value, str) else value
    if value is None:
        raise PydanticCustomError("blank", "blank")
    raise PydanticCustomError("organs_form", "organs form")


OrganClass = Annotated[tuple[Line, ...], BeforeValidator(_organ_class), Field(min_length=1)]
_ORGANS_SCHEMA = {
    "anyOf": [
        {"type": "string", "minLength": 1, "description": "照写的一行文字，末尾不带标点。"},
        {
            "type": "array",
            "minItems": 1,
            "items": _TEXT_LIST,
            "description": "机关名单：各项之间用逗号，内层名单（同类机关）用顿号。",
        },
    ]
}
Organs = Annotated[tuple[OrganClass, ...], BeforeValidator(_organs), WithJsonSchema(_ORGANS_SCHEMA)]
"""Organs named one after the other, in classes."""


def show_organs(organs: tuple[tuple[str, ...], ...]) -> str:
    """Organs as one line: 、 within a class, ， between classes (条例 9(8), clause 7.3.2)."""
    return "，".join("、".join(one) for one in organs)


def organ_names(organs: tuple[tuple[str, ...], ...] | None) -> tuple[str, ...]:
    """The names that a draft gives one by one, for a title that must not split them."""
    return tuple(name for one in organs or () for name in one)


MOST_ISSUERS: Final = 10
MARK_SUFFIX: Final = "文件"


def _issuers(value: object) -> object:
    """Issuers as a list; a bare text is the only one."""
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


class Attachment(Model):
    """附件: listed at the end of the body, and set on pages of its own (clauses 7.3.4, 7.3.7)."""

    title: Text = Field(alias="标题", description="附件名称，不加书名号，末尾不带标点；与附件首页的标题一致。")
    body: tuple[Block, ...] = Field(alias="正文", min_length=1, description="附件正文，写法同公文正文。")


class Imprint(Model):
    """版记 (clause 7.4)."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    copies_to: Organs | None = Field(
        None, alias="抄送机关", description="抄送机关名单或一行文字；“抄送：”和末尾的句号自动加。"
    )
    issuing_office: Line | None = Field(None, alias="印发机关", description="印发机关，一般为发文机关的办公厅（室）。")
    issued_on: Date | None = Field(None, alias="印发日期", description="印发日期，“印发”二字自动加。")

    @model_validator(mode="after")
    def _has_element(self) -> Imprint:
        if self.copies_to is None and self.issuing_office is None and self.issued_on is None:
            raise PydanticCustomError("imprint_empty", "imprint empty")
        return self


class Document(Model):
    """A draft, set in the general format (clauses 7 to 9) or as a letter (clause 10.1)."""

    kind: Annotated[str, BeforeValidator(_not_blank)] = Field(alias="文种", description="文种，如“通知”“请示”。")
    format: Annotated[Literal["general", "letter"], _keyword(GENERAL, LETTER, only=True)] | None = Field(
        None,
        alias="格式",
        description="格式：general（文件）或 letter（信函）；不写则按文种，函用信函格式，其他用文件格式。",
    )
    issuer: Issuers = Field(
        alias="发文机关",
        description="发文机关全称或者规范化简称；联合行文的写成列表，主办机关在前。",
        examples=["焦作市总工会"],
    )
    mark: Annotated[Line, _keyword(PREPRINTED, LEAD)] | None = Field(
        None,
        alias="发文机关标志",
        description="发文机关标志；不写则为发文机关名称加“文件”。红头已印在纸上的写 preprinted（预印）：位置保留，不画标志和红线；"
        "联合行文只标主办机关的写 lead（主办）。",
    )
    copy_number: (
        Annotated[
            str,
            BeforeValidator(_copy_number),
            WithJsonSchema({"type": ["string", "integer"], "pattern": r"^([0-9]{1,6}|待定)$"}),
        ]
        | None
    ) = Field(None, alias="份号", description="份号，一至六位数字，不足六位的在前面补零。", examples=["000018"])
    secrecy: Annotated[Secrecy, BeforeValidator(_secrecy), OrText(_SECRECY_TEXT)] | None = Field(
        None, alias="密级", description="密级和保密期限，如“机密★1年”。"
    )
    urgency: Literal["特急", "加急"] | None = Field(None, alias="紧急程度", description="紧急程度：特急或加急。")
    number: Annotated[Annotated[str, Field(min_length=1)] | Number, BeforeValidator(_number)] | None = Field(
        None,
        alias="发文字号",
        description="发文字号：机关代字〔年份〕顺序号，未定时写“待定”。",
        examples=["焦工文〔2025〕6号"],
    )
    signers: Annotated[tuple[Line, ...], Field(min_length=1)] | None = Field(
        None, alias="签发人", description="签发人姓名，上行文标注；多人按发文机关顺序。", examples=[["王小明"]]
    )
    title: Text = Field(
        alias="标题",
        description="公文标题：发文机关、事由、文种。分行自动安排；写成多行的按所写分行。",
        examples=["焦作市总工会关于开展夏送清凉活动的通知"],
    )
    addressees: Organs | None = Field(None, alias="主送机关", description="主送机关名单或一行文字；末尾的冒号自动加。")
    body: tuple[Block, ...] = Field(alias="正文", description="正文：自然段和层次标题的列表。")
    attachments: tuple[Attachment, ...] = Field((), alias="附件", description="附件；附件说明和序号自动编排。")
    signature: Annotated[Line, _keyword(NONE)] | None = Field(
        None, alias="署名", description="发文机关署名；写了成文日期而不写署名时为发文机关，不署名写 none（无）。"
    )
    date: Date | None = Field(None, alias="成文日期", description="成文日期。")
    note: Text | None = Field(None, alias="附注", description="附注，圆括号自动加。", examples=["此件公开发布"])
    imprint: Imprint | None = Field(None, alias="版记", description="版记：抄送机关、印发机关、印发日期。")

    @property
    def lead(self) -> str:
        """The lead organ 主办机关: the only issuer, or the first."""
        return self.issuer[0]

    @property
    def signatures(self) -> tuple[str, ...]:
        """The signatures as the page shows them; none where the draft has neither signature nor date, or says ``none``."""
        if self.signature is not None:
            return () if self.signature == NONE["en"] else (self.signature,)
        return self.issuer if self.date is not None else ()

    @property
    def is_letter(self) -> bool:
        """Whether the document is set in the letter format (clause 10.1): its own choice, else its kind's."""
        if self.format is not None:
            return self.format == LETTER["en"]
        kind = kinds().get(self.kind)
        return kind is not None and kind.format == LETTER["en"]

    @property
    def is_preprinted(self) -> bool:
        """Whether mark and red rule are on the paper already."""
        return self.mark == PREPRINTED["en"]

    @property
    def mark_names(self) -> tuple[str, ...]:
        """The names that are stacked in the mark of a joint document; none where the mark is one line (clause 7.2.4)."""
        own = self.mark is not None and not self.is_preprinted
        return () if own or self.is_letter or len(self.issuer) == 1 else self.issuer

    @property
    def mark_text(self) -> str:
        """The mark as text, in the order in which it reads.

        It is the draft's own, else the issuers with 文件 (clause 7.2.4); in a letter the lead organ without it (clause 10.1).
        """
        if self.mark is not None and not self.is_preprinted and self.mark != LEAD["en"]:
            return self.mark
        return self.lead if self.is_letter else f"{''.join(self.mark_names) or self.lead}{MARK_SUFFIX}"

    @property
    def number_text(self) -> str | None:
        """The number as the page shows it."""
        return None if self.number is None else str(self.number)

    @property
    def dated(self) -> datetime.date | None:
        """The date that the file's metadata carry: 印发日期, else 成文日期."""
        for date in (self.imprint.issued_on if self.imprint else None, self.date):
            if isinstance(date, datetime.date):
                return date
        return None

    def pending(self) -> list[tuple[str | int, ...]]:
        """Paths (field names) of all placeholders."""
        return list(_pending(self, ()))


def _pending(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _pending(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _pending(item, (*path, index))
    elif value == PENDING or (path == ("number",) and isinstance(value, str) and PENDING in value):
        yield path


def file_path(path: tuple[str | int, ...], language: str) -> tuple[str | int, ...]:
    """The path of field names as the file spells it: in a Chinese draft the keys are the aliases."""
    if language == "en":
        return path
    model: type[BaseModel] | None = Document
    spelled: list[str | int] = []
    for step in path:
        if isinstance(step, int):
            spelled.append(step)
            continue
        field = model.model_fields.get(step) if model else None
        spelled.append((field.alias or step) if field else step)
        model = _CHILDREN.get(step, model)
    return tuple(spelled)


_CHILDREN: dict[str, type[BaseModel]] = {
    "number": Number,
    "secrecy": Secrecy,
    "attachments": Attachment,
    "imprint": Imprint,
    "body": Heading,
}

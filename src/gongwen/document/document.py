"""公文: a draft of one of the kinds of the 条例, in whichever of the standard's formats.

One English term per element, the field's own word beside it: mark 发文机关标志, number 发文字号, copy number 份号, secrecy 密级,
urgency 紧急程度, signers 签发人, addressees 主送机关, signature 署名, note 附注, imprint 版记.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from gongwen.diagnostics import DataPath
from gongwen.document.attachments import Attachment, Issued
from gongwen.document.attendance import Delegation, People, people_at
from gongwen.document.blocks import Block
from gongwen.document.draft import Draft
from gongwen.document.fields import PENDING, Date, Line, Text, absent, keyword
from gongwen.document.header import (
    Copies,
    CopyNumber,
    Issuers,
    NumberField,
    SecrecyField,
    copy_number_text,
    copy_numbers,
)
from gongwen.document.imprint import Imprint
from gongwen.document.organs import Organs
from gongwen.document.signature import NONE, RESERVED, SEALED, PictureOf, Signatory, SignatureField, Way
from gongwen.kinds import FORMATS, UNTITLED, FormatName, kind_of

LEAD: Final = {"en": "lead", "zh": "主办"}
PREPRINTED: Final = {"en": "preprinted", "zh": "预印"}
MARK_SUFFIX: Final = "文件"
MINUTES_SUFFIX: Final = "纪要"
ATTENDANCE: Final = {"present": "出席", "absent": "请假", "observers": "列席"}
"""Fields of the people at a meeting, in the order in which minutes list them (10.3), with their labels."""
_OWN_FORMATS: Final = tuple(word.words for word in FORMATS.values() if word.is_choice)


def format_of(kind: str, own: FormatName | None) -> FormatName:
    """The format of a document: its own choice, else its kind's."""
    found = kind_of(kind)
    return own or ("general" if found is None else found.format)


def _title(value: object, info: ValidationInfo) -> object:
    """Whether a title may be absent depends on the format, which stands before it."""
    if value is None and format_of(info.data.get("kind", ""), info.data.get("format")) not in UNTITLED:
        raise absent("title", "标题")
    return value


def _subtitle(value: object, info: ValidationInfo) -> object:
    """题注 hangs on a title."""
    if info.data.get("title", "") is None:
        raise PydanticCustomError("subtitle_alone", "subtitle alone")
    return value


class Document(Draft):
    """A draft of a kind of the 条例 (GB/T 9704 clauses 7 to 10)."""

    format: Annotated[Literal["general", "letter", "order", "minutes"], keyword(*_OWN_FORMATS, only=True)] | None = (
        Field(
            None,
            alias="格式",
            description="格式：general（文件）、letter（信函）、order（命令）或 minutes（纪要）；不写则按文种。",
        )
    )
    issuer: Issuers = Field(
        (),
        validate_default=True,
        alias="发文机关",
        description="发文机关全称或者规范化简称；联合行文的写成列表，主办机关在前。gongwen.yaml 只有一个单位的可以不写。",
        examples=["焦作市总工会"],
    )
    mark: Annotated[Line, keyword(PREPRINTED, LEAD)] | None = Field(
        None,
        alias="发文机关标志",
        description="发文机关标志；不写则为发文机关名称加“文件”（信函不加，命令加“令”或“命令”，纪要加“纪要”）。"
        "红头已印在纸上的写 preprinted（预印）：位置保留，不画标志和红线；联合行文只标主办机关的写 lead（主办）。",
    )
    copy_number: CopyNumber | None = Field(
        None, alias="份号", description="份号，一至六位数字，不足六位的在前面补零。", examples=["000018"]
    )
    copies: Copies | None = Field(
        None,
        alias="份数",
        description="付印的份数，每份编一个份号：从 000001 起，写了份号的从那一号起。",
        examples=[120],
    )
    secrecy: SecrecyField | None = Field(None, alias="密级", description="密级和保密期限，如“机密★1年”。")
    urgency: Literal["特急", "加急"] | None = Field(None, alias="紧急程度", description="紧急程度：特急或加急。")
    number: NumberField | None = Field(
        None,
        alias="发文字号",
        description="发文字号：机关代字〔年份〕顺序号，未定时写“待定”。",
        examples=["焦工文〔2025〕6号"],
    )
    signers: Annotated[tuple[Line, ...], Field(min_length=1)] | None = Field(
        None, alias="签发人", description="签发人姓名，上行文标注；多人按发文机关顺序。", examples=[["王小明"]]
    )
    title: Annotated[Text | None, BeforeValidator(_title)] = Field(
        None,
        validate_default=True,
        alias="标题",
        description="公文标题：发文机关、事由、文种。分行自动安排；写成多行的按所写分行。命令（令）没有标题，纪要可以不写。",
        examples=["焦作市总工会关于开展夏送清凉活动的通知"],
    )
    subtitle: Annotated[Text | None, BeforeValidator(_subtitle)] = Field(
        None,
        alias="题注",
        description="题注：会议通过的日期和会议名称，排在标题之下，用于决议、公报等；圆括号自动加。",
        examples=["2026年3月1日云州市第五届人民代表大会第六次会议通过"],
    )
    addressees: Organs | None = Field(None, alias="主送机关", description="主送机关名单或一行文字；末尾的冒号自动加。")
    body: tuple[Block, ...] = Field(alias="正文", description="正文：自然段和层次标题的列表。")
    attachments: tuple[Attachment, ...] = Field((), alias="附件", description="附件；附件说明和序号自动编排。")
    present: People | None = Field(
        None,
        alias="出席",
        description="出席人员，只用于纪要：姓名的列表；按单位写的，单位作键、姓名作值；或者照写的一行文字。",
        examples=[["王小明", "李华"]],
    )
    absent: People | None = Field(None, alias="请假", description="请假人员，只用于纪要；写法同出席人员。")
    observers: People | None = Field(None, alias="列席", description="列席人员，只用于纪要；写法同出席人员。")
    issued: Issued | None = Field(
        None,
        alias="印发件",
        description="印发、转发、批转的文件全文：另起一页排在署名之后，不列入附件说明，不标“附件”。",
    )
    signature: SignatureField | None = Field(
        None,
        alias="署名",
        description="署名；写了成文日期而不写署名时为发文机关，不加盖印章。不署名写 none（无），加盖印章写 sealed（盖章），"
        "自带印章图片、签名章的写下一层的键，联合行文的每个机关一项。",
    )
    date: Date | None = Field(None, alias="成文日期", description="成文日期。")
    note: Text | None = Field(None, alias="附注", description="附注，圆括号自动加。", examples=["此件公开发布"])
    imprint: Imprint | None = Field(None, alias="版记", description="版记：抄送机关、印发机关、印发日期。")

    @property
    def format_name(self) -> FormatName:
        """Its own choice, else its kind's."""
        return format_of(self.kind, self.format)

    @property
    def heading_text(self) -> str:
        """The title; where there is none, the mark and the number."""
        if self.title is not None:
            return self.title.replace("\n", "")
        return f"{self.mark_text}{self.number_text or ''}"

    @property
    def authors(self) -> tuple[str, ...]:
        """The issuers."""
        return self.issuer

    @property
    def lead(self) -> str:
        """The lead organ 主办机关: the only issuer, or the first."""
        return self.issuer[0]

    @property
    def signatories(self) -> tuple[Signatory, ...]:
        """Who signs, and how, in the order of the issuers, the organ of each filled in.

        None where the draft has neither signature nor date, or says ``none``.
        """
        given = self.signature
        if given is None:
            return tuple(Signatory.of(name) for name in self.issuer) if self.date is not None else ()
        if given == NONE["en"]:
            return ()
        if given == SEALED["en"]:
            return tuple(Signatory.of(name, seal=RESERVED["en"]) for name in self.issuer)
        if isinstance(given, str):
            return (Signatory.of(given),)
        several = given if isinstance(given, tuple) else (given,)
        return tuple(
            one
            if one.organ is not None
            else one.model_copy(update={"organ": self.issuer[min(i, len(self.issuer) - 1)]})
            for i, one in enumerate(several)
        )

    @property
    def signatures(self) -> tuple[str, ...]:
        """The names that the page shows as signatures: of the organs, or the titles of the persons whose stamps stand for them."""
        return tuple(one.title or one.organ or "" for one in self.signatories)

    @property
    def signing(self) -> Way:
        """How it is signed (7.3.5.1 to 7.3.5.3); organs of one document sign in one way."""
        signatories = self.signatories
        if not signatories:
            return "none"
        if any(one.stamp is not None for one in signatories):
            return "stamped"
        return "sealed" if any(one.seal is not None for one in signatories) else "unsealed"

    @property
    def signs_in_head(self) -> bool:
        """Whether organ and date stand in the head: in minutes without a seal (practice, M-06)."""
        return self.format_name == "minutes" and self.signing in ("none", "unsealed")

    @property
    def closing(self) -> Document:
        """The document as its ending shows it, without what its head shows already."""
        return self.model_copy(update={"signature": NONE["en"], "date": None}) if self.signs_in_head else self

    @property
    def attendance(self) -> dict[str, tuple[Delegation, ...]]:
        """The lists of people that minutes have: field → the people, in the order 出席, 请假, 列席."""
        return {name: people for name in ATTENDANCE if (people := getattr(self, name)) is not None}

    @property
    def is_preprinted(self) -> bool:
        """Whether the draft says so: its mark and red rules are on the paper already."""
        return self.mark == PREPRINTED["en"]

    @property
    def mark_names(self) -> tuple[str, ...]:
        """The names that are stacked in the mark of a joint document; none where the mark is one line (clause 7.2.4)."""
        own = self.mark is not None and not self.is_preprinted
        return () if own or not self.mark_suffix or len(self.issuer) == 1 else self.issuer

    @property
    def mark_suffix(self) -> str:
        """What a mark that is made adds to the name: 文件 (7.2.4), nothing in a letter (10.1), 命令 or 令 (10.2), 纪要 (10.3)."""
        match self.format_name:
            case "letter":
                return ""
            case "order":
                return self.kind
            case "minutes":
                return MINUTES_SUFFIX
        return MARK_SUFFIX

    @property
    def mark_text(self) -> str:
        """The mark as text, in the order in which it reads: the draft's own, else the issuers with what their format adds."""
        if self.mark is not None and not self.is_preprinted and self.mark != LEAD["en"]:
            return self.mark
        return f"{''.join(self.mark_names) or self.lead}{self.mark_suffix}"

    @property
    def number_text(self) -> str | None:
        """The number as the page shows it."""
        return None if self.number is None else str(self.number)

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
        """The date that the file's metadata carry: 印发日期, else 成文日期."""
        for date in (self.imprint.issued_on if self.imprint else None, self.date):
            if isinstance(date, datetime.date):
                return date
        return None

    def with_addressees_in_imprint(self) -> Document:
        """The document with its addressees in the imprint, where they leave page one to the text (7.3.2)."""
        imprint = self.imprint or Imprint.model_construct()
        moved = imprint.model_copy(update={"addressees": self.addressees})
        return self.model_copy(update={"addressees": None, "imprint": moved})

    def pictures(self) -> Iterator[tuple[DataPath, str]]:
        """Images of its texts, of seals and of stamps."""
        yield from super().pictures()
        given = self.signature
        several = given if isinstance(given, tuple) else (given,)
        for index, one in enumerate(several):
            if isinstance(one, Signatory):
                path: DataPath = ("signature", index) if isinstance(given, tuple) else ("signature",)
                of: PictureOf = "seal" if one.stamp is None else "stamp"
                if (picture := one.picture(of)) is not None:
                    yield (*path, of), picture

    def pending(self) -> list[DataPath]:
        """Paths of all placeholders, those among the people of a meeting last."""
        names = (place for field, people in self.attendance.items() for place in people_at(field, people))
        return [*super().pending(), *(path for path, name in names if name == PENDING)]

    def label_of(self, index: int) -> str:
        """What the first line of an attachment says: 附件, its number where there are several, before it 发文字号 if it is not bound."""
        number = str(index + 1) if len(self.attachments) > 1 else ""
        bound = self.attachments[index].bound
        return f"{'' if bound else self.number_text or ''}附件{number}"

    def own_bodies(self) -> Iterator[tuple[DataPath, tuple[Block, ...]]]:
        """All but those of attachments that are not bound with it."""
        separate = {("attachments", index, "body") for index, one in enumerate(self.attachments) if not one.bound}
        return (one for one in self.bodies() if one[0] not in separate)

    def bodies(self) -> Iterator[tuple[DataPath, tuple[Block, ...]]]:
        """The body, that of the document that it issues, and that of each attachment."""
        yield ("body",), self.body
        if self.issued is not None:
            yield ("issued", "body"), self.issued.body
        for index, attachment in enumerate(self.attachments):
            yield ("attachments", index, "body"), attachment.body

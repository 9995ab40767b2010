"""Rules of 题注, of the document that a notice issues, and of attachments that are not bound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gongwen.authority import PRACTICE, must
from gongwen.diagnostics import Check, Finding
from gongwen.document import Document
from gongwen.rules.registry import on_document

SUBTITLE_KIND = Check("GW341", "subtitle-kind", PRACTICE)
ISSUED_AS_ATTACHMENT = Check("GW342", "issued-as-attachment", PRACTICE)
UNBOUND_WITHOUT_NUMBER = Check("GW343", "unbound-without-number", must("GB/T 9704 7.3.7"))
ISSUED_KIND = Check("GW344", "issued-kind", PRACTICE)

_SUBTITLE_KINDS: Final = ("决议", "决定", "公报", "公告")
_ISSUING_KINDS: Final = ("通知", "命令", "令", "决定", "公告")
_ISSUES: Final = re.compile(r"印发|转发|批转|发布|公布")
_BOOK: Final = re.compile(r"《(.*?)》", re.DOTALL)


@on_document(SUBTITLE_KIND)
def subtitle(document: Document) -> Iterator[Finding]:
    """B-63: 题注 stands below the title of what a meeting has passed."""
    if document.subtitle is not None and document.kind not in _SUBTITLE_KINDS:
        kinds = "、".join(_SUBTITLE_KINDS)
        yield Finding(
            SUBTITLE_KIND, f"“{document.kind}”一般没有题注", ("subtitle",), hint=f"题注用于会议通过的{kinds}；删去题注"
        )


@on_document(ISSUED_KIND)
def issued_kind(document: Document) -> Iterator[Finding]:
    """B-31: kinds that issue a document."""
    if document.issued is not None and document.kind not in _ISSUING_KINDS:
        yield Finding(
            ISSUED_KIND,
            f"“{document.kind}”一般不印发文件",
            ("issued",),
            hint=f"印发文件用{'、'.join(_ISSUING_KINDS)}；随文报送的写成附件",
            at_key=True,
        )


@on_document(ISSUED_AS_ATTACHMENT)
def issued_as_attachment(document: Document) -> Iterator[Finding]:
    """B-31: what a notice issues is its text, not an attachment."""
    title = (document.title or "").replace("\n", "")
    if not _ISSUES.search(title):
        return
    books = {_bare(book) for book in _BOOK.findall(title)}
    for index, attachment in enumerate(document.attachments):
        if _bare(attachment.title) in books:
            yield Finding(
                ISSUED_AS_ATTACHMENT,
                f"《{_bare(attachment.title)}》是印发的文件，不写成附件",
                ("attachments", index, "title"),
                hint="移到印发件（issued）：不列入附件说明，不标“附件”",
            )


def _bare(title: str) -> str:
    return "".join(title.split()).strip("《》")


@on_document(UNBOUND_WITHOUT_NUMBER)
def unbound(document: Document) -> Iterator[Finding]:
    """B-61: an attachment that is not bound carries 发文字号 on its first line."""
    if document.number is not None:
        return
    for index, attachment in enumerate(document.attachments):
        if not attachment.bound:
            yield Finding(
                UNBOUND_WITHOUT_NUMBER,
                "不装订的附件首行要标发文字号，稿件没有",
                ("attachments", index, "bound"),
                hint="加上发文字号；尚未确定时写“待定”",
            )

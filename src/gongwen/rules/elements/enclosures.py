"""Rules of 题注, of the document that a notice issues, and of attachments that are not bound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gongwen.authority import PRACTICE, must
from gongwen.diagnostics import Check, Finding
from gongwen.document import Document
from gongwen.expressions import expression
from gongwen.rules.prose import bare_title
from gongwen.rules.registry import on_document

SUBTITLE_KIND = Check(
    "GW341",
    "subtitle-kind",
    PRACTICE,
    what="题注用于会议通过的决议、决定、公报和公告。",
    why="题注写明通过的日期和会议，习惯上只有这几种公文有；其他文种的日期看成文日期。",
    wrong="""\
kind: 通知
subtitle: 2026年6月22日市总工会办公会议通过
""",
    right="""\
kind: 决议
subtitle: 2026年8月27日云州市第六届人民代表大会常务委员会第三十二次会议通过
""",
)
ISSUED_AS_ATTACHMENT = Check(
    "GW342",
    "issued-as-attachment",
    PRACTICE,
    what="印发、转发的文件写成印发件，不写成附件。",
    why="印发的文件就是公文的主体，习惯上不列附件说明，也不标“附件”。",
    wrong="""\
title: 云州市总工会关于印发《职工服务中心管理办法》的通知
attachments:
  - title: 职工服务中心管理办法
    body: [为了规范职工服务中心的管理，制定本办法。]
""",
    right="""\
title: 云州市总工会关于印发《职工服务中心管理办法》的通知
issued:
  title: 职工服务中心管理办法
  body: [为了规范职工服务中心的管理，制定本办法。]
""",
)
UNBOUND_WITHOUT_NUMBER = Check(
    "GW343",
    "unbound-without-number",
    must("GB/T 9704 7.3.7"),
    what="有不装订的附件，就有发文字号。",
    why="GB/T 9704 7.3.7：附件与正文不能一起装订的，在附件左上角第一行顶格编排公文的发文字号，并在其后标注“附件”二字及附件顺序号。",
    wrong="""\
number: null
attachments:
  - {title: 参会人员名册, body: [名册另行通知。], bound: false}
""",
    right="""\
number: 云工发〔2026〕21号
attachments:
  - {title: 参会人员名册, body: [名册另行通知。], bound: false}
""",
)
ISSUED_KIND = Check(
    "GW344",
    "issued-kind",
    PRACTICE,
    what="印发文件用通知、命令、决定或者公告。",
    why="印发、发布、转发是这几个文种的用途；其他文种随文报送的材料习惯上写成附件。",
    wrong="""\
kind: 通报
issued: {title: 校车安全检查情况, body: [检查情况另行说明。]}
""",
    right="""\
kind: 通知
issued: {title: 校车安全管理办法, body: [为了加强校车安全管理，制定本办法。]}
""",
)

_SUBTITLE_KINDS: Final = ("决议", "决定", "公报", "公告")
_ISSUING_KINDS: Final = ("通知", "命令", "令", "决定", "公告")
_ISSUES: Final = expression(r"印发|转发|批转|发布|公布")
_BOOK: Final = expression(r"《(.*?)》", re.DOTALL)


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
    books = {bare_title(book) for book in _BOOK.findall(title)}
    for index, attachment in enumerate(document.attachments):
        if bare_title(attachment.title) in books:
            yield Finding(
                ISSUED_AS_ATTACHMENT,
                f"《{bare_title(attachment.title)}》是印发的文件，不写成附件",
                ("attachments", index, "title"),
                hint="移到印发件（issued）：不列入附件说明，不标“附件”",
            )


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

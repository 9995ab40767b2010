"""Rules of the minutes format 纪要格式 (clause 10.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gongwen.authority import PRACTICE, must
from gongwen.diagnostics import Check, Finding
from gongwen.document import ATTENDANCE, MINUTES_SUFFIX, PENDING, Document, people_at
from gongwen.expressions import expression
from gongwen.rules.elements.body import MADE_TWICE
from gongwen.rules.elements.header import has_own_number
from gongwen.rules.registry import on_document

MINUTES_MARK = Check(
    "GW216",
    "minutes-mark",
    must("GB/T 9704 10.3"),
    what="纪要的标志以“纪要”结尾。",
    why="GB/T 9704 10.3：纪要标志由“×××××纪要”组成。",
    wrong="""\
kind: 纪要
mark: 云州市总工会办公会议
""",
    right="""\
kind: 纪要
mark: 云州市总工会办公会议纪要
""",
)
NOT_IN_MINUTES = Check(
    "GW217",
    "not-in-minutes",
    must("GB/T 9704 10.3"),
    what="纪要格式里不写签发人。",
    why="签发人是上行文的要素，纪要的版头（GB/T 9704 10.3）没有它的位置。",
    wrong="""\
kind: 纪要
signers: [王小明]
present: [王小明, 李　华]
""",
    right="""\
kind: 纪要
present: [王小明, 李　华]
""",
)
ATTENDANCE_OUTSIDE = Check(
    "GW218",
    "attendance-outside-minutes",
    must("GB/T 9704 10.3"),
    what="出席、请假、列席人员的名单只用于纪要格式。",
    why="GB/T 9704 10.3 只为纪要规定了名单的位置，别的格式没有。",
    wrong="""\
kind: 通知
present: [王小明, 李　华]
""",
    right="""\
kind: 纪要
present: [王小明, 李　华]
""",
)
UNUSUAL = Check(
    "GW219",
    "unusual-in-minutes",
    PRACTICE,
    what="纪要一般不盖章，不写主送机关，编号写期号或者发文字号。",
    why="纪要记载会议的议定事项，习惯上不盖章，用抄送代替主送，按期编号；现行标准没有明文。",
    wrong="""\
kind: 纪要
signature: sealed
""",
    right="""\
kind: 纪要
signature: 云州市总工会办公室
""",
)

_ISSUE: Final = expression(
    r"(?:(?:19|20)[0-9]{2}年)?第[1-9][0-9]*[期次号]|〔(?:19|20)[0-9]{2}〕第?[1-9][0-9]*[期次号]|（[1-9][0-9]*）"
)


@on_document(MINUTES_MARK)
def minutes_mark(document: Document) -> Iterator[Finding]:
    """M-01: the mark ends with 纪要."""
    if document.format_name == "minutes" and not document.mark_text.endswith(MINUTES_SUFFIX):
        yield Finding(
            MINUTES_MARK,
            f"纪要的标志末尾是“纪要”：“{document.mark_text}”",
            ("mark",),
            hint="写成会议名称加“纪要”，如“某市人民政府常务会议纪要”",
        )


@on_document(NOT_IN_MINUTES)
def not_in_minutes(document: Document) -> Iterator[Finding]:
    """What minutes have no place for is told, so that nothing of a draft is dropped in silence."""
    if document.format_name == "minutes" and document.signers is not None:
        yield Finding(NOT_IN_MINUTES, "纪要没有签发人", ("signers",), hint="删去签发人；上行文用文件格式", at_key=True)


@on_document(MADE_TWICE, ATTENDANCE_OUTSIDE)
def attendance(document: Document) -> Iterator[Finding]:
    """M-02, M-03: the lists of people are those of minutes, and their labels are made."""
    for field, people in document.attendance.items():
        label = ATTENDANCE[field]
        if document.format_name != "minutes":
            yield Finding(
                ATTENDANCE_OUTSIDE, f"只有纪要格式写{label}人员", (field,), hint="删去这一项，或写进正文", at_key=True
            )
        for path, name in people_at(field, people):
            if match := re.match(rf"{label}(?:人员)?\s*[：:]", name):
                yield Finding(
                    MADE_TWICE, f"“{label}：”自动加", path, hint="只写单位和姓名", offset=0, length=match.end()
                )


@on_document(UNUSUAL)
def unusual(document: Document) -> Iterator[Finding]:
    """M-05, M-06, B-15: what minutes usually do without, and numbers that they are seldom counted by."""
    if document.format_name != "minutes":
        return
    if document.signing == "sealed":
        yield Finding(UNUSUAL, "纪要一般不加盖印章", ("signature",), hint="删去印章；署名和成文日期排在版头")
    if document.addressees is not None:
        yield Finding(
            UNUSUAL, "纪要一般没有主送机关", ("addressees",), hint="送达的机关写在版记的抄送机关里", at_key=True
        )
    number = document.number_text
    if number is not None and has_own_number(document) and PENDING not in number and not _ISSUE.fullmatch(number):
        yield Finding(
            UNUSUAL,
            f"纪要的编号“{number}”不是通常的写法",
            ("number",),
            hint="写期号，如“第8期”“2026年第8期”“（8）”，或者写发文字号",
        )

"""Rules of attachments 附件 as the body lists them (clause 7.3.4), of the note 附注, and of elements that are typed as paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gongwen.authority import PRACTICE, must, should
from gongwen.diagnostics import Check, Finding
from gongwen.document import Document
from gongwen.expressions import expression
from gongwen.rules.prose import bare_title
from gongwen.rules.registry import on_document

ATTACHMENT_MARK = Check(
    "GW346",
    "attachment-mark",
    must("GB/T 9704 7.3.4"),
    what="附件名称后不加标点。",
    why="标准规定附件名称后不加标点符号；附件说明照附件的标题编排，两处一致。",
    wrong="""\
attachments:
  - title: 活动安排表；
    body: [活动从六月开始。]""",
    right="""\
attachments:
  - title: 活动安排表
    body: [活动从六月开始。]""",
)
ATTACHMENT_BOOK = Check(
    "GW347",
    "attachment-book-marks",
    PRACTICE,
    what="附件名称不加书名号。",
    why="附件说明和附件的标题都直接写名称；正文里提到附件时才用书名号。",
    wrong="""\
attachments:
  - title: 《夏送清凉活动方案》
    body: [活动从六月开始。]""",
    right="""\
attachments:
  - title: 夏送清凉活动方案
    body: [活动从六月开始。]""",
)
ATTACHMENT_TWICE = Check(
    "GW348",
    "attachment-twice",
    PRACTICE,
    what="各附件的名称不相同。",
    why="附件说明靠名称区分附件；名称相同的，多半是复制之后没有改。",
    wrong="""\
attachments:
  - {title: 活动安排表, body: [活动从六月开始。]}
  - {title: 活动安排表, body: [活动到八月结束。]}""",
    right="""\
attachments:
  - {title: 活动安排表, body: [活动从六月开始。]}
  - {title: 物资分配表, body: [物资按人数分配。]}""",
)
NOTE_CONTENT = Check(
    "GW349",
    "note-content",
    should("条例第九条（十四）"),
    what="附注写印发传达范围等需要说明的事项。",
    why="附注不是成文日期、附件说明、抄送机关的位置；“附注”二字也不写。",
    wrong="note: 附件：活动安排表",
    right="note: 此件公开发布",
)
ELEMENT_AS_PARAGRAPH = Check(
    "GW350",
    "element-as-paragraph",
    should("GB/T 9704 7.3、7.4"),
    what="附件说明、署名、成文日期、附注和抄送机关写在各自的键里，不写成自然段。",
    why="标准规定了这些要素各自的位置；写成自然段的排在正文里，左空二字，位置不对。",
    wrong="""\
body:
  - 各级工会要提高认识，加强领导，精心组织，把关怀送到一线职工身边，把实事办好、把好事办实。
  - 附件：活动安排表""",
    right="""\
body:
  - 各级工会要提高认识，加强领导，精心组织，把关怀送到一线职工身边，把实事办好、把好事办实。
attachments:
  - title: 活动安排表
    body: [活动从六月开始。]""",
)

_MARKS: Final = expression(r"[。；，、：.,;:]+$")
_WHOLE_BOOK: Final = expression(r"《[^《》]*》")
_DATE: Final = r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日"

_NOT_NOTES: Final = (
    (expression(r"附注[：:]\s*"), "“附注”二字不写", "删去"),
    (expression(r"附件[0-9]*[：:]"), "附件说明不写在附注里", "写在附件（attachments）里"),
    (expression(r"抄送[：:]"), "抄送机关不写在附注里", "写在版记的抄送机关（copies_to）里"),
    (expression(rf"{_DATE}$"), "成文日期不写在附注里", "写在成文日期（date）里"),
    (expression(r"[（(]?(?:公章|盖章|印章)[）)]?$"), "附注里不注明印章", "加盖印章的，署名写 sealed（盖章）"),
)
"""What a note begins with that is no note: its form, what is wrong with it, where it belongs."""

_NOT_PARAGRAPHS: Final = (
    (expression(r"附件[0-9]*[：:]"), "附件说明", "写在附件（attachments）里，附件说明自动编排"),
    (expression(r"抄送[：:]"), "抄送机关", "写在版记的抄送机关（copies_to）里"),
    (expression(r"[（(](?:此件|本件)[^（）()]*发布[）)]$"), "附注", "写在附注（note）里，圆括号自动加"),
    (expression(r"[（(]联系人[：:][^（）()]*[）)]$"), "附注", "写在附注（note）里，圆括号自动加"),
    (expression(rf"{_DATE}$"), "成文日期", "写在成文日期（date）里"),
)
"""What a paragraph is that is no paragraph: its form, its name, where it belongs."""


@on_document(ATTACHMENT_MARK, ATTACHMENT_BOOK, ATTACHMENT_TWICE)
def names(document: Document) -> Iterator[Finding]:
    """B-28: the name of an attachment has no mark after it and no 《》 around it; each has its own."""
    seen: set[str] = set()
    for index, attachment in enumerate(document.attachments):
        path = ("attachments", index, "title")
        title = attachment.title
        if match := _MARKS.search(title):
            yield Finding(
                ATTACHMENT_MARK,
                f"附件名称后不加标点：“{match.group()}”",
                path,
                hint="删去末尾的标点",
                offset=match.start(),
                length=len(match.group()),
                replacement="",
            )
        elif _WHOLE_BOOK.fullmatch(title):
            yield Finding(
                ATTACHMENT_BOOK,
                "附件名称不加书名号",
                path,
                hint="删去两端的书名号",
                offset=0,
                length=len(title),
                replacement=None if "\n" in title or "〈" in title else title[1:-1],
            )
        bare = bare_title(title)
        if bare in seen:
            yield Finding(
                ATTACHMENT_TWICE,
                f"附件名称重复：“{bare}”",
                path,
                hint="核对附件；内容不同的，改成不同的名称",
                offset=0,
                length=len(title),
            )
        seen.add(bare)


@on_document(NOTE_CONTENT)
def note(document: Document) -> Iterator[Finding]:
    """B-53, B-55: what stands in a note and is another element."""
    for form, message, hint in _NOT_NOTES if document.note is not None else ():
        if match := form.match(document.note or ""):
            yield Finding(NOTE_CONTENT, message, ("note",), hint=hint, offset=0, length=match.end())


@on_document(ELEMENT_AS_PARAGRAPH)
def typed_elements(document: Document) -> Iterator[Finding]:
    """B-26, B-41, B-53, R-06: elements with a place of their own, typed as paragraphs of the body."""
    for index, block in enumerate(document.body):
        if not isinstance(block, str):
            continue
        found = next(((name, hint) for form, name, hint in _NOT_PARAGRAPHS if form.match(block)), None)
        if found is None and index and block in document.issuer:
            found = "署名", "写在署名（signature）里；有成文日期的自动署名"
        if found is not None:
            name, hint = found
            yield Finding(
                ELEMENT_AS_PARAGRAPH,
                f"{name}写成了自然段",
                ("body", index),
                hint=hint,
                offset=0,
                length=len(block),
            )

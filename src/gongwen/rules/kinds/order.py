"""Rules of the order format 命令（令）格式 (clause 10.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gongwen.authority import must
from gongwen.diagnostics import Check, Finding
from gongwen.document import PENDING, Document
from gongwen.expressions import expression
from gongwen.rules.registry import on_document

ORDER_NUMBER = Check(
    "GW213",
    "order-number",
    must("GB/T 9704 10.2"),
    what="令号写“第”、阿拉伯数字和“号”。",
    why="GB/T 9704 10.2：命令（令）在标志下编令号；令号不是发文字号，没有机关代字和年份。",
    wrong="""\
kind: 命令
number: 云政令〔2026〕012号
""",
    right="""\
kind: 命令
number: 第12号
""",
)
ORDER_MARK = Check(
    "GW214",
    "order-mark",
    must("GB/T 9704 10.2"),
    what="命令（令）的标志是发文机关全称加“命令”或者“令”。",
    why="GB/T 9704 10.2：发文机关标志由发文机关全称加“命令”或“令”字组成。",
    wrong="""\
kind: 命令
mark: 云州市人民政府文件
""",
    right="""\
kind: 命令
mark: 云州市人民政府令
""",
)
NOT_IN_ORDER = Check(
    "GW215",
    "not-in-order",
    must("GB/T 9704 10.2"),
    what="命令（令）不写标题、主送机关和签发人。",
    why="GB/T 9704 10.2：令号之下空二行就是正文，没有这三项的位置。",
    wrong="""\
kind: 命令
addressees: 各县（市、区）人民政府
""",
    right="""\
kind: 命令
imprint: {copies_to: 各县（市、区）人民政府, issuing_office: 云州市人民政府办公室, issued_on: 2026-06-08}
""",
)

_NUMBER: Final = expression(r"第[1-9][0-9]*号")
_LING: Final = "令"
_NO_PLACE: Final = {
    "signers": ("签发人", "删去签发人；签发命令的人写在署名里"),
    "title": ("标题", "删去标题；发布的规章写在印发件里，或者作为附件"),
    "addressees": ("主送机关", "删去主送机关；需要送达的写在版记的抄送机关里"),
}


@on_document(ORDER_NUMBER)
def order_number(document: Document) -> Iterator[Finding]:
    """C-02: 第, the number without padding, 号."""
    number = document.number_text
    if document.format_name != "order" or number is None or PENDING in number or _NUMBER.fullmatch(number):
        return
    digits = re.search(r"0*([1-9][0-9]*)[^0-9]*$", number)
    yield Finding(
        ORDER_NUMBER,
        f"令号“{number}”的写法不对",
        ("number",),
        hint=f"写成“第{digits.group(1) if digits else 12}号”{'' if digits else '的形式'}：加“第”，用阿拉伯数字，不编虚位，不写年份",
    )


@on_document(ORDER_MARK)
def order_mark(document: Document) -> Iterator[Finding]:
    """C-01: the mark is the name of the organ with 命令 or 令. The one that is made for another kind is wrong as its format is, see `kind`."""
    mark = document.mark_text
    if document.format_name == "order" and mark == document.mark and not mark.endswith(_LING):
        yield Finding(
            ORDER_MARK,
            f"命令的标志末尾是“命令”或“令”：“{mark}”",
            ("mark",),
            hint="写成发文机关全称加“令”，或者不写这一项",
        )


@on_document(NOT_IN_ORDER)
def not_in_order(document: Document) -> Iterator[Finding]:
    """C-03: what an order has no place for is told, so that nothing of a draft is dropped in silence."""
    if document.format_name != "order":
        return
    for name, (word, hint) in _NO_PLACE.items():
        if getattr(document, name) is not None:
            yield Finding(NOT_IN_ORDER, f"命令（令）没有{word}", (name,), hint=hint, at_key=True)

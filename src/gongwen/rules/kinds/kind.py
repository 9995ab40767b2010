"""Rules of the kind 文种: the format, the title and the elements that go with it (条例 article 8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gongwen.authority import must, should
from gongwen.diagnostics import Check, Finding
from gongwen.document import PENDING, Document
from gongwen.expressions import expression
from gongwen.kinds import FORMATS, Kind, kind_of, kinds
from gongwen.rules.registry import on_document

# An error: the letter is for what goes between organs or downward; the standard has the number of an upward document beside its
# signers (7.2.5), for whom a letter has no place (10.1).
LETTER_KIND = Check(
    "GW209",
    "letter-kind",
    must("GB/T 9704 7.2.5、10.1"),
    what="请示、报告、议案不用信函格式。",
    why="上行文的发文字号与签发人同处一行（GB/T 9704 7.2.5），信函的版头（10.1）没有签发人的位置。",
    wrong="""\
kind: 请示
format: letter
""",
    right="""\
kind: 请示
format: general
""",
)
FORMAT_KIND = Check(
    "GW220",
    "format-kind",
    must("GB/T 9704 第10章"),
    what="格式合乎文种：命令（令）用命令格式，纪要用纪要格式，其他文种用文件格式或者信函格式。",
    why="GB/T 9704 第 10 章的特定格式各为一种公文而设。",
    wrong="""\
kind: 通知
format: minutes
""",
    right="""\
kind: 通知
format: general
""",
)
FOREIGN_ELEMENT = Check(
    "GW221",
    "foreign-element",
    should("条例第八条、第九条"),
    what="不写这一文种没有的要素。",
    why="条例第九条（六）要求标注签发人的是上行文；公告、通告、公报等公开发布，一般没有主送机关。",
    wrong="""\
kind: 通知
signers: [王小明]
""",
    right="""\
kind: 请示
signers: [王小明]
""",
)
TITLE_ENDING = Check(
    "GW222",
    "title-ending",
    should("条例第九条（七）"),
    what="标题以文种结尾，与所用的文种一致。",
    why="条例第九条（七）：标题由发文机关名称、事由和文种组成；方案、办法、总结等不是文种。",
    wrong="title: 云州市总工会关于开展夏季送清凉活动的方案",
    right="title: 云州市总工会关于开展夏季送清凉活动的通知",
)
TWO_KINDS = Check(
    "GW223",
    "two-kinds",
    should("条例第八条"),
    what="一个标题只用一个文种。",
    why="条例第八条的文种各有用途；“请示报告”使收文机关不知道要不要批复。",
    wrong="""\
kind: 报告
title: 云州市总工会关于2026年上半年工作情况的请示报告
""",
    right="""\
kind: 报告
title: 云州市总工会关于2026年上半年工作情况的报告
""",
)

_ELEMENTS: Final = {"addressees": "主送机关", "signers": "签发人"}
_REASONS: Final = {
    "addressees": "删去主送机关；要送达指定的机关，改用通知等文种",
    "signers": "删去签发人；只有上行文标注签发人",
}
_OWN_HEADS: Final = ("order", "minutes")
_NO_KINDS: Final = ("方案", "办法", "总结", "讲话", "简报", "要点", "汇报", "规定", "细则", "计划", "申请", "请求")
"""What is often taken for a kind and is none: such a text is issued under a 通知, such a wish put as a 请示."""
_AFTERWARDS: Final = expression(r"(?:（[^（）]*）|\([^()]*\))$")
"""What may follow the kind: （试行）."""


@on_document(LETTER_KIND, FORMAT_KIND)
def kind_format(document: Document) -> Iterator[Finding]:
    """L-14: a kind is set in a format that is meant for it."""
    kind = kind_of(document.kind)
    if kind is None or document.format_name in kind.formats:
        return
    format_name = document.format_name
    usual = FORMATS[kind.format].words["zh"]
    check = LETTER_KIND if format_name == "letter" else FORMAT_KIND
    yield Finding(
        check,
        f"“{document.kind}”不用{FORMATS[format_name].words['zh']}格式",
        ("format",),
        hint=f"删去格式一项，用{usual}格式",
    )


@on_document(FOREIGN_ELEMENT)
def foreign_elements(document: Document) -> Iterator[Finding]:
    """B-15, H-26: elements that documents of the kind do not have. What a format has no place for is told by its own rules."""
    kind = kind_of(document.kind)
    if kind is None or document.format_name in _OWN_HEADS:
        return
    for name in kind.forbids:
        if getattr(document, name) is not None and not (name == "signers" and document.is_letter):
            yield Finding(
                FOREIGN_ELEMENT,
                f"“{document.kind}”一般没有{_ELEMENTS[name]}",
                (name,),
                hint=_REASONS[name],
                at_key=True,
            )


@on_document(TITLE_ENDING, TWO_KINDS)
def title_ending(document: Document) -> Iterator[Finding]:
    """B-01, W-01, W-02: a title ends with the name of the kind, and of one kind alone."""
    kind, title = kind_of(document.kind), document.title
    if kind is None or title is None or not kind.endings:
        return
    text = title.rstrip().rstrip("。")  # that has a rule of its own
    if text == PENDING:
        return
    while match := _AFTERWARDS.search(text):
        text = text[: match.start()].rstrip()
    ending = next((one for one in kind.endings if text.endswith(one)), None)
    if ending is None:
        yield _wrong_ending(text, kind)
        return
    before = text.removesuffix(ending)
    other = next((name for name in _names() if before.endswith(name)), None)
    if other is not None:
        yield Finding(
            TWO_KINDS,
            f"标题里有两个文种：“{other}{ending}”",
            ("title",),
            hint=f"一个标题用一个文种，只写“{ending}”",
            offset=len(before) - len(other),
            length=len(other) + len(ending),
        )


def _wrong_ending(text: str, kind: Kind) -> Finding:
    end = next((name for name in (*_names(), *_NO_KINDS) if text.endswith(name)), text[-1:])
    if end in _NO_KINDS:
        message = f"标题应以文种结尾，“{end}”不是文种"
    elif end in _names():
        message = f"标题以“{end}”结尾，文种写的是“{kind.name}”"
    else:
        message = f"标题应以文种“{kind.endings[0]}”结尾"
    hint = f"写成“关于……的{kind.endings[0]}”，或者改正文种"
    return Finding(TITLE_ENDING, message, ("title",), hint=hint, offset=len(text) - len(end), length=len(end))


def _names() -> list[str]:
    """The names of all kinds, a longer one before one that it ends with."""
    return sorted((name for kind in kinds().values() for name in kind.names), key=len, reverse=True)

"""Rules of the marks of levels that are typed into a paragraph (GB/T 15834, annex B.3); headings' are made, see `body.marks_made_twice`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

from gongwen.authority import PRACTICE, must
from gongwen.chinese import numeral
from gongwen.diagnostics import Check, Finding
from gongwen.document import Draft
from gongwen.expressions import expression
from gongwen.rules.language.scan import is_numbered, strike
from gongwen.rules.registry import on_text
from gongwen.rules.texts import Text

PRECOMPOSED_MARK = Check(
    "GW823",
    "precomposed-mark",
    PRACTICE,
    what="序号不用带括号、带点、带圈的整个字符。",
    why="公文的层次序数是一、（一）1.（1）；⑴、㈠、①是单个字符，字号、位置与正文不合。",
    wrong="body: [⑴各级工会要提高认识。]",
    right="body: [（1）各级工会要提高认识。]",
)
LEVEL_MARK_FORM = Check(
    "GW824",
    "level-mark-form",
    must("GB/T 15834 附录B.3"),
    what="序号后面的标点：“一”后用顿号，“1”后用下脚点，“第一”“首先”后用逗号，带括号的后面不加标点。",
    why="序次语的标点各有定规，“1、”“（一）、”是常见的写错。",
    wrong="body: [1、各级工会要提高认识。]",
    right="body: [1.各级工会要提高认识。]",
)

_PARENTHESIZED: Final = range(0x2474, 0x2488)  # ⑴ to ⒇
_DOTTED: Final = range(0x2488, 0x249C)  # ⒈ to ⒛
_HAN: Final = range(0x3220, 0x322A)  # ㈠ to ㈩
_CIRCLED: Final = range(0x2460, 0x2474)  # ① to ⑳


@on_text(PRECOMPOSED_MARK)
def precomposed_marks(text: Text, _draft: Draft) -> Iterator[Finding]:
    """B-22: no mark in one character at the beginning of a paragraph or a heading, whose number is made."""
    if text.sort not in ("paragraph", "heading") or is_numbered(text):
        return
    char = text.text[0]
    code = ord(char)
    if code in _CIRCLED:
        right = None
    elif code in _PARENTHESIZED:
        right = f"（{int(unicodedata.numeric(char))}）"
    elif code in _DOTTED:
        right = f"{int(unicodedata.numeric(char))}."
    elif code in _HAN:
        right = f"（{numeral(code - _HAN.start + 1)}）"
    else:
        return
    if text.sort == "heading":
        right, hint = None, "删去；标题的序号自动编排"
    else:
        hint = "层次序数依次用一、（一）1.（1）" if right is None else f"改为“{right}”"
    yield strike(PRECOMPOSED_MARK, text, 0, 1, f"序号用了整个字符“{char}”", hint=hint, replacement=right)


_ARABIC: Final = expression(r"[1-9][0-9]?(、)(?![0-9])")
_BRACKETED: Final = expression(r"（(?:[一二三四五六七八九十]{1,3}|[1-9][0-9]?)）([、.．，,]+)(?![0-9])")
_HALF_WIDTH: Final = expression(r"\(([1-9][0-9]?)\)(?=[\u4e00-\u9fff])")
_HAN_MARK: Final = expression(r"[一二三四五六七八九十]{1,3}([.．])(?![0-9])")


@on_text(LEVEL_MARK_FORM)
def level_marks(text: Text, _draft: Draft) -> Iterator[Finding]:
    """B-21, D-11: 一、 （一） 1. （1） before a paragraph; a heading's is told by `body.marks_made_twice`. 第一， wherever a sentence begins."""
    yield from _ordinals(text)
    if text.sort != "paragraph" or is_numbered(text):
        return
    if match := _HALF_WIDTH.match(text.text):
        right = f"（{match[1]}）"
        message = f"序号“{match.group()}”的括号是半角的"
        yield strike(LEVEL_MARK_FORM, text, *match.span(), message, hint=f"改为“{right}”", replacement=right)
        return
    for form, right in ((_ARABIC, "."), (_BRACKETED, ""), (_HAN_MARK, "、")):
        if match := form.match(text.text):
            mark = match.group()
            yield strike(
                LEVEL_MARK_FORM,
                text,
                *match.span(1),
                f"序号“{mark}”的标点不对",
                hint=f"改为“{mark[: match.start(1)]}{right}”",
                replacement=right,
            )
            return


_ORDINAL: Final = expression(
    r"(?:^|(?<=[。；：]))(?:第[一二三四五六七八九十]|其[一二三四五六]|首先|其次|再次|最后)(、)(?![第其首再最一二三四五六七八九十])"
)
_COMMA: Final = "，"


def _ordinals(text: Text) -> Iterator[Finding]:
    if text.sort != "paragraph" or "、" not in text.text:
        return
    for match in _ORDINAL.finditer(text.text):
        message = f"序次语“{match.group()[:-1]}”后面用了顿号"
        yield strike(LEVEL_MARK_FORM, text, *match.span(1), message, hint="改为逗号", replacement=_COMMA)

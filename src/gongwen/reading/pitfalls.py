"""What YAML reads without complaint and nobody meant: cut texts, swallowed items, full-width indents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongwen.reading.characters import is_wide, quote
from gongwen.reading.faults import FULL_WIDTH_INDENT, ITEM_TAKEN_AS_TEXT, TEXT_CUT_BY_HASH, Fault, Place
from gongwen.reading.lines import line_end
from gongwen.reading.nodes import Scalar
from gongwen.reading.scalars import BLOCK_STYLES

_REACH = 100  # more blanks than any indentation has

_WIDE_INDENT = re.compile(r"[ \t]*+(\u3000[ \u3000]*+)")
_ITEM_LINE = re.compile(r"\n[ \t]*+(?P<wide>(?:\u3000[ \t\u3000]*+)?)(?P<item>-(?=[ \t\n]|\Z))")
# `# 注` with a blank after the number sign is how comments are written; `#1` or `#话题` is how prose uses the sign. Only the
# latter is a cut text, so `kind: 通知  # 文种` stays quiet. A quoted text is cut only where the sign follows it at once.
_CUT_PLAIN = re.compile(r"[ \t]+(#[^\s#][^\n]*)")
_CUT_QUOTED = re.compile(r"(#[^\n]*)")


def pitfalls(text: str, scalar: Scalar, *, is_key: bool) -> Iterator[Fault]:
    """What a scalar fell into."""
    if not scalar.style:
        before = " \t-" if is_key else " \t"
        if (place := wide_indent(text, scalar.start, scalar.end)) and _opens_line(text, scalar.start, before):
            yield full_width_indent(place)
        for item in _ITEM_LINE.finditer(text, scalar.start, scalar.end):
            yield full_width_indent(item.span("wide")) if item["wide"] else _swallowed(text, item, scalar.end)
    if scalar.style not in BLOCK_STYLES:
        comment = (_CUT_QUOTED if scalar.style else _CUT_PLAIN).match(text, scalar.end)
        if comment and scalar.value and any(map(is_wide, scalar.value)):
            yield _cut(comment)


def wide_indent(text: str, start: int, end: int) -> Place | None:
    """Where full-width spaces stand before the first text from ``start`` on."""
    match = _WIDE_INDENT.match(text, start, end)
    return match.span(1) if match else None


def full_width_indent(place: Place) -> Fault:
    """Full-width spaces where YAML wants its indentation: before a key, an item, a text's first line."""
    return Fault(FULL_WIDTH_INDENT, "缩进用了全角空格", "YAML 只认半角空格，把全角空格换成半角空格", place)


def _opens_line(text: str, offset: int, blanks: str) -> bool:
    """Whether nothing but these characters stands before an offset on its line."""
    # A bounded look back: to find the line's start for each scalar of one endless line would take quadratic time.
    return not text[max(offset - _REACH, 0) : offset].rpartition("\n")[2].strip(blanks)


def _swallowed(text: str, match: re.Match[str], limit: int) -> Fault:
    """An item that is indented deeper than its list, or follows a text: YAML joins it to the line above."""
    start = match.start("item")
    line = text[start : line_end(text, start, limit)].rstrip()
    message = f"“{quote(line)}”没有成为列表项，而是接在上一行后面"
    hint = "列表的每一项都另起一行写“- ”，左边对齐；“-”若是正文，就用引号把整个值括起来"
    return Fault(ITEM_TAKEN_AS_TEXT, message, hint, (start, start + len(line)))


def _cut(match: re.Match[str]) -> Fault:
    comment = match[1].rstrip()
    hint = "是正文，就用引号把整个值括起来；是注释，就在“#”前后各空一格"
    place = (match.start(1), match.start(1) + len(comment))
    return Fault(TEXT_CUT_BY_HASH, f"“{quote(comment)}”被当作注释，不在文字里", hint, place)

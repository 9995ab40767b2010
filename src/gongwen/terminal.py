"""Text in a terminal, where a Chinese character takes two columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final


def width(text: str) -> int:
    """Columns that a text takes: two for a wide or full-width character, none for a combining one, one for any other."""
    return sum(_width(char) for char in text)


def _width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def blank(text: str) -> str:
    """Blanks as wide as a text, so that what follows stands under what follows the text."""
    return "".join("\u3000" if _width(char) > 1 else " " for char in text if _width(char))


def padded(text: str, columns: int) -> str:
    """The text with blanks up to a number of columns."""
    return text + " " * max(0, columns - width(text))


_PIECE: Final = re.compile(r"[!-~]+|.", re.DOTALL)
_NO_LINE_BEGINS_WITH: Final = "，。；、：）》”"


def wrapped(text: str, columns: int) -> Iterator[str]:
    """The text in lines of so many columns; no mark begins a line, and no word of Latin letters or digits is parted."""
    line = ""
    for piece in _PIECE.findall(text):
        if line and width(line + piece) > columns and piece not in _NO_LINE_BEGINS_WITH:
            yield line.rstrip()
            line = ""
        line += piece if line else piece.lstrip(" ")
    yield line


def window(text: str, start: int, end: int, columns: int) -> tuple[str, int, int]:
    """The part of a long line around characters ``start`` to ``end`` that fits a number of columns.

    Returns the part, with … where something was left out, and where the characters stand in it.
    """
    if width(text) <= columns:
        return text, start, end
    end = max(start + 1, end)
    first = start
    room = columns - 4 - min(width(text[start:end]), columns // 2)
    before = room // 2
    while first > 0 and before - _width(text[first - 1]) >= 0:
        first -= 1
        before -= _width(text[first])
    last, left = first, columns - 4
    while last < len(text) and left - _width(text[last]) >= 0:
        left -= _width(text[last])
        last += 1
    lead = "…" if first else ""
    part = lead + text[first:last] + ("…" if last < len(text) else "")
    shift = len(lead) - first
    return part, start + shift, min(end, last) + shift

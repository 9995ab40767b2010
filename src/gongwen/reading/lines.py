r"""Offsets in a text ↔ lines and columns. Lines end with ``\n`` alone."""

from __future__ import annotations

import re
from bisect import bisect_right

from gongwen.diagnostics import Position, Span


class Lines:
    """Where the lines of a text begin."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def position(self, offset: int) -> Position:
        """The line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1, offset)

    def span(self, start: int, end: int) -> Span:
        """The stretch between two offsets."""
        return Span(self.position(start), self.position(end))

    def line(self, n: int) -> str:
        """The n-th line, from 1, without its line end; empty where there is none."""
        if not 1 <= n <= len(self._starts):
            return ""
        start = self._starts[n - 1]
        return self._text[start : line_end(self._text, start)]


def line_start(text: str, offset: int) -> int:
    """Where the line of an offset begins."""
    return text.rfind("\n", 0, offset) + 1


def line_end(text: str, offset: int, limit: int | None = None) -> int:
    """Where the line of an offset ends, or ``limit`` if that comes first."""
    end = text.find("\n", offset, limit)
    if end >= 0:
        return end
    return len(text) if limit is None else limit

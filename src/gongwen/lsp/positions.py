r"""Positions of the protocol ↔ offsets in a text.

The protocol counts lines from 0, ended by ``\n``, ``\r\n`` or ``\r``, and columns in code units of an encoding that client and
server agree on: UTF-16 unless the client offers another. Here a text is read as `gongwen.source` reads it: offsets count code points,
without a byte order mark, and every line ends with ``\n``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import Final

from lsprotocol import types

from gongwen.diagnostics import Position, Span

Encoding = types.PositionEncodingKind | str
"""What columns are counted in: ``utf-8``, ``utf-16`` or ``utf-32``."""

ENCODINGS: Final[tuple[Encoding, ...]] = (
    types.PositionEncodingKind.Utf16,
    types.PositionEncodingKind.Utf8,
    types.PositionEncodingKind.Utf32,
)

_LINE_END = re.compile(r"\r\n|\r|\n")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARK = "\ufeff"
_BEYOND_PLANE = "\uffff"


def units(text: str, encoding: Encoding) -> int:
    """How many code units a text on one line takes."""
    if encoding == types.PositionEncodingKind.Utf32 or text.isascii():
        return len(text)
    if encoding == types.PositionEncodingKind.Utf8:
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def column(line: str, count: int, encoding: Encoding) -> int:
    """How many characters of a line lie within so many code units; one that is cut in two does not."""
    if encoding == types.PositionEncodingKind.Utf32 or line.isascii():
        return min(count, len(line))
    if encoding == types.PositionEncodingKind.Utf8:
        data = line.encode("utf-8", "surrogatepass")[:count]
        for cut in range(4):
            try:
                return len(data[: len(data) - cut].decode("utf-8", "surrogatepass"))
            except UnicodeDecodeError:
                continue
    prefix = line.encode("utf-16-le", "surrogatepass")[: 2 * count].decode("utf-16-le", "surrogatepass")
    found = len(prefix)
    is_cut = found > 0 and line[found - 1] > _BEYOND_PLANE and prefix[-1] <= _BEYOND_PLANE
    return found - is_cut


class Positions:
    """The lines of a text as the editor has it."""

    def __init__(self, text: str, encoding: Encoding) -> None:
        self._encoding = encoding
        self._shift = int(text.startswith(_MARK))
        ends = [match.span() for match in _LINE_END.finditer(text)]
        self._raw_starts = [0, *(end for _, end in ends)]
        self._lines = [
            text[start:end]
            for start, end in zip(self._raw_starts, [*(start for start, _ in ends), len(text)], strict=True)
        ]
        lengths = (len(line) + 1 for line in self._lines[:-1])
        self._starts = [0, *(length - self._shift for length in accumulate(lengths))]

    @property
    def last_line(self) -> int:
        """The number of the last line, from 0."""
        return len(self._lines) - 1

    def line(self, number: int) -> str:
        """A line, from 0, without its end and without a byte order mark; empty where there is none."""
        if not 0 <= number < len(self._lines):
            return ""
        return self._lines[number][self._shift if number == 0 else 0 :]

    def at(self, number: int, characters: int) -> types.Position:
        """The position after so many characters of a line, from 0; beyond the text it is the text's end."""
        if number > self.last_line:
            number, characters = self.last_line, len(self.line(self.last_line))
        before = self._lines[number][: characters + (self._shift if number == 0 else 0)]
        return types.Position(number, units(before, self._encoding))

    def position(self, offset: int) -> types.Position:
        """The position of an offset."""
        number = max(bisect_right(self._starts, offset) - 1, 0)
        return self.at(number, offset - self._starts[number])

    def range(self, start: int, end: int) -> types.Range:
        """The stretch between two offsets."""
        return types.Range(self.position(start), self.position(end))

    def range_of(self, span: Span | None) -> types.Range:
        """The stretch of a span of ours; that of a finding about the whole file is empty, at its beginning."""
        if span is None:
            return types.Range(types.Position(0, 0), types.Position(0, 0))
        return types.Range(self._of(span.start), self._of(span.end))

    def offset(self, position: types.Position) -> int:
        """The offset of a position; one beyond a line counts as its end, one beyond the text as the text's."""
        number, characters = self.place(position)
        return self._starts[number] + characters

    def place(self, position: types.Position) -> tuple[int, int]:
        """Line and column, both from 0, the column in characters."""
        if position.line > self.last_line:
            return self.last_line, len(self.line(self.last_line))
        shift = self._shift if position.line == 0 else 0
        characters = column(self._lines[position.line], position.character, self._encoding)
        return position.line, max(characters - shift, 0)

    def raw_offset(self, position: types.Position) -> int:
        """The offset of a position in the text as the editor has it."""
        number, characters = self.place(position)
        return self._raw_starts[number] + characters + (self._shift if number == 0 else 0)

    def _of(self, position: Position) -> types.Position:
        return self.at(position.line - 1, position.column - 1)


def changed(text: str, change: types.TextDocumentContentChangeEvent, encoding: Encoding) -> str:
    """The text after one change of the editor."""
    if isinstance(change, types.TextDocumentContentChangeWholeDocument):
        return change.text
    positions = Positions(text, encoding)
    start, end = (positions.raw_offset(place) for place in (change.range.start, change.range.end))
    result = text[:start] + change.text + text[max(start, end) :]
    if _SURROGATE.search(result):  # two halves that came one after the other are one character
        result = result.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return result

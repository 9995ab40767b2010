"""How a string is spelled in the file: quotes, escapes, folds and indents, mapped character by character."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from gongwen.expressions import expression
from gongwen.reading.characters import is_wide
from gongwen.reading.faults import Place
from gongwen.reading.lines import line_end, line_start

BLOCK_STYLES = ("|", ">")

# The tokens of a style leave no gap, and possessive quantifiers keep a long run of blanks from being tried twice.
_FOLD = r"[ \t]*+\n[ \t\n]*+"
_TOKENS = {
    "": expression(f"(?P<fold>{_FOLD})|(?P<text>(?:[^\n \t]|[ \t]++(?!\n))++)"),
    "'": expression(f"(?P<fold>{_FOLD})|(?P<escape>'')|(?P<text>(?:[^\n \t']|[ \t]++(?!\n))++)"),
    '"': expression(
        r"(?P<join>\\\n[ \t]*+(?P<breaks>[ \t\n]*+))"
        rf"|(?P<fold>{_FOLD})"
        r"|(?P<escape>\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.))"
        r"|(?P<text>(?:[^\n \t\\]|[ \t]++(?!\n))++)"
    ),
}
_VISIBLE = expression(r"[^ \n]")


class Piece(NamedTuple):
    """A part of a value and the stretch of text it was written as.

    Of equal length, they match character by character, unless ``is_whole``: what stands in place of something else.
    """

    text: str
    start: int
    end: int
    is_fold: bool = False
    is_whole: bool = False

    @property
    def is_verbatim(self) -> bool:
        """Whether each character stands in the text as it is in the value, or as one other."""
        return not self.is_whole and len(self.text) == self.end - self.start

    def edges(self, index: int) -> Place:
        """The stretch of text that gave one character."""
        if self.is_verbatim:
            return self.start + index, self.start + index + 1
        return self.start, self.end

    def cut(self, first: int, last: int) -> Piece:
        """The characters from ``first`` up to ``last``."""
        if (first, last) == (0, len(self.text)):
            return self
        if self.is_verbatim:
            return self._replace(text=self.text[first:last], start=self.start + first, end=self.start + last)
        return self._replace(text=self.text[first:last], is_whole=True)


class Spelling:
    """A value as its pieces spell it."""

    def __init__(self, pieces: list[Piece]) -> None:
        self._pieces = pieces
        self._starts = list(itertools.accumulate((len(piece.text) for piece in pieces), initial=0))

    def place(self, offset: int, length: int) -> Place | None:
        """The stretch of text that gave characters ``offset`` to ``offset + length``, cut to the value; None if it is empty."""
        size = self._starts[-1]
        if not size:
            return None
        first = min(max(offset, 0), size)
        last = min(max(first, offset + length), size)
        if first == size:
            end = self._edges(size - 1)[1]
            return end, end
        start = self._edges(first)[0]
        return (start, start) if last == first else (start, self._edges(last - 1)[1])

    def offset(self, at: int) -> int | None:
        """Which character of the value is written at a place of the text; its size at the end. None where none is, or not as it is."""
        number = bisect_right(self._pieces, at, key=lambda piece: piece.start) - 1
        if number < 0:
            return None
        piece = self._pieces[number]
        if at < piece.end and piece.is_verbatim:
            return self._starts[number] + at - piece.start
        return self._starts[-1] if at == self._pieces[-1].end else None

    def is_verbatim(self, offset: int, length: int) -> bool:
        """Whether none of some characters, nor one beside them where there are none, stands in place of something else."""
        first, last = (offset, offset + length) if length else (offset - 1, offset + 1)
        pieces = self._pieces[max(bisect_right(self._starts, max(first, 0)) - 1, 0) : bisect_left(self._starts, last)]
        return not any(piece.is_whole for piece in pieces)

    def folds(self) -> Iterator[int]:
        """Which characters are blanks that the ends of lines stand for."""
        return (start for start, piece in zip(self._starts, self._pieces, strict=False) if piece.is_fold)

    def cut(self, first: int, last: int) -> list[Piece]:
        """The pieces of the characters from ``first`` up to ``last``."""
        low, high = max(bisect_right(self._starts, first) - 1, 0), bisect_left(self._starts, last)
        return [
            piece.cut(max(first - start, 0), min(last - start, len(piece.text)))
            for start, piece in zip(self._starts[low:high], self._pieces[low:high], strict=False)
            if start + len(piece.text) > first
        ]

    def _edges(self, index: int) -> Place:
        number = bisect_right(self._starts, index) - 1
        return self._pieces[number].edges(index - self._starts[number])


def unfold(text: str, start: int, end: int, style: str, value: str) -> list[Piece]:
    """The value of a scalar piece by piece, as YAML defines it; of a block, without its last line ends."""
    if style in BLOCK_STYLES:
        return list(_block_pieces(text, start, end, value, folded=style == ">"))
    margin = len(style)
    return list(_flow_pieces(text, start + margin, end - margin, style))


def join_wide(pieces: list[Piece]) -> list[Piece]:
    """Drop the blank that a fold puts between two full-width characters: Chinese text has no blanks between words."""

    def is_spurious(index: int) -> bool:
        if not pieces[index].is_fold or not 0 < index < len(pieces) - 1:
            return False
        return is_wide(pieces[index - 1].text[-1]) and is_wide(pieces[index + 1].text[0])

    return [piece for index, piece in enumerate(pieces) if not is_spurious(index)]


def _flow_pieces(text: str, start: int, end: int, style: str) -> Iterator[Piece]:
    """Plain and quoted scalars: one line end is a blank, n of them are n − 1 line ends."""
    for match in _TOKENS[style].finditer(text, start, end):
        kind, token = match.lastgroup, match[0]
        if kind == "fold":
            stop = text.index("\n", match.start())
            breaks = "\n" * (token.count("\n") - 1)
            yield Piece(breaks or " ", stop, stop + 1, not breaks)
        elif kind == "join":
            if breaks := "\n" * match["breaks"].count("\n"):
                yield Piece(breaks, *match.span())
        elif kind == "escape":
            yield Piece(_unescape(token), *match.span())
        else:
            yield Piece(token, *match.span())


def _unescape(escape: str) -> str:
    if escape == "''":
        return "'"
    if len(escape) > len("\\n"):
        return chr(int(escape.lstrip("\\xuU"), 16))
    from yaml.scanner import Scanner

    return Scanner.ESCAPE_REPLACEMENTS[escape[1]]


def _block_pieces(text: str, start: int, end: int, value: str, *, folded: bool) -> Iterator[Piece]:
    """Literal and folded blocks: between lines stands a line end, or a blank where two open lines are folded."""
    previous = line_end(text, start, end)
    indent = _block_indent(text, previous + 1, end, value)
    line, breaks, previous_is_open = previous + 1, 0, False
    while line < end:
        stop = line_end(text, line, end)
        content = line + indent
        if content < stop:
            is_open = folded and text[content] not in " \t"
            is_folded = is_open and previous_is_open
            gap = "\n" * (breaks - is_folded) or " " * is_folded
            if gap:
                yield Piece(gap, previous, previous + 1, gap == " ")
            yield Piece(text[content:stop], content, stop)
            previous, previous_is_open, breaks = stop, is_open, 0
        breaks += 1
        line = stop + 1


def _block_indent(text: str, start: int, end: int, value: str) -> int:
    """What a line has before its share of the value: blanks before the first visible character, less those of the value."""
    in_text, in_value = _VISIBLE.search(text, start, end), _VISIBLE.search(value)
    if in_text is None or in_value is None:
        return end - start  # nothing visible: every line counts as blank
    column = in_text.start() - line_start(text, in_text.start())
    return column - (in_value.start() - line_start(value, in_value.start()))

"""Charstrings, the programs of outlines, in an OpenType font with CFF outlines: where each lies, if it can be understood by itself.

fontTools reads every offset of such a font one by one, which takes longer than all that is done with them here.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import islice
from typing import Final


class NotPlainError(Exception):
    """What the charstrings of a font mean does not follow from each alone, or the font is of another make."""


class Charstrings:
    """The charstrings of a font of a thousand units to the em, which call no subroutines and have neither hints nor a matrix."""

    def __init__(self, program: bytes) -> None:
        """Raises NotPlainError."""
        try:
            tables = _tables(program)
            (units,) = struct.unpack_from(">H", program, tables[b"head"] + _UNITS_PER_EM)
            start = tables[b"CFF "]
            names = _Index(program, start + program[start + 2])
            tops = _Index(program, names.end)
            subroutines = _Index(program, _Index(program, tops.end).end)
            top = _dict(program[tops.span(0)])
            fonts = [top]
            if _FONT_DICTS in top:
                several = _Index(program, start + top[_FONT_DICTS][0])
                fonts += [_dict(program[several.span(number)]) for number in range(several.count)]
            privates = [font[_PRIVATE] for font in fonts if _PRIVATE in font]
            keys = {key for size, at in privates for key in _dict(program[start + at : start + at + size])}
            self._index = _Index(program, start + top[_CHARSTRINGS][0])
        except (struct.error, LookupError, ValueError) as error:
            raise NotPlainError from error
        if units != _UNITS or subroutines.count or any(_MATRIX in font for font in fonts) or not keys <= _WIDTHS:
            raise NotPlainError

    def span(self, glyph: int) -> slice:
        """Where in the program the charstring of a glyph lies. Raises IndexError for a glyph that the font does not have."""
        return self._index.span(glyph)


def line(left: int, bottom: int, width: int, height: int) -> bytes:
    """The charstring of a straight line from one corner of a box to the opposite one, in units of the font."""
    return struct.pack(">BhBhBBhBhBB", _SHORT, left, _SHORT, bottom, _MOVE, _SHORT, width, _SHORT, height, _LINE, _END)


_MOVE, _LINE, _END = 21, 5, 14
"""Operators of a charstring."""
_UNITS_PER_EM: Final = 18
"""Offset in the table ``head``."""
_UNITS: Final = 1000
_ESCAPE: Final = 12
"""Opens an operator of two bytes; the second one counts from `_TWO_BYTES` on here."""
_TWO_BYTES: Final = 256
_CHARSTRINGS, _PRIVATE, _MATRIX, _FONT_DICTS = 17, 18, _TWO_BYTES + 7, _TWO_BYTES + 36
"""Operators of a DICT."""
_WIDTHS: Final = frozenset({20, 21})
"""Operators of a private DICT that say nothing of outlines."""
_LAST_OPERATOR: Final = 21
_SHORT, _LONG, _REAL = 28, 29, 30
"""What opens operands: of two bytes, of four, of half bytes up to one of 15."""
_END_OF_REAL: Final = 15


def _tables(program: bytes) -> dict[bytes, int]:
    """Tag of each table → its offset. Raises ValueError for another kind of font."""
    kind, count = struct.unpack_from(">4sH", program)
    if kind != b"OTTO":
        raise ValueError(kind)
    rows = (struct.unpack_from(">4s4xI", program, 12 + 16 * number) for number in range(count))
    return dict(rows)


class _Index:
    """An INDEX of CFF: objects one after the other, and before them the offsets at which they begin."""

    def __init__(self, data: bytes, start: int) -> None:
        self.count = int.from_bytes(data[start : start + 2], "big")
        self._data = data
        self._size = data[start + 2] if self.count else 0
        self._offsets = start + 3
        self._before = self._offsets + (self.count + 1) * self._size - 1
        self.end = self._at(self.count) if self.count else start + 2

    def span(self, number: int) -> slice:
        if number >= self.count:
            raise IndexError(number)
        return slice(self._at(number), self._at(number + 1))

    def _at(self, number: int) -> int:
        place = self._offsets + number * self._size
        return self._before + int.from_bytes(self._data[place : place + self._size], "big")


def _dict(data: bytes) -> dict[int, list[int]]:
    """A DICT of CFF: operators → operands; a real number stands as 0."""
    found: dict[int, list[int]] = {}
    operands: list[int] = []
    rest = iter(data)
    for first in rest:
        if first <= _LAST_OPERATOR:
            found[_TWO_BYTES + next(rest, 0) if first == _ESCAPE else first] = operands
            operands = []
        elif first == _REAL:
            while next(rest, _END_OF_REAL) & _END_OF_REAL != _END_OF_REAL:
                pass
            operands.append(0)
        else:
            operands.append(_integer(first, rest))
    return found


def _integer(first: int, rest: Iterator[int]) -> int:
    """An integer of a DICT. Raises ValueError for a byte that opens none."""
    if first in _LENGTHS:
        return int.from_bytes(bytes(islice(rest, _LENGTHS[first])), "big", signed=True)
    if _LEAST <= first < _POSITIVE:
        return first - 139
    if _POSITIVE <= first < _NEGATIVE:
        return (first - _POSITIVE) * 256 + next(rest, 0) + 108
    if _NEGATIVE <= first < _RESERVED:
        return (_NEGATIVE - first) * 256 - next(rest, 0) - 108
    raise ValueError(first)


_LENGTHS: Final = {_SHORT: 2, _LONG: 4}
_LEAST, _POSITIVE, _NEGATIVE, _RESERVED = 32, 247, 251, 255
"""First bytes from which integers are of one byte, of two and positive, of two and negative, and from which there are none."""

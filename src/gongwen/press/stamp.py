"""The number of a copy on page one: found in what the page draws, and exchanged there for another.

A page shows text as ids of glyphs, ``[<001100110012>] TJ``. Which digits they are, the font says (ToUnicode).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from pikepdf import Pdf

from gongwen.press.file import PressError
from gongwen.standard import COPY_NUMBER_DIGITS

_SHOWN = re.compile(rb"/(?P<font>\S+) [0-9.]+ Tf\b|(?P<text>\[(?:<[0-9a-f]*>|[-+0-9.e ])*\] TJ\b)")
"""A font that is chosen, or text that is shown in it."""
_GLYPHS = re.compile(rb"<([0-9a-f]*)>")
_CODE: Final = 4
"""Hexadecimal digits of a glyph's id."""
_MEANING = re.compile(rb"<([0-9a-f]{4})> <00(3[0-9])>")
"""A glyph's id and the digit that it stands for."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What page one draws ``before`` its number, the operator that shows it, and what it draws ``after``.

    ``codes`` are the ids of the glyphs of 0 to 9, in hexadecimal digits.
    """

    before: bytes
    operator: bytes
    after: bytes
    codes: tuple[bytes, ...]

    def of(self, number: int) -> bytes:
        """The operator that shows another number; as long as this one."""
        codes = b"".join(self.codes[int(digit)] for digit in _digits(number))
        place = 0

        def exchanged(match: re.Match[bytes]) -> bytes:
            nonlocal place
            start, place = place, place + len(match[1])
            return b"<" + codes[start:place] + b">"

        return _GLYPHS.sub(exchanged, self.operator)


def stamp_of(file: Pdf, number: int) -> Stamp:
    """The number that a document was set with. Raises PressError unless page one shows it exactly once, in figures of equal width."""
    page = file.pages[0]
    content = page.Contents.read_bytes()
    fonts = {str(name)[1:].encode(): font for name, font in page.Resources.Font.items()}
    meanings = {name: _meanings(font) for name, font in fonts.items()}
    found = [
        (match, font) for match, font in _texts(content) if _read(match["text"], meanings[font]) == _digits(number)
    ]
    if len(found) != 1:
        fault = f"有{len(found)}处" if found else "没有找到"
        raise PressError(f"首页{fault}“{_digits(number)}”，认不出份号", "核对项目的模板，或者换一个起号")
    match, font = found[0]
    codes = _codes(meanings[font])
    widths = dict(_widths(fonts[font]))
    if len({widths.get(code) for code in codes}) != 1:
        raise PressError("份号所用的字体，数字宽窄不一", "换用数字等宽的仿宋")
    return Stamp(content[: match.start()], match["text"], content[match.end() :], codes)


def _digits(number: int) -> str:
    return str(number).zfill(COPY_NUMBER_DIGITS)


def _texts(content: bytes) -> Iterator[tuple[re.Match[bytes], bytes]]:
    """Every text that is shown, and the font that is chosen there."""
    font = b""
    for match in _SHOWN.finditer(content):
        if match["font"]:
            font = match["font"]
        else:
            yield match, font


def _meanings(font: Any) -> dict[bytes, str]:
    """Glyph → the digit that it stands for."""
    return {code: chr(int(digit, 16)) for code, digit in _MEANING.findall(font.ToUnicode.read_bytes())}


def _read(text: bytes, meanings: dict[bytes, str]) -> str:
    """The digits that are shown; empty where anything else is."""
    glyphs = b"".join(_GLYPHS.findall(text))
    codes = [glyphs[start : start + _CODE] for start in range(0, len(glyphs), _CODE)]
    return "".join(meanings[code] for code in codes) if all(code in meanings for code in codes) else ""


def _codes(meanings: dict[bytes, str]) -> tuple[bytes, ...]:
    """The glyph of each digit. Raises PressError where there is none, or more than one to choose from."""
    glyphs = Counter(meanings.values())
    if unclear := [digit for digit in "0123456789" if glyphs[digit] != 1]:
        raise PressError(f"份号所用的字体，认不出数字{'、'.join(unclear)}的字形", "核对项目的模板")
    by_digit = {digit: code for code, digit in meanings.items()}
    return tuple(by_digit[digit] for digit in sorted(by_digit))


def _widths(font: Any) -> Iterator[tuple[bytes, float]]:
    """Glyph → its width, of those that the font gives one by one (PDF 32000-1, 9.7.4.3)."""
    entries = iter(font.DescendantFonts[0].W)
    for first in entries:
        for code, width in enumerate(next(entries), int(first)):
            yield f"{code:04x}".encode(), float(width)

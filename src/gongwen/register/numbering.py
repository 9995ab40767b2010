"""The next number of a code in a year, from the drafts that are there. It is proposed, never filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from gongwen.files import read_at_most
from gongwen.parser import language_of
from gongwen.reading.decoding import MAX_BYTES, normalise
from gongwen.register.serials import Serial, number_in, serial_of
from gongwen.source import Source

_ON_ONE_LINE: Final = re.compile(r"^(?:number|发文字号) *: *([^\s\"'|>&*!{\[#][^#\n]*)(?:(?<= )#.*)?$", re.MULTILINE)
"""The number as nearly every draft gives it: a plain text at the top of the draft, where no other text can begin a line."""


def next_number(drafts: Iterable[Path], code: str, year: int) -> Serial | None:
    """The number after the highest of a code in a year; the first where only other years have some; None where no draft has the code.

    Numbers that were left out in between are not proposed: they may have been given to documents that are not here.
    """
    found = [serial for draft in drafts if (serial := _number_of(draft, code)) is not None and serial.code == code]
    if not found:
        return None
    return Serial(code, year, max((one.serial for one in found if one.year == year), default=0) + 1)


def _number_of(draft: Path, code: str) -> Serial | None:
    """The number of a draft. A folder may hold thousands: only a draft that gives its number in another way is read as YAML."""
    try:
        found = _ON_ONE_LINE.search(normalise(read_at_most(draft, MAX_BYTES).decode("utf-8")))
    except (OSError, UnicodeDecodeError):
        found = None
    if found is not None and (serial := serial_of(found[1].strip(" "))) is not None:
        return serial
    data = Source.read(draft).data
    number = number_in(data, language_of(data), code)
    return None if number is None else serial_of(number)

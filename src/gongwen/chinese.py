"""Chinese as official documents write it: numerals, dates, heading marks, words."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterable, Sequence

from gongwen import lexicon
from gongwen.expressions import expression

_DIGITS = "零一二三四五六七八九"
_UNITS = ((1000, "千"), (100, "百"), (10, "十"))
_LARGEST = 9999


@functools.cache
def numeral(number: int) -> str:
    """Write a whole number from 1 to 9999 in hanzi: 1 → 一, 10 → 十, 21 → 二十一, 105 → 一百零五.

    Raises ValueError outside that range.
    """
    if not 1 <= number <= _LARGEST:
        msg = f"no hanzi numeral for {number}"
        raise ValueError(msg)
    text, rest, gap = "", number, False
    for value, unit in _UNITS:
        digit, rest = divmod(rest, value)
        if digit:
            text += ("零" if gap else "") + _DIGITS[digit] + unit
            gap = False
        elif text:
            gap = True
    if rest:
        text += ("零" if gap else "") + _DIGITS[rest]
    return text.removeprefix("一") if text.startswith("一十") else text


def heading_mark(level: int, number: int) -> str:
    """The mark of a heading: 一、 （一） 1. （1） for levels 1 to 4 (clause 7.3.3; GB/T 15834 B.3)."""
    match level:
        case 1:
            return f"{numeral(number)}、"
        case 2:
            return f"（{numeral(number)}）"
        case 3:
            return f"{number}."
        case 4:
            return f"（{number}）"
        case _:
            msg = f"no heading level {level}"
            raise ValueError(msg)


def ordinal(number: int, unit: str) -> str:
    """An ordinal as parts of regulations carry it: 第一章, 第一百零三条."""
    return f"第{numeral(number)}{unit}"


def format_date(date: datetime.date) -> str:
    """Write a date in full with Arabic digits and no padding zero: 2025年1月20日 (clause 7.3.5.4)."""
    return f"{date.year}年{date.month}月{date.day}日"


def calendar_day(year: int, month: int, day: int) -> datetime.date | None:
    """The date of a year, a month and a day; None where the calendar has no such day."""
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


_DATE = expression(r"([0-9]{4})(?:-([0-9]{1,2})-([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日)")


def parse_date(text: str) -> datetime.date | None:
    """Read 2025-01-20 or 2025年1月20日; None where the text has another form. Raises ValueError for a day that cannot be."""
    if (match := _DATE.fullmatch(text.strip())) is None:
        return None
    year, *rest = match.groups()
    month, day = (part for part in rest if part is not None)
    return datetime.date(int(year), int(month), int(day))


def words(text: str, names: Iterable[str] = ()) -> list[str]:
    """Cut a text into words that joined give the text again; each of ``names`` found in it stays one word."""
    kept = sorted({name for name in names if name}, key=len, reverse=True)
    if not kept:
        return _glue(lexicon.cut(text))
    pattern = re.compile("(" + "|".join(map(re.escape, kept)) + ")")
    pieces: list[str] = []
    for index, part in enumerate(pattern.split(text)):
        if part:
            pieces += [part] if index % 2 else lexicon.cut(part)
    return _glue(pieces)


_OPENING = "（《〈“‘〔【"
_CLOSING = "）》〉”’〕】、，：；。！？"
_ORDINAL = expression(r"第[一二三四五六七八九十百零〇0-9]*")
_COUNT = expression(r"[一二三四五六七八九十百零〇0-9]+")
_MEASURE = expression(r"[次届期号条款项章节年月日个批轮]")


def _glue(pieces: Sequence[str]) -> list[str]:
    """Join what a segmenter parts but a reader does not: marks to their words, 第十一次 to one word."""
    joined: list[str] = []
    for piece in pieces:
        previous = joined[-1] if joined else ""
        belongs = previous and (
            piece[0] in _CLOSING
            or previous[-1] in _OPENING
            or (_ORDINAL.fullmatch(previous) and _COUNT.fullmatch(piece))
            or (_ORDINAL.fullmatch(previous) and _MEASURE.match(piece))
            or (_COUNT.fullmatch(previous) and _MEASURE.fullmatch(piece))
        )
        if belongs:
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined

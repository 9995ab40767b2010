"""Rules of the calendar: days and weekdays that cannot be, ranges that end before they begin."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Final

from gongwen.chinese import calendar_day, format_date
from gongwen.diagnostics import DOUBTFUL, Check, Finding
from gongwen.document import Document, Draft
from gongwen.expressions import expression
from gongwen.rules.language.scan import reads, strike
from gongwen.rules.registry import on_text
from gongwen.rules.texts import Text

IMPOSSIBLE_DATE = Check(
    "GW845",
    "impossible-date",
    DOUBTFUL,
    what="日期是历法里有的日子。",
    why="没有的日子多半是录入时的误字。",
    wrong="body: [活动于2026年2月30日结束。]",
    right="body: [活动于2026年2月28日结束。]",
)
WRONG_WEEKDAY = Check(
    "GW846",
    "wrong-weekday",
    DOUBTFUL,
    what="日期与它后面的星期相符。",
    why="两者不符，收文的人不知道哪一个是对的。",
    wrong="body: [会议定于2026年6月22日（星期二）召开。]",
    right="body: [会议定于2026年6月22日（星期一）召开。]",
)
REVERSED_RANGE = Check(
    "GW847",
    "reversed-range",
    DOUBTFUL,
    what="起止日期先写起的，后写止的。",
    why="止的早于起的，多半是录入时的误字。",
    wrong="body: [活动时间为2026年5月10日至5月3日。]",
    right="body: [活动时间为2026年5月3日至5月10日。]",
)
_DATE: Final = expression(r"(?:(?<![0-9])([0-9]{4})年)?(?<![0-9])([0-9]{1,2})月([0-9]{1,2})日")
_LUNAR: Final = expression(r"(?:农历|阴历|旧历)[^，。；]{0,8}$")
_LEAP_YEAR: Final = 2024


@on_text(IMPOSSIBLE_DATE)
def impossible_dates(text: Text, _draft: Draft) -> Iterator[Finding]:
    """B-49: days that the calendar has; 2月29日 without its year is one."""
    if "日" not in text.text or not reads(text):
        return
    for match in _DATE.finditer(text.text):
        year, month, day = (int(part) if part else 0 for part in match.groups())
        exists = calendar_day(year or _LEAP_YEAR, month, day) is not None
        if not exists and not _LUNAR.search(text.text, 0, match.start()):
            message = f"没有这一天：“{match.group()}”"
            yield strike(IMPOSSIBLE_DATE, text, *match.span(), message, hint="核对日期")


_WEEKDAY: Final = expression(
    r"(?:(?<![0-9])([0-9]{4})年)?(?<![0-9])([0-9]{1,2})月([0-9]{1,2})日"
    r"(?:[（(](?:星期|周|礼拜)|星期|周(?=[一二三四五六日](?![\u4e00-\u9fff])))([一二三四五六日天])"
)
_YEAR: Final = expression(r"([0-9]{4})年")
_FULL_DATE: Final = expression(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")
_OTHER_YEAR: Final = expression(r"[次翌明去上来]年")
_DAYS: Final = "一二三四五六日"
_LONGEST: Final = 300
"""How many characters before a date may say which year it is of."""
_NEAR: Final = 120
"""How many days from its own date a document means the same year by a day and a month alone."""


@on_text(WRONG_WEEKDAY)
def wrong_weekdays(text: Text, draft: Draft) -> Iterator[Finding]:
    """The weekday of a date is that of the calendar. Without a year that of a date before it counts, else the document's, if it is near."""
    if ("期" not in text.text and "周" not in text.text) or not reads(text):
        return
    for match in _WEEKDAY.finditer(text.text):
        year, month, day, called = match.groups()
        sentence = text.text[max(0, match.start() - _LONGEST) : match.start()].rpartition("。")[2]
        date = _dated(sentence, draft, year, int(month), int(day))
        if date is None:
            continue
        right = _DAYS[date.weekday()]
        if right != called.replace("天", "日"):
            start, end = match.span(4)
            message = f"{format_date(date)}是星期{right}，不是星期{called}"
            yield strike(WRONG_WEEKDAY, text, start, end, message, hint="核对日期和星期")


def _dated(sentence: str, draft: Draft, year: str | None, month: int, day: int) -> datetime.date | None:
    """The date that a month and a day mean; None where that is not certain, as after another year or in a range over its end."""
    if year is not None:
        return calendar_day(int(year), month, day)
    if _OTHER_YEAR.search(sentence):
        return None
    if dates := _FULL_DATE.findall(sentence):
        first = tuple(map(int, dates[-1]))
        return calendar_day(first[0], month, day) if (month, day) >= first[1:] else None
    own = draft.date if isinstance(draft, Document) else None
    if not isinstance(own, datetime.date) or any(int(one) != own.year for one in _YEAR.findall(sentence)):
        return None
    date = calendar_day(own.year, month, day)
    return date if date is not None and abs((date - own).days) <= _NEAR else None


_SPAN: Final = expression(
    r"(?<![0-9])(?:([0-9]{4})年)?([0-9]{1,2})月([0-9]{1,2})日"
    r"(?:[（(][^（）()]{2,3}[）)])?(?:至|—|～|到|-)"
    r"(?:([0-9]{4})年)?(?:([0-9]{1,2})月)?([0-9]{1,2})日(?![内前后间])"
)
_YEAR_SPAN: Final = expression(r"(?<![0-9])((?:19|20)[0-9]{2})年?(?:至|—|～|-)((?:19|20)[0-9]{2})年")
_MONTH_SPAN: Final = expression(
    r"(?<![0-9])([0-9]{4})年([0-9]{1,2})月(?:至|—|～|-)([0-9]{4})年([0-9]{1,2})月(?![0-9]{1,2}日)"
)
_LATE: Final = 9
_EARLY: Final = 4


@on_text(REVERSED_RANGE)
def reversed_ranges(text: Text, _draft: Draft) -> Iterator[Finding]:
    """A range ends after it begins. One from autumn to spring crosses the year, said or not."""
    if not reads(text) or not any(mark in text.text for mark in "至—～到-"):
        return
    for match in _SPAN.finditer(text.text):
        year, month, day, last_year, last_month, last_day = (int(part) if part else 0 for part in match.groups())
        if last_year and not year:
            continue
        first = (year, month, day)
        last = (last_year or year, last_month or month, last_day)
        crosses = not last_year and month >= _LATE and last_month and last_month <= _EARLY
        if last < first and not crosses:
            message = f"止的日期早于起的日期：“{match.group()}”"
            yield strike(REVERSED_RANGE, text, *match.span(), message, hint="核对起止日期")
    for match in _MONTH_SPAN.finditer(text.text):
        year, month, last_year, last_month = map(int, match.groups())
        if (last_year, last_month) < (year, month):
            message = f"止的月份早于起的月份：“{match.group()}”"
            yield strike(REVERSED_RANGE, text, *match.span(), message, hint="核对起止月份")
    for match in _YEAR_SPAN.finditer(text.text):
        if match.group(2) < match.group(1):
            message = f"止的年份早于起的年份：“{match.group()}”"
            yield strike(REVERSED_RANGE, text, *match.span(), message, hint="核对起止年份")

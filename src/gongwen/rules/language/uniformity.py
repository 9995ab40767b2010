"""Rules of one form throughout a document: thousands, dates, units, the sign of per cent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from gongwen.authority import PRACTICE, should
from gongwen.diagnostics import Check, Finding
from gongwen.document import Draft
from gongwen.expressions import expression
from gongwen.rules.language.scan import plain, reads, strike
from gongwen.rules.registry import on_draft
from gongwen.rules.texts import Text, distinct_texts

MIXED_THOUSANDS = Check(
    "GW850",
    "mixed-thousands",
    should("GB/T 15835 5.1.1"),
    what="多位数分节不分节，全文一致。",
    why="有的写“12,000”，有的写“12000”，读者要换着读。",
    wrong='body: ["培训职工12,000人次，慰问职工15600人。"]',
    right='body: ["培训职工12000人次，慰问职工15600人。"]',
)
MIXED_DATES = Check(
    "GW851",
    "mixed-dates",
    PRACTICE,
    what="日期全文用一种数字。",
    why="公历日期用阿拉伯数字；同一篇里又写“二〇二五年五月一日”，前后不一。",
    wrong="body: [自2025年5月1日起施行，至二〇二六年五月一日止。]",
    right="body: [自2025年5月1日起施行，至2026年5月1日止。]",
)
MIXED_UNITS = Check(
    "GW852",
    "mixed-units",
    should("GB/T 9704 第9章"),
    what="同一个计量单位全文用一种写法。",
    why="“公里”“千米”“km”是一个单位，混着写前后不一。",
    wrong="body: [全长12公里，其中隧道3km。]",
    right="body: [全长12公里，其中隧道3公里。]",
)
MIXED_PERCENT = Check(
    "GW853",
    "mixed-percent",
    PRACTICE,
    what="百分号全文用半角“%”。",
    why="全角“％”和半角“%”宽窄不一，一篇之中只用一种。",
    wrong="body: [入会率达到95%，建会率达到98％。]",
    right="body: [入会率达到95%，建会率达到98%。]",
)

_Place = tuple[Text, int, int, str]


def _sentences(draft: Draft) -> list[Text]:
    return [text for text in distinct_texts(draft) if reads(text)]


_COUNT: Final = r"(?=余|多|元|万元|人|名|个|户|家|件|次|吨|公里|平方|台|套|册|亩|公顷)"
_GROUPED: Final = expression(rf"(?<![0-9,.])[1-9][0-9]{{0,2}}(?:,[0-9]{{3}})+(?:\.[0-9]+)?{_COUNT}")
_PLAIN: Final = expression(rf"(?<![0-9,.])[1-9][0-9]{{4,}}(?:\.[0-9]+)?{_COUNT}")


@on_draft(MIXED_THOUSANDS)
def mixed_thousands(draft: Draft) -> Iterator[Finding]:
    """S-07: numbers of five digits and more, counted in the text; tables have their own form."""
    texts = _sentences(draft)
    grouped = _places(texts, _GROUPED, ",")
    plain_ones = _places(texts, _PLAIN) if grouped else []
    if not plain_ones:
        return
    fewer, other = (grouped, plain_ones) if len(grouped) <= len(plain_ones) else (plain_ones, grouped)
    for text, start, end, number in fewer:
        message = f"“{number}”与“{other[0][3]}”分节不一致"
        yield strike(MIXED_THOUSANDS, text, start, end, message, hint="都分节，或者都不分节")


_HAN_DATE: Final = expression(
    r"[一二][一二三四五六七八九〇零○]{3}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?"
)
_ARABIC_DATE: Final = expression(r"(?:19|20)[0-9]{2}年[0-9]{1,2}月")


@on_draft(MIXED_DATES)
def mixed_dates(draft: Draft) -> Iterator[Finding]:
    """S-12: what stands in a title, in quotes or in brackets keeps the form that it has."""
    texts = _sentences(draft)
    arabic = _places(texts, _ARABIC_DATE, "月")
    for text, start, end, date in _places(texts, _HAN_DATE, "月") if arabic else ():
        before = text.text[:start]
        if all(before.count(opening) == before.count(closing) for opening, closing in ("《》", "“”", "（）")):
            message = f"日期“{date}”用汉字，别处用阿拉伯数字，如“{arabic[0][3]}”"
            yield strike(MIXED_DATES, text, start, end, message, hint="公历日期都用阿拉伯数字")


_UNITS: Final = (
    expression(r"(?<=[0-9余多])[ ]?(km(?![A-Za-z/²])|千米|公里)(?!/)"),
    expression(r"(?<=[0-9余多])[ ]?(kg(?![A-Za-z/])|千克|公斤)(?!/)"),
    expression(r"(?<=[0-9余多万])[ ]?(㎡|m²|平方米)"),
)


@on_draft(MIXED_UNITS)
def mixed_units(draft: Draft) -> Iterator[Finding]:
    """S-11: one form of a unit in a document; the first is taken to be the one meant."""
    texts = _sentences(draft)
    for form in _UNITS:
        first: str | None = None
        for text in texts:
            for match in form.finditer(text.text):
                unit = match.group(1)
                first = first or unit
                if unit != first:
                    message = f"“{unit}”与前面的“{first}”是同一个单位"
                    yield strike(MIXED_UNITS, text, *match.span(1), message, hint=f"全文用“{first}”，或者都用“{unit}”")


_PERCENT: Final = "%"


@on_draft(MIXED_PERCENT)
def mixed_percent(draft: Draft) -> Iterator[Finding]:
    """One sign of per cent in a document, tables included."""
    texts = [text for text in distinct_texts(draft) if text.sort != "name"]
    if not any("％" in text.text for text in texts) or not any(_PERCENT in plain(text.text) for text in texts):
        return
    for text in texts:
        for place, char in enumerate(text.text):
            if char == "％":
                message = "全角百分号“％”与半角“%”混用"
                yield strike(MIXED_PERCENT, text, place, place + 1, message, hint="改为半角“%”", replacement=_PERCENT)


def _places(texts: Sequence[Text], form: re.Pattern[str], trigger: str = "") -> list[_Place]:
    return [
        (text, *match.span(), match.group())
        for text in texts
        if trigger in text.text
        for match in form.finditer(plain(text.text))
    ]

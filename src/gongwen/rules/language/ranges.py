"""Rules of ranges: which mark joins two numbers or two times, and what the first of them must repeat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gongwen.authority import should
from gongwen.diagnostics import Check, Finding
from gongwen.document import Draft
from gongwen.expressions import expression
from gongwen.rules.language.scan import plain, reads, strike
from gongwen.rules.registry import on_text
from gongwen.rules.texts import Text

RANGE_MARK = Check(
    "GW835",
    "range-mark",
    should("GB/T 15834 4.13"),
    what="数值的起止用浪纹线“～”，年月日和时间的起止用一字线“—”，不用半角的“-”“~”。",
    why="短横线用于型号、编号；半角的“~”不是中文的连接号。数值的起止用“—”的，不作为错误。",
    wrong="body: [每个单位推荐3-5名职工。]",
    right="body: [每个单位推荐3～5名职工。]",
)
RANGE_UNIT = Check(
    "GW836",
    "range-unit",
    should("GB/T 15835 5.1.3"),
    what="数值的起止，前一个数值的“%”“万”“亿”不省略。",
    why="“15～30%”可以读成15到30%，“13～17万”可以读成13到17万。",
    wrong="body: [增长15～30%。]",
    right="body: [增长15%～30%。]",
)

_WAVE: Final = "～"
_LINE: Final = "—"
_UNITS: Final = r"%|％|‰|℃|摄氏度|元|万|亿|人|名|个|家|件|项|次|岁|倍|米|公里|千米|厘米|毫米|平方|吨|公斤|千克|克|升|公顷|亩|天|小时|分钟|周|页|字|篇|条|年(?![级代制度0-9])"
_YEARS: Final = expression(r"(?<![0-9A-Za-z.-])(?:19|20)[0-9]{2}(年?)([-–－~～〜∼])((?:19|20)[0-9]{2})(?=年|学年)")
_DAYS: Final = expression(
    r"(?<=[月日])([-–－~～〜∼])(?=[0-9]{1,2}[月日])"
    r"|(?<=[年月日])([-–－~～〜∼])(?=(?:19|20)[0-9]{2}年)"
    r"|(?<=[0-9]:[0-9]{2})([-–－~〜∼])(?=[0-9]{1,2}:[0-9]{2})"
    r"|(?<=月[0-9])([-–－~～〜∼])(?=[0-9]{1,2}日)"
    r"|(?<=月[0-9]{2})([-–－~～〜∼])(?=[0-9]{1,2}日)"
)
_MONTHS: Final = expression(r"(?<![0-9A-Za-z.—–\-－/第〔])([1-9]|1[0-2])([-–－])([1-9]|1[0-2])(?=月(?!龄))")
_NUMBERS: Final = expression(
    rf"(?<![0-9A-Za-z.—–\-－/第〔图表式])([0-9]{{1,4}}(?:\.[0-9]+)?)(?:%|％|‰|℃|元|万|亿|个|人|名|米|天)?([-–－])"
    rf"([0-9]{{1,5}}(?:\.[0-9]+)?)(?={_UNITS})"
)
_TILDE: Final = expression(r"(?<=[0-9%％‰℃元万亿个人名米天年月日时])([~〜∼])(?=-?[0-9])")


@on_text(RANGE_MARK)
def range_marks(text: Text, _draft: Draft) -> Iterator[Finding]:
    """D-10: ～ for numbers, — for times; 15835 5.1.3 has — between numbers as well, so that is right too."""
    if not reads(text) or not any(mark in text.text for mark in "-–－~～〜∼"):
        return
    chars = plain(text.text)
    told: set[int] = set()
    for form, right in ((_YEARS, _LINE), (_DAYS, _LINE), (_MONTHS, _LINE), (_NUMBERS, _WAVE), (_TILDE, _WAVE)):
        for match in form.finditer(chars):
            group = next(index for index in range(1, form.groups + 1) if match.group(index) in tuple("-–－~～〜∼"))
            if match.start(group) in told or not _is_range(form, match):
                continue
            told.add(match.start(group))
            what = "年月日、时间" if right == _LINE else "数值"
            yield strike(
                RANGE_MARK,
                text,
                *match.span(group),
                f"{what}的起止用了“{match.group(group)}”",
                hint=f"改为“{right}”",
                replacement=right,
            )


def _is_range(form: re.Pattern[str], match: re.Match[str]) -> bool:
    """Whether the numbers of a match rise, as those of a range do; a code such as 0-6 or 12-3 need not be one."""
    if form is _YEARS:
        return int(match.group()[:4]) < int(match.group(3))
    if form is _MONTHS:
        return int(match.group(1)) < int(match.group(3))
    if form is _NUMBERS:
        low = match.group(1)
        return float(low) < float(match.group(3)) and (not low.startswith("0") or low.startswith("0.") or low == "0")
    return True


_SHARED: Final = expression(
    r"(?<![0-9.%％‰万亿〔第—～~\-－])([0-9]+(?:\.[0-9]+)?)[～—~〜－–-]([0-9]+(?:\.[0-9]+)?)(%|％|‰|万|亿)"
)


@on_text(RANGE_UNIT)
def range_units(text: Text, _draft: Draft) -> Iterator[Finding]:
    """S-05: 15%～30%, 13万～17万元. A first number that is the larger one has a unit of its own: 5000～1万元."""
    if not reads(text) or not any(unit in text.text for unit in "%％‰万亿"):
        return
    for match in _SHARED.finditer(plain(text.text)):
        first, last, unit = match.groups()
        if float(first) < float(last):
            right = f"{first}{unit}"
            message = f"前一个数值省略了“{unit}”：“{match.group()}”"
            yield strike(RANGE_UNIT, text, *match.span(1), message, hint=f"写“{right}”", replacement=right)

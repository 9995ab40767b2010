"""Rules of numbers (GB/T 15835): their digits, their points, and large numbers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

from gongwen.authority import must, should
from gongwen.chinese import numeral
from gongwen.diagnostics import Check, Finding
from gongwen.document import Draft
from gongwen.expressions import expression
from gongwen.rules.language.scan import HAN, plain, reads, strike
from gongwen.rules.registry import on_text
from gongwen.rules.texts import Text

FULL_WIDTH_CHARACTER = Check(
    "GW830",
    "full-width-character",
    should("GB/T 15835 第5章"),
    what="阿拉伯数字和西文字母用半角。",
    why="阿拉伯数字一般占半个汉字的位置；全角的排出来字距疏松，检索也检索不到。",
    wrong="body: [选派５０名职工参加。]",
    right="body: [选派50名职工参加。]",
)
BARE_DECIMAL = Check(
    "GW831",
    "bare-decimal",
    must("GB/T 15835 5.1.2"),
    what="纯小数的小数点前面写0。",
    why="“.5”漏看了点就成了“5”。",
    wrong="body: [人均增加.5个百分点。]",
    right="body: [人均增加0.5个百分点。]",
)
MARK_IN_NUMBER = Check(
    "GW832",
    "mark-in-number",
    should("GB/T 15835 5.1"),
    what="小数点用“.”，分节用半角逗号“,”，数字里面不用全角标点。",
    why="全角的逗号、句号是句子的停顿，会把一个数读成两个。",
    wrong='body: ["共投入资金1，200万元。"]',
    right='body: ["共投入资金1,200万元。"]',
)
MIXED_NUMERAL = Check(
    "GW833",
    "mixed-numeral",
    should("GB/T 15835 5.3"),
    what="阿拉伯数字只与“万”“亿”连用，不与“十”“百”“千”拼成一个数。",
    why="“3千2百”一半数字、一半汉字，写作“3200”。",
    wrong="body: [慰问职工3千2百人。]",
    right="body: [慰问职工3200人。]",
)
HAN_MEASURE = Check(
    "GW834",
    "han-measure",
    should("GB/T 15835 4.1.1"),
    what="用于计量的数值用阿拉伯数字。",
    why="带小数、带计量单位的数，用阿拉伯数字才醒目、易辨。",
    wrong="body: [全长二十三点五公里。]",
    right="body: [全长23.5公里。]",
)

DIGITS_FOR_HAN = Check(
    "GW837",
    "digits-for-han",
    should("GB/T 15835 4.2"),
    what="含“几”的概数、农历的月日和星期用汉字数字。",
    why="这些是汉语固有的说法，写作“十几个”“农历八月十五”“星期五”。",
    wrong="body: [每个单位选派10几名职工，于星期5下午报到。]",
    right="body: [每个单位选派十几名职工，于星期五下午报到。]",
)

UNITS: Final = (
    r"%|％|‰|℃|°|元|万|亿|个百分点|倍|千米|公里|平方米|平方公里|立方米|公顷|亩|米|吨|千克|公斤|千瓦|度|升|小时|分钟"
)
"""What follows a measured quantity, for a pattern."""

_WIDE: Final = expression(r"[０-９Ａ-Ｚａ-ｚ]+(?:．[０-９]+)*")


@on_text(FULL_WIDTH_CHARACTER)
def full_width_characters(text: Text, _draft: Draft) -> Iterator[Finding]:
    """S-09: digits and letters are half-width everywhere, in tables as well."""
    if text.sort == "name" or text.text.isascii():
        return
    for match in _WIDE.finditer(text.text):
        if match.group() in ("Ｏ", "０") and text.text[match.start() - 1 : match.start()] in tuple("一二〇"):
            continue  # the zero of a year, see `dates`
        narrow = unicodedata.normalize("NFKC", match.group())
        message = f"用了全角的“{match.group()}”"
        yield strike(FULL_WIDTH_CHARACTER, text, *match.span(), message, hint=f"改为半角“{narrow}”", replacement=narrow)


_BARE: Final = expression(rf"(?<=[{HAN}])(?<![图表式第章节])(?<![图表式第][{HAN}])\.[0-9]+(?=[{HAN}%％‰℃～])")


@on_text(BARE_DECIMAL)
def bare_decimals(text: Text, _draft: Draft) -> Iterator[Finding]:
    """S-06: 0.5, not .5."""
    if "." not in text.text or not reads(text):
        return
    for match in _BARE.finditer(plain(text.text)):
        if match.group()[1:] and not text.text[: match.start()].strip("一二三四五六七八九十"):
            continue  # the mark of a level, see `sequence`
        right = f"0{match.group()}"
        message = f"小数点前面没有0：“{match.group()}”"
        yield strike(BARE_DECIMAL, text, *match.span(), message, hint=f"写“{right}”", replacement=right)


_THOUSANDS: Final = expression(
    rf"(?<![0-9，.])[1-9][0-9]{{0,2}}(?:，[0-9]{{3}})+(?=(?:\.[0-9]+)?(?:{UNITS}|余|多|名|人次|人|个|户|家|套|台|册|件))"
)
_APIECE: Final = expression(r"(?:分别|依次|各|先后)[^，。；、0-9]{0,4}$")
"""What lets one expect several numbers."""
_SURE: Final = expression(rf"[0-9]，[0-9]{{3}}|[0-9]+(?:，[0-9]{{3}}){{2}}|[0-9]+，[0-9]{{3}}(?:\.[0-9]+)?(?:{UNITS})")
"""A number in groups that cannot be two: 300，200人 may be the end of a clause and the beginning of another."""
_NEAR: Final = expression(r"[0-9][，．。][0-9]")
_POINT: Final = expression(r"(?<=[0-9])．(?=[0-9])")
_STOP: Final = expression(rf"(?<=[约达了长降低高加少共计超近][0-9])。(?=[0-9]{{1,2}}(?:{UNITS}))")


@on_text(MARK_IN_NUMBER)
def marks_in_numbers(text: Text, _draft: Draft) -> Iterator[Finding]:
    """S-06: 1,200 and 3.5. A comma between two numbers parts a list, so only groups of three before a unit are told."""
    chars = text.text
    if _NEAR.search(chars) is None or not reads(text):
        return
    for match in _THOUSANDS.finditer(chars):
        if _APIECE.search(chars, 0, match.start()):
            continue
        right = "," if _SURE.match(chars, match.start()) else None
        for place in range(*match.span()):
            if chars[place] == "，":
                yield _mark(text, place, right, match.group())
    for match in _POINT.finditer(chars):
        if not chars[: match.start()].isdigit():  # at the beginning it is the mark of a level
            yield _mark(text, match.start(), ".", chars[match.start() - 1 : match.end() + 1])
    for match in _STOP.finditer(chars):
        yield _mark(text, match.start(), None, chars[match.start() - 1 : match.end() + 1])


def _mark(text: Text, place: int, right: str | None, number: str) -> Finding:
    mark = text.text[place]
    if right:
        hint = f"改为半角“{right}”"
    else:
        hint = "是分节的，改为半角“,”；是停顿的，改写前后两句" if mark == "，" else "是小数点的，改为半角“.”"
    return strike(
        MARK_IN_NUMBER, text, place, place + 1, f"数字里用了“{mark}”：“{number}”", hint=hint, replacement=right
    )


_MIXED: Final = expression(r"(?<![0-9.第])[0-9]{1,2}(?:千[0-9]{1,3}百?[0-9]{0,2}|百[0-9]{1,2}十?[0-9]?)(?![0-9])")


@on_text(MIXED_NUMERAL)
def mixed_numerals(text: Text, _draft: Draft) -> Iterator[Finding]:
    """S-08: 3200, not 3千2百; 5千万 and 1亿2000万 are right."""
    if ("千" not in text.text and "百" not in text.text) or not reads(text):
        return
    for match in _MIXED.finditer(text.text):
        message = f"数字与“千”“百”拼写：“{match.group()}”"
        yield strike(MIXED_NUMERAL, text, *match.span(), message, hint="全用阿拉伯数字")


_HAN_DECIMAL: Final = expression(
    r"[一二两三四五六七八九十百千万零〇]+点[一二三四五六七八九零〇]+"
    r"(?=平方公里|平方千米|平方米|立方米|公里|千米|厘米|毫米|公顷|公斤|千克|吨|米|亩|万元|亿元|万人|万|亿|倍|元|℃|个百分点)"
)


@on_text(HAN_MEASURE)
def han_measures(text: Text, _draft: Draft) -> Iterator[Finding]:
    """S-01: a decimal with a unit is a measured quantity; whole numbers in hanzi may be a round figure or a fixed phrase."""
    if "点" not in text.text or not reads(text):
        return
    for match in _HAN_DECIMAL.finditer(text.text):
        message = f"计量的数值用了汉字：“{match.group()}”"
        yield strike(HAN_MEASURE, text, *match.span(), message, hint="改用阿拉伯数字")


_ESTIMATES: Final = expression(
    r"(?<![0-9.．])(?:[1-9]0几|几10{1,3})(?=[万亿]?[个名位人年天岁次家项件户份元吨亩公米里])"
)
_WEEKDAY: Final = expression(r"(?<![每一两几个])(?:星期|礼拜)([1-6])(?=[）)，。；]|[上下]午|晚上|$)")
_LUNAR: Final = expression(r"(?<=农历|夏历|阴历|旧历)[0-9]{1,2}月(?:初?[0-9]{1,2}日?)?")


@on_text(DIGITS_FOR_HAN)
def digits_for_han(text: Text, _draft: Draft) -> Iterator[Finding]:
    """S-03: 十几个, 星期五, 农历八月十五. How a date or an estimate reads in hanzi is left to the writer."""
    chars = text.text
    if not any(word in chars for word in "几期拜历") or not reads(text):
        return
    for form, what in ((_ESTIMATES, "含“几”的概数"), (_LUNAR, "农历的月日")):
        for match in form.finditer(chars):
            message = f"{what}用了阿拉伯数字：“{match.group()}”"
            yield strike(DIGITS_FOR_HAN, text, *match.span(), message, hint="改用汉字数字")
    for match in _WEEKDAY.finditer(chars):
        right = numeral(int(match.group(1)))
        message = f"星期用了阿拉伯数字：“{match.group()}”"
        yield strike(DIGITS_FOR_HAN, text, *match.span(1), message, hint=f"改为“{right}”", replacement=right)

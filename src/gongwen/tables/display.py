"""Values of a spreadsheet as it shows them: numbers, dates and times by their number format."""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

_GENERAL_DIGITS: Final = 10
"""Significant digits that a cell without a format shows at most."""
_SECTION: Final = re.compile(r'(?:"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|[^;])*')
_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<digits>[0#?][0#?,.]*|\.[0#?]+)|(?P<percent>%)|(?P<other>.)",
    re.DOTALL,
)
_DATE_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<half>AM/PM|上午/下午)|(?P<code>y+|m+|d+|h+|s+|a{3,})|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_BUILT_IN: Final = {"mm-dd-yy": "yyyy/m/d", "m/d/yy h:mm": "yyyy/m/d h:mm", "d-mmm-yy": "", "mmm-yy": ""}
"""Formats that follow the machine's region; here the Chinese one."""
_PLAIN: Final = frozenset("+-()（） ,，.。/:：￥¥$€年月日时分秒元万亿个人次%‰~～—")
_WEEKDAYS: Final = "一二三四五六日"
_MOST_REPEATED: Final = 4


class UndisplayableError(Exception):
    """A value cannot be shown as the spreadsheet shows it; the message goes on after the name of its cell."""


def shown(value: Any, number_format: str | None, *, is_error: bool = False) -> str:
    """A value of a cell as text. Raises UndisplayableError."""
    if is_error:
        raise UndisplayableError(f"是错误值 {value}")
    form = number_format or "General"
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return _number(value, form)
        case datetime.datetime() | datetime.date() | datetime.time():
            return _date(value, form)
    raise UndisplayableError(f"的格式“{form}”不能照样显示")


# --- Numbers ------------------------------------------------------------------------------------------------------------------


def _number(value: float, form: str) -> str:
    if form in ("General", "@", "G/通用格式"):
        return _general(value)
    sections = [match[0] for match in _SECTION.finditer(form)]
    sections = [one for number, one in enumerate(sections) if one or number == 0]
    section = sections[0]
    number = Decimal(repr(value))
    if value < 0 and len(sections) > 1:
        section, number = sections[1], -number
    elif value == 0 and len(sections) > 2:  # noqa: PLR2004 - positive; negative; zero
        section = sections[2]
    if section == "General":
        return _general(float(number))
    return _by_section(number, section, form)


def _general(value: float) -> str:
    number = Decimal(repr(value))
    if number == number.to_integral_value():
        return f"{number:.0f}"
    text = f"{value:.{_GENERAL_DIGITS}g}"
    return f"{Decimal(text):f}"


def _by_section(number: Decimal, section: str, form: str) -> str:
    before: list[str] = []
    after: list[str] = []
    digits = ""
    for match in _TOKEN.finditer(section):
        literal = match["quoted"] if match["quoted"] is not None else match["escaped"]
        if match["digits"]:
            if digits:
                raise UndisplayableError(f"的格式“{form}”不能照样显示")
            digits = match["digits"]
            continue
        if match["bracket"] is not None:
            literal = _currency(match["bracket"], form)
        elif match["percent"]:
            number, literal = number * 100, "%"
        elif match["other"]:
            literal = match["other"]
            if literal not in _PLAIN:
                raise UndisplayableError(f"的格式“{form}”不能照样显示")
        if literal:
            (after if digits else before).append(literal)
    if not digits:
        return "".join(before)
    text = _grouped(number, digits)
    sign = "-" if text.startswith("-") else ""
    return f"{sign}{''.join(before)}{text.removeprefix('-')}{''.join(after)}"


def _currency(bracket: str, form: str) -> str:
    """[$¥-804] is a sign of currency; a colour shows nothing; a condition or hours beyond 24 are not done here."""
    if bracket.startswith("$"):
        return bracket[1:].partition("-")[0]
    if bracket.lower() in (
        "red",
        "blue",
        "green",
        "black",
        "white",
        "yellow",
        "cyan",
        "magenta",
        "红色",
        "蓝色",
        "黑色",
    ):
        return ""
    raise UndisplayableError(f"的格式“{form}”不能照样显示")


def _grouped(number: Decimal, digits: str) -> str:
    """A number by a pattern such as #,##0.00: digits after the point, groups of three, zeros in front."""
    pattern = digits.rstrip(",")
    number /= 1000 ** (len(digits) - len(pattern))
    whole, _, decimals = pattern.partition(".")
    least = whole.replace(",", "").count("0")
    places, needed = len(decimals.replace(",", "")), decimals.rstrip("#").count("0")
    rounded = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    sign = "-" if rounded < 0 else ""
    left, _, right = f"{abs(rounded):f}".partition(".")
    right = right[:needed] + right[needed:].rstrip("0")
    left = left.lstrip("0").zfill(least)
    if "," in whole and left:
        left = f"{int(left):,}".zfill(len(left)) if not left.startswith("0") else left
    return f"{sign}{left}{'.' if right or (decimals and needed) else ''}{right}"


# --- Dates and times ----------------------------------------------------------------------------------------------------------


def _date(value: datetime.datetime | datetime.date | datetime.time, form: str) -> str:
    section = _BUILT_IN.get(form, next(_SECTION.finditer(form))[0])
    tokens = list(_DATE_TOKEN.finditer(section))
    has_half = any(token["half"] for token in tokens)
    parts: list[str] = []
    after_hour = False
    for number, token in enumerate(tokens):
        literal = token["quoted"] if token["quoted"] is not None else token["escaped"]
        code = (token["code"] or "").lower()
        if code:
            before_second = any(
                (later["code"] or "").lower().startswith("s") for later in tokens[number + 1 : number + 3]
            )
            is_minute = code[0] == "m" and (after_hour or before_second)
            literal = _part(value, code, form, is_minute=is_minute, has_half=has_half)
            after_hour = code[0] == "h"
        elif token["half"]:
            afternoon = _of(value, "hour", form) >= 12  # noqa: PLR2004 - noon
            literal = ("下午" if afternoon else "上午") if "上" in token["half"] else ("PM" if afternoon else "AM")
        elif token["bracket"] is not None:
            if not token["bracket"].startswith("$-"):
                raise UndisplayableError(f"的格式“{form}”不能照样显示")
        elif token["other"]:
            literal = token["other"]
            if literal not in _PLAIN:
                raise UndisplayableError(f"的格式“{form}”不能照样显示")
        parts.append(literal or "")
    text = "".join(parts)
    if not text:
        raise UndisplayableError(f"的格式“{form}”不能照样显示")
    return text


def _of(value: Any, name: str, form: str) -> int:
    part = getattr(value, name, None)
    if part is None:
        raise UndisplayableError(f"的格式“{form}”不能照样显示")
    return int(part)


def _part(value: Any, code: str, form: str, *, is_minute: bool, has_half: bool) -> str:
    pad = 2 if len(code) > 1 else 1
    match code[0]:
        case "y":
            year = _of(value, "year", form)
            return f"{year:04}" if len(code) > 2 else f"{year % 100:02}"  # noqa: PLR2004 - yy
        case "m" if not is_minute and len(code) > 2:  # noqa: PLR2004 - names of months
            raise UndisplayableError(f"的格式“{form}”不能照样显示")
        case "m":
            return f"{_of(value, 'minute' if is_minute else 'month', form):0{pad}}"
        case "d" if len(code) > 2:  # noqa: PLR2004 - names of days
            raise UndisplayableError(f"的格式“{form}”不能照样显示")
        case "d":
            return f"{_of(value, 'day', form):0{pad}}"
        case "h":
            hour = _of(value, "hour", form)
            return f"{(hour % 12 or 12) if has_half else hour:0{pad}}"
        case "s":
            return f"{_of(value, 'second', form):0{pad}}"
    if not isinstance(value, datetime.date):
        raise UndisplayableError(f"的格式“{form}”不能照样显示")
    return ("星期" if len(code) >= _MOST_REPEATED else "") + _WEEKDAYS[value.weekday()]

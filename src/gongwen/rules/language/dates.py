"""Rules of the form of dates in a text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gongwen.authority import PRACTICE, must, should
from gongwen.chinese import calendar_day, format_date
from gongwen.diagnostics import Check, Finding
from gongwen.document import Draft
from gongwen.expressions import expression
from gongwen.rules.language.scan import plain, reads, strike
from gongwen.rules.registry import on_text
from gongwen.rules.texts import Text

SHORT_YEAR = Check(
    "GW840",
    "short-year",
    must("GB/T 15835 5.1.4"),
    what="年份写四位数字，不简写为两位。",
    why="“26年”分不清是年份还是年数，也分不清是哪个世纪。",
    wrong="body: [活动自26年5月10日起开展。]",
    right="body: [活动自2026年5月10日起开展。]",
)
YEAR_ZERO = Check(
    "GW841",
    "year-zero",
    should("GB/T 15835 5.2.5"),
    what="汉字书写的年份，零写作“〇”。",
    why="年份是编号，用“〇”；“零”用于数量，“0”“O”“○”不是汉字。",
    wrong="body: [到二零三五年基本实现现代化。]",
    right="body: [到二〇三五年基本实现现代化。]",
)
DATE_FORM = Check(
    "GW842",
    "date-form",
    PRACTICE,
    what="正文里的日期写“年”“月”“日”。",
    why="公文的成文日期、印发日期都写全年、月、日，正文里的日期与它们一致。",
    wrong="body: [活动自2026.5.10起开展。]",
    right="body: [活动自2026年5月10日起开展。]",
)
PADDED_DATE = Check(
    "GW843",
    "padded-date",
    PRACTICE,
    what="日期里的月、日不编虚位，1不写成01。",
    why="成文日期不编虚位（GB/T 9704 7.3.5.4），正文里的日期与它一致。",
    wrong="body: [活动自2026年05月10日起开展。]",
    right="body: [活动自2026年5月10日起开展。]",
)
SPOKEN_DAY = Check(
    "GW844",
    "spoken-day",
    PRACTICE,
    what="日期用“日”，不用“号”。",
    why="“5号”是口语；公文用书面的“5日”。",
    wrong="body: [活动于6月5号结束。]",
    right="body: [活动于6月5日结束。]",
)
DATED_NAME = Check(
    "GW848",
    "dated-name",
    should("GB/T 15835 4.1.3"),
    what="含有月日的专名，月、日之间用间隔号“·”。",
    why="“3.15”读起来是小数。",
    wrong="body: [开展“3.15”国际消费者权益日宣传活动。]",
    right="body: [开展“3·15”国际消费者权益日宣传活动。]",
)

_SHORT_YEAR: Final = expression(
    r"(?<![0-9〇零一二三四五六七八九十.～—~-])['’][0-9]{2}年"
    r"|(?<![0-9.～—~-])(?<=[截至于从自到在经、，。；（：“])[0-9]{2}年(?=(?:1[0-2]|[1-9])月(?:[1-9]|[12][0-9]|3[01])日)"
    r"|(?<=[截至于从自在，。；（“])2[0-9]年(?=度)"
    r"|^[0-9]{2}年(?=(?:1[0-2]|[1-9])月(?:[1-9]|[12][0-9]|3[01])日)"
)


@on_text(SHORT_YEAR)
def short_years(text: Text, _draft: Draft) -> Iterator[Finding]:
    """S-04: four digits. A number of years (26年来) looks the same, so only what a month and a day follow is told, and ’26年."""
    if "年" not in text.text or not reads(text):
        return
    for match in _SHORT_YEAR.finditer(text.text):
        message = f"年份写了两位：“{match.group()}”"
        yield strike(SHORT_YEAR, text, *match.span(), message, hint="写四位数字，如“2026年”")


_HAN_YEAR: Final = expression(
    r"(?<![一二三四五六七八九〇零○百千万亿0-9A-Za-z])[一二][一二三四五六七八九〇零○0OoОＯ０]{3}(?=年)"
)
_ZEROS: Final = str.maketrans(dict.fromkeys("零○0OoОＯ０", "〇"))


@on_text(YEAR_ZERO)
def year_zeros(text: Text, _draft: Draft) -> Iterator[Finding]:
    """S-10: 二〇二五年, whatever else has been typed for the zero."""
    if "年" not in text.text or not reads(text):
        return
    for match in _HAN_YEAR.finditer(text.text):
        right = match.group().translate(_ZEROS)
        if right != match.group():
            message = f"汉字年份的零没有写作“〇”：“{match.group()}年”"
            yield strike(YEAR_ZERO, text, *match.span(), message, hint=f"写“{right}年”", replacement=right)


_TYPED_DATE: Final = expression(
    r"(?<![0-9A-Za-z.\-/_第〔])((?:19|20)[0-9]{2})([.\-/．])([0-9]{1,2})\2([0-9]{1,2})日?(?![0-9A-Za-z.\-/_版号]|．[0-9])"
)
_CODE: Final = expression(
    r"(?:编号|文号|型号|生产日期|批号|保质期至?|代码|账号|单号|版本|软件|系统|平台|标准|[Vv]|No\.?)[为是号]?[：: ]?$"
)


@on_text(DATE_FORM)
def date_forms(text: Text, _draft: Draft) -> Iterator[Finding]:
    """S-12: 年, 月 and 日 in a text; 2025.1.20 may also be the number of a version, and only days that can be are dates."""
    if not reads(text) or not any(mark in text.text for mark in ".-/．"):
        return
    for match in _TYPED_DATE.finditer(plain(text.text)):
        year, _, month, day = match.groups()
        date = calendar_day(int(year), int(month), int(day))
        if date is not None and not _CODE.search(text.text, max(0, match.start() - 6), match.start()):
            right = format_date(date)
            message = f"日期没有写年、月、日：“{match.group()}”"
            yield strike(DATE_FORM, text, *match.span(), message, hint=f"写“{right}”", replacement=right)


_PADDING: Final = expression(
    r"(?<=年)0(?=[1-9]月)|(?<=月)0(?=[1-9]日)|(?<![0-9.])0(?=[1-9]月(?:[0-9]{1,2}日|份|底|初))"
)


@on_text(PADDED_DATE)
def padded_dates(text: Text, _draft: Draft) -> Iterator[Finding]:
    """B-49: 2025年1月7日, not 01月07日."""
    if "0" not in text.text or "月" not in text.text or not reads(text):
        return
    for match in _PADDING.finditer(text.text):
        start = match.start()
        number = text.text[start : start + 3]
        message = f"日期编了虚位：“{number}”"
        yield strike(PADDED_DATE, text, start, start + 1, message, hint=f"写“{number[1:]}”", replacement="")


_SPOKEN: Final = expression(
    r"(?:(?<![0-9])(?:1[0-2]|0?[1-9])月|[0-9]日[至—～到-])(?:[12][0-9]|3[01]|0?[1-9])(号)"
    r"(?![楼线院台桥门车馆仓机井站厂令文船坑房室床位矿店铺公通会])"
)
_DAY: Final = "日"


@on_text(SPOKEN_DAY)
def spoken_days(text: Text, _draft: Draft) -> Iterator[Finding]:
    """S-12: 日, not 号."""
    if "号" not in text.text or "月" not in text.text or not reads(text):
        return
    for match in _SPOKEN.finditer(text.text):
        message = f"日期用了“号”：“{match.group()}”"
        yield strike(SPOKEN_DAY, text, *match.span(1), message, hint=f"改为“{_DAY}”", replacement=_DAY)


_NAME: Final = expression(
    r"(?<=“)(?:1[0-2]|[1-9])([.．])(?:[12][0-9]|3[01]|[1-9])(?=”(?:运动|事件|晚会|惨案|国际|全国|国家|世界|全民|"
    r"消防|禁毒|宪法|防灾|减灾|大?地震|事变|重特大|旅游日|护士节|消费者|特别?重大|特大|较大|事故|火灾|专案|案))"
)
_NAME_DOT: Final = "·"


@on_text(DATED_NAME)
def dated_names(text: Text, _draft: Draft) -> Iterator[Finding]:
    """S-13: “3·15”, with what follows saying that it is a day and not the number of a version."""
    if "“" not in text.text or not reads(text):
        return
    for match in _NAME.finditer(text.text):
        right = match.group().replace(match.group(1), _NAME_DOT)
        message = f"含有月日的专名用了“{match.group(1)}”：“{match.group()}”"
        yield strike(DATED_NAME, text, *match.span(1), message, hint=f"写“{right}”", replacement=_NAME_DOT)

"""Rules of dashes 破折号, ellipses 省略号 and the dot 间隔号: their form, and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gongwen.authority import must, should
from gongwen.diagnostics import Check, Finding
from gongwen.document import Draft
from gongwen.expressions import expression
from gongwen.rules.language.scan import HAN, is_chinese, plain, reads, strike
from gongwen.rules.registry import on_text
from gongwen.rules.texts import Text

WRONG_DASH = Check(
    "GW818",
    "wrong-dash",
    must("GB/T 15834 4.10"),
    what="破折号用“——”，占两个字的位置，中间不断开。",
    why="标准的破折号只有这一种；“--”、单个“—”和三个连用的都不是。",
    wrong="body: [会议的主题是“奋进”--团结职工建功立业。]",
    right="body: [会议的主题是“奋进”——团结职工建功立业。]",
)
WRONG_ELLIPSIS = Check(
    "GW819",
    "wrong-ellipsis",
    must("GB/T 15834 4.11"),
    what="省略号用“……”，六个小圆点，占两个字的位置。",
    why="标准的省略号只有这一种；省略诗行、段落的，可以两个连用。",
    wrong="body: [他说：“同志们辛苦了...”]",
    right="body: [他说：“同志们辛苦了……”]",
)
ELLIPSIS_AND_WORD = Check(
    "GW820",
    "ellipsis-and-word",
    should("GB/T 15834 附录A.9"),
    what="省略号不与“等”“等等”一起用。",
    why="两者都表示列举未尽，用一个就够了。",
    wrong="body: [为职工送去毛巾、茶叶、药品……等慰问品。]",
    right="body: [为职工送去毛巾、茶叶、药品等慰问品。]",
)
POINT_BESIDE_DASH = Check(
    "GW821",
    "point-beside-dash",
    should("GB/T 15834 附录B.2"),
    what="破折号之前通常不用逗号、顿号，省略号之前通常不用顿号。",
    why="破折号和省略号本身就表示停顿；不加点号就看不出结构的，可以加。",
    wrong="body: [我们的目标，——让职工满意，一定能够实现。]",
    right="body: [我们的目标——让职工满意，一定能够实现。]",
)
WRONG_DOT = Check(
    "GW822",
    "wrong-dot",
    must("GB/T 15834 4.14"),
    what="间隔号用“·”（U+00B7），居中，占一个字的位置。",
    why="“•”“・”是项目符号和日文的中点，印出来大小、位置都不一样。",
    wrong="body: [举办“中国梦•劳动美”主题宣传教育。]",
    right="body: [举办“中国梦·劳动美”主题宣传教育。]",
)

_LINES: Final = "-－—―–─‒−"
_RUN: Final = expression(rf"[{_LINES}](?:[ \u3000]?[{_LINES}])+")
_ONE: Final = expression(
    rf"(?<=[{HAN}》”])[-－—―–─‒−](?=(?:[即是]|就是|也就是|这[是就]|那[是就])[{HAN}“《])"
    rf"|(?<=[{HAN}](?:主题|目标|任务|口号|主线|关键|核心|命题|法宝|旗帜))[-－—―–─‒−](?=[{HAN}“《])"
)
_AT_START: Final = expression(rf"[－—―–─](?=[{HAN}“《])")
_DASH: Final = "——"
_LONGEST: Final = 4


@on_text(WRONG_DASH)
def wrong_dashes(text: Text, _draft: Draft) -> Iterator[Finding]:
    """D-08: a dash is two U+2014. A single line joins places, times and names, so it is told only where a dash alone makes sense."""
    chars = text.text
    if not reads(text) or not any(line in chars for line in _LINES):
        return
    chars = plain(chars)
    for match in _RUN.finditer(chars):
        run = match.group().replace(" ", "").replace("\u3000", "")
        before, after = chars[match.start() - 1 : match.start()], chars[match.end() : match.end() + 1]
        touches = is_chinese(before) or is_chinese(after)
        if match.group() != _DASH and len(run) <= _LONGEST and touches and not _joins_numbers(before, after):
            yield _dash(text, *match.span())
    for match in _ONE.finditer(chars):
        yield _dash(text, *match.span())
    if text.sort == "paragraph" and (first := _AT_START.match(chars)):
        yield _dash(text, *first.span())


def _joins_numbers(before: str, after: str) -> bool:
    return before.isdigit() or after.isdigit()


def _dash(text: Text, start: int, end: int) -> Finding:
    message = f"破折号写成了“{text.text[start:end]}”"
    return strike(WRONG_DASH, text, start, end, message, hint=f"改为“{_DASH}”", replacement=_DASH)


_DOTS: Final = expression(r"(?:\.{3,}|。{3,}|[·・]{3,}|[…⋯]+)+")
_ELLIPSIS: Final = "……"


@on_text(WRONG_ELLIPSIS)
def wrong_ellipses(text: Text, _draft: Draft) -> Iterator[Finding]:
    """D-09: an ellipsis is two U+2026, two of them where lines are left out. One of three dots in a formula is not told."""
    chars = text.text
    if not reads(text) or not any(dots in chars for dots in ("…", "...", "。。。", "⋯", "···", "・・・")):
        return
    chars = plain(chars)
    for match in _DOTS.finditer(chars):
        run, (start, end) = match.group(), match.span()
        before, after = chars[max(0, start - 1) : start], chars[end : end + 1]
        is_formula = before in "，、,+" and after in "，、,+" and len(run) <= 3  # noqa: PLR2004 (dots)
        if run in (_ELLIPSIS, _ELLIPSIS * 2) or is_formula or not (is_chinese(before) or is_chinese(after)):
            continue
        message = f"省略号写成了“{run}”"
        yield strike(WRONG_ELLIPSIS, text, start, end, message, hint=f"改为“{_ELLIPSIS}”", replacement=_ELLIPSIS)


_WORDS: Final = expression(
    r"(?<![平优高中低同相何均对初特我他你她它们不久稍请先要在再])等{1,2}…{2,}"
    r"|(?<!…)…{2,}等(?![待候到级次于同额着我他你她它一闲])等?"
)


@on_text(ELLIPSIS_AND_WORD)
def ellipses_and_words(text: Text, _draft: Draft) -> Iterator[Finding]:
    """D-09: an ellipsis and 等 say the same."""
    if "…" not in text.text or not reads(text):
        return
    for match in _WORDS.finditer(text.text):
        message = f"省略号与“等”连用：“{match.group()}”"
        yield strike(ELLIPSIS_AND_WORD, text, *match.span(), message, hint="只留一个")


# From the first of a run alone: else every one of thousands looks to its end.
_BESIDE: Final = expression(r"(?<![，、])[，、]++(?=——)|(?<!、)、++(?=……)")


@on_text(POINT_BESIDE_DASH)
def points_beside_dashes(text: Text, _draft: Draft) -> Iterator[Finding]:
    """D-14: no point before a dash, no 、 before an ellipsis.

    。—— before a source and ；—— in a list are usual, and annex B.2.4 has points beside an ellipsis that stands for what is left out.
    """
    chars = text.text
    if not reads(text) or ("——" not in chars and "……" not in chars):
        return
    for match in _BESIDE.finditer(chars):
        start, end = match.span()
        where = "破折号" if chars.startswith("——", end) else "省略号"
        message = f"{where}之前用了“{match.group()}”"
        yield strike(POINT_BESIDE_DASH, text, start, end, message, hint=f"删去“{match.group()}”", replacement="")


_DOT: Final = expression(
    rf"(?<=[{HAN}])[•‧・∙⋅](?=[{HAN}0-9A-Za-z])|(?<=[0-9A-Za-z])[•‧・∙⋅](?=[{HAN}])"
    rf"|(?<=“[0-9])[•‧・∙⋅](?=[0-9])|(?<=“[0-9]{{2}})[•‧・∙⋅](?=[0-9])|(?<=[{HAN}][A-Z])[•‧・∙⋅](?=[A-Z0-9])"
)
_RIGHT_DOT: Final = "·"


@on_text(WRONG_DOT)
def wrong_dots(text: Text, _draft: Draft) -> Iterator[Finding]:
    """15834 4.14: the dot between parts of a name or a date. A bullet at the beginning is another matter."""
    if not reads(text) or not any(dot in text.text for dot in "•‧・∙⋅"):
        return
    for match in _DOT.finditer(text.text):
        message = f"间隔号写成了“{match.group()}”"
        hint = f"改为“{_RIGHT_DOT}”（U+00B7）"
        yield strike(WRONG_DOT, text, *match.span(), message, hint=hint, replacement=_RIGHT_DOT)

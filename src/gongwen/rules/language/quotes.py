"""Rules of quotation marks 引号 (GB/T 15834 4.8)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from gongwen.authority import must, should
from gongwen.diagnostics import Check, Finding
from gongwen.document import Draft
from gongwen.expressions import expression
from gongwen.rules.language.pairs import pairs_in
from gongwen.rules.language.scan import is_ascii, is_chinese, is_han, plain, reads, strike
from gongwen.rules.registry import on_text
from gongwen.rules.texts import Text

STRAIGHT_QUOTE = Check(
    "GW807",
    "straight-quote",
    must("GB/T 15834 4.8"),
    what="中文的引号用“ ”和‘ ’，不用直引号。",
    why="标准的引号分前引号和后引号；直引号不分前后，印出来也不占一个字的位置。",
    wrong="""body: ['开展"夏送清凉"活动。']""",
    right="body: [开展“夏送清凉”活动。]",
)
OUTER_SINGLE_QUOTE = Check(
    "GW808",
    "outer-single-quote",
    should("GB/T 15834 4.8"),
    what="外面一层引号用双引号，里面一层用单引号。",
    why="单引号表示引文里的引文；外面没有双引号，读者会找另一半。",
    wrong="body: [开展‘夏送清凉’活动。]",
    right="body: [开展“夏送清凉”活动。]",
)


@on_text(STRAIGHT_QUOTE)
def straight_quotes(text: Text, _draft: Draft) -> Iterator[Finding]:
    """D-02: quotes of Chinese text are curly. Which half is which is certain where they are even in number, or the other half is there."""
    if not reads(text) or ('"' not in text.text and "'" not in text.text):
        return
    chars = plain(text.text)
    curly = _Curly.of(chars)
    for mark in "\"'":
        places = [place for place, char in enumerate(chars) if char == mark and not _is_sign(chars, place)]
        if mark == '"' and len(places) == 1 and (half := _other_half(chars, places[0])):
            yield _straight(text, places[0], half)
            continue
        if len(places) % 2:
            for place in places:
                if _touches(chars, place) and not chars[place - 1 : place].isdigit():
                    yield _straight(text, place, None)
            continue
        for start, end in zip(places[::2], places[1::2], strict=True):
            if chars[start - 1 : start].isdigit() and chars[end - 1].isdigit():
                continue  # inches: 55"和65"电视
            if any(map(is_han, chars[start:end])) or _touches(chars, start) or _touches(chars, end):
                halves = _halves(chars, curly, start, end)
                for place, half in zip((start, end), halves, strict=True):
                    yield _straight(text, place, half)


_LONGEST: Final = 8
_SECOND: Final = expression(r"[0-9]['′][0-9.]+$")


def _is_sign(chars: str, place: int) -> bool:
    """Whether a straight mark is an apostrophe or the sign of a minute, a second, an inch: don't, '26, 10'30", 55"电视."""
    if chars[place] == '"':
        return _SECOND.search(chars, max(0, place - _LONGEST), place) is not None
    before, after = chars[max(0, place - 1) : place], chars[place + 1 : place + 2]
    return (is_ascii(before) and not is_chinese(after)) or before.isdigit() or after.isdigit()


def _other_half(chars: str, place: int) -> str | None:
    """What the only straight quote becomes where one curly quote lacks its other half: “甲" and "甲”."""
    found = pairs_in(chars)
    opened = [start for start in found.unclosed if chars[start] == "“"]
    closed = [start for start in found.unopened if chars[start] == "”"]
    if len(opened) + len(closed) != 1:
        return None
    if opened:
        return "”" if opened[0] < place else None
    return "“" if place < closed[0] else None


def _touches(chars: str, place: int) -> bool:
    return is_chinese(chars[max(0, place - 1) : place]) or is_chinese(chars[place + 1 : place + 2])


class _Curly(NamedTuple):
    """Which curly quotes a text has, and the pairs of double ones: where each begins, and how far those up to it reach."""

    any: bool
    single: bool
    starts: Sequence[int]
    reaches: Sequence[int]

    @classmethod
    def of(cls, chars: str) -> _Curly:
        double = [pair for pair in pairs_in(chars).pairs if pair.mark == "“"]
        single = "‘" in chars or "’" in chars
        is_any = single or "“" in chars or "”" in chars
        return cls(is_any, single, [one.start for one in double], list(accumulate((one.end for one in double), max)))

    def encloses(self, start: int, end: int) -> bool:
        """Whether a stretch of the text stands in double quotes."""
        before = bisect_left(self.starts, start)
        return before > 0 and self.reaches[before - 1] > end


def _halves(chars: str, curly: _Curly, start: int, end: int) -> Sequence[str | None]:
    """What a pair becomes: inside curly double quotes single ones, and nothing where the text has curly quotes as well."""
    if chars[start + 1 : start + 2] in ("，", "。", "、", "；", "：", "”", "") or chars[end - 1] in "，、：“":
        return (None, None)
    if not curly.any:
        return "“”"
    return "‘’" if not curly.single and curly.encloses(start, end) else (None, None)


def _straight(text: Text, place: int, half: str | None) -> Finding:
    return strike(
        STRAIGHT_QUOTE,
        text,
        place,
        place + 1,
        f"中文里用了直引号“{text.text[place]}”",
        hint="改为“ ”，引号之中再用引号的改为‘ ’",
        replacement=half,
    )


@on_text(OUTER_SINGLE_QUOTE)
def outer_single_quotes(text: Text, _draft: Draft) -> Iterator[Finding]:
    """15834 4.8: single quotes stand inside double ones. A paragraph of a longer quotation begins with a “ that it does not close."""
    if "‘" not in text.text or not reads(text):
        return
    found = pairs_in(text.text)
    if found.unclosed or found.unopened:
        return
    hanzi = [place for place, char in enumerate(text.text) if is_han(char)]
    quoted: set[int] = set()
    for pair in found.pairs:
        if pair.mark == "“" or (pair.parent is not None and pair.parent.start in quoted):
            quoted.add(pair.start)
        if (
            pair.mark == "‘"
            and pair.start not in quoted
            and bisect_left(hanzi, pair.start) < bisect_left(hanzi, pair.end)
        ):
            for place, double in ((pair.start, "“"), (pair.end, "”")):
                message = "外面一层引号用了单引号"
                yield strike(OUTER_SINGLE_QUOTE, text, place, place + 1, message, hint="改为双引号", replacement=double)

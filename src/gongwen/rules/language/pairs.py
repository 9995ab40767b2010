"""Marks that come in pairs, read once for the rules of quotes and of brackets."""

from __future__ import annotations

import functools
from typing import Final, NamedTuple

from gongwen.expressions import expression

CLOSING: Final = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "（": "）", "〔": "〕", "【": "】", "［": "］"}
"""An opening mark → its closing one."""
OPENING: Final = {closing: opening for opening, closing in CLOSING.items()}
"""A closing mark → its opening one."""

FULL: Final = str.maketrans("()", "（）")
"""A half-width round bracket → the full-width one that it counts as."""
_MARK: Final = expression(r"[“”‘’《》〈〉（）()〔〕【】［］]")
_ITEM: Final = expression(r"(?:^|[。；：，、\s])(?:[0-9]{1,2}|[A-Za-z]|[一二三四五六七八九十]{1,3})$")
_INTERVAL: Final = expression(r"[(（\[［][-+−]?[0-9.∞]+[，,、][ ]?[-+−]?[0-9.∞]+[)）\]］]")


class Pair(NamedTuple):
    """An opening mark, the place of it and of its closing one, and the pair that both stand in directly."""

    mark: str
    start: int
    end: int
    parent: Pair | None


class Pairs(NamedTuple):
    """The pairs of a text in the order of their opening marks, and the places of marks that are in none."""

    pairs: tuple[Pair, ...]
    unclosed: tuple[int, ...]
    unopened: tuple[int, ...]


@functools.lru_cache(maxsize=16)
def pairs_in(text: str) -> Pairs:
    """Match the marks of a text.

    A half-width round bracket counts as a full-width one. An apostrophe, the ） of “1）” and an interval of numbers are no members of
    pairs.
    """
    chars = (
        _INTERVAL.sub(lambda match: "x" * len(match.group()), text)
        if "∞" in text or "]" in text or "］" in text
        else text
    )
    open_marks: list[tuple[str, int]] = []
    waiting = dict.fromkeys(CLOSING, 0)
    closed: list[tuple[str, int, int]] = []
    unclosed: list[int] = []
    unopened: list[int] = []
    for match in _MARK.finditer(chars):
        mark, place = match.group().translate(FULL), match.start()
        if mark in CLOSING:
            open_marks.append((mark, place))
            waiting[mark] += 1
            continue
        opening = OPENING[mark]
        if waiting[opening]:
            while (last := open_marks.pop())[0] != opening:
                waiting[last[0]] -= 1
                unclosed.append(last[1])
            waiting[opening] -= 1
            closed.append((opening, last[1], place))
        elif not _stands_alone(mark, text, place):
            unopened.append(place)
    unclosed += [start for _, start in open_marks]
    return Pairs(_nested(closed), tuple(sorted(unclosed)), tuple(unopened))


def _stands_alone(mark: str, text: str, place: int) -> bool:
    if mark == "’":
        around = text[max(0, place - 1) : place] + text[place + 1 : place + 2]
        return any(char.isascii() and char.isalnum() for char in around)
    return mark == "）" and _ITEM.search(text, max(0, place - 4), place) is not None


def _nested(closed: list[tuple[str, int, int]]) -> tuple[Pair, ...]:
    made: list[Pair] = []
    around: list[Pair] = []
    for mark, start, end in sorted(closed, key=lambda one: one[1]):
        while around and around[-1].end < start:
            around.pop()
        pair = Pair(mark, start, end, around[-1] if around else None)
        made.append(pair)
        around.append(pair)
    return tuple(made)

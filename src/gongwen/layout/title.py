"""The title's lines: broken where a reader would breathe, shaped as a trapezium or a lozenge (clause 7.3.1)."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Callable, Sequence
from typing import Final

from gongwen.chinese import words
from gongwen.compose import NOT_AT_END, NOT_AT_START, Composer, Line, Run
from gongwen.standard import CELLS, TITLE_CELLS

_CROWDED: Final = 0.9
"""The part of a full line up to which a title line is easily read: 18 of 20 cells (practice)."""
_LEAST_DIFFERENCE: Final = 1.5
"""Cells by which lines differ at least, so that the title is no rectangle (7.3.1)."""
_MOST_LINES: Final = 6
_NOT_FIRST: Final = ("的", "和", "与", "及", "、", "或", "暨")
"""Words that do not begin a line (practice)."""
_MOST_COMBINATIONS: Final = 20000


def title_lines(
    composer: Composer, text: str, names: Sequence[str], role: str = "xiaobiaosong", cells: float = TITLE_CELLS
) -> tuple[Line, ...]:
    """Break a title into lines of at most ``cells``; a line break in the text is kept as it is, and only those then count.

    ``names`` are the organs that the draft gives: none is split where it fits on a line.
    """
    lines: list[Line] = []
    for part in filter(None, map(str.strip, text.split("\n"))):
        line = composer.line([Run(part, role)])
        if line.width <= cells:
            lines.append(line)
        else:
            lines += _broken(composer, part, names, role, cells)
    return tuple(lines)


def balanced_lines(composer: Composer, run: Run, cells: int = CELLS) -> tuple[Line, ...]:
    """Lines of at most so many cells to be centred: no more than are needed, about equally long. Breaks in the text are kept."""
    lines = composer.paragraph([run], measure=cells)
    if "\n" in run.text:
        return lines
    for measure in range(math.ceil(composer.line([run]).width / len(lines)), cells):
        narrower = composer.paragraph([run], measure=measure)
        if len(narrower) == len(lines):
            return narrower
    return lines


def _broken(composer: Composer, text: str, names: Sequence[str], role: str, cells: float) -> Sequence[Line]:
    units = _units(composer, text, names, role, cells)

    @functools.cache
    def width(start: int, end: int) -> float:
        """The width of units as a line: with the blanks between them, without those at its end."""
        return composer.line([Run("".join(units[start:end]), role)]).width

    fewest = max(2, math.ceil(width(0, len(units)) / cells))
    for count in range(fewest, _MOST_LINES + 1):
        best = _best(units, width, count, cells)
        if best is not None:
            cuts = (0, *best, len(units))
            return [composer.line([Run("".join(units[a:b]), role)]) for a, b in itertools.pairwise(cuts)]
    return composer.paragraph([Run(text, role)], measure=cells)


def _units(composer: Composer, text: str, names: Sequence[str], role: str, cells: float) -> list[str]:
    """What a line break never parts: words, names of organs, 的 with the kind that it leads to, book titles that fit a line."""
    units: list[str] = []
    for word in words(text, names):
        joins = units and (
            word[0] in NOT_AT_START
            or units[-1].rstrip(" \u3000")[-1:] in NOT_AT_END
            or word in _NOT_FIRST
            or word[0] in "的和与及、"
        )
        if joins:
            units[-1] += word
        else:
            units.append(word)
    if len(units) > 1 and units[-2].endswith("的"):
        tail = units.pop()
        units[-1] += tail
    units = _whole_book_titles(composer, units, role, cells)
    short: list[str] = []
    for unit in units:
        if composer.line([Run(unit, role)]).width > cells:
            short += [line.text for line in composer.paragraph([Run(unit, role)], measure=cells)]
        else:
            short.append(unit)
    return short


def _whole_book_titles(composer: Composer, units: list[str], role: str, cells: float) -> list[str]:
    """Join the units of each book title that fits a line; a longer one is left to break where a reader would pause."""
    joined: list[str] = []
    start, depth = 0, 0
    for unit in units:
        if not depth:
            start = len(joined)
        joined.append(unit)
        depth = max(0, depth + unit.count("《") - unit.count("》"))
        if not depth:
            whole = "".join(joined[start:])
            if composer.line([Run(whole, role)]).width <= cells:
                joined[start:] = [whole]
    return joined


def _best(units: Sequence[str], width: Callable[[int, int], float], count: int, cells: float) -> tuple[int, ...] | None:
    """Where to cut the units into ``count`` lines, by shape and by sense; None where they do not fit."""
    best: tuple[float, tuple[int, ...]] | None = None
    for cuts in itertools.islice(itertools.combinations(range(1, len(units)), count - 1), _MOST_COMBINATIONS):
        bounds = (0, *cuts, len(units))
        widths = [width(start, end) for start, end in itertools.pairwise(bounds)]
        if max(widths) > cells:
            continue
        score = _shape(widths, cells) + sum(_sense(units[cut - 1], units[cut]) for cut in cuts)
        if best is None or score < best[0]:
            best = (score, cuts)
    return best[1] if best else None


def _shape(widths: Sequence[float], cells: float) -> float:
    """Badness of a shape: an hourglass or a rectangle is out, a short or a crowded line is worse than an even one."""
    badness = 0.0
    if is_hourglass(widths):
        badness += 40.0
    if max(widths) - min(widths) < _LEAST_DIFFERENCE:
        badness += 12.0
    longest = max(widths)
    badness += sum(max(0.0, width - _CROWDED * cells) * 3.0 for width in widths)
    badness += sum(max(0.0, longest * 0.45 - width) * 2.0 for width in widths)
    return badness + (longest - sum(widths) / len(widths)) * 0.6


def is_hourglass(widths: Sequence[float]) -> bool:
    """Whether a line is shorter than lines both above and below it: neither trapezium nor lozenge."""
    return any(
        max(widths[:i]) > widths[i] + 0.5 and max(widths[i + 1 :]) > widths[i] + 0.5 for i in range(1, len(widths) - 1)
    )


def _sense(before: str, after: str) -> float:
    """How little a reader would pause between two words."""
    if before.endswith("关于"):
        return -8.0
    if before.endswith(("》", "、", "，")) or after.startswith("《"):
        return -3.0
    if len(before) == 1 or before.startswith("第") or before.endswith("”"):
        return 4.0
    if len(after) == 1:
        return 3.0
    return 0.0

"""Composition: a paragraph → lines of positioned runs, as Chinese books are set (W3C CLREQ 3.1, GB/T 15834 5.1).

Everything is measured in cells: one cell is the em of the type size. A paragraph is cut into clusters that no line break may part
(numbers with their units, Latin words, dashes, document numbers); between clusters a break is allowed where neither neighbour is
forbidden at its edge of a line. Where marks meet, the blank between them is halved. Among all ways to break the paragraph the one
with the least total badness is taken (Knuth and Plass's dynamic programme): a full line is made flush by spreading its characters
evenly or by squeezing its marks, whichever is less visible over the whole paragraph.
"""

from __future__ import annotations

import functools
import itertools
import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from gongwen.fonts import FontBook, Glyph
from gongwen.standard import CELLS

# --- Character classes --------------------------------------------------------------------------------------------------------

OPENING: Final = frozenset("（《〈“‘〔【［｛「『〖")
CLOSING: Final = frozenset("）》〉”’〕】］｝」』〗")
PAUSES: Final = frozenset("、，；：")
STOPS: Final = frozenset("。！？．")
NOT_AT_START: Final = CLOSING | PAUSES | STOPS | frozenset("·～％‰℃／—…,.;:!?)]}%°+＋")
"""Marks that never begin a line (GB/T 15834 5.1.1 to 5.1.3, 5.1.6), and the plus of 互联网+, which belongs to its word."""
NOT_AT_END: Final = OPENING | frozenset("／·([{")
"""Marks that never end a line; · and ／ stand at neither edge (GB/T 15834 5.1.8, 5.1.9)."""

_UNITS = "年月日时分秒号元角吨克米升度亩个名人项条次家所岁届期级倍件份天周层章节页本台辆户村场批支对位处座门种类组"
_LONG_UNITS = "平方公里|平方千米|平方米|立方米|公里|千米|公斤|千克|公顷|毫米|厘米|个百分点|周年|周岁|小时|分钟|人次|万元|亿元|℃|摄氏度"
_CLUSTER: Final = re.compile(
    r"—+|…+|〔\d{4}〕\d+号"
    rf"|[!-~]+(?:(?<=\d)(?:[％‰℃°]|[万亿]?(?:{_LONG_UNITS}|[{_UNITS}])|[万亿]))?"
)
"""What no line break parts: dashes, ellipses, document numbers, Latin words, numbers with their units."""
_URL_BREAK: Final = re.compile(r"(?<=[/?&=_.:#-])(?=[^/?&=_.:#-])")
"""Where a long Latin cluster (an address) may break all the same."""
_WORD: Final = re.compile(r"[0-9A-Za-z]|[^\x00-\x7f]")
_LONGEST_UNBROKEN: Final = CELLS / 2
"""Cells after which marks that pile up are parted all the same, so that half a line of text never stays empty."""
_LONG_CLUSTER: Final = 12.0
"""Cells from which a Latin cluster may break after / . - and the like: shorter ones stay whole."""

# --- What squeezing and spreading cost ----------------------------------------------------------------------------------------

MARK_SQUEEZE: Final = 0.5
"""The most a mark gives up: half a cell (GB/T 15834 5.1.10, CLREQ 3.1.6)."""
_CLEARANCE: Final = 0.06
"""Blank in cells that stays beside a squeezed mark, so that its ink never touches the next character."""
_MOST_OF_ADVANCE: Final = 0.9
"""The most of a character's advance that tracking may take: at none the engine sets what follows over what stands before."""
_RANKS: Final = 3
_EDGE_BADNESS: Final = 0.45
"""A mark squeezed to half a cell at a line's edge."""
_SQUEEZE_BADNESS: Final = (0.9, 1.3, 2.2)
"""Badness per squeezed cell of brackets and quotes, of pauses, of full stops: the least visible first."""
_FULL_SQUEEZE: Final = 1.2
"""How much the badness of squeezing grows as all marks of a rank come near their limit."""
_SPREAD_UNIT: Final = 0.03
"""Cells between neighbours at which spreading has badness 1."""
_MAX_SPREAD: Final = 1.75
"""Cells of slack beyond which a line is only taken if there is no other."""
_FORCED_BADNESS: Final = 200.0
"""A break that no rule allows: taken only where nothing else is left."""
_LIMITS: Final = (2.5, 12.0, math.inf)
_MAX_SQUEEZE: Final = 3.0
"""Cells that a line may at most give up."""
_WIDOW_BADNESS: Final = 60.0
"""A last line of one cell."""
_STRAY_BADNESS: Final = 8.0
"""A last line of one character and its mark (会。): avoided where the lines above it can give or take a little."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one role (see `fonts`)."""

    text: str
    role: str


class Piece(NamedTuple):
    """Characters of a line that are set alike: one face, one tracking (cells added after each character)."""

    text: str
    role: str
    face: str
    tracking: float
    feature: str


@dataclass(frozen=True, slots=True)
class Line:
    """One composed line.

    ``shift`` (cells) moves the line: to the left where an opening mark at its start was squeezed, or to centre it; ``width`` (cells)
    is the advance from the line's start to its end, blanks at the end left out; ``left``, ``right``, ``top`` and ``bottom`` bound the ink (cells,
    x from the line's start, y upwards from the baseline).
    """

    pieces: tuple[Piece, ...]
    width: float
    shift: float = 0.0
    left: float = 0.0
    right: float = 0.0
    top: float = 0.0
    bottom: float = 0.0

    @property
    def text(self) -> str:
        """The characters of the line."""
        return "".join(piece.text for piece in self.pieces)

    def followed_by(self, line: Line, advance: float | None = None) -> Line:
        """The line, taking ``advance`` cells (its width by default), with another set after it; neither is spread for it."""
        start = self.width if advance is None else advance
        return Line(
            (*self.pieces, *line.pieces),
            start + line.width,
            self.shift,
            left=self.left,
            right=start + line.right,
            top=max(self.top, line.top),
            bottom=min(self.bottom, line.bottom),
        )

    def shifted(self, cells: float) -> Line:
        """The same line moved to the right."""
        return replace(
            self,
            width=self.width + cells,
            shift=self.shift + cells,
            left=self.left + cells,
            right=self.right + cells,
        )


_KEPT_PARAGRAPHS: Final = 2048


class Composer:
    """Sets runs of text into lines with the faces of one font book; paragraphs that come again are set once."""

    def __init__(self, book: FontBook) -> None:
        self._book = book
        self._set_paragraph = functools.lru_cache(maxsize=_KEPT_PARAGRAPHS)(self._compose)
        self._set_line = functools.lru_cache(maxsize=_KEPT_PARAGRAPHS)(self._natural)

    def paragraph(self, runs: Sequence[Run], *, measure: float = CELLS, indent: float = 0.0) -> tuple[Line, ...]:
        """Break runs into lines of ``measure`` cells, the first one shorter by ``indent``; all but the last are flush.

        A line break in the text ends the line there; the part after it starts without indent.
        """
        return self._set_paragraph(tuple(runs), measure, indent)

    def _compose(self, runs: tuple[Run, ...], measure: float, indent: float) -> tuple[Line, ...]:
        lines: list[Line] = []
        for number, part in enumerate(_split_at_breaks(runs)):
            text = _Text(part, self._book, min(_LONGEST_UNBROKEN, measure))
            first = indent if number == 0 else 0.0
            room = max(
                measure, first + max(text.advances, default=0.0)
            )  # a single character stands even where it is too wide
            lines += text.lines(_best_breaks(text, room, first), room, first)
        return tuple(lines)

    def longest_unbroken(self, runs: Sequence[Run]) -> float:
        """The width in cells of the widest stretch that no line break should part; a line break in the text parts it."""
        return max((_Text(part, self._book).longest_unbroken() for part in _split_at_breaks(runs)), default=0.0)

    def line(self, runs: Sequence[Run]) -> Line:
        """Set runs as one line at their natural width."""
        return self._set_line(tuple(runs))

    def spread(self, line: Line, width: float) -> Line:
        """A line spread evenly to ``width`` cells; a line of one character, or wider than that, stays as it is."""
        if len(line.text) <= 1 or line.width >= width:
            return line
        extra = (width - line.width) / (len(line.text) - 1)
        *pieces, last = line.pieces
        if len(last.text) > 1:
            pieces.append(last._replace(text=last.text[:-1]))
        pieces = [piece._replace(tracking=piece.tracking + extra) for piece in pieces]
        pieces.append(last._replace(text=last.text[-1]))
        return replace(line, pieces=tuple(pieces), width=width, right=line.right + width - line.width)

    def _natural(self, runs: tuple[Run, ...]) -> Line:
        text = _Text(runs, self._book)
        return text.natural_line(0, len(text.chars))


def _split_at_breaks(runs: Sequence[Run]) -> list[list[Run]]:
    if not any("\n" in run.text for run in runs):
        return [list(runs)]
    parts: list[list[Run]] = [[]]
    for run in runs:
        for number, text in enumerate(run.text.split("\n")):
            if number:
                parts.append([])
            if text:
                parts[-1].append(Run(text, run.role))
    return [part for part in parts if part]


# --- Fitting one line ---------------------------------------------------------------------------------------------------------


class _Fit(NamedTuple):
    """How a line is made flush: badness; cells spread into each gap, squeezed out of each rank, out of the edge marks."""

    badness: float
    spread: float
    squeeze: tuple[float, ...]
    start_squeeze: float
    end_squeeze: float
    available: tuple[float, ...] = (1.0,) * _RANKS


_NO_SQUEEZE: Final = (0.0,) * _RANKS
_PERFECT: Final = _Fit(0.0, 0.0, _NO_SQUEEZE, 0.0, 0.0)
_EPSILON: Final = 1e-6


def _spread_badness(slack: float, gaps: int) -> float:
    """Badness of spreading ``slack`` cells over gaps; with no gap to spread the line stays short, which is worst."""
    return (slack / gaps / _SPREAD_UNIT) ** 2 if gaps > 0 else 100.0 + 100.0 * slack


class _Text:
    """The characters of a paragraph with what the breaker needs, as prefix sums so that any line costs the same.

    ``width[i]`` is the advance of the first i characters with the blanks between meeting marks halved; ``kern[i]`` is what the
    gap before character i gave up; ``squeeze[r][i]`` is what the marks of rank r before i could still give up; ``gaps[i]`` counts
    the gaps before character i that may be spread.
    """

    def __init__(self, runs: Sequence[Run], book: FontBook, longest: float = _LONGEST_UNBROKEN) -> None:
        self.chars = "".join(run.text for run in runs)
        self._longest = longest
        roles: list[str] = []
        glyphs: list[Glyph] = []
        for run in runs:
            table = book.role(run.role)
            glyphs += [table[char] for char in run.text]
            roles += [run.role] * len(run.text)
        self.roles = roles
        self.glyphs = glyphs
        self.advances = [glyph.advance for glyph in glyphs]
        self.tops = [glyph.top if glyph.right > glyph.left else -math.inf for glyph in glyphs]
        self.bottoms = [glyph.bottom if glyph.right > glyph.left else math.inf for glyph in glyphs]
        changes: set[int] = set()
        for styles in (roles, [glyph.face for glyph in glyphs], [glyph.feature for glyph in glyphs]):
            # Most texts are of one style from end to end, which counting finds sooner than comparing neighbours.
            if styles and styles.count(styles[0]) < len(styles):
                changes.update(i for i, (one, other) in enumerate(itertools.pairwise(styles), 1) if one != other)
        self.changes = sorted(changes)
        self._measure_gaps()

    def _measure_gaps(self) -> None:
        chars, glyphs = self.chars, self.glyphs
        size = len(chars)
        self.kern = kern = [0.0] * (size + 1)
        marks = [(i, char) for i, char in enumerate(chars) if char in _MARKS]
        right: dict[int, float] = {}
        left: dict[int, float] = {}
        for i, char in marks:
            # A joined dash reaches over the edge of its cell: what it takes of the blank cannot be given up.
            if char in OPENING:
                over = max(0.0, glyphs[i - 1].right - glyphs[i - 1].advance) if i else 0.0
                left[i] = _blank(glyphs[i].left - over)
            else:
                over = max(0.0, -glyphs[i + 1].left) if i + 1 < size else 0.0
                right[i] = _blank(glyphs[i].advance - glyphs[i].right - over)
        # At an edge of a line a mark has its whole blank again, whatever it shares with its neighbour inside one.
        self.right, self.left = dict(right), dict(left)
        for i, _ in marks:
            if i + 1 < size and (i in right or i in left) and (i + 1 in right or i + 1 in left):
                if i in right:
                    kern[i + 1] = -right[i]
                    right[i] = 0.0
                elif i + 1 in left:
                    kern[i + 1] = -left[i + 1]
                    left[i + 1] = 0.0
        steps = map(float.__add__, self.advances, kern) if any(kern) else self.advances
        self.width = list(itertools.accumulate(steps, initial=0.0))
        self._inner_right, self._inner_left = right, left

    # What follows is needed to break a paragraph or to make a line flush; most texts are but a line at its natural width.

    @functools.cached_property
    def clusters(self) -> _Clusters:
        """Where lines may break, and where nothing is spread."""
        return _clusters(self.chars, self.glyphs, self._longest)

    @functools.cached_property
    def squeezable(self) -> list[list[float]]:
        """Rank of marks → what each character can give up to the next one, in cells."""
        size = len(self.chars)
        rows = [[0.0] * size for _ in range(_RANKS)]
        for i, amount in self._inner_right.items():
            if i + 1 < size:
                rows[_rank(self.chars[i])][i] += amount
        for i, amount in self._inner_left.items():
            if i > 0 and amount:
                rows[0][i - 1] += max(0.0, min(amount, _MOST_OF_ADVANCE * self.advances[i - 1] + self.kern[i]))
        return rows

    @functools.cached_property
    def squeeze(self) -> list[list[float]]:
        """The same as sums up to each character."""
        return [list(itertools.accumulate(row, initial=0.0)) for row in self.squeezable]

    @functools.cached_property
    def total_squeeze(self) -> list[float]:
        """The same over all ranks."""
        return functools.reduce(_sums, self.squeeze)

    @functools.cached_property
    def gaps(self) -> list[int]:
        """How many gaps before each character may be spread."""
        size, inside = len(self.chars), self.clusters.inside
        if not inside:
            return list(range(size + 1))
        return list(itertools.accumulate((0 if i in inside else 1 for i in range(size)), initial=0))

    def longest_unbroken(self) -> float:
        """The width in cells of the widest stretch between two breaks."""
        edges = itertools.pairwise((0, *self.clusters.breaks))
        return max((self.width[self.without_blanks(a, b)] - self.width[a] for a, b in edges), default=0.0)

    # -- one line --

    def without_blanks(self, start: int, end: int) -> int:
        """The end of a line without the blanks that hang there."""
        while end > start and self.chars[end - 1] in _BLANKS:
            end -= 1
        return end

    def short_last_line(self, start: int, width: float) -> float:
        """Badness of the paragraph's last line for being short."""
        if width <= 1.0 + _EPSILON:
            return _WIDOW_BADNESS
        if width <= 2.0 + _EPSILON and len(self.chars) - start == len("会。") and self.chars[-1] in NOT_AT_START:
            return _STRAY_BADNESS
        return 0.0

    def fit(self, start: int, end: int, room: float, *, last: bool, opens_paragraph: bool) -> _Fit:
        """The least bad way to set characters start to end on a line of ``room`` cells; infinite badness if there is none."""
        end = self.without_blanks(start, end)
        slack = room - (self.width[end] - self.width[start] - self.kern[start])
        if -_EPSILON < slack < _EPSILON or (last and slack >= 0):
            return _PERFECT
        at_start = 0.0 if opens_paragraph else self.left.get(start, 0.0)
        at_end = self.right.get(end - 1, 0.0)
        best = self._flush(start, end, slack, 0.0, 0.0)
        for start_squeeze, end_squeeze in ((0.0, at_end), (at_start, 0.0), (at_start, at_end)):
            if start_squeeze or end_squeeze:
                fit = self._flush(start, end, slack, start_squeeze, end_squeeze)
                if fit.badness < best.badness:
                    best = fit
        return best

    def _flush(self, start: int, end: int, slack: float, at_start: float, at_end: float) -> _Fit:
        slack += at_start + at_end
        badness = _EDGE_BADNESS * ((at_start > 0) + (at_end > 0))
        if slack >= -_EPSILON:
            gaps = self.gaps[end] - self.gaps[start + 1] if end > start else 0
            spread = max(0.0, slack) / gaps if gaps > 0 else 0.0
            return _Fit(badness + _spread_badness(slack, gaps), spread, _NO_SQUEEZE, at_start, at_end)
        # A mark at the very end has nothing after it to come nearer; its own half is at_end.
        available = tuple(row[end - 1] - row[start] for row in self.squeeze)
        needed = -slack
        taken = [0.0] * _RANKS
        for rank, stock in enumerate(available):
            if needed <= _EPSILON:
                break
            if stock > 0:
                taken[rank] = min(stock, needed)
                needed -= taken[rank]
                badness += taken[rank] * _SQUEEZE_BADNESS[rank] * (1 + _FULL_SQUEEZE * taken[rank] / stock)
        if needed > _EPSILON:
            return _Fit(math.inf, 0.0, _NO_SQUEEZE, at_start, at_end)
        return _Fit(badness, 0.0, tuple(taken), at_start, at_end, tuple(stock or 1.0 for stock in available))

    def lines(self, breaks: Sequence[int], measure: float, indent: float) -> list[Line]:
        result = []
        for number, (start, end) in enumerate(itertools.pairwise(breaks)):
            room = measure - (indent if number == 0 else 0.0)
            last = end == len(self.chars)
            fit = self.fit(start, end, room, last=last, opens_paragraph=number == 0)
            result.append(self._set(start, end, fit))
        return result

    def natural_line(self, start: int, end: int) -> Line:
        """Characters start to end as one line, neither spread nor squeezed."""
        return self._set(start, end, _Fit(0.0, 0.0, (0.0,) * _RANKS, 0.0, 0.0))

    def _set(self, start: int, end: int, fit: _Fit) -> Line:
        plain = not (fit.spread or fit.end_squeeze or any(fit.squeeze)) and not any(self.kern[start + 1 : end])
        tracking = None if plain else self._tracking(start, end, fit)
        cuts = self.changes[bisect_right(self.changes, start) : bisect_left(self.changes, end)]
        if tracking is not None:
            turns = (i for i in range(start + 1, end) if tracking[i - start] != tracking[i - start - 1])
            cuts = sorted({*cuts, *turns})
        pieces = []
        for first, last in itertools.pairwise((start, *cuts, end) if end > start else ()):
            glyph = self.glyphs[first]
            extra = tracking[first - start] if tracking is not None else 0.0
            pieces.append(Piece(self.chars[first:last], self.roles[first], glyph.face, extra, glyph.feature))
        return self._with_bounds(tuple(pieces), start, end, tracking, 0.0 - fit.start_squeeze)

    def _tracking(self, start: int, end: int, fit: _Fit) -> list[float]:
        visible = self.without_blanks(start, end)
        extras = self.kern[start + 1 : visible]
        if fit.spread:
            inside = self.clusters.inside
            extras = [kern + (0.0 if i in inside else fit.spread) for i, kern in enumerate(extras, start + 1)]
        for rank, (amount, total) in enumerate(zip(fit.squeeze, fit.available, strict=True)):
            if amount:
                row = self.squeezable[rank]
                share = amount / total
                extras = [extra - most * share for extra, most in zip(extras, row[start:], strict=False)]
        if visible > start:
            # Tracking after the last character is beyond the edge; with it the whole line is one piece.
            extras = [*extras, -fit.end_squeeze or fit.spread]
        tracking = [round(extra, 5) + 0.0 for extra in extras]
        tracking += [0.0] * (end - visible)
        return tracking

    def _with_bounds(
        self, pieces: tuple[Piece, ...], start: int, end: int, tracking: list[float] | None, shift: float
    ) -> Line:
        glyphs = self.glyphs
        visible = self.without_blanks(start, end)
        if tracking is None:
            origin = self.width[start] + self.kern[start] - shift
            edges = [at - origin for at in self.width[start : end + 1]]
            edges[0] = shift
        else:
            steps = map(float.__add__, self.advances[start:end], tracking)
            edges = list(itertools.accumulate(steps, initial=shift))
        after = tracking[visible - start - 1] if tracking is not None and visible > start else 0.0
        width = edges[visible - start] - max(0.0, after)
        first = next((i for i in range(start, end) if glyphs[i].right > glyphs[i].left), None)
        if first is None:
            return Line(pieces, width, shift)
        last = next(i for i in range(end - 1, start - 1, -1) if glyphs[i].right > glyphs[i].left)
        return Line(
            pieces,
            width,
            shift,
            left=edges[first - start] + glyphs[first].left,
            right=edges[last - start] + glyphs[last].right,
            top=max(self.tops[start:end]),
            bottom=min(self.bottoms[start:end]),
        )


_MARKS: Final = OPENING | CLOSING | PAUSES | STOPS
_BLANKS: Final = " \u3000"
_NEVER_FIRST: Final = NOT_AT_START.union(_BLANKS)
_PERHAPS_LAST: Final = NOT_AT_END.union(_BLANKS)


def _sums(one: list[float], other: list[float]) -> list[float]:
    return list(map(float.__add__, one, other))


def _rank(char: str) -> int:
    return 0 if char in CLOSING or char in OPENING else 1 if char in PAUSES else 2


def _blank(beside: float) -> float:
    """What a mark can give up on one side, from the blank that its own outline leaves there."""
    return max(
        0.0, min(MARK_SQUEEZE, round(beside - _CLEARANCE, 3)) if beside < MARK_SQUEEZE + _CLEARANCE else MARK_SQUEEZE
    )


@dataclass(frozen=True, slots=True)
class _Clusters:
    """``inside``: offsets before which no spreading happens; ``breaks``: offsets at which a line may start, with the end.

    ``forced`` are the breaks that no rule allows, for stretches that hold no other.
    """

    inside: frozenset[int]
    breaks: list[int]
    forced: frozenset[int]


def _clusters(chars: str, glyphs: Sequence[Glyph], longest: float) -> _Clusters:
    unbreakable: set[int] = set()
    inside: set[int] = set()
    for match in _CLUSTER.finditer(chars):
        start, end = match.span()
        token = match.group()
        if len(token) == 1 or (token.isascii() and not _WORD.search(token)):
            continue
        interior = range(start + 1, end)
        # Digits and letters are spread with the line, by a hair and evenly; only a dash must stay one stroke.
        inside.update(i for i in interior if chars[i] == "—")
        width = sum(glyph.advance for glyph in glyphs[start:end])
        if width <= _LONG_CLUSTER:
            unbreakable.update(interior)
        else:
            # An address longer than that breaks after / . - and the like, and anywhere if it has none of them.
            soft = {start + found.start() for found in _URL_BREAK.finditer(token)}
            if _longest_part(soft, start, end, glyphs) <= _LONG_CLUSTER:
                unbreakable.update(i for i in interior if i not in soft)
    breaks = [
        i
        for i in range(1, len(chars))
        if i not in unbreakable
        and chars[i] not in _NEVER_FIRST
        and (chars[i - 1] not in _PERHAPS_LAST or _may_break(chars, i))
    ]
    breaks.append(len(chars))
    relieved = _relieve(breaks, chars, glyphs, longest)
    return _Clusters(frozenset(inside), relieved, frozenset(relieved).difference(breaks))


def _longest_part(soft: set[int], start: int, end: int, glyphs: Sequence[Glyph]) -> float:
    edges = [start, *sorted(soft), end]
    return max(sum(glyph.advance for glyph in glyphs[a:b]) for a, b in itertools.pairwise(edges))


def _may_break(chars: str, position: int) -> bool:
    """Whether both edges may stand where they would: a blank hangs at a line's end, so the mark before it ends the line."""
    if chars[position] in NOT_AT_START or chars[position] in _BLANKS:
        return False
    before = position - 1
    while before > 0 and chars[before] in _BLANKS:
        before -= 1
    return chars[before] not in NOT_AT_END


def _relieve(breaks: list[int], chars: str, glyphs: Sequence[Glyph], longest: float) -> list[int]:
    """Where more than ``longest`` cells hold no break at all, allow one where the edge rules still hold, else anywhere."""
    relieved: list[int] = []
    previous = 0
    for position in breaks:
        if position - previous > 1 and _advance(glyphs[previous:position]) > longest + _EPSILON:
            width, since = 0.0, previous
            for i in range(previous, position):
                width += glyphs[i].advance
                if width > longest + _EPSILON and i > since:
                    lawful = [k for k in range(since + 1, i + 1) if _may_break(chars, k)]
                    fits = lawful and _advance(glyphs[lawful[-1] : i + 1]) <= longest + _EPSILON
                    since = lawful[-1] if fits else i
                    relieved.append(since)
                    width = _advance(glyphs[since : i + 1])
        relieved.append(position)
        previous = position
    return relieved


def _advance(glyphs: Sequence[Glyph]) -> float:
    return sum(glyph.advance for glyph in glyphs)


# --- Breaking a paragraph -----------------------------------------------------------------------------------------------------


def _best_breaks(text: _Text, measure: float, indent: float) -> list[int]:
    """Offsets at which lines start, with 0 and the end: the breaks of least total badness.

    Most paragraphs break almost without badness, so beginnings worse than a limit are first left aside; an end that is reached
    below the limit is the best of all.
    """
    if not text.chars:
        return [0]
    for limit in _LIMITS:
        breaks = _breaks_below(limit, text, measure, indent)
        if breaks is not None:
            return breaks
    raise AssertionError  # without a limit a line can always end somewhere


def _breaks_below(limit: float, text: _Text, measure: float, indent: float) -> list[int] | None:
    """The best breaks, if their total badness is below the limit."""
    size = len(text.chars)
    breaks = text.clusters.breaks
    ends = breaks if frozenset(_BLANKS).isdisjoint(text.chars) else [text.without_blanks(0, i) for i in breaks]
    widths = [text.width[i] for i in ends]
    squeeze, gaps, forced = text.total_squeeze, text.gaps, text.clusters.forced
    best: dict[int, tuple[float, int]] = {0: (0.0, -1)}
    for start in (0, *breaks[:-1]):
        if start not in best or (badness := best[start][0]) > limit:
            continue
        room = measure - (indent if start == 0 else 0.0)
        base = text.width[start] + text.kern[start]
        at_start = text.left.get(start, 0.0) if start else 0.0
        taken = False
        for k in range(bisect_right(widths, base + room + _MAX_SQUEEZE) - 1, bisect_right(breaks, start) - 1, -1):
            end = breaks[k]
            if end in best and best[end][0] <= badness:
                taken = True
                continue
            slack = room - (widths[k] - base)
            if slack < -_EPSILON:
                edges = at_start + text.right.get(end - 1, 0.0)
                if -slack > squeeze[end] - squeeze[start] + edges + _EPSILON:
                    continue
                cost = badness + text.fit(start, end, room, last=end == size, opens_paragraph=start == 0).badness
            elif end == size:
                cost = badness + (text.short_last_line(start, widths[k] - base) if start else 0.0)
            elif slack > _MAX_SPREAD and taken:
                break
            else:
                cost = badness + _spread_badness(slack, gaps[ends[k]] - gaps[start + 1])
            if end in forced:
                cost += _FORCED_BADNESS
            if cost < math.inf:
                taken = True
                if end not in best or cost < best[end][0] - _EPSILON:
                    best[end] = (cost, start)
    if size not in best or best[size][0] > limit:
        return None
    path = [size]
    while path[-1] > 0:
        path.append(best[path[-1]][1])
    return path[::-1]

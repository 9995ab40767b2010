"""Suppression: comments in a draft that take back a finding at their place, each by its code.

    title: 关于某事的通知  # gongwen: ignore[GW222]
    # 公文：忽略[GW801]
    - 整段照录原文。

What a comment stands for is said in `reading.comments`; one before the first key stands for what concerns the file as a whole, too.
Nothing is taken back without its code, and a binding check (`Check.is_binding`) not at all. A code that took nothing back is told.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from gongwen.checks import Checks
from gongwen.diagnostics import DOUBTFUL, Check, Diagnostic
from gongwen.expressions import expression
from gongwen.reading.comments import Comment
from gongwen.reading.faults import Place
from gongwen.reading.lines import Lines, line_start
from gongwen.source import Source

UNUSED_SUPPRESSION = Check(
    "GW950",
    "unused-suppression",
    DOUBTFUL,
    what="注释里要忽略的检查项，在那里确有发现。",
    why="稿件改好以后，留下的忽略注释会盖住以后的差错。",
    wrong="title: 关于做好防汛工作的通知  # gongwen: ignore[GW222]",
    right="title: 关于做好防汛工作的通知",
)
UNKNOWN_SUPPRESSION = Check(
    "GW951",
    "unknown-suppression",
    DOUBTFUL,
    what="忽略注释写明检查项的代码，如 # gongwen: ignore[GW222]，代码没有写错，“#”前面空一格。",
    why="没有写代码，或者代码写错了的注释不起作用；“#”前面没有空格的不是注释，会排印出来。",
    wrong="title: 关于做好防汛工作的通知  # gongwen: ignore",
    right="title: 关于做好防汛工作的通知",
)
BINDING_SUPPRESSION = Check(
    "GW952",
    "binding-suppression",
    DOUBTFUL,
    what="忽略注释不用于读不懂稿件、无法继续的错误。",
    why="有了这样的错误，程序排不出版面；不说出来，就只剩一份没有生成的稿件。",
    wrong="title: 关于做好防汛工作的通知  # gongwen: ignore[GW101]",
    right="title: 关于做好防汛工作的通知",
)

_FORM: Final = "写成 # gongwen: ignore[GW222]，几个代码用逗号隔开"
_LOOK_UP: Final = "用 gongwen rule --all 查代码"
# Each run of signs and blanks is read once: a line of megabytes takes no quadratic time.
_SIGN: Final = expression(r"(?<!#)#++[ \t]*+(?:gongwen|公文)[ \t]*[:：][ \t]*(?P<word>忽略|[A-Za-z]+)", re.IGNORECASE)
_LIST: Final = expression(r"[ \t]*[\[［【](?P<codes>[^\[\]［］【】#]*)[\]］】]")
_LEAD: Final = expression(r"[ \t]*(?:$|[\[［【(（]|GW)", re.IGNORECASE)
_CODE: Final = expression(r"[^\s,，、;；]+")
_WORDS: Final = ("ignore", "忽略")
_QUOTES: Final = ("'", '"')
_CLOSE: Final = 0.75
_REST: Final = expression(r"[ \t]*(?=#)")


class Suppression(NamedTuple):
    """One code of a comment: its check, the stretches of the file where it holds, and what is deleted to take it out of the comment."""

    file: str
    check: Check
    holds: tuple[Place, ...]
    whole_file: bool
    place: Place


class _Stretch(NamedTuple):
    """A stretch of a file, and which suppressions of a check hold there; ``reach`` is how far those up to it hold."""

    start: int
    end: int
    reach: int
    several: tuple[Suppression, ...]


class _Index:
    """Suppressions by file, check and place: thousands of them, and of findings, are matched without trying each with each."""

    def __init__(self, suppressions: Iterable[Suppression]) -> None:
        places: dict[tuple[str, str], dict[Place, list[Suppression]]] = {}
        self._whole: dict[tuple[str, str], list[Suppression]] = {}
        for one in suppressions:
            key = (one.file, one.check.code)
            if one.whole_file:
                self._whole.setdefault(key, []).append(one)
            for place in one.holds:
                places.setdefault(key, {}).setdefault(place, []).append(one)
        self._stretches: dict[tuple[str, str], list[_Stretch]] = {}
        for key, found in places.items():
            reach = 0
            for start, end in sorted(found):
                reach = max(reach, end)
                stretch = _Stretch(start, end, reach, tuple(found[start, end]))
                self._stretches.setdefault(key, []).append(stretch)

    def covering(self, diagnostic: Diagnostic) -> list[Sequence[Suppression]]:
        """Those that a diagnostic lies under, together where they hold at the same place."""
        key = (diagnostic.file, diagnostic.check.code)
        if diagnostic.span is None:
            return [whole] if (whole := self._whole.get(key)) else []
        at = diagnostic.span.start.offset
        stretches = self._stretches.get(key, [])
        found: list[Sequence[Suppression]] = []
        for index in range(bisect_right(stretches, at, key=lambda one: one.start) - 1, -1, -1):
            if stretches[index].reach < at:
                break
            if at <= stretches[index].end:
                found.append(stretches[index].several)
        return found


@dataclass(frozen=True)
class Suppressions:
    """What the comments of some files take back, and what is wrong with those comments."""

    all: tuple[Suppression, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    def left(self, diagnostics: Iterable[Diagnostic]) -> tuple[list[Diagnostic], set[Suppression]]:
        """The diagnostics that no comment takes back, and what took back the others."""
        kept: list[Diagnostic] = []
        used: set[Suppression] = set()
        seen: set[int] = set()
        index = _Index(self.all)
        for one in diagnostics:
            covering = [] if one.check.is_binding else index.covering(one)
            for several in covering:
                if id(several) not in seen:
                    seen.add(id(several))
                    used.update(several)
            if not covering:
                kept.append(one)
        return kept, used

    def unused(
        self, used: Collection[Suppression], looked_for: Collection[Check], source: Source
    ) -> Iterator[Diagnostic]:
        """The codes in a draft that took nothing back, of the checks that were looked for.

        What stands in a file that drafts enclose is never called so: another draft that encloses it may need it.
        """
        lines = Lines(source.text)
        for one in self.all:
            if one.file != source.name or one in used or one.check not in looked_for:
                continue
            message = f"这里没有 {one.check.code}（{one.check.name}）可忽略"
            span = lines.span(*one.place)
            yield Diagnostic(
                UNUSED_SUPPRESSION,
                message,
                one.file,
                span,
                hint="删去这个代码；注释里只有它的，删去注释",
                replacement="",
            )


NOTHING: Final = Suppressions()


def read(sources: Iterable[Source], known: Callable[[], Checks]) -> Suppressions:
    """The suppressions in the comments of some files; a file that stands there twice is read once.

    ``known`` gives the checks, and is asked only where there is such a comment.
    """
    found: list[Suppression] = []
    wrong: list[Diagnostic] = []
    for source in {source.name: source for source in sources}.values():
        if _SIGN.search(source.text) is None:
            continue
        reader = _Reader(source, known())
        for comment in source.comments:
            reader.read(comment)
        reader.read_text()
        found += reader.found
        wrong += reader.wrong
    return Suppressions(tuple(found), tuple(wrong)) if found or wrong else NOTHING


class _Reader:
    """Reads the comments of one file; ``found`` and ``wrong`` grow."""

    def __init__(self, source: Source, checks: Checks) -> None:
        self._source = source
        self._checks = checks
        self._lines = Lines(source.text)
        self.found: list[Suppression] = []
        self.wrong: list[Diagnostic] = []

    def read(self, comment: Comment) -> None:
        text = self._source.text[comment.start : comment.end]
        sign = _SIGN.match(text)
        if sign is None or not _is_meant(sign, text):
            return
        codes = _LIST.match(text, sign.end())
        if codes is None or sign["word"].lower() not in _WORDS:
            self._wrong(UNKNOWN_SUPPRESSION, "忽略注释的写法不对", comment, (0, len(text.rstrip())), _FORM)
            return
        given = list(_CODE.finditer(text, *codes.span("codes")))
        if not given:
            self._wrong(UNKNOWN_SUPPRESSION, "忽略注释没有写代码", comment, (0, codes.end()), _FORM)
        places = [match.span() for match in given]
        for index, match in enumerate(given):
            check = self._checks.find(match[0])
            if check is None:
                near = self._checks.meant(match[0])
                hint = _LOOK_UP if near is None else f"是不是“{near}”？"
                self._wrong(UNKNOWN_SUPPRESSION, f"没有“{match[0]}”这一检查项", comment, match.span(), hint)
            elif check.is_binding:
                message = f"{check.code} 不能忽略：有这样的错误，程序无法继续"
                self._wrong(BINDING_SUPPRESSION, message, comment, match.span(), "改正稿件，删去这个代码")
            else:
                place = self._removal(comment, places, index, codes.end())
                self.found.append(Suppression(self._source.name, check, comment.holds, comment.leads, place))

    def read_text(self) -> None:
        """Find what is written as a comment of this kind, but stands in a text and would be set with it."""
        text = self._source.text
        for sign in _SIGN.finditer(text):
            codes = _LIST.match(text, sign.end())
            if codes is None or (found := self._source.scalar_at((sign.start(), codes.end()))) is None:
                continue
            if found[0].style in _QUOTES:
                continue
            hint = "移到键或列表项的上一行" if found[0].style else "在“#”前面空一格"
            span = self._lines.span(sign.start(), codes.end())
            message = "这里的“#”是正文，不是注释，会排印出来"
            self.wrong.append(Diagnostic(UNKNOWN_SUPPRESSION, message, self._source.name, span, hint=hint))

    def _wrong(self, check: Check, message: str, comment: Comment, place: Place, hint: str) -> None:
        span = self._lines.span(comment.start + place[0], comment.start + place[1])
        self.wrong.append(Diagnostic(check, message, self._source.name, span, hint=hint))

    def _removal(self, comment: Comment, codes: list[Place], index: int, close: int) -> Place:
        """What is deleted with a code: the comma beside it, or with the only code all of the comment that belongs to it."""
        base = comment.start
        if len(codes) > 1:
            is_last = index == len(codes) - 1
            start = codes[index - 1][1] if is_last else codes[index][0]
            end = codes[index][1] if is_last else codes[index + 1][0]
            return base + start, base + end
        text = self._source.text
        if rest := _REST.match(text, base + close, comment.end):
            return base, rest.end()
        if comment.is_alone:
            return line_start(text, base), min(comment.end + 1, len(text))
        blanks = re.search(r"[ \t]*\Z", text[line_start(text, base) : base])
        return base - (len(blanks[0]) if blanks else 0), comment.end


def _is_meant(sign: re.Match[str], text: str) -> bool:
    """Whether a comment is meant to take something back, rightly written or not, rather than to say something."""
    word = sign["word"].lower()
    is_near = word in _WORDS or difflib.SequenceMatcher(None, word, _WORDS[0]).ratio() >= _CLOSE
    return is_near and _LEAD.match(text, sign.end()) is not None

"""Rules over many drafts: what only a reader finds who has all of them on the table.

Numbers are compared as numbers, with their code and year, so that drafts of several organs or projects never meet. What asks whether
a draft is *missing* looks only at drafts that were found in folders: single files say nothing of those beside them.
"""

from __future__ import annotations

import bisect
import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from gongwen.authority import PRACTICE, must
from gongwen.chinese import format_date
from gongwen.diagnostics import Check, Diagnostic, Span
from gongwen.register.entry import Entry, real
from gongwen.register.serials import Serial
from gongwen.register.unused import UNUSED_FILE, unused_files
from gongwen.rules import Wants, everything

DUPLICATE_NUMBER = Check(
    "GW901",
    "duplicate-number",
    must("GB/T 9704 7.2.5"),
    what="同一机关代字、同一年份的发文顺序号，一号只用于一件公文。",
    why="发文字号由机关代字、年份和发文顺序号组成，靠顺序号区分各件公文（GB/T 9704 7.2.5，条例第九条（五））；重号的公文登记、引用、归档都会出错。",
    wrong="""\
# 甲.yaml
number: 云工发〔2026〕18号
title: 云州市总工会关于开展夏季送清凉活动的通知
# 乙.yaml
number: 云工发〔2026〕18号
title: 云州市总工会关于召开全委会的通知
""",
    right="""\
# 甲.yaml
number: 云工发〔2026〕18号
title: 云州市总工会关于开展夏季送清凉活动的通知
# 乙.yaml
number: 云工发〔2026〕19号
title: 云州市总工会关于召开全委会的通知
""",
)
NUMBER_GAP = Check(
    "GW902",
    "number-gap",
    PRACTICE,
    what="一个文件夹里同一机关代字、同一年份的发文顺序号前后相连。",
    why="顺序号按发文先后连续编，中间缺号，多半是漏了稿件或者编错了号。缺的比有的多时不提示：那样的文件夹只放了一部分公文。",
    wrong="""\
# 甲.yaml
number: 云工发〔2026〕11号
# 乙.yaml
number: 云工发〔2026〕13号
""",
    right="""\
# 甲.yaml
number: 云工发〔2026〕11号
# 乙.yaml
number: 云工发〔2026〕12号
""",
)
TWO_DATES = Check(
    "GW903",
    "two-dates",
    must("GB/T 9704 7.3.5.4"),
    what="同一件公文（发文字号、标题都相同）的各份稿件，成文日期一致。",
    why="一件公文只有一个成文日期，即会议通过或者负责人签发的日期（条例第九条（十二））；两份稿件的日期不同，必有一份是旧的或者写错了。",
    wrong="""\
# 甲.yaml
number: 云工发〔2026〕18号
date: 2026-06-22
# 甲（修改）.yaml
number: 云工发〔2026〕18号
date: 2026-06-23
""",
    right="""\
# 甲.yaml
number: 云工发〔2026〕18号
date: 2026-06-23
""",
)
NUMBERS_AND_DATES = Check(
    "GW904",
    "numbers-and-dates",
    PRACTICE,
    what="同一机关代字、同一年份的公文，顺序号在前的成文日期也在前。",
    why="顺序号按发文先后编，成文日期随之先后；颠倒不超过30天的不提示，因为签发和编号之间可以隔些日子。",
    wrong="""\
# 甲.yaml
number: 云工发〔2026〕11号
date: 2026-05-20
# 乙.yaml
number: 云工发〔2026〕12号
date: 2026-03-01
""",
    right="""\
# 甲.yaml
number: 云工发〔2026〕11号
date: 2026-05-20
# 乙.yaml
number: 云工发〔2026〕12号
date: 2026-05-21
""",
)
REQUEST_NOT_THERE = Check(
    "GW905",
    "request-not-there",
    PRACTICE,
    what="批复所引的请示，文件夹里有同一代字、同一年份的请示时，也应当找得到。",
    why="批复答复的是一件确定的请示；放着这一机关当年的请示而没有所引的那一件，多半是文号引错了，或者漏了那件请示。",
    wrong="""\
# 请示.yaml
kind: 请示
number: 云交〔2026〕33号
# 批复.yaml
kind: 批复
body:
  - 你局《关于云水大桥加固的请示》（云交〔2026〕32号）收悉。现批复如下。
""",
    right="""\
# 请示.yaml
kind: 请示
number: 云交〔2026〕33号
# 批复.yaml
kind: 批复
body:
  - 你局《关于云水大桥加固的请示》（云交〔2026〕33号）收悉。现批复如下。
""",
)
SAME_DOCUMENT = Check(
    "GW907",
    "same-document",
    PRACTICE,
    what="一件公文只有一份稿件：发文机关、标题、成文日期都相同的稿件不并存。",
    why="两份稿件并存，改了一份容易忘了另一份，登记时也会算成两件。发文字号和正文都不同的是两件公文，不提示。",
    wrong="""\
# 甲.yaml
title: 云州市总工会关于开展夏季送清凉活动的通知
date: 2026-06-22
# 甲（未编号）.yaml
number: 待定
title: 云州市总工会关于开展夏季送清凉活动的通知
date: 2026-06-22
""",
    right="""\
# 甲.yaml
title: 云州市总工会关于开展夏季送清凉活动的通知
date: 2026-06-22
""",
)

SLACK: Final = datetime.timedelta(days=30)
"""How far dates may run against their numbers: a document is signed on one day and numbered on another."""
_REQUEST: Final = "请示"
_LISTED: Final = 3


@dataclass(frozen=True, slots=True)
class Run:
    """The drafts of a run, in its order; the folders among its arguments, and the drafts that were found in those."""

    entries: tuple[Entry, ...]
    folders: tuple[Path, ...]
    inside: tuple[Entry, ...]

    @classmethod
    def of(cls, entries: Iterable[Entry | None], paths: Iterable[Path]) -> Run:
        """The run of the drafts that were found at the paths of a command; a file that was found by two paths is one draft."""
        folders = tuple(path for path in paths if path.is_dir())
        roots = [real(folder) for folder in folders]
        places: dict[Path, Entry] = {}
        for entry in entries:
            if entry is not None:
                places.setdefault(real(entry.path), entry)
        inside = (entry for place, entry in places.items() if any(map(place.is_relative_to, roots)))
        return cls(tuple(places.values()), folders, tuple(inside))


def check(run: Run, wants: Wants = everything) -> Iterator[Diagnostic]:
    """Findings that come from comparing drafts, each at its place in one of them."""
    for rule in RULES:
        yield from (one for one in rule(run) if wants(one.check))


def _same_numbers(run: Run) -> Iterator[Diagnostic]:
    """GW901, GW903: a number is used once; where it is one document in two files, it has one date."""
    for serial, entries in _by_serial(run.entries).items():
        first, *others = entries
        for other in others:
            if _same_title(first, other) and first.date and other.date and first.date != other.date:
                yield _found(
                    TWO_DATES,
                    other,
                    other.date_at,
                    f"“{serial}”有两个成文日期：这里是{format_date(other.date)}，{_place(first, first.date_at)} 是{format_date(first.date)}",
                    "核对成文日期；同一件公文只留一份稿件",
                )
            else:
                yield _found(
                    DUPLICATE_NUMBER,
                    other,
                    other.number_at,
                    f"发文字号“{serial}”重复：{first.place} 也用了这一号",
                    "核对发文登记，改正其中一个；同一件公文只留一份稿件",
                )


def _same_documents(run: Run) -> Iterator[Diagnostic]:
    """GW907: one document in two files whose numbers do not tell."""
    groups: dict[object, list[Entry]] = defaultdict(list)
    for entry in run.entries:
        if entry.title and entry.date and entry.issuers:
            groups[entry.title, entry.date, entry.issuers].append(entry)
    for first, *others in groups.values():
        for other in others:
            if first.serial is not None and first.serial == other.serial:
                continue  # told already
            if first.number and other.number and (not first.text or first.text != other.text):
                continue  # two documents with one title, as those on appointments
            yield _found(
                SAME_DOCUMENT,
                other,
                other.title_at,
                f"发文机关、标题和成文日期都与 {_place(first, first.title_at)} 相同",
                "同一件公文只留一份稿件；不是同一件的，核对标题和日期",
            )


def _gaps(run: Run) -> Iterator[Diagnostic]:
    """GW902: numbers of a code and year follow one another in the folders."""
    everywhere = _by_serial(run.entries)
    for (code, year), serials in _series(run.inside).items():
        gaps = [
            (
                before,
                [n for n in range(before.serial + 1, after.serial) if Serial(code, year, n) not in everywhere],
                after,
            )
            for before, after in pairwise(serials)
        ]
        missing = sum(len(numbers) for _, numbers, _ in gaps)
        if missing > len(serials) or missing <= sum(_may_have(entry, code, year) for entry in run.entries):
            continue
        for before, numbers, after in gaps:
            if numbers:
                entry = everywhere[after][0]
                yield _found(
                    NUMBER_GAP,
                    entry,
                    entry.number_at,
                    f"“{code}〔{year}〕”的顺序号不连续：{before.serial}号（{everywhere[before][0].place}）之后缺{_listed(numbers)}",
                    "补上缺的稿件，或者核对编号；已经作废的号在发文登记里注明",
                )


def _order(run: Run) -> Iterator[Diagnostic]:
    """GW904: dates run as the numbers do. What stands outside the longest run of dates that do is at fault, not its neighbours."""
    everywhere = _by_serial(run.entries)
    for serials in _series(run.entries).values():
        dated = [(entry, date) for serial in serials if (date := (entry := everywhere[serial][0]).date) is not None]
        kept = _longest_run([date for _, date in dated])
        for index, (entry, date) in enumerate(dated):
            if index in kept:
                continue
            before = max((one for one in kept if one < index), default=None)
            after = min((one for one in kept if one > index), default=None)
            if before is not None and dated[before][1] - date > SLACK:
                yield _out_of_order(entry, date, *dated[before], "早", "前面")
            elif after is not None and date - dated[after][1] > SLACK:
                yield _out_of_order(entry, date, *dated[after], "晚", "后面")


def _out_of_order(
    entry: Entry, date: datetime.date, other: Entry, others: datetime.date, than: str, where: str
) -> Diagnostic:
    return _found(
        NUMBERS_AND_DATES,
        entry,
        entry.date_at,
        f"成文日期{format_date(date)}比{where}的“{other.serial}”（{_place(other, other.date_at)}，{format_date(others)}）{than}",
        "核对成文日期和发文字号",
    )


def _requests(run: Run) -> Iterator[Diagnostic]:
    """GW905: the request that a reply cites is there, where requests of its code and year are."""
    everywhere = _by_serial(run.entries)
    if any(entry.is_nameless for entry in run.entries):
        return  # one of them may be it
    inside = run.inside
    held = {(one.serial.code, one.serial.year) for one in inside if one.kind == _REQUEST and one.serial is not None}
    for entry in inside:
        for citation in entry.requests:
            serial = citation.serial
            if (serial.code, serial.year) in held and serial not in everywhere:
                yield _found(
                    REQUEST_NOT_THERE,
                    entry,
                    citation.span,
                    f"文件夹里没有所引的请示“{serial}”，同一代字、同一年份的其他请示有",
                    "核对所引请示的发文字号；没有引错的，补上那件请示",
                )


def _unused(run: Run) -> Iterator[Diagnostic]:
    """GW906: every file that lies ready is named by a draft."""
    for name in unused_files(run.entries, run.folders):
        yield Diagnostic(
            UNUSED_FILE, "没有稿件引用这个文件", name, hint="写进稿件的附件、印发件、图或者表格；不用了就移出文件夹"
        )


RULES: Final[tuple[Callable[[Run], Iterator[Diagnostic]], ...]] = (
    _same_numbers,
    _same_documents,
    _gaps,
    _order,
    _requests,
    _unused,
)
"""The rules over many drafts."""


# --- Parts of the rules -------------------------------------------------------------------------------------------------------


def _by_serial(entries: Sequence[Entry]) -> dict[Serial, list[Entry]]:
    found: dict[Serial, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.serial is not None:
            found[entry.serial].append(entry)
    return dict(found)


def _series(entries: Sequence[Entry]) -> dict[tuple[str, int], list[Serial]]:
    """Code and year → its numbers, in their order, each once."""
    found: dict[tuple[str, int], set[Serial]] = defaultdict(set)
    for entry in entries:
        if entry.serial is not None:
            found[entry.serial.code, entry.serial.year].add(entry.serial)
    return {key: sorted(serials) for key, serials in found.items()}


def _longest_run(dates: Sequence[datetime.date]) -> set[int]:
    """The indexes of a longest part of the dates that never runs backwards."""
    ends: list[datetime.date] = []
    last: list[int] = []
    before: list[int | None] = []
    for index, date in enumerate(dates):
        place = bisect.bisect_right(ends, date)
        before.append(last[place - 1] if place else None)
        ends[place:] = [date, *ends[place + 1 :]]
        last[place:] = [index, *last[place + 1 :]]
    found: set[int] = set()
    index_: int | None = last[-1] if last else None
    while index_ is not None:
        found.add(index_)
        index_ = before[index_]
    return found


def _may_have(entry: Entry, code: str, year: int) -> bool:
    """Whether a draft may have a number of the code and year that cannot be told: it is not given yet, misspelled or not read."""
    if entry.kept is not None:
        return entry.kept.code == code and entry.kept.year in (year, None)
    return entry.is_nameless or (entry.serial is None and (entry.number or "").startswith(code))


def _listed(numbers: Sequence[int]) -> str:
    if len(numbers) <= _LISTED:
        return "、".join(f"{number}号" for number in numbers)
    return f"{numbers[0]}号至{numbers[-1]}号中的{len(numbers)}个号"


def _same_title(one: Entry, other: Entry) -> bool:
    return one.title is not None and other.title is not None and one.title.split() == other.title.split()


def _place(entry: Entry, span: Span | None) -> str:
    return entry.name if span is None else f"{entry.name}:{span.start.line}"


def _found(check: Check, entry: Entry, span: Span | None, message: str, hint: str) -> Diagnostic:
    return Diagnostic(check, message, entry.name, span, hint)

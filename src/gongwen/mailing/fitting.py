"""A draft and a sheet together: which rows can fill the draft, and what keeps the others from it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from gongwen.diagnostics import BLOCKING, DOUBTFUL, Check, Diagnostic
from gongwen.mailing.sheet import FILE_NAMES, NAME_FORM, Mailing, Row, rows_named
from gongwen.reading.characters import HIDDEN, hidden, quote
from gongwen.reading.faults import Place
from gongwen.source import Source

UNKNOWN_FIELD = Check(
    "GW121",
    "unknown-field",
    BLOCKING,
    what="稿件里的空，名称都是名单的列名，用半角花括号括起来，里面不留空格。",
    why="填不上的空，印出来就是花括号。",
    wrong="""\
# 名单.csv 的列名是“姓名,单位”，稿件写了：
# addressees: '{单位名}'
""",
    right="""\
# 名单.csv 的列名是“姓名,单位”，稿件写了：
# addressees: '{单位}'
""",
)
UNUSED_COLUMN = Check(
    "GW122",
    "unused-column",
    DOUBTFUL,
    what="名单的各列在稿件里都有空。",
    why="没有用到的列，可能是稿件漏了一处空，也可能是拿错了名单。",
    wrong="""\
# 名单.csv 的列名是“姓名,单位,职务”，稿件里只有：
# addressees: '{单位}'
# body: ['请{姓名}同志出席。']
""",
    right="""\
# 名单.csv 的列名是“姓名,单位,职务”，稿件里有：
# addressees: '{单位}'
# body: ['请{职务}{姓名}同志出席。']
""",
)
NOTHING_TO_FILL = Check(
    "GW123",
    "nothing-to-fill",
    BLOCKING,
    what="用了名单（--data）的稿件，至少有一处空。",
    why="没有空的稿件，填出来份份相同，多半是拿错了稿件。",
)
EMPTY_CELL = Check(
    "GW126",
    "empty-cell",
    BLOCKING,
    what="名单里要填进稿件的格都不空着。",
    why="空着的格填进去，一句话就缺了一截。",
    wrong="""\
# 名单.csv：
# 姓名,单位
# 李华,
""",
    right="""\
# 名单.csv：
# 姓名,单位
# 李华,市图书馆
""",
)
UNFIT_CELL = Check(
    "GW130",
    "unfit-cell",
    BLOCKING,
    what="要填进稿件的格只有一行文字，没有看不见的字符；一行填进去的文字不超过 10 万字。",
    why="换行会把一句话断开；看不见的字符多半是从网页或者别的软件带来的，会留在公文里。",
)

NUMBERED_MAILING = Check(
    "GW131",
    "numbered-mailing",
    BLOCKING,
    what="用名单（--data）填的稿件不写份数。",
    why="一行印几份、份号从几号起，名单没有说；程序不替公文编号。",
    wrong="""\
# 用了 --data 的稿件：
# copies: 120
""",
    right="""\
# 用了 --data 的稿件不写 copies；要编号的，名单里加一列，稿件写：
# copy_number: '{份号}'
""",
)

MOST_CHARACTERS: Final = 100_000
"""Characters that a row may put into a draft, what is filled in several times counted so."""
_UNFIT: Final = re.compile(f"[\n\t]|{HIDDEN.pattern}")
# Blanks have a limit: a long run of them takes no quadratic time.
_LOOSE: Final = re.compile(
    r"[{｛][ \t\u3000]{0,4}(?P<name>[^\s{}｛｝](?:[^{}｛｝\n]{0,60}[^\s{}｛｝])?)[ \t\u3000]{0,4}[}｝]"
)
_LISTED: Final = 10
_MOST_UNKNOWN: Final = 50


@dataclass(frozen=True)
class Fitted:
    """The rows that can fill a draft, and what is wrong with the sheet for it, or with the draft for the sheet."""

    rows: tuple[Row, ...] = field(default=(), repr=False)
    diagnostics: tuple[Diagnostic, ...] = ()


def fit(source: Source, mailing: Mailing) -> Fitted:
    """The rows of a sheet that can fill a draft: all, none where draft and sheet do not go together, or those without faults.

    Of a draft that cannot be read nothing is said: reading has done so.
    """
    if source.root is None or any(diagnostic.is_error for diagnostic in mailing.diagnostics):
        return Fitted((), mailing.diagnostics)
    counts = {} if source.form is None else source.form.counts
    found = [*mailing.diagnostics, *_numbered(source), *_unknown(source, mailing), *_loose(source, mailing)]
    if not counts and not found:
        hint = f"在稿件里写上空，如 {{{mailing.fields[0]}}}" if mailing.fields else f"列名{NAME_FORM}"
        found.append(
            Diagnostic(NOTHING_TO_FILL, f"稿件里没有空，不必用名单 {mailing.path.name}", source.name, hint=hint)
        )
    if any(diagnostic.is_error for diagnostic in found):
        return Fitted((), tuple(found))
    found += _unused(counts, mailing)
    faults = _Faults(mailing.name)
    rows = tuple(row for row in mailing.rows if not faults.has(row, counts))
    return Fitted(rows, (*found, *faults.told()))


def _numbered(source: Source) -> Iterator[Diagnostic]:
    """Copies of a draft that rows fill."""
    for key in ("copies", "份数"):
        if isinstance(source.data, dict) and key in source.data:
            hint = f"删去“{key}”；要编号的，名单里加一列份号，稿件写上这个空"
            span = source.locate((key,), at_key=True)
            yield Diagnostic(NUMBERED_MAILING, f"用名单填的稿件不能写“{key}”", source.name, span, hint)


def _unknown(source: Source, mailing: Mailing) -> Iterator[Diagnostic]:
    """Fields that no column is named after, each at the first place where it stands."""
    places: dict[str, Place] = {}
    for one in () if source.form is None else source.form.fields:
        places.setdefault(one.name, one.place)
    unknown = [(name, place) for name, place in places.items() if name not in mailing.fields]
    for index, (name, place) in enumerate(unknown):
        if index == _MOST_UNKNOWN:
            message = f"还有{len(unknown) - index}个空，名单 {mailing.path.name} 没有这样的列"
            yield Diagnostic(UNKNOWN_FIELD, message, source.name, source.span(place), "先改正前面列出的各处")
            return
        near = difflib.get_close_matches(name, mailing.fields, n=1, cutoff=0.5)
        listed = "、".join(mailing.fields[:_LISTED])
        hint = f"是不是“{{{near[0]}}}”？" if near else f"名单的列名：{listed}；照样印的花括号写两层"
        message = f"名单 {mailing.path.name} 没有“{name}”这一列"
        yield Diagnostic(UNKNOWN_FIELD, message, source.name, source.span(place), hint)


def _loose(source: Source, mailing: Mailing) -> Iterator[Diagnostic]:
    """What is meant as a field, by the name of a column in it, and would be printed as it stands."""
    taken = {field.place for field in source.form.fields} if source.form is not None else set()
    told: set[str] = set()
    for match in _LOOSE.finditer(source.text):
        name, place = match["name"], match.span()
        is_doubled = source.text[place[0] - 1 : place[0]] == "{" and source.text[place[1] : place[1] + 1] == "}"
        if place in taken or is_doubled or not (name in mailing.fields or name in mailing.others):
            continue
        if match[0] in told or source.scalar_at(place) is None:
            continue  # told before, or in a key or a comment
        told.add(match[0])
        if name in mailing.fields:
            hint = f"写成 {{{name}}}：花括号用半角，里面不留空格"
        else:
            hint = f"列名{NAME_FORM}；名单和稿件一起改"
        yield Diagnostic(
            UNKNOWN_FIELD, f"“{quote(match[0])}”不是空，会照样印出来", source.name, source.span(place), hint
        )


def _unused(counts: Mapping[str, int], mailing: Mailing) -> Iterator[Diagnostic]:
    """Columns that nothing in the draft is filled from, nor names files."""
    unused = [name for name in (*mailing.fields, *mailing.others) if name not in counts and name not in FILE_NAMES]
    if unused:
        listed = "、".join(f"“{quote(name)}”" for name in unused[:_LISTED])
        more = f"等{len(unused)}列" if len(unused) > _LISTED else ""
        usable = next((f"，如 {{{name}}}" for name in unused if name in mailing.fields), "")
        hint = f"用得着的，在稿件里写上空{usable}；用不着的，从名单里删去"
        yield Diagnostic(UNUSED_COLUMN, f"名单的{listed}{more}没有用到", mailing.name, hint=hint)


class _Faults:
    """What is wrong with cells, each fault of a column told once with its rows."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._rows: dict[tuple[Check, str, str], list[int]] = {}

    def has(self, row: Row, counts: Mapping[str, int]) -> bool:
        """Whether a row cannot fill a draft whose fields are so many; why is kept."""
        is_faulty, size = False, 0
        for name, count in counts.items():
            value = row.values[name]
            size += len(value) * count
            if not value:
                self._keep(EMPTY_CELL, f"“{name}”一栏空着", "填写这一格；没有的内容，另写一份不用它的稿件", row)
            elif (match := _UNFIT.search(value)) is not None:
                self._keep(UNFIT_CELL, f"“{name}”一栏{_unfit(match[0][0])}", "改正这一格，只写一行文字", row)
            else:
                continue
            is_faulty = True
        if size > MOST_CHARACTERS:
            self._keep(UNFIT_CELL, "填进稿件的文字太多", f"一行填进去的文字不超过{MOST_CHARACTERS}字", row)
            is_faulty = True
        return is_faulty

    def told(self) -> Iterator[Diagnostic]:
        """The faults, in the order in which they were met."""
        for (check, what, hint), rows in self._rows.items():
            yield Diagnostic(check, f"{rows_named(rows)}{what}", self._name, hint=hint)

    def _keep(self, check: Check, what: str, hint: str, row: Row) -> None:
        self._rows.setdefault((check, what, hint), []).append(row.number)


def _unfit(char: str) -> str:
    """What a cell has that no value may have."""
    if char in "\n\t":
        return "有换行" if char == "\n" else "有制表符"
    return hidden(char, (0, 1)).message.removeprefix("这里")

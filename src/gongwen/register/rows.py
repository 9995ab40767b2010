"""The register as rows: one a draft, in the order of their numbers."""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from gongwen.diagnostics import Diagnostic
from gongwen.register.entry import WORDS, Entry, State, counted

HEAD: Final = ("发文字号", "标题", "文种", "成文日期", "状态", "页数", "文件")
"""The heads of the columns."""


@dataclass(frozen=True, slots=True)
class Row:
    """One draft as the register shows it. What the draft does not say is None."""

    entry: Entry
    state: State
    errors: int
    warnings: int

    @property
    def values(self) -> tuple[str | datetime.date | int | None, ...]:
        """A value for each column of `HEAD`."""
        entry = self.entry
        return (entry.number, entry.title, entry.kind, entry.date, WORDS[self.state], entry.pages, entry.name)


def rows(entries: Iterable[Entry], compared: Sequence[Diagnostic] = ()) -> list[Row]:
    """The rows, sorted by code, year and serial, those without a number last.

    ``compared`` are the findings of comparing the drafts: they count for the draft in which they stand.
    """
    more: dict[str, list[Diagnostic]] = {}
    for diagnostic in compared:
        more.setdefault(diagnostic.file, []).append(diagnostic)
    return [_row(entry, more.get(entry.name, ())) for entry in sorted(entries, key=_place)]


def summary(of: Sequence[Row]) -> str:
    """How many drafts there are, and how many of each state: 3 份：1 份可付印，2 份有错."""
    counts = Counter(row.state for row in of)
    parts = [f"{counts[state]} 份{word}" for state, word in reversed(WORDS.items()) if counts[state]]
    return f"共 {len(of)} 份稿件：{'，'.join(parts)}"


def _row(entry: Entry, compared: Sequence[Diagnostic]) -> Row:
    errors, warnings = counted(compared)
    state = State.FAULTY if errors else entry.state
    return Row(entry, state, entry.errors + errors, entry.warnings + warnings)


def _place(entry: Entry) -> tuple[int, str, float, float, str]:
    if entry.serial is not None:
        return (0, entry.serial.code, entry.serial.year, entry.serial.serial, entry.name)
    if entry.kept is not None:
        return (0, entry.kept.code, entry.kept.year or math.inf, math.inf, entry.name)
    if entry.number is not None:
        return (1, entry.number, 0, 0, entry.name)
    return (2, "", 0, 0, entry.name)

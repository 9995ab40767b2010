"""What was found in the rows of a mailing, told once: rows are one draft, and share most of its faults."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from gongwen.diagnostics import Check, Diagnostic, Span
from gongwen.mailing.fitting import Fitted
from gongwen.mailing.sheet import Mailing, rows_named
from gongwen.outcome import Outcome
from gongwen.suppression import UNUSED_SUPPRESSION

_MOST_ALIKE: Final = 5
"""Findings of a check at one place that are told each by itself; of more the first stands for all, with their rows."""


def gathered(path: Path, mailing: Mailing, fitted: Fitted, outcomes: Iterable[Outcome]) -> Outcome:
    """The outcome of a draft whose rows have these outcomes, in the order of ``fitted.rows``; see `checking.outcomes` for no rows.

    Every finding says in which rows it is. One that not all rows have comes without its fix, since what is filled in may be its
    cause, and that a comment takes nothing back is told only where it does so in no row. Outcomes of rows are taken one by one, and
    only their findings are kept.
    """
    rows: dict[Diagnostic, list[int]] = {}
    settings: dict[Diagnostic, None] = {}
    texts: dict[str, str] = {}
    suppressed = 0
    first: Outcome | None = None
    for index, outcome in enumerate(outcomes):
        first = first or outcome
        settings |= dict.fromkeys(outcome.settings)
        texts |= outcome.texts
        suppressed = max(suppressed, outcome.suppressed)
        for one in outcome.diagnostics:
            if one not in settings:
                rows.setdefault(one, []).append(fitted.rows[index].number if fitted.rows else 0)
    first = Outcome(path, ()) if first is None else first
    kept = list(_in_rows(rows, mailing, fitted))
    kept.sort(key=lambda one: (one.file != str(path), one.file, one.sort_key()))
    diagnostics = (*settings, *first.left(fitted.diagnostics), *kept)
    return replace(
        first,
        diagnostics=diagnostics,
        texts=texts,
        settings=tuple(settings),
        suppressed=suppressed,
        entry=None,
    )


def _in_rows(rows: Mapping[Diagnostic, list[int]], mailing: Mailing, fitted: Fitted) -> Iterator[Diagnostic]:
    """The findings with the rows that they are in, but for those that are none unless all rows have them."""
    total, name = len(fitted.rows), mailing.path.name
    alike: dict[tuple[Check, str, Span | None], list[Diagnostic]] = {}
    for one in rows:
        alike.setdefault((one.check, one.file, one.span), []).append(one)
    for several in alike.values():
        if not total:
            yield from several
        elif len(several) > _MOST_ALIKE:
            first, others = several[0], sorted({number for one in several[1:] for number in rows[one]})
            message = f"{first.message}（{name} {rows_named(rows[first])}；还有{rows_named(others)}）"
            yield replace(first, message=message, replacement=None)
        else:
            for one in several:
                in_all = len(rows[one]) == total
                if in_all or one.check is not UNUSED_SUPPRESSION:
                    where = "各行" if in_all and total > 1 else rows_named(rows[one])
                    replacement = one.replacement if in_all else None
                    yield replace(one, message=f"{one.message}（{name} {where}）", replacement=replacement)

"""What was found in the rows of a mailing, told once: rows are one draft, and share most of its faults."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from gongwen.diagnostics import Diagnostic
from gongwen.mailing.fitting import Fitted
from gongwen.mailing.sheet import Mailing, rows_named
from gongwen.outcome import Outcome
from gongwen.suppression import UNUSED_SUPPRESSION


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
    found = [_in_rows(one, numbers, mailing, fitted) for one, numbers in rows.items()]
    kept = [one for one in found if one is not None]
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


def _in_rows(one: Diagnostic, numbers: list[int], mailing: Mailing, fitted: Fitted) -> Diagnostic | None:
    """A finding with the rows that it is in; None where it is no finding unless all have it."""
    total = len(fitted.rows)
    if not total:
        return one
    if len(numbers) < total and one.check is UNUSED_SUPPRESSION:
        return None
    several = "各行" if len(numbers) == total > 1 else rows_named(numbers)
    replacement = one.replacement if len(numbers) == total else None
    return replace(one, message=f"{one.message}（{mailing.path.name} {several}）", replacement=replacement)

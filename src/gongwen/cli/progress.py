"""How far a long run is, on a terminal; nothing in a log, and nothing of a run that is over in a moment."""

from __future__ import annotations

import sys
import time
from collections.abc import Generator, Iterable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.progress import Progress

    from gongwen.outcome import Outcome

PATIENCE: Final = 1.0
"""Seconds that a run may take without a word."""
_REFRESH: Final = 0.1
"""Seconds between two pictures."""


def watched(outcomes: Iterable[Outcome], total: int, label: str) -> Generator[Outcome]:
    """The outcomes, with a bar on standard error. It is taken away before an outcome that has something to print is given on."""
    if not sys.stderr.isatty():
        yield from outcomes
        return
    started = drawn = time.monotonic()
    bar: Progress | None = None
    task = None
    try:
        for done, outcome in enumerate(outcomes, 1):
            now = time.monotonic()
            if now - started > PATIENCE and now - drawn > _REFRESH and done < total:
                bar = bar or _bar()
                task = bar.add_task(label, total=total) if task is None else task
                bar.start()
                bar.update(task, completed=done, refresh=True)
                drawn = now
            if bar is not None and outcome.diagnostics:
                bar.stop()
            yield outcome
    finally:
        if bar is not None:
            bar.stop()


def _bar() -> Progress:
    """A bar that draws only when it is told to: a thread of its own would be in the way of starting processes."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Rate(TextColumn):
        """Drafts a second."""

        def render(self, task: object) -> Text:
            speed = getattr(task, "speed", None)
            return Text(f"每秒 {speed:.0f} 份" if speed else "")

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(""),
        TextColumn("还要"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )

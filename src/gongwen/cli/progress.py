"""How far a long run is, on a terminal; nothing in a log, and nothing of a run that is over in a moment."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator, Iterable
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress

T = TypeVar("T")

PATIENCE: Final = 1.0
"""Seconds that a run may take without a word."""
_REFRESH: Final = 0.1
"""Seconds between two pictures."""


def _has_findings(item: Any) -> bool:
    return bool(item.diagnostics)


def watched(items: Iterable[T], total: int, label: str, prints: Callable[[T], bool] = _has_findings) -> Generator[T]:
    """The items, with a bar on standard error. It is taken away before an item that has something to print is given on."""
    if not sys.stderr.isatty():
        yield from items
        return
    started = drawn = time.monotonic()
    bar: Progress | None = None
    task = None
    try:
        for done, item in enumerate(items, 1):
            now = time.monotonic()
            if now - started > PATIENCE and now - drawn > _REFRESH and done < total:
                bar = bar or _bar()
                task = bar.add_task(label, total=total) if task is None else task
                bar.start()
                bar.update(task, completed=done, refresh=True)
                drawn = now
            if bar is not None and prints(item):
                bar.stop()
            yield item
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

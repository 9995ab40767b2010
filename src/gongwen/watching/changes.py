"""Changes of files, as the system tells them. They say when to look, not what is true: a session compares contents itself."""

from __future__ import annotations

import queue
import threading
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Final, Protocol

_STEP: Final = 3
"""Milliseconds without a further change after which a save is over: two of them pass between a save and its being told."""
_LONGEST: Final = 30
"""Milliseconds that a row of changes is put together, at most."""
_ALIVE: Final = 10_000
"""Milliseconds after which the waiting begins anew; nothing depends on it."""


class Changes(Protocol):
    """Where changes come from."""

    def follow(self, folders: AbstractSet[Path]) -> None:
        """Listen to these folders, without their subfolders, from now on."""

    def wait(self, seconds: float) -> frozenset[Path]:
        """The files that have changed since the last call, waiting for the first of them; none after so many seconds."""


class FileChanges:
    """Changes as the system tells them, through `watchfiles`. Where it refuses, there are none, and ``has_failed`` is set."""

    def __init__(self) -> None:
        self.has_failed = False
        self._told: queue.SimpleQueue[frozenset[Path]] = queue.SimpleQueue()
        self._end = threading.Event()
        self._thread: threading.Thread | None = None

    def follow(self, folders: AbstractSet[Path]) -> None:
        """Listen to these folders, without their subfolders, from now on."""
        ended, thread = self._end, self._thread
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._listen, args=(sorted(folders), self._end), daemon=True)
        self._thread.start()
        ended.set()
        if thread is not None:
            thread.join()

    def wait(self, seconds: float) -> frozenset[Path]:
        """The files that have changed since the last call, waiting for the first of them; none after so many seconds."""
        changed: frozenset[Path] = frozenset()
        try:
            changed = self._told.get(timeout=seconds) if seconds else self._told.get_nowait()
            while True:
                changed |= self._told.get_nowait()
        except queue.Empty:
            return changed

    def close(self) -> None:
        """Listen no longer."""
        self._end.set()
        if self._thread is not None:
            self._thread.join()

    def _listen(self, folders: list[Path], end: threading.Event) -> None:
        import watchfiles

        try:
            for changes in watchfiles.watch(
                *folders,
                watch_filter=None,
                debounce=_LONGEST,
                step=_STEP,
                stop_event=end,
                rust_timeout=_ALIVE,
                raise_interrupt=False,
                recursive=False,
                ignore_permission_denied=True,
            ):
                self._told.put(frozenset(Path(path) for _, path in changes))
        except (OSError, RuntimeError):
            # A folder that has gone in this moment, or more folders than the system listens to.
            self.has_failed = True

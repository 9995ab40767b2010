"""What runs on a worker: one job at a time in a process, with a bench that is kept from job to job."""

from __future__ import annotations

import functools
import pickle
import threading
from collections.abc import Callable
from typing import Any, Final, Protocol

from distributed import get_worker

from gongwen.building.program import program

_LOCK: Final = threading.Lock()
"""Held by whoever works: what sets type is made for one thread, and a worker may have several."""
_KEPT: Final = 2
"""Benches that a process keeps: several runs may have work for it, and each bench holds faces and pages."""


class Benched(Protocol):
    """A task that does what it is sent with a bench, for which it may need a kit and a folder."""

    def warm(self) -> None:
        """Load what every job needs."""

    def bench(self, kit: bytes | None, open_folder: Callable[[], str]) -> Callable[[bytes], bytes]:
        """What does parcels."""


class Plain:
    """A task whose jobs are sent as they are."""

    def __init__(self, task: Any) -> None:
        self._task = task

    def warm(self) -> None:
        """Load what every job needs."""
        self._task.warm()

    def bench(self, _kit: bytes | None, _open_folder: Callable[[], str]) -> Callable[[bytes], bytes]:
        """What does jobs."""
        return lambda data: pickle.dumps(self._task(pickle.loads(data)))  # noqa: S301 - a worker runs what it is sent


class OtherProgramError(Exception):
    """A worker has another program: its versions, and where it is."""

    def __init__(self, versions: str, where: str) -> None:
        super().__init__(versions, where)
        self.versions = versions
        self.where = where


def work(digest: str, task: bytes, kit: str | None, parcel: bytes) -> bytes:
    """Do a parcel. Raises OtherProgramError where the program here is not the one with that digest: its files would be others."""
    with _LOCK:
        own, versions = _program()
        if own != digest:
            raise OtherProgramError(versions, get_worker().address)
        return _bench(task, kit)(parcel)


def forget() -> None:
    """Keep no bench any longer: the kit of one is no more."""
    _bench.cache_clear()


@functools.lru_cache(maxsize=_KEPT)
def _bench(task: bytes, kit: str | None) -> Callable[[bytes], bytes]:
    wanted: Benched = pickle.loads(task)  # noqa: S301 - a worker runs what it is sent
    wanted.warm()
    if kit is None:
        return wanted.bench(None, str)
    shelf: Any = get_worker().plugins[kit]
    return wanted.bench(shelf.data, shelf.open_folder)


@functools.cache
def _program() -> tuple[str, str]:
    """The digest of the program that runs here, and its versions."""
    found = program()
    return found.digest(), found.versions

"""Many jobs side by side: in this process, or in one process a core; `cluster.py` is the same over several machines.

Whoever runs jobs hands in a `Task` and gets the results in the order of the jobs. A process that dies (of memory, of a fault in a
library) takes no other job with it: those that it may have had in hand are done again, each in a process of its own, and the one that
kills that too gets the result that the task has for it.

Results come back through files, and only their names through the pipe that the processes share: a process that dies in the middle of
a long message there would leave it blocked for ever.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import shutil
import signal
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.context import BaseContext

# The library of processes is loaded where one is started: a run over a draft or two starts none.

_MOST_PROCESSES: Final = 61
"""What Windows can wait for."""
_AHEAD: Final = 3
"""Chunks that a process has waiting for it: enough that it is never idle, few enough that results do not pile up."""
_QUOTA: Final = Path("/sys/fs/cgroup/cpu.max")

J = TypeVar("J")
R = TypeVar("R")
J_contra = TypeVar("J_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)


class Task(Protocol[J_contra, R_co]):
    """What is done with each job. It is sent to the processes that work, and so are jobs and results."""

    def warm(self) -> None:
        """Load what every job needs; called once, before the first of them."""

    def __call__(self, job: J_contra, /) -> R_co:
        """Do a job."""

    def died(self, job: J_contra, /) -> R_co:
        """What is told of a job that has killed its process."""


class Executor(Protocol):
    """Where jobs are done."""

    def run(self, task: Task[J, R], jobs: Sequence[J]) -> Generator[R]:
        """The result of each job, in their order. Whoever stops before the end closes the iterator, which ends all work at once."""


class Serial:
    """In this process, one after the other."""

    def run(self, task: Task[J, R], jobs: Sequence[J]) -> Generator[R]:
        """The result of each job, in their order."""
        for job in jobs:
            yield task(job)


class Processes:
    """In ``count`` processes, by default one a core. ``chunk`` jobs are handed out at a time, at most."""

    def __init__(self, count: int | None = None, *, chunk: int = 1) -> None:
        self._count = min(cores() if count is None else count, _MOST_PROCESSES)
        self._chunk = chunk

    def run(self, task: Task[J, R], jobs: Sequence[J]) -> Generator[R]:
        """The result of each job, in their order. One process alone is this one: starting another would cost more than it saves."""
        if min(self._count, len(jobs)) <= 1:
            yield from Serial().run(task, jobs)
            return
        size = max(1, min(self._chunk, len(jobs) // (self._count * 4)))
        chunks = [jobs[start : start + size] for start in range(0, len(jobs), size)]
        done = 0
        while done < len(chunks):
            # A pool whose process has died is of no use any more; the next one takes what is left.
            with contextlib.closing(_until_one_dies(task, chunks[done:], self._count)) as finished:
                for several in finished:
                    yield from several
                    done += 1
            if done < len(chunks):
                yield from _one_by_one(task, chunks[done])
                done += 1


def cores() -> int:
    """The processors that this process may use: those it is bound to, and no more than its control group is granted."""
    count = getattr(os, "process_cpu_count", _bound)() or 1
    with contextlib.suppress(OSError, ValueError, ZeroDivisionError):
        granted, period = _QUOTA.read_text(encoding="ascii").split()
        count = min(count, -(-int(granted) // int(period)))
    return max(1, count)


def _bound() -> int | None:
    """What `os.process_cpu_count` says since Python 3.13."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def _until_one_dies(task: Task[J, R], chunks: Sequence[Sequence[J]], count: int) -> Generator[list[R]]:
    """The results of chunk after chunk, up to the first that cannot be had because a process has died."""
    from concurrent.futures.process import BrokenProcessPool

    with _pool(task, min(count, len(chunks))) as pool:
        futures: deque[Future[str]] = deque()
        waiting = iter(chunks)
        while True:
            try:
                while len(futures) < count * _AHEAD and (chunk := next(waiting, None)) is not None:
                    futures.append(pool.submit(_work, chunk))
                if not futures:
                    return
                name = futures.popleft().result()
            except BrokenProcessPool:
                return
            yield _taken(name)


def _one_by_one(task: Task[J, R], chunk: Sequence[J]) -> Iterator[R]:
    """The results of jobs of which one may kill its process."""
    from concurrent.futures.process import BrokenProcessPool

    rest = list(chunk)
    while rest:
        with _pool(task, 1) as pool:
            while rest:
                job = rest.pop(0)
                try:
                    name = pool.submit(_work, (job,)).result()
                except BrokenProcessPool:
                    yield task.died(job)
                    break
                yield from _taken(name)


# --- Processes ----------------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _pool(task: Task[Any, Any], count: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that are ended as soon as nobody wants their work any more, whatever they have in hand."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = _context()
    if context.get_start_method() == "fork":
        # What is loaded here is shared by all of them, as long as no collector touches it.
        task.warm()
        gc.freeze()
    others = set(multiprocessing.active_children())
    with tempfile.TemporaryDirectory(prefix="gongwen-", ignore_cleanup_errors=True) as folder:
        pool = ProcessPoolExecutor(count, context, initializer=_start, initargs=(task, folder))
        try:
            yield pool
            pool.shutdown()
        finally:
            left = set(multiprocessing.active_children()) - others
            for process in left:
                process.terminate()
            for process in left:
                process.join()
            pool.shutdown(wait=False, cancel_futures=True)


def _context() -> BaseContext:
    """How processes start: forked where that is safe, as what is loaded is shared then; else anew."""
    import multiprocessing

    can_fork = sys.platform.startswith("linux") and threading.active_count() == 1
    return multiprocessing.get_context("fork" if can_fork else "spawn")


_task: Task[Any, Any] | None = None
"""The task of a process of the pool."""
_folder: str = ""
"""The folder that it puts results in."""


def _start(task: Task[Any, Any], folder: str) -> None:
    """Make a process of the pool ready. An interruption is the parent's affair: it ends its processes."""
    global _task, _folder
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, args=(folder,), daemon=True).start()
    task.warm()
    _task, _folder = task, folder


def _end_with_parent(folder: str) -> None:
    """End this process when the one that started it has ended in whatever way: nobody would ever stop it otherwise."""
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)


def _work(chunk: Sequence[Any]) -> str:
    """Do several jobs; gives the name of the file of their results."""
    assert _task is not None  # noqa: S101 - for mypy: `_start` has run
    results = [_task(job) for job in chunk]
    handle, name = tempfile.mkstemp(dir=_folder)
    with os.fdopen(handle, "wb") as file:
        pickle.dump(results, file, pickle.HIGHEST_PROTOCOL)
    return name


def _taken(name: str) -> list[Any]:
    """The results in a file of our own process's folder; the file is taken away."""
    path = Path(name)
    results: list[Any] = pickle.loads(path.read_bytes())  # noqa: S301 - written by a process of this pool, where nobody else can
    path.unlink()
    return results

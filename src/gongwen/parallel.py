"""Many drafts checked side by side, one process a core, told in their order.

A few drafts are checked in this process: starting others costs more than it saves. A process that dies (of memory, of a fault in a
library) takes no other draft with it: those that it may have had in hand are checked again, each in a process of its own, and the one
that kills that too gets a diagnostic.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gongwen.compiler import Compiler
from gongwen.diagnostics import BLOCKING, Check, Diagnostic
from gongwen.outcome import Outcome
from gongwen.register.entry import Entry

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.context import BaseContext

# The library of processes is loaded where one is started: a run over a draft or two starts none.

PROCESS_DIED = Check(
    "GW909",
    "process-died",
    BLOCKING,
    what="每份稿件都能查完。",
    why="检查这份稿件的进程中途停了，多半是内存不够，也可能是程序有错；其余的稿件照查。",
)

FEW: Final = 24
"""Fewer drafts than this are checked in this process."""
_CHUNK: Final = 16
"""Drafts that a process is given at a time, at most: enough that asking costs nothing, few enough that none waits at the end."""
_MOST_PROCESSES: Final = 61
"""What Windows can wait for."""
_QUOTA: Final = Path("/sys/fs/cgroup/cpu.max")

Chunk = tuple[Path, ...]


def outcomes(drafts: Sequence[Path], compiler: Compiler, *, jobs: int | None = None) -> Generator[Outcome]:
    """The outcome of each draft, in their order; ``jobs`` processes, by default one a core, each with a copy of the compiler.

    Whoever stops before the end closes the iterator, which ends the processes at once.
    """
    jobs = min(cores() if jobs is None else jobs, _MOST_PROCESSES)
    if jobs == 1 or len(drafts) < FEW:
        for draft in drafts:
            yield Outcome.of(compiler.check(draft))
        return
    size = max(1, min(_CHUNK, len(drafts) // (jobs * 4)))
    chunks = [tuple(drafts[start : start + size]) for start in range(0, len(drafts), size)]
    done = 0
    while done < len(chunks):
        # A pool whose process has died is of no use any more; the next one takes what is left.
        with contextlib.closing(_until_one_dies(chunks[done:], compiler, jobs)) as finished:
            for several in finished:
                yield from several
                done += 1
        if done < len(chunks):
            yield from _one_by_one(chunks[done], compiler)
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


def _until_one_dies(chunks: Sequence[Chunk], compiler: Compiler, jobs: int) -> Generator[list[Outcome]]:
    """The outcomes of chunk after chunk, up to the first that cannot be had because a process has died."""
    from concurrent.futures.process import BrokenProcessPool

    with _pool(compiler, min(jobs, len(chunks))) as pool:
        futures: deque[Future[list[Outcome]]] = deque()
        with contextlib.suppress(BrokenProcessPool):
            futures.extend(pool.submit(_check, chunk) for chunk in chunks)
        while futures:
            try:
                several = futures.popleft().result()
            except BrokenProcessPool:
                return
            yield several


def _one_by_one(chunk: Chunk, compiler: Compiler) -> Iterator[Outcome]:
    """The outcomes of drafts of which one may kill its process."""
    from concurrent.futures.process import BrokenProcessPool

    rest = list(chunk)
    while rest:
        with _pool(compiler, 1) as pool:
            while rest:
                draft = rest.pop(0)
                try:
                    outcome = pool.submit(_check, (draft,)).result()[0]
                except BrokenProcessPool:
                    yield _died(draft)
                    break
                yield outcome


def _died(draft: Path) -> Outcome:
    name = str(draft)
    message = "检查到这份稿件时，进程中途停了"
    hint = "内存不够的，用 --jobs 1 再试；仍然这样，请把稿件报告给开发者"
    return Outcome(draft, (Diagnostic(PROCESS_DIED, message, name, hint=hint),), entry=Entry(draft, name, errors=1))


# --- Processes ----------------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _pool(compiler: Compiler, count: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that are ended as soon as nobody wants their work any more, whatever they have in hand."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(count, _context(), initializer=_start, initargs=(compiler,))
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


_compiler: Compiler | None = None
"""The compiler of a process of the pool."""


def _start(compiler: Compiler) -> None:
    """Make a process of the pool ready. An interruption is the parent's affair: it ends its processes."""
    global _compiler  # noqa: PLW0603 - a process of the pool has nothing else to keep it in
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _compiler = compiler


def _end_with_parent() -> None:
    """End this process when the one that started it has ended in whatever way: nobody would ever stop it otherwise."""
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _check(chunk: Chunk) -> list[Outcome]:
    assert _compiler is not None  # noqa: S101 - for mypy: `_start` has run
    return [Outcome.of(_compiler.check(draft)) for draft in chunk]

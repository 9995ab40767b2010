"""A run over many drafts: what is up to date is told again, the rest is made by an executor, and files are written here alone."""

from __future__ import annotations

import contextlib
import enum
import errno
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from gongwen.building.job import File, Job, Product
from gongwen.building.record import Entry, Record
from gongwen.files import State as FileState
from gongwen.files import digest_of
from gongwen.outcome import Outcome
from gongwen.writing import leftovers, reason_of, write_whole

_HOPELESS: Final = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.ENOTDIR))
"""What keeps every other file from being written, too."""


class State(enum.StrEnum):
    """What became of a draft."""

    BUILT = "built"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Done:
    """A job that is done: what became of it, what is told of its draft, its files.

    ``fault`` says what kept the files from being made or written that is no fault of the draft. ``reason`` is why it was made.
    """

    job: Job
    state: State
    outcome: Outcome
    files: tuple[File, ...] = ()
    faces: tuple[str, ...] = ()
    seconds: float = 0.0
    reason: str = ""
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Which jobs are to be done, and why; and what is known of the others."""

    jobs: tuple[Job, ...]
    reasons: dict[Job, str]
    known: dict[Job, Entry]

    @property
    def due(self) -> list[Job]:
        """The jobs to be done, in their order."""
        return [job for job in self.jobs if job in self.reasons]


def plan(jobs: Sequence[Job], record: Record, *, force: bool = False) -> Plan:
    """Compare jobs with the record. ``force`` has all of them done."""
    reasons: dict[Job, str] = {}
    known: dict[Job, Entry] = {}
    for job in jobs:
        found = "要求全部重新编译" if force else record.entry(job)
        if isinstance(found, Entry):
            known[job] = found
        else:
            reasons[job] = found
    return Plan(tuple(jobs), reasons, known)


def run(of: Plan, record: Record, products: Generator[Product]) -> Generator[Done]:
    """What becomes of each job, in their order, from the products of those that are due. Whoever stops before the end closes the iterator, which ends all work at once.

    Raises OSError where no file can be written any more. One file that cannot be written fails its draft alone.
    """
    for folder in {job.target.parent for job in of.due}:
        for left in leftovers(folder):
            left.unlink(missing_ok=True)
    try:
        with contextlib.closing(products):
            for job in of.jobs:
                if (entry := of.known.get(job)) is not None:
                    yield _again(job, entry, record)
                else:
                    yield _written(job, next(products), record, of.reasons[job])
    finally:
        record.save()


def _again(job: Job, entry: Entry, record: Record) -> Done:
    files = tuple(File(_beside(job, file.path), file.pages, file.measured) for file, _ in entry.files)
    return Done(job, State.UNCHANGED, _told(job, entry, record), files, tuple(entry.told["faces"]))


def _told(job: Job, entry: Entry, record: Record) -> Outcome:
    from gongwen.building.telling import told_again

    return told_again(job.draft, entry.told, record.absolute)


def _beside(job: Job, path: Path) -> Path:
    """A file of an entry as this run names it: all files of a job lie in one folder."""
    return job.target.parent / path.name


def _written(job: Job, product: Product, record: Record, reason: str) -> Done:
    from gongwen.building.printing import copies_of
    from gongwen.building.telling import kept

    done = Done(job, State.FAILED, product.outcome, (), (), product.seconds, reason, product.fault)
    if not product.files:
        return done
    states: list[tuple[File, str, FileState | None]] = []
    for several in zip(product.files, product.data, product.copies, strict=True):
        for file, data in copies_of(*several):
            try:
                state = write_whole(file.path, data)
            except OSError as error:
                if error.errno in _HOPELESS:
                    error.filename = error.filename or str(file.path)
                    raise
                return replace(done, fault=unwritten(error, file.path))
            states.append((file, digest_of(data), state))
    record.add(job, product.seen, states, kept(product.outcome, product.faces, record.relative))
    written = tuple(file for file, _, _ in states)
    return Done(job, State.BUILT, product.outcome, written, product.faces, product.seconds, reason)


def unwritten(error: OSError, path: Path) -> str:
    """Why a file could not be written, for the user."""
    if isinstance(error, PermissionError):
        return f"{path} 写不了：没有权限，或者别的程序正打开着它；关掉那个程序再编译"
    return f"{path} 写不了：{reason_of(error)}"

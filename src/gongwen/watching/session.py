"""A session: drafts are made when it begins and whenever what they were made from changes, one after the other, in this process.

Work on a draft goes in steps: it is checked, and told; its PDF is made and written, and told; it is measured, and told. Between two
steps the session looks whether anything has changed: work on a draft that was saved again begins anew, before any other draft's. What
is told of files only says where to look first; whenever there is nothing to do, and once a second, all inputs are compared.
"""

from __future__ import annotations

import contextlib
import gc
import os
import time
from collections import OrderedDict
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, NamedTuple

from gongwen.building.job import File, Job, Measured
from gongwen.building.printing import copies_of, files_of
from gongwen.building.record import Entry, Record
from gongwen.building.run import unwritten
from gongwen.building.telling import kept, told_again
from gongwen.compiler import Checked, Compiler, Pdf
from gongwen.diagnostics import Diagnostic
from gongwen.files import State, digest_of, resolved
from gongwen.options import Options
from gongwen.outcome import Outcome
from gongwen.watching.changes import Changes
from gongwen.watching.inputs import Inputs, Now
from gongwen.writing import leftovers, write_whole

TICK: Final = 1.0
"""Seconds after which all inputs are compared, whether or not the system has told of a change."""
_REHEARSED: Final = 8
"""Drafts that are up to date and set all the same, the latest first, so that the next edit of one sets a page and not all of them."""
_MOST_FOLDERS: Final = 4096
"""Folders that are listened to below those that the user names."""
_WRITTEN: Final = 1_000_000_000
"""ns after which a file that is empty is meant to be."""
_LATE: Final = 10_000_000_000
"""ns: a file that was changed longer ago has come here with its old times, and nobody knows when."""


class Listener:
    """Who is told of what a session does. A draft's calls come in the order of the methods."""

    def listed(self, jobs: Sequence[Job]) -> None:
        """These are the drafts."""

    def unchanged(self, job: Job, outcome: Outcome, files: Sequence[File]) -> None:
        """A draft is up to date as the session begins; ``outcome`` is what was told of it when it was made."""

    def checked(self, job: Job, checked: Checked) -> None:
        """A draft has its layout, or faults that keep it from having one."""

    def built(self, job: Job, outcome: Outcome, files: Sequence[File], milliseconds: float) -> None:
        """The PDFs of a draft were written, so long after it was saved; there are none where it has errors."""

    def measured(self, job: Job, outcome: Outcome, files: Sequence[File]) -> None:
        """All is known of a draft."""

    def failed(self, job: Job, fault: str) -> None:
        """A draft could not be made or written, by no fault of its own."""

    def gone(self, job: Job) -> None:
        """A draft is no longer there."""

    def rested(self) -> None:
        """Nothing is left to do for now."""


@dataclass
class _Known:
    """A draft, what it was made from last, and what was told of it."""

    job: Job
    inputs: Inputs
    is_faulty: bool = False
    told: tuple[Diagnostic, ...] = ()


@dataclass
class _Work:
    """Work on a draft.

    ``saved`` is when (ns) it was saved, if known. ``is_again`` says that its own inputs are as they were, so that only news is told. A
    rehearsal writes nothing: the draft is up to date. What is ``is_only_shown`` is checked and no more.
    """

    job: Job
    saved: int | None = None
    is_again: bool = False
    is_rehearsal: bool = False
    is_only_shown: bool = False
    steps: Generator[None] = field(init=False)


class _Finished(NamedTuple):
    """What the record is to know of a draft that was made."""

    job: Job
    inputs: Inputs
    files: list[tuple[File, str, State | None]]
    outcome: Outcome
    faces: tuple[str, ...]


class _UnwrittenError(Exception):
    """A file could not be written."""


class Session:
    """Makes drafts and makes them again.

    ``jobs`` lists what is to be made, ``record`` opens the record of the outputs, ``places`` are the files and folders that the user
    names. With ``is_shown`` drafts that are up to date are checked as well when it begins, for those who look at pages.
    """

    def __init__(
        self,
        compiler: Compiler,
        options: Options,
        jobs: Callable[[], Sequence[Job]],
        record: Callable[[], AbstractContextManager[Record]],
        listeners: Sequence[Listener],
        places: Sequence[Path],
        output: Path,
        *,
        is_shown: bool = False,
    ) -> None:
        self._compiler = compiler
        self._options = options
        self._jobs = jobs
        self._record = record
        self._listeners = listeners
        self._places = places
        self._output = resolved(output)
        self._is_shown = is_shown
        self._known: dict[Path, _Known] = {}
        self._queue: OrderedDict[Path, _Work] = OrderedDict()
        self._finished: list[_Finished] = []
        self._told: set[Path] = set()
        self._folders: dict[Path, tuple[int, int]] = {}
        self._followed: set[tuple[Path, int]] = set()
        self._is_listed = True
        self._has_moved = True
        self._has_worked = False

    def run(self, changes: Changes) -> None:
        """Work until something is raised: KeyboardInterrupt, as a rule. No fault of a draft or of the program ends it."""
        with _own_collector():
            self._begin()
            self._look(changes)
            while True:
                told = changes.wait(0.0 if self._queue else TICK)
                self._note(told)
                if self._queue:
                    self._step()
                    if not self._queue:
                        self._rest()
                        self._survey(changes, is_tick=False)
                else:
                    self._survey(changes, is_tick=not told)
                    if not told and self._has_worked:
                        self._has_worked = False
                        gc.collect()

    # --- What there is to do --------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        """Find out which drafts are up to date; the others are to be made."""
        jobs = self._list()
        for folder in {job.target.parent for job in jobs}:
            for left in leftovers(folder):
                left.unlink(missing_ok=True)
        current: list[Job] = []
        with self._record() as record:
            for job in jobs:
                entry = record.entry(job)
                if not isinstance(entry, Entry):
                    self._meet(job)
                    continue
                outcome = told_again(job.draft, entry.told, record.absolute)
                files = [replace(file, path=job.target.parent / file.path.name) for file, _ in entry.files]
                inputs = Inputs.recorded(job.draft, entry, record)
                self._known[job.draft] = _Known(job, inputs, told=outcome.diagnostics)
                for one in self._listeners:
                    one.unchanged(job, outcome, files)
                current.append(job)
            record.save()
        now = Now()
        current.sort(key=lambda job: _last_change(now, [resolved(job.draft)]), reverse=True)
        for number, job in enumerate(current):
            if self._is_shown or number < _REHEARSED:
                self._enqueue(_Work(job, is_rehearsal=True, is_only_shown=number >= _REHEARSED))
        if not self._queue:
            self._rest()

    def _meet(self, job: Job, saved: int | None = None) -> None:
        """A draft that is to be made for the first time."""
        self._known[job.draft] = _Known(job, Inputs.alone(job.draft))
        self._enqueue(_Work(job, saved))

    def _enqueue(self, work: _Work, *, is_next: bool = False) -> None:
        """Have work done, in place of what was under way with the same draft."""
        if (under_way := self._queue.pop(work.job.draft, None)) is not None:
            under_way.steps.close()
        work.steps = self._steps(work)
        self._queue[work.job.draft] = work
        if is_next:
            self._queue.move_to_end(work.job.draft, last=False)

    def _note(self, told: frozenset[Path]) -> None:
        """Files are said to have changed: look at the drafts that were made from them."""
        if not told:
            return
        self._told |= told
        now = Now(told)
        self._compare((known for known in self._known.values() if not told.isdisjoint(known.inputs.seen)), now)

    def _compare(self, several: Iterable[_Known], now: Now) -> None:
        """Have those drafts made again whose inputs have changed."""
        arrived = time.time_ns()
        for known in reversed(list(several)):
            changed = known.inputs.changed(now)
            if not changed:
                continue
            state = now.state(resolved(known.job.draft))
            if state is None or (not state.size and arrived - state.changed < _WRITTEN):
                continue  # an editor is about to write it; what is gone is found by listing
            saved = _last_change(now, changed)
            self._enqueue(_Work(known.job, saved if arrived - _LATE < saved < arrived else arrived), is_next=True)

    def _survey(self, changes: Changes, *, is_tick: bool) -> None:
        """Compare everything, and listen where drafts and what they name are now."""
        if not self._is_listed or self._folders != self._looked_at():
            self._relist(is_tick=is_tick)
            self._has_moved = True
        self._compare(self._known.values(), Now(self._told))
        others = {path for path in self._told if not path.name.startswith(".") and not self._is_output(path)}
        for known in self._known.values():
            if known.is_faulty and known.job.draft not in self._queue:
                root = known.inputs.root
                if any(path.is_relative_to(root) for path in others - known.inputs.seen.keys()):
                    self._enqueue(_Work(known.job, is_again=True))
        self._told.clear()
        if self._has_moved:
            self._look(changes)

    def _relist(self, *, is_tick: bool) -> None:
        """Drafts come and go. One that is gone may be in an editor's hands: that is believed at a tick."""
        jobs = self._list()
        there = {job.draft for job in jobs}
        self._is_listed = True
        for known in list(self._known.values()):
            if known.job.draft in there:
                continue
            if not is_tick:
                self._is_listed = False
                continue
            del self._known[known.job.draft]
            self._queue.pop(known.job.draft, None)
            for one in self._listeners:
                one.gone(known.job)
        now = Now()
        for job in jobs:
            if job.draft not in self._known:
                self._meet(job, _last_change(now, [resolved(job.draft)]))

    def _list(self) -> Sequence[Job]:
        jobs = self._jobs()
        for one in self._listeners:
            one.listed(jobs)
        return jobs

    # --- Where to listen ------------------------------------------------------------------------------------------------------

    def _look(self, changes: Changes) -> None:
        """Listen to the folders of all inputs, and to those below the places that the user named."""
        self._has_moved = False
        wanted = {folder for known in self._known.values() for folder in known.inputs.folders}
        wanted |= self._below({resolved(place) for place in self._places})
        self._folders = dict.fromkeys(wanted, _NOWHERE)
        self._folders = self._looked_at()
        found = {(folder, inode) for folder, (inode, _) in self._folders.items() if inode}
        if found != self._followed:
            self._followed = found
            changes.follow({folder for folder, _ in found})

    def _below(self, places: set[Path]) -> set[Path]:
        """Places and their subfolders, the nearest first; not what is hidden, nor the outputs. A place that is gone may come back."""
        level = [place for place in places if not place.is_file()]
        found = {place.parent for place in places - set(level)}
        while level and len(found) < _MOST_FOLDERS:
            found.update(level)
            level = [inner for folder in level for inner in _subfolders(folder) if inner != self._output]
        return found

    def _looked_at(self) -> dict[Path, tuple[int, int]]:
        """The folders with their inodes and the times at which an entry was added or removed."""
        found = {}
        for folder in self._folders:
            try:
                state = os.stat(folder)  # noqa: PTH116 - thousands of them, each second
            except OSError:
                found[folder] = _NOWHERE
            else:
                found[folder] = (state.st_ino, state.st_mtime_ns)
        return found

    def _is_output(self, path: Path) -> bool:
        return path.suffix == ".pdf" and path.is_relative_to(self._output)

    # --- Work -----------------------------------------------------------------------------------------------------------------

    def _step(self) -> None:
        """Do the next step of the work that comes first."""
        draft, work = next(iter(self._queue.items()))
        try:
            next(work.steps)
        except StopIteration:
            del self._queue[draft]
            gc.collect(1)
        except BrokenPipeError:
            raise  # nobody reads what is told
        except Exception as error:  # noqa: BLE001 - whatever it is, the session goes on
            del self._queue[draft]
            self._fail(work, f"程序有错（{type(error).__name__}: {error}）")

    def _steps(self, work: _Work) -> Generator[None]:
        """Work on a draft; between two steps it may be given up for newer work."""
        job, options, compiler = work.job, self._options, self._compiler
        saved = time.time_ns() if work.saved is None else work.saved
        checked = compiler.check(job.draft, overprint=options.overprint, reading_copy=options.reading_copy)
        known = self._known[job.draft]
        known.inputs = Inputs.of(checked)
        self._has_moved = self._has_worked = True
        for one in self._listeners:
            one.checked(job, checked)
        yield
        if work.is_only_shown:
            return
        made = compiler.make(checked, options)
        if work.is_rehearsal:
            return
        try:
            by_pdf = [_written(pdf, job.target, each=options.each) for pdf in made.pdfs]
        except _UnwrittenError as error:
            self._fail(work, str(error))
            return
        written = [file for several in by_pdf for file in several]
        taken = (time.time_ns() - saved) / 1e6
        known.is_faulty = not written
        is_news = not work.is_again or bool(written) or made.diagnostics != known.told
        known.told = made.diagnostics
        if is_news:
            outcome, files = Outcome.of(made), [file for file, _, _ in written]
            for one in self._listeners:
                one.built(job, outcome, files, taken)
        yield
        measured = compiler.measure(made, options)
        known.told = measured.diagnostics
        outcome = Outcome.of(measured)
        written = [
            (replace(file, measured=Measured.of(pdf.results)), digest, state)
            for several, pdf in zip(by_pdf, measured.pdfs, strict=True)
            for file, digest, state in several
        ]
        if is_news:
            for one in self._listeners:
                one.measured(job, outcome, [file for file, _, _ in written])
        if written:
            faces = tuple(compiler.book(made.project).report())
            self._finished.append(_Finished(job, known.inputs, written, outcome, faces))

    def _fail(self, work: _Work, fault: str) -> None:
        """Tell what kept a draft from being made or written; it is tried again when something changes."""
        known = self._known[work.job.draft]
        known.is_faulty = True
        known.inputs.renew()
        if not work.is_again:
            for one in self._listeners:
                one.failed(work.job, fault)

    def _rest(self) -> None:
        """All work is done: the record is brought up to date, for runs to come."""
        if self._finished:
            with contextlib.suppress(OSError), self._record() as record:  # without it more is made again, and no more
                for done in self._finished:
                    told = kept(done.outcome, done.faces, record.relative)
                    record.add(done.job, done.inputs.seen, done.files, told)
                record.save()
            self._finished.clear()
        for one in self._listeners:
            one.rested()


_NOWHERE: Final = (0, 0)


def _subfolders(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if entry.is_dir(follow_symlinks=False))
    except OSError:
        return []
    return [folder / name for name in names if not name.startswith(".")]


def _last_change(now: Now, files: Iterable[Path]) -> int:
    """When the last of some files was written or put in its place (ns); 0 where there is none."""
    states = [state for path in files if (state := now.state(path)) is not None]
    return max((max(state.modified, state.changed) for state in states), default=0)


def _written(pdf: Pdf, target: Path, *, each: bool) -> list[tuple[File, str, State | None]]:
    """The files of a PDF on disk, with their digests and their states there. Raises _UnwrittenError."""
    written: list[tuple[File, str, State | None]] = []
    for several in files_of(pdf, target, each=each):
        for file, data in copies_of(*several):
            try:
                state = write_whole(file.path, data)
            except OSError as error:
                raise _UnwrittenError(unwritten(error, file.path)) from error
            written.append((file, digest_of(data), state))
    return written


@contextlib.contextmanager
def _own_collector() -> Iterator[None]:
    """Garbage is collected between drafts and when there is nothing to do, never while somebody waits."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()

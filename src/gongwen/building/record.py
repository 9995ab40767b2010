"""The record of a folder of outputs: what each file was made from, so that only what is out of date is made again.

It lies in the folder as an SQLite database, which survives interruptions and several runs at once. Paths in it are relative to the
folder, so that it holds in a copy as well. Contents decide, by their digests; the state of a file (`files.State`) only spares reading it
again. An entry is added after its files were written, and holds only as long as they are what was written: a run that is killed
in between leaves an entry that does not fit them.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from gongwen.building.job import File, Job, Measured
from gongwen.building.program import Program
from gongwen.files import Seen, State, digest_of, resolved, seen_of, state_of

NAME: Final = ".gongwen.sqlite"
"""The file, in the folder of outputs. An entry of another form than `Entry` is none."""
_SETTINGS: Final = "gongwen.yaml"
_TEMPLATES: Final = "templates"
_TICK: Final = 2_000_000_000
"""ns that the coarsest clock of a file system takes for a step: a file that is younger may change and look the same."""
_PATIENCE: Final = 30.0
"""Seconds to wait for another run that is writing its entries."""
_OFTEN: Final = 0.5
"""Seconds between two times that entries are written to disk: what is lost with a killed run is made again."""
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS made (target TEXT PRIMARY KEY, entry TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS written (path TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS seen (path TEXT PRIMARY KEY, state TEXT NOT NULL, digest TEXT NOT NULL) WITHOUT ROWID;
"""
_QUERIES: Final = (
    "SELECT key, value FROM about",
    "SELECT target, entry FROM made",
    "SELECT path, digest FROM written",
    "SELECT path, state, digest FROM seen",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a job that was done: what it was made from and with, its files with their digests, what was told of it.

    ``project`` are the settings that held; ``inputs`` are digests by path, None for a file that was not there. ``told`` is for whoever
    tells it again, and is JSON.
    """

    draft: str
    variant: str
    options: str
    program: str
    project: str | None
    templates: tuple[str, ...]
    inputs: Mapping[str, str | None]
    files: tuple[tuple[File, str], ...]
    told: Mapping[str, Any] = field(default_factory=dict)


class Record:
    """The record of a folder. Raises OSError where it can be neither read nor written.

    The database is begun with the first entry. Of a folder that is read-only it is read alone: ``is_writable`` says so. ``options`` is how PDFs are wanted, as a text;
    without a ``program`` no entry is up to date.
    """

    def __init__(self, folder: Path, program: Program | None = None, options: str = "") -> None:
        self._folder = str(resolved(folder))
        self._options = options
        self._started = time.time_ns()
        self._paths: dict[str, str] = {}
        self._digests: dict[str, str | None] = {}
        self._settings: dict[str, str | None] = {}
        self._listings: dict[str, tuple[str, ...]] = {}
        self._parents: dict[Path, Path] = {}
        self._waiting: list[tuple[str, tuple[Any, ...]]] = []
        self._written = time.monotonic()
        self._path = Path(self._folder) / NAME
        self._database, self.is_writable = _opened(self._path)
        self._is_new = not self._path.is_file()
        try:
            self._made: dict[str, str] = dict(self._all("SELECT target, entry FROM made"))
            self._seen: dict[str, tuple[str, str]] = {
                path: (state, digest) for path, state, digest in self._all("SELECT path, state, digest FROM seen")
            }
            self._program = None if program is None else self._digest_of(program)
        except sqlite3.DatabaseError as error:
            self.close()
            raise OSError(0, "构建记录读不出来", str(self._path)) from error

    # --- Asking ---------------------------------------------------------------------------------------------------------------

    def entry(self, job: Job) -> Entry | str:
        """What is known of a job whose files are up to date; else why they are not, as users are told."""
        text = self._made.get(self.relative(job.target))
        if text is None:
            return "没有编译过"
        entry = _entry(text)
        if entry is None or entry.draft != self.relative(self._located(job.draft)):
            return "原先由另一份稿件生成"
        if entry.variant != job.variant:
            return "名单改过"
        if entry.options != self._options:
            return "选项变了"
        if entry.program != self._program:
            return "程序换了版本"
        return self._changed(entry, job) or entry

    def _changed(self, entry: Entry, job: Job) -> str | None:
        draft = self._located(job.draft)
        if self._project_of(draft) != entry.project:
            return f"换了一份 {_SETTINGS}"
        if entry.project is not None and self._templates_of(entry.project) != entry.templates:
            return "模板有增减"
        for path, digest in entry.inputs.items():
            now = self._digest(path)
            if now != digest:
                name = Path(path).name
                return f"{name} 没有了" if now is None else f"{name} 改过" if digest is not None else f"有了 {name}"
        for file, digest in entry.files:
            now = self._digest(str(file.path))
            if now != digest:
                return f"{file.path.name} 没有了" if now is None else f"{file.path.name} 被改动过"
        return None

    def files(self) -> Iterator[tuple[Path, bool]]:
        """Every file that was ever written and is still there, and whether it is what was written.

        Some belong to no entry any more: copies that are fewer now, or the one file for the press of what has a file each now.
        """
        for path, digest in self._all("SELECT path, digest FROM written"):
            if (now := self._digest(path)) is not None:
                yield self.absolute(path), now == digest

    def absolute(self, path: Path | str) -> Path:
        """A file of an entry, wherever the folder is now."""
        return Path(self._absolute_text(str(path)))

    def relative(self, path: Path) -> str:
        """A path as entries name it: from the folder, with “/” between its parts."""
        parent = str(path.parent)
        if parent not in self._paths:
            real = os.path.realpath(parent)
            with contextlib.suppress(ValueError):  # another drive
                real = os.path.relpath(real, self._folder)
            self._paths[parent] = real.replace(os.sep, "/")
        return f"{self._paths[parent]}/{path.name}".removeprefix("./")

    # --- Adding ---------------------------------------------------------------------------------------------------------------

    def add(
        self,
        job: Job,
        seen: Mapping[Path, Seen | None],
        files: Iterable[tuple[File, str, State | None]],
        told: Mapping[str, Any],
    ) -> None:
        """Note what a job was made from, what it gave, with digests and states, and what was told of it."""
        assert self._program is not None  # noqa: S101 - for mypy: who adds has said what it was made with
        draft = self._located(job.draft)
        inputs = {self.relative(path): one for path, one in seen.items()}
        project = self._project_of(draft)
        made: list[tuple[File, str]] = []
        for file, digest, state in files:
            path = self.relative(file.path)
            made.append((File(Path(path), file.pages, file.measured), digest))
            self._later("INSERT OR REPLACE INTO written VALUES (?, ?)", path, digest)
            self._digests[path] = digest
            if state is not None:
                self._note(path, state, digest)
        for path, one in inputs.items():
            if one is not None:
                self._note_input(path, one.state, one.digest)
        entry = Entry(
            self.relative(draft),
            job.variant,
            self._options,
            self._program,
            project,
            () if project is None else self._templates_of(project),
            {path: None if one is None else one.digest for path, one in inputs.items()},
            tuple(made),
            told,
        )
        target = self.relative(job.target)
        self._made[target] = _text(entry)
        self._later("INSERT OR REPLACE INTO made VALUES (?, ?)", target, self._made[target])
        if time.monotonic() - self._written > _OFTEN:
            self.save()

    def save(self) -> None:
        """Write what was noted. Raises OSError where the disk is full or the folder is not to be written."""
        if not self._waiting or not self.is_writable or not self._path.parent.is_dir():
            return
        try:
            if self._is_new:
                self._database.close()
                self._database = sqlite3.connect(self._path, timeout=_PATIENCE)
                self._database.executescript(_TABLES)
                self._is_new = False
            with self._database as transaction:
                for statement, values in self._waiting:
                    transaction.execute(statement, values)
        except sqlite3.Error as error:
            raise OSError(0, f"构建记录写不了（{error}）", str(self._path)) from error
        self._waiting.clear()
        self._written = time.monotonic()

    def close(self) -> None:
        """End the record; what was not saved is lost."""
        self._database.close()

    # --- Digests --------------------------------------------------------------------------------------------------------------

    def _digest(self, path: str) -> str | None:
        """The digest of a file as it is now, found once a run; None where there is none."""
        if path not in self._digests:
            self._digests[path] = self._digest_now(path)
        return self._digests[path]

    def _digest_now(self, path: str) -> str | None:
        absolute = self._absolute_text(path)
        state = state_of(absolute)
        if state is None:
            return None
        known = self._seen.get(path)
        if known is not None and known[0] == _state_text(state):
            return str(known[1])
        with contextlib.suppress(OSError):
            if (seen := seen_of(Path(absolute))) is not None:
                self._note_input(path, seen.state, seen.digest)
                return seen.digest
        return None

    def _note_input(self, path: str, state: State, digest: str) -> None:
        """Note the state of a file that others write, unless it is so young that it may change and look the same."""
        if max(state.modified, state.changed) < self._started - _TICK:
            self._note(path, state, digest)

    def _note(self, path: str, state: State, digest: str) -> None:
        known = (_state_text(state), digest)
        if self._seen.get(path) != known:
            self._seen[path] = known
            self._later("INSERT OR REPLACE INTO seen VALUES (?, ?, ?)", path, *known)

    def _digest_of(self, program: Program) -> str:
        known = dict(self._all("SELECT key, value FROM about WHERE key IN ('states', 'program')"))
        states = digest_of(f"{program.versions}\n{program.states}".encode())
        if known.get("states") == states:
            return str(known["program"])
        digest = program.digest()
        for key, value in (("states", states), ("program", digest)):
            self._later("INSERT OR REPLACE INTO about VALUES (?, ?)", key, value)
        return digest

    # --- Places ---------------------------------------------------------------------------------------------------------------

    def _located(self, path: Path) -> Path:
        """The path without links; the folders, which many drafts share, are resolved once."""
        parent = path.parent
        if parent not in self._parents:
            self._parents[parent] = resolved(parent)
        found = self._parents[parent] / path.name
        return resolved(found) if found.is_symlink() else found

    def _absolute_text(self, path: str) -> str:
        return os.path.normpath(f"{self._folder}/{path}" if not Path(path).is_absolute() else path)

    def _project_of(self, draft: Path) -> str | None:
        """The settings nearest to a draft."""
        folder = str(draft.parent)
        if folder not in self._settings:
            self._settings[folder] = next(
                (
                    self.relative(one / _SETTINGS)
                    for one in (draft.parent, *draft.parent.parents)
                    if state_of(one / _SETTINGS) is not None
                ),
                None,
            )
        return self._settings[folder]

    def _templates_of(self, project: str) -> tuple[str, ...]:
        """The templates beside settings."""
        if project not in self._listings:
            folder = self.absolute(project).parent / _TEMPLATES
            self._listings[project] = tuple(
                sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
            )
        return self._listings[project]

    # --- The database ---------------------------------------------------------------------------------------------------------

    def _all(self, query: str) -> list[tuple[Any, ...]]:
        return self._database.execute(query).fetchall()

    def _later(self, statement: str, *values: object) -> None:
        # A name whose bytes are no text has no place in a database: such a draft is made each time.
        with contextlib.suppress(UnicodeEncodeError):
            for value in values:
                str(value).encode()
            self._waiting.append((statement, values))


def _opened(path: Path) -> tuple[sqlite3.Connection, bool]:
    """The database, and whether it can be written; one that is not there or damaged is empty. Raises OSError."""
    place = next(one for one in (path, *path.parents) if one.exists())
    is_writable = os.access(place, os.W_OK) and (place != path or os.access(path.parent, os.W_OK))
    if not path.is_file():
        return _empty(), is_writable
    if not is_writable:
        with contextlib.suppress(sqlite3.DatabaseError):
            # Without a lock or a journal, which a read-only folder cannot hold.
            return _with_tables(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)), False
        return _empty(), False
    try:
        return _with_tables(sqlite3.connect(path, timeout=_PATIENCE)), True
    except sqlite3.DatabaseError as error:
        # Without the tables, or noise: a record that tells nothing.
        if error.sqlite_errorcode not in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise OSError(0, f"构建记录打不开（{error}）", str(path)) from error
        path.unlink()
        return _empty(), True


def _empty() -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.executescript(_TABLES)
    return database


def _with_tables(database: sqlite3.Connection) -> sqlite3.Connection:
    """The database, if it is one of ours. Raises sqlite3.DatabaseError."""
    try:
        for query in _QUERIES:
            database.execute(query).fetchone()
    except BaseException:
        database.close()
        raise
    return database


def _state_text(state: State) -> str:
    return " ".join(map(str, state))


def _text(entry: Entry) -> str:
    values = {
        "draft": entry.draft,
        "variant": entry.variant,
        "options": entry.options,
        "program": entry.program,
        "project": entry.project,
        "templates": entry.templates,
        "inputs": entry.inputs,
        "files": [[file.path.as_posix(), file.pages, file.measured, digest] for file, digest in entry.files],
        "told": entry.told,
    }
    return json.dumps(values, ensure_ascii=True, separators=(",", ":"))


def _entry(text: str) -> Entry | None:
    """An entry as it was written; None for anything else."""
    try:
        values = json.loads(text)
        return Entry(
            values["draft"],
            values["variant"],
            values["options"],
            values["program"],
            values["project"],
            tuple(values["templates"]),
            dict(values["inputs"]),
            tuple(
                (File(Path(path), pages, Measured(*counts)), digest) for path, pages, counts, digest in values["files"]
            ),
            dict(values["told"]),
        )
    except (ValueError, KeyError, TypeError):
        return None

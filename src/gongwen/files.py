"""Files: read with a limit, and without waiting; those that a draft names are found inside the project folder alone."""

from __future__ import annotations

import errno
import functools
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import hashlib

LARGEST = 20 * 1024 * 1024
"""Bytes that a file may have that a draft names."""


def read_at_most(path: Path, limit: int) -> bytes:
    """The first ``limit`` bytes of a file, a device or a pipe. Raises OSError, ValueError for a name that no file can have.

    A pipe is read to its end; one that nobody writes to is empty, while a plain reader would wait for ever.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if stat.S_ISDIR(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        # Nothing yet, None, is not the end, b"": somebody may still write.
        start = file.read(limit)
        if start == b"":
            return start
        os.set_blocking(descriptor, True)
        parts = [start or b""]
        left = limit - len(parts[0])
        while left > 0 and (part := file.read(left)):
            parts.append(part)
            left -= len(part)
    return b"".join(parts)


def resolved(path: Path) -> Path:
    """The path without links and dots; of links that go round, what the system makes of them. Never raises."""
    return Path(os.path.realpath(path))


class State(NamedTuple):
    """What the system knows of a file, without its content: bytes, times of content and of inode in ns, number of the inode.

    A file that was changed has another, unless it was changed twice within the same tick of the file system's clock.
    """

    size: int
    modified: int
    changed: int
    inode: int


class Seen(NamedTuple):
    """A file as it was read: its state before that, and the digest of the bytes."""

    state: State
    digest: str


def state_of(path: Path | str) -> State | None:
    """The state of a file; None where there is none, or no name of one."""
    try:
        found = os.stat(path)  # noqa: PTH116 - tens of thousands of them in one run
    except (OSError, ValueError):
        return None
    return (
        State(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
        if stat.S_ISREG(found.st_mode)
        else None
    )


def digest_of(data: bytes) -> str:
    """What tells contents apart: 32 hexadecimal digits."""
    digest = _new_digest()
    digest.update(data)
    return digest.hexdigest()


def _new_digest() -> hashlib.blake2b:
    import hashlib  # a command that reads nothing does without

    return hashlib.blake2b(digest_size=16)


def seen_of(path: Path) -> Seen | None:
    """A file that others read, as it is now; None where none can be read. One that has not changed is not read again."""
    state = state_of(path)
    try:
        return None if state is None else Seen(state, _digest_at(path, state))
    except OSError:
        return None


@functools.lru_cache(maxsize=256)
def _digest_at(path: Path, _state: State) -> str:
    import hashlib

    with path.open("rb") as file:
        return hashlib.file_digest(file, _new_digest).hexdigest()


class FileError(Exception):
    """A file cannot be used: what is wrong, and what the user can do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class Folder:
    """Where names are looked for: ``here`` is the folder of the file that names them, ``root`` that of the project.

    ``held`` are bytes that stand in place of those on disk, by the resolved path of their file. ``seen`` grows with each file that was
    read, and with None for one that was not there, ``answers`` with each name: its bytes, or why it has none. A name is looked up once.
    """

    here: Path
    root: Path
    held: Mapping[Path, bytes] = field(default_factory=dict, compare=False)
    seen: dict[Path, Seen | None] = field(default_factory=dict, compare=False)
    answers: dict[str, bytes | FileError] = field(default_factory=dict, compare=False, repr=False)

    def find(self, name: str) -> Path:
        """The file of a name, relative to ``here``. Raises FileError for one that is not there or lies outside the project."""
        path: Path | None
        try:
            path = (self.here / name).resolve()
            inside = path.is_relative_to(self.root.resolve())
            found = inside and (path in self.held or path.is_file())
        except (OSError, ValueError, RuntimeError):
            # A null character, a name too long, a loop of links: there is no such file.
            path, inside, found = None, True, False
        if not inside:
            raise FileError(f"文件在项目文件夹之外：{name}", "把文件放进稿件所在的项目文件夹，写相对于稿件的路径")
        if path is None or not found:
            if path is not None:
                self.seen[path] = None
            raise _missing(name)
        return path

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises FileError as `find`, and for one that is too large or cannot be read."""
        if name not in self.answers:
            try:
                self.answers[name] = self._read(name)
            except FileError as error:
                self.answers[name] = error
        answer = self.answers[name]
        if isinstance(answer, FileError):
            raise FileError(answer.message, answer.hint)
        return answer

    def _read(self, name: str) -> bytes:
        path = self.find(name)
        if path in self.held:
            return self.held[path]
        state = state_of(path)
        try:
            if path.stat().st_size > LARGEST:
                size = path.stat().st_size / 1024 / 1024
                raise FileError(f"文件太大：{name}（{size:.0f} MB）", f"不超过 {LARGEST // 1024 // 1024} MB")
            data = path.read_bytes()
        except OSError as error:
            raise FileError(f"读不了文件：{name}（{error.strerror}）", "核对文件的权限") from None
        if state is not None:
            self.seen[path] = Seen(state, digest_of(data))
        return data


class Away(Folder):
    """A folder that is on another machine: it has its ``answers``, and nothing is looked for on this one."""

    __slots__ = ()

    def find(self, name: str) -> Path:
        """Raises FileError."""
        raise _missing(name)


def _missing(name: str) -> FileError:
    return FileError(f"没有这个文件：{name}", "核对文件名；路径从写有它的文件所在的文件夹算起")

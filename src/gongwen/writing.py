"""Files written whole or not at all, whenever the program ends."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from gongwen.files import State, state_of

_BEGINNING: Final = ".gongwen-"
_ENDING: Final = ".part"
_HOUR: Final = 3600


def write_whole(target: Path, data: bytes, like: os.stat_result | None = None) -> State | None:
    """Write a file so that a reader sees the old one or the new one, never half of it. Raises OSError.

    With ``like`` it has the mode and, where the system lets it, the owner of the file that this was read from. Gives the state of what
    was written; None where another has written there since.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=_BEGINNING, suffix=_ENDING, dir=target.parent)
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            number = os.fstat(file.fileno()).st_ino
        if like is None:
            umask = os.umask(0)
            os.umask(umask)
            partial.chmod(0o666 & ~umask)
        else:
            with contextlib.suppress(OSError, AttributeError):  # AttributeError: Windows
                os.chown(partial, like.st_uid, like.st_gid)
            partial.chmod(stat.S_IMODE(like.st_mode))
        partial.replace(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    state = state_of(target)
    return state if state is not None and state.inode == number and state.size == len(data) else None


def leftovers(folder: Path, *, older_than: float = _HOUR) -> Iterator[Path]:
    """What killed runs have left of files, in a folder alone; younger ones (seconds) may be another run's work."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if path.name.startswith(_BEGINNING) and path.name.endswith(_ENDING):
                state = state_of(path)
                if state is not None and time.time() - state.modified / 1e9 >= older_than:
                    yield path


def reason_of(error: OSError) -> str:
    """What the system refused, in Chinese."""
    what = {
        errno.ENOSPC: "磁盘已满",
        errno.EDQUOT: "超出了磁盘配额",
        errno.EACCES: "没有权限",
        errno.EPERM: "没有权限",
        errno.EROFS: "文件系统只读",
        errno.EISDIR: "这是文件夹，不是文件",
        errno.ENOTDIR: "路径中有一段不是文件夹",
        errno.EEXIST: "已有同名文件",
        errno.ENOENT: "没有这个文件或文件夹",
        errno.ENAMETOOLONG: "文件名太长",
        errno.EMFILE: "打开的文件太多",
        errno.EIO: "磁盘读写出错",
        errno.EADDRINUSE: "别的程序正在用",
    }
    return what.get(error.errno or 0, error.strerror or str(error))

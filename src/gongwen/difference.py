"""The difference of two files as a unified diff, to the byte: ``patch -p0`` makes the one from the other."""

from __future__ import annotations

import difflib
import re

_NO_END = b"\\ No newline at end of file\n"
_QUOTED = re.compile(r'[\x00-\x1f"\\\x7f]')


def unified(before: bytes, after: bytes, name: str) -> bytes:
    """A unified diff with three lines of context; an empty one where the files are the same."""
    parts = difflib.diff_bytes(
        difflib.unified_diff,
        _lines(before),
        _lines(after),
        _named(name),
        _named(name),
    )
    return b"".join(part if part.endswith(b"\n") else part + b"\n" + _NO_END for part in parts)


def _lines(data: bytes) -> list[bytes]:
    """Lines with their ends; a CR belongs to its line."""
    return re.findall(rb"[^\n]*\n|[^\n]+", data)


def _named(name: str) -> bytes:
    """A file's name as diffs spell it: quoted where it has signs in it, with a tab behind it where it has blanks."""
    if _QUOTED.search(name):
        escaped = _QUOTED.sub(lambda sign: f"\\{sign[0]}" if sign[0] in '"\\' else f"\\{ord(sign[0]):03o}", name)
        name = f'"{escaped}"'
    return f"{name}\t".encode("utf-8", "surrogateescape") if " " in name else name.encode("utf-8", "surrogateescape")

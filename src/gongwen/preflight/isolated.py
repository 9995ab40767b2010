"""Measuring a file that comes from anywhere, in a process of its own with limits.

A PDF can be made so that reading it takes forever, takes all memory, or brings down the library that reads it. None of that reaches the
process that asks.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from gongwen.files import read_at_most
from gongwen.preflight.case import Profile
from gongwen.preflight.reading import UnreadableError
from gongwen.preflight.results import Result
from gongwen.preflight.standalone import GROUPS, Inspection, inspect

LARGEST: Final = 100 * 1024 * 1024
"""Bytes that a file may have."""
SECONDS: Final = 60
"""Time that measuring one file may take."""
MEMORY: Final = 4 * 1024**3
"""Bytes of address space that it may take, where the system can tell."""
_MAGIC: Final = b"%PDF-"
_MAGIC_WITHIN: Final = 1024
"""Bytes at the start of a file, among which a reader looks for its mark."""


def inspect_file(path: Path, profile: Profile | None = None, seconds: float = SECONDS) -> Inspection:
    """Measure a file. Raises UnreadableError for one that is no PDF, is damaged, encrypted or too much; OSError if it cannot be read."""
    data = read_at_most(path, LARGEST + 1)
    if len(data) > LARGEST:
        raise UnreadableError(f"文件太大，最多 {LARGEST // 1024 // 1024} MB")
    if _MAGIC not in data[:_MAGIC_WITHIN]:
        raise UnreadableError("不是 PDF 文件")
    command = [sys.executable, "-m", "gongwen.preflight.isolated", profile or ""]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds, check=False)  # noqa: S603 - ourselves
    except subprocess.TimeoutExpired:
        raise UnreadableError(f"{seconds:g} 秒还没有量完，文件可能太复杂") from None
    if done.returncode:
        raise UnreadableError("读取时中断，文件可能已损坏")
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise UnreadableError(answer["error"])
    groups = {group.name: group for group in GROUPS}
    return Inspection(
        answer["pages"],
        tuple((groups[name], tuple(Result(**one) for one in results)) for name, results in answer["results"]),
    )


def _answer(data: bytes, profile: Profile | None) -> dict[str, Any]:
    try:
        found = inspect(data, profile)
    except UnreadableError as error:
        return {"error": str(error)}
    except (MemoryError, RecursionError):
        return {"error": "内存不够，文件可能太复杂"}
    results = [(group.name, [dataclasses.asdict(one) for one in results]) for group, results in found.results]
    return {"pages": found.pages, "results": results}


def _limit() -> None:
    """Give this process no more memory than it should need, where the system can do that."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main() -> None:
    """The other process: a file on standard input, what was measured on standard output."""
    _limit()
    profile: Profile | None = {"print": "print", "archive": "archive"}.get(sys.argv[1])  # type: ignore[assignment]
    answer = _answer(sys.stdin.buffer.read(), profile)
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()

"""Types into drafts through the language server, and prints what it took from keystroke to findings as a page of Markdown.

    .venv/bin/python benchmarks/editing.py > docs/benchmarks/editing.md

An editor that is no more than a pipe opens a draft in `gongwen lsp`, changes one character in it and waits for the findings of that
version. The pause that the server makes after a keystroke (`PAUSE`) is counted off. The peer, in every round, is a whole `gongwen check`
of the same text: what an editor would wait for that ran the command after each keystroke. Ratios are taken within a round, so that a
machine whose speed drifts slows both alike.
"""

from __future__ import annotations

import argparse
import itertools
import json
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gongwen import __version__
from gongwen.compiler import Compiler
from gongwen.lsp.server import PAUSE

ROOT = Path(__file__).resolve().parent.parent
DRAFTS = ("yunzhou-2026-5", "jiaozuo-2023-93")
"""A draft of two pages, and one of nine."""
DEFAULT_ROUNDS = 15
MOST_ROUNDS = 200
KEYS = 5
"""Keystrokes in a round."""
GOAL = 50
"""Milliseconds from keystroke to findings for the draft of two pages, without the pause."""


@dataclass
class Figures:
    """What one draft took, in seconds: the first findings, each keystroke's, and a whole check, round by round."""

    pages: int
    characters: int
    opened: float = 0.0
    keys: list[list[float]] = field(default_factory=list)
    checks: list[float] = field(default_factory=list)

    @property
    def typed(self) -> list[float]:
        """Every keystroke's time."""
        return list(itertools.chain.from_iterable(self.keys))

    @property
    def ratios(self) -> list[float]:
        """A keystroke over a whole check, by rounds."""
        return [statistics.median(keys) / check for keys, check in zip(self.keys, self.checks, strict=True)]


class Pipe:
    """The least that an editor does: messages out, messages in."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("no pipes")
        self._in, self._out = process.stdin, process.stdout

    def send(self, method: str, params: Any, number: int | None = None) -> None:
        """Send a request, or a notification where it has no number."""
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        body = json.dumps(message if number is None else {**message, "id": number}).encode()
        self._in.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._in.flush()

    def receive(self) -> Any:
        """The next message. Raises EOFError where the server has ended."""
        length = 0
        while line := self._out.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        if not length:
            raise EOFError
        return json.loads(self._out.read(length))

    def findings(self, version: int) -> None:
        """Wait for the findings of a version."""
        while True:
            message = self.receive()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["version"] == version:
                return


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description="通过语言服务逐字修改稿件，量从按键到列出问题的时间；结果是一页 Markdown。"
    )
    parser.add_argument("--rounds", type=int, default=DEFAULT_ROUNDS, help=f"轮数，默认 {DEFAULT_ROUNDS}")
    rounds = parser.parse_args().rounds
    if not 1 <= rounds <= MOST_ROUNDS:
        parser.error(f"轮数是 1 到 {MOST_ROUNDS}")
    figures = {name: measured(ROOT / "notices" / f"{name}.yaml", rounds) for name in DRAFTS}
    sys.stdout.write("\n".join(page(figures, rounds)) + "\n")


def measured(draft: Path, rounds: int) -> Figures:
    """Type into a draft, and check it whole, in turn."""
    text = draft.read_text("utf-8")
    layout = Compiler().check(draft).layout
    if layout is None:
        raise RuntimeError(f"{draft}: not laid out")
    figures = Figures(len(layout.pages), len(text))
    with tempfile.TemporaryDirectory(prefix="gongwen-editing-") as folder, server(Path(folder)) as pipe:
        uri = (Path(folder) / draft.name).as_uri()
        copy = Path(folder) / draft.name
        copy.write_text(text, "utf-8")
        start = time.perf_counter()
        item = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        pipe.send("textDocument/didOpen", {"textDocument": item})
        pipe.findings(1)
        figures.opened = time.perf_counter() - start
        versions = itertools.count(2)
        place = middle(text)
        keystroke(pipe, uri, next(versions), place, "一")  # the first one after the file was opened is not counted
        for _ in range(rounds):
            # Each keystroke makes the paragraph a new one, which no cache of lines knows.
            keys = [keystroke(pipe, uri, next(versions), place, char) for char in itertools.islice("的一是在了", KEYS)]
            figures.keys.append(keys)
            figures.checks.append(whole_check(copy))
    return figures


@contextmanager
def server(folder: Path) -> Iterator[Pipe]:
    """A server that has begun."""
    command = [sys.executable, "-m", "gongwen", "lsp"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder) as process:
        pipe = Pipe(process)
        pipe.send("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}}, 1)
        pipe.receive()
        pipe.send("initialized", {})
        yield pipe
        pipe.send("shutdown", None, 2)
        while pipe.receive().get("id") != 2:  # noqa: PLR2004 - the number of the line above
            pass
        pipe.send("exit", None)


def middle(text: str) -> dict[str, int]:
    """A place inside the longest line of a draft."""
    lines = text.split("\n")
    number = max(range(len(lines)), key=lambda one: len(lines[one]))
    return {"line": number, "character": len(lines[number]) // 2}


def keystroke(pipe: Pipe, uri: str, version: int, place: dict[str, int], char: str) -> float:
    """Seconds from a keystroke to its findings, without the pause."""
    start = time.perf_counter()
    change = {"range": {"start": place, "end": place}, "text": char}
    pipe.send("textDocument/didChange", {"textDocument": {"uri": uri, "version": version}, "contentChanges": [change]})
    pipe.findings(version)
    return time.perf_counter() - start - PAUSE


def whole_check(draft: Path) -> float:
    """Seconds of the command, from its start to its end."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "gongwen", "check", str(draft)],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - start


def page(figures: dict[str, Figures], rounds: int) -> Iterator[str]:
    """The page, line by line."""
    yield "# 编辑时的速度"
    yield ""
    yield "*From keystroke to findings in the language server, against a whole `gongwen check` of the same text. This page is what the"
    yield "command below prints.*"
    yield ""
    yield "    .venv/bin/python benchmarks/editing.py > docs/benchmarks/editing.md"
    yield ""
    yield (
        f"{platform.system()} {platform.machine()}；Python {platform.python_version()}，gongwen {__version__}。"
        f"{rounds} 轮，每轮按键 {KEYS} 次、整份检查 1 次，轮流进行。"
    )
    yield ""
    yield "| 稿件 | 页数 | 字符 | 打开后首次（ms） | 按键：中位数（ms） | 按键：最慢（ms） | gongwen check（ms） | 按键 ÷ check |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for name, one in figures.items():
        cells = [
            f"`notices/{name}.yaml`",
            str(one.pages),
            str(one.characters),
            *(milliseconds(each) for each in (one.opened, statistics.median(one.typed), max(one.typed))),
            milliseconds(statistics.median(one.checks)),
            f"{statistics.median(one.ratios):.3f}（{spread(one.ratios)}）",
        ]
        yield f"| {' | '.join(cells)} |"
    yield ""
    yield "- 按键：从编辑器送出改动（didChange）到收到这一版的问题（publishDiagnostics），含两个方向的传送。"
    yield f"  停止按键 {PAUSE * 1000:.0f} ms 之后才检查，这段时间不计。"
    yield "- 打开后首次：服务启动后打开的第一份稿件，要读字体。"
    yield "- gongwen check：每次一个新进程，从启动到退出。"
    yield "- 比值先逐轮相除再取中位数；括号内是各轮的最小与最大。"
    yield ""
    taken = statistics.median(figures[DRAFTS[0]].typed) * 1000
    yield f"目标：{figures[DRAFTS[0]].pages} 页的稿件，按键不超过 {GOAL} ms；实测 {taken:.1f} ms，{'达到' if taken <= GOAL else '未达到'}。"


def milliseconds(seconds: float) -> str:
    """Milliseconds, as many digits as tell something."""
    value = seconds * 1000
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}"  # noqa: PLR2004 - two digits before the point


def spread(values: Sequence[float]) -> str:
    """The least and the greatest."""
    return f"{min(values):.3f}–{max(values):.3f}"


if __name__ == "__main__":
    main()

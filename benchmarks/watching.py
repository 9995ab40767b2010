"""Saves a draft of nine pages with one character changed, and prints how long its pages and its PDF took, as a section of Markdown.

    .venv/bin/python benchmarks/watching.py

`gongwen watch --serve` runs as a program of its own on a copy of the draft. A browser that is no more than a socket listens to its
events. From the save it is measured how long it takes until the event with the new page is here, and until the new PDF is on disk.
Between two saves everything comes to rest, as it does between two saves of a person.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import platform
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from gongwen import __version__

ROOT = Path(__file__).resolve().parent.parent
DRAFT = ROOT / "notices" / "jiaozuo-2023-93.yaml"
DEFAULT_SAVES = 30
GOALS = (50, 80)
"""Milliseconds from the save to the page in the browser, and to the PDF on disk."""
PATIENCE = 60.0
"""Seconds after which something is wrong."""
PAUSE = 0.7
"""Seconds between two saves, in which the last PDF is measured."""
CHARACTERS = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
"""What is written into the draft, one after the other: common, and each a new text."""


@dataclass
class Figures:
    """What each save took, in milliseconds."""

    pages: int = 0
    shown: list[float] = field(default_factory=list)
    written: list[float] = field(default_factory=list)


class Browser:
    """Listens to events, and knows when the last page that changed was here."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._connection = http.client.HTTPConnection(str(parts.hostname), parts.port or 80, timeout=PATIENCE)
        self._connection.request("GET", f"{parts.path}events?1")
        self._answer = self._connection.getresponse()
        self.pages: list[tuple[float, str]] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while line := self._answer.readline():
            now = time.perf_counter()
            if line.startswith(b"data: "):
                shown = json.loads(line[6:]).get("shown", {})
                self.pages += [(now, html) for html in shown.get("pages", {}).values()]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description="守候一份九页的稿件，每次改一个字，量从保存到版面、到 PDF 的时间；结果是一页 Markdown。"
    )
    parser.add_argument("--saves", type=int, default=DEFAULT_SAVES, help=f"保存的次数，默认 {DEFAULT_SAVES}")
    saves = parser.parse_args().saves
    if not 1 <= saves < len(CHARACTERS):
        parser.error(f"次数是 1 到 {len(CHARACTERS) - 1}")
    sys.stdout.write("\n".join(section(measured(saves), saves)) + "\n")


def measured(saves: int) -> Figures:
    """Save a draft so many times."""
    figures = Figures()
    with tempfile.TemporaryDirectory(prefix="gongwen-watching-") as name:
        folder = Path(name)
        draft, pdf = folder / DRAFT.name, folder / "out" / f"{DRAFT.stem}.pdf"
        shutil.copy(DRAFT, draft)
        text = DRAFT.read_text("utf-8")
        place = middle(text)
        command = [sys.executable, "-m", "gongwen", "watch", str(draft), "-o", str(pdf.parent), "--serve"]
        with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as run:
            browser = Browser(begun(run))
            figures.pages = len(browser_pages(browser))
            for number, char in enumerate(CHARACTERS[: saves + 1]):
                time.sleep(PAUSE)
                edited = f"{text[:place]}{char}{text[place + 1 :]}"
                shown, written = saved(draft, pdf, edited, browser)
                if number:  # the first save after the start is not counted
                    figures.shown.append(shown)
                    figures.written.append(written)
            run.send_signal(signal.SIGINT)
    return figures


def begun(run: subprocess.Popen[str]) -> str:
    """The address of the preview, once everything has been built."""
    address = ""
    for line in run.stderr or ():
        if match := re.search(r"http://\S+", line):
            address = match[0]
        if line.startswith("守候"):
            return address
    raise RuntimeError("ended early")


def browser_pages(browser: Browser) -> list[tuple[float, str]]:
    """The pages that a browser gets when it begins to listen."""
    deadline = time.perf_counter() + PATIENCE
    while not browser.pages and time.perf_counter() < deadline:
        time.sleep(0.01)
    return list(browser.pages)


def middle(text: str) -> int:
    """A place inside the longest line of a draft."""
    longest = max(text.split("\n"), key=len)
    return text.index(longest) + len(longest) // 2


def saved(draft: Path, pdf: Path, text: str, browser: Browser) -> tuple[float, float]:
    """Save a text; milliseconds to the event with its page, and to its PDF."""
    before, known = os.stat(pdf), len(browser.pages)  # noqa: PTH116 - as often as can be
    start = time.perf_counter()
    draft.write_text(text, "utf-8")
    while (now := os.stat(pdf)).st_ino == before.st_ino and now.st_mtime_ns == before.st_mtime_ns:  # noqa: PTH116
        if time.perf_counter() - start > PATIENCE:
            raise RuntimeError("no PDF")
        time.sleep(0.001)
    written = time.perf_counter() - start
    while len(browser.pages) == known:
        time.sleep(0.001)
    return (browser.pages[known][0] - start) * 1000, written * 1000


SUMMARY = """\
*A nine-page notice under watch: one character changed and saved, again and again; from the save to the page in a browser, and to the PDF on
disk. This page is what the command below prints.*"""


def section(figures: Figures, saves: int) -> Iterator[str]:
    """The page, line by line."""
    yield "# 保存之后"
    yield ""
    yield from SUMMARY.split("\n")
    yield ""
    yield "    .venv/bin/python benchmarks/watching.py > docs/benchmarks/watching.md"
    yield ""
    yield (
        f"{platform.system()} {platform.machine()}；Python {platform.python_version()}，gongwen {__version__}。"
        f"`gongwen watch --serve` 守候 `notices/{DRAFT.name}`（{figures.pages} 页），每次改一个字，保存 {saves} 次。"
    )
    yield ""
    yield "| 从保存到 | 中位数（ms） | 最慢（ms） | 目标（ms） |"
    yield "| --- | ---: | ---: | ---: |"
    for what, values, goal in zip(
        ("浏览器收到改过的那一页", "PDF 写好"), (figures.shown, figures.written), GOALS, strict=True
    ):
        median = statistics.median(values)
        met = "达到" if median <= goal else "未达到"
        yield f"| {what} | {median:.1f} | {max(values):.1f} | {goal}，{met} |"


if __name__ == "__main__":
    main()

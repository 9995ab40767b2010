"""``gongwen watch`` as users run it."""

import http.client
import json
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from gongwen import cli
from gongwen.building.job import File, Job, Measured
from gongwen.cli.watch import _jobs
from gongwen.cli.watched import Console
from gongwen.compiler import Compiler
from gongwen.options import PRINT
from gongwen.outcome import Outcome

RIGHT = (Path(__file__).parent / "drafts" / "en" / "right.yaml").read_text("utf-8")
OTHER = RIGHT.replace("夏送清凉", "冬送温暖")
DOUBTFUL = RIGHT.replace("date: 2025年6月1日", "date: 2025年6月3日")
GENEROUS = 240
"""Seconds after which a program that does nothing is taken for dead."""


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    """A function: arguments → exit status, standard error; in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def main(*args):
        with pytest.raises(SystemExit) as caught:
            cli.main(["watch", *map(str, args)])
        return caught.value.code, re.sub(r"\x1b\[[\d;]*m", "", capsys.readouterr().err)

    return main


# --- wrong use -------------------------------------------------------------------------------------------------------


def test_wrong_use_is_told(run, tmp_path):
    assert run("none.yaml")[0] == 2
    (tmp_path / "a.yaml").write_text(RIGHT, "utf-8")
    code, err = run("a.yaml", "--port", "8000")
    assert (code, "--port 要和 --serve 一起用" in err) == (2, True)
    for port in ("0", "65536", "x"):
        assert run("a.yaml", "--serve", "--port", port)[0] == 2


def test_a_port_that_another_program_has_is_told(run, tmp_path):
    (tmp_path / "a.yaml").write_text(RIGHT, "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        code, err = run("a.yaml", "--serve", "--port", port)
    assert code == 2
    assert f"端口 {port} 用不了（别的程序正在用）" in err
    assert "--port" in err


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_told(run, tmp_path):
    (tmp_path / "a.yaml").write_text(RIGHT, "utf-8")
    (tmp_path / "out").mkdir(mode=0o500)
    assert run("a.yaml") == (2, "gongwen：没有权限写文件夹，或者它是只读的：out\n")


# --- what is told ----------------------------------------------------------------------------------------------------


class Quiet:
    has_failed = False


@pytest.fixture
def console():
    return Console("concise", Quiet())


@pytest.fixture
def outcome(tmp_path):
    compiler = Compiler()

    def of(text):
        path = tmp_path / "a.yaml"
        path.write_text(text, "utf-8")
        return Outcome.of(compiler.check(path))

    return of


def test_findings_and_files_are_told_and_that_findings_are_gone(console, outcome, tmp_path, capsys):
    job = Job(tmp_path / "a.yaml", tmp_path / "a.pdf")
    files = [File(job.target, 4, Measured())]
    found = outcome(DOUBTFUL)
    codes = [one.check.code for one in found.diagnostics]
    assert codes
    console.listed([job])
    console.built(job, found, files, 61.7)
    console.measured(job, found, files)
    console.rested()
    out, err = capsys.readouterr()
    assert [code for code in codes if code not in out] == []
    assert out.splitlines()[-1] == f"{job.target}  4 页  62 毫秒"
    assert err == "守候 1 份稿件；按 Ctrl-C 结束\n"
    for _ in range(2):
        console.built(job, outcome(RIGHT), files, 50.0)
        console.measured(job, outcome(RIGHT), files)
        console.rested()
    told = f"{job.target}  4 页  50 毫秒\n"
    assert capsys.readouterr() == (f"{told}{job.draft}  没有问题\n{told}", "")


def test_what_is_only_seen_in_the_pdf_is_told_alone(console, outcome, tmp_path, capsys):
    job = Job(tmp_path / "a.yaml", tmp_path / "a.pdf")
    console.built(job, outcome(RIGHT), [File(job.target, 4, Measured())], 1.0)
    console.measured(job, outcome(DOUBTFUL), [])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{job.target}  4 页  1 毫秒"
    assert len(lines) == 1 + len(outcome(DOUBTFUL).diagnostics)


def test_a_draft_without_a_pdf_a_fault_and_one_that_is_gone_are_told(console, outcome, tmp_path, capsys):
    job = Job(tmp_path / "a.yaml", tmp_path / "a.pdf")
    console.unchanged(job, outcome(DOUBTFUL), [])
    console.built(job, outcome("kind: 通知\n"), [], 1.0)
    console.failed(job, "程序有错（x）")
    console.gone(job)
    console._changes.has_failed = True
    console.rested()
    console.rested()
    out, err = capsys.readouterr()
    assert "GW102" in out
    assert err.splitlines() == [
        f"{job.draft}  有错，没有生成 PDF",
        f"{job.draft}：程序有错（x）",
        f"{job.draft}  没有了，不再守候；已经生成的 PDF 还在",
        "守候 0 份稿件，其中 1 份没有改动；按 Ctrl-C 结束",
        "系统不能通知文件的改动，改为每秒查看一次",
    ]
    Quiet.has_failed = False


def test_places_may_be_gone_and_the_first_of_two_drafts_has_the_file(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.yaml").write_text(RIGHT, "utf-8")
    out = tmp_path / "out"
    places = [tmp_path / "none", tmp_path / "a", tmp_path / "b", tmp_path / "a" / "x.yaml"]
    assert _jobs(places, out, PRINT) == [Job(tmp_path / "a" / "x.yaml", out / "x.pdf")]


# --- the whole -------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent to one program alone")
def test_a_save_makes_page_and_pdf_and_an_interrupt_ends_it(tmp_path):
    draft, pdf = tmp_path / "a.yaml", tmp_path / "out" / "a.pdf"
    draft.write_text(RIGHT, "utf-8")
    command = [sys.executable, "-m", "gongwen", "watch", "a.yaml", "--serve", "--format", "concise"]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "encoding": "utf-8"}
    with subprocess.Popen(command, cwd=tmp_path, env={**os.environ, "PYTHONUTF8": "1"}, **streams) as process:
        try:
            told = Lines(process.stderr)
            address = told.until("http://").partition("：")[2].strip()
            lines = Lines(process.stdout)
            assert re.fullmatch(r"out/a\.pdf  4 页  \d+ 毫秒\n", lines.until("a.pdf"))
            told.until("守候 1 份稿件")
            before = pdf.read_bytes()
            events = Events(address)
            assert "夏送清凉" in events.page()
            draft.write_text(OTHER, "utf-8")
            assert "冬送温暖" in events.page()
            lines.until("a.pdf")
            assert pdf.read_bytes() != before
            draft.write_text(RIGHT, "utf-8")
            lines.until("a.pdf")
            assert pdf.read_bytes() == before
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(GENEROUS) == 0
    assert [path.name for path in pdf.parent.iterdir() if path.suffix == ".part"] == []


class Lines:
    """Lines of a program, read as they come."""

    def __init__(self, stream):
        self._queue = queue.SimpleQueue()
        threading.Thread(target=lambda: [self._queue.put(line) for line in stream], daemon=True).start()

    def until(self, part):
        """The next line with a text in it. Raises queue.Empty when there is none for very long."""
        while part not in (line := self._queue.get(timeout=GENEROUS)):
            pass
        return line


class Events:
    """The events of a preview."""

    def __init__(self, address):
        parts = urlsplit(address)
        self._connection = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=GENEROUS)
        self._connection.request("GET", f"{parts.path}events")
        self._answer = self._connection.getresponse()

    def page(self):
        """The next pages that change."""
        while line := self._answer.readline():
            if line.startswith(b"data: ") and (pages := json.loads(line[6:]).get("shown", {}).get("pages")):
                return "".join(pages.values())
        raise EOFError

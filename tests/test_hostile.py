"""What nobody writes, and what takes thousands of times as long when a rule or a report looks at everything once for each."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from gongwen.compiler import Compiler
from gongwen.diagnostics import Diagnostic
from gongwen.files import read_at_most, resolved
from gongwen.fonts import FontError, resolve
from gongwen.parser import MAX_FAULTS
from gongwen.reading.faults import INVALID_YAML
from gongwen.reading.lines import Lines
from gongwen.register.numbering import next_number
from gongwen.reporters import FORMATS, Run, Told, reporter_of
from gongwen.source import Source

END = "signature: 云州市总工会\ndate: 2025-06-01\n"
LONG = 4_000
PATIENCE = 10
"""Seconds within which each of these is done on a slow machine; before, each took minutes or gigabytes."""


def codes(text):
    source = Source.parse(text, "a.yaml")
    return [one.check.code for one in Compiler().check(Path("a.yaml"), source=source).diagnostics]


@pytest.fixture
def soon():
    """Fails what is not done soon."""

    def late(*_):
        raise AssertionError("too slow")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(PATIENCE)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def of_text(text):
    return f"kind: 通知\nissuer: 云州市总工会\ntitle: 云州市总工会关于做好工作的通知\naddressees: 各区总工会\nbody:\n  - '{text}'\n{END}"


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("‘" * LONG + "甲" + "’" * LONG, "GW808"),
        ("（" * LONG + "甲" + "）" * LONG, "GW811"),
        ("“甲”" + '"乙"' * LONG, "GW807"),
        ("、" * 3 * LONG + "甲……", None),
    ],
    ids=["quotes", "brackets", "straight quotes", "points"],
)
def test_marks_without_end_are_read_once(text, code):
    found = codes(of_text(text))
    assert found
    assert code is None or code in found, set(found)


@pytest.mark.usefixtures("soon")
def test_comments_and_findings_by_the_thousand():
    several = ",".join(["GW801"] * LONG)
    body = "".join("  - 甲,乙。  # gongwen: ignore[GW801]\n" for _ in range(LONG))
    text = of_text("甲").replace("body:\n", f"# gongwen: ignore[{several}]\nbody:\n{body}")
    found = codes(text)
    assert "GW801" not in found


@pytest.mark.usefixtures("soon")
def test_headings_without_text_by_the_thousand():
    found = codes(of_text("甲").replace("body:\n", "body:\n" + "  - heading: 甲\n" * LONG))
    assert found


@pytest.mark.usefixtures("soon")
def test_unknown_keys_are_told_up_to_a_limit():
    source = Source.parse(of_text("甲") + "".join(f"k{number}: v\n" for number in range(20 * MAX_FAULTS)), "a.yaml")
    found = Compiler().check(Path("a.yaml"), source=source).diagnostics
    assert len(found) == MAX_FAULTS + 1
    assert sum(one.message == "问题太多，从这里起不再逐一列出" for one in found) == 1


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("form", FORMATS)
def test_a_report_of_one_long_line_takes_no_more_than_it_shows(form):
    text = "甲" * 600_000
    lines = Lines(text)
    found = tuple(Diagnostic(INVALID_YAML, "某", "a.yaml", lines.span(at, at + 1)) for at in range(0, 200_000, 100))
    reporter = reporter_of(FORMATS[form])(Run(Path.cwd(), strict=False, columns=100))
    told = reporter.add(Told("a.yaml", found, {"a.yaml": Source("a.yaml", text, None, ())})) + reporter.end()
    assert told
    assert len(told) < 1000 * len(found)


@pytest.mark.usefixtures("soon")
def test_a_number_before_a_million_blanks(tmp_path):
    draft = tmp_path / "a.yaml"
    draft.write_text("number: 云工发〔2026〕6号" + " " * 1_000_000 + "x\n", "utf-8")
    assert next_number([draft], "云工发", 2026) is None
    draft.write_text("number: 云工发〔2026〕6号" + " " * 1_000_000 + "# x\r\n", "utf-8")
    assert str(next_number([draft], "云工发", 2026)) == "云工发〔2026〕7号"


# --- Files that are none ------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("soon")
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_a_pipe_that_nobody_writes_to_is_empty(tmp_path):
    os.mkfifo(tmp_path / "a.yaml")
    assert read_at_most(tmp_path / "a.yaml", 10) == b""
    assert [one.check.code for one in Source.read(tmp_path / "a.yaml").diagnostics] == ["GW018"]


def test_a_pipe_is_read_to_its_end_and_no_further_than_the_limit():
    ours, theirs = os.pipe()

    def write():
        for part in (b"abc", b"def", b"ghi"):
            time.sleep(0.05)
            os.write(theirs, part)
        os.close(theirs)

    writer = threading.Thread(target=write)
    writer.start()
    assert read_at_most(Path(f"/dev/fd/{ours}"), 100) == b"abcdefghi"
    writer.join()
    os.close(ours)


@pytest.mark.parametrize("name", ["a" * 10_000 + ".ttf", "loop.ttf", "nul\0.ttf"], ids=["long", "loop", "nul"])
def test_a_face_that_no_file_can_be_is_told(tmp_path, name):
    (tmp_path / "loop.ttf").symlink_to("loop.ttf")
    with pytest.raises(FontError, match="没有字体文件") as caught:
        resolve(name, tmp_path)
    assert len(caught.value.message) < 120


def test_a_device_and_a_folder(tmp_path):
    assert read_at_most(Path("/dev/zero"), 5) == bytes(5)
    with pytest.raises(IsADirectoryError):
        read_at_most(tmp_path, 5)


def test_links_that_go_round_lead_somewhere(tmp_path):
    (tmp_path / "a").symlink_to("a")
    assert resolved(tmp_path / "a" / "b").is_absolute()


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
@pytest.mark.parametrize("ending", ["SIGTERM", "SIGKILL"])
def test_processes_that_check_end_with_the_one_that_started_them(tmp_path, ending):
    program = (
        "import time; from pathlib import Path; from gongwen import checking; from gongwen.compiler import Compiler;"
        "Compiler.check = lambda *_: (print('busy', flush=True), time.sleep(999));"
        "list(checking.outcomes([Path(str(number)) for number in range(99)], Compiler(), jobs=2))"
    )
    with subprocess.Popen([sys.executable, "-c", program], cwd=tmp_path, stdout=subprocess.PIPE) as run:
        assert run.stdout.readline() == b"busy\n"
        run.send_signal(getattr(signal, ending))
        # The output ends only when nobody is left who could write to it.
        reader = threading.Thread(target=run.stdout.read, daemon=True)
        reader.start()
        reader.join(PATIENCE)
        assert not reader.is_alive()


# --- The end of the language server -----------------------------------------------------------------------------------------

_INITIALIZE = '{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}'
_OPEN = (
    '{"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument":'
    ' {"uri": "file:///a.yaml", "languageId": "yaml", "version": 1, "text": "kind: 通知"}}}'
)


@pytest.mark.skipif(sys.platform == "win32", reason="no guard there")
@pytest.mark.parametrize(
    "check", ["re.match('(a+)+b', 'a' * 99)", "[time.sleep(0.1) for _ in range(999)]"], ids=["pattern", "thread"]
)
def test_the_server_ends_with_its_input_whatever_it_does(tmp_path, check):
    program = (
        "import re, sys, time; from gongwen import cli; from gongwen.lsp import findings;"
        f"findings.check = lambda *_: (print('busy', file=sys.stderr, flush=True), {check}); cli.main(['lsp'])"
    )
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", program], cwd=tmp_path, **pipes) as server:
        for message in (_INITIALIZE, _OPEN):
            server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(message.encode()), message.encode()))
        server.stdin.flush()
        assert server.stderr.readline() == b"busy\n"
        server.stdin.close()
        try:
            assert server.wait(20) != 0
            # Nobody is left who holds the server's output.
            assert b"capabilities" in server.stdout.read()
        finally:
            server.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="no such shell")
def test_a_closed_output_is_no_fault_of_the_program(tmp_path):
    (tmp_path / "a.yaml").write_text(of_text("甲。"), "utf-8")
    command = f"'{sys.executable}' -m gongwen register a.yaml >&-"
    done = subprocess.run(["/bin/sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, "程序有错" in done.stderr) == (0, False)

"""Drafts checked in several processes: the same outcomes in the same order, whatever becomes of a process."""

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from gongwen import checking, parallel
from gongwen.checking import PROCESS_DIED, Checking, outcomes
from gongwen.compiler import Compiler
from gongwen.parallel import cores

TEXT = "kind: 通知\nissuer: 某市总工会\ntitle: 某市总工会关于第{}项工作的通知\naddressees: [各单位]\nbody: [请照此办理。]\n"


def is_alone():
    """Whether no process is left. Two threads wait for an ended one, and the one that was too late learns of it a moment later."""
    for _ in range(500):
        if not multiprocessing.active_children():
            return True
        time.sleep(0.01)
    return False


@pytest.fixture
def drafts(tmp_path, monkeypatch):
    """Twelve small drafts, some wrong; any number of drafts is worth other processes here."""
    monkeypatch.setattr(checking, "FEW", 0)
    monkeypatch.setattr(checking, "_CHUNK", 2)
    paths = [tmp_path / f"{number:02}.yaml" for number in range(12)]
    for number, path in enumerate(paths):
        path.write_text(TEXT.format(number) + ("nope: 1\n" if number % 5 == 0 else ""), "utf-8")
    return paths


@pytest.fixture
def forked(monkeypatch):
    """Processes that see what the test has patched."""
    if not sys.platform.startswith("linux"):
        pytest.skip("processes are not forked here")
    monkeypatch.setattr(parallel, "_context", lambda: multiprocessing.get_context("fork"))


def serial(drafts):
    return list(outcomes(drafts, Compiler(), jobs=1))


@pytest.mark.usefixtures("forked")
def test_outcomes_are_those_of_one_process(drafts):
    found = list(outcomes(drafts, Compiler(), jobs=3))
    assert found == serial(drafts)
    assert [one.path for one in found] == drafts
    assert sum(bool(one.texts) for one in found) == 12
    assert {one.entry.path for one in found} == set(drafts)


def test_processes_that_are_started_anew_give_the_same(drafts, monkeypatch):
    monkeypatch.setattr(parallel, "_context", lambda: multiprocessing.get_context("spawn"))
    compiler = Compiler()
    compiler.check(drafts[0])  # one that has been at work may go on in other processes
    assert list(outcomes(drafts, compiler, jobs=2)) == serial(drafts)


@pytest.mark.parametrize(("jobs", "few"), [(1, 0), (4, 13)])
def test_a_few_drafts_start_no_process(drafts, monkeypatch, jobs, few):
    monkeypatch.setattr(checking, "FEW", few)
    monkeypatch.setattr(parallel, "_pool", None)
    assert len(list(outcomes(drafts, Compiler(), jobs=jobs))) == 12


def test_no_drafts_no_outcomes():
    assert list(outcomes([], Compiler())) == []


@pytest.mark.usefixtures("forked")
def test_options_reach_the_processes(drafts):
    found = list(outcomes(drafts, Compiler(strict_fonts=True), jobs=2))
    assert all(any(one.check.code == "GW503" for one in outcome.diagnostics) for outcome in found[1:5])


def dying(monkeypatch, *names, how=lambda: os._exit(9)):
    check = Compiler.check

    def die(self, path, *args, **options):
        if path.name in names:
            how()
        return check(self, path, *args, **options)

    monkeypatch.setattr(Compiler, "check", die)


@pytest.mark.parametrize("names", [("05.yaml",), ("00.yaml", "01.yaml", "11.yaml")], ids=len)
@pytest.mark.usefixtures("forked")
def test_a_draft_that_kills_its_process_is_told_and_takes_no_other_with_it(drafts, monkeypatch, names):
    right = serial(drafts)
    dying(monkeypatch, *names)
    found = list(outcomes(drafts, Compiler(), jobs=2))
    assert [one.path for one in found] == drafts
    for one, whole in zip(found, right, strict=True):
        if one.path.name in names:
            (diagnostic,) = one.diagnostics
            assert (diagnostic.check, diagnostic.file, diagnostic.span) == (PROCESS_DIED, str(one.path), None)
            assert diagnostic.is_error
            assert (one.entry.path, one.entry.errors, one.entry.is_read) == (one.path, 1, False)
        else:
            assert one == whole


@pytest.mark.usefixtures("forked")
def test_a_process_that_is_killed_from_outside_costs_nothing(drafts, monkeypatch, tmp_path):
    right = serial(drafts)

    def once():
        with contextlib.suppress(FileExistsError):
            (tmp_path / "killed").touch(exist_ok=False)
            os.kill(os.getpid(), signal.SIGKILL)

    dying(monkeypatch, "05.yaml", how=once)
    assert list(outcomes(drafts, Compiler(), jobs=2)) == right


@pytest.mark.usefixtures("forked")
def test_a_fault_of_the_program_is_raised_as_in_one_process(drafts, monkeypatch):
    def fail():
        raise ValueError("奇怪")

    dying(monkeypatch, "05.yaml", how=fail)
    found = outcomes(drafts, Compiler(), jobs=2)
    assert [next(found).path for _ in range(4)] == drafts[:4]
    with pytest.raises(ValueError, match="奇怪"):
        list(found)
    assert is_alone()


@pytest.mark.usefixtures("forked")
def test_whoever_stops_waits_for_no_process(drafts, monkeypatch):
    dying(monkeypatch, "09.yaml", how=lambda: time.sleep(60))
    start = time.monotonic()
    with contextlib.closing(outcomes(drafts, Compiler(), jobs=2)) as found:
        next(found)
    assert time.monotonic() - start < 30
    assert is_alone()


RUN = """
import sys, time
from pathlib import Path
from gongwen import checking, cli
from gongwen.compiler import Compiler
checking.FEW = 0
check = Compiler.check
def slow(self, path, *args, **options):
    (path.parent / "begun").touch()
    time.sleep(60)
Compiler.check = slow
cli.main(["check", "--jobs", "2", sys.argv[1]])
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are not forked here")
def test_an_interruption_ends_everything_at_once(drafts):
    folder = drafts[0].parent
    with subprocess.Popen(
        [sys.executable, "-c", RUN, folder], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        for _ in range(600):
            if (folder / "begun").exists():
                break
            time.sleep(0.05)
        start = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to every process of the run
        out, err = process.communicate(timeout=30)
    assert time.monotonic() - start < 30
    assert (process.returncode, out) == (2, b"")
    assert err.decode().strip().endswith("已中断")
    assert "Traceback" not in err.decode()
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


# --- how processes start ----------------------------------------------------------------------------------------------


def test_a_process_with_threads_is_not_forked():
    gate = threading.Event()
    thread = threading.Thread(target=gate.wait)
    thread.start()
    try:
        assert parallel._context().get_start_method() == "spawn"
    finally:
        gate.set()
        thread.join()


def test_a_process_of_the_pool_leaves_interruptions_to_its_parent(monkeypatch):
    monkeypatch.setattr(parallel, "_task", None)
    before = signal.getsignal(signal.SIGINT)
    try:
        parallel._start(Checking(Compiler(strict_fonts=True)), "folder")
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
    assert parallel._task.compiler._strict_fonts


@pytest.mark.parametrize(
    ("quota", "count"),
    [("200000 100000", 2), ("150000 100000", 2), ("50000 100000", 1), ("max 100000", 8), ("noise", 8), (None, 8)],
)
def test_no_more_cores_than_are_granted(tmp_path, monkeypatch, quota, count):
    file = tmp_path / "cpu.max"
    if quota is not None:
        file.write_text(quota + "\n", "ascii")
    monkeypatch.setattr(parallel, "_QUOTA", file)
    monkeypatch.setattr(os, "process_cpu_count", lambda: 8, raising=False)
    assert cores() == count


def test_a_process_is_bound_to_its_cores(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 3, 5}, raising=False)
    assert parallel._bound() == 3
    monkeypatch.delattr(os, "sched_getaffinity")
    assert parallel._bound() == os.cpu_count()


@pytest.mark.usefixtures("forked")
def test_the_folder_of_a_draft_may_be_anywhere(drafts, monkeypatch):
    monkeypatch.chdir(drafts[0].parent)
    relative = [Path(path.name) for path in drafts]
    assert [one.path for one in outcomes(relative, Compiler(), jobs=2)] == relative

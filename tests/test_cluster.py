"""Drafts made by the workers of a Dask scheduler: real processes, which may not open a file of the project."""

import contextlib
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
from dataclasses import replace
from pathlib import Path

import parcels
import pytest
from errands import Errand

import gongwen
from gongwen.building.job import Job
from gongwen.building.program import Program
from gongwen.building.workshop import Workshop
from gongwen.cluster import Cluster, ClusterError, client
from gongwen.compiler import Compiler
from gongwen.options import PRINT
from gongwen.parallel import Processes, Serial

SOURCE = Path(gongwen.__file__).parents[1]
GUARD = """
    import os, sys

    FORBIDDEN, TOLD = os.environ["FORBIDDEN"].split(os.pathsep), os.environ["TOLD"]

    def guard(event, args):
        if event in ("open", "os.listdir", "os.scandir") and args and isinstance(args[0], (str, bytes, os.PathLike)):
            if any(os.fsdecode(args[0]).startswith(one) for one in FORBIDDEN) and os.fsdecode(args[0]) != TOLD:
                with open(TOLD, "a") as told:
                    print(event, args[0], file=told)

    sys.addaudithook(guard)
"""


class Net:
    """A scheduler and workers, on this machine alone, with nothing of this user's but the program."""

    def __init__(self, folder, forbidden=()):
        self._folder = folder
        self._processes = contextlib.ExitStack()
        self.told = folder / "told"
        for name in ("cwd", "home", "local", "site"):
            (folder / name).mkdir(parents=True)
        (folder / "site" / "sitecustomize.py").write_text(textwrap.dedent(GUARD), "utf-8")
        self._environment = {
            **{
                name: value for name, value in os.environ.items() if name in {"PATH", "LANG", "COVERAGE_PROCESS_CONFIG"}
            },
            "HOME": str(folder / "home"),
            "FORBIDDEN": os.pathsep.join(map(str, forbidden)) or str(folder / "nothing"),
            "TOLD": str(self.told),
            "PYTHONPATH": os.pathsep.join(map(str, (folder / "site", SOURCE, Path(__file__).parent))),
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
        }
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")

    def work(self, *options, **environment):
        """Start workers."""
        local = ["--local-directory", str(self._folder / "local")]
        return self._start("worker", self.address, *local, "--no-dashboard", *options, **environment)

    def _start(self, command, *args, **environment):
        log = self._processes.enter_context((self._folder / f"{command}.log").open("ab"))
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{command}", *args],
            cwd=self._folder / "cwd",
            env=self._environment | environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        self._processes.callback(_end, process)
        return process

    def close(self):
        self._processes.close()


def _end(process):
    """End a process and those that it has started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A folder with drafts that need files of every sort, and the notices."""
    folder = tmp_path_factory.mktemp("project")
    parcels.write(folder)
    return folder


@pytest.fixture(scope="module")
def net(tmp_path_factory, project, notices):
    """Two workers that touch neither the drafts of the project nor the notices."""
    found = Net(tmp_path_factory.mktemp("net"), (project, notices[0].parent))
    try:
        found.work("--nworkers", "2", "--nthreads", "1")
        yield found
    finally:
        found.close()


@pytest.fixture
def quiet(tmp_path):
    """A scheduler without workers."""
    found = Net(tmp_path / "net")
    try:
        yield found
    finally:
        found.close()


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """A scheduler that is just starting is not there yet; under load it takes its time."""
    monkeypatch.setattr(client, "_CONNECTING", 20.0)


def timeless(products):
    return [replace(one, seconds=0) for one in products]


def test_notices_are_the_same_wherever_they_are_made(net, notices, tmp_path):
    jobs = [Job(path, tmp_path / f"{path.stem}.pdf") for path in notices]
    task = Workshop(Compiler(), PRINT)
    cluster = timeless(Cluster(net.address).run(task, jobs))
    processes = timeless(Processes(2).run(task, jobs))
    assert len(cluster) == 22
    assert all(one.data for one in cluster)
    assert cluster == processes
    assert timeless(Serial().run(task, jobs[::7])) == cluster[::7]
    assert not net.told.exists()


def test_a_project_is_the_same_wherever_it_is_made(net, project, tmp_path, monkeypatch):
    monkeypatch.chdir(project)
    drafts = [path.relative_to(project) for path in sorted(project.rglob("[!_g]*.yaml")) if path.name != "terms.yaml"]
    assert len(drafts) == 9
    jobs = [Job(path, tmp_path / path.with_suffix(".pdf")) for path in [*drafts, Path("没有.yaml")]]
    task = Workshop(Compiler(strict_fonts=False), PRINT)
    found = timeless(Cluster(net.address).run(task, jobs))
    assert found == timeless(Serial().run(task, jobs))
    assert sum(bool(one.data) for one in found) == 5
    assert any(str(project / "坏" / "templates") in one.message for one in found[0].outcome.diagnostics)
    assert not net.told.exists()
    # Nothing is left behind: what a kit has put into a folder goes with it.
    left = [path for path in (net.told.parent / "local").rglob("*") if path.name.startswith("gongwen-")]
    assert left == []


def test_what_a_cluster_made_is_up_to_date_and_so_is_what_was_made_here(net, project, run, tmp_path):
    where = ("--scheduler", net.address)
    drafts = (project / "项目" / "稿" / "a.yaml", project / "松" / "one.yaml")
    for first, second, folder in ((where, (), "one"), ((), where, "two")):
        code, _, err = run("build", *drafts, "-o", tmp_path / folder, *first)
        assert (code, "生成 2 份 PDF" in err) == (0, True)
        code, _, err = run("build", *drafts, "-o", tmp_path / folder, *second)
        assert (code, "2 份稿件没有改动" in err) == (0, True)
    assert (tmp_path / "one" / "a.pdf").read_bytes() == (tmp_path / "two" / "a.pdf").read_bytes()


def test_a_worker_that_is_killed_costs_nothing(net):
    jobs = list(range(3)) + [f"{number}" for number in range(60)]
    with contextlib.closing(Cluster(net.address).run(Errand(), [*jobs, *jobs])) as found:
        first = [next(found) for _ in range(3)]
        os.kill(first[0], signal.SIGKILL)
        rest = list(found)
    assert rest[:60] == jobs[3:]
    assert rest[63:] == jobs[3:]


def test_a_job_that_kills_every_worker_is_told_and_takes_no_other_with_it(net):
    jobs = [f"{number}" for number in range(12)]
    jobs[5] = "die"
    right = [("died", "die") if job == "die" else job for job in jobs]
    assert list(Cluster(net.address).run(Errand(), jobs)) == right


def test_a_fault_of_the_program_is_raised_as_in_one_process(net):
    found = Cluster(net.address).run(Errand(), ["1", "fail", "2"])
    assert next(found) == "1"
    with pytest.raises(ValueError, match="奇怪"):
        next(found)


def test_a_file_of_the_project_would_be_seen(net, project):
    assert list(Cluster(net.address).run(Errand(), [project / "外.png"])) == [""]
    assert "外.png" in net.told.read_text("utf-8")
    net.told.unlink()


def test_a_worker_that_comes_later_has_what_the_others_were_sent(net, project, tmp_path):
    drafts = [project / "项目" / "稿" / f"{name}.yaml" for name in ("a", "b", "mended", "another-unit") * 2]
    jobs = [Job(path, tmp_path / f"{number}.pdf") for number, path in enumerate(drafts)]
    task = Workshop(Compiler(), PRINT)
    (worker,) = Cluster(net.address).run(Errand(), [0])
    with contextlib.closing(Cluster(net.address).run(task, jobs)) as found:
        made = [next(found)]
        os.kill(worker, signal.SIGKILL)
        made += found
    assert [one.outcome.path for one in made] == drafts
    assert all(one.data == again.data for one, again in zip(made[:4], made[4:8], strict=True))
    assert timeless(made[:4]) == timeless(Serial().run(task, jobs[:4]))


# --- What keeps a run from going on -------------------------------------------------------------------------------------------


def test_another_program_is_refused(net, monkeypatch):
    here = client.program()
    other = here.versions.replace("weasyprint ", "weasyprint 1")
    monkeypatch.setattr(client, "program", lambda: Program(other, here.states, here.files))
    with pytest.raises(ClusterError, match=r"程序与这里的不同.*这里是 weasyprint 1.*那里是 weasyprint [2-9]"):
        list(Cluster(net.address).run(Errand(), ["1"]))
    monkeypatch.setattr(client, "program", lambda: Program(here.versions, here.states, here.files[1:]))
    with pytest.raises(ClusterError, match=r"版本都是 gongwen [0-9.]+，文件内容不同"):
        list(Cluster(net.address).run(Errand(), ["1"]))


def test_a_worker_without_the_program_is_told(quiet, tmp_path):
    (tmp_path / "shadow" / "gongwen").mkdir(parents=True)
    (tmp_path / "shadow" / "gongwen" / "__init__.py").touch()
    quiet.work("--nthreads", "1", "--no-nanny", PYTHONPATH=str(tmp_path / "shadow"))
    with pytest.raises(ClusterError, match="工人进程用不了 gongwen"):
        list(Cluster(quiet.address).run(Errand(), ["1"]))


def test_no_worker_is_waited_for_and_then_told(quiet, monkeypatch):
    monkeypatch.setattr(client, "_PATIENCE", 0.5)
    said = []
    with pytest.raises(ClusterError, match="调度器下没有工人进程"):
        list(Cluster(quiet.address, said.append).run(Errand(), ["1"]))
    (line,) = said
    assert line.startswith("调度器下还没有工人进程，最多等 0 秒")


def test_a_worker_that_is_waited_for_does_one_job_at_a_time(quiet):
    found = Cluster(quiet.address, lambda _: quiet.work("--nthreads", "3", "--no-nanny")).run(Errand(), ["alone"] * 9)
    assert list(found) == ["alone"] * 9


def test_whoever_stops_waits_for_nobody_and_a_lost_scheduler_is_told(quiet):
    quiet.work("--nthreads", "1", "--no-nanny")
    with contextlib.closing(Cluster(quiet.address).run(Errand(), ["1", *[600.0] * 9])) as found:
        assert next(found) == "1"

    def jobs():
        yield "1"
        quiet.scheduler.kill()
        quiet.scheduler.wait()
        yield "2"

    # The worker still has in hand what nobody waits for any more.
    with pytest.raises(ClusterError, match="与调度器的连接断了"):
        list(Cluster(quiet.address).run(Errand(), jobs()))


def test_an_interruption_ends_a_run_at_once(quiet, project, tmp_path):
    args = ["build", project / "松" / "one.yaml", "-o", tmp_path / "out", "--scheduler", quiet.address]
    with subprocess.Popen([sys.executable, "-m", "gongwen", *map(str, args)], stderr=subprocess.PIPE, text=True) as run:
        assert "没有工人进程" in run.stderr.readline()
        run.send_signal(signal.SIGINT)
        assert run.stderr.read().strip().endswith("已中断")
    assert run.returncode == 2


@pytest.mark.parametrize(
    "address", ["127.0.0.1:8786", "http://127.0.0.1:8786", "tcp://127.0.0.1", "tcp://:8786", "tcp://a:b", "x", ""]
)
def test_what_is_no_address_is_wrong_use(run, project, address):
    code, out, err = run("build", project / "松" / "one.yaml", "--scheduler", address)
    assert (code, out) == (2, "")
    assert err == f"gongwen：调度器的地址写成 tcp://主机:端口 或 tls://主机:端口，不是“{address}”\n"


def test_a_scheduler_that_is_not_there_is_told(run, project, monkeypatch):
    monkeypatch.setattr(client, "_CONNECTING", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        port = deaf.getsockname()[1]
        deafness = run("build", project / "松" / "one.yaml", "--scheduler", f"tcp://127.0.0.1:{port}")
    nobody = run("build", project / "松" / "one.yaml", "--scheduler", f"tcp://127.0.0.1:{port}")
    assert deafness == nobody
    code, out, err = nobody
    assert (code, out) == (2, "")
    assert err == (f"gongwen：连不上调度器 tcp://127.0.0.1:{port}（0.5 秒之内没有应答，或者那里不是 Dask 的调度器）\n")


def test_a_server_of_another_sort_is_told(run, project, monkeypatch):
    monkeypatch.setattr(client, "_CONNECTING", 1.0)

    def answer(server):
        with contextlib.suppress(OSError):
            while True:
                one, _ = server.accept()
                with one:
                    one.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n" * 9)

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=answer, args=(server,), daemon=True).start()
        code, out, err = run(
            "build", project / "松" / "one.yaml", "--scheduler", f"tcp://127.0.0.1:{server.getsockname()[1]}"
        )
        server.shutdown(socket.SHUT_RDWR)
    assert (code, out) == (2, "")
    assert err.startswith("gongwen：连不上调度器")
    assert err.count("\n") == 1


def test_a_scheduler_and_a_number_of_processes_are_wrong_use(run, project):
    code, out, err = run("build", project / "松" / "one.yaml", "--scheduler", "tcp://a:1", "--jobs", 2)
    assert (code, out) == (2, "")
    assert "--scheduler 不能与 --jobs 同用" in err


def test_dask_is_asked_for_where_it_is_missing(run, project, monkeypatch):
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "distributed" else found(name))
    code, out, err = run("build", project / "松" / "one.yaml", "--scheduler", "tcp://127.0.0.1:1")
    assert (code, out) == (2, "")
    assert err == "gongwen：--scheduler 要用 Dask，还没有安装：pip install 'gongwen[dask]'\n"

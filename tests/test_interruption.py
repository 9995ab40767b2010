"""A build that is killed at any moment, itself or one of its processes: whole files, a true record, and the next build ends it."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

RIGHT = (Path(__file__).parent / "drafts" / "en" / "right.yaml").read_text("utf-8")
COUNT = 10
MOMENTS = int(os.environ.get("GONGWEN_KILLS", "4"))
"""How many moments are tried of each kind; the environment can ask for more."""

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for processes in /proc")


def command(*args):
    return [sys.executable, "-m", "gongwen", "build", "drafts", "--jobs", "2", *args]


def text(number, version):
    return RIGHT.replace("serial: 6", f"serial: {number + 1}").replace("夏送清凉", "夏送清凉" * (version + 1))


def write_drafts(folder, version):
    (folder / "drafts").mkdir(exist_ok=True)
    for number in range(COUNT):
        (folder / "drafts" / f"{number}.yaml").write_text(text(number, version), "utf-8")


@pytest.fixture(scope="module")
def right(tmp_path_factory):
    """The bytes of every PDF, by version and name, from builds that nothing disturbed; and how long one takes."""
    folder = tmp_path_factory.mktemp("right")
    made = {}
    for version in range(2):
        write_drafts(folder, version)
        start = time.monotonic()
        subprocess.run(command(), cwd=folder, check=True, capture_output=True)
        taken = time.monotonic() - start
        made |= {(version, path.name): path.read_bytes() for path in (folder / "out").glob("*.pdf")}
    assert len(made) == 2 * COUNT
    return made, taken


def children(pid):
    """The processes that a process has started."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(path.parent.name))
    return found


def pdfs(folder):
    return {path.name: path.read_bytes() for path in (folder / "out").glob("*.pdf")}


def states(folder):
    done = subprocess.run(command("--report", "json"), cwd=folder, capture_output=True, check=True)
    return {Path(one["draft"]).stem: one["state"] for one in json.loads(done.stdout)["drafts"]}


@pytest.mark.parametrize("whom", ["build", "worker"])
@pytest.mark.parametrize("seed", range(MOMENTS))
def test_a_kill_at_any_moment(tmp_path, right, whom, seed):
    made, taken = right
    write_drafts(tmp_path, 0)
    subprocess.run(command(), cwd=tmp_path, check=True, capture_output=True)
    write_drafts(tmp_path, 1)
    chance = random.Random(f"{whom} {seed}")  # noqa: S311 - the same moments in every run
    with subprocess.Popen(command(), cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        time.sleep(chance.uniform(0.1, taken))
        if whom == "build":
            process.kill()
        elif there := children(process.pid):
            os.kill(chance.choice(there), signal.SIGKILL)
        _, err = process.communicate(timeout=120)
    assert b"Traceback" not in err
    if whom == "worker":
        assert process.returncode == 0, err.decode()
    # Every file is whole: that of before, or the new one.
    for name, data in pdfs(tmp_path).items():
        assert data in (made[0, name], made[1, name])
    before = pdfs(tmp_path)
    told = states(tmp_path)
    # What is called unchanged was right already, and now all is.
    for stem, state in told.items():
        assert state in {"built", "unchanged"}
        if state == "unchanged":
            assert before[f"{stem}.pdf"] == made[1, f"{stem}.pdf"]
    assert pdfs(tmp_path) == {name: data for (version, name), data in made.items() if version == 1}
    assert set(states(tmp_path).values()) == {"unchanged"}

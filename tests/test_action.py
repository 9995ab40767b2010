"""The GitHub Action: its structure, and its script as bash runs it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from gongwen import cli
from gongwen.reporters import FORMATS

ROOT = Path(__file__).parents[1]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS = ACTION["runs"]["steps"]
RIGHT = (Path(__file__).parent / "drafts" / "en" / "right.yaml").read_text("utf-8")
WRONG = RIGHT.replace("title: |", "tittle: |")
DOUBTFUL = RIGHT.replace("date: 2025年6月1日", "date: 2025年6月3日")
BASH = shutil.which("bash")


def scripts():
    return [step for step in STEPS if "run" in step]


def test_the_structure():
    assert ACTION["name"] == "公文稿件检查"
    assert ACTION["runs"]["using"] == "composite"
    assert set(ACTION["inputs"]) == {
        *("paths", "strict", "format", "sarif-file", "working-directory", "python-version", "version")
    }
    assert all(one["description"] and isinstance(one["default"], str) for one in ACTION["inputs"].values())
    assert ACTION["inputs"]["format"]["default"] in FORMATS
    assert len(scripts()) == 2
    assert all(step["shell"] == "bash" for step in scripts())


def test_every_input_is_used_and_every_use_is_an_input():
    text = (ROOT / "action.yml").read_text("utf-8")
    assert set(re.findall(r"\$\{\{ inputs\.([\w-]+) \}\}", text)) == set(ACTION["inputs"])
    assert text.count("${{") == len(ACTION["inputs"])


def test_nothing_that_is_handed_in_is_text_of_a_script():
    for step in scripts():
        assert "${{" not in step["run"]
        assert set(step["env"]) <= set(re.findall(r"\$\{?([A-Z_]+)", step["run"]))


def test_other_actions_are_pinned_as_in_the_workflow_of_this_repository():
    used = [step["uses"] for step in STEPS if "uses" in step]
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8")
    assert used
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", one) and one in workflow for one in used)


def test_every_option_exists():
    known = {name for option in cli.check.params for name in option.opts}
    named = set(re.findall(r"--[a-z][a-z-]*", scripts()[1]["run"]))
    assert named == {"--strict", "--format"}
    assert named <= known
    assert "gongwen check" in scripts()[1]["run"]


@pytest.fixture
def run(tmp_path):
    """A function: inputs → exit status and standard output of the script, in a folder of its own."""
    if BASH is None:
        pytest.skip("no bash")
    tools = tmp_path / "tools"
    tools.mkdir()
    program = tools / "gongwen"
    program.write_text(f'#!{BASH}\nexec "{sys.executable}" -m gongwen "$@"\n')
    program.chmod(0o755)
    (tmp_path / "work").mkdir()

    def main(**inputs):
        step = scripts()[1]
        names = re.findall(r"inputs\.([\w-]+)", " ".join(step["env"].values()))
        values = {name: inputs.get(name.replace("-", "_"), ACTION["inputs"][name]["default"]) for name in names}
        env = {key: values[name] for key, name in zip(step["env"], names, strict=True)}
        done = subprocess.run(
            [BASH, "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
            cwd=tmp_path / "work",
            env={**os.environ, **env, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout

    return main


@pytest.fixture
def draft(tmp_path, run):  # noqa: ARG001 - it makes the folder
    def write(text, name):
        (tmp_path / "work" / name).write_text(text, "utf-8")

    return write


def test_the_script_annotates(run, draft):
    draft(WRONG, "a.yaml")
    draft(RIGHT, "b.yaml")
    code, out = run()
    assert code == 1
    assert "::error file=a.yaml,line=8," in out
    assert run(paths="b.yaml") == (0, "")


def test_the_script_takes_names_with_blanks_and_no_other_text(run, draft, tmp_path):
    draft(WRONG, "a b.yaml")
    draft(DOUBTFUL, "-s.yaml")
    code, out = run(paths="a b.yaml\n\n-s.yaml\n", format="concise")
    assert code == 1
    assert {line.split(":")[0] for line in out.splitlines()} == {"a b.yaml", "-s.yaml"}
    assert run(paths="$(touch hacked); `touch hacked`")[0] == 2
    assert not (tmp_path / "work" / "hacked").exists()


def test_the_script_is_strict_when_asked(run, draft):
    draft(DOUBTFUL, "a.yaml")
    assert run()[0] == 0
    assert run(strict="false")[0] == 0
    assert run(strict="true")[0] == 1


def test_the_script_writes_sarif_beside_the_annotations(run, draft, tmp_path):
    draft(WRONG, "a.yaml")
    code, out = run(sarif_file="reports/a.sarif")
    assert code == 1
    assert out.startswith("::error ")
    log = json.loads((tmp_path / "work" / "reports" / "a.sarif").read_text("utf-8"))
    assert len(log["runs"][0]["results"]) == out.count("::error ")
    assert run(sarif_file="reports/b.sarif", paths="nosuch")[0] == 2

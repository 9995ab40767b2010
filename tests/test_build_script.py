"""build.py: what it finds out before it installs anything, and what it says when it cannot go on."""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "build.py"


@pytest.fixture
def script(tmp_path, monkeypatch):
    """The script as a module, in a project of its own; nothing it runs is real."""
    spec = importlib.util.spec_from_file_location("build_script", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "BINARIES", tmp_path / ".venv" / "bin")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "set-up")
    monkeypatch.setattr(module.sys, "platform", "linux")
    for name in (module.RUNTIME, module.DEV, "pyproject.toml"):
        (tmp_path / name).write_text(f"content of {name}\n")
    return module


@pytest.fixture
def machine(script, monkeypatch):
    """A machine that records the commands it is given; ``broken`` holds words of the commands that fail on it."""
    machine = SimpleNamespace(commands=[], broken=[], programs={"apt-get", "sudo"}, root=True, missing=[])

    def run(command, **_):
        line = " ".join(map(str, command))
        machine.commands.append(line)
        if " -m venv " in line:
            make_python(script)
        failed = any(word in line for word in machine.broken)
        return SimpleNamespace(returncode=int(failed), stdout="".join(f"line {n}\n" for n in range(1, 21)))

    def call(command, cwd):
        assert cwd == script.ROOT
        return run([Path(command[0]).name, *command[1:]]).returncode * 7

    which = script.shutil.which
    monkeypatch.setattr(script.subprocess, "run", run)
    monkeypatch.setattr(script.subprocess, "call", call)
    monkeypatch.setattr(
        script.shutil,
        "which",
        lambda name, path=None: which(name, path=path) if path else (name if name in machine.programs else None),
    )
    monkeypatch.setattr(script, "is_root", lambda: machine.root)
    monkeypatch.setattr(script, "missing_packages", lambda: machine.missing)
    return machine


def make_python(script):
    """The environment's interpreter, as ``python -m venv`` leaves it."""
    python = script.BINARIES / "python"
    python.parent.mkdir(parents=True, exist_ok=True)
    python.write_text("")
    python.chmod(0o755)


def test_an_old_python_can_read_the_script():
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 7))


def test_an_old_python_is_told_what_is_needed():
    older = f"import runpy, sys; sys.version_info = (3, 10, 12); runpy.run_path({str(SCRIPT)!r}, run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", older], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert "需要 Python 3.11 或更新的版本，现在是 3.10\n" in done.stderr


def test_help_needs_no_set_up(script, machine, capsys):
    assert script.main(["--help"]) == 0
    assert machine.commands == []
    assert capsys.readouterr().out == script.USAGE


@pytest.mark.parametrize(
    ("absent", "expected"),
    [
        ([], []),
        (["libpango-1.0.so.0"], ["libpango-1.0-0"]),
        (["libpangoft2-1.0.so.0"], ["libpangoft2-1.0-0"]),
        (["libharfbuzz-subset.so.0"], ["libharfbuzz-subset0"]),
        (["libpango-1.0.so.0", "libharfbuzz-subset.so.0"], ["libpango-1.0-0", "libharfbuzz-subset0"]),
    ],
)
def test_a_library_that_does_not_load_is_missing(script, absent, expected):
    def load(name):
        if not name.endswith(".so.0") or name in absent:
            raise OSError(name)

    assert script.missing_packages(load=load) == expected


def test_without_ensurepip_the_venv_package_is_missing(script):
    venv = "python{}.{}-venv".format(*sys.version_info)
    assert script.missing_packages(load=str, find={"ensurepip": None}.get) == [venv]


def test_root_installs_packages_without_questions(script, machine):
    script.provide(["libpango-1.0-0", "libharfbuzz-subset0"])
    assert len(machine.commands) == 1
    assert machine.commands[0].startswith("env DEBIAN_FRONTEND=noninteractive apt-get ")
    assert machine.commands[0].endswith("install --yes --no-install-recommends libpango-1.0-0 libharfbuzz-subset0")


def test_package_lists_are_fetched_only_when_the_first_try_fails(script, machine, monkeypatch):
    monkeypatch.setattr(script, "succeeds", lambda _: False)
    script.provide(["libpango-1.0-0"])
    assert [re.search(r"update|install", line).group() for line in machine.commands] == ["update", "install"]


def test_sudo_is_used_where_it_asks_no_password(script, machine):
    machine.root = False
    script.provide(["libpango-1.0-0"])
    assert machine.commands[0] == "sudo -n true"
    assert machine.commands[1].startswith("sudo -n env DEBIAN_FRONTEND=noninteractive apt-get ")


@pytest.mark.parametrize("sudo", ["absent", "asks for a password"])
def test_without_rights_the_command_to_run_is_printed(script, machine, capsys, sudo):
    machine.root, machine.missing = False, ["python3.11-venv", "libpango-1.0-0"]
    if sudo == "absent":
        machine.programs.remove("sudo")
    else:
        machine.broken = ["sudo -n true"]
    assert script.main([]) == 2
    assert "sudo apt-get update && sudo apt-get install python3.11-venv libpango-1.0-0\n" in capsys.readouterr().err
    assert not any("apt-get" in line for line in machine.commands)


@pytest.mark.parametrize(
    ("platform", "advice"),
    [("darwin", "brew install pango harfbuzz"), ("win32", "mingw-w64-x86_64-pango"), ("linux", "harfbuzz-subset")],
)
def test_without_apt_the_packages_to_install_are_named(script, machine, monkeypatch, capsys, platform, advice):
    monkeypatch.setattr(script.sys, "platform", platform)
    machine.programs, machine.missing = set(), ["libpango-1.0-0"]
    assert script.main([]) == 2
    assert advice in capsys.readouterr().err
    assert machine.commands == []


def test_set_up_is_made_once(script, machine, capsys):
    assert script.main([]) == 0
    venv, requirements, project, job = machine.commands
    assert " -m venv --clear " in venv
    assert "--no-deps --only-binary=:all: --require-hashes -r" in requirements
    assert requirements.endswith(script.RUNTIME)
    assert "--no-deps --no-index --no-build-isolation --editable" in project
    assert job == "gongwen build notices -o out"
    capsys.readouterr()

    machine.commands.clear()
    assert script.main(["--release"]) == 0
    assert machine.commands == ["gongwen build notices -o out --release"]
    assert capsys.readouterr().err == ""


def test_the_exit_code_is_passed_on(script, machine):
    machine.broken = ["gongwen build"]
    assert script.main([]) == 7


def test_tests_need_the_tools_and_the_notices_do_not(script, machine):
    script.set_up((script.RUNTIME, script.DEV))
    assert not script.is_ready((script.DEV,))
    machine.commands.clear()
    script.set_up((script.DEV,))
    assert machine.commands[1].endswith(script.DEV)
    assert script.is_ready((script.RUNTIME, script.DEV))


@pytest.mark.usefixtures("machine")
@pytest.mark.parametrize("name", ["requirements.txt", "pyproject.toml"])
def test_a_changed_input_asks_for_a_new_set_up(script, name):
    locks = (script.RUNTIME, script.DEV)
    script.set_up(locks)
    assert script.is_ready(locks)
    with (script.ROOT / name).open("a") as file:
        file.write("more\n")
    assert not script.is_ready(locks)


def test_another_python_or_another_place_asks_for_a_new_set_up(script, monkeypatch, tmp_path):
    here = script.fingerprint(script.RUNTIME)
    with monkeypatch.context() as later:
        later.setattr(script.sys, "version_info", (3, 99, 0, "final", 0))
        other_python = script.fingerprint(script.RUNTIME)
    moved = tmp_path / "moved"
    moved.mkdir()
    for name in (script.RUNTIME, "pyproject.toml"):
        (moved / name).write_bytes((tmp_path / name).read_bytes())
    monkeypatch.setattr(script, "ROOT", moved)
    assert len({here, other_python, script.fingerprint(script.RUNTIME)}) == 3


@pytest.mark.parametrize("word", ["-m venv", "--require-hashes", "--editable"])
def test_an_interrupted_set_up_is_no_set_up(script, machine, capsys, word):
    script.set_up((script.RUNTIME,))
    (script.ROOT / script.RUNTIME).write_text("a newer lock\n")
    machine.broken = [word]
    assert script.main([]) == 2
    error = capsys.readouterr().err
    assert "失败" in error
    assert "line 20" in error
    assert "line 8\n" not in error
    assert not script.STAMP.exists()


@pytest.mark.usefixtures("machine")
def test_an_environment_without_its_python_is_made_again(script):
    locks = (script.RUNTIME,)
    script.set_up(locks)
    python = script.BINARIES / "python"
    python.unlink()
    python.symlink_to(script.ROOT / "gone")
    assert not script.is_ready(locks)


def test_no_check_is_left_out_when_one_fails(script, machine, capsys):
    machine.broken = ["ruff check"]
    assert script.main(["test", "-x"]) == 1
    assert machine.commands[-4:] == ["ruff format --check .", "ruff check .", "mypy", "pytest -x"]
    assert capsys.readouterr().err.endswith("未通过：ruff check .\n")


def test_a_step_that_fails_gives_its_last_words(script):
    with pytest.raises(script.SetupError, match=r"^不行\nlast words$"):
        script.step([sys.executable, "-c", "print('last words'); raise SystemExit(1)"], "不行")


def test_the_locks_pin_with_hashes_and_name_no_index():
    pins = {}
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", "").splitlines()
        requirements = [line for line in lines if line and not line.lstrip().startswith("#")]
        assert requirements
        assert all(re.match(r"[a-z0-9-]+==\S+ .*--hash=sha256:", line) for line in requirements)
        pins[name] = {line.split()[0] for line in requirements}
    assert pins["requirements.txt"] < pins["requirements-dev.txt"]


def test_the_script_runs_as_a_program():
    done = subprocess.run([sys.executable, SCRIPT, "--help"], capture_output=True, encoding="utf-8", check=True)
    assert "python3 build.py test" in done.stdout

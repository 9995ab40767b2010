"""Set-up and the main job; see USAGE. Standard library only: it runs before anything is installed."""

import sys

# Older versions read this file as far as here: its syntax has to be theirs too (3.6).
if sys.version_info < (3, 11):  # noqa: UP036
    sys.stderr.write("build.py：需要 Python 3.11 或更新的版本，现在是 {}.{}\n".format(*sys.version_info[:2]))
    sys.stderr.write("请换一个解释器运行，例如：python3.12 build.py\n")
    sys.exit(2)

import contextlib
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

USAGE = """\
python3 build.py [参数…]       把 notices/ 里的稿件编成 out/ 里的 PDF；参数原样交给 gongwen build
python3 build.py test [参数…]  检查格式、代码、类型并运行测试；参数原样交给 pytest
python3 build.py --help        显示这段说明

第一次运行时先作准备：缺少的系统软件包用 apt 安装，Python 依赖按锁定文件装进 .venv。准备不成则退出码为 2。
"""

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BINARIES = VENV / ("Scripts" if os.name == "nt" else "bin")
STAMP = VENV / "set-up"

RUNTIME = "requirements.txt"
DEV = "requirements-dev.txt"
"""The locks. DEV holds all of RUNTIME, so an environment made from DEV serves for every job."""

CHECKS = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("mypy",),
    ("pytest", "--cov=gongwen"),
)

LIBRARIES = {
    "libpango-1.0-0": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "libpangoft2-1.0-0": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
    "libharfbuzz-subset0": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll"),
}
"""Debian package → the library's file on Linux, macOS and Windows, as WeasyPrint asks for it."""

ADVICE = {
    "linux": "请用系统的包管理器安装 python3-venv、pango（含 pangoft2）和 harfbuzz（含 harfbuzz-subset）",
    "darwin": "请运行：brew install pango harfbuzz\n仍找不到时：export DYLD_FALLBACK_LIBRARY_PATH=$(brew --prefix)/lib",
    "win32": "请在 MSYS2 里运行：pacman -S mingw-w64-x86_64-pango",
}


class SetupError(Exception):
    """The set-up cannot go on; the message tells the user why and what to do."""


def main(arguments: list[str]) -> int:
    """Set up what the job needs, run it, and give its exit code."""
    if arguments[:1] in (["-h"], ["--help"]):
        sys.stdout.write(USAGE)
        return 0
    testing = arguments[:1] == ["test"]
    try:
        set_up((DEV,) if testing else (RUNTIME, DEV))
    except SetupError as error:
        say(str(error))
        return 2
    return test(arguments[1:]) if testing else build(arguments)


def build(arguments: list[str]) -> int:
    """Compile every draft in notices/ to out/."""
    return run("gongwen", "build", "notices", "-o", "out", *arguments)


def test(arguments: list[str]) -> int:
    """Run every check, also after one has failed; 1 if any has.

    Arguments are pytest's, the last check; they choose some of the tests, so the coverage of all is not asked for.
    """
    failed = []
    for check in (*CHECKS[:-1], ("pytest", *arguments) if arguments else CHECKS[-1]):
        sys.stdout.write(f"$ {' '.join(check)}\n")
        sys.stdout.flush()
        if run(*check):
            failed.append(" ".join(check))
    if failed:
        say(f"未通过：{'、'.join(failed)}")
    return 1 if failed else 0


def run(program: str, *arguments: str) -> int:
    """Run a program of the environment in the project's folder."""
    return subprocess.call([BINARIES / program, *arguments], cwd=ROOT)


def set_up(locks: tuple[str, ...]) -> None:
    """Make .venv from the first lock, unless it is whole already and made from one of them."""
    if is_ready(locks):
        return
    provide(missing_packages())
    say(f"正在准备 .venv（{locks[0]}）……")
    STAMP.unlink(missing_ok=True)
    step([sys.executable, "-m", "venv", "--clear", str(VENV)], "建立 .venv 失败")
    pip = [str(BINARIES / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    step(
        # Wheels only: what building from source would download is in no lock.
        [*pip, "--only-binary=:all:", "--require-hashes", "-r", str(ROOT / locks[0])],
        "安装 Python 依赖失败：请检查网络（或 pip 的镜像设置），然后再运行一次",
    )
    # Editable: an edit takes effect without another set-up.
    step([*pip, "--no-index", "--no-build-isolation", "--editable", str(ROOT)], "安装 gongwen 失败")
    STAMP.write_text(fingerprint(locks[0]), encoding="ascii")


def is_ready(locks: tuple[str, ...]) -> bool:
    """Whether .venv is whole and up to date: the stamp comes last, and an interrupted set-up has none."""
    if not STAMP.exists() or shutil.which("python", path=BINARIES) is None:
        return False
    return STAMP.read_text(encoding="ascii") in {fingerprint(lock) for lock in locks}


def fingerprint(lock: str) -> str:
    """What the environment depends on, as a hash; it holds absolute paths, so the project's place counts too."""
    place = repr((sys.version_info[:2], str(ROOT))).encode()
    return hashlib.sha256((ROOT / lock).read_bytes() + (ROOT / "pyproject.toml").read_bytes() + place).hexdigest()


def missing_packages(
    load: Callable[[str], object] = ctypes.CDLL, find: Callable[[str], object] = importlib.util.find_spec
) -> list[str]:
    """The Debian packages to install: WeasyPrint's libraries, and ensurepip, which Debian's Python comes without."""
    open_dll_folders()

    def loads(name: str) -> bool:
        with contextlib.suppress(OSError):
            load(name)
            return True
        return False

    venv = [] if find("ensurepip") else ["python{}.{}-venv".format(*sys.version_info[:2])]
    return venv + [package for package, names in LIBRARIES.items() if not any(map(loads, names))]


def open_dll_folders() -> None:
    """On Windows, look for libraries where WeasyPrint does."""
    if sys.platform == "win32":
        folders = os.environ.get("WEASYPRINT_DLL_DIRECTORIES", r"C:\msys64\ucrt64\bin;C:\msys64\mingw64\bin")
        for folder in folders.split(";"):
            with contextlib.suppress(OSError):
                os.add_dll_directory(folder)


def provide(packages: list[str]) -> None:
    """Install Debian packages where apt and the right to use it are there, else say what to install."""
    if not packages:
        return
    names = " ".join(packages)
    if shutil.which("apt-get") is None:
        raise SetupError(f"缺少系统软件包：{names}\n{ADVICE.get(sys.platform, ADVICE['linux'])}")
    sudo = [] if is_root() else ["sudo", "-n"]
    if sudo and not (shutil.which("sudo") and succeeds([*sudo, "true"])):
        raise SetupError(f"缺少系统软件包，请先运行：\nsudo apt-get update && sudo apt-get install {names}")
    say(f"正在安装系统软件包：{names}……")
    # A machine that has just started may be updating itself: wait for its lock.
    apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300"]
    install = [*apt, "install", "--yes", "--no-install-recommends", *packages]
    if not succeeds(install):  # no package lists yet, or old ones
        step([*apt, "update"], "apt-get update 失败：请检查网络")
        step(install, "安装系统软件包失败")


def is_root() -> bool:
    """Whether apt may be used without sudo."""
    return sys.platform != "win32" and os.geteuid() == 0


def step(command: list[str], failure: str) -> None:
    """Run a step of the set-up in silence; where it fails, raise SetupError with its last lines."""
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise SetupError("\n".join([failure, *done.stdout.splitlines()[-12:]]))


def succeeds(command: list[str]) -> bool:
    """Whether a step of the set-up works."""
    try:
        step(command, "")
    except SetupError:
        return False
    return True


def say(message: str) -> None:
    """Tell the user; on stderr, so that a job's own output stays clean."""
    sys.stderr.write(f"build.py：{message}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)

"""Sets one notice with gongwen, typst and XeLaTeX, side by side, and prints what it took as a page of Markdown.

    .venv/bin/pip install --require-hashes -r benchmarks/requirements.txt
    .venv/bin/python benchmarks/run.py > docs/benchmarks/document.md

Every round runs each program in turn, so that a machine whose speed drifts slows all alike; ratios are taken within a round, and
medians of all rounds are printed. Programs run in processes of their own: this one stays small, because a child's peak memory is
never below what its parent had when it was started.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
FONTS = ROOT / "fonts"
TYPST = (
    "import sys, typst; source, pdf, fonts = sys.argv[1:];"
    " typst.compile(source, output=pdf, font_paths=[fonts], ignore_system_fonts=True)"
)
DEFAULT_ROUNDS = 9
MOST_ROUNDS = 50


@dataclass(frozen=True)
class Program:
    """A typesetter: its name, the suffix of its sources, a cold run (source, folder of the PDF), its name as a worker."""

    name: str
    suffix: str
    command: Callable[[Path, Path], list[str]]
    worker: str | None = None


OURS = Program(
    "gongwen",
    "yaml",
    lambda source, out: [sys.executable, "-m", "gongwen", "build", "--force", str(source), "-o", str(out)],
    "gongwen",
)
TYPST_PACKAGE = Program(
    "typst（Python 包）",
    "typ",
    lambda source, out: [sys.executable, "-c", TYPST, str(source), str(out / f"{source.stem}.pdf"), str(FONTS)],
    "typst",
)
TYPST_COMMAND = Program(
    "typst（命令）",
    "typ",
    lambda source, out: [
        *("typst", "compile", "--ignore-system-fonts", "--font-path", str(FONTS)),
        *(str(source), str(out / f"{source.stem}.pdf")),
    ],
)
XELATEX = Program(
    "XeLaTeX",
    "tex",
    lambda source, out: [
        *("xelatex", "-interaction=batchmode", "-halt-on-error", "-output-directory", str(out), str(source)),
    ],
)


@dataclass(frozen=True)
class Run:
    """What one run took: seconds that passed and of all processors, peak memory (MB), seconds of each stage."""

    wall: float
    cpu: float
    memory: float = 0.0
    stages: dict[str, float] | None = None

    def stage(self, name: str) -> float:
        """CPU seconds of a stage."""
        return (self.stages or {})[name]

    @property
    def bare(self) -> Run:
        """The run without the measuring of the finished PDF, where that is told: no other program does it."""
        if not self.stages:
            return self
        return replace(self, wall=self.wall - self.stage("preflight wall"), cpu=self.cpu - self.stage("preflight"))


@dataclass(frozen=True)
class Figures:
    """All runs by kind and program: ``cold``, ``fresh``, ``edit``, and ``check`` of ours; every list has a run per round."""

    runs: dict[tuple[str, str], list[Run]]
    sizes: dict[str, int]
    pages: dict[str, int]

    def of(self, kind: str, program: Program) -> list[Run]:
        """The runs of a kind of a program."""
        return self.runs.get((kind, program.name), [])

    def ratios(self, kind: str, other_kind: str, other: Program, what: str) -> list[float]:
        """Ours over another program's, round by round."""
        return [
            getattr(ours.bare, what) / getattr(theirs.bare, what)
            for ours, theirs in zip(self.of(kind, OURS), self.of(other_kind, other), strict=True)
        ]


# --- Measuring ----------------------------------------------------------------------------------------------------------------


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description="排同一份公文，并排比较 gongwen、typst 与 XeLaTeX；结果是一页 Markdown。"
    )
    parser.add_argument("--rounds", type=int, default=DEFAULT_ROUNDS, help=f"轮数，默认 {DEFAULT_ROUNDS}")
    rounds = parser.parse_args().rounds
    if not 1 <= rounds <= MOST_ROUNDS:
        parser.error(f"轮数是 1 到 {MOST_ROUNDS}")
    if importlib.util.find_spec("gongwen") is None:
        parser.error("这个 Python 里没有 gongwen：先运行 python3 build.py，再用 .venv/bin/python 运行本文件")
    # A cold start is that of an installed program, whose modules were compiled when it was first run.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    programs, skipped = available()
    with tempfile.TemporaryDirectory(prefix="gongwen-benchmark-") as name:
        folder = Path(name)
        subprocess.run([sys.executable, HERE / "sources.py", folder, str(rounds + 1)], check=True)
        figures = measured(programs, folder, rounds)
    sys.stdout.write(page(programs, skipped, figures, rounds))


def available() -> tuple[list[Program], list[str]]:
    """The programs on this machine, and a line on each that is not."""
    programs, skipped = [OURS], []
    for program, found, cure in (
        (TYPST_PACKAGE, importlib.util.find_spec("typst"), "装法见 benchmarks/README.md"),
        (TYPST_COMMAND, shutil.which("typst"), "PATH 上没有 typst"),
        (XELATEX, shutil.which("xelatex"), "装法见 benchmarks/README.md"),
    ):
        if found:
            programs.append(program)
        else:
            skipped.append(f"{program.name}没有比：没有安装（{cure}）。")
    return programs, skipped


def measured(programs: Sequence[Program], folder: Path, rounds: int) -> Figures:
    """Run every program in turn, round after round; the first round only warms the machine's file cache."""
    runs: dict[tuple[str, str], list[Run]] = defaultdict(list)
    outs = {program.name: folder / f"out-{number}" for number, program in enumerate(programs)}
    for out in outs.values():
        out.mkdir()
    resident = [program for program in programs if program.worker is not None]
    with workers(resident, folder) as ask:
        for number in range(rounds + 1):
            sys.stderr.write(f"\r第 {number} 轮，共 {rounds} 轮")
            turn: dict[tuple[str, str], Run] = {}
            for program in programs:
                source = folder / f"base.{program.suffix}"
                turn["cold", program.name] = cold(program.command(source, outs[program.name]), folder)
            turn["check", OURS.name] = cold(
                [sys.executable, "-m", "gongwen", "check", str(folder / "base.yaml")], folder
            )
            for program in resident:
                turn["fresh", program.name] = ask(program, f"fresh-{number}")
            for program in resident:
                ask(program, "base")  # what is edited next has been set
                turn["edit", program.name] = ask(program, f"edit-{number}")
            if number > 0:
                for key, run in turn.items():
                    runs[key].append(run)
    sys.stderr.write("\n")
    files = {program.name: outs[program.name] / "base.pdf" for program in programs}
    sizes = {name: file.stat().st_size for name, file in files.items()}
    return Figures(runs, sizes, {name: page_count(file) for name, file in files.items()})


def cold(command: list[str], folder: Path) -> Run:
    """A process from its start to its end, with all the processes that it starts. Raises RuntimeError where it fails."""
    with (folder / "log").open("wb") as log:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{(folder / 'log').read_text(errors='replace')}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * unit / 1e6)


@contextmanager
def workers(programs: Sequence[Program], folder: Path) -> Iterator[Callable[[Program, str], Run]]:
    """Processes that stay; what comes back asks one of them to set a source."""
    running = {
        program.name: subprocess.Popen(
            [sys.executable, HERE / "worker.py", str(program.worker)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=folder,
        )
        for program in programs
    }

    def ask(program: Program, source: str) -> Run:
        process = running[program.name]
        request = {"source": f"{folder / source}.{program.suffix}", "pdf": str(folder / f"{source}.pdf")}
        assert process.stdin is not None  # noqa: S101 - for mypy: they are pipes
        assert process.stdout is not None  # noqa: S101
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.flush()
        answer = process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{program.name}: {source}")
        return Run(**json.loads(answer))

    try:
        yield ask
    finally:
        for process in running.values():
            process.communicate()


def page_count(pdf: Path) -> int:
    """Pages of a PDF; loaded here, after the last process has been started."""
    import pikepdf

    with pikepdf.open(pdf) as opened:
        return len(opened.pages)


# --- Telling ------------------------------------------------------------------------------------------------------------------


SUMMARY = """\
*One nine-page notice set by gongwen, typst and XeLaTeX on the same faces, paper and grid, in turn, round after round; medians.
This page is what the command below prints.*"""
COMMAND = """\
    .venv/bin/pip install --require-hashes -r benchmarks/requirements.txt
    .venv/bin/python benchmarks/run.py > docs/benchmarks/document.md"""
NOTES = """\
- 冷启动：每份文件一个新进程；gongwen 的含检查稿件和量测成品，别家没有这两步；另外两栏不含量测。
- 整篇换新：同一进程排一份段段都不同、段段带新字的稿件，没有一页可以复用。XeLaTeX 没有这种用法，每份文件都是新进程。
- 改一页：排过之后改一个字再排，换上全文没有的字。
- CPU 是所有线程和子进程之和。
- typst 和 XeLaTeX 的源文件由 `benchmarks/` 里的模板从同一份稿件生成：文字、字体、版心、行距相同，不要求合于标准，没有书签；XeLaTeX 只编译一遍。"""


def page(programs: Sequence[Program], skipped: Sequence[str], figures: Figures, rounds: int) -> str:
    """The page of Markdown."""
    parts = [
        "# 性能实测",
        SUMMARY,
        COMMAND,
        f"{machine(programs)}稿件：`notices/jiaozuo-2023-93.yaml`。各程序轮流运行 {rounds} 轮，取中位数；比值先逐轮相除。",
        *skipped,
        "## 并排比较",
        table(SIDE_BY_SIDE, [side_by_side(program, figures) for program in programs]),
        NOTES,
        "## gongwen 与各程序之比",
        table(RATIOS, list(ratios(programs, figures))),
        "小于 1 即 gongwen 较省；括号内是各轮的最小与最大。",
        "## gongwen 各步",
        table(STAGES, list(stages(figures))),
        "CPU 毫秒，同一进程，不含首次。gongwen 是单线程：机器空闲时，CPU 时间就是实际时间。",
        "## 目标",
        table(TARGETS, list(targets(programs, figures))),
    ]
    return "\n\n".join(parts) + "\n"


def machine(programs: Sequence[Program]) -> str:
    """What the figures were measured with."""
    versions = [
        f"Python {platform.python_version()}",
        *(f"{package} {importlib.metadata.version(package)}" for package in ("gongwen", "weasyprint", "uharfbuzz")),
    ]
    if TYPST_PACKAGE in programs:
        versions.append(f"typst（Python 包）{importlib.metadata.version('typst')}")
    if TYPST_COMMAND in programs:
        versions.append(first_line("typst"))
    if XELATEX in programs:
        versions.append(first_line("xelatex"))
    return f"{platform.system()} {platform.machine()}，{os.cpu_count()} 个处理器；{'，'.join(versions)}。"


def first_line(program: str) -> str:
    """What a program says of its version."""
    return subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.splitlines()[0]


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, the first column to the left."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def ms(seconds: float) -> str:
    """Milliseconds with two digits at least."""
    value = seconds * 1000
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"  # noqa: PLR2004


def pair(runs: Sequence[Run], divisor: int = 1) -> str:
    """Median of passed time / CPU time in milliseconds."""
    if not runs:
        return "—"
    return (
        f"{ms(median(run.bare.wall for run in runs) / divisor)} / {ms(median(run.bare.cpu for run in runs) / divisor)}"
    )


SIDE_BY_SIDE = (
    *("程序", "页数", "冷启动（ms，实际 / CPU）", "整篇换新（ms）", "整篇换新每页（ms）", "改一页（ms）"),
    *("冷启动内存峰值（MB）", "PDF（kB）"),
)


def side_by_side(program: Program, figures: Figures) -> list[str]:
    """A row of the comparison."""
    pages = figures.pages[program.name]
    fresh = figures.of("fresh", program)
    cold_runs = figures.of("cold", program)
    return [
        program.name,
        str(pages),
        pair(cold_runs),
        pair(fresh),
        pair(fresh or cold_runs, pages),
        pair(figures.of("edit", program)),
        f"{median(run.memory for run in cold_runs):.0f}",
        f"{figures.sizes[program.name] / 1000:.0f}",
    ]


RATIOS = ("gongwen ÷", "冷启动 实际", "冷启动 CPU", "整篇换新 实际", "整篇换新 CPU", "改一页 实际", "改一页 CPU")


def ratios(programs: Sequence[Program], figures: Figures) -> Iterator[list[str]]:
    """Rows of ratios; a program without a process that stays is compared by its cold runs."""
    for program in programs[1:]:
        row = [program.name]
        for kind in ("cold", "fresh", "edit"):
            other = kind if figures.of(kind, program) else "cold"
            for what in ("wall", "cpu"):
                values = figures.ratios(kind, other, program, what)
                row.append(f"{median(values):.2f}（{min(values):.2f}–{max(values):.2f}）")
        yield row


STAGES = ("步骤", "整篇换新", "每页", "改一页")


def stages(figures: Figures) -> Iterator[list[str]]:
    """Rows of our own stages."""
    pages = figures.pages[OURS.name]
    for name, seconds in (
        ("读取、解析", lambda run: run.stage("read") + run.stage("parse")),
        ("检查", lambda run: run.stage("check") - sum(map(run.stage, ("read", "parse", "lay_out")))),
        ("断行、分页", lambda run: run.stage("lay_out")),
        ("生成 HTML", lambda run: run.stage("render")),
        ("排版", lambda run: run.stage("typeset") - run.stage("write_pdf")),
        ("写 PDF", lambda run: run.stage("write_pdf")),
        ("存盘", lambda run: run.stage("write_whole")),
        ("量测成品", lambda run: run.stage("preflight")),
        ("合计", lambda run: run.cpu),
    ):
        fresh = median(map(seconds, figures.of("fresh", OURS)))
        yield [name, ms(fresh), ms(fresh / pages), ms(median(map(seconds, figures.of("edit", OURS))))]


TARGETS = ("目标", "不超过", "实测", "结果")


def targets(programs: Sequence[Program], figures: Figures) -> Iterator[list[str]]:
    """Rows of what was aimed at."""
    pages = figures.pages[OURS.name]
    fresh, edit = figures.of("fresh", OURS), figures.of("edit", OURS)

    def row(name: str, limit: float, value: float, unit: str) -> list[str]:
        return [name, f"{limit:g} {unit}", f"{value:.3g} {unit}", "达到" if value <= limit else "未达到"]

    yield row("断行、分页，每页（CPU）", 2, median(run.stage("lay_out") for run in fresh) / pages * 1000, "ms")
    yield row("排版、写 PDF，每页（CPU）", 20, median(run.stage("typeset") for run in fresh) / pages * 1000, "ms")
    yield row("改一页后九页 PDF 写到磁盘，不含量测（CPU）", 90, median(run.bare.cpu for run in edit) * 1000, "ms")
    yield row("check 一份稿件，冷启动（CPU）", 0.4, median(run.cpu for run in figures.of("check", OURS)), "s")
    yield row("编译九页的内存峰值", 200, max(run.memory for run in figures.of("cold", OURS)), "MB")
    if XELATEX in programs:
        yield row(
            "热态整篇换新 ÷ XeLaTeX，不含量测", 0.5, median(figures.ratios("fresh", "cold", XELATEX, "wall")), "倍"
        )
        yield row("冷启动 ÷ XeLaTeX，含量测", 1.5, median(figures.ratios("cold", "cold", XELATEX, "wall")), "倍")


if __name__ == "__main__":
    main()

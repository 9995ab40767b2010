"""Builds a batch of different documents, and builds it again, and prints what it took as a page of Markdown.

    .venv/bin/python benchmarks/batch.py > docs/benchmarks/batch.md

The documents are derived from the notices: bodies turned round and begun with new characters, so that no two share a line; without
attachments and imprints, which the sources of typst and XeLaTeX do not know. Programs run in turn, round after round, as in run.py. Each
run is a process of its own from its start to its end; the typesetters that start anew for each document set a part of the batch.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import many_drafts
import sources
import yaml
from run import FONTS, TYPST, Run, cold, machine, page_count, table

COUNT = 200
PART = 20
"""Documents of the batch that a program sets which starts anew for each."""
UNCHANGED = 1000
DOCUMENTS = 2000
CHECKPOINTS = (100, 500, 1000, 2000)
DEFAULT_ROUNDS = 3
DROPPED = ("附件", "版记", "附注", "印发件")
BUILD = (sys.executable, "-m", "gongwen", "build")
TYPST_BATCH = """\
import pathlib, sys, typst
compiler = typst.Compiler(font_paths=[sys.argv[3]], ignore_system_fonts=True)
for source in sorted(pathlib.Path(sys.argv[1]).glob("*.typ")):
    compiler.compile(str(source), output=f"{sys.argv[2]}/{source.stem}.pdf")
"""
GROWTH = """\
import json, pathlib, resource, sys
from gongwen import cli
from gongwen.building.job import Job
from gongwen.building.workshop import Workshop
from gongwen.compiler import Compiler
from gongwen.options import PRINT
cli.spare_collector()
workshop = Workshop(Compiler(), PRINT)
workshop.warm()
wanted, found = set(map(int, sys.argv[3].split(","))), {}
for number, draft in enumerate(sorted(pathlib.Path(sys.argv[1]).glob("*.yaml")), 1):
    product = workshop(Job(draft, pathlib.Path("a.pdf")))
    assert product.files, product
    if number in wanted:
        pages = int(pathlib.Path("/proc/self/statm").read_text().split()[1])
        found[number] = pages * resource.getpagesize() / 1e6
pathlib.Path(sys.argv[2]).write_text(json.dumps(found))
"""


@dataclass(frozen=True)
class Way:
    """A way to set documents: its name, its commands, and how many documents they set."""

    name: str
    commands: Callable[[Path, Path], list[list[str]]]
    count: int


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="编译一批各不相同的公文，再编译一次；结果是一页 Markdown。")
    parser.add_argument("--rounds", type=int, default=DEFAULT_ROUNDS, help=f"轮数，默认 {DEFAULT_ROUNDS}")
    parser.add_argument("--count", type=int, default=COUNT, help=f"份数，默认 {COUNT}")
    parser.add_argument("--documents", type=int, default=DOCUMENTS, help=f"看内存时的份数，默认 {DOCUMENTS}")
    options = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="gongwen-benchmark-") as name:
        folder = Path(name)
        (folder / "batch").mkdir()
        pages = write_batch(folder / "batch", options.count)
        ways = [
            way for way in all_ways(options.count, min(PART, options.count)) if way.commands(folder / "batch", folder)
        ]
        runs = measured(ways, folder, options.rounds)
        again = rebuilt(folder, options.rounds)
        growth = grown(folder, options.documents)
    sys.stdout.write(page(ways, runs, again, growth, (options.count, pages, load)))


# --- Documents ----------------------------------------------------------------------------------------------------------------


def bases() -> Iterator[dict[str, Any]]:
    """The notices that can be set by all, less what only ours knows."""
    from gongwen.compiler import Compiler

    compiler = Compiler()
    with tempfile.TemporaryDirectory(prefix="gongwen-benchmark-") as name:
        draft = Path(name) / "draft.yaml"
        for path in sorted(many_drafts.NOTICES.glob("*.yaml")):
            data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - strings only
            data = {key: value for key, value in data.items() if key not in DROPPED}
            draft.write_text(as_yaml(data), encoding="utf-8")
            checked = compiler.check(draft)
            if checked.document is None or checked.layout is None or checked.has_errors:
                continue
            try:
                sources.translated(checked.document, checked.layout, "typ")
            except (ValueError, AttributeError, StopIteration, TypeError):
                continue
            yield data


def write_batch(folder: Path, count: int) -> int:
    """Write the documents as .yaml, .typ and .tex; gives the pages of all."""
    from gongwen.compiler import Compiler

    originals = list(bases())
    compiler = Compiler()
    new = {id(data): sources.new_characters(data) for data in originals}
    pages = number = 0
    for turn, data in ((turn, data) for turn in itertools.count() for data in originals):
        if number == count:
            break
        # As many new characters as there are texts, others in each turn.
        characters = itertools.islice(itertools.cycle(new[id(data)]), turn * 7, None)
        document = sources.turned(data, turn + 2, characters)
        path = folder / f"document-{number:04}.yaml"
        path.write_text(as_yaml(document), encoding="utf-8")
        checked = compiler.check(path)
        if checked.document is None or checked.layout is None or checked.has_errors:
            continue  # a word has come about that a rule knows
        for kind in ("typ", "tex"):
            text = sources.translated(checked.document, checked.layout, kind)
            path.with_suffix(f".{kind}").write_text(text, encoding="utf-8")
        pages += len(checked.layout.pages)
        number += 1
    return pages


def as_yaml(data: dict[str, Any]) -> str:
    """A draft."""
    return yaml.dump(data, allow_unicode=True, sort_keys=False, width=100_000)


# --- Measuring ----------------------------------------------------------------------------------------------------------------


def all_ways(count: int, part: int) -> list[Way]:
    """Every way; one whose program is not here has no commands."""

    def gongwen(jobs: int) -> Callable[[Path, Path], list[list[str]]]:
        return lambda batch, out: [[*BUILD, str(batch), "-o", str(out), "--jobs", str(jobs), "--force"]]

    def some(suffix: str, command: Callable[[Path, Path], list[str]]) -> Callable[[Path, Path], list[list[str]]]:
        return lambda batch, out: [command(source, out) for source in sorted(batch.glob(f"*.{suffix}"))[:part]]

    ways = [
        Way("gongwen，一个进程", gongwen(1), count),
        Way("gongwen，两个进程", gongwen(2), count),
        Way(
            "typst（Python 包），一个进程",
            lambda batch, out: [[sys.executable, "-c", TYPST_BATCH, str(batch), str(out), str(FONTS)]],
            count,
        ),
        Way(
            "typst（Python 包），每份一个进程",
            some(
                "typ",
                lambda source, out: [
                    *(sys.executable, "-c", TYPST, str(source), str(out / f"{source.stem}.pdf"), str(FONTS)),
                ],
            ),
            part,
        ),
    ]
    if shutil.which("typst"):
        arguments = ["typst", "compile", "--ignore-system-fonts", "--font-path", str(FONTS)]
        ways.append(
            Way(
                "typst（命令），每份一个进程",
                some("typ", lambda source, out: [*arguments, str(source), str(out / f"{source.stem}.pdf")]),
                part,
            )
        )
    if shutil.which("xelatex"):
        arguments_of_tex = ["xelatex", "-interaction=batchmode", "-halt-on-error", "-output-directory"]
        ways.append(
            Way(
                "XeLaTeX，每份一个进程",
                some("tex", lambda source, out: [*arguments_of_tex, str(out), str(source)]),
                part,
            )
        )
    return ways


def measured(ways: Sequence[Way], folder: Path, rounds: int) -> dict[str, list[Run]]:
    """Every way in turn, round after round."""
    runs: dict[str, list[Run]] = {way.name: [] for way in ways}
    for number in range(rounds):
        for way in ways:
            sys.stderr.write(f"\r第 {number + 1} 轮，共 {rounds} 轮：{way.name}        ")
            out = folder / "out"
            out.mkdir()
            several = [cold(command, folder) for command in way.commands(folder / "batch", out)]
            runs[way.name].append(
                Run(
                    sum(one.wall for one in several),
                    sum(one.cpu for one in several),
                    max(one.memory for one in several),
                )
            )
            if not any(page_count(pdf) for pdf in list(out.glob("*.pdf"))[:1]):
                raise RuntimeError(way.name)
            shutil.rmtree(out)
    sys.stderr.write("\n")
    return runs


def rebuilt(folder: Path, rounds: int) -> list[Run]:
    """A build of many drafts of which none has changed."""
    drafts = folder / "drafts"
    drafts.mkdir()
    many_drafts.write(drafts, UNCHANGED)
    command = [*BUILD, str(drafts), "-o", str(folder / "built")]
    sys.stderr.write(f"编译 {UNCHANGED} 份\n")
    cold(command, folder)
    return [cold(command, folder) for _ in range(max(5, rounds))]


def grown(folder: Path, count: int) -> dict[str, float]:
    """Memory (MB) of a process after so many documents."""
    drafts = folder / "growth"
    drafts.mkdir()
    many_drafts.write(drafts, count)
    sys.stderr.write(f"编译 {count} 份，看内存\n")
    result = folder / "growth.json"
    points = [point for point in CHECKPOINTS if point <= count]
    subprocess.run(
        [sys.executable, "-c", GROWTH, str(drafts), str(result), ",".join(map(str, points))], check=True, cwd=folder
    )
    found: dict[str, float] = json.loads(result.read_text(encoding="utf-8"))
    return found


# --- Telling ------------------------------------------------------------------------------------------------------------------

SUMMARY = """\
*A batch of different documents derived from the notices, by one process, by two, and by typst and XeLaTeX on the same text; a build of a
thousand drafts of which none has changed; memory over thousands of documents. Medians; this page is what the command below prints.*"""
NOTES = """\
- gongwen 的含读取、校验、全部规则、断行、排版、写 PDF、逐项量测成品，以及起动；typst 和 XeLaTeX 只排版，XeLaTeX 只编译一遍。
- 文字、字体、版心、行距各程序相同；去掉了附件和版记，别家的模板没有。
- 每份一个进程的，只排这一批的前一部分，按份折算。"""


def page(
    ways: Sequence[Way],
    runs: dict[str, list[Run]],
    again: Sequence[Run],
    growth: dict[str, float],
    facts: tuple[int, int, float],
) -> str:
    """The page of Markdown."""
    count, pages, load = facts
    wall = median(run.wall for run in again)
    one, two = (runs[name] for name in ("gongwen，一个进程", "gongwen，两个进程"))
    scaling = median(first.wall / second.wall for first, second in zip(one, two, strict=True))
    memory = "，".join(f"{number} 份后 {size:.0f} MB" for number, size in growth.items())
    parts = [
        "# 成批编译实测",
        SUMMARY,
        "    .venv/bin/python benchmarks/batch.py > docs/benchmarks/batch.md",
        f"{machine(())}{count} 份公文，共 {pages} 页，轮流运行 {len(one)} 轮，取中位数；开始时机器负载 {load:.1f}。",
        table(
            ("方式", "份数", "每份实际（ms）", "每份 CPU（ms）", "内存峰值（MB）", "÷ gongwen 两个进程，实际"),
            [row(way, runs[way.name], two, count) for way in ways],
        ),
        NOTES,
        "## 两个进程与一个进程",
        f"两个进程是一个进程的 {scaling:.2f} 倍（目标 1.8 倍，{'达到' if scaling >= 1.8 else '未达到'}）。",  # noqa: PLR2004
        "## 没有改动的稿件",
        (
            f"{UNCHANGED} 份两页的稿件都没有改动，再编译一次：{wall:.2f} 秒（CPU {median(run.cpu for run in again):.2f} 秒），"
            f"目标 0.5 秒，{'达到' if wall <= 0.5 else '未达到'}。"  # noqa: PLR2004
        ),
        "## 内存",
        f"一个进程接连编译各不相同的两页公文：{memory}。",
    ]
    return "\n\n".join(parts) + "\n"


def row(way: Way, runs: Sequence[Run], ours: Sequence[Run], count: int) -> list[str]:
    """A row of the table."""
    ratios = [run.wall / way.count / (our.wall / count) for run, our in zip(runs, ours, strict=True)]
    return [
        way.name,
        str(way.count),
        f"{median(run.wall for run in runs) / way.count * 1000:.0f}",
        f"{median(run.cpu for run in runs) / way.count * 1000:.0f}",
        f"{median(run.memory for run in runs):.0f}",
        f"{median(ratios):.2f}",
    ]


if __name__ == "__main__":
    main()

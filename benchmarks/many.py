"""Checks a thousand drafts from a cold start and prints what it took as a page of Markdown.

    .venv/bin/python benchmarks/many.py > docs/benchmarks/checking.md

Beside it run the same in one process, and a peer that only reads the YAML and validates it by the JSON Schema: in turn, round after round,
as in run.py, whose way of measuring this is. Processor time is that of all processes together.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import many_drafts
from run import ROOT, Run, cold, machine, table

DEFAULT_ROUNDS = 5
MOST_ROUNDS = 50
LIMIT = 10.0
"""Seconds that a thousand drafts may take on two cores."""
SCHEMA_ONLY = """\
import json, pathlib, sys, jsonschema, yaml
validator = jsonschema.Draft202012Validator(json.loads(pathlib.Path(sys.argv[2]).read_text("utf-8")))
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.yaml")):
    for error in validator.iter_errors(yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)):
        sys.exit(f"{path}: {error.message}")
"""
CHECK = (sys.executable, "-m", "gongwen", "check")
PROGRAMS = {
    "gongwen check": lambda drafts: [*CHECK, str(drafts)],
    "gongwen check --jobs 1": lambda drafts: [*CHECK, "--jobs", "1", str(drafts)],
    "PyYAML + jsonschema": lambda drafts: [
        *(sys.executable, "-c", SCHEMA_ONLY, str(drafts), str(ROOT / "schemas" / "draft.zh.schema.json")),
    ],
}
"""What is run → its command; the first is what the others are compared with."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="检查一千份各不相同的稿件，结果是一页 Markdown。")
    parser.add_argument("--rounds", type=int, default=DEFAULT_ROUNDS, help=f"轮数，默认 {DEFAULT_ROUNDS}")
    parser.add_argument("--count", type=int, default=many_drafts.COUNT, help=f"份数，默认 {many_drafts.COUNT}")
    options = parser.parse_args()
    if not 1 <= options.rounds <= MOST_ROUNDS:
        parser.error(f"轮数是 1 到 {MOST_ROUNDS}")
    load = os.getloadavg()[0]
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory(prefix="gongwen-benchmark-") as name:
        folder = Path(name)
        drafts = folder / "drafts"
        drafts.mkdir()
        many_drafts.write(drafts, options.count)
        runs = measured(drafts, folder, options.rounds)
    sys.stdout.write(page(runs, options.count, load))


def measured(drafts: Path, folder: Path, rounds: int) -> dict[str, list[Run]]:
    """Every program in turn, round after round; the first round only warms the machine's file cache."""
    runs: dict[str, list[Run]] = {name: [] for name in PROGRAMS}
    for number in range(rounds + 1):
        sys.stderr.write(f"\r第 {number} 轮，共 {rounds} 轮")
        for name, command in PROGRAMS.items():
            run = cold(command(drafts), folder)
            if number > 0:
                runs[name].append(run)
    sys.stderr.write("\n")
    return runs


SUMMARY = """\
*A thousand different two-page drafts checked from a cold start: by every core, by one, and by a peer that does no more than
validate them. Medians; this page is what the command below prints.*"""
NOTES = """\
- 稿件由 `benchmarks/many_drafts.py` 从 `notices/` 里的句子拼成：份份不同，各两页，三个小标题、六个带接排的小标题，没有错误。
- 冷启动：每次都是新进程，从启动到退出；CPU 是所有进程之和，机器上有别的活时以它为准。内存是其中最大一个进程的峰值。
- gongwen 的含读取、校验、全部规则、断行、分页，以及各份稿件之间的比较；PyYAML + jsonschema 只读取和按结构文件校验（C 语言的读取器，一个进程）。"""


def page(runs: dict[str, list[Run]], count: int, load: float) -> str:
    """The page of Markdown."""
    first = next(iter(runs))
    cpu = median(run.cpu for run in runs[first])
    parts = [
        "# 成批检查实测",
        SUMMARY,
        "    .venv/bin/python benchmarks/many.py > docs/benchmarks/checking.md",
        f"{machine(())}{count} 份稿件，轮流运行 {len(runs[first])} 轮，取中位数；比值先逐轮相除，括号内是最小与最大。",
        table(
            ("程序", "实际（s）", "CPU（s）", "每份 CPU（ms）", "内存峰值（MB）", "gongwen ÷ 它，实际", "CPU"),
            [row(name, several, runs[first], count) for name, several in runs.items()],
        ),
        NOTES,
        (
            f"目标：两个核、{count} 份不超过 {LIMIT:g} 秒。开始时机器负载 {load:.1f}；"
            f"CPU 合计 {cpu:.1f} 秒，分在两个核上是 {cpu / 2:.1f} 秒，{'达到' if cpu / 2 <= LIMIT else '未达到'}。"
            "负载不到 1 时，实际用时与此相近；机器上有别的活时，实际用时不作数。"
        ),
    ]
    return "\n\n".join(parts) + "\n"


def row(name: str, runs: Sequence[Run], ours: Sequence[Run], count: int) -> list[str]:
    """A row of the table."""
    cpu = median(run.cpu for run in runs)
    return [
        f"`{name}`" if name.startswith("gongwen") else name,
        f"{median(run.wall for run in runs):.1f}",
        f"{cpu:.1f}",
        f"{cpu / count * 1000:.1f}",
        f"{median(run.memory for run in runs):.0f}",
        *(
            ratio([getattr(one, what) / getattr(run, what) for one, run in zip(ours, runs, strict=True)])
            for what in ("wall", "cpu")
        ),
    ]


def ratio(values: Sequence[float]) -> str:
    """The median of ratios, with the least and the greatest."""
    return f"{median(values):.2f}（{min(values):.2f}–{max(values):.2f}）"


if __name__ == "__main__":
    main()

"""Makes ten thousand numbered copies of a two-page notice, from a cold start to the one file for the press, and prints what it took.

    .venv/bin/python benchmarks/copies.py > docs/benchmarks/copies.md

Beside it runs the same notice without copies, in turn, round after round: what is above that is what the copies cost.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from statistics import median

import many_drafts
from run import Run, cold, machine, page_count, table

COUNT = 10_000
MOST = 50_000
"""Copies of two pages that one file holds."""
DEFAULT_ROUNDS = 5
MOST_ROUNDS = 50
LIMIT = 20.0
"""Seconds that the copies may take on two cores."""
MOST_BYTES = 15e6


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description="一份两页的通知编号印制一万份，合成一个付印的文件；结果是一页 Markdown。"
    )
    parser.add_argument("--rounds", type=int, default=DEFAULT_ROUNDS, help=f"轮数，默认 {DEFAULT_ROUNDS}")
    parser.add_argument("--count", type=int, default=COUNT, help=f"份数，默认 {COUNT}")
    options = parser.parse_args()
    if not 1 <= options.rounds <= MOST_ROUNDS:
        parser.error(f"轮数是 1 到 {MOST_ROUNDS}")
    if not 1 <= options.count <= MOST:
        parser.error(f"份数是 1 到 {MOST}")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory(prefix="gongwen-benchmark-") as name:
        folder = Path(name)
        many_drafts.write(folder, 1)
        (notice,) = folder.glob("*.yaml")
        copies = folder / "copies.yaml"
        copies.write_text(f"{notice.read_text('utf-8')}份数: {options.count}\n", "utf-8")
        sources = {"一份": notice, f"{options.count} 份": copies}
        runs: dict[str, list[Run]] = {what: [] for what in sources}
        for number in range(options.rounds + 1):
            sys.stderr.write(f"\r第 {number} 轮，共 {options.rounds} 轮")
            for what, source in sources.items():
                run = cold(
                    [sys.executable, "-m", "gongwen", "build", "--force", str(source), "-o", str(folder)], folder
                )
                if number > 0:  # the first round only warms the machine's file cache
                    runs[what].append(run)
        sys.stderr.write("\n")
        files = {what: source.with_suffix(".pdf") for what, source in sources.items()}
        sizes = {what: file.stat().st_size for what, file in files.items()}
        pages = {what: page_count(file) for what, file in files.items()}
    sys.stdout.write(section(runs, sizes, pages, options.count))


SUMMARY = """\
*Ten thousand numbered copies of a two-page notice in one file for the press, from a cold start, beside one copy. Medians; this page is
what the command below prints.*"""


def section(runs: dict[str, list[Run]], sizes: dict[str, int], pages: dict[str, int], count: int) -> str:
    """The page of Markdown."""
    *_, what = runs
    wall = median(run.wall for run in runs[what])
    is_met = wall <= LIMIT and sizes[what] <= MOST_BYTES
    parts = [
        "# 编号印制实测",
        SUMMARY,
        "    .venv/bin/python benchmarks/copies.py > docs/benchmarks/copies.md",
        f"{machine(())}一份两页的通知编号印 {count} 份，合成一个付印的文件：从启动到写完，含检查、排版、量测；取 {len(runs[what])} 轮的中位数。",
        table(
            ("", "页", "实际（s）", "CPU（s）", "内存峰值（MB）", "PDF（MB）"),
            [
                [
                    name,
                    str(pages[name]),
                    f"{median(run.wall for run in several):.2f}",
                    f"{median(run.cpu for run in several):.2f}",
                    f"{median(run.memory for run in several):.0f}",
                    f"{sizes[name] / 1e6:.2f}",
                ]
                for name, several in runs.items()
            ],
        ),
        (
            f"目标：不超过 {LIMIT:g} 秒、{MOST_BYTES / 1e6:g} MB；{'达到' if is_met else '未达到'}。"
            "机器上有别的活时，实际用时不作数，看 CPU。"
        ),
    ]
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    main()

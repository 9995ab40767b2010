"""What is told of a run of ``gongwen build``: for people, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from gongwen import __version__

if TYPE_CHECKING:
    from gongwen.building.job import File, Measured
    from gongwen.building.run import Done, Plan
    from gongwen.cli.drafts import Report
    from gongwen.options import Options

VERSION: Final = 1
"""Of the form of the JSON; it grows when a reader of the old form would go wrong."""
_SHORT: Final = 10
"""Seconds from which on a tenth of one is of no interest."""


def speaks(done: Done) -> bool:
    """Whether anything is printed of a draft."""
    return bool(done.outcome.diagnostics or done.fault or done.state != "unchanged")


def tell(done: Done, report: Report, *, quiet: bool) -> None:
    """Tell the findings of a draft, what the program failed at, and its new files. ``quiet`` keeps standard output free."""
    if quiet:
        report.count(done.outcome)
    elif done.outcome.diagnostics or report.is_document:
        report.add(done.outcome)
    else:
        report.count(done.outcome)
    if done.fault:
        click.echo(f"{click.style(str(done.job.draft), bold=True)}：{click.style(done.fault, fg='red')}", err=True)
    if done.state == "built" and not quiet:
        for file in done.files:
            report.say(f"{file.path}  {file.pages} 页{_measured(file.measured)}")


def tell_faces(told: Sequence[Done]) -> None:
    """Which faces served in what was made."""
    faces = next((done.faces for done in reversed(told) if done.state == "built"), ())
    for line in faces:
        click.echo(f"字体  {line}", err=True)


def tell_plan(plan: Plan) -> int:
    """What a run would make, and why. Gives the exit status."""
    for job, reason in plan.reasons.items():
        click.echo(f"{job.target}  ← {job.draft}（{reason}）")
    click.echo(f"要编译 {len(plan.reasons)} 份稿件，{len(plan.known)} 份没有改动", err=True)
    return 0


def summed_up(told: Sequence[Done], report: Report, seconds: float) -> str:
    """The last line: how many were built, are unchanged, failed; pages; findings; time."""
    made = [file for done in told if done.state == "built" for file in done.files]
    unchanged = sum(done.state == "unchanged" for done in told)
    failed = sum(done.state == "failed" for done in told)
    parts = [f"生成 {len(made)} 份 PDF，共 {sum(file.pages for file in made)} 页"]
    if unchanged:
        parts.append(f"{unchanged} 份稿件没有改动")
    if failed:
        parts.append(f"{failed} 份没有生成")
    found = f"；{report.counted}" if report.counted else ""
    return f"{'，'.join(parts)}{found}；用时 {seconds:.{1 if seconds < _SHORT else 0}f} 秒"


def as_json(told: Sequence[Done], options: Options, seconds: float) -> str:
    """The run as JSON, by `schemas/build-report.schema.json`."""
    from gongwen.reporters.base import Run
    from gongwen.reporters.json import counts, described, dumps

    run = Run(Path.cwd())
    drafts: list[dict[str, Any]] = [
        {
            "draft": run.path(str(done.job.draft)),
            "state": str(done.state),
            "reason": done.reason or None,
            "fault": done.fault,
            "seconds": round(done.seconds, 3),
            "files": [_file(file, run.path(str(file.path))) for file in done.files],
            **counts(done.outcome.diagnostics),
            "diagnostics": [described(one, run) for one in done.outcome.diagnostics],
        }
        for done in told
    ]
    states = [str(done.state) for done in told]
    return dumps(
        {
            "version": VERSION,
            "tool": {"name": "gongwen", "version": __version__},
            "options": asdict(options),
            "drafts": drafts,
            "summary": {
                "drafts": len(told),
                **{state: states.count(state) for state in ("built", "unchanged", "failed")},
                "files": sum(len(done.files) for done in told),
                "pages": sum(file.pages for done in told for file in done.files),
                **counts([one for done in told for one in done.outcome.diagnostics]),
                "seconds": round(seconds, 3),
            },
        }
    )


def _file(file: File, path: str) -> dict[str, Any]:
    return {"path": path, "pages": file.pages, "measured": file.measured._asdict()}


def _measured(counted: Measured) -> str:
    parts = [f"量测 {counted.rules} 项，合格 {counted.met}"]
    if counted.missed:
        parts.append(f"不合格 {counted.missed}")
    if counted.unmeasured:
        parts.append(f"未能量测 {counted.unmeasured}")
    return f"  （{'，'.join(parts)}）"

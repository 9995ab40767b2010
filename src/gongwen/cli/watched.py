"""What is told of a session of ``gongwen watch`` in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongwen.cli.drafts import Report
from gongwen.watching.session import Listener

if TYPE_CHECKING:
    from gongwen.building.job import File, Job
    from gongwen.diagnostics import Diagnostic
    from gongwen.outcome import Outcome
    from gongwen.watching.changes import FileChanges


class Console(Listener):
    """Findings and PDFs, as ``gongwen build`` tells them; each piece of work is a report of its own."""

    def __init__(self, form: str, changes: FileChanges) -> None:
        self._form = form
        self._changes = changes
        self._report = Report(strict=False, form=form)
        self._drafts = 0
        self._unchanged = 0
        self._told: dict[Path, tuple[Diagnostic, ...]] = {}
        self._has_begun = False
        self._is_slow = False

    def listed(self, jobs: Sequence[Job]) -> None:
        """So many drafts are watched."""
        self._drafts = len(jobs)

    def unchanged(self, job: Job, outcome: Outcome, files: Sequence[File]) -> None:  # noqa: ARG002 - they are as they were
        """Nothing is said of what is up to date, but when its findings are gone."""
        self._unchanged += 1
        self._told[job.draft] = outcome.diagnostics
        self._report.count(replace(outcome, diagnostics=()))

    def built(self, job: Job, outcome: Outcome, files: Sequence[File], milliseconds: float) -> None:
        """Findings, and a line for each PDF."""
        if outcome.diagnostics:
            self._report.add(outcome)
        for file in files:
            self._report.say(f"{file.path}  {file.pages} 页  {milliseconds:.0f} 毫秒")
        if not files:
            click.echo(f"{job.draft}  有错，没有生成 PDF", err=True)
        if outcome.diagnostics or not files:
            self._told.setdefault(job.draft, ())
        self._built = outcome.diagnostics

    def measured(self, job: Job, outcome: Outcome, files: Sequence[File]) -> None:  # noqa: ARG002 - they were told
        """What was measured wrong, or that what was found before is gone."""
        news = tuple(one for one in outcome.diagnostics if one not in self._built)
        if news:
            self._report.add(replace(outcome, diagnostics=news))
        if self._told.get(job.draft) and not outcome.diagnostics:
            self._report.say(f"{job.draft}  没有问题")
        self._told[job.draft] = outcome.diagnostics

    def failed(self, job: Job, fault: str) -> None:
        """In a line."""
        click.echo(f"{click.style(str(job.draft), bold=True)}：{click.style(fault, fg='red')}", err=True)

    def gone(self, job: Job) -> None:
        """Its PDF stays."""
        self._told.pop(job.draft, None)
        click.echo(f"{job.draft}  没有了，不再守候；已经生成的 PDF 还在", err=True)

    def rested(self) -> None:
        """Say once that the watch has begun."""
        self._report.close()
        if not self._has_begun:
            self._has_begun = True
            self._report.tell_deviations()
            unchanged = f"，其中 {self._unchanged} 份没有改动" if self._unchanged else ""
            click.echo(f"守候 {self._drafts} 份稿件{unchanged}；按 Ctrl-C 结束", err=True)
        if self._changes.has_failed and not self._is_slow:
            self._is_slow = True
            click.echo("系统不能通知文件的改动，改为每秒查看一次", err=True)
        self._report = Report(strict=False, form=self._form)

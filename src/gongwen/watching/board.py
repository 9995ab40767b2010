"""What there is to see, for any number of browsers: each asks for what has changed since it last asked.

The session writes here and goes on; it waits for nobody. Everything is stamped with the version in which it changed.
"""

from __future__ import annotations

import datetime
import json
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from gongwen.building.job import File, Job
from gongwen.compiler import Checked, Compiler
from gongwen.diagnostics import Diagnostic
from gongwen.outcome import Outcome
from gongwen.render import TemplateError
from gongwen.reporters.base import Run, one_line, place
from gongwen.watching.preview import Preview, preview
from gongwen.watching.session import Listener

_EMPTY: Final = Preview()


@dataclass
class _Shown:
    """A draft as browsers see it. ``is_stale`` says that its pages are those of an earlier text."""

    number: int
    name: str
    preview: Preview = _EMPTY
    pages: list[int] = field(default_factory=list)
    """The version of each page."""
    frame: int = 0
    findings: list[dict[str, Any]] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)
    fault: str = ""
    is_stale: bool = False
    version: int = 0


class Board(Listener):
    """The drafts of a session: their pages, what was found, their PDFs."""

    def __init__(self, compiler: Compiler) -> None:
        self._compiler = compiler
        self._run = Run(Path.cwd())
        self._shown: dict[Path, _Shown] = {}
        self._count = 0
        self._version = 0
        self._is_closed = False
        self._changed = threading.Condition()

    # --- What the session tells -----------------------------------------------------------------------------------------------

    def listed(self, jobs: Sequence[Job]) -> None:
        """These are the drafts, in their order."""
        with self._changed:
            known, self._shown = self._shown, {}
            for job in jobs:
                self._shown[job.draft] = known.get(job.draft) or self._new(job)
            self._publish()

    def unchanged(self, job: Job, outcome: Outcome, files: Sequence[File]) -> None:
        """A draft is up to date, and so are its PDFs."""
        self._tell(job, outcome.diagnostics, files)

    def checked(self, job: Job, checked: Checked) -> None:
        """The pages of a draft are known; those that are the same are left alone."""
        try:
            seen = preview(self._compiler, checked)
        except TemplateError:
            seen = None  # that is told when the PDF is made
        with self._changed:
            shown = self._shown[job.draft]
            shown.is_stale = seen is None
            if seen is not None:
                self._show(shown, seen)
            shown.findings = [self._finding(one) for one in checked.diagnostics]
            shown.fault = ""
            self._publish(shown)

    def built(self, job: Job, outcome: Outcome, files: Sequence[File], milliseconds: float) -> None:  # noqa: ARG002 - the page shows the time of day
        """There are new PDFs, or none because of errors."""
        self._tell(job, outcome.diagnostics, files)

    def measured(self, job: Job, outcome: Outcome, files: Sequence[File]) -> None:  # noqa: ARG002 - nothing about the files is new
        """All is known of a draft."""
        self._tell(job, outcome.diagnostics)

    def failed(self, job: Job, fault: str) -> None:
        """A draft could not be made or written, by no fault of its own."""
        with self._changed:
            shown = self._shown[job.draft]
            shown.fault = fault
            self._publish(shown)

    def gone(self, job: Job) -> None:
        """A draft is no longer there."""
        with self._changed:
            self._shown.pop(job.draft, None)
            self._publish()

    def _new(self, job: Job) -> _Shown:
        self._count += 1
        return _Shown(self._count, one_line(self._run.path(str(job.draft))))

    def _show(self, shown: _Shown, seen: Preview) -> None:
        following = self._version + 1
        old = shown.preview.pages
        shown.pages = [
            shown.pages[number] if number < len(old) and old[number] == page else following
            for number, page in enumerate(seen.pages)
        ]
        if seen.frame != shown.preview.frame:
            shown.frame = following
        shown.preview = seen

    def _tell(self, job: Job, findings: Iterable[Diagnostic], files: Sequence[File] = ()) -> None:
        told = [self._finding(one) for one in findings]
        made = [(file, _when(file.path)) for file in files]
        with self._changed:
            shown = self._shown[job.draft]
            shown.findings = told
            if made:
                shown.paths = [file.path for file, _ in made]
                shown.files = [{"name": one_line(file.path.name), "when": when} for file, when in made]
            self._publish(shown)

    def _finding(self, one: Diagnostic) -> dict[str, Any]:
        return {
            "severity": str(one.severity),
            "word": one.severity.word,
            "code": one.check.code,
            "name": one.check.name,
            "place": one_line(place(one, self._run.path(one.file))),
            "page": one.page,
            "message": one_line(one.message),
            "hint": one_line(one.hint or ""),
            "clause": one.check.authority.clause,
        }

    def _publish(self, shown: _Shown | None = None) -> None:
        self._version += 1
        if shown is not None:
            shown.version = self._version
        self._changed.notify_all()

    def close(self) -> None:
        """Let all who wait go."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    # --- What browsers ask ----------------------------------------------------------------------------------------------------

    def since(self, version: int, chosen: int | None, seconds: float) -> tuple[int, str] | None:
        """The version as it is now, and as JSON what has changed since ``version``, waiting for it; None when all is over.

        The text is empty where nothing has changed after so many seconds. Pages and findings are those of the draft with the number
        ``chosen``, by default of the first.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._is_closed or self._version > version, seconds)
            if self._is_closed:
                return None
            now = self._version
            if now == version:
                return now, ""
            several = list(self._shown.values())
            news: dict[str, Any] = {"drafts": [[one.number, one.name, _state(one)] for one in several]}
            shown = next((one for one in several if one.number == chosen), several[0] if several else None)
            if shown is not None and shown.version > version:
                news["shown"] = {
                    "number": shown.number,
                    "frame": shown.frame,
                    "count": len(shown.pages),
                    "pages": {
                        number: html
                        for number, (html, changed) in enumerate(zip(shown.preview.pages, shown.pages, strict=True))
                        if changed > version
                    },
                    "findings": shown.findings,
                    "files": shown.files,
                    "fault": shown.fault,
                    "isStale": shown.is_stale,
                }
        return now, json.dumps(news)

    def preview(self, number: int) -> Preview | None:
        """The pages of a draft by its number; None where there is no such draft."""
        with self._changed:
            return next((one.preview for one in self._shown.values() if one.number == number), None)

    def pdf(self, number: int, index: int) -> Path | None:
        """A PDF of a draft; None where there is none."""
        with self._changed:
            paths = next((one.paths for one in self._shown.values() if one.number == number), [])
            return paths[index] if 0 <= index < len(paths) else None


def _state(shown: _Shown) -> str:
    """The weightiest of what is to be said of a draft."""
    found = {one["severity"] for one in shown.findings} | ({"error"} if shown.fault else set())
    return next((one for one in ("error", "warning", "info") if one in found), "")


def _when(path: Path) -> str:
    """The time of day at which a file was written."""
    try:
        seconds = path.stat().st_mtime
    except OSError:
        return ""
    return datetime.datetime.fromtimestamp(seconds).strftime("%H:%M:%S")  # noqa: DTZ006 - the user's own clock

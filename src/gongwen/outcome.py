"""What a run has to tell of one draft, without the draft: small, and fit to be sent from one process to another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gongwen.compiler import Checked
from gongwen.diagnostics import Diagnostic
from gongwen.register.entry import Entry
from gongwen.source import Source


@dataclass(frozen=True)
class Outcome:
    """The findings of one draft.

    ``texts`` are the files that findings point into, by the names that findings give them. ``settings`` are those of the findings
    that are about the project and come with each of its drafts; ``deviation`` is the name of the settings, and where its house style
    departs from the standard. ``entry`` is what the register knows of the draft; findings of comparing drafts come without one.
    """

    path: Path
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str] = field(default_factory=dict)
    settings: tuple[Diagnostic, ...] = ()
    deviation: tuple[str, str] | None = None
    entry: Entry | None = None

    @classmethod
    def of(cls, checked: Checked) -> Outcome:
        """The outcome of a draft that was checked or built."""
        project = checked.project
        files = [*checked.sources, *project.sources]
        named = {diagnostic.file for diagnostic in checked.diagnostics}
        deviations = "；".join(project.house.deviations())
        return cls(
            checked.path,
            checked.diagnostics,
            {source.name: source.text for source in files if source.name in named},
            tuple(one for one in checked.diagnostics if one in project.diagnostics),
            (project.source.name, deviations) if deviations and project.source is not None else None,
            Entry.of(checked),
        )

    @classmethod
    def compared(cls, diagnostics: Iterable[Diagnostic]) -> tuple[Outcome, ...]:
        """What comparing drafts has found, an outcome for each file; the texts are read again."""
        by_file: dict[str, list[Diagnostic]] = {}
        for diagnostic in diagnostics:
            by_file.setdefault(diagnostic.file, []).append(diagnostic)
        return tuple(
            cls(
                Path(name),
                tuple(sorted(found, key=Diagnostic.sort_key)),
                {name: Source.read(Path(name)).text} if any(one.span for one in found) else {},
            )
            for name, found in by_file.items()
        )

    @property
    def sources(self) -> dict[str, Source]:
        """The files that findings point into, for a report: their lines, without their trees."""
        return {name: Source(name, text, None, ()) for name, text in self.texts.items()}

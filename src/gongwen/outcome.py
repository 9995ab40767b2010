"""What a run has to tell of one draft, without the draft: small, and fit to be sent from one process to another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gongwen.diagnostics import Check, Diagnostic
from gongwen.selection import EVERYTHING, Selection
from gongwen.source import Source
from gongwen.suppression import NOTHING, Suppressions

if TYPE_CHECKING:
    from gongwen.compiler import Checked
    from gongwen.register.entry import Entry

# What is told of a draft that did not change needs no compiler: it is loaded where a draft was checked.


@dataclass(frozen=True)
class Outcome:
    """The findings of one draft.

    ``texts`` are the files that findings point into, by the names that findings give them. ``settings`` are those of the findings
    that are about the project and come with each of its drafts; ``deviation`` is the name of the settings, and where its house style
    departs from the standard. ``switched_off`` and ``lowered`` are codes of errors that were not looked for, and that weigh less;
    ``suppressed`` is how many findings comments took back. ``entry`` is what the register knows of the draft; findings of comparing drafts
    come without one.
    """

    path: Path
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str] = field(default_factory=dict)
    settings: tuple[Diagnostic, ...] = ()
    deviation: tuple[str, str] | None = None
    switched_off: tuple[str, ...] = ()
    lowered: tuple[str, ...] = ()
    suppressed: int = 0
    selection: Selection = EVERYTHING
    suppressions: Suppressions = NOTHING
    entry: Entry | None = None

    @classmethod
    def of(cls, checked: Checked) -> Outcome:
        """The outcome of a draft that was checked or built."""
        from gongwen.register.entry import Entry

        project = checked.project
        files = [*checked.sources, *project.sources]
        named = {diagnostic.file for diagnostic in checked.diagnostics}
        wanted = checked.selection
        looked_for = () if wanted == EVERYTHING else _looked_for(checked)
        deviations = "；".join(project.house.deviations())
        return cls(
            checked.path,
            checked.diagnostics,
            {source.name: source.text for source in files if source.name in named},
            tuple(one for one in checked.diagnostics if one in project.diagnostics),
            (project.source.name, deviations) if deviations and project.source is not None else None,
            wanted.switched_off(looked_for),
            wanted.lowered(looked_for),
            len(checked.suppressed),
            wanted,
            checked.suppressions,
            Entry.of(checked),
        )

    @classmethod
    def compared(cls, diagnostics: Iterable[Diagnostic], drafts: Sequence[Outcome]) -> tuple[Outcome, ...]:
        """What comparing the drafts has found, an outcome for each file; the texts are read again.

        The selection and the comments of a draft hold for what stands in it. A file that is no draft has those of the first draft.
        """
        by_name = {str(one.path): one for one in drafts}
        by_file: dict[str, list[Diagnostic]] = {}
        for diagnostic in diagnostics:
            by_file.setdefault(diagnostic.file, []).append(diagnostic)
        found: list[Outcome] = []
        for name, several in by_file.items():
            owner = by_name.get(name, drafts[0])
            wanted = list(owner.selection.weighed(several))
            left = sorted(owner.left(wanted), key=Diagnostic.sort_key)
            texts = {name: Source.read(Path(name)).text} if any(one.span for one in left) else {}
            found.append(cls(Path(name), tuple(left), texts, suppressed=len(wanted) - len(left)))
        return tuple(found)

    def joined(self, other: Outcome) -> Outcome:
        """The outcome with what another has to tell of the same file."""
        return replace(
            self,
            diagnostics=(*self.diagnostics, *other.diagnostics),
            texts={**self.texts, **other.texts},
            suppressed=self.suppressed + other.suppressed,
        )

    def left(self, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
        """What the selection and the comments of this draft leave of findings that were made elsewhere, between drafts."""
        return self.suppressions.left(self.selection.weighed(diagnostics))[0]

    @property
    def sources(self) -> dict[str, Source]:
        """The files that findings point into, for a report: their lines, without their trees."""
        return {name: Source(name, text, None, ()) for name, text in self.texts.items()}


def _looked_for(checked: Checked) -> tuple[Check, ...]:
    """The checks that a run looks for; those of finished PDFs where it makes them."""
    from gongwen import checks
    from gongwen.compiler import Made
    from gongwen.verdicts import CHECKS as VERDICTS

    return tuple(one for one in checks.known().all if isinstance(checked, Made) or one not in VERDICTS)

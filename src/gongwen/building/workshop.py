"""The task of making PDFs: what is done with a draft in whichever process works."""

from __future__ import annotations

import functools
import gc
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from gongwen.building.job import Job, Product, guarded
from gongwen.building.parcel import Bench, Packing
from gongwen.building.printing import files_of
from gongwen.checking import died
from gongwen.compiler import Checked, Compiler, Gathered
from gongwen.files import State, state_of
from gongwen.fonts import Letters, together
from gongwen.options import Options
from gongwen.outcome import Outcome
from gongwen.source import Source

_ROUND: Final = 100
"""Drafts after which garbage is looked for: the command spares the collector, and memory would grow by 15 kB a draft."""
_DONE: Final = itertools.count(1)


@dataclass(frozen=True)
class Workshop:
    """Makes and measures the PDFs of drafts with one compiler.

    A survey stops at the layout and gives the letters of its pages; files made with the ``letters`` of all share their faces.
    """

    compiler: Compiler
    options: Options
    letters: Letters = field(default_factory=dict)
    is_survey: bool = False

    def warm(self) -> None:
        """Load what sets type and what measures it, and the faces."""
        self.compiler.warm()

    def __call__(self, job: Job) -> Product:
        """The PDFs of a draft. A fault of the program costs this draft alone."""
        if next(_DONE) % _ROUND == 0:
            gc.collect()
        return guarded(job, self._made)

    def died(self, job: Job) -> Product:
        """What is told of a draft that has killed its process."""
        return Product(died(job.draft, "编译"))

    def packing(self) -> Packing:
        """What makes parcels of the jobs of one run, for machines that have none of their files."""
        return Packing(self.compiler)

    def bench(self, kit: bytes | None, open_folder: Callable[[], str]) -> Bench:
        """What does parcels of one project there; see `Bench`."""
        return Bench(self._made_of, kit, open_folder)

    def _made(self, job: Job) -> Product:
        started = time.perf_counter()
        source = None if job.row is None else _unfilled(job.draft, state_of(job.draft)).filled(job.row.values)
        options = self.options
        checked = self.compiler.check(
            job.draft, source=source, overprint=options.overprint, reading_copy=options.reading_copy
        )
        return replace(self._product(job, checked, started), seen=checked.seen)

    def _made_of(self, job: Job, gathered: Gathered) -> Product:
        started = time.perf_counter()
        options = self.options
        checked = self.compiler.check_gathered(gathered, overprint=options.overprint, reading_copy=options.reading_copy)
        return self._product(job, checked, started)

    def _product(self, job: Job, checked: Checked, started: float) -> Product:
        """What becomes of a draft that was checked."""
        if self.is_survey:
            layouts = [] if checked.layout is None else [checked.layout, *(one.layout for one in checked.separate)]
            return Product(_outcome(job, checked), letters=together(layout.letters for layout in layouts))
        compiler, options = self.compiler, self.options
        made = compiler.measure(compiler.make(checked, options, self.letters), options)
        files = [one for pdf in made.pdfs for one in files_of(pdf, job.target, each=options.each)]
        return Product(
            _outcome(job, made),
            tuple(file for file, _, _ in files),
            tuple(data for _, data, _ in files),
            tuple(copies for _, _, copies in files),
            faces=tuple(compiler.book(made.project).report()) if made.pdfs else (),
            seconds=time.perf_counter() - started,
        )


def _outcome(job: Job, checked: Checked) -> Outcome:
    """What is told of a draft. The rows of a mailing are one draft, which the register does not know by its rows."""
    found = Outcome.of(checked)
    return found if job.row is None else replace(found, entry=None)


@functools.lru_cache(maxsize=2)
def _unfilled(draft: Path, _state: State | None) -> Source:
    """A draft that many rows fill, read once as long as it stays what it is."""
    return Source.read(draft)

"""The task of making PDFs: what is done with a draft in whichever process works."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from gongwen.building.job import File, Job, Measured, Product, guarded
from gongwen.building.parcel import Bench, Packing
from gongwen.checking import died
from gongwen.compiler import Checked, Compiler, Gathered
from gongwen.options import Options
from gongwen.outcome import Outcome


@dataclass(frozen=True)
class Workshop:
    """Makes and measures the PDFs of drafts with one compiler."""

    compiler: Compiler
    options: Options

    def warm(self) -> None:
        """Load what sets type and what measures it, and the faces."""
        self.compiler.warm()

    def __call__(self, job: Job) -> Product:
        """The PDFs of a draft. A fault of the program costs this draft alone."""
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
        options = self.options
        checked = self.compiler.check(job.draft, overprint=options.overprint, reading_copy=options.reading_copy)
        return replace(self._product(job, checked, started), seen=checked.seen)

    def _made_of(self, job: Job, gathered: Gathered) -> Product:
        started = time.perf_counter()
        options = self.options
        checked = self.compiler.check_gathered(gathered, overprint=options.overprint, reading_copy=options.reading_copy)
        return self._product(job, checked, started)

    def _product(self, job: Job, checked: Checked, started: float) -> Product:
        """What becomes of a draft that was checked."""
        compiler, options = self.compiler, self.options
        made = compiler.measure(compiler.make(checked, options), options)
        return Product(
            Outcome.of(made),
            tuple(File(pdf.beside(job.target), pdf.pages, Measured.of(pdf.results)) for pdf in made.pdfs),
            tuple(pdf.data for pdf in made.pdfs),
            faces=tuple(compiler.book(made.project).report()) if made.pdfs else (),
            seconds=time.perf_counter() - started,
        )

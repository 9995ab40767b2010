"""The task of making PDFs: what is done with a draft in whichever process works."""

from __future__ import annotations

import time
from dataclasses import dataclass

from gongwen.building.job import File, Job, Measured, Product
from gongwen.checking import died
from gongwen.compiler import Compiler
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
        try:
            return self._made(job)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other drafts go on
            return Product(Outcome(job.draft, ()), fault=f"程序有错（{type(error).__name__}: {error}）")

    def died(self, job: Job) -> Product:
        """What is told of a draft that has killed its process."""
        return Product(died(job.draft, "编译"))

    def _made(self, job: Job) -> Product:
        started = time.perf_counter()
        compiler, options = self.compiler, self.options
        checked = compiler.check(job.draft, overprint=options.overprint, reading_copy=options.reading_copy)
        made = compiler.measure(compiler.make(checked, options), options)
        return Product(
            Outcome.of(made),
            tuple(File(pdf.beside(job.target), pdf.pages, Measured.of(pdf.results)) for pdf in made.pdfs),
            tuple(pdf.data for pdf in made.pdfs),
            made.seen,
            tuple(compiler.book(made.project).report()) if made.pdfs else (),
            time.perf_counter() - started,
        )

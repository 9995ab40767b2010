"""The rows of a mailing as jobs: a file for each, or all bound to one for the press."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from gongwen.building.job import File, Job, Measured, Product
from gongwen.building.workshop import Workshop
from gongwen.diagnostics import Severity
from gongwen.files import digest_of
from gongwen.fonts import together
from gongwen.mailing import Row
from gongwen.outcome import Outcome
from gongwen.parallel import Executor

Gather = Callable[[Iterable[Outcome]], Outcome]
"""The outcomes of rows → that of their draft."""
Watch = Callable[[Iterator[Product], str], Iterator[Product]]
"""Products as they come, and what is being done, to be shown meanwhile."""


def each(draft: Path, target: Path, rows: Sequence[Row]) -> list[Job]:
    """A job for each row, with a file of its own beside ``target``."""
    return [Job(draft, row.beside(target), row, _digest((row,))) for row in rows]


def bound(draft: Path, target: Path, rows: Sequence[Row]) -> Job:
    """The job of all rows together."""
    return Job(draft, target, None, _digest(rows))


def _digest(rows: Sequence[Row]) -> str:
    filled = [sorted(row.values.items()) for row in rows]
    return digest_of(repr(filled).encode("utf-8", "surrogatepass"))


def bind(
    job: Job, rows: Sequence[Row], workshop: Workshop, executor: Executor, gather: Gather, watch: Watch
) -> Product:
    """One file for the press of all rows, in their order: none where any row has an error, for nobody would miss it in the file.

    All rows are looked at first: files that share their faces are bound to one that has each face once. Raises OSError.
    """
    started = time.perf_counter()
    jobs = [Job(job.draft, job.target, row) for row in rows]
    survey = replace(workshop, is_survey=True)
    surveyed = list(watch(executor.run(survey, jobs), "检查"))
    outcome = gather(product.outcome for product in surveyed)
    fault = next((product.fault for product in surveyed if product.fault), None)
    if fault is not None or any(one.severity is Severity.ERROR for one in outcome.diagnostics):
        return Product(outcome, fault=fault)
    letters = together(product.letters for product in surveyed)
    with tempfile.TemporaryDirectory(prefix="gongwen-") as name:
        folder = Path(name)
        products = watch(executor.run(replace(workshop, letters=letters), jobs), "编译")
        made = [_put_down(product, folder / str(number)) for number, product in enumerate(products)]
        outcome = gather(product.outcome for product in made)
        if not all(product.files for product in made):
            fault = next((product.fault for product in made if product.fault), None)
            return Product(outcome, fault=fault)
        from gongwen import press

        files = tuple(_together(several) for several in zip(*(product.files for product in made), strict=True))
        data = tuple(
            press.bind((folder / str(number) / str(part)).read_bytes() for number in range(len(made)))
            for part in range(len(files))
        )
    seen = {path: one for product in made for path, one in product.seen.items()}
    seconds = time.perf_counter() - started
    return Product(outcome, files, data, (None,) * len(files), seen, made[0].faces, seconds)


def _put_down(product: Product, folder: Path) -> Product:
    """A product whose bytes lie in files, by the numbers of its parts: those of a thousand rows are no load for the memory."""
    folder.mkdir()
    for part, data in enumerate(product.data):
        (folder / str(part)).write_bytes(data)
    return replace(product, data=())


def _together(files: Sequence[File]) -> File:
    """The file in which the files of all rows are."""
    measured = Measured(*map(sum, zip(*(file.measured for file in files), strict=True)))
    return File(files[0].path, sum(file.pages for file in files), measured)

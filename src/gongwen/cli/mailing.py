"""``gongwen build --data``: a draft made for each row of a sheet."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from pathlib import Path

from gongwen import mailing
from gongwen.building import mailing as rows
from gongwen.building.job import Job, Product
from gongwen.building.run import Done
from gongwen.cli.drafts import new_compiler
from gongwen.cli.making import Making
from gongwen.cli.progress import watched
from gongwen.outcome import Outcome
from gongwen.source import Source


class MailMerge:
    """A draft and a sheet together: what is to be made of them, and what is told of it."""

    def __init__(self, draft: Path, target: Path, sheet: Path, making: Making) -> None:
        self._draft = draft
        self._target = target
        self._making = making
        self._source = Source.read(draft)
        self._sheet = mailing.read(sheet)
        self._fitted = mailing.fit(self._source, self._sheet)

    @property
    def jobs(self) -> list[Job]:
        """A job for each row, or one for all of them; none where no row can fill the draft."""
        if not self._fitted.rows:
            return []
        if self._making.options.each:
            return rows.each(self._draft, self._target, self._fitted.rows)
        return [rows.bound(self._draft, self._target, self._fitted.rows)]

    def products(self, due: Sequence[Job]) -> Generator[Product]:
        """What comes back for the jobs that are due."""
        workshop = self._making.workshop()
        if self._making.options.each:
            yield from self._making.executor(len(due)).run(workshop, due)
            return
        for job in due:
            executor = self._making.executor(len(self._fitted.rows))
            yield rows.bind(job, self._fitted.rows, workshop, executor, self._gathered, self._watched)

    def outcome(self, told: Sequence[Done]) -> Outcome:
        """What is told of the draft and the sheet, once for all rows."""
        if not self._fitted.rows:
            compiler = new_compiler(strict_fonts=self._making.strict_fonts, wish=self._making.wish)
            return self._gathered(mailing.outcomes(self._draft, self._source, self._fitted, compiler))
        if self._making.options.each:
            return self._gathered(done.outcome for done in told)
        return told[0].outcome

    def _gathered(self, outcomes: Iterable[Outcome]) -> Outcome:
        return mailing.gathered(self._draft, self._sheet, self._fitted, outcomes)

    def _watched(self, products: Iterator[Product], label: str) -> Iterator[Product]:
        return watched(products, len(self._fitted.rows), label, _says_nothing)


def _says_nothing(_: Product) -> bool:
    return False

"""Who makes the PDFs of a run, and how they are wanted."""

from __future__ import annotations

import importlib.util
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

import click

from gongwen.cli.drafts import new_compiler

if TYPE_CHECKING:
    from gongwen.building.workshop import Workshop
    from gongwen.options import Options
    from gongwen.parallel import Executor, Task
    from gongwen.selection import Selection

FEW: Final = 4
"""Fewer drafts than this are made in this process."""

J = TypeVar("J")
R = TypeVar("R")


@dataclass(frozen=True)
class Making:
    """What a user chose: how PDFs are wanted, and who is to make them."""

    options: Options
    wish: Selection
    strict_fonts: bool
    jobs: int | None
    scheduler: str | None

    def workshop(self) -> Workshop:
        """What makes them; loaded where something is to be made."""
        from gongwen.building.workshop import Workshop

        return Workshop(new_compiler(strict_fonts=self.strict_fonts, wish=self.wish), self.options)

    def executor(self, count: int) -> Executor:
        """Where so many are made. Raises click.ClickException for a scheduler without the library."""
        from gongwen.parallel import Processes, Serial

        if self.scheduler is None:
            return Serial() if count < FEW else Processes(self.jobs)
        if any(importlib.util.find_spec(name) is None for name in ("dask", "distributed")):
            raise click.ClickException("--scheduler 要用 Dask，还没有安装：pip install 'gongwen[dask]'")
        return _Away(self.scheduler)


@dataclass(frozen=True)
class _Away:
    """The workers of a scheduler, whose faults are told as the command tells them."""

    address: str

    def run(self, task: Task[J, R], jobs: Sequence[J]) -> Generator[R]:
        """The result of each job, in their order. Raises click.ClickException where the run cannot go on there."""
        from gongwen.cluster import Cluster, ClusterError

        try:
            yield from Cluster(self.address, lambda text: click.echo(text, err=True)).run(task, jobs)
        except ClusterError as error:
            raise click.ClickException(str(error)) from error

"""A task for workers of a test: what it is told to do."""

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path


class AtWork:
    """Where one may be and no other."""

    def __init__(self):
        self._count = 0

    def __enter__(self):
        self._count += 1
        assert self._count == 1

    def __exit__(self, *_):
        self._count -= 1


AT_WORK = AtWork()


@dataclass(frozen=True)
class Errand:
    """Gives back what it is given, but for some words."""

    def warm(self):
        """Nothing to load."""

    def __call__(self, job):
        if job == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if job == "fail":
            raise ValueError("奇怪")
        if job == "alone":
            with AT_WORK:
                time.sleep(0.01)
        if isinstance(job, Path):
            return job.read_text("utf-8")
        if isinstance(job, float):
            time.sleep(job)
        return job if isinstance(job, str | float) else os.getpid()

    def died(self, job):
        return ("died", job)

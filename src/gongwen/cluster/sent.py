"""What is sent to workers by value, so that one that has no gongwen can say so: what a worker cannot load ends it."""

from __future__ import annotations

import shutil
import sys
import tempfile
from typing import Any

from distributed import WorkerPlugin


def errand(*parcel: Any) -> bytes:
    """`worker.work`. Raises ImportError on a worker that has none."""
    from gongwen.cluster.worker import work

    return work(*parcel)


class Shelf(WorkerPlugin):
    """Where a worker keeps a kit: its bytes, and the folder for its files. The scheduler has it put up on every worker that comes."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self.data = data
        self._parent: str | None = None
        self._folder: str | None = None

    def setup(self, worker: Any) -> None:
        """Learn where the worker has its files; what is left there of one that was killed is removed with them."""
        self._parent = worker.local_directory

    def open_folder(self) -> str:
        """A new folder, which nobody else can read."""
        self._folder = tempfile.mkdtemp(prefix="gongwen-", dir=self._parent)
        return self._folder

    def teardown(self, worker: Any) -> None:  # noqa: ARG002 - the worker's word for it
        """Leave nothing behind."""
        if (working := sys.modules.get("gongwen.cluster.worker")) is not None:
            working.forget()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

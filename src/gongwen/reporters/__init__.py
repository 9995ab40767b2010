"""Reports of a run: for people, and for programs that read them. One module a format; `FORMATS` names them."""

from __future__ import annotations

import importlib
from typing import Final

from gongwen.reporters.base import Reporter, Run, Told, counted
from gongwen.reporters.full import full

__all__ = ["FORMATS", "STATISTICS", "Reporter", "Run", "Told", "counted", "full", "reporter_of"]

FORMATS: Final = {
    "concise": "concise.Concise",
    "full": "full.Full",
    "json": "json.Json",
    "sarif": "sarif.Sarif",
    "github": "github.GitHub",
    "gitlab": "gitlab.GitLab",
    "junit": "junit.JUnit",
}
"""Name of a format → its reporter in this package."""
STATISTICS: Final = "tally.Statistics"
"""The reporter that counts in place of telling."""


def reporter_of(place: str) -> type[Reporter]:
    """The reporter at a place, loaded when it is asked for: a run needs one and does not wait for the others."""
    module, name = place.split(".")
    reporter: type[Reporter] = getattr(importlib.import_module(f"gongwen.reporters.{module}"), name)
    return reporter

"""Reports of a run: for people, and for programs that read them. One module a format; `FORMATS` names them."""

from __future__ import annotations

from typing import Final

from gongwen.reporters.base import Reporter, Run, Told, counted
from gongwen.reporters.concise import Concise
from gongwen.reporters.full import Full, full
from gongwen.reporters.github import GitHub
from gongwen.reporters.gitlab import GitLab
from gongwen.reporters.json import Json
from gongwen.reporters.junit import JUnit
from gongwen.reporters.sarif import Sarif
from gongwen.reporters.tally import Statistics

__all__ = ["FORMATS", "Reporter", "Run", "Statistics", "Told", "counted", "full"]

FORMATS: Final[dict[str, type[Reporter]]] = {
    "concise": Concise,
    "full": Full,
    "json": Json,
    "sarif": Sarif,
    "github": GitHub,
    "gitlab": GitLab,
    "junit": JUnit,
}
"""Name of a format → its reporter."""

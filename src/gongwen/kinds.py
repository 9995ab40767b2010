"""文种: the kinds of document as data (schemas/kinds.yaml; 条例 article 8)."""

from __future__ import annotations

import functools
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from gongwen import resources
from gongwen.source import Source


class Kind(BaseModel):
    """One 文种: which way it goes, what it is used for, which elements it should have."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    direction: Literal["down", "up", "parallel", "public", "meeting"]
    use: str
    format: Literal["general", "letter"] = "general"
    requires: tuple[str, ...] = ()
    closing: str | None = None


OTHER_FORMATS: Final = {"命令": "命令（令）格式", "令": "命令（令）格式", "纪要": "纪要格式"}
"""文种 of the 条例 that are set in a format of their own (clause 10), which this version does not set."""


@functools.cache
def kinds() -> dict[str, Kind]:
    """All kinds by name, in the order of the 条例.

    Raises pydantic.ValidationError or RuntimeError for a faulty kinds.yaml: that file is ours, so a fault is a bug.
    """
    source = Source.read(resources.schemas() / "kinds.yaml")
    rows = source.data
    if source.diagnostics or not isinstance(rows, dict):
        msg = f"kinds.yaml: {source.diagnostics}"
        raise RuntimeError(msg)
    return {name: Kind.model_validate({"name": name, **row}) for name, row in rows.items() if isinstance(row, dict)}

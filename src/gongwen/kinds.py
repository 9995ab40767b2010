"""文种: the kinds of document as data (schemas/kinds.yaml; 条例 article 8), and the formats that they are set in."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from gongwen import resources
from gongwen.source import Source

FormatName = Literal["general", "letter", "order", "minutes", "bulletin", "speech"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format of page one and of the ending: its words in a draft, its clause, and what a draft of it is.

    ``is_choice`` says whether a draft may choose it with the key ``format``; the others follow from the kind alone.
    """

    words: dict[str, str]
    clause: str
    use: str
    is_choice: bool = True


FORMATS: Final[dict[FormatName, Format]] = {
    "general": Format({"en": "general", "zh": "文件"}, "第7章", "文件格式；信函、命令、纪要以外各文种不写时用它。"),
    "letter": Format({"en": "letter", "zh": "信函"}, "10.1", "信函格式；函不写时用它。"),
    "order": Format({"en": "order", "zh": "命令"}, "10.2", "命令（令）格式；命令、令用它。"),
    "minutes": Format({"en": "minutes", "zh": "纪要"}, "10.3", "纪要格式；纪要不写时用它。"),
    "bulletin": Format({"en": "bulletin", "zh": "简报"}, "惯例", "简报；标准没有规定。", is_choice=False),
    "speech": Format({"en": "speech", "zh": "讲话稿"}, "惯例", "讲话稿；标准没有规定。", is_choice=False),
}


UNTITLED: Final[frozenset[FormatName]] = frozenset({"order", "minutes"})
"""Formats of documents that show no title (10.2), or need none below their mark (10.3)."""


class Kind(BaseModel):
    """One 文种: which way it goes, what it is used for and when, which elements it should and should not have.

    ``also`` is another name of the same kind. ``formats`` are those that it may be set in, its own first. ``endings`` are the
    words that its title ends with; by default its name, none where its documents need no title. ``closing`` are usual last
    sentences of the body. ``official`` says that it is one of the fifteen of the 条例.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    direction: Literal["down", "up", "parallel", "public", "meeting", "internal", "any"]
    use: str
    when: str
    formats: tuple[FormatName, ...] = ("general", "letter")
    requires: tuple[str, ...] = ()
    forbids: tuple[str, ...] = ()
    endings: tuple[str, ...]
    closing: tuple[str, ...] = ()
    also: str | None = None
    official: bool = True

    @property
    def format(self) -> FormatName:
        """The format that it is set in where the draft chooses none."""
        return self.formats[0]

    @property
    def names(self) -> tuple[str, ...]:
        """Its name, and its other name if it has one."""
        return (self.name,) if self.also is None else (self.name, self.also)


@functools.cache
def kinds() -> dict[str, Kind]:
    """All kinds by name: those of the 条例 in its order, then the others.

    Raises pydantic.ValidationError or RuntimeError for a faulty kinds.yaml: that file is ours, so a fault is a bug.
    """
    source = Source.read(resources.schemas() / "kinds.yaml")
    rows = source.data
    if source.diagnostics or not isinstance(rows, dict):
        msg = f"kinds.yaml: {source.diagnostics}"
        raise RuntimeError(msg)
    return {
        name: Kind.model_validate({"name": name, "endings": [name], **row})
        for name, row in rows.items()
        if isinstance(row, dict)
    }


def kind_of(name: str) -> Kind | None:
    """The kind of a name, or of its other name; None where there is none."""
    name = name.strip()
    return kinds().get(name) or next((kind for kind in kinds().values() if kind.also == name), None)

"""What the tree is made of: strings, lists and mappings, each with its place in the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

Data = str | None | list["Data"] | dict[str, "Data"]
"""The tree as plain Python: strings, ``None`` for an empty value, lists and dicts in the order of the file."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A string, from ``start`` to ``end`` in the text with its quotes or block sign; ``style`` is one of ``'"|>`` or empty."""

    start: int
    end: int
    value: str | None
    style: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes. An alias puts the very node of its anchor here, places included."""

    start: int
    end: int
    items: tuple[Node, ...]


class Entry(NamedTuple):
    """A key with its value."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values, in the order of the file."""

    start: int
    end: int
    entries: dict[str, Entry]


Node = Scalar | Sequence | Mapping


def plain(node: Node) -> Data:
    """The strings of a node without their places."""
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key: plain(entry.value) for key, entry in node.entries.items()}


def measure(node: Node) -> tuple[int, int]:
    """How many nodes and characters a node holds, what aliases repeat included, and how many levels."""
    match node:
        case Scalar():
            return 1 + len(node.value or ""), 0
        case Sequence():
            inner = [measure(item) for item in node.items]
        case Mapping():
            inner = [measure(part) for entry in node.entries.values() for part in entry]
    return 1 + sum(weight for weight, _ in inner), 1 + max((height for _, height in inner), default=0)

"""Folding: every key and every item of a list that takes several lines."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from gongwen.lsp.documents import Snapshot
from gongwen.reading.nodes import Mapping, Node, Scalar, Sequence


def folds(snapshot: Snapshot) -> list[types.FoldingRange]:
    """The stretches of a draft that can be folded, by the lines where they begin; none where the YAML cannot be read."""
    if snapshot.role not in ("draft", "enclosed") or snapshot.source.root is None:
        return []
    longest: dict[int, int] = {}
    for start, end in _stretches(snapshot.source.root):
        first, last = (snapshot.positions.position(at).line for at in (start, end))
        if last > first:
            longest[first] = max(longest.get(first, 0), last)
    return [types.FoldingRange(first, last) for first, last in sorted(longest.items())]


def _stretches(node: Node) -> Iterator[tuple[int, int]]:
    match node:
        case Mapping():
            for entry in node.entries.values():
                yield entry.key.start, max(entry.key.end, entry.value.end)
                yield from _stretches(entry.value)
        case Sequence():
            for item in node.items:
                yield item.start, item.end
                yield from _stretches(item)
        case Scalar():
            return

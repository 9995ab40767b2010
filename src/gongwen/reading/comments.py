"""Comments of a file: where they stand, and which part of the tree each stands beside or above.

YAML's parser drops comments, but its marks tell where every string lies, and what is outside them and looks like a comment is one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from gongwen.reading.faults import Place
from gongwen.reading.lines import line_end, line_start
from gongwen.reading.nodes import Mapping, Node, Scalar, Sequence
from gongwen.reading.scalars import BLOCK_STYLES

_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#[^\n]*", re.MULTILINE)
_BETWEEN = re.compile(r"(?:[\s\-?\[{,]|#[^\n]*|%[^\n]*|[&!][^\s,\[\]{}]*)*+")
"""What may stand between a comment and the part it speaks of: signs of lists, properties, other comments."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment from its # to the end of its line, and the stretches of the text that it stands for.

    One at a line's end stands for the line, and for a string that begins or ends there as a whole; one on a line of its own for the
    next key with its value, or the next item of a list. ``leads`` is whether nothing but comments stands before it.
    """

    start: int
    end: int
    is_alone: bool
    leads: bool
    holds: tuple[Place, ...]


def comments(text: str, root: Node) -> Iterator[Comment]:
    """The comments of a text, in its order. The text is one without characters that YAML does not bear."""
    parts = _Parts()
    parts.add(root)
    strings = sorted(parts.strings)
    bodies = [_body(text, node) for node in parts.scalars]
    starts = sorted(parts.holders)
    for start, end in _places(text, sorted(bodies)):
        line = line_start(text, start)
        is_alone = not text[line:start].strip()
        holds = _next(text, end, starts, parts.holders) if is_alone else _beside((line, end), strings)
        yield Comment(start, end, is_alone, is_alone and end <= root.start, holds)


class _Parts:
    """The strings of a tree, and what a comment may speak of: entries, items and values, each from its start to its end."""

    def __init__(self) -> None:
        self.scalars: list[Scalar] = []
        self.strings: list[Place] = []
        self.holders: dict[int, int] = {}
        self._seen: set[int] = set()

    def add(self, node: Node) -> None:
        if id(node) in self._seen:  # an alias gives the very node of its anchor
            return
        self._seen.add(id(node))
        match node:
            case Scalar():
                self.scalars.append(node)
                if node.start < node.end:
                    self.strings.append((node.start, node.end))
            case Sequence():
                for item in node.items:
                    if node.start <= item.start:
                        self._hold(item.start, item.end)
                    self.add(item)
            case Mapping():
                for key, value in node.entries.values():
                    self._hold(key.start, max(key.end, value.end) if key.start <= value.start else key.end)
                    if isinstance(value, Scalar) and key.start <= value.start < value.end:
                        self._hold(value.start, value.end)
                    self.add(key)
                    self.add(value)

    def _hold(self, start: int, end: int) -> None:
        """Keep a part; of two that begin at one place, the larger."""
        self.holders[start] = max(end, self.holders.get(start, end))


def _body(text: str, scalar: Scalar) -> Place:
    """Where a # is text: within a string; behind the sign of a block it is not."""
    if scalar.style in BLOCK_STYLES:
        return min(line_end(text, scalar.start) + 1, scalar.end), scalar.end
    return scalar.start, scalar.end


def _places(text: str, bodies: list[Place]) -> Iterator[Place]:
    at = 0
    for start, end in (*bodies, (len(text), len(text))):
        for match in _COMMENT.finditer(text, at, max(start, at)):
            yield match.span()
        at = max(at, end)


def _beside(line: Place, strings: list[Place]) -> tuple[Place, ...]:
    """The line of a comment at its end, and the string that begins or ends there."""
    first, last = line
    index = bisect_left(strings, (first, first))
    before = strings[index - 1 : index] if index else []
    whole = [place for place in before if first <= place[1] <= last]
    while index < len(strings) and strings[index][0] <= last:
        whole.append(strings[index])
        index += 1
    return (line, *whole)


def _next(text: str, end: int, starts: list[int], holders: dict[int, int]) -> tuple[Place, ...]:
    """The part that begins after a comment on a line of its own."""
    index = bisect_left(starts, end)
    if index == len(starts):
        return ()
    start = starts[index]
    return ((start, holders[start]),) if _BETWEEN.fullmatch(text, end, start) else ()

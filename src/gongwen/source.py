r"""YAML text → a tree of strings whose every character knows its place in the file.

Nothing here is ever constructed into Python objects: ``0017`` stays ``"0017"``, ``no`` stays ``"no"``; giving strings a type
is the schema's work. Offsets count code points of the text with its line ends normalised to ``\n``.
"""

from __future__ import annotations

import pathlib
from bisect import bisect_right
from collections.abc import Mapping as Values
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from gongwen.diagnostics import DataPath, Diagnostic, Finding, Span
from gongwen.files import Seen, digest_of, read_at_most, state_of
from gongwen.reading.characters import check_characters, printable, quote
from gongwen.reading.comments import Comment, comments
from gongwen.reading.decoding import MAX_BYTES, decode
from gongwen.reading.faults import UNREADABLE_FILE, Fault, Faults, Place
from gongwen.reading.fields import Field, Form
from gongwen.reading.lines import Lines, line_end
from gongwen.reading.nodes import Data, Mapping, Node, Scalar, Sequence, plain
from gongwen.reading.scalars import Spelling, join_wide, unfold


class Filling(NamedTuple):
    """What the fields of a file were filled with, by their names."""

    form: Form
    values: Values[str, str]


@dataclass(frozen=True)
class Source:
    """One YAML file, read: its text, its tree, and everything that reading found. A file with faults still has a Source.

    ``raw`` are its bytes; ``seen`` is the file that they were read from, where they come from a file. ``filling`` is what its tree was
    filled with; text and places stay those of the file.
    """

    name: str
    text: str
    root: Node | None
    diagnostics: tuple[Diagnostic, ...]
    raw: bytes = field(default=b"", repr=False)
    seen: Seen | None = field(default=None, repr=False, compare=False)
    filling: Filling | None = field(default=None, repr=False)

    @classmethod
    def read(cls, path: pathlib.Path, name: str | None = None) -> Source:
        """Read a file; one that cannot be read gives a Source with a diagnostic. ``name`` is what users see."""
        name = str(path) if name is None else name
        state = state_of(path)
        try:
            data = read_at_most(path, MAX_BYTES + 1)
        except (OSError, ValueError) as error:
            message = f"读不了文件“{quote(name)}”：{reason(error)}"
            finding = Diagnostic(UNREADABLE_FILE, message, name, hint="检查文件名、所在文件夹和访问权限")
            return cls(name, "", None, (finding,))
        read = cls.parse(data, name)
        return read if state is None else replace(read, seen=Seen(state, digest_of(data)))

    @classmethod
    def parse(cls, data: bytes | str, name: str = "<draft>") -> Source:
        """Read the content of a file. Never raises: whatever is wrong with the bytes becomes a diagnostic."""
        # A lone surrogate in a str takes the way of any other byte that is not UTF-8.
        raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
        text, fault = decode(raw)
        root, faults = None, Faults()
        if fault is not None:
            faults.add(fault)
        else:
            # What tells of findings has sources that nobody parses.
            from gongwen.reading.builder import build

            check_characters(text, faults)
            root = build(printable(text), faults)
        return cls(name, text, root, _diagnostics(faults.found, text, name), raw)

    @cached_property
    def data(self) -> Data:
        """The tree as plain Python. Of a repeated key the first value counts; ``None`` without a readable tree."""
        return None if self.root is None else plain(self.root)

    @cached_property
    def form(self) -> Form | None:
        """The fields of the file, ``{name}``, and how its tree is filled; None where it has none, nor braces that look like one."""
        return Form.of(self.text, self.root) if self.filling is None else self.filling.form

    def filled(self, values: Values[str, str]) -> Source:
        """The file with values in place of its fields, by their names; braces that are doubled become single.

        Of a file that was filled, what it was filled with falls away. A field without a value stays.
        """
        if self.form is None:
            return self
        return replace(self, root=self.form.filled(values), filling=Filling(self.form, values))

    @property
    def unfilled(self) -> tuple[Field, ...]:
        """The fields without a value, in the order of the file."""
        if self.form is None:
            return ()
        values = {} if self.filling is None else self.filling.values
        return tuple(one for one in self.form.fields if one.name not in values)

    @property
    def written(self) -> bytes:
        """The file as one of its own: its bytes, or its text with what its fields were filled with."""
        if self.filling is None or not self.filling.form.fields or self.unfilled:
            return self.raw
        return self.filling.form.written(self.text, self.filling.values).encode("utf-8", "surrogatepass")

    def span(self, place: Place) -> Span:
        """A stretch of the text, by its offsets, with lines and columns."""
        return self._lines.span(*place)

    def line(self, n: int) -> str:
        """The n-th line, from 1, without its line end; empty where there is none."""
        return self._lines.line(n)

    def locate(
        self, path: DataPath, offset: int | None = None, length: int = 1, *, at_key: bool = False
    ) -> Span | None:
        """Where the value (or with ``at_key`` its key) at a path stands in the text; never raises.

        ``offset`` and ``length``, in code points, choose characters inside a scalar; what reaches beyond it is cut off. A
        path that does not exist falls back to something short nearby: the value or key of its nearest existing ancestor, or
        that ancestor's first key. ``None`` means the file as a whole.
        """
        if self.root is None:
            return None
        found = _follow(self.root, path)
        if not found.complete or (at_key and found.key is None):
            return self._lines.span(*_landmark(found, self.text))
        node = found.node
        if node is self.root and not isinstance(node, Scalar):
            return None
        if found.key is not None and (at_key or node.start == node.end):
            node, offset = found.key, offset if at_key else None
        place = None
        if isinstance(node, Scalar) and node.value and offset is not None:
            place = self._spelling(node).place(offset, length)
        return self._lines.span(*(place or (node.start, node.end)))

    def resolve(self, finding: Finding) -> Diagnostic:
        """Give a finding its place in this file."""
        span = self.locate(finding.path, finding.offset, finding.length, at_key=finding.at_key)
        replacement = finding.replacement if span is not None and self._is_verbatim(finding, span) else None
        return Diagnostic(finding.check, finding.message, self.name, span, finding.hint, finding.page, replacement)

    def scalar_at(self, place: Place) -> tuple[Scalar, int] | None:
        """The value that is written at a place, and which of its characters comes first there; None outside of values."""
        start, end = place
        index = bisect_right(self._values, start, key=lambda scalar: scalar.start) - 1
        if index < 0 or self._values[index].end < end:
            return None
        found = self._values[index]
        if not found.value or (offset := self._spelling(found).offset(start)) is None:
            return None
        return (found, offset) if found.value[offset : offset + end - start] == self.text[start:end] else None

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        """The comments, in their order; of a file whose tree cannot be read, none."""
        return () if self.root is None else tuple(comments(printable(self.text), self.root))

    def _is_verbatim(self, finding: Finding, span: Span) -> bool:
        """Whether the file spells the characters of a finding as they are: not escaped, not folded over two lines."""
        if self.root is None or finding.offset is None:
            return False
        found = _follow(self.root, finding.path)
        if not (found.complete and isinstance(found.node, Scalar) and found.node.value):
            return False
        if not self._spelling(found.node).is_verbatim(finding.offset, finding.length):
            return False
        meant = found.node.value[finding.offset : finding.offset + finding.length]
        return len(meant) == finding.length and self.text[span.start.offset : span.end.offset] == meant

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)

    @cached_property
    def _values(self) -> list[Scalar]:
        return [] if self.root is None else _values_below(self.root)

    @cached_property
    def _spellings(self) -> dict[Place, Spelling]:
        return {}

    def _spelling(self, node: Scalar) -> Spelling:
        """How a value is spelled, found once: many findings may lie in one text."""
        place = (node.start, node.end)
        if place not in self._spellings:
            cut = None if self.filling is None else self.filling.form.cuts.get(place)
            written = node if cut is None else cut.node
            spelling = Spelling(join_wide(unfold(self.text, *place, node.style, written.value or "")))
            if cut is not None and self.filling is not None:
                spelling = Spelling(list(cut.pieces(spelling, self.filling.values)))
            self._spellings[place] = spelling
        return self._spellings[place]


def _diagnostics(faults: list[Fault], text: str, name: str) -> tuple[Diagnostic, ...]:
    """The faults with their places as lines and columns, in the order of the file."""
    lines = Lines(text)

    def diagnostic(fault: Fault) -> Diagnostic:
        span = None
        if fault.place is not None:
            start, end = fault.place
            span = lines.span(start, min(end, len(text)))
        return Diagnostic(fault.check, fault.message, name, span, fault.hint)

    return tuple(sorted(map(diagnostic, faults), key=Diagnostic.sort_key))


def reason(error: Exception) -> str:
    """Why a file could not be opened, in Chinese."""
    reasons: dict[type[Exception], str] = {
        FileNotFoundError: "文件不存在",
        IsADirectoryError: "这是文件夹，不是文件",
        NotADirectoryError: "路径中有一段不是文件夹",
        PermissionError: "没有读取权限",
    }
    return reasons.get(type(error), f"系统报告“{error}”")


class _Found(NamedTuple):
    """How far a path could be followed: the last node, its key if it has one, and whether the path ended there."""

    node: Node
    key: Scalar | None
    complete: bool


def _follow(root: Node, path: DataPath) -> _Found:
    node, key = root, None
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str) and step in node.entries:
            key, node = node.entries[step]
        elif isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
            key, node = None, node.items[step]
        elif isinstance(node, Scalar) and step == 0:
            continue  # a text that stands where a list may stand is its only item
        else:
            return _Found(node, key, complete=False)
    return _Found(node, key, complete=True)


def _values_below(root: Node) -> list[Scalar]:
    """The values of a tree that are strings, in the order of the file. What aliases repeat stands at its anchor, and is there once."""
    found: dict[int, Scalar] = {}
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        match node:
            case Scalar():
                found[node.start] = node
            case Sequence():
                waiting += node.items
            case Mapping():
                waiting += [entry.value for entry in node.entries.values()]
    return [found[start] for start in sorted(found)]


def _landmark(found: _Found, text: str) -> Place:
    """A short stretch that stands for a node: a scalar itself, else its key, else its first key, never more than a line."""
    node = found.node
    if found.key is not None and (not isinstance(node, Scalar) or node.start == node.end):
        node = found.key
    elif isinstance(node, Mapping) and node.entries:
        node = next(iter(node.entries.values())).key
    return node.start, line_end(text, node.start, node.end)

"""Fields: ``{name}`` in a value stands for a text that comes from elsewhere, ``{{name}}`` for itself in single braces.

A field may be a value of its own without quotes, which YAML takes for a mapping. Keys have no fields. What is filled in is plain text,
never read as YAML and never as fields, and it is placed where its field stands.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Values
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from gongwen.reading.characters import is_wide, printable
from gongwen.reading.faults import Place
from gongwen.reading.nodes import Entry, Mapping, Node, Scalar, Sequence
from gongwen.reading.scalars import Piece, Spelling, join_wide, unfold

LONGEST_NAME: Final = 20
# Digits alone are no name: {4} is how many of something.
_NAME: Final = rf"(?!\d+\}})\w{{1,{LONGEST_NAME}}}"
_FIELD: Final = re.compile(rf"\{{\{{(?P<literal>{_NAME})\}}\}}|\{{(?P<name>{_NAME})\}}")
_SINGLE: Final = re.compile(rf"\{{{_NAME}\}}")
_AS_NAME: Final = re.compile(_NAME + r"(?=\})")
_SIGNS: Final = re.compile(r"[{\\]")


class Field(NamedTuple):
    """A field and the stretch of text that it is written as, braces included."""

    name: str
    place: Place


def is_name(text: str) -> bool:
    """Whether a field may have this name: letters, digits and _, at most `LONGEST_NAME`, not digits alone."""
    match = _AS_NAME.match(f"{text}}}")
    return match is not None and match.end() == len(text)


class _Part(NamedTuple):
    """Characters of a value: a field with its name, braces that stand for themselves, a fold beside a field, or other text."""

    start: int
    end: int
    text: str
    name: str | None = None
    is_whole: bool = False
    is_fold: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """A string cut at its fields; ``node`` is as the file spells it."""

    node: Scalar
    parts: tuple[_Part, ...]
    texts: tuple[tuple[str, str], ...]
    """Name and text of each part; no field has an empty name."""
    has_folds: bool

    @classmethod
    def of(cls, node: Scalar, parts: Iterable[_Part]) -> Cut:
        """The cut of a string into some parts."""
        kept = tuple(parts)
        texts = tuple((part.name or "", part.text) for part in kept)
        return cls(node, kept, texts, any(part.is_fold for part in kept))

    @property
    def has_fields(self) -> bool:
        """Whether there is anything to fill in."""
        return any(name for name, _ in self.texts)

    def filled(self, values: Values[str, str]) -> Scalar:
        """The string with the values of its fields in it; one without a value stays."""
        node = self.node
        if self.has_folds:
            text = "".join([text for _, text in self._shown(values)])
        else:
            text = "".join([values.get(name, text) if name else text for name, text in self.texts])
        return Scalar(node.start, node.end, text, node.style)

    def pieces(self, spelling: Spelling, values: Values[str, str]) -> Iterator[Piece]:
        """How the filled string is spelled, by the spelling of the string in the file."""
        for part, text in self._shown(values):
            if part.is_whole or part.name in values:
                start, end = spelling.place(part.start, part.end - part.start) or (self.node.start, self.node.end)
                yield Piece(text, start, end, is_whole=True)
            else:
                yield from spelling.cut(part.start, part.end)

    def _shown(self, values: Values[str, str]) -> list[tuple[_Part, str]]:
        """The parts with their texts, without those that are empty, and folds between full-width characters."""
        texts = [
            (part, text)
            for part in self.parts
            if (text := part.text if part.name is None else values.get(part.name, part.text))
        ]

        def is_spurious(index: int) -> bool:
            if not texts[index][0].is_fold or not 0 < index < len(texts) - 1:
                return False
            return is_wide(texts[index - 1][1][-1]) and is_wide(texts[index + 1][1][0])

        return [one for index, one in enumerate(texts) if not is_spurious(index)]


class _Branch(NamedTuple):
    """A list or mapping with fields below it, and where: the parts of it that have to be made anew."""

    node: Sequence | Mapping
    below: tuple[tuple[int | str, Cut | _Branch], ...]


@dataclass(frozen=True)
class Form:
    """A tree with fields in it. ``cuts`` are the strings with fields or doubled braces, by their places.

    ``counts`` is how often each field stands in the data, in what aliases repeat again.
    """

    root: Cut | _Branch
    cuts: Values[Place, Cut] = field(repr=False)
    fields: tuple[Field, ...]
    counts: Values[str, int]

    @classmethod
    def of(cls, text: str, root: Node | None) -> Form | None:
        """The form of a text and its tree; None where there is no field in it, nor anything like one."""
        if root is None or _SIGNS.search(text) is None:
            return None
        reader = _Reader(text)
        top, counts = reader.read(root)
        if top is None:
            return None
        fields = sorted(reader.fields, key=lambda one: one.place)
        return cls(top, reader.cuts, tuple(fields), dict(counts))

    def filled(self, values: Values[str, str]) -> Node:
        """The tree with values in place of its fields; a field without one stays as it is."""
        done: dict[int, Node] = {}

        def fill(part: Cut | _Branch) -> Node:
            node = done.get(id(part))
            if node is None:
                node = done[id(part)] = part.filled(values) if isinstance(part, Cut) else branch(part)
            return node

        def branch(part: _Branch) -> Node:
            node = part.node
            if isinstance(node, Sequence):
                items = list(node.items)
                for index, below in part.below:
                    items[int(index)] = fill(below)
                return Sequence(node.start, node.end, tuple(items))
            entries = dict(node.entries)
            for key, below in part.below:
                entries[str(key)] = Entry(entries[str(key)].key, fill(below))
            return Mapping(node.start, node.end, entries)

        return fill(self.root)

    def written(self, text: str, values: Values[str, str]) -> str:
        """The text with its filled strings written into it, in quotes: a file that reads as the filled tree does.

        Every field has its value.
        """
        parts, last = [], 0
        for (start, end), cut in sorted(self.cuts.items()):
            if cut.has_fields:
                value = _SINGLE.sub(r"{\g<0>}", printable(cut.filled(values).value or ""))
                parts += [text[last:start], json.dumps(value, ensure_ascii=False)]
                last = end
        return "".join([*parts, text[last:]])


class _Reader:
    """Finds the fields of a tree; ``cuts`` and ``fields`` grow."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._read: dict[int, tuple[Cut | _Branch | None, Counter[str]]] = {}
        self.cuts: dict[Place, Cut] = {}
        self.fields: list[Field] = []

    def read(self, node: Node) -> tuple[Cut | _Branch | None, Counter[str]]:
        """What there is to fill in a node, and how often each field stands in it. What aliases repeat is looked at once."""
        if id(node) not in self._read:
            self._read[id(node)] = self._part(node)
        return self._read[id(node)]

    def _part(self, node: Node) -> tuple[Cut | _Branch | None, Counter[str]]:
        match node:
            case Scalar():
                return self._string(node)
            case Sequence():
                below: list[tuple[int | str, Node]] = list(enumerate(node.items))
            case Mapping():
                found = _FIELD.fullmatch(self._text, node.start, node.end)
                if found is not None and found["name"]:
                    return self._string(Scalar(node.start, node.end, found[0], ""))
                below = [(key, entry.value) for key, entry in node.entries.items()]
        parts: list[tuple[int | str, Cut | _Branch]] = []
        counts: Counter[str] = Counter()
        for key, one in below:
            part, inside = self.read(one)
            if part is not None:
                parts.append((key, part))
                counts.update(inside)
        return (_Branch(node, tuple(parts)) if parts else None), counts

    def _string(self, node: Scalar) -> tuple[Cut | None, Counter[str]]:
        value = node.value or ""
        found = list(_FIELD.finditer(value)) if "{" in value else []
        if not found:
            return None, Counter()
        spelling = Spelling(join_wide(unfold(self._text, node.start, node.end, node.style, value)))
        folds = {at for match in found for at in (match.start() - 1, match.end())} & set(spelling.folds())
        cuts = {match.start(): match for match in found}
        parts: list[_Part] = []
        last = 0
        for at in sorted({*cuts, *folds, len(value)}):
            if last < at:
                parts.append(_Part(last, at, value[last:at]))
            last = at
            if at in folds:
                last = at + 1
                parts.append(_Part(at, last, value[at:last], is_fold=True))
            elif at in cuts:
                match = cuts[at]
                last = match.end()
                text = match[0] if match["name"] else match[0][1:-1]
                parts.append(_Part(at, last, text, match["name"], is_whole=not match["name"]))
        cut = self.cuts[node.start, node.end] = Cut.of(node, parts)
        for match in found:
            if match["name"]:
                place = spelling.place(match.start(), len(match[0])) or (node.start, node.end)
                self.fields.append(Field(match["name"], place))
        return cut, Counter(match["name"] for match in found if match["name"])

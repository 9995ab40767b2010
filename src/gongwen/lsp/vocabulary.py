"""Which keys and values may stand at a place of a draft, in either language, from the schemas in schemas/.

The schemas of the two languages have the same shape, property by property, so they are walked side by side: each key knows what it is
called in the other one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NamedTuple

from gongwen import resources
from gongwen.document import PENDING, SECRECY_LEVELS, draft_class
from gongwen.lsp.place import Step
from gongwen.schema import FILES

_ENCLOSED: Final = "Issued"
_FILE: Final = ("file", "文件")
_OTHER: Final = {"en": "zh", "zh": "en"}
_TYPES: Final = {
    "string": "文字",
    "integer": "数字",
    "number": "数字",
    "boolean": "true 或 false",
    "array": "列表",
    "object": "下一层的键",
}


class Shape(NamedTuple):
    """A part of the schema in the draft's language, and the same part in the other."""

    own: dict[str, Any]
    twin: dict[str, Any]


@dataclass(frozen=True)
class Choice:
    """A value that may stand at a place, and what it is for."""

    value: str
    use: str


@dataclass(frozen=True)
class Key:
    """A key: its name, its name in the other language, and what may stand behind it."""

    name: str
    twin: str
    value: Value

    @property
    def english(self) -> str:
        """Its English name."""
        return self.name if self.value.language == "en" else self.twin

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The values that it is chosen from; of 密级 the levels, which a period may follow."""
        levels = tuple(Choice(level, "") for level in SECRECY_LEVELS) if self.english == "secrecy" else ()
        return self.value.choices or levels


@dataclass(frozen=True)
class Value:
    """What may stand at a place: the shapes of the schema that it may have, what it means, and examples as drafts write them."""

    language: str
    shapes: tuple[Shape, ...]
    description: str = ""
    examples: tuple[str, ...] = ()

    @classmethod
    def of(cls, part: Shape, language: str) -> Value:
        """What a part of the schema allows."""
        shapes = _alternatives(part, language)
        given = [*part.own.get("examples", ()), *(one for shape, _ in shapes for one in shape.get("examples", ()))]
        return cls(
            language,
            tuple(shapes),
            str(part.own.get("description", "")),
            tuple(dict.fromkeys(map(_written, given))),
        )

    @property
    def types(self) -> tuple[str, ...]:
        """Kinds of values, in Chinese."""
        found: list[str] = []
        for shape, _ in self.shapes:
            given = shape.get("type", "string" if {"enum", "const", "pattern"} & shape.keys() else [])
            names = [_TYPES[one] for one in ([given] if isinstance(given, str) else given)]
            found += [name for name in names if name not in found]
        return tuple(found)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The values that it is chosen from, or some that have a meaning of their own."""
        found: dict[str, Choice] = {}
        for shape, _ in self.shapes:
            values = [shape["const"]] if "const" in shape else shape.get("enum", ())
            values = ("true", "false") if shape.get("type") == "boolean" else values
            for value in values:
                found.setdefault(
                    str(value), Choice(str(value), shape.get("description", "") if "const" in shape else "")
                )
            if PENDING in str(shape.get("pattern", "")):
                found.setdefault(PENDING, Choice(PENDING, "尚未确定；定稿前填写。"))
        return tuple(found.values())

    @property
    def is_list(self) -> bool:
        """Whether a list may stand here."""
        return any("items" in shape for shape, _ in self.shapes)

    @property
    def is_mapping(self) -> bool:
        """Whether keys may stand here."""
        return any("properties" in shape for shape, _ in self.shapes)

    @property
    def is_text(self) -> bool:
        """Whether a text may stand here."""
        return any(shape.get("type") not in ("array", "object") for shape, _ in self.shapes)

    @property
    def items(self) -> Value:
        """What the items of the list may be."""
        found = (Shape(own["items"], twin["items"]) for own, twin in self.shapes if "items" in own)
        return Value(self.language, tuple(one for shape in found for one in _alternatives(shape, self.language)))

    def keys(self, present: frozenset[str]) -> Iterator[Key]:
        """The keys of the mapping that has these already.

        Where several mappings may stand and none is chosen yet, the keys that tell them.
        """
        objects = [shape for shape in self.shapes if "properties" in shape.own]
        chosen = [shape for shape in objects if next(iter(shape.own["properties"])) in present]
        seen: set[str] = set()
        for shape in chosen or objects:
            names = list(zip(shape.own["properties"], shape.twin["properties"], strict=True))
            for name, twin in names[:1] if len(objects) > 1 and not chosen else names:
                if name not in seen:
                    seen.add(name)
                    part = Shape(shape.own["properties"][name], shape.twin["properties"][twin])
                    yield Key(name, twin, Value.of(part, self.language))

    def key(self, name: str, present: frozenset[str]) -> Key | None:
        """A key of the mapping; where several mappings may stand, of the one that the other keys tell, else of any."""
        found = next((key for key in self.keys(present) if key.name == name), None)
        if found is None and len(self.shapes) > 1:
            for shape in self.shapes:
                if name in shape.own.get("properties", ()):
                    return Value(self.language, (shape,)).key(name, present)
        return found


def top(language: str, kind: str, *, enclosed: bool = False) -> Value:
    """The keys of a draft of a kind, or of a text that drafts enclose."""
    name = _ENCLOSED if enclosed else draft_class(kind).__name__
    own, twin = (dict(_schema(one)["$defs"][name]) for one in (language, _OTHER[language]))
    if enclosed:
        for schema in (own, twin):
            schema["properties"] = {key: part for key, part in schema["properties"].items() if key not in _FILE}
    return Value(language, (Shape(own, twin),), own.get("description", ""))


def at(start: Value, steps: Sequence[Step]) -> tuple[Value, Key | None] | None:
    """What may stand behind some steps, and the last key among them; None where no draft has such a place."""
    value, last = start, None
    for step, present in steps:
        if isinstance(step, str):
            if (key := value.key(step, present)) is None:
                return None
            value, last = key.value, key
        elif value.is_list:
            value = value.items
        else:
            return None
    return value, last


@cache
def _schema(language: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((resources.schemas() / FILES[language]).read_text("utf-8"))
    return found


def _alternatives(shape: Shape, language: str) -> list[Shape]:
    """The parts of the schema that a value may follow, references and choices resolved."""
    own, twin = _resolved(shape.own, language), _resolved(shape.twin, _OTHER[language])
    for word in ("anyOf", "oneOf"):
        if word in own and "properties" not in own:
            pairs = zip(own[word], twin[word], strict=True)
            return [part for pair in pairs for part in _alternatives(Shape(*pair), language)]
    return [Shape(own, twin)]


def _resolved(part: dict[str, Any], language: str) -> dict[str, Any]:
    if "$ref" not in part:
        return part
    return {**_schema(language)["$defs"][part["$ref"].rpartition("/")[2]], **part}


def _written(example: object) -> str:
    if isinstance(example, list):
        return f"[{', '.join(map(str, example))}]"
    return str(example)

"""Completion: keys, values that are chosen from a few, names of the project's units, and the start of a nested structure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lsprotocol import types

from gongwen import project
from gongwen.lsp import vocabulary
from gongwen.lsp.documents import KIND, Snapshot
from gongwen.lsp.place import Cursor, at_cursor
from gongwen.lsp.vocabulary import Choice, Key, Value
from gongwen.units import Unit, Units

TRIGGERS: Final = (":", "：", " ", "-", "[", ",")
_INDENT: Final = "  "
_MORE: Final = "…"
_SNIPPET_MARKS: Final = re.compile(r"[\\$}]")
_OF_UNITS: Final = {
    **dict.fromkeys(("issuer", "addressees", "copies_to", "organ", "report_to", "send_to", "issue_to"), "name"),
    "mark": "mark",
    "code": "code",
    "issuing_office": "office",
    "signature": "name",
}
"""Keys whose values a unit of gongwen.yaml has, by their English names → what of the unit."""
_NESTED: Final = {
    "heading": ("heading", "body"),
    "chapter": ("chapter", "body"),
    "section": ("section", "body"),
    "article": ("article", "items"),
    "figure": ("figure", "caption"),
    "table": ("table", "columns", "rows"),
    "attachments": ("title", "body"),
    "issued": ("title", "body"),
    "items": ("title", "body"),
    "imprint": ("copies_to", "issuing_office", "issued_on"),
    "number": ("code", "year", "serial"),
}
"""Keys that open a structure, by their English names → the keys that it commonly has."""


@dataclass(frozen=True)
class Client:
    """What the editor can do with a completion."""

    snippets: bool = True
    markdown: bool = True


def complete(snapshot: Snapshot, position: types.Position, client: Client) -> list[types.CompletionItem]:
    """What could be typed at a position."""
    number, column = snapshot.positions.place(position)
    if snapshot.role == "blank":
        return _first_keys(snapshot, number, column)
    if snapshot.role not in ("draft", "enclosed"):
        return []
    lines = snapshot.plain.split("\n")
    cursor = at_cursor(lines, number, column)
    if cursor is None:
        return []
    language = snapshot.language or "zh"
    found = vocabulary.at(vocabulary.top(language, snapshot.kind, enclosed=snapshot.role == "enclosed"), cursor.steps)
    if found is None:
        return []
    writer = _Writer(snapshot, number, cursor, client)
    items = list(writer.keys(found[0]) if cursor.what == "key" else writer.values(*found))
    if cursor.what == "key" and cursor.is_item and found[0].is_text:
        items += writer.values(*found)
    return [item for item in items if _fits(cursor.typed, item.label.partition(_MORE)[0])]


def _first_keys(snapshot: Snapshot, number: int, column: int) -> list[types.CompletionItem]:
    """A text with nothing in it may become a draft in either language."""
    typed = snapshot.positions.line(number)[:column]
    if typed.lstrip().startswith("#"):
        return []
    place = types.Range(snapshot.positions.at(number, 0), snapshot.positions.at(number, column))
    return [
        types.CompletionItem(
            name,
            kind=types.CompletionItemKind.Property,
            detail=f"{detail}键名的稿件从这里开始",
            sort_text=str(order),
            text_edit=types.TextEdit(place, f"{name}: "),
        )
        for order, (name, detail) in enumerate(((KIND[1], "中文"), (KIND[0], "英文")))
        if _fits(typed.strip(), name)
    ]


def _fits(typed: str, label: str) -> bool:
    """Whether the characters typed so far stand in the label, in their order."""
    rest = iter(label.casefold())
    return all(char in rest for char in typed.casefold().strip("'\""))


class _Writer:
    """Writes the items of one cursor."""

    def __init__(self, snapshot: Snapshot, number: int, cursor: Cursor, client: Client) -> None:
        self._snapshot = snapshot
        self._cursor = cursor
        self._client = client
        at = snapshot.positions.at
        self._range = types.Range(at(number, cursor.start), at(number, cursor.end))

    def keys(self, value: Value) -> Iterator[types.CompletionItem]:
        """The keys that are not there yet, with what usually follows them; under a key that wants a list, its items."""
        mark = ""
        if value.is_list and not value.is_mapping:
            value, mark = value.items, "- "
        for order, key in enumerate(value.keys(self._cursor.present)):
            if key.name in self._cursor.present:
                continue
            sort = f"{order:03}"
            yield self._item(key, f"{mark}{key.name}", sort, self._after(key, mark))
            if not self._cursor.has_colon and (nested := self._nested(key, value, mark)):
                yield self._item(key, nested[0], f"{sort}+", nested[1], is_snippet=True)

    def values(self, value: Value, key: Key | None) -> Iterator[types.CompletionItem]:
        """The values that may stand here."""
        if key is None:
            return
        cursor = self._cursor
        choices = list(key.choices if value is key.value else value.choices)
        choices += [one for one in self._units(key) if one.value not in {choice.value for choice in choices}]
        for order, choice in enumerate(choices):
            yield types.CompletionItem(
                choice.value,
                kind=types.CompletionItemKind.EnumMember if choice in value.choices else types.CompletionItemKind.Value,
                detail=choice.use or None,
                sort_text=f"{order:03}",
                # Editors hold an item against what it replaces, and a full-width colon is replaced with the value.
                filter_text=f"：{choice.value}" if cursor.gap.startswith(":") else None,
                text_edit=types.TextEdit(self._range, f"{cursor.gap}{choice.value}"),
            )

    def _units(self, key: Key) -> Iterator[Choice]:
        part = _OF_UNITS.get(key.english)
        for unit in _units_of(self._snapshot).all if part is not None else ():
            text = getattr(unit, part or "")
            if text is not None:
                yield Choice(text, _said_of(unit, text))

    def _item(self, key: Key, label: str, sort: str, text: str, *, is_snippet: bool = False) -> types.CompletionItem:
        other = "英文" if key.value.language == "zh" else "中文"
        documentation = f"{key.value.description}\n\n{other}键名：{key.twin}".strip()
        kind = types.MarkupKind.Markdown if self._client.markdown else types.MarkupKind.PlainText
        has_marks = self._client.snippets and "$" in text
        return types.CompletionItem(
            label,
            kind=types.CompletionItemKind.Snippet if is_snippet else types.CompletionItemKind.Property,
            detail="、".join(key.value.types) or None,
            documentation=types.MarkupContent(kind, documentation),
            sort_text=sort,
            filter_text=key.name,
            insert_text_format=types.InsertTextFormat.Snippet if has_marks else types.InsertTextFormat.PlainText,
            text_edit=types.TextEdit(self._range, text if has_marks else _plain(text)),
        )

    def _after(self, key: Key, mark: str) -> str:
        """The key with its colon, and with what begins the list or the mapping below where nothing else may stand there."""
        if self._cursor.has_colon:
            return f"{mark}{key.name}"
        name, deeper = f"{mark}{_escaped(key.name)}:", self._deeper(mark)
        if key.value.is_text:
            return f"{name} $0"
        if self._cursor.is_flow:
            return f"{name} [$0]" if key.value.is_list else f"{name} {{$0\\}}"
        return f"{name}\n{deeper}- $0" if key.value.is_list else f"{name}\n{deeper}$0"

    def _nested(self, key: Key, beside: Value, mark: str) -> tuple[str, str] | None:
        """A label and a snippet for the structure that a key opens; ``beside`` is the mapping that the key stands in."""
        names = _NESTED.get(key.english)
        if names is None or not self._client.snippets or self._cursor.is_flow:
            return None
        own = self._cursor.indent * " "
        lines: list[str] = []
        if names[0] == key.english:  # the key is the first of its own mapping
            inside, deeper = beside, f"{own}{' ' * len(mark)}"
        else:
            inside = key.value.items if key.value.is_list and not key.value.is_text else key.value
            lines, deeper = [f"{mark}{_escaped(key.name)}:"], self._deeper(mark)
        by_english = {one.english: one for one in inside.keys(frozenset({key.name}))}
        known = [by_english[name] for name in names if name in by_english]
        if len(known) < len(names):
            return None
        bullet = "- " if lines and key.value.is_list and not key.value.is_text else ""
        for stop, one in enumerate(known, 1):
            lead = bullet if stop == 1 else " " * len(bullet)
            first = f"{mark}" if not lines else f"{deeper}{lead}"
            lines.append(f"{first}{_escaped(one.name)}:{self._stop(one, stop, deeper + ' ' * len(bullet))}")
        return f"{mark}{key.name}{_MORE}{'、'.join(one.name for one in known if one.name != key.name)}", "\n".join(
            lines
        )

    @staticmethod
    def _stop(key: Key, number: int, deeper: str) -> str:
        if key.value.is_text:
            return f" ${number}"
        return f"\n{deeper}{_INDENT}- ${number}"

    def _deeper(self, mark: str) -> str:
        """The blanks before a line below the key, as an editor wants them: counted from the line's own indentation."""
        return f"{self._cursor.indent * ' '}{' ' * len(mark)}{_INDENT}"


def _units_of(snapshot: Snapshot) -> Units:
    return project.find(snapshot.path).units


def _said_of(unit: Unit, text: str) -> str:
    if text == unit.name:
        return f"简称 {unit.short}" if unit.short else "gongwen.yaml 里的单位"
    return unit.name


def _escaped(text: str) -> str:
    return _SNIPPET_MARKS.sub(r"\\\g<0>", text)


def _plain(text: str) -> str:
    """A snippet for an editor that knows none: the key alone, where more lines would want filling in."""
    first = text.split("\n", 1)[0]
    return re.sub(r"\\([\\$}])", r"\1", first.replace("$0", ""))

"""Hover: what a key means, what a value is, and the rule behind a finding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from lsprotocol import types

from gongwen import checks, rulebook
from gongwen.diagnostics import Basis, Check, Severity
from gongwen.lsp import vocabulary
from gongwen.lsp.documents import Snapshot
from gongwen.lsp.findings import Shown
from gongwen.lsp.place import Step, at_cursor, in_tree
from gongwen.lsp.vocabulary import Key, Value

_BASES: Final = {
    Basis.STANDARD: "标准",
    Basis.REGULATION: "规定",
    Basis.PRACTICE: "惯例",
    Basis.PROGRAM: "程序要求",
}
_IGNORE: Final = re.compile(r"(?:ignore|忽略)[ \t]*[\[［【](?P<codes>[^\]］】\n]*)")
_CODE: Final = re.compile(r"GW\d{3}", re.IGNORECASE)
_MANY: Final = 12


def hover(
    snapshot: Snapshot, position: types.Position, shown: Sequence[Shown], *, markdown: bool = True
) -> types.Hover | None:
    """What there is to say of a position; findings before the key's meaning."""
    number, column = snapshot.positions.place(position)
    if (ignored := _ignored(snapshot, number, column)) is not None:
        check, start, end = ignored
        place = types.Range(snapshot.positions.at(number, start), snapshot.positions.at(number, end))
        return _shown(_rule(check, check.severity), place, markdown=markdown)
    struck = [one for one in shown if _holds(one.range, position)]
    parts = [f"{_struck(one)}\n\n{_rule(one.diagnostic.check, one.diagnostic.severity)}" for one in struck]
    meaning = _meaning(snapshot, number, column, position)
    if meaning is not None:
        parts.append(meaning[0])
    if not parts:
        return None
    stretch = struck[0].range if struck else meaning[1] if meaning is not None else None
    return _shown("\n\n---\n\n".join(parts), stretch, markdown=markdown)


def _ignored(snapshot: Snapshot, number: int, column: int) -> tuple[Check, int, int] | None:
    """The rule whose code is named at the cursor in a comment that suppresses it, and where the code stands."""
    line = snapshot.positions.line(number)
    for comment in _IGNORE.finditer(line, line.find("#")) if "#" in line else ():
        for code in _CODE.finditer(comment["codes"]):
            start, end = (comment.start("codes") + at for at in code.span())
            check = checks.known().find(code[0])
            if start <= column <= end and check is not None:
                return check, start, end
    return None


def _struck(one: Shown) -> str:
    """What is wrong at a place, and what to do about it."""
    message, _, hint = one.message.partition("\n")
    return f"**{message}**" + (f"\n\n{hint}" if hint else "")


def _rule(check: Check, severity: Severity) -> str:
    """A check: what it asks for, how much it weighs here, on whose word, and an example of each."""
    authority = check.authority
    said = f"（{authority.clause}）" if authority.clause else ""
    lines = [f"`{check.code}` {check.name}　{severity.word}　依据：{_BASES[authority.basis]}{said}"]
    lines += [text for text in (check.what, check.why) if text]
    lines += [
        f"{word}：\n\n```yaml\n{rulebook.example(text)}\n```"
        for word, text in (("错", check.wrong), ("对", check.right))
        if text
    ]
    return "\n\n".join(lines)


def _meaning(snapshot: Snapshot, number: int, column: int, position: types.Position) -> tuple[str, types.Range] | None:
    """What the key, or the chosen value, at the cursor means, and where it stands."""
    if snapshot.role not in ("draft", "enclosed"):
        return None
    start = vocabulary.top(snapshot.language or "zh", snapshot.kind, enclosed=snapshot.role == "enclosed")
    if snapshot.source.root is None:
        return _meaning_of_line(snapshot, number, column, start)
    spot = in_tree(snapshot.source.root, snapshot.positions.offset(position))
    found = None if spot is None else vocabulary.at(start, spot.steps)
    if spot is None or found is None or found[1] is None:
        return None
    value, key = found[0], found[1]
    place = snapshot.positions.range(spot.scalar.start, spot.scalar.end)
    text = _of_key(key) if spot.is_key else _of_value(spot.scalar.value or "", value, key)
    return None if text is None else (text, place)


def _meaning_of_line(snapshot: Snapshot, number: int, column: int, start: Value) -> tuple[str, types.Range] | None:
    """As `_meaning`, of a key alone, in a text that YAML cannot read."""
    cursor = at_cursor(snapshot.plain.split("\n"), number, column)
    if cursor is None or cursor.what != "key" or not cursor.has_colon:
        return None
    name = snapshot.positions.line(number)[cursor.start : cursor.end].strip("'\" ")
    steps: tuple[Step, ...] = (*cursor.steps, (name, cursor.present | {name}))
    found = vocabulary.at(start, steps)
    if found is None or found[1] is None:
        return None
    at = snapshot.positions.at
    return _of_key(found[1]), types.Range(at(number, cursor.start), at(number, cursor.end))


def _of_key(key: Key) -> str:
    lines = [f"**{key.name}**（{'英文' if key.value.language == 'zh' else '中文'}键名 `{key.twin}`）"]
    lines += [key.value.description] if key.value.description else []
    facts: list[str] = []
    if key.value.types:
        facts.append(f"- 类型：{'、'.join(key.value.types)}")
    if key.choices:
        named = "、".join(f"`{one.value}`" for one in key.choices[:_MANY])
        facts.append(f"- 可用的值：{named}{' 等' if len(key.choices) > _MANY else ''}")
    if key.value.examples:
        facts.append(f"- 例：{'，'.join(f'`{one}`' for one in key.value.examples)}")
    return "\n\n".join([*lines, *(["\n".join(facts)] if facts else [])])


def _of_value(text: str, value: Value, key: Key) -> str | None:
    choices = key.choices if value is key.value else value.choices
    chosen = next((one for one in choices if one.value == text and one.use), None)
    return None if chosen is None else f"**{chosen.value}**：{chosen.use}"


def _holds(place: types.Range, position: types.Position) -> bool:
    def key(one: types.Position) -> tuple[int, int]:
        return one.line, one.character

    return key(place.start) <= key(position) <= key(place.end)


def _shown(text: str, place: types.Range | None, *, markdown: bool) -> types.Hover:
    if markdown:
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text), place)
    return types.Hover(types.MarkupContent(types.MarkupKind.PlainText, "\n".join(_unmarked(text))), place)


def _unmarked(text: str) -> Iterator[str]:
    """The lines of a text in Markdown without its marks."""
    for line in text.split("\n"):
        if not line.startswith("```"):
            yield re.sub(r"\*\*|`", "", line)

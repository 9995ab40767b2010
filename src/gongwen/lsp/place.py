"""Where in a draft the cursor is: by the tree where the YAML is good, by indentation where it is not.

A draft is broken for as long as a line of it is being typed, and that is when completion is asked for. So `at_cursor` reads nothing
but the lines: which keys stand further left above the cursor. Of flow mappings (``{a: b}``) it knows those that begin on the cursor's line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence as Items
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from gongwen.reading.nodes import Mapping, Node, Scalar, Sequence

Step = tuple[str | int, frozenset[str]]
"""A key with all the keys of its mapping, or an index (whose set is empty)."""


@dataclass(frozen=True)
class Cursor:
    """What could be typed at a cursor.

    ``steps`` lead to the mapping whose key it is, to the list whose item, or to the value. ``present`` are the other keys of that
    mapping. The columns from ``start`` to ``end`` are what is typed so far; ``has_colon`` says that a colon stands behind it.
    ``indent`` is how far the mapping is in from the line's own indentation, ``is_flow`` that it stands in braces. ``gap`` is what has to
    be put before a value.
    """

    what: Literal["key", "value"]
    steps: tuple[Step, ...]
    present: frozenset[str]
    start: int
    end: int
    typed: str
    has_colon: bool = False
    is_item: bool = False
    indent: int = 0
    gap: str = ""
    is_flow: bool = False


class _Line(NamedTuple):
    """A line of block YAML: the columns of its dashes, where its content begins, its key and what follows the colon."""

    dashes: tuple[int, ...]
    column: int
    key: str | None
    value: str

    @property
    def left(self) -> int:
        """Where the line begins."""
        return self.dashes[0] if self.dashes else self.column


_DASHES: Final = re.compile(r"[ ]*(?:-(?:[ ]+|$))*")
# Bounded, so that a line of megabytes takes no quadratic time.
_KEY: Final = re.compile(
    r"(?P<quote>['\"]?)(?P<key>[^\s#'\"\[\]{},&*!|>%@`:：][^:：'\"]{0,100}?)(?P=quote)[ \t]{0,20}(?P<colon>：|:(?=[ \t]|$))[ \t]*"
)
_COMMENT: Final = re.compile(r"(?:^|[ \t])#.*$")
_BLOCK_SIGN: Final = re.compile(r"[|>][-+0-9]*$")
_BRACE: Final = re.compile(r"[{}]|'[^']*'?|\"[^\"]*\"?")
_FLOW_KEY: Final = re.compile(r"[{,]\s*['\"]?([^\s,{}\[\]:'\"]{1,100})['\"]?\s{0,20}:")


def at_cursor(lines: Items[str], number: int, column: int) -> Cursor | None:
    """What could be typed at a cursor, line and column from 0; None inside a text or a comment."""
    line = lines[number]
    if _COMMENT.search(line[:column]):
        return None
    if (brace := _open_brace(line[:column])) is not None:
        return _in_braces(lines, number, column, brace)
    parsed = _parsed(line)
    if parsed.key is not None and (colon := _colon(line, parsed.column)) < column:
        return _value(lines, number, column, parsed, colon)
    begin = min(parsed.column, column)
    typed = line[begin:column]
    if ":" in typed:
        return None
    above = _above(lines, number, parsed, begin)
    if above is None:
        return None
    steps, present = above
    match = _KEY.match(line, begin)
    end = match.end("key") if match else column + len(_COMMENT.sub("", line[column:]).rstrip())
    return Cursor(
        "key",
        steps,
        present | _below(lines, number, begin),
        begin,
        max(end, column),
        typed,
        has_colon=match is not None,
        is_item=bool(parsed.dashes),
        indent=begin - (len(line) - len(line.lstrip(" "))) if line.strip() else 0,
    )


def _colon(line: str, column: int) -> int:
    match = _KEY.match(line, column)
    return match.start("colon") if match else len(line)


def _value(lines: Items[str], number: int, column: int, parsed: _Line, colon: int) -> Cursor | None:
    line = lines[number]
    above = _above(lines, number, parsed, parsed.column)
    if above is None or parsed.key is None or _BLOCK_SIGN.match(parsed.value):
        return None
    steps, present = above
    present |= _below(lines, number, parsed.column)
    # A full-width colon is no colon to YAML: it is put right together with the value.
    start = colon if line[colon] == "：" else colon + 1
    rest = line[start:column]
    gap = ": " if line[colon] == "：" else "" if rest[:1] in (" ", "\t") else " "
    start += len(rest) - len(rest.lstrip(" \t")) if line[colon] != "：" else 0
    end = start + len(_COMMENT.sub("", line[start:]).rstrip())
    steps = (*steps, (parsed.key, present | {parsed.key}))
    if (bracket := line.rfind("[", colon, column)) >= 0:
        start = max(bracket, line.rfind(",", colon, column)) + 1
        start += len(line[start:column]) - len(line[start:column].lstrip())
        stop = re.search(r"[,\]]", line[column:])
        end = column if stop is None else column + stop.start()
        steps, gap = (*steps, (0, frozenset())), ""
    return Cursor(
        "value", steps, frozenset(), start, max(end, column), line[start:column].lstrip("：").lstrip(), gap=gap
    )


def _open_brace(text: str) -> int | None:
    """Where the innermost brace that is still open stands; those in quotes are text."""
    found: list[int] = []
    for match in _BRACE.finditer(text):
        if match[0] == "{":
            found.append(match.start())
        elif match[0] == "}" and found:
            found.pop()
    return found[-1] if found else None


def _in_braces(lines: Items[str], number: int, column: int, brace: int) -> Cursor | None:
    """A cursor in a flow mapping: what could be typed where it begins leads to it."""
    line = lines[number]
    outer = at_cursor([*lines[:number], line[:brace], *lines[number + 1 :]], number, brace)
    if outer is None or outer.typed or (outer.what == "key" and not outer.is_item):
        return None
    end = line.find("}", column)
    present = frozenset(_FLOW_KEY.findall(line[brace : end if end >= 0 else len(line)]))
    typed = re.split(r"[{,]", line[brace:column])[-1].lstrip()
    key, colon, value = typed.partition(":")
    if colon:
        steps = (*outer.steps, (key.strip(" '\""), present))
        value = value.lstrip()
        gap = "" if line[column - len(value) - 1] == " " else " "
        return Cursor("value", steps, frozenset(), column - len(value), column, value, gap=gap, is_flow=True)
    return Cursor("key", outer.steps, present, column - len(typed), column, typed, is_flow=True)


def _parsed(line: str) -> _Line:
    head = _DASHES.match(line)
    column = head.end() if head else 0
    dashes = tuple(match.start() for match in re.finditer("-", line[:column]))
    match = _KEY.match(line, column)
    if match is None:
        return _Line(dashes, column, None, _COMMENT.sub("", line[column:]).strip())
    return _Line(dashes, column, match["key"].strip(), _COMMENT.sub("", line[match.end() :]).strip())


class _Climb:
    """The way from a line up to the top of the draft, line by line."""

    def __init__(self, column: int) -> None:
        self.steps: list[Step] = []
        self.present: set[str] = set()
        self.inner: frozenset[str] | None = None
        self.column = column
        self.is_list = False
        self.index = 0
        self.is_lost = False

    def close_mapping(self) -> None:
        """All keys of the mapping are known."""
        if self.inner is None:
            self.inner = frozenset(self.present)
        elif self.steps and isinstance(self.steps[0][0], str):
            self.steps[0] = (self.steps[0][0], frozenset({*self.present, self.steps[0][0]}))
        self.present = set()

    def into_list(self, dashes: Items[int]) -> None:
        """The mapping, or the text, is the item of a list that the line begins."""
        for dash in reversed(dashes):
            if self.is_list:
                self.steps.insert(0, (self.index, frozenset()))
            else:
                self.close_mapping()
            self.is_list, self.index, self.column = True, 0, dash

    def into_parent(self, line: _Line) -> None:
        """The mapping or list is the value of the line's key."""
        if line.value:
            self.is_lost = True  # the text above runs on, or the sign of a block stands there
            return
        if self.is_list:
            self.steps.insert(0, (self.index, frozenset()))
        else:
            self.close_mapping()
        self.steps.insert(0, (line.key or "", frozenset()))
        self.is_list, self.column = False, line.column

    def take(self, line: _Line) -> None:
        """Go on to the line above."""
        left = line.left
        if self.is_list:
            if left > self.column:
                return
            if self.column in line.dashes:
                self.index += 1
                outer = tuple(dash for dash in line.dashes if dash < self.column)
                self.into_list(outer)
            elif line.key is not None and left <= self.column and not (line.dashes and line.column > self.column):
                self.into_parent(line)
                self._begin(line)
            else:
                self.is_lost = True
            return
        if left > self.column:
            return
        if line.key is not None and line.column == self.column:
            self.present.add(line.key)
            self.into_list(line.dashes)
        elif line.key is not None and line.column < self.column:
            self.into_parent(line)
            self._begin(line)
        elif line.dashes and line.key is None and not line.value and line.dashes[-1] < self.column:
            self.into_list(line.dashes)
        elif left < self.column:
            self.is_lost = True

    def _begin(self, line: _Line) -> None:
        """The line's own key belongs to a mapping, whose other keys stand above it unless dashes begin it here."""
        if self.is_lost:
            return
        self.present = {line.key or ""}
        self.into_list(line.dashes)


def _above(
    lines: Items[str], number: int, parsed: _Line, column: int
) -> tuple[tuple[Step, ...], frozenset[str]] | None:
    """The way to the mapping of a key, and its keys further up; None where lines above say that this is no key."""
    climb = _Climb(column)
    climb.into_list(parsed.dashes)
    for above in range(number - 1, -1, -1):
        text = lines[above]
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        climb.take(_parsed(text))
        if climb.is_lost:
            return None
    if climb.is_list:
        return None  # a list at the top is no draft
    climb.close_mapping()
    return tuple(climb.steps), climb.inner or frozenset()


def _below(lines: Items[str], number: int, column: int) -> frozenset[str]:
    """The keys of the same mapping further down."""
    found: set[str] = set()
    for text in lines[number + 1 :]:
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        line = _parsed(text)
        if line.left < column:
            break
        if line.left == column:
            if line.dashes:
                break
            if line.key is not None:
                found.add(line.key)
    return frozenset(found)


class Spot(NamedTuple):
    """A place in the tree: the steps to a scalar, whether it is a key, and where it is."""

    steps: tuple[Step, ...]
    is_key: bool
    scalar: Scalar


def in_tree(root: Node | None, offset: int) -> Spot | None:
    """The key or the value at an offset; None where there is neither."""
    node: Node | None = root
    steps: tuple[Step, ...] = ()
    while node is not None:
        match node:
            case Scalar():
                return Spot(steps, is_key=False, scalar=node) if node.start <= offset <= node.end else None
            case Sequence():
                inner = next(((i, one) for i, one in enumerate(node.items) if _holds(one, offset)), None)
                if inner is None:
                    return None
                steps, node = (*steps, (inner[0], frozenset())), inner[1]
            case Mapping():
                entry = next(
                    (one for one in node.entries.values() if _holds(one.key, offset) or _holds(one.value, offset)), None
                )
                if entry is None:
                    return None
                steps = (*steps, (entry.key.value or "", frozenset(node.entries)))
                if _holds(entry.key, offset):
                    return Spot(steps, is_key=True, scalar=entry.key)
                node = entry.value
    return None


def _holds(node: Node, offset: int) -> bool:
    return node.start <= offset <= node.end

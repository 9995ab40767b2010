"""Quick fixes: what a rule knows to be right, all of them at once, and a comment that suppresses a rule at one place.

An edit is offered only where the text, read again, is what it is meant to be: a fix changes one value and in it nothing but the
characters that were marked, a comment changes no value at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from lsprotocol import types

from gongwen.diagnostics import Diagnostic, Severity
from gongwen.lsp.documents import Snapshot
from gongwen.lsp.findings import Shown
from gongwen.reading.lines import line_end, line_start
from gongwen.reading.nodes import Data, Mapping, Node, Scalar
from gongwen.reading.nodes import Sequence as List
from gongwen.source import Source

FIX_ALL: Final = "source.fixAll.gongwen"
KINDS: Final = (types.CodeActionKind.QuickFix, FIX_ALL)

_OWN_COMMENT: Final = re.compile(r"#[ ]gongwen:[ ]ignore\[(?P<codes>[^\]\n]*)\][ \t]*$")
_MOST_FIXES: Final = 100
"""Fixes that are tried when all are asked for; each is read again."""


class Edit(NamedTuple):
    """Characters of a text, by offsets, and what they become."""

    start: int
    end: int
    text: str


def actions(
    snapshot: Snapshot, place: types.Range, shown: Sequence[Shown], only: Sequence[str] | None = None
) -> Iterator[types.CodeAction]:
    """What can be done about the findings of a place; ``only`` are the kinds that the editor asks for, None for any."""
    if snapshot.source.root is None:
        return
    here = [one for one in shown if _meet(one.range, place)]
    if _is_wanted(types.CodeActionKind.QuickFix, only):
        yield from _fixes(snapshot, here)
        yield from _suppressions(snapshot, here)
    if _is_wanted(FIX_ALL, only) and (edits := _all_edits(snapshot, shown)):
        title = f"改正能够自动改正的 {len(edits)} 处"
        yield types.CodeAction(title, kind=FIX_ALL, edit=_workspace_edit(snapshot, edits))


def _is_wanted(kind: str, only: Sequence[str] | None) -> bool:
    return only is None or any(kind == one or kind.startswith(f"{one}.") or not one for one in only)


def _fixes(snapshot: Snapshot, shown: Sequence[Shown]) -> Iterator[types.CodeAction]:
    for one in shown:
        if (edit := _edit(snapshot, one.diagnostic)) is not None:
            yield types.CodeAction(
                _title(snapshot, edit),
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[one.item],
                is_preferred=True,
                edit=_workspace_edit(snapshot, [edit]),
            )


def _title(snapshot: Snapshot, edit: Edit) -> str:
    old = snapshot.plain[edit.start : edit.end]
    return f"改为“{edit.text}”" if edit.text else f"删去“{old}”"


def _edit(snapshot: Snapshot, diagnostic: Diagnostic) -> Edit | None:
    """The edit that mends a fault, if there is one and it does that and nothing else."""
    if diagnostic.replacement is None or diagnostic.span is None:
        return None
    edit = Edit(diagnostic.span.start.offset, diagnostic.span.end.offset, diagnostic.replacement)
    return edit if _is_faithful(snapshot, edit) else None


def _all_edits(snapshot: Snapshot, shown: Sequence[Shown]) -> list[Edit]:
    """The fixes of the whole text that do not touch each other, from its beginning to its end."""
    found: list[Edit] = []
    candidates = [one.diagnostic for one in shown if one.diagnostic.replacement is not None]
    for diagnostic in sorted(candidates, key=Diagnostic.sort_key)[:_MOST_FIXES]:
        edit = _edit(snapshot, diagnostic)
        if edit is not None and (not found or found[-1].end <= edit.start) and edit not in found:
            found.append(edit)
    return found


def _is_faithful(snapshot: Snapshot, edit: Edit) -> bool:
    """Whether the edit changes one value of the text, and in it the marked characters alone."""
    old, new = snapshot.source, _edited(snapshot, [edit])
    marked = snapshot.plain[edit.start : edit.end]
    changes = list(_changes(old.data, new.data)) if new.root is not None else [None]
    if len(changes) != 1 or changes[0] is None or len(new.diagnostics) > len(old.diagnostics):
        return False
    before, after = changes[0]
    return any(
        before[:at] + edit.text + before[at + len(marked) :] == after
        for at in range(len(before) + 1)
        if before.startswith(marked, at)
    )


def _edited(snapshot: Snapshot, edits: Sequence[Edit]) -> Source:
    text = snapshot.plain
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return Source.parse(text, snapshot.source.name)


def _changes(old: Data, new: Data) -> Iterator[tuple[str, str] | None]:
    """The texts that differ, before and after; None where more than a text does."""
    match old, new:
        case dict(), dict() if list(old) == list(new):
            for key in old:
                yield from _changes(old[key], new[key])
        case list(), list() if len(old) == len(new):
            for one, other in zip(old, new, strict=True):
                yield from _changes(one, other)
        case str(), str():
            if old != new:
                yield old, new
        case _ if old is not None or new is not None:
            yield None


def _suppressions(snapshot: Snapshot, shown: Sequence[Shown]) -> Iterator[types.CodeAction]:
    """Each rule that struck, suppressed at its place; what the program needs cannot be."""
    seen: set[tuple[str, int]] = set()
    for one in shown:
        check, span = one.diagnostic.check, one.diagnostic.span
        if span is None or not (check.is_rule or one.diagnostic.severity is not Severity.ERROR):
            continue
        if (check.code, span.start.line) in seen:
            continue
        seen.add((check.code, span.start.line))
        edit, where = _suppression(snapshot, check.code, span.start.offset)
        if edit is not None:
            yield types.CodeAction(
                f"在{where}忽略 {check.code}",
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[one.item],
                edit=_workspace_edit(snapshot, [edit]),
            )


def _suppression(snapshot: Snapshot, code: str, offset: int) -> tuple[Edit | None, str]:
    """A comment at the end of the line of an offset; where that would be text, one above the key."""
    text = snapshot.plain
    start, end = line_start(text, offset), line_end(text, offset)
    comment = f"# gongwen: ignore[{code}]"
    edits = [(Edit(end, end, f"  {comment}"), "本行")]
    if match := _OWN_COMMENT.search(text, start, end):
        at = match.end("codes")
        edits = [(Edit(at, at, f", {code}" if match["codes"].strip() else code), "本行")]
    elif _has_comment(snapshot, start, end):
        edits = []  # a comment cannot have another one in it
    head = line_start(text, _entry_start(snapshot.source.root, offset))
    indent = len(text[head:]) - len(text[head:].lstrip(" "))
    edits.append((Edit(head, head, f"{' ' * indent}{comment}\n"), "这一项"))
    for edit, where in edits:
        new = _edited(snapshot, [edit])
        if new.root is not None and new.data == snapshot.source.data:
            return edit, where
    return None, ""


def _has_comment(snapshot: Snapshot, start: int, end: int) -> bool:
    """Whether a comment ends a line: what is put behind it changes nothing, though it is no comment sign."""
    if not re.search(r"(?:^|[ \t])#", snapshot.plain[start:end]):
        return False
    new = _edited(snapshot, [Edit(end, end, " x: ]")])
    return new.root is not None and new.data == snapshot.source.data


def _entry_start(node: Node | None, offset: int) -> int:
    """Where the key, or the item of a list, begins whose value is at an offset."""
    start = 0
    while node is not None:
        match node:
            case Mapping():
                entries = list(node.entries.values())
                inner = next(
                    (one for one in entries if one.key.start <= offset <= max(one.key.end, one.value.end)), None
                )
                if inner is None:
                    return start
                start, node = inner.key.start, inner.value
            case List():
                item = next((one for one in node.items if one.start <= offset <= one.end), None)
                if item is None:
                    return start
                start, node = item.start, item
            case Scalar():
                return start
    return start


def _workspace_edit(snapshot: Snapshot, edits: Sequence[Edit]) -> types.WorkspaceEdit:
    line_break = "\r\n" if "\r\n" in snapshot.text else "\n"
    changes = [
        types.TextEdit(snapshot.positions.range(edit.start, edit.end), edit.text.replace("\n", line_break))
        for edit in edits
    ]
    return types.WorkspaceEdit(changes={snapshot.uri: changes})


def _meet(one: types.Range, other: types.Range) -> bool:
    def key(position: types.Position) -> tuple[int, int]:
        return position.line, position.character

    return key(one.start) <= key(other.end) and key(other.start) <= key(one.end)

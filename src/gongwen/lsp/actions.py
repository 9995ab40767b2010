"""Quick fixes: what a rule knows to be right, all of them at once, and a comment that suppresses a rule at one place.

Fixes are those of `gongwen check --fix`, which are tried before they are offered. A comment is offered only where the text, read
again, has the same values as before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from lsprotocol import types

from gongwen import fixes
from gongwen.diagnostics import Diagnostic
from gongwen.lsp.documents import Snapshot
from gongwen.lsp.findings import Shown
from gongwen.reading.lines import line_end, line_start
from gongwen.reading.nodes import Mapping, Node, Scalar
from gongwen.reading.nodes import Sequence as List
from gongwen.source import Source

FIX_ALL: Final = "source.fixAll.gongwen"
KINDS: Final = (types.CodeActionKind.QuickFix, FIX_ALL)

_OWN_COMMENT: Final = re.compile(r"#[ ]gongwen:[ ]ignore\[(?P<codes>[^\]\n]*)\][ \t]*$")


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
    if _is_wanted(FIX_ALL, only):
        edit, count = _mended(snapshot, [one.diagnostic for one in shown])
        if edit is not None:
            title = f"改正能够自动改正的 {count} 处"
            yield types.CodeAction(title, kind=FIX_ALL, edit=_workspace_edit(snapshot, [edit]))


def _is_wanted(kind: str, only: Sequence[str] | None) -> bool:
    return only is None or any(kind == one or kind.startswith(f"{one}.") or not one for one in only)


def _fixes(snapshot: Snapshot, shown: Sequence[Shown]) -> Iterator[types.CodeAction]:
    for one in shown:
        edit, _ = _mended(snapshot, [one.diagnostic])
        if edit is not None:
            yield types.CodeAction(
                _title(snapshot, edit, one.diagnostic.replacement),
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[one.item],
                is_preferred=True,
                edit=_workspace_edit(snapshot, [edit]),
            )


def _title(snapshot: Snapshot, edit: Edit, replacement: str | None) -> str:
    """What a fix does, in the words of the text and not of its spelling."""
    return f"改为“{replacement}”" if replacement else f"删去“{snapshot.plain[edit.start : edit.end]}”"


def _mended(snapshot: Snapshot, diagnostics: Sequence[Diagnostic]) -> tuple[Edit | None, int]:
    """One edit that mends what can be mended, and how many places that are; None where none can."""
    text = snapshot.plain
    applied = fixes.apply(text.encode("utf-8", "surrogatepass"), diagnostics)
    spans = [one.span for one in applied.mended if one.span is not None]
    if not spans:
        return None, 0
    start, end = min(span.start.offset for span in spans), max(span.end.offset for span in spans)
    after = applied.data.decode("utf-8", "surrogatepass")
    return Edit(start, end, after[start : len(after) - (len(text) - end)]), len(spans)


def _edited(snapshot: Snapshot, edit: Edit) -> Source:
    text = snapshot.plain
    return Source.parse(text[: edit.start] + edit.text + text[edit.end :], snapshot.source.name)


def _suppressions(snapshot: Snapshot, shown: Sequence[Shown]) -> Iterator[types.CodeAction]:
    """Each rule that struck, suppressed at its place; what the program needs cannot be."""
    seen: set[tuple[str, int]] = set()
    for one in shown:
        check, span = one.diagnostic.check, one.diagnostic.span
        if span is None or check.is_binding:
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
        new = _edited(snapshot, edit)
        if new.root is not None and new.data == snapshot.source.data:
            return edit, where
    return None, ""


def _has_comment(snapshot: Snapshot, start: int, end: int) -> bool:
    """Whether a comment ends a line: what is put behind it changes nothing, though it is no comment sign."""
    if not re.search(r"(?:^|[ \t])#", snapshot.plain[start:end]):
        return False
    new = _edited(snapshot, Edit(end, end, " x: ]"))
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

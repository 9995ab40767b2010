"""The outline of a draft: its title, its headings with the marks that the page has, its attachments, its signature.

It is made from the tree alone, so that a draft with faults has one as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Final

from lsprotocol import types

from gongwen import project
from gongwen.chinese import heading_mark, ordinal
from gongwen.document import (
    DRAFTS,
    Article,
    Attachment,
    Chapter,
    Document,
    EnclosedText,
    Figure,
    Heading,
    Section,
    Table,
)
from gongwen.house import House
from gongwen.lsp.documents import Snapshot
from gongwen.reading.nodes import Entry, Mapping, Node, Scalar
from gongwen.reading.nodes import Sequence as List
from gongwen.standard import HEADING_LEVELS

_LONGEST: Final = 40
_MORE: Final = " 等"
_LARGEST_NUMERAL: Final = 9999
_NAMED: Final = (
    (Document, "issuer", "发文机关"),
    (Document, "number", "发文字号"),
    (Document, "addressees", "主送机关"),
    (Document, "signature", "署名"),
    (Document, "date", "成文日期"),
    (Document, "note", "附注"),
    (Document, "imprint", "版记"),
)
"""Elements that an outline names, in the words of the field."""


def outline(snapshot: Snapshot) -> list[types.DocumentSymbol]:
    """The parts of a draft in the order of the file, each with what stands below it; empty where the YAML cannot be read."""
    if snapshot.role not in ("draft", "enclosed") or not isinstance(snapshot.source.root, Mapping):
        return []
    return list(_Outline(snapshot, project.find(snapshot.path).house).top(snapshot.source.root))


class _Outline:
    def __init__(self, snapshot: Snapshot, house: House) -> None:
        self._positions = snapshot.positions
        self._house = house

    def top(self, root: Mapping) -> Iterator[types.DocumentSymbol]:
        """The parts at the top of a draft."""
        names = {word: name for model, key, name in _NAMED for word in _words(model, key)}
        for entry in root.entries.values():
            key = entry.key.value or ""
            if key in _words(EnclosedText, "title"):
                yield self._symbol(_text(entry.value), types.SymbolKind.File, entry.key, entry.value, detail="标题")
            elif key in _words(Document, "body"):
                yield from self._body(entry.value)
            elif key in _words(Document, "attachments"):
                yield from self._texts(entry, "附件", types.SymbolKind.Package)
            elif key in _words(DRAFTS["bulletin"], "items"):
                yield from self._texts(entry, "篇目", types.SymbolKind.Package)
            elif key in _words(Document, "issued"):
                yield self._enclosed(entry.key, entry.value, "印发件")
            elif key in names:
                yield self._symbol(
                    names[key], types.SymbolKind.Field, entry.key, entry.value, detail=_text(entry.value)
                )

    def _texts(self, entry: Entry, name: str, kind: types.SymbolKind) -> Iterator[types.DocumentSymbol]:
        items = entry.value.items if isinstance(entry.value, List) else ()
        inner = [
            self._enclosed(item, item, f"{name}{number}" if len(items) > 1 else name)
            for number, item in enumerate(items, 1)
        ]
        yield self._symbol(name, kind, entry.key, entry.value, inner=inner)

    def _enclosed(self, start: Node, text: Node, name: str) -> types.DocumentSymbol:
        """A text with a title of its own, or the name of the file that it is in."""
        title = _value(text, *_words(EnclosedText, "title")) or _value(text, *_words(Attachment, "file"))
        body = _value(text, *_words(EnclosedText, "body"))
        said = "" if title is None else f"：{_text(title)}"
        return self._symbol(
            f"{name}{said}",
            types.SymbolKind.File,
            start,
            text,
            inner=list(self._body(body)) if body is not None else [],
        )

    def _body(self, node: Node) -> Iterator[types.DocumentSymbol]:
        blocks = node.items if isinstance(node, List) else ()
        marks = self._house.marks(min(_depth(blocks), HEADING_LEVELS))
        return self._blocks(blocks, 1, marks, count(1))

    def _blocks(
        self, blocks: Sequence[Node], level: int, marks: Sequence[int], articles: Iterator[int]
    ) -> Iterator[types.DocumentSymbol]:
        """Numbered as the page is: headings under each heading, chapters on, sections in each chapter, articles throughout."""
        headings, chapters, sections = count(1), count(1), count(1)
        for block in blocks:
            if not isinstance(block, Mapping):
                continue
            body = _value(block, *_words(Heading, "body"))
            below = body.items if isinstance(body, List) else ()
            if (title := _value(block, *_words(Heading, "heading"))) is not None:
                number = next(headings)
                mark = _numbered(number, marks[level - 1]) if level <= len(marks) else ""
                inner = list(self._blocks(below, level + 1, marks, articles))
                yield self._part(f"{mark}{_text(title)}", types.SymbolKind.String, block, title, inner)
            elif (title := _value(block, *_words(Chapter, "chapter"))) is not None:
                name = f"{_numbered(next(chapters), '章')}　{_text(title)}"
                inner = list(self._blocks(below, level, marks, articles))
                yield self._part(name, types.SymbolKind.Module, block, title, inner)
            elif (title := _value(block, *_words(Section, "section"))) is not None:
                name = f"{_numbered(next(sections), '节')}　{_text(title)}"
                inner = list(self._blocks(below, level, marks, articles))
                yield self._part(name, types.SymbolKind.Namespace, block, title, inner)
            elif (title := _value(block, *_words(Article, "article"))) is not None:
                name = f"{_numbered(next(articles), '条')}　{_text(title)}"
                inner = list(self._blocks(below, level, marks, articles))
                yield self._part(name, types.SymbolKind.Method, block, title, inner)
            elif (title := _value(block, *_words(Table, "table"))) is not None:
                yield self._part(f"表：{_text(title)}", types.SymbolKind.Array, block, title, [])
            elif (title := _value(block, *_words(Figure, "figure"))) is not None:
                caption = _value(block, *_words(Figure, "caption")) or title
                yield self._part(f"图：{_text(caption)}", types.SymbolKind.Object, block, caption, [])

    def _part(
        self, name: str, kind: types.SymbolKind, whole: Node, title: Node, inner: list[types.DocumentSymbol]
    ) -> types.DocumentSymbol:
        is_inside = whole.start <= title.start and title.end <= whole.end  # an alias stands elsewhere
        start, end = (title.start, title.end) if is_inside else (whole.start, whole.start)
        selected = self._positions.range(start, end)
        return types.DocumentSymbol(
            name or "（空）", kind, self._positions.range(whole.start, whole.end), selected, children=inner
        )

    def _symbol(
        self,
        name: str,
        kind: types.SymbolKind,
        start: Node,
        value: Node,
        *,
        detail: str | None = None,
        inner: list[types.DocumentSymbol] | None = None,
    ) -> types.DocumentSymbol:
        """A part that begins with its key, which is what is selected; a value that is an alias stands elsewhere."""
        end = max(start.end, value.end)
        selected = (start.start, start.end) if isinstance(start, Scalar) else (start.start, start.start)
        return types.DocumentSymbol(
            name or "（空）",
            kind,
            self._positions.range(start.start, end),
            self._positions.range(*selected),
            detail=detail,
            children=inner or [],
        )


def _numbered(number: int, by: int | str) -> str:
    """The mark of a heading of a level, or the ordinal of a part; none for a number that has no numeral."""
    if number > _LARGEST_NUMERAL:
        return ""
    return heading_mark(by, number) if isinstance(by, int) else ordinal(number, by)


def _words(model: type, name: str) -> tuple[str, str]:
    """A key in both languages."""
    fields = model.model_fields  # type: ignore[attr-defined]
    return name, str(fields[name].alias)


def _value(node: Node, *keys: str) -> Node | None:
    if not isinstance(node, Mapping):
        return None
    return next((node.entries[key].value for key in keys if key in node.entries), None)


def _text(node: Node) -> str:
    """What a node says, on one short line; of a list the first text."""
    match node:
        case Scalar():
            text = "".join((node.value or "").split())
            return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        case List() if node.items:
            return _text(node.items[0]).removesuffix(_MORE) + (_MORE if len(node.items) > 1 else "")
        case Mapping() if node.entries:
            return _text(next(iter(node.entries.values())).value)
    return ""


def _depth(blocks: Sequence[Node]) -> int:
    """How many levels of headings there are, as `document.depth` counts them."""
    inner = []
    for block in blocks:
        body = _value(block, *_words(Heading, "body"))
        is_heading = _value(block, *_words(Heading, "heading")) is not None
        below = _depth(body.items) if isinstance(body, List) else 0
        inner.append(below + is_heading)
    return max(inner, default=0)

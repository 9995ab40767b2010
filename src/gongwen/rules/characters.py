"""Characters that no face has, at their places in the draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongwen.diagnostics import Check, DataPath, Finding, Severity
from gongwen.document import (
    LEAD,
    PREPRINTED,
    SEALED,
    Article,
    Block,
    Bulletin,
    Chapter,
    Clause,
    Column,
    Document,
    Draft,
    Enclosure,
    Figure,
    Heading,
    Items,
    Section,
    Signatory,
    Speech,
    Table,
    cell_texts,
    people_at,
)
from gongwen.fonts import ROLE_INFO, FontBook
from gongwen.layout.body import HEADING_FACES
from gongwen.layout.regulation import CHAPTER_FACE, SECTION_FACE
from gongwen.layout.subtitle import SUBTITLE_FACE

TAB_IN_TEXT = Check("GW506", "tab-in-text", Severity.ERROR)
MISSING_CHARACTER = Check("GW501", "missing-character", Severity.ERROR)

Place = tuple[DataPath, str, str]
"""A text of the document: its path, the role it is set in, the text."""


def missing_characters(draft: Draft, book: FontBook) -> Iterator[Finding]:
    """Each character that would be lost on the page, once for its place: without a glyph it would come out blank."""
    told: set[tuple[DataPath, int]] = set()
    for path, role, text in texts(draft):
        for place in book.missing(role, text):
            if (path, place) in told:
                continue
            told.add((path, place))
            char = text[place]
            at_key = path[-1] == text  # a unit of people at a meeting is the key of its names
            # Of a cell that comes from a file the draft has the name of the file alone.
            row, cell = path[-2:] if path[-3:-2] == ("file",) else (None, None)
            where, offset = ("", place) if row is None else (f"第{row}行第{cell}格", None)
            if char == "\t":
                yield Finding(
                    TAB_IN_TEXT,
                    f"{where}文字里有制表符（Tab）",
                    path,
                    hint="删去，或改为空格",
                    offset=offset,
                    at_key=at_key,
                )
                continue
            yield Finding(
                MISSING_CHARACTER,
                f"{where}{'：' if where else ''}{ROLE_INFO[role].name}和后备字体中都没有“{char}”（U+{ord(char):04X}）",
                path,
                hint="核对是不是误字；确需此字，在 gongwen.yaml 的 fonts.extra（字体.补字）中列出含有它的字体文件",
                offset=offset,
                at_key=at_key,
            )


def texts(draft: Draft) -> Iterator[Place]:
    """Every text that comes from the draft as it is, with the role it is set in."""
    match draft:
        case Document():
            yield from _of_document(draft)
        case Bulletin():
            yield from _of_bulletin(draft)
        case Speech():
            yield from _of_speech(draft)
    for path, blocks in draft.bodies():
        yield from _blocks(blocks, path, 1)


def signature_path(document: Document, index: int) -> DataPath:
    """Where the draft names what stands as a signature: in its own words, else among the issuers."""
    given = document.signature
    if isinstance(given, str) and given != SEALED["en"]:
        return ("signature",)
    one = given[index] if isinstance(given, tuple) else given
    if isinstance(one, Signatory):
        path: DataPath = ("signature", index) if isinstance(given, tuple) else ("signature",)
        if one.title is not None or one.organ is not None:
            return (*path, "title" if one.title is not None else "organ")
    return ("issuer", min(index, len(document.issuer) - 1))


def _of_document(document: Document) -> Iterator[Place]:
    if document.mark is not None and document.mark not in (PREPRINTED["en"], LEAD["en"]):
        yield ("mark",), "xiaobiaosong", document.mark
    elif not document.is_preprinted:
        for index, name in enumerate(document.mark_names or (document.lead,)):
            yield ("issuer", index), "xiaobiaosong", name
    if document.number is not None:
        yield ("number",), "fangsong", str(document.number)
    for index, signer in enumerate(document.signers or ()):
        yield ("signers", index), "kaiti", signer
    if document.title is not None:
        yield ("title",), "xiaobiaosong", document.title
    if document.subtitle is not None:
        yield ("subtitle",), SUBTITLE_FACE, document.subtitle
    yield from _organs(document.addressees, ("addressees",))
    if document.issued is not None:
        yield from _titles(document.issued, ("issued",))
    for index, attachment in enumerate(document.attachments):
        path: DataPath = ("attachments", index)
        yield from _titles(attachment, path)
        yield (*path, "title"), "fangsong", attachment.title
    yield from _people(document)
    for index, name in enumerate(document.signatures):
        yield signature_path(document, index), "fangsong", name
    if document.note is not None:
        yield ("note",), "fangsong", document.note
    if document.imprint is not None:
        yield from _organs(document.imprint.addressees, ("imprint", "addressees"))
        yield from _organs(document.imprint.copies_to, ("imprint", "copies_to"))
        if document.imprint.issuing_office is not None:
            yield ("imprint", "issuing_office"), "fangsong", document.imprint.issuing_office


def _people(document: Document) -> Iterator[Place]:
    for field, people in document.attendance.items():
        yield from (((field, one.unit), "fangsong", one.unit) for one in people if one.unit is not None)
        yield from ((path, "fangsong", name) for path, name in people_at(field, people))


def _titles(item: Enclosure, path: DataPath) -> Iterator[Place]:
    yield (*path, "title"), "xiaobiaosong", item.title
    if item.subtitle is not None:
        yield (*path, "subtitle"), SUBTITLE_FACE, item.subtitle


def _of_bulletin(bulletin: Bulletin) -> Iterator[Place]:
    parts: list[tuple[DataPath, str, str | None]] = [
        (("notice",), "heiti", bulletin.notice),
        (("mark",), "xiaobiaosong", bulletin.mark),
        (("issuer",), "fangsong", bulletin.issuer),
        (("editor_note",), "kaiti", bulletin.editor_note),
    ]
    for index, item in enumerate(bulletin.items):
        path: DataPath = ("items", index)
        parts += [
            ((*path, "title"), "xiaobiaosong", item.title),
            ((*path, "title"), "fangsong", item.title if bulletin.contents else None),
            ((*path, "byline"), "kaiti", item.byline),
            ((*path, "editor_note"), "kaiti", item.editor_note),
            ((*path, "source"), "fangsong", item.source),
        ]
    yield from _given(parts)
    if bulletin.distribution is not None:
        for name in ("report_to", "send_to", "issue_to"):
            yield from _organs(getattr(bulletin.distribution, name), ("distribution", name))


def _of_speech(speech: Speech) -> Iterator[Place]:
    yield from _given(
        [
            (("title",), "xiaobiaosong", speech.title),
            (("subtitle",), "kaiti", speech.subtitle),
            (("place",), "kaiti", speech.place),
            (("speaker",), "kaiti", speech.speaker),
            (("salutation",), "fangsong", speech.salutation),
        ]
    )


def _given(parts: Sequence[tuple[DataPath, str, str | None]]) -> Iterator[Place]:
    for path, role, text in parts:
        if text is not None:
            yield path, role, text


def _organs(organs: tuple[tuple[str, ...], ...] | None, path: DataPath) -> Iterator[Place]:
    for i, one in enumerate(organs or ()):
        for j, name in enumerate(one):
            yield (*path, i, j) if len(one) > 1 else (*path, i), "fangsong", name


def _blocks(blocks: Sequence[Block], path: DataPath, level: int) -> Iterator[Place]:
    for index, block in enumerate(blocks):
        here = (*path, index)
        match block:
            case Heading():
                yield (*here, "heading"), HEADING_FACES[level], block.heading
                if block.text is not None:
                    yield (*here, "text"), "fangsong", block.text
                yield from _blocks(block.body, (*here, "body"), level + 1)
            case Chapter():
                yield (*here, "chapter"), CHAPTER_FACE, block.chapter
                yield from _blocks(block.body, (*here, "body"), level)
            case Section():
                yield (*here, "section"), SECTION_FACE, block.section
                yield from _blocks(block.body, (*here, "body"), level)
            case Article():
                yield (*here, "article"), "fangsong", block.article
                yield from _items(block.items, (*here, "items"))
                yield from _blocks(block.body, (*here, "body"), level)
            case Clause():
                yield (*here, "clause"), "fangsong", block.clause
                yield from _items(block.items, (*here, "items"))
            case Figure():
                if block.caption is not None:
                    yield (*here, "caption"), "fangsong", block.caption
            case Table():
                yield from _table(block, here)
            case str():
                yield here, "fangsong", block


def _items(items: Items, path: DataPath) -> Iterator[Place]:
    for index, item in enumerate(items):
        here = (*path, index)
        if isinstance(item, str):
            yield here, "fangsong", item
            continue
        yield (*here, "item"), "fangsong", item.item
        for number, text in enumerate(item.subitems):
            yield (*here, "subitems", number), "fangsong", text


def _table(table: Table, path: DataPath) -> Iterator[Place]:
    if table.title is not None:
        yield (*path, "table"), "heiti", table.title
    yield from _columns(table.columns, (*path, "columns"))
    for row, index, text in cell_texts(table.rows):
        place: DataPath = (
            ("rows", row, index) if table.file is None else ("file", table.rows_above + row + 1, index + 1)
        )
        yield (*path, *place), "fangsong", text
    for row, index, text in cell_texts(table.total):
        yield (*path, "total", row, index), "heiti", text
    for index, note in enumerate(table.notes or ()):
        yield (*path, "notes", index), "fangsong", note


def _columns(columns: Sequence[Column], path: DataPath) -> Iterator[Place]:
    for index, column in enumerate(columns):
        yield (*path, index, "name"), "heiti", column.name
        yield from _columns(column.columns, (*path, index, "columns"))

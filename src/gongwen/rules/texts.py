"""Every text of a draft, with its place, what it is and the face that it is set in: what rules of characters and of wording read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from gongwen.diagnostics import DataPath
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
from gongwen.layout.body import HEADING_FACES
from gongwen.layout.regulation import CHAPTER_FACE, SECTION_FACE
from gongwen.layout.subtitle import SUBTITLE_FACE

Sort = Literal["paragraph", "heading", "title", "phrase", "name", "cell"]
"""What a text is: whole sentences, a heading of the body, a title, a phrase (题注, 附注, a caption), a name, a cell of a table."""


class Text(NamedTuple):
    """A text of the draft: its path (field names), the face that it is set in, what it is, and its characters."""

    path: DataPath
    face: str
    sort: Sort
    text: str

    @property
    def is_prose(self) -> bool:
        """Whether it is running text, of sentences or of a phrase."""
        return self.sort in ("paragraph", "heading", "phrase")


def texts_of(draft: Draft) -> tuple[Text, ...]:
    """Every text that comes from the draft as it is. A text that is set twice, in two faces, is given twice.

    Rule after rule asks for them, so those of the draft that was asked for last are kept.
    """
    global _kept  # noqa: PLW0603 - a pair that is replaced as one, whoever else asks meanwhile
    known, texts = _kept
    if known is not draft:
        texts = tuple(_all_texts(draft))
        _kept = (draft, texts)
    return texts


def distinct_texts(draft: Draft) -> tuple[Text, ...]:
    """Every text of a draft once, in the order of the page."""
    return tuple({text.path: text for text in texts_of(draft)}.values())


_kept: tuple[Draft | None, tuple[Text, ...]] = (None, ())


def _all_texts(draft: Draft) -> Iterator[Text]:
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


def _of_document(document: Document) -> Iterator[Text]:
    if document.mark is not None and document.mark not in (PREPRINTED["en"], LEAD["en"]):
        yield Text(("mark",), "xiaobiaosong", "name", document.mark)
    elif not document.is_preprinted:
        for index, name in enumerate(document.mark_names or (document.lead,)):
            yield Text(("issuer", index), "xiaobiaosong", "name", name)
    if document.number is not None:
        yield Text(("number",), "fangsong", "name", str(document.number))
    for index, signer in enumerate(document.signers or ()):
        yield Text(("signers", index), "kaiti", "name", signer)
    if document.title is not None:
        yield Text(("title",), "xiaobiaosong", "title", document.title)
    if document.subtitle is not None:
        yield Text(("subtitle",), SUBTITLE_FACE, "phrase", document.subtitle)
    yield from _organs(document.addressees, ("addressees",))
    if document.issued is not None:
        yield from _titles(document.issued, ("issued",))
    for index, attachment in enumerate(document.attachments):
        path: DataPath = ("attachments", index)
        yield from _titles(attachment, path)
        yield Text((*path, "title"), "fangsong", "title", attachment.title)
    yield from _people(document)
    for index, name in enumerate(document.signatures):
        yield Text(signature_path(document, index), "fangsong", "name", name)
    if document.note is not None:
        yield Text(("note",), "fangsong", "phrase", document.note)
    if document.imprint is not None:
        yield from _organs(document.imprint.addressees, ("imprint", "addressees"))
        yield from _organs(document.imprint.copies_to, ("imprint", "copies_to"))
        if document.imprint.issuing_office is not None:
            yield Text(("imprint", "issuing_office"), "fangsong", "name", document.imprint.issuing_office)


def _people(document: Document) -> Iterator[Text]:
    for field, people in document.attendance.items():
        yield from (Text((field, one.unit), "fangsong", "name", one.unit) for one in people if one.unit is not None)
        yield from (Text(path, "fangsong", "name", name) for path, name in people_at(field, people))


def _titles(item: Enclosure, path: DataPath) -> Iterator[Text]:
    yield Text((*path, "title"), "xiaobiaosong", "title", item.title)
    if item.subtitle is not None:
        yield Text((*path, "subtitle"), SUBTITLE_FACE, "phrase", item.subtitle)


def _of_bulletin(bulletin: Bulletin) -> Iterator[Text]:
    parts: list[_Part] = [
        (("notice",), "heiti", "phrase", bulletin.notice),
        (("mark",), "xiaobiaosong", "name", bulletin.mark),
        (("issuer",), "fangsong", "name", bulletin.issuer),
        (("editor_note",), "kaiti", "paragraph", bulletin.editor_note),
    ]
    for index, item in enumerate(bulletin.items):
        path: DataPath = ("items", index)
        parts += [
            ((*path, "title"), "xiaobiaosong", "title", item.title),
            ((*path, "title"), "fangsong", "title", item.title if bulletin.contents else None),
            ((*path, "byline"), "kaiti", "name", item.byline),
            ((*path, "editor_note"), "kaiti", "paragraph", item.editor_note),
            ((*path, "source"), "fangsong", "name", item.source),
        ]
    yield from _given(parts)
    if bulletin.distribution is not None:
        for name in ("report_to", "send_to", "issue_to"):
            yield from _organs(getattr(bulletin.distribution, name), ("distribution", name))


def _of_speech(speech: Speech) -> Iterator[Text]:
    yield from _given(
        [
            (("title",), "xiaobiaosong", "title", speech.title),
            (("subtitle",), "kaiti", "title", speech.subtitle),
            (("place",), "kaiti", "name", speech.place),
            (("speaker",), "kaiti", "name", speech.speaker),
            (("salutation",), "fangsong", "name", speech.salutation),
        ]
    )


_Part = tuple[DataPath, str, Sort, str | None]


def _given(parts: Sequence[_Part]) -> Iterator[Text]:
    for path, face, sort, text in parts:
        if text is not None:
            yield Text(path, face, sort, text)


def _organs(organs: tuple[tuple[str, ...], ...] | None, path: DataPath) -> Iterator[Text]:
    for i, one in enumerate(organs or ()):
        for j, name in enumerate(one):
            yield Text((*path, i, j) if len(one) > 1 else (*path, i), "fangsong", "name", name)


def _blocks(blocks: Sequence[Block], path: DataPath, level: int) -> Iterator[Text]:
    for index, block in enumerate(blocks):
        here = (*path, index)
        match block:
            case Heading():
                yield Text((*here, "heading"), HEADING_FACES[level], "heading", block.heading)
                if block.text is not None:
                    yield Text((*here, "text"), "fangsong", "paragraph", block.text)
                yield from _blocks(block.body, (*here, "body"), level + 1)
            case Chapter():
                yield Text((*here, "chapter"), CHAPTER_FACE, "heading", block.chapter)
                yield from _blocks(block.body, (*here, "body"), level)
            case Section():
                yield Text((*here, "section"), SECTION_FACE, "heading", block.section)
                yield from _blocks(block.body, (*here, "body"), level)
            case Article():
                yield Text((*here, "article"), "fangsong", "paragraph", block.article)
                yield from _items(block.items, (*here, "items"))
                yield from _blocks(block.body, (*here, "body"), level)
            case Clause():
                yield Text((*here, "clause"), "fangsong", "paragraph", block.clause)
                yield from _items(block.items, (*here, "items"))
            case Figure():
                if block.caption is not None:
                    yield Text((*here, "caption"), "fangsong", "phrase", block.caption)
            case Table():
                yield from _table(block, here)
            case str():
                yield Text(here, "fangsong", "paragraph", block)


def _items(items: Items, path: DataPath) -> Iterator[Text]:
    for index, item in enumerate(items):
        here = (*path, index)
        if isinstance(item, str):
            yield Text(here, "fangsong", "paragraph", item)
            continue
        yield Text((*here, "item"), "fangsong", "paragraph", item.item)
        for number, text in enumerate(item.subitems):
            yield Text((*here, "subitems", number), "fangsong", "paragraph", text)


def _table(table: Table, path: DataPath) -> Iterator[Text]:
    if table.title is not None:
        yield Text((*path, "table"), "heiti", "title", table.title)
    yield from _columns(table.columns, (*path, "columns"))
    for row, index, text in cell_texts(table.rows):
        place: DataPath = (
            ("rows", row, index) if table.file is None else ("file", table.rows_above + row + 1, index + 1)
        )
        yield Text((*path, *place), "fangsong", "cell", text)
    for row, index, text in cell_texts(table.total):
        yield Text((*path, "total", row, index), "heiti", "cell", text)
    for index, note in enumerate(table.notes or ()):
        yield Text((*path, "notes", index), "fangsong", "phrase", note)


def _columns(columns: Sequence[Column], path: DataPath) -> Iterator[Text]:
    for index, column in enumerate(columns):
        yield Text((*path, index, "name"), "heiti", "cell", column.name)
        yield from _columns(column.columns, (*path, index, "columns"))

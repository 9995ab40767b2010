"""Characters that no face has, at their places in the draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongwen.diagnostics import Check, DataPath, Finding, Severity
from gongwen.document import LEAD, PREPRINTED, Block, Column, Document, Draft, Table, cell_texts
from gongwen.fonts import ROLE_INFO, FontBook
from gongwen.layout.body import HEADING_FACES

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
            # Of a cell that comes from a file the draft has the name of the file alone.
            row, cell = path[-2:] if path[-3:-2] == ("file",) else (None, None)
            where, offset = ("", place) if row is None else (f"第{row}行第{cell}格", None)
            if char == "\t":
                yield Finding(
                    TAB_IN_TEXT, f"{where}文字里有制表符（Tab）", path, hint="删去，或改为空格", offset=offset
                )
                continue
            yield Finding(
                MISSING_CHARACTER,
                f"{where}{'：' if where else ''}{ROLE_INFO[role].name}和后备字体中都没有“{char}”（U+{ord(char):04X}）",
                path,
                hint="核对是不是误字；确需此字，在 gongwen.yaml 的 fonts.extra（字体.补字）中列出含有它的字体文件",
                offset=offset,
            )


def texts(draft: Draft) -> Iterator[Place]:
    """Every text that comes from the draft as it is, with the role it is set in."""
    if isinstance(draft, Document):
        yield from _of_document(draft)
    for path, blocks in draft.bodies():
        yield from _blocks(blocks, path, 1)


def signature_path(document: Document, index: int) -> DataPath:
    """Where the draft names a signature: in its own words, else among the issuers."""
    if document.signature is None:
        return ("issuer", index)
    return ("signature", index) if isinstance(document.signature, tuple) else ("signature",)


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
    yield from _organs(document.addressees, ("addressees",))
    for index, attachment in enumerate(document.attachments):
        path: DataPath = ("attachments", index)
        yield (*path, "title"), "xiaobiaosong", attachment.title
        yield (*path, "title"), "fangsong", attachment.title
    for index, name in enumerate(document.signatures):
        yield signature_path(document, index), "fangsong", name
    if document.note is not None:
        yield ("note",), "fangsong", document.note
    if document.imprint is not None:
        yield from _organs(document.imprint.copies_to, ("imprint", "copies_to"))
        if document.imprint.issuing_office is not None:
            yield ("imprint", "issuing_office"), "fangsong", document.imprint.issuing_office


def _organs(organs: tuple[tuple[str, ...], ...] | None, path: DataPath) -> Iterator[Place]:
    for i, one in enumerate(organs or ()):
        for j, name in enumerate(one):
            yield (*path, i, j) if len(one) > 1 else (*path, i), "fangsong", name


def _blocks(blocks: Sequence[Block], path: DataPath, level: int) -> Iterator[Place]:
    for index, block in enumerate(blocks):
        here = (*path, index)
        if isinstance(block, str):
            yield here, "fangsong", block
            continue
        if isinstance(block, Table):
            yield from _table(block, here)
            continue
        yield (*here, "heading"), HEADING_FACES[level], block.heading
        if block.text is not None:
            yield (*here, "text"), "fangsong", block.text
        yield from _blocks(block.body, (*here, "body"), level + 1)


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

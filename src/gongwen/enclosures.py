"""Texts that a draft leaves to files of their own: read, validated and put in their place; and where each finding belongs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TypeVar

from gongwen.diagnostics import BLOCKING, Check, DataPath, Diagnostic, Finding
from gongwen.document import (
    Article,
    Block,
    Chapter,
    Document,
    Draft,
    EnclosedText,
    Enclosure,
    Figure,
    Heading,
    Section,
    Table,
    file_path,
)
from gongwen.files import FileError, Folder
from gongwen.parser import depth, language_of, unfilled, validate
from gongwen.source import Source

UNUSABLE_FILE = Check(
    "GW345",
    "unusable-file",
    BLOCKING,
    what="印发件、附件所写的文件读得到，内容合乎写法。",
    why="文件不在或者在项目文件夹之外，公文就缺了一部分。",
    wrong="issued: {file: _没有的办法.yaml}",
    right="issued: {title: 职工服务中心管理办法, body: [为了规范职工服务中心的管理，制定本办法。]}",
)


@dataclass(frozen=True)
class EnclosedFile:
    """A file whose text stands in a draft: the place there (field names), its name in the draft, its bytes, what was read from them."""

    at: DataPath
    name: str
    data: bytes
    source: Source
    language: str


@dataclass(frozen=True)
class Places:
    """Where findings belong, that name places by field names: in the draft, or in a file that it names."""

    source: Source
    language: str
    draft: type[Draft]
    files: tuple[EnclosedFile, ...] = ()

    def resolve(self, finding: Finding) -> Diagnostic:
        """A finding at its place."""
        for file in self.files:
            count = len(file.at)
            if finding.path[:count] == file.at and finding.path[count : count + 1] in _IN_FILE:
                path = file_path(finding.path[count:], file.language, EnclosedText)
                return file.source.resolve(replace(finding, path=path))
        return self.source.resolve(replace(finding, path=file_path(finding.path, self.language, self.draft)))


_IN_FILE = frozenset((name,) for name in EnclosedText.model_fields)

E = TypeVar("E", bound=Enclosure)


def enclose(draft: Draft, places: Places, folder: Folder) -> tuple[Draft | None, Places, tuple[Diagnostic, ...]]:
    """Put the texts of files into a draft that names them.

    The draft comes back whole, or None where a file is at fault; the diagnostics say at which place of it.
    """
    if not isinstance(draft, Document):
        return draft, places, ()
    reader = _Reader(places, folder)
    attachments = tuple(
        reader.filled(attachment, ("attachments", index)) for index, attachment in enumerate(draft.attachments)
    )
    issued = None if draft.issued is None else reader.filled(draft.issued, ("issued",))
    whole = draft.model_copy(update={"attachments": attachments, "issued": issued})
    is_whole = not any(diagnostic.is_error for diagnostic in reader.diagnostics)
    return (
        whole if is_whole else None,
        replace(places, files=tuple(reader.files)),
        tuple(reader.diagnostics),
    )


class _Reader:
    """Reads the files of one draft; ``files`` and ``diagnostics`` grow with each."""

    def __init__(self, places: Places, folder: Folder) -> None:
        self._places = places
        self._folder = folder
        self.files: list[EnclosedFile] = []
        self.diagnostics: list[Diagnostic] = []

    def filled(self, item: E, at: DataPath) -> E:
        """The enclosure with the text of its file, if it names one that can be used."""
        if item.file is None:
            return item
        try:
            data = self._folder.read(item.file)
        except FileError as error:
            finding = Finding(UNUSABLE_FILE, error.message, (*at, "file"), hint=error.hint)
            self.diagnostics.append(self._places.resolve(finding))
            return item
        source = Source.parse(data, str(self._folder.here / item.file)).filled({})
        language = language_of(source.data, (EnclosedText,))
        self.files.append(EnclosedFile(at, item.file, data, source, language))
        self.diagnostics += (*source.diagnostics, *unfilled(source, "空只填在稿件里，把这段文字写进稿件"))
        if not isinstance(source.data, dict):
            return item  # reading has said so
        text, findings = validate(EnclosedText, source.data, language)
        self.diagnostics += map(source.resolve, [*findings, *depth(source.data, (), 0, language)])
        return item if text is None else item.holding(_seen_from_draft(text, PurePosixPath(item.file).parent))


def _seen_from_draft(text: EnclosedText, way: PurePosixPath) -> EnclosedText:
    """A text with the files that it names, which count from its own folder, as they count from the draft's."""
    return text.model_copy(update={"body": _blocks_seen(text.body, way)})


def _blocks_seen(blocks: tuple[Block, ...], way: PurePosixPath) -> tuple[Block, ...]:
    return tuple(_block_seen(block, way) for block in blocks)


def _block_seen(block: Block, way: PurePosixPath) -> Block:
    match block:
        case Figure() if not block.is_reserved:
            return block.model_copy(update={"figure": str(way / block.figure)})
        case Table() if block.file is not None:
            return block.model_copy(update={"file": str(way / block.file)})
        case Heading() | Chapter() | Section() | Article():
            return block.model_copy(update={"body": _blocks_seen(block.body, way)})
    return block

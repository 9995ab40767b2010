"""Attachments that are not bound with their document: each is a file of its own (clause 7.3.7)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from gongwen.diagnostics import DataPath
from gongwen.document.attachments import Attachment
from gongwen.document.blocks import Block
from gongwen.document.document import Document
from gongwen.document.draft import Draft
from gongwen.kinds import FormatName


class SeparateAttachment(Draft):
    """One attachment of a document, counted from 0. It is made from a valid document and never read."""

    document: Document
    index: int

    @property
    def attachment(self) -> Attachment:
        """The attachment itself."""
        return self.document.attachments[self.index]

    @property
    def label(self) -> str:
        """Its first line: 发文字号, 附件 and its number."""
        return self.document.label_of(self.index)

    @property
    def format_name(self) -> FormatName:
        """Its pages are those of the general format."""
        return "general"

    @property
    def heading_text(self) -> str:
        """The title in one line."""
        return self.attachment.title.replace("\n", "")

    @property
    def authors(self) -> tuple[str, ...]:
        """The issuers of the document."""
        return self.document.authors

    @property
    def number_text(self) -> str | None:
        """The number of the document."""
        return self.document.number_text

    @property
    def dated(self) -> datetime.date | None:
        """The date of the document."""
        return self.document.dated

    def bodies(self) -> Iterator[tuple[DataPath, tuple[Block, ...]]]:
        """Its text, with the path that it has in the document."""
        yield ("attachments", self.index, "body"), self.attachment.body

    def pending(self) -> list[DataPath]:
        """The placeholders of the document: as long as it is a sample, so is each part of it."""
        return self.document.pending()


def separate_attachments(draft: Draft) -> tuple[SeparateAttachment, ...]:
    """The attachments of a draft that are not bound with it."""
    if not isinstance(draft, Document):
        return ()
    return tuple(
        SeparateAttachment.model_construct(kind=draft.kind, document=draft, index=index)
        for index, attachment in enumerate(draft.attachments)
        if not attachment.bound
    )

"""The document: pydantic models of a draft, frozen and closed. One module per part; every kind of draft is a `Draft`."""

from __future__ import annotations

from typing import Final

from gongwen.document.attachments import Attachment, EnclosedText, Enclosure, Issued
from gongwen.document.attendance import Delegation, people_at, show_people, wholes
from gongwen.document.blocks import BLOCKS, Article, Block, Chapter, Heading, Section, depth, is_list_item, levels, walk
from gongwen.document.bulletin import Bulletin, BulletinItem, Distribution
from gongwen.document.document import ATTENDANCE, LEAD, MARK_SUFFIX, MINUTES_SUFFIX, PREPRINTED, Document
from gongwen.document.draft import Draft, file_path
from gongwen.document.fields import PENDING, Model, language_of, models_in, show_date
from gongwen.document.figures import Figure
from gongwen.document.header import LAST_COPY_NUMBER, MOST_ISSUERS, SECRECY_LEVELS, Number, Secrecy
from gongwen.document.imprint import Imprint
from gongwen.document.organs import organ_names, show_organs
from gongwen.document.regulations import Clause, Item, Items
from gongwen.document.separate import SeparateAttachment, separate_attachments
from gongwen.document.signature import NONE, RESERVED, SEALED, Signatory
from gongwen.document.speech import Speech
from gongwen.document.tables import (
    ALIGNS,
    HEAD_LEVELS,
    NOTE_LABEL,
    Align,
    Cell,
    Column,
    GridCell,
    GridFault,
    Table,
    TableCell,
    cell_texts,
    grid,
    head_cells,
)
from gongwen.kinds import FormatName, kind_of

__all__ = [
    "ALIGNS",
    "ATTENDANCE",
    "BLOCKS",
    "DRAFTS",
    "HEAD_LEVELS",
    "LAST_COPY_NUMBER",
    "LEAD",
    "MARK_SUFFIX",
    "MINUTES_SUFFIX",
    "MOST_ISSUERS",
    "NONE",
    "NOTE_LABEL",
    "PENDING",
    "PREPRINTED",
    "RESERVED",
    "SEALED",
    "SECRECY_LEVELS",
    "Align",
    "Article",
    "Attachment",
    "Block",
    "Bulletin",
    "BulletinItem",
    "Cell",
    "Chapter",
    "Clause",
    "Column",
    "Delegation",
    "Distribution",
    "Document",
    "Draft",
    "EnclosedText",
    "Enclosure",
    "Figure",
    "GridCell",
    "GridFault",
    "Heading",
    "Imprint",
    "Issued",
    "Item",
    "Items",
    "Model",
    "Number",
    "Secrecy",
    "Section",
    "SeparateAttachment",
    "Signatory",
    "Speech",
    "Table",
    "TableCell",
    "cell_texts",
    "depth",
    "draft_class",
    "file_path",
    "grid",
    "head_cells",
    "is_list_item",
    "language_of",
    "levels",
    "models_in",
    "organ_names",
    "people_at",
    "separate_attachments",
    "show_date",
    "show_organs",
    "show_people",
    "walk",
    "wholes",
]

DRAFTS: Final[dict[FormatName, type[Draft]]] = {"bulletin": Bulletin, "speech": Speech}
"""Format → the class of its drafts; every other format is that of a `Document`."""


def draft_class(kind: object) -> type[Draft]:
    """The class of drafts of a kind; a `Document` where the kind is unknown."""
    found = kind_of(kind) if isinstance(kind, str) else None
    return Document if found is None else DRAFTS.get(found.format, Document)

"""The document: pydantic models of a draft, frozen and closed. One module per part; every kind of draft is a `Draft`."""

from __future__ import annotations

from typing import Final

from gongwen.document.attachments import Attachment
from gongwen.document.blocks import BLOCKS, Block, Heading
from gongwen.document.document import LEAD, MARK_SUFFIX, PREPRINTED, Document
from gongwen.document.draft import Draft, file_path
from gongwen.document.fields import PENDING, Model, language_of, models_in, show_date
from gongwen.document.header import MOST_ISSUERS, SECRECY_LEVELS, Number, Secrecy
from gongwen.document.imprint import Imprint
from gongwen.document.organs import organ_names, show_organs
from gongwen.document.signature import NONE, RESERVED, SEALED, Signatory
from gongwen.document.tables import (
    ALIGNS,
    HEAD_LEVELS,
    NO,
    NOTE_LABEL,
    YES,
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
from gongwen.kinds import kind_of

__all__ = [
    "ALIGNS",
    "BLOCKS",
    "DRAFTS",
    "HEAD_LEVELS",
    "LEAD",
    "MARK_SUFFIX",
    "MOST_ISSUERS",
    "NO",
    "NONE",
    "NOTE_LABEL",
    "PENDING",
    "PREPRINTED",
    "RESERVED",
    "SEALED",
    "SECRECY_LEVELS",
    "YES",
    "Align",
    "Attachment",
    "Block",
    "Cell",
    "Column",
    "Document",
    "Draft",
    "GridCell",
    "GridFault",
    "Heading",
    "Imprint",
    "Model",
    "Number",
    "Secrecy",
    "Signatory",
    "Table",
    "TableCell",
    "cell_texts",
    "draft_class",
    "file_path",
    "grid",
    "head_cells",
    "language_of",
    "models_in",
    "organ_names",
    "show_date",
    "show_organs",
]

DRAFTS: Final[dict[str, type[Draft]]] = {}
"""Format → the class of its drafts; every other format is that of a `Document`."""


def draft_class(kind: object) -> type[Draft]:
    """The class of drafts of a kind; a `Document` where the kind is unknown."""
    found = kind_of(kind) if isinstance(kind, str) else None
    return Document if found is None else DRAFTS.get(found.format, Document)

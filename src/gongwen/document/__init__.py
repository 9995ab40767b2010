"""The document: pydantic models of a draft, frozen and closed. One module per part; every kind of draft is a `Draft`."""

from __future__ import annotations

from typing import Final

from gongwen.document.attachments import Attachment
from gongwen.document.blocks import BLOCKS, Block, Heading
from gongwen.document.bulletin import Bulletin, Distribution, Item
from gongwen.document.document import LEAD, MARK_SUFFIX, PREPRINTED, Document
from gongwen.document.draft import Draft, file_path
from gongwen.document.fields import PENDING, Model, language_of, models_in, show_date
from gongwen.document.figures import Figure
from gongwen.document.header import MOST_ISSUERS, SECRECY_LEVELS, Number, Secrecy
from gongwen.document.imprint import Imprint
from gongwen.document.organs import organ_names, show_organs
from gongwen.document.signature import NONE, RESERVED, SEALED, Signatory
from gongwen.document.speech import Speech
from gongwen.kinds import FormatName, kind_of

__all__ = [
    "BLOCKS",
    "DRAFTS",
    "LEAD",
    "MARK_SUFFIX",
    "MOST_ISSUERS",
    "NONE",
    "PENDING",
    "PREPRINTED",
    "RESERVED",
    "SEALED",
    "SECRECY_LEVELS",
    "Attachment",
    "Block",
    "Bulletin",
    "Distribution",
    "Document",
    "Draft",
    "Figure",
    "Heading",
    "Imprint",
    "Item",
    "Model",
    "Number",
    "Secrecy",
    "Signatory",
    "Speech",
    "draft_class",
    "file_path",
    "language_of",
    "models_in",
    "organ_names",
    "show_date",
    "show_organs",
]

DRAFTS: Final[dict[FormatName, type[Draft]]] = {"bulletin": Bulletin, "speech": Speech}
"""Format → the class of its drafts; every other format is that of a `Document`."""


def draft_class(kind: object) -> type[Draft]:
    """The class of drafts of a kind; a `Document` where the kind is unknown."""
    found = kind_of(kind) if isinstance(kind, str) else None
    return Document if found is None else DRAFTS.get(found.format, Document)

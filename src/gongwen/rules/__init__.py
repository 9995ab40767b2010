"""Rules: what a careful reader finds in a valid document and in its layout.

A rule is a function that yields findings; it names places by field names and never touches a file. Severity follows from the
authority: what the standard or the 条例 states without a hedge is an error, everything else a warning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from gongwen.diagnostics import Finding
from gongwen.document import Document, Draft
from gongwen.fonts import FontBook
from gongwen.layout import Layout
from gongwen.rules import (
    body,
    characters,
    customary,
    enclosures,
    figures,
    header,
    imprint,
    kind,
    letter,
    minutes,
    order,
    pages,
    regulation,
    seals,
    signature,
    tables,
    units,
)
from gongwen.units import NO_UNITS, Units

DRAFT_RULES: Final[tuple[Callable[[Draft], Iterator[Finding]], ...]] = (
    body.heading_ends,
    body.marks_made_twice,
    body.placeholders,
    signature.no_text_on_page,
    customary.required_elements,
    customary.contents,
    customary.classified_bulletin,
    customary.spoken_levels,
    customary.made_twice,
    figures.reserved_figures,
    regulation.parts_in_place,
    regulation.numbers_made_twice,
    tables.labels_made_twice,
)
"""Rules of every draft."""
DOCUMENT_RULES: Final[tuple[Callable[[Document], Iterator[Finding]], ...]] = (
    header.number_form,
    header.number_year,
    header.secrecy,
    header.signers,
    header.joint,
    letter.not_in_letter,
    letter.mark_with_wenjian,
    order.order_number,
    order.order_mark,
    order.not_in_order,
    minutes.minutes_mark,
    minutes.not_in_minutes,
    minutes.attendance,
    minutes.unusual,
    body.required_elements,
    body.made_twice,
    imprint.missing_imprint,
    imprint.printing_date,
    imprint.addressees_in_imprint,
    signature.one_way,
    signature.one_for_each_organ,
    signature.sealed_order,
    kind.kind_format,
    kind.foreign_elements,
    kind.title_ending,
    enclosures.subtitle,
    enclosures.issued_kind,
    enclosures.issued_as_attachment,
    enclosures.unbound,
)
"""Rules of a document of the kinds of the 条例."""
LAYOUT_RULES: Final[tuple[Callable[[Draft, Layout], Iterator[Finding]], ...]] = (
    pages.room,
    pages.neighbours,
    pages.text_on_first_page,
    pages.signature_alone,
    pages.heading_at_page_end,
    imprint.addressees_moved,
    seals.seal_shape,
    seals.opaque_seal,
    figures.coarse_pictures,
)
"""Rules of the pages of every draft."""


UNIT_RULES: Final[tuple[Callable[[Document, Units], Iterator[Finding]], ...]] = (
    units.mark_of_others,
    units.internal_section,
    units.joint_levels,
    units.superior,
)
"""Rules of a document that ask what the project knows of its units."""


def check(draft: Draft, known: Units = NO_UNITS) -> Iterator[Finding]:
    """Findings about the draft itself; here and below paths are made of field names."""
    for rule in DRAFT_RULES:
        yield from rule(draft)
    if isinstance(draft, Document):
        for of_document in DOCUMENT_RULES:
            yield from of_document(draft)
        for of_unit in UNIT_RULES:
            yield from of_unit(draft, known)


def check_characters(draft: Draft, book: FontBook) -> Iterator[Finding]:
    """Findings about characters that no face has."""
    yield from characters.missing_characters(draft, book)


def check_tables(draft: Draft, book: FontBook) -> Iterator[Finding]:
    """Findings about tables that cannot be set as they should."""
    yield from tables.unfit_tables(draft, book)


def check_layout(draft: Draft, layout: Layout) -> Iterator[Finding]:
    """Findings about the pages."""
    for rule in LAYOUT_RULES:
        yield from rule(draft, layout)

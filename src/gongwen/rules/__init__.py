"""Rules: what a careful reader finds in a valid document and in its layout.

A rule is a function that yields findings; it names places by field names and never touches a file. Severity follows from the
authority: what the standard or the 条例 states without a hedge is an error, everything else a warning.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Final

from gongwen.diagnostics import Finding
from gongwen.document import Document, Draft, file_path
from gongwen.fonts import FontBook
from gongwen.layout import Layout
from gongwen.rules import body, characters, header, imprint, letter, pages, tables

DRAFT_RULES: Final[tuple[Callable[[Draft], Iterator[Finding]], ...]] = (
    body.heading_ends,
    body.marks_made_twice,
    body.placeholders,
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
    letter.letter_kind,
    letter.mark_with_wenjian,
    body.required_elements,
    body.made_twice,
    imprint.missing_imprint,
    imprint.printing_date,
)
"""Rules of a document of the kinds of the 条例."""
LAYOUT_RULES: Final[tuple[Callable[[Draft, Layout], Iterator[Finding]], ...]] = (
    pages.room,
    pages.neighbours,
    pages.text_on_first_page,
    pages.signature_alone,
    pages.heading_at_page_end,
)
"""Rules of the pages of every draft."""


def check(draft: Draft, language: str) -> Iterator[Finding]:
    """Findings about the draft itself; paths are spelled as the file spells them."""
    for rule in DRAFT_RULES:
        yield from _spelled(rule(draft), language, draft)
    if isinstance(draft, Document):
        for of_document in DOCUMENT_RULES:
            yield from _spelled(of_document(draft), language, draft)


def check_characters(draft: Draft, book: FontBook, language: str) -> Iterator[Finding]:
    """Findings about characters that no face has."""
    yield from _spelled(characters.missing_characters(draft, book), language, draft)


def check_tables(draft: Draft, book: FontBook, language: str) -> Iterator[Finding]:
    """Findings about tables that cannot be set as they should."""
    yield from _spelled(tables.unfit_tables(draft, book), language, draft)


def check_layout(draft: Draft, layout: Layout, language: str) -> Iterator[Finding]:
    """Findings about the pages."""
    for rule in LAYOUT_RULES:
        yield from _spelled(rule(draft, layout), language, draft)


def _spelled(findings: Iterator[Finding], language: str, draft: Draft) -> Iterator[Finding]:
    for finding in findings:
        yield dataclasses.replace(finding, path=file_path(finding.path, language, type(draft)))

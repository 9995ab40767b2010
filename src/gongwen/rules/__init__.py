"""Rules: what a careful reader finds in a valid document and in its layout.

A rule is a function that yields findings; it names places by field names and never touches a file. `registry` says what it looks
at. Severity follows from the authority that a check rests on: what the standard or the 条例 states without a hedge is an error,
everything else a warning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from gongwen.diagnostics import Check, Finding
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
from gongwen.rules.registry import (
    CHARACTER_RULES,
    DOCUMENT_RULES,
    DRAFT_RULES,
    LAYOUT_RULES,
    TABLE_RULES,
    TEXT_RULES,
    UNIT_RULES,
    Rule,
)
from gongwen.rules.texts import texts_of
from gongwen.units import NO_UNITS, Units

MODULES: Final = (
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
"""The modules whose rules are in the registry."""

Wants = Callable[[Check], bool]
"""Whether somebody wants to know of a check."""


def everything(_check: Check) -> bool:
    """Every check is wanted."""
    return True


def check(draft: Draft, known: Units = NO_UNITS, wants: Wants = everything) -> Iterator[Finding]:
    """Findings about the draft itself; here and below paths are made of field names, and what nobody wants is not looked for."""
    yield from _run(DRAFT_RULES, wants, draft)
    if isinstance(draft, Document):
        yield from _run(DOCUMENT_RULES, wants, draft)
        yield from _run(UNIT_RULES, wants, draft, known)
    # A text that is set in two faces is read once.
    for text in {text.path: text for text in texts_of(draft)}.values():
        yield from _run(TEXT_RULES, wants, text, draft)


def check_characters(draft: Draft, book: FontBook) -> Iterator[Finding]:
    """Findings about characters that no face has."""
    return _run(CHARACTER_RULES, everything, draft, book)


def check_tables(draft: Draft, book: FontBook, wants: Wants = everything) -> Iterator[Finding]:
    """Findings about tables that cannot be set as they should."""
    return _run(TABLE_RULES, wants, draft, book)


def check_layout(draft: Draft, layout: Layout, wants: Wants = everything) -> Iterator[Finding]:
    """Findings about the pages."""
    return _run(LAYOUT_RULES, wants, draft, layout)


def checks_of(draft: Draft) -> Iterator[Check]:
    """The checks that rules may strike on a draft that is laid out."""
    of_any = (*DRAFT_RULES, *TEXT_RULES, *CHARACTER_RULES, *TABLE_RULES, *LAYOUT_RULES)
    of_documents = (*DOCUMENT_RULES, *UNIT_RULES) if isinstance(draft, Document) else ()
    for rule in (*of_any, *of_documents):
        yield from rule.checks


def _run(rules: Sequence[Rule], wants: Wants, *subjects: Any) -> Iterator[Finding]:
    for rule in rules:
        if any(map(wants, rule.checks)):
            yield from (finding for finding in rule.function(*subjects) if wants(finding.check))

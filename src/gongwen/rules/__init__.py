"""Rules: what a careful reader finds in a valid document and in its layout.

A rule is a function that yields findings; it names places by field names and never touches a file. `registry` says what it looks
at. Severity follows from the authority that a check rests on: what the standard or the 条例 states without a hedge is an error, what
is merely worth knowing an info, everything else a warning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from gongwen.diagnostics import Check, Finding
from gongwen.document import Document, Draft
from gongwen.fonts import FontBook
from gongwen.layout import Layout
from gongwen.rules import elements, kinds, language, layout
from gongwen.rules.registry import (
    CHARACTER_RULES,
    DOCUMENT_RULES,
    DRAFT_RULES,
    LAYOUT_RULES,
    TABLE_RULES,
    TERM_RULES,
    TEXT_RULES,
    UNIT_RULES,
    USAGE_RULES,
    Rule,
)
from gongwen.rules.texts import distinct_texts
from gongwen.terms import Terms, bundled
from gongwen.units import NO_UNITS, Units

MODULES: Final = (*elements.MODULES, *kinds.MODULES, *language.MODULES, *layout.MODULES)
"""The modules whose rules are in the registry."""

Wants = Callable[[Check], bool]
"""Whether somebody wants to know of a check."""


def everything(_check: Check) -> bool:
    """Every check is wanted."""
    return True


def check(
    draft: Draft, known: Units = NO_UNITS, wants: Wants = everything, *, terms: Terms | None = None
) -> Iterator[Finding]:
    """Findings about the draft itself; here and below paths are made of field names, and what nobody wants is not looked for.

    ``terms`` are the words that hold in the draft's project, by default those of the program.
    """
    words = bundled() if terms is None else terms
    yield from _run(DRAFT_RULES, wants, draft)
    if isinstance(draft, Document):
        yield from _run(DOCUMENT_RULES, wants, draft)
        yield from _run(UNIT_RULES, wants, draft, known)
        yield from _run(USAGE_RULES, wants, draft, known, words)
    of_texts, of_terms = _wanted(TEXT_RULES, wants), _wanted(TERM_RULES, wants)
    for text in distinct_texts(draft):
        yield from _told(of_texts, wants, text, draft)
        yield from _told(of_terms, wants, text, draft, words)


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
    of_any = (*DRAFT_RULES, *TEXT_RULES, *TERM_RULES, *CHARACTER_RULES, *TABLE_RULES, *LAYOUT_RULES)
    of_documents = (*DOCUMENT_RULES, *UNIT_RULES, *USAGE_RULES) if isinstance(draft, Document) else ()
    for rule in (*of_any, *of_documents):
        yield from rule.checks


def _run(rules: Sequence[Rule], wants: Wants, *subjects: Any) -> Iterator[Finding]:
    return _told(_wanted(rules, wants), wants, *subjects)


def _wanted(rules: Sequence[Rule], wants: Wants) -> list[Callable[..., Iterator[Finding]]]:
    """The functions of rules that somebody wants to know of; chosen once for all texts of a draft."""
    return [rule.function for rule in rules if any(map(wants, rule.checks))]


def _told(functions: Sequence[Callable[..., Iterator[Finding]]], wants: Wants, *subjects: Any) -> Iterator[Finding]:
    for function in functions:
        for finding in function(*subjects):
            if wants(finding.check):
                yield finding

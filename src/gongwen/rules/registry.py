"""The registry of rules: which function looks at what, and which checks it may strike.

A rule is a function that yields findings. What it looks at is said by the decorator: a draft, a document of the kinds of the 条例, the
document with what the project knows of its units, or of its units and words, one text of the draft at a time, alone or with the words,
the draft with its faces, or the layout. The checks are named, so that a rule nobody asked for is not run, and `gongwen rule` knows them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from gongwen.diagnostics import Check, Finding
from gongwen.document import Document, Draft
from gongwen.fonts import FontBook
from gongwen.layout import Layout
from gongwen.rules.texts import Text
from gongwen.terms import Terms
from gongwen.units import Units


@dataclass(frozen=True, slots=True)
class Rule:
    """A function and the checks that it may strike."""

    function: Callable[..., Iterator[Finding]]
    checks: tuple[Check, ...]


DRAFT_RULES: Final[list[Rule]] = []
"""Rules of every draft."""
DOCUMENT_RULES: Final[list[Rule]] = []
"""Rules of a document of the kinds of the 条例."""
UNIT_RULES: Final[list[Rule]] = []
"""Rules of a document that ask what the project knows of its units."""
TEXT_RULES: Final[list[Rule]] = []
"""Rules of one text of a draft, wherever it stands."""
TERM_RULES: Final[list[Rule]] = []
"""Rules of one text of a draft that ask which words the project knows."""
USAGE_RULES: Final[list[Rule]] = []
"""Rules of a document that ask what the project knows of its units and of words."""
LAYOUT_RULES: Final[list[Rule]] = []
"""Rules of the pages of every draft."""

CHARACTER_RULES: Final[list[Rule]] = []
"""Rules of a draft that ask which characters its faces have."""
TABLE_RULES: Final[list[Rule]] = []
"""Rules of tables, whose columns are measured in the faces."""

OnDraft = TypeVar("OnDraft", bound=Callable[[Draft], Iterator[Finding]])
OnDocument = TypeVar("OnDocument", bound=Callable[[Document], Iterator[Finding]])
OnUnits = TypeVar("OnUnits", bound=Callable[[Document, Units], Iterator[Finding]])
OnText = TypeVar("OnText", bound=Callable[[Text, Draft], Iterator[Finding]])
OnTerms = TypeVar("OnTerms", bound=Callable[[Text, Draft, Terms], Iterator[Finding]])
OnUsage = TypeVar("OnUsage", bound=Callable[[Document, Units, Terms], Iterator[Finding]])
OnFaces = TypeVar("OnFaces", bound=Callable[[Draft, FontBook], Iterator[Finding]])
OnLayout = TypeVar("OnLayout", bound=Callable[[Draft, Layout], Iterator[Finding]])


def on_draft(*checks: Check) -> Callable[[OnDraft], OnDraft]:
    """A rule of every draft."""
    return _registered(DRAFT_RULES, checks)


def on_document(*checks: Check) -> Callable[[OnDocument], OnDocument]:
    """A rule of a document of the kinds of the 条例."""
    return _registered(DOCUMENT_RULES, checks)


def on_units(*checks: Check) -> Callable[[OnUnits], OnUnits]:
    """A rule of a document that asks what the project knows of its units."""
    return _registered(UNIT_RULES, checks)


def on_text(*checks: Check) -> Callable[[OnText], OnText]:
    """A rule of one text of a draft."""
    return _registered(TEXT_RULES, checks)


def on_terms(*checks: Check) -> Callable[[OnTerms], OnTerms]:
    """A rule of one text of a draft that asks which words the project knows."""
    return _registered(TERM_RULES, checks)


def on_usage(*checks: Check) -> Callable[[OnUsage], OnUsage]:
    """A rule of a document that asks what the project knows of its units and of words."""
    return _registered(USAGE_RULES, checks)


def on_characters(*checks: Check) -> Callable[[OnFaces], OnFaces]:
    """A rule of a draft that asks which characters its faces have."""
    return _registered(CHARACTER_RULES, checks)


def on_tables(*checks: Check) -> Callable[[OnFaces], OnFaces]:
    """A rule of tables, whose columns are measured in the faces."""
    return _registered(TABLE_RULES, checks)


def on_layout(*checks: Check) -> Callable[[OnLayout], OnLayout]:
    """A rule of the pages of every draft."""
    return _registered(LAYOUT_RULES, checks)


def _registered(rules: list[Rule], checks: tuple[Check, ...]) -> Callable[[Any], Any]:
    def register(function: Any) -> Any:
        rules.append(Rule(function, checks))
        return function

    return register

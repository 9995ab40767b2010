"""Rules of the language of a text: punctuation, numbers, dates, words, citations, characters."""

from typing import Final

from gongwen.rules.language import (
    abbreviations,
    brackets,
    characters,
    citations,
    dashes,
    dates,
    days,
    enumerations,
    numbers,
    ordinals,
    punctuation,
    quotes,
    ranges,
    references,
    sequence,
    uniformity,
    wording,
)

MODULES: Final = (
    abbreviations,
    brackets,
    characters,
    citations,
    dashes,
    dates,
    days,
    enumerations,
    numbers,
    ordinals,
    punctuation,
    quotes,
    ranges,
    references,
    sequence,
    uniformity,
    wording,
)

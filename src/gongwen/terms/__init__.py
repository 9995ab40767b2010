"""用语: words as data (schemas/terms.yaml), and what a project adds to them or takes away in a terms.yaml beside its gongwen.yaml.

A section is what one rule looks words up in: word → what stands in its place. `settings` reads a project's file.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Final, NamedTuple

from gongwen import resources

FILE: Final = "terms.yaml"
SECTIONS: Final = {
    "misspelt": "错别字",
    "official": "规范表述",
    "units": "计量单位",
    "relative_dates": "相对日期",
    "closings": "结束语",
    "requests": "请求语",
    "leaders": "领导职务",
    "address_forms": "称谓",
    "old_labels": "旧式标注",
}
"""Sections by their English names, with the Chinese ones."""


@dataclass(frozen=True, slots=True)
class Term:
    """What stands in place of a word.

    ``not_in`` are longer words in which the word does not count; ``note`` is what a user has to know first, so that a term with a
    note is no mechanical cure.
    """

    instead: str
    not_in: tuple[str, ...] = ()
    note: str | None = None

    @property
    def replacement(self) -> str | None:
        """What the word becomes where that is certain."""
        return None if self.note is not None else self.instead


class Found(NamedTuple):
    """A word found in a text: its offset in code points, the word, and its term."""

    offset: int
    word: str
    term: Term


class Section:
    """The words of one section."""

    def __init__(self, terms: Mapping[str, Term]) -> None:
        self.terms: Final = dict(terms)

    def find(self, text: str) -> Iterator[Found]:
        """Every word in a text, from the left, the longest first; one that is part of a word of its ``not_in`` is none."""
        words, beginnings = self._index
        place = 0
        while match := beginnings.search(text, place):
            place = match.start()
            word = next((one for one in words[match.group()] if text.startswith(one, place)), None)
            if word is None:
                place += 1
                continue
            term = self.terms[word]
            if not any(_covers(longer, word, text, place) for longer in term.not_in):
                yield Found(place, word, term)
            place += len(word)

    def alternation(self) -> str:
        """All words as one alternative of a regular expression, the longest first; it matches nothing where there are none."""
        words = sorted(self.terms, key=len, reverse=True)
        return f"(?:{'|'.join(map(re.escape, words))})" if words else r"(?!)"

    @functools.cached_property
    def inverse(self) -> Section:
        """The section read from the other side: what stands in place → the word."""
        return Section(
            {term.instead: Term(word, term.not_in, term.note) for word, term in reversed(self.terms.items())}
        )

    @functools.cached_property
    def _index(self) -> tuple[dict[str, list[str]], re.Pattern[str]]:
        """The words by their first character, the longest first, and a pattern of these: one of all words compiles too slowly."""
        words: dict[str, list[str]] = {}
        for word in sorted(self.terms, key=len, reverse=True):
            words.setdefault(word[0], []).append(word)
        return words, re.compile(f"[{re.escape(''.join(words))}]" if words else r"(?!)")


def _covers(longer: str, word: str, text: str, place: int) -> bool:
    """Whether a longer word stands in the text around the word at a place."""
    at = longer.find(word)
    while at >= 0:
        if at <= place and text.startswith(longer, place - at):
            return True
        at = longer.find(word, at + 1)
    return False


@dataclass(frozen=True)
class Terms:
    """All sections, by their names in `SECTIONS`."""

    misspelt: Section
    official: Section
    units: Section
    relative_dates: Section
    closings: Section
    requests: Section
    leaders: Section
    address_forms: Section
    old_labels: Section

    def changed(self, changes: Mapping[str, Mapping[str, Term | None]]) -> Terms:
        """The terms with those of a project: its own are added, a word without a term is taken away."""
        return Terms(
            **{
                name: Section({word: term for word, term in {**section.terms, **own}.items() if term is not None})
                if (own := changes.get(name))
                else section
                for name, section in ((one.name, getattr(self, one.name)) for one in fields(self))
            }
        )


@functools.cache
def bundled() -> Terms:
    """The program's own terms, read once.

    They are written one to a line, as a project's may be, and read so: reading YAML would take longer than checking a draft by them. A
    test reads them as YAML, too. Raises RuntimeError for a faulty terms.yaml: that file is ours, so a fault is a bug.
    """
    sections: dict[str, dict[str, Term]] = {}
    section: dict[str, Term] = {}
    for line in (resources.schemas() / FILE).read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if heading := _HEADING.fullmatch(line):
            section = sections.setdefault(heading[1], {})
        elif match := _LINE.fullmatch(line):
            section[match["word"]] = Term(
                match["instead"] or match["plain"],
                tuple(match["not_in"].split(", ")) if match["not_in"] else (),
                match["note"],
            )
        else:
            msg = f"{FILE}: {line}"
            raise RuntimeError(msg)
    names = {alias: name for name, alias in SECTIONS.items()}
    if sections.keys() != names.keys():
        msg = f"{FILE}: {sorted(sections.keys() ^ names.keys())}"
        raise RuntimeError(msg)
    return Terms(**{names[alias]: Section(words) for alias, words in sections.items()})


_HEADING: Final = re.compile(r"(\w+):")
_LINE: Final = re.compile(
    r"  (?P<word>[^:{}]+): (?:(?P<plain>[^{}:]+)"
    r"|\{改为: (?P<instead>[^,{}]+)(?:, 不在: \[(?P<not_in>[^\[\]]+)\])?(?:, 说明: (?P<note>[^,{}]+))?\})"
)

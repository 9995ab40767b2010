"""Names of organs, as rules compare them: short forms, and the names that a typed line of organs is made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from gongwen.diagnostics import Check, DataPath, Finding
from gongwen.document import PENDING
from gongwen.expressions import expression
from gongwen.fonts import is_hanzi

_PIECE: Final = expression(r"(?:（[^（）]*）|\([^()]*\)|[^，、,；;：:。（）()\n])+")
"""A name in a line of names: what stands between two separators that are not in brackets."""

Organs = tuple[tuple[str, ...], ...] | None
"""Organs as a draft holds them: classes of names (document.organs)."""


class Named(NamedTuple):
    """A name as a draft gives it: the path of the value, the offset in it (code points), the name."""

    path: DataPath
    offset: int
    name: str

    def finding(self, check: Check, message: str, hint: str) -> Finding:
        """A finding at the name."""
        return Finding(check, message, self.path, hint=hint, offset=self.offset, length=len(self.name))


def hanzi(text: str) -> str:
    """The hanzi of a text alone."""
    return "".join(filter(is_hanzi, text))


def is_short_for(short: str, name: str) -> bool:
    """Whether the hanzi of one name stand in the other in the same order, as those of a short form do: 市委 in 市委员会."""
    rest = iter(hanzi(name))
    return all(char in rest for char in hanzi(short))


def is_called(name: str, organs: Iterable[str]) -> bool:
    """Whether a name is one of the organs, in a shorter or a longer form."""
    return any(is_short_for(name, organ) or is_short_for(organ, name) for organ in organs)


def values(organs: Organs, path: DataPath) -> list[Named]:
    """Every value of a list of organs, whole, with its path."""
    return [
        Named((*path, i, j) if len(one) > 1 else (*path, i), 0, text)
        for i, one in enumerate(organs or ())
        for j, text in enumerate(one)
    ]


def named(organs: Organs, path: DataPath) -> list[Named]:
    """Every name of a list of organs; a line that holds several is taken apart, and a placeholder is none."""
    found = [(one, match) for one in values(organs, path) for match in _PIECE.finditer(one.name)]
    names = [(one, match.start(), match.group()) for one, match in found if match.group().strip()]
    return [
        Named(one.path, start + len(name) - len(name.lstrip()), name.strip())
        for one, start, name in names
        if name.strip() != PENDING
    ]

"""Checks by their codes and names: what a project, a comment or an option may call a check."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Final

from gongwen.diagnostics import Check

_CODE: Final = "GW"
_LOOK_ALIKES: Final = str.maketrans("OIL", "011")


class Checks:
    """All checks that there are. ``more`` gives those whose modules are slow to load, and is asked only where the others do not do."""

    def __init__(self, first: Iterable[Check], more: Callable[[], Iterable[Check]] = tuple) -> None:
        self.first = tuple(sorted(first, key=lambda check: check.code))
        self._more = more

    @cached_property
    def all(self) -> tuple[Check, ...]:
        """Every check, in the order of codes."""
        return tuple(sorted((*self.first, *self._more()), key=lambda check: check.code))

    def find(self, text: str) -> Check | None:
        """The check of a code or a name, in capitals or not."""
        return next((check for checks in self._by_cost() for check in checks if is_called(check, text)), None)

    def is_known(self, pattern: str) -> bool:
        """Whether a code, a name or a beginning of either stands for any check."""
        return any(fits(check, pattern) for checks in self._by_cost() for check in checks)

    def near(self, text: str) -> str | None:
        """What a wrong code or name was meant to be: the name that is spelled most like it, the code of which it is a part."""
        given = text.strip()
        if given.upper().startswith(_CODE):
            code = given.upper().translate(_LOOK_ALIKES)
            return next(
                (check.code for check in self.all if code.startswith(check.code) or check.code.startswith(code)), None
            )
        names = [check.name for check in self.all]
        return next(iter(difflib.get_close_matches(given.lower(), names, n=1)), None)

    def _by_cost(self) -> Iterable[tuple[Check, ...]]:
        yield self.first
        yield self.all


def is_called(check: Check, text: str) -> bool:
    """Whether a text is the whole code or the whole name of a check."""
    given = text.strip()
    return given.upper() == check.code or given.lower() == check.name


def fits(check: Check, pattern: str) -> bool:
    """Whether a pattern stands for a check: its code or a beginning of it, its name or the first words of it."""
    given = pattern.strip()
    if given.upper().startswith(_CODE):
        return check.code.startswith(given.upper())
    return bool(given) and f"{check.name}-".startswith(f"{given.lower()}-")

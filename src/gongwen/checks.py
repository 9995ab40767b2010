"""Checks by their codes and names: what a project, a comment or an option may call a check."""

from __future__ import annotations

import difflib
import functools
import importlib
from collections.abc import Iterable
from typing import Final

from gongwen.diagnostics import Check

_CODE: Final = "GW"
_LOOK_ALIKES: Final = str.maketrans("OIL", "011")
_NEAR: Final = 3


class Checks:
    """All checks that there are, in the order of codes."""

    def __init__(self, checks: Iterable[Check]) -> None:
        self.all = tuple(sorted(checks, key=lambda check: check.code))

    def find(self, text: str) -> Check | None:
        """The check of a code or a name, in capitals or not."""
        return next((check for check in self.all if is_called(check, text)), None)

    def is_known(self, pattern: str) -> bool:
        """Whether a code, a name or a beginning of either stands for any check."""
        return any(fits(check, pattern) for check in self.all)

    def near(self, text: str) -> list[Check]:
        """The checks that a wrong code or name may have meant, at most three.

        A code is near where either begins with the other; a name where it holds the text, or is spelled much like it.
        """
        given = text.strip().casefold()
        if given.startswith(_CODE.casefold()):
            code = given.upper().translate(_LOOK_ALIKES)
            near = [one for one in self.all if code.startswith(one.code) or one.code.startswith(code)]
        else:
            names = {one.name: one for one in self.all}
            spelled = [name for name in names if given in name] if given else []
            spelled += difflib.get_close_matches(given, names, n=_NEAR)
            near = [names[name] for name in dict.fromkeys(spelled)]
        return near[:_NEAR]

    def meant(self, text: str) -> str | None:
        """The nearest check, by its code or its name as the text is either."""
        is_code = text.strip().casefold().startswith(_CODE.casefold())
        return next((one.code if is_code else one.name for one in self.near(text)), None)


@functools.cache
def known() -> Checks:
    """The checks of the program. The rule book lists the modules of all stages; it is loaded here by name, by whom needs a check's."""
    book = importlib.import_module("gongwen.rulebook")
    return Checks(book.checks().values())


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

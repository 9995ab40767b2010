"""Regular expressions that are compiled when they are first used: a draft makes rules use half of theirs, and all take 0.1 s."""

from __future__ import annotations

import re
from typing import Any, cast


def expression(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile`` gives, compiled later; ``pattern`` may be asked for before. Raises re.error at its first use."""
    return cast("re.Pattern[str]", _Expression(pattern, flags))


class _Expression:
    """Stands in for a compiled expression, whose methods it takes over."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        for method in ("search", "match", "fullmatch", "finditer", "findall", "sub", "split"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)

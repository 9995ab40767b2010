"""What can be wrong with a file before anyone asks what it says."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from gongwen.diagnostics import BLOCKING, DOUBTFUL, Check

UNREADABLE_FILE = Check("GW001", "unreadable-file", BLOCKING)
FILE_TOO_LARGE = Check("GW002", "file-too-large", BLOCKING)
NOT_UTF8 = Check("GW003", "not-utf-8", BLOCKING)
BINARY_CONTENT = Check("GW004", "binary-content", BLOCKING)
INVALID_YAML = Check("GW005", "invalid-yaml", BLOCKING)
SEVERAL_DOCUMENTS = Check("GW006", "several-documents", BLOCKING)
EXPLICIT_TAG = Check("GW007", "explicit-tag", BLOCKING)
TOO_DEEP = Check("GW008", "too-deep", BLOCKING)
UNSAFE_ALIAS = Check("GW009", "unsafe-alias", BLOCKING)
DUPLICATE_KEY = Check("GW010", "duplicate-key", BLOCKING)
INVALID_KEY = Check("GW011", "invalid-key", BLOCKING)
MERGE_KEY = Check("GW012", "merge-key", BLOCKING)
BIDI_CONTROL = Check("GW013", "bidi-control", BLOCKING)
INVISIBLE_CHARACTER = Check("GW014", "invisible-character", BLOCKING)
FULL_WIDTH_INDENT = Check("GW015", "full-width-indent", BLOCKING)
TEXT_CUT_BY_HASH = Check("GW016", "text-cut-by-hash", DOUBTFUL)
NOT_A_MAPPING = Check("GW017", "not-a-mapping", BLOCKING)
EMPTY_FILE = Check("GW018", "empty-file", BLOCKING)
ITEM_TAKEN_AS_TEXT = Check("GW019", "item-taken-as-text", BLOCKING)

MAX_REPEATS = 50
"""Faults of one check that are listed; a file of nothing but faults must not fill the screen."""

Place = tuple[int, int]
"""A stretch of the text: the offsets, in code points, where it starts and ends."""


class Fault(NamedTuple):
    """A fault at its place in the text; without one it concerns the file as a whole."""

    check: Check
    message: str
    hint: str
    place: Place | None = None


class Faults:
    """The faults of one file, of each check `MAX_REPEATS` and a word that there are more."""

    def __init__(self) -> None:
        self.found: list[Fault] = []
        self._counts: Counter[Check] = Counter()

    def add(self, fault: Fault) -> None:
        """Keep a fault unless there are too many of its check."""
        self._counts[fault.check] += 1
        if self._counts[fault.check] <= MAX_REPEATS:
            self.found.append(fault)
        elif self._counts[fault.check] == MAX_REPEATS + 1:
            message = "同样的问题太多，从这里起不再逐一列出"
            self.found.append(fault._replace(message=message, hint="先改正前面列出的各处"))

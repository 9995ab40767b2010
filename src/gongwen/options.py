"""How a PDF is wanted: what a user chooses for a run, whatever the draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Profile = Literal["print", "archive"]
"""PDF/X-4 in press inks, or PDF/A-3a in sRGB with the draft embedded."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a user chooses.

    ``overprint`` is for paper with a printed head 套打: marks and red rules are left out. A ``reading_copy`` is a speech in larger
    type, to be read aloud. ``release`` refuses a draft with placeholders.
    """

    profile: Profile = "print"
    release: bool = False
    overprint: bool = False
    reading_copy: bool = False


PRINT: Final = Options()

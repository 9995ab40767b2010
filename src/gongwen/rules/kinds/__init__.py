"""Rules of what goes with a kind 文种: its format, who sends it to whom, and how it ends."""

from typing import Final

from gongwen.rules.kinds import (
    closing,
    customary,
    kind,
    letter,
    minutes,
    order,
    routing,
    scope,
    units,
)

MODULES: Final = (
    closing,
    customary,
    kind,
    letter,
    minutes,
    order,
    routing,
    scope,
    units,
)

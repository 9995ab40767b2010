"""The texts that rules rest on, and what follows from them: a breach of "must" is an error, of anything weaker a warning.

Clauses are cited as users know them: ``GB/T 9704 7.2.5``, ``条例第九条（七）`` (《党政机关公文处理工作条例》), ``GB/T 15834 4.8``.
"""

from __future__ import annotations

from typing import Final

from gongwen.diagnostics import Authority, Basis, Severity

_STANDARDS: Final = "GB"


def must(clause: str) -> Authority:
    """What a text states without a hedge, or with 应当、必须、不得."""
    return Authority(_basis(clause), Severity.ERROR, clause)


def should(clause: str) -> Authority:
    """What a text hedges with 一般、可以、推荐, or what only a reader can decide for certain."""
    return Authority(_basis(clause), Severity.WARNING, clause)


def told(clause: str) -> Authority:
    """What a text allows, and a reader wants to know."""
    return Authority(_basis(clause), Severity.INFO, clause)


PRACTICE: Final = Authority(Basis.PRACTICE, Severity.WARNING, "惯例")
"""What offices do, though no text asks for it."""
ADVICE: Final = Authority(Basis.PRACTICE, Severity.INFO, "惯例")
"""What would look better, and may stand."""


def _basis(clause: str) -> Basis:
    return Basis.STANDARD if clause.startswith(_STANDARDS) else Basis.REGULATION

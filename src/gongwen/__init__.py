"""gongwen: a compiler for Chinese official documents 公文, measured against GB/T 9704-2012.

    import gongwen

    checked = gongwen.check("notices/henan-2023-9.yaml")
    for diagnostic in checked.diagnostics:
        print(diagnostic.check.code, diagnostic.message, diagnostic.span)
    built = gongwen.build("notices/henan-2023-9.yaml", "out/henan-2023-9.pdf")

For many drafts keep one `Compiler`: it keeps the faces and the pages that it has set.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

__version__ = "0.1.0"

if TYPE_CHECKING:
    from gongwen.compiler import Built, Checked, Compiler
    from gongwen.diagnostics import Check, Diagnostic, Position, Severity, Span
    from gongwen.document import Document
    from gongwen.layout import Layout

__all__ = [
    "Built",
    "Check",
    "Checked",
    "Compiler",
    "Diagnostic",
    "Document",
    "Layout",
    "Position",
    "Severity",
    "Span",
    "__version__",
    "build",
    "check",
]

_HOMES = {
    "Built": "compiler",
    "Checked": "compiler",
    "Compiler": "compiler",
    "Check": "diagnostics",
    "Diagnostic": "diagnostics",
    "Position": "diagnostics",
    "Severity": "diagnostics",
    "Span": "diagnostics",
    "Document": "document",
    "Layout": "layout",
}


def check(draft: str | Path) -> Checked:
    """Read, validate and lay out a draft; never raises for what is in the file."""
    from gongwen.compiler import Compiler

    return Compiler().check(Path(draft))


def build(
    draft: str | Path,
    pdf: str | Path,
    profile: Literal["print", "archive"] = "print",
    *,
    release: bool = False,
    overprint: bool = False,
    reading_copy: bool = False,
) -> Built:
    """Check a draft, write its PDF if it has no error, and measure the file. Raises OSError if it cannot be written.

    With ``overprint`` the PDF is for paper with a printed head 套打; ``reading_copy`` sets a speech in larger type, to be read aloud.
    """
    from gongwen.compiler import Compiler

    return Compiler().build(
        Path(draft), Path(pdf), profile, release=release, overprint=overprint, reading_copy=reading_copy
    )


def __getattr__(name: str) -> Any:
    """Public types are loaded when they are asked for, so that ``import gongwen`` costs next to nothing."""
    if name in _HOMES:
        import importlib

        return getattr(importlib.import_module(f"gongwen.{_HOMES[name]}"), name)
    msg = f"module 'gongwen' has no attribute {name!r}"
    raise AttributeError(msg)

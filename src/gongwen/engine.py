"""How WeasyPrint is loaded: without what it looks for, reads and imports that our pages never use."""

from __future__ import annotations

import contextlib
import ctypes.util
import functools
import importlib.resources
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any, Final

STYLESHEET: Final = """
html, body, section, div, p, h1, h2, h3, h4, h5, h6 { display: block }
head, meta, style, title { display: none }
h1, h2, h3, h4, h5, h6 { bookmark-label: content(text); hyphens: manual; break-after: avoid; break-inside: avoid }
img { overflow: hidden }
"""
"""What HTML itself says of the elements of our pages, as far as our own stylesheet does not say it.

WeasyPrint's own sheet also has lists, tables, forms and 52 counter styles: 80 ms to read, and empty margin boxes on every page.
"""

_CALLED_BY_NAME: Final = ("fontTools.subset", "fontTools.varLib.instancer")
"""Modules of which WeasyPrint calls functions, and only for faces that are not ours: 60 ms to load."""

_SHEETS: Final = "weasyprint.css"


@contextlib.contextmanager
def lean() -> Iterator[None]:
    """While WeasyPrint is imported: what it may never need is left for when it does. To others it is what it always was."""
    find_library, files = ctypes.util.find_library, importlib.resources.files
    if sys.platform == "linux":
        # It looks for each library by its Windows name first, and each miss runs a compiler and a linker: 0.1 s and more.
        # The names of Linux are loaded as they are.
        ctypes.util.find_library = lambda _name: None  # type: ignore[assignment]
    is_first = "weasyprint" not in sys.modules
    importlib.resources.files = lambda package: _Blank() if _name(package) == _SHEETS else files(package)  # type: ignore[assignment,return-value]
    stand_ins = {name: _stand_in(name) for name in _CALLED_BY_NAME if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            del sys.modules[name]
        ctypes.util.find_library, importlib.resources.files = find_library, files
    if is_first:
        _read_sheets_later(sys.modules["weasyprint"])


def _read_sheets_later(weasyprint: Any) -> None:
    """Read WeasyPrint's default sheets when it first sets a document with them; it asks for their counter styles before all else."""
    counters = weasyprint.HTML._ua_counter_style  # noqa: SLF001 - what it is made to be overridden by

    @functools.cache
    def read() -> None:
        folder = importlib.resources.files(_SHEETS)
        for sheet, name, styles in (
            (weasyprint.UA_STYLESHEET, "html5_ua.css", weasyprint.UA_COUNTER_STYLE),
            (weasyprint.UA_FORM_STYLESHEET, "html5_ua_form.css", weasyprint.UA_COUNTER_STYLE),
            (weasyprint.PH_STYLESHEET, "html5_ph.css", None),
        ):
            sheet.__init__(string=(folder / name).read_text("utf-8"), counter_style=styles)

    def after_reading(html: Any) -> Any:
        read()
        return counters(html)

    weasyprint.HTML._ua_counter_style = after_reading  # noqa: SLF001


def _name(package: ModuleType | str) -> str:
    return package if isinstance(package, str) else package.__name__


class _Blank:
    """A folder whose files are all empty."""

    def __truediv__(self, _name: str) -> _Blank:
        return self

    def read_text(self, _encoding: str) -> str:
        """Nothing."""
        return ""


def _stand_in(name: str) -> ModuleType:
    """A module whose functions load the true one when they are called."""
    module = ModuleType(name)
    module.__getattr__ = lambda attribute: functools.partial(_call, name, attribute)  # type: ignore[method-assign]
    return module


def _call(module: str, function: str, *args: Any, **options: Any) -> Any:
    return getattr(importlib.import_module(module), function)(*args, **options)

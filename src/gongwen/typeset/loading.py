"""How WeasyPrint is loaded: without what it looks for, reads and imports that our pages never use. To others it stays what it was."""

from __future__ import annotations

import contextlib
import ctypes.util
import functools
import hashlib
import importlib.resources
import pkgutil
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any, Final

from gongwen.typeset import declarations

_SHEETS: Final = "weasyprint.css"
_SELDOM_CALLED: Final = ("fontTools.subset", "fontTools.ttLib", "fontTools.varLib.instancer", "ssl", "tinyhtml5")
"""Modules that are called for other faces than ours, for the network, or for HTML that is no XML: 0.1 s to load."""


@contextlib.contextmanager
def lean() -> Iterator[None]:
    """While WeasyPrint is imported: its default stylesheets, and modules that it may never call, are left for when they are needed."""
    find_library, files = ctypes.util.find_library, importlib.resources.files
    if sys.platform == "linux":
        # It looks for each library by its Windows name first, and each miss runs a compiler and a linker: 0.1 s and more.
        # The names of Linux are loaded as they are.
        ctypes.util.find_library = lambda _name: None  # type: ignore[assignment]
    is_first = "weasyprint" not in sys.modules
    importlib.resources.files = lambda package: _Blank() if _name(package) == _SHEETS else files(package)  # type: ignore[assignment,return-value]
    stand_ins: dict[str, ModuleType] = {name: _StandIn(name) for name in _SELDOM_CALLED}
    stand_ins["cffi"] = _Declaring("cffi")
    stand_ins = {name: module for name, module in stand_ins.items() if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, module in stand_ins.items():
            if sys.modules[name] is module:
                del sys.modules[name]
        ctypes.util.find_library, importlib.resources.files = find_library, files
    if is_first:
        _read_sheets_later(sys.modules["weasyprint"])


def _read_sheets_later(weasyprint: Any) -> None:
    """Read the default sheets for the first document that asks for their counter styles: that comes before the sheets themselves.

    They take 80 ms to read, 52 counter styles among them; documents of our own templates have a sheet of their own.
    """
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


class _StandIn(ModuleType):
    """A module whose names load the true one when they are called or asked for something."""

    def __getattr__(self, name: str) -> Any:
        # What stands in for an error has to be a class of errors: of any.
        return Exception if name.endswith("Error") else _Later(f"{self.__name__}.{name}")


class _Later:
    """A name of a module that is not loaded yet."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, *args: Any, **options: Any) -> Any:
        return pkgutil.resolve_name(self._name)(*args, **options)

    def __getattr__(self, name: str) -> Any:
        return getattr(pkgutil.resolve_name(self._name), name)


class _Declaring(ModuleType):
    """cffi, as far as WeasyPrint uses it: its declarations of the C libraries are parsed already, which takes 45 ms."""

    class FFI:
        """What ``cffi.FFI`` is, made from the declarations that are handed to `cdef`."""

        def __init__(self) -> None:
            self._made: Any = None

        def cdef(self, source: str) -> None:
            """Take the parsed declarations; of another release of WeasyPrint, parse them."""
            if hashlib.sha256(source.encode()).hexdigest() == declarations.SOURCE:
                self._made = declarations.ffi
            else:
                del sys.modules["cffi"]
                self._made = importlib.import_module("cffi").FFI()
                self._made.cdef(source)

        def __getattr__(self, name: str) -> Any:
            found = getattr(self._made, name)
            setattr(self, name, found)
            return found

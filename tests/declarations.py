"""WeasyPrint's declarations of the C libraries, as cffi writes them down parsed.

``python tests/declarations.py`` writes src/gongwen/typeset/declarations.py anew: for another release of WeasyPrint.
"""

import ast
import hashlib
import importlib.util
import tempfile
from pathlib import Path

import cffi

PLACE = Path(__file__).parents[1] / "src" / "gongwen" / "typeset" / "declarations.py"
HEAD = '''\
"""WeasyPrint's declarations of the C libraries, parsed by cffi. Written by tests/declarations.py, not by hand."""

# ruff: noqa
# mypy: ignore-errors

SOURCE = "{digest}"
"""SHA-256 of the declarations as WeasyPrint has them."""

'''


def source():
    """What WeasyPrint hands to ``ffi.cdef``: one text, in a file that is read without being run."""
    folder = Path(importlib.util.find_spec("weasyprint").origin).parent
    tree = ast.parse((folder / "text" / "ffi.py").read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "cdef"]
    (text,) = [ast.literal_eval(call.args[0]) for call in calls]
    return text


def module():
    """The module's text."""
    declared = cffi.FFI()
    declared.cdef(source())
    declared.set_source("gongwen.typeset.declarations", None)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "declarations.py"
        declared.emit_python_code(str(path))
        written = path.read_text("utf-8")
    return HEAD.format(digest=hashlib.sha256(source().encode()).hexdigest()) + written.removeprefix(
        "# auto-generated file\n"
    )


if __name__ == "__main__":
    PLACE.write_text(module(), "utf-8")

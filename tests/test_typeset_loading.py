import subprocess
import sys

import declarations
import pytest

from gongwen.compiler import Compiler
from gongwen.typeset import engine

FIRST = "import gongwen.typeset, weasyprint, sys; "
ALONE = "import weasyprint, sys; "
LISTS = """
html = "<h1>a</h1><p>b<table bgcolor=red><td><input value=c></table><q>d</q>"
style = "<style>p::before { content: counter(page, upper-roman) }</style>"
weasyprint.HTML(string=style + html).write_pdf(
    sys.argv[1], pdf_identifier=b"1", presentational_hints=True, pdf_forms=True)
"""


def in_new_process(code, *arguments):
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, *arguments], check=True, capture_output=True, text=True
    ).stdout


def test_weasyprint_is_to_others_what_it_was(tmp_path):
    for name, start in (("a.pdf", FIRST), ("b.pdf", ALONE)):
        in_new_process(start + LISTS, str(tmp_path / name))
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_pages_come_out_as_with_the_sheet_of_all_elements(notice, built, tmp_path, monkeypatch):
    for name in ("_ua_stylesheets", "_ua_counter_style"):
        monkeypatch.delattr(engine._Parsed, name)
    whole = Compiler().build(notice, tmp_path / "a.pdf")
    assert whole.pdf.read_bytes() == built(notice, "print").pdf.read_bytes()


def test_what_is_seldom_called_is_loaded_when_it_is():
    code = (
        FIRST
        + "fonts = weasyprint.pdf.fonts; print('fontTools.ttLib' in sys.modules, fonts.subset.Options(), fonts.TTFont())"
    )
    before, _, made = in_new_process(code).partition(" ")
    assert before == "False"
    assert made.startswith("<fontTools.subset.Options object")
    assert "<fontTools.ttLib.ttFont.TTFont object" in made


@pytest.mark.parametrize("module", ["fontTools.ttLib", "ssl", "pycparser", "tinyhtml5", "pikepdf", "pypdfium2"])
def test_to_load_what_sets_type_loads_nothing_else(module):
    assert in_new_process(FIRST + f"print({module!r} in sys.modules)") == "False\n"


def test_declarations_are_those_of_weasyprint():
    assert declarations.PLACE.read_text("utf-8") == declarations.module()


OTHER = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("gongwen.typeset.declarations", sys.argv[2])
other = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(other)
other.SOURCE = "of another release"
"""


def test_other_declarations_are_parsed(tmp_path):
    parsed = []
    for name, start in (("a.pdf", OTHER + FIRST), ("b.pdf", FIRST)):
        told = in_new_process(
            start + LISTS + "print('pycparser' in sys.modules)", str(tmp_path / name), str(declarations.PLACE)
        )
        parsed.append(told.strip())
    assert parsed == ["True", "False"]
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()

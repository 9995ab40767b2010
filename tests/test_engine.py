import subprocess
import sys

import pytest
import weasyprint
from fontTools import subset as true_subset

from gongwen import typeset
from gongwen.compiler import Compiler

FIRST = "import gongwen.typeset, weasyprint, sys; "
ALONE = "import weasyprint, sys; "
LISTS = """
weasyprint.HTML(string='<h1>a</h1><ol type=A start=2><li>b</ol><table><td><input value=c></table><q>d</q>').write_pdf(
    sys.argv[1], pdf_identifier=b'1', presentational_hints=True, pdf_forms=True)
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
    monkeypatch.setattr(typeset, "_OurHtml", weasyprint.HTML)
    whole = Compiler().build(notice, tmp_path / "a.pdf")
    assert whole.pdf.read_bytes() == built(notice, "print").pdf.read_bytes()


def test_what_is_seldom_called_is_loaded_when_it_is():
    code = FIRST + "subset = weasyprint.pdf.fonts.subset; print('fontTools.subset' in sys.modules, subset.Options())"
    before, _, made = in_new_process(code).partition(" ")
    assert before == "False"
    assert made.startswith(f"<{true_subset.Options.__module__}.Options object")


@pytest.mark.parametrize("module", ["fontTools.subset", "fontTools.varLib.instancer", "pikepdf", "pypdfium2"])
def test_setting_type_loads_no_library_that_it_does_not_need(module):
    assert in_new_process(FIRST + f"print({module!r} in sys.modules)") == "False\n"

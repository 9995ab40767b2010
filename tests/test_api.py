import subprocess
import sys
from pathlib import Path

import pytest

import gongwen

PUBLIC = [
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
RIGHT = Path(__file__).parent / "drafts" / "en" / "right.yaml"


def test_the_public_names():
    assert gongwen.__all__ == PUBLIC
    assert all(getattr(gongwen, name) is not None for name in PUBLIC)
    assert set(gongwen._HOMES) == set(PUBLIC) - {"__version__", "build", "check"}


@pytest.mark.parametrize("name", sorted(set(PUBLIC) - {"__version__", "build", "check"}))
def test_public_types_are_those_of_their_modules(name):
    assert getattr(gongwen, name).__module__.startswith(f"gongwen.{gongwen._HOMES[name]}")
    assert getattr(gongwen, name).__doc__


def test_what_is_not_there():
    with pytest.raises(AttributeError, match="module 'gongwen' has no attribute 'nosuch'"):
        gongwen.nosuch  # noqa: B018 - asking is the point


def test_check_takes_a_text_or_a_path():
    for path in (RIGHT, str(RIGHT)):
        checked = gongwen.check(path)
        assert isinstance(checked, gongwen.Checked)
        assert isinstance(checked.document, gongwen.Document)
        assert isinstance(checked.layout, gongwen.Layout)
        assert checked.diagnostics == ()


def test_diagnostics_are_public_types(draft):
    (found, *_) = gongwen.check(draft("tittle: x\n")).diagnostics
    assert isinstance(found, gongwen.Diagnostic)
    assert isinstance(found.check, gongwen.Check)
    assert found.severity is gongwen.Severity.ERROR
    assert isinstance(found.span, gongwen.Span)
    assert isinstance(found.span.start, gongwen.Position)


@pytest.mark.parametrize("profile", ["print", "archive"])
def test_build_writes_a_file(tmp_path, profile):
    built = gongwen.build(str(RIGHT), str(tmp_path / "a.pdf"), profile)
    assert isinstance(built, gongwen.Built)
    assert built.pdf == tmp_path / "a.pdf"
    assert built.pdf.exists()
    assert built.pages == 4


def test_build_for_paper_with_a_printed_head(tmp_path):
    built = gongwen.build(RIGHT, tmp_path / "a.pdf", overprint=True)
    roles = {box.role for page in built.layout.pages for box in page.boxes}
    assert built.pdf is not None
    assert "title" in roles
    assert not roles & {"mark", "red-rule"}


def test_build_refuses_to_release_a_placeholder(draft, tmp_path):
    path = draft(RIGHT.read_text("utf-8").replace("date: 2025年6月1日", "date: 待定"))
    assert gongwen.build(path, tmp_path / "a.pdf", release=True).pdf is None


def test_build_says_when_it_cannot_write(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        gongwen.build(RIGHT, tmp_path / "file" / "a.pdf")


def test_importing_costs_next_to_nothing():
    code = "import sys, gongwen; print(*(name for name in sys.modules if name.split('.')[0] in sys.argv))"
    libraries = ["pydantic", "yaml", "click", "uharfbuzz", "jinja2", "weasyprint", "fontTools"]
    done = subprocess.run([sys.executable, "-c", code, *libraries], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""

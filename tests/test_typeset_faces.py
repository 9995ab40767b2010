import tempfile
from pathlib import Path

import pytest
from weasyprint import CSS

from gongwen import resources
from gongwen.fonts import ROLE_INFO
from gongwen.typeset.engine import OnlyOurFiles, listening
from gongwen.typeset.faces import Faces

FACE = resources.fonts() / ROLE_INFO["fangsong"].file


def added(path, *, allowed=True):
    """What is in the folder of copies after a face was made known, and what was complained of."""
    faces = Faces()
    with listening() as complaints:
        rule = f"@font-face {{ font-family: 试; src: url('{path.as_uri()}') }}"
        CSS(string=rule, font_config=faces, url_fetcher=OnlyOurFiles({path} if allowed else set()))
    copies = [file.read_bytes() for file in faces._folder.iterdir()] if faces._folder else []
    return copies, complaints


@pytest.fixture(autouse=True)
def ascii_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def test_a_face_is_opened_where_it_lies():
    assert added(FACE) == ([], [])


def test_a_face_at_a_path_that_is_not_ascii_is_copied(tmp_path):
    path = tmp_path / "仿宋.otf"
    path.write_bytes(FACE.read_bytes())
    assert added(path) == ([FACE.read_bytes()], [])


@pytest.mark.parametrize("path", [FACE, Path("/nosuch.otf")], ids=["not ours", "missing"])
def test_a_face_that_may_not_be_opened_is_told(path):
    copies, complaints = added(path, allowed=path != FACE)
    assert copies == []
    assert len(complaints) == 1
    assert "试" in complaints[0]

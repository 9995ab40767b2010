"""Settings of the test run, and what many tests share: the notices and their PDFs, each made once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from gongwen.compiler import Compiler

# No test may depend on the clock. Built on the profile in force, so that CI keeps Hypothesis' own settings for CI.
settings.register_profile("gongwen", settings(), deadline=None)
settings.load_profile("gongwen")


def pytest_configure(config):
    """All warnings are errors but one: WeasyPrint leaves its own sRGB profile open whenever it writes a PDF/A."""
    config.addinivalue_line("filterwarnings", "ignore:unclosed file .*sRGB2014:ResourceWarning")


NOTICES = tuple(sorted((Path(__file__).parents[1] / "notices").glob("*.yaml")))
assert NOTICES


@pytest.fixture(scope="session")
def notices():
    """The published notices that the repository keeps as drafts."""
    return NOTICES


@pytest.fixture(params=NOTICES, ids=lambda path: path.stem, scope="session")
def notice(request):
    """Each notice in turn."""
    return request.param


@pytest.fixture(params=["print", "archive"], scope="session")
def profile(request):
    """Each profile in turn."""
    return request.param


@pytest.fixture(scope="session")
def compiler():
    """One compiler, so that faces are read once."""
    return Compiler()


@pytest.fixture(scope="session")
def built(compiler, tmp_path_factory):
    """A function: notice, profile → Built. Each PDF is made once a session; nobody may change the file."""
    folder = tmp_path_factory.mktemp("notices")
    made = {}

    def build(path, profile="print"):
        if (path, profile) not in made:
            made[path, profile] = compiler.build(path, folder / f"{path.stem}.{profile}.pdf", profile)
        return made[path, profile]

    return build


@pytest.fixture
def draft(tmp_path):
    """A function: text of a draft → its path, in a folder of its own."""

    def write(text, name="draft.yaml"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return write

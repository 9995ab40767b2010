"""The data folders are found in both layouts, and a broken installation says so."""

from __future__ import annotations

import pytest

from gongwen import resources

FOLDERS = {"templates": resources.templates, "schemas": resources.schemas, "fonts": resources.fonts}


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package folder at the depth it has in a checkout, and nothing resolved yet."""
    folder = tmp_path / "src" / "gongwen"
    folder.mkdir(parents=True)
    monkeypatch.setattr(resources, "_PACKAGE", folder)
    resources._folder.cache_clear()
    yield folder
    resources._folder.cache_clear()


@pytest.mark.parametrize("name", FOLDERS)
def test_the_installed_package_finds_its_folders(name):
    folder = FOLDERS[name]()
    assert folder.name == name
    assert any(folder.iterdir())


@pytest.mark.parametrize("name", FOLDERS)
def test_a_wheel_has_them_in_the_package(package, name):
    wanted = package / "data" / name
    wanted.mkdir(parents=True)
    (package.parents[1] / name).mkdir()
    assert FOLDERS[name]() == wanted


@pytest.mark.parametrize("name", FOLDERS)
def test_a_checkout_has_them_at_its_root(package, name):
    wanted = package.parents[1] / name
    wanted.mkdir()
    assert FOLDERS[name]() == wanted


@pytest.mark.parametrize("name", FOLDERS)
def test_an_absent_folder_is_named_with_the_places_searched(package, name):
    with pytest.raises(resources.MissingResourceError) as caught:
        FOLDERS[name]()
    assert name in str(caught.value)
    assert str(package / "data" / name) in str(caught.value)
    assert str(package.parents[1] / name) in str(caught.value)

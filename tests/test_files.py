"""Files that a draft names are found inside the project alone, and have a limit."""

import pytest

from gongwen.files import LARGEST, FileError, Folder


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "project"
    (root / "drafts").mkdir(parents=True)
    (root / "seal.png").write_bytes(b"seal")
    (tmp_path / "secret.png").write_bytes(b"secret")
    return Folder(root / "drafts", root)


def test_a_file_of_the_project_is_read(folder):
    assert folder.read("../seal.png") == b"seal"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("../../secret.png", "文件在项目文件夹之外：../../secret.png"),
        ("/etc/hostname", "文件在项目文件夹之外：/etc/hostname"),
        ("no.png", "没有这个文件：no.png"),
        ("..", "没有这个文件：.."),
        ("a\0b", "没有这个文件：a\0b"),
        ("甲" * 5000, f"没有这个文件：{'甲' * 5000}"),
    ],
)
def test_other_files_are_not(folder, name, message):
    with pytest.raises(FileError) as raised:
        folder.read(name)
    assert raised.value.message == message
    assert raised.value.hint


def test_a_link_out_of_the_project_is_no_way_out(folder):
    (folder.here / "link.png").symlink_to(folder.root.parent / "secret.png")
    with pytest.raises(FileError, match="之外"):
        folder.read("link.png")


def test_a_file_has_a_limit(folder):
    with (folder.here / "large.png").open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(FileError) as raised:
        folder.read("large.png")
    assert raised.value.message == "文件太大：large.png（20 MB）"
    assert raised.value.hint == "不超过 20 MB"

"""Files that lie ready for a draft and that none names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from gongwen.diagnostics import DOUBTFUL, Check
from gongwen.register.entry import Entry, real
from gongwen.register.rows import HEAD

UNUSED_FILE = Check(
    "GW906",
    "unused-file",
    DOUBTFUL,
    what="文件夹里备用的文件（名称以 _ 开头的 YAML、CSV、图片）都有稿件引用。",
    why="没有稿件引用的，多半是稿件里漏写了，或者文件名写得不一样；排出来的公文就少了一个附件、一幅图。",
    wrong="""\
# 文件夹里有 甲.yaml 和 _办法.yaml，甲.yaml 里没有：
issued:
  file: _办法.yaml
""",
    right="""\
# 文件夹里有 甲.yaml 和 _办法.yaml，甲.yaml 里写了：
issued:
  file: _办法.yaml
""",
)
_TEXTS: Final = (".yaml", ".yml")
_TABLES: Final = (".csv",)
_IMAGES: Final = (".png", ".jpg", ".jpeg", ".svg")


def unused_files(entries: Sequence[Entry], folders: Sequence[Path]) -> Iterator[str]:
    """The names of files in the folders that no draft names, as they would be given on the command line.

    Only folders that hold drafts, or files of drafts, are looked at; a picture with the name of a draft is one of its pages. While a
    draft cannot be read, nobody knows what it names, and nothing is said.
    """
    if not all(entry.is_read for entry in entries):
        return
    named = {file for entry in entries for file in entry.files}
    drafts = {real(entry.path) for entry in entries}
    pictured = {draft.with_suffix("") for draft in drafts}
    homes = {draft.parent for draft in drafts} | {file.parent for file in named}
    seen: set[Path] = set()
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if not _may_be_named(file) or any(part.startswith(".") for part in file.relative_to(folder).parts):
                continue
            place = real(file)
            if place in named or place in seen or place.parent not in homes or not file.is_file():
                continue
            if _is_register(file) or (place.suffix.lower() in _IMAGES and place.with_suffix("") in pictured):
                continue
            seen.add(place)
            yield str(file)


def _may_be_named(file: Path) -> bool:
    suffix = file.suffix.lower()
    return suffix in (*_TABLES, *_IMAGES) or (suffix in _TEXTS and file.name.startswith("_"))


def _is_register(file: Path) -> bool:
    """Whether it is a register that was written here."""
    if file.suffix.lower() not in _TABLES:
        return False
    try:
        with file.open("rb") as opened:
            return opened.readline(1000).decode("utf-8-sig", "replace").strip() == ",".join(HEAD)
    except OSError:
        return False

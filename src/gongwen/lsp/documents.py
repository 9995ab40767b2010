"""The texts that are open in the editor, and which of them are drafts.

Of the YAML files that an editor opens most are no drafts, so what is a draft is decided by its top-level keys, not by its suffix:

- it has the key ``文种``; or the key ``kind`` with a value that has a hanzi in it (a Kubernetes manifest has none); or
- its first lines name a schema of drafts; or
- it lies in a project, at least two of its keys are those of drafts, and more of them than are not.

A text without ``kind`` in a project, whose name begins with ``_``, is one that drafts enclose. ``gongwen.yaml`` has the settings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final, Literal

from lsprotocol import types
from pygls import uris

from gongwen import project
from gongwen.document import DRAFTS, Document, Draft, EnclosedText
from gongwen.files import resolved
from gongwen.lsp.positions import Encoding, Positions, changed
from gongwen.source import Source

Role = Literal["draft", "enclosed", "settings", "blank", "other"]
"""What an open text is; ``blank`` lies in a project and has no more in it than the beginning of its first key, ``other`` is none of our
business."""

KIND: Final = ("kind", "文种")
_SUFFIXES: Final = (".yaml", ".yml")
_SCHEMES: Final = ("file:", "untitled:")
_HEAD_LINES: Final = 5
_LEAST_KEYS: Final = 2
# Bounded, so that a line of megabytes takes no quadratic time. A full-width colon is what a beginner types: the text is a draft all
# the same, and told what is wrong with it.
_TOP_KEY: Final = re.compile(
    r"^(?P<key>[^\s#:：'\"\-\[\]{}&*!|>%@`][^:：\n]{0,100}?)[ \t]{0,20}(?:：|:(?=[ \t]|$))(?P<value>[^\n]*)$",
    re.MULTILINE,
)
_SCHEMA_LINE: Final = re.compile(r"#\s*yaml-language-server:\s*\$schema=\S*\bdraft(?:\.zh)?\.schema\.json")
_HANZI: Final = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Snapshot:
    """A text as it was at one version: what is derived from it is derived once."""

    uri: str
    version: int
    text: str
    encoding: Encoding
    language_id: str
    path: Path

    @cached_property
    def positions(self) -> Positions:
        """Its lines."""
        return Positions(self.text, self.encoding)

    @cached_property
    def source(self) -> Source:
        """The text, read."""
        return Source.parse(self.text, str(self.path))

    @cached_property
    def plain(self) -> str:
        r"""The text without a byte order mark, its lines ended by ``\n``: offsets of `source` count in it."""
        return "\n".join(self.positions.line(number) for number in range(self.positions.last_line + 1))

    @cached_property
    def top_keys(self) -> dict[str, str]:
        """The keys at the left edge with what follows on their lines, whether or not the text is good YAML."""
        found: dict[str, str] = {}
        for match in _TOP_KEY.finditer(self.plain):
            found.setdefault(match["key"], match["value"].split(" #")[0].strip())
        return found

    @cached_property
    def kind(self) -> str:
        """What the draft says that it is; empty where it does not."""
        return next((self.top_keys[key].strip("'\"") for key in KIND if key in self.top_keys), "")

    @cached_property
    def language(self) -> str | None:
        """``zh`` or ``en``, whichever more of the keys belong to; None where none is known."""
        counts = {name: len(_keys(name).intersection(self.top_keys)) for name in ("en", "zh")}
        if not any(counts.values()):
            return None
        return "zh" if counts["zh"] > counts["en"] else "en"

    @cached_property
    def role(self) -> Role:
        """What the text is."""
        if not self.uri.startswith(_SCHEMES):
            return "other"  # an older version of a file, say, whose neighbours cannot be read
        if self.path.name == project.FILE:
            return "settings"
        if self.language_id != "yaml" and self.path.suffix.lower() not in _SUFFIXES:
            return "other"
        head = "\n".join(self.plain.split("\n", _HEAD_LINES)[:_HEAD_LINES])
        if KIND[1] in self.top_keys or _HANZI.search(self.top_keys.get(KIND[0], "")) or _SCHEMA_LINE.search(head):
            return "draft"
        if not _in_project(self.path):
            return "other"
        if not self.top_keys:
            return "blank" if _begins_key(_without_comments(self.plain)) else "other"
        return self._by_keys()

    def _by_keys(self) -> Role:
        keys = set(self.top_keys)
        if self.path.name.startswith("_"):
            return "enclosed" if keys <= _keys_of_enclosed() else "other"
        if keys == {KIND[0]} and not self.kind:
            return "draft"  # the first line, as it is typed
        ours = keys & (_keys("en") | _keys("zh"))
        return "draft" if len(ours) >= _LEAST_KEYS and len(ours) > len(keys - ours) else "other"


class Documents:
    """The texts that are open, by their URIs."""

    def __init__(self, encoding: Encoding = types.PositionEncodingKind.Utf16, root: Path | None = None) -> None:
        self._encoding = encoding
        self._root = root or Path.cwd()
        self._open: dict[str, Snapshot] = {}

    def open(self, item: types.TextDocumentItem) -> Snapshot:
        """Take a text that the editor has opened."""
        self._open[item.uri] = Snapshot(
            item.uri, item.version, item.text, self._encoding, item.language_id, self.path_of(item.uri)
        )
        return self._open[item.uri]

    def change(
        self, uri: str, version: int, changes: Sequence[types.TextDocumentContentChangeEvent]
    ) -> Snapshot | None:
        """Change a text as the editor did; None where it is not open."""
        if (old := self._open.get(uri)) is None:
            return None
        text = old.text
        for change in changes:
            text = changed(text, change, self._encoding)
        self._open[uri] = Snapshot(uri, version, text, self._encoding, old.language_id, old.path)
        return self._open[uri]

    def close(self, uri: str) -> None:
        """Forget a text."""
        self._open.pop(uri, None)

    def get(self, uri: str) -> Snapshot | None:
        """The newest version of a text; None where it is not open."""
        return self._open.get(uri)

    def all(self) -> list[Snapshot]:
        """Every text that is open."""
        return list(self._open.values())

    def uri_of(self, path: Path) -> str:
        """The URI of a file, as the editor spells it if the file is open."""
        spelled = (one.uri for one in self._open.values() if one.path == path)
        return next(spelled, None) or str(uris.from_fs_path(str(path)))

    def path_of(self, uri: str) -> Path:
        """The file of a URI; a text that is in no file counts as one in the folder that the editor has opened."""
        path = uris.to_fs_path(uri) if uri.startswith("file:") else None
        if path is None or "\0" in path:
            return self._root / "untitled.yaml"
        return located(Path(path))


def located(path: Path) -> Path:
    """A path as all of ours are written: its folder without links and dots, so that two ways to a file are one."""
    return resolved(path.parent) / path.name


@cache
def _keys(language: str) -> frozenset[str]:
    """The keys that any draft may have at its top."""
    models: tuple[type[Draft], ...] = (Document, *DRAFTS.values())
    fields = [item for model in models for item in model.model_fields.items()]
    return frozenset(name if language == "en" else str(field.alias) for name, field in fields)


@cache
def _keys_of_enclosed() -> frozenset[str]:
    fields = EnclosedText.model_fields
    return frozenset([*fields, *(str(field.alias) for field in fields.values())])


def _in_project(path: Path) -> bool:
    try:
        return any((folder / project.FILE).is_file() for folder in resolved(path).parents)
    except OSError:
        return False


def _begins_key(text: str) -> bool:
    """Whether a text is no more than the beginning of the first key of a draft, or nothing at all."""
    return any(name.startswith(text) for name in KIND)


def _without_comments(text: str) -> str:
    return "".join(line for line in text.split("\n") if not line.lstrip().startswith("#")).strip()

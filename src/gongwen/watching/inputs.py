"""What a draft was made from, and whether that has changed: contents decide, states of files only spare reading them."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gongwen import project
from gongwen.building.record import Entry, Record
from gongwen.compiler import Checked
from gongwen.files import Seen, State, digest_of, resolved, state_of

_UNKNOWN: Final = State(-1, -1, -1, -1)
"""The state of a file of which the content alone is known."""


@dataclass
class Inputs:
    """The files that a draft was made from, by their resolved paths; None is one that was not there.

    ``settings`` are the gongwen.yaml that held, and ``templates`` those of its project.
    """

    draft: Path
    seen: dict[Path, Seen | None]
    settings: Path | None
    templates: frozenset[Path]

    @classmethod
    def of(cls, checked: Checked) -> Inputs:
        """The inputs of a draft that was checked."""
        found = checked.project
        settings = None if found.source is None else found.root / project.FILE
        templates = frozenset[Path]() if settings is None else frozenset(project.templates_of(found.root))
        return cls(checked.path, checked.seen, settings, templates)

    @classmethod
    def recorded(cls, draft: Path, entry: Entry, record: Record) -> Inputs:
        """The inputs of a draft that is up to date, as the record of its outputs has them."""
        seen = {
            record.absolute(path): None if digest is None else Seen(_UNKNOWN, digest)
            for path, digest in entry.inputs.items()
        }
        settings = None if entry.project is None else record.absolute(entry.project)
        folder = Path() if settings is None else settings.parent / project.TEMPLATES
        return cls(draft, seen, settings, frozenset(folder / name for name in entry.templates))

    @classmethod
    def alone(cls, draft: Path) -> Inputs:
        """The inputs of a draft of which no more is known than that it is there."""
        return cls(draft, {resolved(draft): Now().seen(resolved(draft))}, None, frozenset())

    def renew(self) -> None:
        """Take the files as they are now for those that the draft was made from."""
        now = Now()
        self.settings = now.settings(resolved(self.draft).parent)
        self.templates = frozenset() if self.settings is None else now.templates(self.settings.parent)
        self.seen = {path: now.seen(path) for path in {resolved(self.draft), *self.seen}}

    @property
    def root(self) -> Path:
        """The folder of the project."""
        return resolved(self.draft).parent if self.settings is None else self.settings.parent

    @property
    def folders(self) -> set[Path]:
        """The folders in which a change may concern the draft."""
        found = {path.parent for path in self.seen}
        if self.settings is not None:
            found |= {self.settings.parent, self.settings.parent / project.TEMPLATES}
        return found

    def changed(self, now: Now) -> set[Path]:
        """The files whose content is another now. What was read again and is the same is noted with its new state."""
        found: set[Path] = set()
        for path, seen in self.seen.items():
            if now.is_still(path, seen):
                continue
            latest = now.seen(path)
            if latest is None or seen is None or latest.digest != seen.digest:
                if latest != seen:
                    found.add(path)
            else:
                self.seen[path] = latest
        draft = resolved(self.draft)
        settings = now.settings(draft.parent)
        if settings != self.settings:
            found |= {path for path in (settings, self.settings) if path is not None}
        elif settings is not None:
            found |= now.templates(settings.parent) ^ self.templates
        return found if draft in self.seen else {*found, draft}


class Now:
    """Files as they are in this moment, each looked at once. Those that are ``told`` to have changed are read, whatever they look like."""

    def __init__(self, told: AbstractSet[Path] = frozenset()) -> None:
        self._told = told
        self._states: dict[Path, State | None] = {}
        self._seen: dict[Path, Seen | None] = {}
        self._settings: dict[Path, Path | None] = {}
        self._templates: dict[Path, frozenset[Path]] = {}

    def state(self, path: Path) -> State | None:
        """The state of a file; None where there is none."""
        if path not in self._states:
            self._states[path] = state_of(path)
        return self._states[path]

    def is_still(self, path: Path, seen: Seen | None) -> bool:
        """Whether a file looks as it did, so that it need not be read."""
        state = self.state(path)
        if seen is None or state is None:
            return seen is None and state is None
        return state == seen.state and path not in self._told

    def seen(self, path: Path) -> Seen | None:
        """A file with its content; None where none can be read."""
        if path not in self._seen:
            state = self.state(path)
            try:
                self._seen[path] = None if state is None else Seen(state, digest_of(path.read_bytes()))
            except OSError:
                self._seen[path] = None
        return self._seen[path]

    def settings(self, folder: Path) -> Path | None:
        """The gongwen.yaml that holds in a folder."""
        if folder not in self._settings:
            own = folder / project.FILE
            if self.state(own) is not None:
                self._settings[folder] = own
            else:
                self._settings[folder] = None if folder.parent == folder else self.settings(folder.parent)
        return self._settings[folder]

    def templates(self, root: Path) -> frozenset[Path]:
        """The templates of a project."""
        if root not in self._templates:
            self._templates[root] = frozenset(project.templates_of(root))
        return self._templates[root]

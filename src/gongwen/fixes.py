"""Fixes: replacements of diagnostics written into the files, character for character, and nothing else.

Edits of one round do not overlap; what they leave is checked again until no edit remains. After each round a file is read anew, and its
data have to be the old data with exactly these edits in them: an edit that YAML would take otherwise is refused and told. Fixes that
undo each other are refused together, so that a second run changes nothing.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from gongwen.compiler import Checked, Compiler
from gongwen.diagnostics import Diagnostic
from gongwen.difference import unified
from gongwen.files import FileError, Folder, read_at_most, resolved
from gongwen.reading.decoding import MAX_BYTES
from gongwen.reading.faults import Place
from gongwen.reading.nodes import Mapping as MappingNode
from gongwen.reading.nodes import Node, Scalar
from gongwen.reading.nodes import Sequence as SequenceNode
from gongwen.source import Source
from gongwen.writing import write_whole

MAX_ROUNDS: Final = 50
"""Rounds after which fixes count as undoing each other."""
MAX_TRIALS: Final = 200
"""Readings of a file in one round, to part edits that can be made from those that cannot; what is not tried by then is refused."""
_BOM: Final = b"\xef\xbb\xbf"


class FixError(Exception):
    """Files cannot be written; the message is for the user."""


class Applied(NamedTuple):
    """A file's bytes after some edits, the diagnostics that these mended, and those whose edits were refused."""

    data: bytes
    mended: tuple[Diagnostic, ...]
    refused: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Change:
    """A file that fixes change: its bytes before and after, and how many places of each code were mended."""

    path: Path
    name: str
    before: bytes
    after: bytes
    codes: Mapping[str, int]

    @property
    def count(self) -> int:
        """How many places were mended."""
        return sum(self.codes.values())

    def diff(self) -> bytes:
        """The change as a unified diff, with the line ends of the file."""
        return unified(self.before, self.after, self.name)


# --- One file ---------------------------------------------------------------------------------------------------------


def apply(data: bytes, diagnostics: Iterable[Diagnostic]) -> Applied:
    """Put the replacements of diagnostics, whose spans lie in a file, into its bytes.

    Of two that overlap the first counts; the other is neither mended nor refused. A file that cannot be read stays as it is.
    """
    source = Source.parse(data)
    wanted = list(_apart(diagnostics))
    if source.root is None or any(one.is_error for one in source.diagnostics):
        return Applied(data, (), ())
    taken: list[_Edit] = []
    refused: list[Diagnostic] = []
    edits = [_edit(source, one) for one in wanted]
    pending = [edits] if edits else []
    trials = 0
    while pending:
        group = pending.pop()
        if trials == MAX_TRIALS:
            refused += [edit.diagnostic for edit in group]
            continue
        trials += 1
        tried = sorted((*taken, *group), key=lambda edit: edit.place)
        if _is_faithful(source, tried):
            taken = tried
        elif len(group) > 1:
            middle = len(group) // 2
            pending += [group[middle:], group[:middle]]
        else:
            refused.append(group[0].diagnostic)
    return Applied(_written(data, taken), tuple(edit.diagnostic for edit in taken), tuple(refused))


class _Edit(NamedTuple):
    """A replacement in a file: the place, how it is spelled there, and the value and the characters of it that it changes."""

    place: Place
    spelled: str
    scalar: Place | None
    offset: int
    meant: str
    diagnostic: Diagnostic


def _apart(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Diagnostics with replacements whose spans do not overlap, in the order of the file."""
    end, last = 0, -1
    fixable = (one for one in diagnostics if one.span is not None and one.replacement is not None)
    for one in sorted(fixable, key=Diagnostic.sort_key):
        if one.span is None or one.span.start.offset < end or one.span.start.offset == last:
            continue
        last, end = one.span.start.offset, one.span.end.offset
        yield one


def _edit(source: Source, diagnostic: Diagnostic) -> _Edit:
    span, meant = diagnostic.span, diagnostic.replacement or ""
    place = (0, 0) if span is None else (span.start.offset, span.end.offset)
    found = source.scalar_at(place)
    if found is None:
        return _Edit(place, meant, None, 0, meant, diagnostic)
    scalar, offset = found
    return _Edit(place, _spelled(meant, scalar.style), (scalar.start, scalar.end), offset, meant, diagnostic)


def _spelled(text: str, style: str) -> str:
    """A text as a string of a style spells it."""
    if style == "'":
        return text.replace("'", "''")
    return text.replace("\\", "\\\\").replace('"', '\\"') if style == '"' else text


def _is_faithful(source: Source, edits: Sequence[_Edit]) -> bool:
    """Whether a file with edits says what it said before, but for the edits, and nothing in it is read worse."""
    if any("\n" in edit.spelled or "\r" in edit.spelled for edit in edits):
        return False
    text, at = "", 0
    for edit in edits:
        text += source.text[at : edit.place[0]] + edit.spelled
        at = edit.place[1]
    new = Source.parse(text + source.text[at:])
    if source.root is None or new.root is None:
        return False
    worse = Counter(one.check for one in new.diagnostics) - Counter(one.check for one in source.diagnostics)
    return not worse and _same(source.root, new.root, _values(source, edits))


def _values(source: Source, edits: Sequence[_Edit]) -> dict[Place, str]:
    """What the strings that are edited have to say afterwards, by their places before."""
    values: dict[Place, str] = {}
    shifts: Counter[Place] = Counter()
    for edit in edits:
        if edit.scalar is None:
            continue
        if edit.scalar not in values:
            found = source.scalar_at(edit.place)
            values[edit.scalar] = (found[0].value or "") if found is not None else ""
        start = edit.offset + shifts[edit.scalar]
        length = edit.place[1] - edit.place[0]
        value = values[edit.scalar]
        values[edit.scalar] = value[:start] + edit.meant + value[start + length :]
        shifts[edit.scalar] += len(edit.meant) - length
    return values


def _same(old: Node, new: Node, values: Mapping[Place, str]) -> bool:
    """Whether two trees say the same, with some strings of the old one changed."""
    match old, new:
        case Scalar(), Scalar():
            return values.get((old.start, old.end), old.value) == new.value
        case SequenceNode(), SequenceNode():
            return len(old.items) == len(new.items) and all(
                _same(*pair, values) for pair in zip(old.items, new.items, strict=True)
            )
        case MappingNode(), MappingNode():
            return list(old.entries) == list(new.entries) and all(
                _same(entry.value, new.entries[key].value, values) for key, entry in old.entries.items()
            )
    return False


def _written(data: bytes, edits: Sequence[_Edit]) -> bytes:
    """The bytes of a file with edits in them; every byte outside them stays, line ends and byte order mark included."""
    if not edits:
        return data
    raw = data.removeprefix(_BOM).decode("utf-8")
    places = iter(_raw_places(raw, [at for edit in edits for at in edit.place]))
    parts, last = [], 0
    for edit in edits:
        start, end = next(places), next(places)
        parts += [raw[last:start], edit.spelled]
        last = end
    parts.append(raw[last:])
    return data[: len(data) - len(data.removeprefix(_BOM))] + "".join(parts).encode("utf-8")


def _raw_places(raw: str, offsets: Sequence[int]) -> Iterator[int]:
    """Offsets that count a CR LF as one character, ascending, as offsets of the text that has both."""
    extra = 0
    at = raw.find("\r\n")
    for offset in offsets:
        while 0 <= at < offset + extra:
            extra += 1
            at = raw.find("\r\n", at + 2)
        yield offset + extra


# --- Drafts and the files that they enclose ---------------------------------------------------------------------------


@dataclass
class _Round:
    """The files of a run of rounds: bytes by resolved path, what was mended in each, and what was refused at last."""

    files: dict[Path, bytes]
    codes: dict[Path, Counter[str]] = field(default_factory=dict)
    refused: list[Diagnostic] = field(default_factory=list)


class Fixer:
    """Fixes drafts one after the other, in memory; a file that several drafts enclose is fixed once.

    ``refused`` are diagnostics whose fixes were not made, ``unread`` the names of files that were left alone since they cannot be
    read.
    """

    def __init__(self, compiler: Compiler) -> None:
        self._compiler = compiler
        self._before: dict[Path, bytes] = {}
        self._after: dict[Path, bytes] = {}
        self._names: dict[Path, str] = {}
        self._codes: dict[Path, Counter[str]] = {}
        self.refused: list[Diagnostic] = []
        self.unread: list[str] = []

    def fix(self, path: Path) -> None:
        """Fix a draft and the files whose texts stand in it, as far as their diagnostics tell how."""
        try:
            data = read_at_most(path, MAX_BYTES + 1)
        except (OSError, ValueError):
            return  # to read it is to be told why it cannot be read
        if len(data) > MAX_BYTES:
            return
        self._before.setdefault(resolved(path), data)
        self._names.setdefault(resolved(path), str(path))
        excluded: frozenset[str] = frozenset()
        while True:
            done, undoing = self._rounds(path, excluded)
            if not undoing:
                break
            excluded |= undoing
        self._after |= done.files
        for file, codes in done.codes.items():
            self._codes.setdefault(file, Counter()).update(codes)
        self.refused += done.refused

    @property
    def changes(self) -> list[Change]:
        """The files that differ from what they were, in the order in which drafts named them."""
        return [
            Change(path, self._names[path], before, self._after[path], dict(sorted(self._codes[path].items())))
            for path, before in self._before.items()
            if self._after.get(path, before) != before
        ]

    def write(self) -> None:
        """Write the changed files, each whole or not at all. Raises FixError, before any is written, where one must not be.

        Where the system fails later, the error says which were written before.
        """
        changes = self.changes
        states = [_writable(change) for change in changes]
        written: list[str] = []
        for change, state in zip(changes, states, strict=True):
            try:
                write_whole(change.path, change.after, state)
            except OSError as error:
                before = f"；已经改了：{'、'.join(written)}" if written else ""
                raise FixError(f"{change.name} 没有改：写不了（{error.strerror}）{before}") from None
            written.append(change.name)

    def _rounds(self, path: Path, excluded: frozenset[str]) -> tuple[_Round, frozenset[str]]:
        """All rounds on a draft without the fixes of some codes; the codes whose fixes undo each other, if there are such."""
        done = _Round(dict(self._after))
        seen = [done.files]
        history: list[set[str]] = []
        while True:
            checked = self._checked(path, done.files)
            mended: set[str] = set()
            files, done.refused = dict(done.files), [one for one in checked.diagnostics if _is_fix(one, excluded)]
            for file, diagnostics in self._by_file(checked):
                wanted = [one for one in diagnostics if one.check.code not in excluded]
                applied = apply(files.get(file, self._before[file]), wanted)
                files[file] = applied.data
                done.refused += applied.refused
                done.codes.setdefault(file, Counter()).update(one.check.code for one in applied.mended)
                mended |= {one.check.code for one in applied.mended}
            if not mended:
                return done, frozenset()
            history.append(mended)
            if files in seen or len(history) == MAX_ROUNDS:
                since = seen.index(files) if files in seen else 0
                return done, frozenset().union(*history[since:])
            seen.append(files)
            done.files = files

    def _checked(self, path: Path, files: Mapping[Path, bytes]) -> Checked:
        key = resolved(path)
        return self._compiler.check(path, source=Source.parse(files.get(key, self._before[key]), str(path)), held=files)

    def _by_file(self, checked: Checked) -> Iterator[tuple[Path, list[Diagnostic]]]:
        """The files that a draft consists of and may be edited, each with the diagnostics in it."""
        folder = Folder(checked.path.parent, checked.project.root)
        paths = {checked.source.name: resolved(checked.path)}
        for file in checked.enclosed:
            try:
                found = folder.find(file.name)
            except FileError:
                continue  # taken away since it was read
            paths.setdefault(file.source.name, found)
            self._before.setdefault(found, file.data)
            self._names.setdefault(found, file.source.name)
        unread = {source.name for source in checked.sources if any(one.is_error for one in source.diagnostics)}
        self.unread += [name for name in sorted(unread) if name not in self.unread]
        for name, path in paths.items():
            found_here = [one for one in checked.diagnostics if one.file == name and one.replacement is not None]
            if found_here and name not in unread:
                yield path, found_here


def _is_fix(diagnostic: Diagnostic, codes: frozenset[str]) -> bool:
    return diagnostic.replacement is not None and diagnostic.check.code in codes


def _writable(change: Change) -> os.stat_result:
    """The state of a file that may be written. Raises FixError for one that may not, or is no longer what it was when it was read."""
    try:
        state = change.path.stat()
        current = read_at_most(change.path, MAX_BYTES + 1)
    except OSError as error:
        raise FixError(f"{change.name} 没有改：读不了（{error.strerror}）") from None
    if current != change.before:
        raise FixError(f"{change.name} 没有改：检查以后，文件又变了；请再运行一次")
    if not state.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(change.path, os.W_OK):
        raise FixError(f"{change.name} 没有改：文件只读")
    return state

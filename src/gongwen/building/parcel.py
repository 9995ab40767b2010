"""Jobs for machines that have none of the files: a draft travels as bytes with all that it is made from, and so does what comes back.

A parcel holds the draft and the files that it names; a kit what the drafts of one project share: settings, words, templates, faces and
seals. Both are gathered and read where the files are, and there it is known what was read; where the work is done nothing is looked
for on a disk. Only templates and faces, which their libraries read from files, are written to a folder there.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from gongwen import project
from gongwen.building.job import Job, Product, guarded
from gongwen.compiler import Compiler, Gathered
from gongwen.files import Away, FileError, Folder, Seen, digest_of, seen_of, state_of
from gongwen.outcome import Outcome
from gongwen.project import Project
from gongwen.register.entry import files_of
from gongwen.source import Source
from gongwen.units import Units


@dataclass(frozen=True, slots=True)
class Kit:
    """What the drafts of a project share, as it is sent; ``seals`` is which files of it a parcel need not hold."""

    digest: str
    data: bytes
    seals: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Parcel:
    """A job as it is sent, the kit that it needs, and what stays here: the files that were read, and those that the draft names."""

    data: bytes
    kit: Kit | None = None
    seen: Mapping[Path, Seen | None] | None = None
    files: frozenset[Path] = frozenset()

    def opened(self, data: bytes) -> Product:
        """The product that came back for it."""
        product: Product = pickle.loads(data)  # noqa: S301 - from a worker, which runs what it is sent
        if self.seen is None or product.fault is not None:
            return product
        outcome = product.outcome
        if outcome.entry is not None:
            outcome = replace(outcome, entry=replace(outcome.entry, files=self.files))
        return replace(product, outcome=outcome, seen=self.seen)


@dataclass(frozen=True, slots=True)
class _Contents:
    """What a parcel holds. ``source`` is the draft: its bytes, or where it cannot be read what is told of that.

    ``root`` is the folder of a project without settings. An answer that is a number is a seal of the kit.
    """

    job: Job
    source: bytes | Source
    root: Path | None
    units: Units
    answers: Mapping[str, bytes | int | FileError]


@dataclass(frozen=True, slots=True)
class _KitContents:
    """What a kit holds: the project, its templates and faces, its seals."""

    project: Project
    files: Mapping[Path, bytes]
    seals: tuple[bytes, ...]


# --- Where the files are ------------------------------------------------------------------------------------------------------


class Packing:
    """Makes parcels of the jobs of one run."""

    def __init__(self, compiler: Compiler) -> None:
        self._compiler = compiler
        self._kits: dict[Path, tuple[Project, Mapping[Path, Seen | None], Kit]] = {}

    def __call__(self, job: Job) -> Parcel:
        """The parcel of a job. Raises OSError where a file of the project's cannot be read."""
        packed: list[Parcel] = []

        def pack(job: Job) -> Product:
            source = None if job.row is None else Source.read(job.draft).filled(job.row.values)
            packed.append(self._packed(job, self._compiler.gather(job.draft, source)))
            return Product(Outcome(job.draft, ()))

        failed = guarded(job, pack)
        return packed[0] if packed else Parcel(pickle.dumps(failed))

    def _packed(self, job: Job, gathered: Gathered) -> Parcel:
        of, source = gathered.project, gathered.source
        kit, seen = (None, {}) if of.source is None else self._kit(of)
        seals = () if kit is None else kit.seals
        answers = {
            name: seals.index(answer) if answer in seals else answer for name, answer in gathered.folder.answers.items()
        }
        contents = _Contents(
            job,
            source if source.seen is None else source.raw,
            of.root if kit is None else None,
            gathered.units,
            answers,
        )
        return Parcel(pickle.dumps(contents), kit, {**gathered.seen, **seen}, files_of(gathered))

    def _kit(self, of: Project) -> tuple[Kit, Mapping[Path, Seen | None]]:
        """The kit of a project, made once as long as its settings stay, and the files in it."""
        known = self._kits.get(of.root)
        if known is None or not (known[0] is of or _is_same(known[0], of)):
            known = (of, *_kit(of))
            self._kits[of.root] = known
        return known[2], known[1]


def _is_same(one: Project, other: Project) -> bool:
    """Whether a project that was read again says what it said."""
    return (one.diagnostics, one.fonts, one.seen()) == (other.diagnostics, other.fonts, other.seen())


def _kit(of: Project) -> tuple[Mapping[Path, Seen | None], Kit]:
    """What the drafts of a project share, and the files that were read for it. Raises OSError."""
    seen = of.settings_seen() | {path: seen_of(path) for path in of.named}
    files = {path: _read(path, seen) for path in of.materials()}
    seals: list[bytes] = []
    folder = Folder(of.root, of.root)
    for unit in of.units.all:
        if unit.seal is not None:
            try:
                seals.append(folder.read(unit.seal))
            except FileError:
                continue  # told of among the project's diagnostics
    contents = _KitContents(of, files, tuple(dict.fromkeys(seals)))
    data = pickle.dumps(contents)
    return seen, Kit(digest_of(data), data, contents.seals)


def _read(path: Path, seen: dict[Path, Seen | None]) -> bytes:
    state = state_of(path)
    data = path.read_bytes()
    seen[path] = None if state is None else Seen(state, digest_of(data))
    return data


# --- Where the work is done ---------------------------------------------------------------------------------------------------


class Bench:
    """Does parcels of one project: those that need a kit, or those that need none.

    ``make`` is what is done with a draft that is read. ``open_folder`` makes a private folder for the kit's files, which whoever gave it removes. Messages name those files as they are
    called where they came from.
    """

    def __init__(
        self, make: Callable[[Job, Gathered], Product], kit: bytes | None, open_folder: Callable[[], str]
    ) -> None:
        self._make = make
        self._project: Project | None = None
        self._seals: tuple[bytes, ...] = ()
        self._names: dict[str, str] = {}
        if kit is not None:
            contents: _KitContents = pickle.loads(kit)  # noqa: S301 - a worker runs what it is sent
            self._seals = contents.seals
            self._project = self._unpacked(contents, open_folder)

    def __call__(self, data: bytes) -> bytes:
        """The product of a parcel."""
        contents: _Contents | Product = pickle.loads(data)  # noqa: S301 - a worker runs what it is sent
        if isinstance(contents, Product):
            return data
        return pickle.dumps(self._renamed(guarded(contents.job, lambda job: self._made(job, contents))))

    def _made(self, job: Job, contents: _Contents) -> Product:
        path, source = job.draft, contents.source
        of = Project(contents.root) if contents.root is not None else self._project
        if of is None:
            raise ValueError("a parcel without its kit")
        answers = {name: self._seals[one] if isinstance(one, int) else one for name, one in contents.answers.items()}
        source = Source.parse(source, str(path)) if isinstance(source, bytes) else source
        gathered = Gathered(
            path,
            source if job.row is None else source.filled(job.row.values),
            of,
            contents.units,
            Away(path.parent, of.root, answers=answers),
        )
        return self._make(job, gathered)

    def _unpacked(self, contents: _KitContents, open_folder: Callable[[], str]) -> Project:
        """The project with its templates and faces in files of this machine."""
        of, faces = contents.project, contents.project.fonts
        if not contents.files:
            return of
        folder = Path(open_folder())
        moved: dict[Path, Path] = {}
        for path, data in contents.files.items():
            is_face = path in (*faces.faces.values(), *faces.extra)
            moved[path] = folder / (path.name if is_face else path.relative_to(of.root))
            moved[path].parent.mkdir(parents=True, exist_ok=True)
            moved[path].write_bytes(data)
        templates = None if of.templates is None else folder / project.TEMPLATES
        if templates is not None:
            templates.mkdir(exist_ok=True)
        self._names = {str(here): str(there) for there, here in moved.items()} | {str(folder): str(of.root)}
        own = {role: moved[path] for role, path in faces.faces.items()}
        moved_faces = replace(faces, faces=own, extra=tuple(moved[path] for path in faces.extra))
        return replace(of, fonts=moved_faces, templates=templates)

    def _renamed(self, product: Product) -> Product:
        """A product whose messages name files where they came from."""
        if not self._names:
            return product
        told = tuple(
            replace(one, message=self._as_named(one.message), hint=one.hint and self._as_named(one.hint))
            for one in product.outcome.diagnostics
        )
        fault = product.fault and self._as_named(product.fault)
        return replace(product, outcome=replace(product.outcome, diagnostics=told), fault=fault)

    def _as_named(self, text: str) -> str:
        for here, there in self._names.items():
            text = text.replace(here, there)
        return text

"""The project: settings of gongwen.yaml (faces, units, house style), found upward from a draft, terms.yaml beside it, and templates.

A draft without a gongwen.yaml above it is a project of its own with the bundled faces and templates.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from gongwen import fonts, resources, terms
from gongwen.diagnostics import BLOCKING, Check, DataPath, Diagnostic, Finding
from gongwen.document import file_path
from gongwen.document.fields import Line, keyword
from gongwen.files import FileError, Folder, Seen, State, resolved, seen_of, state_of
from gongwen.house import STANDARD, House
from gongwen.parser import language_of, validate
from gongwen.reading.faults import EMPTY_FILE
from gongwen.source import Source
from gongwen.units import NO_UNITS, Unit, Units, UnitsField

if TYPE_CHECKING:
    from gongwen.terms.settings import ProjectTerms

FILE = "gongwen.yaml"
TEMPLATES = "templates"

UNUSABLE_SEAL = Check(
    "GW112",
    "unusable-seal",
    BLOCKING,
    what="gongwen.yaml 写的印章图片在项目文件夹里。",
    why="找不到的图片，到要盖章的时候才知道就迟了；项目之外的文件不读。",
    wrong="""\
# gongwen.yaml
unit: {name: 云州市总工会, seal: 没有的公章.png}
""",
    right="""\
# gongwen.yaml
unit: {name: 云州市总工会}
""",
)
UNUSABLE_FACE = Check(
    "GW502",
    "unusable-face",
    BLOCKING,
    what="gongwen.yaml 写的字体能用。",
    why="写错的字体如果悄悄换成别的，印出来就不是单位要的样子。",
    wrong="""\
# gongwen.yaml
fonts: {fangsong: 没有的字体.ttf}
""",
    right="# 字体文件放在项目文件夹里，gongwen.yaml 写对它的名称",
)

_FROM_SETTINGS: Final = "核对文件名；路径从 gongwen.yaml 所在的文件夹算起，不能在它之外"


class FontSettings(BaseModel):
    """Faces that a unit owns: a file inside the project, or the exact name of an installed family."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    xiaobiaosong: str | None = Field(None, alias="小标宋", min_length=1)
    fangsong: str | None = Field(None, alias="仿宋", min_length=1)
    kaiti: str | None = Field(None, alias="楷体", min_length=1)
    heiti: str | None = Field(None, alias="黑体", min_length=1)
    songti: str | None = Field(None, alias="宋体", min_length=1)
    extra: tuple[str, ...] = Field((), alias="补字")


def _several(value: object) -> object:
    return [value] if isinstance(value, str) else value


_Patterns = Annotated[tuple[Line, ...], BeforeValidator(_several)]
_Severity = Annotated[
    Literal["error", "warning", "info"],
    keyword({"en": "error", "zh": "错误"}, {"en": "warning", "zh": "警告"}, {"en": "info", "zh": "提示"}, only=True),
]


class CheckSettings(BaseModel):
    """Which checks a project wants, by codes, names or beginnings of either, and how much a check weighs, by its code or name."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    select: _Patterns = Field((), alias="只查")
    ignore: _Patterns = Field((), alias="不查")
    severity: dict[str, _Severity] = Field(default_factory=dict, alias="级别")


ALL_CHECKS: Final = CheckSettings()


class ProjectSettings(BaseModel):
    """What gongwen.yaml may say."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    fonts: FontSettings = Field(default_factory=FontSettings, alias="字体")
    unit: UnitsField = Field((), alias="单位")
    house: House = Field(STANDARD, alias="版式")
    checks: CheckSettings = Field(ALL_CHECKS, alias="检查")


@dataclass(frozen=True, slots=True)
class Project:
    """A folder of drafts with its faces, units, house style, terms and templates.

    ``diagnostics`` are about gongwen.yaml and terms.yaml; ``own_terms`` are None where there is no terms.yaml.
    """

    root: Path
    fonts: fonts.Settings = field(default_factory=fonts.Settings)
    units: Units = NO_UNITS
    house: House = STANDARD
    templates: Path | None = None
    source: Source | None = None
    own_terms: ProjectTerms | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    checks: CheckSettings = ALL_CHECKS
    named: tuple[Path, ...] = ()
    """The font files that the settings name, and seals that are not there."""

    def resolve(self, finding: Finding) -> Diagnostic:
        """A finding about the settings, that names its place by field names, at its place in gongwen.yaml."""
        if self.source is None:
            return Diagnostic(finding.check, finding.message, FILE, hint=finding.hint)
        language = language_of(self.source.data, (ProjectSettings,))
        path = file_path(finding.path, language, ProjectSettings)
        return self.source.resolve(dataclasses.replace(finding, path=path))

    @property
    def terms(self) -> terms.Terms:
        """The terms that hold in the project, read when first asked for."""
        return terms.bundled() if self.own_terms is None else self.own_terms.terms

    @property
    def sources(self) -> tuple[Source, ...]:
        """The files of settings that ``diagnostics`` may point into."""
        own = None if self.own_terms is None else self.own_terms.source
        return tuple(source for source in (self.source, own) if source is not None)

    def seen(self) -> dict[Path, Seen | None]:
        """The project's own files that pages depend on, whatever the draft: settings, terms, faces and templates; None for no file."""
        if self.source is None:
            return {}
        return self.settings_seen() | {path: seen_of(path) for path in (*self.materials(), *self.named)}

    def settings_seen(self) -> dict[Path, Seen | None]:
        """The settings and terms, as they were read; None for no file."""
        if self.source is None:
            return {}
        own = None if self.own_terms is None else self.own_terms.source.seen
        return {self.root / FILE: self.source.seen, self.root / terms.FILE: own}

    def materials(self) -> list[Path]:
        """The faces, and the files among the templates."""
        return [*self.fonts.faces.values(), *self.fonts.extra, *templates_of(self.root)]


def templates_of(root: Path) -> list[Path]:
    """The files of a project's own templates."""
    return sorted(path for path in (root / TEMPLATES).rglob("*") if path.is_file())


def find(draft: Path) -> Project:
    """The project that a draft belongs to."""
    folder = resolved(draft).parent
    for candidate in (folder, *folder.parents):
        if (settings := state_of(candidate / FILE)) is not None:
            state = _State(settings, state_of(candidate / terms.FILE), (candidate / TEMPLATES).is_dir())
            known = _LOADED.get(candidate)
            if known is None or known[0] != state or known[1] != _states(known[2]) or known[2].diagnostics:
                loaded = _load(candidate)
                _LOADED[candidate] = known = (state, _states(loaded), loaded)
            return known[2]
    return Project(folder)


class _State(NamedTuple):
    settings: State
    terms: State | None
    has_templates: bool


def _states(of: Project) -> list[State | None]:
    return list(map(state_of, of.named))


_LOADED: dict[Path, tuple[_State, list[State | None], Project]] = {}
"""Projects read so far with the states of their settings and of what these name; one with findings is read again, for what it misses may be there."""


def _load(root: Path) -> Project:
    source = Source.read(root / FILE)
    if {diagnostic.check for diagnostic in source.diagnostics} == {EMPTY_FILE}:
        # A project that has templates alone needs the file, but nothing in it.
        source = Source.parse("{}", source.name)
    words = _own_terms(root)
    about_words = () if words is None else words.diagnostics
    if not isinstance(source.data, dict):
        return Project(root, source=source, own_terms=words, diagnostics=(*source.diagnostics, *about_words))
    language = language_of(source.data, (ProjectSettings,))
    settings, findings = _settings(source.data, language)
    folder = Folder(root, root)
    faces, faults, files = _faces(settings.fonts, root)
    if settings.house.is_bold(3):
        faces = dataclasses.replace(faces, emboldened=("fangsong",))
    faults += _seals(settings.unit, folder, is_list=isinstance(source.data.get("unit", source.data.get("单位")), list))
    findings += [dataclasses.replace(one, path=file_path(one.path, language, ProjectSettings)) for one in faults]
    templates = root / TEMPLATES
    own = templates if templates.is_dir() and templates.resolve() != resources.templates().resolve() else None
    diagnostics = (*source.diagnostics, *map(source.resolve, findings), *about_words)
    named = (*files, *folder.seen)
    units = Units(settings.unit)
    return Project(root, faces, units, settings.house, own, source, words, diagnostics, settings.checks, named)


def _own_terms(root: Path) -> ProjectTerms | None:
    """The project's own terms, if it has any: few have, and their model takes its time to build."""
    if not (root / terms.FILE).is_file():
        return None
    from gongwen.terms import settings

    return settings.read(root / terms.FILE)


def _settings(data: dict[str, Any], language: str) -> tuple[ProjectSettings, list[Finding]]:
    """The settings, and what is wrong with them; what is faulty is left out, so that it hides no fault of what is not."""
    settings, findings = validate(ProjectSettings, data, language)
    for depth in (2, 1):
        if settings is not None:
            return settings, findings
        settings, _ = validate(ProjectSettings, _without(data, {one.path[:depth] for one in findings}), language)
    return settings or ProjectSettings(), findings


def _without(data: dict[str, Any], places: set[DataPath]) -> dict[str, Any]:
    """Settings without some of their parts, or of the keys in them."""
    return {
        part: {key: item for key, item in value.items() if (part, key) not in places}
        if isinstance(value, dict)
        else value
        for part, value in data.items()
        if (part,) not in places
    }


def _faces(names: FontSettings, root: Path) -> tuple[fonts.Settings, list[Finding], list[Path]]:
    """The faces that are named, those that cannot be used, and the files inside the project that are named."""
    files: list[Path] = []
    faces: dict[str, Path] = {}
    extra: list[Path] = []
    faults: list[Finding] = []
    wanted: list[tuple[DataPath, str]] = [((role,), name) for role in fonts.ROLES if (name := getattr(names, role))]
    wanted += [(("extra", index), name) for index, name in enumerate(names.extra)]
    for path, name in wanted:
        with contextlib.suppress(ValueError):  # a null character
            if fonts.is_file_name(name) and (named := resolved(root / name)).is_relative_to(root):
                files.append(named)
        try:
            file = fonts.resolve(name, root)
        except fonts.FontError as error:
            faults.append(Finding(UNUSABLE_FACE, error.message, ("fonts", *path), hint=error.hint))
            continue
        if path[0] == "extra":
            extra.append(file)
        else:
            faces[str(path[0])] = file
    return fonts.Settings(faces, tuple(extra)), faults, files


def _seals(units: tuple[Unit, ...], folder: Folder, *, is_list: bool) -> Iterator[Finding]:
    """Seals that are not there, or lie outside the project; what they look like is seen when one is used."""
    for index, unit in enumerate(units):
        try:
            if unit.seal is not None:
                folder.find(unit.seal)
        except FileError as error:
            place: DataPath = ("unit", index, "seal") if is_list else ("unit", "seal")
            yield Finding(UNUSABLE_SEAL, error.message, place, hint=_FROM_SETTINGS)

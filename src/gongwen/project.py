"""The project: settings of gongwen.yaml, found upward from a draft, and the project's own templates.

A draft without a gongwen.yaml above it is a project of its own with the bundled faces and templates.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from gongwen import fonts, resources
from gongwen.diagnostics import Check, DataPath, Diagnostic, Finding, Severity
from gongwen.parser import language_of, validate
from gongwen.reading.faults import EMPTY_FILE
from gongwen.source import Source

FILE = "gongwen.yaml"
TEMPLATES = "templates"

UNUSABLE_FACE = Check("GW502", "unusable-face", Severity.ERROR)


class FontSettings(BaseModel):
    """Faces that a unit owns: a file inside the project, or the exact name of an installed family."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    xiaobiaosong: str | None = Field(None, alias="小标宋", min_length=1)
    fangsong: str | None = Field(None, alias="仿宋", min_length=1)
    kaiti: str | None = Field(None, alias="楷体", min_length=1)
    heiti: str | None = Field(None, alias="黑体", min_length=1)
    songti: str | None = Field(None, alias="宋体", min_length=1)
    extra: tuple[str, ...] = Field((), alias="补字")


class ProjectSettings(BaseModel):
    """What gongwen.yaml may say."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fonts: FontSettings = Field(default_factory=FontSettings, alias="字体")


@dataclass(frozen=True, slots=True)
class Project:
    """A folder of drafts with its faces and templates; ``diagnostics`` are about gongwen.yaml."""

    root: Path
    fonts: fonts.Settings
    templates: Path | None
    source: Source | None
    diagnostics: tuple[Diagnostic, ...]


def find(draft: Path) -> Project:
    """The project that a draft belongs to."""
    folder = draft.resolve().parent
    for candidate in (folder, *folder.parents):
        if (file := candidate / FILE).is_file():
            stat = file.stat()
            state = (stat.st_mtime_ns, stat.st_size)
            if candidate not in _LOADED or _LOADED[candidate][0] != state or _LOADED[candidate][1].diagnostics:
                _LOADED[candidate] = (state, _load(candidate))
            return _LOADED[candidate][1]
    return Project(folder, fonts.Settings(), None, None, ())


_LOADED: dict[Path, tuple[tuple[int, int], Project]] = {}
"""Projects read so far with the state of their settings; one with findings is read again, for what it misses may be there."""


def _load(root: Path) -> Project:
    source = Source.read(root / FILE)
    if {diagnostic.check for diagnostic in source.diagnostics} == {EMPTY_FILE}:
        # A project that has templates alone needs the file, but nothing in it.
        source = Source.parse("{}", source.name)
    if not isinstance(source.data, dict):
        return Project(root, fonts.Settings(), None, source, source.diagnostics)
    language = language_of(source.data, (ProjectSettings,))
    settings, findings = validate(ProjectSettings, source.data, language)
    diagnostics = [*source.diagnostics, *map(source.resolve, findings)]
    faces: dict[str, Path] = {}
    extra: list[Path] = []
    if settings is not None:
        names = settings.fonts
        wanted: list[tuple[DataPath, str]] = [((role,), name) for role in fonts.ROLES if (name := getattr(names, role))]
        wanted += [(("extra", index), name) for index, name in enumerate(names.extra)]
        for path, name in wanted:
            try:
                file = fonts.resolve(name, root)
            except fonts.FontError as error:
                place: DataPath = ("fonts", *path)
                if language == "zh":
                    keys = {"fonts": "字体", "extra": "补字"} | {
                        role: fonts.ROLE_INFO[role].name for role in fonts.ROLES
                    }
                    place = tuple(keys.get(str(step), step) for step in place)
                diagnostics.append(source.resolve(Finding(UNUSABLE_FACE, error.message, place, hint=error.hint)))
                continue
            if path[0] == "extra":
                extra.append(file)
            else:
                faces[str(path[0])] = file
    templates = root / TEMPLATES
    own = templates if templates.is_dir() and templates.resolve() != resources.templates().resolve() else None
    return Project(root, fonts.Settings(faces, tuple(extra)), own, source, tuple(diagnostics))

"""A project's terms.yaml: its model, and how it changes the words of the program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from gongwen.diagnostics import Diagnostic
from gongwen.document.fields import Line, Model, model_in_language
from gongwen.parser import language_of, validate
from gongwen.reading.faults import EMPTY_FILE
from gongwen.source import Source
from gongwen.terms import SECTIONS, Term, Terms, bundled


class TermModel(Model):
    """A term as a file writes it in full."""

    instead: Line = Field(alias="改为", description="应当写成什么。")
    not_in: tuple[Line, ...] = Field((), alias="不在", description="词出现在这些更长的词里时不算。")
    note: Line | None = Field(None, alias="说明", description="随提示给出的话；写了的只提示、不自动替换。")


def _term(value: object, info: ValidationInfo) -> object:
    """A bare text is what stands in place of the word."""
    if isinstance(value, str):
        value = {"改为" if (info.context or {}).get("language") == "zh" else "instead": value}
    return model_in_language(TermModel, value, info) if isinstance(value, dict) else value


def _mapping(value: object) -> object:
    if not isinstance(value, dict):
        raise PydanticCustomError("model_type", "model type")  # told as any part that is no mapping
    return value


def _words(section: dict[str, TermModel]) -> dict[str, TermModel]:
    if any(not word.strip() for word in section):
        raise PydanticCustomError("blank", "blank")
    return section


SectionField = Annotated[
    dict[str, Annotated[TermModel, BeforeValidator(_term)]], BeforeValidator(_mapping), AfterValidator(_words)
]
"""Word → what stands in its place."""


class TermSettings(Model):
    """What a terms.yaml may say."""

    misspelt: SectionField = Field({}, alias=SECTIONS["misspelt"])
    official: SectionField = Field({}, alias=SECTIONS["official"])
    units: SectionField = Field({}, alias=SECTIONS["units"])
    relative_dates: SectionField = Field({}, alias=SECTIONS["relative_dates"])
    closings: SectionField = Field({}, alias=SECTIONS["closings"])
    requests: SectionField = Field({}, alias=SECTIONS["requests"])
    leaders: SectionField = Field({}, alias=SECTIONS["leaders"])
    address_forms: SectionField = Field({}, alias=SECTIONS["address_forms"])
    old_labels: SectionField = Field({}, alias=SECTIONS["old_labels"])


@dataclass(frozen=True, slots=True)
class ProjectTerms:
    """A project's terms.yaml: the terms that hold in the project, the file, and what is wrong with it."""

    terms: Terms
    source: Source
    diagnostics: tuple[Diagnostic, ...] = field(default=())


def read(path: Path) -> ProjectTerms:
    """The terms of a project; those of the program alone where its file is faulty. Never raises for what is in the file."""
    source = Source.read(path)
    if {diagnostic.check for diagnostic in source.diagnostics} == {EMPTY_FILE}:
        return ProjectTerms(bundled(), source)
    if not isinstance(source.data, dict):
        return ProjectTerms(bundled(), source, source.diagnostics)
    data = source.data
    language = language_of(data, (TermSettings,))
    settings, findings = validate(TermSettings, {name: _given(one) for name, one in data.items()}, language)
    diagnostics = (*source.diagnostics, *map(source.resolve, findings))
    if settings is None:
        return ProjectTerms(bundled(), source, diagnostics)
    return ProjectTerms(bundled().changed(dict(_changes(settings, data, language))), source, diagnostics)


def _given(section: object) -> object:
    """A section without the words that it takes away, which have no term."""
    return {word: term for word, term in section.items() if term is not None} if isinstance(section, dict) else section


def _changes(
    settings: TermSettings, data: dict[str, Any], language: str
) -> Iterator[tuple[str, dict[str, Term | None]]]:
    for name, one in TermSettings.model_fields.items():
        written = data.get(str(one.alias) if language == "zh" else name, {})
        own: dict[str, TermModel] = getattr(settings, name)
        yield (
            name,
            {
                word: Term(own[word].instead, own[word].not_in, own[word].note) if word in own else None
                for word in written
            },
        )

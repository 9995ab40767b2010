"""What the register knows of one draft: small, and fit to be sent from one process to another."""

from __future__ import annotations

import datetime
import enum
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from gongwen.chinese import parse_date
from gongwen.compiler import Checked, Gathered
from gongwen.diagnostics import DataPath, Diagnostic, Severity, Span
from gongwen.document import Document, Draft, Number, draft_class, file_path
from gongwen.register.serials import Kept, Serial, cited_requests, kept_of, number_in, serial_of
from gongwen.rules.texts import texts_of

ENCLOSABLE: Final = (".yaml", ".yml", ".csv", ".xlsx", ".png", ".jpg", ".jpeg", ".svg", ".pdf")
"""Endings of files that a draft may name."""
_LONGEST_NAME: Final = 260
_REPLY: Final = "批复"


class State(enum.StrEnum):
    """How far a draft is: it has errors, it has placeholders, or it can be printed."""

    FAULTY = "error"
    PENDING = "pending"
    READY = "ready"


WORDS: Final = {State.FAULTY: "有错", State.PENDING: "待定", State.READY: "可付印"}
"""The states as users read them."""


@dataclass(frozen=True, slots=True)
class Citation:
    """The number of a request that a reply cites, and where it does."""

    serial: Serial
    span: Span | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One draft in the register. Of a draft with faults it has what could be read.

    ``name`` is what findings call the file. ``number`` is the number as the page shows it, ``serial`` what it is where it is a
    发文字号, ``kept`` where its place is kept by 待定. ``text`` is a digest of the body's texts; ``files`` are the files that the draft names,
    resolved. ``is_read`` says whether the draft is valid, so that it is known what it names.
    """

    path: Path
    name: str
    kind: str | None = None
    number: str | None = None
    title: str | None = None
    issuers: tuple[str, ...] = ()
    date: datetime.date | None = None
    pages: int | None = None
    serial: Serial | None = None
    kept: Kept | None = None
    is_read: bool = False
    is_pending: bool = False
    errors: int = 0
    warnings: int = 0
    text: str = ""
    number_at: Span | None = None
    title_at: Span | None = None
    date_at: Span | None = None
    requests: tuple[Citation, ...] = ()
    files: frozenset[Path] = frozenset()

    @classmethod
    def of(cls, checked: Checked) -> Entry:
        """The entry of a draft that was checked."""
        document, source = checked.document, checked.source
        facts = _facts(document) if document is not None else _raw_facts(checked)
        number = facts["number"]
        model = draft_class(facts["kind"])
        errors, warnings = counted(checked.diagnostics)

        def at(path: DataPath, length: int = 0) -> Span | None:
            offset = 0 if length else None
            return source.locate(file_path(path, checked.language, model), offset, length)

        return cls(
            checked.path,
            source.name,
            **facts,
            pages=None if checked.layout is None else len(checked.layout.pages),
            serial=None if number is None else serial_of(number),
            kept=None if number is None else kept_of(number),
            is_read=document is not None,
            is_pending=document is not None and bool(document.pending()),
            errors=errors,
            warnings=warnings,
            text=_digest(checked),
            number_at=at(_number_path(checked)),
            title_at=at(("title",), len(facts["title"] or "")),
            date_at=at(("date",)),
            requests=tuple(_requests(checked)),
            files=files_of(checked),
        )

    @property
    def state(self) -> State:
        """How far the draft is."""
        if self.errors:
            return State.FAULTY
        return State.PENDING if self.is_pending else State.READY

    @property
    def is_nameless(self) -> bool:
        """Whether it could not be read, and its number neither."""
        return not self.is_read and self.number is None

    @property
    def place(self) -> str:
        """File and line of its number, as other files name it."""
        return self.name if self.number_at is None else f"{self.name}:{self.number_at.start.line}"


def real(path: Path) -> Path:
    """The path without links and dots; never raises, whatever stands there."""
    return Path(os.path.realpath(path))


def counted(diagnostics: Iterable[Diagnostic]) -> tuple[int, int]:
    """How many errors and warnings there are."""
    severities = [diagnostic.severity for diagnostic in diagnostics]
    return severities.count(Severity.ERROR), severities.count(Severity.WARNING)


# --- What the draft says ------------------------------------------------------------------------------------------------------


def _facts(document: Draft) -> dict[str, Any]:
    date = getattr(document, "date", None)
    return {
        "kind": document.kind,
        "number": document.number_text,
        "title": document.heading_text,
        "issuers": document.authors,
        "date": date if isinstance(date, datetime.date) else None,
    }


def _raw_facts(checked: Checked) -> dict[str, Any]:
    """What can be read of a draft that is not valid."""
    data = checked.source.data

    def given(name: str) -> Any:
        return data.get(_key(checked, name)) if isinstance(data, dict) else None

    def text(name: str) -> str | None:
        value = given(name)
        return value.strip() or None if isinstance(value, str) else None

    issuer = given("issuer")
    names = issuer if isinstance(issuer, list) else [issuer]
    title = text("title")
    only = checked.project.units.only
    return {
        "kind": text("kind"),
        "number": number_in(data, checked.language, None if only is None else only.code),
        "title": None if title is None else title.replace("\n", ""),
        "issuers": tuple(name.strip() for name in names if isinstance(name, str) and name.strip()),
        "date": _date(text("date")),
    }


def _key(checked: Checked, *path: str) -> str:
    """The last key of a path, in the draft's language."""
    return str(file_path(path, checked.language, Document)[-1])


def _date(text: str | None) -> datetime.date | None:
    try:
        return None if text is None else parse_date(text)
    except ValueError:
        return None


def _number_path(checked: Checked) -> DataPath:
    """Where the number stands: in one text, or its serial where it is given in parts."""
    document = checked.document
    if isinstance(document, Document) and isinstance(document.number, Number):
        return ("number", "serial")
    data = checked.source.data
    is_parts = document is None and isinstance(data, dict) and isinstance(data.get(_key(checked, "number")), dict)
    return ("number", "serial") if is_parts else ("number",)


def _digest(checked: Checked) -> str:
    """A digest of the body's texts, in their order."""
    data = checked.source.data
    body = data.get(_key(checked, "body")) if isinstance(data, dict) else None
    text = "\0".join(_texts(body))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest() if text else ""


def _texts(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)


def _requests(checked: Checked) -> Iterator[Citation]:
    """The requests that a reply cites in its body."""
    document = checked.document
    if not isinstance(document, Document) or document.kind != _REPLY:
        return
    for text in texts_of(document):
        if text.path[0] == "body" and text.is_prose:
            path = file_path(text.path, checked.language, Document)
            for serial, offset, length in cited_requests(text.text):
                yield Citation(serial, checked.source.locate(path, offset, length))


def files_of(draft: Checked | Gathered) -> frozenset[Path]:
    """Every file that the draft, a file that it encloses, or the settings name, resolved. Whether it is there is not asked."""
    return frozenset(_files(draft))


def _files(draft: Checked | Gathered) -> Iterator[Path]:
    folder = draft.path.parent
    yield from _named(draft.source.data, folder)
    for file in draft.enclosed:
        yield from _named(file.source.data, (folder / file.name).parent)
    project = draft.project
    yield from (real(project.root / unit.seal) for unit in project.units.all if unit.seal is not None)


def _named(data: object, folder: Path) -> Iterator[Path]:
    for text in _texts(data):
        if text.lower().endswith(ENCLOSABLE) and len(text) <= _LONGEST_NAME and "\0" not in text:
            yield real(folder / text)

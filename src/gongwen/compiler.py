"""The compiler: the pipeline as one readable line.

    draft.yaml → Source → Document → Layout → HTML → PDF → preflight

`Compiler.check` stops at the layout and needs neither Jinja2 nor WeasyPrint; `Compiler.build` goes on to a file. A compiler keeps
faces and pages that it has set, so that the next draft, or the same one after an edit, costs less.
"""

from __future__ import annotations

import datetime
import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from gongwen import project, rules
from gongwen.diagnostics import Check, Diagnostic, Finding, Severity
from gongwen.document import Draft
from gongwen.files import Folder
from gongwen.fonts import ROLE_INFO, FontBook
from gongwen.layout import Layout, lay_out
from gongwen.parser import parse
from gongwen.rules.pages import MEASURED_AGAIN
from gongwen.source import Source
from gongwen.tables import fill_tables

if TYPE_CHECKING:
    from gongwen.preflight import Result
    from gongwen.typeset import Typesetter

Profile = Literal["print", "archive"]

RELEASE_REFUSED = Check("GW304", "release-refused", Severity.ERROR)
SUBSTITUTE_FACE = Check("GW503", "substitute-face", Severity.ERROR, "GB/T 33476.2 第5章")
FAULTY_TEMPLATE = Check("GW504", "faulty-template", Severity.ERROR)
TYPESETTER_COMPLAINT = Check("GW505", "typesetter-complaint", Severity.ERROR)


@dataclass(frozen=True)
class Checked:
    """A draft as far as it got: the document and its layout if it is valid, and every finding on the way."""

    path: Path
    source: Source
    language: str
    project: project.Project
    document: Draft | None = None
    layout: Layout | None = None
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error."""
        return any(diagnostic.is_error for diagnostic in self.diagnostics)


@dataclass(frozen=True)
class Built(Checked):
    """A checked draft and its PDF: ``pdf`` is None where errors kept it from being written."""

    pdf: Path | None = None
    pages: int = 0
    results: tuple[Result, ...] = field(default=())


class Compiler:
    """Compiles drafts. ``strict_fonts`` refuses the bundled substitutes for the standard's faces."""

    def __init__(self, *, strict_fonts: bool = False) -> None:
        self._strict_fonts = strict_fonts
        self._books: dict[object, FontBook] = {}
        self._typesetters: dict[FontBook, Typesetter] = {}

    def check(self, path: Path, name: str | None = None) -> Checked:
        """Read, validate and lay out a draft. Never raises for what is in the file."""
        source = Source.read(path, name)
        found = project.find(path)
        parsed = parse(source)
        diagnostics = [*found.diagnostics, *parsed.diagnostics]
        document, layout = parsed.document, None
        findings: list[Finding] = []
        if document is not None:
            document, findings = fill_tables(document, Folder(path.parent, found.root), parsed.language)
        is_whole = not any(finding.check.severity is Severity.ERROR for finding in findings)
        if document is not None and not any(diagnostic.is_error for diagnostic in found.diagnostics):
            book = self.book(found)
            if self._strict_fonts:
                diagnostics += self._substitutes(book, source.name)
            findings += [
                *rules.check(document, parsed.language),
                *rules.check_characters(document, book, parsed.language),
            ]
            if is_whole:
                findings += rules.check_tables(document, book, parsed.language)
                layout = lay_out(document, book)
                findings += rules.check_layout(document, layout, parsed.language)
        diagnostics += map(source.resolve, findings)
        diagnostics.sort(key=lambda one: (one.file != source.name, one.sort_key()))
        return Checked(path, source, parsed.language, found, document, layout, tuple(diagnostics))

    def build(
        self, path: Path, target: Path, profile: Profile = "print", *, release: bool = False, name: str | None = None
    ) -> Built:
        """Check a draft and, if it has no error, write its PDF to ``target`` and measure the file.

        The file is written whole or not at all. Raises OSError if it cannot be written.
        """
        checked = self.check(path, name)
        diagnostics = list(checked.diagnostics)
        document, layout = checked.document, checked.layout
        if release and document is not None and document.pending():
            diagnostics.append(
                _about_file(RELEASE_REFUSED, checked, "稿件有“待定”之处，不能定稿", "填写后再用 --release")
            )
        if document is None or layout is None or any(diagnostic.is_error for diagnostic in diagnostics):
            return _built(checked, diagnostics)

        from gongwen.render import Metadata, TemplateError, render
        from gongwen.typeset import EmbeddedSource

        book = self.book(checked.project)
        try:
            rendered = render(layout, Metadata.of(document, _epoch()), book, profile, checked.project.templates)
        except TemplateError as error:
            where = f"{error.file} 第{error.line}行" if error.line else error.file
            diagnostics.append(_about_file(FAULTY_TEMPLATE, checked, f"模板有错：{where}：{error.reason}", "改正模板"))
            return _built(checked, diagnostics)
        typesetter, draft = self._typesetter(book), EmbeddedSource(path.name, path.read_bytes())
        try:
            pdf = typesetter.typeset(rendered, profile, draft)
        except Exception as error:
            if (own := checked.project.templates) is None:
                raise
            message = f"模板有错：{own}：排版引擎处理不了（{type(error).__name__}: {error}）"
            diagnostics.append(_about_file(FAULTY_TEMPLATE, checked, message, "改正模板"))
            return _built(checked, diagnostics)
        if typesetter.messages:
            diagnostics += [
                _about_file(TYPESETTER_COMPLAINT, checked, f"排版引擎报告：{message}", "核对项目的模板")
                for message in typesetter.messages
            ]
            return _built(checked, diagnostics)
        write_whole(target, pdf)

        from gongwen import preflight

        results = preflight.measure(pdf, document, profile)
        untold = [result for result in results if result.rule not in MEASURED_AGAIN]
        diagnostics += [checked.source.resolve(finding) for finding in preflight.findings(untold)]
        return _built(checked, diagnostics, target, len(layout.pages), tuple(results))

    def book(self, of: project.Project) -> FontBook:
        """The faces of a project; projects with the same settings share them."""
        settings = (tuple(sorted(of.fonts.faces.items())), of.fonts.extra)
        if settings not in self._books:
            self._books[settings] = FontBook(of.fonts)
        return self._books[settings]

    def _typesetter(self, book: FontBook) -> Typesetter:
        from gongwen.typeset import Typesetter

        if book not in self._typesetters:
            self._typesetters[book] = Typesetter(book)
        return self._typesetters[book]

    def _substitutes(self, book: FontBook, name: str) -> list[Diagnostic]:
        return [
            Diagnostic(
                SUBSTITUTE_FACE,
                f"{ROLE_INFO[role].name}用的是随附字体，不是{ROLE_INFO[role].families[0]}",
                name,
                hint="在 gongwen.yaml 的 fonts（字体）中写明本单位的字体，或去掉 --strict-fonts",
            )
            for role in book.substitutes()
        ]


def _built(
    checked: Checked,
    diagnostics: list[Diagnostic],
    pdf: Path | None = None,
    pages: int = 0,
    results: tuple[Result, ...] = (),
) -> Built:
    return Built(
        checked.path,
        checked.source,
        checked.language,
        checked.project,
        checked.document,
        checked.layout,
        tuple(diagnostics),
        pdf,
        pages,
        results,
    )


def _about_file(check: Check, checked: Checked, message: str, hint: str) -> Diagnostic:
    return Diagnostic(check, message, checked.source.name, hint=hint)


def _epoch() -> datetime.date:
    """The date of a file whose draft gives none: SOURCE_DATE_EPOCH, else the first day of 1970."""
    try:
        seconds = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
        return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date()
    except (ValueError, OverflowError, OSError):
        return datetime.date(1970, 1, 1)


def write_whole(target: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never half of it. Raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        umask = os.umask(0)
        os.umask(umask)
        partial.chmod(0o666 & ~umask)
        partial.replace(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise

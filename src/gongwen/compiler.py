"""The compiler: the pipeline as one readable line.

    draft.yaml → Source → Document → Layout → HTML → PDF → preflight

What the project's settings say of its units is put into the document before anything looks at it.

`Compiler.check` stops at the layout and needs neither Jinja2 nor WeasyPrint; `Compiler.make` goes on to the bytes of the PDF, and
`Compiler.measure` looks at those. `Compiler.build` does all that and writes the file. A compiler keeps faces and pages that it has set,
so that the next draft, or the same one after an edit, costs less.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gongwen import checks, pictures, project, rules, selection, suppression
from gongwen.authority import must
from gongwen.diagnostics import BLOCKING, Check, Diagnostic, Finding, Severity
from gongwen.document import Draft, SeparateAttachment, Speech, draft_class, file_path, separate_attachments
from gongwen.enclosures import EnclosedFile, Places, enclose
from gongwen.files import FileError, Folder, Seen, resolved, state_of
from gongwen.fonts import NO_LETTERS, ROLE_INFO, FontBook, Letters, together
from gongwen.layout import Layout, lay_out
from gongwen.layout.head import COPY_NUMBER_ROLE
from gongwen.options import PRINT, Options, Profile
from gongwen.parser import Parsed, parse
from gongwen.rules.layout.pages import MEASURED_AGAIN
from gongwen.selection import EVERYTHING, Selection
from gongwen.source import Source
from gongwen.suppression import NOTHING, Suppressions
from gongwen.tables import fill_tables
from gongwen.units import Units, fill
from gongwen.writing import write_whole

if TYPE_CHECKING:
    from gongwen.preflight import Result
    from gongwen.render import Rendered
    from gongwen.typeset import Typesetter

RELEASE_REFUSED = Check(
    "GW304",
    "release-refused",
    BLOCKING,
    what="定稿（build --release）里没有“待定”。",
    why="“待定”印在发出去的公文上就是差错。",
)
NO_READING_COPY = Check(
    "GW364",
    "no-reading-copy",
    BLOCKING,
    what="朗读稿（--reading-copy）只用于讲话稿。",
    why="朗读稿用大字排，供讲话的人看；公文的版式由标准规定，不能改用大字。",
)
SUBSTITUTE_FACE = Check(
    "GW503",
    "substitute-face",
    must("GB/T 33476.2 第5章"),
    what="用了 --strict-fonts，就不用随附字体代替标准字体。",
    why="GB/T 33476.2 第 5 章要求使用经过测试、有授权的字库；付印的机构可以要求只用单位自己的字体。",
    wrong="# gongwen check --strict-fonts，而 gongwen.yaml 没有写明小标宋、仿宋、楷体、黑体、宋体",
    right="# gongwen.yaml 的 fonts 写明单位有授权的五种字体",
)
FAULTY_TEMPLATE = Check(
    "GW504",
    "faulty-template",
    BLOCKING,
    what="项目自己的模板合乎模板的写法。",
    why="模板有错，版面就出不来，或者缺了要素。",
)
UNDRAWABLE_PICTURE = Check(
    "GW514",
    "undrawable-picture",
    BLOCKING,
    what="图片能画成像素。",
    why="SVG 和 PDF 在生成成品时才画，内容有错的这时才看得出。",
)
TYPESETTER_COMPLAINT = Check(
    "GW505",
    "typesetter-complaint",
    BLOCKING,
    what="排版引擎照办了全部版面，没有警告。",
    why="漏了一样，成品就可能缺字少线，所以不交出去。",
)

COPIES_NOT_NUMBERED = Check(
    "GW515",
    "copies-not-numbered",
    BLOCKING,
    what="成品的首页认得出份号，而且只有一处。",
    why="编号印制的各份只换首页的份号；认不出，或者正文里也有同样的数字，就会换错。",
)


@dataclass(frozen=True)
class Separate:
    """An attachment that is not bound with its document, and its pages."""

    attachment: SeparateAttachment
    layout: Layout


@dataclass(frozen=True)
class Gathered:
    """A draft and what it stands on. ``units`` are those of the project as the draft's folder sees them.

    The files that the draft names are read through ``folder``; once `Compiler.gather` has read them, no disk is needed any more.
    """

    path: Path
    source: Source
    project: project.Project
    units: Units
    folder: Folder
    enclosed: tuple[EnclosedFile, ...] = ()

    @property
    def seen(self) -> dict[Path, Seen | None]:
        """The files that were read for this draft: itself, and those that it names."""
        return {resolved(self.path): self.source.seen, **self.folder.seen}


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
    enclosed: tuple[EnclosedFile, ...] = ()
    """The files whose texts stand in the draft."""
    separate: tuple[Separate, ...] = ()
    """The attachments that are not bound with it."""
    selection: Selection = EVERYTHING
    """What project and run want to know of; ``diagnostics`` are what that and the comments leave."""
    suppressions: Suppressions = NOTHING
    """What comments may take back."""
    suppressed: tuple[Diagnostic, ...] = ()
    """What they took back."""
    named: Mapping[Path, Seen | None] = field(default_factory=dict, compare=False)
    """The files that the draft names, as they were read; None for one that is not there."""

    @property
    def seen(self) -> dict[Path, Seen | None]:
        """Every file that the pages are made from, besides the program's: None for one that is not there."""
        return {resolved(self.path): self.source.seen, **self.named, **self.project.seen()}

    @property
    def sources(self) -> tuple[Source, ...]:
        """The draft's source, and those of the files whose texts stand in it."""
        return (self.source, *(file.source for file in self.enclosed))

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error."""
        return any(diagnostic.is_error for diagnostic in self.diagnostics)


@dataclass(frozen=True)
class Pdf:
    """The bytes of a PDF, its pages, and what was measured in it.

    ``part`` is 0 for the document itself, n for its n-th attachment, which is not bound with it.
    """

    part: int
    data: bytes = field(repr=False)
    pages: int
    results: tuple[Result, ...] = ()
    copies: range | None = None
    """The numbers 份号 of its copies for the press, of which it is the first (`press`); None where it is the only one."""

    def beside(self, target: Path) -> Path:
        """Its file, where ``target`` is the document's: notice.pdf → notice.fujian1.pdf."""
        if not self.part:
            return target
        ending = ".archive.pdf" if target.name.endswith(".archive.pdf") else target.suffix
        return target.with_name(f"{target.name.removesuffix(ending)}.fujian{self.part}{ending}")


@dataclass(frozen=True)
class Made(Checked):
    """A checked draft and its PDFs: none where errors kept them from being made."""

    pdfs: tuple[Pdf, ...] = ()


@dataclass(frozen=True)
class Written:
    """A PDF: where it is, how many pages it has, and what was measured."""

    pdf: Path
    pages: int
    results: tuple[Result, ...]


@dataclass(frozen=True)
class Built(Made):
    """A draft whose PDFs were written; ``pdf`` is None where errors kept it from that."""

    target: Path = Path()

    @property
    def pdf(self) -> Path | None:
        """The file of the document."""
        return self.target if self.pdfs else None

    @property
    def pages(self) -> int:
        """The pages of the document."""
        return self.pdfs[0].pages if self.pdfs else 0

    @property
    def results(self) -> tuple[Result, ...]:
        """What was measured in the document."""
        return self.pdfs[0].results if self.pdfs else ()

    @property
    def beside(self) -> tuple[Written, ...]:
        """The files of the attachments that are not bound with it."""
        return tuple(Written(pdf.beside(self.target), pdf.pages, pdf.results) for pdf in self.pdfs[1:])


class Compiler:
    """Compiles drafts. ``strict_fonts`` refuses the bundled substitutes for the standard's faces.

    ``wish`` is what this run selects and ignores of the checks; it outweighs what a project says.
    """

    def __init__(self, *, strict_fonts: bool = False, wish: Selection = EVERYTHING) -> None:
        self._strict_fonts = strict_fonts
        self._wish = wish
        self._books: dict[object, FontBook] = {}
        self._typesetters: dict[FontBook, Typesetter] = {}
        self._epoch: datetime.date | None = None

    def __getstate__(self) -> dict[str, object]:
        """What goes to another process: its settings and the date of this environment, not what it has kept."""
        return {**vars(self), "_books": {}, "_typesetters": {}, "_epoch": self._epoch or _epoch()}

    def warm(self) -> None:
        """Load what sets type and what measures it, and the bundled faces, so that the first draft takes no longer than the others."""
        from gongwen import preflight, render, typeset  # noqa: F401 - loaded for what comes

        self._typesetter(self.book(project.Project(Path())))

    def check(
        self,
        path: Path,
        name: str | None = None,
        *,
        source: Source | None = None,
        held: Mapping[Path, bytes] | None = None,
        overprint: bool = False,
        reading_copy: bool = False,
    ) -> Checked:
        """Read, validate and lay out a draft. Never raises for what is in the file.

        ``source`` is what an editor has in place of the file at ``path``, which then need not exist, or that file with its fields
        filled; ``held`` are bytes in place of those of other files, by their resolved paths. With ``overprint`` the layout is that for
        paper with a printed head; a ``reading_copy`` is a speech in larger type. The diagnostics are those that selection and comments
        leave.
        """
        gathered = _begun(path, Source.read(path, name) if source is None else source, held or {})
        return self.check_gathered(gathered, overprint=overprint, reading_copy=reading_copy)

    def gather(self, path: Path, source: Source | None = None) -> Gathered:
        """A draft with every file that it names, read and not looked into: `check_gathered` gives what `check` would.

        ``source`` is the draft with its fields filled.
        """
        gathered = _begun(path, Source.read(path) if source is None else source, {})
        parsed = parse(gathered.source, has_units=bool(gathered.units.all))
        document, places, _ = _enclosed(parsed, gathered)
        if document is not None:
            pictures_of = (pictures.file_of(name)[0] for _, name in document.pictures())
            tables_of = (table.file for _, table in document.tables() if table.file is not None)
            for file in (*pictures_of, *tables_of):
                with contextlib.suppress(FileError):
                    gathered.folder.read(file)
        return replace(gathered, enclosed=places.files)

    def check_gathered(self, gathered: Gathered, *, overprint: bool = False, reading_copy: bool = False) -> Checked:
        """Validate and lay out a draft, as `check` does."""
        path, source, folder, units = gathered.path, gathered.source, gathered.folder, gathered.units
        found, wanted = self._selected(gathered.project)
        parsed = parse(source, has_units=bool(units.all))
        document, places, about_parts, is_gappy = _filled(parsed, gathered)
        diagnostics = [*found.diagnostics, *parsed.diagnostics, *about_parts]
        layout, separate = None, list[Separate]()
        if reading_copy and document is not None and not isinstance(document, Speech):
            message = f"“{document.kind}”没有朗读稿"
            diagnostics.append(Diagnostic(NO_READING_COPY, message, source.name, hint="--reading-copy 只用于讲话稿"))
            refused = Checked(path, source, parsed.language, found, document, selection=wanted, named=folder.seen)
            return _left(refused, diagnostics)
        if document is not None and not any(diagnostic.is_error for diagnostic in found.diagnostics):
            book = self.book(found)
            if self._strict_fonts:
                diagnostics += self._substitutes(book, source.name)
            images, unusable = pictures.load(document, folder)
            findings = [
                *unusable,
                *rules.check(document, units, wanted.wants, terms=found.terms),
                *rules.check_characters(document, book),
            ]
            if not unusable and not is_gappy:
                findings += rules.check_tables(document, book, wanted.wants)
                layout = lay_out(document, book, images, found.house, overprint=overprint, reading_copy=reading_copy)
                findings += rules.check_layout(document, layout, wanted.wants)
                for attachment in separate_attachments(document):
                    separate.append(Separate(attachment, lay_out(attachment, book, images, found.house)))
                    findings += rules.check_layout(attachment, separate[-1].layout, wanted.wants)
            diagnostics += map(places.resolve, findings)
        checked = Checked(
            path,
            source,
            parsed.language,
            found,
            document,
            layout,
            (),
            places.files,
            tuple(separate),
            wanted,
            named=folder.seen,
        )
        return _left(checked, diagnostics)

    def build(
        self,
        path: Path,
        target: Path,
        profile: Profile = "print",
        *,
        release: bool = False,
        overprint: bool = False,
        reading_copy: bool = False,
        name: str | None = None,
    ) -> Built:
        """Check a draft and, if it has no error, write its PDF to ``target`` and measure the file; see `Options`.

        Attachments that are not bound with it go to files of their own beside it. Files are written whole or not at all. Raises
        OSError if one cannot be written.
        """
        options = Options(profile, release, overprint, reading_copy)
        checked = self.check(path, name, overprint=overprint, reading_copy=reading_copy)
        made = self.measure(self.make(checked, options), options)
        for pdf in made.pdfs:
            write_whole(pdf.beside(target), pdf.data)
        return Built(**_fields(made), target=target)

    def make(self, checked: Checked, options: Options = PRINT, letters: Letters = NO_LETTERS) -> Made:
        """The PDFs of a draft that was checked for the same options: none if it has an error, or one strikes on the way.

        Files that are to be bound to one share their faces where each is made with the ``letters`` of all.
        """
        faults: list[Diagnostic] = []
        document, layout = checked.document, checked.layout
        if options.release and document is not None and document.pending():
            faults.append(_about_file(RELEASE_REFUSED, checked, "稿件有“待定”之处，不能定稿", "填写后再用 --release"))
        if document is None or layout is None or checked.has_errors or faults:
            return _made(checked, faults)
        pdfs: list[Pdf] = []
        for part, draft, pages in _parts(checked, document, layout):
            # The archive keeps one copy.
            copies = draft.copy_numbers if options.profile == "print" else None
            digits = self.book(checked.project).letters(COPY_NUMBER_ROLE, string.digits if copies else "")
            data, faults = self._pdf(checked, draft, pages, options.profile, together((letters, digits)))
            if data is not None and copies is not None:
                faults = _about_copies(data, draft, copies.start, checked)
            if data is None or faults:
                return _made(checked, faults)
            pdfs.append(Pdf(part, data, len(pages.pages), copies=copies))
        return _made(checked, (), pdfs)

    def measure(self, made: Made, options: Options = PRINT) -> Made:
        """The PDFs with what is measured in their bytes, and what there is to tell of it among the findings."""
        if not made.pdfs or made.document is None or made.layout is None:
            return made
        from gongwen import preflight

        drafts = {part: draft for part, draft, _ in _parts(made, made.document, made.layout)}
        house = made.project.house
        told: list[Diagnostic] = []
        pdfs: list[Pdf] = []
        for pdf in made.pdfs:
            results = preflight.measure(
                pdf.data,
                drafts[pdf.part],
                options.profile,
                house,
                overprint=options.overprint,
                reading_copy=options.reading_copy,
            )
            untold = [result for result in results if result.rule not in MEASURED_AGAIN]
            measured = map(made.source.resolve, preflight.findings(untold))
            told += made.suppressions.left(made.selection.weighed(measured))[0]
            pdfs.append(replace(pdf, results=tuple(results)))
        return replace(made, pdfs=tuple(pdfs), diagnostics=(*made.diagnostics, *told))

    def render(self, checked: Checked, draft: Draft, layout: Layout, profile: Profile) -> Rendered:
        """The HTML of a draft's pages. Raises `render.TemplateError` for a fault in a project's template."""
        from gongwen.render import Metadata, render

        metadata = Metadata.of(draft, self._epoch or _epoch())
        return render(layout, metadata, self.book(checked.project), profile, checked.project.templates)

    def _pdf(
        self, checked: Checked, draft: Draft, layout: Layout, profile: Profile, letters: Letters
    ) -> tuple[bytes | None, list[Diagnostic]]:
        """The bytes of a PDF, or what kept it from being made."""
        from gongwen.render import TemplateError
        from gongwen.typeset import EmbeddedSource, UndrawableError

        try:
            rendered = self.render(checked, draft, layout, profile)
        except TemplateError as error:
            where = f"{error.file} 第{error.line}行" if error.line else error.file
            return None, [_about_file(FAULTY_TEMPLATE, checked, f"模板有错：{where}：{error.reason}", "改正模板")]
        typesetter = self._typesetter(self.book(checked.project))
        sources = {checked.path.name: checked.source.written, **{file.name: file.data for file in checked.enclosed}}
        try:
            pdf = typesetter.typeset(rendered, profile, [EmbeddedSource(*one) for one in sources.items()], letters)
        except UndrawableError as error:
            name = next(name for name, picture in layout.pictures.items() if picture == error.picture)
            message = f"图片画不出来：{name}"
            return None, [_about_file(UNDRAWABLE_PICTURE, checked, message, "在绘图软件里另存，或改存 PDF、PNG")]
        except Exception as error:
            if (own := checked.project.templates) is None:
                raise
            message = f"模板有错：{own}：排版引擎处理不了（{type(error).__name__}: {error}）"
            return None, [_about_file(FAULTY_TEMPLATE, checked, message, "改正模板")]
        if typesetter.messages:
            return None, [
                _about_file(TYPESETTER_COMPLAINT, checked, f"排版引擎报告：{message}", "核对项目的模板")
                for message in typesetter.messages
            ]
        return pdf, []

    def _selected(self, found: project.Project) -> tuple[project.Project, Selection]:
        """A project with what is wrong with its selection among its diagnostics, and what it and this run want to know of."""
        if found.checks == project.ALL_CHECKS:
            return found, self._wish
        own, findings = selection.of_settings(found.checks, checks.known())
        wanted = own.under(self._wish)
        diagnostics = tuple(wanted.weighed((*found.diagnostics, *map(found.resolve, findings))))
        return replace(found, diagnostics=diagnostics), wanted

    def book(self, of: project.Project) -> FontBook:
        """The faces of a project; projects with the same settings share them. A file that has changed is another face."""
        states = tuple(map(state_of, (*of.fonts.faces.values(), *of.fonts.extra)))
        settings = (tuple(sorted(of.fonts.faces.items())), of.fonts.extra, of.fonts.emboldened, states)
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


class _Filled(NamedTuple):
    """A draft with all that stands elsewhere put in, where its places are now, and what is wrong with that.

    ``is_gappy`` says that a table lacks its rows, so that there is nothing to set.
    """

    document: Draft | None
    places: Places
    diagnostics: tuple[Diagnostic, ...] = ()
    is_gappy: bool = False


def _begun(path: Path, source: Source, held: Mapping[Path, bytes]) -> Gathered:
    """A draft of which nothing but its own file has been read."""
    found = project.find(path)
    units = found.units.seen_from(path.parent, found.root)
    source = source.filled({}) if source.filling is None else source
    return Gathered(path, source, found, units, Folder(path.parent, found.root, held))


def _enclosed(parsed: Parsed, gathered: Gathered) -> tuple[Draft | None, Places, tuple[Diagnostic, ...]]:
    """Put in what settings say of units, and the texts of other files. Nothing is left of a draft that lacks any text."""
    document = parsed.document
    places = Places(gathered.source, parsed.language, draft_class(None if document is None else document.kind))
    if document is None:
        return None, places, ()
    document, missing = fill(document, gathered.units)
    if missing:
        return None, places, tuple(map(places.resolve, missing))
    return enclose(document, places, gathered.folder)


def _filled(parsed: Parsed, gathered: Gathered) -> _Filled:
    """Put in all that stands elsewhere: as `_enclosed`, and the rows of tables."""
    enclosing, places, about_files = _enclosed(parsed, gathered)
    if enclosing is None:
        return _Filled(None, places, about_files)
    document, unfilled = fill_tables(enclosing, gathered.folder)
    is_gappy = any(finding.check.severity is Severity.ERROR for finding in unfilled)
    return _Filled(document, places, (*about_files, *map(places.resolve, unfilled)), is_gappy)


def _left(checked: Checked, diagnostics: Iterable[Diagnostic]) -> Checked:
    """A checked draft with the diagnostics that selection and comments leave, and what is wrong with those comments."""
    wanted, source = checked.selection, checked.source
    suppressions = suppression.read(checked.sources, checks.known)
    wished = list(wanted.weighed(diagnostics))
    kept, used = suppressions.left(wished)
    left = set(kept)
    suppressed = tuple(one for one in wished if one not in left)
    told = list(suppressions.diagnostics)
    if suppressions.all:
        told += suppressions.unused(used, _looked_for(checked), source)
    kept += wanted.weighed(told)
    kept.sort(key=lambda one: (one.file != source.name, one.file, one.sort_key()))
    return replace(checked, diagnostics=tuple(kept), suppressions=suppressions, suppressed=suppressed)


def _looked_for(checked: Checked) -> set[Check]:
    """The checks of rules that had their chance to strike; of a draft that was not laid out, none."""
    if checked.document is None or checked.layout is None:
        return set()
    return {check for check in rules.checks_of(checked.document) if checked.selection.wants(check)}


def _parts(checked: Checked, document: Draft, layout: Layout) -> Iterator[tuple[int, Draft, Layout]]:
    """The document and the attachments that are not bound with it, each with the number of its part."""
    yield 0, document, layout
    for one in checked.separate:
        yield one.attachment.index + 1, one.attachment, one.layout


def _made(checked: Checked, faults: Sequence[Diagnostic], pdfs: Sequence[Pdf] = ()) -> Made:
    return Made(**_fields(checked) | {"diagnostics": (*checked.diagnostics, *faults)}, pdfs=tuple(pdfs))


def _fields(of: Checked) -> dict[str, Any]:
    return {one.name: getattr(of, one.name) for one in fields(of)}


def _about_file(check: Check, checked: Checked, message: str, hint: str) -> Diagnostic:
    return Diagnostic(check, message, checked.source.name, hint=hint)


def _about_copies(pdf: bytes, draft: Draft, first: int, checked: Checked) -> list[Diagnostic]:
    """What keeps a PDF from being numbered, told at the number of its copies."""
    from gongwen import press

    try:
        press.copy(pdf, first, set_with=first)
    except press.PressError as error:
        path = file_path(("copies",), checked.language, type(draft))
        finding = Finding(COPIES_NOT_NUMBERED, error.message, path, hint=error.hint)
        return [checked.source.resolve(finding)]
    return []


def _epoch() -> datetime.date:
    """The date of a file whose draft gives none: SOURCE_DATE_EPOCH, else the first day of 1970."""
    try:
        seconds = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
        return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date()
    except (ValueError, OverflowError, OSError):
        return datetime.date(1970, 1, 1)

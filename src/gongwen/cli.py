"""The command line: new, check, build, show, kinds, fonts, schema.

Exit status: 0 clean; 1 a draft has errors (or warnings under ``--strict``); 2 wrong use, an environment that cannot serve, or a bug.
What belongs to a result goes to standard output, everything about the run to standard error.
"""

from __future__ import annotations

import atexit
import gc
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click

from gongwen import __version__

if TYPE_CHECKING:
    from gongwen.compiler import Checked, Compiler
    from gongwen.source import Source

_DRAFT_SUFFIXES: Final = (".yaml", ".yml")
_SETTINGS: Final = "gongwen.yaml"


# --- Wrong use, in Chinese ----------------------------------------------------------------------------------------------------


class _Chinese:
    """Help of a command in Chinese; click's own words are English."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The help option with a Chinese text."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "显示说明并退出。"
        return option  # type: ignore[no-any-return]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """用法 instead of Usage."""
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """选项 and 命令 instead of Options and Commands."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]  # type: ignore[attr-defined]
        rows = [record for option in options if (record := option.get_help_record(ctx)) is not None]
        if rows:
            with formatter.section("选项"):
                formatter.write_dl(rows)
        if isinstance(self, click.Group):
            with formatter.section("命令"):
                formatter.write_dl(
                    [(name, self.commands[name].get_short_help_str(60)) for name in self.list_commands(ctx)]
                )


class _Path(click.Path):
    """A path whose complaints are Chinese."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, unless it is a folder in place of a file or a file in place of a folder."""
        if not self.dir_okay and Path(value).is_dir():
            self.fail(f"{value} 是文件夹，不是文件", param, ctx)
        if not self.file_okay and Path(value).is_file():
            self.fail(f"{value} 是文件，不是文件夹", param, ctx)
        return super().convert(value, param, ctx)


class _Command(_Chinese, click.Command):
    """A command whose help is Chinese."""

    def __init__(self, name: str | None, **options: Any) -> None:
        super().__init__(name, **{"options_metavar": "[选项]", **options})


class _Group(_Chinese, click.Group):
    """The commands, in the order in which a draft meets them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click passes it
        """In the order of their definition."""
        return list(self.commands)


def _usage_message(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            near = f"，是不是 {'、'.join(error.possibilities)}？" if error.possibilities else ""
            return f"没有 {error.option_name} 这个选项{near}"
        case click.MissingParameter():
            name = error.param.make_metavar(error.ctx) if error.param is not None and error.ctx is not None else ""
            return f"缺少参数 {name}"
        case click.BadParameter() if error.param is not None:
            shown = error.param.opts[-1] if isinstance(error.param, click.Option) else error.param.human_readable_name
            if isinstance(error.param.type, click.Choice):
                return f"{shown} 只能是：{'、'.join(map(str, error.param.type.choices))}"
            return f"{shown}：{error.message}"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 的用法不对，它后面要有一个值"
        case _ if error.message.startswith("No such command"):
            name = error.message.split("'")[1]
            return f"没有 {name} 这个命令"
        case _ if "unexpected extra argument" in error.message:
            return "参数太多"
        case _:
            return error.message


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit. A bug is reported in one line, without a traceback, and exits 2."""
    from gongwen.resources import MissingResourceError

    spare_collector()
    try:
        status = cli.main(args=list(args) if args is not None else None, prog_name="gongwen", standalone_mode=False)
        sys.exit(status if isinstance(status, int) else 0)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.message, err=True)
        sys.exit(2)
    except click.UsageError as error:
        hint = f"（用 {error.ctx.command_path} --help 看用法）" if error.ctx is not None else ""
        _fail(f"{_usage_message(error)}{hint}")
    except click.Abort:
        _fail("已中断")
    except click.ClickException as error:
        _fail(error.message)
    except MissingResourceError as error:
        _fail(str(error))
    except OSError as error:
        _fail(_os_message(error))
    except Exception as error:  # noqa: BLE001 - the last resort, so that a bug is never a traceback
        _fail(f"程序有错（{type(error).__name__}: {error}）；请把稿件和这句话报告给开发者")


def spare_collector() -> None:
    """Look for garbage seldom, and not at the end: a run makes many objects and drops few, and looking costs a tenth of it."""
    gc.set_threshold(100_000, 50, 1000)
    atexit.register(gc.freeze)


def _os_message(error: OSError) -> str:
    """What the system refused, in Chinese."""
    import errno

    what = {
        errno.ENOSPC: "磁盘已满",
        errno.EACCES: "没有权限",
        errno.EPERM: "没有权限",
        errno.EROFS: "文件系统只读",
        errno.EISDIR: "这是文件夹，不是文件",
        errno.ENOTDIR: "路径中有一段不是文件夹",
        errno.EEXIST: "已有同名文件",
        errno.ENOENT: "没有这个文件或文件夹",
        errno.ENAMETOOLONG: "文件名太长",
    }.get(error.errno or 0, error.strerror or str(error))
    return f"{what}：{error.filename}" if error.filename else what


def _fail(message: str) -> NoReturn:
    click.echo(f"{click.style('gongwen', fg='red', bold=True)}：{message}", err=True)
    sys.exit(2)


# --- Drafts and reports -------------------------------------------------------------------------------------------------------


def _drafts(paths: Sequence[Path], out: Path | None = None) -> list[tuple[Path, Path]]:
    """Drafts of the given files and folders, each with its path relative to the folder it was found in.

    A folder is searched to the bottom; what is hidden or begins with _ (texts that drafts enclose), the output folder and settings
    are left out. Raises click.UsageError.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        if path.is_dir():
            inside = [
                file
                for file in sorted(path.rglob("*"))
                if file.suffix.lower() in _DRAFT_SUFFIXES
                and file.name != _SETTINGS
                and not any(part.startswith((".", "_")) for part in file.relative_to(path).parts)
                and not (out is not None and file.resolve().is_relative_to(out.resolve()))
                and file.is_file()
            ]
            if not inside:
                raise click.UsageError(f"文件夹 {path} 里没有稿件（.yaml）")
            found |= {file: file.relative_to(path) for file in inside}
        elif path.exists():
            found[path] = Path(path.name)
        else:
            raise click.UsageError(f"没有 {path} 这个文件或文件夹")
    return list(found.items())


class _Report:
    """Collects what was found, prints it, and decides the exit status."""

    def __init__(self, *, strict: bool) -> None:
        self._strict = strict
        self._all: list[Any] = []
        self._seen_settings: set[Any] = set()
        self._deviations: dict[str, str] = {}

    def add(self, checked: Checked) -> None:
        """Print the findings of one draft; those about shared settings are printed once."""
        from gongwen import reporters

        sources: dict[str, Source] = {source.name: source for source in checked.sources}
        if checked.project.source is not None:
            sources[checked.project.source.name] = checked.project.source
        fresh = []
        for diagnostic in checked.diagnostics:
            if diagnostic in checked.project.diagnostics:
                if diagnostic in self._seen_settings:
                    continue
                self._seen_settings.add(diagnostic)
            fresh.append(diagnostic)
        self._all += fresh
        if (deviations := "；".join(checked.project.house.deviations())) and checked.project.source is not None:
            self._deviations[checked.project.source.name] = deviations
        if fresh:
            columns = shutil.get_terminal_size((100, 24)).columns
            click.echo(reporters.full(fresh, sources, columns))

    def tell_deviations(self) -> None:
        """Say where units depart from the standard: it is their habit, and no finding."""
        for name, deviations in self._deviations.items():
            click.echo(f"偏离标准（{name}）：{deviations}", err=True)

    @property
    def counted(self) -> str:
        """How much was found."""
        from gongwen import reporters

        return reporters.counted(self._all)

    @property
    def status(self) -> int:
        """1 where a draft has errors, or warnings under ``--strict``."""
        from gongwen.diagnostics import Severity

        severities = {diagnostic.severity for diagnostic in self._all}
        return int(Severity.ERROR in severities or (self._strict and Severity.WARNING in severities))


def _compiler(*, strict_fonts: bool) -> Compiler:
    from gongwen.compiler import Compiler

    return Compiler(strict_fonts=strict_fonts)


_PATHS = click.argument("paths", nargs=-1, required=True, type=_Path(path_type=Path), metavar="路径…")
_STRICT = click.option("--strict", is_flag=True, help="有警告也算不通过（退出码 1）。")
_READING_COPY = click.option(
    "--reading-copy", is_flag=True, help="朗读稿：讲话稿用大字排印（2 号，每页 19 行、每行 20 字）。"
)
_STRICT_FONTS = click.option("--strict-fonts", is_flag=True, help="不许用随附字体代替标准字体。")


@click.group(
    cls=_Group,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    options_metavar="[选项]",
    subcommand_metavar="命令 …",
)
@click.version_option(__version__, "-V", "--version", message="gongwen %(version)s", help="显示版本并退出。")
def cli() -> None:
    """公文编译器：用 YAML 起草，按 GB/T 9704-2012 检查、排版，生成可以付印的 PDF。"""


@cli.command(cls=_Command)
@click.argument("kind", metavar="文种")
@click.option("--chinese", "-c", is_flag=True, help="键名用中文。")
@click.option(
    "--output",
    "-o",
    type=_Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="写到文件；已有的文件不覆盖。",
)
def new(kind: str, *, chinese: bool, output: Path | None) -> None:
    """写出某一文种的最小稿件（如 gongwen new 通知）；gongwen.yaml 里有单位的，填上它的名称和代字。"""
    from gongwen import project
    from gongwen.compiler import write_whole
    from gongwen.kinds import kind_of
    from gongwen.parser import available_kinds
    from gongwen.scaffold import new_draft

    found = kind_of(kind)
    if found is None:
        raise click.UsageError(f"没有“{kind}”这一文种。{available_kinds(kind)}")
    unit = project.find(output or Path("draft")).units.only
    text = new_draft(found, "zh" if chinese else "en", unit=unit, name=kind.strip())
    if output is None:
        click.echo(text, nl=False)
        return
    if output.exists():
        raise click.UsageError(f"已有 {output}，没有覆盖")
    write_whole(output, text.encode())
    click.echo(f"已写出 {output}", err=True)


@cli.command(cls=_Command)
@_PATHS
@_STRICT
@_STRICT_FONTS
def check(paths: tuple[Path, ...], *, strict: bool, strict_fonts: bool) -> int:
    """检查稿件：写法、要素、页面（不生成 PDF）。"""
    drafts = _drafts(paths)
    compiler = _compiler(strict_fonts=strict_fonts)
    report = _Report(strict=strict)
    for path, _ in drafts:
        report.add(compiler.check(path))
    report.tell_deviations()
    click.echo(f"检查了 {len(drafts)} 份稿件：{report.counted or '没有发现问题'}", err=True)
    return report.status


@cli.command(cls=_Command)
@_PATHS
@click.option(
    "--output",
    "-o",
    type=_Path(path_type=Path, file_okay=False),
    default=Path("out"),
    metavar="文件夹",
    help="输出文件夹，默认 out。",
)
@click.option(
    "--profile",
    type=click.Choice(["print", "archive"]),
    default="print",
    metavar="print|archive",
    help="print 付印（PDF/X-4，CMYK）；archive 归档（PDF/A-3a，嵌入稿件）。默认 print。",
)
@click.option("--release", is_flag=True, help="定稿：还有“待定”之处的不予编译。")
@click.option("--overprint", is_flag=True, help="套打：红头已经印在纸上，不画标志和红线，其余位置不变。")
@_READING_COPY
@_STRICT
@_STRICT_FONTS
def build(
    paths: tuple[Path, ...],
    *,
    output: Path,
    profile: str,
    release: bool,
    overprint: bool,
    reading_copy: bool,
    strict: bool,
    strict_fonts: bool,
) -> int:
    """检查并排版稿件，生成 PDF，再逐项量测成品。"""
    drafts = _drafts(paths, output)
    targets = [
        (path, _target(output, relative, profile, overprint=overprint, reading_copy=reading_copy))
        for path, relative in drafts
    ]
    _refuse_collisions(targets)
    compiler = _compiler(strict_fonts=strict_fonts)
    report = _Report(strict=strict)
    built = pages = failures = 0
    book = None
    with _progress(targets) as items:
        for path, target in items:
            result = compiler.build(
                path,
                target,
                "archive" if profile == "archive" else "print",
                release=release,
                overprint=overprint,
                reading_copy=reading_copy,
            )
            report.add(result)
            book = compiler.book(result.project) if not result.project.diagnostics else book
            if result.pdf is None:
                failures += 1
            else:
                built += 1
                pages += result.pages
                click.echo(f"{result.pdf}  {result.pages} 页{_measured(result.results)}")
                for one in result.beside:
                    built += 1
                    pages += one.pages
                    click.echo(f"{one.pdf}  {one.pages} 页{_measured(one.results)}")
    if book is not None and built:
        for line in book.report():
            click.echo(f"字体  {line}", err=True)
    report.tell_deviations()
    failed = f"，{failures} 份没有生成" if failures else ""
    found = f"；{report.counted}" if report.counted else ""
    click.echo(f"生成 {built} 份 PDF，共 {pages} 页{failed}{found}", err=True)
    return report.status


def _target(output: Path, relative: Path, profile: str, *, overprint: bool, reading_copy: bool) -> Path:
    suffixes = (
        ".overprint" if overprint else "",
        ".reading" if reading_copy else "",
        ".archive" if profile == "archive" else "",
    )
    return output / relative.with_suffix(f"{''.join(suffixes)}.pdf")


def _refuse_collisions(targets: Sequence[tuple[Path, Path]]) -> None:
    owners: dict[Path, Path] = {}
    for path, target in targets:
        if target in owners:
            raise click.UsageError(f"{owners[target]} 和 {path} 会写成同一个文件 {target}；请分两次编译到不同的文件夹")
        owners[target] = path


def _progress(items: list[tuple[Path, Path]]) -> Any:
    """A progress bar on long work in a terminal; nothing elsewhere."""
    hidden = len(items) <= 1 or not sys.stderr.isatty()
    return click.progressbar(
        items,
        label="编译",
        file=sys.stderr,
        hidden=hidden,
        show_pos=True,
        item_show_func=lambda item: item[0].name if item else "",
    )


def _measured(results: Sequence[Any]) -> str:
    met = sum(result.verdict == "met" for result in results)
    unmeasured = sum(result.verdict == "unmeasured" for result in results)
    missed = sum(result.verdict == "missed" for result in results)
    parts = [f"量测 {len(results)} 项，合格 {met}"]
    if missed:
        parts.append(f"不合格 {missed}")
    if unmeasured:
        parts.append(f"未能量测 {unmeasured}")
    return f"  （{'，'.join(parts)}）"


@cli.command(cls=_Command)
@click.argument("draft", type=_Path(path_type=Path, dir_okay=False), metavar="稿件")
@_READING_COPY
def show(draft: Path, *, reading_copy: bool) -> int:
    """在终端里显示版面：每页 22 行、每行 28 字。"""
    from gongwen.textpages import text_pages

    checked = _compiler(strict_fonts=False).check(_drafts([draft])[0][0], reading_copy=reading_copy)
    report = _Report(strict=False)
    if checked.layout is None:
        report.add(checked)
        return report.status
    for layout in (checked.layout, *(one.layout for one in checked.separate)):
        click.echo(text_pages(layout), nl=False)
    if checked.has_errors:
        click.echo(f"稿件有错，用 gongwen check {draft} 查看", err=True)
    return int(checked.has_errors)


@cli.command(cls=_Command)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    metavar="text|json",
    help="text 供阅读，json 供程序使用。默认 text。",
)
def kinds(*, form: str) -> None:
    """列出各文种：行文方向、格式、什么时候用哪一种、习惯的结束语。"""
    from gongwen import catalogue

    if form == "json":
        click.echo(catalogue.as_json(), nl=False)
    else:
        click.echo(catalogue.as_text(shutil.get_terminal_size((100, 24)).columns), nl=False)


@cli.command(cls=_Command)
@click.argument("folder", type=_Path(path_type=Path), default=Path(), required=False, metavar="[文件夹]")
@click.option("--strict-fonts", is_flag=True, help="有随附字体代替标准字体时退出码为 1。")
def fonts(folder: Path, *, strict_fonts: bool) -> int:
    """列出各种字体由哪个文件提供，以及可以写进 gongwen.yaml 的字体名。"""
    from gongwen import project
    from gongwen.fonts import ROLE_INFO, FontBook

    if not folder.exists():
        raise click.UsageError(f"没有 {folder} 这个文件夹")
    found = project.find(folder / "draft" if folder.is_dir() else folder)
    if found.diagnostics:
        from gongwen import reporters

        sources = {found.source.name: found.source} if found.source is not None else {}
        click.echo(reporters.full(found.diagnostics, sources))
        if any(diagnostic.is_error for diagnostic in found.diagnostics):
            return 1
    book = FontBook(found.fonts)
    for line in book.report():
        click.echo(line)
    for number, path in enumerate(found.fonts.extra, 1):
        click.echo(f"补字{number}：{path.name}")
    click.echo("单位有授权的字体可以在 gongwen.yaml 中写明：")
    click.echo("fonts:")
    for info in ROLE_INFO.values():
        click.echo(f"  {info.name}: {' 或 '.join(info.families)}".replace(f"  {info.name}", f"  {_role_of(info.name)}"))
    return int(strict_fonts and bool(book.substitutes()))


def _role_of(name: str) -> str:
    from gongwen.fonts import ROLE_INFO

    return next(role for role, info in ROLE_INFO.items() if info.name == name)


@cli.command(cls=_Command)
@click.option("--chinese", "-c", is_flag=True, help="键名为中文的稿件用的结构。")
def schema(*, chinese: bool) -> None:
    """打印稿件的 JSON Schema，供编辑器补全和检查。"""
    from gongwen.schema import schema_text

    click.echo(schema_text("zh" if chinese else "en"), nl=False)

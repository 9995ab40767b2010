"""``gongwen fonts``: which file serves which face."""

from __future__ import annotations

from pathlib import Path

import click

from gongwen.cli.chinese import Command, FilePath


@click.command(cls=Command)
@click.argument("folder", type=FilePath(path_type=Path), default=Path(), required=False, metavar="[文件夹]")
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

"""``gongwen new``: the smallest draft of a kind."""

from __future__ import annotations

from pathlib import Path

import click

from gongwen.cli.chinese import Command, FilePath


@click.command(cls=Command)
@click.argument("kind", metavar="文种")
@click.option("--chinese", "-c", is_flag=True, help="键名用中文。")
@click.option(
    "--output",
    "-o",
    type=FilePath(path_type=Path, dir_okay=False),
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

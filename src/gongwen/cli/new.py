"""``gongwen new``: the smallest draft of a kind."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from gongwen.cli.chinese import Command, FilePath
from gongwen.cli.drafts import find_drafts


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
    """写出某一文种的最小稿件（如 gongwen new 通知）；gongwen.yaml 里有单位的，填上它的名称和代字，旁注下一个可用的号。"""
    from gongwen import project
    from gongwen.kinds import kind_of
    from gongwen.parser import available_kinds
    from gongwen.scaffold import new_draft
    from gongwen.writing import write_whole

    found = kind_of(kind)
    if found is None:
        raise click.UsageError(f"没有“{kind}”这一文种。{available_kinds(kind)}")
    here = project.find(output or Path("draft"))
    unit = here.units.only
    code = None if unit is None or "number" not in found.requires else unit.code
    proposal = None if code is None else _proposal(here.root, code)
    text = new_draft(found, "zh" if chinese else "en", unit=unit, name=kind.strip(), next_number=proposal)
    if output is None:
        click.echo(text, nl=False)
        return
    if output.exists():
        raise click.UsageError(f"已有 {output}，没有覆盖")
    write_whole(output, text.encode())
    click.echo(f"已写出 {output}", err=True)


def _proposal(root: Path, code: str) -> str | None:
    """The next number of the code in this year, from the drafts of the project."""
    from gongwen.register.numbering import next_number

    try:
        drafts = [path for path, _ in find_drafts([root])]
    except click.UsageError:
        return None  # the first draft of the project
    number = next_number(drafts, code, _today().year)
    return None if number is None else str(number)


def _today() -> datetime.date:
    return datetime.datetime.now().astimezone().date()

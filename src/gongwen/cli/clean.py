"""``gongwen clean``: take away what builds have written."""

from __future__ import annotations

import contextlib
from pathlib import Path

import click

from gongwen.cli.build import OUTPUT
from gongwen.cli.chinese import Command


@click.command(cls=Command)
@OUTPUT
@click.option("--dry-run", is_flag=True, help="只列出要删去的文件，不删。")
def clean(*, output: Path, dry_run: bool) -> int:
    """删去编译生成的文件：只删记录在案、之后没有人改动过的。"""
    from gongwen.building.record import NAME, Record
    from gongwen.writing import leftovers

    if not (output / NAME).is_file():
        click.echo(f"{output} 里没有编译的记录，没有可删的", err=True)
        return 0
    with contextlib.closing(Record(output)) as record:
        files = dict(record.files())
    folders = {path.parent for path in files}
    ours = [path for path, is_as_written in files.items() if is_as_written]
    ours += [left for folder in sorted(folders) for left in leftovers(folder, older_than=0)]
    for path in ours:
        click.echo(str(_shown(path, output)))
        if not dry_run:
            path.unlink(missing_ok=True)
    changed = [path for path, is_as_written in files.items() if not is_as_written]
    for path in changed:
        click.echo(f"{_shown(path, output)} 生成以后有人改动过，留下", err=True)
    if not dry_run:
        (output / NAME).unlink(missing_ok=True)
        for folder in sorted(folders | {output}, key=lambda one: len(one.parts), reverse=True):
            with contextlib.suppress(OSError):  # what others have put there stays
                folder.rmdir()
    click.echo(f"{'要删' if dry_run else '删去'} {len(ours)} 个文件", err=True)
    return 0


def _shown(path: Path, output: Path) -> Path:
    """A file as the user names its folder."""
    with contextlib.suppress(ValueError):
        return output / path.relative_to(output.resolve())
    return path

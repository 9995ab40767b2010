"""``--fix`` and ``--diff``: what is said of fixes, and the difference that they would make."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from gongwen.compiler import Compiler
    from gongwen.fixes import Change, Fixer


def fix(compiler: Compiler, paths: list[Path]) -> None:
    """Fix drafts on disk and say what was done. Raises click.ClickException where a file cannot be written."""
    from gongwen.fixes import FixError

    # What is no file, a pipe or a device, cannot be written back, and what was read from it is gone.
    fixer = _fixed(compiler, [path for path in paths if path.is_file()])
    try:
        fixer.write()
    except FixError as error:
        raise click.ClickException(str(error)) from None
    for change in fixer.changes:
        click.echo(f"{change.name}：改正了 {change.count} 处（{_codes(change)}）", err=True)


def show_difference(compiler: Compiler, paths: list[Path]) -> int:
    """Write what fixes would change, as a unified diff, and change nothing; 1 where there is something."""
    changes = _fixed(compiler, paths).changes
    for change in changes:
        click.echo(change.diff(), nl=False)
    count = sum(change.count for change in changes)
    told = f"可以改正 {count} 处，在 {len(changes)} 个文件里；用 --fix 改正" if changes else "没有可以自动改正的差错"
    click.echo(told, err=True)
    return int(bool(changes))


def _fixed(compiler: Compiler, paths: list[Path]) -> Fixer:
    from gongwen.fixes import Fixer

    fixer = Fixer(compiler)
    for path in paths:
        fixer.fix(path)
    for one in fixer.refused:
        place = f"{one.file}:{one.span.start.line}:{one.span.start.column}" if one.span is not None else one.file
        click.echo(f"{place}：{one.check.code} 没有自动改正，请手工改正", err=True)
    for name in fixer.unread:
        click.echo(f"{name}：文件读不懂，没有改", err=True)
    return fixer


def _codes(change: Change) -> str:
    return "、".join(code if count == 1 else f"{code}×{count}" for code, count in change.codes.items())

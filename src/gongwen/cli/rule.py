"""``gongwen rule``: what a check asks for, and why."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import click

from gongwen.cli.chinese import Command

if TYPE_CHECKING:
    from gongwen.diagnostics import Check


@click.command(cls=Command)
@click.argument("codes", nargs=-1, metavar="[代码或名称]…")
@click.option("--all", "everything", is_flag=True, help="全部检查项目。")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    metavar="text|json|markdown",
    help="text 供阅读，json 供程序使用，markdown 供文档。默认 text。",
)
def rule(codes: tuple[str, ...], *, everything: bool, form: str) -> None:
    """说明检查项目：要求什么、依据、错例和正例（如 gongwen rule GW201）。"""
    from gongwen import rulebook

    if everything == bool(codes):
        raise click.UsageError("代码和 --all 不能一起写" if codes else "写上代码或名称，或者用 --all 列出全部")
    wanted = (
        list(rulebook.checks().values()) if everything else list({one.code: one for one in map(_found, codes)}.values())
    )
    if form == "json":
        click.echo(rulebook.as_json(wanted), nl=False)
    elif form == "markdown":
        click.echo(rulebook.as_markdown() if everything else "\n".join(map(rulebook.section, wanted)), nl=False)
    else:
        columns = shutil.get_terminal_size((100, 24)).columns
        click.echo("\n".join(rulebook.as_text(one, columns) for one in wanted), nl=False)


def _found(text: str) -> Check:
    """The check of a code or a name. Raises click.UsageError."""
    from gongwen import checks

    known = checks.known()
    check = known.find(text)
    if check is None:
        near = "、".join(f"{one.code} {one.name}" for one in known.near(text))
        raise click.UsageError(f"没有 {text} 这个检查项目{f'，是不是 {near}？' if near else ''}")
    return check

"""``gongwen kinds``: the kinds of documents."""

from __future__ import annotations

import shutil

import click

from gongwen.cli.chinese import Command


@click.command(cls=Command)
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

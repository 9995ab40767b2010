"""``gongwen schema``: the JSON Schema of drafts."""

from __future__ import annotations

import click

from gongwen.cli.chinese import Command


@click.command(cls=Command)
@click.option("--chinese", "-c", is_flag=True, help="键名为中文的稿件用的结构。")
def schema(*, chinese: bool) -> None:
    """打印稿件的 JSON Schema，供编辑器补全和检查。"""
    from gongwen.schema import schema_text

    click.echo(schema_text("zh" if chinese else "en"), nl=False)

"""``gongwen lsp``: the language server."""

from __future__ import annotations

import os
from typing import NoReturn

import click

from gongwen.cli.chinese import Command


@click.command(cls=Command)
def lsp() -> NoReturn:
    """编辑器的语言服务（LSP）：起草时检查、补全、说明、改正；由编辑器启动，用标准输入和输出通信。"""
    from gongwen.lsp.guard import guard
    from gongwen.lsp.server import private_streams, serve

    stdin, stdout = private_streams()
    guard(stdin.fileno())
    # A check may be under way, in a thread that an orderly end would wait for.
    os._exit(serve(stdin, stdout))

"""The command line: new, check, build, watch, clean, show, preflight, register, rule, kinds, fonts, schema, lsp.

Exit status: 0 clean; 1 a draft has errors (or warnings under ``--strict``); 2 wrong use, an environment that cannot serve, or a bug.
What belongs to a result goes to standard output, everything about the run to standard error.
"""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any, Final, NoReturn

import click

from gongwen import __version__
from gongwen.cli.build import build
from gongwen.cli.check import check
from gongwen.cli.chinese import Group, usage_message
from gongwen.cli.clean import clean
from gongwen.cli.fonts import fonts
from gongwen.cli.kinds import kinds
from gongwen.cli.lsp import lsp
from gongwen.cli.new import new
from gongwen.cli.preflight import preflight
from gongwen.cli.register import register
from gongwen.cli.rule import rule
from gongwen.cli.schema import schema
from gongwen.cli.show import show
from gongwen.cli.watch import watch

COMMANDS: Final = (new, check, build, watch, clean, show, preflight, register, rule, kinds, fonts, schema, lsp)
"""The commands, in the order in which a draft meets them."""


@click.group(
    cls=Group,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    options_metavar="[选项]",
    subcommand_metavar="命令 …",
)
@click.version_option(__version__, "-V", "--version", message="gongwen %(version)s", help="显示版本并退出。")
def cli() -> None:
    """公文编译器：用 YAML 起草，按 GB/T 9704-2012 检查、排版，生成可以付印的 PDF。"""


for _command in COMMANDS:
    cli.add_command(_command)


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit. A bug is reported in one line, without a traceback, and exits 2."""
    from gongwen.resources import MissingResourceError

    spare_collector()
    spare_plugins()
    try:
        status = cli.main(args=list(args) if args is not None else None, prog_name="gongwen", standalone_mode=False)
        sys.exit(status if isinstance(status, int) else 0)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.message, err=True)
        sys.exit(2)
    except click.UsageError as error:
        hint = f"（用 {error.ctx.command_path} --help 看用法）" if error.ctx is not None else ""
        _fail(f"{usage_message(error)}{hint}")
    except click.Abort:
        _fail("已中断")
    except click.ClickException as error:
        _fail(error.message)
    except MissingResourceError as error:
        _fail(str(error))
    except OSError as error:
        from gongwen.writing import reason_of

        what = reason_of(error)
        _fail(f"{what}：{error.filename}" if error.filename else what)
    except Exception as error:  # noqa: BLE001 - the last resort, so that a bug is never a traceback
        _fail(f"程序有错（{type(error).__name__}: {error}）；请把稿件和这句话报告给开发者")


def spare_collector() -> None:
    """Look for garbage seldom, and not at the end: a run makes many objects and drops few, and looking costs a tenth of it."""
    gc.set_threshold(100_000, 50, 1000)
    atexit.register(gc.freeze)


def spare_plugins() -> None:
    """Let pydantic look for no plugins: that reads of every package that is installed, and none has business with drafts."""
    loader: Any = ModuleType("pydantic.plugin._loader")
    loader.get_plugins = tuple
    sys.modules.setdefault(loader.__name__, loader)


def _fail(message: str) -> NoReturn:
    click.echo(f"{click.style('gongwen', fg='red', bold=True)}：{message}", err=True)
    sys.exit(2)

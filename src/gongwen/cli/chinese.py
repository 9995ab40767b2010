"""Help and complaints of the command line in Chinese: click's own words are English."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


class Chinese:
    """Help of a command in Chinese; click's own words are English."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The help option with a Chinese text."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "显示说明并退出。"
        return option  # type: ignore[no-any-return]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """用法 instead of Usage."""
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """选项 and 命令 instead of Options and Commands."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]  # type: ignore[attr-defined]
        rows = [record for option in options if (record := option.get_help_record(ctx)) is not None]
        if rows:
            with formatter.section("选项"):
                formatter.write_dl(rows)
        if isinstance(self, click.Group):
            with formatter.section("命令"):
                formatter.write_dl(
                    [(name, self.commands[name].get_short_help_str(60)) for name in self.list_commands(ctx)]
                )


class FilePath(click.Path):
    """A path whose complaints are Chinese. A file that may not be read is told with what is found in the others."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"readable": False, **options})

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, unless it is a folder in place of a file or a file in place of a folder."""
        if not self.dir_okay and Path(value).is_dir():
            self.fail(f"{value} 是文件夹，不是文件", param, ctx)
        if not self.file_okay and Path(value).is_file():
            self.fail(f"{value} 是文件，不是文件夹", param, ctx)
        return super().convert(value, param, ctx)


class Command(Chinese, click.Command):
    """A command whose help is Chinese."""

    def __init__(self, name: str | None, **options: Any) -> None:
        super().__init__(name, **{"options_metavar": "[选项]", **options})


class Group(Chinese, click.Group):
    """The commands, in the order in which a draft meets them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click passes it
        """In the order of their definition."""
        return list(self.commands)


def usage_message(error: click.UsageError) -> str:
    """What is wrong with the way the command was called."""
    match error:
        case click.NoSuchOption():
            near = f"，是不是 {'、'.join(error.possibilities)}？" if error.possibilities else ""
            return f"没有 {error.option_name} 这个选项{near}"
        case click.MissingParameter():
            name = error.param.make_metavar(error.ctx) if error.param is not None and error.ctx is not None else ""
            return f"缺少参数 {name}"
        case click.BadParameter() if error.param is not None:
            shown = error.param.opts[-1] if isinstance(error.param, click.Option) else error.param.human_readable_name
            if isinstance(error.param.type, click.Choice):
                return f"{shown} 只能是：{'、'.join(map(str, error.param.type.choices))}"
            return f"{shown}：{error.message}"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 的用法不对，它后面要有一个值"
        case _ if error.message.startswith("No such command"):
            name = error.message.split("'")[1]
            return f"没有 {name} 这个命令"
        case _ if "unexpected extra argument" in error.message:
            return "参数太多"
        case _:
            return error.message

"""The options that choose checks, and what is said where required ones are not looked for."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from gongwen.outcome import Outcome

_LISTED = 8
"""Codes that are listed one by one."""


def _patterns(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Codes, names and beginnings of either; wrong use for one that no check has, and for what nobody can ignore."""
    patterns = tuple(one for value in values for one in re.split(r"[\s,，、]+", value) if one)
    if not patterns:
        return ()
    from gongwen import checks
    from gongwen.selection import unknown

    known = checks.known()
    for one in patterns:
        if not known.is_known(one):
            message, hint = unknown(one, known)
            raise click.BadParameter(f"{message}{f'，{hint}' if hint else ''}", ctx, param)
        if param.name == "ignore" and (check := known.find(one)) is not None and check.is_binding:
            raise click.BadParameter(f"{check.code} 不能关闭：有这样的错误，程序无法继续", ctx, param)
    return patterns


_SELECT = click.option(
    "--select",
    multiple=True,
    callback=_patterns,
    metavar="代码,…",
    help="只查这些检查项：代码、代码的开头（如 GW2）或者名称；代替 gongwen.yaml 里的选择。",
)
_IGNORE = click.option(
    "--ignore", multiple=True, callback=_patterns, metavar="代码,…", help="不查这些检查项，写法同 --select。"
)


def choosing(function: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options --select and --ignore; it gets them as ``wish``."""

    @_SELECT
    @_IGNORE
    @functools.wraps(function)
    def command(*args: Any, select: tuple[str, ...], ignore: tuple[str, ...], **options: Any) -> int:
        from gongwen.selection import Selection

        return function(*args, wish=Selection(select, ignore), **options)

    return command


def tell_switched_off(outcomes: Iterable[Outcome]) -> None:
    """Say, once for all drafts, which required checks were not looked for, which no longer fail a run, and how much comments took back."""
    off: set[str] = set()
    lowered: set[str] = set()
    suppressed = 0
    for outcome in outcomes:
        suppressed += outcome.suppressed
        off.update(outcome.switched_off)
        lowered.update(outcome.lowered)
    for what, codes in (("已关闭标准要求", off), ("已降低标准要求的级别", lowered)):
        if codes:
            listed = "、".join(sorted(codes)[:_LISTED])
            rest = f"等 {len(codes)} 项" if len(codes) > _LISTED else ""
            click.echo(f"{what}：{listed}{rest}", err=True)
    if suppressed:
        click.echo(f"按稿件里的注释忽略了 {suppressed} 处", err=True)

"""Reports: diagnostics for people, with the source line and carets under the character that is meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import click

from gongwen.diagnostics import Diagnostic, Severity
from gongwen.source import Source
from gongwen.terminal import blank, width, window

_WORDS: Final = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
_COLOURS: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def full(diagnostics: Iterable[Diagnostic], sources: Mapping[str, Source], columns: int = 100) -> str:
    """Every diagnostic with its place, source line, cure and authority; ANSI colours are in the text."""
    return "\n".join(_full(diagnostic, sources.get(diagnostic.file), columns) for diagnostic in diagnostics)


def _full(diagnostic: Diagnostic, source: Source | None, columns: int) -> str:
    check = diagnostic.check
    colour = _COLOURS[diagnostic.severity]
    head = click.style(f"{_WORDS[diagnostic.severity]}[{check.code} {check.name}]", fg=colour, bold=True)
    lines = [f"{head}：{click.style(diagnostic.message, bold=True)}"]
    span = diagnostic.span
    gutter = len(str(span.start.line)) if span else 1
    bar = click.style("|", fg="blue")
    place = f"{diagnostic.file}:{span.start.line}:{span.start.column}" if span else diagnostic.file
    page = f"（第{diagnostic.page}页）" if diagnostic.page else ""
    lines.append(f"{' ' * gutter}{click.style('-->', fg='blue')} {place}{page}")
    if span and source is not None:
        text = source.line(span.start.line)
        start = min(span.start.column - 1, len(text))
        end = min(span.end.column - 1, len(text)) if span.end.line == span.start.line else len(text)
        shown, start, end = window(text.replace("\t", " "), start, max(end, start + 1), columns - gutter - 4)
        carets = "^" * max(1, width(shown[start:end]))
        number = click.style(str(span.start.line), fg="blue")
        lines += [
            f"{' ' * gutter} {bar}",
            f"{number} {bar} {shown}",
            f"{' ' * gutter} {bar} {blank(shown[:start])}{click.style(carets, fg=colour)}",
        ]
    if diagnostic.hint:
        lines.append(f"{' ' * gutter} {click.style('=', fg='blue')} 办法：{diagnostic.hint}")
    if check.authority.clause:
        lines.append(f"{' ' * gutter} {click.style('=', fg='blue')} 依据：{check.authority.clause}")
    return "\n".join(lines) + "\n"


def counted(diagnostics: Iterable[Diagnostic]) -> str:
    """How many errors and warnings: 2 个错误，1 个警告; an empty text where there is none."""
    severities = [diagnostic.severity for diagnostic in diagnostics]
    parts = [f"{number} 个{_WORDS[one]}" for one in Severity if (number := severities.count(one))]
    return "，".join(parts)

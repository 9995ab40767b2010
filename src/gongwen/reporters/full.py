"""For people: every finding with its source line and carets under the characters that are meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import click

from gongwen.diagnostics import Diagnostic
from gongwen.reporters.base import COLOURS, Reporter, Told, one_line, place
from gongwen.source import Source
from gongwen.terminal import blank, width, window


class Full(Reporter):
    """A paragraph for each finding."""

    def add(self, told: Told) -> str:
        """The findings of a draft, with a blank line after each."""
        return f"{full(told.diagnostics, told.sources, self.run.columns)}\n" if told.diagnostics else ""


def full(diagnostics: Iterable[Diagnostic], sources: Mapping[str, Source], columns: int = 100) -> str:
    """Every diagnostic with its place, source line, cure and authority; ANSI colours are in the text."""
    return "\n".join(_full(diagnostic, sources.get(diagnostic.file), columns) for diagnostic in diagnostics)


def _full(diagnostic: Diagnostic, source: Source | None, columns: int) -> str:
    check, severity = diagnostic.check, diagnostic.severity
    colour = COLOURS[severity]
    head = click.style(f"{severity.word}[{check.code} {check.name}]", fg=colour, bold=True)
    lines = [f"{head}：{click.style(one_line(diagnostic.message), bold=True)}"]
    span = diagnostic.span
    gutter = len(str(span.start.line)) if span else 1
    bar = click.style("|", fg="blue")
    page = f"（第{diagnostic.page}页）" if diagnostic.page else ""
    where = one_line(place(diagnostic, diagnostic.file))
    lines.append(f"{' ' * gutter}{click.style('-->', fg='blue')} {where}{page}")
    if span and source is not None:
        line = source.line(span.start.line)
        start = min(span.start.column - 1, len(line))
        end = min(span.end.column - 1, len(line)) if span.end.line == span.start.line else len(line)
        # A line may be as long as a file: no more of it is looked at than can be shown.
        first = max(0, start - columns)
        text = one_line(line[first : start + 2 * columns].replace("\t", " "))
        last = min(max(end, start + 1) - first, len(text))
        shown, start, end = window(text, start - first, last, columns - gutter - 4)
        carets = "^" * max(1, width(shown[start:end]))
        number = click.style(str(span.start.line), fg="blue")
        lines += [
            f"{' ' * gutter} {bar}",
            f"{number} {bar} {shown}",
            f"{' ' * gutter} {bar} {blank(shown[:start])}{click.style(carets, fg=colour)}",
        ]
    for label, note in (("办法", diagnostic.hint), ("依据", check.authority.clause)):
        if note:
            lines.append(f"{' ' * gutter} {click.style('=', fg='blue')} {label}：{one_line(note)}")
    return "\n".join(lines) + "\n"

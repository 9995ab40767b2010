"""What was told of a draft, as the record keeps it: a draft that did not change has the same findings, and they are told again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from gongwen.diagnostics import Authority, Basis, Check, Diagnostic, Position, Severity, Span
from gongwen.outcome import Outcome
from gongwen.source import Source


def kept(outcome: Outcome, faces: tuple[str, ...], relative: Callable[[Path], str]) -> dict[str, Any]:
    """An outcome as JSON. Files are named by ``relative``, the draft itself by an empty name."""

    def name(file: str) -> str:
        return "" if file == str(outcome.path) else relative(Path(file))

    return {
        "diagnostics": [_as_json(one) | {"file": name(one.file)} for one in outcome.diagnostics],
        "settings": [outcome.diagnostics.index(one) for one in outcome.settings],
        "texts": [name(file) for file in outcome.texts],
        "deviation": None if outcome.deviation is None else [name(outcome.deviation[0]), outcome.deviation[1]],
        "switched_off": outcome.switched_off,
        "lowered": outcome.lowered,
        "suppressed": outcome.suppressed,
        "faces": faces,
    }


def told_again(draft: Path, told: Mapping[str, Any], absolute: Callable[[Path], Path]) -> Outcome:
    """The outcome that was kept; the texts that findings point into are read again. Raises what JSON of another form raises."""

    def name(file: str) -> str:
        return str(absolute(Path(file))) if file else str(draft)

    diagnostics = tuple(_diagnostic(one, name(one["file"])) for one in told["diagnostics"])
    deviation = told["deviation"]
    return Outcome(
        draft,
        diagnostics,
        {name(file): Source.read(Path(name(file))).text for file in told["texts"]},
        tuple(diagnostics[index] for index in told["settings"]),
        None if deviation is None else (name(deviation[0]), deviation[1]),
        tuple(told["switched_off"]),
        tuple(told["lowered"]),
        told["suppressed"],
    )


def _as_json(diagnostic: Diagnostic) -> dict[str, Any]:
    check, span = diagnostic.check, diagnostic.span
    return {
        "check": [check.code, check.name, check.authority.basis, check.authority.severity, check.authority.clause],
        "message": diagnostic.message,
        "span": None if span is None else [_position(span.start), _position(span.end)],
        "hint": diagnostic.hint,
        "page": diagnostic.page,
        "replacement": diagnostic.replacement,
        "weight": diagnostic.weight,
    }


def _position(position: Position) -> tuple[int, int, int]:
    return position.line, position.column, position.offset


def _diagnostic(values: Mapping[str, Any], file: str) -> Diagnostic:
    code, name, basis, severity, clause = values["check"]
    check = Check(code, name, Authority(Basis(basis), Severity(severity), clause))
    span = values["span"]
    found = Diagnostic(check, values["message"], file, None, values["hint"], values["page"], values["replacement"])
    if span is not None:
        found = replace(found, span=Span(Position(*span[0]), Position(*span[1])))
    return found if values["weight"] is None else replace(found, weight=Severity(values["weight"]))

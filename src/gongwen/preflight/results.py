"""What a reading comes to: it is compared with its rule here, and nowhere else."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import Literal

from gongwen.preflight.case import Reading
from gongwen.standard import MEASURES


@dataclass(frozen=True, slots=True)
class Result:
    """One rule on one page: what was wanted, what was measured, and whether that is met.

    ``page`` is None for what holds for the file; ``value`` is the bare number in ``unit``; ``note`` says why a rule is unmeasured.
    """

    rule: str
    clause: str
    what: str
    page: int | None
    wanted: str
    measured: str | None
    verdict: Literal["met", "missed", "unmeasured"]
    must: bool
    unit: str
    value: float | None = None
    note: str = ""


def judge(reading: Reading) -> Result:
    """Compare a reading with its rule."""
    rule = MEASURES[reading.rule]
    value, note = reading.value, reading.note
    if value is not None and math.isnan(value):
        value, note = None, "没有墨迹"
    verdict: Literal["met", "missed", "unmeasured"] = "unmeasured"
    if value is not None:
        # To a thousandth: what binary fractions add is no fault of the page.
        verdict = "met" if rule.met_by(round(value, 3)) else "missed"
    return Result(
        rule.rule,
        rule.clause,
        rule.what,
        reading.page,
        reading.wanted or _window(rule.rule),
        None if value is None else reading.shown or _quantity(value, rule.unit),
        verdict,
        rule.must,
        rule.unit,
        value,
        note,
    )


def _number(value: float, unit: str) -> str:
    return f"{value:.2f}" if unit in ("mm", "pt") else f"{value:.1f}".removesuffix(".0")


def _quantity(value: float, unit: str) -> str:
    return f"{_number(value, unit)} {unit}".rstrip()


@functools.cache
def _window(number: str) -> str:
    rule = MEASURES[number]
    if rule.low == rule.high:
        return "没有" if rule.value == 0 and rule.unit else _quantity(rule.value, rule.unit)
    if math.isinf(rule.high):
        return f"不小于 {_quantity(rule.low, rule.unit)}"
    if math.isinf(rule.low):
        return f"不大于 {_quantity(rule.high, rule.unit)}"
    return f"{_number(rule.low, rule.unit)} 至 {_quantity(rule.high, rule.unit)}"


def source_of(result: Result) -> str:
    """On whose word a rule rests; what is practice is never called the standard."""
    source, _, clause = result.clause.rpartition(" ")
    match source, clause:
        case "", "practice":
            return "惯例"
        case "FIG", _:
            return f"GB/T 9704-2012 图{clause}"
        case "33476.2", _:
            return f"GB/T 33476.2-2016 第{clause}条"
        case "", _ if clause[0].isdigit():
            return f"GB/T 9704-2012 第{clause}条"
    return result.clause

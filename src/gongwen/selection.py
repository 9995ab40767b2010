"""Selection: which checks a project and a run want, and how much each weighs.

A pattern is a code, a name, or a beginning of either. Where several fit, an exact one outweighs a beginning and the longer beginning the
shorter; between equals, to ignore outweighs to select. What is binding (`Check.is_binding`) can neither be ignored nor lowered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from gongwen.checks import Checks, fits, is_called
from gongwen.diagnostics import BLOCKING, Check, DataPath, Diagnostic, Finding, Severity

if TYPE_CHECKING:
    from gongwen.project import CheckSettings

UNKNOWN_CHECK = Check(
    "GW953",
    "unknown-check",
    BLOCKING,
    what="gongwen.yaml 的“检查”里写的代码或者名称，都有这一检查项。",
    why="写错了的不起作用，以为关闭了的仍然在查，以为在查的没有查。",
    wrong="# gongwen.yaml\nchecks:\n  ignore: [GW2O2]",
    right="# gongwen.yaml\nchecks:\n  ignore: [GW202]",
)
BINDING_CHECK = Check(
    "GW954",
    "binding-check",
    BLOCKING,
    what="读不懂稿件、无法继续的错误，不关闭，也不降低级别。",
    why="有了这样的错误，程序排不出版面；不说出来，就只剩一份没有生成的稿件。",
    wrong="# gongwen.yaml\nchecks:\n  ignore: [GW101]",
    right="# gongwen.yaml\nchecks:\n  ignore: [GW202]",
)

_WEIGHTS: Final = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}
_NOTHING: Final = (False, 0)


@dataclass(frozen=True)
class Selection:
    """What is wanted: patterns to select (none selects all) and to ignore, and severities by code."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: tuple[tuple[str, Severity], ...] = ()
    _wanted: dict[str, bool] = field(default_factory=dict, init=False, repr=False, compare=False)

    def wants(self, check: Check) -> bool:
        """Whether anybody wants to know of a check. A binding one is always told."""
        if check.code not in self._wanted:
            self._wanted[check.code] = check.is_binding or self._decide(check)
        return self._wanted[check.code]

    def _decide(self, check: Check) -> bool:
        for_it, against = _closeness(check, self.select), _closeness(check, self.ignore)
        if for_it == _NOTHING and self.select:
            return False
        return against == _NOTHING or for_it > against

    def severity(self, check: Check) -> Severity:
        """How much a check weighs here."""
        given = dict(self.severities).get(check.code)
        return check.severity if given is None or check.is_binding else given

    def weighed(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """The diagnostics that are wanted, each as heavy as it is here."""
        for one in diagnostics:
            if self.wants(one.check):
                weight = self.severity(one.check)
                yield one if weight is one.severity else replace(one, weight=weight)

    def under(self, wish: Selection) -> Selection:
        """The selection of a project as a run changes it: to select anew takes the place of the project's, to ignore adds to it."""
        if wish.select:
            return Selection(wish.select, wish.ignore, self.severities)
        return Selection(self.select, (*self.ignore, *wish.ignore), self.severities)

    def switched_off(self, checks: Iterable[Check]) -> tuple[str, ...]:
        """The codes of errors that nobody wants to know of."""
        return tuple(check.code for check in checks if check.severity is Severity.ERROR and not self.wants(check))

    def lowered(self, checks: Iterable[Check]) -> tuple[str, ...]:
        """The codes of errors that weigh less here."""
        return tuple(
            check.code
            for check in checks
            if check.severity is Severity.ERROR
            and self.wants(check)
            and _WEIGHTS[self.severity(check)] < _WEIGHTS[Severity.ERROR]
        )


EVERYTHING: Final = Selection()


def _closeness(check: Check, patterns: tuple[str, ...]) -> tuple[bool, int]:
    """How closely the closest of the patterns stands for a check: whether exactly, and how many characters."""
    found = [(is_called(check, one), 0 if is_called(check, one) else len(one)) for one in patterns if fits(check, one)]
    return max(found, default=_NOTHING)


def of_settings(settings: CheckSettings, checks: Checks) -> tuple[Selection, list[Finding]]:
    """The selection that a project asks for, and what is wrong with it; paths are made of field names."""
    findings: list[Finding] = []
    for name, patterns in (("select", settings.select), ("ignore", settings.ignore)):
        for index, pattern in enumerate(patterns):
            path: DataPath = ("checks", name, index)
            if not checks.is_known(pattern):
                findings.append(_unknown(pattern, checks, path))
            elif name == "ignore" and (check := checks.find(pattern)) is not None and check.is_binding:
                message = f"{check.code} 不能关闭：有这样的错误，程序无法继续"
                findings.append(Finding(BINDING_CHECK, message, path, hint="删去这一项，改正稿件"))
    severities: list[tuple[str, Severity]] = []
    for given, word in settings.severity.items():
        severity, path = Severity(word), ("checks", "severity", given)
        found = checks.find(given)
        if found is None:
            findings.append(replace(_unknown(given, checks, path), at_key=True))
        elif found.is_binding and severity is not Severity.ERROR:
            message = f"{found.code} 只能是错误：有这样的错误，程序无法继续"
            findings.append(Finding(BINDING_CHECK, message, path, hint="删去这一项，改正稿件", at_key=True))
        else:
            severities.append((found.code, severity))
    known = [tuple(one for one in given if checks.is_known(one)) for given in (settings.select, settings.ignore)]
    return Selection(known[0], known[1], tuple(severities)), findings


def unknown(text: str, checks: Checks) -> tuple[str, str | None]:
    """What to say of a code or name that there is not, and the nearest one as a hint."""
    near = checks.meant(text)
    return f"没有“{text}”这一检查项", None if near is None else f"是不是“{near}”？"


def _unknown(text: str, checks: Checks, path: DataPath) -> Finding:
    message, hint = unknown(text, checks)
    return Finding(
        UNKNOWN_CHECK, message, path, hint=hint or "写代码（如 GW202）、代码的开头（如 GW2）或者名称（如 number-year）"
    )

import dataclasses

import pytest

from gongwen.diagnostics import (
    BLOCKING,
    DOUBTFUL,
    Authority,
    Basis,
    Check,
    Diagnostic,
    Finding,
    Position,
    Severity,
    Span,
)

FAULT = Check("GW001", "fault", BLOCKING)
DOUBT = Check("GW002", "doubt", DOUBTFUL)
NOTE = Check("GW003", "note", Authority(Basis.PRACTICE, Severity.INFO))


def span(start, end):
    return Span(Position(1, start + 1, start), Position(1, end + 1, end))


def test_the_severity_is_that_of_the_check():
    found = [Diagnostic(check, "", "a.yaml") for check in (FAULT, DOUBT, NOTE)]
    assert [one.severity for one in found] == [Severity.ERROR, Severity.WARNING, Severity.INFO]
    assert [one.is_error for one in found] == [True, False, False]
    assert [f"{one.severity}" for one in found] == ["error", "warning", "info"]


def test_diagnostics_sort_by_their_place_and_the_whole_file_comes_first():
    whole = Diagnostic(DOUBT, "乙", "a.yaml")
    first = Diagnostic(FAULT, "甲", "a.yaml", span(0, 1))
    longer = Diagnostic(FAULT, "甲", "a.yaml", span(0, 5))
    same_place = Diagnostic(DOUBT, "甲", "a.yaml", span(0, 5))
    later = Diagnostic(FAULT, "甲", "a.yaml", span(3, 4))
    wanted = [whole, first, longer, same_place, later]
    assert sorted([later, same_place, longer, first, whole], key=Diagnostic.sort_key) == wanted


@pytest.mark.parametrize(
    ("value", "field"), [(FAULT, "code"), (Finding(FAULT, ""), "path"), (Diagnostic(FAULT, "", "a"), "file")]
)
def test_findings_cannot_be_changed(value, field):
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, field, "")

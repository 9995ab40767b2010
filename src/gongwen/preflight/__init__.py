"""Preflight: the finished PDF measured in millimetres against the standard.

An outside judge: it reads the bytes of a PDF, and looks neither at the layout nor at what set the type. With the draft it knows
which elements to look for; without one it measures what can be measured on any PDF.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from gongwen.diagnostics import Check, Finding
from gongwen.document import Draft
from gongwen.house import STANDARD, House
from gongwen.preflight import (
    bulletin_rules,
    element_rules,
    figure_rules,
    letter_rules,
    minutes_rules,
    order_rules,
    page_rules,
    seal_rules,
    speech_rules,
    table_rules,
)
from gongwen.preflight.case import Case, Profile, Reading, readings
from gongwen.preflight.elements import as_shown, expected, find, sort_page
from gongwen.preflight.reading import Facts, Pdf, UnreadableError
from gongwen.preflight.results import Result, judge, source_of
from gongwen.verdicts import MISSED, MISSED_ADVICE, MISSED_PRACTICE, UNMEASURED, UNREADABLE

__all__ = ["Profile", "Result", "findings", "measure"]

RULES: Final = (
    page_rules,
    element_rules,
    letter_rules,
    order_rules,
    minutes_rules,
    seal_rules,
    figure_rules,
    bulletin_rules,
    speech_rules,
    table_rules,
)
"""The modules whose rules are in the registry."""


def measure(
    pdf: bytes,
    draft: Draft | None = None,
    profile: Profile | None = None,
    house: House = STANDARD,
    *,
    overprint: bool = False,
    reading_copy: bool = False,
) -> list[Result]:
    """Measure a PDF. Never raises for what is in it: bytes that are no PDF give one result, which is missed.

    Without ``profile`` the file's own claim decides which of the two it is measured as. Where ``house`` departs from the standard,
    its way is measured in place of the standard's; with ``overprint`` marks and red rules are not looked for. A ``reading_copy`` is
    measured by its own grid.
    """
    overprinted = overprint or (draft is not None and draft.is_preprinted)
    try:
        with Pdf(pdf) as opened:
            is_letter = draft is not None and draft.is_letter
            pages = [sort_page(sheet, opens_letter=is_letter and sheet.number == 1) for sheet in opened.sheets]
            draft = as_shown(draft, pages)
            case = Case(
                pages,
                opened.facts,
                draft,
                None if draft is None else find(expected(draft, house, overprinted=overprinted), pages),
                profile or _claimed(opened.facts),
                opened.unreadable,
                house,
                overprinted,
                is_reading_copy=reading_copy,
            )
            return [judge(reading) for reading in readings(case)]
    except UnreadableError as error:
        return [judge(Reading("PDF", None, 1, shown=str(error)))]


def _claimed(facts: Facts) -> Profile | None:
    if facts.xmp("GTS_PDFXVersion"):
        return "print"
    return "archive" if facts.xmp("pdfaid:part") else None


def findings(results: Iterable[Result]) -> list[Finding]:
    """What a user has to be told: every rule that is missed, and every one that could not be measured."""
    return [_finding(result) for result in results if result.verdict != "met"]


def _missed(result: Result) -> Check:
    """On whose authority a rule is missed; what is practice is never called the standard."""
    if result.must:
        return MISSED
    return MISSED_PRACTICE if result.clause == "practice" else MISSED_ADVICE


def _finding(result: Result) -> Finding:
    if result.verdict == "unmeasured":
        return Finding(
            UNMEASURED,
            f"{result.what}未能测量：{result.note}",
            hint=f"规则 {result.rule}，{source_of(result)}",
            page=result.page,
        )
    if result.rule == "PDF":
        return Finding(UNREADABLE, f"不能测量：{result.measured}", hint="重新生成文件")
    return Finding(
        _missed(result),
        f"{result.what}应为 {result.wanted}，实测 {result.measured}",
        hint=f"规则 {result.rule}，{source_of(result)}",
        page=result.page,
    )

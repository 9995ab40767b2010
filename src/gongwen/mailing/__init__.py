"""Mailings: one draft with fields, ``{姓名}``, filled from each row of a sheet and checked as a draft of its own.

    list.csv → Mailing ─┐
    draft.yaml → Source ┴ fit → rows → Source.filled → Compiler.check → Outcome … → gathered → one Outcome

The rows are of one draft: what is found in several of them is told once, with their numbers, and nothing compares them.
"""

from gongwen.mailing.checking import outcomes
from gongwen.mailing.fitting import Fitted, fit
from gongwen.mailing.gathering import gathered
from gongwen.mailing.sheet import Mailing, Row, read

__all__ = ["Fitted", "Mailing", "Row", "fit", "gathered", "outcomes", "read"]

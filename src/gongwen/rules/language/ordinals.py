"""Rules of ordinals 序次语 in prose: 一是……二是……, 其一，……其二，……, （1）……（2）…… come one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final, NamedTuple

from gongwen.authority import PRACTICE
from gongwen.diagnostics import Check, DataPath, Finding
from gongwen.document import Draft
from gongwen.expressions import expression
from gongwen.rules.language.scan import NUMERALS, is_numbered, strike
from gongwen.rules.registry import on_draft
from gongwen.rules.texts import Text, texts_of

ORDINAL_ORDER: Final = Check(
    "GW827",
    "ordinal-order",
    PRACTICE,
    what="序次语依次编排，不跳号，不重复。",
    why="跳了号的，多半是删去一项之后没有改后面的序号，或者漏了一项。",
    wrong="body: [各单位要做到：一是提高认识；二是明确责任；四是加强督促。]",
    right="body: [各单位要做到：一是提高认识；二是明确责任；三是加强督促。]",
)

_CLAUSE: Final = r"(?:^|(?<=[，。；：]))"
_SENTENCE: Final = r"(?:^|(?<=[。；：]))"
_FORMS: Final = tuple(
    expression(form)
    for form in (
        rf"{_CLAUSE}([{NUMERALS}])是",
        rf"{_CLAUSE}([{NUMERALS}])要(?![素点件旨领])",
        rf"{_CLAUSE}其([{NUMERALS}])(?=[，是])",
        rf"{_SENTENCE}第([{NUMERALS}])(?=，)",
        rf"{_SENTENCE}（([{NUMERALS}])）",
        rf"{_SENTENCE}（([1-9][0-9]?)）",
    )
)
_SIGNS: Final = ("是", "要", "其", "第", "（")


class _Ordinal(NamedTuple):
    number: int
    text: Text
    span: tuple[int, int]

    @property
    def words(self) -> str:
        return self.text.text[slice(*self.span)]


@on_draft(ORDINAL_ORDER)
def ordinal_order(draft: Draft) -> Iterator[Finding]:
    """Each ordinal of a series, in one paragraph or in several beside each other, is the next one, or begins anew with the first."""
    prose = [text for text in texts_of(draft) if text.sort == "paragraph" and not is_numbered(text)]
    for _, texts in groupby(prose, key=_place):
        beside = [text for text in texts if any(sign in text.text for sign in _SIGNS)]
        for form in _FORMS:
            yield from _out_of_order(
                _Ordinal(_number(match[1]), text, match.span()) for text in beside for match in form.finditer(text.text)
            )


def _out_of_order(ordinals: Iterator[_Ordinal]) -> Iterator[Finding]:
    before: _Ordinal | None = None
    for one in ordinals:
        if before is None and one.number != 1:
            continue  # a series that nobody began
        if before is not None and one.number not in (1, before.number + 1):
            is_again = one.number == before.number
            message = f"“{one.words}”重复" if is_again else f"“{before.words}”之后是“{one.words}”"
            yield strike(ORDINAL_ORDER, one.text, *one.span, message, hint="依次改正序号，或者补上漏了的一项")
        before = one


def _place(text: Text) -> DataPath:
    """Where the paragraphs beside a text stand; a text of its own, such as one that follows its heading, is beside none."""
    return text.path[:-1] if isinstance(text.path[-1], int) else text.path


def _number(digits: str) -> int:
    return int(digits) if digits.isascii() else NUMERALS.index(digits) + 1

"""Rules of bulletins 简报 and speeches 讲话稿: on practice, since 9704 says nothing of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongwen.authority import PRACTICE
from gongwen.diagnostics import Check, DataPath, Finding
from gongwen.document import PENDING, Block, Bulletin, Draft, Heading, Speech
from gongwen.expressions import expression
from gongwen.kinds import kind_of
from gongwen.rules.elements.body import MADE_TWICE
from gongwen.rules.elements.header import CLASSIFIED, COPY_NUMBER_MISSING, SECRECY_PERIOD_MISSING, secrecy
from gongwen.rules.registry import on_draft

CUSTOMARY_ELEMENT_MISSING = Check(
    "GW361",
    "customary-element-missing",
    PRACTICE,
    what="简报写期号、编印单位和日期，讲话稿写讲话人和日期。",
    why="国家标准没有规定简报和讲话稿；这几项是习惯上都有的，尚未确定的写“待定”。",
    wrong="""\
kind: 简报
issue: null
""",
    right="""\
kind: 简报
issue: 12
""",
)
CONTENTS_MISSING = Check(
    "GW362",
    "contents-missing",
    PRACTICE,
    what="简报有两篇以上的，写明要不要本期要目。",
    why="习惯上几篇的简报在前面列出要目；程序不替编者决定，写“要目: 是”或者“要目: 否”（contents: true、false）。",
    wrong="""\
kind: 简报
contents: null
""",
    right="""\
kind: 简报
contents: true
""",
)
DEEP_SPEECH_HEADING = Check(
    "GW363",
    "deep-speech-heading",
    PRACTICE,
    what="讲话稿的层次标题不超过两层。",
    why="讲话是给人听的，第三层听不出来；这是写讲话稿的习惯。",
    wrong="""\
kind: 讲话稿
body:
  - heading: 提高认识
    body:
      - heading: 加强学习。
        text: 要认真学习、深刻领会。
        body:
          - {heading: 经常学。, text: 每周学习一次。}
""",
    right="""\
kind: 讲话稿
body:
  - heading: 提高认识
    body:
      - heading: 加强学习。
        text: 要认真学习、深刻领会，每周学习一次。
""",
)

_SPOKEN_LEVELS = 2


@on_draft(CUSTOMARY_ELEMENT_MISSING)
def required_elements(draft: Draft) -> Iterator[Finding]:
    """J-02, J-03, Q-02: what a bulletin or a speech usually shows. Absent elements stay absent; nothing is made up."""
    kind = kind_of(draft.kind)
    if kind is None or kind.official:
        return
    for name in kind.requires:
        if getattr(draft, name) is None:
            called = type(draft).model_fields[name].alias
            yield Finding(
                CUSTOMARY_ELEMENT_MISSING,
                f"“{draft.kind}”没有{called}",
                ("kind",),
                hint=f"加上{called}；尚未确定时写“{PENDING}”",
            )


@on_draft(CONTENTS_MISSING)
def contents(draft: Draft) -> Iterator[Finding]:
    """J-07: a bulletin of several articles begins with its contents."""
    if isinstance(draft, Bulletin) and len(draft.items) > 1 and draft.contents is None:
        yield Finding(
            CONTENTS_MISSING,
            f"简报有{len(draft.items)}篇，没有本期要目",
            ("kind",),
            hint="加上“要目: 是”（contents: yes）；不要的写“要目: 否”（contents: no）",
        )


@on_draft(COPY_NUMBER_MISSING, SECRECY_PERIOD_MISSING, CLASSIFIED)
def classified_bulletin(draft: Draft) -> Iterator[Finding]:
    """J-05: a classified bulletin as any classified document."""
    if isinstance(draft, Bulletin):
        yield from secrecy(draft)


@on_draft(DEEP_SPEECH_HEADING)
def spoken_levels(draft: Draft) -> Iterator[Finding]:
    """Q-05: who listens does not hear a third level."""
    if isinstance(draft, Speech):
        yield from _deep(draft.body, ("body",), 1)


def _deep(blocks: Sequence[Block], path: DataPath, level: int) -> Iterator[Finding]:
    for index, block in enumerate(blocks):
        if not isinstance(block, Heading):
            continue
        here = (*path, index)
        if level > _SPOKEN_LEVELS:
            yield Finding(
                DEEP_SPEECH_HEADING,
                f"第{level}层标题：讲话稿的层次一般不超过两层",
                (*here, "heading"),
                hint="听的人分不清第三层；可以改写为自然段",
            )
        else:
            yield from _deep(block.body, (*here, "body"), level + 1)


_TYPED_DASH = expression(r"[—－-]+")
_TYPED_LABEL = expression(r"(?:编者按|按语?)\s*[：:]")


@on_draft(MADE_TWICE)
def made_twice(draft: Draft) -> Iterator[Finding]:
    """What the compiler makes itself and the draft has typed as well."""
    if isinstance(draft, Speech):
        yield from _typed(draft.subtitle, ("subtitle",), _TYPED_DASH, "副题前面的破折号自动加", "删去破折号")
        called = draft.salutation
        if called is not None and called[-1] in "：:，,":
            message = f"称呼末尾的冒号自动加：“{called[-1]}”"
            yield Finding(MADE_TWICE, message, ("salutation",), hint="删去末尾的标点", offset=len(called) - 1)
    if isinstance(draft, Bulletin):
        yield from _typed_note(draft.editor_note, ("editor_note",))
        for index, item in enumerate(draft.items):
            yield from _typed_note(item.editor_note, ("items", index, "editor_note"))
            source = item.source
            if source is not None and source.startswith("（") and source.endswith("）"):
                place = ("items", index, "source")
                yield Finding(
                    MADE_TWICE, "供稿的圆括号自动加", place, hint="删去两端的圆括号", offset=0, length=len(source)
                )


def _typed_note(text: str | None, path: DataPath) -> Iterator[Finding]:
    yield from _typed(text, path, _TYPED_LABEL, "“编者按：”自动加", "删去这几个字")


def _typed(text: str | None, path: DataPath, form: re.Pattern[str], message: str, hint: str) -> Iterator[Finding]:
    if text is not None and (match := form.match(text)):
        yield Finding(MADE_TWICE, f"{message}：“{match.group()}”", path, hint=hint, offset=0, length=match.end())

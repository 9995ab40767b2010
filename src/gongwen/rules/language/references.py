"""Rules of what a text says of its attachments: that each it speaks of is there, and that it speaks of each (practice, B-30)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from gongwen.authority import PRACTICE
from gongwen.diagnostics import Check, Finding
from gongwen.document import Document
from gongwen.expressions import expression
from gongwen.rules.prose import bare_title, body_texts
from gongwen.rules.registry import on_document
from gongwen.rules.texts import Text

NO_SUCH_ATTACHMENT = Check(
    "GW870",
    "no-such-attachment",
    PRACTICE,
    what="正文提到的附件，稿件里都有。",
    why="正文写“见附件2”而没有附件2，收文机关会以为漏寄了。",
    wrong="""\
body: [现将有关事项通知如下（见附件3）。]
attachments:
  - {title: 活动安排表, body: [活动安排另行通知。]}
""",
    right="""\
body: [现将有关事项通知如下（见附件）。]
attachments:
  - {title: 活动安排表, body: [活动安排另行通知。]}
""",
)
ATTACHMENT_UNMENTIONED = Check(
    "GW871",
    "attachment-unmentioned",
    PRACTICE,
    what="正文提到每一个附件。",
    why="附件是正文的说明、补充或者参考资料，正文不提，收文机关不知道做什么用。",
    wrong="""\
body: [现将有关事项通知如下。]
attachments:
  - {title: 职工运动会报名表, body: [报名时间另行通知。]}
""",
    right="""\
body: [请填写报名表（见附件）。]
attachments:
  - {title: 职工运动会报名表, body: [报名时间另行通知。]}
""",
)

_HAN: Final = "一二三四五六七八九十"
_ONE: Final = rf"(?:[0-9]{{1,2}}|[{_HAN}])(?![0-9份个件项页张套])"
_NUMBERED: Final = rf"附件\s*({_ONE})(?:\s*([、，和及与至—－～-]|以及)\s*(?:附件\s*)?({_ONE}))*"
_LABEL: Final = r"[\s0-9]*[：:]"
"""What makes a paragraph that begins with 附件 a typed label, which `attachments.typed_elements` tells."""
_OWN: Final = r"(?:^|[，。；：、（(“\s见按照据和及与填写用在将以由对从])$"
"""What stands before an attachment of the document itself: those of contracts and of cited documents have a name before them."""
_PLAIN: Final = rf"(?:(?<=见)|(?<=（)|(?<=按))附件(?=[）。，；、：]|$)(?!{_ONE})"
_STEP: Final = rf"([、，和及与至—－～-]|以及)?\s*(?:附件\s*)?({_ONE})"
_SPAN: Final = frozenset("至—－～-")
_BEHIND: Final = r"附后|后附|随文|附表|附图|附件"
_SUFFIX: Final = 3
_LIST: Final = "名单"


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _HAN.index(text) + 1


def _references(text: str) -> Iterator[tuple[re.Match[str], list[tuple[int, int, int]]]]:
    """Each mention of numbered attachments, with (number, offset, length) of every number that it names."""
    for match in re.finditer(_NUMBERED, text):
        named: list[tuple[int, int, int]] = []
        for step in expression(_STEP).finditer(text, match.start() + len("附件"), match.end()):
            number = _number(step[2])
            if step[1] in _SPAN and named:
                named += [(one, step.start(2), len(step[2])) for one in range(named[-1][0] + 1, number)]
            named.append((number, step.start(2), len(step[2])))
        yield match, named


@on_document(NO_SUCH_ATTACHMENT)
def no_such_attachment(document: Document) -> Iterator[Finding]:
    """B-30: every attachment that the body speaks of is there. Those of cited documents are not meant."""
    count = len(document.attachments)
    for text in body_texts(document):
        if "附件" not in text.text:
            continue
        for match, named in _references(text.text):
            if match.start() > 0 and not re.search(_OWN, text.text[match.start() - 1 : match.start()]):
                continue
            if match.start() == 0 and re.match(_LABEL, text.text[len("附件") :]):
                continue
            number, offset, length = max(named)
            if number > max(count, 1) or count == 0:
                yield _missing(text, match.start(), offset + length - match.start(), count)
        if count == 0:
            for match in re.finditer(_PLAIN, text.text):
                yield _missing(text, match.start(), len(match.group()), count)


def _missing(text: Text, offset: int, length: int, count: int) -> Finding:
    has = f"稿件有{count}个附件" if count else "稿件没有附件"
    return Finding(
        NO_SUCH_ATTACHMENT,
        f"正文提到“{text.text[offset : offset + length]}”，{has}",
        text.path,
        hint="在稿件里加上附件，或者改正序号、删去这句话",
        offset=offset,
        length=length,
    )


@on_document(ATTACHMENT_UNMENTIONED)
def attachment_unmentioned(document: Document) -> Iterator[Finding]:
    """B-30: the body speaks of every attachment: by its number, by its title or the end of it, or of all of them together."""
    texts = body_texts(document)
    whole = "".join("".join(text.text.split()) for text in texts) + "".join((document.title or "").split())
    named = {number for text in texts for _, numbers in _references(text.text) for number, _, _ in numbers}
    if not named and re.search(_BEHIND, whole):
        return
    for index, attachment in enumerate(document.attachments):
        if index + 1 not in named and not _is_named(attachment.title, whole):
            yield Finding(
                ATTACHMENT_UNMENTIONED,
                f"正文没有提到附件“{bare_title(attachment.title)}”",
                ("attachments", index, "title" if attachment.file is None else "file"),
                hint=f"在有关的地方写“（见附件{_label(document.attachments, index)}）”",
            )


def _label(attachments: Sequence[object], index: int) -> str:
    return str(index + 1) if len(attachments) > 1 else ""


def _is_named(title: str, whole: str) -> bool:
    """Whether a text names an attachment, by as little as the last characters of its title; a list also by those whom it lists."""
    bare = bare_title(title)
    listed = bare.removesuffix(_LIST)
    return bool(bare) and (bare[-_SUFFIX:] in whole or (_LIST != bare != listed and listed[-_SUFFIX:] in whole))

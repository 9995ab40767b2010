"""The prose of a document's body, for rules that read it as a whole: its texts in order, its paragraphs, their sentences."""

from __future__ import annotations

from typing import Final, NamedTuple

from gongwen.diagnostics import DataPath
from gongwen.document import Document
from gongwen.expressions import expression
from gongwen.rules.texts import Text, texts_of

_SENTENCE: Final = expression(r"[^。！？\n]*[。！？]|[^。！？\n]+")


class Sentence(NamedTuple):
    """A sentence at its place: the path of its text, its offset there in code points, and itself with its mark."""

    path: DataPath
    offset: int
    text: str

    @property
    def bare(self) -> str:
        """Without its mark."""
        return self.text.rstrip("。！？")


def body_texts(document: Document) -> tuple[Text, ...]:
    """The texts of the body in order: paragraphs, headings, captions and cells; none of attachments or of what is issued."""
    return tuple(text for text in texts_of(document) if text.path[0] == "body")


def paragraphs(document: Document) -> tuple[Text, ...]:
    """The paragraphs of the body in order."""
    return tuple(text for text in body_texts(document) if text.sort == "paragraph")


def sentences(text: Text) -> list[Sentence]:
    """The sentences of a text, one at least: no text of a draft is blank."""
    return [
        Sentence(text.path, match.start() + len(match.group()) - len(match.group().lstrip()), match.group().strip())
        for match in _SENTENCE.finditer(text.text)
        if match.group().strip()
    ]


def bare_title(title: str) -> str:
    """A title as other places may cite it: without blanks, line ends and 《》 around it."""
    return "".join(title.split()).strip("《》")

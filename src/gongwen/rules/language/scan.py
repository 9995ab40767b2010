"""What the rules of punctuation, numbers and dates share: which characters are Chinese, what in a text is not, and a finding in a text.

Standards' numbers, addresses of the web, file names and telephone numbers have a punctuation of their own, so `plain` takes them out.
"""

from __future__ import annotations

import functools
from typing import Final

from gongwen.diagnostics import Check, Finding
from gongwen.expressions import expression
from gongwen.rules.texts import Text

HAN: Final = "\u3007\u3400-\u4dbf\u4e00-\u9fff"
"""Hanzi, for a class of characters in a pattern."""
MARKS: Final = "，。、；：？！（）《》〈〉“”‘’〔〕【】…—"
"""Marks of Chinese text, likewise."""
NUMERALS: Final = "一二三四五六七八九十"
"""Hanzi that count, likewise."""

_MAY_BE_FOREIGN: Final = expression(r"[A-Za-z@]|0[0-9]{2}|[0-9]-[0-9]{3}")
_FOREIGN: Final = expression(
    r"(?:https?://|ftp://|www\.)[\x21-\x7e]+"  # addresses of the web and of mail
    r"|(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]+@[A-Za-z0-9.-]+"
    r"|(?<![A-Za-z0-9.-])[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.(?:com|cn|net|org|gov|edu)(?:/[\x21-\x7e]*)?(?![A-Za-z0-9])"
    r"|(?:GB|DB|HG|JGJ|CJJ|JTG|YY|WS|SL|QB|AQ|TB|ISO|IEC)[A-Z]*(?:/[A-Z]+)*[ \u00a0]?[0-9]+(?:[.-][0-9]+)*(?:[:—–-](?:19|20)?[0-9]{2})?"
    r"|(?<![A-Za-z0-9_-])[A-Za-z0-9_-]*\.(?:docx?|xlsx?|pptx?|pdf|ofd|wps|txt|csv|zip|rar|jpe?g|png|mp[34])(?![A-Za-z0-9])"
    r"|(?<![0-9])(?:\+?86-)?0[0-9]{2,3}[-—][0-9]{7,8}(?:[-—][0-9]{1,5})?(?![0-9])"  # telephone numbers
    r"|(?<![0-9])[48]00-[0-9]{3,4}-?[0-9]{3,4}(?![0-9])"
    r"|(?<![0-9])[0-9]{3}-[0-9]{4}-[0-9]{4}(?![0-9])"
    r"|(?<![A-Za-z0-9])--?[a-z]+(?:-[a-z]+)*"  # options of a command
    r"|(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9]*(?:[-./_][A-Za-z0-9]+)+"  # models, versions, parts of a program
)


@functools.lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """The text at the same length, with a letter in place of each character that no rule of Chinese text speaks of."""
    if _MAY_BE_FOREIGN.search(text) is None:
        return text
    return _FOREIGN.sub(lambda match: "x" * len(match.group()), text)


def is_han(char: str) -> bool:
    """Whether a character, or none, is a hanzi."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or char == "\u3007"


def is_chinese(char: str) -> bool:
    """Whether a character, or none, is a hanzi or a mark of Chinese text."""
    return char != "" and (is_han(char) or char in MARKS)


def is_ascii(char: str) -> bool:
    """Whether a character, or none, is a letter or a digit of ASCII."""
    return char.isascii() and char.isalnum()


def strike(
    check: Check, text: Text, start: int, end: int, message: str, *, hint: str, replacement: str | None = None
) -> Finding:
    """A finding at ``start`` up to ``end`` of a text. Of a cell that comes from a file the draft has the name of the file alone."""
    if text.path[-3:-2] == ("file",):
        row, cell = text.path[-2:]
        return Finding(check, f"第{row}行第{cell}格：{message}", text.path, hint=hint)
    return Finding(check, message, text.path, hint=hint, offset=start, length=end - start, replacement=replacement)


def is_numbered(text: Text) -> bool:
    """Whether the number of a text is made, as that of an article or an item is; one that is typed as well is told elsewhere."""
    return any(step in ("items", "subitems", "article") for step in text.path[1:])


def reads(text: Text) -> bool:
    """Whether a text is one of sentences, headings, phrases or titles, and Chinese: the standards say how its marks are set."""
    return text.sort in ("paragraph", "heading", "phrase", "title") and not _is_foreign(text.text)


_FEW: Final = 20


@functools.lru_cache(maxsize=1024)
def _is_foreign(text: str) -> bool:
    """Whether there are more words of Latin letters than of hanzi, as in a passage of English with a few Chinese names."""
    hanzi = (len(text.encode(errors="replace")) - len(text)) / 2
    if len(text) - hanzi <= _FEW + hanzi:
        return False
    return sum(char.isascii() and char.isalpha() for char in text) > _FEW + hanzi

"""Characters that hide from the reader, and characters that fill a cell."""

from __future__ import annotations

import re
import unicodedata

from gongwen.reading.faults import BIDI_CONTROL, INVISIBLE_CHARACTER, Fault, Faults, Place

_BIDI = "\u200e\u200f\u202a-\u202e\u2066-\u2069"
# YAML refuses these or takes them for line ends.
_UNPRINTABLE = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
_INVISIBLE = "\u00ad\u200b-\u200d\u2060-\u2064"

UNPRINTABLE = re.compile(f"[{_UNPRINTABLE}]")
HIDDEN = re.compile(f"([{_BIDI}{_INVISIBLE}{_UNPRINTABLE}])\\1*")
_IS_BIDI = re.compile(f"[{_BIDI}]")
_NAMES = {
    "\x00": "空字符",
    "\x85": "换行控制符",
    "\u00ad": "软连字符",
    "\u200b": "零宽空格",
    "\u200c": "零宽不连字符",
    "\u200d": "零宽连字符",
    "\u2028": "行分隔符",
    "\u2029": "段分隔符",
    "\u2060": "零宽不换行符",
    "\ufeff": "字节顺序标记",
}

# East Asian Ambiguous, yet one full cell in Chinese text.
WIDE_MARKS = "“”‘’—…·"


def is_wide(char: str) -> bool:
    """Whether a character fills a full cell in Chinese text."""
    return unicodedata.east_asian_width(char) in ("W", "F") or char in WIDE_MARKS


def printable(text: str) -> str:
    """The text with U+FFFD for every character that YAML does not bear; no offset changes."""
    return UNPRINTABLE.sub("\ufffd", text)


def quote(text: str, limit: int = 20) -> str:
    """Text from the file as a message may show it: on one line, short, nothing hidden."""
    text = HIDDEN.sub("\ufffd", " ".join(text.split()))
    return text if len(text) <= limit else text[:limit] + "…"


def check_characters(text: str, faults: Faults) -> None:
    """Report every character that hides from the reader, in values and comments alike; a run of one counts once."""
    for match in HIDDEN.finditer(text):
        faults.add(hidden(match[1], match.span()))


def hidden(char: str, place: Place) -> Fault:
    """The fault of a character that hides at a place."""
    code = f"U+{ord(char):04X}"
    if _IS_BIDI.match(char):
        hint = "删去它：它使屏幕上的文字次序与文件里的不一致"
        return Fault(BIDI_CONTROL, f"这里有看不见的双向控制字符 {code}", hint, place)
    name = _NAMES.get(char) or ("控制字符" if UNPRINTABLE.match(char) else "不可见字符")
    hint = "删去它，多半是从网页或别的软件里带来的"
    return Fault(INVISIBLE_CHARACTER, f"这里有看不见的字符 {code}（{name}）", hint, place)

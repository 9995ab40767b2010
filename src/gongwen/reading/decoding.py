r"""Bytes → text: UTF-8 it must be, and what else it is gets named. Line ends become ``\n``."""

from __future__ import annotations

import codecs

from gongwen.expressions import expression
from gongwen.reading.characters import UNPRINTABLE, WIDE_MARKS
from gongwen.reading.faults import BINARY_CONTENT, FILE_TOO_LARGE, NOT_UTF8, Fault

MAX_BYTES = 2 * 1024 * 1024

_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32 LE",  # before UTF-16 LE, whose mark it starts with
    codecs.BOM_UTF32_BE: "UTF-32 BE",
    codecs.BOM_UTF16_LE: "UTF-16 LE",
    codecs.BOM_UTF16_BE: "UTF-16 BE",
}
_FOREIGN = expression(r"[^\x00-\x7f]")
_COMMON_CHINESE = expression(f"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef{WIDE_MARKS}]")


def decode(data: bytes) -> tuple[str, Fault | None]:
    """The text, as far as it can be shown, and what keeps it from being read further."""
    if len(data) > MAX_BYTES:
        message = f"文件超过 {MAX_BYTES // 1024 // 1024} MiB"
        return "", Fault(FILE_TOO_LARGE, message, "拆成几个文件；图片单独存放，不写进文件")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = normalise(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _undecodable(data, error.start)
    # ASCII in UTF-16 is good UTF-8 as well, with a NUL at every other place.
    if 3 * data.count(0) > len(data) and (encoding := _wide_encoding(data)):
        return "", _not_utf8(encoding)
    nul = text.find("\x00")
    if nul >= 0:
        message = "文件里有空字符 U+0000，不像文本文件"
        return text, Fault(BINARY_CONTENT, message, "确认没有选错文件", (nul, nul + 1))
    return text, None


def _undecodable(data: bytes, at: int) -> tuple[str, Fault]:
    """What the bytes are if not UTF-8, which cannot read them from offset ``at`` on."""
    if encoding := _wide_encoding(data):
        return "", _not_utf8(encoding)
    text = normalise(data.decode("utf-8", "replace"))
    bad = text.count("\ufffd")
    # GB18030 read as UTF-8 is mostly replacement characters; a damaged UTF-8 file has only a few.
    if len(_FOREIGN.findall(text)) - bad <= bad:
        if _is_gb18030(data):
            return "", _not_utf8("GB18030", "文件不是 UTF-8 编码，看来是 GB18030（GBK）")
        if UNPRINTABLE.search(text):
            hint = "确认没有选错文件；Word 和 PDF 文件不能直接读入"
            return "", Fault(BINARY_CONTENT, "文件不是文本文件", hint)
    start = len(normalise(data[:at].decode("utf-8")))
    message = f"这里的字节 0x{data[at]:02X} 不是 UTF-8 编码的文字"
    return text, Fault(NOT_UTF8, message, "在编辑器里改正这个字，再存为 UTF-8", (start, start + 1))


def _not_utf8(encoding: str, message: str = "") -> Fault:
    hint = f"在编辑器里另存为 UTF-8，或运行 iconv -f {encoding.replace(' ', '')} -t UTF-8 原文件 > 新文件"
    return Fault(NOT_UTF8, message or f"文件是 {encoding} 编码，不是 UTF-8", hint)


def _wide_encoding(data: bytes) -> str:
    """The flavour of UTF-16 or UTF-32 that the bytes are written in, or nothing."""
    for mark, name in _MARKS.items():
        if data.startswith(mark):
            return name
    # Without a mark: blanks, line ends and keys are ASCII, so one of their two bytes is NUL, on the same side for all.
    head = data[:4096]
    second, first = head[1::2].count(0), head[0::2].count(0)
    name, codec = ("UTF-16 LE", "utf-16-le") if second > first else ("UTF-16 BE", "utf-16-be")
    return name if second != first and _clean_text(data, codec) is not None else ""


def _is_gb18030(data: bytes) -> bool:
    """Whether the bytes are clean text in GB18030, and at least half of what is not ASCII common Chinese."""
    text = _clean_text(data, "gb18030")
    return text is not None and 2 * len(_COMMON_CHINESE.findall(text)) >= len(_FOREIGN.findall(text))


def _clean_text(data: bytes, codec: str) -> str | None:
    """The bytes decoded, if that gives text without control characters."""
    try:
        text = normalise(data.decode(codec))
    except UnicodeDecodeError:
        return None
    return None if UNPRINTABLE.search(text) else text


def normalise(text: str) -> str:
    """The text with one kind of line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n")

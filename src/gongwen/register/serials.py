"""Numbers 发文字号 as a register counts them: code, year and serial, however a draft spells the brackets."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

from gongwen.document import PENDING, Document, file_path
from gongwen.expressions import expression

_CODE: Final = r"(?P<code>[\u4e00-\u9fffA-Za-z]+)"
_OPEN, _CLOSE = r"[〔\[【(〈《{]", r"[〕\]】)〉》}]"
_YEAR: Final = r"(?:19|20)[0-9]{2}"
_NUMBER: Final = expression(rf"{_CODE}{_OPEN}(?P<year>{_YEAR}){_CLOSE}第?0*(?P<serial>[1-9][0-9]{{0,5}})号?")
_KEPT: Final = expression(rf"{_CODE}{_OPEN}(?P<year>{_YEAR}|{PENDING}){_CLOSE}第?{PENDING}号?")
_CITED: Final = expression(rf"请示》?[（(]({_CODE}〔(?P<year>{_YEAR})〕(?P<serial>[1-9][0-9]{{0,5}})号)[）)]")


@dataclass(frozen=True, slots=True, order=True)
class Serial:
    """A number: 云工发, 2026, 18."""

    code: str
    year: int
    serial: int

    def __str__(self) -> str:
        """As the page shows it: 云工发〔2026〕18号."""
        return f"{self.code}〔{self.year}〕{self.serial}号"


@dataclass(frozen=True, slots=True)
class Kept:
    """A number that is not given yet: its code, and its year where that is settled."""

    code: str
    year: int | None


def serial_of(text: str) -> Serial | None:
    """The number that a text is, in whatever brackets; None for another text, such as 第12号 of an order."""
    match = _NUMBER.fullmatch(_plain(text))
    return None if match is None else Serial(match["code"], int(match["year"]), int(match["serial"]))


def kept_of(text: str) -> Kept | None:
    """The number with a placeholder that a text is: 云工发〔2026〕待定号, 云工发〔待定〕待定号."""
    match = _KEPT.fullmatch(_plain(text))
    if match is None:
        return None
    return Kept(match["code"], None if match["year"] == PENDING else int(match["year"]))


def number_in(data: object, language: str, code: str | None) -> str | None:
    """The number that the raw data of a draft give, as one text; ``code`` is that of parts which leave it to a unit."""
    if not isinstance(data, dict):
        return None

    def value(given: dict[str, object], *path: str) -> object:
        return given.get(str(file_path(path, language, Document)[-1]))

    given = value(data, "number")
    if isinstance(given, dict):
        parts = (value(given, "number", "code") or code, *(value(given, "number", name) for name in ("year", "serial")))
        given = "{}〔{}〕{}号".format(*parts) if all(isinstance(part, str) for part in parts) else None
    return given.strip() or None if isinstance(given, str) else None


def cited_requests(text: str) -> list[tuple[Serial, int, int]]:
    """The numbers of requests 请示 that a text cites in brackets behind that word, each with its offset and length."""
    return [
        (Serial(match["code"], int(match["year"]), int(match["serial"])), match.start(1), len(match[1]))
        for match in _CITED.finditer(text)
    ]


def _plain(text: str) -> str:
    """The text without blanks, its full-width digits and brackets made half-width."""
    return "".join(unicodedata.normalize("NFKC", text).split())

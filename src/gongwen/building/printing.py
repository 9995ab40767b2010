"""The files that a PDF goes to: one, or numbered copies in one file for the press, or each by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from gongwen.building.job import File, Measured
from gongwen.compiler import Pdf
from gongwen.standard import COPY_NUMBER_DIGITS


def files_of(pdf: Pdf, target: Path, *, each: bool) -> Iterator[tuple[File, bytes, range | None]]:
    """The files of a PDF whose document goes to ``target``; with a range, a file stands for copies that are made where it is written.

    Of more pages than one file for the press holds, several are made, named by the numbers in them.
    """
    file = File(pdf.beside(target), pdf.pages, Measured.of(pdf.results))
    if pdf.copies is None or each:
        yield file, pdf.data, pdf.copies
        return
    from gongwen import press

    parts = press.parts(pdf.copies, pdf.pages)
    for numbers in parts:
        path = file.path if len(parts) == 1 else _named(file.path, f"{_digits(numbers[0])}-{_digits(numbers[-1])}")
        data = press.numbered(pdf.data, numbers.start, len(numbers), set_with=pdf.copies.start)
        yield replace(file, path=path, pages=pdf.pages * len(numbers)), data, None


def copies_of(file: File, data: bytes, numbers: range | None) -> Iterator[tuple[File, bytes]]:
    """The file itself, or a file for each copy, named by its number."""
    if numbers is None:
        yield file, data
        return
    from gongwen import press

    for number in numbers:
        yield replace(file, path=_named(file.path, _digits(number))), press.copy(data, number, set_with=numbers.start)


def _named(path: Path, by: str) -> Path:
    return path.with_name(f"{path.stem}.{by}{path.suffix}")


def _digits(number: int) -> str:
    return f"{number:0{COPY_NUMBER_DIGITS}}"

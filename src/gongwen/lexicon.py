"""Words: rjieba cuts a text into them. Only those of its dictionary that the text may hold are looked up; to load all takes 0.12 s.

The dictionary (schemas/words.txt) has a word and how often it occurs on each line, sorted by bytes.
"""

from __future__ import annotations

import functools
import importlib.util
import itertools
import mmap
from importlib.machinery import PathFinder
from typing import Any, Final

from gongwen import resources

_ALL_OCCURRENCES: Final = 60_101_967
"""How often all words occur: a word's likelihood is its part of that."""
_THE_REST: Final = "\ue000"
"""Stands for all words that are not in a text, so that those in it stay as likely as they are."""


def cut(text: str) -> list[str]:
    """Cut a text as ``rjieba.cut`` does; joined, the words give the text again."""
    segmenter = _module().Jieba.empty()
    rest = _ALL_OCCURRENCES
    pairs = {first + second for first, second in itertools.pairwise(text) if second != " "}
    for beginning in {*text, *pairs}:
        for word, occurrences in _words(beginning):
            segmenter.add_word(word, occurrences, "")
            rest -= occurrences
    segmenter.add_word(_THE_REST, rest, "")
    words: list[str] = segmenter.cut(text)
    return words


@functools.lru_cache(maxsize=1 << 16)
def _words(beginning: str) -> tuple[tuple[str, int], ...]:
    """The word of one character, or all words that begin with two; each with how often it occurs."""
    key = beginning.encode() + b" " * (len(beginning) == 1)
    lines, found = _dictionary(), []
    start = _offset(lines, key)
    while lines[start : start + len(key)] == key:
        end = lines.find(b"\n", start)
        word, _, occurrences = lines[start:end].rpartition(b" ")
        found.append((word.decode(), int(occurrences)))
        start = end + 1
    return tuple(found)


def _offset(lines: mmap.mmap, key: bytes) -> int:
    """Where the first line stands that is not before a key."""
    low, high = 0, len(lines)
    while low < high:
        middle = (low + high) // 2
        start, end = lines.rfind(b"\n", 0, middle) + 1, lines.find(b"\n", middle)
        if lines[start:end] < key:
            low = end + 1
        else:
            high = start
    return low


@functools.cache
def _dictionary() -> mmap.mmap:
    with (resources.schemas() / "words.txt").open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


@functools.cache
def _module() -> Any:
    """Rjieba's compiled part; the package around it would load the whole dictionary."""
    package = importlib.util.find_spec("rjieba")
    spec = PathFinder.find_spec("rjieba", package.submodule_search_locations if package else None)
    if spec is None or spec.loader is None:
        raise ImportError(name="rjieba")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

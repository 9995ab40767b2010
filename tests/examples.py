"""Examples of checks, laid over base drafts: each top-level key of an example takes the place of the base's.

An example is lines of a draft. ``key: null`` takes a key away; an example without any key is a file of its own. A line such as
``# gongwen.yaml`` or ``# 甲.yaml`` begins a file of the folder, and ``# 稿件`` the draft: settings and texts that drafts enclose stand as
they are, all others are laid over a base. An example that begins with any other comment is said in words, and cannot be tried.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

from gongwen.kinds import kind_of

BASES = {path.stem: path for path in sorted((Path(__file__).parent / "bases").glob("*.yaml"))}
"""A clean draft of each kind, by the kind's name."""
USUAL = "通知"

SETTINGS = "gongwen.yaml"
DRAFT = "draft.yaml"
_FILE = re.compile(r"^# (?:(\S+\.yaml)|稿件)\n", re.MULTILINE)
_KEY = re.compile(r"^([^\s#&*!|>'\"%@`\[\]{}:,-][^:\n]*):(?=\s|$)", re.MULTILINE)


def is_words(example):
    """Whether an example is said in words: it begins with a comment that names no file."""
    return example.startswith("#") and not _FILE.match(example)


def files_of(example):
    """The files that an example gives, by name, each with its lines; without a draft among them the base itself is it."""
    first, *rest = _FILE.split(example if example.endswith("\n") else f"{example}\n")
    files = {name or DRAFT: lines for name, lines in zip(rest[::2], rest[1::2], strict=True)}
    if first or not any(map(_is_draft, files)):
        files[DRAFT] = first
    return files


def takes_several(example):
    """Whether an example is of several drafts."""
    return sum(map(_is_draft, files_of(example))) > 1


def _is_draft(name):
    return name != SETTINGS and not name.startswith("_")


def _pieces(text):
    """A draft cut before each of its top-level keys: pairs of the key and its lines."""
    starts = [match.start() for match in _KEY.finditer(text)]
    cuts = [text[start:end] for start, end in pairwise([*starts, len(text)])]
    return [(piece.partition(":")[0], piece if piece.endswith("\n") else f"{piece}\n") for piece in cuts]


def laid_over(example):
    """The text of a whole draft: the lines of an example over the base of its kind."""
    given = _pieces(example)
    if example.strip() and not given:
        return example
    kind = next((piece.partition(":")[2].strip() for key, piece in given if key == "kind"), USUAL)
    keys = {key for key, _ in given}
    known = kind_of(kind)
    base = _pieces(BASES[known.name if known else USUAL].read_text("utf-8"))
    wanted = [piece for key, piece in given if piece != f"{key}: null\n"]
    # At the place of the first key that it replaces: what stands below it in the file stays below it.
    place = next((index for index, (key, _) in enumerate(base) if key in keys), len(base))
    before = [piece for key, piece in base[:place] if key not in keys]
    after = [piece for key, piece in base[place:] if key not in keys]
    return "".join([*before, *wanted, *after])


def write(example, folder):
    """Write the files of an example into a folder of its own; the paths of its drafts."""
    drafts = []
    for name, lines in files_of(example).items():
        (folder / name).write_text(laid_over(lines) if _is_draft(name) else lines, "utf-8")
        drafts += [folder / name] if _is_draft(name) else []
    return drafts

"""Examples of checks, laid over base drafts: each top-level key of an example takes the place of the base's.

An example is lines of a draft. ``key: null`` takes a key away; an example without any key is a file of its own. One that begins with
``# gongwen.yaml`` gives the settings of the project, and after a line ``# 稿件`` lines of the draft. One of nothing but comments is
said in words, and cannot be tried.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

BASES = {path.stem: path for path in sorted((Path(__file__).parent / "bases").glob("*.yaml"))}
"""A clean draft of each kind, by the kind's name."""
USUAL = "通知"

SETTINGS, DRAFT = "# gongwen.yaml\n", "# 稿件\n"
_KEY = re.compile(r"^([^\s#&*!|>'\"%@`\[\]{}:,-][^:\n]*):(?=\s|$)", re.MULTILINE)


def is_words(example):
    """Whether an example is said in words: nothing but comments."""
    return all(line.startswith("#") for line in example.splitlines() if line.strip())


def parts_of(example):
    """The settings that an example gives, or None, and its lines of a draft."""
    if not example.startswith(SETTINGS):
        return None, example
    settings, _, draft = example.removeprefix(SETTINGS).partition(DRAFT)
    return settings, draft


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
    base = _pieces(BASES.get(kind, BASES[USUAL]).read_text("utf-8"))
    wanted = [piece for key, piece in given if piece != f"{key}: null\n"]
    # At the place of the first key that it replaces: what stands below it in the file stays below it.
    place = next((index for index, (key, _) in enumerate(base) if key in keys), len(base))
    before = [piece for key, piece in base[:place] if key not in keys]
    after = [piece for key, piece in base[place:] if key not in keys]
    return "".join([*before, *wanted, *after])


def write(example, folder):
    """Write the whole draft of an example and its settings into a folder of its own; the path of the draft."""
    settings, draft = parts_of(example)
    if settings is not None:
        (folder / "gongwen.yaml").write_text(settings, "utf-8")
    path = folder / "draft.yaml"
    path.write_text(laid_over(draft), "utf-8")
    return path

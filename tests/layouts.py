"""From keys or YAML to drafts, and from layouts to lengths. All lengths are millimetres from the top left corner of the sheet."""

import pytest

from gongwen.document import Document
from gongwen.parser import parse
from gongwen.source import Source

BASELINE = 0.88
"""Of the em box, from its top, in every face."""
NEAR = 0.02
"""How far a length (mm) may be from the one that is wanted."""


def from_keys(keys, model=Document):
    """The draft of some keys with their English names and values; a key that is None is left out."""
    given = {key: value for key, value in keys.items() if value is not None}
    return model.model_validate(given, by_name=True, by_alias=False, context={"language": "en"})


def from_yaml(text):
    """The draft of a text in YAML, of whatever kind it says it is."""
    parsed = parse(Source.parse(text))
    assert parsed.document is not None, parsed.diagnostics
    return parsed.document


def paragraphs(count):
    """The body of so many paragraphs of one line each."""
    return [f"第{number}段。" for number in range(count)]


def near(value, within=NEAR):
    """A length that equals what is ``within`` millimetres of it."""
    return pytest.approx(value, abs=within)


def roles(layout, page=1):
    """The roles of a page's boxes in reading order; pages are counted from 1."""
    return [box.role for box in layout.pages[page - 1].boxes]


def boxes(layout, role, page=None):
    """The boxes of a role on all pages, or on one of them; what a turned frame holds is left out."""
    return [box for one in layout.pages if page in (None, one.number) for box in one.boxes if box.role == role]


def the(layout, role):
    """The only box of a role."""
    (box,) = boxes(layout, role)
    return box


def start(box, row=0):
    """Where the advance of a line starts (mm)."""
    return box.left + (box.indent if row == 0 else 0) * box.em


def end(box, row=0):
    """Where the advance of a line ends (mm)."""
    return start(box, row) + box.lines[row].width * box.em


def ink(box, row=0):
    """The ink of a line (mm): left, top, right, bottom."""
    line, baseline = box.lines[row], box.top + row * box.pitch + BASELINE * box.em
    return (
        start(box, row) + line.left * box.em,
        baseline - line.top * box.em,
        start(box, row) + line.right * box.em,
        baseline - line.bottom * box.em,
    )

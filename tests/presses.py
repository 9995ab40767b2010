"""From layouts to PDFs and what preflight measures on them, with layouts or files changed on the way. Lengths are millimetres.

A change of a box is a function: box → the boxes in its place. A change of a layout is a function: layout → layout.
"""

import dataclasses
import datetime
import functools
import io

import pikepdf

from gongwen import preflight
from gongwen.compose import Composer, Run
from gongwen.fonts import FontBook
from gongwen.layout import lay_out
from gongwen.render import Metadata, render
from gongwen.typeset import EmbeddedSource, Typesetter

SOURCES = (EmbeddedSource("draft.yaml", b"kind: x"),)


class Press:
    """Sets drafts, as they are laid out or with another layout or stylesheet."""

    def __init__(self, book):
        self.book = book
        self.typesetter = Typesetter(book)

    def layout(self, draft, *, reading_copy=False):
        """The layout of a draft that has no images."""
        return lay_out(draft, self.book, reading_copy=reading_copy)

    def pdf(self, draft, profile="print", layout=None, *, change_css=None, sources=SOURCES):
        """The bytes of the PDF. ``change_css`` makes another stylesheet of the one there is; the archive embeds ``sources``."""
        metadata = Metadata.of(draft, datetime.date(1970, 1, 1))
        rendered = render(layout or self.layout(draft), metadata, self.book, profile)
        if change_css is not None:
            css = change_css(rendered.css)
            assert css != rendered.css
            rendered = dataclasses.replace(rendered, css=css)
        return self.typesetter.typeset(rendered, profile, sources)

    def measured(self, draft, layout=None, profile="print", *, sources=SOURCES, reading_copy=False):
        """What preflight measures on the PDF of a draft, or of another layout of it, by the numbers of a reading copy or not."""
        layout = layout or self.layout(draft, reading_copy=reading_copy)
        pdf = self.pdf(draft, profile, layout, sources=sources)
        return preflight.measure(pdf, draft, profile, reading_copy=reading_copy)


# --- results ----------------------------------------------------------------------------------------------------------


def missed(results):
    """The rules that are missed somewhere."""
    return {result.rule for result in results if result.verdict == "missed"}


def unmeasured(results):
    """The rules that could not be measured somewhere."""
    return {result.rule for result in results if result.verdict == "unmeasured"}


def unmet(results):
    """The rules that are missed or unmeasured somewhere."""
    return {result.rule for result in results if result.verdict != "met"}


def values(results, rule):
    """What was measured for a rule, in the unit of the rule, in the order of the results."""
    return [result.value for result in results if result.rule == rule]


# --- changes of a layout ----------------------------------------------------------------------------------------------


def on_boxes(change, *roles, nth=None, page=None):
    """A change of the layout: the boxes of some roles, or the nth of them (from 0), or those of one page, are changed.

    What a turned frame holds is left alone. Asserts that there is such a box.
    """

    def mutate(layout):
        count, pages = 0, []
        for one in layout.pages:
            boxes = []
            for box in one.boxes:
                is_meant = box.role in roles and page in (None, one.number)
                boxes += change(box) if is_meant and nth in (None, count) else [box]
                count += is_meant
            pages.append(dataclasses.replace(one, boxes=tuple(boxes)))
        assert count > (nth or 0), f"{count} boxes of {roles}"
        return dataclasses.replace(layout, pages=tuple(pages))

    return mutate


def changed(**values):
    """A change of a box: some of its attributes have other values."""
    return lambda box: [dataclasses.replace(box, **values)]


def moved(dx=0.0, dy=0.0):
    """A change of a box: so much further right and down (mm)."""
    return lambda box: [dataclasses.replace(box, left=box.left + dx, top=box.top + dy)]


def removed(_):
    """A change of a box: it is gone."""
    return []


def in_face(face, role=None):
    """A change of a box: all its text, or the text of one role, is drawn in another face at the old advances."""
    return _on_pieces(lambda piece: piece._replace(face=face) if role in (None, piece.role) else piece)


def reworded(old, new):
    """A change of a box: some characters of its text are others, at the places of the old."""
    return _on_pieces(lambda piece: piece._replace(text=piece.text.replace(old, new)))


def _on_pieces(change):
    def of_line(line):
        return dataclasses.replace(line, pieces=tuple(map(change, line.pieces)))

    return lambda box: [dataclasses.replace(box, lines=tuple(map(of_line, box.lines)))]


@functools.cache
def _composer():
    return Composer(FontBook())


def line_of(text, role="fangsong"):
    """A line of text in the face of a role, at the natural advances."""
    return _composer().line([Run(text, role)])


# --- changes of a file ------------------------------------------------------------------------------------------------


def edited(pdf, edit):
    """The bytes of a PDF after ``edit`` has changed it; ``edit`` gets it opened by pikepdf."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        edit(opened)
        out = io.BytesIO()
        opened.save(out)
    return out.getvalue()

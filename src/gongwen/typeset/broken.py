"""Lines that are broken already: put where they belong, without looking for a place to break them.

A paragraph of ours is one text with preserved breaks, in which some pieces stand in elements of their own. WeasyPrint looks, piece by
piece, for floats in the way, spaces to take off, places to break and leaders to fill; nothing of that can be in such a paragraph. What
else there may be is left to WeasyPrint.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from gongwen.typeset.engine import replace_in, weasyprint

_inline: Final = weasyprint.layout.inline
_boxes: Final = weasyprint.formatting_structure.boxes
_any_lines: Final = _inline.iter_line_boxes

_OTHER_BREAKS: Final = frozenset("\t\f\r\u0085\u2028\u2029")
"""Characters at which a line may end as well, or that move what follows them."""


class _Line(NamedTuple):
    """Pieces of a line, each a box of the paragraph and a part of its text, and where the next line begins."""

    pieces: list[tuple[Any, str]]
    resume_at: dict[int, Any] | None


def _lines_of(paragraph: Any) -> list[_Line] | None:
    """The lines of a paragraph; None where it has anything but texts with breaks, and elements with a text without."""
    lines: list[_Line] = []
    pieces: list[tuple[Any, str]] = []
    for index, child in enumerate(paragraph.children):
        text = _text_of(child)
        if text is None or not _OTHER_BREAKS.isdisjoint(text):
            return None
        *ended, rest = text.split("\n")
        if ended and not isinstance(child, _boxes.TextBox):
            return None
        place = 0
        for part in ended:
            place += len(part.encode()) + 1
            if part:
                pieces.append((child, part))
            lines.append(_Line(pieces, {index: {place: None}}))
            pieces = []
        if rest:
            pieces.append((child, rest))
    if pieces:
        lines.append(_Line(pieces, None))
    return lines if all(line.pieces for line in lines) else None


def _text_of(child: Any) -> str | None:
    """The text of a text box, or of an element that has nothing but one."""
    if child.style["position"] != "static" or child.style["float"] != "none" or not child.style["font_size"]:
        return None
    if isinstance(child, _boxes.TextBox):
        return str(child.text)
    if type(child) is not _boxes.InlineBox or child.is_leader or len(child.children) != 1:
        return None
    inner = child.children[0]
    return str(inner.text) if isinstance(inner, _boxes.TextBox) else None


def _iter_line_boxes(
    context: Any,
    box: Any,
    position_y: float,
    bottom_space: float,
    skip_stack: Any,
    containing_block: Any,
    absolute_boxes: Any,
    fixed_boxes: Any,
    first_letter_style: Any,
    first_line_style: Any,
) -> Iterator[tuple[Any, Any]]:
    """Lines one by one, each with where the next begins: what WeasyPrint's own function of this name gives."""
    style = box.style
    is_set = (
        style["white_space"] == "pre"
        and style["direction"] == "ltr"
        and not (skip_stack or first_letter_style or first_line_style or context.excluded_shapes or box.is_leader)
    )
    lines = _lines_of(box) if is_set else None
    if lines is None:
        found: Iterator[tuple[Any, Any]] = _any_lines(
            context,
            box,
            position_y,
            bottom_space,
            skip_stack,
            containing_block,
            absolute_boxes,
            fixed_boxes,
            first_letter_style,
            first_line_style,
        )
        return found
    return _placed(context, box, lines, position_y, containing_block)


def _placed(
    context: Any, box: Any, lines: list[_Line], position_y: float, containing_block: Any
) -> Iterator[tuple[Any, Any]]:
    _inline.resolve_percentages(box, containing_block)
    _inline.resolve_one_percentage(box, "text_indent", containing_block.width)
    for number, (pieces, resume_at) in enumerate(lines):
        box.position_x = containing_block.content_box_x()
        box.position_y = position_y
        children = []
        position_x = box.position_x + (0 if number else box.text_indent)
        for piece, text in pieces:
            child = _piece(context, piece, text, position_x, position_y, containing_block)
            position_x = child.position_x + child.margin_width()
            children.append(child)
        line = _holding(box, children, position_x)
        offset_x = _inline.text_align(context, line, containing_block.width, last=True)
        bottom, top = _inline.line_box_verticality(line)
        line.baseline = -top
        line.position_y = top
        line.height = bottom - top
        line.margin_top = line.margin_bottom = 0
        line.translate(offset_x, position_y - top)
        # As WeasyPrint does: what is added and taken away again does not always come out the same.
        line.position_y = position_y
        position_y += line.height
        yield line, resume_at
    box.text_indent = 0


def _piece(context: Any, box: Any, text: str, x: float, y: float, containing_block: Any) -> Any:
    """A piece of a line, set at a place (px)."""
    _inline.resolve_percentages(box, containing_block)
    if isinstance(box, _boxes.TextBox):
        piece = box.copy_with_text(text)
        piece.position_x, piece.position_y = x, y
        return _shaped(context, piece)
    for side in ("left", "right"):
        if getattr(box, f"margin_{side}") == "auto":
            setattr(box, f"margin_{side}", 0)
    inner = _piece(context, box.children[0], text, x, y, containing_block)
    spacing = box.padding_left + box.margin_left + box.border_left_width
    box.position_x, box.position_y = x, y
    inner.translate(dx=spacing)
    return _holding(box, [inner], inner.position_x + inner.margin_width())


def _shaped(context: Any, box: Any) -> Any:
    layout, _, _, box.width, box.height, baseline = _inline.split_first_line(box.text, box.style, context, None, 0)
    box.pango_layout = layout
    box.text = layout.text
    line_height, _ = _inline.strut(box.style)
    box.margin_top = box.margin_bottom = (line_height - box.height) / 2
    box.baseline = baseline + box.margin_top
    return box


def _holding(box: Any, children: list[Any], end: float) -> Any:
    """A copy of a line or of an element with what stands in it, up to ``end`` (px)."""
    copy = box.copy_with_children(children)
    copy.width = end - copy.content_box_x()
    _inline._adjust_line_height(copy)  # noqa: SLF001 - there is no other way to it
    return copy


def install() -> None:
    """Put these in the place of WeasyPrint's own."""
    replace_in(weasyprint.layout.block, "iter_line_boxes", _iter_line_boxes)

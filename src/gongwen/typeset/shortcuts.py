"""Short cuts through WeasyPrint's layout, where a page of ours cannot need what it asks for.

Most of the time goes into questions whose answer is known: the margins of a box that nobody can have given any, the sixteen boxes in
the margins of a page that has none, properties that no rule names. Each short cut gives the very answer that WeasyPrint would find,
and leaves to WeasyPrint whatever it cannot be sure of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import inf
from typing import Any, Final

from gongwen.typeset.engine import weasyprint

_css: Final = weasyprint.css
_layout: Final = weasyprint.layout

_SPECIAL: Final = frozenset(("position", "float", "display", "page"))
"""Properties that WeasyPrint computes from others, or takes from an ancestor in a way of their own."""


def _is_plain(name: str) -> bool:
    return name not in _SPECIAL and not name.startswith("text_decoration_")


_INHERITED: Final = frozenset(filter(_is_plain, _css.properties.INHERITED))
_INITIAL: Final[Mapping[str, Any]] = {
    name: value
    for name, value in _css.properties.INITIAL_VALUES.items()
    if _is_plain(name) and name not in _css.properties.INHERITED and name not in _css.properties.INITIAL_NOT_COMPUTED
}
"""Properties that are not inherited, and whose initial value is what is computed from it."""
_LOGICAL: Final[Mapping[str, frozenset[str]]] = {
    name: frozenset(of(block="ttb", inline=inline) for inline in ("ltr", "rtl"))
    for name, of in _css.computed_values.PHYSICAL_FUNCTIONS.items()
}
"""Physical properties (``margin_top``) → the logical ones (``margin_block_start``) that outweigh them."""
_NONE: Final = frozenset[str]()

_UNSIZED: Final[Mapping[str, Any]] = {
    **{f"{kind}_{side}": 0 for kind in ("margin", "padding") for side in ("top", "right", "bottom", "left")},
    **{f"border_{side}_width": 0 for side in ("top", "right", "bottom", "left")},
    "width": "auto",
    "min_width": 0,
    "max_width": inf,
    "height": "auto",
    "min_height": 0,
    "max_height": inf,
}
"""The used sizes of a box that no rule can name."""
_SIZES: Final = _UNSIZED.keys() - {f"border_{side}_width" for side in ("top", "right", "bottom", "left")}
_UNADORNED: Final[Mapping[str, Any]] = {
    **{f"border_{corner}_radius": (0, 0) for corner in ("top_left", "top_right", "bottom_right", "bottom_left")},
    "background": None,
}

_MARGINS: Final = _css.PAGE_MARGIN_BOXES - {"footnote", "note-area"}
_NO_CONTENT: Final = ("normal", "inhibit", "none")

_computed: Final = _css.ComputedStyle.__missing__
_sized: Final = _layout.percent.resolve_percentages
_adorned: Final = _layout.background.layout_box_backgrounds
_in_margins: Final = _layout.make_margin_boxes


def _property(style: Any, name: str) -> Any:
    """A property that has not been asked for: most are named by no rule, so that they are inherited or initial."""
    cascaded = style.cascaded
    if name in cascaded or not _LOGICAL.get(name, _NONE).isdisjoint(cascaded):
        return _computed(style, name)
    if name in _INITIAL:
        value = _INITIAL[name]
    elif name in _INHERITED and style.parent_style is not None:
        value = style.parent_style[name]
    else:
        return _computed(style, name)
    style[name] = value
    return value


def _is_anonymous(style: Any) -> bool:
    """Whether a style is that of lines and texts, to which no rule applies."""
    return type(style) is _css.AnonymousStyle


def _resolve_percentages(box: Any, containing_block: Any) -> None:
    """Sizes of a box in px."""
    style = box.style
    if _is_anonymous(style) and _SIZES.isdisjoint(style) and style["border_collapse"] != "collapse":
        vars(box).update(_UNSIZED)
    else:
        _sized(box, containing_block)


def _layout_box_backgrounds(page: Any, box: Any, fetch: Any, *rest: Any, **named: Any) -> None:
    """Backgrounds, images of borders and round corners of a box and of those in it."""
    if rest or named or not _is_anonymous(box.style) or box is page:
        _adorned(page, box, fetch, *rest, **named)
        return
    for child in box.all_children():
        _layout_box_backgrounds(page, child, fetch)
    vars(box).update(_UNADORNED)


def _make_margin_boxes(context: Any, page: Any, state: Any) -> Iterable[Any]:
    """What stands in the margins of a page by rules such as ``@top-left``: the empty boxes cost a millisecond a page."""
    styles = (context.style_for(page.page_type, f"@{place}") for place in _MARGINS)
    is_any = any(style is not None and style["content"] not in _NO_CONTENT for style in styles)
    return _in_margins(context, page, state) if is_any else ()


def install() -> None:
    """Put these in the place of WeasyPrint's own."""
    _css.ComputedStyle.__missing__ = _property
    _layout.inline.resolve_percentages = _resolve_percentages
    _layout.background.layout_box_backgrounds = _layout_box_backgrounds
    _layout.make_margin_boxes = _make_margin_boxes

"""Short cuts through WeasyPrint's layout, where a page of ours cannot need what it asks for.

Most of the time goes into questions whose answer is known: the margins of a box that nobody can have given any, the sixteen boxes in
the margins of a page that has none, properties that no rule names. Each short cut gives the very answer that WeasyPrint would find,
and leaves to WeasyPrint whatever it cannot be sure of.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Mapping
from math import inf
from typing import Any, Final

from gongwen.typeset.engine import listening, replace_in, weasyprint

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
_PHYSICAL: Final[dict[str, list[str]]] = {}
"""Logical properties (``margin_block_start``) → the physical ones (``margin_top``) that they may outweigh."""
for _name, _of in _css.computed_values.PHYSICAL_FUNCTIONS.items():
    for _inline in ("ltr", "rtl"):
        _PHYSICAL.setdefault(_of(block="ttb", inline=_inline), []).append(_name)

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
_SIZES: Final = operator.itemgetter("width", "min_width", "max_width", "height", "min_height", "max_height")
_INITIAL_SIZES: Final = _SIZES(_css.properties.INITIAL_VALUES)
_UNADORNED: Final[Mapping[str, Any]] = {
    **{f"border_{corner}_radius": (0, 0) for corner in ("top_left", "top_right", "bottom_right", "bottom_left")},
    "background": None,
}

_MARGINS: Final = _css.PAGE_MARGIN_BOXES - {"footnote", "note-area"}
_NO_CONTENT: Final = ("normal", "inhibit", "none")

_KEPT_DECLARATIONS: Final = 1024

_parsed: Final = _css.tinycss2.parse_blocks_contents
_meant: Final = _css.preprocess_declarations
_begun: Final = _css.ComputedStyle.__init__
_begun_anonymous: Final = _css.AnonymousStyle.__init__
_computed: Final = _css.ComputedStyle.__missing__
_sized: Final = _layout.percent.resolve_percentages
_adorned: Final = _layout.background.layout_box_backgrounds
_in_margins: Final = _layout.make_margin_boxes


class _Declarations(list[Any]):
    """The declarations of a ``style``, and what WeasyPrint makes of them, once it has been asked."""

    meant: tuple[str | None, list[Any]] | None = None


@functools.lru_cache(maxsize=_KEPT_DECLARATIONS)
def _declarations(style: str) -> _Declarations:
    return _Declarations(_parsed(style))


def _parse_blocks_contents(given: Any, **options: Any) -> Any:
    """Declarations and nested rules: places on a grid come again on each page, and elements with the same share their style."""
    return _declarations(given) if isinstance(given, str) and not options else _parsed(given, **options)


def _preprocess_declarations(base_url: str | None, declarations: Any, *rest: Any, **named: Any) -> Iterable[Any]:
    """Properties and values of declarations. What it complains of has to be heard of each page."""
    if rest or named or not isinstance(declarations, _Declarations):
        found: Iterable[Any] = _meant(base_url, declarations, *rest, **named)
        return found
    if declarations.meant is None or declarations.meant[0] != base_url:
        with listening() as complaints:
            meant = list(_meant(base_url, declarations))
        if complaints:
            for complaint in complaints:
                weasyprint.LOGGER.warning("%s", complaint)
            return meant
        declarations.meant = base_url, meant
    return declarations.meant[1]


def _begin(style: Any, parent_style: Any, cascaded: Any, *rest: Any) -> None:
    """Begin the style of an element: what no rule names and nothing inherits has its initial value."""
    _begun(style, parent_style, cascaded, *rest)
    style.update(_INITIAL)
    for name in cascaded:
        style.pop(name, None)
        for physical in _PHYSICAL.get(name, ()):
            style.pop(physical, None)


def _begin_anonymous(style: Any, parent_style: Any) -> None:
    """Begin the style of a box that stands for no element, to which no rule applies."""
    _begun_anonymous(style, parent_style)
    style.update(_INITIAL)


def _property(style: Any, name: str) -> Any:
    """A property that has not been asked for: most that are inherited are named by no rule."""
    if name in _INHERITED and name not in style.cascaded and style.parent_style is not None:
        value = style[name] = style.parent_style[name]
        return value
    return _computed(style, name)


def _is_anonymous(style: Any) -> bool:
    """Whether a style is that of lines and texts, to which no rule applies."""
    return type(style) is _css.AnonymousStyle


def _resolve_percentages(box: Any, containing_block: Any) -> None:
    """Sizes of a box in px."""
    style = box.style
    if _is_anonymous(style) and _SIZES(style) == _INITIAL_SIZES and style["border_collapse"] != "collapse":
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
    for name, value in _UNADORNED.items():
        setattr(box, name, value)  # not in its dictionary: a box may stand for another one


def _make_margin_boxes(context: Any, page: Any, state: Any) -> Iterable[Any]:
    """What stands in the margins of a page by rules such as ``@top-left``: the empty boxes cost a millisecond a page."""
    styles = (context.style_for(page.page_type, f"@{place}") for place in _MARGINS)
    is_any = any(style is not None and style["content"] not in _NO_CONTENT for style in styles)
    return _in_margins(context, page, state) if is_any else ()


def install() -> None:
    """Put these in the place of WeasyPrint's own."""
    replace_in(_css.tinycss2, "parse_blocks_contents", _parse_blocks_contents)
    replace_in(_css, "preprocess_declarations", _preprocess_declarations)
    replace_in(_css.ComputedStyle, "__init__", _begin)
    replace_in(_css.ComputedStyle, "__missing__", _property)
    replace_in(_css.AnonymousStyle, "__init__", _begin_anonymous)
    replace_in(_layout.inline, "resolve_percentages", _resolve_percentages)
    replace_in(_layout.background, "layout_box_backgrounds", _layout_box_backgrounds)
    replace_in(_layout, "make_margin_boxes", _make_margin_boxes)

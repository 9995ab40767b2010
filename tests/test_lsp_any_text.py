"""Whatever stands in a text and wherever the cursor is, each feature answers, and what it answers can be used."""

from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st
from lsprotocol import types

from gongwen.diagnostics import Finding
from gongwen.lsp.actions import actions
from gongwen.lsp.completion import Client, complete
from gongwen.lsp.documents import Snapshot
from gongwen.lsp.findings import Shown
from gongwen.lsp.folding import folds
from gongwen.lsp.hover import hover
from gongwen.lsp.outline import outline
from gongwen.lsp.positions import ENCODINGS, changed
from gongwen.rules.elements.body import HEADING_END

DRAFT = (Path(__file__).parent / "drafts" / "zh" / "right.yaml").read_text("utf-8")
EVERYTHING = types.Range(types.Position(0, 0), types.Position(999, 0))
SIGNS = (
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "  ",
    "- ",
    ": ",
    "：",
    *"{}[],#'\"|>~",
    "&a",
    "*a",
    "---\n",
    "\ufeff",
    "\u2028",
    "\x00",
    "\ud800",
)
PIECES = st.one_of(st.sampled_from((*SIGNS, "𠮷", "文种", "正文", "小标题", "kind")), st.text(max_size=5))
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), PIECES), max_size=6)


def edited(text, edits):
    for where, length, new in edits:
        start = int(where * len(text))
        text = text[:start] + new + text[start + length :]
    return text


@given(edits=EDITS, where=st.floats(0, 1), encoding=st.sampled_from(ENCODINGS))
@example(edits=[], where=0.5, encoding="utf-16")
def test_every_feature_answers(edits, where, encoding):
    snapshot = Snapshot("file:///a.yaml", 1, edited(DRAFT, edits), encoding, "yaml", Path("/a.yaml"))
    position = snapshot.positions.position(int(where * len(snapshot.plain)))
    for item in complete(snapshot, position, Client()):
        place = item.text_edit.range
        assert place.start.line == place.end.line == position.line
        assert place.start.character <= position.character <= place.end.character
        assert (
            changed(snapshot.text, types.TextDocumentContentChangePartial(range=place, text=""), encoding) is not None
        )
    diagnostic = snapshot.source.resolve(Finding(HEADING_END, "错", ("正文", 1, "小标题"), offset=0, replacement="甲"))
    shown = [Shown(diagnostic, snapshot.positions.range_of(diagnostic.span))]
    said = hover(snapshot, position, shown)
    assert said is None or said.contents.value
    for action in actions(snapshot, EVERYTHING, shown):
        assert action.edit.changes[snapshot.uri]
    for symbol in outline(snapshot):
        assert symbol.range.start.line <= symbol.selection_range.start.line <= symbol.range.end.line
    assert all(fold.start_line < fold.end_line <= snapshot.positions.last_line for fold in folds(snapshot))

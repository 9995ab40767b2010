"""Columns of the protocol against offsets of ours: characters of the supplementary planes, line ends, byte order marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from gongwen.diagnostics import Position, Span
from gongwen.lsp.positions import ENCODINGS, Positions, changed, column, units
from gongwen.source import Source

TEXTS = st.text(st.sampled_from("a字𠮷\n\r\ufeff\u2028\x0b\x85é"), max_size=30)


@pytest.mark.parametrize(("encoding", "expected"), [("utf-8", 11), ("utf-16", 6), ("utf-32", 5)])
def test_a_character_takes_as_many_units_as_the_encoding_says(encoding, expected):
    assert units("a𠮷éb字", encoding) == expected


@pytest.mark.parametrize(
    ("encoding", "count", "expected"),
    [
        ("utf-16", 0, 0),
        ("utf-16", 1, 1),
        ("utf-16", 2, 1),  # in the middle of 𠮷: not yet past it
        ("utf-16", 3, 2),
        ("utf-16", 99, 3),
        ("utf-8", 1, 1),
        ("utf-8", 2, 1),
        ("utf-8", 4, 1),
        ("utf-8", 5, 2),
        ("utf-8", 8, 3),
        ("utf-8", 99, 3),
        ("utf-32", 2, 2),
        ("utf-32", 99, 3),
    ],
)
def test_units_become_characters_and_one_that_is_cut_does_not_count(encoding, count, expected):
    assert column("a𠮷字", count, encoding) == expected


def test_lone_surrogates_count_as_one_unit_in_utf_16():
    assert column("字\ud800字", 2, "utf-16") == 2
    assert column("字\ud800字", 3, "utf-16") == 3
    assert column("字\ud800字", 6, "utf-8") == 2
    assert units("\ud800", "utf-16") == 1


def test_lines_end_with_any_of_three_and_with_nothing_else():
    text = "一\r\n二\r三\n四\u2028五\x0b六\x85七"
    positions = Positions(text, "utf-16")
    assert [positions.line(n) for n in range(-1, 6)] == ["", "一", "二", "三", "四\u2028五\x0b六\x85七", "", ""]
    assert positions.last_line == 3
    assert positions.position(2) == types.Position(1, 0)
    assert positions.offset(types.Position(3, 2)) == 8
    assert positions.raw_offset(types.Position(3, 2)) == 9


def test_a_byte_order_mark_is_a_character_to_the_editor_alone():
    positions = Positions("\ufeff文种: 通知\n正文", "utf-16")
    assert positions.line(0) == "文种: 通知"
    assert positions.position(0) == types.Position(0, 1)
    assert positions.position(7) == types.Position(1, 0)
    assert positions.offset(types.Position(0, 0)) == 0
    assert positions.offset(types.Position(0, 3)) == 2
    assert positions.raw_offset(types.Position(0, 3)) == 3
    assert positions.raw_offset(types.Position(1, 1)) == 9
    assert positions.range_of(Span(Position(1, 1, 0), Position(2, 2, 8))) == types.Range(
        types.Position(0, 1), types.Position(1, 1)
    )


def test_places_beyond_the_text_are_its_end():
    positions = Positions("一\n二三", "utf-16")
    assert positions.at(9, 9) == types.Position(1, 2)
    assert positions.offset(types.Position(0, 99)) == 1
    assert positions.offset(types.Position(9, 0)) == 4
    assert positions.range_of(None) == types.Range(types.Position(0, 0), types.Position(0, 0))


@pytest.mark.parametrize("encoding", ENCODINGS, ids=str)
@given(text=TEXTS, data=st.data())
def test_every_offset_comes_back(encoding, text, data):
    positions = Positions(text, encoding)
    plain = Source.parse(text).text
    offset = data.draw(st.integers(0, len(plain)))
    assert positions.offset(positions.position(offset)) == offset
    assert "\n".join(positions.line(n) for n in range(positions.last_line + 1)) == plain


@pytest.mark.parametrize("encoding", ENCODINGS, ids=str)
@given(text=TEXTS, new=TEXTS, data=st.data())
def test_a_change_puts_the_new_text_in_the_place_of_the_old(encoding, text, new, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    # Between the two halves of a line end there is no position, nor before a byte order mark's own.
    for at in (start, end):
        if text[at - 1 : at + 1] == "\r\n" or (text.startswith("\ufeff") and at == 0):
            return
    positions = Positions(text, encoding)

    def position(at):
        before = text[:at].replace("\r\n", "\n").replace("\r", "\n")
        line = before.count("\n")
        head = before.rpartition("\n")[2]
        return types.Position(line, units(head, encoding))

    assert positions.raw_offset(position(start)) == start
    change = types.TextDocumentContentChangePartial(range=types.Range(position(start), position(end)), text=new)
    assert changed(text, change, encoding) == text[:start] + new + text[end:]


def test_a_change_of_the_whole_text_replaces_it():
    assert changed("旧", types.TextDocumentContentChangeWholeDocument(text="新"), "utf-16") == "新"


def test_two_halves_that_are_typed_one_after_the_other_become_a_character():
    low = types.TextDocumentContentChangePartial(
        range=types.Range(types.Position(0, 1), types.Position(0, 1)), text="\udfb7"
    )
    assert changed("\ud842", low, "utf-16") == "𠮷"

import re
import subprocess
import sys
from pathlib import Path

import pytest
import rjieba

from gongwen import lexicon, resources

TESTS = Path(__file__).parent
TEXTS = [
    sentence
    for path in (*sorted((TESTS / "seeds").iterdir()), TESTS / "correct-sentences.txt")
    for sentence in re.split(r"[\n。]", path.read_text("utf-8"))
    if sentence
]


def test_texts_are_cut_as_with_the_whole_dictionary():
    assert len(TEXTS) > 1000
    assert [lexicon.cut(text) for text in TEXTS] == [rjieba.cut(text) for text in TEXTS]


@pytest.mark.parametrize("text", ["", "\n", "甲", "甲 5", "中 国 人民", "AT&T公司", "\U0001f600乙丙", "\ue000"])
def test_any_text_is_cut_as_with_the_whole_dictionary(text):
    assert lexicon.cut(text) == rjieba.cut(text)


def test_the_dictionary_is_that_of_the_library_in_the_order_that_looking_up_needs():
    lines = (resources.schemas() / "words.txt").read_bytes().splitlines()
    assert lines == sorted(lines)
    words = [line.decode().split(" ") for line in lines]
    assert sum(int(occurrences) for _, occurrences in words) == lexicon._ALL_OCCURRENCES
    assert all(rjieba.has_word(word) for word, _ in words)


def test_cutting_loads_no_dictionary():
    code = "import sys; from gongwen import lexicon; lexicon.cut('关于工作的通知'); print('rjieba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout == "False\n"

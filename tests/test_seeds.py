"""The drafts made from published notices say what the notices say: every character, in order, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from gongwen.source import Source

SEEDS = Path(__file__).parent / "seeds"
NOTICES = Path(__file__).parent.parent / "notices"

DRAFTS = {
    "000_b32471b376b06491.txt": "henan-2023-9.yaml",
    "001_79a31121e8bc6c29.txt": "jiaozuo-2025-6.yaml",
    "003_38eab9a337dad26d.txt": "jiaozuo-2023-93.yaml",
}

# The keys and values of this file stand here, not taken from the package, so that a wrong table there is found here.
ENGLISH = {
    "发文机关": "issuer",
    "发文机关标志": "mark",
    "发文字号": "number",
    "标题": "title",
    "主送机关": "addressees",
    "正文": "body",
    "小标题": "heading",
    "接排": "text",
    "成文日期": "date",
    "文种": "kind",
}
MADE_UP = {"yunzhou-2026-18.yaml", "yunzhou-2026-5.yaml", "yunzhou-biao.yaml"}
"""Drafts of fictional organs: a joint document, a letter, and one with tables, of which no published one is here."""
NUMERALS = "一二三四五"
LEVELS = ("{}、", "（{}）")


def in_english(data: object) -> object:
    """The same nested data with English keys."""
    if isinstance(data, dict):
        return {ENGLISH.get(key, key): in_english(value) for key, value in data.items()}
    return [in_english(item) for item in data] if isinstance(data, list) else data


def read_draft(name: str) -> dict[str, Any]:
    """The data of a draft in notices/, with English keys."""
    draft = in_english(Source.read(NOTICES / name).data)
    assert isinstance(draft, dict)
    return draft


def mark_of(draft: dict[str, Any]) -> str:
    """The red head as printed: nothing where the paper has it already."""
    return "" if draft.get("mark") in ("preprinted", "预印") else draft["issuer"] + "文件"


def date_in_words(iso: str) -> str:
    """2023-11-08 → 2023年11月8日."""
    year, month, day = map(int, iso.split("-"))
    return f"{year}年{month}月{day}日"


def addressees_of(draft: dict[str, Any]) -> str:
    """Organs of one class joined by 、 and classes by ，."""
    return "，".join(item if isinstance(item, str) else "、".join(item) for item in draft["addressees"]) + "："


def paragraphs(blocks: list[Any], level: int = 0) -> list[str]:
    """The paragraphs of a body in order, headings with their numbers and the text that runs on after them."""
    lines: list[str] = []
    numerals = iter(NUMERALS)
    for block in blocks:
        if isinstance(block, str):
            lines.append(block)
        else:
            lines.append(LEVELS[level].format(next(numerals)) + block["heading"] + block.get("text", ""))
            lines += paragraphs(block.get("body", []), level + 1)
    return lines


def ending_of(draft: dict[str, Any]) -> list[str]:
    """Signature and date, then the imprint, as far as the draft has them."""
    lines = [draft["issuer"], date_in_words(draft["date"])] if "date" in draft else []
    if imprint := draft.get("imprint"):
        lines += [imprint["issuing_office"], date_in_words(imprint["issued_on"]) + "印发"]
    return lines


def text_of_draft(draft: dict[str, Any]) -> str:
    """Everything the draft prints, in document order, without white space."""
    head = [mark_of(draft), draft["number"], draft["title"], addressees_of(draft)]
    return without_space("".join([*head, *paragraphs(draft["body"]), *ending_of(draft)]))


def text_of_seed(name: str) -> str:
    """The published text without white space, its half-width brackets (slips of the extraction) made full-width."""
    text = (SEEDS / name).read_text(encoding="utf-8")
    return without_space(text).translate(str.maketrans("()", "（）"))


def without_space(text: str) -> str:
    """The text without any Unicode white space."""
    return re.sub(r"\s", "", text)


def first_difference(expected: str, actual: str, context: int = 20) -> str | None:
    """Where two texts part, with so many characters on either side; None where they are equal."""
    if expected == actual:
        return None
    pairs = zip(expected, actual, strict=False)
    at = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(expected), len(actual)))
    window = slice(max(0, at - context), at + context)
    return f"at {at}: expected …{expected[window]}…, got …{actual[window]}…"


def test_every_seed_has_its_draft() -> None:
    assert {path.name for path in SEEDS.glob("*.txt")} == set(DRAFTS)


def test_every_draft_has_its_seed_or_says_that_it_is_made_up() -> None:
    drafts = {path.name: path for path in NOTICES.glob("*.yaml")}
    assert set(drafts) == {*DRAFTS.values(), *MADE_UP}
    assert len(drafts) == len(DRAFTS) + len(MADE_UP)
    said = {name for name, path in drafts.items() if "虚构" in re.split("kind:|文种:", path.read_text("utf-8"))[0]}
    assert said == MADE_UP


@pytest.mark.parametrize(("seed", "draft"), DRAFTS.items())
def test_draft_has_the_whole_text_of_its_seed(seed: str, draft: str) -> None:
    difference = first_difference(text_of_seed(seed), text_of_draft(read_draft(draft)))

    assert difference is None, difference


@pytest.mark.parametrize(("seed", "draft"), DRAFTS.items())
def test_comparison_sees_one_lost_character(seed: str, draft: str) -> None:
    data = read_draft(draft)
    expected = text_of_seed(seed)
    first = data["body"][0]
    data["body"][0] = first[:30] + first[31:]

    difference = first_difference(expected, text_of_draft(data))

    assert difference is not None
    assert first[12:30] in difference  # what stands before the gap is shown


def test_comparison_sees_a_lost_end() -> None:
    assert first_difference("甲乙丙", "甲乙") == "at 2: expected …甲乙丙…, got …甲乙…"


@pytest.mark.parametrize("draft", DRAFTS.values())
def test_no_blank_or_half_width_bracket_of_the_extraction_is_left(draft: str) -> None:
    data = read_draft(draft)
    texts = [data["number"], data["title"], addressees_of(data), *paragraphs(data["body"])]
    found = re.findall(r".{0,4}[\s()].{0,2}", "¶".join(texts))

    # The one blank that the author set: between the two clauses of a report's name.
    assert found == (["使命任务\u3000团结"] if draft == "henan-2023-9.yaml" else [])


@pytest.mark.parametrize("draft", DRAFTS.values())
def test_no_paragraph_is_cut_by_a_page_break(draft: str) -> None:
    body = read_draft(draft)["body"]
    sections = [block for block in body if isinstance(block, dict)]
    unended = [line for line in paragraphs(body) if not line.endswith("。")]

    assert unended == [
        mark + section["heading"] for mark, section in zip(("一、", "二、", "三、"), sections, strict=True)
    ]
    assert body[-1] == paragraphs(body)[-1]  # the closing paragraph belongs to the whole, not to the last section

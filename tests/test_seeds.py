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
BULLETIN = ("002_a4efafaffb9d6cdb.txt", "jiaozuo-bulletin-2018.yaml")
SPEECH = ("004_46f619a473fb4943.txt", "union-speech-2022.yaml")
SEEDS_OF_ALL = DRAFTS | dict((BULLETIN, SPEECH))

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
MADE_UP = {path.name for path in NOTICES.glob("yunzhou-*.yaml")}
"""Drafts of fictional organs, of kinds and formats of which no published one is here."""
assert MADE_UP
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
    assert {path.name for path in SEEDS.glob("*.txt")} == set(SEEDS_OF_ALL)


def test_every_draft_has_its_seed_or_says_that_it_is_made_up() -> None:
    drafts = {path.name: path for path in NOTICES.glob("*.yaml")}
    assert set(drafts) == {*SEEDS_OF_ALL.values(), *MADE_UP}
    assert len(drafts) == len(SEEDS_OF_ALL) + len(MADE_UP)
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


# --- A speech: its seed has neither title nor speaker nor date --------------------------------------------------------

ADDED_TO_SPEECH = {"kind": "讲话稿", "title": "待定"}
"""What the draft has and the seed has not: which kind it is, and the title that a speech must have, as not settled."""


def text_of_speech(draft: dict[str, Any]) -> str:
    """Everything of a speech that its seed has, in order."""
    return without_space(draft["salutation"] + "：" + "".join(paragraphs(draft["body"])))


def test_the_speech_has_the_whole_text_of_its_seed() -> None:
    draft = read_draft(SPEECH[1])
    difference = first_difference(text_of_seed(SPEECH[0]), text_of_speech(draft))

    assert difference is None, difference
    assert draft.keys() - {"salutation", "body"} == ADDED_TO_SPEECH.keys()
    assert {key: draft[key] for key in ADDED_TO_SPEECH} == ADDED_TO_SPEECH


def test_the_comparison_of_the_speech_sees_one_lost_character() -> None:
    draft = read_draft(SPEECH[1])
    section = draft["body"][3]["body"][1]
    section["text"] = section["text"][:40] + section["text"][41:]

    assert first_difference(text_of_seed(SPEECH[0]), text_of_speech(draft)) is not None


def test_the_speech_is_headed_as_its_seed_is_numbered() -> None:
    body = read_draft(SPEECH[1])["body"]
    sections = [block for block in body if isinstance(block, dict)]

    assert [sum(isinstance(block, dict) for block in section["body"]) for section in sections] == [3, 3, 3, 3]
    assert body[-1].startswith("各位委员、同志们，宏图已绘就")  # the closing belongs to the whole


# --- A bulletin: its seed is a page of columns, whose titles stand apart from their articles --------------------------

ADDED_TO_BULLETIN = {"kind": "简报", "mark": "待定", "contents": "true"}
"""What the draft has and the seed has not: the name that a bulletin must have, as not settled, and that its contents are listed."""

# The stretches of the seed in its own order: how each begins, and where it stands in the draft (article from 0; title,
# paragraph from 0, or caption). The first article's title and caption stand after the second article's title and text.
STRETCHES = (
    ("本报讯（记者李新和）12月14日下午", 0, 0),
    ("会议指出，河南省工会第十五次代表大会是在我国", 0, 1),
    ("会议强调，全市各级工会要深入学习", 0, 2),
    ("市总工会机关各部室和部分财贸", 0, 3),
    ("贯彻新思想聚焦新目标开创工会工作新局面", 1, "title"),
    ("市总工会传达省工会十五大精神宣讲会举行", 0, "title"),
    ("河南省工会第十五次代表大会是在我省", 1, 0),
    ("一要在加强职工思想政治引领上抓落实", 1, 1),
    ("要在强化宣传引领上抓落实", 1, 2),
    ("二要在组织职工服务大局中抓突破", 1, 3),
    ("要在加强基层组织建设上抓突破", 1, 4),
    ("三要在竭诚服务职工群众方面抓具体", 1, 5),
    ("把脱贫攻坚作为重大政治任务", 1, 6),
    ("市总工会传达省工会十五大精神宣讲会现场", 0, "caption"),
    ("本报讯（记者李新和）河南省工会第十五次代表大会召开后", 2, 0),
    ("会议强调，要及时向孟州市委汇报", 2, 1),
    ("孟州市总工会", 2, "title"),
    ("本报讯（通讯员郗钰）", 3, 0),
    ("会议强调，河南省工会第十五次代表大会", 3, 1),
    ("博爱县总工会", 3, "title"),
    ("本报讯（记者李新和）近日", 4, 0),
    ("会议强调，要把学习贯彻", 4, 1),
    ("解放区总工会", 4, "title"),
    ("本报讯（通讯员靳燕军）", 5, 0),
    ("会议强调，要抓好学习宣传", 5, 1),
    ("中站区总工会", 5, "title"),
    ("本报讯（通讯员陈新荣）", 6, 0),
    ("会议强调，省工会十五大是", 6, 1),
    ("马村区总工会", 6, "title"),
    ("本报讯（记者李新和）为了", 7, 0),
    ("此次培训班以学习宣讲", 7, 1),
    ("李林敏为学员讲授了第一课", 7, 2),
    ("来自全县各乡镇、各企业", 7, 3),
    ("修武县总工会", 7, "title"),
)


def stretches_of_bulletin(draft: dict[str, Any]) -> dict[tuple[int, int | str], str]:
    """Every title, paragraph and caption of a bulletin by its place."""
    found: dict[tuple[int, int | str], str] = {}
    for number, item in enumerate(draft["items"]):
        texts = [block for block in item["body"] if isinstance(block, str)]
        found[number, "title"] = item["title"]
        found |= {(number, row): text for row, text in enumerate(texts)}
        for block in item["body"]:
            if isinstance(block, dict):
                found[number, "caption"] = block["caption"]
    return {place: without_space(text) for place, text in found.items()}


def in_order_of_seed(draft: dict[str, Any]) -> str:
    """The text of a bulletin in the order of its seed. Every stretch is used once: one left over, or told twice, fails."""
    parts = stretches_of_bulletin(draft)
    text = "".join(parts.pop((item, place)) for _, item, place in STRETCHES)
    assert parts == {}
    return text


def test_the_bulletin_has_every_stretch_of_its_seed_once() -> None:
    draft = read_draft(BULLETIN[1])
    parts = stretches_of_bulletin(draft)
    for beginning, item, place in STRETCHES:
        assert parts[item, place].startswith(beginning)
    difference = first_difference(text_of_seed(BULLETIN[0]), in_order_of_seed(draft))

    assert difference is None, difference
    assert draft.keys() - {"items"} == ADDED_TO_BULLETIN.keys()
    assert {key: draft[key] for key in ADDED_TO_BULLETIN} == ADDED_TO_BULLETIN


def test_the_comparison_of_the_bulletin_sees_what_is_lost_and_what_is_added() -> None:
    seed = text_of_seed(BULLETIN[0])
    lost, added = read_draft(BULLETIN[1]), read_draft(BULLETIN[1])
    text = lost["items"][4]["body"][1]
    lost["items"][4]["body"][1] = text[:50] + text[51:]
    added["items"][2]["body"].append("多出的一段。")

    assert first_difference(seed, in_order_of_seed(lost)) is not None
    with pytest.raises(AssertionError):
        in_order_of_seed(added)


def test_the_photograph_that_is_not_there_keeps_its_place() -> None:
    figures = [block for item in read_draft(BULLETIN[1])["items"] for block in item["body"] if isinstance(block, dict)]

    # Its size is not known: a third of the page's height at the usual proportion of three to two.
    assert figures == [
        {
            "figure": "reserved",
            "caption": "市总工会传达省工会十五大精神宣讲会现场。本报记者\u3000李新和\u3000摄",
            "width": "120",
            "height": "80",
        }
    ]


def test_no_blank_of_the_extraction_is_left_in_the_bulletin_or_the_speech() -> None:
    bulletin, speech = read_draft(BULLETIN[1]), read_draft(SPEECH[1])
    texts = [block for item in bulletin["items"] for block in item["body"] if isinstance(block, str)]
    texts += [item["title"] for item in bulletin["items"]] + paragraphs(speech["body"])
    found = re.findall(r".{0,4}[\s()].{0,2}", "¶".join(texts))

    assert found == ["焦新目标\u3000开创"]  # the two clauses of a title


def test_no_paragraph_of_the_bulletin_is_cut() -> None:
    bodies = [item["body"] for item in read_draft(BULLETIN[1])["items"]]
    texts = [block for body in bodies for block in body if isinstance(block, str)]

    assert len(texts) == 25
    assert [text for text in texts if not text.endswith("。")] == []

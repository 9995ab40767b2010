"""Where in a draft the cursor is, told from its lines alone and from its tree."""

import pytest

from gongwen.lsp.place import at_cursor, in_tree
from gongwen.source import Source


def cursor(marked):
    """The cursor where the text has ``¦``; its steps without what stands beside them."""
    lines = marked.split("\n")
    number = next(n for n, line in enumerate(lines) if "¦" in line)
    column = lines[number].index("¦")
    lines[number] = lines[number].replace("¦", "")
    return at_cursor(lines, number, column)


def path(found):
    return [step for step, _ in found.steps]


@pytest.mark.parametrize(
    ("marked", "what", "steps", "typed"),
    [
        ("¦", "key", [], ""),
        ("文¦", "key", [], "文"),
        ("文种: 通知\n¦", "key", [], ""),
        ("文种: 通知\n\n# 注\n发¦", "key", [], "发"),
        ("文种:¦", "value", ["文种"], ""),
        ("文种: ¦", "value", ["文种"], ""),
        ("文种: 通¦", "value", ["文种"], "通"),
        ("文种：¦", "value", ["文种"], ""),
        ("文种：通¦", "value", ["文种"], "通"),
        ("'文种': 通¦", "value", ["文种"], "通"),
        ("版记:\n  ¦", "key", ["版记"], ""),
        ("版记:\n  印发机关: 甲\n  印¦", "key", ["版记"], "印"),
        ("版记:\n  印发机关: ¦", "value", ["版记", "印发机关"], ""),
        ("正文:\n  - ¦", "key", ["正文", 0], ""),
        ("正文:\n- ¦", "key", ["正文", 0], ""),
        ("正文:\n  ¦", "key", ["正文"], ""),
        ("正文:\n  - 一\n  - 二\n  - 小¦", "key", ["正文", 2], "小"),
        ("正文:\n  - 一\n  - 小标题: 甲\n    ¦", "key", ["正文", 1], ""),
        (
            "正文:\n  - 小标题: 甲\n    正文:\n      - 一\n      - 小标题: 乙\n        正¦",
            "key",
            ["正文", 0, "正文", 1],
            "正",
        ),
        ("正文:\n  - 小标题: 甲\n    正文:\n    - 一\n    - ¦", "key", ["正文", 0, "正文", 1], ""),
        ("正文:\n  -\n    小¦", "key", ["正文", 0], "小"),
        ("正文:\n  - 小标题: 甲\n    正文:\n      - 一\n版¦", "key", [], "版"),
        ("主送机关:\n  - - 甲\n    - ¦", "key", ["主送机关", 0, 1], ""),
        ("主送机关: [甲, 乙¦]", "value", ["主送机关", 0], "乙"),
        ("主送机关: [¦", "value", ["主送机关", 0], ""),
        ("发文字号: {¦", "key", ["发文字号"], ""),
        ("发文字号: {代字: 甲, 年¦}", "key", ["发文字号"], "年"),
        ("发文字号: {代字: 甲, 年份: 20¦", "value", ["发文字号", "年份"], "20"),
        ("发文字号: {代字:¦", "value", ["发文字号", "代字"], ""),
        ("正文:\n  - {小¦", "key", ["正文", 0], "小"),
        ("正文:\n  - 表格: 无\n    列: [甲, {名¦", "key", ["正文", 0, "列", 0], "名"),
        ("标题: '{¦", "value", ["标题"], "'{"),
        ("版记: {印发机关: 甲}\n成¦", "key", [], "成"),
        ("标题: |\n  一行\n  二行\n主¦", "key", [], "主"),
        ("文种: [\n发¦", "key", [], "发"),
        ("文种: 通知  # 注\n紧急程度: 特¦  # 注", "value", ["紧急程度"], "特"),
    ],
)
def test_the_way_to_the_cursor(marked, what, steps, typed):
    found = cursor(marked)
    assert (found.what, path(found), found.typed) == (what, steps, typed)


@pytest.mark.parametrize(
    "marked",
    [
        "# 文¦",
        "文种: 通知  # 注¦",
        "标题: |\n  某市¦",
        "标题: >-\n  某市¦",
        "标题: 某市\n  关于¦",
        "标题: |¦",
        "- 文¦",
        "标题: 甲 {印¦",
        "正文:\n  - 一段\n    接着¦",
    ],
)
def test_where_no_key_and_no_value_is_expected(marked):
    assert cursor(marked) is None


def test_the_keys_of_the_mapping_are_known_above_and_below_the_cursor():
    found = cursor(
        "文种: 通知\n正文:\n  - 小标题: 甲\n    ¦\n    正文:\n      - 小标题: 乙\n  - 小标题: 丙\n成文日期: 待定"
    )
    assert found.present == {"小标题", "正文"}
    assert found.steps == (("正文", frozenset({"文种", "正文"})), (0, frozenset()))
    assert cursor("发文字号: {代字: 甲, ¦ 年份: 2026}").present == {"代字", "年份"}
    assert cursor("文种: 通知\n¦\n成文日期: 待定").present == {"文种", "成文日期"}


@pytest.mark.parametrize(
    ("marked", "start", "end", "has_colon", "gap"),
    [
        ("文¦种: 通知", 0, 2, True, ""),
        ("文种: 通¦知  # 注", 4, 6, False, ""),
        ("文种:¦", 3, 3, False, " "),
        ("文种：通¦", 2, 4, False, ": "),
        ("正文:\n  - 小¦", 4, 5, False, ""),
        ("主送机关: [甲, 乙¦丙]", 10, 12, False, ""),
        ("发文字号: {代¦", 7, 8, False, ""),
        ("发文字号: {代字:¦", 10, 10, False, " "),
        ("发文字号: {代字: 甲¦", 11, 12, False, ""),
    ],
)
def test_what_is_typed_so_far_is_replaced(marked, start, end, has_colon, gap):
    found = cursor(marked)
    assert (found.start, found.end, found.has_colon, found.gap) == (start, end, has_colon, gap)


def spot(marked):
    offset = marked.index("¦")
    return in_tree(Source.parse(marked.replace("¦", "")).root, offset)


@pytest.mark.parametrize(
    ("marked", "steps", "is_key", "value"),
    [
        ("文¦种: 通知", ["文种"], True, "文种"),
        ("文种: ¦通知", ["文种"], False, "通知"),
        ("发文字号: {代字: 某工发, 年¦份: 2026}", ["发文字号", "年份"], True, "年份"),
        ("正文:\n  - 一\n  - 小标题: 甲¦", ["正文", 1, "小标题"], False, "甲"),
    ],
)
def test_the_key_or_the_value_of_the_tree(marked, steps, is_key, value):
    found = spot(marked)
    assert (path(found), found.is_key, found.scalar.value) == (steps, is_key, value)


@pytest.mark.parametrize("marked", ["文种: 通知\n\n¦", "正文: [甲,¦   乙]", "¦"])
def test_between_keys_and_values_there_is_nothing(marked):
    assert spot(marked) is None

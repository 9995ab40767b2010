"""The notices: no error, and exactly the findings that what was published earns them, each with its reason."""

import pypdfium2

# Published as web pages without the foot of the paper, or without its date: what a draft cannot know stays absent, and the
# regulation's word on the absent element is a warning.
WARNINGS = {
    "henan-2023-9": [
        ("GW301", "“通知”没有成文日期"),  # its publication gives the date of printing only
        ("GW301", "没有发文机关署名"),  # the same: no signature, no date
        (
            "GW610",
            "第9页只有2行正文，版记排在第10页",
        ),  # true, and a sheet could be saved; the text is as it was published
    ],
    "jiaozuo-2023-93": [
        ("GW401", "没有版记"),  # its publication ends with the date
    ],
    "jiaozuo-2025-6": [
        ("GW301", "“通知”没有成文日期"),  # as henan-2023-9
        ("GW301", "没有发文机关署名"),
    ],
    "jiaozuo-bulletin-2018": [
        ("GW361", "“简报”没有日期"),  # a page of it was published, without the head and the foot
        ("GW361", "“简报”没有期号"),
        ("GW361", "“简报”没有编印单位"),
        ("GW303", "尚未确定：“待定”"),  # its name
        ("GW513", "图片还没有，只留出了位置"),
    ],
    "union-speech-2022": [
        ("GW361", "“讲话稿”没有日期"),  # the text alone was published
        ("GW361", "“讲话稿”没有讲话人"),
        ("GW303", "尚未确定：“待定”"),  # its title
    ],
    "yunzhou-2026-18": [],  # made up as an example, so nothing is wanting
    "yunzhou-2026-5": [],  # the same, and so are all that follow
    "yunzhou-baogao": [
        (
            "GW611",
            "第4页以上一段的最后一行“调方案。”开头",
        ),  # true: typesetting cannot help it, a word more or less would
    ],
    "yunzhou-gongbao": [],
    "yunzhou-gonggao": [],
    "yunzhou-jueding": [],
    "yunzhou-jueyi": [],
    "yunzhou-pifu": [],
    "yunzhou-qingshi": [],
    "yunzhou-tongbao": [],
    "yunzhou-tonggao": [],
    "yunzhou-yian": [],
    "yunzhou-yijian": [],
    "yunzhou-jiyao": [],
    "yunzhou-ling": [],
    "yunzhou-banfa": [],
    "yunzhou-biao": [],
}
PAGES = {
    "henan-2023-9": 10,
    "jiaozuo-2023-93": 9,
    "jiaozuo-2025-6": 8,
    "jiaozuo-bulletin-2018": 13,
    "union-speech-2022": 13,
    "yunzhou-2026-18": 4,
    "yunzhou-2026-5": 2,
    "yunzhou-baogao": 4,
    "yunzhou-gongbao": 4,
    "yunzhou-gonggao": 6,
    "yunzhou-jueding": 4,
    "yunzhou-jueyi": 2,
    "yunzhou-pifu": 3,
    "yunzhou-qingshi": 4,
    "yunzhou-tongbao": 4,
    "yunzhou-tonggao": 4,
    "yunzhou-yian": 4,
    "yunzhou-yijian": 4,
    "yunzhou-jiyao": 4,
    "yunzhou-ling": 4,
    "yunzhou-banfa": 6,
    "yunzhou-biao": 6,
}


def found(result):
    return [(one.check.code, one.message) for one in result.diagnostics]


def test_every_notice_is_listed(notices):
    assert {path.stem for path in notices} == set(WARNINGS) == set(PAGES)


def test_a_notice_has_the_listed_warnings_and_no_error(notice, compiler):
    checked = compiler.check(notice)
    assert not checked.has_errors
    assert found(checked) == WARNINGS[notice.stem]


def test_a_built_notice_has_no_more_and_every_measurement_is_met(notice, profile, built):
    result = built(notice, profile)
    assert not result.has_errors
    assert found(result) == WARNINGS[notice.stem]
    assert result.pages == PAGES[notice.stem]
    assert len(result.results) > 20 * result.pages
    assert [one for one in result.results if one.verdict != "met"] == []


def test_both_profiles_have_the_same_pages(notice, built):
    texts = []
    for profile in ("print", "archive"):
        with pypdfium2.PdfDocument(built(notice, profile).pdf) as pdf:
            texts.append([page.get_textpage().get_text_range() for page in pdf])
    assert texts[0] == texts[1]
    assert len(texts[0]) == PAGES[notice.stem]

"""The notices: no error, and exactly the warnings that what was published earns them."""

import pypdfium2

# Published as web pages without the foot of the paper, or without its date: what a draft cannot know stays absent, and the
# regulation's word on the absent element is a warning.
WARNINGS = {
    "henan-2023-9": [
        ("GW301", "“通知”没有成文日期"),  # its publication gives the date of printing only
        ("GW301", "没有发文机关署名"),  # the same: no signature, no date
    ],
    "jiaozuo-2023-93": [
        ("GW401", "没有版记"),  # its publication ends with the date
    ],
    "jiaozuo-2025-6": [
        ("GW301", "“通知”没有成文日期"),  # as henan-2023-9
        ("GW301", "没有发文机关署名"),
    ],
    "yunzhou-2026-18": [],  # made up as an example, so nothing is wanting
    "yunzhou-2026-5": [],  # the same
    "yunzhou-biao": [],  # the same
}
PAGES = {
    "henan-2023-9": 10,
    "jiaozuo-2023-93": 9,
    "jiaozuo-2025-6": 8,
    "yunzhou-2026-18": 4,
    "yunzhou-2026-5": 2,
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

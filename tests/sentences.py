"""What rules find in single texts, for the tests of rules of punctuation, numbers and dates."""

from gongwen import rules
from gongwen.document import Document
from gongwen.rules.registry import DRAFT_RULES, TEXT_RULES
from gongwen.rules.texts import Text

CODES = range(801, 860)


def document(*paragraphs, **extra):
    data = {"kind": "通知", "issuer": "某某市总工会", "title": "关于某事的通知", "body": list(paragraphs), **extra}
    return Document.model_validate(data, context={"language": "en"}, by_name=True, by_alias=False)


DOCUMENT = document("正文。", date="2026-05-28")


def of_these(check):
    return int(check.code.removeprefix("GW")) in CODES


def findings(text, sort="paragraph", path=("body", 0), draft=DOCUMENT):
    """What the rules of texts find in one text."""
    place = Text(path, "fangsong", sort, text)
    found = [
        finding for rule in TEXT_RULES if any(map(of_these, rule.checks)) for finding in rule.function(place, draft)
    ]
    return sorted(found, key=lambda one: (one.offset or 0, one.check.code))


def marked(text, **more):
    """The same as (code, characters marked, what they become)."""
    return [
        (one.check.code, text[one.offset : one.offset + one.length], one.replacement) for one in findings(text, **more)
    ]


def cured(text):
    """A text with every replacement put in its place."""
    for one in reversed(findings(text)):
        if one.replacement is not None:
            text = text[: one.offset] + one.replacement + text[one.offset + one.length :]
    return text


def in_document(*paragraphs, **extra):
    """What all rules find in a document: (code, path, characters marked)."""
    draft = document(*paragraphs, **extra)
    found = []
    for one in rules.check(draft, wants=of_these):
        value = draft.model_dump()
        for step in one.path:
            value = value[step]
        found.append((one.check.code, one.path, value[one.offset : one.offset + one.length]))
    return found


assert len([rule for rule in (*TEXT_RULES, *DRAFT_RULES) if any(map(of_these, rule.checks))]) > 30

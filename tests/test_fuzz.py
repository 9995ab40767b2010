"""Wrong values at every key of every model, in both languages: a diagnostic, never an exception."""

from __future__ import annotations

import copy

import pytest
import yaml

from gongwen.document import DRAFTS, Document, EnclosedText, models_in
from gongwen.parser import parse, validate
from gongwen.project import ProjectSettings
from gongwen.source import Source

# What the drafts of the other tests do not hold.
MORE = """\
kind: 通知
format: general
issuer: [甲, 乙]
mark: lead
copy_number: 18
copies: 3
secrecy: {level: 秘密, period: 1年}
urgency: 特急
number: {code: 甲, year: 2026, serial: 6}
signers: [王小明]
title: 甲关于乙的通知
subtitle: 通过
addressees: [[甲, 乙], 丙]
body:
  - 段。
  - heading: 一
    text: 二。
    body: [三。]
  - chapter: 一
    body:
      - section: 二
        body:
          - article: 三
            items: [四；, {item: 五, subitems: [六。]}]
            body: [七。, {clause: 八, items: [九。]}]
  - {figure: reserved, caption: 图1, width: 120, height: 80}
  - {figure: a.png, width: 100}
  - table: 表
    columns: [甲, {name: 乙, width: 30mm, align: left}, {name: 丙, columns: [丁, 戊]}]
    rows: [[一, {text: 二, across: 2, down: 1, align: right}, 三]]
    total: [[一, 二, 三, 四]]
    notes: [一, 二]
    landscape: true
  - {table: none, file: a.xlsx, sheet: 表}
attachments:
  - {title: 甲, subtitle: 乙, body: [丙。], bound: false}
  - {file: a.yaml}
present: {甲: [乙, 丙]}
absent: [甲]
observers: 甲
issued: {title: 甲, subtitle: 乙, body: [丙。]}
signature: [{organ: 甲, seal: a.png, diameter: 42}, {title: 市长, stamp: reserved}]
date: 2026-07-01
note: 注
imprint: {addressees: 甲, copies_to: [甲], issuing_office: 乙, issued_on: 2026-07-01}
"""
BULLETIN = """\
kind: 简报
mark: 甲
issue: 1
running: 2
is_special: false
issuer: 乙
date: 2026-07-01
secrecy: 秘密
notice: 注意
copy_number: 1
contents: true
editor_note: 按
items:
  - {title: 甲, byline: 乙, editor_note: 丙, body: [丁。], source: 戊}
distribution: {report_to: 甲, send_to: [乙], issue_to: [[丙, 丁]], copies: 120}
"""
SPEECH = """\
kind: 讲话稿
title: 甲
subtitle: 乙
place: 己
speaker: 丙
date: 2026-07-01
date_first: true
salutation: 丁
body: [戊。]
"""
SETTINGS = """\
fonts: {xiaobiaosong: a.ttf, fangsong: b, kaiti: c, heiti: d, songti: e, extra: [f]}
unit:
  - {name: 甲, short: 乙, mark: 丙, code: 丁, office: 戊, seal: a.png, diameter: 42, level: city, superior: [己]}
house: {page_number: middle, bold_level_3: true, heading_scheme: skip}
checks: {select: [GW2], ignore: [GW801], severity: {GW802: warning}}
"""
ENCLOSED = "title: 甲\nsubtitle: 乙\nbody: [丙。, {article: 丁}]\n"
MODELS = {
    MORE: Document,
    BULLETIN: DRAFTS["bulletin"],
    SPEECH: DRAFTS["speech"],
    ENCLOSED: EnclosedText,
    SETTINGS: ProjectSettings,
}
"""A text with every key of a model and of those below it."""

LONG = "长" * 5_000
NESTED = {"一": [{"二": [["三"]]}]}
WRONG = (
    None,
    "",
    " \n",
    [],
    {},
    [[]],
    [{}],
    [None],
    {"": ""},
    {"一": None},
    NESTED,
    LONG,
    "-1",
    "9" * 400,
    "1e999",
    "\U0001f600",
)
"""One of them is wrong wherever it is put."""
ALWAYS_WRONG = (None, {"": ""}, NESTED)


WORDS = {
    "lead": "主办",
    "reserved": "留空",
    "general": "文件",
    "none": "无",
    "left": "左",
    "right": "右",
    "true": "是",
    "false": "否",
    "city": "市",
    "middle": "居中",
    "skip": "跳层",
    "warning": "警告",
}


def translated(value, model):
    """Data with the Chinese names of its keys."""
    if isinstance(value, list):
        return [translated(item, model) for item in value]
    if not isinstance(value, dict):
        return WORDS.get(value, value)
    models = [model] if isinstance(model, type) else model
    own = next((one for one in models if set(value) <= set(one.model_fields)), None)
    if own is None:
        return {key: translated(item, ()) for key, item in value.items()}  # people by their units, severities by checks
    return {
        own.model_fields[key].alias: translated(item, models_in(own.model_fields[key].annotation))
        for key, item in value.items()
    }


def places(value, path=()):
    """The path of every value in data, the whole first."""
    yield path
    for key, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(item, (*path, key))


def replaced(data, path, wrong):
    data = copy.deepcopy(data)
    inner = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = wrong
    return data


def findings(data, model, language):
    if model in (EnclosedText, ProjectSettings):
        return validate(model, data, language)[1]
    return parse(Source.parse(yaml.safe_dump(data, allow_unicode=True, width=1_000_000), "a.yaml")).diagnostics


def read(text, language):
    data = Source.parse(text, "a.yaml").data
    return data if language == "en" else translated(data, MODELS[text])


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("text", MODELS, ids=lambda text: MODELS[text].__name__)
def test_the_text_is_right_and_has_every_key(text, language):
    data = read(text, language)
    assert list(findings(data, MODELS[text], language)) == []
    keys = {step for path in places(data) for step in path if isinstance(step, str)}
    below = [MODELS[text]]
    for model in below:
        below += [
            one for field in model.model_fields.values() for one in models_in(field.annotation) if one not in below
        ]
    names = {
        (field.alias if language == "zh" else name) for model in below for name, field in model.model_fields.items()
    }
    assert names <= keys or text in (BULLETIN, SPEECH, ENCLOSED)  # blocks have all of theirs in a document


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("text", MODELS, ids=lambda text: MODELS[text].__name__)
def test_every_wrong_value_is_told(text, language):
    data = read(text, language)
    for path in places(data):
        told = False
        for wrong in WRONG if path else ():
            found = findings(replaced(data, path, wrong), MODELS[text], language)
            told |= bool(found)
            assert found or wrong not in ALWAYS_WRONG, (path, wrong)
            assert all(one.message and one.hint for one in found), (path, wrong)
        assert told or not path, path

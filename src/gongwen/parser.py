"""Source → Document: every error in our own words, at its place.

The parser finds the draft's language, refuses what the models refuse, and turns each error of pydantic into a finding by its
*type* (never by its English text), so that a new version of pydantic cannot change what users read.
"""

from __future__ import annotations

import difflib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from gongwen import standard
from gongwen.authority import must
from gongwen.diagnostics import BLOCKING, Check, DataPath, Diagnostic, Finding
from gongwen.document import (
    BLOCKS,
    DRAFTS,
    LAST_COPY_NUMBER,
    MOST_ISSUERS,
    SECRECY_LEVELS,
    Attachment,
    Document,
    Draft,
    Item,
    Signatory,
    draft_class,
    models_in,
)
from gongwen.kinds import FORMATS, kind_of, kinds
from gongwen.source import Source

UNKNOWN_KEY = Check(
    "GW101",
    "unknown-key",
    BLOCKING,
    what="键是程序认识的，写在它该在的地方。",
    why="不认识的键会使一个要素丢掉而没有人察觉，所以算错；提示里有最接近的键。",
    wrong="notes: 此件公开发布",
    right="note: 此件公开发布",
)
MISSING_KEY = Check(
    "GW102",
    "missing-key",
    BLOCKING,
    what="必须写的键都写了。",
    why="文种、标题、正文等缺了，公文就不成立；附件、表格等也各有不能缺的。",
    wrong="""\
attachments:
  - body: [名额另行通知。]
""",
    right="""\
attachments:
  - title: 名额分配表
    body: [名额另行通知。]
""",
)
BLANK_VALUE = Check(
    "GW103",
    "blank-value",
    BLOCKING,
    what="写了键就有内容。",
    why="空着的键分不清是忘了填还是没有这一要素；没有这一要素的，不写这个键。",
    wrong="note:",
    right="note: 此件公开发布",
)
WRONG_TYPE = Check(
    "GW104",
    "wrong-type",
    BLOCKING,
    what="值的形式合乎这个键：文字、列表，或者下一层的键。",
    why="该写列表的写成了一段文字，程序不去猜怎样拆开。",
    wrong="""\
kind: 请示
signers: 王小明、李华
""",
    right="""\
kind: 请示
signers: [王小明]
""",
)
WRONG_VALUE = Check(
    "GW105",
    "wrong-value",
    BLOCKING,
    what="值是这个键可以写的。",
    why="有的键只有几种值，有的有固定的写法；写错了程序不去猜。",
    wrong="urgency: 急件",
    right="urgency: 加急",
)
MIXED_LANGUAGES = Check(
    "GW106",
    "mixed-languages",
    BLOCKING,
    what="一份稿件的键名和固定的值用一种语言。",
    why="中英文混写，同一要素可以写成两处而不被察觉。",
    wrong="附注: 此件公开发布",
    right="note: 此件公开发布",
)
BAD_DATE = Check(
    "GW107",
    "bad-date",
    BLOCKING,
    what="日期写成 2026-06-22 或者 2026年6月22日，而且历书上有这一天。",
    why="其他写法有歧义；写错的日期印出去就是事故。",
    wrong="date: 2026.6.22",
    right="date: 2026-06-22",
)
UNKNOWN_KIND = Check(
    "GW108",
    "unknown-kind",
    must("条例第八条"),
    what="文种是条例规定的十五种之一，或者简报、讲话稿。",
    why="条例第八条只规定了十五个文种；方案、办法、总结、要点等不是文种，用通知印发。",
    wrong="kind: 方案",
    right="kind: 通知",
)
TOO_DEEP_HEADING = Check(
    "GW109",
    "heading-too-deep",
    must("GB/T 9704 7.3.3"),
    what="正文的层次标题不超过四层。",
    why="GB/T 9704 7.3.3 规定的层次序数是“一、”“（一）”“1.”“（1）”四层，没有第五层。",
    wrong="""\
body:
  - heading: 总体要求
    body:
      - heading: 工作目标
        body:
          - heading: 近期目标
            body:
              - heading: 服务目标
                body:
                  - heading: 阵地目标
                    body: [建成服务站45个。]
""",
    right="""\
body:
  - heading: 总体要求
    body:
      - heading: 工作目标
        body:
          - heading: 近期目标
            body:
              - heading: 服务目标
                body: [建成服务站45个。]
""",
)
ABOLISHED_KEY = Check(
    "GW110",
    "abolished-element",
    must("GB/T 9704 前言"),
    what="公文不标主题词。",
    why="GB/T 9704-2012 的前言说明取消了主题词，旧版的要求不再有效。",
    wrong="""\
note: 此件公开发布
keywords: 工会 通知
""",
    right="note: 此件公开发布",
)
UNFILLED_DRAFT = Check(
    "GW120",
    "unfilled-draft",
    BLOCKING,
    what="填空的稿件（有“{姓名}”这样的空）同名单（--data）一起用。",
    why="空没有填，印出来就是花括号；正文里要印花括号的，写成两层：{{姓名}}。",
    wrong="addressees: '{单位}'",
    right="addressees: 各县（市、区）总工会",
)

_DRAFT_CLASSES: tuple[type[Draft], ...] = (Document, *DRAFTS.values())
_ROWS = tuple((name,) for name in ("rows", "行", "total", "合计"))
_MODELS: tuple[type[BaseModel], ...] = (*_DRAFT_CLASSES, *BLOCKS.values(), Attachment, Item)
_ENGLISH = {name: str(field.alias) for model in reversed(_MODELS) for name, field in model.model_fields.items()}
_SPELLINGS = frozenset((name, str(field.alias)) for model in _MODELS for name, field in model.model_fields.items())
"""English and Chinese of every key; one English word may have several Chinese ones, each in a class of its own."""
_ABOLISHED = ("keywords", "主题词")


@dataclass(frozen=True, slots=True)
class Parsed:
    """What parsing gives: the model of the draft if it is valid, and all findings either way."""

    document: Draft | None
    language: str
    diagnostics: tuple[Diagnostic, ...]


def parse(source: Source, *, has_units: bool = False) -> Parsed:
    """Validate a draft. Never raises for a faulty draft; every fault is in ``diagnostics``.

    Where the project names units, which supply them, the issuer and the code of the number may be absent.
    """
    language = language_of(source.data)
    if not isinstance(source.data, dict):
        return Parsed(None, language, source.diagnostics)
    document, faults = validate(
        draft_class(source.data.get(_key("kind", language))), source.data, language, has_units=has_units
    )
    # A required key in the other language is told once, as that; it is not missing as well.
    misspelled = {finding.path[:-1] for finding in faults if finding.check is MIXED_LANGUAGES and finding.at_key}
    findings = [
        finding
        for finding in faults
        if not (finding.check is MISSING_KEY and _other_key(finding, source.data, misspelled))
    ]
    findings += _kind(source.data, language)
    findings += depth(source.data, (), 0, language)
    diagnostics = [*source.diagnostics, *_apart_from_fields(map(source.resolve, findings), source)]
    diagnostics += unfilled(source, "用 --data 给出名单（CSV 或 XLSX），第一行是列名")
    if any(diagnostic.is_error for diagnostic in diagnostics):
        document = None
    return Parsed(document, language, tuple(sorted(diagnostics, key=Diagnostic.sort_key)))


_NAMED: Final = 3


def unfilled(source: Source, hint: str) -> Iterator[Diagnostic]:
    """That a file has fields without values, told once, at the first of them."""
    fields = source.unfilled
    if fields:
        names = list(dict.fromkeys(field.name for field in fields))
        listed = "、".join(f"{{{name}}}" for name in names[:_NAMED])
        message = f"这是填空的稿件，有{len(fields)}处空：{listed}{'等' if len(names) > _NAMED else ''}"
        hint = f"{hint}；花括号要照样印的，写成两层：{{{{{names[0]}}}}}"
        yield Diagnostic(UNFILLED_DRAFT, message, source.name, source.span(fields[0].place), hint)


def _apart_from_fields(diagnostics: Iterable[Diagnostic], source: Source) -> Iterator[Diagnostic]:
    """The diagnostics that are not about a value with a field: what it will say is not known."""
    cuts = source.form.cuts.items() if source.form is not None and source.unfilled else ()
    places = sorted(place for place, cut in cuts if cut.has_fields)
    for one in diagnostics:
        index = 0 if one.span is None else bisect_right(places, (one.span.start.offset, len(source.text))) - 1
        if one.span is None or index < 0 or places[index][1] < one.span.end.offset:
            yield one


M = TypeVar("M", bound=BaseModel)

MAX_FAULTS: Final = 500
"""Errors of one validation that are told each by itself."""


def validate(model: type[M], data: object, language: str, *, has_units: bool = False) -> tuple[M | None, list[Finding]]:
    """Validate data as a model in one language; every error of pydantic becomes a finding in our own words.

    A key without a value is a fault, though the model takes it for one that is absent.
    """
    blanks = list(_blanks(data, ()))
    try:
        value = model.model_validate(
            data,
            context={"language": language, "units": has_units},
            by_alias=language == "zh",
            by_name=language == "en",
        )
    except ValidationError as error:
        names = _Names(model, language, data)
        errors = [details for details in error.errors() if not _is_echo(details)]
        faults = [_explain(details, names) for details in errors[:MAX_FAULTS]]
        if len(errors) > MAX_FAULTS:
            # To say what a key was meant to be takes its time, and nobody reads thousands.
            message = "问题太多，从这里起不再逐一列出"
            faults.append(replace(_explain(errors[MAX_FAULTS], names), message=message, hint="先改正前面列出的各处"))
        blank = {finding.path for finding in blanks}
        return None, [*blanks, *(finding for finding in faults if finding.path not in blank)]
    return None if blanks else value, blanks


def _is_echo(error: ErrorDetails) -> bool:
    """Whether pydantic calls a list too short only because it refused what is in it."""
    return error["type"] == "too_short" and bool(error["input"])


def language_of(data: object, models: Sequence[type[BaseModel]] = _DRAFT_CLASSES) -> str:
    """``zh`` where more top-level keys are Chinese names than English ones, else ``en``."""
    if not isinstance(data, dict):
        return "en"
    chinese = {field.alias for model in models for field in model.model_fields.values()}
    english = {name for model in models for name in model.model_fields}
    return "zh" if sum(key in data for key in chinese) > sum(key in data for key in english) else "en"


class _Names:
    """The keys of a model and of all models below it, in both languages."""

    def __init__(self, model: type[BaseModel], language: str, data: object) -> None:
        self.model = model
        self.language = language
        self.data = data

    def other(self, path: DataPath, name: str) -> str | None:
        """What a key of the other language is called in the draft's: in the model at a path, else in any; None where it is none."""
        for model in (self._model_at(path), *_models_below(self.model)):
            for key, field in model.model_fields.items():
                words = (key, str(field.alias))
                if name == words[self.language == "en"]:
                    return words[self.language == "zh"]
        return None

    def keys_at(self, path: DataPath) -> list[str]:
        """The keys that the model at a path knows, in the draft's language."""
        return self._keys(self._model_at(path))

    def _model_at(self, path: DataPath) -> type[BaseModel]:
        model, data = self.model, self.data
        models = [model]
        for step in path:
            data = data[step]  # type: ignore[index]  # pydantic walked the same path
            for name, field in model.model_fields.items():
                if step == (field.alias if self.language == "zh" else name):
                    models = models_in(field.annotation) or models
            # Of several classes that may stand here the one is meant whose first key, the one that tells it, is there.
            model = next((one for one in models if isinstance(data, dict) and self._keys(one)[0] in data), models[0])
        return model

    def elsewhere(self, name: str) -> tuple[str, str] | None:
        """Where a key would be known: the key of the part, and the nearest key in it; the very key before a near one."""
        parts = [
            (str(field.alias) if self.language == "zh" else key, self._keys(part))
            for key, field in self.model.model_fields.items()
            for part in models_in(field.annotation)
        ]
        for cutoff in (1.0, 0.6):
            for owner, known in parts:
                if near := difflib.get_close_matches(name, known, n=1, cutoff=cutoff):
                    return owner, near[0]
        return None

    def _keys(self, model: type[BaseModel]) -> list[str]:
        return _keys_of(model, self.language)


def _models_below(model: type[BaseModel]) -> list[type[BaseModel]]:
    found: list[type[BaseModel]] = [model]
    for one in found:
        for field in one.model_fields.values():
            found += [below for below in models_in(field.annotation) if below not in found]
    return found


def _other_key(finding: Finding, data: object, places: set[DataPath]) -> bool:
    """Whether the key that is missing stands there under its name in the other language."""
    *place, name = finding.path
    if tuple(place) not in places:
        return False
    for step in place:
        data = data[step]  # type: ignore[index]  # pydantic walked the same path
    names = {other for pair in _SPELLINGS if name in pair for other in pair if other != name}
    return isinstance(data, dict) and not names.isdisjoint(data)


def _blanks(value: object, path: DataPath) -> Iterator[Finding]:
    if value is None:
        name = next((step for step in reversed(path) if isinstance(step, str)), "")
        is_cell = path[-3:-2] in _ROWS and isinstance(path[-1], int)
        yield Finding(
            BLANK_VALUE,
            f"“{name}”没有内容",
            path,
            hint="空着的格写 ''" if is_cell else "填写内容；没有这一要素就删去这一行",
            at_key=isinstance(path[-1], str),
        )
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _blanks(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _blanks(item, (*path, index))


def _key(name: str, language: str) -> str:
    return _ENGLISH.get(name, name) if language == "zh" else name


def _kind(data: dict[str, Any], language: str) -> Iterator[Finding]:
    key = _key("kind", language)
    given = data.get(key)
    if not isinstance(given, str) or not given.strip() or kind_of(given) is not None:
        return
    yield Finding(UNKNOWN_KIND, f"没有“{given}”这一文种", (key,), hint=available_kinds(given))


def available_kinds(given: str = "") -> str:
    """Which kinds there are, the one nearest to what was given first."""
    near = difflib.get_close_matches(given, kinds(), n=1, cutoff=0.3)
    hint = f"是不是“{near[0]}”？" if near else ""
    return f"{hint}可用的文种：{'、'.join(kinds())}"


def depth(value: object, path: DataPath, level: int, language: str) -> Iterator[Finding]:
    """Headings below the fourth level (clause 7.3.3), in data at any place of a draft."""
    heading, issued = _key("heading", language), _key("issued", language)
    parts = [_key(name, language) for name in ("body", "attachments", "items")]
    if not isinstance(value, dict):
        return
    if heading in value:
        level += 1
        if level > standard.HEADING_LEVELS:
            yield Finding(
                TOO_DEEP_HEADING,
                f"第{level}层标题：公文的层次标题最多四层",
                (*path, heading),
                hint="合并层次，或改写为自然段",
            )
            return
    for key in parts:
        items = value.get(key)
        for index, item in enumerate(items if isinstance(items, list) else ()):
            yield from depth(item, (*path, key, index), level, language)
    yield from depth(value.get(issued), (*path, issued), level, language)


def _explain(error: ErrorDetails, names: _Names) -> Finding:
    path: DataPath = error["loc"]
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    return _EXPLAIN.get(error["type"], _other)(error, path, name, names)


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()


def _unknown(_error: ErrorDetails, path: DataPath, name: str, names: _Names) -> Finding:
    if name in _ABOLISHED:
        return Finding(ABOLISHED_KEY, f"“{name}”已取消：2012年起公文不标主题词", path, hint="删去这一项", at_key=True)
    if (other := names.other(path[:-1], name)) is not None:
        return Finding(
            MIXED_LANGUAGES,
            f"一份稿件的键名用一种语言：“{name}”",
            path,
            hint=f"改为“{other}”",
            at_key=True,
        )
    known = names.keys_at(path[:-1])
    form = next((form for form, model in DRAFTS.items() if model is names.model), None)
    if form is not None and len(path) == 1 and name in _keys_of(Document, names.language):
        kind = FORMATS[form].words["zh"]
        hint = f"删去这一项；{kind}可用的键：{'、'.join(known)}"
        return Finding(UNKNOWN_KEY, f"{kind}没有“{name}”", path, hint=hint, at_key=True)
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    elsewhere = names.elsewhere(name)
    if elsewhere and (not near or _likeness(name, elsewhere[1]) > _likeness(name, near[0])):
        hint = f"是不是“{elsewhere[0]}”里的“{elsewhere[1]}”？"
    elif near:
        hint = f"是不是“{near[0]}”？"
    else:
        hint = f"这里可用的键：{'、'.join(known)}"
    return Finding(UNKNOWN_KEY, f"没有“{name}”这个键", path, hint=hint, at_key=True)


def _keys_of(model: type[BaseModel], language: str) -> list[str]:
    return [str(field.alias) if language == "zh" else name for name, field in model.model_fields.items()]


def _missing(_error: ErrorDetails, path: DataPath, _name: str, _names: _Names) -> Finding:
    name = path[-1]
    where = next((step for step in reversed(path[:-1]) if isinstance(step, str)), None)
    owner = f"“{where}”" if where else "稿件"
    return Finding(MISSING_KEY, f"{owner}缺少“{name}”", path, hint=f"加上一行 {name}: …")


def _blank(_error: ErrorDetails, path: DataPath, name: str, _names: _Names) -> Finding:
    return Finding(BLANK_VALUE, f"“{name}”没有内容", path, hint="填写内容；没有这一要素就删去这一行")


def _type(wanted: str, hint: str) -> Callable[[ErrorDetails, DataPath, str, _Names], Finding]:
    def explain(_error: ErrorDetails, path: DataPath, name: str, _names: _Names) -> Finding:
        return Finding(WRONG_TYPE, f"“{name}”应当是{wanted}", path, hint=hint)

    return explain


_not_text = _type("一段文字", "直接写文字，不要写成列表或下一层的键")


def _value(check: Check, message: str, hint: str) -> Callable[[ErrorDetails, DataPath, str, _Names], Finding]:
    def explain(error: ErrorDetails, path: DataPath, name: str, names: _Names) -> Finding:
        given = error["input"]
        if not isinstance(given, str):
            return _not_text(error, path, name, names)
        return Finding(check, message.format(name=name, given=given), path, hint=hint)

    return explain


def _literal(error: ErrorDetails, path: DataPath, name: str, names: _Names) -> Finding:
    if not isinstance(error["input"], str):
        return _not_text(error, path, name, names)
    choices = error["ctx"]["expected"].replace("'", "").replace(" or ", "、").replace(", ", "、")
    return Finding(WRONG_VALUE, f"“{name}”不能是“{error['input']}”", path, hint=f"可用的值：{choices}")


def _not_a_keyword(error: ErrorDetails, path: DataPath, name: str, names: _Names) -> Finding:
    if not isinstance(error["input"], str):
        return _not_text(error, path, name, names)
    return Finding(WRONG_VALUE, f"“{name}”不能是“{error['input']}”", path, hint=f"可用的值：{error['ctx']['choices']}")


def _other_language(error: ErrorDetails, path: DataPath, name: str, _names: _Names) -> Finding:
    return Finding(
        MIXED_LANGUAGES,
        f"一份稿件用一种语言：“{name}”的值“{error['ctx']['given']}”",
        path,
        hint=f"改为“{error['ctx']['wanted']}”",
    )


def _absent(error: ErrorDetails, path: DataPath, _name: str, names: _Names) -> Finding:
    # Of an absent key pydantic knows the field alone, whatever the draft's language.
    name = error["ctx"][names.language]
    return _missing(error, (*path[:-1], name), name, names)


def _text_missing(error: ErrorDetails, path: DataPath, _name: str, names: _Names) -> Finding:
    return _missing(error, (*path, _key(error["ctx"]["name"], names.language)), "", names)


def _text_and_file(_error: ErrorDetails, path: DataPath, name: str, names: _Names) -> Finding:
    file = _key("file", names.language)
    return Finding(
        WRONG_VALUE,
        f"“{name}”的文字写了两处：稿件里和“{file}”里",
        (*path, file),
        hint=f"只写一处：标题、题注和正文写在稿件里，或者都写在“{file}”所说的文件里",
        at_key=True,
    )


def _repeated_unit(error: ErrorDetails, path: DataPath, _name: str, _names: _Names) -> Finding:
    again = error["ctx"]
    return Finding(
        WRONG_VALUE, f"两个单位都叫“{again['name']}”", (*path, again["index"]), hint="每个单位的名称、简称各不相同"
    )


_SIGNATORY_FAULTS = {
    "stamp": ("签名章与职务一起写，不与印章一起写", "写明签发人职务；机关用印的只写印章"),
    "title": ("写了职务而没有签名章", "加上签名章的图片；留待手工加盖的写 reserved（留空）"),
    "diameter": ("写了直径而没有印章", "加上印章的图片；留待手工盖章的写 reserved（留空）"),
}


def _signatory_form(error: ErrorDetails, path: DataPath, _name: str, names: _Names) -> Finding:
    key = error["ctx"]["key"]
    message, hint = _SIGNATORY_FAULTS[key]
    alias = str(Signatory.model_fields[key].alias)
    return Finding(WRONG_VALUE, message, (*path, alias if names.language == "zh" else key), hint=hint, at_key=True)


def _side_form(error: ErrorDetails, path: DataPath, name: str, names: _Names) -> Finding:
    if not isinstance(error["input"], str):
        return _not_text(error, path, name, names)
    limits = error["ctx"]
    return Finding(
        WRONG_VALUE,
        f"“{name}”不能是“{error['input']}”",
        path,
        hint=f"写毫米数，{limits['least']:g} 至 {limits['greatest']:g}，如 120",
    )


def _figure_form(_error: ErrorDetails, path: DataPath, _name: str, _names: _Names) -> Finding:
    return Finding(
        WRONG_VALUE,
        "图的写法不对：留出位置的要写宽和高，有图片的不写高",
        path,
        hint="图片的高度随宽度，不另写；还没有图片的写 reserved（留空），并写宽和高",
    )


def _imprint_empty(_error: ErrorDetails, path: DataPath, name: str, _names: _Names) -> Finding:
    return Finding(BLANK_VALUE, f"“{name}”没有内容", path, hint="填写抄送机关、印发机关或印发日期；没有版记就删去")


def _too_many_issuers(error: ErrorDetails, path: DataPath, name: str, _names: _Names) -> Finding:
    message = f"“{name}”最多写{MOST_ISSUERS}个机关，现有{len(error['input'])}个"
    return Finding(WRONG_VALUE, message, path, hint="核对联合行文的机关")


def _too_many_copies(error: ErrorDetails, path: DataPath, _name: str, _names: _Names) -> Finding:
    first, most = error["ctx"]["first"], error["ctx"]["most"]
    message = f"从 {first} 起编不了{error['input']}份"
    return Finding(WRONG_VALUE, message, path, hint=f"号码是六位数字，从这一号起最多编{most}份")


def _repeated_issuer(error: ErrorDetails, path: DataPath, name: str, _names: _Names) -> Finding:
    again = error["ctx"]
    return Finding(WRONG_VALUE, f"“{name}”里的“{again['name']}”重复", (*path, again["index"]), hint="每个机关只写一次")


def _table_without(name: str) -> Callable[[ErrorDetails, DataPath, str, _Names], Finding]:
    """A key that a table needs, by its name in the draft's language."""

    def explain(_error: ErrorDetails, path: DataPath, _name: str, names: _Names) -> Finding:
        key = _key(name, names.language)
        return Finding(MISSING_KEY, f"表格缺少“{key}”", (*path, key), hint=f"加上一行 {key}: …")

    return explain


def _in_table(name: str, message: str, hint: str) -> Callable[[ErrorDetails, DataPath, str, _Names], Finding]:
    """What is wrong with a table as a whole, told at one of its keys."""

    def explain(_error: ErrorDetails, path: DataPath, _name: str, names: _Names) -> Finding:
        return Finding(WRONG_VALUE, message, (*path, _key(name, names.language)), hint=hint, at_key=True)

    return explain


def _pattern(error: ErrorDetails, path: DataPath, name: str, _names: _Names) -> Finding:
    year, serial = "四位年份，如 2025", "从 1 起的数字，不编虚位，如 6"
    forms = {"year": year, "年份": year, "serial": serial, "序号": serial}
    return Finding(WRONG_VALUE, f"“{name}”不能是“{error['input']}”", path, hint=f"写成{forms[name]}")


def _other(error: ErrorDetails, path: DataPath, name: str, _names: _Names) -> Finding:
    """Reached only by an error type that the models do not raise today; still a finding, never a traceback."""
    return Finding(WRONG_VALUE, f"“{name}”不合规定（{error['type']}）", path)


_LIST_HINT = "每项一行，前面写“- ”"
_EXPLAIN: dict[str, Callable[[ErrorDetails, DataPath, str, _Names], Finding]] = {
    "extra_forbidden": _unknown,
    "missing": _missing,
    "blank": _blank,
    "string_too_short": _blank,
    "too_short": _blank,
    "string_type": _not_text,
    "number_type": _type("一行文字", "如 焦工文〔2025〕6号；也可以另起一行，缩进后分写机关代字、年份和序号"),
    "tuple_type": _type("列表", _LIST_HINT),
    "dict_type": _type("下一层的键和值", "另起一行，缩进后写各键"),
    "model_type": _type("下一层的键和值", "另起一行，缩进后写各键"),
    "organs_form": _type("机关名单", "写成一行文字，或者每个机关一行，前面写“- ”"),
    "block_form": _type("自然段、小标题或表格", "不要把列表直接放在列表里；下一层内容写在小标题的正文里"),
    "too_many_issuers": _too_many_issuers,
    "repeated_issuer": _repeated_issuer,
    "line_break": _value(WRONG_VALUE, "“{name}”不能分行", "写在一行里"),
    "literal_error": _literal,
    "keyword": _not_a_keyword,
    "other_language": _other_language,
    "string_pattern_mismatch": _pattern,
    "date_form": _value(BAD_DATE, "日期“{given}”的写法不对", "写成 2025-01-20 或 2025年1月20日；未定时写“待定”"),
    "date_impossible": _value(BAD_DATE, "没有“{given}”这一天", "核对年月日"),
    "secrecy_form": _value(
        WRONG_VALUE,
        "“{name}”的写法不对：“{given}”",
        f"密级用{'、'.join(SECRECY_LEVELS)}，保密期限如 机密★1年、秘密★6个月、绝密★长期",
    ),
    "count_form": _value(
        WRONG_VALUE, "“{name}”不能是“{given}”", "写从 1 起的数字，不编虚位，不加“第”“期”“份”，如 12；未定时写“待定”"
    ),
    "copy_number_form": _value(WRONG_VALUE, "份号“{given}”的写法不对", "写一至六位数字，如 000018"),
    "copies_form": _value(
        WRONG_VALUE, "“{name}”不能是“{given}”", f"写 1 至 {LAST_COPY_NUMBER} 的整数，不编虚位，不加“份”，如 120"
    ),
    "too_many_copies": _too_many_copies,
    "imprint_empty": _imprint_empty,
    "absent": _absent,
    "repeated_unit": _repeated_unit,
    "signatory_form": _signatory_form,
    "figure_form": _figure_form,
    "side_form": _side_form,
    "people_form": _type("人员名单", "写成一行文字，或者每人一项，前面写“- ”；单位作键的，值只写姓名"),
    "subtitle_alone": _value(WRONG_VALUE, "没有标题，“{name}”无处可放", "加上标题，或者删去这一项"),
    "text_missing": _text_missing,
    "text_and_file": _text_and_file,
    "item_form": _type("一项文字", "每项一行，前面写“- ”；项下有目的，分写项和目"),
    "column_form": _type("列的名称", "写成一行文字，或者名称、宽、对齐"),
    "row_form": _type("列表", "每行写成 [格, 格, 格]"),
    "cell_form": _type("一格的文字", "直接写文字，空着的写 ''；跨列、跨行的格写文字、跨列、跨行"),
    "width_form": _value(WRONG_VALUE, "列宽不能是“{given}”", "写毫米数或者表内字数，如 30mm、6字；不写则自动"),
    "span_form": _value(WRONG_VALUE, "“{name}”不能是“{given}”", "写从 1 起的整数"),
    "head_levels": _in_table("columns", "表头最多两层", "合并表头之下的列不能再分"),
    "head_width": _in_table("width", "合并表头没有自己的宽", "宽写在它下面的各列里"),
    "rows_and_file": _in_table("file", "行和文件只能写一样", "删去其中一样"),
    "sheet_alone": _in_table("sheet", "没有文件，就没有工作表", "加上文件，或者删去工作表"),
    "no_rows": _table_without("rows"),
    "no_columns": _table_without("columns"),
    "diameter_form": _value(WRONG_VALUE, "印章直径不能是“{given}”", "写毫米数，30 至 60，如 42"),
}

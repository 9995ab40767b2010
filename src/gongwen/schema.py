"""JSON Schemas (draft 2020-12) of a draft, one per language, generated from the models for editors to complete and check by."""

from __future__ import annotations

import json
from typing import Any, Final

from gongwen.document import (
    ALIGNS,
    DRAFTS,
    LEAD,
    NONE,
    PREPRINTED,
    RESERVED,
    SEALED,
    Article,
    Attachment,
    Bulletin,
    BulletinItem,
    Chapter,
    Clause,
    Column,
    Distribution,
    Document,
    Enclosure,
    Figure,
    Heading,
    Imprint,
    Issued,
    Item,
    Model,
    Number,
    Secrecy,
    Section,
    Signatory,
    Speech,
    Table,
    TableCell,
)
from gongwen.document.fields import FLAG_SCHEMA
from gongwen.kinds import FORMATS, UNTITLED, kinds
from gongwen.standard import COPY_NUMBER_DIGITS

FILES: Final = {"en": "draft.schema.json", "zh": "draft.zh.schema.json"}
"""Language of a draft → its schema's file in schemas/."""

_DESCRIPTIONS: Final = {
    Document: "公文稿件（GB/T 9704-2012）。",
    Heading: "层次标题及其下的内容；序号自动编排（7.3.3）。",
    Figure: "图片和图题，或者给还没有的图片留出的位置。",
    Chapter: "规章的章；章号自动编排。",
    Section: "规章的节；节号在各章里自动编排。",
    Article: "规章的条，第一款的文字写在这里；条号自动编排，全文连续。",
    Clause: "条的第二款起，下面有项的款。",
    Item: "下面有目的项。",
    Issued: "印发、转发、批转的文件，是公文的组成部分。",
    Attachment: "附件：列入附件说明，另起页编排（7.3.4、7.3.7）。",
    Imprint: "版记（7.4）。",
    Number: "发文字号的各部分（7.2.5）。",
    Secrecy: "密级和保密期限（7.2.2）。",
    Signatory: "署名的机关，或者代表它签名的人（7.3.5）。",
    Bulletin: "简报（惯例）。",
    BulletinItem: "简报的一篇。",
    Distribution: "简报的报尾：报、送、发和印数。",
    Speech: "讲话稿（惯例）。",
    Table: "表格：表题、各列、各行；表头在每一页上重复（第8章）。",
    Column: "表格的一列，或者合并表头之下的几列。",
    TableCell: "跨列、跨行或者单独对齐的一格。",
}


def schema(language: str) -> dict[str, Any]:
    """The schema of drafts in one language, ``en`` or ``zh``."""
    zh = language == "zh"
    document: dict[str, Any] = Document.model_json_schema(by_alias=zh)
    definitions = document.pop("$defs")
    for draft in DRAFTS.values():
        other = draft.model_json_schema(by_alias=zh)
        definitions |= {**other.pop("$defs"), draft.__name__: other}
    result = {
        **_without_null(document),
        "$defs": {name: _without_null(definition) for name, definition in sorted(definitions.items())},
    }
    for model, text in _DESCRIPTIONS.items():
        target = result if model is Document else result["$defs"][model.__name__]
        target["description"] = text
    _name_values(result, language)
    return _by_kind(_in_language(result, language), str(Document.model_fields["kind"].alias) if zh else "kind")


def _by_kind(document: dict[str, Any], kind_key: str) -> dict[str, Any]:
    """The schema of every draft: which class it has to be follows from its kind."""
    definitions = document.pop("$defs")
    kind = document["properties"][kind_key]
    choice: dict[str, Any] = {"$ref": "#/$defs/Document"}
    for form, draft in DRAFTS.items():
        names = [name for one in kinds().values() if one.format == form for name in (one.name, one.also) if name]
        definitions[draft.__name__]["properties"][kind_key] = kind
        choice = {
            "if": {"properties": {kind_key: {"enum": names}}, "required": [kind_key]},
            "then": {"$ref": f"#/$defs/{draft.__name__}"},
            "else": choice,
        }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "公文稿件",
        "description": "一份稿件；文种决定有哪些键。",
        "type": "object",
        **choice,
        "$defs": dict(sorted({**definitions, "Document": document}.items())),
    }


def _in_language(value: Any, language: str) -> Any:
    """Yes and no in the language of the draft: English drafts have YAML's own words for them."""
    if value == FLAG_SCHEMA:
        return {"type": "boolean"} if language == "en" else FLAG_SCHEMA
    if isinstance(value, list):
        return [_in_language(item, language) for item in value]
    if not isinstance(value, dict):
        return value
    if value.items() >= FLAG_SCHEMA.items():
        flag = {key: item for key, item in value.items() if key not in FLAG_SCHEMA}
        return {**flag, **({"type": "boolean"} if language == "en" else FLAG_SCHEMA)}
    return {key: _in_language(item, language) for key, item in value.items()}


def _name_values(result: dict[str, Any], language: str) -> None:
    """Enumerated values in the draft's language, each kind with its use."""
    properties = result["properties"]
    names = {name: (field.alias or name) if language == "zh" else name for name, field in Document.model_fields.items()}
    properties[names["kind"]] = {
        "description": "文种。",
        "oneOf": [{"const": name, "description": kind.use} for kind in kinds().values() for name in kind.names],
    }
    result["anyOf"] = _with_title_or_without(names, language)
    for name, words in (
        ("mark", ((PREPRINTED, "红头已印在纸上：位置保留，不画标志和红线。"), (LEAD, "联合行文只标主办机关。"))),
        ("signature", ((NONE, "不署名。"), (SEALED, "加盖印章。"))),
    ):
        schema_of = properties[names[name]]
        choices = [{"const": word[language], "description": use} for word, use in words]
        others = schema_of.get("anyOf", [{"type": "string", "minLength": 1}])
        properties[names[name]] = {"description": schema_of["description"], "anyOf": [*choices, *others]}
    for model in (Attachment, Issued):
        _here_or_in_a_file(result["$defs"][model.__name__], model, language)
    signatory = result["$defs"]["Signatory"]["properties"]
    for name, use in (("seal", "留待手工盖章。"), ("stamp", "留待手工加盖。")):
        part = signatory[str(Signatory.model_fields[name].alias) if language == "zh" else name]
        part["anyOf"] = [{"const": RESERVED[language], "description": use}, {"type": part.pop("type"), "minLength": 1}]
        part.pop("minLength", None)
    figure = result["$defs"]["Figure"]["properties"]
    part = figure[str(Figure.model_fields["figure"].alias) if language == "zh" else "figure"]
    part["anyOf"] = [
        {"const": RESERVED[language], "description": "图片还没有：留出位置。"},
        {"type": "string", "minLength": 1},
    ]
    for key in ("type", "minLength"):
        part.pop(key, None)
    _name_values_of_tables(result["$defs"], language)
    properties[names["format"]] = {
        "description": properties[names["format"]]["description"],
        "oneOf": [{"const": one.words[language], "description": one.use} for one in FORMATS.values() if one.is_choice],
    }
    for draft in (Document, Bulletin):
        key = str(draft.model_fields["copy_number"].alias) if language == "zh" else "copy_number"
        copy_number = (result if draft is Document else result["$defs"][draft.__name__])["properties"][key]
        copy_number["anyOf"] = [
            {"type": "string", "pattern": rf"^([0-9]{{1,{COPY_NUMBER_DIGITS}}}|待定)$"},
            {"type": "integer", "minimum": 0, "maximum": 10**COPY_NUMBER_DIGITS - 1},
        ]
        for name in ("type", "pattern"):
            copy_number.pop(name, None)
    for name, integers in (("year", {"minimum": 1900, "maximum": 2099}), ("serial", {"minimum": 1})):
        key = str(Number.model_fields[name].alias) if language == "zh" else name
        part = result["$defs"]["Number"]["properties"][key]
        text = {"type": part.pop("type"), "pattern": part.pop("pattern")}
        part["anyOf"] = [text, {"type": "integer", **integers}]


def _key(model: type[Model], name: str, language: str) -> str:
    return str(model.model_fields[name].alias) if language == "zh" else name


def _here_or_in_a_file(result: dict[str, Any], model: type[Enclosure], language: str) -> None:
    """Title and text are in the draft, or in the file that it names."""
    title, subtitle, body, file = (_key(model, name, language) for name in ("title", "subtitle", "body", "file"))
    here = [{"required": [name]} for name in (title, subtitle, body)]
    result["oneOf"] = [
        {"required": [title, body], "not": {"required": [file]}},
        {"required": [file], "not": {"anyOf": here}},
    ]


def _name_values_of_tables(definitions: dict[str, Any], language: str) -> None:
    def part(model: type[Model], name: str) -> dict[str, Any]:
        key = str(model.model_fields[name].alias) if language == "zh" else name
        found: dict[str, Any] = definitions[model.__name__]["properties"][key]
        return found

    title = part(Table, "table")
    title["anyOf"] = [
        {"const": NONE[language], "description": "没有表题。"},
        {"type": title.pop("type"), "minLength": 1},
    ]
    title.pop("minLength", None)
    for model in (Column, TableCell):
        align = part(model, "align")
        align.pop("enum")
        align["enum"] = [word[language] for word in ALIGNS]


def _with_title_or_without(names: dict[str, str], language: str) -> list[dict[str, Any]]:
    """A title is required but in the formats that can do without one, chosen or the kind's own."""
    formats = [word.words[language] for name, word in FORMATS.items() if name in UNTITLED]
    kinds_of = [name for kind in kinds().values() if kind.format in UNTITLED for name in kind.names]
    return [
        {"required": [names["title"]]},
        {"required": [names["format"]], "properties": {names["format"]: {"enum": formats}}},
        {"properties": {names["kind"]: {"enum": kinds_of}}},
    ]


def _without_null(value: Any) -> Any:
    """Drop what only Python needs: an absent key is absent, it is never written as null."""
    if isinstance(value, list):
        return [_without_null(item) for item in value]
    if not isinstance(value, dict):
        return value
    cleaned = {
        key: _without_null(item)
        for key, item in value.items()
        if key != "default" and not (key == "title" and isinstance(item, str))
    }
    if "anyOf" in cleaned:
        choices = [choice for choice in cleaned["anyOf"] if choice != {"type": "null"}]
        if len(choices) == 1:
            del cleaned["anyOf"]
            cleaned = {**choices[0], **cleaned}
        else:
            cleaned["anyOf"] = choices
    return cleaned


def schema_text(language: str) -> str:
    """The schema as the file in schemas/ holds it."""
    return json.dumps(schema(language), ensure_ascii=False, indent=2) + "\n"

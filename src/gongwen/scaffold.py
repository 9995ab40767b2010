"""A new draft: the fewest keys that a kind needs, with nothing official filled in."""

from __future__ import annotations

from gongwen.document import PENDING, Bulletin, Document, Draft, Speech
from gongwen.kinds import UNTITLED, Kind
from gongwen.schema import FILES
from gongwen.units import Unit

_BODY = "在这里写正文。"


def new_draft(
    kind: Kind,
    language: str = "en",
    schema_folder: str = "../schemas",
    *,
    unit: Unit | None = None,
    name: str | None = None,
    next_number: str | None = None,
) -> str:
    """The YAML text of a minimal valid draft of a kind; facts that are not settled are placeholders.

    ``unit`` is the unit that issues it; ``name`` is the kind's other name where that is wanted. ``next_number`` is proposed in a comment
    beside the number of the unit: only the register decides on numbers.
    """
    name = name or kind.name
    lines = [f"# yaml-language-server: $schema={schema_folder}/{FILES[language]}"]
    match kind.format:
        case "bulletin":
            lines += _bulletin(kind, name, language)
        case "speech":
            lines += _speech(kind, name, language)
        case _:
            lines += _document(kind, name, unit, language, next_number)
    return "\n".join(lines) + "\n"


def _document(kind: Kind, name: str, unit: Unit | None, language: str, next_number: str | None) -> list[str]:
    issuer = "某某机关" if unit is None else unit.name
    keys: dict[str, str] = {"kind": name, "issuer": issuer}
    if "number" in kind.requires:
        keys["number"] = PENDING
        if unit is not None and unit.code is not None and kind.format != "order":
            proposal = "" if next_number is None else f"  # 下一个可用的号：{next_number}"
            keys["number"] = f"{unit.code}〔{PENDING}〕{PENDING}号{proposal}"
    if "signers" in kind.requires:
        keys["signers"] = f"[{PENDING}]"
    if kind.format not in UNTITLED:
        keys["title"] = f"{issuer}关于某某事项的{name}"
    if "addressees" in kind.requires:
        keys["addressees"] = "[某某单位]"
    lines = [f"{_key(key, language)}: {value}" for key, value in keys.items()]
    lines += [f"{_key('body', language)}:", f"  - {_BODY}"]
    if "date" in kind.requires:
        lines.append(f"{_key('date', language)}: {PENDING}")
    return lines


def _bulletin(kind: Kind, name: str, language: str) -> list[str]:
    keys = {"kind": name, "mark": "某某简报", **dict.fromkeys(kind.requires, PENDING)}
    return [
        *(f"{_key(key, language, Bulletin)}: {value}" for key, value in keys.items()),
        f"{_key('items', language, Bulletin)}:",
        f"  - {_key('title', language)}: 某某事项",
        f"    {_key('body', language)}:",
        f"      - {_BODY}",
    ]


def _speech(kind: Kind, name: str, language: str) -> list[str]:
    keys = {
        "kind": name,
        "title": "在某某会议上的讲话",
        **dict.fromkeys(kind.requires, PENDING),
        "salutation": "同志们",
    }
    lines = [f"{_key(key, language, Speech)}: {value}" for key, value in keys.items()]
    return [*lines, f"{_key('body', language)}:", f"  - {_BODY}"]


def _key(name: str, language: str, model: type[Draft] = Document) -> str:
    return str(model.model_fields[name].alias) if language == "zh" else name

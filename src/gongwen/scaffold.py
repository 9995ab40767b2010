"""A new draft: the fewest keys that a kind needs, with nothing official filled in."""

from __future__ import annotations

from gongwen.document import PENDING, Bulletin, Document, Draft, Speech
from gongwen.kinds import UNTITLED, Kind
from gongwen.schema import FILES

_BODY = "在这里写正文。"


def new_draft(kind: Kind, language: str = "en", schema_folder: str = "../schemas") -> str:
    """The YAML text of a minimal valid draft of a kind; facts that are not settled are placeholders."""
    lines = [f"# yaml-language-server: $schema={schema_folder}/{FILES[language]}"]
    match kind.format:
        case "bulletin":
            lines += _bulletin(kind, language)
        case "speech":
            lines += _speech(kind, language)
        case _:
            lines += _document(kind, language)
    return "\n".join(lines) + "\n"


def _document(kind: Kind, language: str) -> list[str]:
    issuer = "某某机关"
    keys: dict[str, str] = {"kind": kind.name, "issuer": issuer}
    if "number" in kind.requires:
        keys["number"] = PENDING
    if "signers" in kind.requires:
        keys["signers"] = f"[{PENDING}]"
    if kind.format not in UNTITLED:
        keys["title"] = f"{issuer}关于某某事项的{kind.name}"
    if "addressees" in kind.requires:
        keys["addressees"] = "[某某机关]"
    lines = [f"{_key(name, language)}: {value}" for name, value in keys.items()]
    lines += [f"{_key('body', language)}:", f"  - {_BODY}"]
    if "date" in kind.requires:
        lines.append(f"{_key('date', language)}: {PENDING}")
    return lines


def _bulletin(kind: Kind, language: str) -> list[str]:
    keys = {"kind": kind.name, "mark": "某某简报", **dict.fromkeys(kind.requires, PENDING)}
    return [
        *(f"{_key(name, language, Bulletin)}: {value}" for name, value in keys.items()),
        f"{_key('items', language, Bulletin)}:",
        f"  - {_key('title', language)}: 某某事项",
        f"    {_key('body', language)}:",
        f"      - {_BODY}",
    ]


def _speech(kind: Kind, language: str) -> list[str]:
    keys = {
        "kind": kind.name,
        "title": "在某某会议上的讲话",
        **dict.fromkeys(kind.requires, PENDING),
        "salutation": "同志们",
    }
    lines = [f"{_key(name, language, Speech)}: {value}" for name, value in keys.items()]
    return [*lines, f"{_key('body', language)}:", f"  - {_BODY}"]


def _key(name: str, language: str, model: type[Draft] = Document) -> str:
    return str(model.model_fields[name].alias) if language == "zh" else name

"""A new draft: the fewest keys that a kind needs, with nothing official filled in."""

from __future__ import annotations

from gongwen.document import PENDING, Document
from gongwen.kinds import UNTITLED, Kind
from gongwen.schema import FILES

_BODY = "在这里写正文。"


def new_draft(kind: Kind, language: str = "en", schema_folder: str = "../schemas", *, name: str | None = None) -> str:
    """The YAML text of a minimal valid draft of a kind; facts that are not settled are placeholders.

    ``name`` is the one to write of a kind that has two.
    """
    issuer = "某某机关"
    keys: dict[str, str] = {"kind": name or kind.name, "issuer": issuer}
    if "number" in kind.requires:
        keys["number"] = PENDING
    if "signers" in kind.requires:
        keys["signers"] = f"[{PENDING}]"
    if kind.format not in UNTITLED:
        keys["title"] = f"{issuer}关于某某事项的{kind.name}"
    if "addressees" in kind.requires:
        keys["addressees"] = "[某某机关]"
    lines = [f"# yaml-language-server: $schema={schema_folder}/{FILES[language]}"]
    lines += [f"{_key(name, language)}: {value}" for name, value in keys.items()]
    lines += [f"{_key('body', language)}:", f"  - {_BODY}"]
    if "date" in kind.requires:
        lines.append(f"{_key('date', language)}: {PENDING}")
    return "\n".join(lines) + "\n"


def _key(name: str, language: str) -> str:
    return str(Document.model_fields[name].alias) if language == "zh" else name

"""Values that a JSON schema accepts, invented from the words that were asked: names for names, colours for colours, two of a list."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any, Final

__all__ = ["invented"]

_DEEPEST: Final = 12
_PLAIN: Final = (
    "the quiet harbour",
    "a light on the water",
    "the long way home",
    "an open door",
    "the last tide",
    "a song in the fog",
)
_COLOURS: Final = ("#31506b", "#c99573", "#7a3b2e", "#d9a441", "#4a6a5a", "#2e3440")


def invented(schema: Mapping[str, Any], words: str) -> Any:
    """A value of `schema`. Same schema and words, same value. References within it ($defs) are followed, 12 deep."""
    return _value(schema, schema, words, "value", 0)


def _value(schema: Mapping[str, Any], root: Mapping[str, Any], words: str, name: str, depth: int, at: int = 0) -> Any:
    schema = _resolved(schema, root)
    if "const" in schema:
        return schema["const"]
    if schema.get("enum"):
        allowed = [each for each in schema["enum"] if each is not None] or [None]
        return allowed[(_number(words + name, len(allowed)) + at) % len(allowed)]
    for union in ("anyOf", "any_of", "oneOf", "allOf"):
        if schema.get(union):
            kinds = [_resolved(each, root) for each in schema[union]]
            chosen = next((each for each in kinds if _type(each) != "null"), kinds[0])
            return _value({**chosen}, root, words, name, depth + 1, at)
    return _of_type(schema, root, words, name, depth, at)


def _of_type(schema: Mapping[str, Any], root: Mapping[str, Any], words: str, name: str, depth: int, at: int) -> Any:
    kind = _type(schema)
    if kind == "object":
        return _object(schema, root, words, depth, at)
    if kind == "array":
        least, most = int(schema.get("minItems") or 0), int(schema.get("maxItems") or 2)
        count = 0 if depth > _DEEPEST else max(least, min(2, most))
        inner = schema.get("items") or {"type": "string"}
        return [_value(inner, root, words, name.rstrip("s"), depth + 1, number) for number in range(count)]
    if kind in ("integer", "number"):
        return _quantity(schema, kind, name, at)
    if kind == "boolean":
        return bool(_number(words + name, 2))
    if kind == "null":
        return None
    return _text(schema, words, name, at)


def _resolved(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any]:
    seen = 0
    while "$ref" in schema and seen < _DEEPEST:
        found: Any = root
        for part in str(schema["$ref"]).lstrip("#/").split("/"):
            found = found.get(part, {}) if isinstance(found, Mapping) else {}
        schema, seen = found, seen + 1
    return schema


def _type(schema: Mapping[str, Any]) -> str:
    kind = schema.get("type", "")
    if isinstance(kind, list):
        kind = next((each for each in kind if each != "null"), "null")
    if not kind:
        kind = "object" if "properties" in schema else "array" if "items" in schema else "string"
    return str(kind).lower()


def _object(schema: Mapping[str, Any], root: Mapping[str, Any], words: str, depth: int, at: int) -> dict[str, Any]:
    properties = schema.get("properties") or {}
    required = set(schema.get("required") or properties)
    kept = [name for name in properties if name in required or depth < 4]
    return {name: _value(properties[name], root, words, name, depth + 1, at) for name in kept}


def _quantity(schema: Mapping[str, Any], kind: str, name: str, at: int) -> int | float:
    least, most = schema.get("minimum", schema.get("exclusiveMinimum")), schema.get("maximum", schema.get("exclusiveMaximum"))
    usual = {"seconds": 4, "score": 7, "age": 40, "height_m": 1.7, "seed": 1, "take": 1, "takes": 1}.get(name, 1 + at)
    value: float = usual
    if least is not None and value < least:
        value = least + (1 if "exclusiveMinimum" in schema and "minimum" not in schema else 0)
    if most is not None and value > most:
        value = most if "maximum" in schema or least is None else (most + least) / 2
    return int(value) if kind == "integer" else float(value)


def _text(schema: Mapping[str, Any], words: str, name: str, at: int) -> str:
    said = str(schema.get("description", "")).lower()
    pattern, form, lower = str(schema.get("pattern", "")), schema.get("format", ""), name.lower()
    if "#" in pattern or "#rrggbb" in said or "hex" in said or (("colour" in lower or "color" in lower) and "name" not in said):
        return _COLOURS[(_number(words + name, 6) + at) % 6]
    if form in ("date", "date-time"):
        return "2026-11-23" + ("T12:00:00Z" if form == "date-time" else "")
    if lower in ("name", "names", "character", "speaker", "who", "cast"):
        return _names(words)[at % len(_names(words))]
    text = _named(lower, words, at)
    longest = int(schema.get("maxLength") or schema.get("max_length") or 400)
    return text[:longest].rstrip() or "text"


def _named(name: str, words: str, at: int) -> str:
    who = _names(words)
    if "title" in name:
        return _title(words)
    if "heading" in name or "slug" in name:
        return ("EXT. HARBOUR - DAY", "INT. LAMP ROOM - NIGHT")[at % 2]
    if name in ("line", "dialogue", "text", "speech"):
        return f"We have until the tide turns, {who[(at + 1) % len(who)].title()}."
    place = _PLAIN[(_number(words + name, 6) + at) % 6]
    return f"{who[at % len(who)].title()} and {place}."


def _title(words: str) -> str:
    quoted = re.findall(r'["“]([^"”\n]{2,60})["”]', words)
    return quoted[0] if quoted else "The Last Tide"


_NO_NAMES: Final = frozenset(
    "EXT INT DAY NIGHT DAWN DUSK THE AND JSON FADE CUT TO IN OUT ON OFF YOU A AN OF FOR WITH NOT MUST NEVER ONLY WRITE USE NO OR IF AS ALL IT IS BE".split()
)


def _names(words: str) -> list[str]:
    """Names in capitals that stand in the words, else two of our own."""
    found = [each for each in re.findall(r"\b[A-Z][A-Z'\-]{2,20}\b", words) if each not in _NO_NAMES]
    unique = list(dict.fromkeys(found))[:6]
    return unique if len(unique) > 1 else [*unique, *(each for each in ("MARA", "TOM") if each not in unique)]


def _number(words: str, below: int) -> int:
    return int.from_bytes(hashlib.sha256(words.encode()).digest()[:4], "big") % max(1, below)

"""Values that a JSON schema accepts, invented from the words that were asked: names for names, colours for colours, two of a list."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Final

from glimmer.testing import screenwriting
from glimmer.testing.material import Material

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


def invented(schema: Mapping[str, Any], told: Material) -> Any:
    """A value of `schema`. Same schema and material, same value. References within it ($defs) are followed, 12 deep."""
    return _value(schema, schema, told, "value", 0)


def _value(schema: Mapping[str, Any], root: Mapping[str, Any], told: Material, name: str, depth: int, at: int = 0) -> Any:
    schema = _resolved(schema, root)
    if "const" in schema:
        return schema["const"]
    if schema.get("enum"):
        allowed = [each for each in schema["enum"] if each is not None] or [None]
        return allowed[(_number(told.words + name, len(allowed)) + at) % len(allowed)]
    for union in ("anyOf", "any_of", "oneOf", "allOf"):
        if schema.get(union):
            kinds = [_resolved(each, root) for each in schema[union]]
            chosen = next((each for each in kinds if _type(each) != "null"), kinds[0])
            return _value({**chosen}, root, told, name, depth + 1, at)
    return _of_type(schema, root, told, name, depth, at)


def _of_type(schema: Mapping[str, Any], root: Mapping[str, Any], told: Material, name: str, depth: int, at: int) -> Any:
    kind = _type(schema)
    if kind == "object":
        return _object(schema, root, told, depth, at)
    if kind == "array":
        least, most = int(schema.get("minItems") or 0), int(schema.get("maxItems") or 3)
        count = 0 if depth > _DEEPEST else max(least, min(_many(name, told), most))
        inner = schema.get("items") or {"type": "string"}
        return [_value(inner, root, told, name.rstrip("s"), depth + 1, number) for number in range(count)]
    if kind in ("integer", "number"):
        return _quantity(schema, kind, name, at, told)
    if kind == "boolean":
        return bool(_number(told.words + name, 2))
    if kind == "null":
        return None
    return _text(schema, told, name, at)


def _many(name: str, told: Material) -> int:
    """How many of a list: as many as there are people or scenes, else two."""
    if name in ("scene", "scenes"):
        return len(screenwriting.plan(told))
    return len(told.names[:3]) if name in ("cast", "characters", "people") else 2


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


def _object(schema: Mapping[str, Any], root: Mapping[str, Any], told: Material, depth: int, at: int) -> dict[str, Any]:
    properties = schema.get("properties") or {}
    required = set(schema.get("required") or properties)
    kept = [name for name in properties if name in required or depth < 4]
    return {name: _value(properties[name], root, told, name, depth + 1, at) for name in kept}


def _quantity(schema: Mapping[str, Any], kind: str, name: str, at: int, told: Material) -> int | float:
    least, most = schema.get("minimum", schema.get("exclusiveMinimum")), schema.get("maximum", schema.get("exclusiveMaximum"))
    usual = {
        "seconds": told.seconds / _many("scenes", told),
        "score": 7,
        "age": 40,
        "height_m": 1.7,
        "seed": 1,
        "take": 1,
        "takes": 1,
    }.get(name, 1 + at)
    value: float = usual
    if least is not None and value < least:
        value = least + (1 if "exclusiveMinimum" in schema and "minimum" not in schema else 0)
    if most is not None and value > most:
        value = most if "maximum" in schema or least is None else (most + least) / 2
    return int(value) if kind == "integer" else float(value)


def _text(schema: Mapping[str, Any], told: Material, name: str, at: int) -> str:
    said = str(schema.get("description", "")).lower()
    pattern, form, lower = str(schema.get("pattern", "")), schema.get("format", ""), name.lower()
    if "#" in pattern or "#rrggbb" in said or "hex" in said or (("colour" in lower or "color" in lower) and "name" not in said):
        return _COLOURS[(_number(told.words + name, 6) + at) % 6]
    if form in ("date", "date-time"):
        return "2026-11-23" + ("T12:00:00Z" if form == "date-time" else "")
    if lower in ("name", "names", "character", "speaker", "who", "cast"):
        return told.names[at % len(told.names)]
    text = _named(lower, told, at)
    longest = int(schema.get("maxLength") or schema.get("max_length") or 400)
    return text[:longest].rstrip() or "text"


def _named(name: str, told: Material, at: int) -> str:
    who = told.names
    if "title" in name:
        return told.title
    if name == "logline":
        return told.logline or "Two people wait for the tide."
    if "heading" in name or "slug" in name:
        scenes = screenwriting.plan(told)
        return scenes[at % len(scenes)][0]
    if name in ("beat", "summary", "action"):
        scenes = screenwriting.plan(told)
        return scenes[at % len(scenes)][1]
    if name in ("line", "dialogue", "text", "speech"):
        return _LINES[at % len(_LINES)]
    if name in ("description", "look", "looks"):
        return screenwriting.look_of(who[at % len(who)], at)
    if name in _SAID:
        return _SAID[name].format(who=who[0].title(), other=who[1].title())
    if name in ("parenthetical", "mood"):
        return ""
    place = _PLAIN[(_number(told.words + name, 6) + at) % 6]
    return f"{who[at % len(who)].title()} and {place}."


_SAID: Final = {
    "want": "{who} wants to hear it sing once more.",
    "obstacle": "The tide turns in an hour.",
    "change": "The lamp is out, and nobody lights it again.",
    "turn": "It is {other} who opens the door.",
    "last_image": "The open door, and the light on the water.",
    "speaks": "few words, dry",
    "reason": "It shows what was asked for.",
    "why": "shorter, and the strongest word is last",
}
_LINES: Final = ("We have until the tide turns.", "Then we begin now.", "Do you hear it?", "Not yet.")


def _number(words: str, below: int) -> int:
    return int.from_bytes(hashlib.sha256(words.encode()).digest()[:4], "big") % max(1, below)

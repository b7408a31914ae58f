"""From words to calls: which of the declared tools a person means, and what of the words belongs into its arguments.

No understanding: the stems of the words against those of each tool's name, description and permitted values. What stands in one sentence is
called at once; what comes after "then", or in the next sentence, in the next round, when the results of the first are there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from glimmer.testing import schemas
from glimmer.testing.asking import Call, Declared
from glimmer.testing.material import material_in

__all__ = ["calls_for", "filled"]

_LEAST_FIT: Final = 3
_COMMON: Final = frozenset(
    "the a an and or of to in on for with it is be this that these those my our your me us we you i please can could would do does make made "
    "more one two some any all new as at by from into so then also what which who how many much there here film only each what has have "
    "leave out after before them they its not no".split()
)
_SAME: Final[Mapping[str, str]] = {
    **dict.fromkeys(("shoot", "filming", "reshoot", "boards", "pictures"), "shoot"),
    **dict.fromkeys(("costs", "cost", "spent", "money", "price", "expensive", "budget", "bill"), "cost"),
    **dict.fromkeys(("search", "find", "look", "where", "show", "tell", "see", "list", "overview"), "look"),
    **dict.fromkeys(("shorten", "shorter", "trim"), "trim"),
    **dict.fromkeys(("score", "compose", "music", "soundtrack"), "music"),
    **dict.fromkeys(("voice", "voices", "speak", "record", "lines"), "voice"),
    **dict.fromkeys(("write", "script", "screenplay", "draft", "story"), "script"),
    **dict.fromkeys(("rewrite", "change", "bigger", "smaller", "instead", "revise"), "change"),
    **dict.fromkeys(("draw", "design", "character", "characters", "cast"), "design"),
    **dict.fromkeys(("undo", "back", "revert"), "undo"),
    **dict.fromkeys(("trash", "delete", "throw", "away", "remove"), "trash"),
    **dict.fromkeys(("export", "save", "copy"), "export"),
    **dict.fromkeys(("missing", "stale", "plan"), "plan"),
}
_QUESTION: Final = re.compile(r"^(?:and |but |so )?(?:what|how|which|where|who|when|why|is|are|was|were|does|do|did)\b|\?\s*$")
_MAKE_FILM: Final = re.compile(
    r"\b(?:make|create|finish)\b(?:\s+(?:me|us))?\s+(?:the|a|my|our|this|it|an)?\s*(?:whole |short |little )?(?:film|movie|it|everything)\b"
)


def calls_for(words: str, tools: Sequence[Declared], rounds: int) -> tuple[Call, ...]:
    """The calls of the next round; none where all that was said is done, or nothing fits."""
    groups = [calls for calls in (_group(sentence, words, tools) for sentence in _sentences(words)) if calls]
    about = _film_about(words, tools)
    if about:
        groups = about
    return groups[rounds] if rounds < len(groups) else ()


def _sentences(words: str) -> list[str]:
    return [each.strip() for each in re.split(r"(?<=[.!?;])\s+|,?\s+(?:and then|then)\s+", words[-2_000:]) if each.strip()][:8]


def _film_about(words: str, tools: Sequence[Declared]) -> list[tuple[Call, ...]]:
    """ "Make a film about …" is a script first, and then all the rest."""
    by_name = {tool.name: tool for tool in tools}
    if not (_MAKE_FILM.search(words.lower()) and " about " in words and {"script_write", "film_make"} <= set(by_name)):
        return []
    return [(Call(name, filled(by_name[name], words, words)),) for name in ("script_write", "film_make")]


def _group(sentence: str, words: str, tools: Sequence[Declared]) -> tuple[Call, ...]:
    """The calls of one sentence. A clause that names no tool belongs to the one before it: "shoot 2A and 2B, three takes"."""
    wanted: list[tuple[Declared, str]] = []
    parts = re.split(r"(,?\s+and\s+|,\s+)", sentence)
    for joint, clause in zip(["", *parts[1::2]], parts[::2], strict=True):
        best = max(tools, key=lambda tool: _fit(tool, clause, tools), default=None)
        fits = best is not None and _fit(best, clause, tools) >= _LEAST_FIT
        if best is not None and fits and not (wanted and (best == wanted[-1][0] or not _has_verb(best, clause, tools))):
            wanted.append((best, clause))
        elif wanted:
            wanted[-1] = (wanted[-1][0], f"{wanted[-1][1]}{joint}{clause}")
    return tuple(Call(tool.name, filled(tool, said, words)) for tool, said in wanted)


def _has_verb(tool: Declared, clause: str, tools: Sequence[Declared]) -> bool:
    """Whether the clause names the tool: "and tell me the cost" is a call of its own, "and two more takes" is not."""
    return _by_name(tool, clause, tools) >= _LEAST_FIT or bool(_stems(clause.split()[0]) & _name_stems(tool.name))


def _by_name(tool: Declared, clause: str, tools: Sequence[Declared]) -> int:
    said = _stems(re.sub(r"\b(?:the|this|my|our|a) film\b", " ", clause.lower()))
    shared = {stem for stem in _name_stems(tool.name) if sum(stem in _name_stems(each.name) for each in tools) > 1}
    return sum(1 if stem in shared else 3 for stem in said & _name_stems(tool.name))


@lru_cache(maxsize=4_096)
def _stems(words: str) -> frozenset[str]:
    found = re.findall(r"[a-z]+", words.lower().replace("_", " "))
    return frozenset(_stem(each) for each in found if each in _SAME or each not in _COMMON)


def _stem(word: str) -> str:
    if word in _SAME:
        return _SAME[word]
    short = re.sub(r"(?:ing|ed|s)$", "", word) if len(word) > 4 else word
    return _SAME.get(short, short)


def _name_stems(name: str) -> frozenset[str]:
    """ "film" at the front of a tool's name is what it works on and no verb, and so is "take"."""
    return _stems(name.removeprefix("film_")) - {"take"}


def _fit(tool: Declared, clause: str, tools: Sequence[Declared]) -> int:
    lower = clause.lower()
    if tool.name == "film_make" and _MAKE_FILM.search(lower):
        return 8
    by_name = _by_name(tool, clause, tools)
    looks = "look" in _name_stems(tool.name)
    by_value = 0 if looks else sum(3 for value in _values(tool) if re.search(rf"\b{re.escape(value)}\b", lower))
    about = len(_stems(lower) & _stems(tool.description[:300]))
    asked = 4 if looks and _QUESTION.search(lower) else 0
    careful = 2 if tool.name.startswith(("film_trash", "film_export")) and not by_name else 0
    return by_name + min(5, by_value) + min(2, about) + asked - careful


def _values(tool: Declared) -> set[str]:
    """The words that its arguments may be, such as a kind of weather or a verb of the cutting room."""
    listed = [str(each).lower() for inner in (tool.parameters.get("properties") or {}).values() for each in inner.get("enum") or ()]
    return {each.partition("_")[0] for each in listed if len(each) > 2 and each not in _COMMON} - {"use", "fit", "title", "cut"}


# ── arguments ───────────────────────────────────────────────────────────────────────────────────────────────
_NUMBERS: Final = {
    name: number for number, name in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}
_VALUE: Final = rf"(\d+(?:\.\d+)?|{'|'.join(_NUMBERS)})"
_EVERYWHERE: Final = ("scene", "shot", "shots", "idea", "seconds", "tone")  # may stand in another clause than the verb
_SAID_WHOLE: Final = ("idea", "instruction", "add", "change", "request", "prompt", "query", "words")
_TONES: Final = "tender funny tense hopeful sad dark warm quiet eerie joyful".split()


def filled(tool: Declared, clause: str, words: str = "") -> dict[str, Any]:
    """What the words hold for each of its parameters, and something valid for those that it needs."""
    properties = tool.parameters.get("properties") or {}
    required = set(tool.parameters.get("required") or ())
    arguments: dict[str, Any] = {}
    for name, inner in properties.items():
        found = _from_words(name, inner, clause)
        if found is None and name in _EVERYWHERE:
            found = _from_words(name, inner, words)
        if found is None and name in required:
            found = _needed(name, inner, clause)
        if found is not None:
            arguments[name] = found
    if "text" in arguments:
        arguments = {name: value for name, value in arguments.items() if name == "text" or value != arguments["text"]}
    if not set(arguments) - {"scene", "line"}:  # a place, and nothing to do there: what was said, then
        said = next((name for name in _SAID_WHOLE if name in properties and name not in arguments), None)
        if said and _type(properties[said]) == "string":
            arguments[said] = clause.strip().rstrip(".") + "."
    return arguments


def _needed(name: str, schema: Mapping[str, Any], clause: str) -> Any:
    """A text that is needed and that nothing says is what was said, whole."""
    if _type(schema) == "string" and not schema.get("enum"):
        return clause
    return schemas.invented({"type": "object", "properties": {name: schema}}, material_in(clause))[name]


def _type(schema: Mapping[str, Any]) -> str:
    kind = schema.get("type", "string")
    return str(kind[0] if isinstance(kind, list) else kind).lower()


def _from_words(name: str, schema: Mapping[str, Any], clause: str) -> Any:
    kind, lower = _type(schema), clause.lower()
    if schema.get("enum"):
        return _one_of([str(each) for each in schema["enum"] if each is not None], lower)
    if kind in ("integer", "number"):
        found = _numbers(name, lower)
        return None if not found else int(found[0]) if kind == "integer" else found[0]
    if kind == "array":
        inner = schema.get("items") or {}
        if _type(inner) in ("integer", "number"):
            return [int(each) for each in _numbers(name, lower)] or None
        return _texts(name.removesuffix("s"), clause) or None
    if kind == "string":
        return next(iter(_texts(name, clause)), None)
    return None


def _one_of(values: Sequence[str], lower: str) -> str | None:
    """The value of which most words stand there, in any form of theirs: "trim the head" is trim_head."""
    said = _stems(lower) | set(re.findall(r"[a-z]+", lower))

    def words_there(value: str) -> int:
        parts = value.lower().split("_")
        return (
            sum(part in said or (len(part) > 2 and _stem(part) in said) for part in parts)
            if parts[0] in said or _stem(parts[0]) in said
            else 0
        )

    best = max(values, key=words_there, default="")
    return best if best and words_there(best) else None


def _numbers(name: str, lower: str) -> list[float]:
    stem = name.lower().replace("_", " ").split()[0].removesuffix("s")
    after = re.findall(rf"\b{stem}s?\s+(?:number\s+)?{_VALUE}\b", lower)
    before = re.findall(rf"\b{_VALUE}[\s-]+(?:\w+\s+)?{stem}s?\b", lower)
    return [float(_NUMBERS.get(each, 0) or each) if each != "zero" else 0.0 for each in after or before]


def _texts(name: str, clause: str) -> list[str]:
    if name in ("scene", "line"):
        return [f"{each:g}" for each in _numbers(name, clause.lower())]
    if name in ("shot", "clip", "other", "slate"):
        return re.findall(r"\b(\d{1,3}[A-Z]{1,2})\b", clause)[1 if name == "other" else 0 :]
    if name == "preset":
        return re.findall(r"\b(\d{3,4}p\d*|square|portrait|draft|scope|gif)\b", clause)
    if name == "subtitle":
        return re.findall(r"\b(srt|vtt|ass)\b", clause.lower())
    if name == "tone":
        return [each for each in re.findall(r"[a-z]+", clause.lower()) if each in _TONES]
    if name in ("name", "file", "path") and (files := re.findall(r"[\w-]+\.(?:mp4|mov|mkv|webm|gif|wav|srt|otio)\b", clause)):
        return [str(each) for each in files]
    if name == "name":
        return re.findall(r"\b(\d{1,3}[A-Z]{1,2}|[Ll]ine \d+|[A-Z]{3,20})\b", clause) or re.findall(r"[\"“]([^\"”]+)[\"”]", clause)
    if name == "idea" and (about := re.search(r"\babout\s+(.+?)(?:[.!?]|,? \d+ s|$)", clause)):
        return [about.group(1).strip()]
    if name in ("text", "word", "title", *_SAID_WHOLE):
        return [str(each) for each in re.findall(r"[\"“]([^\"”]+)[\"”]", clause)]
    return []

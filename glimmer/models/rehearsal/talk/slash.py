"""Slash commands: short, certain, and the same whoever talks. A paid model is not asked for them.

    /write A fox learns to whistle. 15 s     /make square     /shoot 2 takes 2     /cut dissolve 1A 1B 12     /video_shoot scene=2 takes=2

To add one, add a row to COMMANDS: its name, what it is told of in /help, and what its words mean.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from glimmer.models.rehearsal.talk.slots import MOODS, SLOTS, TIMES, WEATHERS
from glimmer.models.talking import Part

__all__ = ["COMMANDS", "Command", "commands", "help_text"]

Calls = list[tuple[str, dict[str, Any]]]
_SECONDS: Final = re.compile(r"[\s,(]*\b(\d{1,5}(?:\.\d+)?) ?(s|sec|seconds?|min|minutes?)\b[)\s.]*$", re.I)
_SLATE: Final = re.compile(r"\d{1,3}[A-Za-z]{1,2}(?:\.\d+)?")
_GIVEN: Final = re.compile(r"(\w+)=(\"[^\"]*\"|\[[^\]]*\]|\S+)")


@dataclass(frozen=True)
class Command:
    """usage: how it is written. told: what it does. reads: its words -> calls. Raises: ValueError with what was expected."""

    usage: str
    told: str
    reads: Callable[[str], Calls]


def commands(text: str) -> list[Part] | None:
    """What a slash command means, as calls, or as words where it can't be; None where `text` is no command."""
    found = re.match(r"\s*/([A-Za-z][\w.]*)[ \t]*", text)
    if found is None:
        return None
    name, words = found.group(1).casefold(), text[found.end() :].strip()
    if name in ("help", "h"):
        return [Part(text=help_text())]
    command = COMMANDS.get(name)
    try:
        calls = command.reads(words) if command else _tool(name, words)
    except ValueError as wrong:
        return [Part(text=f"/{name} {words[:60]}: {wrong}")]
    tag = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
    return [Part(kind="call", id=f"c{tag}-{n}", name=tool, arguments=arguments) for n, (tool, arguments) in enumerate(calls)]


def help_text() -> str:
    """Every command, a line each."""
    rows = [f"- `{command.usage}` {command.told}" for command in dict.fromkeys(COMMANDS.values())]
    return "\n".join(["Commands:", *rows, "", "Any tool by its name: `/video_shoot scene=2 takes=2`. Or say it in plain words."])


# ── what the words of each mean ─────────────────────────────────────────────────────────────────────────────
def _write(words: str) -> Calls:
    if not words:
        raise ValueError('expected an idea, such as "/write A fox learns to whistle. 15 s".')
    arguments: dict[str, Any] = {"idea": words.strip('"“” ')}
    if length := _SECONDS.search(words):
        arguments = {"idea": words[: length.start()].strip('"“” ') or words, "seconds": _as_seconds(length)}
    return [("script_write", arguments)]


def _as_seconds(found: re.Match[str]) -> float:
    return float(found.group(1)) * (60 if found.group(2).lower().startswith("m") else 1)


def _make(words: str) -> Calls:
    """A preset, or an idea: then it is written first."""
    if " " in words or words.endswith("."):
        return [*_write(words), ("film_make", {})]
    return [("film_make", {"preset": words} if words else {})]


def _shoot(words: str) -> Calls:
    arguments: dict[str, Any] = {}
    if takes := re.search(r"\btakes?\s*=?\s*(\d+)\b", words, re.I):
        arguments["takes"] = int(takes.group(1))
        words = words.replace(takes.group(), " ")
    rest = re.sub(r"\b(?:scenes?|shots?|and)\b|,", " ", words, flags=re.I).split()
    slates = [each.upper() for each in rest if _SLATE.fullmatch(each)]
    scenes = [each for each in rest if each not in rest or not _SLATE.fullmatch(each)]
    if len(scenes) > 1:
        raise ValueError("expected a scene or shots, such as /shoot 2 takes 2 or /shoot 1A 1B.")
    return [("video_shoot", {**({"scene": scenes[0]} if scenes else {}), **({"shots": slates} if slates else {}), **arguments})]


def _voice(words: str) -> Calls:
    numbers = [int(each) for each in re.findall(r"\d+", words)]
    return [("audio_voice", {"lines": numbers} if numbers else {})]


def _score(words: str) -> Calls:
    if not words:
        return [("music_score", {})]
    return [("music_score", _by(words, "mood", MOODS))]


def _by(words: str, argument: str, table: dict[str, str]) -> dict[str, Any]:
    """One of a table's words, whichever way it is said; an unknown one goes on as it is, for the tool to refuse."""
    slot = SLOTS[argument]
    return slot.read(argument, words) if re.fullmatch(slot.pattern, words, re.I) else {argument: words.casefold()}


def _design(words: str) -> Calls:
    names = [each.strip() for each in words.split(",") if each.strip()]
    return [("character_design", {"names": names} if names else {})]


def _looks(what: str) -> Callable[[str], Calls]:
    return lambda words: [("film_look", {"what": what, **({"of": words} if words else {})})]


def _find(words: str) -> Calls:
    if not words:
        raise ValueError("expected words to find, such as /find whale.")
    return [("film_look", {"what": "find", "of": words})]


def _render(words: str) -> Calls:
    return [("film_render", {"preset": words} if words else {})]


def _circle(words: str) -> Calls:
    found = re.fullmatch(r"(line \d+|\S+)(?: take)? (\d+)", words, re.I)
    if found is None:
        raise ValueError("expected a shot and a take's number, such as /circle 2A 2.")
    return [("cut_edit", {"verb": "use_take", "clip": found.group(1), "amount": int(found.group(2))})]


def _export(words: str) -> Calls:
    name, *more = words.split()[:8] or [""]
    if not name:
        raise ValueError("expected a file's name, such as /export film.mp4 srt.")
    subtitles = [each for each in more if each in ("srt", "vtt", "ass")]
    timeline = [each for each in more if each in ("otio", "edl")]
    return [
        (
            "film_export",
            {"name": name, **({"subtitles": subtitles} if subtitles else {}), **({"timeline": timeline} if timeline else {})},
        )
    ]


def _trash(words: str) -> Calls:
    found = re.fullmatch(r"(line \d+|\S+)(?: take)? (\d+)", words, re.I)
    if found is None:
        raise ValueError("expected a shot and a take's number, such as /trash 2A 1.")
    return [("film_trash_take", {"name": found.group(1), "take": int(found.group(2))})]


def _change(words: str) -> Calls:
    """/scene 2 rain, /scene 2 night"""
    found = re.fullmatch(r"(\S+) (?:to |in |at )?(\S+)", words)
    if found is None:
        raise ValueError("expected a scene with a weather or an hour, such as /scene 2 rain or /scene 2 night.")
    scene, word = found.groups()
    argument = "time" if re.fullmatch(SLOTS["time"].pattern, word, re.I) else "weather"
    return [("script_change", {"scene": scene, **_by(word, argument, TIMES if argument == "time" else WEATHERS)})]


def _line(words: str) -> Calls:
    found = re.fullmatch(r"(\d+) (.+)", words, re.S)
    if found is None:
        raise ValueError("expected a line's number and its new words, such as /line 3 Then listen.")
    return [("script_change", {"line": int(found.group(1)), "text": found.group(2).strip('"“” ')})]


_TWO: Final = ("dissolve", "wipe", "push", "dip", "move_before", "move_after", "cut_hard", "duck")


def _cut(words: str) -> Calls:
    """/cut trim_head 1A 12, /cut dissolve 1A 1B 12, /cut gain music -4, /cut reframe 1A push_in; without a verb: the cut as it is."""
    if not words:
        return _looks("cut")("")
    verb, *rest = re.findall(r'"[^"]*"|\S+', words)
    arguments: dict[str, Any] = {"verb": verb.casefold()}
    names = iter(("clip", "other") if arguments["verb"] in _TWO else ("clip",))
    for at, word in enumerate(rest):
        if word.startswith('"'):
            arguments["text"] = word.strip('"')
        elif word.casefold() == "line" and at + 1 < len(rest):
            rest[at + 1] = f"line {rest[at + 1]}"
        elif re.fullmatch(r"[-+]?\d+(?:\.\d+)?", word):
            arguments |= _amount(arguments["verb"], float(word))
        elif length := re.fullmatch(r"(\d+(?:\.\d+)?)s", word):
            arguments["seconds"] = float(length.group(1))
        elif re.fullmatch(r"\d\d:\d\d:\d\d:\d\d", word):
            arguments["at"] = word
        elif name := next(names, ""):
            arguments[name] = word
        else:
            arguments["word"] = word
    return [("cut_edit", arguments)]


def _amount(verb: str, number: float) -> dict[str, Any]:
    if verb in ("gain", "duck", "speed", "opacity", "pan", "reframe", "use_take"):
        return {"amount": number}
    if number != int(number):
        raise ValueError(f"expected whole frames, or seconds as {number}s.")
    return {"frames": int(number)}


def _tool(name: str, words: str) -> Calls:
    """Any tool by its name: /video_shoot scene=2 takes=2, or /video.shoot …"""
    tool = name.replace(".", "_", 1)
    if "_" not in tool:
        near = difflib.get_close_matches(name, COMMANDS, n=2, cutoff=0.5)
        raise ValueError(
            f"no such command; {'did you mean ' + ' or '.join('/' + each for each in near) + '?' if near else 'see /help.'}"
        )
    given = dict(_GIVEN.findall(words))
    if words and _GIVEN.sub("", words).strip():
        raise ValueError("expected name=value pairs, such as scene=2 takes=2.")
    return [(tool, {key: _value(value) for key, value in given.items()})]


def _value(written: str) -> Any:
    try:
        return json.loads(written)
    except ValueError:
        return written


COMMANDS: Final[dict[str, Command]] = {
    "write": Command("/write IDEA [15 s]", "a screenplay from an idea", _write),
    "make": Command("/make [PRESET | IDEA]", "make all that is missing, the cut and a render", _make),
    "design": Command("/design [NAMES]", "looks and voices for the cast", _design),
    "shoot": Command("/shoot [2 | 1A 1B] [takes 2]", "pictures; takes: so many more of each", _shoot),
    "voice": Command("/voice [1 2]", "speak the lines, lay air and effects", _voice),
    "score": Command("/score [MOOD]", "compose the score", _score),
    "scene": Command("/scene 2 rain", "a scene's weather or hour (night, dawn …)", _change),
    "line": Command("/line 3 WORDS", "other words for a line", _line),
    "script": Command("/script [2]", "the script, or one scene", _looks("script")),
    "shots": Command("/shots [2]", "the shots", _looks("shots")),
    "find": Command("/find WORDS", "takes, lines and script with these words", _find),
    "plan": Command("/plan", "what is missing or stale, and what making it costs", _looks("plan")),
    "costs": Command("/costs [model]", "what was spent", _looks("costs")),
    "status": Command("/status", "the film in a few lines", _looks("film")),
    "circle": Command("/circle 2A 2", "use take 2 of shot 2A", _circle),
    "cut": Command("/cut [VERB CLIP …]", "edit: /cut dissolve 1A 1B 12; alone: the cut", _cut),
    "render": Command("/render [PRESET]", "render the newest cut", _render),
    "undo": Command("/undo", "take the newest change back", lambda words: [("film_undo", {})]),
    "redo": Command("/redo", "do again what was taken back", lambda words: [("film_undo", {"redo": True})]),
    "export": Command("/export FILE [srt] [otio]", "copy the film beside the notebook (asks)", _export),
    "trash": Command("/trash 2A 1", "throw a take away (asks)", _trash),
}

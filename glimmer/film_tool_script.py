"""Plain changes of a script's text: a scene's weather and hour, the words of a line, one more paragraph. No model is asked.

Takes a Screenplay, gives its Fountain text with just that changed, so that every other line keeps its id and its takes. What came of it
is read again before anybody keeps it: a change that did not say what was meant is refused, in words.
"""

from __future__ import annotations

import re
from typing import Final

from glimmer.display import plain_line
from glimmer.errors import InputError
from glimmer.screenplay import Line, Scene, Screenplay, read
from glimmer.vocabulary import TimeOfDay, Weather

__all__ = ["with_action", "with_line", "with_time", "with_weather"]

# What a scene then says of its weather. Read back by glimmer.screenplay.atmosphere.
SENTENCES: Final[dict[Weather, str]] = {
    "rain": "Rain falls.",
    "storm": "A storm rages.",
    "snow": "Snow falls.",
    "fog": "Fog fills the air.",
    "wind": "The wind blows hard.",
    "clear": "The sky is clear.",
}
_OURS: Final = re.compile("(?:" + "|".join(re.escape(each) for each in SENTENCES.values()) + r")\s*")
_FORCED: Final = re.compile(r"^[.#=>@~!\[(\x7b*]|^(?:INT|EXT|EST|I/E)[ .]", re.I)  # what would not be read as plain action


def with_weather(script: Screenplay, scene: Scene, weather: Weather) -> str:
    """The text with a sentence on the weather where the scene's action begins.

    Raises: InputError where the scene's own words tell of another weather.
    """
    rows = script.source.split("\n")
    first = next((element for element in scene.elements if element.kind == "action" and element.source_line), None)
    if first is not None:
        at = first.source_line - 1
        mark, words = ("!", rows[at][1:]) if rows[at].startswith("!") else ("", rows[at])
        rows[at] = f"{mark}{SENTENCES[weather]} {_OURS.sub('', words)}".rstrip()
    else:
        rows[_heading_row(scene) + 1 : _heading_row(scene) + 1] = ["", SENTENCES[weather]]
    text = "\n".join(rows)
    told = _same_scene(script, scene, text).weather
    if told != weather:
        raise InputError(
            f'scene {scene.number} would still be read as "{told}", as its own words tell of it; expected "{weather}". '
            "Change those words first: its heading, or the paragraph that says so."
        )
    return text


def with_time(script: Screenplay, scene: Scene, time: TimeOfDay) -> str:
    """The text with that hour in the scene's heading: "EXT. SEA - DAY" becomes "EXT. SEA - NIGHT". Raises: InputError."""
    heading = scene.heading
    if not heading.raw:
        raise InputError("this scene has no heading to tell the hour; expected one such as EXT. SEA - DAY.")
    raw, said = heading.raw, heading.time_words
    head = raw[: -len(said)] if said and raw.endswith(said) else f"{raw} - "
    rows = script.source.split("\n")
    at = _heading_row(scene)
    rows[at] = rows[at].replace(raw, f"{head}{time.upper()}", 1)
    text = "\n".join(rows)
    if _same_scene(script, scene, text).heading.time_of_day != time:
        raise InputError(f'the heading "{raw}" can\'t be made to say {time}; expected one such as EXT. SEA - DAY. Write it anew.')
    return text


def with_line(script: Screenplay, line: Line, words: str) -> str:
    """The text with other words in that line; who says it, and how, stays. Raises: InputError for words that would not be read as them."""
    new = plain_line(words)
    rows = script.source.split("\n")
    at = line.source_line  # the row after the cue
    while at < len(rows) and re.fullmatch(r"\s*\(.*\)\s*", rows[at]):
        at += 1
    end = at
    while end < len(rows) and rows[end].strip():
        end += 1
    if not new or not line.source_line or end == at:
        raise InputError(f"line {line.number} can't become {words!r:.60}; expected the words that {line.character} says.")
    rows[at:end] = [new]
    text = "\n".join(rows)
    lines = read(text, title=script.title).lines
    if len(lines) != len(script.lines) or not lines[line.number - 1].text:
        raise InputError(f"{words!r:.80} would not be read as what {line.character} says; expected plain words, on one line.")
    return text


def with_action(script: Screenplay, scene: Scene, words: str) -> str:
    """The text with one more paragraph of action at the scene's end. Raises: InputError for no words."""
    new = plain_line(words)
    if not new:
        raise InputError("nothing to add was said; expected what happens, in a sentence.")
    if _FORCED.match(new) or new.isupper():
        new = f"!{new.lstrip('!')}"
    rows = script.source.split("\n")
    later = [other.source_line for other in script.scenes if other.source_line > scene.source_line]
    at = (min(later) - 1) if later else len(rows)
    while at > 0 and not rows[at - 1].strip():
        at -= 1
    rows[at:at] = ["", new]
    text = "\n".join(rows)
    if len(read(text, title=script.title).scenes) != len(script.scenes):
        raise InputError(f"{words!r:.80} would begin another scene; expected what happens, in a sentence.")
    return text


def _heading_row(scene: Scene) -> int:
    """Its row, from 0; -1 for a script that begins without one."""
    return scene.source_line - 1


def _same_scene(script: Screenplay, scene: Scene, text: str) -> Scene:
    """The scene as it is read in `text`. Raises: InputError where the change would give another number of scenes."""
    scenes = read(text, title=script.title).scenes
    if len(scenes) != len(script.scenes):
        raise InputError(f"this would change how the scenes of {script.title!r:.60} are told apart; expected one scene to change.")
    return scenes[[each.id for each in script.scenes].index(scene.id)]

"""Fountain for whoever asks for it: a whole short screenplay, one scene of a plan, or a scene rewritten.

Made of a few ready lines, the names and the places of the prompt, and as long as was asked. Light on purpose: the first answer of a server
must not wait for a big import.
"""

from __future__ import annotations

import re
from typing import Final

from glimmer.testing.material import Material

__all__ = ["is_asked", "look_of", "plan", "written"]

_LOOKS: Final = (
    "seventies, a long grey braid, a yellow raincoat",
    "nine years old, red hair, a striped jumper",
    "forties, a black beard, a blue coat",
)
_BEASTS: Final = frozenset("whale gull dog cat fox bird bear robot ghost giant dragon wolf horse".split())
_PLACES: Final = (
    "lighthouse harbour harbor kitchen forest station city beach school ship desert garden bakery castle moon boat island".split()
)
_LINES: Final = (
    "Do you hear it?",
    "I hear it. It is singing.",
    "Slower. Nobody is chasing you.",
    "You said that the last time.",
    "Give me your hand.",
    "Not yet.",
)
_HANDS: Final = (
    "takes one step closer",
    "wipes the glass",
    "turns the lamp",
    "holds out a hand",
    "looks at the water",
    "closes the door",
)


def is_asked(system: str, words: str) -> bool:
    """Whether the words ask for something in Fountain."""
    asks = f"{system}\n{words}".lower()
    return "fountain" in asks or bool(re.search(r"\b(?:write|draft)\b.{0,60}\b(?:screenplay|script|scene)\b", asks, re.DOTALL))


def written(material: Material) -> str:
    """Fountain: as the words ask, a scene or a whole screenplay."""
    if material.script and material.heading:
        return _rewritten(material)
    if material.heading:
        return _scene(material, material.heading, material.beat or material.logline, material.seconds)
    return _whole(material)


def look_of(name: str, at: int) -> str:
    """What a camera sees of somebody."""
    return f"a {name.lower()}, grey, with a notch in one side" if name.lower() in _BEASTS else _LOOKS[at % len(_LOOKS)]


def plan(material: Material) -> list[tuple[str, str]]:
    """(heading, what happens) of each scene of a film: one below 24 seconds, else two, from a minute on three."""
    place = next((each.upper() for each in _PLACES if each in material.words.lower()), "HARBOUR")
    first, second = (name.title() for name in material.names[:2])
    told = material.logline.rstrip(".") or "a small film"
    scenes = [
        (f"EXT. {place} - DAY", f"{first} waits at the edge of the light. {told[:1].upper()}{told[1:]}."),
        (f"INT. {place} - NIGHT", f"{second} lights a lamp. The room grows warm."),
        (f"EXT. {place} - DAWN", f"{first} and {second} stand at the water. The wind has dropped."),
    ]
    return scenes[: 1 if material.seconds < 24 else 2 if material.seconds < 60 else 3]


def _rewritten(material: Material) -> str:
    """The scene as it stands, letter for letter, and one action more at its end."""
    asked = material.instruction.rstrip(".") or "all is still"
    who = material.names[0].title()
    return f"{material.script.strip()}\n\n{who} stops, and then it is so: {asked[:1].lower()}{asked[1:]}.\n"


def _whole(material: Material) -> str:
    scenes = plan(material)
    title = (
        f"Title: {material.title}\nCredit: written by\nAuthor: a fake model\nNotes:\n   {material.logline or material.title}\n\n"
    )
    each = material.seconds / len(scenes)
    told = [_scene(material, heading, beat, each, number) for number, (heading, beat) in enumerate(scenes)]
    return title + "\n".join(told)


def _scene(material: Material, heading: str, beat: str, seconds: float, number: int = 0) -> str:
    """About `seconds` of it: what every scene has takes seven, being introduced three, each exchange more five."""
    names = material.names[:2]
    new = [f"{name} ({look_of(name, at)})" for at, name in enumerate(names) if not number and name not in material.known]
    first, second = names[number % len(names)], names[(number + 1) % len(names)]
    told = [heading, beat or "They wait for the tide."]
    if new:
        told.append(f"{' and '.join(new)} {'stand' if len(new) > 1 else 'stands'} at the door.")
    told.append(f"{first}\nWe have until the tide turns.")
    if seconds >= 13:
        told += [f"{second.title()} looks up.", f"{second}\n(softly)\nThen we begin now."]
    for more in range(min(40, int(max(0.0, seconds - 17) // 5))):
        who = (first, second)[more % 2]
        told += [f"{who.title()} {_HANDS[(number + more) % len(_HANDS)]}.", f"{who}\n{_LINES[(number + more) % len(_LINES)]}"]
    if seconds >= 9:
        told.append(f"{first.title()} smiles.")
    return "\n\n".join(told) + "\n"

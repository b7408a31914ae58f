"""The fields of an entry that a person may edit, each with what it takes, so that a browser can draw a fitting input for it."""

from __future__ import annotations

from typing import Any, Final, Literal, get_args, get_origin

from glimmer.buckets import CharacterEntry, ShotEntry
from glimmer.buckets.casting import RANGES
from glimmer.models.interface import Design, Voice
from glimmer.screenplay import Screenplay
from glimmer.screenplay.directions import MAX_HELD_SECONDS, MIN_HELD_SECONDS
from glimmer.vocabulary import Angle, Move, ShotSize
from glimmer.widgets.bucket_state import FieldTold

__all__ = ["design_fields", "shot_fields", "voice_fields"]

_SIZES: Final[dict[str, tuple[str, ...]]] = {"size": get_args(ShotSize), "angle": get_args(Angle), "move": get_args(Move)}
_SUGGESTED: Final = {  # words that rehearsal draws; any other may be written
    "kind": "person whale dog cat bird robot ghost".split(),
    "hair_style": "short long bun curly bob ponytail bald cropped wavy".split(),
    "headwear": "none cap hat beanie hood headscarf helmet crown".split(),
    "garment": "coat raincoat jumper shirt dress suit uniform apron hoodie".split(),
}
_GROUPS: Final = {
    "who": ("kind", "age", "gender", "height_m", "build"),
    "face": ("skin", "hair", "hair_style", "facial_hair", "glasses", "headwear"),
    "clothes": ("garment", "garment_colour", "accent_colour", "trouser_colour"),
}
_COLOURS: Final = ("skin", "hair", "garment_colour", "accent_colour", "trouser_colour")
_UNITS: Final = {"height_m": "m", "pitch": "×", "pitch_range": "×", "formant": "×", "speed": "×"}


def shot_fields(entry: ShotEntry, script: Screenplay | None) -> list[FieldTold]:
    """What may be said of a shot: nothing of footage of one's own, which stands in no script."""
    shot = next((each for each in script.shot_list if each.id == entry.key), None) if script is not None else None
    if shot is None:
        return []
    said: dict[str, Any] = entry.direction.kept() if entry.direction is not None else {}
    fields = [
        FieldTold(name=name, label=name, kind="choice", options=list(options), value=getattr(shot, name), set=name in said)
        for name, options in _SIZES.items()
    ]
    held = round(float(said.get("seconds") or 0.0), 2)
    fields.append(
        FieldTold(name="seconds", label="at least", kind="number", low=MIN_HELD_SECONDS, high=MAX_HELD_SECONDS, step=0.1, unit="s",
                  value=held or round(shot.seconds, 1), set="seconds" in said)
    )  # fmt: skip
    fields.append(FieldTold(name="action", label="action", kind="long", value=shot.action, set="action" in said))
    return fields


def design_fields(entry: CharacterEntry) -> list[FieldTold]:
    """How a character looks; nothing before it was designed."""
    kept = entry.state.get("design")
    if not kept:
        return []
    design = Design.model_validate(kept)
    return [_field(design, name, group) for group, names in _GROUPS.items() for name in names]


def voice_fields(entry: CharacterEntry) -> list[FieldTold]:
    """How it sounds; nothing before it was cast."""
    kept = entry.state.get("voice")
    if not kept:
        return []
    voice = Voice.model_validate(kept)
    return [_field(voice, name, "voice") for name in ("pitch", "pitch_range", "formant", "breath", "speed")]


def _field(noun: Design | Voice, name: str, group: str) -> FieldTold:
    value: Any = getattr(noun, name)
    about: dict[str, Any] = {"name": name, "label": name.removesuffix("_m").replace("_", " "), "value": value, "group": group}
    kind = type(noun).model_fields[name].annotation
    if name in _COLOURS:
        return FieldTold(kind="colour", **about)
    if name in RANGES:
        low, high = RANGES[name]
        return FieldTold(kind="number", low=low, high=high, step=0.05, unit=_UNITS.get(name, ""), **about)
    if isinstance(value, bool):
        return FieldTold(kind="flag", **about)
    if get_origin(kind) is Literal:
        return FieldTold(kind="choice", options=list(get_args(kind)), **about)
    return FieldTold(kind="words", options=_SUGGESTED.get(name, []), **about)

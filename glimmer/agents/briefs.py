"""Briefs: a request's plain values as the values of a prompt, in a film maker's words: "CU" is a close-up, "#4a6a8a" is slate blue.

Stands between the agents' requests and the prompts that say them to a model. Pure; a shot's takes about 20 µs.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import gcd
from typing import Final

from pydantic import BaseModel

from glimmer.agents.colour_words import colour_word, skin_word
from glimmer.models.interface import (
    AmbienceRequest,
    CastBrief,
    ClipRequest,
    ComposeRequest,
    Design,
    EffectsRequest,
    PaintRequest,
    Reference,
    SheetRequest,
    ShotRequest,
    SpeechRequest,
    Staged,
    WriteRequest,
)

__all__ = ["brief_values", "design_words"]

SIZE_WORDS: Final = {
    "EWS": "extreme wide shot: the place is the picture, people are small in it",
    "WS": "wide shot: whole figures with air above and below, the room readable around them",
    "MWS": "medium wide shot: from the knees up",
    "MS": "medium shot: from the waist up",
    "MCU": "medium close-up: head and chest",
    "CU": "close-up: the face fills the picture, from the collar up",
    "ECU": "extreme close-up: one detail, the eyes, a hand, fills the picture",
    "OTS": "over-the-shoulder shot: past the near shoulder, soft, to the face that we watch, sharp",
    "TWO": "two-shot: both people in the picture together, from the waist up",
    "INSERT": "insert: one thing alone, large, no faces",
}
ANGLE_WORDS: Final = {
    "eye": "at eye level",
    "high": "from above, looking down on the subject",
    "low": "from below, looking up at the subject",
    "dutch": "tilted, the horizon 10 to 15 degrees off level",
    "overhead": "from straight above",
}
TIME_WORDS: Final = {
    "day": "daylight",
    "night": "night: dark, with light only from what could give it there",
    "dawn": "dawn: low cool light that warms at the horizon",
    "dusk": "dusk: the last warm light low from one side, blue in the shadows",
}
WEATHER_WORDS: Final = {
    "clear": "clear air",
    "rain": "rain, wet surfaces",
    "storm": "a storm: driven rain, hard wind",
    "snow": "snow falling and lying",
    "fog": "fog that swallows the distance",
    "wind": "strong wind in cloth, hair and leaves",
}
MOOD_WORDS: Final = {
    "calm": "calm: soft even light, few accents",
    "tender": "tender: warm soft light, gentle contrast",
    "hopeful": "hopeful: light opening up, clear colours",
    "joyful": "joyful: bright, saturated, lively",
    "sad": "sad: muted colours, soft grey light, room around the figure",
    "tense": "tense: hard light, deep shadow, tight framing",
    "mysterious": "mysterious: low key, light from one side, much left in the dark",
    "epic": "epic: grand scale, strong light, deep space",
    "playful": "playful: bright colours, lively shapes",
}
MUSIC_WORDS: Final = {
    "calm": "unhurried, open voicings, long notes",
    "tender": "close and warm, a quiet melody over few notes",
    "hopeful": "rising lines, a brightening harmony",
    "joyful": "quick, dancing, major",
    "sad": "slow, minor, sparse, with silence between phrases",
    "tense": "a low pulse, held dissonance, nothing resolves",
    "mysterious": "ambiguous harmony, high tones and low ones with little between",
    "epic": "broad, full, driving, a strong theme",
    "playful": "light, plucked and staccato, with small surprises",
}
DELIVERY_WORDS: Final = {
    "plain": "as ordinary speech, close to the microphone",
    "voice_over": "as a voice-over: intimate, to the listener alone, unhurried",
    "off_screen": "from outside the picture: a little further off, a little louder",
    "radio": "over a radio: clipped and clear, as one speaks into a handset",
    "whisper": "whispered, nearly without voice",
    "shout": "shouted, from the chest",
    "sung": "half sung, on a simple melody",
}
_GARMENTS_PLAIN: Final = frozenset({"", "none"})


def brief_values(request: BaseModel) -> dict[str, object]:
    """What `request` asks for, as the values that the prompts of its kind take. {} for a request of a kind that is nobody's here."""
    if isinstance(request, ShotRequest):
        return _shot(request)
    if isinstance(request, SpeechRequest):
        return _speech(request)
    if isinstance(request, ComposeRequest):
        return _cue(request)
    if isinstance(request, AmbienceRequest | EffectsRequest):
        return _place(request) | (
            {"action": request.action} if isinstance(request, EffectsRequest) else {"seconds": request.seconds}
        )
    if isinstance(request, SheetRequest):
        return {**_design(request.design), "aspect": _aspect(request.width_px, request.height_px)}
    if isinstance(request, WriteRequest):
        return _draft(request)
    if isinstance(request, CastBrief):
        return request.model_dump(exclude={"lines"})
    return {}


# ── pictures ────────────────────────────────────────────────────────────────────────────────────────────────
def _shot(request: ShotRequest) -> dict[str, object]:
    cast = [_staged(each) for each in request.cast]
    seen = {each.design.name for each in request.cast}
    ordered = [each.name for each in request.present if each.name in seen]
    references = request.references if isinstance(request, PaintRequest | ClipRequest) else ()
    is_clip = isinstance(request, ClipRequest)
    return {
        **_place(request),
        "size": request.size,
        "size_words": SIZE_WORDS[request.size],
        "angle": request.angle,
        "angle_words": ANGLE_WORDS[request.angle],
        "mood": request.mood,
        "mood_words": MOOD_WORDS[request.mood],
        "action": request.action,
        "cast": cast,
        "names": [each.design.name for each in request.cast],
        "speakers": [each for each in cast if each["speaking"]],
        "left_to_right": ordered if len(ordered) > 1 else [],
        "seconds": request.seconds,
        "aspect": _aspect(request.width_px, request.height_px),
        "references": [_reference(each, number) for number, each in enumerate(references, 1)],
        "first_frame": is_clip and bool(request.first_frame),  # type: ignore[attr-defined]
        "last_frame": is_clip and bool(request.last_frame),  # type: ignore[attr-defined]
        "extends": is_clip and bool(request.extends or request.extends_remote),  # type: ignore[attr-defined]
    }


def _place(request: ShotRequest | AmbienceRequest | EffectsRequest) -> dict[str, object]:
    return {
        "interior": request.interior,
        "where": "interior" if request.interior else "exterior",
        "place": request.place,
        "time_of_day": request.time_of_day,
        "time_words": TIME_WORDS[request.time_of_day],
        "weather": request.weather,
        "weather_words": WEATHER_WORDS[request.weather],
    }


def _staged(staged: Staged) -> dict[str, object]:
    return {
        "name": staged.design.name,
        "look": design_words(staged.design),
        "kind": staged.design.kind,
        "line": staged.line,
        "manner": staged.parenthetical,
        "speaking": staged.speaking,
    }


def _reference(reference: Reference, number: int) -> dict[str, object]:
    return {"number": number, "role": reference.role, "name": reference.name}


def _aspect(width_px: int, height_px: int) -> str:
    shared = gcd(width_px, height_px) or 1
    wide, high = width_px // shared, height_px // shared
    return f"{wide}:{high}" if wide <= 32 and high <= 32 else f"{width_px / max(height_px, 1):.2f}:1"


def _design(design: Design) -> dict[str, object]:
    return {
        "name": design.name,
        "kind": design.kind,
        "look": design_words(design),
        "age": design.age,
        "gender": design.gender,
        "height_m": design.height_m,
        "palette": [colour_word(each) for each in design.palette],
    }


@lru_cache(maxsize=1_024)  # the same few designs stand in thousands of shots
def design_words(design: Design) -> str:
    """How a character looks, in a line of prose: "an old woman, broad, with grey hair in a bun, in a yellow raincoat". The name is not in it."""
    parts = [_who(design), *_head(design), *_clothes(design)]
    return ", ".join(part for part in parts if part)


def _who(design: Design) -> str:
    age = {"adult": "grown", "teen": "teenage", "child": "small", "young": "young", "old": "old"}[design.age]
    if design.kind != "person":
        return _a(f"{age + ' ' if design.age not in ('adult',) else ''}{design.kind}")
    who = {
        ("child", "woman"): "a girl of about nine",
        ("child", "man"): "a boy of about nine",
        ("child", "neutral"): "a child of about nine",
        ("teen", "woman"): "a teenage girl of about sixteen",
        ("teen", "man"): "a teenage boy of about sixteen",
        ("teen", "neutral"): "a teenager of about sixteen",
        ("young", "woman"): "a young woman in her twenties",
        ("young", "man"): "a young man in his twenties",
        ("young", "neutral"): "a young person in their twenties",
        ("adult", "woman"): "a woman of about forty",
        ("adult", "man"): "a man of about forty",
        ("adult", "neutral"): "a person of about forty",
        ("old", "woman"): "an old woman of about seventy",
        ("old", "man"): "an old man of about seventy",
        ("old", "neutral"): "an old person of about seventy",
    }[design.age, design.gender]
    build = {"slim": ", slim", "broad": ", broad-shouldered", "round": ", round", "average": ""}[design.build]
    tall = ", tall" if design.height_m >= 1.88 else ", short" if design.age in ("adult", "old") and design.height_m <= 1.55 else ""
    return who + build + tall


def _head(design: Design) -> list[str]:
    if design.kind != "person":
        return []
    hair = design.hair_style.replace("_", " ")
    shade = colour_word(design.hair, of="hair")
    styled = {
        "bald": "bald",
        "bun": f"{shade} hair in a bun",
        "bob": f"{shade} hair in a bob",
        "ponytail": f"{shade} hair in a ponytail",
        "braid": f"{shade} hair in a braid",
    }.get(hair, f"{hair} {shade} hair")
    face = {
        "none": "",
        "beard": f"{'white' if shade == 'white' else shade} beard",
        "moustache": f"{shade} moustache",
        "stubble": "stubble",
    }
    return [
        f"{skin_word(design.skin)} skin",
        styled,
        face[design.facial_hair] and _a(face[design.facial_hair]),
        "glasses" if design.glasses else "",
    ]


def _clothes(design: Design) -> list[str]:
    if design.kind != "person":
        main, accent = colour_word(design.garment_colour), colour_word(design.accent_colour)
        return [f"mostly {main}" + (f" with {accent}" if accent != main else "")]
    garment = design.garment.replace("_", " ")
    accent = colour_word(design.accent_colour)
    worn = "" if garment in _GARMENTS_PLAIN else f"wearing {_a(f'{colour_word(design.garment_colour)} {garment}')}"
    below = "" if garment in ("dress", "robe", "gown", "coat", "spacesuit") else f"{colour_word(design.trouser_colour)} trousers"
    head = design.headwear.replace("_", " ")
    return [worn, below, "" if head in _GARMENTS_PLAIN else f"{_a(f'{accent} {head}')} on the head"]


def _a(words: str) -> str:
    words = words.strip()
    return f"{'an' if words[:1].lower() in 'aeiou' else 'a'} {words}"


# ── sound ───────────────────────────────────────────────────────────────────────────────────────────────────
def _speech(request: SpeechRequest) -> dict[str, object]:
    return {
        "text": request.text,
        "voice": request.voice.name,
        "voice_words": request.voice.description,
        "delivery": request.delivery,
        "delivery_words": DELIVERY_WORDS[request.delivery],
        "parenthetical": request.parenthetical.strip("() "),
        "language": request.language,
    }


def _cue(request: ComposeRequest) -> dict[str, object]:
    sections: list[Mapping[str, object]] = []
    start = 0.0
    for number, each in enumerate(request.sections, 1):
        sections.append(
            {
                "number": number,
                "mood": each.mood,
                "mood_words": MUSIC_WORDS[each.mood],
                "seconds": each.seconds,
                "starts": _clock(start),
                "ends": _clock(start + each.seconds),
            }
        )
        start += each.seconds
    return {
        "sections": sections,
        "seconds": start,
        "moods": list(dict.fromkeys(each.mood for each in request.sections)),
        "closing": request.closing,
    }


def _clock(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────
def _draft(request: WriteRequest) -> dict[str, object]:
    return {"title": request.title, "logline": request.logline, "tone": request.tone, "seconds": request.seconds}

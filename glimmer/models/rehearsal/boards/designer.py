"""The rehearsal designer: how a character looks, from the words a script gives it, and invented with taste where it gives none.

A DesignerModel. Words win ("60s, white braid, yellow oilskin"); what they leave open follows from the name, so the same name is the same
person; and against the cast already designed it keeps another silhouette, another hair, and a garment whose hue is 40 degrees away.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Sequence
from typing import Final, Literal

from glimmer.models.interface import CastBrief, Design
from glimmer.models.rehearsal.boards.acting_words import seed_of
from glimmer.models.rehearsal.boards.creatures import CREATURES, creature_kind
from glimmer.models.rehearsal.boards.designer_words import Words, read_words
from glimmer.models.rehearsal.boards.light import mix

__all__ = ["RehearsalDesigner", "hue_distance"]

_SKINS: Final = ("#f3cfb3", "#e8b48e", "#d79a6f", "#c08457", "#a56a43", "#84502f", "#6a3d26", "#f0c19c", "#b97a50", "#dba97c")
_HAIRS: Final = ("#231a18", "#3b2720", "#5a3a26", "#7b4a28", "#8f3b1f", "#b98a4a", "#d3ab66", "#17151a", "#4a2a22")
_DARK_HAIRS: Final = ("#1c1719", "#2a1d1a", "#33231d", "#17151a")
_GREYS: Final = ("#d8d4cc", "#b7b2ab", "#8f8a86", "#e6e2da")
_GARMENT_COLOURS: Final = (  # of one family: muted, warm-leaning, each clear in value against paper and night
    "#c8553d", "#d98e2b", "#d8b13a", "#7f9a3e", "#3f7f5a", "#2f8585", "#3a6ea5", "#4a5aa8", "#6d4f9c", "#9a4a86", "#b8426a", "#8a5a3c",
)  # fmt: skip
_ACCENTS: Final = ("#f0dcae", "#e8b84b", "#d96b4a", "#5aa7a0", "#f2efe6", "#c9576b", "#7fb0d6", "#a8c36a")
_TROUSERS: Final = ("#2f3647", "#4a3f38", "#3c4a44", "#5a4a5c", "#6b5a44", "#27303c", "#44526a")
_STYLES: Final[dict[str, tuple[str, ...]]] = {
    "woman": ("long", "bob", "bun", "wavy", "ponytail", "curly", "braid", "pixie", "afro", "topknot", "curls"),
    "man": ("short", "cropped", "quiff", "side_part", "curly", "slicked", "spiky", "receding", "dreadlocks", "afro", "topknot"),
    "neutral": ("bob", "short", "curly", "ponytail", "side_part", "wavy", "pixie", "afro"),
    "girl": ("pigtails", "braids", "bob", "ponytail", "curls", "long"),
    "boy": ("bowl", "curly", "spiky", "short", "side_part", "afro"),
    "granny": ("bun", "bob", "curly", "braid", "long"),
    "grandpa": ("receding", "bald", "tonsure", "slicked", "short"),
}
_GARMENTS: Final[dict[str, tuple[str, ...]]] = {
    "woman": ("coat", "dress", "jumper", "blazer", "shirt", "skirt", "cardigan", "hoodie", "denim"),
    "man": ("jacket", "shirt", "coat", "jumper", "suit", "vest", "hoodie", "suspenders", "leather"),
    "neutral": ("jumper", "jacket", "coat", "shirt", "hoodie", "cardigan"),
    "child": ("jumper", "hoodie", "overalls", "t-shirt", "stripes", "raincoat"),
    "old": ("cardigan", "coat", "vest", "jumper", "shirt"),
}
_FACES: Final = ("none", "none", "beard", "stubble", "moustache", "none", "none")
_BUILDS: Final[tuple[Literal["slim", "average", "broad", "round"], ...]] = ("average", "slim", "broad", "round", "average", "slim")
_HEIGHTS: Final = {"child": (1.12, 1.32), "teen": (1.52, 1.68), "young": (1.66, 1.82), "adult": (1.64, 1.84), "old": (1.56, 1.74)}


def _hls(colour: str) -> tuple[float, float, float]:
    return colorsys.rgb_to_hls(*(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)))


def hue_distance(a: str, b: str) -> float:
    """Degrees between two colours' hues, 0 .. 180. A grey is far from any hue."""
    (h1, l1, s1), (h2, l2, s2) = _hls(a), _hls(b)
    if min(s1, s2) < 0.12:
        return 180.0 if abs(l1 - l2) > 0.25 or max(s1, s2) >= 0.12 else 0.0
    apart = abs(h1 - h2) * 360
    return min(apart, 360 - apart)


class RehearsalDesigner:
    """Designs cast members from words and names alone. The same brief beside the same others gives the same design."""

    name = "rehearsal/designer"
    version = "2"

    def design(self, brief: CastBrief, *, others: Sequence[Design] = ()) -> Design:
        """A design that follows the brief's words and is told apart at a glance from `others`."""
        words = read_words(brief)
        if words.kind != "person":
            return _creature(brief, words, others)
        return _person(brief, words, tuple(o for o in others if o.name != brief.name))


def _pick(options: Sequence[str], taken: Sequence[str], seed: int) -> str:
    """The option the seed falls on, else the next that nobody has; the seed's own when all are taken."""
    fresh = [options[(seed + i) % len(options)] for i in range(len(options)) if options[(seed + i) % len(options)] not in taken]
    return fresh[0] if fresh else options[seed % len(options)]


def _person(brief: CastBrief, words: Words, others: tuple[Design, ...]) -> Design:
    seed = seed_of(brief.name, "design")
    age, gender = words.age, words.gender or ("woman" if seed % 2 else "man")
    people = [o for o in others if o.kind == "person"]
    skin = words.skin or _pick(_SKINS, [o.skin for o in people[-5:]], seed >> 3)
    hair_style = words.hair_style or _pick(_STYLES[_hair_group(age, gender)], [o.hair_style for o in people], seed >> 5)
    garment = words.garment or _pick(_GARMENTS[_dress_group(age, gender)], [o.garment for o in people], seed >> 7)
    colour = words.garment_colour or _garment_colour(seed >> 9, people)
    hair = words.hair or _hair_colour(age, skin, seed >> 11, people)
    accent = words.accent or _accent(colour, seed >> 13)
    trousers = colour if garment in ("spacesuit", "scrubs", "pyjamas") else _pick(_TROUSERS, [o.trouser_colour for o in people[-3:]], seed >> 15)
    build = words.build or _build(age, seed >> 17, people)
    low, high = _HEIGHTS[age]
    tall = low + (high - low) * ((seed >> 4) % 100) / 99 - (0.07 if gender == "woman" and age in ("young", "adult", "old") else 0.0)
    bearded = words.facial_hair or (
        _FACES[(seed >> 6) % len(_FACES)] if gender == "man" and age in ("young", "adult", "old") else "none"
    )
    return Design(
        name=brief.name, kind="person", age=age, gender=gender, height_m=round(words.height_m or tall, 2), build=build, skin=skin, hair=hair,
        hair_style=hair_style, facial_hair=bearded, glasses=words.glasses if words.glasses is not None else (seed >> 8) % 6 == 0,
        headwear=words.headwear or "none", garment=garment, garment_colour=colour, accent_colour=accent, trouser_colour=trousers,
        palette=(colour, accent, trousers, hair, skin),
    )  # fmt: skip


def _hair_group(age: str, gender: str) -> str:
    if age == "child":
        return "girl" if gender == "woman" else "boy"
    if age == "old":
        return "granny" if gender == "woman" else "grandpa"
    return gender


def _dress_group(age: str, gender: str) -> str:
    return age if age in ("child", "old") else gender


def _garment_colour(seed: int, people: Sequence[Design]) -> str:
    """The palette's colour furthest by hue from those worn, the seed's own where several are far enough."""
    worn = [o.garment_colour for o in people]
    order = [_GARMENT_COLOURS[(seed + i * 5) % len(_GARMENT_COLOURS)] for i in range(len(_GARMENT_COLOURS))]
    far = [c for c in order if all(hue_distance(c, w) >= 40 for w in worn)]
    if far:
        return far[0]
    best = max(order, key=lambda c: min(hue_distance(c, w) for w in worn))
    return mix(best, "#f4ead8" if len(worn) % 2 else "#1e2030", 0.38)  # all hues worn: another value of the least worn


def _hair_colour(age: str, skin: str, seed: int, people: Sequence[Design]) -> str:
    if age == "old":
        return _GREYS[seed % len(_GREYS)]
    dark_skin = _hls(skin)[1] < 0.45
    return _pick(_DARK_HAIRS if dark_skin else _HAIRS, [o.hair for o in people], seed)


def _accent(colour: str, seed: int) -> str:
    """An accent that stands off the garment in hue and in value."""
    order = [_ACCENTS[(seed + i) % len(_ACCENTS)] for i in range(len(_ACCENTS))]
    light = _hls(colour)[1]
    return next((a for a in order if hue_distance(a, colour) > 35 and abs(_hls(a)[1] - light) > 0.12), order[0])


def _build(age: str, seed: int, people: Sequence[Design]) -> Literal["slim", "average", "broad", "round"]:
    if age in ("child", "teen"):
        return "slim" if seed % 3 else "average"
    worn = [o.build for o in people[-2:]]
    options = [_BUILDS[(seed + i) % len(_BUILDS)] for i in range(len(_BUILDS))]
    return next((b for b in options if b not in worn), options[0])


def _creature(brief: CastBrief, words: Words, others: Sequence[Design]) -> Design:
    """A creature in its kind's own colours (skin is its body, hair its markings, garment its belly), moved when another has them."""
    seed = seed_of(brief.name, words.kind)
    known = CREATURES[creature_kind(words.kind)]
    body, markings, belly, accent = known.palette
    body = words.any_colour or body
    if any(o.kind == words.kind and hue_distance(o.skin, body) < 25 for o in others):
        body = mix(body, _GARMENT_COLOURS[seed % len(_GARMENT_COLOURS)], 0.5)
    small = words.age == "child" or re.search(r"\b(small|little|tiny|miniature)\b", brief.description.lower())
    height = words.height_m or known.height_m * (0.6 if small else 1.0)
    return Design(
        name=brief.name, kind=words.kind, age=words.age, gender=words.gender or "neutral", height_m=round(height, 2), build="average",
        skin=body, hair=markings, hair_style="none", garment="none", garment_colour=belly, accent_colour=accent, trouser_colour=markings,
        palette=(body, markings, belly, accent, mix(body, "#14141c", 0.5)),
    )  # fmt: skip

"""The cast: a table of voices made from one model, and the choice of one for a character.

Stands between the script's words on a character (`CastBrief`) and the numbers the shaper works with (`Voice`).
The figures began as those measured for intelligibility: a formant above 1.04 wrecks it, below 0.78 it mumbles.
"""

from __future__ import annotations

import hashlib
import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from glimmer.models.interface import CastBrief, Voice

__all__ = ["PLAIN", "VOICES", "CastVoice", "Colour", "choose", "colour_of", "distance"]


@dataclass(frozen=True)
class Colour:
    """What makes a voice more than its numbers, each 0..1: an old voice's tremor, roughness, a robot's flat comb, a room."""

    tremor: float = 0.0
    rasp: float = 0.0
    metal: float = 0.0
    echo: float = 0.0


PLAIN: Final = Colour()


@dataclass(frozen=True)
class CastVoice:
    """One row of the table: the settings, who may have it, and the words of a description that ask for it."""

    voice: Voice
    group: str  # woman, man, child, robot, ghost, great, small, narrator
    ages: tuple[str, ...]
    words: str = ""
    colour: Colour = PLAIN


def _row(
    name: str,
    group: str,
    ages: str,
    numbers: tuple[float, float, float, float, float],
    words: str = "",
    colour: Colour = PLAIN,
    description: str = "",
) -> CastVoice:
    pitch, pitch_range, formant, breath, speed = numbers
    voice = Voice(
        name=name,
        description=description or words.replace("|", ", "),
        pitch=pitch,
        pitch_range=pitch_range,
        formant=formant,
        breath=breath,
        speed=speed,
    )
    return CastVoice(voice, group, tuple(ages.split()), words, colour)


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# numbers: × pitch, × pitch range, × formant, breath, × speed. The model itself speaks as a woman at 183 Hz.
VOICES: Final[tuple[CastVoice, ...]] = (
    _row("clear woman", "woman", "adult young", (1.00, 1.00, 1.00, 0.00, 1.00), "clear|friendly|open|cheerful"),
    _row("warm woman", "woman", "adult", (0.90, 0.95, 0.965, 0.12, 0.96), "warm|kind|gentle|motherly|tired"),
    _row("bright young woman", "woman", "young teen", (1.13, 1.15, 1.02, 0.05, 1.05), "bright|quick|lively|eager|nervous|student"),
    _row("low woman", "woman", "adult", (0.79, 0.85, 0.935, 0.05, 0.96), "low|deep|stern|cold|hard|commander|captain|boss|judge"),
    _row("airy woman", "woman", "young adult", (1.06, 0.90, 0.985, 0.55, 0.93), "soft|shy|dreamy|quiet|pale|delicate"),
    _row("brisk woman", "woman", "adult", (0.95, 1.25, 0.98, 0.00, 1.09), "brisk|sharp|busy|doctor|lawyer|reporter|detective"),
    _row("old woman", "woman", "old", (0.86, 1.00, 0.95, 0.45, 0.90), "old|frail|kindly|grandmother|wrinkled", Colour(tremor=0.6)),
    _row("stern old woman", "woman", "old", (0.75, 0.80, 0.92, 0.25, 0.94), "stern|proud|severe|queen|gruff", Colour(tremor=0.3, rasp=0.25)),
    _row("man", "man", "adult", (0.60, 1.00, 0.86, 0.00, 1.00), "clear|plain|friendly|open|handsome"),
    _row("deep man", "man", "adult", (0.50, 0.90, 0.80, 0.00, 0.93), "deep|big|huge|boss|heavy|powerful|tall|giant|broad|king"),
    _row("young man", "man", "young adult", (0.68, 1.10, 0.90, 0.00, 1.04), "young|lively|eager|boyish|student"),
    _row("soft man", "man", "adult young", (0.64, 0.80, 0.88, 0.40, 0.94), "soft|gentle|shy|quiet|kind|tired|sad|thin"),
    _row("gruff man", "man", "adult old", (0.53, 0.90, 0.835, 0.10, 0.97), "gruff|rough|weathered|sailor|soldier|burly|scarred|bearded|gravel|grizzled", Colour(rasp=0.7)),
    _row("light man", "man", "young adult", (0.755, 1.20, 0.915, 0.05, 1.08), "light|quick|nervous|slight|clever|funny|wiry|small"),
    _row("dry man", "man", "adult", (0.565, 0.60, 0.845, 0.05, 1.02), "dry|cold|calm|flat|detective|lawyer|sharp|cynical|suit"),
    _row("old man", "man", "old", (0.585, 1.05, 0.875, 0.40, 0.88), "old|frail|kindly|grandfather|thin|wrinkled", Colour(tremor=0.65)),
    _row("deep old man", "man", "old", (0.51, 0.95, 0.825, 0.25, 0.90), "deep|gruff|stern|proud|sea|captain|weathered", Colour(tremor=0.3, rasp=0.45)),
    _row("boy", "child", "child", (1.20, 1.10, 1.025, 0.00, 1.03), "boy|cheeky|lively|freckled"),
    _row("girl", "child", "child", (1.32, 1.10, 1.03, 0.00, 1.00), "girl|bright|curious"),
    _row("small child", "child", "child", (1.40, 1.25, 1.04, 0.15, 0.90), "small|little|tiny|shy|baby|five|six"),
    _row("teenage boy", "man", "teen", (0.82, 1.05, 0.935, 0.05, 1.05), "lanky|awkward|boy|hoodie"),
    _row("teenage girl", "woman", "teen", (1.16, 0.95, 1.01, 0.00, 1.08), "girl|bored|sarcastic|punk"),
    _row("robot", "robot", "", (0.88, 0.12, 0.97, 0.00, 0.97), "friendly|small", Colour(metal=0.7)),
    _row("deep robot", "robot", "", (0.56, 0.15, 0.84, 0.00, 0.92), "big|huge|deep|old|war|menacing|rusty", Colour(metal=0.9)),
    _row("ghost", "ghost", "", (0.94, 0.80, 0.96, 0.80, 0.84), "pale|soft|sad|woman|child", Colour(echo=0.7, tremor=0.3)),
    _row("deep ghost", "ghost", "", (0.58, 0.70, 0.86, 0.75, 0.82), "dark|old|man|king|angry", Colour(echo=0.8, tremor=0.3)),
    _row("great creature", "great", "", (0.45, 1.15, 0.78, 0.15, 0.84), "huge|vast|ancient|old|gentle|whale|elephant|tree|giant|dragon|turtle", Colour(rasp=0.2, echo=0.3)),
    _row("growling creature", "great", "", (0.52, 1.10, 0.82, 0.20, 0.95), "wild|fierce|hungry|angry|dark|rough|wolf|bear|dog|monster|lion|tiger|alien|beast", Colour(rasp=0.9)),
    _row("small creature", "small", "", (1.46, 1.30, 1.04, 0.05, 1.10), "tiny|little|quick|nervous|bright"),
    _row("sly creature", "small", "", (1.10, 1.40, 0.98, 0.35, 0.98), "sly|clever|soft|old|wise|slow", Colour(rasp=0.15)),
    _row("narrator", "narrator", "", (0.635, 1.10, 0.868, 0.08, 0.95), "man|deep|calm", description="a calm, close storyteller"),
    _row("narrator, a woman", "narrator", "", (0.925, 1.05, 0.972, 0.10, 0.95), "woman|soft|warm", description="a warm, close storyteller"),
)  # fmt: skip

_KINDS: Final[tuple[tuple[str, str], ...]] = (
    ("robot", r"robot|android|cyborg|computer|machine|\ba\.?i\.?\b|drone|automaton|probe|satellite|toaster|\bbot\b|hologram"),
    ("ghost", r"ghost|spirit|phantom|spectre|specter|wraith|angel|shadow|the dead|\bdeath\b|wind\b|voice of"),
    ("great", (r"whale|dragon|bear|elephant|giant|monster|troll|ogre|lion|tiger|wolf|horse|bull|\bcow\b|\box\b|hippo|rhino|gorilla|\bdog\b|hound|shark|"
              r"dinosaur|golem|beast|kraken|mountain|\btree\b|oak|walrus|crocodile|alien|demon|devil|werewolf|yeti")),
    ("small", (r"mouse|\brat\b|\bcat\b|kitten|puppy|bird|sparrow|crow|raven|owl|parrot|gull|rabbit|hare|fox|fairy|pixie|elf|imp|goblin|gnome|squirrel|hedgehog|"
              r"frog|toad|turtle|lizard|fish|octopus|crab|insect|\bbee\b|\bant\b|spider|butterfly|penguin|duck|chick|goose|lamb|monkey|snail|doll|toy|puppet")),
)  # fmt: skip
_NARRATOR: Final = re.compile(r"narrat|storyteller|announcer|\bv\.?o\.?\b|voice ?over", re.IGNORECASE)
_WOMAN: Final = re.compile(
    r"\b(she|her|woman|girl|lady|mother|mom|mum|mama|sister|aunt|grandmother|grandma|granny|queen|princess|wife|widow|daughter|nun|witch|"
    r"mrs|ms|miss|madam|waitress|actress|nurse|heroine|bride|goddess|duchess|empress|saleswoman|policewoman|girlfriend|niece)\b", re.IGNORECASE
)  # fmt: skip
_MAN: Final = re.compile(
    r"\b(he|his|him|man|boy|gentleman|father|dad|papa|brother|uncle|grandfather|grandpa|king|prince|husband|widower|son|priest|wizard|"
    r"mr|sir|waiter|actor|hero|groom|god|duke|emperor|lord|fisherman|policeman|fireman|salesman|soldier|sailor|boyfriend|nephew|guy)\b", re.IGNORECASE
)  # fmt: skip
_AGES: Final = (
    ("child", re.compile(r"\b(child|kid|little (?:girl|boy)|baby|toddler|five|six|seven|eight|nine|ten|eleven|twelve)\b|^\W*(?:aged? )?(?:[4-9]|1[0-2])\b", re.IGNORECASE)),
    ("teen", re.compile(r"\b(teen\w*|1[3-9]|thirteen|fourteen|fifteen|sixteen|seventeen)\b", re.IGNORECASE)),
    ("old", re.compile(r"\b(old|elderly|aged|grand\w+|granny|[6-9]\ds?|sixties|seventies|eighties|nineties|white-haired|retired|ancient)\b", re.IGNORECASE)),
    ("young", re.compile(r"\b(young|2\ds?|twenties|student|youth)\b", re.IGNORECASE)),
    ("adult", re.compile(r"\b([345]\ds?|thirties|forties|fifties|middle-aged)\b", re.IGNORECASE)),
)  # fmt: skip
# First names that end against the rule of thumb (a, e, y, i, n after a vowel: woman) used where a script says nothing.
_MEN_BY_NAME: Final = _words(
    "jonas emil tomas bruno otto silas anton kofi luca joshua elia elias ezra noah jonah luke mike jake dave steve pete george joe zeke kyle blake lee dale wayne pierre andre jose "
    "harry henry barry larry jerry terry tommy bobby billy johnny jimmy danny tony andy randy roy ray jay troy guy toby rory louis levi eli "
    "ali omar ravi hari yuki kenji akira hiro sasha misha kolya vanya nikita mustafa issa musa isaiah joshua jeremiah zachary gregory anthony"
)  # fmt: skip
_WOMEN_BY_NAME: Final = _words(
    "ines nell odile tove runa alice beatrice grace rose kate jane anne claire eve chloe zoe phoebe irene elise louise sophie marie charlotte jasmine violet ruth "
    "elizabeth judith edith esther helen karen susan carol carmen megan joan jean ellen robin kim margaret harriet bridget scarlet janet iris "
    "doris frances agnes ines pearl hazel april june faith hope joy dawn lauren meg peg mei ming li-hua yasmin miriam tamar rachel hannah sarah"
)  # fmt: skip

# A step in hearing: one semitone, 3 % of throat length, a third of the melody's range or of the breath, 9 % of pace.
TOO_NEAR: Final = 1.5  # nearer than this, the second character gets another voice
FAR_ENOUGH: Final = 2.2  # a variant need not go farther: it should still be the kind of voice that fits


# ── choosing ────────────────────────────────────────────────────────────────────────────────────────────────
def choose(brief: CastBrief, taken: Sequence[Voice]) -> Voice:
    """The voice for `brief`: from the table while one that fits is free, else a variant farthest from those taken.

    The same brief and the same `taken` give the same voice on any machine. A taken name is never given twice.
    """
    names = {voice.name for voice in taken}
    fits = _fits(brief)
    ranked = sorted(VOICES, key=lambda row: (-fits[row.voice.name], row.voice.name))
    fitting = [row for row in ranked if fits[row.voice.name] > fits[ranked[0].voice.name] - 4.0]
    for row in fitting:
        if row.voice.name not in names and distances([row.voice], taken)[0] >= TOO_NEAR:
            return row.voice
    free = [variant for row in fitting[:4] for variant in _variants(row) if variant.voice.name not in names]
    if not free:
        return _one_more(fitting[0].voice, brief, len(taken))
    nearest = np.minimum(distances([variant.voice for variant in free], taken), FAR_ENOUGH)
    best = max(range(len(free)), key=lambda k: (round(float(nearest[k]), 6), -free[k].strangeness, free[k].voice.name))
    return free[best].voice


def colour_of(voice: Voice) -> Colour:
    """The colour that goes with a voice of this table, by its name; a voice of one's own is plain."""
    base = re.sub(r" \d+$", "", voice.name)
    return _colours().get(base, PLAIN)


def distance(one: Voice, other: Voice) -> float:
    """How far apart two voices sound, in steps that are easily told apart."""
    return float(distances([one], [other])[0])


def distances(voices: Sequence[Voice], taken: Sequence[Voice]) -> NDArray[np.float64]:
    """For each voice how far the nearest of `taken` is; 99 where none is taken."""
    if not taken:
        return np.full(len(voices), 99.0)
    apart = _places(voices)[:, None, :] - _places(taken)[None, :, :]
    return np.asarray(np.sqrt((apart**2).sum(axis=2)).min(axis=1), np.float64)


def _places(voices: Sequence[Voice]) -> NDArray[np.float64]:
    rows = [
        (12 * math.log2(max(v.pitch, 0.05)) / 1.0, v.formant / 0.03, v.pitch_range / 0.35, v.breath / 0.35, v.speed / 0.09)
        for v in voices
    ]
    return np.asarray(rows, np.float64)


@lru_cache(maxsize=1)
def _colours() -> dict[str, Colour]:
    return {row.voice.name: row.colour for row in VOICES}


def _fits(brief: CastBrief) -> dict[str, float]:
    """How well each row suits: group and age decide, the description's words choose within, the name breaks ties."""
    group, age, gender = _group(brief), _age(brief), _gender(brief)
    told = f"{brief.description} {brief.kind} {brief.name} {gender if group in ('narrator', 'ghost') else ''}".lower()
    heard = frozenset(re.findall(r"[a-z]+", told))
    return {row.voice.name: _fit(row, group, age, gender, heard) + 0.8 * _chance(brief.name, row.voice.name) for row in VOICES}


def _fit(row: CastVoice, group: str, age: str, gender: str, heard: frozenset[str]) -> float:
    words = frozenset(row.words.split("|"))
    score = 10.0 if row.group == group else 0.0
    if group == "child" and row.group == "child":
        score += 1.5 * ((gender == "woman" and "girl" in words) or (gender == "man" and "boy" in words))
    if group in ("woman", "man"):
        score += 3.0 if age in row.ages else (-3.0 if "old" in row.ages or "teen" in row.ages or age in ("old", "teen") else 0.0)
    if group == "narrator" and row.voice.name == "narrator" and not gender:
        score += 0.5
    return score + 1.2 * len(words & heard)


def _group(brief: CastBrief) -> str:
    told = f"{brief.kind if brief.kind != 'person' else ''} {brief.name}".lower()
    if _NARRATOR.search(told):
        return "narrator"
    for group, pattern in _KINDS:
        if re.search(pattern, brief.kind.lower()) or (
            brief.kind == "person" and re.search(rf"\b(?:{pattern})s?\b", brief.name.lower())
        ):
            return group
    if brief.kind not in ("person", "") and not _gender(brief):
        return "great" if _chance(brief.name, brief.kind) < 0.5 else "small"
    if _age(brief) == "child":
        return "child"
    return _gender(brief) or ("woman" if _chance(brief.name, "gender") < 0.5 else "man")


def _age(brief: CastBrief) -> str:
    if brief.age:
        return brief.age
    named = re.sub(r"\d", "", brief.name)  # GUARD 5 is not five years old
    return next((age for age, pattern in _AGES if pattern.search(named) or pattern.search(brief.description)), "adult")


def _gender(brief: CastBrief) -> str:
    if brief.gender:
        return brief.gender
    for told in (brief.name.replace("_", " "), brief.description):
        woman, man = _WOMAN.search(told), _MAN.search(told)
        if bool(woman) != bool(man):
            return "woman" if woman else "man"
    return _gender_by_name(brief.name) if brief.kind == "person" else ""


def _gender_by_name(name: str) -> str:
    first = re.split(r"[\s.'’#-]+", name.strip().lower())[0]
    if first in _WOMEN_BY_NAME or first in _MEN_BY_NAME:
        return "woman" if first in _WOMEN_BY_NAME else "man"
    return "woman" if re.search(r"(a|ah|ie|elle|ette|ine|lyn|lynn|ey|ia|i)$", first) else ""


def _chance(*parts: str) -> float:
    """A number in 0..1 that depends on the words alone."""
    return int.from_bytes(hashlib.sha256("\n".join(parts).encode()).digest()[:6]) / 2**48


# ── variants ────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class _Variant:
    """A row's voice moved by steps; `strangeness` is how far it went."""

    voice: Voice
    strangeness: float


@lru_cache(maxsize=len(VOICES))
def _variants(row: CastVoice) -> tuple[_Variant, ...]:
    """The row's variants, within what stays clear; numbered in a fixed order, so that a name is one voice."""
    high = row.voice.formant > 0.99
    steps = itertools.product((0, 1.5, -1.5, 3, -3), (0, 0.035, -0.035, 0.07), (0, 0.3), (0, 0.12, -0.1))
    out = []
    for number, (semitones, formant, breath, speed) in enumerate(steps, start=1):
        pitch = row.voice.pitch * 2 ** (semitones / 12)
        throat = row.voice.formant + (-abs(formant) if high else formant)
        clear = 0.44 <= pitch <= 1.5 and 0.775 <= throat <= 1.04
        if number == 1 or not clear or (row.voice.pitch < 0.8 and pitch > 0.86):
            continue
        changes = {
            "name": f"{row.voice.name} {number}",
            "pitch": round(pitch, 4),
            "formant": round(throat, 4),
            "breath": round(min(0.85, row.voice.breath + breath), 3),
            "speed": round(row.voice.speed + speed, 4),
            "pitch_range": round(row.voice.pitch_range * (1.0 + 0.25 * math.sin(number)), 3),
        }
        voice = row.voice.model_copy(update=changes)
        out.append(_Variant(voice, round(distance(voice, row.voice), 3)))
    return tuple(out)


def _one_more(voice: Voice, brief: CastBrief, taken: int) -> Voice:
    """When even the variants are used up (some hundreds of characters of one kind): a little higher or lower by its name."""
    pitch = voice.pitch * 2 ** ((_chance(brief.name, "one more") - 0.5) * 5 / 12)
    return voice.model_copy(update={"name": f"{voice.name} {1000 + taken}", "pitch": round(max(0.44, min(1.5, pitch)), 4)})

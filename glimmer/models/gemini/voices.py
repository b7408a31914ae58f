"""Voices: Gemini's prebuilt ones, and the choice of one for a character.

The names and their one word of character are Google's (ai.google.dev, speech generation), whether a woman or a man is heard is from the
list of the same voices at Google Cloud (Chirp 3 HD). None is a child's or a creature's: the voice's description says what it plays, and
the speaker tells the server so.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from glimmer.models.interface import CastBrief, Voice

__all__ = ["VOICES", "PrebuiltVoice", "choose", "name_on_server"]


@dataclass(frozen=True)
class PrebuiltVoice:
    """One of the server's voices. suits: what in a script's words asks for it."""

    name: str
    gender: str  # woman, man
    character: str
    ages: tuple[str, ...]
    suits: frozenset[str]


def _row(name: str, gender: str, character: str, ages: str, suits: str) -> PrebuiltVoice:
    return PrebuiltVoice(name, gender, character, tuple(ages.split()), frozenset(suits.split()))


VOICES: Final[tuple[PrebuiltVoice, ...]] = (
    _row("Zephyr", "woman", "bright", "young teen child", "bright cheerful lively girl student sunny curious"),
    _row("Puck", "man", "upbeat", "young teen child", "upbeat boy cheeky funny playful clown small quick imp mouse squirrel bird"),
    _row("Charon", "man", "informative", "adult", "calm narrator storyteller doctor teacher reporter deep announcer death"),
    _row("Kore", "woman", "firm", "adult", "firm strong captain boss commander detective judge mother lawyer"),
    _row("Fenrir", "man", "excitable", "young adult", "excitable wild fierce nervous angry wolf dog monster inventor"),
    _row("Leda", "woman", "youthful", "child teen young", "girl child little young daughter princess shy fairy doll kitten"),
    _row("Orus", "man", "firm", "adult", "firm captain soldier boss strong stern officer king"),
    _row("Aoede", "woman", "breezy", "young adult", "breezy light singer dreamy free wind artist"),
    _row("Callirrhoe", "woman", "easy-going", "adult young", "easy relaxed friendly waitress neighbour barista"),
    _row("Autonoe", "woman", "bright", "adult young", "bright clever quick scientist engineer reporter pilot"),
    _row("Enceladus", "man", "breathy", "adult old", "breathy tired pale ghost sad whisper dying spirit whale"),
    _row("Iapetus", "man", "clear", "adult young", "clear plain honest pilot scientist robot computer lawyer"),
    _row("Umbriel", "man", "easy-going", "adult", "easy relaxed father friend cook farmer barman bear"),
    _row("Algieba", "man", "smooth", "adult", "smooth charming handsome rich spy salesman fox vampire"),
    _row("Despina", "woman", "smooth", "adult", "smooth elegant charming rich singer queen spy cat"),
    _row("Erinome", "woman", "clear", "adult young", "clear plain honest doctor scientist robot computer nurse"),
    _row("Algenib", "man", "gravelly", "old adult", "gravelly gruff rough weathered sailor fisherman keeper pirate dragon giant troll"),
    _row("Rasalgethi", "man", "informative", "adult old", "teacher professor historian narrator guide father"),
    _row("Laomedeia", "woman", "upbeat", "young adult", "upbeat cheerful funny eager friend sister playful bird"),
    _row("Achernar", "woman", "soft", "adult young", "soft quiet shy gentle sad pale ghost spirit mother angel"),
    _row("Alnilam", "man", "firm", "adult", "firm stern commander general villain detective cold priest"),
    _row("Schedar", "man", "even", "adult", "even calm dry flat lawyer robot android machine computer butler"),
    _row("Gacrux", "woman", "mature", "old adult", "old mature grandmother wise elderly queen stern witch turtle"),
    _row("Pulcherrima", "woman", "forward", "adult young", "forward bold brave fierce rebel actress heroine pirate"),
    _row("Achird", "man", "friendly", "young adult teen", "friendly kind brother neighbour postman open hero son"),
    _row("Zubenelgenubi", "man", "casual", "young teen adult", "casual cool lanky teenager musician lazy skater"),
    _row("Vindemiatrix", "woman", "gentle", "adult old", "gentle kind tender grandmother nurse nun elderly whale tree"),
    _row("Sadachbia", "man", "lively", "young teen child", "lively quick funny small eager boy parrot student robot"),
    _row("Sadaltager", "man", "knowledgeable", "old adult", "old wise professor wizard elderly grandfather scholar owl turtle"),
    _row("Sulafat", "woman", "warm", "adult", "warm kind mother friend motherly narrator storyteller baker"),
)  # fmt: skip
_BY_NAME: Final = {voice.name.casefold(): voice for voice in VOICES}

_WOMAN: Final = re.compile(
    r"\b(she|her|woman|women|girl|lady|mother|mum|mom|sister|aunt|grandmother|grandma|granny|queen|princess|wife|widow|daughter|witch|mrs|ms|miss|"
    r"waitress|actress|heroine|bride|goddess|duchess|empress|female)\b", re.IGNORECASE
)  # fmt: skip
_MAN: Final = re.compile(
    r"\b(he|his|him|man|men|boy|gentleman|father|dad|brother|uncle|grandfather|grandpa|king|prince|husband|widower|son|wizard|mr|sir|waiter|actor|"
    r"groom|god|duke|emperor|lord|fisherman|guy|male)\b", re.IGNORECASE
)  # fmt: skip
_AGES: Final = (
    ("child", re.compile(r"\b(child|kid|little (?:girl|boy)|toddler|boy|girl|[4-9]|1[0-2])\b", re.IGNORECASE)),
    ("teen", re.compile(r"\b(teen\w*|1[3-9])\b", re.IGNORECASE)),
    ("old", re.compile(r"\b(old|elderly|aged|grand\w+|[6-9]\ds?|ancient)\b", re.IGNORECASE)),
    ("young", re.compile(r"\b(young|2\ds?|student|youth)\b", re.IGNORECASE)),
)
_PLAYED: Final = {
    "child": "played as a child",
    "teen": "played as a teenager",
    "young": "young",
    "adult": "",
    "old": "played as old",
}
_LOW_PITCH: Final = 0.775  # of rehearsal's own voice, 183 Hz: its men's voices lie under it


def choose(brief: CastBrief, taken: Sequence[Voice]) -> Voice:
    """The voice for `brief`: the one that fits best of those nobody has; when all thirty are taken, the one that fewest have.

    The same brief and the same `taken` give the same voice on any machine.
    """
    held = [name_on_server(voice) for voice in taken]
    fits = _fits(brief)
    best = min(VOICES, key=lambda voice: (held.count(voice.name), -fits[voice.name], voice.name))
    return Voice(name=best.name, description=_described(best, brief))


@lru_cache(maxsize=512)
def name_on_server(voice: Voice) -> str:
    """The server's name for a voice: its own, or for a voice of another cast (rehearsal's) the one that comes nearest to its words."""
    own = _BY_NAME.get(voice.name.strip().casefold())
    if own is not None:
        return own.name
    told = f"{voice.name} {voice.description}"
    gender = _gender(told) or ("man" if voice.pitch < _LOW_PITCH else "")
    fits = _fits(CastBrief(name=voice.name, description=told, gender="man" if gender == "man" else "woman" if gender else ""))
    return max(fits, key=lambda name: (fits[name], name))


def _described(voice: PrebuiltVoice, brief: CastBrief) -> str:
    """What a person is told of it, and the server too: "firm, a woman's voice, played as a robot"."""
    played = "" if brief.kind in ("person", "") else f"played as a {brief.kind}"
    return ", ".join(part for part in (voice.character, f"a {voice.gender}'s voice", _PLAYED[_age(brief)], played) if part)


def _fits(brief: CastBrief) -> dict[str, float]:
    """How well each suits: gender above all, then age, then the words; the name breaks ties."""
    gender = brief.gender or _gender(brief.name.replace("_", " ")) or _gender(brief.description)
    if not gender and brief.kind == "person":
        gender = _gender_by_name(brief.name)
    age = _age(brief)
    told = frozenset(re.findall(r"[a-z]+", f"{brief.name} {brief.description} {brief.kind}".lower()))
    return {
        voice.name: 10.0 * (voice.gender == gender)
        + (2.0 if voice.ages[0] == age else 1.0 if age in voice.ages else 0.0)
        + 1.5 * len(told & (voice.suits | {voice.character}))
        + 0.9 * _chance(brief.name, voice.name)
        for voice in VOICES
    }


def _age(brief: CastBrief) -> str:
    if brief.age:
        return brief.age
    named = re.sub(r"\d", "", brief.name)  # GUARD 5 is not five years old
    return next((age for age, words in _AGES if words.search(named) or words.search(brief.description)), "adult")


def _gender(told: str) -> str:
    """What the words say; "" where they say nothing, or both."""
    woman, man = _WOMAN.search(told), _MAN.search(told)
    return "" if bool(woman) == bool(man) else "woman" if woman else "man"


def _gender_by_name(name: str) -> str:
    """A rule of thumb for first names, where a script says nothing at all."""
    first = re.split(r"[\s.'’#_-]+", name.strip().lower())[0]
    return "woman" if re.search(r"(?:[^ck]a|ah|ie|elle|ette|ine|lyn|lynn|ey|ice|ace|ose|nne|[^v]y)$", first) else "man"


def _chance(*parts: str) -> float:
    """A number in 0..1 that depends on the words alone."""
    return int.from_bytes(hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).digest()[:6]) / 2**48

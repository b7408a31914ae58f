"""The verbs of the cutting room, as a conversation may use them: a list that is closed, each with the arguments it takes.

A verb is a word for a person ("trim_head"), what it needs, and what it does to a cut; the cut's own verbs check the rest. To add one, add
a row to VERBS and its name to CutVerb.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, Literal, get_args

from glimmer.assembly import Assembly
from glimmer.errors import InputError, NotFound
from glimmer.film_tool_words import frames_at, place_at

__all__ = ["CutArguments", "CutVerb", "VERBS", "edited", "verb_help"]

CutVerb = Literal[
    "trim_head", "trim_tail", "extend_head", "extend_tail", "remove", "move_before", "move_after", "split", "dissolve", "wipe", "push", "dip",
    "fade_in", "fade_out", "cut_hard", "speed", "reverse", "freeze", "reframe", "fit", "opacity", "gain", "mute", "unmute", "duck", "pan",
    "j_cut", "l_cut", "title", "lower_third", "credits", "captions", "mark", "unmark", "use_take",
]  # fmt: skip

# What people call a track. A3 and A4 have one role; their names tell them apart (docs/edit.md).
_TRACKS: Final = {
    "music": "A2", "score": "A2", "soundtrack": "A2",
    "dialogue": "A1", "dialog": "A1", "voices": "A1", "voice": "A1", "lines": "A1", "speech": "A1",
    "air": "A3", "ambience": "A3", "effects": "A4", "fx": "A4", "picture": "V1", "pictures": "V1",
}  # fmt: skip


@dataclass(frozen=True)
class CutArguments:
    """What was given with a verb. Empty values were not given."""

    clip: str = ""
    other: str = ""
    frames: int = 0
    seconds: float = 0.0
    at: str = ""
    amount: float | None = None
    word: str = ""
    text: str = ""


@dataclass(frozen=True)
class _Given:
    """The same, read for one cut."""

    cut: Assembly
    clip: str
    other: str
    frames: int
    at: int | str
    amount: float | None
    word: str
    text: str

    @property
    def length(self) -> dict[str, Any]:
        """frames=… for verbs that have a length of their own."""
        return {"frames": self.frames} if self.frames else {}

    def number(self, usual: float) -> float:
        return usual if self.amount is None else self.amount

    @property
    def strength(self) -> dict[str, Any]:
        return {} if self.amount is None else {"strength": self.amount}

    def named(self, name: str) -> dict[str, Any]:
        """name=word, where a word was given."""
        return {name: self.word} if self.word else {}


@dataclass(frozen=True)
class Verb:
    """needs: the arguments without which it can't be. does: the cut that it makes. told: how a model is told of it."""

    needs: tuple[str, ...]
    does: Callable[[Assembly, _Given], Assembly]
    told: str


VERBS: Final[dict[str, Verb]] = {
    "trim_head": Verb(("clip", "length"), lambda cut, on: cut.trim(on.clip, head=on.frames), "take frames off a clip's beginning"),
    "trim_tail": Verb(("clip", "length"), lambda cut, on: cut.trim(on.clip, tail=on.frames), "take frames off its end"),
    "extend_head": Verb(("clip", "length"), lambda cut, on: cut.trim(on.clip, head=-on.frames), "let it begin earlier in its take"),
    "extend_tail": Verb(("clip", "length"), lambda cut, on: cut.trim(on.clip, tail=-on.frames), "let it go on longer"),
    "remove": Verb(("clip",), lambda cut, on: cut.remove(on.clip), "take a clip out and close the gap"),
    "move_before": Verb(("clip", "other"), lambda cut, on: cut.move(on.clip, before=on.other), "lay clip before other"),
    "move_after": Verb(("clip", "other"), lambda cut, on: cut.move(on.clip, after=on.other), "lay clip after other"),
    "split": Verb(("clip", "at"), lambda cut, on: cut.split(on.clip, on.at), "cut a clip in two at a time of the film"),
    "dissolve": Verb(("clip", "other"), lambda cut, on: cut.dissolve(on.clip, on.other, **on.length), "melt clip into other"),
    "wipe": Verb(
        ("clip", "other"),
        lambda cut, on: cut.wipe(on.clip, on.other, **on.length, **on.named("direction")),
        "wipe from clip to other; word: left, right, up, down",
    ),
    "push": Verb(
        ("clip", "other"),
        lambda cut, on: cut.push(on.clip, on.other, **on.length, **on.named("direction")),
        "other pushes clip out; word as for wipe",
    ),
    "dip": Verb(
        ("clip", "other"),
        lambda cut, on: cut.dip(on.clip, on.other, **on.length, **on.named("colour")),
        "through black (word: white) from clip to other",
    ),
    "fade_in": Verb(
        ("clip",), lambda cut, on: cut.fade_in(on.clip, **on.length, **on.named("colour")), "a clip comes out of black, or silence"
    ),
    "fade_out": Verb(("clip",), lambda cut, on: cut.fade_out(on.clip, **on.length, **on.named("colour")), "a clip goes into black"),
    "cut_hard": Verb(("clip",), lambda cut, on: cut.cut_hard(on.clip, on.other or None), "no transition between clip and other"),
    "speed": Verb(("clip", "amount"), lambda cut, on: cut.speed(on.clip, _factor(on)), "amount: 2 twice as fast, 0.5 half (footage, sound)"),
    "reverse": Verb(("clip",), lambda cut, on: cut.reverse(on.clip), "footage runs backwards"),
    "freeze": Verb(("clip", "at", "length"), lambda cut, on: cut.freeze(on.clip, at=on.at, frames=on.frames), "hold footage at a time"),
    "reframe": Verb(
        ("clip",),
        lambda cut, on: cut.reframe(on.clip, **on.named("move"), **on.strength),
        "word: hold, push_in, pull_out, pan_left, pan_right, tilt_up, tilt_down, handheld; amount: how far, 0 to 0.6",
    ),
    "fit": Verb(("clip", "word"), lambda cut, on: cut.fit(on.clip, on.word), "word: fill, fit, auto"),  # type: ignore[arg-type]
    "opacity": Verb(("clip", "amount"), lambda cut, on: cut.opacity(on.clip, on.number(1)), "amount: 0 to 1"),
    "gain": Verb(("clip", "amount"), lambda cut, on: cut.gain(on.clip, _level(on)), "clip or track to amount dB; word louder or softer: by amount"),
    "mute": Verb(("clip",), lambda cut, on: cut.mute(on.clip), "a track silent, or hidden"),
    "unmute": Verb(("clip",), lambda cut, on: cut.unmute(on.clip), "a track heard again"),
    "duck": Verb(
        ("clip",),
        lambda cut, on: cut.duck(on.clip, under=on.other or "A1", by_db=on.number(9)),
        "track clip goes down by amount dB under track other",
    ),
    "pan": Verb(("clip", "amount"), lambda cut, on: cut.pan(on.clip, on.number(0)), "amount: -1 left to 1 right"),
    "j_cut": Verb(("clip", "length"), lambda cut, on: cut.j_cut(on.clip, frames=on.frames), "a clip is heard before it is seen"),
    "l_cut": Verb(("clip", "length"), lambda cut, on: cut.l_cut(on.clip, frames=on.frames), "a clip is heard on under the next"),
    "title": Verb(("text",), lambda cut, on: _titled(cut, on, style="card"), "text as a title at a time or a clip's start"),
    "lower_third": Verb(("text",), lambda cut, on: _titled(cut, on, style="lower_third"), "a name at the lower left; word: what they do"),
    "credits": Verb(("text",), lambda cut, on: cut.credits(on.text, frames=on.frames or _seconds(cut, 8)), "end credits, a row a line"),
    "captions": Verb(("word",), lambda cut, on: cut.captions_as(**_captions(on.word)), "word: lit, plain, none, top, bottom"),
    "mark": Verb(("text",), lambda cut, on: cut.mark(on.clip or on.at, on.text), "a note at a clip or a time"),
    "unmark": Verb(("text",), lambda cut, on: cut.unmark(on.text), "take that note away"),
}  # fmt: skip
_CAPTIONS: Final = {
    "lit": {"look": "lit"}, "plain": {"look": "plain"}, "none": {"look": "none"}, "top": {"position": "top"}, "bottom": {"position": "bottom"},
}  # fmt: skip
_NEEDS: Final = {
    "length": "frames or seconds",
    "clip": "clip",
    "other": "other",
    "at": "at",
    "amount": "amount",
    "word": "word",
    "text": "text",
}


def edited(cut: Assembly, verb: str, given: CutArguments) -> Assembly:
    """The cut that this verb makes. Keeps nothing.

    Raises: NotFound for an unknown verb or clip, InputError for what is missing or can't be; then nothing has changed.
    """
    known = VERBS.get(verb)
    if known is None:
        raise NotFound.among("edit", verb, (each for each in get_args(CutVerb) if each in VERBS))
    read = _read(cut, given)
    if read.amount is not None and not math.isfinite(read.amount):
        raise InputError(f"amount={read.amount} can't be; expected a number, to {known.told}.")
    missing = [_NEEDS[need] for need in known.needs if not _is_given(need, read)]
    if missing:
        raise InputError(
            f"{verb} needs {' and '.join(missing)}; expected, to {known.told}: {', '.join(_NEEDS[each] for each in known.needs)}."
        )
    return known.does(cut, read)


def verb_help() -> str:
    """Every verb with what it needs, a line each, for a model to read."""
    return "\n".join(f"{name}({', '.join(_NEEDS[need] for need in verb.needs)}): {verb.told}" for name, verb in VERBS.items())


def _read(cut: Assembly, given: CutArguments) -> _Given:
    names = [clip.name for clip in cut.clips]
    return _Given(
        cut,
        _clip(cut, given.clip),
        _clip(cut, given.other),
        frames_at(cut.rate, frames=given.frames, seconds=given.seconds),
        place_at(cut.rate, given.at, names) if given.at.strip() else "",
        given.amount,
        given.word.strip().casefold().replace(" ", "_"),
        given.text.strip(),
    )


def _is_given(need: str, read: _Given) -> bool:
    if need == "length":
        return read.frames != 0
    value = getattr(read, need)
    return value is not None and value != ""


def _clip(cut: Assembly, name: str) -> str:
    """A clip or track as the cut calls it: "music" is A2, "last" the last shot of V1, "12" stays a line's number only as "line 12"."""
    wanted = name.strip()
    low = wanted.casefold().removeprefix("the ").removeprefix("shot ").removeprefix("clip ").removeprefix("track ").strip()
    pictures = [clip for track in cut.tracks if track.name == "V1" for clip in track.clips if clip.kind in ("still", "footage")]
    if low in ("first", "last") and pictures:
        return pictures[0 if low == "first" else -1].id
    tracks = {track.name.casefold(): track.name for track in cut.tracks}
    if low in tracks:
        return tracks[low]
    if low in _TRACKS and _TRACKS[low].casefold() in tracks:
        return _TRACKS[low]
    return low if low != wanted.casefold() else wanted


def _factor(on: _Given) -> Fraction:
    return Fraction(on.number(1)).limit_denominator(1000)


def _level(on: _Given) -> float:
    """A level in dB; "louder" and "softer" count from where it is."""
    if on.word not in ("louder", "softer"):
        return on.number(0)
    there = next((track.gain_db for track in on.cut.tracks if track.name == on.clip), None)
    level = on.cut.place(on.clip)[1].gain_db if there is None else there
    return level + (on.number(3) if on.word == "louder" else -on.number(3))


def _titled(cut: Assembly, on: _Given, *, style: Literal["card", "lower_third"]) -> Assembly:
    at, frames = on.at if on.at != "" else on.clip or 0, on.frames or _seconds(cut, 3)
    if style == "lower_third":
        return cut.lower_third(on.text, at=at, frames=frames, role=on.word.replace("_", " "))
    return cut.title_card(on.text, at=at, frames=frames)


def _seconds(cut: Assembly, seconds: int) -> int:
    return frames_at(cut.rate, seconds=float(seconds))


def _captions(word: str) -> dict[str, Any]:
    if word not in _CAPTIONS:
        raise NotFound.among("look of captions", word, _CAPTIONS)
    return _CAPTIONS[word]

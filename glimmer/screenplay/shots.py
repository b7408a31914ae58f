"""The shot list: rules, each a small function with its reason, tried in the order of the tables ACTION_RULES and SPEECH_RULES.

Takes scenes, their air and the cast; gives the scenes back with shots. It lists what a director would shoot on a first reading:
land in the place, meet the people, come closer as the talk goes on, look at the thing that matters, leave wide. A human changes it
afterwards; nothing here is random. Moves of the camera and variety between neighbours are in `camera`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import Final

from glimmer.screenplay import shot_words as words
from glimmer.screenplay.beats import Beat, beats_of
from glimmer.screenplay.bystanders import animals_acting, without_animals
from glimmer.screenplay.camera import Setup, finish
from glimmer.screenplay.ids import Ids
from glimmer.screenplay.mentions import Mentions
from glimmer.screenplay.nouns import CastMember, Line, Scene, Shot
from glimmer.screenplay.pace import MAX_SHOT_SECONDS, MIN_SPEECH_SHOT_SECONDS, action_seconds, speech_seconds
from glimmer.vocabulary import ShotSize

__all__ = ["ACTION_RULES", "SPEECH_RULES", "slate", "with_shots"]

_EXCHANGE_BREAK_WORDS: Final = 14  # action longer than this ends a quick exchange
_AIR_EVERY_TURNS: Final = 7  # in a long talk the two-shot comes back, so that the room is not forgotten
_CLOSING_SECONDS: Final = 3.0


@dataclass(slots=True)
class _Stage:
    """What a rule may look at: the scene, who is who, and what has been shot of it."""

    scene: Scene
    members: Mapping[str, CastMember]
    beats: list[Beat]
    new_place: bool
    at: int = 0
    setups: list[Setup] = field(default_factory=list)
    present: list[str] = field(default_factory=list)
    turns: int = 0  # speeches in the running exchange before this one
    partner: str = ""  # whom the speaker talks to
    together: bool = False  # they have been framed together in this scene

    @property
    def opening(self) -> bool:
        return not self.setups

    @property
    def exterior(self) -> bool:
        return not self.scene.heading.interior

    def kind(self, name: str) -> str:
        return self.members[name].kind if name in self.members else "person"


Rule = Callable[[Beat, _Stage], Setup | None]


def with_shots(scenes: Sequence[Scene], cast: Sequence[CastMember]) -> tuple[Scene, ...]:
    """The scenes with their shots, slated 1A, 1B … 1Z, 1AA. Every line lies over exactly one shot; every scene has one at least."""
    mentions, members = Mentions(cast), {member.name: member for member in cast}
    ids, kinds = Ids("shot"), frozenset(member.kind for member in cast)
    made: list[Scene] = []
    for index, scene in enumerate(scenes):
        new_place = not made or made[-1].heading.place != scene.heading.place
        stage = _Stage(scene, members, beats_of(scene, mentions, members), new_place)
        setups = _setups(stage, last_scene=index == len(scenes) - 1)
        finish(setups, scene, flip=index % 2 == 1)
        _leave_out_animals(setups, kinds)
        made.append(scene.model_copy(update={"shots": tuple(_shot(setup, scene, at, ids) for at, setup in enumerate(setups))}))
    return tuple(made)


def slate(number: str, at: int) -> str:
    """The slate of the shot at place `at` (from 0) in scene `number`: 1A … 1Z, 1AA. After a letter a hyphen: 12A-A."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = ascii_uppercase[rest] + letters
    return f"{number}{'' if number[-1:].isdigit() else '-'}{letters}"


def _shot(setup: Setup, scene: Scene, at: int, ids: Ids) -> Shot:
    return Shot(
        id=ids.of(scene.heading.raw, setup.anchor_kind, setup.anchor),
        slate=slate(scene.number, at),
        scene_id=scene.id,
        size=setup.size,
        angle=setup.angle or "eye",
        move=setup.move or "hold",
        action=setup.action,
        cast=setup.cast,
        line_ids=tuple(line.id for line in setup.lines),
        seconds=round(setup.seconds, 2),
        why=setup.why,
        anchor_kind=setup.anchor_kind,
    )


def _leave_out_animals(setups: Sequence[Setup], kinds: frozenset[str]) -> None:
    """A picture too close to hold an animal beside its people goes without the animal's words, or they would be drawn doing them."""
    for setup, following in zip(setups, [*setups[1:], None], strict=True):
        wider = following is None or following.size != "EWS" or following.cast[:1] != setup.cast[:1]
        if setup.why.startswith("beside") and setup.size == "MWS" and wider:
            setup.size = "EWS"  # told apart from the wide shot before it by going further back, not closer
        if setup.cast and setup.size not in ("EWS", "WS"):
            setup.action = without_animals(setup.action, kinds)


# ── the walk through a scene ────────────────────────────────────────────────────────────────────────────────
def _setups(stage: _Stage, *, last_scene: bool) -> list[Setup]:
    waiting: list[Beat] = []  # V.O. that waits for the next picture
    for at, beat in enumerate(stage.beats):
        stage.at = at
        if beat.kind == "action":
            setup = _first(ACTION_RULES, beat, stage)
            stage.setups.append(setup)
            _lay(waiting, setup)
            waiting = []
            if len(beat.text.split()) > _EXCHANGE_BREAK_WORDS:
                stage.turns = 0
        elif beat.heard:
            waiting = _hear(beat, stage, waiting)
        else:
            _speak(beat, stage)
        _meet(stage, beat.seen)
    if not stage.setups and not waiting:
        stage.setups.append(_of_place(stage, "a scene without words is still a place"))
    _lay_over_place(waiting, stage)
    _leave(stage, last_scene=last_scene)
    return stage.setups


def _first(rules: Sequence[Rule], beat: Beat, stage: _Stage) -> Setup:
    return next(setup for rule in rules if (setup := rule(beat, stage)) is not None)


def _meet(stage: _Stage, names: Sequence[str]) -> None:
    stage.present += [name for name in names if name not in stage.present and stage.kind(name) != "crowd"]


def _speak(beat: Beat, stage: _Stage) -> None:
    if stage.opening and stage.new_place:
        stage.setups.append(_of_place(stage, "establishing: where we are, before the first word", cast=_talkers(stage)))
    speaker = beat.seen[0]
    stage.partner = _partner(speaker, stage)
    setup = _first(SPEECH_RULES, beat, stage)
    setup.seconds = max(sum(speech_seconds(line) for line in beat.lines), MIN_SPEECH_SHOT_SECONDS)
    if beat.dual:
        setup.seconds = max(MIN_SPEECH_SHOT_SECONDS, *(speech_seconds(line) for line in beat.lines))
    stage.together = stage.together or len(setup.cast) > 1
    stage.turns += 1
    stage.setups.append(setup)


def _partner(speaker: str, stage: _Stage) -> str:
    """Whom the speaker talks to: who spoke last, else who answers next, else who else is here."""
    near = [*stage.beats[max(0, stage.at - 3) : stage.at][::-1], *stage.beats[stage.at + 1 : stage.at + 3]]
    talking = [name for beat in near if beat.kind == "speech" for name in beat.seen if name != speaker]
    others = [name for name in reversed(stage.present) if name != speaker]
    able = [name for name in [*talking, *others] if stage.kind(name) != "crowd"]
    return next((name for name in able if not words.is_huge(stage.kind(name))), able[0] if able else "")


def _talkers(stage: _Stage) -> tuple[str, ...]:
    if stage.exterior:
        return ()
    return tuple(dict.fromkeys(name for beat in stage.beats[:3] for name in beat.seen if stage.kind(name) != "crowd"))[:2]


# ── voices without a face ───────────────────────────────────────────────────────────────────────────────────
def _hear(beat: Beat, stage: _Stage, waiting: list[Beat]) -> list[Beat]:
    """Lay a V.O., O.S. or radio line over the picture before it, else let it wait for the next, else show who listens."""
    speaker = beat.lines[0].character
    before = stage.setups[-1] if stage.setups else None
    if (
        before is not None
        and not waiting
        and before.anchor_kind == "action"
        and _room_for(beat, before)
        and _may_carry(before, beat.lines[0])
    ):
        _lay([beat], before)
        return waiting
    following = stage.beats[stage.at + 1] if stage.at + 1 < len(stage.beats) else None
    away = beat.lines[0].delivery != "voice_over"
    listener = next((name for name in reversed(stage.present) if name != speaker), "")
    if away and listener:
        _lay_over_place(waiting, stage)
        stage.setups.append(_listening(beat, stage, listener))
        return []
    soon = following is not None and (following.kind == "action" or following.heard)
    if soon and sum(map(_spoken, [*waiting, beat])) <= MAX_SHOT_SECONDS:
        return [*waiting, beat]
    _lay_over_place([*waiting, beat], stage)
    return []


def _may_carry(setup: Setup, line: Line) -> bool:
    """Whether a voice may lie over this picture. A V.O. may always; who is O.S. is not in it, a hand or a far figure apart."""
    return line.delivery == "voice_over" or setup.size in ("INSERT", "EWS") or line.character not in setup.cast


def _spoken(beat: Beat) -> float:
    return sum(speech_seconds(line) for line in beat.lines)


def _room_for(beat: Beat, setup: Setup) -> bool:
    return sum(speech_seconds(line) for line in setup.lines) + _spoken(beat) <= MAX_SHOT_SECONDS


def _lay(beats: Sequence[Beat], setup: Setup) -> None:
    """Lay heard lines over a picture; it lasts as long as the longer of the two."""
    if beats:
        setup.lines = (*setup.lines, *(line for beat in beats for line in beat.lines))
        setup.seconds = max(setup.seconds, sum(speech_seconds(line) for line in setup.lines))
        setup.why = f"{setup.why}; the voice lies over it"
        own_face = setup.size in ("MS", "MCU", "CU", "ECU", "OTS") and any(
            line.character == setup.cast[0] for line in setup.lines if setup.cast
        )
        if own_face and not setup.directed:
            setup.size = "MWS"  # closed lips under one's own voice, seen close, look like a mistake


def _lay_over_place(waiting: Sequence[Beat], stage: _Stage) -> None:
    """Voices that no picture waits for get pictures of the place, 12 seconds at most in each."""
    for beat in waiting:
        last = stage.setups[-1] if stage.setups else None
        if last is None or last.anchor_kind != "place" or not _room_for(beat, last):
            setup = _of_place(stage, "a picture of the place for the voice to lie over", anchor=beat.lines[0].text)
            if stage.setups:
                setup.size, setup.action = "MWS" if stage.setups[-1].size == "WS" else "WS", _last_action(stage)
                setup.cast = stage.setups[-1].cast
            stage.setups.append(setup)
        _lay([beat], stage.setups[-1])


def _last_action(stage: _Stage) -> str:
    return next((beat.text for beat in reversed(stage.beats[: stage.at + 1]) if beat.kind == "action"), "")


def _listening(beat: Beat, stage: _Stage, listener: str) -> Setup:
    doing = next((one.doing for one in reversed(stage.beats[: stage.at]) if one.seen[:1] == (listener,) and one.doing), "")
    seen = next((one.text for one in reversed(stage.beats[: stage.at]) if one.kind == "action" and listener in one.seen), "")
    seconds = max(_spoken(beat), MIN_SPEECH_SHOT_SECONDS)
    why = f"reaction: {listener} hears a voice that is not in the picture"
    return Setup("speech", _anchor(beat), "MCU", action=doing or seen, cast=(listener,), lines=beat.lines, seconds=seconds, why=why)


def _anchor(beat: Beat) -> str:
    return f"{beat.lines[0].character}\x1f{beat.lines[0].text}" if beat.lines else beat.text


# ── rules for action ────────────────────────────────────────────────────────────────────────────────────────
def _action(beat: Beat, size: ShotSize, why: str, *, cast: tuple[str, ...] | None = None) -> Setup:
    seen = beat.seen if cast is None else cast
    return Setup("action", beat.text, size, action=beat.text, cast=seen, seconds=action_seconds(beat.text), why=why)


def as_directed(beat: Beat, stage: _Stage) -> Setup | None:
    """The script names the shot: CLOSE ON, WIDE, POV, OVERHEAD, PUSH IN … It is honoured."""
    asked = words.direction_in(beat.text)
    if asked is None:
        return None
    size, angle, move, rest, said, pov = asked
    inner = next((setup for rule in ACTION_RULES[1:] if (setup := rule(beat, stage)) is not None), None)
    setup = inner or _action(beat, "MS", "")
    if size == "CU" and not beat.seen:
        size = "INSERT"
    if pov and beat.seen:
        setup.cast = setup.cast[1:] if setup.cast and setup.cast[0].split()[0] in said else setup.cast
    setup.size, setup.angle, setup.move = size or setup.size, angle or setup.angle, move or setup.move
    setup.action, setup.directed = rest, size is not None
    setup.why = f"the script asks for it: {said}"
    return setup


def establishing(beat: Beat, stage: _Stage) -> Setup | None:
    """A new place is seen whole first: extreme wide outdoors, wide indoors."""
    if not (stage.opening and stage.new_place):
        return None
    return _action(beat, "EWS" if stage.exterior else "WS", "establishing: a new place is seen whole first")


def animal_beside(beat: Beat, stage: _Stage) -> Setup | None:
    """An animal that is not of the cast acts beside someone: the frame is wide enough for both."""
    kinds = {member.kind for member in stage.members.values()}
    if not beat.seen or not animals_acting(beat.text, kinds):
        return None
    stage.together = stage.together or len(beat.seen) > 1
    return _action(beat, "WS", "beside: someone and an animal share a wide frame")


def insert(beat: Beat, stage: _Stage) -> Setup | None:
    """A small thing matters: a letter picked up, the clock, a hand on the door."""
    close = words.shows_thing(beat.text) and len(beat.text.split()) <= 18 and len(beat.seen) <= 1
    close = close and not words.has_feeling_face(beat.text)
    if not close or (stage.setups and stage.setups[-1].size == "INSERT"):
        return None
    return _action(beat, "INSERT", "insert: the action is about a thing, so look at the thing")


def company(beat: Beat, stage: _Stage) -> Setup | None:
    """Two people in one action share a two-shot; more, or something huge, needs a wider frame."""
    if len(beat.seen) < 2:
        return None
    stage.together = True
    if any(words.is_huge(stage.kind(name)) for name in beat.seen):
        return _action(beat, "WS", "company: something huge and someone small need the wide frame")
    if len(beat.seen) > 2:
        return _action(beat, "WS" if len(beat.seen) > 3 else "MWS", "company: all of them have to fit")
    return _action(beat, "MWS" if words.moves_figure(beat.text) else "TWO", "company: what two do together is seen together")


def feeling(beat: Beat, stage: _Stage) -> Setup | None:
    """What happens on a face is seen on the face."""
    if len(beat.seen) != 1 or not words.has_feeling_face(beat.text):
        return None
    return _action(beat, "CU", "feeling: it happens on the face")


def far_figure(beat: Beat, stage: _Stage) -> Setup | None:
    """Someone small, alone or far away is shown so."""
    if len(beat.seen) != 1 or not words.is_far(beat.text):
        return None
    return _action(
        beat, "EWS" if stage.exterior and words.vast(beat.text) else "WS", "far: the script says how small the figure is"
    )


def figure_in_motion(beat: Beat, stage: _Stage) -> Setup | None:
    """A body that moves is shown to the knees or whole."""
    if len(beat.seen) != 1 or not words.moves_figure(beat.text):
        return None
    size: ShotSize = "WS" if words.is_huge(stage.kind(beat.seen[0])) else "MWS"
    return _action(beat, size, "motion: a body that moves needs room")


def watching(beat: Beat, stage: _Stage) -> Setup | None:
    """Someone who looks or listens is close enough that we see the eyes."""
    if len(beat.seen) != 1 or not words.looks(beat.text):
        return None
    return _action(beat, "MCU", "watching: close enough to see the eyes")


def someone(beat: Beat, stage: _Stage) -> Setup | None:
    """One person who does something: to the waist, hands in the picture."""
    return _action(beat, "MS", "action: one figure, with hands in the picture") if len(beat.seen) == 1 else None


def nobody(beat: Beat, stage: _Stage) -> Setup | None:
    """No one is named: the place itself, wider where it is vast."""
    far = stage.exterior and words.vast(beat.text)
    return _action(beat, "EWS" if far else "WS", "the place itself: nobody is named")


ACTION_RULES: Final[tuple[Rule, ...]] = (
    as_directed, establishing, animal_beside, insert, company, feeling, far_figure, figure_in_motion, watching, someone, nobody,
)  # fmt: skip


# ── rules for speech ────────────────────────────────────────────────────────────────────────────────────────
def _speech(beat: Beat, size: ShotSize, why: str, *cast: str) -> Setup:
    return Setup(
        "speech", _anchor(beat), size, action=beat.doing, cast=tuple(name for name in cast if name), lines=beat.lines, why=why
    )


def both_at_once(beat: Beat, stage: _Stage) -> Setup | None:
    """Dual dialogue: two who speak at once share the frame."""
    return (
        _speech(beat, "TWO", "dual dialogue: both speak, both are seen", *beat.seen) if beat.dual and len(beat.seen) > 1 else None
    )


def many_voices(beat: Beat, stage: _Stage) -> Setup | None:
    """ALL, CROWD: everyone who is here."""
    if stage.kind(beat.seen[0]) != "crowd":
        return None
    here = stage.present[-6:] or [beat.seen[0]]
    return _speech(beat, "WS", "many voices: everyone who is here", *here)


def first_words_together(beat: Beat, stage: _Stage) -> Setup | None:
    """When two begin to talk, the first turn shows how they stand to each other."""
    if stage.together or stage.turns > 1 or not stage.partner or beat.lines[0].delivery in ("sung", "shout", "whisper"):
        return None
    huge = any(words.is_huge(stage.kind(name)) for name in (beat.seen[0], stage.partner))
    return _speech(beat, "WS" if huge else "TWO", "meeting: how they stand to each other", beat.seen[0], stage.partner)


def strong_feeling(beat: Beat, stage: _Stage) -> Setup | None:
    """Shouted, whispered, sung or in strong words: the face."""
    strong = any(words.feels_strongly(line.text, line.parenthetical, line.delivery) for line in beat.lines)
    if not strong or (stage.setups and stage.setups[-1].size == "CU" and stage.setups[-1].cast[:1] == beat.seen[:1]):
        return None
    setup = _speech(beat, "CU", "strong feeling: the face", beat.seen[0])
    setup.strong = True
    return setup


def room_again(beat: Beat, stage: _Stage) -> Setup | None:
    """In a long exchange the two-shot comes back."""
    if not stage.partner or stage.turns < _AIR_EVERY_TURNS or stage.turns % _AIR_EVERY_TURNS:
        return None
    return _speech(beat, "TWO", "air: after many close turns, both of them again", beat.seen[0], stage.partner)


def over_the_shoulder(beat: Beat, stage: _Stage) -> Setup | None:
    """The first turns of an exchange go over the other's shoulder."""
    talk = stage.partner and stage.turns in (0, 1, 2) and _is_exchange(stage)
    if not talk or any(words.is_huge(stage.kind(name)) for name in (beat.seen[0], stage.partner)):
        return None
    return _speech(beat, "OTS", "exchange: over the shoulder of who listens", beat.seen[0], stage.partner)


def closer(beat: Beat, stage: _Stage) -> Setup | None:
    """As an exchange goes on, the camera comes closer."""
    if not stage.partner or stage.turns < 3:
        return None
    return _speech(beat, "CU" if stage.turns >= 5 else "MCU", "closer: the exchange goes on", beat.seen[0])


def single(beat: Beat, stage: _Stage) -> Setup | None:
    """One who speaks: head and shoulders."""
    return _speech(beat, "MCU", "single: who speaks is seen", beat.seen[0])


SPEECH_RULES: Final[tuple[Rule, ...]] = (
    both_at_once, many_voices, first_words_together, strong_feeling, room_again, over_the_shoulder, closer, single,
)  # fmt: skip


def _is_exchange(stage: _Stage) -> bool:
    """Two turns at least that alternate, this one among them."""
    near = [beat for beat in stage.beats[max(0, stage.at - 2) : stage.at + 3] if beat.kind == "speech" and beat.seen]
    return len({beat.seen[0] for beat in near}) >= 2


# ── first and last pictures ─────────────────────────────────────────────────────────────────────────────────
def _of_place(stage: _Stage, why: str, *, cast: tuple[str, ...] = (), anchor: str = "") -> Setup:
    size: ShotSize = "EWS" if stage.exterior and stage.scene.heading.raw else "WS"
    setup = Setup("place", anchor, size, cast=cast, seconds=_CLOSING_SECONDS, why=why)
    setup.establishes = True
    return setup


def _leave(stage: _Stage, *, last_scene: bool) -> None:
    """A scene of four shots or more ends wide if it ends on action; the film ends wide in any case of that length."""
    setups = stage.setups
    if len(setups) < 4:
        return
    last = setups[-1]
    wide: ShotSize = "EWS" if stage.exterior else "WS"
    if last.anchor_kind == "action" and not last.directed and last.size in ("MS", "MWS", "TWO", "WS", "EWS", "MCU"):
        if last_scene or last.size != "MCU":
            last.size, last.leaves = wide if last_scene else "WS", True
            last.why = "leaving: the film ends wide" if last_scene else "leaving: a scene of four shots or more ends wide"
    elif last_scene and last.anchor_kind == "speech":
        why = "leaving: one wide picture after the last word"
        closing = Setup(
            "closing", "", wide, action=_last_action(stage), cast=tuple(stage.present[:2]), seconds=_CLOSING_SECONDS, why=why
        )
        closing.leaves = True
        setups.append(closing)

"""Draft: a first cut from a script and the takes that stand for its shots, lines, cues and scenes.

V1 the pictures between a title and an end card, A1 the dialogue, A2 the score, A3 the air of each scene, A4 what is heard of single
shots; all of them pushed down under A1. Pure: takes values, gives a value.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from glimmer.assembly.nouns import (
    Assembly,
    Caption,
    CaptionWord,
    Clip,
    Framing,
    Track,
    Transition,
    TransitionKind,
)
from glimmer.assembly.taking import media_frames_of
from glimmer.assembly.timing import CuePlan, SceneTiming, ShotTiming, Timing
from glimmer.screenplay.nouns import Line, Scene, Screenplay, Shot
from glimmer.vocabulary import Move, Noun

__all__ = ["Piece", "draft", "media_frames_of"]

SCORE_GAIN_DB: Final = -7.0  # the score is made at -20 LUFS like the lines: under them from the start
DUCK_DB: Final = 8.0  # and further down while somebody speaks
AIR_GAIN_DB: Final = 0.0
AIR_DUCK_DB: Final = 8.0  # surf and rain are speech-loud; a line must stand at least 8 dB above them
DISSOLVE_SECONDS: Final = 1.0
FADE_SECONDS: Final = 0.75
CARD_FADE_SECONDS: Final = 0.5
AIR_FADE_SECONDS: Final = 0.4
AIR_CROSS_SECONDS: Final = 2.0  # where a bed goes on from itself: long enough that surf and wind change without a step
AIR_REACH: Final = 0.3  # a round may begin anywhere in the first 30 % of its bed, so that no two come round alike
SHORTEST_ROUND_SECONDS: Final = 4.0  # a shorter sound is laid once: gone round it would be a rattle
EFFECTS_GAIN_DB: Final = 0.0
RING_ON_SECONDS: Final = 1.5  # a slam is heard out in the next shot; steps don't follow into it for long
CAPTION_LINGER_SECONDS: Final = 0.35  # words stay a moment after they are said


class Piece(Noun):
    """A take as a cut needs it. `words`: (word, start seconds, end seconds). `own`: a person brought it, for just this place."""

    asset: str
    media_type: str
    seconds: float = 0.0
    focus: tuple[float, float] = (0.5, 0.45)
    words: tuple[tuple[str, float, float], ...] = ()
    own: bool = False


def draft(
    script: Screenplay,
    timing: Timing,
    *,
    pictures: Mapping[str, Piece],
    voices: Mapping[str, Piece],
    score: tuple[tuple[CuePlan, Piece], ...] = (),
    air: Mapping[str, Piece] | None = None,
    effects: Mapping[str, Piece] | None = None,
) -> Assembly:
    """The first cut. `pictures` and `effects` by shot id, `voices` by line id, `air` by scene id; what is missing is left out and said.

    A bed in `air` is laid as often as its scene is long; most shots have no effects, and nothing is said of those.
    """
    missing = (*_missing(script, pictures, voices), *_short(score, timing.rate))
    return Assembly(
        title=script.title,
        rate=timing.rate,
        tracks=(
            _picture_track(script, timing, pictures),
            _dialogue_track(timing, {line.id: line for line in script.lines}, voices),
            _score_track(score, timing.rate),
            _air_track(script, timing, air or {}),
            _effects_track(script, timing, effects or {}),
        ),
        captions=_captions(timing, {line.id: line for line in script.lines}, voices),
        script_version=script.version,
        notices=missing,
    )


def _missing(script: Screenplay, pictures: Mapping[str, Piece], voices: Mapping[str, Piece]) -> tuple[str, ...]:
    shots = [shot.slate for shot in script.shot_list if shot.id not in pictures]
    lines = [str(line.number) for line in script.lines if line.id not in voices]
    notices = []
    if shots:
        notices.append(f"no picture for {len(shots)} of {len(script.shot_list)} shots, left black: {', '.join(shots[:8])}")
    if lines:
        notices.append(f"no voice for {len(lines)} of {len(script.lines)} lines, left silent: line {', '.join(lines[:8])}")
    return tuple(notices)


def _short(score: tuple[tuple[CuePlan, Piece], ...], rate: Fraction) -> tuple[str, ...]:
    """What to say of music that ends before the pictures it lies under."""
    return tuple(
        f'"{cue.name}" lasts {piece.seconds:.0f} s of {float(cue.frames / rate):.0f} s: the film goes on without it'
        for cue, piece in score
        if piece.seconds + 0.5 < float(cue.frames / rate)
    )


# ── V1 ──────────────────────────────────────────────────────────────────────────────────────────────────────
def _picture_track(script: Screenplay, timing: Timing, pictures: Mapping[str, Piece]) -> Track:
    laid = {each.shot_id: each for each in timing.shots}
    credit = next((value for key, value in script.title_page if key.lower() in ("author", "authors", "writer")), "")
    clips = [Clip(id="title", name="title", kind="title", start=0, frames=timing.title_frames, title=script.title, subtitle=credit)]
    for shot in script.shot_list:
        clips.append(_picture(shot, laid[shot.id], pictures.get(shot.id), timing.rate))
    end_start = timing.frames - timing.end_frames
    clips.append(Clip(id="end", name="end", kind="title", start=end_start, frames=timing.end_frames, title="The End"))
    return Track(
        name="V1", kind="picture", role="picture", clips=tuple(clips), transitions=_transitions(script, tuple(clips), timing.rate)
    )


def _picture(shot: Shot, laid: ShotTiming, piece: Piece | None, rate: Fraction) -> Clip:
    clip = Clip(id=f"v1.{shot.id}", name=shot.slate, kind="black", start=laid.start, frames=laid.frames, made_of=shot.id)
    if piece is None:
        return clip
    still = piece.media_type.startswith("image/")
    return clip.model_copy(
        update={
            "kind": "still" if still else "footage",
            "asset": piece.asset,
            "media_type": piece.media_type,
            "media_frames": 0 if still else media_frames_of(piece, rate),
            "framing": _framing(shot.move, laid.frames, rate, piece.focus) if still else Framing(focus=piece.focus),
        }
    )


def _framing(move: Move, frames: int, rate: Fraction, focus: tuple[float, float]) -> Framing:
    """A move as fast as the shot is short: about 2 % of the picture a second, at most 16 % in all."""
    strength = min(0.16, 0.04 + 0.02 * float(frames / rate))
    return Framing(move=move, strength=round(strength, 4), focus=focus)


def _transitions(script: Screenplay, clips: tuple[Clip, ...], rate: Fraction) -> tuple[Transition, ...]:
    """What the script asks for between its scenes, and the soft edges of the two cards."""
    by_shot = {clip.made_of: clip for clip in clips if clip.made_of}
    made = [Transition(kind="fade_in", right="title", frames=_frames(CARD_FADE_SECONDS, rate))]
    scenes = [scene for scene in script.scenes if scene.shots]
    left: Clip = clips[0]
    asked = ""
    for index, scene in enumerate(scenes):
        first = by_shot[scene.shots[0].id]
        kinds = _asked(asked, scene.transition_in) or (("fade_out", "fade_in") if index == 0 else ())
        made.extend(_joined(kinds, left, first, rate))
        left, asked = by_shot[scene.shots[-1].id], scene.transition_out
    kinds = _asked(asked, "") if asked else ("fade_out", "fade_in")
    made.extend(_joined(kinds if kinds else ("fade_out", "fade_in"), left, clips[-1], rate))
    made.append(Transition(kind="fade_out", left="end", frames=_frames(CARD_FADE_SECONDS, rate)))
    return tuple(made)


def _asked(out_words: str, in_words: str) -> tuple[TransitionKind, ...]:
    """The transitions that the script's words ask for at a scene's border; none for a plain cut."""
    out, into = out_words.upper(), in_words.upper()
    if "DISSOLVE" in out or "DISSOLVE" in into or "CROSS" in out:
        return ("dissolve",)
    if "FADE" in out and "BLACK" not in out and "OUT" not in out:  # FADE TO:, but not FADE OUT
        return ("dip",)
    leaves = "FADE" in out
    enters = "FADE" in into
    if leaves or enters:
        return (*(("fade_out",) if leaves else ()), *(("fade_in",) if enters or leaves else ()))
    return ()


def _joined(kinds: tuple[TransitionKind, ...], left: Clip, right: Clip, rate: Fraction) -> list[Transition]:
    made = []
    for kind in kinds:
        seconds = DISSOLVE_SECONDS if kind in ("dissolve", "dip") else FADE_SECONDS
        sides = {"fade_in": (right,), "fade_out": (left,)}.get(kind, (left, right))
        frames = min(_frames(seconds, rate), *(clip.frames // 2 for clip in sides))
        if frames >= 2:
            made.append(
                Transition(
                    kind=kind,
                    left="" if kind == "fade_in" else left.id,
                    right="" if kind == "fade_out" else right.id,
                    frames=frames,
                )
            )
    return made


# ── sound ───────────────────────────────────────────────────────────────────────────────────────────────────
def _dialogue_track(timing: Timing, lines: Mapping[str, Line], voices: Mapping[str, Piece]) -> Track:
    clips = []
    for line_id, start in _line_starts(timing):
        piece = voices.get(line_id)
        if piece is None:
            continue
        line = lines[line_id]
        clips.append(
            Clip(
                id=f"a1.{line_id}",
                name=f"line {line.number}",
                kind="sound",
                asset=piece.asset,
                media_type=piece.media_type,
                media_frames=media_frames_of(piece, timing.rate),
                start=start,
                frames=max(1, -(-round(piece.seconds * 1000) * timing.rate.numerator // (1000 * timing.rate.denominator))),
                pan={"left": -0.3, "right": 0.3}.get(line.dual, 0.0),
                made_of=line_id,
            )
        )
    return Track(name="A1", kind="sound", role="dialogue", clips=tuple(clips))


def _score_track(score: tuple[tuple[CuePlan, Piece], ...], rate: Fraction) -> Track:
    clips = []
    for index, (cue, piece) in enumerate(score):
        frames = min(cue.frames, max(1, _frames(piece.seconds, rate)))
        clips.append(
            Clip(
                id=f"a2.{cue.key}",
                name=cue.name,
                kind="sound",
                asset=piece.asset,
                media_type=piece.media_type,
                media_frames=media_frames_of(piece, rate),
                start=cue.start,
                frames=frames,
                fade_in=score[index - 1][0].overlap if index else 0,
                fade_out=cue.overlap if frames == cue.frames else _frames(1.0, rate),
                made_of=cue.key,
            )
        )
    return Track(name="A2", kind="sound", role="music", clips=tuple(clips), gain_db=SCORE_GAIN_DB, duck_under="A1", duck_db=DUCK_DB)


def _air_track(script: Screenplay, timing: Timing, air: Mapping[str, Piece]) -> Track:
    clips: list[Clip] = []
    for scene, laid in zip(script.scenes, timing.scenes, strict=True):
        piece = air.get(scene.id)
        if piece is not None and laid.frames:
            clips.extend(_air(scene, laid, piece, timing.rate))
    return Track(
        name="A3", kind="sound", role="effects", clips=tuple(clips), gain_db=AIR_GAIN_DB, duck_under="A1", duck_db=AIR_DUCK_DB
    )


def _air(scene: Scene, laid: SceneTiming, piece: Piece, rate: Fraction) -> list[Clip]:
    """The bed from the scene's first frame to its last, faded at both ends, in rounds that cross where it must go on."""
    fade = _frames(AIR_FADE_SECONDS, rate)
    rounds = list(_rounds(laid.frames, piece.seconds, rate, "" if piece.own else scene.id))
    clips = []
    for index, (start, frames, source_start, cross) in enumerate(rounds):
        into = cross if index else fade
        out_of = rounds[index + 1][3] if index + 1 < len(rounds) else fade
        clips.append(
            Clip(
                id=f"a3.{scene.id}" + (f".{index + 1}" if index else ""),
                name=f"air {scene.number}",
                kind="sound",
                asset=piece.asset,
                media_type=piece.media_type,
                media_frames=media_frames_of(piece, rate),
                start=laid.start + start,
                frames=frames,
                source_start=source_start,
                fade_in=min(into, frames // 2),
                fade_out=min(out_of, frames // 2),
                made_of=scene.id,
            )
        )
    return clips


def _rounds(length: int, bed_seconds: float, rate: Fraction, seed: str) -> Iterator[tuple[int, int, int, int]]:
    """How a bed fills `length` frames: (start, frames, first frame of the bed, frames crossed with the round before).

    Each round begins elsewhere in the bed, by `seed`; with no seed the first begins with the bed. It goes on from what was heard an odd number of whole seconds before: clocks stay
    in step and hums cross at a quarter turn, so that equal power keeps their level too (models.interface.AmbienceRequest).
    """
    bed = max(1, int(Fraction(bed_seconds).limit_denominator(1_000_000) * rate))
    if length <= bed or bed_seconds < SHORTEST_ROUND_SECONDS:
        frames = min(length, bed)
        spare = int((bed - frames) / rate) if seed else 0
        yield 0, frames, _frames(_pick(range(spare + 1), seed, 0), rate), 0
        return
    cross = min(_frames(AIR_CROSS_SECONDS, rate), bed // 4)
    begins = _goes_on_at(bed, bed - cross, rate)
    first, start, number = _frames(_pick(range(int(bed_seconds * AIR_REACH) + 1), seed, 0), rate) if seed else 0, 0, 0
    while True:
        frames = min(bed - first, length - start)
        yield start, frames, first, cross if number else 0
        if start + frames >= length:
            return
        start, number = start + frames - cross, number + 1
        first = _pick([frame for frame in begins if frame != first] or begins, seed, number)


def _goes_on_at(bed: int, crossing: int, rate: Fraction) -> list[int]:
    """The frames of a bed, in its first part, that may be heard from where frame `crossing` was: odd whole seconds before it.

    At 30000/1001 frames miss whole seconds by some milliseconds: hums (ship, engine) then cross up to 3 dB off, less than they breathe.
    """
    seconds = range(1, int(crossing / rate) + 1, 2)
    begins = [crossing - _frames(each, rate) for each in seconds]
    return [frame for frame in begins if 0 <= frame <= bed * AIR_REACH] or [0]


def _pick(among: Sequence[int], *seed: object) -> int:
    """One of them, always the same for the same seed."""
    return among[int.from_bytes(hashlib.sha256(repr(seed).encode()).digest()[:4]) % len(among)]


def _effects_track(script: Screenplay, timing: Timing, effects: Mapping[str, Piece]) -> Track:
    laid = {each.shot_id: each for each in timing.shots}
    clips = [
        _effect(shot, laid[shot.id], effects[shot.id], timing.rate, last=shot is scene.shots[-1])
        for scene in script.scenes
        for shot in scene.shots
        if shot.id in effects
    ]
    return Track(
        name="A4", kind="sound", role="effects", clips=tuple(clips), gain_db=EFFECTS_GAIN_DB, duck_under="A1", duck_db=AIR_DUCK_DB
    )


def _effect(shot: Shot, laid: ShotTiming, piece: Piece, rate: Fraction, *, last: bool) -> Clip:
    """What is heard of a shot, from its first frame; it rings on into the next shot, but not into another place."""
    whole = max(1, -(-round(piece.seconds * 1000) * rate.numerator // (1000 * rate.denominator)))
    ring = _frames(AIR_FADE_SECONDS if last else RING_ON_SECONDS, rate)
    frames = min(whole, laid.frames + ring)
    return Clip(
        id=f"a4.{shot.id}",
        name=f"fx {shot.slate}",
        kind="sound",
        asset=piece.asset,
        media_type=piece.media_type,
        media_frames=media_frames_of(piece, rate),
        start=laid.start,
        frames=frames,
        fade_out=min(ring, frames // 2) if frames < whole else 0,
        made_of=shot.id,
    )


# ── captions ────────────────────────────────────────────────────────────────────────────────────────────────
def _captions(timing: Timing, lines: Mapping[str, Line], voices: Mapping[str, Piece]) -> tuple[Caption, ...]:
    starts = _line_starts(timing)
    shot_ends = {line_id: shot.start + shot.frames for shot in timing.shots for line_id, _ in shot.line_starts}
    captions = []
    for index, (line_id, start) in enumerate(starts):
        piece = voices.get(line_id)
        if piece is not None and piece.words:
            following = next((at for _, at in starts[index + 1 :] if at > start), timing.frames)
            captions.append(_caption(lines[line_id], piece, start, min(following, shot_ends[line_id]), timing.rate))
    return tuple(captions)


def _caption(line: Line, piece: Piece, start: int, latest_end: int, rate: Fraction) -> Caption:
    words = tuple(
        CaptionWord(word=word, start=start + _frames(begin, rate), end=start + max(_frames(begin, rate) + 1, _frames(end, rate)))
        for word, begin, end in piece.words
    )
    off_screen = line.delivery in ("voice_over", "off_screen", "radio")
    return Caption(
        line_id=line.id,
        speaker=line.character if off_screen or line.dual else "",
        text=line.text,
        start=words[0].start,
        end=max(words[-1].end, min(words[-1].end + _frames(CAPTION_LINGER_SECONDS, rate), latest_end)),
        words=words,
        position="left" if line.dual == "left" else "right" if line.dual == "right" else "bottom",
    )


def _line_starts(timing: Timing) -> list[tuple[str, int]]:
    return [pair for shot in timing.shots for pair in shot.line_starts]


def _frames(seconds: float, rate: Fraction) -> int:
    return round(Fraction(seconds).limit_denominator(1_000_000) * rate)

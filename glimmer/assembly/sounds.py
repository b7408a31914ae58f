"""Sounds: the verbs for what is heard. Gain, mute, pan, fades, crossfades, ducking, and a bed of room tone.

A family of Assembly's verbs: each returns a new cut and leaves the old as it was; what can't be done is refused with the reason, and
nothing is half done. "A2" names a track, every other name a clip; where a picture and a sound have one name, the sound is meant.
Pure Python: what it sounds like is decided by render's `mix`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final, Self

from glimmer.assembly.changing import with_clip, with_track
from glimmer.assembly.checking import share
from glimmer.assembly.pieces import Clip, Timeline, Track, Transition
from glimmer.assembly.taking import Takeable, clip_of
from glimmer.errors import InputError, NotFound
from glimmer.timecode import Timecode, frames_of

__all__ = ["Sounds", "crossing"]

SOFTEST_DB: Final = -60.0
LOUDEST_DB: Final = 24.0
DEEPEST_DUCK_DB: Final = 60.0
ROOM_TONE_DB: Final = -30.0  # a room between lines: felt when it stops, not heard while it lasts
SHORTEST_BED_SECONDS: Final = 2.0  # a shorter one, gone round, is a rattle
BED_CROSS_SECONDS: Final = 2.0
BED_FADE_SECONDS: Final = 0.4
_TRACK_NAME: Final = re.compile(r"A[1-9]\d?")


def crossing(left: Clip, right: Clip, frames: int) -> tuple[int, int]:
    """From which frame of the film to before which a crossfade of `frames` lies: around the cut, or the middle of what overlaps."""
    start = (left.end + right.start) // 2 - frames // 2
    return start, start + frames


class Sounds(Timeline):
    """What is heard."""

    def gain(self, clip_or_track: str | int, db: float) -> Self:
        """The cut with that clip or track at `db` decibels (-60 to 24), in the place of what it had. Does not add to it.

        Raises: InputError, NotFound.
        """
        level = share(db, "the gain in dB", SOFTEST_DB, LOUDEST_DB)
        track = _track_named(self, clip_or_track)
        if track is not None:
            return with_track(self, track.model_copy(update={"gain_db": level}))
        return with_clip(self, _sound(self, clip_or_track)[1].model_copy(update={"gain_db": level}))

    def mute(self, track: str) -> Self:
        """The cut with that track silent, or, if it is a picture track, hidden; its clips stay where they are.

        What ducks under a silent track stays up. Under a hidden track what lies below is seen; where nothing does, black, so with every
        picture track hidden the film is black, as long as it was, and still heard. Raises: InputError, NotFound.
        """
        return with_track(self, _any_track(self, track).model_copy(update={"muted": True}))

    def unmute(self, track: str) -> Self:
        """The cut with that track heard, or seen, again. Raises: InputError, NotFound."""
        return with_track(self, _any_track(self, track).model_copy(update={"muted": False}))

    def pan(self, clip: str | int, to: float) -> Self:
        """The cut with that clip from the left (-1) over the middle (0) to the right (1), at constant power.

        In the middle it is as it was made; on a side it is 3 dB louder there, and of a stereo clip only that side is left.
        Raises: InputError, NotFound.
        """
        place = share(to, "a pan", -1.0, 1.0)
        return with_clip(self, _sound(self, clip)[1].model_copy(update={"pan": place}))

    def fade_sound(
        self, clip: str | int, *, head: int | str | Timecode | None = None, tail: int | str | Timecode | None = None
    ) -> Self:
        """The cut with that clip fading in over `head` and out over `tail`: frames or timecode; 0 takes a fade off, None leaves it.

        Raises: InputError if both together are longer than the clip; TimecodeError, NotFound.
        """
        if head is None and tail is None:
            raise InputError("a fade needs a length; got neither head nor tail. Write for instance head=12.")
        faded = _sound(self, clip)[1]
        into = faded.fade_in if head is None else frames_of(head, self.rate)
        out_of = faded.fade_out if tail is None else frames_of(tail, self.rate)
        if into + out_of > faded.frames:
            raise InputError(
                f'fades of {into} frames at the head and {out_of} at the tail do not fit "{faded.name}", which has {faded.frames}; '
                f"expected at most {faded.frames} together. Make them shorter."
            )
        return with_clip(self, faded.model_copy(update={"fade_in": into, "fade_out": out_of}))

    def crossfade(self, left: str | int, right: str | int, *, frames: int | str | Timecode) -> Self:
        """The cut with `left` going out while `right` comes in, over `frames`, at equal power; 0 takes a crossfade off.

        They lie on one track and touch or overlap. The crossfade lies around the cut (each goes on into the other), or around the
        middle of what overlaps, and takes the place of their own fades there. No clip moves.
        Raises: InputError with the reason and, where it helps, how long it may be; NotFound, TimecodeError.
        """
        length = frames_of(frames, self.rate)
        track, before, after = _neighbours(self, left, right)
        others = tuple(each for each in track.transitions if (each.left, each.right) != (before.id, after.id))
        if not length:
            return with_track(self, track.model_copy(update={"transitions": others}))
        _check_crossing(track, before, after, length, others)
        made = Transition(kind="dissolve", left=before.id, right=after.id, frames=length)
        freed = {before.id: {"fade_out": 0}, after.id: {"fade_in": 0}}
        clips = tuple(clip.model_copy(update=freed.get(clip.id, {})) for clip in track.clips)
        return with_track(self, track.model_copy(update={"clips": clips, "transitions": (*others, made)}))

    def duck(self, track: str, *, under: str, by_db: float) -> Self:
        """The cut with `track` going down by `by_db` decibels (0 to 60) while something is heard on `under`; 0 takes it off.

        It goes down 200 ms before a word and comes up after it; pauses between words do not let it up.
        Raises: InputError for picture tracks, a track under itself or tracks in a ring; NotFound.
        """
        depth = share(by_db, "a duck's depth in dB", 0.0, DEEPEST_DUCK_DB)
        ducked, over = _sound_track(self, track), _sound_track(self, under)
        if not depth:
            return with_track(self, ducked.model_copy(update={"duck_under": "", "duck_db": 0.0}))
        _check_ring(self, ducked, over)
        return with_track(self, ducked.model_copy(update={"duck_under": over.name, "duck_db": depth}))

    def room_tone(self, take: Takeable, *, track: str = "A5", gain_db: float = ROOM_TONE_DB) -> Self:
        """The cut with a bed of sound under the whole film, on a track of its own, at `gain_db`.

        `take` is an entry of a bucket, a take or a Piece with sound. A bed shorter than the film goes on from itself in rounds that cross over two seconds. Nothing ducks it.
        Raises: InputError if the track is taken, the bed shorter than two seconds or no sound, or the film empty; MissingPiece for an
        entry without a take.
        """
        level = share(gain_db, "the gain in dB", SOFTEST_DB, LOUDEST_DB)
        name = _free_track(self, track)
        if not self.frames:
            raise InputError(f'the cut "{self.title}" has no picture to lay room tone under. Assemble it first.')
        track_of_its_own = Track(name=name, kind="sound", role="effects", gain_db=level)
        bed = clip_of(self, take, track_of_its_own, at=0, frames=0, name="room tone")
        clips = tuple(_rounds(bed, self.frames, self.rate, name))
        return with_track(self, track_of_its_own.model_copy(update={"clips": clips}))


# ── who is meant ────────────────────────────────────────────────────────────────────────────────────────────
def _track_named(cut: Timeline, name: object) -> Track | None:
    """The sound track of that name, or None if no track is called so. Raises: InputError for a picture track."""
    wanted = name.strip().casefold() if isinstance(name, str) else ""
    found = next((track for track in cut.tracks if track.name.casefold() == wanted), None)
    if found is not None and found.kind != "sound":
        sounds = ", ".join(track.name for track in cut.tracks if track.kind == "sound") or "none yet"
        raise InputError(f"{found.name} is a picture track, and nothing is heard of it; expected a sound track ({sounds}).")
    return found


def _any_track(cut: Timeline, name: object) -> Track:
    wanted = name.strip().casefold() if isinstance(name, str) else ""
    found = next((track for track in cut.tracks if track.name.casefold() == wanted), None)
    if found is None:
        raise NotFound.among("track", name, (track.name for track in cut.tracks))
    return found


def _sound_track(cut: Timeline, name: object) -> Track:
    found = _track_named(cut, name)
    if found is None:
        raise NotFound.among("sound track", name, (track.name for track in cut.tracks if track.kind == "sound"))
    return found


def _sound(cut: Timeline, name: str | int) -> tuple[Track, Clip]:
    """The sound clip of that name or id, and its track. Raises: NotFound, InputError (a picture; more than one)."""
    wanted = f"line {name}" if isinstance(name, int) and not isinstance(name, bool) else str(name).strip()
    heard = [(track, clip) for track in cut.tracks if track.kind == "sound" for clip in track.clips]
    found = [each for each in heard if each[1].id == wanted] or [
        each for each in heard if each[1].name.casefold() == wanted.casefold()
    ]
    if len(found) > 1:
        told = ", ".join(f'"{clip.id}" at frame {clip.start} on {track.name}' for track, clip in found[:6])
        raise InputError(f'{len(found)} sounds are called "{wanted}"; expected one. Name it by its id: {told}.')
    if found:
        return found[0]
    if any(wanted.casefold() in (clip.id.casefold(), clip.name.casefold()) for clip in cut.clips):
        raise InputError(f'"{wanted}" is a picture, and nothing is heard of it; expected a clip of a sound track. See cut.table().')
    raise NotFound.among("sound", wanted, (clip.name or clip.id for _, clip in heard), see="cut.table()")


def _free_track(cut: Timeline, name: object) -> str:
    wanted = name.strip().upper() if isinstance(name, str) else ""
    if not _TRACK_NAME.fullmatch(wanted):
        raise InputError(f'room tone can\'t lie on {name!r:.60}; expected a sound track from "A1" to "A99".')
    found = _track_named(cut, wanted)
    if found is not None and found.clips:
        raise InputError(f'{wanted} is taken: {len(found.clips)} clips lie on it. Name a free track, as track="{_next_free(cut)}".')
    return wanted


def _next_free(cut: Timeline) -> str:
    taken = {track.name for track in cut.tracks if track.clips}
    return next(name for number in range(1, 1000) if (name := f"A{number}") not in taken)


# ── crossfades ──────────────────────────────────────────────────────────────────────────────────────────────
def _neighbours(cut: Timeline, left: str | int, right: str | int) -> tuple[Track, Clip, Clip]:
    (track, before), (other, after) = _sound(cut, left), _sound(cut, right)
    if before.id == after.id:
        raise InputError(f'"{before.name}" can\'t cross into itself; expected two clips of one track.')
    if track.name != other.name:
        raise InputError(
            f'"{before.name}" lies on {track.name} and "{after.name}" on {other.name}; a crossfade joins two clips of one track. '
            "Fade each with fade_sound."
        )
    if (after.start, after.end) < (before.start, before.end):
        raise InputError(
            f'"{before.name}" begins at frame {before.start}, after "{after.name}" at {after.start}; expected the earlier one first. '
            f'Write crossfade("{after.name}", "{before.name}", …).'
        )
    if after.start > before.end:
        raise InputError(
            f'between "{before.name}" and "{after.name}" are {after.start - before.end} frames of nothing; a crossfade needs clips that '
            "touch or overlap. Move one to the other first."
        )
    return track, before, after


def _check_crossing(track: Track, left: Clip, right: Clip, frames: int, others: Sequence[Transition]) -> None:
    """Raises InputError unless both clips have sound in the whole crossing, and no other transition there."""
    if left.frozen or right.frozen:
        frozen = left if left.frozen else right
        raise InputError(
            f'"{frozen.name}" is frozen, and a frozen sound is silent; expected two that are heard. Unfreeze it first.'
        )
    most = _most_crossed(track, left, right, frames, others)
    if most < frames:
        raise InputError(
            f'a crossfade of {frames} frames from "{left.name}" to "{right.name}" is longer than they have sound for; '
            + (f"expected at most {most}." if most else "neither goes on past the cut. Trim them first, so that they can.")
        )


def _most_crossed(track: Track, left: Clip, right: Clip, frames: int, others: Sequence[Transition]) -> int:
    """The longest crossfade of at most `frames` that fits."""
    free_from, free_to = left.start, right.end
    for other in others:
        before, after = track.clip(other.left), track.clip(other.right)
        if before is not None and after is not None and other.kind == "dissolve":
            begin, end = crossing(before, after, other.frames)
            free_from = max(free_from, end) if after.id == left.id else free_from
            free_to = min(free_to, begin) if before.id == right.id else free_to

    def fits(length: int) -> bool:
        start, end = crossing(left, right, length)
        room = free_from <= start and end <= free_to
        return room and _has_media(left, after=end - left.end) and _has_media(right, before=right.start - start)

    low, high = 0, min(frames, max(free_to - free_from, 0))
    while low < high:  # what fits gets shorter with length: halve the span
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low


def _has_media(clip: Clip, *, before: int = 0, after: int = 0) -> bool:
    """Whether its media goes on for so many frames of the film before its start and after its end. An unknown end is trusted."""
    lead, tail = (after, before) if clip.backwards else (before, after)
    begins = clip.source_start + clip.source_part
    first, last = begins - lead * clip.speed, begins + (clip.frames + tail) * clip.speed
    return (lead <= 0 or first >= 0) and (tail <= 0 or not clip.media_frames or last <= clip.media_frames)


# ── ducking ─────────────────────────────────────────────────────────────────────────────────────────────────
def _check_ring(cut: Timeline, ducked: Track, under: Track) -> None:
    if ducked.name == under.name:
        raise InputError(f"{ducked.name} can't duck under itself; expected another sound track.")
    ring, here = [ducked.name, under.name], under
    while here.duck_under and here.duck_db:
        ring.append(here.duck_under)
        if here.duck_under == ducked.name:
            raise InputError(
                f'{" under ".join(ring)} would be a ring. Take one off first: duck("{here.name}", under="{ducked.name}", by_db=0).'
            )
        if here.duck_under in ring[:-1]:
            return
        here = cut.track(here.duck_under)


# ── room tone ───────────────────────────────────────────────────────────────────────────────────────────────
def _rounds(bed: Clip, length: int, rate: Fraction, track_name: str) -> Iterator[Clip]:
    """The bed from frame 0 to `length`, in rounds that cross at equal power. Rounds begin at three places of the bed, in turn."""
    whole = bed.media_frames
    if whole < SHORTEST_BED_SECONDS * rate and whole < length:
        raise InputError(
            f"room tone of {float(whole / rate):.2g} s is too short to go round; expected at least {SHORTEST_BED_SECONDS:g} s. "
            "Take a longer one."
        )
    cross, fade = min(round(BED_CROSS_SECONDS * rate), whole // 4), round(BED_FADE_SECONDS * rate)
    start = number = 0
    while True:
        first = (whole // 8) * (number % 3)  # rounds that all began alike would be heard to come round
        frames = min(whole - first, length - start)
        last = start + frames >= length
        into = cross if number else min(fade, frames // 2)
        laid = {"start": start, "frames": frames, "source_start": first, "fade_in": into}
        out_of = min(fade, frames - into) if last else cross
        named = {"id": f"{track_name.lower()}.tone.{number + 1}", "name": f"{bed.name} {track_name}.{number + 1}"}
        yield bed.model_copy(update=laid | named | {"fade_out": out_of})
        if last:
            return
        start, number = start + frames - cross, number + 1

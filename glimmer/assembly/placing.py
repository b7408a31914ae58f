"""Placing: the verbs that take clips out, re-order them, and lay new ones - remove, move, insert, overwrite, gap.

Functions on a cut; `TimeEdits` has them as verbs. Each checks first and refuses with the reason, and gives a new cut that is settled.
"""

from __future__ import annotations

from typing import Final, TypeVar

from glimmer.assembly.changing import changed, noticed, with_clips, with_track
from glimmer.assembly.pieces import Caption, Clip, Marker, Timeline, Track
from glimmer.assembly.retiming import When, later_pushed, time_text
from glimmer.assembly.rippling import closed_up, is_lowest, lowest, opened_up, pushed_apart, shifted
from glimmer.assembly.settling import line_clip, lines_of, settled, shifted_caption
from glimmer.assembly.splitting import split_at, split_track
from glimmer.assembly.stretching import trimmed
from glimmer.assembly.taking import clip_of, sound_of, with_room
from glimmer.errors import InputError
from glimmer.timecode import frames_of

__all__ = ["beginning", "cleared", "gapped", "inserted", "moved", "overwritten", "removed", "with_more"]

Cut = TypeVar("Cut", bound=Timeline)
RING_ON_SECONDS: Final = 2  # an effect that lasts this much longer than its shot still belongs to it; what lasts longer is air


# ── remove ──────────────────────────────────────────────────────────────────────────────────────────────────
def removed(cut: Cut, name: str | int, *, ripple: bool) -> Cut:
    track, clip = cut.place(name)
    made = with_track(cut, with_clips(track, lambda each: None if each.id == clip.id else each))
    if ripple and is_lowest(cut, track):
        made = closed_up(_without_its_lines(_without_its_effects(made, clip), clip), clip.start, clip.end)
    return settled(cut, made)


def _without_its_effects(cut: Cut, picture: Clip) -> Cut:
    """`cut` without the effects that were made for a picture that was taken out, unless another picture of that shot is there."""
    if not picture.made_of or any(clip.made_of == picture.made_of for track in _pictures(cut) for clip in track.clips):
        return cut
    said: list[str] = []

    def cleared(track: Track) -> Track:
        gone = {
            clip.id: clip.name
            for clip in track.clips
            if clip.made_of == picture.made_of and _starts_in(clip, picture) and not clip.linked
        }
        if track.role != "effects" or not gone:
            return track
        said.extend(f"{name} on {track.name} was left out with {picture.name}" for name in gone.values())
        return with_clips(track, lambda each: None if each.id in gone else each)

    made = changed(cut, tracks=tuple(map(cleared, cut.tracks)))
    return noticed(made, *said)


def _without_its_lines(cut: Cut, picture: Clip) -> Cut:
    """`cut` without the lines that start inside a picture that was taken out: they would sound over those of the next one.

    Their captions go with them when it is settled; here go those that no sound is made of.
    """
    said: list[str] = []

    def cleared(track: Track) -> Track:
        gone = {clip.id for clip in track.clips if _starts_in(clip, picture) and not clip.linked}
        if track.role != "dialogue" or not gone:
            return track
        said.extend(f"{clip.name} on {track.name} went with {picture.name}" for clip in track.clips if clip.id in gone)
        return with_clips(track, lambda each: None if each.id in gone else each)

    lines = lines_of(cut)
    captions = tuple(
        each for each in cut.captions if line_clip(lines, each) is not None or not picture.start <= each.start < picture.end
    )
    return noticed(changed(cut, tracks=tuple(map(cleared, cut.tracks)), captions=captions), *said)


def _pictures(cut: Timeline) -> list[Track]:
    return [track for track in cut.tracks if track.kind == "picture"]


def _starts_in(clip: Clip, picture: Clip) -> bool:
    return picture.start <= clip.start < picture.end


# ── move ────────────────────────────────────────────────────────────────────────────────────────────────────
class _Swap:
    """Two stretches of film time that change places: [first, middle) and [middle, last)."""

    def __init__(self, clip: Clip, to: int) -> None:
        self.first, self.middle, self.last = (clip.start, clip.end, to) if to >= clip.end else (to, clip.start, clip.end)

    def by(self, frame: int) -> int:
        """How much later what starts at this frame starts then."""
        if self.first <= frame < self.middle:
            return self.last - self.middle
        return self.first - self.middle if self.middle <= frame < self.last else 0


def moved(cut: Cut, name: str | int, before: str | int, after: str | int) -> Cut:
    track, clip = cut.place(name)
    if (before == "") == (after == ""):
        raise InputError(f'{clip.name} can be moved before one clip or after one; expected before="…" or after="…", one of them.')
    other, target = cut.place(after if before == "" else before)
    if target.id == clip.id:
        raise InputError(
            f"{clip.name} can't be moved {'after' if before == '' else 'before'} itself; expected another clip of {track.name}."
        )
    if other.name != track.name:
        raise InputError(
            f"{clip.name} lies on {track.name} and {target.name} on {other.name}; expected two clips of one track. "
            "To lay a take on another track use overwrite or insert."
        )
    to = target.end if before == "" else target.start
    if to in (clip.start, clip.end):
        return cut
    swap = _Swap(clip, to)
    made = _swapped(cut, swap) if is_lowest(cut, track) else with_track(cut, _swapped_track(track, swap))
    return settled(cut, made)


def _swapped_track(track: Track, swap: _Swap) -> Track:
    return with_clips(track, lambda each: shifted(each, swap.by(each.start)))


def _swapped(cut: Cut, swap: _Swap) -> Cut:
    """`cut` with two stretches of the lowest picture track changed over, each with what belongs to its pictures."""
    under = lowest(cut)
    pictures = under.clips if under is not None else ()
    ring = round(RING_ON_SECONDS * cut.rate)
    said: list[str] = []

    def swapped(track: Track) -> Track:
        made = with_clips(track, lambda each: shifted(each, swap.by(each.start)) if _belongs(each, track, pictures, ring) else each)
        return made.model_copy(update={"clips": pushed_apart(made.clips, made, said)}) if track.kind == "picture" else made

    lines = lines_of(cut)

    def caption(old: Caption) -> Caption:
        return old if line_clip(lines, old) is not None else shifted_caption(old, swap.by(old.start))

    def marker(old: Marker) -> Marker:
        return old.model_copy(update={"at": old.at + swap.by(old.at)})

    tracks = tuple(map(swapped, cut.tracks))
    captions, markers = tuple(map(caption, cut.captions)), tuple(map(marker, cut.markers))
    return noticed(changed(cut, tracks=tracks, captions=captions, markers=markers), *said)


def _belongs(clip: Clip, track: Track, pictures: tuple[Clip, ...], ring: int) -> bool:
    """Whether a clip goes with the picture it starts in: pictures over it, lines and effects do; music and air stay."""
    if clip.linked and track.kind == "sound":
        return False  # it follows its picture, wherever that begins
    if track.role != "effects":
        return track.role != "music"
    shot = next((each for each in pictures if _starts_in(clip, each)), None)
    if shot is None:
        return False
    return (clip.made_of == shot.made_of and bool(clip.made_of)) or clip.end <= shot.end + ring


# ── insert, overwrite, gap ──────────────────────────────────────────────────────────────────────────────────
def inserted(cut: Cut, take: object, at: When, track: str, frames: When, name: str, sound: str) -> Cut:
    made, place = with_room(cut, track)
    here = beginning(cut, place, at)
    clip_of(made, take, place, at=here, frames=frames, name=name)  # refused before anything is split
    if place.kind == "picture":
        made = _parted(made, place, here)
    clip = clip_of(made, take, place, at=here, frames=frames, name=name)
    made = later_pushed(made, place, here, clip.frames)
    return settled(cut, _with_sound(with_more(made, place.name, clip), clip, sound))


def overwritten(cut: Cut, take: object, at: When, track: str, frames: When, name: str, sound: str) -> Cut:
    made, place = with_room(cut, track)
    here = beginning(cut, place, at)
    asked = clip_of(made, take, place, at=here, frames=frames, name=name)
    made = with_track(made, cleared(made, place, here, asked.end))
    clip = clip_of(made, take, place, at=here, frames=frames, name=name)  # under a name that what was split did not take
    return settled(cut, _with_sound(with_more(made, place.name, clip), clip, sound))


def _with_sound(cut: Cut, clip: Clip, sound: str) -> Cut:
    """`cut` with the footage's own sound on that track, beside what is there; as it is if no track is named."""
    if sound == "":
        return cut
    made, under = with_room(cut, sound, "sound")
    return with_more(made, under.name, sound_of(made, clip, under.name))


def with_more(cut: Cut, track: str, clip: Clip) -> Cut:
    """`cut` with one clip more on that track. Checks nothing."""
    now = cut.track(track)
    return with_track(cut, now.model_copy(update={"clips": (*now.clips, clip)}))


def gapped(cut: Cut, at: When, frames: When) -> Cut:
    here, length = frames_of(at, cut.rate), frames_of(frames, cut.rate)
    if here >= cut.frames:
        raise InputError(
            f"{time_text(cut, here)} is not before the film's end at {time_text(cut, cut.frames)}; expected a time that something comes after."
        )
    if not length:
        raise InputError("a gap of 0 frames is none; expected frames=24, or more or fewer.")
    made = cut
    for track in _pictures(cut):
        made = _parted(made, track, here)
    return settled(cut, opened_up(made, here, length))


def beginning(cut: Timeline, track: Track, at: When) -> int:
    """A film frame at which a clip may begin: up to the film's end, or on the lowest picture track to the end of its last picture."""
    here = frames_of(at, cut.rate)
    under = lowest(cut)
    base = under is None or under.name == track.name
    end = max((clip.end for clip in track.clips), default=0) if base else cut.frames
    if here > end:
        what = f"the last picture of {track.name}" if base else "the film's end"
        raise InputError(f"{time_text(cut, here)} lies after {what}; expected a time from 00:00:00:00 to {time_text(cut, end)}.")
    return here


def _parted(cut: Cut, track: Track, at: int) -> Cut:
    """`cut` with the picture of a track that lies across frame `at` split there."""
    now = cut.track(track.name)
    across = next((clip for clip in now.clips if clip.start < at < clip.end), None)
    return split_at(cut, now, across, at)[0] if across is not None else cut


def cleared(cut: Timeline, track: Track, first: int, last: int) -> Track:
    """`track` with nothing left from `first` to before `last`: clips are trimmed, split or taken out there."""
    made = track
    for clip in track.clips:
        if clip.start < first and clip.end > last:
            made, right = split_track(changed(cut, tracks=(*cut.tracks, made)), made, clip, first)
            made = _with(made, trimmed(right, last - first, 0))
        elif clip.start < first < clip.end:
            made = _with(made, trimmed(clip, 0, clip.end - first))
        elif first <= clip.start and clip.end <= last:
            made = with_clips(made, lambda each, gone=clip.id: None if each.id == gone else each)  # type: ignore[misc]
        elif first <= clip.start < last:
            made = _with(made, trimmed(clip, last - clip.start, 0))
    return made


def _with(track: Track, clip: Clip) -> Track:
    return with_clips(track, lambda each: clip if each.id == clip.id else each)

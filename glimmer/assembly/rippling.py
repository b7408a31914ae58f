"""Rippling: a stretch of film time is taken out, or opened, on every track at once, and all stays in step with the pictures.

The rule. Frames [a, b) are taken out:

- what starts at or after b (clip, caption, marker) moves earlier by b - a; what starts inside moves to a;
- a line is never lost or cut: one that lies across keeps its length; of several that start inside, the first moves to a and the
  others keep their distance to it, with shorter pauses where the next line or the film's end leaves no room;
- music, air and effects that lie across the whole stretch end earlier by b - a, so that they end with the same picture as before; where
  nothing would remain they are left out, and the notices say so;
- what lasts less long than it would, because its media ends (`Clip.short_by`), loses first what it lacks: so a stretch opened and taken
  out again leaves all as it was;
- a picture of an upper track loses what lay over the stretch; one that lay wholly inside moves to a. If two would then lie
  over one another, the later one moves on to where the earlier one ends.

Frames are opened at p: what starts at or after p moves later. What lies across p and is no line lasts on, as far as its media has it;
what is lacking is kept as its `short_by`, which `notices` tells.
The own sound of a picture goes with that picture (`linking`), and captions with the sound of their line (`settling`); captions
without one go by their own start.

The lowest picture track is what all others follow: a verb makes the hole in it itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeVar

from glimmer.assembly.changing import changed, noticed
from glimmer.assembly.pieces import Clip, Marker, Timeline, Track
from glimmer.assembly.settling import line_clip, lines_of, shifted_caption
from glimmer.assembly.stretching import spare_tail, trimmed
from glimmer.display import count_text

__all__ = ["Opening", "closed_up", "is_lowest", "lowest", "opened_up", "pushed_apart", "shifted"]

Cut = TypeVar("Cut", bound=Timeline)
Opening = Literal["", "head", "tail"]


def lowest(cut: Timeline) -> Track | None:
    """The picture track that lies under all others, V1; None while there is none."""
    return next((track for track in cut.tracks if track.kind == "picture"), None)


def is_lowest(cut: Timeline, track: Track) -> bool:
    found = lowest(cut)
    return found is not None and found.name == track.name


# ── taking out ──────────────────────────────────────────────────────────────────────────────────────────────
def closed_up(cut: Cut, first: int, last: int) -> Cut:
    """`cut` without the film time [first, last). The lowest picture track must have nothing there but clips that start inside."""
    gone = last - first
    said: list[str] = []
    lines_to = _lines_inside(cut, first, last)
    tracks = tuple(_closed_track(track, first, last, lines_to, said, under=is_lowest(cut, track)) for track in cut.tracks)

    def to(frame: int) -> int:
        return frame if frame < first else max(first, frame - gone)

    markers = tuple(marker.model_copy(update={"at": to(marker.at)}) for marker in cut.markers)
    lines = lines_of(cut)
    captions = tuple(
        each if line_clip(lines, each) is not None else shifted_caption(each, to(each.start) - each.start) for each in cut.captions
    )
    return noticed(changed(cut, tracks=tracks, markers=markers, captions=captions), *said)


def _lines_inside(cut: Timeline, first: int, last: int) -> dict[str, int]:
    """Where the lines go that start inside [first, last): id -> the frame they start at when that is taken out."""
    spoken = [track for track in cut.tracks if track.role == "dialogue"]
    inside = sorted(
        (clip for track in spoken for clip in track.clips if first <= clip.start < last and not clip.linked),
        key=lambda clip: clip.start,
    )
    if not inside:
        return {}
    kept = {clip.id: first + clip.start - inside[0].start for clip in inside}
    if all(_fit(track, kept, last, cut.frames) for track in spoken):
        return kept
    tight: dict[str, int] = {}
    here = first
    for clip in inside:
        tight[clip.id] = min(kept[clip.id], here)
        here = max(here, tight[clip.id] + clip.frames)
    return tight


def _fit(track: Track, starts: Mapping[str, int], last: int, end: int) -> bool:
    """Whether the lines that start there end before the track's next line does, and before the film's end. Times as before the ripple."""
    gone = last - min(starts.values())
    next_start = min((clip.start for clip in track.clips if clip.start >= last), default=end) - gone
    return all(starts[clip.id] + clip.frames <= next_start for clip in track.clips if clip.id in starts)


def _closed_track(track: Track, first: int, last: int, lines_to: Mapping[str, int], said: list[str], *, under: bool) -> Track:
    made = []
    for clip in track.clips:
        if clip.linked and track.kind == "sound":
            made.append(clip)
            continue
        if clip.id in lines_to:
            made.append(shifted(clip, lines_to[clip.id] - clip.start))
            continue
        kept = _closed_picture(clip, first, last) if track.kind == "picture" and not under else _closed(clip, track, first, last)
        if kept is not None:
            made.append(kept)
        else:
            said.append(f"{clip.name} on {track.name} was left out: no picture remains over it")
    clips = tuple(sorted(made, key=lambda clip: clip.start))
    return track.model_copy(update={"clips": pushed_apart(clips, track, said) if track.kind == "picture" else clips})


def _closed(clip: Clip, track: Track, first: int, last: int) -> Clip | None:
    """A sound, or a picture of the lowest track, after [first, last) was taken out. None if nothing of it remains."""
    gone = last - first
    if clip.start >= last:
        return shifted(clip, -gone)
    if track.role in ("music", "effects") and clip.start <= first and _would_end(clip) >= last:
        return _ending_earlier(clip, gone) if _would_end(clip) - clip.start > gone else None
    return shifted(clip, first - clip.start) if clip.start > first else clip


def _closed_picture(clip: Clip, first: int, last: int) -> Clip:
    """A picture of an upper track after [first, last) was taken out: it loses what lay over that, and is never lost."""
    end = _would_end(clip)
    if clip.start >= last or end <= first:
        return shifted(clip, first - last) if clip.start >= last else clip
    if clip.start >= first and clip.end <= last:
        return shifted(clip, first - clip.start)
    lost = min(end, last) - max(clip.start, first)
    if clip.start > first:
        return shifted(trimmed(clip, lost, 0), first - last)
    return _ending_earlier(clip, lost)


def _would_end(clip: Clip) -> int:
    """The first frame after it, if its media went on for as long as it should."""
    return clip.end + clip.short_by


def _ending_earlier(clip: Clip, frames: int) -> Clip:
    """The clip ending so many frames earlier than it would: what it lacks goes first."""
    lacked = min(clip.short_by, frames)
    return trimmed(clip, 0, frames - lacked).model_copy(update={"short_by": clip.short_by - lacked})


def pushed_apart(clips: tuple[Clip, ...], track: Track, said: list[str]) -> tuple[Clip, ...]:
    """Pictures in order of start, each beginning no earlier than the one before it ends."""
    row: list[Clip] = []
    here = 0
    for clip in clips:
        if clip.start < here:
            said.append(
                f"{clip.name} on {track.name} begins {count_text(here - clip.start, 'frame')} later: {row[-1].name} lies where it would begin"
            )
            clip = shifted(clip, here - clip.start)
        row.append(clip)
        here = clip.end
    return tuple(row)


# ── opening ─────────────────────────────────────────────────────────────────────────────────────────────────
def opened_up(cut: Cut, at: int, frames: int, side: Opening = "") -> Cut:
    """`cut` with `frames` of film time opened at frame `at`, empty on the lowest picture track.

    `side` "head": they are given back to the head of the clip that starts there. What starts together with it (music, effects, upper
    pictures, markers) still does, and lasts on; lines move, and stay with the picture they were said to. "tail": they are given back to
    the clip that ends there; music, effects and upper pictures that end with it still do.
    """
    tracks = tuple(_opened_track(track, at, frames, side, under=is_lowest(cut, track)) for track in cut.tracks)
    markers = tuple(_opened_marker(marker, at, frames, side) for marker in cut.markers)
    lines = lines_of(cut)
    captions = tuple(
        each if each.start < at or line_clip(lines, each) is not None else shifted_caption(each, frames) for each in cut.captions
    )
    return changed(cut, tracks=tracks, markers=markers, captions=captions)


def _opened_track(track: Track, at: int, frames: int, side: Opening, *, under: bool) -> Track:
    stays = side == "head" and track.role != "dialogue"

    def opened(clip: Clip) -> Clip:
        if clip.linked and track.kind == "sound":
            return clip
        if clip.start > at or (clip.start == at and not stays):
            return shifted(clip, frames)
        end = _would_end(clip)
        across = end > at or (side == "tail" and end == at)
        if not across or under or track.role == "dialogue":
            return clip
        spare = spare_tail(clip)
        given = frames if spare is None else min(frames, spare)
        given = given if at <= clip.end else 0  # opened where it is over already
        return trimmed(clip, 0, -given).model_copy(update={"short_by": clip.short_by + frames - given})

    return track.model_copy(update={"clips": tuple(map(opened, track.clips))})


def _opened_marker(marker: Marker, at: int, frames: int, side: Opening) -> Marker:
    moves = marker.at > at or (marker.at == at and side != "head")
    return marker.model_copy(update={"at": marker.at + frames}) if moves else marker


# ── moving one thing ────────────────────────────────────────────────────────────────────────────────────────
def shifted(clip: Clip, frames: int) -> Clip:
    """The clip so many frames later, nothing else about it changed."""
    return clip.model_copy(update={"start": clip.start + frames}) if frames else clip

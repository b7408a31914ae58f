"""Timeline: the cut as .otio or .edl, for an editor to go on with.

Export, from an Assembly in exact frames to OpenTimelineIO. OTIO holds it all: tracks, gaps, clips with their media, speeds and held
frames, transitions, markers, and under "glimmer" every id and setting, so that nothing is lost on the way back (`timeline_reading`).
An EDL is one video track of cuts and dissolves; what it can't hold is said in a notice, never dropped in silence. Each file is
read again and compared cut point by cut point before it is called written.

OTIO's times are doubles: whole frames at `float(rate)` are exact (seconds would not be: 29/25 s comes back as frame 28).
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from glimmer.assembly.nouns import Assembly, Clip, Track, Transition
from glimmer.display import count_text, plain_line
from glimmer.errors import NotFound, RenderError, TimecodeError
from glimmer.export.placing import placed
from glimmer.timecode import RATES, rate_text

if TYPE_CHECKING:
    import opentimelineio as otio

__all__ = ["TIMELINE_KINDS", "cut_points", "read_cut_points", "write_timeline"]

TIMELINE_KINDS: Final = ("otio", "edl")
MediaOf = Callable[[str], Path]
_REEL_CHARS: Final = 8  # CMX 3600
_EDL_TITLE_CHARS: Final = 70
_MOST_NAMED: Final = 6


def write_timeline(cut: Assembly, path: str | os.PathLike[str], kind: str = "", *, media: MediaOf) -> tuple[str, ...]:
    """Write `cut` as "otio" or "edl" ("" takes it from the suffix). `media` gives the file of an asset.

    Does not copy media: the timeline points at the files where they are. Replaces an older file in one step.
    Returns: notices, what the format could not hold, in words.
    Raises: NotFound for an unknown kind; TimecodeError for an EDL at a rate without timecode; RenderError if what was written
    does not read back with the same cut points.
    """
    target = Path(path)
    wanted = (kind or target.suffix).lower().lstrip(".")
    if wanted not in TIMELINE_KINDS:
        raise NotFound.among("timeline format", wanted, TIMELINE_KINDS)
    text, notices, expected = _as_otio(cut, media) if wanted == "otio" else _as_edl(cut, media)
    _check(read_cut_points(text, wanted, cut.rate), expected, target)
    with placed(target) as part:
        part.write_text(text, encoding="utf-8", newline="\n")
    return notices


CutPoints = dict[str, list[tuple[int, int]]]


def cut_points(cut: Assembly) -> CutPoints:
    """Where every clip of the cut begins and ends, in frames, by the name of the track it is written on."""
    return {name: [(clip.start, clip.end) for clip in clips] for track in cut.tracks for name, clips in _layers(track)}


def read_cut_points(text: str, kind: str, rate: Fraction) -> CutPoints:
    """The same, read back from a written timeline. An EDL's one track is called "V"."""
    import opentimelineio as otio

    adapter, given = ("otio_json", {}) if kind == "otio" else ("cmx_3600", {"rate": float(rate)})
    timeline: Any = otio.adapters.read_from_string(text, adapter, **given)
    points: CutPoints = {}
    for track in timeline.tracks:
        ranges = [track.range_of_child_at_index(n) for n, child in enumerate(track) if isinstance(child, otio.schema.Clip)]
        # an EDL begins with its first event; its reader keeps how late that is as a negative start of the track
        first = -_frame(track.source_range.start_time) if kind == "edl" and track.source_range else 0
        points[track.name] = [(first + _frame(one.start_time), first + _frame(one.end_time_exclusive())) for one in ranges]
    return points


def _frame(time: otio.opentime.RationalTime) -> int:
    if time.value != round(time.value):
        raise RenderError(f"a cut point came back as frame {time.value}; expected a whole frame. Please report this timeline.")
    return int(time.value)


def _check(found: CutPoints, expected: CutPoints, target: Path) -> None:
    for name, points in expected.items():
        if found.get(name, []) != points:
            wrong = next(
                (f"{got} for {want}" for got, want in zip(found.get(name, []), points, strict=False) if got != want),
                f"{len(found.get(name, []))} clips for {len(points)}",
            )
            raise RenderError(
                f'"{target.name}" reads back other than written on track {name}: {wrong}. Nothing was replaced; please report it.'
            )


# ── OpenTimelineIO ──────────────────────────────────────────────────────────────────────────────────────────
def _as_otio(cut: Assembly, media: MediaOf) -> tuple[str, tuple[str, ...], CutPoints]:
    import opentimelineio as otio

    timeline = otio.schema.Timeline(plain_line(cut.title), global_start_time=_time(0, cut.rate))
    timeline.metadata["glimmer"] = cut.model_dump(mode="json", exclude={"tracks", "markers"}) | {"rate": str(cut.rate)}
    for track in cut.tracks:
        for name, clips in _layers(track):
            timeline.tracks.append(_otio_track(track, name, clips, cut.rate, media))
    for marker in cut.markers:
        timeline.tracks.markers.append(_otio_marker(marker.at, marker.note, cut.rate))
    return otio.adapters.write_to_string(timeline, "otio_json"), (), cut_points(cut)


def _layers(track: Track) -> list[tuple[str, tuple[Clip, ...]]]:
    """The track as rows in which no clip overlaps another: itself, then "A3.1", "A3.2" … for sounds that do."""
    rows: list[list[Clip]] = []
    for clip in sorted(track.clips, key=lambda clip: clip.start):
        free = next((row for row in rows if row[-1].end <= clip.start), None)
        if free is None:
            rows.append([clip])
        else:
            free.append(clip)
    return [(track.name if n == 0 else f"{track.name}.{n}", tuple(row)) for n, row in enumerate(rows or [[]])]


def _otio_track(track: Track, name: str, clips: Sequence[Clip], rate: Fraction, media: MediaOf) -> otio.schema.Track:
    import opentimelineio as otio

    kind = otio.schema.TrackKind.Video if track.kind == "picture" else otio.schema.TrackKind.Audio
    made = otio.schema.Track(name, kind=kind)
    if track.muted:
        made.enabled = False
    order = {clip.id: n for n, clip in enumerate(track.clips)}
    joins = {(join.left, join.right): join for join in track.transitions}
    drawn: list[Transition] = []
    here, before = 0, ""
    for n, clip in enumerate(clips):
        if clip.start > here:
            made.append(otio.schema.Gap(source_range=_range(0, clip.start - here, rate)))
            before = ""
        after = clips[n + 1].id if n + 1 < len(clips) and clips[n + 1].start == clip.end else ""
        into = joins.get((before, clip.id)) or joins.get(("", clip.id))
        out = joins.get((clip.id, after)) or joins.get((clip.id, ""))
        if into is not None and not into.left:
            made.append(_otio_transition(into, rate))
            drawn.append(into)
        made.append(_otio_clip(clip, rate, media, order[clip.id], _halves(into)[0] if into else 0, _halves(out)[1] if out else 0))
        if out is not None:
            made.append(_otio_transition(out, rate))
            drawn.append(out)
        here, before = clip.end, clip.id
    facts = track.model_dump(mode="json", exclude={"name", "kind", "clips", "transitions"})
    listed = [join.model_dump(mode="json") | {"drawn": join in drawn} for join in track.transitions]
    made.metadata["glimmer"] = {"track": track.name, **facts, "transitions": listed}
    return made


def _halves(join: Transition) -> tuple[int, int]:
    """How many frames of the transition lie before the cut and after it."""
    if join.kind in ("fade_in", "fade_out"):
        return (0, join.frames) if join.kind == "fade_in" else (join.frames, 0)
    return join.frames // 2, join.frames - join.frames // 2


def _otio_transition(join: Transition, rate: Fraction) -> otio.schema.Transition:
    import opentimelineio as otio

    before, after = _halves(join)
    kind = (
        otio.schema.TransitionTypes.Custom if join.kind in ("dip", "wipe", "push") else otio.schema.TransitionTypes.SMPTE_Dissolve
    )
    made = otio.schema.Transition(
        name=join.kind, transition_type=kind, in_offset=_time(before, rate), out_offset=_time(after, rate)
    )
    made.metadata["glimmer"] = join.model_dump(mode="json")
    return made


def _otio_clip(clip: Clip, rate: Fraction, media: MediaOf, order: int, head: int = 0, tail: int = 0) -> otio.schema.Clip:
    """`head` and `tail`: frames of handle that transitions need. A still has no time of its own, so it begins after its head.

    As editors expect it, the source range has the clip's length in the film; a time warp says how much media that is.
    """
    import opentimelineio as otio

    start = max(clip.source_start, head) if clip.kind == "still" else clip.source_start
    made = otio.schema.Clip(
        name=plain_line(clip.name) or clip.id,
        media_reference=_reference(
            clip, rate, media, start + math.ceil(clip.used_frames if _retimed(clip) else clip.frames) + tail
        ),
        source_range=_range(start, clip.frames, rate),
    )
    if _retimed(clip):
        made.effects.append(_time_effect(clip))
    made.metadata["glimmer"] = clip.model_dump(mode="json", exclude={"start", "frames"}) | {"order": order, "written_at": start}
    return made


def _retimed(clip: Clip) -> bool:
    return clip.frozen or clip.backwards or clip.speed != 1


def _time_effect(clip: Clip) -> otio.schema.TimeEffect:
    import opentimelineio as otio

    if clip.frozen:
        return otio.schema.FreezeFrame(name="freeze")
    return otio.schema.LinearTimeWarp(name="speed", time_scalar=float(-clip.speed if clip.backwards else clip.speed))


def _reference(clip: Clip, rate: Fraction, media: MediaOf, needs: int) -> otio.core.MediaReference:
    import opentimelineio as otio

    if clip.kind in ("title", "black") or not clip.asset:
        words = {"title": clip.title, "subtitle": clip.subtitle, "style": clip.style}
        return otio.schema.GeneratorReference(
            name=clip.name, generator_kind=clip.kind, parameters=words, available_range=_range(0, needs, rate)
        )
    url = media(clip.asset).resolve().as_uri()
    # where the cut does not know how long footage and sound are (media_frames 0), an editor reads it from the file
    there = max(needs, clip.media_frames) if clip.kind == "still" or clip.media_frames else 0
    return otio.schema.ExternalReference(target_url=url, available_range=_range(0, there, rate) if there else None)


def _otio_marker(at: int, note: str, rate: Fraction) -> otio.schema.Marker:
    import opentimelineio as otio

    return otio.schema.Marker(
        name=plain_line(note), marked_range=_range(at, 0, rate), color=otio.schema.MarkerColor.YELLOW, comment=note
    )


def _time(frames: int, rate: Fraction) -> otio.opentime.RationalTime:
    import opentimelineio as otio

    return otio.opentime.RationalTime(frames, float(rate))


def _range(start: int, frames: int, rate: Fraction) -> otio.opentime.TimeRange:
    import opentimelineio as otio

    return otio.opentime.TimeRange(_time(start, rate), _time(frames, rate))


# ── EDL (CMX 3600) ──────────────────────────────────────────────────────────────────────────────────────────
def _as_edl(cut: Assembly, media: MediaOf) -> tuple[str, tuple[str, ...], CutPoints]:
    import opentimelineio as otio

    if cut.rate not in RATES.values():
        raise TimecodeError(
            f"an EDL counts in timecode, which {rate_text(cut.rate)} does not have; expected one of {', '.join(RATES)}. Write .otio."
        )
    track = _first_picture_track(cut)
    kept, dropped = _edl_joins(track)
    plain = track.model_copy(update={"name": "V", "transitions": kept})
    timeline = otio.schema.Timeline(plain_line(cut.title)[:_EDL_TITLE_CHARS])
    made = _otio_track(plain, "V", plain.clips, cut.rate, media)
    written = [child for child in made if isinstance(child, otio.schema.Clip)]
    for each in (
        written
    ):  # otio-cmx3600-adapter 1.0 writes an M2 line with the source length divided by the speed, which no editor reads right
        each.effects.clear()
    _name_reels(written)
    _mark_clips(made, plain.clips, cut)
    timeline.tracks.append(made)
    if not plain.clips:
        return f"TITLE: {timeline.name}\n{_fcm(cut.rate)}\n", _edl_notices(cut, track, dropped), {}
    text: str = otio.adapters.write_to_string(timeline, "cmx_3600", rate=float(cut.rate))
    text = re.sub(r"\n\n", f"\n{_fcm(cut.rate)}\n\n", text, count=1) if timeline.name else f"{_fcm(cut.rate)}\n\n{text}"
    return _without_repeats(text), _edl_notices(cut, track, dropped), {"V": _edl_points(plain)}


def _without_repeats(text: str) -> str:
    """A dissolve names its outgoing clip again, locators and all: each locator once is enough."""
    kept: list[str] = []
    for line in text.splitlines():
        if not line.startswith("* LOC:") or line not in kept:
            kept.append(line)
    return "\n".join(kept) + "\n"


def _first_picture_track(cut: Assembly) -> Track:
    return next((track for track in cut.tracks if track.kind == "picture"), Track(name="V1", kind="picture"))


def _fcm(rate: Fraction) -> str:
    return "FCM: DROP FRAME" if rate in (RATES["29.97"], RATES["59.94"]) else "FCM: NON-DROP FRAME"


def _edl_joins(track: Track) -> tuple[tuple[Transition, ...], list[Transition]]:
    """The dissolves that an EDL holds, and the rest: dips, fades, and dissolves whose media has no handle to begin from."""
    clips = {clip.id: clip for clip in track.clips}
    kept = [join for join in track.transitions if join.kind == "dissolve" and _has_handle(clips.get(join.right), join)]
    return tuple(kept), [join for join in track.transitions if join not in kept]


def _has_handle(clip: Clip | None, join: Transition) -> bool:
    if clip is None or _retimed(clip):
        return False
    return clip.kind not in ("footage", "sound") or clip.source_start >= _halves(join)[0]


def _edl_points(track: Track) -> list[tuple[int, int]]:
    """Where the EDL's events lie: an incoming dissolve's event begins with the dissolve, and its neighbour ends there."""
    into = {join.right: _halves(join)[0] for join in track.transitions}
    out = {join.left: _halves(join)[0] for join in track.transitions}
    return [(clip.start - into.get(clip.id, 0), clip.end - out.get(clip.id, 0)) for clip in track.clips]


def _edl_notices(cut: Assembly, track: Track, dropped: Sequence[Transition]) -> tuple[str, ...]:
    pictures = [other.name for other in cut.tracks if other.kind == "picture" and other is not track and other.clips]
    sounds = [other.name for other in cut.tracks if other.kind == "sound" and other.clips]
    notices = []
    if pictures or sounds:
        notices.append(f"The EDL holds {track.name} only; the .otio also has {', '.join(pictures + sounds)}.")
    if dropped:
        kinds = ", ".join(dict.fromkeys(join.kind.replace("_", " ") for join in dropped))
        notices.append(f"The EDL can't hold {count_text(len(dropped), 'transition')} ({kinds}); plain cuts stand there.")
    if retimed := [clip.name or clip.id for clip in track.clips if _retimed(clip)]:
        notices.append(
            f"The EDL can't hold speeds, reverses and held frames; {_named(retimed)} run forwards at their own speed there."
        )
    if shown := [clip.name or clip.id for clip in track.clips if _looks(clip)]:
        notices.append(f"The EDL can't hold opacity, crops, insets and tables of colours; {_named(shown)} stand there without.")
    return tuple(notices)


def _looks(clip: Clip) -> bool:
    return clip.opacity != 1 or clip.box is not None or bool(clip.lut) or clip.crop != (0, 0, 1, 1)


def _named(clips: Sequence[str]) -> str:
    more = f" and {len(clips) - _MOST_NAMED} more" if len(clips) > _MOST_NAMED else ""
    return f"{', '.join(clips[:_MOST_NAMED])}{more}"


def _name_reels(clips: Sequence[otio.schema.Clip]) -> None:
    """A reel of at most eight letters and digits for each piece of media, and no two alike."""
    reels: dict[str, str] = {}
    for clip in clips:
        source = clip.metadata["glimmer"]["asset"] or clip.metadata["glimmer"]["id"]
        if source not in reels:
            reels[source] = _free_reel(clip.name, set(reels.values()))
        clip.metadata["cmx_3600"] = {"reel": reels[source]}


def _free_reel(name: str, taken: set[str]) -> str:
    base = re.sub(r"[^A-Za-z0-9]", "", name.encode("ascii", "ignore").decode()).upper()[:_REEL_CHARS] or "REEL"
    base = "REEL" if base in ("BL", "AX") else base  # words of the format: black, auxiliary
    reel, number = base, 1
    while reel in taken:
        number += 1
        reel = f"{base[: _REEL_CHARS - len(str(number))]}{number}"
    return reel


def _mark_clips(track: otio.schema.Track, clips: Sequence[Clip], cut: Assembly) -> None:
    """Markers as locators on the clip they fall on, in record time: an EDL has no place for them but there."""
    import opentimelineio as otio

    made = [child for child in track if isinstance(child, otio.schema.Clip)]
    for marker in cut.markers:
        for written, clip in zip(made, clips, strict=True):
            if clip.start <= marker.at < clip.end:
                written.markers.append(_otio_marker(marker.at, marker.note, cut.rate))

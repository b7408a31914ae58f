"""The state that a timeline shows of a cut: plain values by id, small enough that a thousand clips are sent at once.

Takes a cut and where its media stand in the buckets, gives the JSON of a `TimelineState`, fields at their default left out. Written as plain
dictionaries, since a thousand checked nouns take ten times as long; a test holds the two to be the same.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, Final, NamedTuple

from glimmer.assembly.pieces import Caption, Clip, Marker, Timeline, Track, Transition
from glimmer.store.nouns import Standing

__all__ = ["Shelved", "ShortNames", "cut_state", "shelved"]

THUMB_PX: Final = 160  # two of the timeline's rows high, on a screen of two pixels to one
_WORDS_CHARS: Final = 60  # what a clip of usual width can show
_DIGITS: Final = 8  # of a sha256: of 10,000 assets, two have the same ones in one film of a hundred
_RUNS: Final = ("footage", "sound")
_ENDLESS: Final = -1


class ShortNames:
    """Assets by the first of their digits, as many as tell a film's apart: a thousand clips that name them whole are 50 kB more to send.

    One whose short name is another's already keeps its whole one.
    """

    def __init__(self) -> None:
        self._whole: dict[str, str] = {}

    def of(self, asset: str) -> str:
        """What a reference calls this asset."""
        name = asset[:_DIGITS]
        return name if self._whole.setdefault(name, asset) == asset else asset

    def whole(self, name: str) -> str:
        """The asset that a reference means."""
        return self._whole.get(name, name)


class Shelved(NamedTuple):
    """Where media stand: by asset, for the takes that are used; by (bucket, the end of a key), for clips whose take is another by now."""

    assets: Mapping[str, tuple[tuple[str, str], ...]]
    entries: Mapping[tuple[str, str], str]


def shelved(standing: Iterable[Standing]) -> Shelved:
    """What `cut_state` asks. One medium may stand for several entries: the same line said twice."""
    assets: dict[str, tuple[tuple[str, str], ...]] = {}
    entries: dict[tuple[str, str], str] = {}
    for each in standing:
        if each.asset:
            assets[each.asset] = (*assets.get(each.asset, ()), (each.bucket, each.key))
        entries[each.bucket, each.key] = entries[each.bucket, each.key.partition(":")[2] or each.key] = each.key
    return Shelved(assets, entries)


def cut_state(cut: Timeline, places: Shelved, short: ShortNames) -> dict[str, Any]:
    """The fields of a `TimelineState` that come of the cut itself."""
    said = {caption.line_id for caption in cut.captions}
    lines = {clip.made_of: clip.id for track in cut.tracks if track.kind == "sound" for clip in track.clips if clip.made_of in said}
    state: dict[str, Any] = {
        "version": cut.version,
        "rate": str(cut.rate),
        "frames": cut.frames,
        "tracks": {track.name: _track(track, order) for order, track in enumerate(_from_the_top(cut))},
        "clips": {clip.id: _clip(clip, track, places, short) for track in cut.tracks for clip in track.clips},
        "joins": {
            f"{track.name}/{each.left}/{each.right}": _join(each, track) for track in cut.tracks for each in track.transitions
        },
        "captions": dict(_captions(cut.captions, lines)),
        "markers": dict(_markers(cut.markers)),
    }
    return _less(
        state, {"version": 0, "rate": "24", "frames": 0, "tracks": {}, "clips": {}, "joins": {}, "captions": {}, "markers": {}}
    )


def _from_the_top(cut: Timeline) -> list[Track]:
    """Tracks as an editor draws them: upper pictures over lower ones, then the sounds in their order."""
    pictures = [track for track in cut.tracks if track.kind == "picture"]
    return [*reversed(pictures), *(track for track in cut.tracks if track.kind != "picture")]


def _less(fields: dict[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in defaults or value != defaults[name]}


_TRACK: Final = {"muted": False, "gain_db": 0.0, "duck_under": "", "duck_db": 0.0}


def _track(track: Track, order: int) -> dict[str, Any]:
    fields = {"order": order, "kind": track.kind, "role": track.role, **{name: getattr(track, name) for name in _TRACK}}
    return _less(fields, _TRACK)


_SAME: Final = {
    "source_start": 0,
    "media_frames": 0,
    "backwards": False,
    "frozen": False,
    "gain_db": 0.0,
    "pan": 0.0,
    "fade_in": 0,
    "fade_out": 0,
    "opacity": 1.0,
    "linked": "",
}


def _clip(clip: Clip, track: Track, places: Shelved, short: ShortNames) -> dict[str, Any]:
    fields: dict[str, Any] = {"track": track.name, "name": clip.name, "kind": clip.kind, "start": clip.start, "frames": clip.frames}
    own = vars(clip)
    for name, default in _SAME.items():
        if own[name] != default:
            fields[name] = own[name]
    head, tail = _room(clip)
    if head:
        fields["head_room"] = head
    if tail:
        fields["tail_room"] = tail
    if clip.speed != 1:
        fields["speed"] = str(clip.speed)
    if clip.box is not None:
        fields["inset"] = True
    if clip.kind == "title" and clip.title:
        fields["words"] = clip.title[:_WORDS_CHARS]
    if clip.asset:
        fields |= _media(clip, track, places, short)
    return fields


def _media(clip: Clip, track: Track, places: Shelved, short: ShortNames) -> dict[str, str]:
    name = short.of(clip.asset)
    fields = {"picture": f"thumb/{name}/{THUMB_PX}"} if track.kind == "picture" else {"sound": f"peaks/{name}"}
    bucket, key = _place(clip, track, places)
    return fields | {"bucket": bucket, "key": key} if bucket else fields


def _room(clip: Clip) -> tuple[int, int]:
    """By how many frames of the film its media goes on before its head and after its tail."""
    if clip.kind not in _RUNS or clip.frozen:
        return _ENDLESS, _ENDLESS
    if clip.speed == 1 and not clip.source_part:  # nearly every clip of nearly every film: whole numbers are a fifth of the time
        before = clip.source_start
        after = max(0, clip.media_frames - before - clip.frames) if clip.media_frames else _ENDLESS
    else:
        first = clip.source_start + clip.source_part
        before = _frames(first, clip.speed)
        after = _frames(clip.media_frames - first - clip.used_frames, clip.speed) if clip.media_frames else _ENDLESS
    return (after, before) if clip.backwards else (before, after)


def _frames(media: Fraction, speed: Fraction) -> int:
    return max(0, math.floor(media / speed))


def _place(clip: Clip, track: Track, places: Shelved) -> tuple[str, str]:
    """The entry it came from: of those whose take it is the one that it is named for; else the one that it is named for."""
    found = places.assets.get(clip.asset, ())
    mine = next((each for each in found if clip.made_of and each[1].endswith(clip.made_of)), None)
    if mine is None and not found and clip.made_of:
        bucket = "video" if track.kind == "picture" else "music" if track.role == "music" else "audio"
        key = places.entries.get((bucket, clip.made_of))
        return (bucket, key) if key is not None else ("", "")
    return mine or (found[0] if found else ("", ""))


_JOIN: Final = {"left": "", "right": "", "colour": "black", "direction": "left"}


def _join(join: Transition, track: Track) -> dict[str, Any]:
    fields = {"track": track.name, "kind": join.kind, "frames": join.frames, **{name: getattr(join, name) for name in _JOIN}}
    return _less(fields, _JOIN)


def _captions(captions: Iterable[Caption], lines: Mapping[str, str]) -> Iterable[tuple[str, dict[str, Any]]]:
    counts: dict[str, int] = {}
    for caption in captions:
        count = counts[caption.line_id] = counts.get(caption.line_id, 0) + 1
        fields = {"start": caption.start, "frames": caption.end - caption.start, "text": caption.text}
        line = lines.get(caption.line_id, "")
        yield (
            caption.line_id if count == 1 else f"{caption.line_id}/{count}",
            _less(fields | {"speaker": caption.speaker, "line": line}, {"speaker": "", "line": ""}),
        )


def _markers(markers: Iterable[Marker]) -> Iterable[tuple[str, dict[str, Any]]]:
    """By what they say, not by where: so that a ripple moves them as it moves clips."""
    counts: dict[str, int] = {}
    for marker in markers:
        name = f"{zlib.crc32(marker.note.encode()):08x}"
        counts[name] = counts.get(name, 0) + 1
        yield f"{name}/{counts[name]}", {"start": marker.at, "note": marker.note}

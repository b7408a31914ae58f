"""How a cut looks: the strip drawn to scale, with the pictures of its clips where their studio is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from glimmer.assembly.differing import join_words, speed_words
from glimmer.assembly.nouns import Assembly, Clip, Track
from glimmer.assets import find_in_open_studios, thumbnail
from glimmer.display import (
    Html,
    StripClip,
    StripJoin,
    StripTrack,
    card,
    card_of,
    count_text,
    duration_text,
    line_of,
    one_line,
    strip,
    thumbnail_uri,
)

__all__ = ["cut_card", "cut_line"]

_JOIN_SECONDS = 0.5  # a duck does not come up for less
_THINGS = {"picture": "clip", "dialogue": "line", "music": "cue", "effects": "sound"}


@line_of.register
def cut_line(cut: Assembly) -> str:
    """One line: Cut "The Lighthouse" v1 · 44 s · V1 10 clips · A1 6 lines · A2 2 cues · A3 3 sounds."""
    version = f" v{cut.version}" if cut.version else ""
    tracks = (f"{track.name} {count_text(len(track.clips), _THINGS[track.role])}" for track in cut.tracks)
    return one_line(f'Cut "{cut.title}"{version}', duration_text(cut.seconds), *tracks)


@card_of.register
def cut_card(cut: Assembly) -> Html:
    facts = [("length", duration_text(cut.seconds)), ("frames", f"{cut.frames:,}"), ("a second", f"{float(cut.rate):.5g}")]
    counts = Counter({f"{_THINGS[track.role]}s": 0 for track in cut.tracks})  # beds and effects are both sounds
    for track in cut.tracks:
        counts[f"{_THINGS[track.role]}s"] += len(track.clips)
    facts += [(things, f"{count:,}") for things, count in counts.items()]
    speakers = {caption.line_id: caption.speaker for caption in cut.captions}
    tracks = [_lane(track, cut, speakers) for track in _as_seen(cut)]
    if cut.captions:
        words = [StripClip(each.text, each.start, each.end - each.start, "captions") for each in cut.captions]
        tracks.append(StripTrack("CC", words))
    drawn = strip(tracks, rate=cut.rate, markers=[(marker.at, marker.note) for marker in cut.markers])
    version = f"v{cut.version}" if cut.version else "not kept"
    return card(cut.title, facts, subtitle=f"cut {version}", inside=drawn, notices=cut.notices)


def _as_seen(cut: Assembly) -> list[Track]:
    """The pictures from the uppermost down, as they lie over one another; then the sounds."""
    pictures = [track for track in cut.tracks if track.kind == "picture"]
    return [*reversed(pictures), *(track for track in cut.tracks if track.kind != "picture")]


def _lane(track: Track, cut: Assembly, speakers: dict[str, str]) -> StripTrack:
    dips = _dips(track, cut)
    blocks = [_block(clip, track, speakers, dips) for clip in track.clips]
    under = next((other.name for other in cut.tracks if other.kind == "picture"), track.name)
    return StripTrack(track.name, blocks, _joins(track), muted=track.muted, upper=track.kind == "picture" and track.name != under)


def _joins(track: Track) -> list[StripJoin]:
    """The transitions between two clips; fades are drawn in the corners of theirs."""
    starts = {clip.id: clip.start for clip in track.clips}
    return [
        StripJoin(join_words(join), starts[join.right] - join.frames // 2, join.frames, starts[join.right])
        for join in track.transitions
        if join.left and join.right in starts
    ]


def _fades(clip: Clip, track: Track) -> tuple[int, int]:
    into = [join.frames for join in track.transitions if join.right == clip.id and not join.left]
    out = [join.frames for join in track.transitions if join.left == clip.id and not join.right]
    return max(into, default=clip.fade_in), max(out, default=clip.fade_out)


def _block(clip: Clip, track: Track, speakers: dict[str, str], dips: Sequence[tuple[int, int]]) -> StripClip:
    path = find_in_open_studios(clip.asset) if clip.asset and track.kind == "picture" else None
    small = thumbnail(path) if path is not None else b""
    speaker = speakers.get(clip.made_of.removeprefix("line:"), "")
    signs = _signs(clip)
    name = (clip.title or clip.subtitle.partition("\n")[0] or clip.name) if clip.kind == "title" else clip.name
    box = clip.box
    return StripClip(
        " ".join(filter(None, (f"{name} · {speaker}" if speaker else name, signs))),
        clip.start,
        clip.frames,
        clip.kind if clip.kind == "title" else track.role,
        thumbnail_uri(small) if small else "",
        tuple(dip for dip in dips if dip[0] < clip.end and dip[1] > clip.start),
        " ".join(filter(None, (name if clip.kind == "title" else clip.name.split()[-1] if clip.name else "", signs))),
        note=_note(clip),
        fades=_fades(clip, track),
        opacity=clip.opacity,
        inset=(box.left, box.top, box.width, box.height) if box is not None else None,
    )


def _signs(clip: Clip) -> str:
    """ "×2", "←" for backwards, "‖" for a held frame: signs that every font has."""
    return " ".join(
        sign
        for sign in ("‖" if clip.frozen else speed_words(clip.speed) if clip.speed != 1 else "", "←" if clip.backwards else "")
        if sign
    )


def _note(clip: Clip) -> str:
    """What is told on hover."""
    told = (
        "a held frame" if clip.frozen else f"at {speed_words(clip.speed)} speed" if clip.speed != 1 else "",
        "backwards" if clip.backwards else "",
        "picture in picture" if clip.box is not None else "",
        f"{clip.opacity:.0%} opaque" if clip.opacity < 1 else "",
        f"{clip.gain_db:+.3g} dB" if clip.gain_db else "",
        f"{clip.frames} frames",
    )
    return ", ".join(filter(None, told))


def _dips(track: Track, cut: Assembly) -> tuple[tuple[int, int], ...]:
    """Where this track is pushed down: the spans of the track it ducks under, those close together as one."""
    spans = [(clip.start, clip.end) for other in cut.tracks if other.name == track.duck_under for clip in other.clips]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start - joined[-1][1] < cut.rate * _JOIN_SECONDS:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)

"""How a cut looks: the strip drawn to scale, with the pictures of its clips where their studio is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glimmer.assets import find_in_open_studios, thumbnail
from glimmer.display import Html, StripClip, StripTrack, card, count_text, duration_text, one_line, strip, thumbnail_uri

if TYPE_CHECKING:
    from glimmer.assembly.nouns import Assembly, Clip, Track

__all__ = ["cut_card", "line"]

_THINGS = {"picture": "clip", "dialogue": "line", "music": "cue", "effects": "sound"}


def line(cut: Assembly) -> str:
    """One line: Cut "The Lighthouse" v1 · 44 s · V1 10 clips · A1 6 lines · A2 2 cues · A3 3 sounds."""
    version = f" v{cut.version}" if cut.version else ""
    tracks = (f"{track.name} {count_text(len(track.clips), _THINGS[track.role])}" for track in cut.tracks)
    return one_line(f'Cut "{cut.title}"{version}', duration_text(cut.seconds), *tracks)


def cut_card(cut: Assembly) -> Html:
    facts = [("length", duration_text(cut.seconds)), ("frames", f"{cut.frames:,}"), ("rate", f"{float(cut.rate):.5g}")]
    facts += [(track.name, count_text(len(track.clips), _THINGS[track.role])) for track in cut.tracks]
    tracks = [StripTrack(track.name, [_block(clip, track) for clip in track.clips]) for track in cut.tracks]
    if cut.captions:
        words = [StripClip(each.text, each.start, each.end - each.start, "captions") for each in cut.captions]
        tracks.append(StripTrack("CC", words))
    drawn = strip(tracks, rate=cut.rate, markers=[(marker.at, marker.note) for marker in cut.markers])
    version = f"v{cut.version}" if cut.version else "not kept"
    return card(cut.title, facts, subtitle=f"cut {version}", inside=drawn, notices=cut.notices)


def _block(clip: Clip, track: Track) -> StripClip:
    path = find_in_open_studios(clip.asset) if clip.asset and track.kind == "picture" else None
    small = thumbnail(path) if path is not None else b""
    return StripClip(
        clip.name, clip.start, clip.frames, clip.kind if clip.kind == "title" else track.role, thumbnail_uri(small) if small else ""
    )

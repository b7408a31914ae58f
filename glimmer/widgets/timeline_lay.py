"""Laying a take into the cut from a timeline: what was dragged from a bucket, the track it belongs on, and the line of Python that does it.

Takes a bucket, a key and a take's number; gives a cut with it, and `cut = cut.overwrite(film.video["gull"], at=288, track="V2")`. Sounds
that are dropped on a picture track go to a sound track that is free there; footage brings its own sound along, if it has one.
"""

from __future__ import annotations

from typing import Any, Final

from glimmer.assembly import Assembly
from glimmer.assembly.taking import STILL_SECONDS, media_frames_of
from glimmer.buckets.entry import Entry
from glimmer.buckets.shelves import LINE
from glimmer.errors import InputError, MissingPiece, NotFound
from glimmer.project import Project
from glimmer.render.conformed import has_sound
from glimmer.store import Take
from glimmer.widgets.timeline_asks import Lay
from glimmer.widgets.timeline_lines import said

__all__ = ["laid"]

_BUCKETS: Final = ("video", "audio", "music", "characters")
_MOST_TRACKS: Final = 100


def laid(film: Project, cut: Assembly, ask: Lay) -> tuple[Assembly, str]:
    """The cut with the take in it, and the line that does it. `cut` stays as it was.

    Raises: NotFound for a bucket, an entry or a take that is not there; MissingPiece, InputError, as `Assembly.insert`.
    """
    if ask.bucket not in _BUCKETS:
        raise NotFound.among("bucket with something to lay", ask.bucket, _BUCKETS)
    entry: Entry = getattr(film, ask.bucket)[ask.key]
    take, given, words = _meant(film, ask, entry)
    named: dict[str, Any] = {"at": ask.at}
    track = _track(cut, ask, take)
    named |= {"track": track} if track != "V1" else {}
    named |= {"frames": ask.frames} if ask.frames else {}
    named |= {"name": entry.name} if given is take else {}
    named |= _own_sound(film, cut, ask, take)
    line = f"cut = cut.{ask.how}({', '.join([words, *(f'{name}={said(value)}' for name, value in named.items())])})"
    return getattr(cut, ask.how)(given, **named), line


def _meant(film: Project, ask: Lay, entry: Entry) -> tuple[Take, Entry | Take, str]:
    """The take, what is given to the verb, and how that is typed: the entry itself, if cuts use this take of it."""
    bucket = getattr(film, ask.bucket)
    name = entry.name if bucket[entry.name].key == entry.key else entry.key
    words = f"film.{ask.bucket}[{said(name)}]"
    used = entry.used
    if not ask.take or (used is not None and used.number == ask.take):
        if used is None:
            raise MissingPiece(f'"{entry.name}" has no take yet, so there is nothing to lay into the cut. Make one, or add a file.')
        return used, entry, words
    takes = entry.takes
    at = next((at for at, each in enumerate(takes) if each.number == ask.take), None)
    if at is None:
        raise NotFound.among(f'take of "{entry.name}"', ask.take, [str(each.number) for each in takes])
    return takes[at], takes[at], f"{words}.takes[{at}]"


# ── where it goes ───────────────────────────────────────────────────────────────────────────────────────────
def _track(cut: Assembly, ask: Lay, take: Take) -> str:
    """The track that was meant; a free sound track for a sound that was let go over the pictures."""
    if not take.media_type.startswith("audio/") or ask.track.startswith("A"):
        return ask.track
    role = "music" if ask.bucket == "music" else "dialogue" if ask.key.startswith(LINE) else "effects"
    return _free(cut, ask.at, ask.at + _length(cut, ask, take), role)


def _own_sound(film: Project, cut: Assembly, ask: Lay, take: Take) -> dict[str, str]:
    """`sound=` for footage that is heard. Where it can't be read, nothing: the verb says what is wrong with it."""
    if not take.media_type.startswith("video/") or ask.track.startswith("A"):
        return {}
    if not has_sound(film.assets.path(take.asset)):
        return {}
    return {"sound": _free(cut, ask.at, ask.at + _length(cut, ask, take), "effects")}


def _length(cut: Assembly, ask: Lay, take: Take) -> int:
    return ask.frames or media_frames_of(take, cut.rate) or round(STILL_SECONDS * cut.rate)


def _free(cut: Assembly, first: int, end: int, role: str) -> str:
    """The first sound track of that role on which nothing lies there, else one that is not there yet."""
    sounds = [track for track in cut.tracks if track.kind == "sound"]
    for track in sounds:
        if track.role == role and not track.muted and all(clip.end <= first or clip.start >= end for clip in track.clips):
            return track.name
    taken = {track.name for track in sounds}
    new = next((f"A{number}" for number in range(1, _MOST_TRACKS) if f"A{number}" not in taken), None)
    if new is None:
        raise InputError(f"all {len(taken)} sound tracks have something there; expected a free one. Name a track to lay it on.")
    return new

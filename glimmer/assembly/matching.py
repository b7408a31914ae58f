"""Matching: which clip of one cut is which of another, what of it is still there, and what merely slid.

Pure, for `changes`. A clip is known by its id; where that is gone, by its name and media. Halves of a split are pieces of the clip that was
split. What a trim or an insertion pushes along did not move: only clips that changed their order, or their distance to all that they could
have kept it to, did.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Final

from glimmer.assembly.pieces import Clip, Timeline, Track

__all__ = ["WITHOUT_TIME", "Kept", "Matching", "Piece", "followed", "link_of", "matched", "whole_name"]

_PART: Final = re.compile(r"\.\d+$")  # the right half of "2A" is called "2A.2"
WITHOUT_TIME: Final = ("still", "title", "black")


@dataclass(frozen=True, slots=True)
class Piece:
    """A clip of the new cut, and which frames of the old clip it is: from `begins` to before `ends`, counted from the old clip's start."""

    clip: Clip
    begins: Fraction
    ends: Fraction


@dataclass(frozen=True, slots=True)
class Kept:
    """A clip that is in both cuts. `pieces` in order of their start: more than one after a split. `moved`: it lies elsewhere on purpose."""

    old: Clip
    old_track: str
    track: str
    pieces: tuple[Piece, ...]

    @property
    def first(self) -> Piece:
        return self.pieces[0]

    @property
    def last(self) -> Piece:
        return self.pieces[-1]

    @property
    def head(self) -> int:
        """How many frames later its picture or sound begins; below 0 earlier."""
        return _whole(self.first.begins, self)

    @property
    def tail(self) -> int:
        """How many frames later it ends; below 0 earlier."""
        return _whole(self.last.ends - self.old.frames, self)

    @property
    def shift(self) -> Fraction:
        """How much later its frames lie in the film."""
        return self.first.clip.start - self.old.start - self.first.begins


@dataclass(slots=True)
class Matching:
    """All clips of two cuts, told apart. `moved`: ids (of the old cut) of kept clips that lie elsewhere on purpose.

    `gaps`: those before which the film was opened (or closed, below 0) by so many frames, with all that follows.
    """

    kept: list[Kept] = field(default_factory=list)
    removed: list[tuple[Track, Clip]] = field(default_factory=list)
    added: list[tuple[Track, Clip]] = field(default_factory=list)
    moved: set[str] = field(default_factory=set)
    gaps: dict[str, int] = field(default_factory=dict)
    main: str = ""  # the track that the others follow
    origin: dict[str, Kept] = field(default_factory=dict)  # id in the new cut -> what it is a piece of
    slides: _Slides = field(default_factory=lambda: _Slides([]))

    def slid(self, at_frame: int | Fraction, by: int | Fraction) -> bool:
        """Whether what lay at `at_frame` merely went along with the pictures (or stayed where it was) by lying `by` later.

        What lay over a part of a picture that is gone goes to where that part was.
        """
        return by == 0 or by in self.slides.near(at_frame) or self.slides.closed(at_frame, at_frame + by)


class _Slides:
    """How much later the pictures of the first track lie, by where they lay: (from, to, shift)."""

    def __init__(self, spans: Sequence[tuple[Fraction, Fraction, Fraction]]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _, _ in self._spans]

    def _beside(self, at_frame: int | Fraction) -> Sequence[tuple[Fraction, Fraction, Fraction]]:
        return self._spans[max(0, bisect_left(self._starts, at_frame) - 2) : bisect_right(self._starts, at_frame) + 2]

    def near(self, at_frame: int | Fraction) -> list[Fraction]:
        """The shift of the picture there, and of those beside it."""
        return [shift for _, _, shift in self._beside(at_frame)]

    def closed(self, at_frame: int | Fraction, now: int | Fraction) -> bool:
        """Whether no picture of that frame is left, and `now` is where those beside it meet."""
        beside = self._beside(at_frame)
        gone = bool(beside) and all(not begin < at_frame < end for begin, end, _ in beside)
        edges = [*(begin + by for begin, _, by in beside), *(end + by for _, end, by in beside), 0]
        return gone and now in edges


def whole_name(clip: Clip) -> str:
    """What the clip is called that it may be a part of: "2A" for "2A.2"."""
    return _PART.sub("", clip.name)


def link_of(clip: Clip) -> str:
    """The id of the picture that a sound goes along with; "" for none."""
    return clip.linked


def followed(found: Matching, kept: Kept) -> Kept | None:
    """The picture that a kept sound is linked to, if the sound was cut, moved and stretched as the picture was; else None."""
    picture = found.origin.get(link_of(kept.first.clip))
    return picture if picture is not None and picture is not kept and _way(picture) == _way(kept) else None


def _way(kept: Kept) -> list[tuple[int, Fraction, Fraction]]:
    """How far each piece went, and how much of the head and the tail it lacks."""
    old = kept.old
    return [(piece.clip.start - old.start, piece.begins, piece.ends - old.frames) for piece in kept.pieces]


def matched(old: Timeline, new: Timeline) -> Matching:
    """Every clip of both cuts, which must run at one rate."""
    found = Matching()
    before = {clip.id: (track, clip) for track in old.tracks for clip in track.clips}
    after = {clip.id: (track, clip) for track in new.tracks for clip in track.clips}
    pairs = {id: id for id in after if id in before}
    gone = [place for id, place in before.items() if id not in pairs]
    fresh = [place for id, place in after.items() if id not in pairs]
    pairs |= _by_content(gone, fresh)
    known = {new_id: old_id for old_id, new_id in pairs.items()}
    halves = _halves([place for place in fresh if place[1].id not in known], pairs, before, after)
    for old_id, new_id in pairs.items():
        _keep(found, before[old_id], after[new_id], halves.get(old_id, []))
    found.removed = [place for place in gone if place[1].id not in pairs]
    found.added = [place for place in fresh if place[1].id not in found.origin]
    _see_what_moved(found, old, new)
    return found


def _by_content(gone: Sequence[tuple[Track, Clip]], fresh: Sequence[tuple[Track, Clip]]) -> dict[str, str]:
    """Clips that got another id: same name, media and source, in order."""
    free: dict[tuple[str, ...], list[str]] = {}
    for track, clip in fresh:
        free.setdefault((track.name, clip.kind, clip.name, clip.asset, clip.made_of, clip.title), []).append(clip.id)
    pairs = {}
    for track, clip in gone:
        candidates = free.get((track.name, clip.kind, clip.name, clip.asset, clip.made_of, clip.title))
        if candidates:
            pairs[clip.id] = candidates.pop(0)
    return pairs


def _halves(
    fresh: Sequence[tuple[Track, Clip]],
    pairs: dict[str, str],
    before: dict[str, tuple[Track, Clip]],
    after: dict[str, tuple[Track, Clip]],
) -> dict[str, list[Clip]]:
    """By old clip, the new clips that are further pieces of it."""
    by_look: dict[tuple[str, ...], list[tuple[str, Clip, list[Clip]]]] = {}
    for old_id, new_id in pairs.items():
        track, kept = after[new_id]
        row = by_look.setdefault((track.name, kept.kind, whole_name(kept), kept.asset, kept.made_of), [])
        row.append((old_id, before[old_id][1], [kept]))
    halves: dict[str, list[Clip]] = {}
    for track, clip in fresh:
        for old_id, whole, pieces in by_look.get((track.name, clip.kind, whole_name(clip), clip.asset, clip.made_of), []):
            if clip.kind != "black" and _is_piece(whole, pieces, clip):
                pieces.append(clip)
                halves.setdefault(old_id, []).append(clip)
                break
    return halves


def _is_piece(whole: Clip, pieces: Sequence[Clip], clip: Clip) -> bool:
    """Whether `clip` is a part of `whole` that the `pieces` found so far are not."""
    if clip.frozen != whole.frozen:
        return False
    if whole.frozen or whole.kind in WITHOUT_TIME:
        return clip.frames + sum(piece.frames for piece in pieces) <= whole.frames
    (first, last), (begin, end) = _used(clip), _used(whole)
    clear = (last <= _used(piece)[0] + 1 or first >= _used(piece)[1] - 1 for piece in pieces)
    return begin - 1 <= first and last <= end + 1 and all(clear)


def _used(clip: Clip) -> tuple[Fraction, Fraction]:
    """The stretch of its media that it uses, in the cut's frames."""
    first = clip.source_start + clip.source_part
    return first, first + clip.used_frames


def _keep(found: Matching, was: tuple[Track, Clip], now: tuple[Track, Clip], halves: Sequence[Clip]) -> None:
    clips = sorted((now[1], *halves), key=lambda clip: clip.start)
    kept = Kept(was[1], was[0].name, now[0].name, tuple(_pieces(was[1], clips)))
    found.kept.append(kept)
    found.origin |= {clip.id: kept for clip in clips}


def _pieces(old: Clip, clips: Sequence[Clip]) -> Iterator[Piece]:
    unlike = any(clip.frozen != old.frozen or clip.asset != old.asset for clip in clips)
    if unlike or ((old.frozen or old.kind in WITHOUT_TIME) and all(clip.source_start == old.source_start for clip in clips)):
        yield from _pieces_without_time(old, clips)
        return
    turned = list(_by_media(old, clips, backwards=not old.backwards))
    in_order = all(left.begins <= right.begins for left, right in pairwise(turned))
    if any(clip.backwards != old.backwards for clip in clips) and in_order:
        yield from turned  # reversed first, then cut: what was its end is its head
    else:
        yield from _by_media(old, clips, backwards=old.backwards)


def _by_media(old: Clip, clips: Sequence[Clip], *, backwards: bool) -> Iterator[Piece]:
    """Which frames of the old clip, played in that direction, the clips are, by what they use of its media."""
    for clip in clips:
        (first, last), (begin, end) = _used(clip), _used(old)
        begins = (end - last if backwards else first - begin) / old.speed
        yield Piece(clip, begins, begins + clip.used_frames / old.speed)


def _pieces_without_time(old: Clip, clips: Sequence[Clip]) -> Iterator[Piece]:
    """A still looks the same in every frame: one that ends where it ended lost its head, any other its tail."""
    whole = sum(clip.frames for clip in clips)
    here = Fraction(0)
    for n, clip in enumerate(clips):
        last = n == len(clips) - 1
        if last and clip.end == old.end and (whole < old.frames or not n):
            here = Fraction(old.frames - clip.frames)
        yield Piece(clip, here, here + clip.frames)
        here += clip.frames


def _whole(frames: Fraction, kept: Kept) -> int:
    """In whole frames. At a speed that is no whole number, or a changed one, a clip's media ends within a frame of where it did."""
    speeds = [piece.clip.speed for piece in kept.pieces]
    if all(speed == kept.old.speed for speed in speeds) and kept.old.speed.denominator == 1:
        return round(frames)
    slack = max(Fraction(1), *speeds) / min(Fraction(1), kept.old.speed)
    return 0 if abs(frames) <= slack else round(frames)


# ── what moved, and what merely slid ────────────────────────────────────────────────────────────────────────
def _see_what_moved(found: Matching, old: Timeline, new: Timeline) -> None:
    found.moved = {kept.old.id for kept in found.kept if kept.track != kept.old_track}
    found.main = next((track.name for track in new.tracks if track.kind == "picture"), "")
    for track in sorted(new.tracks, key=lambda track: track.name != found.main):
        kept = [each for each in found.kept if each.track == each.old_track == track.name]
        kept.sort(key=lambda each: (each.old.start, each.old.end))
        stays = _in_order([(each.first.clip.start, each.last.clip.end) for each in kept])
        left = [each for n, each in enumerate(kept) if n not in stays]
        found.moved |= {each.old.id for each in left if not found.slid(each.old.start + each.first.begins, each.shift)}
        _see_what_moved_on(found, kept, old, track)
        if track.name == found.main:
            found.slides = _Slides([_slide(each, piece) for each in kept for piece in each.pieces])


def _slide(kept: Kept, piece: Piece) -> tuple[Fraction, Fraction, Fraction]:
    at = kept.old.start + piece.begins
    return at, kept.old.start + piece.ends, piece.clip.start - at


def _in_order(places: Sequence[tuple[int, int]]) -> set[int]:
    """The longest row of them, by position, that is in order (patience sorting, from the end).

    Of two that changed places it keeps the one that was first: the other one went before it.
    """
    tops: list[tuple[int, int]] = []
    at: list[int] = []
    after: dict[int, int] = {}
    for n in range(len(places) - 1, -1, -1):
        place = (-places[n][0], -places[n][1])
        pile = bisect_left(tops, place) if place not in tops[-1:] else len(tops)
        tops[pile : pile + 1] = [place]
        at[pile : pile + 1] = [n]
        if pile:
            after[n] = at[pile - 1]
    row: set[int] = set()
    n = at[-1] if at else -1
    while n >= 0:
        row.add(n)
        n = after.get(n, -1)
    return row


def _see_what_moved_on(found: Matching, kept: Sequence[Kept], old: Timeline, track: Track) -> None:
    was = next((each.clips for each in old.tracks if each.name == track.name), ())
    ends_before = _ends_before(was)
    ends_now = _ends_before(track.clips)
    left_now = {clip.id: track.clips[n - 1] for n, clip in enumerate(track.clips) if n}
    for n, each in enumerate(kept):
        if each.old.id in found.moved or found.slid(each.old.start + each.first.begins, each.shift):
            continue
        start = each.first.clip.start
        gaps = {start - ends_now[each.first.clip.id], start - each.head - ends_now[each.first.clip.id]}
        if each.old.start - ends_before[each.old.id] in gaps:
            continue
        beside = left_now.get(each.first.clip.id)
        if _stayed_beside(found, each, beside):
            continue
        following = kept[n + 1] if n + 1 < len(kept) else None
        if track.name == found.main and following is not None and following.shift == each.shift:
            found.gaps[each.old.id] = start - ends_now[each.first.clip.id] - (each.old.start - ends_before[each.old.id])
        else:
            found.moved.add(each.old.id)


def _ends_before(clips: Sequence[Clip]) -> dict[str, int]:
    """By clip, where the one before it ends; 0 for the first."""
    return {clip.id: clips[n - 1].end if n else 0 for n, clip in enumerate(clips)}


def _stayed_beside(found: Matching, kept: Kept, beside: Clip | None) -> bool:
    """Whether it still lies as far from what is before it as that part of the old cut did."""
    left = found.origin.get(beside.id) if beside is not None else None
    if beside is None or left is None or left.old_track != kept.old_track:
        return False
    part = next(piece for piece in left.pieces if piece.clip.id == beside.id)
    return kept.first.clip.start - beside.end == kept.old.start + kept.first.begins - left.old.start - part.ends

"""Changes: what one cut does otherwise than another, an edit a row, in the order of the film; and a cut as a table of its clips.

Pure: takes cuts, gives tables. What follows from an edit is no edit: clips that slid because one before them got shorter, captions that
went along with their line, the part of a clip that another was laid over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from glimmer.assembly.conform import at_rate
from glimmer.assembly.differing import (
    Edit,
    caption_edits,
    clip_edits,
    film_edits,
    join_edits,
    marker_edits,
    smpte,
    speed_words,
    track_edits,
)
from glimmer.assembly.matching import WITHOUT_TIME, Kept, Matching, Piece, followed, link_of, matched
from glimmer.assembly.pieces import Clip, Timeline, Track
from glimmer.display import Table, count_text, duration_text
from glimmer.errors import InputError

__all__ = ["changes", "table"]

_COLUMNS = ("at", "where", "edit", "before", "after")
_ALONG = frozenset({"take replaced", "speed", "reversed", "frozen", "renamed"})  # what a linked sound does because its picture does
_ROUND = re.compile(r" A\d+\.\d+$")  # the rounds of a bed are called "room tone A5.1", "room tone A5.2" …


def changes(old: Timeline, new: Timeline) -> Table:
    """What `new` does otherwise than `old`: at · where · edit · before · after, in the order of the film; no rows if they are one cut.

    `at` is a timecode of the new cut. Lengths are in frames. Versions and notices are not compared. Cuts of two rates are compared at
    the new one's. A sound that is linked to a picture and went where it did has no row; the rounds of one bed are one row.
    Raises: InputError for what is no cut.
    """
    for cut in (old, new):
        if not isinstance(cut, Timeline):
            raise InputError(f"{cut!r:.60} is no cut; expected one to compare with. Write for instance cut.changes(film.cut).")
    rows = sorted(_edits(old, new), key=lambda edit: (edit.at, edit.rank))
    last = max(0, new.frames)
    shown = [(smpte(min(row.at, last), new.rate), row.where, row.what, row.before or "–", row.after or "–") for row in rows]
    if not shown:
        return Table(_COLUMNS, [], title="no edits")
    lengths = f"{duration_text(old.seconds)} -> {duration_text(new.seconds)}"
    return Table(_COLUMNS, shown, title=f"{count_text(len(shown), 'edit')} · {lengths}")


def _edits(old: Timeline, new: Timeline) -> Iterator[Edit]:
    for what, before, after in film_edits(old, new):
        yield Edit(0, 0, "film", what, before, after)
    old = at_rate(old, new.rate)
    if old.tracks == new.tracks and old.captions == new.captions and old.markers == new.markers:
        return
    found = matched(old, new)
    made = [*_track_by_track(found, old, new), *_beside_the_tracks(found, old, new)]
    yield from made
    if not made and old.tracks != new.tracks:
        yield Edit(0, 0, "film", "laid out otherwise", _tracks(old), _tracks(new))


def _tracks(cut: Timeline) -> str:
    return ", ".join(track.name for track in cut.tracks)


def _beside_the_tracks(found: Matching, old: Timeline, new: Timeline) -> Iterator[Edit]:
    for at, where, what, before, after in (*caption_edits(found, old, new), *marker_edits(found, old, new)):
        yield Edit(at, 90, where, what, before, after)


def _track_by_track(found: Matching, old: Timeline, new: Timeline) -> Iterator[Edit]:
    were = {track.name: track for track in old.tracks}
    for rank, track in enumerate(new.tracks, 1):
        was = were.pop(track.name, None)
        if was is None and not track.clips:
            yield Edit(0, rank, track.name, "track added", "", track.role)
        fresh = Track(name=track.name, kind=track.kind, role=track.role)
        settings = tuple(track_edits(was or fresh, track))
        for what, before, after in settings if was is not None or not track.clips else ():
            yield Edit(0, rank, track.name, what, before, after)
        was = was or fresh.model_copy(update={"gain_db": track.gain_db})
        for at, where, what, before, after in join_edits(found, was, track):
            yield Edit(at, rank, f"{track.name} {where}", what, before, after)
        yield from _together(list(_OnTrack(found, was, track, new.rate, rank).edits()), track)
    for track in were.values():
        yield Edit(0, 80, track.name, "track removed", track.role, "")
        if track.clips:
            yield from _OnTrack(found, track, Track(name=track.name, kind=track.kind), new.rate, 80).edits()


def _together(edits: Sequence[Edit], track: Track) -> Iterator[Edit]:
    """The same table of colours on many clips is one edit of the track."""
    alike = Counter((edit.before, edit.after) for edit in edits if edit.what == "LUT")
    told: set[tuple[str, str]] = set()
    for edit in edits:
        if edit.what != "LUT":
            yield edit
        elif (edit.before, edit.after) not in told:
            told.add((edit.before, edit.after))
            count = alike[edit.before, edit.after]
            where = edit.where if count == 1 else f"{track.name} {count_text(count, 'clip')}"
            yield edit._replace(where=where, before=edit.before and "a table", after=_table_words(edit))


def _table_words(edit: Edit) -> str:
    """A cut knows its tables of colours by their content alone: eight digits of that would tell nobody anything."""
    return "" if not edit.after else "another table" if edit.before else "a table"


class _OnTrack:
    """The edits of one track's clips."""

    def __init__(self, found: Matching, old: Track, new: Track, rate: Fraction, rank: int) -> None:
        self.found, self.old, self.new, self.rate, self.rank = found, old, new, rate, rank
        joins = {(join.left, join.right) for join in new.transitions} - {(join.left, join.right) for join in old.transitions}
        self.crossed = {side for sides in joins for side in sides if side}
        self.main = new.name == found.main
        self.kept = sorted((each for each in found.kept if each.track == new.name), key=lambda each: each.first.clip.start)
        self.added = [clip for track, clip in found.added if track.name == new.name]
        self.removed = [clip for track, clip in found.removed if track.name == old.name]
        pictures = {clip.id: clip for track, clip in (*found.added, *found.removed) if track.kind == "picture"}
        self.silent = {clip.id for clip in (*self.added, *self.removed) if _comes_along(clip, pictures.get(link_of(clip)))}
        self.followed = {kept.old.id: picture for kept in self.kept if (picture := followed(found, kept)) is not None}
        self.ambiguous: set[str] = set()
        self.explained: set[tuple[str, str]] = set()  # (id in the old cut, "head" | "tail" | "split" | "removed")

    def edits(self) -> Iterator[Edit]:
        came = [*self._came(), *self._rolled()]
        for kept in self.kept:
            yield from self._of(kept)
        yield from came
        gone = [clip for clip in self.removed if clip.id not in self.silent and (clip.id, "removed") not in self.explained]
        for rounds in _beds(gone):
            yield self._edit(self._now(rounds[0].start), rounds[0], "removed", self._stands(rounds), "", rounds)

    def _edit(self, at: int, clip: Clip, what: str, before: str, after: str, rounds: Sequence[Clip] = ()) -> Edit:
        name = clip.name or clip.id
        return Edit(at, self.rank, f"{self.new.name} {_ROUND.sub('', name) if len(rounds) > 1 else name}", what, before, after)

    def _now(self, old_frame: int) -> int:
        """About where a frame of the old cut is now: for the order of the rows."""
        ends = [kept.last.clip.end for kept in self.kept if kept.old.start < old_frame]
        return max(ends, default=0)

    # what came, and what it was laid over
    def _came(self) -> Iterator[Edit]:
        clips = list(self.new.clips)
        fresh = {clip.id for clip in self.added}
        arrived = fresh | {piece.clip.id for kept in self.kept if kept.old.id in self.found.moved for piece in kept.pieces}
        for first, last in _runs(clips, arrived):
            over = self._laid_over(
                clips[first - 1] if first else None, clips[last + 1] if last + 1 < len(clips) else None, first, last
            )
            for rounds in _beds([clip for clip in clips[first : last + 1] if clip.id in fresh - self.silent]):
                came = _came_as(rounds[0], clips[first - 1] if first else None)
                yield self._edit(rounds[0].start, rounds[0], came, over, self._stands(rounds), rounds)

    def _stands(self, rounds: Sequence[Clip]) -> str:
        frames = _frames(rounds[-1].end - rounds[0].start)
        return f"{smpte(rounds[0].start, self.rate)}, {frames}{f' in {len(rounds)} rounds' if len(rounds) > 1 else ''}"

    def _laid_over(self, left: Clip | None, right: Clip | None, first: int, last: int) -> str:
        """What lay where clips `first` to `last` lie now; trims, splits and removals that this explains are marked so."""
        span = (right.start if right else self.new.clips[last].end) - (left.end if left else 0)
        begin, end = self._was(left, ends=True), self._was(right, ends=False)
        one = left is not None and right is not None and self.found.origin.get(left.id) is self.found.origin.get(right.id)
        if one and left is not None and begin == end:
            self.explained.add((self.found.origin[left.id].old.id, "split"))
        covered = end - begin if begin is not None and end is not None else None
        if covered is None and begin is not None and right is None:
            covered, end = Fraction(span), begin + span
        lost, self.ambiguous = self._lost_head(right), set()
        if lost and covered is not None and end is not None and covered != span:
            covered, end = covered + lost, end + lost
            self.ambiguous = {self.found.origin[right.id].old.id} if right else set()
        laid = sum((clip.frames * clip.speed for clip in self.new.clips[first : last + 1]), Fraction(0))  # before it was sped up
        if covered is None or begin is None or end is None or not (covered == span or 0 <= covered - laid < 1):
            return ""
        self.explained |= {(old_id, "tail") for old_id in self.ambiguous}
        self.ambiguous = set()
        return self._cover(begin, end, left, right)

    def _lost_head(self, clip: Clip | None) -> int:
        """How many frames a still that got shorter, and nobody can tell at which end, may have lost at its head."""
        kept = self.found.origin.get(clip.id) if clip is not None else None
        alike = kept is not None and clip is not None and len(kept.pieces) == 1 and clip.source_start == kept.old.source_start
        return -kept.tail if kept is not None and alike and kept.old.kind in WITHOUT_TIME and kept.tail < 0 else 0

    def _was(self, clip: Clip | None, *, ends: bool) -> Fraction | None:
        """Where the edge of a clip of the new cut lay in the old one."""
        if clip is None:
            return Fraction(0) if ends else None
        kept = self.found.origin.get(clip.id)
        if kept is None or kept.old_track != self.old.name or kept.old.id in self.found.moved:
            return None
        piece = next(each for each in kept.pieces if each.clip.id == clip.id)
        return kept.old.start + (piece.ends if ends else piece.begins)

    def _cover(self, begin: Fraction, end: Fraction, left: Clip | None, right: Clip | None) -> str:
        over: list[str] = []
        for clip in self.removed:
            if begin <= clip.start and clip.end <= end:
                self.explained.add((clip.id, "removed"))
                over.append(clip.name or clip.id)
        for beside, edge in ((left, "tail"), (right, "head")):
            kept = self.found.origin.get(beside.id) if beside is not None else None
            if kept is not None and kept.old.start < end and kept.old.end > begin:
                self.explained |= {(kept.old.id, edge), (kept.old.id, "split")}
                if kept.old.name not in over:
                    over.append(kept.old.name or kept.old.id)
        return f"over {', '.join(over[:4])}" if over else ""

    # one cut point, or one clip, that moved between two others
    def _rolled(self) -> Iterator[Edit]:
        stays = [kept for kept in self.kept if kept.old.id not in self.found.moved and not self._slipped(kept)]
        for reach in (1, 2):
            for n, left in enumerate(stays[:-reach] if len(stays) > reach else []):
                right, between = stays[n + reach], stays[n + 1]
                by = left.tail
                if (
                    not by
                    or right.head != by
                    or left.shift != right.shift
                    or not {(left.old.id, "tail"), (right.old.id, "head")}.isdisjoint(self.explained)
                ):
                    continue
                if {left.old.id, right.old.id} <= self.followed.keys():
                    continue
                if reach == 2 and between.shift != left.shift + by:
                    continue
                self.explained |= {(left.old.id, "tail"), (right.old.id, "head")}
                if reach == 1:
                    at = (left.last.clip.end - by, left.last.clip.end)
                    where = f"{self.new.name} {left.old.name} | {right.old.name}"
                    yield Edit(at[1], self.rank, where, f"rolled {_later(by)}", smpte(at[0], self.rate), smpte(at[1], self.rate))
                else:
                    clip = between.first.clip
                    yield self._edit(
                        clip.start, clip, f"slid {_later(by)}", smpte(clip.start - by, self.rate), smpte(clip.start, self.rate)
                    )

    def _slipped(self, kept: Kept) -> bool:
        return bool(kept.head) and kept.head == kept.tail and len(kept.pieces) == 1

    # what a kept clip does otherwise
    def _of(self, kept: Kept) -> Iterator[Edit]:
        old, first = kept.old, kept.first.clip
        picture = self.followed.get(old.id)
        if picture is None:
            yield from self._placed(kept)
        along = _ALONG & {what for _, what, _, _ in clip_edits(picture)} if picture is not None else frozenset()
        for clip, what, before, after in clip_edits(kept, self.crossed):
            longer = f", {_frames(old.frames)}", f", {_frames(first.frames)}"
            extra = longer if what in ("take replaced", "frozen", "speed") and old.frames != first.frames else ("", "")
            if what not in along:
                yield self._edit(clip.start, clip, what, before + extra[0], after + extra[1])

    def _placed(self, kept: Kept) -> Iterator[Edit]:
        old, first = kept.old, kept.first.clip
        if old.id in self.found.moved:
            before = f"{kept.old_track} " if kept.old_track != kept.track else ""
            yield self._edit(first.start, first, "moved", before + smpte(old.start, self.rate), smpte(first.start, self.rate))
        if old.id in self.found.gaps:
            by = self.found.gaps[old.id]
            yield self._edit(first.start, first, "gap opened before it" if by > 0 else "gap closed before it", "", _frames(abs(by)))
        if old.asset == first.asset and old.frozen == first.frozen:
            yield from self._trimmed(kept)

    def _trimmed(self, kept: Kept) -> Iterator[Edit]:
        old, first, last = kept.old, kept.first.clip, kept.last.clip
        if self._slipped(kept):
            by = round(kept.head * old.speed)
            yield self._edit(
                first.start,
                first,
                f"slipped {_later(by)}",
                smpte(old.source_start, self.rate),
                smpte(first.source_start, self.rate),
            )
            return
        if kept.head and (old.id, "head") not in self.explained and not self._went_along(old.start, first.start):
            yield self._edit(first.start, first, f"head {_later(kept.head)}", *self._lengths(kept, kept.head))
        if kept.tail and (old.id, "tail") not in self.explained and not self._went_along(old.end, last.end):
            yield self._edit(last.start, last, self._at_its_end(kept), *self._lengths(kept, 0))
        for left, right in pairwise(kept.pieces):
            yield from self._between(kept, left, right)

    def _at_its_end(self, kept: Kept) -> str:
        """A still looks the same from first to last: where the film closed up behind a trim, nobody can tell which end it was."""
        if kept.old.frozen or kept.old.kind in WITHOUT_TIME:
            return f"{_frames(abs(kept.tail))} {'longer' if kept.tail > 0 else 'shorter'}"
        return f"tail {_later(kept.tail)}"

    def _went_along(self, was: int, now: int) -> bool:
        """Whether an edge of a sound or an upper picture is elsewhere only because the pictures under it are."""
        return not self.main and was != now and self.found.slid(was, now - was)

    def _lengths(self, kept: Kept, head: int) -> tuple[str, str]:
        """Where in its media it begins, for a head; how long it is, for a tail and for what has no media to begin in."""
        old, first = kept.old, kept.first.clip
        if head and first.source_start != old.source_start:
            return smpte(old.source_start, self.rate), smpte(first.source_start, self.rate)
        frames = sum(piece.clip.frames for piece in kept.pieces)
        return _frames(old.frames), _frames(frames)

    def _between(self, kept: Kept, before: Piece, after: Piece) -> Iterator[Edit]:
        """What happened where a clip was split: nothing else, a gap, a part of it is gone or seen twice, or its parts changed places."""
        if (kept.old.id, "split") in self.explained:
            return
        left, right, lost = before.clip, after.clip, after.begins - before.ends
        apart = right.start - left.end
        if abs(lost) < 1 and not apart:
            yield self._edit(right.start, right, "split", _frames(kept.old.frames), f"{left.frames} + {_frames(right.frames)}")
        elif abs(lost) < 1 and apart > 0:
            yield self._edit(left.end, left, "gap", "", f"{_frames(apart)} at {smpte(left.end, self.rate)}")
        elif after.begins < before.begins:
            yield self._edit(
                right.start, right, "parts changed places", _frames(kept.old.frames), f"{left.frames} + {_frames(right.frames)}"
            )
        elif lost <= -1:
            yield self._edit(right.start, right, "part repeated", _frames(kept.old.frames), f"{_frames(round(-lost))} twice")
        elif lost >= 1:
            yield self._edit(left.end, left, "part taken out", _frames(kept.old.frames), f"without {_frames(round(lost))}")
        else:
            yield self._edit(right.start, right, "split", _frames(kept.old.frames), f"{left.frames} + {_frames(right.frames)}")


def _comes_along(sound: Clip, picture: Clip | None) -> bool:
    """Whether a sound that came or went did so as the sound of a picture that did."""
    return picture is not None and (sound.start, sound.frames) == (picture.start, picture.frames)


def _beds(clips: Sequence[Clip]) -> Iterator[list[Clip]]:
    """The clips one by one, but the rounds of a bed of sound (one asset, each beginning before the last one ends) together."""
    rounds: list[Clip] = []
    for clip in clips:
        goes_on = rounds and clip.kind == "sound" and clip.asset == rounds[-1].asset and clip.start < rounds[-1].end
        if rounds and not goes_on:
            yield rounds
            rounds = []
        rounds.append(clip)
    if rounds:
        yield rounds


def _runs(clips: Sequence[Clip], arrived: set[str]) -> Iterator[tuple[int, int]]:
    """(first, last) of each run of clips that were not there before."""
    first = None
    for n, clip in enumerate(clips):
        if clip.id in arrived:
            first = n if first is None else first
        elif first is not None:
            yield first, n - 1
            first = None
    if first is not None:
        yield first, len(clips) - 1


def _came_as(clip: Clip, left: Clip | None) -> str:
    return "frozen" if clip.frozen and left is not None and clip.asset == left.asset else "added"


def _frames(frames: int) -> str:
    return count_text(frames, "frame")


def _later(frames: int) -> str:
    return f"{_frames(abs(frames))} {'later' if frames > 0 else 'earlier'}"


# ── the cut as a table ──────────────────────────────────────────────────────────────────────────────────────
def table(cut: Timeline) -> Table:
    """Every clip: track · name · from · to · frames · media · note, track by track. `to` is the first frame after it.

    Shown are 20 rows and how many more there are, as of every table; `.to_pandas()` shows all, iterating gives all.
    """
    rows = [
        (
            track.name,
            clip.name or clip.id,
            smpte(clip.start, cut.rate),
            smpte(clip.end, cut.rate),
            clip.frames,
            clip.kind,
            _note(clip),
        )
        for track in cut.tracks
        for clip in track.clips
    ]
    clips, tracks = count_text(len(rows), "clip"), count_text(len(cut.tracks), "track")
    title = f"{cut.title} · {clips} on {tracks} · {duration_text(cut.seconds)}"
    return Table(("track", "name", "from", "to", "frames", "media", "note"), rows, title=title)


def _note(clip: Clip) -> str:
    """What is out of the usual: speed, direction, fit, crop, box, opacity, LUT, gain …"""
    plain = Clip(id="", name="", kind=clip.kind, start=0, frames=1)
    signs = [
        "frozen" if clip.frozen else "",
        speed_words(clip.speed) if clip.speed != 1 else "",
        "backwards" if clip.backwards else "",
        f"from {clip.source_start}" if clip.source_start else "",
        clip.fit if clip.fit != plain.fit else "",
        "cropped" if clip.crop != plain.crop else "",
        "picture in picture" if clip.box else "",
        f"opacity {clip.opacity:.3g}" if clip.opacity != 1 else "",
        "LUT" if clip.lut else "",
        clip.framing.move.replace("_", " ") if clip.framing.move != "hold" else "",
        f"{clip.gain_db:+.3g} dB" if clip.gain_db else "",
        f"pan {clip.pan:+.2g}" if clip.pan else "",
        f"fades {clip.fade_in}/{clip.fade_out}" if clip.fade_in or clip.fade_out else "",
        clip.title.replace("\n", " ")[:40] if clip.kind == "title" else "",
    ]
    return ", ".join(sign for sign in signs if sign)

"""Joins: how one clip becomes the next - dissolve, dip, wipe, push, fades, hard cuts, and picture cuts before or after the sound.

Takes a Timeline, gives a new one of the same length. A transition of `frames` covers `frames // 2` of the clip before the cut and the
rest of the clip after it; dissolve, wipe and push show both clips all that time, so each is seen past its own end: that takes media
beyond what is used (its handle). Where there is none the last picture there is is held, and the new cut's notices say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal, Self, TypeVar, get_args

from glimmer.assembly.changing import changed, with_clips, with_track
from glimmer.assembly.checking import chosen
from glimmer.assembly.pieces import Clip, Direction, Timeline, Track, Transition, TransitionKind
from glimmer.assembly.stretching import spare_head, spare_tail, trimmed
from glimmer.display import count_text
from glimmer.errors import InputError
from glimmer.timecode import Timecode, frames_of

__all__ = ["Colour", "Joins", "in_time", "join_name", "retold"]

Cut = TypeVar("Cut", bound=Timeline)
Colour = Literal["black", "white"]
When = int | str | Timecode

FEWEST: Final = 2  # one frame of a mix is a flash
DEFAULT_SECONDS: Final = 1  # what an editor means by "a dissolve" without saying how long
_BORROWING: Final = ("dissolve", "wipe", "push")  # both clips are seen at once, past their own ends
_TOLD: Final = re.compile(r"the (dissolve|wipe|push) from .* to .* holds ", re.DOTALL)


# ── what lies where ─────────────────────────────────────────────────────────────────────────────────────────
def _touching(cut: Timeline, left: str | int, right: str | int) -> tuple[Track, Clip, Clip]:
    """The track, and the two clips that touch on it. Raises: InputError that says where each lies."""
    (track, first), (other, second) = cut.place(left), cut.place(right)
    if first.id == second.id:
        raise InputError(f'"{first.name}" was named twice; expected two clips, the one before the cut and the one after it.')
    where = f"{_placed(first, track, cut)}, {_placed(second, other, cut)}"
    if track.name != other.name:
        raise InputError(f"{where}; expected two clips on one track.")
    if second.end == first.start:
        raise InputError(f'{where}; expected the earlier one first. Write ("{second.name}", "{first.name}").')
    if first.end != second.start:
        apart = second.start - first.end if second.start >= first.start else first.start - second.end
        how = f"{count_text(apart, 'frame lies', 'frames lie')} between them" if apart > 0 else f"they overlap by {-apart} frames"
        more = "For these write crossfade." if apart <= 0 and track.kind == "sound" else "Name neighbours; see cut.table()."
        raise InputError(f"{where}: {how}; expected two clips that touch. {more}")
    return track, first, second


def _placed(clip: Clip, track: Track, cut: Timeline) -> str:
    return f'"{clip.name}" lies on {track.name} from {_time(clip.start, cut)} to {_time(clip.end, cut)}'


def _time(at: int, cut: Timeline) -> str:
    return Timecode(at, cut.rate).smpte


def _covered_head(transitions: Iterable[Transition], clip: Clip) -> int:
    """How many of the clip's first frames a transition takes."""
    return sum(_share_of(each, "right") for each in transitions if each.right == clip.id)


def _covered_tail(transitions: Iterable[Transition], clip: Clip) -> int:
    return sum(_share_of(each, "left") for each in transitions if each.left == clip.id)


def _share_of(transition: Transition, side: Literal["left", "right"]) -> int:
    if not transition.left or not transition.right:
        return transition.frames
    before = transition.frames // 2
    return before if side == "left" else transition.frames - before


# ── laying transitions ──────────────────────────────────────────────────────────────────────────────────────
def _joined(
    cut: Cut,
    left: str | int,
    right: str | int,
    kind: TransitionKind,
    frames: When | None,
    colour: str = "black",
    direction: str = "left",
) -> Cut:
    """`cut` with this transition between two clips, in place of whatever was there."""
    track, first, second = _touching(cut, left, right)
    length = _length(cut, kind, frames)
    if track.kind == "sound" and kind != "dissolve":
        raise InputError(f'"{first.name}" is heard, not seen; expected pictures for a {kind}. For a crossfade write dissolve.')
    others = _others(track, first, second)
    _check_room(kind, length, first, second, others)
    new = Transition(
        kind=kind,
        left=first.id,
        right=second.id,
        frames=length,
        colour=chosen(colour, "colour", get_args(Colour)),
        direction=chosen(direction, "direction", get_args(Direction)),
    )
    if track.kind == "sound":
        _check_heard(new, first, second)
    return _laid(cut, _hard(track, first, second), (*others, new), new)


def _others(track: Track, left: Clip, right: Clip) -> tuple[Transition, ...]:
    """The track's transitions but for those at the cut between these two."""
    return tuple(each for each in track.transitions if each.left != left.id and each.right != right.id)


def _hard(track: Track, left: Clip, right: Clip) -> Track:
    """Sound clips fade by themselves: without what they do at this cut."""
    if track.kind != "sound":
        return track
    fields = {left.id: {"fade_out": 0}, right.id: {"fade_in": 0}}
    return with_clips(track, lambda clip: clip.model_copy(update=fields.get(clip.id, {})))


def _laid(cut: Cut, track: Track, transitions: Iterable[Transition], said_of: Transition | None = None) -> Cut:
    """`cut` with these transitions on the track, in order of time, and with what is to be said of them; the same cut if all is as it was.

    said_of: the one that is new. Of the others is said anew what was said before: a cut that a draft made stays as silent as it was.
    """
    laid = with_track(cut, track.model_copy(update={"transitions": in_time(track, transitions)}))
    new = retold(laid, *([said_of] if said_of else []))
    return cut if new == cut else new


def retold(cut: Cut, *also: Transition) -> Cut:
    """`cut` with its notices of pictures that a transition holds still as they are now: gone with it, or with other numbers.

    Only transitions are told that were told before, and those in `also`. What is said of one as left out goes when there is one again.
    All other notices stay.
    """
    before = [notice for notice in cut.notices if _TOLD.match(notice)]
    if not before and not also:
        return cut
    now: list[str] = []
    for track in cut.tracks:
        for each in track.transitions:
            left, right = track.clip(each.left), track.clip(each.right)
            if left and right and (each in also or any(_about(left, right) in notice for notice in before)):
                now.extend(_held(each, left, right))
    here = {join_name(track, each) for track in cut.tracks for each in track.transitions}
    others = [notice for notice in cut.notices if not _TOLD.match(notice) and notice.partition(" was left out: ")[0] not in here]
    notices = tuple(dict.fromkeys((*others, *now)))
    return cut if notices == cut.notices else changed(cut, notices=notices)


def join_name(track: Track, each: Transition) -> str:
    """What a transition of that track is called in notices: "the dissolve from 1B to 2A"."""
    names = [clip.name for clip_id in (each.left, each.right) if clip_id and (clip := track.clip(clip_id)) is not None]
    kind = each.kind.replace("_", " ")
    return f"the {kind} from {names[0]} to {names[1]}" if len(names) == 2 else f"the {kind} of {''.join(names[:1])}"


def in_time(track: Track, transitions: Iterable[Transition]) -> tuple[Transition, ...]:
    """By the cut they stand at; there, what leaves comes before what enters. What names no clip of the track comes first."""
    starts, ends = {clip.id: clip.start for clip in track.clips}, {clip.id: clip.end for clip in track.clips}
    return tuple(sorted(transitions, key=lambda each: (starts.get(each.right, ends.get(each.left, 0)), not each.left)))


def _length(cut: Timeline, kind: str, frames: When | None) -> int:
    length = max(FEWEST, round(cut.rate * DEFAULT_SECONDS)) if frames is None else frames_of(frames, cut.rate)
    if length < FEWEST:
        raise InputError(
            f"a {_said(kind)} of {count_text(length, 'frame')} can't be seen; expected at least {FEWEST}. For none at all write {_none(kind)}."
        )
    return length


def _none(kind: str) -> str:
    return "frames=0" if kind in ("fade_in", "fade_out") else "cut_hard"


def _check_room(kind: str, length: int, left: Clip, right: Clip, others: tuple[Transition, ...]) -> None:
    before, after = left.frames - _covered_head(others, left), right.frames - _covered_tail(others, right)
    most = min(2 * before + 1, 2 * after)
    if length > most:
        raise InputError(
            f'a {kind} of {length} frames takes {length // 2} of "{left.name}", which has {max(before, 0)} free, and '
            f'{length - length // 2} of "{right.name}", which has {max(after, 0)}; {_at_most(most)}'
        )


def _at_most(most: int) -> str:
    return f"expected at most {most}. Write frames={most}." if most >= FEWEST else "there is no room. Make the clip longer."


def _said(kind: str) -> str:
    return kind.replace("_", "-")


def _about(left: Clip, right: Clip) -> str:
    return f" from {left.name} to {right.name} holds "


def _held(transition: Transition, left: Clip, right: Clip) -> tuple[str, ...]:
    """What to say of pictures that a transition needs and the media does not have."""
    told = [f"{clip.name} still for {count_text(missing, 'frame')}" for clip, missing in _lacking(transition, left, right)]
    if not told or left.kind == "sound":
        return ()
    ends = "its media ends there" if len(told) == 1 else "their media ends there"
    return (f"the {transition.kind}{_about(left, right)}{' and '.join(told)}: {ends}",)


def _lacking(transition: Transition, left: Clip, right: Clip) -> list[tuple[Clip, int]]:
    """The clips whose media does not reach as far as the transition shows them, and by how many frames."""
    if transition.kind not in _BORROWING:
        return []
    before = transition.frames // 2
    sides = ((left, transition.frames - before, spare_tail(left)), (right, before, spare_head(right)))
    return [(clip, needs - max(0, has)) for clip, needs, has in sides if has is not None and has < needs]


def _check_heard(new: Transition, left: Clip, right: Clip) -> None:
    """Raises InputError where a crossfade would cross with silence: a picture can be held, a sound can't."""
    lacking = _lacking(new, left, right)
    if lacking:
        after, before = spare_tail(left), spare_head(right)
        most = min(new.frames, *(2 * after for _ in "a" if after is not None), *(2 * before + 1 for _ in "b" if before is not None))
        told = " and ".join(f"{count_text(missing, 'frame')} of {clip.name}" for clip, missing in lacking)
        raise InputError(f"a crossfade of {new.frames} frames needs {told} that its media does not have; {_at_most(most)}")


# ── fades ───────────────────────────────────────────────────────────────────────────────────────────────────
def _faded(cut: Cut, name: str | int, kind: Literal["fade_in", "fade_out"], frames: When | None, colour: str) -> Cut:
    """`cut` with one clip coming from, or going into, a colour; a sound from or into silence."""
    track, clip = cut.place(name)
    through = chosen(colour, "colour", get_args(Colour))
    into = kind == "fade_in"
    if frames is not None and frames_of(frames, cut.rate) == 0:
        return _unfaded(cut, name, kind)
    length = _length(cut, kind, frames)
    others = tuple(each for each in track.transitions if (each.right if into else each.left) != clip.id)
    free = clip.frames - (_covered_tail(others, clip) if into else _covered_head(others, clip))
    if track.kind == "sound":
        free -= clip.fade_out if into else clip.fade_in
    if length > free:
        raise InputError(
            f'a {_said(kind)} of {length} frames is too long for "{clip.name}", which has {free} free; {_at_most(free)}'
        )
    if track.kind == "sound":
        faded = with_clips(track, lambda each: each.model_copy(update={kind: length}) if each.id == clip.id else each)
        return _laid(cut, faded, others)
    new = Transition(kind=kind, left="" if into else clip.id, right=clip.id if into else "", frames=length, colour=through)
    return _laid(cut, track, (*others, new))


def _unfaded(cut: Cut, name: str | int, *kinds: Literal["fade_in", "fade_out"]) -> Cut:
    """`cut` with one clip without fades of these kinds. Its transitions from and into other clips stay."""
    track, clip = cut.place(name)
    kept = tuple(each for each in track.transitions if each.kind not in kinds or clip.id not in (each.left, each.right))
    off: dict[str, int] = dict.fromkeys(kinds, 0)
    new = with_clips(track, lambda each: each.model_copy(update=off) if each.id == clip.id else each)
    new = new.model_copy(update={"transitions": kept})
    return cut if new == track else with_track(cut, new)


# ── picture and sound cut apart ─────────────────────────────────────────────────────────────────────────────
def _rolled(cut: Cut, left: Clip, right: Clip, by: int) -> Cut:
    """`cut` with the picture cut between two clips of V1 moved `by` frames (below 0: earlier). No sound moves."""
    track = cut.track("V1")
    grows, room = (left, spare_tail(left)) if by > 0 else (right, spare_head(right))
    if room is not None and abs(by) > room:
        raise InputError(
            f'"{grows.name}" would be seen for {count_text(abs(by), "frame")} more, and its media has {room}; {_up_to(room)}'
        )
    shrinks, free = _can_lose(track, right if by > 0 else left)
    if abs(by) > free:
        raise InputError(
            f'"{shrinks.name}" would lose {count_text(abs(by), "frame")} of its {shrinks.frames}, and {free} are free; {_up_to(free)}'
        )
    moved = {left.id: trimmed(left, 0, -by), right.id: trimmed(right, by, 0)}
    joint = next((each for each in track.transitions if each.left == left.id and each.right == right.id), None)
    return _laid(cut, with_clips(track, lambda clip: moved.get(clip.id, clip)), track.transitions, joint)


def _can_lose(track: Track, clip: Clip) -> tuple[Clip, int]:
    """How many frames a clip can lose: one stays, and all that transitions take."""
    taken = _covered_head(track.transitions, clip) + _covered_tail(track.transitions, clip)
    return clip, max(0, clip.frames - max(1, taken))


def _up_to(most: int) -> str:
    return f"expected at most {most}. Write frames={most}." if most else "there is nothing to spare. Trim or slip it first."


def _picture_beside(cut: Timeline, name: str | int, side: Literal["before", "after"], verb: str) -> tuple[Clip, Clip]:
    """A picture on V1 and the one that touches it on that side, the earlier first."""
    track, clip = cut.place(name)
    if track.name != "V1":
        raise InputError(
            f'"{clip.name}" lies on {track.name}; {verb} moves a picture cut of V1. Name the picture its sound belongs to.'
        )
    beside = (other for other in track.clips if (other.end == clip.start if side == "before" else other.start == clip.end))
    found = next(beside, None)
    if found is None:
        raise InputError(f'nothing touches "{clip.name}" {side} it on V1, so there is no cut to move; expected a neighbour.')
    return (found, clip) if side == "before" else (clip, found)


def _by(cut: Timeline, frames: When) -> int:
    by = frames_of(frames, cut.rate)
    if by < 1:
        raise InputError("a cut moved by 0 frames stays where it is; expected at least 1.")
    return by


class Joins(Timeline):
    """The verbs that say how one clip becomes the next. None of them changes the film's length, or where a sound lies."""

    def dissolve(self, left: str | int, right: str | int, *, frames: When | None = None) -> Self:
        """The cut in which `left` melts into `right` over `frames` (a second, if nothing is said). Two sounds cross-fade.

        Replaces what is between them. Lengths and places stay: both are seen or heard past their own ends meanwhile. Where the media
        of a picture does not reach, its last one is held and the notices say for how many frames; a sound must reach.
        Raises: InputError if they do not touch on one track, or if it does not fit: it may reach neither past a clip nor
        into the transition at its other end; TimecodeError; NotFound.

            cut.dissolve("1A", "1B", frames=12)
        """
        return _joined(self, left, right, "dissolve", frames)

    def dip(self, left: str | int, right: str | int, *, frames: When | None = None, colour: Colour = "black") -> Self:
        """The cut in which `left` goes into black (or white) and `right` comes out of it, within `frames`. Else as `dissolve`; needs no
        media beyond the cut. Pictures only.
        """
        return _joined(self, left, right, "dip", frames, colour=colour)

    def wipe(self, left: str | int, right: str | int, *, frames: When | None = None, direction: Direction = "left") -> Self:
        """The cut in which an edge that travels to `direction` uncovers `right`. Else as `dissolve`. Pictures only."""
        return _joined(self, left, right, "wipe", frames, direction=direction)

    def push(self, left: str | int, right: str | int, *, frames: When | None = None, direction: Direction = "left") -> Self:
        """The cut in which `right` pushes `left` out of the frame, both travelling to `direction`. Else as `dissolve`. Pictures only."""
        return _joined(self, left, right, "push", frames, direction=direction)

    def fade_in(self, clip: str | int, *, frames: When | None = None, colour: Colour = "black") -> Self:
        """The cut in which a picture comes out of black (or white) over its first `frames`, a sound out of silence.

        A second, if nothing is said. Replaces the transition into it; the clip before it is then cut hard. frames=0 takes this fade
        away, and nothing else.
        Raises: InputError if the clip, less the transition at its other end, is shorter; TimecodeError; NotFound.
        """
        return _faded(self, clip, "fade_in", frames, colour)

    def fade_out(self, clip: str | int, *, frames: When | None = None, colour: Colour = "black") -> Self:
        """The cut in which a picture goes into black (or white) over its last `frames`, a sound into silence. As `fade_in`."""
        return _faded(self, clip, "fade_out", frames, colour)

    def cut_hard(self, left: str | int, right: str | int | None = None) -> Self:
        """The cut without any transition between two clips that touch; with one clip, without its fades in and out.

        Where there is nothing to take away, the same cut comes back.
        Raises: InputError if the two do not touch on one track; NotFound.

            cut.cut_hard("1A", "1B").cut_hard("end")
        """
        if right is None:
            return _unfaded(self, left, "fade_in", "fade_out")
        (track, first), (_, second) = self.place(left), self.place(right)
        if all((each.left, each.right) != (first.id, second.id) for each in track.transitions):
            track, first, second = _touching(self, left, right)
        return _laid(self, _hard(track, first, second), _others(track, first, second))

    def j_cut(self, clip: str | int, *, frames: When) -> Self:
        """The cut in which a clip is heard before it is seen: the picture cut before it comes `frames` later, all sound stays.

        The picture before it is seen that much longer, its own that much shorter. Transitions stay at their cut. V1 only.
        Raises: InputError if no picture touches it, or if length or media runs out; TimecodeError; NotFound.

            cut.j_cut("2A", frames=12)
        """
        left, right = _picture_beside(self, clip, "before", "j_cut")
        return _rolled(self, left, right, _by(self, frames))

    def l_cut(self, clip: str | int, *, frames: When) -> Self:
        """The cut in which a clip is heard on under the next picture: the picture cut after it comes `frames` earlier, all sound stays.

        Raises: as `j_cut`.
        """
        left, right = _picture_beside(self, clip, "after", "l_cut")
        return _rolled(self, left, right, -_by(self, frames))

"""TimeEdits: the verbs that say where clips lie, from trim to freeze.

Each returns a new cut and leaves the old one as it was; what is impossible is refused with the reason, and nothing is half done. A clip
is named as a person calls it: "2A", "line 12", 12 for a line, or its id. Times and lengths are frames, or timecode such as
"00:00:00:12"; 0.5 is refused, with the two right spellings. What came of an edit beyond what was asked stands in the cut's `notices`.

On the lowest picture track, V1, the film's length follows its pictures and every track stays in step with them (`rippling` tells the rule).
On other tracks nothing else moves, unless a verb says so. The own sound of footage (`overwrite(…, sound="A4")`) follows all that is done
to its picture, in step with it to the frame; a verb that names the sound edits that alone, and j_cut and l_cut move only the picture.
"""

from __future__ import annotations

from typing import Self

from glimmer.assembly import extracting, placing, putting, retiming
from glimmer.assembly.checking import yes_or_no
from glimmer.assembly.pieces import Timeline
from glimmer.assembly.retiming import Factor, When
from glimmer.assembly.taking import Takeable

__all__ = ["TimeEdits"]


class TimeEdits(Timeline):
    """A cut with the verbs that say where its clips lie."""

    def trim(self, clip: str | int, *, head: When = 0, tail: When = 0, ripple: bool = True) -> Self:
        """The cut with frames taken off the head and tail of a clip; negative ones (-12, "-00:00:00:12") are given back.

        Does not change what the rest of the clip shows; its camera makes its move over the new length. On V1 the gap is closed on every track, or opened; with ripple=False, and on
        other tracks, what is beside the clip stays where it is.

            cut.trim("1A", head=12)  # starts half a second later in its take, the film is half a second shorter

        Raises: InputError if nothing would be left, the media has no more frames, or a picture would lie over its neighbour;
        NotFound; TimecodeError.
        """
        return retiming.trim(self, clip, head, tail, ripple=yes_or_no(ripple, "ripple"))

    def slip(self, clip: str | int, frames: When) -> Self:
        """The cut with another part of the media in the same place: so many frames later in it, or earlier if negative.

        Nothing moves in the film. `frames` are counted in the media, whatever the clip's speed.
        Raises: InputError for what has no other part (a still, a title), or where the media ends; NotFound; TimecodeError.
        """
        return retiming.slipped(self, clip, frames)

    def slide(self, clip: str | int, frames: When) -> Self:
        """The cut with the clip so many frames later, or earlier if negative; its neighbours give and take.

        The clip shows what it showed, and the film keeps its length. Where no neighbour touches it (not on V1), the gap gives and takes.
        Raises: InputError past a neighbour or where a neighbour's media ends; NotFound; TimecodeError.
        """
        return retiming.slid(self, clip, frames)

    def roll(self, left: str | int, right: str | int, frames: When) -> Self:
        """The cut with the cut point between two clips so many frames later, or earlier if negative. All else stays.

        Raises: InputError if they don't touch, nothing of one would be left, or the media of the other ends; NotFound; TimecodeError.
        """
        return retiming.rolled(self, left, right, frames)

    def split(self, clip: str | int, at: When) -> Self:
        """The cut with the clip in two, before the film's frame `at`. The right half is called "2A.2" (or .3 …).

        Every frame stays as it was: the camera's move goes on over the cut. Sound and captions stay. The transition out of the clip
        goes with the right half.
        Raises: InputError if `at` is not inside the clip; NotFound; TimecodeError.
        """
        return retiming.split(self, clip, at)

    def remove(self, clip: str | int, *, ripple: bool = True) -> Self:
        """The cut without the clip. On V1 the gap is closed on every track; ripple=False leaves it, as on other tracks ("lift").

        With a picture of V1 go the lines that start inside it, with their captions, the effects made for just that shot, and its own
        sound; the notices say which lines and effects. To keep the lines, cut another picture in its place: ripple=False leaves all
        sound but its own where it is. Removing a line removes its captions.
        Raises: NotFound; InputError if several clips have the name.
        """
        return placing.removed(self, clip, ripple=yes_or_no(ripple, "ripple"))

    def move(self, clip: str | int, *, before: str | int = "", after: str | int = "") -> Self:
        """The cut with the clip before or after another one of its track; what lies between moves up.

        On V1 what belongs to a shot goes with it: lines and effects that start inside it, with their captions, pictures over it,
        markers. Music and air stay. Where it lies there already, the cut stays as it is.

            cut.move("3B", before="2C")

        Raises: InputError before or after itself, or on another track; NotFound.
        """
        return placing.moved(self, clip, before, after)

    def put(self, clip: str | int, *, at: When, track: str = "", ripple: bool = False) -> Self:
        """The cut with the clip lifted from where it lies and laid down to begin at `at`, over what is there, as `overwrite` lays a take.

        `track` is another track of its kind, or "" for its own; one that is not there (V2, A5 …) is made. Its place is left empty, on V1
        black, and nothing else moves. ripple=True closes that place on every track if it was on V1; `at` is a time of the cut as it was.
        Its own sound, its fades and the captions of a line go with it. Lines, effects, notes and the pictures over it stay where they are:
        to take them along, `move` it. Transitions to clips it no longer touches are left out, and the notices say so. To name the own
        sound of footage puts that alone.

            cut.put("2B", track="V2", at="00:00:12:00")

        Raises: InputError after the film's end, or for a track of the other kind; NotFound; TimecodeError.
        """
        return putting.put(self, clip, at, track, ripple=yes_or_no(ripple, "ripple"))

    def insert(self, take: Takeable, *, at: When, track: str = "V1", frames: When = 0, name: str = "", sound: str = "") -> Self:
        """The cut with a take laid in at `at`, and all that is later moved on: on V1 on every track, else on its own track.

        `take` is an entry (film.video["gull"]: its used take), a take, or a Piece. Its length is the media's own, 4 s for a still, or `frames`.
        A picture that lies across `at` is split. A track that is not there (V2, A5 …) is made. sound="A4" lays the footage's own sound
        under it as well, beside what is there; from then on it follows its picture.

            cut.insert(film.video["gull"], at="00:00:12:00", frames=48)

        Raises: MissingPiece for an entry without a take; InputError after the film's end, for a sound among pictures or the other way
        round, for more frames than the media has, or the sound of what is no footage; TimecodeError.
        """
        return placing.inserted(self, take, at, track, frames, name, sound)

    def overwrite(self, take: Takeable, *, at: When, track: str = "V1", frames: When = 0, name: str = "", sound: str = "") -> Self:
        """The cut with a take laid over what its track has at `at`. Nothing else moves.

        What it covers is trimmed, split or taken out. sound="A4" lays the footage's own sound under it as well, beside what is there,
        and from then on that follows its picture.
        Takes, lengths and tracks as in `insert`.

            cut.overwrite(film.video["gull"], track="V2", at="00:00:12:00")

        Raises: as `insert`.
        """
        return placing.overwritten(self, take, at, track, frames, name, sound)

    def gap(self, at: When, frames: When) -> Self:
        """The cut with black opened at `at` on every picture track, and all that is later moved on.

        Pictures that lie across are split. Lines that lie across are said to their end, music and air go on.
        Raises: InputError at or after the film's end; TimecodeError.
        """
        return placing.gapped(self, at, frames)

    def lift(self, start: When, end: When) -> Self:
        """The cut with nothing seen or heard from `start` to before `end`, on any track. Nothing moves: on V1 it is black there.

        What lies across an edge of the range is cut there, and of a caption the words stay that are still said. Notes stay. At the film's
        end it gets shorter by that.

            cut.lift("00:00:12:00", "00:00:14:00")

        Raises: InputError if the range is empty or reaches past the film's end; TimecodeError.
        """
        return extracting.lifted(self, start, end)

    def extract(self, start: When, end: When) -> Self:
        """The cut without the time from `start` to before `end`: as `lift`, and all that is later moves up, on every track.

        The score is cut too, where a shot that is removed leaves it whole. Notes of the range stand where it was closed.
        Raises: as `lift`.
        """
        return extracting.extracted(self, start, end)

    def speed(self, clip: str | int, factor: Factor, *, ripple: bool = True) -> Self:
        """The cut with the clip at this speed: 2 twice as fast as it was shot, "1/2" half. Its length changes, not what of its media is used.

        A rest that fills no whole frame is not shown; it comes back with a speed at which it fills one. Sound keeps its pitch, and captions the words' places. On V1 all tracks follow, with
        ripple=True. 1 gives the take's own speed back.
        Raises: InputError outside 1/16 to 16, for what does not run (a still), or if it would lie over its neighbour; NotFound.
        """
        return retiming.retimed(self, clip, factor, ripple=yes_or_no(ripple, "ripple"))

    def reverse(self, clip: str | int) -> Self:
        """The cut with the clip running backwards, or forwards again. The same frames, in the same place.

        Raises: InputError for what does not run (a still); NotFound.
        """
        return retiming.reversed_clip(self, clip)

    def freeze(self, clip: str | int, *, at: When, frames: When) -> Self:
        """The cut with the picture at film time `at` held for `frames`, the camera with it; then the clip goes on.

        The parts are called as after a split: "2A", "2A.2" held, "2A.3". On V1 all that is later moves on, on every track.
        Raises: InputError if `at` is not inside the clip, or it is no footage; NotFound; TimecodeError.
        """
        return retiming.frozen(self, clip, at, frames)

"""Marks: notes at a frame of the cut, for whoever cuts on. They are never seen or heard in the film.

Takes a Timeline, gives a new one with other markers, sorted by their frame; nothing else changes.
"""

from __future__ import annotations

from typing import Self, TypeVar

from glimmer import limits
from glimmer.assembly.changing import changed
from glimmer.assembly.checking import frame_at, spoken
from glimmer.assembly.pieces import Marker, Timeline
from glimmer.errors import InputError, NotFound
from glimmer.timecode import Timecode

__all__ = ["Marks", "marked", "unmarked"]

Cut = TypeVar("Cut", bound=Timeline)


def marked(cut: Cut, where: int | str | Timecode, note: str) -> Cut:
    """`cut` with a marker; see `Marks.mark`."""
    at = frame_at(cut, where)
    said = " ".join(spoken(note, "a note", limits.MAX_NOTE_CHARS, "MAX_NOTE_CHARS").split())
    if at >= cut.frames:
        raise InputError(
            f"frame {at:,} lies outside the film; expected 0 to {cut.frames - 1:,} "
            f"(before {_time(cut.frames, cut)}). Mark a clip by its name, or an earlier time."
            if cut.frames
            else "an empty cut has no frame to mark; expected at least one picture. Lay a clip first."
        )
    new = Marker(at=at, note=said)
    return cut if new in cut.markers else changed(cut, markers=_sorted((*cut.markers, new)))


def unmarked(cut: Cut, where_or_note: int | str | Timecode) -> Cut:
    """`cut` without a marker; see `Marks.unmark`."""
    gone = _meant(cut, where_or_note)
    if not gone:
        known = [f"{_time(marker.at, cut)} {marker.note}" for marker in cut.markers]
        raise NotFound.among("marker", where_or_note, known, see="cut.markers")
    return changed(cut, markers=tuple(marker for marker in cut.markers if marker not in gone))


def _meant(cut: Timeline, where_or_note: int | str | Timecode) -> tuple[Marker, ...]:
    """The markers with that note; if there are none, those at that place."""
    if isinstance(where_or_note, str):
        note = " ".join(where_or_note.split()).casefold()
        noted = tuple(marker for marker in cut.markers if marker.note.casefold() == note)
        if noted:
            return noted
    try:
        at = frame_at(cut, where_or_note)
    except NotFound:
        return ()
    return tuple(marker for marker in cut.markers if marker.at == at)


def _sorted(markers: tuple[Marker, ...]) -> tuple[Marker, ...]:
    return tuple(sorted(markers, key=lambda marker: marker.at))


def _time(at: int, cut: Timeline) -> str:
    return Timecode(at, cut.rate).smpte


class Marks(Timeline):
    """The verbs that leave notes in a cut."""

    def mark(self, where: int | str | Timecode, note: str) -> Self:
        """The cut with a note at `where`: a clip's name ("2A", "line 12") for its first frame, a timecode, or frames.

        A whole number is frames, not a line's number. The same note at the same frame is kept once. Clips that move later do not
        take the note along. Line breaks in it become spaces.
        Raises: InputError past the film's end, or for a note without words or with characters that can't be shown; LimitError
        (MAX_NOTE_CHARS); NotFound; TimecodeError.

            cut.mark("2A", "check the lamp").mark("00:00:12:00", "gull here?")
        """
        return marked(self, where, note)

    def unmark(self, where_or_note: int | str | Timecode) -> Self:
        """The cut without the markers that have this note, or, if none has, without those at this place (as in `mark`).

        Raises: NotFound if there is none.
        """
        return unmarked(self, where_or_note)

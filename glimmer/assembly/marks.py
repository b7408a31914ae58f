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

__all__ = ["Marks", "marked", "renoted", "unmarked"]

Cut = TypeVar("Cut", bound=Timeline)


def marked(cut: Cut, where: int | str | Timecode, note: str) -> Cut:
    """`cut` with a marker; see `Marks.mark`."""
    at = _seen_at(cut, where)
    new = Marker(at=at, note=_words(note))
    return cut if new in cut.markers else changed(cut, markers=_sorted((*cut.markers, new)))


def _words(note: str) -> str:
    return " ".join(spoken(note, "a note", limits.MAX_NOTE_CHARS, "MAX_NOTE_CHARS").split())


def _seen_at(cut: Timeline, where: int | str | Timecode) -> int:
    """The frame of the film that `where` means. Raises: InputError past its end."""
    at = frame_at(cut, where)
    if at >= cut.frames:
        raise InputError(
            f"frame {at:,} lies outside the film; expected 0 to {cut.frames - 1:,} "
            f"(before {_time(cut.frames, cut)}). Mark a clip by its name, or an earlier time."
            if cut.frames
            else "an empty cut has no frame to mark; expected at least one picture. Lay a clip first."
        )
    return at


def unmarked(cut: Cut, where_or_note: int | str | Timecode) -> Cut:
    """`cut` without a marker; see `Marks.unmark`."""
    gone = _there(cut, where_or_note)
    return changed(cut, markers=tuple(marker for marker in cut.markers if marker not in gone))


def renoted(cut: Cut, where_or_note: int | str | Timecode, note: str, at: int | str | Timecode | None) -> Cut:
    """`cut` with one marker changed; see `Marks.renote`."""
    meant = _there(cut, where_or_note)
    if len(meant) > 1:
        told = ", ".join(f'"{marker.note}" at {_time(marker.at, cut)}' for marker in meant[:6])
        raise InputError(
            f"{where_or_note!r:.60} means {len(meant)} notes: {told}; expected one. Name it by its words, or by its time where two say the same."
        )
    if note == "" and at is None:
        raise InputError('there is nothing to change; expected other words, or another time: renote(…, "…") or renote(…, at=…).')
    old = meant[0]
    new = Marker(at=old.at if at is None else _seen_at(cut, at), note=old.note if note == "" else _words(note))
    if new == old:
        return cut
    return changed(cut, markers=_sorted((*(marker for marker in cut.markers if marker not in (old, new)), new)))


def _there(cut: Timeline, where_or_note: int | str | Timecode) -> tuple[Marker, ...]:
    """The markers that are meant, at least one. Raises: NotFound with those there are."""
    found = _meant(cut, where_or_note)
    if not found:
        known = [f"{_time(marker.at, cut)} {marker.note}" for marker in cut.markers]
        raise NotFound.among("marker", where_or_note, known, see="cut.markers")
    return found


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

    def renote(self, where_or_note: int | str | Timecode, note: str = "", *, at: int | str | Timecode | None = None) -> Self:
        """The cut with other words in a note, or with it `at` another place (as in `mark`), or both, in one step.

        The note is named as in `unmark`. Where the same words stand already there is one note of them.
        Raises: NotFound if there is none; InputError where several are meant, or nothing is to be changed; else as `mark`.

            cut.renote("gull here?", "gull here!", at="00:00:12:12")
        """
        return renoted(self, where_or_note, note, at)

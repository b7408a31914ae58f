"""Timeline reading: a cut back from the .otio that was written of it, also after an editor moved things about in it.

The other way of `timeline`. Where clips lie, how long they are and where in their media they begin is read from the timeline itself, so
that an editor's work counts; all else (ids, takes, gains, framings, captions …) comes from what stands under "glimmer". Opens no
media, and trusts nothing: what is no cut is refused with the reason.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from glimmer import limits
from glimmer.assembly.nouns import Assembly, Clip, Marker, Track, Transition
from glimmer.errors import InputError, LimitError
from glimmer.timecode import rate_of

if TYPE_CHECKING:
    import opentimelineio as otio

__all__ = ["read_timeline"]

_OURS = "glimmer"
_NOT_OF_CLIPS = ("order", "written_at")


def read_timeline(source: str | os.PathLike[str]) -> Assembly:
    """The cut that an .otio holds: a path, or the text itself. What was written and not touched comes back equal.

    Clips that an editor moved, trimmed or took out are where the timeline has them; transitions whose clips are gone are left out.
    Does not bring in media: a clip that this package did not write is refused, by name.
    Raises: InputError if it is no such timeline; LimitError (MAX_TIMELINE_BYTES) if it is too large.
    """
    import opentimelineio as otio

    text = _text(source)
    try:
        timeline: Any = otio.adapters.read_from_string(text, "otio_json")
    except Exception as reason:  # the parser raises its own kinds, and ValueError
        raise InputError(
            f"this is no timeline that can be read ({str(reason)[:120]}); expected an .otio file of a cut."
        ) from reason
    if not isinstance(timeline, otio.schema.Timeline):
        raise InputError(f"this holds a {type(timeline).__name__}, not a timeline; expected an .otio file of a cut.")
    try:
        return _cut(timeline)
    except (ValidationError, KeyError, TypeError, ValueError) as reason:
        if isinstance(reason, InputError):
            raise
        raise InputError(
            f'the timeline "{timeline.name}" does not hold what a cut is made of: {str(reason)[:200]}. Write it anew.'
        ) from reason


def _text(source: str | os.PathLike[str]) -> str:
    if isinstance(source, str) and source.lstrip().startswith("{"):
        size, text = len(source), source
    else:
        path = Path(source)
        try:
            size = path.stat().st_size
            text = path.read_text(encoding="utf-8") if size <= limits.MAX_TIMELINE_BYTES else ""
        except (OSError, UnicodeDecodeError) as reason:
            raise InputError(f'"{str(path)[:200]}" can\'t be read as a timeline ({reason}); expected an .otio file.') from reason
    if size > limits.MAX_TIMELINE_BYTES:
        raise LimitError(
            f"the timeline has {size:,} bytes; at most {limits.MAX_TIMELINE_BYTES:,} are read (MAX_TIMELINE_BYTES).",
            limit="MAX_TIMELINE_BYTES",
        )
    return text


def _cut(timeline: otio.schema.Timeline) -> Assembly:
    facts = _plain(timeline.metadata.get(_OURS, {}))
    if "rate" not in facts:
        raise InputError(f'the timeline "{timeline.name}" was not written by Glimmer; expected one that write_timeline wrote.')
    rate = rate_of(Fraction(str(facts.pop("rate"))))
    rows: dict[str, list[otio.schema.Track]] = {}
    for row in timeline.tracks:
        rows.setdefault(str(_plain(row.metadata.get(_OURS, {})).get("track", row.name)), []).append(row)
    tracks = tuple(_track(name, each) for name, each in rows.items())
    return Assembly.model_validate(
        {"title": timeline.name} | facts | {"rate": rate, "tracks": tracks, "markers": tuple(_markers(timeline))}
    )


def _plain(value: Any) -> Any:
    """OpenTimelineIO's own dicts and lists as Python's."""
    if hasattr(value, "items"):
        return {str(key): _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if hasattr(value, "__iter__") and not isinstance(value, str) else value


def _markers(timeline: otio.schema.Timeline) -> Iterator[Marker]:
    for marker in timeline.tracks.markers:
        yield Marker(at=_frame(marker.marked_range.start_time), note=marker.comment or marker.name)


def _frame(time: otio.opentime.RationalTime) -> int:
    if time.value != round(time.value):
        raise InputError(
            f"a time of {time.value} frames stands in the timeline; expected whole frames. Conform it to the cut's rate."
        )
    return int(time.value)


def _track(name: str, rows: Sequence[otio.schema.Track]) -> Track:
    """A track of the cut: one row, or several where its sounds lie over one another."""
    import opentimelineio as otio

    facts = _plain(rows[0].metadata.get(_OURS, {}))
    children = [(row, n, child) for row in rows for n, child in enumerate(row)]
    placed = sorted((_placed(row, n, child) for row, n, child in children if isinstance(child, otio.schema.Clip)), key=_by_place)
    found = [
        join for _, _, child in children if isinstance(child, otio.schema.Transition) if (join := _transition(child)) is not None
    ]
    ids = {clip.id for _, clip in placed}
    joins = [join for join in _transitions(rows, found) if all(side in ids for side in (join.left, join.right) if side)]
    kind = "picture" if rows[0].kind == otio.schema.TrackKind.Video else "sound"
    plain = {"kind": kind, "role": "picture" if kind == "picture" else "effects"}
    update = {"name": name, "clips": tuple(clip for _, clip in placed), "transitions": tuple(joins)}
    return Track.model_validate(plain | {key: value for key, value in facts.items() if key != "track"} | update)


def _by_place(each: tuple[int, Clip]) -> tuple[int, int]:
    return each[1].start, each[0]


def _placed(row: otio.schema.Track, index: int, child: otio.schema.Clip) -> tuple[int, Clip]:
    facts = _plain(child.metadata.get(_OURS, {}))
    if "id" not in facts:
        raise InputError(
            f'the clip "{child.name}" on {row.name} is not one of Glimmer\'s; expected clips that carry its ids. Bring its media into the film '
            "(film.video.add) and lay it into the cut there: cut.overwrite(…)."
        )
    order, written_at = int(facts.get("order", index)), facts.get("written_at")
    lies, used = row.range_of_child_at_index(index), child.source_range
    begins = _frame(used.start_time)
    late = begins - int(written_at) if written_at is not None else 0
    media = {"source_start": max(0, int(facts.get("source_start", begins)) + late)}
    fields = {key: value for key, value in facts.items() if key not in _NOT_OF_CLIPS}
    return order, Clip.model_validate(
        {"name": child.name} | fields | media | {"start": _frame(lies.start_time), "frames": _frame(lies.duration)}
    )


def _transition(child: otio.schema.Transition) -> Transition | None:
    facts = _plain(child.metadata.get(_OURS, {}))
    frames = _frame(child.in_offset) + _frame(child.out_offset)
    return Transition.model_validate(facts | {"frames": frames}) if "kind" in facts and frames else None


def _transitions(rows: Sequence[otio.schema.Track], found: Sequence[Transition]) -> Iterator[Transition]:
    """Those that were written, as long as the timeline has them now; what an editor took out is left out. Without a list, those found."""
    lists = [_plain(row.metadata.get(_OURS, {})).get("transitions") or [] for row in rows]
    if not any(lists):
        yield from found
        return
    there = {(join.left, join.right): join for join in found}
    for same in zip(*lists, strict=True):  # each row lists all of its track's, and says which ones it draws
        join = Transition.model_validate({key: value for key, value in same[0].items() if key != "drawn"})
        if not any(facts.get("drawn") for facts in same):
            yield join
        elif (join.left, join.right) in there:
            yield there[join.left, join.right]

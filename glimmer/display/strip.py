"""Strip: the cut drawn to scale: a ruler, a lane a track, thumbnails on the pictures.

From plain values: labels, starts and lengths in frames. A feature's ten thousand clips stay a small card: clips too narrow to
be seen apart are drawn as one block that says how many they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from typing import Final

from glimmer.display.card import MAX_THUMBNAILS, Picture, picture_html
from glimmer.display.style import ACCENT, Html, role_colour, tag
from glimmer.display.words import plain_line
from glimmer.timecode import seconds_from_frames

__all__ = ["StripClip", "StripJoin", "StripTrack", "strip"]

_NARROWEST: Final = 0.006  # of the length: below this (5 px of 800) neighbours are drawn as one block
_MOST_TRACKS: Final = 20
_MOST_LAYERS: Final = 3  # overlapping sounds are drawn above each other, as far as this
_LANE_PX: Final = 800  # about how wide a lane is; only decides how a picture is cropped and whether a word fits
_PICTURE_PX: Final = 62
_UPPER_PX: Final = 40  # pictures over others are few and small
_SOUND_PX: Final = 20
_PICTURE_ASPECT: Final = 16 / 9
_CHARACTER_PX: Final = 6.2
_CHARACTERS_TO_READ: Final = 14
_CHARACTERS_OF_TITLE: Final = 5
_MOST_DIPS: Final = 40
_DIPPED_PERCENT: Final = 45  # drawn height of a ducked sound; -8 dB is 40 % of the amplitude
_HAIRLINE: Final = "1px solid rgba(128,128,128,0.5)"
_EDGE: Final = "border-right:1px solid rgba(255,255,255,0.35)"
_STEPS_SECONDS: Final = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
_MOST_TICKS: Final = 9
_MOST_JOINS: Final = 60  # on a lane: more lie closer than 13 px
_MOST_NOTES: Final = 60
_LEAST_NOTE_PX: Final = 34  # a marker's note with less room than this is told on hover only
_CLEAR: Final = "solid rgba(0,0,0,0)"
_INSET_PX: Final = (20, 12)  # the small frame that shows where a picture in picture stands


@dataclass(frozen=True, slots=True)
class StripClip:
    """`start` and `length` in frames. `role`: picture, dialogue, music, effects, title or other. `thumbnail`: a small data URI.

    `note`: more about it, told on hover. `fades`: frames it takes to come and to go. `opacity`: 0..1. `inset`: where it stands as
    picture in picture: left, top, width, height in shares of the frame.
    """

    label: str
    start: int
    length: int
    role: str = "other"
    thumbnail: str = ""
    dips: Sequence[tuple[int, int]] = ()
    short: str = ""
    note: str = ""
    fades: tuple[int, int] = (0, 0)
    opacity: float = 1.0
    inset: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class StripJoin:
    """A transition from one clip into the next: it lies from frame `start` on, `length` long, over a cut at frame `at`."""

    label: str
    start: int
    length: int
    at: int


@dataclass(frozen=True, slots=True)
class StripTrack:
    """A lane. `muted`: drawn faint. `upper`: its pictures lie over others, and are drawn lower."""

    name: str
    clips: Sequence[StripClip] = ()
    joins: Sequence[StripJoin] = ()
    muted: bool = False
    upper: bool = False


def strip(
    tracks: Sequence[StripTrack],
    *,
    rate: Fraction,
    length: int = 0,
    markers: Sequence[tuple[int, str]] = (),
    most_thumbnails: int = 20,
) -> Html:
    """The cut to scale, top track first, for a card's `inside`. `length` in frames; 0 takes the end of the last clip.

    Markers are dots under the ruler, with their notes where there is room; each is told on hover. At most 20 tracks and 20 thumbnails
    are drawn.
    """
    ends = [clip.start + clip.length for track in tracks for clip in track.clips]
    whole = max(1, length or max(ends, default=1))
    pictured = _pictured(tracks, min(most_thumbnails, MAX_THUMBNAILS))
    lanes = "".join(_lane(track, whole, pictured) for track in tracks[:_MOST_TRACKS])
    more = f"<div {tag('g-more')}>… and {len(tracks) - _MOST_TRACKS} more tracks</div>" if len(tracks) > _MOST_TRACKS else ""
    return Html(f"<div>{_row('', _ruler(whole, rate))}{_notes(whole, markers)}{lanes}</div>{more}")


def _row(name: str, lane: str, told: str = "") -> str:
    return f'<div {tag("g-row")}><div {tag("g-track")} title="{escape(told or name)}">{escape(name)}</div>{lane}</div>'


def _pictured(tracks: Sequence[StripTrack], most: int) -> set[int]:
    """The clips (by identity) whose thumbnail is drawn: all of them, or `most` spread evenly over the film."""
    having = [clip for track in tracks for clip in track.clips if clip.thumbnail]
    step = max(1.0, len(having) / most) if most else float("inf")
    return {id(having[int(n * step)]) for n in range(min(most, len(having)))}


def _ruler(whole: int, rate: Fraction) -> str:
    seconds = seconds_from_frames(whole, rate)
    step = next((step for step in _STEPS_SECONDS if seconds / step <= _MOST_TICKS), 7200)
    marks = range(0, max(1, int(seconds - seconds * 0.05) + 1), step)  # none so late that its number would stick out
    ticks = "".join(
        f'<span style="position:absolute;top:0px;height:14px;line-height:14px;padding-left:4px;border-left:{_HAIRLINE};'
        f'left:{at / seconds * 100:.3f}%">{at // 60}:{at % 60:02}</span>'
        for at in marks
    )
    return f"<div {tag('g-ruler')}>{ticks}</div>"


def _notes(whole: int, markers: Sequence[tuple[int, str]]) -> str:
    """A row of dots, each with as much of its note as there is room for before the next."""
    there = sorted((at, plain_line(note)) for at, note in markers if 0 <= at <= whole)[:200]
    if not there:
        return ""
    ends = [_share(at, whole) for at, _ in there[1:]] + [100.0]
    made = "".join(
        _marker(_share(at, whole), end, note if n < _MOST_NOTES else "", note)
        for n, ((at, note), end) in enumerate(zip(there, ends, strict=True))
    )
    return _row(
        "",
        f'<div style="position:relative;flex:1 1 auto;height:16px;line-height:15px;overflow:hidden;white-space:nowrap">{made}</div>',
    )


def _marker(left: float, end: float, shown: str, note: str) -> str:
    """A dot that is never cut off at the film's end, and its note: to the right, or to the left where the film ends."""
    dot = f"width:7px;height:7px;border-radius:4px;background-color:{ACCENT}"
    if left > 99:
        return f'<span style="position:absolute;right:0px;top:4px;{dot}" title="{escape(note)}"></span>'
    drawn = f'<span style="position:absolute;left:{left:.3f}%;top:4px;{dot}" title="{escape(note)}"></span>'
    if not shown or (end - left) / 100 * _LANE_PX < _LEAST_NOTE_PX:
        return drawn
    look = f"position:absolute;left:{left:.3f}%;width:{end - left:.3f}%;padding-left:11px;overflow:hidden;text-overflow:ellipsis;box-sizing:border-box"
    return f'<span style="{look}" title="{escape(note)}">{escape(shown[:120])}</span>{drawn}'


def _lane(track: StripTrack, whole: int, pictured: set[int]) -> str:
    layers = _layers(_merged(track.clips, whole))
    pictures = any(clip.thumbnail or clip.role == "picture" for clip in track.clips)
    layer_px = (_UPPER_PX if track.upper else _PICTURE_PX) if pictures else _SOUND_PX
    blocks = "".join(
        _block(clip, whole, n * layer_px, layer_px, id(clip) in pictured) for n, row in enumerate(layers) for clip in row
    )
    shown = [join for join in track.joins if _share(join.length, whole) >= 100 / _LANE_PX][:_MOST_JOINS]
    joins = "".join(_wedge(join, whole, layer_px) for join in shown)
    look = tag(
        "g-lane", f"height:{layer_px * max(1, len(layers))}px;line-height:{layer_px - 1}px{';opacity:0.4' if track.muted else ''}"
    )
    name = plain_line(track.name)[:24]
    return _row(name, f"<div {look}>{blocks}{joins}</div>", f"{name}, muted" if track.muted else name)


def _wedge(join: StripJoin, whole: int, height_px: int) -> str:
    """A transition: a light band as long as it lasts, and a wedge that points at the cut."""
    left, width = _share(join.start, whole), max(_share(join.length, whole), 0.3)
    half_px, deep_px = (6, 8) if height_px > _SOUND_PX else (4, 5)
    sides = f"border-left:{half_px}px {_CLEAR};border-right:{half_px}px {_CLEAR};border-top:{deep_px}px solid #fff"
    return (
        f'<span style="position:absolute;top:0px;left:{left:.3f}%;width:{width:.3f}%;height:{height_px}px;'
        f'background-color:rgba(255,255,255,0.22)" title="{escape(plain_line(join.label))}"></span>'
        f'<span style="position:absolute;top:0px;left:{_share(join.at, whole):.3f}%;margin-left:-{half_px}px;width:0px;height:0px;{sides}"'
        f' title="{escape(plain_line(join.label))}"></span>'
    )


def _merged(clips: Sequence[StripClip], whole: int) -> list[StripClip]:
    """The clips, with runs of those too narrow to be seen made into one block each."""
    narrowest = whole * _NARROWEST
    merged: list[StripClip] = []
    run: list[StripClip] = []
    for clip in sorted(clips, key=lambda clip: clip.start):
        if clip.length >= narrowest:
            merged += [*_as_one(run, narrowest), clip]
            run = []
        elif run and clip.start + clip.length - run[0].start > narrowest * 4:
            merged += _as_one(run, narrowest)
            run = [clip]
        else:
            run.append(clip)
    return merged + _as_one(run, narrowest)


def _as_one(run: Sequence[StripClip], narrowest: float) -> list[StripClip]:
    if len(run) < 2:
        return list(run)
    length = max(clip.start + clip.length for clip in run) - run[0].start
    return [StripClip(f"{len(run)} clips", run[0].start, max(length, int(narrowest)), run[0].role)]


def _layers(clips: Sequence[StripClip]) -> list[list[StripClip]]:
    """Clips in rows so that none overlaps within a row; past the third row they are laid over the third."""
    rows: list[list[StripClip]] = []
    for clip in clips:
        free = next((row for row in rows if row[-1].start + row[-1].length <= clip.start), None)
        if free is not None:
            free.append(clip)
        elif len(rows) < _MOST_LAYERS:
            rows.append([clip])
        else:
            rows[-1].append(clip)
    return rows


def _block(clip: StripClip, whole: int, top_px: int, height_px: int, pictured: bool) -> str:
    width = min(100.0 - _share(clip.start, whole), max(_share(clip.length, whole), 0.15))
    label = plain_line(clip.label)
    told = f"{label} · {plain_line(clip.note)}" if clip.note else label
    image = _cropped(clip.thumbnail, label, width, height_px) if pictured else ""
    ground = f"rgba{(*_rgb(role_colour(clip.role)), 0.45)}" if clip.dips else role_colour(clip.role)
    faint = f";opacity:{max(0.35, min(1.0, clip.opacity)):.2f}" if clip.opacity < 1 else ""
    look = (
        f"position:absolute;left:{_share(clip.start, whole):.3f}%;width:{width:.3f}%;top:{top_px}px;height:{height_px}px;"
        f"overflow:hidden;box-sizing:border-box;border-radius:4px;{_EDGE};background-color:{ground}{faint}"
    )
    inside = f"{_level(clip)}{image}{_fades(clip, width, height_px)}{_inset(clip, width, height_px)}"
    words = _words(_fitting(clip, width), bool(image), title=clip.role == "title")
    return f'<div class="g-clip" title="{escape(told)}" style="{look}">{inside}{words}</div>'


def _fades(clip: StripClip, width_share: float, height_px: int) -> str:
    """Dark corners that grow smaller as the clip comes, and larger as it goes."""
    room_px = width_share / 100 * _LANE_PX
    drawn = ""
    for frames, side, other in ((clip.fades[0], "left", "right"), (clip.fades[1], "right", "left")):
        long_px = round(min(room_px, frames / max(1, clip.length) * room_px))
        if long_px >= 2:
            drawn += (
                f'<span style="position:absolute;top:0px;{side}:0px;width:0px;height:0px;'
                f'border-top:{height_px}px solid rgba(8,10,14,0.62);border-{other}:{long_px}px {_CLEAR}"></span>'
            )
    return drawn


def _inset(clip: StripClip, width_share: float, height_px: int) -> str:
    """A small frame in the upper right corner that shows where the picture stands in the film's."""
    wide, high = _INSET_PX
    if clip.inset is None or width_share / 100 * _LANE_PX < wide + 8 or height_px < high + 6:
        return ""
    left, top, width, height = (max(0.0, min(1.0, share)) for share in clip.inset)
    inner = (
        f"position:absolute;left:{left * wide:.1f}px;top:{top * high:.1f}px;width:{max(2.0, width * wide):.1f}px;"
        f"height:{max(2.0, height * high):.1f}px;background-color:#fff"
    )
    outer = (
        f"position:absolute;right:4px;top:4px;width:{wide}px;height:{high}px;box-sizing:border-box;overflow:hidden;border-radius:2px;"
        "border:1px solid rgba(255,255,255,0.85);background-color:rgba(10,12,16,0.6)"
    )
    return f'<span style="{outer}"><span style="{inner}"></span></span>'


def _fitting(clip: StripClip, width_share: float) -> str:
    """The label, if most of it can be read; else the short one; else nothing."""
    room = (width_share / 100 * _LANE_PX - 8) / _CHARACTER_PX
    label, short = plain_line(clip.label)[:60], plain_line(clip.short)[:12]
    if clip.role == "title" and room >= _CHARACTERS_OF_TITLE:
        return label  # ends in an ellipsis where it must
    return label if len(label) <= room or room >= _CHARACTERS_TO_READ else short if len(short) <= room else ""


def _words(label: str, on_picture: bool, *, title: bool = False) -> str:
    if not label:
        return ""
    if title:
        style = "position:absolute;left:0px;right:0px;top:0px;padding:0 5px;overflow:hidden;text-overflow:ellipsis;text-align:center;font-style:italic"
    elif on_picture:
        style = "position:absolute;left:3px;bottom:3px;padding:0 4px;border-radius:3px;background-color:rgba(10,12,16,0.72);line-height:15px"
    else:
        style = "position:absolute;left:0px;right:0px;top:0px;padding:0 5px;overflow:hidden;text-overflow:ellipsis"
    return f'<span style="{style}">{escape(label)}</span>'


def _cropped(uri: str, label: str, width_share: float, height_px: int) -> str:
    """The picture filling its block without being squeezed, where object-fit is not let through: by height, else by width."""
    natural_px = height_px * _PICTURE_ASPECT
    if width_share / 100 * _LANE_PX < natural_px:
        style = f"position:absolute;top:0px;left:50%;margin:0 0 0 -{natural_px / 2:.0f}px;width:{natural_px:.0f}px;height:{height_px}px;max-width:none"
    else:
        style = f"position:absolute;top:0px;left:0px;margin:0;width:100%;height:auto;min-height:{height_px}px;max-width:none"
    return picture_html(Picture(uri, label), style=style)


def _level(clip: StripClip) -> str:
    """How loud a sound is kept, as a filled shape: full height, and lower where it makes room."""
    if not clip.dips:
        return ""
    pieces: list[tuple[int, int, int]] = []
    here, end = clip.start, clip.start + clip.length
    for begin, stop in sorted(clip.dips)[:_MOST_DIPS]:
        begin, stop = max(begin, here), min(stop, end)
        if stop > begin:
            pieces += [(here, begin, 100), (begin, stop, _DIPPED_PERCENT)]
            here = stop
    pieces.append((here, end, 100))
    return "".join(
        f'<span style="position:absolute;top:{100 - height}%;left:{(begin - clip.start) / clip.length * 100:.2f}%;'
        f'width:{(stop - begin) / clip.length * 100:.2f}%;height:{height}%;background-color:{role_colour(clip.role)}"></span>'
        for begin, stop, height in pieces
        if stop > begin
    )


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _share(frames: int, whole: int) -> float:
    return max(0.0, min(100.0, frames / whole * 100))

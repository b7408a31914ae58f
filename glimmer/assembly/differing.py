"""Differing: what two clips, transitions, captions, tracks or markers do otherwise, in the words of the cutting room. Pure, for `changes`."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple

from glimmer.assembly.matching import Kept, Matching, whole_name
from glimmer.assembly.pieces import Box, Caption, CaptionStyle, Clip, Framing, Marker, Timeline, Track, Transition
from glimmer.timecode import Timecode, rate_text

__all__ = [
    "Edit",
    "caption_edits",
    "clip_edits",
    "film_edits",
    "join_edits",
    "join_words",
    "marker_edits",
    "smpte",
    "speed_words",
    "track_edits",
]

_ASSET_CHARS: Final = 8
_NOTHING: Final = "–"
_HEARD: Final = {"picture": "seen", "sound": "heard"}


class Edit(NamedTuple):
    """A row. `at`: where it counts in the new cut, in frames; `rank` puts edits at one frame in order."""

    at: int
    rank: int
    where: str
    what: str
    before: str
    after: str


def smpte(frame: int | Fraction, rate: Fraction) -> str:
    """The timecode of a frame; a negative one with a minus, one past the day as a count."""
    whole = round(frame)
    day = 24 * 3600 * int(rate)
    return f"frame {whole}" if abs(whole) >= day else f"{'-' if whole < 0 else ''}{Timecode(abs(whole), rate).smpte}"


def speed_words(speed: Fraction) -> str:
    """ "×2", "×0.5", "×1/3": as short as is exact enough to read."""
    text = f"{float(speed):.4g}"
    return f"×{text if Fraction(text) == speed else speed if speed.denominator < 100 else text}"


# ── clips ───────────────────────────────────────────────────────────────────────────────────────────────────
def clip_edits(kept: Kept, crossed: Container[str] = ()) -> Iterator[tuple[Clip, str, str, str]]:
    """(the piece it is seen on first, what, before, after) for all but place and length.

    `crossed`: clips that a transition lies on; it took the place of their fades.
    """
    said: set[tuple[str, str, str]] = set()
    for piece in kept.pieces:
        for what, words in _ASPECTS:
            before, after = words(kept.old), words(piece.clip)
            if before != after and (what, before, after) not in said:
                said.add((what, before, after))
                yield piece.clip, what, before, after
    if all(whole_name(piece.clip) != whole_name(kept.old) for piece in kept.pieces):
        yield kept.first.clip, "renamed", kept.old.name, kept.first.clip.name
    was, now = (kept.old.fade_in, kept.old.fade_out), (kept.first.clip.fade_in, kept.last.clip.fade_out)
    fades = _fades(*was), _fades(*now)
    gone = kept.first.clip.id in crossed and all(after in (before, 0) for before, after in zip(was, now, strict=True))
    if was != now and not gone and not _cut_short(kept, was, now):
        yield kept.first.clip, "fades", *fades
    for left, right in zip(kept.pieces, kept.pieces[1:], strict=False):
        if left.clip.fade_out or right.clip.fade_in:
            yield right.clip, "fades at the split", _fades(0, 0), _fades(right.clip.fade_in, left.clip.fade_out)


def _cut_short(kept: Kept, was: tuple[int, int], now: tuple[int, int]) -> bool:
    """Whether the fades are only as much shorter as a clip that got shorter needs."""
    frames = sum(piece.clip.frames for piece in kept.pieces)
    return frames < kept.old.frames and now == (min(was[0], frames), min(was[1], frames - min(was[0], frames)))


def _fades(fade_in: int, fade_out: int) -> str:
    return f"in {fade_in}, out {fade_out}"


def _take(clip: Clip) -> str:
    return f"{clip.kind} {clip.asset[:_ASSET_CHARS]}".strip() if clip.kind not in ("title", "black") or clip.asset else clip.kind


def _title(clip: Clip) -> str:
    words = " / ".join(part for part in (clip.title, clip.subtitle.replace("\n", "; ")) if part)
    return f"{words} ({clip.style.replace('_', ' ')})" if clip.style != "card" else words


def _framing(framing: Framing) -> str:
    if framing == Framing(focus=framing.focus, ease=framing.ease, strength=framing.strength):
        return f"hold{_focus(framing)}"
    ease = "" if framing.ease == "smooth" else f", ease {framing.ease}"
    return f"{framing.move.replace('_', ' ')} {framing.strength:.3g}{_focus(framing)}{ease}"


def _focus(framing: Framing) -> str:
    return f" on {framing.focus[0]:.3g}, {framing.focus[1]:.3g}" if framing.focus != Framing().focus else ""


def _reframed(clip: Clip) -> str:
    return "; ".join(f"{aspect} {_framing(framing)}" for aspect, framing in sorted(clip.reframed, key=lambda each: each[0]))


def _box(box: Box | None) -> str:
    if box is None:
        return "whole frame"
    return f"{box.width:.0%} × {box.height:.0%} at {box.left:.0%}, {box.top:.0%}"


def _crop(clip: Clip) -> str:
    left, top, width, height = clip.crop
    return "none" if clip.crop == (0, 0, 1, 1) else f"{width:.1%} × {height:.1%} at {left:.1%}, {top:.1%}"


def _pan(clip: Clip) -> str:
    return f"{abs(clip.pan):.0%} {'left' if clip.pan < 0 else 'right'}" if clip.pan else "middle"


_ASPECTS: Final[tuple[tuple[str, Callable[[Clip], str]], ...]] = (
    ("take replaced", _take),
    ("speed", lambda clip: speed_words(clip.speed)),
    ("reversed", lambda clip: "backwards" if clip.backwards else "forwards"),
    ("frozen", lambda clip: "frozen" if clip.frozen else "runs"),
    ("framing", lambda clip: _framing(clip.framing)),
    ("framing by shape", lambda clip: _reframed(clip) or _NOTHING),
    ("fit", lambda clip: clip.fit),
    ("crop", _crop),
    ("opacity", lambda clip: f"{clip.opacity:.4g}"),
    ("placed", lambda clip: _box(clip.box)),
    ("LUT", lambda clip: clip.lut),  # put into words where they are counted
    ("words", lambda clip: _title(clip) or _NOTHING),
    ("gain", lambda clip: _db(clip.gain_db)),
    ("pan", _pan),
)


def _db(db: float) -> str:
    return f"{db:+.4g} dB" if db else "0 dB"


# ── transitions ─────────────────────────────────────────────────────────────────────────────────────────────
def join_words(join: Transition) -> str:
    """ "dissolve 12", "dip to white 8", "wipe left 10" (frames)."""
    kind = join.kind.replace("_", " ")
    if join.kind in ("wipe", "push"):
        return f"{kind} {join.direction} {join.frames}"
    through = {"fade_in": "from", "fade_out": "to", "dip": "to"}.get(join.kind, "")
    named = f"{kind} {through} {join.colour}" if through and (join.kind == "dip" or join.colour != "black") else kind
    return f"{named} {join.frames}"


def join_edits(found: Matching, old: Track, new: Track) -> Iterator[tuple[int, str, str, str, str]]:
    """(frame, where, what, before, after). A transition that went because its clips no longer meet is no edit of its own."""
    before = {(join.left, join.right): join for join in old.transitions}
    after: dict[tuple[str, str], Transition] = {}
    for join in new.transitions:
        after[_was(found, join.left), _was(found, join.right)] = join
    clips = {clip.id: clip for clip in new.clips}
    for sides, join in after.items():
        clip = clips.get(join.right) or clips.get(join.left)
        at = 0 if clip is None else clip.start if join.right else clip.end
        was = before.get(sides)
        if was is None:
            yield at, _sides(join, clips), "transition added", _NOTHING, join_words(join)
        elif join_words(was) != join_words(join) and not _had_to_shorten(found, was, join):
            yield at, _sides(join, clips), "transition changed", join_words(was), join_words(join)
    old_clips = {clip.id: clip for clip in old.clips}
    for sides, join in before.items():
        met = [_edge(found, sides[0], last=True), _edge(found, sides[1], last=False)]
        if sides not in after and _still_meet(found, sides, met):
            clip = met[1] or met[0]
            at = 0 if clip is None else clip.start if met[1] else clip.end
            yield at, _sides(join, old_clips), "transition removed", join_words(join), _NOTHING


def _had_to_shorten(found: Matching, was: Transition, now: Transition) -> bool:
    """Whether it is only shorter, beside a clip that got shorter too."""
    kept = [found.origin.get(side) for side in (now.left, now.right)]
    shorter = any(each is not None and sum(piece.clip.frames for piece in each.pieces) < each.old.frames for each in kept)
    return shorter and now.frames < was.frames and join_words(was.model_copy(update={"frames": now.frames})) == join_words(now)


def _was(found: Matching, clip_id: str) -> str:
    kept = found.origin.get(clip_id)
    return kept.old.id if kept else clip_id


def _edge(found: Matching, old_id: str, *, last: bool) -> Clip | None:
    kept = next((each for each in found.origin.values() if each.old.id == old_id), None) if old_id else None
    return None if kept is None else kept.last.clip if last else kept.first.clip


def _still_meet(found: Matching, sides: tuple[str, str], met: Sequence[Clip | None]) -> bool:
    left, right = met
    if any(side and clip is None for side, clip in zip(sides, met, strict=True)):
        return False
    return left is None or right is None or left.end == right.start


def _sides(join: Transition, clips: dict[str, Clip]) -> str:
    names = [clips[side].name or side if side in clips else side for side in (join.left, join.right) if side]
    return " | ".join(names)


# ── captions and markers ────────────────────────────────────────────────────────────────────────────────────
def caption_edits(found: Matching, old: Timeline, new: Timeline) -> Iterator[tuple[int, str, str, str, str]]:
    """(frame, where, what, before, after). What came, went or moved with its line, or slid with the pictures, is no edit."""
    before, after = _by_line(old.captions), _by_line(new.captions)
    lines = {kept.old.made_of: kept for kept in found.kept if kept.old.kind == "sound" and kept.old.made_of}
    gone = {clip.made_of for _, clip in found.removed}
    come = {clip.made_of for _, clip in found.added}
    for key, caption in after.items():
        was = before.get(key)
        if was is not None:
            yield from _caption_edits(found, was, caption, lines.get(caption.line_id), new.rate)
        elif caption.line_id not in come and not _is_rest(caption, before.get((caption.line_id, 0)), lines.get(caption.line_id)):
            yield caption.start, "captions", "caption added", _NOTHING, caption.text
    for key, caption in before.items():
        if key not in after and caption.line_id not in gone:
            yield caption.start, "captions", "caption removed", caption.text, _NOTHING


def _by_line(captions: Sequence[Caption]) -> dict[tuple[str, int], Caption]:
    named: dict[tuple[str, int], Caption] = {}
    for caption in captions:
        count = 0
        while (caption.line_id, count) in named:
            count += 1
        named[caption.line_id, count] = caption
    return named


def _caption_edits(
    found: Matching, was: Caption, now: Caption, line: Kept | None, rate: Fraction
) -> Iterator[tuple[int, str, str, str, str]]:
    if _is_rest(now, was, line):
        pass  # it lost the words that its line lost
    elif (was.text, [word.word for word in was.words]) != (now.text, [word.word for word in now.words]):
        yield now.start, "captions", "caption words", was.text, now.text
    elif not _went_along(found, was, now, line):
        yield now.start, "captions", "caption times", _times(was, rate), _times(now, rate)
    if (was.speaker, was.position) != (now.speaker, now.position):
        yield now.start, "captions", "caption placed", _stands(was), _stands(now)


def _is_rest(now: Caption, was: Caption | None, line: Kept | None) -> bool:
    """Whether a caption is what is left of one whose line was cut: its words, or some of them."""
    if was is None or line is None or len(line.pieces) < 2 and line.head <= 0 and line.tail >= 0:
        return False
    said = iter(word.word for word in was.words)
    return bool(now.words) and all(word.word in said for word in now.words)


def _went_along(found: Matching, was: Caption, now: Caption, line: Kept | None) -> bool:
    if line is not None and (
        line.head or line.tail or line.first.clip.speed != line.old.speed or line.first.clip.asset != line.old.asset
    ):
        return True
    by = now.start - was.start
    same = was.end + by == now.end and [(word.start + by, word.end + by) for word in was.words] == [
        (w.start, w.end) for w in now.words
    ]
    return same and (found.slid(was.start, by) or (line is not None and line.shift == by))


def _times(caption: Caption, rate: Fraction) -> str:
    return f"{smpte(caption.start, rate)} to {smpte(caption.end, rate)}"


def _stands(caption: Caption) -> str:
    return f"{caption.speaker}, {caption.position}" if caption.speaker else caption.position


def marker_edits(found: Matching, old: Timeline, new: Timeline) -> Iterator[tuple[int, str, str, str, str]]:
    """(frame, where, what, before, after) of markers added, removed, moved or with other words."""
    gone, come = _unlike(old.markers, new.markers), _unlike(new.markers, old.markers)
    for marker in list(gone):
        again = next((each for each in come if each.note == marker.note), None) or next(
            (each for each in come if each.at == marker.at), None
        )
        if again is None:
            continue
        gone.remove(marker)
        come.remove(again)
        if again.note != marker.note:
            yield again.at, "markers", "marker changed", marker.note, again.note
        elif not found.slid(marker.at, again.at - marker.at):
            yield again.at, "markers", "marker moved", smpte(marker.at, new.rate), f"{smpte(again.at, new.rate)} {again.note}"
    for marker in come:
        yield marker.at, "markers", "marker added", _NOTHING, marker.note
    for marker in gone:
        yield marker.at, "markers", "marker removed", marker.note, _NOTHING


def _unlike(those: Sequence[Marker], others: Sequence[Marker]) -> list[Marker]:
    left = list(others)
    rest = []
    for marker in those:
        if marker in left:
            left.remove(marker)
        else:
            rest.append(marker)
    return rest


# ── tracks and the film ─────────────────────────────────────────────────────────────────────────────────────
def track_edits(old: Track, new: Track) -> Iterator[tuple[str, str, str]]:
    """(what, before, after) of a whole track's settings."""
    for what, words in _OF_TRACKS:
        if words(old) != words(new):
            yield what, words(old), words(new)


_OF_TRACKS: Final[tuple[tuple[str, Callable[[Track], str]], ...]] = (
    ("track gain", lambda track: _db(track.gain_db)),
    ("muted", lambda track: ("hidden" if track.kind == "picture" else "muted") if track.muted else _HEARD[track.kind]),
    ("ducking", lambda track: f"{track.duck_db:.4g} dB under {track.duck_under}" if track.duck_under else "none"),
    ("role", lambda track: track.role),
)


def film_edits(old: Timeline, new: Timeline) -> Iterator[tuple[str, str, str]]:
    """(what, before, after) of the cut as a whole: its rate, its title, how its captions look."""
    if old.rate != new.rate:
        yield "rate", rate_text(old.rate), rate_text(new.rate)
    if old.title != new.title:
        yield "film renamed", old.title, new.title
    if old.caption_style != new.caption_style:
        yield "caption style", *_styles(old.caption_style, new.caption_style)


def _styles(old: CaptionStyle, new: CaptionStyle) -> tuple[str, str]:
    unlike = [name for name in CaptionStyle.model_fields if getattr(old, name) != getattr(new, name)]
    return tuple(", ".join(f"{name.replace('_', ' ')} {_value(getattr(style, name))}" for name in unlike) for style in (old, new))  # type: ignore[return-value]


def _value(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else f"{value:.4g}" if isinstance(value, float) else str(value)

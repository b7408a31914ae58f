"""Notices: what a cut says of itself after edits, true of the cut as it now is. Every verb that moves clips ends here, by `settled`.

Two kinds. What can be read off the cut is told anew each time, in the place of what was told before: media that ends before its picture
does (`Clip.short_by`), lines that sound together. What an edit did once - something was left out, shortened, pushed on - stays until it is
no longer so: the clip is there again, the transition has another length. What others say of a cut (a draft, a retake) is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from glimmer.assembly.changing import changed
from glimmer.assembly.joins import join_name, retold
from glimmer.assembly.pieces import Clip, Timeline, Track
from glimmer.display import count_text

__all__ = ["renoticed"]

Cut = TypeVar("Cut", bound=Timeline)
_KIND: Final = "dissolve|dip|wipe|push|fade in|fade out"
_SHORT: Final = re.compile(r".+ on [VA]\d+ ends \d[\d,]* frames? before its picture does: its media ends there", re.DOTALL)
_TOGETHER: Final = re.compile(r"(.+) and (.+) on ([VA]\d+) now sound together for .+", re.DOTALL)
_GONE: Final = re.compile(r"(.+) on ([VA]\d+) (?:went with .+|was left out .+|was left out: .+)", re.DOTALL)
_PUSHED: Final = re.compile(r"(.+) on ([VA]\d+) begins .+ later: (.+) lies where it would begin", re.DOTALL)
_SHORTENED: Final = re.compile(
    rf"(the (?:{_KIND}) (?:from|of) .+) is (\d+) frames, was (\d+): there is no room for more", re.DOTALL
)
_LEFT_OUT: Final = re.compile(rf"(the (?:{_KIND}) (?:from|of) .+?) (?:went with (.+)|was left out: .+)", re.DOTALL)


def renoticed(before: Timeline, after: Cut) -> Cut:
    """`after` with notices that are true of it, in the order in which they came up. What is derived stands last."""
    told = tuple(dict.fromkeys((*_still_true(after), *_short(after), *_lines_together(before, after))))
    return retold(after if told == after.notices else changed(after, notices=told))


def _short(cut: Timeline) -> Iterator[str]:
    for track in cut.tracks:
        for clip in track.clips:
            if clip.short_by:
                frames = count_text(clip.short_by, "frame")
                yield f"{clip.name} on {track.name} ends {frames} before its picture does: its media ends there"


# ── what was once done ──────────────────────────────────────────────────────────────────────────────────────
def _still_true(cut: Timeline) -> Iterator[str]:
    joins = {join_name(track, each): each for track in cut.tracks for each in track.transitions}
    lengths: dict[str, int] = {}  # of a transition that was shortened: how long it was at first
    last: dict[str, str] = {}
    for notice in cut.notices:
        if found := _SHORTENED.fullmatch(notice):
            lengths.setdefault(found[1], int(found[3]))
            last[found[1]] = notice
    for notice in cut.notices:
        if _SHORT.fullmatch(notice) or _TOGETHER.fullmatch(notice):
            continue
        if found := _SHORTENED.fullmatch(notice):
            now = joins.get(found[1])
            if last[found[1]] == notice and now is not None and now.frames == int(found[2]) < lengths[found[1]]:
                yield f"{found[1]} is {now.frames} frames, was {lengths[found[1]]}: there is no room for more"
            continue
        if all(true(cut, found) for pattern, true in _ONCE if (found := pattern.fullmatch(notice))):
            yield notice


def _is_gone(cut: Timeline, found: re.Match[str]) -> bool:
    return _named(cut, found[2], found[1]) is None


def _lies_behind(cut: Timeline, found: re.Match[str]) -> bool:
    pushed, other = _named(cut, found[2], found[1]), _named(cut, found[2], found[3])
    return pushed is not None and other is not None and pushed.start == other.end


def _is_not_joined(cut: Timeline, found: re.Match[str]) -> bool:
    """Of a transition that was left out: no other one is in its place, and what it went with is not back."""
    joins = {join_name(track, each) for track in cut.tracks for each in track.transitions}
    back = found[2] and all(any(clip.name == name for clip in cut.clips) for name in found[2].split(" and "))
    return found[1] not in joins and not back


def _named(cut: Timeline, track: str, name: str) -> Clip | None:
    clips = next((each.clips for each in cut.tracks if each.name == track), ())
    return next((clip for clip in clips if clip.name == name), None)


_ONCE: Final[tuple[tuple[re.Pattern[str], Callable[[Timeline, re.Match[str]], bool]], ...]] = (
    (_LEFT_OUT, _is_not_joined),
    (_GONE, _is_gone),
    (_PUSHED, _lies_behind),
)


# ── lines ───────────────────────────────────────────────────────────────────────────────────────────────────
def _lines_together(before: Timeline, after: Timeline) -> Iterator[str]:
    """What to say of lines of one track that sound together, and did not before or were told already."""
    old = {track.name: track for track in before.tracks}
    told = {found.groups() for notice in after.notices if (found := _TOGETHER.fullmatch(notice))}
    for track in after.tracks:
        was = old.get(track.name)
        if track.role != "dialogue" or (was == track and not told):
            continue
        known = {pair[:2] for pair in _together(was)} if was is not None else set()
        names = {clip.id: clip.name for clip in track.clips}
        for left, right, frames in _together(track):
            is_new = (left, right) not in known and (right, left) not in known
            if is_new or (names[left], names[right], track.name) in told or (names[right], names[left], track.name) in told:
                yield f"{names[left]} and {names[right]} on {track.name} now sound together for {count_text(frames, 'frame')}"


def _together(track: Track) -> Iterator[tuple[str, str, int]]:
    """Pairs of clips that overlap, as (id, id, frames): each clip with the one of those before it that lasts longest."""
    lasting: Clip | None = None
    for clip in track.clips:
        if lasting is not None and lasting.end > clip.start:
            yield lasting.id, clip.id, min(lasting.end, clip.end) - clip.start
        if lasting is None or clip.end > lasting.end:
            lasting = clip

"""Extracting: a range of the film is taken out of every track at once - `lift` leaves it empty, `extract` closes it up.

Functions on a cut; `TimeEdits` has them as verbs. Everything that lies across an edge of the range is cut there: pictures, lines, music,
air. A caption keeps the words that are still heard. Pictures are cut first and their own sound follows them (`linking`); then goes what of
that sound is heard in the range beyond its picture, after a J- or L-cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from glimmer.assembly.changing import changed, with_track
from glimmer.assembly.pieces import Caption, CaptionWord, Clip, Timeline, Track
from glimmer.assembly.placing import cleared
from glimmer.assembly.retiming import When, time_text
from glimmer.assembly.rippling import closed_up
from glimmer.assembly.settling import settled
from glimmer.errors import InputError
from glimmer.timecode import frames_of

__all__ = ["extracted", "lifted"]

Cut = TypeVar("Cut", bound=Timeline)


def lifted(cut: Cut, start: When, end: When) -> Cut:
    return _emptied(cut, *_range(cut, start, end))


def extracted(cut: Cut, start: When, end: When) -> Cut:
    first, last = _range(cut, start, end)
    emptied = _emptied(cut, first, last)
    return settled(emptied, closed_up(emptied, first, last))


def _range(cut: Timeline, start: When, end: When) -> tuple[int, int]:
    first, last = frames_of(start, cut.rate), frames_of(end, cut.rate)
    if not first < last <= cut.frames:
        raise InputError(
            f"a range from {time_text(cut, first)} to before {time_text(cut, last)}; expected an end after its start and at most "
            f"{time_text(cut, cut.frames)}, the film's length."
        )
    return first, last


# ── emptying ────────────────────────────────────────────────────────────────────────────────────────────────
def _emptied(cut: Cut, first: int, last: int) -> Cut:
    """`cut` with nothing seen or heard from `first` to before `last`, and nothing moved."""
    made = cut
    for track in cut.tracks:
        made = _cleared_of(made, made.track(track.name), first, last, own_sound=False)
    captions = tuple(part for caption in cut.captions for part in _still_said(caption, first, last))
    made = settled(cut, changed(made, captions=captions))
    return settled(made, _without_own_sound(made, first, last))


def _without_own_sound(cut: Cut, first: int, last: int) -> Cut:
    """`cut` without the sound of pictures that is heard in the range beyond their edges.

    What is left of it on the far side of the range from its picture is a sound of its own from then on: it must not go with a picture
    that goes without it.
    """
    made = cut
    pictures = {clip.id: clip for track in cut.tracks if track.kind == "picture" for clip in track.clips}
    for track in cut.tracks:
        if track.kind != "sound" or not any(clip.linked for clip in track.clips):
            continue
        made = _cleared_of(made, track, first, last, own_sound=True)
        now = made.track(track.name)
        clips = tuple(_let_go(clip, pictures.get(clip.linked), first, last) for clip in now.clips)
        made = with_track(made, now.model_copy(update={"clips": clips}))
    return made


def _let_go(sound: Clip, picture: Clip | None, first: int, last: int) -> Clip:
    if picture is None:
        return sound
    apart = (sound.end <= first and picture.start >= last) or (sound.start >= last and picture.end <= first)
    return sound.model_copy(update={"linked": ""}) if apart else sound


def _cleared_of(cut: Cut, track: Track, first: int, last: int, *, own_sound: bool) -> Cut:
    """`cut` with the range of a track cleared of the own sound of pictures, or of all but that."""
    others = tuple(clip for clip in track.clips if (track.kind == "sound" and clip.linked != "") is not own_sound)
    meant = track.model_copy(update={"clips": tuple(clip for clip in track.clips if clip not in others)})
    made = cleared(cut, meant, first, last)
    return with_track(cut, made.model_copy(update={"clips": (*others, *made.clips)}))


# ── captions ────────────────────────────────────────────────────────────────────────────────────────────────
def _still_said(caption: Caption, first: int, last: int) -> Iterator[Caption]:
    """What is left of a caption without the range: the words before it and the words after it, each a caption."""
    if caption.end <= first or caption.start >= last:
        yield caption
    elif not caption.words:
        if caption.start < first:
            yield caption.model_copy(update={"end": first})
        elif caption.end > last:
            yield caption.model_copy(update={"start": last})
    else:
        before = tuple(word.model_copy(update={"end": min(word.end, first)}) for word in caption.words if word.start < first)
        after = tuple(word for word in caption.words if word.start >= last)
        if before:
            yield _of_words(caption, before, caption.start, min(caption.end, first))
        if after:
            yield _of_words(caption, after, max(caption.start, last), caption.end)


def _of_words(caption: Caption, words: Sequence[CaptionWord], start: int, end: int) -> Caption:
    text = caption.text if len(words) == len(caption.words) else " ".join(each.word for each in words)
    return caption.model_copy(update={"words": tuple(words), "text": text, "start": start, "end": max(end, start + 1)})

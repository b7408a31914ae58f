"""Retake: a cut with other takes in the same places. What a person cut by hand stays as it was cut.

Pure: takes a cut and what is used now, gives a new cut. Lengths stay, but a spoken line that nobody trimmed lasts as long as its new
take does. Speeds, moves, crops, fades and all else that was set stay; a take too short for its place is told.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from glimmer.assembly.changing import changed, noticed
from glimmer.assembly.draft import Piece, media_frames_of
from glimmer.assembly.nouns import Assembly, Caption, CaptionWord, Clip, Track
from glimmer.display import count_text

__all__ = ["retake"]


def retake(cut: Assembly, used: Callable[[Track, Clip], Piece | None]) -> Assembly:
    """`cut` with every clip on the take that `used` names for it (None: leave it). Captions follow their lines.

    A clip that needs more of its take than the new one has keeps its place, and the cut's notices say so.
    """
    spoken: dict[str, list[tuple[Clip, Piece]]] = defaultdict(list)
    said: list[str] = []
    tracks = []
    for track in cut.tracks:
        clips = []
        for clip in track.clips:
            piece = used(track, clip) if clip.made_of and clip.asset else None
            if piece is not None and piece.asset != clip.asset:
                clip = _on(clip, piece, track, cut.rate)
                said.extend(_too_short(clip, track))
                if track.role == "dialogue":
                    spoken[clip.made_of].append((clip, piece))
            clips.append(clip)
        tracks.append(track.model_copy(update={"clips": tuple(clips)}))
    captions = tuple(
        _said(caption, spoken[caption.line_id], cut.rate) if caption.line_id in spoken else caption for caption in cut.captions
    )
    return noticed(changed(cut, tracks=tuple(tracks), captions=captions), *said)


def _on(clip: Clip, piece: Piece, track: Track, rate: Fraction) -> Clip:
    still = track.kind == "picture" and piece.media_type.startswith("image/")
    made: dict[str, object] = {
        "asset": piece.asset,
        "media_type": piece.media_type,
        "media_frames": 0 if still else media_frames_of(piece, rate),
    }
    if track.kind == "picture":
        made["kind"] = "still" if still else "footage"
    elif track.role == "dialogue" and _whole(clip):
        frames = max(1, math.ceil(Fraction(round(piece.seconds * 1000), 1000) * rate / clip.speed))
        fade_in = min(clip.fade_in, frames)
        made |= {"frames": frames, "fade_in": fade_in, "fade_out": min(clip.fade_out, frames - fade_in)}
    return clip.model_copy(update=made)


def _whole(clip: Clip) -> bool:
    """Whether it plays all of its take: nobody trimmed, split, slipped or held it. Cuts of release 0.1.0 don't know their media's length."""
    if clip.source_start or clip.source_part or clip.frozen:
        return False
    return not clip.media_frames or abs(clip.used_frames - clip.media_frames) <= max(Fraction(1), clip.speed)


def _too_short(clip: Clip, track: Track) -> Iterator[str]:
    needs = math.floor(clip.source_start + clip.source_part + clip.used_frames)
    if clip.kind not in ("footage", "sound") or not clip.media_frames or needs <= clip.media_frames + max(Fraction(1), clip.speed):
        return
    after = "its last picture is held" if track.kind == "picture" else "it is silent after that"
    yield (
        f"{clip.name} on {track.name} uses its take up to frame {needs:,}; the new take has {count_text(clip.media_frames, 'frame')}: {after}"
    )


def _said(caption: Caption, on: Sequence[tuple[Clip, Piece]], rate: Fraction) -> Caption:
    """The caption with the words of the new take, at the frames at which they are heard; words that were trimmed away are left out."""
    words = tuple(
        CaptionWord(word=word, start=start, end=max(start + 1, _heard(end * rate, clip)))
        for clip, piece in on
        for word, begin, end in piece.words
        if _sounds(Fraction(begin) * rate, clip)
        for start in (_heard(begin * rate, clip),)
    )
    if not words:
        return caption
    words = tuple(sorted(words, key=lambda word: word.start))
    text = " ".join(word.word for word in words)
    return caption.model_copy(update={"text": text, "words": words, "start": words[0].start, "end": words[-1].end})


def _sounds(media_frame: Fraction, clip: Clip) -> bool:
    first = clip.source_start + clip.source_part
    return first - 1 < media_frame < first + clip.used_frames


def _heard(media_frame: float | Fraction, clip: Clip) -> int:
    """The film's frame at which that place of the take is heard."""
    late = (media_frame - clip.source_start - clip.source_part) / clip.speed
    return clip.start + max(0, round(late))

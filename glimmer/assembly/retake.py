"""Retake: a cut with other takes in the same places. What a person cut by hand stays as it was cut.

Pure: takes a cut and what is used now, gives a new cut. Lengths stay, but a spoken line lasts as long as its new take does.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from glimmer.assembly.draft import Piece
from glimmer.assembly.nouns import Assembly, Caption, CaptionWord, Clip, Track

__all__ = ["retake"]


def retake(cut: Assembly, used: Callable[[Track, Clip], Piece | None]) -> Assembly:
    """`cut` with every clip on the take that `used` names for it (None: leave it). Captions follow their lines."""
    spoken: dict[str, tuple[Clip, Piece]] = {}
    tracks = []
    for track in cut.tracks:
        clips = []
        for clip in track.clips:
            piece = used(track, clip) if clip.made_of and clip.asset else None
            if piece is not None and piece.asset != clip.asset:
                clip = _on(clip, piece, track, cut.rate)
                if track.role == "dialogue":
                    spoken[clip.made_of] = (clip, piece)
            clips.append(clip)
        tracks.append(track.model_copy(update={"clips": tuple(clips)}))
    captions = tuple(
        _said(caption, *spoken[caption.line_id], cut.rate) if caption.line_id in spoken else caption for caption in cut.captions
    )
    return cut.model_copy(update={"tracks": tuple(tracks), "captions": captions})


def _on(clip: Clip, piece: Piece, track: Track, rate: Fraction) -> Clip:
    changed: dict[str, object] = {"asset": piece.asset, "media_type": piece.media_type}
    if track.kind == "picture":
        changed["kind"] = "still" if piece.media_type.startswith("image/") else "footage"
    elif track.role == "dialogue":
        changed["frames"] = max(1, -(-round(piece.seconds * 1000) * rate.numerator // (1000 * rate.denominator)))
    return clip.model_copy(update=changed)


def _said(caption: Caption, clip: Clip, piece: Piece, rate: Fraction) -> Caption:
    if not piece.words:
        return caption
    at = [(word, clip.start + round(begin * rate), clip.start + round(end * rate)) for word, begin, end in piece.words]
    words = tuple(CaptionWord(word=word, start=begin, end=max(begin + 1, end)) for word, begin, end in at)
    text = " ".join(word for word, _, _ in piece.words)
    return caption.model_copy(update={"text": text, "words": words, "start": words[0].start, "end": words[-1].end})

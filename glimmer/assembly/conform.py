"""The same cut at another rate: every boundary goes to the nearest frame, and what met still meets."""

from __future__ import annotations

from fractions import Fraction

from glimmer.assembly.nouns import Assembly, Caption, Clip, Track

__all__ = ["at_rate"]


def at_rate(cut: Assembly, rate: Fraction) -> Assembly:
    """`cut` in frames of `rate`. Each start and end is rounded by itself, so that lengths do not drift and clips still abut."""
    if rate == cut.rate:
        return cut
    factor = rate / cut.rate

    def to(frame: int) -> int:
        return round(frame * factor)

    def clip(old: Clip) -> Clip:
        start, end = to(old.start), to(old.end)
        return old.model_copy(
            update={
                "start": start,
                "frames": max(1, end - start),
                "source_start": to(old.source_start),
                "fade_in": to(old.fade_in),
                "fade_out": to(old.fade_out),
            }
        )

    def caption(old: Caption) -> Caption:
        words = tuple(w.model_copy(update={"start": to(w.start), "end": max(to(w.start) + 1, to(w.end))}) for w in old.words)
        return old.model_copy(update={"start": to(old.start), "end": max(to(old.start) + 1, to(old.end)), "words": words})

    def track(old: Track) -> Track:
        transitions = tuple(t.model_copy(update={"frames": max(2, to(t.frames))}) for t in old.transitions)
        return old.model_copy(update={"clips": tuple(map(clip, old.clips)), "transitions": transitions})

    return cut.model_copy(
        update={
            "rate": rate,
            "tracks": tuple(map(track, cut.tracks)),
            "captions": tuple(map(caption, cut.captions)),
            "markers": tuple(marker.model_copy(update={"at": to(marker.at)}) for marker in cut.markers),
        }
    )

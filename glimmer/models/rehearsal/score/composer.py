"""`RehearsalComposer`: score for $0. A cue is planned, arranged, played and mastered; nothing is sampled, all is computed.

Fulfils `models.interface.MusicModel`. Same request, same bytes; safe to call from several threads.
"""

from __future__ import annotations

import math

from glimmer.errors import InputError, LimitError
from glimmer.limits import MAX_SOUND_SECONDS
from glimmer.models.interface import ComposeRequest, Made, MusicSection
from glimmer.models.rehearsal.acoustics import SAMPLE_RATE_HZ, samples_in
from glimmer.models.rehearsal.score.form import plan_cue
from glimmer.models.rehearsal.score.rendering import render
from glimmer.models.rehearsal.score.theme import theme_of
from glimmer.models.rehearsal.score.writers import arranged

__all__ = ["RehearsalComposer"]


class RehearsalComposer:
    """Composes cues that share the film's key, metre and motif, and plays them with its own small orchestra."""

    name = "rehearsal/composer"
    version = "1"

    def compose(self, request: ComposeRequest) -> Made:
        """FLAC, 48 kHz stereo, exactly the sum of the sections' seconds to the nearest sample, -20 LUFS, peaks under -3 dBFS.

        With `closing` it comes home and rings out within its length; without, it can be cut against (0.3 s soft release).
        Does not follow `words`: moods, lengths and seeds are all it hears.
        Raises: InputError for no sections or a length that is not a positive number; LimitError beyond an hour.
        """
        sections = _checked(request.sections)
        total_seconds = math.fsum(section.seconds for section in sections)
        theme = theme_of(request.theme_seed)
        tail = min(3.0, 0.22 * total_seconds) if request.closing else 0.0
        phrases = plan_cue(sections, theme, closing=request.closing, tail_seconds=tail, seed=request.seed)
        notes = arranged(phrases, theme, seed=request.seed)
        fade = tail if request.closing else min(0.3, 0.2 * total_seconds)
        total_samples = samples_in(total_seconds)
        media = render(notes, total_samples, fade_seconds=fade, seed=request.theme_seed)
        return Made(media=media, media_type="audio/flac", seconds=total_samples / SAMPLE_RATE_HZ)


def _checked(sections: tuple[MusicSection, ...]) -> tuple[MusicSection, ...]:
    for section in sections:
        if not math.isfinite(section.seconds) or section.seconds < 0:
            raise InputError(f"a section of {section.seconds} s; seconds must be a number from 0 up. Correct the section's length.")
    heard = tuple(section for section in sections if section.seconds > 0)
    total = math.fsum(section.seconds for section in heard)
    if samples_in(total) < 1:
        raise InputError(
            f"a cue of {total} s in {len(sections)} sections; it needs at least one sample. Give it a section with a length."
        )
    if total > MAX_SOUND_SECONDS:
        raise LimitError(
            f"a cue of {total:.0f} s; one cue holds at most {MAX_SOUND_SECONDS} s (limits.MAX_SOUND_SECONDS). Split it in two.",
            limit="MAX_SOUND_SECONDS",
        )
    return heard

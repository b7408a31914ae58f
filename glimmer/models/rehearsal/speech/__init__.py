"""Rehearsal voices: a cast of distinct English voices from one small neural model, on this machine, for $0."""

from __future__ import annotations

from glimmer.models.rehearsal.speech.scripts import screen_words
from glimmer.models.rehearsal.speech.speaker import RehearsalSpeech

__all__ = ["RehearsalSpeech", "screen_words"]

"""`RehearsalSound`: the air of a place and what happens in a shot, for $0. Nothing is sampled, all is computed.

Fulfils `models.interface.SoundModel`. A bed is made once, at most a minute and a half of it, and goes round; `effects` makes what an
action lets be heard. Same request, same bytes; safe to call from several threads.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from glimmer.errors import InputError, LimitError
from glimmer.limits import MAX_SOUND_SECONDS
from glimmer.models.interface import AmbienceRequest, EffectsRequest, Made
from glimmer.models.rehearsal.acoustics import SAMPLE_RATE_HZ, FlacWriter, Samples, loudness_lufs, samples_in
from glimmer.models.rehearsal.reading import PlaceKind, place_kind
from glimmer.models.rehearsal.sound.beds import bed_layers, bed_loudness_lufs, mixed_bed
from glimmer.models.rehearsal.sound.effects import is_heard, sound_of_action

__all__ = ["RehearsalSound"]

_ROUND_SECONDS: Final = 92.0  # a multiple of four: then hums close too (see beds_town)
_BLOCK: Final = 20 * SAMPLE_RATE_HZ
_BED_CEILING: Final = 10 ** (-16 / 20)


class RehearsalSound:
    """Fills a place with its air (hour, weather) and a shot with what its action makes heard."""

    name = "rehearsal/sound"
    version = "2"

    def ambience(self, request: AmbienceRequest) -> Made:
        """FLAC, 48 kHz stereo, exactly `seconds` to the nearest sample: a bed near -32 LUFS, without fades.

        Raises: InputError for a length that is not a number in range; LimitError beyond an hour.
        """
        total = _checked(request.seconds)
        kind = place_kind(request.place, request.interior)  # as the boards read it: from the place alone
        bed = _levelled_bed(request, kind, min(total, samples_in(_ROUND_SECONDS)))
        return Made(media=_written(bed, total), media_type="audio/flac", seconds=total / SAMPLE_RATE_HZ)

    def hears(self, request: EffectsRequest) -> bool:
        """Whether the action's words, if they are English, name something that is heard."""
        return is_heard(request)

    def effects(self, request: EffectsRequest) -> Made:
        """FLAC, 48 kHz stereo: the action's effects, peaks from -20 to -8 dBFS, from the shot's first moment to the last tail's end.

        An action that is not heard gives a moment of silence.
        """
        sound = sound_of_action(request)
        writer = FlacWriter()
        writer.write(sound)
        return Made(media=writer.finished(), media_type="audio/flac", seconds=sound.shape[1] / SAMPLE_RATE_HZ)


def _checked(seconds: float) -> int:
    if not math.isfinite(seconds) or samples_in(seconds) < 1:
        raise InputError(f"an ambience of {seconds} s; it needs a positive number of seconds. Give the length of the bed.")
    if seconds > MAX_SOUND_SECONDS:
        raise LimitError(
            f"an ambience of {seconds:.0f} s; one holds at most {MAX_SOUND_SECONDS} s (limits.MAX_SOUND_SECONDS). "
            "Ask for a shorter one: cuts lay a bed end over end.",
            limit="MAX_SOUND_SECONDS",
        )
    return samples_in(seconds)


def _levelled_bed(request: AmbienceRequest, kind: PlaceKind, samples: int) -> Samples:
    """The bed at its loudness, its rare peaks bent softly under -16 dBFS so that none stands above the speech."""
    bed = mixed_bed(bed_layers(request, kind), max(samples, SAMPLE_RATE_HZ), request.seed)[:, :samples]
    target = bed_loudness_lufs(request, kind)
    heard = loudness_lufs(bed[:, : 30 * SAMPLE_RATE_HZ])
    gain = 10 ** ((target - heard) / 20) if math.isfinite(heard) else 1.0
    return np.asarray(np.tanh(bed * np.float32(gain / _BED_CEILING)) * np.float32(_BED_CEILING), dtype=np.float32)


def _written(bed: Samples, total: int) -> bytes:
    """The bed, round and round, block by block."""
    writer = FlacWriter()
    for start in range(0, total, _BLOCK):
        writer.write(bed[:, np.arange(start, min(start + _BLOCK, total)) % bed.shape[1]])
    return writer.finished()

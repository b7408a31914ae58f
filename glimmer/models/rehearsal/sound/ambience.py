"""`RehearsalSound`: the air of a scene and what happens in it, for $0. Nothing is sampled, all is computed.

Fulfils `models.interface.SoundModel`. A scene's bed is made once, at most a minute and a half of it, and goes round; effects
are laid where their words are. Same request, same bytes; safe to call from several threads.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import fft

from glimmer.errors import InputError, LimitError
from glimmer.limits import MAX_SOUND_SECONDS
from glimmer.models.interface import AmbienceRequest, Made, SoundMoment
from glimmer.models.rehearsal.acoustics import (
    SAMPLE_RATE_HZ,
    FlacWriter,
    RoomShape,
    Samples,
    add_at,
    band,
    faded,
    generator,
    loudness_lufs,
    panned,
    samples_in,
)
from glimmer.models.rehearsal.reading import PlaceKind, place_kind
from glimmer.models.rehearsal.sound.beds import bed_layers, bed_loudness_lufs, mixed_bed
from glimmer.models.rehearsal.sound.gestures import Occasion, levelled
from glimmer.models.rehearsal.sound.listening import Heard, heard_in, surface_of

__all__ = ["RehearsalSound"]

_LOOP_SECONDS: Final = 90.0
_BLOCK: Final = 20 * SAMPLE_RATE_HZ
_FADE_SECONDS: Final = 0.3
_CEILING: Final = 10 ** (-6 / 20)
_BED_CEILING: Final = 10 ** (-16 / 20)
_FIRST_DELAY_SECONDS: Final = 0.12
_OPEN_AIR = RoomShape(decay_seconds=0.7, size_seconds=0.09, darkness=0.6, seed=1)
_ROOMS: Final[dict[str, RoomShape]] = {
    "church": RoomShape(3.2, 0.08, 0.35, 2), "hall": RoomShape(1.9, 0.06, 0.35, 3), "station": RoomShape(1.9, 0.07, 0.35, 4),
    "cave": RoomShape(2.4, 0.06, 0.4, 5), "theatre": RoomShape(1.3, 0.05, 0.4, 6), "corridor": RoomShape(1.1, 0.03, 0.3, 7),
    "stairs": RoomShape(1.3, 0.03, 0.3, 8), "prison": RoomShape(1.2, 0.03, 0.3, 9), "bathroom": RoomShape(0.8, 0.012, 0.1, 10),
    "underwater": RoomShape(2.0, 0.06, 0.9, 11), "lamp_room": RoomShape(0.9, 0.02, 0.2, 12),
}  # fmt: skip
_ROOM = RoomShape(0.45, 0.015, 0.35, 13)


@dataclass(frozen=True)
class _Placed:
    """An effect that is ready to be laid: where, and its stereo sound."""

    at_sample: int
    sound: Samples


class RehearsalSound:
    """Fills a scene with its air (place, hour, weather) and with what the actions make heard."""

    name = "rehearsal/sound"
    version = "1"

    def ambience(self, request: AmbienceRequest) -> Made:
        """FLAC, 48 kHz stereo, exactly `seconds` to the nearest sample: a bed near -32 LUFS, effects up to -8 dBFS over it.

        Actions in other languages than English give the bed alone. A moment at or after the end is not heard.
        Raises: InputError for a length or a time that is not a number in range; LimitError beyond an hour.
        """
        total = _checked(request)
        actions = " ".join(moment.action for moment in request.moments[:3])
        kind = place_kind(request.place, request.interior, actions)
        bed = _levelled_bed(request, kind, min(total, samples_in(_LOOP_SECONDS)))
        effects = [
            placed for index, moment in enumerate(request.moments) for placed in _moment(request, kind, moment, index, total)
        ]
        media = _written(bed, _gathered(effects), total)
        return Made(media=media, media_type="audio/flac", seconds=total / SAMPLE_RATE_HZ)


def _checked(request: AmbienceRequest) -> int:
    seconds = request.seconds
    if not math.isfinite(seconds) or samples_in(seconds) < 1:
        raise InputError(f"an ambience of {seconds} s; it needs a positive number of seconds. Give the scene's length.")
    if seconds > MAX_SOUND_SECONDS:
        raise LimitError(
            f"an ambience of {seconds:.0f} s; one holds at most {MAX_SOUND_SECONDS} s (limits.MAX_SOUND_SECONDS). Split the scene.",
            limit="MAX_SOUND_SECONDS",
        )
    for moment in request.moments:
        if not (math.isfinite(moment.at_seconds) and moment.at_seconds >= 0 and math.isfinite(moment.seconds)):
            raise InputError(
                f"a moment at {moment.at_seconds} s for {moment.seconds} s; both must be numbers, from the scene's start. Correct its time."
            )
    return samples_in(seconds)


def _levelled_bed(request: AmbienceRequest, kind: PlaceKind, samples: int) -> Samples:
    """The bed at its loudness, its rare peaks bent softly under -16 dBFS so that none stands above the speech."""
    bed = mixed_bed(bed_layers(request, kind), max(samples, SAMPLE_RATE_HZ), request.seed)[:, : max(samples, 1)]
    target = bed_loudness_lufs(request, kind)
    heard = loudness_lufs(bed[:, : 30 * SAMPLE_RATE_HZ])
    gain = 10 ** ((target - heard) / 20) if math.isfinite(heard) else 1.0
    return np.asarray(np.tanh(bed * np.float32(gain / _BED_CEILING)) * np.float32(_BED_CEILING), dtype=np.float32)


def _moment(request: AmbienceRequest, kind: PlaceKind, moment: SoundMoment, index: int, total: int) -> list[_Placed]:
    """The moment's effects: the first a breath after it begins, the others where their words stand in the action."""
    placed: list[_Placed] = []
    for heard in heard_in(moment.action):
        rng = generator("effect", heard.cue.name, request.seed, index)
        delay = _FIRST_DELAY_SECONDS if not placed else heard.at_share * max(0.0, moment.seconds - 0.8)
        last = placed[-1].at_sample + samples_in(0.5) if placed else 0
        at = max(samples_in(moment.at_seconds + delay + float(rng.uniform(0.0, 0.08))), last)
        if at < total:
            placed.append(_Placed(at, _in_its_place(request, kind, moment, heard, rng)))
    return placed


def _in_its_place(
    request: AmbienceRequest, kind: PlaceKind, moment: SoundMoment, heard: Heard, rng: np.random.Generator
) -> Samples:
    """The effect at its level, side and distance, in its room."""
    surface = surface_of(moment.action, kind, request.weather, request.interior)
    occasion = Occasion(max(0.5, min(moment.seconds, 20.0)), surface, request.interior, kind)
    sound = levelled(heard.cue.effect(occasion, rng))
    far = heard.far or heard.cue.far
    if far:
        sound = levelled(band(sound, 0.0, 1_400.0 if request.interior else 3_200.0, order=1))
    if kind == "underwater":
        sound = levelled(band(sound, 0.0, 900.0))
    stereo = panned(sound, float(rng.uniform(-0.45, 0.45)))
    shape = _ROOMS.get(kind, _ROOM if request.interior else _OPEN_AIR)
    wet = (0.25 if request.interior else 0.12) * (2.0 if far else 1.0)
    peak = 10 ** ((heard.cue.peak_dbfs - (3.0 if far else 0.0)) / 20)
    return faded(levelled(_roomy(stereo, shape, wet), peak), 0.0, 0.05)


def _roomy(sound: Samples, shape: RoomShape, wet: float) -> Samples:
    """The sound with its room's answer behind it, longer by the tail."""
    response = shape.response()
    size = sound.shape[1] + response.shape[1]
    span = fft.next_fast_len(size, real=True)
    answer = fft.irfft(fft.rfft(sound, span) * fft.rfft(response, span), span)[:, :size].astype(np.float32)
    answer[:, : sound.shape[1]] = answer[:, : sound.shape[1]] * np.float32(wet) + sound
    answer[:, sound.shape[1] :] *= np.float32(wet)
    return np.asarray(answer, dtype=np.float32)


def _gathered(effects: list[_Placed]) -> list[_Placed]:
    return sorted(effects, key=lambda placed: placed.at_sample)


def _written(bed: Samples, effects: list[_Placed], total: int) -> bytes:
    """Bed and effects block by block, faded at both ends, bent softly under -6 dBFS where many sounds meet."""
    writer = FlacWriter()
    fade = max(1, min(samples_in(_FADE_SECONDS), total // 2))
    for start in range(0, total, _BLOCK):
        length = min(_BLOCK, total - start)
        where = np.arange(start, start + length)
        edges = np.minimum(1.0, np.minimum(where + 0.5, total - where - 0.5) / fade)
        block = bed[:, where % bed.shape[1]] * (np.sin(0.5 * np.pi * edges) ** 2).astype(np.float32)
        for placed in effects:
            if placed.at_sample < start + length and placed.at_sample + placed.sound.shape[1] > start:
                add_at(block, placed.sound, placed.at_sample - start)
        if start + length == total:
            block = faded(block, 0.0, min(0.02, length / SAMPLE_RATE_HZ / 2))
        writer.write(_soft(block))
    return writer.finished()


def _soft(block: Samples) -> Samples:
    over = np.abs(block) > 0.7 * _CEILING
    if not over.any():
        return block
    knee = np.float32(0.7 * _CEILING)
    bent = knee + (np.float32(_CEILING) - knee) * np.tanh((np.abs(block) - knee) / np.float32(_CEILING - 0.7 * _CEILING))
    return np.where(over, np.sign(block) * bent, block).astype(np.float32)

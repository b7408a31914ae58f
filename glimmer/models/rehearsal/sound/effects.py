"""What happens in one shot, as sound: the action is read, each effect is made, set in its room and laid where its words stand.

`listening` says what is heard, the modules `effects_…` make single sounds; here they get their level, side, distance and room.
No timing of the cut comes in: an action goes at the pace at which it is read, so a longer line changes none of it.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import scipy

from glimmer.models.interface import EffectsRequest
from glimmer.models.rehearsal.acoustics import (
    SAMPLE_RATE_HZ,
    RoomShape,
    Samples,
    add_at,
    band,
    faded,
    generator,
    panned,
    samples_in,
)
from glimmer.models.rehearsal.reading import PlaceKind, place_kind
from glimmer.models.rehearsal.sound.gestures import Occasion, Rng, levelled
from glimmer.models.rehearsal.sound.listening import Heard, heard_in, surface_of

__all__ = ["action_seconds", "is_heard", "sound_of_action"]

_FIRST_DELAY_SECONDS: Final = 0.12  # after a cut the eye is first
_LEAST_APART_SECONDS: Final = 0.5
_WORDS_PER_SECOND: Final = 3.2  # the pace at which a silent shot is held for its action (screenplay.pace)
_SHORTEST_SECONDS, _LONGEST_SECONDS = 2.5, 8.0
_SILENCE: Final = 10 ** (-66 / 20)  # a tail is cut where it sinks below the softest bed
_CEILING: Final = 10 ** (-6 / 20)
_KNEE: Final = 0.7 * _CEILING
_OPEN_AIR = RoomShape(decay_seconds=0.7, size_seconds=0.09, darkness=0.6, seed=1)
_ROOMS: Final[dict[str, RoomShape]] = {
    "church": RoomShape(3.2, 0.08, 0.35, 2), "hall": RoomShape(1.9, 0.06, 0.35, 3), "station": RoomShape(1.9, 0.07, 0.35, 4),
    "cave": RoomShape(2.4, 0.06, 0.4, 5), "theatre": RoomShape(1.3, 0.05, 0.4, 6), "corridor": RoomShape(1.1, 0.03, 0.3, 7),
    "stairs": RoomShape(1.3, 0.03, 0.3, 8), "prison": RoomShape(1.2, 0.03, 0.3, 9), "bathroom": RoomShape(0.8, 0.012, 0.1, 10),
    "underwater": RoomShape(2.0, 0.06, 0.9, 11), "lamp_room": RoomShape(0.9, 0.02, 0.2, 12),
}  # fmt: skip
_ROOM = RoomShape(0.45, 0.015, 0.35, 13)


def is_heard(request: EffectsRequest) -> bool:
    """Whether the action makes anything heard."""
    return bool(heard_in(request.action))


def sound_of_action(request: EffectsRequest) -> Samples:
    """Stereo, from the shot's first moment until the last tail has died away; a twentieth of a second of silence for a silent action."""
    kind = place_kind(request.place, request.interior, request.action)
    laid: list[tuple[int, Samples]] = []
    for heard in heard_in(request.action):
        rng = generator("effect", heard.cue.name, request.seed, request.action)
        laid.append((_moment(request, heard, laid, rng), _in_its_place(request, kind, heard, rng)))
    length = max((at + sound.shape[1] for at, sound in laid), default=samples_in(0.05))
    together = np.zeros((2, length), dtype=np.float32)
    for at, sound in laid:
        add_at(together, sound, at)
    return faded(_without_silence(_soft(together)), 0.0, 0.02)


def action_seconds(action: str) -> float:
    """How long the action takes to happen: as long as a silent shot of it would be held."""
    return min(max(len(action.split()) / _WORDS_PER_SECOND, _SHORTEST_SECONDS), _LONGEST_SECONDS)


def _moment(request: EffectsRequest, heard: Heard, laid: list[tuple[int, Samples]], rng: Rng) -> int:
    """The first effect comes a breath after the cut, the others where their words stand in the action, never on top of another."""
    share = heard.at_share * (action_seconds(request.action) - 0.8)
    delay = (share if laid else _FIRST_DELAY_SECONDS) + float(rng.uniform(0.0, 0.08))
    return max(samples_in(delay), laid[-1][0] + samples_in(_LEAST_APART_SECONDS) if laid else 0)


def _in_its_place(request: EffectsRequest, kind: PlaceKind, heard: Heard, rng: Rng) -> Samples:
    """The effect at its level, side and distance, in its room."""
    surface = surface_of(request.action, kind, request.weather, request.interior)
    sound = levelled(heard.cue.effect(Occasion(action_seconds(request.action), surface, request.interior, kind), rng))
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
    span = scipy.fft.next_fast_len(size, real=True)
    answer = scipy.fft.irfft(scipy.fft.rfft(sound, span) * scipy.fft.rfft(response, span), span)[:, :size].astype(np.float32)
    answer[:, : sound.shape[1]] = answer[:, : sound.shape[1]] * np.float32(wet) + sound
    answer[:, sound.shape[1] :] *= np.float32(wet)
    return np.asarray(answer, dtype=np.float32)


def _without_silence(sound: Samples) -> Samples:
    """The sound up to where its tail can no longer be heard."""
    loud = np.flatnonzero(np.abs(sound).max(axis=0) > _SILENCE)
    return sound[:, : min(sound.shape[1], int(loud[-1]) + SAMPLE_RATE_HZ // 20)] if loud.size else sound


def _soft(sound: Samples) -> Samples:
    """Bent softly under -6 dBFS where several sounds meet."""
    over = np.abs(sound) > _KNEE
    if not over.any():
        return sound
    bent = _KNEE + (_CEILING - _KNEE) * np.tanh((np.abs(sound) - _KNEE) / (_CEILING - _KNEE))
    return np.where(over, np.sign(sound) * bent, sound).astype(np.float32)

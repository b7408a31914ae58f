"""What score and sound are both made of: modes, noise, rooms, loudness and the FLAC file. Knows no music and no place.

Sound inside is float32, shape (2, samples) for stereo or (samples,) for mono, at 48 kHz.
"""

from glimmer.models.rehearsal.acoustics.flac import FlacWriter
from glimmer.models.rehearsal.acoustics.loudness import LoudnessMeter, loudness_lufs
from glimmer.models.rehearsal.acoustics.modes import damped_modes
from glimmer.models.rehearsal.acoustics.noise import generator, shaped_noise, wander
from glimmer.models.rehearsal.acoustics.room import Room, RoomShape
from glimmer.models.rehearsal.acoustics.signal import (
    SAMPLE_RATE_HZ,
    Samples,
    add_at,
    band,
    faded,
    panned,
    samples_in,
    seconds_axis,
    semitones,
)

__all__ = [
    "SAMPLE_RATE_HZ",
    "FlacWriter",
    "LoudnessMeter",
    "Room",
    "RoomShape",
    "Samples",
    "add_at",
    "band",
    "damped_modes",
    "faded",
    "generator",
    "loudness_lufs",
    "panned",
    "samples_in",
    "seconds_axis",
    "semitones",
    "shaped_noise",
    "wander",
]

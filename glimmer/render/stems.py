"""Stems: the film's dialogue, music and effects as three files, as they stand in its mix, so that somebody else can mix it again.

Takes a cut, gives 48 kHz 24-bit WAVs of one length: DX, MX, FX, gained, panned, faded and ducked, at the master's gain and without its
limiter. So their sum is the master before its limiter. The mix is made once, on disk; an hour needs no more memory than a minute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

import av
import numpy as np

from glimmer.assembly.conform import at_rate
from glimmer.assembly.nouns import Assembly
from glimmer.errors import Cancelled, InputError, MissingPiece, RenderError
from glimmer.render.loudness import Levels, Sound, decibels, levels
from glimmer.render.mix import BLOCK, mixed_tracks
from glimmer.render.opening import Media
from glimmer.render.preset import Preset
from glimmer.render.sound_file import write_wav
from glimmer.render.sound_plan import SoundPlan, sound_plan
from glimmer.render.soundtrack import master_gain_db

__all__ = ["STEMS", "stems"]

STEMS: Final = {"DX": "dialogue", "MX": "music", "FX": "effects"}
_FULL_SCALE_DB: Final = -0.1  # a WAV of 24 bits cuts off what is louder


def stems(
    cut: Assembly,
    preset: Preset,
    *,
    media: Media,
    folder: Path,
    stem_name: str,
    cancelled: Callable[[], bool] = lambda: False,
) -> dict[str, Path]:
    """The files `<stem_name>_DX.wav`, `_MX` and `_FX` in `folder`, by "DX", "MX", "FX". One that has nothing in it is silence.

    If one would pass full scale at the master's gain, all three are turned down alike and their comment says by how much.
    Raises: MissingPiece for a cut with no picture, MediaError that names the clip, Cancelled, RenderError if they can't be written.
    """
    if not cut.frames:
        raise MissingPiece(f'the cut "{cut.title}" has no picture, and so no length to give stems. Assemble it first.')
    if not stem_name or Path(stem_name).name != stem_name:
        raise InputError(f'stems can\'t be called {stem_name!r:.60}; expected a file name without folders, as "lighthouse".')
    sound = sound_plan(at_rate(cut, preset.rate), preset)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as closing:
            spools = {name: closing.enter_context(TemporaryFile(prefix="glimmer-stem-")) for name in STEMS}
            loudest = dict.fromkeys(STEMS, 0.0)
            measured = levels(_split(sound, media, cancelled, spools, loudest))
            if cancelled():
                raise Cancelled("the stems were stopped while their sound was mixed; nothing was written.")
            return _written(folder, stem_name, spools, *_gain(sound, measured, max(loudest.values())))
    except (av.error.FFmpegError, OSError) as cause:
        raise RenderError(f"the stems could not be written to {folder}: {cause}. Is the disk full?") from cause


def _split(
    sound: SoundPlan, media: Media, cancelled: Callable[[], bool], spools: Mapping[str, IO[bytes]], loudest: dict[str, float]
) -> Iterator[Sound]:
    """The whole mix as it passes; each stem's part of it goes into its spool."""
    for length, heard in mixed_tracks(sound, media, cancelled):
        whole = np.zeros((length, 2), np.float32)
        for name, role in STEMS.items():
            part = np.zeros((length, 2), np.float32)
            for track, each in zip(sound.tracks, heard, strict=True):
                if each is not None and (track.role == role or (role == "effects" and track.role not in STEMS.values())):
                    part += each
            spools[name].write(part.tobytes())
            loudest[name] = max(loudest[name], float(np.abs(part).max(initial=0.0)))
            whole += part
        yield whole


def _gain(sound: SoundPlan, measured: Levels, loudest: float) -> tuple[float, str]:
    """The gain of all stems in dB, and what their comment says of it."""
    gain = master_gain_db(sound, measured)
    over = decibels(loudest) + gain - _FULL_SCALE_DB
    if over <= 0:
        return gain, f"at the master's level ({gain:+.1f} dB), before its limiter"
    return gain - over, f"{over:.1f} dB below the master's level, so that nothing passes full scale"


def _written(folder: Path, stem_name: str, spools: Mapping[str, IO[bytes]], gain_db: float, comment: str) -> dict[str, Path]:
    made = {}
    for name, spool in spools.items():
        made[name] = folder / f"{stem_name}_{name}.wav"
        write_wav(_read(spool, np.float32(10 ** (gain_db / 20))), made[name], comment=f"{STEMS[name]}, {comment}")
    return made


def _read(spool: IO[bytes], factor: np.float32) -> Iterator[Sound]:
    spool.seek(0)
    while raw := spool.read(BLOCK * 8):
        yield np.frombuffer(raw, np.float32).reshape(-1, 2) * factor

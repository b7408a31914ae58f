"""One mastered track: the mix at the loudness the preset wants, its peaks held down, in a file of its own.

Takes the sound plan, gives a file and what was measured of it after decoding it again: AAC and Opus overshoot, so the peaks that count
are those a player gets. Cached under the sound plan's key; a film whose pictures alone changed does not touch it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import av
import numpy as np

from glimmer.errors import Cancelled, RenderError
from glimmer.render.loudness import Levels, Sound, decibels, gains_for, levels, limited, limited_power, loudness, loudness_and_peak
from glimmer.render.mix import BLOCK, mixed
from glimmer.render.opening import Media
from glimmer.render.parts import part_beside
from glimmer.render.sound_file import decoded, soundtrack_suffix_of, write_sound
from glimmer.render.sound_plan import SoundPlan
from glimmer.render.sound_source import soundless
from glimmer.vocabulary import Noun

__all__ = ["SILENCE", "Soundtrack", "make_soundtrack", "master_gain_db", "soundtrack_suffix"]

HEADROOM_DB = {"aac": 0.5, "opus": 0.5, "pcm": 0.1, "flac": 0.1}  # AAC at 192 kbit/s overshot by 0.1 to 0.4 dB
MOST_GAIN_DB = 40.0  # more would only raise the noise of a mix that is nearly silent
CLOSE_ENOUGH_LU = 0.2  # 0.3 is promised; other meters differ by 0.05
TRIES = 5
MADE_AT_LUFS = -20.0  # a line or a score alone: what is not leveled is raised by the step from there to the target
SILENCE = (-70.0, -100.0)  # LUFS: the gate below which BS.1770 hears nothing; dB: less than 16 bits hold


class Soundtrack(Noun):
    """lufs and true_peak_db are measured on the decoded file; SILENCE for silence. made: False if it was in the cache."""

    lufs: float
    true_peak_db: float
    made: bool = True
    notices: tuple[str, ...] = ()


def soundtrack_suffix(sound: SoundPlan) -> str:
    """How the name of its file must end: ".m4a", ".mka" (Opus), ".mov" (PCM), ".flac"."""
    return soundtrack_suffix_of(sound.codec)


def make_soundtrack(sound: SoundPlan, out: Path, *, media: Media, cancelled: Callable[[], bool] = lambda: False) -> Soundtrack:
    """The mastered track of `sound` in the file `out`, made only if it is not there; what was measured lies beside it as JSON.

    `out` ends with `soundtrack_suffix(sound)`.

    Raises: MediaError that names the clip, Cancelled, RenderError if it can't be written.
    """
    report = out.with_suffix(".json")
    if out.is_file() and report.is_file():
        return Soundtrack.model_validate_json(report.read_text(encoding="utf-8")).model_copy(update={"made": False})
    spool = part_beside(out.with_suffix(".mix"))
    try:
        with spool.open("w+b") as mix:
            measured = levels(_spooled(mixed(sound, media, cancelled), mix))
            if cancelled():
                raise Cancelled("the render was stopped while its sound was mixed; finished segments are kept.")
            made = _mastered(sound, measured, mix, out, _soundless(sound, media))
        report_part = part_beside(report)
        report_part.write_text(made.model_dump_json(), encoding="utf-8")
        os.replace(report_part, report)
        return made
    except (av.error.FFmpegError, OSError) as cause:
        raise RenderError(f"the sound could not be written to {out}: {cause}. Is the disk full?") from cause
    finally:
        spool.unlink(missing_ok=True)


def _soundless(sound: SoundPlan, media: Media) -> tuple[str, ...]:
    footage = {piece.asset: piece for track in sound.tracks for piece in track.pieces if piece.of_footage}
    return tuple(f'"{piece.name}" is silent: its footage has no sound.' for piece in footage.values() if soundless(piece, media))


def _mastered(sound: SoundPlan, measured: Levels, mix: BinaryIO, out: Path, said: tuple[str, ...]) -> Soundtrack:
    """Encode at the gain that meets the target, look at what came out, and do it again with what was learnt. `said`: what is known already.

    A mix that is not to be leveled has its one gain, and is done again only for its peaks.
    """
    loud = loudness(measured.power)
    if loud is None:
        write_sound(_read_back(mix), out, sound.codec, kbps=sound.audio_kbps)
        notice = "The film is silent: no clip on a sound track can be heard." if sound.frames else ""
        return Soundtrack(lufs=SILENCE[0], true_peak_db=SILENCE[1], notices=(*said, notice) if notice else said)
    ceiling, aim = sound.true_peak_db - HEADROOM_DB[sound.codec], sound.loudness_lufs
    for _ in range(TRIES):
        gain = _gain(measured, aim, ceiling) if sound.leveled else sound.loudness_lufs - MADE_AT_LUFS
        held = limited(_read_back(mix), gains_for(measured, gain_db=gain, ceiling_db=ceiling))
        write_sound(held, out, sound.codec, kbps=sound.audio_kbps)
        lufs, peak = _heard(out)
        over = peak - sound.true_peak_db
        short = sound.loudness_lufs - lufs if sound.leveled else 0.0
        if over <= 0.0 and (abs(short) <= CLOSE_ENOUGH_LU or (short > 0 and gain >= MOST_GAIN_DB)):
            break
        ceiling -= over + 0.1 if over > 0 else 0.0
        aim += short  # what the code swallows
    return Soundtrack(lufs=round(lufs, 2), true_peak_db=round(peak, 2), notices=(*said, *_notices(sound, lufs, peak)))


def _notices(sound: SoundPlan, lufs: float, peak: float) -> tuple[str, ...]:
    said = []
    if sound.leveled and abs(lufs - sound.loudness_lufs) > 2 * CLOSE_ENOUGH_LU:
        said.append(
            f"The sound came out at {lufs:.1f} LUFS instead of {sound.loudness_lufs:.1f}: it is too soft or too full of peaks for more."
        )
    if peak > sound.true_peak_db + 0.05:
        said.append(f"The sound's true peak is {peak:.1f} dB, above the {sound.true_peak_db:.1f} dB that was asked for.")
    return tuple(said)


def master_gain_db(sound: SoundPlan, measured: Levels) -> float:
    """The gain in dB that brings the limited mix to the target, as a lossless master has it; 0 for silence."""
    return _gain(measured, sound.loudness_lufs, sound.true_peak_db - HEADROOM_DB[sound.codec])


def _gain(measured: Levels, aim_lufs: float, ceiling_db: float) -> float:
    """Found by trying it on the levels alone. What the limiter takes away is made up for, as far as MOST_GAIN_DB."""
    gain = 0.0
    for _ in range(16):
        now = loudness(limited_power(measured, gains_for(measured, gain_db=gain, ceiling_db=ceiling_db)))
        if now is None or abs(aim_lufs - now) < 0.02:
            break
        gain = min(gain + aim_lufs - now, MOST_GAIN_DB)
    return gain


def _heard(path: Path) -> tuple[float, float]:
    """Loudness and true peak in dB of an encoded file, as a player decodes it."""
    lufs, peak = loudness_and_peak(decoded(path))
    return SILENCE[0] if lufs is None else lufs, decibels(peak)


def _spooled(blocks: Iterable[Sound], into: BinaryIO) -> Iterator[Sound]:
    """The blocks as they pass, also written to disk: an hour of stereo is 1.4 GB, too much to hold."""
    for block in blocks:
        into.write(block.tobytes())
        yield block


def _read_back(spool: BinaryIO) -> Iterator[Sound]:
    spool.seek(0)
    while raw := spool.read(BLOCK * 8):
        yield np.frombuffer(raw, np.float32).reshape(-1, 2)

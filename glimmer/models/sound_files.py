"""Sound files: what a server sends as sound becomes samples, and samples become the FLAC that a bucket keeps.

Servers name their sound loosely (audio/L16;rate=24000 without a header, WAVs that do not know their own length, MP3), so the bytes
decide before the name does. Samples are float32, shape (channels, count), full scale 1.0. Knows neither words nor music.
"""

from __future__ import annotations

import io
import math
import re
from typing import Final

import numpy as np
import scipy
import soundfile
from numpy.typing import NDArray

from glimmer.errors import MediaError
from glimmer.limits import MAX_SOUND_CHANNELS, MAX_SOUND_RATE_HZ, MAX_SOUND_SECONDS

__all__ = ["RATE_HZ", "Samples", "decoded", "faded", "flac", "levelled", "loudness_lufs", "peaks_held", "resampled"]

Samples = NDArray[np.float32]

RATE_HZ: Final = 48_000
CEILING_DBFS: Final = -1.2  # of samples: the true peak stays under -1
L16_RATE_HZ: Final = 24_000  # what Gemini's speech is, where the media type does not say
_LOUDEST_GAIN_DB: Final = 45.0  # what is quieter than that is not made loud: it is noise
_SILENT_LUFS: Final = -75.0  # a room's own noise; made louder it would be hiss
_STEP: Final = RATE_HZ // 10  # 100 ms; four of them are a gating block of BS.1770
# The two K-weighting stages at 48 kHz, tables 1 and 2 of ITU-R BS.1770-4.
_K_WEIGHTING: Final = np.array(
    [
        [1.53512485958697, -2.69169618940638, 1.19839281085285, 1.0, -1.69065929318241, 0.73248077421585],
        [1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621],
    ]
)


# ── in ──────────────────────────────────────────────────────────────────────────────────────────────────────
def decoded(content: bytes, media_type: str) -> tuple[Samples, int]:
    """The samples of a sound file and their rate in Hz. WAV (also one with a wrong length), bare L16, MP3, FLAC, Ogg, and what PyAV reads.

    Raises: MediaError for what holds no sound, values that are no numbers, or more than an hour.
    """
    kind, options = _named(media_type)
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        sound, rate = _wav(content)
    elif kind in ("audio/l16", "audio/pcm", "audio/raw") and content[:4] not in (b"fLaC", b"OggS") and content[:3] != b"ID3":
        sound, rate = _bare(content, options)
    else:
        sound, rate = _by_library(content)
    if not sound.size:
        raise MediaError(f"{len(content):,} bytes of {media_type or 'sound'} hold no sample; expected sound. Make the take again.")
    if not 1_000 <= rate <= MAX_SOUND_RATE_HZ or sound.shape[0] > MAX_SOUND_CHANNELS or sound.shape[1] > rate * MAX_SOUND_SECONDS:
        raise MediaError(
            f"sound of {sound.shape[1] / max(1, rate):.0f} s in {sound.shape[0]} channels at {rate} Hz; expected at most "
            f"{MAX_SOUND_SECONDS} s. Make the take again."
        )
    return np.nan_to_num(sound, nan=0.0, posinf=0.0, neginf=0.0), rate


def _named(media_type: str) -> tuple[str, dict[str, str]]:
    """ "audio/L16;codec=pcm;rate=24000" as its name and its options."""
    kind, *rest = media_type.lower().split(";")
    pairs = (part.partition("=") for part in rest)
    return kind.strip(), {name.strip(): value.strip() for name, _, value in pairs}


def _bare(content: bytes, options: dict[str, str]) -> tuple[Samples, int]:
    """16-bit samples without a header.

    RFC 2586 has them big-endian, Gemini sends them little-endian: the order in which the wave moves less from sample to sample is right.
    """
    rate = int(options["rate"]) if re.fullmatch(r"\d{1,7}", options.get("rate", "")) else L16_RATE_HZ
    channels = int(options["channels"]) if re.fullmatch(r"[1-8]", options.get("channels", "")) else 1
    whole = content[: len(content) // (2 * channels) * 2 * channels]
    little, big = (np.frombuffer(whole, order).astype(np.float32) / np.float32(32_768) for order in ("<i2", ">i2"))
    wave = big if _restlessness(big) < _restlessness(little) else little
    return np.ascontiguousarray(wave.reshape(-1, channels).T), rate


def _restlessness(wave: Samples) -> float:
    return float(np.abs(np.diff(wave)).mean()) if wave.size > 1 else 0.0


def _wav(content: bytes) -> tuple[Samples, int]:
    """A WAV. One that was streamed says 0 or 4 GB for the length of its samples: then they go on to the end of the file."""
    at, layout = 12, None
    while at + 8 <= len(content):
        name, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        if name == b"fmt ":
            layout = content[at + 8 : at + 8 + 16]
        if name == b"data" and layout is not None and len(layout) == 16:
            if int.from_bytes(layout[:2], "little") in (1, 0xFFFE) and int.from_bytes(layout[14:16], "little") == 16:
                body = content[at + 8 : at + 8 + size] if 0 < size <= len(content) - at - 8 else content[at + 8 :]
                return _pcm16(body, layout)
            break
        at += 8 + size + size % 2
    return _by_library(content)


def _pcm16(body: bytes, layout: bytes) -> tuple[Samples, int]:
    channels, rate = max(1, int.from_bytes(layout[2:4], "little")), int.from_bytes(layout[4:8], "little")
    wave = np.frombuffer(body[: len(body) // (2 * channels) * 2 * channels], "<i2").astype(np.float32) / 32_768
    return np.ascontiguousarray(wave.reshape(-1, channels).T), rate


def _by_library(content: bytes) -> tuple[Samples, int]:
    try:
        sound, rate = soundfile.read(io.BytesIO(content), dtype="float32", always_2d=True)
        return np.ascontiguousarray(sound.T), int(rate)
    except (soundfile.SoundFileError, RuntimeError, ValueError, TypeError):  # AAC in MP4 and the like
        return _by_av(content)


def _by_av(content: bytes) -> tuple[Samples, int]:
    import av

    try:
        with av.open(io.BytesIO(content), "r") as media:
            stream = media.streams.audio[0]
            rate = int(stream.rate)
            resampler = av.AudioResampler(format="fltp", rate=rate)
            frames = [piece.to_ndarray() for frame in media.decode(stream) for piece in resampler.resample(frame)]
            return np.concatenate(frames, axis=1).astype(np.float32), rate
    except (av.error.FFmpegError, IndexError, ValueError) as met:
        raise MediaError(
            f"{len(content):,} bytes that begin with {content[:8]!r} can't be read as sound ({type(met).__name__}); "
            "expected WAV, L16, MP3, FLAC or Ogg. Make the take again."
        ) from None


# ── between ─────────────────────────────────────────────────────────────────────────────────────────────────
def resampled(sound: Samples, rate: int) -> Samples:
    """The same sound at 48 kHz."""
    if rate == RATE_HZ:
        return sound
    shared = math.gcd(RATE_HZ, rate)
    return np.asarray(scipy.signal.resample_poly(sound, RATE_HZ // shared, rate // shared, axis=-1), np.float32)


def loudness_lufs(sound: Samples) -> float:
    """Integrated loudness after ITU-R BS.1770-4, at 48 kHz; -inf for silence. What is shorter than 0.4 s is measured without gates."""
    power = np.sum(np.square(scipy.signal.sosfilt(_K_WEIGHTING, sound.astype(np.float64), axis=-1)), axis=0)
    whole = power.size // _STEP * _STEP
    steps = power[:whole].reshape(-1, _STEP).mean(axis=1)
    if steps.size < 4:
        return _lufs(float(power.mean()) if power.size else 0.0)
    blocks = np.lib.stride_tricks.sliding_window_view(steps, 4).mean(axis=1)
    loud = blocks[blocks > 10 ** ((-70 + 0.691) / 10)]
    return _lufs(float(loud[loud > loud.mean() / 10].mean()) if loud.size else float(blocks.mean()))


def _lufs(power: float) -> float:
    return -0.691 + 10 * math.log10(power) if power > 0 else -math.inf


def levelled(sound: Samples, target_lufs: float, *, ceiling_dbfs: float = CEILING_DBFS) -> Samples:
    """The sound at `target_lufs`, no sample above the ceiling. Silence stays silence; at most 45 dB are given."""
    for _ in range(2):  # holding the peaks may take a little; the second round gives it back
        measured = loudness_lufs(sound)
        if not math.isfinite(measured):
            return sound
        if measured < _SILENT_LUFS:
            return sound
        gain_db = min(_LOUDEST_GAIN_DB, target_lufs - measured)
        sound = peaks_held(sound * np.float32(10 ** (gain_db / 20)), ceiling_dbfs)
        if abs(gain_db) < 0.1:
            break
    return sound


def peaks_held(sound: Samples, ceiling_dbfs: float = CEILING_DBFS) -> Samples:
    """The same, where peaks are held under the ceiling by a gain that dips 4 ms ahead of them, all channels alike."""
    peak = 10 ** (ceiling_dbfs / 20)
    highest = np.abs(sound).max(axis=0) if sound.size else np.zeros(0, np.float32)
    if not highest.size or float(highest.max()) <= peak:
        return sound
    width = int(0.004 * RATE_HZ) | 1
    window = np.hanning(width + 2)[1:-1]
    held = scipy.ndimage.minimum_filter1d(peak / np.maximum(highest, peak), 2 * width + 1)
    gain = scipy.signal.oaconvolve(np.pad(held, width // 2, mode="edge"), window / window.sum(), mode="valid")
    return np.asarray(sound * gain[: sound.shape[-1]].astype(np.float32), np.float32)


def faded(sound: Samples, in_seconds: float, out_seconds: float) -> Samples:
    """A copy that comes from zero and goes to zero, along a raised cosine; a fade is at most half of the sound."""
    out = sound.copy()
    for seconds, at_end in ((in_seconds, False), (out_seconds, True)):
        count = min(round(seconds * RATE_HZ), out.shape[-1] // 2)
        if count:
            ramp = (np.sin(np.linspace(0.0, np.pi / 2, count, endpoint=False)) ** 2).astype(np.float32)
            if at_end:
                out[..., -count:] *= ramp[::-1]
            else:
                out[..., :count] *= ramp
    return out


# ── out ─────────────────────────────────────────────────────────────────────────────────────────────────────
def flac(sound: Samples) -> bytes:
    """A FLAC file, 48 kHz, 16 bit. The same samples give the same bytes."""
    whole = np.clip(np.rint(sound.T * 32_767.0), -32_768, 32_767).astype(np.int16)
    out = io.BytesIO()
    # Level 0.3 costs a third of libsndfile's default time for 2 % more bytes.
    soundfile.write(out, whole, RATE_HZ, format="FLAC", subtype="PCM_16", compression_level=0.3)
    return out.getvalue()

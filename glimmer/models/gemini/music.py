"""`GeminiComposer`: a cue is one song of Lyria, brought to the exact length that the film needs.

Fulfils `models.interface.MusicModel`. The server writes songs of its own length at 44.1 kHz; `cue_length` makes a cue of one, `sound_files`
its level. What Lyria is told of key, pace and instruments follows from the film's theme seed, so that all cues of a film belong together.
"""

from __future__ import annotations

import hashlib
import math
from typing import Any, Final

import numpy as np
from pydantic import BaseModel

from glimmer.errors import InputError, LimitError, MediaError, ModelError
from glimmer.limits import MAX_SOUND_SECONDS
from glimmer.models.gemini import prices
from glimmer.models.gemini.catalogue import model_for
from glimmer.models.gemini.cue_length import fitted, without_silence
from glimmer.models.gemini.door import Door, Interaction, the_door
from glimmer.models.gemini.fetching import fetched
from glimmer.models.gemini.seeding import seeded
from glimmer.models.interface import ComposeRequest, Made, MusicSection
from glimmer.models.pricing import Estimate
from glimmer.models.sound_files import RATE_HZ, Samples, decoded, flac, levelled, loudness_lufs, resampled
from glimmer.models.watching import check_stopped
from glimmer.vocabulary import Mood

__all__ = ["GeminiComposer"]

LOUDNESS_LUFS: Final = -20.0  # as the rehearsal's score: leaves the mix room to duck under speech
CEILING_DBFS: Final = -3.2
LONGEST_SONG_SECONDS: Final = 180  # Lyria writes "a couple of minutes"; longer cues go round
SHORTEST_SONG_SECONDS: Final = 0.2
SILENT_LUFS: Final = -65.0

_MOODS: Final[dict[Mood, str]] = {
    "calm": "calm and spacious, slow sustained chords",
    "tender": "tender and intimate, soft solo melody",
    "hopeful": "hopeful, gently rising, warm harmonies",
    "joyful": "joyful and bright, dancing rhythm",
    "sad": "sad and bare, a falling melody in minor",
    "tense": "tense, a low pulse, unresolved harmony, growing pressure",
    "mysterious": "mysterious, sparse, shimmering textures, uncertain harmony",
    "epic": "epic and broad, full orchestra, strong rhythm",
    "playful": "playful, light, plucked and staccato",
}
_KEYS: Final = (
    "C major",
    "D minor",
    "E-flat major",
    "F major",
    "G minor",
    "A minor",
    "B-flat major",
    "D major",
    "E minor",
    "C minor",
)


class GeminiComposer:
    """Composes cues with Lyria. The same request costs again and sounds another way: what was made is kept by its key, not made twice."""

    reads_words = True
    version = "1"

    def __init__(self, door: Door | None = None, *, model: str = "") -> None:
        self._door = door
        self.name = model or model_for("music")

    def estimate(self, request: BaseModel) -> Estimate:
        """One song, however long the cue. Raises: PriceUnknown; InputError for another request."""
        if not isinstance(request, ComposeRequest):
            raise InputError(f"{type(request).__name__} is no cue to compose; expected ComposeRequest.")
        return prices.estimate_song(self.name)

    def compose(self, request: ComposeRequest) -> Made:
        """FLAC, 48 kHz stereo, exactly the sum of the sections' seconds to the nearest sample, -20 LUFS, peaks under -3 dBFS.

        One paid song, instrumental. A notice says where it was too short and went round.
        Raises: InputError for no sections or a length that is not a positive number; LimitError beyond an hour; ModelError.
        """
        samples = _samples_asked(request.sections)
        check_stopped()
        door = self._door or the_door()
        reply = door.interact(
            self.name,
            input=_words(request),
            response_format={"type": "audio"},
            generation_config=seeded(request),
            high_usd=self.estimate(request).high_usd,
        )
        return self._made(door, request, reply, samples)

    def _made(self, door: Door, request: ComposeRequest, reply: Interaction, samples: int) -> Made:
        usd = prices.settle(self.name, reply.usage, songs=1)
        facts: dict[str, Any] = {"model": self.name, "usd": usd, "remote_id": reply.id}
        media = reply.of_type("audio/")
        if not media:
            said = f' It said: "{reply.text[:200]}"' if reply.text else ""
            raise ModelError(f"{self.name} answered without music.{said} Reword the cue, and ask again.", kind="empty", **facts)
        content = fetched(door, media[-1], facts)
        try:
            song = _stereo(*decoded(content, media[-1].media_type))
        except MediaError as met:
            raise ModelError(f"{self.name} sent music that can't be used: {met.message}", kind="malformed", **facts) from None
        heard = without_silence(song)
        if heard.shape[1] < SHORTEST_SONG_SECONDS * RATE_HZ:
            raise ModelError(f"{self.name} sent {song.shape[1] / RATE_HZ:.2f} s for a cue. Ask again.", kind="malformed", **facts)
        cue = fitted(song, samples, closing=request.closing)
        return Made(
            media=flac(levelled(cue.sound, LOUDNESS_LUFS, ceiling_dbfs=CEILING_DBFS)),
            media_type="audio/flac",
            seconds=samples / RATE_HZ,
            usd=usd,
            tokens_in=reply.usage.tokens_in,
            tokens_out=reply.usage.tokens_out + reply.usage.tokens_thought,
            price_date=prices.price_of(self.name).day,
            remote_id=reply.id,
            notices=_notices(heard, samples, cue.rounds),
        )


# ── asking ──────────────────────────────────────────────────────────────────────────────────────────────────
def _words(request: ComposeRequest) -> str:
    """The prompt; without one, the cue's sections with their times, in the film's own key and colours."""
    if request.words.strip():
        return f"{_theme(request.theme_seed)}\n{request.words}"
    lines, at = [], 0.0
    for section in request.sections:
        if section.seconds > 0:
            lines.append(f"[{_clock(at)} - {_clock(at + section.seconds)}] {_MOODS[section.mood]}")
            at += section.seconds
    length = f"{_clock(min(at, LONGEST_SONG_SECONDS))} long"
    end = "It comes to a full close at the end." if request.closing else "It does not close: it goes on until it is cut."
    return "\n".join(
        (f"Instrumental film score, no vocals, no lyrics, no spoken words, {length}. {_theme(request.theme_seed)}", *lines, end)
    )


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


def _theme(seed: int) -> str:
    """Key and pace that all cues of a film share."""
    number = int.from_bytes(hashlib.sha256(f"theme {seed}".encode()).digest()[:8])
    return f"All cues of this film are in {_KEYS[number % len(_KEYS)]}, at about {66 + number // 256 % 30} beats a minute, around one short theme."


# ── what came ───────────────────────────────────────────────────────────────────────────────────────────────
def _stereo(sound: Samples, rate: int) -> Samples:
    """At 48 kHz, two channels: one is heard from both sides, more than two are folded into the first two."""
    if sound.shape[0] > 2:
        sound = sound[:2] + sound[2:].mean(axis=0, keepdims=True)
    return resampled(np.repeat(sound, 2, axis=0) if sound.shape[0] == 1 else sound, rate)


def _notices(heard: Samples, samples: int, rounds: int) -> tuple[str, ...]:
    if loudness_lufs(heard) < SILENT_LUFS:
        return ("Nothing is heard in the cue: the server sent silence. Make another take.",)
    if not rounds:
        return ()
    times = "once" if rounds == 1 else f"{rounds} times"
    return (f"The song lasts {heard.shape[1] / RATE_HZ:.0f} s, the cue {samples / RATE_HZ:.0f}: it goes round {times}.",)


def _samples_asked(sections: tuple[MusicSection, ...]) -> int:
    """The cue's length in samples."""
    for section in sections:
        if not math.isfinite(section.seconds) or section.seconds < 0:
            raise InputError(f"a section of {section.seconds} s; seconds must be a number from 0 up. Correct the section's length.")
    total = math.fsum(section.seconds for section in sections)
    if round(total * RATE_HZ) < 1:
        raise InputError(
            f"a cue of {total} s in {len(sections)} sections; it needs at least one sample. Give it a section with a length."
        )
    if total > MAX_SOUND_SECONDS:
        raise LimitError(
            f"a cue of {total:.0f} s; one cue holds at most {MAX_SOUND_SECONDS} s (limits.MAX_SOUND_SECONDS). Split it in two.",
            limit="MAX_SOUND_SECONDS",
        )
    return round(total * RATE_HZ)

"""The voice engine: hibari-tts (a neural English voice in a wheel), opened up so that we can shape it.

The door to `hibari` and `onnxruntime`; phonemes go in, spectral parts, f0 and the length of every phoneme come out.
It knows nothing of lines, casts or deliveries. Nothing is ever downloaded: only the voice inside the wheel is used.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any, Final

import numpy as np
import onnxruntime
from hibari import dsp, tts
from hibari.g2p import G2P
from hibari.g2p.normalize import normalize
from hibari.g2p.token import Tok
from numpy.typing import NDArray

__all__ = ["BINS", "ENGINE_RATE", "FRAME_SECONDS", "HOP", "Engine", "Parts", "SpokenPhonemes", "engine", "render"]

Floats = NDArray[np.float32]

ENGINE_RATE: Final = 24_000
HOP: Final = dsp.HOP  # 300 samples
FRAME_SECONDS: Final = HOP / ENGINE_RATE  # 12.5 ms
BINS: Final = 601
# hibari keeps the length of each phoneme to itself. This is the node that computes it (units of 2 frames, 25 ms);
# we ask for it as one more output. The wheel is pinned to 0.2.1 for this name; test_speech_engine.py watches it.
DURATIONS_NODE: Final = "/Cast_32_output_0"
# What hibari 0.2.1's reader of spelling raises on odd input ("1" followed by 40 noughts has no name: IndexError).
_READER_TRIPS: Final = (IndexError, KeyError, ValueError, TypeError)


@dataclass(frozen=True)
class Parts:
    """One utterance before it is sound: natural-log magnitudes and phases per bin and frame, and f0 per frame.

    harmonic, harmonic_phase, noise, residue, residue_phase: (601, frames); f0: (frames,) in Hz, below 40 = unvoiced.
    starts: first frame of every phoneme id, one longer than the ids, the last is the number of frames.
    """

    harmonic: Floats
    harmonic_phase: Floats
    noise: Floats
    residue: Floats
    residue_phase: Floats
    f0: Floats
    starts: NDArray[np.int64]

    @property
    def frames(self) -> int:
        return int(self.f0.shape[0])

    def with_(self, **changes: Any) -> Parts:
        return replace(self, **changes)


@dataclass(frozen=True)
class SpokenPhonemes:
    """Phonemes of one spoken word: `text` is how it was spelled for the reader of spelling."""

    text: str
    phonemes: str


class Engine:
    """The loaded model. `phonemes` and `parts` may be called from several threads at once."""

    def __init__(self) -> None:
        with open(os.path.join(tts.ASSETS, "hibari.onnx"), "rb") as file:
            graph = _with_output(file.read(), DURATIONS_NODE)
        options = onnxruntime.SessionOptions()
        # One core a call: the film's lines are spoken side by side, and 1 core already gives 100 times real time.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        with open(os.path.join(tts.ASSETS, "vocab.json"), encoding="utf-8") as file:
            self._vocabulary: dict[str, int] = json.load(file)
        self._g2p = G2P()
        self._g2p.oov  # noqa: B018  (loads the net for unknown words now, not in the middle of two threads)
        self._spelling = threading.Lock()  # the tagger and lexicon make no promise about threads; they take 1 ms a line

    def knows(self, word: str) -> bool:
        """Whether the pronouncing dictionary has this word."""
        lexicon = self._g2p.lexicon
        return word in lexicon.golds or word in lexicon.silvers

    def phonemes(self, words: Sequence[str | SpokenPhonemes]) -> list[str]:
        """For each word its phonemes, trailing punctuation included; "" where a word is silent.

        A word may come as ready phonemes (a murmur); it keeps its place in the sentence. Numbers, times, dates and money
        are read out; where that joins or parts words ("No. 5"), the sounds are shared out over the words they came from.
        """
        with self._spelling:
            try:
                return _read(self._g2p, words)
            except _READER_TRIPS:
                return [_read_alone(self._g2p, word) for word in words]

    def ids(self, phonemes: str) -> list[int]:
        return [self._vocabulary[c] for c in phonemes if c in self._vocabulary]

    def parts(self, ids: Sequence[int], speed: float) -> Parts:
        """The utterance of `ids` (without the two pads, which are added and counted in `starts`)."""
        feed = {"ids": np.asarray([[0, *ids, 0]], np.int64), "speed": np.asarray([speed], np.float32)}
        *spectral, lengths = self._session.run(None, feed)
        lh, theta, ln, lr, phi, f0 = (np.asarray(out[0], np.float32) for out in spectral)
        units = np.asarray(lengths, np.int64).reshape(-1)
        frames_a_unit = f0.shape[0] / max(1, int(units.sum()))
        starts = np.round(np.concatenate([[0], np.cumsum(units)]) * frames_a_unit).astype(np.int64)
        return Parts(lh, theta, ln, lr, phi, f0, starts)


def render(parts: Parts, rng: np.random.Generator) -> Floats:
    """The sound of `parts`: float32, 24 kHz, 300 samples a frame."""
    wave = dsp.synth(
        parts.harmonic.copy(),
        parts.harmonic_phase,
        parts.noise.copy(),
        parts.residue.copy(),
        parts.residue_phase,
        parts.f0,
        rng,
    )
    return np.asarray(wave, np.float32)


_loading = threading.Lock()


@lru_cache(maxsize=1)
def _loaded() -> Engine:
    return Engine()


def engine() -> Engine:
    """The one engine of this process, loaded at the first call (0.8 s, about 250 MB)."""
    with _loading:
        return _loaded()


# ── the graph, opened ───────────────────────────────────────────────────────────────────────────────────────
def _with_output(model: bytes, node: str) -> bytes:
    """The ONNX model with one more output. Protobuf messages are merged by concatenation, so no `onnx` package is needed.

    Source: protobuf encoding, "Last One Wins": embedded messages are merged, repeated fields appended.
    ModelProto.graph is field 7, GraphProto.output field 12, ValueInfoProto.name field 1; all length-delimited.
    """
    name = _field(1, node.encode())
    return model + _field(7, _field(12, name))


def _field(number: int, payload: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(payload)) + payload


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


# ── spelling to sound ───────────────────────────────────────────────────────────────────────────────────────
def _read(g2p: Any, words: Sequence[str | SpokenPhonemes]) -> list[str]:
    """Phonemes per word. Runs of plain words are normalised together, so that "9:30 pm" or "No. 5" are understood."""
    tokens: list[Any] = []
    owners: list[int] = []  # for each whitespace-separated spoken word: the word it came from
    run: list[int] = []
    for index in range(len(words) + 1):
        word = words[index] if index < len(words) else None
        if isinstance(word, str):
            run.append(index)
            continue
        if run:
            spoken, came_from = _spoken_run([str(words[i]) for i in run])
            fresh = g2p._tokens(" ".join(spoken))
            if fresh:
                fresh[-1].whitespace = " "
                tokens += fresh
                owners += [run[i] for i in came_from]
            run = []
        if isinstance(word, SpokenPhonemes):
            tokens.append(Tok(word.text, "NN", " ", phonemes=word.phonemes, rating=5))
            owners.append(index)
    return _shared_out(g2p.phonemize_tokens(tokens), owners, len(words)) if tokens else [""] * len(words)


def _read_alone(g2p: Any, word: str | SpokenPhonemes) -> str:
    """One word by itself, without its neighbours' help; a hum where the reader trips over it."""
    try:
        return _read(g2p, [word])[0]
    except _READER_TRIPS:
        return "mˈʌm"


def _shared_out(tokens: Sequence[Any], owners: Sequence[int], count: int) -> list[str]:
    out = [""] * count
    spoken = 0
    for token in tokens:
        owner = owners[min(spoken, len(owners) - 1)]
        # A token may hold blanks of its own ("twenty five"): they part spoken words within one screen word.
        out[owner] += (token.phonemes or "") + (" " if token.whitespace else "")
        spoken += bool(token.whitespace)
    return [phonemes.strip() for phonemes in out]


def _spoken_run(words: Sequence[str]) -> tuple[list[str], list[int]]:
    """The words as they are read out, and for each the index of the word it came from.

    Words that stay the same are anchors; what changed between two anchors is shared out over the words in between.
    """
    written = [(piece, index) for index, word in enumerate(words) for piece in word.split()]
    spoken = str(normalize(" ".join(piece for piece, _ in written))).split()
    if len(spoken) == len(written):
        return spoken, [index for _, index in written]
    matcher = SequenceMatcher(None, [_bare(piece) for piece, _ in written], [_bare(word) for word in spoken], autojunk=False)
    owners = [0] * len(spoken)
    for _tag, a0, a1, b0, b1 in matcher.get_opcodes():
        for j in range(b0, b1):
            share = (j - b0) * max(1, a1 - a0) // max(1, b1 - b0)
            owners[j] = written[min(len(written) - 1, a0 + share) if a1 > a0 else max(0, a0 - 1)][1]
    return spoken, owners


def _bare(word: str) -> str:
    return word.strip(".,;:!?…—\"'()").lower()

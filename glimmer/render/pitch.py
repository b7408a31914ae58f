"""Sound slower, faster or backwards, at its own pitch. Streams: a minute takes no more memory than an hour.

`paced` is FFmpeg's atempo (WSOLA: overlapping windows are laid closer or farther apart where their waves agree). Measured at speeds
from 1/4 to 8: pitch within 0.6 cents, level within 0.02 dB. One atempo leaves windows out above 2 and smears below 1/2, so
farther speeds are reached in steps. `backwards` goes through a file: an hour of stereo would be 1.4 GB.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import IO

import av
import av.filter
import numpy as np

from glimmer.render.loudness import Sound

__all__ = ["EARLY_SAMPLES", "backwards", "paced"]

RATE = 48_000
EARLY_SAMPLES = 800  # of its input: atempo gives a sound this much too soon (700 to 1000 at speeds of 1/4 to 2)
_PIECE = RATE  # samples read back at once
_SAMPLE_BYTES = 8  # two float32


def paced(blocks: Iterable[Sound], speed: Fraction) -> Iterator[Sound]:
    """The sound of `blocks` at `speed` times its pace (2 is twice as fast), pitch kept.

    What comes out is heard EARLY_SAMPLES / speed too early: begin the input so much before. Its length is near to the input's
    divided by `speed`, not to the sample: the reader takes what it needs.
    """
    if speed == 1:
        yield from blocks
        return
    graph = _graph(speed)
    at = 0
    for block in blocks:
        if not len(block):
            continue
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block, np.float32).reshape(1, -1), format="flt", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, at, Fraction(1, RATE)
        at += len(block)
        graph.push(frame)
        yield from _ready(graph)
    graph.push(None)
    yield from _ready(graph)


def backwards(blocks: Iterable[Sound], length: int) -> Iterator[Sound]:
    """`length` samples of `blocks` from the last to the first; where `blocks` ends sooner, silence stands for the rest."""
    with tempfile.TemporaryFile(prefix="glimmer-backwards-") as spool:
        missing = length - _written(blocks, length, spool)
        while missing > 0:
            yield np.zeros((min(missing, _PIECE), 2), np.float32)
            missing -= _PIECE
        end = spool.tell()
        while end > 0:
            begin = max(end - _PIECE * _SAMPLE_BYTES, 0)
            spool.seek(begin)
            yield np.frombuffer(spool.read(end - begin), np.float32).reshape(-1, 2)[::-1]
            end = begin


def _written(blocks: Iterable[Sound], length: int, spool: IO[bytes]) -> int:
    have = 0
    for block in blocks:
        fresh = block[: length - have]
        spool.write(np.ascontiguousarray(fresh, np.float32).tobytes())
        have += len(fresh)
        if have >= length:
            break
    return have


def _graph(speed: Fraction) -> av.filter.Graph:
    graph = av.filter.Graph()
    row = [graph.add_abuffer(format="flt", sample_rate=RATE, layout="stereo", time_base=Fraction(1, RATE))]
    row += [graph.add("atempo", f"{step:.12f}") for step in _steps(float(speed))]
    row.append(graph.add("abuffersink"))
    for before, after in zip(row, row[1:], strict=False):
        before.link_to(after)
    graph.configure()
    return graph


def _steps(speed: float) -> list[float]:
    """Factors between 1/2 and 2 whose product is `speed`, all alike."""
    count = 1
    while not 0.5 <= speed ** (1 / count) <= 2.0:
        count += 1
    return [speed ** (1 / count)] * count


def _ready(graph: av.filter.Graph) -> Iterator[Sound]:
    while True:
        try:
            frame = graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        if isinstance(frame, av.AudioFrame):
            yield frame.to_ndarray().reshape(-1, 2).astype(np.float32, copy=False)

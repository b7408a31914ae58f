"""A cut to edit: 44.0 s at 24 frames a second, with stills, footage of several speeds, lines, captions, music, air, effects and markers."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from glimmer.assembly.pieces import Caption, CaptionWord, Clip, Framing, Marker, Timeline, Track, Transition
from glimmer.assembly.time_edits import TimeEdits

Shown = tuple[str, Fraction | None]


def _footage(name: str, start: int, frames: int, source_start: int, media_frames: int, **fields: object) -> Clip:
    known = {"id": f"v1.{name.lower()}", "asset": f"asset of {name}", "media_type": "video/mp4", "made_of": name.lower()}
    return Clip.model_validate(
        known | {"name": name, "kind": "footage", "start": start, "frames": frames, "source_start": source_start}
        | {"media_frames": media_frames} | fields
    )  # fmt: skip


def _still(name: str, start: int, frames: int, move: str) -> Clip:
    framing = Framing.model_validate({"move": move})
    return Clip(id=f"v1.{name.lower()}", name=name, kind="still", asset=f"asset of {name}", media_type="image/png", start=start,
                frames=frames, framing=framing, made_of=name.lower())  # fmt: skip


def _title(name: str, start: int, frames: int) -> Clip:
    return Clip(id=name, name=name, kind="title", start=start, frames=frames, title=name)


def _sound(name: str, start: int, frames: int, made_of: str, media_frames: int = 0, **fields: object) -> Clip:
    known = {"id": f"{name}.sound", "asset": f"asset of {name}", "media_type": "audio/flac", "made_of": made_of}
    return Clip.model_validate(
        known | {"name": name, "kind": "sound", "start": start, "frames": frames, "media_frames": media_frames} | fields
    )


_LINES = ((100, 50), (160, 40), (330, 50), (450, 80), (600, 50), (860, 90))


def _caption(number: int, start: int, frames: int) -> Caption:
    words = (
        CaptionWord(word="Look", start=start + 2, end=start + 12),
        CaptionWord(word="there.", start=start + 14, end=start + 30),
    )
    return Caption(line_id=f"l{number}", text="Look there.", start=start + 2, end=start + frames, words=words)


@pytest.fixture
def lighthouse() -> TimeEdits:
    pictures = (
        _title("title", 0, 72),
        _footage("1A", 72, 144, 24, 300),
        _still("1B", 216, 96, "hold"),
        _footage("2A", 312, 120, 10, 200, speed=Fraction(1, 2)),
        _footage("2B", 432, 144, 30, 180, backwards=True),
        _still("2C", 576, 120, "push_in"),
        _footage("3A", 696, 144, 0, 400, speed=Fraction(3, 2)),
        _footage("3B", 840, 144, 7, 158),
        _title("end", 984, 72),
    )
    joins = (
        Transition(kind="fade_in", right="title", frames=12),
        Transition(kind="dissolve", left="v1.1b", right="v1.2a", frames=24),
        Transition(kind="dip", left="v1.2c", right="v1.3a", frames=20),
        Transition(kind="fade_out", left="end", frames=12),
    )
    lines = [
        _sound(f"line {n}", start, frames, f"line l{n}" if n == 2 else f"l{n}", frames)
        for n, (start, frames) in enumerate(_LINES, 1)
    ]
    over = (_title("lower third", 250, 40), _footage("gull", 750, 50, 0, 60, id="v2.gull"))
    air = (_sound("air 1", 72, 240, "sc1"), _sound("air 2", 312, 384, "sc2"), _sound("air 3", 696, 288, "sc3"))
    effects = (_sound("fx 1A", 72, 38, "1a"), _sound("fx 2B", 432, 68, "2b"))
    return TimeEdits(
        title="The Lighthouse",
        rate=Fraction(24),
        tracks=(
            Track(name="V1", kind="picture", clips=pictures, transitions=joins),
            Track(name="V2", kind="picture", clips=over),
            Track(name="A1", kind="sound", role="dialogue", clips=tuple(lines)),
            Track(name="A2", kind="sound", role="music", clips=(_sound("cue 1", 0, 1056, "cue:1", fade_out=24),)),
            Track(name="A3", kind="sound", role="effects", clips=air),
            Track(name="A4", kind="sound", role="effects", clips=effects),
        ),
        captions=tuple(_caption(n, start, frames) for n, (start, frames) in enumerate(_LINES, 1)),
        markers=(Marker(at=72, note="check the lamp"), Marker(at=500, note="too slow?")),
    )


@pytest.fixture
def shown() -> Callable[[Timeline, str], list[Shown | None]]:
    """(asset, frame of its media) at every frame of a track's film time; None where nothing lies. Stills have no frame of their media."""

    def of_track(cut: Timeline, track: str) -> list[Shown | None]:
        row: list[Shown | None] = [None] * cut.frames
        for clip in cut.track(track).clips:
            for number in range(clip.frames):
                media = clip.media_frame(number) if clip.kind in ("footage", "sound") else None
                if clip.start + number < cut.frames:
                    row[clip.start + number] = (clip.asset or clip.title, media)
        return row

    return of_track

"""The air of a place as it is mixed: full to the scene's end, no seam that can be heard, and every line far above it."""

from __future__ import annotations

import io
from fractions import Fraction

import numpy as np
import pyloudnorm
import pytest
import soundfile

from glimmer.assembly import Assembly, Piece, Track, draft, lay_out
from glimmer.models.interface import AmbienceRequest, EffectsRequest, SpeechRequest, Voice
from glimmer.models.rehearsal.sound import RehearsalSound
from glimmer.models.rehearsal.speech import RehearsalSpeech
from glimmer.render.mix import mixed
from glimmer.render.plan import plan
from glimmer.screenplay import Heading, Line, Scene, Screenplay, Shot
from glimmer.vocabulary import Weather

RATE = 48_000
SOUND = RehearsalSound()


def kept(shelf, name: str, media: bytes) -> tuple[Piece, np.ndarray]:
    (shelf.folder / name).write_bytes(media)
    sound, rate = soundfile.read(io.BytesIO(media), dtype="float32")
    assert rate == RATE
    return Piece(asset=name, media_type="audio/flac", seconds=len(sound) / RATE), sound


def scene_of(seconds: float) -> Screenplay:
    """One scene in which somebody speaks for `seconds`."""
    line = Line(id="l", number=1, scene_id="s", character="MARA", text="Sing.")
    shot = Shot(id="1a", slate="1A", scene_id="s", size="MS", line_ids=("l",))
    scene = Scene(id="s", number="1", heading=Heading(raw="INT. ROOM", place="ROOM", interior=True), lines=(line,), shots=(shot,))
    return Screenplay(title="Air", source="", scenes=(scene,))


def cut_of(seconds: float, bed: Piece, *, voice: Piece | None = None, effects: Piece | None = None) -> Assembly:
    film = scene_of(seconds)
    timing = lay_out(film, {"l": seconds}, Fraction(24))
    return draft(
        film,
        timing,
        pictures={},
        voices={"l": voice} if voice else {},
        air={"s": bed},
        effects={"1a": effects} if effects else None,
    )


def mix_of(cut: Assembly, shelf, small, *names: str) -> np.ndarray:
    tracks = tuple(track for track in cut.tracks if track.kind == "picture" or track.name in names)
    return np.concatenate(list(mixed(plan(cut.model_copy(update={"tracks": tracks}), small()).sound, shelf)))


def samples(frames: int) -> int:
    return frames * RATE // 24


def seam_levels(track: Track, bed: np.ndarray, mix: np.ndarray) -> list[float]:
    """How far, in dB, each half second of each crossing is from the level that its two rounds lead to expect."""
    found = []
    for left, right in zip(track.clips, track.clips[1:], strict=False):
        begin, length = samples(right.start), samples(right.fade_in)
        before = bed[samples(left.source_start + right.start - left.start) :][:length]
        after = bed[samples(right.source_start) :][:length]
        turn = (np.arange(length) + 0.5) / length * np.pi / 2
        expected = np.square(before).mean(axis=1) * np.cos(turn) ** 2 + np.square(after).mean(axis=1) * np.sin(turn) ** 2
        heard = np.square(mix[begin : begin + length]).mean(axis=1)
        for at in range(0, length - RATE // 2 + 1, RATE // 8):
            half_second = slice(at, at + RATE // 2)
            found.append(10 * float(np.log10(heard[half_second].mean() / expected[half_second].mean())))
    return found


@pytest.mark.parametrize(
    ("place", "interior", "weather"),
    [("KITCHEN", True, "clear"), ("VEHICLE", True, "clear"), ("BEACH", False, "clear"), ("CITY STREET", False, "rain")],
)
def test_where_a_bed_goes_on_from_itself_no_seam_can_be_heard(shelf, small, place: str, interior: bool, weather: Weather) -> None:
    """Hums, clocks, surf, rain: no swell, no hole, no click, and sound to the last frame of a scene of two minutes."""
    made = SOUND.ambience(AmbienceRequest(place=place, interior=interior, weather=weather, seconds=40.0))
    piece, bed = kept(shelf, "bed", made.media)
    cut = cut_of(120.0, piece)
    mix, track = mix_of(cut, shelf, small, "A3"), cut.track("A3")
    assert len(track.clips) >= 4
    assert max(map(abs, seam_levels(track, bed, mix))) < 1.5
    steps, usual = np.abs(np.diff(mix[:, 0])), np.abs(np.diff(bed[:, 0])).max()
    assert all(steps[samples(clip.start) - 500 : samples(clip.start) + 500].max() <= usual for clip in track.clips[1:])
    scene = mix[samples(track.clips[0].start) + RATE : samples(track.clips[-1].end) - RATE]
    tenths = [float(part.std()) for part in np.array_split(scene, len(scene) // 4_800)]
    quietest = min(float(part.std()) for part in np.array_split(bed, len(bed) // 4_800))
    assert min(tenths) > 0.7 * quietest


def test_the_air_comes_and_goes_without_a_click_even_in_a_scene_of_a_second(shelf, small) -> None:
    made = SOUND.ambience(AmbienceRequest(place="BEACH", weather="storm", seconds=40.0))
    piece, bed = kept(shelf, "bed", made.media)
    cut = cut_of(0.05, piece)
    (clip,) = cut.track("A3").clips
    mix = mix_of(cut, shelf, small, "A3")
    heard = mix[samples(clip.start) : samples(clip.end)]
    assert clip.frames < 2 * 24 and float(heard[samples(10) : -samples(10)].std()) > 0.5 * bed.std() / 2
    assert np.abs(heard[:96]).max() < 0.002 and np.abs(heard[-96:]).max() < 0.002
    assert not mix[: samples(clip.start)].any() and not mix[samples(clip.end) :].any()


def test_a_soft_line_stands_at_least_eight_decibels_above_a_storm_and_a_bomb(shelf, small) -> None:
    air, _ = kept(shelf, "bed", SOUND.ambience(AmbienceRequest(place="STREET", weather="storm", seconds=40.0)).media)
    action = "Thunder. A bomb explodes. Glass shatters. A gunshot rings out."
    effects, _ = kept(shelf, "fx", SOUND.effects(EffectsRequest(place="STREET", weather="storm", action=action)).media)
    said = RehearsalSpeech().speak(
        SpeechRequest(text="Stay down, please, stay down until I come back.", voice=Voice(name="Anna"), delivery="whisper")
    )
    voice, _ = kept(shelf, "line", said.media)
    cut = cut_of(said.seconds, air, voice=voice, effects=effects)
    line = cut.track("A1").clips[0]
    alone = mix_of(cut, shelf, small, "A1")
    others = mix_of(cut, shelf, small, "A1", "A3", "A4") - alone
    where, meter = slice(samples(line.start), samples(line.end)), pyloudnorm.Meter(RATE)
    assert meter.integrated_loudness(alone[where]) - meter.integrated_loudness(others[where]) >= 8.0
    assert np.abs(others[where]).max() > 0.02  # the bomb is there

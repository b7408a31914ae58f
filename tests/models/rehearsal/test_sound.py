"""What the rehearsal sound promises, judged by measures: counts, levels, onsets, spectra."""

from __future__ import annotations

import io

import numpy as np
import pyloudnorm
import pytest
import soundfile
from numpy.typing import NDArray

from glimmer.errors import InputError, LimitError
from glimmer.models.interface import AmbienceRequest, EffectsRequest, Made, SoundModel
from glimmer.models.rehearsal.acoustics import generator
from glimmer.models.rehearsal.reading import PLACE_KINDS, place_kind
from glimmer.models.rehearsal.sound import RehearsalSound
from glimmer.models.rehearsal.sound.beds import _PLACES
from glimmer.models.rehearsal.sound.gestures import Occasion
from glimmer.models.rehearsal.sound.listening import CUES, heard_in, surface_of
from glimmer.vocabulary import TimeOfDay, Weather

RATE = 48_000
SOUND = RehearsalSound()


def air(
    place: str = "PIER",
    *,
    interior: bool = False,
    weather: Weather = "clear",
    time: TimeOfDay = "day",
    seconds: float = 8.0,
    seed: int = 0,
) -> AmbienceRequest:
    return AmbienceRequest(place=place, interior=interior, weather=weather, time_of_day=time, seconds=seconds, seed=seed)


def shot(action: str, place: str = "PIER", *, interior: bool = False, weather: Weather = "clear", seed: int = 0) -> EffectsRequest:
    return EffectsRequest(action=action, place=place, interior=interior, weather=weather, seed=seed)


def heard(made: Made) -> NDArray[np.float64]:
    sound, rate = soundfile.read(io.BytesIO(made.media))
    assert rate == RATE and sound.shape[1] == 2
    return np.asarray(sound, dtype=np.float64)


def bed(place: str = "PIER", **settings: object) -> NDArray[np.float64]:
    return heard(SOUND.ambience(air(place, **settings)))  # type: ignore[arg-type]


def effects(action: str, place: str = "PIER", **settings: object) -> NDArray[np.float64]:
    return heard(SOUND.effects(shot(action, place, **settings)))  # type: ignore[arg-type]


def power(sound: NDArray[np.float64], low: float, high: float) -> float:
    spectrum = np.abs(np.fft.rfft(sound.mean(axis=1))) ** 2
    hz = np.fft.rfftfreq(len(sound), 1 / RATE)
    return float(spectrum[(hz >= low) & (hz < high)].sum())


def db(value: float) -> float:
    return 20 * float(np.log10(max(value, 1e-9)))


def names(action: str) -> list[str]:
    return [item.cue.name for item in heard_in(action)]


# ── the file ────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("seconds", [0.05, 0.5, 1.00001, 3.3333, 7.77777])
def test_an_ambience_lasts_exactly_as_long_as_asked(seconds: float) -> None:
    answer = SOUND.ambience(air("PIER", seconds=seconds))
    assert len(heard(answer)) == round(seconds * RATE)
    assert answer.seconds == round(seconds * RATE) / RATE
    assert answer.media_type == "audio/flac"


def test_the_same_request_gives_the_same_bytes_and_another_seed_gives_others() -> None:
    place, action = air("FOREST", weather="rain"), shot("A dog barks.", "FOREST", weather="rain")
    again = RehearsalSound()
    assert SOUND.ambience(place).media == again.ambience(place).media
    assert SOUND.effects(action).media == again.effects(action).media
    assert SOUND.ambience(place.model_copy(update={"seed": 1})).media != again.ambience(place).media
    assert SOUND.effects(action.model_copy(update={"seed": 1})).media != again.effects(action).media


def test_it_is_a_sound_model() -> None:
    assert isinstance(SOUND, SoundModel)


@pytest.mark.parametrize("seconds", [0.0, -1.0, float("nan"), float("inf")])
def test_a_length_that_is_none_is_refused(seconds: float) -> None:
    with pytest.raises(InputError, match="positive number of seconds"):
        SOUND.ambience(air(seconds=seconds))


def test_more_than_an_hour_is_refused_by_name() -> None:
    with pytest.raises(LimitError, match="MAX_SOUND_SECONDS"):
        SOUND.ambience(air(seconds=3_601))


# ── the bed ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_every_kind_of_place_has_a_bed_of_its_own() -> None:
    assert set(PLACE_KINDS) <= set(_PLACES)


@pytest.mark.parametrize(
    ("place", "interior"), [("KITCHEN", True), ("BAR", True), ("BEACH", False), ("FOREST", False), ("CITY", False), ("CAVE", True)]
)
def test_a_bed_never_drowns_speech_and_is_never_silent(place: str, interior: bool) -> None:
    sound = bed(place, interior=interior)
    assert -38 < pyloudnorm.Meter(RATE).integrated_loudness(sound) < -29
    assert db(np.abs(sound).max()) < -15
    quarters = [db(part.std()) for part in np.array_split(sound[RATE // 2 : -RATE // 2], 12)]
    assert min(quarters) > -62


def test_a_bed_is_as_loud_at_its_ends_as_in_its_middle() -> None:
    """Whoever lays it fades it: a fade in the bed would be a hole where it goes round."""
    sound = bed("OFFICE", interior=True, seconds=40.0)
    ends = [db(part.std()) for part in (sound[: RATE // 4], sound[-RATE // 4 :])]
    quarters = [db(part.std()) for part in np.array_split(sound, 160)]
    assert all(min(quarters) - 0.1 <= end <= max(quarters) + 0.1 for end in ends)


def test_rain_is_brighter_outside_than_inside() -> None:
    outside, inside = bed("STREET", weather="rain"), bed("KITCHEN", weather="rain", interior=True)
    bright = [power(sound, 2_500, 12_000) / power(sound, 60, 1_000) for sound in (outside, inside)]
    assert bright[0] > 20 * bright[1]


def test_birds_sing_by_day_and_crickets_by_night() -> None:
    day, night = bed("MEADOW", time="day", seed=2), bed("MEADOW", time="night", seed=2)
    assert power(night, 4_050, 4_950) > 2.5 * power(day, 4_050, 4_950)
    assert power(day, 2_000, 3_900) > 2 * power(night, 2_000, 3_900)


def test_sides_differ_so_that_the_air_is_wide() -> None:
    for place in ("BEACH", "CITY", "BAR"):
        sound = bed(place, interior=place == "BAR")
        assert np.corrcoef(sound.T)[0, 1] < 0.85


def test_a_long_bed_goes_round_without_a_seam() -> None:
    sound = bed("KITCHEN", interior=True, seconds=96.0)
    steps = np.abs(np.diff(sound[:, 0]))
    assert steps[92 * RATE - 200 : 92 * RATE + 200].max() <= steps[60 * RATE : 92 * RATE - 200].max() * 1.2


# ── effects ─────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "action",
    ["The door slams.", "A gunshot rings out.", "Someone knocks.", "The phone rings.", "A glass shatters.", "A dog barks."],
)
def test_an_effect_begins_within_three_tenths_of_its_shot(action: str) -> None:
    sound = np.abs(effects(action, "OFFICE", interior=True)).max(axis=1)
    onset = int(np.argmax(sound > 0.1 * sound.max())) / RATE
    assert 0.1 <= onset <= 0.3
    assert -20 < db(sound.max()) <= -7.9


def test_effects_follow_one_another_as_their_words_do() -> None:
    action = "Someone knocks. Nora looks up from her letter, puts it down beside the lamp, waits. A gunshot rings out."
    sound = effects(action, "OFFICE", interior=True)
    shot_at = int(np.argmax(np.abs(sound).max(axis=1) > 10 ** (-9 / 20))) / RATE
    assert 3.0 < shot_at < 5.0  # 19 words take six seconds to happen, and the shot stands at three quarters of them


def test_effects_last_until_the_last_tail_has_died_away() -> None:
    for action, place in (("The door slams.", "CHURCH"), ("He walks.", "STREET"), ("The clock ticks.", "KITCHEN")):
        sound = np.abs(effects(action, place, interior=place != "STREET")).max(axis=1)
        assert db(sound[-RATE // 20 :].max()) < -60 and np.abs(sound[-48:]).max() < 0.001
    room, church = (len(effects("The door slams.", place, interior=True)) for place in ("OFFICE", "CHURCH"))
    assert church > room + RATE


def test_a_model_says_at_once_whether_it_hears_anything() -> None:
    assert SOUND.hears(shot("The door slams."))
    assert not SOUND.hears(shot("She looks at the sea."))
    quiet = SOUND.effects(shot("She looks at the sea."))
    assert quiet.seconds < 0.1 and not heard(quiet).any()


def test_a_foghorn_is_heard_at_its_pitch() -> None:
    blown = effects("A foghorn sounds.", "HARBOUR")[RATE // 2 : int(2.5 * RATE)]
    assert power(blown, 105, 115) > 0.3 * power(blown, 20, 20_000)


def test_a_whale_glides() -> None:
    sound = effects("The whale sings.", "ROOM", interior=True)[:, 0]
    tops = []
    for start in np.arange(0.4, 1.6, 0.1):
        part = sound[int(start * RATE) : int(start * RATE) + 9_600] * np.hanning(9_600)
        spectrum = np.abs(np.fft.rfft(part))
        spectrum[:16] = 0
        tops.append(int(np.argmax(spectrum)) * 5)
    assert min(tops) > 90 and max(tops) < 1_000
    assert max(tops) - min(tops) >= 25


def test_the_loudest_shot_does_not_clip() -> None:
    assert np.abs(effects("Thunder. A bomb explodes. Glass shatters. A gunshot rings out.", "CITY")).max() <= 10 ** (-6 / 20)


def test_every_effect_can_be_made_at_any_length() -> None:
    for cue in CUES:
        for seconds in (0.5, 6.0):
            sound = cue.effect(Occasion(seconds=seconds, surface="gravel"), generator(cue.name))
            assert sound.ndim == 1 and np.isfinite(sound).all() and np.abs(sound).max() > 0.01, cue.name


def test_snow_is_trodden_where_it_lies() -> None:
    assert surface_of("He walks.", "forest", "snow", False) == "snow"
    assert surface_of("He walks across the gravel.", "forest", "snow", False) == "gravel"
    assert surface_of("He walks.", "kitchen", "snow", True) == "wood"


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("Mara walks to the door and knocks.", ["footsteps", "knock"]),
        ("The PHONE RINGS. She opens the letter.", ["phone_ring", "paper"]),
        ("Thunder. The dog barks.", ["thunder", "dog"]),
        ("A foghorn in the distance. Gulls.", ["foghorn", "gull"]),
        ("He climbs the stairs, the boards creak.", ["climbing", "creak"]),
        ("The door slams shut.", ["door_slam"]),
        ("Rain hammers the roof.", ["rain_start"]),
        ("She picks up the phone. It rings.", ["phone_ring"]),
        ("Two robots walk along the canyon; their metal feet clang.", ["footsteps"]),
        ("The crowd applauds.", ["applause"]),
        ("She rows out. Waves crash against the rocks.", ["oars", "wave_crash"]),
    ],
)
def test_actions_are_heard_in_their_order(action: str, expected: list[str]) -> None:
    assert names(action) == expected


@pytest.mark.parametrize(
    "action",
    [
        "There is no dog. Nobody knocks.",
        "She never opens the door.",
        "The rain has stopped.",
        "He looks like a gull.",
        "He says: “The door slams and the dog barks.”",
        "She sits by the window and looks at the sea.",
        "A dog lies on the rug.",
        "He falls in love.",
        "The sun rises over the car park.",
        "The phone stops ringing.",
        "",
        "...",
    ],
)
def test_what_is_denied_said_or_only_seen_is_not_heard(action: str) -> None:
    assert names(action) == []


@pytest.mark.parametrize(
    "action",
    [
        "Elle ouvre la porte car il pleut dehors, il passe en courant.",
        "Der Hund bellt, die Tür fällt ins Schloss.",
        "El perro ladra y la puerta se cierra de golpe.",
        "犬が吠える。ドアが閉まる。",
        "Собака лает, дверь хлопает.",
    ],
)
def test_other_languages_give_the_bed_alone(action: str) -> None:
    assert names(action) == []
    assert not SOUND.hears(shot(action, "HARBOUR"))


def test_a_workshop_is_no_shop_and_a_bridge_no_ridge() -> None:
    assert place_kind("WORKSHOP", True) == "workshop"
    assert place_kind("BRIDGE", False) == "bridge"

"""Beds that people and machines make: streets, crowds, rooms, ships, trains, hospitals, engines. Shapes as in `beds_nature`."""

from __future__ import annotations

import numpy as np

from glimmer.models.rehearsal.acoustics import SAMPLE_RATE_HZ, Samples, add_at, band, panned, shaped_noise, wander
from glimmer.models.rehearsal.sound.beds_nature import scattered, stereo_noise
from glimmer.models.rehearsal.sound.effects_doors import creak, door_close
from glimmer.models.rehearsal.sound.effects_machines import beep, car_horn, car_pass, clock_tick, phone_ring, siren, typing
from glimmer.models.rehearsal.sound.effects_small import coins, cup, glass_clink, paper
from glimmer.models.rehearsal.sound.effects_steps import footsteps
from glimmer.models.rehearsal.sound.effects_weather import drip, fire
from glimmer.models.rehearsal.sound.gestures import Effect, Occasion, Rng, hit, levelled

__all__ = [
    "beeps", "city_air", "clock", "crowd", "cups_and_glasses", "engine_room", "far_steps", "fireplace", "fridge", "gear_hum", "hush",
    "keys_and_paper", "machinery", "night_city", "passing_cars", "room_tone", "ship_timbers", "space_hum", "stone_echo", "till",
    "train_ride", "ventilation",
]  # fmt: skip


def _hum(samples: int, rng: Rng, base_hz: float, levels: tuple[float, ...]) -> Samples:
    """Harmonics of a machine, each breathing by itself, a quarter of a hertz above whole ones.

    So over an odd number of whole seconds each turns by a quarter, and where a cut crosses the bed with itself at equal power the hum
    neither swells (+3 dB in phase) nor dips. After a multiple of four seconds the loop closes.
    """
    time = np.arange(samples, dtype=np.float64) / SAMPLE_RATE_HZ
    sound = np.zeros(samples, dtype=np.float32)
    for number, level in enumerate(levels, start=1):
        hz = round(base_hz * number) + 0.25
        tone = np.sin((2 * np.pi * hz) * time + float(rng.uniform(0, 6.28))).astype(np.float32)
        sound += tone * wander(samples, 2.5, rng, low=0.6, high=1.0) * np.float32(level)
    return np.stack([sound, np.roll(sound, round(0.004 * SAMPLE_RATE_HZ))]) * np.float32(0.1)


def room_tone(samples: int, rng: Rng) -> Samples:
    """A quiet room: the air of a house, nothing else."""
    return stereo_noise(samples, lambda hz: 1 / (1 + (hz / 160) ** 1.5) + 0.01 / (1 + (hz / 3_000) ** 2), rng, shared=0.3)


def hush(samples: int, rng: Rng) -> Samples:
    """A large quiet room: darker, wider."""
    return stereo_noise(samples, lambda hz: 1 / (1 + (hz / 110) ** 1.4), rng, shared=0.0) * wander(
        samples, 5.0, rng, low=0.6, high=1.0
    )


def ventilation(samples: int, rng: Rng) -> Samples:
    """Air ducts: a steady wide breath and a soft hum."""
    air = stereo_noise(samples, lambda hz: hz / (hz + 80) / (1 + (hz / 480) ** 1.5), rng, shared=0.3)
    return 0.7 * air + 0.35 * _hum(samples, rng, 100.0, (1.0, 0.5, 0.2, 0.15))


def fridge(samples: int, rng: Rng) -> Samples:
    """A kitchen: a refrigerator's hum, a tap that is not quite shut."""
    return 0.6 * _hum(samples, rng, 50.0, (0.8, 1.0, 0.4, 0.3, 0.12)) + scattered(samples, rng, drip, every_seconds=8, level=0.05)


def clock(samples: int, rng: Rng) -> Samples:
    """A clock on the wall: two ticks a second all along."""
    result = np.zeros((2, samples), dtype=np.float32)
    pair = levelled(clock_tick(Occasion(seconds=2.0), rng))[:SAMPLE_RATE_HZ]
    for at in range(0, samples, SAMPLE_RATE_HZ):
        add_at(result, panned(pair * np.float32(0.05), 0.35), at, wrap=True)
    return result


def keys_and_paper(samples: int, rng: Rng) -> Samples:
    """An office at work: keys, pages, a telephone two rooms away."""
    work = scattered(samples, rng, typing, every_seconds=4, level=0.1, far_hz=3_000) + scattered(
        samples, rng, paper, every_seconds=10, level=0.05
    )
    return work + scattered(samples, rng, phone_ring, every_seconds=28, level=0.05, far_hz=1_500)


def crowd(samples: int, rng: Rng) -> Samples:
    """A murmur of people: dozens of voices whose vowels and syllables nobody can read.

    Each voice is noise through two formants, opened and shut four times a second; twelve of them make a room.
    """
    result = np.zeros((2, samples), dtype=np.float32)
    for _ in range(10):
        throat_scale = float(rng.uniform(0.85, 1.2))
        first, second = float(rng.uniform(380, 720)) * throat_scale, float(rng.uniform(1_000, 1_700)) * throat_scale

        def formants(hz: np.ndarray, f1: float = first, f2: float = second) -> np.ndarray:
            low = np.exp(-(((hz - 150) / 90) ** 2)) * 0.7
            return low + np.exp(-(((hz - f1) / 160) ** 2)) + 0.45 * np.exp(-(((hz - f2) / 220) ** 2))

        size = min(samples, int(rng.uniform(5.0, 9.0) * SAMPLE_RATE_HZ))  # each voice goes round in its own time
        voice = (
            shaped_noise(size, formants, rng)
            * wander(size, 0.13, rng) ** 2
            * np.maximum(0, wander(size, 1.6, rng, low=-0.4, high=1.0))
        )
        voice = np.resize(voice, samples)
        result += panned(voice, float(rng.uniform(-0.9, 0.9)), delay=False) * np.float32(0.12)
    return result


def cups_and_glasses(samples: int, rng: Rng) -> Samples:
    """A bar or café: glasses, cups, coins."""
    return scattered(samples, rng, glass_clink, every_seconds=4, level=0.08, far_hz=5_000) + scattered(
        samples, rng, cup, every_seconds=3, level=0.1, far_hz=4_000
    )


def till(samples: int, rng: Rng) -> Samples:
    """A shop or a market's small metal."""
    return scattered(samples, rng, coins, every_seconds=7, level=0.06)


def city_air(samples: int, rng: Rng) -> Samples:
    """A city: the roar of all its streets at once, horns and a siren in it."""
    roar = stereo_noise(samples, lambda hz: 1 / (1 + (hz / 190) ** 1.5) + 0.03 / (1 + (hz / 1_500) ** 2), rng, shared=0.25)
    roar *= wander(samples, 4.0, rng, low=0.6, high=1.0)
    return (
        roar
        + scattered(samples, rng, car_horn, every_seconds=9, level=0.06, far_hz=1_200)
        + scattered(samples, rng, siren, every_seconds=40, level=0.05, far_hz=1_000)
    )


def night_city(samples: int, rng: Rng) -> Samples:
    """The same city asleep: darker, a horn far away."""
    roar = stereo_noise(samples, lambda hz: 1 / (1 + (hz / 130) ** 1.7), rng, shared=0.25) * wander(
        samples, 6.0, rng, low=0.5, high=1.0
    )
    return 0.8 * roar + scattered(samples, rng, car_horn, every_seconds=25, level=0.03, far_hz=700)


def passing_cars(samples: int, rng: Rng) -> Samples:
    """Cars pass now and then."""
    return scattered(samples, rng, car_pass, every_seconds=6, level=0.3, far_hz=2_500)


def far_steps(samples: int, rng: Rng) -> Samples:
    """Somebody walks down the street, a door shuts."""
    pavement: Effect = lambda o, r: footsteps(Occasion(seconds=4.0, surface="stone"), r)  # noqa: E731
    return scattered(samples, rng, pavement, every_seconds=9, level=0.09, far_hz=2_500) + scattered(
        samples, rng, door_close, every_seconds=22, level=0.08, far_hz=600
    )


def beeps(samples: int, rng: Rng) -> Samples:
    """A ward: a monitor's pulse."""
    result = np.zeros((2, samples), dtype=np.float32)
    tone = levelled(beep(Occasion(), rng))[: SAMPLE_RATE_HZ // 5] * np.float32(0.07)
    for at in range(0, samples, SAMPLE_RATE_HZ):  # sixty a minute: in step wherever a cut goes on
        add_at(result, panned(tone, -0.4), at, wrap=True)
    return result


def ship_timbers(samples: int, rng: Rng) -> Samples:
    """Inside a ship: the engine below, timbers that give, the hull in the water."""
    engine = _hum(samples, rng, 27.0, (1.0, 0.9, 0.5, 0.3, 0.2)) * wander(samples, 1.0, rng, low=0.85, high=1.0)
    hull = stereo_noise(samples, lambda hz: 1 / (1 + (hz / 150) ** 2), rng) * wander(samples, 3.0, rng, low=0.2, high=1.0)
    return 0.7 * engine + 0.7 * hull + scattered(samples, rng, creak, every_seconds=4.5, level=0.13, far_hz=1_100)


def train_ride(samples: int, rng: Rng) -> Samples:
    """Inside a vehicle on rails or road: the rumble, and joints in pairs."""
    rumble = stereo_noise(samples, lambda hz: 1 / (1 + (hz / 170) ** 1.6) + 0.02, rng, shared=0.5)
    clack = band(hit([150, 340, 700], [0.09, 0.06, 0.04], rng, seconds=0.16), 0, 900)
    clacks = np.zeros_like(rumble)
    for joint in range(0, samples, SAMPLE_RATE_HZ):  # 25 m rails at 90 km/h: one a second, in step wherever a cut goes on
        for delay in (0.0, 0.16):
            at = joint + round(delay * SAMPLE_RATE_HZ)
            add_at(clacks, panned(clack * np.float32(0.14), 0.1), at, wrap=True)
    return 0.8 * rumble * wander(samples, 2.0, rng, low=0.8, high=1.0) + clacks


def engine_room(samples: int, rng: Rng) -> Samples:
    """A car or lorry from inside: motor and road."""
    road = stereo_noise(samples, lambda hz: 1 / (1 + (hz / 210) ** 1.8), rng, shared=0.4) * wander(
        samples, 2.5, rng, low=0.75, high=1.0
    )
    return 0.6 * road + 0.7 * _hum(samples, rng, 41.0, (0.7, 1.0, 0.5, 0.4, 0.2, 0.1))


def gear_hum(samples: int, rng: Rng) -> Samples:
    """A lamp room: the great lens turns, its clockwork ticks over, the burner hums."""
    wheel: Effect = lambda o, r: hit([430, 1_130, 1_960], [0.07, 0.05, 0.03], r, seconds=0.12)  # noqa: E731
    turn = scattered(samples, rng, wheel, every_seconds=0.8, level=0.05)
    return 0.6 * _hum(samples, rng, 58.0, (1.0, 0.5, 0.35, 0.1)) * wander(samples, 3.0, rng, low=0.6, high=1.0) + turn


def machinery(samples: int, rng: Rng) -> Samples:
    """A workshop or laboratory: motors and a relay now and then."""
    relay: Effect = lambda o, r: hit([900, 2_300], [0.04, 0.03], r, seconds=0.08)  # noqa: E731
    return 0.6 * _hum(samples, rng, 60.0, (0.7, 1.0, 0.3, 0.4, 0.1, 0.15)) + scattered(
        samples, rng, relay, every_seconds=3, level=0.06
    )


def space_hum(samples: int, rng: Rng) -> Samples:
    """A spacecraft, or what films have taught us of space: deep slow tones and thin air."""
    air = stereo_noise(
        samples, lambda hz: 1 / (1 + (hz / 90) ** 1.8) + 0.01 * np.exp(-(((hz - 2_600) / 500) ** 2)), rng, shared=0.1
    )
    return 0.6 * air + 0.8 * _hum(samples, rng, 36.0, (1.0, 0.6, 0.15, 0.25)) * wander(samples, 7.0, rng, low=0.5, high=1.0)


def stone_echo(samples: int, rng: Rng) -> Samples:
    """A church or hall: the hush of a great room, and something that falls far off."""
    knock: Effect = lambda o, r: hit([120, 260, 510], [0.9, 0.7, 0.4], r, seconds=1.4)  # noqa: E731
    return hush(samples, rng) + scattered(samples, rng, knock, every_seconds=14, level=0.07, far_hz=700)


def fireplace(samples: int, rng: Rng) -> Samples:
    """A fire in the room."""
    flames = levelled(fire(Occasion(seconds=12.0), rng))
    result = np.zeros((2, samples), dtype=np.float32)
    for start in range(0, samples, 11 * SAMPLE_RATE_HZ):
        add_at(result, panned(flames * np.float32(0.35), 0.2), start, wrap=True)
    return result

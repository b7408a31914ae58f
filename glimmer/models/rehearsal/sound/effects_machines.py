"""Machines: telephones, bells, horns, vehicles, clocks, keys, radios, weapons."""

from __future__ import annotations

import numpy as np

from glimmer.models.rehearsal.acoustics import Samples, band, damped_modes, faded, samples_in, seconds_axis, wander
from glimmer.models.rehearsal.sound.gestures import Occasion, Rng, burst, curve, grains, hit, levelled, phrase, sine, throat

__all__ = [
    "alarm", "beep", "bell", "camera", "car_horn", "car_pass", "church_bell", "clock_tick", "engine_start", "foghorn", "gears",
    "gunshot", "kettle", "motor_boat", "phone_ring", "plane", "radio_static", "siren", "sword", "train_pass", "train_whistle",
    "typewriter", "typing",
]  # fmt: skip


def phone_ring(occasion: Occasion, rng: Rng) -> Samples:
    """An old telephone: two gongs struck 22 times a second, one ring and half of another."""
    strike = damped_modes([1_480, 1_860, 3_690, 4_450], [1, 0.9, 0.4, 0.3], [0.5, 0.45, 0.2, 0.15], seconds=0.6)
    click = burst(0.01, 1_500, 8_000, rng, decay=0.002)
    rings = [start for start in (0.0, 2.4) if start + 1.0 < max(1.1, occasion.seconds)]
    return phrase(
        (start + index / 22, strike * np.float32(0.22) + np.pad(click * np.float32(0.1), (0, strike.size - click.size)), 1.0)
        for start in rings
        for index in range(22)
    )


def bell(occasion: Occasion, rng: Rng) -> Samples:
    """A small hand bell or ship's bell, struck twice."""
    base = float(rng.uniform(720, 900))
    ratios = np.array([0.5, 1, 1.19, 1.5, 2.0, 2.66, 3.2])
    stroke = damped_modes(base * ratios, [0.3, 1, 0.6, 0.4, 0.6, 0.3, 0.2], [2.5, 2.2, 1.6, 1.2, 1.0, 0.6, 0.4], seconds=2.4)
    return phrase([(0.0, stroke, 1.0), (0.55, stroke, 0.7)])


def church_bell(occasion: Occasion, rng: Rng) -> Samples:
    """A tower's bell: hum, prime, tierce, quint, nominal."""
    base = float(rng.uniform(210, 270))
    ratios = np.array([0.5, 1, 1.183, 1.506, 2.0, 2.514, 2.662, 3.011, 4.166])
    decays = np.array([6, 4.5, 3.6, 2.4, 2.6, 1.5, 1.3, 1.0, 0.7])
    stroke = damped_modes(base * ratios, [0.5, 0.8, 0.7, 0.4, 1.0, 0.35, 0.3, 0.3, 0.25], decays, seconds=4.5)
    strokes = max(1, min(4, int(occasion.seconds / 1.9)))
    return phrase((index * 1.9, stroke, 1.0 - 0.05 * index) for index in range(strokes))


def foghorn(occasion: Occasion, rng: Rng) -> Samples:
    """A harbour's foghorn: 110 Hz with its brass edge, a long blast that sags at its end."""
    seconds = 2.6
    pitch = curve(seconds, [(0, 104), (0.06, 110), (0.9, 110), (1, 98)])
    horn = throat(pitch, [(220, 200, 1.0), (480, 260, 0.6), (900, 400, 0.2)], rng, breath=0.03) + 0.8 * sine(pitch)
    return faded(horn * curve(seconds, [(0, 0), (0.07, 0.9), (0.85, 1), (1, 0)]), 0.05, 0.3)


def car_pass(occasion: Occasion, rng: Rng) -> Samples:
    """A car comes, passes and goes; engine and tyres fall in pitch as it does."""
    seconds = float(np.clip(occasion.seconds, 2.5, 4.5))
    near = curve(seconds, [(0, 0.05), (0.48, 1), (0.55, 1), (1, 0.04)])
    motor = throat(curve(seconds, [(0, 68), (0.45, 66), (0.58, 56), (1, 54)]), [(130, 90, 1.0), (420, 250, 0.5)], rng, breath=0.2)
    tyres = rng.standard_normal(samples_in(seconds), dtype=np.float32)
    tyres = band(tyres, 250, 900) + near * band(tyres, 900, 4_000)
    return levelled((0.5 * motor + 0.6 * levelled(tyres)) * near)


def engine_start(occasion: Occasion, rng: Rng) -> Samples:
    """The starter turns, the engine catches, revs and settles."""
    turn = throat(
        curve(0.8, [(0, 88), (0.5, 80), (1, 96)]) * (1 + 0.15 * sine(7.0, samples_in(0.8))),
        [(400, 300, 1.0), (1_300, 500, 0.5)],
        rng,
    )
    seconds = float(np.clip(occasion.seconds - 0.8, 1.5, 4.0))
    pitch = curve(seconds, [(0, 45), (0.15, 82), (0.4, 48), (1, 42)]) * wander(samples_in(seconds), 0.15, rng, low=0.97, high=1.03)
    motor = throat(pitch, [(110, 90, 1.0), (260, 160, 0.8), (640, 350, 0.3)], rng, breath=0.3, rough=0.5)
    return phrase([(0.0, turn, 0.45), (0.75, faded(motor, 0.05, 0.6), 1.0)])


def motor_boat(occasion: Occasion, rng: Rng) -> Samples:
    """An old diesel in a boat: putt, putt, putt."""
    gap = float(rng.uniform(0.13, 0.17))
    count = int(np.clip(occasion.seconds, 2, 6) / gap)
    putt = [
        phrase([(0.0, hit([74, 128, 240], [0.1, 0.08, 0.05], rng, seconds=0.14), 1.0), (0.0, burst(0.08, 200, 1_500, rng), 0.3)])
        for _ in range(4)
    ]
    return phrase(
        (i * gap * float(rng.uniform(0.98, 1.02)), putt[i % 4], 0.6 + 0.4 * float(np.sin(np.pi * i / count))) for i in range(count)
    )


def train_pass(occasion: Occasion, rng: Rng) -> Samples:
    """A train goes by: the rumble, and wheels over joints in pairs."""
    seconds = float(np.clip(occasion.seconds, 3.0, 7.0))
    near = curve(seconds, [(0, 0.08), (0.4, 1), (0.7, 0.9), (1, 0.06)])
    rumble = levelled(band(rng.standard_normal(samples_in(seconds), dtype=np.float32), 40, 700)) * near
    clack = [hit([240, 610, 1_480], [0.09, 0.06, 0.04], rng, seconds=0.15) for _ in range(3)]
    beats = np.arange(0.2, seconds - 0.4, 0.62)
    level = [float(near[int(at / seconds * (near.size - 1))]) for at in beats]
    pairs = [(float(at + off), clack[i % 3], v) for i, (at, v) in enumerate(zip(beats, level, strict=True)) for off in (0.0, 0.13)]
    return phrase([(0.0, rumble, 0.8), *((at, sound, 0.7 * v) for at, sound, v in pairs)])


def train_whistle(occasion: Occasion, rng: Rng) -> Samples:
    """A steam whistle: three pipes and their breath."""
    pitch = curve(1.5, [(0, 0.94), (0.1, 1), (0.85, 1), (1, 0.93)])
    pipes = sum((sine(pitch * hz) + 0.3 * sine(pitch * hz * 2) for hz in (523.0, 622.0, 784.0)), np.zeros(pitch.size, np.float32))
    breath = levelled(band(rng.standard_normal(pitch.size, dtype=np.float32), 1_500, 6_000))
    return faded((pipes + 0.5 * breath).astype(np.float32), 0.08, 0.3)


def car_horn(occasion: Occasion, rng: Rng) -> Samples:
    """Two horns a third apart, twice."""
    blast = throat(np.full(samples_in(0.35), 405, np.float32), [(900, 700, 1.0), (2_200, 900, 0.6)], rng, breath=0.0)
    blast = blast + throat(np.full(samples_in(0.35), 508, np.float32), [(900, 700, 1.0), (2_200, 900, 0.6)], rng, breath=0.0)
    return phrase([(0.0, faded(blast, 0.01, 0.05), 1.0), (0.5, faded(blast, 0.01, 0.05), 0.9)])


def siren(occasion: Occasion, rng: Rng) -> Samples:
    """A siren far off: two tones, bending a little as it moves."""
    seconds = float(np.clip(occasion.seconds, 2.5, 5.0))
    tone = np.where((seconds_axis(samples_in(seconds)) % 1.2) < 0.6, 435.0, 580.0) * curve(seconds, [(0, 1.02), (1, 0.98)])
    two = throat(tone.astype(np.float32), [(700, 500, 1.0), (1_700, 700, 0.4)], rng, breath=0.0)
    return faded(two * curve(seconds, [(0, 0.3), (0.5, 1), (1, 0.2)]), 0.2, 0.5)


def alarm(occasion: Occasion, rng: Rng) -> Samples:
    """An alarm: short high calls."""
    call = faded(sine(np.full(samples_in(0.18), 1_050.0)) + 0.3 * sine(np.full(samples_in(0.18), 3_150.0)), 0.005, 0.02)
    return phrase((index * 0.36, call, 1.0) for index in range(max(2, min(8, int(occasion.seconds / 0.36) - 1))))


def beep(occasion: Occasion, rng: Rng) -> Samples:
    """A monitor's beep, twice."""
    tone = faded(sine(np.full(samples_in(0.09), 985.0)) + 0.15 * sine(np.full(samples_in(0.09), 1_970.0)), 0.004, 0.015)
    return phrase([(0.0, tone, 1.0), (0.9, tone, 1.0)])


def clock_tick(occasion: Occasion, rng: Rng) -> Samples:
    """A clock: tick, tock, once a second."""
    tick = hit([2_300, 3_700, 5_400], [0.025, 0.02, 0.012], rng, seconds=0.06)
    tock = hit([1_750, 2_900, 4_600], [0.03, 0.02, 0.012], rng, seconds=0.06)
    count = int(np.clip(occasion.seconds, 2, 10))
    return phrase(
        (index * 1.0 + side * 0.5, tock if side else tick, 0.9 if side else 1.0) for index in range(count) for side in (0, 1)
    )


def _key(rng: Rng) -> Samples:
    return phrase(
        [(0.0, burst(0.02, 1_800, 7_000, rng, decay=0.003), 0.7), (0.0, hit([420, 1_150], [0.03, 0.02], rng, seconds=0.05), 0.6)]
    )


def typing(occasion: Occasion, rng: Rng) -> Samples:
    """Fingers on a keyboard, in little runs."""
    parts, at = [], 0.0
    keys = [_key(rng) for _ in range(6)]
    while at < float(np.clip(occasion.seconds - 0.3, 1.0, 5.0)):
        parts.append((at, keys[int(rng.integers(6))], float(rng.uniform(0.5, 1))))
        at += float(rng.gamma(4.0, 0.03)) + 0.02 + (0.35 if rng.random() < 0.07 else 0.0)
    return phrase(parts)


def typewriter(occasion: Occasion, rng: Rng) -> Samples:
    """A typewriter: hammers, and once the bell and the carriage."""
    seconds = float(np.clip(occasion.seconds - 1.0, 1.2, 4.0))
    blow = phrase([(0.0, hit([310, 930, 2_450, 4_100], [0.05, 0.04, 0.03, 0.02], rng, seconds=0.1), 1.0), (0.03, _key(rng), 0.4)])
    at, parts = 0.0, []
    while at < seconds:
        parts.append((at, blow, float(rng.uniform(0.65, 1))))
        at += float(rng.uniform(0.1, 0.22))
    ding = damped_modes([2_650, 5_480], [1, 0.4], [0.9, 0.4], seconds=0.8)
    ratchet = [(at + 0.3 + index * 0.022, _key(rng), 0.35) for index in range(18)]
    return phrase([*parts, (at, ding, 0.5), *ratchet])


def radio_static(occasion: Occasion, rng: Rng) -> Samples:
    """A radio between stations: hiss that breathes, crackle, a whistle that slides past."""
    seconds = float(np.clip(occasion.seconds, 1.2, 5.0))
    size = samples_in(seconds)
    hiss = band(rng.standard_normal(size, dtype=np.float32), 400, 3_600) * wander(size, 0.25, rng, low=0.35, high=1.0)
    tune = sine(curve(seconds, [(0, 2_400), (0.5, 700), (1, 1_300)])) * wander(size, 0.4, rng, low=0.0, high=0.3)
    crackle = grains(seconds, 25, lambda r: burst(0.004, 800, 3_800, r, attack=0.0002, decay=0.001), rng)[:size]
    return faded(levelled(hiss) * 0.6 + tune * 0.6 + 0.5 * levelled(crackle), 0.03, 0.2)


def gunshot(occasion: Occasion, rng: Rng) -> Samples:
    """A bang: the crack, the body, the land answering."""
    crack = burst(0.2, 700, 9_000, rng, attack=0.0003, decay=0.012)
    body = burst(0.7, 50, 900, rng, attack=0.0008, decay=0.07)
    echo = band(burst(1.6, 80, 1_100, rng, attack=0.05, decay=0.35), 0, 900)
    return phrase([(0.0, crack, 0.9), (0.0, body, 1.0), (0.12, echo, 0.22)])


def sword(occasion: Occasion, rng: Rng) -> Samples:
    """Steel on steel."""
    ring = hit([1_430, 2_870, 4_120, 6_350, 8_900], [0.9, 0.8, 0.6, 0.4, 0.2], rng, seconds=1.2)
    return phrase([(0.0, burst(0.03, 2_000, 10_000, rng, decay=0.005), 0.8), (0.0, ring, 0.8), (0.42, ring, 0.5)])


def kettle(occasion: Occasion, rng: Rng) -> Samples:
    """A kettle comes to the boil and whistles."""
    seconds = float(np.clip(occasion.seconds, 2.5, 5.0))
    boil = levelled(band(rng.standard_normal(samples_in(seconds), dtype=np.float32), 300, 2_500))
    steam = curve(seconds, [(0, 0.0), (0.35, 0.1), (0.7, 1), (1, 0.9)])
    pitch = curve(seconds, [(0, 1_400), (0.5, 2_150), (1, 2_300)])
    return faded(0.3 * boil + (sine(pitch) + 0.3 * sine(pitch * 1.503)) * steam * 0.5, 0.3, 0.3)


def plane(occasion: Occasion, rng: Rng) -> Samples:
    """An aircraft high above: a drone with beating engines."""
    seconds = float(np.clip(occasion.seconds, 3.0, 7.0))
    pitch = curve(seconds, [(0, 92), (0.5, 88), (1, 80)])
    drone = throat(pitch, [(180, 120, 1.0), (450, 300, 0.5)], rng, breath=0.6) + throat(pitch * 1.013, [(180, 120, 1.0)], rng)
    return levelled(drone * curve(seconds, [(0, 0.1), (0.5, 1), (1, 0.1)]))


def gears(occasion: Occasion, rng: Rng) -> Samples:
    """A mechanism turns: clacks in a slow rhythm over a whirr."""
    seconds = float(np.clip(occasion.seconds, 1.5, 5.0))
    whirr = throat(curve(seconds, [(0, 30), (0.2, 62), (1, 60)]), [(350, 200, 1.0), (900, 400, 0.4)], rng, breath=0.2)
    clack = hit([520, 1_240, 2_080], [0.06, 0.05, 0.03], rng, seconds=0.1)
    return phrase([(0.0, faded(whirr, 0.2, 0.4), 0.4), *((float(at), clack, 0.8) for at in np.arange(0.1, seconds - 0.2, 0.31))])


def camera(occasion: Occasion, rng: Rng) -> Samples:
    """A shutter."""
    flap = burst(0.02, 1_500, 9_000, rng, attack=0.0003, decay=0.004)
    return phrase([(0.0, flap, 1.0), (0.06, flap, 0.8), (0.08, hit([900, 2_100], [0.04, 0.03], rng, seconds=0.08), 0.4)])

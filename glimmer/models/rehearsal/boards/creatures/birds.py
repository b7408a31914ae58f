"""Birds: one body plan with a beak, a tail and a wing, and what tells a gull from an owl."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import Final

from glimmer.models.rehearsal.boards.brush import Brush, blob, ellipse, limb
from glimmer.models.rehearsal.boards.creatures.anatomy import Coat, Look, Palette, View, creature, face, side_eye

__all__ = ["BIRDS", "Plumage", "bird"]


@dataclass(frozen=True)
class Plumage:
    """Measures of a bird on a canvas where its body is about 60 long. tilt: of the body, degrees nose up; beak: kind and length."""

    tilt: float = 24
    slim: float = 0.62
    head: float = 18
    neck: float = 8
    beak: str = "cone"  # cone, hook, long, bill, parrot
    reach: float = 13
    leg: float = 20
    tail: float = 26
    extra: str = ""  # comb, tufts, crest, bib
    wing: float = 1.0


BIRDS: Final[dict[str, Plumage]] = {
    "bird": Plumage(),
    "gull": Plumage(tilt=16, slim=0.5, head=15, neck=14, beak="long", reach=18, leg=20, tail=18, wing=1.25),
    "crow": Plumage(tilt=20, slim=0.52, head=16, neck=8, beak="long", reach=20, leg=18, tail=30, wing=1.15),
    "parrot": Plumage(tilt=46, slim=0.54, head=18, neck=7, beak="parrot", reach=14, leg=26, tail=44, extra="crest"),
    "duck": Plumage(tilt=6, slim=0.58, head=17, neck=20, beak="bill", reach=17, leg=11, tail=14, extra="collar"),
    "chicken": Plumage(tilt=14, slim=0.74, head=14, neck=18, beak="cone", reach=11, leg=22, tail=26, extra="comb"),
    "eagle": Plumage(tilt=44, slim=0.54, head=17, neck=8, beak="hook", reach=16, leg=14, tail=26, extra="hood", wing=1.35),
}


def _beak(b: Brush, p: Plumage, coat: Coat, look: Look) -> None:
    """The beak of a head round (0, 0) that looks right."""
    r, n = p.head, p.reach
    gap = 5 * look.open + (1.5 if look.smile > 0.6 else 0)
    if p.beak == "bill":
        b.solid(blob((r * 0.7, 4 + gap * 0.4), (r + n * 0.6, 8 + gap), (r + n * 0.9, 6 + gap), (r * 0.8, 1)), coat.accent, -0.2)
        b.solid(blob((r * 0.62, -6), (r + n * 0.3, -1), (r + n, 0), (r + n * 0.98, 5), (r * 0.7, 5)), coat.accent)
        b.flat(ellipse(r + n * 0.3, 1, 1.5, 1), "#6b3f14")
    elif p.beak in ("hook", "parrot"):
        big = 1.35 if p.beak == "parrot" else 1.0
        b.flat(blob((r * 0.5, 4), (r + 4, 6 + gap), (r + 5, 10 + gap), (r * 0.5, 9 + gap * 0.6)), coat.accent, -0.3)
        b.solid(
            f"M{r * 0.62:.1f} {-9 * big:.1f}Q{r + n * 0.7:.1f} {-11 * big:.1f} {r + n * 0.82:.1f} {9 * big:.1f}Q{r + n * 0.5:.1f} {2 * big:.1f} {r * 0.7:.1f} {5:.1f}Z",
            coat.accent,
        )
        b.flat(ellipse(r + 2, -4, 1.4, 1), "#3a2a18")
    else:
        thick = 5.4 if p.beak == "cone" else 4.6
        b.flat(f"M{r * 0.7:.1f} 2L{r + n * 0.82:.1f} {3 + gap:.1f}L{r * 0.7:.1f} {thick + gap * 0.7:.1f}Z", coat.accent, -0.28)
        tip = f"{r + n:.1f} 2" if p.beak == "cone" else f"{r + n * 0.8:.1f} -2 {r + n:.1f} 5"
        b.solid(f"M{r * 0.74:.1f} {-thick:.1f}{'L' if p.beak == 'cone' else 'Q'}{tip}L{r * 0.74:.1f} 3Z", coat.accent)


def _head(b: Brush, p: Plumage, coat: Coat, look: Look) -> None:
    r = p.head
    colour = coat.belly if p.extra in ("hood",) else coat.mark if p.extra == "collar" else coat.body
    if p.extra == "comb":
        b.solid(blob((-8, -r + 3), (-10, -r - 7), (-3, -r - 3), (1, -r - 12), (6, -r - 4), (12, -r - 7), (10, -r + 5)), "#c8382f")
        b.solid(blob((r * 0.6, 6), (r * 0.8, 18), (r * 0.3, 17)), "#c8382f")
    if p.extra == "crest":
        b.solid(limb(((-4, -r + 4), (-14, -r - 10), (-24, -r - 12)), (9, 7, 3)), coat.mark)
    b.solid(ellipse(0, 0, r, r * 0.96), colour, depth=r * 0.2)
    if p.extra == "crest":
        b.flat(ellipse(r * 0.5, 0, r * 0.46, r * 0.5), "#f4ecd8")
    _beak(b, p, coat, look)
    side_eye(b, look, r * 0.34, -r * 0.2, r * 0.2, coat.iris, white=True, lid=colour)
    b.mark("head", 4, 0, r * 1.7)


def _open_wing(b: Brush, p: Plumage, coat: Coat, tone: float, up: bool) -> None:
    """A wing spread for flight from (0, 0): a bent arm with flight feathers fanned from its trailing edge."""
    with b.at(0, 0, 4 if up else 52, p.wing):
        arm = ((6, 2), (10, -26), (-4, -50), (-22, -64))
        for i in range(9):
            t = i / 8 * 2.999
            (x0, y0), (x1, y1) = arm[int(t)], arm[int(t) + 1]
            x, y = x0 + (x1 - x0) * (t - int(t)), y0 + (y1 - y0) * (t - int(t))
            angle = math.radians(196 - i * 8.5 + (i > 5) * (i - 5) * -7)
            length = 30 + i * 1.8
            tip = (x + length * math.cos(angle), y - length * math.sin(angle))
            b.solid(
                limb(((x, y), ((x + tip[0]) / 2, (y + tip[1]) / 2 - 2), tip), (15, 15, 7)),
                coat.mark,
                tone - 0.05 * (i % 2),
                rim=0.16,
            )
        b.solid(limb(arm, (24, 25, 20, 11)), coat.body, tone, depth=4)


def _side(b: Brush, p: Plumage, coat: Coat, look: Look, pose: str) -> None:
    flying = pose in ("fly", "jump", "fall", "raise_arms")
    swimming = pose in ("swim", "row")
    tilt = -4 if flying else min(p.tilt, 20) if pose == "lie" else p.tilt
    leg = 0.0 if flying or swimming or pose in ("lie", "sit") else p.leg
    deep = 30 * p.slim
    a = math.radians(tilt)
    x, y = 0.0, -(leg + deep + 30 * math.sin(a) * 0.55)
    neck = (x + 27 * math.cos(a), y - 27 * math.sin(a))
    head = (
        (neck[0] + 5 + p.neck * 0.35, neck[1] - p.neck - p.head * 0.5) if not flying else (neck[0] + 10 + p.neck * 0.8, neck[1] - 6)
    )
    if leg:
        spread = 8 if pose in ("walk", "run") else 2
        for dx, tone in ((spread + 5, -0.25), (-spread, 0.0)):
            b.line(
                f"M{dx * 0.4 + 1:.1f} {-leg - 6:.1f}L{dx:.1f} -2L{dx + 9:.1f} -1.4M{dx:.1f} -2L{dx - 5:.1f} -1.4",
                coat.accent,
                2.6,
                tone - 0.1,
            )
    if flying:
        with b.at(x + 4, y - deep * 0.4):
            _open_wing(b, p, coat, -0.22, True)
    with b.at(x, y, -tilt):
        b.solid(limb(((-18, 2), (-32, 4), (-30 - p.tail, 6 + (0 if p.extra != "comb" else -24))), (20, 15, 13)), coat.mark, depth=4)
        if p.extra == "comb":
            for dy in (-8, -20):
                b.solid(limb(((-20, 0), (-36, dy), (-40, dy - 18)), (14, 12, 5)), coat.mark)
        shape = blob((-36, 2), (-22, -deep * 0.86), (10, -deep), (34, -deep * 0.5), (38, 2), (16, deep * 0.96), (-16, deep * 0.8))
        b.solid(shape, coat.body, depth=deep * 0.24)
        with b.inside(shape):
            b.flat(
                blob(
                    (-20, deep * 0.34), (12, deep * 0.3), (40, -deep * 0.3), (44, deep * 0.6), (10, deep * 1.3), (-30, deep * 1.1)
                ),
                coat.belly,
            )
    b.solid(
        limb((neck, ((neck[0] + head[0]) / 2 - 1, (neck[1] + head[1]) / 2), head), (deep * 1.1, p.head * 1.35, p.head * 1.5)),
        coat.mark if p.extra == "collar" else coat.belly if p.extra == "hood" else coat.body,
        depth=3,
    )
    if p.extra == "collar":
        b.line(
            f"M{neck[0] - 9:.1f} {neck[1] - 4:.1f}Q{neck[0] + 2:.1f} {neck[1] + 1:.1f} {neck[0] + 12:.1f} {neck[1] - 5:.1f}",
            "#f4f0e4",
            4,
        )
    if flying:
        with b.at(x - 2, y - deep * 0.2):
            _open_wing(b, p, coat, 0.0, True)
    else:
        with b.at(x, y, -tilt + 4):
            b.solid(
                blob((20, -deep * 0.5), (4, -deep * 0.74), (-22, -deep * 0.3), (-46, 6), (-20, deep * 0.46), (10, deep * 0.36)),
                coat.mark,
                depth=4,
            )
            for i in range(3):
                b.line(
                    f"M{8 - i * 11} {deep * (0.2 - i * 0.02):.1f}Q{-12 - i * 9} {deep * 0.36:.1f} {-26 - i * 6} {2 + i * 2}",
                    coat.mark,
                    1.6,
                    -0.32,
                )
    with b.at(head[0], head[1], 0, 1):
        _head(b, p, coat, look)


def _front(b: Brush, p: Plumage, coat: Coat, look: Look, pose: str, back: bool) -> None:
    deep, r = 30 * (p.slim + 0.2), p.head * 1.08
    leg = p.leg
    for side in (-1, 1):
        b.line(f"M{side * 8} {-leg - 4}V-2M{side * 8} -2L{side * 8 - 6} 0M{side * 8} -2L{side * 8 + 6} 0", coat.accent, 2.8, -0.1)
    y = -leg - deep
    for side in (-1, 1):
        with b.at(side * deep * 0.7, y, side * -8, side * -1.0):
            b.solid(blob((-8, -deep * 0.7), (10, -deep * 0.4), (8, deep * 0.5), (-6, deep * 0.9)), coat.mark)
    b.solid(ellipse(0, y, deep * 0.86, deep), coat.body, depth=6)
    if not back:
        b.flat(ellipse(0, y + deep * 0.2, deep * 0.6, deep * 0.72), coat.belly)
    top = y - deep * 0.7 - p.neck * 0.6 - r * 0.4
    if p.extra == "comb":
        b.solid(
            blob((-7, top - r + 4), (-8, top - r - 8), (0, top - r - 4), (0, top - r - 13), (7, top - r - 5), (7, top - r + 4)),
            "#c8382f",
        )
    if p.extra == "crest":
        b.solid(limb(((0, top - r + 4), (-4, top - r - 14)), (10, 4)), coat.mark)
    colour = coat.belly if p.extra == "hood" else coat.mark if p.extra == "collar" else coat.body
    b.solid(limb(((0, y - deep * 0.5), (0, top)), (deep, r * 1.5)), colour, depth=2)
    b.solid(ellipse(0, top, r, r * 0.96), colour, depth=r * 0.2)
    b.mark("head", 0, top, r * 1.6)
    if back:
        return
    n = 7 if p.beak != "bill" else 10
    gap = 5 * look.open
    b.flat(f"M-{n * 0.7} {top + 5}Q0 {top + 12 + gap} {n * 0.7} {top + 5}Z", coat.accent, -0.3)
    b.solid(blob((-n, top + 3), (0, top - 3), (n, top + 3), (0, top + (12 if p.beak in ("hook", "parrot") else 8))), coat.accent)
    face(b, look, top - r * 0.16, r * 0.48, r * 0.2, coat.iris)


def bird(b: Brush, coat: Coat, look: Look, pose: str, view: View, kind: str) -> None:
    """Any bird of `BIRDS`."""
    if view == "side" or pose in ("fly", "jump", "swim"):
        _side(b, BIRDS[kind], coat, look, pose)
    else:
        _front(b, BIRDS[kind], coat, look, pose, view == "back")


_KINDS: Final[tuple[tuple[str, float, Palette, tuple[str, ...]], ...]] = (
    ("bird", 0.22, ("#5f93b5", "#3f6a8a", "#f0d9b0", "#e0a040"), ("sparrow", "robin", "finch", "wren", "bluebird", "canary", "nightingale", "swallow", "dove", "pigeon", "hummingbird", "songbird", "chick", "starling", "lark", "thrush")),
    ("gull", 0.5, ("#f3f1ea", "#9aa7b2", "#ffffff", "#e8a838"), ("seagull", "albatross", "tern", "pelican", "heron", "stork", "crane", "puffin", "flamingo")),
    ("crow", 0.46, ("#33363f", "#23252c", "#43464f", "#5a5348"), ("raven", "rook", "blackbird", "magpie", "jackdaw", "vulture")),
    ("parrot", 0.48, ("#c8392f", "#3f74a8", "#e8b83c", "#4a443c"), ("macaw", "parakeet", "cockatoo", "budgie", "toucan", "peacock")),
    ("duck", 0.48, ("#b5a28a", "#2f6b4f", "#e8dfcc", "#e8a838"), ("swan", "goose", "duckling", "mallard", "drake", "gosling")),
    ("chicken", 0.55, ("#f1e8d6", "#c9803f", "#fff8ea", "#e8a838"), ("hen", "rooster", "cockerel", "turkey", "cock")),
    ("eagle", 0.85, ("#6b4a30", "#4a3220", "#f3efe4", "#eab038"), ("hawk", "falcon", "kite bird", "condor", "phoenix", "griffin", "osprey")),
)  # fmt: skip
for _name, _height, _palette, _words in _KINDS:
    creature(_name, _height, _palette, *_words, habitat="air", upright=True, iris="#8a5a1c" if _name == "eagle" else "#33241a")(
        partial(bird, kind=_name)
    )


@creature(
    "owl", 0.5, ("#9a7350", "#6b4c32", "#ecdcbc", "#e8a838"), "barn owl", "owlet", habitat="air", upright=True, iris="#e8a020"
)
def owl(b: Brush, coat: Coat, look: Look, pose: str, view: View) -> None:
    up = pose in ("fly", "jump", "raise_arms")
    for side in (-1, 1):
        with b.at(side * 30, -58, 0, side):
            if up:
                for i in range(5):
                    b.solid(
                        limb(((0, 6 - i * 4), (30 + i * 3, -4 - i * 9), (52 + i * 2, -2 - i * 15)), (16, 15, 8)),
                        coat.mark,
                        -0.04 * i,
                    )
            else:
                b.solid(blob((-6, -14), (8, 0), (9, 32), (-2, 50), (-10, 20)), coat.mark)
        b.line(f"M{side * 12 - 5} -1L{side * 12} -6L{side * 12} 0M{side * 12} -6L{side * 12 + 5} -1", coat.accent, 4)
    b.solid(blob((-34, -50), (-24, -86), (24, -86), (34, -50), (22, -10), (0, -3), (-22, -10)), coat.body, depth=8)
    if view != "back":
        b.flat(blob((-20, -48), (0, -62), (20, -48), (15, -14), (0, -9), (-15, -14)), coat.belly)
        for row in range(3):
            for i in range(-1 - row % 2, 2):
                x = i * 12 + (6 if row % 2 else 0)
                b.line(f"M{x - 4} {-44 + row * 11}Q{x} {-39 + row * 11} {x + 4} {-44 + row * 11}", coat.mark, 2)
    for side in (-1, 1):
        b.solid(f"M{side * 12} -104Q{side * 26} -118 {side * 34} -120Q{side * 36} -104 {side * 32} -90Z", coat.mark)
    b.solid(blob((-35, -84), (-22, -110), (0, -104), (22, -110), (35, -84), (24, -60), (0, -54), (-24, -60)), coat.body, depth=6)
    b.mark("head", 0, -84, 38)
    if view == "back":
        return
    for side in (-1, 1):
        b.flat(ellipse(side * 15, -84, 17.5), coat.belly)
        b.flat(ellipse(side * 15, -84, 12.6), coat.iris if look.mood not in ("closed", "happy") else coat.belly, 0.1)
        if look.mood not in ("closed", "happy"):
            dx, dy = look.gaze[0] * 2.4, look.gaze[1] * 2.4
            b.flat(ellipse(side * 15 + dx, -84 + dy, 7.6), "#17120f")
            b.flat(ellipse(side * 15 + dx + 3, -87 + dy, 2.6), "!#ffffff")
        else:
            b.eye(side * 15, -84, 9, mood=look.mood)
        if look.brow < -0.3:
            b.flat(f"M{side * 2} -88L{side * 34} -104L{side * 32} -92L{side * 6} -82Z", coat.mark)
    b.flat(f"M-4 -76Q0 {-66 + look.open * 5:.1f} 4 -76Z", coat.accent, -0.35)
    b.solid("M0 -86Q7 -80 0 -68Q-7 -80 0 -86Z", coat.accent)


@creature("penguin", 0.75, ("#2f3a4a", "#222a36", "#f5f2e8", "#eaa436"), "emperor penguin", "auk", habitat="shore", upright=True)
def penguin(b: Brush, coat: Coat, look: Look, pose: str, view: View) -> None:
    side_on = view == "side"
    lean = 9 if pose in ("walk", "run") else 0
    arms = 40 if pose in ("raise_arms", "fly", "jump", "wave", "dance") or look.smile > 0.8 else 12
    for side in (-1, 1):
        b.solid(blob((side * 13 - 11, 0), (side * 13 - 5, -8), (side * 13 + 7, -7), (side * 13 + 15, 0)), coat.accent)
    with b.at(0, 0, lean):
        for side in (-1, 1):
            with b.at(side * 27, -64, side * -arms):
                b.solid(blob((side * -4, -6), (side * 5, 10), (side * 5, 36), (side * -3, 44), (side * -7, 18)), coat.mark)
        b.solid(
            blob((-32, -40), (-27, -78), (-20, -108), (0, -120), (20, -108), (27, -78), (32, -40), (20, -6), (-20, -6)),
            coat.body,
            depth=8,
        )
        b.mark("head", 4 if side_on else 0, -98, 28)
        if view == "back":
            return
        dx = 8 if side_on else 0
        body = blob((-32, -40), (-27, -78), (-20, -108), (0, -120), (20, -108), (27, -78), (32, -40), (20, -6), (-20, -6))
        with b.inside(body):
            b.flat(
                blob(
                    (-20 + dx, -40), (-15 + dx, -76), (0 + dx, -82), (15 + dx, -76), (22 + dx, -40), (13 + dx, -6), (-13 + dx, -6)
                ),
                coat.belly,
            )
            for side in (-1, 1):
                b.flat(ellipse(side * 9 + dx, -98, 10.5, 12), coat.belly)
            b.flat(f"M{-17 + dx} -80Q{dx} -68 {17 + dx} -80L{14 + dx} -84Q{dx} -76 {-14 + dx} -84Z", coat.accent, 0.1)
        face(b, look, -100, 8.6, 3.4, coat.iris, x=dx, white=False)
        b.flat(
            f"M{dx - 4} -92L{dx + (16 if side_on else 3)} {-87 + 5 * look.open:.1f}L{dx + 3} {-86 + 4 * look.open:.1f}Z",
            coat.accent,
            -0.3,
        )
        b.solid(
            f"M{dx - 6} -94L{dx + (20 if side_on else 0)} {-90 if side_on else -82}L{dx + 6} {-87 if side_on else -94}Z",
            coat.accent,
        )

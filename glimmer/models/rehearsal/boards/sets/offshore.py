"""What is seen from the water: the lighthouse on its rock, cliffs, a town, wooded banks, rocks that break the surface."""

from __future__ import annotations

import re

from glimmer.models.rehearsal.boards import svg
from glimmer.models.rehearsal.boards.light import mix
from glimmer.models.rehearsal.boards.sets import buildings, trees
from glimmer.models.rehearsal.boards.sets.ground import ridge
from glimmer.models.rehearsal.boards.sets.palettes import Nature, nature
from glimmer.models.rehearsal.boards.sets.stage import Stage

__all__ = ["shores"]

_LEVEL_M = -0.5  # the open sea's surface


def shores(s: Stage) -> bool:
    """Hang the land that the scene's words name beyond or beside the water; False if they name none."""
    n = nature(s)
    side = s.dice("shore").choice((-1, 1))
    named = False
    if "lighthouse" in s.words:
        _light(s, n, side)
        named = True
    if re.search(r"shore|beach|cliff|cove|coast|rocks|bay\b|island|gallery", s.words) and not named:
        ridge(s, "shore", 420, 16, 14, mix(n.rock, n.grass, 0.4), haze=0.5)
        named = True
    if re.search(r"river|lake|pond|stream|creek|canal|marsh|swamp|forest|jungle", s.words):
        ridge(s, "bank hills", 700, 40, 22, n.grass_far, haze=0.7)
        trees.tree_line(s, "bank", 90, 9, n.leaf, haze=0.32)
        s.add(89, s.quad((-160, 0.5, 88), (160, 0.5, 88), (160, _LEVEL_M, 88), (-160, _LEVEL_M, 88), fill=s.shade(n.earth, 0.4, 0.2)))
        named = True
    if re.search(r"harbo|pier|port\b|quay|dock|town|village", s.words):
        _town(s)
        named = True
    if re.search(r"rocks?\b|reef|shore|beach|cliff|cove|gallery", s.words):
        _rocks(s, n, -side)
    return named


def _light(s: Stage, n: Nature, side: int) -> None:
    rock, x = mix(n.rock, "#4c525e", 0.4), side * 52.0
    crag = [(-5200, 60), (-3600, -120), (-2400, -420), (-1300, -640), (-400, -700), (900, -690), (1700, -480), (2500, -260), (3600, -60), (4600, 60)]  # fmt: skip
    lit = [(900, -690), (1700, -480), (2000, 40), (1000, 60), (500, -250)] if s.key > 0 else [(-1300, -640), (-2400, -420), (-2200, 40), (-900, 60), (-700, -260)]
    art = [svg.polygon(crag, s.vertical((0, s.shade(rock, 0.3, 0.2)), (1, s.shade(rock, 0.55, 0.2)))), svg.polygon(lit, s.glow(rock, 0.08, 0.2))]
    foam = mix(s.lit("#eef3f4", 0.2), s.light.sky_low, 0.3)
    surf = "M-5300 70Q-4200 -40 -3400 30T-1500 20T300 24T2300 10T4700 60V90H-5300Z"
    s.hang(240, *art, x=x)
    s.hang(239, buildings.lighthouse(s, 27, haze=0.1, stripe=s.dice("stripe").choice(("#b8423a", "#2f5d77", "#3f4652"))), x=x + 2, y=6.9)
    s.hang(238, svg.path(surf, foam, opacity=0.6), x=x)


def _town(s: Stage) -> None:
    for i in range(9):
        own = s.dice(f"far house{i}")
        buildings.house(s, own, (i - 4) * 15 + own.uniform(-4, 4), 190 - i % 3 * 12, own.uniform(8, 12), own.uniform(5, 8),
                        own.choice(buildings.BRICKS), "#8f5646", haze=0.5, chimney=False)  # fmt: skip
    s.add(150, s.box(-150, 150, -1, 0.6, 145, 152, "#8f877b", haze=0.45))


def _rocks(s: Stage, n: Nature, side: int) -> None:
    """Rocks that break the surface on one side, wet and foaming, to lie beside."""
    for i, (x, depth, size) in enumerate(((3.4, 6.5, 1.5), (5.6, 7.5, 2.4), (2.5, 4.5, 0.7), (8.6, 9.0, 3.0))):
        own = s.dice(f"wet rock{i}")
        w, h = 100 * size, 62 * size * own.uniform(0.8, 1.15)
        body = [(-w, 30), (-w * 0.8, -h * 0.4), (-w * 0.3, -h * 0.9), (w * 0.15, -h), (w * 0.6, -h * 0.55), (w, 30)]
        top = [(-w * 0.3, -h * 0.9), (w * 0.15, -h), (w * 0.6, -h * 0.55), (w * 0.1, -h * 0.35), (-w * 0.25, -h * 0.5)]
        foam = f"M{-w * 1.2:.0f} 26Q{-w * 0.6:.0f} -6 0 14T{w * 1.2:.0f} 22Q{w * 0.5:.0f} 44 0 40T{-w * 1.2:.0f} 26Z"
        rock = mix(n.rock, "#4a4f58", 0.35)
        s.hang(depth, svg.polygon(body, s.shade(rock, 0.4)), svg.polygon(top, s.glow(rock, 0.12)),
               svg.path(foam, mix(s.lit("#f2f6f6"), s.light.sky_low, 0.25), opacity=0.7), x=side * x, y=_LEVEL_M + 0.1)  # fmt: skip

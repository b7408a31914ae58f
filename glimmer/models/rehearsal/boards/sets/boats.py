"""Boats and what stands about a harbour, drawn in cm with their waterline or foot at the origin."""

from __future__ import annotations

from random import Random

from glimmer.models.rehearsal.boards import svg
from glimmer.models.rehearsal.boards.light import mix
from glimmer.models.rehearsal.boards.sets.stage import Stage

__all__ = ["barrel", "bollard", "crane", "crate", "fishing_boat", "gulls", "rowing_boat", "sailing_boat", "steamer"]

_HULLS = ("#b8463c", "#2f5d77", "#3d6b52", "#d9a441", "#e6ddcc", "#4a4f63")


def _shine(s: Stage, half: float, tone: str) -> str:
    """The hull's shadow on the water."""
    return svg.ellipse(0, 6, half, half * 0.09, s.shade(tone, 0.6), opacity=0.45)


def rowing_boat(s: Stage, dice: Random, haze: float = 0.0) -> str:
    tone = dice.choice(_HULLS)
    return (
        _shine(s, 150, tone)
        + svg.path("M-150 -52Q0 -30 150 -58Q128 4 84 8H-92Q-132 2 -150 -52Z", s.shade(tone, 0.16, haze))
        + svg.path("M-150 -52Q0 -30 150 -58L146 -46Q0 -18 -146 -40Z", s.lit("#e9dfcb", haze))
        + svg.path("M-138 -49Q0 -36 138 -54Q0 -52 -138 -49Z", s.shade("#6d4a33", 0.4, haze))
        + svg.line(-20, -44, 120, -6, s.lit("#b98f5e", haze), 5)
    )


def sailing_boat(s: Stage, dice: Random, haze: float = 0.0) -> str:
    tone, cloth = dice.choice(_HULLS), dice.choice(("#f2e9d8", "#e9c9a0", "#c9574c", "#e6e2d6"))
    k = s.key
    return (
        _shine(s, 260, tone)
        + svg.path("M-270 -70Q0 -52 300 -96Q250 8 190 10H-190Q-250 4 -270 -70Z", s.shade(tone, 0.18, haze))
        + svg.path("M-270 -70Q0 -52 300 -96L292 -78Q0 -34 -264 -54Z", s.lit("#efe6d4", haze))
        + svg.rect(-6, -780, 11, 720, s.shade("#6b4a33", 0.2, haze))
        + svg.path("M10 -770Q190 -430 240 -130H10Z", s.glow(cloth, 0.12, haze) if k > 0 else s.shade(cloth, 0.2, haze))
        + svg.path("M-12 -700Q-110 -380 -230 -110L-12 -140Z", s.shade(cloth, 0.2, haze) if k > 0 else s.glow(cloth, 0.12, haze))
    )


def fishing_boat(s: Stage, dice: Random, haze: float = 0.0) -> str:
    """A small trawler with its wheelhouse, mast and net drum."""
    tone = dice.choice(_HULLS)
    dark = s.shade("#3a3f46", 0.2, haze)
    return (
        _shine(s, 420, tone)
        + svg.rect(-150, -330, 190, 200, s.shade("#efe7d7", 0.08, haze))
        + svg.rect(-166, -346, 222, 22, s.shade(tone, 0.3, haze))
        + "".join(svg.rect(-132 + k * 56, -298, 42, 58, s.lamp("#ffd98a", "#5b6f80"), rx=5) for k in range(3))
        + svg.rect(-90, -470, 9, 140, dark)
        + svg.rect(210, -620, 12, 500, dark)
        + svg.polyline([(-86, -470), (216, -610), (410, -190)], dark, 3)
        + svg.line(216, -560, 60, -350, dark, 6)
        + svg.path("M-420 -130Q0 -100 450 -210Q410 10 300 16H-330Q-410 6 -420 -130Z", s.shade(tone, 0.16, haze))
        + svg.path("M-420 -130Q0 -100 450 -210L442 -184Q0 -74 -414 -102Z", s.lit("#f0e7d6", haze))
        + svg.path("M-374 -6H388Q350 14 300 16H-330Q-356 14 -374 -6Z", s.shade("#7a332c", 0.3, haze))
    )


def steamer(s: Stage, dice: Random, haze: float = 0.5) -> str:
    """A ship far out: hull, decks, funnel with smoke."""
    tone = dice.choice(("#3c4658", "#6a3a36", "#2f4a52"))
    decks = "".join(
        svg.rect(-700 + k * 120, -520 - k * 130, 1300 - k * 320, 130, s.shade("#e9e2d4", 0.08 + 0.05 * k, haze)) for k in range(3)
    )
    panes = "".join(svg.rect(-620 + k * 130, -480, 60, 46, s.lamp("#ffd98a", "#6a7480")) for k in range(9))
    smoke = "".join(
        svg.circle(-160 - k * 180, -1180 - k * 90, 90 + k * 50, s.shade("#8c9096", 0.1, haze), opacity=round(0.5 - k * 0.08, 2))
        for k in range(5)
    )
    return (smoke + decks + panes + svg.path("M-90 -780L-70 -1120H90L110 -780Z", s.shade("#b8463c", 0.2, haze))
            + svg.path("M-1300 -420Q0 -360 1350 -520Q1250 0 1100 20H-1050Q-1250 0 -1300 -420Z", s.shade(tone, 0.1, haze)))  # fmt: skip


def gulls(s: Stage, name: str, count: int = 7) -> None:
    """Birds in the sky, small."""
    dice = s.dice(name)
    d = []
    for _ in range(count):
        x, y = s.sky(dice.uniform(-0.3, 0.3), dice.uniform(0.03, 0.16))
        w = s.focal * dice.uniform(0.003, 0.008)
        d.append(
            f"M{x - w:.1f} {y - w * 0.3:.1f}Q{x - w * 0.4:.1f} {y - w * 0.6:.1f} {x:.1f} {y:.1f}Q{x + w * 0.4:.1f} {y - w * 0.6:.1f} {x + w:.1f} {y - w * 0.3:.1f}"
        )
    s.add(
        400,
        svg.path(
            "".join(d),
            "none",
            stroke=s.shade("#e8ecef", 0.35 if s.time == "day" else 0.6),
            stroke_width=max(1.2, s.focal * 0.0008),
            stroke_linecap="round",
        ),
    )


def bollard(s: Stage, haze: float = 0.0) -> str:
    return svg.path("M-16 0L-13 -34H13L16 0Z", s.shade("#3b4048", 0.2, haze)) + svg.rect(
        -20, -46, 40, 14, s.lit("#4c525c", haze), rx=6
    )


def crate(s: Stage, colour: str = "#a67c4e", size: float = 70.0, haze: float = 0.0) -> str:
    rim = s.glow(colour, 0.1, haze)
    return (
        svg.rect(-size / 2, -size, size, size, s.shade(colour, 0.24, haze))
        + svg.path(
            f"M{-size / 2 + 4:.0f} {-size + 4:.0f}L{size / 2 - 4:.0f} -4", None, stroke=s.shade(colour, 0.1, haze), stroke_width=8
        )
        + svg.rect(-size / 2 + 3, -size + 3, size - 6, size - 6, "none", stroke=rim, stroke_width=7)
    )


def barrel(s: Stage, colour: str = "#8a5d3a", haze: float = 0.0) -> str:
    fill = s.sideways(
        (0, s.shade(colour, 0.4, haze)), (0.4 if s.key < 0 else 0.6, s.glow(colour, 0.14, haze)), (1, s.shade(colour, 0.45, haze))
    )
    hoop = s.shade("#3b4048", 0.2, haze)
    return (
        svg.path("M-28 0Q-36 -44 -28 -88H28Q36 -44 28 0Z", fill)
        + "".join(svg.rect(-33, y, 66, 6, hoop) for y in (-74, -22))
        + svg.ellipse(0, -88, 28, 5, s.glow(colour, 0.2, haze))
    )


def crane(s: Stage, height: float, haze: float) -> str:
    """A quay crane: legs, cabin, jib."""
    h, tone = height * 100, s.shade(mix("#c9803a", "#5a6a78", 0.25), 0.2, haze)
    legs = f"M{-h * 0.16:.0f} 0L{-h * 0.06:.0f} {-h * 0.5:.0f}H{h * 0.06:.0f}L{h * 0.16:.0f} 0M{-h * 0.12:.0f} {-h * 0.2:.0f}H{h * 0.12:.0f}M{-h * 0.12:.0f} {-h * 0.2:.0f}L{h * 0.06:.0f} {-h * 0.5:.0f}"
    jib = f"M{-h * 0.2:.0f} {-h * 0.58:.0f}H0L{h * 0.55:.0f} {-h:.0f}M0 {-h * 0.5:.0f}L{h * 0.55:.0f} {-h:.0f}V{-h * 0.45:.0f}M{-h * 0.2:.0f} {-h * 0.58:.0f}L{h * 0.1:.0f} {-h * 0.8:.0f}"
    return svg.path(legs + jib, "none", stroke=tone, stroke_width=h * 0.022) + svg.rect(
        -h * 0.1, -h * 0.6, h * 0.16, h * 0.11, tone
    )

"""A pool to lie in, for who lives in water where the set has none."""

from __future__ import annotations

from glimmer.models.rehearsal.boards.figure.geometry import fmt
from glimmer.models.rehearsal.boards.light import Light, mix

__all__ = ["pool"]


def pool(light: Light, half_m: float) -> str:
    """Still water in cm round the origin, wide enough for a creature that is `half_m` to each side of it."""
    rx = half_m * 100 * 1.45 + 30
    ry = max(14.0, rx * 0.16)
    water = mix(light.shade("#3f7f96", 0.25), light.sky_low, 0.25)
    shine = mix(water, mix(light.sky_low, light.key, 0.4), 0.4)
    rings = "".join(
        f'<path d="M{fmt(-rx * k)} {fmt(dy)}q{fmt(rx * 0.3)} {fmt(-ry * 0.14)} {fmt(rx * 0.6)} 0q{fmt(-rx * 0.3)} {fmt(ry * 0.09)} {fmt(-rx * 0.6)} 0Z" fill="{shine}" fill-opacity="0.7"/>'
        for k, dy in ((0.86, -ry * 0.1), (-0.2, -ry * 0.45), (0.3, ry * 0.55), (-0.35, ry * 0.4))
    )
    return (
        f'<ellipse cx="0" cy="{fmt(ry * 0.08)}" rx="{fmt(rx * 1.04)}" ry="{fmt(ry * 1.12)}" fill="{light.shadow}" fill-opacity="0.35"/>'
        f'<ellipse cx="0" cy="0" rx="{fmt(rx)}" ry="{fmt(ry)}" fill="{water}"/>{rings}'
    )

"""The insert: one thing, large, on a surface of its place, and the hand that is at it if the words say so."""

from __future__ import annotations

import re
from typing import Final

from glimmer.models.interface import ShotRequest
from glimmer.models.rehearsal.boards.figure.cuts import cut_of
from glimmer.models.rehearsal.boards.figure.geometry import lerp, tube
from glimmer.models.rehearsal.boards.figure.hands import draw_hand
from glimmer.models.rehearsal.boards.figure.ink import Ink
from glimmer.models.rehearsal.boards.light import Light
from glimmer.models.rehearsal.boards.props import draw_prop, find_props, prop_grip_cm

__all__ = ["insert_layers", "shows_a_thing"]

_HAND: Final = r"hand|finger|hold|grip|grab|tak(e|es|ing)|pick|lift|touch|turn|press|open|writ|pour|light|reach|pull|push|clutch|strik|wip|polish|place|put"
_LIES: Final = r"floor|ground|sand|grass|snow|mud|water"


def shows_a_thing(request: ShotRequest) -> bool:
    """Whether the words give an insert something to show: a known thing, or a person's hand."""
    by_hand = request.cast[0].design.kind == "person" and re.search(r"\b(hands?|fingers?|fist|palm)\b", request.action.lower())
    return bool(find_props(request.action) or by_hand)


def insert_layers(request: ShotRequest, light: Light, seed: int) -> tuple[str, str, tuple[float, float]]:
    """(defs, art in picture px, focus). Art is "" where the words name no thing and nobody: then the set alone is the picture."""
    w, h = request.width_px, request.height_px
    things = find_props(request.action) or find_props(request.place)
    hand_wanted = bool(request.cast) and (bool(re.search(_HAND, request.action.lower())) or not things)
    if not things and not hand_wanted:
        return "", "", (0.5, 0.5)
    surface, top = _surface(request, light)
    base_y = h * 0.80
    art, defs, middle, scale = [surface], "", (w * 0.5, h * 0.55), 1.0
    if things:
        drawn = draw_prop(things[0], light, seed)
        scale = min(h * 0.56 / max(1.0, drawn.height_cm), w * 0.46 / max(1.0, drawn.width_cm))
        art.append(_shadow(light, w * 0.5, base_y, drawn.width_cm * scale))
        art.append(f'<g transform="translate({w * 0.5:.1f} {base_y:.1f}) scale({scale:.4f})">{drawn.svg}</g>')
        defs = drawn.defs
        middle = (w * 0.5, base_y - drawn.height_cm * scale * 0.5)
        if len(things) > 1 and top:
            other = draw_prop(things[1], light, seed + 1)
            if other.height_cm * scale < h * 0.9:
                small = min(scale * 0.9, h * 0.34 / max(1.0, other.height_cm), w * 0.22 / max(1.0, other.width_cm))
                side = 0.17 if seed % 2 else 0.83
                art.insert(
                    1,
                    _shadow(light, w * side, base_y - h * 0.07, other.width_cm * small)
                    + f'<g transform="translate({w * side:.1f} {base_y - h * 0.07:.1f}) scale({small:.4f})">{other.svg}</g>',
                )
                defs += other.defs
    if hand_wanted:
        hold = middle
        if things:
            gx, gy = prop_grip_cm(things[0])
            hold = (w * 0.5 + gx * scale, base_y + gy * scale)
        art.append(_arm(request, light, hold, alone=not things))
    return defs, "".join(art), (middle[0] / w, min(0.85, max(0.15, middle[1] / h)))


def _surface(request: ShotRequest, light: Light) -> tuple[str, bool]:
    """A table inside, ground outside."""
    w, h = request.width_px, request.height_px
    low = re.search(_LIES, request.action.lower())
    wood = request.interior and not low
    colour = "#7a5638" if wood else "#6e6a5c" if request.interior else "#7d745c"
    y = h * 0.66
    out = f'<rect x="0" y="{y:.1f}" width="{w}" height="{h - y:.1f}" fill="{light.lit(colour)}"/>'
    out += f'<rect x="0" y="{y:.1f}" width="{w}" height="{h * 0.012:.1f}" fill="{light.glow(colour, 0.35)}"/>'
    if wood:
        for i in range(5):
            k = i / 4
            out += f'<path d="M{w * (-0.3 + 1.6 * k):.1f} {h}L{w * (0.12 + 0.76 * k):.1f} {y + h * 0.012:.1f}" stroke="{light.shade(colour, 0.3)}" stroke-width="{h * 0.003:.1f}" stroke-opacity="0.6"/>'
    side = 0 if light.key_from > 0 else w * 0.55
    out += f'<path d="M{side:.1f} {h}L{side:.1f} {y + h * 0.012:.1f}L{side + w * 0.45:.1f} {y + h * 0.012:.1f}L{side + w * 0.45:.1f} {h}Z" fill="{light.shade(colour, 0.4)}" fill-opacity="0.22"/>'
    return out, True


def _shadow(light: Light, x: float, y: float, width: float) -> str:
    away = -light.key_from
    return "".join(
        f'<ellipse cx="{x + away * width * 0.12 * k:.1f}" cy="{y:.1f}" rx="{width * (0.46 + 0.14 * k):.1f}" ry="{width * 0.06 + 6 + 5 * k:.1f}" fill="{light.shadow}" fill-opacity="0.2"/>'
        for k in (0, 1, 2)
    )


def _arm(request: ShotRequest, light: Light, middle: tuple[float, float], *, alone: bool) -> str:
    """A forearm from the lower corner to the thing."""
    w, h = request.width_px, request.height_px
    design = request.cast[0].design
    ink = Ink(light, light.key_from, h * 0.0035, fine=2)
    size = h * (0.46 if alone else 0.34)
    wrist = (middle[0] + size * (0.43 if not alone else 0.45), middle[1] + size * (0.19 if not alone else 0.18))
    elbow = (w * 0.5 + h * 0.95, h * 1.12)
    line = [elbow, lerp(elbow, wrist, 0.5), wrist]
    hand = draw_hand("hold" if not alone else "relaxed", wrist, 204, size, design.skin, ink, thumb_up=False)
    cut = cut_of(design.garment)
    arm = ink.limb(line, [size * 0.34, size * 0.27, size * 0.17], design.skin, caps=(False, False))
    if cut.sleeve == "long":
        end = lerp(elbow, wrist, 0.90)
        sleeve = ink.limb(
            [elbow, lerp(elbow, end, 0.5), end],
            [size * 0.42, size * 0.36, size * 0.27],
            cut.sleeve_colour(design),
            caps=(False, False),
        )
        cuff = ink.shape(
            tube([lerp(elbow, wrist, 0.84), end], [size * 0.285, size * 0.285], caps=(False, False)), cut.sleeve_colour(design)
        )
        return arm + hand + sleeve + cuff
    return arm + hand

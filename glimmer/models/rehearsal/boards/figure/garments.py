"""What covers the trunk: the cloth itself, then collar, closure, belt, pockets and folds, each put on the torso's surface."""

from __future__ import annotations

from typing import Final

from glimmer.models.interface import Design
from glimmer.models.rehearsal.boards.figure.cuts import Cut
from glimmer.models.rehearsal.boards.figure.geometry import Point, circle, hull, lerp, path, polyline, smooth, tube
from glimmer.models.rehearsal.boards.figure.ink import Ink
from glimmer.models.rehearsal.boards.figure.skeleton import Skeleton, View3
from glimmer.models.rehearsal.boards.figure.torso import (
    CHEST,
    COLLAR,
    CROTCH,
    HIP,
    NECK,
    SHOULDER,
    WAIST,
    Torso,
    hem_points,
    torso_of,
)  # fmt: skip
from glimmer.models.rehearsal.boards.light import mix

__all__ = ["draw_collar", "draw_skirt", "draw_torso"]

_HEM: Final = {"waist": 0.0, "hip": 0.0, "thigh": 0.55, "knee": 1.02, "shin": 1.6, "floor": 1.92}
_SHIRT: Final = "#f0ebe0"


def draw_skirt(design: Design, s: Skeleton, view: View3, cut: Cut, ink: Ink) -> str:
    """The part of a long garment that hangs below the waist, over the legs; "" for a short one."""
    share = _HEM[cut.hem]
    if not share:
        return ""
    torso = torso_of(s, view, loose=cut.loose)
    points, hem = hem_points(s, view, torso, share, cut.flare)
    seated = abs(s.knees[0][1] - s.hips[0][1]) < s.body.thigh * 0.5
    outline = hull(points) if seated else points
    colour = design.garment_colour
    d = smooth(outline, tension=0.6)
    out = [ink.shape(d, colour)]
    if not seated:
        out.append(_skirt_shade(points, hem, ink, colour, cut))
    if torso.faces(0) > 0.1 and cut.closure != "none" and not seated:
        top, low = torso.at(4, HIP), lerp(hem[1], hem[2], 0.5)
        out.append(ink.stroke(smooth([top, lerp(top, low, 0.5), low], closed=False), colour, 1.1))
    if cut.extra == "lining" or cut.cuff == "accent":
        trim = [lerp(p, q, 0.05) for p, q in zip(hem, [points[0], points[1], points[-2], points[-1]], strict=True)]
        out.append(path(smooth([*hem, *trim[::-1]], tension=0.5), ink.base(design.accent_colour)))
    return "".join(out)


def _skirt_shade(points: list[Point], hem: list[Point], ink: Ink, colour: str, cut: Cut) -> str:
    left, right = (points[0], points[1], hem[0]), (points[-1], points[-2], hem[-1])
    dark, bright = (right, left) if ink.key < 0 else (left, right)
    inner = [lerp(dark[0], bright[0], 0.2), lerp(dark[1], bright[1], 0.26), lerp(hem[0], hem[-1], 0.7 if ink.key < 0 else 0.3)]
    out = path(smooth([*dark, *inner[::-1]], tension=0.6), ink.dark(colour))
    rim = [lerp(dark_, bright_, 0.94) for dark_, bright_ in zip(dark, bright, strict=True)]
    out += path(smooth([*bright, *rim[::-1]], tension=0.6), ink.rim(colour))
    folds = 2 if cut.flare < 0.15 else 4
    for i in range(folds):
        k = (i + 1) / (folds + 1)
        foot = lerp(lerp(hem[0], hem[-1], k), hem[1] if k < 0.5 else hem[2], 0.3)
        head = lerp(lerp(points[1], points[-2], 0.5), lerp(points[1], points[-2], k), 0.9)
        start = lerp(foot, head, 0.62)
        wide = abs(hem[-1][0] - hem[0][0]) * 0.035
        out += path(smooth([start, (foot[0] + wide, foot[1]), (foot[0] - wide, foot[1])], tension=0.4), ink.dark(colour, 0.2))
    return out


def draw_torso(design: Design, s: Skeleton, view: View3, cut: Cut, ink: Ink) -> str:
    """Hips in the trousers' colour, then the upper garment with all that lies on it (the collar comes after the neck)."""
    body = torso_of(s, view)
    torso = torso_of(s, view, loose=cut.loose)
    out = []
    if not _HEM[cut.hem]:
        line, radii = body.line(CROTCH, WAIST)
        colour = design.skin if cut.legs == "bare" else design.trouser_colour
        out.append(path(tube(line, [r * 1.04 for r in radii], caps=(True, False)), ink.base(colour)))
    bottom = {"waist": HIP + 0.3, "hip": CROTCH + 0.35}.get(cut.hem, WAIST - 0.25)
    colour = design.garment_colour if cut.extra != "bib" else cut.sleeve_colour(design)
    out.append(ink.shape(torso.strip(bottom, COLLAR, -1, 1), colour))
    out.append(path(torso.strip(bottom, SHOULDER, -ink.key * 0.42, -ink.key * 0.97), ink.dark(colour)))
    out.append(path(torso.strip(bottom, SHOULDER, ink.key * 0.74, ink.key * 0.985), ink.rim(colour)))
    out.append(_extras(design, torso, cut, ink, colour))
    out.append(_folds(torso, ink, colour, cut))
    out.append(_front(design, torso, cut, ink))
    out.append(_belt(design, torso, cut, ink))
    return "".join(out)


def _ribbon(torso: Torso, degrees: float, low: float, high: float, half: float) -> list[Point]:
    steps = [low + (high - low) * i / 4 for i in range(5)]
    return [torso.at(degrees - half, t) for t in steps] + [torso.at(degrees + half, t) for t in steps[::-1]]


def _extras(design: Design, torso: Torso, cut: Cut, ink: Ink, colour: str) -> str:
    front = torso.faces(0)
    accent = design.accent_colour
    out = []
    if cut.extra == "stripes":
        for i in range(7):
            t = HIP - 0.1 + i * 0.72
            out.append(path(_hoop(torso, t, t + 0.3), ink.base(accent)))
    elif cut.extra == "yoke":
        out.append(path(_hoop(torso, CHEST + 0.55, CHEST + 0.78), ink.base(accent)))
        out.append(path(_hoop(torso, CHEST + 0.95, CHEST + 1.08), ink.base(accent)))
        low = torso.edges(HIP - 0.62)
        out.append(ink.stroke(smooth([low[0], torso.at(0 if front > 0 else 180, HIP - 0.66), low[1]], closed=False), colour, 1.2))
    elif cut.extra == "bib":
        out.append(_bib(design, torso, ink, front))
    elif cut.extra == "suspenders":
        for a in (-34, 34) if front > 0 else (146, 214):
            levels = [HIP + 0.1 + (SHOULDER + 0.25 - HIP - 0.1) * i / 8 for i in range(9)]
            seen = [torso.at(a, t, 0.99) for t in levels if torso.faces(a, t) > 0.05]
            if len(seen) > 2:
                wide = 3.0 * design.height_m / 1.7
                out.append(path(smooth(seen, closed=False), stroke=ink.edge(accent), width=wide + 0.8))
                out.append(path(smooth(seen, closed=False), stroke=ink.base(accent), width=wide))
    elif cut.extra == "epaulettes":
        for edge in torso.edges(SHOULDER):
            mid = lerp(edge, torso.at(0, COLLAR), 0.28)
            out.append(ink.limb([lerp(edge, mid, -0.2), mid], [2.6 * design.height_m / 1.7] * 2, accent))
    elif cut.extra == "plates":
        out.append(_plates(design, torso, ink, front))
    return "".join(out)


def _hoop(torso: Torso, low: float, high: float) -> str:
    """A horizontal strip all round the visible side."""
    (a, b), (c, d) = torso.edges(low), torso.edges(high)
    sag = 0.06 * (b[0] - a[0]) * (1 if torso.view.pitch >= 0 else -1)
    under, over = lerp(a, b, 0.5), lerp(c, d, 0.5)
    return (
        smooth([a, (under[0], under[1] + sag), b], closed=False)
        + "L"
        + smooth([d, (over[0], over[1] + sag), c], closed=False)[1:]
        + "Z"
    )


def _bib(design: Design, torso: Torso, ink: Ink, front: float) -> str:
    colour = design.garment_colour
    out = ""
    if front > -0.2:
        for a in (-26, 26):
            out += ink.shape(polyline(_ribbon(torso, a, CHEST, SHOULDER + 0.4, 4.5)), colour, line=0.6)
        out += ink.shape(smooth(_ribbon(torso, 0, HIP - 0.6, CHEST + 0.5, 44), tension=0.5), colour)
        out += ink.shape(smooth(_ribbon(torso, 0, CHEST - 0.55, CHEST + 0.1, 17), tension=0.2), colour, line=0.8)
        for a in (-26, 26):
            out += circle(torso.at(a, CHEST + 0.36), 1.1 * design.height_m / 1.7, ink.base(design.accent_colour))
    else:
        out += ink.shape(smooth(_ribbon(torso, 180, HIP - 0.6, WAIST + 0.4, 60), tension=0.5), colour)
        for a in (160, 200):
            out += ink.shape(polyline(_ribbon(torso, a, WAIST, SHOULDER + 0.4, 4.5)), colour, line=0.6)
    return out


def _plates(design: Design, torso: Torso, ink: Ink, front: float) -> str:
    colour = mix(design.garment_colour, "#ffffff", 0.22)
    angle = 0 if front > 0 else 180
    out = ink.shape(smooth(_ribbon(torso, angle, CHEST - 0.7, SHOULDER - 0.25, 40), tension=0.6), colour)
    if front > 0:
        for i, a in enumerate((-14, 0, 14)):
            hue = (design.accent_colour, "#d8523f", "#6fc0c9")[i]
            out += circle(torso.at(a, CHEST + 0.1), 1.3 * design.height_m / 1.7, ink.light.glow(hue, 0.2))
    return out


def _folds(torso: Torso, ink: Ink, colour: str, cut: Cut) -> str:
    """Creases from the armpits and at the waist, where cloth really creases."""
    if ink.fine < 1:
        return ""
    out = []
    left, right = torso.edges(CHEST + 0.6, 0.93)
    low_l, low_r = torso.edges(WAIST - 0.1, 0.94)
    mid = torso.at(0 if torso.faces(0) > 0 else 180, WAIST + 0.3)
    for edge, share in ((left, 0.30), (right, 0.26)):
        drop = lerp(edge, mid, share)
        out.append(ink.stroke(smooth([edge, lerp(edge, (drop[0], drop[1] - 1.2), 0.55), drop], closed=False), colour, 0.9, 0.36))
    for edge, other, share in ((low_l, low_r, 0.24), (low_r, low_l, 0.3), (lerp(low_l, low_r, 0.04), low_r, 0.16)):
        end = lerp(edge, other, share)
        out.append(
            ink.stroke(
                smooth([edge, (lerp(edge, end, 0.5)[0], edge[1] + 1.1), (end[0], edge[1] + 0.3)], closed=False), colour, 0.8, 0.34
            )
        )
    return "".join(out)


def _front(design: Design, torso: Torso, cut: Cut, ink: Ink) -> str:
    if torso.faces(0) < 0.12:
        return _back_seam(design, torso, cut, ink)
    colour, k = design.garment_colour, design.height_m / 1.7
    out, low = [], {"waist": HIP + 0.42, "hip": HIP - 0.5}.get(cut.hem, HIP)
    if cut.open:
        out.append(_opening(design, torso, cut, ink))
    top = CHEST + 0.75 - cut.open * 3.4
    if cut.closure in ("buttons", "placket", "zip", "double"):
        seam = [torso.at(3, low + (top - low) * i / 4) for i in range(5)]
        out.append(ink.stroke(smooth(seam, closed=False), colour, 1.1 if cut.closure != "zip" else 1.5, 0.55))
    if cut.closure == "zip":
        out.append(circle(torso.at(3, top - 0.1), 0.9 * k, ink.base(design.accent_colour)))
    elif cut.closure in ("buttons", "placket", "double"):
        count = 5 if cut.open < 0.3 else 2 if cut.open > 0.4 else 4
        dot = ink.base(mix(colour, "#f6efdf", 0.55)) if cut.closure != "double" else ink.base(design.accent_colour)
        for i in range(count):
            t = low + 0.35 + (top - low - 0.5) * i / max(1, count - 1)
            for a in (-16, 16) if cut.closure == "double" else (0,):
                if torso.faces(a, t) > 0.1:
                    out.append(circle(torso.at(a, t), (0.75 if cut.closure == "placket" else 1.05) * k, dot))
    out.append(_pockets(torso, cut, ink, colour, k))
    return "".join(out)


def _back_seam(design: Design, torso: Torso, cut: Cut, ink: Ink) -> str:
    if torso.faces(180) < 0.2 or cut.extra in ("bib", "stripes"):
        return ""
    seam = [torso.at(180, t) for t in (HIP, WAIST, CHEST, SHOULDER - 0.2)]
    return ink.stroke(smooth(seam, closed=False), design.garment_colour, 0.8, 0.3)


def _opening(design: Design, torso: Torso, cut: Cut, ink: Ink) -> str:
    """The shirt that shows in the front, its buttons or a tie."""
    low = CHEST + 0.75 - cut.open * 3.4
    shirt = _SHIRT if cut.under in ("shirt", "tie") else mix(design.accent_colour, "#f0e6d6", 0.45)
    shape = [
        torso.at(2, low),
        torso.at(-20, CHEST + 0.6),
        torso.at(-34, SHOULDER + 0.5),
        torso.at(0, COLLAR + 0.1),
        torso.at(34, SHOULDER + 0.5),
        torso.at(24, CHEST + 0.6),
    ]
    out = ink.shape(polyline(shape), shirt, line=0.8)
    if cut.under == "tie":
        tie = [torso.at(-3, COLLAR), torso.at(4, COLLAR), torso.at(7, CHEST), torso.at(2, low + 0.05), torso.at(-5, CHEST)]
        out += ink.shape(smooth(tie, tension=0.4), design.accent_colour, line=0.7)
    return out


def _pockets(torso: Torso, cut: Cut, ink: Ink, colour: str, k: float) -> str:
    out = []
    spots = {
        "patch": ((-46, HIP + 0.35), (46, HIP + 0.35)),
        "chest": ((-36, CHEST + 0.25), (36, CHEST + 0.25)),
        "slant": ((-44, HIP + 0.5), (44, HIP + 0.5)),
    }
    for a, t in spots.get(cut.pockets, ()):
        if torso.faces(a, t) < 0.25:
            continue
        if cut.pockets == "slant":
            out.append(
                ink.stroke(polyline([torso.at(a * 0.8, t + 0.25), torso.at(a * 1.15, t - 0.25)], closed=False), colour, 1.6, 0.55)
            )
            continue
        half, tall = 15, 0.62
        box = [
            torso.at(a - half, t),
            torso.at(a + half, t),
            torso.at(a + half * 0.94, t - tall),
            torso.at(a - half * 0.94, t - tall),
        ]
        out.append(ink.stroke(smooth(box, tension=0.25), colour, 1.0, 0.5))
        out.append(path(polyline([box[0], box[1], lerp(box[1], box[2], 0.28), lerp(box[0], box[3], 0.28)]), ink.dark(colour, 0.16)))
    return "".join(out)


def _belt(design: Design, torso: Torso, cut: Cut, ink: Ink) -> str:
    if not cut.belt:
        return ""
    colour = {"accent": design.accent_colour, "self": mix(design.garment_colour, "#14141c", 0.2), "dark": "#3a2c24"}[cut.belt]
    out = ink.shape(_hoop(torso, WAIST - 0.22, WAIST + 0.08), colour, line=0.8)
    if torso.faces(0) > 0.15 and cut.belt != "accent":
        x, y = torso.at(2, WAIST - 0.1)
        k = design.height_m / 1.7
        out += f'<rect x="{x - 2.1 * k:.2f}" y="{y - 1.9 * k:.2f}" width="{4.2 * k:.2f}" height="{4 * k:.2f}" rx="{0.6 * k:.2f}" fill="none" stroke="{ink.base("#d8b25a")}" stroke-width="{1.0 * k:.2f}"/>'
    return out


def draw_collar(design: Design, s: Skeleton, view: View3, cut: Cut, ink: Ink, *, hood_up: bool = False) -> str:
    """What lies round the neck, over its base."""
    torso = torso_of(s, view, loose=cut.loose)
    colour, k = design.garment_colour, design.height_m / 1.7
    front = torso.faces(0)
    out = []
    if cut.collar in ("crew", "roll", "stand"):
        tall = {"crew": 0.30, "roll": 1.05, "stand": 0.95}[cut.collar]
        line, radii = torso.line(COLLAR, NECK)
        top = lerp(line[0], line[1], tall)
        r = [radii[0] * 0.80, radii[0] * 0.80 + (radii[1] * 1.12 - radii[0] * 0.80) * min(1.0, tall)]
        trim = design.accent_colour if cut.collar == "crew" and cut.extra == "yoke" else colour
        out.append(ink.limb([line[0], top], r, trim, caps=(cut.collar == "crew", False)))
    elif cut.collar in ("shirt", "lapel"):
        out.append(_lapels(design, torso, cut, ink, colour, front))
    elif cut.collar == "vee" and front > 0.1:
        vee = [torso.at(-40, COLLAR - 0.05), torso.at(0, CHEST + 0.75), torso.at(40, COLLAR - 0.05)]
        if not cut.open:
            out.append(path(polyline([*vee, torso.at(0, COLLAR + 0.3)]), ink.base(design.skin)))
        trim = design.accent_colour if cut.cuff == "accent" else mix(colour, "#101018", 0.18)
        out.append(path(polyline(vee, closed=False), stroke=ink.base(trim), width=2.0 * k))
    elif cut.collar == "hood" and not hood_up:
        out.append(_hood_down(torso, ink, colour, front))
    elif cut.collar == "scarf":
        sash = [torso.at(-50, WAIST), torso.at(-10, WAIST), torso.at(70, SHOULDER + 0.4), torso.at(40, SHOULDER + 0.6)]
        out.append(ink.shape(smooth(sash, tension=0.5), design.accent_colour) if front > 0 else "")
    elif cut.collar == "none" and front > 0:
        scoop = [
            torso.at(-60, COLLAR - 0.1),
            torso.at(-28, CHEST + 1.45),
            torso.at(0, CHEST + 1.15),
            torso.at(28, CHEST + 1.45),
            torso.at(60, COLLAR - 0.1),
            torso.at(0, COLLAR + 0.4),
        ]
        out.append(path(smooth(scoop, tension=0.7), ink.base(design.skin)))
    return "".join(out)


def _lapels(design: Design, torso: Torso, cut: Cut, ink: Ink, colour: str, front: float) -> str:
    if front < -0.3:
        line, radii = torso.line(COLLAR, NECK)
        return ink.limb([line[0], lerp(line[0], line[1], 0.6)], [radii[0] * 0.95, radii[1] * 1.2], colour, caps=(True, False))
    out = []
    low = CHEST + 0.75 - cut.open * 3.4
    for side in (-1, 1):
        if torso.faces(side * 30, SHOULDER) < (0.12 if cut.collar == "lapel" else -0.25):
            continue
        if cut.collar == "shirt":
            leaf = [
                torso.at(2 * side, COLLAR - 0.05),
                torso.at(62 * side, COLLAR + 0.55),
                torso.at(70 * side, COLLAR - 0.1),
                torso.at(26 * side, SHOULDER + 0.15),
            ]
        else:
            leaf = [
                torso.at(3, low), torso.at(26 * side, CHEST + 0.5), torso.at(46 * side, CHEST + 1.25), torso.at(36 * side, CHEST + 1.45),
                torso.at(50 * side, SHOULDER + 0.25), torso.at(76 * side, COLLAR + 0.5), torso.at(36 * side, COLLAR + 0.1), torso.at(18 * side, SHOULDER),
            ]  # fmt: skip
        out.append(ink.shape(polyline(leaf), mix(colour, "#101018", 0.10) if cut.collar == "lapel" else colour, line=0.9))
    return "".join(out)


def _hood_down(torso: Torso, ink: Ink, colour: str, front: float) -> str:
    line, radii = torso.line(COLLAR, NECK)
    base, r = line[0], radii[0]
    if front < -0.2:
        bag = [
            (base[0] - r * 1.35, base[1] - r * 0.2),
            (base[0], base[1] - r * 0.65),
            (base[0] + r * 1.35, base[1] - r * 0.2),
            (base[0] + r * 0.7, base[1] + r * 1.5),
            (base[0], base[1] + r * 1.9),
            (base[0] - r * 0.7, base[1] + r * 1.5),
        ]
        return ink.shape(smooth(bag), colour) + ink.stroke(
            smooth([bag[0], (base[0], base[1] + r * 0.3), bag[2]], closed=False), colour
        )
    out = []
    if front < 0.35:  # from the side: the bag lies on the back, its edge comes round the neck
        back = torso.at(180, SHOULDER + 0.2)
        bag = [
            (base[0] + r * 0.75, base[1] - r * 0.30),
            (base[0] - r * 0.2, base[1] - r * 0.75),
            (back[0] - r * 0.35, base[1] - r * 0.3),
            (back[0] - r * 0.55, base[1] + r * 0.9),
            (back[0] + r * 0.2, base[1] + r * 1.2),
            (base[0] + r * 0.2, base[1] + r * 0.4),
        ]
        return ink.shape(smooth(bag), colour)
    for side in (-1, 1):
        if torso.faces(side * 45, SHOULDER) < -0.2:
            continue
        leaf = [
            torso.at(6 * side, SHOULDER - 0.05),
            torso.at(55 * side, COLLAR + 0.45),
            torso.at(100 * side, COLLAR + 0.4),
            torso.at(90 * side, SHOULDER + 0.5),
            torso.at(40 * side, SHOULDER + 0.1),
        ]
        out.append(ink.shape(smooth(leaf, tension=0.8), colour))
    strings = [(torso.at(a, SHOULDER - 0.05), torso.at(a * 1.1, CHEST + 0.6)) for a in (-9, 9)]
    out += [ink.stroke(polyline(list(p), closed=False), colour, 1.4, 0.6) for p in strings if torso.faces(0) > 0.3]
    return "".join(out)

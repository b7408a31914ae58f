"""The face: eyes with lids and irises, brows, nose, mouth, age and beard, for the front, three-quarter and side views.

Everything is laid out for the front and carried over by a `FaceMap`, so that the same face turns its head.
"""

from __future__ import annotations

from glimmer.models.interface import Design
from glimmer.models.rehearsal.boards.figure.face_map import FaceMap
from glimmer.models.rehearsal.boards.figure.geometry import Point, circle, fmt, path, polyline, smooth
from glimmer.models.rehearsal.boards.figure.ink import Ink
from glimmer.models.rehearsal.boards.figure.looks import Look
from glimmer.models.rehearsal.boards.figure.mouth import draw_beard, draw_mouth
from glimmer.models.rehearsal.boards.light import mix

__all__ = ["draw_face"]


def draw_face(design: Design, look: Look, face: FaceMap, nod: float, ink: Ink, key: str) -> tuple[str, str]:
    """The face and the clip paths its eyes need."""
    if ink.fine < 1:
        return _small(design, look, face, nod, ink), ""
    out, defs = [], []
    out.append(_cheeks(design, look, face, nod, ink))
    out.append(draw_beard(design, face, nod, ink, look))
    for i, side in enumerate((-1, 1)):
        if face.view == "side" and side > 0:
            continue
        eye, clip = _eye(design, look, face, nod, ink, side, f"{key}e{i}")
        out.append(eye)
        defs.append(clip)
    out.append(_age(design, look, face, nod, ink))
    out.append(_nose(design, face, nod, ink))
    out.append(draw_mouth(design, look, face, nod, ink))
    for side in (-1, 1):
        if face.view == "side" and side > 0:
            continue
        out.append(_brow(design, look, face, nod, ink, side))
    if design.glasses:
        out.append(_glasses(face, nod, ink, design))
    if look.tears:
        out.append(_tears(face, nod, ink))
    return "".join(out), "".join(defs)


def _eye_y(design: Design) -> float:
    return 7.5 if design.age == "child" else 1.5


def _eye_centre(design: Design, face: FaceMap, nod: float, side: int) -> Point:
    if face.view == "side":
        return 22.5, _eye_y(design) + nod * 0.42
    return face.at(side * (17.0 if design.age != "child" else 17.5), _eye_y(design), nod)


def _small(design: Design, look: Look, face: FaceMap, nod: float, ink: Ink) -> str:
    """A face a few pixels high: what still reads is two eyes, two brows and a mouth."""
    dark = ink.edge(mix(design.skin, "#2a1a1c", 0.75), 0.4)
    out = []
    for side in (-1, 1):
        if face.view == "side" and side > 0:
            continue
        x, y = _eye_centre(design, face, nod, side)
        if look.lid > 0.2:
            out.append(f'<ellipse cx="{fmt(x)}" cy="{fmt(y)}" rx="3" ry="{fmt(3.8 * min(1.1, look.lid))}" fill="{dark}"/>')
        else:
            out.append(path(smooth([(x - 5, y), (x, y - 2), (x + 5, y)], closed=False), stroke=dark, width=2))
        out.append(_brow(design, look, face, nod, ink, side))
    out.append(draw_mouth(design, look, face, nod, ink))
    return "".join(out)


def _cheeks(design: Design, look: Look, face: FaceMap, nod: float, ink: Ink) -> str:
    tone = ink.base(mix(design.skin, "#d8503c", 0.55))
    out = []
    for side in (-1, 1):
        x, y = (
            face.at(side * (20 if side < 0 or face.view == "front" else 15), 18, nod)
            if face.view != "side"
            else (18.0, 18 + nod * 0.42)
        )
        if face.view == "side" and side > 0:
            continue
        wide = 8.0 * (face.squeeze[0 if side < 0 else 1] or 0.8)
        out.append(
            f'<ellipse cx="{fmt(x)}" cy="{fmt(y)}" rx="{fmt(wide)}" ry="5.4" fill="{tone}" fill-opacity="{fmt((0.08 + 0.26 * look.blush) * (1.0 if _is_light(design.skin) else 0.45))}"/>'
        )
    return "".join(out)


def _eye(design: Design, look: Look, face: FaceMap, nod: float, ink: Ink, side: int, key: str) -> tuple[str, str]:
    cx, cy = _eye_centre(design, face, nod, side)
    grow = {"child": 1.28, "teen": 1.08, "old": 0.92}.get(design.age, 1.0) * (1.05 if design.gender == "woman" else 0.97)
    hw = 8.5 * grow * ((face.squeeze[0 if side < 0 else 1]) if face.view != "side" else 0.66)
    hh = 6.9 * grow
    lash = ink.edge(mix(design.hair if design.age != "old" else "#4a3b36", "#1c1214", 0.72), 0.35)
    lid, low = max(0.0, look.lid), look.low
    if lid < 0.16:
        bow = -2.6 if look.smile > 0.4 else 2.2
        return path(
            smooth([(cx - hw, cy + 0.6), (cx, cy + 0.6 + bow), (cx + hw, cy + 0.6)], closed=False), stroke=lash, width=1.9
        ), ""
    outer = side if face.view != "side" else -1
    inner_pt, outer_pt = (cx - outer * hw, cy + 1.4), (cx + outer * hw, cy - 0.4)
    if face.view == "side":
        inner_pt = (cx + hw, cy + 0.4)
        outer_pt = (cx - hw, cy + 0.2)
    top = [
        inner_pt,
        (cx - outer * hw * 0.45, cy - hh * 0.82 * lid),
        (cx + outer * hw * 0.22, cy - hh * lid),
        (cx + outer * hw * 0.75, cy - hh * 0.62 * lid),
        outer_pt,
    ]
    deep = hh * 0.68 * (1 - 0.65 * low)
    bottom = [outer_pt, (cx + outer * hw * 0.45, cy + deep * 0.92), (cx - outer * hw * 0.3, cy + deep)]
    if face.view == "side":
        top = [
            (cx + hw * 0.85, cy - hh * 0.78 * lid),
            (cx + hw * 0.2, cy - hh * 0.9 * lid),
            (cx - hw * 0.55, cy - hh * 0.5 * lid),
            outer_pt,
        ]
        bottom = [outer_pt, (cx - hw * 0.2, cy + deep * 0.75), (cx + hw * 0.7, cy + deep * 0.85)]
        inner_pt = (cx + hw * 1.0, cy)
    shape = smooth([*top, *bottom[1:], *([inner_pt] if face.view == "side" else [])], tension=0.9)
    white = ink.light.lit("#f4efe8")
    out = [path(shape, white), f'<g clip-path="url(#{key})">']
    out.append(_iris(design, look, face, ink, (cx, cy), hw, hh, side))
    out.append(
        path(
            smooth([(p[0], p[1] - 2.0) for p in top] + [(p[0], p[1] + 1.9) for p in reversed(top)], tension=0.7),
            ink.light.shade("#c9c0c4", 0.35),
            opacity=0.75,
        )
    )
    out.append("</g>")
    out.append(_lids(design, ink, top, bottom, lash, outer, hw, face))
    return "".join(out), f'<clipPath id="{key}"><path d="{shape}"/></clipPath>'


def _iris(design: Design, look: Look, face: FaceMap, ink: Ink, at: Point, hw: float, hh: float, side: int) -> str:
    gx = look.gaze[0] * hw * 0.42 + (1.3 if face.view == "three_quarter" else 0.0)
    gy = look.gaze[1] * hh * 0.34 - 0.4
    r = 5.3 if design.age != "child" else 7.0
    squash = 1.0 if face.view != "side" else 0.55
    x, y = at[0] + gx + (hw * 0.30 if face.view == "side" else 0.0), at[1] + gy
    colours = ("#5b3a22", "#3e5a3c", "#44698a", "#6b4a2a", "#38281e", "#56707a")
    tone = (
        colours[sum(map(ord, design.name)) % len(colours)]
        if _is_light(design.skin)
        else ("#4a2d1a", "#38241a")[len(design.name) % 2]
    )
    lit = ink.light.lit(tone)

    def disc(radius: float, fill: str, dx: float = 0.0, dy: float = 0.0) -> str:
        return f'<ellipse cx="{fmt(x + dx)}" cy="{fmt(y + dy)}" rx="{fmt(radius * squash)}" ry="{fmt(radius)}" fill="{fill}"/>'

    out = disc(r, mix(lit, "#0c0a10", 0.55)) + disc(r * 0.86, lit)
    if ink.fine >= 2:
        out += disc(r * 0.62, mix(lit, "#ffe9b8", 0.28), 0, r * 0.18) + disc(r * 0.60, lit, 0, -r * 0.08)
    out += disc(r * 0.48, "#0d0b10")
    shine = 0.24 * r
    out += circle((x + ink.key * r * 0.34, y - r * 0.38), shine * 1.25, "#ffffff", 0.95)
    if ink.fine >= 2:
        out += circle((x - ink.key * r * 0.36, y + r * 0.42), shine * 0.6, "#ffffff", 0.6)
    return out


def _is_light(skin: str) -> bool:
    return int(skin[1:3], 16) > 195


def _lids(
    design: Design, ink: Ink, top: list[Point], bottom: list[Point], lash: str, outer: float, hw: float, face: FaceMap
) -> str:
    thick = 1.25 if design.gender != "woman" else 1.75
    over = [(p[0], p[1] - thick * (0.25 + 0.75 * i / (len(top) - 1))) for i, p in enumerate(top)]
    tip = (top[-1][0] + outer * hw * 0.13, top[-1][1] - thick * (1.3 if design.gender == "woman" else 0.3))
    out = path(smooth([*top, tip, *reversed(over)], tension=0.8), lash)
    if design.age == "child":
        return out + path(smooth(bottom, closed=False), stroke=ink.edge(design.skin, 0.45), width=0.7)
    crease = [(p[0], p[1] - 3.0 - 0.6 * (1 if 0 < i < len(top) - 1 else -1)) for i, p in enumerate(top[1:], 1)]
    out += path(smooth(crease, closed=False), stroke=ink.edge(design.skin, 0.34), width=0.8)
    out += path(smooth(bottom, closed=False), stroke=ink.edge(design.skin, 0.55), width=0.7)
    if ink.fine >= 2 and design.gender == "woman" and face.view != "back":
        for k in (0.35, 0.65, 0.95):
            i = min(len(top) - 1, int(k * (len(top) - 1)))
            x, y = top[i]
            out += path(polyline([(x, y - 0.5), (x + outer * (1.0 + 1.6 * k), y - 2.6)], closed=False), stroke=lash, width=0.7)
    return out


def _brow(design: Design, look: Look, face: FaceMap, nod: float, ink: Ink, side: int) -> str:
    hair = design.hair if design.hair_style != "bald" else "#4a372c"
    tone = ink.edge(mix(hair, "#2a1c16", 0.30 if design.age != "old" else 0.05), 0.22)
    thick = (1.7 if design.age == "child" else {"man": 2.7, "woman": 1.7, "neutral": 2.1}[design.gender]) * (
        1.25 if ink.fine < 1 else 1.0
    )
    lift = look.skew * 2.6 if side > 0 else -look.skew * 0.6
    base = _eye_y(design) - 12.6
    inner_y, outer_y = base - look.brow_in - lift * 0.7 + 0.8, base - look.brow_out - lift + 1.2
    mid_y = min(inner_y, outer_y) * 0.5 + (inner_y + outer_y) * 0.25 - 1.4
    knit = 1.5 if look.brow_in < -2 else 0.0
    if face.view == "side":
        pts = [(32.0, inner_y), (24.0, mid_y), (15.5, outer_y + 0.6)]
        pts = [(x, y + nod * 0.42) for x, y in pts]
    else:
        pts = [face.at(side * x, y, nod) for x, y in ((8.4 - knit, inner_y), (17.0, mid_y), (26.0, outer_y))]
    under = [(x, y + thick * k) for (x, y), k in zip(pts, (1.0, 0.85, 0.1), strict=True)]
    return path(smooth([*pts, *under[::-1]], tension=0.9), tone)


def _nose(design: Design, face: FaceMap, nod: float, ink: Ink) -> str:
    skin = design.skin
    dark, line = ink.dark(skin, 0.22), ink.edge(mix(skin, "#a04a3a", 0.25), 0.45)
    big = {"child": 0.66, "teen": 0.9, "old": 1.15}.get(design.age, 1.0) * (1.08 if design.gender == "man" else 0.94)
    n = nod * 0.42
    if face.view == "side":
        return path(
            smooth([(38.4, 20.4 + n * 0.2), (36.0, 18.6), (33.8, 20.4), (34.6, 22.8)], closed=False), stroke=line, width=1.1
        )
    if face.view == "three_quarter":
        tip_x, tip_y = 23.5 + 2.0 * (big - 1), 16.5 + n * 1.12
        plane = [(17.2, -3 + n), (19.6, 6 + n), (tip_x + 0.6, tip_y), (tip_x - 3, tip_y + 5.0), (15.6, tip_y + 4.2), (17.0, 8 + n)]
        out = path(
            smooth(
                [(18.5, -4 + n), (20.4, 5 + n), (tip_x, tip_y - 1.5), (tip_x + 0.4, tip_y + 1.8), (tip_x - 2.6, tip_y + 4.4)],
                closed=False,
            ),
            stroke=line,
            width=1.25,
        )
        shadow = path(
            smooth(
                plane
                if ink.key > 0
                else [
                    (21, 4 + n),
                    (tip_x + 0.6, tip_y),
                    (tip_x - 2, tip_y + 5),
                    (tip_x + 3.2, tip_y + 6.4),
                    (tip_x + 4.6, tip_y + 1),
                    (23.4, 5 + n),
                ]
            ),
            dark,
            opacity=0.8,
        )
        wing = path(
            smooth([(14.4, tip_y - 0.5), (12.9, tip_y + 2.2), (15.2, tip_y + 4.4), (18, tip_y + 3.6)], closed=False),
            stroke=line,
            width=1.1,
        )
        return shadow + out + wing
    y = 18.6 + n * 1.12
    w = 5.2 * big
    side = -ink.key
    plane = [
        (side * 2.4, -2 + n),
        (side * 3.2, 8 + n),
        (side * w * 1.05, y),
        (side * w * 0.5, y + 3.2),
        (0, y + 3.6),
        (side * 0.8, 8 + n),
    ]
    out = path(smooth(plane), dark, opacity=0.75)
    under = [
        (-w, y + 0.4),
        (-w * 0.66, y + 2.8),
        (-w * 0.25, y + 2.2),
        (0, y + 3.4),
        (w * 0.25, y + 2.2),
        (w * 0.66, y + 2.8),
        (w, y + 0.4),
    ]
    return out + path(smooth(under, closed=False), stroke=line, width=1.15)


def _age(design: Design, look: Look, face: FaceMap, nod: float, ink: Ink) -> str:
    """Lines of age, and the fold beside a smiling or pained mouth."""
    out = []
    folds = design.age == "old" or (design.age in ("young", "adult") and abs(look.smile) > 0.55)
    old = design.age == "old"
    width = 0.95 if old else 0.8
    for side in (-1, 1):
        if face.view == "side":
            if side > 0:
                continue
            if folds:
                out.append(smooth([(31, 22 + nod * 0.42), (27, 27), (26.5, 33)], closed=False))
            if old:
                out += [smooth([(15.5, -1 + k), (12, -2.5 + 2 * k)], closed=False) for k in (0, 3)]
            continue
        if folds:
            out.append(
                smooth([face.at(side * 8.4, 20, nod), face.at(side * 12.5, 26, nod), face.at(side * 13.6, 33, nod)], closed=False)
            )
        if old:
            if side < 0 or face.view == "front":
                out += [
                    polyline([face.at(side * 27.5, 0.5 + k, nod), face.at(side * 31, -1.5 + 2 * k, nod)], closed=False)
                    for k in (0, 3)
                ]
            out.append(
                smooth([face.at(side * 10, 9, nod), face.at(side * 16, 11.5, nod), face.at(side * 22, 9.5, nod)], closed=False)
            )
    if old and face.view != "side":
        out += [
            smooth([face.at(-13, -22 - k, nod), face.at(0, -23.5 - k, nod), face.at(13, -22 - k, nod)], closed=False)
            for k in (0, 4.5)
        ]
    if look.brow_in < -3 and face.view != "side":
        out += [polyline([face.at(s * 3, -12, nod), face.at(s * 2.2, -6.5, nod)], closed=False) for s in (-1, 1)]
    tone = ink.edge(mix(design.skin, "#a04a3a", 0.2), 0.28)
    return "".join(path(d, stroke=tone, width=width) for d in out)


def _glasses(face: FaceMap, nod: float, ink: Ink, design: Design) -> str:
    tone = ink.edge("#2b2422", 0.3)
    out = []
    y = _eye_y(design) + nod * 0.42 + 0.6
    if face.view == "side":
        out.append(
            f'<ellipse cx="24.5" cy="{fmt(y)}" rx="5.6" ry="9.2" fill="#ffffff" fill-opacity="0.14" stroke="{tone}" stroke-width="1.7"/>'
        )
        out.append(path(polyline([(19, y - 2), (-8, y - 3)], closed=False), stroke=tone, width=1.7))
        return "".join(out)
    for side in (-1, 1):
        x, _ = _eye_centre(design, face, nod, side)
        rx = 11.2 * face.squeeze[0 if side < 0 else 1]
        out.append(
            f'<ellipse cx="{fmt(x)}" cy="{fmt(y)}" rx="{fmt(rx)}" ry="9.8" fill="#ffffff" fill-opacity="0.13" stroke="{tone}" stroke-width="1.6"/>'
        )
        out.append(
            path(
                polyline([(x - rx * 0.45, y + 4), (x + rx * 0.2, y - 5.5)], closed=False), stroke="#ffffff", width=1.2, opacity=0.22
            )
        )
    a, b = face.at(-5.6, y - 1.5 - nod * 0.42, nod), face.at(5.6, y - 1.5 - nod * 0.42, nod)
    out.append(path(smooth([a, ((a[0] + b[0]) / 2, a[1] - 2), b], closed=False), stroke=tone, width=1.6))
    left = face.at(-28, y - 2 - nod * 0.42, nod)
    out.append(path(polyline([left, (face.ears[0][0] + 2, y - 3)], closed=False), stroke=tone, width=1.5))
    if face.view == "front":
        out.append(
            path(
                polyline([face.at(28, y - 2 - nod * 0.42, nod), (face.ears[1][0] - 2, y - 3)], closed=False), stroke=tone, width=1.5
            )
        )
    return "".join(out)


def _tears(face: FaceMap, nod: float, ink: Ink) -> str:
    out = []
    for side in (-1, 1):
        if face.view == "side" and side > 0:
            continue
        x, y = face.at(side * 18, 8, nod) if face.view != "side" else (22.0, 8 + nod * 0.42)
        run = [
            (x - 1.2, y),
            (x + side * 1.4 - 1.3, y + 9),
            (x + side * 1.8 - 1.9, y + 16),
            (x + side * 1.8, y + 18.5),
            (x + side * 1.8 + 1.9, y + 16),
            (x + side * 1.4 + 1.1, y + 9),
            (x + 1.0, y),
        ]
        out.append(path(smooth(run), ink.light.glow("#bfe3f2", 0.3), opacity=0.8))
    return "".join(out)

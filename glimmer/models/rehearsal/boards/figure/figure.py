"""The whole person: skeleton, clothes, hands and head put together in the right order, from any side.

The only painter the stage calls. Gives an SVG fragment in cm (feet at y = 0) and where face, hands and edges are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from glimmer.models.interface import Design
from glimmer.models.rehearsal.boards.acting import Acting
from glimmer.models.rehearsal.boards.drawn import Drawn
from glimmer.models.rehearsal.boards.figure.cuts import Cut, cut_of
from glimmer.models.rehearsal.boards.figure.garments import draw_collar, draw_skirt, draw_torso
from glimmer.models.rehearsal.boards.figure.geometry import Point, fmt, path, smooth, tube, turn
from glimmer.models.rehearsal.boards.figure.head import draw_head, place
from glimmer.models.rehearsal.boards.figure.ink import Ink
from glimmer.models.rehearsal.boards.figure.limbs import draw_arm, draw_leg, hand_at
from glimmer.models.rehearsal.boards.figure.looks import look_for
from glimmer.models.rehearsal.boards.figure.poses import Body, body_for, carrying, gesture, held, seated
from glimmer.models.rehearsal.boards.figure.skeleton import Skeleton, View3, solve
from glimmer.models.rehearsal.boards.light import Light

__all__ = ["Figure", "draw_figure"]

_YAW = {"front": 8.0, "three_quarter": 38.0, "side": 84.0, "back": 172.0}


@dataclass(frozen=True)
class Figure:
    """A drawn person in cm: feet on y = 0, y downwards, x = 0 between the feet (the seat when sitting).

    face: middle of the head. head_cm: its height. left .. right, top: the outline's box without the floor shadow.
    """

    svg: str
    defs: str
    face: Point
    head_cm: float
    hands: tuple[Point, Point]
    left: float
    right: float
    top: float
    feet: tuple[Point, Point]


def draw_figure(
    design: Design, acting: Acting, light: Light, *, key: str = "p", px_per_cm: float = 4.0, pitch: float = 0.0,
    distance_cm: float = 700.0, seat_cm: float | None = None, prop: Drawn | None = None, turn_degrees: float = 0.0,
    hood_up: bool = False, shadow: bool = True, grip_cm: Point | None = None,
) -> Figure:  # fmt: skip
    """`design` doing `acting`.

    key: prefix for ids, unique in the picture. px_per_cm: how large it will be seen, which decides how much is drawn.
    pitch: the camera looks from above (> 0) or below. seat_cm: height of the seat of a sitting pose. turn_degrees: more yaw.
    grip_cm: where a hand takes hold of `prop`, in its own drawing; its middle if None.
    """
    body = body_for(acting.pose, acting.variant)
    if (
        acting.speaking
        and not (prop is not None and acting.pose == "sit" and prop.width_cm > 42)
        and acting.pose in ("stand", "sit", "lean", "arms_crossed", "hands_on_hips", "look_down", "look_up")
    ):
        body = gesture(body, acting.variant)
    if prop is not None:
        body = carrying(body, acting.pose, wide=prop.width_cm > 42 and prop.height_cm < 60)
    if acting.seated and body.seat_cm is None:
        body = seated(body)
    if body.seat_cm is not None:
        body = replace(
            body, seat_cm=(seat_cm if seat_cm is not None else body.seat_cm * min(1.0, 0.35 + 0.65 * design.height_m / 1.7))
        )
    mirrored = acting.facing == "left"
    view3 = View3(_YAW[acting.view] + turn_degrees, pitch, distance_cm)
    s = solve(design, body)
    head_px = s.body.head * px_per_cm
    fine = 0 if head_px < 40 else 1 if head_px < 230 else 2
    ink = Ink(
        light, -light.key_from if mirrored else light.key_from, max(0.10, min(0.9, (1.5 + head_px / 260) / px_per_cm)), fine=fine
    )
    cut = cut_of(design.garment)
    art, defs, head_at = _assemble(design, acting, body, s, view3, cut, ink, key, prop, hood_up, mirrored, grip_cm)
    return _finish(art, defs, head_at, s, view3, body, mirrored, ink, shadow)


def _assemble(
    design: Design, acting: Acting, body: Body, s: Skeleton, view: View3, cut: Cut, ink: Ink, key: str, prop: Drawn | None,
    hood_up: bool, mirrored: bool, grip_cm: Point | None,
) -> tuple[str, str, Point]:  # fmt: skip
    nod = body.nod + view.pitch * 0.8 + (body.lean + body.bend) * (0.25 if acting.view != "side" else 0.0)
    look = look_for(
        acting.expression, acting.gaze, speaking=acting.speaking, mirrored=mirrored, nod=body.nod, variant=acting.variant
    )
    seen = view.see(s.head)
    size = s.body.head * seen.scale
    roll = body.head_roll + body.tilt * 0.4 + ((body.nod + (body.lean + body.bend) * 0.45) if acting.view == "side" else 0.0)
    if acting.view == "side":
        nod = view.pitch * 0.5
    head_ink = replace(ink, line_cm=ink.line_cm * 100 / size)
    head = draw_head(design, look, acting.view, nod, head_ink, key, hood_up=hood_up)
    holder = held(body)
    arms = {}
    for i in (0, 1):
        shape = body.arms[i].hand
        item = ""
        if prop is not None and i == holder:
            shape, item = "hold", _in_hand(prop, s, view, i, mirrored, grip_cm)
        depth = view.see(s.wrists[i]).near * 0.6 + view.see(s.elbows[i]).near * 0.4 - view.see(s.chest).near
        arm_ink = ink.behind(0.55) if depth < -6 else ink
        arms[i] = (depth, draw_arm(design, s, view, i, shape, cut, arm_ink, item))
    legs = sorted((0, 1), key=lambda i: view.see(s.knees[i]).near + view.see(s.ankles[i]).near)
    leg_art = [
        draw_leg(design, s, view, i, cut, ink.behind(0.5) if n == 0 and acting.view in ("side", "three_quarter") else ink)
        for n, i in enumerate(legs)
    ]
    threshold = -4.0 if acting.view == "side" else -9.0 if acting.view != "back" else -7.0
    behind = [art for depth, art in sorted(arms.values()) if depth < threshold]
    before = [art for depth, art in sorted(arms.values()) if depth >= threshold]
    trunk = draw_torso(design, s, view, cut, ink)
    skirt = draw_skirt(design, s, view, cut, ink)
    knees_up = any(view.see(k).near > 20 for k in s.knees) and body.seat_cm is not None
    lower = [trunk, skirt, *leg_art] if knees_up and acting.view == "front" and not skirt else [*leg_art, skirt, trunk]
    neck = _neck(design, s, view, ink, acting.view)
    collar = draw_collar(design, s, view, cut, ink, hood_up=hood_up)
    back, front = place(head.back, seen.at, size, roll), place(head.front, seen.at, size, roll)
    if acting.view == "back":
        order = [*behind, *lower, neck, collar, *before, back, front]
    else:
        order = [*behind, back, *lower, neck, collar, front, *before]
    return "".join(order), head.defs, seen.at


def _neck(design: Design, s: Skeleton, view: View3, ink: Ink, side: str) -> str:
    a, b = view.see(s.neck), view.see(s.head)
    h = s.body.height
    thick = {"man": 0.034, "woman": 0.0265, "neutral": 0.029}[design.gender] * h * (s.body.limb * 170 / h) * 0.5 + 0.0125 * h
    lean = -0.14 if side in ("three_quarter", "side") else 0.0
    top = (b.x + lean * s.body.head * b.scale, b.y + 0.22 * s.body.head * b.scale)
    low = (a.x, a.y + 0.02 * h)
    r = thick * a.scale * (0.86 if side == "side" else 1.0)
    out = ink.shape(tube([low, top], [r * 1.12, r], caps=(False, False)), design.skin)
    if side != "back":  # what the jaw throws on the neck
        y = b.y + 0.46 * s.body.head * b.scale
        k = min(1.0, max(0.0, (y - top[1]) / (low[1] - top[1] or 1)))
        x = top[0] + (low[0] - top[0]) * k
        out += path(
            smooth(
                [
                    (x - r * 0.96, y - r * 0.9),
                    (x - r * 0.98, y - r * 0.05),
                    (x + r * 0.2, y + r * 0.42),
                    (x + r * 1.0, y + r * 0.25),
                    (x + r * 0.96, y - r * 0.9),
                ]
            ),
            ink.dark(design.skin, 0.34),
        )
    return out


def _in_hand(prop: Drawn, s: Skeleton, view: View3, index: int, mirrored: bool, grip_cm: Point | None) -> str:
    """A prop in the hand, upright, its grip in the palm."""
    x, y = hand_at(s, view, index)
    k = view.see(s.wrists[index]).scale
    gx, gy = grip_cm or (0.0, -prop.height_cm * 0.5)
    flip = -1 if mirrored else 1
    return f'<g transform="translate({fmt(x - gx * k * flip)} {fmt(y - gy * k)}) scale({k * flip:.4f} {k:.4f})">{prop.svg}</g>'


def _finish(
    art: str, defs: str, head_at: Point, s: Skeleton, view: View3, body: Body, mirrored: bool, ink: Ink, shadow: bool
) -> Figure:
    flip = -1.0 if mirrored else 1.0
    lift = -s.body.hip_d * 1.1 if body.tip and abs(body.tip) > 60 else 0.0
    turned = f'<g transform="translate(0 {fmt(lift)}) rotate({fmt(body.tip)})">{art}</g>' if body.tip else art

    def put(p: Point) -> Point:
        x, y = turn(p, body.tip)
        return x * flip, y + lift

    joints = [view.see(p).at for p in (*s.shoulders, *s.elbows, *s.wrists, *s.hips, *s.knees, *s.ankles, *s.toes)]
    points = [put(p) for p in joints]
    face = put(head_at)
    half = s.body.head * 0.42
    xs = [p[0] for p in points] + [face[0] - half, face[0] + half]
    top = min(min(p[1] for p in points), face[1] - s.body.head * 0.56)
    feet = tuple(put(view.see(p).at) for p in s.ankles)
    floor = _shadow(feet, points, ink) if shadow else ""
    svg = floor + (f'<g transform="scale(-1 1)">{turned}</g>' if mirrored else turned)
    hands = (put(hand_at(s, view, 0)), put(hand_at(s, view, 1)))
    return Figure(svg, defs, face, s.body.head, hands, min(xs), max(xs), top, (feet[0], feet[1]))


def _shadow(feet: tuple[Point, ...], points: list[Point], ink: Ink) -> str:
    """Where the figure meets the floor: a soft pool in three flat steps."""
    low = [p for p in points if p[1] > -26] or list(feet)
    left, right = min(p[0] for p in low) - 12, max(p[0] for p in low) + 12
    away = -ink.light.key_from
    y = max(-1.0, sum(f[1] for f in feet) / len(feet) * 0.25)
    out = []
    for grow, see in ((1.0, 0.16), (0.82, 0.18), (0.62, 0.22)):
        rx = (right - left) / 2 * grow
        out.append(
            f'<ellipse cx="{fmt((left + right) / 2 + away * 10 * grow)}" cy="{fmt(y)}" rx="{fmt(rx + 6)}" ry="{fmt((5.0 + rx * 0.06) * grow)}" fill="{ink.light.shadow}" fill-opacity="{see}"/>'
        )
    return "".join(out)

"""The head: its outline from four sides, neck, ears, and the order in which hair, face and headwear lie over each other.

Head units: 100 from chin to crown, the origin in the middle, facing right. `draw_head` gives what lies behind the body's front
(`back`) and what lies over it (`front`), both for the caller to place, size and turn.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from glimmer.models.interface import Design
from glimmer.models.rehearsal.boards.figure.face import draw_face
from glimmer.models.rehearsal.boards.figure.face_map import FaceMap
from glimmer.models.rehearsal.boards.figure.geometry import Point, fmt, path, smooth
from glimmer.models.rehearsal.boards.figure.hair import Hair, draw_hair, hair_of
from glimmer.models.rehearsal.boards.figure.headwear import draw_headwear, hides_hair, wear_of
from glimmer.models.rehearsal.boards.figure.ink import Ink
from glimmer.models.rehearsal.boards.figure.looks import Look

__all__ = ["HeadArt", "draw_head", "head_outline"]

_FRONT: Final = ((0, -50), (20, -47), (33, -34), (37.5, -13), (36.5, 5), (33.5, 20), (27, 34), (15, 45.5))
_THREE: Final = (
    (-2, -50), (18, -47), (30, -36), (35, -21), (35.5, -10), (32.6, -1), (34.4, 9), (33.2, 19), (30, 29), (26.5, 38.5), (20.5, 47),
    (10, 50.3), (-4, 45.5), (-17, 36), (-26, 22), (-30, 8), (-38, -4), (-41, -20), (-35, -38), (-20, -48),
)  # fmt: skip
_SIDE: Final = (
    (-6, -50), (14, -47.5), (28, -37), (34, -23), (35.4, -11), (32.8, -3), (35.5, 4), (40, 11), (44.2, 16.2), (43, 20.2), (36.6, 22.6),
    (37.8, 27), (38.6, 29.6), (35.2, 31.6), (37.6, 34.4), (36.4, 37.6), (33.8, 39.6), (35, 44.5), (31.5, 49.6), (22, 50.2), (8, 43.5),
    (-6, 35), (-16, 24), (-27, 17), (-39, 0), (-43.5, -20), (-37, -39), (-22, -48.5),
)  # fmt: skip


@dataclass(frozen=True)
class HeadArt:
    back: str
    front: str
    defs: str


def head_outline(design: Design, view: str, drop: float = 0.0) -> list[Point]:
    """The head without hair. `drop` lowers the jaw. Age, build and gender widen or narrow jaw and cheek."""
    child = design.age == "child"
    jaw = {"man": 1.09, "woman": 0.90, "neutral": 0.98}[design.gender] * (0.96 if child else 1.0)
    jaw *= {"slim": 0.94, "average": 1.0, "broad": 1.08, "round": 1.16}[design.build]
    cheek = 1.09 if child else {"slim": 0.97, "average": 1.0, "broad": 1.02, "round": 1.07}[design.build]

    def form(p: tuple[float, float], middle: float) -> Point:
        x, y = float(p[0]), float(p[1])
        wide = cheek if y <= 10 else cheek + (jaw - cheek) * min(1.0, (y - 10) / 22)
        lower = drop * 5.5 * max(0.0, (y - 24) / 26)
        return middle + (x - middle) * wide, (8 + (y - 8) * 0.90 if child and y > 8 else y) + lower

    if view in ("front", "back"):
        half = [form(p, 0.0) for p in _FRONT]
        chin = form((0, 50), 0.0)
        return [*half, chin, *((-x, y) for x, y in reversed(half[1:]))]
    if view == "three_quarter":
        return [form(p, 6.0) for p in _THREE]
    return (
        [(x, y) if 2 < i < 12 else form((x, y), 12.0 if x > 0 else x) for i, (x, y) in enumerate(_SIDE)]
        if not drop
        else [(float(x), y + drop * 5.0 * max(0.0, (y - 31) / 19) * (1.0 if x > -8 else 0.0)) for x, y in _SIDE]
    )


_MAPS: Final = {  # middle of the face, half distance and squeeze of near and far side, ear
    "front": FaceMap("front", 0.0, (1.0, 1.0), ((-37.5, 3.0), (37.5, 3.0))),
    "three_quarter": FaceMap("three_quarter", 12.0, (0.92, 0.74), ((-27.0, 5.0),)),
    "side": FaceMap("side", 32.0, (0.8, 0.0), ((-8.0, 6.0),)),
    "back": FaceMap("back", 0.0, (0.0, 0.0), ((-38.5, 4.0), (38.5, 4.0))),
}


def draw_head(design: Design, look: Look, view: str, nod: float, ink: Ink, key: str, *, hood_up: bool = False) -> HeadArt:
    """The whole head. nod: degrees down (> 0) or up. key: a prefix for ids, unique in the picture."""
    face = _MAPS[view]
    outline = head_outline(design, view, look.open)
    skin = design.skin
    hair = _under_hat(hair_of(design.hair_style), design)
    hair_back, hair_front = draw_hair(design, hair, view, nod, ink)
    covered = hides_hair(design.headwear)
    if covered:
        hair_back = hair_front = ""
    front: list[str] = []
    ears = _ears(face, nod, skin, ink) if hair.ears and not covered and not hood_up else ""
    if view in ("front", "back"):
        front.append(ears)
    front.append(ink.shape(smooth(outline), skin))
    front.append(_shade(outline, view, ink, skin))
    drawn, defs = draw_face(design, look, face, nod, ink, key) if view != "back" else ("", "")
    front.append(drawn)
    if view == "back":
        front.append(hair_back_view(hair_back, hair_front))
        hair_back = ""
    else:
        front.append(hair_front)
    if view not in ("front", "back"):
        front.append(ears)
    wear_back, wear_front = draw_headwear(design, view, nod, ink, hood_up=hood_up)
    return HeadArt(wear_back + hair_back, "".join(front) + wear_front, defs)


def _under_hat(hair: Hair, design: Design) -> Hair:
    """Hair as a hat leaves it: flat, nothing on top."""
    if wear_of(design.headwear) in ("none", "headband", "crown"):
        return hair
    return replace(hair, volume=min(3.0, hair.volume), texture="straight" if hair.texture in ("afro", "spiky") else hair.texture,
                   extra="" if hair.extra in ("quiff", "topknot", "mohawk") else hair.extra)  # fmt: skip


def hair_back_view(back: str, front: str) -> str:
    """From behind the long hair lies over the cap."""
    return front + back


def _shade(outline: list[Point], view: str, ink: Ink, skin: str) -> str:
    """The face's shadow side, following its outline, and a thin lit rim on the other."""
    n = len(outline)
    right = [p for p in outline if p[0] > (2 if view in ("front", "back") else 8)]
    if view in ("front", "back"):
        side = right if ink.key < 0 else [(-x, y) for x, y in right]
        inner = [(x * 0.60 + (4 if x > 0 else -4) * (1 if y < 0 else 0.4), y * 0.985) for x, y in side]
    elif ink.key > 0:
        side = [p for p in outline[n * 9 // 20 :] if p[1] > -30]
        inner = [(x * 0.62 + 2, y - 3) for x, y in side]
    else:
        side = [p for p in outline[2 : n // 2 + 1] if p[1] > -34]
        inner = [(x - 5.5 - max(0.0, 2.5 - abs(y) * 0.05), y) for x, y in side]
    out = path(smooth([*side, *inner[::-1]], tension=0.8), ink.dark(skin, 0.19))
    return out


def _ears(face: FaceMap, nod: float, skin: str, ink: Ink) -> str:
    out = []
    for x, y in face.ears:
        y -= nod * 0.28
        sign = -1.0 if x < 0 and face.view != "side" else 1.0
        if face.view in ("three_quarter", "side"):
            sign = -1.0
        wide = {"front": 5.0, "back": 5.0, "three_quarter": 6.2, "side": 7.4}[face.view]
        ear = [
            (x - sign * 2, y + 10),
            (x - sign * 3, y - 6),
            (x + sign * wide * 0.5, y - 10.5),
            (x + sign * wide, y - 6),
            (x + sign * wide * 0.8, y + 3),
            (x + sign * 1.5, y + 11),
        ]
        out.append(ink.shape(smooth(ear), skin))
        if ink.fine:
            inner = [(x + sign * wide * 0.55, y - 6.5), (x + sign * wide * 0.1, y - 5), (x + sign * wide * 0.45, y), (x, y + 4.5)]
            out.append(ink.stroke(smooth(inner, closed=False), skin, 1.0, 0.4))
    return "".join(out)


def place(art: str, at: Point, size_cm: float, roll: float) -> str:
    """Head units put on the neck."""
    if not art:
        return ""
    k = size_cm / 100
    return f'<g transform="translate({fmt(at[0])} {fmt(at[1])}) rotate({fmt(roll)}) scale({k:.4f})">{art}</g>'

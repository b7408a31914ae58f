"""What all creatures share: a coat of colours, a look on the face, eyes, brows and mouths.

Painters draw facing right on a free canvas whose ground is y = 0; `creatures.draw_creature` mirrors, scales and measures.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from glimmer.models.interface import Design
from glimmer.models.rehearsal.boards.acting import Acting
from glimmer.models.rehearsal.boards.brush import Brush, blob, ellipse

__all__ = [
    "CREATURES", "Coat", "Kind", "Look", "Palette", "View", "brow", "coat_of", "creature", "face", "look_of", "mouth", "pupil_shift", "side_eye",
]  # fmt: skip

Palette = tuple[str, str, str, str]  # body, markings, belly, accent
View = Literal["side", "front", "back"]
Habitat = Literal["land", "air", "water", "shore"]
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Coat:
    """A creature's colours. iris is the colour of its eyes."""

    body: str
    mark: str
    belly: str
    accent: str
    iris: str = "#5a3c1e"


@dataclass(frozen=True)
class Look:
    """An expression in numbers: eye mood (see `Brush.eye`), brow -1 angry .. 1 worried, smile -1 .. 1, mouth open 0 .. 1, gaze."""

    mood: str = ""
    brow: float = 0.0
    smile: float = 0.3
    open: float = 0.0
    tear: bool = False
    gaze: tuple[float, float] = (0.0, 0.0)


Painter = Callable[[Brush, Coat, Look, str, View], None]


@dataclass(frozen=True)
class Kind:
    """One kind of creature. height_m stands upright from the ground; `poses` are those that change the drawing."""

    name: str
    painter: Painter
    height_m: float
    palette: Palette
    words: tuple[str, ...] = ()
    habitat: Habitat = "land"
    upright: bool = False  # shows its face when it looks at the camera
    iris: str = "#5a3c1e"


CREATURES: Final[dict[str, Kind]] = {}


def creature(
    name: str, height_m: float, palette: Palette, *words: str, habitat: Habitat = "land", upright: bool = False, iris: str = "#5a3c1e",
) -> Callable[[Painter], Painter]:  # fmt: skip
    """Registers the decorated painter as a kind of creature."""

    def register(painter: Painter) -> Painter:
        CREATURES[name] = Kind(name, painter, height_m, palette, words, habitat, upright, iris)
        return painter

    return register


def coat_of(design: Design, kind: Kind) -> Coat:
    """The design's colours: skin = body, hair = markings, garment = belly, accent. A colour the design leaves at its default
    (a person's), or that is no "#rrggbb", is the kind's natural one."""
    fields = ("skin", "hair", "garment_colour", "accent_colour")
    chosen = []
    for field, natural in zip(fields, kind.palette, strict=True):
        colour = getattr(design, field)
        default = Design.model_fields[field].default
        chosen.append(colour if colour != default and _COLOUR.fullmatch(colour) else natural)
    body, mark, belly, accent = chosen
    return Coat(body, mark, belly, accent, kind.iris)


_LOOKS: Final[dict[str, tuple[str, float, float, float]]] = {  # eye mood, brow, smile, open
    "neutral": ("", 0.0, 0.25, 0.0), "happy": ("", 0.1, 1.0, 0.35), "laugh": ("happy", 0.4, 1.0, 0.9), "sad": ("", 0.9, -0.8, 0.0),
    "cry": ("closed", 1.0, -1.0, 0.4), "angry": ("", -1.0, -0.7, 0.25), "afraid": ("afraid", 0.9, -0.7, 0.5),
    "surprised": ("afraid", 0.6, 0.0, 0.7), "determined": ("", -0.6, 0.1, 0.0), "tender": ("", 0.4, 0.8, 0.0),
    "thoughtful": ("", 0.2, 0.0, 0.0), "tired": ("closed", 0.5, -0.2, 0.0), "wry": ("", -0.2, 0.5, 0.0),
}  # fmt: skip
_GAZES: Final = {"left": (-1.0, 0.0), "right": (1.0, 0.0), "up": (0.2, -1.0), "down": (0.2, 1.0), "camera": (0.0, 0.0)}


def look_of(acting: Acting, mirrored: bool) -> Look:
    """The look that goes with the acting; a mirrored drawing looks the other way."""
    mood, tilt, smile, gape = _LOOKS.get(acting.expression, _LOOKS["neutral"])
    dx, dy = _GAZES.get(acting.gaze, (0.35, 0.0))
    if acting.gaze == "closed":
        mood = "closed"
    return Look(mood, tilt, smile, max(gape, 0.75) if acting.speaking else gape, acting.expression == "cry",
                (-dx if mirrored and acting.gaze in ("left", "right") else dx, dy))  # fmt: skip


def pupil_shift(look: Look, r: float) -> tuple[float, float]:
    return look.gaze[0] * r * 0.3, look.gaze[1] * r * 0.3


def brow(b: Brush, x: float, y: float, r: float, tilt: float, inner: float, colour: str) -> None:
    """One brow above an eye at (x, y); inner = 1 when the nose is to the right of it."""
    if abs(tilt) < 0.15:
        return
    lift = tilt * r * 0.5
    up = y - r * 1.75 - max(0.0, tilt) * r * 0.2
    b.line(
        f"M{x - inner * r:.2f} {up + lift:.2f}Q{x:.2f} {up - r * 0.25:.2f} {x + inner * r:.2f} {up - lift:.2f}", colour, r * 0.42
    )


def _eye(b: Brush, look: Look, x: float, y: float, r: float, iris: str, white: bool) -> None:
    if white and look.mood not in ("closed", "happy"):
        wide = 1.15 if look.mood == "afraid" else 1.0
        dx, dy = pupil_shift(look, r)
        b.flat(ellipse(x, y, r * 1.25 * wide, r * 1.32 * wide), "#2a1d18", opacity=0.35)
        b.flat(ellipse(x, y, r * 1.17 * wide, r * 1.24 * wide), "#fbf8f0")
        b.flat(ellipse(x + dx, y + dy, r * 0.84), iris)
        b.flat(ellipse(x + dx, y + dy, r * 0.5), "#120d0c")
        b.flat(ellipse(x + dx + r * 0.3, y + dy - r * 0.36, r * 0.28), "!#ffffff")
        b.flat(ellipse(x + dx - r * 0.26, y + dy + r * 0.34, r * 0.13), "!#ffffff", opacity=0.75)
    else:
        b.eye(x, y, r, iris, mood=look.mood)
    if look.tear:
        b.flat(f"M{x:.2f} {y + r:.2f}Q{x + r * 0.6:.2f} {y + r * 2.2:.2f} {x:.2f} {y + r * 2.5:.2f}Q{x - r * 0.6:.2f} {y + r * 2.2:.2f} {x:.2f} {y + r:.2f}Z",
               "!#a9dcf5", opacity=0.9)  # fmt: skip


def side_eye(b: Brush, look: Look, x: float, y: float, r: float, iris: str, white: bool = False, lid: str = "") -> None:
    """The one eye of a head in profile that looks right, with its brow."""
    _eye(b, look, x, y, r, iris, white)
    if lid and look.mood == "" and (look.brow < -0.3):
        b.flat(
            f"M{x - r * 1.4:.2f} {y - r * 1.5:.2f}H{x + r * 1.5:.2f}V{y - r * 0.1:.2f}L{x - r * 1.4:.2f} {y - r * 0.95:.2f}Z", lid
        )
    brow(b, x, y, r * 1.1, look.brow, 1.0, "#2b1f1b")


def face(
    b: Brush,
    look: Look,
    y: float,
    gap: float,
    r: float,
    iris: str,
    *,
    x: float = 0.0,
    white: bool = True,
    brow_colour: str = "#2b1f1b",
) -> None:
    """Two eyes with brows, seen from the front."""
    for side in (-1, 1):
        _eye(b, look, x + side * gap, y, r, iris, white)
        brow(b, x + side * gap, y, r * 1.1, look.brow, -side, brow_colour)


def mouth(b: Brush, look: Look, x: float, y: float, width: float, colour: str = "#4a2420") -> None:
    """A mouth seen from the front: a line that smiles or frowns, or open with a tongue."""
    bend = look.smile * width * 0.42
    if look.open > 0.2:
        depth = width * (0.28 + 0.5 * look.open)
        shape = blob((x - width / 2, y - bend * 0.35), (x, y + max(0.0, bend) * 0.2), (x + width / 2, y - bend * 0.35), (x + width * 0.3, y + depth * 0.75),
                     (x, y + depth), (x - width * 0.3, y + depth * 0.75))  # fmt: skip
        b.flat(shape, colour)
        with b.inside(shape):
            b.flat(ellipse(x, y + depth * 1.05, width * 0.3, depth * 0.5), "#d9737a")
    else:
        b.line(
            f"M{x - width / 2:.2f} {y - bend * 0.5:.2f}Q{x:.2f} {y + bend:.2f} {x + width / 2:.2f} {y - bend * 0.5:.2f}",
            colour,
            width * 0.11,
        )

"""Players on the stage: people and creatures measured, placed and drawn through the camera; the shoulder in an over-the-shoulder shot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from glimmer.models.interface import Design, ShotRequest
from glimmer.models.rehearsal.boards.acting import Acting
from glimmer.models.rehearsal.boards.acting_words import seed_of
from glimmer.models.rehearsal.boards.camera import Camera
from glimmer.models.rehearsal.boards.creatures import Water, creature_head, draw_creature
from glimmer.models.rehearsal.boards.drawn import Drawn
from glimmer.models.rehearsal.boards.figure.figure import Figure, draw_figure
from glimmer.models.rehearsal.boards.figure.geometry import fmt
from glimmer.models.rehearsal.boards.light import Light, light_for, mix
from glimmer.models.rehearsal.boards.props import HAND_HELD, draw_prop, prop_grip_cm, prop_size_cm
from glimmer.models.rehearsal.boards.stage_water import pool

__all__ = ["Measured", "Placed", "Player", "draw_player", "handy", "on_players", "over_the_shoulder", "prepare", "sits"]

_FLOOR_SEAT_CM = 40.0
_SEATED = ("sit", "write", "play")
_NEAR_SIZES = ("MS", "MCU", "CU", "ECU", "OTS", "TWO", "INSERT")


@dataclass(frozen=True)
class Player:
    """One character with what it does. subject: the shot is about this one."""

    design: Design
    acting: Acting
    subject: bool = False
    motion: str = ""  # fly, jump: what only creatures do
    water: Water = ""

    @property
    def is_person(self) -> bool:
        return self.design.kind == "person"

    @property
    def height_m(self) -> float:
        return self.design.height_m if self.is_person else self.measured.height_cm / 100

    @property
    def half_m(self) -> float:
        """Half of the room it takes sideways."""
        if self.is_person:
            return 0.95 if self.acting.pose in ("lie", "swim") else 0.42 * self.design.height_m / 1.7
        return self.measured.width_cm / 200

    @property
    def measured(self) -> Drawn:
        """A creature in plain light, for its size."""
        return _creature(self.design, self.acting, self.motion, self.water)


@dataclass(frozen=True)
class Placed:
    """A player at x_m on the plane at depth_m; seat_cm where it sits on a seat of the set."""

    player: Player
    x_m: float
    depth_m: float
    seat_cm: float | None = None
    up_m: float = 0.0  # off the ground, for what flies
    boat: bool = False  # nothing but water here: it sits in a rowing boat
    pool: bool = False  # it lives in water and the set has none: it lies in a pool of its own
    hood: bool = False  # rain or snow falls on it


@dataclass(frozen=True)
class Measured:
    """Where the middle of the face is: metres above the floor, metres right of the player's x, and the head's height."""

    face_m: float
    face_dx_m: float
    head_m: float = 0.25


def sits(acting: Acting) -> bool:
    """Whether it needs something to sit on."""
    return acting.seated or acting.pose in _SEATED


_PLAIN = light_for("day", "clear", "calm", True)


@lru_cache(maxsize=64)
def _creature(design: Design, acting: Acting, motion: str, water: Water) -> Drawn:
    return draw_creature(design, acting, _PLAIN, motion=motion, water=water)


def _figure(item: Placed, light: Light, px_per_cm: float, pitch: float, distance_cm: float, key: str) -> Figure:
    acting, design = item.player.acting, item.player.design
    prop = draw_prop(acting.prop, light, seed_of(acting.prop, design.name)) if acting.prop else None
    seat = item.seat_cm if item.seat_cm is not None else (_FLOOR_SEAT_CM if sits(acting) else None)
    return draw_figure(
        design, acting, light, key=key, px_per_cm=px_per_cm, pitch=pitch, distance_cm=distance_cm, prop=prop,
        grip_cm=prop_grip_cm(acting.prop) if prop and acting.pose not in ("hold_two_hands", "carry") else None,
        seat_cm=seat if sits(acting) else None, hood_up=item.hood,
    )  # fmt: skip


@lru_cache(maxsize=256)
def handy(name: str) -> bool:
    """Whether a hand can hold this thing: a pole may be long, nothing may be wide."""
    wide, tall = prop_size_cm(name)
    return name in HAND_HELD and wide <= 70 and tall <= 170 and min(wide, tall) <= 50


def on_players(light: Light, size: str = "WS", *, lantern: bool = False) -> Light:
    """The light as it falls on the players: a key and a fill, as a camera crew would set them, so that skin reads at night.

    Close faces get most of it, wide figures half; a lantern or a torch among the players warms it. The set keeps its night.
    """
    close = size in _NEAR_SIZES
    dark = 1 - light.brightness
    tint, share = light.tint, light.tint_share * (0.42 if close else 0.6)
    if lantern and dark > 0.1:
        tint, share = mix(tint, "#e0904a", 0.7), share * 0.8
    return replace(light, brightness=light.brightness + (0.86 if close else 0.62) * dark, tint=tint, tint_share=share,
                   shadow=mix(light.shadow, light.tint, 0.25 if dark > 0.2 else 0.0))  # fmt: skip


def _lens_cm(camera: Camera) -> float:
    return max(300.0, camera.distance_m * 62)


def prepare(item: Placed, camera: Camera, pitch: float) -> Measured:
    """Where the face of a player will be, before the camera is settled."""
    if item.player.design.kind != "person":
        p = item.player
        x, head_y, radius = creature_head(p.design, p.acting, motion=p.motion, water=p.water)
        return Measured(-head_y / 100 + item.up_m, x / 100, radius / 50)
    figure = _figure(item, _PLAIN, 1.0, pitch, _lens_cm(camera), "m")
    return Measured(-figure.face[1] / 100 + item.up_m, figure.face[0] / 100, figure.head_cm / 100)


def draw_player(item: Placed, camera: Camera, light: Light, pitch: float, *, key: str) -> tuple[str, str]:
    """(defs, art) of one player in picture px."""
    scale = camera.px_per_m(item.depth_m) / 100
    x, y = camera.point(item.x_m, item.up_m, item.depth_m)
    frame = f'<g transform="translate({x:.2f} {y:.2f}) scale({scale:.5f})">'
    if item.player.design.kind != "person":
        drawn = draw_creature(item.player.design, item.player.acting, light, motion=item.player.motion, water=item.player.water)
        water = pool(light, item.player.half_m) if item.pool else ""
        return drawn.defs, f"{frame}{water}{drawn.svg}</g>"
    figure = _figure(item, light, scale, pitch, _lens_cm(camera), key)
    seat = _seat(light, item) if item.seat_cm is None and sits(item.player.acting) else ""
    if item.player.acting.pose == "climb":
        seat = _climbed(light, item)
    hull = _boat(light, figure.face[0], item) if item.boat else ""
    return figure.defs + _prop_defs(item, light), f"{frame}{seat if not hull else ''}{figure.svg}{hull}</g>"


def _prop_defs(item: Placed, light: Light) -> str:
    name = item.player.acting.prop
    return draw_prop(name, light, seed_of(name, item.player.design.name)).defs if name else ""


def _seat(light: Light, item: Placed) -> str:
    """A wooden crate to sit on where the set has no seat."""
    wood, h = "#8a6a48", _FLOOR_SEAT_CM - 1
    sides = [
        f'<rect x="-23" y="{-h}" width="46" height="{h}" rx="1.5" fill="{light.shade(wood, 0.12)}" stroke="{light.shade(wood, 0.55)}" stroke-width="0.8"/>'
    ]
    sides += [
        f'<rect x="-23" y="{fmt(-h + i * h / 3 + 1)}" width="46" height="{fmt(h / 3 - 2)}" fill="{light.lit(wood)}"/>'
        for i in range(3)
    ]
    return "".join(sides)


def _boat(light: Light, x: float, item: Placed) -> str:
    """The near side of a rowing boat, over the legs of who is in it."""
    wood, k = "#8a5a36", 1.0
    hull = f"M{fmt(x - 150)} -46C{fmt(x - 70)} -34 {fmt(x + 80)} -34 {fmt(x + 165)} -52C{fmt(x + 150)} -14 {fmt(x + 120)} 8 {fmt(x + 90)} 14L{fmt(x - 105)} 14C{fmt(x - 135)} 4 {fmt(x - 146)} -20 {fmt(x - 150)} -46Z"
    planks = "".join(
        f'<path d="M{fmt(x - 146 + 6 * i)} {-32 + 14 * i}C{fmt(x - 70)} {-20 + 14 * i} {fmt(x + 80)} {-20 + 14 * i} {fmt(x + 156 - 8 * i)} {-37 + 14 * i}" fill="none" stroke="{light.shade(wood, 0.45)}" stroke-width="1.6"/>'
        for i in range(3)
    )
    rim = f'<path d="M{fmt(x - 152)} -47C{fmt(x - 70)} -35 {fmt(x + 80)} -35 {fmt(x + 167)} -53" fill="none" stroke="{light.glow(wood, 0.35)}" stroke-width="{fmt(5 * k)}" stroke-linecap="round"/>'
    oar = (
        f'<path d="M{fmt(x + 30)} -70L{fmt(x + 128)} 22" stroke="{light.lit("#b58a58")}" stroke-width="4.5" stroke-linecap="round"/>'
        if item.player.acting.pose == "row"
        else ""
    )
    foam = "".join(
        f'<ellipse cx="{fmt(x + dx)}" cy="15" rx="{rx}" ry="4" fill="{light.lit("#e8f1f2")}" fill-opacity="0.5"/>'
        for dx, rx in ((-90, 46), (10, 70), (98, 40))
    )
    return (
        f'<path d="{hull}" fill="{light.lit(wood)}" stroke="{light.shade(wood, 0.55)}" stroke-width="1.4"/>{planks}{rim}{oar}{foam}'
    )


def _climbed(light: Light, item: Placed) -> str:
    """Steps under a climber's feet, rising the way it faces."""
    way = -1 if item.player.acting.facing == "left" else 1
    k = item.player.height_m / 1.7
    stone, rise, run = "#8b8378", 17.0 * k, 27.0 * k
    out = []
    for i in range(9, 0, -1):
        x = (8 + (i - 1) * run) if way > 0 else -(8 + i * run)
        h = i * rise
        out.append(
            f'<rect x="{fmt(x)}" y="{fmt(-h)}" width="{fmt(run)}" height="{fmt(h)}" fill="{light.shade(stone, 0.16 + 0.03 * (i % 2))}"/>'
        )
        out.append(
            f'<rect x="{fmt(x - (2 if way > 0 else 0))}" y="{fmt(-h)}" width="{fmt(run + 2)}" height="{fmt(3.4 * k)}" fill="{light.glow(stone, 0.12)}"/>'
        )
    return "".join(out)


def over_the_shoulder(request: ShotRequest, light: Light, subject: Placed | None) -> tuple[str, str]:
    """The listener's back of head and shoulder, large and dark at the edge the subject looks to. (defs, art) in picture px."""
    w, h = request.width_px, request.height_px
    others = [s.design for s in request.cast[1:]] or [
        d for d in request.present if subject is None or d.name != subject.player.design.name
    ]
    design = next((d for d in others if d.kind == "person"), None)
    if design is None:
        base = subject.player.design if subject else Design(name="someone")
        design = base.model_copy(
            update={
                "name": "someone",
                "garment": "coat",
                "garment_colour": "#3c4250",
                "hair_style": "short",
                "kind": "person",
                "headwear": "none",
            }
        )
    looks_left = subject is not None and subject.player.acting.facing == "left"
    dim = replace(
        light,
        brightness=light.brightness * 0.56,
        tint=mix(light.tint, light.shadow, 0.7),
        tint_share=min(0.6, light.tint_share + 0.22),
    )
    head_px = min(h * 0.50, w * 0.42)
    head_cm = design.height_m * 100 / 6.7
    scale = head_px / head_cm
    figure = draw_figure(
        design, Acting(pose="stand", view="back", facing="left" if looks_left else "right", variant=2), dim, key="ots", px_per_cm=scale * 0.25,
        shadow=False, turn_degrees=-26,
    )  # fmt: skip
    x = w * (0.115 if looks_left else 0.885)
    y = h * 0.50
    scale = head_px / figure.head_cm
    return (
        figure.defs,
        f'<g id="shoulder" transform="translate({x - figure.face[0] * scale:.1f} {y - figure.face[1] * scale:.1f}) scale({scale:.4f})">{figure.svg}</g>',
    )

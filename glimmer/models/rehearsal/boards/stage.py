"""The stage of a shot: who stands where, who looks at whom, where the camera is, and the layers that come of it.

Takes a ShotRequest to a `Composition` (three SVG documents: behind, players, before; and where the eye should go).
Left and right follow the order of `request.present`, so that a cut never crosses the line between two people.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from glimmer.models.interface import Design, ShotRequest, Staged
from glimmer.models.rehearsal.boards.acting import Acting, Facing
from glimmer.models.rehearsal.boards.acting_words import read_acting, seed_of
from glimmer.models.rehearsal.boards.camera import Camera, camera_for
from glimmer.models.rehearsal.boards.creatures import Water, can_fly, creature_kind, in_water
from glimmer.models.rehearsal.boards.light import Light, light_for, mix
from glimmer.models.rehearsal.boards.props import find_props
from glimmer.models.rehearsal.boards.sets import SetArt, Spot, paint_set
from glimmer.models.rehearsal.boards.stage_afloat import WATER_FROM_M, in_its_water, seen_from_the_water
from glimmer.models.rehearsal.boards.stage_extras import vehicle_in, with_extras
from glimmer.models.rehearsal.boards.stage_insert import insert_layers, shows_a_thing
from glimmer.models.rehearsal.boards.stage_players import (
    Placed,
    Player,
    draw_player,
    handy,
    on_players,
    over_the_shoulder,
    prepare,
    sits,
)
from glimmer.models.rehearsal.boards.takes import framed
from glimmer.models.rehearsal.reading import place_kind

__all__ = ["Composition", "compose"]

_CLOSE: Final = ("MS", "MCU", "CU", "ECU", "OTS")
_FACE_Y: Final = {"MS": 0.30, "MCU": 0.385, "CU": 0.45, "ECU": 0.46, "OTS": 0.37, "TWO": 0.30, "MWS": 0.26}
_BLUR: Final = {"MS": 0.0035, "TWO": 0.003, "OTS": 0.007, "MCU": 0.0085, "CU": 0.014, "ECU": 0.020, "INSERT": 0.016}
_FIRE: Final = r"camp ?fire|bonfire|by the fire|torch|lantern|candle|fireplace"
_FLAMES: Final = ("lantern", "torch", "candle", "flashlight", "oil_lamp", "oil lamp", "lamp", "match")
_RIDING: Final = (
    "stand", "walk", "run", "phone", "drink", "hold", "hold_two_hands", "cover_face", "look_up", "look_down", "point", "reach", "wave",
    "hand_on_heart", "shrug", "arms_crossed", "lean", "hands_on_hips",
)  # fmt: skip
_BUSY_ARMS: Final = (
    "run",
    "fall",
    "fight",
    "dance",
    "raise_arms",
    "swim",
    "climb",
    "reach",
    "point",
    "wave",
    "carry",
    "row",
    "embrace",
)
_WET: Final = ("rain", "storm", "snow")
_HOODED: Final = ("raincoat", "hoodie", "parka", "cloak")
_PITCH: Final = {"eye": 0.0, "dutch": 0.0, "high": 24.0, "low": -20.0, "overhead": 50.0}


@dataclass(frozen=True)
class Composition:
    """Three SVG documents of the picture's size, how far the outer two are out of focus, and the eye's place in 0..1."""

    behind: str
    players: str
    before: str
    behind_blur: float
    before_blur: float
    focus: tuple[float, float]
    light: Light
    rim: str = ""  # the colour of the light behind the players; "" for none


def compose(request: ShotRequest) -> Composition:
    """The whole shot in vectors."""
    light = light_for(request.time_of_day, request.weather, request.mood, request.interior)
    size = "TWO" if request.size == "MS" and len(request.cast) > 1 else request.size
    if request.size == "TWO" and len(request.cast) == 1:
        size = "MS"
    request = request.model_copy(update={"size": size}) if size != request.size else request
    if size in ("EWS", "WS") or not request.cast:
        request = with_extras(request)
    if size == "INSERT" and request.cast and not shows_a_thing(request):
        size = "MCU"  # nothing to look at but who does it
        request = request.model_copy(update={"size": size})
    if size == "INSERT" or (not request.cast and size in ("MCU", "CU", "ECU")):
        return _insert(request, light)
    shown = request.cast[:1] if size in ("MCU", "CU", "ECU", "OTS") else request.cast[:12]
    acted = read_acting(request, _handy)
    players = _faced(request, shown, acted)
    rowing = not request.interior and all(p.acting.pose == "row" for p in players)
    if players and (rowing or all(p.water == "surface" for p in players)):
        request = seen_from_the_water(request)
    kind = place_kind(request.place, request.interior)
    wide = camera_for("WS", "eye", request.width_px, request.height_px)
    spots = paint_set(request, light, wide).spots if players else ()
    if any(p.water == "surface" for p in players) and re.search(r"watch|star(e|ing)|looks?\b|see|gaz", request.action.lower()):
        players = [_looking_out(p) for p in players]
    placed = _placed(request, players, spots)
    ashore = [p for p in placed if p.player.water != "surface"] or placed
    camera, focus = _framed(request, ashore)
    if len(ashore) < len(placed):  # room beside the people for what they see
        camera = replace(camera, x_m=camera.x_m - 0.30 * camera.half_width_m())
        focus = (min(0.97, focus[0] + 0.15), focus[1])
    placed = [p if p in ashore else _in_sight(p, camera, ashore) for p in placed]
    if kind == "vehicle":
        placed = [replace(p, seat_cm=p.seat_cm or 42.0) if p.player.is_person else p for p in placed]
    if kind == "sea":
        placed = [
            replace(p, boat=True) if p.player.is_person and p.player.acting.pose not in ("swim", "fall") else p for p in placed
        ]
    placed = [in_its_water(p, kind) for p in placed]
    if request.weather in _WET and not request.interior:
        placed = [replace(p, hood=_wears_a_hood(p.player)) for p in placed]
    art = paint_set(request, light, camera)
    return _layers(request, light, camera, art, placed, focus, vehicle_in(request, camera, on_players(light), placed, kind))


def _wears_a_hood(player: Player) -> bool:
    return player.is_person and player.design.headwear == "none" and any(word in player.design.garment.lower() for word in _HOODED)


# ── who looks where ─────────────────────────────────────────────────────────────────────────────────────────
def _handy(text: str) -> tuple[str, ...]:
    """The things a text names that a hand can hold."""
    return tuple(name for name in find_props(text) if handy(name))


def _order(request: ShotRequest) -> dict[str, int]:
    names = list(dict.fromkeys([*(d.name for d in request.present), *(s.design.name for s in request.cast)]))
    return {name: i for i, name in enumerate(names)}


def _faced(request: ShotRequest, shown: tuple[Staged, ...], acted: tuple[Acting, ...]) -> list[Player]:
    """Each player with the way it turns: to the one it plays with, else into the picture."""
    order = _order(request)
    speaker = next((s.design.name for s in request.cast if s.speaking), "")
    out = []
    for i, staged in enumerate(shown):
        acting, name = acted[i], staged.design.name
        others = [s.design.name for s in request.cast if s.design.name != name] or [
            d.name for d in request.present if d.name != name
        ]
        toward = speaker if speaker and speaker != name and speaker in others else (others[0] if others else "")
        if toward:
            facing = "right" if order[toward] > order[name] else "left"
        else:
            facing = ("left", "right")[seed_of(name, request.scene_seed) % 2]
        view = acting.view
        if toward and request.size in ("TWO", "OTS") and view != "back":
            view = (
                "side"
                if request.size == "TWO" and seed_of(name, request.scene_seed) % 3 == 0 and not acting.speaking
                else "three_quarter"
            )
        if toward and view == "front":
            view = "three_quarter"
        if request.size in ("CU", "ECU") and view in ("back", "side"):
            view = "three_quarter"
        motion, water = _nature(request, staged.design)
        if acting.pose == "embrace" and toward and staged.design.kind == "person":
            other = next((s.design for s in request.cast if s.design.name == toward), staged.design)
            view, acting = "side", replace(acting, variant=1 if staged.design.height_m - min(other.height_m, 1.9) > 0.3 else 0)
        alone = request.size in ("OTS", "MCU") and acting.pose == "embrace"
        if alone or (request.size in ("CU", "ECU") and acting.pose in _BUSY_ARMS):
            acting = replace(acting, pose="stand", prop="", variant=0)  # the face is the picture: no arm before it
        if place_kind(request.place, request.interior) == "vehicle" and staged.design.kind == "person" and acting.pose in _RIDING:
            acting = replace(acting, seated=True, pose="sit" if acting.pose in ("walk", "run") else acting.pose)
        out.append(Player(staged.design, replace(acting, facing=facing, view=view), i == 0, motion, water))  # type: ignore[arg-type]
    return _together(out, order)


def _together(players: list[Player], order: dict[str, int]) -> list[Player]:
    """Those who run or walk go one way: whoever the shot is about leads, away from the others."""
    moving = [p for p in players if p.acting.pose in ("run", "walk")]
    if len(moving) < 2:
        return players
    lead, *rest = moving
    way: Facing = "right" if order[lead.design.name] > order[rest[0].design.name] else "left"
    return [replace(p, acting=replace(p.acting, facing=way)) if p in moving else p for p in players]


def _nature(request: ShotRequest, design: Design) -> tuple[str, Water]:
    """(motion, water): what a creature does that people don't, and how deep it lies in water."""
    if design.kind == "person":
        return "", ""
    words = request.action.lower()
    winged = can_fly(design.kind) or bool(re.search(r"dragon|griffin|phoenix|pegasus|fairy|angel|bat\b", design.kind.lower()))
    airborne = bool(re.search(r"\bfl(y|ies|ying)\b|soar|swoop|circl|glid|hover|overhead|wings|takes? off", words))
    flies = winged and (airborne or (request.size == "EWS" and can_fly(design.kind)))
    motion = "fly" if flies else "jump" if re.search(r"jump|leap|breach|pounce|bound", words) else ""
    kind = place_kind(request.place, request.interior)
    if creature_kind(design.kind) == "duck" and kind in WATER_FROM_M and not re.search(r"\bfl(y|ies|ying)\b|takes? off", words):
        return "", "surface"
    if not in_water(design.kind) or request.interior or motion == "jump":
        return motion, "under" if kind == "underwater" else ""
    return motion, "under" if kind == "underwater" else "surface"


def _looking_out(player: Player) -> Player:
    """Who watches something out at sea turns from us to look, unless it speaks."""
    if not player.is_person or player.acting.speaking:
        return player
    return replace(player, acting=replace(player.acting, view="back"))


# ── who stands where ────────────────────────────────────────────────────────────────────────────────────────
def _placed(request: ShotRequest, players: list[Player], spots: tuple[Spot, ...]) -> list[Placed]:
    order = _order(request)
    afloat = [p for p in players if p.water == "surface"]
    if afloat and len(afloat) < len(players):  # people on the shore, the whale out at sea
        return [*_placed(request, [p for p in players if p not in afloat], spots), *(_offshore(request, p) for p in afloat)]
    ranked = sorted(players, key=lambda p: order[p.design.name])
    if len(ranked) == 1:
        spot = _spot_for(ranked[0], spots) if ranked[0].is_person else None
        return [_at(ranked[0], spot.x_m if spot else 0.0, 0.0, spot)]
    close = request.size == "TWO" or any(p.acting.pose == "embrace" for p in ranked)
    gap, hug = 0.80 if close else 1.15, 0.42
    gaps = [
        max(gap, (a.half_m + b.half_m) * (0.8 if not close else 0.72)) if not (a.acting.pose == b.acting.pose == "embrace") else hug
        for a, b in zip(ranked, ranked[1:], strict=False)
    ]
    if len(ranked) > 4:
        gaps = [g * 0.54 for g in gaps]
    middle = spots[0].x_m if spots else 0.0
    x = middle - sum(gaps) / 2
    sitter = next((i for i, p in enumerate(ranked) if sits(p.acting)), None)
    if sitter is not None and not close:  # the whole group moves so that who sits has a seat
        seat = _seat_near(spots, x + sum(gaps[:sitter]))
        x = seat.x_m - sum(gaps[:sitter]) if seat else x
    out = []
    for i, player in enumerate(ranked):
        depth = _depth(request, i, len(ranked), player)
        bed = next((s for s in spots if s.kind == "lie"), None) if player.acting.pose == "lie" and player.is_person else None
        seat = bed or (_seat_near(spots, x) if sits(player.acting) else None)
        if bed is not None:
            out.append(_at(player, bed.x_m, 0.0, bed))
            x += gaps[i] if i < len(gaps) else 0.0
            continue
        if seat is not None and abs(seat.x_m - x) < (0.12 if close else 0.45):
            out.append(_at(player, seat.x_m, 0.0, seat))
        else:
            out.append(_at(player, x, depth, None))
        x += gaps[i] if i < len(gaps) else 0.0
    return out


def _offshore(request: ShotRequest, player: Player) -> Placed:
    """Out on the water, as far as a whole one of its size needs; its side of the picture is settled with the camera."""
    shore = WATER_FROM_M.get(place_kind(request.place, request.interior), 4.0)
    return Placed(player, 0.0, max(shore, player.half_m * 2.0))


def _depth(request: ShotRequest, index: int, count: int, player: Player) -> float:
    """The subject stands in front; the others step back, further from take to take by the seed."""
    if count > 4:
        return (0.0, 1.5, 0.6, 2.3)[(index * 3 + request.scene_seed) % 4] + (0.0 if player.subject else 0.2)
    if player.subject or request.size == "TWO" or player.acting.pose == "embrace":
        return 0.0
    return (0.35, 0.7, 0.0, 0.5)[seed_of(player.design.name, request.scene_seed, request.seed) % 4]


def _spot_for(player: Player, spots: tuple[Spot, ...]) -> Spot | None:
    want = "sit" if sits(player.acting) else {"lean": "lean", "lie": "lie"}.get(player.acting.pose, "stand")
    fitting = [s for s in spots if s.kind == want]
    return fitting[0] if fitting else (next((s for s in spots if s.kind == "stand"), None))


def _seat_near(spots: tuple[Spot, ...], x: float) -> Spot | None:
    seats = [s for s in spots if s.kind == "sit"]
    return min(seats, key=lambda s: abs(s.x_m - x)) if seats else None


def _at(player: Player, x: float, depth: float, spot: Spot | None) -> Placed:
    seat = spot.seat_m * 100 if spot is not None and spot.kind == "sit" and spot.seat_m > 0.1 else None
    up = max(1.3, player.height_m * 0.8) if player.motion == "fly" else 0.0
    if spot is not None and spot.kind == "lie" and player.acting.pose == "lie":
        up = spot.seat_m
    return Placed(player, x, depth, seat, up)


# ── the camera ──────────────────────────────────────────────────────────────────────────────────────────────
def _framed(request: ShotRequest, placed: list[Placed]) -> tuple[Camera, tuple[float, float]]:
    """The camera, and where the subject's face falls."""
    w, h, size = request.width_px, request.height_px, request.size
    if not placed:
        return camera_for(size, request.angle, w, h), (0.5, 0.5)
    subject = next((p for p in placed if p.player.subject), placed[0])
    tall = max(p.player.height_m for p in placed)
    camera = camera_for(size, request.angle, w, h, subject_m=min(tall, 2.4) if size == "EWS" else tall)
    pitch = _PITCH[request.angle]
    face = prepare(subject, camera, pitch)
    own_face_m = face.face_m
    camera = _sized(request, camera, placed, subject)
    if size in ("WS", "EWS") and re.search(r"\b(far )?(below|beneath)\b", request.action.lower()) and not subject.player.is_person:
        camera = replace(camera, eye_m=camera.look_m + 0.32 * camera.view_m)  # looked down upon: the horizon near the top
    if size in _CLOSE and not subject.player.is_person:
        view = max(0.08, face.head_m * {"ECU": 1.25, "CU": 1.9, "MCU": 2.9, "OTS": 3.2, "MS": 4.2}[size])
        camera = replace(camera, view_m=view, distance_m=camera.distance_m * max(1.0, view / camera.view_m))
    if len(placed) > 1 and size in _FACE_Y:  # two of unlike height: both faces in the picture, the taller one decides
        faces = [prepare(p, camera, pitch).face_m for p in placed]
        view = max(camera.view_m, (max(faces) - min(faces)) * 1.55 + 0.35)
        camera = replace(camera, view_m=view, distance_m=camera.distance_m * view / camera.view_m)
        face = replace(face, face_m=max(faces))
    if size in _FACE_Y:
        apart = (max(faces) - min(faces)) / camera.view_m if len(placed) > 1 else 0.0
        share = max(0.19, _FACE_Y[size] - 0.45 * apart) + (0.05 if request.angle == "low" else -0.02 if pitch > 10 else 0.0)
        look = face.face_m - (0.5 - share) * camera.view_m
        camera = replace(
            camera,
            eye_m=camera.eye_m + look - camera.look_m if request.angle in ("high", "overhead") else camera.eye_m,
            look_m=look,
        )
        if size in ("MWS", "TWO") and request.angle in ("eye", "dutch"):  # never under the floor
            camera = replace(camera, look_m=max(camera.look_m, 0.5 * camera.view_m - 0.22))
    if size == "WS" and request.angle == "overhead" and all(p.player.acting.pose == "lie" for p in placed):
        camera = replace(camera, eye_m=camera.eye_m - camera.look_m + 0.35, look_m=0.35)
    elif size == "WS" and max(p.player.height_m for p in placed) < 2.6:
        camera = replace(camera, look_m=max(camera.look_m, tall * 0.5 + 0.18 * camera.view_m))
    if size in _CLOSE and len(placed) == 1:
        lead = {"left": 1.0, "right": -1.0}.get(subject.player.acting.facing, 0.0) * (
            {"OTS": 0.10, "ECU": 0.03, "CU": 0.07}.get(size, 0.10) if subject.player.is_person else -0.03
        )
        half = camera.half_width_m()
        camera = replace(camera, x_m=subject.x_m + face.face_dx_m - lead * 2 * half * min(1.0, h / w * 1.78))
    else:
        third = 0.17 if size == "EWS" else 0.12 if subject.player.is_person else 0.05
        lead = 0.0 if len(placed) > 1 else {"left": 1.0, "right": -1.0}.get(subject.player.acting.facing, 0.0) * third
        centre = (min(p.x_m for p in placed) + max(p.x_m for p in placed)) / 2
        camera = replace(camera, x_m=centre - lead * 2 * camera.half_width_m() * (0.6 if w < h else 1.0))
    x, y = camera.point(subject.x_m + face.face_dx_m, own_face_m, subject.depth_m)
    return camera, (min(0.97, max(0.03, x / w)), min(0.95, max(0.05, y / h)))


def _in_sight(item: Placed, camera: Camera, ashore: list[Placed]) -> Placed:
    """What swims, moved out until all of it is seen, beside the people and not behind them."""
    room = camera.width_px / camera.height_px * camera.view_m
    fits = camera.distance_m * (item.player.half_m * 2 / (0.62 * room) - 1)
    depth = max(item.depth_m, fits)
    people = sum(camera.point(p.x_m, 0)[0] for p in ashore) / len(ashore) / camera.width_px
    share = 0.22 if people < 0.5 else -0.22
    turned = replace(item.player, acting=replace(item.player.acting, facing="left" if share > 0 else "right"))
    return replace(item, player=turned, depth_m=depth, x_m=camera.x_m + share * 2 * camera.half_width_m(depth))


def _sized(request: ShotRequest, camera: Camera, placed: list[Placed], subject: Placed) -> Camera:
    """Wider when the players need it, narrower for a child's face; the lens moves with the field."""
    view = camera.view_m
    aspect = request.width_px / request.height_px
    design = subject.player.design
    if request.size in _CLOSE and design.kind == "person":
        view *= min(1.15, max(0.72, (subject.player.height_m / 1.7) ** 0.55))
    if request.size not in _CLOSE:
        left = min(p.x_m - p.player.half_m for p in placed)
        right = max(p.x_m + p.player.half_m for p in placed)
        need = (right - left + 0.5) / aspect * (1.0 if all(p.player.is_person for p in placed) else 1.22)
        tall = max(p.player.height_m + max(0.0, p.up_m) for p in placed)
        if request.size == "EWS" and tall < 3:
            need = max(need * 1.6, 0.0)
            view = min(view, max(tall, 1.3) / 0.2)  # small in the place, yet a person: a fifth of the picture's height
        view = max(view, need, tall * (1.18 if request.size not in ("TWO", "MWS") or tall > 3 else 0.0))
    return replace(camera, view_m=view, distance_m=camera.distance_m * max(1.0, view / camera.view_m))


# ── layers ──────────────────────────────────────────────────────────────────────────────────────────────────
def _document(request: ShotRequest, defs: str, art: str, roll: float) -> str:
    w, h = request.width_px, request.height_px
    if not art:
        return ""
    if roll:
        art = f'<g transform="translate({w / 2} {h / 2}) rotate({roll:.1f}) scale(1.17) translate({-w / 2} {-h / 2})">{art}</g>'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}">'
    return f"{head}<defs>{defs}</defs>{framed(request, art)}</svg>"


def _layers(
    request: ShotRequest, light: Light, camera: Camera, art: SetArt, placed: list[Placed], focus: tuple[float, float],
    thing: tuple[str, str],
) -> Composition:  # fmt: skip
    pitch = _PITCH[request.angle]
    defs, players = [thing[0]], [thing[1]] if thing[1] else []
    lantern = any(item.player.acting.prop in _FLAMES for item in placed) or bool(re.search(_FIRE, request.action.lower()))
    on = on_players(light, request.size, lantern=lantern)
    for i, item in enumerate(sorted(placed, key=lambda p: (-p.depth_m, p.player.subject))):
        d, svg = draw_player(item, camera, on, pitch, key=f"p{i}")
        defs.append(d)
        players.append(svg)
    front = art.front
    front_defs = art.defs
    if request.size == "OTS":
        d, shoulder = over_the_shoulder(request, light, placed[0] if placed else None)
        front, front_defs = front + shoulder, front_defs + d
    blur = _BLUR.get(request.size, 0.0) if art.backdrop_blur_ok else 0.0
    return Composition(
        _document(request, art.defs, art.behind, camera.roll_degrees),
        _document(request, "".join(defs), "".join(players), camera.roll_degrees),
        _document(request, front_defs, front, camera.roll_degrees),
        blur, 0.009 if request.size == "OTS" else blur, focus, light, _rim(request, light, lantern=lantern),
    )  # fmt: skip


def _rim(request: ShotRequest, light: Light, *, lantern: bool) -> str:
    """The light that takes players off a dark ground: the moon's or the sky's outside, a lamp's inside."""
    if light.brightness > 0.85 or request.size in ("EWS", "WS", "MWS"):  # wide ones are drawn in one layer, half a second sooner
        return ""
    beam = not request.interior and re.search(r"lighthouse|lamp|street|city|fire|neon", request.place.lower())
    return mix(light.key, "#ffcf8a", 0.75) if lantern or beam else light.key


def _insert(request: ShotRequest, light: Light) -> Composition:
    camera = camera_for("INSERT", request.angle if request.angle != "overhead" else "high", request.width_px, request.height_px)
    art = paint_set(request, light, camera)
    defs, svg, focus = insert_layers(request, on_players(light, "INSERT"), seed_of(request.action, request.scene_seed))
    blur = _BLUR["INSERT"] if art.backdrop_blur_ok and svg else 0.0
    return Composition(
        _document(request, art.defs, art.behind, camera.roll_degrees), _document(request, defs, svg, camera.roll_degrees), "",
        blur, 0.0, focus, light,
    )  # fmt: skip

"""Poses: what each limb does, in degrees, for every word of `Acting.pose`, with variants so that no two figures stand alike.

A limb's pitch is 0 hanging, 90 straight ahead, 180 straight up, negative behind; `spread` opens to the limb's own side, negative
crosses the body. Near is the figure's right. A hand may instead be sent to a `Target` (the skeleton solves elbow and wrist).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

__all__ = ["ArmPose", "Body", "HandShape", "LegPose", "Target", "body_for", "carrying", "gesture", "held", "seated"]

HandShape = Literal["relaxed", "fist", "open", "point", "hold", "flat"]


@dataclass(frozen=True)
class ArmPose:
    pitch: float = 2.0
    spread: float = 9.0
    fore_pitch: float = 14.0
    fore_spread: float = 3.0
    hand: HandShape = "relaxed"


@dataclass(frozen=True)
class Target:
    """The wrist goes here: lat outwards of the arm's own side, up, fwd in head heights from the neck's base or head's middle."""

    anchor: Literal["neck", "head"]
    lat: float
    up: float
    fwd: float
    elbow: tuple[float, float, float] = (0.8, -1.0, -0.2)
    hand: HandShape = "relaxed"


@dataclass(frozen=True)
class LegPose:
    pitch: float = 0.0
    spread: float = 4.0
    shin: float = 0.0
    shin_spread: float = 1.0
    toe_out: float = 18.0
    foot: float = 8.0  # degrees the toes point down


@dataclass(frozen=True)
class Body:
    """A whole pose. tip: degrees the figure is tipped over in the picture afterwards (lying, falling, swimming)."""

    arms: tuple[ArmPose | Target, ArmPose | Target] = (ArmPose(), ArmPose())
    legs: tuple[LegPose, LegPose] = (LegPose(), LegPose())
    lean: float = 0.0
    bend: float = 0.0
    tilt: float = 0.0
    twist: float = 0.0
    nod: float = 0.0  # > 0 looks down
    head_roll: float = 0.0
    shift: float = 0.0
    shrug: float = 0.0
    slump: float = 0.0
    lift: float = 0.0
    tip: float = 0.0
    seat_cm: float | None = None


_A = ArmPose
_L = LegPose
_T = Target

_HIP = _T("neck", 1.28, -2.05, 0.05, (1.0, 0.1, -0.6), "fist")
_POCKET = _T("neck", 0.98, -2.5, 0.12, (1.0, -0.2, -0.9), "fist")
_BELLY = _T("neck", -0.02, -1.75, 0.85, (1.0, -0.5, -0.4))
_BACK = _T("neck", 0.15, -2.1, -0.62, (1.0, 0.0, -0.5))
_CHIN = _T("head", 0.12, -0.92, 0.5, (0.55, -1.0, 0.1), "fist")
_REST = (_L(2, 5, -2, 3), _L(-1, 5, -2, 2))
_CONTRA = (_L(-2, 3, -3, 1), _L(12, 9, -10, 7, 30))
_CONTRA_B = (_L(13, 8, -10, 6, 30), _L(-2, 4, -3, 1))
_SIT = (_L(86, 7, 4, 2), _L(84, 9, -6, 4))

_STAND: Final = (
    Body((_A(-2, 8, 12, 4), _A(4, 9, 20, 2)), _CONTRA, shift=-0.12, tilt=1.5),
    Body((_HIP, _A(3, 9, 14, 3)), _CONTRA_B, shift=0.16, tilt=-2.5, head_roll=3),
    Body((_POCKET, _POCKET), _REST, bend=3, shrug=0.6),
    Body((_BACK, _BACK), _REST, lean=-2),
    Body((_T("neck", -0.1, -2.1, 0.7), _T("neck", -0.05, -2.05, 0.78)), _CONTRA, bend=2),
    Body((_A(4, 8, 24, -4), _T("neck", -0.62, -1.55, 0.72, (1, -0.5, -0.3))), _CONTRA_B, shift=0.1, tilt=-1, head_roll=-3),
    Body((_POCKET, _A(-4, 9, 8, 4)), _CONTRA, shift=-0.14, tilt=2),
)
_SITTING: Final = (
    Body((_T("neck", 0.45, -2.45, 1.5, (1, -0.4, -0.6)), _T("neck", 0.45, -2.45, 1.55, (1, -0.4, -0.6))), _SIT, bend=5, seat_cm=46),
    Body(
        (_T("neck", -0.1, -2.3, 1.35, (1, -0.4, -0.4)), _T("neck", 0.0, -2.25, 1.4, (1, -0.4, -0.4))),
        _SIT,
        lean=6,
        bend=8,
        seat_cm=46,
    ),
    Body(
        (_A(-14, 16, 34, 4), _T("neck", 0.5, -2.4, 1.5, (1, -0.4, -0.6))),
        (_L(88, 3, 26, 2), _L(80, 9, -14, 6)),
        lean=-7,
        seat_cm=46,
    ),
    Body((_T("neck", 0.0, -2.35, 1.5, (1, -0.4, -0.5)), _CHIN), _SIT, lean=12, bend=8, nod=4, seat_cm=46),
)

_POSES: Final[dict[str, tuple[Body, ...]]] = {
    "stand": _STAND,
    "walk": (
        Body((_A(26, 6, 44, 2), _A(-24, 8, -6, 4)), (_L(-20, 2, -40, 1, 6, 38), _L(27, 3, 14, 1, 8, -12)), lean=4),
        Body((_A(-22, 8, -4, 4), _A(22, 6, 40, 2)), (_L(26, 3, 12, 1, 8, -10), _L(-18, 2, -38, 1, 6, 36)), lean=3),
    ),
    "run": (Body((_A(58, 10, 132, -6, "fist"), _A(-52, 14, 36, 0, "fist")), (_L(-32, 3, -104, 2, 4, 60), _L(62, 4, -14, 2, 6, 6)), lean=17, lift=5),),
    "sit": _SITTING,
    "kneel": (
        Body((_T("neck", 0.2, -2.2, 1.0), _T("neck", 0.45, -2.3, 1.3)), (_L(4, 6, -86, 3, 6, 70), _L(84, 8, -4, 3)), bend=6, nod=6),
        Body((_T("neck", 0.1, -2.0, 0.9), _T("neck", 0.05, -2.0, 0.95)), (_L(6, 6, -88, 4, 6, 72), _L(10, 6, -84, 4, 6, 72)), bend=6, nod=6),
    ),
    "lie": (Body((_A(6, 14, 26, -6), _A(0, 8, 6, 2)), (_L(12, 4, 2, 2, 20, 40), _L(30, 6, -16, 2, 20, 40)), tip=-90),),
    "crouch": (Body((_T("neck", 0.4, -1.9, 1.2), _T("neck", 0.5, -2.0, 1.3)), (_L(104, 10, -26, 4, 18, 14), _L(96, 14, -36, 6, 18, 20)), lean=28, bend=14, nod=-14),),
    "climb": (Body((_A(64, 10, 108, 0, "hold"), _A(104, 12, 132, 0, "hold")), (_L(-10, 4, -26, 2, 6, 30), _L(74, 6, -6, 2, 8, 6)), lean=10, nod=-12),),
    "point": (
        Body((_A(2, 9, 14, 3), _A(98, 14, 104, 10, "point")), _CONTRA, twist=8, lean=2),
        Body((_T("neck", 1.28, -2.05, 0.05, (1.0, 0.1, -0.6), "fist"), _A(92, 18, 100, 12, "point")), _REST, twist=10, lean=4),
    ),
    "reach": (Body((_A(-12, 10, 10, 4), _A(78, 6, 84, 2, "open")), (_L(-12, 4, -16, 2, 10, 20), _L(20, 4, 2, 2)), lean=14, twist=10, nod=-2),),
    "hold": (
        Body((_A(-2, 9, 10, 4), _T("neck", 0.35, -1.45, 1.25, (0.9, -1, -0.4), "hold")), _CONTRA, nod=6),
        Body((_T("neck", 0.45, -1.5, 1.2, (0.9, -1, -0.4), "hold"), _A(2, 9, 12, 3)), _CONTRA_B, nod=6, tilt=-2),
    ),
    "hold_two_hands": (Body((_T("neck", 0.22, -1.5, 1.25, (1, -0.8, -0.4), "hold"), _T("neck", 0.22, -1.5, 1.3, (1, -0.8, -0.4), "hold")), _REST, bend=3, nod=9),),
    "wave": (Body((_A(2, 9, 12, 3), _A(78, 56, 168, 14, "open")), _CONTRA, tilt=-3, head_roll=-4),),
    "embrace": (
        Body((_A(52, 6, 88, -16, "flat"), _A(66, 4, 100, -12, "flat")), (_L(-4, 4, -8, 2), _L(8, 4, -2, 2)), lean=7, bend=5, nod=10, head_roll=6),
        Body((_A(24, 6, 70, -16, "flat"), _A(34, 4, 82, -12, "flat")), (_L(26, 6, -34, 2), _L(34, 6, -26, 2)), lean=24, bend=16, nod=-4, head_roll=6),  # to someone small
    ),
    "lean": (
        Body((_POCKET, _T("neck", -0.62, -1.7, 0.72, (1, -0.5, -0.3))), (_L(6, 3, 4, 1), _L(26, 4, -16, 2, 10)), lean=-10, bend=8),
        Body((_T("neck", -0.5, -1.45, 0.75, (1, -0.5, -0.2)), _T("neck", -0.5, -1.6, 0.8, (1, -0.5, -0.2))), (_L(8, 3, 6, 1), _L(24, 4, 6, 2, 10)), lean=-11, bend=9),
    ),
    "arms_crossed": (Body((_T("neck", -0.78, -1.18, 0.72, (1, -0.75, 0.15), "flat"), _T("neck", -0.7, -1.36, 0.86, (1, -0.8, 0.1), "fist")), _CONTRA, lean=-2),),
    "hands_on_hips": (Body((_HIP, _HIP), (_L(2, 8, -1, 4), _L(2, 8, -1, 4)), lean=-2),),
    "look_up": (Body((_A(-6, 8, 4, 4), _A(-4, 8, 8, 4)), _CONTRA, lean=-5, nod=-24),),
    "look_down": (Body((_A(2, 8, 14, 2), _A(2, 8, 16, 2)), _CONTRA, bend=7, nod=22, slump=1),),
    "drink": (Body((_A(-2, 9, 12, 3), _T("head", 0.16, -0.86, 0.62, (0.9, -1, 0.1), "hold")), _CONTRA, nod=-3),),
    "write": (Body((_T("neck", 0.05, -1.85, 1.45, (1, -0.6, -0.3), "hold"), _T("neck", 0.3, -1.9, 1.35, (1, -0.6, -0.3), "flat")), _SIT, lean=12, bend=8, nod=18, seat_cm=46),),
    "phone": (Body((_A(34, 34, 176, -22, "hold"), _A(2, 9, 16, 3)), _CONTRA_B, head_roll=5),),
    "carry": (Body((_T("neck", 0.42, -1.75, 1.1, (1, -0.7, -0.4), "flat"), _T("neck", 0.42, -1.75, 1.15, (1, -0.7, -0.4), "flat")), (_L(-10, 4, -20, 2, 8, 20), _L(18, 4, 6, 2)), lean=-5),),
    "row": (Body((_A(56, 6, 74, 0, "fist"), _A(56, 6, 74, 0, "fist")), (_L(74, 8, 28, 2), _L(74, 8, 28, 2)), lean=14, bend=4, seat_cm=34),),
    "play": (Body((_A(24, 8, 84, 2, "flat"), _A(28, 8, 86, 2, "flat")), _SIT, lean=5, bend=4, nod=10, seat_cm=46),),
    "dance": (
        Body((_A(96, 48, 132, 20, "open"), _A(40, 50, 88, 24, "open")), (_L(-4, 2, -8, 0), _L(36, 16, -40, 4, 20, 40)), tilt=-8, twist=-12, head_roll=6, shift=-0.2),
        Body((_A(30, 52, 70, 10, "open"), _A(150, 28, 172, 6, "open")), (_L(24, 14, -30, 2, 20, 40), _L(-2, 3, -6, 0)), tilt=8, twist=12, head_roll=-6, shift=0.2),
    ),
    "fall": (Body((_A(120, 40, 140, 20, "open"), _A(60, 50, 100, 30, "open")), (_L(50, 12, 6, 4, 10, 30), _L(14, 16, -50, 4, 10, 40)), lean=-20, nod=-8, tip=-24, lift=16),),
    "fight": (Body((_A(52, 14, 122, -10, "fist"), _A(74, 8, 100, -4, "fist")), (_L(-22, 8, -34, 4, 24), _L(34, 10, -2, 4)), lean=10, bend=5, shrug=1.4, nod=4),),
    "swim": (Body((_A(160, 8, 168, 2, "flat"), _A(-30, 10, -14, 4, "flat")), (_L(14, 4, -8, 2, 8, 60), _L(-14, 4, -26, 2, 8, 60)), nod=-34, tip=76, lift=20),),
    "raise_arms": (Body((_A(64, 58, 172, 12, "open"), _A(64, 58, 170, 12, "open")), (_L(2, 8, -2, 4), _L(2, 8, -2, 4)), lean=-4, nod=-10),),
    "cover_face": (Body((_T("head", 0.2, -0.62, 0.42, (0.7, -1, 0.5), "flat"), _T("head", 0.2, -0.62, 0.46, (0.7, -1, 0.5), "flat")), _REST, bend=12, nod=16, slump=1.5),),
    "hand_on_heart": (Body((_T("neck", -0.15, -0.86, 0.62, (1, -0.9, 0.2), "flat"), _A(2, 8, 12, 3)), _CONTRA_B, head_roll=4),),
    "shrug": (Body((_A(14, 22, 58, 44, "open"), _A(14, 22, 58, 44, "open")), _REST, shrug=4.0, head_roll=7),),
}  # fmt: skip

_TALK: Final = (  # what the far hand does while its owner speaks
    _A(20, 12, 84, 22, "open"),
    _T("neck", 0.1, -1.25, 1.1, (1, -0.9, -0.2), "open"),
    _A(16, 14, 66, 30, "flat"),
    _T("neck", -0.1, -0.9, 0.75, (1, -0.9, 0.2), "flat"),
    _T("neck", 0.35, -0.75, 1.15, (0.9, -1, 0.1), "point"),
)


def body_for(pose: str, variant: int = 0) -> Body:
    """The pose of that name; an unknown one is standing. `variant` picks among its forms."""
    forms = _POSES.get(pose, _STAND)
    return forms[variant % len(forms)]


def gesture(body: Body, variant: int) -> Body:
    """`body` with one hand talking; the other keeps what it did."""
    near, far = body.arms
    hand = _TALK[variant % len(_TALK)]
    return replace(body, arms=(near, hand)) if variant % 3 else replace(body, arms=(hand, far))


def carrying(body: Body, pose: str, *, wide: bool = False) -> Body:
    """`body` with the near hand brought forward to show what it holds, both for something wide; poses that already hold, or need
    both arms, stay. Who points with a thing holds it in the hand that points.
    """
    if pose == "point":
        near, far = body.arms
        return replace(body, arms=(near, replace(far, hand="hold")))
    if wide and pose in ("stand", "sit", "walk", "lean", "hold", "look_down"):
        return replace(body, arms=_POSES["hold_two_hands"][0].arms)
    if (
        any(arm.hand == "hold" for arm in body.arms)
        and pose != "climb"
        or pose in ("fight", "embrace", "swim", "raise_arms", "carry", "row")
    ):
        return body
    far = body.arms[1]
    return replace(body, arms=(_T("neck", 0.42, -1.5, 1.05, (0.9, -1, -0.5), "hold"), far))


def seated(body: Body) -> Body:
    """`body` from the waist up on a seat; what its arms do stays."""
    return replace(body, legs=_SIT, seat_cm=46, lean=body.lean * 0.4, shift=0.0, tilt=0.0)


def held(body: Body) -> int:
    """Which hand (0 near, 1 far) holds a prop in this pose: the one that is shaped to hold, else the near one."""
    for index in (1, 0):
        if body.arms[index].hand == "hold":
            return index
    return 0

"""What one character does in one shot: the words of the script turned into a pose, a look and a prop.

The stage asks for an `Acting` for each staged character, then has a figure or a creature drawn with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Acting", "Expression", "Facing", "Gaze", "Pose", "View"]

Pose = Literal[
    "stand", "walk", "run", "sit", "kneel", "lie", "crouch", "climb", "point", "reach", "hold", "hold_two_hands", "wave", "embrace",
    "lean", "arms_crossed", "hands_on_hips", "look_up", "look_down", "drink", "write", "phone", "carry", "row", "play", "dance",
    "fall", "fight", "swim", "raise_arms", "cover_face", "hand_on_heart", "shrug",
]  # fmt: skip
Expression = Literal[
    "neutral", "happy", "laugh", "sad", "cry", "angry", "afraid", "surprised", "determined", "tender", "thoughtful", "tired", "wry", "excited", "urgent",
]  # fmt: skip
Facing = Literal["left", "right", "camera", "away"]
View = Literal["front", "three_quarter", "side", "back"]
Gaze = Literal["ahead", "left", "right", "up", "down", "camera", "closed"]


@dataclass(frozen=True)
class Acting:
    """A pose, a look and a prop.

    facing: where the body turns in the picture. view: how much of the face is seen. gaze: where the eyes go; "ahead" follows
    `facing`. prop: the name of what is held (see `props.find_props`), "" for nothing. variant: 0, 1, 2 … tells apart two
    characters in the same pose.
    """

    pose: Pose = "stand"
    expression: Expression = "neutral"
    facing: Facing = "camera"
    view: View = "three_quarter"
    gaze: Gaze = "ahead"
    prop: str = ""
    speaking: bool = False
    variant: int = 0
    seated: bool = False  # does what `pose` says on a seat

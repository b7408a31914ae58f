"""People hold together in every pose, look and view."""

from __future__ import annotations

import re
from itertools import product
from typing import get_args

import pytest

from glimmer.models.interface import Design
from glimmer.models.rehearsal.boards.acting import Acting, Expression, Pose, View
from glimmer.models.rehearsal.boards.figure.cuts import CUTS
from glimmer.models.rehearsal.boards.figure.figure import draw_figure
from glimmer.models.rehearsal.boards.figure.hair import HAIR_STYLES
from glimmer.models.rehearsal.boards.figure.headwear import HEADWEAR
from glimmer.models.rehearsal.boards.light import light_for

LIGHT = light_for("day", "clear", "calm", True)
VIEWS = get_args(View)
ANA = Design(name="ANA", gender="woman", hair_style="long", garment="coat")


def numbers(svg: str) -> list[float]:
    paths = re.findall(r'\bd="([^"]+)"', svg)
    return [float(n) for d in paths for n in re.findall(r"-?\d+(?:\.\d+)?", d)]


@pytest.mark.parametrize("pose", get_args(Pose))
def test_every_pose_is_drawn_from_every_side_within_reach_of_a_body(pose: Pose) -> None:
    for view in VIEWS:
        figure = draw_figure(ANA, Acting(pose=pose, view=view, facing="right"), LIGHT)
        assert "nan" not in figure.svg and "inf" not in figure.svg
        assert max(map(abs, numbers(figure.svg))) < 420  # nothing flies off a body of 170 cm
        assert figure.left < figure.face[0] < figure.right
        assert -260 < figure.face[1] < -5


def test_all_poses_differ() -> None:
    drawn = {draw_figure(ANA, Acting(pose=pose, facing="right"), LIGHT).svg for pose in get_args(Pose)}
    assert len(drawn) == len(get_args(Pose))


def test_all_expressions_differ_in_every_view_that_shows_a_face() -> None:
    for view in ("front", "three_quarter", "side"):
        drawn = {draw_figure(ANA, Acting(expression=look, view=view), LIGHT).svg for look in get_args(Expression)}
        assert len(drawn) == len(get_args(Expression))


def test_a_figure_facing_left_is_the_mirror_of_one_facing_right() -> None:
    left = draw_figure(ANA, Acting(facing="left"), LIGHT)
    right = draw_figure(ANA, Acting(facing="right"), LIGHT)
    assert left.face[0] == pytest.approx(-right.face[0])


@pytest.mark.parametrize("style", HAIR_STYLES)
def test_every_hair_style_shows_its_colour_from_every_side(style: str) -> None:
    design = ANA.model_copy(update={"hair_style": style, "hair": "#3c9a2e"})
    bald = ANA.model_copy(update={"hair_style": "bald", "hair": "#3c9a2e"})
    for view in VIEWS:
        drawn = draw_figure(design, Acting(view=view), LIGHT).svg
        assert (drawn != draw_figure(bald, Acting(view=view), LIGHT).svg) == (style != "bald")


@pytest.mark.parametrize(("garment", "headwear"), list(product(CUTS, ("none",))) + list(product(("coat",), HEADWEAR)))
def test_every_garment_and_hat_is_drawn_standing_and_sitting(garment: str, headwear: str) -> None:
    design = ANA.model_copy(update={"garment": garment, "headwear": headwear})
    for view, pose in product(VIEWS, ("stand", "sit")):
        assert len(draw_figure(design, Acting(view=view, pose=pose), LIGHT).svg) > 3000  # type: ignore[arg-type]


def test_a_child_has_fewer_heads_than_a_grown_person() -> None:
    child = draw_figure(Design(name="KIT", age="child", height_m=1.2), Acting(), LIGHT)
    grown = draw_figure(Design(name="ANA"), Acting(), LIGHT)
    assert 120 / child.head_cm < 5.2 < 6.4 < 170 / grown.head_cm


def test_feet_stand_on_the_floor() -> None:
    for pose in ("stand", "walk", "arms_crossed", "wave"):
        figure = draw_figure(ANA, Acting(pose=pose), LIGHT, shadow=False)  # type: ignore[arg-type]
        assert 0 < -max(foot[1] for foot in figure.feet) < 12  # the lower ankle, a hand's width above the sole


def test_a_close_up_is_drawn_with_more_than_a_far_figure() -> None:
    near = draw_figure(ANA, Acting(), LIGHT, px_per_cm=20)
    far = draw_figure(ANA, Acting(), LIGHT, px_per_cm=0.8)
    assert len(near.svg) > 1.15 * len(far.svg)

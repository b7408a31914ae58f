"""A split is no edit that anyone sees: every frame of a shot in parts is the frame of the whole, whatever its camera does."""

from __future__ import annotations

from fractions import Fraction
from typing import get_args

import numpy as np
import pytest

from glimmer.assembly.nouns import Assembly, Clip, Framing, Track, Transition
from glimmer.assembly.pieces import Ease
from glimmer.render import frame, preset_named
from glimmer.render.plan import LONGEST_SEGMENT_FRAMES, plan
from glimmer.render.stills import PlanesKept
from glimmer.vocabulary import Move

MOVES = [(move, "smooth") for move in (*get_args(Move), "handheld")] + [("push_in", ease) for ease in get_args(Ease)]


@pytest.fixture
def drawn(shelf):
    kept = PlanesKept()

    def frames(cut, which=None, size=(320, 180)):
        wanted = range(cut.frames) if which is None else which
        return [frame(cut, at, width_px=size[0], height_px=size[1], media=shelf, kept=kept) for at in wanted]

    return frames


@pytest.fixture
def scene(shelf):
    """24 frames of a still with much to see in it, between two others."""
    y, x = np.mgrid[0:360, 0:640]
    picture = np.stack([x * 0.3 + 30, y * 0.5 + 20, (x // 20 + y // 20) % 2 * 120 + 60], axis=-1).astype(np.uint8)
    seen, plain = shelf.still("seen", picture), shelf.still("plain", (90, 40, 40))

    def cut(*transitions, **more):
        clips = (shelf.shot(plain, 0, 12), shelf.shot(seen, 12, 24, **more), shelf.shot(plain, 36, 12))
        return shelf.cut(shelf.picture(*clips, transitions=transitions))

    return cut


def alike(one, other) -> bool:
    unlike = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if not np.array_equal(a, b)]
    assert not unlike, f"frames {unlike} differ"
    return True


@pytest.mark.parametrize(("move", "ease"), MOVES)
def test_every_frame_of_a_split_shot_is_the_frame_of_the_whole(scene, drawn, move: str, ease: str):
    cut = scene(framing=Framing(move=move, ease=ease, strength=0.3))
    assert alike(drawn(cut.split("v12", 20).split("shot at 12.2", 27)), drawn(cut))


def test_a_split_is_not_seen_beside_dissolves_wipes_and_fades(scene, drawn):
    joins = (
        Transition(kind="dissolve", left="v0", right="v12", frames=9),
        Transition(kind="wipe", left="v12", right="v36", frames=6),
    )
    for cut in (
        scene(*joins, framing=Framing(move="pan_right", strength=0.3)),
        scene(framing=Framing(move="tilt_up", strength=0.3), fade_in=8, fade_out=9),
        scene(reframed=(("9:16", Framing(move="push_in", strength=0.4)),)),
    ):
        for size in ((320, 180), (180, 320)):
            assert alike(drawn(cut.split("v12", 24), size=size), drawn(cut, size=size))
    cut = scene(*joins, framing=Framing(move="pan_right", strength=0.3)).split("v12", 24)
    longer = cut.dissolve("v0", "v12", frames=16)
    assert alike(drawn(longer, range(20, 36)), drawn(cut, range(20, 36)))  # the camera does not jump at the split


def test_moving_footage_that_is_split_runs_on_forwards_and_backwards(shelf, drawn):
    clip = shelf.footage("run", 60, rate=24)
    for more in ({}, {"backwards": True}, {"speed": Fraction(1, 2)}):
        shot = shelf.shot(clip, 0, 24, framing=Framing(move="push_in"), media_frames=60, source_start=6, **more)
        cut = shelf.cut(shelf.picture(shot.model_copy(update={"kind": "footage"})))
        assert alike(drawn(cut.split("v0", 9)), drawn(cut))


def test_titles_that_come_and_go_and_credits_that_roll_are_split_unseen(scene, drawn):
    cut = scene().lower_third("Mara Voss", role="Keeper", at=4, frames=30).credits(["A", "B", "C: D"], frames=20)
    parts = cut.split("Mara Voss", 10).split("Mara Voss.2", 30).split("credits", 55)
    assert alike(drawn(parts), drawn(cut))


def test_what_is_left_of_a_trimmed_part_is_what_it_was(scene, drawn):
    cut = scene(framing=Framing(move="push_in", strength=0.3))
    trimmed = cut.split("v12", 20).trim("shot at 12.2", head=6)
    assert alike(drawn(trimmed, range(20, 30)), drawn(cut, range(26, 36)))
    without = cut.split("v12", 20).remove("v12")
    assert alike(drawn(without, range(12, 28)), drawn(cut, range(20, 36)))


def test_a_part_with_a_move_of_its_own_makes_all_of_it(scene, drawn):
    cut = scene(framing=Framing(move="push_in", strength=0.3)).split("v12", 20)
    panned = cut.reframe("shot at 12.2", move="pan_left")
    alone = panned.clip("shot at 12.2")
    assert (alone.shot_frames, alone.shot_at) == (0, 0)
    assert cut.reframe("shot at 12.2", strength=0.2).clip("shot at 12.2").shot_at == 8


def test_a_held_picture_holds_the_camera_too(shelf, drawn):
    clip = shelf.footage("run", 60, rate=24)
    shot = shelf.shot(clip, 0, 24, framing=Framing(move="push_in", strength=0.4), media_frames=60)
    cut = shelf.cut(shelf.picture(shot.model_copy(update={"kind": "footage"})))
    whole, held = drawn(cut), drawn(cut.freeze("v0", at=10, frames=6))
    assert alike(held, [*whole[:10], *[whole[10]] * 6, *whole[10:]])


def test_parts_of_a_shot_are_the_same_pieces_of_film(scene):
    cut = scene(framing=Framing(move="push_in"))
    long = cut.trim("v12", tail=24 - 2 * LONGEST_SEGMENT_FRAMES)  # two segments
    split = long.split("v12", 12 + LONGEST_SEGMENT_FRAMES)
    preset = preset_named("720p24")
    keys, parts = ([segment.key for segment in plan(each, preset).segments] for each in (long, split))
    assert keys == parts


def test_a_split_shot_at_another_rate_goes_on_over_the_cut(scene):
    from glimmer.assembly.conform import at_rate

    cut = at_rate(scene(framing=Framing(move="push_in")).split("v12", 21), Fraction(30))
    left, right = cut.clip("v12"), cut.clip("shot at 12.2")
    assert left.shot_at == 0 and right.shot_at == left.frames and left.shot_frames == right.shot_frames == 30


def test_a_part_that_is_retimed_stays_the_same_part_of_the_move(shelf):
    shot = Clip(id="f", name="f", kind="footage", asset="f", start=0, frames=48, framing=Framing(move="push_in"), media_frames=48)
    cut = Assembly(title="t", rate=Fraction(24), tracks=(Track(name="V1", kind="picture", clips=(shot,)),)).split("f", 24)
    right = cut.speed("f.2", 2).clip("f.2")
    assert (right.shot_at, right.frames, right.shot_frames) == (12, 12, 24)
    assert cut.speed("f.2", 2).speed("f.2", 1) == cut

"""A changed cut is a new value that knows nothing of the old one's length."""

from __future__ import annotations

from fractions import Fraction

from glimmer.assembly.changing import changed, noticed, with_clip, with_track
from glimmer.assembly.pieces import Clip, Timeline, Track


def a_cut() -> Timeline:
    clips = (Clip(id="a", name="1A", kind="black", start=0, frames=24), Clip(id="b", name="1B", kind="black", start=24, frames=24))
    return Timeline(title="Two", rate=Fraction(24), tracks=(Track(name="V1", kind="picture", clips=clips),))


def test_the_length_is_worked_out_anew_after_a_change() -> None:
    cut = a_cut()
    assert cut.frames == 48
    shorter = with_clip(cut, cut.clip("1B").model_copy(update={"frames": 12}))
    assert shorter.frames == 36
    assert cut.frames == 48


def test_a_changed_cut_equals_one_built_the_same_way() -> None:
    cut = a_cut()
    assert cut.frames == 48
    assert changed(cut, title="Three") == a_cut().model_copy(update={"title": "Three"})
    assert changed(cut, title="Two") == cut


def test_a_track_is_replaced_by_name_and_kept_in_order_of_start() -> None:
    cut = a_cut()
    track = cut.track("V1")
    backward = track.model_copy(update={"clips": track.clips[::-1]})
    assert with_track(cut, backward) == cut
    assert [each.name for each in with_track(cut, Track(name="A9", kind="sound")).tracks] == ["V1", "A9"]


def test_the_same_notice_is_not_given_twice() -> None:
    assert noticed(noticed(a_cut(), "once"), "once", "twice").notices == ("once", "twice")

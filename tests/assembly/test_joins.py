"""How one clip becomes the next: which frames a transition takes, what is refused, and that nothing gets longer."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from glimmer.assembly.joins import Joins, retold
from glimmer.assembly.nouns import Assembly
from glimmer.assembly.pieces import Clip, Track, Transition
from glimmer.errors import InputError, NotFound, TimecodeError
from glimmer.render.zones import zones_of

RATES = [Fraction(24000, 1001), Fraction(24), Fraction(25), Fraction(30000, 1001), Fraction(60)]


def still(name: str, start: int, frames: int) -> Clip:
    return Clip(id=f"v1.{name}", name=name, kind="still", asset="a" * 64, start=start, frames=frames)


def footage(name: str, start: int, frames: int, **update: object) -> Clip:
    return still(name, start, frames).model_copy(update={"kind": "footage", "asset": "f" * 64} | update)


def line(number: int, start: int, frames: int, **update: object) -> Clip:
    clip = Clip(id=f"a1.{number}", name=f"line {number}", kind="sound", asset="b" * 64, start=start, frames=frames)
    return clip.model_copy(update=update)


def cut_of(*pictures: Clip, sounds: tuple[Clip, ...] = (), rate: Fraction = Fraction(24)) -> Joins:
    tracks = (Track(name="V1", kind="picture", clips=pictures), Track(name="A1", kind="sound", role="dialogue", clips=sounds))
    return Joins(title="Song", rate=rate, tracks=tracks)


def three(rate: Fraction = Fraction(24)) -> Joins:
    """1A 0-48, 1B 48-96, 2A 96-192; line 1 lies under the first two."""
    return cut_of(still("1A", 0, 48), still("1B", 48, 48), still("2A", 96, 96), sounds=(line(1, 10, 60),), rate=rate)


def only(cut: Joins, track: str = "V1") -> Transition:
    (transition,) = cut.track(track).transitions
    return transition


TWO_SIDED: list[Callable[..., Joins]] = [Joins.dissolve, Joins.dip, Joins.wipe, Joins.push]


# ── between two clips ───────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("verb", TWO_SIDED)
@pytest.mark.parametrize("frames", [2, 3, 12, 13, 48])
def test_a_transition_changes_no_length_and_no_place(verb: Callable[..., Joins], frames: int) -> None:
    cut = three()
    joined = verb(cut, "1A", "1B", frames=frames)
    assert only(joined).frames == frames and only(joined).kind == verb.__name__
    assert joined.frames == cut.frames == 192
    assert joined.clips == cut.clips


@pytest.mark.parametrize("verb", TWO_SIDED)
@pytest.mark.parametrize("frames", [2, 3, 12, 13])
def test_a_transition_covers_half_its_frames_before_the_cut_and_the_rest_after_it(verb: Callable[..., Joins], frames: int) -> None:
    track = verb(three(), "1A", "1B", frames=frames).track("V1")
    said: list[str] = []
    (zone,) = zones_of(track.clips, track.transitions, said)  # as the renderer reads it
    assert (zone.start, zone.end) == (48 - frames // 2, 48 + frames - frames // 2)
    assert not said


def test_the_old_cut_stays_as_it_was() -> None:
    cut = three()
    before = cut.model_dump_json()
    cut.dissolve("1A", "1B").fade_in("1A").fade_out("2A", frames=12).j_cut("2A", frames=6).cut_hard("1A", "1B")
    assert cut.model_dump_json() == before


@pytest.mark.parametrize("rate", RATES)
def test_a_dissolve_lasts_a_second_if_nothing_is_said(rate: Fraction) -> None:
    long = cut_of(still("1A", 0, 200), still("1B", 200, 200), rate=rate).dissolve("1A", "1B")
    assert only(long).frames == round(rate)


def test_frames_may_be_said_as_a_timecode_and_half_a_second_is_refused_with_its_spellings() -> None:
    assert only(three().dissolve("1A", "1B", frames="00:00:00:12")).frames == 12
    with pytest.raises(TimecodeError, match=r'write 12 or "00:00:00:12"'):
        three().dissolve("1A", "1B", frames=0.5)  # type: ignore[arg-type]


def test_a_transition_takes_the_place_of_the_one_that_was_there() -> None:
    cut = three().dissolve("1A", "1B", frames=12).wipe("1A", "1B", frames=8, direction="up")
    assert only(cut) == Transition(kind="wipe", left="v1.1A", right="v1.1B", frames=8, direction="up")
    faded = three().fade_out("1A", frames=6).fade_in("1B", frames=6).dissolve("1A", "1B", frames=10)
    assert only(faded).kind == "dissolve"


def test_the_same_transition_twice_is_the_same_cut() -> None:
    cut = three().fade_out("1A", frames=6).fade_in("1B", frames=8).dissolve("1B", "2A", frames=12)
    assert cut.fade_out("1A", frames=6) == cut == cut.fade_in("1B", frames=8)
    assert cut.dissolve("1B", "2A", frames=12) is cut
    assert cut.cut_hard("1B", "2A") == cut.cut_hard("1B", "2A").cut_hard("1B", "2A")


def test_transitions_lie_in_order_of_time_however_they_were_made() -> None:
    one = three().fade_out("2A", frames=6).dissolve("1B", "2A", frames=6).dissolve("1A", "1B", frames=6).fade_in("1A", frames=6)
    other = three().fade_in("1A", frames=6).dissolve("1A", "1B", frames=6).dissolve("1B", "2A", frames=6).fade_out("2A", frames=6)
    assert one == other
    assert [each.kind for each in one.track("V1").transitions] == ["fade_in", "dissolve", "dissolve", "fade_out"]


def test_colours_and_directions_are_kept_and_others_refused() -> None:
    assert only(three().dip("1A", "1B", frames=12, colour="white")).colour == "white"
    assert only(three().push("1A", "1B", frames=12, direction="down")).direction == "down"
    with pytest.raises(InputError, match="colour can't be 'red'; expected one of black, white"):
        three().dip("1A", "1B", frames=12, colour="red")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="direction can't be 'north'; expected one of left, right, up, down"):
        three().wipe("1A", "1B", frames=12, direction="north")  # type: ignore[arg-type]


# ── what is refused ─────────────────────────────────────────────────────────────────────────────────────────
def test_clips_that_do_not_touch_are_refused_with_where_each_lies() -> None:
    with pytest.raises(
        InputError,
        match=r'"1A" lies on V1 from 00:00:00:00 to 00:00:02:00, "2A" lies on V1 from 00:00:04:00.*48 frames lie between them',
    ):
        three().dissolve("1A", "2A")
    gap = cut_of(still("1A", 0, 48), still("1B", 49, 48))
    with pytest.raises(InputError, match="1 frame lies between them"):
        gap.dissolve("1A", "1B")
    over = cut_of(still("1A", 0, 48), sounds=(line(1, 0, 50), line(2, 40, 50)))
    with pytest.raises(InputError, match=r"they overlap by 10 frames.*write crossfade"):
        over.dissolve("line 1", "line 2")


def test_two_clips_in_the_wrong_order_are_told_the_right_one() -> None:
    with pytest.raises(InputError, match=r'expected the earlier one first. Write \("1A", "1B"\)'):
        three().dissolve("1B", "1A")


def test_clips_of_two_tracks_and_one_clip_twice_are_refused() -> None:
    with pytest.raises(InputError, match=r"lies on V1 .*lies on A1 .*; expected two clips on one track"):
        three().dissolve("1A", "line 1")
    with pytest.raises(InputError, match='"1A" was named twice'):
        three().dissolve("1A", "1A")
    with pytest.raises(NotFound, match='no clip "9Z"'):
        three().dissolve("1A", "9Z")


@pytest.mark.parametrize("frames", [0, 1])
@pytest.mark.parametrize("verb", TWO_SIDED)
def test_a_transition_has_at_least_two_frames(verb: Callable[..., Joins], frames: int) -> None:
    with pytest.raises(InputError, match=r"expected at least 2. For none at all write cut_hard"):
        verb(three(), "1A", "1B", frames=frames)


def test_a_transition_that_reaches_past_its_clips_is_refused_with_the_most_that_fits() -> None:
    cut = cut_of(still("1A", 0, 5), still("1B", 5, 48))
    with pytest.raises(
        InputError, match=r'takes 6 of "1A", which has 5 free, and 6 of "1B", which has 48; expected at most 11. Write frames=11'
    ):
        cut.dissolve("1A", "1B", frames=12)
    assert only(cut.dissolve("1A", "1B", frames=11)).frames == 11


def test_a_transition_does_not_reach_into_the_one_at_the_other_end() -> None:
    cut = three().dissolve("1A", "1B", frames=40)  # takes 20 of 1B's 48
    with pytest.raises(InputError, match=r'"1B", which has 28 free.*expected at most 57'):
        cut.dissolve("1B", "2A", frames=58)
    both = cut.dissolve("1B", "2A", frames=57)
    said: list[str] = []
    first, second = zones_of(both.track("V1").clips, both.track("V1").transitions, said)
    assert first.end == 68 == second.start and not said  # they meet, and nothing is shortened
    with pytest.raises(InputError, match='fade-out of 29 frames is too long for "1B", which has 28 free; expected at most 28'):
        cut.fade_out("1B", frames=29)


def test_where_nothing_is_free_there_is_no_room() -> None:
    cut = cut_of(still("1A", 0, 24), still("1B", 24, 24)).fade_in("1A", frames=24)
    with pytest.raises(InputError, match=r"which has 0 free.*there is no room"):
        cut.wipe("1A", "1B", frames=2 + 2)


def test_a_wipe_of_sounds_is_refused_and_a_dissolve_is_a_crossfade() -> None:
    cut = cut_of(still("1A", 0, 96), sounds=(line(1, 0, 48, fade_out=5), line(2, 48, 48, source_start=9, fade_in=7, fade_out=3)))
    for verb in (Joins.dip, Joins.wipe, Joins.push):
        with pytest.raises(InputError, match=r"is heard, not seen.*For a crossfade write dissolve"):
            verb(cut, "line 1", "line 2", frames=12)
    crossed = cut.dissolve("line 1", "line 2", frames=12)
    assert only(crossed, "A1").kind == "dissolve"
    assert [(clip.fade_in, clip.fade_out) for clip in crossed.track("A1").clips] == [(0, 0), (0, 3)]  # no second fade on top of it


# ── media beyond the cut ────────────────────────────────────────────────────────────────────────────────────
def test_a_dissolve_on_footage_without_handles_says_what_is_held_still() -> None:
    left = footage("1A", 0, 48, media_frames=50)
    right = footage("1B", 48, 48, source_start=5, media_frames=100)
    cut = cut_of(left, right).dissolve("1A", "1B", frames=24)
    assert cut.notices == (
        "the dissolve from 1A to 1B holds 1A still for 10 frames and 1B still for 7 frames: their media ends there",
    )
    assert cut.dissolve("1A", "1B", frames=24) is cut  # said once
    assert cut.dissolve("1A", "1B", frames=4).notices == ()  # 2 are there on both sides
    assert cut.dip("1A", "1B", frames=24).notices == cut.cut_hard("1A", "1B").notices == cut.fade_in("1B").notices == ()


def test_other_notices_stay() -> None:
    cut = cut_of(footage("1A", 0, 48, media_frames=48), still("1B", 48, 48)).model_copy(
        update={"notices": ("no voice for line 2",)}
    )
    dissolved = cut.dissolve("1A", "1B", frames=4)
    assert dissolved.notices[0] == "no voice for line 2" and "holds 1A still for 2 frames: its media ends" in dissolved.notices[1]
    assert dissolved.cut_hard("1A", "1B") == cut


def test_stills_frozen_frames_and_media_of_unknown_length_need_no_notice() -> None:
    for clip in (still("1A", 0, 48), footage("1A", 0, 48, media_frames=9, frozen=True), footage("1A", 0, 48)):
        assert cut_of(clip, still("1B", 48, 48)).dissolve("1A", "1B", frames=24).notices == ()


@pytest.mark.parametrize("speed", [Fraction(1), Fraction(2), Fraction(1, 2), Fraction(7, 5)])
@pytest.mark.parametrize("backwards", [False, True])
def test_what_is_held_is_counted_frame_by_frame(speed: Fraction, backwards: bool) -> None:
    made = {"source_start": 3, "media_frames": 3 + int(20 * speed) + 4, "speed": speed, "backwards": backwards}
    left, right = footage("1A", 0, 20, **made), footage("1B", 20, 20, **made)
    cut = cut_of(left, right).dissolve("1A", "1B", frames=30)  # 15 past either end
    outside = [sum(not 0 <= left.media_frame(20 + n) < left.media_frames for n in range(15))]
    outside.append(sum(not 0 <= right.media_frame(-1 - n) < right.media_frames for n in range(15)))
    assert [f"{name} still for {count} frames" in cut.notices[0] for name, count in zip(("1A", "1B"), outside, strict=True)] == [
        True,
        True,
    ]


def test_notices_of_held_pictures_can_be_told_anew() -> None:
    cut = cut_of(footage("1A", 0, 48, media_frames=50), still("1B", 48, 48)).dissolve("1A", "1B", frames=24)
    longer = [clip.model_copy(update={"media_frames": frames}) for clip in cut.track("V1").clips[:1] for frames in (55, 60)]
    mended = [
        retold(
            cut.model_copy(update={"tracks": (cut.tracks[0].model_copy(update={"clips": (clip, cut.clip("1B"))}), cut.tracks[1])})
        )
        for clip in longer
    ]
    assert [each.notices for each in mended] == [
        ("the dissolve from 1A to 1B holds 1A still for 5 frames: its media ends there",),
        (),
    ]
    gone = cut.model_copy(update={"tracks": (cut.tracks[0].model_copy(update={"transitions": ()}), cut.tracks[1])})
    assert retold(gone).notices == () and retold(three()) == three()


def test_a_crossfade_into_silence_is_refused() -> None:
    sounds = (line(1, 0, 48, media_frames=52), line(2, 48, 48, source_start=10))
    cut = cut_of(still("1A", 0, 96), sounds=sounds)
    assert only(cut.dissolve("line 1", "line 2", frames=8), "A1").frames == 8
    with pytest.raises(
        InputError, match=r"a crossfade of 12 frames needs 2 frames of line 1 .* expected at most 8. Write frames=8"
    ):
        cut.dissolve("line 1", "line 2", frames=12)


# ── fades and hard cuts ─────────────────────────────────────────────────────────────────────────────────────
def test_fades_stand_at_the_ends_of_their_clip() -> None:
    cut = three().fade_in("1A", frames=10).fade_out("2A", frames=20, colour="white")
    assert cut.track("V1").transitions == (
        Transition(kind="fade_in", right="v1.1A", frames=10),
        Transition(kind="fade_out", left="v1.2A", frames=20, colour="white"),
    )
    assert cut.frames == 192


def test_a_fade_is_at_most_as_long_as_its_clip() -> None:
    assert only(three().fade_in("1A", frames=48)).frames == 48
    with pytest.raises(InputError, match='fade-in of 49 frames is too long for "1A", which has 48 free; expected at most 48'):
        three().fade_in("1A", frames=49)


def test_a_fade_takes_the_place_of_the_dissolve_at_that_end_alone() -> None:
    cut = three().dissolve("1A", "1B", frames=10).dissolve("1B", "2A", frames=10).fade_in("1B", frames=10)
    assert [each.kind for each in cut.track("V1").transitions] == ["fade_in", "dissolve"]


def test_a_sound_fades_by_itself() -> None:
    cut = three().fade_in("line 1", frames=8).fade_out("line 1", frames=12)
    clip = cut.clip("line 1")
    assert (clip.fade_in, clip.fade_out) == (8, 12) and not cut.track("A1").transitions
    with pytest.raises(InputError, match="which has 48 free"):
        cut.fade_in("line 1", frames=49)
    assert cut.cut_hard("line 1") == three()


def test_a_fade_of_no_frames_takes_that_fade_away_and_no_other() -> None:
    both = three().fade_in("1A", frames=6).fade_out("1A", frames=8)
    assert both.fade_in("1A", frames=0) == three().fade_out("1A", frames=8)
    assert both.fade_out("1A", frames=0) == three().fade_in("1A", frames=6)
    assert three().fade_in("1A", frames=0) == three()
    crossed = three().dissolve("1A", "1B", frames=6)
    assert crossed.fade_in("1B", frames=0) == crossed  # what comes from another clip is no fade
    sounds = three().fade_in("line 1", frames=4).fade_out("line 1", frames=4)
    assert sounds.fade_in("line 1", frames=0) == three().fade_out("line 1", frames=4)
    with pytest.raises(InputError, match="For none at all write frames=0"):
        three().fade_in("1A", frames=1)


def test_cut_hard_takes_all_away_at_one_cut_and_leaves_the_others() -> None:
    cut = three().dissolve("1A", "1B", frames=10).dissolve("1B", "2A", frames=12)
    assert only(cut.cut_hard("1A", "1B")).frames == 12
    assert three().fade_out("1A", frames=6).fade_in("1B", frames=6).cut_hard("1A", "1B") == three()
    assert three().fade_in("1A", frames=6).fade_out("1A", frames=6).cut_hard("1A") == three()
    assert cut.cut_hard("1B") is cut  # it has no fades; dissolves stay
    with pytest.raises(InputError, match="expected two clips that touch"):
        cut.cut_hard("1A", "2A")


def test_cut_hard_takes_a_crossfade_off_sounds_that_overlap() -> None:
    sounds = (line(1, 0, 50), line(2, 40, 50))
    crossing = Transition(kind="dissolve", left="a1.1", right="a1.2", frames=8)
    cut = cut_of(still("1A", 0, 96), sounds=sounds)
    crossed = cut.model_copy(update={"tracks": (cut.tracks[0], cut.tracks[1].model_copy(update={"transitions": (crossing,)}))})
    assert crossed.cut_hard("line 1", "line 2") == cut


# ── picture and sound cut apart ─────────────────────────────────────────────────────────────────────────────
def places(cut: Joins, track: str = "V1") -> list[tuple[int, int]]:
    return [(clip.start, clip.end) for clip in cut.track(track).clips]


def test_a_j_cut_shows_a_clip_later_and_leaves_all_sound() -> None:
    cut = three()
    moved = cut.j_cut("1B", frames=12)
    assert places(moved) == [(0, 60), (60, 96), (96, 192)]
    assert moved.track("A1") == cut.track("A1") and moved.frames == 192


def test_an_l_cut_shows_the_next_clip_earlier_and_leaves_all_sound() -> None:
    cut = three()
    moved = cut.l_cut("1B", frames="00:00:00:12")
    assert places(moved) == [(0, 48), (48, 84), (84, 192)]
    assert moved.track("A1") == cut.track("A1") and moved.frames == 192


@pytest.mark.parametrize("speed", [Fraction(1), Fraction(1, 2), Fraction(3, 2)])
@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("verb", [Joins.j_cut, Joins.l_cut])
def test_frames_that_stay_show_what_they_showed(verb: Callable[..., Joins], speed: Fraction, backwards: bool) -> None:
    sides = {"source_start": 30, "media_frames": 200, "speed": speed, "backwards": backwards}
    cut = cut_of(footage("1A", 0, 48, **sides), footage("1B", 48, 48, **sides))
    moved = verb(cut, "1B" if verb is Joins.j_cut else "1A", frames=7)
    for name in ("1A", "1B"):
        old, new = cut.clip(name), moved.clip(name)
        for at in range(max(old.start, new.start), min(old.end, new.end)):
            assert new.media_frame(at - new.start) == old.media_frame(at - old.start)


def test_a_j_cut_is_refused_where_media_runs_out() -> None:
    cut = cut_of(footage("1A", 0, 48, media_frames=53), still("1B", 48, 48))
    assert places(cut.j_cut("1B", frames=5)) == [(0, 53), (53, 96)]
    with pytest.raises(
        InputError, match=r'"1A" would be seen for 6 frames more, and its media has 5; expected at most 5. Write frames=5'
    ):
        cut.j_cut("1B", frames=6)


def test_an_l_cut_is_refused_where_media_runs_out() -> None:
    cut = cut_of(still("1A", 0, 48), footage("1B", 48, 48, source_start=4, media_frames=90))
    assert cut.l_cut("1A", frames=4).clip("1B").source_start == 0
    with pytest.raises(InputError, match='"1B" would be seen for 5 frames more, and its media has 4'):
        cut.l_cut("1A", frames=5)


def test_a_picture_keeps_a_frame_and_what_its_transitions_take() -> None:
    with pytest.raises(InputError, match='"1B" would lose 48 frames of its 48, and 47 are free; expected at most 47'):
        three().j_cut("1B", frames=48)
    joined = three().dissolve("1A", "1B", frames=20).dissolve("1B", "2A", frames=20)  # 10 and 10 of 1B
    with pytest.raises(InputError, match="28 are free"):
        joined.j_cut("1B", frames=29)
    said: list[str] = []
    moved = joined.j_cut("1B", frames=28).track("V1")
    assert [zone.frames for zone in zones_of(moved.clips, moved.transitions, said)] == [20, 20] and not said


def test_a_moved_cut_says_anew_what_its_dissolve_holds() -> None:
    cut = cut_of(footage("1A", 0, 48, media_frames=60), still("1B", 48, 48)).dissolve("1A", "1B", frames=12)
    assert cut.notices == ()
    assert "holds 1A still for 4 frames" in cut.j_cut("1B", frames=10).notices[0]


def test_only_picture_cuts_of_v1_are_moved() -> None:
    with pytest.raises(InputError, match='"line 1" lies on A1; j_cut moves a picture cut of V1'):
        three().j_cut("line 1", frames=5)
    with pytest.raises(InputError, match='nothing touches "1A" before it'):
        three().j_cut("1A", frames=5)
    with pytest.raises(InputError, match='nothing touches "2A" after it'):
        three().l_cut("2A", frames=5)
    with pytest.raises(InputError, match="expected at least 1"):
        three().l_cut("1A", frames=0)


def test_what_a_dissolve_holds_is_said_anew_after_a_trim() -> None:
    cut = cut_of(footage("1A", 0, 48, media_frames=50), still("1B", 48, 48)).dissolve("1A", "1B", frames=24)
    assert cut.notices == ("the dissolve from 1A to 1B holds 1A still for 10 frames: its media ends there",)
    assembly = Assembly.model_validate(cut.model_dump())
    assert assembly.trim("1A", tail=4).notices == ("the dissolve from 1A to 1B holds 1A still for 6 frames: its media ends there",)
    assert assembly.trim("1A", tail=12).notices == ()
    assert not any("holds" in notice for notice in assembly.remove("1B").notices)

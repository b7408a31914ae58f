"""Where clips lie: what trims, slips, slides, rolls, splits, speeds, reverses and holds do, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from glimmer.assembly.pieces import Timeline
from glimmer.assembly.time_edits import TimeEdits
from glimmer.errors import InputError, LimitError, NotFound, TimecodeError

ShownOf = Callable[[Timeline, str], list[tuple[str, Fraction | None] | None]]


def places(cut: Timeline, track: str) -> dict[str, tuple[int, int]]:
    return {clip.name: (clip.start, clip.end) for clip in cut.track(track).clips}


def starts(cut: Timeline) -> list[int]:
    return [caption.start for caption in cut.captions]


def test_the_clips_of_a_cut_can_be_counted_and_named_by_number(lighthouse: TimeEdits) -> None:
    assert isinstance(lighthouse.clips, tuple) and len(lighthouse.clips) == sum(len(track.clips) for track in lighthouse.tracks)
    assert lighthouse.clips[0].name == "title" and lighthouse.clips == lighthouse.clips


# ── trim ────────────────────────────────────────────────────────────────────────────────────────────────────
def test_twelve_frames_off_the_head_make_the_film_half_a_second_shorter(lighthouse: TimeEdits) -> None:
    assert lighthouse.seconds == 44.0
    assert lighthouse.trim("1A", head=12).seconds == 43.5
    assert lighthouse.trim("1A", head="00:00:00:12") == lighthouse.trim("1A", head=12)
    assert lighthouse.seconds == 44.0


def test_half_a_second_is_refused_with_both_right_spellings(lighthouse: TimeEdits) -> None:
    with pytest.raises(TimecodeError, match=r'12 or "00:00:00:12"'):
        lighthouse.trim("1A", head=0.5)  # type: ignore[arg-type]
    for wrong in (True, None, float("nan"), "half", "-0.5"):
        with pytest.raises(TimecodeError):
            lighthouse.trim("1A", tail=wrong)  # type: ignore[arg-type]


def test_trimming_a_head_shows_a_later_part_and_moves_all_that_follows(lighthouse: TimeEdits) -> None:
    cut = lighthouse.trim("1A", head=12)
    assert cut.clip("1A").source_start == 36 and cut.clip("1A").start == 72
    assert places(cut, "V1")["1B"] == (204, 300)
    assert places(cut, "V2") == {"lower third": (238, 278), "gull": (738, 788)}
    assert places(cut, "A1")["line 1"] == (88, 138)
    assert starts(cut) == [start - 12 for start in starts(lighthouse)]
    assert cut.captions[0].words[0].start == lighthouse.captions[0].words[0].start - 12
    assert places(cut, "A2") == {"cue 1": (0, 1044)}
    assert places(cut, "A3") == {"air 1": (72, 300), "air 2": (300, 684), "air 3": (684, 972)}
    assert [marker.at for marker in cut.markers] == [72, 488]


def test_a_line_that_starts_in_what_was_trimmed_starts_at_the_cut_and_is_said_whole(lighthouse: TimeEdits) -> None:
    cut = lighthouse.trim("1A", head=50)  # line 1 starts 28 frames into the shot
    assert places(cut, "A1")["line 1"] == (72, 122)
    assert cut.captions[0].start == 74
    assert places(cut, "A1")["line 2"] == (110, 150)
    assert cut.notices == ("line 1 and line 2 on A1 now sound together for 12 frames",)


def test_a_line_across_what_was_trimmed_keeps_its_length_and_place(lighthouse: TimeEdits) -> None:
    cut = lighthouse.trim("1A", tail=20)  # [196, 216): line 2 lies from 160 to 200
    assert places(cut, "A1")["line 2"] == (160, 200)
    assert places(cut, "A1")["line 3"] == (310, 360)


@pytest.mark.parametrize("name", ["title", "1A", "1B", "2A", "2B", "2C", "3A", "3B", "end"])
@pytest.mark.parametrize("end", ["head", "tail"])
@pytest.mark.parametrize("ripple", [True, False])
def test_a_trim_taken_back_gives_the_same_cut(lighthouse: TimeEdits, name: str, end: str, ripple: bool) -> None:
    trimmed = lighthouse.trim(name, **{end: 5}, ripple=ripple)  # type: ignore[arg-type]
    assert trimmed != lighthouse
    back = trimmed.trim(name, **{end: -5}, ripple=ripple)  # type: ignore[arg-type]
    if ripple or (name, end) not in {("1B", "tail"), ("2A", "head"), ("2C", "tail"), ("3A", "head")}:
        assert back == lighthouse
    else:  # a gap came between two pictures that dissolved into each other
        assert len(back.track("V1").transitions) == 3 and len(back.notices) == 1


def test_frames_given_back_keep_what_was_seen_and_said_together(lighthouse: TimeEdits, shown: ShownOf) -> None:
    cut = lighthouse.trim("1A", head=-20)
    assert cut.frames == 1076
    assert shown(cut, "V1")[92:] == shown(lighthouse, "V1")[72:]
    assert places(cut, "A1")["line 1"] == (120, 170)
    assert places(cut, "A4")["fx 1A"][0] == 72
    assert places(cut, "A3")["air 1"] == (72, 332)


def test_without_ripple_the_gap_stays(lighthouse: TimeEdits) -> None:
    cut = lighthouse.trim("1A", head=12, tail="00:00:00:06", ripple=False)
    assert cut.frames == 1056
    assert places(cut, "V1")["1A"] == (84, 210)
    assert cut.tracks[1:] == lighthouse.tracks[1:] and cut.captions == lighthouse.captions


def test_on_another_track_the_gap_stays(lighthouse: TimeEdits) -> None:
    cut = lighthouse.trim("gull", head=10)
    assert places(cut, "V2") == {"lower third": (250, 290), "gull": (760, 800)}
    assert cut.clip("gull").source_start == 10
    cut = lighthouse.trim("line 3", head=4)
    assert places(cut, "A1")["line 3"] == (334, 380)
    assert cut.captions == lighthouse.captions  # its words are still said when they were


def test_media_that_ends_is_told_with_how_much_there_is(lighthouse: TimeEdits) -> None:
    with pytest.raises(InputError, match="3B has 7 frames of media after its end; 12 were asked"):
        lighthouse.trim("3B", tail=-12)
    with pytest.raises(InputError, match="3B has 7 frames of media before its start; 8 were asked"):
        lighthouse.trim("3B", head=-8)
    with pytest.raises(InputError, match="2A has 20 frames of media before its start"):  # 10 of its media, at half speed
        lighthouse.trim("2A", head=-21)
    with pytest.raises(InputError, match="2B has 6 frames of media before its start"):  # it runs backwards
        lighthouse.trim("2B", head=-7)
    assert lighthouse.trim("3B", tail=-7).frames == 1063
    assert lighthouse.trim("1B", tail=-1000).frames == 2056  # a still has no end


def test_nothing_left_is_refused(lighthouse: TimeEdits) -> None:
    for head, tail in ((144, 0), (0, 144), (100, 44), (10**6, 0)):
        with pytest.raises(InputError, match="1A has 144 frames"):
            lighthouse.trim("1A", head=head, tail=tail)
    assert lighthouse.trim("1A", head=100, tail=43).clip("1A").frames == 1


def test_a_picture_is_not_laid_over_its_neighbour(lighthouse: TimeEdits) -> None:
    with pytest.raises(InputError, match="would lie over 1B"):
        lighthouse.trim("1A", tail=-1, ripple=False)
    with pytest.raises(InputError, match="can't start 1 frame before the film's first"):
        lighthouse.trim("title", head=-1, ripple=False)


def test_unknown_names_are_answered_with_the_nearest(lighthouse: TimeEdits) -> None:
    with pytest.raises(NotFound, match="3A"):
        lighthouse.trim("3AA", head=1)
    assert lighthouse.trim(3, head=1) == lighthouse.trim("line 3", head=1)


def test_a_film_longer_than_the_limit_is_refused(lighthouse: TimeEdits) -> None:
    with pytest.raises(LimitError, match="MAX_FILM_SECONDS"):
        lighthouse.trim("1B", tail=-(24 * 6 * 60 * 60))


# ── transitions ─────────────────────────────────────────────────────────────────────────────────────────────
def test_a_transition_that_no_longer_fits_is_shortened_and_that_is_said(lighthouse: TimeEdits) -> None:
    cut = lighthouse.trim("1B", tail=90)  # 6 frames are left, the dissolve takes 12 of them
    assert next(each for each in cut.track("V1").transitions if each.kind == "dissolve").frames == 13
    assert cut.notices == ("the dissolve from 1B to 2A is 13 frames, was 24: there is no room for more",)


def test_transitions_at_both_ends_share_a_short_clip(lighthouse: TimeEdits) -> None:
    cut = lighthouse.trim("2C", tail=112).trim("3A", head=30)
    for each in cut.track("V1").transitions:
        for clip_id in filter(None, (each.left, each.right)):
            assert each.frames // 2 <= cut.clip(clip_id).frames


def test_a_transition_between_pictures_that_part_is_left_out_and_that_is_said_once(lighthouse: TimeEdits) -> None:
    cut = lighthouse.trim("1B", tail=1, ripple=False)
    assert [each.kind for each in cut.track("V1").transitions] == ["fade_in", "dip", "fade_out"]
    told = "the dissolve from 1B to 2A was left out: they no longer touch"
    assert cut.notices == (told,)
    assert cut.trim("1B", tail=1, ripple=False).notices == (told,)


# ── slip, slide, roll ───────────────────────────────────────────────────────────────────────────────────────
def test_a_slip_shows_another_part_in_the_same_place(lighthouse: TimeEdits, shown: ShownOf) -> None:
    cut = lighthouse.slip("1A", 10)
    assert places(cut, "V1") == places(lighthouse, "V1")
    assert shown(cut, "V1")[72] == ("asset of 1A", Fraction(34))
    assert cut.slip("1A", -10) == lighthouse
    assert lighthouse.slip("1A", 0) == lighthouse
    assert lighthouse.slip("1A", "00:00:01:00").clip("1A").source_start == 48


def test_a_slip_ends_where_the_media_does(lighthouse: TimeEdits) -> None:
    with pytest.raises(InputError, match="3B has 7 frames of media after its end; 8 were asked"):
        lighthouse.slip("3B", 8)
    with pytest.raises(InputError, match="3B has 7 frames of media before its start; 8 were asked"):
        lighthouse.slip("3B", "-00:00:00:08")
    with pytest.raises(InputError, match="1B is a still"):
        lighthouse.slip("1B", 1)


def test_a_slide_moves_a_clip_and_its_neighbours_give_and_take(lighthouse: TimeEdits, shown: ShownOf) -> None:
    cut = lighthouse.slide("1B", 10)
    assert cut.frames == 1056
    now = places(cut, "V1")
    assert (now["1A"], now["1B"], now["2A"]) == ((72, 226), (226, 322), (322, 432))
    assert shown(cut, "V1")[322:] == shown(lighthouse, "V1")[322:]
    assert cut.slide("1B", -10) == lighthouse


def test_a_slide_goes_no_further_than_its_neighbours(lighthouse: TimeEdits) -> None:
    with pytest.raises(InputError, match="2A has 120 frames"):
        lighthouse.slide("1B", 120)
    with pytest.raises(InputError, match="3B has 7 frames of media before its start"):
        lighthouse.slide("3A", -8)
    with pytest.raises(InputError, match="no neighbour before it"):
        lighthouse.slide("title", 1)
    with pytest.raises(InputError, match="would lie over lower third"):
        lighthouse.slide("gull", -470)
    assert places(lighthouse.slide("gull", -460), "V2")["gull"] == (290, 340)


def test_a_slid_line_takes_its_captions_along(lighthouse: TimeEdits) -> None:
    assert lighthouse.slide("line 3", -7).captions[2].start == lighthouse.captions[2].start - 7


def test_a_roll_moves_the_cut_point_alone(lighthouse: TimeEdits, shown: ShownOf) -> None:
    cut = lighthouse.roll("1A", "1B", 20)
    assert (places(cut, "V1")["1A"], places(cut, "V1")["1B"]) == ((72, 236), (236, 312))
    assert shown(cut, "V1")[:216] == shown(lighthouse, "V1")[:216]
    assert cut.tracks[1:] == lighthouse.tracks[1:]
    assert cut.roll("1A", "1B", -20) == lighthouse
    with pytest.raises(InputError, match="3A has 144 frames"):
        lighthouse.roll("3A", "3B", -144)
    with pytest.raises(InputError, match="3B has 7 frames of media before"):
        lighthouse.roll("3A", "3B", -8)
    with pytest.raises(InputError, match="share no cut point"):
        lighthouse.roll("1B", "1A", 1)


# ── split ───────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("name", ["title", "1A", "1B", "2A", "2B", "3A", "3B"])
@pytest.mark.parametrize("into", [1, 37, 71])
def test_a_split_shows_every_frame_as_before(lighthouse: TimeEdits, shown: ShownOf, name: str, into: int) -> None:
    cut = lighthouse.split(name, lighthouse.clip(name).start + into)
    assert [shown(cut, track.name) for track in cut.tracks] == [shown(lighthouse, track.name) for track in cut.tracks]
    assert cut.captions == lighthouse.captions and cut.tracks[1:] == lighthouse.tracks[1:]
    assert cut.clip(f"{name}.2").made_of == lighthouse.clip(name).made_of
    if into > 12:  # nearer to its edge there is no room for the transition
        assert cut.notices == () and len(cut.track("V1").transitions) == 4


def test_halves_of_halves_have_names_of_their_own(lighthouse: TimeEdits, shown: ShownOf) -> None:
    cut = lighthouse.split("2A", 350).split("2A.2", 361).split("2A", 333)
    assert [clip.name for clip in cut.track("V1").clips if clip.made_of == "2a"] == ["2A", "2A.4", "2A.2", "2A.3"]
    assert len({clip.id for clip in cut.clips}) == len(cut.clips)
    assert shown(cut, "V1") == shown(lighthouse, "V1")


def test_the_transition_out_of_a_clip_goes_with_its_right_half(lighthouse: TimeEdits) -> None:
    cut = lighthouse.split("1B", 250).split("2A", 350)
    joined = next(each for each in cut.track("V1").transitions if each.kind == "dissolve")
    assert (joined.left, joined.right, joined.frames) == (cut.clip("1B.2").id, "v1.2a", 24)


def test_the_parts_of_a_still_that_moves_know_which_part_they_are(lighthouse: TimeEdits) -> None:
    def parts(cut: TimeEdits) -> list[tuple[int, int, int]]:
        return [(clip.shot_at, clip.frames, clip.shot_frames) for clip in cut.track("V1").clips if clip.made_of == "2c"]

    cut = lighthouse.split("2C", 600)
    assert cut.notices == () and parts(cut) == [(0, 24, 120), (24, 96, 120)]
    assert parts(cut.trim("2C.2", head=10)) == [(0, 24, 120), (34, 86, 120)]
    assert cut.trim("2C.2", head=10).trim("2C.2", head=-10).track("V1") == cut.track("V1")
    assert cut.trim("2C", tail=-200).trim("2C", tail=200).track("V1") == cut.track("V1")
    assert parts(cut.roll("2C", "2C.2", 5)) == [(0, 29, 120), (29, 91, 120)]
    assert parts(cut.split("2C.2", 660)) == [(0, 24, 120), (24, 60, 120), (84, 36, 120)]
    assert all(clip.shot_frames == 0 for clip in lighthouse.split("1B", 250).clips)  # nothing runs over it


def test_a_split_must_lie_inside(lighthouse: TimeEdits) -> None:
    for at in (72, 216):
        with pytest.raises(InputError, match="is at its edge"):
            lighthouse.split("1A", at)
    with pytest.raises(InputError, match="is outside it"):
        lighthouse.split("1A", "00:00:30:00")


# ── speed, reverse, freeze ──────────────────────────────────────────────────────────────────────────────────
def test_double_speed_uses_the_same_media_in_half_the_time(lighthouse: TimeEdits) -> None:
    cut = lighthouse.speed("1A", 2)
    assert cut.clip("1A").frames == 72 and cut.clip("1A").used_frames == lighthouse.clip("1A").used_frames
    assert cut.frames == 1056 - 72 and places(cut, "V1")["1B"] == (144, 240)
    assert cut.speed("1A", 1).track("V1") == lighthouse.track("V1")
    for same in ("2", 2.0, Fraction(2), "200%"):
        assert lighthouse.speed("1A", same) == cut
    assert lighthouse.speed("3B", 0.1).clip("3B").speed == Fraction(1, 10)


@pytest.mark.parametrize("name", ["1A", "2B", "3B", "3A"])
@pytest.mark.parametrize("speed", ["1.7", "0.7", "3", "7/5", "16", "1/16"])
def test_the_speed_as_shot_gives_back_all_that_was_used_before(lighthouse: TimeEdits, name: str, speed: str) -> None:
    was = lighthouse.clip(name)
    for way in ((speed,), (speed, "1.3"), ("11", speed, "0.9")):
        cut = lighthouse
        for factor in way:
            cut = cut.speed(name, factor)
        assert cut.clip(name).media_frame(cut.clip(name).frames - 1) < was.media_frames
        assert cut.speed(name, was.speed).clip(name) == was
        assert cut.speed(name, was.speed).frames == lighthouse.frames


def test_a_trim_between_two_speeds_takes_only_what_it_says(lighthouse: TimeEdits) -> None:
    fast = lighthouse.speed("1A", "1.7")  # 84 frames, and 1.2 of its media that fill none
    assert fast.trim("1A", tail=10).trim("1A", tail=-10).track("V1") == fast.track("V1")
    assert fast.trim("1A", tail=10).speed("1A", 1).clip("1A").frames == 144 - 17
    assert fast.trim("1A", head=10).speed("1A", 1).clip("1A").frames == 144 - 17
    halves = fast.split("1A", 100)
    assert halves.clip("1A").stretch == 0 and halves.clip("1A.2").stretch == 144 - 28 * Fraction(17, 10)
    back = lighthouse.reverse("1A").speed("1A", "1.7").split("1A", 100)
    assert back.clip("1A.2").stretch == 0 and back.clip("1A").stretch == 144 - 56 * Fraction(17, 10)


def test_a_speed_never_reads_past_the_end_of_the_media(lighthouse: TimeEdits) -> None:
    for speed in ("7/3", "16", "1.9"):
        cut = lighthouse.speed("3B", speed)
        longest = cut.trim("3B", tail=-1) if cut.clip("3B").media_frame(cut.clip("3B").frames) < 158 else cut
        clip = longest.speed("3B", 1).clip("3B")
        assert clip.media_frame(clip.frames - 1) < clip.media_frames


def test_half_speed_makes_room_on_every_track(lighthouse: TimeEdits) -> None:
    cut = lighthouse.speed("1A", "1/2")
    assert cut.frames == 1056 + 144 and places(cut, "V1")["1B"][0] == 360
    assert places(cut, "A1")["line 3"][0] == 330 + 144
    with pytest.raises(InputError, match="would lie over 1B"):
        lighthouse.speed("1A", "1/2", ripple=False)


def test_captions_keep_the_place_of_their_words_when_a_line_is_retimed(lighthouse: TimeEdits) -> None:
    word = lighthouse.speed("line 3", 2).captions[2].words[1]
    assert (word.start, word.end) == (337, 345)


def test_a_speed_out_of_its_range_is_refused(lighthouse: TimeEdits) -> None:
    for wrong in (0, -1, 17, "1/17", "fast", float("nan"), float("inf"), True, None, "1/0"):
        with pytest.raises(InputError, match="is no speed"):
            lighthouse.speed("1A", wrong)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="2C is a still"):
        lighthouse.speed("2C", 2)


def test_backwards_twice_is_as_before(lighthouse: TimeEdits, shown: ShownOf) -> None:
    cut = lighthouse.reverse("1A")
    assert shown(cut, "V1")[72:216] == shown(lighthouse, "V1")[215:71:-1]
    assert cut.reverse("1A") == lighthouse
    with pytest.raises(InputError, match="1B is a still"):
        lighthouse.reverse("1B")


@pytest.mark.parametrize("name", ["1A", "2A", "2B", "3A"])
@pytest.mark.parametrize("into", [0, 31, 119])
def test_a_freeze_holds_one_picture_and_then_goes_on(lighthouse: TimeEdits, shown: ShownOf, name: str, into: int) -> None:
    at = lighthouse.clip(name).start + into
    cut = lighthouse.freeze(name, at=at, frames=30)
    before, after = shown(lighthouse, "V1"), shown(cut, "V1")
    assert after[:at] == before[:at]
    assert after[at : at + 30] == [before[at]] * 30
    assert after[at + 30 :] == before[at:]
    assert [clip.frozen for clip in cut.track("V1").clips if clip.made_of == name.lower()] == ([False] if into else []) + [
        True,
        False,
    ]


def test_a_freeze_keeps_the_joins_at_both_ends(lighthouse: TimeEdits) -> None:
    for at in (312, 400):
        cut = lighthouse.roll("2B", "2C", -10).freeze("2A", at=at, frames=30)
        assert {each.kind for each in cut.track("V1").transitions} == {"fade_in", "dissolve", "dip", "fade_out"}


def test_what_can_not_be_held_is_refused(lighthouse: TimeEdits) -> None:
    for name, at, told in (("1B", 220, "1B is a still"), ("1A", 216, "lies outside 1A"), ("line 1", 110, "is a sound")):
        with pytest.raises(InputError, match=told):
            lighthouse.freeze(name, at=at, frames=5)
    with pytest.raises(InputError, match="0 frames"):
        lighthouse.freeze("1A", at=100, frames=0)

"""The verbs for what is heard: each gives a new cut, and what can't be done is refused with the reason."""

from __future__ import annotations

from fractions import Fraction
from math import inf, nan

import pytest

from glimmer.assembly.changes import changes
from glimmer.assembly.pieces import Clip, Track
from glimmer.assembly.sounds import Sounds, crossing
from glimmer.errors import InputError, NotFound, TimecodeError
from glimmer.vocabulary import Noun


class Bed(Noun):
    asset: str = "room"
    media_type: str = "audio/flac"
    seconds: float = 10.0


def sound(name: str, start: int, frames: int, **more: object) -> Clip:
    return Clip(id=f"{name}@{start}", name=name, kind="sound", asset=name, start=start, frames=frames, **more)


@pytest.fixture
def cut() -> Sounds:
    picture = Clip(id="v1", name="2A", kind="still", asset="p", start=0, frames=240)
    lines = (sound("line 1", 24, 48, source_start=12, media_frames=96), sound("line 2", 72, 48, source_start=12, media_frames=96))
    return Sounds(
        title="Sea",
        rate=Fraction(24),
        tracks=(
            Track(name="V1", kind="picture", clips=(picture,)),
            Track(name="A1", kind="sound", role="dialogue", clips=lines),
            Track(name="A2", kind="sound", role="music", clips=(sound("cue", 0, 240, fade_in=12),)),
            Track(name="A3", kind="sound", role="effects", clips=(sound("surf", 0, 240),)),
        ),
    )


def test_gain_is_set_on_a_track_or_a_clip_and_the_old_cut_stays(cut):
    louder = cut.gain("a2", -12).gain("line 1", 3.5).gain(2, -60)
    assert louder.track("A2").gain_db == -12.0
    assert louder.clip("line 1").gain_db == 3.5 and louder.clip(2).gain_db == -60.0
    assert cut.track("A2").gain_db == 0.0 and cut.clip("line 1").gain_db == 0.0


@pytest.mark.parametrize("db", [nan, inf, -60.1, 24.1, True, "3", None])
def test_a_gain_that_is_no_level_is_refused(cut, db):
    with pytest.raises(InputError, match="-60 to 24"):
        cut.gain("A2", db)


@pytest.mark.parametrize("verb", [lambda c, n: c.gain(n, 1), lambda c, n: c.pan(n, 0.5), lambda c, n: c.fade_sound(n, head=3)])
def test_what_is_seen_has_no_sound_and_unknown_names_are_answered_with_the_nearest(cut, verb):
    with pytest.raises(InputError, match="picture"):
        verb(cut, "2A")
    with pytest.raises(NotFound, match="line 2"):
        verb(cut, "line 22")


def test_where_a_picture_and_a_sound_have_one_name_the_sound_is_meant(cut):
    named = cut.model_copy(update={"tracks": (*cut.tracks, Track(name="A4", kind="sound", clips=(sound("2A", 0, 24),)))})
    assert named.gain("2A", 2).tracks[-1].clips[0].gain_db == 2.0
    doubled = named.tracks[-1].model_copy(update={"clips": (sound("2A", 0, 24), sound("2A", 48, 24))})
    with pytest.raises(InputError, match='"2A@48" at frame 48 on A4'):
        cut.model_copy(update={"tracks": (*cut.tracks, doubled)}).gain("2A", 2)


def test_a_track_is_muted_and_heard_again(cut):
    assert cut.mute("A2").track("A2").muted and not cut.mute("A2").unmute("A2").track("A2").muted
    with pytest.raises(NotFound, match=r"A1, A2, A3|did you mean"):
        cut.mute("A9")


def test_a_picture_track_is_hidden_and_shown_and_the_film_keeps_its_length(cut):
    hidden = cut.mute("v1")
    assert hidden.track("V1").muted and hidden.frames == cut.frames and hidden.track("V1").clips == cut.track("V1").clips
    assert hidden.unmute("V1") == cut
    told = changes(cut, hidden)
    assert [(row["where"], row["edit"], row["before"], row["after"]) for row in told] == [("V1", "muted", "seen", "hidden")]


def test_pan_goes_from_side_to_side_and_no_farther(cut):
    assert cut.pan("line 1", -1).clip("line 1").pan == -1.0
    for wrong in (1.01, nan, False):
        with pytest.raises(InputError, match="-1 to 1"):
            cut.pan("line 1", wrong)


def test_fades_fit_into_the_clip_and_one_leaves_the_other(cut):
    faded = cut.fade_sound("line 1", head=12).fade_sound("line 1", tail="00:00:01:00")
    assert (faded.clip("line 1").fade_in, faded.clip("line 1").fade_out) == (12, 24)
    assert faded.fade_sound("line 1", head=0).clip("line 1").fade_in == 0
    with pytest.raises(InputError, match="at most 48 together"):
        faded.fade_sound("line 1", head=25)
    with pytest.raises(InputError, match="neither head nor tail"):
        cut.fade_sound("line 1")
    for wrong in (0.5, -1, "12 frames"):
        with pytest.raises(TimecodeError):
            cut.fade_sound("line 1", head=wrong)


def test_a_crossfade_moves_no_clip_and_takes_the_place_of_their_own_fades(cut):
    crossed = cut.fade_sound("line 1", tail=6).crossfade("line 1", "line 2", frames=8)
    (made,) = crossed.track("A1").transitions
    assert (made.kind, made.left, made.right, made.frames) == ("dissolve", "line 1@24", "line 2@72", 8)
    assert crossed.clip("line 1").fade_out == 0
    assert [clip.start for clip in crossed.track("A1").clips] == [24, 72]
    assert crossing(crossed.clip("line 1"), crossed.clip("line 2"), 8) == (68, 76)
    assert crossed.crossfade("line 1", "line 2", frames=4).track("A1").transitions[0].frames == 4
    assert crossed.crossfade("line 1", "line 2", frames=0).track("A1").transitions == ()


def test_a_crossfade_longer_than_the_sound_says_how_long_it_may_be(cut):
    with pytest.raises(InputError, match="at most 25"):  # 12 frames of line 2 before the cut, 13 after it
        cut.crossfade("line 1", "line 2", frames=60)
    assert cut.crossfade("line 1", "line 2", frames=25).track("A1").transitions
    ended = sound("line 2", 72, 48, media_frames=48)
    alone = cut.track("A1").model_copy(update={"clips": (cut.clip("line 1"), ended)})
    with pytest.raises(InputError, match="at most 1"):
        cut.model_copy(update={"tracks": (cut.tracks[0], alone)}).crossfade("line 1", "line 2", frames=8)


def test_clips_that_overlap_cross_in_what_they_share(cut):
    late = sound("line 2", 60, 48, media_frames=48)  # no sound before its start, and none is needed
    track = cut.track("A1").model_copy(update={"clips": (cut.clip("line 1"), late)})
    crossed = cut.model_copy(update={"tracks": (cut.tracks[0], track)}).crossfade("line 1", "line 2", frames=12)
    assert crossing(*crossed.track("A1").clips, 12) == (60, 72)


def test_what_can_not_cross_is_refused_with_the_reason(cut):
    apart = cut.track("A1").model_copy(update={"clips": (cut.clip("line 1"), sound("line 2", 80, 40))})
    with pytest.raises(InputError, match="8 frames of nothing"):
        cut.model_copy(update={"tracks": (cut.tracks[0], apart)}).crossfade("line 1", "line 2", frames=4)
    with pytest.raises(InputError, match=r"lies on A1 and .* on A2"):
        cut.crossfade("line 1", "cue", frames=4)
    with pytest.raises(InputError, match="earlier one first"):
        cut.crossfade("line 2", "line 1", frames=4)
    with pytest.raises(InputError, match="itself"):
        cut.crossfade("line 1", "line 1", frames=4)


def test_two_crossfades_of_one_clip_do_not_run_into_each_other(cut):
    three = (sound("a", 0, 40), sound("b", 40, 20, source_start=30), sound("c", 60, 40, source_start=30))
    track = Track(name="A1", kind="sound", role="dialogue", clips=three)
    film = cut.model_copy(update={"tracks": (cut.tracks[0], track)}).crossfade("a", "b", frames=20)
    with pytest.raises(InputError, match="at most 21"):  # b is free from frame 50: 10 before the cut, 11 after it
        film.crossfade("b", "c", frames=30)


def test_music_ducks_under_the_voice_and_by_nothing_no_more(cut):
    ducked = cut.duck("A2", under="A1", by_db=9)
    assert (ducked.track("A2").duck_under, ducked.track("A2").duck_db) == ("A1", 9.0)
    assert ducked.duck("A2", under="A1", by_db=0).track("A2").duck_under == ""


def test_a_track_does_not_duck_under_itself_nor_in_a_ring(cut):
    with pytest.raises(InputError, match="itself"):
        cut.duck("A2", under="A2", by_db=9)
    two = cut.duck("A2", under="A1", by_db=9).duck("A3", under="A2", by_db=6)
    with pytest.raises(InputError, match="A1 under A3 under A2 under A1"):
        two.duck("A1", under="A3", by_db=3)
    with pytest.raises(InputError, match="picture track"):
        cut.duck("V1", under="A1", by_db=9)
    for wrong in (nan, -1, 61):
        with pytest.raises(InputError, match="0 to 60"):
            cut.duck("A2", under="A1", by_db=wrong)


@pytest.mark.parametrize("seconds", [2.0, 3.3, 10.0, 400.0])
def test_room_tone_lies_under_every_frame_of_the_film(cut, seconds):
    toned = cut.room_tone(Bed(seconds=seconds))
    track = toned.track("A5")
    assert (track.role, track.gain_db, track.duck_db) == ("effects", -30.0, 0.0)
    assert track.clips[0].start == 0 and track.clips[-1].end == toned.frames == cut.frames
    for before, after in zip(track.clips, track.clips[1:], strict=False):
        assert before.end - after.start == before.fade_out == after.fade_in > 0
    assert all(clip.source_start + clip.frames <= clip.media_frames for clip in track.clips)
    assert all(clip.fade_in + clip.fade_out <= clip.frames for clip in track.clips)
    assert len({clip.id for clip in toned.clips}) == len(toned.clips)


def test_room_tone_needs_a_free_track_and_a_bed_to_go_round(cut):
    with pytest.raises(InputError, match=r'A1 is taken.*track="A4"'):
        cut.room_tone(Bed(), track="A1")
    for wrong in ("V1", "room", "A0", 5):
        with pytest.raises(InputError, match="A1"):
            cut.room_tone(Bed(), track=wrong)
    with pytest.raises(InputError, match="too short"):
        cut.room_tone(Bed(seconds=0.5))
    with pytest.raises(InputError, match="still"):
        cut.room_tone(Bed(media_type="image/png"))


def test_two_room_tones_have_clips_of_their_own(cut):
    both = cut.room_tone(Bed()).room_tone(Bed(), track="A6")
    assert both.gain("room tone A6.1", -3).track("A6").clips[0].gain_db == -3.0
    assert len({clip.name for clip in both.clips}) == len(both.clips)

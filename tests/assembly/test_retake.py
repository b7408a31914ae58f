"""Another take in the same place: what a person cut stays as it was cut, and a take too short for it is told."""

from __future__ import annotations

from fractions import Fraction

from glimmer.assembly import Assembly, Caption, CaptionWord, Clip, Piece, Track, retake

RATE = Fraction(24)
OLD = Piece(asset="old", media_type="audio/wav", seconds=2.0)
WORDS = (("Listen", 0.0, 0.5), ("to", 0.5, 0.75), ("the", 0.75, 1.0), ("water", 1.0, 2.75))
NEW = Piece(asset="new", media_type="audio/wav", seconds=3.0, words=WORDS)


def line(**more: object) -> Clip:
    plain = {
        "id": "l1",
        "name": "line 1",
        "kind": "sound",
        "asset": "old",
        "start": 24,
        "frames": 48,
        "media_frames": 48,
        "made_of": "l1",
    }
    return Clip.model_validate(plain | more)


def shot(**more: object) -> Clip:
    plain = {
        "id": "v1",
        "name": "1A",
        "kind": "footage",
        "asset": "old",
        "start": 0,
        "frames": 90,
        "media_frames": 96,
        "made_of": "s1",
    }
    return Clip.model_validate(plain | more)


def cut_of(*lines: Clip, picture: Clip | None = None) -> Assembly:
    caption = Caption(line_id="l1", text="Hush.", start=24, end=40, words=(CaptionWord(word="Hush.", start=24, end=40),))
    tracks = (
        Track(name="V1", kind="picture", clips=(picture or shot(),)),
        Track(name="A1", kind="sound", role="dialogue", clips=lines),
    )
    return Assembly(title="T", rate=RATE, tracks=tracks, captions=(caption,))


def with_line(cut: Assembly, piece: Piece = NEW) -> Assembly:
    return retake(cut, lambda track, clip: piece if track.name == "A1" else None)


def with_shot(cut: Assembly, piece: Piece) -> Assembly:
    return retake(cut, lambda track, clip: piece if track.name == "V1" else None)


def test_a_line_that_nobody_trimmed_lasts_as_long_as_its_new_take() -> None:
    clip = with_line(cut_of(line())).clip("line 1")
    assert (clip.asset, clip.frames, clip.media_frames, clip.start) == ("new", 72, 72, 24)
    assert with_line(cut_of(line(media_frames=0))).clip("line 1").frames == 72  # a cut of release 0.1.0
    assert with_line(cut_of(line(speed=Fraction(2), frames=24))).clip("line 1").frames == 36


def test_what_a_person_trimmed_and_set_stays() -> None:
    trimmed = line(source_start=12, frames=30, speed=Fraction(1, 2), gain_db=-3, fade_in=4, pan=0.2)
    after = with_line(cut_of(trimmed))
    assert after.clip("line 1") == trimmed.model_copy(update={"asset": "new", "media_type": "audio/wav", "media_frames": 72})
    assert after.notices == ()


def test_a_take_too_short_for_its_place_keeps_the_place_and_is_told() -> None:
    after = with_line(cut_of(line(source_start=20, frames=28)), Piece(asset="new", media_type="audio/wav", seconds=1.0))
    assert (after.clip("line 1").frames, after.clip("line 1").source_start) == (28, 20)
    assert after.notices == ("line 1 on A1 uses its take up to frame 48; the new take has 24 frames: it is silent after that",)
    shown = with_shot(cut_of(line()), Piece(asset="new", media_type="video/mp4", seconds=2.0))
    assert shown.clip("1A").frames == 90 and "its last picture is held" in shown.notices[0]


def test_a_still_in_the_place_of_footage_has_no_end_and_the_other_way_round() -> None:
    still = with_shot(cut_of(line()), Piece(asset="new", media_type="image/png"))
    assert (still.clip("1A").kind, still.clip("1A").media_frames) == ("still", 0)
    footage = with_shot(still, Piece(asset="newer", media_type="video/mp4", seconds=4.01))
    assert (footage.clip("1A").kind, footage.clip("1A").media_frames) == ("footage", 96)


def test_words_light_up_when_they_are_said_at_any_speed_and_trim() -> None:
    whole = with_line(cut_of(line())).captions[0]
    assert (whole.text, [word.start for word in whole.words]) == ("Listen to the water", [24, 36, 42, 48])
    double = with_line(cut_of(line(speed=Fraction(2), frames=24))).captions[0]
    assert [word.start for word in double.words] == [24, 30, 33, 36]
    trimmed = with_line(cut_of(line(source_start=18, frames=30))).captions[0]
    assert (trimmed.text, [word.start for word in trimmed.words]) == ("the water", [24, 30])


def test_a_line_in_two_halves_keeps_its_words_on_both() -> None:
    halves = line(frames=18), line(id="l1.2", start=100, frames=30, source_start=18)
    after = with_line(cut_of(*halves)).captions[0]
    assert [(word.word, word.start) for word in after.words] == [("Listen", 24), ("to", 36), ("the", 100), ("water", 106)]


def test_the_length_of_the_film_is_worked_out_anew_and_nothing_else_is_touched() -> None:
    cut = cut_of(line())
    assert cut.frames == 90
    assert retake(cut, lambda track, clip: None) == cut
    assert with_line(cut).track("V1") == cut.track("V1")

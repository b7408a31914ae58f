"""A first cut, and the same cut at another rate."""

from __future__ import annotations

from fractions import Fraction

import pytest

from glimmer.assembly import Assembly, Clip, Piece, at_rate, draft, lay_out, plan_cues
from glimmer.screenplay.nouns import Heading, Line, Scene, Screenplay, Shot

PICTURE = Piece(asset="p" * 64, media_type="image/png")


def script(transition_out: str = "", transition_in: str = "", last_out: str = "") -> Screenplay:
    lines = (
        Line(id="l1", number=1, scene_id="a", character="MARA", text="Sing with me."),
        Line(id="l2", number=2, scene_id="a", character="ELI", text="I can't.", delivery="off_screen"),
    )
    first = Scene(
        id="a",
        number="1",
        heading=Heading(raw="INT. ROOM", place="ROOM", interior=True),
        lines=lines,
        shots=(
            Shot(id="1a", slate="1A", scene_id="a", size="WS", move="push_in"),
            Shot(id="1b", slate="1B", scene_id="a", size="CU", line_ids=("l1", "l2")),
        ),
        transition_out=transition_out,
    )
    second = Scene(
        id="b",
        number="2",
        heading=Heading(raw="EXT. SEA", place="SEA"),
        shots=(Shot(id="2a", slate="2A", scene_id="b", size="EWS"),),
        transition_in=transition_in,
        transition_out=last_out,
    )
    return Screenplay(title="Song", source="", scenes=(first, second), title_page=(("Author", "A. Writer"),))


def cut_of(film: Screenplay, rate: Fraction = Fraction(24), *, pictures: tuple[str, ...] = ("1a", "1b", "2a")) -> Assembly:
    voices = {
        "l1": Piece(
            asset="a" * 64, media_type="audio/flac", seconds=2.0, words=(("Sing", 0.1, 0.5), ("with", 0.6, 0.9), ("me.", 1.0, 1.8))
        ),
        "l2": Piece(asset="b" * 64, media_type="audio/flac", seconds=1.0, words=(("I", 0.06, 0.2), ("can't.", 0.25, 0.8))),
    }
    timing = lay_out(film, {key: piece.seconds for key, piece in voices.items()}, rate)
    cues = plan_cues(film, timing)
    score = tuple((cue, Piece(asset="m" * 64, media_type="audio/flac", seconds=cue.frames / float(rate))) for cue in cues)
    air = {"a": Piece(asset="c" * 64, media_type="audio/flac", seconds=9.0)}
    return draft(film, timing, pictures=dict.fromkeys(pictures, PICTURE), voices=voices, score=score, air=air)


def test_the_pictures_lie_end_to_end_between_a_title_and_an_end_card() -> None:
    clips = cut_of(script()).track("V1").clips
    assert [clip.name for clip in clips] == ["title", "1A", "1B", "2A", "end"]
    assert all(left.end == right.start for left, right in zip(clips, clips[1:], strict=False))
    assert clips[0].title == "Song" and clips[0].subtitle == "A. Writer"


def test_a_caption_lights_each_word_at_the_frame_at_which_it_is_said() -> None:
    cut = cut_of(script())
    first = cut.captions[0]
    sound = next(clip for clip in cut.track("A1").clips if clip.made_of == "l1")
    assert [word.start - sound.start for word in first.words] == [round(t * 24) for t in (0.1, 0.6, 1.0)]
    assert first.start == first.words[0].start


def test_captions_of_following_lines_do_not_overlap() -> None:
    first, second = cut_of(script()).captions
    assert first.end <= second.start


def test_who_is_heard_but_not_seen_is_named_in_the_caption() -> None:
    first, second = cut_of(script()).captions
    assert (first.speaker, second.speaker) == ("", "ELI")


@pytest.mark.parametrize(
    ("out", "into", "kinds"),
    [
        ("", "", []),
        ("CUT TO:", "", []),
        ("SMASH CUT TO:", "", []),
        ("DISSOLVE TO:", "", ["dissolve"]),
        ("CROSSFADE TO:", "", ["dissolve"]),
        ("FADE TO:", "", ["dip"]),
        ("FADE OUT.", "", ["fade_out", "fade_in"]),
        ("FADE TO BLACK.", "FADE IN:", ["fade_out", "fade_in"]),
        ("", "FADE IN:", ["fade_in"]),
    ],
)
def test_the_transitions_of_the_script_are_those_of_the_cut(out: str, into: str, kinds: list[str]) -> None:
    cut = cut_of(script(out, into))
    between = [t.kind for t in cut.track("V1").transitions if t.left == "v1.1b" or t.right == "v1.2a"]
    assert between == kinds


def test_a_transition_does_not_change_the_length() -> None:
    assert cut_of(script("DISSOLVE TO:")).frames == cut_of(script()).frames


def test_a_shot_without_a_picture_is_black_and_the_cut_says_so() -> None:
    cut = cut_of(script(), pictures=("1a", "2a"))
    assert cut.track("V1").clips[2].kind == "black"
    assert "1B" in cut.notices[0]


def test_the_score_is_pushed_down_under_the_dialogue() -> None:
    score = cut_of(script()).track("A2")
    assert score.duck_under == "A1" and score.duck_db > 0
    assert score.clips[-1].end == cut_of(script()).frames


# ── A3 and A4 ───────────────────────────────────────────────────────────────────────────────────────────────
BED = Piece(asset="c" * 64, media_type="audio/flac", seconds=40.0)


def air_of(seconds: float, bed: Piece = BED, rate: Fraction = Fraction(24), *, effects: dict[str, Piece] | None = None) -> Assembly:
    """The cut of a film whose first scene holds a line of `seconds`, over `bed`."""
    film = script()
    timing = lay_out(film, {"l1": seconds, "l2": 0.5}, rate)
    return draft(film, timing, pictures={}, voices={}, air={"a": bed, "b": bed}, effects=effects)


def scene_of(cut: Assembly, shots: set[str]) -> tuple[int, int]:
    clips = [clip for clip in cut.track("V1").clips if clip.made_of in shots]
    return clips[0].start, clips[-1].end


@pytest.mark.parametrize("rate", [Fraction(24), Fraction(25), Fraction(30000, 1001), Fraction(60)])
@pytest.mark.parametrize("seconds", [0.2, 20.0, 33.6, 40.0, 120.0, 600.0])
def test_the_air_of_a_scene_lies_from_its_first_frame_to_its_last(seconds: float, rate: Fraction) -> None:
    cut = air_of(seconds, rate=rate)
    for scene_id, shots in (("a", {"1a", "1b"}), ("b", {"2a"})):
        rounds = [clip for clip in cut.track("A3").clips if clip.made_of == scene_id]
        assert (rounds[0].start, rounds[-1].end) == scene_of(cut, shots)
        assert all(clip.source_start >= 0 and (clip.source_start + clip.frames) / rate <= 40 for clip in rounds)
        for left, right in zip(rounds, rounds[1:], strict=False):
            assert left.end - right.start == left.fade_out == right.fade_in == round(2 * rate)
        assert rounds[0].fade_in == rounds[-1].fade_out == round(Fraction(4, 10) * rate)


def test_a_bed_goes_on_from_an_odd_number_of_whole_seconds_before() -> None:
    """So clocks stay in step and hums cross at a quarter turn (models.interface.AmbienceRequest)."""
    rounds = [clip for clip in air_of(600.0).track("A3").clips if clip.made_of == "a"]
    for left, right in zip(rounds, rounds[1:], strict=False):
        back = left.source_start + right.start - left.start - right.source_start
        assert back % 24 == 0 and back // 24 % 2 == 1


def test_no_round_of_a_bed_begins_where_the_one_before_began_and_all_cuts_agree() -> None:
    rounds = [clip for clip in air_of(600.0).track("A3").clips if clip.made_of == "a"]
    begins = [clip.source_start for clip in rounds]
    assert all(left != right for left, right in zip(begins, begins[1:], strict=False)) and len(set(begins)) > 3
    assert air_of(600.0) == air_of(600.0)
    assert len({clip.id for clip in rounds}) == len(rounds) > 15


def test_a_sound_of_ones_own_too_short_to_go_round_is_laid_once() -> None:
    own = Piece(asset="o" * 64, media_type="audio/wav", seconds=1.5)
    clips = air_of(60.0, own).track("A3").clips
    assert [(clip.made_of, clip.frames) for clip in clips] == [("a", 36), ("b", 36)]


def test_air_of_ones_own_begins_as_it_was_recorded() -> None:
    own = BED.model_copy(update={"own": True})
    assert {clip.source_start for clip in air_of(3.0, own).track("A3").clips} == {0}
    assert air_of(120.0, own).track("A3").clips[0].source_start == 0
    assert any(clip.source_start for clip in air_of(3.0).track("A3").clips)


def test_effects_begin_with_their_shot_and_ring_on_but_not_into_another_place() -> None:
    slam, party = (Piece(asset=name * 64, media_type="audio/flac", seconds=seconds) for name, seconds in (("s", 1.2), ("y", 90.0)))
    cut = air_of(3.0, effects={"1a": party, "1b": slam, "2a": party})
    shots = {clip.made_of: clip for clip in cut.track("V1").clips if clip.made_of}
    track = cut.track("A4")
    assert [clip.name for clip in track.clips] == ["fx 1A", "fx 1B", "fx 2A"]
    assert [clip.start for clip in track.clips] == [shots[each].start for each in ("1a", "1b", "2a")]
    first, second, third = track.clips
    assert first.end == shots["1a"].end + 36 and first.fade_out == 36  # 1.5 s into the next shot
    assert second.frames == 29 and second.fade_out == 0  # all of it
    assert third.end - shots["2a"].end == third.fade_out == 10  # 0.4 s
    assert (track.duck_under, track.duck_db, track.role) == ("A1", cut.track("A3").duck_db, "effects")


def test_a_film_in_which_nothing_is_heard_has_no_effects() -> None:
    assert cut_of(script()).track("A4").clips == ()


def test_a_move_goes_where_the_picture_says_the_eye_should_go() -> None:
    clip = cut_of(script()).track("V1").clips[1]
    assert clip.framing.move == "push_in" and clip.framing.focus == PICTURE.focus


@pytest.mark.parametrize("rate", [Fraction(24000, 1001), Fraction(25), Fraction(30000, 1001), Fraction(60)])
def test_another_rate_keeps_the_length_to_a_frame_and_what_met_still_meets(rate: Fraction) -> None:
    cut = cut_of(script("DISSOLVE TO:"))
    there = at_rate(cut, rate)
    assert abs(there.frames - cut.frames / cut.rate * rate) <= 0.5
    clips = there.track("V1").clips
    assert all(left.end == right.start for left, right in zip(clips, clips[1:], strict=False))


def test_a_cut_survives_being_written_and_read() -> None:
    cut = cut_of(script("DISSOLVE TO:"), Fraction(30000, 1001))
    assert Assembly.model_validate_json(cut.model_dump_json()) == cut


def test_a_cut_says_itself_in_one_line() -> None:
    assert repr(cut_of(script())).startswith('Cut "Song"')
    assert "\n" not in repr(cut_of(script()))


def test_a_clip_ends_before_the_frame_after_it() -> None:
    assert Clip(id="x", name="x", kind="black", start=10, frames=5).end == 15

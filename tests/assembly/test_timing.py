"""The picture follows the measured lines."""

from __future__ import annotations

from fractions import Fraction

import pytest

from glimmer.assembly import lay_out, plan_cues
from glimmer.screenplay.nouns import Heading, Line, Scene, Screenplay, Shot
from glimmer.vocabulary import Mood

RATES = [Fraction(24000, 1001), Fraction(24), Fraction(25), Fraction(30000, 1001), Fraction(30)]


def line(number: int, scene: str, dual: str = "") -> Line:
    return Line(id=f"l{number}", number=number, scene_id=scene, character="MARA", text="Sing with me.", dual=dual)  # type: ignore[arg-type]


def scene(number: int, mood: Mood = "calm", lines: tuple[Line, ...] = (), silent_seconds: float = 4.0) -> Scene:
    shots = [Shot(id=f"s{number}a", slate=f"{number}A", scene_id=f"sc{number}", size="WS", seconds=silent_seconds)]
    shots += [
        Shot(id=f"s{number}{each.id}", slate=f"{number}{each.id}", scene_id=f"sc{number}", size="CU", line_ids=(each.id,))
        for each in lines
        if each.dual != "right"
    ]
    if any(each.dual == "right" for each in lines):
        shots[-1] = shots[-1].model_copy(update={"line_ids": tuple(each.id for each in lines[-2:])})
    return Scene(id=f"sc{number}", number=str(number), heading=Heading(), lines=lines, shots=tuple(shots), mood=mood)


def film(*scenes: Scene) -> Screenplay:
    return Screenplay(title="T", source="", scenes=scenes)


@pytest.mark.parametrize("rate", RATES)
def test_shots_follow_each_other_without_a_gap_or_an_overlap(rate: Fraction) -> None:
    timing = lay_out(film(scene(1, lines=(line(1, "sc1"),)), scene(2)), {"l1": 2.345}, rate)
    here = timing.title_frames
    for shot in timing.shots:
        assert shot.start == here
        here += shot.frames
    assert here + timing.end_frames == timing.frames


def test_a_shot_is_as_long_as_the_line_that_was_measured_in_it() -> None:
    short = lay_out(film(scene(1, lines=(line(1, "sc1"),))), {"l1": 2.0}, Fraction(24))
    long = lay_out(film(scene(1, lines=(line(1, "sc1"),))), {"l1": 7.5}, Fraction(24))
    assert long.shots[1].frames - short.shots[1].frames == round(5.5 * 24)


def test_a_line_lies_inside_its_shot() -> None:
    timing = lay_out(film(scene(1, lines=(line(1, "sc1"), line(2, "sc1")))), {"l1": 2.0, "l2": 3.1}, Fraction(25))
    for shot in timing.shots:
        for line_id, start in shot.line_starts:
            assert shot.start < start
            assert start + {"l1": 2.0, "l2": 3.1}[line_id] * 25 < shot.start + shot.frames


def test_dual_dialogue_starts_together() -> None:
    timing = lay_out(film(scene(1, lines=(line(1, "sc1", "left"), line(2, "sc1", "right")))), {"l1": 2.0, "l2": 4.0}, Fraction(24))
    starts = dict(pair for shot in timing.shots for pair in shot.line_starts)
    assert starts["l1"] == starts["l2"]


def test_a_longer_line_moves_only_what_comes_after_it() -> None:
    script = film(scene(1, lines=(line(1, "sc1"), line(2, "sc1"))), scene(2))
    before = lay_out(script, {"l1": 2.0, "l2": 2.0}, Fraction(24))
    after = lay_out(script, {"l1": 2.0, "l2": 3.0}, Fraction(24))
    assert before.shots[:2] == after.shots[:2]
    assert [shot.start + 24 for shot in before.shots[3:]] == [shot.start for shot in after.shots[3:]]


def test_own_footage_plays_whole_in_a_silent_shot() -> None:
    timing = lay_out(film(scene(1)), {}, Fraction(24), footage_seconds={"s1a": 9.0})
    assert timing.shots[0].frames == 216


def test_the_cues_cover_the_film_and_overlap_by_just_their_overlap() -> None:
    moods: list[Mood] = ["calm", "tense", "calm", "joyful"]
    script = film(*(scene(n, mood, tuple(line(n * 10 + k, f"sc{n}") for k in range(6))) for n, mood in enumerate(moods, 1)))
    timing = lay_out(script, {f"l{n * 10 + k}": 4.0 for n in range(1, 5) for k in range(6)}, Fraction(24))
    cues = plan_cues(script, timing)
    assert len(cues) > 1
    assert cues[0].start == 0
    for cue, following in zip(cues, cues[1:], strict=False):
        assert cue.start + cue.frames - cue.overlap == following.start
    assert cues[-1].start + cues[-1].frames == timing.frames
    assert [cue.closing for cue in cues] == [False] * (len(cues) - 1) + [True]
    assert all(sum(frames for _, frames in cue.sections) == cue.frames for cue in cues)


def test_many_tiny_scenes_share_a_cue() -> None:
    script = film(*(scene(n, "calm" if n % 2 else "tense", silent_seconds=2.5) for n in range(1, 121)))
    timing = lay_out(script, {}, Fraction(24))
    cues = plan_cues(script, timing)
    assert 1 < len(cues) < 20
    assert min(cue.frames for cue in cues) > 10 * 24


def test_a_mood_that_is_asked_for_holds_in_every_section() -> None:
    script = film(scene(1, "calm"), scene(2, "tense"))
    timing = lay_out(script, {}, Fraction(24))
    assert {mood for cue in plan_cues(script, timing, mood="hopeful") for mood, _ in cue.sections} == {"hopeful"}

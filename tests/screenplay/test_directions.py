"""A person's word on one shot stands over the rules, and changes nothing else."""

from __future__ import annotations

import json
import pickle
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glimmer.assembly import lay_out
from glimmer.errors import InputError, LimitError, NotFound, SettingsError
from glimmer.screenplay import Direction, Screenplay, directed, read, read_file

HARBOUR = read_file(Path(__file__).parents[2] / "examples" / "harbour.fountain")
SILENT = next(shot for shot in HARBOUR.shot_list if not shot.line_ids)
SPOKEN = next(shot for shot in HARBOUR.shot_list if shot.line_ids)
RATE = Fraction(24)


def frames_of(script: Screenplay, shot_id: str, spoken_seconds: float = 3.0) -> int:
    timing = lay_out(script, {line.id: spoken_seconds for line in script.lines}, RATE)
    return next(shot.frames for shot in timing.shots if shot.shot_id == shot_id)


def test_a_direction_changes_its_shot_and_no_other_and_no_id() -> None:
    made = directed(HARBOUR, {SILENT.id: Direction(size="ECU", angle="low", move="push_in", action="The lamp burns.")})
    shot = made.shot_list[HARBOUR.shot_list.index(SILENT)]
    assert (shot.size, shot.angle, shot.move, shot.action) == ("ECU", "low", "push_in", "The lamp burns.")
    assert "by a person's word: size, angle, move, action" in shot.why
    assert [each.id for each in made.shot_list] == [each.id for each in HARBOUR.shot_list]
    assert [each for each in made.shot_list if each.id != SILENT.id] == [each for each in HARBOUR.shot_list if each.id != SILENT.id]
    assert made.source == HARBOUR.source
    assert made.lines == HARBOUR.lines


def test_the_table_of_shots_shows_the_direction_under_the_same_columns() -> None:
    made = directed(HARBOUR, {SILENT.id: Direction(size="ECU", seconds=11)})
    assert made.shots.columns == HARBOUR.shots.columns
    assert {"size": "ECU", "seconds": 11.0}.items() <= made.shots[HARBOUR.shot_list.index(SILENT)].items()


def test_no_direction_is_the_script_itself() -> None:
    assert directed(HARBOUR, {}) == HARBOUR
    assert directed(HARBOUR, {SILENT.id: Direction()}) == HARBOUR
    assert not Direction()
    assert Direction(action="")


@pytest.mark.parametrize("seconds", [0.2, 1.0, 8.0, 25.0, 600.0])
def test_a_silent_shot_lasts_just_as_long_as_a_person_says(seconds: float) -> None:
    made = directed(HARBOUR, {SILENT.id: Direction(seconds=seconds)})
    assert frames_of(made, SILENT.id) == round(seconds * RATE)
    assert made.shot_list[HARBOUR.shot_list.index(SILENT)].seconds == seconds


def test_a_shot_with_lines_is_never_shorter_than_they_are() -> None:
    short, long = (directed(HARBOUR, {SPOKEN.id: Direction(seconds=seconds)}) for seconds in (0.5, 30.0))
    assert frames_of(short, SPOKEN.id) == frames_of(HARBOUR, SPOKEN.id)
    assert frames_of(long, SPOKEN.id) == 30 * RATE


def test_the_running_time_counts_what_is_held() -> None:
    made = directed(HARBOUR, {SILENT.id: Direction(seconds=60)})
    assert made.seconds == pytest.approx(HARBOUR.seconds - SILENT.seconds + 60)


def test_a_direction_survives_json_and_pickling() -> None:
    one = Direction(size="CU", seconds=4)
    assert one.kept() == {"size": "CU", "seconds": 4.0}
    assert Direction(**json.loads(json.dumps(one.kept()))) == one  # type: ignore[arg-type]
    assert pickle.loads(pickle.dumps(one)) == one


def test_an_unknown_size_angle_or_move_is_answered_with_those_there_are() -> None:
    with pytest.raises(NotFound, match='no shot size "MCUU"; did you mean MCU') as met:
        Direction(size="MCUU")
    assert met.value.did_you_mean[0] == "MCU"
    with pytest.raises(NotFound, match='no angle "sideways"; there is eye, high, low, dutch, overhead'):
        Direction(angle="sideways")
    with pytest.raises(NotFound, match="did you mean push_in"):
        Direction(move="push in")


@pytest.mark.parametrize("seconds", [0, 0.19, 600.1, -3, float("nan"), float("inf"), True, "4"])
def test_a_length_out_of_range_is_refused_with_the_range(seconds: object) -> None:
    with pytest.raises(SettingsError, match=r"0\.2 to 600"):
        Direction(seconds=seconds)  # type: ignore[arg-type]


def test_an_action_is_one_paragraph_of_bounded_length() -> None:
    assert Direction(action="She\nwaits.  Then\tgoes. ").action == "She waits. Then goes."
    with pytest.raises(InputError, match="several paragraphs"):
        Direction(action="She waits.\n\nShe goes.")
    with pytest.raises(InputError, match=r"2,001 characters; at most 2,000"):
        Direction(action="x" * 2_001)
    with pytest.raises(InputError, match="expected words"):
        Direction(action=7)  # type: ignore[arg-type]


def test_a_direction_for_a_shot_that_is_not_there_is_refused() -> None:
    with pytest.raises(NotFound, match='no shot with the id "shot-none" in "Harbour Nine"'):
        directed(HARBOUR, {"shot-none": Direction(size="CU")})


def test_a_film_cannot_be_held_past_its_limit() -> None:
    script = read("INT. A - DAY\n\n" + "\n\n".join(f"Room {each} is empty." for each in range(40)))
    with pytest.raises(LimitError, match="Hold fewer shots"):
        directed(script, {shot.id: Direction(seconds=600) for shot in script.shot_list})


@given(st.text(max_size=40), st.floats() | st.integers(), st.text(max_size=60))
def test_whatever_is_given_is_taken_or_refused_in_words(size: str, seconds: float, action: str) -> None:
    try:
        assert directed(HARBOUR, {SILENT.id: Direction(size=size, seconds=seconds, action=action)}).seconds > 0
    except (NotFound, InputError) as error:
        assert len(error.message) > 20

"""The shot list: what a director would expect of a first reading."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glimmer.screenplay import Screenplay, Shot, read, read_file
from glimmer.screenplay.shots import slate

EXAMPLES = Path(__file__).parents[2] / "examples"
HEAD = "INT. ROOM - DAY\n\nA bare room with one chair.\n\n"
TALK = "".join(f"{name}\nThis is what I have to say to you.\n\n" for name in ("ANNA", "BOB") * 5)


def shots(text: str) -> tuple[Shot, ...]:
    return read(text).shot_list


def spoken_over(script: Screenplay, shot: Shot) -> list[str]:
    lines = {line.id: line.text for line in script.lines}
    return [lines[line_id] for line_id in shot.line_ids]


# ── landing and leaving ─────────────────────────────────────────────────────────────────────────────────────
def test_a_new_place_is_seen_whole_first() -> None:
    assert shots("EXT. HILLS - DAY\n\nBob walks.\n\nBOB\nHi.\n")[0].size == "EWS"
    assert shots("INT. ROOM - DAY\n\nBob walks.\n\nBOB\nHi.\n")[0].size == "WS"


def test_a_scene_that_opens_with_a_word_still_lands_first() -> None:
    first, second = shots("INT. ROOM - DAY\n\nBOB\nHi.\n")[:2]
    assert (first.size, first.line_ids) == ("WS", ())
    assert second.line_ids


def test_the_same_place_is_not_established_twice() -> None:
    again = read("INT. ROOM - DAY\n\nBob waits.\n\nBOB\nHi.\n\nINT. ROOM - LATER\n\nBob waits.\n\nBOB\nHo.\n").scenes[1].shots[0]
    assert "establishing" not in again.why


def test_the_film_ends_wide() -> None:
    for name in ("lighthouse", "harbour", "kitchen_comedy"):
        last = read_file(EXAMPLES / f"{name}.fountain").shot_list[-1]
        assert (last.size in ("WS", "EWS"), last.move) == (True, "pull_out"), name
    assert "leaving" in shots(HEAD + TALK)[-1].why


# ── talk ────────────────────────────────────────────────────────────────────────────────────────────────────
def test_an_exchange_meets_goes_over_shoulders_and_comes_closer() -> None:
    sizes = [shot.size for shot in shots(HEAD + TALK) if shot.line_ids]
    assert sizes[:6] == ["TWO", "OTS", "OTS", "MCU", "MCU", "CU"]
    assert "TWO" in sizes[6:]


def test_an_over_the_shoulder_shows_speaker_and_listener() -> None:
    script = read(HEAD + TALK)
    for shot in script.shot_list:
        if shot.size == "OTS":
            speaker = next(line.character for line in script.lines if line.id in shot.line_ids)
            assert shot.cast[0] == speaker
            assert set(shot.cast) == {"ANNA", "BOB"}


def test_strong_feeling_is_seen_on_the_face() -> None:
    shot = shots(HEAD + "ANNA\nHello.\n\nBOB\nHello.\n\nANNA\n(whispering)\nRun.\n\n")[3]
    assert (shot.size, shot.move) == ("CU", "push_in")


def test_lines_in_a_row_share_a_shot_while_it_is_short() -> None:
    short = read(HEAD + "ANNA\nOne.\n\nANNA (CONT'D)\nTwo.\n\n")
    assert [len(shot.line_ids) for shot in short.shot_list if shot.line_ids] == [2]
    long = read(HEAD + f"ANNA\n{'word ' * 25}\n\nANNA\n{'word ' * 25}\n\n")
    assert [len(shot.line_ids) for shot in long.shot_list if shot.line_ids] == [1, 1]


def test_dual_dialogue_is_one_two_shot() -> None:
    shot = next(shot for shot in shots(HEAD + "ANNA\nStay.\n\nBOB ^\nGo.\n\nShe goes.\n") if shot.line_ids)
    assert (shot.size, shot.cast, len(shot.line_ids)) == ("TWO", ("ANNA", "BOB"), 2)


# ── voices without a face ───────────────────────────────────────────────────────────────────────────────────
def test_a_voice_over_lies_over_the_picture_of_the_action() -> None:
    script = read("EXT. SEA - DAY\n\nA boat drifts.\n\nANNA (V.O.)\nI was young.\n\nBob rows.\n\nBOB\nCome on.\n")
    assert spoken_over(script, script.shot_list[0]) == ["I was young."]
    assert "ANNA" not in script.shot_list[0].cast


def test_a_voice_from_off_screen_shows_who_listens() -> None:
    script = read(HEAD + "ANNA\nHello?\n\nBOB (O.S.)\nIn here.\n\nANNA\nWhere?\n")
    shot = next(shot for shot in script.shot_list if "In here." in spoken_over(script, shot))
    assert shot.cast == ("ANNA",)
    assert "reaction" in shot.why


def test_a_scene_of_nothing_but_voices_has_pictures() -> None:
    script = read(
        "EXT. DESERT - DAY\n\n" + "".join(f"ANNA (V.O.)\n{'word ' * 20}\n\nBOB (V.O.)\n{'word ' * 20}\n\n" for _ in range(3))
    )
    assert [line_id for shot in script.shot_list for line_id in shot.line_ids] == [line.id for line in script.lines]
    assert all(shot.cast == () for shot in script.shot_list)


# ── action ──────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("Anna picks up a letter.", "INSERT"),
        ("The clock ticks.", "INSERT"),
        ("Her hand rests on the door.", "INSERT"),
        ("Anna smiles.", "CU"),
        ("Anna walks to the window.", "MWS"),
        ("Anna listens.", "MCU"),
        ("Anna and Bob play chess.", "TWO"),
        ("CLOSE ON Anna.", "CU"),
        ("CLOSE ON: a key on the floor.", "INSERT"),
        ("WIDE: the whole hall, empty.", "WS"),
        ("INSERT - the letter.", "INSERT"),
        ("OVERHEAD. The chair.", "WS"),
        ("EXTREME CLOSE UP of Anna's eye.", "ECU"),
        ("ANNA'S POV: the door opens.", "WS"),
        ("OVER BOB'S SHOULDER, Anna waits.", "OTS"),
    ],
)
def test_the_action_asks_for_its_size(action: str, expected: str) -> None:
    script = read(HEAD + "BOB\nHello.\n\n" + action + "\n\nANNA\nYes.\n\nBOB\nNo.\n")
    shot = next(shot for shot in script.shot_list if not shot.line_ids and shot.slate != "1A")
    assert shot.size == expected


@pytest.mark.parametrize(
    ("action", "move", "angle"),
    [
        ("PAN LEFT to the empty chair.", "pan_left", "eye"),
        ("We push in on Anna.", "push_in", "eye"),
        ("PULL BACK from the chair.", "pull_out", "eye"),
        ("TILT DOWN to the floor.", "tilt_down", "eye"),
        ("LOW ANGLE: Anna in the door.", None, "low"),
        ("OVERHEAD: Anna in the chair.", None, "overhead"),
        ("TRACKING with Anna along the wall.", "pan_right", "eye"),
    ],
)
def test_directions_of_the_camera_are_honoured(action: str, move: str | None, angle: str) -> None:
    script = read(HEAD + "ANNA\nHello.\n\n" + action + "\n\nANNA\nYes.\n\nANNA\nNo.\n")
    shot = next(shot for shot in script.shot_list if "asks for it" in shot.why)
    assert shot.angle == angle
    assert move is None or shot.move == move


def test_a_long_paragraph_is_split_at_sentences_and_a_short_one_is_not() -> None:
    sentence = "The old man walks slowly across the wide and empty square toward the fountain. "
    assert len(shots("EXT. SQUARE - DAY\n\n" + sentence)) == 1
    split = shots("EXT. SQUARE - DAY\n\n" + sentence * 5)
    assert len(split) > 1
    assert " ".join(shot.action for shot in split) == (sentence * 5).strip()


def test_a_speech_carries_what_its_speaker_does() -> None:
    shot = next(shot for shot in shots(HEAD + "Anna peels an apple. Bob sleeps.\n\nANNA\nHello.\n\nBOB\nHm.\n") if shot.line_ids)
    assert shot.action == "Anna peels an apple."


@pytest.mark.parametrize(
    "action",
    [
        "Olive reads by a candle. A cat sleeps.",
        "A cat sleeps. Olive reads by a candle.",
        "Olive reads by a candle while a fat old cat sleeps on the rug.",
        "Olive reads by a candle. Two cats sleep on the rug.",
    ],
)
@pytest.mark.parametrize("before", ["", "OLIVE\nHello.\n\n"])
def test_what_an_animal_does_is_never_given_to_a_person(action: str, before: str) -> None:
    found = shots(f"INT. ROOM - DAY\n\n{before}{action}\n\nOLIVE\nYes.\n\nOLIVE\nNo.\n")
    assert any(shot.size in ("WS", "EWS") and "sleep" in shot.action and shot.cast == ("OLIVE",) for shot in found)
    for shot in found:
        assert "sleep" not in shot.action or shot.size in ("WS", "EWS")
        assert not shot.line_ids or shot.size == "WS" or "reads by a candle" in shot.action or before


def test_an_animal_right_after_a_wide_shot_is_still_in_its_picture() -> None:
    found = shots("INT. ROOM - DAY\n\nOlive sits.\n\nOlive reads. A cat sleeps.\n\nOLIVE\nYes.\n")
    assert (found[1].size, found[1].action) == ("EWS", "Olive reads. A cat sleeps.")


def test_an_animal_of_the_cast_keeps_what_it_does() -> None:
    found = shots("INT. ROOM - DAY\n\nAnna sits. The dog barks.\n\nANNA\nHush.\n\nDOG\nWoof.\n\nThe dog barks at Anna.\n")
    assert any(shot.cast[:1] == ("DOG",) and "barks" in shot.action for shot in found)


def test_she_is_who_was_named_last() -> None:
    shot = shots(HEAD + "Anna enters.\n\nShe opens her arms and turns.\n\nANNA\nHello.\n")[2]
    assert shot.cast == ("ANNA",)


# ── the list as a whole ─────────────────────────────────────────────────────────────────────────────────────
def test_slates_run_from_a_to_z_and_on() -> None:
    assert [slate("1", at) for at in (0, 1, 25, 26, 27, 51, 52)] == ["1A", "1B", "1Z", "1AA", "1AB", "1AZ", "1BA"]
    assert slate("12A", 0) == "12A-A"
    script = read("INT. ROOM - DAY #7#\n\n" + "She waits.\n\n" * 30)
    assert [shot.slate for shot in script.shot_list][25:28] == ["7Z", "7AA", "7AB"]


BEATS = st.sampled_from(
    ["ANNA\nHello there.", "BOB\nNo!", "BOB (V.O.)\nI was young.", "CLARA\n(whispering)\nHush.", "Anna walks in.", "Bob smiles.", "The clock ticks.", "Rain.", "Anna and Bob embrace.",
     "CLOSE ON Anna.", "CLOSE ON Bob.", "BOB ^\nYes.", "ALL\nHurrah!", "> CARD <", "OFFICER (RADIO)\nOver.", "She waits.", "WIDE SHOT of the hall.", "ANNA (O.S.)\nComing.", "INT. HALL - NIGHT", "EXT. SEA - DAY"]
)  # fmt: skip


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(BEATS, min_size=1, max_size=25))
def test_every_shot_list_holds_its_promises(beats: list[str]) -> None:
    script = read("INT. ROOM - DAY\n\n" + "\n\n".join(beats))
    names = {member.name for member in script.cast}
    lines = {line.id: line for line in script.lines}
    assert [line_id for shot in script.shot_list for line_id in shot.line_ids] == [line.id for line in script.lines]
    for scene in script.scenes:
        assert scene.shots
        assert all(shot.slate.startswith(scene.number) and shot.scene_id == scene.id for shot in scene.shots)
        for before, shot in zip(scene.shots, scene.shots[1:], strict=False):
            same = (before.size, before.angle, before.cast[:1]) == (shot.size, shot.angle, shot.cast[:1])
            assert not same, (before.slate, shot.slate, shot.size, shot.cast)
    for shot in script.shot_list:
        assert set(shot.cast) <= names
        assert shot.why
        assert shot.seconds >= 1.6
        assert shot.seconds <= 12.5
        voices = [
            lines[line_id].character
            for line_id in shot.line_ids
            if lines[line_id].delivery == "voice_over" and not lines[line_id].dual
        ]
        talking_face = shot.size in ("MS", "MCU", "CU", "ECU", "OTS") and bool(voices) and shot.cast[:1] == tuple(voices[:1])
        assert not talking_face or "asks for it" in shot.why


@pytest.mark.parametrize(("name", "least", "most"), [("lighthouse", 55, 68), ("harbour", 50, 68), ("kitchen_comedy", 36, 50)])
def test_the_samples_last_about_as_long_as_they_say(name: str, least: float, most: float) -> None:
    script = read_file(EXAMPLES / f"{name}.fountain")
    assert least <= script.seconds <= most
    assert 12 <= len(script.shot_list) <= 20
    assert len({shot.move for shot in script.shot_list}) >= 3


def test_one_silent_shot_is_a_film() -> None:
    (shot,) = read_file(EXAMPLES / "one_silent_shot.fountain").shot_list
    assert (shot.slate, shot.size, shot.line_ids) == ("1A", "EWS", ())


def test_four_languages_are_four_scenes_of_speech() -> None:
    script = read_file(EXAMPLES / "languages.fountain")
    assert [line.character for line in script.lines] == ["はな", "يوسف", "मीरा", "ÉLODIE"]
    assert [scene.heading.time_of_day for scene in script.scenes] == ["dawn", "day", "day", "day"]
    assert all(
        any(name in shot.cast for shot in scene.shots)
        for scene, name in zip(script.scenes, ["はな", "يوسف", "मीरा", "ÉLODIE"], strict=True)
    )

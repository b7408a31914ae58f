"""A changed line is followed by its own new version, and by nothing else."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glimmer.errors import InputError, NotFound
from glimmer.screenplay import Heirs, Line, Screenplay, Shot, changes, heirs, read, read_file, renamed

SAMPLES = [read_file(path) for path in sorted((Path(__file__).parents[2] / "examples").glob("*.fountain"))]
HARBOUR, KITCHEN = (next(script for script in SAMPLES if script.title.startswith(title)) for title in ("Harbour", "Pancake"))
SPOKEN_SAMPLES = [script for script in SAMPLES if script.lines]


def rewritten(script: Screenplay, at: int, words: str) -> Screenplay:
    """The script with line `at` saying `words`."""
    rows = script.source.split("\n")
    line = script.lines[at]
    first = next(row for row in range(line.source_line, len(rows)) if rows[row].strip() and not rows[row].startswith("("))
    rows[first : first + len(rows)] = [words, *_after_speech(rows, first)]
    return read("\n".join(rows), title=script.title)


def _after_speech(rows: list[str], first: int) -> list[str]:
    end = next((row for row in range(first, len(rows)) if not rows[row].strip()), len(rows))
    return rows[end:]


def shots_with(script: Screenplay, line: Line) -> list[Shot]:
    return [shot for shot in script.shot_list if line.id in shot.line_ids]


def ids(script: Screenplay) -> set[str]:
    scenes, shots = {scene.id for scene in script.scenes}, {shot.id for shot in script.shot_list}
    return scenes | shots | script.lines_by_id.keys()


def everything(found: Heirs) -> dict[str, str]:
    return found.scenes | found.lines | found.shots


def followed(old: Screenplay, new: Screenplay) -> list[tuple[str, str]]:
    """(old words, new words) of every line that has an heir, in the order of `new`."""
    found = heirs(old, new).lines
    return [(old.lines_by_id[found[line.id]].text, line.text) for line in new.lines if line.id in found]


# ── one line ────────────────────────────────────────────────────────────────────────────────────────────────
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(SPOKEN_SAMPLES),
    st.data(),
    st.sampled_from(["Not now.", "I never said so!", "明日。", "Wait for the tide, then go."]),
)
def test_the_edited_line_has_an_heir_and_so_have_the_shots_that_carry_it_and_nothing_else(
    old: Screenplay, chance: st.DataObject, words: str
) -> None:
    at = chance.draw(st.integers(0, len(old.lines) - 1))
    new = rewritten(old, at, words)
    found = heirs(old, new)
    assert found.lines == {new.lines[at].id: old.lines[at].id}
    carried = {shot.id for shot in shots_with(new, new.lines[at])} - ids(old)
    assert found.shots.keys() <= carried
    assert set(found.shots.values()) <= {shot.id for shot in shots_with(old, old.lines[at])}
    if len(new.shot_list) == len(old.shot_list):
        assert found.shots.keys() == carried
    assert len(found.scenes) <= 1


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(SPOKEN_SAMPLES), st.data())
def test_taking_an_edit_back_gives_the_inverse(old: Screenplay, chance: st.DataObject) -> None:
    new = rewritten(old, chance.draw(st.integers(0, len(old.lines) - 1)), "Something else entirely.")
    there, back = everything(heirs(old, new)), everything(heirs(new, old))
    assert {before: after for after, before in back.items()} == there


@pytest.mark.parametrize("script", SAMPLES, ids=lambda script: script.title)
def test_the_same_script_has_no_heirs_and_no_changes(script: Screenplay) -> None:
    assert heirs(script, script) == Heirs()
    assert not heirs(script, read(f"\n\n{script.source}\n", title=script.title))
    assert len(changes(script, script)) == 0


def test_a_line_that_moved_keeps_its_id_and_needs_no_heir() -> None:
    old = read("INT. A - DAY\n\nBOB\nFirst.\n\nANN\nSecond words.\n\nINT. B - DAY\n\nBOB\nThird.\n")
    new = read("INT. A - DAY\n\nBOB\nFirst.\n\nINT. B - DAY\n\nBOB\nThird.\n\nANN\nSecond words.\n")
    assert heirs(old, new).lines == {}
    moved = shots_with(new, new.lines[2])[0]
    assert heirs(old, new).shots[moved.id] == shots_with(old, old.lines[1])[0].id  # the heading is in its id


def test_what_is_put_in_has_no_heir_and_what_is_cut_leaves_none() -> None:
    more = read(KITCHEN.source.replace("CLOSE ON WAFFLE.", "NINA\nWho is there?\n\nCLOSE ON WAFFLE."))
    assert not heirs(KITCHEN, more).lines
    assert not heirs(more, KITCHEN).lines
    assert everything(heirs(more, KITCHEN)).keys() <= ids(KITCHEN) - ids(more)


# ── equal lines ─────────────────────────────────────────────────────────────────────────────────────────────
def test_the_first_of_two_equal_lines_rewritten_takes_what_the_second_leaves() -> None:
    """The second "Yes." now has the id of the first; each says what it said, and one old id is left for the new words."""
    old = read("INT. A - DAY\n\nBOB\nYes.\n\nANN\nNo?\n\nBOB\nYes.\n")
    for words in ("BOB\nMaybe.\n\nANN\nNo?\n\nBOB\nYes.\n", "BOB\nYes.\n\nANN\nNo?\n\nBOB\nMaybe.\n"):
        new = read(f"INT. A - DAY\n\n{words}")
        maybe = next(line for line in new.lines if line.text == "Maybe.")
        assert heirs(old, new).lines == {maybe.id: old.lines[2].id}


def test_two_equal_lines_both_rewritten_follow_in_order() -> None:
    old = read("INT. A - DAY\n\nBOB\nYes.\n\nANN\nNo?\n\nBOB\nYes.\n")
    new = read("INT. A - DAY\n\nBOB\nYes, one.\n\nANN\nNo?\n\nBOB\nYes, two.\n")
    assert heirs(old, new).lines == {new.lines[0].id: old.lines[0].id, new.lines[2].id: old.lines[2].id}


# ── gaps ────────────────────────────────────────────────────────────────────────────────────────────────────
def test_in_a_gap_the_same_character_comes_first_then_the_words() -> None:
    old = read("INT. A - DAY\n\nANN\nHello there.\n\nBOB\nThe tide is late tonight.\n\nANN\nGood night.\n")
    new = read(
        "INT. A - DAY\n\nANN\nHello there.\n\nANN\nThe tide is late.\n\nBOB\nGo home.\n\nBOB\nThe tide is very late.\n\nANN\nGood night.\n"
    )
    assert followed(old, new) == [("The tide is late tonight.", "The tide is very late.")]


def test_a_line_given_to_another_character_follows_its_words() -> None:
    old = read("INT. A - DAY\n\nANN\nCount the boats.\n\nBOB\nNine of them.\n")
    new = read("INT. A - DAY\n\nBOB\nCount the boats.\n\nBOB\nNine of them.\n")
    assert followed(old, new) == [("Count the boats.", "Count the boats.")]


# ── scenes ──────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("script", [script for script in SAMPLES if script.scenes[0].heading.raw], ids=lambda script: script.title)
def test_a_renamed_heading_keeps_every_shot_of_its_scene(script: Screenplay) -> None:
    heading = script.scenes[0].heading.raw
    new = read(script.source.replace(heading, re.sub(r"^(\S+) ", r"\1 LARGE ", heading), 1), title=script.title)
    found = heirs(script, new)
    assert found.scenes == {new.scenes[0].id: script.scenes[0].id}
    slates = {shot.id: shot.slate for shot in (*script.shot_list, *new.shot_list)}
    first = [shot.slate for shot in new.scenes[0].shots]
    assert [slates[found.shots[shot.id]] for shot in new.scenes[0].shots] == first
    assert not found.lines


def test_a_scene_put_in_front_is_nobodys_heir() -> None:
    new = read("INT. CELLAR - NIGHT\n\nA rat.\n\nTOM\nWho is there?\n\n" + HARBOUR.source.split("FADE IN:\n\n")[1])
    assert not everything(heirs(HARBOUR, new))
    assert changes(HARBOUR, new).rows == (("scene 1", "added", "", "INT. CELLAR - NIGHT"),)


def test_a_scene_with_another_heading_and_other_words_is_a_new_one() -> None:
    old = read("INT. A - DAY\n\nAnn reads.\n\nANN\nOne.\n\nEXT. SEA - DAY\n\nWaves roll in.\n\nBOB\nTwo.\n")
    new = read("INT. A - DAY\n\nAnn reads.\n\nANN\nOne.\n\nINT. MINE - NIGHT\n\nSomebody digs.\n\nTOM\nGold!\n")
    assert not everything(heirs(old, new))
    assert [row["change"] for row in changes(old, new)] == ["removed", "added"]


def test_a_scene_that_moved_with_another_first_paragraph_is_still_found() -> None:
    one, two, three = (
        f"INT. ROOM {n} - DAY\n\nAnn opens door {n}.\n\nANN\nThis is {n}.\n\nBOB\nSo it is, {n}.\n\n" for n in (1, 2, 3)
    )
    old, new = read(one + two + three), read(three.replace("opens door", "kicks down door") + one + two)
    found = heirs(old, new)
    assert found.scenes == {new.scenes[0].id: old.scenes[2].id}
    assert list(found.shots.values()) == [old.scenes[2].shots[0].id]


# ── the whole script ────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("script", SPOKEN_SAMPLES, ids=lambda script: script.title)
def test_a_character_renamed_through_the_script_keeps_all_lines(script: Screenplay) -> None:
    for member in script.cast:
        new = read(renamed(script.source, member.name, "ZORA QUILL"), title=script.title)
        found = heirs(script, new).lines
        spoken = {line.id: old.id for line, old in zip(new.lines, script.lines, strict=True) if line.id != old.id}
        assert found == spoken
        assert all(line.id in found for line in new.lines if line.character == "ZORA QUILL")


PIECES = st.sampled_from(
    ["INT. A - DAY", "INT. B - DAY", "EXT. SEA - NIGHT", "BOB\nYes.", "BOB\nNo.", "ANN\nYes.", "ANN\nWait for me, Bob.", "BOB (V.O.)\nI waited.",
     "ANN ^\nYes.", "She waits.", "She waits by the door.", "Bob runs.", "Ann and Bob run.", "CLOSE ON the clock.", "A clock ticks.", "CUT TO:", "> mid <"]
)  # fmt: skip
SCRIPTS = st.lists(PIECES, min_size=1, max_size=14).map(lambda pieces: read("INT. A - DAY\n\n" + "\n\n".join(pieces)))


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(SCRIPTS, SCRIPTS)
def test_no_old_id_is_given_twice_and_none_that_either_script_still_has(old: Screenplay, new: Screenplay) -> None:
    found = heirs(old, new)
    for pairs in (found.scenes, found.shots, found.lines):
        assert len(set(pairs.values())) == len(pairs)
    assert everything(found).keys() <= ids(new) - ids(old)
    assert set(everything(found).values()) <= ids(old) - ids(new)
    table = changes(old, new)
    assert {row["change"] for row in table} <= {"added", "removed", "changed", "moved", "moved and changed"}


def _feature(scenes: int, *, large: str = "", word: str = "") -> str:
    parts = []
    for scene in range(scenes):
        parts.append(f"INT. {large}ROOM {scene} - DAY\n\nAnn crosses room {scene}{word}.")
        parts += [f"{'ANN' if n % 2 else 'BOB'}\nLine {n} of {scene}, no more{word}." for n in range(2)]
    return "\n\n".join(parts)


def test_ten_thousand_lines_with_a_hundred_changes_are_not_compared_each_with_each() -> None:
    lines = [f"{'BOB' if n // 10 % 2 else 'ANN'}\n{f'Yes, {n}' if n % 7 else 'Yes'}." for n in range(10_000)]
    old = read("INT. A - DAY\n\n" + "\n\n".join(lines))
    lines[50::100] = [f"{each} Really." for each in lines[50::100]]
    new = read("INT. A - DAY\n\n" + "\n\n".join(lines))
    began = time.process_time()
    found = heirs(old, new)
    assert time.process_time() - began < 10  # 0.6 s here; each with each takes minutes
    assert len(old.lines) == 10_000
    assert len(found.lines) == 100


@pytest.mark.parametrize(("scenes", "large", "word"), [(60, "LARGE ", ""), (60, "", " tonight"), (2_000, "LARGE ", " tonight")])
def test_a_script_with_all_scenes_changed_keeps_all_and_compares_not_each_with_each(scenes: int, large: str, word: str) -> None:
    old, new = read(_feature(scenes)), read(_feature(scenes, large=large, word=word))
    began = time.process_time()
    found = heirs(old, new)
    assert time.process_time() - began < 20  # 2 s here at most; each with each takes minutes
    assert found.scenes == {after.id: before.id for before, after in zip(old.scenes, new.scenes, strict=True)}
    assert found.lines == ({after.id: before.id for before, after in zip(old.lines, new.lines, strict=True)} if word else {})
    assert found.shots == {after.id: before.id for before, after in zip(old.shot_list, new.shot_list, strict=True)}


# ── what a person reads ─────────────────────────────────────────────────────────────────────────────────────
def test_changes_name_each_thing_with_its_words_before_and_after() -> None:
    old = read(
        "INT. A - DAY\n\nAnn reads.\n\nANN\nOne.\n\nBOB\nTwo.\n\nANN\nThree.\n\nINT. B - DAY\n\nA clock ticks.\n\nBOB\nFour.\n"
    )
    new = read(
        "INT. A - DAY\n\nAnn reads slowly.\n\nANN\n(softly)\nOne.\n\nANN\nThree!\n\nINT. B - DAY\n\nA clock ticks.\n\nBOB\nFour.\n\nBOB\nTwo.\n"
    )
    assert changes(old, new).rows == (
        ("line 1", "changed", "ANN: One.", "ANN (softly): One."),
        ("line 2", "changed", "ANN: Three.", "ANN: Three!"),
        ("shot 1A", "changed", "Ann reads.", "Ann reads slowly."),
        ("line 4", "moved", "line 2: BOB: Two.", "line 4: BOB: Two."),
    )


def test_changes_name_what_was_removed_where_it_was() -> None:
    old = read("INT. A - DAY\n\nANN\nOne.\n\nBOB\nTwo.\n\nANN\nThree.\n")
    new = read("INT. A - DAY\n\nANN\nOne.\n\nANN\nThree, then.\n")
    assert changes(old, new).rows == (
        ("line 2", "removed", "BOB: Two.", ""),
        ("line 2", "changed", "ANN: Three.", "ANN: Three, then."),
    )


# ── renaming ────────────────────────────────────────────────────────────────────────────────────────────────
MARA = """Title: Mara's day

# Mara

INT. MARA'S ROOM - DAY

[[ Mara? ]] MARA (30s, tall) runs a MARATHON. Mara Lee and _Mara_ wait. MARA LEE (40) nods at Mara.

MARA (V.O.) (CONT'D)
(to Mara)
Mara? It is Mara's. No maraca, no amara.

@Mara
Hi.

MARA LEE
Mara
Lee!

MARA ^
No, MARA’S!
"""


def test_a_renamed_character_is_renamed_in_cues_and_as_a_whole_word_only() -> None:
    assert (
        renamed(MARA, "Mara", "Marta")
        == """Title: Mara's day

# Mara

INT. MARTA'S ROOM - DAY

[[ Mara? ]] MARTA (30s, tall) runs a MARATHON. Mara Lee and _Marta_ wait. MARA LEE (40) nods at Marta.

MARTA (V.O.) (CONT'D)
(to Marta)
Marta? It is Marta's. No maraca, no amara.

@Marta
Hi.

MARA LEE
Mara
Lee!

MARTA ^
No, MARTA’S!
"""
    )


@pytest.mark.parametrize("script", [script for script in SPOKEN_SAMPLES if script.title.isascii()], ids=lambda script: script.title)
def test_renaming_back_gives_the_text_that_was_there(script: Screenplay) -> None:
    for member in script.cast:
        if member.name.isascii():
            assert renamed(renamed(script.source, member.name, "ZORA"), "Zora", member.name) == script.source


def test_first_and_last_name_follow_where_nobody_else_has_them() -> None:
    text = "INT. A - DAY\n\nJohn looks up. Doe smiles. Jane Doe does not.\n\nJOHN DOE\nCall me John.\n\nJANE\nNo.\n"
    assert renamed(text, "john doe", "Peter Falk") == (
        "INT. A - DAY\n\nPeter looks up. Falk smiles. Jane Doe does not.\n\nPETER FALK\nCall me Peter.\n\nJANE\nNo.\n"
    )
    shared = text.replace("JANE\n", "JANE DOE\n")
    assert "Doe smiles" in renamed(shared, "JOHN DOE", "PETER FALK")


def test_a_verb_is_no_mention_and_a_role_is_one_in_small_letters() -> None:
    text = "INT. A - DAY\n\nWill sits. The whale sings.\n\nWILL\nWill you stay? It will.\n\nWHALE\nWill!\n"
    assert (
        renamed(text, "WILL", "MARC")
        == "INT. A - DAY\n\nMarc sits. The whale sings.\n\nMARC\nWill you stay? It will.\n\nWHALE\nMarc!\n"
    )
    assert "The wolf sings." in renamed(text, "WHALE", "WOLF")


def test_a_name_that_changes_its_letters_in_capitals_is_found() -> None:
    text = "INT. A - DAY\n\nStrauß sits. STRAUSS sighs.\n\n@Strauß\nIch bin Strauß.\n"
    assert renamed(text, "Strauß", "Weiß") == "INT. A - DAY\n\nWeiß sits. WEISS sighs.\n\n@Weiß\nIch bin Weiß.\n"


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(NotFound, match='no character "VERO"; did you mean VERA') as met:
        renamed(HARBOUR.source, "Vero", "MARTA")
    assert met.value.did_you_mean == ("VERA",)


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("dunn", "is another character"), ("VERA", "is the name that is there"), ("", "no new name"), ("  ", "no new name"), ("MARTA!", "can't stand as a cue"),
        ("MARTA (V.O.)", "can't stand as a cue"), ("CUT TO:", "can't stand as a cue"), ("INT. HOUSE", "can't stand as a cue"), ("LATER", "can't stand as a cue"),
        ("*MARTA*", "can't stand as a cue"), ("[[x]]", "can't stand as a cue"), ("12", "can't stand as a cue"), ("M" * 61, "can't stand as a cue"), ("MARTA ^", "can't stand as a cue"),
    ],
)  # fmt: skip
def test_a_name_that_cannot_be_a_cue_is_refused_in_words(new: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        renamed(HARBOUR.source, "VERA", new)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=24))
def test_a_renamed_script_reads_the_same_or_is_refused(new: str) -> None:
    try:
        again = read(renamed(HARBOUR.source, "VERA", new))
    except InputError:
        return
    assert (len(again.scenes), len(again.lines), len(again.shot_list)) == (1, len(HARBOUR.lines), len(HARBOUR.shot_list))
    assert sum(line.character == "VERA" for line in again.lines) == 0

"""Ids are made of content: an edit elsewhere leaves a line's, a scene's, a shot's id alone."""

from __future__ import annotations

from pathlib import Path

from glimmer.screenplay import Screenplay, read

HARBOUR = (Path(__file__).parents[2] / "examples" / "harbour.fountain").read_text()
LIGHTHOUSE = (Path(__file__).parents[2] / "examples" / "lighthouse.fountain").read_text()


def ids(script: Screenplay) -> tuple[set[str], set[str], set[str]]:
    return {line.id for line in script.lines}, {scene.id for scene in script.scenes}, {shot.id for shot in script.shot_list}


def test_all_ids_of_a_script_differ() -> None:
    script = read("INT. A - DAY\n\nBOB\nYes.\n\nBOB\nYes.\n\nShe waits.\n\nShe waits.\n\nINT. A - DAY\n\nBOB\nYes.\n")
    for found, things in zip(ids(script), (script.lines, script.scenes, script.shot_list), strict=True):
        assert len(found) == len(things)


def test_a_scene_put_in_front_changes_no_id_of_the_others() -> None:
    before = read(LIGHTHOUSE)
    after = read(
        LIGHTHOUSE.replace("EXT. SEA BELOW", "INT. BEDROOM - NIGHT\n\nA clock ticks.\n\nTOM\nGood night.\n\nEXT. SEA BELOW", 1)
    )
    for old, new in zip(ids(before), ids(after), strict=True):
        assert old < new
    assert after.scenes[1].shots[0].slate == "2A"


def test_another_line_rewritten_changes_only_its_own_ids() -> None:
    before, after = read(HARBOUR), read(HARBOUR.replace("Not of the same thing.", "Speak for yourself."))
    lines, scenes, shots = (old - new for old, new in zip(ids(before), ids(after), strict=True))
    assert (len(lines), len(scenes), len(shots)) == (1, 0, 1)


def test_the_first_paragraph_rewritten_leaves_the_other_shots_of_its_scene_alone() -> None:
    before, after = read(HARBOUR), read(HARBOUR.replace("Fog on the harbour.", "Thick fog on the harbour."))
    lost = ids(before)[2] - ids(after)[2]
    assert lost == {before.shot_list[0].id}


def test_a_scene_number_or_another_title_changes_no_id() -> None:
    assert ids(read(HARBOUR)) == ids(
        read(HARBOUR.replace("PIER NINE - NIGHT", "PIER NINE - NIGHT #7A#").replace("Harbour Nine", "X"))
    )


def test_the_same_text_gives_the_same_script() -> None:
    assert read(HARBOUR) == read(HARBOUR)


def test_line_numbers_count_through_the_film() -> None:
    script = read(LIGHTHOUSE)
    assert [line.number for line in script.lines] == list(range(1, len(script.lines) + 1))
    assert all(line.scene_id == scene.id for scene in script.scenes for line in scene.lines)

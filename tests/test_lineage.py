"""What a take came from and what uses it, told from what was recorded, and drawn so that it holds anywhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import glimmer as gl
from glimmer.errors import InputError, MissingPiece, NotFound
from glimmer.lineage import Lineage, lineage
from glimmer.lineage_card import Box, lineage_html, lineage_text
from glimmer.store import Input, Take


def lineage_of(film: gl.Project, what: object) -> Lineage:
    return lineage(film.store, what, screenplays=film.screenplays, assets=film.assets)  # type: ignore[arg-type]


def test_a_shot_comes_from_its_words_its_line_its_cast_and_a_prompt(lamp: gl.Project) -> None:
    told = lineage_of(lamp, lamp.video["1B"])
    kinds = {box.kind: box for box in told.sources}
    assert set(kinds) == {"shot", "line", "character", "prompt"}
    said = [(box.said, box.notes[0]) for box in told.sources if box.kind == "line"]
    assert said == [("MARA: Sing.", "script v1, scene 1"), ("MARA: +41 gulls, keeper.", "script v1, scene 1")]
    assert kinds["prompt"].said == "Ink wash, wide."
    sheet = kinds["character"].beyond[0]
    assert (sheet.kind, sheet.asset) == ("sheet", lamp.characters["MARA"].takes[0].asset) and "as now" in kinds["character"].notes
    assert [(box.kind, box.name) for box in told.uses] == [("cut", "v1")] and "1B at 0:0" in told.uses[0].said
    facts = dict(told.facts)
    assert "rehearsal/boards, version" in facts["model"] and "seed 1" in facts["asked for"] and "320 × 180 px" in facts["asked for"]
    assert lamp.video["1B"].takes[0].asset[:16] in facts["file"] and "image/png" in facts["file"]


def test_a_spoken_line_comes_from_its_words_and_a_voice(lamp: gl.Project) -> None:
    told = lineage_of(lamp, ("audio", "2", 1))
    assert (told.sources[0].kind, told.sources[0].said) == ("line", "MARA: +41 gulls, keeper.")
    assert told.sources[1].kind == "voice" and told.sources[1].beyond[0].kind == "sheet"


def test_a_cue_comes_from_the_length_of_its_scenes(lamp: gl.Project) -> None:
    assert lineage_of(lamp, lamp.music["1"].takes[0]).sources[0].kind == "length"


def test_a_sheet_and_a_prompt_say_what_was_made_with_them(lamp: gl.Project) -> None:
    shown = {box.title for box in lineage_of(lamp, ("characters", "MARA", 1)).uses}
    assert {"shot 1A, take 1", "shot 1B, take 1"} <= shown
    drawn = lineage_of(lamp, lamp.prompts["video.shot"]).uses
    assert {box.title for box in drawn} >= {"shot 1A, take 1", "shot 2A, take 1"}


def test_a_render_is_at_the_end_of_it(kite: gl.Project) -> None:
    told = lineage_of(kite, kite.video["1A"])
    render = told.uses[0].beyond[0]
    assert (render.kind, render.name, render.notes) == ("render", "1", ("draft, done",))
    assert "render 1 · draft, done" in repr(told)


def test_words_that_were_changed_since_stand_in_the_version_of_then(lamp: gl.Project) -> None:
    take = lamp.audio["1"].takes[0]
    lamp.screenplays.add(lamp.screenplays.latest.source.replace("Sing.", "Hum."))
    lamp.screenplays.add(lamp.screenplays.latest.source + "\nShe turns away.\n")
    line = lineage_of(lamp, take).sources[0]
    assert (line.said, line.notes[0]) == ("MARA: Sing.", "script v1, scene 1")


def test_a_character_that_was_changed_since_says_so(lamp: gl.Project) -> None:
    lamp.characters["MARA"].edit(hair="#aa2211")
    told = lineage_of(lamp, lamp.video["1B"])
    character = next(box for box in told.sources if box.kind == "character")
    assert "looked otherwise then" in character.notes and character.beyond[0].kind == "sheet"


def test_a_changed_prompt_is_told_in_the_words_of_then(lamp: gl.Project) -> None:
    lamp.prompts.add("Oil on canvas.", name="video.shot")
    prompt = next(box for box in lineage_of(lamp, lamp.video["1A"]).sources if box.kind == "prompt")
    assert prompt.said == "Ink wash, wide." and prompt.name == "video.shot, take 1"


def test_a_take_from_before_inputs_were_recorded_says_so(lamp: gl.Project) -> None:
    old = lamp.video["1A"].takes[0].model_copy(update={"inputs": (), "request_key": "old", "made_for": "old"})
    kept = lamp.store.add_take("video", lamp.video["1A"].key, old)
    assert "before takes recorded what they are made from" in repr(lineage_of(lamp, kept))
    assert "before takes recorded" in lineage_of(lamp, kept)._repr_html_()
    mine = lamp.store.add_take("video", lamp.video["1A"].key, old.model_copy(update={"model": "own", "request_key": "own:1"}))
    assert "a person brought it" in repr(lineage_of(lamp, mine))


def test_what_is_gone_is_said_and_the_rest_is_told(lamp: gl.Project) -> None:
    inputs = (
        Input(role="line", bucket="screenplays", key="line-gone", name="line 9"),
        Input(role="character", bucket="characters", key="NOBODY", name="NOBODY"),
        Input(role="prompt", bucket="prompts", key="video.shot", hash="0" * 64),
    )
    old = lamp.video["1A"].takes[0].model_copy(update={"inputs": inputs, "request_key": "x", "made_for": "x"})
    take = lamp.store.add_take("video", lamp.video["1A"].key, old)
    lamp.assets.path(take.asset).unlink()
    words = repr(lineage_of(lamp, take))
    for each in ("line 9 · in no script that is kept", "NOBODY · no longer in film.characters", "no longer there", "missing"):
        assert each in words
    assert "<div" in lineage_of(lamp, take)._repr_html_()


def test_only_takes_of_this_film_have_a_lineage_here(lamp: gl.Project, kite: gl.Project) -> None:
    with pytest.raises(NotFound, match="no take"):
        lineage_of(lamp, kite.video["1A"].takes[0])
    with pytest.raises(NotFound, match="not of"):
        lineage_of(lamp, kite.video["1A"])
    with pytest.raises(NotFound, match="take of 1A"):
        lineage_of(lamp, ("video", "1A", 7))
    with pytest.raises(NotFound, match="bucket"):
        lineage_of(lamp, ("vidoe", "1A", 1))
    with pytest.raises(InputError, match="lineage of a int"):
        lineage_of(lamp, 3)
    lamp.screenplays.add("EXT. SEA - DAY\n\nNothing but water.\n")
    with pytest.raises(MissingPiece, match="no take yet"):
        lineage_of(lamp, lamp.video["1A"])


def test_telling_changes_nothing(lamp: gl.Project) -> None:
    revision = lamp.store.revision()
    repr(lineage_of(lamp, lamp.video["1B"])), lineage_of(lamp, lamp.video["1B"])._repr_html_()
    assert lamp.store.revision() == revision


# ── how it looks ────────────────────────────────────────────────────────────────────────────────────────────
# What JupyterLab 4.6 lets through in a notebook it does not trust (allowedStyles of its sanitizer), as far as cards use it.
LET_THROUGH = set(
    "align-items background-color border border-bottom border-collapse border-left border-radius border-right bottom box-sizing color"
    " display flex float font-size font-style font-weight gap grid-template-columns height left line-height list-style-type margin"
    " margin-left max-height max-width min-height min-width opacity overflow overflow-wrap overflow-x padding padding-left position"
    " right table-layout text-align text-overflow top vertical-align white-space width".split()
)


def test_the_card_holds_where_styles_are_filtered_and_nothing_runs(lamp: gl.Project) -> None:
    html = str(lineage_of(lamp, lamp.video["1B"])._repr_html_())
    bare = re.sub(r"<style>.*?</style>", "", html)
    declared = [each for style in re.findall(r'style="([^"]*)"', bare) for each in style.split(";") if each]
    assert {each.split(":")[0].strip() for each in declared} <= LET_THROUGH
    assert not re.search(r"<(script|svg|iframe|link)|\son\w+=|url\(|var\(", bare)
    assert bare.count("<img") >= 2 and "https:" not in bare


def test_hostile_names_are_only_text_and_a_thousand_boxes_are_a_few() -> None:
    evil = '"><script>alert(1)</script>\u202e'
    box = Box(evil, evil, evil, (evil,), "", (Box(evil, evil),))
    html = lineage_html(box, [box] * 1000, [box] * 1000, [(evil, evil)], evil, lambda asset: None)
    assert "<script>" not in html and "\u202e" not in html and "990 more" in html or "989 more" in html
    assert len(html) < 60_000
    text = lineage_text(box, [box] * 1000, [box] * 1000, [], "")
    assert text.count("\n") < 80 and "\u202e" not in text


def test_a_deep_chain_ends() -> None:
    chain = Box("a", "0")
    for n in range(1, 500):
        chain = Box("a", str(n), beyond=(chain,))
    assert len(lineage_text(chain, [chain], [], [], "").splitlines()) < 12
    assert len(lineage_html(chain, [chain], [chain], [], "", lambda asset: None)) < 30_000


def test_without_assets_it_is_told_in_words(lamp: gl.Project) -> None:
    told = lineage(lamp.store, lamp.video["1B"], screenplays=lamp.screenplays)
    assert "<img" not in told._repr_html_() and "sha256" in repr(told)


def test_a_take_that_was_found_by_its_number_is_the_same(lamp: gl.Project) -> None:
    take: Take = lamp.video["1B"].takes[0]
    assert repr(lineage_of(lamp, take)) == repr(lineage_of(lamp, ("video", "1B", 1))) == repr(lineage_of(lamp, lamp.video["1B"]))
    assert Path(lamp.video["1B"].path).is_file()

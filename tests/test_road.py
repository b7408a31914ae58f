"""The whole road, on rehearsal models: a screenplay of many tongues becomes a film that keeps its promises."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest

import glimmer as gl
from glimmer.agents import Making
from glimmer.jobs import RenderJob

SCRIPT = """Title: Small Boats
Author: The Suite

FADE IN:

INT. KITCHEN - NIGHT

NORA (50s, grey bun, apron) sets a lamp in the window. Rain on the glass. [[Never spoken, never shown.]]

NORA
He said he would be home by six.

TOM (O.S.)
(softly)
The boats are late tonight.

/* boneyard: not this */

NORA
There!

TOM ^
Where?

DISSOLVE TO:

EXT. HARBOUR - DAWN

A small boat comes in.

YUKI
おかえりなさい。

YUSUF
مرحبا بك في بيتك.

FADE OUT.
"""
RATE = 24


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("road")


@pytest.fixture(scope="module")
def road(studio: Path) -> tuple[gl.Project, RenderJob]:
    film = gl.Project("Small Boats", studio=studio)
    return film, film.make(film.screenplays.add(SCRIPT), preset="draft")


def sound_of(path: Path) -> np.ndarray:
    """Mono float32 at 48 kHz."""
    with av.open(str(path)) as container:
        resampler = av.AudioResampler(format="flt", layout="mono", rate=48_000)
        blocks = [out.to_ndarray()[0] for frame in container.decode(audio=0) for out in resampler.resample(frame)]
    return np.concatenate(blocks)


def test_the_film_is_as_long_as_its_cut_in_picture_and_sound(road: tuple[gl.Project, RenderJob]) -> None:
    film, job = road
    with av.open(str(job.result.path)) as container:
        assert sum(1 for _ in container.decode(video=0)) == film.cut.frames
    assert abs(len(sound_of(job.result.path)) / 48_000 - film.cut.seconds) <= 1 / RATE


def test_the_film_is_as_loud_as_it_should_be(road: tuple[gl.Project, RenderJob]) -> None:
    result = road[1].result
    assert result.lufs == pytest.approx(-16.0, abs=0.5)
    assert result.true_peak_db <= -1.0


def test_every_line_is_heard_where_its_caption_stands(road: tuple[gl.Project, RenderJob], tmp_path: Path) -> None:
    """The same cut with the dialogue alone: where each caption begins, the sound begins, to a frame."""
    film, _ = road
    cut = film.cut
    alone = cut.model_copy(update={"tracks": tuple(t for t in cut.tracks if t.name in ("V1", "A1"))})
    sound = sound_of(film.render(alone, preset="draft").wait().result.path)
    for caption in cut.captions:
        if caption.position == "right":  # dual dialogue: it begins under the other voice
            continue
        begin = caption.start * 48_000 // RATE
        before = sound[begin - 6_000 : begin - 2_000]
        after = sound[begin : begin + 4_000 * 3]
        assert np.abs(before).max(initial=0) < 0.02, caption.text
        assert np.abs(after).max() > 0.05, caption.text
        loud = np.flatnonzero(np.abs(sound[begin - 6_000 : begin + 12_000]) > 0.02 * np.abs(after).max())
        assert (loud[0] - 6_000) / 48_000 * RATE >= -1, caption.text


def test_every_line_has_a_caption_with_just_its_words(road: tuple[gl.Project, RenderJob]) -> None:
    film, _ = road
    captions = {caption.line_id: caption for caption in film.cut.captions}
    for line in film.screenplays.latest.lines:
        said = "".join(word.word for word in captions[line.id].words).replace(" ", "")
        assert said == line.text.replace(" ", "")


def test_a_line_that_can_not_be_spoken_is_murmured_and_said(road: tuple[gl.Project, RenderJob]) -> None:
    film, _ = road
    takes = {line.character: film.audio[line.number].used for line in film.screenplays.latest.lines}
    for name in ("YUKI", "YUSUF"):
        take = takes[name]
        assert take is not None and take.seconds > 0.4 and take.notices
    assert takes["NORA"] is not None and not takes["NORA"].notices


def test_notes_and_boneyard_are_never_spoken_or_shown(road: tuple[gl.Project, RenderJob]) -> None:
    shown = " ".join(caption.text for caption in road[0].cut.captions)
    assert "Never" not in shown and "boneyard" not in shown


def test_the_script_s_dissolve_is_in_the_cut(road: tuple[gl.Project, RenderJob]) -> None:
    assert "dissolve" in [t.kind for t in road[0].cut.track("V1").transitions]


def test_making_it_again_makes_nothing_and_gives_the_same_film(road: tuple[gl.Project, RenderJob], studio: Path) -> None:
    _, job = road
    again = gl.Project("Small Boats", studio=studio)
    repeated = again.make(again.screenplays.add(SCRIPT), preset="draft")
    assert again.making.made == 0 and again.making.kept > 0
    assert repeated.result.segments_made == 0 and repeated.path.read_bytes() == job.path.read_bytes()
    assert again.make(again.screenplays.latest, preset="draft").number == repeated.number


def test_one_changed_line_re_makes_that_line_and_no_picture_of_another_scene(
    road: tuple[gl.Project, RenderJob], studio: Path
) -> None:
    _, job = road
    revised = gl.Project("Small Boats", studio=studio)
    script = revised.screenplays.add(SCRIPT.replace("home by six", "home by seven"))
    revised.agents.audio.voice(script)
    assert revised.making == Making(made=1, kept=5, notices=revised.making.notices)
    before = revised.making.made
    revised.agents.video.shoot(script)
    changed = revised.making.made - before
    assert changed <= 1  # the shot that carries the line
    film = revised.render(revised.agents.assembly.draft(script), preset="draft").wait().result
    assert 0 < film.segments_made < job.result.segments


def test_a_circled_take_is_the_one_that_is_cut(road: tuple[gl.Project, RenderJob], studio: Path) -> None:
    film = gl.Project("Small Boats", studio=studio)
    script = film.screenplays.add(SCRIPT)
    film.agents.video.shoot(script, takes=2)
    entry = film.video[script.shot_list[0].slate]
    first, second = (take for take in entry.takes[:2])
    assert first.asset != second.asset
    entry.circle(second.number)
    clip = film.agents.assembly.draft(script).track("V1").clips[1]
    assert clip.asset == second.asset
    entry.circle(0)


def test_the_cast_look_and_sound_the_same_in_another_session(road: tuple[gl.Project, RenderJob], studio: Path) -> None:
    film, _ = road
    again = gl.Project("Small Boats", studio=studio)
    for name in film.characters.names:
        assert film.characters[name].state == again.characters[name].state
    voices = [film.characters[name].state["voice"]["name"] for name in film.characters.names]
    assert len(set(voices)) == len(voices)


def test_it_costs_nothing(road: tuple[gl.Project, RenderJob]) -> None:
    film, _ = road
    assert film.spent_usd == 0.0
    assert "$0.00" in repr(film)


def test_an_idea_becomes_a_film_that_says_it_is_a_draft(tmp_path: Path) -> None:
    film = gl.Project("Idea", studio=tmp_path)
    script = film.agents.screenplay.draft(gl.Idea("A clockmaker hides a letter for her son.", seconds=12))
    assert "draft" in script.source.lower() and script.lines
    assert film.agents.screenplay.draft(gl.Idea("A clockmaker hides a letter for her son.", seconds=12)) == script


def test_what_a_person_brings_is_in_the_film_and_survives_a_new_shoot(tmp_path: Path) -> None:
    from PIL import Image

    film = gl.Project("Own", studio=tmp_path)
    script = film.screenplays.add("EXT. BEACH - DAY\n\nA gull lands.\n")
    slate = script.shot_list[0].slate
    film.video.add(Image.new("RGB", (1920, 1080), (200, 30, 30)), shot=slate)
    film.make(script, preset="draft")
    assert film.making.own == 1
    red = _middle_pixel(film.renders[-1].result.path, seconds=4.5)
    assert red[0] > 150 and red[1] < 70


def _middle_pixel(path: Path, seconds: float) -> Iterator[int] | np.ndarray:
    with av.open(io.BytesIO(path.read_bytes())) as container:
        for frame in container.decode(video=0):
            if frame.time >= seconds:
                picture = frame.to_ndarray(format="rgb24")
                return np.asarray(picture[picture.shape[0] // 2, picture.shape[1] // 2])
    raise AssertionError(f"no frame at {seconds} s")

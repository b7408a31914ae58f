"""A typed function in a cell becomes a model, a tool of the chat, a judge of takes."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PIL import Image

import glimmer as gl
from glimmer.errors import InputError, ModelError, NotFound
from glimmer.extending import known_judges, known_tools
from glimmer.models.own import made_of

SCRIPT = "INT. ROOM - DAY\n\nA man waits.\n\nMAN\nHello there.\n"


@pytest.fixture
def film(tmp_path: Path) -> gl.Project:
    film = gl.Project("Own", studio=tmp_path)
    film.screenplays.add(SCRIPT)
    return film


def test_a_function_that_draws_shoots_the_film_and_leaves_the_sheets_to_who_drew_them(film: gl.Project) -> None:
    script = film.screenplays.latest
    film.agents.character.design(script)
    before = film.characters["MAN"].used

    @gl.model
    def flat(request: gl.ShotRequest) -> Image.Image:
        return Image.new("RGB", (request.width_px // 8, request.height_px // 8), "#204060")

    assert "own:flat" in film.use(flat)
    film.agents.character.design(script)
    film.agents.video.shoot(script)
    used = film.video["1A"].used
    assert used is not None and used.model == "own:flat" and Image.open(film.video["1A"].path).size == (240, 135)
    assert film.characters["MAN"].used == before
    assert not [row for row in film.plan() if row.kind in ("sheet", "shot") and row.state != "current"]


def test_a_changed_function_asks_for_new_takes_and_the_same_one_for_none(film: gl.Project) -> None:
    script = film.screenplays.latest
    calls: list[str] = []

    def drawn(colour: str, version: str = "") -> object:
        @gl.model(name="ink", version=version or colour)
        def ink(request: gl.ShotRequest) -> Image.Image:
            calls.append(request.action)
            return Image.new("RGB", (64, 36), colour)

        return ink

    film.use(drawn("red"))
    film.agents.video.shoot(script)
    once = len(calls)
    film.use(drawn("red"))
    film.agents.video.shoot(script)
    assert once == len(calls) > 0
    film.use(drawn("blue"))
    film.agents.video.shoot(script)
    assert len(calls) == 2 * once
    assert len(film.video["1A"].takes) == 2  # the old one stands beside it


def test_a_changed_voice_is_heard_anew(film: gl.Project) -> None:
    script = film.screenplays.latest
    for at, hum in enumerate((0.3, 0.1), 1):

        @gl.model(name="beep", version=str(at))
        def beep(request: gl.SpeechRequest) -> np.ndarray:
            return np.sin(np.arange(24_000) / 10) * hum  # noqa: B023

        film.use(beep)
        film.agents.audio.voice(script)
        assert len(film.audio["1"].takes) == at


def test_a_function_that_speaks_is_heard_and_somebody_else_casts(film: gl.Project) -> None:
    @gl.model
    def beep(request: gl.SpeechRequest) -> np.ndarray:
        return np.sin(np.arange(24_000) / 10) * 0.3

    film.use(beep)
    film.agents.audio.voice(film.screenplays.latest)
    take = film.audio["1"].used
    assert take is not None and take.seconds == pytest.approx(0.5) and take.media_type == "audio/flac"


def test_a_priced_function_is_in_the_plan_and_asks_before_it_passes_the_budget(film: gl.Project) -> None:
    @gl.model(usd=0.25)
    def dear(request: gl.ShotRequest) -> Image.Image:
        return Image.new("RGB", (64, 36), "green")

    film.use(dear)
    film.agents.character.design(film.screenplays.latest)
    shots = film.plan().where(kind="shot")
    assert shots.usd == pytest.approx(0.25 * len(shots))


@pytest.mark.parametrize("answer", [b"no file at all", 3, None, np.array([np.nan])])
def test_what_is_no_media_is_refused_in_words(answer: object) -> None:
    with pytest.raises(ModelError, match=r"own:x gave back .*; expected a file's bytes"):
        made_of(answer, "own:x")


def test_media_of_every_kind_are_told_by_what_they_are(tmp_path: Path) -> None:
    sink = io.BytesIO()
    soundfile.write(sink, np.zeros(4_800), 48_000, format="WAV")
    (tmp_path / "a.wav").write_bytes(sink.getvalue())
    assert made_of(tmp_path / "a.wav", "own:x").seconds == pytest.approx(0.1)
    assert made_of(np.zeros((9, 16, 3), np.uint8), "own:x").media_type == "image/png"
    assert made_of("INT. ROOM", "own:x").media == b"INT. ROOM"


def test_a_function_for_no_work_is_refused_where_it_is_written() -> None:
    with pytest.raises(InputError, match="takes str; expected a first parameter of one of these types"):

        @gl.model
        def nothing(words: str) -> str:
            return words


@pytest.mark.parametrize(("who", "words"), [("nobody", 'no model "nobody"'), ("gemni", "did you mean gemini")])
def test_an_unknown_model_is_named_with_the_nearest(film: gl.Project, who: str, words: str) -> None:
    with pytest.raises(NotFound, match=words):
        film.use(who)


def test_an_object_that_can_not_do_the_job_is_refused_and_nothing_changes(film: gl.Project) -> None:
    before = film.models
    with pytest.raises(InputError, match="int can't be the artist: it has no shot and no sheet"):
        film.use(artist=3)
    with pytest.raises(NotFound, match='no job "painter"'):
        film.use(painter="rehearsal")
    assert film.models is before


def test_a_tool_is_known_with_its_words_and_its_schema_and_asks_unless_it_says_what_it_is() -> None:
    @gl.tool
    def tide(place: str, hours: int = 6) -> str:
        """When the tide is high there."""
        return f"{place}: in {hours} hours"

    @gl.tool(kind="reads")
    def moon() -> str:
        """How full the moon is."""
        return "half"

    known = {each.name: each for each in known_tools()}
    assert known["tide"].kind == "outside" and known["moon"].kind == "reads"
    assert known["tide"].parameters["required"] == ["place"] and known["tide"].description == "When the tide is high there."
    assert known["tide"].call(known["tide"].checked({"place": "Dover"})).text == "Dover: in 6 hours"
    with pytest.raises(InputError, match=r"hours: .*met 'soon'"):
        known["tide"].checked({"place": "Dover", "hours": "soon"})


def test_a_tool_without_words_or_types_is_refused() -> None:
    with pytest.raises(InputError, match="no docstring"):

        @gl.tool
        def mute(place: str) -> str:
            return place

    with pytest.raises(InputError, match="no type"):

        @gl.tool
        def loose(place) -> str:  # type: ignore[no-untyped-def]
            """Says where."""
            return str(place)


def test_a_judge_is_known_by_its_name() -> None:
    @gl.judge
    def bright(take: Path) -> float:
        return float(np.asarray(Image.open(take)).mean()) / 25.5

    assert known_judges()["bright"] is bright


def test_a_picture_that_was_asked_for_in_another_shape_is_not_asked_for_again(film: gl.Project) -> None:
    """Its prompt says the shape; a film that was shot upright by a preset of one's own must not be paid for twice."""

    @gl.model(reads_words=True)
    def told(request: gl.ShotRequest) -> Image.Image:
        assert request.words
        return Image.new("RGB", (18, 32), "#204060")

    film.use(told)
    film.agents.character.design(film.screenplays.latest)
    film.agents.video.shoot(film.screenplays.latest, width_px=180, height_px=320)
    assert {row.state for row in film.plan() if row.kind == "shot"} == {"current"}

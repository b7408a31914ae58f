"""What the video and character agents ask of a model that paints from words and films: the same faces, drafts first, nothing twice."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

import glimmer as gl
from glimmer.agents.filming import clip_seconds
from glimmer.errors import InputError, MissingPiece, NotFound, SettingsError
from glimmer.models.interface import ClipRequest, Made, PaintRequest, SheetRequest, ShotRequest
from glimmer.vocabulary import Noun

SCRIPT = """Title: The Lamp

INT. LAMP ROOM - NIGHT

MARA, 70, a tall keeper in a yellow coat, lights the lamp. ELI, a boy of nine, watches her.

MARA
Sing, Eli.

ELI
I can't.

EXT. SHORE - DAWN

The sea is empty.

ELI
She heard us.
"""


class Studio:
    """A model that paints from words and films, and remembers what it was asked. What it gives back differs from take to take."""

    name = "test/studio"
    version = "1"
    reads_words = True
    films = True

    def __init__(self) -> None:
        self.asked: list[Noun] = []
        self._guard = threading.Lock()

    def _made(self, request: Noun, media_type: str, seconds: float = 0.0) -> Made:
        with self._guard:
            self.asked.append(request)
        sink = io.BytesIO()
        Image.new("RGB", (32, 18), f"#{abs(hash(request.model_dump_json())) % 0xFFFFFF:06x}").save(sink, "PNG")
        return Made(media=sink.getvalue() + request.model_dump_json().encode(), media_type=media_type, seconds=seconds, usd=0.03)

    def shot(self, request: ShotRequest) -> Made:
        if isinstance(request, ClipRequest):
            return self._made(request, "video/mp4", request.seconds)
        return self._made(request, "image/png")

    def sheet(self, request: SheetRequest) -> Made:
        return self._made(request, "image/png")

    def kinds(self) -> list[str]:
        return sorted(type(request).__name__ for request in self.asked)


@pytest.fixture
def film(tmp_path: Path) -> Iterator[gl.Project]:
    film = gl.Project("The Lamp", studio=tmp_path / "studio", models="rehearsal")
    yield film
    film.lot.close()


@pytest.fixture
def model(film: gl.Project) -> Studio:
    return hired(film)


def hired(film: gl.Project) -> Studio:
    model = Studio()
    film.agents.video.model = film.agents.character.artist = model
    return model


def asked_of(film: gl.Project, script: gl.Screenplay) -> dict[str, ShotRequest]:
    designs = film.agents.character.known_designs(script)
    orders = film.agents.video.orders(script, designs)
    return {order.name: order.request for order in orders if isinstance(order.request, ShotRequest)}


# ── the same faces ──────────────────────────────────────────────────────────────────────────────────────────
def test_sheets_are_sent_with_every_picture_that_shows_their_character_the_subject_first(film: gl.Project, model: Studio) -> None:
    script = film.screenplays.add(SCRIPT)
    film.agents.character.design(script)
    references = film.agents.character.references(script)
    assert [each.name for each in references] == [member.name for member in script.cast]
    known = {each.name: each for each in references}
    for shot in script.shot_list:
        request = asked_of(film, script)[shot.slate]
        assert isinstance(request, ClipRequest)
        assert request.references == tuple(known[name] for name in shot.cast)
    film.agents.video.shoot(script)
    take = film.video["1A"].used
    assert take is not None
    sheets = {each.hash for each in take.inputs if each.role == "sheet"}
    assert sheets == {each.asset for each in asked_of(film, script)["1A"].references}  # type: ignore[attr-defined]


def test_a_new_sheet_asks_anew_for_just_the_pictures_that_show_its_character(film: gl.Project, model: Studio) -> None:
    script = film.screenplays.add(SCRIPT)
    film.agents.character.design(script)
    film.agents.video.shoot(script, stills=True)
    before = asked_of(film, script)
    film.agents.character.concept(script, "mara", takes=2)
    film.characters["MARA"].circle(2)
    after = asked_of(film, script)
    changed = {slate for slate in before if before[slate] != after[slate]}
    assert changed == {shot.slate for shot in script.shot_list if "MARA" in shot.cast} != set(before)
    count = len(model.asked)
    film.agents.video.shoot(script)
    assert len(model.asked) - count == len(changed)


def test_more_concept_art_is_more_takes_of_the_same_request(film: gl.Project, model: Studio) -> None:
    script = film.screenplays.add(SCRIPT)
    film.agents.character.design(script)
    first = film.characters["MARA"].used
    film.agents.character.concept(script, "MARA", takes=3)
    takes = film.characters["MARA"].takes
    assert len(takes) == 3 and len({take.asset for take in takes}) == 3 and film.characters["MARA"].used == first
    assert {take.made_for for take in takes} == {first.made_for if first else ""}
    with pytest.raises(NotFound, match="character"):
        film.agents.character.concept(script, "NOBODY")


def test_rehearsal_says_that_it_draws_a_design_in_one_way(film: gl.Project) -> None:
    script = film.screenplays.add(SCRIPT)
    with pytest.raises(MissingPiece, match="in one way"):
        film.agents.character.concept(script, "MARA")


# ── stills, clips, and what was asked before ────────────────────────────────────────────────────────────────
def test_a_clip_is_drafted_small_and_in_whole_seconds(film: gl.Project, model: Studio) -> None:
    script = film.screenplays.add(SCRIPT)
    film.agents.video.shoot(script)
    clips = [request for request in model.asked if isinstance(request, ClipRequest)]
    assert len(clips) == len(script.shot_list)
    for clip in clips:
        assert clip.resolution == "360p" and clip.seconds == int(clip.seconds) and 3 <= clip.seconds <= 15


def test_lengths_are_rounded_up_in_steps() -> None:
    assert [clip_seconds(each) for each in (0.1, 3.0, 3.04, 3.2, 6.1, 7.9, 8.1, 14, 40)] == [3, 3, 3, 4, 8, 8, 10, 15, 15]


def test_what_was_asked_last_is_asked_again(film: gl.Project, model: Studio) -> None:
    script = film.screenplays.add(SCRIPT)
    assert film.agents.video.asked_before() == (False, "360p")
    film.agents.video.shoot(script, stills=True, resolution="2k")
    assert film.agents.video.asked_before() == (True, "2K")
    assert {type(request) for request in asked_of(film, script).values()} == {PaintRequest}
    count = len(model.asked)
    film.agents.video.shoot(script)
    assert len(model.asked) == count
    second = script.shot_list[1]
    film.agents.video.shoot(script, only=[second.id], stills=False, resolution="720p")
    asked = asked_of(film, script)
    assert isinstance(asked[second.slate], ClipRequest) and asked[second.slate].resolution == "720p"  # type: ignore[attr-defined]
    assert [slate for slate, request in asked.items() if isinstance(request, ClipRequest)] == [second.slate]
    assert len(model.asked) == count + 1
    new = film.screenplays.add(SCRIPT + "\nA gull lands.\n")
    assert isinstance(asked_of(film, new)[new.shot_list[-1].slate], PaintRequest)  # as most of the film


def test_orders_write_nothing(film: gl.Project, model: Studio) -> None:
    script = film.screenplays.add(SCRIPT)
    film.agents.character.design(script)
    film.agents.video.first_frames(script)
    revision = film.store.revision()
    asked_of(film, script)
    film.agents.video.depends_on(script)
    assert film.store.revision() == revision


def test_an_impossible_resolution_is_refused_before_anything_is_asked(film: gl.Project, model: Studio) -> None:
    script = film.screenplays.add(SCRIPT)
    for stills, resolution in ((False, "1K"), (True, "360p"), (None, "8k")):
        with pytest.raises(NotFound, match="resolution"):
            film.agents.video.shoot(script, stills=stills, resolution=resolution)
    with pytest.raises(InputError, match="stills"):
        film.agents.video.shoot(script, stills="yes")  # type: ignore[arg-type]
    assert not [request for request in model.asked if isinstance(request, ShotRequest)]


def test_in_rehearsal_stills_mean_nothing_and_change_nothing(film: gl.Project) -> None:
    script = film.screenplays.add(SCRIPT)
    film.agents.video.shoot(script, width_px=320, height_px=180)
    made = film.making.made
    film.agents.video.shoot(script, stills=True, resolution="4K", width_px=320, height_px=180)
    assert film.making.made == made and film.agents.video.asked_before() == (False, "360p")
    with pytest.raises(MissingPiece, match="makes no clips"):
        film.agents.video.animate("1A")
    with pytest.raises(MissingPiece, match="makes no clips"):
        film.agents.video.extend("1A", 5)


# ── from frames ─────────────────────────────────────────────────────────────────────────────────────────────
def test_clips_begin_with_the_first_frames_that_were_chosen(film: gl.Project, model: Studio) -> None:
    script = film.screenplays.add(SCRIPT)
    film.agents.video.first_frames(script, takes=2)
    film.video["1A"].circle(2)
    frames = {slate: film.video[slate].used for slate in asked_of(film, script)}
    film.agents.video.shoot(script, stills=False)
    asked = asked_of(film, script)
    for slate, frame in frames.items():
        request, used = asked[slate], film.video[slate].used
        assert isinstance(request, ClipRequest) and frame is not None and request.first_frame == frame.asset
        assert used is not None and used.media_type == "video/mp4"
        assert [each.hash for each in used.inputs if each.role == "first frame"] == [frame.asset]
    count = len(model.asked)
    film.agents.video.shoot(script)
    assert len(model.asked) == count


def test_a_changed_shot_gets_a_new_first_frame_and_then_its_clip(film: gl.Project, model: Studio) -> None:
    film.agents.video.first_frames(film.screenplays.add(SCRIPT))
    film.agents.video.shoot(film.screenplays.latest, stills=False)
    count = len(model.asked)
    script = film.screenplays.add(SCRIPT.replace("The sea is empty.", "The sea is full of boats."))
    film.agents.video.shoot(script)
    new = model.asked[count:]
    stills = [each for each in new if isinstance(each, PaintRequest)]
    clips = [each for each in new if isinstance(each, ClipRequest)]
    assert len(stills) == len(clips) >= 1 and all("boats" in each.action for each in (*stills, *clips))
    assert all(clip.first_frame for clip in clips)


def test_a_still_is_animated_and_its_plan_asks_for_the_clip(film: gl.Project, model: Studio) -> None:
    script = film.screenplays.add(SCRIPT)
    film.agents.video.shoot(script, stills=True)
    still, other = film.video["1A"].used, film.video["2A"].used
    entry = film.agents.video.animate("1A", last_frame="2A", seconds=6)
    request = asked_of(film, script)["1A"]
    assert isinstance(request, ClipRequest) and still is not None and other is not None
    assert (request.first_frame, request.last_frame, request.seconds) == (still.asset, other.asset, 6.0)
    assert entry.used is not None and entry.used.media_type == "video/mp4"
    assert isinstance(asked_of(film, script)["2A"], PaintRequest)
    with pytest.raises(InputError, match="moves already"):
        film.agents.video.animate("1A")
    for seconds in (2, 16, 4.5, True, "5"):
        with pytest.raises(SettingsError, match="seconds"):
            film.agents.video.animate("2A", seconds=seconds)  # type: ignore[arg-type]


def test_a_picture_of_ones_own_is_animated_beside_it(film: gl.Project, model: Studio) -> None:
    film.video.add(Image.new("RGB", (64, 36), "#224466"), name="harbour")
    entry = film.agents.video.animate("harbour", action="The boats rock.")
    assert entry.name == "harbour in motion" and entry.used is not None and not entry.is_own
    request = model.asked[-1]
    assert isinstance(request, ClipRequest) and request.action == "The boats rock." and request.first_frame
    film.screenplays.add(SCRIPT)
    assert "harbour in motion" in film.video and film.video["harbour"].is_own


def test_a_clip_goes_on_in_an_entry_of_its_own(film: gl.Project, model: Studio) -> None:
    script = film.screenplays.add(SCRIPT)
    film.agents.video.shoot(script)
    used = film.video["1A"].used
    entry = film.agents.video.extend("1A", 4, action="She turns away.")
    request = model.asked[-1]
    assert isinstance(request, ClipRequest) and used is not None
    assert (request.extends, request.seconds, request.action) == (used.asset, 4.0, "She turns away.")
    assert entry.name == "1A goes on" and film.video["1A"].used == used
    count = len(model.asked)
    film.agents.video.extend("1A", 4, action="She turns away.")
    assert len(model.asked) == count


# ── voices ──────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_recast_voice_stays_whatever_the_script_says_of_its_character(film: gl.Project) -> None:
    script = film.screenplays.add(SCRIPT)
    film.agents.character.designs(script)
    before = film.characters["MARA"].voice
    given = film.agents.character.recast("MARA", voice={"pitch": 0.8})
    assert given.pitch == 0.8 and film.characters["MARA"].voice == given and before.pitch != 0.8
    changed = film.screenplays.add(SCRIPT.replace("70, a tall keeper", "40, a small keeper"))
    film.agents.character.designs(changed)
    assert film.characters["MARA"].voice == given
    other = film.agents.character.recast("MARA")
    assert other.name != before.name or other != given
    assert film.agents.character.recast("MARA", voice="Kore").name == "Kore"
    for bad, error in (({"volume": 2}, NotFound), ("", InputError), (3, InputError)):
        with pytest.raises(error):
            film.agents.character.recast("MARA", voice=bad)  # type: ignore[arg-type]


def test_shots_are_chosen_by_their_slates_and_an_unknown_one_is_named(tmp_path: Path) -> None:
    film = gl.Project("Chosen", studio=tmp_path)
    script = film.screenplays.add("INT. ROOM - DAY\n\nA man waits.\n\nMAN\nHello there.\n\nHe leaves.\n")
    film.agents.video.shoot(script, only=["1b"])
    assert film.video["1B"].used is not None and not film.video["1A"].takes
    with pytest.raises(NotFound, match='no shot "9Z"'):
        film.agents.video.shoot(script, only="9Z")

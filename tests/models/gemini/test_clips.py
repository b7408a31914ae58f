"""Gemini's clips: asked for once, followed, collected by name, played through before they pass, every cost told."""

from __future__ import annotations

import hashlib
import io
import math
from collections.abc import Iterator
from typing import Any

import av
import numpy as np
import pytest

from glimmer.errors import Blocked, Cancelled, InputError, MissingPiece, ModelError
from glimmer.models.gemini import clips, fetching
from glimmer.models.gemini.door import Door
from glimmer.models.gemini.interaction import Interaction
from glimmer.models.gemini.pictures import GeminiArtist
from glimmer.models.interface import ClipRequest, PaintRequest, Reference
from glimmer.models.watching import NobodyWatches, watched
from glimmer.testing import FakeGemini
from glimmer.testing.media import picture


class Shelf(NobodyWatches):
    """A watch with a shelf of files, that remembers what it heard."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.heard: list[str] = []
        self.stopped = False

    def put(self, content: bytes) -> str:
        asset = hashlib.sha256(content).hexdigest()
        self.files[asset] = content
        return asset

    def read(self, asset: str) -> bytes:
        if asset not in self.files:
            raise MissingPiece(f"no file {asset[:12]}")
        return self.files[asset]

    def submitting(self) -> None:
        self.heard.append("submitting")

    def running(self, remote_id: str) -> None:
        self.heard.append(remote_id)


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeGemini]:
    with FakeGemini() as running:
        running.job_seconds = 0.05
        yield running
        running.check()


@pytest.fixture(scope="module")
def artist(fake: FakeGemini) -> GeminiArtist:
    return GeminiArtist(Door(fake.environment()))


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    with watched(Shelf()) as made:
        assert isinstance(made, Shelf)
        yield made


def asked(fake: FakeGemini) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The last request's body, and its contents."""
    body = fake.requests("video")[-1].body
    given = body["input"]
    steps = given if isinstance(given, list) else [given]
    return body, [content for step in steps for content in step.get("content", [step])]


def frames_in(media: bytes) -> int:
    with av.open(io.BytesIO(media), "r") as opened:
        return len(list(opened.decode(video=0)))


def film(seconds: float, paint: Any, *, size: tuple[int, int] = (160, 90), rate: int = 12) -> bytes:
    """An MP4 whose frame n shows `paint(n)`."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream("mpeg4", rate=rate)
        stream.width, stream.height = size
        for number in range(round(seconds * rate)):
            pixels = np.zeros((size[1], size[0], 3), np.uint8)
            pixels[:] = paint(number)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, "rgb24")))
        container.mux(stream.encode(None))
    return file.getvalue()


def sliding(number: int) -> np.ndarray:
    return np.broadcast_to(((np.arange(160) * 3 + number * 20) % 256)[None, :, None], (90, 160, 3)).astype(np.uint8)


# ── asking ──────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_clip_is_asked_for_once_followed_and_fetched(artist: GeminiArtist, fake: FakeGemini, shelf: Shelf) -> None:
    before = fake.creates("video")
    made = artist.shot(ClipRequest(words="A lamp is lit.", seconds=3.2, width_px=640, height_px=360))
    body, content = asked(fake)
    assert fake.creates("video") == before + 1 and body["background"] is True
    assert body["response_format"] == {
        "type": "video",
        "duration": "4s",
        "resolution": "360p",
        "aspect_ratio": "16:9",
        "delivery": "uri",
    }
    assert body["generation_config"] == {"video_config": {"task": "text_to_video"}}
    assert content == [{"type": "text", "text": "A lamp is lit."}]
    assert made.media_type == "video/mp4" and abs(made.seconds - 4) < 0.1 and frames_in(made.media) == 96
    assert math.isclose(made.usd, 4 * 0.023, abs_tol=0.002) and made.price_date and made.notices == ()
    assert shelf.heard == ["submitting", made.remote_id]


def test_another_process_collects_the_same_clip_and_pays_nothing(artist: GeminiArtist, fake: FakeGemini) -> None:
    request = ClipRequest(words="A lamp is lit.", seconds=3, width_px=640, height_px=360)
    made, before = artist.shot(request), fake.creates("video")
    again = GeminiArtist(Door(fake.environment())).collect(made.remote_id, request)
    assert (again.media, again.usd, again.seconds, again.remote_id) == (made.media, made.usd, made.seconds, made.remote_id)
    assert fake.creates("video") == before


@pytest.mark.parametrize(("seconds", "asked_for"), [(0.4, 3), (3, 3), (3.001, 3), (7.2, 8), (15, 15), (60, 15)])
def test_the_length_is_whole_seconds_from_3_to_15(seconds: float, asked_for: int) -> None:
    assert clips.whole_seconds("gemini-omni-1.2-flash", ClipRequest(seconds=seconds)) == asked_for


@pytest.mark.parametrize("seconds", [math.nan, math.inf, 0.0, -3.0])
def test_a_length_that_is_none_is_refused_before_it_is_paid(artist: GeminiArtist, fake: FakeGemini, seconds: float) -> None:
    before = fake.creates()
    with pytest.raises(InputError, match="expected a number above 0"):
        artist.shot(ClipRequest(words="x", seconds=seconds))
    assert fake.creates() == before


def test_frames_and_references_are_bound_to_their_roles_in_order(artist: GeminiArtist, fake: FakeGemini, shelf: Shelf) -> None:
    first, last, face, place = (shelf.put(picture(words)) for words in ("first", "last", "face", "place"))
    references = (Reference(role="character", name="MARA", asset=face), Reference(role="place", name="lamp room", asset=place))
    artist.shot(ClipRequest(words="She turns.", references=references, first_frame=first, last_frame=last, seconds=3))
    body, content = asked(fake)
    assert body["generation_config"]["video_config"]["task"] == "reference_to_video"
    assert [each["type"] for each in content] == ["image"] * 4 + ["text"]
    words = content[-1]["text"]
    assert words.startswith(
        "[# Sources <FIRST_FRAME>@Image1 <LAST_FRAME>@Image2] [# References <IMAGE_REF_0>@Image3 <IMAGE_REF_1>@Image4]"
    )
    assert "is <IMAGE_REF_0>: MARA, the same face" in words and words.endswith("She turns.")


@pytest.mark.parametrize(
    ("first", "last", "task"),
    [(True, True, "image_to_video"), (True, False, "image_to_video"), (False, True, "reference_to_video")],
)
def test_a_frame_alone_is_a_task_of_its_own(
    artist: GeminiArtist, fake: FakeGemini, shelf: Shelf, first: bool, last: bool, task: str
) -> None:
    frame = shelf.put(picture("frame"))
    made = artist.shot(ClipRequest(words="x", first_frame=frame if first else "", last_frame=frame if last else "", seconds=3))
    assert asked(fake)[0]["generation_config"]["video_config"]["task"] == task
    assert any("last frame" in notice for notice in made.notices) == (last and not first)


def test_more_references_than_there_is_room_for_are_left_out_and_told(artist: GeminiArtist, fake: FakeGemini, shelf: Shelf) -> None:
    references = tuple(Reference(role="prop", name=f"prop {n}", asset=shelf.put(picture(str(n)))) for n in range(8))
    made = artist.shot(ClipRequest(words="x", references=references, first_frame=shelf.put(picture("first")), seconds=3))
    assert sum(each["type"] == "image" for each in asked(fake)[1]) == 6
    assert any("3 of 8 references" in notice for notice in made.notices)


def test_a_clip_goes_on_from_another_by_its_file_or_by_its_name(artist: GeminiArtist, fake: FakeGemini, shelf: Shelf) -> None:
    before = artist.shot(ClipRequest(words="A lamp.", seconds=3))
    artist.shot(ClipRequest(words="It goes out.", extends=shelf.put(before.media), seconds=3))
    body, content = asked(fake)
    assert body["generation_config"]["video_config"]["task"] == "extend"
    assert content[0]["type"] == "video" and "files/" in content[0]["uri"]
    artist.shot(ClipRequest(words="It goes out.", extends=shelf.put(before.media), extends_remote=before.remote_id, seconds=3))
    body, content = asked(fake)
    assert body["previous_interaction_id"] == before.remote_id and [each["type"] for each in content] == ["text"]


def test_a_shape_or_resolution_that_omni_lacks_is_told(artist: GeminiArtist, fake: FakeGemini) -> None:
    made = artist.shot(ClipRequest(words="x", seconds=3, width_px=720, height_px=720, resolution="540p"))
    assert asked(fake)[0]["response_format"]["resolution"] == "720p"
    assert any("crops it" in notice for notice in made.notices) and any("filmed in 720p" in notice for notice in made.notices)
    assert math.isclose(made.usd, 3 * 0.07, abs_tol=0.002)


def test_a_further_take_is_another_request(artist: GeminiArtist, fake: FakeGemini) -> None:
    request = ClipRequest(words="A lamp, twice.", seconds=3, width_px=320, height_px=180)
    before = fake.distinct_creates()
    for seed in (1, 2):
        artist.shot(request.model_copy(update={"seed": seed}))
        artist.shot(PaintRequest(words="A lamp, twice.", width_px=320, height_px=180, seed=seed))
    assert fake.distinct_creates() == before + 4
    assert asked(fake)[0]["generation_config"]["seed"] == 2


# ── trouble ─────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("fault", ["job-failed", "job-blocked", "job-empty", "job-cancelled", "broken-media", "no-media", "safety"])
def test_a_job_that_ends_badly_is_an_error_with_its_name(artist: GeminiArtist, fake: FakeGemini, shelf: Shelf, fault: str) -> None:
    fake.fault(fault, on="video")
    before = fake.creates("video")
    with pytest.raises(ModelError) as met:
        artist.shot(ClipRequest(words=f"A lamp, {fault}.", seconds=3))
    assert met.value.remote_id == shelf.heard[1] and fake.creates("video") <= before + 1
    assert (fault in ("job-blocked", "safety")) == isinstance(met.value, Blocked)
    if fault == "broken-media":  # it may have broken on its way: it is left to be fetched once more before it counts as lost
        assert met.value.kind == "interrupted" and met.value.usd == 0
        with pytest.raises(ModelError) as lost:
            artist.collect(shelf.heard[1], ClipRequest(words=f"A lamp, {fault}.", seconds=3))
        assert lost.value.kind == "malformed" and lost.value.usd > 0.05


def test_a_clip_whose_file_is_not_ready_yet_is_waited_for(artist: GeminiArtist, fake: FakeGemini) -> None:
    fake.fault("expired-file", on="download")
    assert artist.shot(ClipRequest(words="A lamp, and the file is late.", seconds=3)).seconds > 2.9


def test_a_clip_that_can_not_be_fetched_now_is_left_to_be_collected(
    artist: GeminiArtist, fake: FakeGemini, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = ClipRequest(words="A lamp, and the file is away.", seconds=3)
    monkeypatch.setattr(fetching, "_PAUSES", (0.0,))
    fake.fault("expired-file", on="download", times=2)
    with pytest.raises(ModelError) as met:
        artist.shot(request)
    assert (met.value.kind, met.value.usd, met.value.remote_id) == ("interrupted", 0.0, shelf.heard[1])
    before = fake.creates()
    assert artist.collect(met.value.remote_id, request).seconds > 2.9 and fake.creates() == before
    fake.fault("expired-file", on="download")
    with pytest.raises(ModelError) as lost:
        artist.collect(met.value.remote_id, request)
    assert lost.value.kind == "failed" and lost.value.usd > 0.05


def test_another_model_is_asked_for_what_it_can_do() -> None:
    request = ClipRequest(words="x", seconds=20, resolution="360p")
    assert clips.whole_seconds("gemini-omni-1.1-flash", request) == 10
    assert clips.resolution_for("gemini-omni-1.1-flash", request) == "720p"
    assert clips.resolution_for("gemini-omni-1.2-flash", request) == "360p"
    assert clips.resolution_for("gemini-omni-1.1-flash", request.model_copy(update={"resolution": "4k"})) == "720p"


def test_a_job_that_nobody_knows_is_said(artist: GeminiArtist) -> None:
    with pytest.raises(ModelError) as met:
        artist.collect("v1_never", ClipRequest(words="x", seconds=3))
    assert met.value.remote_id == "v1_never"
    with pytest.raises(InputError):
        artist.collect("v1_never", Reference(role="prop", name="x", asset=""))


def test_a_still_is_collected_as_a_still(artist: GeminiArtist, fake: FakeGemini) -> None:
    door = Door(fake.environment())
    job = door.interact(
        artist.name, input="A lamp.", response_format={"type": "image", "aspect_ratio": "16:9", "image_size": "1K"}, background=True
    )
    assert artist.collect(job.id, PaintRequest(words="A lamp.", width_px=320, height_px=180)).media_type == "image/png"


def test_what_is_stopped_is_not_sent(artist: GeminiArtist, fake: FakeGemini, shelf: Shelf) -> None:
    before, shelf.stopped = fake.creates(), True
    with pytest.raises(Cancelled):
        artist.shot(ClipRequest(words="x", seconds=3))
    assert fake.creates() == before


# ── what came ───────────────────────────────────────────────────────────────────────────────────────────────
class Sends(Door):
    """A door whose server answers with this clip."""

    def __init__(self, media: bytes) -> None:
        super().__init__({})
        self.media = media

    def interact(self, model: str, **asked_for: Any) -> Interaction:  # type: ignore[override]
        medium = {"type": "video", "mime_type": "video/mp4", "data": self.media}
        from glimmer.models.gemini.interaction import interaction_of

        return interaction_of({"id": "v1", "status": "completed", "steps": [{"type": "model_output", "content": [medium]}]}, model)


def came(media: bytes, **changes: Any) -> Any:
    return GeminiArtist(Sends(media)).shot(
        ClipRequest(**{"words": "x", "seconds": 3, "width_px": 320, "height_px": 180, **changes})
    )


def test_a_clip_of_another_length_is_told_and_paid_by_its_true_length() -> None:
    made = came(film(5, sliding))
    assert abs(made.seconds - 5) < 0.1 and any("lasts 5.0 s; 3 s" in notice for notice in made.notices)
    assert math.isclose(made.usd, 5 * 0.023, abs_tol=0.003)


def test_an_extended_clip_that_holds_the_one_before_is_paid_by_what_is_new(shelf: Shelf) -> None:
    made = came(film(7, sliding), extends=shelf.put(film(4, sliding)), extends_remote="v0")
    assert math.isclose(made.usd, 3 * 0.023, abs_tol=0.003) and any("7.0 s in all" in notice for notice in made.notices)


def test_a_clip_in_which_nothing_moves_is_told() -> None:
    assert "Nothing moves in it." in came(film(3, lambda _: np.arange(160)[None, :, None])).notices


def test_a_clip_of_one_colour_or_one_picture_is_kept_and_told() -> None:
    assert any("one colour" in notice for notice in came(film(3, lambda _: (90, 90, 90))).notices)
    one = came(film(1 / 12, sliding))
    assert 0 < one.seconds < 0.2 and any("3 s were asked for" in notice for notice in one.notices)


@pytest.mark.parametrize("media", [film(3, sliding)[:900], b"\0\0\0\x18ftypmp42" + bytes(400), b"no clip"])
def test_a_clip_that_can_not_be_played_is_refused_with_its_cost(media: bytes) -> None:
    with pytest.raises(ModelError) as met:
        came(media)
    assert met.value.kind == "malformed" and met.value.usd > 0.05 and met.value.remote_id == "v1"

"""Gemini's pictures: the film's exact size, references in their order, every cost told, nothing silent when it goes wrong."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PIL import Image

from glimmer.errors import Blocked, Cancelled, InputError, MediaError, MissingPiece, ModelError
from glimmer.models.gemini.door import Door
from glimmer.models.gemini.framing import STILL_SHAPES, framed, nearest_shape
from glimmer.models.gemini.picture_words import looks, shot_words
from glimmer.models.gemini.pictures import GeminiArtist
from glimmer.models.interface import (
    Collects,
    Design,
    Made,
    PaintRequest,
    PictureModel,
    Reference,
    SheetRequest,
    ShotRequest,
    Staged,
    films,
    reads_words,
    request_key,
)
from glimmer.models.pricing import Priced
from glimmer.models.watching import NobodyWatches, watched
from glimmer.testing import FakeGemini

MARA = Design(name="MARA", age="old", gender="woman", garment="raincoat", garment_colour="#e6b422")


class Shelf(NobodyWatches):
    """A watch with a shelf of files."""

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


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeGemini]:
    with FakeGemini() as running:
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


def png(colour: tuple[int, int, int], size: tuple[int, int] = (64, 64)) -> bytes:
    pixels = np.zeros((size[1], size[0], 3), np.uint8)
    pixels[:] = colour
    pixels[: size[1] // 2] //= 2
    return saved(pixels)


def saved(pixels: np.ndarray, kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, kind)
    return file.getvalue()


def opened(made: Made) -> Image.Image:
    picture = Image.open(io.BytesIO(made.media))
    assert picture.format == "PNG"
    return picture


def last_input(fake: FakeGemini) -> list[dict[str, Any]]:
    """The contents of the last request: the SDK may wrap them in a step."""
    given = fake.requests("image")[-1].body["input"]
    steps = given if isinstance(given, list) else [given]
    return [content for step in steps for content in step.get("content", [step])]


def test_the_artist_says_what_it_is(artist: GeminiArtist) -> None:
    assert isinstance(artist, PictureModel) and isinstance(artist, Priced) and isinstance(artist, Collects)
    assert films(artist) and reads_words(artist)


@pytest.mark.parametrize(
    ("width", "height", "shape"), [(640, 360, "16:9"), (480, 200, "21:9"), (300, 300, "1:1"), (270, 480, "9:16")]
)
def test_a_still_has_exactly_the_films_size(artist: GeminiArtist, fake: FakeGemini, width: int, height: int, shape: str) -> None:
    made = artist.shot(PaintRequest(words="A lamp.", width_px=width, height_px=height))
    assert opened(made).size == (width, height)
    body = fake.requests("image")[-1].body
    assert body["response_format"] == {"type": "image", "aspect_ratio": shape, "image_size": "1K"}
    assert made.media_type == "image/png" and made.seconds == 0.0
    assert made.usd > 0 and made.price_date and made.tokens_out > 0 and made.remote_id


def test_a_sheet_is_of_the_asked_size_and_says_who_it_is_of(artist: GeminiArtist, fake: FakeGemini) -> None:
    made = artist.sheet(SheetRequest(design=MARA, width_px=480, height_px=270))
    assert opened(made).size == (480, 270)
    words = last_input(fake)[-1]["text"]
    assert "MARA" in words and "old woman" in words and "raincoat" in words


def test_references_are_shown_first_in_their_order_each_named(artist: GeminiArtist, fake: FakeGemini, shelf: Shelf) -> None:
    pictures = [png(colour) for colour in ((200, 40, 40), (40, 200, 40))]
    references = (
        Reference(role="character", name="MARA", asset=shelf.put(pictures[0])),
        Reference(role="place", name="The lamp room", asset=shelf.put(pictures[1])),
    )
    artist.shot(PaintRequest(words="Mara lights the lamp.", references=references, width_px=320, height_px=180))
    sent = last_input(fake)
    assert [each["type"] for each in sent] == ["text", "image", "text", "image", "text"]
    assert sent[0]["text"].startswith("Reference 1") and "MARA" in sent[0]["text"] and "same face" in sent[0]["text"]
    assert "The lamp room" in sent[2]["text"]
    assert [base64.b64decode(sent[at]["data"]) for at in (1, 3)] == pictures
    assert sent[-1]["text"] == "Mara lights the lamp."


def test_references_beyond_what_the_model_takes_are_left_out_and_told(artist: GeminiArtist, fake: FakeGemini, shelf: Shelf) -> None:
    references = tuple(Reference(role="prop", name=f"prop {n}", asset=shelf.put(png((n * 9, 90, 90)))) for n in range(17))
    made = artist.shot(PaintRequest(words="A shelf.", references=references, width_px=320, height_px=180))
    assert sum(each["type"] == "image" for each in last_input(fake)) == 14
    assert any("3 of 17 references" in notice for notice in made.notices)


def test_a_big_reference_is_made_smaller_not_refused(artist: GeminiArtist, fake: FakeGemini, shelf: Shelf) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (1080, 1080, 3), np.uint8)
    asset = shelf.put(saved(noise))
    artist.shot(
        PaintRequest(words="x", references=(Reference(role="style", name="noise", asset=asset),), width_px=320, height_px=180)
    )
    image = last_input(fake)[1]
    assert image["mime_type"] == "image/jpeg" and len(base64.b64decode(image["data"])) < 3 * 1024**2


def test_a_reference_that_is_no_picture_costs_nothing(artist: GeminiArtist, fake: FakeGemini, shelf: Shelf) -> None:
    before = fake.creates()
    for asset, error in ((shelf.put(b"not a picture"), MediaError), ("0" * 64, MissingPiece)):
        with pytest.raises(error):
            artist.shot(
                PaintRequest(words="x", references=(Reference(role="prop", name="p", asset=asset),), width_px=320, height_px=180)
            )
    assert fake.creates() == before and "submitting" not in shelf.heard


def test_without_words_the_picture_is_told_from_the_values(artist: GeminiArtist, fake: FakeGemini) -> None:
    request = ShotRequest(
        size="CU", place="the lamp room", interior=True, time_of_day="night", weather="storm", action="She listens.",
        cast=(Staged(design=MARA),), width_px=320, height_px=180,
    )  # fmt: skip
    artist.shot(request)
    words = last_input(fake)[-1]["text"]
    assert words == shot_words(request)
    assert all(part in words for part in ("Close-up", "lamp room", "storm", "She listens.", "MARA", "Night"))
    assert "girl" in looks(MARA.model_copy(update={"age": "child"}))


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("image-safety", "blocked"),
        ("no-image", ""),
        ("no-media", "empty"),
        ("broken-media", "malformed"),
        ("max-tokens", "truncated"),
    ],
)
def test_a_reply_without_a_usable_picture_is_an_error_that_tells_its_cost(
    artist: GeminiArtist, fake: FakeGemini, fault: str, kind: str
) -> None:
    fake.fault(fault, on="image")
    with pytest.raises(ModelError) as met:
        artist.shot(PaintRequest(words=f"A lamp, {fault}.", width_px=320, height_px=180))
    assert not kind or met.value.kind == kind
    assert (fault == "image-safety") == isinstance(met.value, Blocked)
    if fault == "broken-media":
        assert met.value.usd > 0.03


def test_a_picture_whose_cost_was_not_counted_is_never_free(artist: GeminiArtist, fake: FakeGemini) -> None:
    fake.fault("no-usage", on="image")
    made = artist.shot(PaintRequest(words="A lamp.", width_px=320, height_px=180))
    assert made.usd >= 0.0336 and any("did not say what it used" in notice for notice in made.notices)


def test_what_is_stopped_is_not_sent(artist: GeminiArtist, fake: FakeGemini, shelf: Shelf) -> None:
    before, shelf.stopped = fake.creates(), True
    with pytest.raises(Cancelled):
        artist.shot(PaintRequest(words="x", width_px=320, height_px=180))
    assert fake.creates() == before


@pytest.mark.parametrize("size", [(0, 100), (100, -1), (9_000, 100)])
def test_an_impossible_size_is_refused_before_it_is_paid(artist: GeminiArtist, fake: FakeGemini, size: tuple[int, int]) -> None:
    before = fake.creates()
    with pytest.raises(InputError, match="expected 1 to"):
        artist.shot(ShotRequest(width_px=size[0], height_px=size[1]))
    assert fake.creates() == before


def test_an_estimate_rises_with_size_and_references_and_asks_nobody(artist: GeminiArtist, fake: FakeGemini) -> None:
    before = len(fake.received)
    small, large = artist.estimate(PaintRequest(words="x")), artist.estimate(PaintRequest(words="x", resolution="4K"))
    many = artist.estimate(PaintRequest(words="x", references=(Reference(role="prop", name="p", asset="0" * 64),) * 5))
    assert small.low_usd == 0.0336 and small.expected_usd < large.expected_usd and small.expected_usd < many.expected_usd
    assert small.low_usd <= small.expected_usd <= small.high_usd and small.price_date
    assert len(fake.received) == before


def test_the_key_of_a_still_does_not_change_with_the_clip_model() -> None:
    one, other = GeminiArtist(clip_model="a"), GeminiArtist(clip_model="b")
    assert request_key(one, PaintRequest(words="x")) == request_key(other, PaintRequest(words="x"))


# ── framing ─────────────────────────────────────────────────────────────────────────────────────────────────
def bars(width: int, height: int) -> np.ndarray:
    """Red left third, green middle, blue right: a crop and a squeeze are told apart."""
    pixels = np.zeros((height, width, 3), np.uint8)
    for third, channel in enumerate(range(3)):
        pixels[:, width * third // 3 : width * (third + 1) // 3, channel] = 220
    return pixels


def test_a_picture_is_cropped_never_squeezed() -> None:
    made = framed(saved(bars(900, 300)), 300, 300)
    picture = np.asarray(Image.open(io.BytesIO(made.png)))
    assert picture.shape == (300, 300, 3)
    assert picture[150, 150, 1] > 200 and (picture[..., 1] > 200).mean() > 0.9  # the middle third alone is left
    assert any("cropped away" in notice for notice in made.notices)


def test_an_enlargement_beyond_twice_is_told() -> None:
    assert framed(saved(bars(960, 540)), 1920, 1080).notices == ()
    assert "enlarged 4.0 times" in framed(saved(bars(480, 270)), 1920, 1080).notices[0]


def test_framing_gives_the_same_bytes_and_reads_jpeg_and_alpha() -> None:
    jpeg = saved(bars(480, 270), "JPEG")
    assert framed(jpeg, 480, 270) == framed(jpeg, 480, 270)
    clear = np.dstack([bars(480, 270), np.full((270, 480), 128, np.uint8)])
    assert Image.open(io.BytesIO(framed(saved(clear), 480, 270).png)).mode == "RGB"


@pytest.mark.parametrize("content", [b"", b"no picture", saved(bars(480, 270))[:200]])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(MediaError):
        framed(content, 320, 180)


@pytest.mark.parametrize("size", [(160, 90), (1, 1)])
def test_a_picture_of_one_colour_is_kept_and_told(size: tuple[int, int]) -> None:
    made = framed(saved(np.full((size[1], size[0], 3), 77, np.uint8)), 320, 180)
    assert Image.open(io.BytesIO(made.png)).size == (320, 180) and "one colour" in made.notices[0]


def test_the_nearest_shape_is_the_one_that_loses_least() -> None:
    assert nearest_shape(1920, 1080, STILL_SHAPES) == "16:9"
    assert nearest_shape(2048, 858, STILL_SHAPES) == "21:9"
    assert nearest_shape(1080, 1350, STILL_SHAPES) == "4:5"

"""Prices: each holds from its day on, what is not known is refused, and what was used is what is settled."""

from __future__ import annotations

from datetime import date

import pytest

from glimmer.errors import PriceUnknown, SettingsError
from glimmer.models.gemini import prices
from glimmer.models.gemini.catalogue import CATALOGUE, DEFAULTS, able, model_for
from glimmer.models.pricing import Usage

NOW = date(2026, 11, 23)


def test_a_price_holds_from_its_day_on() -> None:
    assert prices.price_of("gemini-3.8-flash", on=NOW).tokens_in == 0.75
    assert prices.price_of("gemini-3.8-flash", on=date(2026, 12, 31)).tokens_out == 3.75
    assert prices.price_of("gemini-3.8-flash", on=date(2027, 1, 1)).tokens_out == 7.50
    assert prices.price_of("gemini-4-argon", on=date(2026, 11, 30)).tokens_in == 2.0
    assert prices.price_of("gemini-4-argon", on=date(2026, 12, 1)).tokens_in == 4.0
    assert prices.price_of("models/gemini-3.8-flash-tts", on=date(2027, 1, 1)).audio == 18.0


@pytest.mark.parametrize("role", list(DEFAULTS))
def test_every_model_that_works_by_default_has_a_price_and_is_in_the_catalogue(role: str) -> None:
    model = CATALOGUE[role]  # type: ignore[index]
    assert prices.price_of(model, on=NOW).day and able(model)


def test_what_nobody_knows_is_refused_and_never_free() -> None:
    with pytest.raises(PriceUnknown, match=r"gemini-3\.8-flash"):
        prices.price_of("gemini-of-next-year", on=NOW)
    with pytest.raises(PriceUnknown, match="8K"):
        prices.estimate_pictures("gemini-nano-banana-2.1", resolution="8K", on=NOW)
    with pytest.raises(PriceUnknown, match="8k"):
        prices.estimate_clip("gemini-omni-1.2-flash", seconds=5, resolution="8k", on=NOW)
    with pytest.raises(PriceUnknown, match="song"):
        prices.estimate_song("gemini-3.8-flash", on=NOW)
    with pytest.raises(PriceUnknown, match="sound"):
        prices.settle("gemini-3.8-flash", Usage(tokens_in=10, tokens_out=500, audio_tokens=500), on=NOW)
    with pytest.raises(PriceUnknown):
        prices.price_of("lyria-3.5", on=date(2020, 1, 1))


def test_a_model_that_the_table_lacks_is_priced_by_genai_prices() -> None:
    pytest.importorskip("genai_prices")
    price = prices.price_of("gemini-2.5-flash", on=NOW)
    assert price.source == "genai-prices" and (price.tokens_in or 0) > 0 and (price.tokens_out or 0) > (price.tokens_in or 0)


def test_estimates_are_in_order_and_tell_the_day_of_their_price() -> None:
    words = "A keeper teaches a whale to sing. " * 40
    for estimate in (
        prices.estimate_text("gemini-3.8-flash", words=words, on=NOW),
        prices.estimate_pictures("gemini-nano-banana-2.1", words=words, references=4, on=NOW),
        prices.estimate_clip("gemini-omni-1.2-flash", seconds=8, resolution="720p", words=words, references=6, on=NOW),
        prices.estimate_speech("gemini-3.8-flash-tts", text="Sing, old friend.", on=NOW),
        prices.estimate_song("lyria-3.5", on=NOW),
    ):
        assert 0 < estimate.low_usd <= estimate.expected_usd <= estimate.high_usd and estimate.price_date <= NOW.isoformat()


def test_the_published_prices_come_out() -> None:
    assert prices.estimate_pictures("gemini-nano-banana-2.1", on=NOW).low_usd == pytest.approx(0.0336)
    assert prices.estimate_clip("gemini-omni-1.2-flash", seconds=10, resolution="720p", on=NOW).low_usd == pytest.approx(0.70)
    assert prices.estimate_song("lyria-3.5", on=NOW).high_usd == pytest.approx(0.08)
    a_million = Usage(tokens_in=1_000_000, tokens_out=500_000, tokens_thought=500_000)
    assert prices.settle("gemini-3.8-flash", a_million, on=NOW) == pytest.approx(0.75 + 3.75)


def test_what_was_used_is_settled_by_its_kind() -> None:
    cached = Usage(tokens_in=1_000_000, tokens_cached=900_000)
    assert prices.settle("gemini-3.8-flash", cached, on=NOW) == pytest.approx(0.075 + 0.0675)
    picture = Usage(tokens_in=100, tokens_out=1_140, image_tokens=1_120)
    expected = 100 * 1.5e-6 + 20 * 7.5e-6 + 0.0336
    assert prices.settle("gemini-nano-banana-2.1", picture, on=NOW) == pytest.approx(expected)
    assert prices.settle("gemini-nano-banana-2.1", Usage(), pictures=2, on=NOW) == pytest.approx(0.0672)
    clip = Usage(tokens_in=200, tokens_out=28_960, video_tokens=28_960)
    assert prices.settle("gemini-omni-1.2-flash", clip, seconds=5, resolution="720p", on=NOW) == pytest.approx(0.35 + 200 * 1.05e-6)
    assert prices.settle("gemini-omni-1.2-flash", clip, on=NOW) == pytest.approx(0.355, abs=0.002)
    assert prices.settle("lyria-3.5", Usage(tokens_in=50, tokens_out=1_000), songs=1, on=NOW) == pytest.approx(0.08)
    speech = Usage(tokens_in=20, tokens_out=250, audio_tokens=250)
    assert prices.settle("gemini-3.8-flash-tts", speech, on=NOW) == pytest.approx(250 * 9e-6 + 20 * 0.5e-6)


def test_an_estimate_at_its_highest_is_not_passed_by_what_a_turn_can_use() -> None:
    words = "深夜、灯台守が鯨に歌を教える。" * 200
    highest = prices.estimate_text("gemini-3.8-flash", words=words, most_tokens_out=8_192, on=NOW).high_usd
    assert highest >= prices.settle("gemini-3.8-flash", Usage(tokens_in=len(words), tokens_out=4_096, tokens_thought=4_096), on=NOW)


def test_another_model_can_be_named_for_a_job() -> None:
    assert model_for("text", {"GLIMMER_GEMINI_TEXT": "gemini-4-argon"}) == "gemini-4-argon"
    assert model_for("video", {}) == "gemini-omni-1.2-flash"
    with pytest.raises(SettingsError, match="GLIMMER_GEMINI_IMAGE"):
        model_for("image", {"GLIMMER_GEMINI_IMAGE": "a model; rm -rf"})
    with pytest.raises(SettingsError, match="role"):
        model_for("dance", {})  # type: ignore[arg-type]


def test_the_catalogue_says_what_the_default_models_can_do() -> None:
    film = able(DEFAULTS["video"])
    assert (film.shortest_seconds, film.longest_seconds, film.references) == (3, 15, 6)
    assert "1K" in able(DEFAULTS["image"]).resolutions
    assert able("publishers/google/models/some-new-tts") == able(DEFAULTS["speech"])

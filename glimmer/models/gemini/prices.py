"""Prices: what a request to a Gemini model would cost, and what an answer did cost, by one dated table (prices.toml).

Where the table knows nothing of a model of tokens, the package genai-prices is asked, if it is installed. What nobody knows is refused
(PriceUnknown): a call that was reckoned as $0 is how people come to pay thousands.
"""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from pydantic import Field

from glimmer.errors import PriceUnknown
from glimmer.models.gemini.catalogue import CATALOGUE
from glimmer.models.pricing import Estimate, Usage
from glimmer.vocabulary import Noun

__all__ = [
    "AUDIO_TOKENS_A_SECOND",
    "CATALOGUE",
    "IMAGE_TOKENS_IN",
    "Price",
    "estimate_clip",
    "estimate_pictures",
    "estimate_song",
    "estimate_speech",
    "estimate_text",
    "price_of",
    "settle",
    "tokens_of_text",
]

MILLION: Final = 1_000_000
AUDIO_TOKENS_A_SECOND: Final = 25  # of speech that comes back; 32 of sound that goes in
IMAGE_TOKENS_IN: Final = 1_120  # a picture that is shown to a model, at most
_VIDEO_TOKENS_A_SECOND_IN: Final = 300  # of a clip that is shown, with its sound
_LETTERS_A_SECOND: Final = 14.0  # of speech; 10 at its slowest
_TEXT_OF_MEDIA: Final = 1_500  # tokens of text and thought that a model of pictures or clips may write beside them


class Price(Noun):
    """What one model costs from a day on. US dollars: a million tokens, a second of clip by resolution, a song. None is not known."""

    model: str
    since: date
    source: str = ""
    tokens_in: float | None = Field(default=None, alias="in")
    tokens_out: float | None = Field(default=None, alias="out")
    cached: float | None = None
    image: float | None = None
    audio: float | None = None
    video: float | None = None
    image_tokens: dict[str, int] = Field(default_factory=dict)
    second: dict[str, float] = Field(default_factory=dict)
    song: float | None = None

    @property
    def day(self) -> str:
        """The day from which it holds, as estimates tell it."""
        return self.since.isoformat()


def price_of(model: str, *, on: date | None = None) -> Price:
    """The price that holds `on` a day, today by default.

    Raises: PriceUnknown.
    """
    day = on or datetime.now(UTC).date()
    bare = model.removeprefix("models/").rpartition("/")[2]
    held = [price for price in _table() if price.model == bare and price.since <= day]
    if held:
        return max(held, key=lambda price: price.since)
    known = _of_genai_prices(bare, day)
    if known is None:
        raise PriceUnknown(
            f"what {model} costs is not known (the table is of {_checked()}); expected one of {', '.join(sorted({p.model for p in _table()}))}. "
            "Name one of these, or add its price to glimmer/models/gemini/prices.toml."
        )
    return known


# ── before ──────────────────────────────────────────────────────────────────────────────────────────────────
def estimate_text(
    model: str,
    *,
    words: str = "",
    tokens_in: int = 0,
    most_tokens_out: int = 8_192,
    pictures_in: int = 0,
    clip_seconds_in: float = 0.0,
    on: date | None = None,
) -> Estimate:
    """A turn of text: `words` and `tokens_in` go in; out come a tenth of the most as a rule, and the most at worst.

    Raises: PriceUnknown.
    """
    price = price_of(model, on=on)
    shown = pictures_in * IMAGE_TOKENS_IN + int(clip_seconds_in * _VIDEO_TOKENS_A_SECOND_IN)
    low_in = tokens_of_text(words, letters_a_token=4.5) + tokens_in
    high_in = tokens_of_text(words, letters_a_token=2.0) + tokens_in + shown
    each_in, each_out = _known(price, "in"), _known(price, "out")
    return _estimate(
        price,
        low_in * each_in + 50 * each_out,
        (tokens_of_text(words) + tokens_in + shown) * each_in + most_tokens_out / 8 * each_out,
        high_in * each_in + most_tokens_out * each_out,
    )


def estimate_pictures(
    model: str, *, words: str = "", resolution: str = "1K", pictures: int = 1, references: int = 0, on: date | None = None
) -> Estimate:
    """Pictures of a resolution. Raises: PriceUnknown."""
    price = price_of(model, on=on)
    tokens = price.image_tokens.get(resolution)
    if tokens is None:
        raise _unknown(price, f"a picture in {resolution}")
    made = pictures * tokens * _known(price, "image")
    each_in = _known(price, "in")
    asked = (tokens_of_text(words) + references * IMAGE_TOKENS_IN) * each_in * pictures
    return _estimate(price, made, made + asked, made + 2 * asked + pictures * _TEXT_OF_MEDIA * _known(price, "out"))


def estimate_clip(
    model: str,
    *,
    seconds: float,
    resolution: str,
    words: str = "",
    references: int = 0,
    clip_seconds_in: float = 0.0,
    on: date | None = None,
) -> Estimate:
    """A clip of so many seconds. Raises: PriceUnknown."""
    price = price_of(model, on=on)
    a_second = price.second.get(resolution.lower())
    if a_second is None:
        raise _unknown(price, f"a second in {resolution}")
    made = seconds * a_second
    shown = references * IMAGE_TOKENS_IN + clip_seconds_in * _VIDEO_TOKENS_A_SECOND_IN
    asked = (tokens_of_text(words) + shown) * (price.tokens_in or 0.0) / MILLION
    beside = _TEXT_OF_MEDIA * (price.tokens_out or 0.0) / MILLION
    return Estimate(low_usd=made, expected_usd=made + asked, high_usd=made + 2 * asked + beside, price_date=price.day)


def estimate_speech(model: str, *, text: str, words: str = "", on: date | None = None) -> Estimate:
    """A line spoken. Raises: PriceUnknown."""
    price = price_of(model, on=on)
    seconds = max(1.0, len(text) / _LETTERS_A_SECOND)
    spoken = seconds * AUDIO_TOKENS_A_SECOND * _known(price, "audio")
    asked = tokens_of_text(words or text) * _known(price, "in")
    return _estimate(price, 0.6 * spoken, spoken + asked, 2.5 * spoken + 2 * asked)


def estimate_song(model: str, *, songs: int = 1, on: date | None = None) -> Estimate:
    """Songs have one price each. Raises: PriceUnknown."""
    price = price_of(model, on=on)
    if price.song is None:
        raise _unknown(price, "a song")
    usd = songs * price.song
    return Estimate(low_usd=usd, expected_usd=usd, high_usd=usd, price_date=price.day)


def tokens_of_text(words: str, *, letters_a_token: float = 3.5) -> int:
    """About how many tokens. Scripts without spaces take about one a letter."""
    plain = len(words.encode("ascii", "ignore"))
    return int(plain / letters_a_token + (len(words) - plain)) + 1 if words else 0


# ── after ───────────────────────────────────────────────────────────────────────────────────────────────────
def settle(
    model: str,
    usage: Usage,
    *,
    seconds: float = 0.0,
    resolution: str = "",
    pictures: int = 0,
    picture_resolution: str = "1K",
    songs: int = 0,
    on: date | None = None,
) -> float:
    """What an answer did cost, in dollars. What is sold by the second or the song is reckoned so; all else by the server's tokens.

    pictures: how many came, for servers that do not count their tokens. A clip without `seconds` goes by its tokens.
    Raises: PriceUnknown for tokens of a kind whose price is not known.
    """
    price = price_of(model, on=on)
    fresh = max(0, usage.tokens_in - usage.tokens_cached)
    text_out = max(0, usage.tokens_out - usage.image_tokens - usage.audio_tokens - usage.video_tokens)
    usd = 0.0
    sold_whole = False
    if songs:
        if price.song is None:
            raise _unknown(price, "a song")
        return songs * price.song  # the words that go with it are in its price
    if seconds and resolution.lower() in price.second:
        usd, sold_whole = seconds * price.second[resolution.lower()], True
        # Servers that count no tokens by kind have the clip's own among the rest: they are paid by the second already.
        text_out = text_out if usage.video_tokens else 0
    elif usage.video_tokens:
        usd += usage.video_tokens * _known(price, "video")
    if usage.image_tokens:
        usd += usage.image_tokens * _known(price, "image")
    elif pictures:
        tokens = price.image_tokens.get(picture_resolution)
        if tokens is None:
            raise _unknown(price, f"a picture in {picture_resolution}")
        usd, text_out = usd + pictures * tokens * _known(price, "image"), 0
    if price.audio is not None and price.tokens_out is None:  # a voice has no other output than sound
        usd += (usage.audio_tokens + text_out + usage.tokens_thought) * _known(price, "audio")
        text_out, thought = 0, 0
    else:
        usd += 0.0 if sold_whole or not usage.audio_tokens else usage.audio_tokens * _known(price, "audio")
        thought = usage.tokens_thought
    if fresh:
        usd += fresh * _known(price, "in")
    if usage.tokens_cached:
        usd += usage.tokens_cached * (_known(price, "cached") if price.cached is not None else _known(price, "in"))
    if text_out + thought:
        usd += (text_out + thought) * _known(price, "out")
    return round(usd, 9)


# ── small ───────────────────────────────────────────────────────────────────────────────────────────────────
_FIELDS: Final = {"in": "tokens_in", "out": "tokens_out"}
_CALLED: Final = {
    "in": "input",
    "out": "written output",
    "image": "pictures",
    "audio": "sound",
    "video": "clips",
    "cached": "cached input",
}


def _known(price: Price, kind: str) -> float:
    """Dollars a token. Raises: PriceUnknown."""
    usd = getattr(price, _FIELDS.get(kind, kind))
    if usd is None:
        raise _unknown(price, f"{_CALLED[kind]} by the token")
    return float(usd) / MILLION


def _unknown(price: Price, what: str) -> PriceUnknown:
    offers = sorted(price.second) or sorted(price.image_tokens)
    return PriceUnknown(
        f"what {what} of {price.model} costs is not known (prices of {price.day}); "
        f"expected {'one of ' + ', '.join(offers) if offers else 'a kind of work that it is sold for'}. Ask for that, or add the price to "
        "glimmer/models/gemini/prices.toml."
    )


def _estimate(price: Price, low: float, expected: float, high: float) -> Estimate:
    low, expected, high = sorted((low, expected, high))
    return Estimate(low_usd=low, expected_usd=expected, high_usd=high, price_date=price.day)


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "prices.toml").read_text(encoding="utf-8"))


def _checked() -> str:
    return str(_file()["checked"])


@cache
def _table() -> tuple[Price, ...]:
    return tuple(Price.model_validate(row) for row in _file()["price"])


@cache
def _of_genai_prices(model: str, day: date) -> Price | None:
    """What the package genai-prices knows of a model of tokens that the table does not name; None without it, or where it does not."""
    try:
        from genai_prices import Usage as Asked
        from genai_prices import calc_price
    except ImportError:
        return None
    when = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)

    def a_million(**tokens: int) -> float | None:
        try:
            found = calc_price(Asked(**tokens), model_ref=model, provider_id="google", genai_request_timestamp=when)
        except (LookupError, ValueError):
            return None
        return float(found.total_price) or None

    each_in, each_out = a_million(input_tokens=MILLION), a_million(output_tokens=MILLION)
    if each_in is None or each_out is None:
        return None
    return Price.model_validate({"model": model, "since": day, "source": "genai-prices", "in": each_in, "out": each_out})

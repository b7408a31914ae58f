"""What a tool would cost, before it runs: the very requests that its agents would send, priced by the models that would get them.

What can't be put together yet (a line whose speaker has no voice, a sheet of somebody not designed) is priced by a stand-in of the same
size. A model without prices is free. Asks nobody and makes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

from glimmer.agents import Order
from glimmer.agents.audio import footage_seconds, spoken_seconds
from glimmer.buckets import LINE
from glimmer.film_tool_looks import FilmLike
from glimmer.models.interface import (
    ClipRequest,
    Design,
    PaintRequest,
    SheetRequest,
    ShotRequest,
    SpeechRequest,
    TextRequest,
    Voice,
    WriteRequest,
)
from glimmer.models.pricing import FREE, Estimate, Priced
from glimmer.screenplay import Screenplay

__all__ = ["price", "price_of_score", "price_of_shots", "price_of_text", "price_of_writing", "price_to_make", "times", "total"]

_HEADROOM: Final = 1.25  # a line may take longer to say than was thought, and its shot with it
_PROMPT_CHARS: Final = 6_000  # of what a writer is told beside the words themselves
_SCENE_SECONDS: Final = 10.0  # a scene is seldom shorter; each is one question
_REPAIRS: Final = 1.5  # an answer that can't be used is asked for once more

Asked = tuple[str, str, object, Any]  # bucket, key, model, request


def price(model: object, request: Any) -> Estimate:
    """What one request would cost. Raises: PriceUnknown."""
    return model.estimate(request) if isinstance(model, Priced) else FREE


def total(estimates: Iterable[Estimate]) -> Estimate:
    return sum(estimates, FREE)


def times(one: Estimate, count: float, high: float = 1.0) -> Estimate:
    """`one` so many times; `high` widens its upper end."""
    return Estimate(
        low_usd=one.low_usd * count,
        expected_usd=one.expected_usd * count,
        high_usd=one.high_usd * count * high,
        price_date=one.price_date,
    )


def price_to_make(film: FilmLike, kinds: Collection[str], keys: Collection[str] | None = None) -> Estimate:
    """What making all of these kinds (as film.plan() calls them) that is not current would cost; `keys`: only these.

    Raises: MissingPiece while there is no script; PriceUnknown.
    """
    wanted = {
        (row.bucket, row.key)
        for row in film.plan()
        if row.kind in kinds and row.state != "current" and (keys is None or row.key in keys)
    }
    if not wanted or not any(isinstance(model, Priced) for model in _makers(film)):
        return FREE
    asked = {(bucket, key): price(model, request) for bucket, key, model, request in _asked(film) if (bucket, key) in wanted}
    return times(total(asked.values()), 1, _HEADROOM)


def price_of_shots(
    film: FilmLike, keys: Collection[str], size: tuple[int, int], *, takes: int, stills: bool | None, resolution: str | None
) -> Estimate:
    """What `takes` takes of each of these shots would cost, asked for so."""
    script, video = film.screenplays.latest, film.agents.video
    orders = video.orders(script, film.agents.character.known_designs(script), width_px=size[0], height_px=size[1])
    asked = (price(order.model, _asked_so(order.request, stills, resolution)) for order in orders if order.key in keys)
    return times(total(asked), takes)


def price_of_score(film: FilmLike, mood: Any) -> Estimate:
    """What every cue would cost anew."""
    return total(price(order.model, order.request) for order in _cue_orders(film, film.screenplays.latest, mood))


def price_of_writing(film: FilmLike, idea: str, tone: str, seconds: float) -> Estimate:
    """What a new script would cost: an outline and a question a scene, or one draft."""
    if film.agents.models.text is None:
        return price(film.agents.models.writer, WriteRequest(title=film.title, logline=idea, tone=tone, seconds=seconds))
    return price_of_text(film, idea, questions=1 + max(2, math.ceil(seconds / _SCENE_SECONDS)))


def price_of_text(film: FilmLike, words: str, *, questions: int = 1) -> Estimate:
    """What so many questions to whoever writes would cost."""
    request = TextRequest(purpose="screenplay.rewrite", words=" " * _PROMPT_CHARS + words)
    return times(price(film.agents.models.text, request), questions, _REPAIRS)


def _makers(film: FilmLike) -> tuple[object, ...]:
    models = film.agents.models
    return models.artist, models.speech, models.composer, models.sound


def _asked(film: FilmLike) -> Iterator[Asked]:
    """Everything that the film's script asks for, with whoever would make it."""
    agents, script = film.agents, film.screenplays.latest
    designs, voices = agents.character.known_designs(script), agents.character.known_voices(script)
    yield from _stand_ins(film, script, designs, voices)
    yield from _of(agents.character.sheet_orders(designs))
    yield from _of(agents.audio.line_orders(script, voices))
    yield from _of(agents.video.orders(script, designs))
    yield from _of(agents.audio.bed_orders(script))
    yield from _of(agents.audio.effect_orders(script))
    yield from _of(_cue_orders(film, script, agents.music.asked_before()[0]))


def _of(orders: Iterable[Order]) -> Iterator[Asked]:
    return ((order.bucket, order.key, order.model, order.request) for order in orders)


def _stand_ins(film: FilmLike, script: Screenplay, designs: Collection[str], voices: Collection[str]) -> Iterator[Asked]:
    models = film.agents.models
    for member in script.cast:
        if member.name not in designs:
            yield "characters", member.name, models.artist, SheetRequest(design=Design(name=member.name))
    for line in script.lines:
        if line.character not in voices:
            yield "audio", f"{LINE}{line.id}", models.speech, SpeechRequest(text=line.text, voice=Voice(name=line.character))


def _cue_orders(film: FilmLike, script: Screenplay, mood: Any) -> list[Order]:
    music = film.agents.music
    rate = music.asked_before()[1]
    cues = music.cues(script, spoken_seconds(film.audio), footage_seconds(film.video), mood=mood, rate=rate)
    return music.orders(cues, rate)


def _asked_so(request: Any, stills: bool | None, resolution: str | None) -> Any:
    """A shot's request as it would be were it asked for so."""
    if stills is True and isinstance(request, ClipRequest):
        request = PaintRequest(**{name: getattr(request, name) for name in ShotRequest.model_fields}, references=request.references)
    elif stills is False and isinstance(request, PaintRequest):
        shared = {name: getattr(request, name) for name in ShotRequest.model_fields}
        seconds = float(min(15, max(3, math.ceil(request.seconds))))
        request = ClipRequest(**{**shared, "seconds": seconds}, references=request.references)
    known = isinstance(request, ClipRequest | PaintRequest) and resolution
    return request.model_copy(update={"resolution": resolution}) if known else request

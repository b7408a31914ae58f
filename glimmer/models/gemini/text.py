"""Gemini that writes: answers in words or JSON, whole screenplays, and a judge that looks at takes.

Each is one turn of generateContent through the door. JSON is asked for with a plain schema (no bounds: servers answer "too many states")
and is checked here to be JSON; whether it is sensible is checked by whoever asked, who may ask for a repair.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from glimmer.errors import InputError, ModelError, PriceUnknown
from glimmer.models.gemini import prices
from glimmer.models.gemini.catalogue import model_for
from glimmer.models.gemini.door import Door, Reply, the_door
from glimmer.models.interface import JudgeRequest, Made, Reference, TextRequest, WriteRequest
from glimmer.models.pricing import Estimate
from glimmer.models.watching import the_watch

__all__ = ["GeminiJudge", "GeminiText", "GeminiWriter", "plain_schema"]

_Asked = TypeVar("_Asked", bound=BaseModel)
_LEAST_TOKENS: Final = 4_096  # thoughts are in it: below that a model may think and then say nothing
_INLINE_BYTES: Final = 4 * 1024**2  # more is uploaded and named; above this servers refuse
_SCORE_SCHEMA: Final = {
    "type": "object",
    "properties": {"score": {"type": "number", "description": "0 to 10"}, "reason": {"type": "string"}},
    "required": ["score", "reason"],
}
_KEPT: Final = ("type", "description", "enum", "items", "properties", "required", "format", "nullable")


class _Speaker:
    """One turn of a text model."""

    name = "gemini text"
    version = "1"
    reads_words = True

    def __init__(self, model: str = "", *, door: Door | None = None) -> None:
        """model: its id, by default the catalogue's for text. door: by default this process's."""
        self.model = model or model_for("text")
        self.name = self.model
        self._door = door

    @property
    def door(self) -> Door:
        return self._door or the_door()

    def _ask(
        self,
        words: str,
        *,
        system: str = "",
        schema: Mapping[str, Any] | None = None,
        tokens: int,
        shown: Sequence[Any] = (),
        seed: int = 0,
        high_usd: float,
    ) -> Reply:
        config: dict[str, Any] = {"max_output_tokens": max(_LEAST_TOKENS, tokens)}
        if seed:
            config["seed"] = seed % 2**31
        if schema is not None:
            config |= {"response_mime_type": "application/json", "response_json_schema": dict(schema)}
        contents = [{"role": "user", "parts": [{"text": words}, *shown]}]
        return self.door.generate(self.model, contents=contents, system=system, config=config, high_usd=high_usd)

    def _made(self, reply: Reply, text: str, media_type: str) -> Made:
        price = prices.price_of(self.model)
        return Made(
            media=text.encode("utf-8", "replace"),
            media_type=media_type,
            usd=prices.settle(self.model, reply.usage),
            tokens_in=reply.usage.tokens_in,
            tokens_out=reply.usage.tokens_out + reply.usage.tokens_thought,
            price_date=price.day,
            remote_id=reply.response_id,
        )


class GeminiText(_Speaker):
    """Writes what it is asked to, plain or as JSON."""

    def estimate(self, request: BaseModel) -> Estimate:
        """Raises: PriceUnknown."""
        asked = _expect(request, TextRequest)
        words = asked.system + asked.words + asked.answer_schema
        return prices.estimate_text(self.model, words=words, most_tokens_out=max(_LEAST_TOKENS, asked.max_tokens))

    def answer(self, request: TextRequest) -> Made:
        """UTF-8 text; JSON where the request has a schema. Whole, or ModelError: never half an answer."""
        schema = _schema_of(request.answer_schema)
        reply = self._ask(
            request.words,
            system=request.system,
            schema=schema,
            tokens=request.max_tokens,
            seed=request.seed,
            high_usd=self.estimate(request).high_usd,
        )
        if schema is None:
            return self._made(reply, reply.text, "text/plain")
        return self._made(reply, _json_in(reply, self.model), "application/json")


class GeminiWriter(_Speaker):
    """Writes a screenplay, in Fountain."""

    def estimate(self, request: BaseModel) -> Estimate:
        """Raises: PriceUnknown."""
        asked = _expect(request, WriteRequest)
        return prices.estimate_text(self.model, words=_asked_words(asked), most_tokens_out=_tokens_for(asked.seconds))

    def write(self, request: WriteRequest) -> Made:
        """Fountain text, UTF-8."""
        reply = self._ask(
            _asked_words(request),
            tokens=_tokens_for(request.seconds),
            seed=request.seed,
            high_usd=self.estimate(request).high_usd,
        )
        text = _unfenced(reply.text)
        if not text.strip():
            raise ModelError(
                f"{self.model} wrote an empty screenplay. Ask again.",
                kind="empty",
                model=self.model,
                usd=self._made(reply, "", "").usd,
            )
        return self._made(reply, text, "text/x-fountain")


class GeminiJudge(_Speaker):
    """Looks at a take, and says how well it does what was asked."""

    def estimate(self, request: BaseModel) -> Estimate:
        """Raises: PriceUnknown."""
        asked = _expect(request, JudgeRequest)
        clip = 15.0 if asked.media_type.startswith(("video/", "audio/")) else 0.0
        return prices.estimate_text(
            self.model,
            words=asked.words,
            most_tokens_out=_LEAST_TOKENS,
            pictures_in=1 + len(asked.references),
            clip_seconds_in=clip,
        )

    def judge(self, request: JudgeRequest) -> Made:
        """JSON: {"score": 0..10, "reason": "…"}."""
        shown = [
            *self._references(request.references),
            {"text": "The take to judge:"},
            self._shown(request.asset, request.media_type),
        ]
        words = request.words or "How well does the take do what a film needs? Compare it with the references."
        reply = self._ask(
            words,
            schema=_SCORE_SCHEMA,
            tokens=_LEAST_TOKENS,
            shown=shown,
            seed=request.seed,
            high_usd=self.estimate(request).high_usd,
        )
        made = self._made(reply, _json_in(reply, self.model), "application/json")
        return made.model_copy(update={"media": _checked_score(made, self.model)})

    def _references(self, references: Sequence[Reference]) -> list[dict[str, Any]]:
        parts: list[dict[str, Any]] = []
        for each in references:
            parts += [{"text": f"Reference, {each.role}: {each.name}"}, self._shown(each.asset, each.media_type)]
        return parts

    def _shown(self, asset: str, media_type: str) -> dict[str, Any]:
        content = the_watch().read(asset)
        if len(content) <= _INLINE_BYTES:
            return {"inline_data": {"mime_type": media_type, "data": content}}
        return {"file_data": {"mime_type": media_type, "file_uri": self.door.upload(content, media_type)}}


def plain_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    """`schema` as it goes over the wire: without bounds, patterns, titles, defaults and references, of which servers make errors.

    Raises: InputError for a schema that holds itself.
    """
    return _plain(schema, schema.get("$defs", {}), 0)


def _plain(schema: Mapping[str, Any], named: Mapping[str, Any], depth: int) -> dict[str, Any]:
    if depth > 12:
        raise InputError("the answer's schema holds itself, or is more than 12 deep; expected a flat one. Ask for less at once.")
    if "$ref" in schema:
        return _plain(named.get(str(schema["$ref"]).rpartition("/")[2], {"type": "object"}), named, depth + 1)
    options = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    if options:
        chosen = _plain(options[0], named, depth + 1) if len(options) == 1 else {"type": "string"}
        return {**chosen, **({"description": schema["description"]} if "description" in schema else {})}
    plain: dict[str, Any] = {key: schema[key] for key in _KEPT if key in schema}
    if "const" in schema:
        plain["enum"] = [schema["const"]]
    if isinstance(plain.get("properties"), Mapping):
        plain["properties"] = {key: _plain(value, named, depth + 1) for key, value in plain["properties"].items()}
    if "items" in plain:
        plain["items"] = _plain(plain["items"], named, depth + 1) if isinstance(plain["items"], Mapping) else {"type": "string"}
    elif "prefixItems" in schema:
        plain["items"] = _plain(schema["prefixItems"][0], named, depth + 1)
    return plain


def _schema_of(text: str) -> dict[str, Any] | None:
    if not text:
        return None
    try:
        schema = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(
            f"the answer's schema is not JSON ({error}); expected a JSON schema as text, or nothing for plain words."
        ) from error
    if not isinstance(schema, dict):
        raise InputError(f"the answer's schema is {type(schema).__name__}; expected an object with its properties.")
    return plain_schema(schema)


def _json_in(reply: Reply, model: str) -> str:
    """The reply's JSON, as text. Raises: ModelError kind "malformed", with what it cost."""
    text = _unfenced(reply.text).strip()
    try:
        json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        what = f"{error.msg} at {error.pos}" if isinstance(error, json.JSONDecodeError) else "nested too deep"
        try:
            usd = prices.settle(model, reply.usage)
        except PriceUnknown:
            usd = 0.0
        raise ModelError(
            f"{model} should have answered in JSON, and wrote {text[:80]!r} ({what}). It counts as spent. Ask again.",
            kind="malformed",
            model=model,
            usd=usd,
            remote_id=reply.response_id,
        ) from None
    return text


def _checked_score(made: Made, model: str) -> bytes:
    given = json.loads(made.media)
    score = given.get("score") if isinstance(given, dict) else None
    if isinstance(score, bool) or not isinstance(score, int | float) or not 0 <= score <= 10:
        raise ModelError(
            f"{model} judged with {score!r:.60}; expected a score from 0 to 10. It counts as spent. Ask again.",
            kind="malformed",
            model=model,
            usd=made.usd,
        )
    return json.dumps({"score": float(score), "reason": str(given.get("reason") or "")}, ensure_ascii=False).encode()


def _unfenced(text: str) -> str:
    """Without the ``` fence that models like to put around what should stand alone."""
    found = re.fullmatch(r"\s*```[A-Za-z]*[ \t]*\n(.*?)\n?```\s*", text, re.DOTALL)
    return found[1] if found else text


def _asked_words(request: WriteRequest) -> str:
    return request.words or (
        f"Write a screenplay in Fountain of about {request.seconds:g} seconds on screen, titled {request.title}. {request.logline} {request.tone}".strip()
    )


def _tokens_for(seconds: float) -> int:
    """A page is a minute and about 400 tokens; thoughts take as much again, and twice of it all is room."""
    return int(min(65_536, max(8_192, seconds / 60 * 1_600 + 4_096)))


def _expect(request: BaseModel, kind: type[_Asked]) -> _Asked:
    if not isinstance(request, kind):
        raise InputError(f"met a {type(request).__name__}; expected a {kind.__name__}.")
    return request

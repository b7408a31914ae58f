"""Writing by an OpenAI-compatible server: plain words, or JSON by a schema."""

from __future__ import annotations

import json
from typing import Any

from glimmer.errors import Blocked, ModelError, Truncated
from glimmer.models.interface import Made, TextRequest, WriteRequest
from glimmer.models.openai.server import Server
from glimmer.models.pricing import Estimate
from glimmer.vocabulary import Noun

__all__ = ["OpenAIText"]


class OpenAIText:
    """Answers TextRequests and writes scripts."""

    version = "1"
    reads_words = True

    def __init__(self, server: Server, model: str = "") -> None:
        self.server = server
        self._model = model

    @property
    def model(self) -> str:
        return self._model or self.server.first_model

    @property
    def name(self) -> str:
        return f"openai:{self.model}"

    def estimate(self, request: Noun) -> Estimate:
        """Raises: PriceUnknown."""
        most = request.max_tokens if isinstance(request, TextRequest) else 8_192
        return self.server.text_estimate(len(request.model_dump_json()), most)

    def answer(self, request: TextRequest) -> Made:
        """Whole UTF-8 text, or JSON by the request's schema."""
        messages = [{"role": "system", "content": request.system}] if request.system else []
        messages.append({"role": "user", "content": request.words})
        body: dict[str, Any] = {"model": self.model, "messages": messages, "max_tokens": request.max_tokens, "seed": request.seed}
        if request.answer_schema:
            schema = {"name": "answer", "schema": json.loads(request.answer_schema)}
            body["response_format"] = {"type": "json_schema", "json_schema": schema}
        return self._made(body, is_json=bool(request.answer_schema))

    def write(self, request: WriteRequest) -> Made:
        """Fountain text."""
        words = (
            request.words
            or f"Write a screenplay in Fountain of about {request.seconds:g} seconds: {request.title}. {request.logline}"
        )
        body = {"model": self.model, "messages": [{"role": "user", "content": words}], "max_tokens": 8_192, "seed": request.seed}
        return self._made(body, is_json=False)

    def _made(self, body: dict[str, Any], *, is_json: bool) -> Made:
        told = self.server.ask("/chat/completions", body, model=self.model)
        text, tokens_in, tokens_out = self._checked(told)
        if is_json:
            text = self._json(text)
        return Made(
            media=text.encode(),
            media_type="application/json" if is_json else "text/plain",
            usd=self.server.text_usd(tokens_in, tokens_out),
            tokens_in=tokens_in,
            tokens_out=tokens_out,
        )

    def _checked(self, told: dict[str, Any]) -> tuple[str, int, int]:
        choices = told.get("choices")
        choice = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}
        message = _dict(choice.get("message"))
        text, why = str(message.get("content") or ""), choice.get("finish_reason")
        if why == "length":
            raise Truncated(f"{self.model} stopped in the middle of its answer; ask for less.", kind="truncated", model=self.model)
        if why == "content_filter":
            raise Blocked(f"{self.model} refused to answer (content_filter); say it otherwise.", kind="blocked", model=self.model)
        if not text.strip():
            raise ModelError(f"{self.model} answered nothing; ask again, or choose another model.", kind="empty", model=self.model)
        usage = _dict(told.get("usage"))
        return text, _count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens"))

    def _json(self, text: str) -> str:
        plain = text.strip().removeprefix("```json").removeprefix("```").removesuffix("```").strip()
        try:
            json.loads(plain)
        except (ValueError, RecursionError):  # no JSON, or nested a thousand deep
            raise ModelError(
                f"{self.model} answered what is no JSON; expected an answer by the schema.", kind="malformed", model=self.model
            ) from None
        return plain

    def __repr__(self) -> str:
        return f"text by {self.server.address}"


def _count(value: object) -> int:
    return value if isinstance(value, int) and 0 <= value < 10**9 else 0


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}

"""An interaction: what the Interactions API tells of one piece of work, as plain values."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import Any, Final

from glimmer.models.gemini.classify import RUNNING, classify
from glimmer.models.gemini.gathering import Medium
from glimmer.models.pricing import Usage
from glimmer.models.talking import Outcome
from glimmer.vocabulary import Noun

__all__ = ["Interaction", "interaction_of"]

_MEDIA_TYPES: Final = {"image": "image/png", "audio": "audio/wav", "video": "video/mp4"}  # where the server names none


class Interaction(Noun):
    """What the Interactions API knows of one piece of work. `status` is the server's word; `outcome` is "ok" once it ended well.

    While it runs `outcome` is "ok" too, and `running` is true.
    """

    id: str
    model: str = ""
    status: str = ""
    text: str = ""
    media: tuple[Medium, ...] = ()
    usage: Usage = Usage()
    outcome: Outcome = "ok"
    reason: str = ""
    quota: bool = False  # it failed because the account has no more to spend
    strange: bool = False  # nobody knows whether it has ended

    @property
    def running(self) -> bool:
        return self.status in RUNNING

    def of_type(self, beginning: str) -> tuple[Medium, ...]:
        """Its media of one kind: "image/", "video/", "audio/"."""
        return tuple(medium for medium in self.media if medium.media_type.startswith(beginning))

    def expecting(self, kind: str) -> Interaction:
        """Itself; "empty" where it ended well, and there is nothing of the kind that was asked for: "image", "audio", "video"."""
        if self.running or self.outcome != "ok" or kind not in _MEDIA_TYPES or self.of_type(f"{kind}/"):
            return self
        told = f"it came without the {kind} that was asked for{f', and said {self.text[:200]!r}' if self.text else ''}"
        return self.model_copy(update={"outcome": "empty", "reason": told})


def interaction_of(found: Any, model: str = "") -> Interaction:
    """The SDK's interaction, as a value of ours.

    Raises: ValueError for media that are not base64 (the door tells it as an answer that can't be read).
    """
    plain = found if isinstance(found, Mapping) else found.model_dump(mode="python", exclude_none=True)
    verdict = classify(plain)
    content = [
        part for step in _rows(plain.get("steps")) if step.get("type") == "model_output" for part in _rows(step.get("content"))
    ]
    return Interaction(
        id=str(plain.get("id") or ""),
        model=str(plain.get("model") or model),
        status=str(plain.get("status") or "").lower(),
        text="".join(str(part.get("text") or "") for part in content if part.get("type") == "text"),
        media=tuple(_medium(part) for part in content if part.get("data") or part.get("uri")),
        usage=_usage(plain.get("usage") or {}),
        outcome=verdict.outcome,
        reason=verdict.reason,
        quota=verdict.quota,
        strange=verdict.strange,
    )


def _medium(part: Mapping[str, Any]) -> Medium:
    media_type = str(part.get("mime_type") or _MEDIA_TYPES.get(str(part.get("type")), "application/octet-stream"))
    given = part.get("data")
    if isinstance(given, bytes):
        return Medium(media_type=media_type, content=given)
    if not given:
        return Medium(media_type=media_type, uri=str(part.get("uri") or ""))
    try:
        # Servers write base64 in either of its two alphabets.
        return Medium(media_type=media_type, content=base64.b64decode(str(given).translate(_STANDARD), validate=True))
    except binascii.Error:
        raise ValueError("its media are not base64") from None


_STANDARD: Final = str.maketrans("-_", "+/")


def _usage(counted: Mapping[str, Any]) -> Usage:
    by_kind: dict[str, int] = {}
    for each in _rows(counted.get("output_tokens_by_modality")):
        kind = str(each.get("modality") or "").lower()
        by_kind[kind] = by_kind.get(kind, 0) + int(each.get("tokens") or each.get("token_count") or 0)
    return Usage(
        tokens_in=int(counted.get("total_input_tokens") or 0) + int(counted.get("total_tool_use_tokens") or 0),
        tokens_out=int(counted.get("total_output_tokens") or 0),
        tokens_thought=int(counted.get("total_thought_tokens") or 0),
        tokens_cached=int(counted.get("total_cached_tokens") or 0),
        image_tokens=by_kind.get("image", 0),
        audio_tokens=by_kind.get("audio", 0),
        video_tokens=by_kind.get("video", 0),
    )


def _rows(value: object) -> list[Mapping[str, Any]]:
    return (
        [each for each in value if isinstance(each, Mapping)] if isinstance(value, Sequence) and not isinstance(value, str) else []
    )

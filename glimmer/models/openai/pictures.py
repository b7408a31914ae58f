"""Pictures by an OpenAI-compatible server."""

from __future__ import annotations

import base64
import binascii
import io

from glimmer import limits
from glimmer.errors import ModelError
from glimmer.models.interface import Design, Made, SheetRequest, ShotRequest
from glimmer.models.openai.server import Server
from glimmer.models.pricing import Estimate
from glimmer.vocabulary import Noun

__all__ = ["OpenAIArtist"]

_SIZES = ((1024, 1024), (1536, 1024), (1024, 1536))  # what servers of this kind agree on


class OpenAIArtist:
    """Draws shots and sheets as stills."""

    version = "1"
    reads_words = True

    def __init__(self, server: Server, model: str) -> None:
        self.server = server
        self.model = model
        self.name = f"openai:{model}"

    def estimate(self, request: Noun) -> Estimate:
        """Raises: PriceUnknown."""
        return self.server.flat_estimate("image", 1)

    def shot(self, request: ShotRequest) -> Made:
        """One picture of exactly the asked size."""
        who = ", ".join(_looks(staged.design) for staged in request.cast)
        plain = f"{request.size} shot, {request.place}, {request.time_of_day}. {request.action} {who}".strip()
        return self._drawn(request.words or plain, (request.width_px, request.height_px), request.seed)

    def sheet(self, request: SheetRequest) -> Made:
        """One picture of exactly the asked size."""
        words = (
            request.words
            or f"Model sheet of one character, front, side and face: {_looks(request.design)}. Plain ground, no writing."
        )
        return self._drawn(words, (request.width_px, request.height_px), getattr(request, "seed", 0))

    def _drawn(self, words: str, size: tuple[int, int], seed: int) -> Made:
        wide, high = min(_SIZES, key=lambda each: abs(each[0] / each[1] - size[0] / size[1]))
        body = {"model": self.model, "prompt": words, "n": 1, "size": f"{wide}x{high}", "response_format": "b64_json", "seed": seed}
        told = self.server.ask("/images/generations", body, model=self.model)
        listed = told.get("data")
        held = listed[0].get("b64_json") if isinstance(listed, list) and listed and isinstance(listed[0], dict) else None
        usd = self.server.flat_estimate("image", 1).expected_usd
        if not isinstance(held, str) or not held:
            raise ModelError(f"{self.model} sent no picture; expected one as b64_json.", kind="empty", model=self.model, usd=usd)
        try:
            media = _fitted(base64.b64decode(held, validate=True), size)
        except (binascii.Error, OSError, ValueError) as reason:
            raise ModelError(
                f"{self.model} sent what is no picture ({reason!s:.80}); ask again.", kind="malformed", model=self.model, usd=usd
            ) from None
        return Made(media=media, media_type="image/png", usd=usd)


def _fitted(content: bytes, size: tuple[int, int]) -> bytes:
    """Filling the size, cropped around its middle, as a PNG."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(content)) as picture:
        if picture.width * picture.height > limits.MAX_IMAGE_PIXELS:
            raise ValueError(f"{picture.width} x {picture.height} pixels")
        fitted = ImageOps.fit(picture.convert("RGB"), size, Image.Resampling.LANCZOS)
    sink = io.BytesIO()
    fitted.save(sink, "PNG")
    return sink.getvalue()


def _looks(design: Design) -> str:
    return f"{design.name}, {design.age} {design.gender if design.kind == 'person' else design.kind}, {design.hair_style} hair, {design.garment}"

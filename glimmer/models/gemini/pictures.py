"""`GeminiArtist`: model sheets, stills and clips of shots, with the same faces in every one.

Fulfils `PictureModel`, `Priced` and `Collects`. Stills come from an image model (nano banana) in shapes and sizes of its own and are made
to fit the film's exactly (`framing`); clips come from Omni (`clips`). Which of the two a request is for is told by its type.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from glimmer.errors import InputError, MediaError, ModelError
from glimmer.limits import MAX_FRAME_SIDE_PX
from glimmer.models.gemini import clips, prices
from glimmer.models.gemini.catalogue import able, model_for
from glimmer.models.gemini.door import Door, Interaction, the_door
from glimmer.models.gemini.fetching import UNCOUNTED, fetched
from glimmer.models.gemini.framing import STILL_SHAPES, framed, nearest_shape
from glimmer.models.gemini.picture_words import sheet_words, shot_words
from glimmer.models.gemini.seeding import seeded
from glimmer.models.gemini.showing import Content, image_content, named, text_content
from glimmer.models.interface import ClipRequest, Made, PaintRequest, Reference, SheetRequest, ShotRequest
from glimmer.models.pricing import Estimate, Usage
from glimmer.models.watching import check_stopped

__all__ = ["GeminiArtist"]


class GeminiArtist:
    """Paints and films. The same request costs again and looks another way: what was made is kept by its key, not made twice.

    door: None for the process's own, opened when it is first needed. Threads may share one artist.
    """

    reads_words = True
    films = True
    version = "1"

    def __init__(self, door: Door | None = None, *, still_model: str = "", clip_model: str = "") -> None:
        self._door = door
        self.name = still_model or model_for("image")
        self.clip_model = clip_model or model_for("video")

    def name_for(self, request: BaseModel) -> str:
        """The model that this request is for."""
        return self.clip_model if isinstance(request, ClipRequest) else self.name

    def version_for(self, request: BaseModel) -> str:
        """`version`, and for a clip the model that films it: `name` is that of the stills."""
        return f"{self.version} {self.clip_model}" if isinstance(request, ClipRequest) else self.version

    def estimate(self, request: BaseModel) -> Estimate:
        """What a sheet, a still or a clip would cost. Raises: PriceUnknown; InputError for a request that is none of them."""
        if isinstance(request, ClipRequest):
            return clips.estimated(self.clip_model, request)
        if not isinstance(request, SheetRequest | ShotRequest):
            raise InputError(
                f"{type(request).__name__} is no request for a picture; expected SheetRequest, ShotRequest, PaintRequest or ClipRequest."
            )
        return prices.estimate_pictures(
            self.name,
            words=_words(request),
            resolution=_resolution(request),
            references=len(_references(request)[: self._most]),
        )

    def sheet(self, request: SheetRequest) -> Made:
        """A model sheet: a PNG of exactly width_px × height_px. Raises: ModelError."""
        return self._painted(request)

    def shot(self, request: ShotRequest) -> Made:
        """For a ClipRequest an MP4 of about `seconds`; for any other a PNG of exactly width_px × height_px.

        References are shown first, in their order; those beyond what the model takes are left out, with a notice.
        Raises: ModelError with what it cost all the same; MissingPiece where a named picture is nowhere.
        """
        if isinstance(request, ClipRequest):
            _check_size(request)
            return clips.filmed(self._opened(), self.clip_model, request)
        return self._painted(request)

    def collect(self, remote_id: str, request: BaseModel) -> Made:
        """What was sent before under this name, by this process or another. Sends nothing that costs.

        Raises: ModelError; InputError for a request that is none of this artist's.
        """
        door = self._opened()
        if isinstance(request, ClipRequest):
            return clips.collected(door, self.clip_model, remote_id, request)
        if not isinstance(request, SheetRequest | ShotRequest):
            raise InputError(f"{type(request).__name__} is no request for a picture; {remote_id!r} can't be collected with it.")
        found = door.follow(remote_id, model=self.name, high_usd=self.estimate(request).high_usd)
        return self._made(door, request, found)

    # ── stills ─────────────────────────────────────────────────────────────────────────────────────────────
    def _painted(self, request: SheetRequest | ShotRequest) -> Made:
        _check_size(request)
        check_stopped()
        door = self._opened()
        reply = door.interact(
            self.name,
            input=_shown(_references(request)[: self._most], _words(request)),
            response_format={
                "type": "image",
                "aspect_ratio": nearest_shape(request.width_px, request.height_px, STILL_SHAPES),
                "image_size": _resolution(request),
            },
            generation_config=seeded(request),
            high_usd=self.estimate(request).high_usd,
        )
        return self._made(door, request, reply)

    def _made(self, door: Door, request: SheetRequest | ShotRequest, reply: Interaction) -> Made:
        """The reply's last picture, in the film's size: those before it are the model's sketches."""
        media, resolution = reply.of_type("image/"), _resolution(request)
        counted = reply.usage != Usage()
        usd = prices.settle(self.name, reply.usage, pictures=len(media), picture_resolution=resolution)
        if not counted:
            usd = max(usd, self.estimate(request).expected_usd)
        facts: dict[str, Any] = {"model": self.name, "usd": usd, "remote_id": reply.id}
        if not media:
            said = f' It said: "{reply.text[:200]}"' if reply.text else ""
            raise ModelError(
                f"{self.name} answered without a picture.{said} Reword what is shown, and ask again.", kind="empty", **facts
            )
        content = fetched(door, media[-1], facts)
        try:
            picture = framed(content, request.width_px, request.height_px)
        except MediaError as met:
            raise ModelError(
                f"{self.name} sent a picture that can't be used: {met.message} Ask again.", kind="malformed", **facts
            ) from None
        return Made(
            media=picture.png,
            media_type="image/png",
            usd=usd,
            tokens_in=reply.usage.tokens_in,
            tokens_out=reply.usage.tokens_out + reply.usage.tokens_thought,
            price_date=prices.price_of(self.name).day,
            remote_id=reply.id,
            notices=(*picture.notices, *_left_out(_references(request), self._most), *(() if counted else (UNCOUNTED,))),
        )

    @property
    def _most(self) -> int:
        """How many references the image model is shown."""
        return able(self.name).references or 3

    def _opened(self) -> Door:
        return self._door or the_door()


def _check_size(request: SheetRequest | ShotRequest) -> None:
    """Before anything is paid. Raises: InputError."""
    if not (1 <= request.width_px <= MAX_FRAME_SIDE_PX and 1 <= request.height_px <= MAX_FRAME_SIDE_PX):
        raise InputError(
            f"a picture of {request.width_px} x {request.height_px}; expected 1 to {MAX_FRAME_SIDE_PX} pixels a side (limits.MAX_FRAME_SIDE_PX)."
        )


def _words(request: SheetRequest | ShotRequest) -> str:
    return request.words.strip() or (sheet_words(request) if isinstance(request, SheetRequest) else shot_words(request))


def _references(request: SheetRequest | ShotRequest) -> tuple[Reference, ...]:
    return request.references if isinstance(request, PaintRequest) else ()


def _resolution(request: SheetRequest | ShotRequest) -> str:
    return request.resolution if isinstance(request, PaintRequest) else "1K"


def _shown(references: Sequence[Reference], words: str) -> list[Content]:
    """Each reference after the line that names it, and the words last."""
    content: list[Content] = []
    for line, reference in zip(named(references, "Reference {number} (picture {number})"), references, strict=True):
        content += [text_content(line), image_content(reference.asset, share=len(references))]
    return [*content, text_content(words)]


def _left_out(references: Sequence[Reference], most: int) -> tuple[str, ...]:
    count = len(references) - most
    return (f"{count} of {len(references)} references were not shown: the model takes {most}.",) if count > 0 else ()

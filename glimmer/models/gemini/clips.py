"""Clips: a shot filmed by Omni, as a job that goes on on the server and can be collected from any process.

    shot -> what is asked (task, frames, references, shape, seconds) -> a running job -> followed -> downloaded -> looked at -> Made

Pictures are bound to their roles by tags in the words (<FIRST_FRAME>, <LAST_FRAME>, <IMAGE_REF_0>), declared in front: Omni drops what no
tag names. What comes back is played through before it passes for a clip: its length, that it can be decoded, that it shows something.
"""

from __future__ import annotations

import io
import math
from typing import Any, Final, NamedTuple

from glimmer.errors import InputError, MediaError, MissingPiece, ModelError
from glimmer.models.gemini import prices
from glimmer.models.gemini.catalogue import able
from glimmer.models.gemini.door import Door, Interaction, Medium
from glimmer.models.gemini.fetching import fetched_later
from glimmer.models.gemini.framing import CLIP_SHAPES, nearest_shape, shape_of
from glimmer.models.gemini.picture_words import shot_words
from glimmer.models.gemini.seeding import seeded
from glimmer.models.gemini.showing import Content, image_content, named, text_content
from glimmer.models.gemini.waiting import sleep_unless_stopped
from glimmer.models.interface import ClipRequest, Made, Reference
from glimmer.models.pricing import Estimate
from glimmer.models.watching import check_stopped, the_watch

__all__ = ["collected", "estimated", "filmed", "resolution_for", "whole_seconds"]

_LADDER: Final = ("360p", "720p", "1080p", "4k")  # what servers film in; what lies between is filmed in the next
_LENGTH_SLACK: Final = 0.6  # seconds that nobody need be told of: a clip has whole frames, its sound another length
_SHAPE_SLACK: Final = 1.2
_FLAT: Final = 2.0  # of 255
_STILL: Final = 10  # of 255, between two looks: a coder refines what stands still
_LOOKS: Final = 6  # at so many places it is looked at
_FETCH_PAUSES: Final = (0.3, 1.0)  # before a clip that came broken is fetched again


class Played(NamedTuple):
    """What a look at a clip found. flat: it shows one colour and nothing else. still: every picture looked at is the same."""

    seconds: float
    width_px: int
    height_px: int
    media_type: str
    flat: bool
    still: bool


def whole_seconds(model: str, request: ClipRequest) -> int:
    """The length that is asked for: whole seconds that the model can do. Raises: InputError for a length that is no positive number."""
    if not (math.isfinite(request.seconds) and request.seconds > 0):
        raise InputError(f"a clip of {request.seconds} s; expected a number above 0. Correct the shot's length.")
    can = able(model)
    return max(can.shortest_seconds or 3, min(can.longest_seconds or 15, math.ceil(request.seconds - 0.01)))


def resolution_for(model: str, request: ClipRequest) -> str:
    """The resolution that is filmed in: the asked one, else the next better that the model has, else its best."""
    has = [each for each in _LADDER if each in able(model).resolutions] or list(_LADDER)
    lines = [2_160 if each == "4k" else int(each[:-1]) for each in has]
    wanted = 2_160 if request.resolution == "4k" else int(request.resolution[:-1])
    return next((each for each, height in zip(has, lines, strict=True) if height >= wanted), has[-1])


def estimated(model: str, request: ClipRequest) -> Estimate:
    """What it would cost."""
    return prices.estimate_clip(
        model,
        seconds=whole_seconds(model, request),
        resolution=resolution_for(model, request),
        words=request.words or shot_words(request),
        references=len(_shown(model, request)) + bool(request.first_frame) + bool(request.last_frame),
        clip_seconds_in=10.0 if request.extends or request.extends_remote else 0.0,
    )


def filmed(door: Door, model: str, request: ClipRequest) -> Made:
    """The clip. The job's name is told to the watch as soon as the server has named it."""
    check_stopped()
    estimate = estimated(model, request)
    asked = _input(door, model, request)
    check_stopped()
    job = door.interact(
        model,
        input=asked,
        response_format={
            "type": "video",
            "duration": f"{whole_seconds(model, request)}s",
            "resolution": resolution_for(model, request),
            "aspect_ratio": nearest_shape(request.width_px, request.height_px, CLIP_SHAPES),
            "delivery": "uri",
        },
        generation_config={"video_config": {"task": _task(model, request)}, **seeded(request)},
        previous=request.extends_remote,
        background=True,
        high_usd=estimate.high_usd,
    )
    if job.running:
        job = door.follow(job.id, model=model, high_usd=estimate.high_usd)
    return _made(door, model, request, job, patient=True)


def collected(door: Door, model: str, remote_id: str, request: ClipRequest) -> Made:
    """The clip of a job that was sent before, by this process or another. Sends nothing that costs."""
    return _made(door, model, request, door.follow(remote_id, model=model, high_usd=estimated(model, request).high_usd))


# ── asking ──────────────────────────────────────────────────────────────────────────────────────────────────
def _task(model: str, request: ClipRequest) -> str:
    if request.extends or request.extends_remote:
        return "extend"
    if _shown(model, request) or (request.last_frame and not request.first_frame):
        return "reference_to_video"
    return "image_to_video" if request.first_frame else "text_to_video"


def _room(model: str, request: ClipRequest) -> int:
    """How many references there is room for beside the frames and the clip that it goes on from."""
    uploaded = bool(request.extends and not request.extends_remote)
    return (able(model).references or 6) - bool(request.first_frame) - bool(request.last_frame) - uploaded


def _shown(model: str, request: ClipRequest) -> tuple[Reference, ...]:
    return request.references[: _room(model, request)]


def _input(door: Door, model: str, request: ClipRequest) -> list[Content]:
    """The clip it goes on from, the frames, the references, and last the words that say which is which."""
    content: list[Content] = []
    if request.extends and not request.extends_remote:
        clip = the_watch().read(request.extends)
        content.append({"type": "video", "mime_type": "video/mp4", "uri": door.upload(clip, "video/mp4")})
    pictures = [asset for asset, _, _ in _roles(model, request)]
    content += [image_content(asset, share=len(pictures)) for asset in pictures]
    return [*content, text_content(_words(model, request))]


def _roles(model: str, request: ClipRequest) -> list[tuple[str, str, str]]:
    """Each picture in the order in which it is shown: its file, its tag, and the line that says what it is.

    Omni takes no last frame without a first: alone, it is shown as how the clip ends.
    """
    shown = _shown(model, request)
    first = [(request.first_frame, "<FIRST_FRAME>", "<FIRST_FRAME> is the first frame.")] if request.first_frame else []
    last = [(request.last_frame, "<LAST_FRAME>", "<LAST_FRAME> is the last frame.")] if first and request.last_frame else []
    lines = zip(shown, named(shown, "Reference {number} (picture {number}) is <IMAGE_REF_{index}>"), strict=True)
    told = [(reference.asset, f"<IMAGE_REF_{index}>", line) for index, (reference, line) in enumerate(lines)]
    tag = f"<IMAGE_REF_{len(told)}>"
    ending = [(request.last_frame, tag, f"{tag} is how the clip ends.")] if request.last_frame and not first else []
    return [*first, *last, *told, *ending]


def _words(model: str, request: ClipRequest) -> str:
    """The prompt, with each picture's role declared in front of it."""
    roles = _roles(model, request)
    tags = [f"{tag}@Image{number}" for number, (_, tag, _) in enumerate(roles, 1)]
    sources, references = ([tag for tag in tags if ("IMAGE_REF" in tag) is wanted] for wanted in (False, True))
    declared = [f"[# {title} {' '.join(listed)}]" for title, listed in (("Sources", sources), ("References", references)) if listed]
    told = [
        *(line for _, _, line in roles),
        "Use the references for how things look; they are not frames of the clip." if references else "",
        "Go on from where the clip ends." if request.extends or request.extends_remote else "",
    ]
    return "\n".join(part for part in (" ".join(declared), *told, request.words.strip() or shot_words(request)) if part)


# ── what came ───────────────────────────────────────────────────────────────────────────────────────────────
def _made(door: Door, model: str, request: ClipRequest, job: Interaction, *, patient: bool = False) -> Made:
    """The job's clip, looked at. What it cost is told also where it can't be used.

    patient: the clip was made just now: one that can't be had yet is waited for a little, and then left to be collected.
    """
    media = job.of_type("video/")
    resolution = resolution_for(model, request)
    reckoned = prices.settle(model, job.usage, seconds=whole_seconds(model, request), resolution=resolution)
    facts: dict[str, Any] = {"model": model, "usd": reckoned, "remote_id": job.id}
    if not media:
        said = f' It said: "{job.text[:200]}"' if job.text else ""
        raise ModelError(f"{model} finished without a clip.{said} Reword the shot, and ask again.", kind="empty", **facts)
    content, played = _fetched_whole(door, media[-1], model, facts, patient=patient)
    new_seconds = _new_seconds(model, request, played.seconds)
    usd = prices.settle(model, job.usage, seconds=new_seconds, resolution=resolution)
    return Made(
        media=content,
        media_type=played.media_type,
        seconds=played.seconds,
        usd=usd,
        tokens_in=job.usage.tokens_in,
        tokens_out=job.usage.tokens_out + job.usage.tokens_thought,
        price_date=prices.price_of(model).day,
        remote_id=job.id,
        notices=_notices(model, request, played, new_seconds),
    )


def _fetched_whole(door: Door, medium: Medium, model: str, facts: dict[str, Any], *, patient: bool) -> tuple[bytes, Played]:
    """The clip and what it holds. One that lies on the server and came broken (half of it, a page of somebody's proxy) is fetched again,

    which is free; where that does not help it is left to be collected, once. Raises: ModelError.
    """
    fault = ""
    for pause in (*_FETCH_PAUSES, 0.0) if medium.uri and not medium.content else (0.0,):
        content = fetched_later(door, medium, facts, patient=patient)
        try:
            return content, _played(content)
        except MediaError as met:
            fault = met.message
        sleep_unless_stopped(pause)
    if medium.uri and not medium.content and patient:
        raise ModelError(
            f"{model} has made the clip, and what was fetched of it can't be used: {fault} Nothing is lost: ask again, and it is fetched again.",
            kind="interrupted",
            **{**facts, "usd": 0.0},
        )
    raise ModelError(f"{model} sent a clip that can't be used: {fault} Ask again.", kind="malformed", **facts)


def _played(content: bytes) -> Played:
    """What the clip holds. Every packet is read, and a picture at six places of it.

    Raises: MediaError for what can't be played or holds no picture.
    """
    import av

    try:
        with av.open(io.BytesIO(content), "r") as media:
            if not media.streams.video:
                raise MediaError(f"{len(content):,} bytes without a picture.")
            stream = media.streams.video[0]
            times = [
                (float(packet.pts * packet.time_base), float((packet.duration or 0) * packet.time_base))
                for packet in media.demux(stream)
                if packet.pts is not None and packet.time_base is not None and packet.size
            ]
            if not times:
                raise MediaError(f"{len(content):,} bytes without a picture that has a time.")
            first, (last, lasts) = min(times)[0], max(times)
            seconds = last - first + (lasts or (last - first) / max(1, len(times) - 1) or 1 / float(stream.average_rate or 24))
            views = [_view(media, stream, first + seconds * place / _LOOKS) for place in range(_LOOKS)]
            kind = "video/webm" if "webm" in media.format.name and content[4:8] != b"ftyp" else "video/mp4"
            size = (stream.codec_context.width, stream.codec_context.height)
    except (av.error.FFmpegError, OSError, ValueError, IndexError) as met:
        raise MediaError(
            f"{len(content):,} bytes that begin with {content[:12]!r} can't be played ({type(met).__name__})."
        ) from None
    flat = max(float(view.std()) for view in views) < _FLAT
    still = all(view.shape == views[0].shape and int(abs(view - views[0]).max()) <= _STILL for view in views)
    return Played(seconds, *size, kind, flat, still)


def _view(media: Any, stream: Any, seconds: float) -> Any:
    """The grey picture from which on a reader that jumps to this moment begins, small. Raises: MediaError where none can be decoded."""
    media.seek(int(seconds / stream.time_base), stream=stream, backward=True)
    for frame in media.decode(stream):
        if frame.time is None or frame.time + 1.0 >= seconds:
            return frame.reformat(width=64, height=64, format="gray").to_ndarray().astype("int16")
    raise MediaError(f"no picture at {seconds:.1f} s can be decoded.")


def _new_seconds(model: str, request: ClipRequest, seconds: float) -> float:
    """How much of a clip is new, and paid: one that goes on from another may come with that one in front."""
    asked = whole_seconds(model, request)
    if not (request.extends or request.extends_remote) or seconds <= asked + 1.0:
        return seconds
    try:
        before = _played(the_watch().read(request.extends)).seconds if request.extends else seconds - asked
    except (MissingPiece, MediaError):
        before = seconds - asked
    return max(0.0, seconds - before) or float(asked)


def _notices(model: str, request: ClipRequest, played: Played, new_seconds: float) -> tuple[str, ...]:
    asked, left_out = whole_seconds(model, request), len(request.references) - len(_shown(model, request))
    notices = []
    if abs(new_seconds - asked) > _LENGTH_SLACK:
        notices.append(f"The clip lasts {new_seconds:.1f} s; {asked} s were asked for.")
    if new_seconds < played.seconds - _LENGTH_SLACK:
        notices.append(f"It holds the clip that it goes on from: {played.seconds:.1f} s in all.")
    if request.seconds > asked + _LENGTH_SLACK:
        notices.append(f"The shot lasts {request.seconds:.1f} s; a clip has at most {asked}. Extend it, or split the shot.")
    if played.flat:
        notices.append("It shows one colour and nothing else. Make another take.")
    elif played.still:
        notices.append("Nothing moves in it.")
    if left_out > 0:
        notices.append(
            f"{left_out} of {len(request.references)} references were not shown: there is room for {_room(model, request)}."
        )
    if request.last_frame and not request.first_frame:
        notices.append("Its last frame was shown as a reference: it is met exactly only between two frames.")
    if resolution_for(model, request) != request.resolution:
        notices.append(f"{request.resolution} was asked for; it was filmed in {resolution_for(model, request)}.")
    asked_shape, shape = request.width_px / request.height_px, played.width_px / max(1, played.height_px)
    if max(asked_shape / shape, shape / asked_shape) > _SHAPE_SLACK:
        nearest = min(CLIP_SHAPES, key=lambda name: abs(shape_of(name) - shape))
        notices.append(f"It was filmed in {nearest}, not in the film's {request.width_px} x {request.height_px}: the cut crops it.")
    return tuple(notices)

"""Taking: what a person lays into a cut - an entry of a bucket, a take, a Piece - as a clip, and the track to lay it on.

The shapes alone are asked for: an entry has a `used` take, a take has an `asset` of a `media_type` and lasts so many `seconds`.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import Final, Protocol, TypeVar

from glimmer import limits
from glimmer.assembly.changing import changed
from glimmer.assembly.pieces import Clip, Framing, Timeline, Track
from glimmer.assembly.splitting import fresh_id, fresh_name
from glimmer.display import plain_line
from glimmer.errors import InputError, LimitError, MissingPiece
from glimmer.timecode import Timecode, frames_of

__all__ = ["InBucket", "OfMedia", "Takeable", "clip_of", "media_frames_of", "sound_of", "with_room"]

Cut = TypeVar("Cut", bound=Timeline)
STILL_SECONDS: Final = 4  # as long as a draft holds a shot in which nobody speaks
_TRACK: Final = re.compile(r"[VA][1-9]\d?")
_NEARLY_WHOLE: Final = Fraction(1, 50)  # of a frame: containers round lengths to a millisecond or so


class OfMedia(Protocol):
    """A take, or a Piece."""

    @property
    def asset(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def seconds(self) -> float: ...


class InBucket(Protocol):
    """An entry of a bucket, such as film.video["gull"]."""

    @property
    def used(self) -> OfMedia | None: ...


Takeable = OfMedia | InBucket


def clip_of(cut: Timeline, take: object, track: Track, *, at: int, frames: int | str | Timecode, name: str) -> Clip:
    """The clip that a take is on this track, beginning at film frame `at`. Its length: `frames`, or with 0 the media's own, 4 s for a still.

    Raises: MissingPiece for an entry without a take; InputError for what is no take, a sound on a picture track or the other way
    round, or more frames than the media has.
    """
    media, called, key = _media(take)
    kind = _kind(media.media_type, called)
    if (kind == "sound") != (track.kind == "sound"):
        where = "a picture track, such as V1" if kind != "sound" else "a sound track, such as A4"
        more = ' For its own sound write overwrite(…, sound="A4").' if kind == "footage" else ""
        which = called if key or called.startswith("take ") else "this"
        raise InputError(f"{which} is {_a(kind)}, and {track.name} is not its place; expected {where}.{more}")
    whole = media_frames_of(media, cut.rate)
    length = _length(frames_of(frames, cut.rate), whole, kind, called, cut.rate)
    label = _label(name) or called
    return Clip(
        id=fresh_id(cut, f"{track.name.lower()}.{key or label}"),
        name=fresh_name(cut, label),
        kind=kind,  # type: ignore[arg-type]  # one of three words of _kind
        asset=media.asset,
        media_type=media.media_type,
        start=at,
        frames=length,
        media_frames=whole,
        framing=Framing(focus=getattr(media, "focus", None) or Framing().focus),
        made_of=key,
    )


def media_frames_of(media: OfMedia, rate: Fraction) -> int:
    """How many frames of `rate` the media fills, at least one: whole pictures of footage, a sound to its last bit.

    0 for a still, which has no end, and where nobody knows how long it is.
    """
    kind = media.media_type.partition("/")[0]
    if kind == "image" or not math.isfinite(media.seconds) or media.seconds <= 0:
        return 0
    if kind == "audio":
        return max(1, math.ceil(Fraction(round(media.seconds * 1000), 1000) * rate))  # as long as a draft lays a line
    return max(1, math.floor(Fraction(media.seconds).limit_denominator(1_000_000) * rate + _NEARLY_WHOLE))


def sound_of(cut: Timeline, footage: Clip, track: str) -> Clip:
    """The footage's own sound, as a clip that lies under it and follows it. Whether it has any is heard when it is mixed."""
    if footage.kind != "footage":
        raise InputError(f'{footage.name} is {_a(footage.kind)} and has no sound of its own; expected footage. Leave sound="" out.')
    return footage.model_copy(
        update={
            "id": fresh_id(cut, f"{track.lower()}.{footage.made_of or footage.name}", (footage.id,)),
            "name": fresh_name(cut, f"{footage.name} sound", (footage.name,)),
            "kind": "sound",
            "framing": Framing(),
            "linked": footage.id,
        }
    )


def with_room(cut: Cut, name: str, kind: str = "") -> tuple[Cut, Track]:
    """`cut` and its track of that name, made if there is none: V2, V3 … over the lower ones, A5 … as effects.

    Raises: InputError for a name that is not V or A and a number, or a track of the other kind.
    """
    track = next((each for each in cut.tracks if each.name == name), None) if isinstance(name, str) else None
    if track is None:
        if not isinstance(name, str) or not _TRACK.fullmatch(name):
            there = ", ".join(each.name for each in cut.tracks) or "none yet"
            raise InputError(
                f"{name!r:.60} is no track; expected V or A and a number from 1 to 99, such as V2 or A5. The cut has {there}."
            )
        picture = name.startswith("V")
        track = Track(name=name, kind="picture" if picture else "sound", role="picture" if picture else "effects")
        cut = _with_new(cut, track)
    if kind and track.kind != kind:
        raise InputError(f"{name} is a {track.kind} track; expected a {kind} track, such as {'A4' if kind == 'sound' else 'V2'}.")
    return cut, track


def _with_new(cut: Cut, track: Track) -> Cut:
    """`cut` with an empty track in its place: after those of its kind with lower numbers."""
    before = [
        index for index, each in enumerate(cut.tracks) if each.kind == track.kind and _number(each.name) < _number(track.name)
    ]
    same = [index for index, each in enumerate(cut.tracks) if each.kind == track.kind]
    if before:
        at = before[-1] + 1
    elif same:
        at = same[0]
    else:
        at = 0 if track.kind == "picture" else len(cut.tracks)
    return changed(cut, tracks=(*cut.tracks[:at], track, *cut.tracks[at:]))


def _number(name: str) -> int:
    digits = re.search(r"\d+", name)
    return int(digits[0]) if digits else 0


# ── what was given ──────────────────────────────────────────────────────────────────────────────────────────
def _media(take: object) -> tuple[OfMedia, str, str]:
    """The media that was given, what to call it, and the key of its entry, "" without one."""
    asset, media_type = getattr(take, "asset", None), getattr(take, "media_type", None)
    if isinstance(asset, str) and asset and isinstance(media_type, str) and not isinstance(take, Clip):
        number, kind = getattr(take, "number", 0), media_type.partition("/")[0]
        called = f"take {number}" if number else {"image": "still", "audio": "sound"}.get(kind, "footage")
        return take, called, ""  # type: ignore[return-value]  # it has what OfMedia asks for
    if not hasattr(take, "used"):
        raise InputError(
            f'{take!r:.80} is no take; expected an entry such as film.video["gull"], one of its takes, or a Piece. '
            'A file comes into the film first: film.video.add("gull.mp4").'
        )
    called, used = str(getattr(take, "name", "") or "this entry"), take.used
    if used is None:
        raise MissingPiece(
            f'"{called}" has no take yet, so there is nothing to lay into the cut. Make one, or add a file to its bucket.'
        )
    return used, called, str(getattr(take, "key", "") or called)


def _kind(media_type: str, called: str) -> str:
    kind = {"image": "still", "video": "footage", "audio": "sound"}.get(media_type.partition("/")[0], "")
    if not kind:
        raise InputError(f'{called} is "{media_type}"; expected a picture, footage or a sound.')
    return kind


def _a(kind: str) -> str:
    return {"still": "a still", "sound": "a sound"}.get(kind, kind)


def _length(asked: int, whole: int, kind: str, called: str, rate: Fraction) -> int:
    if whole and asked > whole:
        raise InputError(
            f"{called} has {whole} frames of media; {asked} were asked. Give at most {whole}, or slow it down afterwards."
        )
    if asked or whole:
        return asked or whole
    if kind == "still":
        return max(1, round(STILL_SECONDS * rate))
    raise InputError(
        f"nobody knows how long {called} lasts; expected its length. Write for instance frames={round(STILL_SECONDS * rate)}."
    )


def _label(name: object) -> str:
    if not isinstance(name, str):
        raise InputError(f'{name!r:.60} is no name; expected words, such as name="gull".')
    label = plain_line(name)
    if len(label) > limits.MAX_NAME_CHARS:
        raise LimitError(
            f"a name of {len(label):,} characters; at most {limits.MAX_NAME_CHARS} are kept (MAX_NAME_CHARS). Shorten it.",
            limit="MAX_NAME_CHARS",
        )
    return label

"""Filming: how a shot is to be made by a model that is paid: as a still or as a clip, at what size, for how long, from which frame.

What was asked of a shot last is kept with its entry, so that a plan asks for the same again. Pure values; `video` makes requests of them.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, Literal, TypeVar, get_args

from glimmer.display import plain_line
from glimmer.errors import InputError, NotFound, SettingsError
from glimmer.models.interface import ClipRequest, PaintRequest, Reference, ShotRequest
from glimmer.vocabulary import Noun

__all__ = ["ASKED", "Filming", "clip_of", "clip_seconds", "common", "kept_filmings", "still_of", "with_asked"]

ASKED: Final = "asked"  # in the state of a video entry
ClipResolution = Literal["360p", "540p", "720p", "1080p", "4k"]
StillResolution = Literal["1K", "2K", "4K"]
# A clip is paid by the second, so its length is rounded up to the next of these: a word more or less in a line asks for the same clip.
_LENGTHS: Final = (3, 4, 5, 6, 8, 10, 12, 15)
_SHORTEST, _LONGEST = 3, 15
Word = TypeVar("Word", bound=str)


class Filming(Noun):
    """What was asked of a shot last.

    from_frame: its clip begins with a still of it. first_frame, last_frame: sha256 of pictures; frame_for: the request that the first one
    answers ("" for one that a person chose, which stays whatever changes in the script). seconds: a person's own length, 0 for the shot's.
    """

    stills: bool = False
    resolution: ClipResolution = "360p"
    still_resolution: StillResolution = "1K"
    from_frame: bool = False
    first_frame: str = ""
    frame_for: str = ""
    last_frame: str = ""
    seconds: int = 0

    def asked(self, *, stills: bool | None, resolution: str | None, from_frames: bool | None) -> Filming:
        """This with what is asked for now; None leaves a thing as it was asked before.

        Raises: NotFound for a resolution that there is not; InputError for what is neither True nor False.
        """
        for name, given in (("stills", stills), ("from_frames", from_frames)):
            if given is not None and not isinstance(given, bool):
                raise InputError(f"{name}={given!r:.40}; expected True, False, or nothing to ask for the same as before.")
        change: dict[str, object] = {}
        if stills is not None:
            change["stills"] = stills
        if from_frames is not None:
            change |= {"from_frame": from_frames} | ({} if from_frames else {"first_frame": "", "frame_for": "", "last_frame": ""})
        if resolution is not None:
            is_still = self.stills if stills is None else stills
            change["still_resolution" if is_still else "resolution"] = _resolution(
                resolution, StillResolution if is_still else ClipResolution
            )
        return self.model_copy(update=change)


def _resolution(given: object, known: object) -> str:
    names = get_args(known)
    wanted = str(given).strip().casefold()
    found = next((name for name in names if name.casefold() == wanted), None)
    if found is None:
        raise NotFound.among("resolution", given, names)
    return str(found)


def kept_filmings(states: Mapping[str, tuple[str, str]]) -> dict[str, Filming]:
    """Entry key -> what was asked of it last, of states as the store gives them. What is no longer understood is as if never asked."""
    found: dict[str, Filming] = {}
    for key, (_, state) in states.items():
        said = json.loads(state or "{}").get(ASKED)
        if isinstance(said, dict):
            known = {name: value for name, value in said.items() if name in Filming.model_fields}
            try:
                found[key] = Filming.model_validate(known)
            except ValueError:
                continue
    return found


def common(filmings: Iterable[Filming]) -> Filming:
    """What is asked of a shot that nobody asked for yet: what most were asked for, without a frame or a length of their own."""
    counted = Counter(
        (each.stills, each.resolution, each.still_resolution, each.from_frame and not _is_pinned(each)) for each in filmings
    )
    if not counted:
        return Filming()
    stills, resolution, still_resolution, from_frame = counted.most_common(1)[0][0]
    return Filming(stills=stills, resolution=resolution, still_resolution=still_resolution, from_frame=from_frame)


def _is_pinned(filming: Filming) -> bool:
    return bool(filming.first_frame) and not filming.frame_for


def with_asked(filming: Filming) -> str:
    """As it is kept in a state."""
    return json.dumps({ASKED: filming.model_dump(exclude_defaults=True)})


def clip_seconds(seconds: float) -> int:
    """The length of a clip for a shot of so many seconds: 3 to 15, rounded up in steps that grow, so that small edits change nothing."""
    wanted = math.ceil(seconds - 0.05)
    return next((length for length in _LENGTHS if length >= wanted), _LONGEST)


def own_seconds(seconds: object) -> int:
    """A person's own length. Raises: SettingsError outside 3 to 15, or for what is no whole number."""
    if (
        isinstance(seconds, bool)
        or not isinstance(seconds, int | float)
        or not _SHORTEST <= seconds <= _LONGEST
        or seconds != int(seconds)
    ):
        raise SettingsError(f"seconds={plain_line(repr(seconds))[:40]}; expected a whole number from {_SHORTEST} to {_LONGEST}.")
    return int(seconds)


def still_of(request: ShotRequest, filming: Filming, references: tuple[Reference, ...]) -> PaintRequest:
    """The shot as a still."""
    return PaintRequest(**request.model_dump(), references=references, resolution=filming.still_resolution)


def clip_of(request: ShotRequest, filming: Filming, references: tuple[Reference, ...], seconds: float) -> ClipRequest:
    """The shot as a clip of about so many seconds."""
    asked = request.model_dump() | {"seconds": float(filming.seconds or clip_seconds(seconds))}
    return ClipRequest(
        **asked,
        references=references,
        resolution=filming.resolution,
        first_frame=filming.first_frame,
        last_frame=filming.last_frame if filming.first_frame else "",
    )

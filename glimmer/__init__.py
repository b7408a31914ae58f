"""Glimmer: a notebook-native film studio.

    import glimmer as gl

    film = gl.Project("The Lighthouse")
    film.make(gl.Idea("A lighthouse keeper teaches a lost whale to sing."))

The road, and where each part of it lives:

    idea -> screenplay -> buckets -> assembly -> render -> export

Agents (`film.agents`) move a film along it. With no key and no network everything is rehearsed for $0.
Names are imported when they are first used, so that `import glimmer` is quick.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from glimmer.faces import live_faces

if TYPE_CHECKING:
    from glimmer.agents.budget import allowed
    from glimmer.assembly import Assembly
    from glimmer.chat import Chat
    from glimmer.display import Table
    from glimmer.errors import GlimmerError
    from glimmer.extending import judge, model, tool
    from glimmer.idea import Idea
    from glimmer.jobs import RenderJob
    from glimmer.models.interface import (
        AmbienceRequest,
        CastBrief,
        ClipRequest,
        ComposeRequest,
        Design,
        EffectsRequest,
        JudgeRequest,
        Made,
        PaintRequest,
        SheetRequest,
        ShotRequest,
        SpeechRequest,
        TextRequest,
        WriteRequest,
    )
    from glimmer.project import Project
    from glimmer.render.preset import PRESETS, Preset
    from glimmer.screenplay import Screenplay
    from glimmer.screenplay import read_file as read_screenplay
    from glimmer.studio import Studio
    from glimmer.timecode import Timecode
    from glimmer.widgets.bucket import BucketFace as Bucket
    from glimmer.widgets.renders import Review
    from glimmer.widgets.timeline import TimelineFace as Timeline

__all__ = [
    "PRESETS",
    "AmbienceRequest",
    "Assembly",
    "Bucket",
    "Chat",
    "CastBrief",
    "ClipRequest",
    "ComposeRequest",
    "Design",
    "EffectsRequest",
    "GlimmerError",
    "Idea",
    "JudgeRequest",
    "Made",
    "PaintRequest",
    "Preset",
    "Project",
    "RenderJob",
    "Review",
    "Screenplay",
    "SheetRequest",
    "ShotRequest",
    "SpeechRequest",
    "Studio",
    "Table",
    "TextRequest",
    "Timecode",
    "Timeline",
    "WriteRequest",
    "allowed",
    "judge",
    "model",
    "read_screenplay",
    "tool",
]

_HOMES = {
    "PRESETS": "glimmer.render.preset",
    "Assembly": "glimmer.assembly",
    "Bucket": "glimmer.widgets.bucket:BucketFace",
    "Chat": "glimmer.chat",
    "GlimmerError": "glimmer.errors",
    "Idea": "glimmer.idea",
    "Preset": "glimmer.render.preset",
    "Project": "glimmer.project",
    "RenderJob": "glimmer.jobs",
    "Review": "glimmer.widgets.renders:Review",
    "Screenplay": "glimmer.screenplay",
    "Studio": "glimmer.studio",
    "Table": "glimmer.display",
    "Timecode": "glimmer.timecode",
    "Timeline": "glimmer.widgets.timeline:TimelineFace",
    "read_screenplay": "glimmer.screenplay:read_file",
    "AmbienceRequest": "glimmer.models.interface",
    "CastBrief": "glimmer.models.interface",
    "ClipRequest": "glimmer.models.interface",
    "ComposeRequest": "glimmer.models.interface",
    "Design": "glimmer.models.interface",
    "EffectsRequest": "glimmer.models.interface",
    "JudgeRequest": "glimmer.models.interface",
    "Made": "glimmer.models.interface",
    "PaintRequest": "glimmer.models.interface",
    "SheetRequest": "glimmer.models.interface",
    "ShotRequest": "glimmer.models.interface",
    "SpeechRequest": "glimmer.models.interface",
    "TextRequest": "glimmer.models.interface",
    "WriteRequest": "glimmer.models.interface",
    "allowed": "glimmer.agents.budget",
    "judge": "glimmer.extending",
    "model": "glimmer.extending",
    "tool": "glimmer.extending",
}

try:
    __version__ = version("glimmer-studio")
except PackageNotFoundError:  # a checkout that is not installed
    __version__ = "0+unknown"


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'glimmer' has no attribute {name!r}; it has {', '.join(__all__)}")
    module, _, own_name = _HOMES[name].partition(":")
    value = getattr(import_module(module), own_name or name)
    globals()[name] = value
    return value


live_faces(lambda thing: import_module("glimmer.widgets").face_of(thing))


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext glimmer`: the magics %glimmer, %%screenplay and %%prompt."""
    import_module("glimmer.magics").load_ipython_extension(shell)


def unload_ipython_extension(shell: Any) -> None:
    """`%unload_ext glimmer`."""
    import_module("glimmer.magics").unload_ipython_extension(shell)

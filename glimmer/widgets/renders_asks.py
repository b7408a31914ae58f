"""What the renders face may be asked for."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from glimmer.widgets.wire import Ask

__all__ = ["Ahead", "CancelRender", "Comment", "DropQueued", "ExportFilm", "RenderCut", "RenderNext", "Resolve", "RetryRender"]


class RenderCut(Ask):
    """Render a version of the cut, after what waits already. version 0: the newest. Answers {same: job number} where that film is there,
    else {id} of its place in the queue."""

    verb: ClassVar[str] = "render"
    preset: str = Field(max_length=80)
    version: int = Field(default=0, ge=0)
    captions: bool = True


class Ahead(Ask):
    """What a render would be. Answers {same, about_seconds, suffix, pictured, heard}: same is the finished job that it would be, 0 for none;
    about_seconds how long it would take, by the renders before it, 0 where there was none."""

    verb: ClassVar[str] = "ahead"
    preset: str = Field(max_length=80)
    version: int = Field(default=0, ge=0)
    captions: bool = True


class CancelRender(Ask):
    """Stop a running render. What is finished of it is kept."""

    verb: ClassVar[str] = "cancel_render"
    number: int


class RetryRender(Ask):
    """Ask for the render of that job again. Answers as RenderCut."""

    verb: ClassVar[str] = "retry_render"
    number: int


class DropQueued(Ask):
    """Take what waits out of the queue."""

    verb: ClassVar[str] = "drop_queued"
    id: str = Field(max_length=40)


class RenderNext(Ask):
    """Let what waits be the next."""

    verb: ClassVar[str] = "render_next"
    id: str = Field(max_length=40)


class ExportFilm(Ask):
    """Put a finished film into a folder, with what was chosen beside it. folder "": the studio's own for exports. Answers {paths, bytes, notices,
    line}."""

    verb: ClassVar[str] = "export_film"
    number: int
    folder: str = Field(default="", max_length=1000)
    name: str = Field(default="", max_length=120)
    subtitles: list[Literal["srt", "vtt", "ass"]] = Field(default_factory=list, max_length=3)
    timeline: list[Literal["otio", "edl"]] = Field(default_factory=list, max_length=2)
    stems: bool = False


class Comment(Ask):
    """Pin a note to a frame of the newest cut, as its marker. Answers {version, note, line}."""

    verb: ClassVar[str] = "comment"
    frame: int = Field(ge=0)
    words: str = Field(max_length=10_000)
    name: str = Field(default="", max_length=80)


class Resolve(Ask):
    """A note is seen to: its marker goes. Undo brings it back. Answers {version, line}."""

    verb: ClassVar[str] = "resolve"
    frame: int = Field(ge=0)
    note: str = Field(max_length=10_200)

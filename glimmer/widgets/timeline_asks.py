"""What a timeline may be asked for. An edit is a verb of the cut with what it is given, so that what a mouse does is a line of Python."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field

from glimmer.widgets.wire import Ask

__all__ = ["DraftCut", "Edit", "FrameAt", "Lay", "Lines", "PlayFrom", "SoundOf", "TakeUsed"]


class Edit(Ask):
    """Do one verb of Assembly on the newest cut and keep it: Edit(edit="trim", args=["2A"], named={"head": 12}). Answers {line, version,
    notices}: line is what one would type, `cut = cut.trim("2A", head=12)`."""

    verb: ClassVar[str] = "edit"
    edit: str = Field(max_length=40)
    args: list[str | int | float | bool | list[str]] = Field(default_factory=list, max_length=6)
    named: dict[str, Any] = Field(default_factory=dict)


class Lay(Ask):
    """Lay a take of a bucket into the cut. take 0: the one that cuts use. frames 0: as long as it is. Answers as Edit."""

    verb: ClassVar[str] = "lay"
    how: Literal["insert", "overwrite"]
    bucket: str
    key: str
    take: int = 0
    track: str = "V1"
    at: int = Field(ge=0)
    frames: int = Field(default=0, ge=0)


class DraftCut(Ask):
    """Draft a first cut of what stands in the buckets, where there is none."""

    verb: ClassVar[str] = "draft_cut"


class Lines(Ask):
    """What was done with this timeline, a line of Python an edit, for a page that was loaded again: the newest 500."""

    verb: ClassVar[str] = "lines"


class TakeUsed(Ask):
    """Bring the newest cut to the takes that are used now: one that was drafted is drafted anew, one that was edited keeps its shape. Answers as Edit."""

    verb: ClassVar[str] = "take_used"


class FrameAt(Ask):
    """The picture at a frame, the last one for one past the end. Answers a media reference, "frame/<version>/<frame>/<width>"; "" where the
    same page has asked for another picture meanwhile and this one was not drawn: the newest ask wins, and is never answered so."""

    verb: ClassVar[str] = "frame_at"
    frame: int = Field(ge=0)
    width_px: int = Field(default=480, ge=64, le=1920)


class PlayFrom(Ask):
    """A stretch of the cut to be played, with that frame in it. Says progress. Answers {ref, first, end}: a film of the frames first to
    before end, "play/<version>/<first>/<end>", of four to six seconds. first <= frame: begin to play at (frame - first) / rate seconds of it.
    The next stretch begins at end, and is being made. Refused for a frame that the film has not."""

    verb: ClassVar[str] = "play_from"
    frame: int = Field(ge=0)


class SoundOf(Ask):
    """What is heard, for drawing under the timeline: answers {duck: {track: [[frame, db] …]}, speech: [[first, end] …], loudness: [[frame,
    lufs] …], lufs, peak_db, target_lufs}. Between two points of a curve it is a line; lufs is null for silence. Takes a while the first time."""

    verb: ClassVar[str] = "sound_of"

"""What the browser half of the renders face is told: the film's cuts, its renders, what runs and what waits; for a review its notes too."""

from __future__ import annotations

from pydantic import Field

from glimmer.vocabulary import Noun

__all__ = ["CutState", "JobState", "NoteState", "RendersState", "RunState", "SizeState", "WaitState"]


class CutState(Noun):
    """A version of the cut that can be rendered. rate: "24", "24000/1001". look: the same for versions that differ in their notes alone."""

    frames: int
    rate: str
    seconds: float
    look: str


class SizeState(Noun):
    """Pixels of a size that presets are made of."""

    width: int
    height: int


class JobState(Noun):
    """One render. state: waiting, running, done, failed, cancelled, interrupted. words: what stopped it, or what a person should know.
    took: seconds of work. made: segments made anew of all. played: "video", "audio", "picture", "" for what no browser plays.
    gone: its file is no longer there. known: its preset is one that has a name, so that it can be asked for again."""

    number: int
    version: int
    preset: str
    state: str
    captions: bool = True
    words: str = ""
    made_at: str = ""
    took: float = 0.0
    width: int = 0
    height: int = 0
    rate: str = ""
    frames: int = 0
    seconds: float = 0.0
    lufs: float = -70.0
    peak_db: float = -100.0
    bytes: int = 0
    segments: int = 0
    made: int = 0
    file: str = ""
    played: str = ""
    gone: bool = False
    known: bool = True


class RunState(Noun):
    """How far a running render is. stage: plan, frames, sound, join, done. done of total are segments. left: seconds, -1 for nobody knows."""

    stage: str = ""
    done: int = 0
    total: int = 0
    share: float = 0.0
    fps: float = 0.0
    left: float = -1.0


class WaitState(Noun):
    """A render that was asked for and waits for its turn. refused: why it did not begin."""

    order: int
    version: int
    preset: str
    captions: bool = True
    refused: str = ""


class NoteState(Noun):
    """A marker of the newest cut."""

    frame: int
    note: str


class RendersState(Noun):
    """version: of the newest cut, 0 while there is none. cuts by version, jobs and running by number, queue by id, notes by "frame/n".
    sizes and rates: what a preset's name is made of. more: how many older renders are not told. typed: whether a folder may be typed.
    behind: which takes are used now and are not in the newest cut, "" for none."""

    film: str
    review: bool = False
    version: int = 0
    cuts: dict[str, CutState] = Field(default_factory=dict)
    sizes: dict[str, SizeState] = Field(default_factory=dict)
    rates: tuple[str, ...] = ()
    jobs: dict[str, JobState] = Field(default_factory=dict)
    running: dict[str, RunState] = Field(default_factory=dict)
    queue: dict[str, WaitState] = Field(default_factory=dict)
    notes: dict[str, NoteState] = Field(default_factory=dict)
    more: int = 0
    folder: str = ""
    typed: bool = False
    hint: str = ""
    behind: str = ""

"""What the store gives back: frozen values."""

from __future__ import annotations

from typing import Literal, NamedTuple

from glimmer.vocabulary import Noun

__all__ = ["CutRow", "EntryRow", "Input", "JobRow", "RequestRow", "ScreenplayRow", "Standing", "StepRow", "Take"]


class Input(Noun):
    """One thing that a take was made from, in the order in which it was asked for.

    role: what it was to the take ("line", "voice", "character", "shot", "place", "prompt", "length" …). bucket, key: where it stands
    ("characters", "MARA"; "screenplays", a shot's id). hash: sha256 of what it said then, or of its media.
    """

    role: str
    bucket: str
    key: str
    name: str = ""
    hash: str = ""


class Take(Noun):
    """One thing that was made, once: never overwritten.

    number counts from 1 in its entry. request_key names what was asked of which model; made_for is the same with the
    take's own seed left out, so that all takes of one request share it. asset, source_asset: sha256. words: (word, start
    seconds, end seconds). usd is what it cost when it was made. prompt_hash: sha256 of the words a prompt gave it, "" for none.
    """

    id: int
    number: int
    request_key: str
    made_for: str
    model: str
    asset: str
    media_type: str
    agent: str = ""
    seconds: float = 0.0
    usd: float = 0.0
    words: tuple[tuple[str, float, float], ...] = ()
    focus: tuple[float, float] = (0.5, 0.45)
    notices: tuple[str, ...] = ()
    source_asset: str = ""
    prompt_hash: str = ""
    inputs: tuple[Input, ...] = ()
    rating: int = 0
    note: str = ""
    made_at: str = ""
    trashed_at: str = ""


class EntryRow(Noun):
    """One thing in a bucket. `wanted` is the made_for that the film asks for now; `circled` a take number or 0.

    used: the take that cuts use: the circled one, else the first made for what the film asks for now, else the newest. take_count and
    usd are 0 unless they were asked for (`counted`). tags: words; rating: 1 to 5, 0 for none.
    """

    id: int
    bucket: str
    key: str
    name: str
    position: int
    state: str = "{}"  # JSON, the bucket's own business
    circled: int = 0
    wanted: str = ""
    active: bool = True
    rating: int = 0
    note: str = ""
    tags: tuple[str, ...] = ()
    trashed_at: str = ""
    used: Take | None = None
    take_count: int = 0
    usd: float = 0.0


class Standing(NamedTuple):
    """How one active entry stands, in as few columns as a plan needs (and a tuple: a plan of a big film makes 10,000 of them).

    made_for, asset … are of the used take, "" without one.
    """

    bucket: str
    key: str
    name: str
    wanted: str = ""
    circled: int = 0
    take_number: int = 0
    made_for: str = ""
    asset: str = ""
    media_type: str = ""
    seconds: float = 0.0
    model: str = ""


class RequestRow(Noun):
    """What was asked of a model, the seed left out. body: JSON of the request."""

    key: str
    model: str
    version: str = ""
    kind: str
    body: str


class ScreenplayRow(Noun):
    """One kept version of the script."""

    version: int
    title: str
    source_name: str = ""
    text: str
    made_at: str = ""
    trashed_at: str = ""


class CutRow(Noun):
    """One kept version of the cut. cut: JSON. made_by: "draft" (the agent laid it out) or "edit" (a person changed it)."""

    version: int
    cut: str
    made_by: Literal["draft", "edit"] = "draft"
    made_at: str = ""
    trashed_at: str = ""


class JobRow(Noun):
    """One render."""

    number: int
    cut_version: int
    preset: str
    key: str
    state: Literal["waiting", "running", "done", "failed", "cancelled"]
    path: str = ""
    result: str = ""  # JSON of the Rendered
    error: str = ""
    seconds: float = 0.0
    made_at: str = ""


class StepRow(Noun):
    """One step of a film's history, as it is undone: one or more transactions. changes: how many rows it changed."""

    step: str
    action: str
    what: str
    by: str = ""
    changes: int = 0
    undone: bool = False
    made_at: str = ""

    def __repr__(self) -> str:
        return f"{'undone: ' if self.undone else ''}{self.what or self.action} ({self.changes} {'row' if self.changes == 1 else 'rows'})"

    __str__ = __repr__

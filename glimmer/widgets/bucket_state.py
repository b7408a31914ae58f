"""What a browser is told of a bucket: an index of its entries, small enough to send whole, and what is on the cards that are looked at.

Defaults are left out of what is sent: 10,000 entries are a megabyte that way and three without. Details are asked for when they are needed
(`bucket_asks`).
"""

from __future__ import annotations

from typing import Any, Final, Literal

from pydantic import Field

from glimmer.vocabulary import Noun

__all__ = ["ACCEPTS", "USUAL_MEDIA", "BucketState", "CardTold", "EntryTold", "FieldTold", "TakeTold", "ToMake", "Work", "told"]

Medium = Literal["picture", "video", "sound", "text", "none"]

USUAL_MEDIA: Final[dict[str, Medium]] = {
    "video": "picture",
    "characters": "picture",
    "audio": "sound",
    "music": "sound",
    "prompts": "text",
    "screenplays": "text",
}
ACCEPTS: Final = {  # what a file dialog offers; what is taken is decided by what the file is
    "video": "image/png,image/jpeg,image/webp,video/*,.mkv,.cube",
    "characters": "image/png,image/jpeg,image/webp",
    "audio": "audio/*,.flac,.wav,.mp3,.ogg,.m4a",
    "music": "audio/*,.flac,.wav,.mp3,.ogg,.m4a",
    "prompts": ".txt,.prompt",
    "screenplays": ".fountain,.txt,.spmd",
}


class EntryTold(Noun):
    """One entry in the index. at: its place in the bucket's own order. kind: "" for the bucket's usual one. media: what the take that cuts
    use is, left out where it is what this bucket usually has. in_cut: the newest cut has a clip of it, of whichever take."""

    name: str
    at: int = 0
    kind: str = ""
    media: str = ""
    takes: int = 0
    used: int = 0
    circled: bool = False
    rating: int = 0
    tags: list[str] = Field(default_factory=list)
    noted: bool = False
    seconds: float = 0.0
    usd: float = 0.0
    in_cut: bool = False


class ToMake(Noun):
    """What the plan would make here, with what has to be made before it: how many things, about how long, for how much."""

    rows: int = 0
    seconds: float = 0.0
    usd: float = 0.0
    words: str = ""  # "8 shots · 2 sheets"


class Work(Noun):
    """What is being made now by this face."""

    id: str = ""
    what: str = ""
    done: float = 0.0
    total: float = 0.0
    note: str = ""
    left_seconds: float = 0.0
    stopping: bool = False


class BucketState(Noun):
    """What a bucket's face shows. entries by key; states: key -> stale, missing, blocked, of those that are not current.

    planned: whether the states are of this revision; they follow a moment later. problem: why nobody can tell the states, "" where they are
    told. undo, redo: what the next step is, "" for none.
    """

    film: str
    bucket: str
    one: str
    revision: str
    entries: dict[str, EntryTold] = Field(default_factory=dict)
    states: dict[str, Literal["stale", "missing", "blocked"]] = Field(default_factory=dict)
    planned: bool = False
    problem: str = ""
    to_make: ToMake = ToMake()
    usd: float = 0.0
    trash: int = 0
    work: Work = Work()
    undo: str = ""
    redo: str = ""
    script: int = 0  # the newest screenplay's version, 0 for none
    accepts: str = ""
    paid: bool = False  # whether somebody who works on this film is paid for it
    models: str = ""


class CardTold(Noun):
    """What is on one card, asked for when it comes into sight. media_type, asset: of the take that cuts use."""

    asset: str = ""
    media_type: str = ""
    model: str = ""
    said: str = ""
    note: str = ""
    why: str = ""  # why it is not current
    make_seconds: float = 0.0
    make_usd: float = 0.0
    palette: list[str] = Field(default_factory=list)
    notices: list[str] = Field(default_factory=list)


class TakeTold(Noun):
    """One take, as the entry's page shows it."""

    number: int
    model: str = ""
    media_type: str = ""
    asset: str = ""
    seconds: float = 0.0
    usd: float = 0.0
    made_at: str = ""
    rating: int = 0
    note: str = ""
    notices: list[str] = Field(default_factory=list)
    used: bool = False
    circled: bool = False
    trashed: bool = False
    in_cut: bool = False
    text: str = ""  # of a prompt's wording


class FieldTold(Noun):
    """One field that can be edited. kind says how: a choice among options, a number from low to high, a colour "#rrggbb", yes or no, words.
    set: a person has said it, and taking it back gives it to the rules."""

    name: str
    label: str
    kind: Literal["choice", "number", "colour", "flag", "words", "long"]
    value: str | float | bool = ""
    options: list[str] = Field(default_factory=list)
    low: float = 0.0
    high: float = 0.0
    step: float = 0.0
    unit: str = ""
    group: str = ""
    set: bool = False
    usual: str = ""  # what stands where nothing is said


def told(noun: Noun) -> dict[str, Any]:
    """A noun as it is sent: what is as usual is left out."""
    return noun.model_dump(mode="json", exclude_defaults=True)

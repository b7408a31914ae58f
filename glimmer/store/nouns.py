"""What the store gives back: frozen values."""

from __future__ import annotations

from typing import Literal

from glimmer.vocabulary import Noun

__all__ = ["EntryRow", "Input", "JobRow", "Take"]


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
    seconds, end seconds). usd is what it cost when it was made.
    """

    id: int
    number: int
    request_key: str
    made_for: str
    model: str
    asset: str
    media_type: str
    seconds: float = 0.0
    usd: float = 0.0
    words: tuple[tuple[str, float, float], ...] = ()
    focus: tuple[float, float] = (0.5, 0.45)
    notices: tuple[str, ...] = ()
    source_asset: str = ""
    made_at: str = ""


class EntryRow(Noun):
    """One thing in a bucket and its takes. `wanted` is the made_for that the film asks for now; `circled` a take number or 0."""

    id: int
    bucket: str
    key: str
    name: str
    position: int
    state: str = "{}"  # JSON, the bucket's own business
    circled: int = 0
    wanted: str = ""
    active: bool = True
    takes: tuple[Take, ...] = ()

    @property
    def used(self) -> Take | None:
        """The take that cuts use: the circled one, else the first made for what the film asks for now, else the newest."""
        for take in self.takes:
            if self.circled and take.number == self.circled:
                return take
        return next((take for take in self.takes if take.made_for == self.wanted), self.takes[-1] if self.takes else None)


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

"""What a chat's browser half is told: the conversation as plain values by id. Fields at their default are left out on the wire.

A message is a turn's one side: "17y" is what a person said in turn 17, "17g" what was answered. An answer is parts in the order they came,
words and calls, by the row of the store that holds them: "18" is words, "19.0" the first call of row 19.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from glimmer.vocabulary import Noun

__all__ = ["Busy", "CallCard", "ChatState", "MadeCard", "MessageState", "PartState", "ProblemState", "QueuedState", "TalkState"]

Busy = Literal["", "here", "elsewhere", "stopping"]


class MadeCard(Noun):
    """A take that a call made, or that a person attached. asset: its sha256, "" where it is not there any more."""

    bucket: str
    key: str
    take: int
    name: str
    asset: str = ""
    media_type: str = ""
    seconds: float = 0.0


class CallCard(Noun):
    """A call and how it stands. share: of its work, 0..1, -1 where nobody knows; label, progress: in words. why: what a yes is needed for."""

    name: str
    line: str
    state: str
    seconds: float = 0.0
    usd: float = 0.0
    high_usd: float = 0.0
    answer: str = ""
    why: str = ""
    digest: str = ""
    makes: tuple[MadeCard, ...] = ()
    render: int = 0
    script: int = 0
    cut: int = 0
    label: str = ""
    share: float = -1.0
    progress: str = ""


class PartState(Noun):
    """row, at: where it lies in the store, and with that its order; at is -1 for words."""

    row: int
    at: int = -1
    text: str = ""
    call: CallCard | None = None


class MessageState(Noun):
    """number: its place in the conversation. small: not typed, but said with a button. attached: what came along."""

    number: int
    role: Literal["you", "glimmer"]
    turn: int
    text: str = ""
    parts: dict[str, PartState] = Field(default_factory=dict)
    attached: tuple[MadeCard, ...] = ()
    small: bool = False
    state: str = "done"
    notice: str = ""
    usd: float = 0.0
    seconds: float = 0.0
    made_at: str = ""
    model: str = ""


class TalkState(Noun):
    number: int
    title: str = ""
    rows: int = 0
    made_at: str = ""


class QueuedState(Noun):
    """Said while something else was answered. order: lower is sooner."""

    order: int
    text: str


class ProblemState(Noun):
    """What could not be said, and why. text: goes back to whoever wrote it."""

    words: str
    text: str = ""


class ChatState(Noun):
    """number: of the conversation, 0 while nothing was said. earlier: how many messages before these can be asked for. held: what is queued
    waits for a word, because the turn before was stopped. pending: how many calls wait for a yes."""

    film: str
    number: int = 0
    title: str = ""
    models: str = ""
    rehearsal: bool = False
    spent_usd: float = 0.0
    talks: dict[str, TalkState] = Field(default_factory=dict)
    messages: dict[str, MessageState] = Field(default_factory=dict)
    earlier: int = 0
    busy: Busy = ""
    queue: dict[str, QueuedState] = Field(default_factory=dict)
    held: bool = False
    pending: int = 0
    problem: ProblemState = ProblemState(words="")
    examples: tuple[str, ...] = ()  # what can be said, where nothing was said yet
    first: str = ""  # what the film was begun with, for its first message

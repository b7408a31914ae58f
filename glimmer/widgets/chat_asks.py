"""What a browser may ask of a chat."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from glimmer.limits import MAX_MESSAGE_CHARS
from glimmer.vocabulary import Noun
from glimmer.widgets.wire import Ask

__all__ = [
    "Again",
    "Answer",
    "Attach",
    "Attached",
    "Dismiss",
    "Earlier",
    "Edit",
    "Fork",
    "NewTalk",
    "OpenTalk",
    "Page",
    "Regenerate",
    "Rename",
    "Resume",
    "Say",
    "SendQueued",
    "Stop",
    "Strip",
    "TakeBack",
]


class Attached(Noun):
    """A take that goes along with a message. take: 0 for the one that cuts use."""

    bucket: str = Field(max_length=40)
    key: str = Field(max_length=400)
    take: int = Field(default=0, ge=0)


class Say(Ask):
    """Say something; where something is being answered, it is queued. Answers {queued}."""

    verb: ClassVar[str] = "say"
    text: str = Field(max_length=MAX_MESSAGE_CHARS)
    allow_usd: float = Field(default=0.0, ge=0, le=100_000)
    attached: list[Attached] = Field(default_factory=list, max_length=20)


class Stop(Ask):
    """End the turn that is under way, and hold what is queued. Answers whether there was one here."""

    verb: ClassVar[str] = "stop"


class TakeBack(Ask):
    """Take a queued message back. Answers its text, "" where it is being answered already."""

    verb: ClassVar[str] = "take_back"
    id: str = Field(max_length=64)


class SendQueued(Ask):
    """Let what is queued and held be said now."""

    verb: ClassVar[str] = "send_queued"


class Answer(Ask):
    """Yes or no to a call that waits for it, and to no other."""

    verb: ClassVar[str] = "answer"
    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    yes: bool


class Resume(Ask):
    """Go on with the last turn, which was cut short."""

    verb: ClassVar[str] = "resume"
    allow_usd: float = Field(default=0.0, ge=0, le=100_000)


class Again(Ask):
    """Try a call once more that failed."""

    verb: ClassVar[str] = "again"
    row: int = Field(ge=1)
    at: int = Field(ge=0)
    allow_usd: float = Field(default=0.0, ge=0, le=100_000)


class Regenerate(Ask):
    """Have a turn answered anew, in a conversation of its own that ends before it. Answers its number."""

    verb: ClassVar[str] = "regenerate"
    turn: int = Field(ge=1)
    allow_usd: float = Field(default=0.0, ge=0, le=100_000)


class Edit(Ask):
    """Say a turn's message in other words, in a conversation of its own that ends before it. Answers its number."""

    verb: ClassVar[str] = "edit"
    turn: int = Field(ge=1)
    text: str = Field(max_length=MAX_MESSAGE_CHARS)
    allow_usd: float = Field(default=0.0, ge=0, le=100_000)


class Fork(Ask):
    """Another conversation with the messages up to this one. Answers its number."""

    verb: ClassVar[str] = "fork"
    at: int = Field(ge=1)


class NewTalk(Ask):
    """Begin another conversation. Answers its number."""

    verb: ClassVar[str] = "new_talk"


class OpenTalk(Ask):
    """Go to another conversation."""

    verb: ClassVar[str] = "open_talk"
    number: int = Field(ge=1)


class Rename(Ask):
    """Call this conversation something else."""

    verb: ClassVar[str] = "rename"
    title: str = Field(min_length=1, max_length=200)


class Earlier(Ask):
    """Show more of what was said before."""

    verb: ClassVar[str] = "earlier"


class Attach(Ask):
    """Take an uploaded file into the film. Answers {bucket, key, take, name, asset, media_type, seconds}; of a script {script, words}."""

    verb: ClassVar[str] = "attach"
    upload: str = Field(max_length=64)


class Page(Ask):
    """A version of the script as pages. Answers {title, version, elements: [{kind, text}], more}."""

    verb: ClassVar[str] = "page"
    version: int = Field(ge=1)


class Strip(Ask):
    """A version of the cut as a strip. Answers {version, frames, rate, tracks: [{name, role, clips: [{name, start, frames, picture}]}]}."""

    verb: ClassVar[str] = "strip"
    version: int = Field(ge=1)


class Dismiss(Ask):
    """What went wrong was read."""

    verb: ClassVar[str] = "dismiss"

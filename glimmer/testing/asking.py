"""What both APIs are about, without their spellings: a request as it was meant, and the answer that the model gives to it.

`generating` and `interacting` read their wire shapes into an Asked and write an Answer back; `brain` stands between them and sees neither.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final

__all__ = ["ALIASES", "Answer", "Asked", "Call", "Declared", "MODELS", "Media", "Result", "VOICES"]

# What each model can give, and over which API. "text" models take tools and schemas.
MODELS: Final[dict[str, frozenset[str]]] = {
    **dict.fromkeys(
        ("gemini-3.8-flash", "gemini-4-argon", "gemini-4-carbon", "gemini-4-hydrogen", "gemini-3.7-flash", "gemini-3.6-flash")
        + ("gemini-3.5-flash", "gemini-3.5-flash-lite", "gemini-2.5-flash", "gemini-2.5-pro", "gemini-2.5-flash-lite"),
        frozenset(("text", "generate", "interactions")),
    ),
    **dict.fromkeys(
        ("gemini-nano-banana-2.1", "gemini-3-pro-image", "gemini-3.1-flash-lite-image"),
        frozenset(("text", "image", "generate", "interactions")),
    ),
    **dict.fromkeys(("gemini-3.8-flash-tts", "gemini-3.8-flash-lite-tts"), frozenset(("speech", "generate", "interactions"))),
    **dict.fromkeys(("gemini-omni-1.2-flash", "gemini-omni-1.1-flash"), frozenset(("video", "interactions"))),
    "lyria-3.5": frozenset(("music", "interactions")),
    "lyria-3-clip-preview": frozenset(("music", "generate", "interactions")),
    "veo-3.1-generate-001": frozenset(("video", "cloud")),
}
MOST_IMAGES: Final = 14  # that a picture model is shown
MOST_REFERENCES: Final = 6  # that a film model is shown


ALIASES: Final = {  # of v1beta alone
    "gemini-flash-latest": "gemini-3.8-flash",
    "gemini-flash-lite-latest": "gemini-3.5-flash-lite",
    "gemini-pro-latest": "gemini-4-argon",
}
VOICES: Final = frozenset(
    "achernar achird algenib algieba alnilam aoede autonoe callirrhoe charon despina enceladus erinome fenrir gacrux iapetus kore laomedeia "
    "leda orus puck pulcherrima rasalgethi sadachbia sadaltager schedar sulafat umbriel vindemiatrix zephyr zubenelgenubi".split()
)


@dataclass(frozen=True)
class Call:
    """The model wants a tool."""

    name: str
    arguments: dict[str, Any]
    id: str = ""


@dataclass(frozen=True)
class Result:
    """What a tool came to, as the caller says."""

    name: str
    text: str
    is_error: bool = False
    id: str = ""


@dataclass(frozen=True)
class Declared:
    """A tool that the model was told of."""

    name: str
    description: str
    parameters: dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """A request, whichever API it came by. words: what the user said last. history: all that was said, oldest first."""

    kind: str
    api: str
    model: str
    words: str = ""
    system: str = ""
    history: tuple[str, ...] = ()
    tools: tuple[Declared, ...] = ()
    results: tuple[Result, ...] = ()  # of the calls before, where these are what the turn brings
    rounds: int = 0  # how many rounds of calls this turn had already
    schema: dict[str, Any] | None = None
    must_call: tuple[str, ...] = ()  # names; ("*",) for any
    may_call: bool = True
    images: int = 0
    aspect: str = "16:9"
    scale: str = "1K"
    mime_type: str = ""
    rate_hz: int = 0
    voices: tuple[tuple[str, str], ...] = ()  # (speaker, voice)
    seconds: int = 8
    resolution: str = "720p"
    delivery: str = ""
    max_tokens: int = 65_536
    stream: bool = False
    background: bool = False
    thinks: bool = True

    def tokens_in(self) -> int:
        said = sum(len(each) for each in (self.system, *self.history)) // 4
        declared = sum(len(each.name) + len(each.description) + len(str(each.parameters)) for each in self.tools) // 4
        return max(1, said + declared + 258 * self.images)


@dataclass(frozen=True)
class Media:
    """A file that the model made."""

    body: bytes
    mime_type: str
    rate_hz: int = 0
    channels: int = 0


@dataclass(frozen=True)
class Answer:
    """What the model says. finish is generateContent's reason; `blocked` is of the prompt. pause: seconds between the chunks of a stream."""

    text: str = ""
    chunks: tuple[str, ...] = ()
    calls: tuple[Call, ...] = ()
    media: Media | None = None
    thought: str = ""
    finish: str = "STOP"
    finish_message: str = ""
    blocked: str = ""
    pause: float = 0.0
    odd: str = ""  # "step" or "status": something that no SDK knows
    tokens_out: int = 0
    tokens_thought: int = 0
    says_usage: bool = True
    files: tuple[str, ...] = field(default=())

    def without_content(self, finish: str, message: str = "") -> Answer:
        return replace(self, text="", chunks=(), calls=(), media=None, finish=finish, finish_message=message)

    def pieces(self) -> tuple[str, ...]:
        """The text as a stream brings it: as scripted, else about four words at a time."""
        if self.chunks:
            return self.chunks
        words = self.text.split(" ")
        groups = [" ".join(words[at : at + 4]) for at in range(0, len(words), 4)]
        return tuple(group + (" " if at < len(groups) - 1 else "") for at, group in enumerate(groups)) if self.text else ()

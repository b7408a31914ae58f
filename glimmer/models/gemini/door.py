"""The Gemini door: the one place through which bytes go to Google and come back. Both of its APIs, one client, one tree of errors.

    generate   generateContent and its stream: text, tools, structured answers      (models/gemini/text.py, talk.py)
    interact   the Interactions API: pictures, clips, speech, music                 (pictures.py, speech.py, music.py)
    follow     waits for what runs on the server; sends nothing that costs
    download   the bytes of what came back, wherever they are
    upload     a file for the server to read, for 48 hours

Nothing is sent twice that might have been taken once (`sending`), and no reply passes for whole that is not (`classify`).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import Field

from glimmer.models.pricing import Usage
from glimmer.models.talking import Outcome, Part, ToolSpec
from glimmer.vocabulary import Noun

__all__ = ["Door", "Interaction", "Medium", "Reply", "the_door"]


class Medium(Noun):
    """One piece of media in a reply: its bytes, or where the server keeps them (`Door.download` fetches them)."""

    media_type: str
    content: bytes = Field(default=b"", repr=False)
    uri: str = ""


class Reply(Noun):
    """What generateContent answered. Only `outcome` "ok" is a whole answer; `reason` says in words what is wrong with any other.

    parts: in the order in which they came. native: the server's own content as JSON, to be sent back as it came.
    """

    model: str
    parts: tuple[Part, ...] = ()
    media: tuple[Medium, ...] = ()
    usage: Usage = Usage()
    outcome: Outcome = "ok"
    reason: str = ""
    model_version: str = ""
    response_id: str = ""
    native: str = ""

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts if part.kind == "text")

    @property
    def calls(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.kind == "call")


class Interaction(Noun):
    """What the Interactions API knows of one piece of work. `status` is the server's word; `outcome` is "ok" once it ended well.

    While it runs `outcome` is "ok" too and `running` is true.
    """

    id: str
    model: str = ""
    status: str = ""
    text: str = ""
    media: tuple[Medium, ...] = ()
    usage: Usage = Usage()
    outcome: Outcome = "ok"
    reason: str = ""

    @property
    def running(self) -> bool:
        return self.status in ("in_progress", "queued")


class Door:
    """One client for one key, alive as long as the door is: a google-genai client that nobody holds closes itself in mid-request.

    Thread-safe. Made at once, connected when first used.
    """

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        """`environment`: where the key and the address are read, os.environ by default."""
        self._environment = environment
        self._lock = threading.Lock()
        self._client: Any = None

    def generate(
        self,
        model: str,
        *,
        contents: Sequence[Mapping[str, Any]],
        system: str = "",
        config: Mapping[str, Any] | None = None,
        tools: Sequence[ToolSpec] = (),
        on_text: Callable[[str], None] | None = None,
        whole: bool = True,
        high_usd: float = 0.0,
    ) -> Reply:
        """One reply of generateContent; streamed to `on_text` where that is given.

        whole: a reply that is not "ok" is raised; with False it is returned with what had arrived. high_usd: what an error says was
        spent where the server did not tell.
        Raises: ModelError (Blocked, Truncated, QuotaExceeded, OutcomeUnknown), SettingsError without a key, NotInstalled.
        """
        raise NotImplementedError

    def interact(
        self,
        model: str,
        *,
        input: str | Sequence[Mapping[str, Any]],
        response_format: Mapping[str, Any] | None = None,
        generation_config: Mapping[str, Any] | None = None,
        previous: str = "",
        background: bool = False,
        system: str = "",
        whole: bool = True,
        high_usd: float = 0.0,
    ) -> Interaction:
        """One interactions.create. With `background` it comes back running (its id is told to the watch): `follow` waits for it.

        Raises: as `generate`; OutcomeUnknown where it was sent and may have been taken.
        """
        raise NotImplementedError

    def follow(self, interaction_id: str, *, model: str = "", whole: bool = True, high_usd: float = 0.0) -> Interaction:
        """The interaction once it has ended. Looks again and again, which is free; stops where a person stopped the work.

        Raises: as `generate`; ModelError kind "interrupted" where it still runs after the longest wait: it can be followed again.
        """
        raise NotImplementedError

    def download(self, media: Medium) -> bytes:
        """The bytes of one medium, whether they came along or lie on the server. Never more than limits.MAX_MEDIA_BYTES."""
        raise NotImplementedError

    def upload(self, content: bytes, media_type: str) -> str:
        """The address of a file of these bytes on the server. Sent once and remembered for 47 hours, then sent again."""
        raise NotImplementedError


_the_door: Door | None = None
_making = threading.Lock()


def the_door() -> Door:
    """The door of this process."""
    global _the_door
    with _making:
        if _the_door is None:
            _the_door = Door()
        return _the_door

"""What stands behind the server's face: the state that its routes work on, and the record of what was received."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from glimmer.testing.asking import ALIASES, MODELS, Answer, Asked
from glimmer.testing.brain import Director, weighed
from glimmer.testing.faults import FaultScript
from glimmer.testing.filing import Cabinet
from glimmer.testing.generating import Signatures
from glimmer.testing.http_server import Incoming
from glimmer.testing.interaction_steps import Interaction
from glimmer.testing.refusing import Refused

__all__ = ["Backstage", "Received"]


@dataclass
class Received:
    """One request, as the server saw it. The key is in none of it: `headers` come without it, a body is what was parsed.

    at: seconds since the epoch. kind: text, stream, image, speech, music, video, upload, poll, download, file, cancel, delete, count,
    models, or "" where nothing of the kind is served. paid: work was done for it. fault: what befell it. status: what was answered.
    """

    at: float
    method: str
    path: str
    query: dict[str, str] = field(default_factory=dict)
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = ""
    api: str = ""
    model: str = ""
    paid: bool = False
    fault: str = ""
    status: int = 0
    digest: str = ""  # of what was asked, the same for the same
    asked: Asked | None = None


class Backstage:
    """The state of one fake server. `lock` guards all of it that has no lock of its own."""

    url = ""

    def __init__(self, key: str = "") -> None:
        self.key = key or "AIza" + secrets.token_hex(16) + "Cnr"  # 39 letters, as a real one
        self.models: dict[str, frozenset[str]] = dict(MODELS)
        self.lock = threading.RLock()
        self._count = 0
        self.forget()

    def forget(self) -> None:
        """Back to how it began, but for the key, the models and the ids that were given."""
        self.brain: Callable[[Asked], Answer] = Director()
        self.job_seconds = 0.3
        self.pause_before_reply = 0.0
        self.stream_pause = 0.0
        self.slow_seconds = 0.5
        self.faults = FaultScript()
        self.signatures = Signatures()
        self.interactions: dict[str, Interaction] = {}
        self.leaks: list[str] = []
        self._said: list[Answer] = []
        self._later = 0.0
        self.files = Cabinet(self.now, lambda: self.next_id("file"))

    def now(self) -> float:
        return time.time() + self._later

    def next_id(self, prefix: str) -> str:
        with self.lock:
            self._count += 1
            return f"{prefix}{self._count:06d}{self.key[6:14]}"

    def able(self, model: str, api: str, version: str = "v1") -> frozenset[str]:
        """What a model can do. Raises: Refused with 404 for one that there is not, or not over this API."""
        known = self.models.get(ALIASES.get(model, model) if version != "v1" else model)
        if known is None or api not in known:
            how = "generateContent" if api == "generate" else "interactions"
            raise Refused(404, f"models/{model} is not found for API version {version}, or is not supported for {how}.")
        return known

    def decide(self, asked: Asked) -> Answer:
        """What the model says: as scripted, else as the brain says."""
        with self.lock:
            scripted = self._said.pop(0) if asked.kind in ("text", "stream") and self._said else None
        return weighed(self.brain(asked) if scripted is None else scripted, asked)

    def count(self, received: Received, asked: Asked) -> None:
        """Work is done now: from here on it is paid."""
        with self.lock:
            received.paid, received.asked = True, asked
        self.changed()

    def changed(self) -> None:
        """The counts are others now."""

    def stranger(self) -> str:
        """The address of another server, that no key is to be sent to."""
        return self.url

    def look_for_leaks(self, incoming: Incoming) -> None:
        places = {
            "in the path": incoming.path,
            "in the query": " ".join(incoming.query.values()),
            "in the body": incoming.body.decode("latin-1"),
            "in a header": " ".join(value for name, value in incoming.headers.items() if name != "x-goog-api-key"),
        }
        found = [where for where, words in places.items() if self.key in words]
        if "key" in incoming.query and "in the query" not in found:
            found.append("key= in the query")
        with self.lock:
            self.leaks += [f"{where} of {incoming.method} {incoming.path.replace(self.key, '…')}" for where in found]

"""What can go wrong on the way to Gemini, by name, and the script of what is to go wrong next.

Each fault was seen with the real SDK or is in its documents. A fault belongs to one layer: it takes the place of the reply before any
work was done (`status`, `wire`), spoils the reply on its way back although the work was done and is paid (`reply`), is what the model
itself answers (`answer`), or is the fate of a video job (`job`).
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Final, Literal

__all__ = ["CREATES", "FAULTS", "Fault", "FaultScript", "KINDS", "Scripted"]

CREATES: Final = ("text", "stream", "image", "speech", "music", "video")  # what is paid for
KINDS: Final = (*CREATES, "upload", "poll", "download", "file", "cancel", "delete", "count", "models")
_GROUPS: Final = {
    "any": frozenset(KINDS),
    "create": frozenset(CREATES),
    "text": frozenset(("text", "stream")),  # a stream is text too
    "job": frozenset(("video",)),
}
_MEDIA: Final = frozenset(("image", "speech", "music", "video"))
Layer = Literal["status", "wire", "reply", "answer", "job"]


@dataclass(frozen=True)
class Fault:
    """One thing that can go wrong. on: the kinds of request that it befalls where the script names none."""

    name: str
    layer: Layer
    words: str
    on: frozenset[str] = frozenset(CREATES)


_ANYTHING: Final = frozenset(KINDS)
_STREAM: Final = frozenset(("stream",))
_TEXT: Final = _GROUPS["text"]
_POLL: Final = frozenset(("poll",))

FAULTS: Final[dict[str, Fault]] = {
    each.name: each
    for each in (
        Fault("400", "status", "INVALID_ARGUMENT, whatever was sent"),
        Fault("401", "status", "UNAUTHENTICATED"),
        Fault("403", "status", "PERMISSION_DENIED"),
        Fault("404", "status", "NOT_FOUND"),
        Fault("409", "status", "ABORTED"),
        Fault("429-minute", "status", "the rate of a minute is used up: RetryInfo says 0.2 s"),
        Fault("429-day", "status", "the quota of a day is used up: QuotaFailure with quotaId …PerDay…"),
        Fault("429-bare", "status", "RESOURCE_EXHAUSTED without a word on why or how long"),
        Fault("500", "status", "INTERNAL, no work done"),
        Fault("503", "status", "UNAVAILABLE, no work done"),
        Fault("504", "status", "DEADLINE_EXCEEDED, no work done"),
        Fault("html-502", "status", "a proxy's page of HTML instead of JSON"),
        Fault(
            "redirect",
            "status",
            "307 to another server, which sees what is sent there: a key that comes along is a leak",
            _ANYTHING,
        ),
        Fault("key-in-error", "status", "403, and the server says the key in its message"),
        Fault("timeout", "wire", "the request is read and never answered"),
        Fault("reset", "wire", "the connection is reset (RST) before any answer"),
        Fault("slow-first-byte", "wire", "a good answer, after a pause of slow_seconds"),
        Fault("cut", "reply", "the work is done, the body of the answer ends half-way"),
        Fault("malformed", "reply", "the work is done, the answer is 200 with broken JSON"),
        Fault("empty-body", "reply", "the work is done, the answer is 200 with nothing in it"),
        Fault("500-after-work", "reply", "the work is done and paid, then 500"),
        Fault("503-after-work", "reply", "the work is done and paid, then 503"),
        Fault("504-after-work", "reply", "the work is done and paid, then 504"),
        Fault("reset-after-work", "reply", "the work is done and paid, then the connection is reset"),
        Fault("timeout-after-work", "reply", "the work is done and paid, and no answer ever comes"),
        Fault("stream-cut", "reply", "half of the stream, then the connection breaks", _STREAM),
        Fault("stream-clean-eof", "reply", "half of the stream, then a clean end without a finish reason", _STREAM),
        Fault("error-mid-stream", "reply", "half of the stream, then an error in it", _STREAM),
        Fault("malformed-mid-stream", "reply", "half of the stream, then a line that is no JSON", _STREAM),
        Fault("prompt-blocked", "answer", "the prompt is blocked: nothing comes back but the reason"),
        Fault("safety", "answer", "finish reason SAFETY, no content"),
        Fault("recitation", "answer", "finish reason RECITATION, no content"),
        Fault("image-safety", "answer", "finish reason IMAGE_SAFETY, no picture", frozenset(("image",))),
        Fault("no-image", "answer", "finish reason NO_IMAGE: words at most, no picture", frozenset(("image",))),
        Fault("no-media", "answer", "finished well, without the picture, sound or clip that was asked for", _MEDIA),
        Fault("unknown-finish", "answer", "a finish reason that no SDK knows yet"),
        Fault("max-tokens", "answer", "half of the answer, MAX_TOKENS"),
        Fault("malformed-call", "answer", "MALFORMED_FUNCTION_CALL, no call", _TEXT),
        Fault("unknown-tool", "answer", "a call of a tool that was not declared", _TEXT),
        Fault("bad-arguments", "answer", "a call with arguments of wrong types and names", _TEXT),
        Fault("empty-name", "answer", "a call of a tool without a name", _TEXT),
        Fault("empty", "answer", "finished well, with nothing in it"),
        Fault("thought-only", "answer", "finished well, with nothing but thoughts in it", _TEXT),
        Fault("broken-json", "answer", "JSON was asked for; it ends half-way", _TEXT),
        Fault("wrong-json", "answer", "JSON was asked for; it is valid, but not what the schema says", _TEXT),
        Fault("broken-media", "answer", "media came, but its bytes are no such file", _MEDIA),
        Fault("unknown-step", "answer", "a step, part or status field that no SDK knows yet stands before the answer"),
        Fault("unknown-status", "answer", "an interaction with a status that no SDK knows yet"),
        Fault("no-usage", "answer", "a good answer that does not say what it used"),
        Fault("job-failed", "job", "the job ends failed", frozenset(("video",))),
        Fault("job-blocked", "job", "the job ends failed, and its errors say that it was blocked", frozenset(("video",))),
        Fault("job-empty", "job", "the job ends completed, with no clip in it", frozenset(("video",))),
        Fault(
            "foreign-uri",
            "job",
            "the clip's address is on another server: a key that is sent there is a leak",
            frozenset(("video",)),
        ),
        Fault("job-stuck-then-done", "job", "the job takes eight times as long", frozenset(("video",))),
        Fault("job-cancelled", "job", "the job ends cancelled, though nobody asked for that", frozenset(("video",))),
        Fault("lost-job", "status", "404: the server knows the job no more", _POLL),
        Fault(
            "moved-file",
            "status",
            "302 to another server where the file lies, open to all: no key belongs there",
            frozenset(("download",)),
        ),
        Fault("expired-file", "status", "403: the file is gone, 48 hours are over", frozenset(("download", "file"))),
    )
}


@dataclass
class Scripted:
    """A fault that waits for its turn. times: how often it befalls, 0 for always."""

    fault: Fault
    on: frozenset[str]
    api: str = ""
    times: int = 1
    after: int = 0  # requests that it lets by first
    befell: int = 0

    @property
    def used(self) -> bool:
        return self.befell >= max(1, self.times)

    def __str__(self) -> str:
        where = self.api or ", ".join(sorted(self.on))
        return f'"{self.fault.name}" on {where}: befell {self.befell} of {self.times or "all"}'


@dataclass
class FaultScript:
    """The faults to come, in the order in which they were written down. Safe from many threads."""

    scripted: list[Scripted] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, name: str, on: str | None, times: int, after: int) -> None:
        """Raises: ValueError for a fault or a kind of request that there is not."""
        fault = FAULTS.get(name)
        if fault is None:
            raise ValueError(f'no fault "{name}"; there are: {", ".join(FAULTS)}. See glimmer.testing.FAULTS.')
        if times < 0 or after < 0:
            raise ValueError(f"times={times}, after={after}; expected 0 or more, times=0 for always.")
        api = on if on in ("interactions", "generate") else ""
        known = on is None or api or on in _GROUPS or on in KINDS
        if not known:
            raise ValueError(
                f'no requests of the kind "{on}"; there are: {", ".join(KINDS)}, create, any, and the APIs interactions and generate.'
            )
        kinds = fault.on if on is None or api else _GROUPS.get(on or "", frozenset((on or "",)))
        with self._lock:
            self.scripted.append(Scripted(fault, kinds, api, times, after))

    def next(self, kind: str, api: str) -> Fault | None:
        """What befalls this request; None for nothing. One request takes one fault at most."""
        with self._lock:
            for each in self.scripted:
                if kind not in each.on or (each.api and each.api != api) or (each.times and each.befell >= each.times):
                    continue
                if each.after:
                    each.after -= 1
                    continue
                each.befell += 1
                return each.fault
        return None

    def unused(self) -> list[str]:
        with self._lock:
            return [str(each) for each in self.scripted if not each.used]

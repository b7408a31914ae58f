"""The Gemini door: the one place through which bytes go to Google and come back. Both of its APIs, one client, one tree of errors.

    generate   generateContent and its stream: text, tools, structured answers      (models/gemini/text.py, talk.py)
    interact   the Interactions API: pictures, clips, speech, music                 (pictures.py, speech.py, music.py)
    follow     waits for what runs on the server; sends nothing that costs
    download   the bytes of what came back, wherever they are
    upload     a file for the server to read, for 48 hours

Nothing is sent twice that might have been taken once (`sending`), and no reply passes for whole that is not (`classify`).
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from glimmer import limits
from glimmer.errors import Blocked, Cancelled, ModelError, OutcomeUnknown, PriceUnknown, QuotaExceeded, Truncated
from glimmer.models.gemini import prices
from glimmer.models.gemini.gathering import Gathering, Medium, Reply
from glimmer.models.gemini.interaction import Interaction, interaction_of
from glimmer.models.gemini.opening import Address, address_of, open_client
from glimmer.models.gemini.sending import Errand, send
from glimmer.models.gemini.waiting import Lanes, sleep_unless_stopped
from glimmer.models.pricing import Usage
from glimmer.models.talking import Outcome, ToolSpec
from glimmer.models.watching import check_stopped, the_watch

if TYPE_CHECKING:
    from google.genai import Client

    from glimmer.models.gemini.wire import Passage

__all__ = ["Door", "Interaction", "Medium", "Reply", "the_door"]

# How long the server may be silent. A whole answer is silent until it is done: thinking takes minutes. A stream is not.
STREAM_SECONDS: Final = 180.0
ANSWER_SECONDS: Final = 300.0
MEDIA_SECONDS: Final = 600.0  # a picture takes 30 s, a song two minutes
LOOK_SECONDS: Final = 30.0  # for what answers at once: the start of a job, a look at it
FOLLOW_SECONDS: Final = 45 * 60.0  # a 4K clip in a busy hour
_LOOK_PAUSES: Final = (0.1, 0.2, 0.5, 1.0, 2.0, 3.0)  # between looks at what runs; then every 5 s
_SLOWEST_PAUSE: Final = 5.0
_STRANGE_LOOKS: Final = 5  # at a status that nobody knows, before it is told
_GONE_LOOKS: Final = 5  # at a job that the server says it does not know: one of its machines may not know it yet
_ANSWER_BYTES: Final = 256 * 1024**2  # the largest JSON: a clip of 15 s in 4K, in base64
_FILE_SECONDS: Final = 47 * 3600.0  # files live 48 hours on the server
_FILES_REMEMBERED: Final = 1_000
_FILE_NAME: Final = re.compile(r"(?:^|/)files/([A-Za-z0-9_-]{1,64})(?=$|[:/?#])")
_GOOGLES: Final = (".googleapis.com", ".googleusercontent.com", ".google.com")


class Door:
    """One client for one key, alive as long as the door is: a google-genai client that nobody holds closes itself in mid-request.

    Thread-safe. Made at once, connected when first used.
    """

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        """`environment`: where the key and the address are read, os.environ by default."""
        # The environment is never a local variable: a traceback that shows variables would show the key in it.
        self.address: Address = address_of(os.environ if environment is None else environment)
        self._most_silence = _seconds(
            (os.environ if environment is None else environment).get("GLIMMER_GEMINI_TIMEOUT_SECONDS", "")
        )
        self._lock = threading.Lock()
        self._opened: Client | None = None
        self._lanes = Lanes()
        self._uploads: dict[str, tuple[str, float]] = {}
        self._uploading: dict[str, threading.Lock] = {}

    def __repr__(self) -> str:
        return f"Door({self.address.note})"

    # ── generateContent ────────────────────────────────────────────────────────────────────────────────────
    def generate(
        self,
        model: str,
        *,
        contents: Sequence[Any],
        system: str = "",
        config: Mapping[str, Any] | None = None,
        tools: Sequence[ToolSpec] = (),
        on_text: Callable[[str], None] | None = None,
        whole: bool = True,
        high_usd: float = 0.0,
    ) -> Reply:
        """One reply of generateContent; streamed, with its text to `on_text`, where that is given.

        whole: a reply that is not "ok" is raised; with False it is returned with what had arrived. high_usd: what an error says was
        spent where the server did not tell.
        Raises: ModelError (Blocked, Truncated, QuotaExceeded, OutcomeUnknown), SettingsError without a key, NotInstalled; Cancelled.
        """
        client = self._client()
        asked = _config(system, config, tools)
        dear = bool(set(asked.get("response_modalities") or ()) - {"TEXT"})
        gathering = Gathering(model)

        def action(passage: Passage) -> Reply:
            if on_text is None:
                self._take(gathering, client.models.generate_content(model=model, contents=list(contents), config=asked), passage)
                return gathering.reply(bytes(passage.tail))
            for piece in client.models.generate_content_stream(model=model, contents=list(contents), config=asked):
                self._take(gathering, piece, passage, on_text)
                check_stopped()
            return gathering.reply(bytes(passage.tail), cut="" if gathering.started else "the stream ended before a word had come")

        silence = STREAM_SECONDS if on_text is not None else MEDIA_SECONDS if dear else ANSWER_SECONDS
        errand = self._errand(model, "the request", paid=True, dear=dear, high_usd=high_usd, silence=silence)
        broke: ModelError | Cancelled | None = None
        try:
            reply = send(errand, self._lanes[model], action)
        except (ModelError, Cancelled) as error:
            if whole or not gathering.started:
                raise
            broke = error
        if broke is not None:
            return gathering.reply(cut=broke.message)
        if whole and reply.outcome != "ok":
            raise _refusal(reply.outcome, reply.reason, model, reply.usage, high_usd)
        return reply

    @staticmethod
    def _take(gathering: Gathering, piece: Any, passage: Passage, on_text: Callable[[str], None] | None = None) -> None:
        """One piece of an answer. What `on_text` raises is the caller's own, and goes out as it is."""
        passage.answering = True

        def deliver(text: str) -> None:
            try:
                on_text(text)  # type: ignore[misc]
            except Exception as error:
                passage.fail(error)
                raise

        gathering.add(piece, deliver if on_text is not None else None)
        if on_text is None and gathering.holds_nothing:
            raise ValueError("it holds nothing of a reply")

    # ── interactions ───────────────────────────────────────────────────────────────────────────────────────
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
        """One interactions.create. With `background` it comes back running (its id was told to the watch): `follow` waits for it.

        Google keeps what runs in the background (it could not be collected otherwise), and nothing else.
        Raises: as `generate`; OutcomeUnknown where it was sent and may have been taken.
        """
        client = self._client()
        given: dict[str, Any] = {
            "model": model,
            "input": input if isinstance(input, str) else [dict(part) for part in input],
            "store": background,
            # What runs in the background goes on by itself; else each hop of a continuation would be one more bill.
            **({"background": True} if background else {"automatic_continuation": False}),
            **({"response_format": dict(response_format)} if response_format else {}),
            **({"generation_config": dict(generation_config)} if generation_config else {}),
            **({"previous_interaction_id": previous} if previous else {}),
            **({"system_instruction": system} if system else {}),
        }

        def action(passage: Passage) -> Interaction:
            found = interaction_of(client.interactions.create(**given), model)
            if found.running and not found.id:
                raise ValueError("it runs, and has no name")
            return found.expecting(str((response_format or {}).get("type") or ""))

        silence = LOOK_SECONDS * 2 if background else MEDIA_SECONDS
        errand = self._errand(model, "the request", paid=True, dear=True, high_usd=high_usd, silence=silence)
        found = send(errand, self._lanes[model], action)
        if found.id and (background or found.running):
            the_watch().running(found.id)
        return _whole(found, model, high_usd) if whole else found

    def follow(self, interaction_id: str, *, model: str = "", whole: bool = True, high_usd: float = 0.0) -> Interaction:
        """The interaction once it has ended. Looks again and again, which is free; stops where a person stopped the work.

        Raises: as `generate` where it ended otherwise than well, ModelError kind "failed" where the server knows it no more, and kind
        "interrupted" where nobody knows how it stands (no network, no key, a wait without an end): it can be followed again.
        """
        started, looks, strange, gone = time.monotonic(), 0, 0, 0
        while True:
            check_stopped()
            found = self._look(interaction_id, model, high_usd, last=gone + 1 >= _GONE_LOOKS)
            gone = gone + 1 if found is None else 0
            strange = strange + 1 if found is not None and found.strange else 0
            if found is not None and not found.running and not 0 < strange < _STRANGE_LOOKS:
                return _whole(found, model or found.model, high_usd) if whole else found
            if time.monotonic() - started > FOLLOW_SECONDS:
                raise ModelError(
                    f"{interaction_id} still runs after {FOLLOW_SECONDS / 60:.0f} minutes. It is not lost: collect it later.",
                    kind="interrupted",
                    model=model,
                    remote_id=interaction_id,
                )
            sleep_unless_stopped(_LOOK_PAUSES[looks] if looks < len(_LOOK_PAUSES) else _SLOWEST_PAUSE)
            looks += 1

    def _look(self, interaction_id: str, model: str, high_usd: float, *, last: bool) -> Interaction | None:
        """How it stands now; None where the server does not know it, which is raised only at the `last` look."""
        client = self._client()

        def action(passage: Passage) -> Interaction:
            found = interaction_of(client.interactions.get(interaction_id), model)
            return found if found.id else found.model_copy(update={"id": interaction_id})

        errand = self._errand(
            model,
            f"the look at {interaction_id[:80]}",
            paid=False,
            silence=LOOK_SECONDS,
            remote_id=interaction_id,
            bytes_=_ANSWER_BYTES,
        )
        trouble: ModelError | None = None
        try:
            return send(errand, self._lanes[f"look {model}"], action)
        except ModelError as error:
            trouble = error
        if trouble.kind == "refused" and "(404" in trouble.message:
            if not last:
                return None
            raise ModelError(
                f"the server took the job {interaction_id[:80]}, and knows it no more: {trouble.message} It counts as spent, as it may have "
                "been billed; asked for again, it is made and paid anew.",
                kind="failed",
                model=model,
                usd=high_usd,
                remote_id=interaction_id,
            )
        raise ModelError(trouble.message, kind="interrupted", model=model, remote_id=interaction_id)

    # ── files ──────────────────────────────────────────────────────────────────────────────────────────────
    def download(self, media: Medium) -> bytes:
        """The bytes of one medium, whether they came along or lie on the server. Never more than limits.MAX_MEDIA_BYTES.

        Raises: ModelError kind "interrupted" where they can't be had now, "refused" where the server has them no more.
        """
        if media.content:
            return media.content
        errand = self._errand("", "the download", paid=False, silence=60.0, bytes_=min(limits.MAX_MEDIA_BYTES, 2 * 1024**3))
        client = self._client()
        named = _FILE_NAME.search(media.uri)
        if named is None and not _is_googles(media.uri):
            raise ModelError(
                f"the server's answer lies at {media.uri[:200]!r}; expected a file of its own. It was not fetched.",
                kind="malformed",
            )

        def action(passage: Passage) -> bytes:
            if named is not None:
                # By name, not by address: the SDK reads only https:// ones, and goes to its own server anyhow.
                content = client.files.download(file=f"files/{named[1]}")
            else:
                content = _fetch(media.uri)
            if not content:
                raise ValueError("the file is empty")
            return content

        trouble: ModelError | None = None
        try:
            return send(errand, self._lanes["files"], action)
        except ModelError as error:
            trouble = error
        # What is to be fetched was made: no trouble on the way may pass for one that never was.
        kind = "refused" if trouble.kind == "refused" else "interrupted"
        raise ModelError(trouble.message, kind=kind, model=trouble.model)

    def upload(self, content: bytes, media_type: str) -> str:
        """The address of a file of these bytes on the server. Sent once and remembered for 47 hours, then sent again.

        Raises: ModelError.
        """
        digest = hashlib.sha256(media_type.encode() + b"\n" + content).hexdigest()
        with self._lock:
            one_at_a_time = self._uploading.setdefault(digest, threading.Lock())
        with one_at_a_time:
            known = self._uploads.get(digest)
            if known is not None and time.monotonic() < known[1]:
                return known[0]
            uri = self._upload(content, media_type)
            with self._lock:
                while len(self._uploads) >= _FILES_REMEMBERED:
                    del self._uploads[next(iter(self._uploads))]
                self._uploads[digest] = (uri, time.monotonic() + _FILE_SECONDS)
                self._uploading.pop(digest, None)
            return uri

    def _upload(self, content: bytes, media_type: str) -> str:
        client = self._client()

        def action(passage: Passage) -> Any:
            return client.files.upload(file=io.BytesIO(content), config={"mime_type": media_type})

        def look(passage: Passage) -> Any:
            return client.files.get(name=str(sent.name))

        sent = send(self._errand("", "the upload", paid=False, silence=120.0), self._lanes["files"], action)
        started = time.monotonic()
        while _state(sent) == "PROCESSING" and time.monotonic() - started < 300:
            sleep_unless_stopped(0.5)
            sent = send(self._errand("", "the look at the upload", paid=False, silence=LOOK_SECONDS), self._lanes["files"], look)
        if _state(sent) in ("FAILED", "PROCESSING") or not sent.uri:
            raise ModelError(
                f"the server can't read the {media_type} of {len(content):,} bytes that was sent to it; expected media it knows. "
                "Send PNG, JPEG, WAV or MP4.",
                kind="refused",
            )
        return str(sent.uri)

    # ── small ──────────────────────────────────────────────────────────────────────────────────────────────
    def _client(self) -> Client:
        with self._lock:
            if self._opened is None:
                self._opened = open_client(self.address)
            return self._opened

    def _errand(
        self,
        model: str,
        what: str,
        *,
        paid: bool,
        silence: float,
        dear: bool = False,
        high_usd: float = 0.0,
        remote_id: str = "",
        bytes_: int = _ANSWER_BYTES,
    ) -> Errand:
        return Errand(
            model=model or "Gemini",
            paid=paid,
            dear=dear,
            high_usd=high_usd,
            what=what,
            remote_id=remote_id,
            read_seconds=min(silence, self._most_silence),
            most_bytes=bytes_,
            secret=self.address.key,
        )


_doors: dict[Address, Door] = {}
_choosing = threading.Lock()


def the_door() -> Door:
    """The door of this process for the key and the address that the environment names now."""
    address = address_of(os.environ)
    with _choosing:
        door = _doors.get(address)
        if door is None:
            _doors.clear()  # a door that somebody still works with stays open for as long as they hold it
            door = _doors[address] = Door()
        return door


def _config(system: str, config: Mapping[str, Any] | None, tools: Sequence[ToolSpec]) -> Any:
    asked: dict[str, Any] = {
        **(config or {}),
        "automatic_function_calling": {
            "disable": True
        },  # a model's calls are answered by the conversation, which asks before it spends
        "automatic_continuation": False,  # each hop would be one more bill
    }
    if system:
        asked["system_instruction"] = system
    if tools:
        told = [{"name": tool.name, "description": tool.description, "parameters_json_schema": tool.parameters} for tool in tools]
        asked["tools"] = [{"function_declarations": told}]
    return asked


def _whole(found: Interaction, model: str, high_usd: float) -> Interaction:
    if found.outcome == "ok":
        return found
    if found.quota:
        raise QuotaExceeded(
            f"{model}: {found.reason}. Raise the cap of the account in AI Studio, then ask again.",
            kind="quota",
            model=model,
            remote_id=found.id,
        )
    if found.strange:
        raise OutcomeUnknown(
            f"{model} answered, and nobody can know what became of it: {found.reason}. It may have been made and billed, so it is not sent "
            "again without your word.",
            kind="unknown",
            model=model,
            usd=high_usd,
            remote_id=found.id,
        )
    raise _refusal(found.outcome, found.reason, model, found.usage, high_usd, found.id)


def _refusal(outcome: Outcome, reason: str, model: str, usage: Usage, high_usd: float, remote_id: str = "") -> ModelError:
    """A reply that can't be used, as an error with what it cost all the same."""
    facts: dict[str, Any] = {
        "kind": outcome,
        "model": model,
        "usd": _billed(outcome, model, usage, high_usd),
        "remote_id": remote_id,
    }
    if outcome == "blocked":
        return Blocked(f"{model} refused: {reason}. It counts as spent. Reword what is shown or said, and ask again.", **facts)
    if outcome == "truncated":
        return Truncated(f"{model} did not come to the end: {reason}. Ask for less at once, or allow a longer answer.", **facts)
    return ModelError(f"{model} gave no usable answer: {reason}. Ask again, or word it otherwise.", **facts)


def _billed(outcome: Outcome, model: str, usage: Usage, high_usd: float) -> float:
    """By the server's own count. Where it counted nothing the most that it can be, as blocked and cut work is billed too; a job that
    failed on the server is not."""
    if usage != Usage():
        try:
            return prices.settle(model, usage)
        except PriceUnknown:
            return high_usd
    return 0.0 if outcome == "failed" else high_usd


def _is_googles(uri: str) -> bool:
    parts = urlsplit(uri)
    return parts.scheme == "https" and (parts.hostname or "").endswith(_GOOGLES)


def _fetch(uri: str) -> bytes:
    """What lies at an address of Google's, asked for without the key."""
    from glimmer.models.gemini.wire import http_client

    with http_client() as client:
        answer = client.get(uri)
        answer.raise_for_status()
        return bytes(answer.content)


def _state(file: Any) -> str:
    return str(getattr(file.state, "value", file.state) or "").upper()


def _seconds(given: str) -> float:
    """The longest silence that this machine puts up with; a day where nothing sensible is set."""
    try:
        seconds = float(given)
    except ValueError:
        return 86_400.0
    return seconds if 0.05 <= seconds <= 86_400 else 86_400.0

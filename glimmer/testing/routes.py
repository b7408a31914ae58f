"""Which path is which: from an Incoming to the API that serves it, with the fault that befalls it on the way there or back."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from glimmer.testing import generating, interacting, interaction_steps
from glimmer.testing.asking import Answer, Asked
from glimmer.testing.backstage import Backstage, Received
from glimmer.testing.faults import Fault
from glimmer.testing.http_server import Incoming, Reply, json_reply
from glimmer.testing.interaction_steps import Interaction
from glimmer.testing.refusing import Refused, fault_refusal
from glimmer.testing.spoiling import spoiled

__all__ = ["serve"]

INLINE_BYTES: Final = 4 * 1024**2  # what is bigger comes as an address
Work = Callable[[Fault | None], Reply]
_VERSION: Final = r"/(v1|v1beta|v1alpha)"


def serve(fake: Backstage, incoming: Incoming, received: Received) -> Reply:
    """Raises: Refused."""
    _check_key(fake, incoming)
    path = incoming.path
    if match := re.fullmatch(rf"{_VERSION}/models/([^/:]+):(\w+)", path):
        return _model_method(fake, incoming, received, match.groups())
    if match := re.fullmatch(rf"{_VERSION}/models(?:/([^/:]+))?", path):
        return _models(fake, received, match.group(2))
    if match := re.fullmatch(rf"{_VERSION}/interactions(?:/([^/]+?))?(/cancel)?", path):
        return _interactions(fake, incoming, received, match.group(2) or "", bool(match.group(3)))
    if match := re.fullmatch(rf"(/upload|/resumable/upload)?{_VERSION}/files(?:/([^/:]+))?(:download)?", path):
        return _files(fake, incoming, received, bool(match.group(1)), match.group(3) or "", bool(match.group(4)))
    raise Refused(404, f"The requested URL {path} was not found on this server.")


def _check_key(fake: Backstage, incoming: Incoming) -> None:
    given = incoming.headers.get("x-goog-api-key") or incoming.query.get("key")
    if incoming.query.get("upload_id"):  # the address of an upload is its own permission
        return
    if not given:
        raise Refused(
            403, "Method doesn't allow unregistered callers (callers without established identity). Please use API Key.", reason=""
        )
    if given != fake.key:
        raise Refused(400, "API key not valid. Please pass a valid API key.", reason="API_KEY_INVALID")


def _body(incoming: Incoming) -> dict[str, Any]:
    try:
        body = json.loads(incoming.body or b"{}")
    except (ValueError, UnicodeDecodeError):
        raise Refused(400, "Invalid JSON payload received. Unexpected token.") from None
    if not isinstance(body, dict):
        raise Refused(400, "Invalid JSON payload received. Expected an object.")
    return body


def _digest(path: str, body: Mapping[str, Any]) -> str:
    """What was asked, whichever way it is to come back."""
    kept = {name: value for name, value in body.items() if name not in ("stream", "background", "labels")}
    return hashlib.sha256(json.dumps([path, kept], sort_keys=True).encode()).hexdigest()


# ── faults ──────────────────────────────────────────────────────────────────────────────────────────────────
def _through(fake: Backstage, received: Received, work: Work) -> Reply:
    """The work's reply, or what befalls it."""
    fault = fake.faults.next(received.kind, received.api)
    received.fault = fault.name if fault else ""
    wait = fake.pause_before_reply + (fake.slow_seconds if received.fault == "slow-first-byte" else 0.0)
    if fault is None or fault.layer in ("answer", "job") or received.fault == "slow-first-byte":
        reply = work(fault)
        return replace(reply, wait=wait)
    if fault.layer == "wire":
        return Reply(0, ending="hang" if fault.name == "timeout" else "reset")
    if fault.layer == "status":
        return replace(_status_fault(fake, received, fault.name), wait=wait)
    return replace(_spoiled(fake, received, work(None), fault.name), wait=wait)


def _status_fault(fake: Backstage, received: Received, name: str) -> Reply:
    if name == "html-502":
        page = b"<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>"
        return Reply(502, page, "text/html")
    if name == "redirect":
        return json_reply({}, 307, {"Location": fake.stranger() + received.path})
    if name == "moved-file":
        file_id = received.path.rpartition("/")[2].removesuffix(":download")
        return json_reply({}, 302, {"Location": f"{fake.stranger()}/stored/{file_id}"})
    code, body = fault_refusal(name, fake.key, received.model)
    return json_reply(body, code)


def _spoiled(fake: Backstage, received: Received, reply: Reply, name: str) -> Reply:
    """A good reply as it arrives."""
    if name.endswith("-after-work"):
        what = name.removesuffix("-after-work")
        if what in ("reset", "timeout"):
            return Reply(0, ending="reset" if what == "reset" else "hang")
        return _status_fault(fake, received, what)
    if reply.events is not None:
        return _spoiled_stream(reply, name)
    if name == "empty-body":
        return replace(reply, body=b"")
    if name.startswith("malformed"):
        return replace(reply, body=reply.body[: len(reply.body) // 2] + b'"}]}{')
    return replace(reply, ending="cut")


def _spoiled_stream(reply: Reply, name: str) -> Reply:
    events = list(reply.events or ())
    half = events[: max(1, len(events) // 2)]
    if name == "stream-clean-eof":
        return replace(reply, events=half)
    if name == "error-mid-stream":
        return replace(reply, events=[*half, (0.0, _error_event(events[0][1]))])
    if name.startswith("malformed"):
        return replace(reply, events=[*half, (0.0, b'data: {"candidates": [{"content"\r\n\r\n')])
    if name == "empty-body":
        return replace(reply, events=[])
    return replace(reply, events=half, ending="cut")


def _error_event(like: bytes) -> bytes:
    if like.startswith(b"event:"):
        error = {
            "event_type": "error",
            "error": {"code": "internal", "message": "An internal error has occurred."},
            "event_id": "e99",
        }
        return _sse_event(error)
    _, body = fault_refusal("503", "", "")
    return b"data: " + json.dumps(body).encode() + b"\r\n\r\n"


# ── generateContent ─────────────────────────────────────────────────────────────────────────────────────────
def _model_method(fake: Backstage, incoming: Incoming, received: Received, named: tuple[str, ...]) -> Reply:
    version, model, method = named
    received.api, received.model = "generate", model
    body = _body(incoming)
    received.body = body
    if method == "countTokens":
        received.kind = "count"
        return _through(fake, received, lambda _: _count_tokens(fake, model, version, body))
    if method not in ("generateContent", "streamGenerateContent"):
        raise Refused(404, f"models/{model}:{method} was not found.")
    stream = method == "streamGenerateContent"
    asked = generating.read(
        body,
        model=model,
        able=fake.able(model, "generate", version),
        stream=stream,
        signatures=fake.signatures,
        check_file=fake.files.check,
    )
    received.kind, received.digest = asked.kind, _digest(model, body)
    as_sse = incoming.query.get("alt") == "sse"
    return _through(fake, received, lambda fault: _generate(fake, received, asked, fault, as_sse=as_sse))


def _decided(fake: Backstage, asked: Asked, fault: Fault | None) -> Answer:
    answer = fake.decide(asked)
    return spoiled(answer, fault.name, asked) if fault and fault.layer == "answer" else answer


def _generate(fake: Backstage, received: Received, asked: Asked, fault: Fault | None, *, as_sse: bool) -> Reply:
    fake.count(received, asked)
    answer = _decided(fake, asked, fault)
    response_id = fake.next_id("resp")
    if not asked.stream:
        return json_reply(generating.write(answer, asked, response_id, fake.signatures))
    chunks = generating.write_stream(answer, asked, response_id, fake.signatures)
    if not as_sse:
        return json_reply(chunks)
    pause = answer.pause or fake.stream_pause
    events = [
        (pause if at else 0.0, b"data: " + json.dumps(chunk, ensure_ascii=False).encode() + b"\r\n\r\n")
        for at, chunk in enumerate(chunks)
    ]
    return Reply(content_type="text/event-stream", events=events)


def _count_tokens(fake: Backstage, model: str, version: str, body: dict[str, Any]) -> Reply:
    inner = body.get("generateContentRequest") or body
    asked = generating.read(
        {name: value for name, value in inner.items() if name != "model"},
        model=model,
        able=fake.able(model, "generate", version),
        stream=False,
        signatures=fake.signatures,
        check_file=fake.files.check,
        lenient=True,
    )
    return json_reply(
        {"totalTokens": asked.tokens_in(), "promptTokensDetails": [{"modality": "TEXT", "tokenCount": asked.tokens_in()}]}
    )


def _models(fake: Backstage, received: Received, name: str | None) -> Reply:
    received.kind = "models"

    def shown(model: str, able: frozenset[str]) -> dict[str, Any]:
        actions = ["generateContent", "countTokens"] if "generate" in able else []
        return {
            "name": f"models/{model}",
            "displayName": model,
            "version": "001",
            "inputTokenLimit": 8_192 if "speech" in able else 1_048_576,
            "outputTokenLimit": 65_536,
            "supportedGenerationMethods": actions + (["createInteraction"] if "interactions" in able else []),
        }

    def work(_: Fault | None) -> Reply:
        known = {model: able for model, able in fake.models.items() if "cloud" not in able}
        if name is None:
            return json_reply({"models": [shown(model, able) for model, able in known.items()]})
        if name not in known:
            raise Refused(404, f"models/{name} is not found.")
        return json_reply(shown(name, known[name]))

    return _through(fake, received, work)


# ── interactions ────────────────────────────────────────────────────────────────────────────────────────────
def _interactions(fake: Backstage, incoming: Incoming, received: Received, interaction_id: str, cancel: bool) -> Reply:
    received.api = "interactions"
    if incoming.method == "POST" and not interaction_id:
        return _create(fake, incoming, received)
    if not interaction_id:
        raise Refused(405, "Method not allowed.")
    if incoming.method == "GET" and not cancel:
        received.kind = "poll"
        return _through(fake, received, lambda _: _poll(fake, interaction_id, incoming.query))
    if incoming.method == "POST" and cancel:
        received.kind = "cancel"
        return _through(fake, received, lambda _: _cancel(fake, interaction_id))
    if incoming.method == "DELETE":
        received.kind = "delete"
        return _through(fake, received, lambda _: _delete(fake, interaction_id))
    raise Refused(405, "Method not allowed.")


def _found(fake: Backstage, interaction_id: str) -> Interaction:
    with fake.lock:
        one = fake.interactions.get(interaction_id)
    if one is None:
        raise Refused(404, f"Interaction {interaction_id} not found.")
    return one


def _finished(fake: Backstage, interaction_id: str) -> Interaction:
    one = _found(fake, interaction_id)
    if fake.now() < one.done_at or one.cancelled:
        raise Refused(400, f"The previous interaction {interaction_id} is not completed.")
    return one


def _create(fake: Backstage, incoming: Incoming, received: Received) -> Reply:
    body = _body(incoming)
    received.body, received.model = body, str(body.get("model", ""))
    able = fake.able(received.model, "interactions", incoming.path.split("/")[1]) if received.model else frozenset()
    asked, said = interacting.read(
        body,
        able=able,
        find=lambda one: _finished(fake, one),
        check_file=fake.files.check,
        signed=fake.signatures.of,
    )
    received.kind, received.digest = asked.kind, _digest("", body)
    return _through(fake, received, lambda fault: _interact(fake, received, body, asked, said, fault))


def _interact(
    fake: Backstage, received: Received, body: dict[str, Any], asked: Asked, said: tuple[dict[str, Any], ...], fault: Fault | None
) -> Reply:
    fake.count(received, asked)
    now = fake.now()
    takes = fake.job_seconds if asked.kind == "video" or asked.background else 0.0
    fate = fault.name if fault and fault.layer == "job" else ""
    one_id = fake.next_id("v1_")

    def settle() -> tuple[Answer, list[dict[str, Any]]]:
        answer = _fated(_decided(fake, asked, fault), fate)
        steps = interaction_steps.steps(answer, one_id, lambda each: _content(fake, each, asked, foreign=fate == "foreign-uri"))
        for call in answer.calls:
            fake.signatures.give(call.id, next((step["signature"] for step in steps if step["type"] == "thought"), ""))
        return answer, steps

    one = Interaction(one_id, body, asked, now, now + takes * (8 if fate == "job-stuck-then-done" else 1), settle, earlier=said)
    one.cancelled = fate == "job-cancelled"
    if body.get("store") is not False:
        with fake.lock:
            fake.interactions[one.id] = one
    if asked.kind in ("text", "stream"):
        _ = one.answer  # what was scripted is said in the order of the requests; media are made when they are fetched
    if asked.stream:
        return _event_stream(fake, one, "")
    if not asked.background:
        return replace(json_reply(interaction_steps.resource(one, one.done_at)), wait=takes)
    return json_reply(interaction_steps.resource(one, now))


def _fated(answer: Answer, fate: str) -> Answer:
    if fate == "job-failed":
        return answer.without_content("INTERNAL", "The video could not be generated. Please retry.")
    if fate == "job-blocked":
        return replace(answer.without_content(""), blocked="SAFETY")
    if fate == "job-empty":
        return answer.without_content("STOP")
    return answer


def _content(fake: Backstage, answer: Answer, asked: Asked, *, foreign: bool) -> dict[str, Any] | None:
    """The answer's media: inline, or kept as a file whose address is said."""
    if answer.media is None:
        return None
    shown = interaction_steps.inline(answer)
    if not foreign and asked.delivery != "uri" and len(answer.media.body) <= INLINE_BYTES:
        return shown
    del shown["data"]
    filed = fake.files.keep(answer.media.body, answer.media.mime_type, generated=True)
    address = f"{fake.stranger()}/v1beta/files/{filed.id}" if foreign else filed.uri
    return {**shown, "uri": f"{address}:download?alt=media"}


def _event_stream(fake: Backstage, one: Interaction, after: str) -> Reply:
    told = interaction_steps.events(one)
    names = [each["event_id"] for each in told]
    if after and after not in names:
        raise Refused(400, f"last_event_id {after!r} is not known.")
    left = told[names.index(after) + 1 :] if after else told
    pause = one.answer.pause or fake.stream_pause
    wait = max(0.0, one.done_at - fake.now())
    pieces = []
    for at, event in enumerate(left):
        late = wait if event["event_type"] == "step.start" and event.get("index") == 0 else 0.0
        pieces.append((late + (pause if at else 0.0), _sse_event(event)))
    return Reply(content_type="text/event-stream", events=pieces)


def _sse_event(event: Mapping[str, Any]) -> bytes:
    return f"event: {event['event_type']}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n".encode()


def _poll(fake: Backstage, interaction_id: str, query: Mapping[str, str]) -> Reply:
    one = _found(fake, interaction_id)
    if query.get("stream") == "true":
        return _event_stream(fake, one, query.get("last_event_id", ""))
    return json_reply(interaction_steps.resource(one, fake.now()))


def _cancel(fake: Backstage, interaction_id: str) -> Reply:
    one = _found(fake, interaction_id)
    if not one.asked.background:
        raise Refused(400, "Only background interactions can be cancelled.")
    if fake.now() < one.done_at:
        one.cancelled = True
    return json_reply(interaction_steps.resource(one, fake.now()))


def _delete(fake: Backstage, interaction_id: str) -> Reply:
    _found(fake, interaction_id)
    with fake.lock:
        fake.interactions.pop(interaction_id, None)
    return json_reply({})


# ── files ───────────────────────────────────────────────────────────────────────────────────────────────────
def _files(fake: Backstage, incoming: Incoming, received: Received, upload: bool, file_id: str, download: bool) -> Reply:
    if upload:
        received.kind = "upload"
        return _through(fake, received, lambda _: _upload(fake, incoming, received))
    if download:
        received.kind = "download"
        return _through(fake, received, lambda _: _download(fake, file_id, incoming))
    received.kind = "delete" if incoming.method == "DELETE" else "file"
    if incoming.method == "DELETE":
        return _through(fake, received, lambda _: json_reply(fake.files.delete(file_id)))
    if incoming.method != "GET":
        raise Refused(405, "Method not allowed.")
    if not file_id:
        return _through(fake, received, lambda _: json_reply({"files": [each.shown(fake.now()) for each in fake.files.all()]}))
    return _through(fake, received, lambda _: json_reply(fake.files.find(file_id).shown(fake.now())))


def _upload(fake: Backstage, incoming: Incoming, received: Received) -> Reply:
    commands = {each.strip() for each in incoming.headers.get("x-goog-upload-command", "").split(",")}
    if "start" in commands:
        received.body = _body(incoming)
        about = received.body.get("file", {})
        size = int(incoming.headers.get("x-goog-upload-header-content-length") or -1)
        upload_id = fake.files.begin(
            about, incoming.headers.get("x-goog-upload-header-content-type", "application/octet-stream"), size
        )
        address = f"{fake.url}/upload/v1beta/files?upload_id={upload_id}&upload_protocol=resumable"
        return json_reply({}, headers={"X-Goog-Upload-URL": address, "X-Goog-Upload-Status": "active"})
    if "upload" not in commands:
        raise Refused(400, "X-Goog-Upload-Command: expected start, or upload and finalize.")
    received.body = len(incoming.body)
    offset = int(incoming.headers.get("x-goog-upload-offset") or 0)
    filed = fake.files.bring(incoming.query.get("upload_id", ""), offset, incoming.body, final="finalize" in commands)
    if filed is None:
        return json_reply({}, headers={"X-Goog-Upload-Status": "active"})
    return json_reply({"file": filed.shown(fake.now())}, headers={"X-Goog-Upload-Status": "final"})


def _download(fake: Backstage, file_id: str, incoming: Incoming) -> Reply:
    filed = fake.files.find(file_id)
    if not filed.generated:
        raise Refused(400, f"File {file_id} was uploaded; only generated files can be downloaded.")
    if incoming.query.get("alt") != "media":
        return json_reply(filed.shown(fake.now()))
    return Reply(body=filed.body, content_type=filed.mime_type)

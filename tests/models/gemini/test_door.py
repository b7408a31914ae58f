"""The door: what leaves, how often, and what every failure becomes. The real SDK against a server on loopback that fails by script."""

from __future__ import annotations

import base64
import gc
import threading
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from glimmer.errors import Blocked, Cancelled, GlimmerError, ModelError, OutcomeUnknown, QuotaExceeded, SettingsError, Truncated
from glimmer.models.gemini.door import Door, Interaction, Medium, Reply, the_door
from glimmer.models.watching import watched
from glimmer.testing import FakeGemini

FLASH, IMAGE, VIDEO = "gemini-3.8-flash", "gemini-nano-banana-2.1", "gemini-omni-1.2-flash"
HIGH_USD = 0.25
SAID = [{"role": "user", "parts": [{"text": "A line about the sea."}]}]


@dataclass
class Ledger:
    """A watch that writes down what it hears."""

    stopped: bool = False
    heard: list[str] = field(default_factory=list)

    def submitting(self) -> None:
        self.heard.append("submitting")

    def not_sent(self) -> None:
        self.heard.append("not sent")

    def running(self, remote_id: str) -> None:
        self.heard.append(f"running {remote_id}")

    def read(self, asset: str) -> bytes:
        return b""


@pytest.fixture(scope="module")
def server() -> Iterator[FakeGemini]:
    with FakeGemini() as fake:
        fake.job_seconds = 0.15
        yield fake


@pytest.fixture(scope="module")
def quick(server: FakeGemini) -> Door:
    """One that puts up with half a second of silence."""
    return Door({**server.environment(), "GLIMMER_GEMINI_TIMEOUT_SECONDS": "0.5"})


@pytest.fixture(scope="module")
def wide(server: FakeGemini) -> Door:
    return Door(server.environment())


@pytest.fixture
def fake(server: FakeGemini) -> Iterator[FakeGemini]:
    yield server
    server.check()


@pytest.fixture
def door(wide: Door) -> Door:
    return wide


def text(door: Door, **how: object) -> Reply:
    return door.generate(FLASH, contents=SAID, high_usd=HIGH_USD, **how)  # type: ignore[arg-type]


def stream(door: Door, **how: object) -> Reply:
    return text(door, on_text=lambda piece: None, **how)


def picture(door: Door) -> Interaction:
    form = {"type": "image", "mime_type": "image/png", "aspect_ratio": "16:9", "image_size": "1K"}
    return door.interact(IMAGE, input="A lighthouse.", response_format=form, high_usd=HIGH_USD)


def clip(door: Door) -> Interaction:
    form = {"type": "video", "duration": "5s", "resolution": "360p", "aspect_ratio": "16:9", "delivery": "uri"}
    return door.interact(VIDEO, input="Waves.", response_format=form, background=True, high_usd=HIGH_USD)


def reaches_the_key(error: BaseException, key: str) -> bool:
    """Whether anything that hangs on an exception leads to the key, its printed traceback included."""
    if key in "".join(traceback.format_exception(error)):
        return True
    seen: set[int] = set()
    todo: list[object] = [error]
    while todo:
        each = todo.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        if isinstance(each, str | bytes) and key in str(each):
            return True
        if isinstance(each, BaseException):
            todo += [each.__cause__, each.__context__, each.args, vars(each)]
        elif isinstance(each, dict):
            todo += [*each.keys(), *each.values()]
        elif isinstance(each, list | tuple):
            todo += each
    return False


# ── what leaves ─────────────────────────────────────────────────────────────────────────────────────────────
def test_an_answer_comes_back_whole_with_what_it_used(fake: FakeGemini, door: Door) -> None:
    fake.say("The sea keeps its own hours.")
    ledger = Ledger()
    with watched(ledger):
        reply = text(door)
    assert (reply.text, reply.outcome, ledger.heard) == ("The sea keeps its own hours.", "ok", ["submitting"])
    assert reply.usage.tokens_in > 0 and reply.usage.tokens_out > 0


def test_a_stream_is_handed_on_piece_by_piece(fake: FakeGemini, door: Door) -> None:
    fake.say(chunks=["One ", "two ", "three."])
    pieces: list[str] = []
    reply = text(door, on_text=pieces.append)
    assert reply.text == "".join(pieces) == "One two three." and len(pieces) == 3


def test_a_picture_comes_back_with_its_bytes(fake: FakeGemini, door: Door) -> None:
    found = picture(door)
    assert found.outcome == "ok" and found.media[0].content.startswith(b"\x89PNG")
    assert found.usage.image_tokens == 1_120
    assert door.download(found.media[0]) == found.media[0].content


def test_a_clip_is_made_in_the_background_and_can_be_collected_by_another_door(fake: FakeGemini, door: Door) -> None:
    before = fake.creates("video")
    ledger = Ledger()
    with watched(ledger):
        started = clip(door)
    assert started.running and ledger.heard == ["submitting", f"running {started.id}"]
    elsewhere = Door(fake.environment())
    with watched(ledger):
        ended = elsewhere.follow(started.id, model=VIDEO)
        film = elsewhere.download(ended.media[0])
    assert film[4:8] == b"ftyp" and ended.outcome == "ok"
    assert fake.creates("video") == before + 1 and len(ledger.heard) == 2


def test_a_door_that_nobody_else_holds_still_answers(fake: FakeGemini) -> None:
    """google-genai closes a client that is garbage in the middle of a call."""
    fake.say("Still here.")

    def ask() -> Reply:
        return text(Door(fake.environment()))

    gc.collect()
    assert ask().text == "Still here."


def test_an_upload_is_sent_once_and_remembered(fake: FakeGemini, door: Door) -> None:
    content = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20
    before = len(fake.requests("upload"))
    sent: list[str] = []
    threads = [threading.Thread(target=lambda: sent.append(door.upload(content, "image/png"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    once = len(fake.requests("upload")) - before
    assert len(set(sent)) == 1 and len(sent) == 4 and "files/" in sent[0]
    door.upload(content, "image/png")
    assert len(fake.requests("upload")) - before == once


# ── refused unread: nothing was spent, and it may be sent again ─────────────────────────────────────────────────
@pytest.mark.parametrize("ask", [text, stream, picture])
@pytest.mark.parametrize("fault", ["400", "401", "403", "404", "key-in-error"])
def test_what_the_server_refuses_is_told_in_its_words_and_costs_nothing(
    fake: FakeGemini, door: Door, ask: Callable[[Door], object], fault: str
) -> None:
    fake.fault(fault)
    ledger, before = Ledger(), len(fake.received)
    with watched(ledger), pytest.raises(ModelError) as met:
        ask(door)
    assert (met.value.kind, met.value.usd) == ("refused", 0.0)
    assert ledger.heard == ["submitting", "not sent"] and len(fake.received) == before + 1
    assert not reaches_the_key(met.value, fake.key)


@pytest.mark.parametrize("ask", [text, stream, picture, clip])
def test_a_limit_of_the_minute_is_waited_for_as_long_as_the_server_says(
    fake: FakeGemini, door: Door, ask: Callable[[Door], Reply | Interaction]
) -> None:
    fake.fault("429-minute")
    ledger, before = Ledger(), fake.creates()
    with watched(ledger):
        assert ask(door).outcome == "ok"
    assert ledger.heard[:3] == ["submitting", "not sent", "submitting"]
    assert fake.creates() == before + 1


@pytest.mark.parametrize("ask", [text, picture])
def test_a_limit_of_the_day_is_told_at_once(fake: FakeGemini, door: Door, ask: Callable[[Door], object]) -> None:
    fake.fault("429-day")
    ledger, before = Ledger(), len(fake.received)
    with watched(ledger), pytest.raises(QuotaExceeded, match="midnight in California") as met:
        ask(door)
    assert met.value.usd == 0 and ledger.heard == ["submitting", "not sent"] and len(fake.received) == before + 1


def test_while_one_waits_for_a_limit_a_person_can_stop(fake: FakeGemini, door: Door) -> None:
    fake.fault("429-bare")
    ledger = Ledger()

    def refuse() -> None:
        ledger.heard.append("not sent")
        ledger.stopped = True

    ledger.not_sent = refuse  # type: ignore[method-assign]
    with watched(ledger), pytest.raises(Cancelled):
        door.generate("gemini-4-argon", contents=SAID)
    assert ledger.heard == ["submitting", "not sent"]


def test_what_surely_did_not_leave_is_unreachable_and_was_never_submitted() -> None:
    nowhere = Door({"GEMINI_API_KEY": "AIzaNobodyListensHere00000000000000000", "GOOGLE_GEMINI_BASE_URL": "http://127.0.0.1:9"})
    ledger = Ledger()
    with watched(ledger), pytest.raises(ModelError, match=r"127\.0\.0\.1") as met:
        text(nowhere)
    assert (met.value.kind, met.value.usd, ledger.heard) == ("unreachable", 0.0, [])
    assert met.value.__context__ is None and met.value.__cause__ is None


# ── sent, and no answer: never sent again ───────────────────────────────────────────────────────────────────────
AFTER_SENDING = [
    ("500", "failed"),
    ("503", "failed"),
    ("504", "failed"),
    ("html-502", "failed"),
    ("reset", "interrupted"),
    ("cut", "interrupted"),
    ("malformed", "malformed"),
    ("empty-body", "malformed"),
    ("503-after-work", "failed"),
    ("reset-after-work", "interrupted"),
    ("timeout", "interrupted"),
    ("timeout-after-work", "interrupted"),
]


@pytest.mark.parametrize(("fault", "kind"), AFTER_SENDING)
def test_a_turn_of_text_that_is_lost_is_not_sent_again_and_counts_at_its_highest(
    fake: FakeGemini, door: Door, quick: Door, fault: str, kind: str
) -> None:
    fake.fault(fault)
    ledger, before = Ledger(), len(fake.received)
    with watched(ledger), pytest.raises(ModelError) as met:
        text(quick if "timeout" in fault else door)
    assert (met.value.kind, met.value.usd, ledger.heard) == (kind, HIGH_USD, ["submitting"])
    assert len(fake.received) == before + 1 and not isinstance(met.value, OutcomeUnknown)
    assert not reaches_the_key(met.value, fake.key) and met.value.__context__ is None


@pytest.mark.parametrize("ask", [picture, clip])
@pytest.mark.parametrize("fault", [fault for fault, _ in AFTER_SENDING])
def test_a_picture_or_clip_that_is_lost_has_an_unknown_outcome_and_is_posted_once(
    fake: FakeGemini, door: Door, quick: Door, ask: Callable[[Door], object], fault: str
) -> None:
    fake.fault(fault)
    ledger, before = Ledger(), len(fake.received)
    with watched(ledger), pytest.raises(OutcomeUnknown) as met:
        ask(quick if "timeout" in fault else door)
    assert (met.value.kind, met.value.usd, ledger.heard) == ("unknown", HIGH_USD, ["submitting"])
    assert len(fake.received) == before + 1
    assert not reaches_the_key(met.value, fake.key) and met.value.__context__ is None


# ── streams that break ──────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("fault", ["stream-cut", "stream-clean-eof", "error-mid-stream", "malformed-mid-stream"])
def test_a_stream_that_breaks_keeps_what_had_arrived_and_is_not_whole(fake: FakeGemini, door: Door, fault: str) -> None:
    for whole in (False, True):
        fake.say(chunks=["The keeper ", "climbed ", "the ", "stairs."])
        fake.fault(fault)
        before = len(fake.received)
        pieces: list[str] = []
        if whole:
            with pytest.raises(ModelError) as met:
                text(door, on_text=pieces.append)
            assert met.value.kind in ("interrupted", "failed", "malformed") and met.value.usd > 0
        else:
            reply = text(door, on_text=pieces.append, whole=False)
            assert reply.outcome == "interrupted" and reply.reason and reply.text == "".join(pieces)
            assert 0 < len(reply.text) < len("The keeper climbed the stairs.")
        assert len(fake.received) == before + 1


def test_a_person_who_stops_a_stream_keeps_what_had_arrived(fake: FakeGemini, door: Door) -> None:
    fake.say(chunks=["The keeper ", "climbed ", "the stairs."])
    ledger = Ledger()

    def stop(piece: str) -> None:
        ledger.stopped = True

    with watched(ledger):
        reply = text(door, on_text=stop, whole=False)
    assert (reply.outcome, reply.text) == ("interrupted", "The keeper ") and "stopped by you" in reply.reason


def test_an_error_of_the_listener_is_the_listeners_own(fake: FakeGemini, door: Door) -> None:
    fake.say("Words.")

    def break_down(piece: str) -> None:
        raise ZeroDivisionError("mine")

    with pytest.raises(ZeroDivisionError, match="mine") as met:
        text(door, on_text=break_down)
    assert not reaches_the_key(met.value, fake.key)


# ── answers that are none ───────────────────────────────────────────────────────────────────────────────────
@pytest.mark.filterwarnings("ignore:.*is not a valid:UserWarning")  # the SDK, of a reason that it does not know
@pytest.mark.parametrize(
    ("fault", "error", "kind"),
    [
        ("prompt-blocked", Blocked, "blocked"),
        ("safety", Blocked, "blocked"),
        ("recitation", Blocked, "blocked"),
        ("max-tokens", Truncated, "truncated"),
        ("malformed-call", ModelError, "malformed"),
        ("empty", ModelError, "empty"),
        ("thought-only", ModelError, "empty"),
        ("empty-name", ModelError, "malformed"),
        ("unknown-finish", ModelError, "failed"),
    ],
)
@pytest.mark.parametrize("ask", [text, stream])
def test_an_answer_that_is_none_is_never_passed_on(
    fake: FakeGemini, door: Door, ask: Callable[[Door], object], fault: str, error: type[ModelError], kind: str
) -> None:
    fake.fault(fault)
    with pytest.raises(error) as met:
        ask(door)
    assert met.value.kind == kind and 0 < met.value.usd <= HIGH_USD and met.value.model == FLASH


@pytest.mark.parametrize(
    ("fault", "error", "kind"),
    [
        ("prompt-blocked", Blocked, "blocked"),
        ("image-safety", Blocked, "blocked"),
        ("no-media", ModelError, "empty"),
        ("unknown-status", OutcomeUnknown, "unknown"),
    ],
)
def test_an_interaction_without_its_picture_is_never_passed_on(
    fake: FakeGemini, door: Door, fault: str, error: type[ModelError], kind: str
) -> None:
    fake.fault(fault)
    with pytest.raises(error) as met:
        picture(door)
    assert met.value.kind == kind and met.value.usd > 0


def test_a_step_that_no_version_knows_does_not_hide_the_answer(fake: FakeGemini, door: Door) -> None:
    fake.fault("unknown-step")
    assert picture(door).media[0].content.startswith(b"\x89PNG")


# ── jobs ────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("fault", "error", "kind"),
    [
        ("job-failed", ModelError, "failed"),
        ("job-blocked", Blocked, "blocked"),
        ("job-empty", ModelError, "empty"),
        ("job-cancelled", ModelError, "failed"),
    ],
)
def test_a_job_that_ends_badly_says_so(fake: FakeGemini, door: Door, fault: str, error: type[ModelError], kind: str) -> None:
    fake.fault(fault)
    with pytest.raises(error) as met:
        door.follow(clip(door).id, model=VIDEO, high_usd=HIGH_USD)
    assert met.value.kind == kind and met.value.remote_id


@pytest.mark.parametrize("fault", ["500", "503", "429-minute", "reset", "cut", "malformed", "html-502"])
def test_a_look_that_fails_is_taken_again_and_the_job_is_not(fake: FakeGemini, door: Door, fault: str) -> None:
    before = fake.creates("video")
    started = clip(door)
    fake.fault(fault, on="poll")
    assert door.follow(started.id, model=VIDEO).outcome == "ok"
    assert fake.creates("video") == before + 1


def test_a_job_that_one_look_does_not_find_is_looked_for_again(fake: FakeGemini, door: Door) -> None:
    started = clip(door)
    fake.fault("lost-job", times=3)
    assert door.follow(started.id, model="gemini-omni-1.2-flash").outcome == "ok"


def test_a_job_that_the_server_forgot_is_told_as_failed(fake: FakeGemini, door: Door) -> None:
    started = clip(door)
    fake.fault("lost-job", times=5)
    with pytest.raises(ModelError, match="no more") as met:
        door.follow(started.id, model=VIDEO)
    assert met.value.kind == "failed"


def test_a_key_that_is_gone_while_a_job_runs_does_not_lose_the_job(fake: FakeGemini, door: Door) -> None:
    started = clip(door)
    fake.fault("401", on="poll")
    with pytest.raises(ModelError) as met:
        door.follow(started.id, model=VIDEO)
    assert (met.value.kind, met.value.remote_id) == ("interrupted", started.id)
    assert door.follow(started.id, model=VIDEO).outcome == "ok"


def test_a_person_who_stops_a_wait_leaves_the_job_to_be_collected(fake: FakeGemini, door: Door) -> None:
    started = clip(door)
    with watched(Ledger(stopped=True)), pytest.raises(Cancelled):
        door.follow(started.id, model=VIDEO)
    assert door.follow(started.id, model=VIDEO).outcome == "ok"


@pytest.mark.parametrize("fault", ["503", "cut", "reset"])
def test_a_download_that_breaks_is_taken_again(fake: FakeGemini, door: Door, fault: str) -> None:
    ended = door.follow(clip(door).id, model=VIDEO)
    fake.fault(fault, on="download")
    assert door.download(ended.media[0])[4:8] == b"ftyp"


def test_a_file_that_is_gone_is_told(fake: FakeGemini, door: Door) -> None:
    ended = door.follow(clip(door).id, model=VIDEO)
    fake.fault("expired-file")
    with pytest.raises(ModelError) as met:
        door.download(ended.media[0])
    assert met.value.kind == "refused"


@pytest.mark.parametrize(
    "uri", ["http://169.254.169.254/latest", "file:///etc/passwd", "https://evil.example/x.mp4", "gs://a/b", ""]
)
def test_an_address_that_is_not_the_servers_is_never_fetched(door: Door, uri: str) -> None:
    with pytest.raises(ModelError, match="not fetched"):
        door.download(Medium(media_type="video/mp4", uri=uri))


# ── the key, and the place ──────────────────────────────────────────────────────────────────────────────────
def test_without_a_key_the_door_says_what_to_do() -> None:
    with pytest.raises(SettingsError, match="GEMINI_API_KEY"):
        text(Door({}))


def test_an_address_without_http_is_told_before_anything_leaves() -> None:
    with pytest.raises(SettingsError, match="GOOGLE_GEMINI_BASE_URL"):
        text(Door({"GEMINI_API_KEY": "AIzaX", "GOOGLE_GEMINI_BASE_URL": "localhost:8080"}))


def test_gemini_api_key_wins_over_google_api_key_whatever_the_sdk_would_take(fake: FakeGemini) -> None:
    fake.say("It is me.")
    environment = {**fake.environment(), "GOOGLE_API_KEY": "AIzaAnotherKeyThatTheFakeDoesNotKnow0000"}
    assert text(Door(environment)).text == "It is me."


def test_no_repr_holds_the_key(fake: FakeGemini, door: Door) -> None:
    assert fake.key not in repr(door) + repr(door.address) + door.address.note
    assert fake.key not in repr(vars(door)["address"])


def test_a_door_is_of_the_key_that_is_set_now(fake: FakeGemini, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in fake.environment().items():
        monkeypatch.setenv(name, value)
    first = the_door()
    assert the_door() is first
    monkeypatch.setenv("GEMINI_API_KEY", "AIzaAnother000000000000000000000000000")
    assert the_door() is not first


def test_a_request_that_cannot_be_put_together_is_refused_before_it_leaves(fake: FakeGemini, door: Door) -> None:
    ledger, before = Ledger(), len(fake.received)
    with watched(ledger), pytest.raises(ModelError, match="can't be put together") as met:
        text(door, config={"temprature": 1})
    assert met.value.kind == "refused" and ledger.heard == [] and len(fake.received) == before


def test_eight_threads_share_one_door(fake: FakeGemini, door: Door) -> None:
    before, answers = fake.creates("image"), []
    threads = [threading.Thread(target=lambda: answers.append(picture(door).outcome)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["ok"] * 8 and fake.creates("image") == before + 8


def test_an_error_can_be_stored_and_read_back(fake: FakeGemini, door: Door) -> None:
    import pickle

    fake.fault("403")
    with pytest.raises(GlimmerError) as met:
        text(door)
    stored = pickle.dumps(met.value)
    assert str(pickle.loads(stored)) == str(met.value) and fake.key.encode() not in stored + base64.b64encode(stored)

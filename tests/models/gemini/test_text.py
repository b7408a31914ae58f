"""Gemini that writes and judges: whole answers with what they cost, JSON that is JSON, and errors for everything else."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from glimmer.errors import InputError, ModelError, PriceUnknown, Truncated
from glimmer.models.gemini.door import Door
from glimmer.models.gemini.text import GeminiJudge, GeminiText, GeminiWriter, plain_schema
from glimmer.models.interface import JudgeRequest, Reference, TextRequest, WriteRequest
from glimmer.models.watching import watched
from glimmer.testing import FakeGemini

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
SCHEMA = {
    "type": "object",
    "title": "Blueprint",
    "properties": {
        "scenes": {"type": "array", "maxItems": 40, "items": {"$ref": "#/$defs/Scene"}},
        "mood": {"anyOf": [{"type": "string", "maxLength": 40}, {"type": "null"}], "default": None, "description": "one word"},
    },
    "required": ["scenes"],
    "$defs": {"Scene": {"type": "object", "properties": {"place": {"type": "string", "pattern": "^[A-Z]"}}, "required": ["place"]}},
}


class Shelf:
    """A watch that has the media."""

    stopped = False

    def submitting(self) -> None: ...
    def not_sent(self) -> None: ...
    def running(self, remote_id: str) -> None: ...

    def read(self, asset: str) -> bytes:
        return PNG + asset.encode()


@pytest.fixture(scope="module")
def server() -> Iterator[FakeGemini]:
    with FakeGemini() as fake:
        yield fake


@pytest.fixture(scope="module")
def door(server: FakeGemini) -> Door:
    return Door(server.environment())


@pytest.fixture
def fake(server: FakeGemini) -> Iterator[FakeGemini]:
    yield server
    server.check()


def test_an_answer_carries_its_words_and_what_they_cost(fake: FakeGemini, door: Door) -> None:
    fake.say("Salt, and then silence.", thought="a few words will do")
    model = GeminiText(door=door)
    request = TextRequest(purpose="screenplay.line", words="A line.", system="You write films.")
    made = model.answer(request)
    assert made.media.decode() == "Salt, and then silence." and made.media_type == "text/plain"
    assert made.tokens_in > 0 and made.tokens_out > 0 and made.price_date and made.remote_id
    assert 0 < made.usd <= model.estimate(request).high_usd
    body = fake.received[-1].body
    assert body["systemInstruction"]["parts"][0]["text"] == "You write films."
    assert body["generationConfig"]["maxOutputTokens"] >= 4_096


def test_json_is_asked_for_with_a_plain_schema_and_comes_back_as_json(fake: FakeGemini, door: Door) -> None:
    fake.say(json={"scenes": [{"place": "HARBOUR"}], "mood": "calm"})
    made = GeminiText(door=door).answer(TextRequest(purpose="p", words="Plan it.", answer_schema=json.dumps(SCHEMA)))
    assert json.loads(made.media) == {"scenes": [{"place": "HARBOUR"}], "mood": "calm"} and made.media_type == "application/json"
    sent = json.dumps(fake.received[-1].body["generationConfig"])
    assert not any(word in sent for word in ("maxItems", "maxLength", "pattern", "$ref", "$defs", "anyOf", "default", "title"))
    assert "HARBOUR" not in sent and '"place"' in sent


def test_a_fence_around_json_is_taken_off(fake: FakeGemini, door: Door) -> None:
    fake.say('```json\n{"scenes": []}\n```')
    made = GeminiText(door=door).answer(TextRequest(purpose="p", words="Plan it.", answer_schema='{"type": "object"}'))
    assert json.loads(made.media) == {"scenes": []}


def test_half_a_json_is_an_error_with_what_it_cost(fake: FakeGemini, door: Door) -> None:
    fake.fault("broken-json")
    with pytest.raises(ModelError, match="JSON") as met:
        GeminiText(door=door).answer(TextRequest(purpose="p", words="Plan it.", answer_schema=json.dumps(SCHEMA)))
    assert met.value.kind == "malformed" and met.value.usd > 0


def test_half_an_answer_is_an_error(fake: FakeGemini, door: Door) -> None:
    fake.fault("max-tokens")
    with pytest.raises(Truncated):
        GeminiText(door=door).answer(TextRequest(purpose="p", words="Write at length."))


@pytest.mark.parametrize("schema", ["{", "[]", '"text"'])
def test_a_schema_that_is_none_is_told_before_anything_is_sent(fake: FakeGemini, door: Door, schema: str) -> None:
    before = len(fake.received)
    with pytest.raises(InputError, match="schema"):
        GeminiText(door=door).answer(TextRequest(purpose="p", words="w", answer_schema=schema))
    assert len(fake.received) == before


def test_a_schema_that_holds_itself_is_refused() -> None:
    itself = {"$ref": "#/$defs/A", "$defs": {"A": {"type": "object", "properties": {"a": {"$ref": "#/$defs/A"}}}}}
    with pytest.raises(InputError, match="itself"):
        plain_schema(itself)


def test_a_model_without_a_price_is_never_asked(fake: FakeGemini, door: Door) -> None:
    before = len(fake.received)
    with pytest.raises(PriceUnknown):
        GeminiText("gemini-of-next-year", door=door).answer(TextRequest(purpose="p", words="w"))
    assert len(fake.received) == before


def test_a_screenplay_comes_back_as_fountain(fake: FakeGemini, door: Door) -> None:
    words = "Write a screenplay in Fountain: a keeper teaches a lost whale to sing."
    request = WriteRequest(title="The Lighthouse", logline="A keeper and a whale.", words=words, seconds=45)
    model = GeminiWriter(door=door)
    made = model.write(request)
    assert "EXT." in made.media.decode() or "INT." in made.media.decode()
    assert fake.received[-1].body["contents"][0]["parts"][0]["text"] == words
    assert 0 < made.usd <= model.estimate(request).high_usd


def test_a_judge_is_shown_the_references_in_their_order_and_then_the_take(fake: FakeGemini, door: Door) -> None:
    fake.say(json={"score": 7, "reason": "the hat is right"})
    references = tuple(Reference(role="character", name=name, asset=f"asset of {name}") for name in ("Mara", "Eli"))
    request = JudgeRequest(words="Is it Mara?", asset="the take", media_type="image/png", references=references)
    with watched(Shelf()):
        made = GeminiJudge(door=door).judge(request)
    assert json.loads(made.media) == {"score": 7.0, "reason": "the hat is right"} and made.usd > 0
    parts = fake.received[-1].body["contents"][0]["parts"]
    told = [part.get("text", "picture") for part in parts]
    assert told == [
        "Is it Mara?",
        "Reference, character: Mara",
        "picture",
        "Reference, character: Eli",
        "picture",
        "The take to judge:",
        "picture",
    ]


@pytest.mark.parametrize("score", [11, -1, "good", None, True])
def test_a_score_that_is_none_is_an_error(fake: FakeGemini, door: Door, score: object) -> None:
    fake.say(json={"score": score, "reason": "x"})
    with watched(Shelf()), pytest.raises(ModelError, match="score") as met:
        GeminiJudge(door=door).judge(JudgeRequest(words="?", asset="a", media_type="image/png"))
    assert met.value.kind == "malformed" and met.value.usd > 0


def test_a_big_clip_is_uploaded_and_named(fake: FakeGemini, door: Door) -> None:
    class Big(Shelf):
        def read(self, asset: str) -> bytes:
            return b"\0\0\0\x18ftypmp42" + bytes(5 * 1024**2)

    fake.say(json={"score": 5, "reason": "long"})
    before = len(fake.requests("upload"))
    with watched(Big()):
        GeminiJudge(door=door).judge(JudgeRequest(words="?", asset="a", media_type="video/mp4"))
    assert len(fake.requests("upload")) > before
    assert "files/" in str(fake.received[-1].body["contents"][0]["parts"][-1]["fileData"])

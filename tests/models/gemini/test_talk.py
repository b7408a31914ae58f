"""A conversation with Gemini: words as they come, tools in one round, signatures sent back as they came, and no half reply in silence."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from glimmer.errors import ModelError, QuotaExceeded
from glimmer.models.gemini.door import Door
from glimmer.models.gemini.talk import GeminiTalk
from glimmer.models.talking import Part, TalkMessage, TalkModel, TalkReply, TalkRequest, ToolSpec
from glimmer.testing import FakeGemini

SHOOT = ToolSpec(
    name="shoot",
    description="Films a shot.",
    parameters={"type": "object", "properties": {"shot": {"type": "string"}}, "required": ["shot"]},
)
LOOK = ToolSpec(name="look", description="Looks at the film.", parameters={"type": "object", "properties": {}, "required": []})


@pytest.fixture(scope="module")
def server() -> Iterator[FakeGemini]:
    with FakeGemini() as fake:
        yield fake


@pytest.fixture(scope="module")
def talker(server: FakeGemini) -> GeminiTalk:
    return GeminiTalk(door=Door(server.environment()))


@pytest.fixture
def fake(server: FakeGemini) -> Iterator[FakeGemini]:
    yield server
    server.check()


def said(words: str) -> TalkMessage:
    return TalkMessage(role="user", parts=(Part(text=words),))


def results(reply: TalkReply) -> TalkMessage:
    calls = reply.message.calls
    return TalkMessage(
        role="user", parts=tuple(Part(kind="result", id=call.id, name=call.name, result={"done": True}) for call in calls)
    )


def test_it_is_a_talk_model(talker: GeminiTalk) -> None:
    assert isinstance(talker, TalkModel)


def test_text_arrives_in_pieces_and_costs_what_was_used(fake: FakeGemini, talker: GeminiTalk) -> None:
    fake.say(chunks=["Two ", "shots ", "then."])
    pieces: list[str] = []
    request = TalkRequest(system="You make films.", messages=(said("How many?"),))
    reply = talker.talk(request, pieces.append)
    assert pieces == ["Two ", "shots ", "then."] and reply.message.text == "Two shots then."
    assert reply.outcome == "ok" and 0 < reply.usd <= talker.estimate(request).high_usd and reply.price_date


def test_thoughts_are_kept_and_never_shown(fake: FakeGemini, talker: GeminiTalk) -> None:
    fake.say("Two.", thought="count them first")
    pieces: list[str] = []
    reply = talker.talk(TalkRequest(messages=(said("How many?"),)), pieces.append)
    assert "".join(pieces) == reply.message.text == "Two."
    assert [part.text for part in reply.message.parts if part.kind == "thought"] == ["count them first"]
    assert reply.usage.tokens_thought > 0


def test_parallel_calls_are_answered_in_one_message_with_the_reply_as_it_came(fake: FakeGemini, talker: GeminiTalk) -> None:
    """The fake refuses a call whose signature does not come back, or is not where it was."""
    fake.say("I will.", calls=[("shoot", {"shot": "2A"}), ("look", {})], thought="both at once")
    fake.say("Both are done.")
    asked = said("Shoot 2A and look at it.")
    reply = talker.talk(TalkRequest(messages=(asked,), tools=(SHOOT, LOOK)))
    assert [(call.name, call.arguments) for call in reply.message.calls] == [("shoot", {"shot": "2A"}), ("look", {})]
    assert reply.message.calls[0].signature and not reply.message.calls[1].signature  # only the first of them carries one
    again = TalkMessage.model_validate_json(reply.message.model_dump_json())  # as the database keeps it
    answer = talker.talk(TalkRequest(messages=(asked, again, results(reply)), tools=(SHOOT, LOOK)))
    assert (answer.outcome, answer.message.text) == ("ok", "Both are done.")
    contents = fake.received[-1].body["contents"]
    assert [content["role"] for content in contents] == ["user", "model", "user"]
    assert len(contents[2]["parts"]) == 2 and all("functionResponse" in part for part in contents[2]["parts"])


def test_another_models_reply_is_told_without_its_signatures(fake: FakeGemini, talker: GeminiTalk) -> None:
    fake.say("Go on then.")
    other = TalkMessage(
        role="model",
        parts=(Part(kind="thought", text="hm"), Part(text="I am another.")),
        model="rehearsal",
        native='{"strange": 1}',
    )
    talker.talk(TalkRequest(messages=(said("Hello."), other, said("And you?"))))
    assert fake.received[-1].body["contents"][1]["parts"] == [{"text": "I am another."}]


def test_a_failed_tool_is_told_as_an_error(fake: FakeGemini, talker: GeminiTalk) -> None:
    fake.say("", calls=[("shoot", {"shot": "9Z"})])
    fake.say("There is no such shot.")
    reply = talker.talk(TalkRequest(messages=(said("Shoot 9Z."),), tools=(SHOOT,)))
    call = reply.message.calls[0]
    failed = TalkMessage(role="user", parts=(Part(kind="result", id=call.id, name=call.name, text="no shot 9Z", is_error=True),))
    talker.talk(TalkRequest(messages=(said("Shoot 9Z."), reply.message, failed), tools=(SHOOT,)))
    told = fake.received[-1].body["contents"][2]["parts"][0]["functionResponse"]
    assert told["response"] == {"error": "no shot 9Z"} and told["id"] == call.id


def test_an_answer_can_be_asked_for_as_json_and_then_no_tools_are_offered(fake: FakeGemini, talker: GeminiTalk) -> None:
    fake.say(json={"summary": "They met."})
    schema = {"type": "object", "properties": {"summary": {"type": "string", "maxLength": 300}}, "required": ["summary"]}
    reply = talker.talk(TalkRequest(messages=(said("Sum it up."),), tools=(SHOOT,), answer_schema=schema))
    assert reply.message.text == '{"summary": "They met."}'
    assert "tools" not in fake.received[-1].body and "maxLength" not in str(fake.received[-1].body)


@pytest.mark.filterwarnings("ignore:.*is not a valid:UserWarning")  # the SDK, of a reason that it does not know
@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ("stream-cut", "interrupted"),
        ("stream-clean-eof", "interrupted"),
        ("error-mid-stream", "interrupted"),
        ("prompt-blocked", "blocked"),
        ("safety", "blocked"),
        ("max-tokens", "truncated"),
        ("malformed-call", "malformed"),
        ("empty", "empty"),
        ("thought-only", "empty"),
        ("unknown-finish", "failed"),
    ],
)
def test_a_reply_that_is_not_whole_comes_back_with_its_outcome(
    fake: FakeGemini, talker: GeminiTalk, fault: str, outcome: str
) -> None:
    fake.fault(fault)
    before = len(fake.received)
    reply = talker.talk(TalkRequest(messages=(said("Tell me about the harbour at night, at length."),), tools=(SHOOT,)))
    assert reply.outcome == outcome and reply.reason and reply.usd > 0
    assert len(fake.received) == before + 1


@pytest.mark.parametrize(
    ("fault", "error"), [("429-day", QuotaExceeded), ("401", ModelError), ("503", ModelError), ("reset", ModelError)]
)
def test_where_there_is_no_reply_at_all_it_is_an_error(
    fake: FakeGemini, talker: GeminiTalk, fault: str, error: type[ModelError]
) -> None:
    fake.fault(fault)
    before = len(fake.received)
    with pytest.raises(error):
        talker.talk(TalkRequest(messages=(said("Hello."),)))
    assert len(fake.received) == before + 1


def test_calls_of_tools_that_do_not_exist_or_with_odd_arguments_are_passed_on_for_the_loop_to_answer(
    fake: FakeGemini, talker: GeminiTalk
) -> None:
    for fault in ("unknown-tool", "bad-arguments"):
        fake.fault(fault)
        reply = talker.talk(TalkRequest(messages=(said("Shoot 2A."),), tools=(SHOOT,)))
        assert reply.outcome == "ok" and reply.message.calls and reply.message.calls[0].id


def test_the_first_word_is_handed_on_while_the_rest_is_still_to_come(fake: FakeGemini, talker: GeminiTalk) -> None:
    fake.say(chunks=["First ", "second."], pause_seconds=0.2)
    arrived: list[float] = []
    talker.talk(TalkRequest(messages=(said("Slowly."),)), lambda piece: arrived.append(time.perf_counter()))
    assert arrived[1] - arrived[0] > 0.1


def test_a_long_history_costs_more_and_is_estimated_so(talker: GeminiTalk) -> None:
    short = talker.estimate(TalkRequest(messages=(said("Hello."),)))
    long = talker.estimate(TalkRequest(messages=tuple(said("word " * 400) for _ in range(50)), tools=(SHOOT, LOOK)))
    assert long.low_usd > short.low_usd and long.high_usd > short.high_usd and long.price_date == short.price_date

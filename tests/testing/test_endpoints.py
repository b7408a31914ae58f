"""The real SDK against the fake, where all goes well."""

from __future__ import annotations

import base64
import io
import json
import time
import wave
from typing import Any, Literal

import av
import pytest
from PIL import Image
from pydantic import BaseModel

from glimmer import screenplay
from glimmer.testing import FakeGemini

TEXT, IMAGE, TTS = "gemini-3.8-flash", "gemini-nano-banana-2.1", "gemini-3.8-flash-tts"
OMNI, LYRIA = "gemini-omni-1.2-flash", "lyria-3.5"
SHOOT = {
    "name": "shoot_scene",
    "description": "Shoot takes of a scene.",
    "parameters_json_schema": {
        "type": "object",
        "properties": {"scene": {"type": "integer"}, "takes": {"type": "integer"}},
        "required": ["scene"],
    },
}
COST = {"name": "cost", "description": "What was spent so far.", "parameters_json_schema": {"type": "object", "properties": {}}}
TOOLS = {"tools": [{"function_declarations": [SHOOT, COST]}], "automatic_function_calling": {"disable": True}}


def part_of(reply: Any) -> Any:
    return reply.candidates[0].content.parts[0]


def until_done(client: Any, job: Any) -> Any:
    deadline = time.monotonic() + 10
    while job.status == "in_progress" and time.monotonic() < deadline:
        time.sleep(0.02)
        job = client.interactions.get(job.id)
    return job


# ── text ────────────────────────────────────────────────────────────────────────────────────────────────────
def test_it_says_what_it_was_told_to(fake: FakeGemini, client: Any) -> None:
    fake.say("A lighthouse, at dusk.")
    reply = client.models.generate_content(model=TEXT, contents="What is it about?", config={"system_instruction": "Be brief."})
    assert reply.text == "A lighthouse, at dusk."
    assert reply.candidates[0].finish_reason == "STOP"
    assert reply.usage_metadata.candidates_token_count == 6
    assert reply.usage_metadata.thoughts_token_count == 32
    fake.say("Once more.")
    assert client.interactions.create(model=TEXT, input="And again?").output_text == "Once more."
    assert [(each.kind, each.api, each.status) for each in fake.received] == [
        ("text", "generate", 200),
        ("text", "interactions", 200),
    ]


def test_a_stream_brings_its_pieces_as_scripted_and_the_reason_last(fake: FakeGemini, client: Any) -> None:
    fake.say(chunks=["one ", "two ", "three"], pause_seconds=0.02)
    chunks = list(client.models.generate_content_stream(model=TEXT, contents="Count."))
    assert [each.text for each in chunks] == ["one ", "two ", "three", ""]
    assert [each.candidates[0].finish_reason for each in chunks] == [None, None, None, "STOP"]
    assert chunks[-1].candidates[0].content.parts[0].thought_signature
    assert fake.creates("stream") == 1


def test_a_stream_of_an_interaction_can_be_taken_up_where_it_broke_off(fake: FakeGemini, client: Any) -> None:
    fake.say(chunks=["one ", "two ", "three"])
    events = list(client.interactions.create(model=TEXT, input="Count.", stream=True))
    kinds = [each.event_type for each in events]
    assert kinds == ["interaction.created", "step.start", *["step.delta"] * 3, "step.stop", "interaction.completed"]
    again = list(client.interactions.get(events[0].interaction.id, stream=True, last_event_id=events[3].event_id))
    assert [each.event_id for each in again] == [each.event_id for each in events[4:]]
    assert fake.creates() == 1


def test_tokens_are_counted_and_models_listed(fake: FakeGemini, client: Any) -> None:
    assert client.models.count_tokens(model=TEXT, contents="word " * 100).total_tokens == 125
    names = [each.name for each in client.models.list()]
    assert f"models/{TEXT}" in names
    assert client.models.get(model=TEXT).input_token_limit == 1_048_576
    assert fake.creates() == 0


def test_an_answer_longer_than_was_allowed_is_cut_off_and_says_so(fake: FakeGemini, client: Any) -> None:
    fake.say("word " * 400)
    reply = client.models.generate_content(model=TEXT, contents="Go on.", config={"max_output_tokens": 132})
    assert reply.candidates[0].finish_reason == "MAX_TOKENS"
    assert len(reply.text) == 400


def test_asked_for_a_screenplay_it_writes_one(fake: FakeGemini, client: Any) -> None:
    words = 'Write a screenplay in Fountain called "The Lamp" about MARA and TOBIAS in a lighthouse.'
    reply = client.models.generate_content(model=TEXT, contents=words)
    script = screenplay.read(reply.text)
    assert len(script.scenes) == 2
    assert "MARA" in reply.text
    assert "LIGHTHOUSE" in reply.text
    assert client.models.generate_content(model=TEXT, contents=words).text == reply.text


# ── JSON ────────────────────────────────────────────────────────────────────────────────────────────────────
class Look(BaseModel):
    colour: str
    age: Literal["child", "adult", "old"]


class Sheet(BaseModel):
    name: str
    height_m: float
    looks: list[Look]
    note: str | None = None


def test_json_fits_the_schema_whichever_way_it_was_declared(fake: FakeGemini, client: Any) -> None:
    asked = {"model": TEXT, "contents": "Describe MARA, please."}
    typed = client.models.generate_content(**asked, config={"response_mime_type": "application/json", "response_schema": Sheet})
    assert isinstance(typed.parsed, Sheet)
    assert len(typed.parsed.looks) == 2
    assert typed.parsed.name == "MARA"
    schema = Sheet.model_json_schema()
    raw = client.models.generate_content(**asked, config={"response_mime_type": "application/json", "response_json_schema": schema})
    assert Sheet.model_validate_json(raw.text).looks[0].colour.startswith("#")
    wanted = {"type": "text", "mime_type": "application/json", "schema": schema}
    Sheet.model_validate_json(client.interactions.create(model=TEXT, input="Describe her.", response_format=wanted).output_text)


def test_scripted_json_comes_as_scripted(fake: FakeGemini, client: Any) -> None:
    fake.say(json={"name": "Zoë", "scenes": [1, 2]})
    reply = client.models.generate_content(model=TEXT, contents="JSON.", config={"response_mime_type": "application/json"})
    assert json.loads(reply.text) == {"name": "Zoë", "scenes": [1, 2]}


# ── tools ───────────────────────────────────────────────────────────────────────────────────────────────────
def answers(reply: Any) -> dict[str, Any]:
    parts = [
        {"function_response": {"id": each.id, "name": each.name, "response": {"result": f"{each.name} went well"}}}
        for each in reply.function_calls
    ]
    return {"role": "user", "parts": parts}


def test_a_turn_with_tools_goes_there_and_back(fake: FakeGemini, client: Any) -> None:
    fake.say(calls=[("shoot_scene", {"scene": 2}), ("cost", {})])
    history: list[Any] = [{"role": "user", "parts": [{"text": "Shoot scene two and tell me the cost."}]}]
    first = client.models.generate_content(model=TEXT, contents=history, config=TOOLS)
    assert [(each.name, each.args) for each in first.function_calls] == [("shoot_scene", {"scene": 2}), ("cost", {})]
    parts = first.candidates[0].content.parts
    assert parts[0].thought_signature
    assert parts[1].thought_signature is None
    history += [first.candidates[0].content, answers(first)]
    last = client.models.generate_content(model=TEXT, contents=history, config=TOOLS)
    assert "shoot_scene went well" in last.text
    assert "cost went well" in last.text


def test_without_a_script_it_picks_the_tool_that_fits_and_fills_it(fake: FakeGemini, client: Any) -> None:
    asked = {"model": TEXT, "config": TOOLS}
    reply = client.models.generate_content(contents="Please shoot two takes of scene 3, and tell me the cost.", **asked)
    assert [(each.name, each.args) for each in reply.function_calls] == [("shoot_scene", {"scene": 3, "takes": 2}), ("cost", {})]
    assert client.models.generate_content(contents="Good morning!", **asked).function_calls is None


def test_interactions_call_tools_too_with_and_without_the_servers_memory(fake: FakeGemini, client: Any) -> None:
    tools = [{"type": "function", "name": "cost", "description": "What was spent so far.", "parameters": {"type": "object"}}]
    first = client.interactions.create(model=TEXT, input="What did it cost?", tools=tools)
    assert first.status == "requires_action"
    assert [each.type for each in first.steps] == ["thought", "function_call"]
    call = first.steps[-1]
    result = {"type": "function_result", "call_id": call.id, "name": "cost", "result": [{"type": "text", "text": "$0.48"}]}
    remembered = client.interactions.create(model=TEXT, input=[result], tools=tools, previous_interaction_id=first.id)
    assert "$0.48" in remembered.output_text
    asked = {"type": "user_input", "content": [{"type": "text", "text": "What did it cost?"}]}
    steps = [asked, *(each.model_dump(exclude_none=True, mode="json") for each in first.steps), result]
    assert "$0.48" in client.interactions.create(model=TEXT, input=steps, tools=tools, store=False).output_text


def test_a_streamed_call_comes_with_its_arguments(fake: FakeGemini, client: Any) -> None:
    fake.say(calls=[("cost", {"by": "scene"})])
    tools = [{"type": "function", "name": "cost", "description": "What was spent.", "parameters": {"type": "object"}}]
    events = list(client.interactions.create(model=TEXT, input="Cost?", tools=tools, stream=True))
    deltas = [each.delta for each in events if each.event_type == "step.delta"]
    assert [each.type for each in deltas] == ["thought_signature", "arguments_delta"]
    assert json.loads(deltas[1].arguments) == {"by": "scene"}
    assert events[-1].interaction.status == "requires_action"


# ── media ───────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("aspect", "size"), [("16:9", (384, 216)), ("9:16", (216, 384)), ("1:1", (216, 216))])
def test_pictures_have_the_asked_aspect_and_differ_by_what_was_asked(
    fake: FakeGemini, client: Any, aspect: str, size: tuple[int, int]
) -> None:
    config = {"response_modalities": ["IMAGE"], "image_config": {"aspect_ratio": aspect}}
    whale = part_of(client.models.generate_content(model=IMAGE, contents="a whale", config=config)).inline_data
    gull = part_of(client.models.generate_content(model=IMAGE, contents="a gull", config=config)).inline_data
    assert whale.data != gull.data
    picture = Image.open(io.BytesIO(whale.data))
    assert (picture.format, picture.size) == ("PNG", size)
    assert len(set(picture.get_flattened_data() if hasattr(picture, "get_flattened_data") else picture.getdata())) > 100


def test_interactions_paint_after_references(fake: FakeGemini, client: Any) -> None:
    seen = base64.b64encode(part_of(client.models.generate_content(model=IMAGE, contents="MARA")).inline_data.data).decode()
    content = [{"type": "text", "text": "MARA at dusk"}, {"type": "image", "data": seen, "mime_type": "image/png"}]
    wanted = {"type": "image", "aspect_ratio": "16:9", "image_size": "2K"}
    made = client.interactions.create(model=IMAGE, input=content, response_format=wanted)
    assert Image.open(io.BytesIO(base64.b64decode(made.output_image.data))).size == (768, 432)
    assert made.usage.output_tokens_by_modality[0].tokens == 1_680
    assert fake.received[-1].asked is not None
    assert fake.received[-1].asked.images == 1


def test_speech_is_samples_without_a_header_or_a_whole_file(fake: FakeGemini, client: Any) -> None:
    speech = {"voice_config": {"prebuilt_voice_config": {"voice_name": "Kore"}}}
    config = {"response_modalities": ["AUDIO"], "speech_config": speech}
    raw = part_of(client.models.generate_content(model=TTS, contents="We have until the tide turns.", config=config)).inline_data
    assert raw.mime_type == "audio/L16;codec=pcm;rate=24000"
    assert not raw.data.startswith(b"RIFF")
    assert len(raw.data) / 2 / 24_000 == pytest.approx(6 * 0.3 + 0.25)
    wanted = {"type": "audio", "mime_type": "audio/wav"}
    whole = client.interactions.create(
        model=TTS,
        input="MARA: We begin.\nTOM: Now?",
        response_format=wanted,
        generation_config={"speech_config": [{"speaker": "MARA", "voice": "Kore"}, {"speaker": "TOM", "voice": "Puck"}]},
    )
    with wave.open(io.BytesIO(base64.b64decode(whole.output_audio.data))) as sound:
        assert (sound.getframerate(), sound.getnchannels()) == (24_000, 1)
        assert sound.getnframes() / 24_000 == pytest.approx(3 * 0.3 + 2 * 0.25)


@pytest.mark.parametrize(("mime_type", "codec"), [("audio/mp3", "mp3float"), ("audio/wav", "pcm_s16le")])
def test_music_is_a_file_of_some_seconds(fake: FakeGemini, client: Any, mime_type: str, codec: str) -> None:
    made = client.interactions.create(model=LYRIA, input="a sad sea", response_format={"type": "audio", "mime_type": mime_type})
    with av.open(io.BytesIO(base64.b64decode(made.output_audio.data))) as sound:
        assert sound.streams.audio[0].codec_context.name == codec
        assert sound.duration / 1e6 == pytest.approx(8, abs=0.1)


# ── jobs and files ──────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("delivery", ["uri", "inline"])
def test_a_clip_is_a_job_that_ends_with_an_mp4_of_the_asked_length(fake: FakeGemini, client: Any, delivery: str) -> None:
    fake.job_seconds = 0.1
    wanted = {"type": "video", "duration": "5s", "resolution": "360p", "aspect_ratio": "16:9", "delivery": delivery}
    job = client.interactions.create(model=OMNI, input="A whale sings.", background=True, response_format=wanted)
    assert (job.status, job.output_video) == ("in_progress", None)
    done = until_done(client, job)
    assert done.status == "completed"
    video = done.output_video
    body = client.files.download(file=video.uri) if delivery == "uri" else base64.b64decode(video.data)
    with av.open(io.BytesIO(body)) as clip:
        picture = clip.streams.video[0]
        assert (picture.codec_context.name, picture.width, picture.height) == ("h264", 160, 90)
        assert sum(1 for _ in clip.decode(video=0)) == 5 * 24
        assert clip.streams.audio[0].codec_context.name == "aac"
    assert done.usage.total_output_tokens == 5 * 1_903
    assert (fake.creates("video"), fake.distinct_creates("video")) == (1, 1)


def test_the_same_clip_asked_for_twice_is_seen(fake: FakeGemini, client: Any) -> None:
    for words in ("A whale.", "A whale.", "A gull."):
        client.interactions.create(model=OMNI, input=words, background=True, response_format={"type": "video", "duration": "3s"})
    assert (fake.creates("video"), fake.distinct_creates("video")) == (3, 2)


def test_a_job_can_be_cancelled_and_forgotten(fake: FakeGemini, client: Any) -> None:
    fake.job_seconds = 60
    job = client.interactions.create(
        model=OMNI, input="A whale.", background=True, response_format={"type": "video", "duration": "3s"}
    )
    assert client.interactions.cancel(job.id).status == "cancelled"
    assert client.interactions.get(job.id).status == "cancelled"
    client.interactions.delete(job.id)
    with pytest.raises(Exception, match="not found"):
        client.interactions.get(job.id)


def test_time_can_be_let_pass(fake: FakeGemini, client: Any) -> None:
    fake.job_seconds = 3_600
    job = client.interactions.create(
        model=OMNI, input="A whale.", background=True, response_format={"type": "video", "duration": "3s"}
    )
    assert client.interactions.get(job.id).status == "in_progress"
    fake.later(hours=1)
    assert client.interactions.get(job.id).status == "completed"


def test_files_are_uploaded_shown_and_gone_after_48_hours(fake: FakeGemini, client: Any) -> None:
    picture = part_of(client.models.generate_content(model=IMAGE, contents="MARA")).inline_data.data
    file = client.files.upload(file=io.BytesIO(picture), config={"mime_type": "image/png", "display_name": "Mara"})
    assert (file.state, file.size_bytes, file.display_name) == ("ACTIVE", len(picture), "Mara")
    assert client.models.generate_content(model=TEXT, contents=["Who is this?", file]).text
    assert [each.name for each in client.files.list()] == [file.name]
    fake.later(hours=49)
    with pytest.raises(Exception, match="permission to access the File"):
        client.files.get(name=file.name)
    with pytest.raises(Exception, match="permission to access the File"):
        client.models.generate_content(model=TEXT, contents=["Who is this?", file])


def test_a_big_file_comes_in_pieces_and_a_film_is_looked_at_first(fake: FakeGemini, client: Any) -> None:
    fake.files.video_seconds = 0.1
    body = b"\0\0\0\x18ftypmp42" + bytes(9 * 1024**2)
    file = client.files.upload(file=io.BytesIO(body), config={"mime_type": "video/mp4"})
    assert file.state == "PROCESSING"
    with pytest.raises(Exception, match="not in an ACTIVE state"):
        client.models.generate_content(model=TEXT, contents=["Look.", file])
    fake.later(seconds=1)
    assert client.files.get(name=file.name).state == "ACTIVE"
    assert len(fake.requests("upload")) == 3

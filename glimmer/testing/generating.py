"""generateContent, the older of the two APIs: its bodies read into an Asked, its answers written from an Answer.

It refuses what the real one refuses: results that answer no call, calls that came back without the signature they were given with,
more of an input than a model takes, and modalities that a model does not have.
"""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from glimmer.testing.asking import MOST_IMAGES, VOICES, Answer, Asked, Declared, Media, Result
from glimmer.testing.inputs import check_inline
from glimmer.testing.media import ASPECTS
from glimmer.testing.refusing import Refused
from glimmer.testing.validating import check_generate

__all__ = ["TTS_INPUT_TOKENS", "Signatures", "check_voices", "read", "signature_for", "write", "write_stream"]

TTS_INPUT_TOKENS: Final = 8_192
_SKIPPED: Final = frozenset(
    ("skip_thought_signature_validator", "context_engineering_is_the_way_to_go")
)  # the documented ways round


class Signatures:
    """Which signature went out with which call, to see that it comes back."""

    def __init__(self) -> None:
        self._of_call: dict[str, str] = {}
        self._lock = threading.Lock()

    def give(self, call_id: str, signature: str) -> None:
        with self._lock:
            self._of_call[call_id] = signature

    def of(self, call_id: str) -> str:
        with self._lock:
            return self._of_call.get(call_id, "")


def signature_for(words: str) -> str:
    return base64.b64encode(b"\x12" + hashlib.sha512(words.encode()).digest()).decode()


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────
def read(
    body: Mapping[str, Any],
    *,
    model: str,
    able: frozenset[str],
    stream: bool,
    signatures: Signatures,
    check_file: Callable[[str], None],
    lenient: bool = False,
) -> Asked:
    """Raises: Refused."""
    plain = check_generate(body)
    contents = plain.get("contents") or []
    if not contents:
        raise Refused(400, "* GenerateContentRequest.contents: contents is not specified", fields=(("contents", "required"),))
    images = _check_parts(contents, check_file)
    config = plain.get("generation_config", {})
    kind = _kind(config, able, stream)
    if not lenient:
        _check_turns(contents)
        _check_signatures(contents, signatures)
    results, rounds = _results(contents)
    asked = Asked(
        kind=kind,
        api="generate",
        model=model,
        words=_last_words(contents),
        system=_text(plain.get("system_instruction") or {}),
        history=tuple(_text(each) for each in contents),
        tools=_tools(plain),
        results=results,
        rounds=rounds,
        schema=_schema(config),
        images=images,
        stream=stream,
        max_tokens=int(config.get("max_output_tokens", 65_536)),
        **_shape(config),
        **_calling(plain),
    )
    _check_asked(asked, config)
    return asked


def _kind(config: Mapping[str, Any], able: frozenset[str], stream: bool) -> str:
    wanted = {str(each).upper() for each in config.get("response_modalities", ())}
    for each in wanted - {"TEXT", "IMAGE", "AUDIO"}:
        raise Refused(400, f"Invalid value at 'generation_config.response_modalities': \"{each}\"")
    if "IMAGE" in wanted or (not wanted and "image" in able):
        kind = "image"
    elif "AUDIO" in wanted or "music" in able:
        kind = "music" if "music" in able else "speech"
    else:
        kind = "text"
    if kind not in able:
        said = "AUDIO" if kind in ("speech", "music") else kind.upper()
        raise Refused(400, f"The requested combination of response modalities ({said}) is not supported by the model.")
    return "stream" if kind == "text" and stream else kind


def _shape(config: Mapping[str, Any]) -> dict[str, Any]:
    image = config.get("image_config", {})
    return {
        "aspect": image.get("aspect_ratio") or "1:1",
        "scale": image.get("image_size") or "1K",
        "voices": _voices(config.get("speech_config") or {}),
        "mime_type": config.get("response_mime_type", ""),
    }


def _voices(speech: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    many = (speech.get("multi_speaker_voice_config") or {}).get("speaker_voice_configs") or []
    if many:
        return tuple((str(each.get("speaker", "")), _voice(each.get("voice_config") or {})) for each in many)
    return (("", _voice(speech["voice_config"])),) if speech.get("voice_config") else ()


def _voice(config: Mapping[str, Any]) -> str:
    return str((config.get("prebuilt_voice_config") or {}).get("voice_name") or config.get("voice") or "Kore")


def _calling(plain: Mapping[str, Any]) -> dict[str, Any]:
    calling = (plain.get("tool_config") or {}).get("function_calling_config") or {}
    mode = str(calling.get("mode", "AUTO")).upper()
    if mode not in ("AUTO", "ANY", "NONE", "VALIDATED", "MODE_UNSPECIFIED"):
        raise Refused(400, f"Invalid value at 'tool_config.function_calling_config.mode': \"{mode}\"")
    names = tuple(calling.get("allowed_function_names", ()))
    if names and mode not in ("ANY", "VALIDATED"):
        raise Refused(400, "allowed_function_names should only be set when the function calling mode is ANY.")
    return {"must_call": (names or ("*",)) if mode == "ANY" else (), "may_call": mode != "NONE"}


def _schema(config: Mapping[str, Any]) -> dict[str, Any] | None:
    schema = config.get("response_json_schema") or config.get("response_schema")
    mime = config.get("response_mime_type", "")
    if schema and mime != "application/json":
        raise Refused(
            400,
            f"* GenerateContentRequest.generation_config.response_schema: only allowed when response_mime_type is application/json, met {mime!r}",
        )
    if schema and config.get("response_json_schema") and config.get("response_schema"):
        raise Refused(400, "Only one of response_schema and response_json_schema may be set.")
    if schema:
        return dict(schema)
    return {} if mime == "application/json" else None


def _tools(plain: Mapping[str, Any]) -> tuple[Declared, ...]:
    found: list[Declared] = []
    for tool in plain.get("tools", ()):
        for each in tool.get("function_declarations", ()):
            name = str(each.get("name", ""))
            if not name:
                raise Refused(400, "* GenerateContentRequest.tools[0].function_declarations[0].name: Invalid function name.")
            if any(other.name == name for other in found):
                raise Refused(400, f"Duplicate function declaration found: {name}")
            schema = each.get("parameters_json_schema") or each.get("parameters") or {}
            found.append(Declared(name, str(each.get("description", "")), dict(schema)))
    return tuple(found)


def _text(content: Mapping[str, Any]) -> str:
    said: list[str] = []
    for part in content.get("parts", ()):
        if part.get("thought"):
            continue
        if "function_response" in part:
            said.append(json.dumps(part["function_response"].get("response")))
        elif "function_call" in part:
            said.append(json.dumps(part["function_call"].get("args")))
        else:
            said.append(part.get("text", ""))
    return "\n".join(filter(None, said))


def _last_words(contents: Sequence[Mapping[str, Any]]) -> str:
    """What a person said last: results of tools are no words of theirs."""
    for content in reversed(contents):
        if content.get("role", "user") != "model" and any("text" in part for part in content.get("parts", ())):
            return "\n".join(part["text"] for part in content["parts"] if part.get("text"))
    return ""


def _results(contents: Sequence[Mapping[str, Any]]) -> tuple[tuple[Result, ...], int]:
    """The results that this turn brings, and how many rounds of calls there were since a person spoke."""
    found: tuple[Result, ...] = ()
    rounds = 0
    for content in contents:
        responses = [part["function_response"] for part in content.get("parts", ()) if "function_response" in part]
        if responses:
            rounds += 1
            found = tuple(_result(each) for each in responses)
        elif content.get("role", "user") != "model":
            found, rounds = (), 0
    return found, rounds


def _result(response: Mapping[str, Any]) -> Result:
    value = response.get("response") or {}
    error = isinstance(value, Mapping) and "error" in value
    said = (
        [value[name] for name in ("error", "result", "output", "text", "data") if name in value]
        if isinstance(value, Mapping)
        else []
    )
    words = next((each for each in said if isinstance(each, str)), None)
    return Result(str(response.get("name", "")), words or json.dumps(value, ensure_ascii=False), error, str(response.get("id", "")))


# ── what the real one would refuse ──────────────────────────────────────────────────────────────────────────
def _check_parts(contents: Sequence[Mapping[str, Any]], check_file: Callable[[str], None]) -> int:
    """How many files the model is shown."""
    shown = 0
    for at, content in enumerate(contents):
        if content.get("role", "user") not in ("user", "model", "function"):
            raise Refused(400, "Please use a valid role: user, model.")
        if not content.get("parts"):
            raise Refused(400, f"* GenerateContentRequest.contents[{at}].parts: contents.parts must not be empty.")
        for number, part in enumerate(content["parts"]):
            where = f"contents[{at}].parts[{number}]"
            values = [name for name in ("text", "inline_data", "file_data", "function_call", "function_response") if name in part]
            if not values and not part.get("thought_signature") and not set(part) - {"thought"}:
                raise Refused(
                    400, f"* GenerateContentRequest.{where}.data: required oneof field 'data' must have one initialized field"
                )
            if "inline_data" in part:
                check_inline(part["inline_data"].get("data"), part["inline_data"].get("mime_type"), where)
                shown += 1
            if "file_data" in part:
                check_file(str(part["file_data"].get("file_uri", "")))
                shown += 1
    return shown


def _check_turns(contents: Sequence[Mapping[str, Any]]) -> None:
    """A call is answered at once, by as many results as there were calls."""
    before: list[Mapping[str, Any]] = []
    role_before = ""
    for content in contents:
        parts = content.get("parts", ())
        calls = [part["function_call"] for part in parts if "function_call" in part]
        responses = [part["function_response"] for part in parts if "function_response" in part]
        if responses and not before:
            raise Refused(400, "Please ensure that function response turn comes immediately after a function call turn.")
        if before and len(responses) != len(before):
            raise Refused(
                400,
                "Please ensure that the number of function response parts is equal to the number of function call parts of the "
                f"function call turn: {len(responses)} for {len(before)}.",
            )
        if responses:
            _check_names(before, responses)
        if calls and role_before in ("", "model"):
            raise Refused(
                400, "Please ensure that function call turn comes immediately after a user turn or after a function response turn."
            )
        before, role_before = calls, content.get("role", "user")
    if before:
        raise Refused(400, "Please ensure that function call turn is followed by a function response turn.")


def _check_names(calls: Sequence[Mapping[str, Any]], responses: Sequence[Mapping[str, Any]]) -> None:
    names = sorted(str(each.get("name", "")) for each in calls)
    if names != sorted(str(each.get("name", "")) for each in responses):
        raise Refused(400, f"function_response.name must be that of its function_call; expected {', '.join(names)}.")
    ids = {each.get("id") for each in calls if each.get("id")}
    wrong = [each["id"] for each in responses if each.get("id") and ids and each["id"] not in ids]
    if wrong:
        raise Refused(400, f"function_response.id {wrong[0]!r} is not the id of a function call of the turn before.")


def _check_signatures(contents: Sequence[Mapping[str, Any]], signatures: Signatures) -> None:
    """As the real one: a signature that came with a call of the current turn must come back as it was; a changed one is never taken."""
    spoken = [
        at
        for at, each in enumerate(contents)
        if each.get("role", "user") != "model" and any("text" in part for part in each["parts"])
    ]
    turn = spoken[-1] if spoken else 0
    for at, content in enumerate(contents):
        for number, part in enumerate(content.get("parts", ())):
            if "function_call" not in part:
                continue
            call = part["function_call"]
            given, back = signatures.of(str(call.get("id", ""))), part.get("thought_signature", "")
            where = f"function call `{call.get('name')}` , position {number + 1}"
            if given and not back and at > turn:
                raise Refused(
                    400,
                    f"Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly. {where}.",
                )
            if given and back and _bytes(back) != _bytes(given) and back not in _SKIPPED:
                raise Refused(400, f"Thought signature is not valid. {where}.")


def _bytes(text: str) -> bytes:
    """Both alphabets of base64 are one to the server."""
    return base64.b64decode(text.replace("-", "+").replace("_", "/") + "===", validate=False)


def _check_asked(asked: Asked, config: Mapping[str, Any]) -> None:
    if asked.kind == "speech":
        if asked.system:
            raise Refused(400, "Developer instruction is not enabled for this model.")
        if asked.tools:
            raise Refused(400, "Function calling is not enabled for this model.")
        check_voices(asked.voices)
        if len(asked.words) // 4 > TTS_INPUT_TOKENS:
            raise Refused(400, f"The input token count exceeds the maximum number of tokens allowed ({TTS_INPUT_TOKENS}).")
    if asked.kind == "image":
        _among("image_config.aspect_ratio", asked.aspect, ASPECTS)
        _among("image_config.image_size", asked.scale, ("512", "1K", "2K", "4K"))
        if asked.images > MOST_IMAGES:
            raise Refused(400, f"Too many images: {asked.images}; the model takes at most {MOST_IMAGES}.")
    if not 0 < asked.max_tokens <= 65_536:
        raise Refused(
            400,
            f"Unable to submit request because it has a maxOutputTokens value of {asked.max_tokens} but the supported range is from 1 to 65536.",
        )
    if not 0 <= float(config.get("temperature", 1)) <= 2:
        raise Refused(400, f"temperature must be in the range [0.0, 2.0], met {config['temperature']}.")
    level = (config.get("thinking_config") or {}).get("thinking_level")
    if level is not None:
        _among("thinking_config.thinking_level", str(level).upper(), ("MINIMAL", "LOW", "MEDIUM", "HIGH", "XHIGH"))


def check_voices(voices: Sequence[tuple[str, str]]) -> None:
    """Raises: Refused for a voice that there is not, and for more than two speakers."""
    for _, voice in voices:
        if voice.lower() not in VOICES and not voice.startswith("voices/"):
            raise Refused(400, f"Voice name {voice} is not supported. Allowed voice names are: {', '.join(sorted(VOICES))}.")
    if len(voices) > 2:
        raise Refused(400, f"{len(voices)} speakers; the model takes at most 2.")


def _among(where: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        raise Refused(400, f"Invalid value at 'generation_config.{where}': {value!r}. Supported values: {', '.join(known)}.")


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────
def write(answer: Answer, asked: Asked, response_id: str, signatures: Signatures) -> dict[str, Any]:
    """One whole response."""
    return _response(answer, asked, response_id, _parts(answer, response_id, signatures), answer.finish)


def write_stream(answer: Answer, asked: Asked, response_id: str, signatures: Signatures) -> list[dict[str, Any]]:
    """The same as chunks. The finish reason, and the signature of what was thought, come with the last alone, behind an empty text."""
    parts = _parts(answer, response_id, signatures, text=False)
    chunks = [[{"text": piece}] for piece in answer.pieces()] + [[part] for part in parts]
    if answer.thought:
        chunks.insert(0, [{"text": answer.thought, "thought": True}])
    if answer.blocked:
        return [_response(answer, asked, response_id, [], "")]
    if answer.finish == "STOP" and answer.pieces() and not answer.calls:
        chunks.append([{"text": "", "thoughtSignature": signature_for(response_id)}])
    chunks = chunks or [[]]
    return [
        _response(answer, asked, response_id, part, answer.finish if at == len(chunks) - 1 else "")
        for at, part in enumerate(chunks)
    ]


def _parts(answer: Answer, response_id: str, signatures: Signatures, *, text: bool = True) -> list[dict[str, Any]]:
    parts: list[dict[str, Any]] = []
    if answer.thought and text:
        parts.append({"text": answer.thought, "thought": True})
    if answer.odd == "step":
        parts.append({"hologram": {"depth": 3}})
    if answer.text and text:
        parts.append({"text": answer.text})
    elif answer.chunks and text:
        parts.append({"text": "".join(answer.chunks)})
    for at, call in enumerate(answer.calls):
        part: dict[str, Any] = {"functionCall": {"id": call.id, "name": call.name, "args": call.arguments}}
        if at == 0:  # only the first of parallel calls carries it
            part["thoughtSignature"] = signature_for(f"{response_id} {call.id}")
            signatures.give(call.id, part["thoughtSignature"])
        parts.append(part)
    if answer.media is not None:
        parts.append({"inlineData": _blob(answer.media)})
    return parts


def _blob(media: Media) -> dict[str, str]:
    return {"mimeType": media.mime_type, "data": base64.b64encode(media.body).decode()}


def _response(answer: Answer, asked: Asked, response_id: str, parts: list[dict[str, Any]], finish: str) -> dict[str, Any]:
    response: dict[str, Any] = {"modelVersion": asked.model, "responseId": response_id}
    if answer.blocked:
        response["promptFeedback"] = {"blockReason": answer.blocked}
    else:
        candidate: dict[str, Any] = {"index": 0}
        if parts:
            candidate["content"] = {"role": "model", "parts": parts}
        elif answer.finish == "STOP":
            candidate["content"] = {"role": "model"}
        if finish:
            candidate["finishReason"] = finish
            if answer.finish_message:
                candidate["finishMessage"] = answer.finish_message
        response["candidates"] = [candidate]
    if answer.says_usage:
        response["usageMetadata"] = _usage(answer, asked)
    return response


_MODALITY: Final = {"image": "IMAGE", "speech": "AUDIO", "music": "AUDIO", "video": "VIDEO"}


def _usage(answer: Answer, asked: Asked) -> dict[str, Any]:
    prompt = asked.tokens_in()
    usage: dict[str, Any] = {
        "promptTokenCount": prompt,
        "totalTokenCount": prompt + answer.tokens_out + answer.tokens_thought,
        "promptTokensDetails": [{"modality": "TEXT", "tokenCount": prompt - 258 * asked.images}],
    }
    if asked.images:
        usage["promptTokensDetails"].append({"modality": "IMAGE", "tokenCount": 258 * asked.images})
    if answer.tokens_out:
        usage["candidatesTokenCount"] = answer.tokens_out
        usage["candidatesTokensDetails"] = [{"modality": _MODALITY.get(asked.kind, "TEXT"), "tokenCount": answer.tokens_out}]
    if answer.tokens_thought:
        usage["thoughtsTokenCount"] = answer.tokens_thought
    return usage

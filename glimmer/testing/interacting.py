"""Interactions, the API that films, pictures and music are made over: its bodies read into an Asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from glimmer.testing.asking import MOST_IMAGES, MOST_REFERENCES, Asked, Declared, Result
from glimmer.testing.generating import TTS_INPUT_TOKENS, check_voices
from glimmer.testing.inputs import check_inline
from glimmer.testing.interaction_steps import Interaction
from glimmer.testing.media import ASPECTS
from glimmer.testing.refusing import Refused
from glimmer.testing.validating import check_interaction

__all__ = ["read"]

RESOLUTIONS: Final = ("360p", "720p", "1080p", "4k")
TASKS: Final = ("text_to_video", "image_to_video", "reference_to_video", "edit", "extend", "upscale")
AUDIO_TYPES: Final = ("audio/wav", "audio/mp3", "audio/l16")  # of the real one's, those that this one can make


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────
def read(
    body: Mapping[str, Any],
    *,
    able: frozenset[str],
    find: Callable[[str], Interaction],
    check_file: Callable[[str], None],
    signed: Callable[[str], str],
) -> tuple[Asked, tuple[dict[str, Any], ...]]:
    """What is asked, and all steps up to it. Raises: Refused."""
    plain = check_interaction(body)
    before: tuple[dict[str, Any], ...] = ()
    if plain.get("previous_interaction_id"):
        last = find(str(plain["previous_interaction_id"]))
        before = (*last.earlier, *last.steps)
    said = (*before, *_as_steps(plain["input"]))
    images = _check_contents(_as_steps(plain["input"]), check_file)
    _check_results(said, signed)
    wanted = _format(plain)
    kind = _kind(plain, wanted, able)
    results, rounds = _results(said)
    config = plain.get("generation_config") or {}
    asked = Asked(
        kind=kind,
        api="interactions",
        model=str(plain["model"]),
        words=_last_words(said),
        system=plain.get("system_instruction", ""),
        history=tuple(_words(each) for each in said),
        tools=_tools(plain),
        results=results,
        rounds=rounds,
        schema=_schema(plain, wanted),
        images=images,
        stream=bool(plain.get("stream")),
        background=bool(plain.get("background")),
        max_tokens=int(config.get("max_output_tokens", 65_536)),
        **_shape(kind, wanted, config),
        **_calling(config),
    )
    _check_asked(asked, plain, config)
    return asked, said


def _as_steps(given: Any) -> tuple[dict[str, Any], ...]:
    if isinstance(given, str):
        return ({"type": "user_input", "content": [{"type": "text", "text": given}]},)
    listed = given if isinstance(given, list) else [given]
    contents = [each for each in listed if each["type"] in ("text", "image", "audio", "video", "document")]
    if contents and len(contents) != len(listed):
        raise Refused(400, "input must be a list of contents or a list of steps, not both.")
    return ({"type": "user_input", "content": contents},) if contents else tuple(listed)


def _format(plain: Mapping[str, Any]) -> dict[str, Any]:
    given = plain.get("response_format")
    if isinstance(given, list):
        kinds = [each for each in given if each["type"] != "text"]
        return dict(kinds[0] if kinds else given[0]) if given else {}
    return dict(given or {})


def _kind(plain: Mapping[str, Any], wanted: Mapping[str, Any], able: frozenset[str]) -> str:
    asked_for = wanted.get("type", "")
    if asked_for == "audio":
        kind = "music" if "music" in able else "speech"
    elif asked_for in ("image", "video"):
        kind = asked_for
    elif asked_for == "text":
        kind = "text"
    else:
        kind = next((each for each in ("image", "video", "music", "speech") if each in able), "text")
    if kind not in able:
        raise Refused(
            400,
            f"The model {plain['model']} does not support the response format {asked_for or kind!r}.",
            fields=(("response_format", "unsupported"),),
        )
    return "stream" if kind == "text" and plain.get("stream") else kind


def _schema(plain: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any] | None:
    if wanted.get("type") == "text" and wanted.get("schema"):
        if wanted.get("mime_type") != "application/json":
            raise Refused(400, "response_format.mime_type must be application/json where a schema is given.")
        return dict(wanted["schema"])
    json_asked = "application/json" in (wanted.get("mime_type"), plain.get("response_mime_type"))
    return {} if json_asked and wanted.get("type", "text") == "text" else None


def _shape(kind: str, wanted: Mapping[str, Any], config: Mapping[str, Any]) -> dict[str, Any]:
    image = config.get("image_config") or {}
    shape: dict[str, Any] = {
        "aspect": wanted.get("aspect_ratio") or image.get("aspect_ratio") or ("16:9" if kind == "video" else "1:1"),
        "scale": wanted.get("image_size") or image.get("image_size") or "1K",
        "mime_type": wanted.get("mime_type", ""),
        "rate_hz": int(wanted.get("sample_rate") or 0),
        "delivery": wanted.get("delivery", ""),
        "resolution": wanted.get("resolution") or "720p",
        "voices": _voices(config.get("speech_config")),
    }
    if kind == "video":
        shape["seconds"] = _seconds(wanted.get("duration") or "8s")
    return shape


def _seconds(duration: str) -> int:
    number = duration.removesuffix("s")
    whole = number.partition(".")[0] if set(number.partition(".")[2]) <= {"0"} else number
    if not duration.endswith("s") or not whole.isdigit() or not 3 <= int(whole) <= 15:
        raise Refused(
            400,
            f"Invalid value at 'response_format.duration': {duration!r}; expected whole seconds from 3s to 15s.",
            fields=(("response_format.duration", "out of range"),),
        )
    return int(whole)


def _voices(speech: Any) -> tuple[tuple[str, str], ...]:
    if speech is None:
        return ()
    listed = speech.get("speakers", []) if isinstance(speech, Mapping) else speech
    if not isinstance(listed, list) or not all(isinstance(each, Mapping) for each in listed):
        raise Refused(400, "Invalid value at 'generation_config.speech_config': expected a list of {speaker, voice, language}.")
    for each in listed:
        for name in set(each) - {"speaker", "voice", "language"}:
            raise Refused(
                400,
                f"Invalid JSON payload received. Unknown name \"{name}\" at 'generation_config.speech_config': Cannot find field.",
            )
    return tuple((str(each.get("speaker") or ""), str(each.get("voice") or "Kore")) for each in listed)


def _calling(config: Mapping[str, Any]) -> dict[str, Any]:
    choice = config.get("tool_choice", "auto")
    names: tuple[str, ...] = ()
    if isinstance(choice, Mapping):
        allowed = choice.get("allowed_tools") or {}
        choice, names = str(allowed.get("mode", "auto")), tuple(allowed.get("tools") or ())
    if choice not in ("auto", "any", "none", "validated"):
        raise Refused(
            400, f"Invalid value at 'generation_config.tool_choice': {choice!r}. Supported values: auto, any, none, validated."
        )
    return {"must_call": (names or ("*",)) if choice == "any" else (), "may_call": choice != "none"}


def _tools(plain: Mapping[str, Any]) -> tuple[Declared, ...]:
    found: list[Declared] = []
    for each in plain.get("tools") or ():
        if each["type"] != "function":
            continue
        if not each.get("name"):
            raise Refused(400, "tools: a function needs a name.")
        if any(other.name == each["name"] for other in found):
            raise Refused(400, f"Duplicate function declaration found: {each['name']}")
        found.append(Declared(each["name"], each.get("description", ""), dict(each.get("parameters") or {})))
    return tuple(found)


def _words(step: Mapping[str, Any]) -> str:
    if step["type"] == "function_result":
        return _result(step).text
    if step["type"] == "function_call":
        return json.dumps(step.get("arguments"))
    return "\n".join(item.get("text", "") for item in step.get("content") or () if item.get("type") == "text")


def _last_words(said: Sequence[Mapping[str, Any]]) -> str:
    return next((_words(step) for step in reversed(said) if step["type"] == "user_input" and _words(step)), "")


def _results(said: Sequence[Mapping[str, Any]]) -> tuple[tuple[Result, ...], int]:
    found: list[Result] = []
    rounds = 0
    last = ""
    for step in said:
        if step["type"] == "function_result":
            if last != "function_result":
                found, rounds = [], rounds + 1
            found.append(_result(step))
        elif step["type"] == "user_input":
            found, rounds = [], 0
        last = step["type"]
    return tuple(found), rounds


def _result(step: Mapping[str, Any]) -> Result:
    value = step.get("result")
    if isinstance(value, list):
        words = "\n".join(str(item.get("text", "")) for item in value if isinstance(item, Mapping) and item.get("type") == "text")
    else:
        words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return Result(str(step.get("name") or ""), words, bool(step.get("is_error")), str(step.get("call_id", "")))


# ── what the real one would refuse ──────────────────────────────────────────────────────────────────────────
def _check_contents(said: Sequence[Mapping[str, Any]], check_file: Callable[[str], None]) -> int:
    shown = 0
    for step in said:
        for number, item in enumerate(step.get("content") or ()):
            if item["type"] == "text":
                continue
            shown += 1
            if item.get("data"):
                check_inline(item["data"], item.get("mime_type"), f"input.content[{number}]")
            elif item.get("uri"):
                check_file(str(item["uri"]))
            else:
                raise Refused(400, f"input.content[{number}]: one of data and uri is required.")
    return shown


def _check_results(said: Sequence[Mapping[str, Any]], signed: Callable[[str], str]) -> None:
    """Every result is of a call that stands before it, every call is answered, and what was thought before a call came back with it."""
    open_calls: dict[str, str] = {}
    thought = ""
    for step in said:
        kind = step["type"]
        if kind == "thought":
            thought = str(step.get("signature") or "")
        elif kind == "function_call":
            given = signed(str(step.get("id", "")))
            if given and thought != given:
                raise Refused(
                    400,
                    f"Function call {step.get('name')!r} is missing the thought step that came before it, or its signature was changed.",
                )
            open_calls[str(step.get("id", ""))] = str(step.get("name", ""))
        elif kind == "function_result":
            name = open_calls.pop(str(step.get("call_id", "")), None)
            if name is None:
                raise Refused(400, f"function_result.call_id {step.get('call_id')!r} is not the id of an open function call.")
            if "result" not in step:
                raise Refused(400, "function_result.result is required.")
            if step.get("name") and step["name"] != name:
                raise Refused(400, f"function_result.name {step['name']!r} is not that of its call, {name!r}.")
        elif kind in ("user_input", "model_output") and open_calls:
            raise Refused(400, f"The function call {next(iter(open_calls))!r} has no result.")
        if kind in ("user_input", "function_result"):
            thought = ""
    if open_calls:
        raise Refused(400, f"The function call {next(iter(open_calls))!r} has no result.")


def _check_asked(asked: Asked, plain: Mapping[str, Any], config: Mapping[str, Any]) -> None:
    if plain.get("store") is False and (asked.background or plain.get("previous_interaction_id")):
        raise Refused(400, "background and previous_interaction_id need store to be true.")
    if asked.kind == "image":
        _among("response_format.aspect_ratio", asked.aspect, ASPECTS)
        _among("response_format.image_size", asked.scale, ("512", "1K", "2K", "4K"))
        _among("response_format.mime_type", asked.mime_type, ("", "image/jpeg", "image/png"))
        _most("images", asked.images, MOST_IMAGES)
    if asked.kind == "video":
        _among("response_format.aspect_ratio", asked.aspect, ("16:9", "9:16"))
        _among("response_format.resolution", asked.resolution, RESOLUTIONS)
        _most("references", asked.images, MOST_REFERENCES)
        _check_task(str((config.get("video_config") or {}).get("task") or ""), asked)
    if asked.kind in ("speech", "music"):
        _among("response_format.mime_type", asked.mime_type, ("", *AUDIO_TYPES))
    if asked.kind == "speech" and len(asked.words) // 4 > TTS_INPUT_TOKENS:
        raise Refused(400, f"The input token count exceeds the maximum number of tokens allowed ({TTS_INPUT_TOKENS}).")
    if asked.kind == "speech":
        check_voices(asked.voices)
    if asked.kind in ("speech", "video", "music") and asked.tools:
        raise Refused(400, "Function calling is not enabled for this model.")
    _among("response_format.delivery", asked.delivery, ("", "inline", "uri"))
    _among("generation_config.thinking_level", config.get("thinking_level", "low"), ("minimal", "low", "medium", "high", "xhigh"))
    _among("service_tier", plain.get("service_tier", "standard"), ("flex", "standard", "priority", "deferred"))
    if not 0 < asked.max_tokens <= 65_536:
        raise Refused(400, f"generation_config.max_output_tokens must be from 1 to 65536, met {asked.max_tokens}.")


def _check_task(task: str, asked: Asked) -> None:
    if not task:
        return
    _among("generation_config.video_config.task", task, TASKS)
    if (
        task in ("image_to_video", "reference_to_video", "edit", "extend", "upscale")
        and not asked.images
        and len(asked.history) < 2
    ):
        raise Refused(400, f"video_config.task {task!r} needs media in the input, or a previous interaction.")


def _among(where: str, value: Any, known: Sequence[str]) -> None:
    if value not in known:
        raise Refused(
            400,
            f"Invalid value at '{where}': {value!r}. Supported values: {', '.join(filter(None, known))}.",
            fields=((where, "unsupported"),),
        )


def _most(what: str, count: int, most: int) -> None:
    if count > most:
        raise Refused(400, f"Too many {what}: {count}; the model takes at most {most}.")

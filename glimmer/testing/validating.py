"""The server's strictness: every field of every body is one that the real API knows, or the request is refused by name.

generateContent is JSON of protocol buffers, which takes each name in camelCase and in snake_case (the SDK sends both in one body);
interactions take snake_case alone. Below a field that is ANY nothing is looked at: schemas, arguments, labels.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from glimmer.testing.refusing import Refused

__all__ = ["check_generate", "check_interaction", "snake"]

ANY: Final = "any"
Spec = Any  # ANY, a type, a dict of Specs, or a list of one Spec

_BLOB: Final = {"data": str, "mime_type": str, "display_name": str}
_FILE: Final = {"file_uri": str, "mime_type": str, "display_name": str}
_PART: Final = {
    "text": str,
    "thought": bool,
    "thought_signature": str,
    "inline_data": _BLOB,
    "file_data": _FILE,
    "function_call": {"id": str, "name": str, "args": ANY},
    "function_response": {"id": str, "name": str, "response": ANY, "parts": ANY, "will_continue": bool, "scheduling": str},
    "executable_code": ANY,
    "code_execution_result": ANY,
    "video_metadata": ANY,
    "media_resolution": ANY,
    "part_metadata": ANY,
    "media_processing": ANY,
    "speech_metadata": ANY,
    "audio_metadata": ANY,
    "document_metadata": ANY,
    "spreadsheet_metadata": ANY,
    "audio_transcription": ANY,
    "tool_call": ANY,
    "tool_response": ANY,
}
_CONTENT: Final = {"role": str, "parts": [_PART]}
_VOICE: Final = {"prebuilt_voice_config": {"voice_name": str}, "replicated_voice_config": ANY, "voice": str}
_SPEECH: Final = {
    "language_code": str,
    "voice_config": _VOICE,
    "multi_speaker_voice_config": {"speaker_voice_configs": [{"speaker": str, "voice_config": _VOICE}]},
}
_SCHEMA_NAMES: Final = frozenset(
    "type format title description nullable enum maxItems minItems properties required minProperties maxProperties minLength maxLength "
    "pattern example anyOf propertyOrdering default items minimum maximum additionalProperties defs ref".split()
)
_GENERATION: Final = {
    "temperature": float,
    "top_p": float,
    "top_k": float,
    "candidate_count": int,
    "max_output_tokens": int,
    "stop_sequences": [str],
    "response_logprobs": bool,
    "logprobs": int,
    "presence_penalty": float,
    "frequency_penalty": float,
    "seed": int,
    "response_mime_type": str,
    "response_schema": ANY,
    "response_json_schema": ANY,
    "response_modalities": [str],
    "media_resolution": str,
    "speech_config": _SPEECH,
    "thinking_config": {"include_thoughts": bool, "thinking_budget": int, "thinking_level": str},
    "image_config": {"aspect_ratio": str, "image_size": str, "person_generation": str, "output_mime_type": str},
    "audio_timestamp": bool,
    "enable_enhanced_civic_answers": bool,
    "continuation_token": str,
}
_DECLARATION: Final = {
    "name": str,
    "description": str,
    "parameters": ANY,
    "parameters_json_schema": ANY,
    "response": ANY,
    "response_json_schema": ANY,
    "behavior": str,
}
_GENERATE: Final = {
    "contents": [_CONTENT],
    "system_instruction": _CONTENT,
    "generation_config": _GENERATION,
    "safety_settings": [{"category": str, "threshold": str, "method": str}],
    "tools": [{"function_declarations": [_DECLARATION], "google_search": ANY, "url_context": ANY, "code_execution": ANY}],
    "tool_config": {
        "function_calling_config": {"mode": str, "allowed_function_names": [str], "stream_function_call_arguments": bool},
        "retrieval_config": ANY,
        "include_server_side_tool_invocations": bool,
    },
    "cached_content": str,
    "labels": ANY,
    "service_tier": str,
    "store": bool,
    "model": str,
}

_MEDIA_CONTENT: Final = {"data": str, "uri": str, "mime_type": str, "resolution": ANY, "processing": ANY, "name": str}
_ITEMS: Final[dict[str, Spec]] = {
    "text": {"text": str, "annotations": ANY},
    "image": _MEDIA_CONTENT,
    "audio": {**_MEDIA_CONTENT, "channels": int, "sample_rate": int},
    "video": _MEDIA_CONTENT,
    "document": _MEDIA_CONTENT,
}
_ANNOTATIONS: Final[dict[str, Spec]] = {
    "speech_metadata": {"style": str, "speaker": str, "start_index": int, "end_index": int},
    "url_citation": ANY,
    "file_citation": ANY,
    "place_citation": ANY,
    "word_info": ANY,
}
_STEPS: Final[dict[str, Spec]] = {
    "user_input": {"content": ANY},
    "model_output": {"content": ANY, "error": ANY},
    "thought": {"signature": str, "summary": ANY},
    "function_call": {"id": str, "name": str, "arguments": ANY},
    "function_result": {"call_id": str, "name": str, "is_error": bool, "result": ANY},
}
_FORMATS: Final[dict[str, Spec]] = {
    "text": {"mime_type": str, "schema": ANY},
    "image": {"aspect_ratio": str, "image_size": str, "mime_type": str, "delivery": str},
    "audio": {"mime_type": str, "sample_rate": int, "bit_rate": int, "delivery": str},
    "video": {"duration": str, "resolution": str, "aspect_ratio": str, "delivery": str, "gcs_uri": str},
}
_TOOL: Final = {
    "name": str,
    "description": str,
    "parameters": ANY,
    "defer_loading": bool,
    "short_description": str,
}
_INTERACTION: Final = {
    "model": str,
    "input": ANY,
    "system_instruction": str,
    "tools": ANY,
    "response_format": ANY,
    "response_mime_type": str,
    "response_modalities": [str],
    "generation_config": {
        "image_config": {"aspect_ratio": str, "image_size": str},
        "max_output_tokens": int,
        "seed": int,
        "speech_config": ANY,
        "stop_sequences": [str],
        "temperature": float,
        "thinking_level": str,
        "thinking_summaries": str,
        "tool_choice": ANY,
        "top_p": float,
        "video_config": {"task": str},
    },
    "previous_interaction_id": str,
    "background": bool,
    "store": bool,
    "stream": bool,
    "labels": ANY,
    "service_tier": str,
    "safety_settings": ANY,
    "webhook_config": ANY,
    "continuation_token": str,
}


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda found: "_" + found.group(1).lower(), name)


def check_generate(body: Mapping[str, Any]) -> dict[str, Any]:
    """The body with every known name in snake_case. Raises: Refused."""
    plain: dict[str, Any] = _checked(body, _GENERATE, "", either_case=True)
    for tool in plain.get("tools", ()):
        for declaration in tool.get("function_declarations", ()):
            _openapi(declaration.get("parameters"), f"tools.function_declarations[{declaration.get('name')}].parameters")
    _openapi(plain.get("generation_config", {}).get("response_schema"), "generation_config.response_schema")
    return plain


def check_interaction(body: Mapping[str, Any]) -> dict[str, Any]:
    """The body as it came. Raises: Refused."""
    plain: dict[str, Any] = _checked(body, _INTERACTION, "", either_case=False)
    if not plain.get("model"):
        raise Refused(400, "model or agent is required.", fields=(("model", "required"),))
    given = plain.get("input")
    if given is None or given in ("", []):
        raise Refused(400, "input is required.", fields=(("input", "required"),))
    if not isinstance(given, str):
        for at, each in enumerate(given if isinstance(given, list) else [given]):
            _step(each, f"input[{at}]")
    for at, each in enumerate(_listed(plain, "tools")):
        _typed(each, {"function": _TOOL, "google_search": ANY, "url_context": ANY, "code_execution": ANY}, f"tools[{at}]")
    formats = plain.get("response_format")
    for each in formats if isinstance(formats, list) else [formats] if formats is not None else []:
        _typed(each, _FORMATS, "response_format")
    return plain


def _step(each: Any, where: str) -> None:
    kind = each.get("type") if isinstance(each, Mapping) else None
    _typed(each, _ITEMS if kind in _ITEMS else _STEPS, where)
    if kind in ("user_input", "model_output"):
        for number, item in enumerate(_listed(each, "content")):
            _item(item, f"{where}.content[{number}]")
    elif kind == "text":
        _item(each, where)


def _item(item: Any, where: str) -> None:
    _typed(item, _ITEMS, where)
    for number, note in enumerate(_listed(item, "annotations")):
        _typed(note, _ANNOTATIONS, f"{where}.annotations[{number}]")


def _listed(body: Mapping[str, Any], name: str) -> list[Any]:
    value = body.get(name, [])
    if not isinstance(value, list):
        raise _wrong(name, "a list", value)
    return value


def _typed(each: Any, kinds: Mapping[str, Spec], where: str) -> None:
    if not isinstance(each, Mapping):
        raise _wrong(where, "an object", each)
    kind = str(each.get("type"))
    if kind not in kinds:
        raise Refused(
            400,
            f"Invalid value at '{where}.type': {kind!r}. Supported values: {', '.join(kinds)}.",
            fields=((f"{where}.type", "unknown"),),
        )
    _checked({name: value for name, value in each.items() if name != "type"}, kinds[kind], where, either_case=False)


def _checked(value: Any, spec: Spec, where: str, *, either_case: bool) -> Any:
    if spec is ANY:
        return value
    if isinstance(spec, list):
        if not isinstance(value, list):
            if either_case and isinstance(value, Mapping):
                value = [value]  # protocol buffers take one for a list of one
            else:
                raise _wrong(where, "a list", value)
        return [_checked(each, spec[0], f"{where}[{at}]", either_case=either_case) for at, each in enumerate(value)]
    if isinstance(spec, dict):
        return _object(value, spec, where, either_case=either_case)
    return _plain(value, spec, where)


def _object(value: Any, spec: dict[str, Spec], where: str, *, either_case: bool) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise _wrong(where, "an object", value)
    checked: dict[str, Any] = {}
    for given, inner in value.items():
        name = snake(given) if either_case else given
        if name not in spec:
            at = f" at '{where}'" if where else ""
            message = f'Invalid JSON payload received. Unknown name "{given}"{at}: Cannot find field.'
            raise Refused(400, message, fields=((f"{where}.{given}".lstrip("."), message),))
        if inner is not None:
            checked[name] = _checked(inner, spec[name], f"{where}.{name}".lstrip("."), either_case=either_case)
    return checked


def _plain(value: Any, spec: type, where: str) -> Any:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    fits = {str: isinstance(value, str), bool: isinstance(value, bool), float: number, int: number and float(value).is_integer()}[
        spec
    ]
    if not fits:
        raise _wrong(where, {str: "TYPE_STRING", bool: "TYPE_BOOL", float: "TYPE_FLOAT", int: "TYPE_INT32"}[spec], value)
    return value


def _openapi(schema: Any, where: str, depth: int = 0) -> None:
    """`parameters` and `response_schema` are no JSON schema but a Schema message, with its own few names."""
    if not isinstance(schema, Mapping) or depth > 20:
        return
    for name in schema:
        camel = re.sub(r"_([a-z])", lambda found: found.group(1).upper(), name)
        if camel not in _SCHEMA_NAMES:
            message = f"Invalid JSON payload received. Unknown name \"{name}\" at '{where}': Cannot find field."
            raise Refused(400, message, fields=((f"{where}.{name}", message),))
    for name, inner in (schema.get("properties") or {}).items():
        _openapi(inner, f"{where}.properties[{name}]", depth + 1)
    _openapi(schema.get("items"), f"{where}.items", depth + 1)
    for at, inner in enumerate(schema.get("anyOf") or schema.get("any_of") or ()):
        _openapi(inner, f"{where}.any_of[{at}]", depth + 1)


def _wrong(where: str, expected: str, value: Any) -> Refused:
    message = f"Invalid value at '{where}' ({expected}), {value!r:.80}"
    return Refused(400, message, fields=((where, message),))

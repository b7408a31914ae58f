"""Tools: what a conversation can do. A typed function becomes a tool; its name, words and JSON schema come from the function itself.

What a tool may do without asking follows from its kind, never from what a model says:
  reads     looks; runs at once
  edits     changes the film in a way that undo takes back; runs at once
  makes     asks models for takes; runs at once while that is free, else only within what a person allowed
  destroys  throws away what was made; asks
  outside   writes or sends where the film is not (a file, a network); asks
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, get_args, get_type_hints

from pydantic import BaseModel, Field, TypeAdapter, ValidationError, create_model

from glimmer.errors import InputError, NotFound
from glimmer.models.pricing import FREE, Estimate
from glimmer.models.talking import ToolSpec
from glimmer.vocabulary import Noun

__all__ = ["MOST_TOOLS", "Tool", "ToolAnswer", "ToolKind", "Toolbox", "tool_from"]

ToolKind = Literal["reads", "edits", "makes", "destroys", "outside"]
MOST_TOOLS: Final = 15  # of one turn: with 31 tools models began to fail
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
_LONGEST_ANSWER: Final = 12_000  # characters that go back to a model


class ToolAnswer(Noun):
    """What a tool came to. text: for the model and for people. shows: what was made, as (bucket, entry key, take number)."""

    text: str
    usd: float = 0.0
    shows: tuple[tuple[str, str, int], ...] = ()
    render_job: int = 0
    facts: dict[str, Any] = Field(default_factory=dict)


@dataclass(frozen=True)
class Tool:
    """A function that a conversation may call. `estimate` says what a call with these arguments would cost; None for free."""

    name: str
    description: str
    kind: ToolKind
    run: Callable[..., object]
    parameters: dict[str, Any]
    arguments: type[BaseModel]
    estimate: Callable[..., Estimate] | None = None
    source: str = field(default="glimmer", compare=False)  # "glimmer", "cell", or the package that brought it

    @property
    def spec(self) -> ToolSpec:
        return ToolSpec(name=self.name, description=self.description, parameters=self.parameters)

    def checked(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments as the function takes them.

        Raises: InputError that says of every argument what was met and expected, in words for a model to mend.
        """
        try:
            valid = self.arguments.model_validate(dict(given))
        except ValidationError as error:
            raise InputError(f"{self.name} can't be called so: {_faults(error)}. It takes {_taken(self.parameters)}.") from error
        return {name: getattr(valid, name) for name in type(valid).model_fields if name in valid.model_fields_set}

    def cost(self, given: Mapping[str, Any]) -> Estimate:
        """What calling it with these (checked) arguments would cost."""
        return FREE if self.estimate is None else self.estimate(**given)

    def call(self, given: Mapping[str, Any]) -> ToolAnswer:
        """Run it with checked arguments; whatever it gives back becomes an answer."""
        answer = self.run(**given)
        if isinstance(answer, ToolAnswer):
            return answer
        return ToolAnswer(text="done" if answer is None else str(answer)[:_LONGEST_ANSWER])


class Toolbox(Mapping[str, Tool]):
    """The tools of a conversation, by name."""

    def __init__(self, tools: Iterable[Tool] = ()) -> None:
        """Raises: InputError for two of a name, or more than MOST_TOOLS."""
        self._tools: dict[str, Tool] = {}
        for tool in tools:
            if tool.name in self._tools:
                raise InputError(f'two tools are called "{tool.name}"; expected one of a name. Rename one: @gl.tool(name="…").')
            self._tools[tool.name] = tool
        if len(self._tools) > MOST_TOOLS:
            raise InputError(f"{len(self._tools)} tools; expected at most {MOST_TOOLS} in one conversation. Take some out.")

    def __getitem__(self, name: str) -> Tool:
        found = self._tools.get(name)
        if found is None:
            raise NotFound.among("tool", name, self._tools)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._tools)

    def __len__(self) -> int:
        return len(self._tools)

    def __contains__(self, name: object) -> bool:
        return name in self._tools

    @property
    def specs(self) -> tuple[ToolSpec, ...]:
        return tuple(tool.spec for tool in self._tools.values())


def tool_from(
    function: Callable[..., object],
    *,
    name: str = "",
    kind: ToolKind = "reads",
    estimate: Callable[..., Estimate] | None = None,
    source: str = "glimmer",
) -> Tool:
    """A tool of a typed function. Its docstring is what a model is told; its parameters' types become the schema.

    Raises: InputError for a function without a docstring, with a parameter without a type, or with *args or **kwargs.
    """
    called = name or function.__name__
    if not _NAME.fullmatch(called):
        raise InputError(
            f'a tool can\'t be called "{called}"; expected small letters, digits and _, at most 64: "look_up_weather".'
        )
    if kind not in get_args(ToolKind):
        raise NotFound.among("kind of tool", kind, get_args(ToolKind))
    words = inspect.cleandoc(function.__doc__ or "")
    if not words:
        raise InputError(f'the tool "{called}" has no docstring; expected one that tells a model what it does and when to use it.')
    arguments = _arguments(called, function)
    return Tool(called, words, kind, function, _flat_schema(arguments), arguments, estimate, source)


def _arguments(called: str, function: Callable[..., object]) -> type[BaseModel]:
    hints = get_type_hints(function, include_extras=True)
    fields: dict[str, Any] = {}
    for each in inspect.signature(function).parameters.values():
        if each.kind in (each.VAR_POSITIONAL, each.VAR_KEYWORD, each.POSITIONAL_ONLY) or each.name not in hints:
            raise InputError(f'"{each}" of the tool "{called}" has no type of its own; expected every parameter as name: type.')
        TypeAdapter(hints[each.name])  # a type that pydantic can't check is said here, where it is written
        fields[each.name] = (hints[each.name], ... if each.default is each.empty else each.default)
    return create_model(f"{called}_arguments", __config__={"extra": "forbid"}, **fields)


def _flat_schema(arguments: type[BaseModel]) -> dict[str, Any]:
    """Without titles, defaults, bounds and references, of which servers make errors; pydantic checks all of it here."""
    whole = arguments.model_json_schema()
    kept = _plain(whole, whole.get("$defs", {}))
    return {"type": "object", "properties": kept.get("properties", {}), "required": whole.get("required", [])}


_KEPT: Final = ("type", "description", "enum", "items", "properties", "required")


def _plain(schema: Mapping[str, Any], named: Mapping[str, Any], depth: int = 0) -> dict[str, Any]:
    if depth > 8:
        raise InputError("the arguments of a tool hold themselves; expected flat values: texts, numbers, lists.")
    if "$ref" in schema:
        return _plain(named[str(schema["$ref"]).rpartition("/")[2]], named, depth + 1)
    one_of = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    if one_of:
        wider = one_of[0] if len(one_of) == 1 else {"type": "string"}
        return {**_plain(wider, named, depth + 1), **({"description": schema["description"]} if "description" in schema else {})}
    plain: dict[str, Any] = {key: schema[key] for key in _KEPT if key in schema}
    if "const" in schema:
        plain["enum"] = [schema["const"]]
    if "properties" in plain:
        plain["properties"] = {key: _plain(value, named, depth + 1) for key, value in schema["properties"].items()}
    if "items" in plain:
        plain["items"] = _plain(schema["items"], named, depth + 1)
    return plain


def _faults(error: ValidationError) -> str:
    return "; ".join(
        f"{'.'.join(str(part) for part in each['loc']) or 'its arguments'}: {each['msg']}, met {each.get('input')!r:.60}"
        for each in error.errors(include_url=False, include_context=False)[:5]
    )


def _taken(parameters: Mapping[str, Any]) -> str:
    needed = set(parameters.get("required", ()))
    names = [f"{name}{'' if name in needed else ' (may be left out)'}" for name in parameters.get("properties", {})]
    return ", ".join(names) or "no arguments"

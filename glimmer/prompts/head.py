"""The head of a prompt file: what it is called, who it is for, and which values its body takes. Read by yaml.safe_load within limits.

The names are dotprompt's (https://google.github.io/dotprompt), so that other tools can read the heads. Values are written flat, as
picoschema does it: `action: string, what happens` must be given, `place?: string, where` may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final, Literal, NamedTuple

from pydantic import Field, ValidationError, field_validator

from glimmer.errors import InputError
from glimmer.vocabulary import Noun

__all__ = ["Config", "Head", "Output", "Value", "read_head", "split_head"]

Kind = Literal["string", "number", "integer", "boolean", "list", "object", "any"]
_MOST_HEAD_CHARS: Final = 16_000
_MOST_DEPTH: Final = 12  # a schema of a list of objects with lists in them has nine
_MOST_VALUES: Final = 64
_FENCE: Final = re.compile(r"---[ \t]*\n(.*?)(?:^|\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_RUN: Final = re.compile(rf"(?:[-?:][ \t]+){{{_MOST_DEPTH},}}")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
# What Python calls a value of each kind; a number may be whole, and a bool is no number.
_TYPES: Final[dict[str, tuple[type, ...]]] = {
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "list": (list, tuple),
    "object": (Mapping,),
}
_EMPTY: Final[dict[str, object]] = {
    "string": "",
    "number": 0,
    "integer": 0,
    "boolean": False,
    "list": (),
    "object": {},
    "any": "",
}


class Value(NamedTuple):
    """One value that a body takes. types: what Python may call it, () for anything."""

    name: str
    kind: str
    description: str
    is_needed: bool
    types: tuple[type, ...]

    @property
    def empty(self) -> object:
        return _EMPTY[self.kind]


class Config(Noun):
    """How the model is to be asked. None leaves it to the model."""

    temperature: float | None = Field(default=None, ge=0, le=2)
    top_p: float | None = Field(default=None, gt=0, le=1)
    max_output_tokens: int | None = Field(default=None, ge=1, le=1_000_000)


class Input(Noun):
    """schema_: name -> "kind, description"; a name that ends in ? may be left out."""

    schema_: dict[str, str] = Field(default_factory=dict, alias="schema", max_length=_MOST_VALUES)


class Output(Noun):
    """What is expected back. schema_: JSON schema, {} for plain words or media."""

    format: Literal["text", "json", "fountain", "media"] = "text"
    schema_: dict[str, Any] = Field(default_factory=dict, alias="schema")


class Metadata(Noun):
    """description: what it is for, in a sentence. sample: values that it can be looked at with."""

    description: str = Field(default="", max_length=1_000)
    sample: dict[str, Any] = Field(default_factory=dict)


class Head(Noun):
    """What a prompt file says of itself."""

    name: str = Field(default="", max_length=100, pattern=r"^([a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*)?$")
    version: int = Field(default=1, ge=1, le=1_000_000, strict=True)
    variant: str = Field(default="", max_length=64, pattern=r"^([a-z0-9][a-z0-9_-]*)?$")
    model: Literal["text", "image", "video", "speech", "music", "sound", ""] = ""
    config: Config = Config()
    input: Input = Input()
    output: Output = Output()
    metadata: Metadata = Metadata()

    @field_validator("config", "input", "output", "metadata", mode="before")
    @classmethod
    def _left_empty(cls, given: object) -> object:
        """`input:` with nothing under it is None in YAML."""
        return {} if given is None else given

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """The values that the body takes, in the order of the head."""
        return tuple(_value(name, said) for name, said in self.input.schema_.items())


def split_head(text: str) -> tuple[str, str, int]:
    """(head, body, lines before the body). The head is "" where the text does not begin with ---."""
    found = _FENCE.match(text)
    if found is None:
        return "", text, 0
    return found[1], text[found.end() :], text.count("\n", 0, found.end())


def read_head(text: str, where: str) -> Head:
    """The head as values. `where`: the file, for what is said when it is wrong.

    Raises: InputError that says where, what was met, and what is expected.
    """
    if len(text) > _MOST_HEAD_CHARS:
        raise InputError(f"{where}: a head of {len(text):,} characters; expected at most {_MOST_HEAD_CHARS:,}. Shorten it.")
    met = _loaded(text, where)
    if met is None:
        return Head()
    if not isinstance(met, dict):
        raise InputError(f"{where} line 2: the head is {_shown(met)}; expected names and values, such as name: video.shot.")
    _check_depth(met, where)
    try:
        head = Head.model_validate(met)
        _ = head.values
    except ValidationError as error:
        raise InputError(f"{where}: {_faults(error, text)}. See docs/prompts.md.") from error
    except ValueError as error:
        raise InputError(f"{where}: {error}") from error
    return head


def _loaded(text: str, where: str) -> object:
    import yaml

    if _is_deep(text):
        raise InputError(f"{where}: the head is nested more than {_MOST_DEPTH} deep; expected flat names and values.")
    try:
        if any(isinstance(token, yaml.AliasToken | yaml.TagToken) for token in yaml.scan(text, yaml.SafeLoader)):
            raise InputError(f"{where}: the head holds an alias (*name) or a tag (!name); expected plain values. Write them out.")
        return yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = (mark.line if mark else 0) + 2  # the head begins on the file's second line
        problem = " ".join((error.problem or "it is not YAML").split())
        raise InputError(f"{where} line {line}: {problem}; expected YAML, such as version: 1. Mend that line.") from error
    except InputError:
        raise
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise InputError(f"{where}: the head can't be read ({type(error).__name__}); expected plain YAML.") from error


def _is_deep(text: str) -> bool:
    """Whether brackets, dashes or question marks open more than a head needs: for 9,000 of them the reader takes ten seconds."""
    depth = deepest = 0
    for char in text:
        depth += (char in "[{") - (char in "]}")
        deepest = max(deepest, depth)
    return deepest > _MOST_DEPTH or bool(_RUN.search(text))


def _check_depth(value: object, where: str, depth: int = 0) -> None:
    if depth > _MOST_DEPTH:
        raise InputError(f"{where}: the head is nested more than {_MOST_DEPTH} deep; expected flat names and values.")
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _check_depth(each, where, depth + 1)


def _value(name: str, said: str) -> Value:
    plain, is_needed = name.rstrip("?"), not name.endswith("?")
    kind, _, description = said.partition(",")
    kind = kind.strip()
    if not _NAME.fullmatch(plain):
        raise ValueError(
            f'the value "{name:.60}" can\'t be called so; expected small letters, digits and _, with ? where it may be left out.'
        )
    if kind not in _EMPTY:
        raise ValueError(f'"{name}" is {kind!r:.40}; expected one of {", ".join(_EMPTY)}, then a comma and what it is.')
    return Value(plain, kind, description.strip(), is_needed, _TYPES.get(kind, ()))


def _shown(value: object) -> str:
    try:
        return f"{value!r:.40}"
    except ValueError:  # a whole number of more than 4,300 digits can't be printed
        return f"a {type(value).__name__} beyond all measure"


def _faults(error: ValidationError, text: str) -> str:
    """ "line 3, version: input should be …, met 0"; the line on which the name stands."""
    said = []
    for each in error.errors(include_url=False, include_context=False)[:3]:
        parts = [str(part) for part in each["loc"]]
        found = re.search(rf"^\s*{re.escape(parts[-1])}\s*:", text, re.MULTILINE) if parts else None
        line = f"line {text.count(chr(10), 0, found.start()) + 2 + found[0].count(chr(10), 0, -1)}, " if found else ""
        said.append(f"{line}{'.'.join(parts) or 'the head'}: {each['msg'].lower()}, met {_shown(each.get('input'))}")
    return "; ".join(said)

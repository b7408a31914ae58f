"""Moved rows: a film's rows as they travel between databases, each a frozen model that takes only what it should hold.

Flat, with no id of any database: a take says the bucket, the key and the number that it has in its film. Strict: no text for a number,
no unknown column, nothing longer or larger than a film's rows are; a column of JSON parses, and is bounded in depth and size.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, ValidationInfo

from glimmer import limits
from glimmer.store.nouns import Input
from glimmer.strict_json import read_json
from glimmer.vocabulary import Noun

__all__ = ["Row", "named_assets", "read_column"]

_LARGEST: Final = 2**31 - 1  # what an integer column holds in Postgres
_SHORT_CHARS: Final = 100
_JSON_DEPTH: Final = 24
_JSON_VALUES: Final = 2_000_000  # a cut of MAX_SHOTS shots has about 300,000


def read_column(text: str) -> Any:
    """The value of a JSON column. Raises: ValueError."""
    return read_json(text.encode(), depth=_JSON_DEPTH, values=_JSON_VALUES)


def _remembered(check: Callable[[str], str]) -> Callable[[str], str]:
    """`check`, asked once for each short text: most rows of a film hold the same "[]" and "{}"."""
    asked = lru_cache(maxsize=4096)(check)
    return lambda text: asked(text) if len(text) <= _SHORT_CHARS else check(text)


def _any(text: str) -> str:
    read_column(text)
    return text


def _inputs(text: str) -> str:
    for each in _parts(text):
        Input.model_validate(each, strict=True)
    return text


def _object(text: str) -> str:
    if not isinstance(read_column(text), dict):
        raise ValueError("it is no JSON object")
    return text


def _parts(text: str) -> list[Any]:
    found = read_column(text)
    if not isinstance(found, list):
        raise ValueError("it is no JSON list")
    return found


def _list(text: str) -> str:
    _parts(text)
    return text


def _object_or_nothing(text: str) -> str:
    return _object(text) if text else text


def _words(text: str) -> str:
    for word in _parts(text):
        if not (isinstance(word, list) and len(word) == 3 and isinstance(word[0], str) and all(map(_is_number, word[1:]))):
            raise ValueError("a word is no [text, start seconds, end seconds]")
    return text


def _focus(text: str) -> str:
    point = _parts(text)
    if len(point) != 2 or not all(_is_number(part) and 0 <= part <= 1 for part in point):
        raise ValueError("it is no point [0 to 1, 0 to 1]")
    return text


def _lines(text: str) -> str:
    if not all(isinstance(line, str) for line in _parts(text)):
        raise ValueError("it is no list of texts")
    return text


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_NO_NUL: Final = r"^[^\x00]*$"
Text = Annotated[str, StringConstraints(max_length=limits.MAX_SCRIPT_BYTES, pattern=_NO_NUL)]
Words = Annotated[str, StringConstraints(max_length=20_000, pattern=_NO_NUL)]
Name = Annotated[str, StringConstraints(max_length=limits.MAX_LINE_CHARS, pattern=r"^[^\x00]*$")]
Key = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^[^\x00-\x1f]+$")]
Label = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00-\x1f]*$")]
BucketName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,29}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Sha256OrNothing = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]
MediaType = Annotated[str, StringConstraints(pattern=r"^[a-z]{1,16}/[a-z0-9][a-z0-9.+\-]{0,60}$")]
Date = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+\-]\d\d:\d\d)?$")]
DateOrNothing = Annotated[str, StringConstraints(pattern=r"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+\-]\d\d:\d\d)?)?$")]
MediaTypeOrNothing = Annotated[str, StringConstraints(pattern=r"^([a-z]{1,16}/[a-z0-9][a-z0-9.+\-]{0,60})?$")]
Stars = Annotated[int, Field(ge=0, le=5)]
Number = Annotated[int, Field(ge=1, le=_LARGEST)]
Count = Annotated[int, Field(ge=0, le=_LARGEST)]
Seconds = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]
Usd = Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False)]
JsonParts = Annotated[Text, AfterValidator(_remembered(_list))]
Json = Annotated[Text, AfterValidator(_remembered(_any))]
JsonObject = Annotated[Text, AfterValidator(_remembered(_object))]
JsonObjectOrNothing = Annotated[Text, AfterValidator(_remembered(_object_or_nothing))]
JsonLines = Annotated[Text, AfterValidator(_remembered(_lines))]
JsonWords = Annotated[Text, AfterValidator(_remembered(_words))]
JsonInputs = Annotated[Text, AfterValidator(_remembered(_inputs))]
JsonFocus = Annotated[Words, AfterValidator(_remembered(_focus))]


class Row(Noun):
    """One row that travels."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ConversationMoved(Row):
    number: Number
    title: Name = ""
    made_at: Date


class MessageMoved(Row):
    conversation: Number
    number: Number
    role: Label
    content: Json
    made_at: Date


class ScreenplayMoved(Row):
    version: Number
    title: Name
    source_name: Name = ""
    text: Text
    made_at: Date
    trashed_at: DateOrNothing = ""


class EntryMoved(Row):
    """`used` is the number of the take that cuts use, 0 for none."""

    bucket: BucketName
    key: Key
    name: Name
    position: Count = 0
    state: JsonObject = "{}"
    circled: Count = 0
    wanted: Label = ""
    used: Count = 0
    active: bool = True
    rating: Stars = 0
    note: Words = ""
    tags: JsonLines = "[]"
    made_at: Date
    trashed_at: DateOrNothing = ""


class RequestMoved(Row):
    key: Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[0-9A-Za-z_\-]+$")]
    model: Label
    version: Label = ""
    kind: Label
    body: JsonObject


class TakeMoved(Row):
    bucket: BucketName
    entry: Key
    number: Number
    request_key: Label
    made_for: Label
    model: Label
    agent: Label = ""
    asset: Sha256
    media_type: MediaType
    seconds: Seconds = 0.0
    usd: Usd = 0.0
    words: JsonWords = "[]"
    focus: JsonFocus = "[0.5, 0.45]"
    notices: JsonLines = "[]"
    source_asset: Sha256OrNothing = ""
    prompt_hash: Sha256OrNothing = ""
    inputs: JsonInputs = "[]"
    rating: Stars = 0
    note: Words = ""
    made_at: Date
    trashed_at: DateOrNothing = ""


class AssemblyMoved(Row):
    version: Number
    cut: JsonObject
    seconds: Seconds | None = None
    made_by: Label = "draft"
    made_at: Date
    trashed_at: DateOrNothing = ""


class RenderJobMoved(Row):
    """`film` is the hash of the finished film where the archive carries it; where a machine kept it does not travel."""

    number: Number
    cut_version: Count
    preset: Label
    key: Label
    state: Literal["done", "failed", "cancelled"]
    film: Sha256OrNothing = ""
    result: JsonObjectOrNothing = ""
    error: Words = ""
    seconds: Seconds = 0.0
    made_at: Date


def _nobodys(state: str, told: ValidationInfo) -> str:
    """What becomes of a call that was open when its film was packed: what may have cost something is for a person to settle."""
    if state in ("submitting", "unknown") or (state == "running" and told.data.get("reserved_usd")):
        return "unknown"
    return "lost" if state in ("running", "reserved") else state


class CallMoved(Row):
    """Who made a call does not travel, nor its name on a server: what was open when the film was packed is collected where it was made
    and nowhere else. Where it may have been paid it arrives as unknown, and its reserve still counts."""

    agent: Label
    model: Label
    request_key: Label
    reserved_usd: Usd = 0.0
    expected_usd: Usd = 0.0
    state: Annotated[Label, AfterValidator(_nobodys)] = "done"
    tokens_in: Count = 0
    tokens_out: Count = 0
    usd: Usd = 0.0
    price_date: Label = ""
    seconds: Seconds = 0.0
    bucket: Annotated[str, StringConstraints(pattern=r"^([a-z][a-z_]{0,29})?$")] = ""
    entry_key: Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00-\x1f]*$")] = ""
    scene: Label = ""
    conversation: Count = 0
    error: Words = ""
    made_at: Date


class EventMoved(Row):
    """One change of the film. Events are numbered from 1 in their order; `changes` names rows by what they are called."""

    number: Number
    step: Label
    action: Label
    what: Words = ""
    by_user: Label = ""
    changes: JsonParts = "[]"
    undone_by: Count = 0
    made_at: Date


class AssetMoved(Row):
    """What an asset is. Its size is measured where it arrives."""

    sha256: Sha256
    media_type: MediaTypeOrNothing = ""


def named_assets(value: Any) -> set[str]:
    """Every asset that a JSON value names, at any depth: what stands under a key that is, or ends in, "asset"."""
    found: set[str] = set()
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            found |= {each for key, each in one.items() if _names_asset(key) and isinstance(each, str) and each}
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return found


def _names_asset(key: str) -> bool:
    return key == "asset" or key.endswith("_asset")

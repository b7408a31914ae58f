"""Writing: how an agent asks a text model for words or for a noun, and takes nothing that was not checked.

An answer is read by us: prose around it, fences and other spellings are taken off, and what it must hold is looked for. Where it can't be
used the model is told why, once; a second answer that can't be used is an error that says what was wrong. Nothing is made up in its
place. Every question is a keyed request, the mending one too: the same again, after a restart as well, is the stored answer at $0.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final, Generic, TypeVar, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from glimmer import limits
from glimmer.agents.briefs import brief_values
from glimmer.agents.making import Maker, Making, Order
from glimmer.agents.prompting import Prompt, prompt_input
from glimmer.errors import GlimmerError, InputError, ModelError, SettingsError
from glimmer.models.interface import TextModel, TextRequest, reads_words, request_key
from glimmer.strict_json import read_json
from glimmer.vocabulary import Mood, Noun

__all__ = [
    "MOODS",
    "Answer",
    "Asked",
    "MoodWord",
    "NearlyUsable",
    "Seconds",
    "answers",
    "asked_for",
    "checked_instruction",
    "checked_take",
    "flat_schema",
    "json_in",
    "noun_in",
    "plain_text_in",
    "question",
    "spelled",
    "worded",
]

T = TypeVar("T")
N = TypeVar("N", bound=BaseModel)
R = TypeVar("R", bound=Noun)

_LONGEST_INSTRUCTION: Final = 4_000  # characters; a page of notes
_LONGEST_ANSWER: Final = 400_000  # characters; a whole feature film has 200,000
_QUOTED: Final = 24_000  # characters of a bad answer that are shown to the model again
_MOST_STARTS: Final = 64  # brackets of an answer at which JSON is looked for
_FENCE: Final = re.compile(r"^[ \t]*(?:```|~~~)[^\n`]*\n(.*?)^[ \t]*(?:```|~~~)[ \t]*$", re.DOTALL | re.MULTILINE)
_OPEN_FENCE: Final = re.compile(r"\A\s*(?:```|~~~)[^\n`]*\n(.*)\Z", re.DOTALL)


class Answer(Noun):
    """The base of what a model is asked to fill in. What it adds unasked is left aside."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class NearlyUsable(InputError):
    """An answer that is not as it was asked for and can be used all the same: asked for once more, then taken, and said. taken: how."""

    def __init__(self, message: str, found: object = None, taken: str = "It is kept as it is.") -> None:
        super().__init__(message)
        self.found = found
        self.taken = taken


# ── asking ──────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Asked(Generic[T]):
    """One question. `read` makes of the answer's words what is wanted, or says in an InputError why it can't be used; in a NearlyUsable
    what is wrong with it though it could be."""

    request: TextRequest
    name: str  # for people: "scene 2"
    read: Callable[[str], T]
    prompt: Prompt | None = None
    take: int = 1  # another take is another answer to the same question


def question(prompt: Prompt, model: TextModel, values: Mapping[str, object], task: str, *, max_tokens: int = 8_192) -> TextRequest:
    """The request for a purpose with these values. Where no prompt is registered for it: `task`, and the values by name."""
    words = prompt.words(model, values)
    if prompt.template is None or not reads_words(model):
        told = "\n\n".join(
            f"{name.replace('_', ' ')}:\n{_told(value)}" for name, value in values.items() if value not in ("", (), [])
        )
        words = "\n\n".join(part for part in (task, words, told) if part)
    return TextRequest(purpose=prompt.purpose, words=words, max_tokens=max_tokens)


def answers(maker: Maker, model: TextModel, asked: Sequence[Asked[T]], label: str) -> list[T]:
    """What came of each question, in their order; asked at the same time, and those whose answer can't be used once more.

    Raises: ModelError for an answer that can't be used the second time either; whatever the model raises. What was answered is kept.
    """
    with maker.store.step(f"{maker.agent}: {label}"):
        told = [_answer(maker, model, each, label) for each in asked] if len(asked) == 1 else _told_by(maker, model, asked, label)
        found, faults = _all_read(asked, told)
        again = [_mending(asked[at], told[at], fault.message) for at, fault in faults.items()]
        mended = _told_by(maker, model, again, f"{label}, mending") if again else []
    second, still = _all_read(again, mended)
    for number, at in enumerate(faults):
        if number in still:
            second[number] = _taken_as_it_is(maker, model, asked[at], still[number], mended[number])
        found[at] = second[number]
    return [found[at] for at in range(len(asked))]


def _all_read(asked: Sequence[Asked[T]], told: Sequence[str]) -> tuple[dict[int, T], dict[int, GlimmerError]]:
    """(place -> what was read there, place -> why it can't be used)."""
    found: dict[int, T] = {}
    faults: dict[int, GlimmerError] = {}
    for at, (each, text) in enumerate(zip(asked, told, strict=True)):
        try:
            if len(text) > _LONGEST_ANSWER:
                raise InputError(f"it has {len(text):,} characters; at most {_LONGEST_ANSWER:,} are read.")
            found[at] = each.read(text)
        except GlimmerError as error:
            faults[at] = error
    return found, faults


def _taken_as_it_is(maker: Maker, model: TextModel, asked: Asked[T], fault: GlimmerError, text: str) -> T:
    """What a second answer holds that is only nearly what was asked for; a person is told so. Raises: ModelError for any other."""
    if isinstance(fault, NearlyUsable):
        maker.done += Making(notices=(f"{asked.name}: {fault.message} It was asked for twice. {fault.taken}",))
        return cast(T, fault.found)
    raise ModelError(
        f"{model.name} gave no usable answer for {asked.name}, twice: {fault.message} It was told so once; nothing was changed. "
        f"Ask in other words, or for another take. It began: {_beginning(text)}",
        kind="malformed",
        model=model.name,
    ) from fault


def asked_for(
    noun_type: type[N],
    maker: Maker,
    model: TextModel,
    request: TextRequest,
    *,
    name: str = "",
    check: Callable[[N], object] | None = None,
    rest: Callable[[object, str], NearlyUsable | None] | None = None,
    prompt: Prompt | None = None,
    take: int = 1,
) -> N:
    """`noun_type` as the model fills it in: its schema goes along flat and without bounds, and pydantic checks the answer here.

    check: looks at it once more, and raises an InputError that says in words what is wrong.
    rest: makes of JSON that can't be used, and of why, what is left of it that can be; None where that is nothing.
    Raises: ModelError where the second answer can't be used either.
    """
    schema = request.answer_schema or json.dumps(flat_schema(noun_type), ensure_ascii=False)

    def read(text: str) -> N:
        try:
            found = noun_in(noun_type, text)
            if check is not None:
                check(found)
            return found
        except NearlyUsable:
            raise
        except InputError as fault:
            left = rest(json_in(text), fault.message) if rest is not None else None
            if left is None:
                raise
        raise left

    asked = Asked(request.model_copy(update={"answer_schema": schema}), name or request.purpose, read, prompt, take)
    return answers(maker, model, [asked], f"writing {asked.name}")[0]


def _told_by(maker: Maker, model: TextModel, asked: Sequence[Asked[T]], label: str) -> list[str]:
    """The words of each answer. Makes only what was not answered before."""
    orders = [_order(model, each) for each in asked]
    for order in orders:
        maker.store.put_entry(order.bucket, order.key, order.name)
    maker.make(orders, label, "answer")
    return [_words_of(maker, model, order) for order in orders]


def _answer(maker: Maker, model: TextModel, asked: Asked[T], label: str) -> str:
    """The words of one answer. A model that should have answered in JSON and did not is told so, once.

    What it wrote instead is not kept, so the mending question does not hold it: it is looked for first, and nothing is paid again.
    """
    plainly = f"{asked.request.words}\n\n---\nAnswer with one whole JSON object and nothing around it: your last answer was none."
    mending = replace(asked, request=asked.request.model_copy(update={"words": plainly}))
    if maker.store.find_take(request_key(model, mending.request.model_copy(update={"seed": mending.take}))) is not None:
        return _told_by(maker, model, [mending], label)[0]
    try:
        return _told_by(maker, model, [asked], label)[0]
    except ModelError as error:
        if error.kind != "malformed" or not asked.request.answer_schema:
            raise
        return _told_by(maker, model, [mending], f"{label}, mending")[0]


def _order(model: TextModel, asked: Asked[T]) -> Order:
    key = hashlib.sha256(f"{model.name}\n{asked.request.model_dump_json()}".encode()).hexdigest()[:16]
    inputs = prompt_input(asked.prompt, model) if asked.prompt is not None else ()
    return Order(
        "drafts",
        f"{asked.request.purpose}:{key}",
        asked.name,
        model,
        asked.request,
        model.answer,  # type: ignore[arg-type]
        asked.take,
        inputs,
    )


def _words_of(maker: Maker, model: TextModel, order: Order) -> str:
    wanted = request_key(model, order.request.model_copy(update={"seed": order.takes}))
    take = next((take for take in maker.store.takes(order.bucket, order.key) if take.request_key == wanted), None)
    if take is None:
        raise ModelError(
            f"the answer of {model.name} for {order.name} is not there; expected it to be kept. Ask again.", model=model.name
        )
    return maker.assets.read(take.asset).decode("utf-8", "replace")


def _mending(asked: Asked[T], text: str, fault: str) -> Asked[T]:
    words = (
        f"{asked.request.words}\n\n---\nYour answer to this was:\n\n{text[:_QUOTED]}\n\n---\nIt can't be used: {fault}\n"
        "Answer once more, the whole of it, with that mended, and nothing else."
    )
    return Asked(asked.request.model_copy(update={"words": words}), asked.name, asked.read, asked.prompt)


def _told(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json")
    return json.dumps(value, ensure_ascii=False, default=str)


def _beginning(text: str) -> str:
    plain = " ".join(text.split())
    return f'"{plain[:80]}…"' if len(plain) > 80 else f'"{plain}"'


def checked_instruction(words: object) -> str:
    """What a person asks for. Raises: InputError where it is not in words, or endless."""
    if not isinstance(words, str) or not words.strip() or len(words) > _LONGEST_INSTRUCTION:
        raise InputError(
            f"the instruction can't be {words!r:.60}; expected what is to change, in words, at most {_LONGEST_INSTRUCTION:,} characters."
        )
    return words.strip()


def checked_take(take: object) -> int:
    """Which answer to the same question: 1, or 2 for another. Raises: SettingsError."""
    if isinstance(take, bool) or not isinstance(take, int) or not 1 <= take <= limits.MAX_TAKES_PER_CALL:
        raise SettingsError(f"take={take!r:.40}; expected 1, or 2 for another answer.")
    return take


# ── the words of a request ──────────────────────────────────────────────────────────────────────────────────
def worded(request: R, prompt: Prompt, model: object) -> R:
    """`request` with what is said to a model that reads words; for any other just as it is, so that its key stays."""
    if prompt.template is None or not reads_words(model):
        return request
    return request.model_copy(update={"words": prompt.words(model, brief_values(request))})


# ── reading an answer ───────────────────────────────────────────────────────────────────────────────────────
def plain_text_in(text: str) -> str:
    """The answer without the fence that is around it, and without what was said around the fence. A longest one of several."""
    fenced: list[str] = [found.strip("\n") for found in _FENCE.findall(text) if found.strip()]
    if fenced:
        return max(fenced, key=len)
    opened = _OPEN_FENCE.match(text)
    return (str(opened[1]) if opened else text).strip("\n")


def json_in(text: str) -> Any:
    """The first whole JSON object or list that stands in an answer, whatever stands around it.

    Raises: InputError where there is none, or one that is not plain JSON.
    """
    text = text.lstrip("\ufeff")
    fault = "there is none in it"
    for start in [found.start() for found in re.finditer(r"[{\[]", text)][:_MOST_STARTS]:
        try:
            value, end = json.JSONDecoder().raw_decode(text, start)
            if isinstance(value, dict) or (isinstance(value, list) and any(isinstance(each, dict) for each in value)):
                return read_json(text[start:end].encode("utf-8", "surrogatepass"), depth=24, values=50_000)
        except (ValueError, RecursionError) as reason:
            fault = str(reason)[:160] if fault == "there is none in it" else fault
    raise InputError(f"expected one JSON object; {fault}.")


def noun_in(noun_type: type[N], text: str) -> N:
    """The noun that an answer holds as JSON. Raises: InputError that says of each field what was met and expected."""
    value = json_in(text)
    lists = [name for name, field in noun_type.model_fields.items() if field.is_required()]
    if isinstance(value, list) and len(lists) == 1:
        value = {lists[0]: value}
    try:
        return noun_type.model_validate(value)
    except ValidationError as error:
        raise InputError(f"{_faults(error)}.") from None


def _faults(error: ValidationError) -> str:
    found = error.errors(include_url=False, include_context=False)
    told = [
        f"{'.'.join(str(part) for part in each['loc']) or 'the answer'}: {each['msg'].removeprefix('Value error, ')}, met {_met(each)}"
        for each in found[:6]
    ]
    return "; ".join(told) + (f"; and {len(found) - 6} more" if len(found) > 6 else "")


def _met(each: Mapping[str, Any]) -> str:
    return "nothing" if each["type"] == "missing" else f"{each.get('input')!r:.60}"


# ── words that a model may spell otherwise ──────────────────────────────────────────────────────────────────
def spelled(options: Sequence[str]) -> BeforeValidator:
    """Takes "Push In" and "push-in" for push_in, and "" for None. What is none of `options` stays as it is, to be refused by its own name."""
    known: dict[str, str | None] = {"": None} | {_bare(option): option for option in options}
    return BeforeValidator(lambda given: known.get(_bare(given), given) if isinstance(given, str) else given)


def _bare(word: str) -> str:
    return re.sub(r"[\W_]+", "", word).casefold()


_LENGTH: Final = re.compile(r"\s*(?:about|ca\.?|~|≈)?\s*(\d+(?:\.\d+)?)\s*(?:s|sec|secs|seconds?)?\.?\s*", re.IGNORECASE)


def _seconds(given: object) -> object:
    """ "12 s", "about 12 seconds" as 12."""
    found = _LENGTH.fullmatch(given) if isinstance(given, str) else None
    return float(found[1]) if found else given


MOODS: Final = tuple(Mood.__args__)  # type: ignore[attr-defined]
MoodWord = Annotated[Mood | None, spelled(MOODS)]
Seconds = Annotated[float, BeforeValidator(_seconds)]


# ── the schema on the wire ──────────────────────────────────────────────────────────────────────────────────
_KEPT: Final = ("type", "description", "enum")


def flat_schema(noun_type: type[BaseModel]) -> dict[str, Any]:
    """JSON schema without references, bounds, titles and defaults, of which servers make errors: pydantic checks all of it here."""
    whole = noun_type.model_json_schema()
    return _flat(whole, whole.get("$defs", {}))


def _flat(schema: Mapping[str, Any], named: Mapping[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        return _flat(named[str(schema["$ref"]).rpartition("/")[2]], named)
    some = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    if some:
        return _flat(some[0] if len(some) == 1 else {"type": "string"}, named)
    flat: dict[str, Any] = {key: schema[key] for key in _KEPT if key in schema}
    if "const" in schema:
        flat["enum"] = [schema["const"]]
    if "properties" in schema:
        flat["properties"] = {name: _flat(each, named) for name, each in schema["properties"].items()}
        flat["required"] = list(schema["properties"])  # all: what a model may leave out it often does
    if "items" in schema:
        flat["items"] = _flat(schema["items"], named)
    return flat

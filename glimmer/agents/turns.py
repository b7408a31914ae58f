"""Turns: how a conversation lies in the store, and how it is read back, for a model to go on from and for a person to see.

A turn begins with what a person said (row "user") and goes on with rows of the same turn: "model" (what it answered), "tools" (its calls
and what came of each), "granted" (calls that a person said yes to afterwards). A "summary" stands for the rows up to a number; those stay.

Each row is a list of plain values: first a head, then parts and calls. Whatever a model or a tool said is kept as text, JSON within
JSON, so that no word of theirs is taken for a fact of ours: a key "asset" in a model's arguments names no file of the film.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Literal, TypeVar

from glimmer.models.pricing import Estimate
from glimmer.models.talking import Part, TalkMessage
from glimmer.store.conversations import MessageRow, may_live
from glimmer.vocabulary import Noun

__all__ = [
    "CallState",
    "Head",
    "Kept",
    "KeptCall",
    "TurnState",
    "canonical",
    "closed",
    "fenced",
    "forked",
    "history",
    "is_keepable",
    "kept_text",
    "read_rows",
]

# "open" while it is said; a turn that ended early says how, and can be gone on with.
TurnState = Literal["open", "done", "limited", "interrupted", "failed", "blocked", "truncated", "empty", "malformed"]
CallState = Literal["waiting", "running", "done", "failed", "not_run", "pending", "approved", "refused", "interrupted"]

_Kind = TypeVar("_Kind", bound=Noun)
_UNKEEPABLE: Final = re.compile("[\x00\ud800-\udfff]")  # no database keeps them
_LONGEST_TEXT: Final = 1_000_000  # characters of one reply; 8,192 tokens are about 32,000
_LONGEST_NATIVE: Final = 4_000_000  # characters
_MARK: Final = re.compile(r"<(?=\s*/?\s*data)", re.IGNORECASE)  # what could be taken for the fence itself


class Head(Noun):
    """What is known of a row beside its words. turn: the number of the row that its turn began with. holder: the process that says it.

    native: a model's reply as its own server wrote it. upto: of a summary, the last row that it stands for.
    """

    turn: int = 0
    state: TurnState = "done"
    reason: str = ""
    holder: str = ""
    model: str = ""
    native: str = ""
    usd: float = 0.0
    seconds: float = 0.0
    price_date: str = ""
    upto: int = 0


class KeptCall(Noun):
    """One call of a tool, and how it stands. arguments, answer: JSON as text. digest: what a yes to it is bound to."""

    id: str = ""
    name: str
    arguments: str = "{}"
    state: CallState = "waiting"
    answer: str = "{}"
    is_error: bool = False
    usd: float = 0.0
    seconds: float = 0.0
    shows: tuple[tuple[str, str, int], ...] = ()
    render_job: int = 0
    script: int = 0  # the version that it wrote
    cut: int = 0
    tool_kind: str = ""
    digest: str = ""
    estimate: Estimate = Estimate()

    @property
    def given(self) -> dict[str, Any]:
        found = json.loads(self.arguments)
        return found if isinstance(found, dict) else {}

    @property
    def result(self) -> dict[str, Any]:
        found = json.loads(self.answer)
        return found if isinstance(found, dict) else {}

    @property
    def words(self) -> str:
        """What it came to, as text: its data, or the reason why not."""
        said = self.result
        return str(said.get("error") or said.get("data") or "")


class Kept(Noun):
    """One row: its head, and what it holds."""

    number: int
    role: str
    head: Head = Head()
    parts: tuple[Part, ...] = ()
    calls: tuple[KeptCall, ...] = ()
    made_at: str = ""

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts if part.kind == "text")

    @property
    def turn(self) -> int:
        """The number of the row that its turn began with; a person's row begins one."""
        return self.head.turn or self.number

    @property
    def content(self) -> list[dict[str, Any]]:
        """As the store keeps it."""
        head = {"kind": "head", **self.head.model_dump(exclude_defaults=True)}
        calls = [{"kind": "tool", **call.model_dump(mode="json", exclude_defaults=True)} for call in self.calls]
        return [head, *(_kept_part(part) for part in self.parts), *calls]

    @property
    def is_abandoned(self) -> bool:
        """Whether it is still called open, and whoever was saying it is gone."""
        return self.head.state == "open" and not may_live(self.head.holder, self.made_at)


def read_rows(rows: Iterable[MessageRow]) -> tuple[Kept, ...]:
    """The rows as they lie in the store. What another release, or a person's own code, has put there is read as far as it has words."""
    return tuple(_read(row) for row in rows)


def _read(row: MessageRow) -> Kept:
    found = row.parts if isinstance(row.parts, list) else []
    head, parts, calls = Head(turn=row.number), list[Part](), list[KeptCall]()
    for one in found:
        if not isinstance(one, dict):
            continue
        known = {key: value for key, value in one.items() if key != "kind"}
        if one.get("kind") == "head":
            head = _fitting(Head, known) or head
        elif one.get("kind") == "tool":
            calls += filter(None, [_fitting(KeptCall, known)])
        else:
            parts += filter(None, [_read_part(one)])
    return Kept(number=row.number, role=row.role, head=head, parts=tuple(parts), calls=tuple(calls), made_at=row.made_at)


def _fitting(noun: type[_Kind], known: Mapping[str, Any]) -> _Kind | None:
    try:
        return noun.model_validate({key: value for key, value in known.items() if key in noun.model_fields})
    except ValueError:
        return None


def _read_part(one: Mapping[str, Any]) -> Part | None:
    known = dict(one)
    for name in ("arguments", "result"):
        if isinstance(known.get(name), str):
            try:
                known[name] = json.loads(known[name])
            except ValueError:
                known[name] = {}
    return _fitting(Part, known)


def _kept_part(part: Part) -> dict[str, Any]:
    kept = part.model_dump(exclude_defaults=True)
    for name in ("arguments", "result"):
        if name in kept:
            kept[name] = canonical(kept[name])
    for name in ("text", "id", "name", "signature"):
        if name in kept:
            kept[name] = kept_text(kept[name])
    return {"kind": part.kind, **kept}


def kept_text(text: str) -> str:
    """`text` as a database keeps it: no NUL, no half surrogate, not endless."""
    return _UNKEEPABLE.sub("\ufffd", text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] + " …")


def is_keepable(native: str) -> bool:
    """Whether a reply as its server wrote it can be kept to the letter; one that can't is told again in our own form."""
    return len(native) <= _LONGEST_NATIVE and not _UNKEEPABLE.search(native)


def canonical(value: object) -> str:
    """One text for one value, whatever the order of its keys: JSON in ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), default=str)


def fenced(text: str) -> str:
    """Words of the film, of a file or of a tool, marked as such for a model. Nothing inside can close the fence."""
    return f"<data>\n{_MARK.sub('‹', text)}\n</data>"


# ── for a model ─────────────────────────────────────────────────────────────────────────────────────────────
_BEGUN: Final = "interrupted while it ran; nobody knows how far it came. Look at the film before doing it again."
_NOT_BEGUN: Final = "not run: the turn was interrupted before it began."


def history(rows: Sequence[Kept]) -> tuple[TalkMessage, ...]:
    """The rows as messages, each call with its result right after it. A reply that came to nothing is left out, half an answer is in."""
    messages = [message for turn in _by_turn(_after_summary(rows)) for message in _turn_messages(turn)]
    joined: list[TalkMessage] = []
    for message in messages:
        last = joined[-1] if joined else None
        if last is not None and _is_words(last) and _is_words(message):
            joined[-1] = TalkMessage(role="user", parts=last.parts + message.parts)
        else:
            joined.append(message)
    return tuple(joined)


def _is_words(message: TalkMessage) -> bool:
    return message.role == "user" and all(part.kind == "text" for part in message.parts)


def _after_summary(rows: Sequence[Kept]) -> list[Kept]:
    summary = next((row for row in reversed(rows) if row.role == "summary"), None)
    if summary is None:
        return list(rows)
    return [summary, *(row for row in rows if row.role != "summary" and row.number > summary.head.upto)]


def _by_turn(rows: Sequence[Kept]) -> list[list[Kept]]:
    """Turns in the order they began: what two kernels said at once stays apart."""
    turns: dict[int, list[Kept]] = {}
    for row in rows:
        turns.setdefault(-1 if row.role == "summary" else row.turn, []).append(row)
    return list(turns.values())


def _turn_messages(rows: Sequence[Kept]) -> list[TalkMessage]:
    messages: list[TalkMessage] = []
    for at, row in enumerate(rows):
        if row.role == "model":
            messages += _replied(row, rows[at + 1] if at + 1 < len(rows) else None)
        elif row.role == "granted":
            messages.append(TalkMessage(role="user", parts=tuple(Part(text=_granted(call)) for call in row.calls)))
        elif row.role in ("user", "summary"):
            messages.append(TalkMessage(role="user", parts=tuple(part for part in row.parts if part.kind in ("text", "media"))))
    return [message for message in messages if message.parts]


def _replied(row: Kept, after: Kept | None) -> list[TalkMessage]:
    if row.head.state != "done":  # half a reply: its words, and no call or signature of it
        text = row.text if row.head.state in ("interrupted", "truncated", "open") else ""
        return [TalkMessage(role="model", parts=(Part(text=text),))] if text.strip() else []
    if not row.parts and not row.head.native:
        return []
    reply = TalkMessage(role="model", parts=row.parts, model=row.head.model, native=row.head.native)
    if not reply.calls:
        return [reply]
    known = after.calls if after is not None and after.role == "tools" else ()
    results = [_result(call, known[at] if at < len(known) else None) for at, call in enumerate(reply.calls)]
    return [reply, TalkMessage(role="user", parts=tuple(results))]


def _result(call: Part, known: KeptCall | None) -> Part:
    """What a model is told of its call. One without an end is never told as run, and never as not run where it had begun."""
    if known is None or known.state in ("waiting", "running", "interrupted"):
        begun = known is not None and known.state != "waiting"
        return Part(kind="result", id=call.id, name=call.name, result={"error": _BEGUN if begun else _NOT_BEGUN}, is_error=True)
    words = fenced(known.words) if known.state in ("done", "failed") else known.words  # a tool's words are data, ours are not
    return Part(
        kind="result", id=call.id, name=call.name, result={"error" if known.is_error else "data": words}, is_error=known.is_error
    )


def _granted(call: KeptCall) -> str:
    asked = f"{call.name} with {call.arguments}"
    if call.state == "refused":
        return f"The person said no to {asked}. It was not run."
    if call.state in ("waiting", "running", "interrupted"):
        return f"The person said yes to {asked}: {_BEGUN if call.state != 'waiting' else _NOT_BEGUN}"
    return f"The person said yes to {asked}. What came of it:\n{fenced(call.words)}"


# ── what nobody says any more ───────────────────────────────────────────────────────────────────────────────
def closed(row: Kept) -> Kept:
    """A row as it stands when nobody says it any more: what was open was interrupted, what ran has no end, what waited never began."""
    calls = tuple(_closed_call(call) for call in row.calls)
    head = row.head.model_copy(update={"state": "interrupted", "holder": ""}) if row.head.state == "open" else row.head
    return row if calls == row.calls and head is row.head else row.model_copy(update={"calls": calls, "head": head})


def _closed_call(call: KeptCall) -> KeptCall:
    if call.state == "running":
        return call.model_copy(update={"state": "interrupted", "is_error": True})
    if call.state == "waiting":
        return call.model_copy(update={"state": "not_run", "is_error": True, "answer": canonical({"error": _NOT_BEGUN})})
    return call


def forked(row: Kept) -> Kept:
    """A row as it stands in another conversation: nothing of it is under way, and no call of it waits for a yes a second time."""
    ended = closed(row)
    words = {"state": "not_run", "is_error": True}
    calls = tuple(call.model_copy(update=words) if call.state == "pending" else call for call in ended.calls)
    return ended.model_copy(update={"calls": calls})

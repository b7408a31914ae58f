"""What a conversation looks like from outside: messages, and the calls of each, as plain values. A turn is two of them: what a person said,
and everything that was answered to it, however many steps that took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from glimmer.agents.approving import call_text
from glimmer.agents.turns import CallState, Kept, KeptCall, TurnState, closed
from glimmer.display import Html, card_of, cost_text, count_text, duration_text, one_line, plain_line
from glimmer.display.live import cell_number, show_now

__all__ = ["Call", "Calls", "Message", "Messages", "call_of", "messages_of"]

_LINE_CHARS: Final = 80
_PRINTED: Final = 20  # messages in a text
_STATES: Final[Mapping[str, str]] = {
    "waiting": "waiting",
    "running": "running",
    "done": "",
    "failed": "failed",
    "not_run": "not run",
    "pending": "needs your yes",
    "approved": "you said yes",
    "refused": "you said no",
    "interrupted": "interrupted",
}


@dataclass(frozen=True)
class Call:
    """One call of a tool. seconds and usd: what it took. answer: what it came to, or why not. shows: what was made, as (bucket, entry key,
    take number). render_job: the number of the render that it began, 0 for none. digest: what a yes to it is bound to."""

    name: str
    arguments: Mapping[str, Any]
    state: CallState
    seconds: float = 0.0
    usd: float = 0.0
    answer: str = ""
    shows: tuple[tuple[str, str, int], ...] = ()
    render_job: int = 0
    script: int = 0
    cut: int = 0
    digest: str = ""
    high_usd: float = 0.0

    @property
    def line(self) -> str:
        """The call as one would type it: "video.shoot(scene=2, takes=2)"."""
        return call_text(self.name, self.arguments)

    @property
    def state_text(self) -> str:
        """How it stands, in words; "" for done."""
        return _STATES[self.state]

    @property
    def took_text(self) -> str:
        """ "41 s", "0.4 s"; "" for what never ran."""
        if self.state in ("waiting", "pending", "approved", "refused", "not_run") or (self.state == "failed" and not self.seconds):
            return ""
        return f"{self.seconds:.0f} s" if 10 <= self.seconds < 59.5 else duration_text(self.seconds)

    @property
    def cost_text(self) -> str:
        if self.state == "pending":
            return f"up to {cost_text(self.high_usd)}" if self.high_usd else ""
        return cost_text(self.usd) if self.took_text else ""

    def __repr__(self) -> str:
        why = plain_line(self.answer)[:_LINE_CHARS] if self.state in ("failed", "not_run") else ""
        return one_line(self.line, self.took_text, self.cost_text, f"{self.state_text}{': ' + why if why else ''}")


class Calls(tuple[Call, ...]):
    """Calls in order; prints one a line."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "\n".join(map(repr, self)) or "no calls"


@dataclass(frozen=True)
class Message:
    """What one side said. role: "you" or "glimmer". number: its place in the conversation, from 1. notice: Glimmer's own words on how the
    turn ended, where it did not simply end. state: "done", or how it was cut short. turn: of the store, for whoever reads it there."""

    number: int
    role: Literal["you", "glimmer"]
    text: str
    calls: Calls = field(default_factory=Calls)
    usd: float = 0.0
    seconds: float = 0.0
    made_at: str = ""
    state: TurnState = "done"
    notice: str = ""
    model: str = ""
    turn: int = 0
    shown_in: int = field(default=0, compare=False, repr=False)  # the cell that showed it as it streamed

    @property
    def facts(self) -> tuple[str, ...]:
        """What it took, in words."""
        took = duration_text(self.seconds) if self.seconds >= 0.05 else ""
        return tuple(
            filter(
                None,
                (
                    count_text(len(self.calls), "call") if self.calls else "",
                    took if self.calls or self.usd else "",
                    cost_text(self.usd) if self.calls or self.usd else "",
                    self.state if self.state != "done" else "",
                ),
            )
        )

    def __repr__(self) -> str:
        said = plain_line(self.text) or plain_line(self.notice) or "…"
        return one_line(f"{self.role}: {said if len(said) <= _LINE_CHARS else said[: _LINE_CHARS - 1] + '…'}", *self.facts)

    def _repr_html_(self) -> Html:
        return card_of(self)

    def _ipython_display_(self) -> None:
        """A reply that this very cell showed while it streamed is not shown again under it."""
        if not self.shown_in or cell_number() != self.shown_in:
            show_now(self._repr_html_(), repr(self))


class Messages(tuple[Message, ...]):
    """Messages in order; prints the last ones, one a line."""

    __slots__ = ()

    def __repr__(self) -> str:
        left = len(self) - _PRINTED
        lines = ([f"… {left:,} earlier"] if left > 0 else []) + [repr(each) for each in self[-_PRINTED:]]
        return "\n".join(lines) or "nothing was said yet"


def call_of(kept: KeptCall) -> Call:
    """A kept call as people see it."""
    return Call(
        name=kept.name,
        arguments=kept.given,
        state=kept.state,
        seconds=kept.seconds,
        usd=kept.usd,
        answer=kept.words,
        shows=kept.shows,
        render_job=kept.render_job,
        script=kept.script,
        cut=kept.cut,
        digest=kept.digest,
        high_usd=kept.estimate.high_usd,
    )


def messages_of(rows: Sequence[Kept]) -> Messages:
    """The rows of a conversation, a turn at a time, in the order the turns began. Summaries are not among them."""
    turns: dict[int, list[Kept]] = {}
    for row in rows:
        if row.role != "summary":
            turns.setdefault(row.turn, []).append(row)
    found: list[Message] = []
    for turn, parts in turns.items():
        found += _turn_messages(turn, parts, len(found) + 1)
    return Messages(found)


def _turn_messages(turn: int, rows: Sequence[Kept], number: int) -> list[Message]:
    person = next((row for row in rows if row.role == "user"), None)
    answered = [row for row in rows if row.role != "user"]
    state: TurnState = person.head.state if person is not None else "done"
    if person is not None and person.is_abandoned:  # its process is gone: nothing of it is under way any more
        state, answered = "interrupted", [closed(row) for row in answered]
    messages = []
    if person is not None:
        messages.append(Message(number=number, role="you", text=person.text, made_at=person.made_at, turn=turn))
    if answered or state not in ("done", "open"):
        messages.append(_reply(turn, number + len(messages), state, person, answered))
    return messages


def _reply(turn: int, number: int, state: TurnState, person: Kept | None, rows: Sequence[Kept]) -> Message:
    calls = Calls(call_of(call) for row in rows for call in row.calls)
    reason = person.head.reason if person is not None else ""
    if state == "interrupted" and not reason:
        reason = "interrupted: the notebook's process ended. What arrived is kept; chat.resume() goes on."
    return Message(
        number=number,
        role="glimmer",
        text="\n\n".join(row.text.strip() for row in rows if row.role == "model" and row.text.strip()),
        calls=calls,
        usd=sum(row.head.usd for row in rows) + sum(call.usd for call in calls),
        seconds=person.head.seconds if person is not None else 0.0,
        made_at=rows[-1].made_at if rows else "",
        state=state,
        notice=reason if state not in ("done", "open") else "",
        model=next((row.head.model for row in reversed(rows) if row.head.model), ""),
        turn=turn,
    )

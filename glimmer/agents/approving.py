"""Approving: what a conversation may do without asking. Decided by what a tool is and costs, never by what anybody says in it.

    reads, edits       run: they look, or undo takes them back
    makes              runs while it is free, else within what a person allowed for this turn; it is counted down by what it truly cost
    destroys, outside  need a yes

A yes is a person's, given through `ask` or afterwards, and is bound to one exact call: tool, arguments and estimate. No message, no tool's
answer and no argument can give one, for nothing here reads any.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from glimmer import log
from glimmer.agents.tools import Tool, ToolKind
from glimmer.agents.turns import canonical
from glimmer.display import cost_text, one_line, plain_line
from glimmer.models.pricing import Estimate
from glimmer.vocabulary import Noun

__all__ = ["Approval", "Ask", "Gate", "Verdict", "at_the_keyboard", "away_from_keyboard", "call_text", "digest_of", "nobody"]

_ASKS: Final[frozenset[ToolKind]] = frozenset(("destroys", "outside"))
_AGENTS: Final = frozenset(
    ("screenplay", "character", "video", "audio", "music", "assembly", "postproduction", "film", "plan", "cut", "script", "prompts")
)
_LONGEST_NAME: Final = 80  # characters; a tool's own has at most 64, a model may make up any
_LONGEST_ARGUMENT: Final = 60  # characters on one line
_WHY: Final = {"destroys": "it throws away what was made", "outside": "it writes or sends where the film is not"}


class Approval(Noun):
    """What a person is asked: this call, and no other. `digest` is what their yes is bound to."""

    digest: str
    tool: str
    kind: ToolKind
    arguments: str  # JSON
    estimate: Estimate = Estimate()
    why: str = ""
    line: str = ""  # the call in one line

    def __repr__(self) -> str:
        cost = f"up to {cost_text(self.estimate.high_usd)}" if self.estimate.high_usd else ""
        return one_line(self.line or self.tool, cost, f"needs your yes: {self.why}")

    __str__ = __repr__


Ask = Callable[[Approval], bool]


def nobody(approval: Approval) -> bool:
    """Where no person can be asked the answer is no."""
    return False


_away: ContextVar[bool] = ContextVar("glimmer_away_from_keyboard", default=False)


@contextmanager
def away_from_keyboard() -> Iterator[None]:
    """Inside, nobody is asked at this keyboard: the person is in a browser, where what needs a yes waits on its card."""
    token = _away.set(True)
    try:
        yield
    finally:
        _away.reset(token)


def at_the_keyboard(approval: Approval) -> bool:
    """Ask whoever sits at a terminal; where there is none, or who talks sits elsewhere, the answer is no."""
    if _away.get() or sys.stdin is None or not sys.stdin.isatty():
        return False
    try:
        return input(f"{approval!r}. Do it? [y/N] ").strip().lower() in ("y", "yes")
    except (EOFError, OSError):
        return False


def digest_of(name: str, arguments: Mapping[str, Any], estimate: Estimate) -> str:
    """The name of one exact call at one exact price: 64 hex digits."""
    return hashlib.sha256("\n".join((name, canonical(arguments), canonical(estimate.model_dump()))).encode()).hexdigest()


def call_text(name: str, arguments: Mapping[str, Any]) -> str:
    """ "video.shoot(scene=2, takes=2)": a call as one would type it, on one line and not endless."""
    agent, _, verb = name.partition("_")
    called = f"{agent}.{verb}" if verb and agent in _AGENTS else name
    given = [f"{plain_line(key)[:40]}={_argument(value)}" for key, value in list(arguments.items())[:12]]
    return f"{plain_line(called)[:_LONGEST_NAME]}({', '.join(given)})"


def _argument(value: object) -> str:
    """A text in quotes, but one that is a number: a model that says "2" means scene 2."""
    text = f'"{plain_line(value)}"' if isinstance(value, str) and not value.isdecimal() else plain_line(value)
    return text if len(text) <= _LONGEST_ARGUMENT else f"{text[: _LONGEST_ARGUMENT - 1]}…"


class Verdict(NamedTuple):
    """Whether a call may run. allowance_usd: what it may spend. approval: what a person would have to say yes to.

    own: a person said yes to just this call, and with it to its estimate.
    """

    run: bool
    allowance_usd: float
    estimate: Estimate
    approval: Approval | None = None
    own: bool = False


@dataclass
class Gate:
    """What a person allowed for one turn. left_usd: what is left of it. granted: digests they have said yes to."""

    left_usd: float = 0.0
    yes: bool = False
    ask: Ask = nobody
    granted: Collection[str] = field(default_factory=frozenset)

    def verdict(self, tool: Tool, arguments: Mapping[str, Any], given: Mapping[str, Any]) -> Verdict:
        """Whether `tool` may be called with these `arguments` (as the model gave them; `given`: as the function takes them).

        Raises: PriceUnknown, and whatever else the tool's estimate raises.
        """
        estimate = tool.cost(given)
        price = estimate.high_usd
        digest = digest_of(tool.name, arguments, estimate)
        if digest in self.granted:
            return Verdict(True, price, estimate, own=True)
        too_much = price > self.left_usd
        if (tool.kind not in _ASKS or self.yes) and not too_much:
            return Verdict(True, self.left_usd if tool.kind == "makes" else price, estimate)
        approval = Approval(
            digest=digest,
            tool=tool.name,
            kind=tool.kind,
            arguments=canonical(arguments),
            estimate=estimate,
            why=self._too_much(price) if too_much else _WHY[tool.kind],
            line=call_text(tool.name, arguments),
        )
        if self._asked(approval):
            return Verdict(True, price, estimate, approval, own=True)
        return Verdict(False, 0.0, estimate, approval)

    def _too_much(self, price: float) -> str:
        if self.left_usd <= 0:
            return f"it may cost {cost_text(price)} and nothing was allowed"
        return f"it may cost {cost_text(price)} and {cost_text(self.left_usd)} of what was allowed is left"

    def _asked(self, approval: Approval) -> bool:
        try:
            return self.ask(approval) is True  # a yes is exactly that
        except Exception as error:  # noqa: BLE001  # whoever asks is the caller's; where asking fails nobody said yes
            log.warning("approval.failed", error=type(error).__name__, tool=approval.tool)
            return False

    def spent(self, usd: float, verdict: Verdict) -> None:
        """Count what a call truly cost. What a person said yes to by itself is not taken from what they allowed, but its excess is."""
        own = verdict.estimate.high_usd if verdict.own else 0.0
        self.left_usd = max(0.0, self.left_usd - max(0.0, usd - own))

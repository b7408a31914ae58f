"""Calling: run the tools that one reply asks for, and keep how each stands before, while and after it runs.

What only looks runs side by side; everything else one after the other, in the order it was asked for. Nothing a model does wrong is raised:
a tool that nobody knows, arguments that don't fit, a tool that fails, a call that needs a yes are answered to it in words.
"""

from __future__ import annotations

import contextvars
import math
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Final

from glimmer import log
from glimmer.agents.approving import Gate, Verdict
from glimmer.agents.budget import Allowance, allowed, nobody, paid_from, the_purse
from glimmer.agents.tools import Tool, ToolAnswer, Toolbox
from glimmer.agents.turns import Kept, KeptCall, canonical, kept_text
from glimmer.errors import GlimmerError, ModelError
from glimmer.models.talking import Part
from glimmer.progress import State, told_to

__all__ = ["Caller", "asked_calls", "needs_a_yes_for"]

_AT_ONCE: Final = 4  # tools that look, side by side
_SAME_FAILURE: Final = 3  # a call that failed so often in just the same way is not run again in this turn
_LONGEST_ANSWER: Final = 12_000  # characters that go back to a model
_NEEDS_A_YES: Final = "not run: needs a yes from the person, for {why}. It waits for them; do not ask for it again."
_WHY: Final = re.compile(r"not run: needs a yes from the person, for (.*?)\. It waits", re.S)


def needs_a_yes_for(answer: str) -> str:
    """Why a call waits for a person, out of what the model was told of it; "" for one that does not."""
    found = _WHY.search(answer)
    return found.group(1) if found else ""


def asked_calls(parts: Sequence[Part]) -> tuple[KeptCall, ...]:
    """The calls of a reply, none of them run."""
    return tuple(KeptCall(id=kept_text(part.id), name=kept_text(part.name), arguments=canonical(part.arguments)) for part in parts)


@dataclass
class Caller:
    """Runs calls for one turn. keep: writes a row; said: hears of each call that moved on, with its place in the row."""

    tools: Toolbox
    gate: Gate
    keep: Callable[[Kept], None]
    said: Callable[[Kept, int], None]
    conversation: int = 0
    check: Callable[[], None] = lambda: None  # raises where a person has stopped the turn
    advanced: Callable[[Kept, int, State], None] | None = None  # hears how far a call is
    instead: bool = False  # whether its bars are shown nowhere else then
    stops: bool = False  # after the first call of a row that did not get done, as the steps of one command build on each other
    calls_left: int = 24
    usd: float = 0.0
    failures: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, row: Kept) -> Kept:
        """Every call of a kept row, until each has an end. Returns: the row as it then stands, kept.

        Raises: what is no Exception (an interrupt); what had begun then stands as interrupted.
        """
        self._row = row
        at, calls = 0, row.calls
        try:
            while at < len(calls):
                looks = 0 if self.stops else self._looks_from(calls, at)
                if looks > 1:
                    self._side_by_side(range(at, at + looks))
                else:
                    self._one(at)
                at += max(looks, 1)
        finally:
            self._close()
        return self._row

    def _looks_from(self, calls: Sequence[KeptCall], at: int) -> int:
        """How many calls from here on, one after the other, only look."""
        count = 0
        while at + count < len(calls) and (name := calls[at + count].name) in self.tools and self.tools[name].kind == "reads":
            count += 1
        return count

    def _side_by_side(self, places: range) -> None:
        pool = ThreadPoolExecutor(min(_AT_ONCE, len(places)), thread_name_prefix="glimmer-tools")
        try:
            context = contextvars.copy_context  # each thread its own copy: budgets and watches are context variables
            futures: list[Future[None]] = [pool.submit(context().run, self._one, at) for at in places]
            for future in futures:
                future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _close(self) -> None:
        """No call of an ended row is called running: an interrupt leaves it interrupted."""
        with self._lock:
            calls = [
                call.model_copy(update={"state": "interrupted", "is_error": True}) if call.state == "running" else call
                for call in self._row.calls
            ]
            if tuple(calls) != self._row.calls:
                self._row = self._row.model_copy(update={"calls": tuple(calls)})
                self.keep(self._row)

    # ── one call ───────────────────────────────────────────────────────────────────────────────────────────
    def _one(self, at: int) -> None:
        self.check()
        call = self._row.calls[at]
        try:
            ready = self._ready(call)
        except Exception as error:  # noqa: BLE001  # answered to the model, which may mend it
            self._failed(at, error, began=None)
            return
        if isinstance(ready, KeptCall):
            self._moved(at, ready)
        else:
            self._run(at, *ready)

    def _ready(self, call: KeptCall) -> KeptCall | tuple[Tool, dict[str, Any], Verdict]:
        """The call ready to run, or its end where it may not.

        Raises: NotFound, InputError, PriceUnknown, and whatever a tool's estimate raises.
        """
        with self._lock:
            self.calls_left -= 1
            if self.calls_left < 0:
                return _refused(call, "not run: this turn has made as many calls as it may. Say what is left to do.")
            if self.failures[_key(call)] >= _SAME_FAILURE:
                return _refused(call, f"not run: just this call has failed {_SAME_FAILURE} times. Do something else.")
            if self.stops and any(each.state in ("failed", "pending", "not_run") for each in self._row.calls):
                return _refused(call, "not run: what comes before it was not done.")
        tool = self.tools[call.name]
        given = tool.checked(call.given)
        verdict = self.gate.verdict(tool, call.given, given)
        if verdict.run:
            return tool, given, verdict
        assert verdict.approval is not None  # by Gate: what may not run carries what to ask
        told = _NEEDS_A_YES.format(why=verdict.approval.why)
        update = {"state": "pending", "digest": verdict.approval.digest, "tool_kind": tool.kind, "estimate": verdict.estimate}
        return _refused(call, told).model_copy(update=update)

    def _run(self, at: int, tool: Tool, given: Mapping[str, Any], verdict: Verdict) -> None:
        update = {"state": "running", "tool_kind": tool.kind, "estimate": verdict.estimate}
        self._moved(at, self._row.calls[at].model_copy(update=update))
        began = time.monotonic()
        with self._spending(verdict) as allowance, self._bars(at):
            try:
                answer = tool.call(given)
            except Exception as error:  # noqa: BLE001  # answered to the model
                usd = self._paid(error.usd if isinstance(error, ModelError) else 0.0, allowance, verdict)
                self.check()  # a tool that fails because it was stopped has not failed
                self._failed(at, error, usd=usd, began=began)
                return
            except BaseException:
                self._paid(0.0, allowance, verdict)
                raise
            usd = self._paid(answer.usd, allowance, verdict)
        self._moved(at, _done(self._row.calls[at], answer, usd, time.monotonic() - began))

    @contextmanager
    def _spending(self, verdict: Verdict) -> Iterator[Allowance]:
        """Agents inside may spend what the verdict allows and not a cent more; whoever could say yes was asked before."""
        purse = replace(the_purse(), ask=nobody, ask_above_usd=0.0, conversation=self.conversation, agreed=set())
        with paid_from(purse), allowed(verdict.allowance_usd) as allowance:
            yield allowance

    @contextmanager
    def _bars(self, at: int) -> Iterator[None]:
        """Every bar of what is called tells how far the call is; in the thread that called, it is also where a stop takes hold."""
        caller = threading.get_ident()

        def told(state: State, last: bool) -> None:
            if self.advanced is not None:
                self.advanced(self._row, at, state)
            if not last and threading.get_ident() == caller:
                self.check()

        with told_to(told, instead=self.instead):
            yield

    def _paid(self, told_usd: float, allowance: Allowance, verdict: Verdict) -> float:
        """What a call truly cost: as its tool tells, or as the ledger counted it if that is more. It is off what was allowed."""
        told = told_usd if math.isfinite(told_usd) else 0.0
        usd = max(told, allowance.spent_usd, 0.0)
        with self._lock:
            self.gate.spent(usd, verdict)
            self.usd += usd
        return usd

    def _failed(self, at: int, error: Exception, *, usd: float = 0.0, began: float | None) -> None:
        call = self._row.calls[at]
        with self._lock:
            self.failures[_key(call)] += 1
        expected = isinstance(error, GlimmerError)
        if not expected:
            log.warning("tool.failed", tool=call.name, error=type(error).__name__, words=str(error))
        words = str(error) if expected else f"{type(error).__name__}: {error}"
        ended = _refused(call, words[:_LONGEST_ANSWER] or type(error).__name__)
        update = {"state": "failed", "seconds": 0.0 if began is None else time.monotonic() - began, "usd": usd}
        self._moved(at, ended.model_copy(update=update))

    def _moved(self, at: int, call: KeptCall) -> None:
        """Kept first, told then: whoever hears of it finds it."""
        with self._lock:
            calls = self._row.calls
            self._row = row = self._row.model_copy(update={"calls": (*calls[:at], call, *calls[at + 1 :])})
            self.keep(row)
        self.said(row, at)


def _key(call: KeptCall) -> str:
    return f"{call.name} {call.arguments}"


def _refused(call: KeptCall, words: str) -> KeptCall:
    return call.model_copy(update={"state": "not_run", "is_error": True, "answer": canonical({"error": words})})


def _version(answer: ToolAnswer, of: str) -> int:
    number = answer.facts.get(of)
    return number if isinstance(number, int) and not isinstance(number, bool) and number > 0 else 0


def _done(call: KeptCall, answer: ToolAnswer, usd: float, seconds: float) -> KeptCall:
    text = answer.text if len(answer.text) <= _LONGEST_ANSWER else answer.text[:_LONGEST_ANSWER] + " … (cut)"
    update = {
        "state": "done",
        "answer": canonical({"data": text}),
        "is_error": False,
        "usd": usd,
        "seconds": seconds,
        "shows": tuple((kept_text(bucket), kept_text(key), number) for bucket, key, number in answer.shows),
        "render_job": answer.render_job,
        "script": _version(answer, "script"),
        "cut": _version(answer, "cut"),
    }
    return call.model_copy(update=update)

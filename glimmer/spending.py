"""Spending: what is left of earlier sessions' paid calls: jobs that still run on a server, and calls that nobody knows the end of.

Takes the store and the models; a film asks it when it is opened and when it makes something. Looking is one question to an index; no
model is imported while nothing is open. Collecting sends nothing that costs: what was paid for is fetched and put where it belongs.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from typing import Any, Final, Protocol, cast

from glimmer import log
from glimmer.agents.budget import Purse, the_purse
from glimmer.agents.making import Making, made_take
from glimmer.agents.paying import Bill, Paid, Payer, held_as
from glimmer.assets import Assets
from glimmer.display import Table, cost_text, count_text
from glimmer.errors import GlimmerError, NotFound
from glimmer.models import interface
from glimmer.models.interface import Collects, Model
from glimmer.store import Input, RequestRow, Store
from glimmer.store.paid_calls import CallFacts, Claim, OpenCall
from glimmer.vocabulary import Noun

__all__ = ["Collected", "collect_in_background", "collect_open", "has_open", "settle", "unsettled"]

_COLUMNS: Final = ("call", "what", "model", "state", "usd", "since", "why")
_MODEL_JOBS: Final = ("artist", "speech", "composer", "sound", "writer", "designer", "text", "judge", "talk")
_CALL_FIELDS: Final = tuple(CallFacts.model_fields)


class Collected(Noun):
    """What came of collecting. left: jobs that could not be fetched now and still stand; failed: those that the server gave up."""

    taken: int = 0
    failed: int = 0
    left: int = 0
    unknown: int = 0
    usd: float = 0.0
    notices: tuple[str, ...] = ()

    def __repr__(self) -> str:
        if not (self.taken or self.failed or self.left or self.unknown):
            return "nothing was open"
        parts = [f"collected {count_text(self.taken, 'take')} ({cost_text(self.usd)})"]
        parts += [f"{count} {word}" for count, word in ((self.failed, "failed"), (self.left, "still open")) if count]
        parts += [f"{self.unknown} of unknown outcome: film.unsettled"] if self.unknown else []
        return " · ".join(parts)

    __str__ = __repr__


class HasModels(Protocol):
    """A set of models, as `open_models` gives one."""

    @property
    def name(self) -> str: ...


def has_open(store: Store) -> bool:
    """Whether paid calls of this film are open that no living process is at. Quick: what opening a film may afford."""
    return any(not call.is_held and call.state != "unknown" for call in store.open_calls())


# ── collecting ──────────────────────────────────────────────────────────────────────────────────────────────
def collect_open(store: Store, assets: Assets, models: HasModels, *, purse: Purse | None = None) -> Collected:
    """Fetch what servers made for processes that died, and put each take into its entry; what was not sent is released, what may have
    been is unknown from now on. Waits for jobs that still run. One after the other; any number of processes may do it at once.

    A job that can't be fetched now (no network, other models) stays as it is and is named in `notices`.
    """
    found, payer = Collected(), Payer(store, assets, purse or the_purse())
    for call in store.open_calls():
        if call.is_held:
            continue
        if call.state == "unknown":
            found = _counted(found, unknown=1)
            continue
        taken = store.take_over(call.number)
        if taken is None:
            found = _counted(found, unknown=int(call.state == "submitting"))
            continue
        found = _collected(found, payer, taken, models)
    if found != Collected():
        log.event("calls.collected", **{"glimmer.project": store.title}, taken=found.taken, left=found.left, unknown=found.unknown)
    return found


def collect_in_background(store: Store, assets: Assets, models: HasModels) -> threading.Thread | None:
    """A thread that collects what is open, begun; None where there is nothing. Whoever makes the same pieces meanwhile waits for it."""
    if not has_open(store):
        return None
    thread = threading.Thread(target=_quietly, args=(store, assets, models), name="glimmer-collect", daemon=True)
    thread.start()
    return thread


def _quietly(store: Store, assets: Assets, models: HasModels) -> None:
    try:
        collect_open(store, assets, models)
    except Exception as error:  # noqa: BLE001 (nobody waits for this thread; what it could not fetch stands in the ledger as it did)
        log.warning("calls.not_collected", error=type(error).__name__, words=str(error))


def _collected(found: Collected, payer: Payer, call: OpenCall, models: HasModels) -> Collected:
    began = time.perf_counter()
    try:
        bill = _bill(call, models)
        paid = payer.pay(bill, Claim(kind="collect", number=call.number, remote_id=call.remote_id), threading.Event())
        making = _shelve(payer, bill, call, paid)
    except Exception as error:  # noqa: BLE001 (one job that can't be fetched, whatever the reason, must not keep the others from it)
        still = any(each.number == call.number for each in payer.store.open_calls())
        if still:
            payer.store.leave_running(call.number, _reason(error))
        log.event("call.not_collected", **{"glimmer.call": call.number, "glimmer.latency_ms": 1000 * (time.perf_counter() - began)})
        return _counted(found, left=int(still), failed=int(not still), notices=(f"call {call.number}: {_reason(error)}",))
    except BaseException:
        payer.store.leave_running(call.number, "collecting it was interrupted")
        raise
    return _counted(found, taken=making.made, usd=making.usd, notices=making.notices)


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, GlimmerError) else f"{type(error).__name__}: {error}"


def _bill(call: OpenCall, models: HasModels) -> Bill:
    """Raises: NotFound where this set has no such model, or nobody knows such a request any more."""
    facts = CallFacts(**{name: getattr(call, name) for name in _CALL_FIELDS})
    request = _request_kind(call.kind).model_validate_json(call.body)
    model = _model_named(models, call.model, request)
    return Bill(call.agent, f"{call.bucket} {call.entry_key}".strip() or call.agent, model, request, call.request_key, facts)


def _model_named(models: HasModels, name: str, request: Noun) -> Model:
    names: list[str] = []
    for job in _MODEL_JOBS:
        model: Any = getattr(models, job, None)
        if model is None:
            continue
        own_name = model.name_for(request) if hasattr(model, "name_for") else model.name
        names.append(own_name)
        if own_name == name and isinstance(model, Collects):
            return cast(Model, model)
    raise NotFound.among("model that can collect", name, names, see='gl.Project(…, models="gemini")')


def _request_kind(kind: str) -> type[Noun]:
    """The class of a request by its name: of our own first, then of whatever a model of a package or a cell has brought."""
    own = getattr(interface, kind, None) if kind in interface.__all__ else None
    if isinstance(own, type) and issubclass(own, Noun):
        return own
    for each in _nouns(Noun):
        if each.__name__ == kind and "seed" in each.model_fields:
            return each
    raise NotFound.among("kind of request", kind, (name for name in interface.__all__ if name.endswith("Request")))


def _nouns(kind: type[Noun]) -> Iterator[type[Noun]]:
    for each in kind.__subclasses__():
        yield each
        yield from _nouns(each)


def _shelve(payer: Payer, bill: Bill, call: OpenCall, paid: Paid) -> Making:
    """The take of a collected job, in its entry with its lineage, and the end of its call: one transaction."""
    made, store = paid.answer, payer.store
    if not call.bucket:
        payer.book(bill, paid, collected=True)
        return Making(usd=made.usd)
    row = made_take(payer.assets, made, bill.request, request_key=call.request_key, made_for=call.made_for, model=bill.paid_model)
    inputs = tuple(Input.model_validate(each) for each in json.loads(call.inputs))
    asked = bill.request.model_copy(update={"seed": 0}).model_dump_json()
    request = RequestRow(key=call.made_for, model=bill.model.name, version=call.version, kind=call.kind, body=asked)
    with store.write("take", f"a take of {call.entry_key}", durable=True):
        take = row.model_copy(update={"agent": call.agent, "inputs": inputs})
        store.add_take(call.bucket, call.entry_key, take, request=request, size_bytes=len(made.media))
        payer.book(bill, paid, collected=True)
    return Making(made=1, usd=made.usd, notices=tuple(f"{bill.what}: {notice}" for notice in made.notices))


def _counted(found: Collected, *, notices: tuple[str, ...] = (), usd: float = 0.0, **counts: int) -> Collected:
    changed: dict[str, Any] = {name: getattr(found, name) + count for name, count in counts.items()}
    return found.model_copy(update={**changed, "usd": found.usd + usd, "notices": (*found.notices, *notices)})


# ── settling ────────────────────────────────────────────────────────────────────────────────────────────────
def unsettled(store: Store) -> Table:
    """Every paid call whose end is not known and that no living process is at. usd: what it may have cost; it counts as spent until then.

    state: "unknown" (sent, never answered: `settle` it), "running" (a server has it: it is collected), "reserved", "submitting".
    """
    rows = [_told(call) for call in store.open_calls() if not call.is_held]
    return Table(_COLUMNS, rows, title=f"unsettled calls of {store.title}")


def _told(call: OpenCall) -> tuple[object, ...]:
    why = call.error or ("it runs on the server: collected by the next make" if call.state == "running" else "")
    what = f"{call.bucket} {call.entry_key}".strip() or call.agent
    return (call.number, what, call.model, call.state, call.reserved_usd, call.made_at[:19].replace("T", " "), why[:200])


def settle(store: Store, number: int, *, again: bool) -> str:
    """Say what a call of unknown outcome is to be. again=True: it was not taken, the next make sends it again (look into the provider's
    own list first: if it was taken, it is paid for twice). again=False: it is counted as spent at its high estimate.

    Returns: what was done, in words. Raises: NotFound for a call that is not open, SettingsError while a living process is at it.
    """
    if isinstance(number, bool) or not isinstance(number, int):
        raise NotFound.among("open call", number, [str(call.number) for call in store.open_calls()], see="film.unsettled")
    call = store.settle_call(number, again=again)
    the_purse().session.settle(held_as(store, number), 0.0 if again else call.reserved_usd)
    log.event("call.settled", **{"glimmer.project": store.title, "glimmer.call": number}, again=again, by=store.user)
    what = f"{call.bucket} {call.entry_key}".strip() or call.agent
    if again:
        return f"call {number} ({what}) is forgotten; the next make sends it again"
    return f"call {number} ({what}) counts as spent: {cost_text(call.reserved_usd)}"

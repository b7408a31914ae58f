"""What changed on a timeline, in few words: what moved together is told once, as a "shift", and the rest as one small merge.

A trim at the head of a film moves a thousand clips by the same twelve frames. Per track (and for captions, for markers) the things that are
in both states are read in order of their old start; where the distance they moved changes, a shift begins. Runs of one or two are told one
by one, since that is shorter. What the shifts don't make right the merge does, so the result is exact whatever the edit was.

`applied` does what widgets/src/shared/patch.ts does in the browser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from glimmer.widgets.wire import Operation, differences

__all__ = ["applied", "patch_of"]

State = dict[str, Any]
_IN_TIME: Final = ("clips", "captions", "markers")
_FEW: Final = 2  # two shifts are 90 bytes, a start told by itself about 45


def patch_of(old: State, new: State) -> list[Operation]:
    """The operations that make `new` of `old`. Both are left as they are."""
    shifts = [shift for kind in _IN_TIME for shift in _shifts(kind, old.get(kind, {}), new.get(kind, {}))]
    return [*shifts, *differences(applied(old, shifts) if shifts else old, new)]


def _shifts(kind: str, old: State, new: State) -> Iterable[Operation]:
    moved: dict[str, list[tuple[int, int]]] = {}
    for name, thing in old.items():
        there = new.get(name)
        if there is not None and there.get("track") == thing.get("track"):
            moved.setdefault(thing.get("track", ""), []).append((thing["start"], there["start"] - thing["start"]))
    for track, steps in moved.items():
        where = {"track": track} if track else {}
        by = 0
        for start, distance in _turns(sorted(steps)):
            yield ["shift", [kind], where, start + by, distance - by]
            by = distance


def _turns(steps: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """(old start, distance) where the distance becomes another one. Small runs are left out: they are told one by one."""
    runs = _joined([start, distance, 1] for start, distance in steps)
    while True:
        # The first run is a turn only if it moves, and one at the end that stays costs a shift to undo the one before it.
        large = _joined(run for run in runs if run[2] > _FEW)
        if len(large) == len(runs):
            break
        runs = large
    turns: list[tuple[int, int]] = []
    by = 0
    for start, distance, _ in runs:
        if distance != by:
            turns.append((start, distance))
            by = distance
    return turns


def _joined(runs: Iterable[list[int]]) -> list[list[int]]:
    joined: list[list[int]] = []
    for start, distance, count in runs:
        if joined and joined[-1][1] == distance:
            joined[-1][2] += count
        else:
            joined.append([start, distance, count])
    return joined


# ── as the browser does it ──────────────────────────────────────────────────────────────────────────────────
def applied(state: Any, operations: Iterable[Operation]) -> Any:
    """What a browser makes of a state and a patch. Nothing is changed in place."""
    for kind, path, *rest in operations:
        state = _at(state, path, lambda there, kind=kind, rest=rest: _CHANGES[kind](there, *rest))  # type: ignore[misc]
    return state


def _at(state: Any, path: Sequence[str], change: Callable[[Any], Any]) -> Any:
    if not path:
        return change(state)
    there = state if isinstance(state, dict) else {}
    return {**there, path[0]: _at(there.get(path[0]), path[1:], change)}


def _merged(old: Any, patch: Any) -> Any:
    if not isinstance(patch, dict):
        return patch
    made = dict(old) if isinstance(old, dict) else {}
    for name, value in patch.items():
        if value is None:
            made.pop(name, None)
        else:
            made[name] = _merged(made.get(name), value)
    return made


def _shifted(old: Any, where: State, start: int, by: int) -> Any:
    return {
        name: {**thing, "start": thing["start"] + by}
        if isinstance(thing.get("start"), int)
        and thing["start"] >= start
        and all(thing.get(key) == value for key, value in where.items())
        else thing
        for name, thing in (old or {}).items()
    }


_CHANGES: Final[dict[str, Callable[..., Any]]] = {
    "merge": _merged,
    "set": lambda _, value: value,
    "append": lambda old, text: (old if isinstance(old, str) else "") + text,
    "shift": _shifted,
}

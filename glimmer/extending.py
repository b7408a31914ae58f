"""Extending: a typed function in a cell becomes a model, a tool of the chat, or a judge of takes.

    @gl.model                                   @gl.tool(kind="reads")                 @gl.judge
    def ink(request: gl.ShotRequest):           def tide(place: str) -> str:           def bright(take: Path) -> float:
        return draw(request.action)                 "When the tide is high there."         return mean(take) / 25.5

`film.use(ink)` lets it draw this film; the chat may call `tide`; `film.agents.judge.choose("2A", by=bright)` circles the brightest take.
Packages bring the same by the entry points "glimmer.models", "glimmer.tools" and "glimmer.judges".
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cache
from importlib.metadata import entry_points
from typing import Any, overload

from glimmer import log
from glimmer.agents.tools import Tool, ToolKind, tool_from
from glimmer.errors import InputError
from glimmer.models.known import remember_model
from glimmer.models.own import FunctionModel
from glimmer.models.pricing import Estimate

__all__ = ["judge", "known_judges", "known_tools", "model", "tool"]

_guard = threading.Lock()
_tools: dict[str, Tool] = {}
_judges: dict[str, Callable[..., Any]] = {}


@overload
def model(function: Callable[..., Any], /) -> FunctionModel: ...
@overload
def model(
    *, name: str = "", version: str = "", usd: float | Callable[[Any], float] = 0.0, reads_words: bool = False
) -> Callable[[Callable[..., Any]], FunctionModel]: ...
def model(
    function: Callable[..., Any] | None = None,
    /,
    *,
    name: str = "",
    version: str = "",
    usd: float | Callable[[Any], float] = 0.0,
    reads_words: bool = False,
) -> FunctionModel | Callable[[Callable[..., Any]], FunctionModel]:
    """Make a function a model: its first parameter's type says whose work it does (ShotRequest, SpeechRequest, ComposeRequest …).

    usd: what a request costs, or a function of the request; budgets and approvals go by it. version: raise it when the same request would
    give something else; left out, it follows the function's text. reads_words: give it the prompt's words in request.words.
    Raises: InputError for a parameter of another type.
    """

    def made(given: Callable[..., Any]) -> FunctionModel:
        own = FunctionModel(given, name=name, version=version, usd=usd, reads_words=reads_words)
        remember_model(name or given.__name__, own)
        return own

    return made if function is None else made(function)


@overload
def tool(function: Callable[..., object], /) -> Tool: ...
@overload
def tool(
    *, name: str = "", kind: ToolKind = "outside", estimate: Callable[..., Estimate] | None = None
) -> Callable[[Callable[..., object]], Tool]: ...
def tool(
    function: Callable[..., object] | None = None,
    /,
    *,
    name: str = "",
    kind: ToolKind = "outside",
    estimate: Callable[..., Estimate] | None = None,
) -> Tool | Callable[[Callable[..., object]], Tool]:
    """Make a typed function with a docstring a tool that the chat can call.

    kind: "reads" (looks; runs at once), "edits" (undo takes it back), "makes" (say its price by `estimate`), "destroys", "outside". Where
    nothing is said it is "outside", which asks before each call: what a function does, only its writer knows.
    Raises: InputError for a parameter without a type, or no docstring.
    """

    def made(given: Callable[..., object]) -> Tool:
        own = tool_from(given, name=name, kind=kind, estimate=estimate, source="cell")
        with _guard:
            _tools[own.name] = own
        return own

    return made if function is None else made(function)


def judge(function: Callable[..., Any], /, *, name: str = "") -> Callable[..., Any]:
    """Make a function of one take's file (a pathlib.Path) a judge: it gives a score from 0 to 10, or (score, reason).

    Raises: InputError for what is no function.
    """
    if not callable(function):
        raise InputError(f"{function!r:.80} can't judge; expected a function of a take's path that gives a score from 0 to 10.")
    with _guard:
        _judges[name or getattr(function, "__name__", "judge")] = function
    return function


def known_tools() -> tuple[Tool, ...]:
    """What cells and packages brought, by name; a cell's wins."""
    with _guard:
        return tuple({**_tools_of_packages(), **_tools}.values())


def known_judges() -> dict[str, Callable[..., Any]]:
    """Name -> judge, of cells and packages."""
    with _guard:
        return {**{name: each for name, each in _loaded("glimmer.judges").items() if callable(each)}, **_judges}


@cache
def _tools_of_packages() -> dict[str, Tool]:
    found = {}
    for name, each in _loaded("glimmer.tools").items():
        own = each if isinstance(each, Tool) else tool_from(each, name=name, kind="outside", source=name)
        found[own.name] = own
    return found


@cache
def _loaded(group: str) -> dict[str, Any]:
    """What packages bring under this entry point; one that can't be loaded is logged and left out."""
    found = {}
    for point in entry_points(group=group):
        try:
            found[point.name] = point.load()
        except Exception as reason:  # noqa: BLE001  # whatever a foreign package does when it is imported
            log.warning("extension.not_loaded", group=group, entry_point=point.name, reason=f"{type(reason).__name__}: {reason}")
    return found

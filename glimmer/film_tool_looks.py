"""What a conversation can see of a film: short facts in words, for a model and for a person. Reads only, and spends nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, Literal, Protocol, get_args

from glimmer.assembly import Assembly
from glimmer.buckets import Bucket, Screenplays
from glimmer.crew import Agents
from glimmer.display import Table, cost_text, count_text, duration_text
from glimmer.errors import InputError, MissingPiece, NotFound
from glimmer.export import Exported
from glimmer.film_tool_words import scene_named, shortened
from glimmer.jobs import RenderJob
from glimmer.plan import Plan
from glimmer.screenplay import Screenplay
from glimmer.store import StepRow, Store

__all__ = ["FilmLike", "Looked", "look"]

Looked = Literal["film", "script", "shots", "lines", "cast", "takes", "cut", "renders", "plan", "costs", "history", "find"]
_MOST_FOUND: Final = 12


class FilmLike(Protocol):
    """A film that a conversation is about: a Project, or whatever else has these."""

    title: str
    store: Store
    screenplays: Screenplays
    characters: Bucket[Any]
    video: Bucket[Any]
    audio: Bucket[Any]
    music: Bucket[Any]
    agents: Agents

    @property
    def cut(self) -> Assembly: ...
    @cut.setter
    def cut(self, cut: Assembly) -> None: ...
    @property
    def renders(self) -> Sequence[RenderJob]: ...
    @property
    def spent_usd(self) -> float: ...
    @property
    def takes(self) -> Table: ...
    @property
    def lines(self) -> Table: ...
    @property
    def history(self) -> Table: ...
    def plan(self) -> Plan: ...
    def costs(self, by: str = "agent") -> Table: ...
    def make(self, what: Any, *, preset: str = "720p24", captions: bool = True, wait: bool = True) -> RenderJob: ...
    def render(self, cut: Assembly | None = None, preset: str = "720p24", *, captions: bool = True) -> RenderJob: ...
    def export(self, job: RenderJob, out: str, *, subtitles: Any = (), timeline: Any = ()) -> Exported: ...
    def undo(self) -> StepRow: ...
    def redo(self) -> StepRow: ...


def look(film: FilmLike, what: str, of: str = "") -> str:
    """The facts on one side of the film; `of` narrows them: a scene's number, words to find, "model" or "day" for costs.

    Raises: NotFound for another side; MissingPiece where there is nothing of it yet.
    """
    seen = _LOOKS.get(what)
    if seen is None:
        raise NotFound.among("side of a film", what, get_args(Looked))
    return shortened(seen(film, of.strip()))


def _film(film: FilmLike, of: str) -> str:
    script, cut = _script_or_none(film), _cut_or_none(film)
    facts = [f"{film.title}: " + (_script_line(script) if script else "no script yet")]
    if script and script.cast:
        facts.append("cast: " + ", ".join(member.name for member in script.cast[:12]))
    facts.append("; ".join(repr(bucket) for bucket in (film.video, film.audio, film.music)))
    facts.append(_cut_line(cut) if cut else "no cut yet")
    done = [job for job in film.renders if job.state == "done"]
    facts.append(
        f"{count_text(len(done), 'render')}, the newest {done[-1].preset} of cut v{done[-1].cut_version}"
        if done
        else "not rendered yet"
    )
    facts.append(f"spent {cost_text(film.spent_usd)}")
    if script:
        facts.append(repr(film.plan()).split("\n")[0])
    return "\n".join(facts)


def _script(film: FilmLike, of: str) -> str:
    script = film.screenplays.latest
    if not of:
        return f"{_script_line(script)}\n\n{script.source.strip()}"
    scene = scene_named(script, of)
    after = min((each.source_line for each in script.scenes if each.source_line > scene.source_line), default=0)
    rows = script.source.split("\n")[max(0, scene.source_line - 1) : after - 1 if after else None]
    return f"scene {scene.number} of {script.title} v{script.version}\n\n" + "\n".join(rows).strip()


def _shots(film: FilmLike, of: str) -> str:
    script = film.screenplays.latest
    shots = scene_named(script, of).shots if of else script.shot_list
    takes = {entry.key: entry for entry in film.video}
    rows = []
    for shot in shots:
        entry = takes.get(shot.id)
        said = script.said(shot)
        count = count_text(len(entry.takes), "take") if entry is not None else "no take"
        rows.append(
            f"{shot.slate} {shot.size} {shot.seconds:.1f} s, {count}: {shot.action or 'no action'}" + (f" / {said}" if said else "")
        )
    return "\n".join(rows) or "no shots"


def _cast(film: FilmLike, of: str) -> str:
    cast = film.screenplays.latest.cast
    return (
        "\n".join(
            f"{member.name}: {member.kind}, {count_text(member.lines, 'line')}"
            + (f", {member.description}" if member.description else "")
            for member in cast
        )
        or "nobody speaks or is seen in this script"
    )


def _cut(film: FilmLike, of: str) -> str:
    return f"{_cut_line(film.cut)}\n{film.cut.table()!r}"


def _renders(film: FilmLike, of: str) -> str:
    return (
        "\n".join(f"{job!r}" + (f" · {job.path.name}" if job.state == "done" else "") for job in film.renders[-20:])
        or "nothing is rendered yet"
    )


def _find(film: FilmLike, of: str) -> str:
    if not of:
        raise InputError('nothing to find was said; expected words, such as of="whale".')
    rows = []
    for bucket in (film.video, film.audio, film.music, film.characters):
        found = bucket.find(of, limit=_MOST_FOUND)
        rows += [f"{bucket.one} {entry.name}: {_said(bucket, entry.key)}{count_text(len(entry.takes), 'take')}" for entry in found]
    script = _script_or_none(film)
    told = script.source.split("\n") if script else []
    rows += [f"script, row {n}: {row.strip()}" for n, row in enumerate(told, 1) if of.casefold() in row.casefold()][:_MOST_FOUND]
    return "\n".join(rows) or f'nothing in this film has "{of}" in it'


def _said(bucket: Bucket[Any], key: str) -> str:
    words = bucket.words_now().get(key, "")
    return f"{words}, " if words else ""


def _costs(film: FilmLike, of: str) -> str:
    return f"spent so far {cost_text(film.spent_usd)}\n{film.costs(of or 'agent')!r}"


_LOOKS: Final[dict[str, Callable[[FilmLike, str], str]]] = {
    "film": _film,
    "script": _script,
    "shots": _shots,
    "lines": lambda film, of: repr(film.lines),
    "cast": _cast,
    "takes": lambda film, of: repr(film.takes),
    "cut": _cut,
    "renders": _renders,
    "plan": lambda film, of: repr(film.plan()),
    "costs": _costs,
    "history": lambda film, of: repr(film.history),
    "find": _find,
}


def _script_line(script: Screenplay) -> str:
    scenes, shots = count_text(len(script.scenes), "scene"), count_text(len(script.shot_list), "shot")
    return f"script v{script.version} of {script.title}, {scenes}, {shots}, about {duration_text(script.seconds)}"


def _cut_line(cut: Assembly) -> str:
    return f"cut v{cut.version}, {duration_text(cut.seconds)}, {count_text(len(cut.clips), 'clip')}"


def _script_or_none(film: FilmLike) -> Screenplay | None:
    try:
        return film.screenplays.latest
    except MissingPiece:
        return None


def _cut_or_none(film: FilmLike) -> Assembly | None:
    try:
        return film.cut
    except MissingPiece:
        return None

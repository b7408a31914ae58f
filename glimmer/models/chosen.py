"""A set of models of which a person chose some: `film.use(artist="gemini")`, `film.use(my_artist)`. The rest stays who it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from glimmer.errors import InputError, NotFound
from glimmer.models import JOBS, Models, open_models
from glimmer.models.known import known_models
from glimmer.models.own import FunctionModel

__all__ = ["Chosen", "chosen"]

_NEEDED: dict[str, tuple[str, ...]] = {
    "writer": ("write",),
    "designer": ("design",),
    "artist": ("shot", "sheet"),
    "speech": ("cast", "speak"),
    "composer": ("compose",),
    "sound": ("ambience", "hears", "effects"),
    "text": ("answer",),
    "talk": ("talk",),
    "judge": ("judge",),
}


class Chosen:
    """`base`, with other models for some of its jobs. `sheets` draws the model sheets where an artist only does shots."""

    def __init__(self, base: Models, others: Mapping[str, object], sheets: object = None) -> None:
        self.base = base
        self.others = dict(others)
        self._sheets = sheets

    @property
    def name(self) -> str:
        return self.base.name

    @property
    def note(self) -> str:
        return f"{self.base.note}; {', '.join(f'{job}: {_called(model)}' for job, model in self.others.items())}"

    @property
    def sheets(self) -> Any:
        return self._sheets if self._sheets is not None else self.artist  # type: ignore[attr-defined]

    def __getattr__(self, job: str) -> Any:
        if job.startswith("_") or job not in JOBS:
            raise AttributeError(job)
        return self.others[job] if job in self.others else getattr(self.base, job)


def chosen(base: Models, *models: object, **by_job: object) -> Models:
    """`base` with these in their jobs. A model may be an object that does the job, the name of a set ("gemini", "rehearsal") or of a
    registered model ("ink"); without a job's name, a function model does the job that it was written for, and a set does all.

    Raises: NotFound for a job or a name nobody knows, InputError for an object that can't do the job.
    """
    set_, others, sheets = (base.base, dict(base.others), base._sheets) if isinstance(base, Chosen) else (base, {}, None)
    for model in models:
        found = _resolved(model)
        if isinstance(found, FunctionModel):
            by_job = {**by_job, found.job: found}
        elif hasattr(found, "writer"):
            set_, others, sheets = found, {}, None  # type: ignore[assignment]
        else:
            raise InputError(
                f"{_called(found)} does not say which job it does; expected film.use(artist=…), one of {', '.join(JOBS)}."
            )
    before: Models = Chosen(set_, others, sheets) if others else set_
    for job, model in by_job.items():
        if job not in JOBS:
            raise NotFound.among("job", job, JOBS)
        found = _resolved(model)
        found = getattr(found, job) if hasattr(found, "writer") else found
        if isinstance(found, FunctionModel):
            if found.job != job:
                raise InputError(
                    f"{found!r} can't be the {job}; expected a function for that work. Use it as film.use({found.job}=…)."
                )
            if job == "artist" and found.verb == "shot":
                sheets = getattr(before, "sheets", before.artist)  # who drew the sheets goes on doing so: nothing is made twice
            found = found.upon(getattr(before, job))
        missing = [verb for verb in _NEEDED[job] if not hasattr(found, verb)]
        if missing:
            raise InputError(f"{_called(found)} can't be the {job}: it has no {' and no '.join(missing)}. See docs/models.md.")
        others[job] = found
    return Chosen(set_, others, sheets) if others else set_


def _resolved(model: object) -> object:
    if not isinstance(model, str):
        return model
    registered = known_models()
    if model in registered:
        return registered[model]
    try:
        return open_models(model)
    except NotFound:
        raise NotFound.among("model", model, [*registered, "rehearsal", "gemini", "openai:http://…"]) from None


def _called(model: object) -> str:
    return str(getattr(model, "name", type(model).__name__))

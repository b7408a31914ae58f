"""Models: whoever writes, designs, draws, films, speaks, composes, makes sound and talks. Doors, each behind `interface`.

`open_models("rehearsal")` gives a set that fulfils every job with no key and no network, `open_models("gemini")` one that is paid. Each
model is imported when it is first asked for, so that a film that only needs its voices loads only the voice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol, get_args

from glimmer.errors import NotFound
from glimmer.models.interface import (
    DesignerModel,
    JudgeModel,
    MusicModel,
    PictureModel,
    SoundModel,
    SpeechModel,
    TextModel,
    WriterModel,
)
from glimmer.models.talking import TalkModel
from glimmer.vocabulary import Job

__all__ = ["JOBS", "Models", "open_models"]

JOBS: Final = get_args(Job)


class Models(Protocol):
    """One model a job. None where a set has nobody for it: rehearsal neither rewrites nor judges."""

    @property
    def name(self) -> str: ...
    @property
    def note(self) -> str:
        """What a person should know of it on the film's card: "rehearsal ($0, no key, no network)"."""
        ...

    @property
    def writer(self) -> WriterModel: ...
    @property
    def designer(self) -> DesignerModel: ...
    @property
    def artist(self) -> PictureModel: ...
    @property
    def speech(self) -> SpeechModel: ...
    @property
    def composer(self) -> MusicModel: ...
    @property
    def sound(self) -> SoundModel: ...
    @property
    def text(self) -> TextModel | None: ...
    @property
    def talk(self) -> TalkModel: ...
    @property
    def judge(self) -> JudgeModel | None: ...


def open_models(name: str = "rehearsal") -> Models:
    """The set of models with this name: "rehearsal", "gemini", or "openai:http://127.0.0.1:11434/v1" for any server that speaks so.

    Raises: NotFound for a name that is not one of them; NotInstalled, SettingsError where a set can't work here.
    """
    kind, _, address = name.partition(":")
    if kind not in _SETS:
        raise NotFound.among("set of models", name, _SETS)
    return _SETS[kind](address)


def _rehearsal(address: str) -> Models:
    from glimmer.models.rehearsal import RehearsalModels

    return RehearsalModels()


def _gemini(address: str) -> Models:
    from glimmer.models.gemini import GeminiModels

    return GeminiModels()


def _openai(address: str) -> Models:
    from glimmer.models.openai import OpenAIModels

    return OpenAIModels(address)


_SETS: Final[dict[str, Callable[[str], Models]]] = {"rehearsal": _rehearsal, "gemini": _gemini, "openai": _openai}

"""Models: whoever writes, designs, draws, speaks, composes and makes sound. Doors, each behind `interface`.

`open_models("rehearsal")` gives a set that fulfils every job with no key and no network. Each model is imported when it is first
asked for, so that a film that only needs its voices loads only the voice.
"""

from __future__ import annotations

from functools import cached_property

from glimmer.errors import NotFound
from glimmer.models.interface import DesignerModel, MusicModel, PictureModel, SoundModel, SpeechModel, WriterModel

__all__ = ["Models", "RehearsalModels", "open_models"]


class RehearsalModels:
    """The embedded default: real voices, a real score, drawn boards, $0."""

    name = "rehearsal"
    note = "rehearsal ($0, no key, no network)"

    @cached_property
    def writer(self) -> WriterModel:
        from glimmer.models.rehearsal.writer import RehearsalWriter

        return RehearsalWriter()

    @cached_property
    def designer(self) -> DesignerModel:
        from glimmer.models.rehearsal.boards.designer import RehearsalDesigner

        return RehearsalDesigner()

    @cached_property
    def artist(self) -> PictureModel:
        from glimmer.models.rehearsal.boards.artist import RehearsalArtist

        return RehearsalArtist()

    @cached_property
    def speech(self) -> SpeechModel:
        from glimmer.models.rehearsal.speech import RehearsalSpeech

        return RehearsalSpeech()

    @cached_property
    def composer(self) -> MusicModel:
        from glimmer.models.rehearsal.score import RehearsalComposer

        return RehearsalComposer()

    @cached_property
    def sound(self) -> SoundModel:
        from glimmer.models.rehearsal.sound import RehearsalSound

        return RehearsalSound()


Models = RehearsalModels  # one set today; a second one makes this a Protocol

_SETS = {"rehearsal": RehearsalModels}


def open_models(name: str = "rehearsal") -> Models:
    """The set of models with this name.

    Raises: NotFound for a name that is not one of them.
    """
    if name not in _SETS:
        raise NotFound.among("set of models", name, _SETS)
    return _SETS[name]()

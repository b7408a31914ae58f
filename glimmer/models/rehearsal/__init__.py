"""Rehearsal: the embedded models. Real voices, a real score, drawn boards, $0; no key, no network. Each is imported when first asked for."""

from __future__ import annotations

from functools import cached_property

from glimmer.models.interface import DesignerModel, MusicModel, PictureModel, SoundModel, SpeechModel, WriterModel
from glimmer.models.talking import TalkModel

__all__ = ["RehearsalModels"]


class RehearsalModels:
    """The set that needs nothing. It neither writes on request nor judges: `text` and `judge` are None."""

    name = "rehearsal"
    note = "rehearsal ($0, no key, no network)"
    text = None
    judge = None

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

    @cached_property
    def talk(self) -> TalkModel:
        from glimmer.models.rehearsal.talk import RehearsalTalk

        return RehearsalTalk()

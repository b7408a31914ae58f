"""Gemini: the paid set of models. Each is imported when it is first asked for, and google-genai when something is first sent.

What a screen can't tell from rehearsal is free here too: how characters look (the designer works by rules, so that a face does not change
with a model's mood) and the sounds of places and steps. All else costs money: `models.note` says so on the film's card.
"""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
    from glimmer.models.rehearsal import RehearsalModels
    from glimmer.models.talking import TalkModel

__all__ = ["GeminiModels"]


class GeminiModels:
    """One Gemini model a job. Needs a key when something is made, not before."""

    name = "gemini"

    @property
    def note(self) -> str:
        """For the film's card; holds the name of the key's variable, never the key."""
        from glimmer.models.gemini.opening import address_of

        return address_of(os.environ).note

    @cached_property
    def writer(self) -> WriterModel:
        from glimmer.models.gemini.text import GeminiWriter

        return GeminiWriter()

    @cached_property
    def designer(self) -> DesignerModel:
        return _rehearsal().designer

    @cached_property
    def artist(self) -> PictureModel:
        from glimmer.models.gemini.pictures import GeminiArtist

        return GeminiArtist()

    @cached_property
    def speech(self) -> SpeechModel:
        from glimmer.models.gemini.speech import GeminiSpeech

        return GeminiSpeech()

    @cached_property
    def composer(self) -> MusicModel:
        from glimmer.models.gemini.music import GeminiComposer

        return GeminiComposer()

    @cached_property
    def sound(self) -> SoundModel:
        return _rehearsal().sound

    @cached_property
    def text(self) -> TextModel:
        from glimmer.models.gemini.text import GeminiText

        return GeminiText()

    @cached_property
    def talk(self) -> TalkModel:
        from glimmer.models.gemini.talk import GeminiTalk

        return GeminiTalk()

    @cached_property
    def judge(self) -> JudgeModel:
        from glimmer.models.gemini.text import GeminiJudge

        return GeminiJudge()


_REHEARSAL: list[RehearsalModels] = []


def _rehearsal() -> RehearsalModels:
    """One of them, for what is free."""
    from glimmer.models.rehearsal import RehearsalModels

    if not _REHEARSAL:
        _REHEARSAL.append(RehearsalModels())
    return _REHEARSAL[0]

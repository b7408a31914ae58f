"""The OpenAI-compatible door: any server that speaks `/chat/completions`, `/images/generations` and `/audio/speech`, such as Ollama,
llama.cpp, vLLM or LocalAI on this machine: `models="openai:http://127.0.0.1:11434/v1"`.

What a server does not do is rehearsed. Which of its models does what: GLIMMER_OPENAI_TEXT, GLIMMER_OPENAI_IMAGE, GLIMMER_OPENAI_SPEECH
name them; a job without a name is rehearsed, but text takes the first model that the server lists. A key, where one is needed: OPENAI_API_KEY.
"""

from __future__ import annotations

import os
from functools import cached_property

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
from glimmer.models.openai.server import Server
from glimmer.models.rehearsal import RehearsalModels
from glimmer.models.talking import TalkModel

__all__ = ["OpenAIModels"]


class OpenAIModels:
    """The models of one server; score, ambience, effects and designs are rehearsed."""

    judge: JudgeModel | None = None

    def __init__(self, address: str) -> None:
        """Asks nobody yet. Raises: SettingsError for an address that is no http(s) URL, or prices that can't be read."""
        self.server = Server(address)
        self.name = f"openai:{self.server.address}"
        self._rest = RehearsalModels()

    @property
    def note(self) -> str:
        named = [f"{job}: {model}" for job in ("image", "speech") if (model := _chosen(job))]
        rest = "score and sound rehearsed" if len(named) == 2 else "the rest rehearsed"
        return f"models of {self.server.address} (text{', ' + ', '.join(named) if named else ''}); {rest}"

    @cached_property
    def text(self) -> TextModel:
        from glimmer.models.openai.text import OpenAIText

        return OpenAIText(self.server, _chosen("text"))

    @cached_property
    def writer(self) -> WriterModel:
        from glimmer.models.openai.text import OpenAIText

        return OpenAIText(self.server, _chosen("text"))

    @cached_property
    def talk(self) -> TalkModel:
        from glimmer.models.openai.talk import OpenAITalk

        return OpenAITalk(self.server, _chosen("text"))

    @cached_property
    def artist(self) -> PictureModel:
        from glimmer.models.openai.pictures import OpenAIArtist

        return OpenAIArtist(self.server, _chosen("image")) if _chosen("image") else self._rest.artist

    @cached_property
    def speech(self) -> SpeechModel:
        from glimmer.models.openai.speech import OpenAISpeech

        return OpenAISpeech(self.server, _chosen("speech")) if _chosen("speech") else self._rest.speech

    @cached_property
    def designer(self) -> DesignerModel:
        return self._rest.designer

    @cached_property
    def composer(self) -> MusicModel:
        return self._rest.composer

    @cached_property
    def sound(self) -> SoundModel:
        return self._rest.sound


def _chosen(job: str) -> str:
    return os.environ.get(f"GLIMMER_OPENAI_{job.upper()}", "").strip()

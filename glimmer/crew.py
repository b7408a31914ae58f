"""Crew: `film.agents`, who makes what. Each is made, with the film's buckets and models in its hands, when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from glimmer.agents import AssemblyAgent, AudioAgent, CharacterAgent, Maker, Making, MusicAgent, ScreenplayAgent, VideoAgent
from glimmer.agents.prompting import Prompts
from glimmer.assembly import Assembly
from glimmer.assets import Assets
from glimmer.buckets import Bucket, Screenplays
from glimmer.models import Models
from glimmer.store import Store

__all__ = ["Agents", "Shelves"]


@dataclass(frozen=True)
class Shelves:
    """The buckets of one film, as its agents get them."""

    screenplays: Screenplays
    characters: Bucket[Any]
    prompts: Bucket[Any]
    video: Bucket[Any]
    audio: Bucket[Any]
    music: Bucket[Any]


@dataclass
class Agents:
    """The agents of one film."""

    title: str
    models: Models
    shelves: Shelves
    store: Store
    assets: Assets
    prompts: Prompts
    keep_draft: Callable[[Assembly], Assembly]
    keep_edit: Callable[[Assembly], Assembly]
    makers: list[Maker] = field(default_factory=list)

    @cached_property
    def screenplay(self) -> ScreenplayAgent:
        return ScreenplayAgent(
            title=self.title,
            screenplays=self.shelves.screenplays,
            model=self.models.writer,
            maker=self._maker("screenplay"),
            prompts=self.prompts,
            text=self.models.text,
        )

    @cached_property
    def character(self) -> CharacterAgent:
        return CharacterAgent(
            characters=self.shelves.characters,
            screenplays=self.shelves.screenplays,
            designer=self.models.designer,
            artist=getattr(self.models, "sheets", self.models.artist),
            speech=self.models.speech,
            maker=self._maker("character"),
            prompts=self.prompts,
        )

    @cached_property
    def video(self) -> VideoAgent:
        return VideoAgent(
            video=self.shelves.video,
            screenplays=self.shelves.screenplays,
            casting=self.character,
            model=self.models.artist,
            maker=self._maker("video"),
            prompts=self.prompts,
        )

    @cached_property
    def audio(self) -> AudioAgent:
        return AudioAgent(
            audio=self.shelves.audio,
            screenplays=self.shelves.screenplays,
            casting=self.character,
            speech=self.models.speech,
            sound=self.models.sound,
            maker=self._maker("audio"),
            prompts=self.prompts,
        )

    @cached_property
    def music(self) -> MusicAgent:
        return MusicAgent(
            title=self.title,
            music=self.shelves.music,
            audio=self.shelves.audio,
            video=self.shelves.video,
            screenplays=self.shelves.screenplays,
            model=self.models.composer,
            maker=self._maker("music"),
            prompts=self.prompts,
        )

    @cached_property
    def assembly(self) -> AssemblyAgent:
        return AssemblyAgent(
            video=self.shelves.video,
            audio=self.shelves.audio,
            music=self.shelves.music,
            screenplays=self.shelves.screenplays,
            keep=self.keep_draft,
            keep_edit=self.keep_edit,
        )

    @property
    def making(self) -> Making:
        """What was made and what stood already, in this session."""
        return sum((maker.done for maker in self.makers), Making())

    def _maker(self, agent: str) -> Maker:
        maker = Maker(agent, self.store, self.assets)
        self.makers.append(maker)
        return maker

    def __repr__(self) -> str:
        return "agents: screenplay · character · video · audio · music · assembly"

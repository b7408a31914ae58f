"""Crew: `film.agents`, who makes what. Each is made, with the film's buckets and models in its hands, when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from glimmer.agents import AssemblyAgent, AudioAgent, CharacterAgent, Maker, Making, MusicAgent, ScreenplayAgent, VideoAgent
from glimmer.agents.judging import JudgeAgent
from glimmer.agents.postproduction import PostProductionAgent
from glimmer.agents.prompting import Prompts
from glimmer.assembly import Assembly
from glimmer.assets import Assets
from glimmer.buckets import Bucket, Screenplays
from glimmer.errors import MissingPiece
from glimmer.models import Models
from glimmer.models.interface import Reference
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
    newest_cut: Callable[[], Assembly]
    render: Callable[..., Any]
    export: Callable[..., Any]
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
            text=self.models.text,
            maker=self._maker("assembly"),
            prompts=self.prompts,
        )

    @cached_property
    def post(self) -> PostProductionAgent:
        return PostProductionAgent(
            title=self.title, newest_cut=self.newest_cut, keep_edit=self.keep_edit, render=self.render, export=self.export
        )

    @cached_property
    def judge(self) -> JudgeAgent:
        shelves = self.shelves
        return JudgeAgent(
            buckets=(shelves.video, shelves.audio, shelves.music, shelves.characters),
            assets=self.assets,
            maker=self._maker("judge"),
            model=self.models.judge,
            prompts=self.prompts,
            references=self._sheets,
            words_of=self._words_of,
        )

    def _sheets(self) -> tuple[Reference, ...]:
        """The sheets of the cast; none while there is no script."""
        try:
            return self.character.references(self.shelves.screenplays.latest)
        except MissingPiece:
            return ()

    def _words_of(self, bucket: str, key: str) -> str:
        """What the script says of an entry."""
        try:
            return getattr(self.shelves, bucket).words().get(key, "")  # type: ignore[no-any-return]
        except MissingPiece:
            return ""

    @property
    def making(self) -> Making:
        """What was made and what stood already, in this session."""
        return sum((maker.done for maker in self.makers), Making())

    def _maker(self, agent: str) -> Maker:
        maker = Maker(agent, self.store, self.assets)
        self.makers.append(maker)
        return maker

    def __repr__(self) -> str:
        return "agents: screenplay · character · video · audio · music · assembly · post · judge"

"""Opening: the five buckets of a film that hold takes, each over the same rows and files; the sixth holds its screenplays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from glimmer.assets import Assets
from glimmer.buckets.bucket import Bucket
from glimmer.buckets.entry import CharacterEntry, ShotEntry
from glimmer.buckets.prompt_shelf import PromptShelf
from glimmer.store import Store

__all__ = ["Buckets", "open_buckets"]


@dataclass(frozen=True)
class Buckets:
    """The five buckets of a film that hold takes; the sixth holds its screenplays."""

    characters: Bucket[CharacterEntry]
    prompts: PromptShelf
    audio: Bucket
    video: Bucket[ShotEntry]
    music: Bucket

    def __iter__(self) -> Iterator[Bucket[Any]]:
        return iter((self.characters, self.prompts, self.audio, self.video, self.music))

    def __repr__(self) -> str:
        return "\n".join(repr(each) for each in self)


def open_buckets(store: Store, assets: Assets) -> Buckets:
    """The buckets of the film in `store`."""
    return Buckets(
        characters=Bucket("characters", "character", store, assets),
        prompts=PromptShelf(store, assets),
        audio=Bucket("audio", "line", store, assets),
        video=Bucket("video", "shot", store, assets),
        music=Bucket("music", "cue", store, assets),
    )

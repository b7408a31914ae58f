"""The music agent: the score, in cues that follow the scenes to the frame."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import get_args

from glimmer.agents.audio import footage_seconds, spoken_seconds
from glimmer.agents.making import Maker, Order
from glimmer.agents.prompting import Prompt, Prompts, no_prompts, prompt_input
from glimmer.agents.writing import worded
from glimmer.assembly import CuePlan, lay_out, plan_cues
from glimmer.buckets import CUE, Bucket, Screenplays
from glimmer.errors import NotFound
from glimmer.models.interface import ComposeRequest, MusicModel, MusicSection
from glimmer.screenplay import Screenplay
from glimmer.store import Input
from glimmer.vocabulary import Mood

__all__ = ["MusicAgent"]


class MusicAgent:
    """Scores a script. One theme for the whole film; a cue for each run of scenes."""

    def __init__(
        self,
        *,
        title: str,
        music: Bucket,
        audio: Bucket,
        video: Bucket,
        screenplays: Screenplays,
        model: MusicModel,
        maker: Maker,
        prompts: Prompts = no_prompts,
    ) -> None:
        self.title = title
        self.music = music
        self.audio = audio
        self.video = video
        self.screenplays = screenplays
        self.model = model
        self.maker = maker
        self.prompts = prompts

    def cues(
        self,
        script: Screenplay,
        spoken: Mapping[str, float],
        footage: Mapping[str, float],
        *,
        mood: Mood | None = None,
        rate: Fraction = Fraction(24),
    ) -> tuple[CuePlan, ...]:
        """The cues that a script asks for when its lines are spoken so long (line id -> seconds; one not there is estimated) and its
        footage lasts so long (shot id -> seconds)."""
        return plan_cues(script, lay_out(script, spoken, rate, footage_seconds=footage), mood=mood)

    def orders(self, cues: tuple[CuePlan, ...], rate: Fraction, *, takes: int = 1) -> list[Order]:
        """A piece of music for every cue, to the frame."""
        theme = int.from_bytes(hashlib.sha256(self.title.encode()).digest()[:4])
        prompt = self.prompts("music.cue")
        return [
            Order(
                "music",
                cue.key,
                cue.name,
                self.model,
                worded(_request(cue, rate, theme, prompt), prompt, self.model),
                self.model.compose,  # type: ignore[arg-type]
                takes,
                (_length_input(cue, rate), *prompt_input(prompt, self.model)),
            )
            for cue in cues
        ]

    def score(
        self,
        script: Screenplay,
        *,
        mood: Mood | None = None,
        rate: Fraction = Fraction(24),
        takes: int = 1,
        only: Collection[str] | None = None,
    ) -> Bucket:
        """A cue for each run of scenes, exactly as long as they are; `only` these, by key, if any are given. `mood` overrides what
        the scenes say and is kept with the cues.

        Voice the lines first: the score follows their measured length (lines without a take are estimated).
        """
        if mood is not None and mood not in get_args(Mood):
            raise NotFound.among("mood", mood, get_args(Mood))
        script = self.screenplays.keep(script)
        cues = self.cues(script, spoken_seconds(self.audio), footage_seconds(self.video), mood=mood, rate=rate)
        kept = {cue.key: _state(cue, rate, mood) for cue in cues}
        self.music.store.set_entries("music", [(cue.key, cue.name.removeprefix("cue ")) for cue in cues], prefix=CUE, states=kept)
        orders = [order for order in self.orders(cues, rate, takes=takes) if only is None or order.key in only]
        self.maker.make(orders, "composing", "cue")
        return self.music

    def asked_before(self) -> tuple[Mood | None, Fraction]:
        """The mood and the rate that the score was last asked for with; (None, 24) where there is none yet."""
        for _, state in self.music.store.states("music", holding='"rate"').values():
            kept = json.loads(state)
            return kept.get("mood"), Fraction(kept["rate"])
        return None, Fraction(24)


def _state(cue: CuePlan, rate: Fraction, mood: Mood | None) -> str:
    sections = [(felt, float(frames / rate)) for felt, frames in cue.sections]
    return json.dumps({"sections": sections, "mood": mood, "rate": str(rate)})


def _length_input(cue: CuePlan, rate: Fraction) -> Input:
    sections = json.dumps([(mood, str(frames / rate)) for mood, frames in cue.sections])
    digest = hashlib.sha256(sections.encode()).hexdigest()
    return Input(
        role="length",
        bucket="screenplays",
        key=cue.key.removeprefix(CUE),
        name=f"{cue.name}, {float(cue.frames / rate):.1f} s",
        hash=digest,
    )


def _request(cue: CuePlan, rate: Fraction, theme_seed: int, prompt: Prompt) -> ComposeRequest:
    sections = tuple(MusicSection(mood=mood, seconds=float(frames / rate)) for mood, frames in cue.sections)
    return ComposeRequest(words=prompt.text, sections=sections, theme_seed=theme_seed, closing=cue.closing)

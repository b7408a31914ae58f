"""The music agent: the score, in cues that follow the scenes to the frame."""

from __future__ import annotations

import hashlib
import json
from fractions import Fraction
from typing import get_args

from glimmer.agents.audio import footage_seconds, spoken_seconds
from glimmer.agents.making import Maker, Order
from glimmer.assembly import CuePlan, lay_out, plan_cues
from glimmer.buckets import CUE, Bucket, Screenplays
from glimmer.errors import NotFound
from glimmer.models.interface import ComposeRequest, MusicModel, MusicSection
from glimmer.screenplay import Screenplay
from glimmer.vocabulary import Mood

__all__ = ["MusicAgent"]


class MusicAgent:
    """Scores a script. One theme for the whole film; a cue for each run of scenes."""

    def __init__(
        self, *, title: str, music: Bucket, audio: Bucket, video: Bucket, screenplays: Screenplays, model: MusicModel, maker: Maker
    ) -> None:
        self.title = title
        self.music = music
        self.audio = audio
        self.video = video
        self.screenplays = screenplays
        self.model = model
        self.maker = maker

    def score(self, script: Screenplay, *, mood: Mood | None = None, rate: Fraction = Fraction(24), takes: int = 1) -> Bucket:
        """A cue for each run of scenes, exactly as long as they are. `mood` overrides what the scenes say.

        Voice the lines first: the score follows their measured length (lines without a take are estimated).
        """
        if mood is not None and mood not in get_args(Mood):
            raise NotFound.among("mood", mood, get_args(Mood))
        script = self.screenplays.keep(script)
        timing = lay_out(script, spoken_seconds(self.audio), rate, footage_seconds=footage_seconds(self.video))
        cues = plan_cues(script, timing, mood=mood)
        moods = {cue.key: json.dumps({"sections": [(mood, float(frames / rate)) for mood, frames in cue.sections]}) for cue in cues}
        self.music.store.set_entries("music", [(cue.key, cue.name.removeprefix("cue ")) for cue in cues], prefix=CUE, states=moods)
        theme = int.from_bytes(hashlib.sha256(self.title.encode()).digest()[:4])
        orders = [
            Order("music", cue.key, cue.name, self.model, _request(cue, rate, theme), self.model.compose, takes)  # type: ignore[arg-type]
            for cue in cues
        ]
        self.maker.make(orders, "composing", "cue")
        return self.music


def _request(cue: CuePlan, rate: Fraction, theme_seed: int) -> ComposeRequest:
    sections = tuple(MusicSection(mood=mood, seconds=float(frames / rate)) for mood, frames in cue.sections)
    return ComposeRequest(sections=sections, theme_seed=theme_seed, closing=cue.closing)

"""Running a plan: each kind in the order of the road, by the agent whose work it is, so that what follows finds what it needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from glimmer.agents import Making
from glimmer.assembly import Assembly, retake
from glimmer.crew import Agents
from glimmer.plan import Plan
from glimmer.planning import place_of
from glimmer.render.preset import PRESETS, board_size
from glimmer.screenplay import Screenplay
from glimmer.store import Store

__all__ = ["Runner"]

_RATE_OF_NONE: Final = "1080p24"


class Runner:
    """Runs plans of one film. `render` makes the film of the newest cut and says so in words."""

    def __init__(self, agents: Agents, store: Store, newest_cut: Callable[[], Assembly | None], render: Callable[[], str]) -> None:
        self.agents = agents
        self.store = store
        self.newest_cut = newest_cut
        self.render = render

    def run(self, script: Screenplay, plan: Plan, say: Callable[[str], None]) -> Making:
        """Make every row of `plan`; `say` hears of the cut and the film. What was made in it is one step of the history."""
        before = self.agents.making
        with self.store.step(f"run the plan: {len(plan)} {'row' if len(plan) == 1 else 'rows'}"):
            self._make(script, plan)
            if any(row.kind == "cut" for row in plan):
                say(f"cut v{self._cut(script).version}")
        if any(row.kind == "film" for row in plan):
            say(self.render())
        return _since(before, self.agents.making)

    def _make(self, script: Screenplay, plan: Plan) -> None:
        agents = self.agents
        keys = {kind: {row.key for row in plan if row.kind == kind} for kind in ("sheet", "line", "shot", "air", "effect", "cue")}
        if keys["sheet"]:
            agents.character.design(script, only=keys["sheet"])
        if keys["line"]:
            agents.audio.voice(script, only=keys["line"])
        if keys["shot"]:
            width_px, height_px = board_size(PRESETS[self._preset()])
            agents.video.shoot(script, only=keys["shot"], width_px=width_px, height_px=height_px)
        if keys["air"] or keys["effect"]:
            agents.audio.ambience(script, only=keys["air"] | keys["effect"])
        if keys["cue"]:
            mood, rate = agents.music.asked_before()
            agents.music.score(script, mood=mood, rate=rate, only=keys["cue"])

    def _preset(self) -> str:
        return next((job.preset for job in reversed(self.store.jobs()) if job.preset in PRESETS), _RATE_OF_NONE)

    def _cut(self, script: Screenplay) -> Assembly:
        """The draft made anew; a cut that a person edited keeps its shape and gets the takes that are used now."""
        row, cut = self.store.cut(), self.newest_cut()
        if row is None or cut is None:
            return self.agents.assembly.draft(script, rate=self.agents.music.asked_before()[1])
        if row.made_by == "draft":
            return self.agents.assembly.draft(script, rate=cut.rate, score=_own_score(cut))
        pieces = self.agents.assembly.pieces()
        pieces |= {
            (bucket, old): pieces[bucket, key] for (bucket, old), key in self.store.followed().items() if (bucket, key) in pieces
        }
        changed = retake(cut, lambda track, clip: pieces.get(place_of(track.role, clip.name, clip.made_of)))
        return self.agents.assembly.keep_edit(changed)


def _own_score(cut: Assembly) -> str:
    """The name of a person's own music under the whole film, "" where the cues are used."""
    clips = (clip for track in cut.tracks if track.role == "music" for clip in track.clips)
    return next((clip.made_of.removeprefix("own:") for clip in clips if clip.made_of.startswith("own:")), "")


def _since(before: Making, after: Making) -> Making:
    return Making(
        made=after.made - before.made,
        kept=after.kept - before.kept,
        own=after.own - before.own,
        usd=after.usd - before.usd,
        notices=tuple(notice for notice in after.notices if notice not in before.notices),
    )

"""The screenplay agent: an idea becomes a script."""

from __future__ import annotations

import hashlib

from glimmer import screenplay
from glimmer.agents.making import Maker, Order
from glimmer.agents.prompting import Prompts, no_prompts, prompt_input
from glimmer.buckets import Screenplays
from glimmer.idea import Idea
from glimmer.models.interface import WriteRequest, WriterModel
from glimmer.screenplay import Screenplay

__all__ = ["ScreenplayAgent"]


class ScreenplayAgent:
    """Writes scripts and keeps them in the film's screenplays."""

    def __init__(
        self, *, title: str, screenplays: Screenplays, model: WriterModel, maker: Maker, prompts: Prompts = no_prompts
    ) -> None:
        self.title = title
        self.screenplays = screenplays
        self.model = model
        self.maker = maker
        self.prompts = prompts

    def draft(self, idea: Idea | str) -> Screenplay:
        """A screenplay of about the idea's length, kept as the film's script. In rehearsal a draft from templates, which says so.

        The same idea again is the same script: nothing is written twice.
        """
        idea = idea if isinstance(idea, Idea) else Idea(idea)
        prompt = self.prompts("screenplay.draft")
        request = WriteRequest(words=prompt.text, title=self.title, logline=idea.logline, tone=idea.tone, seconds=idea.seconds)
        key = f"draft:{hashlib.sha256(request.model_dump_json().encode()).hexdigest()[:16]}"
        self.maker.store.put_entry("drafts", key, "draft")
        self.maker.make(
            [Order("drafts", key, "draft", self.model, request, self.model.write, inputs=prompt_input(prompt))],  # type: ignore[arg-type]
            "writing",
            "draft",
        )
        take = self.maker.store.takes("drafts", key)[0]
        text = self.maker.assets.read(take.asset).decode()
        return self.screenplays.keep(screenplay.read(text, source="draft", title=self.title), source_name="draft")

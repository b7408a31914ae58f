"""The character agent: the cast of a script gets faces and voices, once, for the whole film."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Any

from glimmer.agents.making import Maker, Order
from glimmer.agents.prompting import Prompts, no_prompts, prompt_input
from glimmer.buckets import Bucket, Screenplays
from glimmer.models.interface import CastBrief, Design, DesignerModel, PictureModel, SheetRequest, SpeechModel, Voice
from glimmer.screenplay import CastMember, Screenplay
from glimmer.store import Input

__all__ = ["CharacterAgent"]


class CharacterAgent:
    """Designs characters and casts their voices; what is designed stays, unless the script describes them anew."""

    def __init__(
        self,
        *,
        characters: Bucket,
        screenplays: Screenplays,
        designer: DesignerModel,
        artist: PictureModel,
        speech: SpeechModel,
        maker: Maker,
        prompts: Prompts = no_prompts,
    ) -> None:
        self.characters = characters
        self.screenplays = screenplays
        self.designer = designer
        self.artist = artist
        self.speech = speech
        self.maker = maker
        self.prompts = prompts

    # ── what is asked for ──────────────────────────────────────────────────────────────────────────────────
    def sheet_orders(self, designs: Mapping[str, Design]) -> list[Order]:
        """A model sheet for each design."""
        prompt = self.prompts("character.sheet")
        return [
            Order(
                "characters",
                name,
                name,
                self.artist,
                SheetRequest(words=prompt.text, design=design),
                self.artist.sheet,  # type: ignore[arg-type]
                inputs=(design_input(name, design), *prompt_input(prompt)),
            )
            for name, design in designs.items()
        ]

    def known_designs(self, script: Screenplay) -> dict[str, Design]:
        """How those of the cast look who have been designed. Writes nothing."""
        known = self._states()
        return {m.name: Design.model_validate(known[m.name]["design"]) for m in script.cast if "design" in known.get(m.name, {})}

    def known_voices(self, script: Screenplay) -> dict[str, Voice]:
        """How those of the cast sound who have a voice. Writes nothing."""
        known = self._states()
        return {m.name: Voice.model_validate(known[m.name]["voice"]) for m in script.cast if "voice" in known.get(m.name, {})}

    # ── making it ──────────────────────────────────────────────────────────────────────────────────────────
    def design(self, script: Screenplay, *, only: Collection[str] | None = None) -> Bucket:
        """A design, a voice and a model sheet for each of the cast; `only` these, by name, if any are given."""
        script = self.screenplays.keep(script)
        designs = self.designs(script)
        orders = [order for order in self.sheet_orders(designs) if only is None or order.key in only]
        self.maker.make(orders, "designing", "sheet")
        return self.characters

    def designs(self, script: Screenplay) -> dict[str, Design]:
        """How each of the cast looks, by name. Who has no design yet gets one."""
        self._cast(script)
        return self.known_designs(script)

    def voices(self, script: Screenplay) -> dict[str, Voice]:
        """How each of the cast sounds, by name. Who has no voice yet gets one."""
        self._cast(script)
        return self.known_voices(script)

    def _cast(self, script: Screenplay) -> None:
        """Give everybody a design and a voice, told apart from all that are there. What a person changed is never made anew."""
        states = self._states()
        new: dict[str, dict[str, Any]] = {}
        for member in script.cast:
            brief = _brief(member)
            there = states.get(member.name, {})
            if there.get("brief") == brief.model_dump() or there.get("edited"):
                continue
            others = [state for name, state in states.items() if name != member.name and "design" in state and "voice" in state]
            design = self.designer.design(brief, others=[Design.model_validate(state["design"]) for state in others])
            voice = self.speech.cast(brief, taken=[Voice.model_validate(state["voice"]) for state in others])
            new[member.name] = {"brief": brief.model_dump(), "design": design.model_dump(), "voice": voice.model_dump()}
            states[member.name] = json.loads(json.dumps(new[member.name]))
        if new:
            with self.characters.store.write("cast", f"cast {', '.join(new)}"):
                for name, state in new.items():
                    self.characters.store.put_entry("characters", name, name, state=json.dumps(state, ensure_ascii=False))

    def _states(self) -> dict[str, dict[str, Any]]:
        return {key: json.loads(state) for key, (_, state) in self.characters.store.states("characters").items()}


def design_input(name: str, design: Design) -> Input:
    """That a take shows this character, looking so."""
    digest = hashlib.sha256(design.model_dump_json().encode()).hexdigest()
    return Input(role="character", bucket="characters", key=name, name=name, hash=digest)


def _brief(member: CastMember) -> CastBrief:
    """What decides looks and voice. The number of lines does not: one more line must not give somebody a new face."""
    return CastBrief(name=member.name, description=member.description, kind=member.kind, age=member.age, gender=member.gender)

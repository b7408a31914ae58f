"""The character agent: the cast of a script gets faces and voices, once, for the whole film."""

from __future__ import annotations

import json

from glimmer.agents.making import Maker, Order
from glimmer.buckets import Bucket, Screenplays
from glimmer.models.interface import CastBrief, Design, DesignerModel, PictureModel, SheetRequest, SpeechModel, Voice
from glimmer.screenplay import CastMember, Screenplay

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
    ) -> None:
        self.characters = characters
        self.screenplays = screenplays
        self.designer = designer
        self.artist = artist
        self.speech = speech
        self.maker = maker

    def design(self, script: Screenplay) -> Bucket:
        """A design, a voice and a model sheet for each of the cast."""
        script = self.screenplays.keep(script)
        designs = self.designs(script)
        orders = [
            Order("characters", name, name, self.artist, SheetRequest(design=design), self.artist.sheet)  # type: ignore[arg-type]
            for name, design in designs.items()
        ]
        self.maker.make(orders, "designing", "sheet")
        return self.characters

    def designs(self, script: Screenplay) -> dict[str, Design]:
        """How each of the cast looks, by name. Who has no design yet gets one."""
        self._cast(script)
        return {member.name: Design.model_validate(self.characters[member.name].state["design"]) for member in script.cast}

    def voices(self, script: Screenplay) -> dict[str, Voice]:
        """How each of the cast sounds, by name. Who has no voice yet gets one."""
        self._cast(script)
        return {member.name: Voice.model_validate(self.characters[member.name].state["voice"]) for member in script.cast}

    def _cast(self, script: Screenplay) -> None:
        """Give everybody a design and a voice, told apart from all that are there."""
        states = {entry.name: entry.state for entry in self.characters}
        for member in script.cast:
            brief = _brief(member)
            if states.get(member.name, {}).get("brief") == brief.model_dump():
                continue
            others = [state for name, state in states.items() if name != member.name]
            design = self.designer.design(brief, others=[Design.model_validate(state["design"]) for state in others])
            voice = self.speech.cast(brief, taken=[Voice.model_validate(state["voice"]) for state in others])
            state = {"brief": brief.model_dump(), "design": design.model_dump(), "voice": voice.model_dump()}
            self.characters.store.put_entry("characters", member.name, member.name, state=json.dumps(state, ensure_ascii=False))
            states[member.name] = json.loads(json.dumps(state))


def _brief(member: CastMember) -> CastBrief:
    """What decides looks and voice. The number of lines does not: one more line must not give somebody a new face."""
    return CastBrief(name=member.name, description=member.description, kind=member.kind, age=member.age, gender=member.gender)

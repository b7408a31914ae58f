"""The character agent: the cast of a script gets faces and voices, once, for the whole film.

A character's used sheet is its canonical picture: `references` gives them in the order of the cast, for whoever makes pictures after them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Any

from glimmer.agents.making import Maker, Order
from glimmer.agents.prompting import Prompts, no_prompts, prompt_input
from glimmer.agents.references import ConceptRequest, is_shown_references, reference_of
from glimmer.agents.writing import worded
from glimmer.buckets import Bucket, Screenplays
from glimmer.buckets.casting import edited_voice
from glimmer.display import plain_line
from glimmer.errors import InputError, MissingPiece, NotFound
from glimmer.models.interface import CastBrief, Design, DesignerModel, PictureModel, Reference, SheetRequest, SpeechModel, Voice
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
    def sheet_orders(self, designs: Mapping[str, Design], *, takes: int = 1) -> list[Order]:
        """A model sheet for each design."""
        prompt = self.prompts("character.sheet")
        kind = ConceptRequest if is_shown_references(self.artist) else SheetRequest
        return [
            Order(
                "characters",
                name,
                name,
                self.artist,
                worded(kind(words=prompt.text, design=design), prompt, self.artist),
                self.artist.sheet,  # type: ignore[arg-type]
                takes,
                (design_input(name, design), *prompt_input(prompt, self.artist)),
            )
            for name, design in designs.items()
        ]

    def references(self, script: Screenplay) -> tuple[Reference, ...]:
        """The sheet of each of the cast that has one, in the order of the cast: whom every picture is made after. Writes nothing."""
        sheets = self.characters.used_takes()
        found = (reference_of(member.name, sheets.get(member.name)) for member in script.cast)
        return tuple(each for each in found if each is not None)

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

    def concept(self, script: Screenplay, name: str, *, takes: int = 3) -> Bucket:
        """See that a character has `takes` takes of concept art, each another idea of the same design; circle the one to go by.

        Raises: MissingPiece in rehearsal, which draws a design in one way; NotFound for who is not in the script.
        """
        script = self.screenplays.keep(script)
        if not is_shown_references(self.artist):
            raise MissingPiece(
                "rehearsal draws a design in one way, so there is no second idea of it. Change the design: "
                f'film.characters["{plain_line(name)}"].edit(hair="#222222"); or open the film with a model that paints: models="gemini".'
            )
        member = _member(script, name)
        designs = {who: design for who, design in self.designs(script).items() if who == member}
        self.maker.make(self.sheet_orders(designs, takes=takes), f"concept art of {member}", "take")
        return self.characters

    def recast(self, name: str, *, voice: Voice | Mapping[str, object] | str | None = None) -> Voice:
        """Another voice for a character, which its lines then ask for: a Voice, the name of a voice ("Kore"), fields to change
        ({"pitch": 0.9}), or None for the next that the speech model would give, unlike all that are taken.

        Spoken lines stay and are stale. A person's choice is not cast anew by a changed script.
        Raises: NotFound for who is not in the film, or has no such field; InputError for what is no voice; MissingPiece before a voice was cast.
        """
        entry = self.characters[name]
        state = json.loads(entry.row.state)
        if "voice" not in state or "brief" not in state:
            raise MissingPiece(
                f"{entry.name} has no voice yet to change. Have the cast made: film.agents.character.design(script)."
            )
        there = Voice.model_validate(state["voice"])
        new = self._other_voice(state) if voice is None else _voice_of(there, voice)
        state |= {"voice": new.model_dump(), "recast": True}
        self.characters.store.change_entry(
            "characters",
            entry.key,
            action="edit",
            what=f"recast {entry.name} as {new.name}",
            state=json.dumps(state, ensure_ascii=False),
        )
        return new

    def _other_voice(self, state: Mapping[str, Any]) -> Voice:
        taken = [Voice.model_validate(each["voice"]) for each in self._states().values() if "voice" in each]
        return self.speech.cast(CastBrief.model_validate(state["brief"]), taken=taken)

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
            new[member.name] = {"brief": brief.model_dump(), "design": design.model_dump()}
            if there.get("recast"):
                new[member.name] |= {"voice": there["voice"], "recast": True}
            else:
                voice = self.speech.cast(brief, taken=[Voice.model_validate(state["voice"]) for state in others])
                new[member.name]["voice"] = voice.model_dump()
            states[member.name] = json.loads(json.dumps(new[member.name]))
        if new:
            with self.characters.store.write("cast", f"cast {', '.join(new)}"):
                for name, state in new.items():
                    self.characters.store.put_entry("characters", name, name, state=json.dumps(state, ensure_ascii=False))

    def _states(self) -> dict[str, dict[str, Any]]:
        return {key: json.loads(state) for key, (_, state) in self.characters.store.states("characters").items()}


def _member(script: Screenplay, name: str) -> str:
    found = next((member.name for member in script.cast if member.name.casefold() == str(name).strip().casefold()), None)
    if found is None:
        raise NotFound.among("character", name, (member.name for member in script.cast))
    return found


def _voice_of(there: Voice, wanted: object) -> Voice:
    if isinstance(wanted, Voice):
        return wanted
    if isinstance(wanted, str):
        called = plain_line(wanted)
        if not called or len(called) > 80:
            raise InputError(f'voice={wanted!r:.60}; expected the name of a voice, such as "Kore".')
        return there.model_copy(update={"name": called, "description": there.description if called == there.name else ""})
    return edited_voice(there, wanted)


def design_input(name: str, design: Design) -> Input:
    """That a take shows this character, looking so."""
    digest = hashlib.sha256(design.model_dump_json().encode()).hexdigest()
    return Input(role="character", bucket="characters", key=name, name=name, hash=digest)


def _brief(member: CastMember) -> CastBrief:
    """What decides looks and voice. The number of lines does not: one more line must not give somebody a new face."""
    return CastBrief(name=member.name, description=member.description, kind=member.kind, age=member.age, gender=member.gender)

"""The audio agent: the lines in the voices of the cast, the air of every place, and what is heard of every shot's action.

Its orders are pure: they say what a script asks for, write nothing and call no model but to hear whether an action makes a sound.
Nothing but a line's own take depends on its words: a bed is made of its place, an effect of its shot's action.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Final

from glimmer.agents.character import CharacterAgent
from glimmer.agents.making import Maker, Order
from glimmer.agents.prompting import Prompt, Prompts, no_prompts, prompt_input
from glimmer.agents.setting import setting_of
from glimmer.agents.writing import worded
from glimmer.buckets import AIR, FX, LINE, OWN, Bucket, Screenplays, shelve_effects
from glimmer.models.interface import AmbienceRequest, EffectsRequest, SoundModel, SpeechModel, SpeechRequest, Voice
from glimmer.screenplay import Line, Scene, Screenplay, Shot
from glimmer.screenplay.mentions import sentences
from glimmer.store import Input

__all__ = ["BED_SECONDS", "AudioAgent", "footage_seconds", "spoken_seconds"]

# Long enough that most scenes need no seam and that a gull comes round less than twice a minute; whole seconds, a multiple of four, so
# that hums and clocks stay in step. 40 s cost 0.2 to 0.9 CPU s and 1 to 5 MB once a place; 80 s would cost twice that for every hut.
BED_SECONDS: Final = 40.0


class AudioAgent:
    """Speaks the lines and fills the scenes with sound."""

    def __init__(
        self,
        *,
        audio: Bucket,
        screenplays: Screenplays,
        casting: CharacterAgent,
        speech: SpeechModel,
        sound: SoundModel,
        maker: Maker,
        prompts: Prompts = no_prompts,
    ) -> None:
        self.audio = audio
        self.screenplays = screenplays
        self.casting = casting
        self.speech = speech
        self.sound = sound
        self.maker = maker
        self.prompts = prompts

    # ── what is asked for ──────────────────────────────────────────────────────────────────────────────────
    def line_orders(self, script: Screenplay, voices: Mapping[str, Voice], *, takes: int = 1) -> list[Order]:
        """A take a line, each in its character's voice. Who has no voice yet is not ordered."""
        prompt = self.prompts("audio.line")
        return [
            Order(
                "audio",
                f"{LINE}{line.id}",
                f"line {line.number} ({line.character})",
                self.speech,
                worded(_line_request(line, voices[line.character], prompt), prompt, self.speech),
                self.speech.speak,  # type: ignore[arg-type]
                takes,
                (
                    _input("line", line.id, f"line {line.number}", line.text, line.parenthetical, line.delivery),
                    Input(
                        role="voice",
                        bucket="characters",
                        key=line.character,
                        name=line.character,
                        hash=_hash(voices[line.character].model_dump_json()),
                    ),
                    *prompt_input(prompt, self.speech),
                ),
            )
            for line in script.lines
            if line.character in voices
        ]

    def bed_orders(self, script: Screenplay) -> list[Order]:
        """The air of every scene that has a shot. Scenes at one place, hour and weather ask for the same bed."""
        prompt = self.prompts("audio.bed")
        return [
            Order(
                "audio",
                f"{AIR}{scene.id}",
                f"air {scene.number}",
                self.sound,
                worded(_bed_request(scene, prompt), prompt, self.sound),
                self.sound.ambience,  # type: ignore[arg-type]
                inputs=(_place_input(scene), *prompt_input(prompt, self.sound)),
            )
            for scene in script.scenes
            if scene.shots
        ]

    def effect_orders(self, script: Screenplay) -> list[Order]:
        """What is heard of every shot in which the model hears anything."""
        prompt = self.prompts("audio.effect")
        return [
            Order(
                "audio",
                f"{FX}{shot.id}",
                f"fx {shot.slate}",
                self.sound,
                worded(request, prompt, self.sound),
                self.sound.effects,  # type: ignore[arg-type]
                inputs=(
                    _input("shot", shot.id, shot.slate, request.action),
                    _place_input(scene),
                    *prompt_input(prompt, self.sound),
                ),
            )
            for scene, shot, request in self._heard(script, prompt)
        ]

    def _heard(self, script: Screenplay, prompt: Prompt) -> list[tuple[Scene, Shot, EffectsRequest]]:
        """The shots that are heard. A sentence that several shots of a scene show is heard in the first of them."""
        heard = []
        for scene in script.scenes:
            told: set[str] = set()
            for shot in scene.shots:
                said = sentences(shot.action)
                request = _effects_request(scene, " ".join(each for each in said if each not in told), prompt)
                told.update(said)
                if request.action and self.sound.hears(request):
                    heard.append((scene, shot, request))
        return heard

    # ── making it ──────────────────────────────────────────────────────────────────────────────────────────
    def voice(self, script: Screenplay, *, takes: int = 1, more: int = 0, only: Collection[str] | None = None) -> Bucket:
        """One take a line, with word timings, each in its character's voice; `only` these, by key, if any are given. more: so many new takes of
        each, however many there are."""
        script = self.screenplays.keep(script)
        orders = self.line_orders(script, self.casting.voices(script), takes=takes)
        self.maker.make([order for order in orders if only is None or order.key in only], "speaking lines", "line", more=more)
        return self.audio

    def ambience(self, script: Screenplay, *, only: Collection[str] | None = None) -> Bucket:
        """The air of every scene, and what is heard of its shots; `only` these, by key, if any are given. Neither depends on a line or
        on how long it takes to say."""
        script = self.screenplays.keep(script)
        effects = self.effect_orders(script)
        heard = {order.key.removeprefix(FX) for order in effects} | self._own_effects()
        shelve_effects(script, heard, self.audio.store)
        orders = [order for order in (*self.bed_orders(script), *effects) if only is None or order.key in only]
        self.maker.make(orders, "laying ambience", "sound")
        return self.audio

    def _own_effects(self) -> set[str]:
        """The shots that a person gave a sound of their own, heard by the model or not."""
        rows = self.audio.store.standing()
        return {row.key.removeprefix(FX) for row in rows if row.key.startswith(FX) and row.made_for.startswith(OWN)}


def spoken_seconds(audio: Bucket) -> dict[str, float]:
    """Line id -> measured length of the take that cuts use."""
    return {key.removeprefix(LINE): take.seconds for key, take in audio.used_takes().items() if key.startswith(LINE)}


def footage_seconds(video: Bucket) -> dict[str, float]:
    """Shot id -> length, for the shots whose take is a person's own and moves: it plays whole. A clip that a model made is as long as
    models make them, and the shot as long as the script has it."""
    taken = video.used_takes().items()
    return {key: take.seconds for key, take in taken if take.media_type.startswith("video/") and take.model == "own"}


def _line_request(line: Line, voice: Voice, prompt: Prompt) -> SpeechRequest:
    return SpeechRequest(words=prompt.text, text=line.text, voice=voice, delivery=line.delivery, parenthetical=line.parenthetical)


def _bed_request(scene: Scene, prompt: Prompt) -> AmbienceRequest:
    place, interior = setting_of(scene)
    return AmbienceRequest(
        words=prompt.text,
        interior=interior,
        place=place,
        time_of_day=scene.heading.time_of_day,
        weather=scene.weather,
        seconds=BED_SECONDS,
    )


def _effects_request(scene: Scene, action: str, prompt: Prompt) -> EffectsRequest:
    place, interior = setting_of(scene)
    return EffectsRequest(
        words=prompt.text,
        interior=interior,
        place=place,
        time_of_day=scene.heading.time_of_day,
        weather=scene.weather,
        action=action,
    )


def _place_input(scene: Scene) -> Input:
    place, interior = setting_of(scene)
    inside = "inside" if interior else "outside"
    return _input("place", scene.id, f"scene {scene.number}", place, inside, scene.heading.time_of_day, scene.weather)


def _input(role: str, key: str, name: str, *said: str) -> Input:
    """Something of the script that a take is made from, by what it says."""
    return Input(role=role, bucket="screenplays", key=key, name=name, hash=_hash(json.dumps(said, ensure_ascii=False)))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

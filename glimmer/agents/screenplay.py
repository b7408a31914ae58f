"""The screenplay agent: an idea becomes a script, and a script is rewritten scene by scene and line by line.

With a model that writes: first a blueprint (cast, scenes), then every scene as Fountain at the same time, each a question of its own, so
that one changed scene is one question. What is answered is checked before it is kept; whatever fails, the script that was there stands.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Annotated, Final

from pydantic import AliasChoices, BeforeValidator, Field

from glimmer import screenplay
from glimmer.agents.blueprint import Blueprint, BlueprintScene, check_blueprint, check_length, what_is_left
from glimmer.agents.making import Maker, Order
from glimmer.agents.prompting import Prompts, no_prompts, prompt_input
from glimmer.agents.scenes import (
    joined,
    line_in,
    line_named,
    running_seconds,
    scene_in,
    scene_named,
    scenes_in,
    source_of,
    with_line,
    with_scene,
    wrong_length,
)
from glimmer.agents.writing import (
    Answer,
    Asked,
    NearlyUsable,
    answers,
    asked_for,
    checked_instruction,
    checked_take,
    question,
    worded,
)
from glimmer.buckets import Screenplays
from glimmer.errors import InputError, MissingPiece, SettingsError
from glimmer.idea import Idea
from glimmer.models.interface import TextModel, WriteRequest, WriterModel, request_key
from glimmer.screenplay import Line, Scene, Screenplay

__all__ = ["ScreenplayAgent", "Wording"]

_MOST_OPTIONS: Final = 8
_CONTEXT: Final = 1_500  # characters of the scene before and of the one after

_BLUEPRINT: Final = (
    "Plan a short film. Give its title, its logline, its cast and its scenes. Every scene has a heading (INT. or EXT., place, time of day), "
    "a summary that says all that happens and who is there, a mood and its seconds; the seconds add up to the film's length. "
    "Answer with one JSON object and nothing else."
)
_SCENE: Final = (
    "Write this one scene as Fountain: its heading, then action and dialogue. Names of characters just as in the cast, in capitals above "
    "their lines. About as long as its seconds say. Answer with the scene and nothing else."
)
_REWRITE: Final = (
    "Rewrite this one scene as the instruction says. Keep every line and every action that it does not touch word for word, and the "
    "names as they are. Answer with the whole scene as Fountain and nothing else."
)
_PUNCH_UP: Final = (
    "Give other wordings of this one line, the best first, as the instruction says, each about as long as it is. "
    "Answer with one JSON object and nothing else."
)


class Wording(Answer):
    """Another way to say a line, and what it does better."""

    line: str = Field(description="the words that are spoken, alone")
    why: str = Field(default="", description="what it does better, in ten words")


def _as_wording(given: object) -> object:
    return {"line": given} if isinstance(given, str) else given


class Wordings(Answer):
    """Other ways to say a line, the best first."""

    lines: tuple[Annotated[Wording, BeforeValidator(_as_wording)], ...] = Field(
        validation_alias=AliasChoices("lines", "options"), description="the best first"
    )


class ScreenplayAgent:
    """Writes scripts and keeps them in the film's screenplays."""

    def __init__(
        self,
        *,
        title: str,
        screenplays: Screenplays,
        model: WriterModel,
        maker: Maker,
        prompts: Prompts = no_prompts,
        text: TextModel | None = None,
    ) -> None:
        self.title = title
        self.screenplays = screenplays
        self.model = model
        self.maker = maker
        self.prompts = prompts
        self.text = text

    # ── from an idea ───────────────────────────────────────────────────────────────────────────────────────
    def draft(self, idea: Idea | str, *, take: int = 1) -> Screenplay:
        """A screenplay of about the idea's length, kept as the film's script. In rehearsal a draft from templates, which says so.

        The same idea again is the same script: nothing is written twice. take=2 is another blueprint for the same idea.
        Raises: ModelError where the model twice gave what can't be used; the film's script is then as it was.
        """
        idea = idea if isinstance(idea, Idea) else Idea(idea)
        if self.text is None:
            return self._from_templates(idea)
        with self.maker.store.step(f"draft {self.title}"):
            plan = self.blueprint(idea, take=take)
            scenes = self._scenes(self.text, plan, idea)
            script = screenplay.read(joined(self.title, scenes), source="draft", title=self.title)
            return self.screenplays.keep(script, source_name="draft")

    def blueprint(self, idea: Idea | str, *, take: int = 1) -> Blueprint:
        """The film in outline: its cast and its scenes, before any of it is written. Kept, so that a draft goes on from it at no cost.

        Raises: MissingPiece in rehearsal; ModelError where the model twice gave what can't be used.
        """
        idea = idea if isinstance(idea, Idea) else Idea(idea)
        model = self._writer("plan a film in outline")
        prompt = self.prompts("screenplay.blueprint")
        values = {"title": self.title, "logline": idea.logline, "tone": idea.tone, "seconds": idea.seconds}
        found = asked_for(
            Blueprint,
            self.maker,
            model,
            question(prompt, model, values, _BLUEPRINT, max_tokens=min(65_536, 8_192 + round(idea.seconds) * 20)),
            name="the blueprint",
            check=lambda found: _checked_plan(found, idea.seconds),
            rest=lambda value, fault: what_is_left(value, fault, idea.logline, idea.seconds),
            prompt=prompt,
            take=checked_take(take),
        )
        return found.model_copy(update={"title": found.title or self.title, "logline": found.logline or idea.logline})

    def _scenes(self, model: TextModel, plan: Blueprint, idea: Idea) -> list[Scene]:
        """Every scene of the blueprint, written at the same time. Each knows the film, its own plan, and the picture before it."""
        prompt = self.prompts("screenplay.scene")
        names = [member.name for member in plan.cast]
        headings = [scene.heading for scene in plan.scenes]
        known: list[str] = []
        asked = []
        before = ""
        for number, scene in enumerate(plan.scenes, start=1):
            seen = [name.upper() for name in scene.cast]
            values = scene.model_dump() | {
                "title": self.title,
                "logline": idea.logline,
                "tone": idea.tone,
                "cast": [member.model_dump() for member in plan.cast if not seen or member.name in seen],
                "before": before,
                "known": list(known),
            }
            asked.append(
                Asked(question(prompt, model, values, _SCENE), f"scene {number}", _reading(scene, names, headings), prompt)
            )
            before = scene.last_image
            known += [name for name in names if name in seen and name not in known]
        return [scene for found in answers(self.maker, model, asked, "writing scenes") for scene in found]

    def _from_templates(self, idea: Idea) -> Screenplay:
        prompt = self.prompts("screenplay.draft")
        request = WriteRequest(words=prompt.text, title=self.title, logline=idea.logline, tone=idea.tone, seconds=idea.seconds)
        request = worded(request, prompt, self.model)
        key = f"draft:{hashlib.sha256(request.model_dump_json().encode()).hexdigest()[:16]}"
        self.maker.store.put_entry("drafts", key, "draft")
        inputs = prompt_input(prompt, self.model)
        self.maker.make(
            [Order("drafts", key, "draft", self.model, request, self.model.write, inputs=inputs)],  # type: ignore[arg-type]
            "writing",
            "draft",
        )
        wanted = request_key(self.model, request.model_copy(update={"seed": 1}))
        take = next(take for take in self.maker.store.takes("drafts", key) if take.request_key == wanted)
        text = self.maker.assets.read(take.asset).decode()
        return self.screenplays.keep(screenplay.read(text, source="draft", title=self.title), source_name="draft")

    # ── from a script ──────────────────────────────────────────────────────────────────────────────────────
    def rewrite(self, script: Screenplay, scene: int | str, instruction: str, *, take: int = 1) -> Screenplay:
        """The script with one scene written anew as `instruction` says, kept as its next version. `scene` is a number or a heading.

        Every other scene stays as it is, to the byte, and its takes stay current; so do lines of the scene that are kept as they are.
        Raises: MissingPiece in rehearsal; NotFound for a scene that is not there; ModelError where the model twice gave what is no such
        scene, or four times too long. The script that was there then stands.
        """
        told = checked_instruction(instruction)
        model = self._writer("rewrite a scene")
        script = self.screenplays.keep(script)
        old = scene_named(script, scene)
        prompt = self.prompts("screenplay.rewrite")
        values = self._around(script, old) | {"instruction": told}
        seconds = running_seconds(old)

        def read(text: str) -> str:
            new = scene_in(text, old.heading.raw, names=[member.name for member in script.cast])
            if fault := wrong_length([new], seconds / 5, max(4 * seconds, seconds + 20), seconds):
                raise InputError(fault)
            return with_scene(script, old, new)

        asked = Asked(question(prompt, model, values, _REWRITE), f"scene {old.number}", read, prompt, checked_take(take))
        return self._keep(
            script, answers(self.maker, model, [asked], f"rewriting scene {old.number}")[0], f"scene {old.number} rewritten"
        )

    def wordings(self, script: Screenplay, line: int | str | Line, instruction: str, *, options: int = 3) -> tuple[Wording, ...]:
        """Other ways to say a line, the best first. Changes nothing; `punch_up` takes one of them at no further cost.

        Raises: as `punch_up`.
        """
        told = checked_instruction(instruction)
        if isinstance(options, bool) or not isinstance(options, int) or not 1 <= options <= _MOST_OPTIONS:
            raise SettingsError(f"options={options!r:.40}; expected 1 to {_MOST_OPTIONS}.")
        model = self._writer("punch up a line")
        old = line_named(script, line)
        scene = next(each for each in script.scenes if each.id == old.scene_id)
        prompt = self.prompts("screenplay.punch_up")
        who = next((member.description for member in script.cast if member.name == old.character), "")
        values = self._around(script, scene) | {
            "character": old.character,
            "description": who,
            "line": old.text,
            "parenthetical": old.parenthetical,
            "instruction": told,
            "many": options,
        }
        found = asked_for(
            Wordings,
            self.maker,
            model,
            question(prompt, model, values, _PUNCH_UP),
            name=f"line {old.number}",
            check=lambda each: _checked_wordings(script, old, each, options),
            prompt=prompt,
        )
        return tuple(each.model_copy(update={"line": line_in(each.line, old)}) for each in found.lines[:options])

    def punch_up(
        self, script: Screenplay, line: int | str | Line, instruction: str, *, options: int = 3, choose: int = 1
    ) -> Screenplay:
        """The script with one line said otherwise, kept as its next version: of `options` wordings that of number `choose`, 1 the best.

        Everything else stays as it is, to the byte. Another choice of the same wordings costs nothing.
        Raises: MissingPiece in rehearsal; NotFound for a line that is not there; ModelError where the model twice gave what can't be said.
        """
        if isinstance(choose, bool) or not isinstance(choose, int) or not 1 <= choose <= options:
            raise SettingsError(f"choose={choose!r:.40}; expected 1 to {options}, one of the options.")
        self._writer("punch up a line")
        script = self.screenplays.keep(script)
        found = self.wordings(script, line, instruction, options=options)
        old = line_named(script, line)
        if choose > len(found):
            raise SettingsError(f"choose={choose}: there are {len(found)} wordings; expected 1 to {len(found)}.")
        return self._keep(script, with_line(script, old, found[choose - 1].line), f"line {old.number} punched up")

    # ── inside ─────────────────────────────────────────────────────────────────────────────────────────────
    def _around(self, script: Screenplay, scene: Scene) -> dict[str, object]:
        """What a model is told of a scene: its own rows, who is in the film, and a little of what comes before and after."""
        at = script.scenes.index(scene)
        before = source_of(script, script.scenes[at - 1])[-_CONTEXT:] if at else ""
        after = source_of(script, script.scenes[at + 1])[:_CONTEXT] if at + 1 < len(script.scenes) else ""
        cast = [{"name": member.name, "description": member.description} for member in script.cast]
        told: dict[str, object] = {"title": script.title, "cast": cast, "before": before, "after": after, "tone": ""}
        return told | {"scene": source_of(script, scene), "heading": scene.heading.raw}

    def _keep(self, script: Screenplay, text: str, what: str) -> Screenplay:
        return self.screenplays.keep(screenplay.read(text, title=script.title), source_name=what)

    def _writer(self, what: str) -> TextModel:
        if self.text is None:
            raise MissingPiece(
                f"rehearsal can't {what}: that takes a model that writes. Set GEMINI_API_KEY and open the film with models="
                '"gemini", or models="openai:http://…" for a server of your own; or edit the text: film.screenplays.add(…).'
            )
        return self.text


def _checked_plan(plan: Blueprint, seconds: float) -> None:
    check_blueprint(plan)
    check_length(plan, seconds)


def _reading(scene: BlueprintScene, names: Sequence[str], others: Sequence[str]) -> Callable[[str], tuple[Scene, ...]]:
    """How the answer for a scene of a blueprint is read. others: the headings of the whole blueprint."""

    def read(text: str) -> tuple[Scene, ...]:
        found = scenes_in(text, scene.heading, names=names)
        own = tuple(each for each in found if each.heading.raw.casefold() == scene.heading.casefold())
        if len(found) > 1 and own and all(each.heading.raw.upper() in others for each in found):
            found = own[:1]  # the whole film was written: this is the scene that was asked for
        seconds = scene.seconds
        if sum(map(running_seconds, found)) > 6 * seconds + 60:
            raise InputError(wrong_length(found, 0, 6 * seconds + 60, seconds))
        if len(found) > 1:
            raise NearlyUsable(f"it holds {len(found)} scenes; expected {scene.heading} alone, without the others.", found)
        if fault := wrong_length(found, seconds / 4, max(3 * seconds, seconds + 12), seconds):
            raise NearlyUsable(fault, found)
        return found

    return read


def _checked_wordings(script: Screenplay, line: Line, found: Wordings, options: int) -> None:
    if not found.lines:
        raise InputError(f"there are no lines; expected {options}.")
    for each in found.lines[:options]:
        with_line(script, line, line_in(each.line, line))
    if len(found.lines) < options:
        raise NearlyUsable(f"{len(found.lines)} of {options} lines; expected {options}.", found)

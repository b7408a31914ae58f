"""The video agent: a picture for every shot. In rehearsal a drawn board."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping

from glimmer.agents.character import CharacterAgent, design_input
from glimmer.agents.making import Maker, Order
from glimmer.agents.prompting import Prompt, Prompts, no_prompts, prompt_input
from glimmer.agents.setting import setting_of
from glimmer.buckets import Bucket, Screenplays
from glimmer.models.interface import Design, PictureModel, ShotRequest, Staged
from glimmer.screenplay import Line, Scene, Screenplay, Shot
from glimmer.store import Input

__all__ = ["VideoAgent"]


class VideoAgent:
    """Shoots a script, shot by shot, with the same faces in every shot."""

    def __init__(
        self,
        *,
        video: Bucket,
        screenplays: Screenplays,
        casting: CharacterAgent,
        model: PictureModel,
        maker: Maker,
        prompts: Prompts = no_prompts,
    ) -> None:
        self.video = video
        self.screenplays = screenplays
        self.casting = casting
        self.model = model
        self.maker = maker
        self.prompts = prompts

    def orders(
        self, script: Screenplay, designs: Mapping[str, Design], *, takes: int = 1, width_px: int = 1920, height_px: int = 1080
    ) -> list[Order]:
        """A picture for every shot. Who has no design yet is not in it."""
        prompt = self.prompts("video.shot")
        return [
            Order(
                "video",
                shot.id,
                shot.slate,
                self.model,
                _request(scene, shot, designs, prompt, width_px, height_px),
                self.model.shot,  # type: ignore[arg-type]
                takes,
                (*_inputs(scene, shot, designs), *prompt_input(prompt)),
            )
            for scene in script.scenes
            for shot in scene.shots
        ]

    def shoot(
        self,
        script: Screenplay,
        *,
        takes: int = 1,
        width_px: int = 1920,
        height_px: int = 1080,
        only: Collection[str] | None = None,
    ) -> Bucket:
        """See that every shot has `takes` takes; `only` these, by id, if any are given. What a person added to a shot is left alone.

        width_px, height_px give the shape of the picture: composed for it, not cropped to it.
        """
        script = self.screenplays.keep(script)
        orders = self.orders(script, self.casting.designs(script), takes=takes, width_px=width_px, height_px=height_px)
        self.maker.make([order for order in orders if only is None or order.key in only], "drawing boards", "board")
        return self.video


def _inputs(scene: Scene, shot: Shot, designs: Mapping[str, Design]) -> tuple[Input, ...]:
    """The shot's own words, the lines said in it, and who is seen, in this order."""
    said = [
        Input(role="line", bucket="screenplays", key=line.id, name=f"line {line.number}", hash=_hash(line.text))
        for line in scene.lines
        if line.id in shot.line_ids
    ]
    words = f"{scene.heading.raw}\n{shot.size} {shot.angle}\n{shot.action}"
    own = Input(role="shot", bucket="screenplays", key=shot.id, name=shot.slate, hash=_hash(words))
    return (own, *said, *(design_input(name, designs[name]) for name in shot.cast if name in designs))


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def _request(scene: Scene, shot: Shot, designs: Mapping[str, Design], prompt: Prompt, width_px: int, height_px: int) -> ShotRequest:
    lines = [line for line in scene.lines if line.id in shot.line_ids]
    place, interior = setting_of(scene)
    return ShotRequest(
        words=prompt.text,
        size=shot.size,
        angle=shot.angle,
        interior=interior,
        place=place,
        time_of_day=scene.heading.time_of_day,
        weather=scene.weather,
        mood=scene.mood,
        action=shot.action,
        cast=tuple(_staged(designs[name], lines) for name in shot.cast if name in designs),
        present=tuple(designs[name] for name in scene.cast if name in designs),
        width_px=width_px,
        height_px=height_px,
        scene_seed=_seed(place or scene.id),
    )


def _staged(design: Design, lines: list[Line]) -> Staged:
    said = [line for line in lines if line.character == design.name and line.delivery not in ("voice_over", "off_screen")]
    return Staged(
        design=design,
        line=" ".join(line.text for line in said),
        parenthetical="; ".join(line.parenthetical for line in said if line.parenthetical),
        speaking=bool(said),
    )


def _seed(words: str) -> int:
    """One for all shots in a place: the same room whenever the film comes back to it."""
    return int.from_bytes(hashlib.sha256(words.casefold().encode()).digest()[:4])

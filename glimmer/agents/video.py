"""The video agent: a picture for every shot. In rehearsal a drawn board."""

from __future__ import annotations

import hashlib

from glimmer.agents.character import CharacterAgent
from glimmer.agents.making import Maker, Order
from glimmer.agents.setting import setting_of
from glimmer.buckets import Bucket, Screenplays
from glimmer.models.interface import Design, PictureModel, ShotRequest, Staged
from glimmer.screenplay import Line, Scene, Screenplay, Shot

__all__ = ["VideoAgent"]


class VideoAgent:
    """Shoots a script, shot by shot, with the same faces in every shot."""

    def __init__(
        self, *, video: Bucket, screenplays: Screenplays, casting: CharacterAgent, model: PictureModel, maker: Maker
    ) -> None:
        self.video = video
        self.screenplays = screenplays
        self.casting = casting
        self.model = model
        self.maker = maker

    def shoot(self, script: Screenplay, *, takes: int = 1, width_px: int = 1920, height_px: int = 1080) -> Bucket:
        """See that every shot has `takes` takes. What a person added to a shot is left alone.

        width_px, height_px give the shape of the picture: composed for it, not cropped to it.
        """
        script = self.screenplays.keep(script)
        designs = self.casting.designs(script)
        orders = [
            Order(
                "video",
                shot.id,
                shot.slate,
                self.model,
                _request(scene, shot, designs, width_px, height_px),
                self.model.shot,  # type: ignore[arg-type]
                takes,
            )
            for scene in script.scenes
            for shot in scene.shots
        ]
        self.maker.make(orders, "drawing boards", "board")
        return self.video


def _request(scene: Scene, shot: Shot, designs: dict[str, Design], width_px: int, height_px: int) -> ShotRequest:
    lines = [line for line in scene.lines if line.id in shot.line_ids]
    place, interior = setting_of(scene)
    return ShotRequest(
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

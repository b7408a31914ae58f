"""The audio agent: the lines in the voices of the cast, and the air of every scene."""

from __future__ import annotations

from fractions import Fraction

from glimmer.agents.character import CharacterAgent
from glimmer.agents.making import Maker, Order
from glimmer.agents.setting import setting_of
from glimmer.assembly import lay_out
from glimmer.assembly.timing import SceneTiming, ShotTiming
from glimmer.buckets import AIR, LINE, Bucket, Screenplays
from glimmer.models.interface import AmbienceRequest, SoundModel, SoundMoment, SpeechModel, SpeechRequest, Voice
from glimmer.screenplay import Scene, Screenplay

__all__ = ["AudioAgent", "footage_seconds", "spoken_seconds"]


class AudioAgent:
    """Speaks the lines and fills the scenes with sound."""

    def __init__(
        self,
        *,
        audio: Bucket,
        video: Bucket,
        screenplays: Screenplays,
        casting: CharacterAgent,
        speech: SpeechModel,
        sound: SoundModel,
        maker: Maker,
    ) -> None:
        self.audio = audio
        self.video = video
        self.screenplays = screenplays
        self.casting = casting
        self.speech = speech
        self.sound = sound
        self.maker = maker

    def voice(self, script: Screenplay, *, takes: int = 1) -> Bucket:
        """One take a line, with word timings, each in its character's voice."""
        script = self.screenplays.keep(script)
        voices = self.casting.voices(script)
        orders = [
            Order(
                "audio",
                f"{LINE}{line.id}",
                f"line {line.number} ({line.character})",
                self.speech,
                SpeechRequest(
                    text=line.text,
                    voice=voices.get(line.character, Voice(name=line.character)),
                    delivery=line.delivery,
                    parenthetical=line.parenthetical,
                ),
                self.speech.speak,  # type: ignore[arg-type]
                takes,
            )
            for line in script.lines
        ]
        self.maker.make(orders, "speaking lines", "line")
        return self.audio

    def ambience(self, script: Screenplay, *, rate: Fraction = Fraction(24)) -> Bucket:
        """The air of every scene, as long as the scene is when its lines are spoken, with the sounds of its action."""
        script = self.screenplays.keep(script)
        timing = lay_out(script, spoken_seconds(self.audio), rate, footage_seconds=footage_seconds(self.video))
        laid_shots = {shot.shot_id: shot for shot in timing.shots}
        orders = [
            Order(
                "audio",
                f"{AIR}{scene.id}",
                f"air {scene.number}",
                self.sound,
                _air_request(scene, laid, laid_shots, timing.rate),
                self.sound.ambience,  # type: ignore[arg-type]
            )
            for scene, laid in zip(script.scenes, timing.scenes, strict=True)
            if laid.frames
        ]
        self.maker.make(orders, "laying ambience", "scene")
        return self.audio


def spoken_seconds(audio: Bucket) -> dict[str, float]:
    """Line id -> measured length of the take that cuts use."""
    return {key.removeprefix(LINE): take.seconds for key, take in audio.used_takes().items() if key.startswith(LINE)}


def footage_seconds(video: Bucket) -> dict[str, float]:
    """Shot id -> length, for the shots whose take moves."""
    return {key: take.seconds for key, take in video.used_takes().items() if take.media_type.startswith("video/")}


def _air_request(scene: Scene, laid: SceneTiming, shots: dict[str, ShotTiming], rate: Fraction) -> AmbienceRequest:
    moments = []
    told: set[str] = set()
    for shot in scene.shots:
        if shot.action and shot.action not in told:  # the same words over several shots are heard once
            told.add(shot.action)
            moments.append(
                SoundMoment(
                    at_seconds=round(float((shots[shot.id].start - laid.start) / rate), 3),
                    action=shot.action,
                    seconds=round(float(shots[shot.id].frames / rate), 3),
                )
            )
    place, interior = setting_of(scene)
    return AmbienceRequest(
        interior=interior,
        place=place,
        time_of_day=scene.heading.time_of_day,
        weather=scene.weather,
        mood=scene.mood,
        seconds=float(laid.frames / rate),
        moments=tuple(moments),
    )

"""The field's words that more than one room uses, once each, and the base of every noun."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

__all__ = ["Angle", "Delivery", "Job", "Mood", "Move", "Noun", "ShotSize", "TimeOfDay", "Weather"]

ShotSize = Literal["EWS", "WS", "MWS", "MS", "MCU", "CU", "ECU", "OTS", "TWO", "INSERT"]
Angle = Literal["eye", "high", "low", "dutch", "overhead"]
Move = Literal["hold", "push_in", "pull_out", "pan_left", "pan_right", "tilt_up", "tilt_down"]
TimeOfDay = Literal["day", "night", "dawn", "dusk"]
Weather = Literal["clear", "rain", "storm", "snow", "fog", "wind"]
Mood = Literal["calm", "tender", "hopeful", "joyful", "sad", "tense", "mysterious", "epic", "playful"]
Job = Literal["writer", "designer", "artist", "speech", "composer", "sound", "text", "talk", "judge"]
Delivery = Literal["plain", "voice_over", "off_screen", "radio", "whisper", "shout", "sung"]


class Noun(BaseModel):
    """A value: compared by content, never changed; an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")

"""How a line is said: the delivery and the parenthetical as numbers on top of the character's voice.

Words in, numbers out; the shaper and the finisher do the work.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from glimmer.vocabulary import Delivery

__all__ = ["Manner", "manner_of"]


@dataclass(frozen=True)
class Manner:
    """Factors on the voice (pitch, pitch_range, speed, pause), additions (breath), and what is done to the sound.

    level_db: against the level of a plain line. effort_db: brightness, dB at 4 kHz against 500 Hz; < 0 is slack.
    """

    pitch: float = 1.0
    pitch_range: float = 1.0
    speed: float = 1.0
    pause: float = 1.0
    breath: float = 0.0
    level_db: float = 0.0
    effort_db: float = 0.0
    whispered: bool = False
    sung: bool = False


_DELIVERIES: Final[dict[Delivery, Manner]] = {
    "plain": Manner(),
    "voice_over": Manner(speed=0.97, pitch_range=0.95, breath=0.05, pause=1.15),
    "off_screen": Manner(pitch=1.03, effort_db=1.0, level_db=-2.0),
    "radio": Manner(speed=1.02, effort_db=2.0),
    "whisper": Manner(speed=0.93, whispered=True, level_db=-5.0),
    "shout": Manner(pitch=1.24, pitch_range=1.3, speed=0.97, effort_db=7.0, level_db=3.0),
    "sung": Manner(sung=True, pause=1.2),
}
# The parenthetical's words; several may hold ("softly, sad"). Modest steps: a direction, not a caricature.
_WORDS: Final[tuple[tuple[str, Manner], ...]] = (
    (r"whisper|under (?:his|her|their) breath|hushed|mouth(?:s|ing)\b", Manner(whispered=True, speed=0.94, level_db=-5.0)),
    (r"shout|yell|scream|bellow|roar|calling|calls out|at the top", Manner(pitch=1.2, pitch_range=1.25, effort_db=6.0, level_db=3.0, speed=0.98)),
    (r"soft|quiet|gentl|tender|low voice|lovingly|kindly|sooth", Manner(speed=0.95, pitch_range=0.85, breath=0.15, level_db=-2.0, effort_db=-2.5)),
    (r"angr|furious|rage|snap|bark|fierce|hiss|bitter", Manner(pitch=1.06, pitch_range=1.2, speed=1.05, effort_db=4.0, level_db=1.5)),
    (r"sad|tear|cry|crying|weep|broken|grie|mourn|sob|defeated|heartbroken", Manner(pitch=0.96, pitch_range=0.75, speed=0.88, breath=0.2, level_db=-1.5, effort_db=-2.0)),
    (r"excite|thrill|happ|joy|laugh|delight|eager|grin|smil|beam", Manner(pitch=1.08, pitch_range=1.25, speed=1.06, effort_db=1.5, level_db=0.5)),
    (r"slow|careful|measured|drawl|hesita|halting|falter", Manner(speed=0.82, pause=1.4)),
    (r"quick|fast|hurr|rapid|breathless|rush|urgent|pant", Manner(speed=1.15, pause=0.7, breath=0.08)),
    (r"afraid|fear|scared|terrif|nervous|trembl|anxious|panic|shak", Manner(pitch=1.1, pitch_range=1.1, speed=1.08, breath=0.15)),
    (r"tired|exhaust|weary|sleep|drows|yawn|weak|faint|dying|bored", Manner(pitch=0.95, pitch_range=0.7, speed=0.88, breath=0.15, level_db=-1.5, effort_db=-2.0)),
    (r"flat|deadpan|cold|dry|monoton|blank|robotic|matter.of.fact", Manner(pitch_range=0.5, speed=0.98)),
    (r"surpris|shock|stunned|amaz|awe|incredul|disbelie|wonder", Manner(pitch=1.07, pitch_range=1.25)),
    (r"sarcas|mock|teas|playful|sly|wry|ironic", Manner(pitch_range=1.3, speed=0.95)),
    (r"firm|stern|command|resolute|determin|order|serious|solemn|grave", Manner(pitch=0.96, pitch_range=0.85, speed=0.95, effort_db=2.0)),
    (r"proud|triumph|announc|declar", Manner(pitch_range=1.15, speed=0.97, effort_db=2.5, level_db=1.0)),
    (r"^sing|\bsing(?:s|ing)\b|\bsung\b|croon|chant|humming|hums", Manner(sung=True)),
)  # fmt: skip


def manner_of(delivery: Delivery, parenthetical: str) -> Manner:
    """The manner of a line. An unknown parenthetical changes nothing; negations are not understood ("not angry" is angry)."""
    manner = _DELIVERIES[delivery]
    told = parenthetical.lower()
    for pattern, more in _WORDS:
        if re.search(rf"\b(?:{pattern})", told) and not (more.whispered and manner.whispered) and not (more.sung and manner.sung):
            manner = _both(manner, more)
    return replace(manner, speed=min(1.4, max(0.62, manner.speed)), pitch=min(1.4, max(0.85, manner.pitch)))


def _both(one: Manner, other: Manner) -> Manner:
    return Manner(
        pitch=one.pitch * other.pitch,
        pitch_range=min(1.7, one.pitch_range * other.pitch_range),
        speed=one.speed * other.speed,
        pause=one.pause * other.pause,
        breath=one.breath + other.breath,
        level_db=max(-7.0, min(4.0, one.level_db + other.level_db)),
        effort_db=max(-5.0, min(9.0, one.effort_db + other.effort_db)),
        whispered=one.whispered or other.whispered,
        sung=one.sung or other.sung,
    )

"""Agents: who moves a film along the road. Each gets what it needs as arguments and knows no Project."""

from glimmer.agents.assembly import AssemblyAgent
from glimmer.agents.audio import AudioAgent
from glimmer.agents.character import CharacterAgent
from glimmer.agents.making import Maker, Making, Order
from glimmer.agents.music import MusicAgent
from glimmer.agents.screenplay import ScreenplayAgent
from glimmer.agents.video import VideoAgent

__all__ = [
    "AssemblyAgent",
    "AudioAgent",
    "CharacterAgent",
    "Maker",
    "Making",
    "Order",
    "MusicAgent",
    "ScreenplayAgent",
    "VideoAgent",
]

"""Buckets: what a film has, and every take of it."""

from glimmer.buckets.asking import asked_by, wire, words_of
from glimmer.buckets.bucket import Bucket
from glimmer.buckets.comparison import Comparison
from glimmer.buckets.entry import CharacterEntry, Entry, ShotEntry
from glimmer.buckets.found import Found
from glimmer.buckets.holder import OWN
from glimmer.buckets.opening import Buckets, open_buckets
from glimmer.buckets.prompt_entry import PromptEntry
from glimmer.buckets.prompt_shelf import PromptShelf
from glimmer.buckets.screenplays import Screenplays
from glimmer.buckets.shelves import AIR, CUE, FX, LINE, shelve, shelve_effects
from glimmer.buckets.staleness import State, Verdict, Wish, judge

__all__ = [
    "AIR",
    "CUE",
    "FX",
    "LINE",
    "OWN",
    "Bucket",
    "Buckets",
    "CharacterEntry",
    "Comparison",
    "Entry",
    "Found",
    "PromptEntry",
    "PromptShelf",
    "Screenplays",
    "ShotEntry",
    "State",
    "Verdict",
    "Wish",
    "asked_by",
    "judge",
    "open_buckets",
    "shelve",
    "shelve_effects",
    "wire",
    "words_of",
]

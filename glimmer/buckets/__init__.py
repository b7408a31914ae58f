"""Buckets: what a film has, and every take of it."""

from glimmer.buckets.bucket import OWN, Bucket, Entry
from glimmer.buckets.screenplays import Screenplays
from glimmer.buckets.shelves import AIR, CUE, FX, LINE, shelve, shelve_effects
from glimmer.buckets.staleness import State, Verdict, Wish, judge

__all__ = [
    "AIR",
    "Bucket",
    "CUE",
    "Entry",
    "FX",
    "LINE",
    "OWN",
    "Screenplays",
    "State",
    "Verdict",
    "Wish",
    "judge",
    "shelve",
    "shelve_effects",
]

"""Buckets: what a film has, and every take of it."""

from glimmer.buckets.bucket import OWN, Bucket, Entry
from glimmer.buckets.screenplays import Screenplays
from glimmer.buckets.shelves import AIR, CUE, FX, LINE, shelve, shelve_effects

__all__ = ["AIR", "CUE", "FX", "LINE", "OWN", "Bucket", "Entry", "Screenplays", "shelve", "shelve_effects"]

"""Buckets: what a film has, and every take of it."""

from glimmer.buckets.bucket import Bucket, Entry
from glimmer.buckets.screenplays import Screenplays
from glimmer.buckets.shelves import AIR, CUE, LINE, shelve

__all__ = ["AIR", "CUE", "LINE", "Bucket", "Entry", "Screenplays", "shelve"]

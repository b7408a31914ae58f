"""Assets: files by the hash of their content. A door to the disk and to buckets; knows no agent and no database."""

from glimmer.assets.files import Assets
from glimmer.assets.names import suffix_of
from glimmer.assets.opening import open_assets
from glimmer.assets.remote import RemoteAssets
from glimmer.assets.thumbnails import cache_of_open_studio, find_in_open_studios, remember, shrunk, thumbnail
from glimmer.assets.upkeep import Collected, Fault, Leftover, Stored

__all__ = [
    "Assets",
    "Collected",
    "Fault",
    "Leftover",
    "RemoteAssets",
    "Stored",
    "cache_of_open_studio",
    "find_in_open_studios",
    "open_assets",
    "remember",
    "shrunk",
    "suffix_of",
    "thumbnail",
]

"""Assets: files by the hash of their content. A door to the disk; knows no agent and no database."""

from glimmer.assets.files import Assets, suffix_of
from glimmer.assets.thumbnails import find_in_open_studios, remember, shrunk, thumbnail

__all__ = ["Assets", "find_in_open_studios", "remember", "shrunk", "suffix_of", "thumbnail"]

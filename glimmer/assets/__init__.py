"""Assets: files by the hash of their content. A door to the disk; knows no agent and no database."""

from glimmer.assets.files import Assets, suffix_of

__all__ = ["Assets", "suffix_of"]

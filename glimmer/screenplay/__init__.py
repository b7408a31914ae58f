"""The screenplay room: Fountain in, Screenplay > Scene > Shot > Line out, and back to Fountain.

script = read_file("examples/lighthouse.fountain")
script.shot_list[0].why      # the rule that made it
write(script)                # Fountain again; reading it gives the same ids
"""

from __future__ import annotations

from glimmer.screenplay import cards as _cards  # noqa: F401  # registers how a screenplay looks
from glimmer.screenplay.directions import Direction, directed
from glimmer.screenplay.nouns import CastMember, Element, Heading, Line, Note, Scene, Screenplay, Shot
from glimmer.screenplay.reading import read, read_file
from glimmer.screenplay.renaming import renamed
from glimmer.screenplay.revision import Heirs, changes, heirs
from glimmer.screenplay.writing import write

__all__ = [
    "CastMember",
    "Direction",
    "Element",
    "Heading",
    "Heirs",
    "Line",
    "Note",
    "Scene",
    "Screenplay",
    "Shot",
    "changes",
    "directed",
    "heirs",
    "read",
    "read_file",
    "renamed",
    "write",
]

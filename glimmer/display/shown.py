"""Shown: how a noun finds its look without knowing it.

A noun says `card_of(self)`; the `cards.py` of its room registers what that means when the room is imported. So nouns import no card,
cards import nouns, and nothing goes in a circle.
"""

from __future__ import annotations

from functools import singledispatch

from glimmer.display.card import Html

__all__ = ["card_of", "line_of"]


@singledispatch
def line_of(value: object) -> str:
    """The thing in one line of text. Raises: TypeError if its room has registered none."""
    raise TypeError(f"no room has said how a {type(value).__name__} looks in one line")


@singledispatch
def card_of(value: object) -> Html:
    """The thing as one bounded card. Raises: TypeError if its room has registered none."""
    raise TypeError(f"no room has said how the card of a {type(value).__name__} looks")

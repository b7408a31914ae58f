"""Animals that act beside the cast: "Olive reads by a candle. A cat sleeps." It is the cat that sleeps.

For `shots`: a picture wide enough to hold the animal keeps its words; a closer one, of a person alone, goes without them, so that
nobody is drawn doing what the cat does. An animal that is one of the cast is none of these.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from glimmer.screenplay.cast_words import CREATURES
from glimmer.screenplay.mentions import sentences

__all__ = ["animals_acting", "without_animals"]

_NO_ANIMALS: Final = frozenset("robot computer ghost monster alien fairy drone radio moon sun tree".split())
_MANY: Final = {"wolves": "wolf", "mice": "mouse", "geese": "goose", "calves": "whale", "butterflies": "butterfly"}
_WORDS: Final = {word: kind for word, kind in CREATURES.items() if kind not in _NO_ANIMALS and word not in ("jay", "drake", "buck")}
_KIND_OF: Final = (
    _WORDS | {f"{word}s": kind for word, kind in _WORDS.items()} | {many: _WORDS.get(one, one) for many, one in _MANY.items()}
)
_CLAUSE = re.compile(r"(,\s+(?!and\b)|,?\s+(?:and|then|while|as)\s+|\s+--?\s+|\s*—\s*)")
_ACTS = re.compile(
    r"^\W*(?:(?:an?|the|two|three|four|some|his|her|their|its|another|one)\s+)?(?:(?!(?:an?|the|and|with|of|in|on|at|to|by|for|like)\b)[a-z-]+\s+){0,2}?"
    rf"(?P<animal>{'|'.join(sorted(_KIND_OF, key=len, reverse=True))})(?:['’]s\s+\w+)?\s+(?:\w+ly\s+)?(?P<verb>[a-z]+)\b",
    re.I,
)
_NO_VERBS: Final = frozenset("and or in on at of with by to from for under over behind beside near".split())


def animals_acting(text: str, known_kinds: Collection[str]) -> bool:
    """Whether an animal of none of `known_kinds` does something in `text`: "a cat sleeps", not "she strokes a cat"."""
    return without_animals(text, known_kinds) != text


def without_animals(text: str, known_kinds: Collection[str]) -> str:
    """`text` without the clauses in which an animal of none of `known_kinds` acts; "" if no others are left."""
    kept = [(sentence, _without(sentence, known_kinds)) for sentence in sentences(text)]
    if all(sentence == left for sentence, left in kept):
        return text
    return " ".join(left for _, left in kept if left)


def _without(sentence: str, known_kinds: Collection[str]) -> str:
    pieces = _CLAUSE.split(sentence)
    clauses, joints = pieces[::2], ["", *pieces[1::2]]
    kept = [(joint, clause) for joint, clause in zip(joints, clauses, strict=True) if not _is_animals(clause, known_kinds)]
    if len(kept) == len(clauses):
        return sentence
    left = "".join(joint + clause for joint, clause in kept)[len(kept[0][0]) :].strip() if kept else ""
    return left if not left or left[-1] in ".!?…" else f"{left}."


def _is_animals(clause: str, known_kinds: Collection[str]) -> bool:
    found = _ACTS.match(clause)
    if found is None or _KIND_OF[found["animal"].lower()] in known_kinds:
        return False
    verb, many = found["verb"].lower(), found["animal"].lower() not in _WORDS
    return verb not in _NO_VERBS and (many or verb.endswith(("s", "ing", "ed")))

"""Finds the known things that a line of action names: "She lifts the old lantern" -> lantern.

A thing that a hand takes (the object of "picks up", "holds", "opens" …) comes before one that is only there. Unknown nouns give nothing.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from glimmer.models.rehearsal.boards.props.registry import PROPS

__all__ = ["find_props", "plural", "prop_name"]

_HAND: Final = re.compile(
    r"\b(?:picks?(?: \w+)? up|picking up|picked up|hold(?:s|ing)?|held|grabs?|grabbed|lifts?|lifted|lifting|carr(?:y|ies|ied|ying)|takes?|took|taking"
    r"|opens?|opened|reads?|reading|unfolds?|raises?|raised|clutch(?:es|ing)?|clutched|grips?|hands?|gives?|gave|offers?|pours?|drinks?|sips?|eats?"
    r"|bites?|lights?|writes?|plays?|throws?|threw|tosses|catch(?:es)?|drops?|pulls?|pushes|turns?|unwraps?|unrolls?|shows?|waves?|swings?|wields?"
    r"|aims?|points?|draws?|puts?|sets?|places?|lays?|hugs?|strums?|answers?|dials?|finds?|found|discovers?|examines?|studies|inspects?|presses"
    r"|press|touch(?:es)?|reach(?:es)? for|stares? at|looks? at|gazes? at|winds?|polish(?:es)?|cleans?|repairs?|fixes|mends?|wears?|brings?)\b",
    re.IGNORECASE,
)
# Words that name a prop but are more often something else in action lines.
_RISKY: Final = frozenset({
    "line", "cap", "case", "file", "cell", "top", "rod", "rock", "drink", "post", "match", "light", "bar", "counter", "ring", "watch",
    "bill", "bomb", "bow", "bright", "plug", "chain", "cable", "gate", "handle", "screen", "switch", "fan", "organ", "jet", "sub", "seat", "page",
    "note", "pole", "wave", "glass", "lighter", "present", "express", "horn", "token", "mirror", "reflection", "fire", "sign", "saw", "wheel", "button",
    "dish", "mars", "earth", "planet", "moon", "railway", "metro", "meal", "dinner", "supper", "lunch", "prize", "treasure", "herb", "orange", "wear",
    "nails", "chart", "cup", "shot", "spade", "pipe", "block", "stable", "key", "train", "plane", "ship", "mask", "chest", "trunk", "ball", "board",
    "coach", "carriage", "cross", "drum", "die", "tie", "tear", "leaves", "fork", "mouse", "can", "record", "recorder", "stone", "chalk", "brick", "whistle",
})  # fmt: skip
_BEFORE_NOUN: Final = re.compile(r"(?:\b(?:a|an|the|his|her|its|their|my|your|our|this|that|one|two|three|some|old|new|small|big|little|with|of|and"
                                 r"|red|blue|green|black|white|golden|gold|silver|brass|wooden|paper|broken|lit|empty|tiny|huge|rusty|worn|burning)|'s|s')[\s-]+$",
                                 re.IGNORECASE)  # fmt: skip


def plural(word: str) -> str:
    """The regular plural of an English noun."""
    if word.endswith(("s", "ss")):
        return word if word.endswith("s") and not word.endswith("ss") else word + "es"
    if word.endswith(("x", "ch", "sh")):
        return word + "es"
    if word.endswith("fe"):
        return word[:-2] + "ves"
    if word.endswith(("lf", "af", "ef")) and not word.endswith(("ff", "oof")):
        return word[:-1] + "ves"
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


@cache
def _names_of(count: int) -> dict[str, str]:
    """Every word and plural that names a prop. A prop's own name wins over another's synonym.

    Kept for as many props as there are: one that a person registers later is found too.
    """
    known: dict[str, str] = {}
    for entry in PROPS.values():
        for word in entry.words:
            known.setdefault(word.lower(), entry.name)
    known.update({name: name for name in PROPS})
    for word, name in tuple(known.items()):
        known.setdefault(plural(word), name)
        known.setdefault(word.replace("-", " "), name)
    return known


@cache
def _risky_of(count: int) -> frozenset[str]:
    """The risky words and their plurals ("rocks"), but not a prop's own name ("keys")."""
    return _RISKY | (frozenset(plural(word) for word in _RISKY) - frozenset(PROPS))


@cache
def _pattern_of(count: int) -> re.Pattern[str]:
    words = sorted(_names_of(count), key=len, reverse=True)
    return re.compile(
        r"(?<![\w-])(?:" + "|".join(re.escape(w).replace("\\ ", r"[\s-]+") for w in words) + r")(?![\w-])", re.IGNORECASE
    )


def prop_name(word: str) -> str:
    """The registered name that this word, synonym or plural stands for; "" when nothing is known by it."""
    return _names_of(len(PROPS)).get(" ".join(word.lower().split()), "")


def find_props(text: str) -> tuple[str, ...]:
    """Names of the known things that `text` mentions, each once: what hands take first, then in the order of the text.

    A word that is often a verb or something else ("watch", "light", "ring") counts only behind an article, a possessive or an adjective.
    """
    taken: list[tuple[int, int, str]] = []
    text = text[:20_000]  # a line of action, not a book
    for found in _pattern_of(len(PROPS)).finditer(text):
        word = re.sub(r"\s+", " ", found.group().lower())
        name = _names_of(len(PROPS)).get(word) or _names_of(len(PROPS)).get(word.replace("-", " "), "")
        before = text[max(0, found.start() - 60) : found.start()]
        if not name or (word in _risky_of(len(PROPS)) and not _BEFORE_NOUN.search(before)):
            continue
        rank = 0 if _in_hand(before) else 1
        taken.append((rank, found.start(), name))
    return tuple(dict.fromkeys(name for _, _, name in sorted(taken)))


def _in_hand(before: str) -> bool:
    """Whether the words just before end in a verb of the hand and at most four words that describe the thing."""
    verbs = list(_HAND.finditer(before))
    if not verbs:
        return False
    between = before[verbs[-1].end() :]
    return len(between.split()) <= 4 and not re.search(
        r"[.;:!?,]|\b(?:to|at|in|on|into|onto|from|by|near|behind|beside|under|over|past|through)\b", between
    )

"""Where a line of any script may be broken, and how wide it is in Latin letters. Pure Python, no fonts.

Spaces break everywhere; Chinese and Japanese break between characters except where kinsoku forbids; Thai, Lao, Khmer and
Burmese, written without spaces, break where a caption's words end and, when even that is too long, between clusters.
Not the whole of UAX #14: what captions and titles need.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

__all__ = ["breaks", "cluster_breaks", "weight"]

# Kinsoku (JIS X 4051, the common part): what may not begin a line, and what may not end one.
NOT_FIRST = frozenset(
    "、。，．・：；？！゛゜ヽヾゝゞ々ー）］｝〕〉》」』】〙〗〟’”»ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ%‰,.:;?!)]}…—"
)
NOT_LAST = frozenset("（［｛〔〈《「『【〘〖〝‘“«([{")
LEADING_VOWELS = frozenset("เแโใไເແໂໃໄ")  # Thai and Lao vowels that stand before their consonant
ASCII_BREAK = re.compile(r"(?<=\s)(?=\S)|(?<=[A-Za-z]-)(?=[A-Za-z])")  # the rules below, for text that has no other letters
WIDE_WEIGHT = 2.6  # 42 Latin letters a line are 16 Chinese characters, the usual limit of subtitle houses


def weight(text: str) -> float:
    """How wide `text` is, in average Latin letters: marks count nothing, East Asian characters 2.6."""
    return float(len(text)) if text.isascii() else sum(map(_weight, text))


def breaks(text: str, word_ends: Iterable[int] = ()) -> tuple[int, ...]:
    """Every position in `text` before which a new line may begin, rising, without 0 and with len(text).

    `word_ends`: ends of known words, used where a script writes no spaces.
    """
    if text.isascii():
        return (*(found.start() for found in ASCII_BREAK.finditer(text)), len(text)) if text else ()
    known = set(word_ends)
    places = {len(text)} if text else set()
    for at in range(1, len(text)):
        before, after = text[at - 1], text[at]
        if after.isspace():
            continue
        if (
            before.isspace()
            or before in "\u200b\u2013\u2014"
            or (before == "-" and after.isalpha() and at > 1 and text[at - 2].isalpha())
        ):
            places.add(at)
        elif _is_ideographic(before) or _is_ideographic(after):
            if after not in NOT_FIRST and before not in NOT_LAST and not _joins(after):
                places.add(at)
        elif at in known and _has_no_spaces(before) and _has_no_spaces(after) and not _joins(after):
            places.add(at)
    return tuple(sorted(places))


def cluster_breaks(text: str) -> tuple[int, ...]:
    """Every position between two user-perceived characters (nearly: marks and joiners stay, leading vowels stay). A last resort."""
    inner = (
        at for at in range(1, len(text)) if not _joins(text[at]) and text[at - 1] not in LEADING_VOWELS and text[at - 1] != "\u200d"
    )
    return (*inner, len(text)) if text else ()


@lru_cache(maxsize=8192)
def _weight(char: str) -> float:
    if _joins(char):
        return 0.0
    return WIDE_WEIGHT if unicodedata.east_asian_width(char) in "WF" else 1.0


@lru_cache(maxsize=8192)
def _joins(char: str) -> bool:
    """True for what belongs to the character before it: marks, joiners, variation selectors."""
    return unicodedata.category(char) in ("Mn", "Me", "Mc", "Cf") or char in "\u0e30\u0e32\u0e33\u0eb0\u0eb2\u0eb3"


@lru_cache(maxsize=8192)
def _is_ideographic(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _has_no_spaces(char: str) -> bool:
    """Thai, Lao, Burmese and Khmer letters."""
    return "\u0e00" <= char <= "\u0eff" or "\u1000" <= char <= "\u109f" or "\u1780" <= char <= "\u17ff"

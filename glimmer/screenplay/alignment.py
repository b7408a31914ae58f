"""Alignment: which of the old things each of the new things continues, when both stand in order and some are known already.

Pure sequences: knows no scene, line or shot. `revision` gives it those, with what they have in common as features (words, or
a whole text as one feature) and a likeness. Anchors first (what is known, then features that are found once on either side),
then the small gaps between them by the best total likeness, so that 10,000 things cost no 100,000,000 comparisons.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Final, TypeVar

__all__ = ["aligned", "in_order", "likeness_of", "found_once", "words_in"]

_T = TypeVar("_T")
_Pair = tuple[int, int]
_Likeness = Callable[[_T, _T], float]
_Features = Callable[[_T], frozenset[str]]

_GAP_CELLS: Final = 1_600  # 40 old things against 40 new ones: 3 ms; larger gaps are cut by anchors, then into slices
_DEPTH: Final = 8  # anchors between anchors; 2 are usual
_UNSPACED: Final = "\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"  # as in `pace`: scripts without spaces
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")


def words_in(text: str) -> frozenset[str]:
    """The words of `text`, case folded; where a script has no spaces, its signs."""
    return frozenset(_WORD.findall(text.casefold()))


def likeness_of(one: frozenset[str], other: frozenset[str]) -> float:
    """0 (nothing in common) to 1 (the same words)."""
    both = len(one) + len(other)
    return 2 * len(one & other) / both if both else 1.0


def in_order(pairs: Iterable[_Pair]) -> list[_Pair]:
    """The most of these (old place, new place) pairs that keep one order, sorted. No place may come twice."""
    ends: list[int] = []  # the smallest new place that a chain of each length ends on
    last: list[int] = []
    ordered = sorted(pairs)
    before: list[int] = []
    for at, (_, new) in enumerate(ordered):
        length = bisect_left(ends, new)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [new]  # replaces, or lengthens by one
        last[length : length + 1] = [at]
    kept: list[_Pair] = []
    at = last[-1] if last else -1
    while at >= 0:
        kept.append(ordered[at])
        at = before[at]
    return kept[::-1]


def found_once(keys: Iterable[Hashable]) -> dict[Hashable, int]:
    """Key -> its place, for keys that are found exactly once."""
    listed = list(keys)
    counts = Counter(listed)
    return {key: at for at, key in enumerate(listed) if counts[key] == 1}


def aligned(
    old: Sequence[_T], new: Sequence[_T], *, fixed: Iterable[_Pair] = (), features: _Features[_T], likeness: _Likeness[_T]
) -> list[_Pair]:
    """The (old place, new place) pairs that the gaps between the `fixed` ones give; `fixed` ones are not in the answer.

    `fixed` may cross each other; the most that keep one order are the anchors, and none of them is paired again.
    Inside a gap order is kept, and the sum of `likeness` is the greatest; two things with likeness 0 never pair.
    """
    known = list(fixed)
    aligner = _Aligner(
        lambda there, here: likeness(old[there], new[here]), lambda at: features(old[at]), lambda at: features(new[at])
    )
    taken_old, taken_new = {pair[0] for pair in known}, {pair[1] for pair in known}
    found: list[_Pair] = []
    for (old_from, old_to), (new_from, new_to) in _gaps(in_order(known), len(old), len(new)):
        olds = [at for at in range(old_from, old_to) if at not in taken_old]
        news = [at for at in range(new_from, new_to) if at not in taken_new]
        found += aligner.gap(olds, news, _DEPTH)
    return found


def _gaps(anchors: Sequence[_Pair], old_end: int, new_end: int) -> Iterator[tuple[_Pair, _Pair]]:
    """((old from, old to), (new from, new to)) before, between and after anchors, where both sides hold something."""
    old_from = new_from = 0
    for old_at, new_at in [*anchors, (old_end, new_end)]:
        if old_at > old_from and new_at > new_from:
            yield (old_from, old_at), (new_from, new_at)
        old_from, new_from = old_at + 1, new_at + 1


class _Aligner:
    """One alignment, in places: what stands there is asked for."""

    def __init__(
        self,
        likeness: Callable[[int, int], float],
        old_features: Callable[[int], frozenset[str]],
        new_features: Callable[[int], frozenset[str]],
    ) -> None:
        self._likeness = likeness
        self._old_features = old_features
        self._new_features = new_features

    def gap(self, olds: Sequence[int], news: Sequence[int], depth: int) -> list[_Pair]:
        """Pairs of places among `olds` and `news`, in order."""
        if not olds or not news:
            return []
        if len(olds) * len(news) <= _GAP_CELLS:
            return self._best(olds, news)
        anchors = in_order(self._by_rare_features(olds, news)) if depth else []
        if not anchors:
            return [pair for some, others in _slices(olds, news) for pair in self._best(some, others)]
        found = [(olds[old_at], news[new_at]) for old_at, new_at in anchors]
        for (old_from, old_to), (new_from, new_to) in _gaps(anchors, len(olds), len(news)):
            found += self.gap(olds[old_from:old_to], news[new_from:new_to], depth - 1)
        return found

    def _by_rare_features(self, olds: Sequence[int], news: Sequence[int]) -> list[_Pair]:
        """Pairs that share what nothing else in the gap has; those that share most of it first, no place twice."""
        old_places = _places_of_rare(map(self._old_features, olds))
        new_places = _places_of_rare(map(self._new_features, news))
        votes = Counter((old_at, new_places[feature]) for feature, old_at in old_places.items() if feature in new_places)
        chosen: list[_Pair] = []
        seen_old, seen_new = set[int](), set[int]()
        for (old_at, new_at), _ in sorted(votes.items(), key=lambda one: (-one[1], abs(one[0][0] - one[0][1]), one[0])):
            alike = old_at not in seen_old and new_at not in seen_new and self._likeness(olds[old_at], news[new_at]) > 0
            if alike:
                chosen.append((old_at, new_at))
                seen_old.add(old_at)
                seen_new.add(new_at)
        return chosen

    def _best(self, olds: Sequence[int], news: Sequence[int]) -> list[_Pair]:
        """The order-keeping pairs with the greatest sum of likeness."""
        scores = [[self._likeness(old_at, new_at) for new_at in news] for old_at in olds]
        width = len(news) + 1
        best = [[0.0] * width]
        for row in scores:
            above, here = best[-1], [0.0] * width
            for at, score in enumerate(row):
                skip = max(above[at + 1], here[at])
                here[at + 1] = max(skip, above[at] + score) if score > 0 else skip
            best.append(here)
        found: list[_Pair] = []
        down, across = len(olds), len(news)
        while down and across:
            score = scores[down - 1][across - 1]
            if score > 0 and best[down][across] == best[down - 1][across - 1] + score:
                down, across = down - 1, across - 1
                found.append((olds[down], news[across]))
            elif best[down][across] == best[down - 1][across]:
                down -= 1
            else:
                across -= 1
        return found[::-1]


def _places_of_rare(all_features: Iterable[frozenset[str]]) -> dict[str, int]:
    """Feature -> the one place that has it."""
    places: dict[str, int] = {}
    for at, features in enumerate(all_features):
        for feature in features:
            places[feature] = -1 if feature in places else at
    return {feature: at for feature, at in places.items() if at >= 0}


def _slices(olds: Sequence[int], news: Sequence[int]) -> Iterator[tuple[Sequence[int], Sequence[int]]]:
    """A gap without anchors, cut at the same fractions of both sides into pieces of at most `_GAP_CELLS`."""
    side = int(_GAP_CELLS**0.5)
    count = -(-max(len(olds), len(news)) // side)
    for at in range(count):
        some = olds[len(olds) * at // count : len(olds) * (at + 1) // count]
        others = news[len(news) * at // count : len(news) * (at + 1) // count]
        if some and others:
            yield some, others

"""Pairing: which scene, line and shot of an older version each one of a newer version continues.

Takes two screenplays, gives pairs of places; `revision` makes heirs and a readable table of them. Scenes first, then the lines
inside paired scenes, then the shots, for which the pairs of lines are known. What has the same id and no double pairs for
certain, wherever it stands; equal things ("Yes." "Yes.") pair by their order, for only that tells them apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

from glimmer.screenplay.alignment import aligned, found_once, likeness_of, words_in
from glimmer.screenplay.nouns import Line, Scene, Screenplay, Shot

__all__ = ["Pairing", "paired"]

_SCENES_ALIKE: Final = 0.6  # below that a scene in the place of another is a new one: the same heading is 1.0, the same words 1.0
_FAR_ALIKE: Final = 0.5  # things outside paired scenes must share half of their words


class _Piece(Protocol):
    """What is paired: an id, a content that equal ones share, and what it may have in common with another."""

    @property
    def id(self) -> str: ...
    @property
    def content(self) -> Hashable: ...
    @property
    def features(self) -> frozenset[str]: ...


_P = TypeVar("_P", bound=_Piece)


@dataclass(frozen=True, slots=True)
class Pairing:
    """Places in `script.scenes`, `script.lines`, `script.shot_list`: new -> old. No old place is given twice."""

    scenes: dict[int, int]
    lines: dict[int, int]
    shots: dict[int, int]


def paired(old: Screenplay, new: Screenplay) -> Pairing:
    """Every thing of `new` that continues one of `old`, unchanged ones too. What was put in has no pair."""
    scenes = _scenes(old, new)
    lines = _lines(old, new, scenes, {})
    if renames := _renames(old, new, lines):
        lines = _lines(old, new, scenes, renames)
    return Pairing(scenes, lines, _shots(old, new, scenes, lines))


# ── scenes ──────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class _ScenePiece:
    id: str
    content: Hashable  # what the id is made of
    heading: str
    place: frozenset[str]
    texts: frozenset[str]  # each speech and paragraph whole
    words: frozenset[str]
    features: frozenset[str]


def _scene_piece(scene: Scene) -> _ScenePiece:
    said = {line.id: line for line in scene.lines}
    texts = [said[one.line_id].text if one.kind == "line" else one.text for one in scene.elements if one.kind != "page_break"]
    first = scene.elements[0] if scene.elements else None
    speaker = said[first.line_id].character if first and first.kind == "line" else ""
    whole = frozenset(f"text:{text}" for text in texts if text)
    words = words_in(" ".join(texts))
    heading = scene.heading.raw
    features = whole | words | {f"heading:{heading}"}
    content = (heading, speaker, texts[0] if texts else "")
    return _ScenePiece(scene.id, content, heading, words_in(scene.heading.place), whole, words, features)


def _scenes_alike(old: _ScenePiece, new: _ScenePiece) -> float:
    """1 for the same heading, up to 1 for the same words, up to 2 for the same whole speeches and paragraphs."""
    heading = 1.0 if old.heading == new.heading else 0.5 * likeness_of(old.place, new.place)
    if not (old.words or new.words):
        return heading if heading >= _SCENES_ALIKE else 0.0
    alike = heading + likeness_of(old.words, new.words) + 2 * likeness_of(old.texts, new.texts)
    return alike if alike >= _SCENES_ALIKE else 0.0


def _scenes(old: Screenplay, new: Screenplay) -> dict[int, int]:
    olds, news = [_scene_piece(scene) for scene in old.scenes], [_scene_piece(scene) for scene in new.scenes]
    pairs = _Pairs(olds, news)
    _by_texts(olds, news, pairs)
    pairs.align(olds, news, (range(len(olds)), range(len(news))), _scenes_alike)
    pairs.by_id(olds, news)
    return pairs.old_of


def _by_texts(olds: Sequence[_ScenePiece], news: Sequence[_ScenePiece], pairs: _Pairs) -> None:
    """Pair scenes that hold half of the same speeches and paragraphs: moved, given another heading, begun in another way."""
    before, now = found_once(_unpaired_texts(olds, pairs.new_of)), found_once(_unpaired_texts(news, pairs.old_of))
    old_at, new_at = list(_unpaired_places(olds, pairs.new_of)), list(_unpaired_places(news, pairs.old_of))
    votes = Counter((old_at[there], new_at[now[text]]) for text, there in before.items() if text in now)
    ranked = sorted(votes.items(), key=lambda one: (-one[1], one[0]))
    pairs.add(pair for pair, count in ranked if 2 * count >= min(len(olds[pair[0]].texts), len(news[pair[1]].texts)))


def _unpaired_texts(pieces: Sequence[_ScenePiece], taken: Mapping[int, int]) -> Iterator[str]:
    return (text for at, piece in enumerate(pieces) if at not in taken for text in piece.texts)


def _unpaired_places(pieces: Sequence[_ScenePiece], taken: Mapping[int, int]) -> Iterator[int]:
    """The scene of each of `_unpaired_texts`."""
    return (at for at, piece in enumerate(pieces) if at not in taken for _ in piece.texts)


# ── lines ───────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class _LinePiece:
    id: str
    content: Hashable
    character: str
    text: str
    words: frozenset[str]
    features: frozenset[str]


def _line_piece(line: Line, renames: dict[str, str]) -> _LinePiece:
    """`renames`: a name of the old version -> the name that it has in the new one, in the speech too."""
    text = _with_names(line.text, renames)
    words = words_in(text)
    return _LinePiece(
        line.id,
        (line.character, line.text),
        renames.get(line.character, line.character),
        text.casefold(),
        words,
        words | {f"text:{text.casefold()}"},
    )


def _with_names(text: str, renames: dict[str, str]) -> str:
    for name, now in renames.items():
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", now.replace("\\", r"\\"), text, flags=re.I)
    return text


def _lines_alike(old: _LinePiece, new: _LinePiece) -> float:
    """Never 0: in one gap even a speech with other words by another takes the place of the one that was there."""
    same = 1.0 if old.character == new.character else 0.0
    return 0.1 + same + 0.9 * likeness_of(old.words, new.words) + (0.5 if old.text == new.text else 0.0)


def _lines_alike_far(old: _LinePiece, new: _LinePiece) -> float:
    alike = likeness_of(old.words, new.words)
    return 1 + alike if old.character == new.character and alike >= _FAR_ALIKE else 0.0


def _lines(old: Screenplay, new: Screenplay, scenes: dict[int, int], renames: dict[str, str]) -> dict[int, int]:
    olds = [_line_piece(line, renames) for line in old.lines]
    news = [_line_piece(line, {}) for line in new.lines]
    pairs = _Pairs(olds, news)
    old_spans, new_spans = _spans(scene.lines for scene in old.scenes), _spans(scene.lines for scene in new.scenes)
    for here, there in scenes.items():
        pairs.align(olds, news, (old_spans[there], new_spans[here]), _lines_alike)
    pairs.align(olds, news, (range(len(olds)), range(len(news))), _lines_alike_far)
    pairs.by_id(olds, news)
    return pairs.old_of


def _renames(old: Screenplay, new: Screenplay, lines: dict[int, int]) -> dict[str, str]:
    """Names that are gone -> the new name that most of their lines are spoken under now."""
    before, now = {line.character for line in old.lines}, {line.character for line in new.lines}
    if before <= now or now <= before:
        return {}
    votes = Counter((old.lines[there].character, new.lines[here].character) for here, there in lines.items())
    count = Counter(line.character for line in old.lines)
    renames: dict[str, str] = {}
    for (was, is_now), voices in votes.most_common():
        gone = was not in now and is_now not in before
        if gone and 2 * voices > count[was] and was not in renames and is_now not in renames.values():
            renames[was] = is_now
    return renames


# ── shots ───────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class _ShotPiece:
    id: str
    content: Hashable
    spoken: bool  # hangs on a speech
    lines: tuple[str, ...]  # ids in the old version, or "new:…"
    action: str
    words: frozenset[str]
    size: str
    subject: str
    features: frozenset[str]


def _shot_piece(shot: Shot, scene: Scene, lines: tuple[str, ...], content: Hashable) -> _ShotPiece:
    words = words_in(shot.action)
    features = words | {f"line:{each}" for each in lines}
    subject = shot.cast[0] if shot.cast else ""
    return _ShotPiece(
        shot.id,
        (scene.heading.raw, shot.anchor_kind, shot.action, content),
        shot.anchor_kind == "speech",
        lines,
        shot.action,
        words,
        shot.size,
        subject,
        features,
    )


def _shots_alike(old: _ShotPiece, new: _ShotPiece) -> float:
    """What is said over them counts most, then the words of the action, then size and subject. A picture never follows a speech
    with which it shares no line."""
    shared = len(set(old.lines) & set(new.lines))
    if old.spoken != new.spoken and not shared:
        return 0.0
    said = 2 * shared / max(len(old.lines), len(new.lines)) if shared else 0.0
    likely = 0.9 * likeness_of(old.words, new.words) if old.words or new.words else 0.0
    return 0.3 + said + likely + 0.2 * (old.size == new.size) + 0.2 * (old.subject == new.subject)


def _shots_alike_far(old: _ShotPiece, new: _ShotPiece) -> float:
    same_words = bool(old.words) and likeness_of(old.words, new.words) >= _FAR_ALIKE and old.spoken == new.spoken
    return _shots_alike(old, new) if set(old.lines) & set(new.lines) or (same_words and not old.spoken) else 0.0


def _shots(old: Screenplay, new: Screenplay, scenes: dict[int, int], lines: dict[int, int]) -> dict[int, int]:
    follows = {new.lines[here].id: old.lines[there].id for here, there in lines.items()}
    olds = [_piece_of(shot, scene, old, {}) for scene in old.scenes for shot in scene.shots]
    news = [
        _piece_of(shot, scene, new, {each: follows.get(each, f"new:{each}") for each in shot.line_ids})
        for scene in new.scenes
        for shot in scene.shots
    ]
    pairs = _Pairs(olds, news)
    pairs.by_key(olds, news, lambda piece: piece.lines[0] if piece.spoken and piece.lines else "")
    pairs.by_key(olds, news, lambda piece: "" if piece.spoken else piece.action)
    old_spans, new_spans = _spans(scene.shots for scene in old.scenes), _spans(scene.shots for scene in new.scenes)
    for here, there in scenes.items():
        pairs.align(olds, news, (old_spans[there], new_spans[here]), _shots_alike)
    pairs.align(olds, news, (range(len(olds)), range(len(news))), _shots_alike_far)
    pairs.by_id(olds, news)
    return pairs.old_of


def _piece_of(shot: Shot, scene: Scene, script: Screenplay, follows: dict[str, str]) -> _ShotPiece:
    first = script.lines_by_id.get(shot.line_ids[0]) if shot.line_ids else None
    said = (first.character, first.text) if first and shot.anchor_kind != "action" else None
    return _shot_piece(shot, scene, tuple(follows.get(each, each) for each in shot.line_ids), said)


# ── what all three share ────────────────────────────────────────────────────────────────────────────────────
class _Pairs:
    """Pairs of places as they are found: `old_of` new -> old, `new_of` old -> new."""

    def __init__(self, olds: Sequence[_P], news: Sequence[_P]) -> None:
        """Begins with what is certain: the same id, and nothing equal anywhere that it could be mistaken for."""
        self.old_of: dict[int, int] = {}
        self.new_of: dict[int, int] = {}
        before, now = found_once(piece.content for piece in olds), found_once(piece.content for piece in news)
        self.add((before[each], here) for each, here in now.items() if each in before and olds[before[each]].id == news[here].id)

    def add(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Keep (old, new) pairs; one of whose places is taken already is passed over."""
        for there, here in pairs:
            if there not in self.new_of and here not in self.old_of:
                self.old_of[here], self.new_of[there] = there, here

    def align(
        self, olds: Sequence[_P], news: Sequence[_P], within: tuple[range, range], likeness: Callable[[_P, _P], float]
    ) -> None:
        """Pair what is left in these two stretches of places; what has its pair outside of them is passed over."""
        old_free = [at for at in within[0] if self.new_of.get(at, within[1].start) in within[1]]
        new_free = [at for at in within[1] if self.old_of.get(at, within[0].start) in within[0]]
        place_of = {at: place for place, at in enumerate(old_free)}
        fixed = [(place_of[self.old_of[at]], place) for place, at in enumerate(new_free) if at in self.old_of]
        if len(fixed) == len(old_free) or len(fixed) == len(new_free):
            return
        found = aligned(
            [olds[at] for at in old_free], [news[at] for at in new_free], fixed=fixed, features=_features_of, likeness=likeness
        )
        self.add((old_free[there], new_free[here]) for there, here in found)

    def by_key(self, olds: Sequence[_P], news: Sequence[_P], key: Callable[[_P], str]) -> None:
        """Pair what has the same key, found once on either side among what is free. "" is no key."""
        old_free = [at for at, piece in enumerate(olds) if at not in self.new_of and key(piece)]
        new_free = [at for at, piece in enumerate(news) if at not in self.old_of and key(piece)]
        before, now = found_once(key(olds[at]) for at in old_free), found_once(key(news[at]) for at in new_free)
        self.add((old_free[before[each]], new_free[here]) for each, here in now.items() if each in before)

    def by_id(self, olds: Sequence[_P], news: Sequence[_P]) -> None:
        """Pair what is left by its id: equal things, where others were put in or taken out."""
        self.by_key(olds, news, lambda piece: piece.id)


def _features_of(piece: _Piece) -> frozenset[str]:
    return piece.features


def _spans(groups: Iterable[Sequence[object]]) -> list[range]:
    """The places of each group when all are laid end to end."""
    spans: list[range] = []
    for group in groups:
        start = spans[-1].stop if spans else 0
        spans.append(range(start, start + len(group)))
    return spans

"""Revision: two versions of a script side by side. What follows what, and what a person reads of the difference.

Ids are made of content, so a changed line has a new id; here it gets its heir: the old line that it follows, whose takes it
inherits as stale ones. Takes two screenplays, gives plain values; the buckets move entries by them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from pydantic import Field

from glimmer.display import Table
from glimmer.screenplay.alignment import in_order
from glimmer.screenplay.nouns import Line, Scene, Screenplay
from glimmer.screenplay.pairing import Pairing, paired
from glimmer.vocabulary import Noun

__all__ = ["Heirs", "changes", "heirs"]


class Heirs(Noun):
    """New id -> the old id that it follows. Only for ids that the other version does not have; no old id is given twice."""

    scenes: dict[str, str] = Field(default_factory=dict)
    shots: dict[str, str] = Field(default_factory=dict)
    lines: dict[str, str] = Field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.scenes or self.shots or self.lines)


def heirs(old: Screenplay, new: Screenplay) -> Heirs:
    """What each new scene, shot and line of `new` follows in `old`. What was put in has no heir, what was cut leaves none.

    Does not look at what kept its id: its takes stay where they are. The same script gives no heirs.
    """
    if old.source == new.source:
        return Heirs()
    pairs = paired(old, new)
    return Heirs(
        scenes=_followed(old.scenes, new.scenes, pairs.scenes),
        shots=_followed(old.shot_list, new.shot_list, pairs.shots),
        lines=_followed(old.lines, new.lines, pairs.lines),
    )


class _Named(Protocol):
    @property
    def id(self) -> str: ...


def _followed(olds: Sequence[_Named], news: Sequence[_Named], pairs: dict[int, int]) -> dict[str, str]:
    """New id -> old id. The first of two equal lines rewritten: the second now has the id of the first, so its own is what is left."""
    before, now = {each.id for each in olds}, {each.id for each in news}
    follows = {news[here].id: olds[there].id for here, there in pairs.items()}
    found: dict[str, str] = {}
    for each in news:
        left: str | None = follows.get(each.id)
        while each.id not in before and left is not None and left in now:
            left = follows.get(left)
        if each.id not in before and left is not None:
            found[each.id] = left
    return found


# ── what a person reads ─────────────────────────────────────────────────────────────────────────────────────
_Row = tuple[str, str, str, str]
_Place = tuple[
    float, int, float
]  # its scene, scene before lines before pictures, its place; what is gone stands behind what was before it


def changes(old: Screenplay, new: Screenplay) -> Table:
    """One row for each scene, line and picture without words that was changed, added, removed or moved, in the order of `new`.

    Columns: what ("line 4": its number now, or before if it is gone), change, before, after. Does not list what follows by
    itself: the shot that shows a changed line, the lines of a scene that is new or gone as a whole.
    """
    title, columns = f"changes of {new.title}", ("what", "change", "before", "after")
    if old.source == new.source:
        return Table(columns, [], title=title)
    pairs = paired(old, new)
    comparison = _Comparison(old, new, pairs)
    rows = [*comparison.scenes(), *comparison.lines(), *comparison.pictures()]
    return Table(columns, [row for _, row in sorted(rows, key=lambda placed: placed[0])], title=title)


class _Comparison:
    """Two versions and their pairs, asked for rows, each with the place where it is listed."""

    def __init__(self, old: Screenplay, new: Screenplay, pairs: Pairing) -> None:
        self.old, self.new, self.pairs = old, new, pairs
        self.scene_now = {there: here for here, there in pairs.scenes.items()}
        self.old_scene = {scene.id: at for at, scene in enumerate(old.scenes)}
        self.new_scene = {scene.id: at for at, scene in enumerate(new.scenes)}

    def scenes(self) -> Iterator[tuple[_Place, _Row]]:
        stay = {here for _, here in in_order((there, here) for here, there in self.pairs.scenes.items())}
        for here, scene in enumerate(self.new.scenes):
            there = self.pairs.scenes.get(here)
            before = None if there is None else self.old.scenes[there].heading.raw
            change = _change(before, scene.heading.raw, moved=there is not None and here not in stay)
            if change:
                row = (
                    f"scene {scene.number}",
                    change,
                    _scene_text(None if there is None else self.old.scenes[there]),
                    _scene_text(scene),
                )
                yield (here, 0, 0), row
        for there, scene in enumerate(self.old.scenes):
            if there not in self.scene_now:
                yield (self._scene_place(there), 0, 0), (f"scene {scene.number}", "removed", _scene_text(scene), "")

    def lines(self) -> Iterator[tuple[_Place, _Row]]:
        olds, news = self.old.lines, self.new.lines
        moved = self._moved([line.scene_id for line in olds], [line.scene_id for line in news], self.pairs.lines)
        for here, line in enumerate(news):
            there = self.pairs.lines.get(here)
            change = _change(None if there is None else _line_text(olds[there]), _line_text(line), moved=here in moved)
            if change and (there is not None or self._scene_was(line.scene_id)):
                before = "" if there is None else _line_text(olds[there], where=olds[there] if here in moved else None)
                after = _line_text(line, where=line if here in moved else None)
                yield (self.new_scene[line.scene_id], 1, here), (f"line {line.number}", change, before, after)
        for place, there in _gone(len(olds), self.pairs.lines):
            line = olds[there]
            if self._scene_is(line.scene_id):
                scene = self._scene_place(self.old_scene[line.scene_id])
                yield (scene, 1, place), (f"line {line.number}", "removed", _line_text(line), "")

    def pictures(self) -> Iterator[tuple[_Place, _Row]]:
        """Shots that hang on a paragraph of action. One only framed otherwise by the rules is not listed."""
        olds, news = self.old.shot_list, self.new.shot_list
        moved = self._moved([shot.scene_id for shot in olds], [shot.scene_id for shot in news], self.pairs.shots)
        for here, shot in enumerate(news):
            there = self.pairs.shots.get(here)
            was = None if there is None or olds[there].anchor_kind != "action" else olds[there]
            change = _change(None if was is None else was.action, shot.action, moved=here in moved)
            if change and shot.anchor_kind == "action" and (was is not None or self._scene_was(shot.scene_id)):
                row = (f"shot {shot.slate}", change, "" if was is None else was.action, shot.action)
                yield (self.new_scene[shot.scene_id], 2, here), row
        for place, there in _gone(len(olds), self.pairs.shots):
            shot = olds[there]
            if shot.anchor_kind == "action" and self._scene_is(shot.scene_id):
                scene = self._scene_place(self.old_scene[shot.scene_id])
                yield (scene, 2, place), (f"shot {shot.slate}", "removed", shot.action, "")

    def _scene_was(self, scene_id: str) -> bool:
        return self.new_scene[scene_id] in self.pairs.scenes

    def _scene_is(self, scene_id: str) -> bool:
        return self.old_scene[scene_id] in self.scene_now

    def _scene_place(self, there: int) -> float:
        """Where a scene of the old version is listed: at its own place now, else behind the one that was before it."""
        if there in self.scene_now:
            return self.scene_now[there]
        return next((self.scene_now[at] + 0.5 for at in range(there, -1, -1) if at in self.scene_now), -0.5)

    def _moved(self, old_scenes: Sequence[str], new_scenes: Sequence[str], pairs: dict[int, int]) -> set[int]:
        """New places whose thing was in another scene, or elsewhere in the same one."""
        inside: dict[str, list[tuple[int, int]]] = {}
        moved: set[int] = set()
        for here, there in pairs.items():
            if self.pairs.scenes.get(self.new_scene[new_scenes[here]]) == self.old_scene[old_scenes[there]]:
                inside.setdefault(new_scenes[here], []).append((there, here))
            else:
                moved.add(here)
        for found in inside.values():
            moved |= {here for _, here in found} - {here for _, here in in_order(found)}
        return moved


def _change(before: str | None, after: str, *, moved: bool) -> str:
    if before is None:
        return "added"
    words = ["moved"] * moved + ["changed"] * (before != after)
    return " and ".join(words)


def _gone(count: int, pairs: dict[int, int]) -> Iterator[tuple[float, int]]:
    """(where it is listed, old place) of what the new version does not have."""
    now = {there: here for here, there in pairs.items()}
    place = -0.5
    for there in range(count):
        if there in now:
            place = now[there] + 0.5
        else:
            yield place, there


def _scene_text(scene: Scene | None) -> str:
    return "" if scene is None else scene.heading.raw or "(no heading)"


def _line_text(line: Line, *, where: Line | None = None) -> str:
    """MARA (whispering): Sing. With `where`, its number before it: what was moved reads the same otherwise."""
    said = f"{line.character} ({line.parenthetical}): {line.text}" if line.parenthetical else f"{line.character}: {line.text}"
    return f"line {where.number}: {said}" if where else said

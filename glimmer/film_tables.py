"""The film as tables: its shots, lines, takes, cues and costs, as rows that print themselves and go to pandas or a spreadsheet.

Takes the script and the store's rows, gives Tables; changes nothing. What a person edits in them comes back through `shot_changes`.
`states` is asked once a table: how each (bucket, key) stands by the film's plan: current, stale, missing or blocked.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from glimmer.buckets import AIR, CUE, FX, LINE
from glimmer.display import Table, cost_text, count_text
from glimmer.errors import NotFound
from glimmer.screenplay import Line, Screenplay, Shot
from glimmer.store import Store
from glimmer.store.amounts import in_dollars, in_micros
from glimmer.store.listing import CallTotal, EntryLine, call_totals, entry_lines, take_counts, takes_of

__all__ = ["SHOT_COLUMNS", "States", "costs_table", "cues_table", "lines_table", "moods_of", "shots_table", "takes_table"]

States = Callable[[], Mapping[tuple[str, str], str]]

SHOT_COLUMNS: Final = tuple("shot size angle move action seen line seconds take state rating tags note".split())
_LINE_COLUMNS: Final = tuple("line who says how shot seconds take model usd state".split())
_TAKE_COLUMNS: Final = ("bucket", "name", "take", "mark", "model", "agent", "seconds", "usd", "rating", "made at")
_CUE_COLUMNS: Final = tuple("cue moods seconds take model state".split())
_COST_COLUMNS: Final = tuple("what calls takes seconds usd percent".split())
_PAID_COLUMNS: Final = ("estimated", "reserved", "unknown")
_BY: Final = ("agent", "model", "scene", "day", "bucket")
_NO_TAKE: Final = "no take"  # a call that left none: casting, a broken answer


def shots_table(script: Screenplay, store: Store, states: States) -> Table:
    """One row a shot of `script`, in order. take: the circled one's number, None where none is; rating: 1 to 5 or None; tags: "a, b".

    seconds is the length before any voice is measured. `shot_changes` takes it back with other sizes, angles, moves, actions …
    """
    rows, stands = _standing(store, "video"), states()
    return Table(
        SHOT_COLUMNS,
        [_shot_row(script, shot, rows.get(shot.id), stands.get(("video", shot.id), "")) for shot in script.shot_list],
        title=f"shots of {script.title}",
    )


def _shot_row(script: Screenplay, shot: Shot, entry: EntryLine | None, state: str) -> tuple[object, ...]:
    return (
        shot.slate,
        shot.size,
        shot.angle,
        shot.move,
        shot.action,
        ", ".join(shot.cast),
        script.said(shot),
        round(shot.seconds, 2),
        (entry.circled if entry else 0) or None,
        state,
        (entry.rating if entry else 0) or None,
        ", ".join(json.loads(entry.tags)) if entry else "",
        entry.note if entry else "",
    )


def lines_table(script: Screenplay, store: Store, states: States) -> Table:
    """One row a line. seconds: how long the used take lasts, None without one; usd: what all its takes have cost."""
    rows, stands = _standing(store, "audio"), states()
    shots = slates_by_line(script)
    return Table(
        _LINE_COLUMNS,
        [
            _line_row(line, shots.get(line.id, ""), rows.get(f"{LINE}{line.id}"), stands.get(("audio", f"{LINE}{line.id}"), ""))
            for line in script.lines
        ],
        title=f"lines of {script.title}",
    )


def _line_row(line: Line, shots: str, entry: EntryLine | None, state: str) -> tuple[object, ...]:
    how = line.parenthetical or ("" if line.delivery == "plain" else line.delivery.replace("_", " "))
    made = (round(entry.seconds or 0.0, 2), entry.used, entry.model) if entry and entry.used else (None, None, "")
    return (line.number, line.character, line.text, how, shots, *made, entry.usd if entry else 0.0, state)


def slates_by_line(script: Screenplay) -> dict[str, str]:
    """Line id -> the slates of the shots that carry it, "2A, 2B"."""
    found: dict[str, list[str]] = {}
    for shot in script.shot_list:
        for line_id in shot.line_ids:
            found.setdefault(line_id, []).append(shot.slate)
    return {line_id: ", ".join(slates) for line_id, slates in found.items()}


def takes_table(store: Store) -> Table:
    """Every take of the film, what is in the trash left out. mark: used, circled, or put away (a script before asked for it).

    seconds: None for a still; made at: UTC.
    """
    rows = [
        (bucket, name, number, _mark(active, used, circled), model, agent, seconds or None, usd, rating or None, _moment(made_at))
        for bucket, _, name, active, used, circled, number, model, agent, seconds, usd, rating, made_at in takes_of(
            store, ("number", "model", "agent", "seconds", "usd", "rating", "made_at"), trashed=False
        )
    ]
    return Table(_TAKE_COLUMNS, rows, title=f"takes of {store.title}")


def _moment(text: str) -> str:
    """UTC, to the second, as a person and pandas read it."""
    return text[:19].replace("T", " ")


def _mark(active: bool, used: bool, circled: bool) -> str:
    if not active:
        return "put away"
    return "circled" if circled else "used" if used else ""


def cues_table(store: Store, states: States) -> Table:
    """One row a cue of the score, and each piece of music that a person brought. seconds: as it was composed."""
    stands = states()
    rows = [
        (
            row.name,
            ", ".join(mood for mood, _ in moods_of(row.state)),
            round(row.seconds, 2) if row.used and row.seconds is not None else None,
            row.used or None,
            row.model,
            stands.get(("music", row.key), ""),
        )
        for row in _standing(store, "music").values()
    ]
    return Table(_CUE_COLUMNS, rows, title=f"cues of {store.title}")


def moods_of(state: str) -> list[tuple[str, float]]:
    """(mood, seconds) of a cue, in order, from what is kept with its entry; nothing for music that a person brought."""
    return [(str(mood), float(seconds)) for mood, seconds in json.loads(state).get("sections", ())]


# ── what it cost ────────────────────────────────────────────────────────────────────────────────────────────
def costs_table(store: Store, *, by: str = "agent", script: Screenplay | None = None) -> Table:
    """What the film's model calls came to, by "agent", "model", "scene", "day" or "bucket", the costliest first (scenes in order).

    takes: how many of the film's takes came of it, those in the trash too, for they were paid for. percent is of all dollars, None
    where nothing was paid. By scene, a cue counts for the scene it begins in; "the cast" and what left no take stand at the end.
    With paid calls there are three columns more: estimated (what the calls that are done were expected to cost), reserved (what calls
    that are open may cost at most) and unknown (what those may have cost that were sent and never answered).
    Raises: NotFound for another word.
    """
    if by not in _BY:
        raise NotFound.among('way to sum the costs, by="…" one of', by, _BY)
    scenes = None if by != "scene" else _Scenes(script)
    calls = call_totals(store, by if scenes is None and by != "bucket" else "entry")
    found: dict[str, list[float]] = {title: _nothing() for title in (scenes.titles if scenes else ())}
    for each in calls:
        what = scenes.of(each.bucket, each.key) if scenes else (each.bucket or _NO_TAKE) if by == "bucket" else each.what
        _add(found.setdefault(what, _nothing()), each)
    for name, bucket, key, count in take_counts(store, by if scenes is None and by != "bucket" else "entry"):
        what = scenes.of(bucket, key) if scenes else bucket if by == "bucket" else name or "a person"
        found.setdefault(what, _nothing())[1] += count
    return _costs(store.title, by, {what: sums for what, sums in found.items() if any(sums)})


def _nothing() -> list[float]:
    """calls, takes, seconds, and in millionths of a dollar: paid, estimated, reserved, unknown."""
    return [0, 0, 0.0, 0, 0, 0, 0]


def _add(sums: list[float], call: CallTotal) -> None:
    sums[0] += call.calls
    sums[2] += call.seconds
    for at, usd in enumerate((call.usd, call.estimated_usd, call.reserved_usd, call.unknown_usd), 3):
        sums[at] += in_micros(usd)


def _costs(title: str, by: str, found: Mapping[str, list[float]]) -> Table:
    calls, paid = sum(int(sums[0]) for sums in found.values()), sum(int(sums[3]) for sums in found.values())
    held = sum(int(sums[5] + sums[6]) for sums in found.values())
    is_paid = any(any(sums[4:]) for sums in found.values())
    rows = [
        (
            what,
            int(sums[0]),
            int(sums[1]),
            round(sums[2], 3),
            in_dollars(int(sums[3])),
            round(100 * sums[3] / paid, 1) if paid else None,
            *(in_dollars(int(amount)) for amount in (sums[4:] if is_paid else ())),
        )
        for what, sums in found.items()
    ]
    title = f"costs of {title} by {by}: {cost_text(in_dollars(paid))} in {count_text(calls, 'call')}"
    held_back = f" · {cost_text(in_dollars(held))} held back" if held else ""
    return Table(_COST_COLUMNS + (_PAID_COLUMNS if is_paid else ()), rows, title=f"{title}{held_back}")


class _Scenes:
    """Which scene a thing in a bucket belongs to, in words: "2 INT. LAMP ROOM - NIGHT"."""

    def __init__(self, script: Screenplay | None) -> None:
        scenes = script.scenes if script else ()
        self._titles = {scene.id: f"{scene.number} {scene.heading.raw}".strip() for scene in scenes}
        self._scene_of = {("video", shot.id): scene.id for scene in scenes for shot in scene.shots}
        self._scene_of |= {("audio", f"{FX}{shot.id}"): scene.id for scene in scenes for shot in scene.shots}
        self._scene_of |= {("audio", f"{LINE}{line.id}"): scene.id for scene in scenes for line in scene.lines}
        self._scene_of |= {("audio", f"{AIR}{scene.id}"): scene.id for scene in scenes}
        self._scene_of |= {("music", f"{CUE}{scene.id}"): scene.id for scene in scenes}
        self._others = {"characters": "the cast", "drafts": "the script", "prompts": "the prompts", "": _NO_TAKE}

    @property
    def titles(self) -> Iterable[str]:
        return self._titles.values()

    def of(self, bucket: str, key: str) -> str:
        scene = self._scene_of.get((bucket, key))
        return self._titles[scene] if scene else self._others.get(bucket, "in no scene of this script")


def _standing(store: Store, bucket: str) -> dict[str, EntryLine]:
    """Key -> the entries in sight, in order."""
    return {row.key: row for row in entry_lines(store, bucket) if row.active and not row.trashed_at}

"""SQL tables: what `film.sql` may ask about: this film's rows under names that read well in a join.

Takes the store and the screenplays, gives `SqlTable`s for the analyst; reads nothing before a query names a table, and then each with
one query. Things are called what a person calls them: `takes.shot = shots.shot`, `lines.scene = scenes.scene`; ids and hashes are there too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from glimmer.analytics import SqlTable
from glimmer.buckets import AIR, CUE, FX, LINE, Screenplays
from glimmer.film_tables import States, moods_of
from glimmer.screenplay import Screenplay
from glimmer.store import Store, listing
from glimmer.store.listing import EntryLine

__all__ = ["sql_revision", "sql_tables"]

_Row = Sequence[object]
_BUCKETS: Final = ("prompts", "video", "audio", "music")

_COLUMNS: Final[dict[str, str]] = {
    "scenes": "scene varchar, position integer, heading varchar, interior boolean, place varchar, time_of_day varchar, weather varchar, "
    "mood varchar, shots integer, lines integer, seconds double, people varchar[], id varchar",
    "shots": "shot varchar, scene varchar, position integer, size varchar, angle varchar, move varchar, action varchar, seen varchar[], "
    "lines integer[], says varchar, seconds double, why varchar, take integer, circled integer, takes integer, model varchar, usd double, "
    "state varchar, rating integer, tags varchar[], note varchar, id varchar",
    "lines": "line integer, scene varchar, shot varchar, who varchar, says varchar, how varchar, parenthetical varchar, take integer, "
    "takes integer, seconds double, model varchar, usd double, state varchar, id varchar",
    "cues": "cue varchar, position integer, scene varchar, moods varchar[], take integer, takes integer, seconds double, model varchar, "
    "usd double, state varchar, id varchar",
    "characters": "name varchar, position integer, kind varchar, age varchar, gender varchar, described_as varchar, voice varchar, "
    "lines integer, words integer, scenes varchar[], take integer, takes integer, usd double, rating integer, tags varchar[], note varchar",
    "takes": "id bigint, bucket varchar, entry varchar, number integer, shot varchar, line integer, scene varchar, is_used boolean, "
    "is_circled boolean, is_put_away boolean, agent varchar, model varchar, media_type varchar, seconds double, usd double, "
    "rating integer, note varchar, asset varchar, source_asset varchar, request_key varchar, made_for varchar, prompt_hash varchar, "
    "made_at timestamp, trashed_at timestamp",
    "inputs": "take_id bigint, position integer, role varchar, bucket varchar, key varchar, name varchar, hash varchar",
    "screenplays": "version integer, title varchar, source_name varchar, text varchar, made_at timestamp, undone_at timestamp",
    "cuts": "version integer, made_by varchar, title varchar, frames_per_second double, screenplay integer, cut json, made_at timestamp, "
    "undone_at timestamp",
    "renders": "number integer, cut integer, preset varchar, state varchar, seconds double, path varchar, error varchar, made_at timestamp",
    "calls": "id bigint, agent varchar, model varchar, request_key varchar, state varchar, tokens_in bigint, tokens_out bigint, usd double, "
    "price_date varchar, seconds double, made_at timestamp, expected_usd double, reserved_usd double, remote_id varchar, bucket varchar, "
    "entry varchar, scene_id varchar, conversation integer, error varchar",
    "history": "id bigint, step varchar, action varchar, what varchar, by_user varchar, changes integer, is_undone boolean, made_at timestamp",
    "messages": "conversation integer, title varchar, number integer, role varchar, text varchar, content json, made_at timestamp",
    "assets": "sha256 varchar, media_type varchar, bytes bigint, takes integer, made_at timestamp",
}  # fmt: skip
_ENTRIES: Final = (
    "name varchar, position integer, is_active boolean, circled integer, take integer, takes integer, seconds double, model varchar, "
    "media_type varchar, asset varchar, usd double, rating integer, tags varchar[], note varchar, details json, made_at timestamp, "
    "trashed_at timestamp, key varchar"
)


def sql_tables(store: Store, screenplays: Screenplays, states: States | None = None) -> tuple[SqlTable, ...]:
    """The film's tables for `Analyst.ask`, with `sql_revision(store)` as their revision.

    states: how each (bucket, key) stands by the plan; without it the column `state` is null. Moments are UTC. Amounts are of takes
    that are not in the trash; `takes` lists those too, with `trashed_at`. `shots`, `lines`, `scenes` and `cues` are of the newest script.
    """
    film = _Film(store, screenplays, states)
    readers: dict[str, Callable[[], Iterable[_Row]]] = {name: getattr(film, name) for name in _COLUMNS}
    readers |= {name: partial(film.entries, name) for name in _BUCKETS}
    columns = _COLUMNS | dict.fromkeys(_BUCKETS, _ENTRIES)
    return tuple(SqlTable(name, _split(columns[name]), read) for name, read in readers.items())


def sql_revision(store: Store) -> str:
    """Another text whenever a row of these tables may have changed: the film's own revision, and the newest message."""
    return f"{store.revision()}.{listing.newest_message(store)}"


def _split(columns: str) -> tuple[tuple[str, str], ...]:
    pairs = (each.strip().partition(" ") for each in columns.split(", "))
    return tuple((name, kind) for name, _, kind in pairs)


class _Film:
    """Reads each table's rows when it is asked to."""

    def __init__(self, store: Store, screenplays: Screenplays, states: States | None) -> None:
        self._store = store
        self._screenplays = screenplays
        self._states = states

    # ── by the script ──────────────────────────────────────────────────────────────────────────────────────
    def scenes(self) -> Iterator[_Row]:
        for at, scene in enumerate(self._scenes, start=1):
            head = scene.heading
            yield (
                scene.number, at, head.raw, head.interior, head.place, head.time_of_day, scene.weather, scene.mood,
                len(scene.shots), len(scene.lines), sum(shot.seconds for shot in scene.shots), scene.cast, scene.id,
            )  # fmt: skip

    def shots(self) -> Iterator[_Row]:
        rows, stands, at = self._in_sight("video"), self._stand(), 0
        for scene in self._scenes:
            numbers = {line.id: line.number for line in scene.lines}
            said = {line.id: f"{line.character}: {line.text}" for line in scene.lines}
            for shot in scene.shots:
                at += 1
                row = rows.get(shot.id)
                yield (
                    shot.slate, scene.number, at, shot.size, shot.angle, shot.move, shot.action, shot.cast,
                    [numbers[each] for each in shot.line_ids if each in numbers],
                    " / ".join(said[each] for each in shot.line_ids if each in said),
                    shot.seconds, shot.why, *_take_of(row), stands.get(("video", shot.id)), *_judged(row), shot.id,
                )  # fmt: skip

    def lines(self) -> Iterator[_Row]:
        rows, stands, script = self._in_sight("audio"), self._stand(), self._script
        shots = {line_id: shot.slate for shot in reversed(script.shot_list if script else ()) for line_id in shot.line_ids}
        for scene in self._scenes:
            for line in scene.lines:
                key = f"{LINE}{line.id}"
                row = rows.get(key)
                used, _, takes, model, usd = _take_of(row)
                yield (
                    line.number, scene.number, shots.get(line.id), line.character, line.text, line.delivery, line.parenthetical,
                    used, takes, row.seconds if row else None, model, usd, stands.get(("audio", key)), line.id,
                )  # fmt: skip

    def cues(self) -> Iterator[_Row]:
        stands, scenes = self._stand(), {f"{CUE}{scene.id}": scene.number for scene in self._scenes}
        for at, row in enumerate(self._in_sight("music").values(), start=1):
            used, _, takes, model, usd = _take_of(row)
            moods = [mood for mood, _ in moods_of(row.state)]
            yield (
                row.name,
                at,
                scenes.get(row.key),
                moods,
                used,
                takes,
                row.seconds,
                model,
                usd,
                stands.get(("music", row.key)),
                row.key,
            )

    def characters(self) -> Iterator[_Row]:
        script = self._script
        cast = {member.name: member for member in (script.cast if script else ())}
        for at, row in enumerate(self._in_sight("characters").values(), start=1):
            kept, member = json.loads(row.state or "{}"), cast.get(row.key)
            brief, voice = kept.get("brief") or {}, kept.get("voice") or {}
            counts = (member.lines, member.words, member.scenes) if member else (0, 0, ())
            yield (
                row.name, at, *(brief.get(name) or None for name in ("kind", "age", "gender", "description")),
                voice.get("name"), *counts, row.used or None, row.takes, row.usd, *_judged(row),
            )  # fmt: skip

    # ── the buckets ────────────────────────────────────────────────────────────────────────────────────────
    def entries(self, bucket: str) -> Iterator[_Row]:
        for row in listing.entry_lines(self._store, bucket):
            yield (
                row.name, row.position, bool(row.active), row.circled or None, row.used or None, row.takes, row.seconds or None,
                row.model or None, row.media_type or None, row.asset or None, row.usd, *_judged(row), json.loads(row.state or "{}"), row.made_at,
                row.trashed_at or None, row.key,
            )  # fmt: skip

    def takes(self) -> Iterator[_Row]:
        places = self._places()
        nowhere = (None, None, None)
        for row in listing.takes_of(self._store):
            (
                bucket,
                key,
                name,
                active,
                used,
                circled,
                row_id,
                number,
                agent,
                model,
                media_type,
                seconds,
                usd,
                rating,
                note,
                *rest,
            ) = row
            asset, source_asset, request_key, made_for, prompt_hash, made_at, trashed_at = rest
            yield (
                row_id, bucket, name, number, *places.get((bucket, key), nowhere), bool(used), bool(circled), not active,
                agent or None, model, media_type, seconds or None, usd, rating or None, note, asset, source_asset or None,
                request_key, made_for, prompt_hash or None, made_at, trashed_at or None,
            )  # fmt: skip

    def _places(self) -> dict[tuple[str, str], tuple[str | None, int | None, str]]:
        """(bucket, key) -> (shot, line, scene) that it is for, as far as there is one."""
        found: dict[tuple[str, str], tuple[str | None, int | None, str]] = {}
        for scene in self._scenes:
            found[("audio", f"{AIR}{scene.id}")] = found[("music", f"{CUE}{scene.id}")] = (None, None, scene.number)
            for shot in scene.shots:
                found[("video", shot.id)] = found[("audio", f"{FX}{shot.id}")] = (shot.slate, None, scene.number)
            for line in scene.lines:
                slate = next((shot.slate for shot in scene.shots if line.id in shot.line_ids), None)
                found[("audio", f"{LINE}{line.id}")] = (slate, line.number, scene.number)
        return found

    def inputs(self) -> Iterator[_Row]:
        for take_id, body in listing.inputs_of(self._store):
            for at, each in enumerate(json.loads(body), start=1):
                yield (take_id, at, *(each.get(name, "") for name in ("role", "bucket", "key", "name", "hash")))

    # ── versions, the ledger, the history ──────────────────────────────────────────────────────────────────
    def screenplays(self) -> Iterator[_Row]:
        return ((*row[:-1], row[-1] or None) for row in listing.screenplays_of(self._store))

    def cuts(self) -> Iterator[_Row]:
        for version, made_by, body, made_at, undone_at in listing.cuts_of(self._store):
            cut = json.loads(body)
            over, _, under = str(cut.get("rate", "")).partition("/")
            rate = float(over) / float(under or 1) if over else None
            yield (version, made_by, cut.get("title"), rate, cut.get("script_version"), cut, made_at, undone_at or None)

    def renders(self) -> Iterable[_Row]:
        return listing.renders_of(self._store)

    def calls(self) -> Iterable[_Row]:
        return listing.calls_of(self._store)

    def history(self) -> Iterator[_Row]:
        for row_id, step, action, what, by, changes, undone_by, made_at in listing.history_of(self._store):
            yield (row_id, step, action, what, by, len(json.loads(changes)), undone_by != 0, made_at)

    def messages(self) -> Iterator[_Row]:
        for conversation, title, number, role, content, made_at in listing.messages_of(self._store):
            parts = json.loads(content)
            yield (conversation, title, number, role, _words(parts), parts, made_at)

    def assets(self) -> Iterator[_Row]:
        for sha256, media_type, size, made_at, takes in listing.assets_of(self._store):
            yield (sha256, media_type or None, size if size is not None and size >= 0 else None, takes, made_at)

    # ── inside ─────────────────────────────────────────────────────────────────────────────────────────────
    @property
    def _script(self) -> Screenplay | None:
        return self._screenplays.latest if len(self._screenplays) else None

    @property
    def _scenes(self) -> tuple[Any, ...]:
        script = self._script
        return script.scenes if script else ()

    def _in_sight(self, bucket: str) -> dict[str, EntryLine]:
        return {row.key: row for row in listing.entry_lines(self._store, bucket) if row.active and not row.trashed_at}

    def _stand(self) -> Mapping[tuple[str, str], str]:
        return self._states() if self._states is not None and self._scenes else {}


def _take_of(row: EntryLine | None) -> tuple[int | None, int | None, int, str | None, float]:
    """(take, circled, takes, model, usd)."""
    if row is None:
        return None, None, 0, None, 0.0
    return row.used or None, row.circled or None, row.takes, row.model or None, row.usd


def _judged(row: EntryLine | None) -> tuple[int | None, list[str], str]:
    """(rating, tags, note)."""
    return (None, [], "") if row is None else (row.rating or None, json.loads(row.tags), row.note)


def _words(parts: Sequence[Any]) -> str:
    """What a message says, its parts that are no text left out."""
    return "\n".join(str(part["text"]) for part in parts if isinstance(part, dict) and isinstance(part.get("text"), str))

"""What `crash.py` looks at after the kills: is all there that was said to be kept, and is nothing there by half?

The history is the witness: a film's events, played from the first to the last with every undo and redo, must end in just the rows that
stand. A change without its event, or an event without its change, is told by the column in which they differ.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from glimmer.errors import GlimmerError
from glimmer.export import leftovers, opened_archive
from glimmer.project import Project
from glimmer.store.marking import spoken_of, wanted_assets
from glimmer.store.tables import TRACKED, AssemblyTable, CallTable, EntryTable, EventTable, ScreenplayTable, TakeTable

__all__ = ["Proof", "prove"]

_TOKEN = re.compile(r"tok-[0-9a-f]{16}")
_WORDS_KEPT = 30
Said = Mapping[str, list[tuple[str, str]]]  # user -> (action, token), in the order in which they were said


@dataclass
class Proof:
    """Counts; all but the first four have to be 0."""

    saves: int = 0
    events: int = 0
    assets: int = 0
    archives: int = 0
    lost: int = 0
    halves: int = 0
    damaged: int = 0
    stuck: int = 0  # leftovers that can't be collected
    words: list[str] = field(default_factory=list)

    def tell(self, kind: str, words: str) -> None:
        setattr(self, kind, getattr(self, kind) + 1)
        if len(self.words) < _WORDS_KEPT:
            self.words.append(f"{kind}: {words}")

    def as_json(self) -> str:
        return json.dumps(asdict(self))


def prove(studio: Path, said: Said) -> Proof:
    """Open everything that stands under `studio` and beside it anew, and compare it with what was said."""
    proof = Proof(saves=sum(len(each) for each in said.values()))
    films = [Project(title, studio=studio, models="rehearsal") for title in _titles(studio)]
    lot = films[0].lot
    for finding in lot.database.integrity(thorough=True):
        proof.tell("halves", finding)
    tokens: set[str] = set()
    for film in films:
        tokens |= _film(film, said, proof)
    for user, lines in said.items():
        for action, token in lines:
            if token and action not in ("archive", "removed", "founded") and f"tok-{token}" not in tokens:
                proof.tell("lost", f"{user} was told that {action or 'call'} {token} is kept; it is in no row")
    _assets(films[0], proof)
    _archives(studio.parent / "archives", said, proof)
    _founded(studio.parent / "founded", said, proof)
    lot.close()
    return proof


def _titles(studio: Path) -> tuple[str, ...]:
    from glimmer.store import Database
    from glimmer.store.store import titles

    database = Database(studio / "glimmer.db")
    try:
        return titles(database)
    finally:
        database.close()


# ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────
def _film(film: Project, said: Said, proof: Proof) -> set[str]:
    """Check one film; every token that stands in its rows."""
    of_film = film.store.project_id
    with film.lot.database.read() as session:
        events = list(session.scalars(select(EventTable).where(EventTable.project_id == of_film).order_by(EventTable.id)))
        entries = list(session.scalars(select(EntryTable).where(EntryTable.project_id == of_film)))
        takes = list(session.scalars(select(TakeTable).join(EntryTable).where(EntryTable.project_id == of_film)))
        scripts = list(session.scalars(select(ScreenplayTable).where(ScreenplayTable.project_id == of_film)))
        cuts = list(session.scalars(select(AssemblyTable).where(AssemblyTable.project_id == of_film)))
        calls = list(session.scalars(select(CallTable.request_key).where(CallTable.project_id == of_film)))
    proof.events += len(events)
    _said_in_order(film.title, events, said, proof)
    rows = {("entry", row.id): row for row in entries} | {("take", row.id): row for row in takes}
    rows |= {("screenplay", row.id): row for row in scripts} | {("assembly", row.id): row for row in cuts}
    _played(film.title, events, rows, proof)
    _used(film.title, entries, takes, proof)
    by_entry = Counter(row.entry_id for row in takes)
    for entry_id, count in by_entry.items():
        _gapless(f"takes of entry {entry_id}", (row.number for row in takes if row.entry_id == entry_id), count, proof)
    _gapless("screenplays", (row.version for row in scripts), len(scripts), proof)
    _gapless("cuts", (row.version for row in cuts), len(cuts), proof)
    texts = [each.changes for each in events] + [row.request_key for row in takes] + calls
    texts += [row.text for row in scripts] + [row.cut for row in cuts]
    return {token for text in texts for token in _TOKEN.findall(text)}


def _said_in_order(title: str, events: Iterable[EventTable], said: Said, proof: Proof) -> None:
    """What a child said must be the beginning of its own events; after it at most the one that it was killed in."""
    by_user: dict[str, list[str]] = {}
    for each in events:
        by_user.setdefault(each.by, []).append(each.action)
    for user, done in by_user.items():
        told = [action for action, _ in said.get(user, []) if action not in ("", "archive", "removed", "founded")]
        if user == "before":
            continue
        if done[: len(told)] != told:
            proof.tell(
                "lost", f'{user} in "{title}" was told {len(told)} steps are kept ({told[-3:]}); {len(done)} are ({done[-3:]})'
            )
        elif len(done) > len(told) + 1:
            proof.tell("halves", f'{user} in "{title}" made {len(done)} events of {len(told)} steps')


def _played(title: str, events: list[EventTable], rows: Mapping[tuple[str, int], Any], proof: Proof) -> None:
    """Play the history and compare its end with the rows."""
    stand: dict[tuple[str, int, str], Any] = {}
    made: set[tuple[str, int]] = set()
    in_trash: dict[tuple[str, int], bool] = {}
    undone: dict[int, bool] = {}
    steps: dict[str, list[EventTable]] = {}

    def play(each: EventTable, side: int) -> None:
        changes = json.loads(each.changes)
        for name, row_id, columns in reversed(changes) if side == 0 else changes:
            if columns is None:
                made.add((name, row_id))
                in_trash[name, row_id] = side == 0
            for column, pair in (columns or {}).items():
                stand[name, row_id, column] = pair[side]
                if column == "trashed_at":
                    in_trash.pop((name, row_id), None)

    for each in events:
        if each.action in ("undo", "redo"):
            of_step = [one for one in steps.get(each.step, []) if undone[one.id] == (each.action == "redo")]
            for one in reversed(of_step) if each.action == "undo" else of_step:
                play(one, 0 if each.action == "undo" else 1)
                undone[one.id] = each.action == "undo"
            continue
        for name, row_id, columns in json.loads(each.changes):
            for column, (before, _) in (columns or {}).items():
                known = stand.get((name, row_id, column), before)
                if known != before and column != "trashed_at":
                    proof.tell(
                        "halves", f'"{title}" event {each.id}: {name} {row_id}.{column} was {before!r:.60}, not {known!r:.60}'
                    )
        steps.setdefault(each.step, []).append(each)
        undone[each.id] = False
        play(each, 1)
    for (name, row_id, column), value in stand.items():
        row = rows.get((name, row_id))
        real = getattr(row, column, "no such row")
        if (bool(real) != bool(value)) if column == "trashed_at" else real != value:
            proof.tell("halves", f'"{title}" {name} {row_id}.{column} is {real!r:.60}; its history says {value!r:.60}')
    for (name, row_id), trashed in in_trash.items():
        if bool(getattr(rows.get((name, row_id)), "trashed_at", None)) != trashed:
            proof.tell("halves", f'"{title}" {name} {row_id}: its history says {"in the trash" if trashed else "it stands"}')
    for key in rows.keys() - made:
        proof.tell("halves", f'"{title}" {key[0]} {key[1]} stands and no event made it')
    for key in made - rows.keys():
        proof.tell("halves", f'"{title}" an event made {key[0]} {key[1]}, and it is not there')
    for each in events:
        if each.id in undone and undone[each.id] != (each.undone_by != 0):
            proof.tell(
                "halves", f'"{title}" event {each.id} is marked undone_by {each.undone_by}; its history says {undone[each.id]}'
            )


def _used(title: str, entries: Iterable[EntryTable], takes: Iterable[TakeTable], proof: Proof) -> None:
    """`used_id` by the rule: the circled take, else the first for what is wanted, else the newest; never one in the trash."""
    standing: dict[int, list[TakeTable]] = {}
    for row in sorted(takes, key=lambda row: row.number):
        if not row.trashed_at:
            standing.setdefault(row.entry_id, []).append(row)
    for entry in entries:
        mine = standing.get(entry.id, [])
        circled = [row.id for row in mine if entry.circled and row.number == entry.circled]
        wanted = [row.id for row in mine if row.made_for == entry.wanted]
        right = next(iter(circled or wanted or [row.id for row in mine[-1:]]), None)
        if entry.used_id != right:
            proof.tell("halves", f'"{title}" {entry.name} uses take {entry.used_id}; by the rule {right}')


def _gapless(what: str, numbers: Iterable[int], count: int, proof: Proof) -> None:
    if sorted(numbers) != list(range(1, count + 1)):
        proof.tell("halves", f"the numbers of {what} have gaps")


# ── files ───────────────────────────────────────────────────────────────────────────────────────────────────
def _assets(film: Project, proof: Proof) -> None:
    """Every file that a row names is there with its hash; the rest can be collected, and nothing else goes with it."""
    database, assets = film.lot.database, film.assets
    wanted = wanted_assets(database)
    for fault in assets.examine(wanted):
        proof.tell("damaged", fault.words)
    for fault in assets.examine({one.sha256: None for one in assets.stored() if one.sha256 not in wanted}):
        proof.tell("damaged", f"named by no row yet: {fault.words}")
    assets.collect(spoken_of(database), grace=timedelta(0), dry_run=False)
    spoken = spoken_of(database)
    for one in assets.leftovers():
        proof.tell("stuck", f"{one.kind} {one.name}")
    for stored in assets.stored():
        if stored.sha256 not in spoken:
            proof.tell("stuck", f"{stored.sha256} is spoken of by no row and was not collected")
    for fault in assets.examine(wanted, deep=False):
        proof.tell("damaged", f"after collecting: {fault.words}")
    proof.assets += len(wanted)


def _archives(folder: Path, said: Said, proof: Proof) -> None:
    """What has an archive's name opens whole; what was said to be written is there; what is half can be swept."""
    leftovers.sweep(folder, ".glimmer-archive-", young_seconds=0)
    for path in sorted(folder.iterdir()):
        if path.suffix != ".glim":
            proof.tell("stuck", f"{path.name} among the archives")
            continue
        try:
            with opened_archive(path, staging=folder.parent / "staging"):
                proof.archives += 1
        except GlimmerError as error:
            proof.tell("damaged", str(error))
    for lines in said.values():
        gone = {token for action, token in lines if action == "removed"}
        for action, token in lines:
            name, _, sha256 = token.partition(" ")
            if action == "archive" and name not in gone:
                _archive(folder / name, sha256, lines, proof)


def _archive(path: Path, sha256: str, lines: list[tuple[str, str]], proof: Proof) -> None:
    if not path.exists():
        if sha256 and lines[-1] != ("archive", f"{path.name} {sha256}"):
            return  # its writer was killed between removing it and saying so
        proof.tell("lost", f"{path.name} was written, and is gone")
    elif sha256 and hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        proof.tell("damaged", f"{path.name} is another file than was written")


def _founded(folder: Path, said: Said, proof: Proof) -> None:
    """A studio that was being made opens, or what is there can be opened anew; what was said to stand in it does."""
    told = [token.split(" ") for lines in said.values() for action, token in lines if action == "founded"]
    by_place = dict(told)
    for place in sorted(folder.iterdir()):
        film = Project("First", studio=place, models="rehearsal")
        with film.lot.database.read() as session:
            keys = set(session.scalars(select(CallTable.request_key)))
        for finding in film.lot.database.integrity(thorough=True):
            proof.tell("halves", finding)
        if place.name in by_place and by_place[place.name] not in keys:
            proof.tell("lost", f"the first call in {place.name}")
        film.lot.close()
    for name in by_place.keys() - {place.name for place in folder.iterdir()}:
        proof.tell("lost", f"the studio {name}")


assert set(TRACKED) == {"entry", "take", "screenplay", "assembly"}  # a new kind of row wants to be played as well

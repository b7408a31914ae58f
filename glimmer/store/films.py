"""Films: which there are in a studio, whose they are, how they stand; and the verbs that are about a film as a whole.

A film is its row in `project`; what belongs to it points at the row's number, never at the title. So a film that is renamed or put
into the trash while another process works on it loses nothing: that process goes on with the same row.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import JSON, ColumnElement, Float, cast, func, select, type_coerce
from sqlalchemy.orm import Session

from glimmer import log
from glimmer.errors import NotFound, SettingsError, StoreError
from glimmer.store.database import Database
from glimmer.store.film_rows import user_id
from glimmer.store.tables import (
    AssemblyTable,
    CallTable,
    EntryTable,
    EventTable,
    JobTable,
    ProjectTable,
    TakeTable,
    UserTable,
    Video,
    now,
)
from glimmer.titles import checked_title
from glimmer.vocabulary import Noun

__all__ = [
    "FilmRow",
    "check_free",
    "create_film",
    "film_named",
    "film_titles",
    "films",
    "give_film",
    "rename_film",
    "restore_film",
    "running_renders",
    "trash_film",
]

_UNFINISHED: Final = ("waiting", "running")


class FilmRow(Noun):
    """One film as a studio's list tells it.

    shots: what the script asks for, the trash left out. takes: all that were made, the trash too. renders: finished ones. seconds: how
    long its newest cut plays, or, where an older release kept that, its newest render; None before there is either. usd: what all its model calls have cost. poster: sha256 of the first board, "" for none. Times are UTC.
    """

    id: int
    title: str
    owner: str = ""
    shots: int = 0
    takes: int = 0
    renders: int = 0
    seconds: float | None = None
    usd: float = 0.0
    poster: str = ""
    made_at: str = ""
    changed_at: str = ""
    trashed_at: str = ""


# ── looking ─────────────────────────────────────────────────────────────────────────────────────────────────
def films(database: Database, *, trashed: bool = False) -> tuple[FilmRow, ...]:
    """Every film of the studio, or every one in its trash, the newest change first. One question, whatever their number."""
    held = ProjectTable.trashed_at != "" if trashed else ProjectTable.trashed_at == ""
    query = select(
        ProjectTable.id,
        ProjectTable.title,
        ProjectTable.made_at,
        ProjectTable.trashed_at,
        func.coalesce(UserTable.name, "").label("owner"),
        _of_film(func.count(EntryTable.id), _is_shot()).label("shots"),
        _take_count().label("takes"),
        _of_film(func.count(JobTable.id), JobTable.project_id == ProjectTable.id, JobTable.state == "done").label("renders"),
        func.coalesce(_cut_seconds(), _render_seconds(database)).label("seconds"),
        _of_film(func.coalesce(func.sum(CallTable.usd), 0.0), CallTable.project_id == ProjectTable.id).label("usd"),
        _poster().label("poster"),
        *(_newest(table).label(f"of_{number}") for number, table in enumerate((EventTable, CallTable, JobTable))),
    ).outerjoin(UserTable, ProjectTable.owner_id == UserTable.id)
    with database.read() as session:
        found = [_film(dict(row)) for row in session.execute(query.where(held)).mappings()]
    return tuple(sorted(found, key=lambda film: (film.changed_at, film.id), reverse=True))


def film_titles(database: Database) -> tuple[str, ...]:
    """The films of a studio, oldest first; those in the trash left out."""
    with database.read() as session:
        return tuple(session.scalars(select(ProjectTable.title).where(ProjectTable.trashed_at == "").order_by(ProjectTable.id)))


def film_named(database: Database, title: str) -> FilmRow:
    """The film of this title: its number, owner and dates; shots, takes and the rest are not counted.

    Raises: NotFound with the nearest titles; StoreError for one in the trash.
    """
    with database.read() as session:
        row = _standing(session, title)
        owner = session.get(UserTable, row.owner_id) if row.owner_id else None
        return FilmRow(id=row.id, title=row.title, owner=owner.name if owner else "", made_at=row.made_at, changed_at=row.made_at)


def check_free(database: Database, title: str) -> str:
    """The title as it would be kept, if no film has it. Another process may still be quicker: the verbs look again.

    Raises: InputError for an impossible one, SettingsError if a film has it, in the trash or not.
    """
    words = checked_title(title)
    with database.read() as session:
        _check_free(session, words)
    return words


def running_renders(database: Database, *, since: str = "") -> tuple[tuple[str, int], ...]:
    """(film, number) of every render that waits or runs, as the rows tell it, and was begun at or after `since` (ISO 8601)."""
    query = (
        select(ProjectTable.title, JobTable.number)
        .join(ProjectTable, JobTable.project_id == ProjectTable.id)
        .where(JobTable.state.in_(_UNFINISHED), JobTable.made_at >= since)
    )
    with database.read() as session:
        return tuple((str(title), int(number)) for title, number in session.execute(query.order_by(JobTable.id)))


# ── verbs: each one transaction ─────────────────────────────────────────────────────────────────────────────
def create_film(database: Database, title: str, *, owner: str = "") -> str:
    """Make an empty film; the title as it is kept.

    Raises: InputError for an impossible title, SettingsError for one that a film has, in the trash or not.
    """
    words = checked_title(title)
    with database.write() as session:
        _check_free(session, words)
        session.add(ProjectTable(title=words, owner_id=user_id(session, owner)))
    log.event("film.created", title=words)
    return words


def rename_film(database: Database, title: str, new: str) -> str:
    """Give the film another title; the title as it is kept.

    Raises: NotFound, InputError or SettingsError as `create_film`.
    """
    words = checked_title(new)
    with _changed(database, title) as (session, film):
        if words == film.title:
            return words
        _check_free(session, words)
        film.title = words
    log.event("film.renamed", was=title, title=words)
    return words


def trash_film(database: Database, title: str) -> None:
    """Put the film into the trash with all that belongs to it. Nothing is deleted, and its title stays taken."""
    with _changed(database, title) as (_, film):
        film.trashed_at = now()
    log.event("film.trashed", title=title)


def restore_film(database: Database, title: str) -> None:
    """Bring a film back from the trash.

    Raises: NotFound if there is none of that title in it.
    """
    words = " ".join(str(title).split())
    with database.write() as session:
        film = session.scalar(select(ProjectTable).where(ProjectTable.title == words, ProjectTable.trashed_at != ""))
        if film is None:
            held = session.scalars(select(ProjectTable.title).where(ProjectTable.trashed_at != ""))
            raise NotFound.among("film in the trash", words, held, see="studio.trashed")
        film.trashed_at = ""
    log.event("film.restored", title=words)


def give_film(database: Database, title: str, to: str) -> None:
    """Make the user `to` the film's owner; one who is new here is made. Says who owns it, forbids nobody anything."""
    with _changed(database, title) as (session, film):
        film.owner_id = user_id(session, to)
    log.event("film.given", title=title, to=to)


# ── inside ──────────────────────────────────────────────────────────────────────────────────────────────────
@contextmanager
def _changed(database: Database, title: str) -> Iterator[tuple[Session, ProjectTable]]:
    with database.write() as session:  # film 0: titles are given one at a time in the whole studio
        yield session, _standing(session, title)


def _standing(session: Session, title: str) -> ProjectTable:
    words = " ".join(str(title).split())
    film = session.scalar(select(ProjectTable).where(ProjectTable.title == words))
    if film is None:
        titles = session.scalars(select(ProjectTable.title).where(ProjectTable.trashed_at == "").order_by(ProjectTable.id.desc()))
        raise NotFound.among("film", words, titles)
    if film.trashed_at:
        raise StoreError(
            f'"{words}" is in the studio\'s trash since {film.trashed_at[:10]}; expected a film that stands. '
            f'Bring it back: studio.restore("{words}").'
        )
    return film


def _check_free(session: Session, title: str) -> None:
    held = session.execute(select(ProjectTable.trashed_at).where(ProjectTable.title == title)).one_or_none()
    if held is None:
        return
    if held[0]:
        raise SettingsError(
            f'a film called "{title}" is in the studio\'s trash, which keeps its title; expected one that is free. '
            f'Bring it back: studio.restore("{title}"), or choose another title.'
        )
    raise SettingsError(
        f'a film called "{title}" is in this studio already; expected a new title. Choose another, or open it: studio.open("{title}").'
    )


def _film(row: dict[str, Any]) -> FilmRow:
    times = [str(row.pop(f"of_{number}") or "") for number in range(3)]
    return FilmRow(**row | {"poster": row["poster"] or ""}, changed_at=max(row["made_at"], *times))


def _of_film(counted: Any, *where: ColumnElement[bool]) -> Any:
    return select(counted).where(*where).correlate(ProjectTable).scalar_subquery()


def _is_shot() -> ColumnElement[bool]:
    return (
        (EntryTable.project_id == ProjectTable.id)
        & (EntryTable.bucket == "video")
        & EntryTable.active
        & (EntryTable.trashed_at == "")
    )


def _take_count() -> Any:
    """Every take, the trash too: told by the index alone. To look at each row's trash takes 0.4 s more for 100,000 takes."""
    takes = select(func.count(TakeTable.number)).join(EntryTable, TakeTable.entry_id == EntryTable.id)
    return takes.where(EntryTable.project_id == ProjectTable.id).correlate(ProjectTable).scalar_subquery()


def _poster() -> Any:
    """The take of the first shot that has one."""
    first = select(TakeTable.asset).join(Video, Video.used_id == TakeTable.id).where(Video.project_id == ProjectTable.id)
    standing = first.where(Video.active, Video.trashed_at == "")
    return standing.order_by(Video.position, Video.id).limit(1).correlate(ProjectTable).scalar_subquery()


def _cut_seconds() -> Any:
    standing = select(AssemblyTable.seconds).where(AssemblyTable.project_id == ProjectTable.id, AssemblyTable.trashed_at == "")
    return standing.order_by(AssemblyTable.version.desc()).limit(1).correlate(ProjectTable).scalar_subquery()


def _render_seconds(database: Database) -> Any:
    as_json = cast(JobTable.result, JSON) if database.is_postgres else type_coerce(JobTable.result, JSON)
    newest = select(cast(as_json["seconds"].as_string(), Float)).where(JobTable.project_id == ProjectTable.id)
    finished = newest.where(JobTable.state == "done", JobTable.result != "").order_by(JobTable.number.desc()).limit(1)
    return finished.correlate(ProjectTable).scalar_subquery()


def _newest(table: Any) -> Any:
    """When the film's newest row of `table` was made: the end of an index."""
    newest = select(table.made_at).where(table.project_id == ProjectTable.id).order_by(table.id.desc()).limit(1)
    return newest.correlate(ProjectTable).scalar_subquery()

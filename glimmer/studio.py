"""Studio: where films live. Lists, makes, renames and trashes them, looks after what they are made of, and takes archives in.

    studio = gl.Studio()                                  # ./studio, or $GLIMMER_STUDIO
    studio = gl.Studio("postgresql://me@host/films", assets="gs://bucket/prefix")
    film = studio.open("The Lighthouse")

Holds no film: each call looks at the disk, so that what another kernel did a moment ago is in the answer.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from glimmer import log
from glimmer.archiving import take_in_archive
from glimmer.display import Table, cost_text, count_text, duration_text, one_line
from glimmer.faces import HasFace
from glimmer.lot import Lot
from glimmer.project import Project
from glimmer.settings import Settings
from glimmer.store import films
from glimmer.store.films import FilmRow
from glimmer.store.marking import needed_by, spoken_of, wanted_assets
from glimmer.studio_card import Checked, Loss, studio_card

__all__ = ["Studio"]


class Studio(HasFace):
    """A place with films. `where`: a folder (created), or "postgresql://…"; else $GLIMMER_STUDIO, else ./studio."""

    def __init__(
        self,
        where: str | Path | None = None,
        *,
        assets: str | Path | None = None,
        models: str | None = None,
        user: str | None = None,
    ) -> None:
        """`assets`: where media lie, a folder or "gs://bucket/prefix"; else $GLIMMER_ASSETS, else the studio's own folder.

        Raises: StoreError if it can't be opened or written; SettingsError for an impossible address; NotInstalled without its driver.
        """
        settings = Settings.from_environment(studio=where, assets=assets, models=models, user=user)
        self.lot = Lot.at(settings.studio, assets=settings.assets)
        self.user = settings.user
        self.is_usual = where is assets is models is user is None  # the one that gl.Project(title) opens films of
        self._models = settings.models

    # ── its films ──────────────────────────────────────────────────────────────────────────────────────────
    @property
    def projects(self) -> Table:
        """Every film: whose, how long, of how much, what it has cost and when it changed (UTC); the newest change first."""
        rows = [_listed(film) for film in films.films(self.lot.database)]
        return Table(("film", "owner", "length", "shots", "takes", "renders", "spent", "changed"), rows)

    @property
    def trashed(self) -> Table:
        """The films in the trash, the newest change first. Nothing of them is deleted."""
        rows = [
            (film.title, film.owner, film.shots, film.takes, cost_text(film.usd), _moment(film.trashed_at))
            for film in films.films(self.lot.database, trashed=True)
        ]
        return Table(("film", "owner", "shots", "takes", "spent", "trashed"), rows)

    def open(self, title: str) -> Project:
        """The film of this title.

        Raises: NotFound with the nearest titles; StoreError for one in the trash.
        """
        return self._project(films.film_named(self.lot.database, title).title)

    def create(self, title: str) -> Project:
        """A new film, yours.

        Raises: InputError for an impossible title; SettingsError for one that a film here has, in the trash or not.
        """
        return self._project(films.create_film(self.lot.database, title, owner=self.user))

    def rename(self, old: str, new: str) -> None:
        """Call the film `old` by another title. Who has it open goes on with it, and reads the old title until it is opened anew.

        Raises: NotFound; InputError or SettingsError as `create`.
        """
        films.rename_film(self.lot.database, old, new)

    def trash(self, title: str) -> None:
        """Put a film into the trash. Nothing is deleted, its title stays taken; who has it open goes on, and nothing of that is lost.

        Raises: NotFound; StoreError if it is there already.
        """
        films.trash_film(self.lot.database, title)

    delete = trash

    def restore(self, title: str) -> None:
        """Bring a film back from the trash. Raises: NotFound if it is not in it."""
        films.restore_film(self.lot.database, title)

    def owner(self, title: str) -> str:
        """Whose film it is, "" for nobody's. Raises: NotFound."""
        return films.film_named(self.lot.database, title).owner

    def give(self, title: str, *, to: str) -> None:
        """Make the user `to` the film's owner. Says who owns it, and forbids nobody anything.

        Raises: NotFound; SettingsError for a name that can't be shown.
        """
        films.give_film(self.lot.database, title, Settings.from_environment(user=to).user)

    def open_archive(self, path: str | os.PathLike[str], title: str | None = None) -> Project:
        """The film in the archive `path`, which is a film of this studio from now on, under its own title or `title`.

        All of it or nothing: everything is verified before the first row is kept.
        Raises: ArchiveError that names the part and the reason; SettingsError for a title that is taken; StoreError if the disk refuses.
        """
        return self._project(take_in_archive(self.lot, path, title=title or "", owner=self.user))

    def _project(self, title: str) -> Project:
        return Project(title, studio=self, models=self._models, user=self.user)

    # ── its upkeep ─────────────────────────────────────────────────────────────────────────────────────────
    def check(self, *, deep: bool = True) -> Checked:
        """Every media file that a film relies on and that is missing or damaged, with who needs it; and whether the database is whole.

        Reads every byte; with `deep=False` looks only whether each file is there with its size. Changes nothing.
        """
        database, assets = self.lot.database, self.lot.assets
        wrong = database.integrity(thorough=deep)
        wanted = wanted_assets(database)
        faults = {fault.sha256: fault for fault in assets.examine(wanted, deep=deep)}
        needs = needed_by(database, faults) if faults else ()
        losses = tuple(Loss.of(faults[need.sha256], need) for need in needs)
        spoken = spoken_of(database)
        unused = sum(stored.sha256 not in spoken for stored in assets.stored())
        leftovers = sum(1 for _ in assets.leftovers())
        log.event("studio.checked", assets=len(wanted), faults=len(faults), database=len(wrong), deep=deep)
        return Checked(self.lot.where, len(wanted), losses, wrong, unused, leftovers, deep)

    def backup(self, to: str | Path | None = None) -> Path:
        """A whole, checked copy of the database in the new file `to`, else in the studio's `backups` under the date. Media are not in it.

        Raises: StoreError if it can't be written, or the studio is in Postgres (which has pg_dump).
        """
        stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H%M%S")
        path = self.lot.database.backup(self.lot.folder / "backups" / f"glimmer-{stamp}.db" if to is None else Path(to))
        log.event("studio.backed_up", to=str(path))
        return path

    def close(self) -> None:
        """Let go of the database's connections. Films that are open go on, and connect again when they need to."""
        self.lot.database.close()

    # ── as a collection ────────────────────────────────────────────────────────────────────────────────────
    def __getitem__(self, title: str) -> Project:
        return self.open(title)

    def __iter__(self) -> Iterator[str]:
        """The titles, the oldest film first."""
        return iter(films.film_titles(self.lot.database))

    def __contains__(self, title: object) -> bool:
        return isinstance(title, str) and " ".join(title.split()) in films.film_titles(self.lot.database)

    def __len__(self) -> int:
        return len(films.film_titles(self.lot.database))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __bool__(self) -> bool:
        return True  # a studio with no films is a studio

    def __repr__(self) -> str:
        found = films.films(self.lot.database)
        usd = sum(film.usd for film in found)
        return one_line("studio", self.lot.where, count_text(len(found), "film"), cost_text(usd))

    def _repr_html_(self) -> str:
        found = films.films(self.lot.database)
        in_trash = len(films.films(self.lot.database, trashed=True))
        return studio_card(self.lot, found, in_trash)


def _listed(film: FilmRow) -> tuple[object, ...]:
    length = duration_text(film.seconds) if film.seconds is not None else ""
    spent = cost_text(film.usd)
    return film.title, film.owner, length, film.shots, film.takes, film.renders, spent, _moment(film.changed_at)


def _moment(at: str) -> str:
    """ "2026-11-22 23:43": to the minute, as a table shows it."""
    return at[:16].replace("T", " ")

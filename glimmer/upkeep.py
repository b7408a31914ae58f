"""Upkeep: what `glimmer studio …` does and says: lists, checks, backups, the trash, archives, and garbage collection.

A face, beside the command line, so that `cli.py` only reads arguments. Each verb returns what a person reads. Collecting garbage is the
only thing in Glimmer that deletes media, and this is its only door.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from glimmer import log
from glimmer.archiving import archive_film
from glimmer.display import bytes_text, count_text
from glimmer.errors import SettingsError, StoreError
from glimmer.settings import Settings, shown_place
from glimmer.store import Store
from glimmer.store.films import running_renders
from glimmer.store.marking import spoken_of
from glimmer.studio import Studio
from glimmer.studio_card import ADVICE, Checked
from glimmer.titles import file_name

if TYPE_CHECKING:
    from glimmer.assets import Collected

__all__ = ["archived", "checked", "collect_garbage", "collected", "listed", "opened", "taken_in", "trash_listed"]

SHORTEST_GRACE: Final = timedelta(hours=1)  # an archive of 100 GB is taken in within it
_RENDER_IS_DEAD: Final = timedelta(hours=24)  # no render of a feature takes so long; its process was killed
_MOST_LOSSES: Final = 200


def opened(studio: str, assets: str, *, may_be_new: bool = False) -> Studio:
    """The studio that the words name. A folder with no studio in it is refused, so that a slip of the pen makes no empty one.

    Raises: StoreError, SettingsError.
    """
    settings = Settings.from_environment(studio=studio or None, assets=assets or None)
    if "://" not in settings.studio and not may_be_new and not (Path(settings.studio) / "glimmer.db").exists():
        raise StoreError(
            f'there is no studio in "{Path(settings.studio).resolve()}" (no glimmer.db); expected a folder in which films were made. '
            "Write --studio FOLDER, or set GLIMMER_STUDIO."
        )
    return Studio(studio or None, assets=assets or None)


def listed(studio: Studio, *, titles_only: bool = False) -> str:
    """The films as a table, or every title on its own line."""
    if titles_only:
        return "\n".join(studio)
    return f"{studio!r}\n\n{studio.projects!r}"


def trash_listed(studio: Studio) -> str:
    return repr(studio.trashed) if len(studio.trashed) else "The trash is empty."


def checked(found: Checked, studio: Studio) -> str:
    """The verdict, then what is wrong, each with who needs it."""
    lines = [repr(found), *(f"  {words}" for words in found.database), *(f"  {loss}" for loss in found.losses[:_MOST_LOSSES])]
    if len(found.losses) > _MOST_LOSSES:
        lines.append(f"  … and {len(found.losses) - _MOST_LOSSES:,} more")
    if found.losses:
        lines += [f"Looked for in {studio.lot.assets.where}. {ADVICE}", *studio.lot.notices]
    return "\n".join(lines)


# ── garbage ─────────────────────────────────────────────────────────────────────────────────────────────────
def collect_garbage(studio: Studio, *, grace: timedelta, delete: bool = False, while_rendering: bool = False) -> Collected:
    """Delete the media that nothing in any row speaks of, and unfinished files, if older than `grace`; without `delete` only count them.

    Trash, history and old cuts speak, too. Foreign files are never touched. What is put meanwhile is younger than any `grace`.
    Raises: SettingsError for a shorter grace than an hour, or media of which this studio knows none; StoreError while a render runs.
    """
    if grace < SHORTEST_GRACE:
        raise SettingsError(
            f"a grace time of {grace}; expected at least {SHORTEST_GRACE}, for somebody may just be putting in what no row speaks of yet."
        )
    running = running_renders(studio.lot.database, since=_begun_since())
    if running and delete and not while_rendering:
        film, number = running[0]
        raise StoreError(
            f'render {number} of "{film}" is not finished; garbage is collected while nothing renders. Wait for it. '
            "If its process is gone, say so: --while-rendering (what a film speaks of is kept in any case)."
        )
    keep = spoken_of(studio.lot.database)
    _check_ours(studio, keep)
    found = studio.lot.assets.collect(keep, grace=grace, dry_run=not delete)
    log.event("studio.collected", objects=found.objects, bytes=found.bytes, leftovers=found.leftovers, dry_run=found.dry_run)
    return found


def collected(found: Collected, grace: timedelta) -> str:
    what = f"{count_text(found.objects, 'unused file')} and {count_text(found.leftovers, 'unfinished one')}"
    older = f"older than {_grace_text(grace)}"
    if not found.objects + found.leftovers:
        return f"Nothing to free: no unused or unfinished file is {older}."
    if found.dry_run:
        return f"Would free {bytes_text(found.bytes)}: {what}, {older}. Nothing was deleted; add --yes to delete them."
    return f"Freed {bytes_text(found.bytes)}: {what}, {older}."


def _begun_since() -> str:
    return (datetime.now(UTC) - _RENDER_IS_DEAD).isoformat(timespec="seconds")


def _check_ours(studio: Studio, keep: set[str]) -> None:
    """Media in a place of their own may be another studio's: then this one knows none of them."""
    lot = studio.lot
    if Path(lot.assets.where).is_relative_to(lot.folder):
        return
    there = [stored.sha256 for stored in lot.assets.stored()]
    if there and keep.isdisjoint(there):
        raise SettingsError(
            f"none of the {len(there):,} files in {lot.assets.where} is spoken of in {lot.where}; expected the media of this studio. "
            "They look like another one's: check --assets and --studio (GLIMMER_ASSETS, GLIMMER_STUDIO). Nothing was deleted."
        )


def _grace_text(grace: timedelta) -> str:
    hours = grace.total_seconds() / 3600
    return f"{hours / 24:g} days" if hours >= 48 else f"{hours:g} hours"


# ── archives ────────────────────────────────────────────────────────────────────────────────────────────────
def archived(studio: Studio, title: str, out: str, *, renders: bool, overwrite: bool, without_missing: bool) -> str:
    """Write the film's archive, under its title in this folder if `out` is not given."""
    store = Store(studio.lot.database, " ".join(title.split()), user=studio.user, create=False)
    target = Path(out or f"{file_name(store.title)}.glim")
    made = archive_film(store, studio.lot, target, renders=renders, overwrite=overwrite, without_missing=without_missing)
    return "\n".join([repr(made), *(f"  {notice}" for notice in made.notices)])


def taken_in(studio: Studio, path: str, title: str) -> str:
    film = studio.open_archive(Path(path).expanduser(), title or None)
    return f'"{film.title}" is a film of {shown_place(studio.lot.where)} now.'

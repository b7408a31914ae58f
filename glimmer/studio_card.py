"""How a studio looks: its films with their posters, what they have cost; and what came of looking it over."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

from glimmer.assets import Fault, thumbnail
from glimmer.display import (
    Html,
    Table,
    card,
    cost_text,
    count_text,
    duration_text,
    next_step,
    one_line,
    plain_line,
    thumbnail_uri,
)
from glimmer.errors import StoreError
from glimmer.limits import MAX_CARD_ROWS
from glimmer.lot import Lot
from glimmer.store.films import FilmRow
from glimmer.store.marking import Need

__all__ = ["ADVICE", "Checked", "Loss", "studio_card"]

_POSTER_PX: Final = 128
_SHOWN_PX: Final = (96, 54)
_FRAME: Final = f"width:{_SHOWN_PX[0]}px;height:{_SHOWN_PX[1]}px;border-radius:4px"
_HASH_SHOWN: Final = 12


def studio_card(lot: Lot, found: tuple[FilmRow, ...], in_trash: int) -> Html:
    """The dashboard: `found` with the newest change first. A poster that lies in a bucket and was never fetched is left out."""
    facts = [
        ("films", f"{len(found):,}" + (f", and {in_trash:,} in the trash" if in_trash else "")),
        ("spent", cost_text(sum(film.usd for film in found))),
        ("where", lot.where),
        ("media", lot.assets.where),
    ]
    rows = [_row(lot, film) for film in found[:MAX_CARD_ROWS]] + [_plain_row(film) for film in found[MAX_CARD_ROWS:]]
    table = Table(("", "film", "length", "holds", "spent", "changed"), rows) if found else None
    hint = next_step("open one", f"studio.open({found[0].title!r})") if found else _FIRST
    inside = Html((table.inner_html() if table else "") + hint)
    return card("studio", facts, inside=inside, notices=lot.notices)


_FIRST: Final = next_step("begin a film", 'studio.create("The Lighthouse")')


def _row(lot: Lot, film: FilmRow) -> tuple[object, ...]:
    return (_poster(lot, film), *_plain_row(film)[1:])


def _plain_row(film: FilmRow) -> tuple[object, ...]:
    length = duration_text(film.seconds) if film.seconds is not None else ""
    size = " · ".join(
        count_text(count, thing) for count, thing in ((film.shots, "shot"), (film.takes, "take"), (film.renders, "render")) if count
    )
    return "", _titled(film), length, size or "empty", cost_text(film.usd), film.changed_at[:16].replace("T", " ")


def _titled(film: FilmRow) -> Html:
    owner = f"<div style='opacity:0.7'>{escape(plain_line(film.owner))}</div>" if film.owner else ""
    return Html(f"<b>{escape(plain_line(film.title))}</b>{owner}")


def _poster(lot: Lot, film: FilmRow) -> Html:
    path = _lying(lot, film.poster) if film.poster else None
    small = thumbnail(path, _POSTER_PX) if path is not None else b""
    if not small:
        return Html(f"<div style='{_FRAME};background-color:rgba(128,128,128,0.14)'></div>")
    uri = thumbnail_uri(small)
    return Html(f'<img src="{uri}" alt="{escape(plain_line(film.title))}" style="display:block;{_FRAME};object-fit:cover">')


def _lying(lot: Lot, sha256: str) -> Path | None:
    try:
        return lot.assets.lying(sha256)
    except StoreError:
        return None  # `check` tells of it; a dashboard shows the rest


@dataclass(frozen=True)
class Loss:
    """A media file that is missing or damaged, and one who relies on it: a film's take (of `name`, in the bucket `what`), its cut …"""

    film: str
    what: str
    name: str
    take: int
    kind: str
    sha256: str
    words: str
    is_trashed: bool = False

    @classmethod
    def of(cls, fault: Fault, need: Need) -> Loss:
        return cls(need.film, need.what, need.name, need.take, fault.kind, fault.sha256, fault.words, need.is_trashed)

    def __str__(self) -> str:
        take = f" take {self.take}" if self.take else ""
        trashed = ", in the trash" if self.is_trashed else ""
        return f'{self.kind}: "{self.film}", {self.what} {self.name}{take}{trashed} ({self.sha256[:_HASH_SHOWN]})'


@dataclass(frozen=True, repr=False)
class Checked:
    """What came of looking a studio over.

    assets: how many files its films rely on. losses: each that is missing or damaged, once for everybody who relies on it. database:
    what is wrong with it, in words. unused and leftovers: files that nothing speaks of, and unfinished ones; `glimmer studio gc` frees them.
    """

    where: str
    assets: int
    losses: tuple[Loss, ...]
    database: tuple[str, ...]
    unused: int
    leftovers: int
    deep: bool = True

    @property
    def is_sound(self) -> bool:
        """Whether nothing is missing or damaged. What is merely unused takes room and harms nothing."""
        return not self.losses and not self.database

    @property
    def table(self) -> Table:
        """Everything that is missing or damaged, and who relies on it."""
        columns: tuple[str, ...] = ("", "film", "where", "name", "take", "file")
        rows: list[tuple[object, ...]] = [
            (one.kind, one.film, one.what, one.name, one.take or "", one.sha256[:_HASH_SHOWN]) for one in self.losses
        ]
        if any(one.is_trashed for one in self.losses):
            columns = (*columns, "in")
            rows = [(*row, "the trash" if one.is_trashed else "") for row, one in zip(rows, self.losses, strict=True)]
        return Table(columns, rows)

    def __repr__(self) -> str:
        lost = len({loss.sha256 for loss in self.losses})
        files = f"{lost:,} of {count_text(self.assets, 'file')} missing or damaged" if lost else self._all_there
        wrong = f"the database is damaged: {self.database[0]}" if self.database else "the database is whole"
        return one_line(f"studio {self.where}", files, wrong, self._rest)

    @property
    def _all_there(self) -> str:
        how = "whole" if self.deep else "there (their content was not read)"
        return f"all {count_text(self.assets, 'file')} {how}" if self.assets else "no media yet"

    @property
    def _rest(self) -> str:
        unused = f"{count_text(self.unused, 'file')} unused" if self.unused else ""
        left = f"{self.leftovers:,} unfinished or foreign" if self.leftovers else ""
        return ", ".join(filter(None, (unused, left)))

    def _repr_html_(self) -> Html:
        lost = len({loss.sha256 for loss in self.losses})
        facts = [
            ("where", self.where),
            ("media", f"{lost:,} of {self.assets:,} missing or damaged" if lost else self._all_there),
            ("database", "damaged" if self.database else "whole"),
            ("can be freed", self._rest or "nothing"),
        ]
        notices = [*self.database, *([ADVICE] if self.losses else [])]
        table = self.table if self.losses else None
        return card("studio check", facts, subtitle="all well" if self.is_sound else "needs a hand", rows=table, notices=notices)


ADVICE: Final = "Restore these files from a backup of the studio's objects, or make the takes again: whatever is not named here is as it was kept."

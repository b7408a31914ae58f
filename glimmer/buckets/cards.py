"""How buckets look: contact sheets, players and takes, from plain values."""

from __future__ import annotations

from collections.abc import Sequence

from glimmer.assets import Assets, thumbnail
from glimmer.display import (
    Html,
    Media,
    Picture,
    Table,
    card,
    contact_sheet,
    cost_text,
    count_text,
    duration_text,
    media_url,
    thumbnail_uri,
)
from glimmer.errors import StoreError
from glimmer.store import EntryRow, Take

__all__ = ["bucket_card", "counted", "entry_card", "screenplays_card"]

counted = count_text


def bucket_card(title: str, rows: Sequence[EntryRow], assets: Assets) -> Html:
    """A contact sheet where there are pictures, else a table."""
    usd = sum(take.usd for row in rows for take in row.takes)
    facts = [("takes", str(sum(len(row.takes) for row in rows))), ("cost", cost_text(usd))]
    missing = sum(row.used is None for row in rows)
    if missing:
        facts.append(("without a take", str(missing)))
    if any(row.used is not None and row.used.media_type.startswith(("image/", "video/")) for row in rows):
        cells = [(row.name, _picture(row.used, assets, row.name), _note(row)) for row in rows]
        return card(title, facts, inside=contact_sheet(cells))
    return card(title, facts, rows=_listing(rows))


def entry_card(title: str, row: EntryRow, assets: Assets) -> Html:
    """The used take large or playing, and every take in a table."""
    used = row.used
    takes = Table(
        ("take", "used", "seconds", "made by", "cost", "made at"),
        [
            (take.number, "●" if used is not None and take.number == used.number else "", round(take.seconds, 2) or "",
             take.model, cost_text(take.usd), take.made_at)
            for take in row.takes
        ],
    )  # fmt: skip
    notices = used.notices if used is not None else ("no take yet",)
    return card(title, rows=takes, picture=_picture(used, assets, row.name), media=_player(used, assets), notices=notices)


def screenplays_card(title: str, versions: Sequence[tuple[int, str, str, str]]) -> Html:
    rows = [(f"v{version}", name, source, len(text.splitlines())) for version, name, source, text in reversed(versions)]
    return card(title, rows=Table(("version", "title", "from", "lines of text"), rows))


def _picture(take: Take | None, assets: Assets, alt: str) -> Picture | None:
    if take is None or not take.media_type.startswith(("image/", "video/")):
        return None
    try:
        small = thumbnail(assets.path(take.asset))
    except StoreError:
        return None  # a missing file is said where it is used; the card still shows the rest
    return Picture(thumbnail_uri(small), alt) if small else None


def _player(take: Take | None, assets: Assets) -> Media | None:
    if take is None or take.media_type.startswith("image/"):
        return None
    try:
        return Media(media_url(assets.path(take.asset)), "audio" if take.media_type.startswith("audio/") else "video")
    except StoreError:
        return None


def _note(row: EntryRow) -> str:
    if row.used is None:
        return "no take"
    circled = f" · take {row.circled} circled" if row.circled else ""
    return counted(len(row.takes), "take") + circled


def _listing(rows: Sequence[EntryRow]) -> Table:
    listed = []
    for row in rows:
        used = row.used
        listed.append(
            (
                row.name,
                " ".join(word for word, _, _ in used.words) if used else "",
                duration_text(used.seconds) if used else "",
                _note(row),
            )
        )
    return Table(("name", "words", "length", "takes"), listed)

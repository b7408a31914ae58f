"""How buckets look: contact sheets, lines and cues with their players, a character in words and colours. From plain values."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from glimmer.assets import Assets, thumbnail
from glimmer.buckets.shelves import AIR
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
    one_line,
    palette,
    player,
    thumbnail_uri,
)
from glimmer.errors import StoreError
from glimmer.store import EntryRow, ScreenplayRow, Take

__all__ = ["bucket_card", "bucket_line", "counted", "entry_card", "screenplays_card"]

counted = count_text
_MOST_PLAYERS: Final = 8  # a page with twenty players is a wall of buttons
_LARGE_PX: Final = 720


# ── in one line ─────────────────────────────────────────────────────────────────────────────────────────────
def bucket_line(name: str, one: str, rows: Sequence[EntryRow]) -> str:
    """ "audio: 6 lines · 3 airs · 9 takes"."""
    return f"{name}: {_counts(one, rows)}"


def _counts(one: str, rows: Sequence[EntryRow]) -> str:
    airs = sum(row.key.startswith(AIR) for row in rows)
    takes = sum(row.take_count for row in rows)
    return one_line(count_text(len(rows) - airs, one), count_text(airs, "air") if airs else "", count_text(takes, "take"))


# ── a whole bucket ──────────────────────────────────────────────────────────────────────────────────────────
def bucket_card(name: str, one: str, rows: Sequence[EntryRow], assets: Assets) -> Html:
    """A contact sheet where there are pictures, else lines, airs and cues with their lengths and players."""
    subtitle = one_line(_counts(one, rows), cost_text(sum(row.usd for row in rows)))
    missing = sum(row.used is None for row in rows)
    facts = [("without a take", str(missing))] if missing else []
    if any(row.used is not None and row.used.media_type.startswith(("image/", "video/")) for row in rows):
        cells = [(row.name, _picture(row.used, assets, row.name), _note(row)) for row in rows]
        return card(name, facts, subtitle=subtitle, inside=contact_sheet(cells, wide=one == "character"))
    return card(name, facts, subtitle=subtitle, rows=_sounds(rows, assets))


def _sounds(rows: Sequence[EntryRow], assets: Assets) -> Table:
    """Lines first, in the order they are said, then the scenes' air."""
    ordered = sorted(rows, key=lambda row: (row.key.startswith(AIR), row.position))
    heads = ("", "who", "what", "length", "takes", "listen")
    listed = [
        (row.name, *_who_and_what(row), duration_text(row.used.seconds) if row.used else "", _note(row),
         _small_player(row, assets) if n < _MOST_PLAYERS else "")
        for n, row in enumerate(ordered)
    ]  # fmt: skip
    columns = [n for n in range(len(heads)) if any(row[n] for row in listed)]
    return Table([heads[n] for n in columns], [[row[n] for n in columns] for row in listed])


def _who_and_what(row: EntryRow) -> tuple[str, str]:
    state = json.loads(row.state)
    if "sections" in state:  # a cue
        return "", ", ".join(f"{mood} {float(seconds):.0f} s" for mood, seconds in state["sections"])
    words = " ".join(word for word, _, _ in row.used.words) if row.used else ""
    return str(state.get("who", "")), str(state.get("says") or state.get("place") or words)


def _small_player(row: EntryRow, assets: Assets) -> str:
    media = _player(row.used, assets)
    return player(media.url) if media is not None else ""


# ── one entry ───────────────────────────────────────────────────────────────────────────────────────────────
def entry_card(name: str, one: str, row: EntryRow, taken: Sequence[Take], assets: Assets) -> Html:
    """The used take large or playing, what is known of it in words, and every take in a table."""
    used = row.used
    state = json.loads(row.state)
    takes = Table(
        ("take", "", "length", "made by", "cost", "made at"),
        [
            (take.number, _mark(take, row), duration_text(take.seconds) if take.seconds else "",
             take.model, cost_text(take.usd), take.made_at[:16].replace("T", " "))
            for take in taken
        ],
    )  # fmt: skip
    return card(
        name,
        _character_facts(state) if "design" in state else _sound_facts(row),
        subtitle=one_line(one, count_text(row.take_count, "take"), f"take {row.circled} circled" if row.circled else ""),
        rows=takes if taken else None,
        picture=_picture(used, assets, row.name, width_px=_LARGE_PX),
        media=_player(used, assets),
        notices=used.notices if used is not None else ("no take yet",),
    )


def _mark(take: Take, row: EntryRow) -> str:
    used = row.used
    words = ("used" if used is not None and take.number == used.number else "", "circled" if take.number == row.circled else "")
    return ", ".join(word for word in words if word)


def _sound_facts(row: EntryRow) -> list[tuple[str, str]]:
    who, what = _who_and_what(row)
    return [(label, value) for label, value in (("who", who), ("what", what)) if value]


def _character_facts(state: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Looks and voice in words: "old man · 1.69 m · stubble", "coat", "deep old man: deep, gruff, stern", and the palette."""
    design, voice = state["design"], state.get("voice", {})
    is_person = design.get("kind") == "person"
    who = (
        f"{design.get('age', '')} {design.get('gender', '') if is_person else design['kind']}".strip(),
        f"{float(design['height_m']):.2f} m" if design.get("height_m") else "",
        *(_said(design, each) for each in ("build", "hair_style", "facial_hair", "headwear")),
        "glasses" if design.get("glasses") else "",
    )
    facts = [("described as", str(state.get("brief", {}).get("description", ""))), ("looks", one_line("", *who).lstrip(" ·"))]
    facts.append(("wears", _said(design, "garment")))
    if voice:
        sounds = ", ".join(str(voice.get("description", "")).split(", ")[:4])
        facts.append(("voice", f"{voice.get('name', '')}{': ' + sounds if sounds else ''}"))
    facts.append(("palette", palette(design.get("palette", ()))))
    return [(label, value) for label, value in facts if value]


def _said(design: Mapping[str, Any], part: str) -> str:
    value = str(design.get(part, ""))
    if value in ("", "none", "average"):
        return ""
    return f"{value.replace('_', ' ')} hair" if part == "hair_style" and value not in ("bald", "bun") else value.replace("_", " ")


def screenplays_card(title: str, versions: Sequence[ScreenplayRow]) -> Html:
    rows = [(f"v{each.version}", each.title, each.source_name, len(each.text.splitlines())) for each in reversed(versions)]
    return card(title, rows=Table(("version", "title", "from", "lines of text"), rows))


# ── pictures and players ────────────────────────────────────────────────────────────────────────────────────
def _picture(take: Take | None, assets: Assets, alt: str, *, width_px: int = 240) -> Picture | None:
    if take is None or not take.media_type.startswith(("image/", "video/")):
        return None
    try:
        small = thumbnail(assets.path(take.asset), width_px)
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
    """How many takes and which is circled; the usual one take goes without saying."""
    if row.used is None:
        return "no take"
    circled = f" · take {row.circled} circled" if row.circled else ""
    return count_text(row.take_count, "take") + circled if circled or row.take_count > 1 else ""

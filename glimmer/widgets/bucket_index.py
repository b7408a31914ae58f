"""The index of a bucket: a few words on each of its entries, read with one query and made into plain JSON without a noun each.

Six buckets, three ways: what has takes (characters, video, audio, music), prompts by purpose, and screenplays by version.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

from glimmer.buckets import AIR, FX, LINE, OWN
from glimmer.buckets.prompt_cards import purposes_of
from glimmer.buckets.prompt_words import OwnWords, key_of
from glimmer.planning import place_of
from glimmer.project import Project
from glimmer.store.listing import EntryLine, entry_lines
from glimmer.widgets.bucket_state import USUAL_MEDIA

__all__ = ["entries_of", "medium", "uses_of_cut", "version_of"]

_KINDS: Final = ((LINE, ""), (AIR, "air"), (FX, "effect"), (OWN, "own"))


class CutUses(NamedTuple):
    """What a cut is made of: files by hash, entries by (bucket, key)."""

    assets: frozenset[str] = frozenset()
    places: frozenset[tuple[str, str]] = frozenset()


def entries_of(film: Project, bucket: str) -> tuple[dict[str, dict[str, Any]], frozenset[str]]:
    """(key -> EntryTold without what is usual, in order; the keys that are in the trash)."""
    if bucket == "screenplays":
        return _screenplays(film), frozenset()
    lines = entry_lines(film.store, bucket)
    trash = frozenset(line.key for line in lines if line.trashed_at)
    there = [line for line in lines if line.active and not line.trashed_at]
    if bucket == "prompts":
        return _prompts(film, there), trash
    shown = _in_order(there) if bucket == "audio" else there
    uses = uses_of_cut(film)
    return {line.key: _entry(line, at, bucket, uses) for at, line in enumerate(shown)}, trash


def uses_of_cut(film: Project) -> CutUses:
    """What the newest cut is made of, a take that is no longer the one in use included; nothing while there is no cut."""
    row = film.store.cut()
    if row is None:
        return CutUses()
    assets, places = _read_uses(row.cut)
    followed = film.store.followed()
    return CutUses(assets, places | {(bucket, key) for (bucket, old), key in followed.items() if (bucket, old) in places})


@lru_cache(maxsize=4)
def _read_uses(cut: str) -> CutUses:
    """Of a cut's JSON as it is: to make a thousand checked clips of it takes twenty times as long."""
    clips = [(track["role"], clip) for track in json.loads(cut)["tracks"] for clip in track["clips"] if clip["asset"]]
    places = {place_of(role, clip["name"], clip["made_of"]) for role, clip in clips if clip["made_of"]}
    return CutUses(frozenset(clip["asset"] for _, clip in clips), frozenset(places))


def medium(media_type: str) -> str:
    """What kind of media this is, in a word."""
    return {"video": "video", "audio": "sound", "image": "picture", "text": "text"}.get(media_type.partition("/")[0], "none")


def version_of(key: str) -> int:
    """The version of a screenplay's key, "v3"."""
    return int(key[1:]) if re.fullmatch(r"v[0-9]{1,9}", key) else 0


def _in_order(lines: Iterable[EntryLine]) -> list[EntryLine]:
    """What is said first, then air, effects, and what a person brought."""
    order = {prefix: at for at, (prefix, _) in enumerate(_KINDS)}
    return sorted(lines, key=lambda line: order.get(line.key.partition(":")[0] + ":", 0))


def _kind(key: str) -> str:
    return next((kind for prefix, kind in _KINDS if key.startswith(prefix)), "")


def _entry(line: EntryLine, at: int, bucket: str, uses: CutUses) -> dict[str, Any]:
    media = medium(line.media_type) if line.used else "none"
    every = {
        "name": line.name,
        "at": at,
        "kind": _kind(line.key),
        "media": "" if media in (USUAL_MEDIA[bucket], "none") else media,
        "takes": line.takes,
        "used": line.used,
        "circled": bool(line.circled),
        "rating": line.rating,
        "tags": json.loads(line.tags) if line.tags != "[]" else None,
        "noted": bool(line.note),
        "seconds": round(line.seconds or 0.0, 2),
        "usd": round(line.usd, 6),
        "in_cut": (bucket, line.key) in uses.places or line.asset in uses.assets,
    }
    return {name: value for name, value in every.items() if value}


def _prompts(film: Project, lines: Iterable[EntryLine]) -> dict[str, dict[str, Any]]:
    """Every purpose, a person's words for it where there are any, then what only a person has words for."""
    by_key = {line.key: line for line in lines}
    own = OwnWords(film.store, film.assets)
    told: dict[str, dict[str, Any]] = {}
    for at, purpose in enumerate(purposes_of(line.name for line in by_key.values())):
        key = key_of(purpose)
        line = by_key.get(key)
        entry = _entry(line, at, "prompts", CutUses()) if line else {"name": purpose, "at": at}
        told[key] = entry | {"at": at, "kind": own.in_force(purpose).source}
    rest = (line for line in by_key.values() if line.key not in told)
    for line in rest:
        told[line.key] = _entry(line, len(told), "prompts", CutUses()) | {"kind": "variant"}
    return told


def _screenplays(film: Project) -> dict[str, dict[str, Any]]:
    rows = list(film.store.screenplays())
    newest = rows[-1].version if rows else 0
    return {f"v{row.version}": _version(row.version, newest, at) for at, row in enumerate(reversed(rows))}


def _version(version: int, newest: int, at: int) -> dict[str, Any]:
    every: Mapping[str, Any] = {"name": f"v{version}", "at": at, "kind": "the script" if version == newest else "", "in_cut": False}
    return {name: value for name, value in every.items() if value}

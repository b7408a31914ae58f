"""A film of 100,000 takes: a screenplay of thousands of lines, read as any other, and ten takes a shot and a line put in at once.

Not a film that can be rendered: its takes share a few small pictures and sounds. Its rows are what a studio of that size holds.
"""

from __future__ import annotations

import hashlib
import io
import json
import random
from pathlib import Path
from typing import Any, Final

import numpy as np
import soundfile
from PIL import Image
from sqlalchemy import func, insert, select, update

from glimmer.project import Project
from glimmer.store.tables import AssetTable, CallTable, EntryTable, EventTable, TakeTable

__all__ = ["TITLE", "build"]

TITLE: Final = "A Hundred Thousand Takes"
_TAKES_EACH: Final = 10
_ROWS_AT_ONCE: Final = 20_000
_PLACES: Final = ("LIGHTHOUSE", "HARBOUR", "KITCHEN", "PIER", "BOAT", "CLIFF", "MARKET", "STATION")
_CAST: Final = ("MARA", "TOM", "YUKI", "YUSUF", "NORA", "ELI")
_WORDS: Final = "lamp rain boat letter song tide gull door night map bell salt mirror rope storm coat key candle".split()


def build(folder: Path, *, takes: int = 100_000, takes_each: int = _TAKES_EACH) -> tuple[int, int]:
    """Make the film in `folder`, about half of it video and half audio; (entries, takes) that it has."""
    film = Project(TITLE, studio=folder, models="rehearsal", user="mara")
    film.screenplays.add(_script(takes // takes_each))
    assets = _assets(film)
    with film.lot.database.write() as session:
        every = select(EntryTable.id, EntryTable.bucket, EntryTable.key).where(EntryTable.project_id == film.store.project_id)
        entries = session.execute(every.order_by(EntryTable.id)).all()
        for start in range(0, len(entries), _ROWS_AT_ONCE // takes_each):
            part = entries[start : start + _ROWS_AT_ONCE // takes_each]
            rows = [_take(*entry, number, assets) for entry in part for number in range(1, takes_each + 1)]
            session.execute(insert(TakeTable), rows)
            session.execute(insert(CallTable), [_call(film, row) for row in rows])
        first = select(TakeTable.id).where(TakeTable.entry_id == EntryTable.id, TakeTable.number == 1).scalar_subquery()
        session.execute(update(EntryTable).values(used_id=first, wanted=_wish()))
        session.execute(insert(EventTable), [_event(film, number, entries) for number in range(20_000)])
        count = session.scalar(select(func.count()).select_from(TakeTable)) or 0
    film.lot.close()
    return len(entries), count


def _script(entries: int) -> str:
    """A script with about so many shots and lines. Every scene is a shot or more, three lines and their answers."""
    dice = random.Random(7)
    scenes = []
    for number in range(entries * 81 // 1_000):  # about 12 shots and lines each
        words = [" ".join(dice.choices(_WORDS, k=4)) for _ in range(7)]
        speeches = "\n\n".join(f"{dice.choice(_CAST)}\n{line.capitalize()}, number {number}." for line in words[1:6])
        place = f"{dice.choice(('INT', 'EXT'))}. {dice.choice(_PLACES)} {number} - {dice.choice(('DAY', 'NIGHT'))}"
        scenes.append(f"{place}\n\nThe {words[0]} is here.\n\n{speeches}\n\nThen the {words[6]}.\n")
    return f"Title: {TITLE}\n\n" + "\n".join(scenes)


def _assets(film: Project) -> dict[str, list[str]]:
    pictures, sounds = [], []
    for number in range(12):
        picture, sound = io.BytesIO(), io.BytesIO()
        Image.new("RGB", (64, 36), (number * 20, 90, 120)).save(picture, "PNG")
        soundfile.write(sound, np.full(480, number / 100, np.float32), 48_000, format="FLAC")
        pictures.append(film.assets.put(picture.getvalue(), "image/png"))
        sounds.append(film.assets.put(sound.getvalue(), "audio/flac"))
    with film.lot.database.write() as session:
        session.execute(
            insert(AssetTable), [{"sha256": one, "media_type": "", "bytes": film.assets.size(one)} for one in pictures + sounds]
        )
    return {"image/png": pictures, "audio/flac": sounds}


def _wish() -> Any:
    """made_for of the takes of an entry, as SQL: what `_take` gives them."""
    return func.coalesce(
        select(TakeTable.made_for).where(TakeTable.entry_id == EntryTable.id, TakeTable.number == 1).scalar_subquery(), ""
    )


def _take(entry_id: int, bucket: str, key: str, number: int, assets: dict[str, list[str]]) -> dict[str, Any]:
    media_type = "image/png" if bucket in ("video", "characters", "drafts") else "audio/flac"
    return {
        "entry_id": entry_id,
        "number": number,
        "request_key": hashlib.sha256(f"{entry_id} {number}".encode()).hexdigest(),
        "made_for": hashlib.sha256(f"{entry_id}".encode()).hexdigest(),
        "model": f"model-{number % 3}",
        "agent": bucket,
        "asset": assets[media_type][entry_id % 12],
        "media_type": media_type,
        "seconds": 1.0 + entry_id % 40 / 10,
        "usd": (entry_id + number) % 50 / 100,
        "inputs": json.dumps([{"role": "shot", "bucket": "screenplays", "key": key, "name": key, "hash": "0" * 64}]),
    }


def _call(film: Project, row: dict[str, Any]) -> dict[str, Any]:
    named = {name: row[name] for name in ("agent", "model", "request_key", "usd", "seconds")}
    return {"project_id": film.store.project_id, "state": "done", "price_date": "2026-11-01", **named}


def _event(film: Project, number: int, entries: Any) -> dict[str, Any]:
    entry = entries[number % len(entries)]
    changes = json.dumps([["entry", entry.id, {"rating": [number % 5, number % 5 + 1]}]])
    return {
        "project_id": film.store.project_id,
        "step": f"{number:012x}",
        "action": "rate",
        "what": f"rate {number}",
        "by": "mara",
        "changes": changes,
    }

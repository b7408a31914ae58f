"""The children that `crash.py` kills: each opens the studio as a notebook would, works through the public verbs without end, and says on a
pipe what was kept, after the call came back and never before. A said thing is `[action, token]`: the word under which it stands in the
film's history ("" for what has none) and a text that must be found in a row.

Sabotage makes them break the promise on purpose, to show that the harness would see it.
"""

from __future__ import annotations

import json
import os
import random
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import numpy as np
import soundfile
from PIL import Image
from sqlalchemy import text

from glimmer.assembly.nouns import Assembly, Clip, Marker, Track
from glimmer.assets.names import suffix_of
from glimmer.errors import MissingPiece
from glimmer.project import Project
from glimmer.store import Take

__all__ = ["FILM", "ROLES", "SABOTAGES", "SHOTS", "UNDONE", "prepare", "work"]

FILM: Final = "Harbour"
UNDONE: Final = "Harbour, undone"  # its own film: who undoes takes back the newest step, whoever made it
SHOTS: Final = 16
SABOTAGES: Final = ("early", "in place", "halves")
_LEAST_BYTES, _MOST_BYTES = 20_000, 600_000
_PNG: Final = b"\x89PNG\r\n\x1a\n"  # archives look at the beginning of what they take in
_BLOCK_BYTES: Final = 16_384
_TAGS_AT_MOST: Final = 12


class Said:
    """The pipe to the parent. One line is one write of less than PIPE_BUF, so a kill can't cut it in two."""

    def __init__(self, handle: int, *, early: bool) -> None:
        self._handle, self._early = handle, early

    def line(self, action: str, token: str = "") -> None:
        os.write(self._handle, (json.dumps([action, token]) + "\n").encode())

    @contextmanager
    def after(self, action: str, token: str = "") -> Iterator[None]:
        """Say it when the block has come back; the saboteur says it before."""
        if self._early:
            self.line(action, token)
        yield
        if not self._early:
            self.line(action, token)


def script_text(ending: str) -> str:
    """A script whose first shots are the same in every version, so that the rows of their entries go on."""
    scenes = "".join(f"EXT. PIER {number} - DAY\n\nA boat called {number} comes in.\n\n" for number in range(1, SHOTS + 1))
    return f"Title: Harbour\n\n{scenes}EXT. SEA - NIGHT\n\nThe word {ending} is painted on a hull.\n"


def prepare(studio: Path) -> None:
    """Two films with a script and a take in every shot, made before anybody is killed."""
    for title in (FILM, UNDONE):
        film = Project(title, studio=studio, models="rehearsal", user="before")
        film.screenplays.add(script_text("before"))
        for name in film.video.names[:SHOTS]:
            keep_take(film, name, secrets.token_hex(8), os.urandom(_LEAST_BYTES))
        film.lot.close()


def keep_take(film: Project, name: str, token: str, content: bytes) -> str:
    entry = film.video[name]
    content = _PNG + content
    asset = film.assets.put(content, "image/png")
    key = f"tok-{token}"
    take = Take(id=0, number=0, request_key=key, made_for=f"wish-{token[0]}", model="own", asset=asset, media_type="image/png")
    film.store.add_take("video", entry.key, take, size_bytes=len(content))
    return asset


def work(role: str, studio: Path, slot: int, user: str, seed: int, handle: int, sabotage: str) -> None:
    """Never returns by itself."""
    dice = random.Random(seed)
    said = Said(handle, early=sabotage == "early")
    ROLES[role](studio, slot, user, dice, said, sabotage)


# ── writers ─────────────────────────────────────────────────────────────────────────────────────────────────
def writer(studio: Path, slot: int, user: str, dice: random.Random, said: Said, sabotage: str) -> None:
    """Judges shots of its own and a shot of all, adds takes, keeps scripts and cuts, writes the ledger."""
    film = opened(FILM, studio, user, sabotage)
    mine = [name for number, name in enumerate(film.video.names[1:SHOTS]) if number % 4 == slot % 4]
    verbs: list[Callable[[Project, str, random.Random, Said], None]] = [
        note,
        note,
        rate,
        tag,
        circle,
        take,
        take,
        script,
        cut,
        call,
    ]
    while True:
        verb = {"halves": note_in_halves, "in place": take}.get(sabotage) or dice.choice(verbs)
        everybodys = verb in (note, note_in_halves) and dice.random() < 0.3
        verb(film, film.video.names[0] if everybodys else dice.choice(mine), dice, said)


def undoer(studio: Path, slot: int, user: str, dice: random.Random, said: Said, sabotage: str) -> None:
    """Works in a film where others undo as well."""
    film = opened(UNDONE, studio, user, sabotage)
    names = film.video.names[:SHOTS]
    verbs: list[Callable[[Project, str, random.Random, Said], None]] = [note, note, take, cut, script, undo, undo, redo]
    while True:
        dice.choice(verbs)(film, dice.choice(names), dice, said)


def note(film: Project, name: str, dice: random.Random, said: Said) -> None:
    token = fresh(dice)
    with said.after("note", token):
        film.video[name].note(f"tok-{token}")


def rate(film: Project, name: str, dice: random.Random, said: Said) -> None:
    shot = film.video[name]
    stars = dice.choice([n for n in range(6) if n != shot.rating])  # another one, for what changes nothing is no step
    with said.after("rate"):
        shot.rate(stars)


def tag(film: Project, name: str, dice: random.Random, said: Said) -> None:
    shot, token = film.video[name], fresh(dice)
    if len(shot.tags) >= _TAGS_AT_MOST:
        with said.after("untag"):
            shot.untag()
    else:
        with said.after("tag", token):
            shot.tag(f"tok-{token}")


def circle(film: Project, name: str, dice: random.Random, said: Said) -> None:
    shot = film.video[name]
    numbers = [0, *(each.number for each in shot.takes)]
    with said.after("circle"):
        shot.circle(dice.choice([n for n in numbers if n != shot.circled]))


def take(film: Project, name: str, dice: random.Random, said: Said) -> None:
    token = fresh(dice)
    content = os.urandom(dice.randint(_LEAST_BYTES, _MOST_BYTES))
    with said.after("take", token):
        keep_take(film, name, token, content)


def script(film: Project, name: str, dice: random.Random, said: Said) -> None:
    token = fresh(dice)
    with said.after("script", token):
        film.screenplays.add(script_text(f"tok-{token}"))


def cut(film: Project, name: str, dice: random.Random, said: Said) -> None:
    token, used = fresh(dice), film.video[name].used
    clips = [Clip(id="title", name="title", kind="title", start=0, frames=48, title="Harbour")]
    if used is not None:
        clips.append(Clip(id="one", name=name, kind="still", asset=used.asset, media_type=used.media_type, start=48, frames=24))
    made = Assembly(
        title=film.title,
        rate=Fraction(24),
        tracks=(Track(name="V1", kind="picture", clips=tuple(clips)),),
        markers=(Marker(at=0, note=f"tok-{token}"),),
    )
    with said.after("cut", token):
        film.cut = made


def call(film: Project, name: str, dice: random.Random, said: Said) -> None:
    token = fresh(dice)
    with said.after("", token):
        film.store.add_call("video", "own", f"tok-{token}", 0.01, 1.0)


def undo(film: Project, name: str, dice: random.Random, said: Said) -> None:
    try:
        with said.after("undo"):
            film.undo()
    except MissingPiece:
        pass  # somebody was quicker


def redo(film: Project, name: str, dice: random.Random, said: Said) -> None:
    try:
        with said.after("redo"):
            film.redo()
    except MissingPiece:
        pass  # something was changed since


# ── importers, archivers, founders ──────────────────────────────────────────────────────────────────────────
def importer(studio: Path, slot: int, user: str, dice: random.Random, said: Said, sabotage: str) -> None:
    """Brings pictures and sounds of its own, as files."""
    film = opened(FILM, studio, user, sabotage)
    scratch = studio.parent / f"scratch-{user}"
    scratch.mkdir()
    pixels = np.random.default_rng(dice.randrange(1 << 30))
    for number in range(1_000_000):
        if dice.random() < 0.6:
            path = scratch / f"{user}-{number}.png"
            Image.fromarray(pixels.integers(0, 255, (60, 80, 3), np.uint8)).save(path, "PNG")
            with said.after("add"):
                film.video.add(path)
        else:
            path = scratch / f"{user}-{number}.wav"
            soundfile.write(path, pixels.normal(0, 0.1, 4_800).astype(np.float32), 48_000, format="WAV")
            with said.after("add"):
                film.audio.add(path)


def archiver(studio: Path, slot: int, user: str, dice: random.Random, said: Said, sabotage: str) -> None:
    """Writes the film into files: new ones, and one again and again over itself."""
    film = opened(FILM, studio, user, sabotage)
    folder = studio.parent / "archives"
    for number in range(1_000_000):
        out = folder / (f"{user}-{number}.glim" if number % 3 == 1 else f"always-{slot}.glim")
        written = film.archive(out, overwrite=True)
        said.line("archive", f"{out.name} {written.sha256 if out.name.startswith(user) else ''}")
        if number > 3:
            (folder / f"{user}-{number - 3}.glim").unlink(missing_ok=True)
            said.line("removed", f"{user}-{number - 3}.glim")


def founder(studio: Path, slot: int, user: str, dice: random.Random, said: Said, sabotage: str) -> None:
    """Opens studios that are not there yet."""
    for number in range(1_000_000):
        place = studio.parent / "founded" / f"{user}-{number}"
        film = opened("First", place, user, sabotage)
        token = fresh(dice)
        film.store.add_call("video", "own", f"tok-{token}", 0.0, 0.0)
        said.line("founded", f"{place.name} tok-{token}")
        film.lot.close()


ROLES: Final[dict[str, Callable[[Path, int, str, random.Random, Said, str], None]]] = {
    "writer": writer,
    "undoer": undoer,
    "importer": importer,
    "archiver": archiver,
    "founder": founder,
}


# ── inside ──────────────────────────────────────────────────────────────────────────────────────────────────
def fresh(dice: random.Random) -> str:
    return f"{dice.getrandbits(64):016x}"


def opened(title: str, studio: Path, user: str, sabotage: str) -> Project:
    film = Project(title, studio=studio, models="rehearsal", user=user)
    if sabotage == "in place":
        naive: Any = put_in_place(film)
        film.assets.put = naive  # type: ignore[method-assign]
    return film


def put_in_place(film: Project) -> Callable[[bytes, str], str]:
    """How not to do it: the file grows under its final name."""
    import hashlib

    def put(content: bytes, media_type: str) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        path = film.assets.root / sha256[:2] / sha256[2:4] / f"{sha256}{suffix_of(media_type)}"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as sink:
            for start in range(0, len(content), _BLOCK_BYTES):
                sink.write(content[start : start + _BLOCK_BYTES])
                os.fsync(sink.fileno())
        return sha256

    return put


def note_in_halves(film: Project, name: str, dice: random.Random, said: Said) -> None:
    """How not to do it: the change in one transaction, its history in the next."""
    token, shot = fresh(dice), film.video[name]
    before = shot.noted
    with film.lot.database.write() as session:
        session.execute(text("update entry set note = :note where id = :id"), {"note": f"tok-{token}", "id": shot.row.id})
    changes = json.dumps([["entry", shot.row.id, {"note": [before, f"tok-{token}"]}]])
    row = {"film": film.store.project_id, "step": fresh(dice), "changes": changes, "by": film.store.user}
    with film.lot.database.write() as session:
        session.execute(
            text(
                "insert into event (project_id, step, action, what, by_user, changes, undone_by, made_at) "
                "values (:film, :step, 'note', '', :by, :changes, 0, '')"
            ),
            row,
        )
    said.line("note", token)

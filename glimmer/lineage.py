"""Lineage: what a take came from, what was asked for, and what uses it. Takes the store and the screenplays, changes nothing.

Backwards through the take's recorded inputs: the words, in the script version where they stood; the character and its sheet; the
prompt's own take. Forwards to the cuts that hold its media, and their renders. Where a take was made before inputs were recorded, it says so.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from glimmer.agents.character import design_input
from glimmer.assets import Assets, thumbnail
from glimmer.buckets import OWN, Entry, Screenplays
from glimmer.display import Html, Picture, bytes_text, cost_text, count_text, duration_text, thumbnail_uri
from glimmer.errors import InputError, LimitError, MissingPiece, NotFound, StoreError
from glimmer.lineage_card import Box, lineage_html, lineage_text
from glimmer.models.interface import Design, Voice
from glimmer.screenplay import Line, Scene, Screenplay, Shot
from glimmer.store import EntryRow, Input, RequestRow, Store, Take
from glimmer.store.listing import cuts_with, made_from, script_versions

__all__ = ["Lineage", "lineage"]

_ONE: Final = {"video": "shot", "audio": "line", "music": "cue", "characters": "sheet of", "prompts": "prompt", "drafts": "draft"}
_BEFORE: Final = "not recorded: this take was made before takes recorded what they are made from"
_OWN_MEDIA: Final = "a person brought it"
_MOST_VERSIONS: Final = 40  # of the script that are read to find where words stood
_MOST_CUTS: Final = 6
_MOST_TAKES: Final = 500
_MOST_PARAMETERS: Final = 10
_MOST_SEEDS: Final = 100
_DEEPEST: Final = 3
_ELSEWHERE: Final = ("seed", "words", "action", "text")  # said by the boxes


class Lineage:
    """What a take came from and what uses it: a tree in text, boxes from left to right in a notebook. A picture of one moment."""

    def __init__(self, take: Box, sources: tuple[Box, ...], uses: tuple[Box, ...], facts: tuple[tuple[str, str], ...], assets: Assets | None,
                 empty: str) -> None:  # fmt: skip
        self.take = take
        self.sources = sources
        self.uses = uses
        self.facts = facts
        self._assets = assets
        self._empty = empty

    def __repr__(self) -> str:
        return lineage_text(self.take, self.sources, self.uses, self.facts, self._empty)

    def _repr_html_(self) -> Html:
        return lineage_html(self.take, self.sources, self.uses, self.facts, self._empty, self._picture)

    def _picture(self, asset: str) -> Picture | None:
        if self._assets is None:
            return None
        try:
            small = thumbnail(self._assets.path(asset), 240)
            return Picture(thumbnail_uri(small)) if small else None
        except (StoreError, LimitError):
            return None  # the facts say that the file is missing; the rest is still worth seeing


def lineage(
    store: Store, what: Take | Entry | tuple[str, str, int], *, screenplays: Screenplays, assets: Assets | None = None
) -> Lineage:
    """The lineage of a take: film.video["2A"].takes[0], an entry (its used take), or (bucket, name, take number).

    assets: where thumbnails and the size of the file are looked up; without it there are none. Reads no media but small pictures.
    Raises: NotFound for a take that is not of this film, MissingPiece for an entry without one, InputError for anything else.
    """
    bucket, key, take = _resolved(store, what)
    return _Tracer(store, screenplays, assets, take.made_at).lineage(bucket, store.entry(bucket, key), take)


def _resolved(store: Store, what: object) -> tuple[str, str, Take]:
    """(bucket, entry key, take)."""
    if isinstance(what, Take):
        bucket, key, take = store.take(what.id)
        if (take.request_key, take.asset) != (what.request_key, what.asset):
            raise NotFound(f'this take is not of "{store.title}"; expected one of its own: film.video["1A"].takes[0].')
        return bucket, key, take
    if isinstance(what, Entry):
        bucket = what._bucket.name
        if what._bucket.store.database is not store.database or what._bucket.store.project_id != store.project_id:
            raise NotFound(f'"{what.name}" is not of "{store.title}"; expected something of its own buckets: film.video["1A"].')
        used = what.used
        if used is None:
            raise MissingPiece(
                f'"{what.name}" in {bucket} has no take yet, so it came from nothing. film.plan() says what it waits for.'
            )
        return bucket, what.key, used
    if isinstance(what, tuple) and len(what) == 3 and all(isinstance(each, str) for each in what[:2]) and isinstance(what[2], int):
        bucket, name, number = what
        if bucket not in _ONE:
            raise NotFound.among("bucket", bucket, _ONE)
        row = store.entry_named(bucket, _ONE[bucket], str(name))
        every = {take.number: take for take in store.takes(bucket, row.key, trashed=True)}
        if number not in every:
            raise NotFound.among(f"take of {row.name}", number, map(str, every))
        return bucket, row.key, every[number]
    raise InputError(
        f'the lineage of a {type(what).__name__} can\'t be told; expected a take (film.video["1A"].takes[0]), an entry '
        '(film.video["1A"]) or ("video", "1A", 1).'
    )


class _Place(NamedTuple):
    """Where something of the script stands: its version, its scene, and itself."""

    version: int
    scene: Scene
    thing: Scene | Shot | Line


class _Tracer:
    """Follows one take both ways."""

    def __init__(self, store: Store, screenplays: Screenplays, assets: Assets | None, moment: str) -> None:
        self._store = store
        self._screenplays = screenplays
        self._assets = assets
        self._moment = moment
        self._followed: set[int] = set()

    def lineage(self, bucket: str, entry: EntryRow, take: Take) -> Lineage:
        request = self._store.request(take.made_for)
        return Lineage(
            self._take_box(bucket, entry, take),
            self._sources(bucket, take, request),
            (*self._cuts(take), *self._takes_from(bucket, entry, take)),
            tuple(self._facts(take, request)),
            self._assets,
            _OWN_MEDIA if take.model == "own" else _BEFORE,
        )

    def _take_box(self, bucket: str, entry: EntryRow, take: Take) -> Box:
        kind = _ONE[bucket] if bucket != "audio" or entry.key.startswith("line:") else ""
        marks = [
            "circled" if entry.circled == take.number else "",
            "used" if entry.used is not None and entry.used.id == take.id else "",
            "in the trash" if take.trashed_at or entry.trashed_at else "" if entry.active else "put away",
        ]
        length = duration_text(take.seconds) if take.seconds else ""
        notes = (", ".join(mark for mark in marks if mark), length, f"{take.rating} of 5 stars" if take.rating else "", take.note)
        return Box(kind, f"{entry.name}, take {take.number}", "", tuple(note for note in notes if note), take.asset)

    def _facts(self, take: Take, request: RequestRow | None) -> Iterator[tuple[str, str]]:
        yield "made", f"{take.made_at[:16].replace('T', ' ')} UTC" + (f" by the {take.agent} agent" if take.agent else "")
        if take.model == "own":
            yield "model", "none: own media"
        else:
            version = f", version {request.version}" if request is not None and request.version else ""
            yield "model", f"{take.model}{version}"
            yield "cost", cost_text(take.usd)
        if request is not None:
            seed = _seed(take, request)
            yield "asked for", " · ".join((request.kind, *([f"seed {seed}"] if seed else []), *_parameters(request)))
        yield "file", self._file(take.asset, take.media_type)
        if take.source_asset:
            yield "drawn from", self._file(take.source_asset, "")
        if take.notices:
            yield "notices", "; ".join(take.notices)

    def _file(self, asset: str, media_type: str) -> str:
        size = ""
        if self._assets is not None:
            try:
                size = bytes_text(self._assets.path(asset).stat().st_size)
            except (StoreError, OSError):
                size = "missing"
        return " · ".join(part for part in (f"sha256 {asset[:16]}…", media_type, size) if part)

    # ── backwards ──────────────────────────────────────────────────────────────────────────────────────────
    def _sources(self, bucket: str, take: Take, request: RequestRow | None, depth: int = 0) -> tuple[Box, ...]:
        if take.id in self._followed or depth >= _DEEPEST:
            return ()
        self._followed.add(take.id)
        asked = json.loads(request.body) if request is not None else {}
        places = self._places({each.key for each in take.inputs if each.bucket == "screenplays"})
        told = (each for each in take.inputs if each.role != "values")  # a hash of what the request below says in full
        return tuple(self._source(bucket, each, asked, places.get(each.key), depth) for each in told)

    def _source(self, bucket: str, source: Input, asked: Mapping[str, Any], place: _Place | None, depth: int) -> Box:
        if source.bucket == "screenplays":
            return _of_the_script(source, asked, place)
        if source.role == "sheet":
            return self._reference(source)
        if source.bucket == "characters":
            return self._character(source, depth, with_sheet=bucket != "characters")
        if source.bucket == "prompts":
            return self._prompt(source, depth)
        whose = "Glimmer's own" if source.bucket == "registry" else source.bucket
        return Box(source.role, source.name or source.key, notes=(whose,))

    def _reference(self, source: Input) -> Box:
        """The sheet that a picture was made after, by its file."""
        takes = self._store.takes(source.bucket, source.key, trashed=True)
        take = next((each for each in takes if each.asset == source.hash), None)
        if take is None:
            return Box(source.role, source.key, notes=("no longer in film.characters",))
        try:
            used = self._store.entry(source.bucket, source.key).used
        except NotFound:
            used = None
        note = "as now" if used is not None and used.asset == source.hash else "another sheet is used now"
        return Box(source.role, source.key, f"take {take.number}", (note,))

    def _places(self, ids: Collection[str]) -> dict[str, _Place]:
        """Where each of these stood when the take was made: in the newest version up to then, else in any."""
        found: dict[str, _Place] = {}
        versions = script_versions(self._store) if ids else []
        versions.sort(key=lambda each: (each[1] > self._moment, bool(each[2]), -each[0]))
        for version, _, _ in versions[:_MOST_VERSIONS]:
            missing = set(ids) - set(found)
            if not missing:
                break
            found |= {key: place for key, place in _things(self._screenplays[version], version) if key in missing}
        return found

    def _character(self, source: Input, depth: int, *, with_sheet: bool) -> Box:
        try:
            entry = self._store.entry(source.bucket, source.key)
        except NotFound:
            return Box(source.role, source.name or source.key, notes=("no longer in film.characters",))
        kept = json.loads(entry.state or "{}")
        said = (
            str((kept.get("voice") or {}).get("name", ""))
            if source.role == "voice"
            else str((kept.get("brief") or {}).get("description", ""))
        )
        now = _looks_or_sounds(source, kept)
        note = (
            ""
            if not now
            else "as now"
            if now == source.hash
            else "was another then"
            if source.role == "voice"
            else "looked otherwise then"
        )
        sheet = self._sheet(entry, source, depth) if with_sheet else ()
        return Box(source.role, entry.name, said, (note,) if note else (), beyond=sheet)

    def _sheet(self, entry: EntryRow, source: Input, depth: int) -> tuple[Box, ...]:
        """The model sheet of that look; of a voice, which has no look, the sheet that is used."""
        takes = self._store.takes(entry.bucket, entry.key, trashed=True)
        same = [take for take in takes if any((each.role, each.hash) == ("character", source.hash) for each in take.inputs)]
        sheet = same[-1] if same else entry.used if source.role == "voice" else None
        if sheet is None:
            return ()
        beyond = self._sources(entry.bucket, sheet, self._store.request(sheet.made_for), depth + 1)
        own = tuple(box for box in beyond if box.kind != "character")  # the sheet shows just this character
        return (Box("sheet", f"of {entry.name}, take {sheet.number}", notes=(sheet.model,), asset=sheet.asset, beyond=own),)

    def _prompt(self, source: Input, depth: int) -> Box:
        """The prompt's take whose words have that hash: its text is its media."""
        try:
            takes = self._store.takes("prompts", f"{OWN}{source.key}", trashed=True)
        except NotFound:
            takes = ()
        take = next((each for each in takes if each.asset == source.hash), None)
        if take is None:
            return Box("prompt", source.name or source.key, notes=("its words are no longer there",))
        return Box("prompt", f"{source.key}, take {take.number}", self._text(take.asset))

    def _text(self, asset: str) -> str:
        if self._assets is None:
            return ""
        try:
            return self._assets.read(asset).decode("utf-8", "replace")
        except StoreError:
            return "(the file is missing)"

    # ── forwards ───────────────────────────────────────────────────────────────────────────────────────────
    def _cuts(self, take: Take) -> Iterator[Box]:
        rows = cuts_with(self._store, take.asset, _MOST_CUTS + 1)
        jobs = self._store.jobs() if rows else ()
        for version, made_by, body, _ in rows[:_MOST_CUTS]:
            renders = tuple(
                Box("render", str(job.number), notes=(f"{job.preset}, {job.state}",)) for job in jobs if job.cut_version == version
            )
            cut = json.loads(body)
            yield Box(
                "cut", f"v{version}", _where(cut, take.asset), ("an edit" if made_by == "edit" else "a draft",), beyond=renders
            )
        if len(rows) > _MOST_CUTS:
            yield Box("", "… and older cuts")

    def _takes_from(self, bucket: str, entry: EntryRow, take: Take) -> Iterator[Box]:
        """What was made with this sheet's look, or with this prompt."""
        if bucket not in ("characters", "prompts"):
            return
        key = entry.key.removeprefix(OWN)
        mine = {each.hash for each in take.inputs if each.role == "character"} if bucket == "characters" else {take.asset}
        for other, other_key, name, number, inputs in made_from(self._store, key, _MOST_TAKES):
            used = (each for each in json.loads(inputs) if (each["bucket"], each["key"]) == (bucket, key) and each["hash"] in mine)
            if (other, other_key) != (bucket, entry.key) and next(used, None) is not None:
                yield Box(_ONE[other] if other != "audio" else "audio", f"{name}, take {number}")


def _things(script: Screenplay, version: int) -> Iterator[tuple[str, _Place]]:
    for scene in script.scenes:
        yield scene.id, _Place(version, scene, scene)
        yield from ((shot.id, _Place(version, scene, shot)) for shot in scene.shots)
        yield from ((line.id, _Place(version, scene, line)) for line in scene.lines)


def _of_the_script(source: Input, asked: Mapping[str, Any], place: _Place | None) -> Box:
    """A line, a shot, a place or a length, in the words of then: a shot's action as it was asked for, for a person may direct it."""
    name = (source.name or source.key).removeprefix(source.role).strip()
    if place is None:
        return Box(source.role, name, notes=("in no script that is kept",))
    version, scene, thing = place
    notes = [f"script v{version}, scene {scene.number}"]
    if isinstance(thing, Line):
        said = f"{thing.character}: {thing.text}"
    elif isinstance(thing, Shot):
        said = str(asked.get("action") or thing.action)
        notes += [f"{asked['size']}, {asked['angle']}"] if "size" in asked and "angle" in asked else []
    else:
        said = scene.heading.raw
        notes += [", ".join(str(each["mood"]) for each in asked["sections"])] if "sections" in asked else []
    return Box(source.role, name, said, tuple(notes))


def _looks_or_sounds(source: Input, kept: Mapping[str, Any]) -> str:
    """The hash of how the character looks, or sounds, now; "" where that is not kept, or can't be read."""
    try:
        if source.role == "voice":
            return hashlib.sha256(Voice.model_validate(kept["voice"]).model_dump_json().encode()).hexdigest()
        return design_input(source.key, Design.model_validate(kept["design"])).hash
    except (KeyError, ValidationError):
        return ""


def _seed(take: Take, request: RequestRow) -> int:
    """The seed with which the request has the take's key; 0 where none of the first hundred does. It is kept nowhere else."""
    before, found, after = request.body.rpartition('"seed":0')
    for seed in range(1, _MOST_SEEDS + 1) if found else ():
        text = f'{request.model}\n{request.version}\n{request.kind}\n{before}"seed":{seed}{after}'
        if hashlib.sha256(text.encode()).hexdigest() == take.request_key:
            return seed
    return 0


def _parameters(request: RequestRow) -> list[str]:
    """What was asked for, in so far as it is one word or number: "size CU", "interior", "1920 × 1080 px"."""
    said = []
    body = json.loads(request.body)
    wide, high = body.pop("width_px", None), body.pop("height_px", None)
    for name, value in body.items():
        if name in _ELSEWHERE or not isinstance(value, str | int | float) or value in ("", False) or len(str(value)) > 40:
            continue
        said.append(name.replace("_", " ") + ("" if value is True else f" {value}"))
    said += [f"{wide} × {high} px"] if wide and high else []
    left = len(said) - _MOST_PARAMETERS
    return said[:_MOST_PARAMETERS] + ([count_text(left, "other")] if left > 0 else [])


def _where(cut: Mapping[str, Any], asset: str) -> str:
    """ "1B at 0:08": the clips of a cut that hold the asset."""
    over, _, under = str(cut.get("rate", "24")).partition("/")
    rate = float(over) / float(under or 1)
    clips = [clip for track in cut.get("tracks", ()) for clip in track["clips"] if clip["asset"] == asset]
    said = [f"{clip['name']} at {int(clip['start'] / rate) // 60}:{int(clip['start'] / rate) % 60:02}" for clip in clips]
    return ", ".join(said[:3]) + (f" and {len(said) - 3} more" if len(said) > 3 else "")

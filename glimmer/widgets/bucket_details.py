"""The details of a bucket's entries: what is on a card that is in sight, and everything about the one that is open."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from glimmer.buckets import OWN, CharacterEntry, Entry, PromptEntry, ShotEntry
from glimmer.errors import GlimmerError, MissingPiece
from glimmer.models.interface import Design
from glimmer.planning import PlanRow
from glimmer.project import Project
from glimmer.screenplay import Screenplay
from glimmer.store import EntryRow, Take
from glimmer.store.looking import chosen
from glimmer.widgets.bucket_fields import design_fields, shot_fields, voice_fields
from glimmer.widgets.bucket_index import medium, uses_of_cut, version_of
from glimmer.widgets.bucket_state import CardTold, FieldTold, TakeTold, told

__all__ = ["cards_of", "entry_told", "latest_or_none", "lineage_told", "script_told"]

_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_MOST_SAID: Final = 400  # characters of an entry's words on a card
_MOST_TAKES: Final = 500  # on one page; one who keeps more finds the older ones in Python
_MOST_BLOCKS: Final = 6_000  # paragraphs of a typeset page: about 200 pages of script


def cards_of(film: Project, bucket: str, keys: Sequence[str], planned: Mapping[str, PlanRow]) -> dict[str, Any]:
    """What is on the cards of these entries; those that are not there any more are left out."""
    if bucket == "screenplays":
        return {key: told(card) for key in keys if (card := _script_card(film, key)) is not None}
    if bucket == "prompts":
        return {key: told(_prompt_card(film, key)) for key in keys}
    words = film_bucket(film, bucket).words_now()
    rows = chosen(film.store, bucket, list(dict.fromkeys(keys)))
    return {row.key: told(_card(row, words.get(row.key, ""), planned.get(row.key))) for row in rows}


def film_bucket(film: Project, name: str) -> Any:
    """The bucket of that name."""
    return getattr(film, name)


def _card(row: EntryRow, said: str, planned: PlanRow | None) -> CardTold:
    used, state = row.used, json.loads(row.state or "{}")
    making: dict[str, Any] = {}
    if planned is not None and planned.state != "current":
        making = {"why": planned.why, "make_seconds": planned.seconds, "make_usd": planned.usd}
    return CardTold(
        asset=used.asset if used else "",
        media_type=used.media_type if used else "",
        model=used.model if used else "",
        said=(said or _said_in(state))[:_MOST_SAID],
        note=row.note[:_MOST_SAID],
        palette=_colours(state.get("design", {}).get("palette", ())),
        notices=[each[:_MOST_SAID] for each in used.notices[:3]] if used else [],
        **making,
    )


def _colours(palette: Iterable[object]) -> list[str]:
    """What of a palette is a colour: a film may come in an archive, and a browser would fetch a background that is an address."""
    return [each for each in palette if isinstance(each, str) and _COLOUR.fullmatch(each)][:6]


def _said_in(state: Mapping[str, Any]) -> str:
    """What the script says of an entry, as its state keeps it."""
    if "says" in state:
        return f"{state.get('who', '')}: {state['says']}"
    if "sections" in state:
        return ", ".join(dict.fromkeys(str(mood) for mood, _ in state["sections"]))
    brief = state.get("brief") or {}
    said = [brief.get("age", ""), brief.get("kind", "") if brief.get("kind") != "person" else "", brief.get("description", "")]
    return str(state.get("action") or state.get("place") or ", ".join(each for each in said if each))


def _prompt_card(film: Project, key: str) -> CardTold:
    entry = film.prompts[key.removeprefix(OWN)]
    used = entry.used
    model = "yours" if used is not None else "Glimmer's"
    return CardTold(said=entry.text[:_MOST_SAID], note=entry.noted[:_MOST_SAID], model=model, media_type="text/plain")


def _script_card(film: Project, key: str) -> CardTold | None:
    row = next((each for each in film.store.screenplays() if f"v{each.version}" == key), None)
    if row is None:
        return None
    return CardTold(said=row.text.strip()[:_MOST_SAID], media_type="text/plain", note=_from(row.source_name, row.made_at))


def _from(source_name: str, made_at: str) -> str:
    when = made_at[:16].replace("T", " ")
    return f"{when} · {source_name}" if source_name else when


# ── one entry ───────────────────────────────────────────────────────────────────────────────────────────────
def entry_told(film: Project, entry: Entry, bucket: str, planned: PlanRow | None) -> dict[str, Any]:
    """Everything about one entry of a bucket that has takes."""
    row, in_cut = entry.row, uses_of_cut(film).assets
    said = "" if bucket == "prompts" else film_bucket(film, bucket).words_now().get(row.key, "")
    every = film.store.takes(bucket, row.key, trashed=True) if row.id else ()
    made: dict[str, Any] = {
        "key": row.key,
        "name": row.name,
        "rating": row.rating,
        "note": row.note,
        "tags": list(row.tags),
        "said": said or _said_in(json.loads(row.state or "{}")),
        "own": row.key.startswith(OWN),
        "renames": bucket == "characters" or row.key.startswith(OWN) and bucket != "prompts",
        "takes": [told(_take(take, row, in_cut, entry)) for take in reversed(every[-_MOST_TAKES:])],
        "fields": [told(each) for each in _fields(film, entry)],
        "history": [[str(cell) for cell in each] for each in entry.history.rows[:12]],
    }
    if planned is not None and planned.state != "current":
        made |= {"state": planned.state, "why": planned.why, "make_seconds": planned.seconds, "make_usd": planned.usd}
    return made | (_prompt_parts(entry) if isinstance(entry, PromptEntry) else _character_parts(entry))


def _take(take: Take, row: EntryRow, in_cut: frozenset[str], entry: Entry) -> TakeTold:
    return TakeTold(
        number=take.number,
        model="a person" if take.model == "own" else take.model,
        media_type=take.media_type,
        asset=take.asset,
        seconds=round(take.seconds, 3),
        usd=take.usd,
        made_at=take.made_at[:16].replace("T", " "),
        rating=take.rating,
        note=take.note,
        notices=list(take.notices),
        used=row.used is not None and row.used.id == take.id,
        circled=row.circled == take.number,
        trashed=bool(take.trashed_at),
        in_cut=take.asset in in_cut,
        text=_text(entry, take) if medium(take.media_type) == "text" else "",
    )


def _text(entry: Entry, take: Take) -> str:
    try:
        return entry.text_of(take)[:200_000] if isinstance(entry, PromptEntry) else ""
    except GlimmerError as gone:
        return f"({gone})"


def _fields(film: Project, entry: Entry) -> Iterable[FieldTold]:
    if isinstance(entry, ShotEntry):
        return shot_fields(entry, latest_or_none(film))
    if isinstance(entry, CharacterEntry):
        return [*design_fields(entry), *voice_fields(entry)]
    return []


def latest_or_none(film: Project) -> Screenplay | None:
    """The film's script, where it has one."""
    try:
        return film.screenplays.latest
    except MissingPiece:
        return None


def _prompt_parts(entry: PromptEntry) -> dict[str, Any]:
    force = entry.in_force
    return {
        "text": entry.text,
        "ours": force.template.body.strip(),
        "source": force.source,
        "variants": list(entry.variants),
        "variant": entry.variant,
        "notice": force.notice,
        "rendered": _rendered(entry),
    }


def _rendered(entry: PromptEntry) -> str:
    """What a model is told with sample values; why not, where it can't be rendered."""
    try:
        return str(entry.render())[:100_000]
    except GlimmerError as error:
        return f"({error})"


def _character_parts(entry: Entry) -> dict[str, Any]:
    design = entry.state.get("design") if isinstance(entry, CharacterEntry) else None
    return {"palette": _colours(Design.model_validate(design).palette)} if design else {}


def lineage_told(film: Project, bucket: str, entry: Entry, number: int) -> dict[str, Any]:
    """What a take came from and what uses it, and what its model was told."""
    take = next((each for each in film.store.takes(bucket, entry.key, trashed=True) if each.number == number), None)
    request = film.store.request(take.made_for) if take is not None else None
    words = str(json.loads(request.body).get("words", "")) if request is not None else ""
    return {"text": repr(film.lineage((bucket, entry.name, number))), "words": words[:100_000]}


# ── a screenplay ────────────────────────────────────────────────────────────────────────────────────────────
def script_told(film: Project, key: str) -> dict[str, Any]:
    """One version of the script, typeset: blocks of [kind, text], and its text to edit."""
    script = film.screenplays[version_of(key)]
    blocks = _blocks(script)
    row = film.store.screenplay(script.version)
    return {
        "key": key,
        "name": key,
        "title": script.title,
        "note": _from(row.source_name, row.made_at) if row is not None else "",
        "text": script.source,
        "blocks": blocks[:_MOST_BLOCKS],
        "more": max(0, len(blocks) - _MOST_BLOCKS),
        "facts": {"scenes": len(script.scenes), "shots": len(script.shot_list), "lines": len(script.lines),
                  "cast": len(script.cast), "seconds": round(script.seconds, 1)},
        "notices": list(script.notices[:20]),
        "newest": row is not None and (newest := film.store.screenplay()) is not None and newest.version == row.version,
    }  # fmt: skip


def _blocks(script: Screenplay) -> list[list[str]]:
    found: list[list[str]] = [["title", script.title]]
    for scene in script.scenes:
        if scene.heading.raw:
            found.append(["heading", scene.heading.raw, scene.number])
        for element in scene.elements:
            line = script.lines_by_id.get(element.line_id) if element.kind == "line" else None
            if line is None:
                found.append([element.kind, element.text])
                continue
            found.append(["cue", line.character + (f" ({line.extension})" if line.extension else "")])
            if line.parenthetical:
                found.append(["parenthetical", f"({line.parenthetical})"])
            found.append(["speech", line.text])
    return found

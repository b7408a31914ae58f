"""How buckets look: contact sheets, lines and cues with their players, a character in words and colours, two takes side by side. From
plain values; a card is given only the rows that it shows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

from glimmer import limits
from glimmer.assets import Assets, thumbnail
from glimmer.buckets.shelves import AIR, FX
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
    plain_line,
    player,
    tag,
    thumbnail_uri,
)
from glimmer.display.card import media_html, picture_html
from glimmer.errors import StoreError
from glimmer.store import EntryRow, ScreenplayRow, Take
from glimmer.store.looking import Happening, Listed, Totals

__all__ = [
    "bucket_card",
    "comparison_card",
    "counted",
    "counts_text",
    "entries_table",
    "entry_card",
    "found_card",
    "happened",
    "screenplays_card",
    "stars_text",
    "text_of",
]

counted = count_text
_MOST_PLAYERS: Final = 8  # a page with twenty players is a wall of buttons
_LARGE_PX: Final = 720
_BESIDE_PX: Final = 480
_OWN: Final = "own:"
_LONGEST_SAID: Final = 160
_LONGEST_TEXT: Final = 6_000  # characters of a prompt on its card
_NOTHING: Final = frozenset(("", "current", "missing"))  # states that go without saying


# ── in one line ─────────────────────────────────────────────────────────────────────────────────────────────
def counts_text(one: str, known: Totals) -> str:
    """ "6 lines · 3 airs · 5 effects · 1 own · 15 takes"."""
    many = known.entries
    return one_line(
        count_text(many.get("", 0), one),
        *(count_text(many[key], word) for key, word in ((AIR, "air"), (FX, "effect")) if many.get(key)),
        f"{many[_OWN]:,} own" if many.get(_OWN) else "",
        count_text(known.takes, "take"),
    )


def stars_text(stars: int) -> str:
    """ "★★★★☆"; "" for none."""
    return "★" * stars + "☆" * (5 - stars) if stars else ""


def happened(event: Happening, name: str) -> str:
    """One step of an entry's history, in words: what was made or circled, else the words that were kept with it."""
    if event.made_takes:
        made = "; ".join(
            f"take {number} by {_maker(model)}{f' for {cost_text(usd)}' if usd else ''}" for number, model, usd in event.made_takes
        )
        return made if event.action in ("take", "make") else f"{event.what}: {made}"
    if event.circled is not None and event.action == "circle":
        return f"take {event.circled} circled" if event.circled else "the circle taken away"
    return {"ask": "something else asked for", "shelve": "its place in the script settled"}.get(
        event.action, event.what or f"{event.action} {name}"
    )


def _maker(model: str) -> str:
    return "a person" if model == "own" else model


# ── a whole bucket ──────────────────────────────────────────────────────────────────────────────────────────
def bucket_card(
    name: str,
    one: str,
    rows: Sequence[EntryRow],
    known: Totals,
    assets: Assets,
    *,
    states: Mapping[str, str],
    words: Mapping[str, str],
) -> Html:
    """A contact sheet where there are pictures, else lines, airs, effects and cues with their lengths and players.

    `rows`: the first that there are. `known`: how much there is in all.
    """
    subtitle = one_line(counts_text(one, known), cost_text(known.usd) if one != "prompt" else "")
    facts = [("without a take", f"{known.without_take:,}")] if known.without_take else []
    standing = [state for state in states.values() if state not in ("", "current", "missing")]
    facts += [(state, f"{standing.count(state):,}") for state in ("stale", "blocked") if state in standing]
    total = sum(known.entries.values())
    return card(name, facts, subtitle=subtitle, inside=_shown(rows, total, assets, states, words, wide=one == "character"))


def found_card(
    title: str,
    rows: Sequence[EntryRow],
    total: int,
    assets: Assets,
    *,
    states: Mapping[str, str],
    words: Mapping[str, str],
    nothing: str,
) -> Html:
    """What a search came to, or what lies in the trash; the first twenty of it."""
    if not rows:
        return card(title, subtitle=nothing)
    shown = rows[: limits.MAX_CARD_ROWS]
    return card(title, subtitle=count_text(total, "entry", "entries"), inside=_shown(shown, total, assets, states, words))


def _shown(
    rows: Sequence[EntryRow], total: int, assets: Assets, states: Mapping[str, str], words: Mapping[str, str], *, wide: bool = False
) -> Html:
    if any(row.used is not None and row.used.media_type.startswith(("image/", "video/")) for row in rows):
        cells = [(row.name, _picture(row.used, assets, row.name), _note(row, states.get(row.key, ""))) for row in rows]
        return Html(contact_sheet(cells, wide=wide) + _more(total - len(rows)))
    return Html(_listed(rows, assets, states, words).inner_html() + _more(total - len(rows)))


def _more(left: int) -> str:
    return f"<div {tag('g-more')}>… and {left:,} more</div>" if left > 0 else ""


def _listed(rows: Sequence[EntryRow], assets: Assets, states: Mapping[str, str], words: Mapping[str, str]) -> Table:
    """Sounds and texts in the order they are given, the first few with a player."""
    heads = ("", "who", "what", "length", "takes", "state", "listen")
    listed = [
        (row.name, *_who_and_what(row, words.get(row.key, "")),
         duration_text(row.used.seconds) if row.used and row.used.seconds else "", _note(row), _told(states.get(row.key, "")),
         _small_player(row, assets) if n < _MOST_PLAYERS else "")
        for n, row in enumerate(rows)
    ]  # fmt: skip
    columns = [n for n in range(len(heads)) if n == 0 or any(row[n] for row in listed)]
    return Table([heads[n] for n in columns], [[row[n] for n in columns] for row in listed])


def entries_table(
    rows: Sequence[EntryRow] | Sequence[Listed], states: Mapping[str, str], words: Mapping[str, str], *, title: str = ""
) -> Table:
    """Rows as plain values: name, who, what, state, used take, takes, seconds, stars, tags, usd. A column that is empty is left out."""
    heads = ("name", "who", "what", "state", "used", "takes", "seconds", "stars", "tags", "usd", "in the trash since")
    listed = [_as_values(each if isinstance(each, Listed) else _listed_row(each), states, words) for each in rows]
    always = (0, 4, 5)
    columns = [n for n in range(len(heads)) if n in always or any(row[n] for row in listed)]
    return Table([heads[n] for n in columns], [[row[n] for n in columns] for row in listed], title=title)


def _as_values(row: Listed, states: Mapping[str, str], words: Mapping[str, str]) -> tuple[object, ...]:
    tags = ", ".join(json.loads(row.tags)) if row.tags != "[]" else ""
    who_and_what = _kept_words(row.state, words.get(row.key, ""))
    return (row.name, *who_and_what, states.get(row.key, ""), row.used or None, row.takes, round(row.seconds, 2) or None,
            row.rating or None, tags, row.usd or None, row.trashed_at[:10])  # fmt: skip


def _listed_row(row: EntryRow) -> Listed:
    used = row.used
    return Listed(row.key, row.name, row.state, row.rating, json.dumps(row.tags), row.trashed_at, used.number if used else 0,
                  used.seconds if used else 0.0, row.take_count, row.usd)  # fmt: skip


def _who_and_what(row: EntryRow, words: str = "") -> tuple[str, str]:
    heard = " ".join(word for word, _, _ in row.used.words) if row.used else ""
    return _kept_words(row.state, words or heard)


def _kept_words(kept: str, words: str) -> tuple[str, str]:
    """(who, what) as the entry keeps it, else `words`."""
    state = json.loads(kept or "{}")
    if "sections" in state:  # a cue
        return "", ", ".join(f"{mood} {float(seconds):.0f} s" for mood, seconds in state["sections"])
    what = plain_line(state.get("says") or state.get("place") or state.get("action") or words)
    return str(state.get("who", "")), what if len(what) <= _LONGEST_SAID else what[: _LONGEST_SAID - 1] + "…"


def _small_player(row: EntryRow, assets: Assets) -> str:
    media = _player(row.used, assets)
    return player(media.url) if media is not None else ""


# ── one entry ───────────────────────────────────────────────────────────────────────────────────────────────
def entry_card(
    name: str,
    one: str,
    row: EntryRow,
    taken: Sequence[Take],
    assets: Assets,
    *,
    state: str = "",
    said: str = "",
    text: str | None = None,
) -> Html:
    """The used take large or playing (or its `text`), what is known of it in words, and every take in a table, the newest first."""
    used = row.used
    kept = json.loads(row.state or "{}")
    facts = _character_facts(kept) if "design" in kept else _sound_facts(row, said)
    facts += _directed_facts(kept.get("direction") or {})
    facts += [("stars", stars_text(row.rating)), ("tags", ", ".join(row.tags)), ("note", row.note)]
    if row.trashed_at:
        facts.append(("in the trash since", row.trashed_at[:10]))
    return card(
        name,
        [(label, value) for label, value in facts if value],
        subtitle=one_line(
            one,
            count_text(len(taken), "take"),
            f"take {row.circled} circled" if row.circled else "",
            "" if state == "missing" else state,
        ),
        rows=_takes_table(taken, row) if taken else None,
        picture=_picture(used, assets, row.name, width_px=_LARGE_PX),
        media=_player(used, assets),
        inside=_written(text) if text else None,
        notices=used.notices if used is not None else ("no take yet",),
    )


def _takes_table(taken: Sequence[Take], row: EntryRow) -> Table:
    heads = ("take", "", "length", "made by", "cost", "made at", "stars", "note")
    listed = [
        (take.number, _mark(take, row), duration_text(take.seconds) if take.seconds else "", _maker(take.model),
         cost_text(take.usd) if take.model != "own" else "", take.made_at[:16].replace("T", " "), stars_text(take.rating), take.note)
        for take in reversed(taken)
    ]  # fmt: skip
    columns = [n for n in range(len(heads)) if n < 2 or any(row[n] for row in listed)]
    return Table([heads[n] for n in columns], [[row[n] for n in columns] for row in listed])


def _written(text: str) -> Html:
    shown = text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"
    look = (
        "margin:0;padding:10px 14px;border-radius:6px;background-color:rgba(128,128,128,0.14);overflow-x:auto;white-space:pre-wrap"
    )
    return Html(f"<pre style='{look};font-size:13px;line-height:1.5;color:inherit'>{escape(shown)}</pre>")


def _mark(take: Take, row: EntryRow) -> str:
    used = row.used
    words = ("used" if used is not None and take.number == used.number else "", "circled" if take.number == row.circled else "")
    return ", ".join(word for word in words if word)


def _sound_facts(row: EntryRow, said: str) -> list[tuple[str, str]]:
    who, what = _who_and_what(row, said)
    return [("who", who), ("what", what)]


def _directed_facts(direction: Mapping[str, Any]) -> list[tuple[str, str]]:
    said = ", ".join(f"{name} {plain_line(value).replace('_', ' ')}" for name, value in direction.items())
    return [("as you want it", said)]


# ── two takes ───────────────────────────────────────────────────────────────────────────────────────────────
def comparison_card(
    name: str, takes: tuple[Take, Take], heads: tuple[str, str], differs: Table, assets: Assets, notices: Sequence[str]
) -> Html:
    """Both takes beside each other where there is room, else one under the other; then what is not the same about them."""
    cells = "".join(
        f"<div style='flex:1 1 320px;min-width:240px'>{_take_html(take, assets, f'{name}, {head}')}<div {tag('g-cap')}>{escape(head)}</div></div>"
        for take, head in zip(takes, heads, strict=True)
    )
    beside = f"<div style='display:flex;flex-wrap:wrap;gap:14px 18px;align-items:flex-start'>{cells}</div>"
    table = f"<div style='margin:14px 0 0'>{differs.inner_html()}</div>" if len(differs) else ""
    first, second = takes
    subtitle = f"take {first.number} and take {second.number}"
    return card(name, subtitle=subtitle, inside=Html(beside + table), notices=notices)


def _take_html(take: Take, assets: Assets, alt: str) -> str:
    if take.media_type.startswith("text/"):
        return _written(text_of(take, assets))
    media = _player(take, assets)
    if media is not None:
        return media_html(media)
    picture = _picture(take, assets, alt, width_px=_BESIDE_PX)
    whole = "display:block;width:100%;height:auto;margin:0;border-radius:6px"
    return picture_html(picture, style=whole) if picture is not None else f"<div {tag('g-note')}>its file is not there</div>"


def text_of(take: Take, assets: Assets) -> str:
    try:
        return assets.read(take.asset).decode("utf-8", "replace")
    except StoreError as error:
        return error.message


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
    if take is None or not take.media_type.startswith(("audio/", "video/")):
        return None
    try:
        return Media(media_url(assets.path(take.asset)), "audio" if take.media_type.startswith("audio/") else "video")
    except StoreError:
        return None


def _note(row: EntryRow, state: str = "") -> str:
    """How many takes, which is circled, its stars and how it stands; the usual one take that is current goes without saying."""
    parts = [] if row.used is not None else ["no take"]
    if row.circled or row.take_count > 1:
        parts.append(count_text(row.take_count, "take"))
    parts += [f"take {row.circled} circled" if row.circled else "", stars_text(row.rating)]
    return one_line("", *parts, _told(state))


def _told(state: str) -> str:
    """A state that is worth a word: current goes without saying, and missing is "no take" already."""
    return "" if state in _NOTHING else state

"""Planning: what a film asks for now, in the order of the road: sheets, lines, pictures, air, effects, cues, the cut, the film.

Asks the agents for their orders (which is pure) and the store how things stand; makes nothing. `plan.py` shows it and runs it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, cast

from glimmer.agents import Order
from glimmer.agents.making import made_for
from glimmer.agents.prompting import every_prompt
from glimmer.assembly import Assembly, CuePlan
from glimmer.assets import Assets
from glimmer.buckets import AIR, FX, LINE, Verdict, Wish, judge
from glimmer.crew import Agents
from glimmer.models.pricing import Priced
from glimmer.render.preset import PRESETS, board_size
from glimmer.screenplay import Screenplay
from glimmer.store import CutRow, JobRow, Standing, Store
from glimmer.vocabulary import Noun

__all__ = ["KINDS", "PlanRow", "Planner", "other_takes", "place_of"]

KINDS: Final = ("sheet", "line", "shot", "air", "effect", "cue", "cut", "film")
_MOST_FILES_LOOKED_AT: Final = 5_000  # a look at a file's place takes about 10 µs; beyond, studio.check() looks
# Seconds one takes on two cores, until this film's own ledger knows better. From benchmarks/road.py.
_USUAL_SECONDS: Final = {"sheet": 1.0, "line": 0.8, "shot": 1.2, "air": 0.8, "effect": 0.1, "cue": 1.5, "cut": 0.1}
_AGENTS: Final = {
    "sheet": "character",
    "line": "audio",
    "shot": "video",
    "cue": "music",
}  # air and effects: a line is not their measure


class PlanRow(Noun):
    """One thing that a film asks for. what: its name for people ("line 4"). seconds, usd: an estimate of making it, 0 where it is current."""

    what: str
    kind: str
    bucket: str
    key: str
    state: str
    why: str = ""
    seconds: float = 0.0
    usd: float = 0.0
    asset: str = ""  # of the take that stands


@dataclass(frozen=True)
class _Line:
    """A line as the score hears it: how long it is spoken, if that is known."""

    name: str
    seconds: float | None
    has_take: bool


class Planner:
    """Works out the plan of one film. Reads only."""

    def __init__(self, agents: Agents, store: Store, assets: Assets) -> None:
        self.agents = agents
        self.store = store
        self.assets = assets
        self._alone: tuple[object, tuple[Wish, ...]] | None = None  # what they were asked of, and the wishes
        self._laid: tuple[object, tuple[CuePlan, ...]] | None = None

    def rows(self, script: Screenplay, cut: CutRow | None) -> tuple[PlanRow, ...]:
        """Every row, in the order of the road."""
        standing = {(row.bucket, row.key): row for row in self.store.standing()}
        thrown = self.store.thrown()
        verdicts = self._judged(_wanted(self._remembered(script), thrown), standing)
        verdicts += self._judged(_wanted(self._cues(script, verdicts, standing), thrown), standing)
        paces = self.store.paces()
        rows = [self._row(verdict, paces, standing) for verdict in verdicts]
        rows.sort(key=lambda row: KINDS.index(row.kind))
        rows.append(self._cut_row(script, cut, rows, standing))
        rows.append(self._film_row(script, rows[-1], cut))
        return tuple(rows)

    # ── what is asked for ──────────────────────────────────────────────────────────────────────────────────
    def _remembered(self, script: Screenplay) -> tuple[Wish, ...]:
        """The wishes that stand alone, asked for anew only when the script, the cast, a prompt or the pictures' size has changed."""
        asked_of = (
            script.version,
            script.shot_list,
            tuple(self.store.states("characters").items()),
            every_prompt(self.agents.prompts),
            self._board_size(),
            self.agents.video.depends_on(script),
        )
        if self._alone is None or self._alone[0] != asked_of:
            self._alone = asked_of, tuple(self._made_alone(script))
        return self._alone[1]

    def _made_alone(self, script: Screenplay) -> Iterator[Wish]:
        """All that follows nothing but the script, the cast and the prompts."""
        agents = self.agents
        designs, voices = agents.character.known_designs(script), agents.character.known_voices(script)
        yield from _wishes("sheet", agents.character.sheet_orders(designs))
        yield from (Wish("sheet", "characters", m.name, m.name) for m in script.cast if m.name not in designs)
        yield from _wishes("line", agents.audio.line_orders(script, voices))
        for line in script.lines:
            if line.character not in voices:
                yield Wish("line", "audio", f"{LINE}{line.id}", f"line {line.number}", blocked=f"{line.character} has no voice yet")
        width_px, height_px = self._board_size()
        seen = {shot.id: [name for name in shot.cast if name not in designs] for shot in script.shot_list}
        orders = agents.video.orders(script, designs, width_px=width_px, height_px=height_px)
        yield from _wishes("shot", orders, {key: f"{names[0]} is not designed yet" for key, names in seen.items() if names})
        yield from _wishes("air", agents.audio.bed_orders(script))
        yield from _wishes("effect", agents.audio.effect_orders(script))

    def _cues(
        self, script: Screenplay, verdicts: Iterable[Verdict], standing: Mapping[tuple[str, str], Standing]
    ) -> Iterator[Wish]:
        """The cues follow the lines: a line that is not current has no length yet, so its cue has none either."""
        music = self.agents.music
        lines = {
            verdict.wish.key.removeprefix(LINE): _spoken(verdict, standing) for verdict in verdicts if verdict.wish.kind == "line"
        }
        mood, rate = music.asked_before()
        known = {line_id: line.seconds for line_id, line in lines.items() if line.seconds is not None}
        footage = {
            key: row.seconds
            for (bucket, key), row in standing.items()
            if bucket == "video" and row.model == "own" and row.media_type.startswith("video/")
        }
        asked_of = (script.version, script.shot_list, known, footage, mood, rate)
        if self._laid is None or self._laid[0] != asked_of:
            self._laid = asked_of, music.cues(script, known, footage, mood=mood, rate=rate)
        cues = self._laid[1]
        under = _lines_under(script, cues)
        for order in music.orders(cues, rate):
            waiting = [lines[line_id] for line_id in under[order.key] if line_id in lines and lines[line_id].seconds is None]
            words = ", ".join(line.name for line in waiting[:3]) + (" …" if len(waiting) > 3 else "")
            silent = any(not line.has_take for line in waiting)
            yield _wish(
                "cue",
                order,
                waits=f"{words} changed" if waiting else "",
                blocked=f"{words}: not spoken yet, so its length is not known" if silent else "",
            )

    def _board_size(self) -> tuple[int, int]:
        done = next((job for job in reversed(self.store.jobs()) if job.preset in PRESETS), None)
        return board_size(PRESETS[done.preset if done else "1080p24"])

    # ── how it stands ──────────────────────────────────────────────────────────────────────────────────────
    def _judged(self, wishes: Iterable[Wish], standing: Mapping[tuple[str, str], Standing]) -> list[Verdict]:
        pairs = [(wish, standing.get((wish.bucket, wish.key))) for wish in wishes]
        other = {row.made_for for wish, row in pairs if row is not None and row.asset and row.made_for != wish.made_for}
        asked = self.store.requests(sorted(other))
        lost = self.lost({row.asset for _, row in pairs if row is not None and row.asset})
        return [judge(wish, row, asked, is_lost=row is not None and row.asset in lost) for wish, row in pairs]

    def lost(self, assets: Collection[str]) -> set[str]:
        """Those of `assets` whose file is gone. Of a very large film none are looked at here: studio.check() does that."""
        if len(assets) > _MOST_FILES_LOOKED_AT:
            return set()
        return {sha256 for sha256 in assets if not self.assets.has(sha256)}

    def _row(
        self, verdict: Verdict, paces: Mapping[str, tuple[float, float]], standing: Mapping[tuple[str, str], Standing]
    ) -> PlanRow:
        wish = verdict.wish
        row = standing.get((wish.bucket, wish.key))
        seconds = usd = 0.0
        if verdict.state != "current":
            seconds = paces.get(_AGENTS.get(wish.kind, ""), (_USUAL_SECONDS[wish.kind], 0.0))[0]
            usd = self._price(wish) if wish.request is not None else 0.0
        return PlanRow(
            what=wish.name,
            kind=wish.kind,
            bucket=wish.bucket,
            key=wish.key,
            state=verdict.state,
            why=verdict.why,
            seconds=round(seconds, 2),
            usd=usd,
            asset=row.asset if row is not None else "",
        )

    def _price(self, wish: Wish) -> float:
        models = self.agents.models
        model = {"sheet": models.artist, "line": models.speech, "shot": models.artist, "cue": models.composer}.get(wish.kind)
        if wish.request is None or not _tells_prices(type(model)):  # type: ignore[arg-type]
            return 0.0
        return cast(Priced, model).estimate(wish.request).expected_usd

    def _cut_row(
        self, script: Screenplay, cut: CutRow | None, rows: list[PlanRow], standing: Mapping[tuple[str, str], Standing]
    ) -> PlanRow:
        row = PlanRow(what="cut", kind="cut", bucket="", key="cut", state="current")
        pictures = [each for each in rows if each.kind == "shot"]
        if cut is None:
            drawn = any(standing[each.bucket, each.key].asset for each in pictures if (each.bucket, each.key) in standing)
            state, why = ("missing", "not drafted yet") if drawn else ("blocked", "there is no picture to cut yet")
            return row.model_copy(update={"state": state, "why": why, "seconds": _USUAL_SECONDS["cut"]})
        why = _changed_by(rows) or self._behind(script, cut, standing)
        named = row.model_copy(update={"what": f"cut v{cut.version}"})
        if not why:
            return named
        if cut.made_by == "edit":
            why += "; edited by hand, so its takes are changed in place and its lengths stay"
        return named.model_copy(update={"state": "stale", "why": why, "seconds": _USUAL_SECONDS["cut"]})

    def _behind(self, script: Screenplay, row: CutRow, standing: Mapping[tuple[str, str], Standing]) -> str:
        """What the cut has otherwise than it stands now, "" for nothing."""
        cut = Assembly.model_validate_json(row.cut)
        if row.made_by == "draft" and cut.script_version != script.version:
            return f"it follows script v{cut.script_version}"
        return next(other_takes(cut, standing.values(), self.store.followed()), "")

    def _film_row(self, script: Screenplay, cut_row: PlanRow, cut: CutRow | None) -> PlanRow:
        done = [each for each in reversed(self.store.jobs()) if each.state == "done"]
        job = next((each for each in done if cut is not None and _is_of(each, cut)), done[0] if done else None)
        row = PlanRow(what=f"film {job.preset}" if job else "film", kind="film", bucket="", key="film", state="current")
        if job is not None and cut is not None and cut_row.state == "current" and _is_of(job, cut):
            return row
        if job is None:
            state, why = ("blocked", "there is no cut yet") if cut is None else ("missing", "not rendered yet")
            return row.model_copy(
                update={
                    "state": state,
                    "why": why,
                    "seconds": round((script.seconds if cut is None else _film_seconds(cut)) / 2, 2),
                }
            )
        why = "its file is gone" if cut is not None and job.cut_version == cut.version else "the cut changed"
        why = "the cut changes" if cut_row.state != "current" else why
        return row.model_copy(update={"state": "stale", "why": why, "seconds": round(job.seconds / 4, 2)})


def other_takes(
    cut: Assembly, standing: Iterable[Standing], followed: Mapping[tuple[str, str], str]
) -> Iterator[str]:
    """In words, every clip of the cut that is of another take than the one that is used now. followed: see `Store.followed`."""
    used = {(each.bucket, each.key): each for each in standing if each.asset}
    used |= {(bucket, old): used[bucket, key] for (bucket, old), key in followed.items() if (bucket, key) in used}
    for name, place, asset in clips_of(cut):
        stands = used.get(place)
        if stands is not None and stands.asset != asset:
            yield f"{name}: take {stands.take_number} is used now"


def clips_of(cut: Assembly) -> Iterator[tuple[str, tuple[str, str], str]]:
    """(name, (bucket, entry key), asset) of every clip that is made of an entry."""
    for track in cut.tracks:
        for clip in track.clips:
            if clip.made_of and clip.asset:
                yield clip.name, place_of(track.role, clip.name, clip.made_of), clip.asset


def place_of(role: str, name: str, made_of: str) -> tuple[str, str]:
    """(bucket, entry key) of what a clip on a track of this role is made of."""
    if role == "picture":
        return "video", made_of
    if role == "music":
        return "music", made_of
    if role == "dialogue":
        return "audio", f"{LINE}{made_of}"
    return "audio", f"{FX if name.startswith('fx') else AIR}{made_of}"


def _wanted(wishes: Iterable[Wish], thrown: Collection[tuple[str, str]]) -> Iterator[Wish]:
    """Those that a person has not thrown away."""
    return (wish for wish in wishes if (wish.bucket, wish.key) not in thrown)


def _wishes(kind: str, orders: Iterable[Order], blocked: Mapping[str, str] | None = None) -> Iterator[Wish]:
    for order in orders:
        yield _wish(kind, order, blocked=(blocked or {}).get(order.key, ""))


def _wish(kind: str, order: Order, *, waits: str = "", blocked: str = "") -> Wish:
    asked = order.request.model_copy(update={"seed": 0})
    name = order.name.split(" (")[0]
    return Wish(kind, order.bucket, order.key, name, made_for(order), order.model.name, asked, blocked, waits)


@cache
def _tells_prices(kind: type) -> bool:
    """Once a class: Python looks through a protocol anew each time, 60 µs for each of 7,000 rows."""
    return issubclass(kind, Priced)


def _spoken(verdict: Verdict, standing: Mapping[tuple[str, str], Standing]) -> _Line:
    row = standing.get((verdict.wish.bucket, verdict.wish.key))
    has_take = row is not None and bool(row.asset)
    return _Line(verdict.wish.name, row.seconds if row is not None and verdict.state == "current" else None, has_take)


def _lines_under(script: Screenplay, cues: tuple[CuePlan, ...]) -> dict[str, list[str]]:
    """Cue key -> the lines spoken while it plays: those of its scenes, up to the next cue's first."""
    starts = {cue.key: cue for cue in cues}
    under: dict[str, list[str]] = {cue.key: [] for cue in cues}
    playing = ""
    for scene in script.scenes:
        playing = f"cue:{scene.id}" if f"cue:{scene.id}" in starts else playing
        if playing:
            under[playing].extend(line.id for line in scene.lines)
    return under


def _changed_by(rows: list[PlanRow]) -> str:
    """What a cut waits for: the things it is made of that are not current."""
    changed = [row for row in rows if row.state in ("stale", "missing", "blocked") and row.kind != "sheet"]
    if not changed:
        return ""
    names = ", ".join(row.what for row in changed[:3])
    return f"{names}{' …' if len(changed) > 3 else ''} {'changes' if len(changed) == 1 else 'change'}"


def _is_of(job: JobRow, cut: CutRow) -> bool:
    return job.cut_version == cut.version and Path(job.path).is_file()


def _film_seconds(row: CutRow) -> float:
    cut = Assembly.model_validate_json(row.cut)
    return float(cut.frames / cut.rate)

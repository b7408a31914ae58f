"""Project: one film, all that a notebook holds. Opens its rows and files, and hands its buckets and models to the agents.

Everything a project knows is on disk in its studio; opening it again, in another kernel, finds it as it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from glimmer.agents import Making
from glimmer.agents.prompting import film_prompts
from glimmer.archiving import archive_film
from glimmer.asked import Asked
from glimmer.assembly import Assembly
from glimmer.buckets import Screenplays
from glimmer.buckets.asking import wire
from glimmer.buckets.opening import open_buckets
from glimmer.chat import Chat
from glimmer.crew import Agents, Shelves
from glimmer.display import Table, cost_text, count_text, duration_text
from glimmer.errors import InputError, MissingPiece, NotFound
from glimmer.export import Archived, Exported, export_film
from glimmer.film_money import HasMoney
from glimmer.idea import Idea
from glimmer.jobs import Film, RenderJob, start_render
from glimmer.lot import Lot
from glimmer.models import Models, open_models
from glimmer.models.chosen import chosen
from glimmer.plan import Plan
from glimmer.planning import Planner, PlanRow
from glimmer.project_card import history_table, project_card
from glimmer.render.preset import PRESETS, Preset, board_size, preset_named
from glimmer.renders import Renders
from glimmer.running import Runner
from glimmer.screenplay import Screenplay, renamed
from glimmer.screenplay import read as read_script
from glimmer.settings import Settings
from glimmer.store import CutRow, StepRow, Store
from glimmer.titles import checked_title, file_name

__all__ = ["Cuts", "Project"]

_CLEAN: Final = "-clean"  # in the name of a film without captions


class Cuts:
    """`film.cuts`: every version of the cut. `film.cuts[3]` is v3, one that was undone too."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getitem__(self, version: int) -> Assembly:
        row = self._store.cut(version)
        if row is None:
            raise NotFound.among("cut version", version, ())
        return _read_cut(row)

    def __len__(self) -> int:
        return self._store.version_counts()[1]

    def __iter__(self) -> Iterator[Assembly]:
        return (_read_cut(row) for row in self._store.cuts())

    def __repr__(self) -> str:
        return f"cuts: {count_text(len(self), 'version')}"


class HasLot(Protocol):
    """A studio that is open, or whatever else stands on a lot."""

    @property
    def lot(self) -> Lot: ...


class Project(Asked, HasMoney):
    """One film. Opens it, or creates it, in a studio: a folder, "postgresql://…", or an open Studio (else $GLIMMER_STUDIO, else ./studio)."""

    def __init__(
        self,
        title: str,
        *,
        studio: str | Path | HasLot | None = None,
        assets: str | Path | None = None,
        models: str | None = None,
        user: str | None = None,
    ) -> None:
        """Raises: InputError for an impossible title, StoreError if the studio can't be opened or written, or the film is in its trash."""
        self.title = checked_title(title)
        if studio is None or isinstance(studio, str | Path):
            settings = Settings.from_environment(studio=studio, assets=assets, models=models, user=user)
            self.lot = Lot.at(settings.studio, assets=settings.assets)
        else:
            settings = Settings.from_environment(models=models, user=user)
            self.lot = studio.lot
        self.models: Models = open_models(settings.models)
        self._settings = settings
        self.assets = self.lot.assets
        self.store = Store(self.lot.database, self.title, user=settings.user)
        self.screenplays = Screenplays(self.store)
        buckets = open_buckets(self.store, self.assets)
        self.characters, self.prompts = buckets.characters, buckets.prompts
        self.video, self.audio, self.music = buckets.video, buckets.audio, buckets.music
        self.cuts = Cuts(self.store)
        self._renders = Renders(self)
        self._hire()
        for bucket in buckets:
            wire(bucket, lambda: self.screenplays.latest)
            bucket.states = partial(self._states_in, bucket.name)
            bucket.film = self
        self.characters.renamer = self._rename_character
        self.screenplays.film = self
        self._collect_in_background()

    def _hire(self) -> None:
        """Agents and a planner who work with the models of now."""
        shelves = Shelves(self.screenplays, self.characters, self.prompts, self.video, self.audio, self.music)
        self.agents = Agents(
            title=self.title,
            models=self.models,
            shelves=shelves,
            store=self.store,
            assets=self.assets,
            prompts=film_prompts(self.prompts),
            keep_draft=self._keep_draft,
            keep_edit=self._keep_edit,
            newest_cut=lambda: self.cut,
            render=self.render,
            export=self.export,
        )
        self._planner = Planner(self.agents, self.store, self.assets)
        self._chat: Chat | None = None
        # At one revision of the film; worked out anew when it moves on.
        self._planned: tuple[str, tuple[PlanRow, ...]] | None = None

    def use(self, *models: object, **by_job: object) -> str:
        """Let other models work on this film, in this session: a set by name (`film.use("gemini")`), a model for one job
        (`film.use(artist="gemini")`), or one of your own (`film.use(ink)`). What was made stays and is used; plan() says what the new ones would make.

        Returns: who works now. Raises: NotFound for a job or a name nobody knows, InputError for an object that can't do the job.
        """
        self.models = chosen(self.models, *models, **by_job)
        self._hire()
        return self.models.note

    # ── the road ───────────────────────────────────────────────────────────────────────────────────────────
    def make(
        self, what: Idea | Screenplay | str, *, preset: str | Preset = "720p24", captions: bool = True, wait: bool = True
    ) -> RenderJob:
        """The whole road in one call: an idea or a screenplay becomes a rendered film. What stands already is not made again."""
        wanted = preset_named(preset)
        agents, size = self.agents, board_size(wanted)
        script = self.screenplays.keep(what) if isinstance(what, Screenplay) else agents.screenplay.draft(what)
        agents.character.design(script)
        agents.audio.voice(script)
        agents.video.shoot(script, width_px=size[0], height_px=size[1])
        agents.audio.ambience(script)
        agents.music.score(script, rate=wanted.rate)
        job = self.render(agents.assembly.draft(script, rate=wanted.rate), preset=wanted, captions=captions)
        return job.wait() if wait else job

    @property
    def cut(self) -> Assembly:
        """The newest kept cut.

        Raises: MissingPiece while there is none.
        """
        cut = self._newest_cut()
        if cut is None:
            raise MissingPiece(f'"{self.title}" has no cut yet. Draft one: film.agents.assembly.draft(script).')
        return cut

    @cut.setter
    def cut(self, cut: Assembly) -> None:
        if not isinstance(cut, Assembly):
            raise InputError(f"a {type(cut).__name__} is no cut; expected an Assembly: film.cut, or film.cuts[1].")
        self._keep_edit(cut)

    def render(self, cut: Assembly | None = None, preset: str | Preset = "720p24", *, captions: bool = True) -> RenderJob:
        """Begin to render `cut` (the newest, if none is given) in the background; the same render again is the film that is there.

        A cut that was edited and not kept yet is kept first, as film.cut = cut does: a film on disk belongs to a version.
        """
        if cut is not None and not isinstance(cut, Assembly):
            raise InputError(
                f"a {type(cut).__name__} can't be rendered; expected a cut: film.cut, or film.agents.assembly.draft(script)."
            )
        cut = self.cut if cut is None else self._kept(cut)
        if not isinstance(captions, bool):
            raise InputError(
                f"captions={captions!r:.40}; expected True or False. How they look is the cut's: cut.captions_as(look=…, size=…)."
            )
        wanted = preset_named(preset)
        named = f"{file_name(self.title)}-v{cut.version}-{file_name(wanted.name)}{'' if captions else _CLEAN}"
        return start_render(
            cut,
            wanted,
            store=self.store,
            media=self.assets.path,
            folder=self.lot.folder / "cache",
            out=lambda key: self.lot.folder / "renders" / f"{named}-{key[:10]}{wanted.suffix}",
            captions=captions,
        )

    @property
    def renders(self) -> Renders:
        """Every render of this film, oldest first: read like a tuple; one that runs here is the very job that `render` gave."""
        return self._renders

    def export(
        self,
        job: RenderJob,
        out: str | Path,
        *,
        subtitles: Sequence[str] = (),
        timeline: Sequence[str] = (),
        stems: bool = False,
    ) -> Exported:
        """Copy a finished film to `out`, with subtitles ("srt", "vtt", "ass") and timelines ("otio", "edl") beside it.

        stems: dialogue, music and effects by themselves, as out_DX.wav, out_MX.wav and out_FX.wav: the film's sound before its
        limiter. Refused for a GIF, which has no sound.
        """
        if not isinstance(job, RenderJob):
            raise InputError(
                f"a {type(job).__name__} can't be exported; expected a finished render: job = film.render(cut).wait()."
            )
        film = job.result
        return export_film(
            self.cuts[job.cut_version],
            film.path,
            Path(out),
            subtitles=subtitles,
            timeline=timeline,
            media=self.assets.path,
            poster=film.poster,
            stems=_heard_as(film) if stems else None,
        )

    # ── what it knows ──────────────────────────────────────────────────────────────────────────────────────
    @property
    def making(self) -> Making:
        """What was made and what stood already, in this session."""
        return self.agents.making

    @property
    def notices(self) -> tuple[str, ...]:
        """What a person should know of what was made in this session."""
        return self.making.notices

    @property
    def spent_usd(self) -> float:
        """What all model calls of this film have cost."""
        return self.store.spent()[1]

    # ── what is asked for ──────────────────────────────────────────────────────────────────────────────────
    def plan(self) -> Plan:
        """What the newest script, the cast, the prompts and the cut ask for, held against what stands: current, stale, missing or
        blocked, why, and what making it would take. Makes nothing; `film.plan().run()` does.

        Raises: MissingPiece while there is no script.
        """
        revision = self.store.revision()
        if (
            self._planned is None
            or self._planned[0] != revision
            or self._planner.lost({row.asset for row in self._planned[1] if row.asset})
        ):
            self._planned = revision, self._planner.rows(self.screenplays.latest, self.store.cut())
        return Plan(self.title, self._planned[1], self._run_plan)

    def _run_plan(self, plan: Plan, say: Callable[[str], None]) -> Making:
        runner = Runner(self.agents, self.store, self._newest_cut, self._render_again)
        return runner.run(self.screenplays.latest, plan, say)

    def _newest_cut(self) -> Assembly | None:
        row = self.store.cut()
        return None if row is None else _read_cut(row)

    def _render_again(self) -> str:
        """Render the newest cut as it was rendered last."""
        last = next((job for job in reversed(self.store.jobs()) if job.preset in PRESETS), None)
        captions = last is None or f"{_CLEAN}-" not in Path(last.path).stem
        job = self.render(preset=last.preset if last else "720p24", captions=captions).wait()
        return f"film {job.preset}, {duration_text(job.result.seconds)}"

    # ── talking about it ───────────────────────────────────────────────────────────────────────────────────
    @property
    def chat(self) -> Chat:
        """The film's conversation, the newest one: `film.chat("make the whale bigger")` says something to it, `film.chat.say(…)` too.
        Its tools are the film's, and yours (`@gl.tool`)."""
        if self._chat is None:
            self._chat = Chat(self)
        return self._chat

    # ── the way back ───────────────────────────────────────────────────────────────────────────────────────
    def undo(self) -> StepRow:
        """Take back the newest step: an edit, a circle, a revision, a run of an agent (its takes go to the trash and cost nothing to
        get back). Whoever made it, in whatever kernel.

        Raises: MissingPiece when there is nothing to undo.
        """
        return self.store.undo()

    def redo(self) -> StepRow:
        """Do again what was undone last. Raises: MissingPiece when there is nothing."""
        return self.store.redo()

    @property
    def history(self) -> Table:
        """Every step that changed the film, newest first."""
        return history_table(self.title, self.store.steps())

    # ── hand-off ───────────────────────────────────────────────────────────────────────────────────────────
    def archive(self, out: str | Path, *, renders: bool = True, overwrite: bool = False, without_missing: bool = False) -> Archived:
        """The whole film in one file: every row, its history and trash too, the media they name, and with `renders` its finished films.
        `Studio.open_archive` opens it on any machine.

        Raises: StoreError for a missing or damaged file that it needs (`without_missing` leaves it out and says so).
        """
        return archive_film(self.store, self.lot, out, renders=renders, overwrite=overwrite, without_missing=without_missing)

    # ── inside ─────────────────────────────────────────────────────────────────────────────────────────────
    def _states_in(self, bucket: str) -> dict[str, str]:
        return {key: state for (name, key), state in self.states().items() if name == bucket}

    def _rename_character(self, old: str, new: str) -> str:
        """Call a character by another name, in the script and in its entry, in one step; looks and voice stay."""
        script = self.screenplays.latest
        before = {member.name for member in script.cast}
        text = renamed(script.source, old, new)
        called = {member.name for member in read_script(text, title=script.title).cast} - before
        wanted = " ".join(new.split())
        new = next((name for name in called if name.casefold() == wanted.casefold()), wanted)  # as cues are written: in capitals
        row = self.characters[old].row
        state = json.loads(row.state)
        for part in ("brief", "design"):
            if part in state:
                state[part]["name"] = new
        with self.store.write("rename", f"rename {old} to {new}"):
            self.store.change_entry(
                "characters", row.key, action="", what="", key=new, name=new, state=json.dumps(state, ensure_ascii=False)
            )
            self.screenplays.add(text, title=script.title)
        return new

    def _kept(self, cut: Assembly) -> Assembly:
        """The version of the film that is this very cut; it is kept if there is none. An edited cut still has its parent's number."""
        for row in (self.store.cut(cut.version) if cut.version else None, self.store.cut()):
            if row is not None and _read_cut(row) == cut.model_copy(update={"version": row.version}):
                return _read_cut(row)
        return self._keep_edit(cut)

    def _keep_draft(self, cut: Assembly) -> Assembly:
        return self._keep_cut(cut, made_by="draft")

    def _keep_edit(self, cut: Assembly) -> Assembly:
        return self._keep_cut(cut, made_by="edit")

    def _keep_cut(self, cut: Assembly, *, made_by: str) -> Assembly:
        text = cut.model_copy(update={"version": 0}).model_dump_json()
        version = self.store.keep_cut(text, made_by=made_by, seconds=cut.seconds)
        return cut.model_copy(update={"version": version})

    def __repr__(self) -> str:
        calls, usd = self.store.spent()
        return f'film "{self.title}" · {self.models.name} · {calls} calls · ${usd:.2f}'

    def _repr_html_(self) -> str:
        calls, usd = self.store.spent()
        versions = self.store.version_counts()
        drawn = self.store.first_picture()
        return project_card(
            self.title,
            [
                ("models", self.models.note),
                ("spent", f"{cost_text(usd)} in {count_text(calls, 'call')}"),
                *self._money_facts(),
                ("studio", self.lot.where),
            ],
            self.store.tallies(),
            {
                "screenplays": versions[0],
                "cuts": versions[1],
                "renders": sum(job.state == "done" for job in self.store.jobs()),
            },
            self.assets.path(drawn) if drawn and self.assets.has(drawn) else None,
        )


def _read_cut(row: CutRow) -> Assembly:
    return Assembly.model_validate_json(row.cut).model_copy(update={"version": row.version})


def _heard_as(film: Film) -> Preset:
    """A preset at whose rate and loudness that film is heard: what it came out at, whatever preset of one's own it was made by."""
    lufs = min(max(film.lufs, -40.0), -8.0)  # what a preset can ask for
    return preset_named("720p24").model_copy(update={"rate": film.rate, "loudness_lufs": lufs})

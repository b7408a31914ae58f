"""Project: one film, all that a notebook holds. Opens its rows and files, and hands its buckets and models to the agents.

Everything a project knows is on disk in its studio; opening it again, in another kernel, finds it as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from glimmer import limits, log
from glimmer.agents import (
    AssemblyAgent,
    AudioAgent,
    CharacterAgent,
    Maker,
    Making,
    MusicAgent,
    ScreenplayAgent,
    VideoAgent,
)
from glimmer.assembly import Assembly
from glimmer.assets import Assets, remember
from glimmer.buckets import Bucket, Screenplays
from glimmer.display import cost_text, count_text
from glimmer.errors import InputError, MissingPiece, NotFound
from glimmer.export import Exported, export_film
from glimmer.idea import Idea
from glimmer.jobs import RenderJob, start_render
from glimmer.models import Models, open_models
from glimmer.project_card import project_card
from glimmer.render.preset import Preset, preset_named
from glimmer.screenplay import Screenplay
from glimmer.settings import Settings
from glimmer.store import Database, Store

__all__ = ["Agents", "Cuts", "Project"]


class Agents:
    """`film.agents`: who makes what. Each is made, with the film's buckets and models in its hands, when it is first asked for."""

    def __init__(self, film: Project) -> None:
        self._film = film

    @cached_property
    def screenplay(self) -> ScreenplayAgent:
        film = self._film
        return ScreenplayAgent(
            title=film.title, screenplays=film.screenplays, model=film.models.writer, maker=film._maker("screenplay")
        )

    @cached_property
    def character(self) -> CharacterAgent:
        film = self._film
        return CharacterAgent(
            characters=film.characters,
            screenplays=film.screenplays,
            designer=film.models.designer,
            artist=film.models.artist,
            speech=film.models.speech,
            maker=film._maker("character"),
        )

    @cached_property
    def video(self) -> VideoAgent:
        film = self._film
        return VideoAgent(
            video=film.video,
            screenplays=film.screenplays,
            casting=self.character,
            model=film.models.artist,
            maker=film._maker("video"),
        )

    @cached_property
    def audio(self) -> AudioAgent:
        film = self._film
        return AudioAgent(
            audio=film.audio,
            screenplays=film.screenplays,
            casting=self.character,
            speech=film.models.speech,
            sound=film.models.sound,
            maker=film._maker("audio"),
        )

    @cached_property
    def music(self) -> MusicAgent:
        film = self._film
        return MusicAgent(
            title=film.title,
            music=film.music,
            audio=film.audio,
            video=film.video,
            screenplays=film.screenplays,
            model=film.models.composer,
            maker=film._maker("music"),
        )

    @cached_property
    def assembly(self) -> AssemblyAgent:
        film = self._film
        return AssemblyAgent(
            video=film.video, audio=film.audio, music=film.music, screenplays=film.screenplays, keep=film._keep_cut
        )

    def __repr__(self) -> str:
        return "agents: screenplay · character · video · audio · music · assembly"


class Cuts:
    """`film.cuts`: every version of the cut. `film.cuts[3]` is v3."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getitem__(self, version: int) -> Assembly:
        rows = dict(self._store.cuts())
        if version not in rows:
            raise NotFound.among("cut version", version, map(str, rows))
        return _read_cut(version, rows[version])

    def __len__(self) -> int:
        return len(self._store.cuts())

    def __iter__(self) -> Iterator[Assembly]:
        return (_read_cut(version, cut) for version, cut in self._store.cuts())

    def __repr__(self) -> str:
        return f"cuts: {len(self)} versions"


class Project:
    """One film. Opens it, or creates it, in a studio folder (`studio`, else $GLIMMER_STUDIO, else ./studio)."""

    def __init__(self, title: str, *, studio: str | Path | None = None, models: str | None = None) -> None:
        """Raises: InputError for an impossible title, StoreError if the studio can't be opened or written."""
        settings = Settings.from_environment(studio=studio, models=models)
        self.title = _checked_title(title)
        self.studio = Path(settings.studio)
        self.models: Models = open_models(settings.models)
        self.store = Store(Database(self.studio / "glimmer.db"), self.title)
        self.assets = Assets(self.studio / "objects")
        remember(self.assets)
        log.keep_in(self.studio / "log")
        self.screenplays = Screenplays(self.store)
        self.characters = Bucket("characters", "character", self.store, self.assets)
        self.video = Bucket("video", "shot", self.store, self.assets)
        self.audio = Bucket("audio", "line", self.store, self.assets)
        self.music = Bucket("music", "cue", self.store, self.assets)
        self.cuts = Cuts(self.store)
        self.agents = Agents(self)
        self._makers: list[Maker] = []

    # ── the road ───────────────────────────────────────────────────────────────────────────────────────────
    def make(
        self, what: Idea | Screenplay | str, *, preset: str | Preset = "720p24", captions: bool = True, wait: bool = True
    ) -> RenderJob:
        """The whole road in one call: an idea or a screenplay becomes a rendered film. What stands already is not made again."""
        wanted = preset_named(preset)
        agents = self.agents
        script = self.screenplays.keep(what) if isinstance(what, Screenplay) else agents.screenplay.draft(what)
        agents.character.design(script)
        agents.audio.voice(script)
        agents.video.shoot(script, **_board_size(wanted))
        agents.audio.ambience(script)
        agents.music.score(script, rate=wanted.rate)
        job = self.render(agents.assembly.draft(script, rate=wanted.rate), preset=wanted, captions=captions)
        return job.wait() if wait else job

    @property
    def cut(self) -> Assembly:
        """The newest kept cut.

        Raises: MissingPiece while there is none.
        """
        rows = self.store.cuts()
        if not rows:
            raise MissingPiece(f'"{self.title}" has no cut yet. Draft one: film.agents.assembly.draft(script).')
        return _read_cut(*rows[-1])

    @cut.setter
    def cut(self, cut: Assembly) -> None:
        self._keep_cut(cut)

    def render(self, cut: Assembly | None = None, preset: str | Preset = "720p24", *, captions: bool = True) -> RenderJob:
        """Begin to render `cut` (the newest, if none is given) in the background; the same render again is the film that is there."""
        cut = self.cut if cut is None else cut
        if not isinstance(cut, Assembly):
            raise InputError(
                f"a {type(cut).__name__} can't be rendered; expected a cut: film.cut, or film.agents.assembly.draft(script)."
            )
        wanted = preset_named(preset)
        out = self.studio / "renders" / f"{_file_name(self.title)}-v{cut.version}-{wanted.name}{'' if captions else '-clean'}.mp4"
        return start_render(
            cut, wanted, store=self.store, media=self.assets.path, folder=self.studio / "cache", out=out, captions=captions
        )

    @property
    def renders(self) -> tuple[RenderJob, ...]:
        """Every render of this film, oldest first."""
        return tuple(RenderJob(self.store, row) for row in self.store.jobs())

    def export(
        self,
        job: RenderJob,
        out: str | Path,
        *,
        subtitles: Sequence[str] = (),
        timeline: Sequence[str] = (),
    ) -> Exported:
        """Copy a finished film to `out`, with subtitles ("srt", "vtt", "ass") and timelines ("otio", "edl") beside it."""
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
        )

    # ── what it knows ──────────────────────────────────────────────────────────────────────────────────────
    @property
    def making(self) -> Making:
        """What was made and what stood already, in this session."""
        return sum((maker.done for maker in self._makers), Making())

    @property
    def notices(self) -> tuple[str, ...]:
        """What a person should know of what was made in this session."""
        return self.making.notices

    @property
    def spent_usd(self) -> float:
        """What all model calls of this film have cost."""
        return self.store.spent()[1]

    def _maker(self, agent: str) -> Maker:
        maker = Maker(agent, self.store, self.assets)
        self._makers.append(maker)
        return maker

    def _keep_cut(self, cut: Assembly) -> Assembly:
        version = self.store.keep_cut(cut.model_copy(update={"version": 0}).model_dump_json())
        return cut.model_copy(update={"version": version})

    def __repr__(self) -> str:
        calls, usd = self.store.spent()
        return f'film "{self.title}" · {self.models.name} · {calls} calls · ${usd:.2f}'

    def _repr_html_(self) -> str:
        calls, usd = self.store.spent()
        drawn = [take.asset for take in self.video.used_takes().values() if self.assets.has(take.asset)]
        return project_card(
            self.title,
            [
                ("models", self.models.note),
                ("spent", f"{cost_text(usd)} in {count_text(calls, 'call')}"),
                ("studio", str(self.studio)),
            ],
            {name: self.store.entries(name) for name in ("characters", "audio", "video", "music")},
            {
                "screenplays": len(self.screenplays),
                "cuts": len(self.cuts),
                "renders": sum(job.state == "done" for job in self.store.jobs()),
            },
            self.assets.path(drawn[0]) if drawn else None,
        )


def _read_cut(version: int, text: str) -> Assembly:
    return Assembly.model_validate_json(text).model_copy(update={"version": version})


def _checked_title(title: str) -> str:
    words = " ".join(title.split()) if isinstance(title, str) else ""
    if not words or len(words) > limits.MAX_NAME_CHARS or any(ord(c) < 32 for c in words):
        raise InputError(
            f"a film can't be called {title!r:.60}; expected 1 to {limits.MAX_NAME_CHARS} printable characters (MAX_NAME_CHARS)."
        )
    return words


def _file_name(title: str) -> str:
    """A safe file name for a title in any script; it never leaves its folder."""
    return re.sub(r"[^\w\-]+", "-", title, flags=re.UNICODE).strip("-_.")[:60] or "film"


def _board_size(preset: Preset) -> dict[str, int]:
    """The size to draw boards at: the preset's shape, at 1080 lines of the shorter side, so that a slow push stays sharp at 1080p."""
    scale = Fraction(1080, min(preset.width_px, preset.height_px))
    return {"width_px": round(preset.width_px * scale), "height_px": round(preset.height_px * scale)}

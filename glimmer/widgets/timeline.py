"""TimelineFace: the film's newest cut as tracks to look at, play and edit. What a mouse does there is a verb of Python, and is shown as one.

    timeline = gl.Timeline(film)        # shown as the last thing of a cell
    timeline.lines                      # what was done with it, a line of Python an edit

It keeps no cut of its own: each edit is done to the newest one and kept as the film's next version, one step of the one history. A cut
that was kept elsewhere, in a cell, by chat, in another tab, is shown when it comes.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar, Final

from glimmer.assembly import Assembly
from glimmer.errors import InputError, MissingPiece, NotFound
from glimmer.project import Project
from glimmer.vocabulary import Noun
from glimmer.widgets.behind import Behind
from glimmer.widgets.face import Asked, answers
from glimmer.widgets.film_face import FilmFace, Redo, Undo
from glimmer.widgets.following import look_now
from glimmer.widgets.timeline_asks import DraftCut, Edit, FrameAt, Lay, Lines, PlayFrom, SoundOf, TakeUsed
from glimmer.widgets.timeline_lay import laid
from glimmer.widgets.timeline_lines import done
from glimmer.widgets.timeline_patch import patch_of
from glimmer.widgets.timeline_playing import Playing
from glimmer.widgets.timeline_state import TimelineState
from glimmer.widgets.timeline_view import Shelved, ShortNames, cut_state, shelved
from glimmer.widgets.wire import Operation

__all__ = ["TimelineFace"]

_KEPT_CUTS: Final = 6
_MOST_SCREENS: Final = 200
_MOST_LINES: Final = 2_000
_MOST_TOLD: Final = 500  # of them, to a page
_WIDTHS_PX: Final = (64, 1920)
_NO_SCRIPT: Final = (
    "There is no script yet, and so nothing to cut. Write one: film.make(gl.Idea(…)), or bring one to the screenplays."
)
_NO_PICTURE: Final = "There is a script, and no picture of it yet. Shoot its boards, then draft a first cut."
_NO_CUT: Final = "The boards are there, and no cut of them yet: draft a first one."


class TimelineFace(FilmFace):
    """The timeline of one film."""

    bundle: ClassVar[str] = "timeline"
    called: ClassVar[str] = "timeline"
    shows: ClassVar[type[Noun] | None] = TimelineState

    def __init__(self, film: Project) -> None:
        self.lines: list[str] = []
        self._cuts: OrderedDict[int, Assembly] = OrderedDict()
        self._guard = threading.Lock()
        self._short = ShortNames()
        self._places = shelved(())
        self._looked_for: set[str] = set()
        self._view: tuple[int, dict[str, Any]] | None = None
        self._scrubbed: OrderedDict[str, str] = OrderedDict()  # browser page -> id of its newest ask for a picture
        self._playing = Playing(film.lot.folder / "cache" / "faces", self._cut, film.assets.path)
        self._behind = Behind(film.store, self._newest, self.changed)
        super().__init__(film)

    # ── what is shown ──────────────────────────────────────────────────────────────────────────────────────
    def card(self) -> object:
        try:
            return self.film.cut
        except MissingPiece:
            return self.film

    def state(self) -> dict[str, Any]:
        back, forth = self.film.store.ahead()
        told = {"film": self.film.title} | ({"undo": back} if back else {}) | ({"redo": forth} if forth else {})
        version = self._newest_version()
        if not version:
            hint = self._hint()
            return told | {"hint": hint} | ({"can_draft": True} if hint == _NO_CUT else {})
        view = self._view
        if view is None or view[0] != version:
            cut = self._cut(version)
            view = self._view = version, cut_state(cut, self._places_of(cut), self._short)
        behind = self._behind.look()
        return told | ({"behind": behind} if behind else {}) | view[1]

    def _hint(self) -> str:
        if self.film.store.screenplay() is None:
            return _NO_SCRIPT
        drawn = any(each.bucket == "video" and each.asset for each in self.film.store.standing())
        return _NO_CUT if drawn else _NO_PICTURE

    def _places_of(self, cut: Assembly) -> Shelved:
        """Where the cut's media stand. The buckets are looked through only when a medium comes that was not there before."""
        assets = {clip.asset for clip in cut.clips}
        if not assets <= self._looked_for:
            self._looked_for |= assets
            self._places = shelved(self.film.store.standing())
        return self._places

    def patch(self, old: dict[str, Any], new: dict[str, Any]) -> list[Operation]:
        return patch_of(old, new)

    def media_file(self, ref: str) -> tuple[Path, str]:
        kind, _, rest = ref.partition("/")
        if kind == "frame":
            version, frame, width_px = _numbers(ref, rest)
            if not _WIDTHS_PX[0] <= width_px <= _WIDTHS_PX[1]:
                raise InputError(f"a picture {width_px} px wide; expected {_WIDTHS_PX[0]} to {_WIDTHS_PX[1]}.")
            return self._playing.picture(version, frame, width_px), "image/jpeg"
        if kind == "play":
            return self._playing.stretch(*_numbers(ref, rest)), "video/mp4"
        name, _, width = rest.partition("/")
        return super().media_file("/".join(filter(None, (kind, self._short.whole(name), width))))

    # ── editing ────────────────────────────────────────────────────────────────────────────────────────────
    @answers(Edit)
    def _edit(self, ask: Edit) -> dict[str, Any]:
        return self._keep(lambda cut: done(cut, ask.edit, ask.args, ask.named))

    @answers(Lay)
    def _lay(self, ask: Lay) -> dict[str, Any]:
        return self._keep(lambda cut: laid(self.film, cut, ask))

    @answers(DraftCut, apart=True)
    def _draft_cut(self, ask: DraftCut) -> dict[str, Any]:
        if version := self._newest_version():
            raise InputError(f'"{self.film.title}" has a cut already, v{version}; nothing was drafted. Edit that one.')
        line = "cut = film.agents.assembly.draft(film.screenplays.latest)"
        cut = self.film.agents.assembly.draft(self.film.screenplays.latest)
        self._did(line)
        return {"line": line, "version": cut.version, "notices": list(cut.notices)}

    @answers(Undo)
    def _undo(self, ask: Undo) -> str:
        what = super()._undo(ask)
        self.lines.append("film.undo(); cut = film.cut")
        return what

    @answers(Redo)
    def _redo(self, ask: Redo) -> str:
        what = super()._redo(ask)
        self.lines.append("film.redo(); cut = film.cut")
        return what

    @answers(Lines)
    def _told_lines(self, ask: Lines) -> list[str]:
        return self.lines[-_MOST_TOLD:]

    @answers(TakeUsed, apart=True)
    def _take_used(self, ask: TakeUsed) -> dict[str, Any]:
        version = self._newest().version
        row = f"cut v{version}"
        ran = self.film.plan().run(row)
        line = f'film.plan().run("{row}"); cut = film.cut'
        self._did(line)
        return {"line": line, "version": self._newest_version(), "notices": list(ran.notices)}

    def _keep(self, work: Callable[[Assembly], tuple[Assembly, str]]) -> dict[str, Any]:
        """Do it to the newest cut and keep what comes of it, one step of the history that is called by its line. If somebody else kept
        a cut meanwhile, it is done to that one instead, so that nothing of theirs is lost."""
        while True:
            version = self._newest_version()
            if not version:
                raise MissingPiece(f'"{self.film.title}" has no cut yet. Draft one first.')
            cut = self._cut(version)
            new, line = work(cut)
            if new == cut:
                return {"line": line, "version": version, "notices": []}
            with self.film.store.write("cut", line):
                if self._newest_version() != version:
                    continue
                self.film.cut = new
                kept = self._newest_version()
            self._remember(kept, new.model_copy(update={"version": kept}))
            self._did(line)
            said = [notice for notice in new.notices if notice not in cut.notices]
            return {"line": line, "version": kept, "notices": said}

    def _did(self, line: str) -> None:
        self.lines.append(line)
        del self.lines[:-_MOST_LINES]
        look_now(self.film.store)

    # ── looking and listening ──────────────────────────────────────────────────────────────────────────────
    @answers(FrameAt, apart=True)
    def _frame_at(self, ask: FrameAt, asked: Asked) -> str:
        cut = self._newest()
        at = min(ask.frame, max(cut.frames - 1, 0))
        there = self._playing.scrubbed(cut.version, at, ask.width_px, lambda: self._scrubbed.get(asked.screen) in (asked._id, None))
        return f"frame/{cut.version}/{at}/{ask.width_px}" if there else ""

    @answers(PlayFrom, apart=True)
    def _play_from(self, ask: PlayFrom, asked: Asked) -> dict[str, Any]:
        version = self._newest().version
        first, end = self._playing.from_frame(version, ask.frame, lambda done, words: asked.progress(done, 1, words))
        return {"ref": f"play/{version}/{first}/{end}", "first": first, "end": end}

    @answers(SoundOf, apart=True)
    def _sound_of(self, ask: SoundOf) -> dict[str, Any]:
        return self._playing.sound(lambda: self._newest().version)

    def _heard(self, _: Any, content: Any, buffers: Any) -> None:
        """Notes which ask for a picture is each page's newest, in the order in which they came: the others need not be drawn."""
        if isinstance(content, dict) and content.get("verb") == FrameAt.verb:
            self._scrubbed[str(content.get("screen", ""))] = str(content.get("id", ""))
            while len(self._scrubbed) > _MOST_SCREENS:
                self._scrubbed.popitem(last=False)
        super()._heard(_, content, buffers)

    def close(self) -> None:
        self._playing.rest()
        super().close()

    # ── the cuts ───────────────────────────────────────────────────────────────────────────────────────────
    def _newest(self) -> Assembly:
        version = self._newest_version()
        if not version:
            raise MissingPiece(f'"{self.film.title}" has no cut yet. Draft one first.')
        return self._cut(version)

    def _newest_version(self) -> int:
        row = self.film.store.cut()
        return 0 if row is None else row.version

    def _cut(self, version: int) -> Assembly:
        """A version of the cut. What was kept under a number never changes, so it is read once."""
        with self._guard:
            if version in self._cuts:
                self._cuts.move_to_end(version)
                return self._cuts[version]
        return self._remember(version, self.film.cuts[version])

    def _remember(self, version: int, cut: Assembly) -> Assembly:
        with self._guard:
            kept = self._cuts.setdefault(version, cut)
            while len(self._cuts) > _KEPT_CUTS:
                self._cuts.popitem(last=False)
            return kept


def _numbers(ref: str, rest: str) -> tuple[int, int, int]:
    parts = rest.split("/")
    if len(parts) != 3 or not all(part.isdecimal() and len(part) <= 10 for part in parts):
        raise NotFound(f'"{ref[:80]}" names no picture and no stretch of a cut; expected kind/version/number/number.')
    return int(parts[0]), int(parts[1]), int(parts[2])

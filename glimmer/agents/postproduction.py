"""The post-production agent: which presets a place asks for, how captions look, and everything that is handed over in one go.

It renders and exports by what it is handed, and knows neither jobs nor projects.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Literal, Protocol, get_args

from glimmer.assembly import Assembly
from glimmer.errors import InputError, MissingPiece, NotFound
from glimmer.export import Exported, checked_out
from glimmer.render.preset import Preset, preset_named
from glimmer.titles import file_name

__all__ = ["PLACES", "CaptionLook", "PostProductionAgent", "Rendering"]

CaptionLook = Literal["lit", "plain", "none"]
# What each place asks for (sizes as they say themselves); the first is the one it shows best.
PLACES: Final[dict[str, tuple[str, ...]]] = {
    "cinema": ("prores", "scope24"),
    "youtube": ("1080p24", "2160p24"),
    "vimeo": ("1080p24", "prores"),
    "instagram": ("4x5-30", "portrait30", "square30"),
    "tiktok": ("portrait30",),
    "shorts": ("portrait30",),
    "web": ("web-vp9", "720p24"),
    "email": ("gif", "draft"),
    "podcast": ("audio",),
    "archive": ("prores",),
}


class Rendering(Protocol):
    """A render that goes on; `wait` gives it back when it is done."""

    def wait(self) -> Rendering: ...


Render = Callable[..., Rendering]  # (cut, preset, captions=…)
Export = Callable[..., Exported]  # (job, out, subtitles=…, timeline=…)


class PostProductionAgent:
    """Makes a cut ready for where it is shown. `render` and `export` are the film's own."""

    def __init__(
        self,
        *,
        title: str,
        newest_cut: Callable[[], Assembly],
        keep_edit: Callable[[Assembly], Assembly],
        render: Render | None = None,
        export: Export | None = None,
    ) -> None:
        self.title = title
        self.newest_cut = newest_cut
        self.keep_edit = keep_edit
        self.render = render
        self.export = export

    def presets_for(self, place: str) -> tuple[Preset, ...]:
        """What is delivered to "instagram", "cinema", "youtube" …, the best first.

        Raises: NotFound with the places that there are.
        """
        wanted = " ".join(str(place).split()).casefold()
        if wanted not in PLACES:
            raise NotFound.among("place to show a film", place, PLACES)
        return tuple(preset_named(name) for name in PLACES[wanted])

    def captions(self, cut: Assembly | None = None, look: CaptionLook = "lit") -> Assembly:
        """The cut (the newest, if none is given) with captions that look so, kept as the film's next version: "lit" lights the spoken
        word, "plain" lights none, "none" keeps them out of the picture.

        Raises: NotFound for another look.
        """
        if look not in get_args(CaptionLook):
            raise NotFound.among("look of captions", look, get_args(CaptionLook))
        changed = self._cut(cut).captions_as(look=look)
        return self.keep_edit(changed)

    def deliver(
        self,
        cut: Assembly | None = None,
        presets: Sequence[str | Preset] | str = ("1080p24",),
        *,
        out: str | Path,
        captions: bool = True,
        subtitles: Sequence[str] = ("srt",),
        timeline: Sequence[str] = (),
    ) -> tuple[Exported, ...]:
        """Render the cut in every preset, and export each film into the folder `out`, with subtitles and timelines beside it.

        presets: names, Presets, or one place ("instagram"). A film that was rendered before is not rendered again; files that are there
        are written anew. Raises: InputError, NotFound, SettingsError before anything is rendered; whatever rendering raises.
        """
        if self.render is None or self.export is None:
            raise MissingPiece("nobody here renders. Open the film: gl.Project(…).agents.post.deliver(…).")
        wanted = self._presets(presets)
        chosen = self._cut(cut)
        folder = Path(out).expanduser()
        if folder.is_file():
            raise InputError(f'out="{folder}" is a file; expected a folder for {len(wanted)} films.')
        targets = [folder / f"{file_name(self.title)}-{file_name(preset.name)}{preset.suffix}" for preset in wanted]
        for target, preset in zip(targets, wanted, strict=True):
            checked_out(target, preset.suffix)
        jobs = [self.render(chosen, preset, captions=captions) for preset in wanted]
        return tuple(
            self.export(job.wait(), target, subtitles=subtitles, timeline=timeline)
            for job, target in zip(jobs, targets, strict=True)
        )

    def _presets(self, given: Sequence[str | Preset] | str) -> tuple[Preset, ...]:
        if isinstance(given, str):
            return self.presets_for(given) if given.strip().casefold() in PLACES else (preset_named(given),)
        found = tuple(preset_named(each) for each in given)
        if not found:
            raise InputError('presets=() delivers nothing; expected at least one, such as "1080p24".')
        return tuple({preset.name: preset for preset in found}.values())

    def _cut(self, cut: Assembly | None) -> Assembly:
        if cut is not None and not isinstance(cut, Assembly):
            raise InputError(f"a {type(cut).__name__} is no cut; expected film.cut, or nothing for the newest.")
        return self.newest_cut() if cut is None else cut

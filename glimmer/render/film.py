"""render(): a cut becomes a film in a file. Plans, makes what is not in the cache in a pool of threads, joins, and reports.

The last room of render. Segments and sound are cached by content in `cache_dir`: a second render makes only what changed, and a
render that was stopped goes on where it was. The film appears whole under its name, or not at all.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from glimmer.assembly.conform import at_rate
from glimmer.assembly.pieces import Timeline
from glimmer.errors import LimitError, MissingPiece, RenderError
from glimmer.limits import MAX_FILM_SECONDS
from glimmer.render.captions import unseen, unseen_titles
from glimmer.render.codecs import chosen_encoder
from glimmer.render.gif import write_gif
from glimmer.render.keys import content_key, font_versions, look_key
from glimmer.render.nouns import Progress, Rendered
from glimmer.render.opening import Media
from glimmer.render.picture import drawn_frames
from glimmer.render.plan import RenderPlan, between, plan
from glimmer.render.pool import Pool
from glimmer.render.poster import poster
from glimmer.render.preset import Preset, preset_named
from glimmer.render.sound_part import sound_between
from glimmer.render.soundtrack import Soundtrack

__all__ = ["render", "render_key", "render_part"]


def render(
    cut: Timeline,
    preset: Preset | str,
    *,
    media: Media,
    cache_dir: Path,
    out: Path,
    captions: bool = True,
    on_progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    workers: int | None = None,
) -> Rendered:
    """Make the film of `cut` in the file `out`.

    media: finds the file of an asset by its sha256. cache_dir: where pieces are kept between renders. on_progress and cancelled are
    called from the calling thread, about ten times a second. workers: threads, by default one a core.
    Raises: MediaError that names the clip, Cancelled (nothing is left under `out`), RenderError, MissingPiece for an empty cut.
    """
    chosen = preset_named(preset)
    conformed = _checked(cut, chosen)
    planned = plan(conformed, chosen, captions=captions)
    with Pool(planned, media, cache_dir, on_progress or (lambda _: None), cancelled or (lambda: False), workers) as pool:
        soundtrack = _delivered(pool, planned, media, out)
        picture = poster(conformed, chosen, media, pool.kept, cache_dir) if chosen.has_picture else b""
        pool.say("done")
    notices = (*cut.notices, *planned.notices, *_unseen(cut, chosen, captions), *_encoder_notices(chosen), *soundtrack.notices)
    return Rendered(
        width_px=chosen.width_px if chosen.has_picture else 0,
        height_px=chosen.height_px if chosen.has_picture else 0,
        rate=chosen.rate,
        frames=planned.frames,
        seconds=float(planned.frames / chosen.rate),
        lufs=soundtrack.lufs,
        true_peak_db=soundtrack.true_peak_db,
        segments=len(planned.segments) if chosen.has_picture else 0,
        segments_made=pool.segments_made,
        bytes=out.stat().st_size,
        poster=picture,
        notices=tuple(dict.fromkeys(notice for notice in notices if notice)),
    )


def render_part(
    cut: Timeline, preset: Preset, frames: tuple[int, int], *, media: Media, cache_dir: Path, captions: bool = True
) -> Path:
    """The frames from the first to before the second of `frames` as a film of its own in the cache; its path. The cut must be at the
    preset's rate. Segments are shared with whole films; the loudness is that of the mix.
    """
    planned = plan(cut, preset, captions=captions)
    segments = between(planned, *frames)
    sound = sound_between(planned.sound, *frames)
    part = RenderPlan(planned.title, preset, frames[1] - frames[0], segments, sound, planned.notices)
    key = look_key("part", tuple(segment.key for segment in segments), sound.key)
    out = cache_dir / "previews" / f"{key[:24]}{preset.suffix}"
    if not out.is_file():
        with Pool(part, media, cache_dir, lambda _: None, lambda: False, None) as pool:
            _delivered(pool, part, media, out)
    return out


def render_key() -> str:
    """Changes whenever the same cut and preset would make another film: with the renderer, its makers or the fonts."""
    return content_key("film", font_versions())


def _checked(cut: Timeline, preset: Preset) -> Timeline:
    """The cut at the preset's rate, if it can be rendered at all."""
    if not cut.frames:
        raise MissingPiece(f'the cut "{cut.title}" has no picture: nothing lies on its picture tracks. Assemble it first.')
    if cut.seconds > MAX_FILM_SECONDS:
        raise LimitError(
            f'the cut "{cut.title}" lasts {cut.seconds:.0f} s, more than MAX_FILM_SECONDS ({MAX_FILM_SECONDS}). Render it in reels.',
            limit="MAX_FILM_SECONDS",
        )
    return at_rate(cut, preset.rate)


def _delivered(pool: Pool, planned: RenderPlan, media: Media, out: Path) -> Soundtrack:
    """The film in `out`, by the way its format asks for: joined segments, a GIF, or the sound alone."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise RenderError(f'the folder "{out.parent}" can\'t be made: {cause}. Choose another place.') from cause
    preset = planned.preset
    if preset.picture == "gif":
        with pool.looking():
            write_gif(drawn_frames(planned, media, pool.kept, pool.each_frame), out, preset.rate)
        return Soundtrack(lufs=-70.0, true_peak_db=-100.0, made=False)
    soundtrack = pool.make()
    pool.join(out)
    return soundtrack


def _unseen(cut: Timeline, preset: Preset, captions: bool) -> tuple[str, ...]:
    """What is left out of the picture because no installed font can draw it."""
    if not preset.has_picture:
        return ()
    titles = [words for clip in cut.clips if clip.kind == "title" for words in (clip.title, clip.subtitle)]
    return (*(unseen(cut.captions) if captions and cut.caption_style.look != "none" else ()), *unseen_titles(titles))


def _encoder_notices(preset: Preset) -> tuple[str, ...]:
    return (chosen_encoder(preset)[1],) if preset.picture not in ("gif", "none") else ()

"""Film: the finished film put where a person wants it, with its subtitles, timelines, stems and poster beside it, all of one name.

Export, the end of the road: takes a rendered file and its cut, gives files. Copies; what the studio keeps stays there.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from glimmer import log
from glimmer.assembly.nouns import Assembly
from glimmer.assets import thumbnail
from glimmer.display import Media, Table, bytes_text, card, media_url, one_line, thumbnail_uri
from glimmer.errors import MissingPiece, NotFound, SettingsError, StoreError
from glimmer.export.placing import placed
from glimmer.export.subtitles import SUBTITLE_FORMATS, write_subtitles
from glimmer.export.timeline import TIMELINE_KINDS, write_timeline
from glimmer.render.preset import Preset

__all__ = ["Exported", "checked_out", "export_film"]

FILM_SUFFIXES: Final = (".mp4", ".m4v", ".mov", ".webm", ".gif", ".m4a", ".wav", ".flac", ".ogg")
_FIRST: Final = FILM_SUFFIXES[0]
_SAME: Final = {".m4v": ".mp4"}  # two names of one kind of file
_POSTER_PX: Final = 720
_KINDS: Final = {
    "mp4": "film",
    "m4v": "film",
    "mov": "film",
    "webm": "film",
    "gif": "moving picture",
    "m4a": "sound",
    "wav": "sound",
    "flac": "sound",
    "ogg": "sound",
    "srt": "subtitles",
    "vtt": "subtitles",
    "ass": "subtitles",
    "otio": "timeline",
    "edl": "timeline",
}


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: `paths`, the film first; their size in `bytes`; `notices`, what a format could not hold."""

    paths: tuple[Path, ...]
    bytes: int
    notices: tuple[str, ...] = ()

    @property
    def film(self) -> Path:
        return self.paths[0]

    def __repr__(self) -> str:
        beside = ", ".join(dict.fromkeys("stems" if _is_stem(path, self.film) else path.suffix for path in self.paths[1:]))
        return one_line("exported", str(self.film), bytes_text(self.bytes), f"with {beside}" if beside else "")

    __str__ = __repr__

    def _repr_html_(self) -> str:
        rows = Table(("file", "what", "size"), [(path.name, _kind(path, self.film), _size(path)) for path in self.paths])
        picture = self.film.with_suffix(".jpg")
        small = thumbnail(picture, _POSTER_PX) if picture in self.paths and picture.exists() else b""
        sort = _player(self.film)
        media = Media(media_url(self.film), sort, thumbnail_uri(small) if small else "") if sort and self.film.exists() else None
        subtitle = one_line("exported", bytes_text(self.bytes))
        return card(self.film.name, subtitle=subtitle, media=media, rows=rows, notices=self.notices)


def export_film(
    cut: Assembly,
    rendered_path: Path,
    out: str | os.PathLike[str],
    *,
    subtitles: Sequence[str] = (),
    timeline: Sequence[str] = (),
    media: Callable[[str], Path],
    poster: bytes | None = None,
    stems: Preset | None = None,
    overwrite: bool = True,
) -> Exported:
    """Copy the film to `out` and write what was asked for beside it: out.srt, out.otio, out.jpg (`poster`, a JPEG), and out_DX.wav,
    out_MX.wav and out_FX.wav, the sound in parts at the level it has by the preset `stems`. These are mixed first: what stops them
    (media that are gone) leaves nothing behind.

    Creates missing folders. Each file appears whole or not at all; `out` may be the rendered file itself.
    Raises: SettingsError if `out` can't be a film's name, or is there and may not be overwritten; NotFound for an unknown
    format; MissingPiece if the rendered file is gone, or for stems of what has no sound; StoreError if the disk refuses.
    """
    target = checked_out(out, rendered_path.suffix if rendered_path.suffix.lower() in FILM_SUFFIXES else "")
    formats = _asked("subtitle format", subtitles, SUBTITLE_FORMATS), _asked("timeline format", timeline, TIMELINE_KINDS)
    if not rendered_path.is_file():
        raise MissingPiece(f'the rendered film "{rendered_path}" is gone. Render the cut again: film.render(cut).')
    if target.exists() and not overwrite:
        raise SettingsError(f'"{target}" is there already; expected a new name. Choose another, or pass overwrite=True.')
    if stems is not None and target.suffix.lower() == ".gif":
        raise MissingPiece(
            f'"{target}" is a GIF, which has no sound, and so no stems; expected a film that is heard. '
            'Export without stems=True, or render with another preset: film.render(preset="720p24").'
        )
    _make_folder(target.parent)
    parts = _stems(cut, stems, target, media) if stems is not None else ()
    _copy(rendered_path, target)
    written: list[Path] = [target]
    notices: list[str] = []
    for kind in formats[0]:
        written.append(write_subtitles(cut.captions, cut.rate, target.with_suffix(f".{kind}"), kind))
    for kind in formats[1]:
        written.append(target.with_suffix(f".{kind}"))
        notices += write_timeline(cut, written[-1], kind, media=media)
    written += parts
    if formats[0] and not cut.captions:
        notices.append("The cut has no captions, so the subtitles are empty.")
    if poster:
        written.append(_poster(poster, target))
    log.event("export.finished", film=str(target), files=[path.suffix for path in written])
    return Exported(tuple(written), sum(path.stat().st_size for path in written), tuple(dict.fromkeys(notices)))


def checked_out(out: str | os.PathLike[str], suffix: str = "") -> Path:
    """`out` as the path of a film to be written. Does not touch the disk but to look.

    suffix: what the film is rendered as (`Preset.suffix`); "" takes any that a film can have. Nothing is converted here.
    Raises: SettingsError if it is a folder, has no name or another suffix, or lies where nothing can be written.
    """
    text = os.fspath(out)
    if not text.strip() or "\x00" in text:
        raise SettingsError(f"{text!r} is no file name; expected one such as film.mp4.")
    path = Path(text).expanduser()
    if path.is_dir() or text.endswith(("/", os.sep)):
        raise SettingsError(f'"{text}" is a folder; expected the film\'s own name. Write "{path / "film.mp4"}".')
    wanted = suffix.lower() or _FIRST
    if path.suffix.lower() not in (FILM_SUFFIXES if not suffix else (wanted, *(k for k, v in _SAME.items() if v == wanted))):
        had = f'has the suffix "{path.suffix}"' if path.suffix else "has no suffix"
        other = " For another kind of file render with another preset: see glimmer presets." if path.suffix in FILM_SUFFIXES else ""
        raise SettingsError(f'"{text}" {had}; this film is written as {wanted}. Write "{path.with_suffix(wanted)}".{other}')
    place = next(folder for folder in path.absolute().parents if folder.exists())
    if not place.is_dir() or not os.access(place, os.W_OK):
        why = "can't be written to" if place.is_dir() else "is no folder"
        raise SettingsError(f'"{text}" can\'t be made: "{place}" {why}; expected a writable folder. Choose another place.')
    return path


def _asked(what: str, given: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    names = [given] if isinstance(given, str) else list(given)
    kinds = tuple(dict.fromkeys(str(name).strip().lower().lstrip(".") for name in names))
    for kind in kinds:
        if kind not in known:
            raise NotFound.among(what, kind, known)
    return kinds


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as reason:
        raise StoreError(
            f'the folder "{folder}" can\'t be made ({reason.strerror}); expected a writable place. Choose another.'
        ) from reason


def _copy(source: Path, target: Path) -> None:
    if target.exists() and os.path.samefile(source, target):
        return
    with placed(target) as part:
        shutil.copyfile(source, part)


def _poster(jpeg: bytes, film: Path) -> Path:
    target = film.with_suffix(".jpg")
    with placed(target) as part:
        part.write_bytes(jpeg)
    return target


def _stems(cut: Assembly, preset: Preset, film: Path, media: Callable[[str], Path]) -> tuple[Path, ...]:
    from glimmer.render.stems import stems

    return tuple(stems(cut, preset, media=media, folder=film.parent, stem_name=film.stem).values())


def _is_stem(path: Path, film: Path) -> bool:
    return path != film and path.suffix == ".wav"


def _kind(path: Path, film: Path | None = None) -> str:
    if film is not None and _is_stem(path, film):
        return "stem"
    return _KINDS.get(path.suffix.lower().lstrip("."), "poster")


def _player(film: Path) -> Literal["video", "audio"] | None:
    """What of a browser plays it: a GIF needs no player, and none has one for it."""
    kind = _kind(film)
    return "video" if kind == "film" else "audio" if kind == "sound" else None


def _size(path: Path) -> str:
    return bytes_text(path.stat().st_size) if path.exists() else "gone"

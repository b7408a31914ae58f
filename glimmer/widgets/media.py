"""Media: what a browser may see of a film, by reference, and how it gets there: by an address of our server's, or with the message.

    asset/<sha256>            a take's file, as it is
    thumb/<sha256>/<width>    a small picture of it: JPEG, about so many pixels wide
    sprite/<sha256>           12 frames of a film in one row, each 160 pixels wide: JPEG
    peaks/<sha256>            the shape of a sound, as `media_drawn` tells it
    film/<job number>         a finished render
    film/<job number>/poster  its picture: JPEG
    save/<any of these>       the same, to be kept as a file with a name

A reference names what is the studio's own; what else lies on this disk can't be named. What is drawn is kept in the studio's cache, and
drawn once, however many ask at the same time.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import threading
import weakref
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from glimmer import log
from glimmer.assets.names import is_sha256, media_type_of
from glimmer.errors import GlimmerError, InputError, LimitError, MissingPiece, NotFound, StoreError
from glimmer.jobs.render_job import RenderJob
from glimmer.media_urls import can_sign, signed
from glimmer.project import Project
from glimmer.widgets.face import Asked

__all__ = ["MediaDesk", "kept_once"]

WIDTHS_PX: Final = (96, 160, 240, 320, 480, 640, 960, 1280)  # a few steps, so that a drag of a slider does not fill the cache
_MOST_BYTES_BY_MESSAGE: Final = 32_000_000
_MOST_BYTES_IN_ONE: Final = 64_000_000  # all the files of one answer
_STEP_SECONDS: Final = 1800  # the same file asked for again within it has the same address, and is in the browser's cache
_KINDS: Final = ("asset", "thumb", "sprite", "peaks", "film")


class _Lock:
    """One at a time."""

    def __init__(self) -> None:
        self.lock = threading.Lock()


_guard: Final = threading.Lock()
_drawing: Final[weakref.WeakValueDictionary[Path, _Lock]] = weakref.WeakValueDictionary()
_failed: Final[dict[Path, GlimmerError]] = {}


def kept_once(path: Path, draw: Callable[[], bytes]) -> Path:
    """The file at `path`, drawn if it is not there: whole or not at all, and by one thread while others wait for it.

    What can't be drawn is not tried again while this process lives. Raises: what `draw` raises; StoreError if it can't be written.
    """
    with _guard:
        mine = _drawing.setdefault(path, _Lock())
    with mine.lock:
        if path.is_file():
            return path
        if path in _failed:
            raise _failed[path].with_traceback(None)
        try:
            _written(path, draw())
        except StoreError:
            raise
        except GlimmerError as error:
            _failed[path] = error
            raise
        return path


def _written(path: Path, content: bytes) -> None:
    part = path.with_name(f"{path.name}.{secrets.token_hex(8)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        os.replace(part, path)
    except OSError as error:
        raise StoreError(f'a small picture can\'t be kept in "{path.parent}" ({error.strerror}). Make room there.') from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


class MediaDesk:
    """Gives out the media of one film."""

    def __init__(self, film: Project) -> None:
        self._film = film
        self._folder = film.lot.folder / "cache" / "faces"

    def file(self, ref: str) -> tuple[Path, str]:
        """The file of a reference, and its media type. Raises: NotFound, MissingPiece, MediaError, StoreError in words."""
        kind, _, rest = ref.partition("/")
        if kind not in _KINDS:
            raise NotFound.among("kind of media", kind, _KINDS)
        if kind == "film":
            return self._render(*_parts(ref, rest, 2))
        sha256, width = _parts(ref, rest, 2)
        if kind != "thumb" and width or not is_sha256(sha256):
            raise InputError(f"{ref!r:.120} names no media; expected {kind}/ and 64 of 0-9 and a-f, as a take's `asset` holds.")
        path = self._asset(sha256)
        mime = media_type_of(path.suffix)
        if kind == "asset":
            return path, mime
        return self._drawn(kind, sha256, path, mime, wanted_width(width) if kind == "thumb" else 0)

    def saved_name(self, ref: str, path: Path) -> str:
        """What the file of a reference is called when a person keeps it."""
        kind, _, rest = ref.partition("/")
        if kind != "film":
            return f"{_plain(self._film.title)} - {kind} {path.stem[:12]}{path.suffix}"
        number, _, picture = rest.partition("/")
        job = self._job(number)
        return f"{_plain(self._film.title)} - {_plain(job.preset)} - render {job.number}{' poster' if picture else ''}{path.suffix}"

    def told(self, path: Path, mime: str, asked: Asked, *, name: str = "") -> dict[str, Any]:
        """How the browser that asked gets this file. name: it is to be kept, under this name."""
        size = path.stat().st_size
        if asked.served and can_sign():
            said = {"path": str(path.absolute()), "mime": mime} | ({"name": name} if name else {})
            token = signed("media", said, who=asked.who, steps_seconds=_STEP_SECONDS)
            return {"rel": f"glimmer/media/{token}", "mime": mime, "bytes": size}
        if size > _MOST_BYTES_BY_MESSAGE:
            raise LimitError(
                f"{size / 1e6:.0f} MB are too much to send with a message; at most 32 MB. Open the notebook with `glimmer lab`.",
                limit="MAX_MEDIA_BYTES",
            )
        if sum(map(len, asked.reply_buffers)) + size > _MOST_BYTES_IN_ONE:
            raise LimitError("this is too much for one answer; ask for it again by itself.", limit="MAX_MEDIA_BYTES")
        asked.reply_buffers.append(path.read_bytes())
        return {"buffer": len(asked.reply_buffers) - 1, "mime": mime, "bytes": size}

    # ── inside ─────────────────────────────────────────────────────────────────────────────────────────────
    def _drawn(self, kind: str, sha256: str, path: Path, mime: str, width_px: int) -> tuple[Path, str]:
        from glimmer.widgets.media_drawn import peaks_of, sprite_of, thumb_of

        if kind == "peaks":
            kept = self._folder / f"{sha256}.peaks"
            return kept_once(kept, lambda: peaks_of(path, mime)), "application/octet-stream"
        if kind == "sprite":
            return kept_once(self._folder / f"{sha256}-sprite.jpg", lambda: sprite_of(path, mime)), "image/jpeg"
        return kept_once(self._folder / f"{sha256}-{width_px}.jpg", lambda: thumb_of(path, mime, width_px)), "image/jpeg"

    def _asset(self, sha256: str) -> Path:
        """Where it lies. What a browser is told of one that does not, names no folder of this machine."""
        try:
            return self._film.assets.path(sha256)
        except StoreError as error:
            log.warning("media.missing", words=str(error)[:300])
            raise MissingPiece(f"the file of asset {sha256[:12]} can't be had from the studio. The log has more.") from None

    def _render(self, number: str, picture: str) -> tuple[Path, str]:
        if picture not in ("", "poster"):
            raise NotFound.among("part of a render", picture, ("poster",))
        made = self._job(number).result
        if picture:
            if not made.poster:
                raise MissingPiece("this render has no picture: it is sound alone.")
            named = hashlib.sha256(made.poster).hexdigest()[:32]
            return kept_once(self._folder / f"poster-{named}.jpg", lambda: made.poster), "image/jpeg"
        if not made.path.resolve().is_relative_to((self._film.lot.folder / "renders").resolve()):
            raise MissingPiece(f"the film of render {number} does not lie in the studio any more. Render it again.")
        return made.path, _type_of_film(made.path)

    def _job(self, number: str) -> RenderJob:
        jobs = self._film.renders
        job = next((each for each in jobs if str(each.number) == number), None)
        if job is None:
            raise NotFound.among("render", number, [str(each.number) for each in jobs])
        return job


def wanted_width(asked: str) -> int:
    """The step at or above what was asked for, the largest for more; 240 where nothing was said."""
    if asked and not re.fullmatch(r"[0-9]{1,5}", asked, re.ASCII):
        raise InputError(f"a picture {asked!r:.40} pixels wide; expected a whole number, up to {WIDTHS_PX[-1]:,}.")
    return next((step for step in WIDTHS_PX if step >= int(asked or 240)), WIDTHS_PX[-1])


def _parts(ref: str, rest: str, most: int) -> list[str]:
    parts = rest.split("/")
    if len(parts) > most or not parts[0]:
        raise InputError(f"{ref!r:.120} names no media; expected for instance thumb/<sha256>/240 or film/3.")
    return [*parts, ""][:most]


def _type_of_film(path: Path) -> str:
    known = media_type_of(path.suffix)
    return (
        known if known != "application/octet-stream" else {".webp": "image/webp", ".mxf": "application/mxf"}.get(path.suffix, known)
    )


def _plain(words: str) -> str:
    """Words as part of a file's name, on any system."""
    return re.sub(r"[^\w .()+-]+", "_", words).strip(" .")[:80] or "film"

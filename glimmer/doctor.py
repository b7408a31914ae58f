"""The doctor: what is here, what is missing, and how to get it. Looks, and changes nothing but a file it makes and removes.

A face, behind `glimmer doctor`. Each check is one small function that gives one Check; a check that itself fails says so
instead of stopping the others.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import io
import json
import os
import platform
import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from glimmer.display import bytes_text
from glimmer.errors import GlimmerError
from glimmer.settings import Settings, shown_place

if TYPE_CHECKING:
    from glimmer.store.database import Database

__all__ = ["Check", "examine", "report"]

_DISTRIBUTION: Final = "glimmer-studio"
_ROOM_TO_WORK_BYTES: Final = 200 * 1000**2  # a two-minute film with its takes and segments is about 60 MB
_ROOM_TO_BREATHE_BYTES: Final = 2 * 1000**3
_SCRIPTS: Final = {"Latin": "Aé", "Greek": "Ω", "Cyrillic": "Ж", "Arabic": "ع", "Devanagari": "क", "Thai": "ก"}
_CJK: Final = {"Chinese": "汉", "Japanese": "あ", "Korean": "한"}
_NEEDED: Final = ("av", "hibari-tts", "numpy", "opencv-python-headless", "pillow", "pydantic", "resvg-py", "scipy", "sqlalchemy")

State = Literal["well", "note", "blocked"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. "note": a film can be made, but know this; "blocked": none can be made before `advice` is followed."""

    name: str
    state: State
    found: str
    advice: str = ""


def examine(studio: str | Path | None = None, *, assets: str | Path | None = None) -> tuple[Check, ...]:
    """Every check, in the order a person would fix them. Opens no network connection but to a database by URL, and shows no key."""
    looks: tuple[tuple[str, Callable[[], Check]], ...] = (
        ("Python", _python),
        ("packages", _packages),
        ("codec", _codec),
        ("fonts", _fonts),
        ("CJK fonts", _cjk_fonts),
        ("studio", lambda: _studio(studio)),
        ("database", lambda: _database(studio)),
        ("media", lambda: _media(studio, assets)),
        ("disk", lambda: _disk(studio)),
        ("key", _key),
        ("notebook", _notebook),
        ("faces", _faces),
        ("browser", _browser),
    )
    return tuple(_looked(name, look) for name, look in looks)


def report(checks: tuple[Check, ...]) -> str:
    """The checks as text, the verdict last."""
    mark = {"well": "ok  ", "note": "note", "blocked": "MISS"}
    widest = max(len(check.name) for check in checks)
    lines = []
    for check in checks:
        lines.append(f"  {mark[check.state]}  {check.name:{widest}}  {check.found}")
        if check.advice:
            lines.append(f"        {'':{widest}}  → {check.advice}")
    blocked = [check.name for check in checks if check.state == "blocked"]
    verdict = (
        f"The road is blocked: {', '.join(blocked)}."
        if blocked
        else "The road is clear: glimmer make my_script.fountain -o my_film.mp4"
    )
    return "\n".join([*lines, "", verdict])


def _looked(name: str, look: Callable[[], Check]) -> Check:
    try:
        return look()
    except GlimmerError as error:
        return Check(name, "blocked", str(error))
    except Exception as error:  # noqa: BLE001  # a broken package raises anything; the doctor tells it and goes on
        return Check(
            name,
            "blocked",
            f"{type(error).__name__}: {error}",
            f"Install Glimmer anew: pip install --force-reinstall {_DISTRIBUTION}",
        )


def _python() -> Check:
    return Check(
        "Python", "well", f"{platform.python_version()} on {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    )


def _packages() -> Check:
    versions = {name: _version(name) for name in _required()}
    missing = sorted(name for name, version in versions.items() if not version)
    if missing:
        return Check("packages", "blocked", f"missing: {', '.join(missing)}", f"pip install {_DISTRIBUTION}")
    named = ", ".join(f"{name} {versions.get(name) or _version(name)}" for name in ("av", "hibari-tts", "numpy", "pillow"))
    return Check("packages", "well", f"{len(versions)} of {len(versions)}: {named} …")


def _required() -> tuple[str, ...]:
    """The packages Glimmer needs: as its own installation says, or a short list in a checkout that is not installed."""
    try:
        lines = importlib.metadata.requires(_DISTRIBUTION) or []
    except importlib.metadata.PackageNotFoundError:
        return _NEEDED
    names = [re.match(r"[A-Za-z0-9._-]+", line) for line in lines if "extra ==" not in line]
    return tuple(found[0] for found in names if found) or _NEEDED


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _codec() -> Check:
    """Whether H.264 and AAC can really be written: a few frames into memory."""
    import av
    import numpy as np

    sink = io.BytesIO()
    with av.open(sink, "w", format="mp4") as film:
        picture = film.add_stream("libx264", rate=24)
        picture.width, picture.height, picture.pix_fmt = 64, 64, "yuv420p"
        film.add_stream("aac", rate=48_000)
        frame = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), dtype=np.uint8), format="rgb24")
        for packet in [*picture.encode(frame), *picture.encode()]:
            film.mux(packet)
    return Check("codec", "well", f"H.264 and AAC write ({bytes_text(len(sink.getvalue()))} for a test frame)")


def _fonts() -> Check:
    missing = _unseen(_SCRIPTS)
    if "Latin" in missing:
        return Check("fonts", "blocked", "none: captions can't be drawn", f"pip install --force-reinstall {_DISTRIBUTION}")
    if missing:
        return Check("fonts", "note", f"no letters for {', '.join(missing)}", f"pip install --upgrade {_DISTRIBUTION}")
    return Check("fonts", "well", ", ".join(_SCRIPTS))


def _cjk_fonts() -> Check:
    missing = _unseen(_CJK)
    if missing:
        advice = f"pip install '{_DISTRIBUTION}[cjk]' (19 MB), or install Noto Sans CJK on this machine."
        return Check("CJK fonts", "note", f"no letters for {', '.join(missing)}; their captions would be boxes", advice)
    return Check("CJK fonts", "well", ", ".join(_CJK))


def _unseen(scripts: dict[str, str]) -> list[str]:
    from glimmer.render.fonts import face_for

    return [name for name, letters in scripts.items() if any(face_for(letter) is None for letter in letters)]


def _studio(given: str | Path | None) -> Check:
    folder = _folder(given)
    place = _existing(folder)
    try:
        with tempfile.TemporaryFile(dir=place):
            there = f"{folder.resolve()}{'' if folder.exists() else ' (will be made)'}"
            where = Settings.from_environment(studio=given).studio
            here = f"{shown_place(where)}; on this machine " if "://" in where else ""
            return Check("studio", "well", f"{here}{there}, writable")
    except OSError as reason:
        advice = "Choose another folder: GLIMMER_STUDIO=/path/to/studio, or --studio."
        return Check("studio", "blocked", f'"{place}" can\'t be written ({reason.strerror})', advice)


def _folder(given: str | Path | None) -> Path:
    """This machine's working folder of the studio."""
    from glimmer.lot import working_folder

    return working_folder(Settings.from_environment(studio=given).studio)


def _database(given: str | Path | None) -> Check:
    """Whether it opens and is whole. One that is not there yet is not made, an older one not brought up to date."""
    from glimmer.store.database import Database
    from glimmer.store.file_system import network_file_system
    from glimmer.store.opening import HEAD, look_into

    place = Settings.from_environment(studio=given).studio
    if "://" in place:
        return _server(Database(place))
    path = Path(place).absolute() / "glimmer.db"
    network = network_file_system(_existing(path.parent))
    if network:
        advice = "Use it from one machine alone; or keep the studio on a disk of this machine, or in Postgres."
        return Check(
            "database", "note", f"on a network file system ({network}), where SQLite trusts locks that may not hold", advice
        )
    if not path.exists():
        return Check("database", "well", "none yet; it is made with the first film")
    standing = look_into(path)
    if standing.revision != HEAD:
        return Check(
            "database",
            "note",
            f"revision {standing.revision or standing.number}; it is brought to {HEAD} when it is opened, after a backup",
        )
    wrong = Database(path).integrity()
    if wrong:
        newest = "Restore the newest file of its folder `backups`, then: glimmer studio check"
        return Check("database", "blocked", f"damaged: {wrong[0]}", newest)
    return Check("database", "well", f"whole, revision {HEAD}, {bytes_text(path.stat().st_size)}")


def _server(database: Database) -> Check:
    return Check("database", "well", f"{database.name} answers")


def _media(given: str | Path | None, assets: str | Path | None) -> Check:
    """Where media go. A bucket is not asked: that is `glimmer studio check`."""
    from glimmer.lot import media_place

    settings = Settings.from_environment(studio=given, assets=assets)
    where, notice = media_place(settings.studio, settings.assets)
    return Check("media", "note", notice) if notice else Check("media", "well", where)


def _disk(given: str | Path | None) -> Check:
    free = shutil.disk_usage(_existing(_folder(given))).free
    if free < _ROOM_TO_WORK_BYTES:
        return Check(
            "disk",
            "blocked",
            f"{bytes_text(free)} free",
            "Make room (200 MB for a short film), or move the studio: GLIMMER_STUDIO.",
        )
    if free < _ROOM_TO_BREATHE_BYTES:
        return Check("disk", "note", f"{bytes_text(free)} free: enough for a few short films")
    return Check("disk", "well", f"{bytes_text(free)} free")


def _existing(folder: Path) -> Path:
    """The folder, or the nearest above it that is there."""
    absolute = folder.resolve()
    return next((one for one in (absolute, *absolute.parents) if one.exists()), Path.cwd())


def _key() -> Check:
    settings = Settings.from_environment()
    if settings.models.startswith("openai:"):
        return Check("key", "well", f"models of {settings.models.removeprefix('openai:')}")
    if settings.models == "rehearsal":
        unused = f"{settings.key} is set, and GLIMMER_MODELS says rehearsal" if settings.key else "none, and none is needed"
        return Check("key", "well", f"{unused}: films are rehearsed, at $0")
    if not settings.key and not os.environ.get("GOOGLE_CLOUD_PROJECT"):
        return Check(
            "key",
            "blocked",
            "none, and GLIMMER_MODELS says gemini",
            "Set GEMINI_API_KEY, or unset GLIMMER_MODELS to rehearse at $0.",
        )
    version = _version("google-genai")
    if not version:
        return Check(
            "key", "blocked", f"{settings.key} is set, and google-genai is not installed", f"pip install --upgrade {_DISTRIBUTION}"
        )
    return Check(
        "key", "well", f"{settings.key or 'Google Cloud'}, google-genai {version}: takes are paid, within the film's budget"
    )


def _notebook() -> Check:
    version = _version("jupyterlab")
    if version:
        return Check("notebook", "well", f"JupyterLab {version}")
    return Check("notebook", "note", "JupyterLab is not installed", f"To work in notebooks: pip install '{_DISTRIBUTION}[studio]'")


def _faces() -> Check:
    """The widgets, the dashboards, and what plays their media in a notebook server."""
    versions = {name: _version(name) for name in ("anywidget", "voila")}
    missing = [name for name, version in versions.items() if not version]
    if missing:
        return Check("faces", "note", f"{' and '.join(missing)} not installed", f"pip install '{_DISTRIBUTION}[studio]'")
    named = ", ".join(f"{name} {version}" for name, version in versions.items())
    if not _is_extension_on():
        advice = "Open notebooks with `glimmer lab`; or install it anew, with pip, where Jupyter is."
        return Check("faces", "note", f"{named}; the server extension is off: media come with the messages, up to 32 MB", advice)
    return Check("faces", "well", f"{named}, the server extension is on")


def _is_extension_on() -> bool:
    """Whether a Jupyter server of this Python loads `glimmer.server`, as its settings say."""
    if importlib.util.find_spec("jupyter_core") is None:
        return False
    from jupyter_core.paths import jupyter_config_path

    for folder in jupyter_config_path():  # whose word counts most comes first
        for path in sorted((Path(folder) / "jupyter_server_config.d").glob("*.json")):
            try:
                said = json.loads(path.read_text(encoding="utf-8")).get("ServerApp", {}).get("jpserver_extensions", {})
            except (OSError, ValueError, AttributeError):
                continue  # somebody else's, and broken: Jupyter says so
            if "glimmer.server" in said:
                return bool(said["glimmer.server"])
    return False


def _browser() -> Check:
    import webbrowser

    try:
        found = webbrowser.get()
    except webbrowser.Error:
        return Check(
            "browser", "note", "none on this machine", "Films are made without one. JupyterLab prints a link to open elsewhere."
        )
    return Check("browser", "well", getattr(found, "name", "") or type(found).__name__)

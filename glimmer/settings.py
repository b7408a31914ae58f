"""Settings: the one place where the environment is read.

Ground: the rooms above are handed a Settings and never look at the environment themselves. A key is only ever known to be
present; its value is read at the door that needs it and is never shown, kept or logged.
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, quote

from pydantic import Field

from glimmer.errors import SettingsError
from glimmer.vocabulary import Noun

__all__ = ["KEY_NAMES", "MODELS", "SECRET_NAMES", "Settings", "cache_home", "media_key", "session_budget_usd", "shown_place", "state_home"]

MODELS: Final = ("rehearsal", "gemini")  # the sets of models this version holds; "openai:http://…" names a third by its server
KEY_NAMES: Final = ("GEMINI_API_KEY", "GOOGLE_API_KEY")
SECRET_NAMES: Final = (*KEY_NAMES, "OPENAI_API_KEY", "GLIMMER_MEDIA_KEY")  # variables whose value is never shown, kept or logged
MOST_WORKERS: Final = 64
_READ: Final = (
    "GLIMMER_STUDIO", "GLIMMER_ASSETS", "GLIMMER_USER", "JUPYTERHUB_USER", "GLIMMER_MODELS", "GLIMMER_WORKERS",
)  # fmt: skip
_SECRET: Final = ("password", "passfile", "secret", "token")  # options of a database's URL
_LONGEST_USER: Final = 200  # the width of its column


class Settings(Noun):
    """How Glimmer runs here. Compared by content, never changed; `from_environment` is how to get one.

    studio: where films live, a folder or "postgresql://…" (its password is never in the repr). assets: where their media lie, a folder
    or an address such as "gs://bucket/prefix"; "" for the studio's own place. user: who works here, as the history tells it.
    models: which set of models works: "rehearsal", "gemini" (the default where there is a key), "openai:http://…". key: the NAME of the variable that holds a Gemini key, "" if none does.
    workers: threads for making and for rendering.
    """

    studio: str = "studio"
    assets: str = ""
    user: str = ""
    models: str = "rehearsal"
    key: str = ""
    workers: int = Field(default=2, ge=1, le=MOST_WORKERS)

    @classmethod
    def from_environment(
        cls,
        environment: Mapping[str, str] | None = None,
        *,
        studio: str | Path | None = None,
        assets: str | Path | None = None,
        user: str | None = None,
        models: str | None = None,
        workers: int | None = None,
    ) -> Settings:
        """The settings of this process: an argument wins over its variable, a variable over the default.

        Reads GLIMMER_STUDIO, GLIMMER_ASSETS, GLIMMER_USER (else JUPYTERHUB_USER, else the login name), GLIMMER_MODELS, GLIMMER_WORKERS
        and whether GEMINI_API_KEY or GOOGLE_API_KEY is set. Does not create the studio folder.
        Raises: SettingsError for a value out of its range.
        """
        key = next((name for name in KEY_NAMES if (os.environ if environment is None else environment).get(name, "").strip()), "")
        # Without the keys, as a traceback that shows variables shows this one.
        here = {
            name: value for name in _READ if (value := (os.environ if environment is None else environment).get(name)) is not None
        }
        return cls(
            studio=_studio(studio if studio is not None else here.get("GLIMMER_STUDIO", "")),
            assets=_assets(assets if assets is not None else here.get("GLIMMER_ASSETS", "")),
            user=_user(user if user is not None else here.get("GLIMMER_USER", "") or here.get("JUPYTERHUB_USER", "") or _login()),
            models=_models(models if models is not None else here.get("GLIMMER_MODELS", ""), key),
            key=key,
            workers=_workers(workers if workers is not None else here.get("GLIMMER_WORKERS", "")),
        )

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        for name, value in super().__repr_args__():
            yield name, shown_place(value) if name in ("studio", "assets") else value

    __str__ = Noun.__repr__


def shown_place(place: str) -> str:
    """`place` as people may see it: a folder as it is, a URL without its password, even one that was written carelessly."""
    scheme, is_url, rest = place.partition("://")
    if not is_url:
        return place
    login, at, rest = rest.rpartition("@")
    where, _, query = rest.partition("?")
    asked = [(name, value) for name, value in parse_qsl(query) if not any(word in name.lower() for word in _SECRET)]
    options = "&".join(f"{name}={quote(value, safe='/')}" for name, value in asked)
    return f"{scheme}://{login.partition(':')[0]}{at}{where}{'?' + options if options else ''}"


def cache_home(environment: Mapping[str, str] | None = None) -> Path:
    """Where this user keeps what can be made again: $XDG_CACHE_HOME/glimmer, else ~/.cache/glimmer. Does not create it."""
    return _home("XDG_CACHE_HOME", ".cache", environment)


def state_home(environment: Mapping[str, str] | None = None) -> Path:
    """Where this user keeps what can't be made again: $XDG_DATA_HOME/glimmer, else ~/.local/share/glimmer. Does not create it."""
    return _home("XDG_DATA_HOME", ".local/share", environment)


def media_key(environment: Mapping[str, str] | None = None) -> str:
    """What the notebook server that began this process signs media URLs with; "" where none did."""
    return (os.environ if environment is None else environment).get("GLIMMER_MEDIA_KEY", "")


def session_budget_usd(environment: Mapping[str, str] | None = None) -> float | None:
    """What this process may spend on models, from GLIMMER_SESSION_BUDGET_USD; None where it is not set.

    Raises: SettingsError for what is no amount.
    """
    given = (os.environ if environment is None else environment).get("GLIMMER_SESSION_BUDGET_USD", "").strip()
    if not given:
        return None
    try:
        usd = float(given)
    except ValueError:
        usd = -1.0
    if not 0 <= usd <= 100_000:
        raise SettingsError(
            f"a session's budget of {given!r:.40}; expected US dollars from 0 to 100,000. Set GLIMMER_SESSION_BUDGET_USD, for "
            "instance to 2.00."
        )
    return usd


def _home(variable: str, below_home: str, environment: Mapping[str, str] | None) -> Path:
    given = (os.environ if environment is None else environment).get(variable, "")
    # The XDG Base Directory Specification: a path that is not absolute is to be ignored.
    base = Path(given) if given and Path(given).is_absolute() else Path.home() / below_home
    return base / "glimmer"


def _studio(given: str | Path) -> str:
    if isinstance(given, str) and "://" in given:
        return _one_line("studio", given.strip(), "GLIMMER_STUDIO")
    folder = Path(given or "studio").expanduser()
    if "\x00" in str(folder):
        raise SettingsError(
            f"the studio folder {str(folder)!r} holds a NUL character; expected a folder's path. Set GLIMMER_STUDIO."
        )
    if folder.exists() and not folder.is_dir():
        raise SettingsError(f'the studio "{folder}" is a file; expected a folder. Set GLIMMER_STUDIO, or pass another studio.')
    return str(folder)


def _assets(given: str | Path) -> str:
    return _one_line("place for assets", str(given).strip(), "GLIMMER_ASSETS")


def _one_line(what: str, text: str, variable: str) -> str:
    if not text.isprintable():
        raise SettingsError(
            f"the {what} {shown_place(text)!r:.200} holds a character that can't be printed; expected a path or an address. Set {variable}."
        )
    return text


def _user(given: str) -> str:
    name = " ".join(given.split())
    if len(name) > _LONGEST_USER or not name.isprintable():
        raise SettingsError(
            f"the user {name!r:.60} has {len(name)} characters; expected at most {_LONGEST_USER}, all printable. Set GLIMMER_USER."
        )
    return name


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container's user with no name; Python before 3.13 gave KeyError
        return ""


def _models(given: str, key: str) -> str:
    """A name of MODELS, or "openai:" with a server's address; where none was given, Gemini if there is a key for it."""
    name = given.strip() or ("gemini" if key else "rehearsal")
    kind, _, address = name.partition(":")
    if kind.lower() == "openai" and "@" in address:  # it would stand in cards, in logs and in the film
        raise SettingsError(
            'the models\' address holds a name or a password (an "@"), which is not shown here; expected openai:http://host:port/v1. A key '
            "goes into OPENAI_API_KEY."
        )
    if kind.lower() == "openai" and address.startswith(("http://", "https://")):
        return f"openai:{address}"
    if name.lower() not in MODELS:
        raise SettingsError(
            f'no models "{given}"; this version has {", ".join(MODELS)} and openai:http://… for a server that speaks so. '
            'Unset GLIMMER_MODELS, or set it to "rehearsal".'
        )
    return name.lower()


def _workers(given: int | str) -> int:
    if given == "":
        return _cores()
    try:
        count = int(given)
    except ValueError:
        count = 0
    if not 1 <= count <= MOST_WORKERS:
        raise SettingsError(
            f"{given!r} workers; expected a whole number from 1 to {MOST_WORKERS}. Set GLIMMER_WORKERS, for instance to 2."
        )
    return count


def _cores() -> int:
    """The cores this process may use: a container's share, where the system tells it, not the machine's."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(allowed, MOST_WORKERS))

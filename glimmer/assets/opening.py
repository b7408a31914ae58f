"""Opening a store of assets by what a person writes: a folder, or an address such as `gs://bucket/prefix`.

Only the words are checked here, and whether the driver is installed; nothing is asked over a network until something is put or read.
"""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Final

from glimmer.assets.files import Assets
from glimmer.assets.remote import RemoteAssets
from glimmer.errors import NotFound, NotInstalled, SettingsError

__all__ = ["open_assets"]

_HERE: Final = ("file", "local")
_EXTRAS: Final = {"gs": "gcs", "gcs": "gcs"}
_SPECIAL: Final = re.compile(r"[\x00-\x20*?\[\]#\\]|::|(?:^|/)\.{1,2}(?:/|$)")  # patterns, generations, chains, ways out


def open_assets(where: str | Path, *, cache: Path) -> Assets:
    """The store at `where`: a folder, or an address of fsspec (`gs://bucket/prefix`, `memory://films`).

    `cache` is a folder on this machine where files of a remote store are kept to be used; it may be emptied at any time.
    Asks nothing over the network yet, so a bucket that does not exist is only told by the first put or read.
    Raises: NotFound for a scheme that nobody knows, NotInstalled if its driver is missing, SettingsError for an address with no
        bucket or with characters that mean something to file systems.
    """
    if isinstance(where, Path) or "://" not in where:
        if not str(where):
            raise SettingsError('"" is no place for assets; expected a folder, or an address such as gs://bucket/prefix.')
        return Assets(Path(where))
    scheme, _, rest = where.partition("://")
    scheme = scheme.lower()
    if scheme in _HERE:
        return Assets(Path(rest))
    _has_driver(scheme)
    place = rest.strip("/")
    if not place or _SPECIAL.search(place):
        raise SettingsError(
            f"{where!r:.200} is no place for assets; expected {scheme}://bucket/prefix with a name in it, "
            'and without spaces, "..", and the characters * ? [ ] # \\. Rename the prefix.'
        )
    return RemoteAssets(f"{scheme}://{place}", cache=Path(cache))


def _has_driver(scheme: str) -> None:
    from fsspec import available_protocols, get_filesystem_class
    from fsspec.registry import known_implementations

    if scheme not in available_protocols():
        raise NotFound.among("scheme", scheme, ["gs", "memory", "file", *available_protocols()], see="docs/assets.md")
    try:
        if scheme not in _EXTRAS:
            get_filesystem_class(scheme)
        elif importlib.util.find_spec("gcsfs") is None:  # importing it takes 1.4 s: only when something is put or read
            raise ImportError("gcsfs")
    except ImportError as error:
        extra = _EXTRAS.get(scheme, "")
        driver = str(known_implementations.get(scheme, {}).get("err") or f"Install what it asks for ({error}).")
        get_it = f'Install it: pip install "glimmer-studio[{extra}]".' if extra else driver
        raise NotInstalled(f"{scheme}:// needs a driver that is not installed here ({error}). {get_it}", extra=extra) from error

"""The address of a studio in Postgres: what a person may write, and the parts of it that may be shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from glimmer.errors import SettingsError

__all__ = ["Address", "is_url", "read_address"]

_SCHEMES: Final = ("postgres", "postgresql", "postgresql+psycopg")
_SECRET_OPTIONS: Final = ("password", "sslpassword", "passfile", "oauth_client_secret")


@dataclass(frozen=True)
class Address:
    """Where to connect. `name` may be shown to anybody; `url` holds the password and is never shown, nor are the `secret_options`."""

    url: URL
    name: str
    secret_options: dict[str, str]  # kept out of the URL, which hides no more than its own password when it is shown

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no text may hold."""
        return (str(self.url.password or ""), *self.secret_options.values())

    def __repr__(self) -> str:
        return f"address {self.name}"


def is_url(where: object) -> bool:
    """Whether a studio's place is meant as a URL; a folder has no "://"."""
    return isinstance(where, str) and "://" in where


def read_address(given: str) -> Address:
    """The address in "postgresql://user@host/name" (or postgres://). `?search_path=films` puts the tables into that schema.

    Raises: SettingsError for another scheme, or where the URL can't be read; the message shows no part that may be a password.
    """
    scheme = given.partition("://")[0].lower()
    if scheme not in _SCHEMES:
        raise SettingsError(
            f'a studio can\'t stand in "{scheme[:40]}"; expected a folder, or a URL that begins with postgresql://.'
        )
    try:
        url = make_url(f"postgresql+psycopg://{given.partition('://')[2]}")
        readable = "@" not in (
            url.host or ""
        )  # SQLAlchemy ends a password at its first "@": the rest of it would be looked up as a name
    except (ArgumentError, ValueError):
        readable = False  # the reason is left out: it quotes what it took for a port, a part of a password with "/" or ":" in it
    if not readable:
        raise SettingsError(
            f"the URL that begins with {scheme}:// can't be read; expected postgresql://user:password@host:5432/name, in which "
            "each of : / ? # @ % in a password is written in percent form (urllib.parse.quote(password, safe=''))."
        )
    secret = {option: ",".join(_values(url.query[option])) for option in _SECRET_OPTIONS if option in url.query}
    url = _with_search_path(url.difference_update_query(secret))
    return Address(url, _shown(url), secret)


def _with_search_path(url: URL) -> URL:
    """`search_path` as the server's own option, beside others that the URL has."""
    wanted = ",".join(_values(url.query.get("search_path", ())))
    if not wanted:
        return url
    escaped = wanted.replace("\\", "\\\\").replace(" ", "\\ ")
    options = " ".join([*_values(url.query.get("options", ())), f"-csearch_path={escaped}"])
    return url.difference_update_query(["search_path"]).update_query_dict({"options": options})


def _shown(url: URL) -> str:
    user = f"{url.username}@" if url.username else ""
    host = url.host or ", ".join(_values(url.query.get("host", ())))
    port = f":{url.port}" if url.port else ""
    return f"postgresql://{user}{host}{port}/{url.database or ''}"


def _values(given: str | Iterable[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)

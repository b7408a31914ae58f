"""Identity: who a visitor is, where a proxy in front of the server has signed them in and says so with every request.

The proxy proves itself by a secret that only it and this server know; without the secret nobody is believed, whatever the request says.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
from pathlib import Path
from typing import Any, Final

from jupyter_server.auth.identity import IdentityProvider, User
from traitlets import Bool, Unicode, default
from traitlets import List as ListOf

from glimmer.errors import SettingsError

__all__ = ["ProxyIdentityProvider"]

_EMAIL: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+)", re.ASCII)
_SHORTEST_SECRET: Final = 24  # letters: what `openssl rand -base64 24` gives has 32


class ProxyIdentityProvider(IdentityProvider):  # type: ignore[misc]
    """Believes the e-mail in a header, from a proxy that brings the secret, for the domains that are named.

    The secret comes as the password of HTTP Basic (oauth2-proxy: `pass_basic_auth`, `basic_auth_password`) or in `secret_header`.
    Raises, when the server starts: SettingsError for no secret or a short one, and where no domain is named.
    """

    secret = Unicode("", help="What the proxy proves itself by.").tag(config=True)
    secret_file = Unicode("", help="A file that holds it, in place of `secret`.").tag(config=True)
    secret_header = Unicode("X-Glimmer-Proxy-Secret", help="The header that may bring it.").tag(config=True)
    email_header = Unicode("X-Forwarded-Email", help="The header that says who it is.").tag(config=True)
    domains = ListOf(Unicode(), help='What stands after the @ of those who may come in: ["example.org"].').tag(config=True)
    need_token = Bool(False)

    def __init__(self, **named: Any) -> None:
        super().__init__(**named)
        self._secret = self._read_secret()
        self._domains = {domain.strip().lower().lstrip("@") for domain in self.domains}
        if len(self._secret) < _SHORTEST_SECRET:
            raise SettingsError(
                f"the proxy's secret has {len(self._secret)} letters; expected at least {_SHORTEST_SECRET}. Make one with: openssl rand "
                "-base64 24 - and set ProxyIdentityProvider.secret_file."
            )
        if not self._domains - {""}:
            raise SettingsError('no domain may come in; set ProxyIdentityProvider.domains, for instance to ["example.org"].')

    @default("token")
    def _token_default(self) -> str:
        return ""  # no other way in

    @property
    def auth_enabled(self) -> bool:
        return True

    @property
    def login_available(self) -> bool:
        return False

    @property
    def logout_available(self) -> bool:
        return False

    def get_user(self, handler: Any) -> User | None:
        """Who asks; None for whom the proxy did not bring, and for another domain. Sets no cookie, so a sign-out there is one here."""
        headers = handler.request.headers
        if not hmac.compare_digest(self._brought(headers).encode(), self._secret.encode()):
            return None
        said = headers.get_list(self.email_header)
        match = _EMAIL.fullmatch(said[0].strip()) if len(said) == 1 else None
        if match is None or match[1].lower() not in self._domains:
            return None
        email = match[0].lower()
        return User(username=email, name=email, display_name=email.partition("@")[0])

    def _brought(self, headers: Any) -> str:
        if given := headers.get(self.secret_header, ""):
            return str(given)
        kind, _, rest = headers.get("Authorization", "").partition(" ")
        if kind.lower() != "basic":
            return ""
        try:
            return base64.b64decode(rest, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return ""

    def _read_secret(self) -> str:
        if not self.secret_file:
            return str(self.secret)
        try:
            return Path(self.secret_file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"the proxy's secret can't be read from \"{self.secret_file}\" ({error}). Set secret_file."
            ) from error

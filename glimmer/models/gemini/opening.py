"""Opening: a google-genai client for the key and the address that the environment names."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from glimmer.errors import NotInstalled, SettingsError
from glimmer.settings import KEY_NAMES

if TYPE_CHECKING:
    from google.genai import Client

__all__ = ["Address", "address_of", "open_client"]

_YES: Final = ("1", "true", "yes", "on")


@dataclass(frozen=True)
class Address:
    """Where a door opens to. Two with the same values are one door. The key is in no repr."""

    key: str = field(default="", repr=False)
    key_name: str = ""
    base_url: str = ""
    cloud: bool = False
    project: str = ""
    location: str = ""

    @property
    def note(self) -> str:
        """For a film's card."""
        if self.cloud:
            return f"gemini (paid, Google Cloud, {f'project {self.project}' if self.project else f'key from {self.key_name}'})"
        return f"gemini (paid, key from {self.key_name or KEY_NAMES[0]})"


def address_of(environment: Mapping[str, str]) -> Address:
    """What the environment says. Reads the key's value, which is kept nowhere else."""
    cloud = any(
        environment.get(name, "").strip().lower() in _YES for name in ("GOOGLE_GENAI_USE_ENTERPRISE", "GOOGLE_GENAI_USE_VERTEXAI")
    )
    name = next((each for each in KEY_NAMES if environment.get(each, "").strip()), "")
    return Address(
        key=environment.get(name, "").strip() if name else "",
        key_name=name,
        base_url=environment.get("GOOGLE_GEMINI_BASE_URL", "").strip(),
        cloud=cloud,
        project=environment.get("GOOGLE_CLOUD_PROJECT", "").strip() if cloud else "",
        location=environment.get("GOOGLE_CLOUD_LOCATION", "").strip() if cloud else "",
    )


def open_client(address: Address) -> Client:
    """A client that tries everything once (its own retries would pay up to five times for one clip) and sends through our wire.

    Raises: SettingsError without a key or for an address that is none, NotInstalled without google-genai.
    """
    if not address.key and not address.project:
        raise SettingsError(
            f"no Gemini key; expected one in {KEY_NAMES[0]}. Set it (https://aistudio.google.com/apikey), or open the film with "
            'models="rehearsal" to work without one, for $0.'
        )
    if not address.key.isascii() or not address.key.isprintable():
        raise SettingsError(
            f"the key in {address.key_name} holds characters that no key has; expected letters, digits, - and _. Set it again."
        )
    if address.base_url and not address.base_url.startswith(("http://", "https://")):
        raise SettingsError(
            f"GOOGLE_GEMINI_BASE_URL is {address.base_url!r:.200}; expected an address with http:// or https://. Unset it to use Google's own."
        )
    try:
        from google import genai
        from google.genai import types

        from glimmer.models.gemini.wire import http_client
    except ImportError:
        raise NotInstalled(
            'Gemini needs google-genai, which is not installed; expected version 3.4 or later. Run: pip install "glimmer-studio[gemini]"',
            extra="gemini",
        ) from None
    # It says "Both GOOGLE_API_KEY and GEMINI_API_KEY are set. Using GOOGLE_API_KEY", which is not so: the key is handed over.
    logging.getLogger("google_genai._api_client").setLevel(logging.ERROR)
    # A finish reason that is newer than the SDK is told by us, as an outcome; its warning would stand in the notebook.
    warnings.filterwarnings("ignore", message=".* is not a valid ", category=UserWarning, module=r"google\.genai\._common")
    options = types.HttpOptions(
        base_url=address.base_url or None, retry_options=types.HttpRetryOptions(attempts=1), httpx_client=http_client()
    )
    trouble = ""
    try:
        return genai.Client(**_whose(address), http_options=options)
    except Exception as error:  # noqa: BLE001  (whatever it is, it may hold the key)
        trouble = f"{type(error).__name__}: {error}".replace(address.key or "\0", "[the key]")
    raise SettingsError(
        f"a Gemini client can't be opened: {trouble:.300}. Look at {KEY_NAMES[0]}, GOOGLE_GEMINI_BASE_URL and GOOGLE_CLOUD_PROJECT."
    )


def _whose(address: Address) -> dict[str, Any]:
    """Never a local variable of what may raise: a traceback that shows variables would show the key."""
    if address.cloud and address.project:
        return {"enterprise": True, "project": address.project, "location": address.location or "global"}
    return {"api_key": address.key, **({"enterprise": True} if address.cloud else {})}

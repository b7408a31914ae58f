"""GlimmerVoila: dashboards for others. A notebook is run and its faces are shown; visitors see no code and can run none.

Standalone Voila hears only what widgets say: an `execute_request` of a visitor is passed over. As an extension of a notebook server that
is not so, and every visitor can run code: there it is for the notebook's owner alone. Loads no server extension, so our addresses are put
in here, before the one that catches all.

    python -m glimmer.server.voila_app studio.ipynb --port=8866 --token=…
"""

from __future__ import annotations

from typing import Any, Final

from voila.app import Voila

from glimmer.server.addresses import addresses
from glimmer.server.starting import make_media_key, send_at_once

__all__ = ["GlimmerVoila", "main"]


# What a page may load: from this server alone, so that no film's words or pictures send a request elsewhere. Widgets come as blobs, and what
# draws them evaluates. A notebook that needs another host says so: Voila.tornado_settings = {"headers": {"Content-Security-Policy": …}}.
_AT_HOME: Final = (
    "default-src 'self' blob:; script-src 'self' blob: 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' blob: data:; media-src 'self' blob: data:; font-src 'self' data:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'"
)


class GlimmerVoila(Voila):  # type: ignore[misc]
    """Voila that plays our media and takes our uploads. Listens on 127.0.0.1 and wants a token, if nothing else is said."""

    name = "voila"  # reads voila.json, as people know it

    def initialize(self, argv: list[str] | None = None) -> None:
        make_media_key()  # before any kernel: preheated ones begin in `start`, and their key is read when they do
        send_at_once()
        super().initialize(argv)
        self._keep_to_this_machine()
        if self.token is None:
            self.auto_token = True  # Voila's own default lets everybody in; JUPYTER_TOKEN, or one that is made and told in the log

    def init_settings(self) -> dict[str, Any]:
        settings: dict[str, Any] = super().init_settings()
        return {"headers": {"Content-Security-Policy": _AT_HOME}} | settings

    def init_handlers(self) -> list[Any]:
        ours: list[Any] = list(addresses(self.server_url))
        return ours + list(super().init_handlers())

    def _keep_to_this_machine(self) -> None:
        if not self.config.Voila.get("ip"):
            self.ip = "127.0.0.1"  # Voila's "localhost" may listen on ::1 too


main = GlimmerVoila.launch_instance

if __name__ == "__main__":
    main()

"""Starting: what is to be done before the first kernel begins, or the first message is sent."""

from __future__ import annotations

import functools
import os
import secrets
import threading
from typing import Any, Final

__all__ = ["keep_icons", "make_media_key", "send_at_once"]

_KEY: Final = "GLIMMER_MEDIA_KEY"
_guard: Final = threading.Lock()
_made: Final[list[str]] = []


def make_media_key() -> None:
    """Put a new key into the environment, which kernels inherit. Once in a process: kernels that are there go on with theirs.

    One that was inherited is not used: servers of several people that one program began would sign with the same.
    """
    with _guard:
        if not _made:
            _made.append(secrets.token_urlsafe(32))
        os.environ[_KEY] = _made[0]


def send_at_once() -> None:
    """Let kernels' web sockets send small messages without waiting for more.

    Nagle's algorithm and delayed acknowledgements made 48 to 52 ms of every round trip; without, 7 to 31. Where Jupyter Server has moved
    the class, nothing is changed.
    """
    try:
        from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
    except ImportError:
        return
    with _guard:
        opened = getattr(KernelWebsocketHandler, "open", None)
        if opened is not None and not getattr(opened, "sends_at_once", False):
            KernelWebsocketHandler.open = _without_delay(opened)  # type: ignore[method-assign]


def keep_icons(settings: dict[str, Any]) -> None:
    """Let browsers keep the tab's icons. JupyterLab changes the tab's icon whenever a kernel is busy, so with every message of a face, and
    fetched it anew each time: two requests that the message waits behind.
    """
    settings["static_immutable_cache"] = [*settings.get("static_immutable_cache", []), f"{settings['base_url']}static/favicons/"]


def _without_delay(opened: Any) -> Any:
    @functools.wraps(opened)
    def open(self: Any, *given: Any, **named: Any) -> Any:
        if getattr(self, "ws_connection", None) is not None:
            self.set_nodelay(True)
        return opened(self, *given, **named)

    open.sends_at_once = True  # type: ignore[attr-defined]
    return open

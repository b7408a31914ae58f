"""The server room: what a notebook server does for the faces: it plays media by signed addresses and takes uploads, part after part.

    addresses     glimmer/me, glimmer/media/<token>, glimmer/upload/<token>: the same below any base_url, in JupyterLab, Notebook and Voila
    starting      the key that addresses are signed with, made before any kernel begins; small messages sent at once; icons kept
    identity      who a visitor is where a proxy in front of the server has signed them in
    voila_app     GlimmerVoila: dashboards for others, who can't run code there
    opening       what `glimmer lab` and `glimmer studio` begin, and where the notebooks lie

A Jupyter server finds it by `etc/jupyter/jupyter_server_config.d/glimmer.json`, which is installed with the package. Nothing here knows
a film: what a kernel has signed is believed, and nothing else.
"""

from __future__ import annotations

from typing import Any

__all__ = ["_jupyter_server_extension_points", "_load_jupyter_server_extension"]


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "glimmer.server"}]


def _load_jupyter_server_extension(serverapp: Any) -> None:
    """Called by the Jupyter server, before it begins any kernel."""
    from glimmer.server.addresses import addresses
    from glimmer.server.starting import keep_icons, make_media_key, send_at_once

    make_media_key()
    send_at_once()
    keep_icons(serverapp.web_app.settings)
    serverapp.web_app.add_handlers(".*$", addresses(serverapp.web_app.settings["base_url"]))
    serverapp.log.info("glimmer.server plays media and takes uploads")

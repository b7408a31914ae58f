"""GlimmerVoila: a dashboard for others. It plays media like a notebook server, lets in who may, and runs no visitor's code."""

from __future__ import annotations

import asyncio
import json
import os
import re
import secrets
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from glimmer.media_urls import signed

pytest.importorskip("voila")


@pytest.fixture(scope="module")
def page(voila: Any) -> tuple[Any, str]:
    """A visitor, and the page that they were shown."""
    visitor = voila.visitor()
    shown = visitor.get(voila.base)
    assert shown.status == 200, shown.body[-2000:]
    return visitor, shown.text


def key_of(page: str) -> str:
    """What the notebook's kernel was given to sign with: it says so on its page."""
    found = re.search(r"key&lt;([\w-]*)&gt;", page)
    assert found, page[-2000:]
    return found[1]


def test_who_has_no_token_sees_no_dashboard(voila: Any) -> None:
    stranger = voila.visitor(signed_in=False)
    reply = stranger.get(voila.base)
    assert reply.status == 302 and "login" in reply.headers["location"]
    assert stranger.get(f"{voila.base}glimmer/me").status == 403


def test_a_page_loads_nothing_from_another_host(voila: Any, page: tuple[Any, str]) -> None:
    """Voila's own template asks a CDN for letters; so could what a film's words bring. The browser is told to ask nobody else."""
    said = page[0].get(voila.base).headers["content-security-policy"]
    directives = dict(one.split(" ", 1) for one in said.split("; "))
    assert directives["default-src"] == "'self' blob:" and directives["object-src"] == "'none'"
    assert not re.search(r"https?:|\*|wss?:", said)


def test_media_are_played_here_as_in_a_notebook_server(voila: Any, page: tuple[Any, str], tmp_path: Path) -> None:
    """The kernel was begun before the visitor came, and has the key all the same."""
    visitor, shown = page
    film = tmp_path / "film.mp4"
    film.write_bytes(b"0123456789")
    token = signed("media", {"path": str(film), "mime": "video/mp4"}, who=voila.who(visitor), key=key_of(shown))
    assert visitor.get(f"{voila.base}glimmer/media/{token}").body == b"0123456789"
    assert visitor.get(f"{voila.base}glimmer/media/{token}", Range="bytes=2-4").body == b"234"
    assert voila.visitor().get(f"{voila.base}glimmer/media/{token}").status == 403
    assert voila.visitor(signed_in=False).get(f"{voila.base}glimmer/media/{token}").status == 403


def test_uploads_come_here_too_and_need_the_page_s_mark(voila: Any, page: tuple[Any, str], tmp_path: Path) -> None:
    visitor, shown = page
    folder = tmp_path / f"{secrets.token_hex(16)}-3"
    folder.mkdir()
    (folder / "file").touch()
    token = signed("upload", {"path": str(folder / "file"), "bytes": 3}, who=voila.who(visitor), key=key_of(shown))
    address = f"{voila.base}glimmer/upload/{token}"
    assert visitor.ask("POST", f"{address}?at=0", b"abc").status == 403
    assert visitor.post(f"{address}?at=0", b"abc").json == {"at": 3}
    assert visitor.ask("DELETE", address, X_XSRFToken=visitor.cookies["_xsrf"]).status == 204
    assert not folder.exists()


def test_a_visitor_s_code_is_not_run(voila: Any, page: tuple[Any, str], tmp_path: Path) -> None:
    visitor, shown = page
    found = re.search(r'"kernelId":\s*"([0-9a-f-]+)"', shown)
    assert found
    trace = tmp_path / "was_run"

    async def talk() -> list[str]:
        line = await voila.line(visitor, found[1])
        heard = []
        try:
            code = f"open({str(trace)!r}, 'w').write('x')"
            await line.write_message(message("execute_request", {"code": code, "silent": False, "store_history": False}))
            await line.write_message(message("kernel_info_request", {}))
            while "kernel_info_reply" not in heard:  # it was asked for later, on the same line
                heard.append(json.loads(await asyncio.wait_for(line.read_message(), 30) or "{}").get("msg_type", ""))
        finally:
            line.close()
        return heard

    heard = asyncio.run(talk())
    assert "execute_reply" not in heard and "execute_input" not in heard
    assert not trace.exists()


def message(kind: str, content: dict[str, Any]) -> str:
    header = {
        "msg_id": secrets.token_hex(8),
        "msg_type": kind,
        "username": "",
        "session": "s",
        "date": "2026-01-01T00:00:00Z",
        "version": "5.3",
    }
    return json.dumps(
        {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell", "buffers": []}
    )


# ── behind a proxy that signs people in ─────────────────────────────────────────────────────────────────────
SECRET = "a-secret-of-the-proxy-and-the-server"


@pytest.fixture(scope="module")
def proxied(begin_voila: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    secret = tmp_path_factory.mktemp("secret") / "proxy"
    secret.write_text(SECRET + "\n")
    options = ("--Voila.identity_provider_class=glimmer.server.identity.ProxyIdentityProvider",)
    options += (f"--ProxyIdentityProvider.secret_file={secret}", "--ProxyIdentityProvider.domains=example.org")
    with begin_voila(*options) as server:
        yield server


def brought(email: str, secret: str = SECRET, **more: str) -> dict[str, str]:
    return {"X-Glimmer-Proxy-Secret": secret, "X-Forwarded-Email": email} | more


def test_whom_the_proxy_brings_is_known_by_their_address(proxied: Any) -> None:
    visitor = proxied.visitor(signed_in=False)
    visitor.headers = brought("Ann@Example.org")
    assert proxied.who(visitor) == "ann@example.org"
    import base64

    basic = base64.b64encode(f"ann@example.org:{SECRET}".encode()).decode()
    visitor.headers = {"Authorization": f"Basic {basic}", "X-Forwarded-Email": "ann@example.org"}
    assert proxied.who(visitor) == "ann@example.org"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Forwarded-Email": "ann@example.org"},
        brought("ann@example.org", "forged"),
        brought("ann@example.org", ""),
        brought("ann@example.org", SECRET + "x"),
        brought("mallory@example.com"),
        brought("mallory@evil-example.org"),
        brought("mallory@example.org.evil.com"),
        brought("mallory@evil.com,ann@example.org"),
        brought("ann@example.org <mallory@evil.com>"),
        brought(""),
        {"Authorization": "Basic nonsense", "X-Forwarded-Email": "ann@example.org"},
        {"Authorization": f"token {SECRET}", "X-Forwarded-Email": "ann@example.org"},
    ],
    ids=str,
)
def test_nobody_else_comes_in(proxied: Any, headers: dict[str, str]) -> None:
    visitor = proxied.visitor(signed_in=False)
    visitor.headers = headers
    assert visitor.get(f"{proxied.base}glimmer/me").status == 403
    shown = visitor.get(proxied.base)
    assert shown.status in (302, 403) and b"key" not in shown.body


def test_a_token_is_no_way_around_the_proxy(proxied: Any) -> None:
    visitor = proxied.visitor(signed_in=False)
    for token in ("", "x", SECRET):
        assert visitor.get(f"{proxied.base}glimmer/me?token={token}").status == 403


@pytest.mark.parametrize(
    ("secret", "domains", "words"), [("short", ["example.org"], "at least 24"), (SECRET, [], "no domain"), ("", [], "24")]
)
def test_a_provider_that_would_let_anybody_in_does_not_begin(secret: str, domains: list[str], words: str) -> None:
    from glimmer.errors import SettingsError
    from glimmer.server.identity import ProxyIdentityProvider

    with pytest.raises(SettingsError, match=words):
        ProxyIdentityProvider(secret=secret, domains=domains)


def test_where_nobody_said_a_token_one_is_made_and_only_this_machine_is_listened_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from glimmer.server.voila_app import GlimmerVoila

    monkeypatch.setenv("GLIMMER_MEDIA_KEY", "")  # and gone afterwards
    monkeypatch.chdir(tmp_path)
    ends = signal.getsignal(signal.SIGTERM)
    try:
        app = GlimmerVoila()
        app.initialize([str(tmp_path), "--no-browser"])
    finally:
        signal.signal(signal.SIGTERM, ends)
    assert app.ip == "127.0.0.1" and app.auto_token
    assert len(os.environ["GLIMMER_MEDIA_KEY"]) > 40

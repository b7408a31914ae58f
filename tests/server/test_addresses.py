"""What the server answers: media by signed addresses and uploads by parts, to the visitor they were signed for, below a Hub's prefix."""

from __future__ import annotations

import asyncio
import json
import secrets
from pathlib import Path
from typing import Any

import pytest

from glimmer.media_urls import MOST_PART_BYTES, signed

pytest.importorskip("jupyter_server")
FILM = bytes(range(256)) * 4_000


@pytest.fixture(scope="module")
def key(jupyter: Any) -> str:
    """What the server's kernels sign with: asked of one."""
    visitor = jupyter.visitor()
    kernel = json.loads(visitor.post(f"{jupyter.base}api/kernels", b"{}").body)["id"]
    said = asyncio.run(jupyter.printed(visitor, kernel, "import os; print(os.environ['GLIMMER_MEDIA_KEY'])"))
    assert visitor.ask("DELETE", f"{jupyter.base}api/kernels/{kernel}", X_XSRFToken=visitor.cookies["_xsrf"]).status == 204
    return said.strip()


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.mp4"
    path.write_bytes(FILM)
    return path


@pytest.fixture(scope="module")
def ann(jupyter: Any) -> Any:
    return jupyter.visitor()


@pytest.fixture
def play(jupyter: Any, ann: Any, key: str) -> Any:
    """Asks for a file as a kernel would sign it."""

    def asked(
        path: Path, mime: str = "video/mp4", *, by: Any = None, who: str = "", seconds: float = 60, name: str = "", **headers: str
    ) -> Any:
        said = {"path": str(path), "mime": mime} | ({"name": name} if name else {})
        token = signed("media", said, who=who or jupyter.who(ann), seconds=seconds, key=key)
        return (by or ann).get(f"{jupyter.base}glimmer/media/{token}", **headers)

    return asked


# ── who ─────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_visitor_learns_their_name_and_keeps_it(jupyter: Any) -> None:
    ann, bob = jupyter.visitor(), jupyter.visitor()
    assert jupyter.who(ann) == jupyter.who(ann) != jupyter.who(bob)
    assert ann.get(f"{jupyter.base}glimmer/me").json["glimmer"] is True
    assert ann.cookies["_xsrf"]


def test_who_is_not_signed_in_is_told_so_and_not_sent_elsewhere(jupyter: Any) -> None:
    stranger = jupyter.visitor(signed_in=False)
    for path in ("glimmer/me", "glimmer/media/a.b"):
        reply = stranger.get(jupyter.base + path)
        assert reply.status == 403 and "not signed in" in reply.text and reply.headers["content-type"].startswith("text/plain")


def test_a_key_that_was_inherited_is_not_used(key: str) -> None:
    assert len(key) > 40 and key != "of-somebody-else"


# ── media ───────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_film_is_played_whole_and_in_ranges(play: Any, film: Path) -> None:
    whole = play(film)
    assert whole.status == 200 and whole.body == FILM
    assert whole.headers["content-type"] == "video/mp4" and whole.headers["accept-ranges"] == "bytes"
    some = play(film, Range="bytes=1000-1999")
    assert some.status == 206 and some.body == FILM[1000:2000]
    assert some.headers["content-range"] == f"bytes 1000-1999/{len(FILM)}"
    assert play(film, Range="bytes=-10").body == FILM[-10:]
    assert play(film, Range=f"bytes={len(FILM)}-").status == 416


def test_a_film_that_is_there_already_is_not_sent_again(play: Any, film: Path) -> None:
    first = play(film)
    again = play(film, If_None_Match=first.headers["etag"])
    assert again.status == 304 and again.body == b""
    film.write_bytes(FILM[:-1])
    assert play(film, If_None_Match=first.headers["etag"]).status == 200


def test_a_head_says_how_much_there_is(jupyter: Any, ann: Any, key: str, film: Path) -> None:
    token = signed("media", {"path": str(film), "mime": "video/mp4"}, who=jupyter.who(ann), key=key)
    reply = ann.ask("HEAD", f"{jupyter.base}glimmer/media/{token}")
    assert reply.status == 200 and reply.headers["content-length"] == str(len(FILM)) and reply.body == b""


def test_a_download_has_its_name(play: Any, film: Path) -> None:
    reply = play(film, name='The "Lighthouse"\r\nX: é.mp4')
    said = reply.headers["content-disposition"]
    assert (
        said.startswith('attachment; filename="The _Lighthouse___X_ _.mp4"')
        and "filename*=UTF-8''The%20%22Lighthouse%22%0D%0AX%3A%20%C3%A9.mp4" in said
    )
    assert "x" not in reply.headers


@pytest.mark.parametrize("mime", ["image/svg+xml", "text/html", "application/xhtml+xml", "text/plain", "nonsense"])
def test_what_could_hold_a_script_comes_in_a_box(play: Any, tmp_path: Path, mime: str) -> None:
    page = tmp_path / "page.svg"
    page.write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    reply = play(page, mime)
    assert reply.status == 200 and reply.headers["x-content-type-options"] == "nosniff"
    if mime == "nonsense":
        assert reply.headers["content-type"] == "application/octet-stream"
    else:
        assert reply.headers["content-security-policy"].startswith("sandbox; default-src 'none'")


def test_an_address_that_was_altered_is_over_or_is_somebody_else_s_is_refused(
    jupyter: Any, ann: Any, key: str, play: Any, film: Path
) -> None:
    bob = jupyter.visitor()
    assert "somebody else" in play(film, by=bob).text
    over = play(film, seconds=-5)
    assert over.status == 403 and "over" in over.text
    token = signed("media", {"path": str(film), "mime": "video/mp4"}, who=jupyter.who(ann), key=key)
    body, seal = token.split(".")
    other = signed("media", {"path": "/etc/passwd", "mime": "video/mp4"}, who=jupyter.who(ann), key="another")
    for altered in (
        f"{body}x.{seal}",
        f"{body}.{seal[:-2]}",
        f"{other.split('.')[0]}.{seal}",
        other,
        body,
        ".",
        f".{seal}",
        "a" * 7000,
    ):
        reply = ann.get(f"{jupyter.base}glimmer/media/{altered}")
        assert reply.status == 403 and "altered" in reply.text, altered
    used_wrongly = signed("upload", {"path": str(film), "bytes": 1}, who=jupyter.who(ann), key=key)
    assert ann.get(f"{jupyter.base}glimmer/media/{used_wrongly}").status == 403


def test_no_trick_with_paths_is_served(jupyter: Any, ann: Any, play: Any, film: Path) -> None:
    for trick in ("../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "/etc/passwd", "%2Fetc%2Fpasswd", "a%00b", "."):
        assert ann.get(f"{jupyter.base}glimmer/media/{trick}").status in (403, 404)
    assert play(film.parent).status == 404  # a folder is no file, and never listed
    assert "gone" in play(film.parent / "nothing.mp4").text


# ── uploads ─────────────────────────────────────────────────────────────────────────────────────────────────
class Coming:
    """An upload as a kernel begins it: a folder, an empty file, a ticket."""

    def __init__(self, server: Any, visitor: Any, key: str, folder: Path, size: int, *, seconds: float = 60) -> None:
        self.folder = folder / f"{secrets.token_hex(16)}-{size}"
        self.folder.mkdir()
        self.file = self.folder / "file"
        self.file.touch()
        token = signed("upload", {"path": str(self.file), "bytes": size}, who=server.who(visitor), seconds=seconds, key=key)
        self.address = f"{server.base}glimmer/upload/{token}"


@pytest.fixture
def coming(jupyter: Any, ann: Any, key: str, tmp_path: Path) -> Any:
    return lambda size, **named: Coming(jupyter, ann, key, tmp_path, size, **named)


def test_a_file_comes_in_parts(ann: Any, coming: Any) -> None:
    it = coming(len(FILM))
    half = len(FILM) // 2
    assert ann.post(f"{it.address}?at=0", FILM[:half]).json == {"at": half}
    assert ann.post(f"{it.address}?at={half}", FILM[half:]).json == {"at": len(FILM)}
    assert it.file.read_bytes() == FILM


def test_parts_out_of_order_and_too_much_are_refused_and_change_nothing(ann: Any, coming: Any) -> None:
    it = coming(100)
    assert ann.post(f"{it.address}?at=0", FILM[:60]).status == 200
    for at, part, status in ((0, 60, 409), (61, 10, 409), (60, 41, 413), (-1, 1, 400), ("x", 1, 400), ("1" * 30, 1, 400)):
        reply = ann.post(f"{it.address}?at={at}", FILM[: int(part)])
        assert reply.status == status and reply.text, (at, part)
    assert it.file.read_bytes() == FILM[:60]


def test_two_gigabytes_at_once_are_refused_before_they_are_read(ann: Any, coming: Any) -> None:
    it = coming(2_000_000_000)
    reply = ann.post(f"{it.address}?at=0", b"", Content_Length="2000000000")
    assert reply.status == 413 and f"{MOST_PART_BYTES:,}" in reply.text
    assert it.file.stat().st_size == 0


def test_a_part_that_breaks_off_leaves_the_file_as_it_was(jupyter: Any, ann: Any, coming: Any) -> None:
    import socket

    it = coming(1000)
    assert ann.post(f"{it.address}?at=0", FILM[:500]).status == 200
    cookies = "; ".join(f"{name}={value}" for name, value in ann.cookies.items())
    head = f"POST {it.address}?at=500 HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\nX-XSRFToken: {ann.cookies['_xsrf']}\r\n"
    with socket.create_connection(("127.0.0.1", jupyter.port)) as line:
        line.sendall(f"{head}Content-Length: 500\r\n\r\n".encode() + FILM[:250])
    assert ann.post(f"{it.address}?at=500", FILM[500:1000]).json == {"at": 1000}
    assert it.file.read_bytes() == FILM[:1000]


def test_an_upload_needs_the_page_s_own_mark_and_its_visitor(jupyter: Any, ann: Any, coming: Any) -> None:
    it = coming(10)
    assert ann.ask("POST", f"{it.address}?at=0", b"x").status == 403  # XSRF
    assert ann.post(f"{it.address}?at=0", b"x", X_XSRFToken="another").status == 403
    assert jupyter.visitor().post(f"{it.address}?at=0", b"x").status == 403
    assert jupyter.visitor(signed_in=False).post(f"{it.address}?at=0", b"x").status == 403
    assert ann.post(f"{coming(10, seconds=-5).address}?at=0", b"x").status == 403
    assert it.file.stat().st_size == 0


def test_a_dropped_upload_leaves_nothing_and_takes_no_more(ann: Any, coming: Any) -> None:
    it = coming(10)
    assert ann.post(f"{it.address}?at=0", b"12345").status == 200
    assert ann.ask("DELETE", it.address).status == 403  # XSRF
    assert ann.ask("DELETE", it.address, X_XSRFToken=ann.cookies["_xsrf"]).status == 204
    assert not it.folder.exists()
    gone = ann.post(f"{it.address}?at=5", b"67890")
    assert gone.status == 410 and "Bring the file again" in gone.text
    assert not it.folder.exists()


# ── the server itself ───────────────────────────────────────────────────────────────────────────────────────
def test_a_tab_s_icon_is_fetched_once(jupyter: Any, ann: Any) -> None:
    """JupyterLab changes it with every message of a face."""
    for icon in ("favicon.ico", "favicon-busy-1.ico"):
        reply = ann.get(f"{jupyter.base}static/favicons/{icon}")
        assert reply.status == 200 and "max-age=31536000" in reply.headers["cache-control"]
    assert ann.get(f"{jupyter.base}static/logo/logo.png").headers["cache-control"] == "no-cache"  # all else is as the server has it


def test_the_sockets_of_kernels_wait_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked of the socket itself, while a browser's end is open."""
    import socket

    from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
    from tornado import web, websocket

    from glimmer.server.starting import _without_delay, send_at_once

    monkeypatch.setattr(KernelWebsocketHandler, "open", KernelWebsocketHandler.open)  # as it was, afterwards
    send_at_once()
    once = KernelWebsocketHandler.open
    send_at_once()
    assert KernelWebsocketHandler.open is once and once.sends_at_once  # type: ignore[attr-defined]

    class Kernel(websocket.WebSocketHandler):
        def open(self, *_: str) -> None:
            line = self.ws_connection.stream.socket  # type: ignore[union-attr]
            self.write_message(str(line.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)))

    async def said() -> str | bytes | None:
        server = web.Application([("/", Kernel)]).listen(0, "127.0.0.1")
        port = next(iter(server._sockets.values())).getsockname()[1]
        line = await websocket.websocket_connect(f"ws://127.0.0.1:{port}/")
        try:
            return await line.read_message()
        finally:
            line.close()
            server.stop()

    assert asyncio.run(said()) == "0"
    monkeypatch.setattr(Kernel, "open", _without_delay(Kernel.open))
    assert asyncio.run(said()) != "0"


def test_the_log_holds_no_key_and_no_token(jupyter: Any, key: str) -> None:
    told = jupyter.log.read_text()
    assert key not in told and jupyter.token not in told

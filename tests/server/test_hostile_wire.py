"""Attacks on the addresses of a real server: seals, ranges, links, replays, slow and lying clients, other sites' pages, and where keys might be told."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import secrets
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from glimmer.media_urls import MOST_PART_BYTES, signed

pytest.importorskip("jupyter_server")
FILM = bytes(range(256)) * 400


@pytest.fixture(scope="module")
def key(jupyter: Any) -> str:
    visitor = jupyter.visitor()
    kernel = json.loads(visitor.post(f"{jupyter.base}api/kernels", b"{}").body)["id"]
    said = asyncio.run(jupyter.printed(visitor, kernel, "import os; print(os.environ['GLIMMER_MEDIA_KEY'])"))
    visitor.ask("DELETE", f"{jupyter.base}api/kernels/{kernel}", X_XSRFToken=visitor.cookies["_xsrf"])
    return str(said.strip())


@pytest.fixture(scope="module")
def ann(jupyter: Any) -> Any:
    return jupyter.visitor()


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.mp4"
    path.write_bytes(FILM)
    return path


@pytest.fixture
def token(jupyter: Any, ann: Any, key: str, film: Path) -> str:
    return signed("media", {"path": str(film), "mime": "video/mp4"}, who=jupyter.who(ann), key=key)


@pytest.fixture
def begun(jupyter: Any, ann: Any, key: str, tmp_path: Path) -> Any:
    """An upload as a kernel begins it: its file, and where its parts go."""

    def begin(size: int) -> tuple[Path, str]:
        folder = tmp_path / f"{secrets.token_hex(16)}-{size}"
        folder.mkdir()
        (folder / "file").touch()
        said = {"path": str(folder / "file"), "bytes": size}
        return folder / "file", f"{jupyter.base}glimmer/upload/{signed('upload', said, who=jupyter.who(ann), key=key)}"

    return begin


# ── seals ───────────────────────────────────────────────────────────────────────────────────────────────────
def test_every_letter_of_a_token_counts(jupyter: Any, ann: Any, token: str) -> None:
    """But the last letter of a seal holds two bits that say nothing in base64: those are compared as letters, and refused too."""
    for at in range(0, len(token), 7):
        other = "A" if token[at] != "A" else "B"
        assert ann.get(f"{jupyter.base}glimmer/media/{token[:at]}{other}{token[at + 1 :]}").status == 403, at
    last = chr(ord(token[-1]) ^ 1)
    assert ann.get(f"{jupyter.base}glimmer/media/{token[:-1]}{last}").status in (403, 404)


@pytest.mark.parametrize("cut", [1, 10, 44, -1, -10, -43, -44])
def test_a_token_that_was_cut_is_refused(cut: int, jupyter: Any, ann: Any, token: str) -> None:
    assert ann.get(f"{jupyter.base}glimmer/media/{token[:cut] if cut < 0 else token[cut:]}").status == 403


def test_no_token_chooses_how_it_is_sealed(jupyter: Any, ann: Any, film: Path) -> None:
    said = {
        "use": "media",
        "who": jupyter.who(ann),
        "until": time.time() + 60,
        "path": str(film),
        "mime": "video/mp4",
        "alg": "none",
    }
    body = base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()
    head = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').rstrip(b"=").decode()
    empty = signed("media", said, who=jupyter.who(ann), key="None")
    for forged in (
        body,
        f"{body}.",
        f"{head}.{body}.",
        f"{head}.{body}",
        f"{body}.{body}",
        f".{body}",
        f"{body}.none",
        empty,
        "=" * 50,
        "." * 50,
        "A" * 8000,
    ):
        assert ann.get(f"{jupyter.base}glimmer/media/{forged}").status == 403, forged[:80]
    for odd in ("é" * 10, "A" * 8001, "A.B/../me", "%00", "%ff%fe", "a.b%0d%0aX-Y:%20z", "😀.x"):
        path = "".join(each if each.isascii() else f"%{each.encode()[0]:02X}" for each in odd)
        reply = ann.get(f"{jupyter.base}glimmer/media/{path}")
        assert reply.status in (400, 403, 404, 414) and "x-y" not in reply.headers


def test_a_name_in_any_letters_is_one_visitor_s_alone(jupyter: Any, ann: Any, key: str, film: Path) -> None:
    who = jupyter.who(ann)
    for other in ("", who + " ", who.upper() + "x", f"{who}\0", "ann\ud83d", "Ａnn", "ünïcode", who[:-1], "null", "None"):
        token = signed("media", {"path": str(film), "mime": "video/mp4"}, who=other, key=key)
        reply = ann.get(f"{jupyter.base}glimmer/media/{token}")
        assert reply.status == 403 and "somebody else" in reply.text, other


def test_a_refusal_tells_no_path(jupyter: Any, ann: Any, key: str, film: Path) -> None:
    gone = signed("media", {"path": str(film) + ".gone", "mime": "video/mp4"}, who=jupyter.who(ann), key=key)
    over = signed("media", {"path": str(film), "mime": "video/mp4"}, who=jupyter.who(ann), key=key, seconds=-9)
    for token in (gone, over):
        assert str(film.parent) not in ann.get(f"{jupyter.base}glimmer/media/{token}").text


# ── playing ─────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "asked",
    [
        "bytes=0-0,5-9,20-", "bytes=-0", "bytes=5-1", "bytes=99999999999999-", "bytes=--5", "bytes=a-b", "bytes=-1-5", "lines=1-2", "bytes=" + "0-1," * 500,
        "bytes=0-" + "9" * 400, "bytes=-" + "9" * 400,
    ],
)  # fmt: skip
def test_an_odd_range_gives_the_file_a_part_of_it_or_nothing(asked: str, jupyter: Any, ann: Any, token: str) -> None:
    reply = ann.get(f"{jupyter.base}glimmer/media/{token}", Range=asked)
    assert reply.status in (200, 206, 400, 416)
    assert reply.status != 200 or reply.body == FILM
    assert reply.status != 206 or reply.body in FILM
    assert len(reply.body) <= len(FILM)


def test_another_site_can_t_show_frame_or_read_what_is_played(jupyter: Any, ann: Any, token: str) -> None:
    reply = ann.get(f"{jupyter.base}glimmer/media/{token}", Origin="https://evil.example", Sec_Fetch_Site="cross-site")
    assert reply.headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in reply.headers
    assert reply.headers["x-content-type-options"] == "nosniff"


def test_a_file_that_became_a_link_after_it_was_signed_is_not_followed(
    jupyter: Any, ann: Any, token: str, film: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("nobody's business")
    film.unlink()
    film.symlink_to(secret)
    reply = ann.get(f"{jupyter.base}glimmer/media/{token}")
    assert reply.status == 404 and b"business" not in reply.body


def test_what_is_no_file_is_not_read(jupyter: Any, ann: Any, key: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in ("/dev/zero", str(tmp_path / "pipe"), "/proc/self/environ\0x", str(tmp_path), "relative.mp4"):
        token = signed("media", {"path": path, "mime": "video/mp4"}, who=jupyter.who(ann), key=key)
        assert ann.get(f"{jupyter.base}glimmer/media/{token}").status == 404, path


# ── bringing ────────────────────────────────────────────────────────────────────────────────────────────────
def test_eight_who_send_the_same_part_at_once_write_it_once(jupyter: Any, ann: Any, begun: Any) -> None:
    file, address = begun(len(FILM))
    with ThreadPoolExecutor(8) as many:
        replies = list(many.map(lambda _: ann.post(f"{address}?at=0", FILM).status, range(8)))
    assert sorted(replies) == [200] + [409] * 7
    assert file.read_bytes() == FILM


def test_a_ticket_that_was_used_is_of_no_more_use(jupyter: Any, ann: Any, begun: Any) -> None:
    file, address = begun(3)
    assert ann.post(f"{address}?at=0", b"abc").status == 200
    assert ann.post(f"{address}?at=3", b"d").status == 413
    assert ann.ask("DELETE", address, X_XSRFToken=ann.cookies["_xsrf"]).status == 204
    assert ann.ask("DELETE", address, X_XSRFToken=ann.cookies["_xsrf"]).status == 204  # nothing is there to be taken
    assert ann.post(f"{address}?at=0", b"abc").status == 410
    assert not file.parent.exists()


def test_who_says_little_and_sends_much_is_cut_off(jupyter: Any, ann: Any, begun: Any) -> None:
    """In chunks, whose length nobody has to say."""
    file, address = begun(100)
    head = _head(ann, f"{address}?at=0") + "Transfer-Encoding: chunked\r\n\r\n"
    with socket.create_connection(("127.0.0.1", jupyter.port), timeout=20) as line:
        line.sendall(head.encode())
        sent = 0
        try:
            while sent < 4 * MOST_PART_BYTES:
                line.sendall(b"100000\r\n" + b"x" * 0x100000 + b"\r\n")
                sent += 0x100000
            answer = line.recv(100)
        except OSError:
            answer = b""
    assert b"200" not in answer[:20]
    assert file.stat().st_size == 0


def test_who_sends_slowly_holds_up_nobody_and_leaves_nothing(jupyter: Any, ann: Any, begun: Any) -> None:
    file, address = begun(1000)
    lines = []
    for _ in range(30):
        line = socket.create_connection(("127.0.0.1", jupyter.port), timeout=20)
        line.sendall((_head(ann, f"{address}?at=0") + "Content-Length: 1000\r\n\r\n").encode() + b"x" * 10)
        lines.append(line)
    began = time.monotonic()
    assert ann.get(f"{jupyter.base}glimmer/me").status == 200
    assert time.monotonic() - began < 5
    for line in lines:
        line.close()
    assert ann.post(f"{address}?at=0", b"y" * 1000).json == {"at": 1000}
    assert file.read_bytes() == b"y" * 1000


def test_who_may_not_is_told_before_a_byte_is_read(jupyter: Any, ann: Any, begun: Any) -> None:
    file, address = begun(1000)
    stranger = f"POST {address}?at=0 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5000000\r\n\r\n"
    with socket.create_connection(("127.0.0.1", jupyter.port), timeout=20) as line:
        line.sendall(stranger.encode())
        assert b" 403 " in line.recv(200)
    assert file.stat().st_size == 0


def _head(visitor: Any, path: str) -> str:
    cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    return f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\nX-XSRFToken: {visitor.cookies['_xsrf']}\r\n"


# ── two visitors of a dashboard, and secrets ────────────────────────────────────────────────────────────────
def test_a_dashboard_s_pages_can_t_be_framed_and_tell_no_key(voila: Any) -> None:
    """The notebook of this server prints its kernel's key on purpose: everything else of the page is looked at."""
    visitor = voila.visitor()
    reply = visitor.get(voila.base)
    assert "frame-ancestors 'self'" in reply.headers["content-security-policy"]
    found = re.search(r"key&lt;([\w-]+)&gt;", reply.text)
    assert found and reply.text.count(found[1]) == 1
    assert voila.token not in reply.text
    log = voila.log.read_text(errors="replace")
    assert found[1] not in log


def test_a_visitor_who_does_not_know_a_kernel_s_number_finds_none(voila: Any) -> None:
    ann, bob = voila.visitor(), voila.visitor()
    kernels = [re.search(r'"kernelId":\s*"([0-9a-f-]+)"', each.get(voila.base).text) for each in (ann, bob)]
    assert kernels[0] and kernels[1] and kernels[0][1] != kernels[1][1]
    for path in ("api/kernels", "api/sessions", "api/contents", "api/terminals", "files/told.ipynb", "voila/files/told.ipynb"):
        reply = bob.get(voila.base + path)
        while reply.status == 302:
            reply = bob.get(reply.headers["location"])
        assert reply.status in (403, 404, 405) and kernels[0][1] not in reply.text, path
    stranger = voila.visitor(signed_in=False)
    assert stranger.get(f"{voila.base}api/kernels/{kernels[0][1]}").status in (403, 404, 405)

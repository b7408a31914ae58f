"""Addresses: what the server answers to a browser that shows a face.

    GET    glimmer/me                  {"glimmer": true, "who": …}: there is such a server, and how it names this visitor
    GET    glimmer/media/<token>       a file that a kernel signed for this visitor, with ranges and ETag; HEAD too
    POST   glimmer/upload/<token>?at=  the next part of a file, as the body; answers {"at": bytes that are there}
    DELETE glimmer/upload/<token>      it is not wanted any more

No folder is served, no name is taken from an address: a token says which file, as what, for whom and until when. Whoever is not signed
in, or brings a token that was altered, is over or is somebody else's, is told so with 403.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from jupyter_core.utils import ensure_async
from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado import web

from glimmer.errors import GlimmerError, LimitError, NotFound, StoreError
from glimmer.media_urls import MOST_PART_BYTES, PartMisplaced, TokenRefused, Use, part_kept, what_is_signed

__all__ = ["addresses"]

_TOKEN: Final = r"([A-Za-z0-9_.=-]{1,8000})"
_MEDIA_TYPE: Final = re.compile(r"[a-z]+/[A-Za-z0-9.+-]{1,100}", re.ASCII)
_UPLOAD_FOLDER: Final = re.compile(r"[0-9a-f]{32}-[0-9]+", re.ASCII)
# What a browser only shows. All else (SVG, HTML, text …) may run nothing and load nothing, should somebody open it by itself.
_PLAIN: Final = re.compile(r"(video|audio)/.+|image/(png|jpeg|webp|gif|avif|bmp)|application/octet-stream", re.ASCII)
_IN_A_BOX: Final = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
_STATUS: Final[tuple[tuple[type[GlimmerError], int], ...]] = (
    (TokenRefused, 403),
    (PartMisplaced, 409),
    (LimitError, 413),
    (NotFound, 410),
    (StoreError, 507),
)


def addresses(base_url: str) -> list[tuple[str, type[web.RequestHandler]]]:
    """The routes below `base_url`, for tornado. They have to stand before one that catches all."""
    return [
        (url_path_join(base_url, "glimmer", "me"), Me),
        (url_path_join(base_url, "glimmer", "media", _TOKEN), Played),
        (url_path_join(base_url, "glimmer", "upload", _TOKEN), Uploaded),
    ]


class _Worded(JupyterHandler):  # type: ignore[misc]
    """Answers in words: what refuses is read by a script or shown to a person, never a page of HTML."""

    def write_error(self, status_code: int, **named: Any) -> None:
        error = named["exc_info"][1] if named.get("exc_info") else None
        words = (
            (getattr(error, "log_message", None) or getattr(error, "reason", None) or self._reason)
            if status_code < 500
            else self._reason
        )
        self.in_words(status_code, str(words))

    def in_words(self, status: int, words: str) -> None:
        if self._finished:
            return
        self.clear()
        self.set_status(status)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.set_header("Content-Security-Policy", _IN_A_BOX)
        self.set_header("Cache-Control", "no-store")
        self.finish(words if self.request.method != "HEAD" else None)

    async def is_allowed(self, action: str) -> bool:
        """Whether the visitor is signed in and may; else they were told."""
        if self.current_user is None:
            self.in_words(403, "you are not signed in here, or no longer. Load the page again.")
            return False
        if not await ensure_async(self.authorizer.is_authorized(self, self.current_user, action, "contents")):
            self.in_words(403, f"this server does not let {self.who} {action} media.")
            return False
        return True

    @property
    def who(self) -> str:
        user = self.current_user
        return str(getattr(user, "username", user) or "")

    def said_by(self, use: Use, token: str) -> dict[str, Any] | None:
        """What the token says; None where the visitor was told why not."""
        try:
            return what_is_signed(use, token, who=self.who)
        except TokenRefused as error:
            self.in_words(403, str(error))
            return None


class Me(_Worded):
    """Who asks. An anonymous visitor gets their cookie with it, by which later requests are known for theirs."""

    @allow_unauthenticated
    async def get(self) -> None:
        if await self.is_allowed("read"):
            _ = self.xsrf_token  # sets its cookie, which a POST has to bring
            self.set_header("Cache-Control", "no-store")
            self.finish({"glimmer": True, "who": self.who})


class Played(_Worded, web.StaticFileHandler):  # type: ignore[misc]
    """One file, as tornado plays files: ranges, ETag, 304. Never a listing."""

    def initialize(self) -> None:  # type: ignore[override]
        self.root, self.default_filename = os.sep, None
        self._said: dict[str, Any] = {}

    @allow_unauthenticated  # a <video> can't follow the way to a page where one signs in; `is_allowed` asks
    async def get(self, token: str, include_body: bool = True) -> None:
        if not await self.is_allowed("read"):
            return
        said = self.said_by("media", token)
        if said is None:
            return
        self._said = said
        if not os.path.isfile(said["path"]) or os.path.islink(said["path"]):  # a link, put there since, would lead anywhere
            self.in_words(404, "this file is gone. Show the film again to see what there is.")
            return
        await web.StaticFileHandler.get(self, said["path"], include_body)

    @allow_unauthenticated
    async def head(self, token: str) -> None:
        await self.get(token, include_body=False)

    # What StaticFileHandler asks: the token has said it all.
    def parse_url_path(self, url_path: str) -> str:
        return url_path

    @classmethod
    def get_absolute_path(cls, root: str, path: str) -> str:
        return path

    def validate_absolute_path(self, root: str, absolute_path: str) -> str:
        return absolute_path

    def get_content_type(self) -> str:
        mime = str(self._said.get("mime", ""))
        return mime if _MEDIA_TYPE.fullmatch(mime) else "application/octet-stream"

    def compute_etag(self) -> str | None:
        """By size and time: tornado would read the whole file, and a film has gigabytes."""
        there = self._stat()
        return f'"{there.st_mtime_ns:x}-{there.st_size:x}"'

    def set_extra_headers(self, path: str) -> None:
        self.set_header("Cache-Control", "private, max-age=3600")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        if not _PLAIN.fullmatch(self.get_content_type()):
            self.set_header("Content-Security-Policy", _IN_A_BOX)
        if name := str(self._said.get("name", "")):
            self.set_header("Content-Disposition", _attached(name))


def _attached(name: str) -> str:
    """RFC 6266: the name in letters that every browser reads, and as it is."""
    plain = re.sub(r"[^A-Za-z0-9 ._()-]", "_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


@web.stream_request_body
class Uploaded(_Worded):
    """Parts of one file. What is too much is refused before it is read; a part that breaks off leaves the file as it was."""

    def initialize(self) -> None:
        self._part = bytearray()
        self._said: dict[str, Any] | None = None

    async def prepare(self) -> None:  # type: ignore[override]
        await super().prepare()  # who it is, and XSRF
        if self._finished or not await self.is_allowed("write"):
            return
        self._said = self.said_by("upload", self.path_args[0])
        if self._said is None:
            return
        length = self.request.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > MOST_PART_BYTES:
            self.in_words(413, f"a part of {length:.20} bytes; expected at most {MOST_PART_BYTES:,}.")
            return
        self.request.connection.set_max_body_size(MOST_PART_BYTES)  # type: ignore[union-attr]

    def data_received(self, chunk: bytes) -> None:
        self._part += chunk

    async def post(self, token: str) -> None:
        said = self._said or {}
        at = self.get_query_argument("at", "0")
        if not re.fullmatch(r"[0-9]{1,15}", at, re.ASCII):
            self.in_words(400, f"at={at!r:.40}; expected how many bytes of the file are there already.")
            return
        try:
            there = part_kept(Path(said["path"]), bytes(self._part), at=int(at), whole_bytes=int(said["bytes"]))
        except GlimmerError as error:
            self.in_words(next((status for kind, status in _STATUS if isinstance(error, kind)), 400), str(error))
        else:
            self.finish({"at": there})

    async def delete(self, token: str) -> None:
        folder = Path((self._said or {})["path"]).parent
        if _UPLOAD_FOLDER.fullmatch(folder.name):
            shutil.rmtree(folder, ignore_errors=True)
        self.set_status(204)
        self.finish()

"""Files on the server: uploaded in two steps, or made by a job; listed, fetched, gone after 48 hours."""

from __future__ import annotations

import base64
import hashlib
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from glimmer.testing.refusing import Refused

__all__ = ["Cabinet", "Filed"]

KEPT_SECONDS: Final = 48 * 3_600
PUBLIC: Final = "https://generativelanguage.googleapis.com/v1beta"  # what the real one says, wherever it was asked


@dataclass
class Filed:
    """One file."""

    id: str
    body: bytes
    mime_type: str
    display_name: str
    created: float
    ready_at: float
    generated: bool = False

    @property
    def uri(self) -> str:
        return f"{PUBLIC}/files/{self.id}"

    def shown(self, now: float) -> dict[str, Any]:
        """As the real one shows it. Only what was generated can be downloaded."""
        shown = {
            "name": f"files/{self.id}",
            "displayName": self.display_name,
            "mimeType": self.mime_type,
            "sizeBytes": str(len(self.body)),
            "createTime": _stamp(self.created),
            "updateTime": _stamp(self.created),
            "expirationTime": _stamp(self.created + KEPT_SECONDS),
            "sha256Hash": base64.b64encode(hashlib.sha256(self.body).hexdigest().encode()).decode(),
            "uri": self.uri,
            "state": "ACTIVE" if now >= self.ready_at else "PROCESSING",
            "source": "GENERATED" if self.generated else "UPLOADED",
        }
        return shown | ({"downloadUri": f"{self.uri}:download?alt=media"} if self.generated else {})


@dataclass
class _Upload:
    mime_type: str
    display_name: str
    size: int
    name: str
    body: bytearray


class Cabinet:
    """All files of a server. Safe from many threads."""

    def __init__(self, now: Callable[[], float], next_id: Callable[[], str]) -> None:
        self._now, self._give_id = now, next_id
        self._files: dict[str, Filed] = {}
        self._uploads: dict[str, _Upload] = {}
        self._lock = threading.Lock()
        self.video_seconds = 0.05  # how long an uploaded film is PROCESSING

    def _next_id(self) -> str:
        """Twelve small letters and digits, which say nothing."""
        return hashlib.sha256(self._give_id().encode()).hexdigest()[:12]

    def begin(self, about: dict[str, Any], mime_type: str, size: int) -> str:
        """The id of an upload. `about` is the body's {"file": …}."""
        with self._lock:
            upload_id = self._next_id()
            name = str(about.get("name", "")).removeprefix("files/")
            if name and not re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?", name):
                raise Refused(400, f"* CreateFileRequest.file.name: invalid file name {name!r}.")
            if name in self._files:
                raise Refused(409, f"File {name} already exists.")
            kind = str(about.get("mimeType") or about.get("mime_type") or mime_type)
            self._uploads[upload_id] = _Upload(
                kind, str(about.get("displayName") or about.get("display_name") or ""), size, name, bytearray()
            )
            return upload_id

    def bring(self, upload_id: str, offset: int, body: bytes, *, final: bool) -> Filed | None:
        """One piece; the file, once it was the last. Raises: Refused."""
        with self._lock:
            upload = self._uploads.get(upload_id)
            if upload is None:
                raise Refused(404, "Upload not found.")
            if offset != len(upload.body):
                raise Refused(400, f"Upload offset {offset} does not match the {len(upload.body)} bytes that came so far.")
            upload.body += body
            if not final:
                return None
            if upload.size >= 0 and len(upload.body) != upload.size:
                raise Refused(400, f"{len(upload.body)} bytes came, {upload.size} were announced.")
            del self._uploads[upload_id]
        return self.keep(bytes(upload.body), upload.mime_type, display_name=upload.display_name, name=upload.name)

    def keep(self, body: bytes, mime_type: str, *, display_name: str = "", name: str = "", generated: bool = False) -> Filed:
        with self._lock:
            now = self._now()
            waits = self.video_seconds if mime_type.startswith("video/") and not generated else 0.0
            filed = Filed(name or self._next_id(), body, mime_type, display_name, now, now + waits, generated)
            self._files[filed.id] = filed
            return filed

    def find(self, file_id: str) -> Filed:
        """Raises: Refused for what is unknown or gone: the real one says the same of both."""
        with self._lock:
            filed = self._files.get(file_id)
        if filed is None or self._now() > filed.created + KEPT_SECONDS:
            raise Refused(403, f"You do not have permission to access the File {file_id} or it may not exist.")
        return filed

    def check(self, uri: str) -> None:
        """Whether a model may be shown what lies there. Raises: Refused."""
        found = re.search(r"(?:^|/)files/([a-z0-9-]+)", uri)
        if found is None:
            raise Refused(400, f"Unsupported file URI: {uri[:200]!r}; expected one that the Files API gave.")
        if self.find(found.group(1)).shown(self._now())["state"] != "ACTIVE":
            raise Refused(400, f"The File {found.group(1)} is not in an ACTIVE state and usage is not allowed.")

    def delete(self, file_id: str) -> dict[str, Any]:
        """Nothing, as the real one says it. Raises: Refused."""
        self.find(file_id)
        with self._lock:
            self._files.pop(file_id, None)
        return {}

    def all(self) -> Iterator[Filed]:
        with self._lock:
            kept = list(self._files.values())
        return (each for each in kept if self._now() <= each.created + KEPT_SECONDS)

    def expire(self) -> None:
        """All that are here are older than 48 hours from now on."""
        with self._lock:
            for each in self._files.values():
                each.created -= KEPT_SECONDS + 1


def _stamp(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

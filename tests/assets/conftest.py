"""Remote stores: a bucket on loopback that checks what Google checks and the emulator does not, one in memory, one that knows files only."""

from __future__ import annotations

import json
import os
import re
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from glimmer.assets import RemoteAssets, open_assets

BUCKET = "films"
ACCOUNT = "signer@glimmer-tests.iam.gserviceaccount.com"


@pytest.fixture(scope="session")
def account_key() -> rsa.RSAPrivateKey:
    """The key of a service account that never was."""
    return rsa.generate_private_key(public_exponent=65_537, key_size=2_048)


@pytest.fixture(scope="session")
def account_file(account_key: rsa.RSAPrivateKey, tmp_path_factory: pytest.TempPathFactory) -> Path:
    pem = account_key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = tmp_path_factory.mktemp("account") / "key.json"
    told = {
        "type": "service_account",
        "project_id": "glimmer-tests",
        "private_key_id": "1",
        "client_id": "1",
        "client_email": ACCOUNT,
    }
    path.write_text(json.dumps({**told, "private_key": pem.decode(), "token_uri": "http://127.0.0.1:9/token"}))
    return path


@pytest.fixture(scope="session")
def _emulator() -> Iterator[Any]:
    from gcp_storage_emulator.server import create_server

    server = create_server("127.0.0.1", 0, in_memory=True, default_bucket=BUCKET)
    server.start()
    http = server._api._httpd
    http.handle_error = lambda *_: None  # gcsfs asks two things at once and hangs up on the second: no news
    yield server
    server.stop()


@pytest.fixture
def emulator(_emulator: Any, monkeypatch: pytest.MonkeyPatch, account_file: Path) -> Any:
    """gcp-storage-emulator on loopback, empty, with an account that can sign."""
    _emulator.wipe(keep_buckets=True)
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", f"http://127.0.0.1:{_emulator._api._httpd.server_address[1]}")
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(account_file))
    monkeypatch.setenv("NO_GCE_CHECK", "true")
    return _emulator


@dataclass
class Bucket:
    """A remote store under test: its address, how to open it as another machine would, and how time passes in it."""

    where: str
    machine: Callable[[str], RemoteAssets]
    grow_old: Callable[[str, float], None]  # a part of a name, days

    @property
    def files(self) -> Any:
        """The store itself, past Glimmer."""
        return self.machine("nobody")._store()

    def name(self, part: str) -> str:
        fs, root = self.files
        return next(name for name in fs.find(root) if part in name)

    def names(self) -> list[str]:
        fs, root = self.files
        return sorted(name.removeprefix(f"{root}/") for name in fs.find(root))


@pytest.fixture(params=["memory", "gs", "files"])
def bucket(request: pytest.FixtureRequest, tmp_path: Path) -> Bucket:
    """The same promises for memory://, for gs:// (on the emulator), and for a store that shows files while they are written."""
    return {"memory": memory_bucket, "gs": google_bucket, "files": file_bucket}[request.param](request, tmp_path)


@pytest.fixture
def gs(request: pytest.FixtureRequest, tmp_path: Path) -> Bucket:
    return google_bucket(request, tmp_path)


def opener(where: str, tmp_path: Path) -> Callable[[str], RemoteAssets]:
    def machine(name: str) -> RemoteAssets:
        assets = open_assets(where, cache=tmp_path / "caches" / name)
        assert isinstance(assets, RemoteAssets)
        return assets

    return machine


def memory_bucket(_: pytest.FixtureRequest, tmp_path: Path) -> Bucket:
    from fsspec.implementations.memory import MemoryFileSystem

    where = f"memory://{uuid.uuid4().hex}/films"

    def grow_old(part: str, days: float) -> None:
        for name, file in MemoryFileSystem.store.items():
            if name.startswith(f"/{where[9:]}/") and part in name:
                file.modified = datetime.now(UTC) - timedelta(days=days)

    return Bucket(where, opener(where, tmp_path), grow_old)


def file_bucket(_: pytest.FixtureRequest, tmp_path: Path) -> Bucket:
    """fsspec's local files, as if they were far away: stands for every store that is moved into (sftp, smb, hdfs)."""
    root = tmp_path / "far" / "films"

    def machine(name: str) -> RemoteAssets:
        return RemoteAssets(f"file://{root}", cache=tmp_path / "caches" / name)

    def grow_old(part: str, days: float) -> None:
        then = time.time() - days * 86_400
        for path in root.rglob("*"):
            if part in path.name:
                os.utime(path, (then, then))

    return Bucket(f"file://{root}", machine, grow_old)


def google_bucket(request: pytest.FixtureRequest, tmp_path: Path) -> Bucket:
    emulator = request.getfixturevalue("emulator")
    where = f"gs://{BUCKET}/the/films"

    def grow_old(part: str, days: float) -> None:
        for name, told in emulator._storage.objects[BUCKET].items():
            if part in name:
                told["updated"] = (datetime.now(UTC) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    return Bucket(where, opener(where, tmp_path), grow_old)


@pytest.fixture
def routes() -> Callable[[str], dict[str, Any]]:
    """The emulator's handlers of one kind of address, by method: a test may put a stricter one in."""
    from gcp_storage_emulator.server import HANDLERS

    def of(path: str) -> dict[str, Any]:
        return next(handlers for pattern, handlers in HANDLERS if re.fullmatch(pattern, path))

    return of


@pytest.fixture
def google_minds_generations(routes: Callable[[str], dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Deleting an object answers 412 if it is another generation by now, as Google does."""
    handlers = routes(f"/storage/v1/b/{BUCKET}/o/one")
    delete = handlers["DELETE"]

    def strict(request: Any, response: Any, storage: Any) -> None:
        wanted = request.query.get("ifGenerationMatch", [None])[0]
        told = storage.objects.get(request.params["bucket_name"], {}).get(request.params["object_id"], {})
        if wanted is not None and told and told["generation"] != wanted:
            response.status = HTTPStatus.PRECONDITION_FAILED
            response.json({"error": {"code": 412, "message": "At least one of the pre-conditions you specified did not hold."}})
            return
        delete(request, response, storage)

    monkeypatch.setitem(handlers, "DELETE", strict)
